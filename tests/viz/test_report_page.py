"""The report page: drawn from plain values, and used in headless Chromium from disk, with the network off."""

from __future__ import annotations

import shutil

import pytest

from viz.report_charts import draw_bars, draw_strips, ticks
from viz.report_model import Bar, Bars, Column, Finding, Quote, Report, Section, Strips, Table, Words, check_report
from viz.report_page import SHOWN_ROWS, make_report, show_number, write_report

CHROMIUM = shutil.which("chromium")
NAME = Words("Sở Công Thương", "Sở Công Thương")


def table(rows, key="t"):
    return Table(key, Words("Bảng", "Table"), (Column("name", Words("Cơ quan", "Agency")), Column("n", Words("Số", "Number"), "number", "D1")), rows)


def report(rows=(("Sở Y tế", 1234.5), ("Đài Truyền hình", 0.25), ("Sở Công Thương", None)), behind=None):
    section = Section("one", NAME, (Finding(Words("Câu.", "Sentence."), Words("Ngờ.", "Doubt."), (Quote("<b>nguyên văn</b>", "ký tự 1–9"),)),), (Bars("b", NAME, NAME, (Bar("Sở <Y> tế", 2.0, 1.0, 3.0),)),), (table(rows),))
    return Report("load", Words("Báo cáo", "Report"), NAME, (section,), rows=behind, states={"yes": (Words("rõ", "yes"), "good")})


def test_text_of_documents_is_never_markup():
    page = make_report(report())
    assert "<b>nguyên văn</b>" not in page
    assert "&lt;b&gt;nguyên văn&lt;/b&gt;" in page
    assert "Sở <Y> tế" not in page


@pytest.mark.parametrize(("value", "kind", "text"), [
    (1234.5, "number", "1.234,5"), (0.213, "percent", "21,3 %"), (25, "integer", "25"), (0.0003, "number", "0,0003"), (5.333, "number", "5,33"), (0, "number", "0"), (-0.67, "number", "-0,67"), (100000, "integer", "100.000"),
])  # fmt: skip
def test_numbers_as_vietnamese_readers_write_them(value, kind, text):
    assert show_number(value, kind) == text


def test_rows_and_keys_are_checked():
    with pytest.raises(ValueError, match="2 columns"):
        check_report(report(rows=(("x",),)))
    one = report()
    with pytest.raises(ValueError, match="twice"):
        check_report(Report("x", NAME, NAME, (one.sections[0], Section("two", NAME, tables=one.sections[0].tables))))


def test_too_many_rows_are_left_to_the_csv():
    many = table(tuple((str(n), float(n)) for n in range(SHOWN_ROWS + 1)), key="behind")
    page = make_report(report(behind=many))
    assert "load-rows.csv" in page
    assert page.count("<tr>") < 10


@pytest.mark.parametrize("top", [0.3, 1, 6.5, 9.99, 10, 47, 1234])
def test_ticks_are_few_and_reach_nearly_to_the_top(top):
    marks = ticks(top)
    assert 3 <= len(marks) <= 6
    assert marks[0] == 0
    assert marks[-1] <= top < 1.35 * marks[-1]


def test_charts_of_nothing_are_nothing():
    assert draw_bars(Bars("b", NAME, NAME, ())) == ""
    assert "<rect" not in draw_strips(Strips("s", NAME, ("2025",), (("Sở Y tế", (None,)),)))


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
def test_the_page_sorts_and_speaks_english(tmp_path):
    api = pytest.importorskip("playwright.sync_api")
    path = tmp_path / "report.html"
    write_report(report(), path)
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context()
        context.set_offline(True)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        assert page.inner_text("h1") == "Báo cáo"
        page.click("th >> text=Số")
        assert page.eval_on_selector_all("tbody th", "cells => cells.map(each => each.textContent)") == ["Sở Y tế", "Đài Truyền hình", "Sở Công Thương"]
        page.click("th >> text=Cơ quan")
        assert page.eval_on_selector_all("tbody th", "cells => cells.map(each => each.textContent)") == ["Đài Truyền hình", "Sở Công Thương", "Sở Y tế"]
        page.click("#language")
        assert page.inner_text("h1") == "Report"
        assert page.get_attribute("html", "lang") == "en"
        assert page.inner_text("td[data-v='1234.5']") == "1,234.5"
        assert complaints == []
        browser.close()
