"""The question library: golden answers on a small graph, headers, parameters, formats."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QuestionError
from kg.normalise import slug
from kg.questions import (
    describe_run,
    explain_empty,
    format_csv,
    format_json,
    format_table,
    format_ttl,
    get_question,
    in_words,
    list_choices,
    list_questions,
    read_question,
    run,
)
from kg.questions.page import GROUPS, questions_page
from kg.store import EmbeddedStore, Result, Triples
from kg.store.formatting import plain_text
from kg.store.query_text import prefixes_used

# rdflib 7.6 calls its own deprecated parts, Dataset.default_context and others.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")

HERE = Path(__file__).parent
SMALL = HERE / "data" / "small.trig"
EXPECTED = HERE / "queries" / "expected"
BASE = "https://w3id.org/mandategraph/"
QUESTIONS = list_questions()
ALL_NAMES = [question.name for question in QUESTIONS]
QUESTIONS = [question for question in QUESTIONS if question.as_of is None]  # tests/test_as_of.py has the others
NAMES = [question.name for question in QUESTIONS]
OF_ALIGNMENT = {"lead-differs", "uncovered-national-tasks", "local-additions", "national-task-leads", "overlaps"}


@pytest.fixture(scope="module")
def store():
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return EmbeddedStore(inner)


@pytest.fixture(scope="module")
def rdflib_store():
    import rdflib

    from kg.store.rdflib_store import RdflibStore

    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=SMALL.read_text(encoding="utf-8"), format="trig")
    return RdflibStore(graph)


def cell(name, text, concatenated):
    """Give what two engines must agree on: numbers by value, concatenated cells as sets, addresses without their base."""
    if name in concatenated:
        return frozenset(text.split("; "))
    try:
        return Decimal(text)
    except InvalidOperation:
        return text.replace(BASE, "")


def rows(question, table):
    concatenated = set(re.findall(r"GROUP_CONCAT.*?AS \?(\w+)", question.query))
    names = [column.name for column in question.columns]
    return [tuple(cell(name, text, concatenated) for name, text in zip(names, row, strict=True)) for row in table]


def answered(question, store, params=None):
    return rows(question, [[plain_text(term) for term in row] for row in run(question, store, params).rows])


def expected(question):
    with (EXPECTED / f"{question.name}.csv").open(encoding="utf-8", newline="") as file:
        heading, *table = csv.reader(file)
    assert heading == [column.name for column in question.columns]
    return rows(question, table)


def values(store, name, column, **params):
    result = run(name, store, params)
    return [row[result.columns.index(column)] for row in result.values()]


# --- golden answers


@pytest.mark.parametrize("name", ["clarity", "evidence", "group-only-lead", "lead-kinds", "several-leads", "tasks"])
def test_a_central_plan_is_answered_for_beside_the_provinces(store, name):
    assert "Trung ương" in values(store, name, "provinceName")
    assert set(values(store, name, "provinceName", province="Lai Châu")) <= {"Lai Châu"}


def test_a_plan_of_no_known_place_is_listed_and_not_taken_for_a_central_one():
    inner = ox.Store()
    words = f"""PREFIX mg: <{BASE}ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        INSERT DATA {{ <{BASE}vn/x> mg:inCorpus true . <{BASE}vn/x/task/1> a mg:Task ; mg:inPlan <{BASE}vn/x> ; rdfs:label "Rà soát cơ chế, chính sách"@vi }}"""
    inner.update(words)
    assert values(EmbeddedStore(inner), "tasks", "provinceName") == ["chưa rõ tỉnh"]


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_golden_answer(question, store):
    golden = expected(question)
    assert golden
    assert answered(question, store) == golden


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_rdflib_gives_the_same_rows_in_the_same_order(question, rdflib_store):
    assert answered(question, rdflib_store) == expected(question)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_file_runs_as_it_stands(question, store):
    # Anyone may paste a file into another tool: the UNDEF lines must not change the answer.
    result = store.select(question.query)
    assert rows(question, [[plain_text(term) for term in row] for row in result.rows]) == expected(question)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_what_is_said_in_two_graphs_counts_once(question):
    # Oxigraph's union of all graphs gives a triple once for every graph that holds it.
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    again = ox.NamedNode(BASE + "graph/correction")
    inner.extend([ox.Quad(quad.subject, quad.predicate, quad.object, again) for quad in inner])
    assert answered(question, EmbeddedStore(inner)) == expected(question)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_empty_graph_gives_no_row(question):
    import rdflib

    from kg.store.rdflib_store import RdflibStore

    for empty in (EmbeddedStore(ox.Store()), RdflibStore(rdflib.Dataset(default_union=True))):
        assert run(question, empty).rows == ()


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_without_alignment_only_its_own_questions_fall_silent(question):
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    inner.remove_graph(ox.NamedNode(BASE + "graph/alignment"))
    assert answered(question, EmbeddedStore(inner)) == ([] if question.name in OF_ALIGNMENT else expected(question))


def test_there_is_a_golden_answer_for_every_question_and_no_other():
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == ALL_NAMES


@pytest.mark.parametrize("role", ["lead", "partner", "responsible"])
def test_shortcuts_of_the_small_graph_are_the_projection(store, role):
    projection = f"""
        PREFIX mg: <{BASE}ontology#>
        SELECT DISTINCT ?work ?agent ?kind WHERE {{
          ?m mg:forTask ?unit ; mg:role <{BASE}role/{role}> ; mg:agent ?agent . ?agent mg:kind ?kind .
          {{ ?unit a mg:Task . BIND (?unit AS ?work) }} UNION {{ ?unit a mg:Duty . BIND (?unit AS ?work) }} UNION {{ ?unit a mg:TaskPart ; mg:partOf ?work }}
        }}"""
    shortcut = f"PREFIX mg: <{BASE}ontology#> SELECT ?work ?x WHERE {{ ?work mg:{role}%s ?x }}"
    projected = store.select(projection).rows
    assert set(store.select(shortcut % "Agency").rows) == {(work, agent) for work, agent, _ in projected}
    assert set(store.select(shortcut % "Kind").rows) == {(work, kind) for work, _, kind in projected}


def test_fractional_load_adds_up_to_the_tasks(store):
    shares = zip(values(store, "agency-load", "provinceName"), values(store, "agency-load", "fractional"), strict=True)
    total = Counter()
    for province, share in shares:
        total[province] += share
    assert total == {"Hưng Yên": 7, "Lai Châu": 5, "Hà Tĩnh": 3, "Trung ương": 6}


# --- headers


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_header_is_whole(question, store):
    for text in (question.title, question.running, question.description, question.why, question.reading):
        assert text.vi
        assert text.en
        assert text.vi != text.en
    assert question.tags
    assert all(question.tags)
    assert store.select(question.query).columns == tuple(column.name for column in question.columns)
    declared = set(re.findall(r"^PREFIX (\S+):", question.query, re.MULTILINE))
    body = "\n".join(line for line in question.query.splitlines() if not line.startswith("PREFIX"))
    queries = [body, *(parameter.values or "" for parameter in question.parameters)]
    assert declared == frozenset().union(*(prefixes_used(query) for query in queries))


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_every_row_of_the_order_is_settled(question):
    # A total order ends with an address; without it a LIMIT cuts through ties differently on each engine.
    last = question.query[question.query.rindex("ORDER BY") :].split()[-1].lstrip("?")
    assert last in {column.name for column in question.columns} | {"start", "year"}


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_every_choice_can_be_asked(question, store):
    for parameter in question.parameters:
        for choice in list_choices(question, parameter, store):
            result = run(question, store, {parameter.name: choice.term})
            assert result.columns == tuple(column.name for column in question.columns)


HEADER = """#+ title:
#+   vi: Nhiệm vụ
#+   en: Tasks
#+ running:
#+   vi: nhiệm vụ tên {name}
#+   en: tasks called {name}
#+ description:
#+   vi: Nhiệm vụ của tỉnh: tên và mã
#+   en: Tasks of a province: name and code
#+ why:
#+   vi: Để tra cứu
#+   en: To look up
#+ read:
#+   vi: Mỗi dòng một nhiệm vụ
#+   en: A line is a task
#+ tags: [task]
#+ parameters:
#+   - name: name
#+     type: string
#+     label:
#+       vi: Tên
#+       en: Name
#+     every:
#+       vi: bất kỳ
#+       en: anything
#+ columns:
#+   - name: name
#+     vi: Tên
#+     en: Name

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?name WHERE {
  VALUES ?name { UNDEF }
  ?task rdfs:label ?name .
}
"""


def written(tmp_path, text, name="task-names.rq"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_header_is_read(tmp_path):
    question = read_question(written(tmp_path, HEADER))
    assert question.description.vi == "Nhiệm vụ của tỉnh: tên và mã"
    assert question.tags == ("task",)
    assert question.parameters[0].default is None


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("#+   en: Tasks\n", "", "no vi and en at key 'title'"),
        ("#+ tags: [task]", "#+ tags [task]", "line 16"),
        ("#+ tags: [task]", "#+ tags: [task]\n#+ tags: [list]", "line 17"),
        ("#+ tags: [task]", "#+ tags: [task]\n#+ author: Sở Nội vụ", "unknown keys author"),
        ("#+     type: string", "#+     type: text", "type 'text'"),
        ("#+   - name: name\n#+     type", "#+   - name: names\n#+     type", r"VALUES \?names"),
        ("tasks called {name}", "tasks called {title}", "each parameter once"),
        ("#+       vi: bất kỳ\n", "", "no vi and en at key 'every'"),
        ("#+ why:\n", "#+ why: Để tra cứu\n", "line 10"),
    ],
)
def test_broken_header_says_where(tmp_path, old, new, found):
    assert old in HEADER
    with pytest.raises(QuestionError, match=found) as caught:
        read_question(written(tmp_path, HEADER.replace(old, new, 1)))
    assert "task-names.rq" in caught.value.place


def test_file_name_must_be_kebab_case(tmp_path):
    with pytest.raises(QuestionError, match="kebab-case"):
        read_question(written(tmp_path, HEADER, "Task_names.rq"))


# --- parameters

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


# --- formats

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


# --- what is asked, in a sentence; the answer in words; why there is none


@pytest.mark.parametrize(
    ("name", "params", "vi", "en"),
    [
        ("tasks-due", {}, "Nhiệm vụ phải xong trong mọi năm, mọi tỉnh.", "Tasks due in any year, all provinces."),
        ("tasks-due", {"province": ["ha tinh", "lai chau"], "year": 2030}, "Nhiệm vụ phải xong trong 2030, Hà Tĩnh, Lai Châu.", "Tasks due in 2030, Ha Tinh, Lai Chau."),
        ("agency-dossier", {"kind": "so ct"}, "Mọi việc của Sở Công Thương, mọi tỉnh.", "All work of Department of Industry and Trade, all provinces."),
        ("clarity", {"province": ""}, "Tỷ lệ nhiệm vụ rõ người, rõ sản phẩm, rõ thời gian, rõ nguồn lực, mọi tỉnh.", "Share of tasks with one named lead, a product, a time and a funding source, all provinces."),
    ],
)
def test_the_sentence_says_what_is_asked(store, name, params, vi, en):
    assert describe_run(name, store, params) == (vi, en)


@pytest.mark.parametrize("question", list_questions(), ids=ALL_NAMES)
def test_every_question_has_a_sentence_that_ends(question, store):
    for text in describe_run(question, store):
        assert text.endswith(".")
        assert "{" not in text


def told(name, store, lang, **params):
    question = get_question(name)
    return in_words(question, run(question, store, params), store, lang)


def column(result, name):
    return [plain_text(row[result.columns.index(name)]) for row in result.rows]


def test_labels_and_codes_are_in_the_language_of_the_reader(store):
    english, vietnamese = (told("agency-load", store, lang, province="lai chau") for lang in ("en", "vi"))
    assert "Department of Industry and Trade" in column(english, "agencyName")
    assert set(column(english, "provinceName")) == {"Lai Chau"}
    assert "Sở Công Thương" in column(vietnamese, "agencyName")
    assert "nhóm mở" in column(vietnamese, "form")
    assert "open group" in column(english, "form")
    assert set(column(told("agency-dossier", store, "en"), "roleName")) == {"lead", "partner", "responsible"}
    assert set(column(told("agency-dossier", store, "vi"), "roleName")) == {"chủ trì", "phối hợp", "chịu trách nhiệm"}
    assert "product; funding" in column(told("incomplete-tasks", store, "en"), "lacks")
    assert "sản phẩm; nguồn lực" in column(told("incomplete-tasks", store, "vi"), "lacks")
    assert column(told("report-calendar", store, "vi"), "deadline") == ["ngày 30/11 hằng năm", "ngày 30/11 hằng năm", "ngày 15/12 hằng năm", ""]
    assert column(told("report-calendar", store, "en"), "deadline")[0] == "30 November, every year"
    assert column(told("report-calendar", store, "vi"), "month") == ["11", "11", "12", "không nêu"]
    assert column(told("decision-diffusion", store, "en"), "planDate") == ["February 2025", "February 2025", "9 January 2026"]
    assert column(told("targets", store, "vi"), "comparator") == ["giảm", "trên", "khoảng", "trên"]


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_words_change_no_row_and_no_address(question, store):
    answer = run(question, store)
    for lang in ("vi", "en"):
        said = in_words(question, answer, store, lang)
        assert len(said.rows) == len(answer.rows)
        for before, after in zip(answer.rows, said.rows, strict=True):
            assert [cell for cell in before if isinstance(cell, ox.NamedNode)] == [cell for cell in after if isinstance(cell, ox.NamedNode)]


def test_a_spreadsheet_gets_no_bare_sign(store):
    for name in ("targets", "report-calendar"):
        question = get_question(name)
        text = format_csv(in_words(question, run(question, store), store, signs_only=True)).decode("utf-8-sig")
        assert "'" not in text
        assert ",>," not in text


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


def test_the_page_of_all_questions_is_current():
    # `python -m kg.questions.page > docs/questions.md` writes it anew.
    assert (HERE.parent / "docs" / "questions.md").read_text("utf-8") == questions_page(list_questions())


def test_every_question_is_in_a_group():
    assert {question.tags[0] for question in list_questions()} <= GROUPS.keys()


def test_an_unknown_question_names_near_ones_once(store):
    with pytest.raises(QuestionError) as caught:
        run("task-due", store)
    assert str(caught.value).count("tasks-due") == 1


def test_yes_and_no_are_words(store, tmp_path):
    head, _, _ = HEADER.partition("PREFIX")
    question = read_question(written(tmp_path, head + "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nASK {\n  VALUES ?name { UNDEF }\n  ?task rdfs:label ?name }\n"))
    assert column(in_words(question, run(question, store), store), "answer") == ["có"]
    assert column(in_words(question, run(question, store, {"name": "không có"}), store, "en"), "answer") == ["no"]
