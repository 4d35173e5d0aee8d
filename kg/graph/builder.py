"""One document's named graph in the making: quads, each evidence node and each agent described once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.agents import Place, agent_node, agent_statements, home, place_reason
from kg.graph.iris import evidence_iri, graph_iri, text_iri
from kg.graph.namespaces import MG, OA, RDF, XSD
from kg.records import AgencyMention, Passage, Source, Spans
from kg.resolution.reasons import Reason, explain
from kg.resolution.registry import Registry

CONTEXT_LENGTH = 32  # code points of prefix and suffix: enough to find the quote again in a text that has moved


class GraphBuilder:
    """Collects a document's quads. Made for one document, used once."""

    def __init__(
        self, *, text: str, place: Place, registry: Registry, date: str | None = None, source: Source | None = None,
        decide: Callable[[AgencyMention], AgencyMention] | None = None,
    ) -> None:
        self.document = place.document
        self.node = NamedNode(place.document)
        self.place = place
        self.registry = registry
        self.quads: list[Quad] = []
        self._text = text
        self._graph = NamedNode(graph_iri(place.document))
        self._source = NamedNode(text_iri(place.document))
        self._evidence: dict[tuple[int, int], NamedNode] = {}
        self._agents: dict[tuple[str, str | None, str, str, Place | None], NamedNode] = {}
        self._described: set[NamedNode] = set()
        self._date = date
        self._read_from = source
        self._decide = decide

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """State one thing in the document's graph."""
        self.quads.append(Quad(subject, predicate, value, self._graph))

    def add_text(self, subject: NamedNode, predicate: NamedNode, value: str | None) -> None:
        """State a plain string; nothing for ``None`` or ""."""
        if value:
            self.add(subject, predicate, Literal(value))

    def add_words(self, subject: NamedNode, predicate: NamedNode, value: str | None) -> None:
        """State a string in Vietnamese; nothing for ``None`` or ""."""
        if value:
            self.add(subject, predicate, Literal(value, language="vi"))

    def add_number(self, subject: NamedNode, predicate: NamedNode, value: int | None) -> None:
        """State an integer; nothing for ``None``."""
        if value is not None:
            self.add(subject, predicate, Literal(str(value), datatype=XSD.integer))

    def add_evidence(self, subject: NamedNode, spans: Spans) -> None:
        """State where the text says it: one node a span, made once for all that rest on it."""
        for span in spans:
            node = self._evidence.get(span)
            if node is None:
                node = self._evidence[span] = NamedNode(evidence_iri(self.document, span))
                self._describe_evidence(node, *span)
            self.add(subject, MG.evidence, node)

    def add_passage(self, subject: NamedNode, predicate: NamedNode, passage: Passage | None) -> None:
        """State a passage's words as a plain string, with its evidence."""
        if passage:
            self.add_text(subject, predicate, passage.text)
            self.add_evidence(subject, passage.spans)

    def decided(self, mention: AgencyMention) -> AgencyMention:
        """Give the mention as people have decided it; as it is where nobody has."""
        return mention if self._decide is None else self._decide(mention)

    def agent(self, mention: AgencyMention, place: Place | None = None) -> NamedNode:
        """Give the node of an agency named in the text, described; ``place`` where it is not the document's own."""
        mention = self.decided(mention)
        known = (mention.name, mention.kind, mention.form, mention.text, place)
        node = self._agents.get(known)
        if node is None:
            place = place or home(mention, self.place, self.registry, self._date)
            node = self._agents[known] = agent_node(mention, place, self.registry)
            if node not in self._described:
                self._described.add(node)
                self.extend(agent_statements(mention, place, self.registry))
        return node

    def reason(self, mention: AgencyMention) -> Reason:
        """Give in words why an agency named in the text is who it is: what its name means, and of which province it is."""
        why, where = explain(mention), place_reason(mention, self.place, self.registry, self._date)
        return Reason(f"{why.vi} {where.vi}", f"{why.en} {where.en}")

    def extend(self, statements: Iterable[tuple[NamedNode, NamedNode, NamedNode | Literal]]) -> None:
        """State several."""
        for subject, predicate, value in statements:
            self.add(subject, predicate, value)

    def _describe_evidence(self, node: NamedNode, start: int, end: int) -> None:
        text, add = self._text, self.add
        selector = NamedNode(node.value + "/selector")
        add(node, RDF.type, OA.SpecificResource)
        add(node, OA.hasSource, self._source)
        add(node, OA.hasSelector, selector)
        if self._read_from is not None:
            self.add_number(node, MG.page, self._read_from.page_at(start))
            self.add_text(node, MG.sourceFile, self._read_from.file_at(start)[1] if self._read_from.files else None)
        add(selector, RDF.type, OA.TextQuoteSelector)
        add(selector, RDF.type, OA.TextPositionSelector)
        add(selector, OA.exact, Literal(text[start:end]))
        add(selector, OA.prefix, Literal(text[max(0, start - CONTEXT_LENGTH) : start]))
        add(selector, OA.suffix, Literal(text[end : end + CONTEXT_LENGTH]))
        add(selector, OA.start, Literal(str(start), datatype=XSD.integer))
        add(selector, OA.end, Literal(str(end), datatype=XSD.integer))
