"""Assignments in brackets, in orders and in tables by agency: what is read, and what is left to a finding."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

_PLAN = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
KẾ HOẠCH
Đẩy mạnh chuyển đổi số năm 2026

II. {0}

1. Hoàn thiện thể chế

- {1}
"""
_TABLE = """<html><body><p>ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN</p><p><b>KẾ HOẠCH</b></p><p><b>Chuyển đổi số năm 2026</b></p>
<p><b>{0}</b></p><table border="1"><tr><th>{1}</th><th>{2}</th></tr>
<tr><td>Sở Y tế</td><td>- Chủ trì triển khai bệnh án điện tử.<br>- Phối hợp với Công an tỉnh liên thông dữ liệu.</td></tr>
<tr><td>Sở Tài chính</td><td>Bố trí kinh phí. Hướng dẫn thanh toán, quyết toán.</td></tr></table></body></html>"""
_ORDERS = [
    ("Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ phân bổ vốn; hoàn thành trước ngày 31/3/2026.", "Sở Tài chính", "lead"),
    ("Sở Công Thương chủ trì tháo gỡ khó khăn cho doanh nghiệp.", "Sở Công Thương", "lead"),
    ("Lễ phát động: Sở Y tế chủ trì, phối hợp với Tỉnh đoàn tổ chức.", "Sở Y tế", "lead"),
]


def plan(line: str, section: str = "NHIỆM VỤ, GIẢI PHÁP"):
    return extract(read_bytes(_PLAN.format(section, line).encode(), "plan.txt"))


@pytest.mark.parametrize(
    ("bracket", "partner", "time"),
    [
        ("(Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; hoàn thành: quý II/2026).", ["Sở Tài chính"], "quý II/2026"),
        ("(Cơ quan thực hiện: Sở Nội vụ - Thời gian: năm 2026)", [], "năm 2026"),
        ("(Sở Nội vụ chủ trì, phối hợp với Sở Tài chính thực hiện, hoàn thành trước ngày 31/12/2026);", ["Sở Tài chính"], "trước ngày 31/12/2026"),
        ("(Chủ trì: Sở Nội vụ; phối hợp: Sở Tài chính; quý III/2026).", ["Sở Tài chính"], "quý III/2026"),
        ("(Sở Nội vụ chủ trì)", [], ""),
    ],
)
def test_a_bracket_behind_a_task_assigns_it(bracket, partner, time):
    (task,) = plan(f"Xây dựng Đề án nhân lực số {bracket}").tasks
    assert task.name.text == "Xây dựng Đề án nhân lực số"
    assert [mention.name for mention in task.lead] == ["Sở Nội vụ"]
    assert [mention.name for mention in task.partner] == partner
    assert task.period.passage.text == time


@pytest.mark.parametrize(
    "line",
    [
        "Xây dựng Đề án nhân lực số (sau đây gọi là Đề án do tỉnh chủ trì).",
        "Phát huy vai trò chủ trì (Nghị quyết số 57-NQ/TW) trong triển khai.",
        "Tăng cường phối hợp liên ngành (y tế, giáo dục, công an).",
    ],
)
def test_other_brackets_assign_nothing(line):
    assert not plan(line).tasks


@pytest.mark.parametrize(("line", "agency", "role"), _ORDERS)
def test_an_order_in_a_plan_without_tasks_is_a_duty(line, agency, role):
    (duty,) = plan(line).duties
    assert ([mention.name for mention in duty.agency], duty.role) == ([agency], role)


@pytest.mark.parametrize(("line", "agency", "role"), _ORDERS)
def test_an_order_beside_tasks_is_a_finding(line, agency, role):
    extraction = plan(f"{line}\n\n- Xây dựng Đề án nhân lực số (Sở Nội vụ chủ trì)")
    assert not extraction.duties
    assert [finding.code for finding in extraction.findings] == ["order-not-read"]


@pytest.mark.parametrize(
    "line",
    ["Trên cơ sở quy định hiện hành, Sở Tài chính chủ trì thẩm định dự toán.", "Chỉ số chi phí thời gian - Thanh tra tỉnh chủ trì"],
)
def test_an_order_that_opens_no_sentence_is_a_finding(line):
    extraction = plan(line)
    assert not extraction.duties
    assert [finding.code for finding in extraction.findings] == ["order-not-read"]


@pytest.mark.parametrize("line", ["Nâng cao vai trò của Sở Tài chính trong phối hợp liên ngành.", "Tập trung thu hút đầu tư."])
def test_a_sentence_that_charges_nobody_is_neither(line):
    extraction = plan(line)
    assert not extraction.duties
    assert not extraction.findings


