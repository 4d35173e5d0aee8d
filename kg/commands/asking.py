"""What the command query does: the questions of the library, or one of the asker's own."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kg.cli import DONE
from kg.errors import QuestionError
from kg.graph.as_of import View
from kg.questions import (
    Question,
    format_csv,
    format_json,
    format_table,
    format_ttl,
    get_question,
    list_questions,
    run,
    take_date,
    view_of,
)
from kg.resolution.as_of import tell_view
from kg.store import RemoteStore, Result, Store, Triples, open_store
from kg.store.as_of import as_of
from kg.store.query_text import query_form


def ask(args: argparse.Namespace) -> int:
    """Ask, list or describe."""
    if args.list:
        for question in list_questions():
            print(f"{question.name:26} {question.title.vi} | {question.title.en}")
        return DONE
    if args.describe:
        described = get_question(args.describe)
        print(_described(described, view_of(described, args.as_of, args.split)))
        return DONE
    if (args.question is None) == (args.file is None):
        raise QuestionError(
            "query",
            found="neither or both of QUESTION and --file",
            expected="one of them",
            remedy="name a question of `mandategraph query --list`, or give --file my.rq",
            vi="Hãy nêu tên một câu hỏi (xem `mandategraph query --list`) hoặc --file my.rq",
        )
    store: Store = RemoteStore(args.endpoint) if args.endpoint else open_store(args.build)
    if args.file:
        view = None if args.as_of is None else View.of(args.as_of, args.split)
        answer, labels = _ask_file(Path(args.file), as_of(store, view.date, view.split) if view else store, args.param), None
    else:
        question = get_question(args.question)
        day, params = take_date(question, _parameters(args.param), args.as_of)
        view = view_of(question, day, args.split)
        answer = run(question, store, params, as_of=day, split=args.split)
        labels = [column.label.vi for column in question.columns]
    if view:
        _tell(view, args.format)
    _show(answer, args.format, labels)
    return DONE


def _tell(view: View, form: str | None) -> None:
    """Say as of when the answer holds: above a table, and beside what another program reads."""
    told = tell_view(view.date, view.split)
    print(f"{told.vi}\n{told.en}\n", file=sys.stdout if form in (None, "table") else sys.stderr)


def _parameters(given: list[str]) -> dict[str, list[str]]:
    """Read NAME=VALUE; a name given twice has two values."""
    values: dict[str, list[str]] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise QuestionError(
                "--param",
                found=repr(text),
                expected="NAME=VALUE",
                remedy="write for instance --param province='Lai Châu'",
                vi=f"Tham số {text!r} phải có dạng TÊN=GIÁ TRỊ",
            )
        values.setdefault(name, []).append(value)
    return values


def _ask_file(path: Path, store: Store, params: list[str]) -> Result | Triples:
    try:
        query = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise QuestionError(
            str(path),
            found=str(error),
            expected="a file with a SPARQL query, in UTF-8",
            remedy="check the path",
            vi="Không đọc được tệp câu hỏi",
        ) from error
    if params:
        raise QuestionError(
            str(path),
            found="--param",
            expected="no parameter with a query of your own",
            remedy="write the value into the query",
            vi="--param chỉ dùng với câu hỏi có sẵn; hãy ghi giá trị vào tệp câu hỏi",
        )
    form = query_form(query)
    if form in ("CONSTRUCT", "DESCRIBE"):
        return store.construct(query)
    if form == "ASK":
        import pyoxigraph as ox

        return Result(("answer",), ((ox.Literal(store.ask(query)),),))
    return store.select(query)


def _show(answer: Result | Triples, form: str | None, labels: list[str] | None) -> None:
    if isinstance(answer, Triples):
        if form not in (None, "ttl"):
            raise _wrong_format(form, "ttl")
        sys.stdout.write(format_ttl(answer).decode("utf-8"))
    elif form == "ttl":
        raise _wrong_format(form, "table, csv or json")
    elif form == "csv":
        _write_bytes(format_csv(answer))
    elif form == "json":
        print(format_json(answer))
    else:
        print(format_table(answer, labels if labels and len(labels) == len(answer.columns) else None))
        print(f"\n{len(answer)} dòng (rows)")


def _write_bytes(content: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(content)


def _wrong_format(form: str | None, right: str) -> QuestionError:
    return QuestionError(
        "--format",
        found=str(form),
        expected=right,
        remedy=f"ask with --format {right.split(',', maxsplit=1)[0]}",
        vi=f"Câu trả lời này không viết được ở dạng {form}; hãy dùng {right}",
    )


def _described(question: Question, view: View | None) -> str:
    lines = [question.title.vi, question.title.en, "", question.description.vi, question.description.en]
    lines += ["", *tell_view(view.date, view.split)] if view else []
    lines += ["", f"Vì sao hỏi: {question.why.vi}", f"Why: {question.why.en}"]
    lines += ["", f"Cách đọc: {question.reading.vi}", f"How to read it: {question.reading.en}"]
    if question.parameters:
        lines += ["", "Tham số (parameters):"]
    for parameter in question.parameters:
        default = f", mặc định (default) {parameter.default}" if parameter.default else ""
        lines.append(f"  {parameter.name} ({parameter.type}): {parameter.label.vi} | {parameter.label.en}{default}")
    lines += ["", "Cột (columns):"]
    lines += [f"  {column.name}: {column.label.vi} | {column.label.en}" for column in question.columns]
    return "\n".join(lines)
