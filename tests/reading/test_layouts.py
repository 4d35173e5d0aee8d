"""Tables of text in the layouts met → rows. ``None`` is a cell that is not there; "" an empty one."""

from __future__ import annotations

import pytest

from kg.reading import read_bytes
from kg.records import Block, Table

HEAD = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
Rows = list[tuple[str | None, ...]]


def _read(text: str) -> list[Block | Table]:
    return list(read_bytes(text.encode(), "plan.txt").parts)


def _only_table(text: str) -> tuple[Table, list[str]]:
    parts = _read(text)
    tables = [part for part in parts if isinstance(part, Table)]
    assert len(tables) == 1
    return tables[0], [part.text for part in parts if isinstance(part, Block)]


def _rows(table: Table) -> Rows:
    return [tuple(cell.text if cell else None for cell in cells) for cells in (table.header, *(row.cells for row in table.rows))]


CASES: dict[str, tuple[str, Rows]] = {
    "tab rows": (
        ("TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n"
        "1\tNÂNG CAO NHẬN THỨC\t\t\t\n"
        "1.1\tTuyên truyền, phổ biến Kế hoạch\tSở Công Thương\tCác sở, ban, ngành\t2025 - 2030\n"),
        [
            HEAD,
            ("1", "NÂNG CAO NHẬN THỨC", "", "", ""),
            ("1.1", "Tuyên truyền, phổ biến Kế hoạch", "Sở Công Thương", "Các sở, ban, ngành", "2025 - 2030"),
        ],
    ),
    "tab rows over a page break: repeated header, the rest of a cell in a row without a code": (
        ("TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n"
        "1\tTriển khai bộ chỉ số giám sát\tCác sở, ban, ngành; UBND các huyện, thị xã,\tCác cơ quan liên quan\t2025\n"
        "\nTT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n"
        "\t\tthành phố\t\t\n"
        "2\tTổng kết\tSở Y tế\tSở Nội vụ\t2030\n"),
        [
            HEAD,
            ("1", "Triển khai bộ chỉ số giám sát", "Các sở, ban, ngành; UBND các huyện, thị xã, thành phố", "Các cơ quan liên quan", "2025"),
            ("2", "Tổng kết", "Sở Y tế", "Sở Nội vụ", "2030"),
        ],
    ),
    "tab rows whose cells were wrapped, each further line a row": (
        ("TT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian\n"
        "1\tLập danh mục phòng đọc\tSở Văn hóa, Thể thao\tCác sở, ban, ngành;\t2026\n"
        "\tcần nâng cấp\tvà Du lịch\tUBND các xã, phường\t\n"
        "\t\t\tcó liên quan\t\n"
        "2\tSố hóa sách quý, tư\tSở Nội vụ\tViettel\t2027\n"
        "\tliệu cổ\t\tHưng Yên\t\n"),
        [
            HEAD,
            ("1", "Lập danh mục phòng đọc cần nâng cấp", "Sở Văn hóa, Thể thao và Du lịch", "Các sở, ban, ngành; UBND các xã, phường có liên quan", "2026"),
            ("2", "Số hóa sách quý, tư liệu cổ", "Sở Nội vụ", "Viettel Hưng Yên", "2027"),
        ],
    ),
    "columns set apart by spaces, blank lines between rows, titles of groups over all columns": (
        ("TT    Nhiệm vụ                       Cơ quan chủ trì      Cơ quan phối hợp       Thời gian\n"
        "\n"
        "I Xây dựng phòng đọc\n"
        "\n"
        "1     Lập danh mục phòng đọc cần     Sở Văn hóa           Các sở, ban, ngành     2026\n"
        "      nâng cấp\n"
        "\n"
        "2     Số hóa sách quý                Sở Nội vụ            Sở Tài chính           2027\n"
        "\n"
        "II. Phát triển bạn đọc\n"
        "\n"
        "3     Tổ chức ngày hội đọc sách      Sở Y tế              UBND các xã, phường    Hằng năm\n"),
        [
            HEAD,
            ("I", "Xây dựng phòng đọc", "", "", ""),
            ("1", "Lập danh mục phòng đọc cần nâng cấp", "Sở Văn hóa", "Các sở, ban, ngành", "2026"),
            ("2", "Số hóa sách quý", "Sở Nội vụ", "Sở Tài chính", "2027"),
            ("II.", "Phát triển bạn đọc", "", "", ""),
            ("3", "Tổ chức ngày hội đọc sách", "Sở Y tế", "UBND các xã, phường", "Hằng năm"),
        ],
    ),
    "tab rows whose cell was broken over lines": (
        "TT\tNhiệm vụ\tCơ quan chủ trì\n1\tXây dựng đề án\tSở Nông nghiệp\nvà Môi trường\n2\tTổng kết\tSở Y tế\n",
        [("TT", "Nhiệm vụ", "Cơ quan chủ trì"), ("1", "Xây dựng đề án", "Sở Nông nghiệp và Môi trường"), ("2", "Tổng kết", "Sở Y tế")],
    ),
    "pipe rows with <br>, lists, escaped bars, bold headers": (
        ("| **TT** | **Nhiệm vụ** | **Cơ quan chủ trì** |\n|:---|:---:|---:|\n"
        "| 1 | Đề án A \\| B<br>- phần một<br/>- phần hai | <ul><li>Sở Y tế</li><li>Sở Nội vụ</li></ul> |\n"),
        [("TT", "Nhiệm vụ", "Cơ quan chủ trì"), ("1", "Đề án A | B - phần một - phần hai", "Sở Y tế Sở Nội vụ")],
    ),
    "pipe rows over a page break": (
        ("| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n|---|---|---|---|---|\n"
        "| | Triển khai hệ thống thông tin | Sở Công Thương | Cơ quan, tổ chức có | 2025 |\n\n"
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |\n|---|---|---|---|---|\n"
        "| | về thị trường xuất khẩu | | liên quan | |\n| 2 | Tổng kết | Sở Y tế | Sở Nội vụ | 2030 |\n"),
        [
            HEAD,
            ("", "Triển khai hệ thống thông tin về thị trường xuất khẩu", "Sở Công Thương", "Cơ quan, tổ chức có liên quan", "2025"),
            ("2", "Tổng kết", "Sở Y tế", "Sở Nội vụ", "2030"),
        ],
    ),
    "pipe rows that go on without a header": (
        "| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Đề án | Sở Y tế |\n\n| 2 | Tổng kết | Sở Nội vụ |\n",
        [("TT", "Nhiệm vụ", "Cơ quan chủ trì"), ("1", "Đề án", "Sở Y tế"), ("2", "Tổng kết", "Sở Nội vụ")],
    ),
    "pipe rows, the last bar missing": (
        "| TT | Nhiệm vụ | Cơ quan chủ trì\n|---|---|---\n| 1 | Đề án | Sở Y tế\n| 2 | Tổng kết | Sở Nội vụ\n",
        [("TT", "Nhiệm vụ", "Cơ quan chủ trì"), ("1", "Đề án", "Sở Y tế"), ("2", "Tổng kết", "Sở Nội vụ")],
    ),
    "pipe rows, a group heading repeated in each column": (
        ("| TT | Nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| Nhóm nhiệm vụ về thể chế | Nhóm nhiệm vụ về thể chế | Nhóm nhiệm vụ về thể chế |\n"
        "| 1 | Đề án | Sở Y tế |\n"),
        [("TT", "Nhiệm vụ", "Cơ quan chủ trì"), (None, "Nhóm nhiệm vụ về thể chế", None), ("1", "Đề án", "Sở Y tế")],
    ),
    "open pipe rows": (
        "TT | Nhiệm vụ | Cơ quan chủ trì\n---|---|---\nI | THỂ CHẾ | \n | Đề án | Sở Y tế\n2 | Tổng kết | Sở Nội vụ\n",
        [("TT", "Nhiệm vụ", "Cơ quan chủ trì"), ("I", "THỂ CHẾ", ""), ("", "Đề án", "Sở Y tế"), ("2", "Tổng kết", "Sở Nội vụ")],
    ),
    "two header rows, the upper merged: in pipes": (
        ("| TT | Nhiệm vụ | Cơ quan thực hiện | | Thời gian |\n|---|---|---|---|---|\n| | | Chủ trì | Phối hợp | |\n"
        "| 1 | Đề án | Sở Y tế | Sở Nội vụ | 2026 |\n"),
        [("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"), ("1", "Đề án", "Sở Y tế", "Sở Nội vụ", "2026")],
    ),
    "two header rows with a sum above its years": (
        ("| TT | Nhiệm vụ | Đơn vị thực hiện | Kinh phí | Kinh phí |\n|---|---|---|---|---|\n| TT | Nhiệm vụ | Đơn vị thực hiện | Năm 2026 | Năm 2027 |\n"
        "| 1 | Đề án | Sở Y tế | 500 | 700 |\n"),
        [("TT", "Nhiệm vụ", "Đơn vị thực hiện", "Kinh phí Năm 2026", "Kinh phí Năm 2027"), ("1", "Đề án", "Sở Y tế", "500", "700")],
    ),
    "a first row of agencies is no second header row": (
        "| TT | Nhiệm vụ | Cơ quan thực hiện | Thời gian |\n|---|---|---|---|\n| | | Các cơ quan | Thường xuyên |\n| 1 | Đề án | Sở Y tế | 2026 |\n",
        [("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"), ("", "", "Các cơ quan", "Thường xuyên"), ("1", "Đề án", "Sở Y tế", "2026")],
    ),
    "HTML with rowspan and colspan": (
        ('<table><tr><td rowspan="2">TT</td><td rowspan=2>Nhiệm vụ</td><td colspan="2">Đơn vị thực hiện</td></tr>'
        "<tr><td>Chủ trì</td><td>Phối hợp</td></tr><tr><td colspan=4>I. THỂ CHẾ</td></tr>"
        "<tr><td>1</td><td rowspan=2>Đề án R&amp;D</td><td>Sở Y tế</td><td>Sở Nội vụ</td></tr><tr><td>2</td><td>Sở Xây dựng</td><td></td></tr></table>\n"),
        [
            ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp"),
            (None, "I. THỂ CHẾ", None, None),
            ("1", "Đề án R&D", "Sở Y tế", "Sở Nội vụ"),
            ("2", None, "Sở Xây dựng", ""),
        ],
    ),
    "HTML without its end": (
        "<table>\n<tr><th>TT<th>Nhiệm vụ<th>Chủ trì\n<tr><td>1<td>Đề án<td>Sở Y tế\n",
        [("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Đề án", "Sở Y tế")],
    ),
    "a grid with merged cells": (
        ("+----+----------+-------------------+\n| TT | Nhiệm vụ | Đơn vị            |\n|    |          +---------+---------+\n"
        "|    |          | Chủ trì | Phối    |\n|    |          |         | hợp     |\n+====+==========+=========+=========+\n"
        "| A. THỂ CHẾ                        |\n+----+----------+---------+---------+\n| 1  | Đề án    | Sở Y tế | Sở Tài  |\n"
        "|    |          +---------+ chính   |\n|    |          | Sở A    |         |\n+----+----------+---------+---------+\n"),
        [
            ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp"),
            (None, "A. THỂ CHẾ", None, None),
            ("1", "Đề án", "Sở Y tế", "Sở Tài chính"),
            (None, None, "Sở A", None),
        ],
    ),
    "one cell a line, the header's first cells lost": (
        ("Nội dung khác \n\tCơ quan chủ trì\n\tCơ quan phối hợp\n\tThời gian thực hiện\n\n"
        "\t1\n\tXây dựng đề án\n\tSở Công Thương\n\tCác sở, ban, ngành\n\tHằng năm\n\n"
        "\t2\n\tTriển khai chương trình\n\tSở Công Thương\n\tUBND các huyện\n\t2021- 2030\n"),
        [
            (None, None, "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện"),
            ("1", "Xây dựng đề án", "Sở Công Thương", "Các sở, ban, ngành", "Hằng năm"),
            ("2", "Triển khai chương trình", "Sở Công Thương", "UBND các huyện", "2021- 2030"),
        ],
    ),
}


