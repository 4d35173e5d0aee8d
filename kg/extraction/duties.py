"""Duties in prose: who is told to do what under "Tổ chức thực hiện" and its like.

Reads: the blocks of sections that assign work by agency.
Gives: duties with agency, role, partners and the actions that their verbs name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from kg.extraction.actions import read_actions
from kg.extraction.agencies import read_list
from kg.extraction.assigning import assigning_sections, opens_with_other
from kg.extraction.charged_clauses import split_by_agency
from kg.extraction.sections import DASH, DECIMAL, LETTER, NUMBER, PLUS, ROMAN, Placed, is_heading, name_heading
from kg.extraction.subjects import PLACES, find_subject, heads_agencies, points_at
from kg.records import AgencyMention, Duty, Passage, Role

MIN_LETTERS = 12
"""Letters below which a stretch of text is noise, not a duty."""
_OPENING_WORDS = 160
"""Letters within which those are named whom a paragraph charges with the bullets below it, too."""
_LEAD = re.compile(
    r"(?:(?:là|Là)\s+(?:cơ quan|đơn vị)\s+(?:(?:đầu mối|thường trực|chủ trì)\s*,?\s*(?:có trách nhiệm\s*)?)?)?(?:đồng\s+)?chủ\s+trì\b", re.IGNORECASE
)
_PARTNER = re.compile(r"(?:chủ động\s+|tích cực\s+|tăng cường\s+|thường xuyên\s+)?phối\s+hợp\b", re.IGNORECASE)
_OPENING = re.compile(r"^(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|,|:|;|\s)+", re.IGNORECASE)
_ASSIGN = re.compile(r"^\s*(?:Giao|Đề nghị|Yêu cầu|Phân công)\s*:?\s*", re.IGNORECASE)
_ORDERS = re.compile(r"[-–+\s]*Yêu cầu\s")
"""A body that orders others: a bullet "Yêu cầu các cơ quan báo chí …" below "4. Sở Y tế" is that department's own duty."""
_MANNER = r"(?:chặt\s+chẽ|tốt|đồng\s+bộ|thường\s+xuyên|quyết\s+liệt|hiệu\s+quả|nhịp\s+nhàng|kịp\s+thời|tích\s+cực|chủ\s+động)"
_WITH = re.compile(rf"(?:(?<=chủ\strì\s)cùng(?:\s+với)?|phối\s+hợp(?:\s*,\s*(?:cung\s+cấp|trao\s+đổi|chia\s+sẻ)\s+thông\s+tin)?(?:\s+{_MANNER}(?:\s*(?:,|và|,\s*và)\s*{_MANNER})*)?\s*(?P<link>với|cùng(?:\s+với)?|và)?)\s*:?\s*", re.IGNORECASE)
_ROLE_HEADING = re.compile(r"(?P<what>\W*(?:(?:Các\s+)?(?:nhiệm\s+vụ|nội\s+dung|công\s+việc)\s+)?)(?:(?P<both>chủ\s+trì\s*,?\s*(?:và\s+)?phối\s+hợp(?:\s+với)?)|chủ\s+trì|phối\s+hợp)(?:\s+thực\s+hiện)?\W*", re.IGNORECASE)
"""A role that heads bullets: "a) Nhiệm vụ chủ trì", "* Phối hợp:"; one that leads with others ("b) Chủ trì, phối hợp") has them open the bullets."""
_ONLY_ROLE = re.compile(r"\W*(?:Chủ\s+trì\s*,?\s*(?:và\s+)?)?", re.IGNORECASE)
_NOUN_BEFORE = re.compile(r"(?:quy chế|cơ chế|công tác|sự|việc|kế hoạch|chương trình|quy định|trách nhiệm|chủ trì hoặc)\s*$", re.IGNORECASE)
_NOUN_LETTERS = 60
"""More than such a noun and the blanks behind it have: a paragraph of thousands of "phối hợp với" is not gone through for each."""
_CLOSING = re.compile(r"^\W*(?:Trên đây là|(?:Văn phòng|Thừa lệnh)\s[^.;]{3,80}\s(?:xin\s)?(?:trân trọng\s)?thông báo\s[^.;]{0,120}\sbiết\b)")
"""Standing words that close a plan or a notice: "Trên đây là Kế hoạch …", "Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện"."""
_RUN_ON = re.compile(r"(?<=[.;/])\s+(?=Trên đây là\s)")
_ANNOUNCES = re.compile(r"\b(?:như sau|sau đây|dưới đây)\s*:\W*$", re.IGNORECASE)
"""The end of a line that only announces what follows: a table of duties, say."""
_REQUEST = re.compile(r"\b((?:đề nghị|yêu cầu)\s[^:]{3,400}(?:sau|sau đây|dưới đây|như sau)\s*:\W*$)", re.IGNORECASE)
"""The sentence that hands the numbered paragraphs below it to those whom it asks."""
_MATTER = re.compile(r"\W*Việc\s[^.;:]{4,200}\s(?:phải|cần)\s(?:được\s)?(?:bảo đảm|đảm bảo|tuân thủ|phù hợp|thực hiện|căn cứ|dựa)\b(?![^.;]*\s(?:do|giao)\s+(?:các\s|[A-ZĐ]))")
"""What says how a matter must be done, and tells nobody to do it: "Việc xác nhận phải bảo đảm …"."""
_TROUBLE = re.compile(r"khó khăn|vướng mắc|phát sinh|phản ánh|sửa đổi, bổ sung|điều chỉnh|kịp thời", re.IGNORECASE)
_ENACTING = re.compile(r"^\W*(?:Điều \d+\.\s*)?[^.]{0,400}?(?:chịu )?trách nhiệm thi hành (?:Quyết định|Kế hoạch|Chỉ thị|Nghị quyết|Nghị định|Thông tư|Chương trình|Quy định|Quy chế|Đề án) này|^\W*(?:Điều \d+\.\s*)?(?:Quyết định|Kế hoạch|Chỉ thị)\s+này\s+(?:có hiệu lực|thay thế)")
_NAMELIKE = re.compile(
    r"(?:[Cc]ác |[Nn]hững |Thủ đô |Thành phố [A-ZĐ]|Tỉnh [A-ZĐ]|Doanh nghiệp|Cơ sở|Cơ quan|Đơn vị|Tổ chức (?!thực|triển|tuyên)|Chủ (?!trì|động)|Người |Hộ |Hội |Hiệp hội|Liên |Trung tâm|Trường |Viện |Công ty|Tập đoàn|Ban |Sở |Phòng |Chi cục|Cục |Văn phòng|Trạm |Hạt |Đội |Chi nhánh|Kho bạc|Bưu điện|Bảo tàng|Thư viện|Vườn |Quỹ |Bệnh viện|Học viện|Đại học|Lực lượng|Thủ trưởng|Giám đốc)"
)
_GROUPLIKE = re.compile(r"(?:Các|Những|Doanh nghiệp|Cơ sở|Cơ quan|Đơn vị|Tổ chức|Chủ|Người|Hộ|Lực lượng|Thủ trưởng)\b")
_CONCERNS = re.compile(r"(?:Đối với|Đề nghị) (?=(?:các|những)\s|[A-ZĐ])")
_BRACKET = re.compile(r"\s*\([^()]*\)$")
_ROLE_WORDS = re.compile(r"chủ\s+trì|phối\s+hợp", re.IGNORECASE)
_SHARES_OUT = re.compile(r"chủ\s+trì\s*,?\s*(?:và\s+)?phối\s+hợp|phối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:với|cùng)\s", re.IGNORECASE)  # "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính:"
_JOINT = re.compile(r"(?:\s[-–—]|(?<=[^\W\d_]{2})\.)\s+(?=[A-ZĐÀ-Ỹ][^\W\d_]*\s[a-zà-ỹđ])")
_OPENS_LIST = re.compile(r"(?:^\W*|\bcác\s+)(?:sở|bộ)\s*$", re.IGNORECASE)  # "các Sở: Tài chính, Nội vụ": the sign opens names


