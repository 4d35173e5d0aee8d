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
