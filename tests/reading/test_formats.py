"""The reader is chosen by what a file holds; a suffix alone tells only web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import SUFFIXES, read, read_bytes
from tests.reading.plan_forms import as_docx, as_html, records

PLAN = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def plan():
    return read(min(PLAN.glob("*.txt"), key=lambda path: path.stat().st_size))


@pytest.mark.parametrize("name", ["plan.docx", "plan.docm", "plan.txt", "plan"])
def test_a_word_file_is_read_under_any_name(plan, name):
    document = read_bytes(as_docx(plan), name)
    assert document.source.encoding == "docx"
    assert records(document) == records(plan)


@pytest.mark.parametrize("name", ["plan.html", "plan.HTM", "plan.txt", "plan.xhtml"])
def test_a_web_page_is_read_under_any_name(plan, name):
    page = as_html(plan)
    assert records(read_bytes(page, name)) == records(plan)


def test_a_fragment_is_a_web_page_by_its_suffix_only(tmp_path):
    fragment = "<p>Sở Y tế chủ trì <b>thẩm định</b></p>"
    path = tmp_path / "trang.html"
    path.write_text(fragment, "utf-8")
    assert "<p>" not in read(path).text
    assert "<p>" not in read(path, name="không đuôi").text
    assert "<p>" in read_bytes(fragment.encode(), "trang.txt").text


def test_every_suffix_that_is_offered_has_a_reader(tmp_path):
    for suffix in SUFFIXES:
        with pytest.raises(InputError, match=r"rỗng|trống|hỏng|không có|Không"):
            read_bytes(b"", f"plan{suffix}")
