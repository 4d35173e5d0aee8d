"""The rows of an answer, kept as columns of numbers: terms are made for the rows that somebody looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

import polars as pl

from kg.columns.terms import Terms
from kg.store.results import Term

Row = tuple[Term | None, ...]


class Rows(Sequence[Row]):
    """Rows over a frame of term numbers, null where unbound. A slice makes its own rows alone; whoever goes through all has all made, once."""

    def __init__(self, frame: pl.DataFrame, terms: Terms) -> None:
        self._frame, self._terms = frame, terms

    def __len__(self) -> int:
        return len(self._frame)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return self._decoded(self._frame[at])
        return self._all[at]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return self._all == tuple(other) if isinstance(other, Rows | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as a list's: equal ones may be kept in other ways

    def __repr__(self) -> str:
        return repr(self._all)

    @cached_property
    def _all(self) -> tuple[Row, ...]:
        return self._decoded(self._frame)

    def _decoded(self, frame: pl.DataFrame) -> tuple[Row, ...]:
        return tuple(zip(*map(self._cells, frame.get_columns()), strict=True))

    def _cells(self, column: pl.Series) -> list[Term | None]:
        distinct = column.drop_nulls().unique().to_numpy()
        known: dict[int, Term] = dict(zip(distinct.tolist(), self._terms.decode(distinct), strict=True))
        return list(map(known.get, column.fill_null(-1).to_list()))
