"""Tasks whose assignment stands behind them in brackets, or in a sentence of labels: "… (Chủ trì: Sở Nội vụ; phối hợp: …; hoàn thành: quý II/2026)".

Reads: the outline of the body.
Gives: one task for each paragraph that such a bracket closes, and for each paragraph that a bracket of its own follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.agencies import read_list
from kg.extraction.periods import read_period
from kg.extraction.roles import read_lead_partner
from kg.extraction.sections import Placed
from kg.records import AgencyMention, Passage, Period, Task

_ASSIGNS = re.compile(r"chủ\s+trì|(?:cơ\s+quan|đơn\s+vị)\s+(?:thực\s+hiện|đầu\s+mối)|(?:thực\s+hiện|phụ\s+trách)\s*:", re.IGNORECASE)
_PART = re.compile(
    r"(?:^|(?<=[;,.–-])|(?<=\s))\s*(?P<label>"
    r"(?P<lead>(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:đồng\s+)?chủ\s+trì(?:\s+thực\s+hiện)?|(?:cơ\s+quan|đơn\s+vị)\s+(?:thực\s+hiện|đầu\s+mối)|thực\s+hiện|phụ\s+trách)"
    r"|(?P<partner>(?:(?:cơ\s+quan|đơn\s+vị)\s+)?phối\s+hợp(?:\s+thực\s+hiện)?)"
    r"|(?P<time>(?:thời\s+(?:gian|hạn)|tiến\s+độ|lộ\s+trình|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành|triển\s+khai))?|hoàn\s+thành|xong)"
    r"|(?P<product>sản\s+phẩm|kết\s+quả|đầu\s+ra)"
    r")\s*:\s*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:chủ\s+trì|(?:cơ\s+quan|đơn\s+vị)\s+(?:thực\s+hiện|đầu\s+mối))(?:\s+thực\s+hiện)?\s*:)", re.IGNORECASE)
"""Where a sentence of labels closes a paragraph."""
_CARRIED_OUT = re.compile(r"\s+(?:thực\s+hiện|phụ\s+trách|đảm\s+nhiệm)\W*$", re.IGNORECASE)
"""What closes a bracket that only names who does it: "(Báo Cà Mau thực hiện)"."""
_WHEN = re.compile(
    r"[,;.–-]?\s*(?:(?:thời\s+(?:gian|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành))?|tiến\s+độ|lộ\s+trình)\b\s*:?|(?:và\s+)?(?:hoàn\s+thành|xong)\b\s*:?"
    r"|(?<=[,;])\s*(?:thực\s+hiện\s+)?(?=(?:trong|trước|năm|quý|tháng|giai\s+đoạn|hằng\s+năm|hàng\s+năm|thường\s+xuyên)\b))\s*(?P<when>.*)$",
    re.IGNORECASE,
)
_MIN_LETTERS = 8
_ENDS = " ,;:./"
Reading = tuple[Passage, "Assignment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What a bracket says: who leads, who takes part, when, what comes of it."""

    lead: tuple[AgencyMention, ...]
    partner: tuple[AgencyMention, ...] = ()
    time: Passage | None = None
    product: Passage | None = None


def read_bracket_tasks(placed: list[Placed]) -> list[Task]:
    """Read the tasks that a bracket assigns; sections that assign duties by agency have none."""
    tasks: list[Task] = []
    for index, place in enumerate(placed):
        if place.topic in ("duties", "reporting"):
            continue
        found = split_assignment(place.block.passage) or split_sentence(place.block.passage)
        if found is None:
            continue
        name, assignment = found
        owner = place
        if not name:
            if index == 0 or _PART.match(place.block.text[1:]) or not placed[index - 1].block.level:
                continue
            owner, name = placed[index - 1], placed[index - 1].block.passage
        tasks.append(_task(owner, name, assignment))
    return tasks


