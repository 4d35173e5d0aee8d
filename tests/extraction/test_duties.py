"""Duties in prose: who is charged where names stand before, after and between signs."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

_PLAN = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
KẾ HOẠCH
Thực hiện chuyển đổi số năm 2025

IV. TỔ CHỨC THỰC HIỆN

{paragraph}
"""


@pytest.mark.parametrize(
    ("paragraph", "agencies", "partners"),
    [
        (
            "1. Giao các Sở: Công Thương, Xây dựng theo chức năng, nhiệm vụ chủ động triển khai các nhiệm vụ được giao.",
            ["Sở Công Thương", "Sở Xây dựng"],
            [],
        ),
        (
            "1. Các Sở: Tài chính, Nội vụ, Y tế\nChủ trì tham mưu bố trí kinh phí thực hiện Kế hoạch hằng năm.",
            ["Sở Tài chính", "Sở Nội vụ", "Sở Y tế"],
            [],
        ),
        (
            "1. Sở Công Thương: Chủ trì, phối hợp với các Sở: Tài chính, Nội vụ; UBND các xã, phường hướng dẫn doanh nghiệp.",
            ["Sở Công Thương"],
            ["Sở Tài chính", "Sở Nội vụ", "Ủy ban nhân dân các xã, phường"],
        ),
        (
            "1. Yêu cầu các sở, ban, ngành; UBND các xã, phường: xây dựng kế hoạch chi tiết trước ngày 30/6/2025.",
            ["các sở, ban, ngành", "Ủy ban nhân dân các xã, phường"],
            [],
        ),
    ],
    ids=["shared head in the sentence", "shared head in the heading", "shared head among partners", "request to groups"],
)
def test_the_charged_are_named_one_by_one(paragraph, agencies, partners):
    (duty,) = extract(read_bytes(_PLAN.format(paragraph=paragraph).encode(), "plan.txt")).duties
    assert [mention.name for mention in duty.agency] == agencies
    assert [mention.name for mention in duty.partners] == partners
