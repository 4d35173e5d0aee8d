from __future__ import annotations

import unicodedata

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.graph.check import Violation, check_graph
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import BASE, INFERRED, MG, OA, RDF, concept
from kg.graph.quads import document_address, document_quads
from kg.graph.vocabulary import load_vocabulary

GRAPH = NamedNode(BASE + "vn/lai-chau/ke-hoach/2025/x/graph")


@pytest.fixture(scope="module")
def documents(plan, other_plan, registry) -> list:
    return [*document_quads(plan, registry), *document_quads(other_plan, registry)]


@pytest.fixture(scope="module")
def texts(plan, other_plan, registry) -> dict[str, str]:
    return {document_address(each, registry): each.document.text for each in (plan, other_plan)}


def check(quads: list, texts: dict[str, str]) -> dict[str, Violation]:
    found = check_graph([*quads, *inferred_quads(quads), *load_vocabulary()], texts)
    return {violation.code: violation for violation in found if violation.severity == "violation"}


def test_a_sound_graph_breaks_no_promise(documents: list, texts: dict):
    assert check(documents, texts) == {}


def test_a_moved_text_is_told_with_file_place_and_quote(documents: list, texts: dict):
    moved = {address: "x" + text for address, text in texts.items()}
    found = check(documents, moved)
    assert set(found) == {"quote-not-at-offsets"}
    violation = found["quote-not-at-offsets"]
    assert violation.file in {"000_b30a2764f1b6c1c1.txt", "001_6758f893bb076d0a.txt"}
    assert "/evidence/" in violation.place
    assert violation.quote
    assert violation.vi
    assert violation.en


def test_a_text_that_is_not_published_is_told(documents: list):
    assert set(check(documents, {})) == {"quote-without-text"}


def test_shortcuts_that_lack_or_exceed_the_assignments(documents: list, texts: dict):
    derived = inferred_quads(documents)
    one = next(quad for quad in derived if quad.predicate == MG.leadAgency)
    kind = next(quad for quad in derived if quad.predicate == MG.partnerKind)
    less = [quad for quad in derived if quad not in {one, kind}]
    found = check_graph([*documents, *less, *load_vocabulary()], texts)
    assert sorted(each.place.split(" ")[1] for each in found if each.code == "shortcut-missing") == [
        "leadAgency",
        "partnerKind",
    ]
    more = Quad(one.subject, MG.leadKind, concept("kind", "so-y-te"), INFERRED)
    found = check_graph([*documents, *derived, more, *load_vocabulary()], texts)
    assert [each.code for each in found if each.severity == "violation"] == ["shortcut-without-assignment"]


def test_a_rejected_assignment_has_no_shortcut(documents: list, texts: dict):
    node = min((quad.subject for quad in documents if quad.predicate == MG.role), key=str)
    rejected = [quad for quad in documents if not (quad.subject == node and quad.predicate == MG.reviewStatus)]
    rejected.append(Quad(node, MG.reviewStatus, concept("status", "rejected"), GRAPH))
    assert check(rejected, texts) == {}
    kept = [*rejected, *inferred_quads(documents), *load_vocabulary()]
    assert "shortcut-without-assignment" in {each.code for each in check_graph(kept, texts)}


@pytest.mark.parametrize(
    ("quad", "code"),
    [
        (
            Quad(concept("kind", "so-y-te"), MG.kind, concept("kind", "bo-khong-co"), GRAPH),
            "address-without-description",
        ),
        (
            Quad(concept("kind", "so-y-te"), MG.product, Literal(unicodedata.normalize("NFD", "Sở Y tế")), GRAPH),
            "literal-not-nfc",
        ),
        (Quad(concept("kind", "so-y-te"), MG.kind, BlankNode("b"), GRAPH), "blank-node"),
    ],
)
def test_terms(quad: Quad, code: str, documents: list, texts: dict):
    assert code in check([*documents, quad], texts)


def test_a_shape_violation_names_document_and_quote(documents: list, texts: dict):
    node = min(
        (
            quad.subject
            for quad in documents
            if quad.predicate == RDF.type and quad.object == MG.Task and "lai-chau" in quad.subject.value
        ),
        key=str,
    )
    spoiled = [quad for quad in documents if not (quad.subject == node and quad.predicate == MG.inPlan)]
    violation = check(spoiled, texts)["task-inPlan-MinCount"]
    assert (violation.file, violation.place) == ("001_6758f893bb076d0a.txt", node.value)
    assert violation.quote.startswith("Rà soát, sửa đổi")


def test_selectors_with_a_wrong_prefix_are_told(documents: list, texts: dict):
    prefix = next(quad for quad in documents if quad.predicate == OA.prefix)
    spoiled = [quad for quad in documents if quad != prefix]
    spoiled.append(Quad(prefix.subject, OA.prefix, Literal("không có trong văn bản"), prefix.graph_name))
    assert set(check(spoiled, texts)) == {"quote-not-at-offsets"}
