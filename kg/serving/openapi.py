"""What the server answers, as OpenAPI."""

from __future__ import annotations

from typing import Any

from kg.graph.describe import FILES
from kg.serving.formats import ROWS, TRIPLES
from kg.serving.limits import Limits


def openapi(limits: Limits) -> dict[str, Any]:
    """Describe the addresses, with the limits that hold. Source: OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "mandategraph", "version": "1", "description": f"Who must do what, for reading only. Limits: {limits.stated()}."},
        "paths": {
            "/sparql": {
                "get": _path("SPARQL 1.1 query", [_parameter("query", required=True), _parameter("default-graph-uri"), _parameter("named-graph-uri"), _parameter("format")], [*ROWS, *TRIPLES]),
                "post": {**_path("SPARQL 1.1 query", [], [*ROWS, *TRIPLES]), "requestBody": {"required": True, "content": {"application/sparql-query": {"schema": _TEXT}, "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"query": _TEXT}, "required": ["query"]}}}}},
            },
            "/rdf-graph-store": {"get": _path("One named graph, or all", [_parameter("graph"), _parameter("default"), _parameter("format")], list(TRIPLES))},
            "/api/questions": {"get": _path("The questions", [], ["application/json"])},
            "/api/questions/{name}": {"get": _path("One question, its parameters and their values", [_in_path("name")], ["application/json"])},
            "/api/ask/{name}": {"get": _path("The answer to a question; its parameters are those of the address", [_in_path("name"), _parameter("as_of"), _parameter("split"), _parameter("format")], ["application/json", *ROWS])},
            "/api/search": {"get": _path("Things by name, without diacritics", [_parameter("q", required=True), _parameter("limit")], ["application/json"])},
            "/api/resource": {"get": _path("One thing", [_parameter("iri", required=True), _parameter("format")], ["text/html", "application/json", *TRIPLES])},
            "/health": {"get": _path("Whether the server works", [], ["application/json"])},
            "/metrics": {"get": _path("Figures for Prometheus", [], ["text/plain"])},
            "/void": {"get": _path("The data set in VoID and DCAT", [_parameter("format")], list(TRIPLES))},
            "/dataset/graph.{suffix}": {"get": _path("The whole graph as a file: nq, trig or ttl", [_in_path("suffix")], list(FILES.values()))},
        },
        "components": {"schemas": {"Error": {"type": "object", "properties": {"error": {"type": "object", "properties": dict.fromkeys(("place", "found", "expected", "remedy", "vi"), _TEXT) | {"status": {"type": "integer"}}}}}}},
    }


_TEXT = {"type": "string"}
_ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}


def _path(summary: str, parameters: list[dict[str, Any]], kinds: list[str]) -> dict[str, Any]:
    told = {"400": "the question is at fault", "404": "there is no such thing", "405": "only GET, HEAD and, for SPARQL, POST", "406": "no such format", "503": "busy: come again", "504": "took too long"}
    if "SPARQL" in summary:
        told |= {"403": "an update: the graph is changed by a build only", "413": "too long", "415": "another type of content"}
    return {
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "the answer", "content": {kind: {} for kind in dict.fromkeys(kinds)}}, **{status: {"description": words, **_ERROR} for status, words in sorted(told.items())}},
    }


def _parameter(name: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": _TEXT}


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}
