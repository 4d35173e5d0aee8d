"""Names of columns, both roles in one cell, headers of two rows and merged cells, as clerks and converters set them."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

BEFORE = "ỦY BAN NHÂN DÂN TỈNH AN GIANG\n\nKẾ HOẠCH\nChăm sóc vườn ươm năm 2026\n\nII. NHIỆM VỤ\n\n"
AFTER = "\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế đôn đốc việc thực hiện Kế hoạch này.\n"
NAMES = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]
ROWS = [
    ["1", "Gieo hạt giống cây thuốc ở vườn ươm của trường", "Sở Y tế", "Sở Tài chính", "Quý II/2026", "Vườn ươm"],
    ["2", "Ghép cành cho học viên lớp làm vườn buổi tối", "Sở Nội vụ", "Sở Y tế", "2027", "Lớp học"],
    ["3", "Đo độ ẩm của đất ở các luống mới trồng", "Sở Tài chính", "Sở Nội vụ", "Thường xuyên", "Sổ ghi"],
]


def tasks(text: str):
    return extract(read_bytes((BEFORE + text + AFTER).encode(), "plan.md")).tasks


def said(text: str):
    return [([m.name for m in t.lead], [m.name for m in t.partner], t.period.start, t.period.end) for t in tasks(text)]


def pipes(rows):
    lines = ["| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def bars(rows):
    return "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in rows)


@pytest.mark.parametrize(
    ("column", "name"),
    [(1, "Hạng mục"), (1, "Vấn đề"), (1, "Phần việc"), (3, "Các đơn vị liên quan"), (3, "Đơn vị cùng thực hiện"), (3, "ĐVPH"), (4, "Dự kiến hoàn thành"), (4, "Hoàn thành trước"),
     (4, "TGHT"), (4, "Mốc hoàn thành"), (4, "Chậm nhất"), (4, "Thời gian bắt đầu - kết thúc"), (5, "Minh chứng")],
)
def test_names_of_columns(column, name):
    names = [name if index == column else usual for index, usual in enumerate(NAMES)]
    read = tasks(pipes([names, *ROWS]))
    assert [t.name.text for t in read] == [row[1] for row in ROWS]
    assert [[m.name for m in t.partner] for t in read] == [[row[3]] for row in ROWS]
    assert [t.period.end for t in read] == [2026, 2027, None]
    assert [t.product and t.product.text for t in read] == [row[5] for row in ROWS]


def test_an_unknown_column_behind_the_leads_is_no_name():
    names = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Điều kiện", "Thời gian", "Sản phẩm"]
    assert [t.name.text for t in tasks(pipes([names, *ROWS]))] == [row[1] for row in ROWS]


@pytest.mark.parametrize("form", ["{} (CQCT); {} (CQPH)", "CT: {}; PH: {}", "{} (Chủ trì)\n{}", "ĐVCT: {}\nĐVPH: {}"])
@pytest.mark.parametrize("name", ["Phân công", "Đơn vị thực hiện"])
def test_both_roles_in_one_cell(name, form):
    rows = [["TT", "Nhiệm vụ", name, "Thời gian"], *[[*row[:2], form.format(row[2], row[3]), row[4]] for row in ROWS]]
    assert [(lead, partner) for lead, partner, *_ in said(pipes(rows))] == [([row[2]], [row[3]]) for row in ROWS]


TWO_ROWS = [["TT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời gian"], ["Chủ trì", "Phối hợp", "Bắt đầu", "Hoàn thành"]]
YEARS = [["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Lộ trình"], ["Năm 2026", "Năm 2027", "Năm 2028"]]


def test_a_header_of_two_rows_between_bars():
    rows = [*TWO_ROWS, *[[*row[:4], "2026", "2028"] for row in ROWS]]
    assert said(bars(rows)) == [([row[2]], [row[3]], 2026, 2028) for row in ROWS]


def test_a_header_of_two_rows_below_the_text_of_a_letterhead_between_bars():
    head = "ỦY BAN NHÂN DÂN\nTỈNH AN GIANG\n-------\n|\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n|\nSố: 9/KH-UBND\n|\nAn Giang, ngày 02 tháng 3 năm 2026\n|\nKẾ HOẠCH\nChăm sóc vườn ươm năm 2026\n"
    head += "Để có đủ cây giống cho mùa mưa tới, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\nMỗi trường có một vườn ươm.\n" + "Cây con được tưới mỗi sáng và mỗi chiều trong cả mùa khô.\n" * 8 + "II. NHIỆM VỤ\n"
    rows = [[*TWO_ROWS[0], "Sản phẩm"], TWO_ROWS[1], ["I", "Trồng cây"], *[[*row[:4], "2026", "2028", row[5]] for row in ROWS]]
    document = extract(read_bytes((head + bars(rows) + AFTER).encode(), "plan.txt"))
    assert document.header.type == "Kế hoạch"
    assert [([m.name for m in t.lead], [m.name for m in t.partner], t.period.end) for t in document.tasks] == [([row[2]], [row[3]], 2028) for row in ROWS]


def test_a_header_of_which_few_words_are_known():
    rows = [["Số TT", "Hạng mục công việc", "Đơn vị thực hiện", "Mốc hoàn thành", "Đầu ra"], *[[*row[:3], *row[4:]] for row in ROWS]]
    assert [row[0] for row in said(pipes(rows))] == [[row[2]] for row in ROWS]


def test_a_header_of_two_rows_one_name_a_line():
    lines = [*TWO_ROWS[0], *TWO_ROWS[1], *[cell for row in ROWS for cell in [*row[:4], "2026", "2028"]]]
    assert said("\n".join(lines)) == [([row[2]], [row[3]], 2026, 2028) for row in ROWS]


def test_a_header_of_two_rows_in_a_grid():
    upper, lower = [*NAMES[:4], "Lộ trình", "", ""], ["", "", "", "", *YEARS[1]]
    marks = [["x", "x", ""], ["", "x", ""], ["x", "x", "x"]]
    expected = [(2026, 2027), (None, 2027), (2026, 2028)]
    assert [row[2:] for row in said(pipes([upper, lower, *[[*row[:4], *mark] for row, mark in zip(ROWS, marks, strict=True)]]))] == expected
    assert [row[2:] for row in said(bars([*YEARS, *[[*row[:4], *mark] for row, mark in zip(ROWS, marks, strict=True)]]))] == expected


def test_years_cut_in_narrow_columns():
    html = "<table><tr>" + "".join(f'<td rowspan="2">{name}</td>' for name in NAMES[:4]) + '<td colspan="2">Năm thực hiện</td></tr><tr><td>202 6</td><td>202 7</td></tr>'
    html += "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in [*row[:4], "x", mark]) + "</tr>" for row, mark in zip(ROWS, ["x", "", "x"], strict=True)) + "</table>"
    assert [row[2:] for row in said(html)] == [(2026, 2027), (None, 2026), (2026, 2027)]


SENTENCES = [
    ("a) Gieo hạt cây thuốc. Đơn vị chủ trì: Sở Y tế; đơn vị phối hợp: Sở Nội vụ; thời gian hoàn thành: tháng 9/2026.", ["Sở Nội vụ"], 2026),
    ("a) Gieo hạt cây thuốc; cơ quan chủ trì: Sở Y tế; thời gian: thường xuyên.", [], None),
]


@pytest.mark.parametrize(("line", "partners", "end"), SENTENCES)
def test_a_sentence_of_labels_closes_a_task(line, partners, end):
    (task,) = tasks("1. Vườn ươm\n\n" + line + "\n")
    assert (task.code, task.name.text, [m.name for m in task.lead], [m.name for m in task.partner], task.period.end) == ("a", "Gieo hạt cây thuốc", ["Sở Y tế"], partners, end)


def test_a_sentence_that_speaks_of_leads_is_no_label():
    assert tasks("a) Gieo hạt cây thuốc. Đơn vị chủ trì do Ủy ban nhân dân tỉnh chọn: xem Điều 4.\n") == ()


def test_a_beginning_beside_the_day_of_completion():
    rows = [[*NAMES[:4], "Bắt đầu", "Thời gian hoàn thành"], *[[*row[:4], "2026", "2028"] for row in ROWS]]
    assert [row[2:] for row in said(pipes(rows))] == [(2026, 2028)] * 3


@pytest.mark.parametrize(("first", "key"), [("Cơ quan chủ trì", 2), ("Thời gian", 4)])
def test_what_opens_rows_without_numbers_holds_for_the_rows_below(first, key):
    rest = [index for index in (1, 2, 3, 4) if index != key]
    rows = [[first, *(NAMES[index] for index in rest)], *[[row[key] if not at else "", *(row[index] for index in rest)] for at, row in enumerate(ROWS)]]
    read = said(pipes(rows))
    assert [row[0] for row in read] == ([["Sở Y tế"]] * 3 if key == 2 else [[row[2]] for row in ROWS])
    assert [row[3] for row in read] == ([2026] * 3 if key == 4 else [2026, 2027, None])


def test_a_row_of_number_and_name_shares_all_cells_above():
    rows = [NAMES[:5], ROWS[0][:5], ["2", ROWS[1][1], "", "", ""], ["3", *ROWS[2][1:5]]]
    assert [row[:2] for row in said(pipes(rows))] == [(["Sở Y tế"], ["Sở Tài chính"]), (["Sở Y tế"], ["Sở Tài chính"]), (["Sở Tài chính"], ["Sở Nội vụ"])]


def test_numbered_headings_of_groups_share_nothing():
    rows = [NAMES[:5], ["1", "Vườn ươm", "", "", ""], ["1.1", *ROWS[0][1:5]], ["2", "Lớp học", "", "", ""], ["2.1", *ROWS[1][1:5]]]
    assert [[group.text for group in t.groups] for t in tasks(pipes(rows))] == [["Vườn ươm"], ["Lớp học"]]


@pytest.mark.parametrize(("title", "group"), [("B CHĂM SÓC", "CHĂM SÓC"), ("II Chăm sóc", "Chăm sóc"), ("2 Chăm sóc", "Chăm sóc"), ("B cây con", "B cây con")])
def test_marks_of_groups_without_a_stop(title, group):
    html = "<table><tr>" + "".join(f"<td>{name}</td>" for name in NAMES) + f'</tr><tr><td colspan="6">{title}</td></tr><tr>' + "".join(f"<td>{cell}</td>" for cell in ROWS[0]) + "</tr></table>"
    assert [[text.text for text in t.groups] for t in tasks(html)] == [[group]]


def test_a_lead_that_is_merged_between_bars():
    rows = [NAMES[:5], ROWS[0][:5], ["2", ROWS[1][1], "Sở Nội vụ", "2027"], ["3", *ROWS[2][1:5]]]
    assert said(bars(rows))[1] == (["Sở Y tế"], ["Sở Nội vụ"], None, 2027)
