"""Who has the work of a body at a date: kinds under provinces, splits, functions, unknown heirs, dates as people write them."""

import re
from fractions import Fraction

import pytest

from kg.data_files import data_folder
from kg.errors import QuestionError
from kg.resolution.as_of import Body, bodies_at, read_day, show_day, tell_view, tell_why
from kg.resolution.registry import load_registry

LABOUR = "so-lao-dong-thuong-binh-va-xa-hoi"
PRESS = "so-thong-tin-va-truyen-thong"


@pytest.mark.parametrize(
    ("kind", "province", "date", "heirs"),
    [
        ("so-tai-nguyen-va-moi-truong", "lai-chau", "2025-02-28", [("so-tai-nguyen-va-moi-truong", "lai-chau")]),
        ("so-tai-nguyen-va-moi-truong", "lai-chau", "2025-03-01", [("so-nong-nghiep-va-moi-truong", "lai-chau")]),
        ("so-tai-nguyen-va-moi-truong", "thai-binh", "2025-07-01", [("so-nong-nghiep-va-moi-truong", "hung-yen-2025")]),
        ("so-cong-thuong", "hoa-binh", "2025-07-01", [("so-cong-thuong", "phu-tho-2025")]),
        ("so-cong-thuong", "hung-yen", "2025-07-01", [("so-cong-thuong", "hung-yen-2025")]),
        ("so-cong-thuong", "hung-yen", "2025-06-30", [("so-cong-thuong", "hung-yen")]),
        ("uy-ban-nhan-dan-cac-huyen-thi-xa-thanh-pho", "ben-tre", "2025-07-01", [("uy-ban-nhan-dan-cac-xa-phuong-dac-khu", "vinh-long-2025")]),
        ("trung-tam-chinh-tri-cap-huyen", "ben-tre", "2025-07-01", [(None, "vinh-long-2025")]),
        ("bo-tai-nguyen-va-moi-truong", None, "2025-07-01", [("bo-nong-nghiep-va-moi-truong", None)]),
        (None, "ben-tre", "2025-07-01", [(None, "vinh-long-2025")]),  # a name that the registry lacks moves with its province
        (None, None, "2025-07-01", [(None, None)]),
        # Hưng Yên's draft of February 2025 writes the name of March: nothing is mapped back.
        ("so-nong-nghiep-va-moi-truong", "hung-yen", "2025-02-15", [("so-nong-nghiep-va-moi-truong", "hung-yen")]),
        ("so-cong-thuong", "hung-yen-2025", "2024-01-01", [("so-cong-thuong", "hung-yen-2025")]),
    ],
)
def test_who_has_the_work_at_a_date(kind, province, date, heirs):
    found = bodies_at(Body(kind, province), date)
    assert [(heir.kind, heir.province) for heir in found] == heirs
    assert sum(heir.share for heir in found) == 1
    assert all(heir.changed == ((heir.kind, heir.province) != (kind, province)) for heir in found)


def test_an_unknown_successor_is_said_and_a_name_without_entry_is_not_one():
    assert [heir.known for heir in bodies_at(Body("trung-tam-chinh-tri-cap-huyen", "lai-chau"), "2025-07-01")] == [False]
    assert "chưa rõ cơ quan kế thừa" in tell_why(bodies_at(Body("trung-tam-chinh-tri-cap-huyen", "lai-chau"), "2025-07-01")[0]).vi
    assert [heir.known for heir in bodies_at(Body(None, "lai-chau"), "2025-07-01")] == [True]


def test_a_split_is_shared_alike_or_listed_in_full():
    shared = bodies_at(Body(LABOUR, "lai-chau"), "2025-07-01")
    assert [(heir.kind, heir.share) for heir in shared] == [(slug, Fraction(1, 3)) for slug in ("so-giao-duc-va-dao-tao", "so-noi-vu", "so-y-te")]
    listed = bodies_at(Body(LABOUR, "lai-chau"), "2025-07-01", split="list")
    assert [(heir.kind, heir.share) for heir in listed] == [(heir.kind, 1) for heir in shared]


