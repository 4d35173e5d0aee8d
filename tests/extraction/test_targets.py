"""Targets: the comparison of each figure, and where its year stands."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

_PLAN = """ỦY BAN NHÂN DÂN TỈNH LAI CHÂU
KẾ HOẠCH
Giảm nghèo bền vững

I. MỤC TIÊU

{0}

- {1}
"""


def read(sentence: str, heading: str = "1. Mục tiêu cụ thể"):
    return extract(read_bytes(_PLAN.format(heading, sentence).encode(), "plan.txt")).targets


@pytest.mark.parametrize(
    ("sentence", "comparator", "bound"),
    [
        ("Tỷ lệ hộ nghèo giảm ít nhất 15%.", "reduce", ">="),
        ("Giảm tối thiểu 20% số hộ cận nghèo.", "reduce", ">="),
        ("Giảm trên 20% lượng nước thải.", "reduce", ">"),
        ("Giảm khoảng 10% mức tiêu hao năng lượng.", "reduce", "~"),
        ("Giảm 10% mức tiêu hao năng lượng.", "reduce", None),
        ("Tỷ lệ hộ nghèo giảm xuống còn 3%.", "=", None),  # a level, not a fall
        ("Tỷ lệ chôn lấp chất thải giảm dưới 50%.", "<", None),
        ("Giảm chi phí, nâng tỷ lệ tự động hóa đạt 60%.", "=", None),
        ("Tỷ lệ che phủ rừng đạt ít nhất 55%.", ">=", None),
        ("Không quá 2% hộ tái nghèo.", "<=", None),
        ("Tăng trưởng đạt từ 10% trở lên.", ">=", None),
    ],
)
def test_a_fall_keeps_its_bound_and_a_level_is_no_fall(sentence, comparator, bound):
    (target,) = read(sentence)
    assert (target.comparator, target.bound) == (comparator, bound)


@pytest.mark.parametrize(
    ("heading", "sentence", "years"),
    [
        ("1. Mục tiêu cụ thể", "Đến năm 2030 đạt 50%; phấn đấu 100% xã đạt chuẩn.", [(2030, "sentence"), (2030, "sentence")]),
        ("1. Mục tiêu cụ thể", "Tỷ lệ đạt 50% vào năm 2028, 70% vào năm 2030.", [(2028, "sentence"), (2030, "sentence")]),
        ("1. Mục tiêu cụ thể", "Đến năm 2028 đạt 50%, đến năm 2030 đạt 70%.", [(2028, "sentence"), (2030, "sentence")]),
        ("1. Mục tiêu cụ thể đến năm 2035", "Tỷ lệ che phủ rừng đạt 55%.", [(2035, "heading")]),
        ("Đến năm 2030:", "Tỷ lệ che phủ rừng đạt 55%.", [(2030, "heading")]),
        ("Giai đoạn 2026 - 2030:", "Tỷ lệ che phủ rừng đạt 55%.", [(2030, "heading")]),
        ("1. Mục tiêu cụ thể", "Tỷ lệ hộ nghèo giảm 15% so với năm 2025.", [(None, None)]),  # the year compared with
        ("1. Mục tiêu cụ thể", "Đến năm 2030 đạt 50%. Duy trì 100% xã đạt chuẩn.", [(2030, "sentence"), (None, None)]),
    ],
)
def test_a_figure_has_the_year_of_its_words_else_of_the_heading(heading, sentence, years):
    assert [(target.by, target.by_from) for target in read(sentence, heading)] == years


def test_a_figure_with_a_misread_digit_is_no_target_and_is_told():
    text = "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU\nKẾ HOẠCH\nPhát triển kinh tế tuần hoàn\n\nII. MỤC TIÊU\n\n- Tỷ lệ chất thải rắn được thu gom, xử lý đạt §0% vào năm 2030.\n\n- Tỷ lệ hộ dùng nước sạch đạt 95% vào năm 2030.\n"
    found = extract(read_bytes(text.encode(), "plan.txt"))
    assert [target.value for target in found.targets] == [(95.0,)]
    assert [text[finding.span.start : finding.span.end] for finding in found.findings if finding.code == "unreadable-figure"] == ["§0%"]


def test_a_long_run_of_misread_signs_is_no_figure():
    text = "KẾ HOẠCH\n\nII. MỤC TIÊU\n\n- Tỷ lệ đạt " + "§" * 30_000 + " và " + "1§" * 15_000 + "\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).targets == ()
