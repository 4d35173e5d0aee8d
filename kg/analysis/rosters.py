"""The members of the lead groups of the plans, as a frame: what the two expanded readings of a load need.

Reads: ``Facts`` and ``kg.resolution.rosters`` (another table of members may be given). Gives: ``Facts`` with ``rosters``. A roster holds
the members known for certain and never claims to be whole: in the shared reading the part of each member is an upper bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from kg.analysis.facts import EMPTY_ROSTERS, Facts
from kg.graph.iris import body_iri
from kg.graph.namespaces import BASE
from kg.resolution.registry import Kind, Registry, load_registry

Roster = Callable[[str, str | None, str | None], tuple[Kind, ...] | None]


def with_rosters(facts: Facts, roster: Roster, registry: Registry | None = None) -> Facts:
    """Give the facts with the rosters of the groups that lead, at the day asked or else at the date of the first plan that names them.

    A group that leads in plans of several dates has only the members that it had at all of them.
    """
    registry = registry or load_registry()
    dates = facts.documents.select("document", "date")
    groups = facts.roles.filter((pl.col("role") == "lead") & (pl.col("form") == "group") & pl.col("kind").is_not_null())
    asked = groups.join(dates, on="document", how="left").select("place", "agent", "kind", "date").unique().sort("place", "agent", "date")
    members: dict[tuple[str, str], dict[str, Kind] | None] = {}
    for place, agent, kind, date in asked.iter_rows():
        home = agent.removeprefix(f"{BASE}vn/").split("/", 1)[0]
        found = roster(kind, home if home in registry.provinces else None, facts.as_of or date)
        now = {each.slug: each for each in found} if found else None
        before = members.get((place, agent), now)
        members[place, agent] = {slug: each for slug, each in before.items() if slug in now} if before and now else None
    rows = [
        (place, agent, body_iri(agent.removeprefix(f"{BASE}vn/").split("/", 1)[0], slug), each.name, slug, len(known))
        for (place, agent), known in members.items() if known
        for slug, each in sorted(known.items())
    ]  # fmt: skip
    return replace(facts, rosters=pl.DataFrame(rows, schema=EMPTY_ROSTERS.schema, orient="row"))
