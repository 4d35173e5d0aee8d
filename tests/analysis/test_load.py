from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.as_of_facts import as_of
from kg.analysis.load import coordination, intervals, load, load_by_year, nested, rows_behind, scenario_loads
from tests.analysis.by_hand import ANYBODY, DEPARTMENTS, FINANCE, INDUSTRY, make_facts

NAMES = {"agency": INDUSTRY, "group": DEPARTMENTS, "open-group": ANYBODY}


def one(loads, place, name):
    return loads.filter((pl.col("place") == place) & (pl.col("agent_name") == name)).row(0, named=True)


@pytest.mark.parametrize(("place", "name", "full", "fractional"), [
    ("hung-yen", "Sở Nông nghiệp và Môi trường", 6, 5.33),
    ("hung-yen", "Ủy ban nhân dân các huyện, thị xã, thành phố", 9, 4.08),
    ("hung-yen", "Sở Công Thương", 5, 4.00),
    ("hung-yen", "các sở, ban, ngành", 8, 3.58),
    ("ha-tinh", "Sở Công Thương", 8, 6.5),
    ("hoa-binh", "Sở Công Thương", 8, 8.0),
    ("lai-chau", "Sở Công Thương", 3, 3.0),
])  # fmt: skip
def test_the_two_counting_rules(facts, place, name, full, fractional):
    row = one(load(facts), place, name)
    assert (row["tasks_led"], round(row["w_frac"], 2)) == (full, fractional)


def test_shares_and_ranks(facts):
    loads = load(facts)
    assert round(one(loads, "hung-yen", "Sở Nông nghiệp và Môi trường")["share"], 3) == 0.213
    assert one(loads, "hung-yen", "Sở Nông nghiệp và Môi trường")["rank"] == 1
    assert [one(loads, "lai-chau", name)["rank"] for name in ("Sở Công Thương", "Ủy ban nhân dân các huyện, thành phố")] == [1, 1]


def test_open_groups_are_shown_and_never_ranked(facts):
    loads = load(facts)
    row = one(loads, "hung-yen", "các cơ quan, tổ chức có liên quan")
    assert (row["w_rho_25"], row["w_rho_50"], row["rank"]) == (6.125, 12.25, None)
    for place in ("hung-yen", "lai-chau", "ha-tinh", "hoa-binh"):
        assert loads.filter(pl.col("place") == place).sort("w_rho_50")["form"][-1] == "open-group", "at rho .5 they would come first"


@pytest.mark.parametrize("view", [lambda f: f, lambda f: as_of(f, "2025-07-01"), lambda f: as_of(f, "2008-05-01")])
def test_fractional_loads_sum_to_the_tasks_with_a_lead(facts, view):
    seen = view(facts)
    led = seen.roles.filter(pl.col("role") == "lead").group_by("place").agg(pl.col("task").n_unique())
    sums = dict(load(seen).group_by("place").agg(pl.col("w_frac").sum()).rows())
    for place, tasks in led.iter_rows():
        assert sums[place] == pytest.approx(tasks)


AGENTS = st.lists(st.sampled_from([INDUSTRY, FINANCE, DEPARTMENTS, ANYBODY]), max_size=4, unique=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), AGENTS, AGENTS), min_size=1, max_size=8))
def test_the_sum_holds_for_any_plan(plan):
    units = [(f"t{n}/{part}", f"t{n}", 1 / parts, leads or [INDUSTRY], partners, 2025, 2030, None) for n, (parts, leads, partners) in enumerate(plan) for part in range(parts)]
    assert load(make_facts(units))["w_frac"].sum() == pytest.approx(len(plan))


def test_tasks_without_a_lead_have_no_load(facts):
    frame = make_facts([("a", "a", 1.0, [INDUSTRY], [], 2025, 2026, None), ("b", "b", 1.0, [], [FINANCE], 2025, 2026, None)])
    assert load(frame)["w_frac"].sum() == 1.0


def test_coordination_leaves_open_groups_out():
    frame = make_facts([("a", "a", 1.0, [INDUSTRY], [FINANCE, DEPARTMENTS, ANYBODY], 2025, 2026, None), ("b", "b", 1.0, [INDUSTRY], [FINANCE], 2025, 2026, None)])
    assert coordination(frame).select("coordination", "partners").row(0) == (3, 2)


