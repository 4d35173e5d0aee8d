"""Priority sectors: the list of a plan's annex ("Phụ lục II"), and which tasks name which sector.

Reads: tables whose header speaks of sectors, with Roman codes above Arabic ones.
Gives: sectors with sub-sectors and their items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.columns import is_task_table, read_columns
from kg.normalise import fold
from kg.records import Cell, Passage, Sector, Subsector, Table, Task

_HEADER = re.compile(r"nganh,? linh vuc|linh vuc uu tien|nganh uu tien")
_ROMAN = re.compile(r"[IVXL]+$")
_ITEM = re.compile(r"(?:^|\s)[-–+•]\s+(?=\S)")
_COMMON = frozenset({"xay dung", "dich vu"})
"""Names of sectors that are common words, too: "Tổ chức xây dựng, ban hành kế hoạch", "sản xuất, kinh doanh, dịch vụ" name none."""
_ANNEX = re.compile(r"Phụ lục\s+(?:số\s+)?(?P<number>[IVX]+|\d+)\b(?!\s*(?:Nghị|Quyết|Thông))")


def read_sectors(tables: Sequence[Table]) -> list[Sector]:
    """Read the sector lists of the document."""
    sectors: list[Sector] = []
    for table in tables:
        header = fold(" ".join(cell.text for cell in table.header if cell is not None))
        if not _HEADER.search(header) and not (sectors and not table.header):
            continue
        if is_task_table(read_columns(table)):
            continue
        sectors.extend(_read(table))
    return [sector for sector in sectors if sector.children]


def _read(table: Table) -> list[Sector]:
    found: list[tuple[str, Passage, list[Subsector]]] = []
    for row in table.rows:
        cells = [cell for cell in row.cells if cell is not None]
        if len(cells) < 2 or not cells[0].text or not cells[1].text:
            continue
        code = cells[0].text.strip(" .)")
        if _ROMAN.match(code):
            found.append((code, cells[1].passage, []))
        elif code.isdigit() and found:
            items = _items(cells[2]) if len(cells) > 2 else ()
            found[-1][2].append(Subsector(code=code, name=cells[1].passage, items=items))
    return [Sector(code=code, name=name, children=tuple(children)) for code, name, children in found]


def _items(cell: Cell) -> tuple[Passage, ...]:
    """The items of a cell: one at each list dash; a cell without dashes is one item."""
    text = cell.text
    marks = list(_ITEM.finditer(text))
    if not marks:
        return (cell.passage,) if text else ()
    starts = [mark.end() for mark in marks]
    stops = [*[mark.start() for mark in marks[1:]], len(text)]
    items = [cell.passage.slice(low, high) for low, high in zip(starts, stops, strict=True)]
    if marks[0].start() > 0:
        items.insert(0, cell.passage.slice(0, marks[0].start()))
    return tuple(item for item in items if item.text)


def name_sectors(task: Task, sectors: Sequence[Sector]) -> tuple[str, ...]:
    """The codes of the sectors that the task's own words name; never by the annex as a whole.

    A name must stand as whole words; one of a single syllable is not enough, and one that is a common word as well ("Xây dựng", "Dịch vụ") only
    behind a word that makes it a sector ("ngành xây dựng").
    """
    if not sectors:
        return ()
    text = " " + fold(task.name.text) + " "
    named: list[str] = []
    for sector in sectors:
        if _stands(sector.name.text, text):
            named.append(sector.code)
        named.extend(f"{sector.code}.{child.code}" for child in sector.children if _stands(child.name.text, text))
    return tuple(named)


def _stands(name: str, text: str) -> bool:
    folded = fold(name).strip()
    before = r"(?:nganh|linh vuc|cong nghiep|hoat dong) " if folded in _COMMON else ""
    return len(folded.split()) >= 2 and re.search(rf"\W{before}{re.escape(folded)}\W", text) is not None


def point_at_annexes(task: Task) -> tuple[str, ...]:
    """The annexes that the task or its product points at as a whole ("… tại Phụ lục II ban hành kèm theo")."""
    texts = [task.name.text, task.product.text if task.product else "", *[part.product.text for part in task.parts if part.product]]
    found = [f"Phụ lục {match['number']}" for text in texts for match in _ANNEX.finditer(text)]
    return tuple(dict.fromkeys(found))
