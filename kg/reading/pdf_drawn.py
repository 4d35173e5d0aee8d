"""What is drawn on a PDF page beside its letters: rules, dots, images.

Reads: a page of an open PDF. Gives: its axis-parallel rules, its dots, and the share that its largest image covers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from kg.reading.pdf_calls import calls, handle_of
from kg.reading.pdf_page import Dot, Rule, Turn, Word

MAX_RULES = 20_000
MAX_DOTS = 500
_DOT = 8.0
"""Points that a bullet measures at most; browsers draw 3.75 at their usual size."""
Box = tuple[float, float, float, float]


def find_bullets(dots: list[Dot], words: list[Word]) -> Iterator[Word]:
    """Give the dots that are drawn before a line's first word, as browsers print lists: they are no letters of the page.

    A ring marks an item of a list inside of a list, which these documents mark with "+" (HTML Living Standard, 15.3.7: disc, circle, square).
    """
    for number, (left, middle, right, hollow) in enumerate(dots):
        line = [word for word in words if word.base - 0.8 * word.size < middle < word.base + 0.2 * word.size]
        first = min((word for word in line if word.x0 > right - 1), key=lambda word: word.x0, default=None)
        if first is not None and first.x0 - right < 2 * first.size and not any(0 <= left - word.x1 < first.size for word in line):
            yield Word(left, right, first.base, first.size, "+" if hollow else "•", -1 - number)


def read_drawn(page: Any, turn: Turn) -> tuple[list[Rule], list[Rule], list[Dot], float]:
    """Give the horizontal rules, the vertical rules, the dots, and the share of the page that its largest image covers."""
    from pypdfium2 import raw

    across: list[Rule] = []
    down: list[Rule] = []
    dots: list[Dot] = []
    image = 0.0
    area = max(1.0, turn.width * turn.height)
    for kind, item, box, shift in _objects(page):
        x0, y0, x1, y1 = shift(box)
        (left, top), (right, bottom) = turn.point(x0, y1), turn.point(x1, y0)
        left, right = sorted((left, right))
        top, bottom = sorted((top, bottom))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            image = max(image, (right - left) * (bottom - top) / area)
        elif max(right - left, bottom - top) < _DOT and abs(right - left - bottom + top) < 1 and len(dots) < MAX_DOTS:
            dots.append(Dot(left, (top + bottom) / 2, right, _draw_mode(item) == (False, True)))
        elif len(across) + len(down) < MAX_RULES:
            _add_path(item, (left, top, right, bottom), across, down)
    return across, down, dots, min(1.0, image)


def _add_path(item: int, box: Box, across: list[Rule], down: list[Rule]) -> None:
    """Add the rules of one path: a thin one is a rule, a stroked rectangle four."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    if high <= 3 and wide > 6:
        across.append(Rule((top + bottom) / 2, left, right))
    elif wide <= 3 and high > 3:
        down.append(Rule((left + right) / 2, top, bottom))
    elif high > 3 and wide > 6 and _is_stroked_box(item):
        across += [Rule(top, left, right), Rule(bottom, left, right)]
        down += [Rule(left, top, bottom), Rule(right, top, bottom)]


def _is_stroked_box(item: int) -> bool:
    """Whether a path has a rectangle's few sides, and they are drawn."""
    from pypdfium2 import raw

    path = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    if raw.FPDFPath_CountSegments(path) > 6:
        return False
    return _draw_mode(item)[1]


def _draw_mode(item: int) -> tuple[bool, bool]:
    """Whether a path is filled, and whether its outline is drawn."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(ctypes.cast(item, raw.FPDF_PAGEOBJECT), ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value), bool(stroke.value)


def _objects(page: Any) -> Iterator[tuple[int, int, Box, Any]]:
    """Give the paths and images of a page, also those inside of form objects: kind, handle, box, and the map to page space."""
    from pypdfium2 import raw

    get, kind_of, bounds = calls().item, calls().kind, calls().bounds
    wanted, form, handle = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), raw.FPDF_PAGEOBJ_FORM, handle_of(page.raw)
    sides = (ctypes.c_float * 4)()
    places = [ctypes.addressof(sides) + 4 * at for at in range(4)]

    def box_of(item: int) -> Box:
        left, bottom, right, top = sides[:] if bounds(item, *places) else (0.0, 0.0, 0.0, 0.0)
        return left, bottom, right, top

    for index in range(raw.FPDFPage_CountObjects(page)):
        item = get(handle, index) or 0
        kind = kind_of(item)
        if kind in wanted:
            yield kind, item, box_of(item), _same
        elif kind == form:
            outer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(outer, ctypes.byref(matrix))
            for inner in range(min(MAX_RULES, raw.FPDFFormObj_CountObjects(outer))):
                part = handle_of(raw.FPDFFormObj_GetObject(outer, inner))
                kind = kind_of(part)
                if kind in wanted:
                    yield kind, part, box_of(part), _Shift(matrix)


def _same(box: Box) -> Box:
    return box


class _Shift:
    """The map of a form object's space to its page's."""

    def __init__(self, matrix: Any) -> None:
        self.numbers = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def __call__(self, box: Box) -> Box:
        a, b, c, d, e, f = self.numbers
        xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
        ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
        return min(xs), min(ys), max(xs), max(ys)
