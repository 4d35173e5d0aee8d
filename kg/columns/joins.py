"""Joins of solutions: frames with a column of term numbers for each variable, null where it is unbound.

An unbound variable agrees with everything, as in SPARQL: such rows are joined apart, on the variables that both sides have bound.

Source: SPARQL 1.1 Query Language, 18.5, https://www.w3.org/TR/sparql11-query/#sparqlAlgebra
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

UNIT = pl.DataFrame({"": pl.Series([0], dtype=pl.Int32)})
"""The one solution that binds nothing; its column is no variable's."""
_ROW = "#row"


def join(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """Join on all variables of both."""
    shared = [name for name in left.columns if name in right.columns]
    if not shared:
        return left.join(right, how="cross").drop(UNIT.columns, strict=False)
    loose = [name for name in shared if left[name].null_count() or right[name].null_count()]
    if not loose:
        return left.join(right, on=shared, how="inner")
    columns = [*left.columns, *(name for name in right.columns if name not in shared)]
    found = [
        one.join(other, on=both, how="inner") if (both := [name for name in one.columns if name in other.columns]) else one.join(other, how="cross")
        for one in _by_bound(left, loose)
        for other in _by_bound(right, loose)
    ]
    return pl.concat([_with_columns(frame, columns) for frame in found]) if found else pl.DataFrame(schema=dict.fromkeys(columns, pl.Int32))


def left_join(left: pl.DataFrame, right: pl.DataFrame, keep: Callable[[pl.DataFrame], pl.DataFrame] | None = None) -> pl.DataFrame:
    """Join, and keep the rows that meet nothing; ``keep`` leaves the joined rows for which the condition holds."""
    shared = [name for name in left.columns if name in right.columns]
    if keep is None and shared and not any(left[name].null_count() or right[name].null_count() for name in shared):
        return left.join(right, on=shared, how="left")
    numbered = left.with_row_index(_ROW)
    met = join(numbered, right)
    met = keep(met) if keep else met
    alone = numbered.join(met.select(_ROW).unique(), on=_ROW, how="anti")
    return pl.concat([met, _with_columns(alone, met.columns)]).drop(_ROW)


def meets(left: pl.DataFrame, right: pl.DataFrame, *, bound: bool = False) -> pl.Series:
    """Tell of each row whether the other side has one that agrees with it; ``bound``: in at least one variable bound in both."""
    shared = [name for name in left.columns if name in right.columns]
    if not shared:
        return pl.repeat(value=bool(len(right)) and not bound, n=len(left), dtype=pl.Boolean, eager=True)
    numbered = left.select(shared).with_row_index(_ROW)
    others = right.select(shared).unique()
    if bound:
        numbered = numbered.filter(pl.any_horizontal(pl.col(shared).is_not_null()))
        others = others.filter(pl.any_horizontal(pl.col(shared).is_not_null()))
    found = join(numbered, others)[_ROW].unique()
    return pl.int_range(len(left), dtype=pl.UInt32, eager=True).is_in(found.implode())


def _by_bound(frame: pl.DataFrame, loose: list[str]) -> Iterator[pl.DataFrame]:
    """Take a frame apart by which of its variables are bound; the unbound ones are left out of each part."""
    flags = {name: f"{name}?" for name in loose}
    marked = frame.with_columns(pl.col(name).is_null().alias(flag) for name, flag in flags.items())
    for part in marked.partition_by(*flags.values()):
        unbound = [name for name, flag in flags.items() if part[flag][0]]
        yield part.drop(*unbound, *flags.values())


def _with_columns(frame: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    missing = [pl.lit(None, dtype=pl.Int32).alias(name) for name in columns if name not in frame.columns]
    return frame.with_columns(missing).select(columns)
