"""The members of a group, where the registry, the province and the date settle them.

Reads: the registry. Gives: the kinds that are in a group for certain, at a date; ``None`` where nobody can say.
This is the one place that answers the question: the graph and the analyses ask here.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.resolution.partial_dates import days_of
from kg.resolution.registry import Kind, Registry, load_registry

KNOWN_FROM = "2014-05-20"
"""The lists in the registry rest on NĐ 24/2014/NĐ-CP and what amended it; before it took effect they prove nothing."""
_CULTURE = "so-van-hoa-the-thao-va-du-lich"


class _Apart(NamedTuple):
    """When a province had two departments in place of the uniform one: it may have from ``first`` to ``last``, and had from ``since`` to ``until``.

    ``None`` is open in ``first`` and ``last``, and not known in ``since`` and ``until``.
    """

    first: str | None = None
    since: str | None = None
    until: str | None = None
    last: str | None = None


_LISTED = "2016-09-04"
"""Day at which Tổng cục Du lịch counted ten provinces with a Sở Du lịch (Kinh tế & Đô thị): Hà Nội, Thành phố Hồ Chí Minh, Đà Nẵng, Quảng Ninh,
Hải Phòng, Quảng Bình, Thừa Thiên Huế, Khánh Hòa, Bà Rịa - Vũng Tàu, Kiên Giang."""
_OPEN = "9999-12-31"
_APART: dict[str, _Apart] = {
    "ha-noi": _Apart(None, _LISTED, _OPEN, None),
    "ho-chi-minh": _Apart(None, _LISTED, _OPEN, None),
    "ho-chi-minh-2025": _Apart(None, "2025-07-01", _OPEN, None),
    "da-nang": _Apart("2016-05-17", "2016-05-17", "2025-04-26", None),  # Dân trí, 17/5/2016; resolution of the council of 26/4/2025, Tuổi trẻ Thủ đô
    "thua-thien-hue": _Apart(None, _LISTED, _OPEN, None),
    "hue": _Apart(None, "2025-01-01", _OPEN, None),
    "ninh-binh": _Apart("2016-09-05"),
    "ninh-binh-2025": _Apart(None, "2025-07-01", _OPEN, None),  # Quyết định 168/2025/QĐ-UBND (28/11/2025) names its Sở Du lịch
    "khanh-hoa": _Apart("2016-03-31", _LISTED, "2022-12-31", None),  # Báo Mới, 31/3/2016; pages of theirs of 2020 to 2022
    "ba-ria-vung-tau": _Apart(None, _LISTED, _LISTED, None),
    "quang-ninh": _Apart("2016-04-08", _LISTED, "2025-01-31", "2025-02-28"),  # Infonet, 8/4/2016; merged again in February 2025, Lao Động
    "hai-phong": _Apart(None, _LISTED, "2021-11-08", None),  # the city's page of 08/11/2021
    "quang-binh": _Apart("2016-06-24", _LISTED, _LISTED, None),  # Quyết định 24/2016/QĐ-UBND (25/8/2016)
    "kien-giang": _Apart("2016-03-31", _LISTED, _LISTED, None),  # Báo Mới, 31/3/2016
    "binh-dinh": _Apart(None, "2021-01-11", "2021-01-11", "2025-02-20"),  # Quyết định 131/QĐ-UBND (11/01/2021); Dân Việt, 20/02/2025
    "lao-cai": _Apart("2021-12-08", "2022-04-21", "2022-04-21", None),  # Quyết định 11, 12/2022/QĐ-UBND (21/3/2022), announced on 21/4/2022
}
"""Provinces with Sở Du lịch and Sở Văn hóa và Thể thao, by day (note on so-van-hoa-va-the-thao in agencies.ttl). A roster leaves the uniform department
out on every day on which such a province may have had the two: it never says that it is complete."""
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
        and not (member.slug == _CULTURE and _had_both(unit.slug, date) is not False)
    ) or None  # fmt: skip


def may_have(kind: str, province: str | None, date: str | None = None) -> bool:
    """Tell whether a province may have a department of a kind at a date, by what is known of the uniform ones; ``True`` where nothing is.

    >>> may_have("so-van-hoa-va-the-thao", "lai-chau"), may_have("so-van-hoa-va-the-thao", "ha-noi"), may_have("so-y-te", "ha-noi")
    (False, True, True)
    >>> [may_have("so-van-hoa-the-thao-va-du-lich", "quang-ninh", day) for day in ("2020", "2025-02", "2025-11-20")]
    [False, True, True]
    """
    apart = _had_both(province, date) if province is not None else None
    if kind in _INSTEAD:
        return apart is not False
    return kind != _CULTURE or apart is not True


def _had_both(province: str, date: str | None) -> bool | None:
    """Whether a province had the two departments on every day that the date can mean; ``False`` if on none, ``None`` where it is not known."""
    apart = _APART.get(province)
    if apart is None:
        return False
    if date is None:
        return None
    first, last = days_of(date)
    if apart.since and apart.until and apart.since <= first and last <= apart.until:
        return True
    before = apart.first is not None and last < apart.first
    return False if before or (apart.last is not None and first > apart.last) else None
