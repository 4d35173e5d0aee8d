"""The registry's names as a word trie: the longest name that begins at a token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from kg.normalise import key
from kg.resolution.registry import Registry, load_registry

_TOKEN = re.compile(r"\w+|[^\w\s]")


class Token(NamedTuple):
    """A word or a sign of a text: its offsets there, its matching key, and whether it opens with a capital."""

    start: int
    end: int
    word: str
    capital: bool


def tokenise(text: str) -> list[Token]:
    """Words and signs of a text, in order."""
    return [
        Token(match.start(), match.end(), key(match.group()), match.group()[:1].isupper()) for match in _TOKEN.finditer(text)
    ]


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: the registry's slug and the proper form to write."""

    slug: str
    name: str
    form: str
    how: str


class Lexicon:
    """Names of bodies and groups, by their words."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._root: dict[str, object] = {}
        for slug, kind in registry.kinds.items():
            if kind.form != "body":
                continue
            right = [kind.name, *(label for label in kind.alt if _is_full(label, kind.name))]
            for label, how in (
                [(kind.name, "registry"), *((label, "variant") for label in kind.alt), *((label, "misprint") for label in kind.hidden)]
            ):
                name = label if label in right else max(right, key=lambda form, label=label: _likeness(form, label))
                if how == "variant" and name == kind.name != label:
                    how = "abbreviation"
                self._insert(label, Name(slug, name, kind.form, how))

    def _insert(self, label: str, name: Name) -> None:
        words = [token.word for token in tokenise(label)]
        for form in {tuple(words), *_spellings(words)}:
            node = self._root
            for word in form:
                node = node.setdefault(word, {})  # type: ignore[assignment]
            node.setdefault("", name)

    def match(self, words: list[str], at: int) -> tuple[Name, int] | None:
        """The longest name that begins at token ``at``, and the token after it."""
        node: dict[str, object] | None = self._root
        found: tuple[Name, int] | None = None
        while node is not None:
            name = node.get("")
            if isinstance(name, Name):
                found = (name, at)
            node = node.get(words[at]) if at < len(words) else None  # type: ignore[assignment]
            at += 1
        return found


def _is_full(label: str, name: str) -> bool:
    """A right form of other words, written out: as long as the proper one, no abbreviation, not just other signs."""
    return len(label) >= 0.75 * len(name) and not re.search(r"\b[A-ZĐ]{2,}|&", label) and _bare(label) != _bare(name)


def _bare(label: str) -> list[str]:
    words = re.findall(r"\w+", key(label))
    for place in (["tỉnh"], ["thành", "phố"]):
        if words[-len(place) :] == place and len(words) > 4:
            return words[: -len(place)]
    return words


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False).ratio()


def _spellings(words: list[str]) -> set[tuple[str, ...]]:
    """ "KH&CN", "KH-CN" and "KHCN" are one abbreviation; Ủy ban nhân dân is also UBND."""
    forms: set[tuple[str, ...]] = set()
    if "&" in words:
        at = words.index("&")
        if 0 < at < len(words) - 1:
            joined = (*words[: at - 1], words[at - 1] + words[at + 1], *words[at + 2 :])
            forms |= {joined, (*words[:at], "-", *words[at + 1 :])}
            forms |= _spellings(list(joined))
    text = " ".join(words)
    for long, short in (("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"), ("mặt trận tổ quốc", "mttq")):
        if long in text:
            forms.add(tuple(text.replace(long, short).split()))
    return forms


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the project's registry, made once."""
    return Lexicon(load_registry())
