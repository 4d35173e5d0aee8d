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
    rows = leads(facts).sort("place", "unit", "agent")
    frames = [_drawn(str(key[0]), each) for key, each in rows.group_by("place", maintain_order=True)]
    schema = {"place": pl.String, "agent": pl.String, "agent_name": pl.String, "w_frac": pl.Float64, "low": pl.Float64, "high": pl.Float64, "stays_first": pl.Float64}
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)


def _drawn(place: str, rows: pl.DataFrame) -> pl.DataFrame:
    agents = rows["agent"].unique().sort()
    agent = np.searchsorted(agents.to_numpy(), rows["agent"].to_numpy())
    believed = rows["confidence"].fill_null(1.0).to_numpy()
    draws = CONFIDENCE_DRAWS if (believed < 1).any() else 1
    rng = np.random.default_rng([SEED, 3, *place.encode()])
    share, weight = (values.to_numpy().astype(np.float32)[None, :] for values in (rows["share"], rows.select(pl.col("w").sum().over("unit"))["w"]))
    kept = (rng.random((draws, len(rows)), dtype=np.float32) < believed[None, :]) * share
    starts = np.flatnonzero(np.r_[True, rows["unit"].to_numpy()[1:] != rows["unit"].to_numpy()[:-1]])
    held = np.repeat(np.add.reduceat(kept, starts, axis=1), np.diff(np.r_[starts, len(rows)]), axis=1)
    part = np.divide(kept, held, out=np.zeros_like(kept), where=held > 0) * weight
    to_agent = csr_array((np.ones(len(rows), dtype=np.float32), (agent, np.arange(len(rows)))), shape=(len(agents), len(rows)))
    loads = (to_agent @ part.T).T
    low, high = np.percentile(loads, _RANGE, axis=0)
    frame = rows.group_by("agent").agg(pl.col("place").first(), pl.col("agent_name", "form").first(), pl.col("w").sum().alias("w_frac")).sort("agent")
    ranked = frame.with_row_index("at").filter(pl.col("form") != OPEN).sort(-pl.col("w_frac").round(9), "agent_name", "agent")
    first: list[float | None] = [None] * len(frame)
    if len(ranked):
        top, others = int(ranked["at"][0]), ranked["at"].to_numpy()
        first[top] = float((loads[:, [top]] + 1e-4 >= loads[:, others]).all(axis=1).mean())
    return frame.select("place", "agent", "agent_name", "w_frac").with_columns(
        pl.Series("low", low.astype(np.float64)), pl.Series("high", high.astype(np.float64)), pl.Series("stays_first", first, dtype=pl.Float64)
    )


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
    for key, frame in long.filter(pl.col("x") > 0).group_by(keys, maintain_order=True):
        values = frame["x"].to_numpy()
        names = frame.filter(pl.col("x") > values.max() - 1e-9)["agent_name"].unique().sort().to_list()
        rows.append((*key, "; ".join(names), float(values.max() / values.sum()), 1 / herfindahl(values)))
    schema = {**dict.fromkeys(keys, pl.String), "first": pl.String, "share": pl.Float64, "n_eff": pl.Float64}
    order = {key: at for at, key in enumerate(dict.fromkeys((row[1], row[2]) for row in rows))}
    rows.sort(key=lambda row: (row[0], order[row[1], row[2]]))
    return pl.DataFrame(rows, schema=schema, orient="row")
