"""Duties in the forms of directives and of plans whose paragraphs have no common heading."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes


def _duties(text):
    return [([mention.name for mention in duty.agency], duty.text.text) for duty in extract(read_bytes(text.encode(), "plan.txt")).duties]


_DIRECTIVE = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
Số: 12/CT-UBND
CHỈ THỊ
Về tăng cường phòng cháy ở chợ

Để giữ an toàn cho người bán, Ủy ban nhân dân tỉnh yêu cầu:

1. Ủy ban nhân dân các xã, phường, đặc khu Hòn Dấu:

- Kiểm tra các chợ trên địa bàn mỗi quý một lần.

2. Sở Công Thương

- Lập danh sách các chợ chưa có bể nước.

3. Các chủ sạp là hợp tác xã

- Sửa đường điện trong sạp của mình.

4. Công an tỉnh

- Tập huấn chữa cháy cho ban quản lý chợ.
"""


def test_paragraphs_below_an_order_are_duties_though_some_are_headed_by_free_names():
    assert _duties(_DIRECTIVE) == [
        (["Ủy ban nhân dân các xã, phường, đặc khu"], "Kiểm tra các chợ trên địa bàn mỗi quý một lần."),
        (["Sở Công Thương"], "Lập danh sách các chợ chưa có bể nước."),
        (["các chủ sạp là hợp tác xã"], "Sửa đường điện trong sạp của mình."),
        (["Công an tỉnh"], "Tập huấn chữa cháy cho ban quản lý chợ."),
    ]


@pytest.mark.parametrize("bracket", ["", " (các hội quán, câu lạc bộ)"])
def test_a_bracket_is_no_part_of_a_free_name(bracket):
    ((agency, _),) = [duty for duty in _duties(_DIRECTIVE.replace("là hợp tác xã", f"là hợp tác xã{bracket}")) if "sạp" in duty[1]]
    assert agency == ["các chủ sạp là hợp tác xã"]


def test_a_heading_that_has_a_body_direct_another_is_a_line_above_its_duties():
    text = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
KẾ HOẠCH
Nuôi ong năm 2026

II. TỔ CHỨC THỰC HIỆN

1. Sở Nông nghiệp và Môi trường chỉ đạo Chi cục Chăn nuôi và Thú y thực hiện các việc sau:

- Lập danh sách các trại ong.

2. Sở Tài chính

- Bố trí kinh phí mua thùng ong.
"""
    assert _duties(text) == [(["Sở Nông nghiệp và Môi trường"], "Lập danh sách các trại ong."), (["Sở Tài chính"], "Bố trí kinh phí mua thùng ong.")]
