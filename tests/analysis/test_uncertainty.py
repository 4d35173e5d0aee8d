"""Ranges by the confidence of reading, of loads and of indices."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from kg.analysis.concentration import concentration
from kg.analysis.uncertainty import concentration_ranges, confidence_ranges


def test_names_read_for_certain_leave_no_range(facts):
    certain = replace(facts, roles=facts.roles.with_columns(pl.lit(1.0).alias("confidence")))
    ranges = {row["place"]: row for row in concentration_ranges(certain).iter_rows(named=True)}
    for each in concentration(certain):
        row = ranges[each.place]
        for index, value in (("hhi", each.hhi), ("n_eff", each.n_eff), ("gini", each.gini)):
            assert row[f"{index}_low"] == row[f"{index}_high"] == pytest.approx(value, abs=1e-6), (each.place, index)


def test_doubtful_names_leave_a_range_that_holds_the_index(facts):
    doubtful = replace(facts, roles=facts.roles.with_columns(pl.lit(0.8).alias("confidence")))
    ranges = {row["place"]: row for row in concentration_ranges(doubtful).iter_rows(named=True)}
    for each in concentration(doubtful):
        assert ranges[each.place]["n_eff_low"] < each.n_eff < ranges[each.place]["n_eff_high"] + 1, each.place
        assert ranges[each.place]["hhi_low"] < ranges[each.place]["hhi_high"]
        assert ranges[each.place]["gini_low"] < ranges[each.place]["gini_high"]
    assert concentration_ranges(doubtful).equals(concentration_ranges(doubtful))
    loads = confidence_ranges(doubtful)
    assert (loads["low"] <= loads["w_frac"] + 1e-6).all()
