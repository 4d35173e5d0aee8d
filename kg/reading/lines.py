"""The canonical text as lines with offsets, and what a line looks like."""

from __future__ import annotations

import re
from typing import NamedTuple


class Line(NamedTuple):
    """A physical line: its offsets (without the line end) and its text as it stands."""

    start: int
    end: int
    text: str


_DRAWN = re.compile(r"[\u2500-\u257f]")
_STROKES = dict.fromkeys(range(9472, 9600), "+") | dict.fromkeys((0x2500, 0x2501, 0x2550), "-") | dict.fromkeys((0x2502, 0x2503, 0x2551), "|")


def plain_strokes(line: Line) -> Line:
    """Write signs that draw boxes as bars, dashes and plus signs, one for one; other lines stay.

    >>> plain_strokes(Line(0, 9, "├───┼───┤")).text, plain_strokes(Line(0, 9, "│ 1 │ 2 │")).text
    ('+---+---+', '| 1 | 2 |')
    """
    return line._replace(text=line.text.translate(_STROKES)) if _DRAWN.search(line.text) else line


def split_lines(text: str) -> list[Line]:
    """Split the canonical text at LF; the offsets count code points."""
    lines: list[Line] = []
    at = 0
    for part in text.split("\n"):
        lines.append(Line(at, at + len(part), part))
        at += len(part) + 1
    return lines


MARK = re.compile(
    r"(?P<roman>(?=[IVX])(?!V\s?/\s?[Vv]\b)[IVXL]{1,6})(?:\s*[.)/:]\s+(?=\S)|\s*[.)/:]\s*(?=[A-ZĐÀ-Ỹ])|\s?[-–]\s*(?=[A-ZĐÀ-Ỹ]{2}))"
    r"|(?P<capital>[A-HK-U])\s*[.)/]\s+(?=[A-ZĐÀ-Ỹ])"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})\s*[.)/:]?\s+(?=\S)"
    r"|(?P<number>\d{1,2})(?:\s*[.)/]\s*(?=[^\d\s.,/])|-\s+(?=[A-ZĐÀ-Ỹ][^\W\d_]))"
    r"|(?P<letter>[a-zđ])\s*\)\s*(?=\S)|(?P<letterdot>[a-zđ])\s*\.\s+(?=[^\W\d_])"
    r"|\((?P<bracket>\d{1,2}|[a-zđ])\)\s*(?=\S)"
    r"|(?P<dash>[-–—•●▪■◦‣·])\s*(?=[^\W_]|[\"“(*\[%≥≤<>])"
    r"|(?P<plus>\+)\s*(?=[^\W_]|[\"“(*])"
)
"""The mark that opens a paragraph, after markup is taken off.

Matches: "IV. TỔ CHỨC", "III- TỔ CHỨC", "B. NHIỆM VỤ", "2.1. Giai đoạn", "1. Mục đích", "1- Sở Nội vụ", "a) Nhiệm vụ", "(1) Đến năm", "- Chủ trì", "+ Tỷ lệ".
Not: "V/V HỖ TRỢ …" (về việc), "2025 - 2035", "5 - 8%", "3.000 MW", "95%".
Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (phần, chương, mục, điều, khoản, điểm).
"""

LEAVES_TABLE = re.compile(r"\W*(?:PHỤ LỤC|Phụ lục(?:\s+(?:số\s+)?[IVX\d]+)?\W*$|Nơi nhận|(?:TM|KT|TL|TUQ)\.\s|Ghi chú\s*:|[IVX]+\.\s+[A-ZĐÀ-Ỹ]{2})")
"""What stands in no row: the annex below, recipients, signature, a heading of the text."""

LEVELS = {"capital": 1, "roman": 1, "number": 2, "letter": 5, "letterdot": 5, "bracket": 5, "dash": 6, "plus": 7}


def read_mark(text: str) -> tuple[str | None, int, int]:
    """Give the mark of a cleaned paragraph: (mark without punctuation, level, length to cut off); (None, 0, 0) if none.

    >>> read_mark("2.1. Giai đoạn 2021 - 2025")
    ('2.1', 3, 5)
    >>> read_mark("3.000 MW điện")
    (None, 0, 0)
    """
    match = MARK.match(text)
    if match is None or match.lastgroup is None:
        return None, 0, 0
    mark = match.group(match.lastgroup)
    if match.lastgroup == "decimal":
        if "." not in text[: match.end()].rstrip()[len(mark) :] and text[match.end() : match.end() + 1].islower():
            return None, 0, 0
        return mark, min(4, 2 + mark.count(".")), match.end()
    return mark, LEVELS[match.lastgroup], match.end()
