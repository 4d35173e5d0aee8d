"""Values of parameters: found by any name, refused with near ones, never run as a part of the query."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.errors import QuestionError
from kg.normalise import slug
from kg.questions import read_question, run
from kg.store import EmbeddedStore
from tests.questions.small_graph import BASE, HEADER, NAMES, SMALL, values, written

HOSTILE = [
    'Sở "Công Thương"',
    'x" } ?s ?p ?o . VALUES ?z { "',
    "> } UNION { ?s ?p ?o",
    "dòng một\ndòng hai",
    "\\u0022 } \\1 \\g<0>",
    "'''",
    "# chú thích",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_a_value(tmp_path, text):
    question = read_question(written(tmp_path, HEADER))
    inner = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for name in (text, "Sở Công Thương"):
        inner.add(ox.Quad(ox.NamedNode("urn:task:1"), label, ox.Literal(name)))
    assert run(question, EmbeddedStore(inner), {"name": text}).values() == ((text,),)
    assert len(run(question, EmbeddedStore(inner), {"name": [text, "Sở Công Thương"]})) == 2
    assert len(run(question, EmbeddedStore(inner))) == 2


@pytest.mark.parametrize("text", [*HOSTILE, "https://x/> } UNION { ?s ?p ?o", "Bến Tre"])
def test_value_out_of_the_list_is_refused(store, text):
    with pytest.raises(QuestionError, match="gần nhất") as caught:
        run("tasks", store, {"province": text})
    assert any(name in caught.value.expected for name in ("Lai Châu", "Hưng Yên", "Hà Tĩnh"))


@pytest.mark.parametrize(
    "text",
    [
        "lai chau",
        "Lai Châu",
        "LAI CHÂU",
        "lai-chau",
        BASE + "vn/province/lai-chau",
        ox.NamedNode(BASE + "vn/province/lai-chau"),
    ],
)
def test_province_is_found_by_any_of_its_names(store, text):
    assert set(values(store, "tasks", "provinceName", province=text)) == {"Lai Châu"}


@pytest.mark.parametrize("text", ["so cong thuong", "Sở CT", "Department of Industry and Trade", "so-cong-thuong"])
def test_kind_is_found_by_any_of_its_names(store, text):
    assert values(store, "lead-partner-pairs", "partnerName", lead=text) == [
        "Sở Tài chính",
        "Sở Tài nguyên và Môi trường",
    ]


def test_near_names_are_offered(store):
    with pytest.raises(QuestionError, match="Sở Công Thương"):
        run("lead-partner-pairs", store, {"lead": "so cong thươn"})


def test_one_name_of_two_provinces_is_refused_and_the_slug_is_not():
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    merged = f"""PREFIX mg: <{BASE}ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        INSERT DATA {{ <{BASE}vn/province/hung-yen-2025> skos:prefLabel "Hưng Yên"@vi .
          <{BASE}vn/hung-yen-2025/ke-hoach/2026/1> mg:inCorpus true ; mg:province <{BASE}vn/province/hung-yen-2025> }}"""
    inner.update(merged)
    store = EmbeddedStore(inner)
    with pytest.raises(QuestionError, match="hung-yen, hung-yen-2025"):
        run("tasks", store, {"province": "Hưng Yên"})
    assert len(run("tasks", store, {"province": "hung-yen"})) == 7


@pytest.mark.parametrize("given", [None, "", [], ()])
def test_not_given_means_all(store, given):
    assert len(run("tasks", store, {"province": given})) == 21


def test_several_values(store):
    names = values(store, "tasks", "provinceName", province=["lai chau", "ha tinh"])
    assert Counter(names) == {"Lai Châu": 5, "Hà Tĩnh": 3}


def test_typed_parameters(store):
    assert values(store, "load-by-year", "active", province="hung yen", kind="so tai chinh", year=2027) == [1]
    assert values(store, "evidence", "confidence", below="0.7") == [Decimal("0.6"), Decimal("0.7")]
    assert values(store, "evidence", "quote", role="phoi hop", below="0.8") == ["Sở Tài nguyên và Môi trường"]


@pytest.mark.parametrize(
    ("name", "params", "found"),
    [
        ("load-by-year", {"year": "hai nghìn"}, "type integer"),
        ("orphaned-by-reform", {"asOf": "7/13/2025"}, "a day of the calendar"),
        ("evidence", {"below": "nan"}, "type decimal"),
        ("evidence", {"below": ["0.5", "0.7"]}, "one value"),
        ("tasks", {"tinh": "Lai Châu"}, "parameter 'tinh'; expected province, leadKind"),
        ("agency-lod", {}, "agency-load"),
    ],
)
def test_wrong_parameters_say_what_is_right(store, name, params, found):
    with pytest.raises(QuestionError, match=found) as caught:
        run(name, store, params)
    assert caught.value.vi
    assert caught.value.remedy


def test_broken_query_names_file_and_line(store, tmp_path):
    text = HEADER.replace("?task rdfs:label ?name .", "?task rdfs:label .")
    line = 1 + text.splitlines().index("  ?task rdfs:label .")
    with pytest.raises(QuestionError) as caught:
        run(read_question(written(tmp_path, text)), store, {"name": "Sở Công Thương\nLai Châu"})
    assert caught.value.place == f"task-names.rq, line {line}"


def test_names_equal_slugs():
    assert all(slug(name) == name for name in NAMES)


def test_an_unknown_question_names_near_ones_once(store):
    with pytest.raises(QuestionError) as caught:
        run("task-due", store)
    assert str(caught.value).count("tasks-due") == 1
