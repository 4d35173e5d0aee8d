"""Which documents a text cites, and which one a plan carries out.

The form of a citation: ``[Điều, khoản …] TYPE [số] NUMBER[,] [ngày DATE] [của ISSUER] [về (việc)] TITLE``. Numbers are
looked for first, then what stands before and after each is read from there; laws are also cited by name alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kg.extraction.dates import date_at
from kg.extraction.flow import Flow, make_flow
from kg.extraction.issuers import issuer_after, issuer_at, issuer_before, issuer_of_symbol
from kg.extraction.laws import NamedLaw, find_laws, follows_name
from kg.extraction.numbers import Candidate, Number, find_numbers, normalise_number, parse_number
from kg.extraction.symbols import ISSUERS, MISPRINTS, NATIONAL, TYPES
from kg.extraction.titles import title_after
from kg.records import Citation, Span

__all__ = ["Number", "find_citations", "find_implemented", "find_misprints", "normalise_number", "parse_number"]

Relation = Literal["implements", "legal-basis", "proposal", "self", "cites"]
_RANK: tuple[Relation, ...] = ("self", "implements", "legal-basis", "proposal", "cites")

_TYPE_WORDS = (
    "Nghị quyết liên tịch", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư liên tịch", "Thông tư", "Thông tri",
    "Pháp lệnh", "Sắc lệnh", "Lệnh", "Bộ luật", "Luật", "Chương trình hành động", "Chương trình", "Kế hoạch hành động",
    "Kế hoạch phối hợp", "Kế hoạch liên tịch", "Kế hoạch", "Kết luận", "Quy định", "Quy chế phối hợp", "Quy chế", "Hướng dẫn liên ngành",
    "Hướng dẫn", "Đề án", "Phương án", "Tờ trình", "Báo cáo thẩm tra", "Báo cáo thẩm định", "Báo cáo", "Thông báo kết luận",
    "Thông báo", "Công điện", "Công văn", "Văn bản hợp nhất", "Văn bản", "Giấy phép thăm dò", "Giấy phép khai thác",
    "Giấy phép", "Biên bản", "Dự án",
)  # fmt: skip
_SHORT = {"vb": "Văn bản", "cv": "Công văn", "nq": "Nghị quyết", "qđ": "Quyết định", "nđ": "Nghị định", "tt": "Thông tư"}
_PROPER = {word.casefold(): word for word in _TYPE_WORDS} | {
    "thông báo kết luận": "Thông báo", "giấy phép thăm dò": "Giấy phép", "giấy phép khai thác": "Giấy phép",
    "báo cáo thẩm tra": "Báo cáo", "báo cáo thẩm định": "Báo cáo",
}  # fmt: skip
_TYPE = "|".join(_TYPE_WORDS)
_OF = r"(?:\scủa\s(?P<who>[^;:.()\n]{3,70}?))?"
_HEAD = re.compile(
    rf"(?<!\w)(?:(?i:(?P<type>{_TYPE})){_OF}|(?P<short>VB|CV|NQ|QĐ|NĐ|TT))"
    r"(?P<tie>\s?[,:]?\s?(?i:số)\s?:?\s?|\s?:\s?|\s)$"
)
_SO = re.compile(r"(?i:số)\s?:?\s?$|(?<!\w)s$")
_NOT_DOCUMENTS = re.compile(r"(?:mẫu|biểu|đường|nhà|thửa|tờ bản đồ|tài khoản|phụ lục|điện thoại)\s(?:số)?\s?:?\s?$", re.IGNORECASE)
_ASSEMBLIES = ("QH", "UBTVQH")
_OWN_LINE = re.compile(r"(?:[A-ZĐ][^,;\n]{1,40},\s*ngày[\d\s]+tháng[\d\s]+năm\s+\d{4}\s+)?(?:(?:Số|SỐ)\s?:?|(?:Nghị quyết|Luật|Pháp lệnh) số\s?:)\s?$")
_BARE = re.compile(
    r"(?P<type>Nghị quyết|Quyết định|Chỉ thị|Kết luận|Thông tư|Nghị định)\ssố\s(?P<n>\d{1,4})(?=,?\sngày\s\d{1,2}\s?(?:/|tháng))"
)
_YEAR = re.compile(r"\s?,?\snăm\s(?P<y>(?:19|20)\d\d)(?!\d)(?!\s?-)|\s\((?P<z>(?:19|20)\d\d)\)")
_CARRIED_OUT = re.compile(r"(?:thực hiện|triển khai|thi hành)\s(?:các\s)?$", re.IGNORECASE)
_LIST = re.compile(r"\)?\s?(?:[,;]|và|;\svà)\s(?:số\s)?", re.IGNORECASE)
_AND = re.compile(r"\s(?:và|,)\s(?:số\s)?")
_BASIS = re.compile(r"(?:[-+•]\s)?(?:Căn cứ|CĂN CỨ)\s")
_PROPOSED = re.compile(r"(?:đề nghị|đề xuất)(?:\stham mưu)?\scủa\s[^;.()\n]{2,140}?\s(?:tại\s(?:các\s|cả\s)?|\()$", re.IGNORECASE)
_PROPOSALS = ("Tờ trình", "Văn bản", "Công văn", "Báo cáo")


@dataclass(slots=True)
class _Mention:
    """One place where a document is cited; positions are in the flow."""

    number: Number | None
    type: str | None
    start: int
    end: int
    tail: int
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    title_end: int = 0
    relation: Relation = "cites"
    shouted: bool = field(default=False)


def find_citations(text: str, *, own_number: str | None = None, implements: tuple[str, ...] = ()) -> tuple[Citation, ...]:
    """Reads: the canonical text of a document. Gives: the documents that it cites, in order of their first mention.

    Unique by number; a law without number by its name; a number without year that stands with two different dates is
    two citations. Type, date, issuer and title are those of the first mention that states them, one in running text
    before one in capitals; the issuer may also come from the symbol (SCT is Sở Công Thương). Each span covers type
    word and number, or a law's name. The line that gives the document's own number is no citation, nor is a misprinted
    symbol (see ``find_misprints``).

    >>> [(c.number, c.date, c.title) for c in find_citations("theo Luật Đất đai; Chỉ thị số 27/CT-TTg ngày 15/8/2024")]
    [(None, None, 'Luật Đất đai'), ('27/CT-TTg', '2024-08-15', None)]
    """
    flow = make_flow(text)
    mentions = _read(flow)
    own = normalise_number(own_number) if own_number else None
    carried = {normalise_number(number) for number in implements}
    groups = _group(mentions)
    return tuple(_merge(flow, group, own, carried) for group in groups)


def find_misprints(text: str) -> tuple[tuple[Span, str], ...]:
    """Reads: a text. Gives: the numbers with a misprinted symbol (222/QĐ-TTĐ), each with the number it stands for."""
    if not any(symbol in text.upper() for symbol in MISPRINTS):
        return ()
    flow = make_flow(text)
    return tuple(
        (flow.span(found.start, found.end), found.number.number) for found in find_numbers(flow.text) if found.misprint
    )


def find_implemented(opening: str, basis: str = "") -> tuple[str, ...]:
    """Reads: title and opening paragraphs of a plan, and those of the decision that issues it. Gives: the numbers of the national documents it carries out.

    That of the title; else the first that follows "Thực hiện", "Triển khai (thực hiện)" or "thi hành", and the further
    ones of its list or of paragraphs that open so, too. "Căn cứ" lines, letters and provincial documents do not count,
    nor does a national document that a provincial one is said to carry out, or a ministry's that carries out the first.
    There may be "Căn cứ" lines only: then the one counts that approved the scheme which the title names.

    >>> find_implemented("Thực hiện Quyết định số 889/QĐ-TTg ngày 24/6/2020 của Thủ tướng Chính phủ")
    ('889/QĐ-TTg',)
    """
    flow = make_flow(opening)
    found: list[str] = []
    covered = last = paragraph = 0
    provincial = listed = False
    for mention in _read(flow):
        if mention.number is None:
            continue
        start, _ = flow.paragraph(mention.start)
        through = last and _THROUGH.fullmatch(flow.text, last, mention.start)
        if through and len(found) > 1 and mention.number.number in found[:-1]:
            found.pop()
        if mention.start < covered or (provincial and through) or mention.number.number in found:
            continue
        if found and paragraph == 0 < start:
            break
        listed, paragraph = listed and start == paragraph, start
        provincial, last = not _is_national(mention.number), mention.tail
        between = flow.text[max(start, covered) : mention.start]
        goes_on = (listed or _OPENS_LIST.match(between)) and _NEXT.search(between) and not _STOP.search(between)
        listed = mention.relation != "legal-basis" and bool(goes_on or (_OPENS.fullmatch if found else _OPENS.search)(between[-80:]))
        if found and not listed:
            break
        if listed or mention.relation == "legal-basis":
            covered = max(mention.title_end, mention.tail)
        if listed and not provincial and mention.type != "Công văn":
            found.append(mention.number.number)
    return tuple(found) or _approved(make_flow(f"{opening}\n{basis}"))


def _approved(flow: Flow) -> tuple[str, ...]:
    """The national decision on the scheme that the title (the first paragraph) says it carries out: "… thực hiện Đề án “Nâng cao nhận thức …”"."""
    named = _SCHEME.search(flow.text, 0, flow.paragraph(0)[1])
    if named is None:
        return ()
    scheme = _plain(_ON_SITE.sub("", named["name"] or named["bare"]))
    numbers = [mention.number.number for mention in _read(flow) if mention.number and _is_national(mention.number) and scheme in _plain(mention.title or "")]
    return tuple(numbers[:1])


def _plain(title: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", title.casefold())


_ON_SITE = re.compile(r",?\s+(?:trên địa bàn|tại)\s+(?:tỉnh|thành phố)\s.{2,30}?(?=\s+(?:giai đoạn|thời kỳ|đến năm|năm)\s|$)", re.IGNORECASE)
"""What a province adds to the name of the national scheme that it carries out."""
_THROUGH = re.compile(r",?\s(?:về\s(?:việc\s)?)?(?:(?:triển khai|tổ chức)\s){0,2}(?:thực hiện|thi hành|(?<=triển khai\s))\s?(?:các\s)?")
"""Between a provincial document and the national one that it carries out: "Kế hoạch số 24/KH-UBND … của UBND tỉnh thực hiện Nghị quyết số …"."""
_SCHEME = re.compile(r"(?:thực hiện|triển khai|thi hành)\s(?:các\s)?(?:Đề án|Chương trình|Chiến lược|Kế hoạch|Dự án|Quy hoạch)\s(?:[“\"](?P<name>[^”\"]{20,400})[”\"]|(?P<bare>[^“”\"]{20,300}?)(?=,|\s(?:giai đoạn|thời kỳ|đến năm|năm|trên địa bàn|của|tại)\s|$))", re.IGNORECASE)
_NEXT, _STOP = re.compile(r"(?:[;,]|(?:^|\))\svà)\s(?:và\s)?(?:các\s)?$"), re.compile(r"\.\s+[A-ZĐÀ-Ỵ]")
"""What stands before the next document of a list, and what ends the list."""
_OPENS_LIST = re.compile(r"\W*(?:Để (?:tiếp tục )?)?(?:(?:tổ chức\s)?(?:triển khai|thực hiện|thi hành)\s){1,2}(?:nghiêm\s)?(?:các\s)?(?=Nghị quyết|Kết luận|Chỉ thị|Quyết định|Chương trình|Kế hoạch|Đề án|Chiến lược)", re.IGNORECASE)
"""A list may open with a document that has no number: "Thực hiện Nghị quyết Đại hội …; Chỉ thị số …"."""
_OPENS = re.compile(
    r"(?:^|[.;]\s|\W)(?:(?:tổ chức\s)?(?:triển khai|thực hiện|thi hành)(?:,?\s(?:và\s)?(?:thực hiện|thi hành))?)\s(?:nội dung\s|các\s|nghiêm(?:\stúc)?\s|có hiệu quả\s)*$",
    re.IGNORECASE,
)


def _is_national(number: Number) -> bool:
    code = number.issuer_code or ""
    return code in NATIONAL or code.startswith(_ASSEMBLIES)


def _read(flow: Flow) -> list[_Mention]:
    """All mentions, in order."""
    laws = find_laws(flow.text)
    mentions: list[_Mention] = []
    named: set[int] = set()
    for found in find_numbers(flow.text):
        if found.misprint:
            continue
        law = _law_of(flow.text, laws, found)
        mention = _number_mention(flow, found, law, mentions[-1] if mentions else None)
        if mention:
            mentions.append(mention)
            if law and mention.start == law.start:
                named.add(law.start)
    mentions += [_bare_mention(flow.text, found) for found in _BARE.finditer(flow.text)]
    mentions += [
        _Mention(None, law.type, law.start, law.end, law.tail, date=law.date, title=law.title)
        for law in laws
        if law.start not in named
    ]
    mentions.sort(key=lambda mention: mention.start)
    _share_issuers(flow.text, mentions)
    _relate(flow, mentions)
    return mentions


def _law_of(flow: str, laws: list[NamedLaw], found: Candidate) -> NamedLaw | None:
    """The named law whose number this is: "Luật Đất đai số 31/2024/QH15"."""
    at = bisect_right(laws, found.start, key=lambda law: law.start) - 1
    if at < 0 or laws[at].end > found.start or found.start - laws[at].end > 12:
        return None
    return laws[at] if follows_name(flow[laws[at].end : found.start]) else None


def _number_mention(flow: Flow, found: Candidate, law: NamedLaw | None, previous: _Mention | None) -> _Mention | None:
    """The mention around a number; ``None`` where nothing says that it is a document's."""
    text = flow.text
    head = None if law else _head(text, found.start)
    spoken = _SO.search(text, max(0, found.start - 6), found.start)
    if _NOT_DOCUMENTS.search(text, max(0, found.start - 20), found.start):
        return None
    listed = previous is not None and previous.number is not None and _LIST.fullmatch(text[previous.tail : found.start])
    known = found.number.type_code is not None or found.number.issuer_code in ISSUERS
    if not (law or head or found.sure or ((spoken or listed) and known)):
        return None
    if law is None and (head is None or (found.number.issuer_code or "").startswith(_ASSEMBLIES)) and _heads_the_page(flow, found):
        return None
    mention = _Mention(found.number, None, found.start, found.end, found.end)
    if law:
        mention.type, mention.start, mention.title = law.type, law.start, law.title
    elif head:
        mention.type, mention.start = _type_word(head), head.start()
        mention.issuer = _named(head["who"])
    else:
        mention.start = spoken.start() if spoken else found.start
        mention.type = TYPES.get(found.number.type_code or "")
        if listed and previous and (mention.type is None or found.number.type_code == (previous.number or found.number).type_code):
            mention.type = previous.type
    return _with_tail(text, mention)


