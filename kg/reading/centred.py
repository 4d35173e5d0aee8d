"""Tables by spaces whose rows no code opens: cells in the middle of their row's height, or rows that nothing numbers.

`pdftotext -layout` and Word's print to text set short cells beside the middle line of the tallest one; clerks part rows by blank lines.
Read are, below column names of a task table: rows between blank lines; coded rows whose cells share one middle; rows
without codes that fill all columns in their first line. Whatever leaves a doubt leaves the table unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.normalise import fold
from kg.reading.align import CODE
from kg.reading.headers import is_plain_header
from kg.reading.lines import LEAVES_TABLE, Line
from kg.reading.spaced import Patience, Spaced, Word, by_column, cell_of, find_strips, place_strips, words_of
from kg.records import Cell

_NAME_WORDS = re.compile(
    r"\W*(?:(?:s|st|stt|t|tt|so|thu|tu|ma|noi|dung|nhiem|vu|cong|viec|hoat|dong|giai|phap|du|an|ten|cu|the|co|quan|don|vi|chu|tri|phoi|hop|thuc|hien|cac|trien|khai"
    r"|thoi|gian|han|tien|do|hoan|thanh|bat|dau|ket|thuc|truoc|san|pham|qua|ra|kien|dat|duoc|muc|tieu|yeu|cau|kinh|phi|nguon|von|ghi|nhom|phan|trach|to|chuc|moi|chung|trong|tam"
    r"|chinh|tham|gia|lo|trinh)\b\W*)+"
)
"""The words that names of columns are made of, without diacritics."""
_STEP = re.compile(r"(?:Năm\s+)?\b20\d\d\b|\bQuý\s+I[IV]{0,2}\b|\bTháng\s+\d{1,2}\b", re.IGNORECASE)
"""Years, quarters or months that head columns of marks."""
_HEADER_LINES = 7
_COLUMNS = range(3, 13)
_PAGES = 6
"""Stretches between blank lines, at most, that are pages and no rows."""
_TALLEST, _NEAR = 40, 3
"""Lines that a row has at most; lines below a table among which nothing of it may stand."""
_NUMBER = re.compile(r"\W*(?:s\W*)?t\W*t\b|\W*so\b")
_SHIFT = 2
"""Letters that a column's name stands left or right of its cells."""
_TITLE = re.compile(r"\s*(?:[IVXL]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)]?\s+[^\W\d_]")
_GROUP = re.compile(r"(?:[IVXL]{1,6}|[A-Z])[.)]?$")
_LOWER_COST, _HOLE_COST, _CAPITAL_COST, _NAMELESS_COST = 4.0, 0.25, 0.8, 8.0
"""What speaks against a cut between rows, in lines off the middle: a cell that opens in mid-sentence, lines missing in a cell, a capital further down in a name, no name."""
_OFF_MIDDLE = 1.0
"""Lines that the cells of a table stand off the middle of their rows at most, on an average."""
_HALF, _HALF_FREE = 0.5, 0.4
"""Lines by which a cell of an odd number stands off the middle of one of an even number, and how much of it costs nothing."""
_PAGE = re.compile(r"\W*\d{1,3}\W*$")


@dataclass(frozen=True, slots=True)
class _Found:
    """A line of the table: its words with their columns."""

    line: Line
    cells: tuple[tuple[int, tuple[int, int]], ...]

    def said(self, column: int) -> str:
        """What stands in the column."""
        return " ".join(self.line.text[low - self.line.start : high - self.line.start] for at, (low, high) in self.cells if at == column)


class _Path(NamedTuple):
    """The rows cut so far: those above, and the last one's first line and the one after its last."""

    above: _Path | None
    row: tuple[int, int]


_Rows = list[tuple[int, int]]
"""The lines of each row: the first, and the one after the last."""


