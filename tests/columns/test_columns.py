"""The columns answer as the store does: every question, as written and as of a date, and SPARQL's hard corners."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.synthetic import write_corpus
from kg.building.pipeline import build
from kg.columns import functions, opening
from kg.columns.files import columns_of
from kg.columns.ntriples import held_texts, order_keys, quoted, read_terms, strings
from kg.columns.opening import open_for_questions
from kg.columns.store import ColumnStore, open_columns
from kg.columns.terms import Terms, spread
from kg.columns.terms import split as split_column
from kg.errors import QuestionError
from kg.questions import explain_empty, list_questions, run
from kg.store import EmbeddedStore, Result, open_store
from kg.store.formatting import plain_text

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "data" / "small.trig"
DAY = "2025-07-01"
XSD = "http://www.w3.org/2001/XMLSchema#"
QUESTIONS = list_questions()
NAMES = [question.name for question in QUESTIONS]
PREFIXES = """PREFIX mg: <https://w3id.org/mandategraph/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX role: <https://w3id.org/mandategraph/role/> """


def columns(folder):
    store = open_columns(folder)
    assert store is not None
    return store


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    store = EmbeddedStore(inner)
    folder = tmp_path_factory.mktemp("small")
    (folder / "graph.nq").write_bytes(store.dump("nq"))
    return store, columns(folder)


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    folder = build([ROOT / "corpus"], tmp_path_factory.mktemp("five") / "build").out
    return open_store(folder), columns(folder)


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("synthetic")
    write_corpus(corpus, 30, 1)
    folder = build([corpus / "text"], corpus / "build").out
    return open_store(folder), columns(folder)


def rows(answer, query):
    """The rows in order; concatenated cells as sets, for their order is the engine's."""
    concatenated = set(re.findall(r"GROUP_CONCAT.*?AS \?(\w+)", query))
    assert isinstance(answer, Result)
    return [tuple(frozenset(plain_text(cell).split("; ")) if name in concatenated else cell for name, cell in zip(answer.columns, row, strict=True)) for row in answer.rows]


def fails(*_):
    raise AssertionError


@pytest.mark.parametrize("corpus", ["small", "five", "synthetic"])
@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_a_question_has_the_same_rows_in_the_same_order(question, corpus, request, monkeypatch):
    store, asked = request.getfixturevalue(corpus)
    monkeypatch.setattr("kg.columns.store.open_store", fails)
    for as_of, split in ((None, "share"), (DAY, "share"), (DAY, "list")):
        assert rows(run(question, asked, as_of=as_of, split=split), question.query) == rows(run(question, store, as_of=as_of, split=split), question.query)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_a_question_of_one_province_has_the_same_rows(question, synthetic):
    store, asked = synthetic
    if any(parameter.name == "province" for parameter in question.parameters) and question.as_of is None:
        province = str(store.select(PREFIXES + "SELECT DISTINCT ?p { ?d mg:province ?p } ORDER BY ?p").rows[0][0].value)
        assert rows(run(question, asked, {"province": province}), question.query) == rows(run(question, store, {"province": province}), question.query)


