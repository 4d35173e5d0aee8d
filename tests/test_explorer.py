"""The explorer of the five plans, in headless Chromium, from disk, with the network off."""

import base64
import csv
import gzip
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.building.explorer import explorer_payload
from kg.building.frames import table
from kg.building.page import write_network
from kg.building.pipeline import build
from kg.cli import main
from kg.questions import run
from kg.store import open_store
from viz.assets import AssetError, fetch_assets, find_asset
from viz.explorer_page import make_explorer, write_explorer

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
VIEWS = ("overview", "all", "matrix", "map", "pairs", "load", "years", "flow", "sectors", "tasks", "heirs", "document")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    return build([ROOT / "corpus"], tmp_path_factory.mktemp("explorer") / "build").out


@pytest.fixture(scope="module")
def page_file(built: Path) -> Path:
    """The page without an engine: everything but SPARQL works without third-party files."""
    path = built.parent / "explorer.html"
    write_explorer(explorer_payload(built), path)
    return path


@pytest.fixture(scope="module")
def engine_file(built: Path) -> Path:
    """The page as the command writes it, with the engine inside."""
    try:
        if find_asset("oxigraph", "web.js") is None:
            fetch_assets()
    except AssetError as error:
        pytest.skip(f"no engine: {error}")
    path = built.parent / "with-engine.html"
    assert main(["explore", str(built), "-o", str(path)]) == 0
    return path


def test_the_page_asks_for_nothing_and_is_the_same_each_time(built: Path, page_file: Path):
    html = page_file.read_text(encoding="utf-8")
    assert make_explorer(explorer_payload(built)) == html
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", html)
    assert "connect-src 'none'" in html


def test_words_of_documents_cannot_become_markup(built: Path):
    payload = explorer_payload(built)
    evil = "</script><img src=x onerror=alert(1)>"
    payload["title"] = evil
    payload["tasks"]["name"][0] = evil
    html = make_explorer(payload)
    assert evil not in html
    assert _part(html, "words")["tasks"]["name"][0] == evil


def _part(html: str, name: str) -> dict:
    """Give what a part of a page holds."""
    return json.loads(gzip.decompress(base64.b64decode(re.search(rf'id="{name}">([^<]*)</script>', html)[1])))


def test_the_parts_of_a_page_are_its_payload(built: Path):
    payload = explorer_payload(built)
    core, words, rest = (_part(make_explorer({**payload, "ask": {"questions": []}}), name) for name in ("payload", "words", "rest"))
    assert words.pop("ask") == {"questions": []}
    assert (core.pop("asks"), core.pop("caseCount")) == (True, len(payload["cases"]))
    for name, columns in words.items():
        assert not core[name].keys() & columns.keys()
        core[name] |= columns
    assert core | rest == json.loads(json.dumps(payload))


def _many(built: Path, more: int) -> dict:
    """Give the payload with its last task many times over."""
    payload = explorer_payload(built)
    for name, column in payload["tasks"].items():
        payload["tasks"][name] = column + column[-1:] * more
    for axis in "xy":
        payload["places"]["all"][axis] += payload["places"]["all"][axis][-1:] * more
    payload["links"]["of"] = [unit if unit < 68 else unit + more for unit in payload["links"]["of"]]
    return payload


def test_a_large_network_is_drawn_before_the_names_of_its_tasks_are_read(built: Path, tmp_path: Path, browser):
    html = re.sub(r'(id="words">)[^<]*', r"\1" + base64.b64encode(gzip.compress(b"{")).decode(), make_explorer(_many(built, 500)))
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf-8")
    page = browser.new_page()
    for view, drawn in (("overview", True), ("all", True), ("matrix", True), ("tasks", False), ("all&node=x", False)):
        page.goto("about:blank")
        page.goto(path.as_uri() + "#view=" + view)
        page.wait_for_timeout(300)
        assert page.locator("html[data-drawn]").count() == int(drawn), view
        if drawn:
            page.keyboard.press("Tab")
            page.locator("#canvas" if view != "matrix" else "#picture").click(position={"x": 5, "y": 5})  # nothing breaks for want of names
            page.click("#tab-tasks")
            assert page.get_attribute("html", "data-ready") is None
    page.close()


