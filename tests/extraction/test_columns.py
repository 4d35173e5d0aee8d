"""What the columns of task tables mean: header rows of plans, and rows that are no such header."""

from __future__ import annotations

import pytest

from kg.extraction.columns import is_task_table, read_columns
from kg.records import Cell, Passage, Row, Span, Table

HEADERS = (
    ("TT | Chỉ tiêu | Đơn vị | Kết quả | Cơ quan chủ trì theo dõi, đánh giá", "code name lead product other"),
    ("TT | Nhiệm vụ, giải pháp | Cơ quan chủ trì | Cơ quan phối hợp | Kết quả | Thời gian thực hiện", "code name lead partner product time"),
    ("STT | Cơ quan chủ trì | Cơ quan phối hợp | Thuộc nhóm nhiệm vụ, hành động[1] | Nội dung nhiệm vụ | Chỉ tiêu đạt được | Thời hạn hoàn thành", "code lead partner group name product time"),
    ("STT | Tên dự án, nhiệm vụ | Nội dung chính | Cơ quan chủ trì[1] | Cơ quan phối hợp | Tình trạng | Thời gian thực hiện | Nguồn lực thực hiện[2]", "code name other lead partner other time funding"),
    ("STT | Nhiệm vụ | Văn bản giao nhiệm vụ | Cơ quan chủ trì thực hiện | Thời hạn hoàn thành", "code name other lead time"),
    ("TT | Nhi” hoạt động cụ thê | Cơ quan chủ trì | . _ Cơ quan - phối hợp : | Giai đoạn thực hiện | Sản phẩm | Nguôn lực dự kiên!", "code name lead partner time product funding"),
    ("TT | Nhiệm vụ, hoạt động cụ thể | Cơ quan chủ trì | Cơ quan phối hợp | Giai đoạn thực hiện | Sản phẩm | Nguồn lực dự kiến", "code name lead partner time product funding"),
    ("STT | Nội dung thực hiện | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm dự kiến", "code name lead partner time product"),
    ("STT | Tên nhiệm vụ/dự án | Cơ quan chủ trì | Cơ quan phối hợp | Kết quả dự kiến | Thời gian triển khai", "code name lead partner product time"),
    ("STT | Tên nhiệm vụ | Mục tiêu | Sản phẩm | Đơn vị chủ trì/ Đơn vị phối hợp | Kinh phí dự kiến | Thời gian", "code name objective product lead-partner funding time"),
    ("STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời hạn | Đầu ra", "code name lead partner time product"),
    ("TT | Nhiệm vụ cụ thể | Đơn vị thực hiện | Tiến độ | Kết quả", "code name lead time product"),
    ("Số TT | Nội dung nhiệm vụ | Cơ quan thực hiện | Cơ quan phối hợp | Lộ trình thực hiện | Ghi chú", "code name lead partner time other"),
    ("Stt | Tên công việc | Người phụ trách | Bộ phận thực hiện | Hạn hoàn thành", "code name other lead time"),
    ("TT | Mục tiêu, nhiệm vụ | Nội dung hoạt động | Chủ trì | Phối hợp | Sản phẩm/Kết quả | Thời gian", "code objective name lead partner product time"),
    ("STT | Lĩnh vực/Nhiệm vụ | Cơ quan tham mưu | Cơ quan trình | Cấp ban hành | Thời gian trình", "code name lead lead other time"),
    ("STT | Tên văn bản | Hình thức văn bản | Cơ quan chủ trì soạn thảo | Cơ quan phối hợp | Thời gian ban hành", "code name product lead partner time"),
    ("TT | Chỉ tiêu | Đơn vị tính | Kế hoạch 2026 | Cơ quan chủ trì | Cơ quan phối hợp", "code name other other lead partner"),
    ("TT | Tên dự án | Mục tiêu | Nội dung | Đơn vị chủ trì | Thời gian thực hiện | Kinh phí (triệu đồng)", "code name objective other lead time funding"),
    ("STT | Nhiệm vụ | Sản phẩm | Đơn vị, cá nhân thực hiện | Thời gian", "code name product lead time"),
    ("TT | Nội dung | Trách nhiệm thực hiện | Hoàn thành", "code name lead time"),
    ("TT | Công việc | Đơn vị đầu mối | Đơn vị phối hợp | Bắt đầu | Kết thúc", "code name lead partner start end"),
    ("TT | Nhóm nhiệm vụ | Nhiệm vụ cụ thể | Cơ quan chủ trì | Lộ trình", "code group name lead time"),
    ("STT | Nội dung công việc cần thực hiện | Phân công thực hiện | Phân công phối hợp | Thời gian hoàn thành", "code name lead partner time"),
    ("STT | Hoạt động | Đơn vị chịu trách nhiệm chính | Đơn vị hỗ trợ | Mốc thời gian | Kết quả mong đợi", "code name lead partner time product"),
    ("TT | Nhiệm vụ trọng tâm | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm đầu ra | Tháng hoàn thành", "code name lead partner product time"),
    ("STT | Tên nhiệm vụ | Cơ quan chủ trì tham mưu | Cơ quan phối hợp tham mưu | Cấp trình | Thời gian trình", "code name lead partner other time"),
    ("STT | Nội dung, nhiệm vụ | Cơ quan, đơn vị chủ trì | Cơ quan, đơn vị phối hợp | Thời gian thực hiện | Sản phẩm hoàn thành", "code name lead partner time product"),
    ("TT | NỘI DUNG CÔNG VIỆC | CHỦ TRÌ | PHỐI HỢP | THỜI GIAN | KẾT QUẢ", "code name lead partner time product"),
    ("STT | Nhiệm vụ | Chủ trì, phối hợp | Thời gian", "code name lead-partner time"),
    ("STT | Nhiệm vụ | Cơ quan chủ trì và phối hợp | Thời hạn hoàn thành | Kết quả đầu ra", "code name lead-partner time product"),
    ("STT | Nội dung | Đơn vị chủ trì, phối hợp thực hiện | Thời gian", "code name lead-partner time"),
    ("STT | Giải pháp | Cơ quan chịu trách nhiệm | Thời gian bắt đầu | Thời gian kết thúc | Nguồn vốn", "code name lead start end funding"),
    ("TT | Danh mục chương trình, đề án | Cơ quan chủ trì | Thời gian trình | Cấp trình", "code name lead time other"),
    ("TT | Hành động | Đơn vị chủ trì | Đơn vị tham gia | Chỉ số đánh giá | Thời gian | Nguồn lực", "code name lead partner other time funding"),
    ("STT | Tiêu chí | Nhiệm vụ, giải pháp thực hiện | Sở, ngành chủ trì | Sở, ngành phối hợp | Thời hạn", "code other name lead partner time"),
    ("STT | Nhiệm vụ | Sở, ban, ngành chủ trì | Phối hợp | Quý I | Quý II | Quý III | Quý IV", "code name lead partner other other other other"),
    ("TT | Nội dung | Đơn vị thực hiện | Tháng 1 | Tháng 2 | Tháng 3", "code name lead other other other"),
    ("TT | Nhiệm vụ | Cơ quan được giao chủ trì | Cơ quan phối hợp | Thời gian dự kiến hoàn thành | Dự kiến sản phẩm", "code name lead partner time product"),
    ("TT | Nội dung | Cấp thực hiện | Đơn vị chủ trì | Đơn vị phối hợp | Yêu cầu | Thời gian", "code name other lead partner objective time"),
    ("STT | Mã nhiệm vụ | Tên nhiệm vụ | Đơn vị chủ trì | Hạn xử lý | Trạng thái", "code code name lead time other"),
    ("TT | Nhiệm vụ/Giải pháp | CQ chủ trì | CQ phối hợp | TG thực hiện | Sản phẩm", "code name lead partner time product"),
    ("STT | Nội dung triển khai | Lãnh đạo phụ trách | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành", "code name other lead partner time"),
    ("STT | Nội dung kiểm tra | Đơn vị được kiểm tra | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian", "code name other lead partner time"),
    ("TT | Nội dung đào tạo | Đối tượng | Số lượng | Đơn vị chủ trì | Thời gian tổ chức | Kinh phí", "code name other other lead time funding"),
    ("TT | Nhiệm vụ | Cơ quan/đơn vị chủ trì | Cơ quan/đơn vị phối hợp | Tiến độ hoàn thành | Sản phẩm/minh chứng", "code name lead partner time product"),
    ("STT | Tên dự án | Cơ quan trình | Cơ quan chủ trì thẩm tra | Cơ quan tham gia thẩm tra | Tiến độ trình UBTVQH", "code name other lead partner time"),
    ("TT | Đơn vị | Nội dung nhiệm vụ | Thời gian", "code lead name time"),
    ("Cơ quan, đơn vị | Nhiệm vụ", "lead name"),
    ("Đơn vị chủ trì | Nội dung công việc | Đơn vị phối hợp | Thời gian hoàn thành", "lead name partner time"),
    ("Nhiệm vụ | Chủ trì | Phối hợp | Hoàn thành", "name lead partner time"),
    ("Nhóm nhiệm vụ | Chủ trì | Phối hợp chính", "name lead partner"),
    ("TT | Nhiệm vụ thựchiện | Đơn vịchủ trì | Đơn vịphốihợp | Thờigian thựchiện | Ghichú", "code name lead partner time other"),
    ("STT | Nhiệm vụ | Thời gian hoàn thành | Cơ quan chủ trì | Cơ quan phối hợp | Căn cứ", "code name time lead partner other"),
    ("STT | Nội dung chỉ đạo | Đơn vị được giao | Thời hạn | Kết quả thực hiện", "code name lead time product"),
)
"""The first seven stand so in published plans, one of them in a scan; the others vary the forms of provincial plans."""
OTHERS = (
    "STT | Ngành, lĩnh vực ưu tiên, đặc thù | Sản phẩm, vật liệu, chất thải và dịch vụ",
    "STT | Tên chỉ tiêu | Đơn vị tính | Năm 2025 | Năm 2030",
    "TT | Họ và tên | Chức vụ | Số điện thoại",
    "STT | Nguồn vốn | Tổng mức | Ghi chú",
)


