"""Asking a question of the library of any store, as written or as of a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import QuestionError
from kg.graph.as_of import View
from kg.questions.header import get_question
from kg.questions.records import Given, Question, as_list
from kg.questions.values import fill
from kg.store.as_of import as_of as as_of_store
from kg.store.formatting import plain_text
from kg.store.interface import Store
from kg.store.results import Result, Triples


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
    query = fill(asked, store, params)
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
    days = as_list(given)
    said = [plain_text(day) if isinstance(day, ox.NamedNode | ox.Literal) else str(day) for day in days]
    return as_of if as_of is not None or not said else said[-1], {name: value for name, value in params.items() if name != "asOf"}


def view_of(question: Question, as_of: str | None, split: str = "share") -> View | None:
    """Give the view that a question is asked in; ``None`` as written.

    Raises:
        QuestionError: a date that is none or absurd, or another split.
    """
    day = question.as_of if as_of is None else as_of
    return None if day is None else View.of(day, split)
