"""A table that goes on over the page → one table; the row that the page's end cut → one row.

The places of the columns have already told that the tables are one. A page's end cuts one row at most: the first of the
new page, if it has no code of its own, each of its texts has one above it, and it goes on in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Cell, Row, Span, Table, join_passages

_END = re.compile(r"[.;:!?…]\W*$")
_LETTERS = re.compile(r"\W+")


def continue_table(above: Table, below: Table) -> Table | None:
    """Join ``below`` to ``above``; ``None`` where its header says that it is another table."""
    rows = list(below.rows)
    if below.header and _key(below.header) != _key(above.header):
        if not _is_rest(Row(cells=below.header), above.rows[-1:]):
            return None
        rows.insert(0, Row(cells=below.header))
    joined = list(above.rows)
    if rows and _is_rest(rows[0], joined[-1:]):
        joined[-1] = _join(joined[-1], rows.pop(0))
    return Table(
        header=above.header,
        rows=(*joined, *rows),
        span=Span(above.span.start, below.span.end),
        layout="native",
        pages=above.pages + below.pages,
    )


def _key(header: tuple[Cell | None, ...]) -> str:
    return "|".join(_LETTERS.sub("", cell.text if cell else "").casefold().rstrip("0123456789¹²³⁴⁵⁶⁷⁸⁹⁰") for cell in header)


def _is_rest(row: Row, above: Sequence[Row]) -> bool:
    if not above or len(row.cells) != len(above[0].cells):
        return False
    first = row.cells[0]
    if first is None or first.text:
        return False
    pairs = [(new.text, old.text if old else "") for new, old in zip(row.cells, above[0].cells, strict=True) if new and new.text]
    if not pairs or not all(old for _, old in pairs):
        return False
    if pairs[0][0][:1].islower():
        return True
    return not all(_END.search(old) for _, old in pairs) and (len(pairs) <= len(row.cells) - 2 or any(new[:1].islower() for new, _ in pairs))


def _join(above: Row, below: Row) -> Row:
    cells: list[Cell | None] = []
    for old, new in zip(above.cells, below.cells, strict=True):
        if old is None or new is None or not new.text:
            cells.append(old or new)
        else:
            cells.append(Cell(passage=join_passages([old.passage, new.passage])))
    return Row(cells=tuple(cells))
