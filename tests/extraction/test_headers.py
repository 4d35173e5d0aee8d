"""Letterheads as legal portals and offices set them: wrapped, in cells, under a site's abstract; letters without a type word."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------"
_WRAPPED = "-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n|"

# as a portal wraps a letterhead: name, number and place cut in the middle
CRAFTS = """CHÍNH
PHỦ
-------
|
CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số:
61/NQ-CP
|
Hà
Nội, ngày 08 tháng 04 năm 2013
|
NGHỊ QUYẾT
VỀ PHÁT TRIỂN NGHỀ THỦ CÔNG Ở VÙNG CAO TRONG GIAI ĐOẠN TỪ NĂM 2013 ĐẾN
NĂM 2020
Giữ nghề thủ công
là việc lâu dài của các cấp chính quyền, giúp người dân vùng cao có thêm việc
làm tại chỗ, có thêm nguồn thu và giữ được nếp sống của làng bản trong những
năm tới.
"""
# type and title on lines that follow each other, who decides right below
RICE = """THỦ
TƯỚNG CHÍNH PHỦ
-------
|
CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số: 2307/QĐ-TTg
|
Hà
Nội, ngày 21 tháng 8
năm 2019
|
QUYẾT ĐỊNH
PHÊ DUYỆT CHƯƠNG TRÌNH GIỮ GÌN CÁC GIỐNG LÚA NƯƠNG Ở VÙNG TÂY BẮC ĐẾN
NĂM 2025, TẦM NHÌN ĐẾN NĂM 2035
THỦ TƯỚNG CHÍNH PHỦ
Căn cứ Luật Tổ chức Chính phủ ngày
19 tháng 6 năm 2015;
Căn cứ Luật Trồng trọt ngày
19 tháng 11 năm 2018;
Xét đề nghị của Bộ trưởng Bộ Nông
nghiệp và Phát triển nông thôn;
QUYẾT ĐỊNH:
Điều 1. Phê duyệt “Chương trình
giữ gìn các giống lúa nương ở vùng Tây Bắc đến năm 2025, tầm nhìn đến năm 2035”
gồm các nội dung dưới đây:
I. QUAN ĐIỂM
1. Giống lúa nương là vốn quý của
người dân vùng cao và của nhà nông cả nước.
2. Giữ giống đi cùng với đời sống của
người trồng lúa, có sự góp sức của nhà khoa học, hợp tác xã, cơ sở chế biến
và người tiêu dùng.
"""
# the day on the next line; a part's heading right under the title
HAI_DUONG = f"""ỦY BAN NHÂN DÂN
TỈNH HẢI DƯƠNG
{_WRAPPED}
Số: 1307/KH-UBND
|
Hải Dương, ngày
17 tháng 4 năm 2023
|
KẾ HOẠCH
PHÒNG ĐỌC CÔNG CỘNG TỈNH HẢI DƯƠNG NĂM 2023
PHẦN I. TÌNH HÌNH CÁC PHÒNG ĐỌC NĂM 2022
"""
# a site's abstract as a table, borders of cells at line ends
BAC_NINH = """Kế hoạch 273/KH-UBND năm 2025 phát triển nghề gốm tỉnh Bắc Ninh giai đoạn 2026-2030
| Số hiệu | 273/KH-UBND |
| Ngày ban hành | 18/12/2025 |
| Cơ quan ban hành | Tỉnh Bắc Ninh |
| Người ký | Nguyễn Văn A |
|
ỦY BAN NHÂN DÂN |
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM |
|
Số: 273/KH-UBND |
Bắc Ninh, ngày 18 tháng 12 năm 2025 |
KẾ HOẠCH
PHÁT TRIỂN NGHỀ GỐM TỈNH BẮC NINH GIAI ĐOẠN 2026-2030
Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển nghề gốm với các nội dung sau:
"""
# the abstract as lines
STATIONS = f"""Quyết định 845/QĐ-TTg năm 2009 phê duyệt đề án xây mới, sửa chữa các trạm y tế vùng biển đảo
Số hiệu: 845/QĐ-TTg Loại văn bản: Quyết định
Nơi ban hành: Thủ tướng Chính phủ Người ký: Nguyễn Văn A
Ngày ban hành: 23/07/2009 Ngày hiệu lực: Đang cập nhật
Lĩnh vực: Y tế, Xây dựng, Tình trạng: Đang cập nhập

