"""Words of a cell that no name covers: what a reader of the cell would miss in its list of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.naming.cursor import Cursor
from kg.extraction.naming.words import OPENERS, PERSONS, VERBS

_CONNECTORS = frozenset(
    {"và", "hoặc", "cùng", "với", "của", "các", "những", "là", "theo", "do", "tại", "nêu", "trên", "này", "khác", "v", "như", "gồm", "cụ", "thể", "riêng", "đồng"}
)
"""Words between names that name nobody."""
_PHRASES = (
    *OPENERS, *PERSONS,
    ("cơ", "quan", "chủ", "trì"), ("đơn", "vị", "chủ", "trì"), ("cơ", "quan", "phối", "hợp"), ("đơn", "vị", "phối", "hợp"),
    ("chủ", "trì"), ("phối", "hợp"), ("thực", "hiện"), ("có", "liên", "quan"), ("liên", "quan"), ("theo", "đó"), ("tham", "mưu"), ("đầu", "mối"), ("thường", "trực"),
    ("cấp", "tỉnh"), ("trên", "địa", "bàn"), ("thuộc", "tỉnh"), ("việt", "nam"),
)  # fmt: skip
"""Phrases that give a role or introduce a name, longest first where one begins as another does."""
_CLAUSE = frozenset({"để", "trong", "nhằm", "khi", "nếu"})
"""Words with which a clause begins: what follows says how or why, and names nobody who is charged."""
_FURTHER_VERBS = frozenset({"thúc_đẩy", "tham_gia", "điều_phối", "xây_dựng"})
_LETTERS = 2
"""Letters that a word has at least; single ones are stray marks."""


def find_gaps(cursor: Cursor, read: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Offsets of the stretches between the read ones (pairs of tokens) that hold more than connectors and clauses."""
    start = 0
    for first, after in (*read, (len(cursor.words), len(cursor.words))):
        piece = None if _is_note(cursor, start, first) else _trim(cursor, start, first)
        if piece is not None:
            yield cursor.tokens[piece[0]].start, cursor.tokens[piece[1] - 1].end
        start = max(start, after)


def _is_note(cursor: Cursor, at: int, stop: int) -> bool:
    """Whether the stretch is a note in brackets behind a name that names nobody: "(chủ trì phần đầu tư)"."""
    return cursor.at(at) == "(" and ")" in cursor.words[at:stop] and not any(token.capital for token in cursor.tokens[at:stop])


def _trim(cursor: Cursor, at: int, stop: int) -> tuple[int, int] | None:
    """The stretch less the connectors it opens with; ``None`` where nothing is left, or a clause begins there."""
    while at < stop:
        phrase = next((p for p in _PHRASES if tuple(cursor.words[at : at + len(p)]) == p), None)
        if phrase is not None:
            at += len(phrase)
            continue
        word = cursor.words[at]
        if f"{word}_{cursor.at(at + 1)}" in VERBS | _FURTHER_VERBS or word in _CLAUSE:
            return None
        if word not in _CONNECTORS and word.isalpha() and len(word) >= _LETTERS:
            break
        at += 1
    while stop > at and not cursor.words[stop - 1][0].isalnum():
        stop -= 1
    return (at, stop) if at < stop else None
