"""What is asked, in a sentence; the answer in words."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.questions import describe_run, format_csv, get_question, in_words, list_questions, read_question, run
from tests.questions.small_graph import ALL_NAMES, HEADER, NAMES, QUESTIONS, column, told, written


@pytest.mark.parametrize(
    ("name", "params", "vi", "en"),
    [
        ("tasks-due", {}, "Nhiệm vụ phải xong trong mọi năm, mọi tỉnh.", "Tasks due in any year, all provinces."),
        ("tasks-due", {"province": ["ha tinh", "lai chau"], "year": 2030}, "Nhiệm vụ phải xong trong 2030, Hà Tĩnh, Lai Châu.", "Tasks due in 2030, Ha Tinh, Lai Chau."),
        ("agency-dossier", {"kind": "so ct"}, "Mọi việc của Sở Công Thương, mọi tỉnh.", "All work of Department of Industry and Trade, all provinces."),
        ("clarity", {"province": ""}, "Tỷ lệ nhiệm vụ rõ người, rõ sản phẩm, rõ thời gian, rõ nguồn lực, mọi tỉnh.", "Share of tasks with one named lead, a product, a time and a funding source, all provinces."),
    ],
)
def test_the_sentence_says_what_is_asked(store, name, params, vi, en):
    assert describe_run(name, store, params) == (vi, en)


@pytest.mark.parametrize("question", list_questions(), ids=ALL_NAMES)
def test_every_question_has_a_sentence_that_ends(question, store):
    for text in describe_run(question, store):
        assert text.endswith(".")
        assert "{" not in text


def test_labels_and_codes_are_in_the_language_of_the_reader(store):
    english, vietnamese = (told("agency-load", store, lang, province="lai chau") for lang in ("en", "vi"))
    assert "Department of Industry and Trade" in column(english, "agencyName")
    assert set(column(english, "provinceName")) == {"Lai Chau"}
    assert "Sở Công Thương" in column(vietnamese, "agencyName")
    assert "nhóm mở" in column(vietnamese, "form")
    assert "open group" in column(english, "form")
    assert set(column(told("agency-dossier", store, "en"), "roleName")) == {"lead", "partner", "responsible"}
    assert set(column(told("agency-dossier", store, "vi"), "roleName")) == {"chủ trì", "phối hợp", "chịu trách nhiệm"}
    assert "product; funding" in column(told("incomplete-tasks", store, "en"), "lacks")
    assert "sản phẩm; nguồn lực" in column(told("incomplete-tasks", store, "vi"), "lacks")
    assert column(told("report-calendar", store, "vi"), "deadline") == ["ngày 30/11 hằng năm", "ngày 30/11 hằng năm", "ngày 15/12 hằng năm", ""]
    assert column(told("report-calendar", store, "en"), "deadline")[0] == "30 November, every year"
    assert column(told("report-calendar", store, "vi"), "month") == ["11", "11", "12", "không nêu"]
    assert column(told("decision-diffusion", store, "en"), "planDate") == ["February 2025", "February 2025", "9 January 2026"]
    assert column(told("targets", store, "vi"), "comparator") == ["giảm", "trên", "khoảng", "trên"]


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_words_change_no_row_and_no_address(question, store):
    answer = run(question, store)
    for lang in ("vi", "en"):
        said = in_words(question, answer, store, lang)
        assert len(said.rows) == len(answer.rows)
        for before, after in zip(answer.rows, said.rows, strict=True):
            assert [cell for cell in before if isinstance(cell, ox.NamedNode)] == [cell for cell in after if isinstance(cell, ox.NamedNode)]


def test_a_spreadsheet_gets_no_bare_sign(store):
    for name in ("targets", "report-calendar"):
        question = get_question(name)
        text = format_csv(in_words(question, run(question, store), store, signs_only=True)).decode("utf-8-sig")
        assert "'" not in text
        assert ",>," not in text


def test_yes_and_no_are_words(store, tmp_path):
    head, _, _ = HEADER.partition("PREFIX")
    question = read_question(written(tmp_path, head + "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nASK {\n  VALUES ?name { UNDEF }\n  ?task rdfs:label ?name }\n"))
    assert column(in_words(question, run(question, store), store), "answer") == ["có"]
    assert column(in_words(question, run(question, store, {"name": "không có"}), store, "en"), "answer") == ["no"]
