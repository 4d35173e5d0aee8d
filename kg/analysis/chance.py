"""Chance and resampling over one place's leads: pure numbers, no names.

Reads: numpy arrays. Gives: arrays. Every function takes its random generator, so equal seeds give equal bytes.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from kg.analysis.constants import DRAWS, MAD_SCALE

STOP_AT = 400
_BATCH = 1_000
_EQUAL = 1e-5
"""Loads are sums of fractions: nearer than this is equal."""
_NEVER = math.log(1e-18)


def chance_maxima(units: Counter[tuple[float, int]], pool: int, rng: np.random.Generator, draws: int = DRAWS, enough: float = np.inf) -> np.ndarray:
    """Give the largest load of each draw, when each unit draws its leads at random among ``pool`` agents.

    ``units`` counts the units by (weight, number of leads): units of one sort differ in nothing. Several leads of a unit are drawn
    without return. Drawing ends early, after a whole batch, when ``STOP_AT`` draws have reached the load ``enough``: then the
    chance of it is far above any level, and is known to 5 % of itself.

    Source: Besag & Clifford, "Sequential Monte Carlo p-values", Biometrika 78 (1991).
    """
    done: list[np.ndarray] = []
    reached = 0
    for begin in range(0, draws, _BATCH):
        size = min(_BATCH, draws - begin)
        loads = np.zeros((size, pool), dtype=np.float32)
        for (weight, leads), count in sorted(units.items()):
            loads += np.float32(weight / leads) * _drawn(count, min(leads, pool), pool, size, rng)
        done.append(loads.max(axis=1).astype(np.float64))
        reached += int((done[-1] >= enough - _EQUAL).sum())
        if reached >= STOP_AT:
            break
    return np.concatenate(done)


def _drawn(count: int, leads: int, pool: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Give how often each agent is drawn by ``count`` units of ``leads`` each; Floyd's algorithm, for all units at once.

    Source: Bentley & Floyd, "A sample of brilliance", CACM 30 (1987), algorithm F2.
    """
    small = np.uint8 if pool < 256 else np.int64
    chosen = np.empty((leads, size, count), dtype=small)
    for step in range(leads):
        top = pool - leads + step
        chosen[step] = rng.integers(0, top, endpoint=True, size=(size, count), dtype=small)
        if step:
            taken = (chosen[:step] == chosen[step]).any(axis=0)
            chosen[step][taken] = top
    flat = chosen + (pool * np.arange(size, dtype=np.int64))[None, :, None]
    return np.bincount(flat.ravel(), minlength=size * pool).reshape(size, pool)


def chance_of(loads: np.ndarray, maxima: np.ndarray) -> np.ndarray:
    """Give p for each load: the part of the draws whose largest load is at least as large, the plan itself counted as a draw.

    So p is never 0: nothing is impossible after finitely many draws.
    """
    ordered = np.sort(maxima)
    reached = len(ordered) - np.searchsorted(ordered, loads - _EQUAL, side="left")
    p: np.ndarray = (1 + reached) / (1 + len(ordered))
    return p


def chance_bound(units: Counter[tuple[float, int]], pool: int, loads: np.ndarray) -> np.ndarray:
    """Give for each load an upper bound of the chance that any of ``pool`` agents reaches it: ``pool`` times the exact chance of one.

    The units dealt are the same, so one agent's gain is another's loss, and two reach a load together less often than if they were
    independent: the chance itself is at most ``bound`` and at least ``bound − bound²/2`` (Bonferroni). At .05 it is known to 2.5 % of itself.
    """
    sums: np.ndarray = np.zeros(1)
    chances: np.ndarray = np.ones(1)
    for (weight, leads), count in sorted(units.items()):
        times, of_times = _binomial(count, min(leads, pool) / pool)
        added = np.round((sums[:, None] + times[None, :] * weight / leads) / _EQUAL).ravel()
        steps, places = np.unique(added, return_inverse=True)
        sums, chances = steps * _EQUAL, np.bincount(places, weights=np.outer(chances, of_times).ravel())
    tail = np.append(np.cumsum(chances[::-1])[::-1], 0.0)
    bound: np.ndarray = np.minimum(1.0, pool * tail[np.searchsorted(sums, loads - 2 * _EQUAL, side="left")])
    return bound


def _binomial(count: int, chance: float) -> tuple[np.ndarray, np.ndarray]:
    """Give how often of ``count`` times, and the chance of each; what is rarer than 1e-18 is left out."""
    if chance >= 1:
        return np.array([count]), np.ones(1)
    times = np.arange(count + 1)
    log = np.array([math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1) for k in times.tolist()]) + times * math.log(chance) + (count - times) * math.log1p(-chance)
    likely = log > _NEVER
    return times[likely], np.exp(log[likely])


def robust_z(loads: np.ndarray) -> np.ndarray:
    """Give (x − median)/(1.4826·MAD) of each; ``nan`` for all where the MAD is 0 and z is not defined."""
    away = loads - np.median(loads)
    spread = MAD_SCALE * float(np.median(np.abs(away)))
    return away / spread if spread > 0 else np.full(len(loads), np.nan)


def resample_counts(units: int, samples: int, rng: np.random.Generator) -> np.ndarray:
    """Give how often each unit is drawn in each bootstrap sample: samples × units."""
    drawn = rng.integers(0, units, size=(samples, units)) + units * np.arange(samples)[:, None]
    return np.bincount(drawn.ravel(), minlength=samples * units).reshape(samples, units)
