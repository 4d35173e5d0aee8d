"""Addresses that a build had and has no longer: where what bore the name is now.

An address changes where its body or document is told apart from others better than before: a commune's "12/KH-UBND" stood below the
province alone, a district's body among all of its kind. What a person decided stays on the old address; nobody but a person may carry it
over, so the new one is named, and only where it is the only one of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.resolution.registry import Registry

_HASH = re.compile(r"-[0-9a-f]{6,8}$")
"""The hash at the end of an address's segment, with which names and texts of one slug are told apart."""
_NUMBER = re.compile(r"(?P<number>\d+[a-z0-9-]*?-(?:ubnd|ub|hdnd))(?P<unit>-(?:huyen|quan|thi-xa|thi-tran|xa|phuong|dac-khu|thanh-pho-thuoc-tinh)-.+)?")
"""A committee's number, and what tells a district's or commune's document from the province's of the same number."""
_DOCUMENT = 4
"""Parts of a document's key: place, type, year, number or name."""
_AGENCY = re.compile(r"(?P<before>.+/)(?:agency|group)/(?P<name>[^/]+)$")


def moved_document(old: str, keys: Iterable[str], registry: Registry) -> str | None:
    """Give the one key of a document of the same type, year and number in a place of the same name; ``None`` where there is none, or are two.

    >>> from kg.resolution.registry import load_registry
    >>> moved_document("lam-dong/ke-hoach/2025/12-kh-ubnd", ["lam-dong/ke-hoach/2025/12-kh-ubnd-xa-duc-trong", "lam-dong/ke-hoach/2025/13-kh-ubnd"], load_registry())
    'lam-dong/ke-hoach/2025/12-kh-ubnd-xa-duc-trong'
    """
    name, unit = _document_name(old, registry)
    if name is None:
        return None
    named = ((key, *_document_name(key, registry)) for key in keys if key != old)
    return _only(key for key, other, other_unit in named if other == name and (unit == other_unit or not unit or not other_unit))


def moved_place(old: str, places: Iterable[str], registry: Registry) -> str | None:
    """Give the one place that has the name of another: a province under one name in two eras, a document whose address has changed."""
    if "/" in old:
        return moved_document(old, (place for place in places if "/" in place), registry)
    name = _place_name(old, registry)
    return _only(place for place in places if "/" not in place and place != old and _place_name(place, registry) == name)


def moved_agency(old: str, addresses: Iterable[str]) -> str | None:
    """Give the one address that says the same of a body of the same name; ``None`` where there is none, or are two.

    >>> before, now = "https://x/vn/lam-dong/agency/", "https://x/vn/lam-dong/group/"
    >>> moved_agency(before + "cong-an-xa", [now + "cong-an-xa-3f05e3", now + "cong-an-phuong-3f05e4"])
    'https://x/vn/lam-dong/group/cong-an-xa-3f05e3'
    """
    name = _agency_name(old)
    return _only(address for address in addresses if name is not None and address != old and _agency_name(address) == name)


def _document_name(key: str, registry: Registry) -> tuple[tuple[str, ...] | None, str]:
    """Its place by name, type, year and number; and the unit below the province that the address tells, "" for none."""
    parts = key.split("/")
    if len(parts) != _DOCUMENT:
        return None, ""
    match = _NUMBER.fullmatch(parts[3])
    return (_place_name(parts[0], registry), parts[1], parts[2], match["number"] if match else parts[3]), (match["unit"] or "") if match else ""


def _place_name(place: str, registry: Registry) -> str:
    unit = registry.provinces.get(place)
    return unit.name if unit is not None else place


def _agency_name(address: str) -> tuple[str, str] | None:
    match = _AGENCY.fullmatch(address)
    return (match["before"], _HASH.sub("", match["name"])) if match else None


def _only(found: Iterable[str]) -> str | None:
    every = sorted(set(found))
    return every[0] if len(every) == 1 else None
