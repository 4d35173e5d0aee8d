"""What the data set holds, in VoID and DCAT: counts a machine can read before it loads anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import short_hash
from kg.graph.namespaces import BASE, DATASET, DCAT, DCTERMS, MG_BASE, RDF, VOCABULARY, VOID, XSD

_FILES = (("nq", "application/n-quads"), ("trig", "application/trig"), ("ttl", "text/turtle"))


def dataset_quads(quads: Iterable[Quad], *, graph: NamedNode = VOCABULARY) -> list[Quad]:
    """Describe a data set: triples in all, things a class, statements a property, triples a named graph.

    Counts are of distinct quads. The description does not count itself. No clock, no machine: the same data set has the
    same description.
    """
    distinct = set(quads)
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    graphs: Counter[str] = Counter()
    typed: set[tuple[str, str]] = set()
    for quad in distinct:
        properties[quad.predicate.value] += 1
        graphs[getattr(quad.graph_name, "value", "")] += 1
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            typed.add((quad.subject.value, quad.object.value))
    classes.update(of_class for _, of_class in typed)
    described = _Description(graph)
    described.state(DATASET, RDF.type, VOID.Dataset)
    described.state(DATASET, RDF.type, DCAT.Dataset)
    described.state(DATASET, DCTERMS.title, Literal("mandategraph: ai phải làm gì", language="vi"))
    described.state(DATASET, DCTERMS.title, Literal("mandategraph: who must do what", language="en"))
    described.state(DATASET, VOID.uriSpace, Literal(BASE))
    described.state(DATASET, VOID.vocabulary, NamedNode(MG_BASE.rstrip("#")))
    described.count(DATASET, VOID.triples, len(distinct))
    for name, total in sorted(classes.items()):
        part = described.partition(VOID.classPartition, "class", name)
        described.state(part, VOID.class_, NamedNode(name))
        described.count(part, VOID.entities, total)
    for name, total in sorted(properties.items()):
        part = described.partition(VOID.propertyPartition, "property", name)
        described.state(part, VOID.property, NamedNode(name))
        described.count(part, VOID.triples, total)
    for name, total in sorted(graphs.items()):
        if name:
            described.state(DATASET, VOID.subset, NamedNode(name))
            described.count(NamedNode(name), VOID.triples, total)
    for suffix, media in _FILES:
        file = NamedNode(f"{DATASET.value}/graph.{suffix}")
        described.state(DATASET, DCAT.distribution, file)
        described.state(file, RDF.type, DCAT.Distribution)
        described.state(file, DCAT.mediaType, Literal(media))
    return described.quads


class _Description:
    def __init__(self, graph: NamedNode) -> None:
        self.graph = graph
        self.quads: list[Quad] = []

    def state(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        self.quads.append(Quad(subject, predicate, value, self.graph))

    def count(self, subject: NamedNode, predicate: NamedNode, total: int) -> None:
        self.state(subject, predicate, Literal(str(total), datatype=XSD.integer))

    def partition(self, link: NamedNode, family: str, name: str) -> NamedNode:
        local = name.replace("#", "/").rsplit("/", 1)[-1]
        node = NamedNode(f"{DATASET.value}/{family}/{local}-{short_hash(name, length=6)}")
        self.state(DATASET, link, node)
        return node
