"""Tables drawn with dashes → rows: Pandoc's grid, simple and multi-line tables.

Their columns are places in the line, so a cell of several lines has several pieces.
Source: Pandoc User's Guide, "Tables" (simple_tables, multiline_tables, grid_tables).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from kg.reading.flow import read_pieces
from kg.reading.lines import Line
from kg.records import EMPTY, Cell

_GRID = re.compile(r"\s*\+(?:[-=:]{2,}\+)+\s*$")
_GRID_PART = re.compile(r"\+[-=:]{2,}(?=\+)")
_COLUMNS = re.compile(r"\s*-{2,}(?: +-{2,})+\s*$")
_EDGE = re.compile(r"\s*-{8,}\s*$")
_GRID_RULE = re.compile(r"\s*[+|](?:[-=:]{2,}\+)+(?:[-=:]{2,}\|)?\s*$")
_CODE = re.compile(r"\s*\|\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,6}|[A-ZĐ])[.)]?\s*\|")
_HEADER_LINES = 8
_BLANK_LINES = 2
_FRAME_RULES = 3

Cells = list[Cell | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A drawn table: the line after its last, its rows, and how many of them are its header."""

    stop: int
    rows: list[Cells]
    heads: int


def read_ruled(text: str, lines: list[Line], at: int) -> Ruled | None:
    """Read the drawn table that opens at line ``at``; ``None`` where none does."""
    head = lines[at].text.lstrip()[:2]
    if head in ("+-", "+=", "+:") and _GRID.match(lines[at].text):
        return _read_grid(text, lines, at)
    if head == "--":
        return _read_dashed(text, lines, at)
    if head and head != "|" and at + 1 < len(lines) and lines[at + 1].text.lstrip()[:2] == "--":
        return _read_simple(text, lines, at)
    return None


def _read_grid(text: str, lines: list[Line], at: int) -> Ruled | None:
    stop = at
    while stop < len(lines) and lines[stop].text.lstrip()[:1] in ("+", "|") and lines[stop].text.strip() != "|":
        stop += 1
    while stop > at and not _GRID.match(lines[stop - 1].text):
        stop -= 1
    if stop - at < 3 or _is_row_a_line(lines[at:stop]):
        return None
    bounds = sorted({spot for line in lines[at:stop] if _GRID.match(line.text) for spot in _plus_signs(line.text)})
    count = len(bounds) - 1
    heads = 0
    open_cells: list[list[tuple[int, int]] | None] = [None] * count
    owners: list[int] = [0] * count
    drafts: list[list[list[tuple[int, int]] | None]] = []
    for line in lines[at:stop]:
        ruled = _ruled_columns(line.text, bounds)
        if ruled:
            if all(ruled) and "=" in line.text and not heads:
                heads = len(drafts)
            drafts.append([[] if closed else None for closed in ruled])
            for column, closed in enumerate(ruled):
                if closed:
                    owners[column] = len(drafts) - 1
                    open_cells[column] = drafts[-1][column]
        for low, high in _grid_cells(line.text, bounds):
            pieces = open_cells[low]
            if ruled and any(ruled[low:high]):
                continue
            if pieces is not None:
                pieces.append((line.start + bounds[low] + 1, min(line.end, line.start + bounds[high])))
            for covered in range(low + 1, high):
                drafts[owners[covered]][covered] = None
    rows = [_read_row(text, draft) for draft in drafts[:-1]]
    return Ruled(stop=stop, rows=rows, heads=heads)


def _is_row_a_line(lines: list[Line]) -> bool:
    """Whether no rule parts the rows: psql and its like draw lines above, under the header and below; codes of rows follow each other."""
    rules = [index for index, line in enumerate(lines) if _GRID_RULE.match(line.text)]
    return len(rules) <= _FRAME_RULES and sum(bool(_CODE.match(line.text)) for line in lines) > 1


