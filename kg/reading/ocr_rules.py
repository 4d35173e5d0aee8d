"""Rules as scanned → rules as printed: gaps where the ink is faint are closed, strokes of stamps and pens left out.

A printed border runs from one crossing rule to the next. A line that nowhere does so is none; where it does, an edge
between two crossings is ruled if strokes cover half of it, or if thin ink lies along a quarter of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from kg.reading.ocr_image import Ink
from kg.reading.pdf_page import Rule
from kg.reading.pdf_tables import find_lines

_NEAR = 3.0
"""Points within which strokes are one line, as for the rules of text PDFs."""
_WHOLE, _HALF, _FAINT = 0.85, 0.5, 0.25
_STEM, _DASH = 11.0, 6.0
"""Points of thin ink that a letter's stem has (upright), and a letter's bar or a hyphen (across)."""
_COLUMN = 0.2
"""Share of the table's height that a border between columns has at least; what stands in a row or two is a stamp."""
_MIN_WIDTH = 0.25
"""Share of the page's width below which a grid is a stamp or a drawing."""


def mend_rules(across: Sequence[Rule], down: Sequence[Rule], ink: Ink, dpi: float) -> tuple[list[Rule], list[Rule]]:
    """Give the rules of the tables, one a ruled edge, from the strokes that were found."""
    flat: list[Rule] = []
    upright: list[Rule] = []
    turned = np.ascontiguousarray(ink.T)
    for xs, ys in find_lines(across, down):
        if xs[-1] - xs[0] < _MIN_WIDTH * ink.shape[1] * 72 / dpi:
            continue
        xs = [at for at in _real(xs, ys, down) if at in (xs[0], xs[-1]) or _cover(down, at, ys[0], ys[-1]) >= _COLUMN]  # noqa: PLW2901
        ys = _real(ys, xs, across)  # noqa: PLW2901
        if len(xs) < 3 or len(ys) < 2:
            continue
        flat.extend(_edges(ys, xs, across, ink, dpi=dpi, least=_DASH))
        upright.extend(_edges(xs, ys, down, turned, dpi=dpi, least=_STEM))
    return flat, upright


def _real(places: list[float], crossings: list[float], strokes: Sequence[Rule]) -> list[float]:
    """The lines that somewhere run from one crossing to the next, and the table's frame."""
    inner = [at for at in places[1:-1] if any(_cover(strokes, at, low, high) >= _WHOLE for low, high in pairwise(crossings))]
    return [places[0], *inner, places[-1]]


def _edges(places: list[float], crossings: list[float], strokes: Sequence[Rule], ink: Ink, *, dpi: float, least: float) -> list[Rule]:
    edges: list[Rule] = []
    for at in places:
        frame = at in (places[0], places[-1])
        for low, high in pairwise(crossings):
            if frame or _cover(strokes, at, low, high) >= _HALF or _thin_ink(ink, at, low, high, dpi=dpi, least=least) >= _FAINT:
                edges.append(Rule(at, low, high))
    return edges


def _cover(strokes: Sequence[Rule], at: float, low: float, high: float) -> float:
    """The share of a stretch of a line that strokes cover."""
    reaches = sorted((max(low, rule.low), min(high, rule.high)) for rule in strokes if abs(rule.at - at) <= _NEAR)
    covered, done = 0.0, low
    for start, stop in reaches:
        covered += max(0.0, stop - max(start, done))
        done = max(done, stop)
    return covered / max(1.0, high - low)


def _thin_ink(ink: Ink, at: float, low: float, high: float, *, dpi: float, least: float) -> float:
    """The share of a stretch along which there is ink at the line's place and none beside it, as there is in letters."""
    pixel = dpi / 72
    middle, reach = round(at * pixel), max(2, round(pixel))
    start, stop = round((low + 2) * pixel), round((high - 2) * pixel)
    if stop - start < 4 or middle < 3 * reach or middle + 3 * reach >= ink.shape[0]:
        return 0.0
    line = ink[middle - reach : middle + reach + 1, start:stop].any(axis=0)
    above = ink[middle - 3 * reach : middle - reach - 1, start:stop].any(axis=0)
    below = ink[middle + reach + 2 : middle + 3 * reach + 1, start:stop].any(axis=0)
    thin = int((line & ~above & ~below).sum())
    return thin / (stop - start) if thin >= least * pixel else 0.0
