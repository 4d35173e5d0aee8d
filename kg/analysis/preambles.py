"""The beginning that several tasks of a plan share: "Hoàn thiện, đưa vào khai thác các cơ sở dữ liệu …: (1) …", "…: (40) …".

It tells what the tasks are a list of, not what tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis.wording import says_nothing, syllables

SIBLINGS = 3
SYLLABLES = 10
"""Shorter beginnings are turns of phrase: "Tổ chức tuyên truyền, phổ biến về"."""


def without_preambles(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Part each text of a document into the preamble and the rest, as folded syllables; both "" where it has no preamble.

    A preamble is the longest beginning of at least ``SYLLABLES`` that at least ``SIBLINGS`` texts share and behind which
    something is said, be it one word that not any plan has.

    >>> head = "Hoàn thiện và đưa vào khai thác sử dụng các cơ sở dữ liệu quốc gia: "
    >>> without_preambles([head + name for name in ("bảo hiểm xã hội", "đăng ký kinh doanh", "viên chức và lao động")])[0][1]
    'bao hiem xa hoi'
    """
    words = [syllables(text) for text in texts]
    order = sorted(range(len(words)), key=lambda at: (words[at], at))
    lengths = [0] * len(words)
    for start in range(len(order) - SIBLINGS + 1):
        window = order[start : start + SIBLINGS]
        shared = _shared(words[window[0]], words[window[-1]])  # sorted: what the ends share, all between share
        for at in window:
            lengths[at] = max(lengths[at], shared)
    return [_part(own, length) for own, length in zip(words, lengths, strict=True)]


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _part(words: list[str], length: int) -> tuple[str, str]:
    rest = " ".join(words[length:])
    return ("", "") if length < SYLLABLES or says_nothing(f"{rest} a b") else (" ".join(words[:length]), rest)
