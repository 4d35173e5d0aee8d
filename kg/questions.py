"""The question library: ``.rq`` files that describe themselves, run on any store.

A file is valid SPARQL as it stands. It opens with a header of ``#+`` lines in a strict subset of YAML: ``key: text``,
nested by two spaces, lists of mappings opened by ``- ``, and ``[a, b]`` for tags; nothing is quoted::

    #+ title:
    #+   vi: Nhiệm vụ có nhiều cơ quan chủ trì
    #+   en: Tasks with several leads

A parameter is one line ``VALUES ?name { default }`` inside WHERE. The runner puts serialised RDF terms in its place,
never text; a parameter with the default UNDEF that is not given asks for all.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.data_files import data_folder
from kg.errors import QuestionError
from kg.graph.as_of import View
from kg.normalise import slug
from kg.resolution.as_of import read_day, show_day
from kg.resolution.registry import load_registry
from kg.resolution.succession import province_successor_at
from kg.store.as_of import AsOfStore
from kg.store.as_of import as_of as as_of_store
from kg.store.formatting import format_csv, format_json, format_table, format_ttl, plain_text
from kg.store.interface import Store
from kg.store.query_text import query_form
from kg.store.results import Result, Triples

__all__ = [
    "Choice",
    "Column",
    "Parameter",
    "Question",
    "Text",
    "format_csv",
    "format_json",
    "format_table",
    "format_ttl",
    "get_question",
    "list_choices",
    "list_questions",
    "read_question",
    "run",
    "take_date",
    "view_of",
]

TYPES = ("iri", "string", "integer", "decimal", "date")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_VALUES = re.compile(r"^[ \t]*VALUES[ \t]+\?(\w+)[ \t]*\{([^{}\n]*)\}[ \t]*$", re.MULTILINE)
_PREFIX = re.compile(r"^PREFIX[ \t]+\S*:[ \t]*<[^>\n]*>", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_Tree: TypeAlias = "dict[str, str | _Tree | list[_Tree]]"
_Term: TypeAlias = ox.NamedNode | ox.Literal
Given: TypeAlias = "str | int | Decimal | date | ox.NamedNode | ox.Literal"


class Text(NamedTuple):
    """The same in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter. ``default`` is SPARQL as in the file, ``None`` where it is UNDEF (all); ``values`` lists the choices."""

    name: str
    type: str
    label: Text
    default: str | None
    values: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the answer."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the library. ``query`` is the whole file, so that line numbers are those of the file.

    ``as_of`` is the day that a question about reorganisations is asked of where none is given; ``None`` for all others,
    which are then asked as written.
    """

    name: str
    title: Text
    description: Text
    why: Text
    reading: Text
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    query: str
    as_of: str | None = None

    @property
    def form(self) -> str | None:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return query_form(self.query)


class Choice(NamedTuple):
    """An allowed value of a parameter, with all labels that it goes by."""

    term: _Term
    labels: tuple[str, ...]


def list_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """Give all questions, by name.

    Raises:
        QuestionError: a file whose header is broken.
    """
    return tuple(read_question(path) for path in sorted((folder or data_folder("queries")).glob("*.rq")))


def get_question(name: str, folder: Path | None = None) -> Question:
    """Give one question by its name (the file's name without ``.rq``).

    Raises:
        QuestionError: there is none of that name.
    """
    folder = folder or data_folder("queries")
    names = sorted(path.stem for path in folder.glob("*.rq"))
    if name not in names:
        near = difflib.get_close_matches(name, names, n=3) or names
        raise QuestionError(
            "question",
            found=repr(name),
            expected=", ".join(near),
            remedy="choose one of these, or list the questions",
            vi=f"Không có câu hỏi tên {name!r}; gần nhất: {', '.join(near)}",
        )
    return read_question(folder / f"{name}.rq")


