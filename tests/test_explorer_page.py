"""The explorer's page: what it holds, that it asks for nothing and is the same each time."""

import base64
import gzip
import json
import re
from pathlib import Path

from kg.building.explorer import explorer_payload
from kg.building.frames import table
from kg.cli import main
from tests.explorer_tools import ROOT, many_tasks, part_of
from viz.explorer_page import make_explorer


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
    assert part_of(html, "words")["tasks"]["name"][0] == evil


def test_markup_that_was_put_into_a_page_does_not_run(page_file: Path, tmp_path: Path, browser):
    """Were words of a document ever to become markup, the page's policy is the second lock: only its own script runs."""
    html = page_file.read_text(encoding="utf-8")
    evil = "<script>document.documentElement.dataset.evil = 'script'</script><img src=x onerror=\"document.documentElement.dataset.evil = 'event'\"><style>body { outline: 7px solid red }</style>"
    file = tmp_path / "page.html"
    file.write_text(html.replace('<div id="hits"', evil + '<div id="hits"', 1) if '<div id="hits"' in html else html.replace("<body>", "<body>" + evil, 1), encoding="utf-8")
    page = browser.new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    assert page.get_attribute("html", "data-evil") is None
    assert page.evaluate("getComputedStyle(document.body).outlineWidth") != "7px"
    assert sum("Content Security Policy" in each for each in complaints) >= 3
    page.evaluate("document.documentElement.append(Object.assign(document.createElement('script'), { textContent: \"document.documentElement.dataset.evil = 'later'\" }))")
    assert page.get_attribute("html", "data-evil") is None
    page.context.close()


def test_the_parts_of_a_page_are_its_payload(built: Path):
    payload = explorer_payload(built)
    core, words, rest = (part_of(make_explorer({**payload, "ask": {"questions": []}}), name) for name in ("payload", "words", "rest"))
    assert words.pop("ask") == {"questions": []}
    assert (core.pop("asks"), core.pop("caseCount")) == (True, len(payload["cases"]))
    for name, columns in words.items():
        assert not core[name].keys() & columns.keys()
        core[name] |= columns
    assert core | rest == json.loads(json.dumps(payload))


def test_a_large_network_is_drawn_before_the_names_of_its_tasks_are_read(built: Path, tmp_path: Path, browser):
    html = re.sub(r'(id="words">)[^<]*', r"\1" + base64.b64encode(gzip.compress(b"{")).decode(), make_explorer(many_tasks(built, 500)))
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


def test_without_the_engine_the_command_says_how_to_get_it(built: Path, tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("viz.assets._PACKAGED", tmp_path)
    assert main(["explore", str(built), "-o", str(tmp_path / "page.html")]) == 0
    assert "mandategraph assets" in capsys.readouterr().out


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


def test_figures_are_rounded_as_they_are_written(open_page):
    """By hand, as Intl does it: half up, of the decimal figure."""
    source = (ROOT / "viz" / "web" / "text.js").read_text(encoding="utf-8").replace("export ", "")
    page = open_page()
    page.evaluate(source + "; window.figureHere = figure; window.speechHere = SPEECH;")
    for value, vi, en in ((0, "0", "0"), (335, "335", "335"), (2141, "2.141", "2,141"), (1234567, "1.234.567", "1,234,567"), (0.955, "0,96", "0.96"), (1.005, "1,01", "1.01"), (4.0833, "4,08", "4.08"), (12.5, "12,5", "12.5"), (0.999, "1", "1"), (1e-9, "0", "0"), (-1234.5, "-1.234,5", "-1,234.5")):
        assert page.evaluate("(value) => { speechHere.language = 'vi'; return figureHere(value); }", value) == vi
        assert page.evaluate("(value) => { speechHere.language = 'en'; return figureHere(value); }", value) == en


def test_names_stand_in_vietnamese_order(open_page):
    page = open_page("view=matrix")
    for field, least in (("province", 4), ("kind", 4), ("sector", 2)):  # two sectors are named in tasks of the five plans
        names = page.locator(f"#filter-{field} option").all_inner_texts()[1:]
        assert len(names) >= least
        assert names == page.evaluate("(names) => names.slice().sort((p, q) => p.localeCompare(q, 'vi'))", names)
