"""People's committees and councils: of the plan's own unit, of other named units, and groups of them."""

from __future__ import annotations

import re

from kg.extraction.naming.cursor import Cursor, Form, Found, Item, found, pass_capitals, read_place
from kg.extraction.naming.groups import ARTICLES, NEIGHBOURS, read_qualifier
from kg.extraction.naming.regions import read_region
from kg.normalise import fold, key

_UNIT_ORDER = ("tỉnh", "quận", "huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")
_TOWNS = ("thành phố", "thị xã")
"""Units of which a province may have one, whose name then ends the group: "các huyện, thành phố Tân An"."""
_UNIT_NAME, _NAMED = 5, 0.8
"""Words that a unit's name has at most, and how sure a committee of a named unit is."""
CITY = "uy-ban-nhan-dan-thanh-pho-thuoc-tinh"
_BELOW = (("thuộc", "tỉnh"), ("trực", "thuộc", "tỉnh"))
_UNITS = {fold(unit): unit for unit in _UNIT_ORDER}
_HEADS = (
    ("uy ban nhan dan", "Ủy ban nhân dân"), ("ubnd", "Ủy ban nhân dân"),
    ("hoi dong nhan dan", "Hội đồng nhân dân"), ("hdnd", "Hội đồng nhân dân"), ("chinh quyen", "chính quyền"),
)


def read_committee(cursor: Cursor, at: int, start: int) -> Item | None:
    """Ủy ban nhân dân and its like with a group of places: "UBND các phường, xã", "Ủy ban nhân dân cấp xã"."""
    words = cursor.words
    head = _read_head(words, at)
    if head is None:
        return None
    proper, stop = head
    singular = _read_single_committee(cursor, at, stop, start, proper)
    if singular is not None:
        return singular
    counted = words[stop] if cursor.at(stop).isdigit() else ""
    article = cursor.at(stop) in ARTICLES or bool(counted)
    stop += article
    if article and cursor.at(stop) == "địa" and cursor.at(stop + 1) == "phương":
        where, stop = _read_where(cursor, stop + 2)
        return Item(found(cursor, start, stop, f"{proper} {counted or 'các'} địa phương{where}", form=_form(where)), stop)
    if fold(cursor.at(stop)) == "cap" and fold(cursor.at(stop + 1)) in ("tinh", "huyen", "xa"):
        stop += 2
        level = _UNITS[fold(words[stop - 1])]
        if cursor.at(stop) == "," and cursor.at(stop + 1) == "cấp":
            stop += 3
            return Item(found(cursor, start, stop, f"{proper} cấp {level}, cấp {words[stop - 1]}", form="group"), stop)
        return Item(found(cursor, start, stop, f"{proper} cấp {level}", form="group"), stop)
    if cursor.at(stop) == "cấp" and article:
        return Item(found(cursor, start, stop + 1, f"{proper} các cấp", form="group"), stop + 1)
    units, after = read_units(words, stop)
    if not units or (len(units) == 1 and not article):
        return None
    where, behind = _read_where(cursor, after)
    if where:
        return Item(found(cursor, start, behind, f"{proper} {counted or 'các'} {', '.join(_order(units))}{where}", form=_form(where)), behind)
    qualifier, behind = read_qualifier(words, after)
    if qualifier != "trực thuộc trung ương" and not any(word in qualifier for word in ("liên quan", "khác")):
        qualifier = ""
        behind = max(after, read_place(cursor, behind)[1])
        if behind == after and units[-1] in _TOWNS:
            behind = _read_unit_name(cursor, after, after)[1]
        if cursor.at(after) == "thuộc" or (cursor.at(after) == "tỉnh" and not _opens_another(words, after + 1, "tỉnh")):
            behind = after + (2 if cursor.at(after) == "thuộc" else 1)
    name = f"{proper} {counted or 'các'} {', '.join(_order(units))}{' ' + qualifier if qualifier else ''}"
    return Item(found(cursor, start, behind, name, form="group"), behind)


