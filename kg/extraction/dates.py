"""Dates and deadlines as Vietnamese documents write them.

Partial dates stay partial: "ngày   tháng 02 năm 2025" is "2025-02", never a guess. Source of the forms: Nghị định
30/2020/NĐ-CP, appendix I (the place-and-date cell), and the short forms met in plans ("24/6/2020", "28.8.2024").
"""

from __future__ import annotations

import re
from calendar import monthrange

_GAP = r"[\s.…]{0,12}"
_DAY = rf"(?:ngày{_GAP}){{1,2}}"
_FORMS = (
    # ngày 07 tháng 6 năm 2022 · ngày   tháng 02 năm 2025 · ngày 3 tháng 3 tháng 1959 (a slip met)
    rf"{_DAY}(?P<d1>\d{{1,2}})?{_GAP}tháng{_GAP}(?P<m1>\d{{1,2}}){_GAP},?\s?(?:năm|tháng)\s{{0,3}}(?P<y1>\d{{4}})(?!\d)",
    # ngày 24/6/2020 · 28.8.2024 · 11-5-1999
    rf"(?:{_DAY})?(?<![\d/.-])(?P<d2>\d{{1,2}})\s?(?P<s>[/.-])\s?(?P<m2>\d{{1,2}})\s?(?P=s)\s?(?P<y2>\d{{4}})(?![\d/])",
    # 16 tháng 3 năm 2020 · tháng 12/2025 · tháng 02 năm 2025
    r"(?:(?<!\d)(?P<d3>\d{1,2})\s{1,2})?tháng\s{0,3}(?P<m3>\d{1,2})\s?(?:/|,?\s?năm)\s{0,3}(?P<y3>\d{4})(?!\d)",
)
_DATE = re.compile("|".join(_FORMS), re.IGNORECASE)
_YEAR = re.compile(rf"(?:{_DAY})?(?:tháng{_GAP})?năm{_GAP}(?P<y>\d{{4}})(?!\d)", re.IGNORECASE)

_CUE = re.compile(
    r"(?:(?:trước|chậm nhất|muộn nhất|không muộn hơn|hạn cuối)\s+(?:(?:là|vào|đến)\s+)*|trong\s+(?=tháng\s+\d))"
    r"(?:\d{1,2}\s?(?:giờ|h)\s?(?:\d{1,2}\s?(?:phút\s?)?)?,?\s*)?",
    re.IGNORECASE,
)
_EVERY_YEAR = r"(?:\s?\(?\s?(?:của\s)?(?:hằng|hàng|mỗi)\snăm)?"
_DAY_MONTH = re.compile(
    rf"(?:ngày\s)?(?<!\d)(?P<d>\d{{1,2}})(?:\s?/\s?|\stháng\s)(?P<m>\d{{1,2}})(?![\d/])(?P<every>{_EVERY_YEAR})", re.IGNORECASE
)
_DAY_OF_MONTH = re.compile(r"(?:ngày\s)?(?P<d>\d{1,2})\s?\(?\s?(?:của\s)?(?:hằng|hàng|mỗi)\stháng", re.IGNORECASE)
_QUARTER = re.compile(r"quý\s(?P<q>IV|I{1,3}|[1-4])\s?(?:/|,?\s?năm\s?)\s?(?P<y>\d{4})(?!\d)", re.IGNORECASE)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def find_date(text: str) -> str | None:
    """Reads: a passage. Gives: its first date as ISO, as precise as the words; ``None`` where it states none.

    >>> find_date("Lai Châu, ngày tháng 02 năm 2025")
    '2025-02'
    >>> find_date("ngày 24/6/2020"), find_date("Hà Tĩnh, ngày   tháng   năm 2026"), find_date("tỷ lệ 1/3")
    ('2020-06-24', '2026', None)
    """
    dated = next((found for found in map(_iso, _DATE.finditer(text)) if found), None)
    if dated:
        return dated
    year = _YEAR.search(text)
    return year["y"] if year else None


def date_at(text: str, start: int) -> tuple[str, int] | None:
    """The date of day, month and year that begins exactly at ``start``, with its end."""
    found = _DATE.match(text, start)
    stated = _iso(found) if found else None
    return (stated, found.end()) if found and stated else None


def find_deadline(text: str) -> str | None:
    """Reads: a passage that sets a time limit. Gives: the limit.

    "--11-30" for a day of every year, "---20" for a day of every month (both as in XML Schema), an ISO date where a
    year stands with it, "2026-Q2" for a quarter, ``None`` where no limit is stated. A date without a cue such as
    "trước" counts only where the passage says "hằng năm" or is nothing else (a table cell).

    >>> find_deadline("báo cáo trước ngày 30 tháng 11 hằng năm"), find_deadline("trước 30/6/2026")
    ('--11-30', '2026-06-30')
    >>> find_deadline("Quý II/2026"), find_deadline("Quyết định ngày 24/6/2020 của Thủ tướng Chính phủ")
    ('2026-Q2', None)
    """
    flat = " ".join(text.split())
    for cue in _CUE.finditer(flat):
        limit = _limit_at(flat, cue.end())
        if limit:
            return limit
    yearly = next((m for m in _DAY_MONTH.finditer(flat) if m["every"]), None)
    if yearly:
        return _yearly(yearly)
    quarter = _QUARTER.search(flat)
    if quarter:
        return _quarter(quarter)
    bare = flat.strip(" .;")
    whole = _DATE.fullmatch(bare)
    return _iso(whole) if whole else None


def _limit_at(text: str, start: int) -> str | None:
    """The limit that begins at ``start``, just after its cue."""
    dated = date_at(text, start)
    if dated:
        return dated[0]
    if found := _DAY_OF_MONTH.match(text, start):
        return f"---{int(found['d']):02}" if 1 <= int(found["d"]) <= 31 else None
    if found := _DAY_MONTH.match(text, start):
        return _yearly(found)
    if found := _QUARTER.match(text, start):
        return _quarter(found)
    year = _YEAR.match(text, start)
    return year["y"] if year else None


def _quarter(found: re.Match[str]) -> str:
    number = found["q"].upper()
    return f"{found['y']}-Q{_QUARTERS.get(number) or number}"


def _yearly(found: re.Match[str]) -> str | None:
    day, month = int(found["d"]), int(found["m"])
    leap = 2000
    return f"--{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= monthrange(leap, month)[1] else None


def _iso(found: re.Match[str]) -> str | None:
    """ISO form of a match of ``_DATE``; ``None`` for a day or month that no calendar has."""
    day, month, year = next(
        (found.groupdict().get(f"d{n}"), found[f"m{n}"], found[f"y{n}"]) for n in "123" if found[f"y{n}"]
    )
    if not (1 <= int(month) <= 12 and int(year) >= 1000):
        return None
    if day is None:
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(day):02}" if 1 <= int(day) <= monthrange(int(year), int(month))[1] else None
