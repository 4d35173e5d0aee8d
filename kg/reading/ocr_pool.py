"""The pages of a file that only their pictures tell → their words; several pages at a time, each in a process that can be ended."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from kg.reading.pdf_worker import Worker, WorkerEnded

PAGE_SECONDS = 120.0
"""How long one page may take; A4 at 300 dpi takes 2 to 4 on a laptop."""
Progress = Callable[[int, int], None]
"""Called before the first page and after each with the number done and the number in all."""

_listeners: list[Progress] = []


@contextmanager
def on_progress(listener: Progress) -> Iterator[None]:
    """Have the listener told how far the scans have come that are read in this process meanwhile."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def _tell(done: int, total: int) -> None:
    for listener in _listeners:
        listener(done, total)


def read_scans(data: bytes, indexes: Sequence[int], program: str, *, processes: int | None = None) -> dict[int, dict[str, Any]]:
    """Read pages of a PDF by their pictures.

    Args:
        data: the file.
        indexes: pages, from 0.
        program: Tesseract's path.
        processes: how many pages at a time; one for each core if not given.

    Returns: for each page what ``kg.reading.ocr_page.read_scan`` gives; {"error": …} for one that failed.
    """
    count = max(1, min(processes or os.cpu_count() or 1, len(indexes)))
    free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    workers = [Worker() for _ in range(count)]
    for worker in workers:
        free.put(worker)

    def read_one(index: int) -> dict[str, Any]:
        worker = free.get()
        try:
            return worker.ask(data, 2.5 * PAGE_SECONDS, {"scan": index, "program": program, "seconds": PAGE_SECONDS})
        except WorkerEnded as ended:
            return {"error": "late" if ended.late else "crash"}
        finally:
            free.put(worker)

    read: dict[int, dict[str, Any]] = {}
    _tell(0, len(indexes))
    try:
        with ThreadPoolExecutor(count) as pool:
            for index, scan in zip(indexes, pool.map(read_one, indexes), strict=True):
                read[index] = scan
                _tell(len(read), len(indexes))
    finally:
        for worker in workers:
            worker.close()
    return read
