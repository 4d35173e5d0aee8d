"""Laws that a text cites by name: "Luật Đất đai", "Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025".

A name begins with a capital after "Luật" and runs until punctuation or a word that no law's name holds. Drafts
("dự thảo Luật …") are no laws yet, wherever the text names them again. Source of the form: Nghị định 30/2020/NĐ-CP, which has laws cited without number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.dates import date_at

_UPPER = "A-ZĐÂĂÊÔƠƯÁÀẢÃẠẮẰẤẦẨẪẬÉẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
_STOPS = (
    r"ngày|năm|số(?=\s\d|:)|quy định|và\s(?:các|những|pháp luật|văn bản|quy định|[Nn]ghị|[Tt]hông tư|[Cc]hỉ thị|[Ll]uật|[Bb]ộ luật|Quyết|"
    r"Kế hoạch|hướng dẫn|nguồn)|được|tại(?!\sdoanh nghiệp|\sTòa án)|theo(?!\sphương thức|\shợp đồng)|đã|do|về|trên|trong|thuộc(?=\s(?:phạm vi|lĩnh vực|thẩm quyền|trách nhiệm))|hiện hành|sửa đổi|thay thế|có(?!\scông\s)|là|thì|bao gồm|cho|đối với|đến|để|nhằm|với(?!\scách mạng)|từ|tới|khi|nếu|bảo đảm|"
    r"đảm bảo|nghiêm|gắn|của(?!\srượu|\sngười nước ngoài)|đang|nêu|tổ chức triển khai|ban hành|mới|này|nói|chưa|sẽ|phải|hoặc|vào|như|khóa|kỳ|đồng thời"
)
_STOPS_UPPER = _STOPS.upper().replace("\\S", "\\s").replace("\\D", "\\d")
# After a comma a name goes on only with these: "Luật Phòng, chống ma túy", "Luật Quản lý, sử dụng tài sản công".
_COMMA = (
    r",\s(?=chống\s|sử dụng\s|công chức|nhập cảnh|xuất cảnh|quá cảnh|cư trú|giáo dục pháp luật|bảo vệ\s|khai thác\s|thuế\s|hàng hóa|khen thưởng|chữa bệnh|chữa cháy|cứu hộ|ghép\s|[Cc]ông nghệ và\s|"
    r"an toàn giao thông|vệ sinh lao động|vật liệu nổ|lấy(?:,|\sxác)|bộ phận cơ thể|trật tự ở cơ sở|an ninh và động viên|đối thoại tại|bia(?!\w)|bão(?!\w))"
)
_NAME = rf"(?:{_COMMA}|(?!\s(?:{_STOPS})(?!\w))[^,;:.()“”\"\n/0-9\[\]]){{2,110}}"
_AMENDS = rf"[Ss]ửa đổi,?\s(?:bổ sung\s)?(?:một số điều\s)?(?:của\s)?(?:các\s)?Luật\s{_NAME}(?:(?:,|\svà)\sLuật\s{_NAME}){{0,8}}"
_NUMBERED = (
    r"(?:(?!(?<!\w)(?:[Ll]uật|[Pp]háp lệnh|[Nn]ghị|[Vv]ăn bản|[Qq]uyết định|[Tt]hông tư|[Kk]ế hoạch|[Qq]uy định|[Bb]an hành|[Ss]ửa đổi|được|có hiệu lực)(?!\w))[^;:.()“”\"\n/0-9\[\]]){2,110}?"
    r"(?=\s,?\s?số:?\s?\d{1,3}/\d{4}/(?:QH|PL)|\s,?\s?ngày\s\d{1,2}(?:\stháng\s|/)\d)"
)
"""A name that a number or a day ends holds whatever stands before it: "Luật Phòng, chống tác hại của rượu, bia số 44/2019/QH14"."""
_LAW = re.compile(
    rf"(?<!Pháp\s)(?<!Dân\s)(?<!học\s)(?<!Khoa\s)(?<![{_UPPER}\w])(?P<type>Bộ luật|Luật|Pháp lệnh)[ ]"  # no law is named from one cell to the next
    rf"(?P<name>{_AMENDS}|(?=[{_UPPER}])(?!Việt Nam|Gia\b|Minh Khuê|Hà Nội|TP|số\b)(?:{_NUMBERED}|{_NAME}))"
)
_SMALL = re.compile(
    rf"(?:Căn cứ|[Tt]heo|quy định (?:của|tại)|thi hành)\s(?P<type>Bộ luật|Luật|Pháp lệnh)[ ]"
    rf"(?P<name>(?=[a-zđâăêôơưáàạắằấầéèếềíóòốồớờúùứừý])(?!(?:sư|gia|định|pháp|và|liên quan|chuyên ngành|{_STOPS})(?!\w)){_NAME})"
)
"""Names in small letters, as laws were cited before 2015: "Căn cứ Luật công an nhân dân ngày 29 tháng 11 năm 2005"."""
_CAPITALS = re.compile(
    rf"(?<!\w)(?P<type>BỘ LUẬT|LUẬT|PHÁP LỆNH)\s(?P<name>(?:SỬA ĐỔI,?\s(?:BỔ SUNG\s)?(?:MỘT SỐ ĐIỀU\s)?(?:CỦA\s)?LUẬT\s)?"
    rf"(?=[{_UPPER}]{{2}})(?:(?!\s(?:{_STOPS_UPPER})(?!\w))[{_UPPER} ,-]){{4,110}})"
)
_CONTEXT_CAPITALS = re.compile(r"(?:CỦA|HÀNH|HIỆN|KHAI|THEO|CỨ|VÀ)\s$")
_DRAFT = re.compile(r"(?:dự thảo|dự án|đề nghị xây dựng|hồ sơ)\s(?:các\s)?$", re.IGNORECASE)
_YEAR = re.compile(r"\s?,?\s(?:năm\s)?(?P<y>(?:19|20)\d\d)(?![\d/])")
_COMES_NUMBER = re.compile(r"\s?,?\s?\(?(?:Luật\s)?[Ss]ố:?\s?$|\s?\($")


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """A law's name from ``start`` to ``end`` of the flow; ``tail`` is the end of its date."""

    type: str
    title: str
    date: str | None
    start: int
    end: int
    tail: int


