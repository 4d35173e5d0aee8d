"""How duties are opened: verbs that no list has, dashes and stops behind the body, several bodies in a sentence; letterheads and titles."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

HEAD = "ỦY BAN NHÂN DÂN TỈNH AN GIANG\n\nSố: 45/KH-UBND\n\nAn Giang, ngày 03 tháng 02 năm 2026\n\nKẾ HOẠCH\nTrồng tre chắn sóng năm 2026\n\nIII. TỔ CHỨC THỰC HIỆN\n\n"


def extracted(text):
    return extract(read_bytes(text.encode(), "plan.txt"))


def duties(text):
    return [([m.name for m in d.agency], d.role, [m.name for m in d.partners], d.text.text) for d in extracted(HEAD + text).duties]


@pytest.mark.parametrize("line", ["1. Sở Y tế khâu màn cho các trạm ven sông.", "1. Sở Y tế - Khâu màn cho các trạm ven sông.", "1. Sở Y tế. Khâu màn cho các trạm ven sông.", "1- Sở Y tế: Khâu màn cho các trạm ven sông.", "* Sở Y tế:\n\n- Khâu màn cho các trạm ven sông."])
def test_who_opens_a_paragraph_is_charged(line):
    ((agency, role, partners, text),) = duties(line + "\n")
    assert (agency, role, partners) == (["Sở Y tế"], "responsible", [])
    assert text.endswith("hâu màn cho các trạm ven sông.")


def test_committees_of_all_units_before_such_a_verb():
    assert [duty[0] for duty in duties("1. UBND các xã, phường khâu màn cho các trạm ven sông.\n")] == [["Ủy ban nhân dân các xã, phường"]]


@pytest.mark.parametrize("line", ["1. Sở Y tế của tỉnh bạn đã khâu màn.", "1. Sở Y tế và các trạm."])
def test_names_that_a_sentence_says_more_of_are_not_charged(line):
    assert duties(line + "\n") == []


def test_a_dash_inside_a_name_opens_no_duty():
    ((agency, *_),) = duties("1. Phòng Văn hóa - Xã hội: Treo biển ở các bến đò.\n")
    assert agency == ["Phòng Văn hóa - Xã hội"]


def test_a_lead_in_line_behind_a_colon():
    text = "1. Sở Y tế: Chủ trì, phối hợp với Sở Tài chính:\n\n- Khâu màn cho các trạm.\n\n- Phát phao cho các đò.\n"
    assert [duty[:3] for duty in duties(text)] == [(["Sở Y tế"], "lead", ["Sở Tài chính"])] * 2


@pytest.mark.parametrize("joint", ["; Sở Nội vụ cử", ", giao Sở Nội vụ cử", "; giao Sở Nội vụ cử", ", Sở Nội vụ cử"])
def test_a_second_body_in_the_sentence(joint):
    assert [duty[0] for duty in duties(f"1. Giao Sở Y tế khâu màn mới{joint} người đi phát.\n")] == [["Sở Y tế"], ["Sở Nội vụ"]]


def test_the_body_in_charge_leads():
    assert [duty[1] for duty in duties("1. Sở Y tế là cơ quan chủ trì, có trách nhiệm khâu màn.\n\n2. Sở Nội vụ là cơ quan thường trực, khâu màn.\n")] == ["lead", "responsible"]


def test_partners_behind_semicolons_are_not_charged():
    assert len(duties("1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ; Sở Tài chính tổ chức khâu màn.\n")) == 1


def test_an_article_hands_its_matter_to_those_below_it():
    text = "ỦY BAN NHÂN DÂN TỈNH AN GIANG\n\nSố: 45/QĐ-UBND\n\nQUYẾT ĐỊNH\nVề việc trồng tre chắn sóng\n\nĐiều 1. Trồng tre ở các cồn.\n\nĐiều 2. Các sở, ngành sau đây chịu trách nhiệm trồng và giữ tre:\n\n1. Sở Y tế khâu màn cho đội trồng tre.\n\n2. Sở Tài chính - cơ quan thường trực của đội, chuẩn bị hạt giống.\n"
    assert [[m.name for m in d.agency] for d in extracted(text).duties] == [["Sở Y tế"], ["Sở Tài chính"]]


@pytest.mark.parametrize(
    ("text", "to"),
    [("Tham mưu cách trồng tre, tổng hợp báo cáo Ủy ban nhân dân tỉnh.", [["Ủy ban nhân dân tỉnh"]]), ("Tham mưu Ủy ban nhân dân tỉnh trồng tre, tổng hợp, báo cáo Ủy ban nhân dân tỉnh.", [["Ủy ban nhân dân tỉnh"]]),
     ("Tham mưu Ủy ban nhân dân tỉnh trồng tre, tổng hợp báo cáo Bộ Y tế.", []), ("Tham mưu Ủy ban nhân dân tỉnh báo cáo Bộ Y tế.", [])],
)
def test_reports_of_who_advises(text, to):
    rows = extracted(f"{HEAD}1. Sở Y tế\n\n- {text}\n").reporting
    assert [[m.name for m in row.receiver] for row in rows] == to


@pytest.mark.parametrize(("text", "rhythm"), [("vào cuối quý II và quý IV", "semiannual"), ("vào quý II và quý IV/2026", None)])
def test_two_quarters_are_a_rhythm_unless_they_have_a_year(text, rhythm):
    (row,) = extracted(f"{HEAD}1. Sở Y tế\n\n- Báo cáo Ủy ban nhân dân tỉnh {text}.\n").reporting
    assert row.frequency == rhythm


@pytest.mark.parametrize(
    ("title", "period"),
    [("Trồng tre năm 2026 trên địa bàn tỉnh An Giang", (2026, 2026)), ("Trồng tre năm 2026 của Sở Y tế", (2026, 2026)), ("Thi hành Luật Đê điều năm 2006 trên địa bàn tỉnh", None), ("Trồng tre theo mẫu năm 2026 đã chọn", None)],
)
def test_the_year_in_a_title(title, period):
    assert extracted(HEAD.replace("Trồng tre chắn sóng năm 2026", title)).header.period == period


LETTERHEADS = [
    ("TỈNH ỦY AN GIANG\tĐẢNG CỘNG SẢN VIỆT NAM\n*\tAn Giang, ngày 03 tháng 02 năm 2026\nSố 45-KH/TU\n\nKẾ HOẠCH\nTrồng tre chắn sóng\n", "Tỉnh ủy An Giang", "45-KH/TU"),
    ("ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHUYỆN CHỢ MỚI\tĐộc lập - Tự do - Hạnh phúc\nSố: 45/KH-UBND\tChợ Mới, ngày 03 tháng 02 năm 2021\n\nKẾ HOẠCH\nTrồng tre chắn sóng\n\nThực hiện Kế hoạch số 3/KH-UBND của UBND tỉnh An Giang, UBND huyện ban hành Kế hoạch.\n", "Ủy ban nhân dân huyện Chợ Mới", "45/KH-UBND"),
    ("UBND TỈNH AN GIANG\nBAN CHỈ ĐẠO TRỒNG TRE CHẮN SÓNG\nSố: 45/KH-BCĐ\nAn Giang, ngày 03 tháng 02 năm 2026\nKẾ HOẠCH\nTrồng tre chắn sóng\n", "Ban Chỉ đạo trồng tre chắn sóng tỉnh An Giang", "45/KH-BCĐ"),
]


@pytest.mark.parametrize(("text", "issuer", "number"), LETTERHEADS, ids=["party", "district", "steering committee"])
def test_letterheads(text, issuer, number):
    document = extracted(text + "\nI. MỤC ĐÍCH\n\nGiữ bờ sông.\n")
    assert (document.header.issuer, document.header.number) == (issuer, number)
    assert number not in [citation.number for citation in document.citations]


def test_the_scheme_of_a_title_with_the_province_in_its_name():
    text = "ỦY BAN NHÂN DÂN TỈNH AN GIANG\nSố: 45/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch thực hiện Đề án “Trồng tre chắn sóng ở các cồn trên địa bàn tỉnh An Giang giai đoạn 2026-2030”\n\nCăn cứ Quyết định số 77/QĐ-TTg ngày 03/01/2026 của Thủ tướng Chính phủ về việc phê duyệt Đề án “Trồng tre chắn sóng ở các cồn giai đoạn 2026 - 2030”;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Kế hoạch.\n"
    assert extracted(text).header.implements == ("77/QĐ-TTg",)
