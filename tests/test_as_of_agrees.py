"""As written and as of a date, questions and measures that speak of the same number give the same number, however divided work is counted."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from itertools import product
from pathlib import Path

import polars as pl
import pytest

from kg import build
from kg.analysis.as_of_facts import as_of
from kg.analysis.clarity import clarity, counts
from kg.analysis.diffusion import task_leads
from kg.analysis.facts import read_facts
from kg.analysis.load import load, load_by_year
from kg.analysis.network import pairs
from kg.graph.namespaces import BASE
from kg.questions import describe_run, run
from kg.reporting.context import left_out, make_context
from kg.store import open_store
from kg.store.results import python_value
from tests.analysis.conftest import CORPUS, documents

MORE = (
    "ThuTuong-222-kinh-te-tuan-hoan", "BacNinh-kinh-te-so", "CanTho-dan-so", "HaNoi-du-lieu-chuyen-doi-so", "NgheAn-phong-thu-dan-su",
    "HaTinh-giao-duc-mam-non", "DakLak-cuu-tro-mua-lu",
)  # fmt: skip
DAYS = (None, "2024-12-31", "2025-03-01", "2025-07-01", dt.datetime.now(dt.UTC).date().isoformat())


@pytest.fixture(scope="module", params=["five", "more"])
def built(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("agrees")
    for path in CORPUS.glob("*.txt"):
        shutil.copy(path, folder)
    if request.param == "more":
        for name in MORE:
            shutil.copy(documents() / f"{name}.txt", folder)
    build([folder], folder / "build")
    return folder / "build"


@pytest.fixture(scope="module")
def store(built):
    return open_store(built)


@pytest.fixture(scope="module")
def written(built):
    return read_facts(built)


@pytest.fixture(params=[(day, split) for day in DAYS for split in ("share", "list") if day or split == "share"], ids=lambda given: f"{given[0] or 'written'}-{given[1]}")
def when(request):
    return dict(zip(("as_of", "split"), request.param, strict=True))


@pytest.fixture
def facts(written, when):
    return as_of(written, when["as_of"], when["split"]) if when["as_of"] else written


@pytest.fixture
def ask(store, when):
    def asked(name):
        result = run(name, store, **when)
        return [dict(zip(result.columns, (None if term is None else python_value(term) for term in row), strict=True)) for row in result.rows]

    return asked


def of_agents(loads, column) -> dict[str, float]:
    """What each agent has over all places."""
    return dict(loads.group_by("agent").agg(pl.col(column).sum()).rows())


def test_loads(ask, facts):
    rows = ask("agency-load")
    loads = load(facts)
    mine = {column: of_agents(loads, column) for column in ("tasks_led", "possible", "tasks_partner", "duties", "w_frac")}
    for row in rows:
        told = {"tasks_led": row["leads"], "possible": row["possible"], "tasks_partner": row["partners"], "duties": row["duties"]}
        assert told == {column: mine[column][row["agency"]] for column in told}, row["agencyName"]
        assert float(row["fractional"]) == pytest.approx(mine["w_frac"][row["agency"]], abs=0.0051), row["agencyName"]
    charged = loads.filter((pl.col("tasks_led") > 0) | (pl.col("tasks_partner") > 0) | (pl.col("duties") > 0))
    assert {row["agency"] for row in rows} == set(charged["agent"])
    assert {row["agency"]: row["agencyName"] for row in rows} == dict(charged.select("agent", "agent_name").unique("agent").rows())


def test_loads_by_year(ask, facts):
    years = {(agent, year): tasks for agent, year, tasks in load_by_year(facts).group_by("agent", "year").agg(pl.col("tasks_led").sum()).iter_rows()}
    undated = of_agents(load(facts), "undated")
    for row in ask("load-by-year"):
        assert row["undated"] == undated[row["agency"]], row["agencyName"]
        assert row["active"] == years.get((row["agency"], row["year"]), 0), (row["agencyName"], row["year"])


def test_clarity(ask, facts):
    lights = ("person", "product", "time", "funding")
    sums = {(place, light): (yes, tasks - absent) for place, light, yes, absent, tasks in counts(clarity(facts)).select("place", "light", "yes", "no_column", "tasks").iter_rows()}
    rows = [row for row in ask("clarity") if (row["province"].rsplit("/", 1)[-1], "person") in sums]
    assert rows
    for row, light in product(rows, lights):
        yes, tasks = sums[row["province"].rsplit("/", 1)[-1], light]
        told = None if row[light] is None else float(row[light])
        assert told == (pytest.approx(100 * yes / tasks, abs=0.51) if tasks else None), (row["province"], light)


@pytest.mark.parametrize(("question", "test"), [("several-leads", "several"), ("group-only-lead", "group_only")])
def test_tasks_with_several_leads_or_groups_only(ask, facts, question, test):
    assert {row["task"] for row in ask(question)} == set(task_leads(facts).filter(pl.col(test))["task"])


def test_kinds_that_lead(ask, facts):
    led = facts.roles.filter((pl.col("role") == "lead") & pl.col("kind").is_not_null()).group_by("place", "kind").agg(pl.col("task").n_unique())
    mine = {(place, kind): tasks for place, kind, tasks in led.iter_rows()}
    told = {(place_of(row["province"]), row["kind"].rsplit("/", 1)[-1]): row["leads"] for row in ask("lead-kinds")}
    centre = {key for key in mine if key[0] not in {place for place, _ in told}}
    assert {key: mine[key] for key in mine.keys() - centre} == {key: told[key] for key in told if key[0] != "trung-uong"}


def test_pairs_of_kinds(ask, facts):
    tasks = {(row["lead"].rsplit("/", 1)[-1], row["partner"].rsplit("/", 1)[-1]): row["tasks"] for row in ask("lead-partner-pairs")}
    whole = facts.units.filter(~pl.col("is_part"))["unit"]
    mine = {(lead, partner): units for lead, partner, units in pairs(facts).select("lead", "partner", "units").iter_rows()}
    assert {pair for pair in mine if pair[0] != pair[1]} >= set(tasks) & set(mine)
    assert tasks
    if len(whole) == len(facts.units):
        assert {pair: mine[pair] for pair in tasks if pair in mine} == {pair: tasks[pair] for pair in tasks if pair in mine}


def test_plans_and_tasks(ask, facts):
    of_provinces = facts.documents.filter(pl.col("province").is_not_null())
    plans = {row["plan"]: (row["tasks"], row["duties"]) for row in ask("plans")}
    assert set(plans) == set(of_provinces["document"])
    tasks = dict(facts.tasks.group_by("document").agg(pl.len()).rows())
    assert {plan: count for plan, (count, _) in plans.items()} == {plan: tasks.get(plan, 0) for plan in plans}
    assert {row["task"] for row in ask("tasks")} == set(facts.tasks["task"])


def test_agencies_that_only_help(ask, facts):
    answers = pl.concat([facts.roles, facts.duties], how="diagonal")
    charged = set(answers.filter(pl.col("role").is_in(["lead", "responsible"]))["agent"])
    mine = of_agents(load(facts), "tasks_partner")
    rows = ask("partner-only-agencies")
    assert {row["agency"]: row["tasks"] for row in rows} == {agent: mine[agent] for agent in (row["agency"] for row in rows)}
    assert not charged & {row["agency"] for row in rows}


def test_what_is_not_counted_is_said_alike(built, store, when):
    context = make_context(built, date=when["as_of"], split=when["split"])
    told = describe_run("agency-load", store, **when)
    said = [words for words in left_out(context) if "không ghi ngày" in words.vi or "chưa ban hành" in words.vi]
    assert [words.vi in told.vi and words.en in told.en for words in said] == [True] * len(said)
    assert bool(said) == (when["as_of"] is not None), "the plan of Bến Tre is undated, and counted at any day"


def place_of(province: str) -> str:
    return province.removeprefix(f"{BASE}vn/").removeprefix("province/")


def test_a_day_before_it_was_issued_a_plan_is_in_no_answer(store, written):
    early = written.documents.filter(pl.col("date") > "2025-03")["document"].to_list()
    assert early
    for plan in early:
        for name in ("plans", "tasks", "evidence", "decision-diffusion"):
            assert plan not in {str(getattr(term, "value", "")) for row in run(name, store, as_of="2025-03-01").rows for term in row}, (name, plan)


def test_fractions_add_up_shared_and_do_not_listed(store, written):
    day = "2025-07-01"
    shared, listed = (sum(Decimal(row[5].value) for row in run("agency-load", store, as_of=day, split=split).rows) for split in ("share", "list"))
    led = as_of(written, day).roles.filter(pl.col("role") == "lead")
    assert abs(shared - led["task"].n_unique()) < Decimal("0.2"), "rounding of each row"
    extra = led.filter("possible").group_by("task").agg(pl.col("agent").n_unique() - 1)["agent"].sum()
    assert listed - shared == pytest.approx(Decimal(extra), abs=Decimal("0.2")) if extra else listed == shared
