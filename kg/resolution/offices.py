"""The regional offices of ontology/regional-offices.ttl: which provinces an office covers, in which era.

Reads: regional-offices.ttl, and the registries that it points at. Gives: offices, checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.data_files import data_folder
from kg.normalise import read_roman
from kg.resolution.concepts import Concept, read_concepts
from kg.resolution.partial_dates import may_hold
from kg.resolution.registry import Kind, Province, load_registry


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalOffice:
    """An office of a central body for several provinces, in one era: the same numeral means others in another.

    ``number`` as in its name ("XII"); ``covers`` the slugs of its provinces, sorted; dates are ISO days, inclusive, ``None``
    where open.
    """

    slug: str
    name: str
    english: str
    kind: str
    number: str
    covers: tuple[str, ...]
    seat: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    basis: str | None = None

    def exists_at(self, date: str | None) -> bool:
        """Tell whether the office may exist then; ``date`` may be "2025", "2025-02" or a day."""
        return may_hold(date, self.valid_from, self.valid_to)


_OTHER_KINDS = ("chi-cuc-du-tru-nha-nuoc-khu-vuc", "cuc-du-tru-nha-nuoc-khu-vuc", "kiem-toan-nha-nuoc-khu-vuc")
"""Kinds of regional offices whose provinces regional-offices.ttl does not list."""

_NUMBER = re.compile(r"khu vực\s+(?:số\s+)?(?P<number>[IVX]+|\d{1,2})\b", re.IGNORECASE)
"""Both numerals occur: "khu vực 6", "khu vực XI"."""


@cache
def regional_kinds() -> frozenset[str]:
    """Give the kinds of offices for several provinces: no province has one as its own, and no merger ends or moves one."""
    return frozenset((*_OTHER_KINDS, *(office.kind for office in load_offices())))


def region_number(name: str) -> int | None:
    """Read the region's number in an office's name; ``None`` where it has none.

    >>> region_number("Ngân hàng Nhà nước Việt Nam khu vực 6"), region_number("Chi cục Hải quan khu vực XI"), region_number("Kho bạc Nhà nước khu vực")
    (6, 11, None)
    """
    found = _NUMBER.search(name)
    return _value(found["number"].upper()) if found else None


def office_at(kind: str, name: str, date: str | None) -> RegionalOffice | None:
    """Give the office that a name means at a date; ``None`` where the name has no number, or none or several may be meant."""
    number = region_number(name)
    found = [office for office in load_offices() if office.kind == kind and _value(office.number) == number and office.exists_at(date)]
    return found[0] if number is not None and len(found) == 1 else None


def office_of(slug: str | None) -> RegionalOffice | None:
    """Give the office of a slug; ``None`` where none is listed."""
    return _by_slug().get(slug) if slug else None


def office_serving(kind: str, province: str | None, date: str) -> RegionalOffice | None:
    """Give the office of a kind that serves a province at a day; ``None`` where none or several are listed."""
    found = [office for office in load_offices() if office.kind == kind and province in office.covers and office.exists_at(date)]
    return found[0] if len(found) == 1 else None


@cache
def _by_slug() -> Mapping[str, RegionalOffice]:
    return {office.slug: office for office in load_offices()}


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else read_roman(numeral) or 0


@cache
def load_offices() -> tuple[RegionalOffice, ...]:
    """Read the project's regional offices, once a process; see ``read_offices``."""
    registry = load_registry()
    return read_offices(data_folder("ontology") / "regional-offices.ttl", registry.kinds, registry.provinces)


def read_offices(path: Path, kinds: Mapping[str, Kind], provinces: Mapping[str, Province]) -> tuple[RegionalOffice, ...]:
    """Read the offices, sorted by slug. A province may lie below two of a kind (customs in Hồ Chí Minh City since 2025-07-01).

    Raises:
        VocabularyError: broken Turtle, a kind or province that is not there or not in that era, a date that is none, or two of a kind and number on one day.

    """
    offices: dict[tuple[str, str], list[RegionalOffice]] = {}
    for concept in read_concepts(path, "office"):
        office = _office(concept, kinds, provinces)
        numbered = offices.setdefault((office.kind, office.number), [])
        for other in numbered:
            if (other.valid_to or _NEVER) >= (office.valid_from or "") and (office.valid_to or _NEVER) >= (other.valid_from or ""):
                concept.refuse("regionNumber", f"the number {office.number} of {other.slug}, both valid on one day", "one office a kind, number and day", f"số {office.number} trùng với {other.slug} trong cùng thời gian")
        numbered.append(office)
    return tuple(sorted((office for numbered in offices.values() for office in numbered), key=lambda office: office.slug))


_NEVER = "9999-12-31"


def _office(concept: Concept, kinds: Mapping[str, Kind], provinces: Mapping[str, Province]) -> RegionalOffice:
    kind, covers, seat = concept.links("kind", "kind"), concept.links("covers", "province"), concept.links("seat", "province")
    start, end = concept.date("validFrom"), concept.date("validTo")
    if len(kind) != 1 or kind[0] not in kinds:
        concept.refuse("kind", f"mg:kind {', '.join(kind) or 'missing'}", "one kind of agencies.ttl", "loại cơ quan không có trong danh mục")
    if not covers:
        concept.refuse("covers", "no mg:covers", "one province or more", "thiếu tỉnh, thành phố phụ trách")
    for unit in (*covers, *seat):
        if unit not in provinces:
            concept.refuse("covers", f"the province {unit}, which is not there", "a term of provinces.ttl", f"không có {unit} trong danh mục tỉnh")
        if not may_hold(start, provinces[unit].valid_from, provinces[unit].valid_to):
            concept.refuse("covers", f"{unit} at {start}, when it did not exist", "a unit of that era", f"{unit} không tồn tại vào {start}")
    if start and end and start > end:
        concept.refuse("validFrom", f"valid from {start} to {end}", "a first day that is not after the last", f"ngày bắt đầu {start} sau ngày kết thúc {end}")
    return RegionalOffice(
        slug=concept.slug, name=concept.label("vi", "label"), english=concept.label("en", "label"), kind=kind[0],
        number=concept.needed("regionNumber"), covers=covers, seat=seat[0] if seat else None, valid_from=start, valid_to=end,
        basis=concept.text("source"),
    )  # fmt: skip
