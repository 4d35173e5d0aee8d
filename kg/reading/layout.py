"""The canonical text → blocks and tables in reading order: which lines are a table, and in which layout.

Read are, in any mixture: one row a line with tabs, Markdown pipe rows, CSV, one cell a line, cells between lines of "|",
tables drawn with dashes, and HTML tables. Tables that a page break cut are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.reading.cells import read_cell_tables
from kg.reading.centred import read_centred
from kg.reading.delimited import Delimited, read_delimited, strip_signs
from kg.reading.headers import has_header_word
from kg.reading.html_tables import find_html_tables, read_html_table
from kg.reading.lines import Line, plain_strokes, split_lines
from kg.reading.paragraphs import Habit, read_blocks, read_habit
from kg.reading.rows import (
    goes_on_bare,
    is_cell_line,
    is_pipe_row,
    is_pipe_rule,
    is_tab_row,
    opens_bare_table,
    opens_pipe_table,
    wrapped_rows,
)
from kg.reading.ruled import Ruled, read_ruled
from kg.reading.spaced import Patience, Spaced, read_spaced
from kg.reading.stacked import Stacked, read_stacked
from kg.reading.stitch import stitch_tables
from kg.reading.tables import cells_table, is_layout_table, native_table, read_rows, rows_table
from kg.reading.website import find_document
from kg.records import Block, Span, Table

Part = Block | Table
_Kind = Literal["tab", "pipe", "lines", "text", "ruled"]
_BREAK = re.compile(r"<br\s*/?>|</?(?:p|div|li)\b[^<>]*>|\n", re.IGNORECASE)


def read_layout(text: str) -> tuple[Part, ...]:
    """Read the canonical text as blocks and tables."""
    lines = [plain_strokes(line) for line in split_lines(text)]
    first, last = find_document(lines)
    lines = lines[first:last]
    habit = read_habit(lines)
    parts: list[Part] = []
    for piece in _around_html(text, lines):
        parts.extend(_read_html(text, piece, habit) if isinstance(piece, Span) else read_lines(text, piece, habit))
    return tuple(stitch_tables(parts))


def read_lines(text: str, lines: list[Line], habit: Habit) -> list[Part]:
    """Read a stretch of lines without HTML; tables that a page break cut stay apart."""
    if sum(line.text.strip() == "|" for line in lines) >= 3:
        return _read_cells(text, lines, habit)
    return _read_stretch(text, lines, habit)


def _around_html(text: str, lines: list[Line]) -> Iterator[list[Line] | Span]:
    """Cut the lines at HTML tables, which need not begin or end with a line."""
    if not lines:
        return
    at = 0
    for table in find_html_tables(text, lines[0].start, lines[-1].end):
        stretch: list[Line] = []
        while at < len(lines) and lines[at].end <= table.start:
            stretch.append(lines[at])
            at += 1
        if at < len(lines) and lines[at].start < table.start:
            stretch.append(_part(text, lines[at].start, table.start))
        if stretch:
            yield stretch
        yield table
        while at < len(lines) and lines[at].end <= table.end:
            at += 1
        if at < len(lines) and lines[at].start < table.end:
            lines[at] = _part(text, table.end, lines[at].end)
    if lines[at:]:
        yield lines[at:]


def _part(text: str, start: int, end: int) -> Line:
    return Line(start, end, text[start:end])


def _read_html(text: str, span: Span, habit: Habit) -> list[Part]:
    rows, marked = read_html_table(text, span)
    table = None if is_layout_table(rows) else native_table(rows, marked, span)
    if table is not None:
        return [table]
    cells = [cell.passage.spans for row in rows for cell in row if cell and cell.text]
    lines = [line for spans in cells for line in _at_breaks(text, spans[0].start, spans[-1].end)]
    return list(read_blocks(text, lines, _loose(habit)))


def _at_breaks(text: str, start: int, end: int) -> Iterator[Line]:
    for match in _BREAK.finditer(text, start, end):
        yield _part(text, start, match.start())
        start = match.end()
    yield _part(text, start, end)


def _loose(habit: Habit) -> Habit:
    return Habit(wrapped=habit.wrapped, blanks=False, width=habit.width)


def _read_cells(text: str, lines: list[Line], habit: Habit) -> list[Part]:
    """Read a stretch in which lines hold only "|"; letterhead and signature become blocks."""
    parts: list[Part] = []
    for region in read_cell_tables(text, lines, 0, len(lines)):
        stretch = lines[region.first : region.last]
        if region.table is None:
            parts.extend(_read_stretch(text, stretch, habit))
        elif is_layout_table([region.table.header, *(row.cells for row in region.table.rows)]):
            bare = [line._replace(text="") if line.text.strip() == "|" else line for line in stretch]
            parts.extend(read_blocks(text, bare, _loose(habit)))
        else:
            parts.append(cells_table(region.table))
    return parts


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: _Kind
    lines: list[Line]
    ruled: Ruled | None = None
    typed: Delimited | Stacked | Spaced | None = None


def _read_stretch(text: str, lines: list[Line], habit: Habit) -> list[Part]:
    parts: list[Part] = []
    for chunk in _chunks(text, lines):
        if chunk.kind == "text":
            parts.extend(read_blocks(text, chunk.lines, habit))
            continue
        if chunk.ruled is not None:
            span = Span(chunk.lines[0].start, chunk.lines[-1].end)
            table = native_table(chunk.ruled.rows, chunk.ruled.heads, span)
        elif chunk.typed is not None:
            span = Span(chunk.lines[0].start, chunk.lines[-1].end)
            table = rows_table(chunk.typed.rows, span, "lines" if isinstance(chunk.typed, Stacked) else "tab")
            between = chunk.typed.between if isinstance(chunk.typed, Spaced) else []
            parts.extend(read_blocks(text, between, habit))
        elif chunk.kind != "ruled":
            table = read_rows(text, chunk.lines, chunk.kind)
        if table is not None and chunk.kind in ("tab", "pipe") and is_layout_table([table.header, *(row.cells for row in table.rows)]):
            cells = _split_cells(chunk.lines, "\t" if chunk.kind == "tab" else "|")
            parts.extend(read_blocks(text, list(cells), Habit(wrapped=False, blanks=False, width=0)))
        elif table is not None:
            parts.append(table)
    return parts


def _split_cells(lines: list[Line], border: str) -> Iterator[Line]:
    """The cells of a letterhead set as a table, each as a line of its own."""
    for line in lines:
        at = line.start
        for part in line.text.split(border):
            yield Line(at, at + len(part), part)
            at += len(part) + 1


def _chunks(text: str, lines: list[Line]) -> list[_Chunk]:
    """Cut lines into runs of one layout. Blank lines end a run of rows, but not a run of cell lines."""
    chunks: list[_Chunk] = []
    at = 0
    above: Delimited | None = None
    patience = Patience()
    while at < len(lines):
        delimited = read_delimited(text, lines, at, above)
        if delimited is not None:
            if above is None and chunks:
                chunks[-1].lines[:] = [strip_signs(line, delimited.sign, len(delimited.rows[0])) for line in chunks[-1].lines]
            chunks.append(_Chunk("ruled", lines[at : delimited.stop], typed=delimited))
            above, at = delimited, delimited.stop
            continue
        wrapped = wrapped_rows(lines, at)
        if wrapped is not None:
            chunks.append(_Chunk("pipe", [_part(text, row[0].start, row[-1].end) for row in wrapped[1]]))
            at = wrapped[0]
            continue
        ruled = read_ruled(text, lines, at)
        if ruled is not None:
            chunks.append(_Chunk("ruled", lines[at : ruled.stop], ruled))
            at = ruled.stop
            continue
        stacked = read_stacked(text, lines, at) or read_spaced(text, lines, at, patience) or read_centred(text, lines, at, patience)
        if stacked is not None:
            chunks.append(_Chunk("ruled", lines[at : stacked.stop], typed=stacked))
            at = stacked.stop
            continue
        kind = _kind(lines, at)
        stop = at + 1
        if kind == "lines":
            stop = _end_of_cells(lines, at)
            if stop - at < 6:
                kind = "text"
            elif chunks and chunks[-1].kind == "text" and _headless(chunks[-1].lines[-1].text):
                chunks[-1].lines.pop()
                at -= 1
        elif kind == "pipe":
            stop = _end_of_pipes(lines, at)
        elif kind == "tab":
            while stop < len(lines) and _tab_goes_on(lines, stop):
                stop += 1
        if kind == "text" and chunks and chunks[-1].kind == "text":
            chunks[-1].lines.extend(lines[at:stop])
        else:
            chunks.append(_Chunk(kind, _whole_rows(text, lines[at:stop]) if kind == "pipe" else lines[at:stop]))
        at = stop
    return [chunk for chunk in chunks if chunk.lines]


def _kind(lines: list[Line], at: int) -> Literal["tab", "pipe", "lines", "text"]:
    line = lines[at].text
    if "\t" in line and is_cell_line(line):
        return "lines"
    if line.lstrip()[:2] == "+-" and is_pipe_rule(line) and at + 1 < len(lines) and is_pipe_row(lines[at + 1].text):
        return "pipe"
    if "|" in line and (is_pipe_row(line) or opens_pipe_table(lines, at) or opens_bare_table(lines, at)):
        return "pipe"
    if "\t" in line and is_tab_row(line):
        return "tab"
    return "text"


def _end_of_cells(lines: list[Line], at: int) -> int:
    stop = at + 1
    while stop < len(lines) and (is_cell_line(lines[stop].text) or not lines[stop].text.strip()):
        stop += 1
    while not lines[stop - 1].text.strip():
        stop -= 1
    return stop


def _end_of_pipes(lines: list[Line], at: int) -> int:
    """The line after a run of pipe rows: without outer bars if the table opens so; a cell may go on in a line of its own."""
    is_open = not is_pipe_row(lines[at].text) or opens_pipe_table(lines, at) or opens_bare_table(lines, at)
    stop = at + 1
    if is_open and not opens_pipe_table(lines, at):
        while (after := goes_on_bare(lines, stop, lines[at].text.count("|"))) is not None:
            stop = after
        return stop
    while stop < len(lines):
        line = lines[stop].text.strip()
        broken = lines[stop - 1].text.strip()[-1:] != "|" and line[-1:] == "|"
        if not (is_pipe_row(line) or is_pipe_rule(line) or (is_open and "|" in line) or (broken and not is_open)):
            break
        stop += 1
    return stop


def _whole_rows(text: str, lines: list[Line]) -> list[Line]:
    """Put together a row whose line was broken: it lacks its last bar, and the next line its first."""
    if not is_pipe_row(lines[0].text) or not any(line.text.lstrip()[:1] == "|" for line in lines[1:]):
        return lines
    whole: list[Line] = []
    start: int | None = None
    for index, line in enumerate(lines):
        start = line.start if start is None else start
        after = lines[index + 1].text.lstrip()[:1] if index + 1 < len(lines) else "|"
        if after != "|" and not line.text.rstrip().endswith("|") and not is_pipe_rule(line.text):
            continue
        whole.append(_part(text, start, line.end))
        start = None
    return whole


def _headless(line: str) -> bool:
    """The first header cell, left of which the text was cut off: a space and a tab before a header word."""
    return line.strip() != line and "\t" in line and has_header_word(line) and len(line) < 80


def _tab_goes_on(lines: list[Line], at: int) -> bool:
    """Whether the line belongs to the run of tab rows above it; a row may spill over into lines without tabs."""
    line = lines[at].text
    if _kind(lines, at) == "tab":
        return True
    if not line.strip():
        return False
    return at + 1 < len(lines) and line.strip()[:1].islower() and _kind(lines, at + 1) in ("tab", "text")
