"""Single bodies: names of the registry with their place, heads that several names share, and names that nobody knows."""

from __future__ import annotations

import re

from kg.extraction.naming.abbreviations import spells
from kg.extraction.naming.branches import CONFIDENCE, LEVEL, read_branch, read_provincial
from kg.extraction.naming.committees import read_unit, read_units
from kg.extraction.naming.cursor import (
    Cursor,
    Form,
    Item,
    found,
    opens_name,
    pass_capitals,
    read_bracket,
    read_place,
    write_proper,
)
from kg.extraction.naming.groups import ARTICLES, read_noun
from kg.extraction.naming.lexicon import Name
from kg.extraction.naming.mending import found_near
from kg.extraction.naming.name_ends import names_work, pass_number, read_rest
from kg.extraction.naming.words import HEADS, NOT_NAMES, ORGANS, VERBS
from kg.normalise import key
from kg.resolution.places import OF_ONE_NAME, names_unit
from kg.resolution.registry import Kind

_DIVISION = 6
"""Words that the name of a department's division has at most."""
_PLACES_KEPT = frozenset({"press", "bank", "regional-office", "media"})
LEVELLED = re.compile(
    r"(?:Công an|Bộ Chỉ huy|Ban Chỉ huy|Bộ đội|Tòa án|Viện kiểm sát|Thuế|Thống kê|Thanh tra|Văn phòng Ủy ban|Văn phòng Đoàn|Ủy ban nhân dân|Hội đồng nhân dân"
    r"|Thi hành án|Cục Thi hành|Chủ tịch|Thường trực)"
)
"""Bodies whose level word is part of the name: "Công an tỉnh" is no "Công an" (gold annotations, decision 17)."""


def read_body(cursor: Cursor, start: int, at: int, match: tuple[Name, int]) -> Item:
    """A body of the registry, with the place or level behind it."""
    name, stop = match
    label = name.name
    spelled = LEVEL.search(cursor.stretch(at, stop))
    written = spelled["level"] if spelled else ""
    place, after = read_place(cursor, stop)
    kind = cursor.lexicon.registry.kinds[name.slug]
    if place and _is_its_own(cursor, at, stop, after, kind):
        place, after = "", stop
    if place and kind.kind_class == "state-enterprise" and (branch := read_branch(cursor, (start, at, stop, after), place, name, kind)) is not None:
        return branch
    if kind.level == "central" and after > stop and (branch := read_provincial(cursor, (start, at, after), kind)) is not None:
        return branch
    placed = kind.kind_class in _PLACES_KEPT or _keeps_place(label) or _is_generic(kind.name)
    if placed and after == stop and cursor.at(stop - 1) == "vực" and stop < len(cursor.words):
        place, after = cursor.text[cursor.tokens[stop].start : cursor.tokens[stop].end], stop + 1
    if after > stop:
        behind = cursor.stretch(stop, after)
        level = re.match(r"(?:tỉnh|thành phố)\b", behind, re.IGNORECASE)
        if level and level.group().casefold() == "tỉnh" and not spelled and kind.level in ("district", "commune"):  # not of that level: "Văn phòng HĐND - UBND tỉnh"
            return Item(found(cursor, start, after, write_proper(cursor.stretch(at, after)), confidence=0.6, method="unresolved"), after)
        if level and place and kind.level == "district":  # of the city that bears its province's name: "Phòng Nội vụ thành phố Sơn La"
            return Item(found(cursor, start, after, write_proper(f"{name.name} {behind}"), kind=name.slug, confidence=0.8, method="extended"), after)
        written = written or (level.group() if level else "")
        if place and placed:
            named = cursor.stretch(at, stop)
            signs = re.search(r"[,–-]", named)
            label = f"{label} {place}" if (not signs and kind.kind_class == "press") or (label.startswith("Báo và") and not signs) else write_proper(
                _BRANCH_OF.sub(" ", cursor.stretch(at, after))
            )
        else:
            label = _levelled(label, written)
        stop = after
    else:
        label = _levelled(label, written)
    tiers = re.match(r"cấp (?:tỉnh|huyện|xã)(?:(?:,| và) (?:cấp )?(?:huyện|xã))*", " ".join(cursor.words[stop : stop + 5]).replace(" ,", ","))
    if tiers and label.startswith("Ban Chỉ"):
        label = f"{LEVEL.sub('', label)} {tiers.group()}"
        stop += len(tiers.group().replace(",", " ,").split())
        if len(tiers.group().split()) > 2:  # one of each level: no body of the registry
            return Item(found(cursor, start, stop, label, form="group", confidence=CONFIDENCE[name.how]), stop)
    if (tiered := _read_tiers(cursor, start, stop, label, kind)) is not None:
        return tiered
    generic = _is_generic(kind.name) and cursor.at(stop - 1) != "tỉnh"  # "Hiệp hội Du lịch tỉnh | xúc tiến …": the name is at its end
    rest = stop if _OFFICE.match(kind.name) else read_rest(cursor, at, pass_number(cursor, stop), generic=generic)
    if (board := _read_board(cursor, start, max(rest, stop), name.slug)) is not None:
        return board
    if rest > stop:
        return _read_extended(cursor, (start, at, match[1], rest), name, kind, spelled=bool(spelled))
    form: Form = "body"
    if kind.level == "commune" and label.endswith(" xã") and (unit := read_unit(cursor.words, stop)) is not None and unit[0] != "xã":
        label, stop = f"{label.removesuffix(' xã')} {unit[0]}", unit[1]
    if kind.level in ("district", "commune", "provincial") and (each := _read_units_of(cursor, stop, label)) is not None:
        return Item(found(cursor, start, each[1], each[0], kind=name.slug, form="group", confidence=CONFIDENCE[name.how]), each[1])
    if kind.level in ("district", "commune") and (any(word in ARTICLES for word in cursor.words[at:stop]) or _lists_units(cursor, stop)):
        form, stop, label = _read_each(cursor, at, stop, label)
    elif kind.level in ("district", "commune") and cursor.at(stop - 2) == "cấp":
        form = "group"
    elif cursor.words[at] in ARTICLES and stop > at + 1:
        form, label = "group", write_proper(cursor.stretch(at, stop))
    stop = read_bracket(cursor, stop)
    return Item(found(cursor, start, stop, label, kind=name.slug, form=form, confidence=CONFIDENCE[name.how], method=name.how), stop)


