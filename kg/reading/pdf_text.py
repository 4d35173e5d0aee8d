"""PDF pages → words with their places, through PDFium.

Reads: the bytes of a PDF. Gives: for each page its words (baseline, box, size, text) and what is drawn (``pdf_drawn``), in
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
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import Any

from kg.reading.pdf_calls import calls, handle_of
from kg.reading.pdf_drawn import find_bullets, read_drawn
from kg.reading.pdf_page import Page, Rule, Turn, Word, cluster_lines

_GLUE = 0.06
"""Words of one line nearer than this part of the type size are one word; the narrowest space met measures 0.12."""
_LINE_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at a line's end ("12/KH-⏎UBND"): these documents break numbers there, never words."""
_TOKEN = re.compile(r"[^\s\x00\u00a0\ufffe\uffff]+\ufffe?|\ufffe")
_LINE_HEIGHT = 1.107
"""From the top of the highest letter to the foot of the lowest, in sizes of type: of Times New Roman and Liberation Serif."""
_SMALLEST = 3.0
"""Points below which a size is none: fonts of pictures (Type 3) have a scale of their own."""
_FONT_NAME_BYTES = 96


def read_page(document: Any, index: int) -> Page:
    """Read one page of an open ``pypdfium2.PdfDocument``."""
    page = document[index]
    textpage = page.get_textpage()
    try:
        turn = Turn(page.get_bbox(), _angle(textpage))
        across, down, dots, image = read_drawn(page, turn)
        text = _page_text(textpage)
        words, bold = _read_words(textpage, turn, text, [match.span() for match in _TOKEN.finditer(text)])
        if _misplaced(words) or _crossed(words, down):
            letters = [(at, at + 1) for at, char in enumerate(text) if _TOKEN.match(char)]
            read, bold = _read_words(textpage, turn, text, letters)
            words = _glue(read, down)
        return Page(turn.width, turn.height, [*words, *find_bullets(dots, words)], across, down, bold, image)
    finally:
        textpage.close()
        page.close()


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


def _read_words(textpage: Any, turn: Turn, text: str, places: list[tuple[int, int]]) -> tuple[list[Word], frozenset[int]]:
    """Give the words that stand at places of the text, in PDFium's order, and the ``at`` of bold ones: each from its first to its last letter's box."""
    handle, box_of, origin_of = handle_of(textpage.raw), calls().loose_box, calls().origin
    boxes, origins = (ctypes.c_float * (8 * len(places)))(), (ctypes.c_double * (2 * len(places)))()
    to_box, to_origin = ctypes.addressof(boxes), ctypes.addressof(origins)
    for start, stop in places:
        box_of(handle, start, to_box)
        box_of(handle, stop - 1, to_box + 16)
        origin_of(handle, start, to_origin, to_origin + 8)
        to_box += 32
        to_origin += 16
    if _LINE_HYPHEN in text:
        text = text.replace(_LINE_HYPHEN, "-")
    kinds = _Kinds(handle)
    sides, words, bold = boxes[:], [], set()
    numbers = zip(*(sides[at::8] for at in range(8)), origins[::2], origins[1::2], places, strict=True)
    upright, left, top, point = turn.quarter == 0, turn.left, turn.top, turn.point
    for a, b, c, d, e, f, g, h, x, y, (start, stop) in numbers:
        size, strong = kinds.of(start)
        if strong:
            bold.add(start)
        if upright:
            words.append(Word((min(c, a)) - left, (max(g, e)) - left, top - y, size or max(1.0, abs(b - d)), text[start:stop], start))
            continue
        (x0, y0), (x1, y1) = point(a, b), point(c, d)
        words.append(Word(min(x0, x1), max(point(g, f)[0], point(e, h)[0]), point(x, y)[1], size or max(1.0, abs(y1 - y0)), text[start:stop], start))
    return words, frozenset(bold)


class _Kinds:
    """In what type letters are set: its size, and whether it is bold; looked up once for each object that draws letters."""

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.drawn: dict[int, tuple[float, bool]] = {}
        self.fonts: dict[int, bool] = {}
        self.matrix = (ctypes.c_float * 6)()
        self.calls = calls()

    def of(self, at: int) -> tuple[float, bool]:
        """Give size and weight of a letter's type; size 0 where the file does not tell it."""
        item = self.calls.text_object(self.handle, at) or 0
        known = self.drawn.get(item)
        if known is None:
            known = self._size(at), self._bold(item, at)
            if item:
                self.drawn[item] = known
        return known

    def _size(self, at: int) -> float:
        """The height of a line of the type: the boxes of letters tell it only where a font states its own height, which LibreOffice's do not."""
        if not self.calls.matrix(self.handle, at, ctypes.addressof(self.matrix)):
            return 0.0
        _, _, across, up, *_ = self.matrix
        size = _LINE_HEIGHT * self.calls.font_size(self.handle, at) * math.hypot(across, up)
        return size if size > _SMALLEST else 0.0

    def _bold(self, item: int, at: int) -> bool:
        font = (item and self.calls.font(item)) or 0
        strong = self.fonts.get(font)
        if strong is None:
            strong = _is_bold(self.handle, at)
            if font:
                self.fonts[font] = strong
        return strong


def _misplaced(words: list[Word]) -> bool:
    """Whether words run backwards, lie in one another or touch: then PDFium's order is not the printed one."""
    oddities = 0
    for (_, reach, base, size, *_), (start, _, below, other, *_) in pairwise(words):
        if abs(base - below) < 0.2 * size:
            oddities += start - reach < _GLUE * (min(other, size))
    return oddities > len(words) // 100


def _crossed(words: list[Word], down: list[Rule]) -> bool:
    """Whether a vertical rule runs through a word: two cells that PDFium took for one word."""
    if not down or len(down) > 400:
        return False
    rules = sorted(down)
    places = [rule.at for rule in rules]
    for word in words:
        first, last = word.x0 + 2, word.x1 - 2
        at = bisect_left(places, first)
        while at < len(places) and places[at] < last:
            if places[at] > first and rules[at].low < word.base - 0.3 * word.size < rules[at].high:
                return True
            at += 1
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


def _is_bold(handle: int, at: int) -> bool:
    name, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
    length = calls().font_info(handle, at, ctypes.addressof(name), _FONT_NAME_BYTES, ctypes.addressof(flags))
    return 0 < length <= _FONT_NAME_BYTES and (b"Bold" in name.value or b"bold" in name.value or bool(flags.value & 0x40000))
