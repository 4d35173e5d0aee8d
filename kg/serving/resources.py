"""One thing of the graph, described: what it is called, what is said of it, what speaks of it, each with its quote."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.graph.namespaces import MG, OA, PREFIXES, PROV, RDFS, SKOS
from kg.serving.formats import TRIPLES
from kg.store.embedded import EmbeddedStore
from kg.store.formatting import plain_text

_MOST_INCOMING = 500
"""Statements that point at a thing, on its page: a province has tens of thousands."""
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


def describe(store: EmbeddedStore, node: ox.NamedNode) -> Description | None:
    """Describe a thing; ``None`` where nothing is said of it."""
    out = sorted({(quad.predicate, quad.object) for quad in store.inner.quads_for_pattern(node, None, None, ox.DefaultGraph())}, key=str)
    pointing = list(islice(store.inner.quads_for_pattern(None, None, node, ox.DefaultGraph()), 20 * _MOST_INCOMING))
    if not out and not pointing:
        return None
    types = tuple(_value(store, term) for predicate, term in out if predicate == _CLASS)
    incoming = sorted({(quad.predicate, quad.subject) for quad in pointing}, key=str)
    return Description(
        iri=node.value,
        label=_label(store, node),
        place=_place(store, node),
        types=types,
        outgoing=_grouped(store, [(predicate, term) for predicate, term in out if predicate != _CLASS]),
        incoming=_grouped(store, incoming[:_MOST_INCOMING]),
        quotes=_quotes(store, node),
        more=max(0, len(incoming) - _MOST_INCOMING),
    )


def write_statements(store: EmbeddedStore, node: ox.NamedNode, kind: str) -> bytes:
    """Write what is said of a thing, and what points at it, in one of the formats of triples."""
    out = {quad.triple for quad in store.inner.quads_for_pattern(node, None, None, ox.DefaultGraph())}
    into = {quad.triple for quad in islice(store.inner.quads_for_pattern(None, None, node, ox.DefaultGraph()), 20 * _MOST_INCOMING)}
    prefixes = dict(PREFIXES) if kind in ("text/turtle", "application/trig", "application/rdf+xml") else None
    return ox.serialize(sorted(out | into, key=str), format=TRIPLES[kind], prefixes=prefixes) or b""


def _grouped(store: EmbeddedStore, pairs: list[tuple[Any, Any]]) -> tuple[Statement, ...]:
    by: dict[ox.NamedNode, list[Value]] = {}
    for predicate, term in pairs:
        by.setdefault(predicate, []).append(_value(store, term))
    return tuple(Statement(_label(store, predicate), predicate.value, tuple(values)) for predicate, values in by.items())


def _value(store: EmbeddedStore, term: Any) -> Value:
    if isinstance(term, ox.NamedNode):
        return Value(_label(store, term), term.value)
    return Value(plain_text(term), None, term.language if isinstance(term, ox.Literal) else None)


def _label(store: EmbeddedStore, node: ox.NamedNode) -> str:
    """Give the name in Vietnamese, else in any language, else what an assignment says, else the end of the address."""
    for predicate in (RDFS.label, SKOS.prefLabel):
        names = [quad.object for quad in store.inner.quads_for_pattern(node, predicate, None, ox.DefaultGraph()) if isinstance(quad.object, ox.Literal)]
        if names:
            return min(names, key=lambda name: (name.language != "vi", name.value)).value
    parts = [_first(store, node, predicate) for predicate in (MG.agent, MG.role, MG.forTask)]
    if all(parts):
        agent, role, task = (_label(store, part) for part in parts if part is not None)
        return f"{agent} – {role} – {task}"
    tail = node.value.rstrip("/").rpartition("#")[2].rpartition("/")[2] if "#" in node.value else node.value.rstrip("/").rpartition("/")[2]
    return tail or node.value


def _first(store: EmbeddedStore, node: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | None:
    quad = next(store.inner.quads_for_pattern(node, predicate, None, ox.DefaultGraph()), None)
    return quad.object if quad is not None and isinstance(quad.object, ox.NamedNode) else None


def _place(store: EmbeddedStore, node: ox.NamedNode) -> str:
    """Give the name of the province that a body or a plan is of, or the plan of a task; "" for none."""
    plan = _first(store, node, MG.inPlan)
    province = _first(store, node, MG.inProvince) or _first(store, node, MG.province) or (_first(store, plan, MG.province) if plan else None)
    return _label(store, province) if province else ""


def _quotes(store: EmbeddedStore, node: ox.NamedNode) -> tuple[Quoted, ...]:
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
    return tuple(_quoted(store, row) for row in store.select(query).rows)


def _quoted(store: EmbeddedStore, row: tuple[Any, ...]) -> Quoted:
    quote, before, after, source, start, end = row
    document = ox.NamedNode(plain_text(source).removesuffix("/text"))
    named = ", ".join(part for part in (_label(store, document), _place(store, document)) if part)
    text, left, right = (plain_text(term) if term is not None else "" for term in (quote, before, after))
    return Quoted(text=text, before=left, after=right, document=named, iri=document.value, start=int(plain_text(start)), end=int(plain_text(end)))
