"""The compiled shapes against pySHACL: the same results on good and bad graphs, and on a real one."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.data_files import data_folder
from kg.errors import VocabularyError
from kg.graph.check import shape_rules
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import BASE, MG, OA, RDF, SKOS, XSD, concept
from kg.graph.quads import document_quads
from kg.graph.serialise import turtle
from kg.graph.shapes import load_shapes, read_shapes
from kg.graph.vocabulary import load_vocabulary

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def ours(quads: list, shapes: tuple) -> set:
    store = Store()
    store.extend(quads)
    found = set()
    for rule in shape_rules(store, shapes):
        for row in store.query(rule.query, use_default_graph_as_union=True):
            value = row[1].value if len(row) > 1 and row[1] is not None and rule.component != "UniqueLang" else None
            found.add((row[0].value, rule.component, value, rule.warning))
    return found


def theirs(quads: list, shapes: Path) -> set:
    from pyshacl import validate

    data = rdflib.Graph().parse(data=turtle(quads), format="turtle")
    _, report, _ = validate(data, shacl_graph=rdflib.Graph().parse(shapes), advanced=False)
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        component = (
            str(report.value(result, SH.sourceConstraintComponent))
            .removeprefix(str(SH))
            .removesuffix("ConstraintComponent")
        )
        value = report.value(result, SH.value)
        value = None if value is None or component == "UniqueLang" else str(value)
        warning = report.value(result, SH.resultSeverity) != SH.Violation
        found.add((str(report.value(result, SH.focusNode)), component, value, warning))
    return found


def integer(text: str) -> Literal:
    return Literal(text, datatype=XSD.integer)


GRAPH = NamedNode(BASE + "vn/lai-chau/ke-hoach/2025/x/graph")


def first(quads: list, of_class: NamedNode) -> NamedNode:
    return min((quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == of_class), key=str)


# Each spoils the good graph in one way: (a name, what it adds, predicates whose statements of that node it takes away).
SPOILED = [
    ("no plan", MG.Task, [], [MG.inPlan]),
    ("two plans, one no document", MG.Task, [(MG.inPlan, concept("kind", "so-cong-thuong"))], []),
    (
        "start after end",
        MG.Task,
        [(MG.startYear, integer("2040")), (MG.endYear, integer("2030"))],
        [MG.startYear, MG.endYear],
    ),
    ("year as words", MG.Task, [(MG.startYear, Literal("2025"))], [MG.startYear]),
    ("year that is no number", MG.Target, [(MG.byYear, integer("hai nghìn"))], [MG.byYear]),
    ("year out of range", MG.Task, [(MG.endYear, integer("20350"))], [MG.endYear]),
    ("unknown recurrence", MG.Task, [(MG.recurrence, concept("nhip", "annual"))], []),
    ("no evidence", MG.Task, [], [MG.evidence]),
    ("evidence that is none", MG.Duty, [(MG.evidence, concept("kind", "so-cong-thuong"))], []),
    ("nobody charged, no description", MG.Duty, [], [RDF.type, MG.inPlan]),
    ("two agents", MG.Assignment, [(MG.agent, concept("kind", "so-cong-thuong"))], []),
    ("no agent, no role", MG.Assignment, [], [MG.agent, MG.role]),
    ("confidence above one", MG.Assignment, [(MG.confidence, Literal("1.2", datatype=XSD.decimal))], [MG.confidence]),
    ("for what is no task", MG.Assignment, [(MG.forTask, concept("kind", "so-cong-thuong"))], [MG.forTask]),
    ("unknown comparator", MG.Target, [(MG.comparator, Literal("≥"))], [MG.comparator]),
    ("no figure", MG.Target, [], [MG.minValue, MG.maxValue]),
    ("least above most", MG.Target, [(MG.minValue, Literal("9", datatype=XSD.decimal))], [MG.minValue]),
    ("source in words", OA.SpecificResource, [(OA.hasSource, Literal("001"))], [OA.hasSource]),
    ("start not before end", OA.TextQuoteSelector, [(OA.start, integer("99999"))], [OA.start]),
    ("empty quote", OA.TextQuoteSelector, [(OA.exact, Literal(""))], [OA.exact]),
    ("body and group at once", MG.Agency, [(RDF.type, MG.AgencyGroup)], []),
    ("agency without province", MG.Agency, [], [MG.inProvince, MG.unresolved]),
    ("two labels of one language", MG.Sector, [(SKOS.prefLabel, Literal("Ngành khác", language="vi"))], []),
    ("bad sector code", MG.Sector, [(SKOS.notation, Literal("1.I"))], [SKOS.notation]),
    ("bad deadline", MG.ReportingDuty, [(MG.deadline, Literal("30 tháng 11"))], [MG.deadline]),
    ("unknown relation", MG.Citation, [(MG.relation, Literal("mentions"))], [MG.relation]),
    ("no mention", MG.Citation, [(MG.mentions, integer("0"))], [MG.mentions]),
    ("two dates", MG.Document, [(MG.date, Literal("2025", datatype=XSD.gYear)), (MG.date, Literal("tháng 02"))], []),
    ("no number, no title", MG.NationalDecision, [], [MG.number]),
    ("shortcut to nobody", MG.Task, [(MG.leadAgency, concept("kind", "so-cong-thuong"))], []),
]


@pytest.fixture(scope="module")
def good(plan, other_plan, registry) -> list:
    quads = [*document_quads(plan, registry), *document_quads(other_plan, registry)]
    # The English labels and the like of 400 kinds take pySHACL a minute; those that are used do.
    used = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
    wanted = [quad for quad in load_vocabulary() if quad.subject in used or quad.predicate.value.endswith("subClassOf")]
    return [*quads, *inferred_quads(quads), *wanted]


def test_the_same_results_as_pyshacl_on_a_sound_graph(good: list):
    shapes = data_folder("ontology") / "shapes.ttl"
    found = ours(good, load_shapes())
    assert found == theirs(good, shapes)
    assert not [row for row in found if row[1] not in {"MinCount", "Class"} and not row[3]]


@pytest.mark.parametrize(("of_class", "more", "less"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
def test_the_same_results_as_pyshacl_on_a_spoiled_graph(of_class: NamedNode, more: list, less: list, good: list):
    node = first(good, of_class)
    quads = [quad for quad in good if not (quad.subject == node and quad.predicate in less)]
    quads += [Quad(node, predicate, value, GRAPH) for predicate, value in more]
    found = ours(quads, load_shapes())
    assert found == theirs(quads, data_folder("ontology") / "shapes.ttl")
    assert found != ours(good, load_shapes())


def test_a_parameter_that_is_not_compiled_stops_the_run(tmp_path: Path):
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <https://x/s> a sh:NodeShape ; sh:targetClass <https://x/C> ; sh:closed true .",
        "utf-8",
    )
    with pytest.raises(VocabularyError, match="sh:closed"):
        read_shapes(path)


def test_every_parameter_of_the_shapes_file_is_compiled():
    shapes = data_folder("ontology") / "shapes.ttl"
    targets = [
        quad
        for quad in parse(path=str(shapes), format=RdfFormat.TURTLE)
        if quad.predicate.value.endswith(("#targetClass", "#targetSubjectsOf"))
    ]
    assert sum(len(shape.targets) for shape in load_shapes()) == len(targets)
    assert all(shape.vi and shape.en for shape in load_shapes())
