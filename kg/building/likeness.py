"""The documents of a build → its alignments and findings: as rows of tables and as quads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.building.cache import read_parts
from kg.building.tables import ALIGNMENTS, ASSIGNMENTS, DOCUMENTS, DUTIES, OVERLAPS, TASKS, Row
from kg.records import Finding
from kg.resolution.decisions import Decision

if TYPE_CHECKING:
    from kg.analysis.units import Unit

MAX_UNITS = 200_000
"""Tasks and duties up to which a build looks for likeness: beyond, it would take more than an ordinary laptop has."""

_STATUS = {"confirmed": "confirmed", "rejected": "rejected", "justified": "justified", "same": "confirmed", "not-same": "rejected"}
_TABLES = (DOCUMENTS, TASKS, DUTIES, ASSIGNMENTS)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was found: rows by table, quads of the alignment graph, the classes of what these point at, and what to tell."""

    rows: dict[str, list[Row]]
    quads: list[Quad]
    pointed: list[Quad]
    findings: tuple[Finding, ...] = ()


def find_likeness(entries: Iterable[Path], probable: Mapping[str, Sequence[str]], decisions: Sequence[Decision] = ()) -> Likeness:
    """Align the tasks and find the candidates.

    Args:
        entries: the documents' cache entries, in the order of their addresses.
        probable: for a plan's address, the decisions it probably carries out.
        decisions: what people said of findings and alignments, by their ids.

    """
    units, count = _read_units(entries, probable)
    if count > MAX_UNITS:
        return Likeness({}, [], [], (_too_many(count),))
    if count < 2:
        return Likeness({}, [], [])
    from kg.analysis.alignment import align_units, alignment_rows
    from kg.analysis.duplicates import find_cases, overlap_rows
    from kg.analysis.statements import alignment_quads, case_quads, pointed_at

    status = {each.subject: _STATUS[each.answer] for each in decisions if each.about in ("finding", "alignment") and each.answer in _STATUS}
    alignments, cases = align_units(units, status), find_cases(units, status)
    return Likeness(
        rows={ALIGNMENTS.name: alignment_rows(alignments), OVERLAPS.name: overlap_rows(cases)},
        quads=[*alignment_quads(alignments), *case_quads(cases)],
        pointed=list(pointed_at(alignments, cases)),
    )


def _read_units(entries: Iterable[Path], probable: Mapping[str, Sequence[str]]) -> tuple[tuple[Unit, ...], int]:
    """Read the units document by document, those of documents with tasks first; give their number, too: beyond the bound no more are made."""
    from kg.analysis.units import COLUMNS, read_units

    wanted = {table.name: COLUMNS[table.name] or frozenset(table.header) for table in _TABLES}
    with_tasks: list[Unit] = []
    of_duties: list[Unit] = []
    count = 0
    for entry in entries:
        (content,) = read_parts(entry, "rows.json")
        given = json.loads(content)["rows"] if content else dict.fromkeys((table.name for table in _TABLES), ())
        count += len(given[TASKS.name]) + len(given[DUTIES.name])
        if count > MAX_UNITS:
            continue
        rows = {
            table.name: [{name: each for name, each in zip(table.header, row, strict=True) if name in wanted[table.name]} for row in given[table.name]]
            for table in _TABLES
        }
        for row in rows[DOCUMENTS.name]:
            row["probably_implements"] = " ".join(probable.get(row["document"], ())) or None
        (with_tasks if rows[TASKS.name] else of_duties).extend(read_units(rows))
    return (*with_tasks, *of_duties), count


def _too_many(count: int) -> Finding:
    return Finding(
        code="likeness-not-computed",
        severity="note",
        vi=f"Kho có {count:,} nhiệm vụ và công việc, quá {MAX_UNITS:,}: chưa đối chiếu và chưa tìm chồng lấn; hãy dựng từng tỉnh",
        en=f"Found {count:,} tasks and duties, expected at most {MAX_UNITS:,}: not aligned, no overlaps sought; build province by province",
    )
