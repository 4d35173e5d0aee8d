from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Literal

from kg.graph.cited import read_corpus
from kg.graph.infer import inferred_quads
from kg.graph.links import MARGIN, THRESHOLD, find_links, similarity
from kg.graph.namespaces import BASE, DCTERMS, MG
from kg.graph.quads import document_quads
from kg.records import Citation, Extraction, Passage
from kg.resolution.registry import Registry

D222 = "Kế hoạch hành động quốc gia thực hiện kinh tế tuần hoàn đến năm 2035"
D687 = "Đề án Phát triển kinh tế tuần hoàn ở Việt Nam"
D889 = "Chương trình hành động quốc gia về sản xuất và tiêu dùng bền vững giai đoạn 2021-2030"
D76 = "Chương trình hành động quốc gia về sản xuất và tiêu dùng bền vững đến năm 2020, tầm nhìn đến năm 2030"
D2597 = "Đề án Chuyển đổi số trong hoạt động xây dựng, quản lý, khai thác kết cấu hạ tầng xây dựng"
HUNG_YEN = "KẾ HOẠCH HÀNH ĐỘNG THỰC HIỆN KINH TẾ TUẦN HOÀN TỈNH HƯNG YÊN ĐẾN NĂM 2035"
HA_TINH = "Thực hiện Chương trình hành động quốc gia về sản xuất và tiêu dùng bền vững giai đoạn 2026 - 2030 trên địa bàn tỉnh Hà Tĩnh"
DONG_THAP = (
    "CHUYỂN ĐỔI SỐ TRONG HOẠT ĐỘNG XÂY DỰNG, QUẢN LÝ, KHAI THÁC KẾT CẤU HẠ TẦNG GIAO THÔNG TRÊN ĐỊA BÀN TỈNH ĐỒNG THÁP"
)


@pytest.mark.parametrize(
    ("title", "program", "near"),
    [
        (HUNG_YEN, D222, True),
        (HUNG_YEN, D687, False),
        (HA_TINH, D889, True),
        (HA_TINH, D76, False),
        (DONG_THAP, D2597, False),
        (HUNG_YEN, D889, False),
    ],
)
def test_similarity(title: str, program: str, near: bool):
    assert (similarity(title, program) >= THRESHOLD) is near


def decision(number: str, date: str, title: str) -> Citation:
    return Citation(
        type="Quyết định",
        number=number,
        date=date,
        issuer="Thủ tướng Chính phủ",
        title=title,
        relation="cites",
        spans=(),
    )


def links(documents: list[Extraction], registry: Registry) -> list[str]:
    quads = [quad for document in documents for quad in document_quads(document, registry)]
    return [link.decision.value.rsplit("/", 1)[-1] for link in find_links(read_corpus(quads))]


def citing(plan: Extraction, *citations: Citation) -> Extraction:
    return replace(plan, citations=citations)


R222 = decision("222/QĐ-TTg", "2025-01-23", "ban hành " + D222)
R687 = decision("687/QĐ-TTg", "2022-06-07", "phê duyệt " + D687)


def test_a_plan_that_names_no_decision_is_linked_through_what_others_cite(
    plan: Extraction, other_plan: Extraction, registry: Registry
):
    assert links([citing(plan, R222, R687), other_plan], registry) == ["222-qd-ttg"]


def test_no_link_without_a_near_title_nor_where_two_come_near(
    plan: Extraction, other_plan: Extraction, registry: Registry
):
    assert links([citing(plan, R687), other_plan], registry) == []
    twin = decision("223/QĐ-TTg", "2025-01-24", "ban hành " + D222)
    assert links([citing(plan, R222, twin), other_plan], registry) == []
    assert MARGIN > 0


def test_no_link_for_a_plan_that_says_itself_what_it_implements(plan: Extraction, registry: Registry):
    assert links([citing(plan, R222)], registry) == []


def test_no_link_to_a_decision_of_later_date(plan: Extraction, other_plan: Extraction, registry: Registry):
    late = decision("222/QĐ-TTg", "2025-03-01", "ban hành " + D222)
    assert links([citing(plan, late), other_plan], registry) == []


def test_the_link_says_its_reason_in_both_languages(plan: Extraction, other_plan: Extraction, registry: Registry):
    quads = [*document_quads(plan, registry), *document_quads(other_plan, registry)]
    reasons = {quad.object.language: quad.object.value for quad in inferred_quads(quads) if quad.predicate == MG.reason and "/inferred/" in quad.subject.value}
    assert set(reasons) == {"vi", "en"}
    assert all("222/QĐ-TTg" in reason and D222 in reason for reason in reasons.values())
    assert [quad.object.value for quad in inferred_quads(quads) if quad.predicate == MG.probablyImplements] == [
        BASE + "vn/thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg"
    ]


def test_a_cited_document_gets_the_title_most_give_and_the_most_precise_date(
    plan: Extraction, other_plan: Extraction, registry: Registry
):
    misquoted = decision(
        "889/QĐ-TTg", "2020", "phê duyệt Chương trình quốc gia về sản xuất và tiêu dùng bền vững giai đoạn 2021-2030"
    )
    right = decision("889/QĐ-TTg", "2020-06-24", "phê duyệt " + D889)
    third = replace(other_plan, header=replace(other_plan.header, province="Hà Tĩnh", title=Passage(text=HA_TINH)))
    documents = [citing(plan, misquoted), citing(other_plan, right), citing(third, right)]
    quads = inferred_quads([quad for document in documents for quad in document_quads(document, registry)])
    of_889 = {quad.predicate: quad.object for quad in quads if quad.subject.value.endswith("/889-qd-ttg")}
    assert of_889[DCTERMS.title] == Literal("phê duyệt " + D889, language="vi")
    assert of_889[MG.date].value == "2020-06-24"
