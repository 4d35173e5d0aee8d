"""The address holds what a reader did to a view, so that another sees the same: zoom, order and filter of a table, hidden marks."""

import re
from pathlib import Path

import pytest

from tests.explorer_tools import VIEWS, many_tasks
from viz.explorer_page import write_explorer

DRAWN = """() => new Promise((done) => {
  const names = [], own = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) { names.push([text, Math.round(x), Math.round(y)]); return own.apply(this, arguments); };
  window.dispatchEvent(new Event('beforeprint'));
  CanvasRenderingContext2D.prototype.fillText = own;
  done(names);
})"""


def settled(page) -> str:
    """The address once it has followed."""
    page.wait_for_timeout(600)
    return page.evaluate("location.hash.slice(1)")


def test_a_network_that_was_moved_is_sent_as_it_is_seen(open_page):
    page = open_page()
    whole = page.evaluate(DRAWN)
    page.focus("#canvas")
    for key in ("+", "+", "+", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    steps = page.evaluate("history.length")
    address = settled(page)
    assert re.fullmatch(r"zoom=1\.95_-?\d+_-?\d+", address)
    assert page.evaluate("history.length") == steps  # a movement is no step back
    seen = page.evaluate(DRAWN)
    assert seen != whole
    other = open_page(address).evaluate(DRAWN)
    assert [name for name, *_ in other] == [name for name, *_ in seen]
    assert all(abs(p[1] - q[1]) <= 2 and abs(p[2] - q[2]) <= 2 for p, q in zip(seen, other, strict=True))
    page.keyboard.press("0")
    assert settled(page) == ""


def test_the_wheel_and_a_drag_are_in_the_address(open_page):
    page = open_page("view=all")
    box = page.locator("#canvas").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.wheel(0, -400)
    first = settled(page)
    assert first.startswith("view=all&zoom=1.82_")
    page.mouse.down()
    page.mouse.move(box["x"] + 380, box["y"] + 260, steps=4)
    page.mouse.up()
    second = settled(page)
    assert second.startswith("view=all&zoom=1.82_")
    assert second != first


def test_another_picture_is_seen_whole_and_a_step_back_where_one_was(open_page):
    page = open_page()
    page.focus("#canvas")
    page.keyboard.press("+")
    moved = settled(page)
    page.select_option("#filter-province", "Lai Châu")
    assert "zoom" not in settled(page)
    page.go_back()
    assert settled(page) == moved
    page.go_forward()
    page.evaluate("location.hash = '#zoom=3_500_200'")
    assert settled(page) == "zoom=3_500_200"


def test_choosing_a_node_keeps_the_zoom(open_page):
    page = open_page("zoom=2_600_300")
    page.focus("#canvas")
    page.keyboard.press("n")
    address = settled(page)
    assert "node=" in address
    assert re.search(r"zoom=2_", address)


def test_order_and_filter_of_a_table_are_sent(open_page):
    page = open_page("view=load")
    page.click("#table summary")
    page.click("#table th button:has-text('Phối hợp')")
    page.fill("#table input[type=search]", "so cong")
    steps = page.evaluate("history.length")
    address = settled(page)
    assert address == "view=load&table=open&sort=-partner-in&find=so+cong"
    assert page.evaluate("history.length") == steps
    rows = page.locator("#table tbody tr").all_inner_texts()
    other = open_page(address)
    assert other.locator("#table tbody tr").all_inner_texts() == rows
    assert other.get_attribute("#table th:has-text('Phối hợp')", "aria-sort") == "descending"
    assert other.input_value("#table input[type=search]") == "so cong"
    other.click("#table th button:has-text('Phối hợp')")
    assert "sort=partner-in" in settled(other)
    other.click("#tab-pairs")
    assert settled(other) == "view=pairs&table=open"  # another table has an order of its own


def test_a_letter_at_a_time_keeps_the_field(open_page):
    page = open_page("view=tasks")
    page.click("#table input[type=search]")
    page.keyboard.type("tuyen truyen", delay=30)
    assert page.input_value("#table input[type=search]") == "tuyen truyen"
    assert settled(page) == "view=tasks&find=tuyen+truyen"


@pytest.mark.parametrize("state", [f"view={view}" for view in VIEWS if view not in ("heirs", "document")] + ["view=matrix&matrix=shared", "view=matrix&matrix=pairs", "view=heirs&asof=2026-11-21", "view=load&asof=2025-07-01"])
def test_every_column_can_be_sorted_by_from_an_address(open_page, state: str):
    page = open_page(state + "&table=open")
    heads = page.locator("#table thead th button")
    keys = []
    for at in range(heads.count()):
        heads.nth(at).click()
        if page.get_attribute(f"#table thead tr th:nth-child({at + 1})", "aria-sort") == "none":
            heads.nth(at).click()
        found = re.search(r"sort=-?([\w-]+)", settled(page))
        keys.append(found[1] if found else "")
    assert len(set(keys)) == len(keys) > 1


@pytest.mark.parametrize(("state", "told"), [("view=load&sort=-nothing", "cột để sắp “-nothing”"), ("zoom=1e9", "chỗ đang phóng “1e9”"), ("view=document&hide=nonsense", "dấu bị ẩn “nonsense”"), ("view=load&table=shut", "bảng “shut”")])
def test_what_an_address_says_of_a_table_or_zoom_that_is_none_is_told(open_page, state: str, told: str):
    page = open_page(state)
    assert told in page.inner_text("#warning")
    assert state.rpartition("&")[2] not in settled(page)


def test_marks_that_a_reader_hides_stay_hidden(open_page):
    page = open_page("view=document")
    page.locator("#picture .legend input").first.uncheck()
    address = settled(page)
    assert address == "view=document&hide=task"
    other = open_page(address)
    assert not other.locator("#picture .legend input").first.is_checked()
    assert "hide-task" in other.get_attribute("#picture .paper", "class")


def test_the_drawing_of_an_answer_is_sent(open_page, engine_file):
    page = open_page("view=ask&ask=tasks-per-year", engine_file)
    page.get_by_role("button", name="Vẽ cột").click(timeout=20000)
    address = settled(page)
    assert address == "view=ask&ask=tasks-per-year&chart=bars"
    other = open_page(address + "", engine_file)
    other.wait_for_selector("#picture table.bars", timeout=20000)
    assert "×" in other.inner_text("#picture table.bars caption")
    assert "province" not in other.inner_text("#picture table.bars caption")


def test_rows_that_were_asked_for_and_unfolded_filters_are_in_the_address(open_page, built: Path):
    file = built.parent / "many.html"
    write_explorer(many_tasks(built, 500), file)
    page = open_page("view=tasks", file)
    page.get_by_role("button", name="Thêm dòng").click()
    page.click("#more-filters")
    page.wait_for_timeout(500)
    assert "rows=1200" in page.url
    assert "more=open" in page.url
    other = open_page(page.url.partition("#")[2], file)
    assert other.locator("#table tbody tr").count() == page.locator("#table tbody tr").count() > 600
    assert other.locator("#filter-conf").is_visible()
    other.click("#tab-load")
    assert "rows" not in other.url, "another table has other rows"
    assert "rows" not in open_page("view=tasks&rows=all").url
