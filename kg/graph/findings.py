"""What was seen in a document and not understood: it stands in the graph beside what was."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg.graph.builder import GraphBuilder
from kg.graph.iris import numbered
from kg.graph.namespaces import MG, RDF, RDFS
from kg.records import Extraction, Finding, Span

_QUOTE_LENGTH = 200  # code points: a finding may rest on a whole table, its first lines find it


def add_findings(graph: GraphBuilder, extraction: Extraction) -> None:
    """State each finding with its code, its words in both languages and, where it has a place, its evidence."""
    findings = extraction.findings
    for finding, name in zip(findings, numbered(map(_stem, findings)), strict=True):
        node = NamedNode(f"{graph.document}/finding/{name}")
        graph.add(node, RDF.type, MG.Finding)
        graph.add(node, MG.inDocument, graph.node)
        graph.add_text(node, MG.code, finding.code)
        graph.add(node, RDFS.label, Literal(finding.vi, language="vi"))
        graph.add(node, RDFS.label, Literal(finding.en, language="en"))
        if finding.span and finding.span.start < finding.span.end:
            start, end = finding.span
            graph.add_evidence(node, (Span(start, min(end, start + _QUOTE_LENGTH)),))


def _stem(finding: Finding) -> str:
    return finding.code if finding.span is None else f"{finding.code}-{finding.span.start}"