def run(
    question: str | Question,
    store: Store,
    params: Mapping[str, Given | Iterable[Given] | None] | None = None,
    *,
    as_of: str | None = None,
    split: str = "share",
) -> Result | Triples:
    """Ask a question, as written or as of a date.

    Args:
        question: a question or its name.
        store: whom to ask.
        params: by name: a value, or several; a text for an ``iri`` is its address, its slug, or a label written with or
            without diacritics. ``None``, "" and an empty list mean "not given".
        as_of: "2025-07-01" or "01/7/2025": who has the work of each body then. ``None`` asks as written.
        split: as of a date, what happens to the work of a divided body: "share" counts an equal part for each heir,
            "list" counts it in full for each.

    Returns:
        ``Triples`` for CONSTRUCT and DESCRIBE, else ``Result``; the answer of an ASK is one cell, ``answer``.

    Raises:
        QuestionError: an unknown parameter, a value that is not allowed, a date that is none, a store that cannot be asked
            as of a date, or a broken query.
    """
    asked = get_question(question) if isinstance(question, str) else question
    day, params = take_date(asked, params or {}, as_of)
    view = view_of(asked, day, split)
    if view is not None:
        store = as_of_store(store, view.date, view.split)
    query = _fill(asked, store, params)
    try:
        if asked.form in ("CONSTRUCT", "DESCRIBE"):
            return store.construct(query)
        if asked.form == "ASK":
            return Result(("answer",), ((ox.Literal(store.ask(query)),),))
        return store.select(query)
    except QuestionError as error:
        raise QuestionError(
            error.place.replace("query", f"{asked.name}.rq", 1),
            found=error.found,
            expected=error.expected,
            remedy=error.remedy,
            vi=f"{error.vi} (câu hỏi {asked.name})",
        ) from error


def take_date(
    question: Question, params: Mapping[str, Given | Iterable[Given] | None], as_of: str | None
) -> tuple[str | None, Mapping[str, Given | Iterable[Given] | None]]:
    """Take the day out of the parameters of a question about reorganisations, which once was its parameter ``asOf``.

    ``as_of`` goes before it. Gives the day, ``None`` where there is none, and the other parameters.
    """
    if question.as_of is None or "asOf" not in params:
        return as_of, params
    given = params["asOf"]
    days = [given] if isinstance(given, str | int | Decimal | date | ox.NamedNode | ox.Literal) else list(given or ())
    said = [plain_text(day) if isinstance(day, ox.NamedNode | ox.Literal) else str(day) for day in days]
    return as_of if as_of is not None or not said else said[-1], {name: value for name, value in params.items() if name != "asOf"}


def view_of(question: Question, as_of: str | None, split: str = "share") -> View | None:
    """Give the view that a question is asked in; ``None`` as written.

    Raises:
        QuestionError: a date that is none or absurd, or another split.
    """
    day = question.as_of if as_of is None else as_of
    return None if day is None else View.of(day, split)


def list_choices(question: Question, parameter: Parameter, store: Store) -> tuple[Choice, ...]:
    """Give the values that a parameter may take in this store, in the order of its values query; () where it has none."""
    if parameter.values is None:
        return ()
    query = "\n".join([*_PREFIX.findall(question.query), parameter.values])
    labels: dict[_Term, dict[str, None]] = {}
    for value, label in store.select(query).rows:
        if isinstance(value, ox.NamedNode | ox.Literal):
            labels.setdefault(value, {})[plain_text(label)] = None
    return tuple(Choice(term, tuple(names)) for term, names in labels.items())


def read_question(path: Path) -> Question:
    """Read a ``.rq`` file.

    Raises:
        QuestionError: a header that is missing, broken or at odds with the query.
    """
    query = path.read_text(encoding="utf-8")
    numbered = [(i, line[2:]) for i, line in enumerate(query.splitlines(), 1) if line.startswith("#+")]
    tree = _Header(path.name).parse([(i, text) for i, text in numbered if text.strip()], 1)
    reader = _Header(path.name)
    defaults = {match.group(1): match.group(2).strip() for match in _VALUES.finditer(query)}
    parameters = tuple(_read_parameter(reader, item, defaults) for item in reader.items(tree, "parameters"))
    columns = tuple(
        Column(name=reader.text(item, "name"), label=Text(reader.text(item, "vi"), reader.text(item, "en")))
        for item in reader.items(tree, "columns")
    )
    question = Question(
        name=path.stem,
        title=reader.both(tree, "title"),
        description=reader.both(tree, "description"),
        why=reader.both(tree, "why"),
        reading=reader.both(tree, "read"),
        tags=tuple(tag.strip() for tag in reader.text(tree, "tags").strip("[]").split(",")),
        parameters=parameters,
        columns=columns,
        query=query,
        as_of=read_day(reader.text(tree, "as-of")) if "as-of" in tree else None,
    )
    unknown = tree.keys() - {"title", "description", "why", "read", "as-of", "tags", "parameters", "columns"}
    if unknown:
        raise reader.broken(f"unknown keys {', '.join(sorted(unknown))}")
    if not _NAME.fullmatch(path.stem):
        raise reader.broken("a file name that is not in kebab-case")
    return question


