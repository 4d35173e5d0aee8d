"""Letterheads as legal portals and offices set them: wrapped, in cells, under a site's abstract; letters without a type word."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------"
_WRAPPED = "-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n|"

# thuvienphapluat.vn, 80/NQ-CP: name, number and place wrapped in the middle
POVERTY = """CHÍNH
PHỦ
-------
|
CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số:
80/NQ-CP
|
Hà
Nội, ngày 19 tháng 05 năm 2011
|
NGHỊ QUYẾT
VỀ ĐỊNH HƯỚNG GIẢM NGHÈO BỀN VỮNG THỜI KỲ TỪ NĂM 2011 ĐẾN
NĂM 2020
Thực hiện mục
tiêu giảm nghèo là một chủ trương lớn của Đảng, Nhà nước ta nhằm cải thiện đời
sống vật chất và tinh thần của người nghèo, góp phần thu hẹp khoảng cách chênh
lệch về mức sống giữa nông thôn và thành thị.
"""
# thuvienphapluat.vn, 1176/QĐ-TTg: type and title on lines that follow each other, who decides right below
TURTLES = """THỦ
TƯỚNG CHÍNH PHỦ
-------
|
CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số: 1176/QĐ-TTg
|
Hà
Nội, ngày 12 tháng 9
năm 2019
|
QUYẾT ĐỊNH
PHÊ DUYỆT CHƯƠNG TRÌNH BẢO TỒN CÁC LOÀI RÙA NGUY CẤP CỦA VIỆT NAM ĐẾN
NĂM 2025, TẦM NHÌN ĐẾN NĂM 2030
THỦ TƯỚNG CHÍNH PHỦ
Căn cứ Luật Tổ chức Chính phủ ngày
19 tháng 6 năm 2015;
Căn cứ Luật Đa dạng sinh học ngày
13 tháng 11 năm 2008;
Xét đề nghị của Bộ trưởng Bộ Tài
nguyên và Môi trường;
QUYẾT ĐỊNH:
Điều 1. Phê duyệt “Chương trình
bảo tồn các loài rùa nguy cấp của Việt Nam đến năm 2025, tầm nhìn đến năm 2030”
với những nội dung chủ yếu sau đây:
I. QUAN ĐIỂM
1. Bảo tồn các loài rùa nguy cấp góp
phần bảo tồn đa dạng sinh học của Việt Nam.
2. Bảo tồn các loài rùa nguy cấp là
trách nhiệm của toàn xã hội, của các cơ quan quản lý, mọi tổ chức, doanh nghiệp
và cá nhân.
"""
# thuvienphapluat.vn, 1914/KH-UBND: the day on the next line; a part's heading right under the title
HAI_DUONG = f"""ỦY BAN NHÂN DÂN
TỈNH HẢI DƯƠNG
{_WRAPPED}
Số: 1914/KH-UBND
|
Hải Dương, ngày
05 tháng 6 năm 2023
|
KẾ HOẠCH
CHUYỂN ĐỔI SỐ TỈNH HẢI DƯƠNG NĂM 2023
PHẦN I. KẾT QUẢ THỰC HIỆN CHUYỂN ĐỔI SỐ NĂM 2022
"""
# nhansu.vn, 186/KH-UBND: the site's abstract as a table, borders of cells at line ends
BAC_NINH = """Kế hoạch 186/KH-UBND năm 2025 phát triển chính quyền số tỉnh Bắc Ninh giai đoạn 2026-2030
| Số hiệu | 186/KH-UBND |
| Ngày ban hành | 29/12/2025 |
| Cơ quan ban hành | Tỉnh Bắc Ninh |
| Người ký | Mai Sơn |
|
ỦY BAN NHÂN DÂN |
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM |
|
Số: 186/KH-UBND |
Bắc Ninh, ngày 29 tháng 12 năm 2025 |
KẾ HOẠCH
PHÁT TRIỂN CHÍNH QUYỀN SỐ TỈNH BẮC NINH GIAI ĐOẠN 2026-2030
Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển Chính quyền số tỉnh Bắc Ninh, cụ thể như sau:
"""
# phapluatcongdong.vn, 930/QĐ-TTg: the abstract as lines
HOSPITALS = f"""Quyết định 930/QĐ-TTg năm 2009 phê duyệt đề án đầu tư xây dựng, cải tạo, nâng cấp các bệnh viện chuyên khoa lao
Số hiệu: 930/QĐ-TTg Loại văn bản: Quyết định
Nơi ban hành: Thủ tướng Chính phủ Người ký: Nguyễn Tấn Dũng
Ngày ban hành: 30/06/2009 Ngày hiệu lực: Đang cập nhật
Lĩnh vực: Y tế - dược, Xây dựng nhà ở, đô thị, Tình trạng: Đang cập nhập

