"""Processes that ingest files: each file's whole job in a process that can be ended, its memory limited.

A file at which a reader hangs, floods or dies costs that process and is named; the rest of the folder is built.
"""

from __future__ import annotations

import json
import pickle
import queue
import sys
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.building.ingest import Ingested, from_facts, ingest, late_worker, lost_worker
from kg.building.sources import SourceFile
from kg.reading.limits import FILES_A_WORKER, JOB_MEMORY_BYTES, JOB_SECONDS
from kg.reading.worker import Worker, WorkerEnded, send_frame, serve_frames
from kg.resolution.decisions import NO_DECISIONS, Decisions

Folders = tuple[Path, ...]


def ingest_apart(
    files: Sequence[SourceFile], cached: Folders, keep: Path, jobs: int, *, decisions: Decisions = NO_DECISIONS, seconds: float = JOB_SECONDS
) -> Iterator[tuple[Ingested, float]]:
    """Ingest files in processes; give what became of each, and the seconds it took, in the order they are done.

    Args:
        files: the files.
        cached: folders that may hold their entries.
        keep: folder that entries are kept in.
        jobs: number of processes.
        decisions: those of people that stand.
        seconds: how long a process may be silent before it is ended.

    """
    left: queue.SimpleQueue[SourceFile] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Ingested, float] | BaseException] = queue.SimpleQueue()
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
                done.put((_ask(worker, file, {**shared, "name": file.name, "path": str(file.path), "inside": file.inside}, seconds), time.perf_counter() - started))
        except queue.Empty:
            pass
        except BaseException as error:  # noqa: BLE001  the caller's thread raises it
            done.put(error)

    threads = [threading.Thread(target=work, args=(worker,), daemon=True) for worker in workers]
    try:
        for thread in threads:
            thread.start()
        for _ in files:
            answer = done.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        stopped.set()
        for worker in workers:
            worker.close()


def _ask(worker: Worker, file: SourceFile, request: dict[str, Any], seconds: float) -> Ingested:
    try:
        answer = worker.ask(json.dumps(request).encode(), seconds)
    except WorkerEnded as ended:
        return late_worker(file.name, seconds) if ended.late else lost_worker(file.name)
    return from_facts(json.loads(answer))


def serve() -> None:
    """Answer requests until the other side closes."""
    from kg.reading.ocr_pool import on_progress

    on_progress(lambda _done, _total: still_alive())  # a scan of hundreds of pages is slow, not hung
    serve_frames(_answer, JOB_MEMORY_BYTES)


def _answer(request: bytes) -> bytes:
    asked = json.loads(request)
    source = SourceFile(name=asked["name"], path=Path(asked["path"]), inside=tuple(asked["inside"]))
    ingested = ingest(source, tuple(map(Path, asked["cached"])), Path(asked["keep"]), _decisions(asked["decisions"]))
    return json.dumps(asdict(ingested)).encode()


@lru_cache(maxsize=1)
def _decisions(packed: str) -> Decisions:
    decisions: Decisions = pickle.loads(b64decode(packed))  # noqa: S301  from the process that started this one
    return decisions


def still_alive() -> None:
    """Tell the caller's process that this one is at work: for readers that take long page by page."""
    send_frame(sys.__stdout__.buffer if sys.__stdout__ else None, b"")
