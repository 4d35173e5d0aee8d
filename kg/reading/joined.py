"""A plan and its annexes, published as files of their own → one document, its text in their order.

Each part keeps its place: `Source.files` tells which file a place of the text came from, and pages count within it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from kg.records import Block, Cell, Document, Finding, Passage, Row, Run, Source, Span, Table

_SURE = 100


def join_documents(documents: Sequence[Document]) -> Document:
    """Join documents, the first of which names the whole; one stays as it is."""
    if len(documents) == 1:
        return documents[0]
    texts: list[str] = []
    starts: list[int] = []
    at = 0
    for document in documents:
        text = document.text if document.text.endswith("\n") else document.text + "\n"
        starts.append(at)
        texts.append(text)
        at += len(text) + 1
    text = "\n".join(texts)
    placed = list(zip(documents, starts, strict=True))
    return Document(
        source=_join_sources([(document.source, start) for document, start in placed], text),
        text=text,
        parts=tuple(_moved(part, start) for document, start in placed for part in document.parts),
        findings=tuple(_moved_finding(finding, start) for document, start in placed for finding in document.findings),
    )


def _join_sources(sources: Sequence[tuple[Source, int]], text: str) -> Source:
    first = sources[0][0]
    sure = any(source.sure for source, _ in sources)
    return replace(
        first,
        file_sha256=hashlib.sha256("".join(source.file_sha256 for source, _ in sources).encode()).hexdigest(),
        text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        size=sum(source.size for source, _ in sources),
        offsets=tuple((start + at, byte) for source, start in sources for at, byte in source.offsets),
        pages=tuple(start + page for source, start in sources for page in source.pages),
        sure=tuple((start + at, percent) for source, start in sources for at, percent in source.sure or ((0, _SURE),)) if sure else (),
        files=tuple((start, source.path) for source, start in sources),
    )


def _moved(part: Block | Table, by: int) -> Block | Table:
    if isinstance(part, Block):
        return replace(part, passage=_moved_passage(part.passage, by))
    return replace(
        part,
        header=tuple(_moved_cell(cell, by) for cell in part.header),
        rows=tuple(Row(cells=tuple(_moved_cell(cell, by) for cell in row.cells)) for row in part.rows),
        span=_moved_span(part.span, by),
    )


def _moved_cell(cell: Cell | None, by: int) -> Cell | None:
    return None if cell is None else Cell(passage=_moved_passage(cell.passage, by))


def _moved_passage(passage: Passage, by: int) -> Passage:
    return Passage(
        text=passage.text,
        spans=tuple(_moved_span(span, by) for span in passage.spans),
        runs=tuple(Run(run.at, run.start + by, run.length) for run in passage.runs),
    )


def _moved_finding(finding: Finding, by: int) -> Finding:
    return finding if finding.span is None else replace(finding, span=_moved_span(finding.span, by))


def _moved_span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
