"""Dates as documents tell them, a day, a month or a year: what is none is refused wherever a date is asked for."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from kg.errors import QuestionError

_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@lru_cache(maxsize=10_000)
def days_of(date: str) -> tuple[str, str]:
    """Give the first and the last day that an ISO date can mean: a day, a month ("2025-02") or a year.

    Raises:
        QuestionError: no such date: another form, a 13th month, 30 February.

    >>> days_of("2025"), days_of("2024-02"), days_of("2025-07-01")
    (('2025-01-01', '2025-12-31'), ('2024-02-01', '2024-02-29'), ('2025-07-01', '2025-07-01'))
    """
    found = _PARTIAL.fullmatch(date)
    if found is None:
        raise _no_date(date)
    try:
        first = dt.date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    except ValueError:
        raise _no_date(date) from None
    if found["day"]:
        return date, date
    month = first.month if found["month"] else 12
    return first.isoformat(), f"{date[:4]}-{month:02d}-{calendar.monthrange(first.year, month)[1]:02d}"


def may_hold(date: str | None, start: str | None, end: str | None) -> bool:
    """Tell whether a day that ``date`` can mean lies in the interval, both ends included, ``None`` open; refuse a date that is none.

    >>> may_hold("2025-02", "2025-03-01", None), may_hold("2025", "2025-03-01", None)
    (False, True)
    """
    if date is None:
        return True
    return bool(days_of(date)) and (start is None or date >= start[: len(date)]) and (end is None or date <= end[: len(date)])


def check_day(date: str) -> None:
    """Refuse what is no day of the calendar.

    Raises:
        QuestionError: a month, a year, or no date.
    """
    if days_of(date) != (date, date):
        raise _no_date(date)


def in_english(date: str) -> str:
    """Say a day, or the month or year of which alone is known, as it stands behind a verb.

    >>> in_english("2025-07-01"), in_english("2025-02")
    ('on 2025-07-01', 'in 2025-02')
    """
    return f"on {date}" if len(date) == len("2025-07-01") else f"in {date}"


def _no_date(date: str) -> QuestionError:
    return QuestionError(
        date, found=f'the date "{date}"', expected="a date of the calendar as 2025-07-01 (where a month or year will do: 2025-07, 2025)",
        remedy="write year, month and day", vi=f"“{date}” không phải là một ngày",
    )  # fmt: skip
