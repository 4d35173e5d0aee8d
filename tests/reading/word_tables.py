"""A plan that was read, its tables set in Word and HTML as people and converters set them; used by the tests of this folder."""

from __future__ import annotations

import html
import io
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.records import Cell, Document, Table
from tests.reading.plan_forms import as_docx, cell_text, covers, table_rows

Write = Callable[[Any, str], None]
Rows = list[tuple[Cell | None, ...]]
ROWS_A_PAGE = 5


# --- what stands in a cell ----------------------------------------------------------------------------------------


def one_paragraph(cell: Any, text: str) -> None:
    cell.text = text


def wrapped_lines(cell: Any, text: str) -> None:
    """A paragraph a printed line, as converters of PDF write cells."""
    _put(cell, textwrap.wrap(text, 14, break_on_hyphens=False))


def line_breaks(cell: Any, text: str) -> None:
    cell.text = "\n".join(textwrap.wrap(text, 20, break_on_hyphens=False))


def items(cell: Any, text: str) -> None:
    """A paragraph an item or sentence, empty ones around."""
    _put(cell, ["", *_items(text), ""])


def nested_table(cell: Any, text: str) -> None:
    """Long cells hold a table of one column."""
    if len(text) < 60:
        cell.text = text
        return
    inner = cell.add_table(0, 1)
    for item in _items(text):
        inner.add_row().cells[0].text = item
    cell.add_paragraph()


def _items(text: str) -> list[str]:
    return re.split(r"(?<=[;.])\s+|\s+(?=[-+] )", text)


def _put(cell: Any, paragraphs: list[str]) -> None:
    cell.paragraphs[0].text = paragraphs[0] if paragraphs else ""
    for paragraph in paragraphs[1:]:
        cell.add_paragraph(paragraph)


# --- how the rows are set -----------------------------------------------------------------------------------------


def _fill(word: Any, rows: Rows, write: Write) -> Any:
    grid = word.add_table(len(rows), len(rows[0]))
    spans, across = covers(rows)
    places = [list(row.cells) for row in grid.rows]
    for index, (row, cells) in enumerate(zip(rows, spans, strict=True)):
        for column, (width, height) in cells.items():
            cell = places[index][column]
            if width > 1 or height > 1:
                cell = cell.merge(places[index + height - 1][column + width - 1])
            write(cell, cell_text(row, column, across=index in across))
    return grid


def whole(word: Any, table: Table, write: Write) -> None:
    _fill(word, table_rows(table), write)


def unmerged(word: Any, table: Table, write: Write) -> None:
    """Every cell there, empty where a merged one was."""
    rows = table_rows(table)
    grid = word.add_table(len(rows), len(rows[0]))
    for made, row in zip(grid.rows, rows, strict=True):
        for place, cell in zip(made.cells, row, strict=True):
            write(place, cell.text if cell else "")


def _pages(rows: Rows) -> Iterator[Rows]:
    """Cut rows into pages where no merged cell is cut and no heading is left behind."""
    page: Rows = []
    for row in rows:
        if len(page) >= ROWS_A_PAGE and None not in row and sum(bool(cell and cell.text) for cell in row) > 2:
            yield page
            page = []
        page.append(row)
    yield page


def pages(word: Any, table: Table, write: Write) -> None:
    """A table a page, each under the header, nothing between."""
    head, *body = table_rows(table)
    for page in _pages(body):
        _fill(word, [head, *page], write)


def pages_of_own_widths(word: Any, table: Table, write: Write) -> None:
    """As ``pages``, every page's columns as wide as its words ask for."""
    head, *body = table_rows(table)
    for number, page in enumerate(_pages(body)):
        grid = _fill(word, [head, *page], write)
        widths = [300_000 + 90_000 * ((7 * column + 5 * number) % 11) for column in range(len(head))]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        for row in grid._tbl.tr_lst:
            at = 0
            for cell in row.tc_lst:
                cell.width = sum(widths[at : at + cell.grid_span])
                at += cell.grid_span


def pages_without_header(word: Any, table: Table, write: Write) -> None:
    """A table a page, the header above the first only, an empty paragraph between."""
    head, *body = table_rows(table)
    for number, page in enumerate(_pages(body)):
        _fill(word, page if number else [head, *page], write)
        word.add_paragraph()


