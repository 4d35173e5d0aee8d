"""What a reader does with the explorer: by keyboard, by address, on paper, on a small screen, as files."""

import re
from pathlib import Path

import pytest

from kg.building.explorer import explorer_payload
from kg.building.frames import table
from tests.explorer_tools import VIEWS, many_tasks
from viz.explorer_page import write_explorer


def test_the_address_holds_the_view(open_page):
    page = open_page()
    page.click("#tab-load")
    page.locator("#filter-province").select_option("Hưng Yên")
    sent = page.url.partition("#")[2]
    other = open_page(sent)
    assert other.inner_text("#shown") == page.inner_text("#shown")
    assert other.get_attribute("#tab-load", "aria-selected") == "true"
    page.go_back()
    assert "68" in page.inner_text("#shown")


def test_pictures_and_networks_can_be_taken_away(open_page):
    page = open_page()
    for name, opens in (("SVG", b"<svg"), ("GraphML", b"<?xml"), ("GEXF", b"<?xml"), ("PNG", b"\x89PNG")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert Path(download.value.path()).read_bytes().startswith(opens)


def test_a_network_taken_away_can_be_read(open_page):
    import networkx as nx

    page = open_page()
    with page.expect_download() as download:
        page.get_by_role("button", name="GraphML", exact=True).click()
    graph = nx.read_graphml(download.value.path())
    page.click("#table summary")
    assert graph.number_of_edges() == int(re.search(r"\((\d+)\)", page.inner_text("#table summary"))[1])


def test_keys_move_choose_and_leave(open_page):
    page = open_page()
    page.focus("#canvas")
    page.keyboard.press("n")
    assert page.locator("#details").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#ego").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#details").is_visible()


def test_dark_and_narrow(open_page):
    page = open_page("view=matrix&theme=dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    page.set_viewport_size({"width": 390, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 392


def test_controls_have_names(open_page):
    """What a screen reader is told: every control has a name, every picture a role."""
    for view in VIEWS:
        page = open_page(f"view={view}")
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('button, input, select, a, [role=listitem], canvas, svg')]
                .filter((one) => (one.offsetParent !== null || one.ownerSVGElement) && !one.closest('[aria-hidden=true]'))
                .filter((one) => !(one.textContent.trim() || one.getAttribute('aria-label') || one.placeholder || (one.labels && one.labels.length) || one.title))
                .map((one) => one.outerHTML.slice(0, 90))"""
        )
        assert nameless == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", [*VIEWS, "matrix&matrix=shared", "matrix&matrix=pairs", "cases", "ask"])
def test_no_rule_of_accessibility_is_broken(open_page, axe, view, theme, built, engine_file):  # noqa: PLR0917 - a table
    agency = table(built, "agencies").filter(led=5)["agency"][0]
    page = open_page(f"view={view}&theme={theme}&node={agency}", engine_file)
    page.evaluate(axe)
    broken = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => [one.id, one.impact, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120) + ' ' + (node.any[0] ? node.any[0].message.slice(0, 120) : ''))])")
    assert broken == []


@pytest.mark.parametrize(
    ("state", "told", "kept"),
    [
        ("view=overlaps", "cách xem “overlaps”", ""),
        ("view=load&province=Atlantis", "tỉnh “Atlantis”", "view=load"),
        ("view=document&doc=https://example.org/none&at=x", "văn bản “https://example.org/none”", "view=document"),
        ("node=https://example.org/none", "nút “https://example.org/none”", ""),
        ("view=matrix&matrix=cubes&year=soon&role=king&conf=9", "vai trò “king”", "view=matrix"),
        ("lang=fr&theme=pink&asof=2025-02-30", "ngôn ngữ “fr”", ""),
    ],
)
def test_what_an_address_names_and_the_page_has_not_is_left_out_and_said(open_page, state: str, told: str, kept: str):
    page = open_page(state)
    assert told in page.inner_text("#warning")
    assert page.url.partition("#")[2] == kept
    assert page.locator("#tabs [aria-selected=true]").count() == 1
    shown = page.locator("#stage" if "view" not in kept else "#picture")
    assert shown.bounding_box()["height"] > 150
    page.click("#tab-years")
    assert page.inner_text("#warning") == "", "the next step forgets it"


@pytest.mark.parametrize("view", ["overview", "matrix", "map", "years"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_on_a_laptop_the_picture_begins_high(open_page, view: str, language: str):
    page = open_page(f"view={view}&lang={language}")
    page.set_viewport_size({"width": 1366, "height": 768})
    picture = page.locator("#stage" if view == "overview" else "#picture")
    assert picture.bounding_box()["y"] < 215
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


def test_rare_filters_are_folded_counted_and_reached_by_keyboard(open_page):
    page = open_page("view=load&conf=0.9")
    button = page.locator("#more-filters")
    assert "(1)" in button.inner_text()
    assert not page.locator("#filter-groups").is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#filter-groups").is_visible()
    assert page.get_attribute("#more-filters", "aria-expanded") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert "groups=no" in page.url
    assert "(2)" in page.inner_text("#more-filters")


def test_what_is_printed_is_light(open_page):
    page = open_page("view=matrix&theme=dark")
    page.emulate_media(media="print")
    ground, ink = page.evaluate("() => { const cell = getComputedStyle(document.querySelector('.heat tbody th')); return [cell.backgroundColor, cell.color]; }")
    assert ground == "rgb(255, 255, 255)"
    assert ink == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"


@pytest.mark.parametrize("view", [*VIEWS, "matrix&matrix=shared", "cases", "ask"])
def test_nothing_is_wider_than_a_narrow_or_enlarged_screen(open_page, engine_file, view: str):
    page = open_page(f"view={view}", *([engine_file] if view == "ask" else []))
    for width, height in ((800, 900), (683, 384), (390, 780)):  # 683×384 is a laptop at 200 %
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_step_back_is_a_step_back(open_page):
    page = open_page("view=load")
    page.locator("svg g.go").first.click()
    assert page.locator("#details").is_visible()
    page.click("#tab-matrix")
    page.locator(".heat tbody button").first.click()
    before = page.inner_text("#details h2")
    page.go_back()
    page.go_back()
    assert page.get_attribute("#tab-load", "aria-selected") == "true"
    page.go_forward()
    page.go_forward()
    assert page.inner_text("#details h2") == before


def test_by_keyboard_a_cell_opens_its_list_which_gives_the_focus_back(open_page):
    page = open_page("view=matrix")
    active = "() => document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    cell = page.locator(".heat tbody button").nth(4)
    label = cell.get_attribute("aria-label")
    cell.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert "→" in page.evaluate(active)
    page.keyboard.press("Escape")
    assert page.evaluate(active) == label
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".m-target-passage").first.is_visible()
    assert page.evaluate("document.activeElement.className") == "paper"


def test_a_table_that_is_drawn_anew_keeps_the_focus(open_page):
    page = open_page("view=tasks")
    page.locator("#table tbody button.link").nth(4).focus()
    page.click("#language")
    page.locator("#table tbody button.link").nth(4).focus()
    page.keyboard.press("Enter")
    assert page.locator("#details").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.querySelectorAll('#table tbody button.link')[4]")


def test_an_address_that_is_changed_in_an_open_page_is_checked_too(open_page):
    page = open_page("view=load")
    page.evaluate("location.hash = 'view=nonsense'")
    page.locator("#warning", has_text="nonsense").wait_for()
    page.wait_for_timeout(100)
    assert "nonsense" in page.inner_text("#warning")
    assert page.url.endswith("#")


def test_a_table_is_printed_whole_or_says_what_is_left_out(open_page, built: Path, tmp_path: Path):
    file = built.parent / "many.html"
    for more, printed, told in ((300, 439, "439 dòng."), (4000, 2000, "In 2.000 dòng đầu trong 4.139 dòng; 2.139 dòng không in. Muốn có đủ: nút CSV trên trang")):
        write_explorer(many_tasks(built, more), file)
        page = open_page("view=tasks", file)
        assert page.locator("#table tbody tr").count() == 200
        assert not page.locator(".paper-note").is_visible()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#table tbody tr").count() == printed
        assert told in page.inner_text(".paper-note")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("#table tbody tr").count() == 200


@pytest.mark.parametrize("view", ["matrix", "matrix&matrix=shared", "matrix&matrix=pairs", "map", "pairs", "load", "years", "flow", "sectors"])
def test_every_picture_can_be_taken_away_as_a_drawing(open_page, view: str):
    import xml.etree.ElementTree as ET

    page = open_page(f"view={view}")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    drawing = ET.fromstring(Path(download.value.path()).read_text(encoding="utf-8"))
    assert "var(--" not in ET.tostring(drawing, encoding="unicode")
    _, _, wide, high = map(float, drawing.get("viewBox").split())
    assert all(one.get("fill") == "none" for one in drawing.iter("{http://www.w3.org/2000/svg}path")), "a drawing has no style sheet"
    words = [one for one in drawing.iter("{http://www.w3.org/2000/svg}text") if one.get("y")]
    assert len(words) > 5
    assert all(0 <= float(one.get("y")) <= high and 0 <= float(one.get("x")) <= wide for one in words)


@pytest.mark.parametrize("view", ["load", "pairs", "years", "flow"])
def test_letters_of_a_chart_can_be_read_on_a_phone(open_page, view: str):
    page = open_page(f"view={view}")
    page.set_viewport_size({"width": 390, "height": 844})
    heights = page.locator("svg.chart text").evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) > 8
    assert page.locator("#picture").bounding_box()["y"] < 420  # under tabs and filters that scroll sideways


@pytest.mark.parametrize("matrix", ["", "pairs"])
def test_a_matrix_fits_on_paper(open_page, matrix: str):
    page = open_page(f"view=matrix&matrix={matrix}")
    page.set_viewport_size({"width": 1040, "height": 720})  # A4 across, in CSS pixels
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.heat').getBoundingClientRect().right") <= 1040
    assert page.locator(".heat tbody th").first.bounding_box()["width"] > 150


def test_a_telephone_begins_where_names_can_be_read(open_page, built: Path):
    page = open_page()
    whole = page.url
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    assert "zoom" not in page.url, "it is where any reader begins"
    page.wait_for_timeout(300)
    with_names = re.search(r"ghi tên ([\d.]+) trong", page.inner_text("#named"))
    assert int(with_names[1]) > 20
    page.get_by_role("button", name="Vừa khung").click()
    page.wait_for_timeout(600)
    assert "zoom=1_" in page.url
    assert int(re.search(r"ghi tên ([\d.]+) trong", page.inner_text("#named"))[1]) < int(with_names[1])
    assert whole == page.url.partition("#")[0] + "#"


def test_words_of_a_web_site_above_a_document_are_folded(open_page, built: Path):
    payload = explorer_payload(built)
    doc = payload["docs"]["label"].index("2583/QĐ-UBND")
    payload["docs"]["begin"][doc] = payload["tasks"]["start"][payload["tasks"]["doc"].index(doc)]
    file = built.parent / "above.html"
    write_explorer(payload, file)
    iri = payload["docs"]["iri"][doc]
    page = open_page(f"view=document&doc={iri}", file)
    assert not page.locator("details.above[open]").count()
    assert page.locator(".paper").text_content().replace(page.locator("details.above summary").text_content(), "", 1) == payload["texts"][doc], "nothing of the text is lost"
    page = open_page(f"view=document&doc={iri}&at=10-40", file)
    assert page.locator(".m-target-passage").first.is_visible(), "a passage in them unfolds them"


def test_heads_of_a_printed_table_are_words(open_page):
    """Chromium repeats words of a head on each page of paper, not its buttons."""
    page = open_page("view=tasks")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#table thead button").count() == 0
    assert "Nhiệm vụ, việc" in page.inner_text("#table thead")
    assert "xem câu" not in page.inner_text("#table tbody")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#table thead button").count() > 5


def test_what_was_not_understood_is_told_in_the_language_of_the_page(open_page, built: Path):
    found = [row for row in table(built, "findings").to_dicts() if row["start"] is not None]
    file, vi, en = found[0]["file"], {row["vi"] for row in found}, {row["en"] for row in found}
    doc = next(row["document"] for row in table(built, "documents").to_dicts() if row["file"] == file)
    for language, own, other in (("vi", vi, en), ("en", en, vi)):
        page = open_page(f"view=document&doc={doc}&lang={language}")
        page.click(".doubts summary")
        told = set(page.locator(".doubts li").all_inner_texts())
        assert told
        assert told <= own
        assert not told & other