def _bars(*rows: tuple[str, ...]) -> str:
    """Rows as cells between "|" lines."""
    return "".join("".join(f"|\n{cell}\n" if cell else "|\n" for cell in row) + "|\n" for row in rows)


CASES |= {
    "cells between bars: group row, empty cell, empty last cell": (
        _bars(HEAD, ("I", "NÂNG CAO NHẬN\nTHỨC"), ("1", "Xây dựng đề án", "Sở Y tế", "", "2026"), ("2", "Tổng kết", "Sở Nội vụ", "Sở Y tế", "")),
        [
            HEAD,
            ("I", "NÂNG CAO NHẬN THỨC", None, None, None),
            ("1", "Xây dựng đề án", "Sở Y tế", "", "2026"),
            ("2", "Tổng kết", "Sở Nội vụ", "Sở Y tế", ""),
        ],
    ),
    "cells between bars: a merged cell is missing in the next rows": (
        _bars(
            HEAD,
            ("1", "Xây dựng chương trình", "Sở Y tế", "Sở Tài chính", "Năm 2026"),
            ("2", "Xây dựng đề án", "Sở Nội vụ", "Sở Tài chính", "Năm 2027"),
            ("3", "Tổng kết Kế hoạch", "Sở Xây dựng", "Sở Y tế"),
        ),
        [
            HEAD,
            ("1", "Xây dựng chương trình", "Sở Y tế", "Sở Tài chính", "Năm 2026"),
            ("2", "Xây dựng đề án", "Sở Nội vụ", "Sở Tài chính", "Năm 2027"),
            ("3", "Tổng kết Kế hoạch", "Sở Xây dựng", "Sở Y tế", None),
        ],
    ),
    "cells between bars: two header rows": (
        _bars(
            ("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời gian"),
            ("Chủ trì", "Phối hợp"),
            ("1", "Xây dựng đề án", "Sở Y tế", "Sở Tài chính", "2026"),
            ("2", "Xây dựng chương trình", "Sở Nội vụ", "Sở Tài chính", "2027"),
        ),
        [
            ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"),
            ("1", "Xây dựng đề án", "Sở Y tế", "Sở Tài chính", "2026"),
            ("2", "Xây dựng chương trình", "Sở Nội vụ", "Sở Tài chính", "2027"),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES, ids=CASES)
def test_rows(case: str) -> None:
    text, rows = CASES[case]
    table, _ = _only_table("III. NHIỆM VỤ\n\n" + text)
    assert _rows(table) == rows


def test_all_layouts_in_one_document() -> None:
    between = "\n\nPHỤ LỤC\n\nDANH MỤC NHIỆM VỤ CỦA KẾ HOẠCH\n\n(Kèm theo Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh)\n\n"
    parts = _read(between.join(text for text, _ in CASES.values()))
    tables = [_rows(part) for part in parts if isinstance(part, Table)]
    wanted = [rows for text, rows in CASES.values()]
    assert [rows for rows in tables if rows in wanted] == wanted


def test_a_paragraph_between_two_tables_of_bars_stays_a_paragraph() -> None:
    first = _bars(("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Đề án", "Sở Y tế"), ("2", "Dự án", "Sở Nội vụ"))
    body = "Phụ lục II\n\nDANH MỤC NHIỆM VỤ NĂM 2027\n\n(Kèm theo Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh)\n"
    second = _bars(("STT", "Nội dung", "Thời gian"), ("1", "Hội nghị", "2027"), ("2", "Tổng kết", "2028"))
    parts = _read(first + body + second)
    assert next(type(part).__name__ for part in parts) == "Table"
    assert [_rows(part)[0] for part in parts if isinstance(part, Table)] == [("TT", "Nhiệm vụ", "Chủ trì"), ("STT", "Nội dung", "Thời gian")]
    assert any("DANH MỤC NHIỆM VỤ" in part.text for part in parts if isinstance(part, Block))


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ 5 | 8% theo từng năm.\nSở Y tế | Sở Nội vụ cùng thực hiện.\n",
        "a < b và b > c; xem <bảng> kèm theo\n",
        "-----\nNơi nhận:\n-----\nNhư trên;\n",
        "--- ---\nmột dòng không có bảng nào cả\n",
        "<table></table>\nSở Y tế chủ trì.\n",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert not [part for part in _read(text) if isinstance(part, Table)]


def test_letterhead_in_an_html_table_is_no_table() -> None:
    text = (
        "<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH LAI CHÂU<br>Số: 12/KH-UBND</td>"
        "<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</td></tr></table>\n\nKẾ HOẠCH\n"
    )
    parts = _read(text)
    assert not [part for part in parts if isinstance(part, Table)]
    assert [(part.kind, part.text) for part in parts if isinstance(part, Block)][2] == ("letterhead", "Số: 12/KH-UBND")


@pytest.mark.parametrize(
    "unit",
    [
        'a,"b,"c,"d\n', "TT\nNhiệm vụ\nCơ quan chủ trì\nThời gian\n", "TT   Nhiệm vụ   Cơ quan chủ trì   Thời gian\n1   x y   z t   2025\n\n",
        "TT\n\nNhiệm vụ\n\nCơ quan chủ trì\n\n1\n\n", 'TT,Nhiệm vụ,Cơ quan chủ trì\n1,"a\nb",c\n', "┌──┬──┐\n│ TT │ Nhiệm vụ │ Cơ quan chủ trì │\n├──┼──┤\n│ 1 │ a │ b │\n",
    ],
)  # fmt: skip
def test_a_text_that_opens_tables_again_and_again_is_read_to_its_end(unit):
    # each once took the square of the text's length: thousands of tables would not end
    document = read_bytes((unit * 1500).encode(), "many.txt")
    assert document.text.count(unit.split("\n")[0]) == 1500
    assert document.parts
