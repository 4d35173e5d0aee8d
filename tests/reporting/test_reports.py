from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import polars as pl
import pytest
from lxml import html
from pyoxigraph import NamedNode, RdfFormat, Store

from kg import build
from kg.analysis.overload import overload
from kg.cli import main
from kg.columns.store import open_columns
from kg.commands.reporting import REPORTS, csv_bytes, report_files
from kg.graph.namespaces import BASE, OBSERVATIONS
from kg.questions import run
from kg.reporting.context import make_context
from kg.reporting.load_report import make_load_report
from kg.reporting.observations import MEASURE, observation_bytes
from kg.store import open_store
from viz.report_model import Column, Table, Words


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_the_same_on_repetition(context, five_plans, name):
    again = make_context(five_plans)
    assert report_files(context, name, ["html", "csv", "json"]) == report_files(again, name, ["html", "csv", "json"])


@pytest.mark.parametrize("name", REPORTS)
def test_a_page_stands_alone_and_its_tables_can_be_read_aloud(context, name):
    [(_, data)] = report_files(context, name, ["html"])
    page = html.fromstring(data.decode())
    assert not page.xpath("//@src | //link/@href | //a[starts-with(@href, 'http')]")
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']")
    assert not page.xpath("//thead//th[not(@scope='col')] | //tbody/tr/th[not(@scope='row')] | //table[not(caption)]")
    assert not page.xpath("//svg[not(@role='img') or not(@aria-label)]")
    assert page.get("lang") == "vi"
    assert page.xpath("string(//h1/span[@class='en'])")
    assert b">nan<" not in data
    assert b">None<" not in data


@pytest.mark.parametrize("name", REPORTS)
def test_json_tells_scope_conventions_and_what_was_left_out(context, name):
    [(_, data)] = report_files(context, name, ["json"])
    told = json.loads(data)
    assert told["constants"]["version"]
    assert [each["en"] for each in told["scope"]][:3] == ["Provinces", "Documents", "Tasks"]
    assert any("Bến Tre" in each["vi"] for each in told["left_out"])
    assert all(each["vi"] and each["en"] for each in told["findings"])


def test_every_load_comes_with_its_rows_and_their_words(context):
    files = dict(report_files(context, "load", ["csv"]))
    rows = list(csv.DictReader(io.StringIO(files["load-rows.csv"].decode("utf-8-sig"))))
    mine = [row for row in rows if row["agent_name"] == "Sở Nông nghiệp và Môi trường" and row["role"] == "lead" and row["place_name"] == "Hưng Yên"]
    assert sum(float(row["w"]) for row in mine) == pytest.approx(16 / 3)
    assert all(row["quote"] and row["where"] and row["start_offset"] for row in mine)


def test_the_parts_of_a_table_are_one_file(context):
    files = dict(report_files(context, "load", ["csv"]))
    places = {row["place"] for row in csv.DictReader(io.StringIO(files["load-load.csv"].decode("utf-8-sig")))}
    assert places == {"hung-yen", "lai-chau", "ha-tinh", "hoa-binh"}


def test_csv_runs_no_formula():
    same = Words("x", "x")
    data = csv_bytes(Table("t", same, (Column("name", same), Column("n", same, "number")), (("=1+1", -2.5),)))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.splitlines()[1] == b"'=1+1,-2.5"


def test_findings_of_overload_are_careful(context):
    [(_, data)] = report_files(context, "overload", ["json"])
    said = {each["section"]: each for each in json.loads(data)["findings"]}
    assert said["at-hung-yen"]["vi"] == "Hưng Yên: Không có cơ quan nào nổi trội một cách chắc chắn."
    assert "chỉ giữ hạng trong" in said["at-hung-yen"]["doubt"]["vi"], "it is not stable either"
    assert "chưa nói được “tải giao việc cao”" in said["at-ha-tinh"]["doubt"]["vi"]
    assert all("quá tải" not in each["vi"] for each in said.values()), "no capacity was given"
    assert said["at-ha-tinh"]["quotes"]


def test_coverage_cannot_be_told_without_the_decision(context):
    [(_, data)] = report_files(context, "coverage", ["json"])
    assert json.loads(data)["findings"][0]["vi"].startswith("Chưa tính được")


