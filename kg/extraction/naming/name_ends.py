"""Where a name ends: works, units, numbers and clauses behind what the registry knows."""

from __future__ import annotations

import re

from kg.extraction.naming.committees import read_unit
from kg.extraction.naming.cursor import Cursor, opens_body, opens_name, pass_capitals, read_place
from kg.extraction.naming.groups import ARTICLES, read_noun
from kg.extraction.naming.words import HEADS, VERBS

_NAMED_BY_WORK = frozenset({"sở", "bộ", "trung", "viện", "phòng", "quỹ", "cục", "chi", "trường"})
"""First words of bodies that are named by their work, and so by several works: "Trung tâm Hỗ trợ doanh nghiệp và Phát triển dịch vụ"."""


_WORKS = frozenset({"công_nghệ", "công_nghiệp", "công_thương", "công_trình", "tổng_hợp", "thông_tin", "thống_kê"})
"""Two words that open a work, though bodies' names begin with the first."""


_UNIT_HEADS = ("huyện", "quận", "xã", "phường")
"""Units whose word opens a body's name: "Huyện ủy"."""
_SYMBOL = 3
"""Letters above which a word in capitals is a body's abbreviation, where the registry knows it: "UBMTTQ"."""
_ROOMS = ("phòng", "trạm", "đội", "tổ")
"""First words of small bodies that are named by their work: behind a whole name they open the next of a run without separators."""


def goes_on(cursor: Cursor, at: int, stop: int) -> bool:
    """Whether a department's name that begins at ``at`` goes on in a cell where the registry's ends: "Sở Nội vụ và Lao động" is no Sở Nội vụ."""
    named = cursor.words[at] in _NAMED_BY_WORK or tuple(cursor.words[at : at + 2]) == ("công", "ty")
    return cursor.whole and named and cursor.at(stop) in ("và", "-", "–") and names_work(cursor, stop + 1)


def names_work(cursor: Cursor, at: int) -> bool:
    """Whether words with a capital stand here that open no name, no group and no clause: what a body does, "| Công nghệ Cần Thơ"."""
    if at >= len(cursor.tokens) or not cursor.tokens[at].capital or not cursor.words[at].isalpha() or opens_name(cursor, at):
        return False
    pair = f"{cursor.words[at]}_{cursor.at(at + 1)}"
    return (cursor.words[at] not in HEADS or pair in _WORKS) and pair not in VERBS and read_noun(cursor.words, at) is None


def read_rest(cursor: Cursor, begun: int, stop: int, *, generic: bool) -> int:
    """The end of a name, begun at ``begun``, that goes on where the registry's ends: "Trường Đại học | An Giang"; ``stop`` where it does not."""
    if stop - 1 > begun and cursor.words[stop - 1] in ("sở", "bộ"):  # "Thanh tra Sở" of a department: its name to the end
        whose = cursor.lexicon.match(cursor.words, stop - 1)
        if whose is not None and whose[1] > stop:
            return whose[1]
    at = stop
    while at < len(cursor.words) and at - stop < 10:
        word, token = cursor.words[at], cursor.tokens[at]
        if at == stop and generic and tuple(cursor.words[at : at + 3]) == _PROGRAMMES:
            at += len(_PROGRAMMES)
            continue
        if at > stop and (_joins_places(cursor, at) or (generic and cursor.whole and word in ("-", "–") and names_work(cursor, at + 1))):
            at += 1
            continue
        if generic and word == "," and (end := _pass_triple(cursor, at)) > at:
            at = end
            continue
        if cursor.words[begun] not in ("sở", "bộ") and (end := pass_unit(cursor, at)) > at:
            at = end
            continue
        if word in ARTICLES and token.capital and opens_name(cursor, at):
            break
        if not generic and cursor.whole and opens_body(cursor, at):
            break
        if at == stop and not generic and word in _ROOMS and token.capital and names_work(cursor, at + 1):
            break
        if word == "sở" and token.capital and cursor.words[begun] == "sở":  # the next of a run without separators, however it is spelled
            break
        if not word[0].isalnum() or word in ("và", "hoặc", "cùng", "với") or _opens_clause(cursor, at, generic=generic) or (word in _CLAUSE_WORDS and not (token.capital and read_place(cursor, at)[0])):
            break
        if (at == stop and not (token.capital or generic)) or (token.capital and opens_name(cursor, at) and not generic):
            break
        if token.capital and (word in HEADS or word in _UNIT_HEADS or (len(word) > _SYMBOL and cursor.stretch(at, at + 1).isupper())) and opens_name(cursor, at):
            break
        if not token.capital and not generic:
            break
        at += 1
    return _pass_last_number(cursor, at) if at > stop else at


