"""What a result owes to extraction and to convention (D9).

Reads: ``Facts``. Gives: ranges of loads when each assignment is believed only as far as its confidence goes; and a "tornado": the same
index under each convention, beside the one that the report uses.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from kg.analysis.concentration import herfindahl
from kg.analysis.constants import CONFIDENCE_DRAWS, RHOS, SEED
from kg.analysis.facts import OPEN, Facts
from kg.analysis.load import leads, load, scenario_loads

_RANGE = (5.0, 95.0)


def confidence_ranges(facts: Facts) -> pl.DataFrame:
    """Give what W_frac is when leads are drawn with their confidence: place, agent, agent_name, w_frac, low, high, stays_first.

    ``low`` and ``high`` are the 5th and 95th percentile of 1,000 draws; ``stays_first`` the part of the draws in which the first of the
    place (open groups apart) is first or shares that rank, ``None`` for all others. A unit whose leads are all drawn away has none.
    """
    rows = _lead_rows(facts)
    if rows.is_empty():
        return pl.DataFrame(schema={"place": pl.String, "agent": pl.String, "agent_name": pl.String, "w_frac": pl.Float64, "low": pl.Float64, "high": pl.Float64, "stays_first": pl.Float64})
    agents = rows.group_by("place", "agent").agg(pl.col("agent_name", "form").first(), pl.col("w").sum().alias("w_frac")).sort("place", "agent")
    # First comes the largest load; of equal ones the first by name. Open groups come last, and are nobody's rivals.
    order = pl.struct(pl.col("form") == OPEN, -pl.col("w_frac").round(9), "agent_name", "agent").rank("ordinal").over("place")
    agents = agents.with_columns(order.alias("order"), (pl.col("form") == OPEN).alias("open"), pl.int_range(pl.len()).over("place").alias("at"))
    rows = rows.join(agents.select("place", "agent", "at"), on=["place", "agent"], how="left", maintain_order="left")
    drawn = [
        _drawn(str(key[0]), {name: part[name].to_numpy() for name in ("at", "unit", "confidence", "share", "whole")}, own["order"].to_numpy(), own["open"].to_numpy())
        for (key, part), own in zip(rows.group_by("place", maintain_order=True), agents.partition_by("place", maintain_order=True), strict=True)
    ]  # fmt: skip
    low, high, first = (pl.concat([pl.Series(values) for values in each]) for each in zip(*drawn, strict=True))
    return agents.select("place", "agent", "agent_name", "w_frac").with_columns(low.alias("low"), high.alias("high"), first.fill_nan(None).alias("stays_first"))


def _drawn(place: str, rows: dict[str, np.ndarray], order: np.ndarray, is_open: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the ends of each agent's load, and how often the first of the place stays it (``nan`` for the others)."""
    loads = _drawn_loads(place, rows, len(order))
    low, high = np.percentile(loads, _RANGE, axis=0)
    first = np.full(len(order), np.nan)
    top = int(order.argmin())
    if not is_open[top]:
        first[top] = (loads[:, [top]] + 1e-4 >= loads[:, ~is_open]).all(axis=1).mean()
    return low.astype(np.float64), high.astype(np.float64), first


def _drawn_loads(place: str, rows: dict[str, np.ndarray], agents: int) -> np.ndarray:
    """Give draws × agents: the loads when each lead is kept with its confidence, what is left of a unit's leads sharing it."""
    size, believed = len(rows["at"]), rows["confidence"]
    draws = CONFIDENCE_DRAWS if (believed < 1).any() else 1
    rng = np.random.default_rng([SEED, 3, *place.encode()])
    share, weight = (rows[name].astype(np.float32)[None, :] for name in ("share", "whole"))
    kept = (rng.random((draws, size), dtype=np.float32) < believed[None, :]) * share
    starts = np.flatnonzero(np.diff(rows["unit"].astype(np.int64), prepend=-1))
    held = np.repeat(np.add.reduceat(kept, starts, axis=1), np.diff(np.r_[starts, size]), axis=1)
    part = np.divide(kept, held, out=np.zeros_like(kept), where=held > 0) * weight
    to_agent = csr_array((np.ones(size, dtype=np.float32), (rows["at"], np.arange(size))), shape=(agents, size))
    loads: np.ndarray = (to_agent @ part.T).T
    return loads


