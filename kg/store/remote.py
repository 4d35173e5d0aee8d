"""A SPARQL endpoint on another machine, over the SPARQL 1.1 Protocol.

Source: https://www.w3.org/TR/sparql11-protocol/ (2.1.2, query via POST with URL-encoded parameters) and
https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request

import pyoxigraph as ox

from kg.errors import QuestionError, StoreError
from kg.store.embedded import check_form
from kg.store.interface import Format
from kg.store.results import Result, Triples
from kg.store.serialising import serialise_quads, sort_triples

_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"
_EVERYTHING = "SELECT ?s ?p ?o ?g WHERE { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?any { ?s ?p ?o } } } }"


class RemoteStore:
    """A :class:`kg.store.Store` over an endpoint's URL.

    The endpoint must answer queries that name no graph from all its graphs together (Oxigraph:
    ``--union-default-graph``; Jena: ``tdb:unionDefaultGraph``; Virtuoso does so by itself): it cannot be asked of it.
    Oxigraph's union gives a triple once for every graph that holds it, which raises plain counts: see 0003-store.md.
    """

    def __init__(self, url: str, *, timeout_seconds: float = 60.0) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise StoreError(
                url,
                found="an address of another kind",
                expected="http:// or https://",
                remedy="give the full address of the SPARQL endpoint",
                vi=f"Địa chỉ {url} không phải là http:// hay https://",
            )
        self.url = url
        self.timeout_seconds = timeout_seconds

    def select(self, query: str) -> Result:
        """Answer a SELECT."""
        solutions = self._results(query, ("SELECT",))
        if not isinstance(solutions, ox.QuerySolutions):
            raise self._malformed("no table of bindings")
        try:
            rows = tuple(tuple(solution) for solution in solutions)
        except (SyntaxError, ValueError) as error:
            raise self._malformed(str(error)) from error
        return Result(tuple(variable.value for variable in solutions.variables), rows)

    def ask(self, query: str) -> bool:
        """Answer an ASK."""
        answer = self._results(query, ("ASK",))
        if not isinstance(answer, ox.QueryBoolean):
            raise self._malformed("no boolean")
        return bool(answer)

    def construct(self, query: str) -> Triples:
        """Answer a CONSTRUCT or DESCRIBE."""
        check_form(query, ("CONSTRUCT", "DESCRIBE"))
        body = self._post(query, _NTRIPLES)
        try:
            quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
            return Triples(tuple(sort_triples(quad.triple for quad in quads)))
        except (SyntaxError, ValueError) as error:
            raise self._malformed(str(error)) from error

    def dump(self, format: Format) -> bytes:  # noqa: A002  as in Store
        """Give the whole graph, sorted. It is fetched as one answer: meant for graphs that fit in memory."""
        rows = self.select(_EVERYTHING).rows
        return serialise_quads((ox.Quad(s, p, o, g or ox.DefaultGraph()) for s, p, o, g in rows), format)  # type: ignore[arg-type]

    def _results(self, query: str, forms: tuple[str, ...]) -> ox.QuerySolutions | ox.QueryBoolean:
        check_form(query, forms)
        body = self._post(query, _JSON)
        try:
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._malformed(str(error)) from error

    def _post(self, query: str, accept: str) -> bytes:
        request = urllib.request.Request(  # noqa: S310  the scheme is checked in __init__
            self.url,
            data=urllib.parse.urlencode({"query": query}).encode("ascii"),
            headers={"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout_seconds) as response:  # noqa: S310  as above
                body: bytes = response.read()
                return body
        except urllib.error.HTTPError as error:
            detail = error.read(2_000).decode("utf-8", "replace").strip()
            error.close()
            raise self._refused(error.code, detail) from error
        except (OSError, http.client.HTTPException) as error:
            raise self._silent(error) from error

    def _refused(self, status: int, detail: str) -> QuestionError | StoreError:
        # 400 is the protocol's word for a malformed query (2.1.4): the one who asked must act, not the one who runs it.
        kind = QuestionError if status == http.client.BAD_REQUEST else StoreError
        return kind(
            self.url,
            found=f"HTTP {status}: {detail or 'no reason given'}",
            expected="an answer (HTTP 200)",
            remedy="mend the query" if kind is QuestionError else "look at the endpoint's log, or try again later",
            vi=f"Máy chủ từ chối câu truy vấn (HTTP {status})",
        )

    def _silent(self, error: Exception) -> StoreError:
        reason = getattr(error, "reason", None) or error
        return StoreError(
            self.url,
            found=f"no answer: {reason}",
            expected=f"an answer within {self.timeout_seconds:g} seconds",
            remedy="check that the endpoint runs and that the address is right",
            vi=f"Máy chủ {self.url} không trả lời",
        )

    def _malformed(self, detail: str) -> StoreError:
        return StoreError(
            self.url,
            found=f"an answer that cannot be read: {detail}",
            expected=f"{_JSON} or {_NTRIPLES}",
            remedy="check that the address is a SPARQL 1.1 endpoint, not a web page",
            vi=f"Câu trả lời của {self.url} không đúng chuẩn SPARQL",
        )
