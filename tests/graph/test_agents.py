from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from kg.graph.agents import Place, agent_node, agent_statements, home, issuer_mention, place_reason
from kg.graph.namespaces import BASE, MG, RDF, RDFS
from kg.records import AgencyMention
from kg.resolution.offices import office_at
from kg.resolution.registry import Registry

LAI_CHAU = Place(document=BASE + "vn/lai-chau/ke-hoach/2025/x", province="lai-chau", central=False)
NATIONAL = Place(document=BASE + "vn/thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg", province=None, central=True)
NOWHERE = Place(document=BASE + "vn/khong-ro/ke-hoach/nd/ke-hoach-1", province=None, central=False)


def mention(name: str, kind: str | None, form: str = "body") -> AgencyMention:
    return AgencyMention(name=name, text=name, spans=(), kind=kind, form=form)  # type: ignore[arg-type]


INDUSTRY = mention("Sở Công Thương", "so-cong-thuong")
MINISTRY = mention("Bộ Công Thương", "bo-cong-thuong")
DISTRICTS = mention("Ủy ban nhân dân các huyện, thành phố", "uy-ban-nhan-dan-cac-huyen-thanh-pho", "group")
DISTRICT = mention("Ủy ban nhân dân huyện", "uy-ban-nhan-dan-huyen")
UNKNOWN = mention("Quỹ Bản làng xanh Mường Tè", None)
OPEN = mention("các cơ quan, tổ chức có liên quan", "cac-co-quan-to-chuc-co-lien-quan", "open-group")
GRAMMAR = mention("các phòng, ban chuyên môn", None, "group")


@pytest.mark.parametrize(
    ("who", "place", "address"),
    [
        (INDUSTRY, LAI_CHAU, "vn/lai-chau/agency/so-cong-thuong"),
        (MINISTRY, LAI_CHAU, "vn/trung-uong/agency/bo-cong-thuong"),
        (MINISTRY, NATIONAL, "vn/trung-uong/agency/bo-cong-thuong"),
        (DISTRICTS, LAI_CHAU, "vn/lai-chau/group/uy-ban-nhan-dan-cac-huyen-thanh-pho"),
        (DISTRICT, LAI_CHAU, "vn/lai-chau/group/uy-ban-nhan-dan-huyen"),
        (OPEN, NATIONAL, "vn/trung-uong/group/cac-co-quan-to-chuc-co-lien-quan"),
        (INDUSTRY, NOWHERE, "vn/khong-ro/ke-hoach/nd/ke-hoach-1/agency/so-cong-thuong"),
        (INDUSTRY, NATIONAL, "vn/thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg/agency/so-cong-thuong"),
    ],
)
def test_where_an_agency_is_at_home(who: AgencyMention, place: Place, address: str, registry: Registry):
    assert agent_node(who, place, registry) == NamedNode(BASE + address)


def said(who: AgencyMention, place: Place, registry: Registry) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, predicate, value in agent_statements(who, place, registry):
        assert subject == agent_node(who, place, registry)
        found.setdefault(predicate.value, set()).add(value.value.removeprefix(BASE))
    return found


def test_a_provinces_body_has_kind_province_and_level_and_one_label(registry: Registry):
    facts = said(INDUSTRY, LAI_CHAU, registry)
    assert facts[MG.kind.value] == {"kind/so-cong-thuong"}
    assert facts[MG.inProvince.value] == {"vn/province/lai-chau"}
    assert facts[MG.level.value] == {"provincial"}
    assert facts[RDF.type.value] == {"ontology#Agency"}
    assert facts[RDFS.label.value] == {"Sở Công Thương"}


def test_a_ministry_has_no_province_and_a_group_is_no_agency(registry: Registry):
    assert MG.inProvince.value not in said(MINISTRY, LAI_CHAU, registry)
    assert said(OPEN, LAI_CHAU, registry)[RDF.type.value] == {"ontology#AgencyGroup", "ontology#OpenGroup"}
    assert said(DISTRICT, LAI_CHAU, registry)[RDF.type.value] == {"ontology#AgencyGroup"}


@pytest.mark.parametrize(
    ("who", "place", "unresolved"),
    [
        (UNKNOWN, LAI_CHAU, True),
        (INDUSTRY, NOWHERE, True),
        (INDUSTRY, LAI_CHAU, False),
        (GRAMMAR, LAI_CHAU, False),
        (MINISTRY, NOWHERE, False),
    ],
)
def test_a_body_is_unresolved_where_name_or_province_is_unknown(
    who: AgencyMention, place: Place, unresolved: bool, registry: Registry
):
    assert (MG.unresolved.value in said(who, place, registry)) is unresolved


def test_an_issuers_province_is_no_part_of_its_kind(registry: Registry):
    assert issuer_mention("Ủy ban nhân dân tỉnh Lai Châu", registry).kind == "uy-ban-nhan-dan-tinh"
    assert issuer_mention("Ủy ban nhân dân thành phố Cần Thơ", registry).kind == "uy-ban-nhan-dan-tinh"
    assert issuer_mention("Thủ tướng Chính phủ", registry).kind == "thu-tuong-chinh-phu"
    assert issuer_mention("Hội đồng thẩm định liên xã Mường Mô", registry).kind is None


def test_another_provinces_department_is_not_this_provinces(registry: Registry):
    foreign = AgencyMention(name="Sở Công Thương", text="Sở Công Thương tỉnh Hà Tĩnh", spans=(), kind="so-cong-thuong")
    own = AgencyMention(name="Sở Công Thương", text="Sở Công Thương tỉnh Lai Châu", spans=(), kind="so-cong-thuong")
    assert home(foreign, LAI_CHAU, registry, "2025-02").province == "ha-tinh"
    assert home(own, LAI_CHAU, registry, "2025-02") == LAI_CHAU


