"""Reporting duties: who reports by when and how often, with several deadlines in one sentence."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.reading import read_bytes

_PLAN = """ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN
KẾ HOẠCH
Thực hiện chuyển đổi số năm 2026

IV. TỔ CHỨC THỰC HIỆN

1. {0}
"""


def of_quarters(day: int) -> list[tuple[str, str]]:
    return [("quarterly", f"--{month:02d}-{day:02d}") for month in (3, 6, 9, 12)]


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("Sở Y tế định kỳ 6 tháng, hằng năm tổng hợp, báo cáo UBND tỉnh kết quả thực hiện.", [("semiannual", None), ("annual", None)]),
        ("Các sở, ngành báo cáo kết quả về Sở Nội vụ trước ngày 05/12 hằng năm để tổng hợp, báo cáo UBND tỉnh.", [("annual", "--12-05")]),
        (
            "Định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12), các sở, ban, ngành báo cáo kết quả thực hiện về Sở Tài chính.",
            [("semiannual", "--06-15"), ("annual", "--12-15")],
        ),
        (
            "Các sở, ban, ngành báo cáo Sở Nội vụ trước ngày 10/6 (đối với báo cáo 6 tháng) và trước ngày 10/12 (đối với báo cáo năm).",
            [("semiannual", "--06-10"), ("annual", "--12-10")],
        ),
        (
            "Sở Tài chính định kỳ 6 tháng, hằng năm báo cáo UBND tỉnh trước ngày 15/6 và 15/12.",
            [("semiannual", "--06-15"), ("annual", "--12-15")],
        ),
        (
            "UBND các xã, phường báo cáo hằng tháng trước ngày 25, hằng quý trước ngày 25 tháng cuối quý về Sở Công Thương.",
            [*of_quarters(25), ("monthly", "---25")],
        ),
        (
            "Sở Xây dựng báo cáo UBND tỉnh theo quy định: báo cáo quý trước ngày 20 của tháng cuối quý; báo cáo năm trước ngày 20/12.",
            [*of_quarters(20), ("annual", "--12-20")],
        ),
        ("Sở Y tế thực hiện chế độ báo cáo định kỳ hằng quý về số tủ thuốc gửi Sở Tài chính.", [("quarterly", None)]),
        ("Sở Tài chính báo cáo kịp thời các dự án chậm; nêu cách xử lý.", [(None, None)]),
        ("Sở Tư pháp theo dõi các tủ sách; tham mưu sơ kết, khen thưởng và định kỳ báo cáo UBND tỉnh.", [(None, None)]),
        ("Các sở gửi báo cáo số sách về Sở Nội vụ trước ngày 16 tháng 11 năm 2025.", [(None, "2025-11-16")]),  # not 6 months
        (
            "Sở Y tế báo cáo UBND tỉnh hàng tháng (trước ngày 18 hàng tháng), 6 tháng (trước ngày 18/5), tổng kết năm (trước ngày 30/11 hàng năm).",
            [("monthly", "---18"), ("semiannual", "--05-18"), ("annual", "--11-30")],
        ),
        ("Sở Tư pháp định kỳ hằng quý, 6 tháng, 01 năm báo cáo UBND tỉnh.", [("quarterly", None), ("semiannual", None), ("annual", None)]),
        ("Sở Y tế tổng hợp, báo cáo Bộ Y tế trước ngày 30 tháng 6 và ngày 31 tháng 12 hằng năm.", [("annual", "--06-30"), ("annual", "--12-31")]),
        ("Sở Xây dựng báo cáo UBND tỉnh trước ngày 31/12/2026.", [(None, "2026-12-31")]),
        ("Sở Y tế định kỳ 6 tháng và cả năm báo cáo UBND tỉnh.", [("semiannual", None), ("annual", None)]),
        ("Sở Y tế tham mưu UBND tỉnh triển khai Kế hoạch, hằng quý báo cáo UBND tỉnh.", [("quarterly", None)]),
        ("Sở Y tế báo cáo UBND tỉnh 2 năm/lần.", [(None, None)]),
        # "trình" of another word is no submission, behind which a report would be another's
        ("Sở Y tế kiểm tra tiến độ các công trình nước sạch, báo cáo UBND tỉnh trước ngày 10/5/2024.", [(None, "2024-05-10")]),
        ("Sở Nội vụ tham mưu trình UBND tỉnh ban hành, báo cáo Bộ Nội vụ trước ngày 10/5/2024.", []),
        ("Sở Nội vụ lập dự toán mua sách báo cáo Sở Tài chính trình cấp có thẩm quyền phê duyệt trước ngày 10/5/2024.", []),
        ("Sở Y tế hoàn thành việc khám, báo cáo kết quả Ủy ban nhân dân tỉnh trong tháng 10/2026.", [(None, "2026-10")]),
        ("Sở Xây dựng lập kế hoạch chi tiết trước ngày 15 của tháng cuối quý.", []),  # no report
    ],
)
def test_each_report_has_its_own_deadline(sentence, rows):
    reporting = extract(read_bytes(_PLAN.format(sentence).encode(), "plan.txt")).reporting
    assert [(row.frequency, row.deadline) for row in reporting] == rows


def test_a_clause_on_another_case_may_charge_another():
    trouble = "Nếu gặp khó khăn đề nghị các cơ quan, đơn vị phản ánh về Sở Y tế để cùng gỡ"
    sentence = f"{trouble}; trường hợp vượt thẩm quyền, Sở Y tế tổng hợp báo cáo và đề xuất, trình Ủy ban nhân dân Tỉnh quyết định."
    (row,) = extract(read_bytes(_PLAN.format(sentence).encode(), "plan.txt")).reporting
    assert [mention.name for mention in row.sender] == ["Sở Y tế"]
    assert [mention.name for mention in row.receiver] == ["Ủy ban nhân dân tỉnh"]


@pytest.mark.parametrize(
    ("sentence", "receivers"),
    [
        ("Trong quá trình thực hiện nếu có vướng mắc, các đơn vị báo cáo về Sở Xây dựng để xem xét, trường hợp vượt thẩm quyền báo cáo Ủy ban nhân dân tỉnh.", ["Sở Xây dựng"]),
        ("Sở Y tế định kỳ hằng năm tổng hợp, báo cáo kết quả thực hiện về Bộ Y tế, đồng gửi Ủy ban nhân dân tỉnh theo dõi.", ["Bộ Y tế", "Ủy ban nhân dân tỉnh"]),
        ("Sở Y tế hoàn thành việc khám, báo cáo kết quả Ủy ban nhân dân tỉnh (qua Sở Nội vụ) trong tháng 10/2026.", ["Ủy ban nhân dân tỉnh", "Sở Nội vụ"]),
        ("Sở Y tế tổng hợp số ca bệnh báo cáo cấp có thẩm quyền theo quy định.", []),
        ("Sở Y tế tổng hợp số ca bệnh, báo cáo cấp thẩm quyền (UBND tỉnh, Bộ Y tế) theo quy định.", ["Ủy ban nhân dân tỉnh", "Bộ Y tế"]),
        ("Sở Y tế theo dõi việc tiêm phòng; nếu có dịch, báo cáo kịp thời UBND tỉnh (qua Sở Nội vụ) để xử lý.", ["Ủy ban nhân dân tỉnh", "Sở Nội vụ"]),
    ],
)
def test_the_first_addressee_receives_the_report(sentence, receivers):
    (row,) = extract(read_bytes(_PLAN.format(sentence).encode(), "plan.txt")).reporting
    assert [mention.name for mention in row.receiver] == receivers