def read_centred(text: str, lines: list[Line], at: int, patience: Patience) -> Spaced | None:
    """Read the table whose column names open in line ``at``; ``None`` where none does, or its rows cannot be told."""
    if "  " not in lines[at].text.strip() or "\t" in lines[at].text or "|" in lines[at].text:
        return None
    if not patience.left or not _names_only(lines[at]) or len(words_of(lines[at])) < _COLUMNS[0] - 1:
        return None
    end = next((index for index in range(at + 1, at + _HEADER_LINES + 1) if index == len(lines) or not _names_only(lines[index])), None)
    if end is None:
        return None
    head = find_strips(lines[at:end])
    said = " ".join(line.text for line in lines[at:end]).casefold()
    if len(head) < _COLUMNS[0] or not re.search("trì|thực|phân|trách", said):
        return None
    stop, stretches = _stretches(lines, end, head, {_squeeze(line) for line in lines[at:end]})
    pages = len(stretches) <= _PAGES and max(map(len, stretches), default=0) > _HEADER_LINES  # each has places of its own
    strips = find_strips([*lines[at:end], *(line for stretch in stretches[: 1 if pages else None] for line in stretch if not _is_title(line, head))])
    if len(strips) not in _COLUMNS:
        return None
    names = _names(text, lines[at:end], strips)
    if not is_plain_header([name for name in names if not _STEP.fullmatch(name.text)]):
        return None
    rest = next((line for line in lines[stop : stop + _NEAR] if line.text.strip()), None)
    if rest is not None and len(words_of(rest)) >= _COLUMNS[0] and not LEAVES_TABLE.match(rest.text):
        return None  # the table goes on in a way that cannot be told
    rows = _read(stretches, strips, numbered=bool(_NUMBER.match(fold(names[0].text))))
    if rows is None:
        patience.left -= 1
        return None
    cells = [[cell_of(text, pieces) for pieces in row] for row in rows]
    return Spaced(stop=stop, rows=[names, *cells], between=[])


def _names(text: str, lines: list[Line], strips: list[Word]) -> list[Cell]:
    """The names of the columns; those that stand one space apart are parted where the next column begins with a capital."""
    row: list[list[tuple[int, int]]] = [[] for _ in strips]
    for line in lines:
        for word in words_of(line):
            met = [index for index, strip in enumerate(strips) if word.start < strip.end and strip.start < word.end] or [len(strips) - 1]
            start = word.start
            for index in met[1:]:
                cut = line.text.rfind(" ", start, strips[index].start + _SHIFT)
                if cut > start and line.text[cut + 1].isupper():
                    row[met[met.index(index) - 1]].append((line.start + start, line.start + cut))
                    start = cut + 1
                    met[met.index(index) - 1] = index
            row[next(index for index in met if start < strips[index].end or index == met[-1])].append((line.start + start, line.start + word.end))
    return [cell_of(text, pieces) for pieces in row]


def _names_only(line: Line) -> bool:
    """Whether nothing but names of columns, or parts of them, stands in a line."""
    steps = _STEP.findall(line.text)
    words = fold(_STEP.sub(" ", line.text) if len(steps) > 1 else line.text)
    return bool(line.text.strip()) and ":" not in line.text and (not words.strip() or _NAME_WORDS.fullmatch(words) is not None)


def _stretches(lines: list[Line], at: int, strips: list[Word], names: set[str]) -> tuple[int, list[list[Line]]]:
    """The lines of the table between blank ones; where it ends. Names said again on a page and the page's number are left out."""
    stretches: list[list[Line]] = [[]]
    stop = index = at
    while index < len(lines):
        line = lines[index]
        if not line.text.strip():
            stretches.append([])
        elif _ends_table(line, strips, opens=not stretches[-1]) and not (_is_short(line, strips) and _goes_on(lines, index + 1, strips)):
            break
        elif not (_PAGE.match(line.text) and words_of(line)[0].start >= strips[0].end) and _squeeze(line) not in names:
            stretches[-1].append(line)
            stop = index + 1
        index += 1
    return stop, [stretch for stretch in stretches if stretch]


def _is_short(line: Line, strips: list[Word]) -> bool:
    """Whether a line may be the title of a group, or the first of a name that stands in the first column."""
    return bool(_TITLE.match(line.text)) or (words_of(line)[0].end <= strips[1].start and not LEAVES_TABLE.match(line.text))


