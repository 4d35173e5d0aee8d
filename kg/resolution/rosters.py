"""The members of a group, where the registry, the province and the date settle them.

Reads: the registry. Gives: the kinds that are in a group for certain, at a date; ``None`` where nobody can say.
This is the one place that answers the question: the graph and the analyses ask here.
"""

from __future__ import annotations

from kg.resolution.partial_dates import days_of
from kg.resolution.registry import Kind, Registry, load_registry

KNOWN_FROM = "2014-05-20"
"""The lists in the registry rest on NĐ 24/2014/NĐ-CP and what amended it; before it took effect they prove nothing."""
_CULTURE = "so-van-hoa-the-thao-va-du-lich"
_ABSENT: dict[str, frozenset[str]] = {
    _CULTURE: frozenset(
        {"ha-noi", "ho-chi-minh", "ho-chi-minh-2025", "da-nang", "hue", "thua-thien-hue", "ninh-binh", "ninh-binh-2025", "khanh-hoa", "ba-ria-vung-tau"}
    ),
}
"""Uniform departments that a province has not, or not always had: these had Sở Du lịch and Sở Văn hóa và Thể thao instead
(note on so-van-hoa-va-the-thao in agencies.ttl). For a day on which one of them had it, leaving it out is no error: a
roster never says that it is complete. Khánh Hòa, Bà Rịa - Vũng Tàu and today's Ninh Bình: their Sở Du lịch and, in Khánh Hòa, Sở Văn hóa và
Thể thao (2020 to 2022) name themselves so on pages of theirs."""
_INSTEAD = {"so-van-hoa-va-the-thao": _CULTURE, "so-du-lich": _CULTURE}
"""Departments that only a province without the uniform one has."""


def roster(group_kind: str, province: str | None, date: str | None, *, registry: Registry | None = None) -> tuple[Kind, ...] | None:
    """Give the kinds that are in a province's group for certain on every day that the date can mean, sorted by slug.

    The group may have more members: it is never a count of them. Open groups have none that can be listed.

    Args:
        group_kind: the slug of a group's kind, such as "cac-so-ban-nganh".
        province: the slug of the province whose group it is; ``None`` where unknown or central.
        date: "2025", "2025-05" or "2025-05-12"; ``None`` where unknown.
        registry: another registry than the project's, for tests.

    Returns:
        ``None`` where the members are unknown: no such kind, a body or an open group, a group of which the registry lists
        no members, no or another era's province, no date, or one before 2014-05-20.

    Raises:
        QuestionError: a date that is none, such as "2025-13".

    >>> [kind.slug for kind in roster("cac-so", "lai-chau", "2025-05")][:3]
    ['so-cong-thuong', 'so-giao-duc-va-dao-tao', 'so-khoa-hoc-va-cong-nghe']
    >>> roster("cac-co-quan-to-chuc-co-lien-quan", "lai-chau", "2025-05") is None
    True

    """
    registry = registry or load_registry()
    if date is not None:
        days_of(date)
    kind = registry.kinds.get(group_kind)
    unit = registry.provinces.get(province or "")
    if kind is None or kind.form != "group" or not kind.comprises or unit is None or date is None:
        return None
    first, last = days_of(date)
    if first < KNOWN_FROM or not unit.exists_at(first) or not unit.exists_at(last):
        return None
    members = (registry.kinds[slug] for slug in sorted(kind.comprises))
    return tuple(
        member for member in members
        if (member.valid_from is None or member.valid_from <= first) and (member.valid_to is None or last <= member.valid_to)
        and unit.slug not in _ABSENT.get(member.slug, ())
    ) or None  # fmt: skip


def may_have(kind: str, province: str | None) -> bool:
    """Tell whether a province may have a department of a kind, by what is known of the uniform ones; ``True`` where nothing is.

    >>> may_have("so-van-hoa-va-the-thao", "lai-chau"), may_have("so-van-hoa-va-the-thao", "ha-noi"), may_have("so-y-te", "ha-noi")
    (False, True, True)
    """
    if province is None:
        return True
    if kind in _INSTEAD:
        return province in _ABSENT[_INSTEAD[kind]]
    return province not in _ABSENT.get(kind, ())