def test_years_open_ends_and_the_undated(facts):
    frame = make_facts([
        ("a", "a", 1.0, [INDUSTRY], [], 2026, 2027, None),
        ("b", "b", 1.0, [INDUSTRY], [], 2027, None, None),  # runs to the end of the plan, 2030
        ("c", "c", 1.0, [INDUSTRY], [], None, 2025, None),
        ("d", "d", 1.0, [INDUSTRY], [], None, None, None),  # undated: in no year, and counted apart
    ])  # fmt: skip
    years = dict(load_by_year(frame).select("year", "w_frac").rows())
    assert years == {2025: 1, 2026: 1, 2027: 2, 2028: 1, 2029: 1, 2030: 1}
    row = load(frame).row(0, named=True)
    assert (row["peak_year"], row["peak"], row["task_years"], row["undated"]) == (2027, 2.0, 7.0, 1)


def test_a_plan_that_names_no_years_runs_as_far_as_those_of_the_build():
    """An open end of such a plan ran in its first year only, an open beginning in its last."""
    frame = make_facts([("a", "a", 1.0, [INDUSTRY], [], 2027, None, None), ("b", "b", 1.0, [FINANCE], [], None, 2027, None)])
    bare = replace(frame, documents=frame.documents.with_columns(first=pl.lit(None, dtype=pl.Int64), last=pl.lit(None, dtype=pl.Int64)), horizon=(2025, 2029))
    years = load_by_year(bare).group_by("agent_name").agg(pl.col("year").sort())
    assert dict(years.rows()) == {"Sở Công Thương": [2027, 2028, 2029], "Sở Tài chính": [2025, 2026, 2027]}


def test_group_scenarios_give_an_interval(facts):
    units = [("a", "a", 1.0, [DEPARTMENTS], [], 2025, 2026, None), ("b", "b", 1.0, [INDUSTRY, DEPARTMENTS], [], 2025, 2026, None)]
    bare = make_facts(units)
    assert intervals(bare).select("low", "high").rows() == [(0.5, 0.5), (1.5, 1.5)], "no roster: not expanded only"
    base = "https://w3id.org/mandategraph/vn/lai-chau/agency/"
    group = bare.roles.filter(pl.col("form") == "group")["agent"][0]
    rows = [("lai-chau", group, base + slug, name, slug, 2) for name, slug in (("Sở Công Thương", "so-cong-thuong"), ("Sở Tài chính", "so-tai-chinh"))]
    frame = replace(bare, rosters=pl.DataFrame(rows, schema=bare.rosters.schema, orient="row"))
    found = {row["agent_name"]: (row["low"], row["high"]) for row in intervals(frame).iter_rows(named=True)}
    # "b" is nested: Sở Công Thương counts once there, for its own half
    assert found == {"Sở Công Thương": (0.5, 1.5), "Sở Tài chính": (0.0, 1.5), "các sở, ban, ngành": (0.0, 1.5)}
    shared = dict(scenario_loads(frame).filter(pl.col("scenario") == "shared").select("agent_name", "w_frac").rows())
    assert shared == {"Sở Công Thương": 1.0, "Sở Tài chính": 0.75}


def test_nested_leads_are_flagged(facts):
    names = nested(facts)["task_name"].to_list()
    assert len(names) == 3
    assert any(name.startswith("Triển khai các bộ chỉ số giám sát") for name in names), "5.2.1 of Hưng Yên"


def test_rows_behind_sum_to_the_loads(facts):
    sums = dict(rows_behind(facts).group_by("agent").agg(pl.col("w").sum()).rows())
    for agent, load_ in load(facts).select("agent", "w_frac").iter_rows():
        assert sums.get(agent, 0.0) == pytest.approx(load_)
    assert rows_behind(facts)["quote"].null_count() == 0


def test_only_a_group_that_comprises_the_agency_holds_it(facts):
    """Of the three units of Hưng Yên led by agencies and groups one has an agency that is in its group; district committees hold no department."""
    found = {row["task_name"][:30]: row["held"] for row in nested(facts).filter(pl.col("place") == "hung-yen").iter_rows(named=True)}
    assert found == {"Triển khai các chương trình, k": [], "Khuyến khích, tăng cường tiêu ": [], "Triển khai các bộ chỉ số giám ": ["Sở Nông nghiệp và Môi trường"]}
