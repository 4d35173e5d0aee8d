"""Cities of a province, named districts and communes, and names that a central body took later: who is meant in a province's plan."""

from __future__ import annotations

import polars as pl
import pytest

from kg import build

PLAN = """ỦY BAN NHÂN DÂN
{home}
Số: 12/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày 10 tháng {month} năm {year}

KẾ HOẠCH
Thực hiện kinh tế tuần hoàn

TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian
1\tXây dựng mô hình thu gom rác\t{lead}\t{partner}\t2026
"""


def charged(folder, lead, partner="Sở Tài chính", *, home="TỈNH LÂM ĐỒNG", place="Lâm Đồng", month="4", year="2025"):
    """Give the rows of the assignments of a plan with one task."""
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN.format(lead=lead, partner=partner, home=home, place=place, month=month, year=year), "utf-8")
    return pl.read_parquet(build([folder / "plan.txt"], folder / "build", jobs=0).out / "tables" / "assignments.parquet").to_dicts()


@pytest.mark.parametrize(
    ("name", "kind", "form", "label"),
    [
        ("UBND thành phố Đà Lạt", "uy-ban-nhan-dan-thanh-pho-thuoc-tinh", "agency", "Ủy ban nhân dân thành phố Đà Lạt"),
        ("UBND thành phố", "uy-ban-nhan-dan-thanh-pho-thuoc-tinh", "group", "Ủy ban nhân dân thành phố thuộc tỉnh"),
        ("Ủy ban nhân dân thành phố thuộc tỉnh", "uy-ban-nhan-dan-thanh-pho-thuoc-tinh", "group", "Ủy ban nhân dân thành phố thuộc tỉnh"),
        ("UBND thành phố Hồ Chí Minh", "uy-ban-nhan-dan-tinh", "agency", "Ủy ban nhân dân thành phố"),
        ("Chủ tịch UBND thành phố Đà Lạt", "uy-ban-nhan-dan-thanh-pho-thuoc-tinh", "agency", "Ủy ban nhân dân thành phố Đà Lạt"),
        ("Phó Chủ tịch UBND thành phố Đà Lạt", "uy-ban-nhan-dan-thanh-pho-thuoc-tinh", "agency", "Ủy ban nhân dân thành phố Đà Lạt"),
        ("HĐND thành phố Đà Lạt", "hoi-dong-nhan-dan-huyen", "agency", "Hội đồng nhân dân thành phố Đà Lạt"),
        ("Chủ tịch HĐND thành phố Đà Lạt", "hoi-dong-nhan-dan-huyen", "agency", "Hội đồng nhân dân thành phố Đà Lạt"),
        ("Công an thành phố Đà Lạt", "cong-an-huyen", "agency", "Công an thành phố Đà Lạt"),
        ("Ban Chỉ huy quân sự thành phố Đà Lạt", "ban-chi-huy-quan-su-huyen", "agency", "Ban Chỉ huy quân sự thành phố Đà Lạt"),
        ("Ban Thường vụ Thành ủy Đà Lạt", None, "agency", "Ban Thường vụ Thành ủy Đà Lạt"),
        ("Thành ủy Đà Lạt", "huyen-uy", "agency", "Thành ủy Đà Lạt"),
        ("Bưu điện thành phố Đà Lạt", None, "agency", "Bưu điện thành phố Đà Lạt"),
        ("Công an thành phố Hà Nội", "cong-an-tinh", "agency", "Công an thành phố"),
        ("Công an tỉnh", "cong-an-tinh", "agency", "Công an tỉnh"),
        ("Văn phòng HĐND-UBND huyện Đức Trọng", "van-phong-hoi-dong-nhan-dan-va-uy-ban-nhan-dan-huyen", "agency", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Đức Trọng"),
        ("Văn phòng HĐND&UBND huyện", "van-phong-hoi-dong-nhan-dan-va-uy-ban-nhan-dan-huyen", "group", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"),
        ("UBND tỉnh", "uy-ban-nhan-dan-tinh", "agency", "Ủy ban nhân dân tỉnh"),
        ("UBND huyện Đức Trọng", "uy-ban-nhan-dan-huyen", "agency", "Ủy ban nhân dân huyện Đức Trọng"),
        ("UBND xã Bình Lư", "uy-ban-nhan-dan-xa", "agency", "Ủy ban nhân dân xã Bình Lư"),
    ],
)
def test_whose_committee_it_is(tmp_path, name, kind, form, label):
    lead, _ = charged(tmp_path / "plan", name)
    assert (lead["kind"], lead["form"], lead["agency_name"]) == (kind, form, label)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("UBND quận 1, UBND Quận 12", ["Ủy ban nhân dân quận 1", "Ủy ban nhân dân quận 12"]),
        ("UBND các quận 1, 3 và Gò Vấp", ["Ủy ban nhân dân quận 1", "Ủy ban nhân dân quận 3", "Ủy ban nhân dân quận Gò Vấp"]),
        ("Ủy ban nhân dân phường 14, quận 10", ["Ủy ban nhân dân phường 14 quận 10"]),
        ("UBND xã Chiềng Hắc, huyện Mộc Châu", ["Ủy ban nhân dân xã Chiềng Hắc huyện Mộc Châu"]),
        ("UBND phường 1 Bảo Lộc, UBND xã Đạ Huoai 2", ["Ủy ban nhân dân phường 1 Bảo Lộc", "Ủy ban nhân dân xã Đạ Huoai 2"]),
        ("TAND khu vực 2, Tòa án nhân dân khu vực 3", ["Tòa án nhân dân khu vực 2", "Tòa án nhân dân khu vực 3"]),
        ("Tòa án nhân dân khu vực, Viện kiểm sát nhân dân khu vực", ["Tòa án nhân dân khu vực", "Viện kiểm sát nhân dân khu vực"]),
        ("Thuế cơ sở 5, Đội Quản lý thị trường số 3", ["Thuế cơ sở 5", "Đội Quản lý thị trường số 3"]),
        ("Chi cục Thuế khu vực Mộc Châu - Vân Hồ", ["Chi cục Thuế khu vực Mộc Châu - Vân Hồ"]),
        ("Phòng Giáo dục và Đào tạo huyện Đức Trọng", ["Phòng Giáo dục và Đào tạo huyện Đức Trọng"]),
        ("Trung tâm Y tế Đức Trọng, Trung tâm Y tế Bảo Lộc", ["Trung tâm Y tế Đức Trọng", "Trung tâm Y tế Bảo Lộc"]),
        ("Trường Đại học Đà Lạt, Trường Đại học Yersin Đà Lạt", ["Trường Đại học Đà Lạt", "Trường Đại học Yersin Đà Lạt"]),
        ("Sở Tài chính 2. Sở Xây dựng", ["Sở Tài chính", "Sở Xây dựng"]),
        ("Công an xã 2. Sở Xây dựng", ["Công an xã", "Sở Xây dựng"]),
        ("Công an tỉnh Lâm Đồng", ["Công an tỉnh"]),
    ],
)
def test_bodies_of_one_kind_are_told_apart_by_their_number_or_place(tmp_path, cell, names):
    rows = [row for row in charged(tmp_path / "plan", cell, "") if row["role"] == "lead"]
    assert [row["agency_name"] for row in rows] == names
    assert len({row["agency"] for row in rows}) == len(names)
    assert all(row["kind"] for row in rows)


