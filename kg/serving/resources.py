"""One thing of the graph, described: what it is called, what is said of it, what speaks of it, each with its quote."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from textwrap import shorten
from typing import Any

import pyoxigraph as ox

from kg.graph.namespaces import DCTERMS, MG, OA, PREFIXES, PROV, RDFS, SKOS, VOID
from kg.serving.formats import TRIPLES
from kg.serving.page_words import code_words, term_words
from kg.store.embedded import EmbeddedStore
from kg.store.formatting import plain_text

_MOST_INCOMING = 500
"""Statements that point at a thing, on its page: a province has tens of thousands."""
_MOST_LETTERS = 120
_CLASS = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a page shows it: ``iri`` where it leads somewhere, ``label`` in words."""

    label: str
    iri: str | None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A property and its values; ``iri`` of the property."""

    label: str
    iri: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words that back a thing, with those around them, their document and where they stand in its text (code points)."""

    text: str
    before: str
    after: str
    document: str
    iri: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a page of a thing holds. ``place``: its province, "" for none; ``more`` counts the incoming statements that are left out."""

    iri: str
    label: str
    place: str
    types: tuple[Value, ...]
    outgoing: tuple[Statement, ...]
    incoming: tuple[Statement, ...]
    quotes: tuple[Quoted, ...]
    more: int

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON values."""
        return asdict(self)


def describe(store: EmbeddedStore, node: ox.NamedNode, language: str = "vi") -> Description | None:
    """Describe a thing in the reader's language, "vi" or "en"; ``None`` where nothing is said of it. Names and quotes stay as documents have them."""
    tell = _Words(store, language)
    out = sorted({(quad.predicate, quad.object) for quad in store.inner.quads_for_pattern(node, None, None, ox.DefaultGraph())}, key=str)
    pointing = list(islice(store.inner.quads_for_pattern(None, None, node, ox.DefaultGraph()), 20 * _MOST_INCOMING))
    if not out and not pointing:
        return None
    types = tuple(tell.value(term) for predicate, term in out if predicate == _CLASS)
    incoming = sorted({(quad.predicate, quad.subject) for quad in pointing}, key=str)
    return Description(
        iri=node.value,
        label=tell.label(node),
        place=_place(tell, node),
        types=types,
        outgoing=_grouped(tell, [(predicate, term) for predicate, term in out if predicate != _CLASS]),
        incoming=_grouped(tell, incoming[:_MOST_INCOMING]),
        quotes=_quotes(tell, node),
        more=max(0, len(incoming) - _MOST_INCOMING),
    )


def write_statements(store: EmbeddedStore, node: ox.NamedNode, kind: str) -> bytes:
    """Write what is said of a thing, and what points at it, in one of the formats of triples."""
    out = {quad.triple for quad in store.inner.quads_for_pattern(node, None, None, ox.DefaultGraph())}
    into = {quad.triple for quad in islice(store.inner.quads_for_pattern(None, None, node, ox.DefaultGraph()), 20 * _MOST_INCOMING)}
    prefixes = dict(PREFIXES) if kind in ("text/turtle", "application/trig", "application/rdf+xml") else None
    return ox.serialize(sorted(out | into, key=str), format=TRIPLES[kind], prefixes=prefixes) or b""


def _grouped(tell: _Words, pairs: list[tuple[Any, Any]]) -> tuple[Statement, ...]:
    by: dict[ox.NamedNode, list[Value]] = {}
    for predicate, term in pairs:
        by.setdefault(predicate, []).append(tell.value(term, predicate))
    return tuple(Statement(tell.label(predicate), predicate.value, tuple(values)) for predicate, values in by.items())


