"""What a document tells of its place in a larger one: whether another issues it, and which annexes it holds."""

from __future__ import annotations

import re

from kg.normalise import fold, read_roman
from kg.records import Block, Document

_OWN_NUMBER = re.compile(r"^\W*S[ốô]\s*:?\s*\d+\s*/")
_ATTACHED = re.compile(r"^\W*(?:ban hành\s+)?kèm theo\s", re.IGNORECASE)
_ANNEX = re.compile(r"\W*phu luc(?:\s+so)?\s*(?P<number>[ivxl]{1,6}|\d{1,2}|[a-h])?\s*(?:[:.]|$)")
_HEAD_BLOCKS = 30
_HEADING_LENGTH = 120


def is_attached(document: Document) -> bool:
    """Tell that a document is what another one issues: attached to it, with no number of its own above that."""
    for part in document.parts[:_HEAD_BLOCKS]:
        if not isinstance(part, Block):
            return False
        if _ATTACHED.match(part.text):
            return True
        if _OWN_NUMBER.match(part.text):
            return False
    return False


def annex_numbers(document: Document) -> tuple[int, ...]:
    """Give the numbers of the annexes that a document holds, in order; 0 for one without."""
    found: list[int] = []
    for part in document.parts:
        if isinstance(part, Block) and part.kind not in ("bullet", "footnote", "recipients") and len(part.text) < _HEADING_LENGTH:
            match = _ANNEX.match(fold(part.text)) if part.text[:7].casefold() == "phụ lục" else None
            if match and _number(match["number"]) not in found:
                found.append(_number(match["number"]))
    return tuple(found)


def _number(text: str | None) -> int:
    """Give the number that digits, a Roman number or a letter write.

    >>> [_number(text) for text in (None, "2", "iv", "b")]
    [0, 2, 4, 2]
    """
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    return read_roman(text) or ord(text) - ord("a") + 1
