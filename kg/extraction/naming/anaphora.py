"""Words that only their document can tell: "cơ quan chủ trì", "đơn vị được giao chủ trì", "Sở" alone, a symbol ("STC")."""

from __future__ import annotations

from kg.extraction.naming.cursor import Cursor, Item, found
from kg.extraction.naming.groups import read_noun
from kg.extraction.naming.words import SEPARATORS, VERBS
from kg.normalise import key

_NOUNS = (("cơ", "quan"), ("đơn", "vị"), ("bộ",), ("sở",), ("tổ", "chức"))
_TASKED = (("được", "giao"), ("được", "phân", "công"))
_STANDING = ("thường", "trực")
"""Of a committee, whose standing agency is some department: "cơ quan thường trực Ban Chỉ đạo"."""
_ROLES = (("chủ", "trì"), ("chủ", "quản"), ("đầu", "mối"), ("soạn", "thảo"), ("chủ", "trì", "thực", "hiện"), ("chủ", "trì", "soạn", "thảo"))
_LED = frozenset(["thực", "hiện", "các", "nhiệm", "vụ", "đề", "tài", "dự", "án", "đề", "án", "chương", "trình", "nội", "dung", "công", "việc", "kế", "hoạch", "nêu", "trên", "này"])
"""Words that say what is led, where they go on to the end of a cell: "đơn vị chủ trì đề tài"."""
_ALONE = frozenset({"sở", "bộ"})
_ENDS = frozenset({"", ",", ";", ".", ")", "\n"})
_AFTER_SYMBOL = (_ENDS | SEPARATORS | {"và"}) - {"&", "-"}
_JOINTS = frozenset({",", "và", "/"})
_AFTER_ALONE = _ENDS | _JOINTS | {":", "("}
_SHORTEST_SYMBOL = 3
"""Letters: "CT", "TU", "CP" are too many other things."""


def read_anaphor(cursor: Cursor, at: int, start: int) -> Item | None:
    """One body that only the context names, in a cell or with what it must do behind it; the same words with "các" are a group.

    ``start`` is the token where the office stands that is held there ("Giám đốc Sở").
    """
    if at >= len(cursor.words):
        return None
    if (cursor.words[at] in _ALONE or (cursor.words[at] == "ban" and start < at and cursor.lexicon.match(cursor.words, at) is None)) and _stands_alone(cursor, at):
        return Item(found(cursor, start, at + 1, cursor.stretch(at, at + 1), confidence=0.6, method="anaphora"), at + 1)
    stop = _pass(cursor, at, _NOUNS)
    if stop == at:
        return None
    step = _pass(cursor, stop, _TASKED)
    if step == stop and tuple(cursor.words[stop : stop + 2]) == _STANDING:
        return _read_standing(cursor, at, stop + 2)
    stop = _pass(cursor, step, _ROLES)
    if stop == step:
        return None
    name, behind = " ".join(cursor.words[at:stop]), stop
    while cursor.whole and cursor.at(behind) in _LED:
        behind += 1
    if (cursor.at(behind) in _ENDS) != cursor.whole or cursor.at(behind) == ":":
        return None
    return Item(found(cursor, at, behind, name, confidence=0.6, method="anaphora"), behind)


def _read_standing(cursor: Cursor, at: int, stop: int) -> Item | None:
    """In a cell, the standing agency of a committee, which only a decision names: "cơ quan thường trực Ban Chỉ đạo"."""
    stop += cursor.at(stop) == "của"
    match = cursor.lexicon.match(cursor.words, stop)
    if not cursor.whole or match is None or not match[0].slug.startswith("ban-chi-dao"):
        return None
    return Item(found(cursor, at, match[1], f"cơ quan thường trực {match[0].name}", confidence=0.6, method="anaphora"), match[1])


def _stands_alone(cursor: Cursor, at: int) -> bool:
    """Whether "Sở" is all of a name: a sign, "và" or the verb of a clause follows, and no noun of a group ("Sở, ban, ngành")."""
    following = cursor.at(at + 1)
    if not cursor.tokens[at].capital or not (following in _AFTER_ALONE or f"{following}_{cursor.at(at + 2)}" in VERBS):
        return False
    noun = read_noun(cursor.words, at + 2) if following in _JOINTS else None
    return noun is None or cursor.tokens[at + 2].capital


def read_symbol(cursor: Cursor, at: int) -> Item | None:
    """The symbol that a body has in document numbers, alone between separators of a cell: "STC; SNV", "SNN&MT"."""
    if not cursor.whole:
        return None
    registry = cursor.lexicon.registry
    for stop in (at + 3, at + 1):  # "SNN&MT" is three tokens
        symbol = cursor.stretch(at, stop) if stop <= len(cursor.words) else ""
        if len(symbol) >= _SHORTEST_SYMBOL and symbol in registry.by_symbol and key(symbol) not in registry.ambiguous and cursor.at(stop) in _AFTER_SYMBOL:
            return Item(found(cursor, at, stop, symbol, confidence=0.6, method="symbol"), stop)
    return None


def _pass(cursor: Cursor, at: int, phrases: tuple[tuple[str, ...], ...]) -> int:
    """The token after the longest of the phrases that stands here; ``at`` where none does."""
    return max((at + len(p) for p in phrases if tuple(cursor.words[at : at + len(p)]) == p), default=at)
