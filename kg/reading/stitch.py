"""Tables that page breaks cut → whole tables: repeated headers dropped, rows that go on joined.

The pages may be tables of their own, or one: old Word files hold tables with nothing between them as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.reading.headers import take_header
from kg.records import Block, Cell, Passage, Row, Span, Table, join_passages

Part = Block | Table
_SPACES = re.compile(r"\W+")
_END = re.compile(r"[.;:!?…]\W*$")
_WORD = re.compile(r"[^\W\d_]{2}|\d")  # a cell with neither is a stroke or a stain
_NOISE_BLOCKS = 12  # more than this between two tables is text, however short each piece
_HEADER_ROWS = 3


def stitch_tables(parts: Sequence[Part]) -> list[Part]:
    """Join a table to the one before it where only footnotes or noise stand between and the header says it goes on."""
    stitched: list[Part | _OpenTable] = []
    above: _OpenTable | None = None
    place = 0
    for part in parts:
        if isinstance(part, Table):
            if above is not None and len(stitched) - place <= _NOISE_BLOCKS and above.goes_on(part):
                above.extend(part)
                continue
            above, place = _OpenTable.start(part), len(stitched)
            stitched.append(above)
            continue
        if part.kind != "footnote" and (len(part.text) > 30 or part.kind == "heading" or part.marker):
            above = None
        stitched.append(part)
    return [part.close() if isinstance(part, _OpenTable) else part for part in stitched]


@dataclass(slots=True)
class _OpenRow:
    """A row that the next page may go on with: for each column the pieces of its cell, ``None`` where it has none."""

    row: Row
    cells: list[list[Passage] | None]
    longer: bool = False

    def tail(self, column: int) -> str:
        pieces = self.cells[column]
        return pieces[-1].text[-40:] if pieces else ""

    def extend(self, row: Row) -> None:
        self.longer = True
        for column, cell in enumerate(row.cells):
            pieces = self.cells[column]
            if cell is None:
                continue
            if pieces is None:
                self.cells[column] = [cell.passage]
            elif _WORD.search(cell.text):
                pieces.append(cell.passage)

    def close(self) -> Row:
        if not self.longer:
            return self.row
        return Row(cells=tuple(None if pieces is None else Cell(passage=join_passages(pieces)) for pieces in self.cells))


@dataclass(slots=True)
class _OpenTable:
    """A table that may go on below: its rows closed, but for the last."""

    first: Table
    key: str
    width: int
    rows: list[Row]
    last: _OpenRow | None
    end: int
    pages: int

    @classmethod
    def start(cls, table: Table) -> _OpenTable:
        opened = cls(table, _header_key(table.header), len(table.header), [], None, table.span.end, table.pages)
        opened._add_all(table.rows, after_break=False)
        return opened

    def goes_on(self, below: Table) -> bool:
        """Whether the table below is the rest of this one."""
        if self.first.layout != below.layout:
            return False
        if not below.header:
            return _fit(below.rows, self.width) is not None
        if not self.first.header:
            return False
        key = _header_key(below.header)
        return key == self.key or (len(below.header) == len(self.first.header) and _alike(self.key, key))

    def extend(self, below: Table) -> None:
        self._add_all(below.rows if below.header else _fit(below.rows, self.width) or (), after_break=True)
        self.end = below.span.end
        self.pages += below.pages

    def close(self) -> Table:
        if self.last is not None:
            self.rows.append(self.last.close())
            self.last = None
        return Table(
            header=self.first.header,
            rows=tuple(self.rows),
            span=Span(self.first.span.start, self.end),
            layout=self.first.layout,
            pages=self.pages,
        )

    def _add_all(self, rows: tuple[Row, ...], *, after_break: bool) -> None:
        at = 0
        while at < len(rows):
            repeated = self._repeated_header(rows[at : at + _HEADER_ROWS])
            if repeated:
                at, after_break = at + repeated, True
                continue
            after_break = self._add(rows[at], after_break=after_break) and after_break
            at += 1

    def _repeated_header(self, rows: tuple[Row, ...]) -> int:
        """How many of these rows say the header again, as at the top of a page."""
        names = set(self.key.split("|"))
        keys = [key for key in _header_key(rows[0].cells).split("|") if key]
        if len(keys) < 2 or 2 * sum(key in names for key in keys) < len(keys):
            return 0
        for marked in range(1, len(rows) + 1):
            header, rest = take_header([list(row.cells) for row in rows], marked)
            if len(header) == len(self.first.header) and _alike(self.key, _header_key(tuple(header))):
                return len(rows) - len(rest)
        return 0

    def _add(self, row: Row, *, after_break: bool) -> bool:
        """Add a row, or join it to the last: then ``True``."""
        self.width = max(self.width, len(row.cells))
        if self.last is not None:
            mends = _is_rest(row, self.last, after_break=False) if self.first.layout in ("tab", "pipe") else _is_cut_off(row, self.last)
            if mends or (after_break and _is_rest(row, self.last, after_break=True)):
                self.last.extend(row)
                return True
            self.rows.append(self.last.close())
        self.last = _OpenRow(row, [None if cell is None else [cell.passage] for cell in row.cells])
        return False


def _header_key(header: tuple[Cell | None, ...]) -> str:
    return "|".join(_SPACES.sub("", cell.text if cell else "").casefold().rstrip("¹²³⁴⁵⁶⁷⁸⁹⁰0123456789") for cell in header)


def _fit(rows: tuple[Row, ...], width: int) -> tuple[Row, ...] | None:
    """Rows of a page in as many columns as the table has: empty ones at an edge are a stray border's. ``None`` where others are."""
    wide = max((len(row.cells) for row in rows), default=0)
    if wide <= width:
        return rows if wide == width else None
    for first in (0, wide - width):
        if not any(cell and cell.text for row in rows for cell in (*row.cells[:first], *row.cells[first + width :])):
            return tuple(Row(cells=row.cells[first : first + width]) for row in rows)
    return None


