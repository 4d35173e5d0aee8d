"""The sentence that says what is asked, with its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.graph.as_of import View
from kg.graph.namespaces import MG_BASE
from kg.questions.asking import take_date, view_of
from kg.questions.header import get_question
from kg.questions.records import Given, Parameter, Question, TermOfValue, Text
from kg.questions.values import list_choices, terms_of
from kg.questions.words import english_names
from kg.resolution.as_of import plan_standing, tell_plans, tell_view
from kg.store.as_of import as_of as as_of_store
from kg.store.formatting import plain_text
from kg.store.interface import Store
from kg.store.results import Term


def describe_run(
    question: str | Question,
    store: Store,
    params: Mapping[str, Given | Iterable[Given] | None] | None = None,
    *,
    as_of: str | None = None,
    split: str = "share",
) -> Text:
    """Say what is asked, with the labels of its values; what is not given reads "mọi tỉnh", "all provinces".

    Raises:
        QuestionError: as ``run``.
    """
    asked = get_question(question) if isinstance(question, str) else question
    day, params = take_date(asked, params or {}, as_of)
    view = view_of(asked, day, split)
    if view is not None:
        store = as_of_store(store, view.date, view.split)
    said = {parameter.name: _values(asked, parameter, store, params.get(parameter.name)) for parameter in asked.parameters}
    when = _tell_when(store, view) if view else Text("", "")
    vi, en = (_sentence(asked.running.told(lang), {name: text.told(lang) for name, text in said.items()}) for lang in ("vi", "en"))
    return Text(f"{when.vi} {vi}".strip(), f"{when.en} {en}".strip())


def _tell_when(store: Store, view: View) -> Text:
    """Say as of when, how divided work counts, and which plans are left out or counted though they are undated."""
    told = tell_view(view.date, view.split)
    found = store.select(_PLANS).rows
    plans = {plan: (_text(date), int(_text(end) or 0) or None) for plan, date, end in found}
    more = tell_plans(plan_standing(date, end, view.date) for date, end in plans.values())
    return Text(f"{told.vi} {more.vi}", f"{told.en} {more.en}") if more else Text(told.vi, told.en)


_PLANS = f"SELECT ?plan ?date ?end {{ ?plan <{MG_BASE}inCorpus> true OPTIONAL {{ ?plan <{MG_BASE}date> ?date }} OPTIONAL {{ ?plan <{MG_BASE}periodEnd> ?end }} }}"
"""All plans as written: full addresses are not those of a view."""


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, ox.Literal) else None


def value_text(question: Question, name: str, store: Store, given: Given | Iterable[Given] | None) -> Text:
    """Say what is given for one parameter, by its labels."""
    return _values(question, next(each for each in question.parameters if each.name == name), store, given)


def _sentence(template: str, values: Mapping[str, str]) -> str:
    told = template.format(**values).strip()
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "?")) else ".")


def _values(question: Question, parameter: Parameter, store: Store, given: Given | Iterable[Given] | None) -> Text:
    terms = terms_of(question, parameter, store, given)
    if not terms:
        return parameter.every
    if parameter.values is None:
        said = ", ".join(plain_text(term) for term in terms)
        return Text(said, said)
    labels = {choice.term: choice.labels[0] for choice in list_choices(question, parameter, store)}
    names = english_names(store)
    vi = [labels.get(term) or _local(term) for term in terms]
    return Text(", ".join(vi), ", ".join(names.get(label, label) for label in vi))


def _local(term: TermOfValue) -> str:
    return term.value.rpartition("/")[2] if isinstance(term, ox.NamedNode) else term.value
