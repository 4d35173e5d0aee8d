"""PDF pages → words and ruling lines with their places, through PDFium.

Reads: the bytes of a PDF. Gives: for each page its words (baseline, box, size, text) and its axis-parallel rules, in
points from the page's top left corner as the text is read: a page whose text runs upwards is turned first.

PDFium's own order and spaces are taken where they agree with the boxes. Where they do not (a producer that draws the
letters of a second font after those of the first, so that "Nhiệm vụ" comes as "Nhi m v ệ ụ"), the page is read again
letter by letter and put together by place.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

MAX_RULES = 20_000
MAX_DOTS = 500
_DOT = 8.0
"""Points that a bullet measures at most; browsers draw 3.75 at their usual size."""
_GLUE = 0.06
"""Words of one line nearer than this part of the type size are one word; the narrowest space met measures 0.12."""
_LINE_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at a line's end ("12/KH-⏎UBND"): these documents break numbers there, never words."""
_TOKEN = re.compile(r"[^\s\x00\u00a0\ufffe\uffff]+\ufffe?|\ufffe")


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
    """A small drawing as wide as high: its left edge, its middle from the top, its right edge."""

    left: float
    middle: float
    right: float


class Page(NamedTuple):
    """A page as printed. ``bold`` holds the ``at`` of words whose font is bold. ``image`` is the share that images cover."""

    width: float
    height: float
    words: list[Word]
    across: list[Rule]
    down: list[Rule]
    bold: frozenset[int]
    image: float


def read_page(document: Any, index: int) -> Page:
    """Read one page of an open ``pypdfium2.PdfDocument``."""
    page = document[index]
    textpage = page.get_textpage()
    try:
        box = page.get_bbox()
        turn = _Turn(box, _angle(textpage))
        across, down, dots, image = _read_drawn(page, turn)
        words = list(_read_words(textpage, turn, single=False))
        if _misplaced(words) or _crossed(words, down):
            words = _glue(list(_read_words(textpage, turn, single=True)), down)
        bold = frozenset(word.at for word in words[:4000] if _is_bold(textpage, word.at)) if len(words) < 4000 else frozenset()
        return Page(turn.width, turn.height, [*words, *_bullets(dots, words)], across, down, bold, image)
    finally:
        textpage.close()
        page.close()


def page_of(scan: dict[str, Any]) -> Page:
    """Give a page that was read by its picture (``kg.reading.ocr_page.read_scan``)."""
    words = [Word(*word) for word in scan["words"]]
    across, down = [Rule(*rule) for rule in scan["across"]], [Rule(*rule) for rule in scan["down"]]
    return Page(scan["width"], scan["height"], words, across, down, frozenset(), 1.0)


