"""The pipeline on the real plans: what is written, that it is the same each time, and that nothing stops or spoils it."""

import csv
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import polars as pl
import pytest

from kg.building.output_folder import OutputFolder
from kg.building.pipeline import build
from kg.building.sources import find_sources
from kg.building.table_files import to_csv
from kg.building.tables import TABLES, TARGETS
from kg.building.verify import check_build
from kg.errors import InputError, QuestionError, StoreError

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
PLAN = CORPUS / "001_6758f893bb076d0a.txt"
NAMES = sorted(path.name for path in CORPUS.glob("*.txt"))


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("build") / "build"
    return build([CORPUS], out)


def contents(out: Path) -> dict[str, bytes]:
    """All files but the one that tells when."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file() and p.name != "run.json"}


def copy_plans(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or NAMES:
        shutil.copyfile(CORPUS / name, folder / name)
    return folder


def finding_codes(result) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in result.findings:
        found.setdefault(row[0], []).append(row[2])
    return found


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


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Two good plans among everything that a folder can hold."""
    folder = copy_plans(tmp_path_factory.mktemp("mixed") / "plans", NAMES[1], NAMES[2])
    text = PLAN.read_text("utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n\t\n", "utf-8")
    (folder / "junk.txt").write_bytes(bytes(range(256)) * 50)
    (folder / "picture.gif").write_bytes(b"GIF89a")
    (folder / "renamed.txt").write_bytes(b"%PDF-1.7 \x00\x01")
    (folder / "legacy.txt").write_bytes("Kế hoạch hành động".encode("cp1258", "replace") * 20)
    (folder / ".hidden.txt").write_text(text, "utf-8")
    (folder / "copy").mkdir()
    shutil.copyfile(PLAN, folder / "copy" / "same.txt")
    (folder / "copy" / "nfd.txt").write_text(unicodedata.normalize("NFD", text), "utf-8")
    (folder / "copy" / "edited.txt").write_text((CORPUS / NAMES[4]).read_text("utf-8"), "utf-8")
    edited = (CORPUS / NAMES[4]).read_text("utf-8").replace("thường xuyên", "định kỳ", 1) + "\nGhi chú thêm.\n"
    (folder / "copy" / "edited-2.txt").write_text(edited, "utf-8")
    (folder / "novel.txt").write_text("Il était une fois un petit prince qui habitait une planète à peine plus grande que lui.\n" * 40, "utf-8")
    (folder / "california.md").write_text("# Climate Action Plan\n\nThe Department of Water shall report to the Board by 2030.\n", "utf-8")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    return build([folder], folder.parent / "build")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("empty.txt", "unreadable"), ("blank.txt", "unreadable"), ("junk.txt", "unreadable"), ("renamed.txt", "unreadable"),
        ("legacy.txt", "unreadable"), ("gone.txt", "unreadable"), ("picture.gif", "no-reader"), ("novel.txt", "no-plan"),
        ("california.md", "no-plan"), ("copy/nfd.txt", "copy"), ("copy/edited.txt", "same-document"),
    ],
)  # fmt: skip
def test_each_bad_file_has_its_finding_in_both_languages(mixed, file, code):
    rows = [row for row in mixed.findings if row[0] == file and row[2] == code]
    assert len(rows) == 1, finding_codes(mixed).get(file)
    assert any(letter in rows[0][3] for letter in "ảăâđêôơưọểấệáéíóúịạ")
    assert "found" in rows[0][4] or "is used" in rows[0][4]
    report = json.loads((mixed.out / "report.json").read_text("utf-8"))
    assert file in {entry["file"] for entry in report["files"]}
    assert code in (mixed.out / "report.md").read_text("utf-8")


def test_the_good_plans_are_built_beside_them(mixed):
    documents = pl.read_parquet(mixed.out / "tables" / "documents.parquet")["file"].to_list()
    assert sorted(documents) == [NAMES[1], NAMES[2], "copy/edited-2.txt"]
    assert mixed.counts["violations"] == 0
    assert ".hidden.txt" not in finding_codes(mixed)


