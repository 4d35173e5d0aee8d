"""How much of a national decision each plan takes up, what it adds, and what can be said where the decision was not read.

Coverage is a pair of bounds: *sure* counts the alignments that hold, *possible* the queued ones, too. METHODS D7.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.analysis.alignment import Alignment, align_units, decisions_with_tasks
from kg.analysis.similarity import Comparison, comparable
from kg.analysis.units import Plan, Unit, read_tables, read_units
from kg.resolution.registry import load_registry

if TYPE_CHECKING:
    import polars as pl

_WORKING = ("lead", "partner", "responsible")
SHARED_TASK = 0.60
"""Score from which two plans are said to share a task; docs/decisions/0013-similarity.md."""


class WhyNot(NamedTuple):
    """Why a question about a decision has no answer here, in both languages."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One plan beside one decision. Shares are in [0, 1]; ``None`` where nothing is counted.

    ``applicable`` are the national tasks given (lead, partner or responsible) to a group that comprises every province
    (``mg:comprisesNationally``), ``sure`` and ``possible`` those taken up; ``depth`` the mean of (lead named, product, time, funding) over the tasks that take one up; ``added`` tasks with no national
    one, ``unsure`` those that wait for a person; ``localised`` the mean share of own words over the tasks that are aligned;
    ``missing`` the applicable national tasks that are not even possible, in the decision's order.
    """

    plan: Plan
    decision: Plan
    tasks: int
    applicable: int
    sure: int
    possible: int
    depth: float | None
    added: int
    unsure: int
    copied: int
    localised: float | None
    missing: tuple[str, ...]

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The lowest and the highest share of applicable national tasks that the plan takes up."""
        if not self.applicable:
            return (None, None)
        return (round(self.sure / self.applicable, 3), round(self.possible / self.applicable, 3))


