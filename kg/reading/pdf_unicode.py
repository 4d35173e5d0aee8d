"""Text of a PDF's pages → Unicode with one form of each sign; TCVN3 and VNI are told by the words of all pages.

Reads: the pieces of each page as ``kg.reading.pdf_layout`` gives them: paragraphs [text, …] and tables [edges, rows, …].
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kg.reading.canonical import tidy_signs
from kg.reading.legacy_text import convert_legacy, converted_finding, detect_legacy
from kg.records import Finding


def pages_to_unicode(pages: list[list[Any]]) -> tuple[list[list[Any]], tuple[Finding, ...]]:
    """Give the pages with their text converted, and what was converted."""
    words = "\n".join(text for pieces in pages for piece in pieces for text in _texts(piece))
    name = detect_legacy(words)
    rewrite = tidy_signs if name is None else partial(convert_legacy, name=name)
    return [[_rewrite(piece, rewrite) for piece in pieces] for pieces in pages], (converted_finding(name),) if name else ()


def _texts(piece: list[Any]) -> list[str]:
    if isinstance(piece[0], list):
        return [text for row in piece[1] for text in row if text]
    return [piece[0]]


def _rewrite(piece: list[Any], rewrite: Callable[[str], str]) -> list[Any]:
    if isinstance(piece[0], list):
        return [piece[0], [[rewrite(text) if text else text for text in row] for row in piece[1]], *piece[2:]]
    return [rewrite(piece[0]), *piece[1:]]
