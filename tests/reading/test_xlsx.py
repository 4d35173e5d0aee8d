"""Workbooks: the plans with task tables set as sheets give the same records; what cells show; hostile files; an annex joined to its plan."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from kg.building.pipeline import build
from kg.building.sources import find_sources
from kg.commands.workbooks import Sheet, workbook_bytes
from kg.errors import InputError
from kg.extraction import extract
from kg.reading import read, read_bytes
from kg.records import Block, Table
from tests.reading.plan_forms import as_xlsx, records

CORPUS = Path(__file__).parents[2] / "corpus"
WITH_TABLES = [path for path in sorted(CORPUS.glob("*.txt")) if any(isinstance(part, Table) for part in read(path).parts)]
HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(*rows: tuple[Any, ...]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def _rows(data: bytes) -> list[tuple[str | None, ...]]:
    (table,) = (part for part in read_bytes(data, "plan.xlsx").parts if isinstance(part, Table))
    return [tuple(cell.text if cell else None for cell in cells) for cells in (table.header, *(row.cells for row in table.rows))]


@pytest.mark.parametrize("path", WITH_TABLES, ids=lambda path: path.name[:3])
def test_a_plan_set_as_a_sheet_gives_the_same_records(path: Path) -> None:
    plan = read(path)
    document = read_bytes(as_xlsx(plan), "plan.xlsx")
    assert document.source.format == "xlsx"
    assert records(document) == records(plan)


def test_numbers_dates_and_shares_are_read_as_their_formats_write_them() -> None:
    book = _sheet(HEAD, (1, "Xây dựng Đề án", "Sở Y tế", "Sở Nội vụ", dt.date(2026, 12, 31)), (1.1, "Cấp giấy", "Sở Y tế", 0.95, dt.date(2027, 6, 1)))
    book.active["D3"].number_format = "0%"
    book.active["E3"].number_format = "mm/yyyy"
    assert _rows(_saved(book))[1:] == [("1", "Xây dựng Đề án", "Sở Y tế", "Sở Nội vụ", "31/12/2026"), ("1.1", "Cấp giấy", "Sở Y tế", "95%", "06/2027")]


def test_text_around_the_table_stays_text() -> None:
    book = _sheet(
        ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("PHỤ LỤC",), ("(Kèm theo Kế hoạch số 45/KH-UBND ngày 02/3/2026)",), (),
        HEAD, (1, "Xây dựng Đề án", "Sở Y tế", "Sở Nội vụ", "2026"), (), ("Ghi chú: các mốc tính theo năm.",), ("Nơi nhận:", None, None, "TM. ỦY BAN NHÂN DÂN"),
    )
    parts = read_bytes(_saved(book), "plan.xlsx").parts
    assert [part.text for part in parts if isinstance(part, Block)] == [
        "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "PHỤ LỤC", "(Kèm theo Kế hoạch số 45/KH-UBND ngày 02/3/2026)",
        "Ghi chú: các mốc tính theo năm.", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN",
    ]
    assert _rows(_saved(book)) == [HEAD, ("1", "Xây dựng Đề án", "Sở Y tế", "Sở Nội vụ", "2026")]


def test_merged_cells_cover_those_below_and_an_empty_cell_stays_one() -> None:
    book = _sheet(HEAD, (1, "Đề án", "Sở Y tế", None, "2026"), (None, None, "Sở Nội vụ", None, "2027"))
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B2:B3")
    assert _rows(_saved(book))[1:] == [("1", "Đề án", "Sở Y tế", "", "2026"), (None, None, "Sở Nội vụ", "", "2027")]


def test_a_hidden_sheet_is_left_out_and_named() -> None:
    book = _sheet(HEAD, (1, "Đề án", "Sở Y tế", "", "2026"))
    book.create_sheet("Nháp").append(("Sở Tư pháp chủ trì",))
    book["Nháp"].sheet_state = "hidden"
    document = read_bytes(_saved(book), "plan.xlsx")
    assert "Tư pháp" not in document.text
    assert [(finding.code, "Nháp" in finding.vi) for finding in document.findings] == [("sheet-left-out", True)]


def test_an_annex_as_a_workbook_joins_its_plan(tmp_path: Path) -> None:
    plan = (
        "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n-------\n\nSố: 45/KH-UBND\n\nLai Châu, ngày 02 tháng 3 năm 2026\n\nKẾ HOẠCH\n\nPhát triển thư viện số trên địa bàn tỉnh Lai Châu\n\n"
        "I. NHIỆM VỤ\n\nDanh mục nhiệm vụ tại Phụ lục kèm theo Kế hoạch này.\n\nTM. ỦY BAN NHÂN DÂN\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ke-hoach.txt").write_text(plan, "utf-8")
    book = _sheet(
        ("PHỤ LỤC",), ("DANH MỤC NHIỆM VỤ",), ("(Kèm theo Kế hoạch số 45/KH-UBND ngày 02/3/2026 của Ủy ban nhân dân tỉnh Lai Châu)",),
        HEAD, (1, "Lập danh mục phòng đọc", "Sở Nội vụ", "Sở Tài chính", "2026"), (2, "Số hóa tư liệu cổ", "Sở Y tế", "Sở Nội vụ", "2027"),
    )
    (tmp_path / "in" / "phu-luc.xlsx").write_bytes(_saved(book))
    done = build([tmp_path / "in"], tmp_path / "out", jobs=0)
    assert done.counts["documents"] == 1
    assert [row["name"] for row in pl.read_csv(tmp_path / "out" / "tables" / "tasks.csv").iter_rows(named=True)] == ["Lập danh mục phòng đọc", "Số hóa tư liệu cổ"]


def test_a_workbook_of_this_program_is_no_plan(tmp_path: Path) -> None:
    (tmp_path / "load.xlsx").write_bytes(workbook_bytes("Tải", [], [Sheet("load", "", ["Cơ quan", "Nhiệm vụ"], [["Sở Y tế", 1]])]))
    (tmp_path / "phu-luc.xlsx").write_bytes(_saved(_sheet(HEAD)))
    sources = find_sources([tmp_path])
    assert [each.name for each in sources.files] == ["phu-luc.xlsx"]
    assert [(name, finding.code) for name, finding in sources.passed_over] == [("load.xlsx", "own-page")]


def _with_part(data: bytes, path: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name, content if name == path else given.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'),
        ("xl/worksheets/sheet1.xml", b"<worksheet" + b" " * 40_000_000 + b"/>"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
        ("xl/workbook.xml", b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>' + b'<sheet name="a"/>' * 5000 + b"</sheets></workbook>"),
    ],
)
def test_a_hostile_workbook_is_refused_by_name(path: str, content: bytes) -> None:
    with pytest.raises(InputError) as error:
        read_bytes(_with_part(_saved(_sheet(HEAD)), path, content), "plan.xlsx")
    assert "plan.xlsx" in str(error.value)


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="99999999999"><c r="ZZZ9999999" t="s"><v>77777</v></c></row>', '<row><c r="A1" t="s"><v>-1</v></c><c t="n" s="9999"><v>1e400</v></c></row>',
        '<row><c t="d"><v>9999-99-99</v></c></row>', '<row><c t="e"><v>#REF!</v></c></row>',
    ],
)
def test_cells_that_no_program_writes_end_in_no_crash(sheet: str) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    content = f'<worksheet xmlns="{space}"><sheetData><row r="1"><c r="A1" t="str"><v>KẾ HOẠCH</v></c></row>{sheet}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B:1"/></mergeCells></worksheet>'
    document = read_bytes(_with_part(_saved(_sheet(HEAD)), "xl/worksheets/sheet1.xml", content.encode()), "plan.xlsx")
    assert "KẾ HOẠCH" in document.text
    assert extract(document).tasks == ()


def test_headings_of_groups_in_one_cell_and_names_of_columns_in_two_rows() -> None:
    book = _sheet(
        ("ỦY BAN NHÂN DÂN TỈNH SƠN LA",), ("(Kèm theo Kế hoạch số 45/KH-UBND ngày 12/3/2025)",), (),
        ("TT", "Nhiệm vụ", "Cơ quan thực hiện", None, "Thời gian", "Sản phẩm"), (None, None, "Chủ trì", "Phối hợp", None, None),
        ("I. Xây dựng phòng đọc",), (1, "Mở phòng đọc tại xã", "Sở Nội vụ", "UBND các xã, phường\nTỉnh đoàn", 2026, "Phòng đọc"),
        ("II. Giữ gìn sách cũ",), (2, "Đóng lại bìa sách", "Sở Y tế", "Hội Nông dân tỉnh", 2027, "Sách"),
        ("PHỤ LỤC II",), HEAD[:3], (1, "Kiểm kê sách", "Sở Tài chính"),
    )  # fmt: skip
    for area in ("A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5", "A6:F6", "A8:F8", "A10:F10"):
        book.active.merge_cells(area)
    tasks = extract(read_bytes(_saved(book), "phu-luc.xlsx")).tasks
    assert [(task.code, [group.text for group in task.groups], task.lead[0].name, [partner.name for partner in task.partner]) for task in tasks] == [
        ("1", ["Xây dựng phòng đọc"], "Sở Nội vụ", ["Ủy ban nhân dân các xã, phường", "Tỉnh đoàn"]),
        ("2", ["Giữ gìn sách cũ"], "Sở Y tế", ["Hội Nông dân"]),
        ("1", [], "Sở Tài chính", []),
    ]