def coverage(build: str | Path, status: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Measure what each plan of a build takes up of each decision that it carries out and that was read.

    Args:
        build: the folder of a build.
        status: a person's word by id of alignment, instead of those that the build replayed.

    Returns: a row a plan and decision: plan, province, decision, tasks, applicable, sure, possible, coverage_low, coverage_high,
    depth, added, unsure, copied, localised, missing (the applicable national tasks that not even a queued one takes up).
    Empty where nothing can be computed: ask ``why_not_computable``.

    """
    import polars as pl

    rows = read_tables(build)
    found = cover(read_units(rows), rows["assignments"], _replayed(build) if status is None else status)
    columns = (
        "plan", "province", "decision", "tasks", "applicable", "sure", "possible", "coverage_low", "coverage_high", "depth",
        "added", "unsure", "copied", "localised", "missing",
    )  # fmt: skip
    decimal = {"coverage_low", "coverage_high", "depth", "localised"}
    text = {"plan", "province", "decision"}
    schema: dict[str, pl.DataType] = {name: pl.String() if name in text else pl.Float64() if name in decimal else pl.Int64() for name in columns}
    schema["missing"] = pl.List(pl.String)
    values = [
        (c.plan.iri, c.plan.province, c.decision.iri, c.tasks, c.applicable, c.sure, c.possible, *c.bounds, c.depth, c.added, c.unsure, c.copied, c.localised, list(c.missing))
        for c in found
    ]  # fmt: skip
    return pl.DataFrame(values, schema=schema, orient="row")


def _replayed(build: str | Path) -> dict[str, str]:
    """Give the words of people that stand in a build, by id of alignment."""
    import polars as pl

    path = Path(build) / "tables" / "alignments.parquet"
    return dict(pl.read_parquet(path, columns=["id", "status"]).iter_rows()) if path.is_file() else {}


def cover(units: Sequence[Unit], assignments: Iterable[Mapping[str, object]], status: Mapping[str, str] | None = None) -> tuple[Coverage, ...]:
    """Measure coverage from units and the rows of the assignments (they tell which tasks name the provinces)."""
    nationwide = {slug for slug, kind in load_registry().kinds.items() if kind.nationwide}
    provincial = {str(row["task"]) for row in assignments if row["kind"] in nationwide and row["role"] in _WORKING}
    national: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.kind == "task":
            national[unit.plan.iri].append(unit)
    decisions = decisions_with_tasks(units)
    by_pair: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
    for each in align_units(units, status):
        by_pair[each.task.plan.iri, each.decision].append(each)
    return tuple(
        _cover_plan(own, decisions[decision], [unit for unit in national[decision] if unit.iri in provincial])
        for (_, decision), own in by_pair.items()
    )


def _cover_plan(own: Sequence[Alignment], decision: Plan, applicable: Sequence[Unit]) -> Coverage:
    wanted = {unit.iri for unit in applicable}
    held = [each for each in own if each.holds and each.national]
    waiting = [each for each in own if each.outcome == "queued" and not each.holds and each.status != "rejected"]
    sure = {each.national.iri for each in held if each.national} & wanted
    possible = sure | {each.national.iri for each in waiting if each.national} & wanted
    depths = [_depth(each.task) for each in held]
    localised = [1 - each.containment for each in held]
    return Coverage(
        plan=own[0].task.plan, decision=decision, tasks=len(own), applicable=len(wanted), sure=len(sure), possible=len(possible),
        depth=round(sum(depths) / len(depths), 3) if depths else None,
        added=len(own) - len(held) - len(waiting), unsure=len(waiting),
        copied=sum(each.origin == "copied" for each in held),
        localised=round(sum(localised) / len(localised), 3) if localised else None,
        missing=tuple(unit.iri for unit in applicable if unit.iri not in possible),
    )  # fmt: skip


def _depth(task: Unit) -> float:
    named = any(lead.form == "agency" for lead in task.leads)
    return (named + bool(task.product) + task.has_time + task.has_funding) / 4


def why_not_computable(build: str | Path) -> WhyNot | None:
    """Tell why nothing can be said about national tasks; ``None`` where something can.

    For a question whose answer is empty: it is empty because nothing was found, or because the decision was not read.
    """
    return why_not(read_units(read_tables(build)))


def why_not(units: Sequence[Unit]) -> WhyNot | None:
    """Tell why no plan among the units can be set beside its decision; ``None`` where one can."""
    tasks = {unit.plan.iri: unit.plan for unit in units if unit.kind == "task"}
    carried = sorted({decision for plan in tasks.values() for decision in plan.implements})
    if not tasks:
        return WhyNot("Kho không có nhiệm vụ nào đọc được từ bảng.", "No task of a table was read.")
    if not carried:
        return WhyNot(
            "Không kế hoạch nào trong kho nêu hoặc suy ra được quyết định mà nó triển khai.",
            "No plan in the corpus names, or lets infer, the decision that it carries out.",
        )
    readable = decisions_with_tasks(units)
    if any(decision in readable for decision in carried):
        return None
    names = ", ".join(decision.rsplit("/", 1)[-1] for decision in carried)
    return WhyNot(
        f"Chưa tính được: văn bản quyết định ({names}) không có trong kho, hoặc không đọc được bảng nhiệm vụ của nó; hãy thêm tệp rồi dựng lại. "
        "Thay vào đó có thể so các kế hoạch với nhau (shared_tasks).",
        f"Not computable: the text of the decision ({names}) is not in the corpus, or its task table could not be read; add the file and build again. "
        "Plans can be compared with each other instead (shared_tasks).",
    )


def shared_tasks(build: str | Path) -> pl.DataFrame:
    """Compare plans of different provinces by the tasks they share: what stands for coverage where the decision was not read.

    Likeness between provinces is common origin, never duplication. A task has at most one counterpart in the other plan.
    Returns: first, second (tasks), first_plan, second_plan, first_province, second_province, score; the likest first.

    """
    import polars as pl

    names = ("first", "second", "first_plan", "second_plan", "first_province", "second_province", "score")
    schema = {name: pl.Float64 if name == "score" else pl.String for name in names}
    rows = [
        (a.iri, b.iri, a.plan.iri, b.plan.iri, a.plan.province, b.plan.province, round(score, 3))
        for a, b, score in common_origin(read_units(read_tables(build)))
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def common_origin(units: Sequence[Unit]) -> list[tuple[Unit, Unit, float]]:
    """Pair the tasks of plans of different provinces, best pair first, a task at most once for each two plans."""
    tasks = [unit for unit in units if unit.kind == "task" and unit.plan.province]
    first, second, scores = Comparison(comparable([unit.wording for unit in tasks])).pairs(SHARED_TASK)
    order = sorted(range(len(first)), key=lambda at: (-scores.whole[at], first[at], second[at]))
    taken: set[tuple[int, str]] = set()
    found: list[tuple[Unit, Unit, float]] = []
    for at in order:
        one, other = int(first[at]), int(second[at])
        a, b = tasks[one], tasks[other]
        keys = {(one, b.plan.iri), (other, a.plan.iri)}
        if a.plan.province == b.plan.province or taken & keys:
            continue
        taken |= keys
        found.append((a, b, float(scores.whole[at])))
    return found
