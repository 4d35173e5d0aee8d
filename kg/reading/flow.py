"""Raw stretches of the canonical text → passages: markup off, white space collapsed, offsets kept."""

from __future__ import annotations

import re
from html import unescape

from kg.records import EMPTY, Passage, Run, Span, join_passages

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_CLEAN = re.compile(rf"[^\S ]|  |[*<\\`&_\]{_INVISIBLE}\xad]")
_MARK = (
    r"\*+|</?(?:b|i|u|em|strong|span|sup|sub|font|a|small|mark|s|del|ins|o:p|v:[a-z]+)\b[^<>]*>"
    r"|\\(?=[-\\.*_#()\[\]{}!+|~>'\"])|`+|\xad|_{3,}|(?<![^\W_])__?(?=[^\W_]|\*)|(?<=[^\s_])__?(?![^\W_])"
    r"|!\[[^\[\]\n]{0,200}\]\([^()\s]{1,2000}\)|(?<=\])\((?:https?:|mailto:|/|\#|javascript:)[^()\s]{0,2000}\)|<!--.{0,200}?-->"
)
_SPACE = (
    rf"\s|[{_INVISIBLE}]|</?(?:br|ul|ol|li|p|div|hr|h[1-6]|html|body|head|center|table|thead|tbody|tfoot|tr|td|th|col"
    r"|colgroup|caption|blockquote|section|article|nobr|img|figure)\b[^<>]*>|&nbsp;|&\#160;"
)
# Runs of white space and markup; one plain space between words is no such run. A run with a white space in it is one
# space, else nothing. An entity is one character.
_SKIP = re.compile(
    rf"(?P<skip>(?:[ ](?=[\s*<\\`&_!(\xad{_INVISIBLE}])|(?![ ])(?:{_SPACE}|{_MARK}))(?:{_SPACE}|{_MARK})*)"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|\#\d{1,7}|\#x[\da-fA-F]{1,6});)",
    re.IGNORECASE,
)
_SPACES = re.compile(_SPACE, re.IGNORECASE)
_TAGS = re.compile(_MARK, re.IGNORECASE)


def read_passage(text: str, start: int, end: int) -> Passage:
    r"""Read ``text[start:end]`` as one passage with one span.

    >>> read_passage("**Sở Y\ntế**", 0, 11).text
    'Sở Y tế'
    >>> read_passage("R&amp;D &lt; 2%<br>GRDP", 0, 23).text
    'R&D < 2% GRDP'
    """
    raw = text[start:end]
    stripped = raw.strip()
    if not stripped:
        return EMPTY
    start += len(raw) - len(raw.lstrip())
    end = start + len(stripped)
    if not _CLEAN.search(stripped):
        return Passage(text=stripped, spans=(Span(start, end),), runs=(Run(0, start, end - start),))
    return _read_marked(text, start, end)


def read_pieces(text: str, pieces: list[tuple[int, int]]) -> Passage:
    """Read stretches that belong together (the lines of one cell) as one passage of as many spans."""
    return join_passages([read_passage(text, start, end) for start, end in pieces])


def _read_marked(text: str, start: int, end: int) -> Passage:
    out: list[str] = []
    runs: list[Run] = []
    at, done, space = 0, start, False
    for match in _SKIP.finditer(text, start, end):
        low, high = match.span()
        if low > done:
            at = _take(text[done:low], done, out, runs, at, space=space)
            space = False
        done = high
        if match.lastgroup == "skip":
            space = space or _has_space(match.group())
            continue
        letter = unescape(match.group())
        if len(letter) == 1 and not letter.isspace():
            # "&" stands at the head of its own entity; another letter stands nowhere, and has no run.
            length = 1 if letter == "&" else 0
            at = _take(letter, low, out, runs, at, space=space, length=length)
            space = False
        elif letter.isspace():
            space = True
        else:
            at = _take(match.group(), low, out, runs, at, space=space)
            space = False
    if done < end:
        _take(text[done:end], done, out, runs, at, space=space)
    if not runs:
        return EMPTY
    span = Span(runs[0].start, runs[-1].start + runs[-1].length)
    return Passage(text="".join(out), spans=(span,), runs=tuple(runs))


def _has_space(skipped: str) -> bool:
    return skipped.isspace() or bool(_SPACES.search(_TAGS.sub("", skipped)))


def _take(
    piece: str, start: int, out: list[str], runs: list[Run], at: int, *, space: bool, length: int | None = None
) -> int:
    if space and out:
        out.append(" ")
        at += 1
    out.append(piece)
    length = len(piece) if length is None else length
    if length:
        runs.append(Run(at, start, length))
    return at + len(piece)