def _head(text: str, start: int) -> re.Match[str] | None:
    """The type word that governs the number at ``start``; the nearest one, within its paragraph."""
    low = max(text.rfind("\n", 0, start) + 1, start - 110)
    head = _HEAD.search(text, low, start)
    while head and head["type"] and head["who"]:
        nearer = _HEAD.search(text, head.end("type"), start)
        if not nearer:
            break
        head = nearer
    if head and head["who"] and _named(head["who"]) is None:
        return None
    return head


def _named(who: str | None) -> str | None:
    """The body, where the words are one body's name and nothing else."""
    found = issuer_at(who, 0) if who else None
    return found[0] if found and who and not who[found[1] :].strip(" ,") else None


def _type_word(head: re.Match[str]) -> str:
    word = head["type"] or head["short"]
    return _PROPER.get(" ".join(word.split()).casefold()) or _SHORT[word.casefold()]


def _heads_the_page(flow: Flow, found: Candidate) -> bool:
    """Whether this is the line that gives the document's own number: "Số: 144/KH-UBND"."""
    start, end = flow.paragraph(found.start)
    rest = flow.text[found.end : end]
    return _OWN_LINE.fullmatch(flow.text[start : found.start].lstrip("#*_ ")) is not None and not rest.strip(" -–")[:1].islower()