def _goes_on(lines: list[Line], at: int, strips: list[Word]) -> bool:
    """Whether the next line with words is one of the table: right of the column of codes, or with words in several columns."""
    below = next((line for line in lines[at : at + 3] if line.text.strip()), None)
    return below is not None and not LEAVES_TABLE.match(below.text) and (words_of(below)[0].start >= strips[0].end or len(words_of(below)) >= _COLUMNS[0])


def _squeeze(line: Line) -> str:
    return " ".join(line.text.split())


def _ends_table(line: Line, strips: list[Word], *, opens: bool) -> bool:
    """Whether a line of the text stands here: a heading, or words that run from the first column into the third."""
    words = words_of(line)
    if LEAVES_TABLE.match(line.text):
        return True
    runs = len(words) == 1 and words[0].start < strips[1].end and words[0].end > strips[2].start
    left = len(words) == 1 and words[0].start < strips[0].end and not CODE.match(line.text.strip()) and not _is_title(line, strips)
    return runs or (left and (opens or words[0].end > strips[1].start))


def _is_title(line: Line, strips: list[Word]) -> bool:
    """Whether a line is the title of a group: a code and words, or words in the place of names, in one column."""
    return bool(re.match(r"\s*(?:[IVXL]{1,6}|[A-ZĐ])[.)]?\s+[^\W\d_]", line.text)) and words_of(line)[-1].end <= strips[2].start


def _read(stretches: list[list[Line]], strips: list[Word], *, numbered: bool) -> list[list[list[tuple[int, int]]]] | None:
    """The rows, for each column the stretches of text in its cell; ``None`` where they cannot be told."""
    found = [_place(stretch, strips) for stretch in stretches]
    whole = [line for lines in found for line in lines]
    if not whole or any(_collide(stretch, lines) for stretch, lines in zip(stretches, found, strict=True)):
        return None
    found, rests = _without_rests(found) if numbered else (found, {})
    parted = [(0, len(lines)) for lines in found]
    if numbered and not all(_is_one_row(lines) for lines in found):
        cuts = [_cut_coded(lines) for lines in found]
    elif not numbered and len(found) == 1:
        cuts = [_cut_filled(lines, len(strips)) or _cut_anchored(lines, len(strips)) for lines in found]
    else:
        cuts = [[span] for span in parted]
    rows: list[list[list[tuple[int, int]]]] = []
    name = int(numbered)
    for lines, spans in zip(found, cuts, strict=True):
        if spans is None:
            return None
        for column, piece in rests.get(id(lines), ()):
            rows[-1][column].append(piece)
        shared = _shared(lines, spans, len(strips), name)
        for index, (start, stop) in enumerate(spans):
            row: list[list[tuple[int, int]]] = [[] for _ in strips]
            for column, piece in _pieces(lines, start, stop, index, shared):
                row[column].append(piece)
            rows.append(row)
    return rows if _sound(rows, whole, name) else None


def _place(stretch: list[Line], strips: list[Word]) -> list[_Found]:
    columns = place_strips(find_strips(stretch, strips), strips)
    known = list(strips)
    for strip, index in columns:
        known[index] = Word(min(strip.start, known[index].start), max(strip.end, known[index].end)) if len(columns) == len(strips) else known[index]
    lines = []
    for line in stretch:
        if (title := re.match(r"\s{0,11}(?P<code>(?:[IVXL]{1,6}|[A-ZĐ]|\d{1,2})[.)]?)\s(?=[^\W\d_])", line.text)) and len(words_of(line)) == 1:
            word = words_of(line)[0]
            cells = ((0, (line.start + word.start, line.start + title.end("code"))), (1, (line.start + title.end(), line.start + word.end)))
            lines.append(_Found(line, cells))
        else:
            lines.append(_Found(line, tuple(_by_column(line, columns))))
    return lines


