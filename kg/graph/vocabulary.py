"""The files of ontology/ as quads of the vocabulary graph, without blank nodes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.data_files import data_folder
from kg.graph.namespaces import BASE, VOCABULARY
from kg.resolution.concepts import parse_turtle

_NOT_DATA = "shapes.ttl"  # constraints on the graph are no part of it


@cache
def load_vocabulary() -> tuple[Quad, ...]:
    """Read the project's vocabulary, once a process."""
    return vocabulary_quads(data_folder("ontology"))


def vocabulary_quads(folder: Path) -> tuple[Quad, ...]:
    """Read every Turtle file but the shapes, files in order of name.

    A blank node gets an address from its file and its place in it, so that the same files give the same bytes.

    Raises:
        VocabularyError: broken Turtle; with file and line.

    """
    quads: list[Quad] = []
    for path in sorted(folder.glob("*.ttl")):
        if path.name == _NOT_DATA:
            continue
        names: dict[str, NamedNode] = {}
        for triple in parse_turtle(path):
            subject, value = (_named(term, path.stem, names) for term in (triple.subject, triple.object))
            quads.append(Quad(subject, triple.predicate, value, VOCABULARY))  # type: ignore[arg-type]
    return tuple(dict.fromkeys(quads))


def _named(term: object, stem: str, names: dict[str, NamedNode]) -> object:
    if not isinstance(term, BlankNode):
        return term
    return names.setdefault(term.value, NamedNode(f"{BASE}.well-known/genid/{stem}-{len(names) + 1}"))
