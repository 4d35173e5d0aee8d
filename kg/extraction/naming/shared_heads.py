"""One head that several names share: "các Sở: Công Thương, Tài chính", "Bộ Công an và Quốc phòng"."""

from __future__ import annotations

import re

from kg.extraction.naming.committees import pass_name_or_number, read_unit
from kg.extraction.naming.cursor import Cursor, Found, Item, found, opens_name
from kg.extraction.naming.groups import ARTICLES
from kg.extraction.naming.name_ends import pass_unit
from kg.extraction.naming.words import VERBS
from kg.normalise import key

_SHARED = (("sở",), ("bộ",), ("chi", "cục"), ("hội",), ("cục",))
"""Heads that several names share; of the first two also where "các" stands before it."""
_JOINTS = frozenset({",", ";", "/", "và", "hoặc"})
_COURTS = ("Tòa án nhân dân", "Viện kiểm sát nhân dân")
"""Bodies of the province with others of the regions below."""
_RUN = frozenset({",", "ban", "ngành", "có", "liên", "quan"})
_UNITS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố")
_OF_UNIT = re.compile(
    r"(?:(?P<body>Ủy ban nhân dân|Hội đồng nhân dân|Công an|Ban Chỉ huy Quân sự|Đảng ủy|Hội Nông dân|Hội Phụ nữ|Hội Cựu chiến binh|Đoàn Thanh niên|Trạm Y tế) )?"
    rf"(?:{'|'.join(_UNITS[:-1])}) \S"
)
"""A named unit's committee or council: "UBND xã Tân Hưng"."""
_OF_COMMUNE = re.compile(r"(?:Ủy ban|Hội đồng) nhân dân (?:xã|phường|thị trấn) ")
_DISTRICTS = ("huyện", "quận", "thị")
_CONFIDENCE = 0.97
_EXTENDED = 0.8
_UNKNOWN = 0.6


def _head_at(cursor: Cursor, at: int) -> tuple[str, ...]:
    """The shared head that stands at a token; () where none does."""
    return next((head for head in _SHARED if tuple(cursor.words[at : at + len(head)]) == head), ())


def read_shared_head(cursor: Cursor, at: int) -> tuple[list[Found], int] | None:
    """Forms such as "các Sở: Công Thương, Tài chính, Xây dựng" names three departments; so does "Chi cục: Kiểm lâm, Thủy lợi"."""
    first = at + (cursor.at(at) in ARTICLES)
    head = _head_at(cursor, first)
    if not head or first >= len(cursor.tokens):
        return None
    sign = _sign_after_run(cursor, first + len(head) - 1)
    colon = cursor.at(sign) == ":" or (cursor.at(sign) == "(" and first > at)
    behind = first + len(head)
    if not colon and not (first > at and behind < len(cursor.tokens) and cursor.tokens[behind].capital):
        return None
    mentions: list[Found] = []
    stop = sign + 1 if colon else behind
    while stop < len(cursor.words):
        match = cursor.lexicon.match([*head, *cursor.words[stop : stop + 12]], 0)
        if match is None or match[1] <= len(head):
            break
        length = match[1] - len(head)
        mentions.append(found(cursor, stop, stop + length, match[0].name, kind=match[0].slug, confidence=_CONFIDENCE, method="shared-head"))
        stop += length
        step = stop
        while cursor.at(step) in _JOINTS:
            step += 1
        if step == stop or cursor.at(step) in ("sở", "bộ", "các"):
            break
        stop = step
    if len(mentions) < (1 if colon else 2):
        return None
    while stop > 0 and cursor.at(stop - 1) in _JOINTS:
        stop -= 1
    return mentions, stop + (cursor.at(sign) == "(" and cursor.at(stop) == ")")


def _sign_after_run(cursor: Cursor, first: int) -> int:
    """Where the sign stands behind "Bộ", "các Bộ, ngành liên quan": the names after it have the first noun for their head."""
    at = first + 1
    while cursor.at(at) in _RUN:
        at += 1
    return at


def read_further_bodies(cursor: Cursor, at: int, item: Item) -> tuple[list[Found], int]:
    """Forms such as "Bộ Công an và Quốc phòng": what follows is a name with the same head, and none without it."""
    mentions, stop = [item.mention], item.stop
    head = _head_at(cursor, at)
    regional = _read_regional_courts(cursor, item)
    if regional is not None:
        return [*mentions, regional.mention], regional.stop
    if numbered := _NUMBERED.fullmatch(item.mention.name):
        return _read_further_numbers(cursor, item, numbered["body"])
    if of_unit := _OF_UNIT.match(item.mention.name):
        return read_further_units(cursor, item, of_unit["body"] or "")
    while head and cursor.at(stop) in _JOINTS:
        first = stop + 1
        if first >= len(cursor.tokens) or not cursor.tokens[first].capital or (opens_name(cursor, first) and not _is_short(cursor, first)):
            break
        match = cursor.lexicon.match([*head, *cursor.words[first : first + 12]], 0)
        if match is None or match[1] <= len(head) or not _ends(cursor, after := first + match[1] - len(head)):
            break
        mentions.append(found(cursor, first, after, match[0].name, kind=match[0].slug, confidence=_CONFIDENCE, method="shared-head"))
        stop = after
    return mentions, stop


