"""Tables whose cells stand between lines that hold only "|".

How such text comes about: a page's table is written out as "|" cell "|" cell … "|", a row after the other, so that
between two rows stand two "|" lines, and an empty cell looks like the border of two rows. Which is which is decided
for the whole table at once: the reading with the fewest oddities wins (dynamic programming over the cells).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from kg.reading.align import features
from kg.reading.flow import read_passage
from kg.reading.headers import count_parents
from kg.reading.lines import Line
from kg.records import Cell, Row, Span, Table

_CODE = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,6}(?:\.\d+)*|[A-ZĐ]|[a-zđ])[.)]?\W*$")
NUMBERS = re.compile(r"\W*(?:S?TT|Số\s*TT|Số thứ tự|No\.?|Mã\b)\W*$", re.IGNORECASE)
"""The name of the column that numbers the rows."""
_BODY = re.compile(
    r"^\W*(?:PHỤ LỤC|Phụ lục|KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|ĐỀ ÁN|DANH MỤC|THÔNG BÁO|CHỈ THỊ|NGHỊ QUYẾT|Điều \d"
    r"|[IVX]+\.\s|\[\d+\])",
    re.MULTILINE,
)
_ANNEX = re.compile(r"\W*PHỤ LỤC\b[^\n]*\n")
_MAX_COLUMNS = 16
_HEADING = 2  # cells of a group's heading: its number and its title
_PAGE_LETTERS = 600
"""More than this with headings in it is no cell."""
_TIME_LETTERS = 16
_TICKS = ("x", "X")
_MANY_TICKS = 2
"""More cells of one x than this are marks in columns of months or years, no tenth groups."""
_NUMBER_ALONE = 8.0  # a number opens a row; between two tables it hardly stands by itself
_DESPAIR = 12.0


class Token(NamedTuple):
    """What stands between two "|" lines: a range of lines, and its stripped text."""

    first: int
    last: int
    text: str


class Shape(NamedTuple):
    """A table's number of columns, and whether its first column numbers the rows."""

    columns: int
    coded: bool


State = tuple[int, Shape]


class Move(NamedTuple):
    """How the table was read up to here: the row that ends here, and where the reading came from."""

    cost: float
    previous: State | None
    length: int
    ends_table: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRegion:
    """A stretch of text outside of tables (line range, end exclusive), or a table."""

    first: int
    last: int
    table: Table | None = None


def read_cell_tables(text: str, lines: list[Line], first: int, last: int) -> list[CellRegion]:
    """Read lines ``first`` to ``last`` (exclusive), which hold "|" lines, as tables and the text between them."""
    bars = [index for index in range(first, last) if lines[index].text.strip() == "|"]
    tokens = _tokens(text, lines, bars, last)
    regions = [CellRegion(first=first, last=bars[0])]
    for start, lengths, end in _segment(tokens):
        rows = _rows(text, lines, tokens, start, lengths)
        if rows:
            span = Span(lines[tokens[start].first - 1].start, lines[tokens[end - 1].last - 1].end)
            table = Table(header=rows[0].cells, rows=tuple(rows[1:]), span=span, layout="cells")
            regions.append(CellRegion(first=tokens[start].first, last=tokens[end - 1].last, table=table))
        if end < len(tokens) and tokens[end].text:
            regions.append(CellRegion(first=tokens[end].first, last=tokens[end].last))
    return regions


def _tokens(text: str, lines: list[Line], bars: list[int], last: int) -> list[Token]:
    tokens: list[Token] = []
    for low, high in zip(bars, [*bars[1:], last], strict=True):
        stop = lines[high].start if high < len(lines) else len(text)
        tokens.append(Token(low + 1, high, text[lines[low].end : stop].strip()))
    return tokens


def _segment(tokens: list[Token]) -> list[tuple[int, list[int], int]]:
    """Cut the tokens into tables: (first token, lengths of its rows, token after its last row)."""
    costs = _Costs(tokens)
    best: list[dict[Shape, Move]] = [{} for _ in range(len(tokens) + 1)]
    best[0][costs.shapes[0]] = Move(0.0, None, 0, ends_table=True)
    for at in range(len(tokens)):
        for shape, before in _likely(best[at]):
            for length in range(1, min(shape.columns + 2, len(tokens) - at) + 1):
                stop = at + length
                cost = before.cost + costs.row(at, shape, length)
                after, ends = shape, False
                if stop == len(tokens):
                    cost, ends = cost + 1.0, True
                elif costs.filled[stop]:
                    cost, ends = cost + costs.body[stop], True
                    after = costs.shapes[stop + 1]
                reached = best[min(stop + 1, len(tokens))]
                known = reached.get(after)
                if known is None or cost < known.cost:
                    reached[after] = Move(cost, (at, shape), length, ends)
    last = min(best[-1], key=lambda shape: (best[-1][shape].cost, shape))
    return _trace(best, (len(tokens), last))


def _likely(moves: dict[Shape, Move]) -> list[tuple[Shape, Move]]:
    """The readings worth following, in a fixed order. What is this much dearer than the best has never won (22 documents)."""
    if len(moves) < 2:
        return list(moves.items())
    limit = min(move.cost for move in moves.values()) + _DESPAIR
    return sorted((shape, move) for shape, move in moves.items() if move.cost <= limit)