def concentration_ranges(facts: Facts) -> pl.DataFrame:
    """Give HHI, N_eff and Gini when leads are drawn with their confidence: place, and of each index ``_low`` and ``_high`` (5th and 95th percentile).

    An agent of which a draw leaves nothing is not among the N of that draw. Names read for certain leave no range: both ends are the index itself.
    """
    rows = _lead_rows(facts)
    found = []
    for (place,), own in rows.group_by("place", maintain_order=True):
        at = own.select(pl.col("agent").rank("dense") - 1).to_series().to_numpy()
        arrays = {name: own[name].to_numpy() for name in ("unit", "confidence", "share", "whole")}
        loads = _drawn_loads(str(place), {**arrays, "at": at}, int(at.max()) + 1).astype(np.float64)
        low, high = np.percentile(_indices(loads), _RANGE, axis=0)
        found.append((str(place), *(float(end) for pair in zip(low, high, strict=True) for end in pair)))
    names = [f"{index}_{end}" for index in ("hhi", "n_eff", "gini") for end in ("low", "high")]
    return pl.DataFrame(found, schema={"place": pl.String, **dict.fromkeys(names, pl.Float64)}, orient="row")


def _indices(loads: np.ndarray) -> np.ndarray:
    """Give HHI, N_eff and Gini of each row that holds a load, over the agents that have one; as ``concentration`` does for one row."""
    loads = np.sort(np.where(loads > 1e-9, loads, 0.0), axis=1)
    loads = loads[loads[:, -1] > 0]
    total, agents = loads.sum(axis=1), (loads > 0).sum(axis=1)
    hhi = (loads**2).sum(axis=1) / total**2
    rank = np.arange(1, loads.shape[1] + 1)[None, :] - (loads.shape[1] - agents)[:, None]
    gini = ((2 * rank - agents[:, None] - 1) * loads).sum(axis=1) / (agents * total)
    return np.stack([hhi, 1 / hhi, gini], axis=1)


def _lead_rows(facts: Facts) -> pl.DataFrame:
    """Give the leads by place, unit (numbered) and agent, with the unit's whole part of a task."""
    rows = leads(facts).sort("place", "unit", "agent").with_columns(pl.col("w").sum().over("unit").alias("whole"), pl.col("confidence").fill_null(1.0))
    return rows.with_columns(pl.col("unit").rle_id())


def tornado(facts: Facts) -> pl.DataFrame:
    """Give each convention's result: place, convention, value, first (names, shared ranks joined), share (of the first), n_eff.

    The first row of a place is the report's own: fractional count, leads only, groups not expanded.
    """
    base = load(facts).filter(pl.col("form") != OPEN)
    long = [base.select("place", "agent_name", pl.lit("count").alias("convention"), pl.lit("fractional").alias("value"), pl.col("w_frac").alias("x"))]
    long.append(base.select("place", "agent_name", pl.lit("count").alias("convention"), pl.lit("whole").alias("value"), pl.col("tasks_led").cast(pl.Float64).alias("x")))
    for rho in RHOS[1:]:
        for who, test in (("agencies", pl.col("form") == "agency"), ("all", pl.lit(value=True))):
            x = pl.col("w_frac") + rho * pl.when(test).then(pl.col("w_partner")).otherwise(0.0)
            long.append(base.select("place", "agent_name", pl.lit(f"rho, partner roles of {who}").alias("convention"), pl.lit(f"{rho:g}").alias("value"), x.alias("x")))
    scenarios = scenario_loads(facts).filter((pl.col("form") != OPEN) & (pl.col("scenario") != "not-expanded"))
    if len(facts.rosters):
        long.append(scenarios.select("place", "agent_name", pl.lit("groups").alias("convention"), pl.col("scenario").alias("value"), pl.col("w_frac").alias("x")))
    long.append(base.filter(pl.col("form") == "agency").select("place", "agent_name", pl.lit("groups").alias("convention"), pl.lit("left-out").alias("value"), pl.col("w_frac").alias("x")))
    return _firsts(pl.concat(long))


def _firsts(long: pl.DataFrame) -> pl.DataFrame:
    keys = ["place", "convention", "value"]
    rows = []
    for *key, loads, names in long.filter(pl.col("x") > 0).group_by(keys, maintain_order=True).agg("x", "agent_name").iter_rows():
        values = np.array(loads)
        top = values.max()
        first = "; ".join(sorted({name for name, load in zip(names, loads, strict=True) if load > top - 1e-9}))
        rows.append((*key, first, float(top / values.sum()), 1 / herfindahl(values)))
    schema = {**dict.fromkeys(keys, pl.String), "first": pl.String, "share": pl.Float64, "n_eff": pl.Float64}
    order = {key: at for at, key in enumerate(dict.fromkeys((row[1], row[2]) for row in rows))}
    rows.sort(key=lambda row: (row[0], order[row[1], row[2]]))
    return pl.DataFrame(rows, schema=schema, orient="row")
