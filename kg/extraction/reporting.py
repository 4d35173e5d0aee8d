"""Reporting duties: who is told to report to whom, by when, how often.

Reads: the duties. Gives: a row for each rhythm of each duty in which the agency itself is told to report.
A report that only the receiver sends on ("để tổng hợp, báo cáo Ủy ban nhân dân tỉnh") is no duty of the sender.
"""

from __future__ import annotations

import re

from kg.extraction.agencies import read_list
from kg.extraction.dates import find_deadline
from kg.extraction.periods import RHYTHMS
from kg.records import AgencyMention, Duty, Passage, ReportingDuty

_REPORT = re.compile(r"\bbáo\s+cáo\b", re.IGNORECASE)
_NEXT_LEG = re.compile(
    r"(?:để|gửi\s[^.;]{0,160}?\btổng\s+hợp|(?:về|cho|tới|đến)\s+(?:Sở|Ban|Bộ|Văn phòng|UBND|Ủy ban|Công an|cơ quan)[^.;]{0,140}?(?:tổng\s+hợp|xem\s+xét))"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:chế\s+độ|các|bản|mẫu|(?<!định\s)kỳ|việc|nội\s+dung|công\s+tác|số\s+liệu|dự\s+thảo|hệ\s+thống(?:\s+thông\s+tin)?|thông\s+tin|biểu\s+mẫu|đề\s+cương|sơ\s+kết)\s*$", re.IGNORECASE)
_ADVISED = re.compile(r"(?:tham\s+mưu|giúp|trình)\s[^.;]{0,80}$", re.IGNORECASE)
_SENT = re.compile(r"(?:gửi(?:\s+(?:về|cho|đến|tới|lên))?|về|cho|đến|tới|lên|với)\s+(?=[A-ZĐỦUc])")
_THROUGH = re.compile(r"\(?\s*(?:thông\s+)?qua\s+(?=[A-ZĐỦ])")
_SENTENCE = re.compile(r"[.;]\s+(?=\S)")
_TWICE = re.compile(
    r"trước (?:các )?ngày\s+(?P<d1>\d{1,2})/(?P<m1>\d{1,2})(?:\s+(?:hằng|hàng) năm)?\s+và\s+(?:trước )?(?:ngày\s+)?(?P<d2>\d{1,2})/(?P<m2>\d{1,2})(?!/)"
)
"""Two days of every year: "trước ngày 01/6 và 15/11 hằng năm"."""


def read_reporting(duties: list[Duty]) -> list[ReportingDuty]:
    """Read the reporting rows of a document's duties, in order."""
    rows: list[ReportingDuty] = []
    for duty in duties:
        rows.extend(_read(duty))
    return rows


def _read(duty: Duty) -> list[ReportingDuty]:
    text = duty.text.text
    for match in _REPORT.finditer(text):
        start, stop = _clause(text, match.start())
        before = text[start : match.start()]
        if _NOUN.search(before) or _NEXT_LEG.search(before) or _ADVISED.search(before):
            continue
        receivers = _receivers(duty.text, match.end(), stop)
        if not receivers and not _is_told(before, text[match.end() : stop]):
            continue
        sentence = text[start:stop]
        rhythms = _rhythms(sentence)
        names = {mention.name for mention in duty.agency}
        receivers = tuple(mention for mention in receivers if mention.name not in names)
        return [
            ReportingDuty(
                sender=duty.agency, receiver=receivers, deadline=deadline, frequency=rhythm, text=duty.text
            )
            for rhythm, deadline in _dated(sentence, rhythms)
        ]
    return []


def _clause(text: str, at: int) -> tuple[int, int]:
    """The stretch between full stops and semicolons around an offset."""
    start, stop = 0, len(text)
    for match in _SENTENCE.finditer(text):
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            stop = match.start()
            break
    return start, stop


def _is_told(before: str, after: str) -> bool:
    """A report without a receiver: only where the clause is plainly about reporting results."""
    if re.search(r"^\W*(?:Định kỳ|Hằng năm|Hàng năm)\s+(?:tổng hợp\s*,?\s*)?$", before, re.IGNORECASE):
        return True
    return bool(re.match(r"\s*(?:tình\s+hình|kết\s+quả|ngay|đột\s+xuất|định\s+kỳ)", after)) and not re.search(r"(?:xây dựng|tổng hợp|ban hành|rà soát)\s*,?\s*$", before)


def _receivers(passage: Passage, start: int, stop: int) -> tuple[AgencyMention, ...]:
    """The direct addressee: right after "báo cáo", or after "gửi", "về", "cho"; "(qua X)" adds X."""
    text = passage.text
    found: list[AgencyMention] = []
    limit = min(stop, start + 260)
    direct = re.match(r"\s*(?:và\s+kiến\s+nghị\s+|,?\s*(?:tham\s+mưu|đề\s+xuất|kiến\s+nghị)\s+)?(?:với\s+)?", text[start:limit])
    offset = start + (direct.end() if direct else 0)
    found.extend(_list_at(passage, offset, limit))
    if not found:
        for sent in _SENT.finditer(text, start, limit):
            if re.search(r"\bđể\b", text[start : sent.start()]):
                break
            found.extend(_list_at(passage, sent.end(), limit))
            if found:
                break
    for through in _THROUGH.finditer(text, start, limit):
        if re.search(r"\bđể\b", text[start : through.start()]):
            break
        found.extend(_list_at(passage, through.end(), limit))
    return tuple({mention.name: mention for mention in found}.values())


def _list_at(passage: Passage, start: int, stop: int) -> list[AgencyMention]:
    part = passage.slice(start, stop)
    return list(read_list(part, whole=False).mentions) if part.text else []


def _rhythms(sentence: str) -> list[str | None]:
    found = [(match.start(), name) for name, pattern in RHYTHMS if name != "continuous" and (match := pattern.search(sentence))]
    return [name for _, name in sorted(found)] or [None]


def _bracketed(sentence: str, rhythm: str | None) -> str | None:
    """The deadline in the brackets right behind a rhythm: "06 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12)"."""
    pattern = dict(RHYTHMS).get(rhythm or "")
    match = pattern.search(sentence) if pattern else None
    bracket = re.match(r"\s*\(([^)]*)\)", sentence[match.end() :]) if match else None
    return find_deadline(f"{bracket[1]} hằng năm") if bracket else None


def _dated(sentence: str, rhythms: list[str | None]) -> list[tuple[str | None, str | None]]:
    days = _TWICE.search(sentence)
    if days:
        return [(rhythms[0], f"--{int(days[f'm{n}']):02d}-{int(days[f'd{n}']):02d}") for n in (1, 2)]
    bracketed = [(rhythm, _bracketed(sentence, rhythm)) for rhythm in rhythms]
    if len(rhythms) > 1 and all(deadline for _, deadline in bracketed):
        return bracketed
    deadline = find_deadline(sentence)
    return [(rhythm, deadline) for rhythm in rhythms]
