"""Empty lead cells in tables of tabs and bars: merged with the one above, or empty."""

from __future__ import annotations

from kg.extraction import extract
from kg.reading import read_bytes

_HEAD = "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian"
_ROWS = [
    "I\tThể chế\t\t\t",
    "1\tRà soát các quy định về dữ liệu\tSở Tư pháp\tSở Nội vụ\t2026",
    "2\tCông bố danh mục dữ liệu mở\t\t\t2027",
    "3\tKiểm tra việc cập nhật dữ liệu\t\tSở Y tế\tHằng năm",
    "II\tHạ tầng\t\t\t",
    "4\tThuê đường truyền\tSở Tài chính\t\t2026",
]


def leads(rows: list[str], sign: str = "\t") -> list[tuple[list[str], list[str]]]:
    text = "\n".join([_HEAD, *rows])
    if sign == "|":
        lines = ["| " + " | ".join(line.split("\t")) + " |" for line in text.split("\n")]
        text = "\n".join([lines[0], "|" + " --- |" * 5, *lines[1:]])
    tasks = extract(read_bytes(text.encode(), "plan.txt")).tasks
    return [([mention.name for mention in task.lead], [mention.name for mention in task.partner]) for task in tasks]


def test_an_empty_lead_below_another_is_merged_where_none_is_written_twice():
    merged = [(["Sở Tư pháp"], ["Sở Nội vụ"]), (["Sở Tư pháp"], ["Sở Nội vụ"]), (["Sở Tư pháp"], ["Sở Y tế"]), (["Sở Tài chính"], [])]
    assert leads(_ROWS) == leads(_ROWS, "|") == merged


def test_an_empty_lead_stays_empty_where_one_is_written_twice():
    rows = [*_ROWS, "5\tNâng cấp máy chủ\tSở Tài chính\t\t2026"]
    assert leads(rows)[1] == ([], [])


def test_a_heading_hands_no_lead_down():
    rows = [*_ROWS[:2], "II\tHạ tầng\t\t\t", "4\tThuê đường truyền\t\tSở Y tế\t2026"]
    assert leads(rows)[1] == ([], ["Sở Y tế"])


def test_a_cell_left_out_between_bars_is_the_lead_s_where_the_row_has_a_group():
    rows = [
        ("1", "Xây dựng phòng đọc xanh", "Sở Xây dựng", "Các trường học", "2026"),
        ("2", "Kiểm tra ánh sáng phòng đọc", "Các nhà trường", "Hằng năm"),
        ("3", "Trồng cây quanh thư viện", "Sở Nội vụ", "Các hội, đoàn thể", "2026"),
        ("4", "Tổ chức ngày hội đọc sách", "Sở Y tế", "UBND các xã, phường", "2027"),
    ]
    head = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
    text = "\n".join("|\n" + "\n|\n".join(cells) + "\n|" for cells in (head, *rows))
    tasks = extract(read_bytes(f"KẾ HOẠCH\n\nPhát triển phòng đọc\n\n{text}\n".encode(), "plan.txt")).tasks
    assert [([mention.name for mention in task.lead], [mention.name for mention in task.partner]) for task in tasks][1] == (["Sở Xây dựng"], ["các nhà trường"])
