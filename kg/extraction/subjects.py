"""Who a sentence charges: the agencies that are its subject, told from those that it only speaks of."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extraction.agencies import read_list
from kg.extraction.naming.groups import ARTICLES
from kg.records import AgencyMention, Passage

_OPEN = re.compile(
    r"^\W*(?:Điều\s+\d+\s*[.:]\s*)?(?:(?:\d+[.)]\s*)?(?:Giao|Đề nghị|Yêu cầu|Phân công|Trách nhiệm của|Nhiệm vụ của|Đối với|Riêng|Đồng thời,?|(?:Chủ tịch )?(?:(?:Ủy|Uỷ) ban nhân dân|UBND) (?:tỉnh|thành phố)(?: [A-ZĐ]\S+){0,3}\s+(?:yêu cầu|đề nghị|giao))\s*:?\s*)?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:[,;:.]|(?:vướng mắc|khó khăn|phát sinh|bổ sung|cần thiết|điều chỉnh|Kế hoạch|Kế hoạch này)(?=\s+(?:các|những)\s)|\b(?:đề nghị|yêu cầu|giao|do|thì))\s+(?=\S)")
_VERB = re.compile(
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|theo chức năng|theo nhiệm vụ|theo thẩm quyền|theo phân cấp|theo dõi|chủ động|chủ trì|phối hợp|căn cứ|trên cơ sở"
    r"|kịp thời|báo cáo|phản ánh|tổ chức|triển khai|xây dựng|thực hiện|nghiêm túc|tiếp tục|tăng cường|tổng hợp|tham mưu|hướng dẫn|đôn đốc|kiểm tra|rà soát|gửi|bố trí|lập|được giao|được phân công|quán triệt|đẩy mạnh"
    r"|khẩn trương|tập trung|cập nhật|đề xuất|giúp|là (?:cơ quan|đơn vị|đầu mối)|cần|phải|sẽ|định kỳ|hằng năm|hàng năm|hằng|thường xuyên|tích cực|nghiên cứu|quan tâm|tuyên truyền|phổ biến|vận động|huy động|lồng ghép"
    r"|bảo đảm|đảm bảo|chỉ đạo|cung cấp|ban hành|thẩm định|xem xét|phân bổ|cân đối|tiến hành|công bố|thành lập|tham gia|giám sát|đánh giá|trong phạm vi|tùy theo|nắm|tiếp nhận|hỗ trợ|phát huy|xử lý|quản lý|trực tiếp|thông báo|ưu tiên|tạo điều kiện|hoàn thành|tự|đăng ký|phân công|khuyến khích|làm|trao đổi|sử dụng|duy trì|mở rộng|dựa|chú trọng|đẩy nhanh|sẵn sàng|phát động|niêm yết|rút ngắn|kiện toàn|củng cố|nâng cao|phát triển|đào tạo|bồi dưỡng|chuẩn bị|lựa chọn|vận hành|công khai|tổng kết|sơ kết"
    r"|kết nối|chia sẻ|đăng tải|tích hợp|số hóa|nhân rộng|lãnh đạo|chấn chỉnh|khắc phục|thu hút|tạo lập|kêu gọi|tận dụng"
    r"|khảo sát|điều tra|thống kê|biên soạn|soạn thảo|dự thảo|giới thiệu|giải quyết|hoàn thiện|trang bị|mua sắm|đầu tư|nghiệm thu|bàn giao|tham vấn|thu hồi|thu thập|cấp phát|cắt giảm"
    r"|đơn giản hóa|nêu cao|gương mẫu|cam kết|ký kết|phân cấp|ủy quyền|đẩy lùi|ngăn chặn|phát hiện|thẩm tra|khai thác|sắp xếp|tinh gọn|phân loại|bám sát|tiếp thu|giám định|cử|mời|tăng|dành|đưa|mở|thiết lập|lắp đặt|điều phối|điều hành|xác định|phê duyệt|quyết định|tư vấn|đổi mới|áp dụng|kiểm soát|tuân thủ|chấp hành|liên kết|động viên|dự báo|đặt hàng|xúc tiến|quảng bá|giải ngân|phân tích|chuẩn hóa|thu gom|tiết kiệm|[-–]\s*(?:cơ quan|đơn vị)\s+(?:thường trực|đầu mối|tham mưu))",
    re.IGNORECASE,
)
_SAYS_MORE = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:$|[^\sa-zà-ỹđ]|(?:của|và|hoặc|cùng|cũng|với|về|trong|tại|trên|thuộc|được|bị|do|để|có|ở|từ|là|đã|đang|nơi|khi|nếu|như|theo|đến|cho|bằng|vì|mà|liên|khác|này|đó|nói|nêu|tỉnh"
    r"|thành phố|huyện|quận|thị|xã|phường|đặc|cấp|các|những|mọi|khu|vùng|không|chưa|vào|sau|trước|gồm|lần|đề nghị|yêu cầu|giao|xin|trân trọng|kính|thông báo|nhận)(?!\w))", re.IGNORECASE
)
"""What goes on with the names, or tells something of them; any other word behind a body's name, at the head of a sentence, is what it must do."""
_ROLE = re.compile(r"\b(?:chủ\s+trì|phối\s+hợp)\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"\s+(?:được|nêu|trong|tại|trên|thuộc|của|theo|có|tới|đến)\s[^.;:]{3,110}?\s(?P<verb>có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ động|căn cứ|khẩn trương|nghiêm túc)"
)
"""Words that say which bodies are meant, between the list and the verb: "… được phân công chủ trì tại Kế hoạch này có trách nhiệm"."""
_PLACED = re.compile(r"\s+(?:ngành dọc\s+)?(?:đóng|đứng chân|hoạt động|trú đóng)\s(?:tại|trên)\s[^,;.:]{3,40}[,;]\s+(?:và\s+)?")
"""Words on where the last body of a list is, behind which the list goes on: "cơ quan ngành dọc đóng trên địa bàn, Ủy ban …"."""
_OFFICE = re.compile(r"(?:chủ tịch|giám đốc|thủ trưởng|bộ trưởng)\s(?=(?:các|những|[A-ZĐỦ])\w*)")
"""An office in small letters before the body that it heads: "…, chủ tịch Ủy ban nhân dân các huyện tổng hợp"."""
_ROLE_BRACKET = re.compile(r"\s*(?:[(–-]\s*)(?:là\s+)?(?:cơ quan|đơn vị)\s+(?:chủ trì|thường trực|đầu mối|phối hợp)[^()]*\)?$", re.IGNORECASE)
"""A note behind the name in a heading: "1. Sở Tài chính (cơ quan chủ trì)"."""
_MANNER = re.compile(
    r"^(?:(?:theo|căn cứ)\s+(?:chức năng|nhiệm vụ)(?:,?\s*(?:và\s+)?nhiệm vụ)?(?:,?\s*quyền hạn)?(?:\s+được giao|\s+của mình)?"
    r"|là\s+(?:cơ quan|đơn vị)\s+(?:đầu mối|thường trực))?(?:,?\s*(?:có|chịu) trách nhiệm)?$", re.IGNORECASE
)
"""Words behind the names in a heading that charge with nothing: "theo chức năng, nhiệm vụ", "là cơ quan đầu mối, có trách nhiệm"."""
_UNIT, PLACES = re.compile(r"(?:đặc khu|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|khu vực)\s*$", re.IGNORECASE), re.compile(r"[A-ZĐÀ-Ỵ][\w'’]*(?:(?:\s|-|,\s|\svà\s)[A-ZĐÀ-Ỵ][\w'’]*)*")
"""A unit at the end of the names, and the places that it stands for: "UBND các xã, phường, đặc khu | Cồn Cỏ"."""
_UNITS = re.compile(r"^Ủy ban nhân dân các ")
_WHICH_UNITS = re.compile(r"[^:;.A-ZĐ]{0,40}:\s*")
"""Words on which units are meant, before their names: "ven biển, đảo: | Hà Tiên, Phú Quốc"."""
_PREPOSITION = re.compile(r"(?:của|với|cho|từ|về|tại|gửi|đến|tới|bởi|theo|qua|trong|ngoài|giữa|gồm|như|trên cơ sở|đề xuất của|hướng dẫn của|chỉ đạo của|là)\s*$", re.IGNORECASE)


