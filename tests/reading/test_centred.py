"""Tables set by spaces whose cells stand in the middle of their row's height, or whose rows nothing numbers."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

NAMES = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]
ROWS = [
    ["1", "Kiểm kê bãi gửi xe quanh bến phà, lập bản đồ điểm dừng cho xe buýt đường sông", "Sở Xây dựng", "Công an tỉnh, UBND các xã, phường", "Quý III/2026", "Bản đồ"],
    ["2", "Dạy bơi trong dịp hè", "Sở Giáo dục và Đào tạo", "Tỉnh Đoàn", "Hằng năm", "Các lớp bơi"],
    ["3", "Lắp phao, đèn báo ở khúc sông cạn", "Sở Xây dựng", "Hội Nông dân tỉnh", "2027", "Phao báo"],
]
TASKS = [
    ("1", ROWS[0][1], ["Sở Xây dựng"], ["Công an tỉnh", "Ủy ban nhân dân các xã, phường"], 2026, "Bản đồ"),
    ("2", ROWS[1][1], ["Sở Giáo dục và Đào tạo"], ["Tỉnh đoàn"], None, "Các lớp bơi"),
    ("3", ROWS[2][1], ["Sở Xây dựng"], ["Hội Nông dân"], 2027, "Phao báo"),
]
WIDTHS = (4, 26, 18, 20, 12, 12)
BEFORE = "ỦY BAN NHÂN DÂN TỈNH AN GIANG\n\nKẾ HOẠCH\nAn toàn sông nước năm 2026\n\nII. NHIỆM VỤ\n\n"
AFTER = "\n\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Xây dựng đôn đốc việc thực hiện Kế hoạch này.\n"


def set_row(cells: list[str], widths: tuple[int, ...] = WIDTHS, *, middle: bool = True) -> list[str]:
    columns = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    tallest = max(map(len, columns))
    if middle:
        columns = [[""] * ((tallest - len(column)) // 2) + column for column in columns]
    return ["  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip() for parts in zip_longest(*columns, fillvalue="")]


def set_table(rows: list[list[str]], widths: tuple[int, ...] = WIDTHS, *, blank: bool = False, middle: bool = True) -> str:
    blocks = [set_row(row, widths, middle=middle) for row in rows]
    lines = [*blocks[0], *([""] if blank else []), *(line for block in blocks[1:] for line in [*block, *([""] if blank else [])])]
    return BEFORE + "\n".join(lines) + AFTER


def read_tasks(text: str) -> list[tuple[object, ...]]:
    tasks = extract(read_bytes(text.encode(), "plan.txt")).tasks
    return [
        (t.code, t.name.text, [m.name for m in t.lead], [m.name for m in t.partner], t.period.end, t.product.text if t.product else None)
        for t in tasks
    ]


def findings(text: str) -> list[str]:
    return [finding.code for finding in extract(read_bytes(text.encode(), "plan.txt")).findings]


@pytest.mark.parametrize("blank", [False, True], ids=["dense", "blank lines"])
def test_cells_in_the_middle_of_their_row(blank):
    assert read_tasks(set_table([NAMES, *ROWS], blank=blank)) == TASKS


@pytest.mark.parametrize(("blank", "middle"), [(True, True), (True, False), (False, True), (False, False)])
def test_rows_that_nothing_numbers(blank, middle):
    rows = [row[1:] for row in [NAMES, *ROWS]]
    assert read_tasks(set_table(rows, WIDTHS[1:], blank=blank, middle=middle)) == [(None, *task[1:]) for task in TASKS]


def test_a_lead_between_two_rows_is_both_rows_lead():
    rows = [set_row([*ROWS[0][:2], "", *ROWS[0][3:]]), set_row(["", "", "Sở Xây dựng", "", "", ""]), set_row([*ROWS[2][:2], "", *ROWS[2][3:]])]
    text = BEFORE + "\n".join([*set_row(NAMES), *(line for row in rows for line in row)]) + AFTER
    assert [(task[0], task[2]) for task in read_tasks(text)] == [("1", ["Sở Xây dựng"]), ("3", ["Sở Xây dựng"])]


def test_the_rest_of_a_row_at_the_top_of_a_page_belongs_to_it():
    lines = set_table([NAMES, *ROWS[:2], ROWS[0]]).split("\n")
    at = next(index for index, line in enumerate(lines) if "sông" in line and index > len(lines) // 2)
    text = "\n".join([*lines[:at], "", "        7", "", *lines[at:]])
    assert [task[1] for task in read_tasks(text)] == [ROWS[0][1], ROWS[1][1], ROWS[0][1]]


def test_a_code_alone_in_its_line_is_no_page_number():
    rows = [NAMES, ROWS[0], ["2", "Dạy bơi trong dịp hè cho trẻ ở cồn", "Sở Giáo dục và Đào tạo", "Hội Nông dân tỉnh và Tỉnh Đoàn", "Hằng năm đến 2028", "Các lớp bơi ven sông"], ROWS[2]]
    lines = [*set_row(NAMES), *set_row(ROWS[0])]
    upper, lower = set_row(["", *rows[2][1:]])
    text = BEFORE + "\n".join([*lines, upper, "2", lower, *set_row(ROWS[2])]) + AFTER
    assert [(task[0], task[1]) for task in read_tasks(text)] == [("1", ROWS[0][1]), ("2", rows[2][1]), ("3", ROWS[2][1])]


def test_names_one_space_apart_are_parted():
    text = set_table([NAMES, *ROWS], (4, 26, 18, 20, 9, 12)).replace("Thời gian  Sản phẩm", "Thời gian Sản phẩm")
    assert "Thời gian Sản phẩm" in text
    assert [task[5] for task in read_tasks(text)] == [task[5] for task in TASKS]


def test_titles_of_groups_over_all_columns():
    title = "B   NÂNG CAO NHẬN THỨC CỦA NGƯỜI ĐI ĐÒ".replace("B   ", "B ")
    lines = [*set_row(NAMES), "A GIAO THÔNG TRÊN SÔNG", *set_row(ROWS[0]), title, *set_row(ROWS[1]), *set_row(ROWS[2])]
    tasks = extract(read_bytes((BEFORE + "\n".join(lines) + AFTER).encode(), "plan.txt")).tasks
    assert [[group.text for group in task.groups] for task in tasks] == [["GIAO THÔNG TRÊN SÔNG"], ["NÂNG CAO NHẬN THỨC CỦA NGƯỜI ĐI ĐÒ"], ["NÂNG CAO NHẬN THỨC CỦA NGƯỜI ĐI ĐÒ"]]


def test_columns_that_touch_are_left_unread_and_said():
    rows = [line.replace("  ", " ") if "Công an" in line or "bến phà" in line else line for line in set_table([NAMES, *ROWS]).split("\n")]
    text = "\n".join(rows)
    assert read_tasks(text) == []
    assert "table-shape-unknown" in findings(text)


@pytest.mark.parametrize("times", [1, 3, 12])
def test_lines_of_header_words_are_no_table(times):
    text = BEFORE + "Cơ quan chủ trì  phối hợp  thực hiện\n" * times + "\nNội dung của kế hoạch nêu ở trên.\n" + AFTER
    assert read_tasks(text) == []


def test_a_table_below_does_not_cut_the_text_into_lines():
    text = set_table([NAMES, *ROWS]).replace("1. Sở Xây dựng đôn đốc việc thực hiện Kế hoạch này.", "1. Sở Xây dựng\n- Đôn đốc các bến thủy.\n2. Công an tỉnh\n- Kiểm tra áo phao trên đò.")
    duties = extract(read_bytes(text.encode(), "plan.txt")).duties
    assert [([m.name for m in duty.agency], duty.text.text) for duty in duties] == [(["Sở Xây dựng"], "Đôn đốc các bến thủy."), (["Công an tỉnh"], "Kiểm tra áo phao trên đò.")]


def test_wrapped_lines_among_blank_ones_are_one_paragraph():
    text = "ỦY BAN NHÂN DÂN TỈNH AN GIANG\n\nKẾ HOẠCH\n\nBảo đảm an toàn cho người đi đò dọc, đò ngang trên các nhánh sông của tỉnh An\nGiang năm 2026\n\n"
    text += "Để phòng đuối nước trong mùa nước nổi, Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội\ndung sau:\n\nI. MỤC ĐÍCH\n\nKhông để xảy ra tai nạn đò ngang trong mùa nước nổi ở các xã đầu nguồn của\ntỉnh.\n"
    header = extract(read_bytes(text.encode(), "plan.txt")).header
    assert header.title is not None
    assert header.title.text.endswith("tỉnh An Giang năm 2026")
