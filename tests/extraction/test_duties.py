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


def test_a_heading_with_roles_hands_them_to_what_stands_below():
    text = _PLAN.format(
        paragraph="1. Sở Dân tộc và Tôn giáo chủ trì, phối hợp với Sở NN&MT; các đơn vị liên quan:\n\n"
        "- Lồng ghép nội dung chuyển đổi số vào chương trình công tác hằng năm của ngành.\n\n"
        "2. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính:\n\n- Triển khai các nhiệm vụ được giao tại Kế hoạch này.\n"
    )
    duties = extract(read_bytes(text.encode(), "plan.txt")).duties
    assert [([agency.name for agency in duty.agency], duty.role, [partner.name for partner in duty.partners]) for duty in duties] == [
        (["Sở Dân tộc và Tôn giáo"], "lead", ["Sở Nông nghiệp và Môi trường", "các đơn vị liên quan"]),
        (["Sở Nội vụ"], "lead", ["Sở Tài chính"]),
    ]