@pytest.mark.parametrize(
    ("kind", "text", "heir"),
    [
        (LABOUR, "Đưa kiến thức về kinh tế tuần hoàn vào chương trình giáo dục nghề nghiệp", "so-giao-duc-va-dao-tao"),
        (LABOUR, "Hỗ trợ tạo việc làm xanh cho thanh niên", "so-noi-vu"),
        (LABOUR, "Chăm lo cho người có công với cách mạng", "so-noi-vu"),
        (LABOUR, "Phòng, chống tai nạn thương tích trẻ em", "so-y-te"),
        (LABOUR, "SỞ LAO ĐỘNG – THƯƠNG BINH VÀ XÃ HỘI: bảo trợ xã hội", "so-y-te"),  # its own name tells nothing
        (LABOUR, "Sở Lao động - Thương binh và Xã hội tuyên truyền về kinh tế tuần hoàn", None),
        (LABOUR, "Đào tạo nghề cho lao động nông thôn", "so-giao-duc-va-dao-tao"),  # the longer name of two
        (LABOUR, "Bồi dưỡng đội ngũ nhà giáo giáo dục nghề nghiệp, phát triển đội ngũ lao động kỹ thuật", "so-giao-duc-va-dao-tao"),
        (LABOUR, "Thực hiện các chính sách giảm nghèo bền vững", "so-nong-nghiep-va-moi-truong"),
        (LABOUR, "Nâng cao chất lượng công tác cai nghiện ma túy", "cong-an-tinh"),
        (PRESS, "Các giải pháp thúc đẩy chuyển đổi số", "so-khoa-hoc-va-cong-nghe"),
        (PRESS, "Phát triển hạ tầng viễn thông băng rộng", "so-khoa-hoc-va-cong-nghe"),
        (PRESS, "Sản xuất chuyên mục phát thanh, truyền hình", "so-van-hoa-the-thao-va-du-lich"),
        (LABOUR, "Truyền thông về tiêu dùng bền vững", None),
        (LABOUR, "", None),
        (PRESS, "Chỉ đạo các cơ quan báo chí tuyên truyền", "so-van-hoa-the-thao-va-du-lich"),
        (PRESS, "Quản lý nhà nước về thông tin và truyền thông", "so-khoa-hoc-va-cong-nghe"),
        (PRESS, "Xây dựng hệ thống thông tin về kinh tế tuần hoàn", None),  # "thông tin" alone is no function of a department
        (PRESS, "Báo chíp điện tử", None),  # a word is a whole word
    ],
)
def test_the_words_of_a_task_choose_an_heir_only_where_they_settle_it(kind, text, heir):
    found = bodies_at(Body(kind, "lai-chau"), "2025-07-01", text=text)
    if heir is None:
        assert len(found) > 1
        assert {each.decided_by for each in found} == {None}
    else:
        assert [(each.kind, each.share) for each in found] == [(heir, 1)]
        assert found[0].decided_by.target == heir
        assert "theo chức năng nêu trong nhiệm vụ" in tell_why(found[0]).vi


def test_words_of_several_functions_alike_leave_out_the_other_heirs():
    found = bodies_at(Body(LABOUR, "lai-chau"), "2025-07-01", text="Hỗ trợ việc làm, chăm sóc trẻ em")
    assert [(heir.kind, heir.share) for heir in found] == [("so-noi-vu", Fraction(1, 2)), ("so-y-te", Fraction(1, 2))]
    assert [heir.decided_by.target for heir in found] == ["so-noi-vu", "so-y-te"]
    assert "nhiệm vụ nêu chức năng của 2 cơ quan" in tell_why(found[0]).vi


def test_an_heir_of_one_function_has_no_part_of_work_that_does_not_name_it():
    kinds = {heir.kind for heir in bodies_at(Body("bo-lao-dong-thuong-binh-va-xa-hoi", None), "2025-07-01", split="list")}
    assert kinds == {"bo-giao-duc-va-dao-tao", "bo-noi-vu", "bo-y-te"}
    (poor,) = bodies_at(Body("bo-lao-dong-thuong-binh-va-xa-hoi", None), "2025-07-01", text="Chương trình giảm nghèo")
    assert (poor.kind, poor.share) == ("bo-nong-nghiep-va-moi-truong", 1)


def test_an_association_is_not_reorganised_by_the_merger_of_its_province():
    (heir,) = bodies_at(Body("hiep-hoi-doanh-nghiep", "ben-tre"), "2025-07-01")
    assert (heir.kind, heir.province, heir.known, heir.basis) == ("hiep-hoi-doanh-nghiep", "vinh-long-2025", False, ())
    assert "chưa rõ tổ chức kế thừa" in tell_why(heir).vi
    assert "202/2025" not in tell_why(heir).vi
    assert not bodies_at(Body("hiep-hoi-doanh-nghiep", "ben-tre"), "2025-06-30")[0].changed


