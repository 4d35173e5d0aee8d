"""Tables that assign duties: the agency in one column, what it has to do in the next ("Cơ quan | Trách nhiệm").

Reads: the tables of a document, each with the section that it stands in.
Gives: one duty for each bullet, or each sentence where a cell has none, of the agency in the same row.
"""

from __future__ import annotations

import re

from kg.extraction.agencies import read_list
from kg.extraction.columns import read_columns
from kg.extraction.duties import make_duty
from kg.extraction.sections import Placed
from kg.normalise import fold
from kg.records import AgencyMention, Duty, Passage, Row, Table

_WHO = re.compile(
    r"^(?:ten )?(?:cac )?(?:co quan|don vi|so,? (?:ban,? )?nganh|dia phuong|to chuc)(?:\W+(?:co quan|don vi|dia phuong|to chuc|ca nhan))*"
    r"(?: (?:thuc hien|duoc (?:giao|phan cong)|chiu trach nhiem))?$"
)
_DOES = re.compile(r"trach nhiem|nhiem vu|noi dung|cong viec|phan cong")
_AGREES = 0.6
"""Share of the rows whose first cell must name agencies."""
_BULLET = re.compile(r"(?:^|(?<=[.;:,])\s+)(?:[-–+•]|\d{1,2}[.)]|[a-zđ]\))\s+(?=[A-ZĐÀ-Ỵ])")
_SENTENCE = re.compile(r"(?<=[^\W\d_A-ZĐ][.;])\s+(?=[A-ZĐÀ-Ỵ])|(?<=[”)\d][.;])\s+(?=[A-ZĐÀ-Ỵ])")


def read_duty_table(table: Table, place: Placed | None) -> list[Duty]:
    """Read the duties of one table: its header says "trách nhiệm", or it stands where duties are assigned. None for any other table."""
    pair = _pair(table, place)
    if pair is None:
        return []
    who, does = pair
    section = place.section if place is not None else None
    duties: list[Duty] = []
    agency: tuple[AgencyMention, ...] = ()
    for row in table.rows:
        if [cell and cell.text for cell in row.cells] == [cell and cell.text for cell in table.header]:
            continue  # the header, printed again on the next page
        named = _cell(row, who)
        if named:
            agency = read_list(named, whole=True).mentions
        elif _is_there(row, who):
            agency = ()
        text = _cell(row, does)
        if agency and text:
            duties.extend(make_duty(agency, piece, section) for piece in split_duties(text))
    return duties


def split_duties(text: Passage) -> list[Passage]:
    """The duties of a cell: its bullets, or its sentences where it has none."""
    for marks in (_BULLET, _SENTENCE):
        found = list(marks.finditer(text.text))
        if found:
            starts = [mark.end() for mark in found]
            stops = [mark.start() for mark in found]
            bounds = [0, *starts] if text.text[: stops[0]].strip() else starts
            ends = [*stops, len(text.text)] if len(bounds) > len(starts) else [*stops[1:], len(text.text)]
            return [piece for low, high in zip(bounds, ends, strict=True) if (piece := text.slice(low, high)).text]
    return [text]


def _pair(table: Table, place: Placed | None) -> tuple[int, int] | None:
    """The columns of the agencies and of their duties; ``None`` where the table assigns nothing by agency."""
    heads = [re.sub(r"[^\w\s,]", " ", fold(cell.text)).strip() if cell is not None else "" for cell in table.header]
    who = next((at for at, head in enumerate(heads) if _WHO.match(" ".join(head.split()))), None)
    if who is None:
        return None
    meanings = read_columns(table)
    does = [at for at, head in enumerate(heads) if at != who and _DOES.search(head)]
    others = [at for at in range(len(heads)) if at not in (who, *does) and meanings[at] not in ("code", "other")]
    if len(does) != 1 or others:
        return None
    charged = place is not None and place.topic in ("duties", "reporting")
    if not charged and "trach nhiem" not in heads[does[0]]:
        return None
    return (who, does[0]) if _names_agencies(table, who) else None


def _names_agencies(table: Table, who: int) -> bool:
    cells = [cell for row in table.rows if (cell := _cell(row, who))]
    known = sum(any(mention.method != "unresolved" for mention in read_list(cell, whole=True).mentions) for cell in cells)
    return bool(cells) and known >= _AGREES * len(cells)


def _cell(row: Row, at: int) -> Passage | None:
    cell = row.cells[at] if at < len(row.cells) else None
    return cell.passage if cell is not None and cell.text else None


def _is_there(row: Row, at: int) -> bool:
    """An empty cell, not one that is merged into the row above."""
    return at < len(row.cells) and row.cells[at] is not None
