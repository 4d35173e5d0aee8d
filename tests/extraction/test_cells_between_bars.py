"""Task tables whose cells stand between lines that hold only a bar: merged cells are missing there, without a trace."""

from __future__ import annotations

from kg.extraction import extract
from kg.reading import read_bytes

_PLAN = "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI\n\nKẾ HOẠCH\n\nPhát triển phòng đọc công cộng\n\n{table}\n"


def _tasks(*rows: tuple[str, ...]):
    table = "".join("|\n" + "".join(f"{cell}\n|\n" if cell else "|\n" for cell in row) for row in rows)
    return extract(read_bytes(_PLAN.format(table=table).encode(), "plan.txt")).tasks


_HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian dự kiến hoàn thành", "Kết quả dự kiến", "Nguồn kinh phí")
_ALL = "Các sở, ngành, UBND xã, phường, đặc khu"
_FUNDS = "Chi thường xuyên hoặc tiền tài trợ (nếu có)"


def test_a_last_cell_that_reaches_down_a_group_is_each_row_s():
    # one source of funds for a group, one number for two rows
    backup = "Sao chép sổ mượn sách mỗi tối, cất ở hai nơi."
    tasks = _tasks(
        _HEADER,
        ("**I**", "**Xây dựng quy định mượn sách**"),
        ("1", "Tham gia góp ý Luật Thư viện và soạn các quy định về mượn sách giữa các thư viện để làm khung chung.",
         "Sở Tài chính", _ALL, "Quý IV/2025", "Luật Thư viện, Quyết định của UBND tỉnh", _FUNDS),
        ("2", "Tham gia soạn các điều về mượn, trả sách trong Nghị định hướng dẫn Luật Thư viện.",
         "Sở Tài chính", _ALL, "Năm 2025 - 2026", "Nghị định"),
        ("3", "Góp ý dự thảo Thông tư về mẫu thẻ bạn đọc.",
         "Sở Tài chính", _ALL, "Năm 2025 - 2026", "Thông tư"),
        ("**II**", "**Quản lý, vận hành mục lục chung**"),
        ("1", "Quản lý, vận hành mục lục chung của các thư viện bảo đảm chạy cả ngày nghỉ.",
         "Sở Tài chính", _ALL, "Quý IV/2026", "Mục lục được vận hành", "Đầu tư công hoặc tiền tài trợ (nếu có)"),
        (backup, "Sở Khoa học và Công nghệ", "Sở Tài chính"),
        ("2", "Cập nhật, gửi danh mục sách mới về Thư viện Quốc gia theo mẫu đã thống nhất.",
         "Sở Tài chính", _ALL, "Quý IV/2026", "Danh mục được gửi"),
    )  # fmt: skip
    assert [(task.code, task.funding[0].text, task.lead[0].name) for task in tasks] == [
        *[(code, _FUNDS, "Sở Tài chính") for code in ("1", "2", "3")],
        ("1", "Đầu tư công hoặc tiền tài trợ (nếu có)", "Sở Tài chính"),
        ("1", "Đầu tư công hoặc tiền tài trợ (nếu có)", "Sở Khoa học và Công nghệ"),
        ("2", "Đầu tư công hoặc tiền tài trợ (nếu có)", "Sở Tài chính"),
    ]
    second = tasks[4]
    assert second.name.text == backup
    assert (second.period.end, second.product and second.product.text) == (2026, "Mục lục được vận hành")
    assert [mention.name for mention in second.partner] == ["Sở Tài chính"]


def test_names_of_columns_below_the_heading_of_each_group():
    # the header is printed in each group, without a name for the numbers
    header = ("**Nội dung**", "**Đơn vị thực hiện**", "**Đơn vị phối hợp**", "**Thời gian thực hiện**", "**Sản phẩm đầu ra**")
    partners = "Các sở, ban, ngành; UBND các phường, xã"
    tasks = _tasks(
        ("**VI**", "**Phát triển phòng đọc ở nhà văn hóa**"),
        header,
        ("6.1", "Xây dựng Kế hoạch mở phòng đọc", "Sở Văn hóa, Thể thao và Du lịch", partners, "2026 - 2030", "Kế hoạch"),
        ("6.2", "Triển khai Nền tảng mượn sách", "Sở Văn hóa, Thể thao và Du lịch", partners, "2026 - 2030", "Nền tảng"),
        ("**VII**", "**Phát triển tủ sách ở bến xe**"),
        header,
        ("7.1", "Đặt tủ sách tại các bến xe", "Sở Xây dựng", partners, "2026 - 2030", "Giải pháp"),
        ("7.2", "Đặt ghế đọc sách tại các trạm chờ xe", "Sở Xây dựng", partners, "2026 - 2030", "Giải pháp"),
    )
    assert [(task.code, task.groups[0].text, task.product and task.product.text) for task in tasks] == [
        ("6.1", "Phát triển phòng đọc ở nhà văn hóa", "Kế hoạch"),
        ("6.2", "Phát triển phòng đọc ở nhà văn hóa", "Nền tảng"),
        ("7.1", "Phát triển tủ sách ở bến xe", "Giải pháp"),
        ("7.2", "Phát triển tủ sách ở bến xe", "Giải pháp"),
    ]


def test_a_row_that_opens_with_a_lead_and_its_partners_is_another_lead_of_the_task_above():
    # the number, the name and the time reach down; no cell stands for them
    tasks = _tasks(
        ("TT", "Tên đề án", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian trình", "Hình thức văn bản"),
        ("1", "Đề án đưa sách nói đến thư viện trường học ở vùng cao.", "Bộ Giáo dục và Đào tạo", "Bộ Tài chính; UBND các tỉnh, thành phố", "Tháng 6/2026", "Quyết định"),
        ("2", "Đề án làm sạch lòng hồ thủy lợi trước mùa mưa.", "Bộ Nông nghiệp và Môi trường", "Bộ Quốc phòng; Bộ Công an", "Tháng 9/2026", "Quyết định"),
        ("Bộ Công Thương", "Bộ Quốc phòng; Bộ Tài chính"),
        ("3", "Đề án mở lớp dạy bơi cho trẻ em vùng sông nước.", "Bộ Y tế", "Bộ Giáo dục và Đào tạo; Bộ Nội vụ", "Tháng 10/2026", "Quyết định"),
    )  # fmt: skip
    assert [(task.code, [mention.name for mention in task.lead]) for task in tasks] == [
        ("1", ["Bộ Giáo dục và Đào tạo"]),
        ("2", ["Bộ Nông nghiệp và Môi trường", "Bộ Công Thương"]),
        ("3", ["Bộ Y tế"]),
    ]
    assert [[mention.name for mention in part.partner] for part in tasks[1].parts] == [["Bộ Quốc phòng", "Bộ Công an"], ["Bộ Quốc phòng", "Bộ Tài chính"]]
