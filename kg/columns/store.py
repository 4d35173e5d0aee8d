"""A store over the columns of a build: opened in a tenth of a second however large the build is, quick where whole columns are asked for.

What the columns do not answer (CONSTRUCT, GRAPH, functions that the library does not use), the embedded store does, which is loaded then.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl
import pyoxigraph as ox

import kg.resolution
from kg.columns.algebra import Engine
from kg.columns.files import Columns, by_predicate, columns_of, graph_mark, no_statements, read_columns, write_columns
from kg.columns.patterns import NotForColumnsError
from kg.columns.terms import Terms
from kg.data_files import data_folder
from kg.graph import as_of as as_of_graph
from kg.graph.as_of import View, view_quads
from kg.store.embedded import GRAPH_FILE, EmbeddedStore, broken_query, check_form, open_store, refuse
from kg.store.interface import Format
from kg.store.results import Result, Term, Triples

_FOLDER = Path("cache") / "columns"


class ColumnStore:
    """A :class:`kg.store.Store` over the columns of a build."""

    def __init__(self, build: Path, columns: Columns, mark: list[int], view: View | None = None) -> None:
        self._build, self._columns, self._mark, self._view = build, columns, mark, view
        self._beside: dict[View, ColumnStore] = {}
        self._engine = Engine(columns)

    def select(self, query: str) -> Result:
        """Answer a SELECT."""
        _check(query, ("SELECT",))
        try:
            return self._engine.select(query)
        except NotForColumnsError:
            return self._whole.select(query)

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        _check(query, ("ASK",))
        try:
            return self._engine.ask(query)
        except NotForColumnsError:
            return self._whole.ask(query)

    def construct(self, query: str) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE."""
        return self._whole.construct(query)

    def dump(self, format: Format) -> bytes:  # noqa: A002  as in Store
        """Give the whole graph, sorted."""
        return self._whole.dump(format)

    def beside(self, view: View) -> ColumnStore:
        """Give the same store, asked together with a view as of a date; the view is made once a build, date and way of splitting."""
        if view not in self._beside:
            folder = self._build / _FOLDER.with_name(f"columns-as-of-{view.date}-{view.split}")
            mark = [*self._mark, _rules_mark()]
            added = read_columns(folder, mark)
            if added is None:
                added = self._view_columns(view)
                _keep(folder, added, mark)
            self._beside[view] = ColumnStore(self._build, _together(self._columns, added), self._mark, view)
        return self._beside[view]

    @cached_property
    def _whole(self) -> EmbeddedStore:
        store = open_store(self._build)
        return store.beside(self._view) if self._view else store

    def _view_columns(self, view: View) -> Columns:
        """Give what a view says: its statements, over the terms of the graph and those that it adds, which are numbered after them."""
        terms = Terms(self._columns.texts)
        quads = view_quads(_Statements(terms, self._columns.predicates), view)
        parts = zip(*((quad.predicate, quad.subject, quad.object) for quad in quads), strict=True) if quads else ((), (), ())
        frame = pl.DataFrame({name: pl.Series(terms.encode(part), dtype=pl.Int32) for name, part in zip("pso", parts, strict=True)})
        said = by_predicate(frame, lambda number: terms.texts(np.array([number]))[0])
        new = {text: part.join(self._columns.predicates.get(text, no_statements()), on=["s", "o"], how="anti", maintain_order="left") for text, part in said.items()}
        return Columns(terms.made(), {text: part for text, part in new.items() if len(part)})


class _Statements:
    """As much of an Oxigraph store as a view is made from, read from the columns a predicate at a time.

    It says of no statement that it is there: what is said already is taken off a view when all of it is made.
    """

    def __init__(self, terms: Terms, predicates: Mapping[str, pl.DataFrame]) -> None:
        self._terms, self._predicates = terms, predicates
        self._read: dict[str, dict[Term, list[Term]]] = {}

    def quads_for_pattern(self, subject: ox.NamedNode | None, predicate: ox.NamedNode, value: ox.NamedNode | None, _: object) -> Iterator[ox.Quad]:
        """Give the statements of a predicate, of one subject or all, of one value or all."""
        known = self._of(predicate)
        for node, values in known.items() if subject is None else ((subject, known.get(subject, [])),):
            yield from (ox.Quad(node, predicate, each) for each in values if value is None or each == value)  # type: ignore[arg-type]

    def __contains__(self, _: ox.Quad) -> bool:
        return False

    def _of(self, predicate: ox.NamedNode) -> dict[Term, list[Term]]:
        if predicate.value not in self._read:
            known = self._read[predicate.value] = defaultdict(list)
            frame = self._predicates.get(str(predicate), no_statements())
            for subject, value in zip(*(self._terms.decode(frame[name].to_numpy()) for name in "so"), strict=True):
                known[subject].append(value)
        return self._read[predicate.value]


def open_columns(build: Path) -> ColumnStore | None:
    """Open the columns of a build, which the first question makes and keeps in the build's cache; ``None`` where its graph file is damaged."""
    graph = build / GRAPH_FILE
    mark = graph_mark(graph)
    columns = read_columns(build / _FOLDER, mark)
    if columns is None:
        try:
            with graph.open("rb") as lines:
                columns = columns_of(lines)
        except ValueError:
            return None
        _keep(build / _FOLDER, columns, mark)
    return ColumnStore(build, columns, mark)


def _keep(folder: Path, columns: Columns, mark: object) -> None:
    """Write columns for the next question; a folder that cannot be written costs only time."""
    try:
        write_columns(folder, columns, mark)
    except OSError:
        return


def _together(columns: Columns, added: Columns) -> Columns:
    predicates = dict(columns.predicates)
    for text, frame in added.predicates.items():
        predicates[text] = pl.concat([predicates[text], frame]) if text in predicates else frame
    return Columns(columns.texts, predicates, (*columns.more, *added.texts.to_list()))


def _rules_mark() -> str:
    """Give a hash of what decides a view: the registries, and the code that reads them."""
    digest = hashlib.sha256()
    files = [*data_folder("ontology").glob("*.ttl"), *Path(kg.resolution.__path__[0]).glob("*.py"), Path(as_of_graph.__file__)]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _check(query: str, forms: tuple[str, ...]) -> None:
    check_form(query, forms)
    refuse(query, "SERVICE")
    try:
        ox.Store().query(query)  # of nothing: it says where a query is broken
    except SyntaxError as error:
        raise broken_query(str(error)) from error
