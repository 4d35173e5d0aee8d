"""HTML tables left inside text or Markdown → rows; a cell that another one covers is ``None``.

Converters that cannot say rowspan and colspan in Markdown leave ``<table>`` in place, often a whole table on one line.
Source: HTML Living Standard, 4.9.12 (forming a table); only what such converters write is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.reading.flow import read_passage
from kg.records import Cell, Span

_TABLE = re.compile(r"<(?P<end>/?)table\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>thead|tbody|tfoot|tr|td|th)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"\b(?P<name>rowspan|colspan)\s*=\s*[\"']?\s*(?P<count>\d{1,4})", re.IGNORECASE)
_MAX_COLUMNS = 64

Cells = list[Cell | None]


def find_html_tables(text: str, start: int, end: int) -> list[Span]:
    """Give the tables in ``text[start:end]``. Of nested ones the innermost: what is around it is layout."""
    if "<" not in text:
        return []
    found: list[Span] = []
    opened: int | None = None
    for tag in _TABLE.finditer(text, start, end):
        if not tag["end"]:
            opened = tag.start()
        elif opened is not None:
            found.append(Span(opened, tag.end()))
            opened = None
    if opened is not None and (stop := _unclosed_end(text, opened, end)):
        found.append(Span(opened, stop))
    return found


def _unclosed_end(text: str, start: int, end: int) -> int | None:
    """Where a table without its end tag ends: at the first blank line after its last row or cell."""
    last: int | None = None
    for tag in _TAG.finditer(text, start, end):
        last = tag.end()
    if last is None:
        return None
    blank = text.find("\n\n", last, end)
    return end if blank < 0 else blank


def read_html_table(text: str, span: Span) -> tuple[list[Cells], int]:
    """Read the rows of a table, and how many of them are marked as its header."""
    grid = _Grid()
    heads, in_head = 0, False
    cell: re.Match[str] | None = None
    only_heads = True
    for tag in _TAG.finditer(text, span.start, span.end):
        name, ends = tag["name"].lower(), bool(tag["end"])
        if cell is not None:
            grid.put(Cell(passage=read_passage(text, cell.end(), tag.start())), cell["attributes"])
            cell = None
        if name in ("td", "th"):
            if not ends:
                cell = tag
                only_heads = only_heads and name == "th"
            continue
        if grid.end_row() and (in_head or only_heads) and heads == len(grid.rows) - 1:
            heads += 1
        only_heads = True
        in_head = (name == "thead" and not ends) or (in_head and name == "tr")
    if cell is not None:
        grid.put(Cell(passage=read_passage(text, cell.end(), _stop(text, span))), cell["attributes"])
    grid.end_row()
    return grid.even_rows(), heads


def _stop(text: str, span: Span) -> int:
    last = text.rfind("<", span.start, span.end)
    return last if text[last : last + 7].lower() == "</table" else span.end


@dataclass(slots=True)
class _Grid:
    """A table as it fills: its rows, the row being read, and for each column how many rows a cell still covers."""

    rows: list[Cells] = field(default_factory=list)
    row: dict[int, Cell | None] = field(default_factory=dict)
    covered: dict[int, int] = field(default_factory=dict)
    new: dict[int, int] = field(default_factory=dict)

    def put(self, cell: Cell, attributes: str) -> None:
        spans = {match["name"].lower(): int(match["count"]) for match in _SPAN.finditer(attributes)}
        column = 0
        while column in self.row or self.covered.get(column, 0):
            column += 1
        for offset in range(max(1, min(spans.get("colspan", 1), _MAX_COLUMNS))):
            if column + offset >= _MAX_COLUMNS:
                break
            self.row[column + offset] = None if offset else cell
            if spans.get("rowspan", 1) > 1:
                self.new[column + offset] = spans["rowspan"] - 1

    def end_row(self) -> bool:
        """Close the row being read; ``False`` where it has no cell."""
        if not self.row:
            return False
        width = max(*self.row, *self.covered, -1) + 1
        self.rows.append([self.row.get(column) for column in range(width)])
        self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1} | self.new
        self.row, self.new = {}, {}
        return True

    def even_rows(self) -> list[Cells]:
        width = max(map(len, self.rows), default=0)
        return [row + [None] * (width - len(row)) for row in self.rows]
