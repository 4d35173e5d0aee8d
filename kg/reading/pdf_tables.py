"""A PDF page's rules and words → tables: first the ruled ones, then those whose columns only white space sets apart."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from kg.reading.align import CODE
from kg.reading.pdf_text import Rule, Word, cluster_lines

_SNAP = 3.0
"""Rules nearer than this (points) are one; borders that double or do not quite meet measure up to 2.4."""
_MAX_LINES = 400
_MAX_WIDTH = 20_000

CellWords = list[list[Word] | None]


class Box(NamedTuple):
    """A cell's place."""

    x0: float
    y0: float
    x1: float
    y1: float


class Grid(NamedTuple):
    """A table's place and its rows of cells; ``None`` is covered by a merged cell. ``edges`` are its columns' borders."""

    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: list[CellWords]


def find_ruled(words: Sequence[Word], across: Sequence[Rule], down: Sequence[Rule]) -> tuple[list[Grid], list[Word]]:
    """Give the ruled tables from top to bottom, and the words outside of them."""
    rest = list(words)
    grids: list[Grid] = []
    if not across or not down:
        return grids, rest
    for flat, upright in _components(_merge(across), _merge(down)):
        if len(flat) < 2 or len(upright) < 3:
            continue
        lattice = _Lattice(flat, upright)
        inside = [word for word in rest if lattice.holds(word)]
        if not inside or lattice.rows < 1 or lattice.columns < 2:
            continue
        taken = {word.at for word in inside}
        rest = [word for word in rest if word.at not in taken]
        grids.append(Grid(lattice.ys[0], lattice.ys[-1], tuple(lattice.xs), lattice.fill(inside)))
    return sorted(grids, key=lambda grid: grid.top), rest


def find_boxes(across: Sequence[Rule], down: Sequence[Rule]) -> list[list[Box]]:
    """Give the cells of each ruled table by their rules alone; a merged cell is one box."""
    return [lattice.boxes() for lattice in _lattices(across, down)]


def find_lines(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[float], list[float]]]:
    """Give where each ruled table has vertical and where horizontal lines."""
    return [(lattice.xs, lattice.ys) for lattice in _lattices(across, down)]


def _lattices(across: Sequence[Rule], down: Sequence[Rule]) -> list[_Lattice]:
    pairs = [pair for pair in _components(_merge(across), _merge(down)) if len(pair[0]) >= 2 and len(pair[1]) >= 3]
    return [lattice for lattice in (_Lattice(*pair) for pair in pairs) if lattice.rows >= 1 and lattice.columns >= 2]


def _merge(rules: Iterable[Rule]) -> list[Rule]:
    """Join rules that lie on one line and touch."""
    merged: list[Rule] = []
    for place in _levels(sorted(rules)):
        at = sum(rule.at for rule in place) / len(place)
        low, high = None, 0.0
        for rule in sorted(place, key=lambda rule: rule.low):
            if low is None or rule.low > high + _SNAP:
                if low is not None:
                    merged.append(Rule(at, low, high))
                low, high = rule.low, rule.high
            high = max(high, rule.high)
        if low is not None:
            merged.append(Rule(at, low, high))
    return merged


def _levels(rules: list[Rule]) -> list[list[Rule]]:
    levels: list[list[Rule]] = []
    for rule in rules:
        if levels and rule.at - levels[-1][0].at <= _SNAP:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    return levels