@dataclass(slots=True)
class _Charge:
    """Who is charged with the blocks that follow, and as what; ``rank`` is that of the block that says so."""

    agency: tuple[AgencyMention, ...]
    rank: int
    role: Role | None = None
    partners: tuple[AgencyMention, ...] = ()
    section: str | None = None
    with_those_below: bool = False
    for_bullets: bool = False


@dataclass(slots=True)
class _State:
    charges: list[_Charge] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    lost: list[Passage] = field(default_factory=list)

    def above(self, rank: int) -> _Charge | None:
        """The nearest charge that governs a block of this rank."""
        self.charges = [charge for charge in self.charges if charge.rank < rank]
        return self.charges[-1] if self.charges else None


def read_duties(placed: list[Placed]) -> tuple[list[Duty], list[Passage]]:
    """Read the duties of the sections that assign them, and what stands there but charges nobody that can be told."""
    state = _State()
    section: int | None = None
    asked = _asked(placed)
    assigned = assigning_sections(placed) | asked.keys()
    for index, place in enumerate(placed):
        top = _section_of(place, assigned)
        if top is None or place.annex or (id(place.block) == top and not _charges(place)):
            continue
        if top != section:
            state.charges, section = [asked[top]] if top in asked else [], top
        following = placed[index + 1] if index + 1 < len(placed) and _section_of(placed[index + 1], assigned) == top else None
        _read_block(state, place, following)
    return state.duties, state.lost