_TRIPLES = (("văn", "hóa", ",", "thể", "thao", "và", "du", "lịch"), ("văn", "hóa", ",", "nghệ", "thuật", "và", "du", "lịch"), ("thể", "dục", ",", "thể", "thao"))
"""Works that go together with a comma between them, in the names of schools and centres."""


def _pass_triple(cursor: Cursor, at: int) -> int:
    """The token after works with a comma between them, of which the first has been read: "Trường Đại học Văn hóa | , Thể thao và Du lịch"; ``at`` where none stand here."""
    for triple in _TRIPLES:
        comma = triple.index(",")
        if tuple(cursor.words[at - comma : at - comma + len(triple)]) == triple:
            return at - comma + len(triple)
    return at


def pass_unit(cursor: Cursor, at: int) -> int:
    """The token after a unit below the province, with its name or number: "huyện Mộc Châu", "quận 3"; ``at`` where none stands there."""
    unit = read_unit(cursor.words, at)
    if unit is None or unit[0] in ("tỉnh", "thành phố"):
        return at
    end = pass_capitals(cursor, unit[1], _UNIT_NAME)
    if end > unit[1]:
        return _pass_last_number(cursor, end)
    return pass_number(cursor, unit[1]) if unit[0] in _NUMBERED else at


_UNIT_NAME = 5
"""Words that a unit's name has at most."""
_NUMBERED = ("quận", "phường", "vực", "sát biển", "cơ sở", "quân khu")
"""Ends of names of which a place has several, told apart by a number: "UBND phường | 5", "Tòa án nhân dân khu vực | 2"."""
_ORDINAL = re.compile(r"\d{1,2}|[ivx]{1,4}")


def pass_number(cursor: Cursor, stop: int) -> int:
    """The token after the number that tells a body from others of its name: "Thuế cơ sở | 5", "Đội Quản lý thị trường | số 3"; ``stop`` where there is none."""
    named = cursor.at(stop) == "số"
    at = stop + named
    before = " ".join(cursor.words[max(0, stop - 2) : stop])
    if not (named or before.endswith(_NUMBERED)) or not _ORDINAL.fullmatch(cursor.at(at)):
        return stop
    return at + 1 if _may_follow(cursor, at + 1) else stop


def _pass_last_number(cursor: Cursor, at: int) -> int:
    """The token after a number at the end of a name: "UBND xã Đạ Huoai | 2"."""
    number = cursor.at(at).isdigit() and _ORDINAL.fullmatch(cursor.at(at)) and cursor.tokens[at - 1].capital
    return at + 1 if number and not cursor.at(at + 1)[:1].isalnum() and _may_follow(cursor, at + 1) else at


def _may_follow(cursor: Cursor, at: int) -> bool:
    """Whether what stands behind a number leaves it part of a name: nothing, a separator, a place; no unit ("25 tỷ"), date or list mark ("2. Sở …")."""
    word = cursor.at(at)
    if word in (".", "/", "%", ":"):
        return word == "." and at + 1 == len(cursor.words)
    return not word[:1].isalnum() or cursor.tokens[at].capital or word in ("và", "hoặc", "thành", "tỉnh", "huyện", "quận", "thị", "chủ", "phối")


def _opens_clause(cursor: Cursor, at: int, *, generic: bool) -> bool:
    """Whether a verb opens a clause here: with a capital, it is what a firm or a school is named by ("Công ty TNHH MTV | Khai thác thủy lợi")."""
    pair = f"{cursor.words[at]}_{cursor.at(at + 1)}"
    return pair in VERBS and not (generic and cursor.tokens[at].capital and pair not in _ROLES)


_ROLES = frozenset({"chủ_trì", "phối_hợp", "tham_mưu", "báo_cáo"})


def _joins_places(cursor: Cursor, at: int) -> bool:
    """A dash between two proper nouns of one name: "Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn"."""
    if cursor.words[at] not in ("-", "–") or at + 1 >= len(cursor.words):
        return False
    return cursor.tokens[at - 1].capital and cursor.tokens[at + 1].capital and not opens_name(cursor, at + 1)


_PROGRAMMES = ("các", "chương", "trình")
"""Words with which a committee's name goes on: "Ban Chỉ đạo các chương trình mục tiêu quốc gia"."""
_CLAUSE_WORDS = frozenset(
    ["theo", "tại", "trong", "để", "có", "được", "là", "sẽ", "cần", "phải", "khi", "nếu", "do", "bởi", "từ", "đến", "về", "của", "cho", "trên", "thuộc", "này", "đó", "các", "những", "chủ", "phối", "tổ", "hướng", "tham", "chịu", "thúc", "tiến", "gửi"]
)
"""Words that cannot stand inside the rest of a name."""
