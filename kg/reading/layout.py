"""The canonical text → blocks and tables in reading order: which lines are a table, and in which layout.

Four layouts are read, and their mixtures in one document: one row a line with tabs, Markdown pipe rows, one cell a
line, and cells between lines of "|". Tables that a page break cut are put together again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.reading.align import align_rows
from kg.reading.cells import read_cell_tables
from kg.reading.lines import Line, split_lines
from kg.reading.paragraphs import Habit, read_blocks, read_habit
from kg.reading.rows import (
    drop_empty_columns,
    is_cell_line,
    is_pipe_row,
    is_pipe_rule,
    is_tab_row,
    read_cell_lines,
    read_pipe_row,
    read_tab_row,
)
from kg.reading.site import find_document
from kg.reading.stitch import stitch_tables
from kg.records import Block, Cell, Row, Span, Table, join_passages

Part = Block | Table
_HEADER_WORDS = re.compile(
    r"chủ trì|phối hợp|thực hiện|thời gian|thời hạn|tiến độ|sản phẩm|kết quả|nhiệm vụ|nội dung|kinh phí|nguồn lực"
    r"|\b[stST]{1,2}T\b|chỉ tiêu|mục tiêu|đơn vị|cơ quan|ngành|lĩnh vực|ghi chú|giai đoạn|số tt",
    re.IGNORECASE,
)


def read_layout(text: str) -> tuple[Part, ...]:
    """Read the canonical text as blocks and tables."""
    lines = split_lines(text)
    first, last = find_document(lines)
    habit = read_habit(lines[first:last])
    parts: list[Part] = []
    if sum(line.text.strip() == "|" for line in lines[first:last]) >= 3:
        for region in read_cell_tables(text, lines, first, last):
            if region.table is not None:
                parts.extend(_finish(region.table, text, habit))
            else:
                parts.extend(_read_stretch(text, lines[region.first : region.last], habit))
    else:
        parts.extend(_read_stretch(text, lines[first:last], habit))
    return tuple(stitch_tables(parts))


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: Literal["tab", "pipe", "lines", "text"]
    lines: list[Line]


def _read_stretch(text: str, lines: list[Line], habit: Habit) -> list[Part]:
    parts: list[Part] = []
    for chunk in _chunks(lines):
        if chunk.kind == "text":
            parts.extend(read_blocks(text, chunk.lines, habit))
            continue
        span = Span(chunk.lines[0].start, chunk.lines[-1].end)
        table = _read_chunk(text, chunk, span)
        if table is not None:
            parts.append(table)
    return parts


def _chunks(lines: list[Line]) -> list[_Chunk]:
    """Cut lines into runs of one layout. Blank lines end a run of rows, but not a run of cell lines."""
    chunks: list[_Chunk] = []
    at = 0
    while at < len(lines):
        kind = _kind(lines[at].text)
        stop = at + 1
        if kind == "lines":
            while stop < len(lines) and (_kind(lines[stop].text) == kind or not lines[stop].text.strip()):
                stop += 1
            while not lines[stop - 1].text.strip():
                stop -= 1
            if stop - at < 6:
                kind = "text"
            elif chunks and chunks[-1].kind == "text" and _headless(chunks[-1].lines[-1].text):
                chunks[-1].lines.pop()
                at -= 1
        elif kind != "text":
            while stop < len(lines) and _goes_on(lines, stop, kind):
                stop += 1
        if kind == "text" and chunks and chunks[-1].kind == "text":
            chunks[-1].lines.extend(lines[at:stop])
        else:
            chunks.append(_Chunk(kind, lines[at:stop]))
        at = stop
    return [chunk for chunk in chunks if chunk.lines]


def _kind(line: str) -> Literal["tab", "pipe", "lines", "text"]:
    if is_cell_line(line):
        return "lines"
    if is_pipe_row(line):
        return "pipe"
    if is_tab_row(line):
        return "tab"
    return "text"


def _headless(line: str) -> bool:
    """The first header cell, left of which the text was cut off: a space and a tab before a header word."""
    return line.strip() != line and "\t" in line and bool(_HEADER_WORDS.search(line)) and len(line) < 80


def _goes_on(lines: list[Line], at: int, kind: str) -> bool:
    """Whether the line belongs to the run of rows above it; a row may spill over into lines without tabs."""
    if _kind(lines[at].text) == kind or (kind == "pipe" and is_pipe_rule(lines[at].text)):
        return True
    if kind != "tab" or not lines[at].text.strip():
        return False
    return at + 1 < len(lines) and lines[at].text.strip()[:1].islower() and _kind(lines[at + 1].text) in ("tab", "text")


def _read_chunk(text: str, chunk: _Chunk, span: Span) -> Table | None:
    rows: list[list[Cell]]
    headless = False
    if chunk.kind == "pipe":
        rows = [read_pipe_row(text, line) for line in chunk.lines if not is_pipe_rule(line.text)]
        headless = bool(rows) and not any(cell.text for cell in rows[0])
    elif chunk.kind == "tab":
        rows = _tab_rows(text, chunk.lines)
    else:
        rows = read_cell_lines(text, chunk.lines)
    rows = [row for row in drop_empty_columns(rows) if any(cell.text for cell in row)]
    if not rows:
        return None
    header: list[Cell | None] = [] if headless or not _is_header(rows[0]) else list(rows.pop(0))
    width = max([len(header), *map(len, rows)])
    if chunk.kind == "lines":
        width = _usual_width(rows, len(header))
    if header and len(header) < width:
        header = [None] * (width - len(header)) + header
    layout: Literal["tab", "pipe", "lines"] = "tab" if chunk.kind == "tab" else "pipe" if chunk.kind == "pipe" else "lines"
    return Table(header=tuple(header), rows=align_rows(rows, width), span=span, layout=layout)


def _usual_width(rows: list[list[Cell]], header: int) -> int:
    lengths = sorted(len(row) for row in rows if len(row) > 1)
    return max(header, lengths[int(len(lengths) * 0.7)] if lengths else 1)


def _tab_rows(text: str, lines: list[Line]) -> list[list[Cell]]:
    """Rows of a tab table; a row whose cells were broken over lines is put together while cells are missing."""
    rows: list[list[Cell]] = []
    width = max(line.text.count("\t") for line in lines) + 1
    for line in lines:
        cells = read_tab_row(text, line)
        if rows and "\t" not in line.text and len(cells) == 1 and len(rows[-1]) <= width:
            rows[-1][-1] = _join(rows[-1][-1], cells[0])
        else:
            rows.append(cells)
    return rows


def _join(left: Cell, right: Cell) -> Cell:
    return Cell(passage=join_passages([left.passage, right.passage]))


def _is_header(row: list[Cell]) -> bool:
    """A header row: most of its cells are short and hold a header word."""
    texts = [cell.text for cell in row if cell.text]
    words = sum(bool(_HEADER_WORDS.search(text)) and len(text) < 120 for text in texts)
    return bool(texts) and words >= max(1, len(texts) * 0.5) and (len(texts) > 1 or len(row) == 1)


def _finish(table: Table, text: str, habit: Habit) -> list[Part]:
    """A table of "|" cells: a layout table becomes blocks; a real one gets its rows aligned."""
    rows = [[cell for cell in table.header if cell is not None], *[[c for c in row.cells if c is not None] for row in table.rows]]
    flat = " ".join(cell.text for row in rows for cell in row)
    if _is_layout_table(rows, flat):
        stretch = split_lines(text[table.span.start : table.span.end])
        shifted = [
            Line(line.start + table.span.start, line.end + table.span.start, line.text if line.text.strip() != "|" else "")
            for line in stretch
        ]
        return list(read_blocks(text, shifted, Habit(wrapped=habit.wrapped, blanks=False, width=habit.width)))
    header: list[Cell | None] = []
    if _is_header(rows[0]):
        header = list(rows.pop(0))
    width = max([len(header), *[len(row) for row in rows[:1]]]) if header else _usual_width(rows, 0)
    common = max([len(row) for row in rows], default=width)
    if header and common > width and sum(len(row) == common for row in rows) > len(rows) * 0.3:
        header += [None] * (common - width)
        width = common
    aligned = tuple(row for row in align_rows(rows, width) if _filled(row))
    return [Table(header=tuple(header), rows=aligned, span=table.span, layout="cells")]


def _filled(row: Row) -> bool:
    return any(cell is not None and cell.text for cell in row.cells)


def _is_layout_table(rows: list[list[Cell]], flat: str) -> bool:
    """Letterhead and signature are set as tables without being any."""
    if re.search(r"CỘNG H[ÒO]A|Độc lập|Nơi nhận|Số:\s|TM\.|KT\.|TL\.|TUQ\.", flat) and len(rows) <= 4:
        return True
    return max(map(len, rows)) <= 1
