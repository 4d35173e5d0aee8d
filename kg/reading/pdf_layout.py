"""PDF pages → pieces in reading order: paragraphs, footnotes and tables; page numbers and running titles left out.

Gives: for each page a list of ``Paragraph`` and ``Grid`` text, plain values that can be sent between processes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.reading.pdf_paragraphs import (
    NOTE,
    Paragraph,
    Sure,
    column_lines,
    cut_blocks,
    join_lines,
    line_text,
    read_block,
    read_paragraphs,
    sure_of,
)
from kg.reading.pdf_tables import Grid, find_ruled
from kg.reading.pdf_text import Page, Word, cluster_lines
from kg.reading.pdf_white import cut_pieces, find_banded, find_unruled
from kg.reading.tables import is_layout_table
from kg.records import Cell, Passage

_PAGE_NUMBER = re.compile(r"\s*(?:[-–]\s*)?(?:(?:Trang|Page)\s+)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?(?:\s*[-–])?\s*$", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,2}\s*[^\W\d]")


class TableText(NamedTuple):
    """A table's part on one page: borders of its columns, rows of cell texts (``None``: covered by a merged cell).

    ``sure`` has one entry a cell, row by row; () where nothing was recognised.
    """

    edges: tuple[float, ...]
    rows: list[list[str | None]]
    sure: tuple[Sure, ...] = ()


Piece = Paragraph | TableText


def lay_out(pages: Sequence[Page]) -> list[list[Piece]]:
    """Read all pages; running titles are known by their return from page to page."""
    running = _running_titles(pages)
    pages = [*(_drop_clipped(page, below) for page, below in pairwise(pages)), *pages[-1:]]
    laid = [_read_page(page, running, ()) for page in pages]
    for first, last in _runs([bool(gutters) for _, gutters in laid]):
        known = max((gutters for _, gutters in laid[first:last]), key=len)
        for at in range(first, min(last + 1, len(pages))):
            laid[at] = _read_page(pages[at], running, known)
    return [pieces for pieces, _ in laid]


def _runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """Stretches of ``True``: first, and one past the last."""
    bounds = [at for at in range(len(marks) + 1) if (at > 0 and marks[at - 1]) != (at < len(marks) and marks[at])]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _drop_clipped(page: Page, below: Page) -> Page:
    """Leave out letters of the next page's first line that a browser drew, clipped, at this page's foot."""
    lines, following = cluster_lines(page.words), cluster_lines(below.words)[:3]
    feet = [word for line in lines[-2:] if len(line) <= 3 for word in line]
    heads = [word for line in following for word in line]
    ghosts = {word.at for word in feet if len(word.text) <= 2 and any(_is_ghost(word, head) for head in heads)}
    return page._replace(words=[word for word in page.words if word.at not in ghosts]) if ghosts else page


def _is_ghost(word: Word, head: Word) -> bool:
    return word.text.isalpha() and word.text in head.text and head.x0 - 1 <= word.x0 <= head.x1


def _edge_lines(page: Page) -> list[list[Word]]:
    """The two first and two last lines of a page."""
    lines = cluster_lines(page.words)
    return lines if len(lines) <= 4 else [*lines[:2], *lines[-2:]]


def _running_key(line: list[Word]) -> tuple[str, int]:
    return re.sub(r"\d+", "#", " ".join(word.text for word in line)), round(line[0].base / 4)


def _running_titles(pages: Sequence[Page]) -> frozenset[tuple[str, int]]:
    """Lines that stand alike at the same height, numbers aside, on most pages, outside of their tables."""
    if len(pages) < 3:
        return frozenset()
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        keys = {
            _running_key(line)
            for line in _edge_lines(page)
            if len(cut_pieces(line, 0.7)) < 3  # else a table's repeated header
            and not any(rule.low - 2 <= line[0].base <= rule.high + 2 for rule in page.down)
        }
        seen.update(keys)
    return frozenset(key for key, times in seen.items() if times >= max(3, 0.5 * len(pages)))


def _drop_furniture(page: Page, running: frozenset[tuple[str, int]]) -> list[Word]:
    lines = cluster_lines(page.words)
    dropped: set[int] = set()
    for at, line in enumerate(lines):
        edge = at < 2 or at >= len(lines) - 2
        text = " ".join(word.text for word in line)
        margin = line[0].base < 0.1 * page.height or line[0].base > 0.88 * page.height
        number = (at == 0 or at == len(lines) - 1) and margin and bool(_PAGE_NUMBER.match(text))
        inner = lines[at + 1 : at + 2] if at < 2 else lines[at - 1 : at]
        apart = not inner or abs(inner[0][0].base - line[0].base) > 1.6 * line[0].size
        if edge and (number or (apart and _running_key(line) in running)):
            boxed = any(rule.low + 2 <= line[0].base <= rule.high - 2 for rule in page.down)
            if not boxed:
                dropped.update(word.at for word in line)
    return [word for word in page.words if word.at not in dropped]


def _read_page(
    page: Page, running: frozenset[tuple[str, int]], known: tuple[float, ...]
) -> tuple[list[Piece], tuple[float, ...]]:
    """Give a page's pieces, and the gutters of the table without vertical rules that may go on below."""
    words = _drop_furniture(page, running)
    ruled, rest = find_ruled(words, page.across, page.down)
    framed = [grid for grid in ruled if _is_framed(grid)]
    ruled = [grid for grid in ruled if grid not in framed]
    rest += [word for grid in framed for row in grid.rows for cell in row for word in cell or ()]
    banded, rest = find_banded(rest, page.across, known)
    grids = [*ruled, *banded]
    stops = sorted([*((grid.top, grid.bottom) for grid in grids), *((edge, edge) for grid in framed for edge in (grid.top, grid.bottom))])
    placed: list[tuple[float, list[Piece]]] = []
    notes: list[Piece] = []
    for stretch in _stretches(cluster_lines(rest), stops):
        body, small = _split_notes(stretch, page, last=stretch[-1][0].base >= max([s[1] for s in stops], default=0.0))
        done = 0
        for first, stop, grid in find_unruled(body, known or _inner(banded), page.bold):
            placed.extend(_running_text(body[done:first], page))
            grids.append(grid)
            done = stop
        placed.extend(_running_text(body[done:], page))
        if small:
            notes.extend(read_paragraphs(column_lines(small), page, small=True))
    loose = [grid for grid in grids if grid not in ruled]
    placed.extend((grid.top, [_table(grid)]) for grid in _join_grids(grids, [place for place, _ in placed]))
    placed.sort(key=lambda pair: pair[0])
    return [*(piece for _, pieces in placed for piece in pieces), *notes], _inner(sorted(loose, key=lambda grid: grid.top))


