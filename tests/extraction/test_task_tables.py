"""Tasks of tables: cells merged over rows, headers printed again; titles over several lines."""

from __future__ import annotations

from kg.extraction import extract
from kg.reading import read_bytes

_PAGE = """<!DOCTYPE html><html><body><p>ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG</p><p><b>KẾ HOẠCH</b></p>
<p><b>Phát triển kinh tế số và xã hội số</b></p><p><b>trên địa bàn tỉnh Lâm Đồng giai đoạn 2025 - 2030</b></p>
<p>Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:</p><table border="1">
<tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời gian</th></tr>{rows}</table></body></html>"""
_HEADING = '<tr><td>{0}</td><td colspan="4">{1}</td></tr>'
_FIRST = '<tr><td>{0}</td><td>{1}</td><td rowspan="2">Sở Xây dựng</td><td rowspan="2">Sở Tài chính</td><td rowspan="2">2026</td></tr>'


def _extract(rows: str):
    return extract(read_bytes(_PAGE.format(rows=rows).encode(), "plan.html"))


def test_tasks_that_share_merged_cells_are_tasks_and_headings_across_are_groups():
    rows = (
        _HEADING.format("1", "Quy hoạch")
        + _FIRST.format("1.1", "Rà soát quy hoạch")
        + "<tr><td>1.2</td><td>Lập hồ sơ chuyển đổi</td></tr>"
        + _HEADING.format("2", "Dữ liệu")
        + _FIRST.format("2.1", "Tạo lập dữ liệu")
        + "<tr><td>2.2</td><td>Làm sạch dữ liệu</td></tr>"
    )
    tasks = _extract(rows).tasks
    assert [(task.code, task.groups[-1].text) for task in tasks] == [
        ("1.1", "Quy hoạch"), ("1.2", "Quy hoạch"), ("2.1", "Dữ liệu"), ("2.2", "Dữ liệu"),
    ]  # fmt: skip
    assert {tuple(mention.name for mention in task.lead) for task in tasks} == {("Sở Xây dựng",)}
    assert {task.period.end for task in tasks} == {2026}


def test_a_header_that_is_printed_again_is_no_task():
    task = "<tr><td>{0}</td><td>Số hóa hồ sơ {0}</td><td>Sở Nội vụ</td><td>Sở Y tế</td><td>2026</td></tr>"
    again = "<tr><td>TT</td><td>Nhiệm vụ</td><td>Cơ quan chủ trì</td><td>Cơ quan phối hợp</td><td>Thời gian</td></tr>"
    assert [each.code for each in _extract(task.format(1) + again + task.format(2)).tasks] == ["1", "2"]


def test_a_title_goes_on_over_lines_that_begin_in_the_middle():
    title = _extract(_FIRST.format("1", "Rà soát")).header.title
    assert title.text == "Phát triển kinh tế số và xã hội số trên địa bàn tỉnh Lâm Đồng giai đoạn 2025 - 2030"


def test_the_term_for_issuing_a_document_is_the_task_s_time():
    text = (
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nKẾ HOẠCH\nTriển khai Luật Dữ liệu\n\nII. NỘI DUNG\n\n1. Xây dựng quy chế khai thác dữ liệu\n\n"
        "- Cơ quan chủ trì: Công an tỉnh.\n\n- Cơ quan phối hợp: Sở Tư pháp.\n\n- Thời hạn ban hành: trước ngày 31 tháng 12 năm 2026.\n"
    )
    (task,) = extract(read_bytes(text.encode(), "plan.txt")).tasks
    assert (task.name.text, task.period.end) == ("Xây dựng quy chế khai thác dữ liệu", 2026)


