"""The work that several provinces share: what the explorer sets beside each other, province by province.

Reads: the alignment that the report of comparison uses (:mod:`kg.analysis.shared`), and the rows of a build's tables as the explorer
numbers them. Gives: the part ``shared`` of its payload (:mod:`viz.explorer_page`). A task of a national decision that some plan
takes up stands there with all tasks of that decision, so that those which nobody takes up are seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.analysis.coverage import asked_of_provinces
from kg.analysis.shared import SAID, aligned_tasks
from kg.building.frames import table

Records = list[dict[str, Any]]


def shared_payload(build: Path, tasks: Records, docs: Mapping[str, int], rows: Mapping[str, int]) -> dict[str, Any]:
    """Give the shared tasks as columns.

    Args:
        build: folder of the build.
        tasks: rows of the table.
        docs: row of each document.
        rows: row of each task.
    """
    from kg.analysis.comparison import identical_names
    from kg.analysis.facts import read_facts

    frame, source = aligned_tasks(build, len(tasks)) or (identical_names(read_facts(build)), "names")
    groups: dict[str, list[int]] = {}
    for task, shared in frame.select("task", "shared").rows():
        if task in rows:
            groups.setdefault(shared, []).append(rows[task])
    own = {shared: rows[shared] for shared in groups if source == "decisions" and shared in rows}
    decisions = {tasks[at]["document"] for at in own.values()}
    for task in tasks:
        if task["document"] in decisions:
            own.setdefault(task["task"], rows[task["task"]])
            groups.setdefault(task["task"], [])

    provincial = asked_of_provinces(table(build, "assignments"))

    def home(shared: str) -> int:
        return own.get(shared, min(groups[shared], default=-1))

    order = sorted(groups, key=lambda shared: (shared not in own, home(shared) if shared in own else -len(groups[shared]), shared))
    return {
        "by": list(SAID[source]),
        "label": [" ".join(filter(None, (tasks[home(shared)]["code"], tasks[home(shared)]["name"]))) for shared in order],
        "doc": [docs[tasks[own[shared]]["document"]] if shared in own else -1 for shared in order],
        "asked": [int(shared not in own or shared in provincial) for shared in order],
        "own": [own.get(shared, -1) for shared in order],
        "tasks": [sorted(groups[shared]) for shared in order],
    }  # fmt: skip
