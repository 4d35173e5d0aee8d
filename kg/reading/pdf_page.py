"""A PDF page as printed: words, ruling lines, dots, with their places in points from the top left corner as the text is read."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple


class Word(NamedTuple):
    """A word as printed. ``base`` is its baseline, ``size`` the height of its font's box, ``at`` its first character's index.

    ``sure`` is the confidence in percent that a scan's word was read right.
    """

    x0: float
    x1: float
    base: float
    size: float
    text: str
    at: int
    sure: int = 100


class Rule(NamedTuple):
    """A horizontal or vertical line: ``at`` its place across, ``low`` to ``high`` its reach."""

    at: float
    low: float
    high: float


class Dot(NamedTuple):
    """A small drawing as wide as high: its left edge, its middle from the top, its right edge; ``hollow``: a ring."""

    left: float
    middle: float
    right: float
    hollow: bool = False


class Page(NamedTuple):
    """A page as printed. ``bold`` holds the ``at`` of words whose font is bold. ``image`` is the share that images cover."""

    width: float
    height: float
    words: list[Word]
    across: list[Rule]
    down: list[Rule]
    bold: frozenset[int]
    image: float


def page_of(scan: dict[str, Any]) -> Page:
    """Give a page that was read by its picture (``kg.reading.ocr_page.read_scan``)."""
    words = [Word(*word) for word in scan["words"]]
    across, down = [Rule(*rule) for rule in scan["across"]], [Rule(*rule) for rule in scan["down"]]
    return Page(scan["width"], scan["height"], words, across, down, frozenset(), 1.0)


class Turn:
    """Page space → reading space: origin top left, text left to right."""

    def __init__(self, box: tuple[float, float, float, float], quarter: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.quarter = quarter
        upright = quarter % 2 == 0
        self.width = self.right - self.left if upright else self.top - self.bottom
        self.height = self.top - self.bottom if upright else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Give where a place of the page stands as the text is read."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return self.top - y, self.right - x
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return y - self.bottom, x - self.left


_BY_PLACE = itemgetter(2, 0)
"""Of a word: its baseline, then its left edge."""
_BY_LEFT = itemgetter(0, 5)
"""Of a word: its left edge, then its first character's index."""


def cluster_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words → lines from top to bottom, each from left to right; raised and lowered letters go with their line."""
    lines: list[list[Word]] = []
    line: list[Word] = []
    base = size = 0.0
    for word in sorted(words, key=_BY_PLACE):
        own = word[3]
        gap, reach = word[2] - base, max(size, own)
        if line and (gap < 0.42 * reach or (gap < 0.62 * reach and size < 0.85 * own and len(line) < 3 and line[0].text.isdigit())):
            line.append(word)
            if own > 1.1 * size:
                base, size = word[2], own
        else:
            line = [word]
            lines.append(line)
            base, size = word[2], own
    for line in lines:
        line.sort(key=_BY_LEFT)
    return lines
