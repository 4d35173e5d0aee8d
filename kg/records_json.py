"""Records → JSON, in the form of the gold annotations plus spans.

Every value that comes out of the text has its spans beside it under "spans", by field: lists of [start, end] in code
points of the canonical text. What the document does not say is null or [].
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.records import AgencyMention, Extraction, Finding, Passage, ReportingDuty, Sector, Spans, Target, Task, TaskPart
from kg.resolution.reasons import explain

Json = dict[str, Any]


def extraction_to_json(extraction: Extraction) -> Json:
    """Give all records of a document as plain JSON values."""
    source = extraction.document.source
    return {
        "file": source.path,
        "source": {
            "file_sha256": source.file_sha256, "text_sha256": source.text_sha256,
            "encoding": source.encoding, "bytes": source.size, "characters": len(extraction.document.text),
            "pages": list(source.pages),
        },
        "document": _header(extraction),
        "citations": [
            {
                "type": c.type, "number": c.number, "date": c.date, "issuer": c.issuer, "title": c.title,
                "mentions": c.mentions, "relation": c.relation, "spans": _spans(c.spans),
            }
            for c in extraction.citations
        ],
        "tasks": [_task(task) for task in extraction.tasks],
        "duties": [
            {
                "agency": _names(d.agency), "text": d.text.text, "role": d.role, "with": _names(d.partners), "section": d.section,
                "actions": list(d.actions),
                "spans": {"text": _spans(d.text.spans), "agency": _mentions(d.agency), "with": _mentions(d.partners)},
            }
            for d in extraction.duties
        ],
        "reporting": [_report(row) for row in extraction.reporting],
        "targets": [_target(target) for target in extraction.targets],
        "sectors": [_sector(sector) for sector in extraction.sectors],
        "findings": [_finding(finding) for finding in extraction.findings],
    }


def _header(extraction: Extraction) -> Json:
    h = extraction.header
    return {
        "type": h.type, "number": h.number, "symbol": h.symbol, "issuer": h.issuer, "province": h.province, "date": h.date,
        "title": h.title.text if h.title else None,
        "period": list(h.period) if h.period else None,
        "implements": list(h.implements),
        "recipients": [passage.text for passage in h.recipients],
        "signer": h.signer,
        "funding_legend": {code: passage.text for code, passage in h.funding_legend},
        "spans": {"title": _spans(h.title.spans) if h.title else []},
    }


def _task(task: Task) -> Json:
    record: Json = {
        "code": task.code,
        "groups": [group.text for group in task.groups],
        "name": task.name.text,
        "lead": _names(task.lead),
        "partner": _names(task.partner),
        "start": task.period.start,
        "end": task.period.end,
        "recurrence": task.period.recurrence,
        "product": task.product.text if task.product else None,
        "objective": task.objective.text if task.objective else None,
        "funding": [passage.text for passage in task.funding],
        "sectors": list(task.sectors),
        "annexes": list(task.annexes),
        "spans": {
            "name": _spans(task.name.spans),
            "groups": [_spans(group.spans) for group in task.groups],
            "lead": _mentions(task.lead),
            "partner": _mentions(task.partner),
            "time": _spans(task.period.passage.spans),
            "product": _passage(task.product),
            "objective": _passage(task.objective),
            "funding": [_spans(passage.spans) for passage in task.funding],
        },
    }
    if task.parts:
        record["parts"] = [_part(part) for part in task.parts]
    return record


def _part(part: TaskPart) -> Json:
    return {
        "lead": _names(part.lead), "partner": _names(part.partner), "start": part.period.start, "end": part.period.end,
        "product": part.product.text if part.product else None, "funding": [passage.text for passage in part.funding],
        "spans": {"lead": _mentions(part.lead), "partner": _mentions(part.partner), "product": _passage(part.product)},
    }


def _report(row: ReportingDuty) -> Json:
    return {
        "from": _names(row.sender), "to": _names(row.receiver), "deadline": row.deadline, "frequency": row.frequency,
        "text": row.text.text,
        "spans": {"text": _spans(row.text.spans), "from": _mentions(row.sender), "to": _mentions(row.receiver)},
    }


def _target(target: Target) -> Json:
    return {
        "text": target.text.text, "value": list(target.value), "unit": target.unit, "comparator": target.comparator,
        "bound": target.bound, "by": target.by, "by_from": target.by_from, "spans": {"text": _spans(target.text.spans)},
    }


def _sector(sector: Sector) -> Json:
    return {
        "code": sector.code, "name": sector.name.text, "spans": {"name": _spans(sector.name.spans)},
        "children": [
            {
                "code": child.code, "name": child.name.text, "items": [item.text for item in child.items],
                "spans": {"name": _spans(child.name.spans), "items": [_spans(item.spans) for item in child.items]},
            }
            for child in sector.children
        ],
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code, "severity": finding.severity, "vi": finding.vi, "en": finding.en,
        "span": list(finding.span) if finding.span else None,
    }


def _names(mentions: Sequence[AgencyMention]) -> list[str]:
    return [mention.name for mention in mentions]


def _mentions(mentions: Sequence[AgencyMention]) -> list[Json]:
    return [
        {
            "name": m.name, "text": m.text, "spans": _spans(m.spans), "kind": m.kind, "form": m.form,
            "confidence": m.confidence, "method": m.method, **({"possible": True} if m.possible else {}), "reason": explain(m)._asdict(),
        }
        for m in mentions
    ]


def _passage(passage: Passage | None) -> list[list[int]]:
    return _spans(passage.spans) if passage else []


def _spans(spans: Spans) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