def _bare_mention(text: str, found: re.Match[str]) -> _Mention:
    """A number without symbol, known by its date: "Nghị quyết số 48 ngày 25 tháng 3 năm 2019"."""
    number = Number(number=found["n"], year=None, type_code=None, issuer_code=None)
    return _with_tail(text, _Mention(number, found["type"], found.start(), found.end(), found.end()))


def _with_tail(text: str, mention: _Mention) -> _Mention:
    """Add date, issuer and title from the words after the number, and the issuer from those before."""
    number = mention.number
    position = mention.end
    for _ in range(2):
        gap = _GAP.match(text, position)
        dated = date_at(text, gap.end()) if gap and mention.date is None else None
        if dated:
            mention.date, position = dated
        issued = issuer_after(text, position)
        if issued:
            mention.issuer, position = mention.issuer or issued[0], issued[1]
    before = text[max(0, mention.start - 150) : mention.start]
    year = _YEAR.match(text, mention.end)
    if mention.date is None and year and not _CARRIED_OUT.search(before) and (number is None or number.year is None):
        mention.date, position = year["y"] or year["z"], max(position, year.end())
    mention.tail = position
    bare = position == mention.end
    national = number is not None and _is_national(number)
    titled = title_after(text, position, bare=bare, national=national)
    if titled and mention.title is None:
        mention.title, mention.title_end = titled
    if mention.issuer is None and number is not None:
        said, meant = issuer_before(before), issuer_of_symbol(number)
        renamed = said is not None and said.startswith("Sở ")  # a department may keep the symbol of its former name
        mention.issuer = said if renamed else meant or said
    mention.shouted = text[mention.start : mention.end].isupper() or (mention.title or "").isupper()
    return mention


