"""A process that loads the graph once and makes workers of itself: each is ready at once and shares its memory.

It is started by the server with one end of a socket. For each message on it, which brings a socket of its own along, it makes
a worker that answers jobs on that socket until it closes, and tells the worker's process number. It ends with its server.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys

from kg.serving.frames import pack, read_message


def main() -> None:
    """Run the process: ``python -m kg.serving.zygote BUILD FD MEMORY_MB``."""
    build, handle, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    from pyoxigraph import DefaultGraph, Literal

    from kg.graph.namespaces import DATASET, VOID
    from kg.serving.jobs import Graph
    from kg.store import open_store

    control = socket.socket(fileno=handle)
    try:
        graph = Graph(open_store(build))
    except Exception as error:  # noqa: BLE001 - told to the server, which names it
        control.sendall(pack({"failed": str(error)}))
        return
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    described = next((int(quad.object.value) for quad in graph.store.inner.quads_for_pattern(DATASET, VOID.triples, None, DefaultGraph()) if isinstance(quad.object, Literal)), None)
    control.sendall(pack({"ready": sum(1 for _ in graph.store.inner.quads_for_pattern(None, None, None, DefaultGraph())), "described": described}))
    while True:
        order, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not order:
            return
        child = os.fork()
        if child == 0:
            control.close()
            _work(graph, handles[0], memory)
            os._exit(0)
        os.close(handles[0])
        control.sendall(pack({"pid": child}))


def _work(graph: object, handle: int, memory: int) -> None:
    """Answer jobs until the server closes the socket."""
    from kg.serving import jobs

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    with socket.socket(fileno=handle) as line, line.makefile("rb") as stream:
        while (message := read_message(stream)) is not None:
            head, body = message
            try:
                told, content = jobs.answer(graph, head, body)  # type: ignore[arg-type]
            except MemoryError:
                os._exit(12)
            except Exception as error:  # noqa: BLE001 - a fault of ours is told, and costs no worker
                told, content = jobs.fault(error)
            line.sendall(pack(told, content))


def _limit_memory(megabytes: int) -> None:
    """Let the worker take so much beyond what it has: one that wants more is ended, not the machine."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as pages:  # noqa: PTH123 - one line of the kernel's
            now = int(pages.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + megabytes * 1_000_000,) * 2)
    except (ImportError, OSError, ValueError):
        return  # the time limit stays


if __name__ == "__main__":
    main()
