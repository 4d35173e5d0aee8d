"""What the data set holds, in VoID and DCAT: counts a machine can read before it loads anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.iris import short_hash
from kg.graph.namespaces import BASE, DATASET, DCAT, DCTERMS, MG_BASE, RDF, VOCABULARY, VOID, XSD

FILES = {"nq": "application/n-quads", "trig": "application/trig", "ttl": "text/turtle"}
"""The forms of the graph beside its build, by the end of their names: each has an address below the data set's, at which server and site hold the file."""
_COUNTED = (
    ("void:triples đếm phát biểu của các đồ thị có tên (tệp graph.nq), phát biểu có trong hai đồ thị tính hai lần, không kể phần mô tả này. SPARQL nhìn thấy mỗi phát biểu một lần, kể cả phần mô tả này.", "vi"),
    ("void:triples counts the statements of the named graphs (the file graph.nq), one that stands in two graphs twice, without this description. SPARQL sees each statement once, and this description, too.", "en"),
)


@dataclass(slots=True)
class Counts:
    """Distinct statements: in all, a property, a named graph; distinct things a class. They add up document by document."""

    quads: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    graphs: Counter[str] = field(default_factory=Counter)

    def add(self, quads: Iterable[Quad], *, classes: bool = True) -> None:
        """Count statements, each given once; ``classes=False`` where their things are counted elsewhere."""
        known = list(quads)
        self.quads += len(known)
        self.properties.update([quad.predicate.value for quad in known])
        self.graphs.update([getattr(quad.graph_name, "value", "") for quad in known])
        if classes:
            types = (quad.object for quad in known if quad.predicate == RDF.type)
            self.classes.update(name.value for name in types if isinstance(name, NamedNode))

    def add_counts(self, other: Counts) -> None:
        """Add the counts of other statements about other things."""
        self.quads += other.quads
        self.classes.update(other.classes)
        self.properties.update(other.properties)
        self.graphs.update(other.graphs)


def count_quads(quads: Iterable[Quad]) -> Counts:
    """Count statements that may come twice, and things that several graphs speak of."""
    distinct = set(quads)
    counts = Counts()
    counts.add(distinct, classes=False)
    typed = {quad.triple for quad in distinct if quad.predicate == RDF.type}
    counts.classes.update(triple.object.value for triple in typed if isinstance(triple.object, NamedNode))
    return counts


def dataset_quads(counts: Counts, *, graph: NamedNode = VOCABULARY) -> list[Quad]:
    """Describe a data set: triples in all, things a class, statements a property, triples a named graph.

    The description does not count itself. No clock, no machine: the same data set has the same description.
    """
    described = _Description(graph)
    described.state(DATASET, RDF.type, VOID.Dataset)
    described.state(DATASET, RDF.type, DCAT.Dataset)
    described.state(DATASET, DCTERMS.title, Literal("mandategraph: ai phải làm gì", language="vi"))
    described.state(DATASET, DCTERMS.title, Literal("mandategraph: who must do what", language="en"))
    for words, language in _COUNTED:
        described.state(DATASET, DCTERMS.description, Literal(words, language=language))
    described.state(DATASET, VOID.uriSpace, Literal(BASE))
    described.state(DATASET, VOID.vocabulary, NamedNode(MG_BASE.rstrip("#")))
    described.count(DATASET, VOID.triples, counts.quads)
    for name, total in sorted(counts.classes.items()):
        part = described.partition(VOID.classPartition, "class", name)
        described.state(part, VOID.class_, NamedNode(name))
        described.count(part, VOID.entities, total)
    for name, total in sorted(counts.properties.items()):
        part = described.partition(VOID.propertyPartition, "property", name)
        described.state(part, VOID.property, NamedNode(name))
        described.count(part, VOID.triples, total)
    for name, total in sorted(counts.graphs.items()):
        if name:
            described.state(DATASET, VOID.subset, NamedNode(name))
            described.count(NamedNode(name), VOID.triples, total)
    for suffix, media in FILES.items():
        file = NamedNode(f"{DATASET.value}/graph.{suffix}")
        described.state(DATASET, DCAT.distribution, file)
        described.state(file, RDF.type, DCAT.Distribution)
        described.state(file, DCTERMS.title, Literal(f"graph.{suffix}"))
        described.state(file, DCAT.downloadURL, file)
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
