"""A regional office serves several provinces: who has its work as of a date depends on the province whose plan charges it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg import build
from kg.analysis.as_of_facts import as_of
from kg.analysis.facts import read_facts
from kg.analysis.load import load
from kg.building.explorer import explorer_payload
from kg.graph.namespaces import BASE
from kg.questions import run
from kg.resolution.as_of import Body, bodies_at, tell_why
from kg.store import open_store
from kg.store.results import python_value

PLAN = """ỦY BAN NHÂN DÂN
TỈNH {upper}
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: {number}/KH-UBND
{name}, ngày 10 tháng 4 năm 2025

KẾ HOẠCH
THỰC HIỆN PHÁT TRIỂN KINH TẾ TUẦN HOÀN TRÊN ĐỊA BÀN TỈNH {upper} ĐẾN NĂM 2030

Phụ lục
DANH MỤC NHIỆM VỤ

TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian thực hiện
1\tHướng dẫn chính sách ưu đãi thuế cho doanh nghiệp tuần hoàn\tChi cục Thuế khu vực {tax}\tSở Tài chính\t2025-2030
2\tChỉ đạo các tổ chức tín dụng cho vay xanh\tNgân hàng Nhà nước khu vực {bank}\tSở Tài chính, Kho bạc Nhà nước khu vực {treasury}\t2025-2030
"""
PLANS = (("Hưng Yên", 55, "IV", "6", "IV"), ("Nam Định", 66, "IV", "7", "IV"), ("Lai Châu", 77, "IX", "3", "IX"))
CENTRE = f"{BASE}vn/trung-uong/agency"
BEFORE = {
    f"{CENTRE}/chi-cuc-thue-khu-vuc-iv-2025-03": 2, f"{CENTRE}/chi-cuc-thue-khu-vuc-ix-2025-03": 1,
    f"{CENTRE}/ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-6-2025-03": 1, "khu-vuc-7": 1, "khu-vuc-3": 1,
}  # fmt: skip
AFTER = {
    f"{BASE}vn/hung-yen-2025/agency/thue-tinh": 1, f"{BASE}vn/ninh-binh-2025/agency/thue-tinh": 1, f"{BASE}vn/lai-chau/agency/thue-tinh": 1,
    f"{CENTRE}/ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-12-2025-07": 1, f"{CENTRE}/ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-7-2025-07": 1,
    f"{CENTRE}/ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-3-2025-07": 1,
}  # fmt: skip
DAYS = [("2025-04-20", BEFORE), ("2025-07-01", AFTER), ("2026-01-01", AFTER)]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("regional")
    for name, number, tax, bank, treasury in PLANS:
        text = PLAN.format(name=name, upper=name.upper(), number=number, tax=tax, bank=bank, treasury=treasury)
        (folder / f"{number}.txt").write_text(text, "utf-8")
    build([folder], folder / "build")
    return folder / "build"


def short(iri: str) -> str:
    """Most of the State Bank's offices of before July 2025 are not listed: their addresses follow from their names."""
    number = iri.removeprefix(f"{CENTRE}/ngan-hang-nha-nuoc-khu-vuc-")
    return iri if number == iri else f"khu-vuc-{number[0]}"


@pytest.mark.parametrize(("day", "leads"), DAYS)
def test_the_question_on_loads(built, day, leads):
    result = run("agency-load", open_store(built), as_of=day)
    rows = [dict(zip(result.columns, map(python_value, row), strict=True)) for row in result.rows]
    assert {short(row["agency"]): row["leads"] for row in rows if row["leads"]} == leads


@pytest.mark.parametrize(("day", "leads"), DAYS)
def test_the_measure_of_loads(built, day, leads):
    loads = load(as_of(read_facts(built), day))
    found: Counter[str] = Counter()
    for row in loads.iter_rows(named=True):  # one row a place and agent
        found[short(row["agent"])] += row["tasks_led"]
    assert +found == leads


@pytest.mark.parametrize(("day", "leads"), DAYS)
def test_the_explorer(built, day, leads):
    payload = explorer_payload(built)
    changes = [change for change in payload["dates"]["days"] if change["day"] <= day]
    change = changes[-1] if changes else {"agents": [], "links": []}
    moved, settled = dict(change["agents"]), dict(change["links"])
    addresses = payload["agents"]["iri"] + payload["dates"]["agents"]["iri"]
    links = payload["links"]
    found = Counter(
        short(addresses[heir])
        for at, (agent, role) in enumerate(zip(links["agent"], links["role"], strict=True)) if role == 0
        for heir, *_ in settled.get(at) or moved.get(agent) or [[agent]]
    )  # fmt: skip
    assert found == leads


