"""Expressions over columns: each is computed once for each distinct value, or combination of values, of its variables.

A column is either of term numbers (Int32) or of truth values (Boolean); null is "unbound" and "error" alike, which SPARQL's logic treats as one.

Source: SPARQL 1.1 Query Language, 17, https://www.w3.org/TR/sparql11-query/#expressions
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Variable

from kg.columns import functions
from kg.columns.ntriples import strings
from kg.columns.patterns import NotForColumnsError, to_ox
from kg.columns.terms import Terms
from kg.store.results import Term

Operand: TypeAlias = "pl.Series | Term"


class Expressions:
    """Computes expressions of rdflib's algebra over frames; ``exists`` tells which rows meet a pattern."""

    def __init__(self, terms: Terms, exists: Callable[[Any, pl.DataFrame], pl.Series]) -> None:
        self._terms = terms
        self._meets = exists
        self._rules: dict[str, Callable[[CompValue, pl.DataFrame], Operand]] = {
            "BOUND": self._bound, "COALESCE": self._coalesce, "IF": self._if, "TrueFilter": self._true, "EXISTS": self._exists, "NOTEXISTS": self._not_exists,
            "ConditionalAndExpression": self._and, "ConditionalOrExpression": self._or, "UnaryNot": self._not, "RelationalExpression": self._compared,
            "STR": self._str, "AdditiveExpression": self._calculated, "MultiplicativeExpression": self._calculated,
        }  # fmt: skip

    def numbers(self, expression: Any, frame: pl.DataFrame) -> pl.Series:
        """Give the values as a column of term numbers."""
        return self._as_numbers(self._value(expression, frame), len(frame))

    def holds(self, expression: Any, frame: pl.DataFrame) -> pl.Series:
        """Tell of each row whether the expression is true; null for an error."""
        value = self._value(expression, frame)
        if isinstance(value, pl.Series):
            return value if value.dtype == pl.Boolean else self._terms.python(value, functions.truth, pl.Boolean)
        return pl.repeat(functions.truth(value), len(frame), dtype=pl.Boolean, eager=True)

    def _value(self, node: Any, frame: pl.DataFrame) -> Operand:
        if isinstance(node, Variable):
            return frame[str(node)] if str(node) in frame.columns else pl.repeat(None, len(frame), dtype=pl.Int32, eager=True)
        if isinstance(node, Identifier):
            return to_ox(node)
        if not isinstance(node, CompValue):
            raise NotForColumnsError(repr(node))
        name = node.name.removeprefix("Builtin_")
        if name in self._rules:
            return self._rules[name](node, frame)
        if name == "Function":
            return self._apply(functions.CASTS.get(str(node.iri)), [self._value(each, frame) for each in node.expr], len(frame), str(node.iri))
        given = node.arg if isinstance(node.arg, list) else [node[key] for key in _ARGUMENTS if key in node]
        return self._apply(functions.BUILTINS.get(name.upper()), [self._value(each, frame) for each in given], len(frame), name)

    # --- what is decided row by row, without looking at values

    def _bound(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        return self._as_numbers(self._value(node.arg, frame), len(frame)).is_not_null()

    def _coalesce(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        columns = [self.numbers(each, frame) for each in node.arg]
        return pl.select(pl.coalesce(*columns)).to_series()

    def _if(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        test, yes, no = self.holds(node.arg1, frame), self.numbers(node.arg2, frame), self.numbers(node.arg3, frame)
        return pl.select(pl.when(test.is_null()).then(None).when(test).then(yes).otherwise(no).alias("if")).to_series()

    def _true(self, _: CompValue, frame: pl.DataFrame) -> Operand:
        return pl.repeat(value=True, n=len(frame), dtype=pl.Boolean, eager=True)

    def _and(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        return reduce(lambda one, other: one & other, (self.holds(each, frame) for each in (node.expr, *node.other)))

    def _or(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        return reduce(lambda one, other: one | other, (self.holds(each, frame) for each in (node.expr, *node.other)))

    def _not(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        return ~self.holds(node.expr, frame)

    def _exists(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        return self._meets(node.graph, frame)

    def _not_exists(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        return ~self._meets(node.graph, frame)

    # --- operators

    def _compared(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        left = self._value(node.expr, frame)
        if node.op in ("IN", "NOT IN"):
            found = reduce(lambda one, other: one | other, (self._equal(left, self._value(each, frame), len(frame)) for each in node.other))
            return found if node.op == "IN" else ~found
        right = self._value(node.other, frame)
        if node.op in ("=", "!="):
            same = self._equal(left, right, len(frame))
            return same if node.op == "=" else ~same
        order = functions.COMPARISONS[node.op]
        told = self._apply(lambda one, other: functions.boolean(order(functions.compared(one, other))), [left, right], len(frame), node.op)
        return self._terms.python(self._as_numbers(told, len(frame)), functions.truth, pl.Boolean)

    def _equal(self, left: Operand, right: Operand, size: int) -> pl.Series:
        """Tell what is equal: the same term, or literals of the same value. Only unlike literals are looked at."""
        one, other = self._as_numbers(left, size), self._as_numbers(right, size)
        same = one == other
        first, second = one.fill_null(-1).to_numpy(), other.fill_null(-1).to_numpy()
        doubtful = (first >= 0) & (second >= 0) & (first != second) & self._terms.are_literals(first) & self._terms.are_literals(second)
        if not doubtful.any():
            return same
        at = pl.Series(np.flatnonzero(doubtful))
        told = self._apply(lambda a, b: functions.boolean(functions.equal_literals(a, b)), [one.gather(at), other.gather(at)], len(at), "=")
        return same.scatter(at, self._terms.python(self._as_numbers(told, len(at)), functions.truth, pl.Boolean))

    def _calculated(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        value = self._value(node.expr, frame)
        for sign, other in zip(node.op, node.other, strict=True):
            value = self._apply(functions.ARITHMETIC[str(sign)], [value, self._value(other, frame)], len(frame), str(sign))
        return value

    # --- values

    def _str(self, node: CompValue, frame: pl.DataFrame) -> Operand:
        return self._terms.map_texts(self.numbers(node.arg, frame), strings)

    def _as_numbers(self, value: Operand, size: int) -> pl.Series:
        if not isinstance(value, pl.Series):
            return pl.repeat(int(self._terms.encode([value])[0]), size, dtype=pl.Int32, eager=True)
        if value.dtype != pl.Boolean:
            return value
        yes, no = self._terms.encode([functions.TRUE, functions.FALSE]).tolist()
        return pl.select(pl.when(value.is_null()).then(None).when(value).then(yes).otherwise(no).cast(pl.Int32)).to_series()

    def _apply(self, function: Callable[..., Term | None] | None, given: list[Operand], size: int, name: str) -> Operand:
        """Apply a function to each distinct combination of values; an error (``None``) where one is unbound."""
        if function is None:
            raise NotForColumnsError(name)
        columns = {str(at): self._as_numbers(each, size) for at, each in enumerate(given) if isinstance(each, pl.Series)}

        def called(values: dict[str, Term]) -> Term | None:
            return function(*(values.get(str(at), each) for at, each in enumerate(given)))

        if not columns:
            return pl.repeat(int(self._terms.encode([called({})])[0]), size, dtype=pl.Int32, eager=True).replace(-1, None)
        if len(columns) == 1:
            (key, column), = columns.items()
            return self._terms.map(column, lambda term: called({key: term}))
        frame = pl.DataFrame([column.alias(key) for key, column in columns.items()])
        distinct = frame.drop_nulls().unique()
        decoded = [self._terms.decode(distinct[key].to_numpy()) for key in columns]
        found = self._terms.encode([called(dict(zip(columns, values, strict=True))) for values in zip(*decoded, strict=True)])
        made = distinct.with_columns(pl.Series("=", found, dtype=pl.Int32).replace(-1, None))
        return frame.join(made, on=list(columns), how="left", maintain_order="left")["="]


_ARGUMENTS = ("arg", "arg1", "arg2", "arg3", "text", "pattern", "replacement", "flags", "start", "length")
