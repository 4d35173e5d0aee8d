"""What the server answers, as OpenAPI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.graph.describe import FILES
from kg.serving.api import ANSWERS
from kg.serving.formats import ROWS, SHORT, TRIPLES
from kg.serving.limits import Limits


def openapi(limits: Limits) -> dict[str, Any]:
    """Describe the addresses, with the limits that hold. Source: OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "mandategraph", "version": "1", "description": f"Who must do what, for reading only. Limits: {limits.stated()}."},
        "paths": {
            "/sparql": {
                "get": _path("SPARQL 1.1 query", [_parameter("query", _WORDS, required=True), _parameter("default-graph-uri", _IRI), _parameter("named-graph-uri", _IRI), _format([*ROWS, *TRIPLES])], [*ROWS, *TRIPLES]),
                "post": {**_path("SPARQL 1.1 query", [], [*ROWS, *TRIPLES]), "requestBody": {"required": True, "content": {"application/sparql-query": {"schema": _WORDS}, "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"query": _WORDS}, "required": ["query"]}}}}},
            },
            "/rdf-graph-store": {"get": _path("One named graph, or all", [_parameter("graph", _IRI), _parameter("default"), _format(TRIPLES)], list(TRIPLES))},
            "/api/questions": {"get": _path("The questions", [], ["application/json"])},
            "/api/questions/{name}": {"get": _path("One question, its parameters and their values", [_in_path("name")], ["application/json"])},
            "/api/ask/{name}": {"get": _path("The answer to a question; its parameters are those of the address", [_in_path("name"), _parameter("as_of", {"type": "string", "format": "date"}), _parameter("split", {"type": "string", "enum": ["share", "list"]}), _format(ANSWERS)], list(ANSWERS))},
            "/api/search": {"get": _path("Things by name, without diacritics", [_parameter("q", _WORDS, required=True), _parameter("limit", {**_TEXT, "default": "20", "description": "a whole number, above 100 it is 100; what is none is 20"})], ["application/json"])},
            "/api/resource": {"get": _path("One thing", [_parameter("iri", _IRI, required=True), _format(_THING), _parameter("lang", {"type": "string", "enum": ["vi", "en"]})], _THING)},
            "/health": {"get": _path("Whether the server works", [], ["application/json"])},
            "/metrics": {"get": _path("Figures for Prometheus", [], ["text/plain"])},
            "/void": {"get": _path("The data set in VoID and DCAT", [_format(_THING)], _THING)},
            "/dataset/graph.{suffix}": {"get": _path("The whole graph as a file: nq, trig or ttl", [_in_path("suffix", {"type": "string", "enum": list(FILES)})], list(FILES.values()))},
        },
        "components": {"schemas": {"Error": {"type": "object", "properties": {"error": {"type": "object", "properties": dict.fromkeys(("place", "found", "expected", "remedy", "vi"), _TEXT) | {"status": {"type": "integer"}}}}}}},
    }


_TEXT = {"type": "string"}
_WORDS = {"type": "string", "minLength": 1, "pattern": r"\S"}
_IRI = {"type": "string", "format": "uri", "pattern": "^https?://"}
_THING = ["text/html", "application/json", *TRIPLES]
_ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}


def _path(summary: str, parameters: list[dict[str, Any]], kinds: list[str]) -> dict[str, Any]:
    told = {"400": "the question is at fault", "404": "there is no such thing", "405": "only GET, HEAD and, for SPARQL, POST", "406": "no such format", "503": "busy: come again", "504": "took too long"}
    if "SPARQL" in summary:
        told |= {"403": "an update: the graph is changed by a build only", "413": "too long", "415": "another type of content"}
    answers = {status: {"description": words, **_ERROR} for status, words in sorted(told.items())}
    if "text/html" in kinds:
        answers["404"] = {**answers["404"], "content": {**_ERROR["content"], "text/html": {}}}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "the answer", "content": {kind: {} for kind in dict.fromkeys(kinds)}}, **answers},
    }


def _parameter(name: str, schema: dict[str, Any] | None = None, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema or _TEXT}


def _format(kinds: Iterable[str]) -> dict[str, Any]:
    """Give the parameter that chooses among media types, by their short names or in full; without it the Accept header does."""
    kinds = list(kinds)
    short = [name for name, kind in SHORT.items() if kind in kinds or (name == "json" and "application/json" in kinds)]
    return _parameter("format", {"type": "string", "enum": [*short, *kinds]})


def _in_path(name: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema or _TEXT}