def test_each_assignment_has_the_heir_of_its_own_province(built):
    result = run("orphaned-by-reform", open_store(built), as_of="2025-07-01")
    rows = [dict(zip(result.columns, (None if term is None else python_value(term) for term in row), strict=True)) for row in result.rows]
    tax = {(row["provinceName"], row["heirName"], row["heirProvince"], row["change"]) for row in rows if "Thuế" in row["writtenName"]}
    assert tax == {("Hưng Yên", "Thuế tỉnh", "Hưng Yên", "kind, province"), ("Nam Định", "Thuế tỉnh", "Ninh Bình", "kind, province"), ("Lai Châu", "Thuế tỉnh", "Lai Châu", "kind")}
    treasury = {(row["provinceName"], row["heirName"], row["change"], str(row["validTo"])) for row in rows if "Kho bạc" in row["writtenName"]}
    assert treasury == {
        ("Hưng Yên", "Kho bạc Nhà nước khu vực IV", "office", "2025-06-30"), ("Nam Định", "Kho bạc Nhà nước khu vực V", "office", "2025-06-30"),
        ("Lai Châu", "Kho bạc Nhà nước khu vực IX", "office", "2025-06-30"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "day", "heir"),
    [
        (Body("chi-cuc-thue-khu-vuc", "hung-yen", "chi-cuc-thue-khu-vuc-iv-2025-03"), "2025-07-01", ("thue-tinh", "hung-yen-2025", None)),
        (Body("chi-cuc-thue-khu-vuc", "hung-yen"), "2025-07-01", ("thue-tinh", "hung-yen-2025", None)),
        (Body("cuc-thue-tinh", "hung-yen"), "2025-04-01", ("chi-cuc-thue-khu-vuc", None, "chi-cuc-thue-khu-vuc-iv-2025-03")),
        (Body("ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh", "thai-binh"), "2025-07-01", ("ngan-hang-nha-nuoc-chi-nhanh-khu-vuc", None, "ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-12-2025-07")),
        (Body("ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh", "thai-binh"), "2025-04-01", ("ngan-hang-nha-nuoc-chi-nhanh-khu-vuc", None, "ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-6-2025-03")),
        (Body("ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh", "nam-dinh"), "2025-04-01", ("ngan-hang-nha-nuoc-chi-nhanh-khu-vuc", None, None)),  # not found
        (Body("ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh", "bac-lieu"), "2025-04-01", ("ngan-hang-nha-nuoc-chi-nhanh-khu-vuc", None, "ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-14-2025-03")),
        (Body("ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh", "ben-tre"), "2025-07-01", ("ngan-hang-nha-nuoc-chi-nhanh-khu-vuc", None, "ngan-hang-nha-nuoc-chi-nhanh-khu-vuc-14-2025-07")),
        (Body("kho-bac-nha-nuoc-khu-vuc", "hung-yen", "kho-bac-nha-nuoc-khu-vuc-iv-2025-07"), "2026-01-01", ("kho-bac-nha-nuoc-khu-vuc", None, None)),
        (Body("kho-bac-nha-nuoc-khu-vuc", "hung-yen"), "2025-07-01", ("kho-bac-nha-nuoc-khu-vuc", None, None)),
    ],
)  # fmt: skip
def test_the_office_that_serves_the_province_then(body, day, heir):
    (found,) = bodies_at(body, day)
    assert (found.kind, found.province, found.office.slug if found.office else None) == heir


def test_an_office_that_does_not_serve_the_province_is_not_mapped_by_it():
    (found,) = bodies_at(Body("chi-cuc-thue-khu-vuc", "hung-yen", "chi-cuc-thue-khu-vuc-ix-2025-03"), "2025-07-01")
    assert (found.kind, found.province) == ("thue-tinh", None)


def test_a_change_of_office_tells_the_day_and_the_office():
    (found,) = bodies_at(Body("kho-bac-nha-nuoc-khu-vuc", "nam-dinh", "kho-bac-nha-nuoc-khu-vuc-iv-2025-03"), "2025-07-01")
    assert tell_why(found).vi == "01/7/2025: về Kho bạc Nhà nước khu vực V (QĐ 2020/QĐ-BTC 2025)"
    assert tell_why(found).en == "2025-07-01: to Regional State Treasury V (QĐ 2020/QĐ-BTC 2025)"
