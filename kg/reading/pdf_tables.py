"""A PDF page's rules and words → tables with rules around their cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.reading.pdf_page import Rule, Word

_SNAP = 3.0
"""Rules nearer than this (points) are one; borders that double or do not quite meet measure up to 2.4."""
_MAX_LINES = 400
_BESIDE = 0.8
"""The part of a table's height, and of its own, that a rule beside it has in common with it."""

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
    pairs = _components(merge_rules(across), merge_rules(down))
    lone = [bar for flat, upright in pairs if not flat for bar in upright]
    for flat, upright in pairs:
        if len(flat) < 2 or len(upright) < 3:
            continue
        upright.extend(_alongside(upright, lone))
        lattice = _Lattice(flat, upright)
        inside = [word for word in rest if lattice.holds(word)]
        if not inside or lattice.rows < 1 or lattice.columns < 2:
            continue
        taken = {word.at for word in inside}
        rest = [word for word in rest if word.at not in taken]
        grids.append(Grid(lattice.ys[0], lattice.ys[-1], tuple(lattice.xs), lattice.fill(inside)))
    return sorted(grids, key=lambda grid: grid.top), rest


def _alongside(upright: list[Rule], lone: list[Rule]) -> list[Rule]:
    """Give the upright rules that no horizontal one meets and that run beside a table: of merged cells which reach over the whole page."""
    top, bottom = min(bar.low for bar in upright), max(bar.high for bar in upright)
    return [bar for bar in lone if min(bottom, bar.high) - max(top, bar.low) > _BESIDE * max(bottom - top, bar.high - bar.low)]


def find_boxes(across: Sequence[Rule], down: Sequence[Rule]) -> list[list[Box]]:
    """Give the cells of each ruled table by their rules alone; a merged cell is one box."""
    return [lattice.boxes() for lattice in _lattices(across, down)]


def find_lines(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[float], list[float]]]:
    """Give where each ruled table has vertical and where horizontal lines."""
    return [(lattice.xs, lattice.ys) for lattice in _lattices(across, down)]


def _lattices(across: Sequence[Rule], down: Sequence[Rule]) -> list[_Lattice]:
    pairs = [pair for pair in _components(merge_rules(across), merge_rules(down)) if len(pair[0]) >= 2 and len(pair[1]) >= 3]
    return [lattice for lattice in (_Lattice(*pair) for pair in pairs) if lattice.rows >= 1 and lattice.columns >= 2]


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
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
        self.xs = places_of([rule.at for rule in upright])
        self.ys = places_of([*(rule.at for rule in flat), min(r.low for r in upright), max(r.high for r in upright)])
        self.flat, self.upright = flat, upright
        self.columns, self.rows = len(self.xs) - 1, len(self.ys) - 1
        self.head = list(range(max(0, self.columns * self.rows)))
        self._join()

    def holds(self, word: Word) -> bool:
        middle = (word.x0 + word.x1) / 2
        return self.xs[0] - 1 <= middle <= self.xs[-1] + 1 and self.ys[0] - 1 <= middle_of(word) <= self.ys[-1] + 1

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
            row = min(max(0, bisect_right(self.ys, middle_of(word)) - 1), self.rows - 1)
            boxes.setdefault(self._find(row * self.columns + column), []).append(word)
        rows: list[CellWords] = []
        for row in range(self.rows):
            at = row * self.columns
            rows.append([boxes.get(box, []) if self._find(box) == box else None for box in range(at, at + self.columns)])
        return [row for row in rows if any(row)]


def places_of(values: list[float]) -> list[float]:
    """Give the places of rules, those nearer than ``_SNAP`` as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places[:_MAX_LINES]


def middle_of(word: Word) -> float:
    """The middle of a word's small letters."""
    return word.base - 0.3 * word.size
