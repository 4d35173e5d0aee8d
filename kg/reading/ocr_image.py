"""A page of a PDF → a straight grey picture, and the ruling lines in it.

Everything is done on arrays of grey values: rows from the top, columns from the left, 0 black, 255 white. Runs in the
process that opens PDFs; NumPy is imported here and nowhere else in the reader.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]

DPI = 300
"""What pages are rendered at. Tesseract reads capitals of 20 to 40 pixels best; 12 points at 300 dpi have 33."""
MAX_PIXELS = 40_000_000
"""A4 at 300 dpi has 8.7 million; larger pages are rendered at less."""
_SKEW_DPI = 100
_MAX_SKEW = 3.0
_TRIM = 20
"""Pixels of white that a trimmed picture keeps."""
_RULE = 0.35
"""Inches of unbroken ink that make a rule; the longest straight stroke of 14-point type has 0.1."""


class Picture(NamedTuple):
    """A page as a straight picture. ``dpi`` is its resolution; ``skew`` the degrees by which the page was turned back."""

    grey: Grey
    dpi: float
    skew: float
    width: float
    height: float


class Stroke(NamedTuple):
    """One row (or column) of a rule's pixels."""

    at: int
    low: int
    high: int


def take_picture(page: Any) -> Picture:
    """Render an open page, straightened. Coloured ink (stamps, signatures in blue) comes out pale."""
    width, height = page.get_size()
    dpi = min(DPI, 72 * math.sqrt(MAX_PIXELS / max(1.0, width * height)))
    skew = measure_skew(_render(page, min(dpi, _SKEW_DPI), 0.0))
    return Picture(_render(page, dpi, skew if abs(skew) >= 0.04 else 0.0), dpi, skew, width, height)


def _render(page: Any, dpi: float, turn: float) -> Grey:
    """Render a page turned about its middle by ``turn`` degrees (counterclockwise), as grey values."""
    from pypdfium2 import raw

    wide, high = page.get_size()
    scale = dpi / 72
    columns, rows = max(1, round(wide * scale)), max(1, round(high * scale))
    cos, sin = scale * math.cos(math.radians(turn)), scale * math.sin(math.radians(turn))
    right = columns / 2 - (cos * wide + sin * high) / 2
    down = rows / 2 - (cos * high - sin * wide) / 2
    matrix, clip = raw.FS_MATRIX(cos, -sin, sin, cos, right, down), raw.FS_RECTF(0, 0, columns, rows)
    bitmap = raw.FPDFBitmap_Create(columns, rows, 0)
    if not bitmap:
        raise MemoryError
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page.raw, ctypes.byref(matrix), ctypes.byref(clip), raw.FPDF_ANNOT)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.cast(raw.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_uint8))
        colours = np.ctypeslib.as_array(pixels, shape=(rows, stride))[:, : 4 * columns].reshape(rows, columns, 4)
        return np.asarray(np.maximum(np.maximum(colours[:, :, 0], colours[:, :, 1]), colours[:, :, 2]), dtype=np.uint8)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def measure_skew(grey: Grey) -> float:
    """Give the degrees by which the page must be turned counterclockwise to be straight; 0 for an empty picture.

    The angle at which the rows' ink is parted most sharply: the sum of squared steps between neighbouring rows.
    """
    y, x = np.nonzero(find_ink(grey))
    if len(y) < 200:
        return 0.0
    step = len(y) // 300_000 + 1
    heights = y[::step].astype(np.float64)
    places = x[::step] - grey.shape[1] / 2
    margin = int(grey.shape[1] * 0.03) + 2

    def sharpness(angle: float) -> float:
        rows = (heights - places * math.tan(math.radians(angle))).astype(np.int32) + margin
        counts = np.bincount(rows.clip(0), minlength=grey.shape[0] + 2 * margin).astype(np.float64)
        return float((np.diff(counts) ** 2).sum())

    reach = round(_MAX_SKEW / 0.2)
    coarse: list[float] = [turn * 0.2 for turn in range(-reach, reach + 1)]
    _, _, best = max((sharpness(angle), -abs(angle), angle) for angle in coarse)
    fine: list[float] = [best + turn * 0.02 for turn in range(-10, 11)]
    _, _, best = max((sharpness(angle), -abs(angle), angle) for angle in fine)
    return round(best, 2)


