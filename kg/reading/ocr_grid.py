"""A straight picture of a page → what Tesseract is shown: one cell a picture, and the rest with the tables taken out.

Tesseract finds lines well in one block of text and badly over the columns of a table; it is shown each cell alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from kg.reading.ocr_image import Grey, Ink, Stroke, drop_specks, erase, find_ink, find_strokes, whiten
from kg.reading.ocr_rules import mend_rules
from kg.reading.pdf_page import Rule
from kg.reading.pdf_tables import Box, find_boxes

_MARGIN = 0.1
"""Inches of white around a cell's picture: without, Tesseract loses the first and last line."""
_MIN_INK = 0.0004
"""Square inches of ink below which a cell is empty: half a full stop."""


class Crop(NamedTuple):
    """A part of a page's picture and where its top left corner lies in it, in pixels."""

    grey: Grey
    left: int
    top: int


class Parted(NamedTuple):
    """A page's picture, cut up: cells, and all else; its rules in points."""

    cells: list[Crop]
    rest: Crop | None
    across: list[Rule]
    down: list[Rule]


def cut_up(grey: Grey, dpi: float) -> Parted:
    """Find the tables of a straight picture and cut it up."""
    ink = find_ink(grey)
    grey, ink = drop_specks(whiten(grey, ink), ink)
    flat, upright = find_strokes(ink, dpi)
    across, down = mend_rules(_points(flat, dpi), _points(upright, dpi), ink, dpi)
    tables = find_boxes(across, down)
    if not tables:
        return Parted([], _crop_rest(grey, ink, (), dpi), [], [])
    plain, bare = erase(grey, flat, upright), erase_ink(ink, flat, upright)
    cells = [_crop(plain, box, dpi) for box in chain.from_iterable(tables) if _has_ink(bare, box, dpi)]
    return Parted(cells, _crop_rest(plain, bare, [_frame(boxes) for boxes in tables], dpi), across, down)


def _points(strokes: Sequence[Stroke], dpi: float) -> list[Rule]:
    points = 72 / dpi
    return [Rule(stroke.at * points, stroke.low * points, stroke.high * points) for stroke in strokes]


def erase_ink(ink: Ink, across: list[Stroke], down: list[Stroke]) -> Ink:
    """Take the rules out of the ink."""
    return np.asarray(erase(np.where(ink, np.uint8(0), np.uint8(255)), across, down) == 0)


def _frame(boxes: Sequence[Box]) -> Box:
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


def _pixels(box: Box, dpi: float, inset: float) -> tuple[slice, slice]:
    scale = dpi / 72
    return (
        slice(max(0, round((box.y0 + inset) * scale)), max(0, round((box.y1 - inset) * scale))),
        slice(max(0, round((box.x0 + inset) * scale)), max(0, round((box.x1 - inset) * scale))),
    )


def _has_ink(ink: Ink, box: Box, dpi: float) -> bool:
    if min(box.x1 - box.x0, box.y1 - box.y0) < 5:
        return False
    return int(ink[_pixels(box, dpi, 1.0)].sum()) > _MIN_INK * dpi * dpi


def _crop(grey: Grey, box: Box, dpi: float) -> Crop:
    rows, columns = _pixels(box, dpi, 0.0)
    margin = round(_MARGIN * dpi)
    return Crop(np.pad(grey[rows, columns], margin, constant_values=255), columns.start - margin, rows.start - margin)


def _crop_rest(grey: Grey, ink: Ink, frames: Sequence[Box], dpi: float) -> Crop | None:
    """All outside of the tables; ``None`` where nothing is written there."""
    rest, left = grey.copy(), ink.copy()
    for frame in frames:
        place = _pixels(frame, dpi, -1.5)
        rest[place] = 255
        left[place] = False
    return Crop(rest, 0, 0) if int(left.sum()) > 4 * _MIN_INK * dpi * dpi else None
