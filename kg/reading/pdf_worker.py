"""The process that opens PDFs: started once, kept for the next file, ended when a file takes too long.

PDFium is C++ code that reads what strangers made. It runs in a process of its own with a limit on memory, so that a
crash, a loop or a flood ends that process and nothing else. Requests and answers are frames: eight bytes of length,
then the bytes; a request is a task (JSON) and the file, which is left out where it is the one before; an answer is JSON.
The worker opens no connection, and no file but the pictures that it shows to Tesseract.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any, BinaryIO

from kg.reading.limits import MAX_LETTERS, MAX_PAGES
from kg.reading.limits import PDF_FILES_A_WORKER as FILES_A_WORKER
from kg.reading.limits import PDF_MEMORY_BYTES as MAX_MEMORY_BYTES


class WorkerEnded(Exception):  # noqa: N818 - an event that the reader turns into an InputError
    """The worker ended without an answer; ``late`` when it was ended for taking too long."""

    def __init__(self, *, late: bool) -> None:
        self.late = late
        super().__init__("out of time" if late else "crashed")


class Worker:
    """One process, and the lock that gives it one file at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._served = 0
        self._held: bytes | None = None

    def ask(self, data: bytes, seconds: float, task: dict[str, Any] | None = None) -> dict[str, Any]:
        """Have one task done on a file; without one, have it read (``read_pages``). Raises: WorkerEnded."""
        with self._lock:
            process = self._ready()
            held, self._held = self._held is data, data
            late = threading.Event()
            timer = threading.Timer(seconds, _end, (process, late))
            timer.start()
            try:
                _send(process.stdin, json.dumps(task or {}).encode())
                _send(process.stdin, b"" if held else data)
                answer = _receive(process.stdout)
            except OSError:
                answer = None
            finally:
                timer.cancel()
            self._served += 1
            if answer is None or late.is_set():
                self._stop()
                raise WorkerEnded(late=late.is_set())
            result: dict[str, Any] = json.loads(answer)
            return result

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._process.poll() is not None or self._served >= FILES_A_WORKER):
            self._stop()
        if self._process is None:
            start = f"import sys; sys.path[:] = {sys.path!r}; from kg.reading.pdf_worker import serve; serve()"
            self._process = subprocess.Popen(
                [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # NumPy reserves memory for each thread otherwise
            )
            self._served = 0
        return self._process

    def _stop(self) -> None:
        process, self._process, self._held = self._process, None, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._stop()


WORKER = Worker()
atexit.register(WORKER.close)


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _send(stream: BinaryIO | Any, data: bytes) -> None:
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


def _receive(stream: BinaryIO | Any) -> bytes | None:
    head = stream.read(8)
    if len(head) < 8:
        return None
    length = int.from_bytes(head, "big")
    data: bytes = stream.read(length)
    return data if len(data) == length else None


def serve() -> None:
    """Answer requests until the other side closes."""
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    data = b""
    while (task := _receive(source)) is not None and (given := _receive(source)) is not None:
        data = given or data
        _send(target, json.dumps(_answer(data, json.loads(task)), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


def _answer(data: bytes, task: dict[str, Any]) -> dict[str, Any]:
    try:
        if "scan" in task:
            return _scan_page(data, task["scan"], task["program"], task["seconds"])
        if "bind" in task:
            from kg.reading.ocr_picture import bind_picture

            return bind_picture(data)
        return read_pages(data, {int(index): scan for index, scan in task.get("scans", {}).items()})
    except MemoryError:
        return {"error": "memory"}


def _scan_page(data: bytes, index: int, program: str, seconds: float) -> dict[str, Any]:
    """Read a page by its picture: ``kg.reading.ocr_page.read_scan``."""
    import pypdfium2
    from pypdfium2 import PdfiumError

    from kg.reading.ocr_page import read_scan

    try:
        with pypdfium2.PdfDocument(data) as document:
            return read_scan(document, index, program, seconds)
    except PdfiumError:
        return {"error": "broken"}


def read_pages(data: bytes, scans: dict[int, dict[str, Any]] | None = None) -> dict[str, Any]:
    """Read a PDF's bytes as pieces.

    Args:
        data: the file.
        scans: pages that were read by their pictures, by index from 0; they stand in for those pages' own text.

    Gives: ``{"pages": [[piece, …], …], "lost": [page numbers], "blank": [page numbers], "letters": n}``, or
    ``{"error": code}`` with "broken", "password", "pages" or "letters" (and what was found in "found"). "blank" are the
    pages whose words stand in a picture only, or whose text layer is no text.
    """
    import pypdfium2
    from pypdfium2 import PdfiumError, raw

    from kg.reading.pdf_layer import needs_recognising
    from kg.reading.pdf_layout import lay_out
    from kg.reading.pdf_text import Page, page_of, read_page

    scans = scans or {}
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError:
        return {"error": "password" if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD else "broken"}
    with document:
        count = len(document)
        if count > MAX_PAGES:
            return {"error": "pages", "found": count}
        pages: list[Page] = []
        lost: list[int] = []
        letters = 0
        for index in range(count):
            try:
                page = page_of(scans[index]) if index in scans else read_page(document, index)
            except PdfiumError:
                lost.append(index + 1)
                page = Page(1.0, 1.0, [], [], [], frozenset(), 0.0)
            letters += sum(len(word.text) for word in page.words)
            if letters > MAX_LETTERS:
                return {"error": "letters", "found": letters}
            pages.append(page)
    blank = [at for at, page in enumerate(pages, 1) if at - 1 not in scans and needs_recognising(page)]
    return {"pages": lay_out(pages), "lost": lost, "blank": blank, "letters": letters}