@pytest.mark.parametrize(
    ("section", "who", "does", "read"),
    [
        ("III. TỔ CHỨC THỰC HIỆN", "Cơ quan", "Trách nhiệm", True),
        ("III. TỔ CHỨC THỰC HIỆN", "Đơn vị", "Nhiệm vụ", True),
        ("PHỤ LỤC", "Cơ quan, đơn vị", "Trách nhiệm thực hiện", True),
        ("II. DANH SÁCH", "Đơn vị", "Địa chỉ", False),
    ],
)
def test_a_table_of_duties_by_agency(section, who, does, read):
    duties = extract(read_bytes(_TABLE.format(section, who, does).encode(), "plan.html")).duties
    expected = [
        ("Sở Y tế", "lead", "Chủ trì triển khai bệnh án điện tử."),
        ("Sở Y tế", "partner", "Phối hợp với Công an tỉnh liên thông dữ liệu."),
        ("Sở Tài chính", "responsible", "Bố trí kinh phí."),
        ("Sở Tài chính", "responsible", "Hướng dẫn thanh toán, quyết toán."),
    ]
    assert [(duty.agency[0].name, duty.role, duty.text.text) for duty in duties] == (expected if read else [])


def test_the_closing_words_are_no_part_of_the_last_duty():
    text = "UBND các xã tổ chức thực hiện Kế hoạch. Trên đây là Kế hoạch chuyển đổi số, yêu cầu các cơ quan triển khai./."
    (duty,) = plan(text, "TỔ CHỨC THỰC HIỆN").duties
    assert duty.text.text == "UBND các xã tổ chức thực hiện Kế hoạch."


def test_a_text_that_is_no_plan_says_so():
    (finding,) = extract(read_bytes("Du khách có thể đi tàu hỏa đến Hưng Yên, mùa nhãn chín.".encode(), "tour.txt")).findings
    assert finding.code == "no-plan"


def test_v_v_is_no_part_of_a_title():
    text = "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN\nKẾ HOẠCH\nV/v triển khai chuyển đổi số năm 2026\n\nI. MỤC TIÊU\n"
    assert extract(read_bytes(text.encode(), "plan.txt")).header.title.text == "triển khai chuyển đổi số năm 2026"


def test_all_whom_the_clauses_of_a_label_charge_lead():
    line = (
        "- Cơ quan thực hiện: Sở Nội vụ chủ trì tham mưu Ủy ban nhân dân Thành phố chọn sách; Sở Tư pháp và các sở, ban, ngành Thành phố "
        "chủ động giới thiệu Luật Thư viện với cán bộ của mình."
    )
    (task,) = plan(f"Phổ biến Luật Thư viện\n\n{line}\n\n- Thời gian thực hiện: Năm 2025.").tasks
    assert ([mention.name for mention in task.lead], task.partner) == (["Sở Nội vụ", "Sở Tư pháp", "các sở, ban, ngành"], ())


_ACTIVITIES = """ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH

KẾ HOẠCH

Mở rộng phòng đọc công cộng năm 2025

III. NỘI DUNG HOẠT ĐỘNG

1. Đưa sách về gần người đọc

a) Hoạt động 1

- Nội dung: Triển khai Tháng đọc sách (từ ngày 01/4 đến ngày 30/4).

- Cơ quan thực hiện: Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành, báo, đài và các đơn vị có liên quan.

b) Hoạt động 2

- Nội dung:

+ Tổng kết “Xe sách lưu động đến với trẻ em các phường”.

+ Tập huấn cách giữ sách cho người trông phòng đọc.

- Cơ quan thực hiện:

+ Sở Văn hóa và Thể thao chủ trì, phối hợp với các sở, ban, ngành, đoàn thể Thành phố và các đơn vị có liên quan.

+ Sở Xây dựng cho mượn chỗ đặt xe sách ở các bến xe buýt của Thành phố.
"""


