"""The plans' own tables, written as converters write them, are read as the same rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.extraction import extract
from kg.reading import read, read_bytes
from kg.records import Table
from tests.reading.table_forms import FORMS, UNREAD, Texts, cell_lines, copied_lines, headings_between

CORPUS = Path(__file__).parents[2] / "corpus"
BEFORE = "III. DANH MỤC NHIỆM VỤ\n\nCác nhiệm vụ được giao tại bảng sau đây.\n\n"
AFTER = "\n\nIV. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nông nghiệp và Môi trường theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"


UNPLACED = (cell_lines, copied_lines)
FIVE = [
    ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm"],
    ["1", "Tổ chức tập huấn nâng cao năng lực về sản xuất và tiêu dùng bền vững", "Sở Công Thương", "Các Sở, Ban ngành", "Hàng năm", "Lớp tập huấn"],
    ["2", "Tổ chức kết nối cung cầu, quảng bá sản phẩm", "Sở Công Thương", "Ủy ban nhân dân các huyện", "Hàng năm", "Cuộc kết nối"],
    ["3", "Xây dựng các mô hình canh tác hữu cơ", "Sở Nông nghiệp và Môi trường", "Hội Nông dân tỉnh", "2021 - 2030", "Mô hình"],
]


def _texts(table: Table) -> list[list[str]]:
    rows = [[cell.text if cell else "" for cell in row.cells] for row in table.rows]
    header = [cell.text if cell else "" for cell in table.header]
    return [header, *rows]


def _tables() -> list[tuple[str, list[list[str]]]]:
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        tables = [part for part in read(path).parts if isinstance(part, Table)]
        for number, table in enumerate(tables):
            if table.header and all(table.header) and all(cell and cell.text for cell in table.header):
                found.append((f"{path.name[:3]}-{number}", _texts(table)))
    return found


TABLES = _tables()


def _squeeze(rows: Texts) -> list[list[str]]:
    """Rows without the places of their spaces: wrapping a long word adds one."""
    squeezed = [["".join(cell.split()) for cell in row] for row in rows]
    # a lone cell is a group heading, in whichever column the form could put it
    return [[cell for cell in row if cell] if sum(map(bool, row)) == 1 else row for row in squeezed]


def test_there_are_tables_to_convert() -> None:
    assert len(TABLES) >= 4
    assert sum(len(rows) for _, rows in TABLES) > 80


# Rows without a code cannot be told apart where nothing but codes tells rows.
LOST = {("copied_lines", "000-0"), ("copied_lines", "001-0"), ("columns", "001-0")}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize(("name", "rows"), TABLES, ids=[name for name, _ in TABLES])
def test_rows_survive_the_form(form: Callable[[Texts], str], name: str, rows: list[list[str]]) -> None:
    if (form.__name__, name) in LOST:
        pytest.skip("see test_what_cannot_be_read_is_said")
    document = read_bytes((BEFORE + form(rows) + AFTER).encode(), f"{name}.md")
    tables = [part for part in document.parts if isinstance(part, Table)]
    assert len(tables) == 1
    assert _squeeze(_texts(tables[0])) == _squeeze(rows)
    around = [part.text for part in document.parts if not isinstance(part, Table)]
    assert around == [
        "DANH MỤC NHIỆM VỤ",
        "Các nhiệm vụ được giao tại bảng sau đây.",
        "TỔ CHỨC THỰC HIỆN",
        "Sở Nông nghiệp và Môi trường theo dõi, đôn đốc việc thực hiện Kế hoạch này.",
    ]


@pytest.mark.parametrize("form", [form for form in FORMS if (form.__name__, "000-0") not in LOST], ids=lambda form: form.__name__)
def test_page_breaks_in_every_form(form: Callable[[Texts], str]) -> None:
    """A header repeated on each page, with a page number between, is dropped."""
    rows = next(rows for name, rows in TABLES if name.startswith("000"))
    pages = [[rows[0], *rows[start : start + 12]] for start in range(1, len(rows), 12)]
    text = "\n\n7\n\n".join(form(page) for page in pages)
    tables = [part for part in read_bytes((BEFORE + text + AFTER).encode(), "pages.md").parts if isinstance(part, Table)]
    if form.__name__ != "columns":  # told by place, pages are one stretch of lines
        assert [table.pages for table in tables] == [len(pages)]
    assert _squeeze(_texts(tables[0])) == _squeeze(rows)


def _findings(text: str) -> list[str]:
    return [finding.code for finding in extract(read_bytes(text.encode(), "plan.md")).findings]


@pytest.mark.parametrize(("form", "name"), sorted(LOST))
def test_what_cannot_be_read_is_said(form: str, name: str) -> None:
    write = next(each for each in FORMS if each.__name__ == form)
    assert "table-shape-unknown" in _findings(BEFORE + write(dict(TABLES)[name]) + AFTER)


@pytest.mark.parametrize("form", [form for form in FORMS if form not in UNPLACED], ids=lambda form: form.__name__)
def test_the_first_names_may_be_lost(form: Callable[[Texts], str]) -> None:
    rows = [["", "", *FIVE[0][2:]], *FIVE[1:]]
    assert len(extract(read_bytes((BEFORE + form(rows) + AFTER).encode(), "plan.md")).tasks) == len(FIVE) - 1


@pytest.mark.parametrize("form", UNPLACED, ids=lambda form: form.__name__)
def test_where_the_first_names_tell_the_table_their_loss_is_said(form: Callable[[Texts], str]) -> None:
    rows = [["", "", *FIVE[0][2:]], *FIVE[1:]]
    assert {"table-shape-unknown", "table-without-tasks"} & set(_findings(BEFORE + form(rows) + AFTER))


@pytest.mark.parametrize("form", UNREAD, ids=lambda form: form.__name__)
def test_shapes_without_a_reader_are_said(form: Callable[[Texts], str]) -> None:
    rows = next(rows for name, rows in TABLES if name.startswith("002"))
    assert {"table-shape-unknown", "table-without-tasks"} & set(_findings(BEFORE + form(rows) + AFTER))


@pytest.mark.parametrize("form", [*FORMS, headings_between], ids=lambda form: form.__name__)
def test_a_table_that_was_read_is_no_finding(form: Callable[[Texts], str]) -> None:
    rows = next(rows for name, rows in TABLES if name.startswith("002"))
    document = read_bytes((BEFORE + form(rows) + AFTER).encode(), "plan.md")
    assert not {"table-shape-unknown", "table-without-tasks"} & {finding.code for finding in extract(document).findings}
    assert len(extract(document).tasks) == sum(bool(row[4]) for row in rows[1:])
