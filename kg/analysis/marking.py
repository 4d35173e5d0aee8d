"""Two wordings side by side: which words both have, in order, and which only one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from kg.normalise import fold

_WORD = re.compile(r"\S+")


class Run(NamedTuple):
    """A run of a text as written, white space kept inside, and whether the other text has the same words there."""

    text: str
    same: bool


Marked = tuple[Run, ...]


def mark_differences(first: str, second: str) -> tuple[Marked, Marked]:
    """Mark both texts; the runs of each, joined by a space, are its words.

    Letter case, tone marks and punctuation at a word's ends do not count.

    >>> mark_differences("Thúc đẩy mua sắm công xanh", "Khuyến khích mua sắm công, xanh")[1]
    (Run(text='Khuyến khích', same=False), Run(text='mua sắm công, xanh', same=True))
    """
    one, other = _WORD.findall(first), _WORD.findall(second)
    matcher = SequenceMatcher(None, [*map(_bare, one)], [*map(_bare, other)], autojunk=False)
    left: list[Run] = []
    right: list[Run] = []
    for kind, start, end, at, until in matcher.get_opcodes():
        for runs, words in ((left, one[start:end]), (right, other[at:until])):
            if words:
                runs.append(Run(" ".join(words), kind == "equal"))
    return tuple(left), tuple(right)


def _bare(word: str) -> str:
    return fold(word).strip(".,;:()[]\"'“”-") or word


def only_there(marked: Marked) -> str:
    """Give the words that the other text has not, runs separated by " … "."""
    return " … ".join(run.text.strip(" ,;.") for run in marked if not run.same)
