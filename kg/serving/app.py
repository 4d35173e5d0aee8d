"""The server's front: addresses, and what is answered there. It only reads, and has no knowledge of its own."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import MandategraphError, QuestionError
from kg.graph.namespaces import BASE
from kg.serving.formats import ROWS, SHORT, TRIPLES, negotiate
from kg.serving.jobs import error_answer
from kg.serving.limits import Limits
from kg.serving.openapi import openapi
from kg.serving.pool import Busy, Pool

_QUERY, _FORM = "application/sparql-query", "application/x-www-form-urlencoded"
_HEADERS = {
    b"x-content-type-options": b"nosniff", b"referrer-policy": b"no-referrer", b"x-frame-options": b"DENY",
    b"content-security-policy": b"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}  # fmt: skip
_RELOAD_SECONDS = 2.0


class Server:
    """The state of a running server: the pool of the build that stands, and what it counts."""

    def __init__(self, build: Path, limits: Limits) -> None:
        self.build, self.limits = build, limits
        self.pool = Pool(build, limits)
        self.page = ""
        self.stamp = self._stamp()
        self.answers: Counter[tuple[str, int]] = Counter()
        self.seconds = 0.0
        self.reloads = 0

    def _stamp(self) -> tuple[int, int] | None:
        try:
            told = (self.build / "run.json").stat()
        except OSError:
            return None
        return told.st_mtime_ns, told.st_ino

    async def start(self) -> None:
        """Load the build."""
        await self.pool.start()
        self.page = await asyncio.to_thread(_explorer, self.build)

    async def watch(self) -> None:
        """When a build has finished, load it beside the old one, and change over."""
        while True:
            await asyncio.sleep(_RELOAD_SECONDS)
            stamp = self._stamp()
            if self.pool.alive and (stamp is None or stamp == self.stamp):
                continue
            self.stamp = stamp
            fresh = Pool(self.build, self.limits)
            try:
                await fresh.start()
                page = await asyncio.to_thread(_explorer, self.build)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the new build, the old one stays
                log({"event": "reload failed", "error": f"{type(error).__name__}: {error}"})
                await fresh.close()
                continue
            old, self.pool, self.page = self.pool, fresh, page
            self.reloads += 1
            log({"event": "reloaded", "triples": fresh.triples})
            await old.close()


def make_app(build: Path, limits: Limits | None = None, *, hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")) -> Starlette:
    """Make the ASGI application of a build.

    Args:
        build: folder of the build.
        limits: what one client may cost.
        hosts: names that the server answers to; others are refused, so that no page of the web can reach it by a name of its own.
    """
    server = Server(build, limits or Limits())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await server.start()
        app.state.server = server
        watching = asyncio.create_task(server.watch())
        yield
        watching.cancel()
        await server.pool.close()

    reading = ["GET", "HEAD"]
    routes = [
        Route("/", _page, methods=reading),
        Route("/sparql", _sparql, methods=["GET", "HEAD", "POST"]),
        Route("/rdf-graph-store", _graph_store, methods=reading),
        Route("/api/questions", _questions, methods=reading),
        Route("/api/questions/{name}", _question, methods=reading),
        Route("/api/ask/{name}", _ask, methods=reading),
        Route("/api/search", _search, methods=reading),
        Route("/api/resource", _resource, methods=reading),
        Route("/openapi.json", _openapi, methods=reading),
        Route("/health", _health, methods=reading),
        Route("/metrics", _metrics, methods=reading),
        Route("/.well-known/void", _void, methods=reading),
        Route("/void", _void, methods=reading),
        Route("/{path:path}", _dereference, methods=reading),
    ]
    middleware = [Middleware(_Outermost, server=server), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]
    return Starlette(routes=routes, lifespan=lifespan, middleware=middleware, exception_handlers={404: _not_found, 405: _not_allowed})


def log(event: Mapping[str, Any]) -> None:
    """Write one line of the log: JSON, to the error stream."""
    sys.stderr.write(json.dumps({"time": round(time.time(), 3), **event}, ensure_ascii=False) + "\n")


def _explorer(build: Path) -> str:
    from kg.building.explorer import explorer_payload
    from kg.building.explorer_ask import ask_payload
    from viz.explorer_page import make_explorer

    return make_explorer({**explorer_payload(build), "ask": ask_payload(build, endpoint="sparql")}, connect="'self'")


class _Outermost:
    """Security headers on every answer, one line of log each, and no error that shows the inside."""

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self._app, self._server = app, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, size = time.perf_counter(), 0, 0

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                known = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *((name, value) for name, value in _HEADERS.items() if name not in known)]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except ClientDisconnect:
            status = status or 499
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the server
            log({"event": "fault", "path": scope["path"], "error": f"{type(error).__name__}: {error}"})
            if not status:
                await JSONResponse({"error": {"status": 500, "found": "a fault of the server", "expected": "an answer", "remedy": "please report it with the time of this request", "vi": "Máy chủ gặp lỗi"}}, 500)(scope, receive, sent)
        taken = time.perf_counter() - started
        route = scope["path"].partition("/")[2].partition("/")[0] or "page"
        self._server.answers[route if route in ("sparql", "api", "page", "rdf-graph-store", "health", "metrics") else "resource", status] += 1
        self._server.seconds += taken
        log({"event": "answer", "method": scope["method"], "path": scope["path"][:200], "status": status, "bytes": size, "ms": round(taken * 1000, 1)})


def _server(request: Request) -> Server:
    server: Server = request.app.state.server
    return server


async def _do(request: Request, head: dict[str, Any], body: bytes = b"") -> Response:
    """Have a job done while the client waits; where it goes away, the job is ended."""
    server = _server(request)
    work = asyncio.ensure_future(server.pool.ask(head, body, client=request.client))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise ClientDisconnect
        told, content = work.result()
    except Busy:
        return _failed(503, QuestionError("server", found="too many queries at once", expected="a free place", remedy="try again in a few seconds", vi="Máy chủ đang bận; hãy thử lại sau vài giây"), {"retry-after": "3"})
    except QuestionError as error:
        return _failed(504 if "no answer within" in error.found else 400, error)
    finally:
        for task in (work, gone):
            task.cancel()
    limits = {"mandategraph-limits": json.dumps(server.limits.stated())}
    kind = told["type"] + ("; charset=utf-8" if told["type"].startswith("text/") else "")
    return Response(content, told["status"], {**told.get("headers", {}), **limits, "vary": "Accept", "content-type": kind})


async def _gone(request: Request) -> None:
    while not await request.is_disconnected():  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(0.25)


def _failed(status: int, error: MandategraphError, headers: Mapping[str, str] | None = None) -> Response:
    told, content = error_answer(status, error)
    return Response(content, told["status"], {"content-type": told["type"], **(headers or {})})


def _bad(place: str, found: str, expected: str, remedy: str, vi: str, *, status: int = 400) -> Response:
    return _failed(status, QuestionError(place, found=found, expected=expected, remedy=remedy, vi=vi))


def _chosen(request: Request, offered: Mapping[str, Any], parameter: str | None = None) -> str | None:
    """The media type to answer in, by ``?format=`` or the Accept header."""
    short = parameter or request.query_params.get("format")
    if short:
        kind = SHORT.get(short, short)
        return kind if kind in offered else None
    return negotiate(request.headers.get("accept", "*/*"), offered)


def _unacceptable(request: Request, offered: Mapping[str, Any]) -> Response:
    asked = request.query_params.get("format") or request.headers.get("accept", "")
    return _bad("accept", asked[:200], ", ".join(offered), "ask for one of these", "Không có định dạng được yêu cầu", status=406)


async def _body(request: Request, most: int) -> bytes | None:
    """Read the body; ``None`` where it is larger than allowed."""
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > most:
        return None
    read = b""
    async for piece in request.stream():
        read += piece
        if len(read) > most:
            return None
    return read


async def _sparql(request: Request) -> Response:
    from urllib.parse import parse_qs

    limits, given = _server(request).limits, dict(request.query_params.multi_items())
    default, named = request.query_params.getlist("default-graph-uri"), request.query_params.getlist("named-graph-uri")
    query = given.get("query")
    if request.method == "POST":
        body = await _body(request, limits.body_bytes)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if body is None:
            return _bad("request", f"more than {limits.body_bytes} bytes", "a shorter query", "shorten the query", "Câu truy vấn quá dài", status=413)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return _bad("request", "bytes that are no UTF-8", "a query in UTF-8", "send the query in UTF-8", "Câu truy vấn phải ở dạng UTF-8")
        if kind == _QUERY:
            query = text
        elif kind == _FORM:
            try:
                form = parse_qs(text, keep_blank_values=True, max_num_fields=100)
            except ValueError:
                return _bad("request", "more than 100 fields", "query, default-graph-uri, named-graph-uri, format", "send these only", "Yêu cầu có quá nhiều trường")
            query = form.get("query", [None])[0]
            default, named = default + form.get("default-graph-uri", []), named + form.get("named-graph-uri", [])
            given["format"] = form.get("format", [given.get("format", "")])[0]
            if "update" in form:
                return _bad("request", "an update", "a query", "the graph is changed by a build only", "Máy chủ này chỉ cho đọc", status=403)
        else:
            return _bad("request", kind or "no content type", f"{_QUERY} or {_FORM}", "name the content type", "Thiếu hoặc sai Content-Type", status=415)
    wrong = next((iri for iri in (*default, *named) if not _is_address(iri)), None)
    if wrong is not None:
        return _not_address(wrong)
    if not query:
        return _bad("query", "none", "a parameter query, or a body", "GET /sparql?query=SELECT…", "Thiếu câu truy vấn (tham số query)")
    rows, triples = _chosen(request, ROWS, given.get("format")), _chosen(request, TRIPLES, given.get("format"))
    if rows is None and triples is None:
        return _unacceptable(request, {**ROWS, **TRIPLES})
    head = {"job": "sparql", "rows": limits.rows, "bytes": limits.answer_bytes, "rowType": rows, "tripleType": triples, "default": default, "named": named}
    return await _do(request, head, query.encode("utf-8"))


async def _graph_store(request: Request) -> Response:
    """SPARQL 1.1 Graph Store HTTP Protocol, reading only."""
    limits, kind = _server(request).limits, _chosen(request, TRIPLES)
    graph, default = request.query_params.get("graph"), "default" in request.query_params
    if (graph is None) == (not default):
        return _bad("graph", "neither or both of graph and default", "one of them", "GET /rdf-graph-store?default or ?graph=ADDRESS", "Cần đúng một trong hai tham số graph, default")
    if graph is not None and not _is_address(graph):
        return _not_address(graph)
    if kind is None:
        return _unacceptable(request, TRIPLES)
    return await _do(request, {"job": "graph", "graph": graph, "rows": 10 * limits.rows, "bytes": limits.answer_bytes, "tripleType": kind})


async def _questions(request: Request) -> Response:
    return await _do(request, {"job": "questions"})


async def _question(request: Request) -> Response:
    return await _do(request, {"job": "questions", "name": request.path_params["name"]})


async def _ask(request: Request) -> Response:
    limits = _server(request).limits
    params: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in ("format", "as_of", "split"):
            params.setdefault(name, []).append(value)
    kind = _chosen(request, {"application/json": 0, **{kind: form for kind, form in ROWS.items() if form != "json"}})
    return await _do(request, {"job": "ask", "name": request.path_params["name"], "params": params, "asOf": request.query_params.get("as_of") or None, "split": request.query_params.get("split"), "rows": limits.rows, "bytes": limits.answer_bytes, "rowType": kind or "application/json"})


async def _search(request: Request) -> Response:
    text = request.query_params.get("q", "").strip()
    if not text:
        return _bad("q", "nothing", "words of a name", "GET /api/search?q=so+cong+thuong", "Thiếu từ khóa tìm kiếm (tham số q)")
    most = request.query_params.get("limit", "20")
    return await _do(request, {"job": "search", "text": text[:200], "most": min(100, int(most)) if most.isascii() and most.isdigit() and len(most) < 5 else 20})


async def _resource(request: Request) -> Response:
    return await _described(request, request.query_params.get("iri", ""))


async def _dereference(request: Request) -> Response:
    """Answer for the things of the graph: their path here is that behind the base address."""
    return await _described(request, BASE + request.path_params["path"])


def _is_address(iri: str) -> bool:
    """Whether it is an absolute address that RDF allows."""
    import pyoxigraph as ox

    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return not any(letter <= " " or letter in '<>"{}|\\^`\x7f\ufffd' for letter in iri)


def _not_address(iri: str) -> Response:
    return _bad("iri", iri[:200] or "nothing", "an absolute address", "GET /api/resource?iri=https://…", "Địa chỉ (IRI) không hợp lệ")


async def _described(request: Request, iri: str) -> Response:
    if not iri.startswith(("http://", "https://")) or not _is_address(iri):
        return _not_address(iri)
    limits, kind = _server(request).limits, _chosen(request, {"text/html": None, **TRIPLES, "application/json": None})
    if kind is None:
        return _unacceptable(request, {"text/html": None, **TRIPLES})
    head = {"job": "resource", "iri": iri, "bytes": limits.answer_bytes, "tripleType": kind if kind in TRIPLES else None}
    answered = await _do(request, head)
    if kind != "text/html" or answered.status_code not in (200, 404):
        return answered
    from viz.resource_page import make_missing_page, make_resource_page

    told = json.loads(bytes(answered.body))
    links = _links(iri)
    return HTMLResponse(make_resource_page(told, local=_local, links=links) if answered.status_code == 200 else make_missing_page(iri), answered.status_code)


def _local(iri: str) -> str:
    """Where the server answers for an address."""
    from urllib.parse import quote

    return "/" + quote(iri.removeprefix(BASE)) if iri.startswith(BASE) and "#" not in iri else "/api/resource?iri=" + quote(iri, safe="") + "&format=html"


def _links(iri: str) -> list[tuple[str, str]]:
    from urllib.parse import quote

    about = f"SELECT ?property ?value WHERE {{ <{iri}> ?property ?value }} LIMIT 200"
    return [("Turtle", "/api/resource?format=ttl&iri=" + quote(iri, safe="")), ("JSON-LD", "/api/resource?format=jsonld&iri=" + quote(iri, safe="")), ("SPARQL", "/sparql?format=json&query=" + quote(about, safe=""))]


async def _page(request: Request) -> Response:
    if negotiate(request.headers.get("accept", "*/*"), ["text/html", "text/turtle"]) == "text/turtle":
        return RedirectResponse("/void")
    return HTMLResponse(_server(request).page)


async def _openapi(request: Request) -> Response:
    return JSONResponse(openapi(_server(request).limits))


async def _void(request: Request) -> Response:
    return await _described(request, BASE + "dataset")


async def _health(request: Request) -> Response:
    server = _server(request)
    return JSONResponse(status_code=200 if server.pool.alive else 503, content={"status": "ok" if server.pool.alive else "restarting", "triples": server.pool.triples, "waiting": server.pool.waiting, "running": server.pool.running, "limits": server.limits.stated()})


async def _metrics(request: Request) -> Response:
    server = _server(request)
    lines = ["# TYPE mandategraph_answers_total counter", *(f'mandategraph_answers_total{{route="{route}",status="{status}"}} {count}' for (route, status), count in sorted(server.answers.items()))]
    lines += ["# TYPE mandategraph_answer_seconds_total counter", f"mandategraph_answer_seconds_total {server.seconds:.3f}"]
    lines += ["# TYPE mandategraph_ended_total counter", *(f'mandategraph_ended_total{{reason="{reason}"}} {count}' for reason, count in sorted(server.pool.ended.items()))]
    lines += ["# TYPE mandategraph_waiting gauge", *(f'mandategraph_waiting{{lane="{lane}"}} {count}' for lane, count in enumerate(server.pool.waiting))]
    lines += ["# TYPE mandategraph_triples gauge", f"mandategraph_triples {server.pool.triples}", "# TYPE mandategraph_reloads_total counter", f"mandategraph_reloads_total {server.reloads}"]
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _not_found(request: Request, _: Exception) -> Response:
    return _bad(request.url.path, "no such address", "one of /openapi.json", "see /openapi.json", "Không có địa chỉ này", status=404)


def _not_allowed(request: Request, error: Exception) -> Response:
    refused = _bad(request.url.path, request.method, "GET", "this server only reads; the graph is changed by a build", "Máy chủ này chỉ cho đọc", status=405)
    refused.headers.update(getattr(error, "headers", None) or {"allow": "GET, HEAD"})
    return refused

