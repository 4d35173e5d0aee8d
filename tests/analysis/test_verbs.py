from __future__ import annotations

import pytest

from kg.analysis.preambles import without_preambles
from kg.analysis.verbs import are_divided, are_steps, head_verbs
from kg.analysis.wording import carries_out_plan


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Nghiên cứu, thí điểm áp dụng giải pháp kinh tế tuần hoàn", {"nghien cuu", "thi diem"}),
        ("Triển khai áp dụng giải pháp kinh tế tuần hoàn", {"trien khai"}),
        ("Tham gia góp ý kiến vào dự thảo các văn bản quy định chi tiết", {"gop y kien"}),
        ("Bộ trưởng Bộ Công an có trách nhiệm giúp Thủ tướng Chính phủ theo dõi, kiểm tra, đôn đốc các bộ", {"theo doi", "kiem tra", "don doc"}),
        ("Chủ trì, phối hợp với các sở, ngành liên quan hướng dẫn các cơ sở sản xuất", {"huong dan"}),
        ("Rà soát, sửa đổi, ban hành các cơ chế, chính sách", {"ra soat", "sua doi", "ban hanh"}),
        # no verb at the head: what stands further on is not what the lead does
        ("Nghị định quy định về điều kiện kinh doanh dịch vụ và đánh giá sự phù hợp.", set()),
        ("Dự án tăng cường năng lực và tần suất làm sạch, giảm bụi đô thị", set()),
        ("Tỉ lệ người dân, doanh nghiệp đánh giá hài lòng khi sử dụng dịch vụ công trực tuyến.", set()),
    ],
)  # fmt: skip
def test_verbs_are_those_at_the_head(text, verbs):
    assert head_verbs(text) == verbs


@pytest.mark.parametrize(
    ("first", "second", "divided", "steps"),
    [
        ("Theo dõi, đôn đốc việc di dời cơ sở gây ô nhiễm", "Thực hiện di dời cơ sở gây ô nhiễm", True, False),
        ("Góp ý dự thảo quy chuẩn kỹ thuật", "Triển khai quy chuẩn kỹ thuật", True, False),
        ("Hướng dẫn rà soát nhu cầu đầu tư", "Rà soát nhu cầu đầu tư", False, True),
        ("Nghiên cứu, thí điểm mô hình", "Triển khai mô hình", False, True),
        ("Giám sát hệ thống quan trắc", "Giám sát hệ thống quan trắc tại các nguồn thải lớn", False, False),
        ("Thúc đẩy mua sắm công xanh", "Khuyến khích, tăng cường tiêu dùng sản phẩm", False, False),
        ("Chương trình chuyển đổi phương tiện vận tải", "Theo dõi chuyển đổi phương tiện vận tải", False, False),
    ],
)
def test_who_oversees_or_guides_does_not_do_the_same(first, second, divided, steps):
    one, other = head_verbs(first), head_verbs(second)
    assert (are_divided(one, other), are_steps(one, other)) == (divided, steps)
    assert (are_divided(other, one), are_steps(other, one)) == (divided, steps)


@pytest.mark.parametrize(
    ("text", "whole_plan"),
    [
        ("Các sở, ban, ngành, tổ chức chính trị - xã hội, Ủy ban nhân dân các xã, phường chịu trách nhiệm thực hiện Kế hoạch này.", True),
        ("Chủ động triển khai thực hiện Kế hoạch đồng bộ, thống nhất, phù hợp với định hướng phát triển", True),
        ("Chủ trì, phối hợp với các bộ, cơ quan ngang bộ, Ủy ban nhân dân cấp tỉnh triển khai Kế hoạch hành động quốc gia.", True),
        # must not match
        ("Triển khai Kế hoạch phát triển thương mại điện tử quốc gia", False),
        ("Tổ chức xây dựng, ban hành kế hoạch thực hiện kinh tế tuần hoàn", False),
        ("Thực hiện chương trình đào tạo nghề cho lao động nông thôn", False),
    ],
)
def test_charged_with_the_plan_as_such(text, whole_plan):
    assert carries_out_plan(text) is whole_plan


HEAD = "Hoàn thiện triển khai xây dựng, đưa vào khai thác sử dụng các Cơ sở dữ liệu quốc gia, Cơ sở dữ liệu chuyên ngành: "
ITEMS = ("(1) Cơ sở dữ liệu quốc gia về Bảo hiểm", "(40) Cơ sở dữ liệu người lao động", "(42) Cơ sở dữ liệu giải quyết hưởng bảo hiểm thất nghiệp")


def test_a_beginning_of_three_siblings_is_a_preamble_and_of_two_is_none():
    assert [own for _, own in without_preambles([HEAD + item for item in ITEMS])][1] == "40 co so du lieu nguoi lao dong"
    assert without_preambles([HEAD + item for item in ITEMS[:2]]) == [("", ""), ("", "")]


def test_a_text_written_three_times_has_no_preamble():
    assert without_preambles([HEAD + ITEMS[0]] * 3) == [("", "")] * 3
    short = [f"Tổ chức tuyên truyền về {item}" for item in ("an toàn giao thông", "phòng cháy rừng", "vệ sinh thực phẩm")]
    assert without_preambles(short) == [("", "")] * 3
