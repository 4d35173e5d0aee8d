"""Checked piece by piece, a graph gives what it gives as a whole."""

from __future__ import annotations

import unicodedata

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.check import check_graph
from kg.graph.check_parts import check_document, check_shared, is_own, load_known, shared_part
from kg.graph.cited import read_corpus
from kg.graph.infer import corpus_quads
from kg.graph.namespaces import BASE, INFERRED, MG, OA, RDF, XSD, concept
from kg.graph.quads import document_address, document_quads
from kg.graph.shortcuts import shortcut_quads
from kg.graph.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def documents(plan, other_plan, registry) -> dict:
    """Statements and text by address."""
    return {document_address(e, registry): (document_quads(e, registry), e.document.text) for e in (plan, other_plan)}


def as_a_whole(documents: dict, inferred: dict) -> set:
    quads = [quad for own, _ in documents.values() for quad in own]
    more = [quad for own in inferred.values() for quad in own]
    texts = {address: text for address, (_, text) in documents.items()}
    return set(check_graph([*quads, *more, *load_vocabulary()], texts))


def piece_by_piece(documents: dict, inferred: dict) -> set:
    found, shared, borrowed = set(), [*load_vocabulary(), *inferred["rest"]], []
    for address, (quads, text) in documents.items():
        found.update(check_document(address, sorted(quads, key=str), inferred[address], text, load_known()))
        of_all, pointed = shared_part(address, quads)
        shared += of_all
        borrowed += pointed
    return found.union(check_shared(shared, borrowed))


def infer(documents: dict) -> dict:
    every = [quad for quads, _ in documents.values() for quad in quads]
    return {"rest": corpus_quads(read_corpus(every)), **{address: shortcut_quads(quads) for address, (quads, _) in documents.items()}}


def test_a_sound_graph_breaks_no_promise(documents: dict):
    found = piece_by_piece(documents, infer(documents))
    assert found == as_a_whole(documents, infer(documents))
    assert [violation for violation in found if violation.severity == "violation"] == []


SO_Y_TE = concept("kind", "so-y-te")
SPOILED = [
    ("task without plan", MG.Task, [], [MG.inPlan]),
    ("duty without evidence", MG.Duty, [], [MG.evidence]),
    ("assignment to a kind", MG.Assignment, [(MG.agent, SO_Y_TE)], [MG.agent]),
    ("rejected, with its shortcut", MG.Assignment, [(MG.reviewStatus, concept("status", "rejected"))], [MG.reviewStatus]),
    ("assignment to two", MG.Assignment, [(MG.agent, SO_Y_TE)], []),
    ("two starts of a quote", OA.TextQuoteSelector, [(OA.start, Literal("0", datatype=XSD.integer))], []),
    ("quote of other words", OA.TextQuoteSelector, [(OA.exact, Literal("không có trong văn bản"))], [OA.exact]),
    ("citation of nothing", MG.Citation, [(MG.citedDocument, NamedNode(BASE + "vn/khong-co"))], [MG.citedDocument]),
    ("two dates of the document itself", MG.ProvincialPlan, [(MG.date, Literal("2024"))], []),
    ("a province that is none", MG.ProvincialPlan, [(MG.province, NamedNode(BASE + "vn/province/khong-co"))], []),
    ("body and group at once", MG.Agency, [(RDF.type, MG.AgencyGroup)], []),
    ("agency without province", MG.Agency, [], [MG.inProvince, MG.unresolved]),
    ("not NFC", MG.Task, [(MG.product, Literal(unicodedata.normalize("NFD", "Sở Y tế")))], []),
]


@pytest.mark.parametrize(("of_class", "more", "less"), [row[1:] for row in SPOILED], ids=[row[0] for row in SPOILED])
def test_a_spoiled_graph_gives_the_same_violations(of_class: NamedNode, more: list, less: list, documents: dict):
    sound = infer(documents)
    address, (quads, text) = next(iter(documents.items()))
    node = min((q.subject for q in quads if q.predicate == RDF.type and q.object == of_class), key=str)
    kept = [quad for quad in quads if not (quad.subject == node and quad.predicate in less)]
    kept += [Quad(node, predicate, value, quads[0].graph_name) for predicate, value in more]
    spoiled = {**documents, address: (kept, text)}
    found = piece_by_piece(spoiled, sound)
    assert found == as_a_whole(spoiled, sound)
    assert found != piece_by_piece(documents, sound)


def test_what_two_documents_say_of_one_thing_is_checked_together(documents: dict):
    """Each alone says one issuer of a cited document; only together are they two."""
    (one, (first, text)), (two, (second, other)) = documents.items()
    cited = min((q.subject for q in first if q.predicate == MG.issuer and q.subject.value != one), key=str)
    agency = min((q.subject for q in second if q.predicate == RDF.type and q.object == MG.Agency), key=str)
    both = {one: (first, text), two: ([*second, Quad(cited, RDF.type, MG.Document, second[0].graph_name), Quad(cited, MG.issuer, agency, second[0].graph_name)], other)}
    found = piece_by_piece(both, infer(documents))
    assert found == as_a_whole(both, infer(documents))


def test_a_shortcut_that_lacks_or_exceeds_is_told(documents: dict):
    sound = infer(documents)
    address = next(iter(documents))
    one = next(quad for quad in sound[address] if quad.predicate == MG.leadAgency)
    more = Quad(one.subject, MG.leadKind, SO_Y_TE, INFERRED)
    spoiled = {**sound, address: [*(quad for quad in sound[address] if quad != one), more]}
    found = piece_by_piece(documents, spoiled)
    assert found == as_a_whole(documents, spoiled)
    assert {"shortcut-missing", "shortcut-without-assignment"} <= {each.code for each in found}


def test_a_broken_vocabulary_is_told():
    broken = [quad for quad in load_vocabulary() if not (quad.subject == SO_Y_TE and quad.predicate == MG.level)]
    assert "agency-kind-level-MinCount" in {violation.code for violation in check_shared(broken, [])}


@pytest.mark.parametrize(("node", "own"), [("https://x/a/1/task/2", True), ("https://x/a/1", False), ("https://x/a/10/task/2", False)])
def test_what_is_below_an_address(node: str, own: bool):
    assert is_own("https://x/a/1", node) is own


