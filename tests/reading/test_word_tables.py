"""The plans' tables as Word, LibreOffice and converters set them give the records of the text originals."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.reading import read, read_bytes
from kg.reading.typed import find_typed
from kg.records import Document, Table
from tests.reading.plan_forms import as_html, records
from tests.reading.test_docx import p, package, tbl, tc
from tests.reading.test_office import convert, needs_office
from tests.reading.word_tables import (
    CELLS,
    TABLES,
    Write,
    as_word,
    lines_in_page,
    lines_in_word,
    one_paragraph,
    pages,
    pages_of_own_widths,
    printed_pages,
    wrapped_lines,
)  # fmt: skip

PLANS = sorted((Path(__file__).parents[2] / "corpus").glob("*.txt"))
WITH_TABLES = [PLANS[0], PLANS[1], PLANS[2], PLANS[4]]


@pytest.fixture(scope="module")
def plans() -> dict[str, tuple[Document, dict[str, Any]]]:
    return {path.name: (document, records(document)) for path in PLANS for document in (read(path),)}


def converted(got: dict[str, Any]) -> dict[str, Any]:
    """Records of a file that LibreOffice converted, without the note that says so."""
    return {**got, "findings": [code for code in got["findings"] if code != "converted-format"]}


@pytest.mark.parametrize("cell", CELLS, ids=lambda write: write.__name__)
@pytest.mark.parametrize("table", TABLES, ids=lambda write: write.__name__)
@pytest.mark.parametrize("path", WITH_TABLES, ids=lambda path: path.name[:3])
def test_tables_set_in_word(plans: dict[str, Any], path: Path, table: Any, cell: Write) -> None:
    plan, expected = plans[path.name]
    assert records(read_bytes(as_word(plan, table, cell), "plan.docx")) == expected


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name[:3])
def test_lines_of_text_in_word_and_in_a_page(plans: dict[str, Any], path: Path) -> None:
    expected = plans[path.name][1]
    assert records(read_bytes(lines_in_word(path, blanks=True), "plan.docx")) == expected
    assert records(read_bytes(lines_in_word(path, blanks=False), "plan.docx")) == expected
    assert records(read_bytes(lines_in_page(path), "plan.html")) == expected


@pytest.mark.parametrize("path", WITH_TABLES[:3], ids=lambda path: path.name[:3])
def test_printed_pages_as_tables_of_a_page(plans: dict[str, Any], path: Path) -> None:
    assert records(read_bytes(printed_pages(path), "plan.html")) == plans[path.name][1]


@needs_office
@pytest.mark.parametrize("path", WITH_TABLES[:3], ids=lambda path: path.name[:3])
def test_printed_pages_that_old_word_holds_as_one_table(plans: dict[str, Any], tmp_path: Path, path: Path) -> None:
    doc = convert(tmp_path, printed_pages(path), "doc", given="html")
    assert converted(records(read_bytes(doc, "plan.doc"))) == plans[path.name][1]


@needs_office
@pytest.mark.parametrize(
    ("number", "make", "forms"),
    [
        (0, lambda plan: as_word(plan, pages_of_own_widths, wrapped_lines), ("docx", "doc")),
        (1, as_html, ("html", "odt", "doc")),
        (2, lambda plan: as_word(plan, pages, one_paragraph), ("docx", "odt", "doc")),
        (4, as_html, ("html", "doc")),
    ],
    ids=["pages to doc", "page to odt to doc", "pages to odt to doc", "page to doc"],
)
def test_routes_through_libreoffice(plans: dict[str, Any], tmp_path: Path, number: int, make: Any, forms: tuple[str, ...]) -> None:
    plan, expected = plans[PLANS[number].name]
    data = make(plan)
    for given, form in pairwise(forms):
        data = convert(tmp_path, data, form, given=given)
        assert converted(records(read_bytes(data, f"plan.{form}"))) == expected


@needs_office
def test_a_text_file_that_libreoffice_saved_as_doc(plans: dict[str, Any], tmp_path: Path) -> None:
    doc = convert(tmp_path, PLANS[4].read_bytes(), "doc", given="txt", infilter="Text (encoded):UTF8,LF,,,")
    assert converted(records(read_bytes(doc, "plan.doc"))) == plans[PLANS[4].name][1]


HEAD = "".join(map(tc, ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian")))


def rows_of(data: bytes) -> list[list[str | None]]:
    (table,) = (part for part in read_bytes(data, "plan.docx").parts if isinstance(part, Table))
    return [[cell.text if cell else None for cell in row.cells] for row in table.rows]


def test_a_row_under_a_code_of_its_own_is_not_joined() -> None:
    first = "".join(map(tc, ("1", "Xây dựng cơ sở dữ liệu về", "Sở Công Thương", "2026")))
    second = "".join(map(tc, ("2", "nhân rộng mô hình", "Sở Y tế", "2027")))
    assert [row[0] for row in rows_of(package(tbl(HEAD, first, second)))] == ["1", "2"]


def test_a_row_that_a_merged_code_covers_is_not_joined() -> None:
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    first = tc("1", down) + "".join(map(tc, ("Xây dựng cơ sở dữ liệu về", "Sở Công Thương", "2026")))
    second = tc("", more) + "".join(map(tc, ("nhân rộng mô hình", "Sở Y tế", "2027")))
    assert len(rows_of(package(tbl(HEAD, first, second)))) == 2


def test_a_signature_below_a_table_is_not_its_next_page() -> None:
    row = "".join(map(tc, ("1", "Tổ chức tập huấn", "Sở Công Thương", "2026")))
    signature = tc("Nơi nhận:\n- Các sở, ban, ngành;\n- Lưu: VT.") + tc("") + tc("") + tc("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    assert len(rows_of(package(tbl(HEAD, row) + p() + tbl(signature)))) == 1


def test_another_table_of_other_columns_is_not_the_next_page() -> None:
    row = "".join(map(tc, ("1", "Tổ chức tập huấn", "Sở Công Thương", "2026")))
    other = tbl(tc("Quý I") + tc("50%"), tc("Quý II") + tc("100%"))
    tables = [part for part in read_bytes(package(tbl(HEAD, row) + p() + other), "plan.docx").parts if isinstance(part, Table)]
    assert [len(table.rows) for table in tables] == [1, 2]


@pytest.mark.parametrize(
    "lines",
    [
        ["I.\tMỤC ĐÍCH, YÊU CẦU", "1.\tMục đích", "2.\tYêu cầu", "\tCác sở, ban, ngành triển khai thực hiện."],
        ["\tThực hiện Quyết định số 222/QĐ-TTg", "\tỦy ban nhân dân tỉnh ban hành Kế hoạch", "\tNội dung như sau:", "\tTổ chức thực hiện"],
        ["Nơi nhận:\tTM. ỦY BAN NHÂN DÂN", "- Như trên;\tCHỦ TỊCH", "- Lưu: VT.\t(Đã ký)"],
        ["Cơ quan chủ trì:\tSở Công Thương", "Cơ quan phối hợp:\tSở Y tế", "Thời gian:\t2026"],
        ["TT\tNhiệm vụ\tCơ quan chủ trì", "", "Kế hoạch này có hiệu lực từ ngày ký."],
    ],
)
def test_tabs_that_set_no_table(lines: list[str]) -> None:
    assert find_typed(lines) == []
