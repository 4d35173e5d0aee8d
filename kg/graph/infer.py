"""What follows from the documents' statements: shortcuts, one description a cited document, probable implementations.

All of it goes into the graph ``…/graph/inferred``, which a question can leave out.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad

from kg.graph.cited import cited_quads, read_corpus
from kg.graph.links import link_quads
from kg.graph.shortcuts import shortcut_quads


def inferred_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Derive all that is inferred from the documents' graphs, sorted, each statement once.

    What does not rest on the order of the documents: the same quads in any order give the same list.
    """
    known = list(quads)
    corpus = read_corpus(known)
    return sorted({*shortcut_quads(known), *cited_quads(corpus), *link_quads(corpus)}, key=str)
