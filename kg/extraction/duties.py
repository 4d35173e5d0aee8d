"""Duties in prose: who is told to do what under "Tổ chức thực hiện" and its like.

Reads: the blocks of sections that assign work by agency.
Gives: duties with agency, role, partners and the actions that their verbs name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from kg.extraction.actions import read_actions
from kg.extraction.agencies import read_list
from kg.extraction.sections import Placed
from kg.extraction.subjects import find_subject, heads_agencies
from kg.records import AgencyMention, Duty, Passage, Role

MIN_LETTERS = 12
"""Letters below which a stretch of text is noise, not a duty."""
_LEAD = re.compile(
    r"(?:(?:là|Là)\s+(?:cơ quan|đơn vị)\s+(?:đầu mối|thường trực|chủ trì)\s*,?\s*(?:có trách nhiệm\s*)?)?(?:đồng\s+)?chủ\s+trì\b", re.IGNORECASE
)
_PARTNER = re.compile(r"(?:chủ động\s+|tích cực\s+|tăng cường\s+|thường xuyên\s+)?phối\s+hợp\b", re.IGNORECASE)
_OPENING = re.compile(r"^(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|,|:|;|\s)+", re.IGNORECASE)
_ASSIGN = re.compile(r"^\s*(?:Giao|Đề nghị|Yêu cầu|Phân công)\s*:?\s*", re.IGNORECASE)
_WITH = re.compile(r"phối\s+hợp(?:\s+(?:chặt\s+chẽ|tốt|đồng\s+bộ|thường\s+xuyên))?\s*(?P<link>với|cùng(?:\s+với)?|và)?\s*:?\s*", re.IGNORECASE)
_NOUN_BEFORE = re.compile(r"(?:quy chế|cơ chế|công tác|sự|việc|kế hoạch|chương trình|quy định|trách nhiệm|chủ trì hoặc)\s*$", re.IGNORECASE)
_CLOSING = re.compile(r"^\W*Trên đây là")
_TROUBLE = re.compile(r"khó khăn|vướng mắc|phát sinh|phản ánh|sửa đổi, bổ sung|điều chỉnh|kịp thời", re.IGNORECASE)
_ENACTING = re.compile(r"^\W*(?:Quyết định|Kế hoạch|Chỉ thị)\s+này\s+(?:có hiệu lực|thay thế)")
_SENTENCE = re.compile(r"(?<=[^\W\d_A-ZĐ)]\.)\s+(?=[A-ZĐÀ-Ỵ])|(?<=[”)]\.)\s+(?=[A-ZĐÀ-Ỵ])")
_INTRODUCED = re.compile(r"\W*(?:Trong quá trình|Quá trình|Trường hợp|Căn cứ|Trên cơ sở|Định kỳ|Hằng năm|Hàng năm|Trước ngày|Đề nghị|Yêu cầu|Giao)")
_NAMELIKE = re.compile(
    r"(?:Các |Những |Doanh nghiệp|Cơ sở|Cơ quan|Đơn vị|Tổ chức (?!thực|triển|tuyên)|Chủ (?!trì|động)|Người |Hộ |Hội |Hiệp hội|Liên |Trung tâm|Trường |Viện |Công ty|Tập đoàn|Ban |Sở |Phòng |Chi cục|Cục |Văn phòng|Lực lượng|Thủ trưởng|Giám đốc)"
)
_GROUPLIKE = re.compile(r"(?:Các|Những|Doanh nghiệp|Cơ sở|Cơ quan|Đơn vị|Tổ chức|Chủ|Người|Hộ|Lực lượng|Thủ trưởng)\b")
_ROLE_WORDS = re.compile(r"chủ\s+trì|phối\s+hợp", re.IGNORECASE)


@dataclass(slots=True)
class _Charge:
    """Who is charged with the blocks that follow, and as what; ``level`` is the level of the block that says so."""

    agency: tuple[AgencyMention, ...]
    level: int
    role: Role | None = None
    partners: tuple[AgencyMention, ...] = ()
    section: str | None = None


@dataclass(slots=True)
class _State:
    charges: list[_Charge] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    lost: list[Passage] = field(default_factory=list)

    def above(self, level: int) -> _Charge | None:
        """The nearest charge that governs a block of this level."""
        if level:
            self.charges = [charge for charge in self.charges if charge.level < level]
        return self.charges[-1] if self.charges else None


def read_duties(placed: list[Placed]) -> tuple[list[Duty], list[Passage]]:
    """Read the duties of the sections that assign them, and what stands there but charges nobody that can be told."""
    state = _State()
    section: object = None
    sections = assigning_sections(placed)
    for index, place in enumerate(placed):
        top = _top(place)
        if id(top) not in sections or place.block is top:
            continue
        if top is not section:
            state.charges, section = [], top
        following = placed[index + 1] if index + 1 < len(placed) and _top(placed[index + 1]) is top else None
        _read_block(state, place, following)
    return state.duties, state.lost


def assigning_sections(placed: list[Placed]) -> set[int]:
    """The top-level sections that assign duties: by their heading, or because agencies head their parts."""
    found: set[int] = set()
    heads: dict[int, list[bool]] = {}
    for place in placed:
        top = _top(place)
        if place.annex or top is None:
            continue
        if place.block is top:
            if place.topic in ("duties", "reporting"):
                found.add(id(top))
        elif place.block.level == 2 and place.topic not in ("funding", "targets"):
            heads.setdefault(id(top), []).append(heads_agencies(place.block.passage) is not None)
    return found | {top for top, flags in heads.items() if len(flags) >= 3 and sum(flags) >= 0.7 * len(flags)}


def _top(place: Placed) -> object:
    if place.block.level == 1:
        return place.block
    return place.trail[0] if place.trail and place.trail[0].level == 1 else None


def _read_block(state: _State, place: Placed, following: Placed | None) -> None:
    block, passage = place.block, place.block.passage
    if not block.level and (place.annex or (block.kind == "heading" and heads_agencies(passage) is None)):
        state.charges = []
        return
    if sum(map(str.isalpha, passage.text)) < MIN_LETTERS and following is None:
        return
    if not block.level and not _is_body(state, block.text):
        state.charges = []
    charge = state.above(block.level or 9)
    heading = heads_agencies(passage) if block.level < 6 or following is not None else None
    heading = heading or _free_heading(place, following)
    if heading is not None and _is_heading(block.level, passage.text, following, place):
        state.charges = [c for c in state.charges if c.level < (block.level or 2)]
        state.charges.append(_Charge(heading, block.level or 2, section=_number(place)))
        return
    if _skipped(passage.text):
        return
    inline = _inline_heading(place)
    if inline is not None:
        agency, passage = inline
        state.charges = [c for c in state.charges if c.level < (block.level or 2)]
        state.charges.append(_Charge(agency, block.level or 2, section=_number(place)))
        _add(state, replace(place, block=replace(block, passage=passage, level=6)), state.charges[-1])
        return
    if _is_lead_in(passage.text, block.level, following):
        _hand_down(state, place, charge)
        return
    _add(state, place, charge)


def _is_body(state: _State, text: str) -> bool:
    """An unmarked paragraph under an agency's heading is that agency's; a closing paragraph is not."""
    if not state.charges:
        return False
    return not (_CLOSING.match(text) or re.match(r"\W*(?:Trong quá trình|Quá trình|Trường hợp|Yêu cầu các|Đề nghị các|Căn cứ (?:Kế hoạch|nội dung)|Ủy ban nhân dân (?:tỉnh|thành phố)\s+(?:yêu cầu|đề nghị|giao))", text))


def _is_heading(level: int, text: str, following: Placed | None, place: Placed) -> bool:
    if following is None:
        return False
    below = following.block.level
    if level:
        return below == 0 or below > level or (following.block.level == level and len(text) < 120 and text.rstrip().endswith(":"))
    return place.block.bold or text.rstrip().endswith(":") or place.block.kind == "heading"


def _inline_heading(place: Placed) -> tuple[tuple[AgencyMention, ...], Passage] | None:
    """Forms such as "12. Đề nghị Sở Y tế: Theo chức năng …": a heading that runs on into its only paragraph."""
    passage = place.block.passage
    colon = passage.text.find(":")
    if not 4 < colon < 300 or place.block.level not in (0, 2, 3, 5) or len(passage.text) - colon < 25:
        return None
    rest = passage.slice(colon + 1, len(passage.text))
    if not rest.text[:1].isupper() or _ROLE_WORDS.search(passage.text[:colon]):
        return None
    agency = heads_agencies(passage.slice(0, colon))
    return (agency, rest) if agency else None


def _free_heading(place: Placed, following: Placed | None) -> tuple[AgencyMention, ...] | None:
    """A heading among agency headings whose body the registry lacks ("19. Các cơ sở đào tạo đại học, sau đại học")."""
    text = place.block.text.rstrip(" :")
    if place.block.level != 2 or following is None or len(text) > 150 or place.topic != "duties":
        return None
    if (following.block.level and following.block.level <= 2) or not _NAMELIKE.match(text) or re.search(r"[.;]$", text):
        return None
    passage = place.block.passage.slice(0, len(text))
    name = text[0].lower() + text[1:] if _GROUPLIKE.match(text) else text
    name = name if not re.match(r"(?:doanh nghiệp|cơ sở|cơ quan|đơn vị|tổ chức)\b", name) else f"các {name}"
    form: Literal["group", "body"] = "group" if _GROUPLIKE.match(text) else "body"
    return (AgencyMention(name=name, text=text, spans=passage.spans, form=form, confidence=0.6, method="unresolved"),)


def _skipped(text: str) -> bool:
    if re.match(r"\W*\((?:Nhiệm vụ|Chi tiết|Có |Kèm|Theo|Phụ lục)", text) or _ENACTING.match(text):
        return True
    return bool(_CLOSING.match(text)) and not _TROUBLE.search(text)


def _is_lead_in(text: str, level: int, following: Placed | None) -> bool:
    """A line ending in ":" whose parts follow one level deeper."""
    if following is None or not text.rstrip(" *").endswith(":"):
        return False
    below = following.block.level
    return below > level if level else below >= 5


def _hand_down(state: _State, place: Placed, charge: _Charge | None) -> None:
    passage = place.block.passage
    subject = find_subject(passage) if charge is None or _opens_with_other(passage) else None
    agency = subject.mentions if subject else charge.agency if charge else ()
    if not agency and charge is None:
        late = find_subject(passage)
        agency = late.mentions if late else ()
    role = read_role(passage.text, subject.stop if subject else 0)
    partners = read_partners(passage)
    inherited = charge.role if charge is not None and role == "responsible" else None
    level = place.block.level or 3
    state.charges = [c for c in state.charges if c.level < level]
    state.charges.append(_Charge(agency, level, inherited or (role if role != "responsible" else None), partners, _number(place)))


def _opens_with_other(passage: Passage) -> bool:
    subject = find_subject(passage, opening_only=True)
    return subject is not None


def _add(state: _State, place: Placed, charge: _Charge | None) -> None:
    passage = place.block.passage
    governed = charge is not None and bool(charge.agency)
    pieces = [passage] if governed else _split_by_agency(passage)
    for piece in pieces:
        subject = find_subject(piece, opening_only=governed)
        if governed and subject is not None and _same(subject.mentions, charge.agency if charge else ()):
            subject_mentions = charge.agency if charge else subject.mentions
        else:
            subject_mentions = subject.mentions if subject else charge.agency if charge else ()
        if not subject_mentions:
            if sum(map(str.isalpha, piece.text)) >= MIN_LETTERS:
                state.lost.append(piece)
            continue
        role = read_role(piece.text, subject.stop if subject else 0)
        partners = read_partners(piece)
        if charge is not None and charge.role and role == "responsible" and not _ROLE_WORDS.match(piece.text):
            role = charge.role
            partners = partners or charge.partners
        names = {mention.name for mention in subject_mentions}
        state.duties.append(
            Duty(
                agency=subject_mentions,
                text=piece,
                role=role,
                partners=tuple(mention for mention in partners if mention.name not in names),
                section=_number(place),
                actions=read_actions(piece.text),
            )
        )


def _same(left: tuple[AgencyMention, ...], right: tuple[AgencyMention, ...]) -> bool:
    return {mention.name for mention in left} <= {mention.name for mention in right}


def _split_by_agency(passage: Passage) -> list[Passage]:
    """Split a paragraph only where a sentence charges other agencies than the one before."""
    bounds = [0, *[match.end() for match in _SENTENCE.finditer(passage.text)], len(passage.text)]
    pieces: list[Passage] = []
    names: set[str] = set()
    start = 0
    for low, high in pairwise(bounds):
        sentence = passage.slice(low, high)
        subject = find_subject(sentence, opening_only=low > 0 and not _INTRODUCED.match(sentence.text))
        found = {mention.name for mention in subject.mentions} if subject else set()
        if low > 0 and names and found and not found & names:
            pieces.append(passage.slice(start, low))
            start, names = low, found
        else:
            names |= found
    pieces.append(passage.slice(start, len(passage.text)))
    return [piece for piece in pieces if piece.text]


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
        if _NOUN_BEFORE.search(passage.text[: match.start()]) and not match["link"]:
            continue
        reading = read_list(passage.slice(match.end(), len(passage.text)), whole=False)
        for mention in reading.mentions:
            partners.setdefault(mention.name, mention)
    return tuple(partners.values())
