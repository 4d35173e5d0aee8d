"""The process that opens PDFs: started once, kept for the next file, ended when a file takes too long.

PDFium is C++ code that reads what strangers made. It runs in a process of its own with a limit on memory, so that a
crash, a loop or a flood ends that process and nothing else (see `kg.reading.worker`). A request is the length of a task,
the task (JSON) and the file; an answer is JSON.
The worker opens no connection, and no file but the pictures that it shows to Tesseract.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import Any

from kg.reading.limits import MAX_ATTACHED, MAX_LETTERS, MAX_PAGES, PDF_FILES_A_WORKER, PDF_MEMORY_BYTES
from kg.reading.worker import Worker as Process
from kg.reading.worker import WorkerEnded, serve_frames

__all__ = ["WORKER", "Worker", "WorkerEnded", "read_pages", "serve"]


class Worker:
    """The process, given one task on one file at a time."""

    def __init__(self) -> None:
        # in the group of the process that reads files: it ends with that one
        self._process = Process("kg.reading.pdf_worker", PDF_FILES_A_WORKER, own_group=False)

    def ask(self, data: bytes, seconds: float, task: dict[str, Any] | None = None) -> dict[str, Any]:
        """Have one task done on a file; without one, have it read (``read_pages``). Raises: WorkerEnded."""
        head = json.dumps(task or {}).encode()
        answer: dict[str, Any] = json.loads(self._process.ask(len(head).to_bytes(8, "big") + head + data, seconds))
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.close()


WORKER = Worker()


def serve() -> None:
    """Answer requests until the other side closes."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # NumPy, which comes in later, reserves memory for each thread otherwise
    serve_frames(_answer_request, PDF_MEMORY_BYTES)


def _answer_request(request: bytes) -> bytes:
    start = 8 + int.from_bytes(request[:8], "big")
    return json.dumps(_answer(request[start:], json.loads(request[8:start])), ensure_ascii=False).encode("utf-8", "surrogatepass")


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

    Gives: ``{"pages": [[piece, …], …], "lost": [page numbers], "blank": [page numbers], "letters": n, "attached": [names]}``, or
    ``{"error": code}`` with "broken", "password", "pages" or "letters" (and what was found in "found"). "blank" are the
    pages whose words stand in a picture only, or whose text layer is no text.
    """
    import pypdfium2
    from pypdfium2 import PdfiumError, raw

    from kg.reading.pdf_layer import needs_recognising
    from kg.reading.pdf_layout import lay_out
    from kg.reading.pdf_page import Page, page_of
    from kg.reading.pdf_text import read_page

    scans = scans or {}
    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError:
        return {"error": "password" if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD else "broken"}
    with document:
        count = len(document)
        attached = _attached(document)
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
    return {"pages": lay_out(pages), "lost": lost, "blank": blank, "letters": letters, "attached": attached}


def _attached(document: Any) -> list[str]:
    """Give the names of the first files in a PDF: of a portfolio they are its documents."""
    from pypdfium2 import PdfiumError

    names: list[str] = []
    for index in range(min(document.count_attachments(), MAX_ATTACHED)):
        with suppress(PdfiumError):
            names.append(document.get_attachment(index).get_name()[:80])
    return names
