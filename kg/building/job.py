"""Processes that ingest files: each file's whole job in a process that can be ended, its memory limited.

A file at which a reader hangs, floods or dies costs that process and is named; the rest of the folder is built.
"""

from __future__ import annotations

import json
import pickle
import queue
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.building.ingest import Ingested, from_facts, ingest, late_worker, lost_worker
from kg.building.sources import SourceFile
from kg.reading.limits import FILES_A_WORKER, JOB_MEMORY_BYTES, JOB_SECONDS
from kg.reading.worker import Worker, WorkerEnded, send_sign, serve_frames
from kg.resolution.decisions import NO_DECISIONS, Decisions

Folders = tuple[Path, ...]
Pages = Callable[[str, int, int], None]
"""Called as the pages of a scan are read, with the file's name, the number done and the number in all."""


def ingest_apart(
    files: Sequence[SourceFile], cached: Folders, keep: Path, jobs: int, *, decisions: Decisions = NO_DECISIONS, seconds: float = JOB_SECONDS,
    pages: Pages | None = None,
) -> Iterator[tuple[Ingested, float]]:
    """Ingest files in processes; give what became of each, and the seconds it took, in the order they are done.

    Args:
        files: the files.
        cached: folders that may hold their entries.
        keep: folder that entries are kept in.
        jobs: number of processes.
        decisions: those of people that stand.
        seconds: how long a process may be silent before it is ended.
        pages: told how far scans have come, in the caller's thread.

    """
    left: queue.SimpleQueue[SourceFile] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Ingested, float] | _Scanned | BaseException] = queue.SimpleQueue()
    stopped = threading.Event()
    for file in files:
        left.put(file)
    decided = b64encode(pickle.dumps(decisions)).decode("ascii")
    shared = {"cached": [str(folder) for folder in cached], "keep": str(keep), "decisions": decided}
    workers = [Worker("kg.building.job", FILES_A_WORKER) for _ in range(min(jobs, len(files)))]

    def work(worker: Worker) -> None:
        try:
            while not stopped.is_set():
                file = left.get_nowait()
                started = time.perf_counter()
                done.put((_ask(worker, file, {**shared, "file": _plain(file)}, seconds, done.put), time.perf_counter() - started))
        except queue.Empty:
            pass
        except BaseException as error:  # noqa: BLE001  the caller's thread raises it
            done.put(error)

    threads = [threading.Thread(target=work, args=(worker,), daemon=True) for worker in workers]
    try:
        for thread in threads:
            thread.start()
        waited = len(files)
        while waited:
            answer = done.get()
            if isinstance(answer, BaseException):
                raise answer
            if isinstance(answer, _Scanned):
                if pages is not None:
                    pages(*answer)
                continue
            waited -= 1
            yield answer
    finally:
        stopped.set()
        for worker in workers:
            worker.close()


class _Scanned(NamedTuple):
    """How many pages of a file are read, of how many."""

    name: str
    done: int
    total: int


def _ask(worker: Worker, file: SourceFile, request: dict[str, Any], seconds: float, told: Callable[[_Scanned], None]) -> Ingested:
    try:
        answer = worker.ask(json.dumps(request).encode(), seconds, lambda words: told(_Scanned(file.name, *json.loads(words))))
    except WorkerEnded as ended:
        return late_worker(file.name, seconds) if ended.late else lost_worker(file.name)
    return from_facts(json.loads(answer))


def _plain(file: SourceFile) -> dict[str, Any]:
    return {"name": file.name, "path": str(file.path), "inside": file.inside, "annexes": [_plain(each) for each in file.annexes]}


def _source(plain: dict[str, Any]) -> SourceFile:
    return SourceFile(name=plain["name"], path=Path(plain["path"]), inside=tuple(plain["inside"]), annexes=tuple(map(_source, plain["annexes"])))


def serve() -> None:
    """Answer requests until the other side closes."""
    from kg.reading.ocr_pool import on_progress

    with on_progress(lambda done, total: send_sign(json.dumps([done, total]).encode())):  # a scan of hundreds of pages is slow, not hung
        serve_frames(_answer, JOB_MEMORY_BYTES)


def _answer(request: bytes) -> bytes:
    asked = json.loads(request)
    ingested = ingest(_source(asked["file"]), tuple(map(Path, asked["cached"])), Path(asked["keep"]), _decisions(asked["decisions"]))
    return json.dumps(asdict(ingested)).encode()


@lru_cache(maxsize=1)
def _decisions(packed: str) -> Decisions:
    decisions: Decisions = pickle.loads(b64decode(packed))  # noqa: S301  from the process that started this one
    return decisions