def _read_extended(cursor: Cursor, at: tuple[int, int, int, int], name: Name, kind: Kind, *, spelled: bool) -> Item:
    """A body whose name goes on where the registry's ends: one of several of its kind, or a central body's with a slip ("… Vệt Nam").

    Args:
        cursor: the words.
        at: where what is said of it begins, its name, what follows the registry's name, what follows all.
        name: the name that was found.
        kind: its kind.
        spelled: whether the level word stands inside the name found.

    """
    start, begun, stop, rest = at
    written = cursor.stretch(begun, rest)
    if kind.level == "central":
        near = found_near(cursor, start, rest, written)
        if near is not None and near.kind == kind.slug:
            return Item(near, rest)
        if kind.name.startswith(("Tập đoàn ", "Tổng công ty ")):  # a daughter of it: "EVN HANOI", "Viettel Post"
            return Item(found(cursor, start, rest, write_proper(written), confidence=0.6, method="unresolved"), rest)
    proper = name.how == "abbreviation" and not spelled and spells(cursor.stretch(begun, stop), name.name)  # "TAND khu vực 2" is written out, "BQL dự án số 1" is not
    whole = f"{name.name} {cursor.stretch(stop, rest)}" if proper else written
    label = _UNIT.sub(lambda unit: unit.group().casefold(), _PAIR.sub(" và ", _OWN_LEVEL.sub("", write_proper(whole))))
    return Item(found(cursor, start, rest, label, kind=kind.slug, confidence=0.8, method="extended"), rest)


_TIER = {"huyện": "district", "xã": "commune"}


def _read_tiers(cursor: Cursor, start: int, stop: int, label: str, kind: Kind) -> Item | None:
    """One body in each unit of a level, where a provincial body's name goes on: "Trung tâm Phục vụ hành chính công | cấp xã", "Ban Chỉ huy Phòng thủ dân sự | các cấp"."""
    tier = (cursor.at(stop), cursor.at(stop + 1))
    if kind.level != "provincial" or tier not in (("cấp", "huyện"), ("cấp", "xã"), ("các", "cấp"), ("hai", "cấp")):
        return None
    base = LEVEL.sub("", label)
    below = cursor.lexicon.registry.by_label.get(key(f"{base} {tier[1]}")) if tier[0] == "cấp" else None
    if below is not None and cursor.lexicon.registry.kinds[below].level != _TIER[tier[1]]:
        below = None
    return Item(found(cursor, start, stop + 2, f"{base} {' '.join(tier)}", kind=below, form="group", confidence=CONFIDENCE["variant"]), stop + 2)


_ZONES = "ban-quan-ly-khu-kinh-te"
_ZONES_AND_PARKS = "Ban Quản lý Khu kinh tế và các khu công nghiệp"
_PARKS = (("và", "các", "khu", "công", "nghiệp"), ("và", "các", "kcn"), ("và", "khu", "công", "nghiệp"), ("và", "kcn"))