def test_both_files_of_one_document_are_named(mixed):
    (row,) = [row for row in mixed.findings if row[0] == "copy/same.txt" and row[2] == "copy"]
    assert "copy/same.txt" in row[3]
    assert NAMES[1] in row[3]
    assert row[1] == "note"
    (row,) = [row for row in mixed.findings if row[0] == "copy/edited.txt" and row[2] == "same-document"]
    assert row[1] == "warning"


def test_a_fault_of_the_program_is_a_finding_of_that_file(tmp_path, monkeypatch):
    from kg import extraction

    sound = extraction.extract

    def broken(document):
        if document.source.path == NAMES[0]:
            raise ZeroDivisionError("chia cho không")
        return sound(document)

    monkeypatch.setattr(extraction, "extract", broken)
    result = build([copy_plans(tmp_path / "plans", *NAMES[:2])], tmp_path / "build", jobs=0)
    assert result.counts["documents"] == 1
    (row,) = [row for row in result.findings if row[0] == NAMES[0]]
    assert row[1:3] == ("error", "unforeseen")
    assert "ZeroDivisionError" in row[4]
    assert len(list((result.out / "cache").iterdir())) == 1  # not remembered


def test_a_task_table_without_tasks_is_an_error(tmp_path):
    text = "KẾ HOẠCH\nThực hiện chuyển đổi số\n\n| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n| --- | --- | --- | --- |\n| | | | |\n| | | | |\n"
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "empty-table.md").write_text(text, "utf-8")
    result = build([tmp_path / "plans"], tmp_path / "build")
    codes = {row[2]: row[1] for row in result.findings}
    assert codes.get("table-without-tasks") == "error", codes


@pytest.mark.parametrize("files", [{}, {"notes.gif": b"GIF89a"}, {".hidden.txt": b"x"}])
def test_a_folder_without_documents_is_an_error(tmp_path, files):
    (tmp_path / "plans").mkdir()
    for name, content in files.items():
        (tmp_path / "plans" / name).write_bytes(content)
    with pytest.raises(InputError, match="Không có văn bản nào đọc được"):
        build([tmp_path / "plans"], tmp_path / "build")
    assert not (tmp_path / "build").exists()


def test_only_bad_files_are_an_error_and_leave_the_last_build(tmp_path):
    out = build([copy_plans(tmp_path / "plans", NAMES[0])], tmp_path / "build").out
    before = contents(out)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "empty.txt").write_bytes(b"")
    with pytest.raises(InputError, match=r"empty\.txt.*Tệp rỗng"):
        build([tmp_path / "bad"], out)
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_names_do_not_depend_on_the_order_of_arguments(tmp_path):
    one, two = copy_plans(tmp_path / "a" / "x", NAMES[0]), copy_plans(tmp_path / "b" / "x", NAMES[0])
    names = [file.name for file in find_sources([one, two]).files]
    assert names == [file.name for file in find_sources([two, one]).files]
    assert names == [f"a/x/{NAMES[0]}", f"b/x/{NAMES[0]}"]
    assert [file.name for file in find_sources([tmp_path / "a", one, one / NAMES[0]]).files] == [f"x/{NAMES[0]}"]


def test_an_earlier_build_below_the_folder_is_no_document(tmp_path):
    folder = copy_plans(tmp_path, NAMES[0])
    build([folder], folder / "build")
    again = build([folder], folder / "other")
    assert again.counts["files"] == 1


def test_a_folder_that_is_no_build_is_never_replaced(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "luận-văn.txt").write_text("ba năm làm việc", "utf-8")
    with pytest.raises(StoreError, match="Không ghi đè"):
        build([CORPUS], tmp_path / "thesis")
    assert (tmp_path / "thesis" / "luận-văn.txt").read_text("utf-8") == "ba năm làm việc"


def test_what_people_put_into_a_build_stays(tmp_path):
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    (out / "my.rq").write_text("ASK {}", "utf-8")
    build([folder], out)
    assert (out / "my.rq").read_text("utf-8") == "ASK {}"


