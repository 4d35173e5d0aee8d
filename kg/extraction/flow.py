"""A text as one flow of paragraphs, with the way back to its offsets.

Published plans are wrapped by hand, marked up with asterisks, cut by page ends and laid out in cells. A number or a
title may run over any of these. ``Flow`` is the same words with single spaces inside a paragraph and one line feed
between paragraphs or cells; every position in it leads back to the text it was made from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from kg.records import Span

# White space that is not one plain space, asterisks, zero-width characters, footnote marks "[12]", cell bars, tags.
_JUNK = r"[*|\u200b\ufeff\u00ad]|\[\d{1,3}\]|</?[a-zA-Z][^<>\n]{0,60}>"
_RUN = re.compile(rf" ?(?:[^\S ]|{_JUNK}| (?= ))(?:\s|{_JUNK})*")
# What opens a paragraph of its own wherever it stands at a line's start.
_OPENING = re.compile(
    r"[-–+•▪]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s|Điều \d|Số\s*:|Căn cứ\s|Xét đề nghị|Theo đề nghị"
)
# Hard-wrapped texts keep lines below this; a longer line is a paragraph of a text that has one on each line.
_WRAP_LIMIT = 130
_ENDS = ".;:!?"


@dataclass(frozen=True, slots=True)
class Flow:
    """``text`` is the flow; ``_starts`` and ``_origins`` pair positions in it with offsets in the source."""

    text: str
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Offset in the source of the character at ``position`` of the flow."""
        at = bisect_right(self._starts, position) - 1
        return self._origins[at] + position - self._starts[at]

    def span(self, start: int, end: int) -> Span:
        """Span in the source that covers ``start`` to ``end`` (exclusive) of the flow."""
        return Span(self.origin(start), self.origin(end - 1) + 1)

    def paragraph(self, position: int) -> tuple[int, int]:
        """Start and end of the paragraph around ``position``."""
        end = self.text.find("\n", position)
        return self.text.rfind("\n", 0, position) + 1, len(self.text) if end < 0 else end


def make_flow(text: str) -> Flow:
    r"""Reads: any text. Gives: its flow; no character of a word is lost or changed.

    >>> flow = make_flow("Căn cứ Nghị quyết số\n57-NQ/TW;*\n\n*Căn cứ")
    >>> flow.text
    'Căn cứ Nghị quyết số 57-NQ/TW;\nCăn cứ'
    >>> flow.origin(flow.text.index("57"))
    21
    """
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    length = position = 0
    for run in _RUN.finditer(text):
        starts.append(length)
        origins.append(position)
        joint = _joint(text, run)
        pieces += (text[position : run.start()], joint)
        length += run.start() - position
        if joint:
            starts.append(length)
            origins.append(run.start())
            length += 1
        position = run.end()
    starts.append(length)
    origins.append(position)
    pieces.append(text[position:])
    return Flow("".join(pieces), tuple(starts), tuple(origins))


def _joint(text: str, run: re.Match[str]) -> str:
    """What stands in the flow for a run of white space and marks: a line feed, a space or nothing."""
    marks = run.group()
    if "|" in marks or "\t" in marks or "<" in marks:
        return "\n"
    if "\n" not in marks:
        return " " if any(map(str.isspace, marks)) else ""
    follows = text[run.end() : run.end() + 1]
    if not follows or _OPENING.match(text, run.end()):
        return "\n"
    before = text[run.start() - 1 : run.start()]
    if marks.count("\n") > 1:
        return " " if follows.islower() and before not in _ENDS else "\n"
    if follows.islower() or follows.isdigit():
        return " "
    return "\n" if before in _ENDS or _is_own_line(text, run) else " "


def _is_own_line(text: str, run: re.Match[str]) -> bool:
    """Whether the line before a single line feed ends its paragraph, judged by length and by capitals."""
    above = text[text.rfind("\n", 0, run.start()) + 1 : run.start()]
    end = text.find("\n", run.end())
    below = text[run.end() : len(text) if end < 0 else end]
    return max(len(above), len(below)) > _WRAP_LIMIT or above.isupper() != below.isupper()
