"""Fold tasks away: edges from plans to agencies, weighted by how many tasks and duties stand behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viz.model import ASSIGNED_ROLES, Graph


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedEdge:
    """``weight`` assignments of one ``role`` from ``plan`` to ``agency``; ``inferred`` only where all of them are."""

    plan: Any
    agency: Any
    role: str
    weight: int
    inferred: bool


def task_plans(graph: Graph) -> dict[Any, Any]:
    """The plan of each task."""
    return {task: plan for plan, task, role in graph.edges(data="role") if role == "contains"}


def fold_edges(graph: Graph, *, tasks: bool) -> list[FoldedEdge]:
    """The edges plan → agency: of tasks and duties if ``tasks``, else of the duties in prose alone.

    Ordered by role (the strongest last), plan and agency.
    """
    plans = task_plans(graph)
    weights: dict[tuple[Any, Any, str], list[bool]] = {}
    for start, agency, facts in graph.edges(data=True):
        role = facts["role"]
        if role not in ASSIGNED_ROLES or (start in plans and not tasks):
            continue
        weights.setdefault((plans.get(start, start), agency, role), []).append(bool(facts.get("inferred")))
    folded = (
        FoldedEdge(plan=plan, agency=agency, role=role, weight=len(marks), inferred=all(marks))
        for (plan, agency, role), marks in weights.items()
    )
    return sorted(folded, key=lambda edge: (ASSIGNED_ROLES.index(edge.role), str(edge.plan), str(edge.agency)))