@pytest.mark.parametrize(
    "query",
    [
        # a variable that one side leaves unbound agrees with everything
        "SELECT ?t ?k { ?t a mg:Task . OPTIONAL { ?t mg:leadKind ?k } ?t mg:partnerKind ?k } ORDER BY ?t ?k",
        "SELECT ?t ?k ?l { ?t a mg:Task . OPTIONAL { ?t mg:leadKind ?k } OPTIONAL { ?k skos:prefLabel ?l } } ORDER BY ?t ?k ?l",
        "SELECT ?t ?y { ?t a mg:Task . OPTIONAL { ?t mg:startYear ?y } VALUES ?y { UNDEF 2025 } } ORDER BY ?t ?y",
        "SELECT ?t { ?t a mg:Task . OPTIONAL { ?t mg:code ?c } MINUS { ?t mg:leadKind ?k . OPTIONAL { ?t mg:startYear ?c } } } ORDER BY ?t",
        "SELECT ?t { ?t a mg:Task . MINUS { ?p a mg:ProvincialPlan } } ORDER BY ?t",
        "SELECT ?t ?e { ?t a mg:Task . OPTIONAL { ?t mg:endYear ?e . FILTER (?e > 2026) } } ORDER BY ?t ?e",
        "SELECT ?t { ?t a mg:Task . FILTER EXISTS { ?t mg:leadAgency ?a . ?a a mg:Agency } } ORDER BY ?t",
        "SELECT ?t ?led { ?t a mg:Task BIND (EXISTS { ?t mg:leadAgency|mg:responsibleAgency ?a } AS ?led) } ORDER BY ?t",
        # paths, also of no step, also to a term
        "SELECT ?u ?w { ?a mg:forTask ?u . ?u mg:partOf? ?w } ORDER BY ?u ?w",
        "SELECT ?k ?b { ?k skos:broader+ ?b } ORDER BY ?k ?b",
        "SELECT ?s { ?t mg:concernsSector/skos:broader* ?s } ORDER BY ?s",
        "SELECT ?a { ?a ^mg:leadAgency/mg:inPlan ?p . ?p mg:inCorpus true } ORDER BY ?a",
        # errors and numbers
        "SELECT ?t (?e - ?s AS ?d) (?e / 3 AS ?q) (ROUND(?e / 3) AS ?r) (IF(?e > ?s, 'a', 1 / 0) AS ?i) { ?t a mg:Task . OPTIONAL { ?t mg:startYear ?s } OPTIONAL { ?t mg:endYear ?e } } ORDER BY ?t",
        "SELECT ?p (SUM(?c) AS ?n) (AVG(?c) AS ?m) (MIN(?c) AS ?l) (MAX(?c) AS ?h) (COUNT(?e) AS ?k) { ?t mg:inPlan ?p . ?a mg:forTask ?t ; mg:confidence ?c OPTIONAL { ?t mg:endYear ?e } } GROUP BY ?p ORDER BY ?p",
        "SELECT (COUNT(DISTINCT ?x) AS ?n) (SUM(?x) AS ?s) { ?x a mg:Nothing }",
        "SELECT ?p (SUM(?y) AS ?n) { ?t mg:inPlan ?p OPTIONAL { ?t mg:startYear ?y } } GROUP BY ?p ORDER BY ?p",
        "SELECT ?p (SUM(?y * 3000000) AS ?n) (SUM(2000 - ?y) AS ?m) (SUM(IF(?y = 2025, 1, 0.5)) AS ?k) { ?t mg:inPlan ?p ; mg:startYear ?y } GROUP BY ?p ORDER BY ?p",
        ("SELECT ?l (LCASE(?l) AS ?a) (SUBSTR(?l, 2, 3) AS ?b) (CONCAT(STR(?l), '!') AS ?c) (REPLACE(?l, '([a-z])([a-z])', '$2$1') AS ?d) (LANG(?l) AS ?e) (DATATYPE(?l) AS ?f) (REGEX(?l, '^S') AS ?g) "
        "(STRSTARTS(?l, 'Sở') AS ?h) (CONTAINS(?l, 'n') AS ?i) { ?k rdfs:label ?l } ORDER BY ?l ?k"),
        "SELECT DISTINCT ?o (isIRI(?o) AS ?i) { { ?t mg:startYear ?o } UNION { ?t mg:leadKind ?o } UNION { ?a mg:confidence ?o } } ORDER BY DESC(?o)",
        "SELECT ?a ?b { ?t mg:startYear ?a . ?u mg:endYear ?b FILTER (?a = ?b || ?a IN (2026, 2026.0) && !(?b < 2027)) } ORDER BY ?t ?u",
        "SELECT ?t { ?t a mg:Task } ORDER BY DESC(?t) LIMIT 3 OFFSET 2",
        "SELECT ?x ?none { ?x mg:partOf ?x }",
    ],
)
def test_sparql_means_the_same(query, small, monkeypatch):
    store, asked = small
    monkeypatch.setattr("kg.columns.store.open_store", fails)
    assert rows(asked.select(PREFIXES + query), query) == rows(store.select(PREFIXES + query), query)


def test_what_the_columns_do_not_answer_the_store_does(small):
    store, asked = small
    for query in ("SELECT ?g { GRAPH ?g { ?t a mg:Task } } ORDER BY ?g", "SELECT ?p { <https://w3id.org/mandategraph/role/lead> ?p ?o } ORDER BY ?p", "SELECT (STRLEN(?l) AS ?n) { ?t rdfs:label ?l } ORDER BY ?n"):
        assert asked.select(PREFIXES + query) == store.select(PREFIXES + query)
    described = PREFIXES + "CONSTRUCT { ?t a mg:Task } WHERE { ?t a mg:Task }"
    assert asked.construct(described) == store.construct(described)
    assert asked.ask(PREFIXES + "ASK { ?t a mg:Task }")
    assert not asked.ask(PREFIXES + "ASK { ?t a mg:Nothing }")


@pytest.mark.parametrize(("query", "found"), [("SELECT ?s {\n ?s ?p }", "line 2"), ("INSERT DATA {}", "updates"), ("SELECT ?s { SERVICE <http://x.vn/> { ?s ?p ?o } }", "SERVICE")])
def test_a_broken_query_is_refused_as_by_the_store(query, found, small):
    messages = []
    for store in small:
        with pytest.raises(QuestionError) as error:
            store.select(query)
        messages.append(str(error.value))
    assert found in messages[0]
    assert messages[0] == messages[1]


def test_an_empty_answer_says_the_same(five):
    store, asked = five
    params = {"province": "Lai Châu", "year": "2044"}
    assert explain_empty("tasks-due", asked, params) == explain_empty("tasks-due", store, params)
    assert explain_empty("lead-differs", asked) == explain_empty("lead-differs", store)