def table(header: str, *rows: str) -> Table:
    first, *others = (tuple(Cell(passage=Passage(text=text.strip())) for text in line.split("|")) for line in (header, *rows))
    return Table(header=first, rows=tuple(Row(cells=cells) for cells in others), span=Span(0, 1), layout="pipe")


@pytest.mark.parametrize(("header", "columns"), HEADERS)
def test_headers_of_task_tables(header, columns):
    assert " ".join(read_columns(table(header))) == columns
    assert is_task_table(read_columns(table(header)))


@pytest.mark.parametrize("header", OTHERS)
def test_other_tables_are_no_task_tables(header):
    assert not is_task_table(read_columns(table(header)))


@pytest.mark.parametrize(
    ("steps", "cells", "ticked"),
    [
        ("Tháng 1 | Tháng 2", "x | ", True),
        ("Quý I | Quý II", " | X", True),
        ("Lộ trình thực hiện 2026 | Lộ trình thực hiện 2027", "✓ | ✓", True),
        ("Năm 2026 | Năm 2027", "1.200 | 3.400", False),  # money, year by year
        ("Ghi chú | Căn cứ", "x | x", False),
    ],
)
def test_columns_of_marks_are_known_by_header_and_cells(steps, cells, ticked):
    columns = read_columns(table(f"TT | Nhiệm vụ | Cơ quan chủ trì | {steps}", f"1 | Tổng kết | Sở Nội vụ | {cells}"))
    assert (columns[3:] == ("tick", "tick")) is ticked