THỦ TƯỚNG CHÍNH PHỦ
-------

{_STATE}

Số: 845/QĐ-TTg

Hà Nội, ngày 23 tháng 07 năm 2009

QUYẾT ĐỊNH

VỀ VIỆC PHÊ DUYỆT ĐỀ ÁN XÂY DỰNG TRẠM Y TẾ VÙNG BIỂN ĐẢO GIAI ĐOẠN 2009-2013

THỦ TƯỚNG CHÍNH PHỦ

Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;
"""
# a portal's page as Markdown: the letterhead a table of two rows
TUYEN_QUANG = """*Source: https://thuvienphapluat.vn/van-ban/Giao-duc/Quyet-dinh-1043-QD-UBND-2024.aspx*

| ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- |
|---|---|
| Số: 1043/QĐ-UBND | Tuyên Quang, ngày 22 tháng 7 năm 2024 |

QUYẾT ĐỊNH

BAN HÀNH QUY ĐỊNH MƯỢN SÁCH NĂM 2024-2025 Ở THƯ VIỆN CÁC TRƯỜNG TRONG TỈNH TUYÊN QUANG

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG

Căn cứ Luật Giáo dục ngày 14/6/2019;
"""
# a space in the number
HA_NOI = f"""ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI
Số: 57 /2024/QĐ-UBND

{_STATE}

Hà Nội, ngày 14 tháng 11 năm 2024

QUYẾT ĐỊNH
Ban hành Quy định sử dụng nhà văn hóa thôn và tổ dân phố
tại các xã, phường của thành phố Hà Nội

ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI

Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;
"""
# a party number; a title over lines, each bold for itself
ASSEMBLY = """## ĐẢNG CỘNG SẢN VIỆT NAM

**BAN CHẤP HÀNH TRUNG ƯƠNG**
**ĐẢNG ĐOÀN QUỐC HỘI**

Số 2714-KH/ĐĐQH15

Hà Nội, ngày 24 tháng 01 năm 2025

**KẾ HOẠCH**

**khai Nghị quyết số 58-NQ/TW ngày 09/01/2025**
**Bộ Chính trị về xây dựng tủ sách cơ sở**

