"""Where a paragraph is cut: several sentences, or clauses behind a comma or semicolon, that each charge somebody else.

Reads: a paragraph that no heading gives to an agency. Gives: its pieces, one where all of it charges the same.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kg.extraction.subjects import find_subject
from kg.records import Passage

_SENTENCE = re.compile(r";\s+(?=(?:Sở|Bộ|Công an|UBND|Ủy ban|Thanh tra|Ban)\s[^,;.:]{2,70}\s(?:có|chịu)\s+trách\s+nhiệm\s)|(?<=[^\W\d_A-ZĐ)]\.)\s+(?=[A-ZĐÀ-Ỵ])|(?<=[”)]\.)\s+(?=[A-ZĐÀ-Ỵ])")
_INTRODUCED = re.compile(r"\W*(?:Trong quá trình|Quá trình|Trường hợp|Căn cứ|Trên cơ sở|Định kỳ|Hằng năm|Hàng năm|Trước ngày|Đề nghị|Yêu cầu|Giao)")
_COMMA = re.compile(r"[,;]\s+(?=(?:(?:và\s+)?(?:giao|đề nghị|yêu cầu)\s+)?(?:Sở|Ban|Bộ|Công an|UBND|Ủy ban|Uỷ ban|Cục|Chi cục|Thuế|Kho bạc|Báo|Đài|Hội|Tỉnh đoàn)\s)")
_MOST_COMMAS, _VERB_AND_OBJECT = 8, 3
_NAMES_OTHERS = re.compile(r"phối\s+hợp|\b(?:với|cùng|gửi|cho|của|trình|giúp|qua|báo cáo|đề nghị|giữa|gồm)\b|[.:;(]|\b(?:Sở|Ban|Bộ|Công an|UBND|Ủy ban|Cục)\b|\bcác\s+(?:sở|ban|ngành|cơ quan|đơn vị|địa phương)\b")
"""Words before a comma that let a list of names go on behind it."""


def split_by_agency(passage: Passage) -> list[Passage]:
    """Split a paragraph only where a sentence charges other agencies than the one before."""
    bounds = [0, *sorted({*(match.end() for match in _SENTENCE.finditer(passage.text)), *_second_bodies(passage)}), len(passage.text)]
    pieces: list[Passage] = []
    names: set[str] = set()
    start = 0
    for low, high in pairwise(bounds):
        sentence = passage.slice(low, high)
        subject = find_subject(sentence, opening_only=low > 0 and not _INTRODUCED.match(sentence.text))
        found = {mention.name for mention in subject.mentions} if subject else set()
        if low > 0 and names and found and not found & names:
            pieces.append(passage.slice(start, low))
            start, names = low, found
        else:
            names |= found
    pieces.append(passage.slice(start, len(passage.text)))
    return [piece for piece in pieces if piece.text]


def _second_bodies(passage: Passage) -> list[int]:
    """Where another body is charged behind a comma or semicolon: "Sở Tài chính bố trí kinh phí, | Sở Nội vụ tham mưu khen thưởng"."""
    found: list[int] = []
    commas = list(_COMMA.finditer(passage.text))
    first = find_subject(passage, opening_only=True) if 0 < len(commas) <= _MOST_COMMAS else None
    stop = first.stop if first else 0
    for comma in commas if first else ():
        if comma.start() <= stop:
            continue
        between = passage.text[stop : comma.start()]
        second = None if _NAMES_OTHERS.search(between) or len(between.split()) < _VERB_AND_OBJECT else find_subject(passage.slice(comma.end(), len(passage.text)), opening_only=True)
        if second is None:
            return found
        found.append(comma.end())
        stop = comma.end() + second.stop
    return found
