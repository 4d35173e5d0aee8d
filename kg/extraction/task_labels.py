"""Tasks without a table: a block of labels closes each ("Cơ quan chủ trì: …; Cơ quan phối hợp: …; Thời gian: …").

Reads: the outline of the body.
Gives: one task for each item above a block of labels; bullets above one block share it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extraction.agencies import read_list
from kg.extraction.periods import read_period
from kg.extraction.roles import Roles, read_lead_partner, unique
from kg.extraction.sections import Placed
from kg.extraction.subjects import find_subject
from kg.records import AgencyMention, Block, Passage, Period, Task

_BODY = r"(?:Cơ\s+quan|Đơn\s+vị|Bộ\s+phận|Sở(?=\s*,\s*ngành))(?:\s*(?:,|/|và)\s*(?:cơ\s+quan|đơn\s+vị|địa\s+phương|ngành|tổ\s+chức|cá\s+nhân))*"
_ALSO = r"(?:\s*,\s*|\s+và\s+|\s+)"
_WORK = rf"(?:{_ALSO}(?:thực\s+hiện|tham\s+mưu|tổ\s+chức|triển\s+khai|xây\s+dựng|soạn\s+thảo|tham\s+gia|chính(?!\s+trị))){{0,3}}"
"""What a label adds to a role: "Đơn vị chủ trì tham mưu thực hiện:", "Cơ quan phối hợp chính:"."""
_WHEN = r"(?:thực\s+hiện|hoàn\s+thành|triển\s+khai|tổ\s+chức|ban\s+hành|trình(?:\s+ban\s+hành)?|báo\s+cáo|bắt\s+đầu|tiến\s+độ|dự\s+kiến)"
_LABEL = re.compile(
    r"(?:^|(?<=[.;,)]\s)|(?<=[-–+]\s))\W{0,3}(?P<label>"
    rf"(?P<both>{_BODY}\s+(?:chủ\s+trì|thực\s+hiện)\s*(?:[,/]|và)\s*(?:(?:cơ\s+quan|đơn\s+vị)\s+)?phối\s+hợp{_WORK})"
    rf"|(?P<lead>(?:Các\s+)?{_BODY}\s+(?:được\s+(?:giao|phân\s+công)(?:\s+chủ\s+trì)?|chủ\s+trì|thực\s+hiện|đầu\s+mối|tham\s+mưu|phụ\s+trách|thường\s+trực|tổ\s+chức|triển\s+khai|chịu\s+trách\s+nhiệm){_WORK}"
    rf"(?:\s*\([^():]{{3,60}}\))?|(?:Phân công\s+)?[Cc]hủ\s+trì{_WORK}|Trách nhiệm(?:\s+thực\s+hiện)?|Phân công(?:\s+thực\s+hiện)?)"
    rf"|(?P<partner>(?:Các\s+)?(?:{_BODY}\s+)?(?:cùng\s+|tham\s+gia\s+)?phối\s+hợp{_WORK}|(?:Các\s+)?{_BODY}\s+(?:cùng\s+)?tham\s+gia{_WORK}|{_BODY}\s+cùng\s+thực\s+hiện)"
    rf"|(?P<time>(?:Dự\s+kiến\s+)?Thời\s+(?:gian|hạn|điểm)(?:{_ALSO}{_WHEN}){{0,3}}|Tiến\s+độ(?:\s+(?:thực\s+hiện|hoàn\s+thành))?|Lộ\s+trình(?:\s+thực\s+hiện)?|Hạn\s+hoàn\s+thành|(?:Dự\s+kiến\s+)?Hoàn\s+thành(?:\s+trong)?)"
    r"|(?P<product>(?:Sản\s+phẩm|Kết\s+quả)(?:\s*[,/]?\s*(?:sản\s+phẩm|kết\s+quả))?(?:\s+(?:dự\s+kiến|đầu\s+ra|hoàn\s+thành|cần\s+đạt|thực\s+hiện|chủ\s+yếu)){0,2})"
    r"|(?P<funding>(?:Nguồn\s+)?[Kk]inh\s+phí(?:\s+(?:thực\s+hiện|dự\s+kiến))?|Nguồn\s+lực)"
    r"|(?P<name>(?:Tên\s+)?[Nn]hiệm\s+vụ|Nội\s+dung(?:\s+(?:thực\s+hiện|nhiệm\s+vụ|công\s+việc))?|Hoạt\s+động)"
    r"|(?P<objective>Mục\s+(?:tiêu|đích)|Yêu\s+cầu)"
    r")\s*:\s*",
    re.IGNORECASE,
)
_TIME_LINE = re.compile(r"^\W*Thời\s+(?:gian|hạn)\s+(?:thực\s+hiện|hoàn\s+thành)\b(?!\s*:)\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:Nhiệm vụ|Giải pháp|Hoạt động|Nội dung|Công việc|Dự án|Đề án)\s+(?:số\s+)?(?:\d{1,2}|[IVX]{1,4})\s*[.:)–-]\s*", re.IGNORECASE)
"""The number of a task in words: "Nhiệm vụ 1: Khảo sát …"."""
_NUMBER_ONLY = re.compile(r"(?:Nhiệm vụ|Giải pháp|Hoạt động|Nội dung|Công việc)\s+(?:số\s+)?(?:\d{1,2}|[IVX]{1,4})\W*$", re.IGNORECASE)
"""A task that is only counted ("a) Hoạt động 1"): "Nội dung: …" below it is its name."""
_BARE_LABEL = re.compile(r"\W*Nội\s+dung(?:\s+(?:thực\s+hiện|nhiệm\s+vụ|công\s+việc))?\W*$", re.IGNORECASE)
_BOTH = re.compile(r"\bchủ\s+trì\b|\bphối\s+hợp\b(?!\s+liên\s+ngành)", re.IGNORECASE)
"""Role words inside a value: "Phân công: Sở Xây dựng chủ trì; Sở Tài chính phối hợp"."""
_NUMBERED_LEVELS = range(1, 6)
"""Levels of headings: "3. Phân công thực hiện:" opens a section, "- Cơ quan thực hiện:" has its bodies below."""
_KINDS = ("both", "lead", "partner", "time", "product", "funding", "name", "objective")


@dataclass(slots=True)
class _Draft:
    """The labels read since the last item; ``asked``: a label of bodies without a value, and its level, whose bullets are the values."""

    values: dict[str, Passage] = field(default_factory=dict)
    items: list[Placed] = field(default_factory=list)
    named: list[Passage] = field(default_factory=list)
    naming: bool = False
    asked: tuple[str, int] | None = None
    more: dict[str, list[Passage]] = field(default_factory=dict)

    @property
    def closing(self) -> bool:
        return bool({"lead", "partner", "time", "both"} & set(self.values))

    def said(self, kind: str) -> list[Passage]:
        """The label's value, or the bullets below it."""
        return [*([self.values[kind]] if kind in self.values else []), *self.more.get(kind, [])]