@pytest.mark.parametrize("kind", ["ngan-hang-nha-nuoc-chi-nhanh-khu-vuc", "chi-cuc-hai-quan-khu-vuc", "kho-bac-nha-nuoc-khu-vuc", "kiem-toan-nha-nuoc-khu-vuc"])
def test_an_office_for_several_provinces_is_of_none_and_no_merger_ends_it(kind):
    (heir,) = bodies_at(Body(kind, "hung-yen"), "2025-07-01")
    assert (heir.kind, heir.province, heir.changed) == (kind, None, False)


def test_a_provincial_office_that_went_to_a_regional_one_is_of_no_province_then():
    (heir,) = bodies_at(Body("ngan-hang-nha-nuoc-viet-nam-chi-nhanh-tinh", "ben-tre"), "2025-07-01")
    assert (heir.kind, heir.province, heir.known) == ("ngan-hang-nha-nuoc-chi-nhanh-khu-vuc", None, True)
    assert "202/2025" not in tell_why(heir).vi


def test_each_heir_tells_the_law_and_the_day():
    (heir,) = bodies_at(Body("so-tai-nguyen-va-moi-truong", "thai-binh"), "2025-07-01")
    why = tell_why(heir).vi
    assert "01/3/2025: về Sở Nông nghiệp và Môi trường (Nghị định 45/2025/NĐ-CP" in why
    assert "01/7/2025: về Hưng Yên (Nghị quyết 202/2025/QH15" in why
    assert len(heir.basis) == 2
    (same,) = bodies_at(Body("so-cong-thuong", "lai-chau"), "2025-07-01")
    assert tell_why(same).vi == "như văn bản viết"


def test_no_more_of_a_day_is_told_than_is_known():
    (heir,) = bodies_at(Body("so-cong-nghiep", "lai-chau"), "2025-07-01")
    assert tell_why(heir).vi.startswith("năm 2008: về Sở Công Thương (")
    assert tell_why(heir).en.startswith("2008: to Department of Industry and Trade (")
    (heir,) = bodies_at(Body("ban-dan-van-tinh-uy", "lai-chau"), "2025-07-01")
    assert tell_why(heir).vi.startswith("tháng 02/2025: về ")


def test_a_note_of_the_file_that_a_date_is_vague_goes_with_its_precision():
    events = (data_folder("ontology") / "events.ttl").read_text("utf-8")
    for block in events.split("\n\n"):
        vague = re.search(r"the date is the first of the (year|month)", block)
        assert not vague or f'mg:datePrecision "{vague[1]}"' in block, block[:80]


@pytest.mark.parametrize("date", ["2003-01-01", "2010-01-01", "2025-03-01", "2025-07-01", "2026-12-31"])
def test_shares_always_sum_to_the_whole_and_every_heir_exists(date):
    registry = load_registry()
    for kind in registry.kinds:
        found = bodies_at(Body(kind, "thai-binh"), date)
        assert sum(heir.share for heir in found) == 1
        for heir in found:
            assert not heir.known or registry.kinds[heir.kind].valid_to is None or registry.kinds[heir.kind].valid_to >= date
            assert bodies_at(Body(heir.kind, heir.province), date)[0].changed is False  # an heir inherits nothing more


@pytest.mark.parametrize(("text", "day"), [("2025-07-01", "2025-07-01"), ("01/7/2025", "2025-07-01"), (" 1-7-2025 ", "2025-07-01"), ("30.06.2025", "2025-06-30")])
def test_a_day_may_be_written_as_people_write_it(text, day):
    assert read_day(text) == day
    assert read_day(show_day(day)) == day


@pytest.mark.parametrize("text", ["", "  ", "hôm qua", "2025", "2025-07", "2025-02-30", "31/6/2025", "7/13/2025", "20250701", "2025-W27-2", "0025-07-01", "9999-12-31", "1900-01-01"])
def test_a_day_that_is_none_or_absurd_is_refused_in_two_languages(text):
    with pytest.raises(QuestionError) as caught:
        read_day(text)
    assert "ngày" in caught.value.vi
    assert caught.value.expected.startswith("a day")


def test_a_view_says_its_date_its_way_of_sharing_and_where_knowledge_ends():
    assert tell_view("2025-07-01", "share").vi == "Tính đến 01/7/2025: việc của cơ quan bị chia tách được chia đều cho các cơ quan kế thừa."
    assert "in full for each heir" in tell_view("2025-07-01", "list").en
    assert "danh mục chỉ biết các lần sắp xếp đến" in tell_view("2090-01-01", "share").vi


def test_english_reasons_write_names_of_places_with_their_letters():
    heir = bodies_at(Body("so-cong-thuong", "ben-tre"), "2025-07-01")[0]
    assert ": to Vĩnh Long (" in tell_why(heir).en
