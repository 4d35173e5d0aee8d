"""A text as tokens, and what is read from them: names with their offsets, places, notes in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg.extraction.naming.groups import ARTICLES, read_noun
from kg.extraction.naming.lexicon import Lexicon, Token
from kg.normalise import key

Form = Literal["body", "group", "open-group"]


_MISREAD = frozenset({"tính", "tinh", "tĩnh", "tịnh"})
"""What OCR makes of "tỉnh"; taken for it only where the name ends there."""


class Found(NamedTuple):
    """A name found in a text, and where: offsets into the text. ``possible``: one of several between which "hoặc" stands."""

    name: str
    start: int
    end: int
    kind: str | None
    form: Form
    confidence: float
    method: str
    possible: bool = False


class Item(NamedTuple):
    """A name found, and the token after it."""

    mention: Found
    stop: int


@dataclass(frozen=True, slots=True)
class Cursor:
    """A text as tokens. ``whole``: all of it should be names, as in a table cell."""

    text: str
    tokens: list[Token]
    words: list[str]
    lexicon: Lexicon
    whole: bool

    def at(self, index: int) -> str:
        """The word at a token, "" past the end."""
        return self.words[index] if index < len(self.words) else ""

    def stretch(self, start: int, stop: int) -> str:
        """The text from one token to before another, as written."""
        return self.text[self.tokens[start].start : self.tokens[stop - 1].end]


def found(
    cursor: Cursor, start: int, stop: int, name: str, *, kind: str | None = None, form: Form = "body",
    confidence: float = 1.0, method: str = "grammar",
) -> Found:
    """Make the finding for the tokens ``start`` to ``stop``; a group's kind is looked up by its name."""
    if kind is None and form != "body":
        kind = cursor.lexicon.registry.by_label.get(key(name))
    return Found(name, cursor.tokens[start].start, cursor.tokens[stop - 1].end, kind, form, confidence, method)


def opens_name(cursor: Cursor, at: int) -> bool:
    """Whether a name of the registry or a group with its article begins at a token."""
    if at >= len(cursor.tokens):
        return False
    token = cursor.tokens[at]
    if token.word in ARTICLES:
        return read_noun(cursor.words, at + 1) is not None
    if not token.capital:
        return False
    if cursor.lexicon.match(cursor.words, at) is not None or token.word in ("ubnd", "hđnd"):
        return True
    if " ".join(cursor.words[at : at + 4]) == "ủy ban nhân dân":
        return True
    noun = read_noun(cursor.words, at)
    return noun is not None and noun.family in ("body", "press", "place", "political")


def pass_capitals(cursor: Cursor, at: int, most: int) -> int:
    """The token after a run of words with capitals, at most so many, before the next name opens: the name of a place or a person."""
    stop = at
    while stop < len(cursor.tokens) and stop - at < most and cursor.tokens[stop].capital and cursor.tokens[stop].word.isalpha() and not opens_name(cursor, stop):
        stop += 1
    return stop


def read_place(cursor: Cursor, at: int) -> tuple[str, int]:
    """A place that follows a name: "tỉnh", "tỉnh Lai Châu", "thành phố", "Hà Tĩnh", "khu vực XII", "Chi nhánh Bến Tre"."""
    start = at
    words, registry = cursor.words, cursor.lexicon.registry
    if cursor.at(at) == "-" and cursor.at(at + 1) == "chi":
        at += 1
    branch = cursor.at(at) == "chi" and cursor.at(at + 1) == "nhánh"
    if branch:
        at += 2
    if cursor.at(at) == "khu" and cursor.at(at + 1) == "vực" and at + 2 < len(words):
        return cursor.text[cursor.tokens[start].start : cursor.tokens[at + 2].end], at + 3
    level = at
    if cursor.at(at) == "tỉnh" and cursor.at(at + 1) in _OF_TINH:
        return "", start
    if cursor.at(at) == "tỉnh" or (cursor.at(at) in _MISREAD and (cursor.at(at + 1) == "và" or not cursor.at(at + 1)[:1].isalnum())):
        at += 1
    elif (cursor.at(at) == "thành" and cursor.at(at + 1) == "phố") or (cursor.at(at) == "thủ" and cursor.at(at + 1) == "đô"):
        at += 2
    for length in (5, 4, 3, 2):
        if at + length <= len(words) and cursor.tokens[at].capital:
            name = cursor.stretch(at, at + length)
            if registry.provinces_named(name):
                first = start if branch else level
                return cursor.stretch(first, at + length), at + length
    city = at - 2 if (cursor.at(at - 2), cursor.at(at - 1)) == ("thành", "phố") else at
    if city < at < len(words) and cursor.stretch(at, at + 1).isupper() and (units := registry.provinces_named(f"thành phố {cursor.stretch(at, at + 1)}")):
        return f"thành phố {units[-1].name}" if at > level else units[-1].name, at + 1  # "TP.HCM"
    if at > level:
        return "", at
    return "", start


