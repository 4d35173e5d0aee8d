"""Reading a ``.rq`` file of the library.

A file is valid SPARQL as it stands. It opens with a header of ``#+`` lines in a strict subset of YAML: ``key: text``,
nested by two spaces, lists of mappings opened by ``- ``, and ``[a, b]`` for tags; nothing is quoted::

    #+ title:
    #+   vi: Nhiệm vụ có nhiều cơ quan chủ trì
    #+   en: Tasks with several leads
    #+ running:
    #+   vi: Nhiệm vụ của {province} có nhiều cơ quan chủ trì
    #+   en: Tasks of {province} with several leads

A parameter is one line ``VALUES ?name { default }`` inside WHERE. The runner puts serialised RDF terms in its place,
never text; a parameter with the default UNDEF that is not given asks for all, which its ``every`` says: "mọi tỉnh".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from kg.data_files import data_folder
from kg.errors import QuestionError
from kg.questions.records import Column, Parameter, Question, Text
from kg.resolution.as_of import read_day

TYPES = ("iri", "string", "integer", "decimal", "date")
VALUES_LINE = re.compile(r"^[ \t]*VALUES[ \t]+\?(\w+)[ \t]*\{([^{}\n]*)\}[ \t]*$", re.MULTILINE)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEYS = {"title", "running", "description", "why", "read", "needs", "as-of", "tags", "parameters", "columns"}

_Tree: TypeAlias = "dict[str, str | _Tree | list[_Tree]]"


def list_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """Give all questions, by name.

    Raises:
        QuestionError: a file whose header is broken.
    """
    return tuple(read_question(path) for path in sorted((folder or data_folder("queries")).glob("*.rq"), key=lambda path: path.stem))


def get_question(name: str, folder: Path | None = None) -> Question:
    """Give one question by its name (the file's name without ``.rq``).

    Raises:
        QuestionError: there is none of that name.
    """
    folder = folder or data_folder("queries")
    names = sorted(path.stem for path in folder.glob("*.rq"))
    if name not in names:
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or [each for each in names if set(name.split("-")) & set(each.split("-"))] or names
        raise QuestionError(
            "question",
            found=repr(name),
            expected=", ".join(near),
            remedy="choose one of these, or list all with `mandategraph query --list`",
            vi=f"Không có câu hỏi tên {name!r}; tên gần nhất ghi sau chữ “expected”",
        )
    return read_question(folder / f"{name}.rq")


def read_question(path: Path) -> Question:
    """Read a ``.rq`` file.

    Raises:
        QuestionError: a header that is missing, broken or at odds with the query.
    """
    query = path.read_text(encoding="utf-8")
    numbered = [(i, line[2:]) for i, line in enumerate(query.splitlines(), 1) if line.startswith("#+")]
    tree = _Header(path.name).parse([(i, text) for i, text in numbered if text.strip()], 1)
    reader = _Header(path.name)
    defaults = {match.group(1): match.group(2).strip() for match in VALUES_LINE.finditer(query)}
    parameters = tuple(_read_parameter(reader, item, defaults) for item in reader.items(tree, "parameters"))
    columns = tuple(_read_column(reader, item) for item in reader.items(tree, "columns"))
    question = Question(
        name=path.stem,
        title=reader.both(tree, "title"),
        running=_read_running(reader, tree, parameters),
        description=reader.both(tree, "description"),
        why=reader.both(tree, "why"),
        reading=reader.both(tree, "read"),
        tags=tuple(tag.strip() for tag in reader.text(tree, "tags").strip("[]").split(",")),
        parameters=parameters,
        columns=columns,
        query=query,
        needs=reader.both(tree, "needs") if "needs" in tree else None,
        as_of=read_day(reader.text(tree, "as-of")) if "as-of" in tree else None,
    )
    unknown = tree.keys() - _KEYS
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
    return Parameter(name=name, type=kind, label=reader.both(item, "label"), default=default, every=reader.both(item, "every"), values=values)


def _read_column(reader: _Header, item: _Tree) -> Column:
    words = reader.text(item, "words") if "words" in item else None
    return Column(name=reader.text(item, "name"), label=Text(reader.text(item, "vi"), reader.text(item, "en")), words=words)


def _read_running(reader: _Header, tree: _Tree, parameters: tuple[Parameter, ...]) -> Text:
    running = reader.both(tree, "running")
    for text in running:
        named = set(re.findall(r"\{(\w*)\}", text))
        if named != {parameter.name for parameter in parameters}:
            raise reader.broken(f"the sentence {text!r} (each parameter once, in braces, is expected)")
    return running


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
            expected="a header as described in kg/questions/header.py",
            remedy="mend the header of the file",
            vi=f"Phần mô tả đầu tệp {self.file} sai",
        )
