"""Workload (D1): what plans lay on each agency and group of a place, by several counting rules, whole and by year.

Reads: ``Facts``. Gives: frames with a row for each place and agent, sorted. Invariant: the fractional loads of a place sum to
the number of its tasks that have a lead (parts count for their share of a task).
"""

from __future__ import annotations

import polars as pl

from kg.analysis.constants import RANKED_UNITS, RHOS
from kg.analysis.facts import OPEN, Facts, horizon
from kg.resolution.registry import load_registry

AGENT = ["place", "agent"]


def rho_column(rho: float) -> str:
    """Give the name of the column of W_rho.

    >>> rho_column(0.25)
    'w_rho_25'
    """
    return f"w_rho_{round(100 * rho):02d}"


def leads(facts: Facts) -> pl.DataFrame:
    """Give each lead of each unit with ``w``, its part of a task: the weight of the unit, shared among its leads as written."""
    return facts.roles.filter(pl.col("role") == "lead").with_columns((pl.col("weight") * pl.col("share") / pl.col("among")).alias("w"))


def load(facts: Facts) -> pl.DataFrame:
    """Give the load of every agent that bears a role.

    Columns: place, agent, agent_name, form, kind; tasks_led (W_full: each task once that it leads, or may have inherited), possible
    (for how many of these it is only one of several heirs), w_frac, w_rho_00/25/50, share (of W_frac), tasks_partner, w_partner, coordination C(a), partners (distinct, open groups left out), duties, reports_out, reports_in, undated (tasks led
    that name no year), task_years, peak_year (the first of equals), peak, documents, rank (by W_frac; null for an open group and
    where the place has fewer than ``RANKED_UNITS`` units); equals share a rank.
    """
    partner = facts.roles.filter(pl.col("role") == "partner")
    led = leads(facts).group_by(AGENT).agg(
        pl.col("task").n_unique().alias("tasks_led"), (pl.col("task").n_unique() - pl.col("task").filter(~pl.col("possible")).n_unique()).alias("possible"), pl.col("w").sum().alias("w_frac")
    )
    helped = partner.group_by(AGENT).agg(pl.col("task").n_unique().alias("tasks_partner"), (pl.col("weight") * pl.col("share").clip(upper_bound=1.0)).sum().alias("w_partner"))
    charged = facts.duties.filter(pl.col("role") != "partner").group_by(AGENT).agg(pl.col("unit").n_unique().alias("duties"))
    named_in = pl.concat([facts.roles.select("document", *AGENT), facts.duties.select("document", *AGENT)])
    frame = facts.agents
    for each in (led, helped, charged, coordination(facts), named_in.group_by(AGENT).agg(pl.col("document").n_unique().alias("documents")), _peaks(facts)):
        frame = frame.join(each, on=AGENT, how="left", maintain_order="left")
    for end, column in (("sender", "reports_out"), ("receiver", "reports_in")):
        counted = facts.reports.group_by("place", pl.col(end).alias("agent_name")).agg(pl.col("reporting").n_unique().alias(column))
        frame = frame.join(counted, on=["place", "agent_name"], how="left", maintain_order="left")
    counts = ("tasks_led", "possible", "tasks_partner", "coordination", "partners", "duties", "reports_out", "reports_in", "undated", "documents")
    frame = frame.with_columns(*(pl.col(name).fill_null(0).cast(pl.Int64) for name in counts), *(pl.col(name).fill_null(0.0) for name in ("w_frac", "w_partner", "task_years", "peak")))
    total = pl.col("w_frac").sum().over("place")
    frame = frame.with_columns(
        pl.when(total > 0).then(pl.col("w_frac") / total).otherwise(0.0).alias("share"),
        *((pl.col("w_frac") + rho * pl.col("w_partner")).alias(rho_column(rho)) for rho in RHOS),
    )
    return _ranked(frame, facts).sort("place", pl.col("form") == OPEN, -pl.col("w_frac").round(9), -pl.col("tasks_led"), -pl.col("w_partner").round(9), "agent_name", "agent")