@pytest.mark.parametrize(
    ("cell", "name", "kind"),
    [
        ("Công an thành phố Lai Châu", "Công an thành phố Lai Châu", "cong-an-huyen"),
        ("Thành ủy Lai Châu", "Thành ủy Lai Châu", "huyen-uy"),
        ("Phòng Nội vụ thành phố Lai Châu", "Phòng Nội vụ thành phố Lai Châu", "phong-noi-vu"),
        ("Công an thành phố", "Công an huyện", "cong-an-huyen"),
    ],
)
def test_bodies_of_the_city_that_bears_its_province_s_name(tmp_path, cell, name, kind):
    lead, _ = charged(tmp_path / "plan", cell, home="TỈNH LAI CHÂU", place="Lai Châu")
    assert (lead["agency_name"], lead["kind"], lead["form"]) == (name, kind, "group" if name == "Công an huyện" else "agency")


def test_council_and_committee_of_one_place_share_it(tmp_path):
    found = {row["agency_name"]: row["kind"] for row in charged(tmp_path / "plan", "HĐND, UBND huyện Đức Trọng", "HĐND và UBND thành phố Đà Lạt")}
    assert found == {
        "Hội đồng nhân dân huyện Đức Trọng": "hoi-dong-nhan-dan-huyen", "Ủy ban nhân dân huyện Đức Trọng": "uy-ban-nhan-dan-huyen",
        "Hội đồng nhân dân thành phố Đà Lạt": "hoi-dong-nhan-dan-huyen", "Ủy ban nhân dân thành phố Đà Lạt": "uy-ban-nhan-dan-thanh-pho-thuoc-tinh",
    }  # fmt: skip


