"""Clients that never finish: the server hangs up on them and answers the others."""

from __future__ import annotations

import socket
import threading
import time

import pytest

uvicorn = pytest.importorskip("uvicorn")

from kg.serving.protocol import ImpatientProtocol  # noqa: E402


class _Hasty(ImpatientProtocol):
    request_seconds = 0.3
    answer_seconds = 0.3


async def _app(scope, receive, send):
    body = b"x" * (60_000_000 if scope["path"] == "/much" else 2)
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def port():
    config = uvicorn.Config(_app, port=0, http=_Hasty, log_level="critical", lifespan="off", timeout_keep_alive=30)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def _is_hung_up(client: socket.socket) -> bool:
    try:
        return client.recv(1000) == b""
    except ConnectionResetError:
        return True


def _connect(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port))
    client.settimeout(30)  # only a server that never hangs up reaches it
    return client


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"])
def test_half_a_request_is_hung_up_on(port, sent):
    with _connect(port) as client:
        client.sendall(sent)
        assert _is_hung_up(client)


def test_the_second_request_of_a_connection_is_waited_for_no_longer(port):
    with _connect(port) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"\r\n\r\nxx"):
            answer += client.recv(1000)
        client.sendall(b"GET / HT")
        assert _is_hung_up(client)


def test_an_answer_that_nobody_reads_is_given_up(port):
    with _connect(port) as client:
        client.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(1.5)
        got = 0
        try:
            while part := client.recv(1_000_000):
                got += len(part)
        except ConnectionResetError:
            pass
        assert got < 60_000_000


def test_a_whole_request_between_the_slow_ones_is_answered(port):
    slow = [_connect(port) for _ in range(50)]
    with _connect(port) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"200 OK" in client.recv(1000)
    for each in slow:
        each.close()
