"""Does an agency stand out, and may it be called overloaded (D2)? Four tests, each with its figure; no test, no word.

Reads: ``Facts``, the loads of the peers, perhaps a capacity table. Gives: one ``Assessment`` for each agent that leads, and a
``Verdict`` a place. "Overloaded" needs a capacity; without one the strongest word is "high assigned load", and that only where
all four tests hold. Where the peers cannot be compared it is "stands out within its province".
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from kg.analysis.chance import chance_bound, chance_maxima, chance_of, resample_counts, robust_z
from kg.analysis.constants import (
    BOOTSTRAPS,
    CAPACITY_TIMES,
    CHANCE_LEVEL,
    DRAWS,
    PEER_PERCENTILE,
    PEERS_NEEDED,
    RANKED_UNITS,
    RHOS,
    ROBUST_Z,
    SEED,
    SHARE_TIMES,
    STABLE,
)
from kg.analysis.facts import OPEN, Facts
from kg.analysis.load import leads, load_by_year, scenario_rows

Word = Literal["overloaded", "high", "stands-out", "none", "not-assessed"]
_EQUAL = 1e-9
"""Sums of fractions that are nearer than this are equal: a tie must not hang on the order of adding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The four tests of one agent.

    ``peer_share`` is its W_frac for each task of the place, ``peer_edge`` the 80th percentile of the same kind elsewhere and ``peers``
    how many places that is; ``None`` where not assessed. ``p_leads`` and ``p_named`` are the chance of a load as large, by pool.
    ``z`` is ``None`` where it is not defined (MAD 0). ``stable`` is the share of ``combinations`` in which it keeps its rank.
    ``burden`` is W(a, peak year)/capacity and ``burden_edge`` 1.5 times the peers' median; ``None`` without capacity or peers.
    """

    place: str
    agent: str
    agent_name: str
    form: str
    kind: str | None
    w_frac: float
    share: float
    share_edge: float
    z: float | None
    outlier: bool
    p_leads: float
    p_named: float
    peers: int
    peer_share: float
    peer_edge: float | None
    stable: float
    combinations: int
    burden: float | None = None
    burden_edge: float | None = None

    @property
    def passes(self) -> dict[str, bool | None]:
        """The tests by name; ``None``: not assessed."""
        return {
            "peers": None if self.peer_edge is None else self.peer_share > self.peer_edge + _EQUAL,
            "chance": max(self.p_leads, self.p_named) <= CHANCE_LEVEL,
            "outlier": self.outlier,
            "stable": self.stable >= STABLE,
        }

    @property
    def word(self) -> Word:
        """The strongest word that the tests permit."""
        if self.burden is not None and self.burden_edge is not None and self.burden > self.burden_edge + _EQUAL:
            return "overloaded"
        tests = self.passes
        if not (tests["chance"] and tests["outlier"] and tests["stable"]):
            return "none"
        return {True: "high", None: "stands-out", False: "none"}[tests["peers"]]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What may be said of a place: its assessments, the largest load first; none where it has too few units."""

    place: str
    units: int
    tasks: int
    assessments: tuple[Assessment, ...]

    @property
    def flagged(self) -> tuple[Assessment, ...]:
        """Those of whom something may be said."""
        return tuple(each for each in self.assessments if each.word not in ("none", "not-assessed"))


def overload(facts: Facts, *, among: Facts | None = None, capacity: pl.DataFrame | None = None) -> list[Verdict]:
    """Assess each place of ``facts`` that has tasks; ``among`` holds the peers, by default the same facts."""
    among = among or facts
    peers = _peer_shares(among)
    burdens = _burdens(among, capacity) if capacity is not None else {}
    tasks, units, named = (dict(frame.group_by("place").agg(pl.col(column).n_unique()).rows()) for frame, column in ((facts.tasks, "task"), (facts.units, "unit"), (facts.roles, "agent")))
    loads, sorts, shares = _loads(facts), _sorts(facts), _shares_of_units(facts)

    def assess(given: tuple[str, pl.DataFrame]) -> Verdict:
        place, own = given
        if units[place] < RANKED_UNITS:
            return Verdict(place=place, units=units[place], tasks=tasks[place], assessments=())
        tested = _tested(place, own, sorts[place], named[place])
        stable = _stability(place, shares[place], tested["code"].to_numpy(), tested["rank"].to_numpy())
        found = tuple(_assessment(place, row, kept, peers, tasks=tasks[place], burdens=burdens) for row, kept in zip(tested.iter_rows(named=True), stable, strict=True))
        return Verdict(place=place, units=units[place], tasks=tasks[place], assessments=found)

    # Each place has random generators of its own, so threads change nothing but the time: numpy lets go of the lock.
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        return list(pool.map(assess, ((str(key[0]), own) for key, own in loads.group_by("place", maintain_order=True))))


