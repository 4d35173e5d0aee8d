"""What is drawn on a PDF page beside its letters: rules, dots, images.

Reads: a page of an open PDF. Gives: its axis-parallel rules, its dots, and the share that its largest image covers.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from kg.reading.pdf_calls import calls, handle_of
from kg.reading.pdf_page import Dot, Rule, Turn, Word

MAX_RULES = 20_000
MAX_DOTS = 500
_DOT = 8.0
"""Points that a bullet measures at most; browsers draw 3.75 at their usual size."""
_THIN = 3.0
"""Points that a rule is broad at most."""
_STROKES = 8
"""Strokes that a dotted rule has at least: the shortest column is 20 points broad."""
_STROKE_GAP = 5.0
"""Points between two strokes of one rule at most; dashes of Word leave up to 3."""
_ONE_BOX = 6
"""Segments of one rectangle at most, however it is closed: filled alone it is a background."""
_MAX_SEGMENTS = 20_000
"""Of a path; a table over a page has some hundreds, a map or seal is no table."""
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

    drawn = _Drawn()
    image = 0.0
    area = max(1.0, turn.width * turn.height)
    for kind, item, box, shift in _objects(page):
        left, top, right, bottom = _turned(turn, shift(box))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            image = max(image, (right - left) * (bottom - top) / area)
        elif max(right - left, bottom - top) < _DOT and abs(right - left - bottom + top) < 1 and len(drawn.dots) < MAX_DOTS:
            drawn.dots.append(Dot(left, (top + bottom) / 2, right, _draw_mode(item) == (False, True)))
            drawn.add((left, top, right, bottom))
        elif not drawn.add((left, top, right, bottom)):
            for part in path_parts(item, outlined=_draw_mode(item)[1]):
                drawn.add(_turned(turn, shift(part)))
    drawn.chain()
    return drawn.across, drawn.down, drawn.dots, min(1.0, image)


def _turned(turn: Turn, box: Box) -> Box:
    x0, y0, x1, y1 = box
    (left, top), (right, bottom) = turn.point(x0, y1), turn.point(x1, y0)
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


class _Drawn:
    """What has been drawn so far: rules, dots, and the strokes of dotted rules."""

    def __init__(self) -> None:
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.dots: list[Dot] = []
        self.strokes: list[Box] = []

    def add(self, box: Box) -> bool:
        """Add a thin drawing as a rule, a short one as a stroke of a rule; ``False`` for what is neither."""
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if len(self.across) + len(self.down) >= MAX_RULES:
            return True
        if high <= _THIN and wide > 6:
            self.across.append(Rule((top + bottom) / 2, left, right))
        elif wide <= _THIN and high > 3:
            self.down.append(Rule((left + right) / 2, top, bottom))
        elif wide <= 6 and high <= _THIN:
            if len(self.strokes) < MAX_RULES:
                self.strokes.append(box)
        else:
            return False
        return True

    def chain(self) -> None:
        """Put strokes in a row together as rules: dotted and dashed borders that are drawn stroke by stroke."""
        if len(self.strokes) < _STROKES:
            return
        self.across += _chains([((top + bottom) / 2, left, right) for left, top, right, bottom in self.strokes])
        upright = [((left + right) / 2, top, bottom) for left, top, right, bottom in self.strokes if right - left <= _THIN]
        upright += [(rule.at, rule.low, rule.high) for rule in self.down if rule.high - rule.low <= 6]
        self.down += _chains(upright)


def _chains(strokes: list[tuple[float, float, float]]) -> list[Rule]:
    """Give the rules that strokes (place across, from, to) make: many on one line, each near the next."""
    lines: dict[int, list[tuple[float, float, float]]] = {}
    for stroke in strokes:
        lines.setdefault(round(stroke[0]), []).append(stroke)
    rules: list[Rule] = []
    for at in sorted(lines):
        run: list[tuple[float, float, float]] = []
        for stroke in (*sorted(lines[at], key=lambda stroke: stroke[1]), (0.0, math.inf, math.inf)):
            if run and stroke[1] - run[-1][2] > _STROKE_GAP:
                if len(run) >= _STROKES:
                    rules.append(Rule(run[0][0], run[0][1], run[-1][2]))
                run = []
            run.append(stroke)
    return rules


def path_parts(item: int, *, outlined: bool) -> Iterator[Box]:
    """Give the boxes of a path's thin parts and, where its outline is drawn, of its straight sides.

    Printers draw all borders of a table as one path; a rectangle has four sides. What is curved or slanted is left out.
    """
    from pypdfium2 import raw

    path = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    count = raw.FPDFPath_CountSegments(path)
    if not 1 < count <= _MAX_SEGMENTS or (count <= _ONE_BOX and not outlined):
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    part: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if not curved:
                yield from _sides(part, outlined=outlined)
            part, curved = [], False
        curved |= kind == raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        part.append((matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f))
        if raw.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if not curved:
        yield from _sides(part, outlined=outlined)


def _sides(points: list[tuple[float, float]], *, outlined: bool) -> Iterator[Box]:
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = min(xs), min(ys), max(xs), max(ys)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        yield box
    elif outlined:
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(x0 - x1) < 1 or abs(y0 - y1) < 1:
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


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
