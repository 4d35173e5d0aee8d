"""One page of a scan → words and rules with their places, in the form in which a PDF's text layer gives them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from typing import Any

from kg.reading.ocr import PrintedLine, recognise
from kg.reading.ocr_grid import Crop, cut_up
from kg.reading.ocr_image import take_picture
from kg.reading.pdf_text import Word

CELL_MODE, PAGE_MODE = 6, 11
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


def _without_dirt(line: PrintedLine) -> PrintedLine:
    """Leave out doubtful words that have neither letter nor digit."""
    kept = [word for word in line.words if word.sure >= _DOUBTFUL_MARK or any(map(str.isalnum, word.text))]
    return line._replace(words=kept)


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
        for word in line.words:
            yield Word((word.x0 + crop.left) * points, (word.x1 + crop.left) * points, base, size, word.text, at, word.sure)
            at += 1
