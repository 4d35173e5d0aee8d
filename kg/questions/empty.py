"""Why a question has no answer: the value that leaves nothing, or the first part of the query that finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pyoxigraph as ox
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from kg.data_files import data_folder
from kg.errors import QuestionError
from kg.graph.namespaces import MG_BASE, PREFIXES
from kg.questions.asking import run, take_date, view_of
from kg.questions.header import get_question
from kg.questions.records import Given, Question, Text, as_list
from kg.questions.sentence import value_text
from kg.questions.values import fill
from kg.store.as_of import AsOfStore
from kg.store.as_of import as_of as as_of_store
from kg.store.interface import Store
from kg.store.results import Result

if TYPE_CHECKING:
    from rdflib.term import Node

_Params: TypeAlias = "Mapping[str, Given | Iterable[Given] | None]"
_AS_WRITTEN = "urn:as-written:"


class _Part(NamedTuple):
    """A part that every answer must meet: one of its branches, each of statements."""

    branches: tuple[tuple[tuple[Any, Any, Any], ...], ...]


def explain_empty(
    question: str | Question, store: Store, params: _Params | None = None, *, as_of: str | None = None, split: str = "share"
) -> Text:
    """Say why the answer has no row.

    Looks first for a value without which there are rows, then, as asked of everything, for the first part of the query that
    finds nothing. To be called where ``run`` gave no row.

    Raises:
        QuestionError: as ``run``.
    """
    asked = get_question(question) if isinstance(question, str) else question
    day, params = take_date(asked, params or {}, as_of)
    given = {name: value for name, value in params.items() if as_list(value)}
    told = _value_to_blame(asked, store, given, day, split)
    if told is None:
        view = view_of(asked, day, split)
        told = _part_to_blame(asked, as_of_store(store, view.date, view.split) if view else store)
    return Text(f"Không có dòng nào: {told.vi}", f"No rows: {told.en}")


def explain_empty_query(query: str, store: Store) -> Text:
    """Say why a SELECT of one's own has no row: a term that the ontology lacks, or the first part that finds nothing."""
    from pyparsing import ParseException

    try:
        parts = tuple(_parts(query))
    except (ParseException, ValueError):  # what rdflib does not read, the store may
        return Text("Không có dòng nào.", "No rows.")
    told = _unknown_term(parts) or _first_part(parts, store, Text("", ""))
    return Text(f"Không có dòng nào: {told.vi}", f"No rows: {told.en}")


def _unknown_term(parts: Iterable[_Part]) -> Text | None:
    """Tell of a term of the project's own namespace that does not exist, and of those that are spelt nearly so."""
    known = _terms()
    asked = (term for part in parts for branch in part.branches for triple in branch for node in triple[1:] for term in _terms_in(node.n3()))
    unknown = next((term for term in asked if term not in known), None)
    if unknown is None:
        return None
    near = ", ".join(f"mg:{name}" for name, *_ in extract(unknown, sorted(known), scorer=ratio, processor=str.casefold, score_cutoff=70, limit=3))
    return Text(f"không có từ mg:{unknown}" + (f"; gần nhất: {near}." if near else "."), f"there is no term mg:{unknown}" + (f"; nearest: {near}." if near else "."))


def _value_to_blame(question: Question, store: Store, given: _Params, day: str | None, split: str) -> Text | None:
    """Tell of the value without which there are rows; ``None`` where there is none such."""
    for name, value in given.items():
        rows = _count(question, store, {other: kept for other, kept in given.items() if other != name}, day, split)
        if rows:
            label, said = next(each.label for each in question.parameters if each.name == name), value_text(question, name, store, value)
            return Text(
                f"không có gì với {label.vi} = {said.vi}; bỏ tham số {name} thì có {rows} dòng.", f"nothing with {label.en} = {said.en}; without the parameter {name} there are {rows}."
            )
    if len(given) > 1 and (rows := _count(question, store, {}, day, split)):
        names = ", ".join(given)
        return Text(f"các tham số {names} cùng lúc không còn gì; bỏ hết thì có {rows} dòng.", f"the parameters {names} together leave nothing; without them there are {rows}.")
    return None


def _count(question: Question, store: Store, params: _Params, day: str | None, split: str) -> int:
    try:
        answer = run(question, store, params, as_of=day, split=split)
    except QuestionError:
        return 0  # what is left asks for a value that the graph does not have
    return len(answer) if isinstance(answer, Result) else 0


def _part_to_blame(question: Question, store: Store) -> Text:
    """Tell of the first part that finds nothing, alone or beside those before it."""
    return _first_part(tuple(_parts(fill(question, store, {}))), store, question.needs or Text("", ""))


def _first_part(parts: Sequence[_Part], store: Store, needs: Text) -> Text:
    blamed = _first_without(parts, store)
    if blamed is None:
        return Text(
            f"dữ liệu cần thiết đều có, nhưng không trường hợp nào thỏa điều kiện của câu hỏi (đúng là không có). {needs.vi}".strip(),
            f"all that is asked about is there, and no case meets the conditions: there is none. {needs.en}".strip(),
        )
    part, alone = blamed
    vi, en = _said(part, 0), _said(part, 1)
    if alone:
        return Text(f"đồ thị không có {vi}. {needs.vi}".strip(), f"the graph has no {en}. {needs.en}".strip())
    return Text(
        f"đồ thị có {vi}, nhưng không cái nào khớp với các phần trước của câu hỏi. {needs.vi}".strip(), f"the graph has {en}, but none that meets the earlier parts. {needs.en}".strip()
    )


