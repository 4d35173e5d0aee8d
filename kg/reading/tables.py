"""Rows as printed → tables: the header told apart, each row with one entry a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kg.reading.align import CODE, align_rows
from kg.reading.cells import NUMBERS
from kg.reading.headers import Cells, is_header, take_header
from kg.reading.lines import Line
from kg.reading.rows import drop_empty_columns, read_cell_lines, read_pipe_rows, read_tab_row
from kg.records import Cell, Row, Span, Table, join_passages

_CODE_AND_ROLES = 3
"""Columns that a row of its own text may fill alike: "1 | Sở Y tế | Sở Y tế"."""
_CODE_AND_TITLE = 2
_WRAPPED_SHARE = 0.8
"""Rows without a code whose name opens in small letters: above this share they are further lines of the rows above."""
_COUNTED = 2  # rows at least that tell a count
_NOTHING = re.compile(r"(?:NaN|nan|None|null|NaT|<NA>)$")
_ROMAN = re.compile(r"[IVXL]+\W*$")
_LETTERHEAD = re.compile(r"CỘNG H[ÒO]A|ĐẢNG CỘNG SẢN|Độc lập|Nơi nhận|Số:\s|TM\.|KT\.|TL\.|TUQ\.|Lưu\s?:?\s*VT\b")


def read_rows(text: str, lines: list[Line], kind: Literal["tab", "pipe", "lines"]) -> Table | None:
    """Read a run of lines of one layout as a table; ``None`` where no cell has text."""
    rows: list[list[Cell]]
    plain = False
    if kind == "pipe":
        rows = read_pipe_rows(text, lines)
        plain = bool(rows) and not any(cell.text for cell in rows[0])
    elif kind == "tab":
        rows = _tab_rows(text, lines)
    else:
        rows = read_cell_lines(text, lines)
    return rows_table(rows, Span(lines[0].start, lines[-1].end), kind, plain=plain)


def rows_table(rows: list[list[Cell]], span: Span, kind: Literal["tab", "pipe", "lines"], *, plain: bool = False) -> Table | None:
    """Make a table of rows of cells, merged ones unknown; ``None`` where no cell has text.

    Args:
        rows: the cells of each row.
        span: what the table covers.
        kind: how the rows were set.
        plain: the markup says that there is no header.
    """
    printed = [row for row in _drop_index([_said(row) for row in rows]) if any(cell.text for cell in row)]
    rows = [_one_of_repeats(row) for row in drop_empty_columns(printed)]
    if not rows:
        return None
    header, rest = take_header([list(row) for row in rows], plain=plain)
    if not header and len({len(row) for row in printed}) == 1:
        _, rest = take_header([list(_one_of_repeats(row)) for row in printed], plain=plain)  # a page may leave a column empty
    body = [[cell for cell in row if cell is not None] for row in rest]
    width = max([len(header), *map(len, body)])
    if kind == "lines":
        width = usual_width(body, len(header))
    if header and len(header) < width:
        header = [*[None] * (width - len(header)), *header]
    return Table(header=tuple(header), rows=align_rows(body, width, emptied=kind == "lines"), span=span, layout=kind)


def native_table(rows: list[Cells], marked: int, span: Span) -> Table | None:
    """Make a table of rows whose merged cells are known; ``None`` where it has one column or no text."""
    rows = [_merged(row) for row in rows if any(cell and cell.text for cell in row)]
    if not rows or max(map(len, rows)) < 2:
        return None
    header, rest = take_header(rows, marked)
    if rest and is_lone(header):
        return native_table(rest, 0, span)  # a caption set as the first row
    return Table(header=tuple(header), rows=tuple(native_row(row) for row in rest), span=span, layout="native")


def is_lone(header: Cells) -> bool:
    """Whether a header row holds one cell only, over all columns."""
    return len(header) > 1 and sum(cell is not None for cell in header) == 1


def cells_table(table: Table) -> Table:
    """Give a table of "|" cells its header and its alignment; its rows stand in ``table`` as they were cut."""
    rows: list[Cells] = [list(table.header), *[list(row.cells) for row in table.rows]]
    above = _headings(rows)
    header, rest = take_header(rows[above:], plain=above > 0)
    rest = [*rows[:above], *rest]
    body = [[cell for cell in row if cell is not None] for row in rest]
    width = max(len(header), *map(len, body[:1]), 0) if header else usual_width(body, 0)
    common = max([len(row) for row in body], default=width)
    if header and common > width and sum(len(row) == common for row in body) > len(body) * 0.3:
        lost: Cells = [None] * (common - width)
        header = [*lost, *header] if _lacks_code(header, body, common) else [*header, *lost]
        width = common
    aligned = tuple(row for row in align_rows(body, width) if _filled(row))
    return Table(header=tuple(header), rows=aligned, span=table.span, layout="cells")


def _headings(rows: list[Cells]) -> int:
    """How many rows at the top are headings of groups, a code and a title: some tables name their columns below them, in each group."""
    told = [[cell for cell in row if cell is not None and cell.text] for row in rows]
    return next((at for at, cells in enumerate(told) if len(cells) != _CODE_AND_TITLE or not CODE.match(cells[0].text)), 0)


def _lacks_code(header: Cells, body: list[list[Cell]], width: int) -> bool:
    """Whether the column that numbers the rows is the one without a name."""
    first = [row[0].text for row in body if len(row) == width]
    return not (header[0] and NUMBERS.match(header[0].text)) and sum(bool(CODE.match(text)) for text in first) > len(first) / 2


def is_layout_table(rows: Sequence[Sequence[Cell | None]]) -> bool:
    """Letterhead and signature are set as tables without being any; so is text in one column."""
    if max(map(len, rows), default=0) <= 1:
        return True
    flat = " ".join(cell.text for row in rows for cell in row if cell) if len(rows) <= 4 else ""
    return bool(_LETTERHEAD.search(flat)) and not is_header(rows[0])


def usual_width(rows: list[list[Cell]], header: int) -> int:
    """The number of cells that the longer rows have."""
    lengths = sorted(len(row) for row in rows if len(row) > 1)
    return max(header, lengths[int(len(lengths) * 0.7)] if lengths else 1)


def native_row(row: Cells) -> Row:
    """A cell over all columns goes where a group heading goes: under the names, unless it is a code."""
    if is_lone(row) and row[0] is not None and not CODE.match(row[0].text):
        row = [None, row[0], *row[2:]]
    return Row(cells=tuple(row))


def _said(row: list[Cell]) -> list[Cell]:
    """Cells that data frames and lists write for nothing are empty."""
    return [Cell(passage=cell.passage.slice(0, 0)) if _NOTHING.match(cell.text) else cell for cell in row]


def _drop_index(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Leave out the column without a name in which a data frame counts its rows from 0."""
    counts = [row[0].text for row in rows[1:] if row]
    if len(counts) < _COUNTED or rows[0][0].text or counts != [str(number) for number in range(len(counts))]:
        return rows
    return [row[1:] for row in rows]


