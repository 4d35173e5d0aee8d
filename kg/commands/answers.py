"""Printing an answer: what was asked, the rows in the reader's words, and what the reader should know of them."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TextIO

from kg.errors import QuestionError
from kg.graph.as_of import View
from kg.questions import Question, Text, format_csv, format_json, format_table, format_ttl, in_words
from kg.resolution.as_of import tell_view
from kg.store import Result, Store, Triples
from kg.store.formatting import cuts_cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer, and what is said of it; all but the answer ``None`` where there is nothing to say."""

    answer: Result | Triples
    view: View | None = None
    question: Question | None = None
    running: Text | None = None
    empty: Text | None = None


def show(told: Told, store: Store, form: str | None, lang: str | None) -> None:
    """Print an answer.

    Raises:
        QuestionError: a form that this answer cannot have.
    """
    if isinstance(told.answer, Triples):
        if form not in (None, "ttl"):
            raise _wrong_format(form, "ttl")
        sys.stdout.write(format_ttl(told.answer).decode("utf-8"))
    elif form == "ttl":
        raise _wrong_format(form, "table, csv or json")
    elif form == "json":
        print(_json(told, told.answer))
    elif form == "csv":
        _say(told, lang, sys.stderr)
        _write_csv(told, told.answer, store, lang)
    else:
        _say(told, lang, sys.stdout)
        _print_table(told, told.answer, store, lang)


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
        cut = Text("Ô dài và địa chỉ đã rút gọn (…); bản đủ: --format csv", "Long cells and addresses are cut (…); in full: --format csv")
        print(*_languages(cut, lang), sep="\n")


def _headings(told: Told, answer: Result, lang: str | None) -> list[str] | None:
    if told.question is None or len(told.question.columns) != len(answer.columns):
        return None
    return [column.label.told(lang or "vi") for column in told.question.columns]


def _write_csv(told: Told, answer: Result, store: Store, lang: str | None) -> None:
    """Write all rows and columns: names and codes as in the query, or headings and cells in words where a language is named."""
    said = in_words(told.question, answer, store, lang or "vi", signs_only=lang is None) if told.question else answer
    sys.stdout.flush()
    sys.stdout.buffer.write(format_csv(said, _headings(told, answer, lang) if lang else None))


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
