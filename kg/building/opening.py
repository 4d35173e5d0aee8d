"""Where a document begins in its text: at the body that issues it, beside the national name, and not at what a web site wrote above.

Source: Decree 30/2020/NĐ-CP, annex I: the head of a document has the name of the body that issues it on the left and the national name and motto
on the right, both in capitals, above number, place and date.
"""

from __future__ import annotations

import re

_NATIONAL_NAME = re.compile(r"CỘNG\W+H(?:ÒA|OÀ)\W+XÃ\W+HỘI\W+CHỦ\W+NGHĨA\W+VIỆT\W+NAM")
_NEAR = 12
"""Lines above the national name in which the name of the issuing body may stand: up to four of its own, with rules and borders of cells."""


def find_opening(text: str, before: int | None = None) -> int:
    r"""Give the offset of the first line of the document's own head; 0 where no national name tells it, or no words stand above.

    Args:
        text: canonical text.
        before: the first thing read of the document: a national name below it is a form's in an annex, not the document's.

    >>> text = "Đang tải văn bản...\n|\n**VĂN\nPHÒNG CHÍNH PHỦ**\n-------\n|\n**CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc"
    >>> text[find_opening(text):][:13]
    '**VĂN\nPHÒNG C'
    """
    found = _NATIONAL_NAME.search(text, 0, len(text) if before is None else before)
    if found is None:
        return 0
    begin = at = text.rfind("\n", 0, found.start()) + 1
    for _ in range(_NEAR):
        if at == 0:
            break
        above = text.rfind("\n", 0, at - 1) + 1
        line = text[above : at - 1]
        if line != line.upper():
            break  # words of a sentence: no part of the head
        at = above
        if any(letter.isalpha() for letter in line):
            begin = at
    return begin if any(letter.isalpha() for letter in text[:begin]) else 0