def _read_board(cursor: Cursor, start: int, stop: int, slug: str) -> Item | None:
    """The board of a named zone and of the province's parks: "Ban Quản lý Khu kinh tế Dung Quất | và các khu công nghiệp Quảng Ngãi"."""
    parks = next((phrase for phrase in _PARKS if tuple(cursor.words[stop : stop + len(phrase)]) == phrase), None)
    kind = cursor.lexicon.registry.kind_named(_ZONES_AND_PARKS) if slug == _ZONES and parks else None
    if kind is None or parks is None:
        return None
    after = stop + len(parks)
    after = max(after, read_place(cursor, after)[1])
    return Item(found(cursor, start, after, kind.name, kind=kind.slug, confidence=0.8, method="extended"), after)


def _read_units_of(cursor: Cursor, stop: int, label: str) -> tuple[str, int] | None:
    """One body in each of several units: "Trung tâm Y tế | các huyện, thành phố"; its name, and the token after it."""
    if cursor.at(stop) not in ARTICLES or cursor.tokens[stop].capital:
        return None
    units, after = read_units(cursor.words, stop + 1)
    if not units and tuple(cursor.words[stop + 1 : stop + 3]) == ("địa", "phương"):
        after = stop + 3
    elif not units:
        return None
    return f"{label} {cursor.stretch(stop, after)}", after


def _lists_units(cursor: Cursor, stop: int) -> bool:
    """Whether units without names go on behind one: "Ban Chỉ huy Quân sự xã | , phường"; not "UBND xã, phường Tân Bình"."""
    unit = read_unit(cursor.words, stop + 1) if cursor.at(stop) in (",", "và") and read_unit(cursor.words, stop - 1) is not None else None
    return unit is not None and not (unit[1] < len(cursor.tokens) and cursor.tokens[unit[1]].capital)


def _read_each(cursor: Cursor, at: int, stop: int, label: str) -> tuple[Form, int, str]:
    """Forms such as "Công an các xã, phường | , thị trấn": one of each unit, a group, with all units that are named."""
    step = stop
    while cursor.at(step) in (",", "và") and (unit := read_unit(cursor.words, step + 1)) is not None:
        step = unit[1]
    return "group", step, write_proper(cursor.stretch(at, step)) if step > stop else label


_PLACE = 4
"""Words that the name of a place behind such an organ has at most."""
_PARTY_ORGANS = (("đảng", "ủy"), ("đảng", "bộ"), ("chi", "bộ"), ("ban", "thường", "vụ"), ("ban", "chấp", "hành"))
_OF_PARTY = ("sở", "bộ", "hđnd", "ubnd", "hội", "ủy", "công", "huyện", "thành", "tỉnh", "trường", "bệnh", "văn")
"""First words of the bodies that have such an organ: "Đảng ủy HĐND tỉnh", "Ban Thường vụ Tỉnh đoàn"."""


def read_organ(cursor: Cursor, start: int, at: int) -> Item | None:
    """The organ of a body, with the body's name: "Đảng ủy Sở Tài chính", "Phòng Kế hoạch Sở Y tế"; a body of its own, which no registry has."""
    organ = max((organ for organ in ORGANS if tuple(cursor.words[at : at + len(organ)]) == organ), key=len, default=())
    step = at + len(organ)
    if not organ and cursor.at(at) == "phòng" and cursor.tokens[at].capital and cursor.lexicon.match(cursor.words, at) is None:
        step = _pass_division(cursor, at + 1)
    bodies = _OF_PARTY if organ in _PARTY_ORGANS else ("sở", "bộ")
    if step == at or step >= len(cursor.tokens) or cursor.words[step] not in bodies or not cursor.tokens[step].capital:
        return None
    match = cursor.lexicon.match(cursor.words, step)
    whole = cursor.lexicon.match(cursor.words, at)
    if match is None or (whole is not None and whole[1] >= match[1]):
        return None
    stop = max(match[1], read_place(cursor, match[1])[1])
    kind = cursor.lexicon.registry.kinds.get(match[0].slug)
    if kind is not None and kind.level in ("district", "commune"):
        stop = max(stop, pass_capitals(cursor, stop, _PLACE))
    return Item(found(cursor, start, stop, write_proper(cursor.stretch(at, stop)), confidence=0.6, method="unresolved"), stop)