def read_label_tasks(placed: list[Placed]) -> list[Task]:
    """Read the tasks of label lists; none where the document has no lead label."""
    body = placed
    if not any(_leads(place.block.text) for place in body):
        return []
    tasks: list[Task] = []
    draft = _Draft()
    for index, place in enumerate(body):
        labels = _read_labels(place.block.passage)
        if labels and _only_name(labels) and not _answers(body, index):
            labels = []
        if labels:
            _take_labels(draft, labels, tasks, place)
            continue
        if draft.asked is not None and place.block.level > draft.asked[1]:
            kind = draft.asked[0]
            if draft.values.setdefault(kind, place.block.passage) is not place.block.passage:
                draft.more.setdefault(kind, []).append(place.block.passage)
            continue
        if draft.closing:
            tasks.extend(_finish(draft))
            draft = _Draft()
        if draft.naming and (place.block.level >= 5 or not place.block.level):
            draft.named.append(place.block.passage)
            continue
        draft.naming = False
        if place.topic in ("duties", "reporting"):
            draft = _Draft()
            continue
        draft.items.append(place)
    tasks.extend(_finish(draft))
    return tasks


def _leads(text: str) -> bool:
    return any(match.lastgroup and (match["lead"] or match["both"]) for match in _LABEL.finditer(text))


def _only_name(labels: list[tuple[str, Passage]]) -> bool:
    return {kind for kind, _ in labels} <= {"name", "objective"}


def _answers(body: list[Placed], index: int) -> bool:
    """Whether a lead label follows before the next numbered heading: then "Nội dung:" names a task."""
    for place in body[index + 1 : index + 12]:
        kinds = {kind for kind, _ in _read_labels(place.block.passage)}
        if kinds & {"lead", "both"}:
            return True
        if "name" in kinds or place.block.level in (1, 2):
            return False
    return False


def _read_labels(passage: Passage) -> list[tuple[str, Passage]]:
    """The labels of a block with their values; [] where it does not open with one."""
    text = passage.text
    if text.startswith("("):  # a block of labels in brackets
        passage = passage.slice(0, len(text.rstrip(" .;:,)")))
        text = passage.text
    marks = list(_LABEL.finditer(text))
    if not marks or marks[0].start() > 3:
        line = _TIME_LINE.match(text)
        return [("time", passage.slice(line.end(), len(text)))] if line and len(text) < 200 else []
    bounds = [*[mark.start() for mark in marks[1:]], len(text)]
    labels: list[tuple[str, Passage]] = []
    for mark, stop in zip(marks, bounds, strict=True):
        kind = next(kind for kind in _KINDS if mark[kind])
        labels.append((kind, passage.slice(mark.end(), stop)))
    return labels


