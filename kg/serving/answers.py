"""How a request is answered: a job for the pool, or a refusal that says what was found, what was expected and what to do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response

from kg.errors import MandategraphError, QuestionError
from kg.serving.formats import SHORT, negotiate
from kg.serving.jobs import error_answer
from kg.serving.pool import Busy
from kg.serving.running import Server
from viz.policy import read_policy


def server_of(request: Request) -> Server:
    """Give the running server that a request came to."""
    server: Server = request.app.state.server
    return server


def page_policy(html: str) -> str:
    """Give what an answer may do: what the page says of itself, and stand in nobody's frame."""
    return read_policy(html) + "; frame-ancestors 'none'"


def page_answer(html: str, status: int = 200) -> Response:
    """Answer with a page, under its own policy."""
    return HTMLResponse(html, status, {"content-security-policy": page_policy(html), "vary": "Accept"})


async def answer_job(request: Request, head: dict[str, Any], body: bytes = b"") -> Response:
    """Have a job done while the client waits; where it goes away, the job is ended."""
    server = server_of(request)
    work = asyncio.ensure_future(server.pool.ask(head, body, client=request.client))
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise ClientDisconnect
        told, content = work.result()
    except Busy:
        return refuse_error(503, QuestionError("server", found="too many queries at once", expected="a free place", remedy="try again in a few seconds", vi="Máy chủ đang bận; hãy thử lại sau vài giây"), {"retry-after": "3"})
    except QuestionError as error:
        return refuse_error(504 if "no answer within" in error.found else 400, error)
    finally:
        for task in (work, gone):
            task.cancel()
    limits = {"mandategraph-limits": json.dumps(server.limits.stated())}
    kind = told["type"] + ("; charset=utf-8" if told["type"].startswith("text/") else "")
    return Response(content, told["status"], {**told.get("headers", {}), **limits, "vary": "Accept", "content-type": kind})


async def _gone(request: Request) -> None:
    while not await request.is_disconnected():  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(0.25)


def refuse_error(status: int, error: MandategraphError, headers: Mapping[str, str] | None = None) -> Response:
    """Refuse with an error of ours, in the one shape of all errors."""
    told, content = error_answer(status, error)
    return Response(content, told["status"], {"content-type": told["type"], **(headers or {})})


def refuse(place: str, found: str, expected: str, remedy: str, vi: str, *, status: int = 400) -> Response:
    """Refuse in words: what was found where, what was expected, what to do."""
    return refuse_error(status, QuestionError(place, found=found, expected=expected, remedy=remedy, vi=vi))


def chosen_type(request: Request, offered: Mapping[str, Any], parameter: str | None = None) -> str | None:
    """The media type to answer in, by ``?format=`` or the Accept header."""
    short = parameter or request.query_params.get("format")
    if short:
        named = (SHORT.get(short, short), "application/json" if short == "json" else short)
        return next((kind for kind in named if kind in offered), None)
    return negotiate(request.headers.get("accept", "*/*"), offered)


def refuse_types(request: Request, offered: Mapping[str, Any]) -> Response:
    """Refuse a format that is not offered."""
    asked = request.query_params.get("format") or request.headers.get("accept", "")
    return refuse("accept", asked[:200], ", ".join(offered), "ask for one of these", "Không có định dạng được yêu cầu", status=406)


async def read_body(request: Request, most: int) -> bytes | None:
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


def is_address(iri: str) -> bool:
    """Whether it is an absolute address that RDF allows."""
    import pyoxigraph as ox

    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return not any(letter <= " " or letter in '<>"{}|\\^`\x7f\ufffd' for letter in iri)


def refuse_address(iri: str) -> Response:
    """Refuse what is no address."""
    return refuse("iri", iri[:200] or "nothing", "an absolute address", "GET /api/resource?iri=https://…", "Địa chỉ (IRI) không hợp lệ")
