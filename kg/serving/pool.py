"""Workers in lanes: what is quick never waits behind what is slow, and what hangs is ended.

A job starts in the first lane, with a short time. If it is not done by then its worker is ended and the job starts anew in the
next lane, with more; a job that was slow lately goes there at once. The time of the short lanes is the processor's where the
system tells it: on a busy machine a quick question is as quick as ever. Within a lane, connections that have asked quick questions
only come first, then new ones, then those that asked slow ones: many hostile clients delay each other. A question has the
standing that its connection had when it was asked, in every lane.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import os
import signal
import socket
import subprocess
import sys
import time
from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kg.errors import QuestionError, StoreError
from kg.serving.frames import pack, receive_message
from kg.serving.limits import Limits

Answer = tuple[dict[str, Any], bytes]
_REMEMBERED = 4_000
_STRETCH = 10
"""Times its seconds that a question may have a worker of a short lane by the clock, while the processor is elsewhere."""


_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Busy(Exception):  # noqa: N818 - a state, not a fault
    """All places in the queue are taken: come again."""


class _Worker:
    """A process with a line to it."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid, self._reader, self._writer = pid, reader, writer

    async def ask(self, head: dict[str, Any], body: bytes) -> Answer:
        self._writer.write(pack(head, body))
        await self._writer.drain()
        return await receive_message(self._reader)

    def used(self) -> float | None:
        """Give the processor seconds of the process; ``None`` where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._writer.close()


class _Lane:
    """Workers of one time limit, and the jobs that wait for one, the best behaved first."""

    def __init__(self, seconds: float, places: int) -> None:
        self.seconds, self.places = seconds, places
        self._free: list[_Worker] = []
        self._waiting: list[tuple[int, int, asyncio.Future[_Worker]]] = []
        self._count = 0

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    async def take(self, standing: int) -> _Worker:
        if self._free:
            return self._free.pop()
        if len(self._waiting) >= self.places:
            self._make_room(standing)
        self._count += 1
        turn: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        entry = (standing, self._count, turn)
        heapq.heappush(self._waiting, entry)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.give(turn.result())
            elif entry in self._waiting:
                self._waiting.remove(entry)
                heapq.heapify(self._waiting)
            raise

    def _make_room(self, standing: int) -> None:
        """Send away the last of those that behave worse; where nobody does, the newcomer itself."""
        last = max(self._waiting)
        if last[0] <= standing:
            raise Busy
        self._waiting.remove(last)
        heapq.heapify(self._waiting)
        if not last[2].done():
            last[2].set_exception(Busy())

    def give(self, worker: _Worker) -> None:
        while self._waiting:
            turn = heapq.heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(worker)
                return
        self._free.append(worker)

    def end(self) -> None:
        while self._free:
            self._free.pop().end()


class Standing:
    """How connections have behaved: 0 quick questions only, 1 unknown, 2 slow ones."""

    def __init__(self) -> None:
        self._known: OrderedDict[object, int] = OrderedDict()

    def of(self, client: object) -> int:
        """Give the standing of a client."""
        return self._known.get(client, 1)

    def note(self, client: object, *, quick: bool) -> None:
        """Keep how a question went: one slow question outweighs all quick ones before it."""
        self._known[client] = 0 if quick else 2
        self._known.move_to_end(client)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


class Pool:
    """The workers of one build. ``triples`` tells how large its graph is, ``described`` what its own description (VoID) says."""

    def __init__(self, build: Path, limits: Limits) -> None:
        self.build, self.limits = build, limits
        self.triples = 0
        self.described: int | None = None
        self.ended = {"time": 0, "memory": 0}
        self.standing = Standing()
        self._slow_before: OrderedDict[bytes, int] = OrderedDict()
        self._lanes = tuple(_Lane(seconds, places) for seconds, places, _ in limits.lanes)
        self._replacing: set[asyncio.Task[None]] = set()
        self._making = asyncio.Lock()
        self._closed = False
        self._writer: asyncio.StreamWriter | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self.running = 0

    async def start(self) -> None:
        """Load the graph and make the workers; where that fails or is given up, nothing is left behind.

        Raises:
            StoreError: no build there, or one that is damaged.
        """
        try:
            await self._start()
        except BaseException:
            self._drop()
            raise

    async def _start(self) -> None:
        if not hasattr(os, "fork"):
            raise StoreError("serve", found=sys.platform, expected="Linux or macOS", remedy="use `mandategraph explore`, or WSL on Windows", vi="Lệnh serve cần Linux hoặc macOS; trên Windows hãy dùng `mandategraph explore` hoặc WSL")
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen([  # noqa: ASYNC220 - it returns at once
            sys.executable, "-m", "kg.serving.zygote", str(self.build), str(theirs.fileno()), str(self.limits.memory_mb),
        ], pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        ours.setblocking(False)  # noqa: FBT003 - the socket's own way
        self._control = ours
        self._reader, self._writer = await asyncio.open_connection(sock=ours)
        try:
            told, _ = await receive_message(self._reader)
        except asyncio.IncompleteReadError as error:
            raise StoreError(str(self.build), found="a process that ended", expected="a loaded graph", remedy="is there enough memory? build again", vi="Không nạp được đồ thị") from error
        if "failed" in told:
            raise StoreError(str(self.build), found=told["failed"], expected="the folder of a build", remedy="run `mandategraph build FOLDER -o BUILD` first", vi=f"Không mở được {self.build}; hãy chạy lệnh build trước")
        self.triples, self.described = told["ready"], told["described"]
        for lane, (_, _, workers) in zip(self._lanes, self.limits.lanes, strict=True):
            for _ in range(workers):
                lane.give(await self._make())

    @property
    def alive(self) -> bool:
        """Whether the process that workers come from is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def waiting(self) -> list[int]:
        """How many jobs wait in each lane."""
        return [lane.waiting for lane in self._lanes]

    async def _make(self) -> _Worker:
        async with self._making:
            ours, theirs = socket.socketpair()
            ours.setblocking(False)  # noqa: FBT003 - the socket's own way
            sent = socket.socket(fileno=os.dup(self._control.fileno()))
            try:
                socket.send_fds(sent, [b"w"], [theirs.fileno()])
            finally:
                sent.close()
                theirs.close()
            told, _ = await receive_message(self._reader)
        reader, writer = await asyncio.open_connection(sock=ours)
        return _Worker(told["pid"], reader, writer)

    async def ask(self, head: dict[str, Any], body: bytes = b"", *, client: object = None) -> Answer:
        """Have a job done for a client (any value that tells one from another).

        Raises:
            Busy: too many wait already.
            QuestionError: the job took too long, or too much memory.
        """
        name = blake2b(repr(sorted(head.items(), key=str)).encode() + body, digest_size=16).digest()
        first, standing = self._slow_before.get(name, 0), self.standing.of(client)
        self.running += 1
        try:
            for at, lane in enumerate(self._lanes[first:], first):
                done = await self._ask_in(lane, head, body, standing)
                if done is not None:
                    answer, taken = done
                    quick = taken < self.limits.quick_seconds
                    self.standing.note(client, quick=quick)
                    if quick:
                        self._slow_before.pop(name, None)
                    return answer
                self.standing.note(client, quick=False)
                self._remember(name, min(at + 1, len(self._lanes) - 1))
        finally:
            self.running -= 1
        self.ended["time"] += 1
        raise QuestionError("query", found=f"no answer within {self.limits.seconds:g} s", expected="an answer in that time", remedy="ask for less: add LIMIT, name the classes, avoid patterns that share no variable", vi=f"Câu hỏi chạy quá {self.limits.seconds:g} giây nên đã bị dừng; hãy thu hẹp câu hỏi")

    def _remember(self, name: bytes, lane: int) -> None:
        self._slow_before[name] = lane
        if len(self._slow_before) > _REMEMBERED:
            self._slow_before.popitem(last=False)

    async def _ask_in(self, lane: _Lane, head: dict[str, Any], body: bytes, standing: int) -> tuple[Answer, float] | None:
        """Have a job done in a lane, with the seconds it took; ``None`` where the time was not enough."""
        worker = await lane.take(standing)
        well = False
        try:
            found = await self._timed(worker, lane, head, body)
            well = found is not None
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self.ended["memory"] += 1
            raise QuestionError("query", found=f"a worker that ended: the query needed more than {self.limits.memory_mb} MB of memory, or nests too deep", expected="an answer within that", remedy="ask for less: add LIMIT, group by fewer things", vi=f"Câu hỏi cần quá {self.limits.memory_mb} MB bộ nhớ hoặc lồng quá sâu nên đã bị dừng; hãy thu hẹp câu hỏi") from error
        else:
            return found
        finally:
            if well:
                lane.give(worker)
            else:  # also where the client has gone: its query must not go on
                worker.end()
                task = asyncio.get_running_loop().create_task(self._replace(lane))
                self._replacing.add(task)
                task.add_done_callback(self._replacing.discard)

    async def _timed(self, worker: _Worker, lane: _Lane, head: dict[str, Any], body: bytes) -> tuple[Answer, float] | None:
        """Give an answer and the seconds it took: the processor's in a short lane, else the clock's; ``None`` where they were too many."""
        started, before = time.monotonic(), worker.used() if lane.seconds < self.limits.seconds else None
        latest = started + min(_STRETCH * lane.seconds, self.limits.seconds)
        asked = asyncio.ensure_future(worker.ask(head, body))

        def taken() -> float:
            used = worker.used() if before is not None else None
            return time.monotonic() - started if before is None or used is None else used - before

        try:
            while (left := min(lane.seconds - taken(), latest - time.monotonic())) > 0:
                done, _ = await asyncio.wait((asked,), timeout=max(left, 0.01))
                if done:
                    return asked.result(), taken()
            return None
        finally:
            asked.cancel()

    async def _replace(self, lane: _Lane) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):  # the process has ended: the server makes a new pool
            if not self._closed:
                lane.give(await self._make())

    async def close(self) -> None:
        """End all; jobs that run are let finish first."""
        self._closed = True
        for _ in range(int(self.limits.seconds * 10)):
            if not self.running:
                break
            await asyncio.sleep(0.1)
        for lane in self._lanes:
            lane.end()
        for task in tuple(self._replacing):
            task.cancel()
        if self._process is not None:
            self._process.terminate()
            await asyncio.to_thread(self._process.wait)
        if self._writer is not None:
            self._writer.close()

    def _drop(self) -> None:
        """End all at once, where nothing can be waited for."""
        self._closed = True
        for lane in self._lanes:
            lane.end()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._writer is not None:
            self._writer.close()
