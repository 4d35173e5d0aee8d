"""What the sentences of reports and briefs claim: of whom, of how many, with which doubt."""

from __future__ import annotations

import json

import pytest

from kg import build
from kg.commands.reporting import report_files
from kg.reporting.brief import brief_files, make_brief
from kg.reporting.context import make_context


def told(context, name):
    return json.loads(dict(report_files(context, name, ["json"]))[f"{name}.json"])


def section(report, key):
    return next(each for each in report.sections if each.key == key)


def test_what_a_brief_leaves_out_is_of_its_province(five_plans):
    """Of the five plans one is not yet issued and one has no date; none of them is Lai Châu's."""
    day = "2025-07-01"
    assert any("chưa ban hành 1" in words.vi for words in make_brief(make_context(five_plans, date=day)).left_out)
    assert make_brief(make_context(five_plans, provinces=("Lai Châu",), date=day)).left_out == ()
    [ben_tre, _] = make_brief(make_context(five_plans, provinces=("Vĩnh Long",), date=day)).left_out
    assert ben_tre.vi == "Văn bản không ghi ngày, vẫn tính: 1."


def test_the_group_of_district_committees_is_not_said_to_hold_a_department(context):
    [said] = [each for each in told(context, "load")["findings"] if "lẫn nhóm" in each["vi"]]
    assert said["vi"] == "3 việc giao chủ trì cho cả cơ quan đích danh lẫn nhóm."
    assert said["doubt"]["vi"] == "1 việc trong đó có nhóm gồm chính cơ quan ấy (Sở Nông nghiệp và Môi trường): cơ quan được tính một lần."


def test_agreement_is_said_with_its_chance_and_its_size(context):
    first = told(context, "compare")["findings"][0]
    assert "mức đồng nhất thấp: α = 0,05 (0 là như ngẫu nhiên, 1 là giống hệt), chưa chắc hơn ngẫu nhiên (p = 0,064; Jaccard 0,3)" in first["vi"]
    assert first["doubt"]["vi"].startswith("Chỉ 5 nhiệm vụ chung, 16,7 % nhiệm vụ của hai tỉnh.")
    assert {row["agree"] for row in told(context, "compare")["tables"]["leads"]["rows"]} == {"differ"}


def test_all_who_are_between_most_others_are_named(context):
    said = {each["section"]: each for each in told(context, "network")["findings"]}
    assert said["at-hoa-binh"]["vi"].startswith("Hòa Bình: các sở, ban, ngành và Ủy ban nhân dân các huyện, thành phố đứng giữa nhiều cơ quan khác nhất: 38,9 %")
    assert "Một nhóm làm cầu nối" in said["at-hoa-binh"]["doubt"]["vi"]
    assert [quote["place"].split(" “")[0] for quote in said["at-hoa-binh"]["quotes"]] == ["phối hợp", "phối hợp"], "neither leads a task"
    assert "Một nhóm" not in said["at-ha-tinh"]["doubt"]["vi"], "Sở Công Thương is no group"


def test_conventions_are_named_in_the_readers_language(context):
    page = dict(report_files(context, "overload", ["html"]))["overload.html"].decode()
    assert "phối hợp của cả nhóm được tính" in page
    assert ">rho, partner roles of all<" not in page


def test_every_report_tells_how_many_names_were_read_with_doubt(context):
    for name in ("load", "concentration", "network", "clarity", "compare"):
        said = {each["en"]: each["value"]["vi"] for each in told(context, name)["scope"]}
        assert said["Assignments read with doubt (confidence below 1)"] == "3 trên 220, thấp nhất 0,98", name


def test_lights_say_of_how_many_tasks(context):
    report = make_brief(make_context(context.build, provinces=("Hòa Bình",)))
    [lights] = section(report, "clear").tables
    rows = {row[0]: row[1:] for row in lights.rows}
    assert rows["light-person"] == (pytest.approx(17 / 18), 18, "74–99 %")
    assert rows["light-funding"] == ("no-column", 0, None)


def test_a_plan_without_a_table_has_no_empty_tables(five_plans):
    report = make_brief(make_context(five_plans, provinces=("Bến Tre",)))
    assert all(table.rows for each in report.sections for table in each.tables)
    assert [table.key for table in section(report, "who").tables] == ["prose-ben-tre"]
    assert "0 trên 0" not in " ".join(finding.sentence.vi for each in report.sections for finding in each.findings)


def test_a_brief_has_cases_contradictions_and_charts(five_plans, tmp_path):
    docx = pytest.importorskip("docx")
    context = make_context(five_plans, provinces=("Hưng Yên",))
    report = make_brief(context)
    [case] = section(report, "alike").cases
    assert [side.heading.split(" · ")[0] for side in case.sides] == ["3.5.1", "3.5.2"]
    assert not any("mandategraph" in words.vi for words in case.told), "a head of department runs no program"
    assert len(section(report, "wrong").findings) == 4
    path = tmp_path / "brief.docx"
    path.write_bytes(dict(brief_files(context))["brief-hung-yen.docx"])
    document = docx.Document(path)
    bars = next(table for table in document.tables if "█" in table.rows[1].cells[1].text)
    assert [bars.rows[at].cells[2].text for at in (1, 2)] == ["5,33", "4,08"]
    assert len(bars.rows[1].cells[1].text) > len(bars.rows[2].cells[1].text) > 0
    sides = next(table for table in document.tables if "3.5.1" in table.rows[0].cells[0].text)
    assert [run.text.strip() for paragraph in sides.rows[0].cells[0].paragraphs for run in paragraph.runs if run.bold] == ["Thúc đẩy mua sắm công xanh đối với các"]


def test_overloaded_is_said_with_the_figures_that_permit_it(tmp_path):
    """Six provinces with the same ten tasks of one department; one has a tenth of the others' staff."""
    head = "ỦY BAN NHÂN DÂN\nTỈNH {name}\nSố: {at}/KH-UBND\n{name}, ngày 10 tháng 8 năm 2025\n\nKẾ HOẠCH\nThực hiện kinh tế tuần hoàn giai đoạn 2026 - 2030\n\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n"
    rows = "".join(f"{at}\tXây dựng mô hình số {at}\tSở Công Thương\tSở Tài chính\t2026-2030\n" for at in range(1, 11))
    places = ("Lai Châu", "Hà Tĩnh", "Nghệ An", "Thanh Hóa", "Cao Bằng", "Lạng Sơn")
    for at, name in enumerate(places, 1):
        (tmp_path / f"{at}.txt").write_text(head.format(name=name, at=at) + rows, "utf-8")
    build([tmp_path], tmp_path / "build")
    table = tmp_path / "staff.csv"
    table.write_text("province,agency,capacity,source\n" + "".join(f"{name},Sở Công Thương,{4 if name == 'Lai Châu' else 40},Báo cáo biên chế 2025\n" for name in places), "utf-8")
    said = {each["section"]: each for each in told(make_context(tmp_path / "build", capacity=str(table)), "overload")["findings"]}
    assert "quá tải. Chủ trì 10 trên 10 nhiệm vụ (100 %)" in said["at-lai-chau"]["vi"]
    assert "trong năm cao nhất là 2,5 nhiệm vụ cho mỗi đơn vị nguồn lực (4; Báo cáo biên chế 2025), trên ngưỡng 0,375 là 1,5 lần trung vị" in said["at-lai-chau"]["vi"]
    assert "Dựa vào số liệu nguồn lực được đưa vào" in said["at-lai-chau"]["doubt"]["vi"]
    assert sum("quá tải" in each["vi"] for each in said.values()) == 1
    assert all("không quá 0;" not in each["vi"] for each in said.values())
