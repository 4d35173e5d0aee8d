"""What the command query does: the questions of the library, or one of the asker's own."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli import DONE
from kg.columns.opening import open_for_questions
from kg.commands.answers import Told
from kg.commands.answers import show as _show
from kg.errors import QuestionError
from kg.graph.as_of import View
from kg.questions import (
    Question,
    describe_run,
    explain_empty,
    explain_empty_query,
    get_question,
    list_questions,
    run,
    take_date,
    view_of,
)
from kg.questions.page import list_text
from kg.resolution.as_of import tell_view
from kg.store import RemoteStore, Result, Store, Triples, open_store
from kg.store.as_of import as_of
from kg.store.query_text import query_form

_TYPES = {"iri": "chọn theo tên | by name", "string": "chữ | text", "integer": "số nguyên | whole number", "decimal": "số | number", "date": "ngày | date"}


def ask(args: argparse.Namespace) -> int:
    """Ask, list or describe."""
    if args.describe:
        described = get_question(args.describe)
        print(_described(described, view_of(described, args.as_of, args.split)))
        return DONE
    if args.list or (args.question is None and args.file is None and not args.param):
        print(list_text(list_questions(), args.lang))
        print("\nHỏi: mandategraph query TÊN [--param TÊN=GIÁ TRỊ]; giải thích: --describe TÊN | ask with its name, explain with --describe NAME")
        return DONE
    if (args.question is None) == (args.file is None):
        raise QuestionError(
            "query",
            found="neither or both of QUESTION and --file",
            expected="one of them",
            remedy="name a question of `mandategraph query --list`, or give --file my.rq",
            vi="Hãy nêu tên một câu hỏi (xem `mandategraph query --list`) hoặc --file my.rq",
        )
    question = get_question(args.question) if args.question else None  # a wrong name is said before a graph is loaded
    store: Store = _opened(args.build, args.endpoint, args.beside)
    if question is None:
        view = None if args.as_of is None else View.of(args.as_of, args.split)
        seen = as_of(store, view.date, view.split) if view else store
        answer = _ask_file(Path(args.file), seen, args.param)
        empty = explain_empty_query(Path(args.file).read_text(encoding="utf-8"), seen) if isinstance(answer, Result) and not answer.rows else None
        _show(Told(answer=answer, view=view, empty=empty), store, args.format, args.lang, args.output)
        return DONE
    day, params = take_date(question, _parameters(args.param), args.as_of)
    view = view_of(question, day, args.split)
    answer = run(question, store, params, as_of=day, split=args.split)
    empty = explain_empty(question, store, params, as_of=day, split=args.split) if isinstance(answer, Result) and not answer.rows else None
    running = describe_run(question, store, params, as_of=day, split=args.split)
    _show(Told(answer=answer, view=view, question=question, running=running, empty=empty), store, args.format, args.lang, args.output)
    return DONE


def _opened(build: str, endpoint: str | None, beside: list[str]) -> Store:
    """Open what is asked: an endpoint, or a build, whole where files are asked together with it."""
    if endpoint and beside:
        raise QuestionError(
            "--beside", found="--endpoint as well", expected="a build of this machine", remedy="load the file at the endpoint, or ask with --build",
            vi="--beside không dùng cùng --endpoint; hãy nạp tệp ấy ở máy chủ",
        )  # fmt: skip
    if endpoint:
        return RemoteStore(endpoint)
    return open_store(build, beside) if beside else open_for_questions(build)


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


def _described(question: Question, view: View | None) -> str:
    running = question.running
    everything = {parameter.name: parameter.every for parameter in question.parameters}
    lines = [question.title.vi, question.title.en, "", question.description.vi, question.description.en]
    lines += ["", *(running.told(lang).format(**{name: every.told(lang) for name, every in everything.items()}) for lang in ("vi", "en"))]
    lines += ["", *tell_view(view.date, view.split)] if view else []
    lines += ["", f"Vì sao hỏi: {question.why.vi}", f"Why: {question.why.en}"]
    lines += ["", f"Cách đọc: {question.reading.vi}", f"How to read it: {question.reading.en}"]
    if question.parameters:
        lines += ["", "Tham số (parameters):"]
    for parameter in question.parameters:
        lines.append(f"  {parameter.name} ({_TYPES[parameter.type]}): {parameter.label.vi} | {parameter.label.en}; không nêu (not given): {parameter.every.vi} | {parameter.every.en}")
    lines += ["", "Cột (columns):"]
    lines += [f"  {column.name}: {column.label.vi} | {column.label.en}" for column in question.columns]
    example = "".join(f" --param {parameter.name}=…" for parameter in question.parameters[:1])
    lines += ["", f"Hỏi (ask): mandategraph query {question.name}{example}"]
    return "\n".join(lines)
