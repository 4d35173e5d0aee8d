"""The five plans, whole: read, extracted, stated, inferred, checked, written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.extraction import extract
from kg.graph.check import check_graph
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import MG, RDF
from kg.graph.quads import document_address, document_quads
from kg.graph.vocabulary import load_vocabulary
from kg.reading import read

CORPUS = Path(__file__).parents[2] / "corpus"
MORE = Path(os.environ.get("MANDATEGRAPH_DOCUMENTS", Path(__file__).parents[3] / "shared" / "more-documents"))


@pytest.fixture(scope="module")
def extractions() -> list:
    return [extract(read(path)) for path in sorted(CORPUS.glob("*.txt"))]


@pytest.fixture(scope="module")
def graph(extractions, registry) -> list:
    quads = [quad for extraction in extractions for quad in document_quads(extraction, registry)]
    return [*quads, *inferred_quads(quads)]


def test_addresses_of_the_five_plans(extractions, registry):
    found = [
        document_address(extraction, registry).partition("/vn/")[2].rsplit("/", 1)[0] for extraction in extractions
    ]
    assert found == [
        "hung-yen/phu-luc/2025",
        "lai-chau/ke-hoach/2025",
        "ha-tinh/ke-hoach/2026",
        "ben-tre/ke-hoach/nd",
        "hoa-binh/quyet-dinh/2020",
    ]
    assert document_address(extractions[4], registry).endswith("/2583-qd-ubnd")


def test_nothing_that_was_extracted_is_missing(extractions, graph):
    counts = {
        of_class: sum(quad.predicate == RDF.type and quad.object == of_class for quad in graph)
        for of_class in (MG.Task, MG.Duty, MG.Target, MG.ReportingDuty, MG.Citation)
    }
    assert counts == {
        MG.Task: sum(len(extraction.tasks) for extraction in extractions),
        MG.Duty: sum(len(extraction.duties) for extraction in extractions),
        MG.Target: sum(len(extraction.targets) for extraction in extractions),
        MG.ReportingDuty: sum(len(extraction.reporting) for extraction in extractions),
        MG.Citation: sum(len(extraction.citations) for extraction in extractions),
    }
    assert counts[MG.Task] > 60


def test_the_graph_keeps_its_promises(extractions, graph, registry):
    texts = {document_address(extraction, registry): extraction.document.text for extraction in extractions}
    found = check_graph([*graph, *load_vocabulary()], texts)
    assert [violation for violation in found if violation.severity == "violation"] == []


def test_one_label_a_node_and_language(graph):
    labels: dict = {}
    for quad in graph:
        if quad.predicate.value.endswith("#label"):
            labels.setdefault((quad.subject, quad.object.language), set()).add(quad.object)
    assert [node for node, texts in labels.items() if len(texts) > 1] == []


def test_the_plan_that_names_no_decision_is_linked(graph):
    links = [(quad.subject.value, quad.object.value) for quad in graph if quad.predicate == MG.probablyImplements]
    assert [(plan.split("/vn/")[1].split("/")[0], decision.rsplit("/", 1)[1]) for plan, decision in links] == [
        ("hung-yen", "222-qd-ttg")
    ]


def test_the_five_plans_share_the_decisions_that_they_cite(graph):
    implemented = [quad.object.value.rsplit("/", 1)[1] for quad in graph if quad.predicate == MG.implements]
    assert sorted(implemented) == ["222-qd-ttg", "687-qd-ttg", "889-qd-ttg", "889-qd-ttg"]
    assert len({quad.object for quad in graph if quad.predicate == MG.implements}) == 3


@pytest.mark.skipif(not MORE.is_dir(), reason="the other documents are not here")
def test_other_documents_have_addresses_of_their_own_and_sound_quotes(extractions, registry):
    others = [extract(read(path)) for path in sorted(MORE.glob("*.txt"))]
    addresses = [document_address(extraction, registry) for extraction in (*extractions, *others)]
    assert len(set(addresses)) == len(addresses)
    quads = [quad for extraction in others for quad in document_quads(extraction, registry)]
    texts = {document_address(extraction, registry): extraction.document.text for extraction in others}
    found = check_graph([*quads, *inferred_quads(quads), *load_vocabulary()], texts)
    assert {
        each.code for each in found if each.code.startswith(("quote", "shortcut", "address", "literal", "blank"))
    } == set()
