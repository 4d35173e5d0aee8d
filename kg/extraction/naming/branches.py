"""Branches and provincial bodies of central ones, branches of provincial ones, and names that a note in brackets completes."""

from __future__ import annotations

import re

from kg.extraction.naming.cursor import Cursor, Item, found, pass_capitals, read_bracket, write_proper
from kg.extraction.naming.lexicon import Name
from kg.extraction.naming.name_ends import pass_unit
from kg.normalise import key
from kg.resolution.registry import Kind

CONFIDENCE = {"registry": 1.0, "variant": 1.0, "abbreviation": 0.98, "misprint": 0.95, "near": 0.9}
LEVEL = re.compile(r"(?<!,) (?P<level>tỉnh|thành phố)$", re.IGNORECASE)
_OWN_PLACE = re.compile(r"^(?:tỉnh|thành phố)\s+", re.IGNORECASE)


def read_branch(cursor: Cursor, at: tuple[int, int, int, int], place: str, name: Name, whole: Kind) -> Item | None:
    """An enterprise with a province's name is its branch there, no enterprise of the centre: "VNPT Thanh Hóa", "BIDV Thanh Hóa".

    Args:
        cursor: the words.
        at: where what is said of it begins, its name, what follows its name, what follows the place.
        place: the province.
        name: the name that was found.
        whole: its kind; ``None`` is given where it is no enterprise of the centre and has no branches.
    """
    start, begun, stop, after = at
    named = LEVEL.sub("", cursor.stretch(begun, stop))
    kinds = cursor.lexicon.registry.kinds.values()
    branches = [kind for kind in kinds if kind.answers_to == whole.slug and kind.level == "provincial" and kind.kind_class == "state-enterprise"]
    kind = branches[0] if len(branches) == 1 else cursor.lexicon.registry.kind_named(f"{named} tỉnh") if len(named.split()) == 1 else None
    if kind is not None and kind.kind_class == "state-enterprise":
        label = f"{named} {_OWN_PLACE.sub('', place)}"
        after = _pass_whose_branch(cursor, after)
        return Item(found(cursor, start, after, label, kind=kind.slug, confidence=CONFIDENCE[name.how], method=name.how), after)
    if whole.level == "central":
        return Item(found(cursor, start, after, write_proper(cursor.stretch(begun, after)), confidence=0.6, method="unresolved"), after)
    return None


def read_provincial(cursor: Cursor, at: tuple[int, int, int], whole: Kind) -> Item | None:
    """A central body's name with a province behind is the province's body of that line, or one that no registry has: "Hội Luật gia Việt Nam | tỉnh Lai Châu", "VCCI | Cần Thơ"."""
    start, begun, after = at
    behind = cursor.stretch(begun, after)
    registry = cursor.lexicon.registry
    union = whole.kind_class in _IN_PROVINCES
    own = registry.by_label.get(key(whole.name.removesuffix(" Việt Nam"))) if union else None
    branch = registry.by_label.get(key(f"{whole.name} chi nhánh"))
    below = [registry.kinds[slug] for slug in (own, branch) if slug is not None and registry.kinds[slug].level == "provincial"]
    if not union and not below and not re.search(r" tỉnh\b", behind):
        return None
    if len(below) == 1:
        return Item(found(cursor, start, after, below[0].name, kind=below[0].slug, confidence=CONFIDENCE["variant"], method="variant"), after)
    return Item(found(cursor, start, after, write_proper(behind), confidence=0.6, method="unresolved"), after)


def _pass_whose_branch(cursor: Cursor, at: int) -> int:
    """The token after the words that say of which enterprise it is a branch: "Viettel Thanh Hóa | - Chi nhánh Tập đoàn Công nghiệp - Viễn thông Quân đội"."""
    if cursor.at(at) not in ("-", "–") or (cursor.at(at + 1), cursor.at(at + 2)) != ("chi", "nhánh"):
        return at
    whole = cursor.lexicon.match(cursor.words, at + 3)
    return whole[1] if whole is not None else at


_IN_PROVINCES = frozenset({"association", "mass-organisation", "fatherland-front"})
"""Classes of central bodies that have one of their own in each province."""


_POWER = ("điện", "lực")


def read_named_unit_of(cursor: Cursor, start: int, at: int) -> Item | None:
    """A body that is known by its head and a place below the province alone: "Điện lực Bỉm Sơn", a branch of the province's power company."""
    if tuple(cursor.words[at : at + 2]) != _POWER or not cursor.tokens[at].capital:
        return None
    stop = max(pass_unit(cursor, at + 2), pass_capitals(cursor, at + 2, _PLACE))
    kind = cursor.lexicon.registry.kind_named("Điện lực huyện")
    if stop == at + 2 or kind is None or not (cursor.whole or cursor.at(stop) in (",", ";", ".", "")) or cursor.lexicon.registry.provinces_named(cursor.stretch(at + 2, stop)):
        return None
    return Item(found(cursor, start, stop, write_proper(cursor.stretch(at, stop)), kind=kind.slug, confidence=0.8, method="extended"), stop)


_PLACE = 4
"""Words that a place's name has at most."""


def read_completed(cursor: Cursor, start: int, at: int) -> Item | None:
    """A name that a note in brackets completes: "Ban Kinh tế - Ngân sách (HĐND tỉnh)", "Phòng Kinh tế (xã)"."""
    opening = next((step for step in range(at + 1, min(at + _LONGEST_COMPLETED, len(cursor.words))) if cursor.words[step] == "("), None)
    stop = read_bracket(cursor, opening) if opening is not None else at
    if opening is None or stop - opening < _SHORTEST_NOTE:
        return None
    match = cursor.lexicon.match([*cursor.words[at:opening], *cursor.words[opening + 1 : stop - 1]], 0)
    if match is None or match[1] != stop - at - 2 or not match[0].slug:
        return None
    return Item(found(cursor, start, stop, match[0].name, kind=match[0].slug, confidence=CONFIDENCE["abbreviation"], method="variant"), stop)


_LONGEST_COMPLETED, _SHORTEST_NOTE = 9, 3