def test_a_name_that_a_page_break_cut_goes_on_in_a_row_of_its_own():
    """As a converter gives a table cut by pages; once it says the end of a name twice, with a slip."""
    plan = (
        "DANH MỤC CÁC NHIỆM VỤ\n\n| TT | Tên nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |\n|---|---|---|---|---|\n"
        "| **V.** | Mượn sách giữa các cơ quan |  |  |  |\n"
        "| 110. | Làm sổ chung để các thư viện theo dõi Giấy hẹn trả sách; | Bộ Y tế |  | 03/2025 |\n"
        "|  | Kết quả kiểm sách; để thư viện xem thông tin Thẻ bạn đọc trên VNeID |  |  |  |\n"
        "| 128. | Làm mẫu chấm điểm trực tuyến và mỗi năm tổ chức chấm điểm, công bố kết quả. | Bộ Nội vụ |  | 2025 |\n"
        "|  | trưc tuyến và mỗi năm tổ chức chấm điểm, công bố kết quả. |  |  |  |\n"
        "| 129. | Tổ chức tuần lễ mua sách qua mạng | Các bộ, ngành, địa phương |  | 9/2026 |\n"
    )
    tasks = extract(read_bytes(plan.encode(), "plan.md")).tasks
    assert [(task.code, task.groups[-1].text) for task in tasks] == [(code, "Mượn sách giữa các cơ quan") for code in ("110", "128", "129")]
    assert tasks[0].name.text.endswith("Giấy hẹn trả sách; Kết quả kiểm sách; để thư viện xem thông tin Thẻ bạn đọc trên VNeID")
    assert tasks[1].name.text.count("công bố kết quả") == 1


def test_a_heading_without_a_code_is_no_rest_of_a_name():
    plan = (
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Rà soát quy hoạch | Sở Xây dựng | 2026 |\n"
        "|  | Hoàn thiện thể chế |  |  |\n| 2 | Lập hồ sơ | Sở Nội vụ | 2026 |\n"
    )
    tasks = extract(read_bytes(plan.encode(), "plan.md")).tasks
    assert [[group.text for group in task.groups] for task in tasks] == [[], ["Hoàn thiện thể chế"]]


def test_strokes_and_stains_of_a_scan_are_neither_tasks_nor_cells():
    # Quyết định 222/QĐ-TTg as recognised: the rest of a product stands below a page's end beside strokes, and a heading beside a colon.
    head = "TT\tNhiệm vụ, hoạt động cụ thể\tCơ quan chủ trì\tCơ quan phối hợp\tGiai đoạn thực hiện\tSản phẩm\tNguồn lực dự kiến"
    rows = [
        "5.1.1\tĐẩy mạnh hợp tác quốc tế\tCác bộ, cơ quan ngang bộ\tCơ quan, tổ chức có liên quan\t2025-2035\t- Báo cáo theo Khung của ASEAN, các hiệp định\tI,II,IV",
        "", "13", "", head, "—\t-—m -\t\t\t\tthương mại tự do thế hệ mới\t.", "5.2\tPhát triển công cụ hỗ trợ đo lường\t\t\t\t\t:",
        "5.2.1\tXây dựng các bộ chỉ số\tBộ Tài nguyên và Môi trường\tCác bộ, cơ quan ngang bộ\t2025 - 2030\tCác bộ chỉ số\tI,II",
    ]  # fmt: skip
    tasks = extract(read_bytes("\n".join([head, *rows]).encode(), "222.txt")).tasks
    assert [(task.code, task.product.text if task.product else None) for task in tasks] == [
        ("5.1.1", "Báo cáo theo Khung của ASEAN, các hiệp định thương mại tự do thế hệ mới"), ("5.2.1", "Các bộ chỉ số"),
    ]  # fmt: skip
    assert [group.text for group in tasks[1].groups] == ["Phát triển công cụ hỗ trợ đo lường"]


def test_codes_that_a_scan_took_the_points_from_are_mended_by_their_order():
    # The codes of Quyết định 222/QĐ-TTg, Phụ lục I, in a text that somebody recognised; a list that only picks numbers stays as it is.
    def table(codes):
        return "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n" + "".join(f"{code}\tXây dựng cơ chế số {at}\tBộ Công Thương\t2026\n" for at, code in enumerate(codes))

    printed = ["1", "1.1", "1.1.1", "3.1", "3.1.1", "4", "4.1", "4.1.1", "4.2", "4.2.1", "42.2 :", "5", "3.1", "3.11", "52", "521", "522"]
    read = extract(read_bytes(table(printed).encode(), "222.txt"))
    assert [task.code for task in read.tasks][-5:] == ["4.2.1", "4.2.2", "5.1.1", "5.2.1", "5.2.2"]
    assert "“3.11” → “5.1.1”" in next(finding.en for finding in read.findings if finding.code == "codes-mended")
    assert [task.code for task in extract(read_bytes(table(["2", "21", "35", "351"]).encode(), "a.txt")).tasks] == ["2", "21", "35", "351"]


