"""PDF pages → pieces in reading order: paragraphs, footnotes and tables; page numbers and running titles left out.

Gives: for each page a list of ``Paragraph`` and ``Grid`` text, plain values that can be sent between processes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kg.reading.pdf_page import Page, Word, cluster_lines
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


class _Sheet(NamedTuple):
    """A page without its furniture: the words and lines outside of its ruled tables, those tables, and frames that are none."""

    page: Page
    words: list[Word]
    lines: list[list[Word]]
    ruled: list[Grid]
    framed: list[Grid]


class _Seen(NamedTuple):
    """What was found on a page: all tables, stretches of running text, footnotes; the gutters of a table without vertical rules that may go on."""

    grids: list[Grid]
    texts: list[list[list[Word]]]
    notes: list[list[list[Word]]]
    gutters: tuple[float, ...]


def lay_out(pages: Sequence[Page]) -> list[list[Piece]]:
    """Read all pages; running titles are known by their return from page to page."""
    lines = [cluster_lines(page.words) for page in pages]
    running = _running_titles(pages, lines)
    for at in range(len(pages) - 1):
        lines[at] = _drop_clipped(lines[at], lines[at + 1])
    sheets = [_clear(page, own, running) for page, own in zip(pages, lines, strict=True)]
    seen = [_see(sheet, ()) for sheet in sheets]
    at = 0
    while at < len(seen):
        stop, known = _run_of(sheets, seen, at)
        for place in range(at, min(stop + 1, len(seen))) if known else ():
            seen[place] = _see(sheets[place], known)
        at = stop + 1
    return [_write(each, sheet.page) for each, sheet in zip(seen, sheets, strict=True)]


def _run_of(sheets: Sequence[_Sheet], seen: Sequence[_Seen], first: int) -> tuple[int, tuple[float, ...]]:
    """Give how far a table without vertical rules goes on from a page (one past the last), and its gutters as the fullest page tells them.

    A page between that shows too little of the table to tell its columns goes with those around it.
    """
    stop = first
    known: tuple[float, ...] = ()
    while stop < len(seen):
        gutters = seen[stop].gutters or (known and _see(sheets[stop], known).gutters)
        if not gutters:
            break
        known = max(known, gutters, key=len)
        stop += 1
    return stop, known


def _drop_clipped(lines: list[list[Word]], below: list[list[Word]]) -> list[list[Word]]:
    """Leave out letters of the next page's first line that a browser drew, clipped, at this page's foot."""
    feet = [word for line in lines[-2:] if len(line) <= 3 for word in line if len(word.text) <= 2]
    heads = [word for line in below[:3] for word in line] if feet else []
    ghosts = {word.at for word in feet if any(_is_ghost(word, head) for head in heads)}
    return cluster_lines([word for line in lines for word in line if word.at not in ghosts]) if ghosts else lines


def _is_ghost(word: Word, head: Word) -> bool:
    return word.text.isalpha() and word.text in head.text and head.x0 - 1 <= word.x0 <= head.x1


def _edge_lines(lines: list[list[Word]]) -> list[list[Word]]:
    """The two first and two last lines of a page."""
    return lines if len(lines) <= 4 else [*lines[:2], *lines[-2:]]


def _running_key(line: list[Word]) -> tuple[str, int]:
    return re.sub(r"\d+", "#", " ".join(word.text for word in line)), round(line[0].base / 4)


def _running_titles(pages: Sequence[Page], lines: Sequence[list[list[Word]]]) -> frozenset[tuple[str, int]]:
    """Lines that stand alike at the same height, numbers aside, on most pages, outside of their tables."""
    if len(pages) < 3:
        return frozenset()
    seen: Counter[tuple[str, int]] = Counter()
    for page, own in zip(pages, lines, strict=True):
        keys = {
            _running_key(line)
            for line in _edge_lines(own)
            if len(cut_pieces(line, 0.7)) < 3  # else a table's repeated header
            and not any(rule.low - 2 <= line[0].base <= rule.high + 2 for rule in page.down)
        }
        seen.update(keys)
    return frozenset(key for key, times in seen.items() if times >= max(3, 0.5 * len(pages)))


def _clear(page: Page, lines: list[list[Word]], running: frozenset[tuple[str, int]]) -> _Sheet:
    """Take page number, running titles and ruled tables off a page."""
    kept = _drop_furniture(page, lines, running)
    words = [word for line in kept for word in line]
    ruled, rest = find_ruled(words, page.across, page.down)
    framed = [grid for grid in ruled if _is_framed(grid)]
    if framed:
        ruled = [grid for grid in ruled if grid not in framed]
        rest += [word for grid in framed for row in grid.rows for cell in row for word in cell or ()]
    return _Sheet(page, rest, kept if len(rest) == len(words) else cluster_lines(rest), ruled, framed)


def _drop_furniture(page: Page, lines: list[list[Word]], running: frozenset[tuple[str, int]]) -> list[list[Word]]:
    """Give a page's lines without its number and running titles."""
    edges = [at for at in range(len(lines)) if at < 2 or at >= len(lines) - 2]
    dropped = {at for at in edges if _is_furniture(page, lines, at, running)}
    return [line for at, line in enumerate(lines) if at not in dropped] if dropped else lines