def test_a_task_that_is_only_counted_has_its_name_and_bodies_below():
    tasks = extract(read_bytes(_ACTIVITIES.encode(), "plan.txt")).tasks
    assert [(task.code, task.name.text.split()[0], [mention.name for mention in task.lead], len(task.groups)) for task in tasks] == [
        ("a", "Triển", ["Sở Nội vụ"], 1),
        ("b", "Tổng", ["Sở Văn hóa và Thể thao", "Sở Xây dựng"], 1),
        ("b", "Tập", ["Sở Văn hóa và Thể thao", "Sở Xây dựng"], 1),
    ]
    assert [mention.name for mention in tasks[0].partner] == ["các sở, ban, ngành", "các báo, đài", "các đơn vị có liên quan"]
    assert [mention.name for mention in tasks[1].partner] == ["các sở, ban, ngành", "các đoàn thể", "các đơn vị có liên quan"]


def test_a_label_may_say_more_of_the_role():
    # Kế hoạch 141/KH-UBND of Bắc Ninh
    labels = "Đơn vị chủ trì tham mưu thực hiện: Sở Nội vụ.\n\nĐơn vị phối hợp thực hiện: Sở Tư pháp.\n\nThời gian thực hiện: {0}."
    (task,) = plan("Nghiên cứu tham mưu cơ chế, chính sách\n\n" + labels.format("Giai đoạn 2026-2030 và những năm tiếp theo")).tasks
    assert ([mention.name for mention in task.lead], [mention.name for mention in task.partner]) == (["Sở Nội vụ"], ["Sở Tư pháp"])
    assert (task.period.start, task.period.end) == (2026, None)


@pytest.mark.parametrize(
    ("lead", "partner", "time"),
    [
        ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"),
        ("Cơ quan, đơn vị chủ trì", "Cơ quan, đơn vị phối hợp", "Thời gian hoàn thành"),
        ("Cơ quan/đơn vị chủ trì", "Đơn vị, địa phương phối hợp", "Thời gian, tiến độ thực hiện"),
        ("Đơn vị được giao chủ trì", "Đơn vị tham gia phối hợp", "Thời điểm hoàn thành"),
        ("Đơn vị chủ trì, tham mưu", "Các đơn vị phối hợp thực hiện", "Dự kiến hoàn thành"),
        ("Sở, ngành chủ trì", "Cơ quan phối hợp chính", "Thời gian dự kiến hoàn thành"),
        ("Đơn vị chịu trách nhiệm chính", "Cơ quan tham gia", "Thời gian triển khai thực hiện"),
        ("Đơn vị tổ chức thực hiện", "Đơn vị cùng thực hiện", "Thời gian tổ chức"),
        ("Phân công thực hiện", "Cơ quan cùng phối hợp", "Thời hạn hoàn thành"),
        ("Đơn vị chủ trì (chịu trách nhiệm chính)", "Phối hợp thực hiện", "Thời gian"),
    ],
)
def test_labels_are_a_body_and_a_role_in_many_words(lead, partner, time):
    labels = f"- {lead}: Sở Nội vụ.\n\n- {partner}: Sở Tư pháp.\n\n- {time}: Quý II/2026.\n\n- Sản phẩm, kết quả: Báo cáo."
    (task,) = plan(f"Nghiên cứu cơ chế, chính sách\n\n{labels}").tasks
    assert ([mention.name for mention in task.lead], [mention.name for mention in task.partner]) == (["Sở Nội vụ"], ["Sở Tư pháp"])
    assert (task.name.text, task.period.end, task.product and task.product.text) == ("Nghiên cứu cơ chế, chính sách", 2026, "Báo cáo.")


@pytest.mark.parametrize("cell", ["Sở Xây dựng phối hợp Sở Tài chính, Công an tỉnh", "Sở Xây dựng (CT); Sở Tài chính, Công an tỉnh (PH)", "Chủ trì: Sở Xây dựng; phối hợp: Sở Tài chính, Công an tỉnh"])
@pytest.mark.parametrize("column", ["Đơn vị thực hiện", "Phân công", "Cơ quan chủ trì/phối hợp"])
def test_a_cell_that_names_who_leads_and_who_helps(column, cell):
    rows = [f"| TT | Đầu việc | {column} | Tiến độ thực hiện |", "|---|---|---|---|", f"| 1 | Đếm cây xanh trên các tuyến phố | {cell} | Quý II/2026 |"]
    text = "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN\nKẾ HOẠCH\nTrồng cây\n\n" + "\n".join([*rows, "| 2 | Tỉa cành trước mùa bão | Sở Y tế | 2026 |"])
    task, _ = extract(read_bytes(text.encode(), "plan.md")).tasks
    assert [mention.name for mention in task.lead] == ["Sở Xây dựng"]
    assert [mention.name for mention in task.partner] == ["Sở Tài chính", "Công an tỉnh"]
    assert task.period.end == 2026
