"""Tables that stand in paragraphs, not in cells: plain text pasted into Word, converted to it, or shown as it is in a page.

Such paragraphs are lines of text: one row a line with tabs or bars, or one cell a line behind a tab. Tabs set many other
things in Word (marks, indents, letterheads), so only a header with its column names opens such a table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.reading.canonical import tidy_signs
from kg.reading.grid import Para, clean
from kg.reading.headers import is_plain_header
from kg.reading.lines import Line
from kg.reading.paragraphs import read_habit
from kg.reading.rows import is_pipe_row, is_pipe_rule
from kg.records import Cell, Passage

_Table = TypeVar("_Table")
_MARKDOWN = re.compile(r"\s*(?:#{1,6}\s+\S|\*\*[^*]+\*\*\s*$)")
_MARKDOWN_LINES = 2
_HEADER_CELLS = 3
_NOISE_LINES = 12  # between two pages of one table: page numbers, a footnote


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A table that stands in paragraphs, as the lines of a text."""

    lines: tuple[str, ...]


def take_typed(parts: Iterable[Para | _Table]) -> Iterator[Para | _Table | Typed]:
    """Set tables apart that stand in paragraphs."""
    run: list[Para] = []
    for part in parts:
        if isinstance(part, Para) and not part.kind:
            run.extend(_lines_of(part))
            continue
        yield from _split_run(run)
        run = []
        yield part
    yield from _split_run(run)


def _lines_of(para: Para) -> list[Para]:
    if "\n" in para.text and ("\t" in para.text or "|" in para.text):
        return [replace(para, text=line) for line in para.text.split("\n")]
    return [para]


def _split_run(run: Sequence[Para]) -> Iterator[Para | Typed]:
    done = 0
    for first, stop in find_typed([para.text for para in run]):
        yield from run[done:first]
        yield Typed(lines=tuple(para.text for para in run[first:stop]))
        done = stop
    yield from run[done:]


def plain_text(parts: Sequence[object]) -> str | None:
    """Give the text of a document that is a text file in all but its format; ``None`` for others.

    Its paragraphs are lines: no cell, nothing bold, no footnote; wrapped, in Markdown, or with tables typed.
    """
    pieces: list[list[str]] = []
    for part in parts:
        if isinstance(part, Typed):
            pieces.append([tidy_row(line) for line in part.lines])
        elif isinstance(part, Para) and not part.bold and not part.kind:
            pieces.append([_tidy_line(line) for line in part.text.split("\n")])
        else:
            return None
    lines = [line for piece in pieces for line in piece]
    marked = sum(bool(_MARKDOWN.match(line)) or (is_pipe_rule(line) and is_pipe_row(line)) for line in lines)
    wrapped = read_habit([Line(0, 0, line) for line in lines]).wrapped
    if not wrapped and marked < _MARKDOWN_LINES and not any(isinstance(part, Typed) for part in parts):
        return None
    between = "\n" if wrapped or not all(lines) else "\n\n"
    return between.join("\n".join(piece) for piece in pieces) + "\n"


def _tidy_line(line: str) -> str:
    return unicodedata.normalize("NFC", tidy_signs(line.replace("\0", "").replace("\t", " "))).rstrip()


def find_typed(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Give the stretches of lines, (first, after the last), that are tables typed as text."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        stop = _end(lines, at) if _opens(lines, at) else at
        if stop > at:
            found.append((at, stop))
        at = max(stop, at + 1)
    return found


def tidy_row(line: str) -> str:
    """Give a line of canonical text whose tabs set cells apart."""
    return "\t".join(map(clean, line.split("\t")))


def _opens(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    if line.strip() == "|":
        return _is_header(_bar_cells(lines, at))
    if is_pipe_row(line):
        return _is_header(line.strip().strip("|").split("|"))
    if "\t" not in line:
        return False
    cells = line.strip().split("\t")
    return _is_header(cells if len(cells) > 1 else list(_cell_lines(lines, at)))


def _is_header(cells: Sequence[str]) -> bool:
    names = [clean(cell).strip("*") for cell in cells]
    return sum(map(bool, names)) >= _HEADER_CELLS and is_plain_header([Cell(passage=Passage(text=name)) for name in names])


def _cell_lines(lines: Sequence[str], at: int) -> Iterator[str]:
    """The first cells of one a line."""
    for line in lines[at : at + _HEADER_CELLS]:
        if line.lstrip(" ")[:1] != "\t" or "\t" in line.strip():
            return
        yield line


def _bar_cells(lines: Sequence[str], at: int) -> list[str]:
    """The first cells between lines that hold only "|"."""
    cells = [""]
    for line in lines[at + 1 : at + 4 * _HEADER_CELLS]:
        if line.strip() != "|":
            cells[-1] += f" {line}"
        elif len(cells) == _HEADER_CELLS:
            break
        else:
            cells.append("")
    return cells


def _end(lines: Sequence[str], at: int) -> int:
    """Where the rows end that a header at ``at`` opens; ``at`` itself where there are none."""
    last, rows = at, 0
    for index in range(at, len(lines)):
        if _is_row(lines[index]):
            last, rows = index, rows + 1
        elif index - last > _NOISE_LINES:
            break
    return last + 1 if rows > 1 else at


def _is_row(line: str) -> bool:
    bare = line.strip()
    return "\t" in line or bare == "|" or is_pipe_row(line)