THỦ TƯỚNG CHÍNH PHỦ
-------

{_STATE}

Số: 930/QĐ-TTg

Hà Nội, ngày 30 tháng 06 năm 2009

QUYẾT ĐỊNH

VỀ VIỆC PHÊ DUYỆT ĐỀ ÁN ĐẦU TƯ XÂY DỰNG CÁC BỆNH VIỆN CHUYÊN KHOA LAO GIAI ĐOẠN 2009-2013

THỦ TƯỚNG CHÍNH PHỦ

Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;
"""
# thuvienphapluat.vn, 986/QĐ-UBND as Markdown: the letterhead a table of two rows
TUYEN_QUANG = """*Source: https://thuvienphapluat.vn/van-ban/Giao-duc/Quyet-dinh-986-QD-UBND-2024.aspx*

| ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- |
|---|---|
| Số: 986/QĐ-UBND | Tuyên Quang, ngày 13 tháng 8 năm 2024 |

QUYẾT ĐỊNH

BAN HÀNH KẾ HOẠCH THỜI GIAN NĂM HỌC 2024-2025 ÁP DỤNG TRÊN ĐỊA BÀN TỈNH TUYÊN QUANG

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG

Căn cứ Luật Giáo dục ngày 14/6/2019;
"""
# 68/2024/QĐ-UBND of Hà Nội: a space in the number
HA_NOI = f"""ỦY BAN NHÂN DÂN
THÀNH PHỐ HÀ NỘI
Số: 68 /2024/QĐ-UBND

{_STATE}

Hà Nội, ngày 05 tháng 12 năm 2024

QUYẾT ĐỊNH
Ban hành Quy định mô hình quản lý khu du lịch cấp thành phố
trên địa bàn thành phố Hà Nội

ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI

Căn cứ Luật Du lịch ngày 19 tháng 6 năm 2017;
"""
# 3260-KH/ĐĐQH15: a party number; a title over lines, each bold for itself
ASSEMBLY = """## ĐẢNG CỘNG SẢN VIỆT NAM

**BAN CHẤP HÀNH TRUNG ƯƠNG**
**ĐẢNG ĐOÀN QUỐC HỘI**

Số 3260-KH/ĐĐQH15

Hà Nội, ngày 10 tháng 01 năm 2025

**KẾ HOẠCH**

**khai thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024**
**Bộ Chính trị về đột phá phát triển khoa học, công nghệ**