def test_as_of_a_day_leaves_out_plans_that_are_not_in_force(five_plans):
    seen = make_context(five_plans, date="2025-07-01")
    [(_, data)] = report_files(seen, "load", ["json"])
    told = json.loads(data)
    assert told["as_of"] == "2025-07-01"
    assert any("chưa ban hành 1" in each["vi"] and "không ghi ngày, vẫn tính: 1" in each["vi"] for each in told["left_out"])
    assert {row["place"] for row in told["tables"]["load"]["rows"]} == {"hung-yen-2025", "lai-chau", "phu-tho-2025"}


def test_peers_are_those_of_all_provinces(five_plans):
    from kg.analysis.overload import overload

    seen = make_context(five_plans, provinces=("Hà Tĩnh",))
    [verdict] = overload(seen.facts, among=seen.among)
    assert verdict.assessments[0].peers == 3


def test_the_addresses_join_the_loads_with_the_graph(context, five_plans):
    """The agency of each row of the loads is that of ``agency-load``; the page is not cluttered with it."""
    files = dict(report_files(context, "load", ["html", "csv", "json"]))
    rows = list(csv.DictReader(io.StringIO(files["load-load.csv"].decode("utf-8-sig"))))
    answer = run("agency-load", open_store(five_plans), {})
    at = answer.columns.index("agency")
    asked = {row[at].value for row in answer.rows}
    assert {row["agent"] for row in rows} <= asked
    assert all(row["agent"] for row in csv.DictReader(io.StringIO(files["load-by-year.csv"].decode("utf-8-sig"))))
    assert json.loads(files["load.json"])["tables"]["load"]["rows"][0]["agent"] == rows[0]["agent"]
    assert rows[0]["agent"] not in files["load.html"].decode()


def test_observations_are_the_loads(context):
    data = observation_bytes(context)
    assert data == observation_bytes(context)
    store = Store()
    store.load(data, format=RdfFormat.TURTLE)
    loads = dict(context.loads.filter(pl.col("tasks_led") > 0).select("agent", "w_frac").rows())
    query = f"SELECT ?a ?w WHERE {{ ?o <http://purl.org/linked-data/cube#dataSet> <{MEASURE}load> ; <{MEASURE}agency> ?a ; <{MEASURE}sharedLoad> ?w }}"
    found = {row["a"].value: float(row["w"].value) for row in store.query(query)}
    assert found == pytest.approx(loads, abs=1e-6)
    kinds = {row["c"] for row in store.query("SELECT DISTINCT ?c WHERE { ?s a ?c }")}
    assert NamedNode("http://purl.org/linked-data/cube#DataStructureDefinition") in kinds


ROOT = Path(__file__).parents[2]
CUBE = re.findall(r"```sparql\n(.*?)```", (ROOT / "docs" / "measures.md").read_text("utf-8"), re.DOTALL)[0]
"""The documentation's: it joins three data sets with the graph's own names of provinces; METHODS D3 and D4 have the figures."""