def _alike(left: str, right: str) -> bool:
    """Headers that OCR read differently: most of their letters agree in order."""
    if max(len(left), len(right)) > 2000:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() > 0.75


def _is_rest(row: Row, above: _OpenRow, *, after_break: bool) -> bool:
    """Whether the row goes on in the one above: no code, and its cells begin in the middle of a sentence."""
    if len(row.cells) != len(above.cells) or (row.cells[0] is not None and re.search(r"[^\W_]", row.cells[0].text)):
        return False
    pairs = [(cell.text, above.tail(column)) for column, cell in enumerate(row.cells) if cell and _WORD.search(cell.text)]
    if not pairs:
        return False
    middle = [new[:1].islower() or new[:1] in ",;)/" for new, _ in pairs]
    if not after_break:
        return all(middle) and all(old and not _END.search(old) for _, old in pairs)
    if middle[0] and pairs[0][1]:
        return True
    if len(pairs) == 1 and pairs[0][1].isupper() and not pairs[0][0].isupper():
        return False  # under a heading in capitals stands a heading of its own
    return all(old for _, old in pairs) and not all(_END.search(old) for _, old in pairs) and len(pairs) <= len(row.cells) - 2


def _is_cut_off(row: Row, above: _OpenRow) -> bool:
    """Whether a row of a table that keeps merged cells is the rest of the one above: its name goes on in mid-sentence.

    A cell that is there and empty where the code stands tells it from a row that a merged code covers. A row that says what stands
    above, its time or its partners, once more has cells of its own: it is a part, with a lead of its own.
    """
    if len(row.cells) != len(above.cells) or len(row.cells) < 3 or row.cells[0] is None or row.cells[0].text:
        return False
    name, tail = row.cells[1], above.tail(1)
    if name is None or not name.text[:1].islower() or not tail or _END.search(tail):
        return False
    told = [(cell.text, above.cells[column]) for column, cell in enumerate(row.cells) if cell and cell.text]
    return all(pieces and pieces[-1].text and pieces[-1].text != text for text, pieces in told)
