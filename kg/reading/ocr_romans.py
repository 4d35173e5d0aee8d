"""A picture of a list of Roman numbers ("I, II, IV") → the list, by the strokes of its letters.

Tesseract's models of a language take "I, II" for "I H", "LH" or "I1", and with the letters of numbers alone find no line. Such letters
are few strokes: an I has one all the way down, a V two that meet at the foot, an X two that meet in the middle. A picture that
has anything else in it, or no ascending list, gives nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.reading.ocr_image import Grey, Ink, find_ink

_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LIKE = re.compile(r"[IVX1lLHUTNMJWY|ifmntjrwv\[\](),.;:\s—–-]{2,24}$")
_LETTER, _POINT = 0.75, 0.62
"""How high a letter is at least, and how low a comma begins, of the line's height."""
_HEAD, _MIDDLE, _FOOT = (0.18, 0.26), (0.46, 0.54), (0.82, 0.90)
"""The bands of a letter, from its top, in which strokes are counted; serifs lie outside."""
_DARK = 0.3
"""How much of a band's height is ink where a stroke crosses it: one that leans crosses it aslant."""
_SLANT, _BEND, _NARROWEST = 0.2, 0.08, 0.05
"""How far a stroke may lean from head to foot, how far bend in its middle, and how wide it is at least, of the line's height."""
_SPECK = 0.25
"""What is lower than this part of the line's height is dust, unless it stands where a comma does."""
_SPACE = 0.33
"""The white between two numbers without a comma, of the line's height."""


class _Run(NamedTuple):
    low: int
    high: int

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def may_be_romans(text: str) -> bool:
    """Whether a cell's text is made of what Roman numbers and commas are read as, and has more than one of them.

    >>> [may_be_romans(text) for text in ("I H, IV", "LH,IV", "Sở Y tế", "II", "2025", "1, II")]
    [True, True, False, False, False, True]
    """
    return bool(_LIKE.match(text)) and len(text) > 2 and bool(re.search(r"[IVXH]", text)) and text.strip() not in _ROMANS


def read_romans(grey: Grey) -> str | None:
    """Read a picture of one cell.

    Args:
        grey: rows from the top, columns from the left; letters at least 14 pixels high.

    Returns: the numbers, ascending, joined by commas; ``None`` where the picture holds anything else.

    """
    ink = find_ink(grey)
    lines = _runs(ink.any(axis=1), 2)
    if not lines or max(line.high - line.low for line in lines) < 14:
        return None
    height = max(line.high - line.low for line in lines)
    numbers: list[str] = []
    for line in lines:
        if line.high - line.low < _SPECK * height:
            continue
        read = _read_line(ink[line.low : line.high])
        if read is None:
            return None
        numbers += read
    places = [_ROMANS.index(number) for number in numbers if number in _ROMANS]
    ascending = len(places) == len(numbers) > 0 and all(one < other for one, other in pairwise(places))
    return ",".join(numbers) if ascending else None


def _read_line(ink: Ink) -> list[str] | None:
    """Read one line of letters and commas; ``None`` where there is another sign."""
    pieces = _runs(ink.any(axis=0), 1)
    tops = [int(np.flatnonzero(ink[:, low:high].any(axis=1))[0]) for low, high in pieces]
    feet = [int(np.flatnonzero(ink[:, low:high].any(axis=1))[-1]) + 1 for low, high in pieces]
    high = max((foot - top for top, foot in zip(tops, feet, strict=True)), default=0)
    base = min((foot for top, foot in zip(tops, feet, strict=True) if foot - top > _LETTER * high and top <= 0.2 * high), default=0)
    if base < 14:
        return None
    numbers: list[str] = []
    open_number, last = "", 0
    for piece, top, foot in zip(pieces, tops, feet, strict=True):
        if max(foot - top, piece.high - piece.low) < _SPECK * base and foot < base:
            continue
        if top > _POINT * base or _is_semicolon(ink[:, piece.low : piece.high], base):
            numbers, open_number = [*numbers, open_number], ""
            continue
        drawn = ink[:, piece.low : piece.high]
        comma = _comma(drawn, base)
        letters = _letters(drawn[:base] & ~comma[:base], base) if foot > _LETTER * base and top < 0.25 * base else None
        if letters is None:
            return None
        if open_number and piece.low - last > _SPACE * base:
            numbers, open_number = [*numbers, open_number], ""
        open_number, last = open_number + letters, piece.high
        if comma.any():
            numbers, open_number = [*numbers, open_number], ""
    return [number for number in (*numbers, open_number) if number]


def _is_semicolon(ink: Ink, base: int) -> bool:
    """Two points one above the other, the lower one where a comma stands."""
    points = _runs(ink.any(axis=1), 1)
    return len(points) == 2 and ink.shape[1] < 0.4 * base and points[0].low > 0.2 * base and points[1].low > _POINT * base


def _comma(ink: Ink, base: int) -> Ink:
    """Mark the comma that stands below the arm of a V, if there is one: what reaches below the line, and is above it from there."""
    marked = np.zeros_like(ink)
    below = _runs(ink[base + 1 :].any(axis=0), 3, 0.08 * base) if ink.shape[0] > base + 1 else []
    for run in below:
        marked[int(_POINT * base) :, max(0, run.low - int(0.1 * base)) : run.high + int(0.1 * base)] = True
    return marked


def _letters(ink: Ink, base: int) -> str | None:
    """Read strokes that may touch at their serifs, as those of "II" and "IV" do."""
    head, middle, foot = (_runs(ink[int(low * base) : int(high * base)].mean(axis=0) > _DARK, 1, _NARROWEST * base) for low, high in (_HEAD, _MIDDLE, _FOOT))
    found, at, slant = "", 0, _SLANT * base
    while at < len(head):
        below = [run for run in foot if abs(run.middle - head[at].middle) < slant]
        pair = head[at : at + 2]
        if len(below) == 1 and any(abs(run.middle - (head[at].middle + below[0].middle) / 2) < _BEND * base for run in middle):
            found, at = found + "I", at + 1
        elif len(pair) == 2 and any(pair[0].middle + slant / 2 < run.middle < pair[1].middle - slant / 2 for run in foot):
            found, at = found + "V", at + 2
        elif len(pair) == 2 and len(below) == 1 and any(pair[0].low + _BEND * base < run.low and run.high < pair[1].high - _BEND * base for run in middle):
            found, at = found + "X", at + 2
        else:
            return None
    strokes = sum(1 if letter == "V" else 2 if letter == "X" else 1 for letter in found)
    return found if found and strokes == len(foot) else None


def _runs(marks: NDArray[Any] | np.bool_, gap: int, least: float = 1) -> list[_Run]:
    """Stretches of marks at least so long, joined over gaps shorter than ``gap``."""
    bounds = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(marks, dtype=np.int8), [0]))))
    found: list[_Run] = []
    for low, high in zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True):
        if found and low - found[-1].high < gap:
            found[-1] = _Run(found[-1].low, high)
        else:
            found.append(_Run(low, high))
    return [run for run in found if run.high - run.low >= least]
