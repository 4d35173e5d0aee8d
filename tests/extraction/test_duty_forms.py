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


_PLAN = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
KẾ HOẠCH
Thi đua làm vườn trường năm 2026

{0}
"""


def _plan(text):
    return extract(read_bytes(_PLAN.format(text).encode(), "plan.txt"))


def test_criteria_for_bodies_are_no_duties():
    text = """II. TIÊU CHÍ VÀ KHEN THƯỞNG

1. Tiêu chí

a) Đối với các sở, ban, ngành

- Trồng đủ số cây đã nhận.

b) Đối với Hội Nông dân tỉnh

- Có nhiều hội viên góp công.

c) Đối với Tỉnh Đoàn

- Có vườn ươm của mình.

III. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ: Chấm điểm vườn trường mỗi học kỳ.
"""
    assert [duty.text.text for duty in _plan(text).duties] == ["Chấm điểm vườn trường mỗi học kỳ."]


def test_a_paragraph_charges_with_the_bullets_below_it_whom_it_names_first():
    text = """III. TỔ CHỨC THỰC HIỆN

1. Các trường, đơn vị căn cứ Kế hoạch này trồng cây trong khuôn viên của mình.

- Gửi ảnh vườn lên trang của ngành.

- Báo cáo Sở Nội vụ khi kết thúc đợt thi đua.

2. Sở Tài chính bố trí kinh phí mua cây.

Kinh phí mua chậu do các đơn vị tự lo.
"""
    duties = [([mention.name for mention in duty.agency], duty.text.text) for duty in _plan(text).duties]
    assert duties[1:3] == [(duties[0][0], "Gửi ảnh vườn lên trang của ngành."), (duties[0][0], "Báo cáo Sở Nội vụ khi kết thúc đợt thi đua.")]
    assert not any(duty[0] == ["Sở Tài chính"] for duty in duties[4:])


def test_bullets_below_a_lead_with_others_open_with_the_others():
    text = """III. TỔ CHỨC THỰC HIỆN

1. Sở Giáo dục và Đào tạo

a) Chủ trì, phối hợp

- Sở Xây dựng và các đơn vị liên quan khảo sát đất trống trong trường.

b) Tổ chức hội thi vườn đẹp.

2. Sở Y tế

- Trồng vườn thuốc nam ở trạm y tế.
"""
    assert [([mention.name for mention in duty.agency], duty.role, [mention.name for mention in duty.partners]) for duty in _plan(text).duties] == [
        (["Sở Giáo dục và Đào tạo"], "lead", ["Sở Xây dựng", "các đơn vị liên quan"]),
        (["Sở Giáo dục và Đào tạo"], "responsible", []),
        (["Sở Y tế"], "responsible", []),
    ]


@pytest.mark.parametrize(
    ("text", "agencies", "words"),
    [
        (
            "1. Ủy ban nhân dân các xã: Hòa Bình, Yên Mỹ, Phù Cừ và Tiên Lữ\n\n- Ươm cây bóng mát.",
            [f"Ủy ban nhân dân xã {name}" for name in ("Hòa Bình", "Yên Mỹ", "Phù Cừ", "Tiên Lữ")],
            "Ươm cây bóng mát.",
        ),
        ("1. Các nhà vườn ngoài công lập: Bán cây giống đúng giá.", ["các nhà vườn ngoài công lập"], "Bán cây giống đúng giá."),
        (
            "1. Căn cứ Kế hoạch này, các sở, ban, ngành, các cơ quan Trung ương đóng trên địa bàn tỉnh, Ủy ban nhân dân các xã xây dựng vườn ươm.",
            ["các sở, ban, ngành", "các cơ quan trung ương", "Ủy ban nhân dân các xã"],
            None,
        ),
        ("1. Các sở, ban, ngành có liên quan tới việc trồng cây có trách nhiệm góp cây giống.", ["các sở, ban, ngành có liên quan"], None),
    ],
    ids=["places behind a colon", "a free name before a colon", "a list goes on behind a place", "said of the matter"],
)
def test_who_is_charged(text, agencies, words):
    (duty,) = _plan(f"III. TỔ CHỨC THỰC HIỆN\n\n{text}\n").duties
    assert [mention.name for mention in duty.agency] == agencies
    assert words is None or duty.text.text == words


def test_a_heading_broken_inside_a_name_is_one():
    text = """III. TỔ CHỨC TRIỂN KHAI

**1. Trung tâm Khuyến nông**

**tỉnh**

- Tặng cây giống.

**2. Công ty**

**Điện lực Hưng Yên**

- Sửa đường dây vướng cây.
"""
    duties = [([mention.name for mention in duty.agency], duty.text.text) for duty in _plan(text).duties]
    assert duties == [(["Trung tâm Khuyến nông"], "Tặng cây giống."), (["Công ty Điện lực Hưng Yên"], "Sửa đường dây vướng cây.")]


def test_a_clause_that_makes_another_body_answer_is_a_duty_of_its_own():
    text = "III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Tư pháp chủ trì rà soát quy chế; Hội Nông dân chịu trách nhiệm về số cây; Sở Y tế có trách nhiệm về vườn thuốc.\n"
    assert [[mention.name for mention in duty.agency] for duty in _plan(text).duties][-1] == ["Sở Y tế"]


def test_helpers_of_the_line_above_stand_beside_a_bullet_s_own():
    text = """III. TỔ CHỨC THỰC HIỆN

1. Sở Y tế

a) Chủ trì, phối hợp với Sở Nội vụ:

- Chấm vườn thuốc ở trạm y tế, phối hợp với Sở Tài chính xây dựng giá cây.
"""
    (duty,) = _plan(text).duties
    assert (duty.role, [mention.name for mention in duty.partners]) == ("lead", ["Sở Nội vụ", "Sở Tài chính"])