def test_a_row_that_a_page_s_end_cut_in_two_is_one_task_with_two_parts():
    # Quyết định 222/QĐ-TTg, Phụ lục I, task 3.1.1: the second half of the cell stands on the next page, beside the second lead's line.
    row = "<tr><td>{0}</td><td>{1}</td><td>{2}</td><td>các hiệp hội</td><td>2025 - 2035</td></tr>"
    first = "Hỗ trợ thiết kế sinh thái cho dự án đầu tư thuộc các ngành, lĩnh vực ưu tiên"
    second = "tại Phụ lục II ban hành kèm theo Kế hoạch hành động quốc gia này"
    (task,) = _extract(row.format("3.1.1", first, "Bộ Tài nguyên và Môi trường") + row.format("", second, "Bộ Công Thương")).tasks
    assert (task.code, task.name.text) == ("3.1.1", f"{first} {second}")
    assert [[mention.name for mention in part.lead] for part in task.parts] == [["Bộ Tài nguyên và Môi trường"], ["Bộ Công Thương"]]
    two = _extract(row.format("3.1.1", f"{first}.", "Sở Xây dựng") + row.format("", "tổ chức kiểm tra", "Sở Công Thương")).tasks
    assert len(two) == 2  # a sentence that ended, and another row


def test_rows_between_bars_alone_with_headings_written_once_a_column():
    # as a converter writes the cells of Word tables: no outer bars, blank lines between rows
    plan = (
        "PHỤ LỤC\n\nCÁC VIỆC CẦN LÀM\n(Kèm theo Nghị quyết 27/NQ-CP ngày 16 tháng 03 năm 2023 của Chính phủ)\n\n"
        "TT | Nhiệm vụ, đề án, dự án | Cơ quan chủ trì thực hiện | Cơ quan phối hợp thực hiện | Thời gian trình | Cấp trình | Sản phẩm\n\n"
        "I | Nối các thư viện vùng | Nối các thư viện vùng | Nối các thư viện vùng | Nối các thư viện vùng | Nối các thư viện vùng | Nối các thư viện vùng\n\n"
        "1 | Lập nhóm mua sách chung của vùng | Bộ Kế hoạch và Đầu tư | Các bộ, ngành, UBND TP Hà Nội và các đơn vị liên quan | 2022 | Thủ tướng Chính phủ | Quyết định\n\n"
        "2 | Xây kho sách y học | Bộ Y tế |  | 2022-2030 | Thủ tướng Chính phủ | Báo cáo\n\n"
        "Đoạn văn sau bảng nói về | hai điều.\n"
    )
    extraction = extract(read_bytes(plan.encode(), "annex.txt"))
    assert extraction.header.issuer == "Chính phủ"
    assert [(task.code, task.groups[-1].text, task.period.start, task.period.end) for task in extraction.tasks] == [
        ("1", "Nối các thư viện vùng", None, 2022), ("2", "Nối các thư viện vùng", 2022, 2030),
    ]  # fmt: skip
    assert [mention.name for mention in extraction.tasks[0].partner] == ["các bộ, ngành", "Ủy ban nhân dân thành phố Hà Nội", "các đơn vị liên quan"]


