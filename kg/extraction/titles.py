"""What a cited document is about: the words after its number, date and issuer."""

from __future__ import annotations

import re

_VERBS = (
    r"phê duyệt|ban hành|quy định|sửa đổi|bổ sung|hướng dẫn|thực hiện|triển khai|thi hành|thành lập|bổ nhiệm|công bố|điều chỉnh|"
    r"giao|tăng cường|đẩy mạnh|một số|thông qua|kiện toàn|phát động|bãi bỏ|kết luận|tổ chức|đề xuất|công nhận|phân công"
)
_START = re.compile(rf"\s?[,:]?\s?(?P<link>[“\"]?(?:về\s+việc|về|v/v)\s+)?(?P<title>[“\"]?(?P<verb>{_VERBS})?(?!\w)|)", re.IGNORECASE)
# After a bare number, without date or issuer, a verb may as well go on with the sentence ("… thực hiện tốt").
_BARE = re.compile(r"[“\"]?(?:phê duyệt|ban hành|quy định\s(?:chi tiết|về)|sửa đổi|hướng dẫn\s(?:một số|thi hành))", re.IGNORECASE)
_ISSUE = (
    r",\s(?=(?:UBND|(?:Ủy|Uỷ)\sban\snhân|Sở\s|(?:các|Các)\s(?:sở|bộ|cơ quan|đơn vị)\s?|nhằm\s|đồng thời|trong đó|theo đó|cụ thể|"
    r"với\s(?:các|những|nội dung)|như sau|tập trung\s|để\s|cần\s|yêu cầu|gắn\s(?:với|kết)|kết hợp\s|phù hợp\s|tại\s|xét\s|trên cơ sở|"
    r"thời hạn\s|hoàn thành\s|gửi\s|bảo đảm\s(?:việc|“)|trình\s(?:UBND|cấp|Thủ)|hiện\s|đến nay|từ đó|ngày\s|Bộ trưởng\s|nhất là\s(?:các|những)\snội))"
)
_CUT = re.compile(
    rf"[;\n]|\s\((?:có\s)?hiệu lực|\sdo\s(?=[^,;.\n]{{3,60}}\sban hành(?!\w))|(?<=”)\sđối với|\s\(?(?:sau đây|gọi tắt|viết tắt|viết gọn|nêu trên)|(?<!TP)(?<!Tp)\.(?=\s*(?:[/\n]|$|[A-ZĐÂÊÔƠƯỦ“\"+-]))|{_ISSUE}|"
    r"\s(?:tới các|đến các|đạt chất lượng|(?:đảm bảo|bảo đảm)\s(?:thiết thực|đồng bộ)|phù hợp với các|đã được|như sau|để tổ chức)(?!\w)|:\s"
)
_SHORT_NAME = re.compile(r"\s\((?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Kế hoạch|Kết luận|Thông tư|Chương trình)\s(?:số\s)?[^()]{2,40}\)(?=[,;.]|\svà\s)")
"""What a list calls a document further on, behind its title: "… đến năm 2030 (Nghị quyết số 50/NQ-CP) và Quyết định …"."""
_ON_SITE = re.compile(r",?\strên\sđịa\sbàn\s(?:tỉnh|thành\sphố|Tỉnh|Thành\sphố|toàn\stỉnh)", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:,|\svà)\s(?=(?:(?:các|Các)\s)?(?:Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư|Kế hoạch|Chương trình|Công văn|"
    r"Công điện|Kết luận|Văn bản|Thông báo|Hướng dẫn|Tờ trình|Báo cáo|Luật)\s(?:hành động\s|liên tịch\s)?(?:số\s)?\d)"
    r"|,\s(?=Luật\s[A-ZĐ])|,\s(?=số\s\d)"
)
_LIMIT = 700


def title_after(flow: str, start: int, *, bare: bool, national: bool) -> tuple[str, int] | None:
    """The title that begins at ``start`` of the flow, just after what tells the document, with its end.

    ``bare``: the mention states neither date nor issuer. ``national``: the document binds more than one province, so
    that "trên địa bàn tỉnh" belongs to the sentence around it.

    >>> title_after(" về việc phê duyệt Đề án; Quyết định", 0, bare=False, national=True)
    ('phê duyệt Đề án', 24)
    """
    opening = _START.match(flow, start)
    if not opening or not (opening["link"] or opening["verb"]):
        return None
    if not opening["link"] and ("," in opening.group() or flow.startswith(" của ", opening.end())):
        return None
    if bare and not opening["link"] and not _BARE.match(flow, opening.start("title")):
        return None
    begin = opening.start("title")
    end = _end(flow, begin, national=national)
    title = flow[begin:end].strip(" ,:-").rstrip(".")
    if opening["link"] and opening["link"][0] in '“"':
        title = title.replace("”", "", 1).replace('"', "", 1)
    return (title, end) if len(title.split()) > 1 else None


def _end(flow: str, begin: int, *, national: bool) -> int:
    """Where the title that begins at ``begin`` ends."""
    limit = min(len(flow), begin + _LIMIT)
    end = limit
    for cut in _CUT.finditer(flow, begin, limit):
        if not _is_quoted(flow, begin, cut):
            end = cut.start()
            break
    end = min(end, _closing(flow, begin, end))
    if short := _SHORT_NAME.search(flow, begin, end):
        end = short.start()
    if national and (site := _ON_SITE.search(flow, begin, end)):
        end = site.start()
    # "thực hiện Nghị quyết A và Kế hoạch B" is one title; "phê duyệt Đề án X và Thông tư số B" is two documents.
    if follower := _NEXT.search(flow, begin, end):
        carried = re.compile(r"\d+[a-z]?\s?[-/]\s?(?:\d{4}/)?[A-ZĐ]").search(flow, begin, follower.start())
        end = end if carried else follower.start()
    return end


def _is_quoted(flow: str, begin: int, cut: re.Match[str]) -> bool:
    """Whether the cut stands inside “…” that closes in the same paragraph: quoted names may hold stops."""
    opened = flow.rfind("“", begin, cut.start())
    if opened < 0 or "”" in flow[opened : cut.start()] or "\n" in cut.group():
        return False
    closed = flow.find("”", cut.start(), cut.start() + 300)
    return closed >= 0 and "\n" not in flow[cut.start() : closed]


def _closing(flow: str, begin: int, end: int) -> int:
    """Position of the first bracket that closes one opened before ``begin``."""
    depth = 0
    for position in range(begin, end):
        if flow[position] == "(":
            depth += 1
        elif flow[position] == ")":
            depth -= 1
            if depth < 0:
                return position
    return end
