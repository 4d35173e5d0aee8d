"""One page of a scan → words and rules with their places, in the form in which a PDF's text layer gives them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from kg.reading.ocr import Lettering, PrintedLine, recognise
from kg.reading.ocr_codes import UNREAD
from kg.reading.ocr_grid import Crop, cut_up
from kg.reading.ocr_image import Grey, ink_rows, take_picture, trim, trim_offset
from kg.reading.ocr_romans import may_be_romans, read_romans
from kg.reading.pdf_mend import is_syllable
from kg.reading.pdf_page import Word

CELL_MODE, PAGE_MODE = 6, 11
CODE_MODES, CODE_LETTERS = (7, 6), "0123456789.IVX"
_CODE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}(?:\.\d{1,2})*)\.?$")
_DIRT = re.compile(r"[ˆ^`´~¬|_\\°'\"‘’“”*¡]+$")
"""What dust and the remains of rules are read as; no word of a plan is made of these alone."""
_SHORTEST_PAIR, _WORD = 5, 3
_LONGEST_CODE, _SURE_CODE, _SURE_LIST = 8, 85, 90
_CODE_COLUMN = 0.8
"""Inches of width, with the margins, that a column of codes has at most."""
_LETTER_BOX = 1.2
"""Tesseract's type size (ascenders to descenders of the line) to the height of the font's box, as PDFium gives it."""
_DOUBTFUL_MARK, _DOUBTFUL_LINE = 60, 45
"""Percent below which a word without letters is dirt, and a line outside of tables a stamp or a pen's stroke."""


def read_scan(document: Any, index: int, program: str, seconds: float) -> dict[str, Any]:
    """Read one page of an open ``pypdfium2.PdfDocument`` by its picture.

    Gives: plain values for ``pdf_text.page_of``: {"width", "height", "skew", "words", "across", "down", "left_out"}; the last
    counts marks that were taken for stamps, signatures and dirt. {"error": "late" | "crash"} where Tesseract failed.
    """
    page = document[index]
    try:
        picture = take_picture(page)
    finally:
        page.close()
    parted = cut_up(picture.grey, picture.dpi)
    dpi = round(picture.dpi)
    try:
        cells = recognise([cell.grey for cell in parted.cells], program, mode=CELL_MODE, dpi=dpi, seconds=seconds)
        cells = _read_lists(parted.cells, _read_codes(parted.cells, cells, program, dpi, seconds))
        rest = recognise([parted.rest.grey], program, mode=PAGE_MODE, dpi=dpi, seconds=seconds) if parted.rest else []
    except subprocess.TimeoutExpired:
        return {"error": "late"}
    except subprocess.SubprocessError:
        return {"error": "crash"}
    words: list[Word] = []
    left_out = 0
    for crop, lines in zip([*parted.cells, *([parted.rest] if parted.rest else [])], [*cells, *rest], strict=True):
        kept = [line for line in map(_without_dirt, lines) if line.words and (crop is not parted.rest or _is_print(line))]
        left_out += sum(len(line.words) for line in lines) - sum(len(line.words) for line in kept)
        words.extend(_place(kept, crop, 72 / picture.dpi, len(words)))
    return {
        "width": picture.width, "height": picture.height, "skew": picture.skew, "words": words,
        "across": parted.across, "down": parted.down, "left_out": left_out,
    }  # fmt: skip


def _read_codes(
    crops: Sequence[Crop], cells: Sequence[list[PrintedLine]], program: str, dpi: int, seconds: float
) -> list[list[PrintedLine]]:
    """Read cells that hold nothing but a code ("1", "II", "3.1.2") again, with the letters of codes only.

    A language's model guesses at single digits, and finds no line at all in a picture of one.
    """
    texts = ["".join(word.text for line in lines for word in line.words) for lines in cells]
    narrow = [at for at, crop in enumerate(crops) if crop.grey.shape[1] < _CODE_COLUMN * dpi]
    short = [at for at in narrow if len(texts[at]) <= _LONGEST_CODE and not re.search("[T()]", texts[at]) and not _says_words(cells[at])]
    doubtful = [at for at in short if not text_is_code(texts[at]) or _lowest(cells[at]) < _SURE_CODE]
    chosen = list(cells)
    for mode in CODE_MODES:
        pictures = [trim(crops[at].grey) for at in doubtful]
        again = recognise(pictures, program, mode=mode, dpi=dpi, seconds=seconds, letters=CODE_LETTERS)
        for at, lines in zip(doubtful, again, strict=True):
            text = "".join(word.text for line in lines for word in line.words)
            better = not text_is_code(texts[at]) or _lowest(lines) > _lowest(chosen[at])
            if len(lines) == 1 and text_is_code(text) and better:
                chosen[at], texts[at] = [_back(lines[0], crops[at])], text
    for at in narrow:
        if not any(map(str.isalnum, texts[at])) and _is_mark(crops[at].grey, dpi):
            chosen[at] = [_unread(crops[at], dpi)]
    return chosen


