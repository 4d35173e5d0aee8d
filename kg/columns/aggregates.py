"""Aggregates over groups of rows.

Source: SPARQL 1.1 Query Language, 18.5.1, https://www.w3.org/TR/sparql11-query/#aggregateAlgebra
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from kg.columns import functions
from kg.columns.ntriples import held_texts, order_keys, quoted
from kg.columns.patterns import NotForColumnsError
from kg.columns.terms import Terms, split, spread

_GROUP = "#group"


def aggregate(frame: pl.DataFrame, keys: list[pl.Series], aggregates: list[Any], numbers: Callable[[Any], pl.Series], terms: Terms) -> pl.DataFrame:
    """Give a row for each group, with the result of each aggregate under its name; one row where nothing is grouped by.

    ``keys`` are the columns grouped by, ``numbers`` computes an expression over the frame.
    """
    named = pl.DataFrame([key.alias(str(at)) for at, key in enumerate(keys)]) if keys else pl.DataFrame({"0": pl.repeat(0, len(frame), dtype=pl.Int32, eager=True)})
    distinct = named.unique(maintain_order=True) if keys else pl.DataFrame({"0": pl.Series([0], dtype=pl.Int32)})
    group = named.join(distinct.with_row_index(_GROUP), on=named.columns, how="left", nulls_equal=True, maintain_order="left")[_GROUP]
    return pl.DataFrame([_of_groups(each, group, len(distinct), numbers, terms).alias(str(each.res)) for each in aggregates])


def _of_groups(each: Any, group: pl.Series, size: int, numbers: Callable[[Any], pl.Series], terms: Terms) -> pl.Series:
    name = each.name.removeprefix("Aggregate_")
    if each.vars == "*":
        raise NotForColumnsError("COUNT(*)")
    rows = pl.DataFrame([group, numbers(each.vars).alias("value")])
    if each.distinct:
        rows = rows.unique(maintain_order=True)
    if name == "Count":
        return _counted(rows, size, terms)
    if name in ("Sum", "Avg"):
        return _summed(rows, size, terms, mean=name == "Avg")
    if name == "GroupConcat":
        return _joined(rows, size, terms, " " if each.separator is None else str(each.separator))
    if name in ("Min", "Max"):
        distinct, ranks = ranked(rows["value"], terms)
        found = _placed(rows.with_columns(ranks.alias("value")), pl.col("value").min() if name == "Min" else pl.col("value").max(), size)
        return pl.Series(distinct, dtype=pl.Int32).gather(found.cast(pl.UInt32))
    if name == "Sample":
        return _placed(rows, pl.col("value").drop_nulls().first(), size)
    raise NotForColumnsError(name)


def ranked(column: pl.Series, terms: Terms) -> tuple[np.ndarray, pl.Series]:
    """Give the first number of each rank, and the rank of each cell; null where unbound. Equal values have one rank."""
    distinct, places = split(column)  # sorted, so that added terms are the last, as in the texts
    order = _order_of(distinct, terms)
    first = np.zeros(len(distinct), dtype=np.int32)
    first[order.to_numpy()[::-1]] = distinct[::-1]
    return first, spread(column, order, places)


def _order_of(distinct: np.ndarray, terms: Terms) -> pl.Series:
    """Give the rank of each number; terms of one sort are compared all at once."""
    held = order_keys(terms.texts(distinct))
    if held is not None:
        return (held.rank("dense") - 1).cast(pl.UInt32)
    keys = [functions.sort_key(term) for term in terms.decode(distinct)]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return pl.Series([ranks[key] for key in keys], dtype=pl.UInt32)


def _placed(rows: pl.DataFrame, value: pl.Expr, size: int) -> pl.Series:
    """Give the value of each group, in the order of the groups."""
    found = rows.group_by(_GROUP).agg(value.alias("value"))
    if len(found) == size:
        return found.sort(_GROUP)["value"]
    return pl.DataFrame({_GROUP: pl.int_range(size, dtype=pl.UInt32, eager=True)}).join(found, on=_GROUP, how="left", maintain_order="left")["value"]


def _counted(rows: pl.DataFrame, size: int, terms: Terms) -> pl.Series:
    counts = _placed(rows, pl.col("value").count(), size).fill_null(0).to_numpy()
    distinct, places = np.unique(counts, return_inverse=True)
    return pl.Series(terms.encode([functions.literal(int(count)) for count in distinct])[places], dtype=pl.Int32)


def _summed(rows: pl.DataFrame, size: int, terms: Terms, *, mean: bool) -> pl.Series:
    """Give sums or means; an error in one row is an error of its group."""
    distinct, places = split(rows["value"].fill_null(-1))
    bound = dict(zip(distinct[distinct >= 0].tolist(), terms.decode(distinct[distinct >= 0]), strict=True))
    values = [functions.number(bound.get(number)) for number in distinct.tolist()]
    group = rows[_GROUP].to_numpy()
    if not mean and all(value is None or (isinstance(value, int) and abs(value) < _WHOLE) for value in values):
        return _summed_whole(values, places, group, size, terms)
    sums: list[functions.Number | None] = [0] * size
    of = np.bincount(group, minlength=size).tolist()
    pairs, times = np.unique(group.astype(np.int64) * len(values) + places, return_counts=True)
    for pair, each in zip(pairs.tolist(), times.tolist(), strict=True):
        at, place = divmod(pair, len(values))
        value, so_far = values[place], sums[at]
        sums[at] = None if value is None or so_far is None else so_far + value * each
    if mean:
        sums = [None if total is None else functions.calculate("/", total if isinstance(total, float) else Decimal(total), count) if count else 0 for total, count in zip(sums, of, strict=True)]
    return pl.Series(terms.encode([functions.literal(total) for total in sums]), dtype=pl.Int32).replace(-1, None)


_WHOLE = 2**31
"""Integers below it have sums that 64 bits hold, for as many rows as a frame can have."""


def _summed_whole(values: list[Any], places: np.ndarray, group: np.ndarray, size: int, terms: Terms) -> pl.Series:
    """Give sums of integers; a group with a value that is none (``None``) has no sum."""
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, group, np.array([value or 0 for value in values], dtype=np.int64)[places])
    distinct, at = np.unique(sums, return_inverse=True)
    numbers = terms.encode([functions.literal(total) for total in distinct.tolist()])[at]
    numbers[group[np.array([value is None for value in values], dtype=bool)[places]]] = -1
    return pl.Series(numbers, dtype=pl.Int32).replace(-1, None)


def _joined(rows: pl.DataFrame, size: int, terms: Terms, separator: str) -> pl.Series:
    distinct, places = split(rows["value"])
    held = held_texts(terms.texts(distinct)) if len(distinct) else pl.Series("value", [], dtype=pl.String)
    sorted_texts = held.sort()
    rank = sorted_texts.search_sorted(held).to_numpy()
    bound = rows.drop_nulls().with_columns(pl.Series("value", rank[places])).sort("value")
    joined = _placed(bound.with_columns(sorted_texts.gather(bound["value"]).alias("value")), pl.col("value").str.join(separator), size).fill_null("")
    return pl.Series(terms.encode_texts(quoted(joined).to_list()), dtype=pl.Int32)
