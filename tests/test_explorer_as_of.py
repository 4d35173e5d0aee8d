"""The explorer as of a date, against the questions."""

from pathlib import Path

import pytest

from kg.building.frames import table
from kg.questions import run
from kg.store import open_store
from tests.explorer_tools import DAYS, VIEWS, taken_away


@pytest.mark.parametrize("day", DAYS)
def test_loads_as_of_a_day_are_those_of_the_question(open_page, built: Path, day: str):
    page = open_page(f"view=load&asof={day}")
    rows = taken_away(page)
    assert taken_away.name == f"khoi-luong-{day}.csv"
    result = run("agency-load", open_store(built), as_of=day)
    told = {(row[1].value, "" if row[0].value in {"Trung ương", "chưa rõ tỉnh"} else row[0].value): row for row in result.rows}
    mine = {(row["Cơ quan"], row["Tỉnh"]): row for row in rows}
    assert {key for key, row in mine.items() if row["Chủ trì (tính đủ)"] != "0" or row["Phối hợp"] != "0"} == {key for key, row in told.items() if row[3].value != "0" or row[6].value != "0"}
    assert set(told) <= set(mine)
    for key, row in told.items():
        assert [mine[key][name] for name in ("Chủ trì (tính đủ)", "trong đó chỉ là có thể", "Phối hợp")] == [row[3].value, row[4].value, row[6].value], key
        assert float(mine[key]["Chủ trì (chia)"]) == pytest.approx(float(row[5].value), abs=0.006), key


@pytest.mark.parametrize("day", DAYS[1:])
def test_heirs_are_those_of_the_question(open_page, built: Path, day: str):
    page = open_page(f"view=heirs&asof={day}")
    rows = taken_away(page)
    columns = {name: at for at, name in enumerate(run("orphaned-by-reform", open_store(built), as_of=day).columns)}
    told = run("orphaned-by-reform", open_store(built), as_of=day).rows
    assert len(rows) == len(told) > 10
    shares = sorted(round(float(row[columns["share"]].value), 3) for row in told)
    assert sorted(float(row["Phần"]) for row in rows) == pytest.approx(shares, abs=0.001)
    assert {row["Vì sao"] for row in rows} == {row[columns["why"]].value for row in told}


@pytest.mark.parametrize("day", DAYS)
def test_plans_as_of_a_day_are_those_of_the_question(open_page, built: Path, day: str):
    page = open_page(f"view=tasks&asof={day}")
    rows = taken_away(page)
    told = run("tasks", open_store(built), as_of=day)
    assert len([row for row in rows if row["Loại"] == "nhiệm vụ"]) == len(told)
    assert {row["Tỉnh"] for row in rows} >= {row[0].value for row in told.rows}


def test_the_day_is_chosen_by_keyboard_said_and_sent(open_page):
    page = open_page("view=matrix&province=B%E1%BA%BFn+Tre")
    assert page.inner_text("#asof") == "Tên cơ quan và tỉnh: như văn bản viết."
    page.focus("#asof-choice")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_text("Tính đến 01/7/2025:").wait_for()
    assert "asof=2025-07-01" in page.url
    assert page.locator("#filter-province").input_value() == "Vĩnh Long", "the filter follows the province to its heir"
    assert "phân công đã có cơ quan khác kế thừa. " in page.inner_text("#asof"), "of the plans that are chosen, all count"
    page.click("#clear")
    short = page.inner_text("#asof")
    assert "phân công đã có cơ quan khác kế thừa; 1 kế hoạch không tính." in short
    assert "chưa ban hành" not in short
    page.click("#asof-more summary")
    assert "chưa ban hành: 1 (Hà Tĩnh" in page.inner_text("#asof")
    assert "Không ghi ngày, vẫn tính: 1" in page.inner_text("#asof")
    page.click("#language")
    assert "not yet issued: 1 (Hà Tĩnh" in page.inner_text("#asof"), "what was unfolded stays so"
    page.click("#language")
    page.click("#asof-more summary")
    sent = open_page(page.url.partition("#")[2])
    assert sent.inner_text("#asof") == page.inner_text("#asof")
    page.click("#to-heirs")
    assert page.locator("#table tbody tr").count() > 10
    page.go_back()
    assert page.get_attribute("#tab-matrix", "aria-selected") == "true"
    assert "01/7/2025" in page.inner_text("#asof")


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "document"])
def test_no_view_names_a_province_or_body_that_is_gone(open_page, view: str):
    page = open_page(f"view={view}&asof=2025-07-01")
    shown = {cell for row in taken_away(page) for name, cell in row.items() if name not in {"Văn bản viết", "Vì sao"} and not name.startswith(("Nhiệm vụ", "Kế hoạch", "Sản phẩm"))}
    gone = ("Bến Tre", "Hòa Bình", "Sở Kế hoạch và Đầu tư", "Sở Tài nguyên và Môi trường", "Sở Lao động, Thương binh và Xã hội")
    assert [cell for cell in shown for name in gone if name in cell and "chưa rõ" not in cell and "Chi nhánh" not in cell] == []


