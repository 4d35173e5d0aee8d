"""How much of a national decision each plan takes up, what it adds, and what can be said where the decision was not read.

Coverage is a pair of bounds: *sure* counts the alignments that hold, *possible* the queued ones, too. METHODS D7.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.analysis.alignment import FEWEST_TASKS, holds
from kg.analysis.similarity import Comparison, comparable
from kg.analysis.units import Plan, Unit, read_plans, read_tables, read_units
from kg.building.frames import table
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
        build: the folder of a build, whose table ``alignments`` says which task takes up which.
        status: a person's word by id of alignment, where it is not that of the table.

    Returns: a row a plan and decision: plan, province, decision, tasks, applicable, sure, possible, coverage_low, coverage_high,
    depth, added, unsure, copied, localised, missing (the applicable national tasks that not even a queued one takes up).
    Empty where nothing can be computed: ask ``why_not_computable``.

    """
    import polars as pl

    found = _cover(build, status or {})
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


class _Aligned(NamedTuple):
    """A row of the table ``alignments``, with the person's word on it."""

    id: str
    task: str
    plan: str
    decision: str
    national: str | None
    outcome: str
    containment: float
    origin: str
    status: str

    @property
    def holds(self) -> bool:
        return holds(self.outcome, self.status)


def _cover(build: str | Path, status: Mapping[str, str]) -> list[Coverage]:
    import polars as pl

    rows = table(build, "alignments").select(_Aligned._fields).iter_rows()
    by_pair: dict[tuple[str, str], list[_Aligned]] = defaultdict(list)
    for each in map(_Aligned._make, rows):
        by_pair[each.plan, each.decision].append(each._replace(status=status.get(each.id, each.status)))
    if not by_pair:
        return []
    plans = read_plans(table(build, "documents").to_dicts())
    roles = table(build, "assignments").select("task", "role", "kind", "form")
    provincial = asked_of_provinces(roles)
    tasks = table(build, "tasks").select("task", "document", "start_year", "end_year", "recurrence", "product", "funding")
    applicable = {str(decision): [task for task in own["task"] if task in provincial] for (decision,), own in tasks.group_by("document", maintain_order=True)}
    depths = _depths(tasks, set(roles.filter((pl.col("role").is_in(["lead", "responsible"])) & (pl.col("form") == "agency"))["task"]))
    return [_cover_plan(own, (plans[plan], plans[decision]), applicable[decision], depths) for (plan, decision), own in by_pair.items()]


def asked_of_provinces(roles: pl.DataFrame) -> set[str]:
    """Give the tasks that are given, in any working role, to a group that comprises every province; ``roles``: task, role, kind."""
    import polars as pl

    nationwide = [slug for slug, kind in load_registry().kinds.items() if kind.nationwide]
    return set(roles.filter(pl.col("kind").is_in(nationwide) & pl.col("role").is_in(_WORKING))["task"])


def _depths(tasks: pl.DataFrame, led: set[str]) -> dict[str, float]:
    """Give how much each task says: a lead named, a product, a time, funding, each a quarter."""
    import polars as pl

    said = [
        pl.col("task").is_in(list(led)), pl.col("product").fill_null("") != "",
        pl.any_horizontal(pl.col("start_year", "end_year").is_not_null()) | (pl.col("recurrence").fill_null("") != ""), pl.col("funding").fill_null("") != "",
    ]  # fmt: skip
    return dict(tasks.select("task", (pl.sum_horizontal(each.cast(pl.Float64) for each in said) / 4).alias("depth")).iter_rows())


def _cover_plan(own: Sequence[_Aligned], pair: tuple[Plan, Plan], applicable: Sequence[str], depth_of: Mapping[str, float]) -> Coverage:
    wanted = set(applicable)
    held = [each for each in own if each.holds and each.national]
    waiting = [each for each in own if each.outcome == "queued" and not each.holds and each.status != "rejected"]
    sure = {each.national for each in held if each.national} & wanted
    possible = sure | {each.national for each in waiting if each.national} & wanted
    depths = [depth_of[each.task] for each in held]
    localised = [1 - each.containment for each in held]
    return Coverage(
        plan=pair[0], decision=pair[1], tasks=len(own), applicable=len(wanted), sure=len(sure), possible=len(possible),
        depth=round(sum(depths) / len(depths), 3) if depths else None,
        added=len(own) - len(held) - len(waiting), unsure=len(waiting),
        copied=sum(each.origin == "copied" for each in held),
        localised=round(sum(localised) / len(localised), 3) if localised else None,
        missing=tuple(task for task in applicable if task not in possible),
    )  # fmt: skip


def why_not_computable(build: str | Path, plans: Collection[str] | None = None) -> WhyNot | None:
    """Tell why nothing can be said about national tasks; ``None`` where something can.

    For a question whose answer is empty: it is empty because nothing was found, or because the decision was not read. ``plans`` are the
    plans asked about, by default all.
    """
    read = read_plans(table(build, "documents").to_dicts())
    tasks = Counter(table(build, "tasks")["document"].to_list())
    asked = [iri for iri in tasks if plans is None or iri in plans]
    carried = sorted({decision for iri in asked for decision in read[iri].implements})
    if not asked:
        return WhyNot("Không có nhiệm vụ nào đọc được từ bảng.", "No task of a table was read.")
    if not carried:
        return WhyNot(
            "Không kế hoạch nào ở đây nêu hoặc suy ra được quyết định mà nó triển khai.",
            "No plan here names, or lets infer, the decision that it carries out.",
        )
    if any(tasks[decision] >= FEWEST_TASKS for decision in carried):
        return None
    numbers = dict(table(build, "citations").select("cited", "cited_number").drop_nulls().iter_rows())
    names = ", ".join(numbers.get(decision) or decision.rsplit("/", 1)[-1] for decision in carried)
    return WhyNot(
        f"Chưa tính được: văn bản được triển khai ({names}) không có trong kho, hoặc không đọc được bảng nhiệm vụ của nó; hãy thêm tệp rồi dựng lại. "
        "Thay vào đó có thể so các kế hoạch với nhau.",
        f"Not computable: the text of the decision ({names}) is not in the corpus, or its task table could not be read; add the file and build again. "
        "Plans can be compared with each other instead.",
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