def _asked(placed: list[Placed]) -> dict[int, _Charge]:
    """The numbered paragraphs of a letter, each with those whom the line above them asks: "Bộ Xây dựng đề nghị … thực hiện một số nội dung sau đây:"."""
    asked: dict[int, _Charge] = {}
    charge: _Charge | None = None
    for place in placed:
        if place.annex or place.trail:
            continue
        if not place.rank:
            charge = _asks(place.block.passage)
        elif place.rank == NUMBER and charge is not None and not is_heading(place.block):
            asked[id(place.block)] = charge
    return asked


def _asks(passage: Passage) -> _Charge | None:
    """Whom a paragraph that ends in a colon asks for what stands below it."""
    request = _REQUEST.search(passage.text)
    subject = find_subject(passage.slice(request.start(1), len(passage.text)), opening_only=True) if request else None
    return _Charge(subject.mentions, ROMAN) if subject else None


def _section_of(place: Placed, assigned: set[int]) -> int | None:
    """The outermost assigned heading that the block stands under, or is."""
    return next((id(block) for block in (*place.trail, place.block) if id(block) in assigned), None)


def _charges(place: Placed) -> bool:
    """A heading that is itself among agencies' headings ("a) Bộ Xây dựng: Khẩn trương …")."""
    return name_heading(place.block) not in ("duties", "reporting") or not 0 < place.rank <= NUMBER


def make_duty(agency: tuple[AgencyMention, ...], text: Passage, section: str | None, *, start: int = 0) -> Duty:
    """A duty of the agencies, its role, partners and actions read from its words; ``start``: where those who lead it end."""
    names = {mention.name for mention in agency}
    partners = tuple(mention for mention in read_partners(text) if mention.name not in names)
    return Duty(agency=agency, text=text, role=read_role(text.text, start), partners=partners, section=section, actions=read_actions(text.text))


def _without_closing(place: Placed) -> tuple[Placed, Placed | None]:
    """Part a block from the document's closing words that run on behind it ("… Trên đây là Kế hoạch …")."""
    text = place.block.text
    closing = _RUN_ON.search(text) if "Trên đây là" in text else None
    if closing is None:
        return place, None
    passage = place.block.passage
    body = replace(place.block, passage=passage.slice(0, closing.start()))
    rest = replace(place.block, passage=passage.slice(closing.end(), len(text)), marker=None, level=0, kind="paragraph")
    section = place.trail[0].marker if place.trail else place.section
    return replace(place, block=body), replace(place, block=rest, rank=0, section=section)


def _read_block(state: _State, place: Placed, following: Placed | None) -> None:
    place, closing = _without_closing(place)
    _read_body(state, place, following)
    if closing is not None:
        _read_body(state, closing, None)


