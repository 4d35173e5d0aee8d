"""Pages of things speak the reader's language: no bare name of a property, no code."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.building.pipeline import build
from kg.graph.namespaces import MG_BASE
from kg.serving.page_words import _CODED, code_words, term_words
from kg.serving.resources import describe
from kg.store import open_store

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/mandategraph/"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return open_store(build([ROOT / "corpus"], tmp_path_factory.mktemp("words") / "build").out)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_property_has_a_name(store, language: str):
    nameless = []
    for predicate in {quad.predicate for quad in store.inner.quads_for_pattern(None, None, None, ox.DefaultGraph())}:
        labels = {quad.object.language for quad in store.inner.quads_for_pattern(predicate, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), None, ox.DefaultGraph())}
        if language not in labels and term_words(predicate.value, language) is None:
            nameless.append(predicate.value)
    assert nameless == []


@pytest.mark.parametrize("name", sorted(_CODED))
def test_every_code_has_words(store, name: str):
    codes = {quad.object.value for quad in store.inner.quads_for_pattern(None, ox.NamedNode(MG_BASE + name), None, ox.DefaultGraph())}
    assert codes or name == "comparator"
    assert [code for code in codes if code_words(MG_BASE + name, code, "vi") is None] == []
    assert [code for code in codes if code_words(MG_BASE + name, code, "en") is None] == []


def test_an_agency_is_told_in_either_language(store):
    agency = ox.NamedNode(f"{BASE}vn/hung-yen/agency/so-cong-thuong")
    vi, en = (describe(store, agency, language) for language in ("vi", "en"))
    assert {statement.label for statement in vi.outgoing} >= {"tên gọi", "cấp"}
    assert next(statement.values[0].label for statement in vi.outgoing if statement.label == "cấp") == "cấp tỉnh"
    assert "name" in {statement.label for statement in en.outgoing}
    assert {value.label for value in vi.types} != {value.label for value in en.types}
    assert all("-396115a7" not in quote.document for quote in vi.quotes)  # a document without a number goes by its title


def test_a_part_of_a_task_is_named_by_its_task(store):
    part = next(quad.subject for quad in store.inner.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode(MG_BASE + "TaskPart"), ox.DefaultGraph()))
    assert " – phần " in describe(store, part).label
    assert " – part " in describe(store, part, "en").label


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_class_has_a_name(store, language: str):
    kinds = {quad.object for quad in store.inner.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), None, ox.DefaultGraph())}
    told = {kind.value: describe(store, kind, language).label for kind in kinds}
    assert {kind: label for kind, label in told.items() if kind.endswith(("#" + label, "/" + label))} == {}


def test_the_data_set_is_told_in_words(store):
    dataset = describe(store, ox.NamedNode(BASE + "dataset"))
    assert dataset.label == "mandategraph: ai phải làm gì"
    assert describe(store, ox.NamedNode(BASE + "dataset"), "en").label == "mandategraph: who must do what"
    parts = next(statement.values for statement in dataset.outgoing if statement.label == "theo lớp")
    assert "nhiệm vụ" in {value.label for value in parts}
