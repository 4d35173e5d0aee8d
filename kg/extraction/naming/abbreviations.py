"""Names of which some words are abbreviated as clerks do it on the spot: "Sở Tài nguyên & MT", "Trường ĐH Hồng Đức", "TT Nước sạch và VSMT nông thôn".

A word in capitals stands for the initials of as many words; "&" and a hyphen for "và" or a comma. The registry need not list such forms: a
name is found where one kind alone can be written so. What is abbreviated as a whole ("TTPVHCC") is left to the forms that the registry lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from kg.extraction.naming.cursor import Cursor
from kg.extraction.naming.lexicon import Name, Token, other_units, tokenise
from kg.normalise import fold, key
from kg.resolution.registry import Registry, load_registry

_JOINTS = frozenset({"và", ",", "-", "–"})
_SIGNS = frozenset({"&", "-", "–", ",", "và"})
"""What can stand where a name has a joint."""
_ABBREVIATED = re.compile(r"[A-ZĐ]{2,}|&")
_WINDOW = 14
_OTHER = {"tw": "trung ương", "tư": "trung ương"}
"""Abbreviations that stand for one thing only, and so are as good as written out."""
_SHORT_HEADS = frozenset({"sở", "bộ"})
"""Heads behind which initials alone are left to the list of short names: "Sở CN" is too many departments."""
_WRITTEN = 2
"""Words that are written out at least where the first one is not, or is one that many names share."""

_Trie = dict[str, Any]


class _Path(NamedTuple):
    """How far words have been read as a name: the trie's node, the next token, the words written out, and whether any was abbreviated."""

    node: _Trie
    at: int
    written: int
    short: bool


def read_abbreviated(cursor: Cursor, at: int) -> tuple[Name, int] | None:
    """The longest name that begins at a token with some of its words abbreviated, where it is of one kind alone, and the token after it."""
    if at >= len(cursor.tokens) or not cursor.tokens[at].capital:
        return None
    last = min(len(cursor.tokens), at + _WINDOW) - 1
    if _ABBREVIATED.search(cursor.text, cursor.tokens[at].start, cursor.tokens[last].end) is None:
        return None
    texts = _write(cursor.text, cursor.tokens[at : at + _WINDOW])
    if not any(_is_short(text) or text == "&" for text in texts):
        return None
    found = _longest(texts)
    if found is None:
        return None
    length, slug, label = found
    known = cursor.lexicon.match([token.word for token in tokenise(label)], 0)  # the proper form of one of its names
    return Name(slug, known[0].name if known is not None and known[0].slug == slug else label, "abbreviation"), at + length


def spells(written: str, name: str) -> bool:
    """Tell whether all words of a name stand in what is written, some of them as initials.

    >>> spells("BQL KKT", "Ban Quản lý Khu kinh tế"), spells("BQL dự án", "Ban Quản lý dự án đầu tư xây dựng")
    (True, False)
    """
    trie: _Trie = {}
    _insert(trie, name, "name", name)
    texts = _write(written, tokenise(written))
    return any(path.at == len(texts) and "" in path.node for path in _paths(_Path(trie, 0, 0, short=False), texts))


def _write(text: str, tokens: Sequence[Token]) -> list[str]:
    """The words as written; those that the tokens write out ("BQL") as they have them."""
    texts = (text[token.start : token.end] for token in tokens)
    return [written if key(written) == token.word else token.word for written, token in zip(texts, tokens, strict=True)]


def _longest(texts: Sequence[str]) -> tuple[int, str, str] | None:
    """The most words that can be one kind's name alone: how many, the kind and its name; ``None`` where two kinds can be written so."""
    ends: dict[int, dict[str, str]] = {}
    head_short = _is_short(texts[0])
    needed = _WRITTEN if head_short or key(texts[0]) in _SHORT_HEADS else 1
    for path in _paths(_Path(_trie(), 0, 0, short=False), texts):
        if path.short and path.written >= needed:
            kinds = ends.setdefault(path.at, {})
            ends[path.at] = path.node.get("", {}) | kinds  # the proper name comes first
    length = max((length for length, kinds in ends.items() if kinds), default=0)
    if length == 0 or len(ends[length]) > 1:
        return None
    slug, label = next(iter(ends[length].items()))
    return length, slug, label


def _paths(path: _Path, texts: Sequence[str]) -> Iterator[_Path]:
    """Every way to read the words from here on as a name's; each with its end."""
    yield path
    node, at = path.node, path.at
    for joint in _JOINTS & node.keys():
        if at < len(texts) and key(texts[at]) in _SIGNS:
            yield from _paths(path._replace(node=node[joint], at=at + 1, short=path.short or texts[at] == "&"), texts)
        elif at < len(texts) and _is_short(texts[at]):
            yield from _paths(path._replace(node=node[joint]), texts)
    if at >= len(texts):
        return
    word = key(texts[at])
    if word in node and word not in _JOINTS:
        yield from _paths(_Path(node[word], at + 1, path.written + 1, path.short), texts)
    if _is_short(texts[at]):
        for behind in _spelled(node, word):
            yield from _paths(_Path(behind, at + 1, path.written + 2 * (word in _OTHER), short=True), texts)


def _spelled(node: _Trie, letters: str) -> Iterator[_Trie]:
    """The nodes behind as many words as there are letters, of which they are the initials; a joint between them has none."""
    if other := _OTHER.get(letters):
        first, second = other.split()
        if second in node.get(first, {}):
            yield node[first][second]
        return
    if not letters:
        yield node
        return
    for word, behind in node.items():
        if word in _JOINTS:
            yield from (after for after in _spelled(behind, letters) if after is not behind)
        elif word and _initial(word) == _initial(letters):
            yield from _spelled(behind, letters[1:])


def _initial(word: str) -> str:
    """The first letter without its tone; Đ and Ư stay letters of their own: "TU" is tỉnh ủy, "TƯ" trung ương."""
    letter = word[0]
    return letter if letter == "đ" else "ư" if letter in "ưứừửữự" else fold(letter)


def _is_short(text: str) -> bool:
    return len(text) > 1 and text.isalpha() and text.isupper()


@cache
def _trie() -> _Trie:
    return _make_trie(load_registry())


def _make_trie(registry: Registry) -> _Trie:
    trie: _Trie = {}
    for slug, kind in registry.kinds.items():
        if kind.form != "body":
            continue
        for label in (kind.name, *kind.alt):
            if not _ABBREVIATED.search(label):
                _insert(trie, label, slug, label)
    for slug, name, label in other_units(registry):
        if not _ABBREVIATED.search(label):
            _insert(trie, label, slug, name)
    return trie


def _insert(trie: _Trie, label: str, slug: str, name: str) -> None:
    node = trie
    for token in tokenise(label):
        node = node.setdefault(token.word, {})
    node.setdefault("", {}).setdefault(slug, name)
