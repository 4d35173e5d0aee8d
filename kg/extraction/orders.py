"""Orders to agencies outside the section on implementation: "Giao Sở Tài chính chủ trì, phối hợp với … hoàn thành trước …".

Reads: the outline of the body, and which blocks are read already.
Gives: where the document has no tasks of its own, a duty for each order that opens a sentence of a section on tasks;
else, and for orders in other places, the passages that stand unread.
Source: docs/records.md, which takes duties from the sections that assign them; a section that says "Giao Sở …" does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.extraction.duties import is_enacting, make_duty
from kg.extraction.sections import ARTICLE, Placed
from kg.extraction.subjects import Subject, find_subject, heads_agencies
from kg.extraction.task_labels import is_label
from kg.records import Duty, Passage, Span

_CUES = ("chủ trì", "có trách nhiệm", "chịu trách nhiệm", "tham mưu", "đầu mối")
"""Words without which no sentence is looked into, besides "Giao": a search for them is many times cheaper."""
_ORDERED = re.compile(r"^\W*(?:Điều\s+\d+\s*[.:]\s*)?(?:(?:Chủ tịch\s+)?(?:UBND|(?:Ủy|Uỷ) ban nhân dân) (?:tỉnh|thành phố)\s+|(?:Bộ|Sở|Ban)\s[^.;:,]{3,50}?\s)?(?:Giao|Yêu cầu|Đề nghị|Phân công)\s", re.IGNORECASE)
_CHARGED = re.compile(
    r"\s*(?:\([^)]*\)\s*)?[,:]?\s*(?:(?:chủ động|đồng)\s+)?(?:chủ\s+trì|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|tham\s+mưu|là\s+(?:cơ quan|đơn vị)\s+(?:đầu mối|chủ trì|thường trực))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[^\W\d_A-ZĐ]\.)\s+(?=[A-ZĐÀ-Ỵ])|(?<=[”)\d]\.)\s+(?=[A-ZĐÀ-Ỵ])|(?<=;)\s+(?=Giao\s)")
_DASHED = re.compile(r"\s[-–]\s(?=[A-ZĐ])")
_ROLE_NAMED = re.compile(r"\W*(?:Cơ quan|Đơn vị)\s+(?:chủ\s+trì|phối\s+hợp)(?:\s*,\s*phối\s+hợp)?\W*$", re.IGNORECASE)
"""A heading over the names of those who lead: "a) Cơ quan chủ trì"."""
_ONE = 2
"""Bounds of a paragraph that is one sentence."""
_TOPIC = 120
"""Characters of the words before a colon that say what an order is about: "Lễ phát động: Tỉnh đoàn chủ trì …"."""
_RECITAL = re.compile(r"^\W*(?:Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị)\s")


class Orders(NamedTuple):
    """Duties read from orders, and the orders left unread."""

    duties: list[Duty]
    unread: list[Passage]


def read_orders(placed: list[Placed], read: list[Span], *, as_duties: bool) -> Orders:
    """Read the orders of the sections that assign no duties by agency.

    Args:
        placed: the outline of the body.
        read: spans of the records read so far; a passage in one of them is not read again.
        as_duties: the document has no tasks of its own: orders that open a sentence are duties.
    """
    orders = Orders([], [])
    taken = _mask(read)
    closing, sectionless = _closing(placed), not any(place.rank for place in placed)
    for place in placed:
        last = place is closing
        if place.topic in ("duties", "reporting") or not (last or _has_cue(place.block.text)) or is_label(place) or _is_outside(place):
            continue
        for sentence in _sentences(place.block.passage):
            if not (_ORDERED.match(sentence.text) if last else _has_cue(sentence.text)) or _covered(sentence, taken):
                continue
            subject = _charges(sentence)
            if subject is None or heads_agencies(sentence) is not None:
                continue
            if _ROLE_NAMED.match(sentence.text):
                continue
            enacted = place.rank == ARTICLE and _opens(sentence)
            charged = as_duties and place.topic == "other" and not place.annex and (place.trail or sectionless) and _opens(sentence)
            if enacted or charged or last:
                orders.duties.append(make_duty(subject.mentions, sentence, place.section, start=subject.stop))
            else:
                orders.unread.append(sentence)
    return orders


def _closing(placed: list[Placed]) -> Placed | None:
    """The paragraph without a mark that closes the body: what it orders is ordered of all, whatever section stands above it."""
    body = [place for place in placed if not place.annex]
    return body[-1] if body and not body[-1].rank and body[-1].trail else None


def _has_cue(text: str) -> bool:
    folded = text.casefold()
    return "Giao " in text or any(cue in folded for cue in _CUES)


def _is_outside(place: Placed) -> bool:
    """Recitals, and the articles that put the document into force."""
    text = place.block.text
    return (bool(_RECITAL.match(text)) and not place.trail) or is_enacting(text) or (place.rank == ARTICLE and "thi hành" in text)


def _sentences(passage: Passage) -> Iterator[Passage]:
    """The sentences; what follows an order without an order of its own stays with it."""
    bounds = [0, *[match.end() for match in _SENTENCE.finditer(passage.text)], len(passage.text)]
    opens = [_opens(passage.slice(low, high)) for low, high in pairwise(bounds)] if len(bounds) > _ONE else [True]
    starts = [at for at, own in enumerate(opens) if at == 0 or own or not opens[at - 1]]
    for low, high in pairwise([*starts, len(opens)]):
        yield passage.slice(bounds[low], bounds[high])


def _opens(sentence: Passage) -> bool:
    """Whether the sentence opens with the order, not with words that lead up to it."""
    if _ORDERED.match(sentence.text):
        return True
    if not _has_cue(sentence.text):
        return False
    topic = sentence.text.find(":") + 1
    starts = (0, topic) if 0 < topic < _TOPIC else (0,)
    return any(_charged_at(sentence, start) for start in starts)


def _charged_at(sentence: Passage, start: int) -> bool:
    """Whether an agency with a role verb stands at a place of the sentence."""
    part = sentence.slice(start, len(sentence.text))
    subject = find_subject(part, opening_only=True)
    return subject is not None and _CHARGED.match(part.text, subject.stop) is not None


def _charges(sentence: Passage) -> Subject | None:
    subject = find_subject(sentence)
    if subject is not None and (_ORDERED.match(sentence.text) or _CHARGED.match(sentence.text, subject.stop)):
        return subject
    for dash in _DASHED.finditer(sentence.text):
        part = sentence.slice(dash.end(), len(sentence.text))
        subject = find_subject(part, opening_only=True)
        if subject is not None and _CHARGED.match(part.text, subject.stop):
            return Subject(subject.mentions, dash.end() + subject.stop)
    return None


def _mask(spans: list[Span]) -> bytearray:
    """A byte for each code point up to the last span's end: 1 where a span covers it."""
    mask = bytearray(max((span.end for span in spans), default=0))
    for span in spans:
        mask[span.start : span.end] = b"\x01" * (span.end - span.start)
    return mask


def _covered(passage: Passage, taken: bytearray) -> bool:
    """Whether records hold a good part of the passage already."""
    length = sum(span.end - span.start for span in passage.spans)
    return sum(sum(taken[span.start : span.end]) for span in passage.spans) * 4 > length
