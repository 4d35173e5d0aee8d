"""The five sorts of contradiction, each shown on an invented plan, and what must not be taken for one."""

from __future__ import annotations

import json

import polars as pl
import pytest

from kg import build
from kg.analysis.contradictions import SORTS, annex_numbers, find_contradictions, texts_of, unclear_works
from kg.analysis.facts import read_facts
from kg.building.frames import table
from kg.commands.reporting import report_files
from kg.reporting.context import make_context
from tests.analysis.by_hand import DEPARTMENTS, INDUSTRY, make_facts

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU
Số: 55/KH-UBND
Lai Châu, ngày 10 tháng 8 năm 2025

KẾ HOẠCH
Thực hiện kinh tế tuần hoàn trên địa bàn tỉnh Lai Châu giai đoạn 2026 - 2030

I. MỤC TIÊU
Giảm phát thải.
II. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
Xây dựng cơ sở dữ liệu giá vật liệu tái chế trên địa bàn tỉnh; báo cáo Ủy ban nhân dân tỉnh.
2. Sở Lao động - Thương binh và Xã hội
Tổ chức đào tạo nghề cho lao động trong lĩnh vực tái chế.

PHỤ LỤC I
DANH MỤC NHIỆM VỤ

TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\tSản phẩm
"""
ROWS = (
    ("Xây dựng cơ sở dữ liệu giá vật liệu tái chế trên địa bàn tỉnh", "Sở Xây dựng", "Sở Công Thương", "2026-2030", "table-and-prose"),
    ("Xây dựng mô hình thu gom rác thải nhựa tại chợ đầu mối", "Sở Công Thương", "Sở Công Thương; Sở Tài chính", "2026-2030", "lead-and-partner"),
    ("Tổ chức tập huấn cho hợp tác xã về sản xuất sạch hơn", "Liên minh Hợp tác xã", "Sở Công Thương", "2026-2035", "out-of-period"),
    ("Khảo sát các làng nghề dệt lanh", "Liên minh Hợp tác xã", "Sở Công Thương", "2025-2027", "out-of-period"),
    ("Hỗ trợ các ngành nêu tại Phụ lục V ban hành kèm theo Kế hoạch này", "Sở Nông nghiệp và Môi trường", "Sở Tài chính", "2026-2030", "annex-missing"),
    ("Tuyển dụng lao động cho nhà máy xử lý nước thải", "Sở Lao động, Thương binh và Xã hội", "Sở Tài chính", "2026-2030", "abolished-body"),
    ("Triển khai các nhiệm vụ nêu tại Phụ lục I", "các sở, ban, ngành", "các sở, ban, ngành", "2026-2030", None),
    ("Trồng rừng phòng hộ ven đường biên giới", "Sở Nông nghiệp và Môi trường", "Sở Tài chính", "Hàng năm", None),
)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contradicting")
    rows = "\n".join("\t".join((str(at), *row[:4], "Báo cáo")) for at, row in enumerate(ROWS, 1))
    (folder / "plan.txt").write_text(f"{HEAD}{rows}\n", "utf-8")
    build([folder / "plan.txt"], folder / "build")
    return folder / "build"


@pytest.fixture(scope="module")
def found(plan):
    facts = read_facts(plan)
    return find_contradictions(facts, table(plan, "overlaps"), texts_of(plan, facts))


def test_each_sort_is_found_where_it_is_and_nowhere_else(plan, found):
    names = dict(read_facts(plan).tasks.select("task", "name").rows())
    told = {(names[work], sort) for work, sort in found.select("work", "sort").iter_rows() if work in names}
    assert told == {(row[0], row[4]) for row in ROWS if row[4]}
    assert set(found["sort"]) == set(SORTS)
    [duty] = [row for row in found.iter_rows(named=True) if row["work"] not in names]
    assert (duty["sort"], duty["quote"]) == ("abolished-body", "Sở Lao động - Thương binh và Xã hội")


def test_each_says_what_does_not_fit_and_where(plan, found):
    text = texts_of(plan, read_facts(plan))
    for row in found.iter_rows(named=True):
        assert text(row["document"])[row["start_offset"] : row["end_offset"]] == row["quote"]
    said = " ".join(found["vi"])
    for words in ("Bảng giao Sở Xây dựng, lời văn giao Sở Tài chính", "vừa chủ trì vừa phối hợp", "2026–2035, ngoài thời kỳ của kế hoạch (2026–2030)", "Phụ lục V", "chỉ tồn tại đến hết 28/02/2025, văn bản ghi 10/8/2025"):
        assert words in said, words


def test_what_a_person_rejected_or_justified_is_none(plan):
    facts, overlaps = read_facts(plan), table(plan, "overlaps")
    texts = texts_of(plan, facts)
    for status, count in (("unreviewed", 1), ("confirmed", 1), ("rejected", 0), ("justified", 0)):
        told = find_contradictions(facts, overlaps.with_columns(pl.lit(status).alias("status")), texts)
        assert len(told.filter(pl.col("sort") == "table-and-prose")) == count, status
        unclear = {facts.tasks["name"].to_list()[facts.tasks["task"].to_list().index(work)] for work in unclear_works(told) if work in facts.tasks["task"].to_list()}
        assert (ROWS[0][0] in unclear) == (status == "confirmed")
        assert ROWS[5][0] in unclear


def test_the_five_plans_point_at_one_annex_that_is_in_another_file(five_plans, facts):
    told = find_contradictions(facts, table(five_plans, "overlaps"), texts_of(five_plans, facts))
    assert told.select("place", "sort").unique().rows() == [("hung-yen", "annex-missing")]
    assert len(told) == 3  # 2.2.2, 3.1.1, 3.2.2; Lai Châu has its Phụ lục II


def test_a_group_in_both_columns_is_none():
    facts = make_facts([("a", "a", 1.0, [DEPARTMENTS], [DEPARTMENTS], 2026, 2030, None), ("b", "b", 1.0, [INDUSTRY], [INDUSTRY], 2026, 2030, None)])
    empty = pl.DataFrame(schema={"level": pl.String, "status": pl.String})
    assert find_contradictions(facts, empty, lambda _: "")["work"].to_list() == ["b"]


@pytest.mark.parametrize(("text", "numbers"), [
    ("PHỤ LỤC I\nx\n**PHỤ LỤC II**", {"1", "2"}),
    ("Phụ lục 3: Danh mục\n| Phụ lục IV |", {"3", "4"}),
    ("nhiệm vụ tại\nPhụ lục II kèm theo Quyết định này", set()),
    ("„ . Phụ lục lỊ:", {"2"}),
    ("PHỤ LỤC\nDANH MỤC NHIỆM VỤ", {None}),
])  # fmt: skip
def test_headings_of_annexes(text, numbers):
    assert annex_numbers(text) == numbers


def test_the_report_has_them_by_sort_and_by_place(plan):
    [(_, data)] = report_files(make_context(plan), "contradictions", ["json"])
    told = json.loads(data)
    assert {row["sort"]: row["count"] for row in told["tables"]["sorts-table"]["rows"]} == {**dict.fromkeys(SORTS, 1), "out-of-period": 2, "abolished-body": 2}
    assert [each["quotes"][0]["text"] != "" for each in told["findings"][1:]] == [True] * 6
    light = json.loads(report_files(make_context(plan), "clarity", ["json"])[0][1])["tables"]["cards"]["rows"]
    assert {row["name"] for row in light if row["responsibility"] == "no"} == {ROWS[1][0], ROWS[5][0]}
