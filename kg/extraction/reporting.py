"""Reporting duties: who is told to report to whom, by when, how often.

Reads: the duties. Gives: a row for each rhythm of each duty in which the agency itself is told to report.
A report that only the receiver sends on ("để tổng hợp, báo cáo Ủy ban nhân dân tỉnh") is no duty of the sender.
"""

from __future__ import annotations

import re

from kg.extraction.agencies import read_list
from kg.extraction.dates import find_deadline
from kg.extraction.periods import RHYTHMS
from kg.extraction.subjects import find_subject
from kg.records import AgencyMention, Duty, Passage, ReportingDuty

_REPORT = re.compile(r"\bbáo\s+cáo\b", re.IGNORECASE)
_NEXT_LEG = re.compile(
    r"(?:để|gửi\s[^.;]{0,160}?\btổng\s+hợp|(?:về|cho|tới|đến)\s+(?:Sở|Ban|Bộ|Văn phòng|UBND|Ủy ban|Công an|cơ quan)[^.;]{0,140}?(?:tổng\s+hợp|xem\s+xét))"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:chế\s+độ|các|bản|mẫu|(?<!định\s)kỳ|việc|nội\s+dung|công\s+tác|số\s+liệu|dự\s+thảo|hệ\s+thống(?:\s+thông\s+tin)?|thông\s+tin|biểu\s+mẫu|đề\s+cương|sơ\s+kết)\s*$", re.IGNORECASE)
_KEPT = re.compile(r"(?:thực\s+hiện|chấp\s+hành)\s+(?:(?:tốt|đúng|đầy\s+đủ|nghiêm(?:\s+túc)?)\s*,?\s+)*(?:các\s+)?chế\s+độ\s+(?:thông\s+tin\s*,?\s*)?$", re.IGNORECASE)
"""Words that make "báo cáo" a duty where it is a noun: "Thực hiện chế độ báo cáo định kỳ hằng quý … gửi Sở Tài chính"."""
_ADVISED = re.compile(r"(?:tham\s+mưu|giúp|(?<!công\s)(?<!chương\s)(?<!quy\s)(?<!quá\s)(?<!lộ\s)(?<!tiến\s)\btrình)\s[^.;]{0,80}$", re.IGNORECASE)
_SUMS_UP = re.compile(r",\s+(?:(?:theo dõi|đôn đốc|kiểm tra|đánh giá)\s*,\s+)*tổng\s+hợp(?:\s*,|\s+và)?\s*$", re.IGNORECASE)
_COMMITTEE = re.compile(r"(?:UBND|(?:Ủy|Uỷ) ban nhân dân)\s+(?:tỉnh|thành phố)", re.IGNORECASE)
_SUBMITTED = re.compile(r"\s[^,.;]{3,80}\strình\s(?:cấp|UBND|HĐND|Ủy|Hội|Chính|Thủ)")
"""A paper sent up through another body is no report: "lập dự toán báo cáo Sở Tài chính trình cấp có thẩm quyền"."""
_BEFORE_LETTERS = 600
"""More than any of the patterns that end at "báo cáo" takes in."""
_AND_THEN = re.compile(r"(?:\bvà|,)\s+(?=(?:định\s+kỳ|hằng\s+(?:năm|quý|tháng)|hàng\s+(?:năm|quý|tháng)|kịp\s+thời)\b)", re.IGNORECASE)
"""Where a rhythm opens another verb: "tham mưu sơ kết, tổng kết và | định kỳ báo cáo UBND tỉnh", "tham mưu triển khai Kế hoạch, | hằng quý báo cáo"."""
_SENT = re.compile(r"(?:gửi(?:\s+(?:về|cho|đến|tới|lên))?|về|cho|đến|tới|lên|với)\s+(?=[A-ZĐỦUc])")
_THROUGH = re.compile(r"\(?\s*(?:thông\s+)?qua\s+(?=[A-ZĐỦ])")
_COPIED = re.compile(r",?\s+(?:và\s+)?đồng\s+(?:thời\s+)?gửi\s+(?:cho\s+|về\s+|đến\s+)?(?=[A-ZĐỦ])")
"""Words before a second receiver: "về Bộ Y tế, đồng gửi Ủy ban nhân dân tỉnh"."""
_SENTENCE = re.compile(r"[.;]\s+(?=\S)")
_ADDED = re.compile(r"(?:và\s+|riêng\s+)?báo\s+cáo\s", re.IGNORECASE)
_YEARLY = r"(?:\s+\(?(?:hằng|hàng|mỗi)\s+năm\)?)"
_DAY_MONTH = r"\d{1,2}(?:/|\s+tháng\s+)\d{1,2}(?![/\d])(?!\s+năm\s+\d)"
_SEVERAL = re.compile(
    rf"trước\s+(?:các\s+)?ngày\s+{_DAY_MONTH}{_YEARLY}?(?:\s*(?:,|;|và)\s+(?:trước\s+)?(?:ngày\s+)?{_DAY_MONTH}{_YEARLY}?)+", re.IGNORECASE
)
"""Several days of every year: "trước ngày 01/6 và 15/11 hằng năm"."""
_CASE = re.compile(r"(?:trường\s+hợp|đối\s+với|nếu)\s[^,;.]{3,100},\s+(?=[A-ZĐỦ])", re.IGNORECASE)
_DAY = re.compile(r"(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})")
_EXPLAINED = re.compile(rf"ngày\s+(?P<when>{_DAY_MONTH}{_YEARLY}?)\s*\((?P<which>[^)]*\bbáo cáo\b[^)]*)\)", re.IGNORECASE)
"""A day with its report in brackets behind it: "trước ngày 10/6 (đối với báo cáo 6 tháng)"."""
_MONTH_DAY = re.compile(r"ngày\s+(?P<day>\d{1,2})(?!\s*(?:/|\d|tháng))", re.IGNORECASE)
_YEARLY_DAY = re.compile(rf"(?P<day>\d{{1,2}}(?:/|\s+tháng\s+)\d{{1,2}}){_YEARLY}")
_QUARTERLY_DAY = re.compile(
    r"ngày\s+(?P<day>\d{1,2})\s*(?:của\s+)?tháng\s+(?P<which>cuối|đầu)\s*(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+|từng\s+)?quý(?:\s+(?:sau|tiếp theo|kế tiếp))?",
    re.IGNORECASE,
)
"""A day of the last (or first) month of each quarter: four days of every year."""


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
        before = _AND_THEN.split(text[max(start, match.start() - _BEFORE_LETTERS) : match.start()])[-1]
        if (_NOUN.search(before) and not _KEPT.search(before)) or _NEXT_LEG.search(before) or _SUBMITTED.match(text, match.end(), stop):
            continue
        receivers = _receivers(duty.text, match.end(), stop)
        if (advised := _ADVISED.search(before)) and not _reports_itself(advised.group(), receivers):
            continue
        sender = _sender(duty, start, match.start())
        if not receivers and not _is_told(before, text[match.end() : stop]):
            continue
        sentence = text[start:stop]
        names = {mention.name for mention in sender}
        receivers = tuple(mention for mention in receivers if mention.name not in names)
        rows = [*_dated(sentence), *_further(text, stop)]
        return [
            ReportingDuty(sender=sender, receiver=receivers, deadline=deadline, frequency=rhythm, text=duty.text)
            for rhythm, deadline in rows
        ]
    return []


