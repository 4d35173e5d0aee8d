"""CSV inside text → rows: cells set apart by commas, semicolons or tabs, in quotation marks where they hold such signs or line ends.

Spreadsheets, pandas, pdfplumber and camelot write it to files; spreadsheets put it on the clipboard, with tabs.
Source: RFC 4180; no writer sets a space after the comma, which tells a row from a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.reading.flow import read_passage
from kg.reading.headers import is_plain_header
from kg.reading.lines import Line
from kg.records import Cell, Passage, Run

_SIGNS = (",", ";", "\\t")
_FIELDS = {sign: re.compile(rf'"(?P<quoted>(?:[^"]|"")*)"(?=[{sign}\n]|\Z)|(?P<plain>(?!")[^{sign}\n]*)(?=[{sign}\n]|\Z)') for sign in _SIGNS}
_COLUMNS = range(3, 65)
_MAX_LINES = 80  # that one record covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """Rows of CSV: the line after the last, the cells, the sign between them."""

    stop: int
    rows: list[list[Cell]]
    sign: str


def read_delimited(text: str, lines: list[Line], at: int, above: Delimited | None) -> Delimited | None:
    """Read the rows of CSV that open at line ``at`` with column names, or go on with the table ``above``; ``None`` where none do."""
    line = lines[at].text
    if not line.strip() or not any(sign in line for sign in ",;\t"):
        return None
    end = lines[min(len(lines), at + _MAX_LINES) - 1].end
    for sign in _SIGNS:
        if '"' not in line and line.count("\t" if sign == "\\t" else sign) < _COLUMNS[0] - 1:
            continue
        first = _record(text, lines[at].start, end, sign)
        if first is None or len(first[0]) not in _COLUMNS:
            continue
        known = above is not None and above.sign == sign and len(above.rows[0]) == len(first[0])
        if not known and not is_plain_header(first[0]):
            continue
        rows, stop = [first[0]], _line_after(lines, at, first[1])
        while stop < len(lines):
            record = _record(text, lines[stop].start, lines[min(len(lines), stop + _MAX_LINES) - 1].end, sign)
            if record is None or len(record[0]) != len(rows[0]):
                break
            rows.append(record[0])
            stop = _line_after(lines, stop, record[1])
        quoted = stop - at > len(rows)
        if (len(rows) > 1 or known) and (sign != "\\t" or quoted):
            return Delimited(stop=stop, rows=rows, sign=sign)
    return None


def _line_after(lines: list[Line], at: int, end: int) -> int:
    """The line after the one, at ``at`` or below, in which the text's place ``end`` stands."""
    while at < len(lines) and lines[at].start <= end:
        at += 1
    return at


def strip_signs(line: Line, sign: str, columns: int) -> Line:
    """Take the empty cells off a title that stands as a row of its own: "PHỤ LỤC I,,,,"; other lines stay."""
    bare = line.text.rstrip()
    tail = ("\t" if sign == "\\t" else sign) * (columns - 1)
    if not bare.endswith(tail):
        return line
    start = line.start
    bare = bare[: -len(tail)]
    if bare[:1] == bare[-1:] == '"' and len(bare) > 1:
        start, bare = start + 1, bare[1:-1]
    return Line(start, start + len(bare), bare)


def _record(text: str, start: int, end: int, sign: str) -> tuple[list[Cell], int] | None:
    """The cells of one record and the place of its line end; ``None`` for what no writer of CSV writes."""
    cells: list[Cell] = []
    at = start
    while True:
        match = _FIELDS[sign].match(text, at, end)
        if match is None or len(cells) > _COLUMNS[-1]:
            return None
        name = "plain" if match["quoted"] is None else "quoted"
        low, high = match.span(name)
        if name == "plain" and sign != "\\t" and cells and text[low:high][:1] == " ":
            return None
        cells.append(Cell(passage=_undouble(read_passage(text, low, high))))
        at = match.end()
        if at >= end or text[at] == "\n":
            return cells, at
        at += 1


def _undouble(passage: Passage) -> Passage:
    """Write quotation marks inside a cell once; CSV doubles them."""
    if '""' not in passage.text:
        return passage
    out: list[str] = []
    runs: list[Run] = []
    at = done = 0
    while done < len(passage.text):
        stop = passage.text.find('""', done)
        stop = len(passage.text) if stop < 0 else stop + 1
        for run in passage.runs:
            low, high = max(done, run.at), min(stop, run.at + run.length)
            if low < high:
                runs.append(Run(at + low - done, run.start + low - run.at, high - low))
        out.append(passage.text[done:stop])
        at += stop - done
        done = stop + (stop < len(passage.text))
    return Passage(text="".join(out), spans=passage.spans, runs=tuple(runs))
