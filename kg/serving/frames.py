"""Messages between the server and its workers: a length, a JSON head, a body of bytes.

4 bytes  length of the head, big-endian
8 bytes  length of the body
head     JSON, UTF-8
body     bytes
"""

from __future__ import annotations

import json
import struct
from asyncio import StreamReader
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Give a message as bytes."""
    written = json.dumps(head, ensure_ascii=False).encode("utf-8")
    return _LENGTHS.pack(len(written), len(body)) + written + body


def read_message(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; ``None`` where the other side has closed."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(body)


async def receive_message(stream: StreamReader) -> tuple[dict[str, Any], bytes]:
    """Read one message; raises ``IncompleteReadError`` where the other side has ended."""
    head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    return json.loads(await stream.readexactly(head)), await stream.readexactly(body)
