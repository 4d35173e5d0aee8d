"""The plans' own tables, written as converters write them, are read as the same rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.reading import read, read_bytes
from kg.records import Table
from tests.reading.table_forms import FORMS, Texts

CORPUS = Path(__file__).parents[2] / "corpus"
BEFORE = "III. DANH MỤC NHIỆM VỤ\n\nCác nhiệm vụ được giao tại bảng sau đây.\n\n"
AFTER = "\n\nIV. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nông nghiệp và Môi trường theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"


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


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize(("name", "rows"), TABLES, ids=[name for name, _ in TABLES])
def test_rows_survive_the_form(form: Callable[[Texts], str], name: str, rows: list[list[str]]) -> None:
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


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_page_breaks_in_every_form(form: Callable[[Texts], str]) -> None:
    """A header repeated on each page, with a page number between, is dropped."""
    rows = next(rows for name, rows in TABLES if name.startswith("000"))
    pages = [[rows[0], *rows[start : start + 12]] for start in range(1, len(rows), 12)]
    text = "\n\n7\n\n".join(form(page) for page in pages)
    tables = [part for part in read_bytes((BEFORE + text + AFTER).encode(), "pages.md").parts if isinstance(part, Table)]
    assert [table.pages for table in tables] == [len(pages)]
    assert _squeeze(_texts(tables[0])) == _squeeze(rows)
