"""Time cells: years, rhythms, and what they leave open.

Gold rules: a single deadline or bare year gives the end only; "… và những năm tiếp theo" the start only; "Hằng năm" is a
rhythm without years; nothing is filled in that the words do not say.
"""

from __future__ import annotations

import re

from kg.records import Passage, Period

_YEAR = r"(?:19|20)\d\d"
_RANGE = re.compile(rf"(?P<start>{_YEAR})\s*(?:[-–—]|đến(?:\s+hết)?(?:\s+năm)?|tới)\s*(?:năm\s*)?(?P<end>{_YEAR})")
_ONWARDS = re.compile(
    rf"(?P<start>{_YEAR})\s*(?:,|và|-|–|;)?\s*(?:(?:những|các|hằng|hàng)\s+)?(?:năm|giai đoạn)(?:\s+(?:tiếp theo|sau|kế tiếp|về sau)|(?<=hằng năm)|(?<=hàng năm))"
    rf"|(?:[Tt]ừ|[Kk]ể từ|[Bb]ắt đầu từ)\s+(?:ngày\s+[\d/]+\s*)?(?:năm\s+|quý\s+\S+\s+năm\s+|tháng\s+\d+[/ ](?:năm\s+)?)?(?P<from>{_YEAR})(?!\s*(?:[-–—]|đến))"
)
_AND_LATER = re.compile(r"\s*(?:,|và)\s*(?:những|các)\s+năm\s+(?:tiếp theo|sau|kế tiếp)")
_SINGLE = re.compile(rf"(?<![\d.,])(?P<year>{_YEAR})(?![\d%.,]\d|%)")
_LAW = re.compile(rf"\bLuật\s+[^,;.()]{{3,90}}?\s(?:năm\s+)?{_YEAR}(?!\s*[-–/])")
"""A law cited by its year says no time: "theo tiến độ của Luật An ninh mạng 2025"."""
_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ]")
RHYTHMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("semiannual", re.compile(r"(?<!\d)0?6 tháng(?!\s*\d)(?:/lần| một lần)?|(?:hằng|hàng|mỗi)?\s?nửa năm|sáu tháng|qu[ýí]\s+(?:II|2)\s+và\s+(?:cuối\s+)?(?:qu[ýí]\s+)?(?:IV|4)\b(?!\s*/|\s+năm\s+20)", re.IGNORECASE)),
    ("quarterly", re.compile(r"(?:hằng|hàng|mỗi|theo)\s+qu[ýí]|qu[ýí]/lần|từng quý|\bquý,", re.IGNORECASE)),
    ("biweekly", re.compile(r"(?:02|2|hai) tuần(?:/lần| một lần)", re.IGNORECASE)),
    ("weekly", re.compile(r"(?:hằng|hàng|mỗi)\s+tuần|tuần/lần", re.IGNORECASE)),
    ("monthly", re.compile(r"(?:hằng|hàng|mỗi)\s+tháng|tháng/lần|(?<!\d )\btháng,(?=\s*(?:quý|năm))", re.IGNORECASE)),
    ("annual", re.compile(r"(?:hằng|hàng|mỗi|từng)\s+năm|(?<!\d )\bnăm/lần|(?<!\d)0?1 năm/lần|định kỳ năm|báo cáo năm|\bcả năm\b(?!\s*(?:\d|học))|tổng kết năm(?!\s*(?:học|\d))|(?:tháng|quý)(?:,| và)\s+(?:(?:0?1|một)\s+)?năm\b(?!\s*\d)", re.IGNORECASE)),
    ("continuous", re.compile(r"thường xuyên|liên tục", re.IGNORECASE)),
)


def read_period(passage: Passage) -> Period:
    """Read a time cell or a label's value.

    >>> read_period(Passage(text="2021- 2030")).start, read_period(Passage(text="Quý IV/2025")).end
    (2021, 2025)
    >>> read_period(Passage(text="Năm 2026 và các năm tiếp theo")).end is None
    True
    """
    text = passage.text
    plain = re.sub(r"(?:6|06|sáu|9|09|3|03) tháng (?:đầu|cuối) năm", " ", text)
    recurrence = read_rhythm(plain)
    start, end = _years(text)
    return Period(start=start, end=end, recurrence=recurrence, passage=passage)


def read_rhythm(text: str) -> str | None:
    """The rhythm that the words name; the most frequent of several but "annual" before "continuous"."""
    for rhythm, pattern in RHYTHMS:
        if pattern.search(text):
            return rhythm
    return None


def _years(text: str) -> tuple[int | None, int | None]:
    if _NUMBER.search(text):
        text = re.sub(r"\d+/(?:\d{4}/)?[A-ZĐ][\w-]*(?:\s+ngày\s+\S+|\s+năm\s+\d{4})?", " ", text)
    text = _LAW.sub(" ", text)
    text = re.sub(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?=20\d\d)", " ", text)
    if after := re.match(r"\W*[Ss]au (?:hết )?năm (20\d\d)", text):
        return int(after[1]) + 1, None
    if match := _RANGE.search(text):
        return int(match["start"]), None if _AND_LATER.match(text, match.end()) else int(match["end"])
    if match := _ONWARDS.search(text):
        return int(match["start"] or match["from"]), None
    years = [int(match["year"]) for match in _SINGLE.finditer(text)]
    if len(years) > 1 and min(years) != max(years):
        return min(years), max(years)
    return (None, years[0]) if years else (None, None)