def _is_furniture(page: Page, lines: list[list[Word]], at: int, running: frozenset[tuple[str, int]]) -> bool:
    line = lines[at]
    text = " ".join(word.text for word in line)
    margin = line[0].base < 0.1 * page.height or line[0].base > 0.88 * page.height
    number = (at == 0 or at == len(lines) - 1) and margin and bool(_PAGE_NUMBER.match(text))
    inner = lines[at + 1 : at + 2] if at < 2 else lines[at - 1 : at]
    apart = not inner or abs(inner[0][0].base - line[0].base) > 1.6 * line[0].size
    if not (number or (apart and _running_key(line) in running)):
        return False
    return not any(rule.low + 2 <= line[0].base <= rule.high - 2 for rule in page.down)


def _see(sheet: _Sheet, known: tuple[float, ...]) -> _Seen:
    """Find a page's tables without rules, and what stands between tables; ``known``: the gutters of the table that may go on here."""
    page, ruled = sheet.page, sheet.ruled
    banded, rest = find_banded(sheet.words, page.across, known)
    grids = [*ruled, *banded]
    lines = cluster_lines(rest) if banded else sheet.lines
    frames = ((edge, edge) for grid in sheet.framed for edge in (grid.top, grid.bottom))
    stops = sorted([*((grid.top, grid.bottom) for grid in grids), *frames])
    texts: list[list[list[Word]]] = []
    notes: list[list[list[Word]]] = []
    for stretch in _stretches(lines, stops):
        body, small = _split_notes(stretch, page, last=stretch[-1][0].base >= max([s[1] for s in stops], default=0.0))
        done = 0
        for first, stop, grid in find_unruled(body, known or _inner(banded), page.bold, top=stretch[0] is lines[0] and not stops):
            texts.append(body[done:first])
            grids.append(grid)
            done = stop
        texts.append(body[done:])
        notes.append(small)
    loose = sorted((grid for grid in grids if grid not in ruled), key=lambda grid: grid.top)
    return _Seen(grids, texts, notes, _inner(loose))


def _write(seen: _Seen, page: Page) -> list[Piece]:
    """Give a page's pieces from top to bottom, its footnotes last."""
    placed = [pair for text in seen.texts for pair in _running_text(text, page)]
    placed.extend((grid.top, [_table(grid)]) for grid in _join_grids(seen.grids, [place for place, _ in placed]))
    placed.sort(key=lambda pair: pair[0])
    notes = [note for small in seen.notes for note in read_paragraphs(column_lines(small), page, small=True)]
    return [*(piece for _, pieces in placed for piece in pieces), *notes]


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
