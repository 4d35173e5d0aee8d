"""Leads between which "hoặc" stands: questions and measures count them as possible, as written and as of a date, and agree."""

from __future__ import annotations

import csv
import io

import pytest

from kg import build, open_store, run
from kg.analysis.as_of_facts import as_of
from kg.analysis.facts import read_facts
from kg.analysis.load import load
from kg.building.explorer import explorer_payload
from kg.store.formatting import format_csv
from tests.explorer_tools import taken_away
from viz.explorer_page import write_explorer

_PLAN = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU

Số: 45/KH-UBND

Lai Châu, ngày 10 tháng 3 năm 2024

KẾ HOẠCH

Phát triển kinh tế số trên địa bàn tỉnh Lai Châu giai đoạn 2024 - 2026

Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:

I. NHIỆM VỤ

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
|---|---|---|---|---|
| 1 | Xây dựng nền tảng dữ liệu dùng chung | Sở Tài chính hoặc Sở Y tế | Sở Xây dựng | 2025 |
| 2 | Đào tạo kỹ năng số cho cán bộ | Sở Y tế | Sở Tài chính | 2025 |
| 3 | Kết nối hệ thống thông tin | Sở Y tế; Sở Xây dựng | Sở Tài chính | 2026 |
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(_PLAN, "utf-8")
    build([folder], folder / "build")
    return folder / "build"


def ask(question: str, built, day: str | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(format_csv(run(question, open_store(built), as_of=day)).decode("utf-8-sig"))))


@pytest.mark.parametrize("day", [None, "2025-07-01"])
def test_the_load_tells_what_is_only_possible(built, day):
    told = {row["agencyName"]: (int(row["leads"]), int(row["possible"])) for row in ask("agency-load", built, day)}
    assert told == {"Sở Y tế": (3, 1), "Sở Tài chính": (1, 1), "Sở Xây dựng": (1, 0)}
    shared = {row["agencyName"]: float(row["fractional"]) for row in ask("agency-load", built, day)}
    assert shared == {"Sở Y tế": 2.0, "Sở Tài chính": 0.5, "Sở Xây dựng": 0.5}
    facts = read_facts(built)
    measured = load(facts if day is None else as_of(facts, day))
    assert {row["agent_name"]: (row["tasks_led"], row["possible"]) for row in measured.iter_rows(named=True)} == told


@pytest.mark.parametrize("day", [None, "2025-07-01"])
def test_two_between_which_or_stands_are_not_several_leads(built, day):
    assert [row["code"] for row in ask("several-leads", built, day)] == ["3"]
    assert [{row["agency1Name"], row["agency2Name"]} for row in ask("co-leads", built, day)] == [{"Sở Y tế", "Sở Xây dựng"}]


def test_the_list_of_tasks_marks_them(built):
    leads = {row["code"]: set(row["leads"].split("; ")) for row in ask("tasks", built)}
    assert leads == {"1": {"Sở Tài chính (có thể)", "Sở Y tế (có thể)"}, "2": {"Sở Y tế"}, "3": {"Sở Y tế", "Sở Xây dựng"}}


@pytest.mark.parametrize("day", ["", "&asof=2025-07-01"])
def test_the_explorer_says_the_same(built, open_page, day):
    path = built.parent / "explorer.html"
    write_explorer(explorer_payload(built), path)
    tasks = taken_away(open_page(f"view=tasks{day}", path))
    assert {row["Nhiệm vụ, việc"][0]: set(row["Chủ trì"].split("; ")) for row in tasks} == {"1": {"Sở Tài chính (có thể)", "Sở Y tế (có thể)"}, "2": {"Sở Y tế"}, "3": {"Sở Y tế", "Sở Xây dựng"}}
    loads = {row["Cơ quan"]: (int(row["Chủ trì (tính đủ)"]), int(row["trong đó chỉ là có thể"])) for row in taken_away(open_page(f"view=load{day}", path))}
    assert loads == {"Sở Y tế": (3, 1), "Sở Tài chính": (1, 1), "Sở Xây dựng": (1, 0)}