def _read_body(state: _State, place: Placed, following: Placed | None) -> None:
    block, passage = place.block, place.block.passage
    if not place.rank and (place.annex or (block.kind == "heading" and heads_agencies(passage) is None)):
        state.charges = []
        return
    if sum(map(str.isalpha, passage.text)) < MIN_LETTERS and following is None:
        return
    if not place.rank:
        state.charges = [charge for charge in state.charges if not charge.for_bullets] if _is_body(state, block.text) else []
    charge = state.above(place.rank or PLUS + 1)
    heading = heads_agencies(passage) if place.rank < DASH or following is not None else None
    heading = heading or _free_heading(place, following)
    if heading is not None and _is_heading(place, following):
        _open(state, place, heading, over_equals=bool(place.rank) and following is not None and following.rank == place.rank)
        return
    if _skipped(passage.text):
        return
    inline = _inline_heading(place, governed=charge is not None and bool(charge.agency))
    if inline is not None:
        agency, passage = inline
        _open(state, place, agency)
        run_on = replace(place, block=replace(block, passage=passage, level=6))
        if following is not None and following.rank > place.rank and passage.text.rstrip(" *").endswith(":"):
            _hand_down(state, replace(run_on, rank=place.rank + 1), state.charges[-1], over_equals=following.rank == place.rank + 1)
            return
        _add(state, run_on, state.charges[-1])
        return
    if following is None and _ANNOUNCES.search(passage.text[-40:]):
        return
    if _is_lead_in(place, following):
        _hand_down(state, place, charge, over_equals=following is not None and following.rank == place.rank)
        return
    _add(state, place, charge)


def _open(state: _State, place: Placed, agency: tuple[AgencyMention, ...], *, over_equals: bool = False) -> None:
    rank = (place.rank or NUMBER) - over_equals
    state.charges = [charge for charge in state.charges if charge.rank < rank]
    state.charges.append(_Charge(agency, rank, section=_number(place)))


def _is_body(state: _State, text: str) -> bool:
    """An unmarked paragraph under an agency's heading is that agency's; a closing paragraph is not."""
    if not state.charges:
        return False
    return not (_CLOSING.match(text) or re.match(r"\W*(?:Trong quá trình|Quá trình|Trường hợp|(?:Yêu cầu|Đề nghị) (?:các|Thủ trưởng|Giám đốc|Chủ tịch|Chánh|Người đứng đầu)|Căn cứ (?:Kế hoạch|nội dung)|Ủy ban nhân dân (?:tỉnh|thành phố)\s+(?:yêu cầu|đề nghị|giao))", text))


def _is_heading(place: Placed, following: Placed | None) -> bool:
    """Names alone head what follows, if it is theirs: an unmarked paragraph, or marks that go deeper."""
    if following is None:
        return False
    text = place.block.text.rstrip()
    if place.rank:
        return following.rank == 0 or following.rank > place.rank or (len(text) < 120 and text.endswith(":"))
    return place.block.bold or text.endswith(":") or place.block.kind == "heading" or (len(text) < 120 and not text.endswith((".", ";")))


def _inline_heading(place: Placed, *, governed: bool) -> tuple[tuple[AgencyMention, ...], Passage] | None:
    """Forms such as "12. Đề nghị Sở Y tế: Theo chức năng …": a heading that runs on into its only paragraph."""
    passage = place.block.passage
    if place.rank and (run_on := _runs_on(passage)) is not None:
        return run_on
    colon = passage.text.find(":")
    if _OPENS_LIST.search(passage.text[: max(colon, 0)]):
        colon = passage.text.find(":", colon + 1)
    if not 4 < colon < 300 or (place.rank >= DASH and governed) or len(passage.text) - colon < MIN_LETTERS:
        return None
    rest = passage.slice(colon + 1, len(passage.text))
    if PLACES.fullmatch(rest.text.strip(" .;")):
        return None
    if not (rest.text[:1].isupper() or (place.rank and not _ASSIGN.match(passage.text))) or _ROLE_WORDS.search(passage.text[:colon]):
        return None
    agency = heads_agencies(passage.slice(0, colon))
    if agency is None and place.rank == NUMBER and place.topic == "duties" and _GROUPLIKE.match(passage.text) and not opens_with_other(passage):
        agency = _free_name(passage.slice(0, min(colon, _OPENING_WORDS)))
    return (agency, rest) if agency else None