def _ranked(frame: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    units = facts.units.group_by("place").agg(pl.len().alias("units_of_place"))
    ranked = (pl.col("form") != OPEN) & (pl.col("tasks_led") > 0) & (pl.col("units_of_place") >= RANKED_UNITS)
    load_if = pl.when(ranked).then(pl.col("w_frac").round(9))
    return frame.join(units, on="place", how="left", maintain_order="left").with_columns(
        load_if.rank("min", descending=True).over("place").cast(pl.Int64).alias("rank")
    )


def coordination(facts: Facts) -> pl.DataFrame:
    """Give C(a), what a lead must hold together: the partners of its units, open groups left out; and how many differ."""
    partner = facts.roles.filter((pl.col("role") == "partner") & (pl.col("form") != OPEN)).select("unit", pl.col("agent").alias("partner"))
    pairs = facts.roles.filter(pl.col("role") == "lead").select(*AGENT, "unit").join(partner, on="unit", how="inner")
    pairs = pairs.filter(pl.col("agent") != pl.col("partner"))
    return pairs.group_by(AGENT).agg(pl.struct("unit", "partner").n_unique().alias("coordination"), pl.col("partner").n_unique().alias("partners"))


def dated_units(facts: Facts) -> pl.DataFrame:
    """Give the units that name a year, with ``from`` and ``to``.

    An open end runs to the end of the plan, an open beginning from the plan's first year or that of its issue; where a plan names none, it has begun, or runs on, as far
    as the years of the build go (``Facts.horizon``): a report of one province counts what that of all counts.
    """
    period = facts.documents.select("document", "first", "last")
    units = facts.units.join(period, on="document", how="left", maintain_order="left").filter(pl.col("start").is_not_null() | pl.col("end").is_not_null())
    earliest, latest = (pl.lit(year, dtype=pl.Int64) for year in facts.horizon or horizon(facts.documents, facts.units) or (None, None))
    begin = pl.coalesce("start", pl.min_horizontal(pl.coalesce("first", earliest), "end"))
    finish = pl.coalesce("end", pl.max_horizontal(pl.coalesce("last", latest), "start"))
    return units.with_columns(begin.alias("from"), finish.alias("to"))


def load_by_year(facts: Facts) -> pl.DataFrame:
    """Give W(a, y) for each place, agent and year: tasks_led and w_frac; undated units are not in it."""
    dated = dated_units(facts).filter(pl.col("from") <= pl.col("to")).select("unit", pl.int_ranges("from", pl.col("to") + 1).alias("year")).explode("year")
    running = leads(facts).join(dated, on="unit", how="inner")
    return (
        running.group_by("place", "agent", "agent_name", "form", "year")
        .agg(pl.col("task").n_unique().cast(pl.Int64).alias("tasks_led"), pl.col("w").sum().alias("w_frac"))
        .sort("place", pl.col("form") == OPEN, "agent_name", "agent", "year")
    )  # fmt: skip


def _peaks(facts: Facts) -> pl.DataFrame:
    years = load_by_year(facts).with_columns(pl.col("w_frac").round(9))
    top = years.sort("place", "agent", -pl.col("w_frac"), "year").group_by(AGENT, maintain_order=True).agg(
        pl.col("year").first().alias("peak_year"), pl.col("w_frac").first().alias("peak"), pl.col("w_frac").sum().alias("task_years")
    )
    silent = facts.units.filter(pl.col("start").is_null() & pl.col("end").is_null()).select("unit")
    undated = leads(facts).join(silent, on="unit", how="semi").group_by(AGENT).agg(pl.col("task").n_unique().alias("undated"))
    return top.join(undated, on=AGENT, how="full", coalesce=True)


def scenario_rows(facts: Facts) -> pl.DataFrame:
    """Give the leads under the three readings of a group: scenario, place, agent, agent_name, form, kind, unit, w.

    ``not-expanded``: the group is its own agent. ``shared``: its members share its part of the unit alike. ``full``: each
    member carries the group's whole part. A group without a roster stays its own agent in all three. A member that leads the
    unit by name as well ("nested") is counted once, for its own part; one that two groups hold, once for the larger part.
    """
    columns = ["place", "agent", "agent_name", "form", "kind", "unit", "w"]
    lead = leads(facts).select(columns)
    known = facts.rosters.select("place", pl.col("group").alias("agent")).unique()
    kept, grouped = lead.join(known, on=AGENT, how="anti", maintain_order="left"), lead.join(known, on=AGENT, how="semi", maintain_order="left")
    roster = facts.rosters.select("place", "size", pl.col("group").alias("agent"), pl.col("member").alias("by"), "member_name", pl.col("kind").alias("member_kind"))
    members = grouped.join(roster, on=AGENT, how="inner").join(lead.select("unit", pl.col("agent").alias("by")), on=["unit", "by"], how="anti")
    members = members.select(
        "place", pl.col("by").alias("agent"), pl.col("member_name").alias("agent_name"), pl.lit("agency").alias("form"), pl.col("member_kind").alias("kind"), "unit", "w", "size"
    )
    expanded = {"not-expanded": grouped, "shared": members.with_columns(pl.col("w") / pl.col("size")), "full": members}
    rows = pl.concat([
        pl.concat([kept, more.select(columns)]).with_columns(pl.lit(name).alias("scenario")) for name, more in expanded.items()
    ])  # fmt: skip
    return rows.sort("scenario", "place", "unit", "agent", "w").unique(["scenario", "place", "unit", "agent"], keep="last", maintain_order=True)


def scenario_loads(facts: Facts) -> pl.DataFrame:
    """Give W_frac in each scenario: scenario, place, agent, agent_name, form, kind, w_frac, sorted."""
    return scenario_rows(facts).group_by("scenario", *AGENT, maintain_order=True).agg(
        pl.col("agent_name", "form", "kind").first(), pl.col("w").sum().alias("w_frac")
    ).sort("scenario", "place", "agent")


def intervals(facts: Facts) -> pl.DataFrame:
    """Give the smallest and largest load of each agent over the three scenarios: place, agent, low, high; a member never named is there from 0."""
    loads = scenario_loads(facts)
    return (
        loads.group_by(AGENT).agg(pl.col("agent_name", "form", "kind").first(), pl.col("w_frac").min().alias("low"), pl.col("w_frac").max().alias("high"), pl.len().alias("n"))
        .with_columns(pl.when(pl.col("n") == 3).then("low").otherwise(0.0).alias("low"))
        .drop("n")
        .sort(AGENT)
    )  # fmt: skip


def nested(facts: Facts) -> pl.DataFrame:
    """Give the units whose leads hold both an agency and a group: place, task, unit, agencies, groups (names), held.

    ``held`` names the agencies that one of these groups comprises by the registry ("các sở" and Sở Công Thương): elsewhere nothing is counted twice.
    """
    kinds = load_registry().kinds
    names = leads(facts).group_by("place", "document", "task", "task_name", "unit", maintain_order=True).agg(
        pl.col("agent_name").filter(pl.col("form") == "agency").alias("agencies"), pl.col("agent_name").filter(pl.col("form") != "agency").alias("groups"),
        pl.col("kind").filter(pl.col("form") == "agency").alias("kinds"), pl.col("kind").filter(pl.col("form") != "agency").alias("wider"),
    )  # fmt: skip
    found = names.filter((pl.col("agencies").list.len() > 0) & (pl.col("groups").list.len() > 0)).sort("place", "unit")
    within = [{each for group in wider if group in kinds for each in kinds[group].comprises} for wider in found["wider"].to_list()]
    held = [[name for name, kind in zip(row["agencies"], row["kinds"], strict=True) if kind in members] for row, members in zip(found.iter_rows(named=True), within, strict=True)]
    return found.drop("kinds", "wider").with_columns(pl.Series("held", held, dtype=pl.List(pl.String)))


def rows_behind(facts: Facts) -> pl.DataFrame:
    """Give the rows that every load is a sum of: a row for each unit, role and agent, with its part and the words that say so."""
    part = leads(facts).select("unit", "role", "agent", "w")
    time = facts.units.select("unit", "code", "start", "end", "recurrence")
    return (
        facts.roles.join(part, on=["unit", "role", "agent"], how="left", maintain_order="left").join(time, on="unit", how="left", maintain_order="left")
        .select("place", "place_name", "document", "agent", "agent_name", "form", "kind", "role", "task", "code", "task_name", "unit", "weight", "w", "start", "end", "recurrence", "confidence", "quote", "start_offset", "end_offset")
        .sort("place", "agent_name", "agent", "role", "document", "start_offset", "unit")
    )  # fmt: skip