def _read_lists(crops: Sequence[Crop], cells: Sequence[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """Read cells that hold nothing but Roman numbers ("I, II, IV") again, by their strokes."""
    chosen = list(cells)
    for at, lines in enumerate(cells):
        words = [word for line in lines for word in line.words]
        text = " ".join(word.text for word in words)
        numbers = read_romans(crops[at].grey) if may_be_romans(text) else None
        if numbers is not None and numbers != text.replace(" ", ""):
            box = (min(word.x0 for word in words), min(word.y0 for word in words), max(word.x1 for word in words), max(word.y1 for word in words))
            chosen[at] = [PrintedLine(lines[0].base, lines[0].size, [Lettering(*box, numbers, _SURE_LIST)])]
    return chosen


def _says_words(lines: list[PrintedLine]) -> bool:
    """Whether a cell holds words, as "Hằng năm" is, however short: syllables that no code is taken for."""
    words = [word.text.strip(".,;:").lower() for line in lines for word in line.words]
    return any(len(word) >= _WORD and is_syllable(word) for word in words)


def _back(line: PrintedLine, crop: Crop) -> PrintedLine:
    """Move a line read in a trimmed picture to its place in the whole one."""
    left, top = trim_offset(crop.grey)
    words = [word._replace(x0=word.x0 + left, x1=word.x1 + left, y0=word.y0 + top, y1=word.y1 + top) for word in line.words]
    return PrintedLine(line.base + top, line.size, words)


def _is_mark(grey: Grey, dpi: int) -> bool:
    """Whether there is ink of the height of a digit: not dust, not a dash."""
    low, high = ink_rows(grey)
    return 0.08 * dpi < high - low < 0.25 * dpi


def _unread(crop: Crop, dpi: int) -> PrintedLine:
    """Stand in for a mark that could not be read."""
    low, high = ink_rows(crop.grey)
    middle = crop.grey.shape[1] // 2
    return PrintedLine(high, 0.17 * dpi, [Lettering(middle, low, middle + dpi // 20, high, UNREAD, 0)])


def text_is_code(text: str) -> bool:
    """Whether a text is built as an outline code is.

    >>> [text_is_code(text) for text in ("1", "3.1.2", "IV", "l", "TT", "2025")]
    [True, True, True, False, False, False]
    """
    return bool(_CODE.match(text))


def _lowest(lines: Sequence[PrintedLine]) -> int:
    return min((word.sure for line in lines for word in line.words), default=0)


def _without_dirt(line: PrintedLine) -> PrintedLine:
    """Leave out doubtful words that have neither letter nor digit."""
    kept = [word for word in line.words if not _DIRT.match(word.text) and (any(map(str.isalnum, word.text)) or _is_sign(word))]
    return line._replace(words=kept)


def _is_sign(word: Lettering) -> bool:
    return word.sure >= _DOUBTFUL_MARK or word.text == UNREAD


def _is_print(line: PrintedLine) -> bool:
    """Whether a line is printed text: its letters' mean confidence is that of print, not of drawings."""
    letters = sum(len(word.text) for word in line.words)
    mean = sum(word.sure * len(word.text) for word in line.words) / letters
    return mean >= _DOUBTFUL_LINE and (letters > 2 or mean >= 2 * _DOUBTFUL_LINE - 10)


def _place(lines: Sequence[PrintedLine], crop: Crop, points: float, first: int) -> Iterator[Word]:
    """Put a crop's words in their places on the page, in points."""
    at = first
    for line in lines:
        base, size = (line.base + crop.top) * points, max(1.0, line.size * points * _LETTER_BOX)
        for word in chain.from_iterable(map(_part_words, line.words)):
            yield Word((word.x0 + crop.left) * points, (word.x1 + crop.left) * points, base, size, word.text, at, word.sure)
            at += 1


def _part_words(word: Lettering) -> list[Lettering]:
    """Part two words whose space was lost ("cấptỉnh"), where there is one place only at which both are syllables."""
    text = word.text.rstrip(".,;:)")
    if len(text) < _SHORTEST_PAIR or not text.isalpha() or text.isascii() or is_syllable(text):
        return [word]
    cuts = [at for at in range(2, len(text) - 1) if text[at:].islower() and is_syllable(text[:at]) and is_syllable(text[at:])]
    if len(cuts) != 1:
        return [word]
    place = word.x0 + (word.x1 - word.x0) * cuts[0] // len(word.text)
    gap = (word.x1 - word.x0) // (4 * len(word.text)) + 1
    return [word._replace(x1=place - gap, text=word.text[: cuts[0]]), word._replace(x0=place + gap, text=word.text[cuts[0] :])]