def test_an_heir_shows_what_the_document_writes_and_a_body_that_is_gone_its_heir(open_page, built: Path):
    rows = table(built, "agencies").to_dicts()
    planning = next(row["agency"] for row in rows if row["agency_name"] == "Sở Kế hoạch và Đầu tư" and row["province_name"] == "Lai Châu")
    page = open_page(f"view=load&asof=2025-07-01&node={planning}")
    page.locator("#details ul button.link").first.click()
    assert page.inner_text("#details h2") == "Sở Tài chính"
    assert "văn bản viết: Sở Kế hoạch và Đầu tư – Lai Châu" in page.inner_text("#details")
    page.locator("#details .source.link").first.click()
    assert page.locator(".m-target-passage").first.is_visible()
    assert "Như văn bản viết" in page.inner_text("#asof")


def test_search_finds_heirs_and_nobody_who_is_gone(open_page):
    page = open_page("asof=2025-07-01")
    page.fill("#search", "so ke hoach va dau tu")
    assert not [hit for hit in page.locator("#hits [role=option]").all_inner_texts() if "– cơ quan" in hit]
    page.fill("#search", "so tai chinh vinh long")
    assert any("Sở Tài chính – cơ quan, Vĩnh Long" in hit for hit in page.locator("#hits [role=option]").all_inner_texts())


@pytest.mark.parametrize("view", ["overview", "load", "heirs", "tasks"])
def test_no_rule_of_accessibility_is_broken_as_of_a_day(open_page, axe, view):
    page = open_page(f"view={view}&asof=2025-07-01")
    page.evaluate(axe)
    broken = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120))])")
    assert broken == []


@pytest.mark.parametrize("day", ["2025-02-30", "hom-nay", "2025-7-1", "<b>"])
def test_what_is_no_day_is_as_written(open_page, day: str):
    page = open_page(f"view=load&asof={day}")
    assert page.inner_text("#asof") == "Tên cơ quan và tỉnh: như văn bản viết."


@pytest.mark.parametrize(("asof", "heirs"), [("", {"Vĩnh Long": "Bến Tre", "Phú Thọ": "Hòa Bình", "Hưng Yên": "Hưng Yên"}), ("2026-01-31", {"Vĩnh Long": "Vĩnh Long", "Phú Thọ": "Phú Thọ", "Hưng Yên": "Hưng Yên"})])
def test_the_map_counts_what_the_plans_say(open_page, built: Path, asof: str, heirs: dict[str, str]):
    page = open_page(f"view=map&asof={asof}")
    rows = {row["Tỉnh, thành phố (34)"]: row for row in taken_away(page)}
    assert {name: rows[name]["Tỉnh của văn bản"] for name in heirs} == heirs
    assert sum(int(row["Nhiệm vụ"]) for row in rows.values()) == 68
    told = run("clarity", open_store(built), as_of=asof or None)
    clear = {row[0].value: round(float(row[2].value)) for row in told.rows}
    assert {row["Tỉnh của văn bản"]: int(row["Đúng một chủ trì đích danh (%)"]) for row in rows.values() if row["Nhiệm vụ"] != "0" and row["Tỉnh của văn bản"] != "Hưng Yên"} == {name: value for name, value in clear.items() if name != "Hưng Yên" and name in {row["Tỉnh của văn bản"] for row in rows.values()}}
    labels = page.locator("svg.map [role=listitem]").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert len(labels) == 36
    assert any(label.startswith("Hoàng Sa (Đà Nẵng)") for label in labels)
    assert any(label.startswith("Trường Sa (Khánh Hòa)") for label in labels)
    page.locator("#map-measure").select_option("clear")
    assert "measure=clear" in page.url
    page.locator("svg.map g.go").first.press("Enter")
    assert page.get_attribute("#tab-tasks", "aria-selected") == "true"
