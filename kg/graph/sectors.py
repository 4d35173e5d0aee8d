"""Priority sectors of a list such as Phụ lục II, with their sub-sectors."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.graph.builder import GraphBuilder
from kg.graph.iris import numbered
from kg.graph.namespaces import MG, RDF, SKOS
from kg.normalise import slug
from kg.records import Extraction, Passage, Sector, Subsector


def full_code(sector: Sector, child: Subsector) -> str:
    """Give a sub-sector's code with its sector's before it: "1" below "I" is "I.1"."""
    return child.code if child.code.startswith(sector.code + ".") else f"{sector.code}.{child.code}"


def sector_codes(sectors: tuple[Sector, ...]) -> dict[str, str]:
    """Give, for each code, the address segment; a code printed twice keeps its first."""
    codes = [
        code for sector in sectors for code in (sector.code, *(full_code(sector, child) for child in sector.children))
    ]
    names = numbered(map(_segment, codes))
    return dict(reversed(list(zip(codes, names, strict=True))))


def _segment(code: str) -> str:
    return ".".join(part.upper() for part in map(slug, code.split(".")) if part) or "X"


def add_sectors(graph: GraphBuilder, extraction: Extraction) -> None:
    """State the sectors as concepts, each sub-sector below its sector."""
    codes = [
        code
        for sector in extraction.sectors
        for code in (sector.code, *(full_code(sector, child) for child in sector.children))
    ]
    names = iter(numbered(map(_segment, codes)))
    for sector in extraction.sectors:
        node = _add_concept(graph, next(names), sector.code, sector.name)
        for child in sector.children:
            below = _add_concept(graph, next(names), full_code(sector, child), child.name)
            graph.add(below, SKOS.broader, node)
            for item in child.items:
                graph.add_passage(below, MG.item, item)


def _add_concept(graph: GraphBuilder, name: str, code: str, label: Passage) -> NamedNode:
    node = NamedNode(f"{graph.document}/sector/{name}")
    graph.add(node, RDF.type, MG.Sector)
    graph.add(node, MG.inPlan, graph.node)
    graph.add_text(node, SKOS.notation, code)
    graph.add_words(node, SKOS.prefLabel, label.text)
    graph.add_evidence(node, label.spans)
    return node
