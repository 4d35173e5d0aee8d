"""Who issued a cited document: by the words around the number, else by the symbol inside it."""

from __future__ import annotations

import re

from kg.extraction.numbers import Number
from kg.extraction.symbols import ISSUERS, SMALL

_NAMED = sorted(
    {name for name in ISSUERS.values() if name}
    | {
        "Quốc hội", "Ủy ban Thường vụ Quốc hội", "Bộ Chính trị", "Ban Bí thư", "Bộ Chính trị, Ban Bí thư", "Chính phủ",
        "Ban Bí thư Trung ương Đảng", "Ban Chấp hành Trung ương", "Ban Chấp hành Trung ương Đảng", "Ban Chỉ đạo Trung ương",
        "Bộ Văn hóa và Thể thao", "Bộ Lao động, Thương binh và Xã hội", "Ngân hàng Nhà nước", "Thủ tướng phủ",
    },
    key=len,
    reverse=True,
)  # fmt: skip
_CASE = {name.casefold(): name for name in _NAMED}
_OFFICE = r"(?:Phó\s)?(?:Bộ trưởng|Thống đốc|Tổng Thanh tra|Chủ nhiệm|Chánh Văn phòng|Giám đốc)"
_KNOWN = re.compile(
    rf"(?P<office>{_OFFICE}(?:,\s(?:Chủ nhiệm|Bộ trưởng))?\s)?(?P<name>{'|'.join(map(re.escape, _NAMED))})(?!\w)"
    r"(?P<more>(?:\sĐảng)?(?:\s\(?[Kk]hóa\s[IVX]+\)?)?)",
    re.IGNORECASE,
)
_WORD = rf"(?!Phê\s|Ban\s|Thực\s|Về\s|Quy\s|Triển\s|Sửa\s)[A-ZĐÂÊÔƠƯÁÀẢẠẮẤỐỔỘÍ][{SMALL}]+"
_PLACE = rf"{_WORD}(?:[\s-]{{1,3}}{_WORD}){{0,3}}"
_COMMITTEE = re.compile(
    r"(?:(?:Phó\s)?[Cc]hủ tịch\s)?(?:UBND|HĐND|(?:Ủy|Uỷ) ban nhân dân|Hội đồng nhân dân)(?!\w)"
    rf"(?:\s(?:tỉnh|thành phố|Tỉnh|Thành phố|TP\.?|quận|huyện|thị xã|xã|phường)(?!\w)(?:\s(?:{_PLACE}))?)?"
)
_STOPS = (
    r"về|phê duyệt|ban hành|quy định|sửa đổi|bổ sung|hướng dẫn|thực hiện|triển khai|ngày|tại|số|thành lập|công bố|"
    r"điều chỉnh|giao|tăng cường|đẩy mạnh|một số|thông qua|bổ nhiệm|bãi bỏ|gắn với|bằng|trong|trên|đã|được|để|nhằm|theo|"
    r"cho|có|đến|tới|là|như|với|yêu cầu|chỉ đạo|đề nghị|báo cáo|gửi|năm|kết luận|và\s(?:các|Kế hoạch|Quyết định|Nghị quyết|"
    r"Nghị định|Thông tư|Chỉ thị|Chương trình|Công văn|Luật)|đạt|bảo đảm|đảm bảo|khẩn trương|tập trung|sơ kết|tổng kết|"
    r"nêu|trình|phát triển|nâng cao|xây dựng|hỗ trợ|làm|sẽ|do|vừa|khi|đối với"
)
_STOPS_UPPER = _STOPS.upper().replace("\\S", "\\s")
_GENERIC = re.compile(
    rf"(?!Luật|Bộ luật|Nghị|Quyết|Chỉ thị|Thông|Kế hoạch|Chương trình|Đề án|Hướng dẫn|Pháp lệnh|Điều)"
    rf"(?=[A-ZĐÂÊÔƠƯỦ])(?:(?!\s(?:{_STOPS}|{_STOPS_UPPER})(?!\w))[^,;.:()\[\n“”\"/]){{3,110}}"
)
# A steering committee is named by its matter; only a verb after it tells that matter from a title.
_STEERING = re.compile(r"Ban [Cc]hỉ đạo(?:(?:\s[^\s,;:.()]+){0,4}?\svề\s[^;:.()\n]{5,160}?|\sphát triển\s[^;:.()\n]{5,160}?(?=\svề))(?=\s(?:về|ban hành|phê duyệt|thành lập)(?!\w))")
_OF = re.compile(r"\)?\s?,?\s?của\s", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:của|do)\s(?P<who>(?:(?!\s(?:của|tại)\s)[^;:.\n]){3,110})\stại\s(?:các\s|cả\s)?(?:Tờ trình|văn bản)?\s?$", re.IGNORECASE
)
_HEAD = re.compile(r"(?:Giám đốc|Thủ trưởng|Trưởng ban|Chủ tịch|Chánh)\s(?=Sở|Ban|Ủy ban|UBND|Thanh tra|Công an)")
_JOINT = ("TTLT", "NQLT", "KHPH", "QCPH")


def issuer_after(flow: str, start: int) -> tuple[str, int] | None:
    """The issuer in "của ISSUER" that begins at ``start`` of the flow, with its end."""
    of = _OF.match(flow, start)
    return issuer_at(flow, of.end()) if of else None


def issuer_at(flow: str, start: int) -> tuple[str, int] | None:
    """The body whose name begins exactly at ``start``, UBND expanded, with its end."""
    if not flow[start : start + 1].isupper():
        return None
    known = _KNOWN.match(flow, start)
    if steering := _STEERING.match(flow, start):
        return steering.group(), steering.end()
    if known:
        name = _CASE.get(" ".join(known["name"].split()).casefold(), known["name"])
        return f"{known['office'] or ''}{name}{known['more']}", known.end()
    body = _COMMITTEE.match(flow, start) or _GENERIC.match(flow, start)
    if not body:
        return None
    name = body.group().rstrip()
    return (_expand(name), body.start() + len(name)) if len(name.split()) <= 18 else None


def issuer_before(context: str) -> str | None:
    """The body in "của X tại", where ``context`` ends just before the type word: the head of a body is the body."""
    found = _BEFORE.search(context)
    if not found:
        return None
    who = _HEAD.sub("", found["who"].strip())
    named = issuer_at(who, 0)
    return named[0] if named else None


def issuer_of_symbol(number: Number) -> str | None:
    """The body that the symbol alone tells; ``None`` where it stands for several (UBND, TU, TW) or did before 1993."""
    code = number.issuer_code
    if code is None:
        return None
    if code.startswith("UBTVQH"):
        return "Ủy ban Thường vụ Quốc hội"
    if code.startswith("QH"):
        return "Quốc hội"
    if number.type_code in _JOINT:
        names = [ISSUERS.get(part) for part in re.split(r"[-/]", number.number.split(number.type_code or "", 1)[1]) if part]
        return "; ".join(name for name in names if name) if all(names) else None
    old = number.type_code is None and number.number.split(code)[0][-1:] in "-/" and number.number.endswith(code)
    if old and code in ("CP", "TTg"):
        return None
    return ISSUERS.get(code)


def _expand(name: str) -> str:
    return re.sub(r"\bHĐND\b", "Hội đồng nhân dân", re.sub(r"\bUBND\b", "Ủy ban nhân dân", name))
