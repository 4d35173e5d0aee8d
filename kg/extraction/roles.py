"""Role words around agencies: "X chủ trì. Y phối hợp", "Chủ trì: X; phối hợp: Y", "X (chủ trì), Y".

Source: the phrases of the role scheme, and how plans set a combined column "Đơn vị chủ trì/ Đơn vị phối hợp".
"""

from __future__ import annotations

import re
from itertools import pairwise

from kg.extraction.agencies import read_list
from kg.extraction.subjects import find_subject
from kg.records import AgencyMention, Passage

_ROLE = re.compile(r"(?P<lead>(?:(?:cơ quan|đơn vị)\s+)?(?:đồng\s+)?chủ\s+trì(?:\s+thực\s+hiện)?|\b(?:CQ|ĐV)?CT(?=\s*[:)]))|(?P<partner>(?:(?:cơ quan|đơn vị)\s+)?phối\s+hợp(?:\s+(?:thực\s+hiện|với|cùng))*|\b(?:CQ|ĐV)?PH(?=\s*[:)]))", re.IGNORECASE)
_LABELLED = re.compile(r"^\W*(?:(?:cơ quan|đơn vị)\s+)?(?:chủ\s+trì|phối\s+hợp|(?:CQ|ĐV)?(?:CT|PH))(?:\s+thực\s+hiện)?\s*[:\-–]", re.IGNORECASE)

SHARED_OUT = re.compile(r"phối hợp|\(\s*chủ trì\s*\)|\b(?:CQ|ĐV)?(?:CT|PH)\s*[:)]", re.IGNORECASE)
"""Words in a cell of leads that tell them from partners: "Sở Nội vụ (chủ trì), Sở Tài chính", "CT: …; PH: …"."""
Roles = tuple[tuple[AgencyMention, ...], tuple[AgencyMention, ...]]


def read_lead_partner(passage: Passage) -> Roles:
    """Read a cell that holds both roles: (leads, partners)."""
    marks = list(_ROLE.finditer(passage.text))
    if not marks:
        slash = passage.text.find("/")
        if slash > 0:
            return _names(passage, 0, slash), _names(passage, slash + 1, len(passage.text))
        return _names(passage, 0, len(passage.text)), ()
    charged = _each_charged(passage) if all(mark["lead"] for mark in marks) else ()
    if charged:
        return charged, ()
    lead: list[AgencyMention] = []
    partner: list[AgencyMention] = []
    if _LABELLED.match(passage.text) or marks[0].start() <= 2:
        bounds = [*[mark.start() for mark in marks[1:]], len(passage.text)]
        for mark, stop in zip(marks, bounds, strict=True):
            (lead if mark["lead"] else partner).extend(_names(passage, mark.end(), stop))
        return unique(lead), unique(partner)
    if not any(mark["lead"] for mark in marks) and (re.search(r"với|cùng", marks[0].group()) or _names_follow(passage, marks)):
        return _names(passage, 0, marks[0].start()), _names(passage, marks[0].end(), len(passage.text))
    start = 0
    for index, mark in enumerate(marks):
        names = _names(passage, start, mark.start())
        last = index == len(marks) - 1
        if mark["partner"] and not names and last:
            partner.extend(_names(passage, mark.end(), len(passage.text)))
            start = len(passage.text)
            continue
        (lead if mark["lead"] else partner).extend(names)
        start = mark.end()
    partner.extend(_names(passage, start, len(passage.text)))
    return unique(lead), unique(partner)


def _names_follow(passage: Passage, marks: list[re.Match[str]]) -> bool:
    """Forms such as "Sở Xây dựng phối hợp Sở Tài chính": one name, the word, and names."""
    before = passage.text[: marks[0].start()]
    return len(marks) == 1 and not re.search(r"[,;\n]", before) and bool(read_list(passage.slice(marks[0].end(), len(passage.text)), whole=False).mentions)


def _each_charged(passage: Passage) -> tuple[AgencyMention, ...]:
    """Those whom clauses behind semicolons charge, each with work of its own: "Sở A chủ trì tham mưu …; Sở B chủ động tổ chức …"."""
    bounds = [0, *[match.end() for match in re.finditer(r";\s+", passage.text)], len(passage.text)]
    subjects = [find_subject(passage.slice(low, high), opening_only=True) for low, high in pairwise(bounds)]
    if len(subjects) == 1 or any(subject is None for subject in subjects):
        return ()
    return unique([mention for subject in subjects if subject for mention in subject.mentions])


def _names(passage: Passage, start: int, stop: int) -> tuple[AgencyMention, ...]:
    part = passage.slice(start, stop)
    return read_list(part, whole=True).mentions if part.text else ()


def unique(mentions: list[AgencyMention]) -> tuple[AgencyMention, ...]:
    """The mentions, each name once."""
    return tuple({mention.name: mention for mention in mentions}.values())
