"""A store over rdflib's own engine: for those who hold an ``rdflib.Dataset``, and to check the queries on a second engine.

It is slow (seconds where Oxigraph takes hundredths): see docs/decisions/0003-store.md.
"""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import rdflib
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery

from kg.errors import StoreError
from kg.store.embedded import broken_query, check_form, refuse
from kg.store.interface import Format
from kg.store.query_text import has_word
from kg.store.results import Result, Term, Triples
from kg.store.serialising import serialise_quads, sort_triples


class RdflibStore:
    """A :class:`kg.store.Store` over an ``rdflib.Dataset``, which must have ``default_union=True``.

    FROM and SERVICE are refused: rdflib would fetch the addresses.
    """

    def __init__(self, inner: rdflib.Dataset) -> None:
        if not inner.default_union:
            raise StoreError(
                "rdflib.Dataset",
                found="default_union=False",
                expected="default_union=True",
                remedy="make the Dataset with default_union=True",
                vi="Dataset của rdflib phải được tạo với default_union=True",
            )
        self.inner = inner

    def select(self, query: str) -> Result:
        """Answer a SELECT."""
        answer = self._query(query, ("SELECT",))
        variables = tuple(answer.vars or ())
        rows = tuple(tuple(_to_ox(row.get(variable)) for variable in variables) for row in answer.bindings)
        # rdflib 7.6 answers GROUP BY over nothing with one row of nothing (evalAggregateJoin); SPARQL 1.1, 18.5.1: no row.
        if len(rows) == 1 and all(term is None for term in rows[0]) and has_word(query, "GROUP"):
            rows = ()
        return Result(tuple(str(variable) for variable in variables), rows)

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        return bool(self._query(query, ("ASK",)).askAnswer)

    def construct(self, query: str) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE."""
        graph = self._query(query, ("CONSTRUCT", "DESCRIBE")).graph
        return Triples(tuple(sort_triples(_triple(*triple) for triple in graph or ())))

    def dump(self, format: Format) -> bytes:  # noqa: A002  as in Store
        """Give the whole graph, sorted."""
        return serialise_quads((_quad(*quad) for quad in self.inner.quads()), format)

    def _query(self, query: str, forms: tuple[str, ...]) -> rdflib.query.Result:
        check_form(query, forms)
        refuse(query, "SERVICE")
        refuse(query, "FROM")
        try:
            parseQuery(query)
        except ParseBaseException as error:
            raise broken_query(str(error), error.lineno) from error
        return self.inner.query(query)


def _to_ox(term: Any) -> Term | None:
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    if term.datatype:
        return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
    return ox.Literal(str(term))


def _triple(subject: Any, predicate: Any, obj: Any) -> ox.Triple:
    return ox.Triple(_to_ox(subject), _to_ox(predicate), _to_ox(obj))  # type: ignore[arg-type]


def _quad(subject: Any, predicate: Any, obj: Any, graph: Any) -> ox.Quad:
    named = graph is not None and graph != rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    name = _to_ox(graph) if named else ox.DefaultGraph()
    return ox.Quad(_to_ox(subject), _to_ox(predicate), _to_ox(obj), name)  # type: ignore[arg-type]