def _collide(stretch: list[Line], lines: list[_Found]) -> bool:
    """Whether words of two columns stand so near to each other that they cannot be told apart: apart in one column, or where others begin in other lines."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for line, placed in zip(stretch, lines, strict=True):
        if not _is_title_row(placed) and len(placed.cells) > 1:
            if len({column for column, _ in placed.cells}) < len(placed.cells):
                return True
            for column, (low, high) in placed.cells:
                taken.setdefault(column, []).append((low - line.start, high - line.start))
    reach = sorted((column, min(low for low, _ in places), max(high for _, high in places)) for column, places in taken.items())
    return any(end > start for (_, _, end), (_, start, _) in pairwise(reach))


def _by_column(line: Line, columns: list[tuple[Word, int]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The words of a line with their columns; words of two columns with one space between are parted where the second begins."""
    for word in words_of(line):
        start = word.start
        for strip, _ in columns:
            cut = line.text.rfind(" ", start, strip.start) if start < strip.start - 1 < word.end else -1
            if cut > start and strip.start - cut <= _SHIFT and any(known.start <= start < known.end and known.end <= strip.start + 1 for known, _ in columns):
                yield from by_column(_part(line, start, cut), columns)
                start = cut + 1
        yield from by_column(_part(line, start, word.end), columns)


def _part(line: Line, start: int, end: int) -> Line:
    """The same line with nothing but the words between two places."""
    return line._replace(text=" " * start + line.text[start:end])


def _without_rests(found: list[list[_Found]]) -> tuple[list[list[_Found]], dict[int, list[tuple[int, tuple[int, int]]]]]:
    """Leave out the lines at the top of a page that go on in mid-sentence: they are the rest of the last row of the page before."""
    kept, rests = found[:1], {}
    for lines in found[1:]:
        rest = next((index for index, line in enumerate(lines) if not all(line.said(column)[:1].islower() for column, _ in line.cells)), len(lines))
        kept.append(lines[rest:])
        rests[id(kept[-1])] = [cell for line in lines[:rest] for cell in line.cells]
    return kept, rests


def _code_of(found: _Found) -> str:
    code = found.said(0)
    return code if CODE.match(code) else ""


def _is_title_row(found: _Found) -> bool:
    return bool(_GROUP.match(_code_of(found))) and {column for column, _ in found.cells} <= {0, 1}


def _is_one_row(lines: list[_Found]) -> bool:
    """Whether lines between blank ones hold one code, or the title of a group."""
    return sum(bool(_code_of(found)) for found in lines) == 1 and all(_code_of(found) or not found.said(0) for found in lines)


def _cut_anchored(lines: list[_Found], width: int) -> _Rows | None:
    """Cut lines that nothing numbers at the cells of a column that has one line in each row: no two of its lines touch."""
    for column in range(width - 1, 0, -1):
        told = [index for index, found in enumerate(lines) if found.said(column)]
        if len(told) > 1 and all(lower - upper > 1 for upper, lower in pairwise(told)) and (rows := _cut(lines, told, 0)):
            return rows
    return None


def _cut_coded(lines: list[_Found]) -> _Rows | None:
    """Cut lines into rows of one code each."""
    if not lines:
        return []
    coded = [index for index, found in enumerate(lines) if _code_of(found)]
    if not coded or any(found.said(0) and not _code_of(found) for found in lines):
        return None
    return _cut(lines, coded, 1)


