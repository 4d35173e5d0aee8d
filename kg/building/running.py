"""In which years a task runs: what its document writes, and where it leaves an end open, the plan's own years (METHODS D0).

The rule of ``kg.analysis.load.dated_units`` and of the questions ``load-by-year`` and ``tasks-per-year``; a test holds the three together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

BEGUN, OPEN = 0, 9999
"""What stands for an end that neither the task nor its plan names: begun before anybody asks, and still running."""

Row = Mapping[str, Any]


def running_years(tasks: Sequence[Row], parts: Sequence[Row], documents: Sequence[Row]) -> dict[str, list[int | None]]:
    """Give for each task the years that it runs, and the one in which it is due; ``None`` for all three where it names no year.

    An open beginning is the plan's first year, else the year in which it was issued, and not after its end; an open end is the plan's last year, and not
    before its beginning. A task in parts runs from the first to the last of them; ``due`` is only what is written.

    Args:
        tasks: rows of the table ``tasks``.
        parts: rows of the table ``parts``; one without any time of its own has its task's.
        documents: rows of the table ``documents``.

    Returns:
        Columns ``first``, ``last`` and ``due``, a value a task.
    """
    periods = {row["document"]: _period(row) for row in documents}
    own: dict[str, list[Row]] = {}
    for part in parts:
        own.setdefault(part["task"], []).append(part)
    years: dict[str, list[int | None]] = {"first": [], "last": [], "due": []}
    for task in tasks:
        times = [_time(part, task) for part in own.get(task["task"], [task])]
        spans = [(*_span(start, end, periods[task["document"]]), end) for start, end in times if start is not None or end is not None]
        years["first"].append(min((span[0] for span in spans), default=None))
        years["last"].append(max((span[1] for span in spans), default=None))
        years["due"].append(max((span[2] for span in spans if span[2] is not None), default=None))
    return years


def _period(document: Row) -> tuple[int, int]:
    issued = int(document["date"][:4]) if document["date"] else BEGUN
    return document["period_start"] or issued, document["period_end"] or OPEN


def _time(part: Row, task: Row) -> tuple[int | None, int | None]:
    silent = part["start_year"] is None and part["end_year"] is None and part["recurrence"] is None
    told = task if silent else part
    return told["start_year"], told["end_year"]


def _span(start: int | None, end: int | None, period: tuple[int, int]) -> tuple[int, int]:
    """Give the closed span of a time with one end at least.

    >>> _span(None, 2025, (2026, 2030)), _span(2027, None, (2026, 2030)), _span(None, 2030, (2026, 9999))
    ((2025, 2025), (2027, 2030), (2026, 2030))
    """
    first = start if start is not None else min(period[0], end if end is not None else OPEN)
    return first, end if end is not None else max(period[1], first)
