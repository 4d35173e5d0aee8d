"""Queries over columns: the algebra of SPARQL as rdflib gives it, computed from the inside out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
from rdflib.plugins.sparql.algebra import translateGroupGraphPattern
from rdflib.term import Variable

from kg.columns.aggregates import aggregate, ranked
from kg.columns.expressions import Expressions
from kg.columns.files import Columns
from kg.columns.joins import UNIT, left_join, meets
from kg.columns.parsing import parse
from kg.columns.patterns import NotForColumnsError, Patterns, to_ox
from kg.columns.rows import Rows
from kg.columns.terms import Terms
from kg.store.query_text import has_word
from kg.store.results import Result

_TRUE = "TrueFilter"


def _parsed(query: str) -> Any:
    if has_word(query, "FROM"):
        raise NotForColumnsError("FROM")  # it names graphs of its own
    return parse(query)


class Engine:
    """Answers queries over a dictionary and its statements."""

    def __init__(self, columns: Columns) -> None:
        self.terms = Terms(columns.texts, columns.more)
        self._patterns = Patterns(self.terms, columns.predicates)
        self._expressions = Expressions(self.terms, self._exists)
        self._nodes: dict[str, Callable[[Any], pl.DataFrame]] = {
            "BGP": self._bgp, "Join": self._join, "LeftJoin": self._left_join, "Union": self._union, "Minus": self._minus, "Filter": self._filter,
            "Extend": self._extend, "ToMultiSet": self._multiset, "AggregateJoin": self._aggregate, "OrderBy": self._order, "Project": self._project,
            "Distinct": self._distinct, "Slice": self._slice,
        }  # fmt: skip

    def select(self, query: str) -> Result:
        """Answer a SELECT."""
        algebra = _parsed(query)
        frame = self._solve(algebra.p)
        names = tuple(str(name) for name in algebra.PV)
        return Result(names, Rows(frame.select(names), self.terms))

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        return len(self._solve(_parsed(query).p)) > 0

    def _solve(self, node: Any) -> pl.DataFrame:
        solve = self._nodes.get(node.name)
        if solve is None:
            raise NotForColumnsError(node.name)
        return solve(node)

    def _exists(self, graph: Any, frame: pl.DataFrame) -> pl.Series:
        inner = translateGroupGraphPattern(graph) if graph.name.startswith("GroupGraphPattern") else graph
        if inner.name not in ("BGP", "Join"):
            return meets(frame, self._solve(inner))
        triples, frames = self._operands(inner)
        asked = {str(node) for triple in triples for node in triple if isinstance(node, Variable)}
        known = [name for name in frame.columns if name in asked and not frame[name].null_count()]
        return meets(frame, self._patterns.solve(triples, [*frames, frame.select(known).unique()] if known else frames))

    def _kept(self, expression: Any, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.filter(self._expressions.holds(expression, frame))

    def _bgp(self, node: Any) -> pl.DataFrame:
        return self._patterns.solve(node.triples)

    def _join(self, node: Any) -> pl.DataFrame:
        return self._patterns.solve(*self._operands(node))

    def _operands(self, node: Any) -> tuple[list[Any], list[pl.DataFrame]]:
        """Give what joins of joins join: triples, and the solutions of all else."""
        triples: list[Any] = []
        frames: list[pl.DataFrame] = []
        sides = [node]
        while sides:
            side = sides.pop()
            if side.name == "Join":
                sides += [side.p2, side.p1]
            elif side.name == "BGP":
                triples += side.triples
            else:
                frames.append(self._solve(side))
        return triples, frames

    def _left_join(self, node: Any) -> pl.DataFrame:
        keep = None if node.expr.name == _TRUE else lambda frame: self._kept(node.expr, frame)
        return left_join(self._solve(node.p1), self._solve(node.p2), keep)

    def _union(self, node: Any) -> pl.DataFrame:
        return pl.concat([self._solve(node.p1), self._solve(node.p2)], how="diagonal")

    def _minus(self, node: Any) -> pl.DataFrame:
        frame = self._solve(node.p1)
        return frame.filter(~meets(frame, self._solve(node.p2), bound=True))

    def _filter(self, node: Any) -> pl.DataFrame:
        return self._kept(node.expr, self._solve(node.p))

    def _extend(self, node: Any) -> pl.DataFrame:
        frame = self._solve(node.p)
        return frame.with_columns(self._expressions.numbers(node.expr, frame).alias(str(node.var)))

    def _multiset(self, node: Any) -> pl.DataFrame:
        if node.p.name != "values":
            return self._solve(node.p)
        names = list(dict.fromkeys(str(name) for row in node.p.res for name in row))
        rows = [{str(name): None if value == "UNDEF" else value for name, value in row.items()} for row in node.p.res]
        columns = {name: self.terms.encode([None if row[name] is None else to_ox(row[name]) for row in rows]) for name in names}
        frame = pl.DataFrame({name: pl.Series(numbers, dtype=pl.Int32).replace(-1, None) for name, numbers in columns.items()})
        bound = [name for name in names if frame[name].null_count() < len(frame)]
        return frame.select(bound) if bound else pl.concat([UNIT] * len(rows))

    def _aggregate(self, node: Any) -> pl.DataFrame:
        frame = self._solve(node.p.p)
        keys = [self._expressions.numbers(each, frame) for each in node.p.expr or ()]
        return aggregate(frame, keys, node.A, lambda expression: self._expressions.numbers(expression, frame), self.terms)

    def _order(self, node: Any) -> pl.DataFrame:
        frame = self._solve(node.p)
        ranks: list[pl.Series] = []
        places = 1  # that the keys so far can tell apart
        for each in node.expr:
            if places >= len(frame) and ranks and len(pl.DataFrame(ranks).unique()) == len(frame):
                break  # told apart already: what else is to order them would change nothing
            distinct, rank = ranked(self._expressions.numbers(each.expr, frame), self.terms)
            places *= len(distinct) + 1
            ranks.append(rank.alias(str(len(ranks))))
        down = [each.order == "DESC" for each in node.expr[: len(ranks)]]
        order = pl.DataFrame(ranks).with_row_index("#").sort([rank.name for rank in ranks], descending=down, nulls_last=down, maintain_order=True)["#"]
        return frame[order]

    def _project(self, node: Any) -> pl.DataFrame:
        frame = self._solve(node.p)
        return frame.select(pl.col(str(name)) if str(name) in frame.columns else pl.lit(None, dtype=pl.Int32).alias(str(name)) for name in node.PV)

    def _distinct(self, node: Any) -> pl.DataFrame:
        return self._solve(node.p).unique(maintain_order=True)

    def _slice(self, node: Any) -> pl.DataFrame:
        return self._solve(node.p).slice(node.start, node.length)