def _pass_division(cursor: Cursor, at: int) -> int:
    """The token after the words of a division's name, up to its department's: "Phòng | Kế hoạch - Tài chính | Sở Y tế"."""
    step = at
    while step - at < _DIVISION and (cursor.at(step).isalpha() or cursor.at(step) in ("-", "–")) and not (cursor.tokens[step].capital and opens_name(cursor, step)):
        if (not cursor.tokens[step].capital and f"{cursor.at(step)}_{cursor.at(step + 1)}" in VERBS) or f"phòng_{cursor.at(step)}" in NOT_NAMES:
            return at - 1
        step += 1
    return step if step > at else at - 1


def read_longer(cursor: Cursor, start: int, at: int, stop: int) -> Item:
    """The whole name, of which the registry knows the beginning only."""
    end = stop + 1
    while end < min(len(cursor.tokens), at + _LONGEST_NAME) and not opens_name(cursor, end) and f"{cursor.words[end]}_{cursor.at(end + 1)}" not in VERBS:
        if cursor.words[end] in ("và", "-", "–") and not names_work(cursor, end + 1) and (cursor.words[end] != "và" or opens_name(cursor, end + 1)):
            break
        if not cursor.words[end].isalpha() and cursor.words[end] not in ("-", "–"):
            break
        end += 1
    return Item(found(cursor, start, end, write_proper(cursor.stretch(at, end)), confidence=0.6, method="unresolved"), end)


def _levelled(label: str, written: str) -> str:
    """The name with the level word as written where it is part of the name, without it elsewhere."""
    base = LEVEL.sub("", label)
    if not LEVELLED.match(label):
        return base
    return f"{base} {written.casefold()}" if written else label

_BRANCH_OF = re.compile(r"(?<=[Cc]hi nhánh)\s+tỉnh\s+(?=[A-ZĐ])")
_OWN_LEVEL = re.compile(r"(?<! cấp) tỉnh$")
"""The level word that only says which province (gold annotations, decision 17)."""
_UNIT = re.compile(r"(?<=[^\W\d_] )(?:Quận|Huyện|Thị xã|Phường|Xã|Thị trấn|Đặc khu)(?= [\dA-ZĐÀ-Ỹ])")
"""The word for a unit inside a name, which is written small: "Ủy ban nhân dân Quận 12"."""
_PAIR = re.compile(r"(?<=Hội đồng nhân dân)\s?[-–&,/]\s?(?=Ủy ban nhân dân)")
_OFFICE = re.compile(r"(?:Thủ tướng|Chủ tịch|Bí thư)\b")
"""Offices held by one person: capitals behind are that person's name, no part of the office's."""
_GENERIC = re.compile(
    r"(?:Ban Chỉ đạo|Ban Chỉ huy|Trung tâm|Trường|Bệnh viện|Hội|Hiệp hội|Chi cục|Phòng|Ban Quản lý|Công ty|Tập đoàn|Tổng công ty|Quỹ|Viện|Học viện|Đại học|Xí nghiệp)\b"
)
"""Kinds whose name is only the beginning of a body's name."""


def _is_its_own(cursor: Cursor, at: int, stop: int, after: int, kind: Kind) -> bool:
    """Whether a province's name behind is that of the body or of a unit below: "Trường Đại học | Trà Vinh", "UBND phường | Bắc Giang"."""
    unit = names_unit(cursor.stretch(at, stop), cursor.stretch(stop, after)) and not any(word in ARTICLES for word in cursor.words[at:stop])
    return unit or (kind.slug in OF_ONE_NAME and cursor.at(stop) not in ("tỉnh", "thành"))


def _is_generic(name: str) -> bool:
    return bool(_GENERIC.match(name)) and (len(name.split()) <= 4 or name in _SCHOOLS)


_SCHOOLS = frozenset({"Trường trung học phổ thông", "Trường trung học cơ sở"})
"""Kinds of which each body has a name of its own, though the kind's is long."""


def _keeps_place(label: str) -> bool:
    return key(label).startswith(("báo và", "ngân hàng", "đài ", "công ty", "báo ", "chi cục", "kho bạc", "kiểm toán", "cảng vụ", "hải quan"))

_OFFICES_OF = (["văn", "phòng"], ["ban", "thường", "vụ"])
"""Words that take another body's name into their own: Văn phòng Ban Chỉ huy Phòng thủ dân sự tỉnh, Ban Thường vụ Huyện ủy Tam Đường."""


_LONGEST_NAME = 160
"""Letters, and so words, that a name has at most."""


