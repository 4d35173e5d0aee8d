"""The end of a document: recipients, signer, and the footnote that explains the codes of its funding column.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (chữ ký, nơi nhận).
"""

from __future__ import annotations

import re

from kg.records import Block, Document, Passage

_LEGEND = re.compile(r"(?<![A-Z])(?P<code>I{1,3}|IV|V)[.)]\s+")
_PERSON = re.compile(r"^(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+$")


def read_recipients(document: Document) -> tuple[Passage, ...]:
    """Read those to whom the document is sent."""
    blocks = [part for part in document.parts if isinstance(part, Block) and part.kind == "recipients" and part.level >= 6]
    return tuple(block.passage.slice(0, len(block.text.rstrip(" ;.,"))) for block in blocks)


def read_signer(document: Document) -> str | None:
    """Read who signed the document."""
    blocks = [part for part in document.parts if isinstance(part, Block) and part.kind in ("signature", "recipients")]
    for block in reversed(blocks):
        lines = block.text.strip()
        if block.level < 6 and _PERSON.match(lines):
            return lines
        if block.level < 6 and (tail := re.search(r"(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|GIÁM ĐỐC|CHÁNH VĂN PHÒNG)\s+((?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s*){2,5})$", lines)):
            return tail[1].strip()
    return None


def read_legend(document: Document) -> tuple[tuple[str, Passage], ...]:
    """The footnote that says what the funding codes mean."""
    for part in document.parts:
        if isinstance(part, Block) and re.search(r"[Nn]guồn (?:lực|vốn|kinh phí)[^:]{0,40}bao gồm\s*:", part.text):
            marks = list(_LEGEND.finditer(part.text))
            if not marks:
                continue
            stops = [*[mark.start() for mark in marks[1:]], len(part.text)]
            return tuple(
                (mark["code"], part.passage.slice(mark.end(), len(part.text[:stop].rstrip(" ;."))))
                for mark, stop in zip(marks, stops, strict=True)
            )
    return ()
