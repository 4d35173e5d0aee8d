"""Competency questions, traced: the terms that each question uses exist, and the five plans have them."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.data_files import data_folder
from kg.extraction import extract
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import MG_BASE, RDF
from kg.graph.quads import document_quads
from kg.graph.vocabulary import load_vocabulary
from kg.questions import run
from kg.reading import read
from kg.resolution.registry import load_registry
from kg.store import EmbeddedStore

CORPUS = Path(__file__).parents[1] / "corpus"
QUERIES = sorted(data_folder("queries").glob("*.rq"))

# Declared, and only in views as of a date: tests/test_as_of.py finds each of them in the view of the five plans.
IN_VIEWS = frozenset({"Inheritance", "chargedIn", "inheritedFrom", "heir", "share", "change", "decidedBy", "fraction", "sharedRole", "sharedWork", "possible"})

# Declared and asked for, and not in the graph of the five plans alone.
NOT_IN_THE_CORPUS = {
    "page": "the five texts have no pages; PDF files do",
    "alignsWith": "alignments to national tasks come from analysis, after the national text itself was read",
    "Finding": "findings come from analysis",
    "firstTask": "findings come from analysis",
    "secondTask": "findings come from analysis",
    "score": "findings come from analysis",
    "Judgement": "nobody has decided anything on the five plans", "about": "as above", "answer": "as above", "judgedBy": "as above",
}


# The competency questions of the design, by number, and the file that answers each.
COMPETENCY = {
    1: "agency-load", 2: "several-leads", 3: "group-only-lead", 4: "lead-differs", 5: "uncovered-national-tasks", 6: "local-additions", 7: "overlaps", 8: "load-by-year",
    9: "lead-partner-pairs", 10: "sector-coverage", 11: "orphaned-by-reform", 12: "reporting-flows", 13: "cited-documents", 14: "clarity", 15: "evidence", 16: "targets",
}  # fmt: skip

# They answer nothing on the five plans alone, and say so in their header.
UNANSWERED = {"lead-differs", "uncovered-national-tasks", "local-additions", "overlaps"}


def terms_of(path):
    return set(re.findall(r"(?:(?<![\w:])mg:|/ontology#)(\w+)", path.read_text("utf-8")))


@pytest.fixture(scope="module")
def graph():
    quads = [quad for path in sorted(CORPUS.glob("*.txt")) for quad in document_quads(extract(read(path)), load_registry())]
    return [*quads, *inferred_quads(quads), *load_vocabulary()]


@pytest.fixture(scope="module")
def store(graph):
    inner = ox.Store()
    inner.extend(graph)
    return EmbeddedStore(inner)


@pytest.fixture(scope="module")
def populated(graph):
    found = set()
    for quad in graph:
        found.add(quad.predicate.value)
        if quad.predicate == RDF.type:
            found.add(quad.object.value)
    return {term.removeprefix(MG_BASE) for term in found if term.startswith(MG_BASE)}


@pytest.fixture(scope="module")
def declared():
    kinds = {f"http://www.w3.org/2002/07/owl#{kind}" for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
    return {quad.subject.value.removeprefix(MG_BASE) for quad in load_vocabulary() if quad.predicate == RDF.type and getattr(quad.object, "value", "") in kinds}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_question_uses_terms_that_exist(path, declared):
    used = terms_of(path)
    assert used
    assert used - declared == set()


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_the_terms_of_a_question_are_in_the_graph_or_it_is_known_why_not(path, populated):
    assert terms_of(path) - populated - IN_VIEWS - NOT_IN_THE_CORPUS.keys() == set()


def test_no_reason_is_kept_for_a_term_that_no_question_uses():
    used = set().union(*map(terms_of, QUERIES))
    assert NOT_IN_THE_CORPUS.keys() <= used


@pytest.mark.parametrize("number", COMPETENCY)
def test_each_competency_question_is_answered_on_the_five_plans_or_it_is_known_why_not(number, store):
    name = COMPETENCY[number]
    answered = len(run(name, store)) > 0
    assert answered == (name not in UNANSWERED)
    if not answered:
        terms = terms_of(data_folder("queries") / f"{name}.rq")
        assert terms & NOT_IN_THE_CORPUS.keys()


def test_there_are_sixteen_competency_questions_each_with_a_file_of_its_own():
    assert sorted(COMPETENCY) == list(range(1, 17))
    assert len(set(COMPETENCY.values())) == 16
    assert set(COMPETENCY.values()) <= {path.stem for path in QUERIES}
