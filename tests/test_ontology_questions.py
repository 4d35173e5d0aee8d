"""Competency questions, traced: the terms that each question uses exist, and the five plans have them."""

import re
from pathlib import Path

import pytest

from kg.data_files import data_folder
from kg.extraction import extract
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import MG_BASE, RDF
from kg.graph.quads import document_quads
from kg.graph.vocabulary import load_vocabulary
from kg.reading import read
from kg.resolution.registry import load_registry

CORPUS = Path(__file__).parents[1] / "corpus"
QUERIES = sorted(data_folder("queries").glob("*.rq"))

# Declared, and only in views as of a date: tests/test_as_of.py finds each of them in the view of the five plans.
IN_VIEWS = frozenset({"Inheritance", "inheritedFrom", "heir", "share", "change", "decidedBy", "fraction", "sharedRole", "sharedWork"})

# Declared and asked for, and not in the graph of the five plans alone.
NOT_IN_THE_CORPUS = {
    "page": "the five texts have no pages; PDF files do",
    "alignsWith": "alignments to national tasks come from analysis, after the national text itself was read",
    "Finding": "findings come from analysis",
    "firstTask": "findings come from analysis",
    "secondTask": "findings come from analysis",
    "score": "findings come from analysis",
}


def terms_of(path):
    return set(re.findall(r"(?:(?<![\w:])mg:|/ontology#)(\w+)", path.read_text("utf-8")))


@pytest.fixture(scope="module")
def populated():
    quads = [quad for path in sorted(CORPUS.glob("*.txt")) for quad in document_quads(extract(read(path)), load_registry())]
    found = set()
    for quad in (*quads, *inferred_quads(quads), *load_vocabulary()):
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