def test_two_writers_do_not_meet(tmp_path):
    with OutputFolder(tmp_path / "build"), pytest.raises(StoreError, match="đang ghi"):
        build([PLAN], tmp_path / "build")
    assert build([PLAN], tmp_path / "build").counts["documents"] == 1


def test_a_build_that_lost_a_race_between_two_renames_is_mended(tmp_path):
    """Systems that cannot exchange two folders in one step."""
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    out.rename(tmp_path / ".build.old")
    with OutputFolder(out):
        assert (out / "graph.nq").is_file()
    assert not (tmp_path / ".build.old").exists()


@pytest.mark.parametrize("seconds", [0.25, 0.6, 0.9, 1.2, 1.5])
def test_a_writer_killed_at_any_moment_leaves_the_last_build(tmp_path, seconds):
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    copy_plans(folder)
    writer = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(folder), "-o", str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert [v for v in check_build(out) if v.severity == "violation"] == []
    assert pl.read_parquet(out / "tables" / "documents.parquet").height in (1, 5)
    assert build([folder], out).counts["documents"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["plans", "build"] or {p.name for p in tmp_path.iterdir()} == {"plans", "build"}


@pytest.mark.parametrize("step", ["n_quads", "texts", "tables", "before the swap", "after the swap"])
def test_a_writer_killed_at_each_step_leaves_a_whole_build(tmp_path, step):
    """The same, at exact places: the process ends there without any cleaning up."""
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    copy_plans(folder)
    place = {
        "n_quads": "kg.building.graph_files.trig_section", "texts": "kg.building.pipeline._write_records", "tables": "kg.building.pipeline.report_json",
        "before the swap": "kg.building.output_folder._exchange", "after the swap": "kg.building.output_folder.OutputFolder._retire",
    }[step]  # fmt: skip
    script = (
        "import os, sys, importlib\n"
        "module, _, name = sys.argv[1].rpartition('.')\n"
        "try: home = importlib.import_module(module)\n"
        "except ImportError: home = getattr(importlib.import_module(module.rpartition('.')[0]), module.rpartition('.')[2])\n"
        "from kg.building.pipeline import build\n"
        "sound, calls = getattr(home, name), []\n"
        "def stop(*given):\n"
        "    calls.append(given)\n"
        "    if name == '_retire' and len(calls) == 1: return sound(*given)\n"
        "    os.kill(os.getpid(), 9)\n"
        "setattr(home, name, stop)\n"
        "build([sys.argv[2]], sys.argv[3])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, place, str(folder), str(out)], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert [v for v in check_build(out) if v.severity == "violation"] == []
    assert pl.read_parquet(out / "tables" / "documents.parquet").height == (5 if step == "after the swap" else 1)
    again = build([folder], out)
    assert again.counts["documents"] == 5
    assert again.reused == 5  # what the killed writer had read is not read again
    assert {path.name for path in tmp_path.iterdir()} == {"plans", "build"}


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


def test_the_report_s_summary_is_in_words(mixed):
    counts = json.loads((mixed.out / "report.json").read_text("utf-8"))["counts"]
    summary = (mixed.out / "report.md").read_text("utf-8").split("\n## ")[0]
    assert [line for line in summary.splitlines() if " · " in line and line.endswith(" |")] == summary.splitlines()[4 : 4 + len(counts)]


def test_a_plan_and_its_annex_of_one_number_are_an_error_with_what_to_do(tmp_path):
    plans = copy_plans(tmp_path / "plans", NAMES[1], NAMES[2])
    first, second = sorted(plans.glob("*.txt"))
    head = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n\nSố: 12/KH-UBND\n\nLai Châu, ngày 05 tháng 02 năm 2025\n\nKẾ HOẠCH\n"
    for path in (first, second):
        path.write_text(head + path.read_text("utf-8").partition("KẾ HOẠCH")[2], "utf-8")
    result = build([plans], tmp_path / "build")
    codes = {(row[1], row[2]) for row in result.findings}
    assert result.counts["documents"] == 2 or ("error", "document-in-parts") in codes
