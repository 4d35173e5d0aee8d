"""The explorer of the five plans, in headless Chromium, from disk, with the network off: what each view says."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from kg.building.explorer import explorer_payload
from kg.building.frames import table
from kg.building.page import write_network
from kg.building.pipeline import build
from kg.building.running import running_years
from tests.explorer_tools import ROOT, VIEWS, taken_away
from viz.explorer_page import write_explorer


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_view_answers_in_both_languages(open_page, view: str, language: str):
    page = open_page(f"view={view}&lang={language}")
    assert page.get_attribute("html", "lang") == language
    assert page.inner_text("#question")
    assert re.search(r"\b68\b", page.inner_text("#shown")) or view == "document"  # which shows every mark, whatever is filtered
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


def test_likely_overlaps_stand_side_by_side(open_page, built: Path):
    page = open_page("view=cases")
    assert page.locator("article.case").count() == table(built, "overlaps").height > 0
    assert page.locator("article.case").first.locator("mark.differs").count() > 0


def test_the_matrix_counts_what_the_loads_count(open_page, built: Path):
    page = open_page("view=matrix")
    led = {(row["agency_name"], row["province_name"]): row["led"] for row in table(built, "agencies").to_dicts() if row["led"] and row["form"] == "agency" and "khu vực" not in row["agency_name"]}
    cells = page.locator(".heat tbody button").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    told = {tuple(cell.rpartition(": ")[0].rsplit(", ", 1)): int(cell.rpartition(": ")[2]) for cell in cells}
    assert {key: told.get(key) for key in led} == led


def test_what_has_no_task_says_so(open_page):
    page = open_page("view=load&kind=so-giao-thong-van-tai")
    assert "Không có nhiệm vụ nào" in page.inner_text("#warning")


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


def test_names_of_a_flow_do_not_touch(open_page):
    page = open_page("view=flow")
    boxes = page.locator("svg.flow text").evaluate_all("(all) => all.map((one) => one.getBBox()).map((box) => [box.x, box.y, box.x + box.width, box.y + box.height])")
    wide = page.locator("svg.flow").evaluate("(one) => one.viewBox.baseVal.width")
    assert all(box[2] <= wide for box in boxes)
    close = [(a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :] if a[0] < b[2] and b[0] < a[2] and a[1] + 4 < b[3] and b[1] + 4 < a[3]]
    assert close == []


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


def test_the_rest_of_a_flow_is_told_by_the_document_it_comes_from(open_page, built: Path):
    payload = explorer_payload(built)
    tasks = payload["tasks"]
    word = ["mây", "gió", "sông", "núi", "biển", "rừng", "đồng", "ruộng", "trăng", "sao", "mưa", "nắng", "suối", "hồ", "đảo", "ghềnh", "thác", "đèo"]
    tasks["group"] = [f"{word[at // 2 % 18]} {word[(at // 2 + at // 36 + 1) % 18]}" for at in range(len(tasks["iri"]))]
    file = built.parent / "many-groups.html"
    write_explorer(payload, file)
    page = open_page("view=flow", file)
    rows = [(row["Từ"], row["Đến"], float(row["Nhiệm vụ (chia)"])) for row in taken_away(page)]
    rests = {to: source for source, to, _ in sorted(rows, key=lambda row: row[2]) if " nhóm khác – " in to}  # by the most of what flows in
    assert set(rests.values()) == {"222/QĐ-TTg", "889/QĐ-TTg"}
    assert {to.partition(" – ")[2] for to in rests} == {"222/QĐ-TTg", "889/QĐ-TTg"}
    assert sum(value for source, _, value in rows if source in ("222/QĐ-TTg", "889/QĐ-TTg")) == pytest.approx(len(tasks["iri"]))


def test_a_heading_in_capitals_keeps_names_and_abbreviations(open_page, built: Path):
    payload = explorer_payload(built)
    payload["tasks"]["group"] = ["NHIỆM VỤ CỦA UBND CÁC HUYỆN" if at % 2 else "SỞ CÔNG THƯƠNG HÀ TĨNH" for at in range(len(payload["tasks"]["iri"]))]
    file = built.parent / "capitals.html"
    write_explorer(payload, file)
    names = {row["Đến"] for row in taken_away(open_page("view=flow", file)) if row["Từ"] in ("222/QĐ-TTg", "889/QĐ-TTg")}
    assert names == {"Của UBND các huyện", "Sở Công Thương Hà Tĩnh"}


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


def test_a_national_document_that_was_read_carries_its_own_tasks(open_page, built: Path):
    payload = explorer_payload(built)
    doc = next(row for row, label in enumerate(payload["docs"]["label"]) if label == "2583/QĐ-UBND")
    payload["docs"]["province"][doc], payload["docs"]["implements"][doc] = -1, []
    file = built.parent / "national.html"
    write_explorer(payload, file)
    rows = taken_away(open_page("view=flow", file))
    own = [row for row in rows if row["Từ"] == "2583/QĐ-UBND"]
    assert sum(float(row["Nhiệm vụ (chia)"]) for row in own) == payload["tasks"]["doc"].count(doc) > 10
    assert not [row for row in rows if row["Từ"] == "không nêu văn bản"]


def test_a_task_that_names_only_its_last_year_begins_with_its_plan(open_page, built: Path):
    payload = explorer_payload(built)
    tasks = payload["tasks"]
    for task, doc in enumerate(tasks["doc"]):
        if payload["docs"]["date"][doc] == "2025-02":
            tasks["from"][task] = None
    rows = [{"task": iri, "document": payload["docs"]["iri"][doc], "start_year": first, "end_year": last, "recurrence": None} for iri, doc, first, last in zip(tasks["iri"], tasks["doc"], tasks["from"], tasks["to"], strict=True)]
    tasks |= running_years(rows, table(built, "parts").to_dicts(), table(built, "documents").to_dicts())
    file = built.parent / "open-starts.html"
    write_explorer(payload, file)
    counted = {row["Năm"]: int(row["Đang thực hiện"]) for row in taken_away(open_page("view=years"))}
    page = open_page("view=years", file)
    assert {row["Năm"]: int(row["Đang thực hiện"]) for row in taken_away(page)} == counted
    assert "chỉ nêu năm kết thúc: tính từ năm đầu của kế hoạch" in page.inner_text("#note")


def test_columns_and_bars_say_what_they_are(open_page):
    assert {"Văn bản trung ương", "Nhóm nhiệm vụ", "Loại cơ quan chủ trì", "Lĩnh vực ưu tiên"} <= set(open_page("view=flow").locator("svg.flow text").all_text_contents())
    assert {"Cơ quan được giao", "Cơ quan kế thừa"} <= set(open_page("view=heirs&asof=2025-07-01").locator("svg.flow text").all_text_contents())
    first = open_page("view=load").locator("svg.chart text").all_text_contents()[:3]
    assert first == ["chia đều cho các đồng chủ trì", "tính đủ cho mỗi cơ quan", "nhóm cơ quan"]


def test_sectors_that_tasks_name_come_first(open_page):
    page = open_page("view=sectors")
    rows = taken_away(page)
    named = sorted(f"{row['Lĩnh vực']} ({row['Nhiệm vụ nêu tên']})" for row in rows if int(row["Nhiệm vụ nêu tên"]))
    assert sorted(page.locator(".named-sectors button").all_inner_texts()) == named
    assert f"{len(named)} trong {len(rows)}" in page.inner_text(".named-sectors")
    page.locator(".named-sectors button").first.click()
    page.locator("#details .source.link").first.click()
    assert page.locator(".m-target-passage").first.is_visible()


def test_cases_follow_every_filter(open_page, built: Path):
    page = open_page("view=cases")
    every = page.locator(".case").count()
    assert every > 2
    payload = explorer_payload(built)
    doc = payload["docs"]["iri"][next(row for row, label in enumerate(payload["docs"]["label"]) if label == "2583/QĐ-UBND")]
    some = open_page(f"view=cases&doc={doc}")
    assert 0 < some.locator(".case").count() < every
    assert some.locator(".case").count() == len(taken_away(some))
    assert "mandategraph decide" not in page.locator(".case").first.inner_text()  # folded: a reader decides nothing here


def test_a_task_taken_away_has_its_place_in_the_text(open_page, built: Path):
    rows = taken_away(open_page("view=tasks"))
    tasks = {(row["file"], row["start"], row["end"]) for row in table(built, "tasks").to_dicts()} if "start" in table(built, "tasks").columns else None
    assert all(int(row["Từ ký tự"]) < int(row["Đến ký tự"]) for row in rows if row["Từ ký tự"])
    assert tasks is None or {(row["Tệp"], int(row["Từ ký tự"]), int(row["Đến ký tự"])) for row in rows if row["Loại"] == "nhiệm vụ"} <= tasks


def test_a_month_is_written_as_documents_write_it(open_page, built: Path):
    agency = table(built, "agencies").filter(agency_name="Sở Công Thương", province_name="Lai Châu")["agency"][0]
    assert "(2025) · tháng 02/2025" in open_page(f"node={agency}").inner_text("#details")
    assert "(2025) · 2025-02" in open_page(f"node={agency}&lang=en").inner_text("#details")