def _read_parameter(reader: _Header, item: _Tree, defaults: Mapping[str, str]) -> Parameter:
    name, kind = reader.text(item, "name"), reader.text(item, "type")
    if kind not in TYPES:
        raise reader.broken(f"type {kind!r} of parameter {name!r} (allowed: {', '.join(TYPES)})")
    if name not in defaults:
        raise reader.broken(f"parameter {name!r} without its line VALUES ?{name} {{ … }}")
    default = None if defaults[name] == "UNDEF" else defaults[name]
    values = reader.text(item, "values") if "values" in item else None
    return Parameter(name=name, type=kind, label=reader.both(item, "label"), default=default, values=values)


class _Header:
    """Reader of the ``#+`` header of one file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def parse(self, lines: list[tuple[int, str]], depth: int) -> _Tree:
        tree: _Tree = {}
        at = 0
        while at < len(lines):
            number, line = lines[at]
            key, colon, value = line[depth:].partition(":")
            if line[:depth].strip() or not colon or not re.fullmatch(r"[\w-]+", key) or key in tree:
                raise self.broken(f"{line.strip()!r} (a new key at depth {depth} is expected)", number)
            end = at + 1
            while end < len(lines) and lines[end][1][: depth + 1].isspace():
                end += 1
            nested = lines[at + 1 : end]
            if bool(nested) == bool(value.strip()):
                raise self.broken(f"{line.strip()!r} (either a text or a nested block is expected)", number)
            tree[key] = value.strip() or self._nested(nested, depth + 2)
            at = end
        return tree

    def _nested(self, lines: list[tuple[int, str]], depth: int) -> _Tree | list[_Tree]:
        if not lines[0][1][depth:].startswith("- "):
            return self.parse(lines, depth)
        items: list[list[tuple[int, str]]] = []
        for number, line in lines:
            if line[depth:].startswith("- "):
                items.append([])
            items[-1].append((number, line.replace("- ", "  ", 1) if line[depth:].startswith("- ") else line))
        return [self.parse(item, depth + 2) for item in items]

    def text(self, tree: _Tree, key: str) -> str:
        value = tree.get(key)
        if not isinstance(value, str):
            raise self.broken(f"no text at key {key!r}")
        return value

    def both(self, tree: _Tree, key: str) -> Text:
        value = tree.get(key)
        if not isinstance(value, dict) or value.keys() != {"vi", "en"}:
            raise self.broken(f"no vi and en at key {key!r}")
        return Text(self.text(value, "vi"), self.text(value, "en"))

    def items(self, tree: _Tree, key: str) -> list[_Tree]:
        value = tree.get(key, [])
        if not isinstance(value, list):
            raise self.broken(f"no list at key {key!r}")
        return value

    def broken(self, found: str, line: int | None = None) -> QuestionError:
        return QuestionError(
            self.file if line is None else f"{self.file}, line {line}",
            found=found,
            expected="a header as described in kg/questions.py",
            remedy="mend the header of the file",
            vi=f"Phần mô tả đầu tệp {self.file} sai",
        )


def _fill(question: Question, store: Store, params: Mapping[str, Given | Iterable[Given] | None]) -> str:
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in params:
        if name not in known:
            names = ", ".join(known) or "none"
            raise QuestionError(
                f"{question.name}.rq",
                found=f"parameter {name!r}",
                expected=names,
                remedy="leave it out or choose one of these",
                vi=f"Câu hỏi {question.name} không có tham số {name!r}; các tham số: {names}",
            )
    blocks: dict[str, str] = {}
    for name, parameter in known.items():
        terms = _terms(question, parameter, store, params.get(name))
        if terms:
            blocks[name] = f"VALUES ?{name} {{ {' '.join(str(term) for term in terms)} }}"
        elif parameter.default is None:
            blocks[name] = ""
    # One line for one line: the line numbers in the engine's messages stay those of the file.
    return _VALUES.sub(lambda match: blocks.get(match.group(1), match.group()), question.query)


def _terms(
    question: Question, parameter: Parameter, store: Store, given: Given | Iterable[Given] | None
) -> tuple[_Term, ...]:
    several = (given,) if isinstance(given, str | int | Decimal | date | ox.NamedNode | ox.Literal) else given
    values = [value for value in several or () if value != ""]
    if not values:
        return ()
    if len(values) > 1 and parameter.type in ("date", "decimal"):
        raise _refused(parameter, ", ".join(map(str, values)), "one value", "chỉ nhận một giá trị")
    choices = list_choices(question, parameter, store)
    if parameter.values is not None:
        try:
            return tuple(_choose(parameter, choices, value) for value in values)
        except QuestionError:
            if isinstance(store, AsOfStore):
                _refuse_ended(parameter, values, store.view)
            raise
    return tuple(_typed(parameter, value) for value in values)


def _choose(parameter: Parameter, choices: tuple[Choice, ...], value: Given) -> _Term:
    text = plain_text(value) if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
    for choice in choices:
        if text in (choice.term.value, _slug(choice.term)):
            return choice.term
    wanted = slug(text)
    found = [c for c in choices if wanted in {slug(label) for label in c.labels} | {slug(_slug(c.term))}]
    if len(found) == 1:
        return found[0].term
    if found:
        listed = ", ".join(_slug(choice.term) for choice in found)
        raise _refused(parameter, text, f"one of {listed}", f"{text!r} có nhiều nghĩa: {listed}")
    by_fold = {slug(name): choice.labels[0] for choice in choices for name in (*choice.labels, _slug(choice.term))}
    near = [by_fold[fold] for fold in difflib.get_close_matches(wanted, sorted(by_fold), n=5, cutoff=0.4)]
    listed = ", ".join(dict.fromkeys(near or [choice.labels[0] for choice in choices[:10]]))
    raise _refused(parameter, text, listed or "nothing: the graph holds no value to choose from", f"gần nhất: {listed}")


def _refuse_ended(parameter: Parameter, values: list[Given], view: View) -> None:
    """Refuse a province that has ended by the view's day, and name its heir."""
    registry = load_registry()
    for value in values:
        text = plain_text(value) if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
        named = [unit for unit in registry.provinces.values() if slug(text) in (unit.slug, slug(unit.name), slug(unit.full_name))]
        for unit in named:
            heirs = [registry.provinces[heir.slug] for heir in province_successor_at(unit.slug, view.date) if heir.slug and heir.slug != unit.slug]
            if heirs:
                heir = ", ".join(each.name for each in heirs)
                raise _refused(parameter, text, f"{heir}, which {unit.name} is part of as of {view.date}", f"{unit.name} không còn tồn tại tính đến {show_day(view.date)}; kế thừa: {heir}")