def _components(flat: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Group rules that cross or meet."""
    flat, upright = flat[: 4 * _MAX_LINES], upright[: 4 * _MAX_LINES]
    head = list(range(len(flat) + len(upright)))

    def find(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    for i, row in enumerate(flat):
        for j, bar in enumerate(upright):
            if row.low - _SNAP <= bar.at <= row.high + _SNAP and bar.low - _SNAP <= row.at <= bar.high + _SNAP:
                head[find(i)] = find(len(flat) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for at in range(len(head)):
        pair = groups.setdefault(find(at), ([], []))
        if at < len(flat):
            pair[0].append(flat[at])
        else:
            pair[1].append(upright[at - len(flat)])
    return list(groups.values())


class _Lattice:
    """The rules of one table as a lattice of small boxes, joined where no rule parts them."""

    def __init__(self, flat: list[Rule], upright: list[Rule]) -> None:
        self.xs = _places([rule.at for rule in upright])
        self.ys = _places([*(rule.at for rule in flat), min(r.low for r in upright), max(r.high for r in upright)])
        self.flat, self.upright = flat, upright
        self.columns, self.rows = len(self.xs) - 1, len(self.ys) - 1
        self.head = list(range(max(0, self.columns * self.rows)))
        self._join()

    def holds(self, word: Word) -> bool:
        middle = (word.x0 + word.x1) / 2
        return self.xs[0] - 1 <= middle <= self.xs[-1] + 1 and self.ys[0] - 1 <= _height(word) <= self.ys[-1] + 1

    def _find(self, at: int) -> int:
        while self.head[at] != at:
            at = self.head[at]
        return at

    def _unite(self, one: int, other: int) -> None:
        low, high = sorted((self._find(one), self._find(other)))
        self.head[high] = low

    def _join(self) -> None:
        for column, at in enumerate(self.xs[1:-1]):
            bars = [rule for rule in self.upright if abs(rule.at - at) <= _SNAP]
            for row, (top, bottom) in enumerate(pairwise(self.ys)):
                middle = (top + bottom) / 2
                if not any(rule.low <= middle <= rule.high for rule in bars):
                    self._unite(row * self.columns + column, row * self.columns + column + 1)
        for row, at in enumerate(self.ys[1:-1]):
            bars = [rule for rule in self.flat if abs(rule.at - at) <= _SNAP]
            for column, (left, right) in enumerate(pairwise(self.xs)):
                middle = (left + right) / 2
                if not any(rule.low <= middle <= rule.high for rule in bars):
                    self._unite(row * self.columns + column, (row + 1) * self.columns + column)

    def boxes(self) -> list[Box]:
        """Give the cells, merged ones whole, from top to bottom."""
        found: dict[int, Box] = {}
        for row, (top, bottom) in enumerate(pairwise(self.ys)):
            for column, (left, right) in enumerate(pairwise(self.xs)):
                head = self._find(row * self.columns + column)
                other = found.get(head, Box(left, top, right, bottom))
                found[head] = Box(min(other.x0, left), min(other.y0, top), max(other.x1, right), max(other.y1, bottom))
        return [found[head] for head in sorted(found)]

    def fill(self, words: list[Word]) -> list[CellWords]:
        """Give the rows with their words; thin rows without any are left out."""
        boxes: dict[int, list[Word]] = {}
        for word in words:
            column = min(max(0, bisect_right(self.xs, (word.x0 + word.x1) / 2) - 1), self.columns - 1)
            row = min(max(0, bisect_right(self.ys, _height(word)) - 1), self.rows - 1)
            boxes.setdefault(self._find(row * self.columns + column), []).append(word)
        rows: list[CellWords] = []
        for row in range(self.rows):
            at = row * self.columns
            rows.append([boxes.get(box, []) if self._find(box) == box else None for box in range(at, at + self.columns)])
        return [row for row in rows if any(row)]


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places[:_MAX_LINES]


def _height(word: Word) -> float:
    """The middle of a word's small letters."""
    return word.base - 0.3 * word.size


def find_banded(
    words: list[Word], across: Sequence[Rule], known: tuple[float, ...] = ()
) -> tuple[list[Grid], list[Word]]:
    """Tables with horizontal rules only: two or more of one reach; their columns are parted by white space."""
    grids: list[Grid] = []
    groups: list[list[Rule]] = []
    for rule in sorted(_merge(across), key=lambda rule: (rule.low, rule.at)):
        group = next((g for g in groups if abs(g[0].low - rule.low) < 4 and abs(g[0].high - rule.high) < 4), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    for group in groups:
        if len(group) < 2:
            continue
        low, high, ys = group[0].low - 4, group[0].high + 4, _places([rule.at for rule in group])
        inside = [word for word in words if ys[0] < _height(word) < ys[-1] and low <= word.x0 <= high]
        bands: list[list[Word]] = [[] for _ in ys]
        for word in inside:
            bands[bisect_right(ys, _height(word)) - 1].append(word)
        bands = [band for band in bands if band]
        gutters = find_gutters([line for band in bands for line in cluster_lines(band)], known)
        if len(gutters) < 2:
            continue
        taken = {word.at for word in inside}
        words = [word for word in words if word.at not in taken]
        rows = [_by_gutters(band, gutters) for band in bands]
        grids.append(Grid(ys[0], ys[-1], (low, *gutters, high), rows))
    return sorted(grids, key=lambda grid: grid.top), words


def cut_pieces(line: list[Word], gap: float) -> list[list[Word]]:
    """Cut a line where the white between two words is wider than ``gap`` times their size."""
    pieces = [[line[0]]]
    for left, right in pairwise(line):
        if right.x0 - left.x1 > gap * max(left.size, right.size):
            pieces.append([])
        pieces[-1].append(right)
    return pieces


def find_gutters(lines: Sequence[list[Word]], known: tuple[float, ...] = ()) -> tuple[float, ...]:
    """The places between columns of a table without vertical rules, from left to right.

    First the places right before which no line is written and at which many pieces of lines begin; lines that run over
    these are headings over several columns. Then all that is white in the other lines. ``known`` are the gutters of
    the page above: they hold where as good as no line runs over them.
    """
    if not lines:
        return ()
    pieces = [cut_pieces(line, 0.45) for line in lines]
    starts: Counter[int] = Counter(round(piece[0].x0 / 2) for line in pieces for piece in line[1:])
    firm: list[float] = []
    for place in sorted(starts):
        votes = starts[place] + starts[place + 1]
        at = 2.0 * place - 2.0
        over = sum(any(piece[0].x0 < at - 2 and piece[-1].x1 > at + 4 for piece in line) for line in pieces)
        if votes >= max(2, 0.12 * len(lines)) and over <= 0.5 * votes and (not firm or at - firm[-1] > 12):
            firm.append(at)
    plain = [line for line in pieces if not _runs_over(line, firm)]
    fresh = _white(plain) if len(firm) >= 2 and len(plain) >= 2 else ()
    same = all(any(abs(at - other) < 12 for other in known) for at in fresh)
    over = sum(_runs_over(line, known) for line in pieces)
    return known if known and same and (fresh or len(lines) < 12) and over <= 0.5 * len(lines) else fresh


def _runs_over(pieces: list[list[Word]], gutters: Sequence[float]) -> bool:
    return any(piece[0].x0 < at - 3 and piece[-1].x1 > at + 3 for piece in pieces for at in gutters)


def _white(lines: list[list[list[Word]]]) -> tuple[float, ...]:
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
    lines = [cut_pieces(line, 0.45) for line in cluster_lines(band)]
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
    lines: list[list[Word]], known: tuple[float, ...] = (), bold: frozenset[int] = frozenset()
) -> list[tuple[int, int, Grid]]:
    """Find tables of three or more columns without any rules: (first line, line after the last, table)."""
    found: list[tuple[int, int, Grid]] = []
    for first, last in _between_titles(lines):
        for start, stop, grid in _find_in(lines[first:last], known, bold):
            found.append((first + start, first + stop, grid))
    return found


def _between_titles(lines: list[list[Word]]) -> list[tuple[int, int]]:
    """Cut at titles: two or more centred lines of one piece that begin where no other line does."""
    pieces = [cut_pieces(line, 0.45) for line in lines]
    starts = Counter(round(piece[0].x0) for line in pieces for piece in line)
    left = min((line[0].x0 for line in lines), default=0.0)
    right = max((line[-1].x1 for line in lines), default=0.0)
    loose = [
        len(line) == 1
        and abs(line[0][0].x0 - left - right + line[0][-1].x1) < 0.08 * (right - left)
        and sum(starts[round(line[0][0].x0) + by] for by in (-2, -1, 0, 1, 2)) <= 2 for line in pieces
    ]
    cuts = [at for at in range(1, len(lines) - 1) if loose[at] and loose[at + 1]]
    return list(pairwise([0, *cuts, len(lines)])) if lines else []


def _find_in(lines: list[list[Word]], known: tuple[float, ...], bold: frozenset[int]) -> list[tuple[int, int, Grid]]:
    seeds = [at for at, line in enumerate(lines) if len(cut_pieces(line, 1.0)) >= 3]
    if len(seeds) < 2 and not (known and seeds):
        return []
    found: list[tuple[int, int, Grid]] = []
    core = lines[seeds[0] : seeds[-1] + 1]
    gutters = find_gutters(core, known)
    if len(gutters) < 2:
        return []
    second = [piece[0].x0 for line in core for piece in cut_pieces(line, 0.45) if gutters[0] - 3 < piece[0].x0 < gutters[1]]
    fits = [_fits(line, gutters, min(second, default=gutters[0])) for line in lines]
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and fits[stop]:
            stop += 1
        if any(at <= seed < stop for seed in seeds) and (stop - at > 2 or known):
            found.append((at, stop, _unruled_grid(lines[at:stop], gutters, bold)))
        at = stop + 1
    return found


def _fits(line: list[Word], gutters: Sequence[float], second: float) -> bool:
    """Whether a line can be a part of the table: no piece over a gutter, but for headings that begin where names do."""
    pieces = cut_pieces(line, 0.45)
    if not _runs_over(pieces, gutters):
        return True
    if abs(pieces[0][0].x0 - second) < 4:
        return True
    return bool(CODE.match(line[0].text)) and not _runs_over(pieces[:1], gutters[:1])


def _unruled_grid(lines: list[list[Word]], gutters: Sequence[float], bold: frozenset[int]) -> Grid:
    rows = [_by_gutters(band, gutters) for band in _bands(lines, gutters, bold)]
    words = [word for line in lines for word in line]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    top, bottom = min(word.base - word.size for word in words), max(word.base for word in words)
    return Grid(top, bottom, (left, *gutters, right), rows)


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
