"""PDF pages → pieces in reading order: paragraphs, footnotes and tables; page numbers and running titles left out.

Gives: for each page a list of ``Paragraph`` and ``Grid`` text, plain values that can be sent between processes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from kg.reading.lines import MARK
from kg.reading.pdf_mend import mend_text
from kg.reading.pdf_tables import Grid, cut_pieces, find_banded, find_ruled, find_unruled
from kg.reading.pdf_text import Page, Word, cluster_lines

_PAGE_NUMBER = re.compile(r"\s*(?:[-–]\s*)?(?:(?:Trang|Page)\s+)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?(?:\s*[-–])?\s*$", re.IGNORECASE)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*\S|\[\d{1,2}\]\s*\S")
_NUMBERED = re.compile(r"\d{1,2}\s*[^\W\d]")
_GLUED_END = re.compile(r"[^\W_][-/]$")
_END = re.compile(r"[.;:!?…]['\"”’)\]]*$")


Sure = tuple[tuple[int, int], ...]
"""How surely a text was recognised: stretches of (characters but spaces, percent), in order; () where it was not recognised."""


class Paragraph(NamedTuple):
    """A paragraph as printed. ``full``: its last line fills the column; ``flush``: its first line begins at the margin."""

    text: str
    bold: bool
    small: bool
    full: bool
    flush: bool
    sure: Sure = ()


class TableText(NamedTuple):
    """A table's part on one page: borders of its columns, rows of cell texts (``None``: covered by a merged cell).

    ``sure`` has one entry a cell, row by row; () where nothing was recognised.
    """

    edges: tuple[float, ...]
    rows: list[list[str | None]]
    sure: tuple[Sure, ...] = ()


Piece = Paragraph | TableText


class Line(NamedTuple):
    """A line of one column of running text."""

    x0: float
    x1: float
    base: float
    size: float
    words: list[Word]


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
    banded, rest = find_banded(rest, page.across, known)
    grids = [*ruled, *banded]
    stops = sorted((grid.top, grid.bottom) for grid in grids)
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
            notes.extend(_paragraphs(_lines(small), page, small=True))
    loose = [grid for grid in grids if grid not in ruled]
    placed.extend((grid.top, [_table(grid)]) for grid in _join_grids(grids, [place for place, _ in placed]))
    placed.sort(key=lambda pair: pair[0])
    return [*(piece for _, pieces in placed for piece in pieces), *notes], _inner(sorted(loose, key=lambda grid: grid.top))


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
    return [(block[0][0].base, _read_block(block, page)) for block in _blocks(lines)]


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
        if _NOTE.match(text) or (under_rule and _NUMBERED.match(text)):
            return lines[:at], lines[at:]
    return lines, []


def line_text(line: Sequence[Word]) -> str:
    """The words of a line with single spaces; raised digits as superscripts."""
    size = max(word.size for word in line)
    bases = sorted(word.base for word in line if word.size > 0.85 * size)
    base = bases[len(bases) // 2]
    out: list[str] = []
    previous: Word | None = None
    for word in line:
        text = word.text
        raised = word.size < 0.85 * size and word.base < base - 0.12 * size and text.isdigit()
        if raised:
            text = text.translate(_RAISED)
        close = previous is not None and word.x0 - previous.x1 < 0.06 * size
        if previous is not None and not (close and (raised or len(out[-1]) < 3)):
            out.append(" ")
        out.append(text)
        previous = word
    return mend_text("".join(out))


def join_lines(texts: Sequence[str]) -> str:
    """Wrapped lines → one; a line that a hyphen or slash inside of a word ends is joined without a space."""
    joined = ""
    for text in texts:
        glue = "" if not joined or (_GLUED_END.search(joined) and text[:1].isalnum()) else " "
        joined += glue + text
    return joined


def _table(grid: Grid) -> TableText:
    rows: list[list[str | None]] = []
    sure: list[Sure] = []
    for row in grid.rows:
        rows.append([])
        for cell in row:
            lines = None if cell is None else cluster_lines(cell)
            rows[-1].append(None if lines is None else join_lines([line_text(line) for line in lines]))
            sure.append(_sure(lines or []))
    return TableText(grid.edges, rows, tuple(sure) if any(sure) else ())


def _sure(lines: Sequence[Sequence[Word]]) -> Sure:
    """How surely the words of lines were recognised; whatever joins them adds and takes spaces only."""
    stretches: list[tuple[int, int]] = []
    for word in chain.from_iterable(lines):
        if stretches and stretches[-1][1] == word.sure:
            stretches[-1] = (stretches[-1][0] + len(word.text), word.sure)
        else:
            stretches.append((len(word.text), word.sure))
    return tuple(stretches) if any(percent < 100 for _, percent in stretches) else ()


def _blocks(lines: list[list[Word]]) -> list[list[list[Word]]]:
    """Cut lines into stretches of one column and stretches of several (unruled tables, letterheads)."""
    blocks: list[list[list[Word]]] = []
    several: list[bool] = []
    for split, line in zip(_in_columns(lines), lines, strict=True):
        if not blocks or split != several[-1]:
            blocks.append([])
            several.append(split)
        blocks[-1].append(line)
    return blocks


def _in_columns(lines: list[list[Word]]) -> list[bool]:
    """For each line whether it stands in columns; a line of one piece goes with the columns around it that it fits."""
    if not lines:
        return []
    left = min(line[0].x0 for line in lines)
    right = max(line[-1].x1 for line in lines)
    pieces = [_pieces(line) for line in lines]
    states: list[bool | None] = []
    for line, parts in zip(lines, pieces, strict=True):
        wide = line[-1].x1 - line[0].x0 > 0.75 * (right - left)
        states.append(True if len(parts) > 1 else False if wide else None)
    for at, state in enumerate(states):
        if state is None:
            above = next((s for s in reversed(states[:at]) if s is not None), False)
            below = next((s for s in states[at + 1 :] if s is not None), False)
            near = above and at > 0 and lines[at][0].base - lines[at - 1][0].base < 2.2 * lines[at][0].size
            states[at] = bool((above and below) or (near and not _centred(lines[at], left, right)))
    return [bool(state) for state in states]


def _pieces(line: list[Word]) -> list[list[Word]]:
    """Cut a line at gaps wider than justified text has; a list mark stays with its words."""
    pieces = cut_pieces(line, 1.1)
    if len(pieces) > 1 and len(pieces[0]) == 1 and (MARK.match(pieces[0][0].text + " x") or not pieces[0][0].text[-1].isalnum()):
        pieces[:2] = [pieces[0] + pieces[1]]
    return pieces


def _centred(line: list[Word], left: float, right: float) -> bool:
    return abs((line[0].x0 - left) - (right - line[-1].x1)) < 0.06 * (right - left) and line[0].x0 > left + 10


def _read_block(lines: list[list[Word]], page: Page) -> list[Piece]:
    """Read running text; two columns side by side (letterhead, recipients and signature) one after the other."""
    gutter = _two_columns(lines) if any(_in_columns(lines)) else None
    if gutter is None:
        return _paragraphs(_lines(lines), page)
    left = [[word for word in line if word.x1 <= gutter + 1] for line in lines]
    right = [[word for word in line if word.x1 > gutter + 1] for line in lines]
    return [piece for side in (left, right) for piece in _paragraphs(_lines([line for line in side if line]), page)]


def _two_columns(lines: list[list[Word]]) -> float | None:
    """The middle of the widest strip that no line covers."""
    spans = sorted((piece[0].x0, piece[-1].x1) for line in lines for piece in cut_pieces(line, 1.1))
    best: tuple[float, float] | None = None
    reach = spans[0][1]
    for low, high in spans[1:]:
        if low - reach > 6 and (best is None or low - reach > best[0]):
            best = (low - reach, (low + reach) / 2)
        reach = max(reach, high)
    return best[1] if best else None


def _lines(lines: list[list[Word]]) -> list[Line]:
    return [Line(line[0].x0, line[-1].x1, line[0].base, max(word.size for word in line), line) for line in lines]


def _paragraphs(lines: list[Line], page: Page, *, small: bool = False) -> list[Piece]:
    """Put lines of one column together by gaps, indents, marks and how full the line above is."""
    if not lines:
        return []
    margins = _margins(lines)
    left, right = margins.left, margins.right
    gaps = sorted(below.base - above.base for above, below in pairwise(lines))
    pitch = gaps[len(gaps) // 3] if gaps else 0.0
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        if groups and not _opens(lines[at - 1], line, margins, pitch, page):
            groups[-1].append(line)
        else:
            groups.append([line])
    pieces: list[Piece] = []
    for group in groups:
        text = join_lines([line_text(line.words) for line in group])
        bold = all(line.words[0].at in page.bold and line.words[-1].at in page.bold for line in group)
        full = group[-1].x1 > right - 2.5 * group[-1].size
        flush = group[0].x0 < left + 0.6 * group[0].size
        pieces.append(Paragraph(text, bold, small, full, flush, _sure([line.words for line in group])))
    return pieces


class Margins(NamedTuple):
    """Where a column's lines begin and end.

    ``wraps``: first lines are set in from the left margin; ``blocks``: indents at which whole paragraphs stand, as lists do.
    """

    left: float
    right: float
    wraps: bool
    blocks: frozenset[int]


def _margins(lines: list[Line]) -> Margins:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    flush = sum(line.x0 < left + 0.5 * line.size for line in lines)
    blocks = frozenset(
        round(line.x0)
        for above, line in pairwise(lines)
        if abs(above.x0 - line.x0) < 1 and line.words[0].text[:1].islower() and not _END.search(above.words[-1].text)
    )
    return Margins(left, right, flush >= max(2, 0.25 * len(lines)), blocks)


def _opens(above: Line, line: Line, margins: Margins, pitch: float, page: Page) -> bool:
    """Whether a new paragraph begins with ``line``."""
    left, right, wraps, blocks = margins
    first = line.words[0]
    aligned = abs(above.x0 - line.x0) < 1
    middle = abs((above.x0 - left) - (right - above.x1)) < 1.5 * above.size
    centred = middle and above.x0 > left + above.size and not (aligned and round(line.x0) in blocks)
    room = (right - left) - (above.x1 - above.x0) if centred else right - above.x1
    if room > (first.x1 - first.x0) + 0.6 * first.size:
        return True
    if (above.words[-1].at in page.bold) != (first.at in page.bold) and (above.words[0].at in page.bold) != (line.words[-1].at in page.bold):
        return True
    gap = line.base - above.base
    if pitch and gap > 1.5 * pitch and gap > 1.6 * line.size:
        return True
    ended = bool(_END.search(above.words[-1].text))
    indented = line.x0 > left + 0.9 * line.size and above.x0 < line.x0 - 0.5 * line.size
    if not centred and indented and (ended or not first.text[:1].islower()):
        return True
    same_indent = line.x0 > left + 0.9 * line.size and aligned and not centred
    if same_indent and wraps and round(line.x0) not in blocks and not first.text[:1].islower():
        return True
    text = " ".join(word.text for word in line.words[:3])
    if MARK.match(text) and (ended or same_indent):
        return True
    return bool(_NOTE.match(text)) and ended
