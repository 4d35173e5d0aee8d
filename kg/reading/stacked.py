"""Tables with one cell a line and nothing that marks it as a cell → rows.

Word processors save tables as text so, an empty line for an empty cell; what is copied from a page has an empty line between any
two cells. Rows are told by their codes: a table is read only where column names stand in the lines right above a code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from kg.reading.align import CODE, features
from kg.reading.flow import read_passage
from kg.reading.headers import count_parents, is_plain_header, merge_lower
from kg.reading.lines import LEAVES_TABLE, Line
from kg.records import EMPTY, Cell, Passage

_NUMBER = re.compile(r"[\s*_]*(?:S?TT|Số\s*(?:TT|thứ tự))\W*$", re.IGNORECASE)
_ITEM = re.compile(r"[-–+•*]\s*\S")
_PAGE = re.compile(r"\d{1,3}$")
_COLUMNS = range(3, 17)
_HEADING = 2  # cells: a code and a name
_NAME_LENGTH = 100
_CELL_LENGTH = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked:
    """Rows of such a table, the column names first, and the line after its last."""

    stop: int
    rows: list[list[Cell]]


class _Piece(NamedTuple):
    """A cell: its lines (end exclusive) and its words; an empty cell has none."""

    first: int
    last: int
    text: str


def read_stacked(text: str, lines: list[Line], at: int) -> Stacked | None:
    """Read the table whose first column name stands alone in line ``at``; ``None`` where none opens."""
    if not _NUMBER.match(lines[at].text):
        return None
    spaced = at + 2 < len(lines) and not lines[at + 1].text.strip() and bool(lines[at + 2].text.strip())
    end = next((index for index in range(at + 1, len(lines)) if _NUMBER.match(lines[index].text) or LEAVES_TABLE.match(lines[index].text)), len(lines))
    pieces = _pieces(lines, at, end, spaced=spaced)
    width = next((index for index, piece in enumerate(pieces[: _COLUMNS[-1] + 1]) if CODE.match(piece.text) and not _NUMBER.match(piece.text)), 0)
    names = pieces[:width]
    if width not in _COLUMNS or not all(piece.text and len(piece.text) < _NAME_LENGTH for piece in names):
        return None
    if not is_plain_header([Cell(passage=Passage(text=piece.text)) for piece in names]):
        return None
    head = _in_one_row([_cell(text, lines, piece) for piece in names])
    below, width = pieces[width:], len(head)
    below = _without_page(below, spaced=spaced)
    rows = _spaced_rows(below, width) if spaced else _dense_rows(below, width)
    rows = [_fitted(row, width) for row in rows]
    if not rows or any(len(row) > width for row in rows):
        return None
    rows = [row + [_Piece(row[-1].last, row[-1].last, "")] * (width - len(row)) if len(row) == _HEADING else row for row in rows]
    return Stacked(stop=rows[-1][-1].last, rows=[head, *([_cell(text, lines, piece) for piece in row] for row in rows)])


def _in_one_row(names: list[Cell]) -> list[Cell]:
    """The names of a header of two rows as one: those under merged cells stand behind all others ("…, Cơ quan thực hiện, Thời gian, Chủ trì, Phối hợp")."""
    for at in range(_COLUMNS[0] - 1, len(names) - 1):
        lower = [cell.text for cell in names[at:]]
        merged = merge_lower(list(names[:at]), list(names[at:])) if len(lower) >= _HEADING * max(1, count_parents(lower)) else None
        if merged is not None:
            return [cell for cell in merged if cell is not None]
    return names


def _pieces(lines: list[Line], at: int, end: int, *, spaced: bool) -> list[_Piece]:
    if not spaced:
        return [_Piece(index, index + 1, lines[index].text.strip()) for index in range(at, end)]
    pieces: list[_Piece] = []
    first = at
    for index in range(at, end + 1):
        if index == end or not lines[index].text.strip():
            if index > first:
                pieces.append(_Piece(first, index, " ".join(line.text.strip() for line in lines[first:index])))
            first = index + 1
    return pieces


def _without_page(pieces: list[_Piece], *, spaced: bool) -> list[_Piece]:
    """Leave out the number of the page, and the empty lines around it, below which the header stands again."""
    last = len(pieces)
    while last and not pieces[last - 1].text:
        last -= 1
    if last > 1 and _PAGE.match(pieces[last - 1].text) and (spaced or not pieces[last - 2].text):
        return pieces[: last - 1 if spaced else last - 2]
    return pieces


def _is_code(pieces: list[_Piece], at: int) -> bool:
    return at < len(pieces) and bool(CODE.match(pieces[at].text))


def _dense_rows(pieces: list[_Piece], width: int) -> list[list[_Piece]]:
    """Rows of a line for each cell; where a cell has more lines, up to the next code."""
    rows: list[list[_Piece]] = []
    at = 0
    while at < len(pieces) and (_is_code(pieces, at) or _opens_without_code(pieces, at, width)):
        stop = at + width
        if stop < len(pieces) and not _is_code(pieces, stop) and not _opens_without_code(pieces, stop, width):
            codes = (index for index in range(at + 2, min(at + 3 * width, len(pieces))) if _is_code(pieces, index) and not _is_code(pieces, index + 1))
            stop = next(codes, stop)
        whole = (stop - at) % width == 0  # as many lines as rows below without a code have, parts of the task
        rows.extend([pieces[first : first + width] for first in range(at, stop, width)] if whole else [pieces[at:stop]])
        at = stop
    return rows


def _opens_without_code(pieces: list[_Piece], at: int, width: int) -> bool:
    """Whether a row without a code opens: an empty line, a name, and an agency's name or a code where the next row must open."""
    row = pieces[at : at + width]
    if len(row) < width or row[0].text or not row[1].text or any(len(piece.text) > _CELL_LENGTH for piece in row):
        return False
    if any(features(piece.text)[1] and len(piece.text) < _NAME_LENGTH * 3 for piece in row[2:]):
        return True
    return any(_is_code(pieces, at + width * step) for step in (1, 2, 3))


def _spaced_rows(pieces: list[_Piece], width: int) -> list[list[_Piece]]:
    """Rows from code to code; a code right above another is a cell of the row."""
    rows: list[list[_Piece]] = []
    for index, piece in enumerate(pieces):
        opens = _is_code(pieces, index) and not _is_code(pieces, index + 1)
        if opens and (not rows or len(rows[-1]) > 1):
            rows.append([piece])
        elif not rows:
            return []
        elif index + 1 < len(pieces) or len(rows[-1]) < width:
            rows[-1].append(piece)
    if rows and len(rows[-1]) > width:
        rows[-1] = rows[-1][:width]  # nothing tells where the last row ends but its width
    return rows


def _fitted(row: list[_Piece], width: int) -> list[_Piece]:
    """Join lists and wrapped lines to the cell they stand in, while a row has more lines than columns."""
    row = list(row)
    while len(row) > width and not row[-1].text:
        row.pop()
    at = len(row) - 1
    while len(row) > width and at > 1:
        above, below = row[at - 1], row[at]
        if above.text and (_ITEM.match(below.text) or below.text[:1].islower()):
            row[at - 1 : at + 1] = [_Piece(above.first, below.last, f"{above.text} {below.text}")]
        at -= 1
    return row


def _cell(text: str, lines: list[Line], piece: _Piece) -> Cell:
    return Cell(passage=read_passage(text, lines[piece.first].start, lines[piece.last - 1].end) if piece.text else EMPTY)