def test_offsets_are_those_that_a_browser_counts(built: Path):
    payload = explorer_payload(built)
    text = payload["texts"][payload["tasks"]["doc"][0]]
    start, end = payload["tasks"]["start"][0], payload["tasks"]["end"][0]
    assert text[start:end] == table(built, "tasks")["quote"][0]


def test_offsets_after_letters_of_two_units():
    from kg.building.explorer import _Spans

    spans = _Spans([{"document": "a"}, {"document": "b"}], ["a𝐀b𝐁c", "bình thường"])
    assert [spans.offset("a", at) for at in (0, 1, 2, 3, 4, None)] == [0, 1, 3, 4, 6, None]
    assert spans.offset("b", 5) == 5


def test_a_place_that_cannot_be_written_is_named(built: Path, tmp_path: Path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert main(["explore", str(built), "-o", str(blocked / "page.html")]) == 2
    assert str(blocked) in capsys.readouterr().err


def test_no_build_is_told(tmp_path: Path, capsys):
    assert main(["explore", str(tmp_path), "-o", str(tmp_path / "page.html")]) == 2
    assert "mandategraph build" in capsys.readouterr().err


@pytest.fixture(scope="module")
def browser() -> Iterator:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, page_file: Path) -> Iterator:
    contexts, complaints, requests = [], [], []

    def open_at(state: str = "", file: Path = page_file):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        context.set_offline(True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(file.as_uri() + "#" + state)
        page.wait_for_selector("html[data-ready=yes]")
        return page

    yield open_at
    assert complaints == []
    # a picture is drawn from, and a file saved from, what the page holds
    assert [url for url in requests if not url.startswith(("data:", "blob:", page_file.parent.as_uri()))] == []
    for context in contexts:
        context.close()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_view_answers_in_both_languages(open_page, view: str, language: str):
    page = open_page(f"view={view}&lang={language}")
    assert page.get_attribute("html", "lang") == language
    assert page.inner_text("#question")
    assert re.search(r"\b68\b", page.inner_text("#shown"))
    shown = page.locator("#stage" if view in ("overview", "all") else "#table .listing" if view == "tasks" else "#picture")
    assert shown.bounding_box()["height"] > (30 if view == "heirs" else 150)  # as written there is nobody to inherit: a choice of days


def test_a_cell_leads_to_its_sentence_in_two_clicks(open_page):
    page = open_page("view=matrix")
    page.click('button[aria-label="Sở Công Thương, Lai Châu: 3"]')
    assert "(3)" in page.inner_text("#details h3")
    page.locator("#details .source.link").first.click()
    marked = page.locator(".m-target-passage").first
    assert marked.is_visible()
    assert len(marked.inner_text()) > 8


def test_search_needs_no_accents_and_offers_each_agency_of_one_name(open_page):
    page = open_page()
    page.fill("#search", "so cong thuong")
    hits = page.locator("#hits [role=option]").all_inner_texts()
    assert {name for name in ("Hưng Yên", "Lai Châu", "Hà Tĩnh", "Hòa Bình") if any(f"Sở Công Thương – cơ quan, {name}" in hit for hit in hits)} == {"Hưng Yên", "Lai Châu", "Hà Tĩnh", "Hòa Bình"}
    page.fill("#search", "so cong thuong lai chau")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == "Sở Công Thương"
    assert "Lai Châu" in page.inner_text("#details .what >> nth=0")


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


def test_loads_are_those_of_the_build(open_page, built: Path):
    page = open_page("view=load")
    page.click("#table summary")
    with page.expect_download() as download:
        page.locator("#table .tools button").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    given = {(row["agency_name"], row["province_name"] or ""): row for row in table(built, "agencies").to_dicts()}
    assert len(rows) == len(given)
    for row in rows:
        agency = given[row["Cơ quan"], row["Tỉnh"]]
        assert int(row["Chủ trì (tính đủ)"]) == agency["led"]
        assert float(row["Chủ trì (chia)"]) == pytest.approx(agency["led_fractional"], abs=0.006)
        assert int(row["Phối hợp"]) == agency["partnered"]


def test_a_path_joins_two_agencies(open_page, built: Path):
    names = {row["agency_name"]: row["agency"] for row in table(built, "agencies").to_dicts() if row["province_name"] == "Lai Châu"}
    page = open_page(f"ego={names['Sở Công Thương']}&to={names['Sở Kế hoạch và Đầu tư']}")
    assert "Đường nối" in page.inner_text("#ego")
    page.click("#table summary")
    assert page.locator("#table tbody tr").count() >= 2


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


def ask_button(page):
    return page.get_by_role("button", name="Hỏi (Ctrl+Enter)")


def test_a_question_is_answered_inside_the_page(open_page, engine_file: Path, built: Path):
    page = open_page("view=ask&ask=agency-load", engine_file)
    page.locator(".ask select").nth(1).select_option(label="Lai Châu")
    ask_button(page).click()
    page.wait_for_selector(".ask tbody tr", timeout=30_000)
    expected = run("agency-load", open_store(built), {"province": "lai chau"})
    assert page.locator(".ask tbody tr").count() == len(expected)
    names = page.locator(".ask tbody tr td:nth-child(2)").all_inner_texts()
    assert names == [row[1] for row in expected.values()]


def test_ask_says_yes_or_no_and_errors_name_the_line(open_page, engine_file: Path):
    page = open_page("view=ask&sparql=ASK%20%7B%20%3Ft%20a%20mg%3ATask%20%7D", engine_file)
    ask_button(page).click()
    page.wait_for_selector(".verdict", timeout=30_000)
    assert page.inner_text(".verdict") == "Có"
    page.locator("textarea").fill("SELECT ?x WHERE {\n ?x a\n}")
    ask_button(page).click()
    page.wait_for_selector(".error")
    assert "dòng 3" in page.inner_text(".error")


def test_a_slow_query_can_be_stopped_and_the_next_is_answered(open_page, engine_file: Path):
    page = open_page("view=ask", engine_file)
    page.locator("textarea").fill("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    ask_button(page).click()
    page.get_by_role("button", name="Dừng").click()
    page.wait_for_selector(".error")
    page.locator("textarea").fill("SELECT (COUNT(*) AS ?n) { ?t a mg:Task }")
    page.locator("textarea").press("Control+Enter")
    page.wait_for_selector(".ask tbody tr", timeout=30_000)
    assert page.inner_text(".ask tbody tr") == "68"


def test_terms_are_completed_from_their_vietnamese_name(open_page, engine_file: Path):
    page = open_page("view=ask", engine_file)
    page.locator("textarea").fill("")
    page.locator("textarea").press_sequentially("SELECT * { ?t a nhiem")
    assert any("mg:Task" in hint for hint in page.locator(".hints li").all_inner_texts())
    page.keyboard.press("Tab")
    assert "mg:" in page.locator("textarea").input_value()


def test_without_the_engine_the_command_says_how_to_get_it(built: Path, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("viz.assets._PACKAGED", tmp_path)
    assert main(["explore", str(built), "-o", str(tmp_path / "page.html")]) == 0
    assert "mandategraph assets" in capsys.readouterr().out


def test_likely_overlaps_stand_side_by_side(open_page, built: Path):
    page = open_page("view=cases")
    assert page.locator("article.case").count() == table(built, "overlaps").height > 0
    assert page.locator("article.case").first.locator("mark.differs").count() > 0


@pytest.fixture(scope="module")
def axe() -> str:
    """The rules of axe-core, a checker of accessibility."""
    try:
        if find_asset("axe-core", "axe.min.js") is None:
            fetch_assets(purpose="checks")
    except AssetError as error:
        pytest.skip(f"no axe-core: {error}")
    return find_asset("axe-core", "axe.min.js").decode("utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", [*VIEWS, "matrix&matrix=shared", "matrix&matrix=pairs", "cases", "ask"])
def test_no_rule_of_accessibility_is_broken(open_page, axe, view, theme, built, engine_file):  # noqa: PLR0917 - a table
    agency = table(built, "agencies").filter(led=5)["agency"][0]
    page = open_page(f"view={view}&theme={theme}&node={agency}", engine_file)
    page.add_script_tag(content=axe)
    broken = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => [one.id, one.impact, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120) + ' ' + (node.any[0] ? node.any[0].message.slice(0, 120) : ''))])")
    assert broken == []


