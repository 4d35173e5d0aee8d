"""Task lists written down in the layouts of published documents.

tab    one row a line, cells between tabs; pages cut rows and repeat the header
pipe   Markdown rows, cut by pages in the same way
lines  one cell a line, a tab before it, a blank line between rows; the header's first cells may be lost
cells  cells of wrapped lines between lines that hold only "|"
labels no table: "Cơ quan chủ trì: …" lines under each task
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from benchmarks.model import Column, Dice, GroupSpec, TaskSpec

_WIDTHS = {"code": 7, "name": 30, "lead": 24, "partner": 26, "both": 26, "time": 14, "product": 28, "objective": 26, "funding": 14, "note": 10}
Row = list[str]
MARKS = "abcdđeghiklmn"
"""The letters of lists, in their Vietnamese order."""


def write_table(dice: Dice, layout: str, columns: tuple[Column, ...], groups: tuple[GroupSpec, ...]) -> str:
    """Write the task table in one of the four table layouts."""
    columns = _extra(dice, layout, columns)
    if layout in ("tab", "pipe"):
        return _paged(dice, layout, columns, groups)
    if layout == "lines":
        return _cell_lines(dice, columns, groups)
    return _bar_cells(dice, columns, groups)


def _cell(task: TaskSpec, kind: str) -> str:
    return {
        "code": task.code, "name": task.name, "lead": task.lead.text, "partner": task.partner.text, "both": task.both,
        "time": task.time.text, "product": task.product, "objective": task.objective, "funding": task.funding_text, "note": "",
    }[kind]


def _extra(dice: Dice, layout: str, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Sometimes a last column for remarks, which stays empty."""
    return (*columns, Column("note", "Ghi chú")) if layout != "lines" and dice.chance(0.12) else columns


def _rows(columns: tuple[Column, ...], groups: tuple[GroupSpec, ...]) -> Iterable[tuple[str, Row]]:
    """All rows in order: ("group" | "task" | "part", cells)."""
    above = ""
    for group in groups:
        if group.above and group.above[1] != above:
            above = group.above[1]
            yield "group", [*group.above, *[""] * (len(columns) - 2)]
        if group.title:
            yield "group", [group.code, group.title, *[""] * (len(columns) - 2)]
        for task in group.tasks:
            yield "task", [_cell(task, column.kind) for column in columns]
            if task.part:
                part = {"lead": task.part.lead.text, "time": task.part.time.text, "product": task.part.product}
                yield "part", [part.get(column.kind, "") for column in columns]


def _paged(dice: Dice, layout: str, columns: tuple[Column, ...], groups: tuple[GroupSpec, ...]) -> str:
    """Rows with page breaks: before some rows the header stands again, and some rows are cut in two by it."""
    header = [column.title for column in columns]
    per_page = dice.number(4, 9)
    pages: list[list[Row]] = [[header]]
    if dice.chance(0.12):
        pages[0].append([f"({at})" for at in range(1, len(columns) + 1)])
    markup = layout == "pipe" and dice.chance(0.2)
    cuts = dice.chance(0.8)
    for kind, row in _rows(columns, groups):
        if cuts and len(pages[-1]) > per_page and kind == "task":
            top, rest = _cut(dice, columns, row) if dice.chance(0.6) else ([], row)
            if top:
                pages[-1].append(top)
            pages.append([header, rest])
        elif markup and kind == "group":
            pages[-1].append([f"**{cell}**" if cell else "" for cell in row])
        else:
            pages[-1].append([_break_lines(cell) for cell in row] if markup else row)
    write = _tab_page if layout == "tab" else _pipe_page
    return "\n\n".join(write(page) for page in pages)


