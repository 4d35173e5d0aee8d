"""What a parameter may be given, and how it is put into the query."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg.errors import QuestionError
from kg.graph.as_of import View
from kg.normalise import slug
from kg.questions.header import VALUES_LINE
from kg.questions.records import Choice, Given, Parameter, Question, TermOfValue, as_list
from kg.resolution.as_of import show_day
from kg.resolution.registry import load_registry
from kg.resolution.succession import province_successor_at
from kg.store.as_of import AsOfStore
from kg.store.formatting import plain_text
from kg.store.interface import Store

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PREFIX = re.compile(r"^PREFIX[ \t]+\S*:[ \t]*<[^>\n]*>", re.MULTILINE)


def list_choices(question: Question, parameter: Parameter, store: Store) -> tuple[Choice, ...]:
    """Give the values that a parameter may take in this store, in the order of its values query; () where it has none."""
    if parameter.values is None:
        return ()
    query = "\n".join([*_PREFIX.findall(question.query), parameter.values])
    labels: dict[TermOfValue, dict[str, None]] = {}
    for value, label in store.select(query).rows:
        if isinstance(value, ox.NamedNode | ox.Literal):
            labels.setdefault(value, {})[plain_text(label)] = None
    return tuple(Choice(term, tuple(names)) for term, names in labels.items())


def fill(question: Question, store: Store, params: Mapping[str, Given | Iterable[Given] | None]) -> str:
    """Give the query with the values of its parameters in place.

    Raises:
        QuestionError: an unknown parameter, or a value that is not allowed.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in params:
        if name not in known:
            names = ", ".join(known) or "none"
            raise QuestionError(
                f"{question.name}.rq",
                found=f"parameter {name!r}",
                expected=names,
                remedy="leave it out or choose one of these",
                vi=f"Câu hỏi {question.name} không có tham số {name!r}; các tham số ghi sau chữ “expected”",
            )
    blocks: dict[str, str] = {}
    for name, parameter in known.items():
        terms = terms_of(question, parameter, store, params.get(name))
        if terms:
            blocks[name] = f"VALUES ?{name} {{ {' '.join(str(term) for term in terms)} }}"
        elif parameter.default is None:
            blocks[name] = ""
    # One line for one line: the line numbers in the engine's messages stay those of the file.
    return VALUES_LINE.sub(lambda match: blocks.get(match.group(1), match.group()), question.query)


def terms_of(
    question: Question, parameter: Parameter, store: Store, given: Given | Iterable[Given] | None
) -> tuple[TermOfValue, ...]:
    """Give the terms of what is given for a parameter; () where nothing is.

    Raises:
        QuestionError: a value that is not allowed.
    """
    values = as_list(given)
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


def _choose(parameter: Parameter, choices: tuple[Choice, ...], value: Given) -> TermOfValue:
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
        raise _refused(parameter, text, f"one of {listed}", "tên này có nhiều nghĩa, hãy chọn một")
    by_fold = {slug(name): choice.labels[0] for choice in choices for name in (*choice.labels, _slug(choice.term))}
    near = [by_fold[fold] for fold in difflib.get_close_matches(wanted, sorted(by_fold), n=5, cutoff=0.4)]
    listed = ", ".join(dict.fromkeys(near or [choice.labels[0] for choice in choices[:10]]))
    if not listed:
        raise _refused(parameter, text, "nothing: the graph holds no value to choose from", "đồ thị này không có giá trị nào để chọn")
    raise _refused(parameter, text, listed, "giá trị gần nhất ghi sau chữ “expected”")


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


def _typed(parameter: Parameter, value: Given) -> TermOfValue:
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


def _slug(term: TermOfValue) -> str:
    return term.value.rstrip("/").rpartition("/")[2] if isinstance(term, ox.NamedNode) else term.value
