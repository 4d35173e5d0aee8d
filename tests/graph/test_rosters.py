"""Rosters in the graph: one for each group that the registry settles, with its reason; and reasons of assignments."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.extraction import extract
from kg.graph.agents import Place, place_reason
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import BASE, INFERRED, MG, RDF, concept
from kg.graph.quads import document_quads
from kg.reading import read_bytes
from kg.records import AgencyMention
from kg.resolution.registry import Registry

_PLAN = """ỦY BAN NHÂN DÂN TỈNH LAI CHÂU
Số: 12/KH-UBND
Lai Châu, ngày 12 tháng {month} năm 2025

KẾ HOẠCH
Thực hiện chuyển đổi số năm 2025

| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
| --- | --- | --- | --- | --- |
| 1 | Xây dựng cơ sở dữ liệu dùng chung | Sở Khoa học và Công nghê | Các sở, ban, ngành; các cơ quan, tổ chức có liên quan | 2025 |
"""


def plan(month: str, registry: Registry) -> list[Quad]:
    return list(document_quads(extract(read_bytes(_PLAN.format(month=month).encode(), "ke-hoach.md")), registry))


@pytest.mark.parametrize(("month", "members", "kind"), [("02", 17, "so-ke-hoach-va-dau-tu"), ("05", 12, "so-nong-nghiep-va-moi-truong")])
def test_a_group_has_the_roster_of_the_documents_date(month: str, members: int, kind: str, registry: Registry):
    quads = inferred_quads(plan(month, registry))
    (node,) = [quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == MG.Roster]
    own = [quad for quad in quads if quad.subject == node]
    assert {quad.graph_name for quad in own} == {INFERRED}
    kinds = [quad.object for quad in own if quad.predicate == MG.rosterKind]
    assert len(kinds) == members
    assert concept("kind", kind) in kinds
    assert [quad.object for quad in own if quad.predicate == MG.rosterOf] == [NamedNode(BASE + "vn/lai-chau/group/cac-so-ban-nganh")]
    reasons = {quad.object.language: quad.object.value for quad in own if quad.predicate == MG.reason and isinstance(quad.object, Literal)}
    assert f"“các sở, ban, ngành” của Tỉnh Lai Châu vào 2025-{month}-12 chắc chắn gồm {members} loại" in reasons["vi"]
    assert f"for certain the {members} uniform kinds" in reasons["en"]


def test_an_assignment_says_why(registry: Registry):
    reasons = [quad.object for quad in plan("05", registry) if quad.predicate == MG.reason and quad.subject.value.endswith("/lead/agency/so-khoa-hoc-va-cong-nghe")]
    assert {reason.language for reason in reasons} == {"vi", "en"}
    (vi,) = [reason.value for reason in reasons if reason.language == "vi"]
    assert "sai dấu" in vi
    assert vi.endswith("Thuộc Tỉnh Lai Châu, nơi ban hành văn bản.")


@pytest.mark.parametrize(
    ("text", "kind", "province", "vi"),
    [
        ("Sở Y tế", "so-y-te", "lai-chau", "Thuộc Tỉnh Lai Châu, nơi ban hành văn bản."),
        ("Bộ Y tế", "bo-y-te", "lai-chau", "Ở trung ương."),
        ("UBND thành phố Hà Nội", "uy-ban-nhan-dan-tinh", "lai-chau", "Thuộc Thành phố Hà Nội: chính tên gọi nêu địa danh ấy."),
        ("Sở Y tế", "so-y-te", None, "Chưa rõ thuộc tỉnh nào."),
    ],
)
def test_the_reason_for_the_place(text: str, kind: str, province: str | None, vi: str, registry: Registry):
    place = Place(document=BASE + "vn/x/ke-hoach/2025/y", province=province, central=False)
    mention = AgencyMention(name=text, text=text, spans=(), kind=kind)
    assert place_reason(mention, place, registry, "2025-05").vi == vi
