"""The table of facts that legal portals print above a text: what a copy without its letterhead still says of itself.

Reads: the first table of the document, where it has labels such as "Số ký hiệu" and "Cơ quan ban hành".
Gives: the values beside them. The letterhead goes before them: portals are mistaken more often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from kg.extraction.dates import find_date
from kg.extraction.numbers import normalise_number
from kg.normalise import fold
from kg.records import Cell, Document, Passage, Table

_LABELS = {
    "so ky hieu": "number", "so/ky hieu": "number", "so, ky hieu": "number", "so hieu": "number", "so hieu van ban": "number",
    "ngay ban hanh": "date", "ngay ky": "date", "co quan ban hanh": "issuer", "noi ban hanh": "issuer",
    "loai van ban": "type", "trich yeu": "title",
}  # fmt: skip
_SYMBOL = re.compile(r"\d+(?:/\d{4})?[/-](?P<symbol>\D.*)")
_FIRST_PARTS = 20
"""Parts of a document among which the table stands."""
HEADINGS = frozenset({"thong tin van ban", "thong tin chung", "thuoc tinh", "van ban", "noi dung van ban"})
"""Headings that a portal puts over the table and over the text; none is a title."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table says; ``None`` where it says nothing. ``table`` is no part of the text."""

    table: Table | None = None
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    date: str | None = None
    title: Passage | None = None


def read_facts(document: Document) -> Facts:
    """Read the table of facts; an empty record where there is none."""
    table = next((part for part in islice(document.parts, _FIRST_PARTS) if isinstance(part, Table)), None)
    if table is None:
        return Facts()
    told: dict[str, Cell] = {}
    for cells in (table.header, *(row.cells for row in table.rows)):
        for label, value in pairwise(cells):
            if label and value and value.text and (fact := _LABELS.get(fold(label.text).strip(" :*"))):
                told.setdefault(fact, value)
    if "number" not in told or len(told) < len(("number", "date", "issuer")):
        return Facts()
    number = normalise_number(told["number"].text)
    symbol = _SYMBOL.fullmatch(number)
    return Facts(
        table=table,
        type=told["type"].text if "type" in told else None,
        number=number if symbol else None,
        symbol=symbol["symbol"] if symbol else None,
        issuer=told["issuer"].text if "issuer" in told else None,
        date=find_date(f"ngày {told['date'].text}") if "date" in told else None,
        title=told["title"].passage if "title" in told else None,
    )
