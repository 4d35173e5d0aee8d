"""Names between which "hoặc" stands: "Sở Tài chính hoặc Sở Nội vụ" charges one of the two, and the text does not say which."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.naming.cursor import Found

_OR = re.compile(r"\bhoặc\b", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")


def mark_alternatives(text: str, names: Sequence[Found]) -> tuple[Found, ...]:
    """Mark the names of each "hoặc" as possible; all others stay as they are. Whom a name means is as sure as ever: who is charged is not.

    Names set apart by commas before it belong to it ("A, B hoặc C" is one of three), those before another sign or "và" do
    not ("A; B hoặc C" is A, and one of two). "và/hoặc" is taken as "hoặc".
    """
    if _OR.search(text) is None:
        return tuple(names)
    runs: list[list[Found]] = []
    joined = False
    for at, name in enumerate(names):
        between = text[names[at - 1].end : name.start] if at else ""
        if runs and (_OR.search(between) or (_COMMA.fullmatch(between) and not joined)):
            runs[-1].append(name)
        else:
            runs.append([name])
            joined = False
        joined = joined or bool(_OR.search(between))
    return tuple(one for run in runs for one in _mark(text, run))


def _mark(text: str, run: Sequence[Found]) -> Sequence[Found]:
    if len(run) == 1 or _OR.search(text, run[0].end, run[-1].start) is None:
        return run
    return [name._replace(possible=True) for name in run]
