import polars as pl
import pytest

from kg.analysis.clarity import ACTIVITY, AUTHORITY, EMPTY_PRODUCT, clarity, counts


@pytest.mark.parametrize(("place", "light", "yes"), [
    ("hung-yen", "person", 16), ("lai-chau", "person", 6), ("ha-tinh", "person", 11), ("hoa-binh", "person", 17),
    ("hung-yen", "funding", 23), ("ha-tinh", "funding", 14), ("lai-chau", "funding", 10), ("hoa-binh", "time", 18),
])  # fmt: skip
def test_the_lights(facts, place, light, yes):
    row = counts(clarity(facts)).filter((pl.col("place") == place) & (pl.col("light") == light)).row(0, named=True)
    assert (row["yes"], row["no_column"]) == (yes, 0)


def test_a_plan_without_the_column_is_not_unclear(facts):
    row = counts(clarity(facts)).filter((pl.col("place") == "hoa-binh") & (pl.col("light") == "funding")).row(0, named=True)
    assert (row["yes"], row["no"], row["no_column"]) == (0, 0, 18)


def test_a_light_shows_the_words_that_switch_it_on(facts):
    cards = clarity(facts).filter(pl.col("place") == "lai-chau")
    row = cards.filter(pl.col("code") == "3.1.1").row(0, named=True)
    assert (row["person_words"], row["time_words"], row["work_words"]) == ("Sở Công Thương", "2025 - 2035", "Đề xuất")
    assert cards.filter((pl.col("person") == "yes") & (pl.col("person_words") == "")).is_empty()


def test_contradicted_tasks_are_not_clear_in_responsibility(facts):
    task = facts.tasks["task"][0]
    assert clarity(facts, frozenset({task})).filter(pl.col("task") == task)["responsibility"].item() == "no"


@pytest.mark.parametrize(("text", "verb"), [
    ("Rà soát, sửa đổi, ban hành các cơ chế", "Rà soát"),
    ("a) Tổ chức tập huấn cho doanh nghiệp", "Tổ chức"),
    ("Đề án phát triển kinh tế tuần hoàn", None),
    ("Lập kế hoạch mua sắm", "Lập"),
    ("Lập trường của doanh nghiệp", "Lập"),
    ("Mô hình khu công nghiệp sinh thái", None),
])  # fmt: skip
def test_activities(text, verb):
    match = ACTIVITY.match(text)
    assert (match[1] if match else None) == verb


@pytest.mark.parametrize(("text", "named"), [
    ("Báo cáo trình Ủy ban nhân dân tỉnh định kỳ hàng năm", True),
    ("Quyết định của UBND tỉnh", True),
    ("Văn bản do Bộ Khoa học và Công nghệ ban hành", True),
    ("Trình cấp có thẩm quyền ban hành", False),
    ("Kế hoạch được ban hành", False),
    ("Các chương trình, tin bài, phóng sự", False),
    ("Cán bộ công chức được tập huấn", False),
])  # fmt: skip
def test_who_decides(text, named):
    assert bool(AUTHORITY.search(text)) is named


@pytest.mark.parametrize(("text", "empty"), [("Theo quy định", True), ("theo yêu cầu", True), ("Theo quy định, 01 báo cáo", False), ("Mô hình", False)])
def test_words_that_name_no_product(text, empty):
    assert bool(EMPTY_PRODUCT.match(text)) is empty