def _first_without(parts: Sequence[_Part], store: Store) -> tuple[_Part, bool] | None:
    for part in parts:
        if not _found([part], store):
            return part, True
    for end in range(2, len(parts) + 1):
        if not _found(parts[:end], store):
            return parts[end - 1], False
    return None


def _found(parts: Sequence[_Part], store: Store) -> bool:
    where = " ".join(" UNION ".join(f"{{ {' '.join(_statement(triple, store) for triple in branch)} }}" for branch in part.branches) for part in parts)
    prefixes = "\n".join(f"PREFIX {name}: <{address}>" for name, address in PREFIXES.items())
    return store.ask(f"{prefixes}\nASK {{ {where} }}")


def _parts(query: str) -> Iterator[_Part]:
    """Give the parts that every answer must meet, in the order of the query: no OPTIONAL, no MINUS, no condition."""
    from rdflib.plugins.sparql import prepareQuery

    # A term that stands as a full address is as written whatever the date, and must stay apart from the prefixed ones.
    marked = query.replace(f"<{MG_BASE}>", "<urn:kept>").replace(f"<{MG_BASE}", f"<{_AS_WRITTEN}").replace("<urn:kept>", f"<{MG_BASE}>")
    yield from _walk(prepareQuery(marked).algebra)


def _walk(node: Any) -> Iterator[_Part]:
    kind = getattr(node, "name", None)
    if kind == "BGP":
        yield from (_Part(((triple,),)) for triple in node.triples)
    elif kind == "Union":
        yield _Part(tuple(tuple(part.branches[0][i] for part in branch for i in range(len(part.branches[0]))) for branch in _branches(node)))
    elif kind == "Join":
        yield from _walk(node.p1)
        yield from _walk(node.p2)
    elif kind in ("LeftJoin", "Minus"):
        yield from _walk(node.p1)
    elif kind != "values" and getattr(node, "p", None) is not None:
        yield from _walk(node.p)


def _branches(node: Any) -> Iterator[list[_Part]]:
    for side in (node.p1, node.p2):
        if getattr(side, "name", None) == "Union":
            yield from _branches(side)
        else:
            yield list(_walk(side))


def _statement(triple: tuple[Any, Any, Any], store: Store) -> str:
    # Outside a view, as written and as asked are the same; in a view, only prefixed terms are of the view.
    prefixed = isinstance(store, AsOfStore)
    return " ".join(_term(node, prefixed=prefixed) for node in triple) + " ."


def _term(node: Node, *, prefixed: bool) -> str:
    text = node.n3()
    text = re.sub(r"^_:(\w+)$", r"?blank\1", text)
    if prefixed:
        text = re.sub(rf"<{re.escape(MG_BASE)}(\w+)>", r"mg:\1", text)
    return text.replace(f"<{_AS_WRITTEN}", f"<{MG_BASE}")


def _said(part: _Part, lang: int) -> str:
    """Name what a part asks for by the label of its term: "«ứng với nhiệm vụ quốc gia» (mg:alignsWith)"."""
    names: dict[str, None] = {}
    for branch in part.branches:
        _, predicate, value = branch[0]
        found = _terms_in(value.n3()) if "22-rdf-syntax-ns#type" in predicate.n3() else _terms_in(predicate.n3())
        for term in found or [predicate.n3()]:
            labels = _labels().get(term)
            names[f"«{labels[lang]}» (mg:{term})" if labels else _short(term)] = None
    return (" hoặc ", " or ")[lang].join(names)


def _terms_in(text: str) -> list[str]:
    return re.findall(rf"<(?:{re.escape(MG_BASE)}|{_AS_WRITTEN})(\w+)>", text)


def _short(address: str) -> str:
    for name, base in PREFIXES.items():
        address = address.replace(f"<{base}", f"<{name}:")
    return address.strip("<>")


@cache
def _terms() -> frozenset[str]:
    """Give every term of the ontology, and those of a view as of a date."""
    graph = ox.Store()
    graph.load(path=str(data_folder("ontology") / "mandategraph.ttl"), format=ox.RdfFormat.TURTLE)
    return frozenset(quad.subject.value.removeprefix(MG_BASE) for quad in graph if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(MG_BASE))


@cache
def _labels() -> dict[str, tuple[str, str]]:
    """Give the label of every term of the ontology, in both languages."""
    graph = ox.Store()
    graph.load(path=str(data_folder("ontology") / "mandategraph.ttl"), format=ox.RdfFormat.TURTLE)
    found: dict[str, dict[str, str]] = {}
    for quad in graph.quads_for_pattern(None, ox.NamedNode(PREFIXES["rdfs"] + "label"), None):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(MG_BASE) and isinstance(quad.object, ox.Literal):
            found.setdefault(quad.subject.value.removeprefix(MG_BASE), {})[quad.object.language or ""] = quad.object.value
    return {term: (names["vi"], names["en"]) for term, names in sorted(found.items()) if {"vi", "en"} <= names.keys()}