def _runs_on(passage: Passage) -> tuple[tuple[AgencyMention, ...], Passage] | None:
    """The same behind a dash or a full stop: "1. Sở Y tế - Theo dõi …", "2. Sở Nội vụ. Bố trí …"."""
    joint = _JOINT.search(passage.text, 0, _OPENING_WORDS)
    if joint is None or _ROLE_WORDS.search(passage.text[: joint.start()]):
        return None
    rest = passage.slice(joint.end(), len(passage.text))
    if _NAMELIKE.match(rest.text) or read_list(rest, whole=False).mentions or sum(map(str.isalpha, rest.text)) < MIN_LETTERS:
        return None
    agency = heads_agencies(passage.slice(0, joint.start())) if read_list(passage, whole=False).stop <= joint.start() else None
    return (agency, rest) if agency and all(mention.kind or mention.form != "body" for mention in agency) else None


def _free_heading(place: Placed, following: Placed | None) -> tuple[AgencyMention, ...] | None:
    """A heading among agency headings whose body the registry lacks ("19. Các cơ sở đào tạo đại học, sau đại học")."""
    text = place.block.text.rstrip(" :")
    begin = about.end() if (about := _CONCERNS.match(text)) else 0
    text = _BRACKET.sub("", text[begin:])
    if place.rank != NUMBER or following is None or len(text) > 150 or (place.trail and place.topic != "duties"):
        return None
    if (begin or place.block.text.rstrip().endswith(":")) and opens_with_other(place.block.passage) and not text.startswith("các "):
        return None
    if 0 < following.rank <= NUMBER or re.search(r"[.;]$", text) or _SHARES_OUT.search(text):
        return None
    return _free_name(place.block.passage.slice(begin, begin + len(text)))


def _free_name(passage: Passage) -> tuple[AgencyMention, ...] | None:
    """A body that the registry lacks, by its words; ``None`` for words that open no name."""
    text = passage.text
    if not _NAMELIKE.match(text):
        return None
    several = read_list(passage, whole=True)
    if len(several.mentions) > 1 and not several.unread and all(_NAMELIKE.match(mention.text) for mention in several.mentions):
        return several.mentions
    name = text[0].lower() + text[1:] if _GROUPLIKE.match(text) else text
    name = name if not re.match(r"(?:doanh nghiệp|cơ sở|cơ quan|đơn vị|tổ chức)\b", name) else f"các {name}"
    form: Literal["group", "body"] = "group" if _GROUPLIKE.match(text) else "body"
    return (AgencyMention(name=name, text=text, spans=passage.spans, form=form, confidence=0.6, method="unresolved"),)


def is_enacting(text: str) -> bool:
    """Whether a paragraph only puts the document into force ("… chịu trách nhiệm thi hành Quyết định này")."""
    return _ENACTING.match(text) is not None


def _skipped(text: str) -> bool:
    if _MATTER.match(text):
        return True
    if re.match(r"\W*\((?:Nhiệm vụ|Chi tiết|Có |Kèm|Theo|Phụ lục)", text) or _ENACTING.match(text):
        return True
    return bool(_CLOSING.match(text)) and not _TROUBLE.search(text)


def _is_lead_in(place: Placed, following: Placed | None) -> bool:
    """A line ending in ":" whose parts follow one rank deeper."""
    if following is not None and following.rank >= place.rank and _is_role_alone(place):
        return True  # "* Chủ trì:" may stand over "- …"
    if following is None or not place.block.text.rstrip(" *").endswith(":"):
        return False
    return following.rank > place.rank if place.rank else following.rank >= LETTER


def _is_role_alone(place: Placed) -> bool:
    """A role and with whom, and nothing to do: "a) Chủ trì, phối hợp với các sở, ngành, UBND các xã, phường" over its bullets."""
    passage = place.block.passage
    match = _WITH.search(passage.text)
    if place.rank and _ROLE_HEADING.fullmatch(passage.text):
        return True
    if passage.text.rstrip(" *_").endswith((".", ";")):
        return False  # a sentence, though a name that no registry knows may take in all its words
    if not place.rank or match is None or not _ONLY_ROLE.fullmatch(passage.text[: match.start()]):
        return False
    reading = read_list(passage.slice(match.end(), len(passage.text)), whole=False)
    return bool(reading.mentions) and not passage.text[match.end() + reading.stop :].strip(" .,;:*")


