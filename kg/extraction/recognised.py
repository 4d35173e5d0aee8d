"""Records of a scan → the same, no mention more certain than the words it was read from."""

from __future__ import annotations

from dataclasses import replace

from kg.records import AgencyMention, Duty, ReportingDuty, Source, Task

Mentions = tuple[AgencyMention, ...]


def weigh_tasks(tasks: list[Task], source: Source) -> list[Task]:
    """Give the tasks with the confidence of their agencies no higher than that of the recognised words."""
    if not source.sure:
        return tasks
    return [
        replace(
            task,
            lead=_weigh(task.lead, source),
            partner=_weigh(task.partner, source),
            parts=tuple(replace(part, lead=_weigh(part.lead, source), partner=_weigh(part.partner, source)) for part in task.parts),
        )
        for task in tasks
    ]


def weigh_duties(duties: list[Duty], source: Source) -> list[Duty]:
    """Give the duties; as ``weigh_tasks``."""
    if not source.sure:
        return duties
    return [replace(duty, agency=_weigh(duty.agency, source), partners=_weigh(duty.partners, source)) for duty in duties]


def weigh_reporting(rows: list[ReportingDuty], source: Source) -> list[ReportingDuty]:
    """Give the reporting duties; as ``weigh_tasks``."""
    if not source.sure:
        return rows
    return [replace(row, sender=_weigh(row.sender, source), receiver=_weigh(row.receiver, source)) for row in rows]


def _weigh(mentions: Mentions, source: Source) -> Mentions:
    return tuple(replace(each, confidence=min(each.confidence, source.confidence(each.spans))) for each in mentions)
