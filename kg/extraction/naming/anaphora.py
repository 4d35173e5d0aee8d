"""Words that point back at a body named elsewhere: "cơ quan chủ trì", "đơn vị được giao chủ trì", "Sở" alone."""

from __future__ import annotations

from kg.extraction.naming.cursor import Cursor, Item, found

_NOUNS = (("cơ", "quan"), ("đơn", "vị"), ("bộ",), ("sở",), ("tổ", "chức"))
_TASKED = (("được", "giao"), ("được", "phân", "công"))
_ROLES = (("chủ", "trì"), ("chủ", "quản"), ("đầu", "mối"), ("soạn", "thảo"), ("chủ", "trì", "thực", "hiện"), ("chủ", "trì", "soạn", "thảo"))
_ALONE = frozenset({"sở", "bộ"})
_ENDS = frozenset({"", ",", ";", ".", ")", "\n"})


def read_anaphor(cursor: Cursor, at: int) -> Item | None:
    """One body that only the context names, in a cell; the same words with "các" are a group, in prose they are a heading."""
    if not cursor.whole or at >= len(cursor.words):
        return None
    if cursor.words[at] in _ALONE and len(cursor.words) == 1:
        return Item(found(cursor, at, at + 1, cursor.stretch(at, at + 1), confidence=0.6, method="anaphora"), at + 1)
    stop = _pass(cursor, at, _NOUNS)
    if stop == at:
        return None
    step = _pass(cursor, stop, _TASKED)
    stop = _pass(cursor, step, _ROLES)
    if stop == step or cursor.at(stop) not in _ENDS:
        return None
    name = " ".join(cursor.words[at:stop])
    return Item(found(cursor, at, stop, name, confidence=0.6, method="anaphora"), stop)


def _pass(cursor: Cursor, at: int, phrases: tuple[tuple[str, ...], ...]) -> int:
    """The token after the longest of the phrases that stands here; ``at`` where none does."""
    return max((at + len(p) for p in phrases if tuple(cursor.words[at : at + len(p)]) == p), default=at)
