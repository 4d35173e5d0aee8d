"""What follows from the documents' statements: shortcuts, one description a cited document, probable implementations.

All of it goes into the graph ``…/graph/inferred``, which a question can leave out.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg.graph.cited import DocumentFacts, cited_quads, is_about_documents, read_corpus
from kg.graph.links import link_quads
from kg.graph.shortcuts import READ, shortcut_quads


def inferred_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Derive all that is inferred from the documents' graphs, sorted, each statement once.

    What does not rest on the order of the documents: the same quads in any order give the same list.
    """
    known = [quad for quad in quads if quad.predicate in READ or is_about_documents(quad)]
    return sorted({*shortcut_quads(known), *corpus_quads(read_corpus(known))}, key=str)


def corpus_quads(corpus: dict[NamedNode, DocumentFacts]) -> list[Quad]:
    """Derive what no document tells alone: a description of each cited document, and what the plans probably carry out."""
    return sorted({*cited_quads(corpus), *link_quads(corpus)}, key=str)
