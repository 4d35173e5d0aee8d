"""The questions of the library and the frames of the measures give the same numbers."""

from __future__ import annotations

import polars as pl
import pytest

from kg.analysis.clarity import clarity, counts
from kg.analysis.diffusion import task_leads
from kg.analysis.load import load, load_by_year
from kg.questions import get_question, run
from kg.store import open_store
from kg.store.results import python_value

CODES = {"person": "lead", "product": "product", "time": "time", "funding": "funding"}


@pytest.fixture(scope="module")
def ask(five_plans):
    store = open_store(five_plans)

    def asked(name):
        result = run(get_question(name), store, {})
        return [dict(zip(result.columns, (None if term is None else python_value(term) for term in row), strict=True)) for row in result.rows]

    return asked


def test_agency_load(ask, facts):
    loads = {row["agent"]: row for row in load(facts).iter_rows(named=True)}
    rows = ask("agency-load")
    assert len(rows) > 40
    for row in rows:
        mine = loads[row["agency"]]
        assert float(row["fractional"]) == pytest.approx(mine["w_frac"], abs=0.006), row["agencyName"]
        assert row["duties"] == mine["duties"], row["agencyName"]
    in_rows = {row["agency"] for row in rows}
    assert {agent for agent, each in loads.items() if each["w_frac"] > 0} <= in_rows


def test_load_by_year(ask, facts):
    years = {(agent, year): tasks for agent, year, tasks in load_by_year(facts).select("agent", "year", "tasks_led").iter_rows()}
    undated = dict(load(facts).select("agent", "undated").rows())
    rows = ask("load-by-year")
    assert {row["year"] for row in rows} == set(range(2025, 2031))
    for row in rows:
        assert row["active"] == years.get((row["agency"], row["year"]), 0), (row["agencyName"], row["year"])
        assert row["undated"] == undated[row["agency"]], row["agencyName"]


def test_clarity(ask, facts):
    sums = {(row["place"], row["light"]): row for row in counts(clarity(facts)).iter_rows(named=True)}
    rows = ask("clarity")
    assert {row["province"].rsplit("/", 1)[-1] for row in rows} == {place for place, _ in sums} == {"ha-tinh", "hoa-binh", "hung-yen", "lai-chau"}  # Bến Tre has no table
    for row in rows:
        place = row["province"].rsplit("/", 1)[-1]
        absent = [code for light, code in CODES.items() if sums[place, light]["no_column"] == row["tasks"]]
        assert row["noColumn"] == "; ".join(absent), place
        for light, code in CODES.items():
            each = sums[place, light]
            if code in absent:
                assert row[light] is None, (place, light)
            else:
                assert float(row[light]) == pytest.approx(100 * each["yes"] / (each["tasks"] - each["no_column"]), abs=0.51), (place, light)


def test_clarity_says_no_column_where_the_report_does(ask, facts):
    assert {row["provinceName"]: row["noColumn"] for row in ask("clarity")} == {"Hà Tĩnh": "", "Hòa Bình": "funding", "Hưng Yên": "", "Lai Châu": ""}
    empty = counts(clarity(facts)).filter(pl.col("no_column") > 0)
    assert empty.select("place_name", "light", "no_column", "tasks").rows() == [("Hòa Bình", "funding", 18, 18)]


@pytest.mark.parametrize(("question", "test"), [("several-leads", "several"), ("group-only-lead", "group_only")])
def test_tasks_with_several_leads_groups_only(ask, facts, question, test):
    found = {row["task"] for row in ask(question)}
    assert found == set(task_leads(facts).filter(pl.col(test))["task"])
    assert found
