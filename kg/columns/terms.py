"""Terms as numbers: the dictionary of a graph, and what a query adds to it.

The terms of the graph are one sorted column of their N-Triples forms, whose position is the number; so all literals (which begin with a quote) come
first. Terms that a query makes are numbered after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import polars as pl
import pyoxigraph as ox

from kg.store.results import Term

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^<>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Terms:
    """The dictionary: ``texts`` are those of the graph, sorted; ``more`` follow in their own order."""

    def __init__(self, texts: pl.Series, more: Sequence[str] = ()) -> None:
        self._texts = texts
        self._given = len(texts)
        self._literals = int(texts.search_sorted("#"))  # what follows the quote in Unicode
        self._made: list[Term] = [parse_term(text) for text in more]
        self._numbers: dict[str, int] = {text: self._given + at for at, text in enumerate(more)}
        self._known: dict[int, Term] = {}

    def decode(self, numbers: np.ndarray) -> list[Term]:
        """Give the terms of numbers."""
        known, given, made = self._known, self._given, self._made
        missing = [number for number in numbers.tolist() if number < given and number not in known]
        known.update(zip(missing, map(parse_term, self._texts.gather(missing).to_list()), strict=True))
        return [known[number] if number < given else made[number - given] for number in numbers.tolist()]

    def encode(self, terms: Sequence[Term | None]) -> np.ndarray:
        """Give the numbers of terms, -1 for ``None``; new ones are added."""
        texts = ["" if term is None else str(term) for term in terms]
        unknown = sorted({text for text in texts if text and text not in self._numbers})
        for text, at in zip(unknown, self._find(unknown), strict=True):
            if at is not None:
                self._numbers[text] = at
        numbers = np.empty(len(terms), dtype=np.int32)
        for position, (text, term) in enumerate(zip(texts, terms, strict=True)):
            if term is None:
                numbers[position] = -1
                continue
            number = self._numbers.get(text)
            if number is None:
                number = self._numbers[text] = self._given + len(self._made)
                self._made.append(term)
            numbers[position] = number
        return numbers

    def number(self, term: Term) -> int | None:
        """Give the number of a term; ``None`` where no statement and no query has it."""
        text = str(term)
        return self._numbers[text] if text in self._numbers else self._find([text])[0]

    def texts(self, numbers: np.ndarray) -> pl.Series:
        """Give the N-Triples forms of numbers."""
        given = numbers < self._given
        return pl.concat([self._texts.gather(numbers[given]), pl.Series("text", [str(self._made[number - self._given]) for number in numbers[~given]], dtype=pl.String)])

    def made(self) -> pl.Series:
        """Give the N-Triples forms of the terms that were added, in their order."""
        return self.texts(np.arange(self._given, self._given + len(self._made)))

    def are_literals(self, numbers: np.ndarray) -> np.ndarray:
        """Tell of each number whether it is that of a literal."""
        made = np.array([isinstance(term, ox.Literal) for term in self._made] or [False])
        later = numbers >= self._given
        return np.where(later, made[np.where(later, numbers - self._given, 0)], numbers < self._literals)

    def map(self, column: pl.Series, function: Callable[[Term], Term | None]) -> pl.Series:
        """Apply a function to each distinct term of a column."""
        distinct, places = split(column)
        return join_up(column, self.encode([function(term) for term in self.decode(distinct)]), places)

    def python(self, column: pl.Series, function: Callable[[Term], object], dtype: type[pl.DataType]) -> pl.Series:
        """Give a column of Python values: the function of each distinct term; null where unbound."""
        distinct, places = split(column)
        values = pl.Series([function(term) for term in self.decode(distinct)], dtype=dtype)
        return values.gather(pl.Series(places).cast(pl.UInt32)) if column.null_count() == 0 else _scattered(column, values, places)

    def _find(self, texts: Sequence[str]) -> list[int | None]:
        if not texts:
            return []
        at = self._texts.search_sorted(pl.Series(texts, dtype=pl.String)).to_list()
        inside = [min(place, self._given - 1) for place in at]
        found = self._texts.gather(inside).to_list()
        return [place if text == there else None for text, there, place in zip(texts, found, inside, strict=True)]


def split(column: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """Give the distinct numbers of a column, and for each bound cell the place of its number among them."""
    distinct, places = np.unique(column.drop_nulls().to_numpy(), return_inverse=True)
    return distinct, places


def join_up(column: pl.Series, numbers: np.ndarray, places: np.ndarray) -> pl.Series:
    """Give a column of numbers like the one that was split; -1 becomes unbound."""
    values = pl.Series(numbers, dtype=pl.Int32).replace(-1, None)
    return values.gather(pl.Series(places).cast(pl.UInt32)) if column.null_count() == 0 else _scattered(column, values, places)


def _scattered(column: pl.Series, values: pl.Series, places: np.ndarray) -> pl.Series:
    """Put values back to where a column is bound."""
    at = np.zeros(len(column), dtype=np.int64)
    bound = column.is_not_null().to_numpy()
    at[bound] = places
    wanted = pl.Series(at).set(~pl.Series(bound), None)
    return values.gather(wanted.cast(pl.UInt32))


def parse_term(text: str) -> Term:
    """Read a term in its N-Triples form.

    >>> parse_term('"Sở"@vi') == ox.Literal("Sở", language="vi")
    True
    """
    if text[0] == "<":
        return ox.NamedNode(_unescape(text[1:-1]))
    if text[0] == "_":
        return ox.BlankNode(text[2:])
    if text[-1] == '"' and "\\" not in text:
        return ox.Literal(text[1:-1])
    found = _LITERAL.fullmatch(text)
    assert found is not None  # noqa: S101 - the writer's own form
    value, language, datatype = found.groups()
    if language:
        return ox.Literal(_unescape(value), language=language)
    return ox.Literal(_unescape(value), datatype=ox.NamedNode(datatype)) if datatype else ox.Literal(_unescape(value))


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)) if match[1] or match[2] else _ESCAPED.get(match[3], match[3]), text)
