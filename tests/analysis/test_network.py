from dataclasses import replace

import networkx as nx
import polars as pl
import pytest

from kg.analysis.load import load
from kg.analysis.network import betweenness_readings, pairs, positions, redundancy, ties
from kg.analysis.raci import exposure, horizontal, vertical
from kg.analysis.uncertainty import confidence_ranges, tornado
from tests.analysis.by_hand import DEPARTMENTS, FINANCE, INDUSTRY, make_facts


def test_redundancy_is_that_of_networkx(facts):
    tied = ties(facts).filter(pl.col("place") == "hung-yen")
    graph = nx.Graph((f"a:{a}", f"u:{u}") for a, u in tied.select("agent", "unit").iter_rows())
    found = positions(facts).filter(pl.col("place") == "hung-yen")
    busy = [a for a, value in found.select("agent", "redundancy").iter_rows() if value is not None]
    expected = nx.bipartite.node_redundancy(graph, [f"a:{a}" for a in busy])
    for agent, value in found.filter(pl.col("redundancy").is_not_null()).select("agent", "redundancy").iter_rows():
        assert value == pytest.approx(expected[f"a:{agent}"])


def test_open_groups_are_in_no_network(facts):
    assert "open-group" not in ties(facts)["form"]


def test_positions_are_the_same_on_repetition(facts):
    assert positions(facts).equals(positions(facts))


def test_readings_of_the_network_leave_out_doubt_and_groups():
    """Industry – departments (a group) – finance in a line; the tie of industry is read with doubt."""
    units = [("a", "a", 1.0, [INDUSTRY], [DEPARTMENTS], 2025, 2026, None), ("b", "b", 1.0, [DEPARTMENTS], [FINANCE], 2025, 2026, None)]
    sure = make_facts(units)
    doubt = pl.when(pl.col("agent_name") == "Sở Công Thương").then(0.8).otherwise(1.0)
    found = betweenness_readings(replace(sure, roles=sure.roles.with_columns(doubt.alias("confidence"))))
    by = {(reading, name): value for name, reading, value in found.select("agent_name", "reading", "betweenness").iter_rows()}
    group = next(name for _, name in by if name not in ("Sở Công Thương", "Sở Tài chính"))
    assert by == {
        ("as-read", "Sở Công Thương"): 0, ("as-read", "Sở Tài chính"): 0, ("as-read", group): 1,
        ("sure", "Sở Công Thương"): 0, ("sure", "Sở Tài chính"): 0, ("sure", group): 0,
        ("bodies", "Sở Công Thương"): 0, ("bodies", "Sở Tài chính"): 0,
    }  # fmt: skip
    assert set(betweenness_readings(sure)["reading"]) == {"as-read", "bodies"}


def test_pairs_and_their_normalisations():
    units = [("a", "a", 1.0, [INDUSTRY], [FINANCE], 2025, 2026, None), ("b", "b", 1.0, [INDUSTRY], [], 2025, 2026, None)]
    row = pairs(make_facts(units)).row(0, named=True)
    assert (row["lead"], row["partner"], row["units"], row["of_lead"], row["of_partner"], row["jaccard"]) == ("so-cong-thuong", "so-tai-chinh", 1, 0.5, 1.0, 0.5)


def test_vertical_and_horizontal_rules():
    units = [(f"t{n}", f"t{n}", 1.0, [INDUSTRY] if n < 9 else [DEPARTMENTS], [FINANCE], 2025, 2030, None) for n in range(10)]
    units += [("x", "x", 1.0, [], [], None, None, None), ("y", "y", 1.0, [INDUSTRY, DEPARTMENTS], [], None, None, None)]
    frame = make_facts(units)
    assert vertical(load(frame)).select("agent_name", "rule").rows() == [("Sở Tài chính", "fatigue")]
    rules = {(row["task"], row["rule"]) for row in horizontal(frame).iter_rows(named=True)}
    assert {("x", "no-lead"), ("y", "several-leads"), ("y", "isolated")} == rules


def test_exposure_tells_no_column_from_no_funding(facts):
    signs = exposure(facts, load(facts))
    assert signs.filter(pl.col("place") == "hoa-binh")["unfunded"].null_count() == 9, "its table has no funding column"
    assert signs.filter((pl.col("place") == "ha-tinh") & (pl.col("agent_name") == "Sở Tài chính"))["unfunded"].item() == 0.5


def test_certain_names_leave_no_range_and_doubtful_ones_do():
    units = [(f"t{n}", f"t{n}", 1.0, [INDUSTRY], [], 2025, 2030, None) for n in range(10)]
    sure = make_facts(units)
    assert confidence_ranges(sure).select("w_frac", "low", "high", "stays_first").row(0) == (10.0, 10.0, 10.0, 1.0)
    doubtful = replace(sure, roles=sure.roles.with_columns(pl.lit(0.6).alias("confidence")))
    low, high = confidence_ranges(doubtful).select("low", "high").row(0)
    assert 2 <= low < 6 < high <= 10


def test_the_tornado_names_who_comes_first_under_each_convention(facts):
    rows = {(r["convention"], r["value"]): r["first"] for r in tornado(facts).filter(pl.col("place") == "hung-yen").iter_rows(named=True)}
    assert rows["count", "fractional"] == "Sở Nông nghiệp và Môi trường"
    assert rows["count", "whole"] == "Ủy ban nhân dân các huyện, thị xã, thành phố"
    assert rows["rho, partner roles of all", "0.5"] == "các sở, ban, ngành"


def test_redundancy_of_one_unit_is_nothing():
    import numpy as np

    assert redundancy(np.array([[1, 0], [1, 1]])) == [None, 0.0]
