"""Words broken at their diacritics: what is joined, and what must stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading.pdf_mend import mend_text

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Th ực hi ện Quy ết định số 222/QĐ-TTg", "Thực hiện Quyết định số 222/QĐ-TTg"),
        ("s ản xu ất và tiêu dùng b ền v ững", "sản xuất và tiêu dùng bền vững"),
        ("Ủy ban nhân dân các huy ện, thành ph ố", "Ủy ban nhân dân các huyện, thành phố"),
        ("Hỗ tr ợ doanh nghi ệp", "Hỗ trợ doanh nghiệp"),
    ],
)
def test_broken_words_are_joined(broken, whole):
    assert mend_text(broken) == whole


@pytest.mark.parametrize(
    "text",
    ["Sở Y tế chủ trì", "ở các cấp học", "xử lý ô nhiễm", "các khu đô thị", "đầu tư ở nước ngoài", "bảo đảm an toàn", "2025 - 2035", "số 5 ủy viên", "Quy ước chung"],
)
def test_whole_words_stay_apart(text):
    assert mend_text(text) == text


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_no_line_of_the_plans_is_changed(path):
    changed = [line for line in path.read_text("utf-8").splitlines() if mend_text(line) != line]
    assert changed == []