def _read_where(cursor: Cursor, at: int) -> tuple[str, int]:
    """Words that say which places of a group are meant: a region, or the neighbours; with a space before, "" for none."""
    qualifier, stop = read_qualifier(cursor.words, at)
    if qualifier not in NEIGHBOURS:
        qualifier, stop = read_region(cursor, at)
    return (f" {qualifier}", stop) if qualifier else ("", at)


def _form(where: str) -> Form:
    return "open-group" if where.strip() in NEIGHBOURS else "group"


_OTHER_HEADS = (("cong an", "Công an"), ("ban chi huy quan su", "Ban Chỉ huy Quân sự"), ("ban chqs", "Ban Chỉ huy Quân sự"), ("dang uy", "Đảng ủy"), ("hoi nong dan", "Hội Nông dân"))
"""Bodies that units have, too, and that are named in one go: "Công an các huyện: Tiên Lữ, Phù Cừ"."""


def _read_head(words: list[str], at: int, heads: tuple[tuple[str, str], ...] = _HEADS) -> tuple[str, int] | None:
    first = fold(words[at]) if at < len(words) else ""
    for head, proper in heads:
        if not first or not head.startswith(first):
            continue
        stop = at + len(head.split())
        if " ".join(fold(word) for word in words[at:stop]) == head:
            return proper, stop
    return None


def _read_single_committee(cursor: Cursor, at: int, stop: int, start: int, proper: str) -> Item | None:
    """The committee of the plan's own province: "UBND tỉnh", "Ủy ban nhân dân Thành phố Hà Nội"."""
    if proper == "chính quyền":
        return None
    words = cursor.words
    if cursor.at(stop) == "tỉnh":
        level, behind = "tỉnh", stop + 1
    elif cursor.at(stop) == "thành" and cursor.at(stop + 1) == "phố":
        level, behind = "thành phố", stop + 2
    else:
        return None
    if cursor.at(behind) in (",", "và", "/") and read_unit(words, behind + 1) is not None:
        return None
    if level == "thành phố" and (below := next((len(tail) for tail in _BELOW if tuple(words[behind : behind + len(tail)]) == tail), 0)):
        return Item(found(cursor, start, behind + below, f"{proper} thành phố thuộc tỉnh", kind=CITY, method="registry"), behind + below) if proper.startswith("Ủy ban") else None
    place, after = read_place(cursor, behind)
    chair = tuple(words[max(0, at - 2) : at]) == ("chủ", "tịch") and tuple(words[max(0, at - 3) : at - 2]) != ("phó",)
    name = f"{'Chủ tịch ' if chair else ''}{proper} {level}"
    slug = cursor.lexicon.registry.by_label.get(key(name)) or cursor.lexicon.registry.by_label.get(key(f"{proper} tỉnh"))
    if not place:
        place, after = _read_unit_name(cursor, behind, after)
    if place:
        name = f"{name} {place}"
    first = at - 2 if chair else start
    return Item(found(cursor, first, max(after, behind), name, kind=slug, method="registry"), max(after, behind))


def _read_unit_name(cursor: Cursor, at: int, after: int) -> tuple[str, int]:
    """The name of a town that is no province: "UBND TP. Đà Lạt"."""
    stop = pass_capitals(cursor, at, 4)
    return (cursor.stretch(at, stop), stop) if stop > at else ("", after)


def read_named_committees(cursor: Cursor, at: int, start: int) -> tuple[list[Found], int] | None:
    """Forms such as "UBND các xã Tân Hưng, Hoàng Hoa Thám", "UBND các huyện: Tiên Lữ, Phù Cừ": the committee of each, from two names on."""
    head = _read_head(cursor.words, at) or _read_head(cursor.words, at, _OTHER_HEADS)
    if head is None or head[0] == "chính quyền" or cursor.at(head[1]) not in ARTICLES:
        return None
    unit = read_unit(cursor.words, head[1] + 1)
    kind = cursor.lexicon.registry.by_label.get(key(f"{head[0]} {unit[0]}")) if unit else None
    if unit is None or kind is None or cursor.lexicon.registry.kinds[kind].level not in ("district", "commune"):
        return None
    mentions: list[Found] = []
    first = stop = unit[1] + (cursor.at(unit[1]) == ":")
    while (end := pass_name_or_number(cursor, first, unit[0])) > first:
        name = f"{head[0]} {unit[0]} {cursor.stretch(first, end)}"
        mentions.append(found(cursor, first if mentions else start, end, name, kind=kind, confidence=_NAMED, method="extended"))
        first, stop = end + (cursor.at(end) in _BETWEEN), end
        if first == end:
            break
    return (mentions, stop) if len(mentions) > 1 else None