Ngày 09/01/2025, Bộ Chính trị có Nghị quyết số 58-NQ/TW.
"""
# a letter, both columns of its head on one line
HAU_GIANG = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HẬU GIANG Độc Lập - Tự Do - Hạnh Phúc

Số: 391/UBND-NCTH Vị Thanh, ngày 9 tháng 5 năm 2011

V/v giới thiệu sách và tham gia tuần lễ đọc sách của các tỉnh đồng bằng sông Cửu Long

Kính gửi:

- Giám đốc Sở Văn hóa, Thể thao và Du lịch;

- Chủ tịch UBND huyện, thị xã, thành phố.

Ủy ban nhân dân tỉnh nhận được Công văn số 512/UBND-VX1 ngày 15 tháng 4 năm 2011 của UBND tỉnh Bạc Liêu, Chủ tịch UBND tỉnh có ý kiến như sau:
"""
# a letter in cells, without a subject
OFFICE = """VĂN PHÒNG CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 5471/VPCP-CN | Hà Nội, ngày 25 tháng 05 năm 2017 |
Kính gửi: | - Bộ Giao thông vận tải; |
Về báo cáo sửa chữa cầu Long Sơn, Phó Thủ tướng Chính phủ Nguyễn Văn A có ý kiến như sau:
"""
# the form of notices and resolutions of the provinces: their own offices and councils issue them
NOTICE = f"""ỦY BAN NHÂN DÂN
TỈNH BẾN TRE
VĂN PHÒNG
-------
{_STATE}
Số: 317/TB-VPUBND
Bến Tre, ngày 19 tháng 5 năm 2023

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về tủ sách pháp luật
"""
COUNCIL = f"""HỘI ĐỒNG NHÂN DÂN
TỈNH BẾN TRE
-------
{_STATE}
Số: 12/NQ-HĐND
Bến Tre, ngày 19 tháng 5 năm 2023

NGHỊ QUYẾT
Về phát triển kinh tế tuần hoàn

HỘI ĐỒNG NHÂN DÂN TỈNH BẾN TRE
"""
# a plan that sends nothing, and says "kính gửi" nowhere: no letter
PLAN = f"""ỦY BAN NHÂN DÂN
TỈNH BẾN TRE
-------
{_STATE}
Số: 1648/UBND-KTTH
Bến Tre, ngày 02 tháng 5 năm 2024

Các sở, ban, ngành gửi báo cáo trước ngày 10/5/2024.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CRAFTS, ("Nghị quyết", "61/NQ-CP", "Chính phủ", "2013-04-08", "VỀ PHÁT TRIỂN NGHỀ THỦ CÔNG Ở VÙNG CAO TRONG GIAI ĐOẠN TỪ NĂM 2013 ĐẾN NĂM 2020")),
        (
            RICE, ("Quyết định", "2307/QĐ-TTg", "Thủ tướng Chính phủ", "2019-08-21",
            "PHÊ DUYỆT CHƯƠNG TRÌNH GIỮ GÌN CÁC GIỐNG LÚA NƯƠNG Ở VÙNG TÂY BẮC ĐẾN NĂM 2025, TẦM NHÌN ĐẾN NĂM 2035"),
        ),
        (HAI_DUONG, ("Kế hoạch", "1307/KH-UBND", "Ủy ban nhân dân tỉnh Hải Dương", "2023-04-17", "PHÒNG ĐỌC CÔNG CỘNG TỈNH HẢI DƯƠNG NĂM 2023")),
        (
            BAC_NINH, ("Kế hoạch", "273/KH-UBND", "Ủy ban nhân dân tỉnh Bắc Ninh", "2025-12-18",
            "PHÁT TRIỂN NGHỀ GỐM TỈNH BẮC NINH GIAI ĐOẠN 2026-2030"),
        ),
        (
            STATIONS, ("Quyết định", "845/QĐ-TTg", "Thủ tướng Chính phủ", "2009-07-23",
            "VỀ VIỆC PHÊ DUYỆT ĐỀ ÁN XÂY DỰNG TRẠM Y TẾ VÙNG BIỂN ĐẢO GIAI ĐOẠN 2009-2013"),
        ),
        (
            TUYEN_QUANG, ("Quyết định", "1043/QĐ-UBND", "Ủy ban nhân dân tỉnh Tuyên Quang", "2024-07-22",
            "BAN HÀNH QUY ĐỊNH MƯỢN SÁCH NĂM 2024-2025 Ở THƯ VIỆN CÁC TRƯỜNG TRONG TỈNH TUYÊN QUANG"),
        ),
        (
            HA_NOI, ("Quyết định", "57/2024/QĐ-UBND", "Ủy ban nhân dân thành phố Hà Nội", "2024-11-14",
            "Ban hành Quy định sử dụng nhà văn hóa thôn và tổ dân phố tại các xã, phường của thành phố Hà Nội"),
        ),
        (
            ASSEMBLY, ("Kế hoạch", "2714-KH/ĐĐQH15", None, "2025-01-24",
            "khai Nghị quyết số 58-NQ/TW ngày 09/01/2025 Bộ Chính trị về xây dựng tủ sách cơ sở"),
        ),
        (
            HAU_GIANG, ("Công văn", "391/UBND-NCTH", "Ủy ban nhân dân tỉnh Hậu Giang", "2011-05-09",
            "giới thiệu sách và tham gia tuần lễ đọc sách của các tỉnh đồng bằng sông Cửu Long"),
        ),
        (OFFICE, ("Công văn", "5471/VPCP-CN", "Văn phòng Chính phủ", "2017-05-25", None)),
        (
            NOTICE, ("Thông báo", "317/TB-VPUBND", "Văn phòng Ủy ban nhân dân tỉnh Bến Tre", "2023-05-19",
            "Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về tủ sách pháp luật"),
        ),
        (COUNCIL, ("Nghị quyết", "12/NQ-HĐND", "Hội đồng nhân dân tỉnh Bến Tre", "2023-05-19", "Về phát triển kinh tế tuần hoàn")),
        (PLAN, (None, "1648/UBND-KTTH", "Ủy ban nhân dân tỉnh Bến Tre", "2024-05-02", None)),
    ],
)  # fmt: skip
def test_a_document_says_what_it_is(text, expected):
    header = extract(read_bytes(text.encode(), "plan.txt")).header
    assert (header.type, header.number, header.issuer, header.date, header.title.text if header.title else None) == expected


def test_a_site_s_abstract_is_no_part_of_the_document():
    for text, number in ((BAC_NINH, "273/KH-UBND"), (STATIONS, "845/QĐ-TTg")):
        assert number not in [citation.number for citation in extract(read_bytes(text.encode(), "plan.txt")).citations]


@pytest.mark.parametrize(("text", "period"), [(CRAFTS, (2013, 2020)), (STATIONS, (2009, 2013)), (HAI_DUONG, (2023, 2023)), (RICE, (None, 2025))])
def test_a_title_says_for_which_years_it_is(text, period):
    assert extract(read_bytes(text.encode(), "plan.txt")).header.period == period


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("KIỂM ĐẾM SÁCH CỦA CÁC THƯ VIỆN TRONG TỈNH QUẢNG NGÃI TẠI THỜI ĐIỂM 0H00 NGÀY 01 THÁNG 3 NĂM 2026", None),
        ("LÀM NỐT CÁC VIỆC CUỐI NĂM 2025 VỀ PHÒNG ĐỌC CÔNG CỘNG TRÊN ĐỊA BÀN TỈNH", (2025, 2025)),
    ],
)
def test_a_day_in_a_title_is_no_period_and_part_of_a_year_is_one(title, period):
    text = f"ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI\n\nSố: 16/KH-UBND\n\nKẾ HOẠCH\n\n{title}\n\nI. MỤC ĐÍCH\n\nNâng cao nhận thức.\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).header.period == period


def test_number_and_subject_of_a_letter_in_one_cell():
    # as a portal's table sets it; the issuer's code comes first in a letter's symbol
    text = (
        "| BỘ XÂY DỰNG ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- |\n|---|---|\n"
        "| Số: 1935/BXD-QLN V/v: Sửa chữa nhà dột nát của hộ nghèo theo QĐ số 47/2013/QĐ-TTg | Hà Nội, ngày 04 tháng 10 năm 2013 |\n\n"
        "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương\n\nThực hiện Quyết định số 47/2013/QĐ-TTg ngày 12/6/2013.\n"
    )
    header = extract(read_bytes(text.encode(), "letter.md")).header
    assert (header.type, header.number, header.issuer, header.date) == ("Công văn", "1935/BXD-QLN", "Bộ Xây dựng", "2013-10-04")
    assert header.title is not None
    assert header.title.text == "Sửa chữa nhà dột nát của hộ nghèo theo QĐ số 47/2013/QĐ-TTg"


def test_number_and_title_of_an_annex_in_one_line():
    text = (
        "PHỤ LỤC I: PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN NGHỀ DỆT THỔ CẨM GIAI ĐOẠN 2026 - 2030, TẦM NHÌN ĐẾN NĂM 2045\n\n"
        "(Kèm theo Kế hoạch số:       /KH-UBND ngày      tháng      năm 2026 của UBND tỉnh Lào Cai)\n\n"
        "| Nội dung | Phân công nhiệm vụ |\n|---|---|\n| 1. Thống kê khung dệt | Chủ trì: Sở Công Thương. |\n"
    )
    header = extract(read_bytes(text.encode(), "annex.md")).header
    assert (header.type, header.province, header.period) == ("Phụ lục", "Lào Cai", (2026, 2030))
    assert header.title is not None
    assert header.title.text == "KẾ HOẠCH PHÁT TRIỂN NGHỀ DỆT THỔ CẨM GIAI ĐOẠN 2026 - 2030, TẦM NHÌN ĐẾN NĂM 2045"


def test_an_act_of_the_standing_committee_has_its_number_in_its_name_and_its_day_at_the_end():
    text = (
        "**ỦY BAN THƯỜNG VỤ QUỐC HỘI**\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n\n**Độc lập - Tự do - Hạnh phúc**\n\n"
        "### Nghị quyết số: 11/2026/UBTVQH16\n\n### NGHỊ QUYẾT\n\n### Sửa đổi Chương trình giám sát năm 2026\n\n"
        "**ỦY BAN THƯỜNG VỤ QUỐC HỘI**\n\nCăn cứ Luật Tổ chức Quốc hội số 57/2014/QH13;\n\n**QUYẾT NGHỊ:**\n\n### Điều 1. Sửa đổi Chương trình\n\n"
        "1. Thêm một chuyên đề về thư viện vào Chương trình giám sát năm 2026.\n\n### Điều 2. Hiệu lực thi hành\n\n"
        "Nghị quyết này được Ủy ban Thường vụ Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam thông qua ngày 17 tháng 7 năm 2026.\n"
    )
    extraction = extract(read_bytes(text.encode(), "resolution.md"))
    header = extraction.header
    assert (header.type, header.number, header.symbol, header.date) == ("Nghị quyết", "11/2026/UBTVQH16", "UBTVQH16", "2026-07-17")
    assert (header.issuer, header.province, header.period) == ("Ủy ban Thường vụ Quốc hội", None, (2026, 2026))
    assert header.title is not None
    assert header.title.text == "Sửa đổi Chương trình giám sát năm 2026"
    assert [citation.number for citation in extraction.citations] == ["57/2014/QH13"]


def test_a_portal_s_table_of_facts_stands_in_for_a_letterhead_that_the_copy_lacks():
    facts = "## THÔNG TIN VĂN BẢN\n\n| Trường | Giá trị |\n|---|---|\n| Số hiệu | 183/NQ-CP |\n| Ngày ban hành | 11/7/2026 |\n| Cơ quan ban hành | Chính phủ |\n\n"
    act = "## QUYẾT NGHỊ\n\nCăn cứ Luật Tổ chức Chính phủ;\n\n### Điều 1.\n\nBộ Y tế chủ trì xây dựng dự án Luật.\n"
    header = extract(read_bytes(f"# NGHỊ QUYẾT\n\n{facts}{act}".encode(), "act.md")).header
    assert (header.type, header.number, header.symbol, header.issuer, header.date) == ("Nghị quyết", "183/NQ-CP", "NQ-CP", "Chính phủ", "2026-07-11")
    assert header.title is None
    facts = (
        "| Số hiệu: | 1974/QĐ-UBND | Loại văn bản: | Quyết định |\n|---|---|---|---|\n"
        "| Nơi ban hành: | Tỉnh Hòa Bình | Người ký: | Nguyễn Văn B |\n| Ngày ban hành: | 23/11/2017 | Ngày hiệu lực: | Đang cập nhật |\n\n"
    )
    header = extract(read_bytes(f"{facts}Điều 1. Ban hành Quy chế phối hợp.\n".encode(), "act.md")).header
    assert (header.type, header.number, header.date) == ("Quyết định", "1974/QĐ-UBND", "2017-11-23")
    assert header.issuer == "Ủy ban nhân dân tỉnh Hòa Bình"


def test_the_place_of_a_ministry_s_letterhead_is_no_province_of_it():
    text = "**BỘ XÂY DỰNG**\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n\nSố: 968/QĐ-BXD — Hà Nội, ngày 8 tháng 6 năm 2026\n\n# QUYẾT ĐỊNH\n\nBan hành mẫu nhà văn hóa\n"
    header = extract(read_bytes(text.encode(), "decision.md")).header
    assert (header.issuer, header.province) == ("Bộ Xây dựng", None)


def test_what_a_scan_reads_of_a_stamp_is_no_part_of_the_title():
    text = f"BỘ CÔNG THƯƠNG\n{_STATE}\nSố: 12/QĐ-BCT\nHà Nội, ngày 3 tháng 2 năm 2025\n\nQUYẾT ĐỊNH\n\n2616 CỔNG TN ĐIỆN TỪ Phê duyệt Kế hoạch phát triển\n\n& công nghiệp xanh đến năm 2030\n\nBỘ TRƯỞNG BỘ CÔNG THƯƠNG\n\nCăn cứ Luật Bảo vệ môi trường;\n"
    header = extract(read_bytes(text.encode(), "quyet-dinh.txt")).header
    assert header.title.text == "Phê duyệt Kế hoạch phát triển công nghiệp xanh đến năm 2030"
    assert header.period == (None, 2030)


def test_v_v_in_capitals_opens_a_title_and_is_no_roman_number():
    text = f"ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n{_STATE}\nSố: 12/KH-UBND\nLai Châu, ngày 3 tháng 2 năm 2025\n\nKẾ HOẠCH\n\nV/V HỖ TRỢ DOANH NGHIỆP TRÊN ĐỊA BÀN TỈNH\n\nCăn cứ Luật Bảo vệ môi trường;\n"
    assert extract(read_bytes(text.encode(), "ke-hoach.txt")).header.title.text == "HỖ TRỢ DOANH NGHIỆP TRÊN ĐỊA BÀN TỈNH"


def test_a_letter_may_name_its_type_and_nobody_whom_it_is_sent_to():
    text = "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n\nSố: 77/UBND-VX\n\nCÔNG VĂN\n\nV/v tăng cường phòng, chống dịch\n\nỦy ban nhân dân tỉnh yêu cầu các sở, ban, ngành thực hiện:\n"
    header = extract(read_bytes(text.encode(), "cong-van.txt")).header
    assert (header.type, header.number) == ("Công văn", "77/UBND-VX")
    assert header.title is not None
    assert header.title.text == "tăng cường phòng, chống dịch"


@pytest.mark.parametrize(
    ("head", "symbol", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nHUYỆN MƯỜNG ẢNG", "KH-UBND", "Ủy ban nhân dân huyện Mường Ảng"),
        ("UBND TỈNH ĐIỆN BIÊN\nBAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", "KH-BQLKCN", "Ban Quản lý các khu công nghiệp tỉnh Điện Biên"),
        ("ỦY BAN NHÂN DÂN\nTỈNH ĐIỆN BIÊN", "KH-UBND", "Ủy ban nhân dân tỉnh Điện Biên"),
    ],
)
def test_who_issues_stands_in_capitals_under_the_committee(head: str, symbol: str, issuer: str):
    text = f"{head}\nSố: 87/{symbol}\nĐiện Biên, ngày 12 tháng 3 năm 2024\n\nKẾ HOẠCH\nPhát triển phòng đọc năm 2024\n\nThực hiện nhiệm vụ năm 2024, Kế hoạch được ban hành như sau:\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).header.issuer == issuer
