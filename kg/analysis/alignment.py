"""Which national task a plan's task carries out, by its words; and how much of a decision a plan covers.

A task is set beside every task of each decision that its plan carries out. It is *accepted* where the nearest is near
enough and clearly nearer than the second, *queued* for a person where one comes near, else it has *none*: a local addition.
Codes never decide: provinces number anew. METHODS D7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.analysis.similarity import Comparison, comparable
from kg.analysis.units import Unit, read_tables, read_units
from kg.analysis.verbs import head_verbs
from kg.analysis.wording import runs

if TYPE_CHECKING:
    import polars as pl

ACCEPT = 0.50
MARGIN = 0.15
QUEUE = 0.25
COPIED = 0.80
"""Containment of a task's three-syllable runs in the national task from which it is called copied, if no verb is new."""
FEWEST_TASKS = 3
"""A decision of which less was read has no list of tasks to align with."""

Outcome = Literal["accepted", "queued", "none"]


def holds(outcome: str, status: str) -> bool:
    """Tell whether an alignment counts: confirmed by a person, or accepted by machine and not rejected."""
    return status == "confirmed" or (outcome == "accepted" and status != "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A task and the national task nearest to it; ``national`` is ``None`` where none comes near.

    ``score`` is the cosine, ``second`` that of the runner-up, ``containment`` the share of the task's runs that the national
    task has; ``origin`` copied, adapted or added: a task that opens with a verb which the national one does not open with
    ("Triển khai" for "Nghiên cứu, thí điểm") is adapted, however like the rest. ``status`` is a person's word on it.
    """

    id: str
    task: Unit
    decision: str
    national: Unit | None
    outcome: Outcome
    score: float
    second: float
    containment: float
    origin: Literal["copied", "adapted", "added"]
    status: str

    @property
    def holds(self) -> bool:
        """Whether the task counts as carrying out the national task."""
        return holds(self.outcome, self.status)


def align(build: str | Path, status: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Align the tasks of a build's plans with the tasks of the decisions they carry out.

    Args:
        build: the folder of a build.
        status: a person's word by id of alignment: confirmed, rejected, justified; the rest is unreviewed.

    Returns: a row a task and decision: id, task, task_code, task_name, plan, province, decision, national, national_code,
    national_name, outcome, score, second, containment, origin, status. Empty where no decision's text is in the build:
    ``why_not_computable`` says so.

    """
    return alignment_frame(align_units(read_units(read_tables(build)), status))


def align_units(units: Sequence[Unit], status: Mapping[str, str] | None = None) -> tuple[Alignment, ...]:
    """Align units; the rarity of words is that among all tasks and duties given."""
    tasks: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        if unit.kind == "task":
            tasks[unit.plan.iri].append(at)
    wanted = [
        (own, tasks[decision], decision)
        for own in tasks.values()
        for decision in units[own[0]].plan.implements
        if len(tasks.get(decision, ())) >= FEWEST_TASKS and decision != units[own[0]].plan.iri
    ]
    if not wanted:
        return ()
    comparison = Comparison(comparable([unit.wording for unit in units]))
    return tuple(each for pair in wanted for each in _align_plan(units, comparison, pair, status or {}))


def _align_plan(
    units: Sequence[Unit], comparison: Comparison, pair: tuple[list[int], list[int], str], status: Mapping[str, str]
) -> Iterable[Alignment]:
    import numpy as np

    own, national, decision = pair
    first = np.repeat(np.array(own, dtype=np.int64), len(national))
    second = np.tile(np.array(national, dtype=np.int64), len(own))
    scores = comparison.score(first, second)
    cosine = scores.cosine.reshape(len(own), -1)
    for at, row in zip(own, cosine, strict=True):
        order = np.lexsort((np.arange(len(row)), -row))
        best, score, runner_up = units[national[order[0]]], float(row[order[0]]), float(row[order[1]])
        yield _judge(units[at], decision, best, (round(score, 3), round(runner_up, 3)), status)


def _judge(task: Unit, decision: str, best: Unit, scores: tuple[float, float], status: Mapping[str, str]) -> Alignment:
    score, second = scores
    outcome: Outcome = "accepted" if score >= ACCEPT and score - second >= MARGIN else "queued" if score >= QUEUE else "none"
    contained = round(containment(task.wording.whole, best.wording.whole), 3)
    own_id = alignment_id(task.iri, decision if outcome == "none" else best.iri)
    origin: Literal["copied", "adapted", "added"] = (
        "added" if outcome == "none" else "copied" if contained >= COPIED and _has_no_new_verb(task, best) else "adapted"
    )
    return Alignment(
        id=own_id, task=task, decision=decision, national=None if outcome == "none" else best, outcome=outcome,
        score=score, second=second, containment=contained, origin=origin, status=status.get(own_id, "unreviewed"),
    )  # fmt: skip


def _has_no_new_verb(task: Unit, national: Unit) -> bool:
    source = head_verbs(national.text)
    return not source or head_verbs(task.text) <= source


def containment(text: str, source: str) -> float:
    """Give the share of a text's three-syllable runs that the source has; 0 for a text without any.

    >>> containment("thuc day mua sam cong xanh", "ho tro thuc day mua sam cong xanh")
    1.0
    """
    own = set(runs(text, 3))
    return len(own & set(runs(source, 3))) / len(own) if own else 0.0


def alignment_id(task: str, national: str) -> str:
    """Give the stable id of the question whether a task carries out a national task (or anything of a decision)."""
    from kg.graph.iris import short_hash

    return f"alignment/{short_hash(task, national, length=12)}"


def alignment_rows(alignments: Iterable[Alignment]) -> list[tuple[str | float | None, ...]]:
    """Give the rows of the table ``alignments``."""
    return [
        (
            each.id, each.task.iri, each.task.code, each.task.text, each.task.plan.iri, each.task.plan.province, each.decision,
            *((each.national.iri, each.national.code, each.national.text) if each.national else (None, None, None)),
            each.outcome, each.score, each.second, each.containment, each.origin, each.status,
        )
        for each in alignments
    ]  # fmt: skip


ALIGNMENT_COLUMNS = (
    "id", "task", "task_code", "task_name", "plan", "province", "decision", "national", "national_code", "national_name",
    "outcome", "score", "second", "containment", "origin", "status",
)  # fmt: skip
_NUMBERS = frozenset({"score", "second", "containment"})


def alignment_frame(alignments: Iterable[Alignment]) -> pl.DataFrame:
    """Give alignments as a polars frame."""
    import polars as pl

    schema = {name: pl.Float64 if name in _NUMBERS else pl.String for name in ALIGNMENT_COLUMNS}
    return pl.DataFrame(alignment_rows(alignments), schema=schema, orient="row")
