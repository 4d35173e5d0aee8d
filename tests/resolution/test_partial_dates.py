"""Dates that are none are refused wherever one is asked for; a month or a year is one where the days of a document are meant."""

from __future__ import annotations

import pytest

from kg.errors import QuestionError
from kg.graph.as_of import View
from kg.resolution.as_of import Body, bodies_at, read_day
from kg.resolution.crosswalk import kind_crosswalk
from kg.resolution.offices import office_at, office_serving
from kg.resolution.partial_dates import check_day, days_of
from kg.resolution.registry import load_registry
from kg.resolution.rosters import roster
from kg.resolution.succession import province_successor_at, successors_at

NONE = ["2025-13", "2025-00", "2025-02-30", "2025-2-3", "20250301", "2025-W27-2", "tháng 5", "", "25-03-01", "0000"]
ASKS_FOR_A_DATE = {
    "roster": lambda date: roster("cac-so", "lai-chau", date),
    "roster of none": lambda date: roster("khong-co", None, date),
    "kind_named": lambda date: load_registry().kind_named("Sở VHTT", date=date),
    "exists_at": load_registry().kinds["so-y-te"].exists_at,
    "members_at": lambda date: load_registry().members_at("cac-so", date),
    "province_at": lambda date: load_registry().province_at("Hưng Yên", date),
    "is_city_at": load_registry().provinces["dong-nai-2025"].is_city_at,
    "office_at": lambda date: office_at("chi-cuc-thue-khu-vuc", "Chi cục Thuế khu vực IV", date),
    "office_serving": lambda date: office_serving("chi-cuc-thue-khu-vuc", "hung-yen", date),
}
ASKS_FOR_A_DAY = {
    "successors_at": lambda date: successors_at("so-dia-chinh", date),
    "province_successor_at": lambda date: province_successor_at("thai-binh", date),
    "bodies_at": lambda date: bodies_at(Body(None, None), date),
    "kind_crosswalk": kind_crosswalk,
    "view": View.of,
    "read_day": read_day,
    "check_day": check_day,
}


@pytest.mark.parametrize("date", NONE)
@pytest.mark.parametrize("name", [*ASKS_FOR_A_DATE, *ASKS_FOR_A_DAY])
def test_a_date_that_is_none_is_refused(name: str, date: str):
    with pytest.raises(QuestionError):
        (ASKS_FOR_A_DATE | ASKS_FOR_A_DAY)[name](date)


@pytest.mark.parametrize("date", ["2025", "2025-03"])
@pytest.mark.parametrize("name", ASKS_FOR_A_DATE)
def test_a_month_or_a_year_is_a_date(name: str, date: str):
    ASKS_FOR_A_DATE[name](date)


@pytest.mark.parametrize("date", ["2025", "2025-03"])
@pytest.mark.parametrize("name", ASKS_FOR_A_DAY)
def test_a_month_or_a_year_is_no_day(name: str, date: str):
    with pytest.raises(QuestionError):
        ASKS_FOR_A_DAY[name](date)


@pytest.mark.parametrize(
    ("kind", "begins", "ends"),
    [("so-van-hoa-thong-tin", None, "2008"), ("so-van-hoa-the-thao-va-du-lich", "2008", None), ("bao-hiem-xa-hoi-khu-vuc", "2025-03-01", "2025-07"), ("so-ke-hoach-va-dau-tu", None, "2025-02-28")],
)
def test_no_more_of_a_kinds_days_is_shown_than_is_known(kind: str, begins: str | None, ends: str | None):
    found = load_registry().kinds[kind]
    assert (found.known_from, found.known_to) == (begins, ends)


def test_the_days_that_a_date_can_mean():
    assert days_of("2024-02") == ("2024-02-01", "2024-02-29")
    assert days_of("2023-12") == ("2023-12-01", "2023-12-31")
