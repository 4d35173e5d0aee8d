"""Rules of responsibility charts, by agency (vertical) and by task (horizontal), and signs of exposure beside a flag (D2).

Reads: ``Facts`` and loads. Gives: frames; a rule that fires is a question to ask, not a fault. Signs are never summed to a score.
Source: Smith & Erwin, "Role & Responsibility Charting (RACI)"; Knill, Steinebach, Zink, JEPP 2023, for exposure and compensation.
"""

from __future__ import annotations

import polars as pl

from kg.analysis.constants import MANY_PARTNERS, PEERS_NEEDED
from kg.analysis.diffusion import task_leads
from kg.analysis.facts import Facts
from kg.analysis.load import AGENT, leads

EVERYWHERE = 0.5
"""Part of a place's units in which an agency is a partner, from which it is "everywhere"."""


def vertical(loads: pl.DataFrame) -> pl.DataFrame:
    """Give the agencies for which a rule fires: place, agent, agent_name, rule (bottleneck, fatigue), tasks_led, tasks_partner.

    ``bottleneck``: leads more than twice an equal share of the units and is nobody's partner. ``fatigue``: partner in half of
    the units or more and leads none.
    """
    named = loads.filter(pl.col("form") == "agency")
    equal = pl.col("tasks_led").sum().over("place") / (pl.col("tasks_led") > 0).sum().over("place")
    rules = named.with_columns(
        pl.when((pl.col("tasks_led") > 2 * equal) & (pl.col("tasks_partner") == 0)).then(pl.lit("bottleneck"))
        .when((pl.col("tasks_led") == 0) & (pl.col("tasks_partner") >= EVERYWHERE * pl.col("units_of_place"))).then(pl.lit("fatigue"))
        .alias("rule")
    )  # fmt: skip
    return rules.filter(pl.col("rule").is_not_null()).select("place", "agent", "agent_name", "rule", "tasks_led", "tasks_partner", "units_of_place")


def unnamed_kinds(facts: Facts) -> pl.DataFrame:
    """Give the kinds that most other places with tasks name and a place does not ("never named: possible gap"): place, kind, elsewhere, of.

    Needs ``PEERS_NEEDED`` other places; no rows below that.
    """
    named = facts.agents.filter((pl.col("form") == "agency") & pl.col("kind").is_not_null()).select("place", "kind").unique()
    places = facts.tasks.select("place").unique()
    if len(places) <= PEERS_NEEDED:
        return pl.DataFrame(schema={"place": pl.String, "kind": pl.String, "elsewhere": pl.UInt32, "of": pl.Int64})
    common = named.join(places, on="place", how="semi").group_by("kind").agg(pl.len().alias("elsewhere")).with_columns(pl.lit(len(places) - 1).cast(pl.Int64).alias("of")).filter(pl.col("elsewhere") > EVERYWHERE * pl.col("of"))
    return places.join(common, how="cross").join(named, on=["place", "kind"], how="anti").select("place", "kind", "elsewhere", "of").sort("place", -pl.col("elsewhere").cast(pl.Int64), "kind")


def horizontal(facts: Facts) -> pl.DataFrame:
    """Give the tasks for which a rule fires: task, …, rule (no-lead, several-leads, many-partners, isolated), lead_names, partners (named)."""
    tasks = task_leads(facts)
    rules = {
        "no-lead": pl.col("no_lead"), "several-leads": pl.col("several"),
        "many-partners": pl.col("partners") > MANY_PARTNERS, "isolated": (pl.col("partners") == 0) & ~pl.col("no_lead"),
    }  # fmt: skip
    columns = ["place", "place_name", "document", "task", "position", "code", "name", "lead_names", "partners", "quote"]
    found = [tasks.filter(test).select(*columns, pl.lit(rule).alias("rule")) for rule, test in rules.items()]
    return pl.concat(found).sort("place", "document", "position", "rule")


def exposure(facts: Facts, loads: pl.DataFrame) -> pl.DataFrame:
    """Give the signs of exposure of each agent that leads: place, agent, agent_name, plans, unfunded, ends_together, end_year, coordination, reports.

    ``unfunded`` is the part of its units without a funding source, ``None`` where none of its plans has a funding column;
    ``ends_together`` the part of its units with an end year that end in the commonest one, ``end_year``.
    """
    has_column = facts.units.group_by("document").agg(pl.col("funding").is_not_null().any().alias("funded_plan"))
    units = facts.units.select("unit", "document", "funding", "end").join(has_column, on="document", how="left")
    mine = leads(facts).select(*AGENT, "unit").join(units, on="unit", how="left")
    signs = mine.group_by(AGENT).agg(
        pl.col("document").n_unique().alias("plans"),
        pl.when(pl.col("funded_plan").any()).then((pl.col("funding").is_null() & pl.col("funded_plan")).sum() / pl.col("funded_plan").sum()).alias("unfunded"),
    )  # fmt: skip
    ends = mine.filter(pl.col("end").is_not_null()).group_by(*AGENT, "end").agg(pl.len().alias("n")).with_columns((pl.col("n") / pl.col("n").sum().over(AGENT)).alias("ends_together"))
    ends = ends.sort(*AGENT, -pl.col("n").cast(pl.Int64), "end").unique(AGENT, keep="first", maintain_order=True).select(*AGENT, "ends_together", pl.col("end").alias("end_year"))
    base = loads.filter(pl.col("tasks_led") > 0).select(*AGENT, "agent_name", "coordination", (pl.col("reports_out") + pl.col("reports_in")).alias("reports"))
    return base.join(signs, on=AGENT, how="left", maintain_order="left").join(ends, on=AGENT, how="left", maintain_order="left")
