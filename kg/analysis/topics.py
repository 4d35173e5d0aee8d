"""Fragmentation: a group of tasks that several named bodies lead (METHODS D5, first level). Often intended."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.analysis.units import read_tables, read_units

if TYPE_CHECKING:
    import polars as pl


def find_fragmentation(build: str | Path) -> pl.DataFrame:
    """Measure how the lead of each group of tasks is split: Frag = 1 − Σ share², a task shared evenly among its leads.

    Returns: plan, province, topic (the innermost heading), tasks, leads (how many named bodies), fragmentation, names; only
    groups with at least two, the most split first.

    """
    import polars as pl

    rows = read_tables(build)
    units = {unit.iri: unit for unit in read_units(rows) if unit.kind == "task"}
    topics: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows["tasks"]:
        if row["groups"] and row["task"] in units:
            topics[row["document"], row["groups"]].append(row["task"])
    found = []
    for (document, topic), tasks in topics.items():
        load: dict[str, float] = defaultdict(float)
        names: dict[str, str] = {}
        for task in tasks:
            named = [lead for lead in units[task].leads if lead.form == "agency"]
            for lead in named:
                load[lead.iri] += 1 / len(named)
                names[lead.iri] = lead.name
        total = sum(load.values())
        if len(load) >= 2:
            split = round(1 - sum((each / total) ** 2 for each in load.values()), 3)
            listed = "; ".join(names[iri] for iri in sorted(load, key=lambda iri: (-load[iri], iri)))
            found.append((document, units[tasks[0]].plan.province, topic.rsplit(" > ", 1)[-1], len(tasks), len(load), split, listed))
    found.sort(key=lambda each: (-each[5], each[0], each[2]))
    schema = {"plan": pl.String, "province": pl.String, "topic": pl.String, "tasks": pl.Int64, "leads": pl.Int64, "fragmentation": pl.Float64, "names": pl.String}
    return pl.DataFrame(found, schema=schema, orient="row")
