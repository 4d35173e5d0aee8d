"""Tables as an Excel workbook: what a spreadsheet reads without guessing.

CSV has no types: where the decimal sign is a comma, as in Vietnam, Excel takes "4.125" of a CSV for 4125. Cells of a workbook are numbers or
texts, never formulas or links; the same tables give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format

from kg.errors import QuestionError
from kg.graph.namespaces import PREFIXES

Value = str | int | float | bool | None

MOST_ROWS = 1_048_575
"""Rows below the headings; https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3."""
_MOST_LETTERS = 32_767
_NAME_LETTERS = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_MARK = " […]"
_FORMATS = {"percent": "0.0%", "number": "0.0###", "integer": "0"}
_NARROW, _WIDE = 9, 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it is, headings, rows; ``kinds`` of the columns as of ``viz.report_model.Column``, text where none is told."""

    name: str
    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    kinds: Sequence[str] = ()


def workbook_bytes(title: str, notes: Iterable[Sequence[str]], sheets: Sequence[Sheet]) -> bytes:
    """Give a workbook: the sheets, and a last one that tells what they are and what is to be known of them.

    Raises:
        QuestionError: a sheet has more rows than a spreadsheet holds.
    """
    for sheet in sheets:
        if len(sheet.rows) > MOST_ROWS:
            raise QuestionError(
                "--format", found=f"{len(sheet.rows)} rows in {sheet.name}", expected=f"at most {MOST_ROWS} rows a sheet", remedy="ask with --format csv, or for one province",
                vi=f"{sheet.name} có {len(sheet.rows)} dòng, nhiều hơn một trang tính chứa được; hãy dùng --format csv hoặc hỏi từng tỉnh",
            )  # fmt: skip
    made = io.BytesIO()
    names = _names([*(sheet.name for sheet in sheets), "Ghi chú"])
    with xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": title, "comments": PREFIXES["mg"], "created": datetime(2000, 1, 1)})  # noqa: DTZ001  one date, else no two runs give the same bytes
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
        formats = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
        for sheet, name in zip(sheets, names, strict=False):
            _write(book.add_worksheet(name), sheet, bold, formats)
        last = book.add_worksheet(names[-1])
        last.set_column(0, 0, 30)
        last.set_column(1, 2, _WIDE)
        for at, line in enumerate([(title,), *((name, sheet.caption) for sheet, name in zip(sheets, names, strict=False)), *notes]):
            for column, text in enumerate(line):
                last.write_string(at, column, _cut(text), wrapped)
    return made.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, bold: Format, formats: dict[str, Format]) -> None:
    kinds = [*sheet.kinds, *("text" for _ in sheet.headings[len(sheet.kinds) :])]
    for column, (heading, kind) in enumerate(zip(sheet.headings, kinds, strict=True)):
        longest = max((len(str(row[column])) for row in sheet.rows[:200] if row[column] is not None), default=0) if kind not in _FORMATS else 0
        page.set_column(column, column, min(_WIDE, max(_NARROW, longest, len(heading) // 2)))
        page.write_string(0, column, heading, bold)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    for at, row in enumerate(sheet.rows, 1):
        for column, (value, kind) in enumerate(zip(row, kinds, strict=True)):
            if isinstance(value, bool):
                page.write_boolean(at, column, value)
            elif isinstance(value, int | float):
                page.write_number(at, column, value, formats.get(kind))
            elif value is not None:
                page.write_string(at, column, _cut(value))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - len(_MARK)] + _MARK


def _names(wanted: Iterable[str]) -> list[str]:
    """Give names that a workbook takes: short, without certain signs, each once whatever its case.

    >>> _names(["load", "Load", "a/b", "x" * 40])[1:3]
    ['Load 2', 'a b']
    """
    given: list[str] = []
    for name in wanted:
        base, number = _FORBIDDEN.sub(" ", name).strip("' ")[:_NAME_LETTERS] or "…", 1
        found = base
        while found.casefold() in {each.casefold() for each in given}:
            number += 1
            found = f"{base[: _NAME_LETTERS - len(str(number)) - 1]} {number}"
        given.append(found)
    return given
