"""The one interface of all stores."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from kg.graph.as_of import View
from kg.store.results import Result, Triples

Format = Literal["nq", "trig", "nt", "ttl"]


class Store(Protocol):
    """A graph that answers SPARQL.

    A query that names no graph (no FROM, no GRAPH) is asked of all graphs together. Every method raises
    ``QuestionError`` where the query is at fault and ``StoreError`` where the store is.
    """

    def select(self, query: str) -> Result:
        """Answer a SELECT."""
        ...

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        ...

    def construct(self, query: str) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE."""
        ...

    def dump(self, format: Format) -> bytes:  # noqa: A002  the word that users know
        """Give the whole graph: "nq" and "trig" with the named graphs, "nt" and "ttl" merged; sorted."""
        ...


@runtime_checkable
class Dated(Protocol):
    """A store that makes views as of a date itself."""

    def beside(self, view: View) -> Store:
        """Give the same store, asked together with a view, which is made once."""
        ...
