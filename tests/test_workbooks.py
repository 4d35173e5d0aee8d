"""Workbooks: numbers that a spreadsheet need not guess, no formulas, the same bytes each time."""

import io
from pathlib import Path

import openpyxl
import pytest

from kg.cli import main
from kg.commands import workbooks
from kg.commands.workbooks import Sheet, workbook_bytes
from kg.errors import QuestionError


@pytest.fixture(scope="module")
def five_plans(tmp_path_factory):
    out = tmp_path_factory.mktemp("workbooks") / "build"
    assert main(["build", str(Path(__file__).parent.parent / "corpus"), "-o", str(out)]) == 0
    return out


def _opened(data):
    return openpyxl.load_workbook(data if isinstance(data, Path) else io.BytesIO(data))


def test_cells_are_numbers_or_texts_and_nothing_runs():
    rows = [["=HYPERLINK(1)", 4.125, "12"], ["http://x.example", 0.5, None], ["+84", 2, "n" * 40_000]]
    data = workbook_bytes("Tên", [("ghi", "chú")], [Sheet("a/b", "gì", ["Tên", "Số", "Chữ"], rows, ["text", "number"])])
    page = _opened(data)["a b"]
    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=3)] == [["=HYPERLINK(1)", 4.125, "12"], ["http://x.example", 0.5, None]]
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row} == {"s", "n"}
    assert not page["A3"].hyperlink
    assert len(page["C4"].value) == 32_767
    assert page["C4"].value.endswith(" […]")
    assert data == workbook_bytes("Tên", [("ghi", "chú")], [Sheet("a/b", "gì", ["Tên", "Số", "Chữ"], rows, ["text", "number"])])


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    with pytest.raises(QuestionError, match="--format csv"):
        workbook_bytes("", [], [Sheet("a", "", ["x"], [[1]] * 3)])


def test_an_answer_as_a_workbook_is_the_answer(five_plans, tmp_path, capsys):
    path = tmp_path / "load.xlsx"
    assert main(["query", "agency-load", "--param", "province=hung yen", "--build", str(five_plans), "-o", str(path)]) == 0
    assert str(path) in capsys.readouterr().out
    book = _opened(path)
    page = book["agency-load"]
    heading, first, *_ = page.iter_rows(values_only=True)
    assert "Tỉnh" in heading
    assert first[:2] == ("Hưng Yên", "Sở Nông nghiệp và Môi trường")
    assert 5.33 in first
    assert 6 in first
    assert any("Hưng Yên" in str(cell.value) for cell in book["Ghi chú"]["B"])


def test_a_report_as_a_workbook_has_its_tables_and_findings(five_plans, tmp_path):
    assert main(["report", "load", str(five_plans), "-o", str(tmp_path), "--format", "xlsx"]) == 0
    book = _opened(tmp_path / "load.xlsx")
    assert {"load", "by-year", "rows"} <= set(book.sheetnames)
    heading, *rows = book["load"].iter_rows(values_only=True)
    at = next(column for column, name in enumerate(heading) if "chia đều" in name.lower())
    assert sum(row[at] for row in rows) == pytest.approx(68, abs=1e-6), "shared loads add up to the tasks"
    said = " ".join(str(cell.value) for row in book["Ghi chú"] for cell in row)
    assert "Hòa Bình" in said


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_file_is_what_would_be_printed(five_plans, tmp_path, capsysbinary, form):
    path = tmp_path / f"plans.{form}"
    assert main(["query", "plans", "--build", str(five_plans), "-o", str(path)]) == 0
    capsysbinary.readouterr()
    assert main(["query", "plans", "--build", str(five_plans), "--format", form]) == 0
    assert path.read_bytes() == capsysbinary.readouterr().out


@pytest.mark.parametrize("case", [
    (["--format", "xlsx"], "tra-loi.xlsx"), (["-o", "x.ttl"], "csv, json"), (["-o", "x.docx"], "csv, json"), (["-o", "no/such/folder/x.csv"], "Không ghi được"),
])  # fmt: skip
def test_what_cannot_be_written_is_said(five_plans, tmp_path, monkeypatch, capsys, case):
    given, said = case
    monkeypatch.chdir(tmp_path)
    assert main(["query", "plans", "--build", str(five_plans), *given]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("x.*"))
