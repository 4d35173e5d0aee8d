"""Tables whose columns are set apart by spaces → rows: `pdftotext -layout`, pdfplumber's layout, Word's print to text.

A cell keeps its place in the line, and every page has places of its own, so the columns of a page are the strips that no word of
its rows enters. Rows are told by their codes. Read are tables whose first column numbers the rows, from the top of the row; where
the codes stand in the middle of their rows nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.reading.align import CODE
from kg.reading.flow import read_pieces
from kg.reading.headers import is_plain_header
from kg.reading.lines import LEAVES_TABLE, Line
from kg.records import Cell, Passage

_WORDS = re.compile(r"\S+(?: \S+)*")
_NUMBER = re.compile(r"\W*(?:S?TT|Số\s*(?:TT|thứ tự))\W*$", re.IGNORECASE)
_NUMBER_OPENS = re.compile(r"\s*(?:S?TT|Số)\b", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,11}(?P<code>(?:[IVXL]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2}){0,2})[.)]?)\s+(?=[^\W\d_])")
"""A code and the title of a group, one space between, in a cell over all columns: "II. Phát triển hạ tầng"."""
_PAGE = re.compile(r"\W*\d{1,3}\W*$")
_COLUMNS = range(3, 17)
_HEADER_LINES = 10
_FAR = 12  # lines of text between two pages of a table at most
_LOST_SHARE = 0.15
"""Names that open in mid-sentence: above this share the codes do not stand at the top of their rows."""


class Word(NamedTuple):
    """Words with single spaces between: their places in the line."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spaced:
    """Rows of such a table, the column names first; the line after its last; lines of text between its pages."""

    stop: int
    rows: list[list[Cell]]
    between: list[Line]


_Row = list[list[tuple[int, int]]]
"""For each column the stretches of the text that its cell has."""


@dataclass(slots=True)
class Patience:
    """How many more tables of a text may be looked at to their end and refused: each look may go through the whole text."""

    left: int = 6


def read_spaced(text: str, lines: list[Line], at: int, patience: Patience) -> Spaced | None:
    """Read the table whose column names open in line ``at``; ``None`` where none does."""
    if "  " not in lines[at].text.strip() or "|" in lines[at].text or not any(_NUMBER_OPENS.match(line.text) for line in lines[at : at + _HEADER_LINES]):
        return None
    below = _below_names(lines, at)
    if below is None:
        return None
    names_end, body = below
    strips = find_strips(lines[at:names_end])
    if len(strips) not in _COLUMNS:
        return None
    head = pieces_of(lines[at:names_end], [(strip, index) for index, strip in enumerate(strips)], len(strips))
    names = [cell_of(text, pieces) for pieces in head]
    if not patience.left or not _NUMBER.match(names[0].text) or not is_plain_header(names) or any(":" in name.text for name in names):
        return None
    stop, pages, between = _pages(lines, body, strips)
    rows = _rows(pages, strips)
    cells = [[cell_of(text, pieces) for pieces in row] for row in rows]
    opened = [row[1].text for row in cells if row[0].text and row[1].text]
    if not opened or sum(name[:1].islower() for name in opened) > _LOST_SHARE * len(opened) or len(opened) < len(cells) * (1 - _LOST_SHARE):
        patience.left -= 1
        return None
    return Spaced(stop=stop, rows=[names, *cells], between=between)


def _below_names(lines: list[Line], at: int) -> tuple[int, int] | None:
    """The line after the column names, and the first row or heading below them, blank lines left out; ``None`` where no row follows."""
    last = min(at + _HEADER_LINES, len(lines))
    end = next((index for index in range(at + 1, last) if not lines[index].text.strip() or _opens_row(lines[index]) or _is_heading(lines[index])), None)
    if end is None:
        return None
    body = next((index for index in range(end, last) if lines[index].text.strip()), None)
    if body is None or not (_opens_row(lines[body]) or _is_heading(lines[body])):
        return None
    row = next((index for index in range(body, last) if lines[index].text.strip() and not _is_heading(lines[index])), None)
    return (end, body) if row is not None and _opens_row(lines[row]) else None


def _is_heading(line: Line) -> bool:
    """Whether a code and a title stand in the line, and nothing in another column."""
    return len(words_of(line)) == 1 and bool(_HEADING.match(line.text))


def words_of(line: Line) -> list[Word]:
    """The stretches of words one space apart, with their places."""
    return [Word(*match.span()) for match in _WORDS.finditer(line.text)]


def _opens_row(line: Line) -> bool:
    """Whether a code stands at the left with words far from it."""
    words = words_of(line)
    return len(words) > 1 and bool(CODE.match(line.text[: words[0].end])) and words[0].start < _FAR


def _pages(lines: list[Line], at: int, head: list[Word]) -> tuple[int, list[list[Line]], list[Line]]:
    """The lines of each page of the table, in stretches without blank lines; text between pages apart; where the table ends."""
    pages: list[list[Line]] = []
    between: list[Line] = []
    waiting: list[Line] = []
    stop, reach, margin = at, head[-1].end, (head[0].start + head[1].start) // 2
    breadth = head[2].start - head[1].start
    index = at
    while index < len(lines) and len(waiting) <= _FAR and not LEAVES_TABLE.match(lines[index].text):
        end = index
        while end < len(lines) and lines[end].text.strip() and not _leaves(lines[end], margin, breadth, opens=end == index):
            end += 1
        stretch = lines[index:end]
        if stretch and (not pages or _is_stretch(stretch, margin, reach)):
            headed = bool(waiting) and _is_heading(waiting[-1])
            between.extend(waiting[: len(waiting) - headed])
            pages.append([*waiting[len(waiting) - headed :], *stretch])
            waiting = []
            stop = end
            reach = max(reach, *(len(line.text.rstrip()) for line in stretch))
        else:
            waiting.extend(line for line in lines[index : end + 1] if line.text.strip() and not _PAGE.match(line.text))
            end += end < len(lines)
        index = max(end, index + 1) if stretch or end > index else index + 1
    return stop, pages, between


