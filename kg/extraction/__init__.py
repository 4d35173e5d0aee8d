"""Document → records: header, citations, tasks, duties, reporting, targets, sectors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.citations import find_citations
from kg.extraction.columns import is_task_table, read_columns
from kg.extraction.doubts import find_doubts, find_no_plan
from kg.extraction.duties import read_duties
from kg.extraction.duty_tables import read_duty_table
from kg.extraction.header import read_header
from kg.extraction.orders import read_orders
from kg.extraction.recognised import weigh_duties, weigh_reporting, weigh_tasks
from kg.extraction.reporting import read_reporting
from kg.extraction.sections import Placed, outline
from kg.extraction.sectors import name_sectors, point_at_annexes, read_sectors
from kg.extraction.settling import Context, read_context, settle
from kg.extraction.targets import read_targets
from kg.extraction.task_brackets import read_bracket_tasks
from kg.extraction.task_labels import read_label_tasks
from kg.extraction.task_tables import read_task_table
from kg.records import Block, Document, Duty, Extraction, Finding, Passage, Span, Table, Task

_TOP_LEVELS = 2
"""Levels of headings ("I.", "1.") of which a table has the nearest; those below it ("1.1.") are told with it."""


def extract(document: Document) -> Extraction:
    """Extract all records of a document.

    Findings tell what was seen and not understood: a task table that gave no task is an error with a name.
    """
    header = read_header(document)
    placed = outline(document)
    tables = [part for part in document.parts if isinstance(part, Table)]
    duty_tables = _duty_tables(document, placed)
    tasks, findings = _read_tasks(document, duty_tables)
    tasks.extend(sorted([*read_label_tasks(placed), *read_bracket_tasks(placed)], key=_place_of_task))
    sectors = read_sectors(tables)
    duties, lost = read_duties(placed)
    orders = read_orders(placed, [*_spans(tasks), *(span for duty in duties for span in duty.text.spans)], as_duties=not tasks)
    duties = sorted([*duties, *orders.duties, *(duty for each in duty_tables.values() for duty in each)], key=_place_of_duty)
    text = body_text(document)
    citations = find_citations(text, own_number=header.number, implements=header.implements)
    context = read_context(text, header)
    tasks, duties = _settle(tasks, duties, context)
    tasks, duties = weigh_tasks(tasks, document.source), weigh_duties(duties, document.source)
    reporting = weigh_reporting([replace(row, receiver=settle(row.receiver, context)) for row in read_reporting(duties)], document.source)
    doubts = find_doubts(
        text, placed, [table for table in tables if id(table) not in duty_tables], tasks,
        duties=duties, lost=lost, unread=orders.unread, sectors=bool(sectors),
    )  # fmt: skip
    extraction = Extraction(
        document=document,
        header=header,
        citations=citations,
        tasks=tuple(replace(task, sectors=name_sectors(task, sectors), annexes=point_at_annexes(task)) for task in tasks),
        duties=tuple(duties),
        reporting=tuple(reporting),
        targets=tuple(read_targets(placed)),
        sectors=tuple(sectors),
        findings=(*document.findings, *findings, *doubts),
    )
    return replace(extraction, findings=(*extraction.findings, *find_no_plan(extraction)))


def _duty_tables(document: Document, placed: list[Placed]) -> dict[int, list[Duty]]:
    """The duties of each table that assigns them by agency, by the table's identity."""
    places = {id(place.block): place for place in placed}
    above: Placed | None = None
    found: dict[int, list[Duty]] = {}
    for part in document.parts:
        if not isinstance(part, Table):
            above = places.get(id(part), above)
        elif duties := read_duty_table(part, above):
            found[id(part)] = duties
    return found


def _spans(tasks: list[Task]) -> list[Span]:
    """What the tasks' names and agencies take up."""
    named = [span for task in tasks for span in task.name.spans]
    return named + [span for task in tasks for mention in (*task.lead, *task.partner) for span in mention.spans]


def _place_of_task(task: Task) -> Span:
    return task.name.spans[0]


def _place_of_duty(duty: Duty) -> Span:
    return duty.text.spans[0]


def _with_headings(document: Document) -> Iterator[tuple[tuple[Passage, ...], Table]]:
    """The tables, each with the numbered heading right above it, and the headings of lower levels between the two; () where there is none."""
    above: list[Block] = []
    last: Block | Table | None = None
    for part in document.parts:
        if isinstance(part, Table):
            fresh = bool(above) and last is above[-1]
            yield tuple(block.passage for block in above) if fresh else (), part
        elif part.marker is not None and part.level in range(1, 5) and len(part.text) < 200 and not part.text.endswith((";", ",")):
            above = [block for block in above if part.level > _TOP_LEVELS and block.level < part.level] + ([part] if above or part.level <= _TOP_LEVELS else [])
        elif part.kind != "footnote":
            above = []
        last = part


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


def _read_tasks(document: Document, duty_tables: dict[int, list[Duty]]) -> tuple[list[Task], list[Finding]]:
    tasks: list[Task] = []
    findings: list[Finding] = []
    tables = [part for part in document.parts if isinstance(part, Table)]
    several = sum(is_task_table(read_columns(table)) for table in tables) > 1
    for above, table in _with_headings(document):
        if id(table) in duty_tables:
            continue
        found, lost = read_task_table(table)
        if several and above:
            found = [replace(task, groups=(*above, *task.groups)) for task in found]
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
