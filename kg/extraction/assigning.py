"""Where duties are assigned: the headings, and the runs of numbered paragraphs, below which agencies are told what to do.

Reads: the placed blocks of a document. Gives: the blocks under which duties stand.
"""

from __future__ import annotations

import re

from kg.extraction.sections import ARTICLE, LETTER, NUMBER, Placed, is_heading, name_heading
from kg.extraction.subjects import find_subject, heads_agencies
from kg.normalise import fold
from kg.records import Block, Passage

MIN_HEADS, SHARE_OF_HEADS, SHARE_BELOW_ORDER = 3, 0.7, 0.5
"""Siblings that agencies must head, at least, for their run to be an assignment of duties; fewer below a line that orders them ("… yêu cầu:")."""
_NO_DUTIES = re.compile(r"tieu chi|doi tuong|khen thuong|xep (?:loai|hang)|cham diem")
"""Headings below which bodies are named and told nothing: criteria "a) Đối với các sở, ban, ngành", how many may be rewarded."""
_ORDERED_BELOW = re.compile(r"\b(?:yêu cầu|đề nghị|giao|phân công|chỉ đạo|tập trung)\b[^.;]{0,300}:\W*$", re.IGNORECASE)


_CHARGES_BELOW = re.compile(r"^(?:Điều \d+\s*[.:]\s*)?(?:các|những)\s[^.;:]{3,80}\s(?:sau|sau đây|dưới đây|có tên)\b[^.;:]{0,60}\b(?:có|chịu)\s+trách nhiệm\b[^.;]*:\W*$", re.IGNORECASE)
"""An article that names nobody itself and hands its matter to those below it: "Các cơ quan, đơn vị sau đây chịu trách nhiệm …:"."""


def assigning_sections(placed: list[Placed]) -> set[int]:
    """The headings under which duties are assigned: by what they say, or because agencies head the parts below them.

    Directives, letters and notices have no sections: their numbered paragraphs each charge an agency.
    """
    found: set[int] = set()
    families: dict[tuple[int, int], list[tuple[Block, bool]]] = {}
    ordered: set[tuple[int, int]] = set()
    above: Block | None = None
    for place in placed:
        before, above = above, place.block
        if place.annex or not place.rank:
            continue
        if place.rank <= NUMBER and is_heading(place.block) and name_heading(place.block) in ("duties", "reporting"):
            found.add(id(place.block))
        if place.rank == ARTICLE and (heads_agencies(place.block.passage) is not None or _CHARGES_BELOW.search(place.block.text)):
            found.add(id(place.block))
        if NUMBER <= place.rank <= LETTER and place.topic not in ("funding", "targets") and not _rewards(place):
            parent = id(place.trail[-1]) if place.trail else 0
            headed = _headed(place.block.passage) or (not place.trail and opens_with_other(place.block.passage))
            if (parent, place.rank) not in families and before is not None and _ORDERED_BELOW.search(before.text):
                ordered.add((parent, place.rank))
            families.setdefault((parent, place.rank), []).append((place.block, headed))
    for family, blocks in families.items():
        share = SHARE_BELOW_ORDER if family in ordered else SHARE_OF_HEADS
        if sum(headed for _, headed in blocks) >= max(MIN_HEADS, share * len(blocks)):
            found.update(id(block) for block, _ in blocks)
    return found


def _rewards(place: Placed) -> bool:
    return any(is_heading(block) and _NO_DUTIES.search(fold(block.text)) for block in place.trail)


def _headed(passage: Passage) -> bool:
    """Whether an agency heads the paragraph: alone, or before a colon."""
    if heads_agencies(passage) is not None:
        return True
    colon = passage.text.find(":")
    return 3 < colon < 200 and heads_agencies(passage.slice(0, colon)) is not None


def opens_with_other(passage: Passage) -> bool:
    """Whether the paragraph charges, in its opening words, somebody."""
    return find_subject(passage, opening_only=True) is not None
