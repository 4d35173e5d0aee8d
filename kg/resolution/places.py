"""The province that the end of a name tells: "Sở Y tế tỉnh Thừa Thiên Huế"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.normalise import key
from kg.resolution.registry import Registry

_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_UNIT = re.compile(r"\b(?:phường|thị trấn|quận|đặc khu|(?:huyện|thị|quận) ủy|(?<!cấp )huyện|(?<!cấp )(?<!tác )xã)$")
"""Words behind which a province's name is that of a unit below it: "phường Bắc Giang"; not "cấp xã", "hợp tác xã"."""
OF_ONE_NAME = frozenset({"truong-cao-dang", "truong-dai-hoc", "truong-trung-cap", "truong-trung-hoc-pho-thong", "truong-trung-hoc-co-so", "truong-tieu-hoc", "truong-mam-non"})
"""Kinds of which a province has many: its name behind is the body's own ("Trường Đại học Trà Vinh")."""
_LONGEST = 6
"""Words that a province's name has at most, with "tỉnh" or "thành phố" and a dash ("tỉnh Bà Rịa - Vũng Tàu")."""


def province_in(name: str, registry: Registry) -> str | None:
    """Give the key of the province's name at the end, before a note in brackets, the longest; ``None`` where there is none.

    >>> from kg.resolution.registry import load_registry
    >>> province_in("Sở Y tế tỉnh Thừa Thiên Huế", load_registry()), province_in("Sở Y tế", load_registry())
    ('tỉnh thừa thiên huế', None)
    >>> province_in("Ủy ban nhân dân phường Trà Vinh", load_registry()), province_in("Liên minh Hợp tác xã Trà Vinh", load_registry())
    (None, 'trà vinh')
    """
    return next((key(tail) for tail, _ in _tails(_NOTE.sub("", name)) if registry.provinces_named(tail)), None)


def without_province(name: str, registry: Registry) -> Iterator[str]:
    """Give what may be the name without the province's at its end: first with its level word, for it can be part of the name.

    >>> from kg.resolution.registry import load_registry
    >>> list(without_province("Thanh tra tỉnh Lai Châu", load_registry()))
    ['Thanh tra tỉnh', 'Thanh tra']
    """
    yield from reversed([head for tail, head in _tails(name) if registry.provinces_named(tail)])


def _tails(name: str) -> Iterator[tuple[str, str]]:
    words = name.split()
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        tail, head = " ".join(words[-count:]), " ".join(words[:-count])
        if not names_unit(head, tail):
            yield tail, head


def names_unit(head: str, tail: str) -> bool:
    """Whether what follows is the name of a commune or district, though a province has or had it.

    >>> names_unit("Công an phường", "Bắc Giang"), names_unit("Công an xã", "tỉnh Bắc Giang"), names_unit("Công an cấp xã", "Bắc Giang")
    (True, False, False)
    """
    return bool(_UNIT.search(key(head))) and not key(tail).startswith(("tỉnh ", "thành phố "))
