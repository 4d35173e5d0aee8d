"""A document's records → the quads of its own named graph."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import Quad

from kg.graph.agents import Place
from kg.graph.builder import GraphBuilder
from kg.graph.documents import add_citations, add_document, central, own_iri, own_province
from kg.graph.duties import add_duties, add_reporting, add_targets
from kg.graph.findings import add_findings
from kg.graph.sectors import add_sectors
from kg.graph.tasks import add_tasks
from kg.records import AgencyMention, Extraction
from kg.resolution.registry import Registry


def document_quads(
    extraction: Extraction, registry: Registry, decide: Callable[[AgencyMention], AgencyMention] | None = None
) -> list[Quad]:
    """State everything that the records say, each with its evidence.

    Reads: one document's records. Gives: quads, all in the graph ``{document}/graph``, without blank nodes, in document
    order; a statement made twice may stand twice. ``decide`` gives a mention as people have decided it.
    """
    graph = GraphBuilder(
        text=extraction.document.text,
        place=document_place(extraction, registry),
        registry=registry,
        date=extraction.header.date,
        source=extraction.document.source,
        decide=decide,
    )
    add_document(graph, extraction)
    add_citations(graph, extraction)
    add_tasks(graph, extraction)
    add_duties(graph, extraction)
    add_reporting(graph, extraction)
    add_targets(graph, extraction)
    add_sectors(graph, extraction)
    add_findings(graph, extraction)
    return graph.quads


def document_address(extraction: Extraction, registry: Registry) -> str:
    """Give the document's address without making its graph."""
    return document_place(extraction, registry).document


def document_place(extraction: Extraction, registry: Registry) -> Place:
    """Give where the document's agencies are at home."""
    province = own_province(extraction, registry)
    return Place(
        document=own_iri(extraction, province, registry),
        province=province.slug if province else None,
        central=central(extraction.header),
    )