_GAP = re.compile(r"\s?[,(]?\s?")


def _share_issuers(text: str, mentions: list[_Mention]) -> None:
    """In a list issuer and date are said once: "Chỉ thị số 31-CT/TU ngày …, Kế hoạch số 134-KH/TU ngày … của Ban Thường vụ"."""
    for first, second in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        between = text[first.tail : second.start]
        codes = first.number and second.number and first.number.issuer_code == second.number.issuer_code
        if codes and first.date is None and first.type == second.type and _AND.fullmatch(between):
            first.date = second.date
        if codes and first.issuer is None and first.title is None and _LIST.fullmatch(between):
            first.issuer = second.issuer


def _relate(flow: Flow, mentions: list[_Mention]) -> None:
    """Legal basis and proposal, from the opening of the paragraph; a document named in another's title is only cited."""
    covered = 0
    for mention in mentions:
        nested = mention.start < covered
        covered = max(covered, mention.title_end)
        if nested:
            continue
        start, _ = flow.paragraph(mention.start)
        if mention.type in _PROPOSALS and _PROPOSED.search(flow.text, max(start, mention.start - 220), mention.start):
            mention.relation = "proposal"
        elif _BASIS.match(flow.text, start):
            mention.relation = "legal-basis"


def _group(mentions: list[_Mention]) -> list[list[_Mention]]:
    """Mentions of one document together, in order of the first."""
    groups: dict[str, list[list[_Mention]]] = {}
    order: list[list[_Mention]] = []
    numbers = {_name(m): m.number.number for m in mentions if m.number and m.title and m.title.startswith(_LAW_WORDS)}
    for mention in mentions:
        number = mention.number.number if mention.number else numbers.get(_name(mention))
        key = number or f"{_name(mention)}"
        family = groups.setdefault(key, [])
        apart = mention.number is not None and mention.number.year is None
        group = next((g for g in reversed(family) if not apart or _agree(g, mention)), None)
        if group is None:
            group = []
            family.append(group)
            order.append(group)
        group.append(mention)
    return order