def _reports_itself(advice: str, receivers: tuple[AgencyMention, ...]) -> bool:
    """Whether who advises a body reports to it, or advises nobody that is named: "tham mưu giải pháp, tổng hợp báo cáo …".

    A report to somebody else is that body's: "tham mưu UBND tỉnh kiểm tra, tổng hợp báo cáo Bộ Y tế".
    """
    if not receivers or not _SUMS_UP.search(advice):
        return False
    return not _COMMITTEE.search(advice) or _COMMITTEE.match(receivers[0].name) is not None


def _sender(duty: Duty, start: int, at: int) -> tuple[AgencyMention, ...]:
    """Who reports: a clause on another case may charge another ("…; trường hợp vượt thẩm quyền, Sở Y tế tổng hợp, báo cáo …")."""
    case = _CASE.match(duty.text.text[start:at])
    subject = find_subject(duty.text.slice(start + case.end(), len(duty.text.text)), opening_only=True) if case else None
    return subject.mentions if subject else duty.agency


def _further(text: str, at: int) -> list[tuple[str | None, str | None]]:
    """Reports that the clauses after a semicolon add, with a deadline of their own: "…; báo cáo năm trước ngày 15/12"."""
    rows: list[tuple[str | None, str | None]] = []
    while text[at : at + 1] == ";" and (joint := _SENTENCE.match(text, at)) and _ADDED.match(text, joint.end()):
        start, at = _clause(text, joint.end())
        rows.extend(row for row in _dated(text[start:at]) if row[0] and row[1])
    return rows


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
    return bool(re.match(r"\s*(?:tình\s+hình|kết\s+quả|kịp\s+thời|ngay|đột\s+xuất|(?:theo\s+)?định\s+kỳ|cấp\s+(?:có\s+)?thẩm\s+quyền)", after)) and not re.search(r"(?:xây dựng|tổng hợp|ban hành|rà soát)\s*,?\s*$", before)


