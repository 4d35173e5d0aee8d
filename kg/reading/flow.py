"""Raw stretches of the canonical text → passages: markup off, white space collapsed, offsets kept."""

from __future__ import annotations

import re

from kg.records import EMPTY, Passage, Run, Span

_CLEAN = re.compile(r"[*<\\`\u200b\u200c\u200d\ufeff\xad]|[ \t\u00a0]{2,}|[\n\t\u00a0\u2002-\u200a\u202f\u3000]|&[a-z]+;|_{3,}")
# a space (white space, a break) or nothing (marks); the first alternative that matches wins
_SKIP = re.compile(
    r"(?P<space>(?:\s|[\u200b\u200c\u200d\ufeff]|<br\s*/?>|</?(?:ul|ol|li|p|div)\b[^<>\n]*>|&nbsp;)+)"
    r"|(?P<none>\*+|</?(?:b|i|u|em|strong|span|sup|sub|font|a)\b[^<>\n]*>|\\(?=[-\\.*_#()\[\]{}!+|~>])|`+|\xad|_{3,})"
)
_EDGE = " \t\n\u00a0"


def read_passage(text: str, start: int, end: int) -> Passage:
    """Read ``text[start:end]`` as one passage with one span.

    >>> read_passage("**Sở Y\\ntế**", 0, 11).text
    'Sở Y tế'
    """
    raw = text[start:end]
    stripped = raw.strip()
    if not stripped:
        return EMPTY
    if not _CLEAN.search(stripped):
        start += len(raw) - len(raw.lstrip())
        return Passage(
            text=stripped, spans=(Span(start, start + len(stripped)),), runs=(Run(0, start, len(stripped)),)
        )
    return _read_marked(text, start, end)


def _read_marked(text: str, start: int, end: int) -> Passage:
    out: list[str] = []
    runs: list[Run] = []
    at, done, pending = 0, start, False
    for match in _SKIP.finditer(text, start, end):
        if match.start() > done:
            at, pending = _take(text, done, match.start(), out, runs, at, space=pending)
        pending = pending or match.lastgroup == "space"
        done = match.end()
    if done < end:
        at, pending = _take(text, done, end, out, runs, at, space=pending)
    if not runs:
        return EMPTY
    span = Span(runs[0].start, runs[-1].start + runs[-1].length)
    return Passage(text="".join(out), spans=(span,), runs=tuple(runs))


def _take(
    text: str, start: int, end: int, out: list[str], runs: list[Run], at: int, *, space: bool
) -> tuple[int, bool]:
    if space and at:
        out.append(" ")
        at += 1
    out.append(text[start:end])
    runs.append(Run(at, start, end - start))
    return at + end - start, False