def test_a_province_s_longest_name_is_meant_and_one_that_has_ended_is_known(registry: Registry):
    def of(text, date):
        return home(AgencyMention(name="Sở Y tế", text=text, spans=(), kind="so-y-te"), LAI_CHAU, registry, date).province

    assert of("Sở Y tế tỉnh Thừa Thiên Huế", "2023-02-05") == "thua-thien-hue"
    assert of("Sở Y tế tỉnh Bà Rịa - Vũng Tàu", "2023-02-05") == "ba-ria-vung-tau"
    assert of("Sở Y tế Thái Bình", "2025-08-05") == "thai-binh"
    assert of("Sở Y tế thành phố Huế", "2023-02-05") == LAI_CHAU.province  # no province yet
    undated = [home(AgencyMention(name="Sở Y tế", text=f"Sở Y tế {name}", spans=(), kind="so-y-te"), LAI_CHAU, registry, None) for name in ("Hưng Yên", "Bắc Ninh")]
    assert len({place.root for place in undated}) == 2  # of nobody for certain, but not one body


STATE_BANK = mention("Ngân hàng Nhà nước Việt Nam khu vực 6", "ngan-hang-nha-nuoc-chi-nhanh-khu-vuc")
CUSTOMS = mention("Chi cục Hải quan khu vực XI", "chi-cuc-hai-quan-khu-vuc")
TREASURY = mention("Kho bạc Nhà nước khu vực", "kho-bac-nha-nuoc-khu-vuc")


def test_a_numbered_regional_office_is_one_body_below_the_centre_and_of_no_province(registry: Registry):
    there = home(STATE_BANK, LAI_CHAU, registry, "2025-02")
    assert agent_node(STATE_BANK, there, registry).value.startswith(BASE + "vn/trung-uong/agency/ngan-hang-nha-nuoc-viet-nam-khu-vuc-6-")
    facts = said(STATE_BANK, there, registry)
    assert MG.inProvince.value not in facts
    assert facts[RDF.type.value] == {"ontology#Agency", "ontology#RegionalOffice"}
    assert "không thuộc riêng tỉnh nào" in place_reason(STATE_BANK, LAI_CHAU, registry, "2025-02").vi


def test_a_number_means_another_office_in_another_era(registry: Registry):
    eras = {agent_node(CUSTOMS, home(CUSTOMS, LAI_CHAU, registry, date), registry).value for date in ("2025-05-10", "2025-11-26")}
    assert len(eras) == len({office_at("chi-cuc-hai-quan-khu-vuc", CUSTOMS.name, date) for date in ("2025-05-10", "2025-11-26")})
    assert all(address.startswith(BASE + "vn/trung-uong/agency/chi-cuc-hai-quan-khu-vuc-xi") for address in eras)


def test_a_listed_office_has_one_name_however_a_text_writes_it(registry: Registry):
    kind = "ngan-hang-nha-nuoc-chi-nhanh-khu-vuc"
    names = ("Ngân hàng nhà nước khu vực XII", "Ngân hàng Nhà nước Việt Nam khu vực 12")
    labels = {label for name in names for label in said(mention(name, kind), home(mention(name, kind), LAI_CHAU, registry, "2025-11-26"), registry)[RDFS.label.value]}
    assert labels == {"Ngân hàng Nhà nước chi nhánh Khu vực 12"}


def test_a_regional_office_without_a_number_is_not_one_for_all_provinces(registry: Registry):
    assert agent_node(TREASURY, home(TREASURY, LAI_CHAU, registry, "2025-05"), registry).value == BASE + "vn/lai-chau/agency/kho-bac-nha-nuoc-khu-vuc"
    assert MG.inProvince.value not in said(TREASURY, LAI_CHAU, registry)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Thường trực Hội đồng nhân dân tỉnh Hưng Yên", "thuong-truc-hoi-dong-nhan-dan-tinh"),
        ("Đoàn đại biểu Quốc hội tỉnh Lai Châu", "doan-dai-bieu-quoc-hoi-tinh"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Hưng Yên", "chu-tich-uy-ban-nhan-dan-tinh"),
        ("Tòa án nhân dân tỉnh Hưng Yên", "toa-an-nhan-dan-tinh"),
        ("Thuế tỉnh Hưng Yên", "thue-tinh"),
        ("Thanh tra tỉnh Lai Châu", "thanh-tra-tinh"),
        ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", "uy-ban-nhan-dan-tinh"),
        ("Sở Y tế tỉnh Bà Rịa - Vũng Tàu", "so-y-te"),
    ],
)
def test_the_level_word_of_an_issuer_may_be_part_of_its_name(registry: Registry, name: str, kind: str):
    assert issuer_mention(name, registry).kind == kind


def test_several_of_a_kind_are_a_group_and_not_the_provinces_own_body(registry: Registry):
    several = mention("Sở Tài chính các tỉnh", "so-tai-chinh", "group")
    own = agent_node(mention("Sở Tài chính", "so-tai-chinh"), LAI_CHAU, registry)
    assert agent_node(several, LAI_CHAU, registry) != own
    said = set(agent_statements(several, LAI_CHAU, registry))
    assert {value for _, predicate, value in said if predicate == RDF.type} == {MG.AgencyGroup}


@pytest.mark.parametrize("name", ["Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh", "Ngân hàng Nhà nước chi nhánh Lai Châu", "NHNN chi nhánh tỉnh Lai Châu"])
def test_a_banks_one_branch_in_a_province_has_one_address(registry: Registry, name: str):
    branch = agent_node(mention(name, "ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh"), LAI_CHAU, registry)
    assert branch.value == BASE + "vn/lai-chau/agency/ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh"
