"""Dates and deadlines as the documents print them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.dates import date_at, find_date, find_deadline

DATES = [
    ("ngày 24/6/2020", "2020-06-24"),
    ("ngày 07 tháng 6 năm 2022", "2022-06-07"),
    ("Lai Châu, ngày tháng 02 năm 2025", "2025-02"),
    ("Lai Châu, ngày      tháng 02 năm 2025", "2025-02"),
    ("ngày … tháng … năm 2025", "2025"),
    ("Hà Tĩnh, ngày tháng năm 2026", "2026"),
    ("(Kèm theo Kế hoạch số: /KH-UBND ngày tháng năm 2025 của UBND tỉnh Lai Châu)", "2025"),
    ("ngày 28.8.2024 về việc phân công", "2024-08-28"),
    ("ngày 11-5-1999 của Chính phủ", "1999-05-11"),
    ("Bắc Ninh, ngày 24\ntháng 11 năm 2025", "2025-11-24"),
    ("ngày ngày 4 tháng 10 năm 1986", "1986-10-04"),
    ("ngày 3 tháng 3 tháng 1959", "1959-03-03"),
    ("07/9/2009của", "2009-09-07"),
    ("NGÀY 23/01/2025", "2025-01-23"),
    ("hoàn thành trong tháng 12 năm 2025", "2025-12"),
    ("tháng 12/2025", "2025-12"),
    ("1/3 diện tích", None),
    ("ngày / /2026", None),
    ("16 giờ 30 phút", None),
    ("ngày 31/02/2025", None),
    ("ngày 24 tháng 13 năm 2025", "2025"),
    ("giai đoạn 2021-2030", None),
    ("08/2022/NĐ-CP", None),
]

DEADLINES = [
    ("gửi Sở Tài nguyên và Môi trường trước ngày 30 tháng 11 để tổng hợp", "--11-30"),
    ("trước ngày 30 tháng 11 hằng năm", "--11-30"),
    ("báo cáo trước ngày 15/12 hàng năm", "--12-15"),
    ("trước ngày 15/12 (hằng năm)", "--12-15"),
    ("Ngày 20/12 hằng năm", "--12-20"),
    ("trước ngày 30 tháng 11 năm 2026", "2026-11-30"),
    ("chậm nhất ngày 15/6/2026", "2026-06-15"),
    ("trước 16 giờ 30 phút ngày 25/11/2025", "2025-11-25"),
    ("trước ngày 20 hằng tháng", "---20"),
    ("Quý II/2026", "2026-Q2"),
    ("hoàn thành trong Quý IV năm 2025", "2025-Q4"),
    ("31/12/2025", "2025-12-31"),
    ("trước năm 2030", "2030"),
    ("Theo Quyết định số 889/QĐ-TTg ngày 24/6/2020 của Thủ tướng Chính phủ", None),
    ("định kỳ 6 tháng", None),
    ("trong thời hạn 30 ngày", None),
    ("trước ngày 31/02 hằng năm", None),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date(text: str, expected: str | None) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize(("text", "expected"), DEADLINES)
def test_deadline(text: str, expected: str | None) -> None:
    assert find_deadline(text) == expected


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2099, 12, 31)), st.booleans())
def test_every_printed_form_of_a_day_is_read(day: date, padded: bool) -> None:
    d, m = (f"{day:%d}", f"{day:%m}") if padded else (str(day.day), str(day.month))
    forms = [f"{d}/{m}/{day.year}", f"{d}-{m}-{day.year}", f"{d}.{m}.{day.year}", f"{d} tháng {m} năm {day.year}"]
    assert {find_date(f"ngày {form} của Chính phủ") for form in forms} == {day.isoformat()}
    assert {find_deadline(f"báo cáo trước ngày {form}") for form in forms} == {day.isoformat()}


def test_date_at_stops_at_the_end_of_the_date() -> None:
    text = "số 222/QĐ-TTg ngày 23/01/2025 của Thủ tướng Chính phủ"
    start = text.index("ngày")
    assert date_at(text, start) == ("2025-01-23", text.index(" của"))
    assert date_at(text, 0) is None


@given(st.text(alphabet="ngàythánăm0123456789/.- …\n", max_size=60))
def test_no_date_that_no_calendar_has(text: str) -> None:
    found = find_date(text)
    if found and len(found) == 10:
        assert date.fromisoformat(found).isoformat() == found
