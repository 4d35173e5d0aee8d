"""Tables whose cells stand between lines that hold only "|".

How such text comes about: a page's table is written out as "|" cell "|" cell … "|", a row after the other, so that
between two rows stand two "|" lines, and an empty cell looks like the border of two rows. Which is which is decided
for the whole table at once: the reading with the fewest oddities wins (dynamic programming over the cells).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from kg.reading.flow import read_passage
from kg.reading.lines import Line
from kg.records import Cell, Row, Span, Table

_CODE = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,6}(?:\.\d+)*|[A-ZĐ]|[a-zđ])[.)]?\W*$")
_HEAD = re.compile(r"\W*(?:S?TT|Số\s*TT|Số thứ tự|No\.?|Mã\b)\W*$", re.IGNORECASE)
_BODY = re.compile(
    r"^\W*(?:PHỤ LỤC|Phụ lục|KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|ĐỀ ÁN|DANH MỤC|THÔNG BÁO|CHỈ THỊ|NGHỊ QUYẾT|Điều \d"
    r"|[IVX]+\.\s|\[\d+\])",
    re.MULTILINE,
)


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
    best: dict[State, Move] = {(0, _shape(tokens, 0)): Move(0.0, None, 0, ends_table=True)}
    pending: list[list[Shape]] = [[] for _ in range(len(tokens) + 2)]
    pending[0].append(_shape(tokens, 0))
    final: tuple[float, State] | None = None
    for at in range(len(tokens) + 1):
        for shape in sorted(set(pending[at])):
            state = (at, shape)
            cost = best[state].cost
            if at >= len(tokens):
                final = (cost, state) if final is None or cost < final[0] else final
                continue
            for length in range(1, min(shape.columns + 2, len(tokens) - at) + 1):
                for target, move in _moves(tokens, state, length, cost):
                    if target not in best or move.cost < best[target].cost:
                        if target not in best:
                            pending[target[0]].append(target[1])
                        best[target] = move
    return _trace(best, final[1]) if final else []


def _moves(tokens: list[Token], state: State, length: int, cost: float) -> list[tuple[State, Move]]:
    """Where a row of ``length`` cells can lead: to the next row, or out of the table."""
    at, shape = state
    stop = at + length
    cost += _row_cost(tokens, at, shape, length)
    if stop >= len(tokens):
        return [((len(tokens), shape), Move(cost + 1.0, state, length, ends_table=True))]
    after = tokens[stop]
    if not after.text:
        return [((stop + 1, shape), Move(cost, state, length, ends_table=False))]
    cost += _body_cost(after.text)
    return [((stop + 1, _shape(tokens, stop + 1)), Move(cost, state, length, ends_table=True))]


def _shape(tokens: list[Token], at: int) -> Shape:
    """The table that starts here: as many columns as cells up to the first empty one."""
    stop = at
    while stop < len(tokens) and tokens[stop].text and stop - at < 16:
        stop += 1
    return Shape(max(1, stop - at), stop > at and bool(_HEAD.match(tokens[at].text)))


def _row_cost(tokens: list[Token], at: int, shape: Shape, length: int) -> float:
    width = shape.columns
    cells = [token.text for token in tokens[at : at + length]]
    empty = sum(not cell for cell in cells)
    if empty == length:
        return 0.3 if length == width else 2.0
    cost = 0.2 * empty
    if any(not before and _CODE.match(cell) for before, cell in zip(cells, cells[1:], strict=False)):
        cost += 2.0  # a number behind an empty cell opens a row
    if any(len(cell) > 1500 and _BODY.search(cell) for cell in cells):
        cost += 3.0
    if shape.coded and length >= min(width, 4) and len(cells[0]) > 12 and not _HEAD.match(cells[0]):
        cost += 2.5  # a sentence where every row has its number: cells of the row above reach down
    if length == width:
        return cost
    if length > width:
        return cost + 1.5 * (length - width)
    if length <= 2:
        return cost + 0.4 + 0.5 * empty
    return cost + 0.9 + 0.5 * empty


def _body_cost(text: str) -> float:
    if _BODY.search(text) or len(text) > 400 or text.count("\n") > 6:
        return 0.1
    return 2.5


def _trace(best: dict[State, Move], state: State) -> list[tuple[int, list[int], int]]:
    path: list[tuple[int, Move]] = []
    while (move := best[state]).previous is not None:
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
