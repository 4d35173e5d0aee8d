"""Runs of group nouns: "các sở, ban, ngành, địa phương và các cơ quan liên quan" is three groups."""

from __future__ import annotations

from typing import NamedTuple

from kg.extraction.naming.cursor import Cursor, Form, Found, found, opens_name, pass_capitals, read_place
from kg.extraction.naming.groups import (
    ARTICLES,
    DROPPED,
    NEIGHBOURS,
    SHORT,
    Noun,
    goes_on,
    is_open,
    read_noun,
    read_qualifier,
)
from kg.extraction.naming.regions import read_region
from kg.extraction.naming.words import VERBS

_MASSES = frozenset({"báo chí", "chính quyền địa phương", "cấp", "người dân", "nhân dân", "cộng đồng", "hệ thống truyền thông", "hệ thống truyền thanh", "hệ thống truyền thanh cơ sở"})
"""Nouns that without an article are one mass, not several bodies."""
_NEEDS_COMPANY = frozenset(
    {"tổ chức", "ban", "sở", "bộ", "ngành", "phòng", "trường", "viện", "hội", "quỹ", "cơ sở", "trung tâm", "công ty", "ngân hàng"}
)
"""Nouns that alone, without an article, are a verb or open a single body's name."""
_COMPANY = (",", ";", "và", "/", "có", "liên", "khác", "", ".", ":", ")")
_RUN_TOGETHER = {"ban ngành": ["ban", "ngành"], "bộ ngành": ["bộ", "ngành"], "sở ngành": ["sở", "ngành"]}


def read_groups(cursor: Cursor, at: int) -> tuple[list[Found], int]:
    """The groups of one run of group nouns that begins here."""
    words = cursor.words
    article = cursor.at(at) in ARTICLES
    first = at + article
    if cursor.at(first) == "cấp" and not article:
        return [], at
    noun = read_noun(words, first)
    if noun is None or (not article and not _may_open(cursor, first, noun)) or (article and cursor.whole and _names_boards(cursor, noun)):
        return [], at
    run: list[_Member] = []
    start = at
    while noun is not None:
        nouns, stop = _gather(cursor, noun)
        named = _pass_unit_names(cursor, nouns[-1]) if article and not run else stop
        if named > stop:
            group = _group(cursor, start, named, nouns, "")  # of the kind that all would be, and no group of all
            return [group._replace(name=f"{group.name} {cursor.stretch(stop + (cursor.at(stop) == ':'), named)}")], named
        qualifier, stop = _qualify(cursor, stop, nouns[0].family)
        qualifier, stop = _whose(cursor, qualifier, stop)
        stop = _pass_owner(cursor, stop)
        if cursor.whole and not qualifier:
            qualifier, stop = _read_description(cursor, stop, firms=nouns[-1].text in _FIRMS)
        run.append(_Member(start, stop, nouns, qualifier))
        following = _following(cursor, stop)
        if following is None:
            break
        start, noun = following
    return [_group(cursor, *member) for member in _share_tail(cursor, run)], stop


_LONGEST_SHORT = 5
_FIRMS = frozenset({"doanh nghiệp", "hợp tác xã", "công ty", "hiệp hội", "hội", "trường", "tập đoàn"})
"""Nouns that one word tells apart: "các doanh nghiệp | cảng"."""
_NAMED = ("huyện", "thị xã", "xã", "phường", "đặc khu", "quận", "thị trấn")
_UNIT_NAME = 5
"""Words that a unit's name has at most."""


def _pass_unit_names(cursor: Cursor, noun: Noun) -> int:
    """The end of the names in "các huyện | Mường Lát, Quan Sơn", which are not all districts; the noun's where a province or no name follows."""
    if noun.text not in _NAMED:
        return noun.stop
    stop, step = noun.stop, noun.stop + (cursor.at(noun.stop) == ":")
    while step < len(cursor.tokens) and not opens_name(cursor, step):
        end = pass_capitals(cursor, step, _UNIT_NAME)
        if end == step or (stop == noun.stop and cursor.lexicon.registry.provinces_named(cursor.stretch(step, end))):
            break
        stop, step = end, end + (cursor.at(end) in (",", "và"))
        if step == end:
            break
    return stop


class _Member(NamedTuple):
    """One group of a run: its tokens, nouns and qualifier."""

    start: int
    stop: int
    nouns: list[Noun]
    qualifier: str


