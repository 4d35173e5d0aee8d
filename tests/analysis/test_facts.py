import shutil

import polars as pl
import pytest

from kg.analysis.as_of_facts import as_of
from kg.analysis.facts import in_force, of_places, read_facts
from kg.errors import QuestionError, StoreError


def test_weights_of_units_sum_to_the_tasks(facts):
    assert dict(facts.units.group_by("place").agg(pl.col("weight").sum()).rows()) == {"hung-yen": 25, "lai-chau": 10, "ha-tinh": 15, "hoa-binh": 18}
    assert facts.units.height == 69, "3.2.2 of Hưng Yên has two parts"


def test_every_role_of_the_tables_is_in_the_frames(facts, five_plans):
    rows = pl.read_parquet(five_plans / "tables" / "assignments.parquet")
    assert facts.roles.height == rows.filter(pl.col("of") != "duty").height
    assert facts.duties.height == rows.filter(pl.col("of") == "duty").height


def test_a_part_has_its_own_product_and_its_task_s_funding(facts):
    parts = facts.units.filter("is_part")
    assert parts["product"].str.starts_with("Đề án/dự án/nhiệm vụ thúc đẩy cộng sinh").all()
    assert parts["funding"].to_list() == ["I; II; IV"] * 2


@pytest.mark.parametrize(("date", "places"), [
    ("2025-07-01", {"ben-tre", "hoa-binh", "hung-yen", "lai-chau"}),  # Hà Tĩnh's plan is of 2026
    ("2024-01-01", {"ben-tre", "hoa-binh"}),
    ("2031-01-01", {"ben-tre", "hung-yen", "lai-chau"}),
])  # fmt: skip
def test_plans_in_force(facts, date, places):
    assert set(in_force(facts, date).documents["place"]) == places


def test_provinces_by_name_or_slug(facts):
    assert of_places(facts, ("Hưng Yên", "lai-chau")).tasks.height == 35
    with pytest.raises(QuestionError, match="Cà Mau"):
        of_places(facts, ("Cà Mau",))


def test_no_build_is_refused(tmp_path):
    with pytest.raises(StoreError):
        read_facts(tmp_path)


def test_as_of_a_day_places_and_agents_are_the_heirs(facts):
    now = as_of(facts, "2025-07-01")
    assert set(now.places) == {"hung-yen-2025", "lai-chau", "phu-tho-2025", "vinh-long-2025"}
    heirs = dict(now.roles.filter((pl.col("place") == "lai-chau") & (pl.col("role") == "lead")).select("as_written", "agent_name").rows())
    assert heirs["Sở Kế hoạch và Đầu tư"] == "Sở Tài chính"
    assert heirs["Ủy ban nhân dân các huyện, thành phố"] == "Ủy ban nhân dân các xã, phường, đặc khu"
    assert heirs["Sở Công Thương"] == "Sở Công Thương", "must not move"


def test_as_of_keeps_the_shares_of_each_unit(facts):
    now = as_of(facts, "2025-07-01")
    sums = now.roles.group_by("unit", "role").agg(pl.col("share").sum(), pl.col("among").first())
    assert (sums["share"] - sums["among"]).abs().max() < 1e-9


@pytest.mark.parametrize("date", ["2025-13-01", "", "hôm qua"])
def test_a_day_that_is_none(facts, date):
    with pytest.raises(QuestionError):
        as_of(facts, date)


def test_what_people_rejected_is_in_no_load(five_plans, tmp_path):
    shutil.copytree(five_plans / "tables", tmp_path / "tables")
    path = tmp_path / "tables" / "assignments.parquet"
    rows = pl.read_parquet(path)
    lead = rows.filter((pl.col("role") == "lead") & (pl.col("of") == "task"))["assignment"][0]
    rows.with_columns(pl.when(pl.col("assignment") == lead).then(pl.lit("rejected")).otherwise(pl.col("status")).alias("status")).write_parquet(path)
    kept = read_facts(tmp_path)
    assert kept.rejected == 1
    assert kept.roles.height == read_facts(five_plans).roles.height - 1
