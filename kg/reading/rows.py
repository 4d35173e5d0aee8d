"""Tables with one row a line: tab-separated lines, and Markdown pipe tables; and tables with one cell a line."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.reading.flow import read_passage
from kg.reading.headers import has_header_word
from kg.reading.lines import Line
from kg.records import Cell

_RULE = re.compile(r"[|+]?\s*:?[-=]{2,}:?\s*(?:[|+][\s:=-]*)*$")
_OPEN_RULE = re.compile(r":?-{2,}:?\s*[|+][\s:|+-]*$")
_JOINTS = re.compile(r"[|+]")
_BARS = re.compile(r"(?<!\\)\|")
_MAX_COLUMNS = 64  # more bars or tabs than this in a line are no table's
_MIN_BARS = 2  # a bar alone may stand in a sentence
_HEADER_LINES = 6
_NAME_LENGTH = 80
"""Letters that the name of a column has at most."""


def is_pipe_row(line: str) -> bool:
    """A Markdown table line: opens with "|" and has another."""
    line = line.strip()
    return len(line) > 2 and line[0] == "|" and 2 <= line.count("|") <= _MAX_COLUMNS


def is_pipe_rule(line: str) -> bool:
    """The line of dashes under a Markdown header; Org and psql cross it with plus signs, and psql has one above and below the rows, too."""
    line = line.strip()
    return line[:1] in ("|", "+", "-", ":") and ("-" in line or "=" in line) and bool(_RULE.match(line))


def is_open_rule(line: str) -> bool:
    """The same without outer bars: "---|---|---", in psql "----+----"."""
    return "-" in line and bool(_JOINTS.search(line)) and bool(_OPEN_RULE.match(line.strip()))


def opens_pipe_table(lines: list[Line], at: int) -> bool:
    """Whether a table without outer bars opens here: the next line is its rule, with as many bars."""
    if at + 1 >= len(lines) or not is_open_rule(lines[at + 1].text):
        return False
    return len(_BARS.findall(lines[at].text)) == _count_joints(lines[at + 1].text) <= _MAX_COLUMNS


def wrapped_rows(lines: list[Line], at: int) -> tuple[int, list[list[Line]]] | None:
    """Give the rows of a table without outer bars that was wrapped like prose (html2text): the line after it, the lines of each row.

    A row has as many bars as the rule; its last line ends with two spaces, or the next row's bars tell where it ends.
    """
    rule = next((index for index in range(at + 1, min(at + _HEADER_LINES, len(lines))) if is_open_rule(lines[index].text)), None)
    if rule is None or "|" not in lines[at].text:
        return None
    bars = _count_joints(lines[rule].text)
    if sum(_count_bars(line.text) for line in lines[at:rule]) != bars or not all(line.text.strip() for line in lines[at:rule]):
        return None
    rows, stop = [lines[at:rule], [lines[rule]]], rule + 1
    while stop < len(lines) and lines[stop].text.strip():
        row: list[Line] = []
        while stop < len(lines) and lines[stop].text.strip() and sum(_count_bars(line.text) for line in row) + _count_bars(lines[stop].text) <= bars:
            row.append(lines[stop])
            stop += 1
            if row[-1].text.endswith("  ") and sum(_count_bars(line.text) for line in row) == bars:
                break
        if not row or sum(_count_bars(line.text) for line in row) != bars:
            stop -= len(row)
            break
        rows.append(row)
    return (stop, rows) if any(len(row) > 1 for row in rows) and len(rows) > _MIN_BARS else None


def opens_bare_table(lines: list[Line], at: int) -> bool:
    """Whether a table with neither outer bars nor a rule opens here: column names between bars, and a row of as many bars below."""
    bars = _count_bars(lines[at].text)
    if not _MIN_BARS <= bars <= _MAX_COLUMNS or (lines[at].text.strip()[0] == "|" and not _lacks_first(lines, at)):
        return False
    names = [name for name in _BARS.split(lines[at].text) if name.strip()]
    if 2 * sum(has_header_word(name) and len(name) < _NAME_LENGTH for name in names) < len(names):
        return False
    return goes_on_bare(lines, at + 1, bars) is not None


def _lacks_first(lines: list[Line], at: int) -> bool:
    """Whether the bar that opens a line follows an empty first cell: the next row has as many bars, and none at its edges."""
    after = goes_on_bare(lines, at + 1, _count_bars(lines[at].text))
    if after is None:
        return False
    below = lines[after - 1].text.strip()
    return below[0] != "|" and below[-1] != "|"


def goes_on_bare(lines: list[Line], at: int, bars: int) -> int | None:
    """The line after the next row of a bare table: one blank line may stand above it; ``None`` where none follows."""
    at += at < len(lines) and not lines[at].text.strip()
    return at + 1 if at < len(lines) and _count_bars(lines[at].text) == bars else None


def _count_joints(rule: str) -> int:
    return len(_JOINTS.findall(rule.strip().strip("|")))


def _count_bars(line: str) -> int:
    return len(_BARS.findall(line)) if "|" in line else 0


def read_pipe_row(text: str, line: Line, bars: int | None = None) -> list[Cell]:
    """Read the cells of a Markdown table line.

    Args:
        text: the canonical text.
        line: the row's line.
        bars: how many bars set the cells apart in a table without outer bars; ``None`` where rows have outer bars.
    """
    bounds = [line.start + match.start() for match in _BARS.finditer(line.text)]
    if bars is not None and len(bounds) <= bars:
        bounds = [line.start - 1, *bounds, line.end]
    else:
        if not line.text.lstrip().startswith("|"):
            bounds.insert(0, line.start - 1)
        if not line.text.rstrip().endswith("|"):
            bounds.append(line.end)
    return [Cell(passage=read_passage(text, low + 1, high)) for low, high in pairwise(bounds)]


def read_pipe_rows(text: str, lines: list[Line]) -> list[list[Cell]]:
    """Read the rows of a Markdown table, with outer bars or without."""
    bars: int | None = None
    if len(lines) > 1 and is_open_rule(lines[1].text):
        bars = _count_joints(lines[1].text)
    elif not is_pipe_row(lines[0].text) or _lacks_first(lines, 0):
        bars = _count_bars(lines[0].text)
    return [read_pipe_row(text, line, bars) for line in lines if line.text.strip() and not is_pipe_rule(line.text)]


def is_tab_row(line: str) -> bool:
    """A line of at least two cells set apart by tabs; leading tabs count as empty cells."""
    bare = line.strip("\t ")
    return bool(bare) and line.count("\t") < _MAX_COLUMNS and bare.count("\t") + (line[0] == "\t") >= 1


def read_tab_row(text: str, line: Line) -> list[Cell]:
    """Read the cells of a tab-separated line."""
    cells: list[Cell] = []
    at = line.start
    for part in line.text.split("\t"):
        cells.append(Cell(passage=read_passage(text, at, at + len(part))))
        at += len(part) + 1
    return cells


def is_cell_line(line: str) -> bool:
    """A line that is one cell: it opens with a tab, and none follows its text (that would be an empty cell of a row)."""
    return line[:1] == "\t" and "\t" not in line.lstrip("\t ") and bool(line.strip())


def read_cell_lines(text: str, lines: list[Line]) -> list[list[Cell]]:
    """Read lines of one cell each, rows set apart by blank lines; the blank lines are among ``lines``."""
    rows: list[list[Cell]] = [[]]
    for line in lines:
        if line.text.strip():
            rows[-1].append(Cell(passage=read_passage(text, line.start, line.end)))
        elif rows[-1]:
            rows.append([])
    rows = [row for row in rows if row]
    return _split_numbered(rows[0]) if len(rows) == 1 else rows


def _split_numbered(cells: list[Cell]) -> list[list[Cell]]:
    """Cut cells without any blank line between them into rows: where a cell is the next whole number."""
    rows: list[list[Cell]] = [[]]
    for cell in cells:
        if len(rows[-1]) > 1 and cell.text == str(len(rows)):
            rows.append([])
        rows[-1].append(cell)
    return rows


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
