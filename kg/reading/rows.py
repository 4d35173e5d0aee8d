"""Tables with one row a line: tab-separated lines, and Markdown pipe tables; and tables with one cell a line."""

from __future__ import annotations

import re

from kg.reading.flow import read_passage
from kg.reading.lines import Line
from kg.records import Cell, Row

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-*:?\s*)*\|?\s*$")
_BARS = re.compile(r"(?<!\\)\|")


def is_pipe_row(line: str) -> bool:
    """A Markdown table line: opens with "|" and has another."""
    line = line.strip()
    return len(line) > 2 and line[0] == "|" and "|" in line[1:]


def is_pipe_rule(line: str) -> bool:
    """The line of dashes under a Markdown header."""
    return bool(_RULE.match(line.strip())) and "-" in line


def is_tab_row(line: str) -> bool:
    """A line of at least two cells set apart by tabs; leading tabs count as empty cells."""
    return "\t" in line.rstrip("\n") and bool(line.strip()) and line.strip("\t ").count("\t") + (line[0] == "\t") >= 1


def read_pipe_row(text: str, line: Line) -> list[Cell]:
    """Read the cells of a Markdown table line."""
    bounds = [line.start + match.start() for match in _BARS.finditer(line.text)]
    if not line.text.rstrip().endswith("|"):
        bounds.append(line.end)
    return [Cell(passage=read_passage(text, low + 1, high)) for low, high in zip(bounds, bounds[1:], strict=False)]


def read_tab_row(text: str, line: Line) -> list[Cell]:
    """Read the cells of a tab-separated line."""
    cells: list[Cell] = []
    at = line.start
    for part in line.text.split("\t"):
        cells.append(Cell(passage=read_passage(text, at, at + len(part))))
        at += len(part) + 1
    return cells


def is_cell_line(line: str) -> bool:
    """A line that is one cell: it opens with a tab and has no other."""
    return line[:1] == "\t" and "\t" not in line.strip() and bool(line.strip())


def read_cell_lines(text: str, lines: list[Line]) -> list[list[Cell]]:
    """Read lines of one cell each, rows set apart by blank lines; the blank lines are among ``lines``."""
    rows: list[list[Cell]] = [[]]
    for line in lines:
        if line.text.strip():
            rows[-1].append(Cell(passage=read_passage(text, line.start, line.end)))
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def drop_empty_columns(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Leave out the columns at the edges that no row fills (a stray tab or bar)."""
    if not rows:
        return rows
    width = max(map(len, rows))
    used = [any(len(row) > column and row[column].text for row in rows) for column in range(width)]
    if not any(used):
        return rows
    last = width - 1 - used[::-1].index(True)
    first = used.index(True) if not used[0] and all(len(row) == width for row in rows) else 0
    return [row[first : last + 1] for row in rows]


def empty_row(row: Row) -> bool:
    """True where no cell of the row has text."""
    return not any(cell is not None and cell.text for cell in row.cells)
