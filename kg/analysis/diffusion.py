"""Diffusion of responsibility (D4): how often nobody, a group, or several answer for one task.

Reads: ``Facts``. Gives: rates a place, with Wilson intervals; the tasks behind them; fragmentation by topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import polars as pl

from kg.analysis.constants import WILSON_Z
from kg.analysis.facts import OPEN, Facts
from kg.analysis.load import leads


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """``count`` of ``total``, with its 95 % Wilson interval; everything is 0 to 1, ``None`` where the total is 0."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """The rate."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Give both ends of the Wilson interval.

        >>> [round(end, 2) for end in Rate(6, 10).interval]
        [0.31, 0.83]
        """
        if not self.total:
            return None
        n, p, z2 = self.total, self.count / self.total, WILSON_Z**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = WILSON_Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diffusion:
    """The rates of one place; ``topics`` is Frag(p), ``None`` where its tasks are under no headings."""

    place: str
    single_named: Rate
    several: Rate
    group_only: Rate
    no_lead: Rate
    open_ended: Rate
    hands: float
    most_hands: int
    topics: float | None


def marked_name() -> pl.Expr:
    """Give the name of an agent, marked where it is only one of several heirs."""
    return pl.when("possible").then(pl.col("agent_name") + " (có thể)").otherwise("agent_name")


def task_leads(facts: Facts) -> pl.DataFrame:
    """Give each task with what its leads are: task, place, …, leads, named, single (every unit has one named lead), hands, diffusion D(t).

    ``hands`` counts the agents of all roles; ``several`` only undivided tasks, and as of a date only leads that are certain.
    """
    lead = facts.roles.filter(pl.col("role") == "lead")
    name = marked_name()
    by_unit = lead.group_by("unit").agg(
        pl.col("agent").n_unique().alias("leads"), pl.col("agent").filter(pl.col("form") == "agency").n_unique().alias("named"), pl.col("agent").filter(~pl.col("possible")).n_unique().alias("certain"), name.unique(maintain_order=True).alias("lead_names")
    )
    units = facts.units.select("unit", "task", "is_part").join(by_unit, on="unit", how="left", maintain_order="left").with_columns(pl.col("leads", "named", "certain").fill_null(0))
    tasks = units.group_by("task", maintain_order=True).agg(
        pl.col("is_part").any().alias("split"),
        ((pl.col("leads") == 1) & (pl.col("named") == 1)).all().alias("single"),
        pl.col("certain").max().alias("most_leads"), pl.col("leads").sum().alias("leads"), pl.col("named").sum().alias("named"), pl.col("lead_names").explode().drop_nulls().unique(maintain_order=True),
    )  # fmt: skip
    hands = facts.roles.group_by("task").agg(pl.col("agent").n_unique().alias("hands"), pl.col("agent").filter((pl.col("role") == "partner") & (pl.col("form") != OPEN)).n_unique().alias("partners"))
    shares = leads(facts).group_by("task", "agent").agg(pl.col("w").sum()).group_by("task").agg((1 - (pl.col("w") ** 2).sum()).alias("diffusion"))
    return (
        facts.tasks.select("task", "document", "place", "place_name", "position", "code", "groups", "name", "quote")
        .join(tasks, on="task", how="left", maintain_order="left").join(hands, on="task", how="left", maintain_order="left").join(shares, on="task", how="left", maintain_order="left")
        .with_columns(pl.col("hands", "partners").fill_null(0))
        .with_columns(
            (~pl.col("split") & (pl.col("most_leads") >= 2)).alias("several"),
            ((pl.col("leads") > 0) & (pl.col("named") == 0)).alias("group_only"),
            (pl.col("leads") == 0).alias("no_lead"),
        )
        .sort("document", "position")
    )  # fmt: skip


def topic_fragmentation(facts: Facts) -> pl.DataFrame:
    """Give Frag(k) of each topic: place, topic (the outermost heading), tasks, leads, fragmentation; tasks under no heading are left out."""
    topics = facts.tasks.filter(pl.col("groups").is_not_null()).select("task", pl.concat_str("document", pl.lit("\n"), pl.col("groups").str.split(" > ").list.first()).alias("key"))
    sums = leads(facts).join(topics, on="task", how="inner").group_by("place", "place_name", "key", "agent").agg(pl.col("w").sum(), pl.col("task").unique())
    share = pl.col("w") / pl.col("w").sum()
    return (
        sums.group_by("place", "place_name", "key").agg(pl.col("task").explode().n_unique().alias("tasks"), pl.len().alias("leads"), (1 - (share**2).sum()).alias("fragmentation"))
        .with_columns(pl.col("key").str.split("\n").list.last().alias("topic"))
        .sort("place", "key").drop("key")
    )  # fmt: skip


def diffusion(facts: Facts) -> list[Diffusion]:
    """Give the rates of each place with tasks, sorted by place."""
    tasks = task_leads(facts)
    topics = topic_fragmentation(facts).group_by("place").agg(((pl.col("fragmentation") * pl.col("tasks")).sum() / pl.col("tasks").sum()).alias("f"))
    frag = dict(topics.rows())
    open_units = facts.roles.filter((pl.col("role") == "partner") & (pl.col("form") == OPEN)).group_by("place").agg(pl.col("unit").n_unique())
    opened, units = dict(open_units.rows()), dict(facts.units.group_by("place").agg(pl.len()).rows())
    sums = tasks.group_by("place").agg(
        pl.len(), *(pl.col(name).sum() for name in ("single", "several", "group_only", "no_lead")), pl.col("hands").mean().alias("mean"), pl.col("hands").max().alias("most")
    ).sort("place")
    return [
        Diffusion(
            place=place, single_named=Rate(single, n), several=Rate(several, n), group_only=Rate(group, n), no_lead=Rate(none, n),
            open_ended=Rate(opened.get(place, 0), units[place]), hands=mean, most_hands=most, topics=frag.get(place),
        )
        for place, n, single, several, group, none, mean, most in sums.rows()
    ]  # fmt: skip
