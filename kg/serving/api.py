"""Questions, search, and the things of the graph: as JSON, as data, as a page to read."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from kg.graph.namespaces import BASE
from kg.serving.answers import (
    answer_job,
    chosen_type,
    is_address,
    page_answer,
    refuse,
    refuse_address,
    refuse_types,
    server_of,
)
from kg.serving.formats import ROWS, TRIPLES

ANSWERS = {"application/json": "json", **{kind: form for kind, form in ROWS.items() if form != "json"}}
"""Media types for the answer to a question, the preferred first."""


async def list_questions(request: Request) -> Response:
    """List the questions of the library."""
    return await answer_job(request, {"job": "questions"})


async def tell_question(request: Request) -> Response:
    """Tell one question, with the values that its parameters may take."""
    return await answer_job(request, {"job": "questions", "name": request.path_params["name"]})


async def answer_question(request: Request) -> Response:
    """Answer a question; what stands in the address beside format, as_of and split are its parameters."""
    limits = server_of(request).limits
    kind = chosen_type(request, ANSWERS)
    if kind is None:
        return refuse_types(request, ANSWERS)
    params: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in ("format", "as_of", "split"):
            params.setdefault(name, []).append(value)
    return await answer_job(request, {"job": "ask", "name": request.path_params["name"], "params": params, "asOf": request.query_params.get("as_of") or None, "split": request.query_params.get("split"), "rows": limits.rows, "bytes": limits.answer_bytes, "rowType": kind})


async def search_names(request: Request) -> Response:
    """Find things by name, without diacritics."""
    text = request.query_params.get("q", "").strip()
    if not text:
        return refuse("q", "nothing", "words of a name", "GET /api/search?q=so+cong+thuong", "Thiếu từ khóa tìm kiếm (tham số q)")
    most = request.query_params.get("limit", "20")
    return await answer_job(request, {"job": "search", "text": text[:200], "most": min(100, int(most)) if most.isascii() and most.isdigit() and len(most) < 5 else 20})


async def describe_resource(request: Request) -> Response:
    """Describe the thing of ``?iri=``."""
    return await describe_thing(request, request.query_params.get("iri", ""))


async def dereference(request: Request) -> Response:
    """Answer for the things of the graph: their path here is that behind the base address."""
    return await describe_thing(request, BASE + request.path_params["path"])


async def describe_thing(request: Request, iri: str) -> Response:
    """Describe a thing as a page, as JSON or as triples, by what was asked for."""
    if not iri.startswith(("http://", "https://")) or not is_address(iri):
        return refuse_address(iri)
    limits, kind = server_of(request).limits, chosen_type(request, {"text/html": None, **TRIPLES, "application/json": None})
    if kind is None:
        return refuse_types(request, {"text/html": None, **TRIPLES})
    head = {"job": "resource", "iri": iri, "bytes": limits.answer_bytes, "tripleType": kind if kind in TRIPLES else None, "language": (language := chosen_language(request))}
    answered = await answer_job(request, head)
    if kind != "text/html" or answered.status_code not in (200, 404):
        return answered
    from viz.resource_page import make_missing_page, make_resource_page

    told = json.loads(bytes(answered.body))
    if answered.status_code != 200:
        return page_answer(make_missing_page(iri), answered.status_code)
    chosen = "lang=en" if language == "en" else ""  # what a reader chose holds from page to page
    return page_answer(make_resource_page(told, local=lambda to: _local(to, chosen), links=_links(iri, language), language=language, other=_local(iri, "lang=vi" if language == "en" else "lang=en")))


def chosen_language(request: Request) -> str:
    """Give the language that the address asks for: Vietnamese unless a reader chose English, as in the explorer, whatever the browser prefers."""
    return "en" if request.query_params.get("lang") == "en" else "vi"


def _local(iri: str, chosen: str = "") -> str:
    """Where the server answers for an address."""
    from urllib.parse import quote

    if iri.startswith(BASE) and "#" not in iri:
        return "/" + quote(iri.removeprefix(BASE)) + ("?" + chosen if chosen else "")
    return "/api/resource?iri=" + quote(iri, safe="") + "&format=html" + ("&" + chosen if chosen else "")


def _links(iri: str, language: str) -> list[tuple[str, str]]:
    from urllib.parse import quote, urlencode

    about = f"SELECT ?property ?value WHERE {{ <{iri}> ?property ?value }} LIMIT 200"
    explorer = "/#" + urlencode({"node": iri} | ({"lang": "en"} if language == "en" else {}))
    return [("In the explorer" if language == "en" else "Trong trang khám phá", explorer), ("Turtle", "/api/resource?format=ttl&iri=" + quote(iri, safe="")), ("JSON-LD", "/api/resource?format=jsonld&iri=" + quote(iri, safe="")), ("SPARQL", "/sparql?format=json&query=" + quote(about, safe=""))]