def _cut_rows(table: Table, *, header: bool) -> Iterator[list[str]]:
    """Rows of one table, some cut in two by a page; the header stands between or not."""
    rows = [[cell.text if cell else "" for cell in row] for row in table_rows(table)]
    for index, row in enumerate(rows):
        words = [[] if not column else cell.split() for column, cell in enumerate(row)]
        at = [len(cell) if len(cell) < 6 else len(cell) // 2 for cell in words]
        rest = [" ".join(cell[cut:]) for cell, cut in zip(words, at, strict=True)]
        if index % 4 == 2 and sum(map(bool, row)) > 3 and rest[1][:1].islower():
            yield [row[0], *(" ".join(cell[:cut]) for cell, cut in zip(words[1:], at[1:], strict=True))]
            if header:
                yield rows[0]
            yield rest
        else:
            yield row


def cut_rows(word: Any, table: Table, write: Write) -> None:
    _write_texts(word, list(_cut_rows(table, header=False)), write)


def cut_rows_with_header(word: Any, table: Table, write: Write) -> None:
    _write_texts(word, list(_cut_rows(table, header=True)), write)


def _write_texts(word: Any, rows: list[list[str]], write: Write) -> None:
    grid = word.add_table(len(rows), len(rows[0]))
    for made, row in zip(grid.rows, rows, strict=True):
        for place, text in zip(made.cells, row, strict=True):
            write(place, text)


def two_level_header(word: Any, table: Table, write: Write) -> None:
    """One table, its header of two levels said again in the middle: "Chủ trì" and "Phối hợp" under one cell."""
    head, *body = table_rows(table)
    names = [cell.text.casefold() if cell else "" for cell in head]
    at = next((i for i, (own, other) in enumerate(pairwise(names)) if "chủ trì" in own and "phối hợp" in other), None)
    if at is None:
        _fill(word, [head, *body], write)
        return
    grid = word.add_table(0, len(head))
    for page in _pages(body):
        upper, lower = grid.add_row().cells, grid.add_row().cells
        for column, cell in enumerate(head):
            if column == at:
                write(upper[column].merge(upper[column + 1]), "Cơ quan thực hiện")
                write(lower[column], "Chủ trì")
            elif column == at + 1:
                write(lower[column], "Phối hợp")
            else:
                write(upper[column].merge(lower[column]), cell.text if cell else "")
        spans, across = covers(page)
        places = [grid.add_row().cells for _ in page]
        for index, (row, cells) in enumerate(zip(page, spans, strict=True)):
            for column, (width, height) in cells.items():
                place = places[index][column].merge(places[index + height - 1][column + width - 1])
                write(place, cell_text(row, column, across=index in across))


def listed_codes(word: Any, table: Table, write: Write) -> None:
    """Whole numbers in the first column computed by Word's lists, each group starting at its own."""
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    numbering = word.part.numbering_part.element
    used = len(numbering.num_lst) + 900
    numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{used}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                                  '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'))  # fmt: skip
    before = 0
    number = used

    def listed(cell: Any, text: str) -> None:
        nonlocal before, number
        if not re.fullmatch(r"[1-9]\d?", text):
            write(cell, text)
            return
        if int(text) != before + 1 or number == used:
            number += 1
            numbering.append(parse_xml(f'<w:num {space} w:numId="{number}"><w:abstractNumId w:val="{used}"/><w:lvlOverride w:ilvl="0">'
                                       f'<w:startOverride w:val="{text}"/></w:lvlOverride></w:num>'))  # fmt: skip
        before = int(text)
        properties = cell.paragraphs[0]._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {space}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))

    rows = table_rows(table)
    _fill(word, rows, listed)


CELLS: tuple[Write, ...] = (one_paragraph, wrapped_lines, line_breaks, items, nested_table)
TABLES = (
    whole, unmerged, pages, pages_of_own_widths, pages_without_header, cut_rows, cut_rows_with_header, two_level_header, listed_codes,
)  # fmt: skip


def as_word(document: Document, table: Callable[[Any, Table, Write], None], cell: Write) -> bytes:
    """Set a plan in Word, its tables so, their cells so."""
    return as_docx(document, tables=lambda word, part: table(word, part, cell))


# --- plain text in the clothes of another format --------------------------------------------------------------------


def lines_in_word(path: Path, *, blanks: bool) -> bytes:
    """Each line of a text file as a paragraph, as pasting does; the blank ones as well, or not."""
    import docx

    word = docx.Document()
    for line in path.read_text("utf-8").split("\n"):
        if line.strip() or blanks:
            word.add_paragraph(line)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def lines_in_page(path: Path) -> bytes:
    """A text file shown as it is in a web page."""
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><pre>{html.escape(path.read_text('utf-8'))}</pre></body></html>".encode()


def printed_pages(path: Path) -> bytes:
    """A web page in which each run of rows of a text file is a table: its pages, repeated headers and cut rows."""
    out: list[str] = []
    rows: list[Sequence[str]] = []

    def close() -> None:
        if rows:
            width = max(map(len, rows))
            cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in [*row, *[""] * (width - len(row))]) for row in rows)
            out.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
            rows.clear()

    for line in path.read_text("utf-8").split("\n"):
        if line.count("\t") > 1:
            rows.append(line.split("\t"))
        elif line.startswith("|"):
            if line.strip("|-: \n"):
                rows.append([cell.strip() for cell in line.strip()[1:-1].split("|")])
        else:
            close()
            out.append(f"<p>{html.escape(line)}</p>" if line.strip() else "")
    close()
    return ("<!DOCTYPE html><html><head><meta charset=utf-8></head><body>" + "\n".join(out) + "</body></html>").encode()