def _one_of_repeats(row: list[Cell]) -> list[Cell]:
    """Converters write a cell over all columns once in each: keep one."""
    if len(row) > 2 and row[0].text and all(cell.text == row[0].text for cell in row[1:]):
        return [row[0]]
    if _is_repeated(row):
        return [*row[:2], *[Cell(passage=cell.passage.slice(0, 0)) for cell in row[2:]]]
    return row


def _merged(row: Cells) -> Cells:
    """The same in a table that tells merged cells: what repeats the cell to its left is part of it."""
    return [*row[:2], *[None] * len(row[2:])] if _is_repeated(row) else row


def _is_repeated(row: Sequence[Cell | None]) -> bool:
    """Whether a row is a code or nothing, and one text in all columns beside it: a heading, written once a column."""
    code, *names = [cell.text if cell else "" for cell in row] or [""]
    if len(row) < _CODE_AND_ROLES or not names[0] or len(set(names)) > 1:
        return False
    if len(row) == _CODE_AND_ROLES:  # one body may be lead and partner, but not of "I"
        return bool(_ROMAN.match(code))
    return not code or CODE.match(code) is not None


def _filled(row: Row) -> bool:
    return any(cell is not None and cell.text for cell in row.cells)


def _tab_rows(text: str, lines: list[Line]) -> list[list[Cell]]:
    """Rows of a tab table; a row whose cells were broken over lines is put together while cells are missing."""
    rows: list[list[Cell]] = []
    tails: list[list[Cell]] = []
    width = max(line.text.count("\t") for line in lines) + 1
    for line in lines:
        cells = read_tab_row(text, line)
        if rows and "\t" not in line.text and len(cells) == 1 and len(rows[-1]) <= width:
            tails[-1].append(cells[0])
        else:
            rows.append(cells)
            tails.append([])
    for row, tail in zip(rows, tails, strict=True):
        if tail:
            row[-1] = Cell(passage=join_passages([row[-1].passage, *(cell.passage for cell in tail)]))
    return _join_wrapped(rows)


def _join_wrapped(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Put rows together whose cells the converter wrapped, each further line a row without a code: their names go on in small letters."""
    further: list[bool] = []
    for above, row in zip([[], *rows], rows, strict=False):
        coded = bool(above) and (further[-1] or CODE.match(above[0].text) is not None)  # below column names stands the rest of a row of the page before
        further.append(coded and _goes_on(above, row))
    names = [row[1].text for row, goes_on in zip(rows, further, strict=True) if goes_on and row[1].text]
    if len(names) < _COUNTED or sum(name[:1].islower() for name in names) < _WRAPPED_SHARE * len(names):
        return rows
    whole: list[list[list[Cell]]] = []
    for row, goes_on in zip(rows, further, strict=True):
        if goes_on and whole and len(whole[-1]) == len(row):
            for parts, cell in zip(whole[-1], row, strict=True):
                parts.append(cell)
        else:
            whole.append([[cell] for cell in row])
    return [[Cell(passage=join_passages([cell.passage for cell in parts if cell.text] or [parts[0].passage])) for parts in row] for row in whole]


def _goes_on(above: list[Cell], row: list[Cell]) -> bool:
    """Whether a row has no code, as wide as the one above it, and something in another column."""
    return len(row) == len(above) >= _CODE_AND_ROLES and not row[0].text and any(cell.text for cell in row)
