"""What a question of the library is, once its file is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.store.query_text import query_form

TermOfValue: TypeAlias = ox.NamedNode | ox.Literal
Given: TypeAlias = "str | int | Decimal | date | ox.NamedNode | ox.Literal"


class Text(NamedTuple):
    """The same in Vietnamese and in English."""

    vi: str
    en: str

    def told(self, lang: str) -> str:
        """Give it in one of the two languages."""
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter. ``default`` is SPARQL as in the file, ``None`` where it is UNDEF; ``values`` lists the choices.

    ``every`` says what is asked where it is not given: "mọi tỉnh", or the default in words.
    """

    name: str
    type: str
    label: Text
    default: str | None
    every: Text
    values: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the answer. ``words`` names what its codes are, and so how they are said; see ``kg.questions.words``."""

    name: str
    label: Text
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the library. ``query`` is the whole file, so that line numbers are those of the file.

    ``running`` says what is asked, with ``{name}`` for each parameter. ``needs`` says what must be in the documents for an
    answer. ``as_of`` is the day that a question about reorganisations is asked of where none is given; ``None`` for all
    others, which are then asked as written.
    """

    name: str
    title: Text
    running: Text
    description: Text
    why: Text
    reading: Text
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    query: str
    needs: Text | None = None
    as_of: str | None = None

    @property
    def form(self) -> str | None:
        """SELECT, ASK, CONSTRUCT or DESCRIBE."""
        return query_form(self.query)


class Choice(NamedTuple):
    """An allowed value of a parameter, with all labels that it goes by."""

    term: TermOfValue
    labels: tuple[str, ...]


def as_list(given: Given | Iterable[Given] | None) -> list[Given]:
    """Give the values of a parameter: one, several, or none where nothing or "" is given."""
    if isinstance(given, str | int | Decimal | date | ox.NamedNode | ox.Literal):
        return [given] if given != "" else []
    return [value for value in given or () if value != ""]
