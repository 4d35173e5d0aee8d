"""The page in headless Chromium, from disk, with the network off."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from viz.model import AgencyRow
from viz.page import write_page

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


class Opened:
    """A page with what it asked for and complained of."""

    def __init__(self, browser, path: Path, scheme: str = "light") -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
        context.set_offline(True)
        self.page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())
        self.page.wait_for_function("LOOK.names && LOOK.names.length > 0")


@pytest.fixture(scope="module")
def path(gold, page_options, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "first-look.html"
    write_page(gold.graph, gold.rows(), path=path, **page_options)
    return path


@pytest.fixture
def opened(browser, path: Path) -> Iterator[Opened]:
    made = Opened(browser, path)
    yield made
    assert made.complaints == []
    assert made.requests == [path.as_uri()]
    made.page.context.close()


def node_position(page, label: str, province: str) -> dict[str, float]:
    return page.evaluate(
        """([label, province]) => {
          const one = NODES.find((node) => node.label === label && node.province === province);
          const place = view().places[one.id], box = STAGE.getBoundingClientRect();
          const at = network.canvasToDOM({ x: place[0], y: place[1] });
          return { x: box.x + at.x, y: box.y + at.y };
        }""",
        [label, province],
    )


def names_overlap(page) -> int:
    return page.evaluate(
        """() => { let count = 0; const all = LOOK.names;
          for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++)
            if (all[i].left < all[j].right && all[j].left < all[i].right && all[i].top < all[j].bottom && all[j].top < all[i].bottom) count++;
          return count; }"""
    )


def test_the_overview_names_every_province_and_nothing_overlaps(opened: Opened) -> None:
    names = opened.page.evaluate("LOOK.names.map((name) => name.text)")
    assert {"Hưng Yên", "Lai Châu", "Hà Tĩnh", "Bến Tre", "Hòa Bình", "222/QĐ-TTg"} <= set(names)
    agencies = opened.page.evaluate("NODES.filter((node) => node.kind === 'agency').length")
    assert len(names) > agencies
    assert names_overlap(opened.page) == 0


def test_all_tasks_are_drawn_on_request(opened: Opened) -> None:
    hidden = "nodes.get().filter((node) => node.hidden).length"
    assert opened.page.evaluate(hidden) == 68
    opened.page.click("#view-tasks")
    assert opened.page.evaluate(hidden) == 0
    opened.page.wait_for_timeout(200)
    assert names_overlap(opened.page) == 0


@pytest.mark.parametrize("typed", ["so cong thuong", "SỞ CÔNG THƯƠNG", "thuong cong so", "so cong thuong ha tinh"])
def test_search_needs_no_accents(opened: Opened, typed: str) -> None:
    opened.page.fill("#search", typed)
    assert opened.page.inner_text("#hits li >> nth=0").startswith("Sở Công Thương")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#details h2") == "Sở Công Thương"


def test_search_reads_d_with_stroke_as_d_and_says_when_there_is_nothing(opened: Opened) -> None:
    opened.page.fill("#search", "so ke hoach va dau tu")
    assert opened.page.inner_text("#hits li >> nth=0").startswith("Sở Kế hoạch và Đầu tư")
    opened.page.fill("#search", "bo quoc phong xyz")
    assert opened.page.inner_text("#hits") == "Không tìm thấy."


def test_a_click_on_an_agency_shows_quote_and_source(opened: Opened) -> None:
    at = node_position(opened.page, "Sở Công Thương", "Hà Tĩnh")
    opened.page.mouse.click(at["x"], at["y"])
    opened.page.wait_for_selector("#details h2")
    text = opened.page.inner_text("#details")
    assert "chủ trì 8 nhiệm vụ" in text
    assert "tổ chức triển khai thực hiện, hướng dẫn thực hiện các nội dung" in opened.page.inner_text("#details blockquote >> nth=0")
    assert "002_69e41d71579c9436.txt · ký tự " in text
    opened.page.keyboard.press("Escape")
    assert opened.page.is_hidden("#details")


def test_the_offsets_shown_are_those_of_the_quote(opened: Opened, gold) -> None:
    task = next(data for _, data in gold.graph.nodes(data=True) if data["kind"] == "task" and data["start"])
    opened.page.fill("#search", task["label"])
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#details blockquote >> nth=0") == task["quote"]
    assert f"{task['source']} · ký tự {task['start']}–{task['end']}" in opened.page.inner_text("#details .source >> nth=0")


def test_the_table_sorts_and_filters(opened: Opened) -> None:
    page = opened.page

    def column(number: int) -> list[str]:
        return page.eval_on_selector_all(f"#leads tbody tr td:nth-child({number})", "cells => cells.map((cell) => cell.textContent)")

    led = [int(value) for value in column(3)]
    assert led == sorted(led, reverse=True)
    page.click("#leads th:nth-child(3) button")
    assert [int(value) for value in column(3)] == sorted(led)
    assert page.get_attribute("#leads th:nth-child(3)", "aria-sort") == "ascending"
    page.click("#leads th:nth-child(1) button")
    assert column(1)[0] == "Bến Tre"
    assert column(1)[-1] == "Lai Châu"
    page.select_option("#filter-province", "Hòa Bình")
    page.fill("#filter-name", "cong thuong")
    assert column(2) == ["Sở Công Thương"]
    page.fill("#filter-name", "")
    before = len(column(2))
    page.check("#filter-groups")
    assert len(column(2)) > before
    assert page.inner_text("#leads tbody tr.open:last-child td:nth-child(2)").endswith("liên quan")


def test_a_row_leads_to_its_node(opened: Opened) -> None:
    opened.page.click("#leads tbody tr:first-child button")
    assert opened.page.inner_text("#details h2") == opened.page.inner_text("#leads tbody tr:first-child button")


def test_the_language_switch_goes_there_and_back(opened: Opened) -> None:
    page = opened.page
    before = page.inner_text("body")
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    text = page.inner_text("body")
    assert "Who leads what: tasks per agency" in text
    assert "All tasks" in text
    assert "leads" in page.inner_text("#legend")
    assert page.get_attribute("#search", "placeholder").startswith("Find an agency")
    page.click("#language")
    assert page.inner_text("body") == before


def test_the_keyboard_reaches_the_picture(opened: Opened) -> None:
    page = opened.page
    page.focus("#mynetwork")
    page.keyboard.press("n")
    assert page.inner_text("#details h2")
    scale = page.evaluate("network.getScale()")
    page.keyboard.press("+")
    assert page.evaluate("network.getScale()") > scale
    page.keyboard.press("Escape")
    assert page.is_hidden("#details")


def test_dark_follows_the_system_and_the_button(browser, path: Path) -> None:
    opened = Opened(browser, path, "dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert opened.page.evaluate(ground) == "rgb(18, 22, 28)"
    opened.page.click("#theme")
    assert opened.page.evaluate(ground) == "rgb(255, 255, 255)"
    assert opened.complaints == []
    opened.page.context.close()


def test_the_page_says_when_tasks_are_not_drawn(browser, country, tmp_path: Path) -> None:
    path = tmp_path / "country.html"
    write_page(country(provinces=34, tasks=46), [], title="Cả nước", summary=[], path=path)
    opened = Opened(browser, path)
    assert "quá 1500" in opened.page.inner_text("#notice")
    assert opened.page.is_disabled("#view-tasks")
    assert names_overlap(opened.page) == 0
    opened.page.fill("#search", "dot 46")
    opened.page.keyboard.press("Enter")
    assert "đợt 46" in opened.page.inner_text("#details h2")
    assert opened.complaints == []
    opened.page.context.close()


HOSTILE = [
    "</script><script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 1">',
    "<svg onload=window.hit=1>",
    "${window.hit = 1} `${window.hit = 1}` '; window.hit = 1; //",
    "\u2028window.hit = 1\u2029-->",
]


def test_hostile_words_stay_words(browser, tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    rows = []
    for number, words in enumerate(HOSTILE):
        plan, task, agency = f"p{number}{words}", f"t{number}", f"a{number}{words}"
        facts = {"quote": words, "source": words, "start": 0, "end": 5}
        graph.add_node(plan, kind="plan", label=words, province=words, iri=plan, **facts)
        graph.add_node(task, kind="task", label=words, province=words, **facts)
        graph.add_node(agency, kind="agency", label=words, province=words, load=1, iri=agency, **facts)
        graph.add_edge(plan, task, role="contains", **facts)
        graph.add_edge(task, agency, role="lead", **facts)
        rows.append(AgencyRow(province=words, agency=words, led=1, led_fractional=1, partnered=0, duties=0, iri=agency))
    path = tmp_path / "hostile.html"
    write_page(graph, rows, title=HOSTILE[1], summary=[(words, words, words) for words in HOSTILE], path=path)
    opened = Opened(browser, path)
    page = opened.page
    for number in range(graph.number_of_nodes()):
        page.evaluate("(id) => choose(id)", number)
    page.click("#view-tasks")
    page.fill("#search", "window hit")
    page.click("#language")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hit") is None
    assert page.locator("img, #details svg, #leads svg, #hits svg").count() == 0
    assert page.inner_text("h1") == HOSTILE[1]
    assert opened.complaints == []
    assert opened.requests == [path.as_uri()]
    page.context.close()
