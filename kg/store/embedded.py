"""The store inside the program: Oxigraph in memory, filled from the build's N-Quads file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QuestionError, StoreError
from kg.graph.as_of import View, view_quads
from kg.graph.namespaces import VIEWS
from kg.store.interface import Format
from kg.store.query_text import FORMS, has_word, query_form
from kg.store.results import Result, Triples
from kg.store.serialising import serialise_quads, sort_triples

if TYPE_CHECKING:
    import rdflib

GRAPH_FILE = "graph.nq"
_POSITION = re.compile(r"error at (\d+):(\d+)")


class EmbeddedStore:
    """A :class:`kg.store.Store` over an Oxigraph store in memory, which it takes over.

    All triples are copied into the default graph. Oxigraph's own union of the graphs gives a triple once for every
    graph that holds it, so that counts and sums came out too high (2 tasks as 16 where all was said in two graphs).
    """

    def __init__(self, inner: ox.Store) -> None:
        inner.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        self.inner = inner
        self._beside: ox.NamedNode | None = None

    def beside(self, view: View) -> EmbeddedStore:
        """Give the same store, asked together with a view as of a date, which says nothing twice; it is made once."""
        if not self.inner.contains_named_graph(view.graph):
            self.inner.bulk_extend(view_quads(self.inner, view))
        other = copy(self)
        other._beside = view.graph  # noqa: SLF001  one of its own kind
        return other

    def select(self, query: str) -> Result:
        """Answer a SELECT."""
        solutions = self._query(query, ("SELECT",))
        assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101  the form was checked
        columns = tuple(variable.value for variable in solutions.variables)
        try:
            return Result(columns, tuple(tuple(solution) for solution in solutions))
        except (OSError, RuntimeError, ValueError) as error:
            raise _failed(error) from error

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        return bool(self._query(query, ("ASK",)))

    def construct(self, query: str) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE."""
        triples = self._query(query, ("CONSTRUCT", "DESCRIBE"))
        assert isinstance(triples, ox.QueryTriples)  # noqa: S101  the form was checked
        try:
            return Triples(tuple(sort_triples(triples)))
        except (OSError, RuntimeError, ValueError) as error:
            raise _failed(error) from error

    def dump(self, format: Format) -> bytes:  # noqa: A002  as in Store
        """Give the whole graph, sorted."""
        named = {quad for quad in self.inner if quad.graph_name != ox.DefaultGraph() and self._sees(quad.graph_name)}
        copied = {quad.triple for quad in named}
        default = self.inner.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return serialise_quads(named.union(quad for quad in default if quad.triple not in copied), format)

    def _sees(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> bool:
        """Tell whether a graph belongs here: a view is no part of what is written."""
        return graph == self._beside or not str(graph).startswith(f"<{VIEWS}")

    def _query(self, query: str, forms: tuple[str, ...]) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        check_form(query, forms)
        # Oxigraph would call the address out: a question must not reach other machines from inside the program.
        refuse(query, "SERVICE")
        try:
            if self._beside is not None and not has_word(query, "FROM"):
                return self.inner.query(query, default_graph=[ox.DefaultGraph(), self._beside])
            return self.inner.query(query)
        except SyntaxError as error:
            raise broken_query(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise _failed(error) from error


def open_store(build_dir: str | Path, beside: Sequence[str | Path] = ()) -> EmbeddedStore:
    """Open the graph of a build: ``{build_dir}/graph.nq``, in memory.

    ``beside`` are Turtle files to ask together with it, such as the observations of ``mandategraph report --rdf``.

    Raises:
        StoreError: no such build, a file that is no N-Quads, or one beside it that is missing or no Turtle.
    """
    path = Path(build_dir) / GRAPH_FILE
    if not path.is_file():
        raise StoreError(
            str(path),
            found="no file",
            expected="the graph that a build gives",
            remedy="run `mandategraph build FOLDER -o BUILD` first, or name another build folder",
            vi=f"Không thấy đồ thị tại {path}; hãy chạy lệnh build trước",
        )
    inner = ox.Store()
    try:
        inner.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError, OSError) as error:
        raise StoreError(
            str(path),
            found=str(error),
            expected="N-Quads",
            remedy="the file is damaged: build again",
            vi=f"Tệp đồ thị {path} bị hỏng; hãy chạy lại lệnh build",
        ) from error
    for file in beside:
        try:
            inner.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
        except (SyntaxError, ValueError, OSError) as error:
            raise StoreError(
                str(file), found=str(error), expected="a Turtle file, as observations.ttl of `mandategraph report --rdf`",
                remedy="check the name, or write the report again", vi=f"Không đọc được {file}; cần tệp Turtle, như observations.ttl",
            ) from error  # fmt: skip
    return EmbeddedStore(inner)


def dataset(build_dir: str | Path) -> rdflib.Dataset:
    """Give the graph of a build as an ``rdflib.Dataset`` on Oxigraph, for those who work with rdflib.

    Its default graph holds all triples, each once; the named graphs hold them by origin.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=open_store(build_dir).inner))


def check_form(query: str, forms: tuple[str, ...]) -> None:
    """Refuse a query of another form than these.

    Raises:
        QuestionError: an update, another form, or no query at all.
    """
    found = query_form(query)
    if found not in forms:
        raise QuestionError(
            "query",
            found=found or "no query (updates are not allowed)",
            expected=" or ".join(forms),
            remedy=f"write a query of the form {' or '.join(FORMS)}; the graph is changed by a build only",
            vi=f"Câu truy vấn phải có dạng {' hoặc '.join(forms)}",
        )


def refuse(query: str, keyword: str) -> None:
    """Refuse a query that holds a keyword which would reach other machines.

    Raises:
        QuestionError: it does.
    """
    if has_word(query, keyword):
        raise QuestionError(
            "query",
            found=keyword,
            expected="a query of this graph only",
            remedy=f"take out the {keyword} clause, or ask a server of your own",
            vi=f"Không cho phép mệnh đề {keyword} (gọi ra máy khác)",
        )


def broken_query(message: str, line: int | None = None) -> QuestionError:
    """Make the error of a query that cannot be parsed; the line is taken from the message where it has one."""
    position = _POSITION.search(message)
    line = int(position.group(1)) if position else line
    place = "query" if line is None else f"query, line {line}"
    return QuestionError(
        place,
        found=message.strip(),
        expected="SPARQL 1.1",
        remedy="mend the query at that place",
        vi="Câu truy vấn sai cú pháp" + ("" if line is None else f" ở dòng {line}"),
    )


def _failed(error: Exception) -> StoreError:
    return StoreError(
        "store",
        found=str(error),
        expected="an answer",
        remedy="try a simpler query; if it persists, build again",
        vi="Kho dữ liệu không trả lời được câu truy vấn",
    )
