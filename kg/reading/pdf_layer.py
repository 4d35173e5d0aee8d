"""Whether a page's text layer is its text, or the page must be read by its picture."""

from __future__ import annotations

import re
import unicodedata

from kg.reading.pdf_mend import is_syllable
from kg.reading.pdf_page import Page

_LETTERS = 40
"""Letters below which a page that a picture covers has no text layer (a stamp of the issuing system has up to 35)."""
_PICTURE = 0.4
_SAMPLE = 400
_SPOILT = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x80-\x9f]")


def needs_recognising(page: Page) -> bool:
    """Tell that a page's words stand in its picture only, or that its text layer is garbage.

    Garbage is a layer most words of which have characters that no text has (fonts without a map to Unicode), or that
    lies over a picture of the page and is hardly Vietnamese (recognised by a program that does not know the language).
    """
    if sum(len(word.text) for word in page.words) < _LETTERS:
        return page.image > _PICTURE
    words = [word.text for word in page.words[:_SAMPLE]]
    if sum(bool(_SPOILT.search(word)) for word in words) > 0.3 * len(words):
        return True
    letters = [word for word in (text.strip(".,;:()[]/-–\"'“”") for text in words) if word.isalpha() and len(word) > 1]
    if page.image <= _PICTURE or len(letters) < 20:
        return False
    marked = sum(not unicodedata.normalize("NFC", word).isascii() for word in letters)
    return sum(map(is_syllable, letters)) < 0.6 * len(letters) or marked < 0.15 * len(letters)