def _share_tail(cursor: Cursor, run: list[_Member]) -> list[_Member]:
    """Forms such as "các bộ, ngành, địa phương liên quan" say of all of them that they are concerned: one article, one tail."""
    last = run[-1]
    if last.qualifier not in _TAILS or any(cursor.at(member.stop) != "," for member in run[:-1]):
        return run
    return [
        member._replace(qualifier=last.qualifier) if not member.qualifier and member.nouns[0].family in _SHARING else member for member in run
    ]


_OWNERS = (("đảng",), ("mặt", "trận", "tổ", "quốc", "việt", "nam"), ("mặt", "trận", "tổ", "quốc"), ("mặt", "trận"))
"""Owners without which the group would be another: party agencies are no agencies at large."""
_TAILS = frozenset({"liên quan", "có liên quan"})
_SHARING = frozenset({"core", "body", "place", "mass"})
"""Families of bodies at large; associations and political organisations are known without a tail."""


def _may_open(cursor: Cursor, at: int, noun: Noun) -> bool:
    """Without an article a group opens only where its words cannot be a clause: with a capital, or before a comma."""
    if noun.family in ("unit", "tier", "village", "shop"):
        return False
    following = cursor.at(noun.stop)
    if _names_one(cursor, noun):
        return False
    alone = following not in _COMPANY and not read_qualifier(cursor.words, noun.stop)[0] and not _is_core(cursor.words, noun.stop)
    if noun.text == "bộ trưởng" and following != ",":
        return False
    if noun.text in _NEEDS_COMPANY and alone:
        return False
    if noun.text == "tổ chức" and following == "," and read_noun(cursor.words, noun.stop + 1) is None and not cursor.whole:
        return False  # a verb: "Tổ chức, tham gia các hoạt động …"
    if cursor.tokens[at].capital or cursor.whole:
        return True
    if noun.family == "place":
        return True
    return following in (",", ";", "và", "có", "liên", "") or read_qualifier(cursor.words, noun.stop)[0] != ""


def _names_one(cursor: Cursor, noun: Noun) -> bool:
    """As in "Hiệp hội Du lịch": a capital behind the noun makes it the name of one body."""
    if noun.stop >= len(cursor.tokens) or noun.family not in ("association", "school", "science", "health", "bank", "firm", "centre", "mass"):
        return False
    token = cursor.tokens[noun.stop]
    return token.capital and token.word not in ARTICLES and not opens_name(cursor, noun.stop)


def _names_boards(cursor: Cursor, noun: Noun) -> bool:
    """As in "các Ban Quản lý rừng phòng hộ": boards of one kind, named by what they manage."""
    return noun.text == "ban" and noun.stop < len(cursor.tokens) and cursor.tokens[noun.stop].capital and cursor.at(noun.stop) == "quản"


def _is_core(words: list[str], at: int) -> bool:
    noun = read_noun(words, at)
    return noun is not None and noun.family == "core"


def _gather(cursor: Cursor, noun: Noun) -> tuple[list[Noun], int]:
    """The nouns that belong to one group, from its first on."""
    nouns = [noun]
    stop = noun.stop
    while True:
        step = stop
        while cursor.at(step) in (",", "/", "-", "–"):
            step += 1
        comma = step > stop
        conjunction = cursor.at(step) in ("và", "hoặc")
        step += conjunction
        step += 2 * (step > stop and cursor.at(step) == "thủ" and cursor.at(step + 1) == "trưởng")
        following = read_noun(cursor.words, step)
        if following is None and step > stop and noun.family == "press":
            following = _read_broadcasting(cursor, step)
        if following is None or step == stop:
            glued = read_noun(cursor.words, stop)
            if glued is None or glued.family != "core" or noun.family != "core" or _names_a_body(cursor, glued, stop):
                return nouns, stop
            following = glued
        elif step > stop and _names_a_body(cursor, following, step):
            return nouns, stop
        same = goes_on(noun.family, following)
        mixed = noun.family == "core" and following.family == "body" and comma and not conjunction and _open_after(cursor, following)
        if not same and not mixed:
            return nouns, stop
        nouns.append(following)
        stop = following.stop