def test_a_symbol_in_a_cell_is_the_body_that_alone_has_it_then(tmp_path):
    lead, *partners = charged(tmp_path / "plan", "STC", "SNNMT; SCT, STP")
    assert (lead["kind"], lead["confidence"]) == ("so-tai-chinh", 0.9)
    assert [row["kind"] for row in partners] == ["so-nong-nghiep-va-moi-truong", "so-cong-thuong", "so-tu-phap"]
    early = charged(tmp_path / "early", "SNNMT", "SNV", year="2024")  # the first did not exist, the second is two departments'
    assert [row["kind"] for row in early] == [None, None]


def test_the_city_that_bears_its_province_s_name_is_not_the_province(tmp_path):
    city, province = charged(tmp_path / "plan", "UBND thành phố Lai Châu", "UBND tỉnh Lai Châu", home="TỈNH LAI CHÂU", place="Lai Châu")
    assert (city["agency_name"], city["agency_province"]) == ("Ủy ban nhân dân thành phố Lai Châu", "lai-chau")
    assert province["kind"] == "uy-ban-nhan-dan-tinh"


def test_in_a_city_that_is_a_province_the_city_is_meant(tmp_path):
    lead, _ = charged(tmp_path / "plan", "UBND thành phố", home="THÀNH PHỐ CẦN THƠ", place="Cần Thơ")
    assert (lead["kind"], lead["agency_province"]) == ("uy-ban-nhan-dan-tinh", "can-tho")


@pytest.mark.parametrize(("month", "kind"), [("3", "uy-ban-nhan-dan-thanh-pho-thuoc-tinh"), ("6", "uy-ban-nhan-dan-tinh")])
def test_a_province_that_became_a_city_is_one_from_that_day(tmp_path, month, kind):
    home = "TỈNH ĐỒNG NAI" if month == "3" else "THÀNH PHỐ ĐỒNG NAI"
    lead, _ = charged(tmp_path / "plan", "UBND thành phố", home=home, place="Đồng Nai", month=month, year="2026")
    assert (lead["kind"], lead["agency_province"]) == (kind, "dong-nai-2025")


def test_two_districts_of_one_task_are_two_bodies(tmp_path):
    first, second = charged(tmp_path / "plan", "UBND huyện Đức Trọng", "UBND huyện Lạc Dương")
    assert first["agency"] != second["agency"]


@pytest.mark.parametrize(("month", "kind"), [("02", "cuc-thue-tinh"), ("4", "cuc-thue")])
def test_a_name_is_the_province_s_until_the_central_body_of_it_is_made(tmp_path, month, kind):
    lead, _ = charged(tmp_path / "plan", "Cục Thuế", month=month)
    assert lead["kind"] == kind


