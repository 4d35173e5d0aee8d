"""Tables that page breaks cut → whole tables: repeated headers dropped, rows that go on joined."""

from __future__ import annotations

import re

from kg.records import Block, Cell, Row, Span, Table, join_passages

Part = Block | Table
_SPACES = re.compile(r"\W+")
_END = re.compile(r"[.;:!?…]\W*$")


def stitch_tables(parts: list[Part]) -> list[Part]:
    """Join a table to the one before it where only footnotes or noise stand between and the header says it goes on."""
    stitched: list[Part] = []
    for part in parts:
        if isinstance(part, Table):
            at = _last_table(stitched)
            if at is not None and _goes_on(stitched[at], part):
                stitched[at] = _join(stitched[at], part)
                continue
            part = _mend_rows(part)
        stitched.append(part)
    return stitched


def _last_table(parts: list[Part]) -> int | None:
    """The table just above, past footnotes and short noise; ``None`` where real text stands between."""
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if isinstance(part, Table):
            return index
        if part.kind != "footnote" and (len(part.text) > 30 or part.kind == "heading" or part.marker):
            return None
    return None


def _header_key(header: tuple[Cell | None, ...]) -> str:
    return "|".join(_SPACES.sub("", cell.text if cell else "").casefold().rstrip("¹²³⁴⁵⁶⁷⁸⁹⁰0123456789") for cell in header)


def _goes_on(above: Part, below: Table) -> bool:
    if not isinstance(above, Table) or above.layout != below.layout:
        return False
    if not below.header:
        return _width(above) == _width(below)
    if not above.header:
        return False
    if _header_key(above.header) == _header_key(below.header):
        return True
    return len(above.header) == len(below.header) and _alike(_header_key(above.header), _header_key(below.header))


def _alike(left: str, right: str) -> bool:
    """Headers that OCR read differently: most of their letters agree in order."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, left, right, autojunk=False).ratio() > 0.75


def _width(table: Table) -> int:
    return max([len(table.header), *[len(row.cells) for row in table.rows]])


def _join(above: Part, below: Table) -> Table:
    assert isinstance(above, Table)  # noqa: S101 - _goes_on has told
    rows = list(above.rows)
    fresh = list(below.rows)
    while fresh and rows and _is_rest(fresh[0], rows[-1], after_break=True):
        rows[-1] = _join_rows(rows[-1], fresh.pop(0))
    joined = Table(
        header=above.header,
        rows=(*rows, *fresh),
        span=Span(above.span.start, below.span.end),
        layout=above.layout,
        pages=above.pages + 1,
    )
    return _mend_rows(joined)


def _mend_rows(table: Table) -> Table:
    """Join rows that go on in the next row though no header is repeated."""
    rows: list[Row] = []
    for row in table.rows:
        if rows and table.layout in ("tab", "pipe") and _is_rest(row, rows[-1], after_break=False):
            rows[-1] = _join_rows(rows[-1], row)
        else:
            rows.append(row)
    return Table(header=table.header, rows=tuple(rows), span=table.span, layout=table.layout, pages=table.pages)


def _is_rest(row: Row, above: Row, *, after_break: bool) -> bool:
    """Whether the row goes on in the one above: no code, and its cells begin in the middle of a sentence."""
    if len(row.cells) != len(above.cells) or (row.cells[0] is not None and row.cells[0].text):
        return False
    pairs = [(new.text, old.text if old else "") for new, old in zip(row.cells, above.cells, strict=True) if new and new.text]
    if not pairs:
        return False
    middle = [new[:1].islower() or new[:1] in ",;)/" for new, _ in pairs]
    if not after_break:
        return all(middle) and all(old and not _END.search(old) for _, old in pairs)
    if middle[0] and pairs[0][1]:
        return True
    return all(old for _, old in pairs) and not all(_END.search(old) for _, old in pairs) and len(pairs) <= len(row.cells) - 2


def _join_rows(above: Row, below: Row) -> Row:
    cells: list[Cell | None] = []
    for old, new in zip(above.cells, below.cells, strict=True):
        if old is None or new is None:
            cells.append(old or new)
        else:
            cells.append(Cell(passage=join_passages([old.passage, new.passage])))
    return Row(cells=tuple(cells))
