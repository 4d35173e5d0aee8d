"""The registries as the program reads them: labels, eras, successions, and what a broken file says."""

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.data_files import data_folder
from kg.errors import VocabularyError
from kg.normalise import key
from kg.resolution.registry import load_registry, may_hold, read_registry
from tests.resolution.refusals import refused

GOLD = Path(__file__).parents[1] / "gold"


@pytest.fixture(scope="module")
def registry():
    return load_registry()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Công thương", "Sở Công Thương"),
        ("Sở KH&CN", "Sở Khoa học và Công nghệ"),
        ("Sở KHCN", "Sở Khoa học và Công nghệ"),
        ("Sở NN & MT", "Sở Nông nghiệp và Môi trường"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở VHTT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Văn hoá - Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở GD–ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở Lao động – Thương binh và Xã hội", "Sở Lao động, Thương binh và Xã hội"),
        ("Sở LĐ-TB&XH", "Sở Lao động, Thương binh và Xã hội"),
        ("BQL các KCN", "Ban Quản lý các khu công nghiệp"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("UBMTTQVN tỉnh", "Ủy ban Mặt trận Tổ quốc"),
        ("NHNN", "Ngân hàng Nhà nước Việt Nam"),
        ("BCH QS tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
        ("BĐBP tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
        ("Bộ TN&MT", "Bộ Tài nguyên và Môi trường"),
        ("Bộ NN&MT", "Bộ Nông nghiệp và Môi trường"),
        ("Bộ KH&CN", "Bộ Khoa học và Công nghệ"),
        ("Báo và PTTH", "Báo và Phát thanh, truyền hình"),
        ("CDC", "Trung tâm Kiểm soát bệnh tật"),
        ("Các Sở, Ban, ngành", "các sở, ban, ngành"),
        ("UBND các phường, xã", "Ủy ban nhân dân các xã, phường"),
        ("UBND các huyện thị xã, thành phố", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
    ],
)
def test_a_written_form_finds_its_kind(registry, text, name):
    assert registry.kind_named(text).name == name


@pytest.mark.parametrize("text", ["Sở", "báo", "tỉnh", "và", "thanh toán", "giao thông", "Sở Công Thương, Sở Tài chính"])
def test_what_is_no_name_finds_nothing(registry, text):
    assert registry.kind_named(text) is None


def test_a_shared_name_is_told_apart_by_level_or_date_and_never_guessed(registry):
    assert registry.kind_named("UBND thành phố") is None
    assert registry.kind_named("UBND thành phố", date="2025-08-01").name == "Ủy ban nhân dân tỉnh"
    assert registry.kind_named("UBND thành phố", date="2024-05", level="district").name == "Ủy ban nhân dân thành phố thuộc tỉnh"
    assert registry.kind_named("BTC", level="central") is None
    assert set(registry.ambiguous[key("BTC")]) == {"bo-tai-chinh", "ban-to-chuc-trung-uong"}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Sở Tài chính", "body"),
        ("các sở, ban, ngành", "group"),
        ("Ủy ban nhân dân các xã, phường", "group"),
        ("các cơ quan, tổ chức có liên quan", "open-group"),
        ("các đơn vị khác có liên quan", "open-group"),
        ("các doanh nghiệp, tổ chức, cá nhân trên địa bàn tỉnh", "open-group"),
        ("các sở, ban, ngành có liên quan", "open-group"),
    ],
)
def test_bodies_groups_and_open_groups_are_apart(registry, name, form):
    assert registry.kind_named(name).form == form


def test_whatever_is_concerned_or_other_is_an_open_group(registry):
    wrong = [kind.slug for kind in registry.kinds.values() if re.search(r"liên quan$|khác$", kind.name) and kind.form != "open-group"]
    assert not wrong


def test_departments_of_2025_03_01(registry):
    old = registry.kinds["so-ke-hoach-va-dau-tu"]
    assert old.successors == ("so-tai-chinh",)
    assert old.exists_at("2025-02")
    assert not old.exists_at("2025-03")
    assert registry.kinds["so-nong-nghiep-va-moi-truong"].valid_from == "2025-03-01"
    assert registry.kinds["so-nong-nghiep-va-moi-truong"].answers_to == "bo-nong-nghiep-va-moi-truong"


def test_symbols_of_document_numbers(registry):
    assert registry.by_symbol["SCT"] == ("so-cong-thuong",)
    assert registry.by_symbol["SNNMT"] == ("so-nong-nghiep-va-moi-truong",)
    assert registry.by_symbol["TTg"] == ("thu-tuong-chinh-phu",)
    assert registry.by_symbol["STTTT"] == ("so-thong-tin-va-truyen-thong",)


@pytest.mark.parametrize(("date", "count"), [("2007-01-01", 64), ("2024-06-01", 63), ("2025-03-01", 63), ("2025-06-30", 63), ("2025-07-01", 34), ("2026-05-01", 34)])
def test_number_of_provinces(registry, date, count):
    assert sum(unit.exists_at(date) for unit in registry.provinces.values()) == count


@pytest.mark.parametrize(
    ("name", "date", "slug"),
    [
        ("Hưng Yên", "2025-02", "hung-yen"),
        ("tỉnh Hưng Yên", "2025-08-15", "hung-yen-2025"),
        ("Hưng Yên", "2025", None),
        ("Hưng Yên", None, None),
        ("Lai Châu", None, "lai-chau"),
        ("Hoà Bình", "2020-10-23", "hoa-binh"),
        ("Hòa Bình", "2026", None),
        ("BẾN TRE", None, "ben-tre"),
        ("Thành phố Hồ Chí Minh", "2026-01-05", "ho-chi-minh-2025"),
        ("TP. Hồ Chí Minh", "2024", "ho-chi-minh"),
        ("TPHCM", "2024", "ho-chi-minh"),
        ("thành phố Huế", "2025-02-01", "hue"),
        ("thành phố Huế", "2024-02-01", None),
        ("Thừa Thiên - Huế", "2024-02-01", "thua-thien-hue"),
        ("Bà Rịa – Vũng Tàu", "2023", "ba-ria-vung-tau"),
        ("Đăk Lăk", "2025-12", "dak-lak-2025"),
        ("thành phố Đồng Nai", "2026-05", "dong-nai-2025"),
        ("Cần Thơ", "2025-09", "can-tho-2025"),
        ("Thương Hải", "2025-09", None),
    ],
)
def test_province_of_a_name_at_a_date(registry, name, date, slug):
    unit = registry.province_at(name, date)
    assert (unit and unit.slug) == slug


def test_52_provinces_became_23_and_11_stayed(registry):
    ended = [unit for unit in registry.provinces.values() if unit.valid_to == "2025-06-30"]
    begun = {unit.slug for unit in registry.provinces.values() if unit.valid_from == "2025-07-01"}
    assert len(ended) == 52
    assert len(begun) == 23
    assert {target for unit in ended for target in unit.successors} == begun
    assert registry.provinces["ben-tre"].successors == ("vinh-long-2025",)


def _without_place(name, province):
    """Take the province and a region's numeral off the end of a name."""
    return re.sub(rf" (?:(?:tỉnh |thành phố )?{province}|\d+|[IVX]+)$", "", name)


def gold_names():
    """Give (plan, province, name) for every agency that the annotations name in a role."""
    for path in sorted(GOLD.glob("*.json")):
        plan = json.loads(path.read_text("utf-8"))
        rows = [*plan["tasks"], *(part for task in plan["tasks"] for part in task.get("parts") or [])]
        lists = [row.get(role) or [] for row in rows for role in ("lead", "partner")]
        lists += [duty[role] for duty in plan["duties"] for role in ("agency", "with")]
        lists += [row[role] for row in plan["reporting"] for role in ("from", "to")]
        yield from ((path.stem, plan["document"]["province"], name) for names in lists for name in names)


def test_gold_names_resolve_by_label(registry):
    names = list(gold_names())
    missed = [f"{plan}: {name}" for plan, province, name in names if registry.kind_named(_without_place(name, province)) is None]
    assert len(names) > 300
    assert len(missed) <= 0.05 * len(names), missed


def test_gold_wording_is_the_proper_form(registry):
    # Their gold names end in the place that is taken off here.
    longer = {
        "Ngân hàng Nhà nước Việt Nam Chi nhánh",
        "Ngân hàng Nhà nước Việt Nam khu vực",
    }
    names = {_without_place(name, province) for _, province, name in gold_names()}
    assert {name for name in names if (kind := registry.kind_named(name)) and kind.name != name} <= longer


def test_document_types(registry):
    assert registry.document_types["quyet-dinh"].symbol == "QĐ"
    assert registry.document_types["ke-hoach"].name == "Kế hoạch"
    assert registry.document_types["ket-luan"].branch == "party"
    assert set(registry.roles) == {"lead", "partner", "responsible", "advise", "guide", "monitor", "aggregate-report", "report", "appraise", "budget", "oversight", "focal-point", "executor"}
    assert set(registry.recurrences) == {"annual", "semiannual", "quarterly", "monthly", "biweekly", "weekly", "continuous"}
    assert set(registry.funding) == {"I", "II", "III", "IV"}
    assert set(registry.statuses) == {"unreviewed", "confirmed", "rejected", "justified"}


BREAKS = [
    ("agencies.ttl", '"Sở Tài chính"@vi', '"Sở Công Thương"@vi', "so-cong-thuong và so-tai-chinh"),
    ("agencies.ttl", "dcterms:isReplacedBy kind:chi-cuc-thue-khu-vuc", "dcterms:isReplacedBy kind:chi-cuc-khong-co", "chi-cuc-khong-co"),
    ("agencies.ttl", "kind:so-cong-thuong a mg:AgencyKind ;", "kind:so-cong-thuong a mg:AgencyKind ; dcterms:isReplacedBy kind:so-cong-nghiep ;", "cycle"),
    ("agencies.ttl", "kind:so-cong-thuong a mg:AgencyKind ;", "kind:so-cong-thuong a mg:AgencyKind ; skos:broader kind:so-cong-thuong ;", "cycle of broader kinds"),
    ("agencies.ttl", "kind:cac-so a mg:AgencyKind ;", "kind:cac-so a mg:AgencyKind ; mg:comprises kind:cac-so ;", "cycle of members"),
    ("agencies.ttl", '"2025-02-28"^^xsd:date', '"2025-02-30"^^xsd:date', "2025-02-30"),
    ("agencies.ttl", '"2025-02-28"^^xsd:date', '"2025-02"^^xsd:gYearMonth', "2025-02"),
    ("agencies.ttl", "mg:kindClass", "mg:kindKlass", "kindKlass"),
    ("agencies.ttl", 'mg:form "open-group"', 'mg:form "opengroup"', "opengroup"),
    ("agencies.ttl", 'mg:ambiguousLabel "Thanh tra"@vi ;\n    skos:notation "TTr"', 'skos:notation "TTr"', "thanh tra"),
    ("provinces.ttl", '"Hưng Yên"@vi, "Hung Yen"@en', '"Hưng Yên"@vi', "skos:prefLabel@en"),
    ("provinces.ttl", '"Bắc Kạn"@vi', '"Hà Giang"@vi', "ha-giang"),
    ("provinces.ttl", "dcterms:isReplacedBy province:vinh-long-2025", "dcterms:isReplacedBy province:vinh-long-2026", "vinh-long-2026"),
    ("roles.ttl", "skos:definition", "skos:definition definition", "broken Turtle"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "says"), BREAKS)
def test_a_broken_registry_says_where_and_what(tmp_path, file, right, wrong, says):
    error = refused(tmp_path, file, right, wrong)
    assert says in str(error)
    assert re.match(rf"{re.escape(file)}:\d+$", error.place), error.place
    assert error.remedy
    assert error.vi


def test_a_missing_registry_is_named(tmp_path):
    shutil.copytree(data_folder("ontology"), tmp_path, dirs_exist_ok=True)
    (tmp_path / "status.ttl").unlink()
    with pytest.raises(VocabularyError, match=r"status\.ttl"):
        read_registry(tmp_path)


def test_the_registry_does_not_depend_on_the_order_of_a_file(tmp_path, registry):
    shutil.copytree(data_folder("ontology"), tmp_path, dirs_exist_ok=True)
    path = tmp_path / "agencies.ttl"
    head, *terms = path.read_text("utf-8").split("\nkind:")
    path.write_text("\nkind:".join([head, *(re.sub(r"\n### .*", "", term) for term in reversed(terms))]), "utf-8")
    assert read_registry(tmp_path) == registry


DAYS = st.dates().map(lambda day: day.isoformat())


@given(DAYS, DAYS, st.sampled_from([4, 7, 10]))
def test_a_day_inside_an_interval_may_hold_however_little_is_known_of_it(start, end, precision):
    start, end = sorted((start, end))
    assert may_hold(start[:precision], start, end)
    assert may_hold(end[:precision], start, end)
    assert may_hold(None, start, end)