@pytest.mark.parametrize(("year", "month", "kind"), [("2020", "4", "so-van-hoa-va-the-thao"), ("2025", "2", None), ("2025", "10", "so-van-hoa-the-thao-va-du-lich")])
def test_a_shared_name_is_the_department_that_the_province_had_then(tmp_path, year, month, kind):
    month = month.zfill(2) if int(month) < 3 else month
    lead, _ = charged(tmp_path / "plan", "Sở VHTT", home="TỈNH QUẢNG NINH", place="Quảng Ninh", month=month, year=year)
    assert lead["kind"] == kind


@pytest.mark.parametrize(
    ("cell", "name", "kind"),
    [
        ("UBND phường Bắc Giang", "Ủy ban nhân dân phường Bắc Giang", "uy-ban-nhan-dan-phuong"),
        ("Phòng Kinh tế xã Hà Giang", "Phòng Kinh tế xã Hà Giang", "phong-kinh-te-xa"),
        ("Công an phường Bắc Giang", "Công an phường Bắc Giang", "cong-an-xa"),
        ("Đảng ủy phường Bắc Giang", "Đảng ủy phường Bắc Giang", "dang-uy-xa"),
        ("Trường Đại học Bắc Giang", "Trường Đại học Bắc Giang", "truong-dai-hoc"),
    ],
)
def test_a_unit_below_bears_the_name_of_a_province_that_has_ended(tmp_path, cell, name, kind):
    lead, _ = charged(tmp_path / "plan", cell, home="TỈNH BẮC NINH", place="Bắc Ninh", month="8")
    assert (lead["agency_name"], lead["kind"], lead["form"]) == (name, kind, "agency")
    assert lead["agency_province"] == ("bac-giang" if kind == "truong-dai-hoc" else "bac-ninh-2025")


def test_a_district_bears_the_name_of_another_province(tmp_path):
    lead, partner = charged(tmp_path / "plan", "UBND huyện Hòa Bình", "Huyện ủy Hòa Bình", home="TỈNH BẠC LIÊU", place="Bạc Liêu", year="2024")
    assert [(row["agency_name"], row["agency_province"]) for row in (lead, partner)] == [
        ("Ủy ban nhân dân huyện Hòa Bình", "bac-lieu"), ("Huyện ủy Hòa Bình", "bac-lieu"),
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["Liên minh Hợp tác xã Thái Bình", "Sở Y tế Thái Bình"])
def test_a_province_s_own_bodies_stay_its_own(tmp_path, cell):
    lead, _ = charged(tmp_path / "plan", cell, home="TỈNH HƯNG YÊN", place="Hưng Yên", year="2024")
    assert lead["agency_province"] == "thai-binh"


def test_the_boards_for_construction_projects_of_one_province_are_apart(tmp_path):
    found = charged(
        tmp_path / "plan", "Ban QLDA ĐTXD các công trình giao thông",
        "Ban Quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp; Ban Quản lý dự án đầu tư xây dựng các công trình nông nghiệp và PTNT",
    )  # fmt: skip
    assert len({row["agency"] for row in found}) == len({row["kind"] for row in found}) == 3


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Công an phường Xuân Hương, phường Lâm Viên", ["Công an phường Xuân Hương", "Công an phường Lâm Viên"]),
        ("Hội Nông dân huyện Đức Trọng và huyện Lạc Dương", ["Hội Nông dân huyện Đức Trọng", "Hội Nông dân huyện Lạc Dương"]),
        ("Các huyện Đức Trọng, Lạc Dương", ["các huyện Đức Trọng, Lạc Dương"]),
        ("Các huyện: Đức Trọng, Lạc Dương", ["các huyện Đức Trọng, Lạc Dương"]),
        ("các huyện", ["các huyện"]),
        ("VNPT Lâm Đồng, Viettel Lâm Đồng", ["Viễn thông tỉnh", "Viettel tỉnh"]),
        ("BIDV Lâm Đồng", ["BIDV Lâm Đồng"]),
    ],
)
def test_named_units_and_branches_are_neither_all_nor_the_whole(tmp_path, cell, names):
    rows = charged(tmp_path / "plan", cell)[:-1]
    assert [row["agency_name"] for row in rows] == names
    assert {row["agency_province"] for row in rows} <= {"lam-dong", None}