class _Costs:
    """How odd each reading of the tokens is; sums over stretches are taken from running totals, so any row is O(1)."""

    def __init__(self, tokens: list[Token]) -> None:
        texts = [token.text for token in tokens]
        self.filled = [bool(text) for text in texts]
        self.body = [_body_cost(text) if text else 0.0 for text in texts]
        self.shapes = [*_shapes(texts), Shape(1, coded=False)]
        self.sentence = [len(text) > 12 and not NUMBERS.match(text) for text in texts]
        self.time = [len(text) <= _TIME_LETTERS and bool(features(text)[2]) for text in texts]
        ticked = sum(text in _TICKS for text in texts) > _MANY_TICKS
        self.code = [bool(_CODE.match(text)) and not (ticked and text in _TICKS) for text in texts]
        self._numbers = list(accumulate((bool(NUMBERS.match(text)) for text in texts), initial=0))
        self._empty = list(accumulate((not text for text in texts), initial=0))
        self._bodies = list(accumulate(map(_is_body, texts), initial=0))
        opens = (code and not above for above, code in zip(["|", *texts], self.code, strict=False))
        self._opens = list(accumulate(opens, initial=0))

    def row(self, at: int, shape: Shape, length: int) -> float:
        """The cost of reading ``length`` cells from ``at`` as one row of a table of this shape."""
        stop, width = at + length, shape.columns
        empty = self._empty[stop] - self._empty[at]
        if empty == length:
            return 0.3 if length == width else 2.0
        cost = 0.2 * empty
        if self._opens[stop] > self._opens[at + 1]:
            cost += 2.0  # a number behind an empty cell opens a row
        if self._numbers[stop] > self._numbers[at + 1]:
            cost += 1.5  # the column that numbers the rows stands first
        if length == 1 and self.time[at]:
            cost += 1.5  # no heading over all columns is a time alone
        if self._bodies[stop] > self._bodies[at]:
            cost += 3.0
        if shape.coded and length >= min(width, 4) and self.sentence[at]:
            cost += 2.5  # a sentence where every row has its number: cells of the row above reach down
        if length == width:
            return cost
        if length > width:
            return cost + 1.5 * (length - width)
        return cost + 0.5 * empty + (0.4 if length <= 2 or (shape.coded and self.code[at]) else 0.9)


def _shapes(texts: list[str]) -> list[Shape]:
    """The table that would start at each token: as many columns as cells up to the first empty one; below the heading of a group, as the rows there."""
    shapes: list[Shape] = []  # from the last token to the first
    filled = 0
    for text in reversed(texts):
        filled = filled + 1 if text else 0
        columns = filled
        if filled == _HEADING and _CODE.match(text):
            below = shapes[len(shapes) - filled - 1].columns if len(shapes) > filled else 0
            under = shapes[len(shapes) - filled - below - 2].columns if len(shapes) > filled + below + 1 else 0
            columns = max(filled, below, under if under == below + 1 else 0)  # names of columns may lack the one that numbers
        shapes.append(Shape(max(1, min(columns, _MAX_COLUMNS)), coded=bool(text and NUMBERS.match(text))))
    shapes.reverse()
    return [_with_lower_names(texts, at, shape) for at, shape in enumerate(shapes)]


def _with_lower_names(texts: list[str], at: int, shape: Shape) -> Shape:
    """The table of a header of two rows, the lower with the names under its merged cells, has as many columns as both make."""
    below = at + shape.columns + 1
    if not shape.coded or below >= len(texts) or texts[below - 1]:
        return shape
    stop = next((index for index in range(below, len(texts)) if not texts[index]), len(texts))
    parents = count_parents(texts[below:stop]) if _HEADING <= stop - below < _MAX_COLUMNS else 0
    return shape._replace(columns=min(_MAX_COLUMNS, shape.columns + stop - below - parents)) if parents else shape


def _is_body(text: str) -> bool:
    """Whether the text can hardly be one cell: pages of it with headings, or the title of an annex."""
    return bool(_ANNEX.match(text)) or (len(text) > _PAGE_LETTERS and bool(_BODY.search(text)))


def _body_cost(text: str) -> float:
    if len(text) > 400 or text.count("\n") > 6 or _BODY.search(text):
        return 0.1
    return _NUMBER_ALONE if _CODE.match(text) else 2.5


def _trace(best: list[dict[Shape, Move]], state: State) -> list[tuple[int, list[int], int]]:
    path: list[tuple[int, Move]] = []
    while (move := best[state[0]][state[1]]).previous is not None:
        state = move.previous
        path.append((state[0], move))
    tables: list[tuple[int, list[int], int]] = []
    start, lengths = -1, []
    for index, (at, move) in enumerate(reversed(path)):
        start = at if start < 0 else start
        lengths.append(move.length)
        if move.ends_table or index == len(path) - 1:
            tables.append((start, lengths, at + move.length))
            start, lengths = -1, []
    return tables


def _rows(text: str, lines: list[Line], tokens: list[Token], start: int, lengths: list[int]) -> list[Row]:
    rows: list[Row] = []
    at = start
    for length in lengths:
        cells = tuple(_cell(text, lines, token) for token in tokens[at : at + length])
        if any(cell.passage.text for cell in cells):
            rows.append(Row(cells=cells))
        at += length + 1
    return rows


def _cell(text: str, lines: list[Line], token: Token) -> Cell:
    if token.first >= token.last:
        at = lines[token.first - 1].end
        return Cell(passage=read_passage(text, at, at))
    return Cell(passage=read_passage(text, lines[token.first].start, lines[token.last - 1].end))
