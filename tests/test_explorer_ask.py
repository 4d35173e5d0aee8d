"""Questions and SPARQL inside the page."""

import csv
import io
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.questions import get_question, in_words, list_questions, run
from kg.questions.page import grouped
from kg.store import open_store
from kg.store.formatting import plain_text
from tests.explorer_tools import ask_button


def test_a_question_is_answered_inside_the_page(open_page, engine_file: Path, built: Path):
    page = open_page("view=ask&ask=agency-load", engine_file)
    page.locator(".ask select").nth(1).select_option(label="Lai Châu")
    answered(page)
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
    assert page.locator("textarea").input_value() == "SELECT ?x WHERE {\n ?x a\n}"  # as it was sent, in the link, too
    assert "SELECT" in page.evaluate("decodeURIComponent(location.hash)")


def test_a_slow_query_can_be_stopped_and_the_next_is_answered(open_page, engine_file: Path):
    page = open_page("view=ask", engine_file)
    page.get_by_text("Tự viết câu hỏi bằng SPARQL").click()
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
    page.get_by_text("Tự viết câu hỏi bằng SPARQL").click()
    page.locator("textarea").fill("")
    page.locator("textarea").press_sequentially("SELECT * { ?t a nhiem")
    assert any("mg:Task" in hint for hint in page.locator(".hints li").all_inner_texts())
    page.keyboard.press("Tab")
    assert "mg:" in page.locator("textarea").input_value()


def answered(page) -> None:
    """Wait until the question that stands in the address is answered."""
    page.wait_for_function("() => !/đang hỏi|asking/.test(document.querySelector('.ask').textContent) && document.querySelector('.ask tbody tr')", timeout=30_000)


def test_the_library_is_shown_by_topic_and_a_question_is_answered_at_a_click(open_page, engine_file: Path):
    page = open_page("view=ask", engine_file)
    assert page.locator(".library button").count() == len(list_questions())
    assert page.locator(".library h3").all_inner_texts() == [topic.vi for topic, _ in grouped(list_questions())]
    page.get_by_role("button", name="Các kế hoạch trong kho").click()
    answered(page)
    assert page.locator(".ask tbody tr").count() == 5


def test_a_question_with_its_parameters_can_be_sent(open_page, engine_file: Path):
    page = open_page("view=ask&ask=agency-load", engine_file)
    answered(page)
    every = page.locator(".ask tbody tr").count()
    page.locator(".ask select").nth(1).select_option(label="Lai Châu")
    answered(page)
    sent = page.evaluate("location.hash").removeprefix("#")
    other = open_page(sent, engine_file)
    answered(other)
    assert other.locator(".ask tbody").inner_text() == page.locator(".ask tbody").inner_text()
    assert 0 < other.locator(".ask tbody tr").count() < every
    assert other.locator(".ask select").nth(1).locator("option:checked").inner_text() == "Lai Châu"


@pytest.mark.parametrize(
    ("name", "given"),
    [("agency-load", {"nonsense": "1"}), ("agency-load", {"province": "UNDEF } ?a ?b ?c . ?d ?e ?f . VALUES ?x { UNDEF"}), ("report-calendar", {"month": "1 } { ?a ?b ?c"}), ("report-calendar", {"month": "x"})],
)
def test_a_link_cannot_put_more_into_a_question_than_values(open_page, engine_file: Path, name: str, given: dict[str, str]):
    page = open_page("view=ask&" + urlencode({"ask": name, "given": urlencode(given)}), engine_file)
    assert "tham số của câu hỏi" in page.inner_text("#warning")
    answered(page)
    assert "?a ?b ?c" not in page.locator("textarea").input_value()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", ["agency-load", "report-calendar", "targets", "recurring-tasks", "funding-sources", "incomplete-tasks", "table-and-prose"])
def test_answers_are_in_the_words_of_the_command(open_page, engine_file: Path, built: Path, name: str, lang: str):
    page = open_page(f"view=ask&ask={name}&lang={lang}", engine_file)
    answered(page)
    with page.expect_download() as download:
        page.locator(".ask").get_by_role("button", name="CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))[1:]
    question, store = get_question(name), open_store(built)
    given = [column.words for column in question.columns]
    told = in_words(question, run(question, store), store, lang)
    expected = [["" if cell is None else cell.removeprefix("'") for cell in map(plain_cell, row)] for row in told.rows]
    assert len(rows) == len(expected)
    for at, words in enumerate(given):
        if words not in (None, "name"):  # names of kinds stay Vietnamese in the page
            assert sorted(row[at].removeprefix("'") for row in rows) == sorted(row[at] for row in expected)


def plain_cell(cell) -> str:
    return "" if cell is None else plain_text(cell)


def test_what_the_filters_do_not_reach_says_so(open_page, engine_file: Path):
    page = open_page("view=ask&province=Lai+Ch%C3%A2u", engine_file)
    assert "bộ lọc ở trên không có tác dụng" in page.inner_text("#shown")
    assert open_page("view=ask", engine_file).inner_text("#shown") == ""
    assert "chỉ chọn tỉnh và kế hoạch" in open_page("view=document&role=lead").inner_text("#shown")
    assert open_page("view=document&province=Lai+Ch%C3%A2u").inner_text("#shown") == ""


def test_an_answer_that_says_file_and_place_leads_there(open_page, engine_file: Path):
    page = open_page("view=ask&ask=evidence", engine_file)
    answered(page)
    row = page.locator(".ask tbody tr").first
    heads = page.locator(".ask thead th").all_inner_texts()
    quote = row.locator("th, td").nth(heads.index("Nguyên văn")).inner_text()
    row.get_by_role("button", name="xem câu").click()
    assert page.locator(".m-target-passage").first.is_visible()
    assert "".join(page.locator(".m-target-passage").all_text_contents()).split() == quote.split()
