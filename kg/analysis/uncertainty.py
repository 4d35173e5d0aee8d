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
    rows = leads(facts).sort("place", "unit", "agent").with_columns(pl.col("w").sum().over("unit").alias("whole"), pl.col("confidence").fill_null(1.0))
    if rows.is_empty():
        return pl.DataFrame(schema={"place": pl.String, "agent": pl.String, "agent_name": pl.String, "w_frac": pl.Float64, "low": pl.Float64, "high": pl.Float64, "stays_first": pl.Float64})
    agents = rows.group_by("place", "agent").agg(pl.col("agent_name", "form").first(), pl.col("w").sum().alias("w_frac")).sort("place", "agent")
    # First comes the largest load; of equal ones the first by name. Open groups come last, and are nobody's rivals.
    order = pl.struct(pl.col("form") == OPEN, -pl.col("w_frac").round(9), "agent_name", "agent").rank("ordinal").over("place")
    agents = agents.with_columns(order.alias("order"), (pl.col("form") == OPEN).alias("open"), pl.int_range(pl.len()).over("place").alias("at"))
    rows = rows.join(agents.select("place", "agent", "at"), on=["place", "agent"], how="left", maintain_order="left").with_columns(pl.col("unit").rle_id())
    drawn = [
        _drawn(str(key[0]), {name: part[name].to_numpy() for name in ("at", "unit", "confidence", "share", "whole")}, own["order"].to_numpy(), own["open"].to_numpy())
        for (key, part), own in zip(rows.group_by("place", maintain_order=True), agents.partition_by("place", maintain_order=True), strict=True)
    ]  # fmt: skip
    low, high, first = (pl.concat([pl.Series(values) for values in each]) for each in zip(*drawn, strict=True))
    return agents.select("place", "agent", "agent_name", "w_frac").with_columns(low.alias("low"), high.alias("high"), first.fill_nan(None).alias("stays_first"))


def _drawn(place: str, rows: dict[str, np.ndarray], order: np.ndarray, is_open: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the ends of each agent's load, and how often the first of the place stays it (``nan`` for the others)."""
    size, believed = len(rows["at"]), rows["confidence"]
    draws = CONFIDENCE_DRAWS if (believed < 1).any() else 1
    rng = np.random.default_rng([SEED, 3, *place.encode()])
    share, weight = (rows[name].astype(np.float32)[None, :] for name in ("share", "whole"))
    kept = (rng.random((draws, size), dtype=np.float32) < believed[None, :]) * share
    starts = np.flatnonzero(np.diff(rows["unit"].astype(np.int64), prepend=-1))
    held = np.repeat(np.add.reduceat(kept, starts, axis=1), np.diff(np.r_[starts, size]), axis=1)
    part = np.divide(kept, held, out=np.zeros_like(kept), where=held > 0) * weight
    to_agent = csr_array((np.ones(size, dtype=np.float32), (rows["at"], np.arange(size))), shape=(len(order), size))
    loads = (to_agent @ part.T).T
    low, high = np.percentile(loads, _RANGE, axis=0)
    first = np.full(len(order), np.nan)
    top = int(order.argmin())
    if not is_open[top]:
        first[top] = (loads[:, [top]] + 1e-4 >= loads[:, ~is_open]).all(axis=1).mean()
    return low.astype(np.float64), high.astype(np.float64), first


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
