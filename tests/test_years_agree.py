"""How many tasks run in a year: the explorer, the questions and the reports say the same, of ends that are written and of ends that are left open."""

from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from kg.analysis.facts import read_facts
from kg.analysis.load import dated_units, load_by_year
from kg.building.frames import table
from kg.building.pipeline import build
from kg.building.running import running_years
from kg.questions import get_question, run
from kg.store import open_store
from kg.store.results import python_value
from tests.explorer_tools import ROOT, taken_away

YEARS = range(2025, 2031)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The five plans, some of whose times name one end only."""
    folder = tmp_path_factory.mktemp("open-ends")
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if path.name.startswith("000"):
            text = text.replace("2025 - 2026", "Đến năm 2026").replace("2025 - 2030", "Từ năm 2027")
        if path.name.startswith("002"):
            text = text.replace("2026-2030", "Từ năm 2028", 4).replace("2026-2030", "Đến năm 2029", 3)
        (folder / path.name).write_text(text, encoding="utf-8")
    return build([folder], folder / "build").out


@pytest.fixture(scope="module")
def ask(built: Path):
    store = open_store(built)

    def asked(name: str) -> list[dict]:
        result = run(get_question(name), store, {})
        return [dict(zip(result.columns, (None if term is None else python_value(term) for term in row), strict=True)) for row in result.rows]

    return asked


def test_some_ends_are_open(built: Path):
    tasks = table(built, "tasks")
    assert tasks.filter(pl.col("start_year").is_null() & pl.col("end_year").is_not_null()).height >= 4
    assert tasks.filter(pl.col("start_year").is_not_null() & pl.col("end_year").is_null()).height >= 4


def test_the_load_by_year_of_the_reports_is_that_of_the_question(ask, built: Path):
    mine = {(agent, year): tasks for agent, year, tasks in load_by_year(read_facts(built)).select("agent", "year", "tasks_led").iter_rows()}
    rows = ask("load-by-year")
    assert {row["year"] for row in rows} == set(YEARS)
    assert {(row["agency"], row["year"]): row["active"] for row in rows} == {(row["agency"], row["year"]): mine.get((row["agency"], row["year"]), 0) for row in rows}


def test_tasks_per_year_are_those_of_the_reports_and_of_the_explorer(ask, built: Path, open_page):
    facts = read_facts(built)
    running = dated_units(facts).select("place_name", "task", pl.int_ranges("from", pl.col("to") + 1).alias("year")).explode("year").unique(["task", "year"])
    mine = Counter(running.select("place_name", "year").iter_rows())
    rows = ask("tasks-per-year")
    assert {(row["provinceName"], row["year"]): row["active"] for row in rows} == {(row["provinceName"], row["year"]): mine[row["provinceName"], row["year"]] for row in rows}
    for place in ("Hưng Yên", "Hà Tĩnh"):
        shown = {int(row["Năm"]): row for row in taken_away(open_page(f"view=years&province={place}"))}
        for row in rows:
            if row["provinceName"] == place and row["year"] in shown:
                assert int(shown[row["year"]]["Đang thực hiện"]) == row["active"], row
                assert int(shown[row["year"]]["Đến hạn"]) == row["due"], row
    page = open_page("view=years")
    assert "nhiệm vụ không nêu năm kết thúc: tính đến năm cuối của kế hoạch" in page.inner_text("#note")
    assert "chỉ nêu năm kết thúc: tính từ năm đầu của kế hoạch" in page.inner_text("#note")


@pytest.mark.parametrize(
    ("start", "end", "period", "runs"),
    [
        (2025, 2030, (2026, 2028, "2025-11"), (2025, 2030, 2030)),  # what is written stands
        (None, 2030, (2026, 2030, "2025-11"), (2026, 2030, 2030)),
        (None, 2030, (None, None, "2025-11"), (2025, 2030, 2030)),  # the year of issue
        (None, 2024, (2026, 2030, "2025-11"), (2024, 2024, 2024)),  # not after its end
        (2026, None, (2025, 2030, "2025"), (2026, 2030, None)),
        (2031, None, (2025, 2030, "2025"), (2031, 2031, None)),  # not before its beginning
        (2026, None, (None, None, None), (2026, 9999, None)),  # still running
        (None, 2026, (None, None, None), (0, 2026, 2026)),  # begun
        (None, None, (2025, 2030, "2025"), (None, None, None)),
    ],
)
def test_ends_that_are_open_are_the_plans(start, end, period, runs):
    document = {"document": "d", "period_start": period[0], "period_end": period[1], "date": period[2]}
    task = {"task": "t", "document": "d", "start_year": start, "end_year": end, "recurrence": None}
    found = running_years([task], [], [document])
    assert (found["first"][0], found["last"][0], found["due"][0]) == runs


def test_a_task_in_parts_runs_from_the_first_to_the_last():
    document = {"document": "d", "period_start": 2025, "period_end": 2035, "date": None}
    task = {"task": "t", "document": "d", "start_year": 2025, "end_year": 2026, "recurrence": None}
    parts = [{"task": "t", "start_year": first, "end_year": last, "recurrence": None} for first, last in ((2027, 2030), (None, None))]
    assert running_years([task], parts, [document]) == {"first": [2025], "last": [2030], "due": [2030]}