def _cut(dice: Dice, columns: tuple[Column, ...], row: Row) -> tuple[Row, Row]:
    """Cut a row as a page does: so many printed lines of every cell above, the rest below."""
    wrapped = [textwrap.wrap(cell, _WIDTHS[column.kind], break_on_hyphens=False) for cell, column in zip(row, columns, strict=True)]
    if len(wrapped[1]) < 2:
        return [], row
    at = dice.number(1, len(wrapped[1]) - 1)
    return [" ".join(lines[:at]) for lines in wrapped], [" ".join(lines[at:]) for lines in wrapped]


def _break_lines(cell: str) -> str:
    """A list with dashes, each item on a line of its own, as Markdown writes it."""
    return "<br>- ".join(cell.split(" - ")) if cell.startswith("- ") else cell


def _tab_page(rows: list[Row]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _pipe_page(rows: list[Row]) -> str:
    lines = ["|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in rows]
    rule = "|" + "|".join("-" * max(3, min(30, len(cell))) for cell in rows[0]) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cell_lines(dice: Dice, columns: tuple[Column, ...], groups: tuple[GroupSpec, ...]) -> str:
    titles = [column.title for column in columns]
    lost = 2 if dice.chance(0.4) else 0
    lines = [" \t" + titles[lost], *["\t" + title for title in titles[lost + 1 :]], ""]
    for kind, row in _rows(columns, groups):
        cells = row[:2] if kind == "group" else row
        lines += [*["\t" + cell for cell in cells], ""]
    return "\n".join(lines)


def _bar_cells(dice: Dice, columns: tuple[Column, ...], groups: tuple[GroupSpec, ...]) -> str:
    width = dice.pick((24, 30, 52))
    bold = dice.chance(0.8)
    one_cell = dice.chance(0.4)
    lines = _bars([f"**{column.title}**" if bold else column.title for column in columns], width)
    for kind, row in _rows(columns, groups):
        cells = row
        if kind == "group":
            marked = [f"{row[0]}. {row[1]}"] if one_cell else row[:2]
            cells = [f"**{cell}**" if bold else cell for cell in marked]
        lines += _bars(cells, width)
    return "\n".join(lines)


def _bars(cells: Iterable[str], width: int) -> list[str]:
    lines: list[str] = []
    for cell in cells:
        lines += ["|", *textwrap.wrap(cell, width, break_on_hyphens=False)]
    return [*lines, "|"]


def write_labels(dice: Dice, groups: tuple[GroupSpec, ...], style: str) -> list[tuple[str, str]]:
    """A label list as (kind, text) lines of the body; codes of style "b" are none of the tasks'."""
    lead = dice.pick(("Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan thực hiện"))
    partner = dice.pick(("Cơ quan phối hợp", "Đơn vị phối hợp"))
    time = dice.pick(("Thời gian thực hiện", "Thời gian", "Thời gian hoàn thành"))
    items: list[tuple[str, str]] = []
    for at, group in enumerate(groups, start=1):
        items.append(("heading2", f"{at}. {group.title}"))
        for position, task in enumerate(group.tasks, start=1):
            labels = [f"{lead}: {task.lead.text}", f"{partner}: {task.partner.text}", f"{time}: {task.time.text}"]
            if task.product:
                labels.append(f"Sản phẩm: {task.product}")
            if style == "line":
                items += [("para", f"{MARKS[position - 1]}) {task.name}"), ("bullet", "; ".join(labels) + ".")]
            elif style == "lettered":
                items += [
                    ("heading3", f"{at}.{position}. Nhiệm vụ {position}"),
                    ("para", f"a) Nhiệm vụ: {task.name}"), ("para", "b) Cơ quan thực hiện:"),
                    ("bullet", f"Đơn vị chủ trì: {task.lead.text}."), ("bullet", f"Đơn vị phối hợp: {task.partner.text}."),
                    ("para", f"c) Thời gian thực hiện: {task.time.text}."),
                ]
            else:
                items.append(("para", f"{MARKS[position - 1]}) {task.name}"))
                items += [("bullet", label + ".") for label in labels]
    return items