def _cut(lines: list[_Found], coded: list[int], name: int) -> _Rows | None:
    """Cut lines into rows around the given lines, so that the cells of each row share its middle as nearly as may be."""
    best: dict[int, tuple[float, _Path | None]] = {0: (0.0, None)}
    for code, after in pairwise([*coded, len(lines)]):
        reached: dict[int, tuple[float, _Path | None]] = {}
        title = _is_title_row(lines[code])
        stops = [code + 1] if title else range(code + 1, min(after, code + _TALLEST // 2) + 1)
        if after == len(lines):
            stops = [stop for stop in stops if stop == after]
        for start, (cost, rows) in best.items():
            if start > code or start < code - _TALLEST // 2 or (title and start != code):
                continue
            for stop in stops:
                total = cost + _cost(lines, start, stop, name)
                if stop not in reached or total < reached[stop][0]:
                    reached[stop] = (total, _Path(rows, (start, stop)))
        best = reached
    if len(lines) not in best or best[len(lines)][0] > _OFF_MIDDLE * sum(len(found.cells) > 0 for found in lines):
        return None
    cut: _Rows = []
    path = best[len(lines)][1]
    while path is not None:
        cut.append(path.row)
        path = path.above
    return cut[::-1]


def _blocks(lines: list[_Found], start: int, stop: int) -> Iterator[tuple[int, int, int, int]]:
    """The cells of a row: column, first and last line, how many lines have words."""
    places: dict[int, list[int]] = {}
    for index in range(start, stop):
        for column in {column for column, _ in lines[index].cells}:
            places.setdefault(column, []).append(index)
    for column, told in places.items():
        yield column, told[0], told[-1], len(told)


def _cost(lines: list[_Found], start: int, stop: int, name: int) -> float:
    """How badly some lines make one row."""
    middle = (start + stop - 1) / 2
    cost, named = 0.0, False
    for column, first, last, told in _blocks(lines, start, stop):
        opens = lines[first].said(column)[:1]
        off = abs((first + last) / 2 - middle)
        cost += off - min(off, _HALF) * _HALF_FREE + _HOLE_COST * (last - first + 1 - told) + _LOWER_COST * opens.islower()
        cost += _CAPITAL_COST * sum(lines[index].said(column)[:1].isupper() for index in range(first + 1, last + 1)) if column == name else 0.0
        named = named or column == name
    return cost + _NAMELESS_COST * (not named)


def _cut_filled(lines: list[_Found], width: int) -> _Rows | None:
    """Cut lines that nothing numbers: a row opens where all columns but one, at most, begin."""
    opens = [
        index
        for index, found in enumerate(lines)
        if len({column for column, _ in found.cells}) >= max(width - 1, _COLUMNS[0]) and found.said(0) and not any(found.said(column)[:1].islower() for column, _ in found.cells)
    ]
    if not opens or opens[0] != 0:
        return None
    return list(pairwise([*opens, len(lines)]))


def _shared(lines: list[_Found], spans: _Rows, width: int, name: int) -> dict[tuple[int, int], int]:
    """Cells that stand between two rows, at the edge of the one and with nothing in the other: those of the upper row, merged over both."""
    shared: dict[tuple[int, int], int] = {}
    for index, (upper, lower) in enumerate(pairwise(spans)):
        above = {column: (first, last) for column, first, last, _ in _blocks(lines, *upper)}
        below = {column: (first, last) for column, first, last, _ in _blocks(lines, *lower)}
        for column in range(name + 1, width):
            if column in below and column not in above and below[column][0] == lower[0] and not _is_title_row(lines[upper[0]]) and lower[1] - lower[0] > below[column][1] - below[column][0] + 1:
                shared[index + 1, column] = index
    return shared


def _pieces(lines: list[_Found], start: int, stop: int, index: int, shared: dict[tuple[int, int], int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The words of a row with their columns, those of the row below that are merged into it among them."""
    below = [column for (row, column), upper in shared.items() if upper == index and row == index + 1]
    for found in lines[start:stop]:
        yield from ((column, piece) for column, piece in found.cells if (index, column) not in shared)
    if below:
        for found in lines[stop : stop + _TALLEST]:
            taken = [(column, piece) for column, piece in found.cells if column in below]
            if not taken:
                break
            yield from taken


def _sound(rows: Sequence[Sequence[list[tuple[int, int]]]], lines: list[_Found], name: int) -> bool:
    """Whether what was cut looks like rows: two or more with a name and something beside it, no name in mid-sentence."""
    text = {found.line.start: found.line.text for found in lines}
    opened = []
    for row in rows:
        if row[name]:
            low = row[name][0][0]
            start = max(begin for begin in text if begin <= low)
            opened.append(text[start][low - start : low - start + 1])
    full = [row for row in rows if row[name] and any(row[name + 1 :])]
    return len(full) > 1 and len(opened) == len(rows) and not any(letter.islower() for letter in opened)
