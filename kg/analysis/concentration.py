"""Concentration (D3): is a plan carried by few? And the only fair comparison of plans of different size, rarefaction.

Reads: ``Facts``, or a vector of loads. Gives: one ``Concentration`` a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, nan

import numpy as np
import polars as pl

from kg.analysis.constants import SEED
from kg.analysis.facts import Facts
from kg.analysis.load import leads

RAREFACTION_DRAWS = 2_000
_INTERVAL = (5.0, 95.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """The concentration of the leads of one place.

    ``agents`` is N: all that lead at least once, groups included. ``hhi_star`` and ``entropy`` are ``nan`` where N = 1.
    ``rarefied`` is the mean of N_eff in ``drawn`` units drawn without return, with its 5–95 % range; ``jackknife`` is N_eff
    corrected for bias, with its standard error. ``centralisation`` is that of the agents' degrees in the two-mode network.
    """

    place: str
    tasks: int
    units: int
    agents: int
    hhi: float
    hhi_star: float
    n_eff: float
    cr1: float
    cr3: float
    gini: float
    entropy: float
    drawn: int
    rarefied: float
    rarefied_low: float
    rarefied_high: float
    jackknife: float
    jackknife_error: float
    centralisation: float


def herfindahl(loads: np.ndarray) -> float:
    """Give HHI = Σ s².

    >>> round(herfindahl(np.array([3.0, 3, 2, 1, 1])), 3)
    0.24
    """
    shares = loads / loads.sum()
    return float((shares**2).sum())


def gini(loads: np.ndarray) -> float:
    """Give Gini = Σ (2i − N − 1)·x_(i) / (N·Σ x).

    >>> round(gini(np.array([3.0, 3, 2, 1, 1])), 3)
    0.24
    """
    ordered = np.sort(loads)
    n = len(ordered)
    return float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * ordered.sum()))


def entropy(loads: np.ndarray) -> float:
    """Give H = −Σ s ln s / ln N; ``nan`` for one agent alone."""
    shares = loads[loads > 0] / loads.sum()
    return float(-(shares * np.log(shares)).sum() / log(len(loads))) if len(loads) > 1 else nan


def rarefy(matrix: np.ndarray, size: int, rng: np.random.Generator, draws: int = RAREFACTION_DRAWS) -> np.ndarray:
    """Give N_eff of ``draws`` samples of ``size`` rows, drawn without return from units × agents."""
    n = len(matrix)
    if size >= n:
        return np.array([1 / herfindahl(matrix.sum(axis=0))])
    chosen = np.argpartition(rng.random((draws, n), dtype=np.float32), size, axis=1)[:, :size]
    taken = np.zeros((draws, n), dtype=np.float32)
    np.put_along_axis(taken, chosen, 1.0, axis=1)
    loads = taken @ matrix.astype(np.float32)
    effective: np.ndarray = loads.sum(axis=1) ** 2 / (loads**2).sum(axis=1)
    return effective


def jackknife(matrix: np.ndarray) -> tuple[float, float]:
    """Give N_eff corrected by leaving out one unit at a time, and its standard error; ``nan`` below two units."""
    n = len(matrix)
    if n < 2:
        return nan, nan
    total = matrix.sum(axis=0)
    without = total[None, :] - matrix
    each = without.sum(axis=1) ** 2 / (without**2).sum(axis=1)
    corrected = n / herfindahl(total) - (n - 1) * each.mean()
    return float(corrected), float(np.sqrt((n - 1) / n * ((each - each.mean()) ** 2).sum()))


def lead_matrix(rows: pl.DataFrame) -> tuple[np.ndarray, list[str], list[str]]:
    """Give the leads of one place as units × agents (a unit's part of a task for each lead), with both lists sorted."""
    units, agents = rows["unit"].unique().sort(), rows["agent"].unique().sort()
    at = np.searchsorted(units.to_numpy(), rows["unit"].to_numpy()), np.searchsorted(agents.to_numpy(), rows["agent"].to_numpy())
    matrix = np.zeros((len(units), len(agents)))
    np.add.at(matrix, at, rows["w"].to_numpy())
    return matrix, units.to_list(), agents.to_list()


def centralisation(facts: Facts) -> dict[str, float]:
    """Give the centralisation of the agents' degrees: Σ(max − d)/its maximum, a star in which one agent is in every unit.

    The maximum for N agents is N − 1 (one of degree 1, the others next to none); open groups are left out.
    """
    named = facts.roles.filter((pl.col("form") != "open-group") & pl.col("role").is_in(["lead", "partner"]))
    units = facts.units.group_by("place").agg(pl.len().alias("units"))
    degree = named.group_by("place", "agent").agg(pl.col("unit").n_unique().alias("n")).join(units, on="place").with_columns((pl.col("n") / pl.col("units")).alias("d"))
    rows = degree.sort("place", "agent").group_by("place", maintain_order=True).agg(((pl.col("d").max() - pl.col("d")).sum() / (pl.len() - 1)).alias("c"), pl.len().alias("agents")).filter(pl.col("agents") > 1)
    return dict(rows.sort("place").select("place", "c").rows())


def concentration(facts: Facts, size: int | None = None) -> list[Concentration]:
    """Give the concentration of each place with a lead, sorted by place.

    ``size`` units are drawn of each for rarefaction; by default as many as the smallest place with at least ten units has.
    """
    rows = leads(facts)
    places = {str(key[0]): frame for key, frame in rows.sort("place", "unit", "agent").group_by("place", maintain_order=True)}
    matrices = {place: lead_matrix(frame)[0] for place, frame in places.items()}
    enough = [len(matrix) for matrix in matrices.values() if len(matrix) >= 10]
    size = size or min(enough, default=0)
    central = centralisation(facts)
    tasks = dict(facts.tasks.group_by("place").agg(pl.len()).rows())
    return [_measure(place, matrix, tasks[place], size, central.get(place, nan)) for place, matrix in matrices.items()]


def _measure(place: str, matrix: np.ndarray, tasks: int, size: int, central: float) -> Concentration:
    loads = matrix.sum(axis=0)
    n, hhi = len(loads), herfindahl(loads)
    shares = np.sort(loads / loads.sum())[::-1]
    drawn = rarefy(matrix, size, np.random.default_rng([SEED, *place.encode()])) if 0 < size <= len(matrix) else np.array([nan])
    corrected, error = jackknife(matrix)
    low, high = np.percentile(drawn, _INTERVAL)
    return Concentration(
        place=place, tasks=tasks, units=len(matrix), agents=n, hhi=hhi, hhi_star=(hhi - 1 / n) / (1 - 1 / n) if n > 1 else nan, n_eff=1 / hhi,
        cr1=float(shares[0]), cr3=float(shares[:3].sum()), gini=gini(loads), entropy=entropy(loads), drawn=size,
        rarefied=float(drawn.mean()), rarefied_low=float(low), rarefied_high=float(high), jackknife=corrected, jackknife_error=error, centralisation=central,
    )  # fmt: skip