class Subject(NamedTuple):
    """The agencies charged, and the offset in the passage's text at which their list ends."""

    mentions: tuple[AgencyMention, ...]
    stop: int


def heads_agencies(passage: Passage) -> tuple[AgencyMention, ...] | None:
    """The agencies of a heading that holds nothing but names ("4. Sở Tài chính:"); ``None`` for any other text."""
    text = _ROLE_BRACKET.sub("", passage.text.rstrip(" :.;*"))
    if len(text) > 400 or not text or _ROLE.search(text):
        return None
    opening = _OPEN.match(text)
    start = opening.end() if opening else 0
    reading = read_list(passage.slice(start, len(text)), whole=False)
    rest = text[start + reading.stop :].strip(" .,;:")
    if rest and (reading.mentions or text[start:].casefold().startswith(("các ", "doanh nghiệp", "cơ sở"))):
        whole = read_list(passage.slice(start, len(text)), whole=True)
        if whole.mentions and all(mention.method != "unresolved" for mention in whole.mentions):
            reading, rest = whole, text[start + whole.stop :].strip(" .,;:")
    if not reading.mentions:
        return None
    if _UNIT.search(text[: start + reading.stop].rstrip(" :")) and PLACES.fullmatch(rest):
        return reading.mentions
    if _UNITS.search(reading.mentions[-1].name) and (which := _WHICH_UNITS.match(text, start + reading.stop)) and PLACES.fullmatch(text, which.end()):
        return reading.mentions
    rest = re.sub(r"^(?:và\s+)?\([^)]*\)|^(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|cấp tỉnh|trên địa bàn(?: tỉnh| thành phố)?|có trách nhiệm|chủ trì)$", "", rest).strip()
    return reading.mentions if len(rest) <= 3 or _MANNER.match(rest) else None


