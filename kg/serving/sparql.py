"""SPARQL 1.1 Protocol (query) and Graph Store HTTP Protocol (reading).

Sources: https://www.w3.org/TR/sparql11-protocol/, https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serving.answers import (
    answer_job,
    chosen_type,
    is_address,
    read_body,
    refuse,
    refuse_address,
    refuse_types,
    server_of,
)
from kg.serving.formats import ROWS, TRIPLES, negotiate

_QUERY, _FORM = "application/sparql-query", "application/x-www-form-urlencoded"


async def answer_sparql(request: Request) -> Response:
    """Answer a query by GET, by POST of the query or by POST of a form; a browser that comes without one is shown where to ask."""
    from urllib.parse import parse_qs

    limits, given = server_of(request).limits, dict(request.query_params.multi_items())
    default, named = request.query_params.getlist("default-graph-uri"), request.query_params.getlist("named-graph-uri")
    query = given.get("query")
    if request.method == "POST":
        body = await read_body(request, limits.body_bytes)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if body is None:
            return refuse("request", f"more than {limits.body_bytes} bytes", "a shorter query", "shorten the query", "Câu truy vấn quá dài", status=413)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return refuse("request", "bytes that are no UTF-8", "a query in UTF-8", "send the query in UTF-8", "Câu truy vấn phải ở dạng UTF-8")
        if kind == _QUERY:
            query = text
        elif kind == _FORM:
            try:
                form = parse_qs(text, keep_blank_values=True, max_num_fields=100)
            except ValueError:
                return refuse("request", "more than 100 fields", "query, default-graph-uri, named-graph-uri, format", "send these only", "Yêu cầu có quá nhiều trường")
            query = form.get("query", [None])[0]
            default, named = default + form.get("default-graph-uri", []), named + form.get("named-graph-uri", [])
            given["format"] = form.get("format", [given.get("format", "")])[0]
            if "update" in form:
                return refuse("request", "an update", "a query", "the graph is changed by a build only", "Máy chủ này chỉ cho đọc", status=403)
        else:
            return refuse("request", kind or "no content type", f"{_QUERY} or {_FORM}", "name the content type", "Thiếu hoặc sai Content-Type", status=415)
    wrong = next((iri for iri in (*default, *named) if not is_address(iri)), None)
    if wrong is not None:
        return refuse_address(wrong)
    if not query and request.method != "POST" and negotiate(request.headers.get("accept", "*/*"), ["application/json", "text/html"]) == "text/html":
        return RedirectResponse("./#view=ask", 303)
    if not query:
        return refuse("query", "none", "a parameter query, or a body", "GET /sparql?query=SELECT…", "Thiếu câu truy vấn (tham số query)")
    rows, triples = chosen_type(request, ROWS, given.get("format")), chosen_type(request, TRIPLES, given.get("format"))
    if rows is None and triples is None:
        return refuse_types(request, {**ROWS, **TRIPLES})
    head = {"job": "sparql", "rows": limits.rows, "bytes": limits.answer_bytes, "rowType": rows, "tripleType": triples, "default": default, "named": named}
    return await answer_job(request, head, query.encode("utf-8"))


async def give_graph(request: Request) -> Response:
    """SPARQL 1.1 Graph Store HTTP Protocol, reading only."""
    limits, kind = server_of(request).limits, chosen_type(request, TRIPLES)
    graph, default = request.query_params.get("graph"), "default" in request.query_params
    if (graph is None) == (not default):
        return refuse("graph", "neither or both of graph and default", "one of them", "GET /rdf-graph-store?default or ?graph=ADDRESS", "Cần đúng một trong hai tham số graph, default")
    if graph is not None and not is_address(graph):
        return refuse_address(graph)
    if kind is None:
        return refuse_types(request, TRIPLES)
    return await answer_job(request, {"job": "graph", "graph": graph, "rows": 10 * limits.rows, "bytes": limits.answer_bytes, "tripleType": kind})
