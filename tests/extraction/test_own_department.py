"""A department's own plan, and a department's own part of a plan: "Sở", "Giám đốc Sở", "Giao Sở …" are that department."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

_PLAN = """ỦY BAN NHÂN DÂN TỈNH LAI CHÂU
{issuer}
Số: 45/KH-{symbol}

Lai Châu, ngày 10 tháng 3 năm 2024

KẾ HOẠCH

Thực hiện chuyển đổi số năm 2024

II. TỔ CHỨC THỰC HIỆN

{body}
"""


def duties(body: str, *, own: bool = True):
    text = _PLAN.format(issuer="SỞ CÔNG THƯƠNG\n" if own else "", symbol="SCT" if own else "UBND", body=body)
    return extract(read_bytes(text.encode(), "plan.txt")).duties


@pytest.mark.parametrize(
    ("paragraph", "agency", "role", "partners"),
    [
        ("1. Giám đốc Sở chịu trách nhiệm chỉ đạo thực hiện kế hoạch này.", "Sở Công Thương", "responsible", []),
        ("1. Giao Sở phối hợp với Sở Tài chính bố trí kinh phí thực hiện.", "Sở Công Thương", "partner", ["Sở Tài chính"]),
        ("1. Sở chủ trì tổng hợp, báo cáo Ủy ban nhân dân tỉnh kết quả.", "Sở Công Thương", "lead", []),
        ("1. Giao Giám đốc Sở Y tế chủ trì rà soát dữ liệu y tế cơ sở.", "Sở Y tế", "lead", []),
        ("1. Thủ trưởng các sở, ngành phối hợp cung cấp dữ liệu theo yêu cầu.", "các sở, ngành", "partner", []),
        ("1. Văn phòng Sở: Tham mưu Giám đốc Sở tổ chức triển khai kế hoạch.", "Văn phòng Sở", "responsible", []),
        ("1. Các phòng chuyên môn thuộc Sở chủ động triển khai kế hoạch này.", "các phòng chuyên môn", "responsible", []),
    ],
)
def test_whom_a_departments_own_plan_charges(paragraph, agency, role, partners):
    (duty,) = duties(paragraph)
    assert [mention.name for mention in duty.agency] == [agency]
    assert duty.role == role
    assert [mention.name for mention in duty.partners] == partners


def test_the_department_alone_is_the_one_that_the_heading_names():
    found = duties("1. Sở Y tế\n\n- Sở chủ trì rà soát dữ liệu y tế cơ sở.\n\n- Giám đốc Sở chịu trách nhiệm về tiến độ thực hiện.\n\n2. Sở Nội vụ\n\n- Bố trí nhân lực cho chuyển đổi số.", own=False)
    assert [(duty.agency[0].name, duty.role) for duty in found] == [("Sở Y tế", "lead"), ("Sở Y tế", "responsible"), ("Sở Nội vụ", "responsible")]


def test_a_department_that_nothing_names_is_nobody_for_certain():
    (duty,) = duties("1. Giám đốc Sở chịu trách nhiệm tổ chức thực hiện kế hoạch này.", own=False)
    assert [(mention.name, mention.kind, mention.method) for mention in duty.agency] == [("Sở", None, "unresolved")]


def test_or_between_leads_leaves_it_open():
    text = _PLAN.format(issuer="", symbol="UBND", body="1. Sở Tài chính hoặc Sở Nội vụ chủ trì thẩm định kinh phí thực hiện.")
    extraction = extract(read_bytes(text.encode(), "plan.txt"))
    (duty,) = extraction.duties
    assert [(mention.name, mention.possible, mention.confidence) for mention in duty.agency] == [("Sở Tài chính", True, 1.0), ("Sở Nội vụ", True, 1.0)]
    assert [finding.code for finding in extraction.findings] == ["one-of-several-agencies"] * 2
