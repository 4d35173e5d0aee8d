"""A PDF page's words → tables whose columns only white space sets apart, with horizontal rules or with none."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from kg.reading.align import CODE
from kg.reading.lines import LEAVES_TABLE
from kg.reading.pdf_page import Rule, Word, cluster_lines
from kg.reading.pdf_tables import CellWords, Grid, merge_rules, middle_of, places_of

_MAX_WIDTH = 20_000
_EDGE = 5.0
"""Points by which a cell's first word stands right of its column's white strip at most; cells of LibreOffice and Word 2 to 4."""
_COLUMN = 0.45
"""White between two words, in sizes of type, that may part two columns."""
_WIDE = 1.0
"""White between two words, in sizes of type, that running text does not have twice in a line."""


def find_banded(
    words: list[Word], across: Sequence[Rule], known: tuple[float, ...] = ()
) -> tuple[list[Grid], list[Word]]:
    """Tables with horizontal rules only: two or more of one reach; their columns are parted by white space."""
    grids: list[Grid] = []
    groups: list[list[Rule]] = []
    for rule in sorted(merge_rules(across), key=lambda rule: (rule.low, rule.at)):
        group = next((g for g in groups if abs(g[0].low - rule.low) < 4 and abs(g[0].high - rule.high) < 4), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    for group in groups:
        if len(group) < 2:
            continue
        low, high, ys = group[0].low - 4, group[0].high + 4, places_of([rule.at for rule in group])
        inside = [word for word in words if ys[0] < middle_of(word) < ys[-1] and low <= word.x0 <= high]
        bands: list[list[Word]] = [[] for _ in ys]
        for word in inside:
            bands[bisect_right(ys, middle_of(word)) - 1].append(word)
        bands = [band for band in bands if band]
        gutters = find_gutters([cut_pieces(line, _COLUMN) for band in bands for line in cluster_lines(band)], known)
        if len(gutters) < 2:
            continue
        taken = {word.at for word in inside}
        words = [word for word in words if word.at not in taken]
        rows = [_by_gutters(band, gutters) for band in bands]
        grids.append(Grid(ys[0], ys[-1], (low, *gutters, high), rows))
    return sorted(grids, key=lambda grid: grid.top), words


def cut_pieces(line: list[Word], gap: float) -> list[list[Word]]:
    """Cut a line where the white between two words is wider than ``gap`` times their size."""
    left = line[0]
    piece = [left]
    pieces = [piece]
    for right in line[1:]:
        white = right[0] - left[1]
        if white > gap * left[3] and white > gap * right[3]:
            piece = [right]
            pieces.append(piece)
        else:
            piece.append(right)
        left = right
    return pieces


Pieces = list[list[Word]]
"""A line cut at its wide white."""


def find_gutters(pieces: Sequence[Pieces], known: tuple[float, ...] = ()) -> tuple[float, ...]:
    """The places between columns of a table without vertical rules, from left to right.

    First the places right before which no line is written and at which many pieces of lines begin; lines that run over
    these are headings over several columns. Then all that is white in the other lines. ``known`` are the gutters of
    the page above: they hold where as good as no line runs over them.
    """
    if not pieces:
        return ()
    reaches = [[(piece[0].x0, piece[-1].x1) for piece in line] for line in pieces]
    starts: Counter[int] = Counter(round(low / 2) for line in reaches for low, _ in line[1:])
    firm: list[float] = []
    for place in sorted(starts):
        votes = starts[place] + starts[place + 1]
        at = 2.0 * place - 2.0
        if votes < max(2, 0.12 * len(pieces)) or (firm and at - firm[-1] <= 12):
            continue
        over = sum(any(low < at - 2 and high > at + 4 for low, high in line) for line in reaches)
        if over <= 0.5 * votes:
            firm.append(at)
    plain = [line for line in pieces if not _runs_over(line, firm)]
    fresh = _white(plain) if len(firm) >= 2 and len(plain) >= 2 else ()
    same = all(any(abs(at - other) < 12 for other in known) for at in fresh)
    over = sum(_runs_over(line, known) for line in pieces)
    return known if known and same and (fresh or len(pieces) < 12) and over <= 0.5 * len(pieces) else fresh


def _runs_over(pieces: Pieces, gutters: Sequence[float]) -> bool:
    for piece in pieces:
        low, high = piece[0].x0 + 3, piece[-1].x1 - 3
        if any(low < at < high for at in gutters):
            return True
    return False


def _white(lines: list[Pieces]) -> tuple[float, ...]:
    """The right ends of the columns' white strips: what no piece of a line covers, but for a stray one in forty."""
    left = min(line[0][0].x0 for line in lines)
    right = max(line[-1][-1].x1 for line in lines)
    width = int(right - left) + 2
    if width > _MAX_WIDTH:
        return ()
    steps = [0] * (width + 2)
    for line in lines:
        for piece in line:
            steps[int(piece[0].x0 - left)] += 1
            steps[int(piece[-1].x1 - left) + 1] -= 1
    ink = list(accumulate(steps))
    allowed = max(1, len(lines) // 40) if len(lines) >= 8 else 0
    gutters: list[float] = []
    at = 0
    while at < width:
        stop = at
        while stop < width and ink[stop] <= allowed:
            stop += 1
        if stop - at >= 3 and at > 0 and stop < width - 1:
            gutters.append(left + stop - 1.5)
        at = stop + 1
    return tuple(gutters)


def _by_gutters(band: list[Word], gutters: Sequence[float]) -> CellWords:
    """Cut a row's words into columns; a heading that runs over gutters stays whole in its first column."""
    lines = [cut_pieces(line, _COLUMN) for line in cluster_lines(band)]
    cells: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    heading = any(_runs_over(line, gutters) for line in lines)
    for line in lines:
        for piece in line:
            column = bisect_right(gutters, piece[0].x0 + 1)
            if heading:
                cells[column].extend(piece)
                continue
            for word in piece:
                cells[bisect_right(gutters, (word.x0 + word.x1) / 2)].append(word)
    if heading and sum(map(bool, cells)) <= 2:
        return [cell or None for cell in cells]
    return [*cells]


def find_unruled(
    lines: list[list[Word]], known: tuple[float, ...] = (), bold: frozenset[int] = frozenset(), *, top: bool = False
) -> list[tuple[int, int, Grid]]:
    """Find tables of three or more columns without any rules: (first line, line after the last, table).

    ``top``: the lines are a page's first, where the table of the page above, whose gutters are ``known``, may go on with few of its columns.
    """
    wide = [len(line) > 2 and len(cut_pieces(line, _WIDE)) >= 3 for line in lines]
    if sum(wide) < 2 and not (known and (top or any(wide))):
        return []
    pieces = [cut_pieces(line, _COLUMN) for line in lines]
    found: list[tuple[int, int, Grid]] = []
    for first, last in _between_titles(pieces):
        for start, stop, gutters in _find_in(pieces[first:last], wide[first:last], known, top=top and first == 0):
            found.append((first + start, first + stop, _unruled_grid(lines[first + start : first + stop], gutters, bold)))
    return found


def _between_titles(pieces: list[Pieces]) -> list[tuple[int, int]]:
    """Cut at titles: two or more centred lines of one piece that begin where no other line does."""
    starts = Counter(round(piece[0].x0) for line in pieces for piece in line)
    left = min(line[0][0].x0 for line in pieces)
    right = max(line[-1][-1].x1 for line in pieces)
    loose = [
        len(line) == 1
        and abs(line[0][0].x0 - left - right + line[0][-1].x1) < 0.08 * (right - left)
        and sum(starts[round(line[0][0].x0) + by] for by in (-2, -1, 0, 1, 2)) <= 2 for line in pieces
    ]
    cuts = [at for at in range(1, len(pieces) - 1) if loose[at] and loose[at + 1]]
    return list(pairwise([0, *cuts, len(pieces)]))


def _find_in(pieces: list[Pieces], wide: list[bool], known: tuple[float, ...], *, top: bool) -> list[tuple[int, int, tuple[float, ...]]]:
    """Find tables by their gutters: (first line, line after the last, gutters); ``wide``: lines that white cuts in three or more."""
    seeds = [at for at, is_wide in enumerate(wide) if is_wide]
    top = top and _goes_on(pieces[0], known)
    if len(seeds) < 2 and not (known and (seeds or top)):
        return []
    core = pieces[seeds[0] : seeds[-1] + 1] if seeds else pieces
    gutters = find_gutters(core, known) if seeds else known
    if len(gutters) < 2:
        return []
    second = [piece[0].x0 for line in core for piece in line if gutters[0] - 3 < piece[0].x0 < gutters[1]]
    fits = [_fits(line, gutters, min(second, default=gutters[0])) for line in pieces]
    found: list[tuple[int, int, tuple[float, ...]]] = []
    at = 0
    while at < len(pieces):
        stop = at
        while stop < len(pieces) and fits[stop]:
            stop += 1
        first = at if at == 0 and top else _after_text(pieces, at, stop, gutters)
        seeded = any(first <= seed < stop for seed in seeds) and (stop - first > 2 or bool(known))
        if seeded or (at == 0 and top and gutters == known and stop):
            found.append((first, stop, gutters))
        at = stop + 1
    return found


def _goes_on(line: Pieces, known: tuple[float, ...]) -> bool:
    """Whether a page's first line can stand in the table of the page above: it begins where a column does, the first only with a code."""
    start, text = line[0][0].x0, " ".join(word.text for word in line[0])
    if not known or LEAVES_TABLE.match(text) or _runs_over(line, known):
        return False
    return bool(CODE.match(line[0][0].text)) if start < known[0] - 3 else any(abs(start - at) < _EDGE for at in known)


def _after_text(pieces: list[Pieces], first: int, stop: int, gutters: Sequence[float]) -> int:
    """Leave out the ends of paragraphs above a table: lines of the first column alone that have no code."""
    while first < stop and len(pieces[first]) == 1 and pieces[first][0][0].x0 < gutters[0] - 3 and not CODE.match(pieces[first][0][0].text):
        first += 1
    return first


def _fits(pieces: Pieces, gutters: Sequence[float], second: float) -> bool:
    """Whether a line can be a part of the table: no piece over a gutter, but for headings that begin where names do."""
    if not _runs_over(pieces, gutters):
        return True
    if abs(pieces[0][0].x0 - second) < 4:
        return True
    return bool(CODE.match(pieces[0][0].text)) and not _runs_over(pieces[:1], gutters[:1])


def _unruled_grid(lines: list[list[Word]], gutters: Sequence[float], bold: frozenset[int]) -> Grid:
    rows = [_by_gutters(band, gutters) for band in _bands(lines, gutters, bold)]
    rows[1:] = [_under_merged(row) for row in rows[1:]]
    words = [word for line in lines for word in line]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    top, bottom = min(word.base - word.size for word in words), max(word.base for word in words)
    return Grid(top, bottom, (left, *gutters, right), rows)


def _under_merged(row: CellWords) -> CellWords:
    """Take the empty cells before a row's first words, two at least, as covered by merged cells above: nothing else opens a row without code and name.

    A row of one cell, or in mid-sentence, is the rest of the one above.
    """
    empty = next((at for at, cell in enumerate(row) if cell or cell is None), 0)
    first = row[empty]
    if empty < 2 or not first or sum(map(bool, row)) < 2 or min(first, key=lambda word: (word.base, word.x0)).text[:1].islower():
        return row
    return [*[None] * empty, *row[empty:]]


def _bands(lines: list[list[Word]], gutters: Sequence[float], bold: frozenset[int]) -> list[list[Word]]:
    """Lines → rows: a row opens with a code in the first column, after a gap wider than its lines' pitch, or where bold ends."""
    pitch = _pitch(lines, gutters)
    bands: list[list[Word]] = []
    bottom, was_strong = 0.0, False
    for line in lines:
        first = [word for word in line if word.x0 < gutters[0]]
        coded = bool(first) and bool(CODE.match(first[0].text))
        strong = sum(word.at in bold for word in line) > 0.5 * len(line)
        head = len(bands) == 1 and strong and was_strong
        if not bands or coded or strong != was_strong or (line[0].base - bottom > 1.2 * pitch and not head):
            bands.append([])
        was_strong = strong
        bands[-1].extend(line)
        bottom = max(bottom, *(word.base for word in line))
    return bands


def _pitch(lines: list[list[Word]], gutters: Sequence[float]) -> float:
    """The usual distance between two lines of one cell."""
    last: dict[int, float] = {}
    gaps: list[float] = []
    for line in lines:
        for column in sorted({bisect_right(gutters, (word.x0 + word.x1) / 2) for word in line}):
            if column in last:
                gaps.append(line[0].base - last[column])
            last[column] = line[0].base
    gaps.sort()
    return gaps[len(gaps) // 6] if gaps else 0.0
