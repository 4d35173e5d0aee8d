"""The outline of a document's running text: a tree of headings, and what each part of it is about.

The depth of a heading follows from the kind of its mark, in the order that administrative documents nest them: phần,
chương, "A.", điều, "I.", mục, "1.", "1.1", "a)", "-", "+". Headings are compared without diacritics: misprints in
headings are common.
Source of the order: Nghị định 30/2020/NĐ-CP, Phụ lục I (bố cục văn bản), and the party's Hướng dẫn 36-HD/VPTW.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kg.normalise import fold
from kg.records import Block, Document, Table, join_passages

Topic = Literal["duties", "targets", "funding", "reporting", "other"]

PART, CHAPTER, CAPITAL, ARTICLE, ROMAN, SECTION, NUMBER, DECIMAL, LETTER, DASH, PLUS = 10, 20, 30, 35, 40, 45, 60, 70, 90, 100, 110
"""Ranks of headings, outermost first; a decimal of more parts is deeper by ten for each."""

_TOPICS: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    ("reporting", re.compile(r"che do (?:thong tin,? )?bao cao|cong tac bao cao|giam sat,? bao cao|kiem tra,? bao cao|bao cao ket qua")),
    ("duties", re.compile(
        r"to chuc(?: trien khai)? thuc hien|phan cong|trach nhiem (?:thuc hien|cua|to chuc|thi hanh)|nhiem vu cu the (?:cua|cho)|nhiem vu cua cac"
        r"|trach nhiem (?:cac|tung) (?:cap|co quan|don vi|so|nganh)|to chuc trien khai$|^\W*trien khai thuc hien\W*$|trach nhiem$|to chuc thi hanh|giao nhiem vu|nhiem vu cu the$|to chuc thu hien|nhiem vu cac (?:co quan|don vi|so)"
        r"|^\W*(?:cong tac to chuc|(?:co quan |don vi )?thuc hien|cong tac chi dao,? thuc hien)\W*$")),
    ("targets", re.compile(r"muc tieu|chi tieu|muc dich(?!.*yeu cau)")),
    ("funding", re.compile(r"kinh phi|nguon luc|nguon von|tai chinh thuc hien")),
)
_ANNEX = re.compile(r"^\W*(?:phu luc|bieu mau|mau so|bieu so)(?:\s+(?:so\s+)?[ivx\d]+[a-z]?)?\W*$|^\W*PH[ỤU] L[ỤU]C\b")
_WORDED: tuple[tuple[int, re.Pattern[str]], ...] = (
    (PART, re.compile(r"phan (?:thu \w+|[ivx]+|\d+)\b\W*")),
    (CHAPTER, re.compile(r"chuong (?:[ivx]+|\d+)\b\W*")),
    (ARTICLE, re.compile(r"dieu \d+\s*[.:]\s*")),
    (SECTION, re.compile(r"muc (?:[ivx]+|\d+)\b\s*[.:]?\s*")),
)
_BEGUN = re.compile(r"(?:^|,\s|\svà\s)(?:Công ty|Sở|Bộ|Trung tâm|Ban|Ban Quản lý|Hội|Ủy ban|Uỷ ban|Văn phòng|Ngân hàng|Trường|Viện|Chi cục|Cục)$|(?:các|và|của|tỉnh|thành phố)$")
"""A heading's line that ends inside a name."""
_REST_LENGTH = 80
_HEADING_LENGTH = 220
_TITLE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its place: the headings above it (outermost first), its own rank, the section's number and topic.

    ``rank`` is 0 for an unmarked paragraph. ``annex``: the block stands in an annex or behind a table.
    """

    block: Block
    trail: tuple[Block, ...]
    rank: int
    section: str | None
    topic: Topic
    annex: bool


@dataclass(slots=True)
class _State:
    nodes: list[tuple[int, Block, str | None]]
    annex: bool = False
    tabled: bool = False
    untitled: bool = False


def outline(document: Document) -> list[Placed]:
    """Place the blocks of the body; letterhead, recipients, signature and footnotes are left out."""
    placed: list[Placed] = []
    state = _State([])
    for part in _whole(document.parts):
        if isinstance(part, Table):
            if len(part.header) > 2:
                state.nodes, state.tabled = [], True
            continue
        if part.kind in ("letterhead", "recipients", "signature", "footnote", "site"):
            continue
        placed.append(_place(part, state))
    return placed


def _whole(parts: tuple[Block | Table, ...]) -> list[Block | Table]:
    """Put a numbered heading together that its converter broke inside a name: "**2. Công ty**" over "**Điện lực Hưng Yên**"."""
    whole: list[Block | Table] = []
    for part in parts:
        above = whole[-1] if whole else None
        if isinstance(part, Block) and isinstance(above, Block) and _is_rest(above, part):
            whole[-1] = replace(above, passage=join_passages([above.passage, part.passage]))
        else:
            whole.append(part)
    return whole


def _is_rest(above: Block, below: Block) -> bool:
    if above.marker is None or below.marker is not None or not (above.bold and below.bold) or max(len(above.text) // 2, len(below.text)) > _REST_LENGTH:
        return False
    return above.text[-1:].isalpha() and (below.text[:1].islower() or _BEGUN.search(above.text) is not None)


def _place(block: Block, state: _State) -> Placed:
    if len(block.text) < 200 and block.level < 5 and (_ANNEX.match(fold(block.text)) or _ANNEX.match(block.text)):
        state.nodes, state.annex, state.untitled = [], True, False
    rank, mark = _rank(block)
    if state.untitled and (not rank or (rank == ROMAN and mark is None)) and len(block.text) < _TITLE_LENGTH:
        rank, _, mark = state.nodes.pop()  # "Phần III" alone on its line: the next line is its title
    state.untitled = bool(rank) and rank in (PART, CHAPTER, SECTION) and not _words(block)
    state.tabled = state.tabled and not 0 < rank <= ROMAN
    if rank:
        state.nodes = [node for node in state.nodes if node[0] < rank]
    elif block.kind == "heading":
        state.nodes = [node for node in state.nodes if node[0] <= ROMAN]
    trail = tuple(node[1] for node in state.nodes)
    section = _section([*state.nodes, (rank, block, mark)])
    placed = Placed(block, trail, rank, section, _topic((*trail, block)), state.annex or state.tabled)
    if rank:
        state.nodes.append((rank, block, mark))
    return placed


def _rank(block: Block) -> tuple[int, str | None]:
    """The rank of a block and its mark; (0, None) for an unmarked paragraph."""
    if block.marker is None:
        folded = fold(block.text)
        for rank, pattern in _WORDED:
            match = pattern.match(folded)
            if match and len(block.text) < 400:
                return rank, match.group().split()[-1].strip(" .:").upper()
        if (block.kind == "heading" or block.bold) and name_heading(block) in ("duties", "reporting"):
            return ROMAN, None  # "TỔ CHỨC THỰC HIỆN" without a number
        return 0, None
    if block.level == 1:
        return (ROMAN if re.fullmatch(r"[IVXL]+", block.marker) else CAPITAL), block.marker
    if block.level == 2:
        return NUMBER, block.marker
    if block.level in (3, 4):
        return DECIMAL + 10 * (block.level - 3), block.marker
    return {5: LETTER, 6: DASH}.get(block.level, PLUS), block.marker


def _words(block: Block) -> str:
    """A worded heading without its number: "" for "Phần III" alone."""
    folded = fold(block.text)
    for _, pattern in _WORDED:
        match = pattern.match(folded)
        if match:
            return folded[match.end() :].strip(" .:-")
    return folded


def _topic(chain: tuple[Block, ...]) -> Topic:
    """Duties and reporting from any heading above; else what the innermost heading says."""
    topics = [name_heading(block) for block in chain if is_heading(block)]
    for wanted in ("duties", "reporting"):
        if wanted in topics:
            return "duties" if wanted == "duties" else "reporting"
    return next((topic for topic in reversed(topics) if topic != "other"), "other")


def is_heading(block: Block) -> bool:
    """Short, and set as a heading or numbered: not a sentence among others."""
    text = block.text.rstrip()
    if block.level >= 5 or len(text) > _HEADING_LENGTH:
        return False
    return block.kind == "heading" or block.bold or block.level == 1 or (len(text) < _TITLE_LENGTH and not text.endswith((".", ";", ",")))


def name_heading(block: Block) -> Topic:
    """What a heading says its section is about; but under "IV." it must say little else ("5. Tổ chức thực hiện"): a title may hold the words."""
    topic = name_topic(block.text)
    if topic in ("duties", "reporting") and block.level != 1 and not _BARE_DUTY.match(_words(block)):
        return "other"
    return topic


_BARE_DUTY = re.compile(
    r"\W*(?:cong tac )?(?:to chuc(?: trien khai)? thuc hien|to chuc thi hanh|phan cong|trach nhiem|nhiem vu (?:cu the )?(?:cua )?cac|che do|bao cao|kiem tra|giam sat)(?:\W+\w+){0,6}\W*$"
)


def name_topic(text: str) -> Topic:
    """What a heading says its section is about."""
    folded = re.sub(r"\s+", " ", fold(text))
    if len(folded) > _HEADING_LENGTH:
        return "other"
    for topic, pattern in _TOPICS:
        if pattern.search(folded):
            return topic
    return "other"


def _section(nodes: list[tuple[int, Block, str | None]]) -> str | None:
    """The number of the section: "IV.4" for what stands under "4." in "IV."."""
    marks = [mark for rank, _, mark in nodes if mark is not None and 0 < rank <= NUMBER and rank != ARTICLE]
    return ".".join(marks) or None
