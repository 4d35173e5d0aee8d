"""A process that reads what strangers made: kept for the next file, ended when one takes too long.

A crash, a loop or a flood ends that process and nothing else. Requests and answers are frames: eight bytes of length,
then the bytes. The process is started by a command of its own, so that a script that calls us is not run again by it.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

_SIGN = b"\0"


class WorkerEnded(Exception):  # noqa: N818 - an event that the caller turns into an InputError
    """The worker ended without an answer; ``late`` when it was ended for taking too long."""

    def __init__(self, *, late: bool) -> None:
        self.late = late
        super().__init__("out of time" if late else "crashed")


class Worker:
    """One process, and the lock that gives it one file at a time.

    Args:
        module: the module whose ``serve()`` answers requests.
        files: after so many requests the process is started anew.
        own_group: whether the process, and what it starts, is ended as a group of its own; else with the group it is of.

    """

    def __init__(self, module: str, files: int, *, own_group: bool = True) -> None:
        self._module = module
        self._files = files
        self._own_group = own_group
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._served = 0

    def ask(self, data: bytes, seconds: float, heard: Callable[[bytes], None] | None = None) -> bytes:
        """Have one request answered. A frame that opens with a zero byte is a sign of life: ``seconds`` count from the last one.

        Args:
            data: the request.
            seconds: how long the process may be silent.
            heard: called with what a sign of life says.

        Raises:
            WorkerEnded: no answer.
        """
        with self._lock:
            process = self._ready()
            late = threading.Event()
            answer: bytes | None = _SIGN
            while answer is not None and answer.startswith(_SIGN):
                timer = threading.Timer(seconds, _end, (process, late))
                timer.daemon = True
                timer.start()
                try:
                    if data:
                        send_frame(process.stdin, data)
                    data = b""
                    answer = receive_frame(process.stdout)
                except OSError:
                    answer = None
                finally:
                    timer.cancel()
                if heard is not None and answer is not None and answer.startswith(_SIGN):
                    heard(answer[len(_SIGN) :])
            self._served += 1
            if answer is None or late.is_set():
                self._stop()
                raise WorkerEnded(late=late.is_set())
            return answer

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._process.poll() is not None or self._served >= self._files):
            self._stop()
        if self._process is None:
            atexit.register(self.close)
            start = f"import sys; sys.path[:] = {sys.path!r}; from {self._module} import serve; serve()"
            self._process = subprocess.Popen(
                [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                start_new_session=self._own_group,
            )  # fmt: skip
            self._served = 0
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.close)
        kill_group(process)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and those that it started, where the system has groups of them."""
    if process.returncode is None:
        with suppress(OSError, AttributeError):  # one that leads no group of its own is ended alone
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def send_frame(stream: BinaryIO | Any, data: bytes) -> None:
    """Write one frame."""
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


def send_sign(words: bytes) -> None:
    """Tell the caller's process from within a request that this one is at work."""
    send_frame(sys.__stdout__.buffer if sys.__stdout__ else None, _SIGN + words)


def receive_frame(stream: BinaryIO | Any) -> bytes | None:
    """Read one frame; ``None`` at the end."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    length = int.from_bytes(head, "big")
    data: bytes = stream.read(length)
    return data if len(data) == length else None


def serve_frames(answer: Callable[[bytes], bytes], memory: int) -> None:
    """Answer requests until the other side closes.

    Args:
        answer: gives the answer to a request.
        memory: bytes of address space that the process may take, where the system has such a limit.

    """
    limit_memory(memory)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while (data := receive_frame(source)) is not None:
        send_frame(target, answer(data))


def limit_memory(size: int) -> None:
    """Limit this process's address space, where the system has such a limit."""
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
