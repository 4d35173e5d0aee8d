"""Fragmentation: a group of tasks that several named bodies lead (METHODS D5, first level, after GAO-15-49SP). Often intended."""

from __future__ import annotations

import polars as pl

from kg.analysis.facts import Facts
from kg.analysis.load import leads


def find_fragmentation(facts: Facts) -> pl.DataFrame:
    """Measure how the lead of each group of tasks is split: Frag = 1 − Σ s², s each lead's part of the group's load (D4).

    Returns: place, place_name, document, topic (the innermost heading), tasks, leads (named bodies), fragmentation (over all leads, groups
    too), names (of the named, the largest part first); only headings with at least two named leads, the most split first.

    """
    topics = facts.tasks.filter(pl.col("groups").is_not_null()).select("task", "groups")
    keys = ["place", "place_name", "document", "groups"]
    parts = leads(facts).join(topics, on="task", how="inner").group_by(*keys, "agent").agg(pl.col("agent_name", "form").first(), pl.col("w").sum(), pl.col("task").unique())
    share = pl.col("w") / pl.col("w").sum()
    named = pl.col("form") == "agency"
    found = parts.sort(*keys, -pl.col("w").round(9), "agent").group_by(keys, maintain_order=True).agg(
        pl.col("task").explode().n_unique().cast(pl.Int64).alias("tasks"), named.sum().cast(pl.Int64).alias("leads"), (1 - (share**2).sum()).alias("fragmentation"),
        pl.col("agent_name").filter(named).str.join("; ").alias("names"),
    )  # fmt: skip
    found = found.filter(pl.col("leads") >= 2).with_columns(pl.col("groups").str.split(" > ").list.last().alias("topic"))
    return found.sort(-pl.col("fragmentation").round(9), "document", "groups").drop("groups")
