"""Passages: words out of a text, each with the places that it came from.

Offsets are code points of the canonical text, end exclusive. A passage that a page break or a line wrap splits has several
spans; each ``text[start:end]`` is a verbatim quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open interval of code-point offsets into the canonical text."""

    start: int
    end: int


Spans = tuple[Span, ...]


class Run(NamedTuple):
    """A stretch of a passage that stands letter for letter in the canonical text."""

    at: int
    start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of text as read: white space collapsed, list marks and markup taken off, wrapped lines joined.

    ``spans`` are the pieces of the canonical text that it was read from, in order; ``()`` only where ``text`` is "".
    ``runs`` tell which stretch of ``text`` stands where, so that a part of the passage has spans of its own.
    """

    text: str
    spans: Spans = ()
    runs: tuple[Run, ...] = field(default=(), compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.text)

    def slice(self, start: int, end: int) -> Passage:
        """Give ``text[start:end]`` as a passage of its own, white space at its ends taken off.

        >>> whole = Passage(text="Sở Y tế; Sở Nội vụ", spans=(Span(10, 28),), runs=(Run(0, 10, 18),))
        >>> whole.slice(8, 18)
        Passage(text='Sở Nội vụ', spans=(Span(start=19, end=28),))
        """
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        end = start + len(part)
        if not part:
            return EMPTY
        if start == 0 and end == len(self.text):
            return self
        runs: list[Run] = []
        for run in self.runs:
            low, high = max(start, run.at), min(end, run.at + run.length)
            if low < high:
                runs.append(Run(low - start, run.start + low - run.at, high - low))
        return Passage(text=part, spans=_cover(runs, self.spans) or self.spans, runs=tuple(runs))

    def find(self, part: str, start: int = 0) -> Passage | None:
        """Give the first occurrence of ``part`` as a passage, ``None`` where it does not occur."""
        at = self.text.find(part, start)
        return None if at < 0 else self.slice(at, at + len(part))


def _cover(runs: list[Run], pieces: Spans) -> Spans:
    spans: list[Span] = []
    for piece in pieces:
        inside = [run for run in runs if piece.start <= run.start < piece.end]
        if inside:
            spans.append(Span(inside[0].start, inside[-1].start + inside[-1].length))
    return tuple(spans)


EMPTY = Passage(text="")


def join_passages(passages: Sequence[Passage], glue: str = " ") -> Passage:
    """Join passages in order with ``glue``; the pieces stay apart as spans."""
    passages = [passage for passage in passages if passage.text]
    if not passages:
        return EMPTY
    if len(passages) == 1:
        return passages[0]
    runs: list[Run] = []
    at = 0
    for passage in passages:
        runs.extend(Run(at + run.at, run.start, run.length) for run in passage.runs)
        at += len(passage.text) + len(glue)
    spans = tuple(span for passage in passages for span in passage.spans)
    return Passage(text=glue.join(passage.text for passage in passages), spans=spans, runs=tuple(runs))
