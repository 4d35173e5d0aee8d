"""Names on the canvas: what tells one from another is never cut away, and each stands where it can be read."""

import re
from pathlib import Path

import pytest

from kg.building.frames import table

ROOT = Path(__file__).parents[1]
SPY = """() => new Promise((done) => {
  const drawn = [], own = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const size = parseFloat(/([\\d.]+)px/.exec(this.font)[1]), wide = this.measureText(text).width;
    drawn.push({ text, left: this.textAlign === 'center' ? x - wide / 2 : x, right: this.textAlign === 'center' ? x + wide / 2 : x + wide, top: y - size, bottom: y });
    return own.apply(this, arguments);
  };
  const canvas = document.getElementById('canvas');
  canvas.dispatchEvent(new KeyboardEvent('keydown', { key: '0' }));
  requestAnimationFrame(() => requestAnimationFrame(() => { CanvasRenderingContext2D.prototype.fillText = own; done(drawn); }));
})"""


@pytest.fixture
def cut(open_page):
    page = open_page()
    source = (ROOT / "viz" / "web" / "names.js").read_text(encoding="utf-8").replace("export ", "")
    page.evaluate(f"{source}; window.cutHere = cutName; window.differHere = differences;")
    return lambda *given: page.evaluate("(given) => cutHere(...given)", given), lambda names: page.evaluate("(names) => [...differHere(names)]", names)


@pytest.mark.parametrize(
    ("name", "letters", "told"),
    [
        ("Kho bạc Nhà nước khu vực XII", 20, "Kho bạc… khu vực XII"),
        ("Kho bạc Nhà nước khu vực XII", 28, "Kho bạc Nhà nước khu vực XII"),
        ("Chi cục Hải quan khu vực XIX", 22, "Chi cục… khu vực XIX"),
        ("Ngân hàng Nhà nước Việt Nam khu vực 6", 20, "Ngân hàng… khu vực 6"),
        ("Ngân hàng Nhà nước chi nhánh Khu vực 12", 26, "Ngân hàng Nhà… Khu vực 12"),
        ("Kế hoạch thực hiện 889/QĐ-TTg (2026)", 27, "Kế hoạch… 889/QĐ-TTg (2026)"),
        ("Ủy ban nhân dân các huyện, thị xã, thành phố", 40, "UBND các huyện, thị xã, thành phố"),
        ("Bộ Lao động - Thương binh và Xã hội", 16, "Bộ Lao động…"),
        ("Sở Văn hóa, Thể thao và Du lịch", 18, "Sở Văn hóa, Thể…"),
        ("1026/KH-UBND", 9, "1026/KH…"),
    ],
)
def test_a_name_is_cut_before_what_tells_it_from_others(cut, name: str, letters: int, told: str):
    assert cut[0](name, letters) == told
    assert len(told) <= letters


def test_names_that_begin_alike_are_cut_apart(cut):
    names = ["Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Y tế", "các cơ quan, đơn vị", "các cơ quan, đơn vị có liên quan"]
    differs = dict(cut[1](names))
    for letters in (14, 18, 22, 26):
        assert len({cut[0](name, letters, differs[name]) for name in names}) == len(names)
    assert differs["Sở Y tế"] == 0


def test_in_the_overview_plans_keep_their_numbers_and_most_names_are_whole(open_page):
    page = open_page()
    drawn = page.evaluate(SPY)
    words = [one["text"] for one in drawn]
    assert {"222/QĐ-TTg (2025)", "889/QĐ-TTg (2026)", "687/QĐ-TTg", "2583/QĐ-UBND"} <= set(words)
    assert any(word.endswith("khu vực 6") for word in words)
    assert len(words) > 85
    assert sum("…" in word for word in words) <= 3
    named, every = (int(each) for each in re.findall(r"\d+", page.inner_text("#named")))
    assert 75 <= named < every == 83


def test_where_not_all_have_room_it_says_how_many_are_named(open_page):
    page = open_page()
    page.set_viewport_size({"width": 760, "height": 560})
    page.wait_for_timeout(400)
    page.evaluate(SPY)
    count, every = (int(each) for each in re.findall(r"\d+", page.inner_text("#named")))
    assert 25 < count < every == 83
    page.focus("#canvas")
    for _ in range(6):
        page.keyboard.press("+")
    page.wait_for_timeout(400)
    assert page.inner_text("#named") == "" or int(re.findall(r"\d+", page.inner_text("#named"))[1]) < 83  # of those in sight


@pytest.mark.parametrize("state", ["", "view=all", "province=Lai+Ch%C3%A2u", "view=all&province=Lai+Ch%C3%A2u"])
def test_no_name_is_on_another_or_beyond_the_edge(open_page, state: str):
    page = open_page(state)
    drawn = page.evaluate(SPY)
    wide = page.locator("#canvas").bounding_box()["width"]
    assert len(drawn) > 10
    assert [one for one in drawn if one["left"] < 0 or one["right"] > wide] == []
    clash = [(p["text"], q["text"]) for at, p in enumerate(drawn) for q in drawn[at + 1 :] if p["left"] + 1 < q["right"] and q["left"] + 1 < p["right"] and p["top"] + 2 < q["bottom"] and q["top"] + 2 < p["bottom"]]
    assert clash == []


def test_a_drawing_that_is_taken_away_cuts_names_alike(open_page):
    page = open_page()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    drawing = Path(download.value.path()).read_text(encoding="utf-8")
    assert "khu vực 6</text>" in drawing
    assert ">889/QĐ-TTg (2026)</tspan>" in drawing


def test_a_drawing_that_is_taken_away_has_the_shapes_and_says_what_they_are(open_page):
    import xml.etree.ElementTree as ET

    page = open_page()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG", exact=True).click()
    drawing = ET.fromstring(Path(download.value.path()).read_text(encoding="utf-8"))
    titled = {one.tag.partition("}")[2]: one.find("{*}title").text for one in drawing.iter() if one.find("{*}title") is not None}
    assert titled.keys() == {"circle", "rect", "path"}  # agencies, plans and groups, decisions
    assert titled["path"].endswith("QĐ-TTg")
    words = [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert words[-11:] == page.locator("#legend li").evaluate_all("(all) => all.map((one) => one.lastChild.textContent)")


def test_of_a_neighbourhood_every_task_is_named_and_counted(open_page, built: Path):
    agency = table(built, "agencies").filter(led=8, agency_name="Sở Công Thương")["agency"][0]
    page = open_page(f"ego={agency}")
    drawn = [one["text"] for one in page.evaluate(SPY)]
    shown = page.inner_text("#shown")
    tasks = int(shown.split(" nhiệm vụ")[0].rsplit(" ", 1)[1])
    assert tasks >= 8
    assert sum(word[0].isdigit() or len(word) > 20 for word in drawn) >= tasks
    assert "Sở Công Thương" in drawn
    assert page.inner_text("#question") == "Lân cận gồm những ai, những việc gì?"


def test_words_of_a_task_are_cut_at_their_end(cut):
    assert cut[0]("Triển khai Quyết định số 222/QĐ-TTg ngày 23/01/2025 đến năm 2030", 30, -1) == "Triển khai Quyết định số 222/…"
