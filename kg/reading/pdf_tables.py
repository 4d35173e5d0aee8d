"""A PDF page's rules and words → tables: first the ruled ones, then those whose columns only white space sets apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.reading.pdf_text import Rule, Word, cluster_lines

_SNAP = 3.0
"""Rules nearer than this (points) are one; borders that double or do not quite meet measure up to 2.4."""
_MAX_LINES = 400

CellWords = list[list[Word] | None]


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


def find_banded(words: list[Word], across: Sequence[Rule]) -> tuple[list[Grid], list[Word]]:
    """Tables with horizontal rules only: three or more of one reach; their columns are parted by white space."""
    grids: list[Grid] = []
    groups: dict[tuple[int, int], list[float]] = {}
    for rule in _merge(across):
        groups.setdefault((round(rule.low / 8), round(rule.high / 8)), []).append(rule.at)
    for (low, high), places in sorted(groups.items()):
        if len(places) < 3:
            continue
        ys = _places(places)
        inside = [word for word in words if ys[0] < _height(word) < ys[-1] and low * 8 - 8 <= word.x0 <= high * 8 + 8]
        bands: list[list[Word]] = [[] for _ in ys]
        for word in inside:
            bands[bisect_right(ys, _height(word)) - 1].append(word)
        gutters = find_gutters([band for band in bands if band])
        if len(gutters) < 2:
            continue
        rows = [_by_gutters(band, gutters) for band in bands if band]
        taken = {word.at for word in inside}
        words = [word for word in words if word.at not in taken]
        grids.append(Grid(ys[0], ys[-1], (low * 8.0, *gutters, high * 8.0), rows))
    return grids, words


def find_gutters(bands: Sequence[list[Word]], share: float = 0.34) -> list[float]:
    """The places between columns: white from band to band, but for at most ``share`` of the bands (group headings)."""
    if not bands or not any(bands):
        return []
    left = min(word.x0 for band in bands for word in band)
    right = max(word.x1 for band in bands for word in band)
    width = int(right - left) + 2
    if width > 20_000:
        return []
    ink = [0] * (width + 1)
    for band in bands:
        marked = bytearray(width + 1)
        for line in cluster_lines(band):
            for word, after in zip(line, [*line[1:], None], strict=True):
                stop = word.x1
                if after is not None and after.x0 - word.x1 < 0.45 * word.size:
                    stop = after.x0
                low, high = int(word.x0 - left), int(stop - left) + 1
                marked[low:high] = b"\x01" * (high - low)
        for at, mark in enumerate(marked[: width + 1]):
            ink[at] += mark
    allowed = int(share * len(bands)) if len(bands) > 2 else 0
    sizes = sorted(word.size for band in bands for word in band)
    return _white_runs(ink, allowed, left, 0.35 * sizes[len(sizes) // 2])


def _white_runs(ink: list[int], allowed: int, left: float, least: float) -> list[float]:
    """The middles of runs that at most ``allowed`` bands mark; a run's own least-marked part counts."""
    gutters: list[float] = []
    at = 0
    while at < len(ink):
        stop = at
        while stop < len(ink) and ink[stop] <= allowed:
            stop += 1
        if stop - at >= least and at > 0 and stop < len(ink) - 1:
            low = min(ink[at:stop])
            best = [place for place in range(at, stop) if ink[place] == low]
            gutters.append(left + best[-1])
        at = max(stop, at + 1)
    return gutters


def _by_gutters(band: list[Word], gutters: list[float]) -> CellWords:
    """Cut a band's words into columns; a heading that runs over gutters stays whole in its first column."""
    cells: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    merged = [False] * (len(gutters) + 1)
    for line in cluster_lines(band):
        previous: Word | None = None
        column = 0
        for word in line:
            place = bisect_right(gutters, (word.x0 + word.x1) / 2)
            joined = previous is not None and word.x0 - previous.x1 < 0.45 * word.size
            if joined and place > column:
                merged[place] = True
            else:
                column = place
            cells[column].append(word)
            previous = word
    return [cell if cell or not merged[at] else None for at, cell in enumerate(cells)]


def read_unruled(lines: list[list[Word]]) -> Grid | None:
    """A stretch of lines as an unruled table of three or more columns; ``None`` if it is none."""
    gutters = find_gutters(lines)
    if len(gutters) < 2:
        return None
    bands = _bands(lines, gutters)
    rows = [_by_gutters(band, gutters) for band in bands]
    words = [word for line in lines for word in line]
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    return Grid(min(w.base - w.size for w in words), max(w.base for w in words), (left, *gutters, right), rows)


def _bands(lines: list[list[Word]], gutters: list[float]) -> list[list[Word]]:
    """Lines → rows: a row opens after a gap wider than its lines' pitch, else at a line that fills the first column."""
    bases = [max(word.base for word in line) for line in lines]
    gaps = [below - above for above, below in pairwise(bases)]
    usual = sorted(gaps)[len(gaps) // 3] if gaps else 0.0
    wide = [gap > 1.15 * usual for gap in gaps]
    by_gap = sum(wide) >= 2 or len(lines) < 6
    bands: list[list[Word]] = []
    for at, line in enumerate(lines):
        coded = any((word.x0 + word.x1) / 2 < gutters[0] for word in line)
        if not bands or (wide[at - 1] if by_gap else coded):
            bands.append([])
        bands[-1].extend(line)
    return bands
