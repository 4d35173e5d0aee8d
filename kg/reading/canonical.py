"""Text as given → canonical text: NFC, LF line ends, one form of each sign, with a map back to the bytes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

MARK_FLOOD = re.compile(r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u065f\u0e31-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]{128}")
"""More combining marks on one letter than any script has; to normalise n of them takes n² steps. Source: UAX #15, 13 (30 at most)."""
SIGNS: dict[int, str] = {
    **dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), ""),  # seen by no reader
    **dict.fromkeys(map(ord, "\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2212\ufe58\ufe63"), "-"),  # en and em dash are signs of their own
    **{0xFF01 + place: chr(0x21 + place) for place in range(0x5E)},  # full-width forms of ASCII, from Chinese keyboards
    0x00D0: "Đ", 0x0189: "Đ", 0x00F0: "đ",  # ETH and African D, drawn alike, typed for Đ
}  # fmt: skip
"""Characters that look like another or like nothing → what is meant. Source: forms met in plans; Unicode 15, names."""
_SIGN_CLASS = "".join(re.escape(chr(code)) for code in SIGNS)
_SIGN = re.compile(f"[{_SIGN_CLASS}]")
_OWN = re.compile(rf"\r\n?|[\x0b\x0c\x85\u2028\u2029]|\x00|[{_SIGN_CLASS}]+")
_ANY_OWN = re.compile(rf"[\r\x0b\x0c\x85\u2028\u2029\x00{_SIGN_CLASS}]")
_RUN = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029\n\x00]|[^\s\x00]+|[^\S\r\n\x0b\x0c\x85\u2028\u2029]+")


def tidy_signs(text: str) -> str:
    r"""Give each sign its one form; spaces and line ends stay where they are.

    >>> tidy_signs("Số:\u00a0１２/KH\u2011UBND, Sở Ð\u00ado")
    'Số: 12/KH-UBND, Sở Đo'
    """
    return text.translate(SIGNS) if _SIGN.search(text) else text


def canonicalise(
    text: str, width: str | Callable[[str], int], bom: int, pieces: Iterable[tuple[str, str]] | None = None
) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Give the canonical text and the offsets that map it back.

    Args:
        text: the decoded text.
        width: the codec it was decoded with, or what gives the number of bytes of a stretch of it.
        bom: length in bytes of the byte order mark before it.
        pieces: the text cut into (as given, in Unicode), where its letters stand for others (TCVN3, VNI).

    Returns: the NFC text with LF line ends, and pairs (canonical offset, byte offset), ascending. Between two pairs
        both count on together, one code point after another as the codec encodes them.

    >>> canonicalise("Sở\r\nY tế", "utf-8", 0)
    ('Sở\nY tế', ((0, 0), (3, 6)))
    """
    if pieces is None and not _ANY_OWN.search(text) and unicodedata.is_normalized("NFC", text):
        return text, ((0, bom),)
    count = width if callable(width) else _counter(width)
    whole, pairs = _join(_pieces(text) if pieces is None else _converted(pieces), count, bom)
    if not unicodedata.is_normalized("NFC", whole):  # a sign stood inside of a letter and its marks
        whole, pairs = _join(_coarse_pieces(text), count, bom)
    return whole, pairs


def _join(pieces: Iterable[tuple[str, str]], count: Callable[[str], int], bom: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    parts: list[str] = []
    pairs = {0: bom}
    at, byte = 0, bom
    for given, canonical in pieces:
        parts.append(canonical)
        at += len(canonical)
        size = count(given)
        byte += size
        if given != canonical and not (count is len and size == len(canonical)):
            pairs[at] = byte
    return "".join(parts), tuple(pairs.items())


def _counter(codec: str) -> Callable[[str], int]:
    return lambda text: len(text.encode(codec))


def _converted(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for given, converted in pieces:
        if given != converted or not _ANY_OWN.search(given):
            yield given, converted
        else:
            yield from _pieces(given)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut the text into (as given, canonical): long stretches that are the same, and clusters that are not."""
    done = 0
    for match in _OWN.finditer(text):
        yield from _compose(text[done : match.start()])
        given = match.group()
        if ord(given[0]) in SIGNS:
            for char in given:
                yield char, SIGNS[ord(char)]
        else:
            yield given, "\ufffd" if given == "\x00" else "\n"
        done = match.end()
    yield from _compose(text[done:])


def _coarse_pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut the text at white space of ASCII, with which no mark composes."""
    for match in _RUN.finditer(text):
        given = match.group()
        if given[0] in "\r\n\x0b\x0c\x85\u2028\u2029\x00":
            yield given, "\ufffd" if given == "\x00" else "\n"
        else:
            yield given, unicodedata.normalize("NFC", given.translate(SIGNS))


def _compose(chunk: str) -> Iterator[tuple[str, str]]:
    if unicodedata.is_normalized("NFC", chunk):
        yield chunk, chunk
    else:
        for cluster in _clusters(chunk):
            yield cluster, unicodedata.normalize("NFC", cluster)


def _clusters(chunk: str) -> list[str]:
    """Split before each starter, if normalising piece by piece then equals normalising the whole."""
    bounds = [0, *(i for i in range(1, len(chunk)) if not unicodedata.combining(chunk[i])), len(chunk)]
    clusters = [chunk[low:high] for low, high in pairwise(bounds)]
    composed = "".join(unicodedata.normalize("NFC", cluster) for cluster in clusters)
    return clusters if composed == unicodedata.normalize("NFC", chunk) else _regroup(clusters)


def _regroup(clusters: list[str]) -> list[str]:
    """Put together neighbours that compose across a starter (Hangul, some Indic vowels)."""
    grouped: list[str] = []
    for cluster in clusters:
        if grouped and not _apart(grouped[-1], cluster):
            grouped[-1] += cluster
        else:
            grouped.append(cluster)
    return grouped


def _apart(left: str, right: str) -> bool:
    compose = unicodedata.normalize
    return compose("NFC", left + right) == compose("NFC", left) + compose("NFC", right)
