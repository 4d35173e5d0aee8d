"""Why a question has no answer."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.questions import explain_empty, read_question, run
from kg.store import EmbeddedStore
from tests.questions.small_graph import ALL_NAMES, BASE, HEADER, SMALL, written


@pytest.mark.parametrize(
    ("name", "params", "vi", "en"),
    [
        ("tasks-due", {"province": "ha tinh", "year": 2044}, "Năm đến hạn = 2044; bỏ tham số year thì có 2 dòng", "without the parameter year there are 2"),
        ("evidence", {"province": "ha tinh", "below": "0.1"}, "Độ tin cậy không quá = 0.1", "without the parameter below"),
        ("agency-dossier", {"province": "ha tinh", "kind": "ubnd-huyen"}, "bỏ tham số province thì có 6 dòng", "without the parameter province there are 6"),
    ],
)
def test_the_value_that_leaves_nothing_is_named(store, name, params, vi, en):
    assert run(name, store, params).rows == ()
    said = explain_empty(name, store, params)
    assert vi in said.vi
    assert en in said.en


@pytest.mark.parametrize(
    ("name", "without", "vi", "en"),
    [
        ("lead-differs", "alignsWith", "đồ thị không có «tương ứng với» (mg:alignsWith). Cần văn bản quyết định", "the graph has no «aligns with» (mg:alignsWith). It needs the text"),
        ("report-calendar", "reportsFrom", "", ""),
        ("co-leads", "leadAgency", "(mg:leadAgency)", "(mg:leadAgency)"),
        ("sector-leads", "concernsSector", "(mg:concernsSector)", "(mg:concernsSector)"),
    ],
)
def test_the_part_that_finds_nothing_is_named(name, without, vi, en):
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    for quad in list(inner.quads_for_pattern(None, ox.NamedNode(f"{BASE}ontology#{without}"), None)):
        inner.remove(quad)
    store = EmbeddedStore(inner)
    if not vi:  # an OPTIONAL part is not asked for
        assert run(name, store).rows
        return
    assert run(name, store).rows == ()
    said = explain_empty(name, store)
    assert vi in said.vi
    assert en in said.en


def test_conditions_that_nothing_meets_are_told_from_data_that_is_not_there(store, tmp_path):
    text = HEADER.replace("?task rdfs:label ?name .", '?task rdfs:label ?name . FILTER (STR(?name) = "không ai có tên này")')
    assert "không trường hợp nào thỏa" in explain_empty(read_question(written(tmp_path, text)), store).vi


def test_in_an_empty_graph_the_first_part_is_named():
    for name in ALL_NAMES:
        assert "(mg:" in explain_empty(name, EmbeddedStore(ox.Store())).vi, name
