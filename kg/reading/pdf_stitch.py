"""A table that goes on over the page → one table; the row that the page's end cut → one row.

The places of the columns have already told that the tables are one. A page's end cuts one row at most: the first of the
new page, if it has no code of its own, each of its texts has one above it, and it goes on in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.reading.headers import is_plain_header
from kg.records import EMPTY, Cell, Row, Span, Table, join_passages

_END = re.compile(r"[.;:!?…]\W*$")
_LETTERS = re.compile(r"\W+")
_EMPTY_CELL = Cell(passage=EMPTY)


def continue_table(above: Table, below: Table) -> Table | None:
    """Join ``below`` to ``above``; ``None`` where its header says that it is another table."""
    rows = list(below.rows)
    if below.header and _key(below.header) != _key(above.header):
        if not _is_rest(Row(cells=below.header), above.rows[-1:]) and (not above.header or is_plain_header(below.header)):
            return None  # names of columns: another table. Else a row that no code opens, taken for them
        rows.insert(0, Row(cells=below.header))
    joined = list(above.rows)
    if rows:
        rows[0] = _carry(rows[0], joined)
    if rows and _is_rest(rows[0], joined[-1:], over=len(rows) > 1 and rows[1].cells[:1] == (None,)):
        joined[-1] = _join(joined[-1], rows.pop(0))
    else:
        _cover(rows, joined[-1:])
    return Table(
        header=above.header,
        rows=(*joined, *rows),
        span=Span(above.span.start, below.span.end),
        layout="native",
        pages=above.pages + below.pages,
    )


def _carry(row: Row, above: list[Row]) -> Row:
    """Give the end of a merged cell's text, which the page's end cut, to that cell."""
    if not above or len(row.cells) != len(above[-1].cells):
        return row
    cells = list(row.cells)
    for at, cell in enumerate(row.cells):
        if not _is_covered(above[-1], at) or cell is None or not cell.text[:1].islower():
            continue
        owner = next((place for place in range(len(above) - 1, -1, -1) if len(above[place].cells) != len(cells) or above[place].cells[at] is not None), 0)
        begun = above[owner].cells[at] if len(above[owner].cells) == len(cells) else None
        if begun is not None and begun.text and not _END.search(begun.text):
            whole = [*above[owner].cells]
            whole[at] = Cell(passage=join_passages([begun.passage, cell.passage]))
            above[owner] = Row(cells=tuple(whole))
            cells[at] = _EMPTY_CELL
    return Row(cells=tuple(cells))


def _cover(rows: list[Row], above: Sequence[Row]) -> None:
    """Let the empty cells at the top of a page that reach down, or go on from a cell that reached down, be covered by the cell above."""
    if not rows or not above or len(rows[0].cells) != len(above[0].cells):
        return
    following = rows[1].cells if len(rows) > 1 else ()
    cells = list(rows[0].cells)
    for at, cell in enumerate(rows[0].cells):
        reaches = at < len(following) and following[at] is None
        if cell is not None and not cell.text and (reaches or _is_covered(above[0], at)):
            cells[at] = None
    if any(cell is not None and cell.text for cell in cells):
        rows[0] = Row(cells=tuple(cells))


def _is_covered(row: Row, at: int) -> bool:
    """Whether the cell above reaches down here; what is merged up to the end of its row belongs to a heading."""
    return row.cells[at] is None and any(cell is not None for cell in row.cells[at + 1 :])


def _key(header: tuple[Cell | None, ...]) -> str:
    return "|".join(_LETTERS.sub("", cell.text if cell else "").casefold().rstrip("0123456789¹²³⁴⁵⁶⁷⁸⁹⁰") for cell in header)


def _is_rest(row: Row, above: Sequence[Row], *, over: bool = False) -> bool:
    """Whether a row is the rest of the one above; ``over``: its empty code reaches down over more rows, as that of a merged cell does."""
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
    few = len(pairs) <= len(row.cells) - 2 and not over
    return not all(_END.search(old) for _, old in pairs) and (few or any(new[:1].islower() for new, _ in pairs))


def _join(above: Row, below: Row) -> Row:
    cells: list[Cell | None] = []
    for old, new in zip(above.cells, below.cells, strict=True):
        if new is None or not new.text:
            cells.append(old)  # a covered cell stays one
        elif old is None:
            cells.append(new)
        else:
            cells.append(Cell(passage=join_passages([old.passage, new.passage])))
    return Row(cells=tuple(cells))