def test_the_matrix_counts_what_the_loads_count(open_page, built: Path):
    page = open_page("view=matrix")
    led = {(row["agency_name"], row["province_name"]): row["led"] for row in table(built, "agencies").to_dicts() if row["led"] and row["form"] == "agency" and "khu vực" not in row["agency_name"]}
    cells = page.locator(".heat tbody button").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    told = {tuple(cell.rpartition(": ")[0].rsplit(", ", 1)): int(cell.rpartition(": ")[2]) for cell in cells}
    assert {key: told.get(key) for key in led} == led


def test_what_has_no_task_says_so(open_page):
    page = open_page("view=load&kind=so-giao-thong-van-tai")
    assert "Không có nhiệm vụ nào" in page.inner_text("#warning")


DAYS = ("2024-12-31", "2025-03-01", "2025-07-01", "2026-11-21")


def taken_away(page) -> list[dict[str, str]]:
    """The table of the view, as the reader takes it away."""
    if page.locator("#table summary").count() and not page.locator("#table details[open]").count():
        page.click("#table summary")
    with page.expect_download() as download:
        page.locator("#table .tools button").click()
    taken_away.name = download.value.suggested_filename
    return list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))


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
    page.add_script_tag(content=axe)
    broken = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => [one.id, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120))])")
    assert broken == []


