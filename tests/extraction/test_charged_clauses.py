"""Paragraphs that charge several bodies, and paragraphs that charge none."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.extraction.charged_clauses import split_by_agency
from kg.reading import read_bytes
from kg.records import Passage

_PLAN = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
KẾ HOẠCH
Phát triển thư viện số năm 2026

{heading}

{paragraph}
"""


def duties(paragraph: str, heading: str = "IV. TỔ CHỨC THỰC HIỆN"):
    found = extract(read_bytes(_PLAN.format(heading=heading, paragraph=paragraph).encode(), "plan.txt")).duties
    return [([mention.name for mention in duty.agency], [mention.name for mention in duty.partners], duty.role) for duty in found]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Sở Tài chính cân đối kinh phí mua sắm, Sở Nội vụ thẩm định biên chế, Công an tỉnh bảo đảm an ninh mạng.", 3),
        ("Sở Xây dựng, Sở Công Thương rà soát quy hoạch, Ban Quản lý Khu kinh tế tổ chức xúc tiến đầu tư.", 2),
        # the list behind "phối hợp với" goes on
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ tham mưu UBND tỉnh ban hành chính sách.", 1),
        ("Sở Y tế tham mưu Ủy ban nhân dân tỉnh, Ban Chỉ đạo tỉnh triển khai các nhiệm vụ.", 1),
        ("Sở Tài chính, Sở Nội vụ tham mưu bố trí kinh phí.", 1),
    ],
)
def test_another_body_charged_behind_a_comma(text: str, pieces: int):
    assert len(split_by_agency(Passage(text=text))) == pieces


def test_commas_without_end_are_read_in_time_that_grows_with_them():
    split_by_agency(Passage(text="Sở Y tế rà soát hạ tầng số, " * 4000))


@pytest.mark.parametrize("heading", ["V. CÔNG TÁC TỔ CHỨC", "V. THỰC HIỆN", "V. ĐƠN VỊ THỰC HIỆN"])
def test_headings_of_duties_over_few_agencies(heading: str):
    assert duties("1. Sở Y tế\n\n- Tham mưu ban hành quy chế.\n\n2. Sở Nội vụ\n\n- Thẩm định đề án.", heading) == [
        (["Sở Y tế"], [], "responsible"), (["Sở Nội vụ"], [], "responsible"),
    ]  # fmt: skip


def test_what_says_how_a_matter_must_be_done_charges_nobody():
    bullets = "- Việc cấp thẻ bạn đọc phải bảo đảm công khai, đúng đối tượng.\n\n- Kiểm tra việc cấp thẻ bạn đọc hằng năm."
    assert duties(f"1. Sở Y tế\n\n{bullets}") == [(["Sở Y tế"], [], "responsible")]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("1. Sở Y tế\n\n- Chủ trì cùng UBND thành phố Hưng Yên xây dựng phòng đọc.", [(["Sở Y tế"], ["Ủy ban nhân dân thành phố Hưng Yên"], "lead")]),
        ("1. Đề nghị Hội Nông dân huyện và các đoàn thể huyện\n\n- Vận động hội viên đọc sách.", [(["Hội Nông dân huyện", "các đoàn thể"], [], "responsible")]),
        ("1. Hiệp hội Xuất bản Hưng Yên, các doanh nghiệp phát hành sách\n\n- Hỗ trợ sách cho các trường.", [(["Hiệp hội Xuất bản Hưng Yên", "các doanh nghiệp phát hành sách"], [], "responsible")]),
        ("1. UBND các xã, phường ven biển, đảo: Cồn Đen, Thụy Trường\n\n- Bố trí phòng đọc tại nhà văn hóa.", [(["Ủy ban nhân dân các xã, phường ven biển, đảo"], [], "responsible")]),
        ("1. Báo Hưng Yên tăng số trang giới thiệu sách hay.", [(["Báo Hưng Yên"], [], "responsible")]),
        (
            "- Sở Nội vụ: Thẩm định đề án vị trí việc làm.\n\nYêu cầu Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các xã, phường gửi danh sách trước tháng sau.",
            [(["Sở Nội vụ"], [], "responsible"), (["các sở, ban, ngành", "Ủy ban nhân dân các xã, phường"], [], "responsible")],
        ),
        ("Trách nhiệm của các sở, ngành được phân công như sau:\n\n| TT | Cơ quan | Nhiệm vụ |\n| --- | --- | --- |\n| 1 | Sở Y tế | - Bố trí cán bộ thư viện. |", [(["Sở Y tế"], [], "responsible")]),
    ],
)  # fmt: skip
def test_who_is_charged(paragraph: str, expected: list[tuple[list[str], list[str], str]]):
    assert duties(paragraph) == expected
