"""Case files of likeness, what people said of them, coverage with its grounds, sectors: as the reports show them."""

from __future__ import annotations

import csv
import io
import json

import polars as pl
import pytest
from lxml import html

from kg import build
from kg.analysis.alignment import holds
from kg.building.frames import table
from kg.cli import main
from kg.commands.reporting import report_files
from kg.reporting.context import make_context
from tests.analysis.conftest import with_decision  # noqa: F401  its build holds the national decision

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LAI CHÂU
Số: 55/KH-UBND
Lai Châu, ngày 10 tháng 8 năm 2025

KẾ HOẠCH
Bảo vệ môi trường trên địa bàn tỉnh Lai Châu giai đoạn 2026 - 2030

I. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính
Xây dựng cơ sở dữ liệu giá vật liệu tái chế trên địa bàn tỉnh.

PHỤ LỤC
DANH MỤC NHIỆM VỤ

TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\tSản phẩm
"""
STATION, LEAFLET, FOREST, PRICES = (
    "Xây dựng trạm quan trắc chất lượng nước sông Nậm Na", "Tuyên truyền phân loại rác tại nguồn cho hộ gia đình nông thôn",
    "Trồng rừng phòng hộ ven đường biên giới", "Xây dựng cơ sở dữ liệu giá vật liệu tái chế trên địa bàn tỉnh",
)  # fmt: skip
ROWS = (
    (STATION, "Sở Nông nghiệp và Môi trường"), (STATION, "Sở Khoa học và Công nghệ"), (LEAFLET, "Sở Nông nghiệp và Môi trường; Sở Tài chính"), (LEAFLET, "Sở Nông nghiệp và Môi trường"),
    (FOREST, "Hạt Kiểm lâm"), (FOREST, "Hạt Kiểm lâm"), (PRICES, "Sở Xây dựng"), ("Khuyến khích chợ đầu mối cam kết hạn chế dùng túi ni lông khó phân hủy", "Sở Công Thương"),
    ("Khuyến khích khu du lịch cam kết hạn chế dùng túi ni lông khó phân hủy", "Sở Văn hóa, Thể thao và Du lịch"),
)  # fmt: skip
LEVELS = {STATION: "duplication", LEAFLET: "nested", FOREST: "repetition", PRICES: "contradiction", ROWS[7][0]: "overlap"}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alike")
    (folder / "source").mkdir()
    rows = "\n".join(f"{at}\t{name}\t{lead}\tSở Tư pháp\t2026-2030\tBáo cáo" for at, (name, lead) in enumerate(ROWS, 1))
    (folder / "source" / "plan.txt").write_text(f"{HEAD}{rows}\n", "utf-8")
    build([folder / "source"], folder / "build")
    return folder


def told(folder, name, *forms):
    return dict(report_files(make_context(folder), name, list(forms)))


def test_each_level_of_the_classification_is_met(plan):
    rows = table(plan / "build", "overlaps")
    assert dict(rows.select("first_text", "level").rows()) == LEVELS


def test_a_case_file_has_both_quotes_with_the_differing_words_marked(plan):
    page = html.document_fromstring(told(plan / "build", "duplicates", "html")["duplicates.html"].decode())
    [case] = [each for each in page.find_class("case") if "Khuyến khích" in each.text_content()]
    left, right = case.find_class("sides")[0].findall("div")
    assert [mark.text for mark in left.iter("mark")] == ["chợ đầu mối"]
    assert [mark.text for mark in right.iter("mark")] == ["khu du lịch"]
    for side, (name, lead) in zip((left, right), ROWS[7:], strict=True):
        assert " ".join(side.find("blockquote").text_content().split()) == name
        assert lead in side.find("h4").text
        assert "Kế hoạch 55/KH-UBND, Lai Châu (plan.txt), ký tự" in side.find("cite").text
    said = case.text_content()
    for words in ("Giống nhau 0,", "Có thể có chủ ý", "May be intended", "đề xuất", "mandategraph decide finding/"):
        assert words in said, words


def test_what_a_person_says_comes_back_in_the_report(plan, tmp_path):
    cases = dict(table(plan / "build", "overlaps").select("first_text", "id").rows())
    answers = {STATION: "confirmed", FOREST: "confirmed", LEAFLET: "justified", PRICES: "rejected"}
    for name, answer in answers.items():
        assert main(["decide", cases[name], answer, "--who", "Lan", "--why", "thử", "--date", "2026-01-05", "--build", str(plan / "build"), "--decisions", str(tmp_path / "decisions")]) == 0
    build([plan / "source"], tmp_path / "build", decisions=tmp_path / "decisions")
    files = told(tmp_path / "build", "duplicates", "json", "csv")
    rows = {row["first_text"]: row["status"] for row in csv.DictReader(io.StringIO(files["duplicates-overlaps.csv"].decode("utf-8-sig")))}
    assert rows == {**answers, ROWS[7][0]: "unreviewed"}
    report = json.loads(files["duplicates.json"])
    judged = {row["level"]: (row["candidates"], row["unreviewed"], row["confirmed"], row["rejected"], row["justified"], row["rate"]) for row in report["tables"]["judged"]["rows"]}
    assert judged == {
        "duplication": (1, 0, 1, 0, 0, 1.0), "repetition": (1, 0, 1, 0, 0, 1.0), "nested": (1, 0, 0, 0, 1, 0.0), "contradiction": (1, 0, 0, 1, 0, 0.0), "overlap": (1, 1, 0, 0, 0, None),
    }  # fmt: skip
    said = " ".join(each["vi"] for each in report["findings"])
    assert "5 cặp ứng viên, 1 cặp chờ người xem" in said
    assert "4 trên 9 nhiệm vụ nằm trong ít nhất một cặp đã được xác nhận" in said
    assert "1 cặp lặp lại đã được xác nhận vẫn được tính là hai nhiệm vụ" in said


def test_the_page_draws_a_part_of_many_pairs_and_the_data_have_all(context, monkeypatch):
    monkeypatch.setattr("kg.reporting.duplicates_report.SHOWN_PAIRS", 1)
    files = dict(report_files(context, "duplicates", ["html", "csv"]))
    assert len(list(csv.reader(io.StringIO(files["duplicates-overlaps.csv"].decode("utf-8-sig"))))) == 4
    page = html.document_fromstring(files["duplicates.html"].decode())
    assert len(page.get_element_by_id("overlaps").findall("tbody/tr")) == 1
    assert "Trang này vẽ 1 cặp giống nhất; tất cả 3 cặp" in page.text_content()


def test_without_the_decision_plans_are_set_beside_each_other(context):
    report = json.loads(dict(report_files(context, "coverage", ["json"]))["coverage.json"])
    assert [(row["shared"], row["of_first"], row["of_second"]) for row in report["tables"]["plans-alike"]["rows"]] == [(5, 0.2, 0.5)]
    assert len(report["tables"]["tasks-alike"]["rows"]) == 5
    assert "shared_tasks" not in str(report["findings"])


def test_coverage_tells_copied_adapted_added_and_the_sectors(with_decision):  # noqa: F811
    report = json.loads(told(with_decision, "coverage", "json")["coverage.json"])
    rows = table(with_decision, "alignments")
    for place, name in (("hung-yen", "Hưng Yên"), ("lai-chau", "Lai Châu")):
        own = list(rows.filter(pl.col("province") == place).iter_rows(named=True))
        held = [row["origin"] for row in own if holds(row["outcome"], row["status"])]
        [said] = [each["vi"] for each in report["findings"] if each["section"] == f"at-{place}"]
        none = sum(row["outcome"] == "none" for row in own)
        assert said == f"{name}: trong {len(own)} nhiệm vụ, {held.count('copied')} chép gần nguyên văn, {held.count('adapted')} có sửa đổi, {none} tự thêm; {len(own) - len(held) - none} chờ người xem."
    assert {row["task"] for row in report["tables"]["alignment"]["rows"]} == set(rows["task"])
    served, differing = [each for each in report["findings"] if each["section"] == "priority-lai-chau"]
    assert served["vi"].startswith("Lai Châu nêu 46 ngành, lĩnh vực ưu tiên; 2 ngành được nhiệm vụ nêu đích danh, 44 ngành không có nhiệm vụ riêng.")
    assert "0 tự thêm" in differing["vi"], "what the scan lost is not the province's own"
    assert "không đủ" in differing["doubt"]["vi"]
