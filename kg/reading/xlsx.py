"""XLSX → Document: the sheets of a workbook, their tables and the text above and below them.

Provinces attach their task table as a workbook ("Kèm theo Kế hoạch số …"). What a cell shows is read: text, numbers, dates and shares
as their formats write them, results of formulas; merged cells cover those below. Hidden sheets are left out, and said so.
Source: ECMA-376 part 1, 18 (SpreadsheetML).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.reading.archives import BROKEN_ZIP
from kg.reading.docx_package import check_entries, hostile, parse_part, relation_targets, relations, unpack
from kg.reading.grid import MAX_COLUMNS, Grid, Item, Para, Placed, clean
from kg.reading.headers import is_header
from kg.reading.limits import MAX_SHEETS
from kg.reading.lines import LEAVES_TABLE
from kg.reading.markup import MAX_PLACES, build_document
from kg.reading.xlsx_cells import Formats, S, read_formats, read_strings, read_text
from kg.records import Cell, Document, Finding, Passage

Element = Any

_BOOK = "xl/workbook.xml"
_PROPERTIES, _PROPERTIES_BYTES = "docProps/core.xml", 65_536
_OWN = b"https://w3id.org/mandategraph/"
"""What the workbooks of `query` and `report` say of themselves among their properties."""
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_COLUMN_NAMES = 3
"""Names of columns that a header has at least: two short cells side by side may be a letterhead."""

_ANNEX = re.compile(r"\W*(?:phụ lục|biểu|nơi nhận|người lập)\b", re.IGNORECASE)

Texts = dict[tuple[int, int], str]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A sheet's texts by (row, column), both from 1, and its merged areas."""

    texts: Texts
    merged: tuple[Area, ...]


def is_workbook(data: bytes) -> bool:
    """Whether a ZIP archive is a workbook of Excel's newer format."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _BOOK in archive.namelist()
    except BROKEN_ZIP:
        return False


def is_own_workbook(path: Path) -> bool:
    """Whether this program wrote a workbook, answers or a report: no document, though it lies beside the plans."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PROPERTIES) as properties:
            return _OWN in properties.read(_PROPERTIES_BYTES)
    except (KeyError, OSError, *BROKEN_ZIP):
        return False


