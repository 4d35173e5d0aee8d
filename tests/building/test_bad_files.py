"""Files that are no plans, or no whole ones, beside good ones: each has its finding, and nothing stops."""

import json
import shutil
import unicodedata

import polars as pl
import pytest

from kg.building.pipeline import build
from kg.errors import InputError
from tests.building.plan_folders import CORPUS, NAMES, PLAN, contents, copy_plans, finding_codes


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


def test_the_report_s_summary_is_in_words(mixed):
    counts = json.loads((mixed.out / "report.json").read_text("utf-8"))["counts"]
    summary = (mixed.out / "report.md").read_text("utf-8").split("\n## ")[0]
    assert [line for line in summary.splitlines() if " · " in line and line.endswith(" |")] == summary.splitlines()[4 : 4 + len(counts)]


def test_two_texts_of_one_number_that_say_other_things_are_an_error_that_names_the_other(tmp_path):
    plans = copy_plans(tmp_path / "plans", NAMES[1], NAMES[2])
    first, second = sorted(plans.glob("*.txt"))
    head = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n\nSố: 12/KH-UBND\n\nLai Châu, ngày 05 tháng 02 năm 2025\n\nKẾ HOẠCH\n"
    for path in (first, second):
        path.write_text(head + path.read_text("utf-8").partition("KẾ HOẠCH")[2], "utf-8")
    result = build([plans], tmp_path / "build")
    assert result.counts["documents"] == 1
    (told,) = [row for row in result.findings if row[2] == "document-in-parts"]
    assert (told[0], told[1]) == (second.name, "error")
    assert first.name in told[4]
