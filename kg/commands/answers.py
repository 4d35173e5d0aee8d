"""Printing an answer: what was asked, the rows in the reader's words, and what the reader should know of them."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox

from kg.errors import QuestionError, StoreError
from kg.graph.as_of import View
from kg.questions import Question, Text, format_csv, format_json, format_table, format_ttl, in_words
from kg.resolution.as_of import tell_view
from kg.store import Result, Store, Triples
from kg.store.formatting import cuts_cells
from kg.store.results import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer, and what is said of it; all but the answer ``None`` where there is nothing to say."""

    answer: Result | Triples
    view: View | None = None
    question: Question | None = None
    running: Text | None = None
    empty: Text | None = None


FORMS = ("table", "csv", "json", "ttl", "xlsx")


def show(told: Told, store: Store, form: str | None, lang: str | None, output: str | None = None) -> None:
    """Print an answer, or write it into a file.

    Raises:
        QuestionError: a form that this answer cannot have.
        StoreError: the file cannot be written.
    """
    form = form or _by_suffix(output)
    graph = isinstance(told.answer, Triples)
    if (form == "ttl") != graph and (form is not None or output):
        raise _wrong_format(form, "ttl" if graph else "table, csv, json or xlsx")
    if form == "xlsx" and not output:
        raise QuestionError("--format", found="xlsx without -o", expected="a file to write", remedy="add -o answer.xlsx", vi="Dạng xlsx phải ghi vào tệp; hãy thêm -o tra-loi.xlsx")
    if graph or form in ("csv", "json", "xlsx"):
        data = _bytes(told, store, form or "ttl", lang)
        if output:
            _say(told, lang, sys.stdout)
            print(f"Đã ghi (written): {_written(Path(output), data)}")
            return
        if form == "csv":
            _say(told, lang, sys.stderr)
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    if output:
        raise _wrong_format(form, "csv, json or xlsx")
    _say(told, lang, sys.stdout)
    assert isinstance(told.answer, Result)  # noqa: S101  graphs went above
    _print_table(told, told.answer, store, lang)


def _by_suffix(output: str | None) -> str | None:
    suffix = Path(output or "").suffix.lower().removeprefix(".")
    return suffix if suffix in FORMS else None


def _written(path: Path, data: bytes) -> Path:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StoreError(
            str(path), found=error.strerror or str(error), expected="a file that can be written", remedy="choose another with -o; close it in Excel",
            vi="Không ghi được tệp; hãy chọn tên khác với -o, hoặc đóng tệp trong Excel",
        ) from error  # fmt: skip
    return path


def _bytes(told: Told, store: Store, form: str, lang: str | None) -> bytes:
    if isinstance(told.answer, Triples):
        return format_ttl(told.answer)
    if form == "json":
        return (_json(told, told.answer) + "\n").encode("utf-8")
    return _workbook(told, told.answer, store, lang) if form == "xlsx" else _csv(told, told.answer, store, lang)


def _say(told: Told, lang: str | None, to: TextIO) -> None:
    """Say what is asked, as of when, and why there is nothing."""
    lines: list[str] = []
    if told.running:
        lines += _languages(told.running, lang)
    elif told.view:
        lines += _languages(Text(*tell_view(told.view.date, told.view.split)), lang)
    if told.empty:
        lines += ["", *_languages(told.empty, lang)]
    if lines:
        print(*lines, "", sep="\n", file=to)


def _languages(text: Text, lang: str | None) -> list[str]:
    return [text.told(lang)] if lang else [text.vi, text.en]


def _print_table(told: Told, answer: Result, store: Store, lang: str | None) -> None:
    if not answer.rows:
        print("0 dòng (rows)")
        return
    said = in_words(told.question, answer, store, lang or "vi") if told.question else answer
    print(format_table(said, _headings(told, answer, lang)))
    print(f"\n{len(answer)} dòng (rows)")
    if cuts_cells(said):
        cut = Text("Ô dài và địa chỉ đã rút gọn (…); bản đủ: --format csv, hoặc -o TỆP.xlsx", "Long cells and addresses are cut (…); in full: --format csv, or -o FILE.xlsx")
        print(*_languages(cut, lang), sep="\n")


def _headings(told: Told, answer: Result, lang: str | None) -> list[str] | None:
    if told.question is None or len(told.question.columns) != len(answer.columns):
        return None
    return [column.label.told(lang or "vi") for column in told.question.columns]


def _csv(told: Told, answer: Result, store: Store, lang: str | None) -> bytes:
    """Give all rows and columns: names and codes as in the query, or headings and cells in words where a language is named."""
    said = in_words(told.question, answer, store, lang or "vi", signs_only=lang is None) if told.question else answer
    return format_csv(said, _headings(told, answer, lang) if lang else None)


def _workbook(told: Told, answer: Result, store: Store, lang: str | None) -> bytes:
    """Give all rows and columns as a workbook, in the reader's words."""
    from kg.commands.workbooks import Sheet, workbook_bytes

    said = in_words(told.question, answer, store, lang or "vi") if told.question else answer
    rows = [[_value(cell) for cell in row] for row in said.rows]
    names = told.question.name if told.question else "answer"
    told_of = [told.running, told.question.description if told.question else None, told.question.reading if told.question else None, told.empty]
    notes = [("", text.vi, text.en) for text in told_of if text]
    notes += [("", *tell_view(told.view.date, told.view.split))] if told.view else []
    title = told.question.title.told(lang or "vi") if told.question else "mandategraph"
    return workbook_bytes(title, notes, [Sheet(names, title, _headings(told, answer, lang) or answer.columns, rows)])


def _value(cell: Term | None) -> str | int | float | None:
    if not isinstance(cell, ox.Literal):
        return None if cell is None else str(getattr(cell, "value", cell))
    kind = cell.datatype.value.rpartition("#")[2]
    try:
        return int(cell.value) if kind in _WHOLE else float(cell.value) if kind in _BROKEN else cell.value
    except ValueError:  # an ill-typed number
        return cell.value


_WHOLE, _BROKEN = ("integer", "int", "long", "gYear", "nonNegativeInteger"), ("decimal", "double", "float")


def _json(told: Told, answer: Result) -> str:
    """Give the standard form of results, and beside it what was asked."""
    written = json.loads(format_json(answer))
    if told.question and told.running:
        written["question"] = {
            "name": told.question.name, "title": told.question.title._asdict(), "running": told.running._asdict(), "reading": told.question.reading._asdict(),
            "columns": {column.name: column.label._asdict() for column in told.question.columns}, "empty": told.empty._asdict() if told.empty else None,
        }  # fmt: skip
    if told.view:
        written["asOf"] = {"date": told.view.date, "split": told.view.split}
    return json.dumps(written, ensure_ascii=False, indent=1)


def _wrong_format(form: str | None, right: str) -> QuestionError:
    return QuestionError(
        "--format",
        found=str(form),
        expected=right,
        remedy=f"ask with --format {right.split(',', maxsplit=1)[0]}",
        vi=f"Câu trả lời này không viết được ở dạng {form}; hãy dùng {right}",
    )