def _is_short(cursor: Cursor, at: int) -> bool:
    """Whether a word is capitals alone: "KHĐT" behind "Sở TTTT," is a department, though a ministry has the same letters."""
    return cursor.stretch(at, at + 1).isupper()


def read_further_units(cursor: Cursor, item: Item, body: str) -> tuple[list[Found], int]:
    """Forms such as "UBND xã Tân Hưng, xã Hoàng Hoa Thám và phường Phố Hiến": the committee of each; a district behind a commune says where it lies."""
    mentions, stop = [item.mention], item.stop
    above = pass_unit(cursor, stop + 1) if _OF_COMMUNE.match(item.mention.name) and cursor.at(stop) == "," and cursor.at(stop + 1) in _DISTRICTS else stop
    if above > stop + 1:
        district = cursor.stretch(stop + 1, above)
        name, end = f"{item.mention.name} {district[0].lower()}{district[1:]}", cursor.tokens[above - 1].end
        return [item.mention._replace(name=name, end=end)], above
    last = item.mention.name.removeprefix(f"{body} ")
    unit = next(word for word in _UNITS if last.startswith(word))
    registry = cursor.lexicon.registry
    while cursor.at(stop) in (",", ";", "và"):
        written = read_unit(cursor.words, stop + 1)
        unit, first = written or (unit, stop + 1)
        end = pass_name_or_number(cursor, first, unit)
        kind = registry.by_label.get(key(f"{body} {unit}" if unit != "thành phố" else f"{body} thành phố thuộc tỉnh")) if body else None
        if end == first or (body and kind is None) or (written is None and not _is_place(cursor, first, end)):
            break
        name = f"{body} {unit} {cursor.stretch(first, end)}".strip()
        confidence, method = (_EXTENDED, "extended") if kind else (_UNKNOWN, "unresolved")
        mentions.append(found(cursor, stop + 1, end, name, kind=kind, confidence=confidence, method=method))
        stop = end
    return mentions, stop


_NUMBER = r"(?:\d{1,2}|[IVX]{1,5})"
_NUMBERED = re.compile(rf"(?P<body>\S.* (?:khu vực|cơ sở|số)) {_NUMBER}")


def _read_further_numbers(cursor: Cursor, item: Item, body: str) -> tuple[list[Found], int]:
    """Forms such as "Tòa án nhân dân khu vực 1, 2 và 3": the body of each number, where nothing else follows it."""
    mentions, stop = [item.mention], item.stop
    while cursor.at(stop) in (",", "và") and stop + 1 < len(cursor.tokens) and re.fullmatch(_NUMBER, cursor.stretch(stop + 1, stop + 2)) and _ends(cursor, stop + 2):
        name = f"{body} {cursor.stretch(stop + 1, stop + 2)}"
        mentions.append(found(cursor, stop + 1, stop + 2, name, kind=item.mention.kind, confidence=item.mention.confidence, method=item.mention.method))
        stop += 2
    return mentions, stop


def names_unit_next(cursor: Cursor, stop: int) -> bool:
    """Whether a unit below the province with its name goes on a list: "UBND thành phố Vinh | , thị xã Thái Hòa"."""
    unit = read_unit(cursor.words, stop + 1) if cursor.at(stop) in (",", ";", "và") else None
    return unit is not None and unit[0] not in ("tỉnh", "thành phố") and pass_name_or_number(cursor, unit[1], unit[0]) > unit[1]


_SHORTEST_PLACE = 2
_SURNAMES = frozenset({"nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý"})
"""First words of three and more that are a person's name rather than a place's."""


def _is_place(cursor: Cursor, first: int, end: int) -> bool:
    """Whether a name behind "UBND huyện A," can be the next unit's: a number, or words of which none is an abbreviation, no province and the end of an item."""
    words = cursor.stretch(first, end).split()
    if not _ends(cursor, end) and cursor.at(end) != ";":
        return False
    if len(words) == 1 and words[0].isdigit():
        return True
    if len(words) > _SHORTEST_PLACE and key(words[0]) in _SURNAMES:
        return False
    return len(words) >= _SHORTEST_PLACE and not any(word.isupper() and len(word) > 1 for word in words) and not cursor.lexicon.registry.provinces_named(" ".join(words))


def _read_regional_courts(cursor: Cursor, item: Item) -> Item | None:
    """Forms such as "Tòa án nhân dân thành phố | và các khu vực": the courts below it, which have no name of their own here."""
    court = next((court for court in _COURTS if item.mention.name.startswith(court)), None)
    first = item.stop + 1
    if court is None or cursor.at(item.stop) not in (",", "và"):
        return None
    stop = first + (cursor.at(first) in ARTICLES) + 2
    if stop == first + 2 or (cursor.at(stop - 2), cursor.at(stop - 1)) != ("khu", "vực"):
        return None
    return Item(found(cursor, first, stop, f"{court} các khu vực", form="group", confidence=_CONFIDENCE, method="shared-head"), stop)


def _ends(cursor: Cursor, at: int) -> bool:
    """Whether a name can end before a token: at a sign, "và", or the verb of a clause."""
    word = cursor.at(at)
    return not word[:1].isalnum() or word in ("và", "cùng", "hoặc") or f"{word}_{cursor.at(at + 1)}" in VERBS