def _receivers(passage: Passage, start: int, stop: int) -> tuple[AgencyMention, ...]:
    """The direct addressee: right after "báo cáo", or after "gửi", "về", "cho"; "(qua X)" adds X."""
    text = passage.text
    found: list[AgencyMention] = []
    limit = min(stop, start + 260)
    direct = re.match(r"\s*(?:(?:kịp\s+thời|ngay|trực\s+tiếp|đột\s+xuất)\s+(?:cho\s+)?(?=[A-ZĐỦ])|(?:kết\s+quả|tình\s+hình)\s+(?:thực\s+hiện\s+|triển\s+khai\s+)*(?=(?:[Ủủ]y ban|UBND|Thủ tướng|Chính phủ|Bộ|Sở)\s)|cấp\s+(?:có\s+)?thẩm\s+quyền\s*\()?(?:(?:,|và)?\s*(?:tham\s+mưu|đề\s+xuất|kiến\s+nghị|trình)\s*){0,3}(?:(?<=\s)với\s+)?", text[start:limit])
    offset = start + (direct.end() if direct else 0)
    found.extend(_list_at(passage, offset, limit))
    if not found:
        for sent in _SENT.finditer(text, start, limit):
            if re.search(r"\bđể\b", text[start : sent.start()]):
                break
            found.extend(_list_at(passage, sent.end(), limit))
            if found:
                break
    for copied in _COPIED.finditer(text, start, limit):
        found.extend(_list_at(passage, copied.end(), limit))
    for through in _THROUGH.finditer(text, start, limit):
        if re.search(r"\bđể\b", text[start : through.start()]):
            break
        found.extend(_list_at(passage, through.end(), limit))
    return tuple({mention.name: mention for mention in found}.values())


def _list_at(passage: Passage, start: int, stop: int) -> list[AgencyMention]:
    part = passage.slice(start, stop)
    return list(read_list(part, whole=False).mentions) if part.text else []


def _rhythms(sentence: str) -> list[tuple[int, int, str]]:
    """The rhythms named, each with its place; "hằng năm" behind a day of the year names one only where no other does."""
    plain = _YEARLY_DAY.sub(lambda match: match["day"] + " " * (len(match.group()) - len(match["day"])), sentence)
    for text in (plain, sentence):
        found = [
            (match.start(), match.end(), name)
            for name, pattern in RHYTHMS
            if name != "continuous" and (match := pattern.search(text))
        ]
        if found:
            return sorted(found)
    return []


def _dated(sentence: str) -> list[tuple[str | None, str | None]]:
    """The rows of a sentence: (frequency, deadline)."""
    rhythms = _rhythms(sentence)
    names: list[str | None] = [name for _, _, name in rhythms] or [None]
    if quarter := _QUARTERLY_DAY.search(sentence):
        rows = [("quarterly", f"--{month:02d}-{int(quarter['day']):02d}") for month in _months(quarter)]
        rest = sentence[: quarter.start()] + " " * len(quarter.group()) + sentence[quarter.end() :]
        others = [rhythm for rhythm in _rhythms(rest) if rhythm[2] != "quarterly"]
        return [*rows, *(_paired(rest, others) or [(name, None) for _, _, name in others])]
    explained = [(match, _rhythms(match["which"])) for match in _EXPLAINED.finditer(sentence)]
    if explained and all(found for _, found in explained):
        return [(found[0][2], find_deadline(f"trước {match['when']}")) for match, found in explained]
    days = [f"--{int(match['month']):02d}-{int(match['day']):02d}" for match in _days(sentence)]
    if len(days) == len(names) > 1:
        return list(zip(names, days, strict=True))
    if len(days) > 1:
        return [(names[0], day) for day in days]
    return _paired(sentence, rhythms) or [(name, find_deadline(sentence)) for name in names]


def _days(sentence: str) -> list[re.Match[str]]:
    """Days of every year that one cue sets: "trước ngày 01/6 và 15/11 hằng năm"."""
    cue = _SEVERAL.search(sentence)
    return list(_DAY.finditer(cue.group())) if cue else []


def _months(quarter: re.Match[str]) -> tuple[int, ...]:
    return (3, 6, 9, 12) if quarter["which"].casefold() == "cuối" else (1, 4, 7, 10)


def _paired(sentence: str, rhythms: list[tuple[int, int, str]]) -> list[tuple[str | None, str | None]]:
    """Each rhythm with the deadline behind it, before the next: "06 tháng (trước ngày 15/6), hằng năm (trước ngày 15/12)".

    [] unless several rhythms have deadlines of their own.
    """
    if not rhythms:
        return []
    stops = [*[start for start, _, _ in rhythms[1:]], len(sentence)]
    rows: list[tuple[str | None, str | None]] = []
    for (_, end, name), stop in zip(rhythms, stops, strict=True):
        stretch = sentence[end:stop]
        monthly = _MONTH_DAY.search(stretch) if name == "monthly" else None
        deadline = find_deadline(stretch) or (f"---{int(monthly['day']):02d}" if monthly else find_deadline(f"{stretch} hằng năm"))
        rows.append((name, deadline))
    return rows if sum(deadline is not None for _, deadline in rows) > 1 or (len(rows) == 1 and rows[0][1]) else []