def _take_labels(draft: _Draft, labels: list[tuple[str, Passage]], tasks: list[Task], place: Placed) -> None:
    for kind, value in labels:
        if kind == "name" and _is_content(place, draft):
            draft.naming = False
            continue
        if kind == "name":
            if draft.closing:
                tasks.extend(_finish(draft))
                kept = [item for item in draft.items if item.block.level <= 4 and item.block.level]
                draft.values, draft.named, draft.items = {}, [], kept
            if value.text:
                draft.named.append(value)
            draft.naming = True
            if not draft.items or draft.items[-1].block is not place.block:
                draft.items = [item for item in draft.items if item.block.level and item.block.level <= 5]
            continue
        draft.naming = False
        if value.text:
            draft.values.setdefault(kind, value)
    kind, value = labels[-1]
    asks = kind in ("lead", "partner") and not value.text and kind not in draft.values and place.block.level not in _NUMBERED_LEVELS
    draft.asked = (kind, place.block.level) if asks else None


def _is_content(place: Placed, draft: _Draft) -> bool:
    """As in "Nội dung: …" below a numbered heading, or a bullet deeper: it only says more of the task named above."""
    if not re.match(r"\W*Nội\s+dung\b", place.block.text, re.IGNORECASE) or draft.closing or not draft.items:
        return False
    above, level = draft.items[-1].block, place.block.level
    if _NUMBER_ONLY.match(above.text):
        return False
    if above.marker is None:
        return _NUMBERED.match(above.text) is not None
    return 2 <= above.level <= 5 or 5 < above.level < level or (above.level == 6 and not level)


def _finish(draft: _Draft) -> list[Task]:
    """The tasks that the labels close."""
    if not draft.closing:
        return []
    lead, partner = _roles(draft)
    names, groups = _names(draft)
    period = read_period(draft.values["time"]) if "time" in draft.values else Period()
    return [
        Task(
            code=code,
            groups=groups,
            name=name,
            lead=lead,
            partner=partner,
            period=period,
            product=draft.values.get("product"),
            objective=draft.values.get("objective"),
            funding=(draft.values["funding"],) if "funding" in draft.values else (),
        )
        for code, name in names
        if lead or draft.values.get("time")
    ]


def _roles(draft: _Draft) -> Roles:
    values = draft.values
    if "both" in values:
        return read_lead_partner(values["both"])
    said = draft.said("lead")
    read = [_lead(passage, several=len(said) > 1) if "partner" not in values else (_mentions(passage), ()) for passage in said]
    lead, partner = (unique([mention for roles in read for mention in roles[side]]) for side in (0, 1))
    return lead, partner or unique([mention for passage in draft.said("partner") for mention in _mentions(passage)])


def _lead(passage: Passage, *, several: bool) -> Roles:
    """The roles in a lead label's value, or in one of the bullets below it: "+ Sở Xây dựng đăng tải thông điệp …" has who opens it."""
    if _BOTH.search(passage.text):
        return read_lead_partner(passage)
    subject = find_subject(passage, opening_only=True) if several else None
    return (subject.mentions if subject else _mentions(passage)), ()


def _mentions(passage: Passage) -> tuple[AgencyMention, ...]:
    return read_list(passage, whole=True).mentions


def _names(draft: _Draft) -> tuple[list[tuple[str | None, Passage]], tuple[Passage, ...]]:
    """What the labels close: (code, name) pairs, and the headings above them."""
    items = draft.items
    if draft.named:
        counted = bool(items) and _NUMBER_ONLY.match(items[-1].block.text) is not None
        trail = _trail(items[-1], own=not counted) if items else ()
        return [(items[-1].block.marker if counted else None, name) for name in draft.named], _headings(trail)
    bullets: list[Placed] = []
    for item in reversed(items):
        if item.block.level >= 6:
            bullets.insert(0, item)
        else:
            break
    if bullets:
        deepest = max(item.block.level for item in bullets)
        chosen = [item for item in bullets if item.block.level == deepest and not item.block.text.rstrip().endswith(":")]
        if chosen:
            above = items[: len(items) - len(bullets)]
            trail = _trail(above[-1], own=True) if above else _trail(chosen[0], own=False)
            return [(None, item.block.passage) for item in chosen], _headings(trail)
    if not items:
        return [], ()
    last = items[-1]
    if last.block.marker is None and (numbered := _NUMBERED.match(last.block.text)):
        code = re.sub(r"\D*?(\d{1,2}|[IVX]{1,4})\s*[.:)–-]\s*$", r"\1", numbered.group())
        return [(code.strip(), last.block.passage.slice(numbered.end(), len(last.block.text)))], _headings(_trail(last, own=False))
    return [(last.block.marker, last.block.passage)], _headings(_trail(last, own=False))


def _trail(place: Placed, *, own: bool) -> tuple[Block, ...]:
    trail = tuple(block for block in place.trail)
    return (*trail, place.block) if own and place.block.level else trail


def _headings(trail: tuple[Block, ...]) -> tuple[Passage, ...]:
    """Headings below the top level: the section "II. NỘI DUNG KẾ HOẠCH" is no group."""
    return tuple(block.passage for block in trail if block.level > 1 and not _BARE_LABEL.match(block.text))


def is_label(place: Placed) -> bool:
    """Whether a block opens with a label: label lists use it up, so that nobody reads it again."""
    return bool(_read_labels(place.block.passage))