@pytest.mark.parametrize("day", ["2025-02-30", "hom-nay", "2025-7-1", "<b>"])
def test_what_is_no_day_is_as_written(open_page, day: str):
    page = open_page(f"view=load&asof={day}")
    assert page.inner_text("#asof") == "Tên cơ quan và tỉnh: như văn bản viết."


def test_every_province_of_today_has_one_tile_and_the_archipelagos_theirs():
    from kg.building.explorer_map import read_tiles
    from kg.resolution.registry import load_registry

    tiles = read_tiles()
    today = {slug: unit.name for slug, unit in load_registry().provinces.items() if not unit.valid_to}
    own = {tile.province: tile.label for tile in reversed(tiles)}
    assert own == today
    assert len(today) == 34
    assert {tile.label for tile in tiles} - set(today.values()) == {"Hoàng Sa (Đà Nẵng)", "Trường Sa (Khánh Hòa)"}
    assert len({(tile.row, tile.column) for tile in tiles}) == len(tiles)
    places = {tile.label: (tile.row, tile.column) for tile in tiles}
    coast = ("Quảng Ninh", "Hải Phòng", "Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "Huế", "Đà Nẵng", "Quảng Ngãi", "Gia Lai", "Đắk Lắk", "Khánh Hòa", "Hồ Chí Minh", "Vĩnh Long", "Cà Mau")
    assert [places[name][0] for name in coast] == sorted(places[name][0] for name in coast), "the coast runs from north to south"
    for west, east in (("Điện Biên", "Sơn La"), ("Lai Châu", "Cao Bằng"), ("Hà Nội", "Quảng Ninh"), ("Tây Ninh", "Đồng Nai"), ("An Giang", "Vĩnh Long"), ("Đà Nẵng", "Hoàng Sa (Đà Nẵng)"), ("Khánh Hòa", "Trường Sa (Khánh Hòa)")):
        assert places[west][1] < places[east][1], (west, east)


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


@pytest.mark.parametrize("matrix", ["", "pairs"])
def test_a_matrix_lists_what_it_counts(open_page, matrix: str):
    page = open_page(f"view=matrix&matrix={matrix}")
    for at in range(0, page.locator(".heat tbody button").count(), 5):
        cell = page.locator(".heat tbody button").nth(at)
        label = cell.get_attribute("aria-label")
        cell.click()
        assert f"({label.rpartition(': ')[2]})" in page.inner_text("#details h3"), label
    page.locator("#details .source.link").first.click()
    assert page.locator(".m-target-passage").first.is_visible()


def test_shared_tasks_are_those_of_the_report_of_comparison(open_page, built: Path):
    from kg.analysis.comparison import role_kinds
    from kg.reporting.context import make_context

    context = make_context(built)
    kinds = role_kinds(context.facts, context.shared[0])
    told: dict[str, dict[str, frozenset[str]]] = {}
    for place, shared, role, lead in kinds.rows():
        if role == "lead":
            told.setdefault(shared, {})[context.facts.places[place]] = frozenset(lead)
    page = open_page("view=matrix&matrix=shared")
    rows = taken_away(page)
    mine: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["Số nhiệm vụ"] != "0":
            mine.setdefault(row["Nhiệm vụ chung"], {})[row["Tỉnh"]] = row["So với tỉnh khác"]
    assert sorted(sorted(places) for places in mine.values()) == sorted(sorted(places) for places in told.values())
    same = sorted(sorted(places) for places in told.values() if len(set(places.values())) == 1)
    assert sorted(sorted(places) for places in mine.values() if set(places.values()) == {"cùng loại cơ quan"}) == same
    page.locator(".heat.shared tbody button").first.click()
    page.locator("#details .source.link").first.click()
    assert page.locator(".m-target-passage").first.is_visible()


NATIONAL = "https://w3id.org/mandategraph/vn/thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg"


def test_a_decision_that_was_read_itself_is_one_node(open_page, built: Path, tmp_path: Path):
    """The five plans with the decision that two of them carry out, told shortly: its document is what they point at."""
    decision = (
        "THỦ TƯỚNG CHÍNH PHỦ\n\nSố: 222/QĐ-TTg\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nHà Nội, ngày 23 tháng 01 năm 2025\n\nQUYẾT ĐỊNH\n\n"
        "Ban hành Kế hoạch hành động quốc gia thực hiện kinh tế tuần hoàn đến năm 2035\n\nĐiều 3. Tổ chức thực hiện\n\n1. Bộ Tài nguyên và Môi trường chủ trì, phối hợp với các bộ, ngành theo dõi, đôn đốc việc thực hiện Quyết định này.\n"
    )
    sources = tmp_path / "sources"
    shutil.copytree(ROOT / "corpus", sources)
    (sources / "222.txt").write_text(decision, encoding="utf-8")
    out = build([sources], tmp_path / "build").out
    payload = explorer_payload(out)
    assert NATIONAL in payload["docs"]["iri"]
    assert not [iri for iri in payload["decisions"]["iri"] if "222-qd-ttg" in iri]
    facts = json.loads(re.search(r'id="facts">(.*?)</script>', write_network(out, tmp_path / "network.html").read_text("utf-8"), re.DOTALL)[1])
    assert [one[0] for one in facts["nodes"] if one[4] == NATIONAL] == ["decision"]  # the page for notebooks, too
    assert not [one for one in facts["nodes"] if "#decision" in one[4]]
    node = len(payload["decisions"]["iri"]) + payload["docs"]["iri"].index(NATIONAL)
    assert sum([node, inferred] in above for above in payload["docs"]["implements"] for inferred in (0, 1)) == 2
    file = built.parent / "with-its-decision.html"
    write_explorer(payload, file)
    page = open_page(f"node={NATIONAL}", file)
    assert "văn bản trung ương" in page.inner_text("#details .what >> nth=0")
    assert "Kế hoạch triển khai (2)" in page.inner_text("#details")
    page.click("#table summary")
    assert page.locator("#table tbody tr", has_text="222/QĐ-TTg").filter(has_text="triển khai").count() == 2
    page.click("#tab-flow")
    assert page.locator("svg.flow text", has_text=re.compile("^222/QĐ-TTg")).count() == 1


def test_a_number_leads_to_its_sentence_in_two_clicks_in_every_picture(open_page, built: Path):
    agency = table(built, "agencies").filter(led=5)["agency"][0]
    first = {
        "overview": "#table tbody button.link >> nth=-1", "pairs": "svg path.go >> nth=0", "flow": "svg path.go >> nth=0", "load": "svg g.go >> nth=0", "sectors": "#table tbody tr:has-text('Công nghiệp') button.link >> nth=0",
    }  # fmt: skip
    for view, selector in first.items():
        page = open_page(f"view={view}")
        if selector.startswith("#table"):
            page.click("#table summary")
        page.locator(selector).focus()
        page.locator(selector).dispatch_event("click")
        if view != "sectors":
            page.locator("#details .source.link").first.click()
        assert page.locator(".m-target-passage").first.is_visible(), view
    page = open_page(f"view=tasks&node={agency}")
    page.locator("#table tbody tr").first.locator("td:last-child button").click()
    assert page.locator(".m-target-passage").first.is_visible()


def test_an_edge_is_picked_on_the_canvas(open_page):
    page = open_page("province=Lai+Ch%C3%A2u")
    box = page.locator("#canvas").bounding_box()
    hit = None
    for x in range(200, int(box["width"]) - 200, 23):
        page.mouse.click(box["x"] + x, box["y"] + box["height"] / 2)
        state = page.evaluate("location.hash").removeprefix("#")  # page.url is told later
        if "cell=edge" in state:
            hit = x
            break
    assert hit is not None
    assert "→" in page.inner_text("#details h2")
    sent = open_page(state)
    assert sent.inner_text("#details h2") == page.inner_text("#details h2")


def test_what_is_due_in_a_year_is_listed(open_page):
    page = open_page("view=years")
    rows = {row["Năm"]: int(row["Đến hạn"]) for row in taken_away(page)}
    year, due = next((year, due) for year, due in rows.items() if due)
    page.locator("#table tbody tr", has_text=year).first.locator("td:nth-child(3) button").click()
    assert f"({due})" in page.inner_text("#details h3")


def test_search_finds_duties_in_prose_and_opens_their_words(open_page, built: Path):
    duty = next(row for row in table(built, "duties").to_dicts() if len(row["text"].split()) > 9)
    page = open_page()
    page.fill("#search", " ".join(duty["text"].split()[:9]))
    page.locator("#hits [role=option]", has_text="việc trong lời văn").first.dispatch_event("mousedown")
    assert page.locator(".m-target-passage").first.is_visible()
    assert duty["text"].split()[0] in "".join(page.locator(".m-target-passage").all_inner_texts())


def test_tasks_with_several_leads_can_be_put_first(open_page, built: Path):
    page = open_page("view=tasks")
    page.get_by_role("button", name="Số chủ trì").click()
    most = page.locator("#table tbody tr").first.locator("td.number").inner_text()
    rows = taken_away(page)
    assert int(most) == max(int(row["Số chủ trì"]) for row in rows) > 1
    assert {row["Tệp"] for row in rows} == set(table(built, "documents")["file"])


def test_what_is_printed_is_light(open_page):
    page = open_page("view=matrix&theme=dark")
    page.emulate_media(media="print")
    ground, ink = page.evaluate("() => { const cell = getComputedStyle(document.querySelector('.heat tbody th')); return [cell.backgroundColor, cell.color]; }")
    assert ground == "rgb(255, 255, 255)"
    assert ink == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"


@pytest.mark.parametrize("view", [*VIEWS, "matrix&matrix=shared", "cases"])
def test_nothing_is_wider_than_a_narrow_or_enlarged_screen(open_page, view: str):
    page = open_page(f"view={view}")
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


def test_figures_are_rounded_as_they_are_written(open_page):
    """By hand, as Intl does it: half up, of the decimal figure."""
    source = (ROOT / "viz" / "web" / "text.js").read_text(encoding="utf-8").replace("export ", "")
    page = open_page()
    page.add_script_tag(content=source + "; window.figureHere = figure; window.speechHere = SPEECH;")
    for value, vi, en in ((0, "0", "0"), (335, "335", "335"), (2141, "2.141", "2,141"), (1234567, "1.234.567", "1,234,567"), (0.955, "0,96", "0.96"), (1.005, "1,01", "1.01"), (4.0833, "4,08", "4.08"), (12.5, "12,5", "12.5"), (0.999, "1", "1"), (1e-9, "0", "0"), (-1234.5, "-1.234,5", "-1,234.5")):
        assert page.evaluate("(value) => { speechHere.language = 'vi'; return figureHere(value); }", value) == vi
        assert page.evaluate("(value) => { speechHere.language = 'en'; return figureHere(value); }", value) == en


def test_names_of_a_flow_do_not_touch(open_page):
    page = open_page("view=flow")
    boxes = page.locator("svg.flow text").evaluate_all("(all) => all.map((one) => one.getBBox()).map((box) => [box.x, box.y, box.x + box.width, box.y + box.height])")
    wide = page.locator("svg.flow").evaluate("(one) => one.viewBox.baseVal.width")
    assert all(box[2] <= wide for box in boxes)
    close = [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if a[0] < b[2] and b[0] < a[2] and a[1] + 4 < b[3] and b[1] + 4 < a[3]]
    assert close == []


def test_an_address_that_is_changed_in_an_open_page_is_checked_too(open_page):
    page = open_page("view=load")
    page.evaluate("location.hash = 'view=nonsense'")
    page.locator("#warning", has_text="nonsense").wait_for()
    page.wait_for_timeout(100)
    assert "nonsense" in page.inner_text("#warning")
    assert page.url.endswith("#")


def test_a_flow_goes_through_the_groups_of_tasks_that_plans_share(open_page, built: Path):
    page = open_page("view=flow")
    rows = [(row["Từ"], row["Đến"], float(row["Nhiệm vụ (chia)"])) for row in taken_away(page)]
    out = [row for row in rows if row[0].endswith("QĐ-TTg") or row[0] == "không nêu văn bản"]
    assert sum(value for *_, value in out) == pytest.approx(table(built, "tasks").height)
    shared = [row for row in out if row[1].startswith("Hỗ trợ thức đẩy áp dụng kinh tế tuần hoàn")]
    assert shared == [("222/QĐ-TTg", "Hỗ trợ thức đẩy áp dụng kinh tế tuần hoàn trong hoạt động sản xuất, kinh doanh và tiêu dùng", 18)], "both plans in one, not in capitals"
    assert len([row for row in out if "thể chế" in row[1]]) == 1, "the verb differs from plan to plan"
    assert ("889/QĐ-TTg", "Cơ chế, chính sách và thị trường", 5) in out
    page.select_option("#flow-choice", "province")
    assert "flow=province" in page.url
    assert ("222/QĐ-TTg", "Lai Châu", 10) in [(row["Từ"], row["Đến"], float(row["Nhiệm vụ (chia)"])) for row in taken_away(page)]
    assert page.locator("svg.flow text", has_text=re.compile("^Lai Châu")).count() == 1


def test_a_table_is_printed_whole_or_says_what_is_left_out(open_page, built: Path, tmp_path: Path):
    file = built.parent / "many.html"
    for more, printed, told in ((300, 439, "439 dòng."), (4000, 2000, "In 2.000 dòng đầu trong 4.139 dòng; 2.139 dòng không in. Muốn có đủ: nút CSV trên trang")):
        write_explorer(_many(built, more), file)
        page = open_page("view=tasks", file)
        assert page.locator("#table tbody tr").count() == 200
        assert not page.locator(".paper-note").is_visible()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#table tbody tr").count() == printed
        assert told in page.inner_text(".paper-note")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("#table tbody tr").count() == 200


def test_few_tasks_of_a_filter_stand_in_a_column(open_page):
    import xml.etree.ElementTree as ET

    for state, tasks in (("view=all&province=H%C6%B0ng+Y%C3%AAn", 25), ("view=all", 0)):  # of the whole, tasks stand around their plans
        page = open_page(state)
        with page.expect_download() as download:
            page.get_by_role("button", name="GEXF").click()
        graph = ET.fromstring(Path(download.value.path()).read_text(encoding="utf-8"))
        kinds = {node.find(".//{*}attvalue[@for='0']").get("value"): [] for node in graph.iter("{http://gexf.net/1.3}node")}
        for node in graph.iter("{http://gexf.net/1.3}node"):
            place = node.find("{http://gexf.net/1.3/viz}position")
            kinds[node.find(".//{*}attvalue[@for='0']").get("value")].append((float(place.get("x")), float(place.get("y"))))
        assert len({y for _, y in kinds["task"]}) == len(kinds["task"]) if tasks else len(kinds["task"]) == 68
        assert (len({x for x, _ in kinds["task"]}) == 1) == bool(tasks)
        if tasks:
            assert len(kinds["task"]) == tasks
            assert max(x for x, _ in kinds["doc"]) < kinds["task"][0][0] < min(x for x, _ in kinds["agency"])


def test_the_document_is_of_the_province_that_is_chosen(open_page):
    assert open_page("view=document&province=H%C6%B0ng+Y%C3%AAn").locator("#picture select option:checked").inner_text().startswith("Hưng Yên")
    assert open_page("view=document&province=V%C4%A9nh+Long&asof=2025-07-01").locator("#picture select option:checked").inner_text().startswith("Bến Tre")


def test_names_stand_in_vietnamese_order(open_page):
    page = open_page("view=matrix")
    for field in ("province", "kind", "sector"):
        names = page.locator(f"#filter-{field} option").all_inner_texts()[1:]
        assert len(names) > 3
        assert names == page.evaluate("(names) => names.slice().sort((p, q) => p.localeCompare(q, 'vi'))", names)


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
