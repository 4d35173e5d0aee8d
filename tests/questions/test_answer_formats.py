"""Answers as CSV, JSON, tables and Turtle: no spreadsheet runs them."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest

from kg.questions import format_csv, format_json, format_table, format_ttl, read_question, run
from kg.store import Result, Triples
from tests.questions.small_graph import HEADER, written

HARMFUL = ["=HYPERLINK(1)", "+84 213", "- Sở Công Thương", "@SUM(A1)", " =1+1", "＝1+1", "\t=1"]


def result_of(*terms):
    return Result(("cell",), tuple((term,) for term in terms))


@pytest.mark.parametrize("text", HARMFUL)
def test_csv_runs_no_formula(text):
    data = format_csv(result_of(ox.Literal(text)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == [["cell"], ["'" + text]]


def test_csv_leaves_numbers_and_words():
    terms = (ox.Literal(-5), ox.Literal("Giảm 5 – 8%"), ox.Literal('Sở "CT", tỉnh'), None)
    lines = list(csv.reader(io.StringIO(format_csv(result_of(*terms), ["Ô"]).decode("utf-8-sig"), newline="")))
    assert lines == [["Ô"], ["-5"], ["Giảm 5 – 8%"], ['Sở "CT", tỉnh'], [""]]


def test_json_is_read_back_as_the_same_answer(store):
    result = run("tasks", store)
    parsed = ox.parse_query_results(format_json(result), format=ox.QueryResultsFormat.JSON)
    assert isinstance(parsed, ox.QuerySolutions)
    assert tuple(tuple(row) for row in parsed) == result.rows
    assert json.loads(format_json(result))["head"]["vars"] == list(result.columns)


def test_table_is_aligned_and_harmless():
    table = format_table(
        Result(("a", "b"), ((ox.Literal("Sở Công Thương"), ox.Literal(7)), (ox.Literal("x\x1b[31m\ny"), None))),
        ["Cơ quan", "Số"],
    )
    assert table.splitlines() == ["Cơ quan         Số", "──────────────  ──", "Sở Công Thương  7", "x [31m y"]


def test_construct_question_gives_turtle(store, tmp_path):
    head, _, _ = HEADER.partition("PREFIX")
    query = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nCONSTRUCT { ?task rdfs:label ?name } WHERE {\n  VALUES ?name { UNDEF }\n  ?task rdfs:label ?name .\n}\n"
    triples = run(read_question(written(tmp_path, head + query)), store)
    assert isinstance(triples, Triples)
    read = list(ox.parse(format_ttl(triples), format=ox.RdfFormat.TURTLE))
    assert len(read) == len(triples) > 21
