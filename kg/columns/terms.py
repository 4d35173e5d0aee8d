"""Terms as numbers: the dictionary of a graph, and what a query adds to it.

The terms of the graph are one sorted column of their N-Triples forms, whose position is the number; so all literals (which begin with a quote) come
first. Terms that a query makes are numbered after them. Objects are made of terms only where somebody looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from kg.columns.ntriples import read_terms
from kg.store.results import Term


class Terms:
    """The dictionary: ``texts`` are those of the graph, sorted; ``more`` follow in their own order."""

    def __init__(self, texts: pl.Series, more: Sequence[str] = ()) -> None:
        self._texts = texts
        self._given = len(texts)
        self._literals = int(texts.search_sorted("#"))  # what follows the quote in Unicode
        self._made: list[str] = []
        self._made_literals = bytearray()
        self._numbers: dict[str, int] = {}
        self._known: dict[int, Term] = {}
        for text in more:
            self._add(text)

    def decode(self, numbers: np.ndarray) -> list[Term]:
        """Give the terms of numbers."""
        known, asked = self._known, numbers.tolist()
        missing = [number for number in dict.fromkeys(asked) if number not in known]
        if missing:
            known.update(zip(missing, read_terms(self.texts(np.array(missing, dtype=np.int64))), strict=True))
        return [known[number] for number in asked]

    def encode(self, terms: Sequence[Term | None]) -> np.ndarray:
        """Give the numbers of terms, -1 for ``None``; new ones are added."""
        return self.encode_texts(["" if term is None else str(term) for term in terms])

    def encode_texts(self, texts: Sequence[str]) -> np.ndarray:
        """Give the numbers of terms by their N-Triples forms, -1 for ""; new ones are added."""
        known = self._numbers
        unknown = sorted({text for text in texts if text not in known})
        known.update((text, at) for text, at in zip(unknown, self._find(unknown), strict=True) if at is not None)
        return np.array([-1 if not text else known[text] if text in known else self._add(text) for text in texts], dtype=np.int32)

    def number(self, term: Term) -> int | None:
        """Give the number of a term; ``None`` where no statement and no query has it."""
        text = str(term)
        return self._numbers[text] if text in self._numbers else self._find([text])[0]

    def texts(self, numbers: np.ndarray) -> pl.Series:
        """Give the N-Triples forms of numbers."""
        given = numbers < self._given
        ours = pl.Series("text", [self._made[number] for number in (numbers[~given] - self._given).tolist()], dtype=pl.String)
        theirs = self._texts.gather(numbers[given])
        if not len(ours) or not len(theirs):
            return ours if len(ours) else theirs
        places = np.empty(len(numbers), dtype=np.int64)
        places[given], places[~given] = np.arange(len(theirs)), np.arange(len(theirs), len(numbers))
        return pl.concat([theirs, ours]).gather(places)

    def made(self) -> pl.Series:
        """Give the N-Triples forms of the terms that were added, in their order."""
        return pl.Series("text", self._made, dtype=pl.String)

    def are_literals(self, numbers: np.ndarray) -> np.ndarray:
        """Tell of each number whether it is that of a literal."""
        later = numbers >= self._given
        if not later.any():
            return numbers < self._literals
        made = np.frombuffer(bytes(self._made_literals), dtype=bool)
        return np.where(later, made[np.where(later, numbers - self._given, 0)], numbers < self._literals)

    def map(self, column: pl.Series, function: Callable[[Term], Term | None]) -> pl.Series:
        """Apply a function to each distinct term of a column."""
        distinct, places = split(column)
        return join_up(column, self.encode([function(term) for term in self.decode(distinct)]), places)

    def map_texts(self, column: pl.Series, function: Callable[[pl.Series], pl.Series]) -> pl.Series:
        """Apply a function of N-Triples forms, "" for an error, to all distinct terms of a column at once."""
        distinct, places = split(column)
        return join_up(column, self.encode_texts(function(self.texts(distinct)).to_list()), places)

    def python(self, column: pl.Series, function: Callable[[Term], object], dtype: type[pl.DataType]) -> pl.Series:
        """Give a column of Python values: the function of each distinct term; null where unbound."""
        distinct, places = split(column)
        return spread(column, pl.Series([function(term) for term in self.decode(distinct)], dtype=dtype), places)

    def _add(self, text: str) -> int:
        number = self._numbers[text] = self._given + len(self._made)
        self._made.append(text)
        self._made_literals.append(text[0] == '"')
        return number

    def _find(self, texts: Sequence[str]) -> list[int | None]:
        if not texts or not self._given:
            return [None] * len(texts)
        asked = pl.Series(texts, dtype=pl.String)
        at = self._texts.search_sorted(asked).clip(upper_bound=self._given - 1)
        same = self._texts.gather(at) == asked
        return [place if found else None for place, found in zip(at.to_list(), same.to_list(), strict=True)]


_MANY = 20_000
"""Cells from which distinct numbers are found by marking them in a row of all numbers: sorting would take longer."""


def split(column: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """Give the distinct numbers of a column, sorted, and for each bound cell the place of its number among them."""
    numbers = column.drop_nulls().to_numpy()
    if len(numbers) < _MANY:
        return np.unique(numbers, return_inverse=True)
    low = numbers.min()
    numbers = numbers - low
    seen = np.zeros(numbers.max() + 1, dtype=bool)
    seen[numbers] = True
    distinct = np.flatnonzero(seen).astype(np.int32)
    place = np.empty(len(seen), dtype=np.int32)
    place[distinct] = np.arange(len(distinct), dtype=np.int32)
    return distinct + low, place[numbers]


def join_up(column: pl.Series, numbers: np.ndarray, places: np.ndarray) -> pl.Series:
    """Give a column of numbers like the one that was split; -1 becomes unbound."""
    return spread(column, pl.Series(numbers, dtype=pl.Int32).replace(-1, None), places)


def spread(column: pl.Series, values: pl.Series, places: np.ndarray) -> pl.Series:
    """Give each cell of a column that was split the value of its number; null where it is unbound."""
    if column.null_count() == 0:
        return values.gather(pl.Series(places).cast(pl.UInt32))
    at = np.zeros(len(column), dtype=np.int64)
    bound = column.is_not_null().to_numpy()
    at[bound] = places
    wanted = pl.Series(at).set(~pl.Series(bound), None)
    return values.gather(wanted.cast(pl.UInt32))
