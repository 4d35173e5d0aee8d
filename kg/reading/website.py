"""What a web site puts around a document, and where the document itself begins and ends.

The marks are the sites' standing phrases; the document's own beginning is its letterhead (Nghị định 30/2020/NĐ-CP: the
name of the state or of the party, or of the issuing body, or the type word alone on its line).
"""

from __future__ import annotations

import re

from kg.reading.lines import Line

SITE = re.compile(
    r"THƯ VIỆN PHÁP LUẬT|ThuVienPhapLuat|LuatVietnam|Bản dịch này thuộc quyền|Đang tải văn bản|NỘI DUNG SỬA ĐỔI, HƯỚNG DẪN"
    r"|CÁC NỘI DUNG ĐƯỢC SỬA ĐỔI|FILE ĐƯỢC ĐÍNH KÈM|Rà chuột vào|Click vào phần bôi vàng|Văn bản bị thay thế"
    r"|Tình trạng:\W*Đã biết|Hiệu lực:\W*Đã biết|Quý Thành viên|Lưu ý: Văn bản này|Bạn chưa Đăng nhập|Đăng nhập để"
    r"|chưa cập nhật nội dung Tiếng Anh|Văn bản này chưa cập nhật|Tải văn bản|Văn bản được hướng dẫn|Văn bản liên quan|Lược đồ|All rights reserved|Copyright ©|Trang chủ >",
)
_LETTERHEAD = re.compile(
    r"^[\W_]*(?:C[ỘÔ]NG (?:HÒA|HOÀ)|Đ[ẢA]NG C[ỘO]NG S[ẢA]N|(?:ỦY|UỶ) BAN\s*(?:NHÂN|$)|TH[ỦU] T[ƯU][ỚƠ]NG CH[ÍI]NH PH[ỦU]|CHÍNH PHỦ|VĂN PHÒNG CHÍNH PHỦ"
    r"|H[ỘO]I Đ[ỒÔ]NG|BỘ [A-ZĐÀ-Ỹ]|QUỐC HỘI|SỞ [A-ZĐÀ-Ỹ]|T[ỈI]NH [ỦU]Y|BAN CHẤP HÀNH)"
)
_TYPE_LINE = re.compile(
    r"^[\W_]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHỈ THỊ|NGHỊ QUYẾT|THÔNG BÁO|ĐỀ ÁN|HƯỚNG DẪN|PHỤ LỤC)[\W_]*$"
)


def find_document(lines: list[Line]) -> tuple[int, int]:
    """Give the range of lines (end exclusive) that is the document; all of them where no site's text is seen."""
    marks = [index for index, line in enumerate(lines) if SITE.search(line.text)]
    if not marks:
        return _after_abstract(lines), len(lines)
    first = _find_start(lines, marks) or _after_abstract(lines)
    last = next((mark for mark in marks if mark > first), len(lines))
    while last > first and (not lines[last - 1].text.strip() or _SITE_TAIL.match(lines[last - 1].text)):
        last -= 1
    return first, last


_SITE_TAIL = re.compile(
    r"\s*(?:(?:Lưu trữ|Ghi chú|Ý kiến|Facebook|Email|In)\W*"
    r"|(?:Kế hoạch|Quyết định|Thông báo|Chỉ thị|Nghị quyết|Chương trình|Công văn|Hướng dẫn|Đề án) \d+\S* (?:năm|ngày) \d.*)$"
)
"""Lines between the document and the site's first phrase: its abstract ("Kế hoạch 1/KH-UBND năm 2025 …") and buttons."""


_ABSTRACT = re.compile(
    r"[\W_]*(?:(?:Số (?:ký )?hiệu|Ngày ban hành|Loại văn bản|(?:Nơi|Cơ quan) ban hành|Người ký|Source|Nguồn)\s*[:|]"
    r"|Nội dung toàn văn\s|Văn bản khác\s|Hệ thống pháp luật\W*$"
    r"|(?:Kế hoạch|Quyết định|Thông báo|Chỉ thị|Nghị quyết|Chương trình|Công văn|Hướng dẫn|Đề án) \d+\S* (?:năm|ngày) \d)"
)
"""What sites say of a document above its letterhead: "| Số hiệu | 186/KH-UBND |", "Kế hoạch 186/KH-UBND năm 2025 …"."""
MAX_ABSTRACT = 40
"""Lines among which the letterhead must begin for what stands above it to be a site's abstract."""


def _after_abstract(lines: list[Line]) -> int:
    """The letterhead's first line where a site's abstract stands above it; 0 where none does."""
    start = next((index for index, line in enumerate(lines[:MAX_ABSTRACT]) if _LETTERHEAD.match(line.text)), 0)
    if not any(_ABSTRACT.match(above.text) for above in lines[:start]):
        return 0
    while lines[start - 1].text.strip() in ("", "|"):
        start -= 1
    return start


def _find_start(lines: list[Line], marks: list[int]) -> int:
    """The letterhead that follows the site's head; 0 where the document stands before the first mark."""
    for index, line in enumerate(lines):
        if not (_LETTERHEAD.match(line.text) or _TYPE_LINE.match(line.text)):
            continue
        before = [mark for mark in marks if mark < index]
        if any(index < mark < index + 15 for mark in marks) and index < 40:
            continue
        if not before:
            return 0
        start = index
        while start > 0 and lines[start - 1].text.strip() in ("", "|"):
            start -= 1
        return start
    return 0
