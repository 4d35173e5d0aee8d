"""The outline of a document's running text: which section a block stands in, and what the section is about.

Section headings are compared without diacritics: misprints in headings are common.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.normalise import fold
from kg.records import Block, Document, Table

Topic = Literal["duties", "targets", "funding", "reporting", "other"]

_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("reporting", re.compile(r"che do (?:thong tin,? )?bao cao|cong tac bao cao|giam sat,? bao cao|kiem tra,? bao cao|bao cao ket qua")),
    ("duties", re.compile(
        r"to chuc(?: trien khai)? thuc hien|phan cong|trach nhiem (?:thuc hien|cua|to chuc)|nhiem vu cu the (?:cua|cho)|nhiem vu cua cac"
        r"|trach nhiem$|to chuc thi hanh|giao nhiem vu|nhiem vu cu the$|dieu khoan thi hanh|to chuc thu hien")),
    ("targets", re.compile(r"muc tieu|chi tieu|muc dich(?!.*yeu cau)")),
    ("funding", re.compile(r"kinh phi|nguon luc|nguon von|tai chinh thuc hien")),
)
_ANNEX = re.compile(r"^\W*(?:phu luc|bieu mau|mau so|bieu so)(?:\s+(?:so\s+)?[ivx\d]+[a-z]?)?\W*$|^\W*PH[ỤU] L[ỤU]C\b")
_PART = re.compile(r"^(?:phan thu \w+|phan [ivx\d]+|chuong [ivx\d]+|muc [ivx\d]+)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its place: the headings above it (outermost first), the section's number and topic."""

    block: Block
    trail: tuple[Block, ...]
    section: str | None
    topic: Topic
    annex: bool


def outline(document: Document) -> list[Placed]:
    """Place the blocks of the body; letterhead, recipients, signature and footnotes are left out."""
    placed: list[Placed] = []
    trail: list[Block] = []
    topic: Topic = "other"
    annex = False
    tabled = False
    for part in document.parts:
        if isinstance(part, Table):
            if len(part.header) > 2:
                trail, topic, tabled = [], "other", True
            continue
        if part.kind in ("letterhead", "recipients", "signature", "footnote", "site"):
            continue
        if len(part.text) < 200 and part.level < 5 and (_ANNEX.match(fold(part.text)) or _ANNEX.match(part.text)):
            trail, topic, annex = [], "other", True
        level = _level(part)
        tabled = tabled and level != 1
        if level:
            trail = [block for block in trail if _level(block) < level]
        elif part.kind == "heading":
            trail = [block for block in trail if _level(block) == 1]
        if level == 1:
            topic = name_topic(part.text)
        elif level == 2 and topic in ("other", "targets"):
            inner = name_topic(part.text) if len(part.text) < 160 else "other"
            topic = inner if inner == "targets" or (topic == "other" and inner == "reporting") else _outer(trail)
        placed.append(Placed(part, tuple(trail), _section(trail, part), topic, annex or tabled))
        if level and level <= 5:
            trail = [*trail, part]
    return placed


def _outer(trail: list[Block]) -> Topic:
    return next((name_topic(block.text) for block in trail if _level(block) == 1), "other")


def _level(block: Block) -> int:
    if block.level:
        return block.level
    return 1 if _PART.match(fold(block.text)) and block.kind == "heading" else 0


def name_topic(text: str) -> Topic:
    """What a heading says its section is about."""
    folded = re.sub(r"\s+", " ", fold(text))
    if len(folded) > 220:
        return "other"
    for topic, pattern in _TOPICS:
        if pattern.search(folded):
            return topic
    return "other"


def _section(trail: list[Block], block: Block) -> str | None:
    """The number of the section: "IV.4" for what stands under "4." in "IV."."""
    marks = [b.marker for b in (*trail, block) if b.marker is not None and b.level in (1, 2)]
    return ".".join(marks) or None