def _leaves(line: Line, margin: int, breadth: int, *, opens: bool) -> bool:
    """Whether a line of the text stands here: more words than a name's column holds, from where codes stand; or what opens no row."""
    word = words_of(line)[0]
    return (word.start < margin and word.end - word.start > breadth) or (opens and bool(LEAVES_TABLE.match(line.text)))


def _is_stretch(stretch: list[Line], margin: int, reach: int) -> bool:
    """Whether lines between two blank ones are rows: words stand in several columns, or right of the codes alone."""
    if len(stretch) == 1 and _PAGE.match(stretch[0].text):
        return False
    words = [words_of(line) for line in stretch]
    return any(len(each) > 2 for each in words) or all(
        each[0].start >= margin and each[-1].end <= reach and each[0].end - each[0].start < reach // 2 for each in words
    )


def find_strips(lines: Sequence[Line], known: Sequence[Word] = ()) -> list[Word]:
    """The columns of some lines: lines of most words first, words that reach over two columns, or are broader than theirs, left out."""
    strips: list[Word] = []
    for words in sorted(map(words_of, lines), key=len, reverse=True):
        for word in words:
            if _is_broad(word, known):
                continue
            met = [strip for strip in strips if strip.start < word.end and word.start < strip.end]
            if len(met) < 2:
                strips = [strip for strip in strips if strip not in met]
                strips.append(Word(min([word.start, *(strip.start for strip in met)]), max([word.end, *(strip.end for strip in met)])))
    return sorted(strips)


def _is_broad(word: Word, known: Sequence[Word]) -> bool:
    """Whether words reach further than from where their column begins to where the next does."""
    if not known:
        return False
    column = min(range(len(known)), key=lambda index: abs(known[index].start - word.start))
    return column + 1 < len(known) and word.end - word.start > known[column + 1].start - known[column].start


def place_strips(strips: list[Word], known: list[Word]) -> list[tuple[Word, int]]:
    """Say for each strip of a page which of the known columns it is: in order, as near as may be, several in one only if they must."""
    if len(strips) == len(known):
        return [(strip, index) for index, strip in enumerate(strips)]
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for strip in strips:
        after: list[tuple[float, list[int]]] = []
        for column, place in enumerate(known):
            cost = float(abs(strip.start - place.start))
            reached = [(done + cost + 30 * (column in path), [*path, column]) for done, path in best if not path or path[-1] <= column]
            if reached:
                after.append(min(reached))
        best = after
    return list(zip(strips, min(best)[1], strict=True))


def pieces_of(lines: Sequence[Line], columns: list[tuple[Word, int]], width: int) -> _Row:
    """The stretches of text of some lines in each of ``width`` columns."""
    row: _Row = [[] for _ in range(width)]
    for line in lines:
        for column, piece in by_column(line, columns):
            row[column].append(piece)
    return row


def by_column(line: Line, columns: list[tuple[Word, int]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The words of a line with their columns: that of the first strip they stand in."""
    for word in words_of(line):
        column = next((index for strip, index in columns if word.start < strip.end and strip.start < word.end), columns[-1][1])
        yield column, (line.start + word.start, line.start + word.end)


def _rows(pages: list[list[Line]], known: list[Word]) -> list[_Row]:
    """Lines → rows: one opens where a code stands, below a heading where other columns are filled, or where a part of the task does."""
    rows: list[_Row] = []
    top: dict[int, str] = {}
    for page in pages:
        columns = place_strips(find_strips(page, known), known)
        known = list(known)
        for strip, index in columns:
            known[index] = strip
        for line in page:
            found = _split_heading(line) if _is_heading(line) else list(by_column(line, columns))
            first = line.text.strip()[: found[0][1][1] - found[0][1][0]]
            coded = found[0][0] == 0 and bool(CODE.match(first) or _NUMBER.match(first))
            part = bool(rows) and _opens_part([(column, line.text[low - line.start : high - line.start]) for column, (low, high) in found], top)
            heads = bool(rows) and not any(rows[-1][2:]) and bool(rows[-1][1])
            if coded or part or not rows or (heads and sum(column > 1 for column, _ in found) > 1):
                rows.append([[] for _ in known])
                top = {column: line.text[low - line.start : high - line.start] for column, (low, high) in found}
            for column, piece in found:
                rows[-1][column].append(piece)
    return rows


def _split_heading(line: Line) -> list[tuple[int, tuple[int, int]]]:
    """The code of a group in the first column, its title in the second."""
    code, (word, *_) = _HEADING.match(line.text), words_of(line)
    if code is None:
        return [(0, (line.start + word.start, line.start + word.end))]
    return [(0, (line.start + word.start, line.start + code.end("code"))), (1, (line.start + code.end(), line.start + word.end))]


def _opens_part(found: list[tuple[int, str]], top: dict[int, str]) -> bool:
    """Whether a line opens a part of the task above: no name, several cells that begin, one of them the same as at the row's top."""
    if len(found) < _COLUMNS[0] or found[0][0] < _COLUMNS[0] - 1 or any(words[:1].islower() for _, words in found):
        return False
    return any(top.get(column) == words for column, words in found)


def cell_of(text: str, pieces: list[tuple[int, int]]) -> Cell:
    """The cell that some stretches of the text make."""
    return Cell(passage=read_pieces(text, pieces) if pieces else Passage(text=""))
