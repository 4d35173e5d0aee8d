"""The process that opens PDFs.

PDFium is C++ code that reads what strangers made: it runs in a process of its own (``kg.reading.worker``) with a limit
on memory. A request is the file, an answer is JSON. The process opens no file and no connection.
"""

from __future__ import annotations

import json
from typing import Any

from kg.reading.limits import MAX_LETTERS, MAX_PAGES, PDF_FILES_A_WORKER, PDF_MEMORY_BYTES
from kg.reading.worker import Worker, WorkerEnded, serve_frames

__all__ = ["MAX_PAGES", "WORKER", "WorkerEnded", "ask", "read_pages", "serve"]

WORKER = Worker("kg.reading.pdf_worker", PDF_FILES_A_WORKER)


def ask(data: bytes, seconds: float) -> dict[str, Any]:
    """Have one file read as ``read_pages`` does. Raises: WorkerEnded."""
    answer: dict[str, Any] = json.loads(WORKER.ask(data, seconds))
    return answer


def serve() -> None:
    """Answer requests until the other side closes."""
    serve_frames(lambda data: json.dumps(_answer(data), ensure_ascii=False).encode("utf-8", "surrogatepass"), PDF_MEMORY_BYTES)


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return read_pages(data)
    except MemoryError:
        return {"error": "memory"}


def read_pages(data: bytes) -> dict[str, Any]:
    """Read a PDF's bytes as pieces.

    Gives: ``{"pages": [[piece, …], …], "lost": [page numbers], "blank": [page numbers], "letters": n}``, or
    ``{"error": code}`` with "broken", "password", "pages" or "letters" (and what was found in "found").
    """
    import pypdfium2
    from pypdfium2 import PdfiumError, raw

    from kg.reading.pdf_layout import lay_out
    from kg.reading.pdf_text import Page, read_page

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
                page = read_page(document, index)
            except PdfiumError:
                lost.append(index + 1)
                page = Page(1.0, 1.0, [], [], [], frozenset(), 0.0)
            letters += sum(len(word.text) for word in page.words)
            if letters > MAX_LETTERS:
                return {"error": "letters", "found": letters}
            pages.append(page)
    blank = [at for at, page in enumerate(pages, 1) if sum(len(w.text) for w in page.words) < 40 and page.image > 0.4]
    return {"pages": lay_out(pages), "lost": lost, "blank": blank, "letters": letters}
