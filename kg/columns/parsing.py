"""Queries read by rdflib's grammar, which a third of its time looks for comments: they are taken out beforehand.

rdflib lets its grammar skip comments at every one of its elements, tens of thousands of times a query. Here a copy of the grammar
skips none, and the comments become blanks first, so that the places of errors stay.
"""

from __future__ import annotations

from copy import copy
from functools import cache, lru_cache
from typing import Any

from pyparsing import ParserElement, ParseResults
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import Query, parseQuery

from kg.store.query_text import without_comments

_PARTS = ("expr", "not_ender")
"""Where a pyparsing element keeps another one; several stand in ``exprs``."""


@lru_cache(maxsize=64)
def parse(query: str) -> Any:
    """Give the algebra of a query, as rdflib's ``translateQuery(parseQuery(query))`` would.

    Raises:
        pyparsing.ParseException: no query.
    """
    return translateQuery(_read(query)).algebra


def _read(query: str) -> ParseResults:
    if "\\u" in query.casefold():  # escapes are rdflib's to expand, a "#" among them
        return parseQuery(query)
    return _grammar().parse_string(without_comments(query), parse_all=True)


@cache
def _grammar() -> ParserElement:
    return _without_ignoring(Query, {})


def _without_ignoring(element: ParserElement, copies: dict[int, ParserElement]) -> ParserElement:
    """Copy a grammar, which may hold itself; parse actions are shared."""
    if id(element) in copies:
        return copies[id(element)]
    twin = copies[id(element)] = copy(element)
    twin.ignoreExprs = []
    if hasattr(twin, "exprs"):
        twin.exprs = [_without_ignoring(each, copies) for each in twin.exprs]
    for part in _PARTS:
        if (inner := getattr(twin, part, None)) is not None:
            setattr(twin, part, _without_ignoring(inner, copies))
    return twin