def _is_framed(grid: Grid) -> bool:
    """Whether rules frame a letterhead, or recipients and signature: set as a table, they are read as lines in two columns."""
    words = [[None if cell is None else " ".join(word.text for line in cluster_lines(cell) for word in line) for cell in row] for row in grid.rows]
    return is_layout_table([[None if text is None else Cell(passage=Passage(text=text)) for text in row] for row in words])


def _inner(grids: Sequence[Grid]) -> tuple[float, ...]:
    """The borders between the columns of the last table."""
    return grids[-1].edges[1:-1] if grids else ()


def _join_grids(grids: Sequence[Grid], texts: Sequence[float]) -> list[Grid]:
    """Join tables of the same columns that no text parts: rows with rules, and a last row that none closes."""
    joined: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: grid.top):
        above = joined[-1] if joined else None
        if (
            above is not None
            and len(above.edges) == len(grid.edges)
            and all(abs(a - b) < 12 for a, b in zip(above.edges[1:-1], grid.edges[1:-1], strict=True))
            and not any(above.top < place < grid.top for place in texts)
        ):
            joined[-1] = Grid(above.top, grid.bottom, above.edges, [*above.rows, *grid.rows])
        else:
            joined.append(grid)
    return joined


def _running_text(lines: list[list[Word]], page: Page) -> list[tuple[float, list[Piece]]]:
    return [(block[0][0].base, list(read_block(block, page))) for block in cut_blocks(lines)]


def _stretches(lines: list[list[Word]], stops: list[tuple[float, float]]) -> list[list[list[Word]]]:
    """Cut lines where a table stands between."""
    stretches: list[list[list[Word]]] = []
    place = -1
    for line in lines:
        now = sum(top < line[0].base for top, _ in stops)
        if now != place:
            stretches.append([])
            place = now
        stretches[-1].append(line)
    return stretches


def _split_notes(lines: list[list[Word]], page: Page, *, last: bool) -> tuple[list[list[Word]], list[list[Word]]]:
    """Cut the footnotes off: smaller lines at the foot of the page, the first of which opens with a note mark."""
    if not last or not lines:
        return lines, []
    sizes = sorted(word.size for word in page.words)
    usual = sizes[len(sizes) // 2]
    rules = [rule.at for rule in page.across if rule.high - rule.low < 0.5 * page.width and rule.at > 0.4 * page.height]
    first = len(lines)
    while first > 0 and max(word.size for word in lines[first - 1]) < 0.92 * usual:
        first -= 1
    for at in range(first, len(lines)):
        under_rule = any(abs(lines[at][0].base - lines[at][0].size / 2 - rule) < 20 for rule in rules)
        text = line_text(lines[at])
        if NOTE.match(text) or (under_rule and _NUMBERED.match(text)):
            return lines[:at], lines[at:]
    return lines, []


def _table(grid: Grid) -> TableText:
    rows: list[list[str | None]] = []
    sure: list[Sure] = []
    for row in grid.rows:
        rows.append([])
        for cell in row:
            lines = None if cell is None else cluster_lines(cell)
            rows[-1].append(None if lines is None else join_lines([line_text(line) for line in lines]))
            sure.append(sure_of(lines or []))
    return TableText(grid.edges, rows, tuple(sure) if any(sure) else ())