def _names_a_body(cursor: Cursor, noun: Noun, at: int) -> bool:
    """As in "các sở, ban, ngành, | Sở Tài chính": with a capital, the noun opens the name of one body."""
    if not cursor.tokens[at].capital or " " in noun.text or noun.stop >= len(cursor.tokens):
        return False
    match = cursor.lexicon.match(cursor.words, at)
    if match is not None and match[1] > noun.stop:
        return True
    return cursor.tokens[noun.stop].capital and not opens_name(cursor, noun.stop) and not read_qualifier(cursor.words, noun.stop)[0]


def _read_broadcasting(cursor: Cursor, at: int) -> Noun | None:
    """Forms such as "các cơ quan báo chí, phát thanh, truyền hình": kinds of press, which alone are no bodies."""
    text = f"{cursor.at(at)} {cursor.at(at + 1)}"
    return Noun(text, "press", at + 2) if text in ("phát thanh", "truyền hình") and not cursor.tokens[at].capital else None


def _open_after(cursor: Cursor, noun: Noun) -> bool:
    """Forms such as "các sở, ngành, đơn vị có liên quan": the last noun shares the article and carries the qualifier."""
    return "liên quan" in read_qualifier(cursor.words, read_place(cursor, noun.stop)[1])[0]


def _qualify(cursor: Cursor, at: int, family: str) -> tuple[str, int]:
    """The qualifier of a group, with a place that follows it; what only says which province is left out."""
    qualifier, stop = read_qualifier(cursor.words, at)
    if qualifier in NEIGHBOURS and family == "unit":  # the registry's kind "các tỉnh" has the neighbours among its members
        qualifier = ""
    if not qualifier and family in ("place", "core"):
        qualifier, stop = read_region(cursor, at)
        if qualifier:
            return qualifier, stop
    if not qualifier and cursor.at(at) in ("của", "thuộc", "trong") and cursor.at(at + 1) in ("tỉnh", "thành") and read_place(cursor, at + 1)[1] > at + 1:
        at += 1
    place, after = read_place(cursor, max(stop, at))
    if after > stop:
        if qualifier.endswith("địa bàn") and place:
            qualifier = f"{qualifier} {place}"
        stop = after
        concerned, behind = read_qualifier(cursor.words, stop)
        if not qualifier and "liên quan" in concerned:  # "đơn vị Thành phố liên quan"
            qualifier, stop = concerned, behind
    if not qualifier and family == "body" and (led := _read_led(cursor, stop)) > stop:
        return "chủ trì", led
    if cursor.at(stop) == "có" and cursor.at(stop + 1) == "liên" and not qualifier:
        qualifier, stop = "có liên quan", min(stop + 3, len(cursor.words))  # a page may end between "liên" and "quan"
    return ("" if qualifier in DROPPED and family == "core" else qualifier), stop


_BEHIND_LEADS = (("nhiệm", "vụ"), ("có", "trách"), ("chịu", "trách"), ("căn", "cứ"), ("chủ", "động"), ("tổng", "hợp"), ("báo", "cáo"), ("theo", "dõi"), ("định", "kỳ"))
"""Words behind "các cơ quan chủ trì" with which its bodies are told what to do: there "chủ trì" says which, and is not what they do."""


def _read_led(cursor: Cursor, at: int) -> int:
    """The token after "chủ trì (nhiệm vụ)", which says that those are meant who lead; ``at`` where it is a verb."""
    if (cursor.at(at), cursor.at(at + 1)) != ("chủ", "trì"):
        return at
    behind = (cursor.at(at + 2), cursor.at(at + 3))
    if behind[0] == "," and read_noun(cursor.words, at + 3) is not None:
        return at + 2
    if behind[0] in ("", ";", ".", ")"):
        return at + 2
    return at + 2 + 2 * (behind == _BEHIND_LEADS[0]) if behind in _BEHIND_LEADS else at


def _whose(cursor: Cursor, qualifier: str, at: int) -> tuple[str, int]:
    """Forms such as "cơ quan trung ương | của các tổ chức chính trị - xã hội" are other bodies than without these words."""
    if not qualifier and (owner := _read_owner(cursor, at)) > at:
        return cursor.stretch(at, owner), owner
    if qualifier != "trung ương" or cursor.at(at) != "của" or cursor.at(at + 1) not in ARTICLES:
        return qualifier, at
    noun = read_noun(cursor.words, at + 2)
    return (f"{qualifier} {cursor.stretch(at, noun.stop)}", noun.stop) if noun is not None else (qualifier, at)


