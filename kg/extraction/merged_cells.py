"""Merged cells of a table that came as plain text: the first row has the words, those below it an empty cell.

A table that nothing numbers may open its rows with the body or the time that several tasks share: such a first column is merged, too.

Reads: a table of tab or bar rows with its columns. Gives: the table with such cells missing, as in a table that tells merged
cells from empty ones. Source: how word processors and converters write vertically merged cells into rows of text.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from kg.extraction.columns import Column
from kg.records import Row, Table

_ROLES: tuple[Column, ...] = ("lead", "partner")


_SHARED: tuple[Column, ...] = ("lead", "time", "group")
"""What rows are grouped by in front of their names."""


def mark_merged(table: Table, columns: tuple[Column, ...]) -> Table:
    """Take an empty lead below another for merged where the table never prints one lead in two rows that follow each other.

    A table that writes out every cell has such pairs; one that leaves them empty has none. Partners are merged with the lead.
    """
    if table.layout not in ("tab", "pipe") or "name" not in columns:
        return table
    if "code" not in columns and columns[0] in _SHARED and not _repeats(table, 0):
        table = replace(table, rows=tuple(replace(row, cells=(None, *row.cells[1:])) if at and row.cells[0] is not None and not row.cells[0].text else row for at, row in enumerate(table.rows)))
    if columns.count("lead") != 1 or "code" not in columns:
        return table
    table = _with_siblings(table, columns)
    above, merged = "", set()
    for index, row in enumerate(table.rows):
        lead = _text(columns, row, "lead")
        if lead and lead == above:
            return table
        if not lead and above and _is_task(columns, row):
            merged.add(index)
        else:
            above = lead
    rows = [_without_empty(columns, row) if index in merged else row for index, row in enumerate(table.rows)]
    return replace(table, rows=tuple(rows)) if merged else table


def _repeats(table: Table, column: int) -> bool:
    """Whether two rows that follow each other have the same words in a column."""
    told = [cell.text if (cell := row.cells[column]) else "" for row in table.rows]
    return any(upper and upper == lower for upper, lower in pairwise(told))


def _with_siblings(table: Table, columns: tuple[Column, ...]) -> Table:
    """Take rows of a code and a name for tasks whose other cells are all merged, where each is the next after a task, and no row before heads a group."""
    rows: list[Row] = []
    code = lead = ""
    for row in table.rows:
        own, told = _text(columns, row, "code").strip(" .)"), _told(columns, row)
        if told <= {"code", "name"} and lead and code.isdigit() and own.isdigit() and int(own) == int(code) + 1:
            rows.append(replace(row, cells=tuple(None if cell is not None and not cell.text else cell for cell in row.cells)))
        elif told <= {"code", "name"}:
            return table
        else:
            rows.append(row)
            lead = _text(columns, row, "lead") or lead
        code = own
    return replace(table, rows=tuple(rows))


def _told(columns: tuple[Column, ...], row: Row) -> set[Column]:
    return {meaning for meaning, cell in zip(columns, row.cells, strict=False) if cell is not None and any(map(str.isalnum, cell.text))}


def _text(columns: tuple[Column, ...], row: Row, column: Column) -> str:
    return next((cell.text for meaning, cell in zip(columns, row.cells, strict=False) if meaning == column and cell is not None), "")


def _is_task(columns: tuple[Column, ...], row: Row) -> bool:
    """Whether a row has a code, a name and a cell of its own beside them: no heading of a group."""
    told = _told(columns, row)
    return {"code", "name"} <= told and bool(told - {"code", "name", "other", "group"})


def _without_empty(columns: tuple[Column, ...], row: Row) -> Row:
    cells = zip(columns, row.cells, strict=False)
    return replace(row, cells=tuple(None if meaning in _ROLES and cell is not None and not cell.text else cell for meaning, cell in cells))
