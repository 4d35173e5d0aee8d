"""The command line as people use it: what it prints, where, and its exit code."""

import csv
import io
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from kg.building.pipeline import build
from kg.cli import FORMATS, _parser, main
from kg.questions import list_questions

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
LAI_CHAU = CORPUS / "001_6758f893bb076d0a.txt"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return build([CORPUS], tmp_path_factory.mktemp("cli") / "build").out


def run_python(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=False, encoding="utf-8", **options)


def test_help_answers_at_once():
    def cost() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert run_python("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(cost() for _ in range(5)) <= 0.08


def test_nothing_heavy_is_imported_before_it_is_needed():
    script = "import sys, kg.cli; kg.cli._parser(); print([m for m in ('polars','rdflib','networkx','pyvis','pyoxigraph','owlready2','rapidfuzz','kg.records') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_every_command_says_what_it_does_in_both_languages():
    commands = next(action for action in _parser()._actions if action.choices)
    assert set(commands.choices) == {"build", "extract", "evaluate", "check", "query", "export", "explore", "site", "serve", "assets", "review", "decide", "crosswalk", "doctor", "report", "brief", "version"}
    for action in commands._choices_actions:
        assert " | " in action.help, action.dest


def test_build_ends_with_a_summary_and_the_page_first(tmp_path, capsys):
    assert main(["build", str(CORPUS), "-o", str(tmp_path / "build")]) == 0
    shown = capsys.readouterr()
    assert "       5  văn bản (documents)" in shown.out
    assert "      68  nhiệm vụ (tasks)" in shown.out
    assert "       0  lỗi kiểm tra đồ thị" in shown.out
    written = [line.strip() for line in shown.out.split("Đã ghi (written):\n")[1].splitlines()]
    assert written[0].endswith("index.html")
    assert all(Path(line).exists() for line in written)
    assert shown.err == ""  # no terminal, no progress


def test_build_shows_progress_when_told_to(tmp_path, capsys):
    assert main(["build", str(LAI_CHAU), "-o", str(tmp_path / "build"), "--progress"]) == 0
    assert "1/1 001_6758f893bb076d0a.txt" in capsys.readouterr().err


def test_strict_build_fails_where_a_file_has_an_error(tmp_path, capsys):
    (tmp_path / "empty.txt").write_bytes(b"")
    arguments = ["build", str(LAI_CHAU), str(tmp_path / "empty.txt"), "-o", str(tmp_path / "build")]
    assert main(arguments) == 0
    assert "error: empty.txt: Tệp rỗng" in capsys.readouterr().out
    assert main([*arguments, "--strict"]) == 1


@pytest.mark.parametrize(
    ("arguments", "vietnamese"),
    [
        (["build", "no-such-folder"], "Không có tệp hay thư mục này"),
        (["extract", "no-such-file.txt"], "Không mở được tệp"),
        (["evaluate", "corpus", "no-such-gold"], "Không đọc được bản ghi"),
        (["check", "no-such-build"], "không phải kết quả hoàn chỉnh"),
        (["query", "tasks", "--build", "no-such-build"], "Không thấy đồ thị"),
        (["query", "--param", "province=Lai Châu"], "Hãy nêu tên một câu hỏi"),
        (["query", "--describe", "tassks"], "Không có câu hỏi tên"),
        (["query", "tasks", "--endpoint", "ftp://example.org"], "không phải là http"),
        (["export", "no-such-build", "--format", "ttl"], "không phải kết quả của lệnh build"),
    ],
)
def test_a_user_error_is_one_line_vietnamese_first_and_exit_code_2(arguments, vietnamese, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").symlink_to(CORPUS)
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert vietnamese in shown.err
    assert shown.err.index(vietnamese) < shown.err.index("; expected ")


def test_extract_json_is_the_form_of_the_gold_with_spans(capsys):
    assert main(["extract", str(LAI_CHAU), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    gold = json.loads((ROOT / "tests" / "gold" / "001_6758f893bb076d0a.json").read_text("utf-8"))
    assert set(gold) <= set(record)
    assert set(gold["tasks"][0]) - {"parts"} <= set(record["tasks"][0])
    text = LAI_CHAU.read_text("utf-8")
    start, end = record["tasks"][2]["spans"]["name"][0]
    assert text[start:end] in record["tasks"][2]["name"]


def test_extract_for_people(capsys):
    assert main(["extract", str(LAI_CHAU)]) == 0
    shown = capsys.readouterr().out
    for words in (
        "Cơ quan ban hành (issuer): Ủy ban nhân dân tỉnh Lai Châu", "Nhiệm vụ (tasks): 10", "Chủ trì (lead): Sở Kế hoạch và Đầu tư",
        "Công việc trong lời văn (duties): 15", "Triển khai (implements): 222/QĐ-TTg", "23 văn bản được dẫn (citations)",
    ):  # fmt: skip
        assert words in shown


def test_evaluate_documents_against_gold(capsys):
    assert main(["evaluate", str(CORPUS), str(ROOT / "tests" / "gold"), "--json", "--floor", "0.9"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["task"]["gold"] == 68
    assert scores["task"]["f1"] >= 0.99


def test_evaluate_records_with_a_floor(out, tmp_path, capsys):
    gold = str(ROOT / "tests" / "gold")
    assert main(["evaluate", str(out / "records"), gold]) == 0
    table = capsys.readouterr().out
    assert table.startswith("kind                    gold       P       R      F1\n")
    record = json.loads((out / "records" / "002_69e41d71579c9436.json").read_text("utf-8"))
    record["tasks"][0]["lead"] = ["Sở Tư pháp"]
    (tmp_path / "002_69e41d71579c9436.json").write_text(json.dumps(record), "utf-8")
    assert main(["evaluate", str(tmp_path), gold, "--misses", "--floor", "0.99"]) == 1
    shown = capsys.readouterr()
    assert "predicted: ['sở tư pháp']" in shown.out
    assert "task.lead" in shown.err
    assert "000_b30a2764f1b6c1c1" in shown.err


def test_check_is_0_for_a_sound_build_and_1_for_a_broken_one(out, tmp_path, capsys):
    import shutil

    assert main(["check", str(out)]) == 0
    assert "0 lỗi (violations)" in capsys.readouterr().out
    broken = tmp_path / "build"
    shutil.copytree(out, broken)
    graph = (broken / "graph.nq").read_text("utf-8")
    line = next(line for line in graph.splitlines() if "/task/" in line and "ontology#inPlan>" in line and "lai-chau" in line)
    (broken / "graph.nq").write_text(graph.replace(line + "\n", "", 1), "utf-8")
    assert main(["check", str(broken)]) == 1
    shown = capsys.readouterr().out
    assert "LỖI [" in shown
    assert "001_6758f893bb076d0a.txt" in shown
    assert "“" in shown


def test_query_lists_and_describes_every_question(capsys):
    assert main(["query", "--list"]) == 0
    shown = capsys.readouterr().out
    for question in list_questions():
        assert f"{question.name} " in shown
        assert main(["query", "--describe", question.name]) == 0
        described = capsys.readouterr().out
        assert question.title.vi in described
        assert question.title.en in described


def test_query_in_each_format(out, capsysbinary):
    ask = ["query", "tasks", "--build", str(out), "--param", "province=Hà Tĩnh"]
    assert main(ask) == 0
    table = capsysbinary.readouterr().out.decode()
    assert table.splitlines()[:2] == ["Nhiệm vụ do mọi loại cơ quan chủ trì, Hà Tĩnh.", "Tasks led by all agency types, Ha Tinh."]
    assert "Nhiệm vụ" in table.splitlines()[3]
    assert main([*ask, "--format", "csv"]) == 0
    content = capsysbinary.readouterr().out
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert content.startswith(b"\xef\xbb\xbf")
    assert main([*ask, "--format", "json"]) == 0
    answer = json.loads(capsysbinary.readouterr().out)
    gold = json.loads((ROOT / "tests" / "gold" / "003_dfadacd452721850.json").read_text("utf-8"))
    bindings = answer["results"]["bindings"]
    assert len(bindings) == len(rows) - 1
    assert {row["provinceName"]["value"] for row in bindings} == {"Hà Tĩnh"}
    assert f"\n{len(bindings)} dòng (rows)\n" in table
    assert answer["question"]["running"]["en"] == "Tasks led by all agency types, Ha Tinh."
    assert gold["document"]["province"]


def test_query_of_ones_own(out, tmp_path, capsys):
    file = tmp_path / "my.rq"
    file.write_text("PREFIX mg: <https://w3id.org/mandategraph/ontology#>\nSELECT (COUNT(DISTINCT ?t) AS ?n) WHERE { ?t a mg:Task }", "utf-8")
    assert main(["query", "--file", str(file), "--build", str(out), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"]["bindings"][0]["n"]["value"] == "68"
    file.write_text("PREFIX mg: <https://w3id.org/mandategraph/ontology#>\nCONSTRUCT { ?t a mg:Task } WHERE { ?t a mg:Task }", "utf-8")
    assert main(["query", "--file", str(file), "--build", str(out), "--format", "ttl"]) == 0
    assert capsys.readouterr().out.count(" a mg:Task ") == 68
    file.write_text("SELECT ?x WHERE {\n ?x ?y }", "utf-8")
    assert main(["query", "--file", str(file), "--build", str(out)]) == 2
    assert "dòng 2" in capsys.readouterr().err


@pytest.mark.parametrize("form", FORMATS)
def test_export(out, tmp_path, form):
    target = tmp_path / ("tables" if form in ("csv", "parquet") else f"graph.{form}")
    assert main(["export", str(out), "--format", form, "-o", str(target)]) == 0
    if form in ("csv", "parquet"):
        assert (target / f"assignments.{form}").read_bytes() == (out / "tables" / f"assignments.{form}").read_bytes()
        assert (target / "README.md").is_file()
        return
    content = target.read_bytes()
    assert main(["export", str(out), "--format", form, "-o", str(target)]) == 0
    assert target.read_bytes() == content
    if form in ("graphml", "gexf"):
        import networkx as nx

        graph = nx.read_graphml(target) if form == "graphml" else nx.read_gexf(target)
        kinds = [facts["kind"] for _, facts in graph.nodes(data=True)]
        assert (kinds.count("task"), kinds.count("plan")) == (68, 5)
    else:
        import pyoxigraph as ox

        form_name = {"ttl": "TURTLE", "trig": "TRIG", "nq": "N_QUADS", "jsonld": "JSON_LD"}[form]
        triples = {quad.triple for quad in ox.parse(content, format=getattr(ox.RdfFormat, form_name))}
        ours = {quad.triple for quad in ox.parse(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS)}
        assert triples == ours


def test_a_reader_that_has_seen_enough_is_no_error(out):
    command = f"'{sys.executable}' -m kg export '{out}' --format nq | head -1; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_vietnamese_comes_out_whole_in_any_locale():
    ended = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "kg", "extract", str(LAI_CHAU)],
        env={**ENVIRONMENT, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, capture_output=True, check=True,
    )  # fmt: skip
    assert "Ủy ban nhân dân tỉnh Lai Châu" in ended.stdout.decode("utf-8")


def test_version_names_what_a_report_needs(capsys):
    assert main(["version"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("mandategraph ")
    for name in ("python ", "pyoxigraph ", "polars ", "ontology "):
        assert name in shown


def test_extract_says_that_a_text_is_no_plan(tmp_path, capsys):
    path = tmp_path / "tour.txt"
    path.write_text("Du khách có thể đi tàu hỏa đến Hưng Yên, mùa nhãn chín.\n", "utf-8")
    assert main(["extract", str(path), "--json"]) == 0
    printed = capsys.readouterr()
    assert [finding["code"] for finding in json.loads(printed.out)["findings"]] == ["no-plan"]
    assert "không phải kế hoạch" in printed.err
    assert main(["extract", str(LAI_CHAU)]) == 0
    assert not capsys.readouterr().err
