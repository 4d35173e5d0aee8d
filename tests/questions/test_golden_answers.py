"""The question library on a small graph: golden answers in two engines, and what changes none of them."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from kg.questions import run
from kg.store import EmbeddedStore
from kg.store.formatting import plain_text
from tests.questions.small_graph import (
    ALL_NAMES,
    BASE,
    EXPECTED,
    NAMES,
    OF_ALIGNMENT,
    QUESTIONS,
    SMALL,
    answered,
    expected,
    rows,
    values,
)

# rdflib 7.6 calls its own deprecated parts, Dataset.default_context and others.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")


@pytest.mark.parametrize("name", ["clarity", "evidence", "group-only-lead", "lead-kinds", "several-leads", "tasks"])
def test_a_central_plan_is_answered_for_beside_the_provinces(store, name):
    assert "Trung ương" in values(store, name, "provinceName")
    assert set(values(store, name, "provinceName", province="Lai Châu")) <= {"Lai Châu"}


def test_a_plan_of_no_known_place_is_listed_and_not_taken_for_a_central_one():
    inner = ox.Store()
    words = f"""PREFIX mg: <{BASE}ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        INSERT DATA {{ <{BASE}vn/x> mg:inCorpus true . <{BASE}vn/x/task/1> a mg:Task ; mg:inPlan <{BASE}vn/x> ; rdfs:label "Rà soát cơ chế, chính sách"@vi }}"""
    inner.update(words)
    assert values(EmbeddedStore(inner), "tasks", "provinceName") == ["chưa rõ tỉnh"]


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_golden_answer(question, store):
    golden = expected(question)
    assert golden
    assert answered(question, store) == golden


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_rdflib_gives_the_same_rows_in_the_same_order(question, rdflib_store):
    assert answered(question, rdflib_store) == expected(question)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_file_runs_as_it_stands(question, store):
    # Anyone may paste a file into another tool: the UNDEF lines must not change the answer.
    result = store.select(question.query)
    assert rows(question, [[plain_text(term) for term in row] for row in result.rows]) == expected(question)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_what_is_said_in_two_graphs_counts_once(question):
    # Oxigraph's union of all graphs gives a triple once for every graph that holds it.
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    again = ox.NamedNode(BASE + "graph/correction")
    inner.extend([ox.Quad(quad.subject, quad.predicate, quad.object, again) for quad in inner])
    assert answered(question, EmbeddedStore(inner)) == expected(question)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_empty_graph_gives_no_row(question):
    import rdflib

    from kg.store.rdflib_store import RdflibStore

    for empty in (EmbeddedStore(ox.Store()), RdflibStore(rdflib.Dataset(default_union=True))):
        assert run(question, empty).rows == ()


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_without_alignment_only_its_own_questions_fall_silent(question):
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    inner.remove_graph(ox.NamedNode(BASE + "graph/alignment"))
    assert answered(question, EmbeddedStore(inner)) == ([] if question.name in OF_ALIGNMENT else expected(question))


def test_there_is_a_golden_answer_for_every_question_and_no_other():
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == ALL_NAMES


@pytest.mark.parametrize("role", ["lead", "partner", "responsible"])
def test_shortcuts_of_the_small_graph_are_the_projection(store, role):
    projection = f"""
        PREFIX mg: <{BASE}ontology#>
        SELECT DISTINCT ?work ?agent ?kind WHERE {{
          ?m mg:forTask ?unit ; mg:role <{BASE}role/{role}> ; mg:agent ?agent . ?agent mg:kind ?kind .
          {{ ?unit a mg:Task . BIND (?unit AS ?work) }} UNION {{ ?unit a mg:Duty . BIND (?unit AS ?work) }} UNION {{ ?unit a mg:TaskPart ; mg:partOf ?work }}
        }}"""
    shortcut = f"PREFIX mg: <{BASE}ontology#> SELECT ?work ?x WHERE {{ ?work mg:{role}%s ?x }}"
    projected = store.select(projection).rows
    assert set(store.select(shortcut % "Agency").rows) == {(work, agent) for work, agent, _ in projected}
    assert set(store.select(shortcut % "Kind").rows) == {(work, kind) for work, _, kind in projected}


def test_fractional_load_adds_up_to_the_tasks(store):
    shares = zip(values(store, "agency-load", "provinceName"), values(store, "agency-load", "fractional"), strict=True)
    total = Counter()
    for province, share in shares:
        total[province] += share
    assert total == {"Hưng Yên": 7, "Lai Châu": 5, "Hà Tĩnh": 3, "Trung ương": 6}