def test_sparql_reaches_the_measures_in_the_graph(five_plans, tmp_path, capsys):
    query = tmp_path / "cube.rq"
    query.write_text(CUBE, "utf-8")
    assert main(["query", "--file", str(query), "--build", str(five_plans), "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))[1:]
    assert [[row[0], row[1], round(float(row[2]), 3), *row[3:]] for row in rows] == [
        ["Hà Tĩnh", "8", 0.24, "15", "11", "11"], ["Hòa Bình", "9", 0.252, "18", "17", "17"], ["Hưng Yên", "12", 0.137, "25", "16", "16"], ["Lai Châu", "5", 0.24, "10", "6", "6"],
    ]  # fmt: skip
    columns = open_columns(five_plans)
    assert columns is not None
    assert [str(row[0].value) for row in columns.select(CUBE).rows] == [row[0] for row in rows]


def test_the_graph_of_the_observations_is_what_the_report_writes(context, five_plans):
    written = Store()
    written.load(observation_bytes(context), format=RdfFormat.TURTLE)
    built = Store()
    built.bulk_load(path=str(five_plans / "graph.nq"), format=RdfFormat.N_QUADS)
    assert {quad.triple for quad in built.quads_for_pattern(None, None, None, OBSERVATIONS)} == {quad.triple for quad in written}


def test_the_tests_of_loads_and_the_comparison_are_observed(context, five_plans):
    store = open_store(five_plans)
    cube = f"PREFIX qb: <http://purl.org/linked-data/cube#> PREFIX measure: <{MEASURE}> "
    said = store.select(f"{cube} SELECT ?agency ?word ?chance {{ ?o qb:dataSet measure:overload ; measure:agency ?agency ; measure:word ?word ; measure:chance ?chance }}").rows
    found = {row[0].value: (row[1].value, float(row[2].value)) for row in said}
    assessed = [each for verdict in overload(context.facts) for each in verdict.assessments]
    assert found == {each.agent: (each.word, pytest.approx(max(each.p_leads, each.p_named), abs=1e-6)) for each in assessed}
    assert any(word != "none" for word, _ in found.values())
    [pair] = store.select(f"{cube} SELECT ?n ?exact ?one ?other {{ ?o qb:dataSet measure:comparison ; measure:sharedTasks ?n ; measure:exact ?exact ; measure:province ?one ; measure:otherProvince ?other }}").rows
    assert [each.value.removeprefix(f"{BASE}vn/province/") for each in pair] == ["5", "0", "hung-yen", "lai-chau"]  # of the same words; by hand they share seven


def test_sparql_reaches_the_measures_as_of_a_date_beside_the_graph(five_plans, tmp_path, capsys):
    assert main(["report", "load", str(five_plans), "-o", str(tmp_path), "--as-of", "2025-07-01", "--rdf"]) == 0
    data, query = tmp_path / "observations.ttl", tmp_path / "cube.rq"
    query.write_text(f"""PREFIX qb: <http://purl.org/linked-data/cube#>
SELECT ?name ?leads WHERE {{ ?c qb:dataSet <{MEASURE}concentration/2025-07-01/share> ; <{MEASURE}province> ?p ; <{MEASURE}leads> ?leads .
  ?p <http://www.w3.org/2004/02/skos/core#prefLabel> ?name . FILTER (LANG(?name) = "vi") }} ORDER BY ?name""", "utf-8")  # fmt: skip
    capsys.readouterr()
    assert main(["query", "--file", str(query), "--build", str(five_plans), "--beside", str(data), "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))[1:]
    assert [row[0] for row in rows] == ["Hưng Yên", "Lai Châu", "Phú Thọ"]  # the plan of Hà Tĩnh is of a later day


@pytest.mark.parametrize("content", [None, "no Turtle at all {"])
def test_what_is_not_turtle_is_refused(five_plans, tmp_path, capsys, content):
    if content:
        (tmp_path / "o.ttl").write_text(content, "utf-8")
    assert main(["query", "plans", "--build", str(five_plans), "--beside", str(tmp_path / "o.ttl")]) == 2
    assert "observations.ttl" in capsys.readouterr().err
    assert main(["query", "plans", "--endpoint", "http://localhost:1", "--beside", str(tmp_path / "o.ttl")]) == 2


def test_the_brief_is_a_page_and_a_word_document(five_plans, tmp_path, capsys):
    docx = pytest.importorskip("docx")
    assert main(["brief", "Hưng Yên", str(five_plans), "-o", str(tmp_path)]) == 0
    first = (tmp_path / "brief-hung-yen.docx").read_bytes()
    assert main(["brief", "hung-yen", str(five_plans), "-o", str(tmp_path)]) == 0
    assert (tmp_path / "brief-hung-yen.docx").read_bytes() == first
    text = "\n".join(paragraph.text for paragraph in docx.Document(tmp_path / "brief-hung-yen.docx").paragraphs)
    assert "Sở Nông nghiệp và Môi trường chủ trì nhiều nhất khi chia đều: 5,33 trên 25 nhiệm vụ" in text
    assert "Không có cơ quan nào nổi trội một cách chắc chắn" in text
    assert "brief-hung-yen.html" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "words"), [
    (["report", "load", "{build}", "--province", "Cà Mau"], "Cà Mau"),
    (["report", "load", "{build}", "--as-of", "32/1/2025"], "không phải là một ngày"),
    (["report", "load", "no-such-build"], "build"),
    (["report", "overload", "{build}", "--capacity", "no-such.csv"], "no-such.csv"),
    (["report", "compare", "{build}", "--alignment", "no-such.csv"], "no-such.csv"),
    (["brief", "Atlantis", "{build}"], "Atlantis"),
])  # fmt: skip
def test_what_cannot_be_reported_is_refused(five_plans, tmp_path, capsys, arguments, words):
    given = [str(five_plans) if each == "{build}" else each for each in arguments]
    assert main([*given, "-o", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "\n" not in said.strip()


def test_a_table_of_shared_tasks(five_plans, tmp_path, capsys):
    tasks = pl.read_parquet(five_plans / "tables" / "tasks.parquet")
    mine = tasks.filter(pl.col("code") == "3.1.1")["task"].to_list()
    path = tmp_path / "shared.csv"
    path.write_text("task,shared\n" + "".join(f"{task},eco-design\n" for task in mine), "utf-8")
    assert main(["report", "compare", str(five_plans), "--alignment", str(path), "--format", "json", "-o", str(tmp_path)]) == 0
    told = json.loads((tmp_path / "compare.json").read_bytes())
    [said] = [each for each in told["findings"] if each["vi"].endswith("Hưng Yên giao Sở Nông nghiệp và Môi trường chủ trì; Lai Châu giao Sở Công Thương.")]
    assert [(quote["text"], quote["place"].split(",")[0]) for quote in said["quotes"]] == [("Sở Nông nghiệp và Môi trường", "Hưng Yên"), ("Sở Công Thương", "Lai Châu")]
    path.write_text("task,shared\nvn/nowhere,x\n", "utf-8")
    capsys.readouterr()
    assert main(["report", "compare", str(five_plans), "--alignment", str(path), "-o", str(tmp_path)]) == 2
    assert re.search("dòng 2", capsys.readouterr().err)


def test_only_a_national_decision_sets_the_line_of_the_ministries(context):
    [(_, data)] = report_files(context, "compare", ["json"])
    told = json.loads(data)
    assert {"likeness", "reformed"} <= {each["section"] for each in told["findings"]}
    assert "lines" not in {each["section"] for each in told["findings"]}, "the tasks that the plans share are theirs"
    [doubt] = [each["doubt"]["vi"] for each in told["findings"] if each["section"] == "reformed"]
    assert "sắp xếp bộ máy" not in doubt, "names of one date leave nothing to the date"


def test_without_python_docx_the_page_is_written_and_the_rest_told(five_plans, tmp_path, monkeypatch, capsys):
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    assert main(["brief", "hung yen", str(five_plans), "-o", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["brief-hung-yen.html"]
    assert "pip install python-docx" in capsys.readouterr().out


def test_a_quote_names_its_document_as_one_would_in_speaking(context):
    assert sorted(context.names.values())[:3] == [
        "Kế hoạch, Bến Tre (003_dfadacd452721850.txt)", "Kế hoạch, Hà Tĩnh, năm 2026 (002_69e41d71579c9436.txt)", "Kế hoạch, Lai Châu, tháng 02/2025 (001_6758f893bb076d0a.txt)",
    ]  # fmt: skip
    assert "Quyết định 2583/QĐ-UBND, Hòa Bình (004_2a2fdc554bb9deb4.txt)" in context.names.values()


def test_departments_of_one_name_are_told_apart_by_their_province(tmp_path):
    rows = "\n".join(f"{at}\tXây dựng mô hình số {at}\tSở Công Thương{place}\tSở Tài chính\t2025-2030" for at, place in enumerate(("", " Hà Nội", " Bắc Ninh"), 1))
    head = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nSố: 55/KH-UBND\nLai Châu, ngày 10 tháng 8 năm 2025\n\nKẾ HOẠCH\nThực hiện kinh tế tuần hoàn\n\n"
    (tmp_path / "plan.txt").write_text(f"{head}TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n{rows}\n", "utf-8")
    build([tmp_path / "plan.txt"], tmp_path / "build")
    report = make_load_report(make_context(tmp_path / "build"))
    table = next(table for section in report.sections for table in section.tables if table.key.startswith("load"))
    names = {row[[column.key for column in table.columns].index("agent_name")] for row in table.rows}
    assert names >= {"Sở Công Thương", "Sở Công Thương – Hà Nội", "Sở Công Thương – Bắc Ninh"}
