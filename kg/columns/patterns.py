"""Statements and paths: the frames of a basic graph pattern.

Reads: triples of rdflib's algebra. Gives: frames of solutions, to be joined.

Source: SPARQL 1.1 Query Language, 9 (property paths), https://www.w3.org/TR/sparql11-query/#propertypaths
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import pyoxigraph as ox
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.term import BNode, Literal, Node, URIRef, Variable

from kg.columns.files import no_statements
from kg.columns.joins import UNIT, join
from kg.columns.terms import Terms
from kg.store.results import Term


class NotForColumnsError(Exception):
    """What the columns do not answer, and a store does."""


class Patterns:
    """The statements of a graph, by predicate."""

    def __init__(self, terms: Terms, predicates: Mapping[str, pl.DataFrame]) -> None:
        self._terms = terms
        self._predicates = predicates

    def solve(self, triples: Iterable[tuple[Any, Any, Any]], frames: Iterable[pl.DataFrame] = ()) -> pl.DataFrame:
        """Join triples and solutions: the smallest first, then always the smallest of those that share a variable with what is found."""
        optional = [triple for triple in triples if _optional(triple[1])]
        waiting = [*frames, *(self._frame(triple) for triple in triples if triple not in optional)]
        found = UNIT
        while waiting or optional:
            reached = [triple for triple in optional if _name(triple[0]) in found.columns or _name(triple[2]) in found.columns]
            if reached or not waiting:
                triple = (reached or optional)[0]
                optional.remove(triple)
                found = join(found, self._reachable(triple, found))
                continue
            at = min(range(len(waiting)), key=lambda place: (not _connected(found, waiting[place]), len(waiting[place])))
            found = join(found, waiting.pop(at))
        return found

    def _frame(self, triple: tuple[Any, Any, Any], pairs: pl.DataFrame | None = None) -> pl.DataFrame:
        """Give the solutions of one triple."""
        subject, path, value = triple
        frame = self._pairs(path) if pairs is None else pairs
        names = {}
        for column, node in (("s", subject), ("o", value)):
            name = _name(node)
            if name is None:
                number = self._terms.number(to_ox(node))
                frame = frame.filter(pl.col(column) == (-1 if number is None else number)).drop(column)
            else:
                names[column] = name
        if len(names) == 2 and names["s"] == names["o"]:
            return frame.filter(pl.col("s") == pl.col("o")).select(pl.col("s").alias(names["s"]))
        return frame.rename(names) if names else pl.concat([UNIT] * frame.height if frame.height else [UNIT.clear()])

    def _pairs(self, path: Node | Any) -> pl.DataFrame:
        """Give the pairs of a predicate or path."""
        if isinstance(path, URIRef):
            return self._predicates.get(f"<{path}>", no_statements())
        if isinstance(path, InvPath):
            return self._pairs(path.arg).select(pl.col("o").alias("s"), pl.col("s").alias("o"))
        if isinstance(path, AlternativePath):
            return pl.concat([self._pairs(each) for each in path.args])
        if isinstance(path, SequencePath):
            first, *others = path.args
            found = self._pairs(first)
            for other in others:
                further = self._reach(other, found["o"], "s") if _optional(other) else self._pairs(other)
                found = found.rename({"o": "via"}).join(further.rename({"s": "via"}), on="via").drop("via")
            return found
        if isinstance(path, MulPath) and path.mod == "+":
            return self._closure(self._pairs(path.path))
        raise NotForColumnsError(str(path))

    @staticmethod
    def _closure(steps: pl.DataFrame) -> pl.DataFrame:
        """Give all pairs that one step or several join."""
        found = new = steps.unique()
        while len(new):
            further = new.rename({"o": "via"}).join(steps.rename({"s": "via"}), on="via").drop("via").unique()
            new = further.join(found, on=["s", "o"], how="anti")
            found = pl.concat([found, new])
        return found

    def _reachable(self, triple: tuple[Any, Any, Any], found: pl.DataFrame) -> pl.DataFrame:
        """Give the solutions of ``path?`` or ``path*`` that begin or end where those found stand."""
        for column, name in (("s", _name(triple[0])), ("o", _name(triple[2]))):
            if name in found.columns:
                return self._frame(triple, self._reach(triple[1], found[name], column))
        raise NotForColumnsError(str(triple[1]))

    def _reach(self, path: Any, nodes: pl.Series, column: str) -> pl.DataFrame:
        """Give the pairs of ``path?`` or ``path*`` that have one of the nodes in a column: those of no step, too."""
        steps = self._pairs(path.path)
        nodes = nodes.drop_nulls().unique()
        far = (steps if path.mod == "?" else self._closure(steps)).filter(pl.col(column).is_in(nodes.implode()))
        return pl.concat([pl.DataFrame({"s": nodes, "o": nodes}), far]).unique()


def _optional(path: Any) -> bool:
    return isinstance(path, MulPath) and path.mod != "+"


def to_ox(node: Any) -> Term:
    """Give a term of rdflib as one of Oxigraph."""
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if not isinstance(node, Literal):
        raise NotForColumnsError(repr(node))
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype))) if node.datatype else ox.Literal(str(node))


def _name(node: Any) -> str | None:
    """Give the column of a variable; a blank node is a variable that nobody asks for."""
    if isinstance(node, Variable):
        return str(node)
    return f"_:{node}" if isinstance(node, BNode) else None


def _connected(found: pl.DataFrame, frame: pl.DataFrame) -> bool:
    return found.columns == UNIT.columns or any(name in found.columns for name in frame.columns)