def _plus_signs(line: str) -> list[int]:
    return [index for index, char in enumerate(line) if char == "+"]


def _ruled_columns(line: str, bounds: list[int]) -> list[bool]:
    """For each column whether this line closes it; ``[]`` for a line of text."""
    if "+" not in line:
        return []
    parts = [(match.start(), match.end()) for match in _GRID_PART.finditer(line)]
    spots = set(bounds)
    parts = [(low, high) for low, high in parts if low in spots and high in spots]
    if not parts:
        return []
    return [any(low <= left and right <= high for low, high in parts) for left, right in itertools.pairwise(bounds)]


def _grid_cells(line: str, bounds: list[int]) -> list[tuple[int, int]]:
    """The cells of a line of text as (first bound, last bound): bars between columns that are missing join them."""
    walls = [index for index, spot in enumerate(bounds) if spot < len(line) and line[spot] in "|+"]
    return list(itertools.pairwise(walls))


def _read_row(text: str, draft: list[list[tuple[int, int]] | None]) -> Cells:
    return [None if pieces is None else Cell(passage=read_pieces(text, pieces)) for pieces in draft]


def _read_dashed(text: str, lines: list[Line], at: int) -> Ruled | None:
    """A multi-line table: between two edges, or (without a header) between two lines of column dashes."""
    if _COLUMNS.match(lines[at].text):
        return _read_body(text, lines, [], at)
    if not _EDGE.match(lines[at].text):
        return None
    for rule in range(at + 1, min(at + _HEADER_LINES, len(lines))):
        if _COLUMNS.match(lines[rule].text):
            return _read_body(text, lines, lines[at + 1 : rule], rule)
        if not lines[rule].text.strip():
            return None
    return None


def _read_simple(text: str, lines: list[Line], at: int) -> Ruled | None:
    if not _COLUMNS.match(lines[at + 1].text) or not lines[at].text.strip():
        return None
    starts = _starts(lines[at + 1].text)
    first = _read_cells(text, [lines[at]], starts)
    rows = [first]
    stop = at + 2
    while stop < len(lines) and lines[stop].text.strip() and not _COLUMNS.match(lines[stop].text):
        rows.append(_read_cells(text, [lines[stop]], starts))
        stop += 1
    if sum(bool(cell and cell.text) for cell in first) < min(2, len(first)) or len(rows) < 2:
        return None
    return Ruled(stop=stop, rows=rows, heads=1)


def _read_body(text: str, lines: list[Line], head: list[Line], rule: int) -> Ruled | None:
    starts = _starts(lines[rule].text)
    stop, blanks = rule + 1, 0
    groups: list[list[Line]] = [[]]
    while stop < len(lines) and blanks < _BLANK_LINES:
        line = lines[stop]
        if _EDGE.match(line.text) or _COLUMNS.match(line.text):
            break
        if line.text.strip():
            groups[-1].append(line)
            blanks = 0
        else:
            groups.append([])
            blanks += 1
        stop += 1
    if stop >= len(lines) or blanks >= _BLANK_LINES:
        return None
    groups = [group for group in groups if group]
    if not head and len(groups) == 1 and len(groups[0]) > 1:
        groups = [[line] for line in groups[0]]  # a simple table without a header
    rows = [_read_cells(text, group, starts) for group in ([head] if head else []) + groups]
    return Ruled(stop=stop + 1, rows=rows, heads=1 if head else 0) if rows else None


def _starts(rule: str) -> list[int]:
    return [match.start() for match in re.finditer(r"-+", rule)]


def _read_cells(text: str, lines: list[Line], starts: list[int]) -> Cells:
    cells: Cells = []
    for low, high in zip(starts, [*starts[1:], None], strict=True):
        pieces = [
            (line.start + low, line.end if high is None else min(line.end, line.start + high))
            for line in lines
            if low < len(line.text)
        ]
        cells.append(Cell(passage=read_pieces(text, pieces) if pieces else EMPTY))
    return cells