class _Words:
    """What things are called for one reader."""

    def __init__(self, store: EmbeddedStore, language: str) -> None:
        self.store, self._language = store, language
        self._last = "vi" if language == "en" else "en"

    def value(self, term: Any, predicate: ox.NamedNode | None = None) -> Value:
        """Give a value in words; a code of a property has its own."""
        if isinstance(term, ox.NamedNode):
            return Value(self.label(term), term.value)
        text, language = plain_text(term), term.language if isinstance(term, ox.Literal) else None
        return Value((code_words(predicate.value, text, self._language) if predicate else None) or text, None, language)

    def label(self, node: ox.NamedNode) -> str:
        """Give the name in the reader's language, else in another, else a term's or a document's own, else what an assignment says, else the end of the address."""
        for predicate in (RDFS.label, SKOS.prefLabel):
            if told := self._best(node, predicate):
                return told
        return term_words(node.value, self._language) or self._made(node) or _tail(node)

    def _best(self, node: ox.NamedNode, predicate: ox.NamedNode) -> str:
        """Give the text of a property in the reader's language, else without one, else in another; "" for none."""
        names = [quad.object for quad in self.store.inner.quads_for_pattern(node, predicate, None, ox.DefaultGraph()) if isinstance(quad.object, ox.Literal)]
        return min(names, key=lambda name: (name.language != self._language, name.language == self._last, name.value)).value if names else ""

    def _made(self, node: ox.NamedNode) -> str:
        """Give the name of what has none of its own: a document's number or title, a part of a task, an assignment."""
        for predicate in (MG.number, DCTERMS.title):
            if told := self._best(node, predicate):
                return shorten(told, _MOST_LETTERS, placeholder=" …")
        for predicate in (VOID.class_, VOID.property):
            if (counted := _first(self.store, node, predicate)) is not None:
                return self.label(counted)
        whole = _first(self.store, node, MG.partOf)
        if whole is not None:
            return f"{self.label(whole)} – {'part' if self._language == 'en' else 'phần'} {_position(self.store, node)}".rstrip()
        parts = [_first(self.store, node, predicate) for predicate in (MG.agent, MG.role, MG.forTask)]
        return " – ".join(self.label(part) for part in parts if part is not None) if all(parts) else ""


def _tail(node: ox.NamedNode) -> str:
    tail = node.value.rstrip("/").rpartition("#")[2].rpartition("/")[2] if "#" in node.value else node.value.rstrip("/").rpartition("/")[2]
    return tail or node.value


def _position(store: EmbeddedStore, node: ox.NamedNode) -> str:
    told = next((quad.object for quad in store.inner.quads_for_pattern(node, MG.position, None, ox.DefaultGraph())), None)
    return plain_text(told) if told is not None else ""


def _first(store: EmbeddedStore, node: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | None:
    quad = next(store.inner.quads_for_pattern(node, predicate, None, ox.DefaultGraph()), None)
    return quad.object if quad is not None and isinstance(quad.object, ox.NamedNode) else None


def _place(tell: _Words, node: ox.NamedNode) -> str:
    """Give the name of the province that a body or a plan is of, or the plan of a task; "" for none."""
    store = tell.store
    plan = _first(store, node, MG.inPlan)
    province = _first(store, node, MG.inProvince) or _first(store, node, MG.province) or (_first(store, plan, MG.province) if plan else None)
    return tell.label(province) if province else ""


def _quotes(tell: _Words, node: ox.NamedNode) -> tuple[Quoted, ...]:
    """Give the words that back the thing, in the order of their documents."""
    query = f"""
    SELECT DISTINCT ?quote ?before ?after ?source ?start ?end WHERE {{
      {{ <{node.value}> (<{PROV.wasDerivedFrom.value}>|<{MG.evidence.value}>) ?evidence }}
      UNION {{ <{node.value}> ^<{MG.agent.value}>/(<{PROV.wasDerivedFrom.value}>|<{MG.evidence.value}>) ?evidence }}
      UNION {{ <{node.value}> ^<{MG.forTask.value}>/(<{PROV.wasDerivedFrom.value}>|<{MG.evidence.value}>) ?evidence }}
      ?evidence <{OA.hasSelector.value}> ?selector ; <{OA.hasSource.value}> ?source .
      ?selector <{OA.exact.value}> ?quote ; <{OA.start.value}> ?start ; <{OA.end.value}> ?end .
      OPTIONAL {{ ?selector <{OA.prefix.value}> ?before }}
      OPTIONAL {{ ?selector <{OA.suffix.value}> ?after }}
    }} ORDER BY ?source ?start ?end LIMIT 50
    """
    return tuple(_quoted(tell, row) for row in tell.store.select(query).rows)


def _quoted(tell: _Words, row: tuple[Any, ...]) -> Quoted:
    quote, before, after, source, start, end = row
    document = ox.NamedNode(plain_text(source).removesuffix("/text"))
    named = ", ".join(part for part in (tell.label(document), _place(tell, document)) if part)
    text, left, right = (plain_text(term) if term is not None else "" for term in (quote, before, after))
    return Quoted(text=text, before=left, after=right, document=named, iri=document.value, start=int(plain_text(start)), end=int(plain_text(end)))
