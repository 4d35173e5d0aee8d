"""What a store answers: rows of RDF terms, or triples.

Terms are those of pyoxigraph: immutable, hashable, and ``str(term)`` is their N-Triples form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | float | bool | Decimal | date | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a SELECT, in the query's order. A cell is ``None`` where the variable is unbound.

    ``rows`` are a tuple, or a sequence that equals one and makes its terms when they are looked at.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Term | None, ...]]

    def values(self) -> tuple[tuple[Value, ...], ...]:
        """Give the rows as Python values; see :func:`python_value`."""
        return tuple(tuple(python_value(term) for term in row) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Triples:
    """Triples of a CONSTRUCT or DESCRIBE, without duplicates, sorted by their N-Triples form."""

    triples: tuple[ox.Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)


def python_value(term: Term | None) -> Value:
    """Give the Python value of a term: IRIs, texts and unknown datatypes as ``str``, unbound as ``None``.

    A literal whose lexical form its datatype does not allow is given as text, never dropped.

    >>> python_value(ox.Literal("0.50", datatype=ox.NamedNode(_XSD + "decimal")))
    Decimal('0.50')
    >>> python_value(ox.Literal("tháng 2", datatype=ox.NamedNode(_XSD + "integer")))
    'tháng 2'
    """
    if term is None:
        return None
    if isinstance(term, ox.BlankNode | ox.Triple):
        return str(term)
    if isinstance(term, ox.NamedNode):
        return term.value
    kind, text = term.datatype.value, term.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind == _XSD + "decimal":
            return Decimal(text)
        if kind in (_XSD + "double", _XSD + "float"):
            return float(text)
        if kind == _XSD + "date":
            return date.fromisoformat(text)
    except (ValueError, ArithmeticError):
        return text
    if kind == _XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    return text
