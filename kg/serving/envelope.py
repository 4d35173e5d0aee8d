"""What stands around every answer: security headers, one line of the log, and no error that shows the inside."""

from __future__ import annotations

import time

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serving.answers import page_policy
from kg.serving.running import Server, log

_HEADERS = {
    b"x-content-type-options": b"nosniff", b"referrer-policy": b"no-referrer", b"x-frame-options": b"DENY",
    b"content-security-policy": page_policy("").encode("ascii"),
}  # fmt: skip


class Envelope:
    """Security headers on every answer, one line of log each, and no error that shows the inside."""

    def __init__(self, app: ASGIApp, server: Server) -> None:
        self._app, self._server = app, server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
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
