"""What the document says of itself: type, number, issuer, province, date, title, period, signer, recipients.

Reads: the blocks before the first section, the letterhead, the recipients and the signature.
Gives: the header. A number or a date that is left blank stays blank.
Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (thể thức văn bản hành chính).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extraction.citations import find_implemented
from kg.extraction.closing import read_legend, read_recipients, read_signer
from kg.extraction.dates import find_date
from kg.extraction.facts import HEADINGS, read_facts
from kg.extraction.numbers import normalise_number
from kg.extraction.subjects import heads_agencies
from kg.extraction.symbols import ISSUERS, SMALL
from kg.normalise import fold, key
from kg.records import Block, Document, Header, Passage, Table, join_passages
from kg.resolution.registry import load_registry

_TYPES = (
    "Kế hoạch", "Quyết định", "Chương trình hành động", "Chương trình", "Chỉ thị", "Nghị quyết", "Thông báo", "Đề án", "Hướng dẫn",
    "Công văn", "Báo cáo", "Phương án", "Kết luận", "Nghị định", "Thông tư", "Tờ trình", "Công điện", "Phụ lục",
)
LETTER = "Công văn"
_BY_FOLD = {fold(word): word for word in _TYPES}
_NUMBER_LINE = re.compile(r"S[ốô]\s*:?\s*(?P<digits>\d[\d./]*(?:\s*/\s*(?:19|20)\d\d(?=\s*/))?)?\s*(?P<join>[/-])\s*(?P<symbol>[A-ZĐ][A-ZĐa-z&]*(?:\s?[-–/]\s?[A-ZĐ][A-ZĐa-z0-9&]*)*)")
_ASSEMBLY_LINE = re.compile(r"\W*(?:Nghị quyết|Luật|Pháp lệnh)\s+số\s*:?\s*(?P<number>\d+/20\d\d/(?P<symbol>(?:UBTVQH|QH)\d\d))\W*$", re.IGNORECASE)
"""The National Assembly's line: "Nghị quyết số: 07/2026/UBTVQH16"; its symbol has no type, the number of its term instead."""
_ADOPTED = re.compile(r"được (?:Quốc hội|(?:Ủy|Uỷ) ban [Tt]hường vụ Quốc hội|Hội đồng nhân dân)\b.{0,200}?thông qua[^.;]{0,80}?(?P<day>ngày \d+ tháng \d+ năm 20\d\d)")
"""Acts of assemblies are dated where they say when they were adopted: "… thông qua ngày 26 tháng 6 năm 2026"."""
_ATTACHED = re.compile(
    r"\(?\s*(?:Ban hành k|K)èm theo\s+(?P<type>Quyết định|Kế hoạch|Chương trình|Chỉ thị|Thông báo|Nghị quyết)(?:[^)]{0,25}?\s+s[ốô]\s*:?)?\s*(?P<digits>\d+)?\s*/\s*(?P<symbol>[A-ZĐ][A-ZĐa-z]*[-–][A-ZĐa-z]+)(?P<rest>[^)]*)",
    re.IGNORECASE,
)
_PLACE_DATE = re.compile(r"(?P<place>[A-ZĐ][\wÀ-ỹ\s.-]{1,28}?)\s*,\s*ngày\s*(?P<rest>[^|]{0,40}?năm\s+20\d\d)")
_PROVINCE = re.compile(r"(?P<level>t[ỉi]nh(?:\s+[ủu][ỷy])?|thành phố|thành\s+[ủu][ỷy]|tp\.?)\s+(?P<name>(?:[A-ZĐÀ-Ỹ][\wà-ỹÀ-Ỹ]*[\s-]*){1,5})", re.IGNORECASE)
_ISSUERS = (
    (re.compile(r"^\W*THỦ TƯỚNG CHÍNH PHỦ"), "Thủ tướng Chính phủ"),
    (re.compile(r"^\W*VĂN PHÒNG CHÍNH PHỦ"), "Văn phòng Chính phủ"),
    (re.compile(r"^\W*CHÍNH PHỦ\b"), "Chính phủ"),
    (re.compile(r"^\W*(?:ỦY|UỶ) BAN THƯỜNG VỤ QUỐC HỘI\W*$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"^\W*QUỐC HỘI\W*$"), "Quốc hội"),
)
_ISSUING = frozenset({"quoc hoi", "uy ban thuong vu quoc hoi", "chinh phu", "thu tuong chinh phu"})
"""Lines that say who issues what the title above names, alone on their line as the title's next would be."""
_SYMBOL_ISSUERS = {"TTg": "Thủ tướng Chính phủ", "VPCP": "Văn phòng Chính phủ", "CP": "Chính phủ"}
_CENTRAL = frozenset(_SYMBOL_ISSUERS.values()) | {name for _, name in _ISSUERS}
_PROVINCIAL = {"VPUBND": "Văn phòng Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_RANGE = re.compile(r"(?P<start>20\d\d)\s*(?:[-–—]|đến\s+(?:hết\s+)?(?:năm\s+)?)\s*(?P<end>20\d\d)", re.IGNORECASE)
_UNTIL = re.compile(r"đến\s+(?:hết\s+)?năm\s+(?P<end>20\d\d)", re.IGNORECASE)
_IN_YEAR = re.compile(
    r"(?:^|\s)(?:năm\s+(?P<year>20\d\d)\s*(?:$|(?:,\s*)?(?=(?:trên địa bàn|tại|của|tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s))|(?:trong|cuối|đầu)\s+năm\s+(?P<within>20\d\d)\b)", re.IGNORECASE
)
_LAW_YEAR = re.compile(r"\b(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s[^,;.()]{2,60}?\snăm\s+20\d\d", re.IGNORECASE)
"""The year by which a title calls a law is no period: "Luật Đất đai năm 2024 trên địa bàn tỉnh"."""
_QUOTED = re.compile(r"(?:số\s+\d+\S*\s+)?ngày\s+\d\S*(?:\s+tháng\s+\d+\s+năm\s+\d{4})?", re.IGNORECASE)
"""Days, of documents that a title names or of a count: they say no period."""
_ISSUED = frozenset({"ke hoach", "chuong trinh", "de an", "ke hoach hanh dong", "chuong trinh hanh dong", "chien luoc", "phuong an"})
_LETTER = re.compile(r"\W*K[ií]nh g[ửu]i\W")
"""A letter has no type word (Nghị định 30/2020/NĐ-CP, Phụ lục I): it opens with whom it is sent to, its subject under the number."""
_SUBJECT = re.compile(r"\W*(?:V\s?/\s?[Vv]|[Vv]ề việc)\b\W*(?=\w)")
_UNDER_NUMBER = re.compile(r"\W*S[ốô]\s*:?\s*\d\S{3,30}\s+V\s?/\s?[Vv]\b\W*(?=\w)")
"""Number and subject in one cell: "Số: 2428/BXD-QLN V/v: Hỗ trợ …"."""
_ABOUT = re.compile(r"V\s?/\s?[Vv]\b\W*(?=\w)")
"""The abbreviation "V/v" (về việc) opens a title and is no part of it."""
_ANNEX_NAMED = re.compile(r"\W*PHỤ LỤC(?:\s+(?:SỐ\s+)?[IVX\d]+)?\s*[:.–-]\s*(?=[A-ZĐÀ-Ỹ]{2})")
"""The number and the title of an annex in one line: "PHỤ LỤC I: PHÂN CÔNG NHIỆM VỤ …"."""
_ISSUER_TRAIL = re.compile(r"\s+(?:THỦ TƯỚNG CHÍNH PHỦ|CHỦ TỊCH (?:ỦY|UỶ) BAN NHÂN DÂN.*|(?:ỦY|UỶ) BAN NHÂN DÂN (?:TỈNH|THÀNH PHỐ)\s.{2,24}|BỘ TRƯỞNG BỘ .*)$")
_STAMP = re.compile(rf"[^{SMALL}]{{4,80}}?\s(?=(?:Ban hành|Phê duyệt|Quy định|Về việc|Công bố|Sửa đổi|Thành lập)\s(?!kèm)\w)")
"""What a scan reads of a stamp before the title, in capitals and figures: "2616 TN BIỆN TỪ CHÍNH PHÙ Ban hành Kế hoạch …"."""
_STRAY = re.compile(rf"[^\w\s(“\"]{{1,3}}\s+(?=[{SMALL}])")
"""A sign that a scan puts before the second line of a title: "& thực hiện …"."""
MAX_FRONT = 120
"""Parts of a document among which the plan that a decision issues must begin."""
_LOWER = re.compile(
    rf"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\W{{0,12}}(?P<level>HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU|THỊ TRẤN)\s+(?P<name>(?:[A-ZĐÀ-Ỹ\d]+(?:\s|$)){{1,4}}?)(?=\s*(?:SỐ|Số|CỘNG|S[Ốố]\s*:|-{{2,}}|$|[A-ZĐ][{SMALL}]))"
)
_MOTTO = re.compile(r"CỘNG H[ÒO]A XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc")
"""The state's name and motto, which stand between the two lines of an issuer where a letterhead is read line by line."""
_STEERING = re.compile(r"BAN CHỈ ĐẠO\s+(?P<about>.{4,150}?)(?:\s+(?:TỈNH|THÀNH PHỐ)(?:\s.*)?)?$")
_PART = re.compile(r"\W*(?:phan (?:thu \w+|[ivx]+|\d+)|chuong (?:[ivx]+|\d+)|muc (?:[ivx]+|\d+))\b")


@dataclass(frozen=True, slots=True)
class _Front:
    """The blocks before the first section."""

    blocks: tuple[Block, ...]
    text: str


def read_header(document: Document) -> Header:
    """Read the header of a document."""
    facts = read_facts(document)
    front = _front(document, facts.table)
    kind, at = _type(front)
    kind = kind or _BY_FOLD.get(fold(facts.type or ""))
    number, symbol, dated = _number(front, document)
    if symbol is None:
        number, symbol = facts.number, facts.symbol
    title, opening = _letter_title(front, at) if kind == LETTER else _title(front, kind, at, document)
    title = title or facts.title
    province = _province(front, title, opening, dated) or _find_province(facts.issuer or "", bare=False)
    issuer = _issuer(front, _reordered(symbol) if kind == LETTER else symbol, province, opening)
    return Header(
        type=kind,
        number=number,
        symbol=symbol,
        issuer=issuer,
        province=None if issuer in _CENTRAL or (issuer or "").startswith("Bộ ") else province,
        date=_date(front, dated) or _adopted(document) or facts.date,
        title=title,
        period=_period(title.text if title else ""),
        implements=find_implemented(f"{title.text if title else ''}\n{opening}", "\n".join(part.text[:2000] for part in document.parts[:MAX_FRONT] if isinstance(part, Block))),
        recipients=read_recipients(document),
        signer=read_signer(document),
        funding_legend=read_legend(document),
    )


def _front(document: Document, facts: Table | None) -> _Front:
    blocks: list[Block] = []
    for part in document.parts:
        if part is facts:
            continue
        if isinstance(part, Table) or len(blocks) > 60:
            break
        if (part.level == 1 and part.marker in ("I", "A")) or (part.kind == "recipients" and blocks):
            break
        blocks.append(part)
    return _Front(tuple(blocks), "\n".join(block.text for block in blocks))


def _type(front: _Front) -> tuple[str | None, int]:
    """The type word that stands alone on its line, and the index of its block."""
    for index, block in enumerate(front.blocks):
        folded = fold(block.text).strip(" :.-_*")
        if folded.startswith("phu luc") and len(folded) < 16:
            return "Phụ lục", index
        lines = folded.split()
        word = _BY_FOLD.get(folded)
        if word is None and block.kind == "heading" and len(lines) <= 12:
            word = next((w for f, w in _BY_FOLD.items() if folded.endswith(f) and block.text.isupper() and index < 4), None)
        if word is not None and (block.text.isupper() or block.bold):
            return word, index
    for index, block in enumerate(front.blocks[:6]):
        folded = fold(block.text)
        for start, word in _BY_FOLD.items():
            if folded.startswith(start) and block.text[: len(word)].isupper():
                return word, index
    if any(_LETTER.match(block.text) for block in front.blocks):
        return LETTER, -1
    return None, -1


def _letter_title(front: _Front, named: int) -> tuple[Passage | None, str]:
    """The subject of a letter ("V/v tăng cường …"), and what follows whom it is sent to, or the line that names its type."""
    at = next((index for index, block in enumerate(front.blocks) if _LETTER.match(block.text)), named)
    found = ((block.passage, _SUBJECT.match(block.text) or _UNDER_NUMBER.match(block.text)) for block in front.blocks)
    title = next((passage.slice(cut.end(), len(passage.text)) for passage, cut in found if cut), None)
    return title, "\n".join(block.text for block in front.blocks[at + 1 :])


def _number(front: _Front, document: Document) -> tuple[str | None, str | None, str]:
    """Number, symbol, and the words in which the document quotes its own date."""
    for block in front.blocks:
        if match := _ASSEMBLY_LINE.match(block.text):
            return match["number"], match["symbol"], ""
        match = _NUMBER_LINE.search(block.text)
        if match and (block.kind == "letterhead" or match.start() < 3) and not block.text.lstrip().startswith(("(", "Căn")):
            symbol = re.sub(r"\s", "", match["symbol"]).replace("–", "-")
            digits = re.sub(r"\s", "", match["digits"] or "")
            join = "-" if match["join"] == "-" and "/" in symbol else "/"
            number = normalise_number(f"{digits}{join}{symbol}") if digits else None
            return number, number.removeprefix(f"{digits}{join}") if number else symbol, ""
    for part in document.parts:
        if isinstance(part, Table):
            continue
        match = _ATTACHED.search(part.text)
        if match:
            symbol = match["symbol"].replace("–", "-")
            digits = match["digits"]
            return (normalise_number(f"{digits}/{symbol}") if digits else None), symbol, match["rest"]
    return None, None, ""


def _title(front: _Front, kind: str | None, at: int, document: Document) -> tuple[Passage | None, str]:
    """The plan's own title, and the opening paragraphs after it; a decision's is that of the plan that it issues."""
    blocks = front.blocks
    if at < 0:
        return None, front.text
    start = at + 1
    if kind == "Quyết định":
        blocks = tuple(part for part in document.parts[:MAX_FRONT] if isinstance(part, Block))
        inner = [i for i, b in enumerate(blocks) if i > at and fold(b.text).strip(" :*") in _ISSUED]
        start = inner[0] + 1 if inner else start
    parts: list[Passage] = []
    stop = start
    for index in range(start, len(blocks)):
        block = blocks[index]
        if _ends_title(block, bool(parts), parts) and not (parts and _goes_on_bold(blocks[index - 1], block)):
            break
        stray = _STRAY.match(block.text) if parts else None
        parts.append(block.passage.slice(stray.end(), len(block.text)) if stray else block.passage)
        stop = index + 1
    if kind == "Phụ lục":
        named = _ANNEX_NAMED.match(blocks[at].text)
        own = blocks[at].passage
        return _annex_title([own.slice(named.end(), len(own.text)), *parts] if named else parts), front.text
    title = join_passages(parts) if parts else None
    if title is not None and (trail := _ISSUER_TRAIL.search(title.text)):
        title = title.slice(0, trail.start())
    for opening in (_STAMP, _ABOUT):
        if title is not None and (noise := opening.match(title.text)):
            title = title.slice(noise.end(), len(title.text))
    return title, "\n".join(block.text for block in blocks[stop:])


def _ends_title(block: Block, begun: bool, parts: list[Passage]) -> bool:
    text = block.text
    if block.kind == "letterhead" or text.startswith(("(", "Căn cứ", "Kính gửi")) or fold(text).startswith(("kem theo", "ban hanh kem", "can cu")):
        return True
    if re.match(r"^(?:ỦY|UỶ) BAN NHÂN DÂN|^HỘI ĐỒNG NHÂN DÂN (?:TỈNH|THÀNH PHỐ)|^(?:THỦ TƯỚNG CHÍNH PHỦ|(?:(?:ỦY|UỶ) BAN THƯỜNG VỤ )?QUỐC HỘI)\W*$|^CHỦ TỊCH|^Điều\s+\d", text) or fold(text) in HEADINGS:
        return True
    if _PART.match(fold(text)):
        return True
    if not begun:
        return False
    if parts and parts[0].text.isupper():
        return not _mostly_upper(text)
    wraps = _STRAY.sub("", text)[:1].islower() and len(text) < 200 and not text.rstrip().endswith((".", ";", ":"))
    return not (wraps and not parts[-1].text.rstrip().endswith((".", ";", ":")))


def _goes_on_bold(above: Block, below: Block) -> bool:
    """A title over several lines, each bold for itself: neither ends a sentence, neither is numbered."""
    lines = (above, below)
    if fold(below.text).strip(" :*") in _ISSUING:
        return False
    return all(line.bold and line.kind == "heading" and line.marker is None for line in lines) and not above.text.rstrip().endswith((".", ":", ";"))


def _mostly_upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _annex_title(parts: list[Passage]) -> Passage | None:
    """Forms such as "DANH MỤC … CỦA KẾ HOẠCH …": the plan's title is what the list is of."""
    whole = join_passages(parts)
    match = re.search(r"\b(?:CỦA|THỰC HIỆN)\s+(?=(?:KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN)\b)", whole.text)
    if match:
        return whole.slice(match.end(), len(whole.text))
    return whole if whole.text else None


def _province(front: _Front, title: Passage | None, opening: str, dated: str) -> str | None:
    head = " ".join(block.text for block in front.blocks if block.kind == "letterhead")
    place = _PLACE_DATE.search(head) or _PLACE_DATE.search(front.text[:600])
    for text in (head, place["place"] if place else "", title.text if title else "", opening, dated, front.text):
        name = _find_province(text, bare=bool(place and text == place["place"]))
        if name is not None:
            return name
    return None


def _find_province(text: str, *, bare: bool) -> str | None:
    registry = load_registry()
    if bare:
        found = registry.provinces_named(text.strip())
        return found[0].name if found else None
    for match in _PROVINCE.finditer(text):
        words = match["name"].replace("-", " - ").split()
        for length in range(min(5, len(words)), 0, -1):
            found = registry.provinces_named(" ".join(words[:length]).replace(" - ", " - "))
            if found:
                return found[0].name
    return None


def _issuer(front: _Front, symbol: str | None, province: str | None, opening: str) -> str | None:
    for block in front.blocks[:10]:
        for pattern, name in _ISSUERS:
            if pattern.match(block.text) and (symbol is None or symbol.split("-")[-1] in _SYMBOL_ISSUERS or "UBND" not in symbol):
                return name
    tail = _issuer_code(symbol)
    if tail in _SYMBOL_ISSUERS:
        return _SYMBOL_ISSUERS[tail]
    named = ISSUERS.get(tail)
    if named is not None:
        return f"{named} {_level(province)} {province}" if named.startswith("Sở ") and province else named
    if lower := _lower_committee(front):
        return lower
    if tail not in ("", "UBND", "HĐND", "TU") and province is not None and (body := _letterhead_body(front)):
        return f"{body} {_level(province)} {province}"
    if tail in _PROVINCIAL and province is not None:
        return f"{_PROVINCIAL[tail]} {_level(province)} {province}"
    if tail == "TU" and province is not None:
        return f"{'Thành' if _level(province) == 'thành phố' else 'Tỉnh'} ủy {province}"
    if province is not None and (tail == "UBND" or "uy ban nhan dan" in fold(front.text) or "ubnd" in fold(opening)):
        return f"Ủy ban nhân dân {_level(province)} {province}"
    return None


def _reordered(symbol: str | None) -> str | None:
    """A letter's symbol begins with its issuer ("BXD-QLN", "UBND-NC"); a type before it, as others have one, lets both be read alike."""
    return f"CV-{symbol}" if symbol else None


def _issuer_code(symbol: str | None) -> str:
    """The code of the issuing body in a symbol: the part after the type ("KH-SYT" → SYT, "KH-UBND" → UBND)."""
    parts = re.split(r"[-–/]", symbol) if symbol else []
    return parts[1] if len(parts) > 1 else ""


def _letterhead_body(front: _Front) -> str | None:
    """The body of a province under whose name its committee stands: "UBND TỈNH BẮC NINH | BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP"."""
    above = False
    for block in front.blocks[:6]:
        if above and block.text.isupper() and (steering := _STEERING.match(block.text.strip(" *-"))):
            return f"Ban Chỉ đạo {steering['about'].casefold()}"
        if above and block.text.isupper() and (named := heads_agencies(block.passage)) and named[0].kind:
            kind = load_registry().kinds[named[0].kind]
            return kind.name if kind.level == "provincial" and kind.form == "body" and "nhân dân" not in kind.name else None
        above = fold(block.text).startswith(("uy ban nhan dan", "ubnd"))
    return None


def _lower_committee(front: _Front) -> str | None:
    """The committee of a district or commune, by the letterhead: "UBND HUYỆN MỘC CHÂU"."""
    head = " ".join(block.text for block in front.blocks[:5] if len(block.text) < 120)
    match = _LOWER.search(_MOTTO.sub(" ", head)) or _LOWER.search(head)
    if match is None:
        return None
    name = " ".join(word.capitalize() if word.isupper() else word for word in match["name"].split())
    return f"Ủy ban nhân dân {match['level'].casefold()} {name}"


def _level(province: str) -> str:
    """Forms such as "tỉnh" or "thành phố": the level of the unit of that name."""
    found = load_registry().provinces_named(province)
    return "thành phố" if found and "thành phố" in key(found[0].type) else "tỉnh"


def _date(front: _Front, dated: str) -> str | None:
    head = " ".join(block.text for block in front.blocks if block.kind == "letterhead")
    for text in (head, dated, next((b.text for b in front.blocks[:8] if _PLACE_DATE.search(b.text)), "")):
        place = _PLACE_DATE.search(text)
        found = find_date("ngày " + place["rest"]) if place else find_date(text) if text is dated else None
        if found:
            return found
    match = re.search(r"ngày\s[\s\d./]*tháng\s[\s\d]*năm\s+20\d\d", head)
    return find_date(match.group()) if match else None


def _adopted(document: Document) -> str | None:
    """The day on which an assembly adopted the document, told by its last lines."""
    found = (_ADOPTED.search(part.text) for part in reversed(document.parts[-MAX_FRONT:]) if isinstance(part, Block))
    return next((find_date(match["day"]) for match in found if match), None)


def _period(title: str) -> tuple[int | None, int | None] | None:
    plain = _LAW_YEAR.sub(" ", _QUOTED.sub(" ", title))
    if match := _RANGE.search(plain):
        return int(match["start"]), int(match["end"])
    if match := _UNTIL.search(plain):
        return None, int(match["end"])
    if match := re.search(r"năm (20\d\d) và (?:những|các) năm (?:tiếp theo|sau)", plain, re.IGNORECASE):
        return int(match[1]), None
    if match := _IN_YEAR.search(plain):
        year = int(match["year"] or match["within"])
        return year, year
    return None