Ngày 22/12/2024, Bộ Chính trị đã ban hành Nghị quyết số 57-NQ/TW.
"""
# haugiang.gov.vn, 454/UBND-NCTH: a letter, both columns of its head on one line
HAU_GIANG = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HẬU GIANG Độc Lập - Tự Do - Hạnh Phúc

Số: 454/UBND-NCTH Vị Thanh, ngày 6 tháng 4 năm 2011

V/v tiếp tục phối hợp tuyên truyền và tham gia bầu chọn Vịnh Hạ Long là kỳ quan thiên nhiên thế giới

Kính gửi:

- Giám đốc Sở Văn hóa, Thể thao và Du lịch;

- Chủ tịch UBND huyện, thị xã, thành phố.

Ủy ban nhân dân tỉnh nhận được Công văn số 847/UBND-VX1 ngày 22 tháng 3 năm 2011 của UBND tỉnh Quảng Ninh, Chủ tịch UBND tỉnh có ý kiến như sau:
"""
# vanban123.vn, 6238/VPCP-CN: a letter in cells, without a subject
OFFICE = """VĂN PHÒNG CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
Số: 6238/VPCP-CN | Hà Nội, ngày 16 tháng 06 năm 2017 |
Kính gửi: | - Bộ Giao thông vận tải; |
Về báo cáo tình hình thực hiện quy hoạch và đầu tư Cảng hàng không Chu Lai, Phó Thủ tướng Chính phủ Trịnh Đình Dũng có ý kiến như sau:
"""
# the form of notices and resolutions of the provinces: their own offices and councils issue them
NOTICE = f"""ỦY BAN NHÂN DÂN
TỈNH BẾN TRE
VĂN PHÒNG
-------
{_STATE}
Số: 241/TB-VPUBND
Bến Tre, ngày 27 tháng 6 năm 2023

THÔNG BÁO
Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về giải ngân vốn đầu tư công
"""
COUNCIL = f"""HỘI ĐỒNG NHÂN DÂN
TỈNH BẾN TRE
-------
{_STATE}
Số: 12/NQ-HĐND
Bến Tre, ngày 27 tháng 6 năm 2023

NGHỊ QUYẾT
Về phát triển kinh tế tuần hoàn

HỘI ĐỒNG NHÂN DÂN TỈNH BẾN TRE
"""
# a plan that sends nothing, and says "kính gửi" nowhere: no letter
PLAN = f"""ỦY BAN NHÂN DÂN
TỈNH BẾN TRE
-------
{_STATE}
Số: 1873/UBND-KTTH
Bến Tre, ngày 02 tháng 5 năm 2024

Các sở, ban, ngành gửi báo cáo trước ngày 10/5/2024.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (POVERTY, ("Nghị quyết", "80/NQ-CP", "Chính phủ", "2011-05-19", "VỀ ĐỊNH HƯỚNG GIẢM NGHÈO BỀN VỮNG THỜI KỲ TỪ NĂM 2011 ĐẾN NĂM 2020")),
        (
            TURTLES, ("Quyết định", "1176/QĐ-TTg", "Thủ tướng Chính phủ", "2019-09-12",
            "PHÊ DUYỆT CHƯƠNG TRÌNH BẢO TỒN CÁC LOÀI RÙA NGUY CẤP CỦA VIỆT NAM ĐẾN NĂM 2025, TẦM NHÌN ĐẾN NĂM 2030"),
        ),
        (HAI_DUONG, ("Kế hoạch", "1914/KH-UBND", "Ủy ban nhân dân tỉnh Hải Dương", "2023-06-05", "CHUYỂN ĐỔI SỐ TỈNH HẢI DƯƠNG NĂM 2023")),
        (
            BAC_NINH, ("Kế hoạch", "186/KH-UBND", "Ủy ban nhân dân tỉnh Bắc Ninh", "2025-12-29",
            "PHÁT TRIỂN CHÍNH QUYỀN SỐ TỈNH BẮC NINH GIAI ĐOẠN 2026-2030"),
        ),
        (
            HOSPITALS, ("Quyết định", "930/QĐ-TTg", "Thủ tướng Chính phủ", "2009-06-30",
            "VỀ VIỆC PHÊ DUYỆT ĐỀ ÁN ĐẦU TƯ XÂY DỰNG CÁC BỆNH VIỆN CHUYÊN KHOA LAO GIAI ĐOẠN 2009-2013"),
        ),
        (
            TUYEN_QUANG, ("Quyết định", "986/QĐ-UBND", "Ủy ban nhân dân tỉnh Tuyên Quang", "2024-08-13",
            "BAN HÀNH KẾ HOẠCH THỜI GIAN NĂM HỌC 2024-2025 ÁP DỤNG TRÊN ĐỊA BÀN TỈNH TUYÊN QUANG"),
        ),
        (
            HA_NOI, ("Quyết định", "68/2024/QĐ-UBND", "Ủy ban nhân dân thành phố Hà Nội", "2024-12-05",
            "Ban hành Quy định mô hình quản lý khu du lịch cấp thành phố trên địa bàn thành phố Hà Nội"),
        ),
        (
            ASSEMBLY, ("Kế hoạch", "3260-KH/ĐĐQH15", None, "2025-01-10",
            "khai thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 Bộ Chính trị về đột phá phát triển khoa học, công nghệ"),
        ),
        (
            HAU_GIANG, ("Công văn", "454/UBND-NCTH", "Ủy ban nhân dân tỉnh Hậu Giang", "2011-04-06",
            "tiếp tục phối hợp tuyên truyền và tham gia bầu chọn Vịnh Hạ Long là kỳ quan thiên nhiên thế giới"),
        ),
        (OFFICE, ("Công văn", "6238/VPCP-CN", "Văn phòng Chính phủ", "2017-06-16", None)),
        (
            NOTICE, ("Thông báo", "241/TB-VPUBND", "Văn phòng Ủy ban nhân dân tỉnh Bến Tre", "2023-06-27",
            "Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về giải ngân vốn đầu tư công"),
        ),
        (COUNCIL, ("Nghị quyết", "12/NQ-HĐND", "Hội đồng nhân dân tỉnh Bến Tre", "2023-06-27", "Về phát triển kinh tế tuần hoàn")),
        (PLAN, (None, "1873/UBND-KTTH", "Ủy ban nhân dân tỉnh Bến Tre", "2024-05-02", None)),
    ],
)  # fmt: skip
def test_a_document_says_what_it_is(text, expected):
    header = extract(read_bytes(text.encode(), "plan.txt")).header
    assert (header.type, header.number, header.issuer, header.date, header.title.text if header.title else None) == expected


def test_a_site_s_abstract_is_no_part_of_the_document():
    for text, number in ((BAC_NINH, "186/KH-UBND"), (HOSPITALS, "930/QĐ-TTg")):
        assert number not in [citation.number for citation in extract(read_bytes(text.encode(), "plan.txt")).citations]


@pytest.mark.parametrize(("text", "period"), [(POVERTY, (2011, 2020)), (HOSPITALS, (2009, 2013)), (HAI_DUONG, (2023, 2023)), (TURTLES, (None, 2025))])
def test_a_title_says_for_which_years_it_is(text, period):
    assert extract(read_bytes(text.encode(), "plan.txt")).header.period == period


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("KIỂM KÊ TÀI SẢN CÔNG THUỘC PHẠM VI QUẢN LÝ CỦA TỈNH QUẢNG NGÃI THỜI ĐIỂM 0H00 NGÀY 01 THÁNG 01 NĂM 2026", None),
        ("TRIỂN KHAI CÁC NHIỆM VỤ TRỌNG TÂM CUỐI NĂM 2025 LĨNH VỰC BÌNH ĐẲNG GIỚI TRÊN ĐỊA BÀN TỈNH", (2025, 2025)),
    ],
)
def test_a_day_in_a_title_is_no_period_and_part_of_a_year_is_one(title, period):
    text = f"ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI\n\nSố: 16/KH-UBND\n\nKẾ HOẠCH\n\n{title}\n\nI. MỤC ĐÍCH\n\nNâng cao nhận thức.\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).header.period == period


def test_number_and_subject_of_a_letter_in_one_cell():
    # Công văn 2428/BXD-QLN, as a portal's table sets it; the issuer's code comes first in a letter's symbol
    text = (
        "| BỘ XÂY DỰNG ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc --------------- |\n|---|---|\n"
        "| Số: 2428/BXD-QLN V/v: Hỗ trợ người có công với cách mạng về nhà ở theo QĐ số 22/2013/QĐ-TTg | Hà Nội, ngày 15 tháng 11 năm 2013 |\n\n"
        "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương\n\nThực hiện Quyết định số 22/2013/QĐ-TTg ngày 26/4/2013.\n"
    )
    header = extract(read_bytes(text.encode(), "letter.md")).header
    assert (header.type, header.number, header.issuer, header.date) == ("Công văn", "2428/BXD-QLN", "Bộ Xây dựng", "2013-11-15")
    assert header.title is not None
    assert header.title.text == "Hỗ trợ người có công với cách mạng về nhà ở theo QĐ số 22/2013/QĐ-TTg"


def test_number_and_title_of_an_annex_in_one_line():
    # annex of a plan of Lào Cai, 2026
    text = (
        "PHỤ LỤC I: PHÂN CÔNG NHIỆM VỤ THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN CÔNG NGHIỆP KHAI THÁC GIAI ĐOẠN 2026 - 2030, TẦM NHÌN ĐẾN NĂM 2050\n\n"
        "(Kèm theo Kế hoạch số:          /KH-UBND ngày        tháng        năm 2026 của Ủy ban nhân dân tỉnh Lào Cai)\n\n"
        "| Nội dung | Phân công nhiệm vụ |\n|---|---|\n| 1. Kiểm kê nguồn nguyên liệu | Chủ trì: Sở Công Thương. |\n"
    )
    header = extract(read_bytes(text.encode(), "annex.md")).header
    assert (header.type, header.province, header.period) == ("Phụ lục", "Lào Cai", (2026, 2030))
    assert header.title is not None
    assert header.title.text == "KẾ HOẠCH PHÁT TRIỂN CÔNG NGHIỆP KHAI THÁC GIAI ĐOẠN 2026 - 2030, TẦM NHÌN ĐẾN NĂM 2050"


def test_an_act_of_the_standing_committee_has_its_number_in_its_name_and_its_day_at_the_end():
    # Nghị quyết 07/2026/UBTVQH16
    text = (
        "**ỦY BAN THƯỜNG VỤ QUỐC HỘI**\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n\n**Độc lập - Tự do - Hạnh phúc**\n\n"
        "### Nghị quyết số: 07/2026/UBTVQH16\n\n### NGHỊ QUYẾT\n\n### Điều chỉnh Chương trình lập pháp năm 2026\n\n"
        "**ỦY BAN THƯỜNG VỤ QUỐC HỘI**\n\nCăn cứ Luật Tổ chức Quốc hội số 57/2014/QH13;\n\n**QUYẾT NGHỊ:**\n\n### Điều 1. Điều chỉnh Chương trình\n\n"
        "1. Bổ sung dự án Luật An ninh dữ liệu vào Chương trình lập pháp năm 2026.\n\n### Điều 2. Hiệu lực thi hành\n\n"
        "Nghị quyết này được Ủy ban Thường vụ Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam thông qua ngày 26 tháng 6 năm 2026.\n"
    )
    extraction = extract(read_bytes(text.encode(), "resolution.md"))
    header = extraction.header
    assert (header.type, header.number, header.symbol, header.date) == ("Nghị quyết", "07/2026/UBTVQH16", "UBTVQH16", "2026-06-26")
    assert (header.issuer, header.province, header.period) == ("Ủy ban Thường vụ Quốc hội", None, (2026, 2026))
    assert header.title is not None
    assert header.title.text == "Điều chỉnh Chương trình lập pháp năm 2026"
    assert [citation.number for citation in extraction.citations] == ["57/2014/QH13"]


def test_a_portal_s_table_of_facts_stands_in_for_a_letterhead_that_the_copy_lacks():
    # Nghị quyết 159/NQ-CP, 20/06/2026, and Quyết định 2165/QĐ-UBND of Hòa Bình, as portals show them
    facts = "## THÔNG TIN VĂN BẢN\n\n| Trường | Giá trị |\n|---|---|\n| Số hiệu | 159/NQ-CP |\n| Ngày ban hành | 20/6/2026 |\n| Cơ quan ban hành | Chính phủ |\n\n"
    act = "## QUYẾT NGHỊ\n\nCăn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;\n\n### Điều 1.\n\nBộ Y tế chủ trì xây dựng dự án Luật.\n"
    header = extract(read_bytes(f"# NGHỊ QUYẾT\n\n{facts}{act}".encode(), "act.md")).header
    assert (header.type, header.number, header.symbol, header.issuer, header.date) == ("Nghị quyết", "159/NQ-CP", "NQ-CP", "Chính phủ", "2026-06-20")
    assert header.title is None
    facts = (
        "| Số hiệu: | 2165/QĐ-UBND | Loại văn bản: | Quyết định |\n|---|---|---|---|\n"
        "| Nơi ban hành: | Tỉnh Hòa Bình | Người ký: | Nguyễn Văn Quang |\n| Ngày ban hành: | 31/10/2017 | Ngày hiệu lực: | Đang cập nhật |\n\n"
    )
    header = extract(read_bytes(f"{facts}Điều 1. Ban hành Quy chế phối hợp.\n".encode(), "act.md")).header
    assert (header.type, header.number, header.date) == ("Quyết định", "2165/QĐ-UBND", "2017-10-31")
    assert header.issuer == "Ủy ban nhân dân tỉnh Hòa Bình"


def test_the_place_of_a_ministry_s_letterhead_is_no_province_of_it():
    # Quyết định 1074/QĐ-BXD, 29/06/2026
    text = "**BỘ XÂY DỰNG**\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n\nSố: 1074/QĐ-BXD — Hà Nội, ngày 29 tháng 6 năm 2026\n\n# QUYẾT ĐỊNH\n\nBan hành các giải pháp kỹ thuật\n"
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
