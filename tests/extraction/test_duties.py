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


_PROVINCES = "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương"


def test_a_letter_s_numbered_paragraphs_are_for_those_whom_the_line_above_asks():
    text = (
        "BỘ XÂY DỰNG\n-------\nSố: 1935/BXD-QLN\n\nKính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương\n\n"
        "Để kịp sửa nhà cho 5.000 hộ nghèo trước mùa mưa, Bộ Xây dựng đề nghị Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương "
        "làm các việc sau:\n\n"
        "1. Đối với các địa phương chưa có danh sách thì sớm chỉ đạo các xã rà soát, lập danh sách hộ cần sửa nhà và gửi về Bộ Xây dựng.\n\n"
        "2. Báo cáo số nhà đã sửa về Bộ Xây dựng, Bộ Tài chính trước ngày 20 hàng tháng.\n\n"
        "Bộ Xây dựng đề nghị Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương chỉ đạo việc này./.\n"
    )
    extraction = extract(read_bytes(text.encode(), "letter.txt"))
    assert [[agency.name for agency in duty.agency] for duty in extraction.duties] == [["các địa phương"], [_PROVINCES], [_PROVINCES]]
    assert [(row.frequency, [agency.name for agency in row.receiver]) for row in extraction.reporting] == [("monthly", ["Bộ Xây dựng", "Bộ Tài chính"])]


def test_a_paragraph_with_a_subject_of_its_own_is_not_for_all_whom_the_heading_names():
    # the third paragraph only puts the decree into force
    text = (
        "Điều 7. Trách nhiệm của các Bộ và Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương\n\n"
        "1. Bộ Tài chính chịu trách nhiệm bố trí tiền mua sách cho các trường vùng cao.\n\n"
        "2. Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương có trách nhiệm chọn trường được nhận sách.\n\n"
        "3. Các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ, Chủ tịch Ủy ban nhân dân tỉnh, thành phố trực thuộc Trung ương chịu trách nhiệm thi hành Nghị định này.\n"
    )
    duties = extract(read_bytes(text.encode(), "decision.txt")).duties
    assert [[agency.name for agency in duty.agency] for duty in duties] == [["Bộ Tài chính"], [_PROVINCES]]


def test_what_the_capital_and_the_provinces_are_to_do_stands_under_headings_of_their_own():
    text = (
        "III. TỔ CHỨC THỰC HIỆN\n\n2. Đối với Thủ đô Hà Nội\n\n"
        "- Sớm chỉ đạo các sở, ban, ngành xem lại danh sách nhà cổ cần tu sửa.\n\n"
        "6. Bộ Thông tin và Truyền thông chủ trì, phối hợp chặt chẽ, thường xuyên với Ban Tuyên giáo Trung ương, các cơ quan thông tấn, báo chí "
        "giới thiệu việc tu sửa nhà cổ./.\n"
    )
    duties = extract(read_bytes(text.encode(), "resolution.txt")).duties
    assert [([agency.name for agency in duty.agency], [partner.name for partner in duty.partners]) for duty in duties] == [
        (["Thủ đô Hà Nội"], []),
        (["Bộ Thông tin và Truyền thông"], ["Ban Tuyên giáo Trung ương", "các cơ quan thông tấn, báo chí"]),
    ]


def test_articles_of_a_chapter_whose_title_stands_on_the_next_line():
    # offices are written in capitals and small letters as they come
    text = (
        "Chương IV\n\nTỔ CHỨC THỰC HIỆN\n\nĐiều 8.\n\n"
        "2. Chủ tịch Ủy ban nhân dân các Huyện, Thị xã, Thành phố; Thủ trưởng các Sở, Ban, Ngành nêu tại Điều 3 Quy định này chịu trách nhiệm về việc giao, nhận sách.\n\n"
        "Điều 9. Khi gặp khó khăn, chủ tịch Ủy ban nhân dân các Huyện, Thị xã, Thành phố tổng hợp, báo cáo về Cục Thuế tỉnh để được hướng dẫn./.\n"
    )
    duties = extract(read_bytes(text.encode(), "rules.txt")).duties
    committees = "Ủy ban nhân dân các huyện, thị xã, thành phố"
    assert [[agency.name for agency in duty.agency] for duty in duties] == [[committees, "các sở, ban, ngành"], [committees]]


def test_a_page_s_number_and_a_broken_line_do_not_cut_a_duty():
    # as a PDF's text has it
    text = (
        "# TỔ CHỨC THỰC HIỆN\n\n## Sở Thông tin và Truyền thông\n\n"
        "3       - Chủ trì, phối hợp với các xã, phường lắp đặt trạm phát sóng;\n"
        "ghi chép số trạm đã lắp từng tháng; gom các đề nghị của người dân, nêu việc cần sửa trong lần lắp sau.\n\n"
        "## Các doanh nghiệp viễn thông\n\nChủ động lắp trạm mới, sửa trạm cũ tại các thôn vùng sâu, vùng xa.\n"
    )
    duties = extract(read_bytes(text.encode(), "plan.md")).duties
    assert [(duty.role, duty.text.text[:8], duty.text.text[-20:]) for duty in duties] == [
        ("lead", "Chủ trì,", "sửa trong lần lắp sau."[-20:]), ("responsible", "Chủ động", "tại các thôn vùng sâu, vùng xa."[-20:]),
    ]  # fmt: skip


def test_a_role_in_brackets_behind_a_heading_s_name_is_no_part_of_it():
    text = _PLAN.format(paragraph="1. Sở Tài chính (cơ quan chủ trì)\n\n- Tổ chức mua sách, theo dõi việc giao sách.\n")
    (duty,) = extract(read_bytes(text.encode(), "plan.txt")).duties
    assert [mention.name for mention in duty.agency] == ["Sở Tài chính"]


