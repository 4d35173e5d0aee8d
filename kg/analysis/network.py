"""The network of agencies and work: who is at its middle, who holds it together, who works with whom.

Reads: ``Facts``. Gives: frames by place and agent, and pairs of kinds over all places. Two-mode: agents on one side, units on the
other; open groups are in no network, for they are no one.
Source: Borgatti & Everett, Social Networks 19 (1997); Latapy, Magnien & Del Vecchio, Social Networks 30 (2008), redundancy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from kg.analysis.constants import SEED
from kg.analysis.facts import OPEN, Facts

if TYPE_CHECKING:
    import networkx as nx

TIED = ("lead", "partner")


def ties(facts: Facts) -> pl.DataFrame:
    """Give who is tied to which unit, once: place, agent, agent_name, form, kind, unit, role (the strongest)."""
    tied = facts.roles.filter(pl.col("role").is_in(TIED) & (pl.col("form") != OPEN))
    return tied.sort("place", "agent", "unit", "role").unique(["place", "agent", "unit"], keep="first", maintain_order=True).select("place", "agent", "agent_name", "form", "kind", "unit", "role")


def positions(facts: Facts) -> pl.DataFrame:
    """Give the position of each agent: place, agent, agent_name, form, units, degree, partners, betweenness, redundancy, community.

    ``degree`` is its units as a part of the place's; ``partners`` the agents that it shares a unit with; ``betweenness`` that of the
    projection, 0 to 1 (a broker is between others); ``redundancy`` the part of the pairs of its units that are still linked without
    it, ``None`` below two units; ``community`` numbers the groups that work together more than with others, the largest first.
    """
    units = dict(facts.units.group_by("place").agg(pl.len()).rows())
    tied = ties(facts)
    frames = [_place(str(key[0]), rows, units[str(key[0])]) for key, rows in tied.group_by("place", maintain_order=True)]
    return pl.concat(frames) if frames else pl.DataFrame(schema=_SCHEMA)


_SCHEMA = {
    "place": pl.String, "agent": pl.String, "agent_name": pl.String, "form": pl.String, "units": pl.Int64, "degree": pl.Float64, "partners": pl.Int64,
    "betweenness": pl.Float64, "redundancy": pl.Float64, "community": pl.Int64,
}  # fmt: skip


def betweenness_readings(facts: Facts) -> pl.DataFrame:
    """Give the betweenness of each agent under each reading: place, agent, agent_name, reading, betweenness.

    Readings: "as-read"; "sure": assignments that were read with doubt left out (confidence below 1), in places that have some;
    "bodies": groups left out, in places that have some. Who has no tie left is between nobody.
    """
    import networkx as nx

    tied = ties(facts)
    sure = ties(replace(facts, roles=facts.roles.filter(pl.col("confidence").fill_null(1.0) == 1)))
    named = tied.filter(pl.col("form") == "agency")
    everybody = {str(key[0]): own for key, own in tied.group_by("place", maintain_order=True)}
    rows = []
    for reading, part in (("as-read", tied), ("sure", sure), ("bodies", named)):
        left = {str(key[0]): own for key, own in part.group_by("place")}
        for place, whole in everybody.items():
            own = left.get(place, whole.clear())
            if reading != "as-read" and len(own) == len(whole):
                continue
            agents, _, shared = _matrices(own)
            between = dict(zip(agents, nx.betweenness_centrality(nx.from_numpy_array(shared)).values(), strict=True))
            asked = whole.filter(pl.col("form") == "agency") if reading == "bodies" else whole
            rows += [(place, agent, name, reading, between.get(agent, 0.0)) for agent, name in asked.select("agent", "agent_name").unique(maintain_order=True).iter_rows()]
    return pl.DataFrame(rows, schema={"place": pl.String, "agent": pl.String, "agent_name": pl.String, "reading": pl.String, "betweenness": pl.Float64}, orient="row")


def _matrices(rows: pl.DataFrame) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Give the agents, the matrix of agents × units, and the units that two agents share."""
    agents, works = rows["agent"].unique().sort(), rows["unit"].unique().sort()
    matrix = np.zeros((len(agents), len(works)), dtype=np.int64)
    matrix[np.searchsorted(agents.to_numpy(), rows["agent"].to_numpy()), np.searchsorted(works.to_numpy(), rows["unit"].to_numpy())] = 1
    shared = matrix @ matrix.T
    np.fill_diagonal(shared, 0)
    return agents.to_list(), matrix, shared


