"""The province that the end of a name tells: "Sở Y tế tỉnh Thừa Thiên Huế"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.normalise import key
from kg.resolution.registry import Registry

_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_LONGEST = 6
"""Words that a province's name has at most, with "tỉnh" or "thành phố" and a dash ("tỉnh Bà Rịa - Vũng Tàu")."""


def province_in(name: str, registry: Registry) -> str | None:
    """Give the key of the province's name at the end, before a note in brackets, the longest; ``None`` where there is none.

    >>> from kg.resolution.registry import load_registry
    >>> province_in("Sở Y tế tỉnh Thừa Thiên Huế", load_registry()), province_in("Sở Y tế", load_registry())
    ('tỉnh thừa thiên huế', None)
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
        yield " ".join(words[-count:]), " ".join(words[:-count])