def opens_body(cursor: Cursor, at: int) -> bool:
    """Whether the head of a body's name stands at a token with a capital, though the registry may lack the body: "Hiệp hội …", "Ban Quản lý …"."""
    return at < len(cursor.tokens) and cursor.tokens[at].capital and f"{cursor.words[at]}_{cursor.at(at + 1)}" in _BODY_HEADS


_BODY_HEADS = frozenset({
    "hiệp_hội", "ban_quản", "ban_chỉ", "ban_xúc", "ban_điều", "trung_tâm", "công_ty", "tổng_công", "chi_cục", "chi_nhánh", "liên_hiệp", "liên_minh", "liên_đoàn", "trường_đại", "trường_cao",
    "trường_trung", "trường_chính", "bệnh_viện", "học_viện", "ngân_hàng", "tập_đoàn", "viện_nghiên", "viện_khoa", "hợp_tác", "nhà_máy", "xí_nghiệp", "kho_bạc", "cảng_vụ", "vườn_quốc",
})
"""Two words with which the names of bodies begin that no registry can list."""
_OF_TINH = ("ủy", "uỷ", "đoàn", "đội", "hội")
"""What "tỉnh" begins another body's name with: "Tỉnh ủy", "Tỉnh đoàn"."""


def read_bracket(cursor: Cursor, at: int) -> int:
    """A short note in brackets, round or square, after a name belongs to it."""
    closing = {"(": ")", "[": "]"}.get(cursor.at(at))
    if closing is None:
        return at
    for stop in range(at + 1, min(at + 40, len(cursor.words))):
        if cursor.words[stop] == closing:
            return stop + 1
    return at


_WRITTEN_OUT = {"CĐS": "chuyển đổi số", "BTV": "Ban Thường vụ", "BCĐ": "Ban Chỉ đạo", "BQL": "Ban Quản lý", "Cty": "Công ty", "CTy": "Công ty"}
_SHORT_WORD = re.compile(r"\b(?:CĐS|BTV|BCĐ|BQL|C[Tt]y)\b(?:\. ?)?(?![-&])(?= |$)")
"""Abbreviations that stand for the same words in any name."""
_SHORT_REGION = re.compile(r"\bKV ?(?=\d|[IVX]+\b)")
_UNIT_WORDS = {"H": "huyện", "Q": "quận", "P": "phường"}
_SHORT_UNIT = re.compile(r"(?<= )(?P<unit>[HQP])\. ?(?=[A-ZĐÀ-Ỹ\d])")
"""As in "UBND H. Tam Đường"."""


def write_proper(text: str) -> str:
    """A name as written, its abbreviations written out."""
    text = text.strip(" -–+•,;.")
    for short, long in (("UBND", "Ủy ban nhân dân"), ("Uỷ ban", "Ủy ban"), ("HĐND", "Hội đồng nhân dân"), ("MTTQ", "Mặt trận Tổ quốc")):
        text = text.replace(short, long)
    text = _SHORT_WORD.sub(lambda match: _WRITTEN_OUT[match.group().rstrip(". ")], text)
    text = _SHORT_REGION.sub("khu vực ", text)
    text = _SHORT_UNIT.sub(lambda match: _UNIT_WORDS[match["unit"]] + " ", text)
    if text.startswith(("Các ", "Cơ sở ", "Doanh nghiệp", "Hợp tác xã", "Hội viên")):
        text = text[0].lower() + text[1:]
    return text