def read_unknown(cursor: Cursor, at: int) -> Item | None:
    """A name that the registry lacks: up to a separator or the verb of a clause; a body of its own, marked so."""
    stop, last = at, min(len(cursor.words), at + _LONGEST_NAME)
    while stop < last:
        word, token = cursor.words[stop], cursor.tokens[stop]
        if word in (";", ".", ":", "\n", "(", ")", "•") or (stop > at and word == "," and not _inner_comma(cursor, stop)):
            break
        if stop > at and word == "và" and stop + 1 < len(cursor.words) and (opens_name(cursor, stop + 1) or read_noun(cursor.words, stop + 1)):
            break
        if stop > at and ((word in ("/", "&", "+") and opens_name(cursor, stop + 1)) or _opens_line(cursor, stop)):
            break
        if stop > at and word in ("cùng", "với") and cursor.at(stop + 1) in ARTICLES:
            break
        board = stop == at + 1 and cursor.words[at] == "ban"  # "Ban quản lý …", "Ban chỉ đạo …" in small letters
        if stop > at and not token.capital and f"{word}_{cursor.at(stop + 1)}" in VERBS and not board:
            break
        if stop > at + 1 and word in ARTICLES and not token.capital and (units := read_units(cursor.words, stop + 1))[0]:
            stop = units[1]
            break
        if stop > at + 1 and token.capital and opens_name(cursor, stop) and not _is_object(cursor, at, stop) and cursor.words[stop - 1] not in ("của", "thuộc", "-") and cursor.words[at:stop] not in _OFFICES_OF:
            break
        stop += 1
    if stop == at or not any(word.isalpha() for word in cursor.words[at:stop]):
        return None
    known = cursor.words[at] in HEADS or cursor.words[at] in cursor.lexicon.registry.ambiguous
    if at > 0 and not known and cursor.words[at] not in ARTICLES and read_noun(cursor.words, at) is None:
        return None
    if stop == at + 1 and cursor.words[at] in ARTICLES:
        return None
    if cursor.words[at] in ARTICLES and read_noun(cursor.words, at + 1) is None and not cursor.tokens[min(at + 1, len(cursor.tokens) - 1)].capital:
        return None
    text = cursor.stretch(at, stop)
    if len(text) < 3 or len(text) > _LONGEST_NAME:
        return None
    near = found_near(cursor, at, stop, text)
    if near is not None:
        return Item(near, stop)
    name = write_proper(text)
    if cursor.tokens[at].capital and not LEVELLED.search(name) and len(name.split()) > _SHORTEST_LEVELLED:
        name = _OWN_LEVEL.sub("", name)
    return Item(found(cursor, at, stop, name, form=_form_of_unknown(text), confidence=0.6, method="unresolved"), stop)


def _opens_line(cursor: Cursor, at: int) -> bool:
    """Whether a list's mark stands here, at the beginning of a line of a cell."""
    return cursor.words[at] in ("-", "–", "+", "•") and "\n" in cursor.text[cursor.tokens[at - 1].end : cursor.tokens[at].start]


_SHORTEST_LEVELLED = 3
_UNIONS = (("liên", "đoàn"), ("hiệp", "hội"), ("câu", "lạc", "bộ"), ("liên", "hiệp"), ("hội",))
"""Unions of bodies at large, whose kind stands in their name: "Liên đoàn | Doanh nghiệp"."""


def _is_object(cursor: Cursor, at: int, stop: int) -> bool:
    """Whether a noun says of which bodies a union is, and opens no name of its own."""
    return tuple(cursor.words[at:stop]) in _UNIONS and cursor.words[stop] not in HEADS and read_noun(cursor.words, stop) is not None


def _form_of_unknown(text: str) -> Form:
    """With "các" nobody can list the members; a body that every commune or school has is a group of them."""
    words = key(text).split()
    if words[0] in ARTICLES:
        return "open-group"
    return "group" if _EVERYWHERE.match(" ".join(words)) or _IN_UNITS.search(" ".join(words)) else "body"


_EVERYWHERE = re.compile(r"(?:mặt trận|công đoàn|đoàn thanh niên|hội .+|ban .+|đài truyền thanh) (?:cơ sở|các cấp)$|ban công tác mặt trận$|tổ dân phố$|tổ công nghệ số cộng đồng$")
_IN_UNITS = re.compile(r" các (?:(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu),?(?: |$))+$")
"""Bodies of which every commune, village or school has one, where no place follows."""


def _inner_comma(cursor: Cursor, at: int) -> bool:
    """A comma inside an unknown name: a lower-case word follows that opens no name of its own."""
    if at + 1 >= len(cursor.tokens):
        return False
    token = cursor.tokens[at + 1]
    return not token.capital and token.word not in ARTICLES and read_noun(cursor.words, at + 1) is None
