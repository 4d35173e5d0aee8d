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
_MAX_BOLD = 4000
"""Words of a page above which type is not looked at: no page of a plan has so many."""
_FONT_NAME_BYTES = 96


def read_page(document: Any, index: int) -> Page:
    """Read one page of an open ``pypdfium2.PdfDocument``."""
    page = document[index]
    textpage = page.get_textpage()
    try:
        turn = Turn(page.get_bbox(), _angle(textpage))
        across, down, dots, image = read_drawn(page, turn)
        text = _page_text(textpage)
        words = _read_words(textpage, turn, text, [match.span() for match in _TOKEN.finditer(text)])
        if _misplaced(words) or _crossed(words, down):
            letters = [(at, at + 1) for at, char in enumerate(text) if _TOKEN.match(char)]
            words = _glue(_read_words(textpage, turn, text, letters), down)
        bold = _bold_words(textpage, words) if len(words) < _MAX_BOLD else frozenset()
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


def _read_words(textpage: Any, turn: Turn, text: str, places: list[tuple[int, int]]) -> list[Word]:
    """Give the words that stand at places of the text, in PDFium's order: each from its first to its last letter's box."""
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
    sides = boxes[:]
    numbers = zip(*(sides[at::8] for at in range(8)), origins[::2], origins[1::2], places, strict=True)
    if turn.quarter == 0:
        left, top = turn.left, turn.top
        return [
            Word(
                (a if a < c else c) - left, (e if e > g else g) - left, top - y, max(1.0, abs((top - d) - (top - b))), text[start:stop], start,
            )
            for a, b, c, d, e, _, g, _, _, y, (start, stop) in numbers
        ]
    words: list[Word] = []
    for a, b, c, d, e, f, g, h, x, y, (start, stop) in numbers:
        (left, top), (right, bottom) = turn.point(a, b), turn.point(c, d)
        tail = turn.point(g, f)[0], turn.point(e, h)[0]
        words.append(Word(min(left, right), max(tail), turn.point(x, y)[1], max(1.0, abs(bottom - top)), text[start:stop], start))
    return words


def _misplaced(words: list[Word]) -> bool:
    """Whether words run backwards, lie in one another or touch: then PDFium's order is not the printed one."""
    oddities = 0
    for (_, reach, base, size, *_), (start, _, below, other, *_) in pairwise(words):
        if abs(base - below) < 0.2 * size:
            oddities += start - reach < _GLUE * (size if size < other else other)
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


def _bold_words(textpage: Any, words: list[Word]) -> frozenset[int]:
    """Give the ``at`` of words whose font is bold; what one object draws has one font."""
    handle, object_of, font_of = handle_of(textpage.raw), calls().text_object, calls().font
    drawn: dict[int, bool] = {}
    fonts: dict[int, bool] = {}
    bold: set[int] = set()
    for word in words:
        item = object_of(handle, word.at) or 0
        strong = drawn.get(item)
        if strong is None:
            font = (item and font_of(item)) or 0
            strong = fonts.get(font) if font else None
            if strong is None:
                strong = fonts[font] = _is_bold(handle, word.at)
            if item:
                drawn[item] = strong
        if strong:
            bold.add(word.at)
    return frozenset(bold)


def _is_bold(handle: int, at: int) -> bool:
    name, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
    length = calls().font_info(handle, at, ctypes.addressof(name), _FONT_NAME_BYTES, ctypes.addressof(flags))
    return 0 < length <= _FONT_NAME_BYTES and (b"Bold" in name.value or b"bold" in name.value or bool(flags.value & 0x40000))