class _Turn:
    """Page space → reading space: origin top left, text left to right."""

    def __init__(self, box: tuple[float, float, float, float], quarter: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.quarter = quarter
        upright = quarter % 2 == 0
        self.width = self.right - self.left if upright else self.top - self.bottom
        self.height = self.top - self.bottom if upright else self.right - self.left

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return self.top - y, self.right - x
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return y - self.bottom, x - self.left


def _angle(textpage: Any) -> int:
    """The quarter turns (clockwise) in which most of a sample of letters is set."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(textpage)
    votes = Counter(
        round(raw.FPDFText_GetCharAngle(textpage, at) / (math.pi / 2)) % 4 for at in range(0, count, max(1, count // 40))
    )
    return max(sorted(votes), key=lambda quarter: votes[quarter]) if votes else 0


def _page_text(textpage: Any) -> str:
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if len(text) == count and "\x00" not in text:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage, at) for at in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def _read_words(textpage: Any, turn: _Turn, *, single: bool) -> Iterator[Word]:
    """Give the words in PDFium's order; with ``single`` each letter as a word."""
    from pypdfium2 import raw

    handle = textpage.raw
    box, end = raw.FS_RECTF(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    to_box, to_end, to_x, to_y = ctypes.byref(box), ctypes.byref(end), ctypes.byref(x), ctypes.byref(y)
    loose, origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    text = _page_text(textpage)
    pieces: Iterator[tuple[int, int]] = (match.span() for match in _TOKEN.finditer(text))
    if single:
        pieces = ((at, at + 1) for at, char in enumerate(text) if _TOKEN.match(char))
    for start, stop in pieces:
        loose(handle, start, to_box)
        origin(handle, start, to_x, to_y)
        last = to_box
        if stop - start > 1:
            loose(handle, stop - 1, to_end)
            last = to_end
        tail = box if last is to_box else end
        left, top = turn.point(box.left, box.top)
        left2, bottom = turn.point(box.right, box.bottom)
        right, _ = turn.point(tail.right, tail.top)
        right2, _ = turn.point(tail.left, tail.bottom)
        _, base = turn.point(x.value, y.value)
        yield Word(min(left, left2), max(right, right2), base, max(1.0, abs(bottom - top)), text[start:stop].replace(_LINE_HYPHEN, "-"), start)


def _misplaced(words: list[Word]) -> bool:
    """Whether words run backwards, lie in one another or touch: then PDFium's order is not the printed one."""
    oddities = 0
    for above, below in pairwise(words):
        if abs(above.base - below.base) < 0.2 * above.size:
            gap = below.x0 - above.x1
            oddities += gap < _GLUE * min(above.size, below.size)
    return oddities > len(words) // 100


def _crossed(words: list[Word], down: list[Rule]) -> bool:
    """Whether a vertical rule runs through a word: two cells that PDFium took for one word."""
    if not down or len(down) > 400:
        return False
    for word in words:
        middle = word.base - 0.3 * word.size
        for rule in down:
            if word.x0 + 2 < rule.at < word.x1 - 2 and rule.low < middle < rule.high:
                return True
    return False


def _glue(letters: list[Word], down: list[Rule]) -> list[Word]:
    """Put letters together as words, line by line and by place."""
    words: list[Word] = []
    bars = down if len(down) < 400 else []
    for line in cluster_lines(letters):
        run: list[Word] = []
        for letter in line:
            if run and not _same_word(run[-1], letter, bars):
                words.append(_word(run))
                run = []
            run.append(letter)
        if run:
            words.append(_word(run))
    return words


def _same_word(left: Word, right: Word, bars: list[Rule]) -> bool:
    gap = right.x0 - left.x1
    if gap > 0.12 * max(left.size, right.size) or (right.text.isdigit() and right.size < 0.75 * left.size):
        return False
    middle = left.base - 0.3 * left.size
    return not any(left.x1 - 1 < bar.at < right.x0 + 1 and bar.low < middle < bar.high for bar in bars)


def _word(run: list[Word]) -> Word:
    text = unicodedata.normalize("NFC", "".join(letter.text for letter in run))
    size = max(letter.size for letter in run)
    return Word(run[0].x0, max(letter.x1 for letter in run), run[0].base, size, text, run[0].at)


def cluster_lines(words: list[Word]) -> list[list[Word]]:
    """Words → lines from top to bottom, each from left to right; raised and lowered letters go with their line."""
    lines: list[list[Word]] = []
    base = size = 0.0
    for word in sorted(words, key=lambda word: (word.base, word.x0)):
        raised = bool(lines) and len(lines[-1]) < 3 and size < 0.85 * word.size and lines[-1][0].text.isdigit()
        if lines and word.base - base < (0.62 if raised else 0.42) * max(size, word.size):
            lines[-1].append(word)
            if word.size > 1.1 * size:
                base, size = word.base, word.size
        else:
            lines.append([word])
            base, size = word.base, word.size
    for line in lines:
        line.sort(key=lambda word: (word.x0, word.at))
    return lines


def _is_bold(textpage: Any, at: int) -> bool:
    from pypdfium2 import raw

    buffer = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage, at, buffer, 96, ctypes.byref(flags))
    return 0 < length <= 96 and (b"Bold" in buffer.value or b"bold" in buffer.value or bool(flags.value & 0x40000))


def _bullets(dots: list[Dot], words: list[Word]) -> Iterator[Word]:
    """Give the dots that are drawn before a line's first word, as browsers print lists: they are no letters of the page."""
    for number, (left, middle, right) in enumerate(dots):
        line = [word for word in words if word.base - 0.8 * word.size < middle < word.base + 0.2 * word.size]
        first = min((word for word in line if word.x0 > right - 1), key=lambda word: word.x0, default=None)
        if first is not None and first.x0 - right < 2 * first.size and not any(0 <= left - word.x1 < first.size for word in line):
            yield Word(left, right, first.base, first.size, "•", -1 - number)


def _read_drawn(page: Any, turn: _Turn) -> tuple[list[Rule], list[Rule], list[Dot], float]:
    """Give the horizontal rules, the vertical rules, the dots, and the share of the page that its largest image covers."""
    from pypdfium2 import raw

    across: list[Rule] = []
    down: list[Rule] = []
    dots: list[Dot] = []
    image = 0.0
    area = max(1.0, turn.width * turn.height)
    for kind, item, shift in _objects(page):
        x0, y0, x1, y1 = shift(_bounds(item))
        (left, top), (right, bottom) = turn.point(x0, y1), turn.point(x1, y0)
        left, right = sorted((left, right))
        top, bottom = sorted((top, bottom))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            image = max(image, (right - left) * (bottom - top) / area)
        elif max(right - left, bottom - top) < _DOT and abs(right - left - bottom + top) < 1 and len(dots) < MAX_DOTS:
            dots.append(Dot(left, (top + bottom) / 2, right))
        elif len(across) + len(down) < MAX_RULES:
            _add_path(item, (left, top, right, bottom), across, down)
    return across, down, dots, min(1.0, image)


def _add_path(item: Any, box: tuple[float, float, float, float], across: list[Rule], down: list[Rule]) -> None:
    """Add the rules of one path: a thin one is a rule, a stroked rectangle four."""
    from pypdfium2 import raw

    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    if high <= 3 and wide > 6:
        across.append(Rule((top + bottom) / 2, left, right))
    elif wide <= 3 and high > 3:
        down.append(Rule((left + right) / 2, top, bottom))
    elif high > 3 and wide > 6 and raw.FPDFPath_CountSegments(item) <= 6:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value:
            across += [Rule(top, left, right), Rule(bottom, left, right)]
            down += [Rule(left, top, bottom), Rule(right, top, bottom)]


def _bounds(item: Any) -> tuple[float, float, float, float]:
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *sides):
        return 0.0, 0.0, 0.0, 0.0
    return sides[0].value, sides[1].value, sides[2].value, sides[3].value


def _objects(page: Any) -> Iterator[tuple[int, Any, Any]]:
    """Give the paths and images of a page, also those inside of form objects, with the map to page space."""
    from pypdfium2 import raw

    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, item, _same
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
            for inner in range(min(MAX_RULES, raw.FPDFFormObj_CountObjects(item))):
                part = raw.FPDFFormObj_GetObject(item, inner)
                kind = raw.FPDFPageObj_GetType(part)
                if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                    yield kind, part, _Shift(matrix)


def _same(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return box


class _Shift:
    """The map of a form object's space to its page's."""

    def __init__(self, matrix: Any) -> None:
        self.numbers = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def __call__(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        a, b, c, d, e, f = self.numbers
        xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
        ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
        return min(xs), min(ys), max(xs), max(ys)