def test_a_body_that_orders_others_has_the_duty_itself():
    bullet = "- Yêu cầu các cơ quan báo chí dành thời lượng giới thiệu sách hay mỗi tuần."
    text = _PLAN.format(paragraph=f"4. Sở Khoa học và Công nghệ\n\n- Nâng cao chất lượng bản tin thư viện.\n\n{bullet}\n")
    duties = extract(read_bytes(text.encode(), "plan.txt")).duties
    assert [[mention.name for mention in duty.agency] for duty in duties] == [["Sở Khoa học và Công nghệ"]] * 2


def test_a_line_of_a_role_alone_hands_it_down_without_a_colon():
    # "Tổ chức," opens a clause here and is no group
    text = _PLAN.format(
        paragraph="1. Sở Công Thương\n\na) Chủ trì, phối hợp với các sở, ban, ngành, UBND các xã, phường và cơ quan, đơn vị có liên quan\n\n"
        "- Là cơ quan đầu mối chủ trì tổ chức hội chợ sách, theo dõi số sách bán được.\n\n"
        "- Tổ chức, tham gia các buổi gặp gỡ giữa nhà in với nhà sách.\n\n"
        "b) Phối hợp với các sở, ngành, UBND các xã, phường\n\n"
        "- Hỗ trợ các nhà sách mở thêm quầy ở chợ.\n"
    )
    duties = extract(read_bytes(text.encode(), "plan.txt")).duties
    concerned = ["các sở, ban, ngành", "Ủy ban nhân dân các xã, phường", "các cơ quan, đơn vị có liên quan"]
    assert {mention.name for duty in duties for mention in duty.agency} == {"Sở Công Thương"}
    assert [(duty.role, [partner.name for partner in duty.partners]) for duty in duties] == [
        ("lead", concerned), ("lead", concerned), ("partner", ["các sở, ngành", "Ủy ban nhân dân các xã, phường"]),
    ]  # fmt: skip


def test_a_heading_that_asks_firms_of_one_trade():
    text = _PLAN.format(
        paragraph="10. Sở Y tế\n\n- Kiểm tra an toàn thực phẩm tại các cơ sở.\n\n"
        "11. Đề nghị các doanh nghiệp in ấn, đóng gói và phát hành sách báo\n\n- Chủ động tìm hiểu nhu cầu của bạn đọc để in đủ sách.\n"
    )
    duties = extract(read_bytes(text.encode(), "plan.txt")).duties
    assert [[mention.name for mention in duty.agency] for duty in duties] == [
        ["Sở Y tế"], ["các doanh nghiệp in ấn, đóng gói và phát hành sách báo"],
    ]  # fmt: skip


def test_verbs_that_open_a_duty():
    text = _PLAN.format(paragraph="4. Các Sở, ngành, đơn vị liên quan kiện toàn và bồi dưỡng cán bộ thư viện.")
    (duty,) = extract(read_bytes(text.encode(), "plan.txt")).duties
    assert [mention.name for mention in duty.agency] == ["các sở, ngành, đơn vị liên quan"]


_BULLETS = "- Xây dựng, hoàn thiện các quy định về dữ liệu y tế.\n\n- Hướng dẫn các cơ sở khám chữa bệnh triển khai.\n"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (f"1. Sở Y tế\n\na) Nhiệm vụ chủ trì\n\n{_BULLETS}\nb) Nhiệm vụ phối hợp\n\n- Tham gia ý kiến đối với dự thảo.\n", "lead lead partner"),
        (f"1. Sở Y tế\n\n* Chủ trì:\n\n{_BULLETS}\n* Phối hợp với Sở Tài chính:\n\n- Rà soát kinh phí hằng năm.\n", "lead lead partner"),
        (f"1. Sở Y tế - Cơ quan thường trực\n\n{_BULLETS}", "responsible responsible"),
        (f"1. Sở Y tế theo chức năng, nhiệm vụ được giao:\n\n{_BULLETS}", "responsible responsible"),
        (f"1. Sở Y tế là cơ quan đầu mối, có trách nhiệm:\n\n{_BULLETS}", "responsible responsible"),
        ("- Sở Y tế: Xây dựng các quy định về dữ liệu y tế.\n\n- Sở Y tế: Hướng dẫn các cơ sở khám chữa bệnh.\n", "responsible responsible"),
    ],
)
def test_headings_of_duties_with_a_role_or_a_manner(paragraph, expected):
    duties = extract(read_bytes(_PLAN.format(paragraph=paragraph).encode(), "plan.txt")).duties
    assert [duty.role for duty in duties] == expected.split()
    assert {mention.name for duty in duties for mention in duty.agency} == {"Sở Y tế"}


@pytest.mark.parametrize("others", ["Công an tỉnh, Điện lực Hưng Yên", "Công an tỉnh, Phòng Kinh tế", "Trường Cao đẳng nghề", "Tổ công tác Đề án 06"])
@pytest.mark.parametrize("work", ["trồng cây quanh nhà", "lắp đặt trạm phát sóng", "mở phòng đọc tại các thôn", "chuẩn bị xe chở sách"])
def test_a_sentence_is_a_duty_though_nothing_tells_where_its_last_name_ends(others, work):
    text = _PLAN.format(paragraph=f"1. Sở Xây dựng\n\n- Chủ trì, phối hợp với {others} {work}.\n\n- Bố trí người trông phòng đọc.\n")
    duties = extract(read_bytes(text.encode(), "plan.txt")).duties
    assert [(duty.role, [mention.name for mention in duty.agency]) for duty in duties] == [("lead", ["Sở Xây dựng"]), ("responsible", ["Sở Xây dựng"])]
    assert work in duties[0].text.text
