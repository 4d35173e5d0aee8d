"""The pipeline on the real plans: what is written, and that it is the same each time."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from kg.building.pipeline import build
from kg.building.table_files import to_csv
from kg.building.tables import TABLES, TARGETS
from kg.building.verify import check_build
from kg.errors import QuestionError
from tests.building.plan_folders import CORPUS, NAMES, PLAN, ROOT, contents, copy_plans


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("build") / "build"
    return build([CORPUS], out)


def test_the_five_plans_are_built_whole(built):
    gold = [json.loads(path.read_text("utf-8")) for path in (ROOT / "tests" / "gold").glob("*.json")]
    assert built.counts["documents"] == 5
    assert built.counts["tasks"] == sum(len(record["tasks"]) for record in gold) == 68
    assert built.counts["duties"] == sum(len(record["duties"]) for record in gold)
    assert built.counts["citations"] == sum(len(record["citations"]) for record in gold)
    assert built.counts["violations"] == 0
    assert built.counts["errors"] == 0


def test_every_promised_file_is_there(built):
    out = built.out
    tables = [f"tables/{table.name}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")]
    for name in ["graph.nq", "graph.trig", "graph.ttl", "report.json", "report.md", "index.html", "run.json", "texts/manifest.json", "tables/README.md", *tables]:
        assert (out / name).stat().st_size > 0, name
    assert sorted(path.stem for path in (out / "records").glob("*.json")) == sorted(Path(name).stem for name in NAMES)
    assert built.written[0] == built.page


def test_the_three_forms_of_the_graph_say_the_same(built):
    from pyoxigraph import RdfFormat, parse

    nq = set(parse(path=str(built.out / "graph.nq"), format=RdfFormat.N_QUADS))
    assert set(parse(path=str(built.out / "graph.trig"), format=RdfFormat.TRIG)) == nq
    turtle = [quad.triple for quad in parse(path=str(built.out / "graph.ttl"), format=RdfFormat.TURTLE)]
    assert len(turtle) == len(set(turtle))
    assert set(turtle) == {quad.triple for quad in nq}
    graphs = {quad.graph_name.value for quad in nq}
    assert len([name for name in graphs if "/vn/" in name]) == 5
    assert {name.rsplit("/", 1)[-1] for name in graphs if "/vn/" not in name} == {"alignment", "inferred", "observations", "vocabulary"}


def test_texts_are_named_by_their_hash_and_lead_back_to_the_bytes(built):
    manifest = json.loads((built.out / "texts" / "manifest.json").read_text("utf-8"))
    assert [entry["file"] for entry in manifest] == NAMES
    for entry in manifest:
        text = (built.out / "texts" / entry["text"]).read_bytes()
        assert hashlib.sha256(text).hexdigest() == entry["text_sha256"]
        assert hashlib.sha256((CORPUS / entry["file"]).read_bytes()).hexdigest() == entry["file_sha256"]
        assert entry["offsets"][0][0] == 0


def test_the_quote_of_every_table_row_stands_at_its_offsets(built):
    hashes = {entry["file"]: entry["text"] for entry in json.loads((built.out / "texts" / "manifest.json").read_text("utf-8"))}
    texts = {file: (built.out / "texts" / name).read_text("utf-8") for file, name in hashes.items()}
    seen = 0
    for table in TABLES:
        if not {"file", "quote"} <= set(table.header):
            continue
        for row in pl.read_parquet(built.out / "tables" / f"{table.name}.parquet").iter_rows(named=True):
            if row["quote"] is not None:
                assert texts[row["file"]][row["start"] : row["end"]] == row["quote"]
                seen += 1
    assert seen > 500


def test_csv_and_parquet_hold_the_same_rows(built):
    for table in TABLES:
        frame = pl.read_parquet(built.out / "tables" / f"{table.name}.parquet")
        content = (built.out / "tables" / f"{table.name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines(keepends=True)))
        assert tuple(rows[0]) == table.header == tuple(frame.columns)
        assert len(rows) - 1 == frame.height


def test_tables_agree_with_the_gold_annotations(built):
    tasks = pl.read_parquet(built.out / "tables" / "tasks.parquet")
    assignments = pl.read_parquet(built.out / "tables" / "assignments.parquet")
    for path in sorted((ROOT / "tests" / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        own = tasks.filter(pl.col("file") == gold["file"]).sort("position")
        assert own["name"].to_list() == [task["name"] for task in gold["tasks"]] or own.height == len(gold["tasks"])
        leads = assignments.filter((pl.col("file") == gold["file"]) & (pl.col("role") == "lead") & (pl.col("of") == "task")).height
        assert leads >= sum(len(set(task["lead"])) for task in gold["tasks"] if not task.get("parts")) * 0.95
    load = pl.read_parquet(built.out / "tables" / "agencies.parquet")
    led_tasks = assignments.filter((pl.col("role") == "lead") & (pl.col("of") != "duty"))["task"].n_unique()
    assert load["led_fractional"].sum() == pytest.approx(led_tasks, abs=1e-4)


def test_every_assignment_says_where_its_agency_is_at_home_and_why(built):
    assignments = pl.read_parquet(built.out / "tables" / "assignments.parquet")
    assert assignments.filter(pl.col("reason").is_null() | pl.col("reason_en").is_null()).is_empty()
    local = assignments.filter(pl.col("agency").str.contains("/vn/lai-chau/"))
    assert set(local["agency_province"]) == {"lai-chau"}
    assert set(local["agency_province_name"]) == {"Lai Châu"}
    central = assignments.filter(pl.col("agency").str.contains("/vn/trung-uong/"))
    assert set(central["agency_province"]) <= {None}


def test_committees_of_two_cities_differ_in_their_own_place(tmp_path):
    text = (
        "THỦ TƯỚNG CHÍNH PHỦ\nSố: 12/QĐ-TTg\nHà Nội, ngày 12 tháng 5 năm 2025\n\nQUYẾT ĐỊNH\nPhê duyệt Kế hoạch giảm phát thải\n\n"
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n| --- | --- | --- | --- | --- |\n"
        "| 1 | Lập vùng phát thải thấp | UBND thành phố Hà Nội; UBND Thành phố Hồ Chí Minh | Bộ Xây dựng | 2025 |\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "quyet-dinh.md").write_text(text, "utf-8")
    build([tmp_path / "in"], tmp_path / "out")
    assignments = pl.read_parquet(tmp_path / "out" / "tables" / "assignments.parquet")
    leads = assignments.filter(pl.col("role") == "lead")
    assert set(leads["agency_name"]) == {"Ủy ban nhân dân thành phố"}
    assert sorted(leads["agency_province_name"]) == ["Hà Nội", "Hồ Chí Minh"]
    assert assignments.filter(pl.col("role") == "partner")["agency_province"].to_list() == [None]


def test_spreadsheets_run_no_cell_as_a_formula():
    row = ("https://w3id.org/x", "=cmd|' /C calc'!A0", "t", -5.0, 5.0, "%", ">=", 2030, "  +84 người", "- gạch", 1, 2)
    cells = next(csv.reader(to_csv(TARGETS, [row]).decode("utf-8-sig").splitlines()[1:]))
    assert cells[1] == "'=cmd|' /C calc'!A0"
    assert cells[3] == "-5.0"  # a number stays a number
    assert cells[8] == "'  +84 người"
    assert cells[9] == "'- gạch"


def test_a_second_build_reads_nothing_again_and_gives_the_same_bytes(tmp_path):
    folder = copy_plans(tmp_path / "plans")
    first = build([folder], tmp_path / "build")
    before = contents(first.out)
    second = build([folder], tmp_path / "build")
    assert (first.reused, second.reused) == (0, 5)
    assert contents(second.out) == before
    (folder / NAMES[0]).unlink()
    third = build([folder], tmp_path / "build")
    assert (third.reused, third.counts["documents"]) == (4, 4)
    assert len(list((third.out / "cache").iterdir())) == 4


def test_only_the_changed_document_is_read_again_and_the_bytes_are_those_of_a_fresh_build(tmp_path):
    folder = copy_plans(tmp_path / "plans")
    build([folder], tmp_path / "build")
    text = (folder / NAMES[1]).read_text("utf-8")
    (folder / NAMES[1]).write_text(text.replace("Sở Công Thương", "Sở Khoa học và Công nghệ"), "utf-8")
    again = build([folder], tmp_path / "build")
    fresh = build([folder], tmp_path / "fresh")
    assert (again.reused, fresh.reused) == (4, 0)
    assert contents(again.out) == contents(fresh.out)


def test_the_description_counts_what_the_graph_holds(built):
    from pyoxigraph import RdfFormat, parse

    from kg.graph.describe import count_quads, dataset_quads
    from kg.graph.namespaces import DATASET, VOID

    quads = set(parse(path=str(built.out / "graph.nq"), format=RdfFormat.N_QUADS))
    described = {quad for quad in quads if quad.subject.value.startswith(DATASET.value) or quad.predicate == VOID.triples}
    assert described == set(dataset_quads(count_quads(quads - described)))


def test_a_kind_that_one_document_knows_and_another_does_not_counts_for_both(tmp_path):
    """Who an agency is, is said by all documents together: the shortcuts to its kind, too."""
    from kg.building.cache import read_parts, write_entry
    from kg.building.graph_files import write_graph

    out = build([copy_plans(tmp_path / "plans", NAMES[1], NAMES[2])], tmp_path / "build").out
    names = ("graph.nq", "shortcuts.nq", "shared.nt", "borrowed.nt", "cited.nq", "counts.json", "charges.json", "rows.json", "entailed.nq", "facts.json")
    one, other = (dict(zip(names, read_parts(path, *names), strict=True)) for path in sorted((out / "cache").iterdir()))
    given = json.loads(other["charges.json"])
    task, _, agent = next(charge for charge in json.loads(one["charges.json"])["charges"] if charge[1].endswith("/lead"))
    given["kinds"][agent] = ["https://w3id.org/mandategraph/kind/so-y-te"]
    given["charges"].append([task.replace("/task/", "/duty/"), "https://w3id.org/mandategraph/role/lead", agent])
    for name, parts in (("one", one), ("other", {**other, "charges.json": json.dumps(given).encode()})):
        write_entry(tmp_path / name, {}, parts)
    (tmp_path / "graph").mkdir()
    write_graph(tmp_path / "graph", [tmp_path / "one", tmp_path / "other"])
    lines = [line for line in (tmp_path / "graph" / "graph.nq").read_text("utf-8").splitlines() if f"<{task}> " in line and "leadKind> " in line]
    assert any("/kind/so-y-te> " in line for line in lines)


def test_a_damaged_cache_entry_is_read_again(tmp_path):
    folder = copy_plans(tmp_path / "plans", *NAMES[:3])
    out = build([folder], tmp_path / "build").out
    before = contents(out)
    cut, changed, empty = sorted((out / "cache").iterdir())
    cut.write_bytes(cut.read_bytes()[:1000])
    changed.write_bytes(changed.read_bytes().replace(b"\x00", b"\x01"))
    empty.write_bytes(b"")
    again = build([folder], out)
    assert again.reused == 0
    assert contents(out) == before


def test_order_locale_hash_seed_and_processes_do_not_count(built, tmp_path):
    """The files given one by one in another order, to two processes, in another locale."""
    copies = copy_plans(tmp_path / "elsewhere" / "corpus")
    files = [str(copies / name) for name in reversed(NAMES)]
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT), "TZ": "Asia/Ho_Chi_Minh"}
    out = tmp_path / "other" / "result"
    command = [sys.executable, "-X", "utf8=0", "-m", "kg", "build", *files, "-o", str(out), "--jobs", "2"]
    subprocess.run(command, check=True, env=environment, capture_output=True, cwd=tmp_path)
    theirs, ours = contents(out), contents(built.out)
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_nothing_written_names_the_machine(built, tmp_path_factory):
    places = {str(ROOT).encode(), str(built.out.parent).encode()}
    for name, content in contents(built.out).items():
        assert not [place for place in places if place in content], name


def test_check_build_sees_a_changed_text(tmp_path):
    out = build([PLAN], tmp_path / "build").out
    (text,) = (out / "texts").glob("*.txt")
    text.write_text("\n" + text.read_text("utf-8"), "utf-8")
    codes = {violation.code for violation in check_build(out)}
    assert {"text-changed", "quote-not-at-offsets"} <= codes


@pytest.mark.parametrize(
    ("marks", "code"),
    [(("leadAgency> ",), "shortcut-missing"), (("/task/", "inPlan> "), "task-inPlan-MinCount"), (("/kind/so-y-te> ", "#level> "), "agency-kind-level-MinCount")],
)
def test_check_build_sees_a_line_that_is_gone(tmp_path, marks, code):
    out = build([PLAN], tmp_path / "build").out
    graph = out / "graph.nq"
    lines = graph.read_text("utf-8").splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if all(mark in line for mark in marks))
    graph.write_text("".join(lines[:at] + lines[at + 1 :]), "utf-8")
    assert code in {violation.code for violation in check_build(out)}


def test_the_network_of_a_province_is_a_page_for_a_notebook(built, tmp_path):
    from kg import write_network

    page = write_network(built.out, tmp_path / "network.html", province="lai chau").read_text("utf-8")
    assert "Sở Công Thương" in page
    assert "https://cdn" not in page
    assert len(write_network(built.out, tmp_path / "one.html", province="Lai Châu", agency="Sở Công Thương").read_text("utf-8")) < len(page)
    assert "Hưng Yên" not in page


@pytest.mark.parametrize(("province", "agency"), [("Atlantis", None), (None, "Sở Không Có")])
def test_a_network_of_nobody_is_refused(built, tmp_path, province, agency):
    from kg import write_network

    with pytest.raises(QuestionError, match=province or agency):
        write_network(built.out, tmp_path / "network.html", province=province, agency=agency)


def test_a_national_decision_is_inferred_where_the_text_names_none(built):
    documents = pl.read_parquet(built.out / "tables" / "documents.parquet")
    probable = documents.filter(pl.col("probably_implements").is_not_null())
    assert probable["province_name"].to_list() == ["Hưng Yên"]
    assert probable["implements"].to_list() == [None]
    assert probable["probably_implements"].item().endswith("/222-qd-ttg")
