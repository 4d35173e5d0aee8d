from __future__ import annotations

from pyoxigraph import NamedNode, Store

from kg.graph.describe import Counts, count_quads, dataset_quads
from kg.graph.namespaces import DATASET, MG, VOID
from kg.graph.quads import document_quads


def counted(quads: list, link: NamedNode, about: NamedNode, key: NamedNode, count: NamedNode) -> int:
    store = Store()
    store.extend(dataset_quads(count_quads(quads)))
    query = f"SELECT ?n WHERE {{ {DATASET} {link} ?p . ?p {key} {about} ; {count} ?n }}"
    (row,) = store.query(query, use_default_graph_as_union=True)
    return int(row[0].value)


def test_counts_are_those_of_the_graph(quads: list):
    assert counted(quads, VOID.classPartition, MG.Task, VOID.class_, VOID.entities) == 2
    assert counted(quads, VOID.classPartition, MG.TaskPart, VOID.class_, VOID.entities) == 2
    assert counted(quads, VOID.propertyPartition, MG.forTask, VOID.property, VOID.triples) == len(
        {quad for quad in quads if quad.predicate == MG.forTask}
    )
    total = [
        quad.object.value for quad in dataset_quads(count_quads(quads)) if quad.subject == DATASET and quad.predicate == VOID.triples
    ]
    assert total == [str(len(set(quads)))]


def test_the_description_is_the_same_for_the_same_data(quads: list):
    assert dataset_quads(count_quads(quads)) == dataset_quads(count_quads([*quads[::-1], quads[0]]))


def test_counts_add_up_document_by_document(plan, other_plan, registry):
    parts = [list(dict.fromkeys(document_quads(each, registry))) for each in (plan, other_plan)]
    summed = Counts()
    for part in parts:
        each = Counts()
        each.add(part)
        summed.add_counts(each)
    whole = count_quads([quad for part in parts for quad in part])
    assert (summed.quads, summed.properties, summed.graphs) == (whole.quads, whole.properties, whole.graphs)