def _place(place: str, rows: pl.DataFrame, units: int) -> pl.DataFrame:
    import networkx as nx

    agents, matrix, shared = _matrices(rows)
    graph = nx.from_numpy_array(shared)
    between = nx.betweenness_centrality(graph)
    groups = communities(graph)
    names = {agent: (name, form) for agent, name, form in rows.select("agent", "agent_name", "form").iter_rows()}
    again = redundancy(matrix)
    found = [
        (place, agent, *names[agent], int(matrix[i].sum()), matrix[i].sum() / units, int((shared[i] > 0).sum()), between[i], again[i], groups[i])
        for i, agent in enumerate(agents)
    ]  # fmt: skip
    return pl.DataFrame(found, schema=_SCHEMA, orient="row").sort("place", -pl.col("units"), "agent_name", "agent")


def communities(graph: nx.Graph) -> dict[int, int]:
    """Give the community of each node, numbered from 1, the largest first; Louvain with a fixed seed."""
    import networkx as nx

    found = sorted(nx.community.louvain_communities(graph, weight="weight", seed=SEED), key=lambda nodes: (-len(nodes), min(nodes)))
    return {node: number for number, nodes in enumerate(found, 1) for node in nodes}


def redundancy(matrix: np.ndarray) -> list[float | None]:
    """Give the redundancy of each row of agents × units; the same figure as ``networkx.bipartite.node_redundancy``, for all at once."""
    together = matrix.T @ matrix
    found: list[float | None] = []
    for row in matrix:
        own = np.flatnonzero(row)
        if len(own) < 2:
            found.append(None)
            continue
        linked = together[np.ix_(own, own)] > 1
        np.fill_diagonal(linked, val=False)
        found.append(float(linked.sum() / (len(own) * (len(own) - 1))))
    return found


def pairs(facts: Facts) -> pl.DataFrame:
    """Give how often one kind leads where another is partner, over all places: lead, partner, units, places, of_lead, of_partner, jaccard.

    ``of_lead``: as a part of the units that the lead kind leads; ``of_partner``: of those in which the partner is partner; ``jaccard``:
    of those in which either is so. Kinds, not bodies; a name that the registry lacks is left out.
    """
    tied = facts.roles.filter(pl.col("role").is_in(TIED) & (pl.col("form") != OPEN) & pl.col("kind").is_not_null()).select("place", "unit", "role", "kind").unique()
    lead, partner = (tied.filter(pl.col("role") == role).drop("role") for role in TIED)
    met = lead.rename({"kind": "lead"}).join(partner.select("unit", pl.col("kind").alias("partner")), on="unit").filter(pl.col("lead") != pl.col("partner"))
    sums = met.group_by("lead", "partner").agg(pl.col("unit").n_unique().cast(pl.Int64).alias("units"), pl.col("place").n_unique().cast(pl.Int64).alias("places"))
    for frame, name in ((lead, "lead"), (partner, "partner")):
        sums = sums.join(frame.group_by(pl.col("kind").alias(name)).agg(pl.col("unit").n_unique().cast(pl.Int64).alias(f"all_{name}")), on=name)
    return sums.select(
        "lead", "partner", "units", "places", (pl.col("units") / pl.col("all_lead")).alias("of_lead"), (pl.col("units") / pl.col("all_partner")).alias("of_partner"),
        (pl.col("units") / (pl.col("all_lead") + pl.col("all_partner") - pl.col("units"))).alias("jaccard"),
    ).sort(-pl.col("units"), "lead", "partner")  # fmt: skip