def _pass_owner(cursor: Cursor, at: int) -> int:
    """The end of the department behind "(trực) thuộc", whose units the group is of: "các đơn vị trực thuộc | Sở Y tế" charges no department."""
    step = at + (cursor.at(at) == "thuộc")
    if step >= len(cursor.tokens) or cursor.at(step - 1) != "thuộc" or not cursor.tokens[step].capital or cursor.words[step] not in _OWNING:
        return at
    match = cursor.lexicon.match(cursor.words, step)
    return match[1] if match is not None else step + 1


_OWNING = ("sở", "bộ", "tỉnh", "thành", "ubnd", "ủy", "công")
"""First words of the bodies whose units a group is of."""


def _read_owner(cursor: Cursor, at: int) -> int:
    """The end of "của Đảng", "của Mặt trận Tổ quốc Việt Nam": whose agencies or member organisations they are."""
    if cursor.at(at) != "của":
        return at
    return next((at + 1 + len(owner) for owner in _OWNERS if tuple(cursor.words[at + 1 : at + 1 + len(owner)]) == owner), at)


def _is_short(cursor: Cursor, at: int) -> bool:
    """An abbreviation in capitals that is no body: "KCN", "FDI"."""
    written = cursor.stretch(at, at + 1)
    return written.isupper() and 1 < len(written) <= _LONGEST_SHORT and not opens_name(cursor, at) and written not in cursor.lexicon.registry.by_symbol


def _ends(cursor: Cursor, at: int) -> bool:
    return cursor.at(at) in ("", ",", ";", ".", ")")


def _read_description(cursor: Cursor, at: int, *, firms: bool = False) -> tuple[str, int]:
    """In a cell, words that say which members are meant: "các doanh nghiệp | sử dụng năng lượng trọng điểm"."""
    stop = at
    if cursor.at(at) in ARTICLES and read_noun(cursor.words, at + 1) is not None:
        return "", at  # the next group
    while stop < len(cursor.words) and stop - at < 14:
        word = cursor.words[stop]
        if not word[0].isalnum() or (cursor.tokens[stop].capital and not _is_short(cursor, stop)) or word in ("và", "hoặc", "cùng", "với"):
            break
        if f"{word}_{cursor.at(stop + 1)}" in VERBS or word in ("chủ", "phối", "thực", "theo", "để"):
            return "", at
        stop += 1
    if (stop - at < 2 and not (firms and stop > at and _ends(cursor, stop))) or (stop < len(cursor.words) and cursor.words[stop] == "và"):
        return "", at
    return cursor.stretch(at, stop), stop


def _following(cursor: Cursor, at: int) -> tuple[int, Noun] | None:
    """The noun that opens the next group of the same run: no article, but a comma or "và" before it."""
    step = at
    while cursor.at(step) in (",", "và", "/"):
        step += 1
    if step == at:
        return None
    noun = read_noun(cursor.words, step)
    if noun is None or noun.family in ("unit", "tier") or _names_a_body(cursor, noun, step):
        return None
    if cursor.tokens[step].capital and cursor.lexicon.match(cursor.words, step) is not None:
        return None
    return step, noun


def _group(cursor: Cursor, start: int, stop: int, nouns: list[Noun], qualifier: str) -> Found:
    texts = [noun.text for noun in nouns]
    name = "các " + ", ".join(_split_core(texts))
    name = name.replace("trị-xã", "trị - xã").replace("chính phủ", "Chính phủ").replace("cơ quan đảng", "cơ quan Đảng").replace("xây dựng đảng", "xây dựng Đảng")
    if qualifier:
        name += " " + qualifier
    if nouns[0].text in _MASSES and len(nouns) == 1 and (not qualifier or nouns[0].text == "cộng đồng") and cursor.at(start) not in ARTICLES:
        name = name.removeprefix("các ")
    form: Form = "open-group" if is_open(texts, qualifier) else "group"
    return found(cursor, start, stop, name, form=form)


def _split_core(texts: list[str]) -> list[str]:
    """Forms such as "ban ngành" is "ban, ngành" with the comma left out."""
    split: list[str] = []
    for text in texts:
        written = SHORT.get(text, text)
        split.extend(_RUN_TOGETHER.get(written, [written]))
    return split
