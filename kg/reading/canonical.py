"""Text as given → canonical text: NFC, LF line ends, with a map back to the bytes."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]|\x00")


def canonicalise(text: str, encoding: str, bom: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Give the canonical text and the offsets that map it back.

    Args:
        text: the decoded text.
        encoding: the codec it was decoded with.
        bom: length in bytes of the byte order mark before it.

    Returns: the NFC text with LF line ends, and pairs (canonical offset, byte offset), ascending. Between two pairs
        both count on together, one code point after another as the codec encodes them.

    >>> canonicalise("Sở\\r\\nY tế", "utf-8", 0)
    ('Sở\\nY tế', ((0, 0), (3, 6)))
    """
    if not _BREAK.search(text) and unicodedata.is_normalized("NFC", text):
        return text, ((0, bom),)
    parts: list[str] = []
    pairs: list[tuple[int, int]] = [(0, bom)]
    at, byte, done = 0, bom, 0
    for match in _BREAK.finditer(text):
        chunk = text[done : match.start()]
        at, byte = _compose(chunk, encoding, at, byte, parts, pairs)
        parts.append("\n" if match.group() != "\x00" else "\ufffd")
        at += 1
        byte += len(match.group().encode(encoding))
        if match.group() != "\n":
            pairs.append((at, byte))
        done = match.end()
    _compose(text[done:], encoding, at, byte, parts, pairs)
    return "".join(parts), tuple(_ascending(pairs))


def _compose(
    chunk: str, encoding: str, at: int, byte: int, parts: list[str], pairs: list[tuple[int, int]]
) -> tuple[int, int]:
    """Append the NFC form of a chunk; where it changes, one pair for each changed cluster."""
    if unicodedata.is_normalized("NFC", chunk):
        parts.append(chunk)
        return at + len(chunk), byte + len(chunk.encode(encoding))
    for cluster in _clusters(chunk):
        composed = unicodedata.normalize("NFC", cluster)
        parts.append(composed)
        at += len(composed)
        byte += len(cluster.encode(encoding))
        if composed != cluster:
            pairs.append((at, byte))
    return at, byte


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
        both = grouped[-1] + cluster if grouped else cluster
        if grouped and unicodedata.normalize("NFC", both) != unicodedata.normalize("NFC", grouped[-1]) + unicodedata.normalize("NFC", cluster):
            grouped[-1] = both
        else:
            grouped.append(cluster)
    return grouped


def _ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: dict[int, int] = {}
    for at, byte in pairs:
        kept[at] = byte
    return sorted(kept.items())