def points_at(mentions: tuple[AgencyMention, ...], charged: tuple[AgencyMention, ...]) -> bool:
    """Whether "Sở" alone is the one department that a heading names: "1. Sở Y tế" over "- Giám đốc Sở chịu trách nhiệm …"."""
    if len(mentions) != 1 or len(charged) != 1 or mentions[0].method != "anaphora":
        return False
    return mentions[0].name.casefold() == charged[0].name.split()[0].casefold()


def find_subject(passage: Passage, *, opening_only: bool = False) -> Subject | None:
    """The agencies that the sentence charges.

    Args:
        passage: the sentence, bullet or paragraph.
        opening_only: look only at the very beginning (a bullet below an agency's heading that opens with another one).
    """
    text = passage.text
    opening = _OPEN.match(text)
    start = opening.end() if opening else 0
    explicit = bool(opening and opening.group().strip(' "“(-'))
    subject = _read_at(passage, start, explicit=explicit)
    if subject is None:
        subject = _read_unlisted(passage, start)
    if subject is not None or opening_only:
        return subject
    for match in _CLAUSE.finditer(text):
        if match.end() > 700:
            break
        if _PREPOSITION.search(text[: match.start() + 1].rstrip(" ,;:.")):
            continue
        head = re.match(r"\w+", text[match.end() :])
        if head is None or not (head.group()[0].isupper() or head.group() in ARTICLES or _OFFICE.match(text, match.end())):
            continue
        subject = _read_at(passage, match.end(), explicit=match.group().strip()[:1].isalpha())
        if subject is not None:
            return subject
    return None


def _read_unlisted(passage: Passage, start: int) -> Subject | None:
    """Bodies that open a sentence before a verb that no list has: "Ban Quản lý Khu kinh tế | hội đàm với phía bạn"."""
    reading = read_list(passage.slice(start, len(passage.text)), whole=False)
    stop = start + len(passage.text[start:]) - len(passage.text[start:].lstrip()) + reading.stop
    if not passage.text[start : start + 1].isupper() or not reading.mentions or _SAYS_MORE.match(passage.text, stop):
        return None
    known = all(mention.kind and mention.method != "anaphora" and (mention.form == "body" or _UNITS.match(mention.name)) for mention in reading.mentions)
    return Subject(reading.mentions, stop) if known else None


def _read_at(passage: Passage, start: int, *, explicit: bool) -> Subject | None:
    reading = read_list(passage.slice(start, len(passage.text)), whole=False)
    if not reading.mentions:
        return None
    lead = len(passage.text[start:]) - len(passage.text[start:].lstrip())
    stop = start + lead + reading.stop
    if (placed := _PLACED.match(passage.text, stop)) and (further := _read_at(passage, placed.end(), explicit=explicit)):
        return Subject((*reading.mentions, *further.mentions), further.stop)
    if explicit or _VERB.match(passage.text, stop):
        return Subject(reading.mentions, stop)
    described = _DESCRIBED.match(passage.text, stop)
    if described and start < 40:
        return Subject(reading.mentions, described.start("verb"))
    return None