def split_assignment(passage: Passage) -> Reading | None:
    """The words before a closing bracket and the assignment inside it; ``None`` where it assigns nothing to a known agency."""
    stop = len(passage.text.rstrip(_ENDS)) - 1
    start = _opening(passage.text, stop)
    if start < 0:
        return None
    inside = passage.slice(start + 1, stop)
    if not _ASSIGNS.search(inside.text) and not _CARRIED_OUT.search(inside.text):
        return None
    assignment = _read_labels(inside) or _read_sentence(inside) or _read_names(inside)
    if assignment is None or not any(mention.method != "unresolved" for mention in assignment.lead):
        return None
    name = passage.slice(0, len(passage.text[:start].rstrip(_ENDS)))
    if name and sum(map(str.isalpha, name.text)) < _MIN_LETTERS:
        return None
    return name, assignment


def split_sentence(passage: Passage) -> Reading | None:
    """The words before a last sentence of labels, and what it assigns: "Lập bản đồ rừng. Đơn vị chủ trì: …; đơn vị phối hợp: …; thời gian: …"."""
    labels = _SENTENCE.search(passage.text)
    if labels is None or sum(map(str.isalpha, passage.text[: labels.start()])) < _MIN_LETTERS:
        return None
    assignment = _read_labels(passage.slice(labels.end(), len(passage.text.rstrip(_ENDS))))
    if assignment is None or not any(mention.method != "unresolved" for mention in assignment.lead):
        return None
    return passage.slice(0, len(passage.text[: labels.start()].rstrip(_ENDS))), assignment


def _opening(text: str, closing: int) -> int:
    """The place of the bracket that the one at ``closing`` closes; -1 where there is none."""
    depth = 0
    for at in range(closing, -1, -1) if text[closing : closing + 1] == ")" else ():
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            return at
    return -1


def _read_labels(inside: Passage) -> Assignment | None:
    marks = list(_PART.finditer(inside.text))
    if not any(mark["lead"] for mark in marks):
        return None
    values: dict[str, Passage] = {}
    stops = [*[mark.start() for mark in marks[1:]], len(inside.text)]
    for mark, stop in zip(marks, stops, strict=True):
        kind = next(kind for kind in ("lead", "partner", "time", "product") if mark[kind])
        values.setdefault(kind, inside.slice(mark.end(), len(inside.text[:stop].rstrip(" ,;.–-"))))
    if "time" not in values:
        values = _part_time(values)
    return Assignment(
        lead=read_list(values["lead"], whole=True).mentions,
        partner=read_list(values["partner"], whole=True).mentions if "partner" in values else (),
        time=values.get("time"),
        product=values.get("product"),
    )


def _part_time(values: dict[str, Passage]) -> dict[str, Passage]:
    """A time without a label of its own, behind the last list of agencies: "…; phối hợp: Công an tỉnh; quý II/2026"."""
    last = "partner" if "partner" in values else "lead"
    when = _WHEN.search(values[last].text)
    if when is None or not when["when"]:
        return values
    passage = values[last]
    return values | {last: passage.slice(0, when.start()), "time": passage.slice(when.start("when"), len(passage.text))}


def _read_sentence(inside: Passage) -> Assignment | None:
    """Forms such as "Sở Y tế chủ trì, phối hợp với Sở Nội vụ thực hiện, hoàn thành trước ngày 31/12/2026"."""
    when = _WHEN.search(inside.text)
    roles = inside.slice(0, when.start()) if when else inside
    if not re.search(r"chủ\s+trì", roles.text, re.IGNORECASE):
        return None
    lead, partner = read_lead_partner(roles)
    return Assignment(lead=lead, partner=partner, time=inside.slice(when.start("when"), len(inside.text)) if when else None)


def _read_names(inside: Passage) -> Assignment | None:
    """Forms such as "Đài Phát thanh - Truyền hình, Báo Cà Mau thực hiện": names, and the verb behind them."""
    verb = _CARRIED_OUT.search(inside.text)
    if verb is None:
        return None
    names = inside.slice(0, verb.start())
    reading = read_list(names, whole=False)
    return Assignment(lead=reading.mentions) if reading.mentions and not names.text[reading.stop :].strip() else None


def _task(place: Placed, name: Passage, assignment: Assignment) -> Task:
    block = place.block
    return Task(
        code=block.marker if 1 < block.level <= 5 else None,
        groups=tuple(above.passage for above in place.trail if above.level > 1),
        name=name,
        lead=assignment.lead,
        partner=assignment.partner,
        period=read_period(assignment.time) if assignment.time else Period(),
        product=assignment.product,
        objective=None,
        funding=(),
    )
