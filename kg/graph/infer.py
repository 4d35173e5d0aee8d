"""What follows from the documents' statements: shortcuts, rosters of groups, one description a cited document, probable implementations.

All of it goes into the graph ``…/graph/inferred``, which a question can leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.graph.cited import DocumentFacts, cited_quads, is_about_documents, read_corpus
from kg.graph.links import link_quads
from kg.graph.namespaces import MG
from kg.graph.rosters import roster_quads
from kg.graph.shortcuts import READ, shortcut_quads
from kg.resolution.registry import load_registry


def inferred_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Derive all that is inferred from the documents' graphs, sorted, each statement once.

    What does not rest on the order of the documents: the same quads in any order give the same list.
    """
    given = list(quads)
    known = [quad for quad in given if quad.predicate in READ or is_about_documents(quad)]
    return sorted({*shortcut_quads(known), *_rosters(given), *corpus_quads(read_corpus(known))}, key=str)


def _rosters(quads: list[Quad]) -> Iterator[Quad]:
    graphs: dict[object, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)
    for own in graphs.values():
        address = next((getattr(quad.subject, "value", "") for quad in own if quad.predicate == MG.sourceFile), None)
        if address is not None:
            yield from roster_quads(address, own, load_registry())


def corpus_quads(corpus: dict[NamedNode, DocumentFacts]) -> list[Quad]:
    """Derive what no document tells alone: a description of each cited document, and what the plans probably carry out."""
    return sorted({*cited_quads(corpus), *link_quads(corpus)}, key=str)