def test_a_large_build_is_opened_by_columns_that_follow_the_graph(tmp_path, monkeypatch):
    folder = build([ROOT / "corpus"], tmp_path / "build").out
    assert isinstance(open_for_questions(folder), EmbeddedStore)
    monkeypatch.setattr(opening, "LARGE_BYTES", 1)
    assert len(run("tasks", open_for_questions(folder))) == 68
    monkeypatch.setattr("kg.columns.store.columns_of", fails)
    kept = open_for_questions(folder)
    assert isinstance(kept, ColumnStore)
    assert len(run("tasks", kept)) == 68
    monkeypatch.undo()
    monkeypatch.setattr(opening, "LARGE_BYTES", 1)
    lines = (folder / "graph.nq").read_bytes().splitlines(keepends=True)
    (folder / "graph.nq").write_bytes(b"".join(line for line in lines if b"hoa-binh" not in line))
    assert len(run("tasks", open_for_questions(folder))) < 68
    (folder / "cache" / "columns" / "terms.arrow").write_bytes(b"spoiled")
    assert len(run("tasks", open_for_questions(folder))) < 68


def test_a_view_is_made_once_a_build(tmp_path, monkeypatch):
    folder = build([ROOT / "corpus"], tmp_path / "build").out
    made = run("agency-load", columns(folder), as_of=DAY)
    monkeypatch.setattr("kg.columns.store.view_quads", fails)
    assert run("agency-load", columns(folder), as_of=DAY) == made


def test_a_line_without_a_graph_is_no_line_of_a_build():
    for line in (b"<a:s> <a:p> <a:o> .\n", b'<a:s> <a:p> "a <b" .\n', b'<a:s> <a:p> "a <b"^^<a:t> .\n'):
        with pytest.raises(ValueError, match="a:s"):
            columns_of([line])


def texts():
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(texts(), st.sampled_from([{}, {"language": "vi"}, {"datatype": ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")}]))
def test_a_term_is_read_as_it_was_written(text, kind):
    term = ox.Literal(text, **kind)
    others = [ox.NamedNode("https://w3id.org/Sở-é"), ox.BlankNode("b1"), ox.Literal("1", datatype=ox.NamedNode(f"{XSD}integer"))]
    for terms in ([term], [*others, term], [term, *others, term]):
        forms = pl.Series([str(each) for each in terms])
        assert read_terms(forms) == terms
        assert strings(forms).to_list() == ["" if isinstance(each, ox.BlankNode) else str(ox.Literal(each.value)) for each in terms]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kg.columns.ntriples._FEW", 0)
            assert read_terms(forms) == terms


@given(st.lists(st.integers(-1, 500) | st.none(), min_size=1).filter(any))
def test_many_cells_are_split_as_few_are(cells):
    column = pl.Series(cells, dtype=pl.Int32)
    few = split_column(column)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.columns.terms._MANY", 0)
        many = split_column(column)
    assert [each.tolist() for each in many] == [each.tolist() for each in few]
    assert spread(column, pl.Series(few[0]), few[1]).to_list() == cells


@given(texts())
def test_a_text_is_written_as_the_store_writes_it(text):
    forms = quoted(pl.Series([text]))
    assert forms.to_list() == [str(ox.Literal(text))]
    assert held_texts(forms).to_list() == [text]


def test_rows_are_made_when_they_are_looked_at(five):
    store, asked = five
    answer, given = run("targets", asked), run("targets", store)
    assert answer.rows[3:5] == given.rows[3:5]
    assert answer.rows[-1] == given.rows[-1]
    assert answer == given
    assert given == answer
    assert answer.values() == given.values()


@given(st.lists(texts(), min_size=1), st.sampled_from(["", "@vi", f"^^<{XSD}date>", f"^^<{XSD}integer>", f"^^<{XSD}decimal>"]))
def test_terms_of_one_sort_are_ordered_as_single_ones(values, tail):
    forms = [str(ox.Literal(value)) + tail for value in values]
    terms, held = read_terms(pl.Series(forms)), order_keys(pl.Series(forms))
    if held is not None:
        by_keys = sorted(range(len(forms)), key=lambda at: (functions.sort_key(terms[at])[:3], at))
        assert by_keys == sorted(range(len(forms)), key=lambda at: (held[at], at))
    assert held is None or not tail.endswith("decimal>")


def test_integers_are_ordered_as_numbers():
    assert order_keys(pl.Series([f'"10"^^<{XSD}integer>', f'"-9"^^<{XSD}integer>'])).to_list() == [10, -9]
    assert order_keys(pl.Series([f'"10"^^<{XSD}integer>', '"a"'])) is None
    assert order_keys(pl.Series([f'"1.5"^^<{XSD}decimal>'])) is None


def test_terms_have_one_number_each(small):
    _, asked = small
    terms = Terms(asked._columns.texts)
    known = ox.NamedNode("https://w3id.org/mandategraph/ontology#Task")
    first = terms.encode([known, ox.Literal("mới"), None, ox.Literal("mới")])
    assert first.tolist() == [terms.number(known), len(asked._columns.texts), -1, len(asked._columns.texts)]
    assert terms.decode(first[:2]) == [known, ox.Literal("mới")]
    assert terms.are_literals(first[:2]).tolist() == [False, True]