def _hand_down(state: _State, place: Placed, charge: _Charge | None, *, over_equals: bool) -> None:
    passage = place.block.passage
    subject = find_subject(passage) if charge is None or opens_with_other(passage) else None
    agency = subject.mentions if subject else charge.agency if charge else ()
    if not agency and charge is None:
        late = find_subject(passage)
        agency = late.mentions if late else ()
    heading = _ROLE_HEADING.fullmatch(passage.text)
    role = read_role(passage.text, heading.end("what") if heading else subject.stop if subject else 0)
    partners = read_partners(passage)
    inherited = charge.role if charge is not None and role == "responsible" else None
    rank = (place.rank or DECIMAL) - over_equals
    state.charges = [c for c in state.charges if c.rank < rank]
    together = bool(heading and heading["both"])
    state.charges.append(_Charge(agency, rank, inherited or (role if role != "responsible" else None), partners, _number(place), together))


def _add(state: _State, place: Placed, charge: _Charge | None) -> None:
    passage = place.block.passage
    governed = charge is not None and bool(charge.agency)
    pieces = [passage] if governed else split_by_agency(passage)
    for piece in pieces:
        subject = None if governed and _ORDERS.match(piece.text) else find_subject(piece, opening_only=governed)
        if charge is not None and subject is not None and points_at(subject.mentions, charge.agency):
            subject = subject._replace(mentions=charge.agency)
        subject_mentions = subject.mentions if subject else charge.agency if charge else ()
        if not subject_mentions:
            if sum(map(str.isalpha, piece.text)) >= MIN_LETTERS:
                state.lost.append(piece)
            continue
        role = read_role(piece.text, subject.stop if subject else 0)
        partners = read_partners(piece)
        if charge is not None and charge.with_those_below and (others := read_list(piece, whole=False).mentions):
            subject_mentions, role, partners = charge.agency, "lead", others
        if charge is not None and charge.role and role == "responsible" and not _ROLE_WORDS.match(piece.text):
            role = charge.role
            partners = (*charge.partners, *(mention for mention in partners if mention.name not in {other.name for other in charge.partners}))
        elif charge is not None and charge.role == role and not partners and not _WITH.search(piece.text):
            partners = charge.partners
        if subject and place.rank and not governed and subject.stop < _OPENING_WORDS and passage.text.rstrip("*_ ").endswith((".", ";", ":")):
            state.charges = [*[above for above in state.charges if above.rank < place.rank], _Charge(subject_mentions, place.rank, for_bullets=True)]
        state.duties.append(
            Duty(
                agency=subject_mentions,
                text=piece,
                role=role,
                partners=tuple(mention for mention in partners if mention.name not in {charged.name for charged in subject_mentions}),
                section=_number(place),
                actions=read_actions(piece.text),
            )
        )


def _number(place: Placed) -> str | None:
    """The section of a duty: that of its numbered heading, not of its own list mark."""
    return place.section


def read_role(text: str, start: int) -> Role:
    """The role that the opening words give: the verb that opens the clause decides."""
    rest = _OPENING.sub("", text[start:] if start else _ASSIGN.sub("", text))
    if _LEAD.match(rest):
        return "lead"
    if _PARTNER.match(rest):
        return "partner"
    return "responsible"


def read_partners(passage: Passage) -> tuple[AgencyMention, ...]:
    """The agencies after "phối hợp (với)", wherever it stands; the list stops at the next verb."""
    partners: dict[str, AgencyMention] = {}
    for match in _WITH.finditer(passage.text):
        if _NOUN_BEFORE.search(passage.text[max(0, match.start() - _NOUN_LETTERS) : match.start()]) and not match["link"]:
            continue
        reading = read_list(passage.slice(match.end(), len(passage.text)), whole=False)
        for mention in reading.mentions:
            partners.setdefault(mention.name, mention)
    return tuple(partners.values())