def find_ink(grey: Grey) -> Ink:
    """Tell ink from paper by Otsu's threshold, kept within the bounds of print. Source: Otsu, IEEE SMC 9 (1979)."""
    counts = np.bincount(grey.reshape(-1), minlength=256).astype(np.float64)
    weight = np.cumsum(counts)
    mass = np.cumsum(counts * np.arange(256))
    below, above = weight, weight[-1] - weight
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mass[-1] * below - mass * weight[-1]) ** 2 / (below * above)
    threshold = int(np.nanargmax(np.where(np.isfinite(between), between, -1.0)))
    return np.asarray(grey <= min(190, max(90, threshold)))


def whiten(grey: Grey, ink: Ink) -> Grey:
    """Stretch the greys so that paper with its noise is white and print black.

    Tesseract takes grey paper beside a white margin for ink; a code alone in its cell is then lost.
    """
    paper = grey[~ink][::16]
    if not len(paper) or not ink.any():
        return grey
    low = float(np.median(grey[ink]))
    middle, spread = float(np.median(paper)), float(np.percentile(paper, 84) - np.percentile(paper, 16)) / 2
    high = max(low + 40.0, min(250.0, middle - 2.5 * max(spread, 1.0)))
    table = ((np.arange(256) - low) * 255.0 / (high - low)).clip(0, 255).astype(np.uint8)
    return table[grey]


def drop_specks(grey: Grey, ink: Ink) -> tuple[Grey, Ink]:
    """Whiten dust: ink with at most five dark pixels of the 25 around it; the dot of "ạ" has 25."""
    wide = _window(_window(np.pad(ink, 2), 5, 1), 5, 0)
    specks = ink & (wide <= 5)
    return np.where(specks, np.uint8(255), grey), ink & ~specks


def find_strokes(ink: Ink, dpi: float) -> tuple[list[Stroke], list[Stroke]]:
    """Give the pixel rows of horizontal and the pixel columns of vertical rules."""
    return _strokes(ink, dpi), _strokes(np.ascontiguousarray(ink.T), dpi)


def _strokes(ink: Ink, dpi: float) -> list[Stroke]:
    """Runs along rows; a gap of a pixel in twelve is bridged, and a slant of a pixel up or down."""
    reach = int(_RULE * dpi)
    if ink.shape[1] <= reach:
        return []
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    core = _window(thick, reach, 1) >= 0.92 * reach
    strokes: list[Stroke] = []
    for row in np.nonzero(core.any(axis=1))[0]:
        bounds = np.flatnonzero(np.diff(np.concatenate(([0], core[row].astype(np.int8), [0]))))
        strokes.extend(Stroke(int(row), int(low), int(high) - 1 + reach) for low, high in _pairs(bounds))
    return strokes


def _pairs(bounds: NDArray[Any]) -> list[tuple[int, int]]:
    """Pair first with second, third with fourth …: where runs begin and end."""
    return list(zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True))


def _window(values: NDArray[Any], reach: int, axis: int) -> NDArray[np.int32]:
    """Sums over ``reach`` neighbours along an axis; shorter by ``reach - 1``."""
    sums = np.cumsum(values, axis=axis, dtype=np.int32)
    first = np.zeros_like(np.take(sums, [0], axis=axis))
    sums = np.concatenate((first, sums), axis=axis)
    if axis == 1:
        return np.asarray(sums[:, reach:] - sums[:, :-reach])
    return np.asarray(sums[reach:] - sums[:-reach])


def erase(grey: Grey, across: list[Stroke], down: list[Stroke]) -> Grey:
    """Whiten rules, with the pixels beside them that scanning left grey."""
    plain = grey.copy()
    for stroke in across:
        plain[max(0, stroke.at - 2) : stroke.at + 3, stroke.low : stroke.high] = 255
    for stroke in down:
        plain[stroke.low : stroke.high, max(0, stroke.at - 2) : stroke.at + 3] = 255
    return plain


def ink_rows(grey: Grey) -> tuple[int, int]:
    """Give the first row with ink and the one after the last; (0, 0) where there is none."""
    rows = np.flatnonzero((grey < 128).any(axis=1))
    return (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 0)


def trim(grey: Grey) -> Grey:
    """Cut the white around ink off, but for a margin."""
    low, high = ink_rows(grey)
    first, last = ink_rows(np.ascontiguousarray(grey.T))
    if not high:
        return grey
    return np.pad(grey[low:high, first:last], _TRIM, constant_values=255)


def trim_offset(grey: Grey) -> tuple[int, int]:
    """Give where the trimmed picture's corner lies in the whole one: columns from the left, rows from the top."""
    if not (grey < 128).any():
        return 0, 0
    return ink_rows(np.ascontiguousarray(grey.T))[0] - _TRIM, ink_rows(grey)[0] - _TRIM
