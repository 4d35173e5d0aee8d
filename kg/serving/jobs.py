"""What a worker does for the server: one function a job, over one graph. A worker may be ended at any time.

A job takes the request's head and gives the answer's head and body: ``status`` (HTTP), ``type`` (media type), ``headers``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import MandategraphError, QuestionError
from kg.graph.namespaces import PREFIXES
from kg.questions import (
    describe_run,
    explain_empty,
    get_question,
    list_choices,
    list_questions,
    run,
    take_date,
    view_of,
)
from kg.serving.formats import ROWS, TRIPLES, write_answer, write_rows
from kg.serving.labels import LabelIndex
from kg.serving.resources import describe, write_statements
from kg.store import Result
from kg.store.embedded import EmbeddedStore, broken_query, check_form, refuse
from kg.store.formatting import json_term
from kg.store.query_text import query_form

Head = dict[str, Any]
Answer = tuple[Head, bytes]


class Graph:
    """What a worker holds: the graph and the index of its names."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.store = store
        self.labels = LabelIndex(store)


def answer(graph: Graph, head: Head, body: bytes) -> Answer:
    """Do one job; an error that a person can mend becomes an answer."""
    try:
        return JOBS[head["job"]](graph, head, body)
    except MandategraphError as error:
        return error_answer(400 if isinstance(error, QuestionError) else 500, error)


def fault(error: Exception) -> Answer:
    """Give the answer for a fault of ours."""
    told = {"status": 500, "place": "server", "found": f"{type(error).__name__}: {error}"[:300], "expected": "an answer", "remedy": "please report it", "vi": "Máy chủ gặp lỗi"}
    return {"status": 500, "type": "application/json"}, json.dumps({"error": told}, ensure_ascii=False).encode("utf-8")


def error_answer(status: int, error: MandategraphError) -> Answer:
    """Give the one shape of all errors."""
    told = {"status": status, "place": error.place, "found": error.found, "expected": error.expected, "remedy": error.remedy, "vi": error.vi}
    return {"status": status, "type": "application/json"}, json.dumps({"error": told}, ensure_ascii=False).encode("utf-8")


def _json(value: object, status: int = 200) -> Answer:
    return {"status": status, "type": "application/json"}, json.dumps(value, ensure_ascii=False).encode("utf-8")


