"""Document → records: header, citations, tasks, duties, reporting, targets, sectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.citations import find_citations
from kg.extraction.columns import is_task_table, read_columns
from kg.extraction.doubts import find_doubts
from kg.extraction.duties import read_duties
from kg.extraction.header import read_header
from kg.extraction.reporting import read_reporting
from kg.extraction.sections import outline
from kg.extraction.sectors import name_sectors, point_at_annexes, read_sectors
from kg.extraction.settling import Context, read_context, settle
from kg.extraction.targets import read_targets
from kg.extraction.task_labels import read_label_tasks
from kg.extraction.task_tables import read_task_table
from kg.records import Block, Document, Duty, Extraction, Finding, Passage, Table, Task


def extract(document: Document) -> Extraction:
    """Extract all records of a document.

    Findings tell what was seen and not understood: a task table that gave no task is an error with a name.
    """
    header = read_header(document)
    placed = outline(document)
    tables = [part for part in document.parts if isinstance(part, Table)]
    tasks, findings = _read_tasks(document)
    tasks.extend(read_label_tasks(placed))
    sectors = read_sectors(tables)
    duties, lost = read_duties(placed)
    text = body_text(document)
    citations = find_citations(text, own_number=header.number, implements=header.implements)
    context = read_context(text, header)
    tasks, duties = _settle(tasks, duties, context)
    return Extraction(
        document=document,
        header=header,
        citations=citations,
        tasks=tuple(replace(task, sectors=name_sectors(task, sectors), annexes=point_at_annexes(task)) for task in tasks),
        duties=tuple(duties),
        reporting=tuple(
            replace(row, receiver=settle(row.receiver, context)) for row in read_reporting(duties)
        ),
        targets=tuple(read_targets(placed)),
        sectors=tuple(sectors),
        findings=(*document.findings, *findings, *find_doubts(text, placed, tables, tasks, duties=duties, lost=lost, sectors=bool(sectors))),
    )


def _with_heading(document: Document) -> Iterator[tuple[Passage | None, Table]]:
    """The tables, each with the numbered heading right above it; ``None`` where there is none."""
    above: Block | None = None
    for part in document.parts:
        if not isinstance(part, Table):
            above = part
            continue
        numbered = above is not None and above.marker is not None and above.level in (1, 2) and len(above.text) < 200
        yield (above.passage if above is not None and numbered and not above.text.endswith((";", ",")) else None), part
        above = None


def _settle(tasks: list[Task], duties: list[Duty], context: Context) -> tuple[list[Task], list[Duty]]:
    return (
        [
            replace(
                task, lead=settle(task.lead, context), partner=settle(task.partner, context),
                parts=tuple(replace(part, lead=settle(part.lead, context), partner=settle(part.partner, context)) for part in task.parts),
            )
            for task in tasks
        ],
        [replace(duty, agency=settle(duty.agency, context), partners=settle(duty.partners, context)) for duty in duties],
    )  # fmt: skip


def body_text(document: Document) -> str:
    """The canonical text with what stands outside of the document (a web site's text) blanked out, offsets unchanged."""
    spans = [span for part in document.parts for span in ([part.span] if isinstance(part, Table) else part.passage.spans)]
    if not spans:
        return document.text
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    return " " * first + document.text[first:last]


def _read_tasks(document: Document) -> tuple[list[Task], list[Finding]]:
    tasks: list[Task] = []
    findings: list[Finding] = []
    tables = [part for part in document.parts if isinstance(part, Table)]
    several = sum(is_task_table(read_columns(table)) for table in tables) > 1
    for above, table in _with_heading(document):
        found, lost = read_task_table(table)
        if several and above is not None:
            found = [replace(task, groups=(above, *task.groups)) for task in found]
        tasks.extend(found)
        findings.extend(lost)
        if not found and table.rows and is_task_table(read_columns(table)):
            findings.append(
                Finding(
                    code="table-without-tasks",
                    severity="error",
                    vi="Bảng có cột chủ trì nhưng không đọc được nhiệm vụ nào; hãy kiểm tra bảng trong văn bản",
                    en="A table with a lead column gave no task; check the table in the document",
                    span=table.span,
                )
            )
    return tasks, findings