def read_xlsx(data: bytes, name: str) -> Document:
    """Read a workbook from its bytes; ``name`` is its source's name.

    Raises:
        InputError: it is broken, locked, hostile, or has no text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets, hidden = _read_sheets(archive, name)
    except BROKEN_ZIP as error:
        raise InputError(
            name, found=f"a workbook that is broken ({error})", expected="a whole XLSX file", remedy="download or save it again",
            vi="Tệp bảng tính bị hỏng; hãy tải về hoặc lưu lại",
        ) from error
    items = [item for sheet in sheets for item in _lay_out(sheet, name)]
    return build_document(items, data=data, name=name, encoding="xlsx", findings=tuple(map(_left_out, hidden)))


def _read_sheets(archive: zipfile.ZipFile, name: str) -> tuple[list[_Sheet], list[str]]:
    """Give the sheets that are shown, in order, and the names of those that are hidden."""
    entries = check_entries(archive, name)

    def part(path: str | None) -> Element | None:
        return parse_part(unpack(archive, entries[path], name), name, path) if path in entries and path else None

    book = part(_BOOK)
    related = relations(archive, entries, _BOOK, name)
    targets = relation_targets(archive, entries, _BOOK, name)
    strings = read_strings(part(related.get("sharedStrings")))
    formats = read_formats(part(related.get("styles")), book)
    listed = list(book.iter(S + "sheet")) if book is not None else []
    if len(listed) > MAX_SHEETS:
        raise hostile(name, f"{len(listed):,} sheets", f"at most {MAX_SHEETS}")
    shown: list[_Sheet] = []
    hidden: list[str] = []
    for sheet in listed:
        if sheet.get("state", "visible") != "visible":
            hidden.append(clean(sheet.get("name", ""))[:60])
            continue
        root = part(targets.get(sheet.get(_ID, "")))
        if root is not None:
            shown.append(_read_sheet(root, strings, formats))
    return shown, hidden


def _read_sheet(root: Element, strings: list[str], formats: Formats) -> _Sheet:
    texts: Texts = {}
    row_at = 0
    for row in root.iter(S + "row"):
        number = row.get("r", "")
        row_at = int(number) if number.isascii() and number.isdecimal() and len(number) < 8 else row_at + 1
        column_at = 0
        for cell in row.iterchildren(S + "c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column_at = _column(place[1]) if place else column_at + 1
            text = read_text(cell, strings, formats)
            if text.strip():
                texts[row_at, column_at] = text
    merged = (_area(area.get("ref", "")) for area in root.iter(S + "mergeCell"))
    return _Sheet(texts=texts, merged=tuple(area for area in merged if area is not None))


def _column(letters: str) -> int:
    """The number of a column, from 1: "A", "AB".

    >>> _column("A"), _column("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _area(ref: str) -> Area | None:
    first, _, last = ref.partition(":")
    low, high = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
    if low is None or high is None:
        return None
    top, left, bottom, right = int(low[2]), _column(low[1]), int(high[2]), _column(high[1])
    return (top, left, bottom, right) if top <= bottom and left <= right else None


def _lay_out(sheet: _Sheet, name: str) -> Iterator[Item]:
    """Give a sheet's paragraphs and tables: from each header row down to what stands in no row is a table."""
    rows = _place(sheet, name)
    at = 0
    while at < len(rows):
        stop = _table_end(rows, at) if _opens_table(rows[at]) else at
        if stop > at:
            yield Grid(rows=_own_columns(rows[at:stop]))
            at = stop
            continue
        for cell in rows[at]:
            for item in cell.items:
                yield from _lines(item)
        at += 1


def _own_columns(rows: list[tuple[Placed, ...]]) -> tuple[tuple[Placed, ...], ...]:
    """Give a table's rows without the columns in which only other tables of its sheet have text."""
    used = sorted({cell.column for row in rows for cell in row if cell.items})
    place = {column: at for at, column in enumerate(used)}

    def moved(cell: Placed) -> Placed:
        return replace(cell, column=place[cell.column], width=sum(cell.column <= column < cell.column + cell.width for column in used))

    return tuple(tuple(moved(cell) for cell in row if cell.column in place) for row in rows)


def _lines(item: Item) -> Iterator[Para]:
    """A cell outside of tables holds a paragraph a line, as those who write letterheads in sheets do."""
    if isinstance(item, Para):
        yield from (Para(text=line) for line in item.text.split("\n") if line.strip())


def _opens_table(row: tuple[Placed, ...]) -> bool:
    cells: list[Cell | None] = [Cell(passage=Passage(text=_text(cell))) for cell in row if _text(cell)]
    return len(cells) >= _COLUMN_NAMES and is_header(cells)


def _table_end(rows: list[tuple[Placed, ...]], start: int) -> int:
    """One past the last row of a table: up to recipients, signature or another annex; notes of one cell below its last row are none of it."""
    stop = start + 1
    while stop < len(rows) and (not _leaves(rows[stop]) or _heads_rows(rows, stop)):
        stop += 1
    while stop > start + 1 and _filled(rows[stop - 1]) == 1:
        stop -= 1
    return stop


def _leaves(row: tuple[Placed, ...]) -> bool:
    first = next((_text(cell) for cell in row if _text(cell)), "")
    return _filled(row) < _COLUMN_NAMES and bool(LEAVES_TABLE.match(first)) and not (_filled(row) == 2 and first.rstrip(".").isalnum())


def _heads_rows(rows: list[tuple[Placed, ...]], at: int) -> bool:
    """Whether a row of one cell is the heading of the rows below it, and no annex that opens: "I. Xây dựng phòng đọc" over numbered rows."""
    below = next((row for row in rows[at + 1 :] if _filled(row) != 1), ())
    return _filled(rows[at]) == 1 and _filled(below) >= _COLUMN_NAMES and not _opens_table(below) and not _ANNEX.match(_text(rows[at][0]))


def _filled(row: tuple[Placed, ...]) -> int:
    return sum(bool(_text(cell)) for cell in row)


def _text(cell: Placed) -> str:
    return clean(" ".join(item.text for item in cell.items if isinstance(item, Para)))


def _place(sheet: _Sheet, name: str) -> list[tuple[Placed, ...]]:
    """Place the cells of a sheet on a grid without the rows and columns that have no text."""
    row_at = {row: at for at, row in enumerate(sorted({row for row, _ in sheet.texts}))}
    columns = sorted({column for _, column in sheet.texts})
    column_at = {column: min(at, MAX_COLUMNS - 1) for at, column in enumerate(columns)}
    if len(row_at) * len(column_at) > MAX_PLACES or len(sheet.merged) * len(row_at) > 50 * MAX_PLACES:
        raise hostile(name, f"a sheet of {len(row_at):,} rows, {len(column_at):,} columns, {len(sheet.merged):,} merged cells", f"at most {MAX_PLACES:,} places")
    reach: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        rows = [at for row, at in row_at.items() if top <= row <= bottom]
        across = sorted({at for column, at in column_at.items() if left <= column <= right})
        if rows and across:
            reach[rows[0], across[0]] = len(across), len(rows)
            if (top, left) not in sheet.texts:
                continue
            covered.update((row, column) for row in rows for column in across if (row, column) != (rows[0], across[0]))
    shown = {(row_at[row], column_at[column]): text for (row, column), text in sorted(sheet.texts.items())}
    placed: list[list[Placed]] = [[] for _ in row_at]
    for row in range(len(row_at)):
        for column in range(min(len(columns), MAX_COLUMNS)):
            if (row, column) in covered:
                continue
            width, height = reach.get((row, column), (1, 1))
            items = (Para(text=shown[row, column]),) if (row, column) in shown else ()
            placed[row].append(Placed(column=column, width=width, height=height, items=items))
    return [_trim(row) for row in placed]


def _trim(row: list[Placed]) -> tuple[Placed, ...]:
    """A row that holds one cell, merged or not, is that cell: a title, or the heading of a group."""
    filled = [cell for cell in row if cell.items]
    if len(filled) == 1 and filled[0].column <= 1 and filled[0].width > 1:
        return (filled[0],) if filled[0].column == 0 else tuple(cell for cell in row if cell.column <= filled[0].column)
    return tuple(row)


def _left_out(sheet: str) -> Finding:
    return Finding(
        code="sheet-left-out", severity="note",
        vi=f"Trang tính ẩn “{sheet}” không được đọc; hãy bỏ ẩn nếu cần",
        en=f"The hidden sheet “{sheet}” was left out; unhide it if it belongs to the document",
    )
