"""Which tasks of several plans are one work: what provinces can be compared over.

Reads: a build. Gives: a frame ``task, shared`` (which national or common task a task carries out) and where that is from.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import polars as pl

from kg.analysis.alignment import holds

Source = Literal["decisions", "wording", "names"]
SAID: Mapping[Source, tuple[str, str]] = {
    "decisions": ("đối chiếu với nhiệm vụ của quyết định trung ương", "alignment with the tasks of national decisions"),
    "wording": ("nhiệm vụ giống nhau theo lời văn, vì kho chưa có văn bản quyết định", "tasks alike by wording, for the decision's text is not in the build"),
    "names": ("chỉ những nhiệm vụ có tên giống hệt nhau", "tasks of the very same name only"),
}
"""Where an alignment is from, in Vietnamese and English."""
FEW_TASKS = 3_000
"""Tasks above which plans are not set beside each other by wording while a reader waits: only tasks of the same name are shared then."""


def aligned_tasks(build: Path, tasks: int) -> tuple[pl.DataFrame, Source] | None:
    """Give the alignment of a build of so many tasks: with national decisions, else by wording; ``None`` where neither gives any."""
    found = _by_decisions(build)
    if found is not None:
        return found, "decisions"
    found = _by_wording(build) if tasks <= FEW_TASKS else None
    return None if found is None else (found, "wording")


def _by_decisions(build: Path) -> pl.DataFrame | None:
    path = build / "tables" / "alignments.parquet"
    if not path.is_file():
        return None
    rows = pl.read_parquet(path, columns=["task", "national", "outcome", "status"]).iter_rows()
    held = sorted({(task, national) for task, national, outcome, status in rows if national is not None and holds(outcome, status)})
    return pl.DataFrame(held, schema={"task": pl.String, "shared": pl.String}, orient="row") if held else None


def _by_wording(build: Path) -> pl.DataFrame | None:
    """Tasks of several provinces that are alike one to one, put together over all provinces."""
    import networkx as nx

    from kg.analysis.coverage import shared_tasks

    graph = nx.Graph(shared_tasks(build).select("first", "second").rows())
    rows = sorted((task, min(tasks)) for tasks in nx.connected_components(graph) for task in tasks)
    return pl.DataFrame(rows, schema={"task": pl.String, "shared": pl.String}, orient="row") if rows else None