def _loads(facts: Facts) -> pl.DataFrame:
    """Give each agent's load (``w_frac``), its number among all (``code``) and its rank in its place, open groups apart; by place and agent."""
    sums = leads(facts).sort("place", "unit", "agent").group_by("place", "agent").agg(pl.col("agent_name", "form", "kind").first(), pl.col("w").sum().alias("w_frac")).sort("place", "agent")
    ranked = pl.when(pl.col("form") != OPEN).then(pl.col("w_frac").round(9)).rank("min", descending=True).over("place").alias("rank")
    return sums.join(_codes(facts), on="agent", how="left", maintain_order="left").with_columns(ranked)


def _codes(facts: Facts) -> pl.DataFrame:
    """Number the agents and the members of groups, in the order of their addresses: numbers are quicker to compare."""
    return pl.concat([facts.roles["agent"], facts.rosters["member"].alias("agent")]).unique().sort().to_frame().with_row_index("code")


def _sorts(facts: Facts) -> dict[str, Counter[tuple[float, int]]]:
    """Count the units of each place by (weight, number of leads)."""
    found: dict[str, Counter[tuple[float, int]]] = {}
    for place, weight, count in leads(facts).group_by("place", "unit").agg(pl.col("weight").first(), pl.len()).select("place", "weight", "len").iter_rows():
        found.setdefault(place, Counter())[weight, count] += 1
    return found


def _tested(place: str, own: pl.DataFrame, sorts: Counter[tuple[float, int]], pool_named: int) -> pl.DataFrame:
    """Loads with share, z and both p; open groups are in the figures and then left out."""
    values = own["w_frac"].to_numpy()
    n = len(values)
    chances = [_chance(values, sorts, pool, np.random.default_rng([SEED, number, *place.encode()])) for number, pool in enumerate((n, max(n, pool_named)))]
    z, shares = robust_z(values), values / values.sum()
    apart = (shares > SHARE_TIMES / n + _EQUAL) & (np.isnan(z) | (z > ROBUST_Z + _EQUAL))
    return (
        own.with_columns(
            pl.Series("z", z).fill_nan(None), pl.Series("share", shares), pl.lit(SHARE_TIMES / n).alias("share_edge"), pl.Series("outlier", apart),
            pl.Series("p_leads", chances[0]), pl.Series("p_named", chances[1]),
        )
        .filter(pl.col("form") != OPEN)
        .sort(-pl.col("w_frac").round(9), "agent_name", "agent")
    )  # fmt: skip


def _chance(values: np.ndarray, sorts: Counter[tuple[float, int]], pool: int, rng: np.random.Generator) -> np.ndarray:
    """Give p for each load: by its bound where that is at most the level, else by draws, which are few where p is large."""
    bounds = chance_bound(sorts, pool, values)
    frequent = bounds > CHANCE_LEVEL
    p: np.ndarray = np.maximum(bounds, 1 / (1 + DRAWS))
    if frequent.any():
        p[frequent] = chance_of(values[frequent], chance_maxima(sorts, pool, rng, enough=float(values[frequent].max())))
    return p


_PARTNERS = "partners"


def _shares_of_units(facts: Facts) -> dict[str, dict[str, np.ndarray]]:
    """Give by place what each unit adds to each agent's load: ``scenario`` (or ``_PARTNERS``), ``agent``, ``unit``, ``w``.

    Partner roles of groups are left out, as those of open groups are: no one body bears them (at rho .5 "các sở, ban, ngành" as partner
    would outrank every body of Hưng Yên).
    """
    columns = ["place", "scenario", "agent", "unit", "w"]
    helped = facts.roles.filter((pl.col("role") == "partner") & (pl.col("form") == "agency")).select(
        "place", pl.lit(_PARTNERS).alias("scenario"), "agent", "unit", pl.col("weight").alias("w")
    )
    rows = pl.concat([scenario_rows(facts).filter(pl.col("form") != OPEN).select(columns), helped.select(columns)])
    rows = rows.join(_codes(facts), on="agent", how="left", maintain_order="left").with_columns(pl.col("code").alias("agent"), pl.col("unit").rank("dense"))
    return {str(key[0]): {name: own[name].to_numpy() for name in columns[1:]} for key, own in rows.group_by("place", maintain_order=True)}


def _stability(place: str, rows: dict[str, np.ndarray], tested: np.ndarray, ranks: np.ndarray) -> list[tuple[float, int]]:
    """Give for each agent tested the share of (scenario × rho × bootstrap) in which it keeps its rank or betters it, and how many there are.

    A scenario that dissolves a group has nothing to say of the group itself.
    """
    agents, agent = np.unique(rows["agent"], return_inverse=True)
    units, unit = np.unique(rows["unit"], return_inverse=True)
    counts = resample_counts(len(units), BOOTSTRAPS, np.random.default_rng([SEED, 2, *place.encode()])).T.astype(np.float32)

    def resampled(chosen: np.ndarray) -> np.ndarray:
        """Give the load of each agent in each sample: nearly all that a unit adds is nothing."""
        matrix = csr_array((rows["w"][chosen].astype(np.float32), (agent[chosen], unit[chosen])), shape=(len(agents), len(units)))
        return matrix @ counts  # type: ignore[no-any-return]

    helped = resampled(rows["scenario"] == _PARTNERS)
    at = np.searchsorted(agents, tested)
    kept, of = np.zeros(len(at)), np.zeros(len(at), dtype=np.int64)
    done: dict[tuple[bytes, ...], np.ndarray] = {}
    for scenario in sorted(set(rows["scenario"].tolist()) - {_PARTNERS}):
        chosen = rows["scenario"] == scenario
        told = tuple(values[chosen].tobytes() for values in (agent, unit, rows["w"]))
        if told not in done:  # where no group leads, the scenarios are one
            done[told] = _times_kept(resampled(chosen), helped, at, ranks)
        present = np.isin(at, agent[chosen])
        kept += np.where(present, done[told], 0)
        of += np.where(present, BOOTSTRAPS * len(RHOS), 0)
    return [(float(k) / int(n) if n else 0.0, int(n)) for k, n in zip(kept, of, strict=True)]


