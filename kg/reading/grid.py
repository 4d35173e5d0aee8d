"""Tables as DOCX and HTML write them: cells placed on a grid, and the columns that a reader sees.

A grid has more columns than the eye: each border that stands apart makes one.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass

from kg.reading.canonical import tidy_signs
from kg.records import BlockKind

MAX_COLUMNS = 64
_SPLIT_SHARE = 0.3
"""A header cell over several grid columns is several columns if this share of the rows has several cells below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    r"""A paragraph as written: "\n" for a line break in it, "\t" for a tab; ``kind`` where the format itself tells it."""

    text: str
    bold: bool = False
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell that is there: its first grid column, how many columns and rows it covers, what stands in it."""

    column: int
    width: int
    height: int
    items: tuple[Para | Grid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as the format writes it. ``heads``: how many first rows it calls header; ``widths``: of grid columns, if told."""

    rows: tuple[tuple[Placed, ...], ...]
    heads: int = 0
    widths: tuple[int, ...] = ()


Item = Para | Grid
Words = list[str | None]


def clean(text: str) -> str:
    r"""Give one line of canonical text: NFC, white space collapsed, signs in their one form.

    >>> clean("Sở Công\u00a0 Thương\u00ad ")
    'Sở Công Thương'
    """
    text = " ".join(tidy_signs(text.replace("\0", "")).split())
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def flat_text(item: Item) -> str:
    """All words of a paragraph or grid, in order."""
    if isinstance(item, Para):
        return item.text
    return " ".join(flat_text(inner) for row in item.rows for cell in row for inner in cell.items)


def cell_text(cell: Placed) -> str:
    """All words of a cell as one line; its footnotes are left out."""
    if len(cell.items) == 1 and isinstance(cell.items[0], Para):
        return clean(cell.items[0].text)
    return clean(" ".join(_plain(item) for item in cell.items))


def _plain(item: Item) -> str:
    if isinstance(item, Para):
        return "" if item.kind == "footnote" else item.text
    return " ".join(cell_text(cell) for row in item.rows for cell in row)


def align_cells(rows: list[tuple[Placed, ...]], guides: list[tuple[Placed, ...]], widths: tuple[int, ...]) -> list[Words]:
    """Place each cell in its column. Columns are those of the guides, rows of the header; borders that do not meet them exactly are mended.

    Word gives a table as many grid columns as its rows have different borders, so that a border moved by a hair makes
    a column of its own that nobody sees.
    """
    starts = sorted({cell.column for row in guides for cell in row})
    known = set(starts)
    if any(cell.column not in known for row in rows if len(row) != len(starts) for cell in row):
        starts = _split_columns(rows, starts, widths)
    stops = [*starts[1:], max(cell.column + cell.width for row in rows for cell in row)]
    exact = {start: index for index, start in enumerate(starts)}
    aligned: list[Words] = []
    for row in rows:
        out: Words = [None] * len(starts)
        ordered = len(row) == len(starts)  # a cell for each column: pages that were joined have borders of their own
        for index, cell in enumerate(row):
            at = index if ordered else exact.get(cell.column)
            at = _column_of(cell, starts, stops, widths) if at is None else at
            text, before = cell_text(cell), out[at]
            out[at] = text if before is None else f"{before} {text}".strip()
        aligned.append(out)
    return aligned


def widest_row(rows: list[tuple[Placed, ...]]) -> tuple[Placed, ...]:
    """The row of most cells; of equals the first."""
    return max(rows, key=len)


def usual_row(rows: list[tuple[Placed, ...]]) -> tuple[Placed, ...]:
    """The row whose borders most rows share; of equals the one with most cells, then the first."""
    shapes = Counter(tuple(cell.column for cell in row) for row in rows)
    return max(rows, key=lambda row: (shapes[tuple(cell.column for cell in row)], len(row)))


def _split_columns(rows: list[tuple[Placed, ...]], starts: list[int], widths: tuple[int, ...]) -> list[int]:
    """Add the borders at which enough rows have two cells under one of the header."""
    stops = [*starts[1:], max(cell.column + cell.width for row in rows for cell in row)]
    split: Counter[int] = Counter()
    for row in rows:
        if len(row) == len(starts):
            continue
        taken: set[int] = set()
        for cell in row:
            at = _column_of(cell, starts, stops, widths)
            if at in taken:
                split[cell.column] += 1
            taken.add(at)
    return sorted({*starts, *(column for column, count in split.items() if count > _SPLIT_SHARE * len(rows))})


def _column_of(cell: Placed, starts: list[int], stops: list[int], widths: tuple[int, ...]) -> int:
    """The column that a cell covers most of; the first of equals. A cell over several whole columns goes in the first."""
    first, last = cell.column, cell.column + cell.width
    shares = [
        (_measure(max(first, low), min(last, high), widths) / (_measure(low, high, widths) or 1), -index)
        for index, (low, high) in enumerate(zip(starts, stops, strict=True))
    ]
    return -max(shares)[1]


def _measure(low: int, high: int, widths: tuple[int, ...]) -> float:
    if low >= high:
        return 0.0
    known = sum(widths[low:high]) if len(widths) >= high else 0
    return float(known or high - low)
