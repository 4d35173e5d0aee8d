"""Rosters: what registry, province and date settle, and what they do not."""

from __future__ import annotations

import pytest

from kg.resolution.rosters import KNOWN_FROM, may_have, roster


def slugs(kind: str, province: str | None, date: str | None):
    found = roster(kind, province, date)
    return None if found is None else {member.slug for member in found}


def test_the_departments_before_and_after_the_first_of_march_2025():
    before, after = slugs("cac-so-ban-nganh", "lai-chau", "2025-02-28"), slugs("cac-so-ban-nganh", "lai-chau", "2025-03-01")
    assert before is not None
    assert after is not None
    assert {"so-ke-hoach-va-dau-tu", "so-tai-nguyen-va-moi-truong"} <= before - after
    assert "so-nong-nghiep-va-moi-truong" in after - before
    assert {"so-tai-chinh", "so-y-te", "thanh-tra-tinh"} <= before & after
    assert (len(before), len(after)) == (17, 12)


def test_a_year_gives_only_who_was_there_all_year():
    assert slugs("cac-so-ban-nganh", "lai-chau", "2025") == (slugs("cac-so-ban-nganh", "lai-chau", "2025-02") or set()) & (
        slugs("cac-so-ban-nganh", "lai-chau", "2025-05") or set()
    )


def test_departments_of_the_districts_inspection_are_no_members_of_cac_so():
    assert "thanh-tra-tinh" not in (slugs("cac-so", "lai-chau", "2025-05") or {"thanh-tra-tinh"})


def test_ha_noi_has_a_department_of_culture_without_tourism():
    assert "so-van-hoa-the-thao-va-du-lich" in (slugs("cac-so", "lai-chau", "2025-05") or ())
    assert "so-van-hoa-the-thao-va-du-lich" not in (slugs("cac-so", "ha-noi", "2025-05") or ("so-van-hoa-the-thao-va-du-lich",))


@pytest.mark.parametrize(
    ("province", "date", "uniform", "two"),
    [
        ("lai-chau", "2020-05", True, False),
        ("ha-noi", "2020-05", False, True),
        ("quang-ninh", "2016-04-07", True, False),  # before the council's resolution
        ("quang-ninh", "2020", False, True),
        ("quang-ninh", "2025-02", True, True),  # merged again within the month
        ("quang-ninh", "2025-03-01", True, False),
        ("hai-phong", "2020-06-01", False, True),
        ("hai-phong", "2023", True, True),  # not known
        ("da-nang", "2025-04-26", False, True),
        ("da-nang", "2025-06", True, True),
        ("lao-cai", "2021", True, True),
        ("lao-cai", "2020", True, False),
        ("binh-dinh", "2025-02-21", True, False),
        ("ha-noi", None, True, True),
    ],
)
def test_the_departments_of_culture_and_of_tourism_by_province_and_day(province: str, date: str | None, uniform: bool, two: bool):
    assert may_have("so-van-hoa-the-thao-va-du-lich", province, date) is uniform
    assert may_have("so-van-hoa-va-the-thao", province, date) is two
    assert may_have("so-du-lich", province, date) is two
    if date and uniform and not two:
        assert "so-van-hoa-the-thao-va-du-lich" in (slugs("cac-so", province, date) or ())
    elif date:
        assert "so-van-hoa-the-thao-va-du-lich" not in (slugs("cac-so", province, date) or ())


@pytest.mark.parametrize(
    ("kind", "province", "date"),
    [
        ("cac-co-quan-to-chuc-co-lien-quan", "lai-chau", "2025-05"),  # open
        ("cac-so-ban-nganh-lien-quan", "lai-chau", "2025-05"),  # open
        ("so-tai-chinh", "lai-chau", "2025-05"),  # a body
        ("uy-ban-nhan-dan-cap-xa", "lai-chau", "2025-05"),  # the registry lists no members
        ("khong-co", "lai-chau", "2025-05"),
        ("cac-so-ban-nganh", None, "2025-05"),
        ("cac-so-ban-nganh", "khong-co", "2025-05"),
        ("cac-so-ban-nganh", "lai-chau", None),
        ("cac-so-ban-nganh", "lai-chau", "2013"),
        ("cac-so-ban-nganh", "ben-tre", "2025-08"),  # merged into Vĩnh Long before
        ("cac-so-ban-nganh", "ben-tre", "2025"),  # not there all year
    ],
)
def test_unknown_is_none(kind: str, province: str | None, date: str | None):
    assert roster(kind, province, date) is None


def test_the_first_day_that_the_lists_hold_for():
    assert slugs("cac-so", "lai-chau", KNOWN_FROM) is not None
    assert slugs("cac-so", "lai-chau", "2014-05-19") is None
