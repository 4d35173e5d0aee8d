"""HTTP/1.1 for clients that take their time: who does not finish a request, or does not take an answer, is hung up on."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 20.0
"""From a connection, or the first byte of a further request, to the request's last byte: a question has a few thousand of them."""
ANSWER_SECONDS = 60.0
"""How long a client may leave an answer unread that the system's buffers do not hold."""


class ImpatientProtocol(H11Protocol):
    """uvicorn's protocol, which waits for ever for the rest of a request and for a reader of an answer, with an end to both."""

    request_seconds = REQUEST_SECONDS
    answer_seconds = ANSWER_SECONDS
    _request: asyncio.TimerHandle | None = None
    _answer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Start to wait for the first request."""
        super().connection_made(transport)
        self._request = self.loop.call_later(self.request_seconds, self._hang_up)

    def data_received(self, data: bytes) -> None:
        """Take what came; wait on while a request is not whole."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            if self._request is None:
                self._request = self.loop.call_later(self.request_seconds, self._hang_up)
        else:
            self._stop_waiting_for_request()

    def pause_writing(self) -> None:
        """Give the client a time to read what was sent."""
        super().pause_writing()
        self._answer = self._answer or self.loop.call_later(self.answer_seconds, self._hang_up)

    def resume_writing(self) -> None:
        """The client reads."""
        super().resume_writing()
        self._stop_waiting_for_reader()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting_for_request()
        self._stop_waiting_for_reader()
        super().connection_lost(exc)

    def _hang_up(self) -> None:
        self.transport.abort()

    def _stop_waiting_for_request(self) -> None:
        if self._request is not None:
            self._request.cancel()
            self._request = None

    def _stop_waiting_for_reader(self) -> None:
        if self._answer is not None:
            self._answer.cancel()
            self._answer = None