def sparql(graph: Graph, head: Head, body: bytes) -> Answer:
    """Answer a query of the SPARQL protocol.

    Head: ``rows``, ``bytes`` (limits), ``accept`` by form, ``default`` and ``named`` graphs (addresses).
    """
    query = body.decode("utf-8")
    check_form(query, ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
    by_rows = query_form(query) in ("SELECT", "ASK")
    if head["rowType" if by_rows else "tripleType"] is None:
        offered = ", ".join(ROWS if by_rows else TRIPLES)
        return _json({"error": {"status": 406, "place": "accept", "found": "another format", "expected": offered, "remedy": "ask for one of these", "vi": "Không có định dạng được yêu cầu"}}, 406)
    refuse(query, "SERVICE")
    chosen: dict[str, Any] = {}
    if head.get("default"):
        chosen["default_graph"] = [ox.NamedNode(iri) for iri in head["default"]]
    if head.get("named"):
        chosen["named_graphs"] = [ox.NamedNode(iri) for iri in head["named"]]
    try:
        found = graph.store.inner.query(query, prefixes=dict(PREFIXES), **chosen)
    except SyntaxError as error:
        raise broken_query(str(error)) from error
    except ValueError as error:
        raise broken_query(str(error)) from error
    if isinstance(found, ox.QueryBoolean):
        return {"status": 200, "type": head["rowType"]}, write_answer(bool(found), ROWS[head["rowType"]])
    if isinstance(found, ox.QueryTriples):
        triples = list(islice(found, head["rows"] + 1))
        cut = len(triples) > head["rows"]
        written = ox.serialize(triples[: head["rows"]], format=TRIPLES[head["tripleType"]], prefixes=_prefixes(head["tripleType"])) or b""
        return _sized(head, head["tripleType"], written, _cut_note(head) if cut else None)
    rows = [tuple(solution) for solution in islice(found, head["rows"] + 1)]
    cut_note = _cut_note(head) if len(rows) > head["rows"] else None
    columns = tuple(variable.value for variable in found.variables)
    return _sized(head, head["rowType"], write_rows(columns, rows[: head["rows"]], ROWS[head["rowType"]], cut=cut_note), cut_note)


def _prefixes(kind: str) -> dict[str, str] | None:
    return dict(PREFIXES) if kind in ("text/turtle", "application/trig", "application/rdf+xml") else None


def _cut_note(head: Head) -> str:
    return f"only the first {head['rows']} rows; the limit of this server"


def _sized(head: Head, kind: str, body: bytes, cut: str | None) -> Answer:
    if len(body) > head["bytes"]:
        raise QuestionError(
            "answer",
            found=f"{len(body)} bytes",
            expected=f"at most {head['bytes']}",
            remedy="ask for fewer rows or columns, with LIMIT",
            vi=f"Câu trả lời quá lớn (quá {head['bytes']} byte); hãy thêm LIMIT",
        )
    return {"status": 200, "type": kind, "headers": {"mandategraph-truncated": cut} if cut else {}}, body


def graph_store(graph: Graph, head: Head, _: bytes) -> Answer:
    """Give one named graph (``graph``: its address; ``None``: the union of all)."""
    wanted = ox.NamedNode(head["graph"]) if head["graph"] else ox.DefaultGraph()
    triples = [quad.triple for quad in islice(graph.store.inner.quads_for_pattern(None, None, None, wanted), head["rows"] + 1)]
    if not triples:
        return _json({"error": {"status": 404, "found": head["graph"], "expected": "a graph of this data set", "remedy": "SELECT DISTINCT ?g { GRAPH ?g {} }", "vi": "Không có đồ thị này"}}, 404)
    cut = len(triples) > head["rows"]
    written = ox.serialize(sorted(triples[: head["rows"]], key=str), format=TRIPLES[head["tripleType"]], prefixes=_prefixes(head["tripleType"])) or b""
    return _sized(head, head["tripleType"], written, _cut_note(head) if cut else None)


def _no_question(head: Head) -> Answer | None:
    """Refuse a question that the library has not; ``None`` where it has."""
    names = [one.name for one in list_questions()]
    if head["name"] in names:
        return None
    return _json({"error": {"status": 404, "place": "question", "found": head["name"], "expected": ", ".join(names), "remedy": "choose one of these: GET /api/questions", "vi": f"Không có câu hỏi tên “{head['name']}”; danh sách: /api/questions"}}, 404)


def questions(graph: Graph, head: Head, _: bytes) -> Answer:
    """List the questions, or one of them with the values that its parameters may take."""
    if not head.get("name"):
        return _json({"questions": [{"name": one.name, "title": one.title._asdict(), "running": one.running._asdict(), "description": one.description._asdict(), "tags": one.tags} for one in list_questions()]})
    if (missing := _no_question(head)) is not None:
        return missing
    one = get_question(head["name"])
    return _json({
        "name": one.name, "title": one.title._asdict(), "running": one.running._asdict(), "description": one.description._asdict(), "why": one.why._asdict(), "reading": one.reading._asdict(), "query": one.query,
        "parameters": [
            {"name": each.name, "type": each.type, "label": each.label._asdict(), "default": each.default, "every": each.every._asdict(), "values": [{"value": choice.term.value, "labels": choice.labels} for choice in list_choices(one, each, graph.store)]}
            for each in one.parameters
        ],
        "columns": [{"name": each.name, "label": each.label._asdict()} for each in one.columns],
    })  # fmt: skip


def ask(graph: Graph, head: Head, _: bytes) -> Answer:
    """Answer a question of the library, as written or as of a date; say what was asked, and why there is no row."""
    if (missing := _no_question(head)) is not None:
        return missing
    one = get_question(head["name"])
    day, params = take_date(one, head["params"], head.get("asOf"))
    when: dict[str, Any] = {"as_of": day, "split": head.get("split") or "share"}
    found = run(one, graph.store, params, **when)
    if not isinstance(found, Result):
        return {"status": 200, "type": "text/turtle"}, ox.serialize(found.triples, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
    rows = found.rows[: head["rows"]]
    cut = _cut_note(head) if len(found.rows) > head["rows"] else None
    if head["rowType"] != "application/json":
        return _sized(head, head["rowType"], write_rows(found.columns, rows, ROWS[head["rowType"]], cut=cut), cut)
    view = view_of(one, day, when["split"])
    told = {
        "question": one.name, "title": one.title._asdict(), "running": describe_run(one, graph.store, params, **when)._asdict(),
        "empty": None if found.rows else explain_empty(one, graph.store, params, **when)._asdict(), "asOf": view.date if view else None, "split": view.split if view else None, "reading": one.reading._asdict(), "columns": [{"name": each.name, "label": each.label._asdict()} for each in one.columns],
        "rows": [{name: json_term(term) for name, term in zip(found.columns, row, strict=True) if term is not None} for row in rows], "count": len(found.rows), "truncated": cut,
    }  # fmt: skip
    return _sized(head, "application/json", json.dumps(told, ensure_ascii=False).encode("utf-8"), cut)


def search(graph: Graph, head: Head, _: bytes) -> Answer:
    """Find things by their names, without diacritics."""
    return _json({"query": head["text"], "results": graph.labels.find(head["text"], most=head["most"])})


def resource(graph: Graph, head: Head, _: bytes) -> Answer:
    """Describe one thing, as RDF or as what a page is drawn from (``tripleType`` ``None``)."""
    node = ox.NamedNode(head["iri"])
    found = describe(graph.store, node, head.get("language", "vi"))
    if found is None:
        return _json({"error": {"status": 404, "found": head["iri"], "expected": "a thing of this graph", "remedy": "search by name: /api/search?q=…", "vi": "Không có trong đồ thị này"}}, 404)
    if head["tripleType"] is None:
        return _json(found.to_json())
    return _sized(head, head["tripleType"], write_statements(graph.store, node, head["tripleType"]), None)


JOBS: dict[str, Callable[[Graph, Head, bytes], Answer]] = {
    "sparql": sparql, "graph": graph_store, "questions": questions, "ask": ask, "search": search, "resource": resource,
}  # fmt: skip