def _typed(parameter: Parameter, value: Given) -> _Term:
    text = plain_text(value) if isinstance(value, ox.NamedNode | ox.Literal) else str(value)
    try:
        if parameter.type == "iri" and re.match(r"(?:https?|urn):", text):
            return ox.NamedNode(text)
        if parameter.type == "integer":
            return ox.Literal(int(text))
        if parameter.type == "decimal" and Decimal(text).is_finite():
            return ox.Literal(f"{Decimal(text):f}", datatype=ox.NamedNode(_XSD + "decimal"))
        if parameter.type == "date":
            return ox.Literal(date.fromisoformat(text).isoformat(), datatype=ox.NamedNode(_XSD + "date"))
    except (ValueError, InvalidOperation):
        pass
    if parameter.type == "string":
        return ox.Literal(text)
    raise _refused(parameter, text, f"a value of type {parameter.type}", f"cần kiểu {parameter.type}")


def _refused(parameter: Parameter, text: str, expected: str, vi: str) -> QuestionError:
    return QuestionError(
        f"parameter {parameter.name}",
        found=repr(text),
        expected=expected,
        remedy="give one of these values, or leave the parameter out",
        vi=f"Giá trị {text!r} của tham số {parameter.label.vi!r} không dùng được; {vi}",
    )


def _slug(term: _Term) -> str:
    return term.value.rstrip("/").rpartition("/")[2] if isinstance(term, ox.NamedNode) else term.value