def find_laws(flow: str) -> list[NamedLaw]:
    """Reads: text with single spaces. Gives: the laws, codes and ordinances that it names, in order.

    >>> [law.title for law in find_laws("theo Luật Phòng, chống ma túy và các văn bản; dự thảo Luật Trí tuệ nhân tạo")]
    ['Luật Phòng, chống ma túy']
    """
    named = [_law(flow, found, found["type"], found["name"]) for pattern in (_LAW, _SMALL) for found in pattern.finditer(flow)]
    drafted = [law for law in named if _DRAFT.search(flow, max(0, law.start - 24), law.start)]
    drafts = {_called(flow, law) for law in drafted}
    spoken = [law for law in named if law not in drafted and (law.date or _called(flow, law) not in drafts)]
    shouted = [
        _law(flow, found, found["type"].capitalize(), _spoken(found["name"]))
        for found in _CAPITALS.finditer(flow)
        if _CONTEXT_CAPITALS.search(flow, max(0, found.start() - 8), found.start())
    ]
    return sorted(spoken + shouted, key=lambda law: law.start)


def _called(flow: str, law: NamedLaw) -> tuple[str, bool]:
    """What a text calls a law: its title, and whether "(sửa đổi)" follows, as behind the name of a bill that replaces one."""
    return law.title, flow.startswith(" (sửa đổi)", law.end)


def _spoken(capitals: str) -> str:
    """Write a name in capitals as running text does: TIÊU CHUẨN → Tiêu chuẩn."""
    name = capitals.lower()
    name = name if name.startswith("sửa đổi") else name[:1].upper() + name[1:]
    return re.sub(r"\bluật (\w)", lambda inner: f"Luật {inner[1].upper()}", name)


def follows_name(between: str) -> bool:
    """Whether the words between a law's name and a number make it the law's own: "Luật Đất đai số 31/2024/QH15"."""
    return _COMES_NUMBER.fullmatch(between) is not None


def _law(flow: str, found: re.Match[str], kind: str, name: str) -> NamedLaw:
    name = name.rstrip(" -,")
    end = found.start("name") + len(name)
    date, tail = None, end
    space = re.compile(r"\s?,?\s?\(?").match(flow, end)
    dated = date_at(flow, space.end()) if space else None
    year = _YEAR.match(flow, end)
    if dated:
        date, tail = dated
    elif year:
        date, tail = year["y"], year.end()
    return NamedLaw(kind, f"{kind} {name}", date, found.start("type"), end, tail)