def test_a_page_for_which_a_converter_made_up_a_header_goes_on_in_the_table_above():
    # from a PDF: the first line of the second page became a header
    row = "<tr>" + "<td>{}</td>" * 6 + "</tr>"
    head = "<tr>" + "<th>{}</th>" * 6 + "</tr>"
    group = "**Giữ cho mạng lưới chạy khi có bão**"
    table = "<table><thead>{}</thead><tbody>{}</tbody></table>"
    pages = table.format(
        head.format("TT", "Nhiệm vụ thựchiện", "Đơn vịchủ trì", "Đơn vịphốihợp", "Thờigian<br>thựchiện", "Kết quả"),
        row.format("2", "Xây dựng bản đồ<br>cột treo cáp", "Sở Thông tin và<br>Truyền thông", "UBND các huyện,<br>thành phố; DNVT", "2025", "theo quy định của pháp"),
    ) + table.format(
        head.format("Col1", "Col2", "Col3", "Col4", "Col5", "luật để mở rộng vùng phủ 4G 5G"),
        row.format("**II**", *[group] * 5) + row.format("4", "Ứng dụng công nghệ", "Các DNVT", "Sở Thông tin và<br>Truyền thông", "2024-2025", "Báo cáo"),
    )
    tasks = extract(read_bytes(f"<!DOCTYPE html><html><body>{pages}</body></html>".encode(), "plan.html")).tasks
    assert [(task.code, [g.text for g in task.groups], task.period.end) for task in tasks] == [("2", [], 2025), ("4", [group.strip("*")], 2025)]
    assert tasks[0].product is not None
    assert tasks[0].product.text == "theo quy định của pháp luật để mở rộng vùng phủ 4G 5G"
    assert [mention.name for mention in tasks[1].lead] == ["các doanh nghiệp viễn thông"]


def test_the_first_row_of_a_page_that_a_converter_took_for_a_header_is_a_row():
    # as Markdown with one table a page: a group stands above the rule
    group = "XÂY DỰNG QUY ĐỊNH, BỒI DƯỠNG CÁN BỘ VÀ CHĂM LO CÁC PHÒNG ĐỌC CÔNG CỘNG Ở NÔNG THÔN"
    deeper = "Hỗ trợ mở, duy trì các phòng đọc trong nhà văn hóa, trường học"
    plan = (
        "|TT|Nhiệm vụ, hoạt động cụ thể|Cơ quan chủ trì|Cơ quan phối hợp|Giai đoạn thực hiện|\n|---|---|---|---|---|\n"
        "|1.3.1|Mở trang mạng giới thiệu sách|Sở Nông nghiệp và Môi trường|Hiệp hội ngành nghề|2025 - 2035|\n\n"
        f"|2|{group}||||\n|---|---|---|---|---|\n"
        f"||{deeper}|{deeper}|{deeper}|{deeper}|\n"
        "|2.1|Soạn, sửa các quy định về mượn sách|Sở Tài chính|Các cơ quan, tổ chức có liên quan|2025 - 2035|\n"
        "||Tổ chức lớp học cho người giữ sách|Sở Công Thương|Liên minh Hợp tác xã tỉnh|2025 - 2030|\n"
    )
    tasks = extract(read_bytes(plan.encode(), "plan.md")).tasks
    assert [(task.code, [heading.text for heading in task.groups]) for task in tasks] == [
        ("1.3.1", []), ("2.1", [group, deeper]), (None, [group, deeper]),
    ]  # fmt: skip


def test_a_body_alone_in_the_column_of_leads_heads_the_tasks_below():
    # Thủ tướng's plan against air pollution, Phụ lục A: the heading stands in the column of leads, and all other cells are empty
    plan = (
        "|STT|Cơ quan chủ trì|Cơ quan phối hợp|Nội dung nhiệm vụ|Thời hạn hoàn thành|\n|---|---|---|---|---|\n"
        "|A.|BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG||||\n"
        "|1|Bộ Nông nghiệp và Môi trường|Bộ Xây dựng|Rà soát, cập nhật các hướng dẫn|Trong năm 2026|\n"
        "|B.|BỘ CÔNG AN||||\n"
        "|1|Bộ Công an|Bộ Xây dựng|Chỉ đạo lực lượng công an các cấp|Trong năm 2026|\n"
    )
    tasks = extract(read_bytes(plan.encode(), "plan.md")).tasks
    assert [(task.code, [group.text for group in task.groups]) for task in tasks] == [
        ("1", ["BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"]), ("1", ["BỘ CÔNG AN"]),
    ]  # fmt: skip