_LAW_WORDS = ("Luật", "Bộ luật", "Pháp lệnh")


def _name(mention: _Mention) -> str:
    return " ".join((mention.title or "").casefold().split())


def _agree(group: Iterable[_Mention], mention: _Mention) -> bool:
    """Whether a mention's date may be that of the group: equal, less precise, or not stated."""
    return mention.date is None or all(
        m.date is None or m.date.startswith(mention.date) or mention.date.startswith(m.date) for m in group
    )


def _merge(flow: Flow, group: list[_Mention], own: str | None, carried: set[str]) -> Citation:
    """One citation of all mentions of a document."""
    told = sorted(group, key=lambda mention: mention.shouted)
    number = next((m.number for m in group if m.number), None)
    dates = [m.date for m in told if m.date]
    date = next((d for d in dates if dates and d != dates[0] and d.startswith(dates[0])), dates[0] if dates else None)
    relation = min((m.relation for m in group), key=_RANK.index)
    if number and number.number == own:
        relation = "self"
    elif number and number.number in carried:
        relation = "implements"
    return Citation(
        type=next((m.type for m in told if m.type), None),
        number=number.number if number else None,
        date=date or (str(number.year) if number and number.year else None),
        issuer=next((m.issuer for m in told if m.issuer), None),
        title=next((m.title for m in told if m.title), None),
        relation=relation,
        spans=tuple(flow.span(m.start, m.end) for m in group),
    )