def _times_kept(lead: np.ndarray, helped: np.ndarray, at: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """How often each agent has its rank or a better one, over the values of rho and the samples; loads are agents × samples."""
    kept = np.zeros(len(at))
    for rho in RHOS:
        loads = lead + np.float32(rho) * helped
        own = loads[at] + np.float32(1e-4)
        above = np.zeros(own.shape, dtype=np.int16)
        for other in loads:
            above += other > own
        kept += (above < ranks[:, None]).sum(axis=1)
    return kept


Peers = dict[str, list[tuple[str, float]]]


def _peer_shares(facts: Facts) -> Peers:
    """W_frac for each task of the place, by kind: one figure for each agency of that kind that bears any role there."""
    tasks = facts.tasks.group_by("place").agg(pl.len().alias("tasks"))
    bears = facts.roles.filter((pl.col("form") == "agency") & pl.col("kind").is_not_null()).select("place", "kind").unique()
    led = leads(facts).group_by("place", "kind").agg(pl.col("w").sum())
    rows = bears.join(led, on=["place", "kind"], how="left").join(tasks, on="place").select("kind", "place", pl.col("w").fill_null(0.0) / pl.col("tasks")).sort("kind", "place")
    found: Peers = {}
    for kind, place, value in rows.iter_rows():
        found.setdefault(kind, []).append((place, value))
    return found


Burdens = dict[tuple[str, str], tuple[float, float | None]]


def _burdens(facts: Facts, capacity: pl.DataFrame) -> Burdens:
    """Give (place, kind) → W(a, peak year)/K and 1.5 times the median of the same kind elsewhere in that year; ``None`` below five peers."""
    kinds = facts.agents.filter((pl.col("form") == "agency") & pl.col("kind").is_not_null()).select("place", "agent", "kind")
    years = load_by_year(facts).join(kinds, on=["place", "agent"], how="inner").group_by("place", "kind", "year").agg(pl.col("w_frac").sum())
    rows = years.join(capacity.select("place", "kind", "capacity"), on=["place", "kind"], how="inner").with_columns((pl.col("w_frac") / pl.col("capacity")).alias("b"))
    by: dict[tuple[str, int], dict[str, float]] = {}
    best: dict[tuple[str, str], tuple[float, int]] = {}
    for place, kind, year, burden in rows.sort("place", "kind", "year").select("place", "kind", "year", "b").iter_rows():
        by.setdefault((kind, year), {})[place] = burden
        if burden > best.get((place, kind), (-1.0, 0))[0]:
            best[place, kind] = (burden, year)
    found: Burdens = {}
    for (place, kind), (burden, year) in best.items():
        others = [value for where, value in by[kind, year].items() if where != place]
        found[place, kind] = (burden, CAPACITY_TIMES * float(np.median(others)) if len(others) >= PEERS_NEEDED else None)
    return found


def _edge(shares: list[float]) -> float:
    """Give the percentile of the peers, between two of them in proportion, as numpy does, at a hundredth of its cost for so few."""
    ordered = sorted(shares)
    below, part = divmod(PEER_PERCENTILE * (len(ordered) - 1), 1)
    low, high = ordered[int(below)], ordered[min(int(below) + 1, len(ordered) - 1)]
    return low + (high - low) * part


def _assessment(place: str, row: dict[str, object], stable: tuple[float, int], peers: Peers, *, tasks: int, burdens: Burdens) -> Assessment:
    kind = row["kind"] if isinstance(row["kind"], str) else None
    others = [value for where, value in peers.get(kind or "", []) if where != place] if row["form"] == "agency" else []
    kept, combinations = stable
    burden, edge = burdens.get((place, kind or ""), (None, None)) if row["form"] == "agency" else (None, None)
    return Assessment(
        place=place, kind=kind, stable=kept, combinations=combinations, peers=len(others), peer_share=float(row["w_frac"]) / tasks,  # type: ignore[arg-type]
        peer_edge=_edge(others) if len(others) >= PEERS_NEEDED else None, burden=burden, burden_edge=edge,
        **{name: row[name] for name in ("agent", "agent_name", "form", "w_frac", "share", "share_edge", "z", "outlier", "p_leads", "p_named")},  # type: ignore[arg-type]
    )  # fmt: skip
