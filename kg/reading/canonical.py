"""Text as given → canonical text: NFC, LF line ends, with a map back to the bytes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

MARK_FLOOD = re.compile(r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u065f\u0e31-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]{128}")
"""More combining marks on one letter than any script has; to normalise n of them takes n² steps. Source: UAX #15, 13 (30 at most)."""
_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]|\x00")


def canonicalise(text: str, encoding: str, bom: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    r"""Give the canonical text and the offsets that map it back.

    Args:
        text: the decoded text.
        encoding: the codec it was decoded with.
        bom: length in bytes of the byte order mark before it.

    Returns: the NFC text with LF line ends, and pairs (canonical offset, byte offset), ascending. Between two pairs
        both count on together, one code point after another as the codec encodes them.

    >>> canonicalise("Sở\r\nY tế", "utf-8", 0)
    ('Sở\nY tế', ((0, 0), (3, 6)))
    """
    if not _BREAK.search(text) and unicodedata.is_normalized("NFC", text):
        return text, ((0, bom),)
    parts: list[str] = []
    pairs = {0: bom}
    at, byte = 0, bom
    for given, canonical in _pieces(text):
        parts.append(canonical)
        at += len(canonical)
        byte += len(given.encode(encoding))
        if given != canonical:
            pairs[at] = byte
    return "".join(parts), tuple(pairs.items())


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut the text into (as given, canonical): long stretches that are the same, and clusters that are not."""
    done = 0
    for match in _BREAK.finditer(text):
        yield from _compose(text[done : match.start()])
        yield match.group(), "\ufffd" if match.group() == "\x00" else "\n"
        done = match.end()
    yield from _compose(text[done:])


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