_BETWEEN = (",", ";", "và")


def pass_name_or_number(cursor: Cursor, at: int, unit: str) -> int:
    """The token after a unit's name, or its number where units of the sort have one: "UBND các quận 1, 3, Gò Vấp"."""
    if unit in ("quận", "phường") and _NUMBER.fullmatch(cursor.at(at)):
        return at + 1
    return pass_capitals(cursor, at, _UNIT_NAME)


_NUMBER = re.compile(r"\d{1,2}")


def read_further_committees(cursor: Cursor, item: Item) -> tuple[list[Found], int]:
    """Forms such as "UBND thành phố Hà Nội, Thành phố Hồ Chí Minh và các tỉnh, thành phố khác": the head goes for all of them."""
    mentions, stop = [item.mention], item.stop
    if item.mention.name in ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành phố") or item.mention.form != "body":
        return mentions, stop
    while True:
        at = stop
        while cursor.at(at) in (",", "và", ";"):
            at += 1
        if at == stop:
            return mentions, stop
        place, after = read_place(cursor, at)
        if place:
            level = "tỉnh" if cursor.at(at) == "tỉnh" else "thành phố"
            name = f"Ủy ban nhân dân {level} {re.sub(r'^(?:tỉnh|thành phố) ', '', place, flags=re.IGNORECASE)}"
            mentions.append(found(cursor, at, after, name, kind=item.mention.kind, confidence=0.97, method="shared-head"))
            stop = after
            continue
        units, after = read_units(cursor.words, at + 1) if cursor.at(at) in ARTICLES else ([], at)
        if not units:
            return mentions, stop
        qualifier, after = read_qualifier(cursor.words, after)
        name = f"Ủy ban nhân dân các {', '.join(_order(units))}{' ' + qualifier if qualifier else ''}"
        mentions.append(found(cursor, at, after, name, form="group", confidence=0.97, method="shared-head"))
        return mentions, after


def _order(units: list[str]) -> list[str]:
    """The usual order of units in a committee group's name (gold annotations, decision 19)."""
    return sorted(dict.fromkeys(units), key=_UNIT_ORDER.index)


def read_units(words: list[str], at: int) -> tuple[list[str], int]:
    """The units of a run ("huyện, thị xã, thành phố"), and the token after the last."""
    units: list[str] = []
    while True:
        unit = read_unit(words, at)
        if unit is None:
            return units, at
        units.append(unit[0])
        at = step = unit[1]
        while step < len(words) and words[step] in (",", "/", "và", "-"):
            step += 1
        if read_unit(words, step) is None:
            return units, at
        at = step


def read_unit(words: list[str], at: int) -> tuple[str, int] | None:
    """A unit's word, wrong tones forgiven ("thành phổ"), and the token after it; none where it opens a name ("tỉnh đoàn", "huyện ủy")."""
    for length in (2, 1):
        unit = _UNITS.get(fold(" ".join(words[at : at + length]))) if at + length <= len(words) else None
        if unit is not None:
            return None if _opens_another(words, at + length, unit) else (unit, at + length)
    return None


def _opens_another(words: list[str], at: int, unit: str) -> bool:
    """Whether the word behind a unit's makes another body's name with it: "Huyện | ủy", "Tỉnh | đoàn", "Xã | đội", but not "xã | Đoàn Kết"."""
    word = words[at] if at < len(words) else ""
    if word in ("ủy", "uỷ"):
        return True
    ends = at + 1 >= len(words) or words[at + 1] == "và" or not words[at + 1][0].isalnum()
    return word in ("đoàn", "đội", "hội") and (unit == "tỉnh" or ends)
