"""The server's front: addresses, and who answers there. It only reads, and has no knowledge of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serving.about import give_graph_file, give_page, tell_health, tell_metrics, tell_openapi, tell_void
from kg.serving.answers import refuse
from kg.serving.api import answer_question, dereference, describe_resource, list_questions, search_names, tell_question
from kg.serving.envelope import Envelope
from kg.serving.limits import Limits
from kg.serving.running import Server
from kg.serving.sparql import answer_sparql, give_graph


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
        Route("/", give_page, methods=reading),
        Route("/sparql", answer_sparql, methods=["GET", "HEAD", "POST"]),
        Route("/rdf-graph-store", give_graph, methods=reading),
        Route("/api/questions", list_questions, methods=reading),
        Route("/api/questions/{name}", tell_question, methods=reading),
        Route("/api/ask/{name}", answer_question, methods=reading),
        Route("/api/search", search_names, methods=reading),
        Route("/api/resource", describe_resource, methods=reading),
        Route("/openapi.json", tell_openapi, methods=reading),
        Route("/health", tell_health, methods=reading),
        Route("/metrics", tell_metrics, methods=reading),
        Route("/.well-known/void", tell_void, methods=reading),
        Route("/void", tell_void, methods=reading),
        Route("/dataset/graph.{suffix}", give_graph_file, methods=reading),
        Route("/{path:path}", dereference, methods=reading),
    ]
    middleware = [Middleware(Envelope, server=server), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))]
    return Starlette(routes=routes, lifespan=lifespan, middleware=middleware, exception_handlers={404: _not_found, 405: _not_allowed})


def _not_found(request: Request, _: Exception) -> Response:
    return refuse(request.url.path, "no such address", "one of /openapi.json", "see /openapi.json", "Không có địa chỉ này", status=404)


def _not_allowed(request: Request, error: Exception) -> Response:
    refused = refuse(request.url.path, request.method, "GET", "this server only reads; the graph is changed by a build", "Máy chủ này chỉ cho đọc", status=405)
    refused.headers.update(getattr(error, "headers", None) or {"allow": "GET, HEAD"})
    return refused
