"""How much of a document's content another one holds, told from a small sketch of each.

A sketch is the hashes of the document's runs of words (shingles) that fall into a fixed part of all hashes, so that the
sketches of two documents hold the same part of what they share. Source: Broder, On the resemblance and containment of
documents (1997), with the sampling by hash that Irber and others call FracMinHash (2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from zlib import crc32

from kg.records import Block, Document, Table

WORDS = 3
"""In a shingle: short enough that a line break or a misread letter costs few, long enough that boilerplate stays a part."""
PART = 16
"""One hash in so many is kept: a plan of 2,000 words has 120, and five thousand plans fit in memory."""
_WORD = re.compile(r"\w+")

Sketch = tuple[int, ...]


def sketch(document: Document) -> Sketch:
    """Give the sketch of a document's words, block by block and cell by cell: the order on the page does not count."""
    return tuple(sorted({value for text in _texts(document) for value in _hashes(text) if value % PART == 0}))


def _texts(document: Document) -> Iterator[str]:
    for part in document.parts:
        if isinstance(part, Block):
            yield part.text
        elif isinstance(part, Table):
            for row in part.rows:
                yield from (cell.text for cell in row.cells if cell is not None)


def _hashes(text: str) -> Iterable[int]:
    words = _WORD.findall(text.casefold())
    if len(words) < WORDS:
        return ()
    return (crc32(" ".join(words[at : at + WORDS]).encode()) for at in range(len(words) - WORDS + 1))


def containment(own: Sketch, other: Sketch) -> float:
    """Give the share of the smaller sketch that the larger one holds; 0.0 where one is empty."""
    smaller = min(len(own), len(other))
    return len(set(own) & set(other)) / smaller if smaller else 0.0


def resemblance(own: Sketch, other: Sketch) -> float:
    """Give the share of both together that both hold; 0.0 where both are empty."""
    both = set(own) | set(other)
    return len(set(own) & set(other)) / len(both) if both else 0.0
