"""Agencies and groups in cells, headings and sentences.

Reads: a passage. Gives: the mentions in their order, each with its spans; what is no name is left over for the caller.
Names are matched longest first against the registry, then the group grammar is tried; commas and "và" split only
between names (DOMAIN of lists: "Sở Văn hóa, Thể thao và Du lịch" is one body, "các sở, ban, ngành" one group).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from kg.extraction.groups import ARTICLES, DROPPED, SHORT, Noun, goes_on, is_open, read_noun, read_qualifier
from kg.extraction.lexicon import Lexicon, Name, Token, load_lexicon, tokenise
from kg.normalise import fold, key
from kg.records import AgencyMention, Passage

Form = Literal["body", "group", "open-group"]

HEADS = frozenset(
    "sở ban bộ công cục chi hội liên trung trường viện ngân báo đài tổng văn phòng ủy uỷ ubnd hđnd hội tòa toà kho bảo thuế tỉnh thành"
    " mặt đoàn đảng hiệp quỹ học đại bệnh đồn cảng thanh thống bưu kiểm thông tổ cơ trạm vườn điện hải quân vnpt viettel evn cổng tập nhà mttq ubmttq bch bql cdc".split()
)
"""First words of bodies' names that the registry may lack ("Chi cục Kiểm lâm", "Công ty Điện lực …")."""

_FOLDED_HEADS = frozenset(fold(word) for word in HEADS)

_VERBS = frozenset(
    """chủ_trì phối_hợp tham_mưu hướng_dẫn tổ_chức_thực tổ_chức_triển triển_khai rà_soát kiểm_tra đôn_đốc theo_dõi tuyên_truyền báo_cáo thực_hiện căn_cứ
    có_trách chịu_trách tiếp_tục chủ_động thường_xuyên tăng_cường nghiên_cứu đề_xuất tổng_hợp thẩm_định ban_hành bố_trí cung_cấp tiến_hành xem_xét kịp_thời
    làm_tốt đẩy_mạnh vận_động hỗ_trợ quán_triệt lồng_ghép đề_nghị giúp_ủy giúp_chủ là_cơ là_đầu trên_cơ theo_chức theo_quy theo_thẩm theo_phân theo_nhiệm quản_lý
    phê_duyệt quyết_định trình_ủy trình_cấp trình_hội giám_sát đánh_giá tập_huấn xác_định cập_nhật khai_thác huy_động khuyến_khích bảo_đảm đảm_bảo gắn_với
    trong_quá trong_việc trong_công trong_phạm về_việc để_tổng để_báo để_thực để_triển cùng_thực tham_gia_xây tham_gia_thực nâng_cao phát_triển_khai lập_dự lập_kế
    xây_dựng_kế xây_dựng_và xây_dựng_các xây_dựng_cơ nắm_bắt lựa_chọn thông_báo thông_tin_về gửi_về khi_có nếu_có định_kỳ hằng_năm hàng_năm cân_đối điều_chỉnh
    chỉ_đạo phổ_biến hoàn_thiện hoàn_thành tiếp_nhận xử_lý giải_quyết thống_kê kết_nối công_bố đăng_tải vận_hành duy_trì phân_công phân_bổ sử_dụng""".split()
)
"""Two words with which a clause begins after a list of names; a name never holds them in lower case."""

_NOT_NAMES = frozenset(
    """tổ_chức báo_cáo bảo_đảm công_bố công_khai thông_báo thông_tin kiểm_tra thống_nhất thành_lập liên_kết liên_hệ đoàn_kết chi_tiết chi_trả hội_nhập
    học_tập đại_diện mặt_khác văn_bản kho_dữ trường_hợp công_tác quản_lý thanh_toán thống_kê_số cơ_sở cơ_chế ban_hành bộ_tiêu bộ_chỉ_số bộ_dữ bộ_tài_liệu tỉnh_hình
    kiểm_soát kiểm_định bảo_vệ bảo_tồn thông_qua nhà_ở nhà_đầu cổng_dịch liên_thông liên_tục trung_bình thuế_suất báo_động hỗ_trợ điện_tử""".split()
)
"""Two words that open with the first word of many names and are none."""

_PERSONS = (
    ("giám", "đốc"), ("thủ", "trưởng"), ("chủ", "tịch"), ("bộ", "trưởng"), ("lãnh", "đạo"), ("chánh",), ("cục", "trưởng"), ("trưởng",),
    ("người", "đứng", "đầu"), ("tổng", "giám", "đốc"), ("phó", "giám", "đốc"), ("chi", "cục", "trưởng"), ("hiệu", "trưởng"),
)
_OPENERS = (
    ("đề", "nghị"), ("giao",), ("yêu", "cầu"), ("phân", "công"), ("trách", "nhiệm", "của"), ("nhiệm", "vụ", "của"), ("đối", "với"), ("đồng", "chủ", "trì"),
    ("chủ", "trì", ":"), ("phối", "hợp", ":"), ("và", "đề", "nghị"),
)
_SEPARATORS = frozenset(",;/+•●-–—&\n")
_PLACES_KEPT = frozenset({"press", "bank", "regional-office", "media"})


class Reading(NamedTuple):
    """Mentions read from the start of a passage, and the offset in its text after the last one."""

    mentions: tuple[AgencyMention, ...]
    stop: int


@dataclass(slots=True)
class _Cursor:
    passage: Passage
    tokens: list[Token]
    words: list[str]
    lexicon: Lexicon
    whole: bool

    def at(self, index: int) -> str:
        return self.words[index] if index < len(self.words) else ""


class _Item(NamedTuple):
    mention: AgencyMention
    stop: int


def read_list(passage: Passage, *, whole: bool) -> Reading:
    """Read a list of agencies.

    Args:
        passage: the text; with ``whole`` all of it should be names (a table cell, a label's value), and a stretch that
            is none becomes a body of its own, marked unresolved; without, reading stops at the first thing that is none.
    """
    tokens = tokenise(passage.text)
    cursor = _Cursor(passage, tokens, [token.word for token in tokens], load_lexicon(), whole)
    mentions: list[AgencyMention] = []
    at, stop = 0, 0
    while at < len(tokens):
        at = _skip(cursor, at, first=not mentions)
        items, after = _read_items(cursor, at)
        if not items:
            if not whole or at >= len(tokens):
                break
            item = _read_unknown(cursor, at)
            if item is None:
                at += 1
                continue
            items, after = [item.mention], item.stop
        mentions.extend(items)
        at = after
        stop = tokens[at - 1].end
        if whole:
            at = _pass_over(cursor, at)
        elif not _separated(cursor, at):
            break
    return Reading(_unique(mentions), stop)


def _separated(cursor: _Cursor, at: int) -> bool:
    return cursor.at(at) in _SEPARATORS or cursor.at(at) in ("và", "cùng", "hoặc", "với", ".") or (
        at < len(cursor.tokens) and cursor.tokens[at].capital and cursor.at(at) in HEADS | ARTICLES
    )


def _skip(cursor: _Cursor, at: int, *, first: bool) -> int:
    """Pass over separators and words that introduce a name."""
    while at < len(cursor.words):
        word = cursor.words[at]
        if word in _SEPARATORS or word in (".", ":", "và", "hoặc", "cùng", "với", "*", "(", ")", '"', "“", "”"):
            if word == "." and not cursor.whole and not first:
                return at
            at += 1
            continue
        opener = next((o for o in _OPENERS if tuple(cursor.words[at : at + len(o)]) == o), None)
        if opener is None:
            return at
        at += len(opener)
    return at


def _pass_over(cursor: _Cursor, at: int) -> int:
    """In a cell, words after a name that are no name ("tiến hành rà soát …"): on to the next separator."""
    if at >= len(cursor.words) or _separated(cursor, at):
        return at
    depth = 0
    while at < len(cursor.words):
        word = cursor.words[at]
        depth += (word == "(") - (word == ")")
        if depth <= 0 and (word in (";", ".", "\n") or (word in (",", ")") and at + 1 < len(cursor.words) and _opens_name(cursor, at + 1))):
            return at
        at += 1
    return at


def _opens_name(cursor: _Cursor, at: int) -> bool:
    token = cursor.tokens[at]
    if token.word in ARTICLES:
        return read_noun(cursor.words, at + 1) is not None
    return token.capital and cursor.lexicon.match(cursor.words, at) is not None


def _read_items(cursor: _Cursor, at: int) -> tuple[list[AgencyMention], int]:
    """One name, or the groups of one run of nouns; ([], at) where none begins here."""
    start = at
    at = _skip_person(cursor, at)
    committee = _read_committees(cursor, at, start)
    if committee is not None:
        return _read_further_committees(cursor, committee)
    shared = _read_shared_head(cursor, at)
    if shared is not None:
        return shared
    found = cursor.lexicon.match(cursor.words, at)
    if found is None and at < len(cursor.tokens) and cursor.tokens[at].capital and fold(cursor.words[at]) in _FOLDED_HEADS:
        found = cursor.lexicon.match_folded(cursor.words, at)
    if found is not None and (cursor.tokens[at].capital or cursor.whole):
        item = _body(cursor, start, at, found)
        return [item.mention], item.stop
    groups, stop = _read_groups(cursor, at)
    if groups:
        return groups, stop
    pair = f"{cursor.at(at)}_{cursor.at(at + 1)}"
    if not cursor.whole and at < len(cursor.tokens) and cursor.tokens[at].capital and cursor.words[at] in HEADS and pair not in _NOT_NAMES | _VERBS:
        item2 = _read_unknown(cursor, at)
        if item2 is not None:
            return [item2.mention], item2.stop
    return [], start


def _skip_person(cursor: _Cursor, at: int) -> int:
    """ "Giám đốc Sở Y tế" stands for the body; "Chủ tịch Ủy ban nhân dân tỊnh" stays a person's office elsewhere."""
    for person in _PERSONS:
        stop = at + len(person)
        if tuple(cursor.words[at:stop]) == person and stop < len(cursor.words):
            nxt = cursor.tokens[stop]
            if nxt.word in ARTICLES or (nxt.capital and (nxt.word in HEADS)):
                return stop
    return at


_LEVELLED = re.compile(
    r"(?:Công an|Bộ Chỉ huy|Ban Chỉ huy|Bộ đội|Tòa án|Viện kiểm sát|Thuế|Thống kê|Thanh tra|Văn phòng Ủy ban|Văn phòng Đoàn|Ủy ban nhân dân|Hội đồng nhân dân"
    r"|Thi hành án|Cục Thi hành|Chủ tịch|Thường trực)"
)
"""Bodies whose level word is part of the name: "Công an tỉnh" is no "Công an" (gold annotations, decision 17)."""
_LEVEL = re.compile(r" (?P<level>tỉnh|thành phố)$", re.IGNORECASE)


def _levelled(label: str, written: str) -> str:
    """The name with the level word as written where it is part of the name, without it elsewhere."""
    base = _LEVEL.sub("", label)
    if not _LEVELLED.match(label) or base in ("Ủy ban nhân dân",) and not written:
        return base if not _LEVELLED.match(label) else label
    return f"{base} {written.casefold()}" if written else label


def _body(cursor: _Cursor, start: int, at: int, found: tuple[Name, int]) -> _Item:
    name, stop = found
    label = name.name
    spelled = _LEVEL.search(cursor.passage.text[cursor.tokens[at].start : cursor.tokens[stop - 1].end])
    written = spelled["level"] if spelled else ""
    place, after = _read_place(cursor, stop)
    if after == stop and cursor.at(stop - 1) == "vực" and stop < len(cursor.words):
        place, after = cursor.passage.text[cursor.tokens[stop].start : cursor.tokens[stop].end], stop + 1
    kind = cursor.lexicon.registry.kinds[name.slug]
    if after > stop:
        behind = cursor.passage.text[cursor.tokens[stop].start : cursor.tokens[after - 1].end]
        level = re.match(r"(?:tỉnh|thành phố)\b", behind, re.IGNORECASE)
        written = written or (level.group() if level else "")
        if place and (kind.kind_class in _PLACES_KEPT or _keeps_place(label)):
            named = cursor.passage.text[cursor.tokens[at].start : cursor.tokens[stop - 1].end]
            signs = re.search(r"[,–-]", named)
            label = f"{label} {place}" if not signs and kind.kind_class == "press" or label.startswith("Báo và") and not signs else _proper(
                cursor.passage.text[cursor.tokens[at].start : cursor.tokens[after - 1].end]
            )
        else:
            label = _levelled(label, written)
        stop = after
    else:
        label = _levelled(label, written)
    tiers = re.match(r"cấp (?:tỉnh|huyện|xã)(?:, cấp (?:huyện|xã))*", " ".join(cursor.words[stop : stop + 5]).replace(" ,", ","))
    if tiers and label.startswith("Ban Chỉ"):
        label = f"{_LEVEL.sub('', label)} {tiers.group()}"
        stop += len(tiers.group().replace(",", " ,").split())
    stop = _read_bracket(cursor, stop)
    confidence = {"registry": 1.0, "variant": 1.0, "abbreviation": 0.98, "misprint": 0.95, "near": 0.9}[name.how]
    return _Item(_mention(cursor, start, stop, label, name.slug, "body", confidence, name.how), stop)


def _keeps_place(label: str) -> bool:
    return key(label).startswith(("báo và", "ngân hàng", "đài ", "công ty", "báo ", "chi cục", "kho bạc", "kiểm toán"))


def _read_place(cursor: _Cursor, at: int) -> tuple[str, int]:
    """A place that follows a name: "tỉnh", "tỉnh Lai Châu", "thành phố", "Hà Tĩnh", "khu vực XII", "Chi nhánh Bến Tre"."""
    start = at
    words, registry = cursor.words, cursor.lexicon.registry
    if cursor.at(at) == "-" and cursor.at(at + 1) == "chi":
        at += 1
    branch = cursor.at(at) == "chi" and cursor.at(at + 1) == "nhánh"
    if branch:
        at += 2
    if cursor.at(at) == "khu" and cursor.at(at + 1) == "vực" and at + 2 < len(words):
        return cursor.passage.text[cursor.tokens[start].start : cursor.tokens[at + 2].end], at + 3
    level = at
    if cursor.at(at) == "tỉnh":
        at += 1
    elif cursor.at(at) == "thành" and cursor.at(at + 1) == "phố":
        at += 2
    elif cursor.at(at) == "thủ" and cursor.at(at + 1) == "đô":
        at += 2
    for length in (5, 4, 3, 2):
        if at + length <= len(words) and cursor.tokens[at].capital:
            name = cursor.passage.text[cursor.tokens[at].start : cursor.tokens[at + length - 1].end]
            if registry.provinces_named(name):
                first = start if branch else level
                return cursor.passage.text[cursor.tokens[first].start : cursor.tokens[at + length - 1].end], at + length
    if at > level:
        return "", at
    return "", start


def _read_bracket(cursor: _Cursor, at: int) -> int:
    """A short note in brackets after a name belongs to it."""
    if cursor.at(at) != "(":
        return at
    for stop in range(at + 1, min(at + 40, len(cursor.words))):
        if cursor.words[stop] == ")":
            return stop + 1
    return at


def _read_committees(cursor: _Cursor, at: int, start: int) -> _Item | None:
    """Ủy ban nhân dân and its like with a group of places: "UBND các phường, xã", "Ủy ban nhân dân cấp xã"."""
    words = cursor.words
    for head, proper in ((("ủy", "ban", "nhân", "dân"), "Ủy ban nhân dân"), (("ubnd",), "Ủy ban nhân dân"),
                         (("hội", "đồng", "nhân", "dân"), "Hội đồng nhân dân"), (("hđnd",), "Hội đồng nhân dân"),
                         (("chính", "quyền"), "chính quyền")):
        stop = at + len(head)
        if [fold(word) for word in words[at:stop]] == [fold(word) for word in head]:
            break
    else:
        return None
    singular = _read_single_committee(cursor, at, stop, start, proper)
    if singular is not None:
        return singular
    article = cursor.at(stop) in ARTICLES
    stop += article
    if fold(cursor.at(stop)) == "cap" and cursor.at(stop + 1) in ("tỉnh", "huyện", "xã"):
        stop += 2
        level = words[stop - 1]
        if cursor.at(stop) == "," and cursor.at(stop + 1) == "cấp":
            stop += 3
            return _Item(_mention(cursor, start, stop, f"{proper} cấp {level}, cấp {words[stop - 1]}", None, "group", 1.0, "grammar"), stop)
        return _Item(_mention(cursor, start, stop, f"{proper} cấp {level}", None, "group", 1.0, "grammar"), stop)
    if cursor.at(stop) == "cấp" and article:
        return _Item(_mention(cursor, start, stop + 1, f"{proper} các cấp", None, "group", 1.0, "grammar"), stop + 1)
    units, after = _read_units(words, stop)
    if not units or (len(units) == 1 and not article):
        return None
    qualifier, behind = read_qualifier(words, after)
    if qualifier != "trực thuộc trung ương" and not any(word in qualifier for word in ("liên quan", "khác")):
        qualifier = ""
        behind = max(after, _read_place(cursor, behind)[1])
        if cursor.at(after) == "tỉnh" or cursor.at(after) == "thuộc":
            behind = after + (2 if cursor.at(after) == "thuộc" else 1)
    name = f"{proper} các {', '.join(_order(units))}{' ' + qualifier if qualifier else ''}"
    return _Item(_mention(cursor, start, behind, name, None, "group", 1.0, "grammar"), behind)


def _read_single_committee(cursor: _Cursor, at: int, stop: int, start: int, proper: str) -> _Item | None:
    """The committee of the plan's own province: "UBND tỉnh", "Ủy ban nhân dân Thành phố Hà Nội"."""
    if proper == "chính quyền":
        return None
    words = cursor.words
    if cursor.at(stop) == "tỉnh":
        level, behind = "tỉnh", stop + 1
    elif cursor.at(stop) == "thành" and cursor.at(stop + 1) == "phố":
        level, behind = "thành phố", stop + 2
    else:
        return None
    if cursor.at(behind) in (",", "và", "/") and _read_unit(words, behind + 1) is not None:
        return None
    place, after = _read_place(cursor, behind)
    chair = tuple(words[max(0, at - 2) : at]) == ("chủ", "tịch")
    name = f"{'Chủ tịch ' if chair else ''}{proper} {level}"
    slug = cursor.lexicon.registry.by_label.get(key(name)) or cursor.lexicon.registry.by_label.get(key(f"{proper} tỉnh"))
    if place:
        name = f"{name} {place}"
    first = at - 2 if chair else start
    return _Item(_mention(cursor, first, max(after, behind), name, slug, "body", 1.0, "registry"), max(after, behind))


def _read_further_committees(cursor: _Cursor, item: _Item) -> tuple[list[AgencyMention], int]:
    """ "UBND thành phố Hà Nội, Thành phố Hồ Chí Minh và các tỉnh, thành phố khác": the head goes for all of them."""
    mentions, stop = [item.mention], item.stop
    if item.mention.name in ("Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành phố") or item.mention.form != "body":
        return mentions, stop
    while True:
        at = stop
        while cursor.at(at) in (",", "và", ";"):
            at += 1
        if at == stop:
            return mentions, stop
        place, after = _read_place(cursor, at)
        if place:
            level = "tỉnh" if cursor.at(at) == "tỉnh" else "thành phố"
            name = f"Ủy ban nhân dân {level} {re.sub(r'^(?:tỉnh|thành phố) ', '', place, flags=re.IGNORECASE)}"
            mentions.append(_mention(cursor, at, after, name, item.mention.kind, "body", 0.97, "shared-head"))
            stop = after
            continue
        units, after = _read_units(cursor.words, at + 1) if cursor.at(at) in ARTICLES else ([], at)
        if not units:
            return mentions, stop
        qualifier, after = read_qualifier(cursor.words, after)
        name = f"Ủy ban nhân dân các {', '.join(_order(units))}{' ' + qualifier if qualifier else ''}"
        mentions.append(_mention(cursor, at, after, name, None, "group", 0.97, "shared-head"))
        return mentions, after


_UNIT_ORDER = ("tỉnh", "quận", "huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn", "đặc khu")


def _order(units: list[str]) -> list[str]:
    """The usual order of units in a committee group's name (gold annotations, decision 19)."""
    return sorted(dict.fromkeys(units), key=_UNIT_ORDER.index)


def _read_units(words: list[str], at: int) -> tuple[list[str], int]:
    units: list[str] = []
    while True:
        unit = _read_unit(words, at)
        if unit is None:
            return units, at
        units.append(unit[0])
        at = step = unit[1]
        while step < len(words) and words[step] in (",", "/", "và", "-"):
            step += 1
        if _read_unit(words, step) is None:
            return units, at
        at = step


_UNITS = {fold(unit): unit for unit in _UNIT_ORDER}


def _read_unit(words: list[str], at: int) -> tuple[str, int] | None:
    """A unit's word, wrong tones forgiven ("thành phổ"), and the token after it."""
    for length in (2, 1):
        unit = _UNITS.get(fold(" ".join(words[at : at + length]))) if at + length <= len(words) else None
        if unit is not None:
            return unit, at + length
    return None


def _read_shared_head(cursor: _Cursor, at: int) -> tuple[list[AgencyMention], int] | None:
    """ "các Sở: Công Thương, Tài chính, Xây dựng" names three departments; so does "Bộ: KH&ĐT, TC"."""
    first = at + (cursor.at(at) in ARTICLES)
    head = cursor.at(first)
    if head not in ("sở", "bộ") or first >= len(cursor.tokens):
        return None
    colon = cursor.at(first + 1) == ":"
    if not colon and not (first > at and cursor.tokens[first].capital and first + 1 < len(cursor.tokens) and cursor.tokens[first + 1].capital):
        return None
    mentions: list[AgencyMention] = []
    stop = first + 1 + colon
    while stop < len(cursor.words):
        found = cursor.lexicon.match([head, *cursor.words[stop : stop + 12]], 0)
        if found is None:
            break
        length = found[1] - 1
        mentions.append(_mention(cursor, stop, stop + length, found[0].name, found[0].slug, "body", 0.97, "shared-head"))
        stop += length
        step = stop
        while cursor.at(step) in (",", ";", "và"):
            step += 1
        if step == stop or cursor.at(step) in ("sở", "bộ", "các"):
            break
        stop = step
    if len(mentions) < (1 if colon else 2):
        return None
    while stop > 0 and cursor.at(stop - 1) in (",", ";", "và"):
        stop -= 1
    return mentions, stop


def _read_groups(cursor: _Cursor, at: int) -> tuple[list[AgencyMention], int]:
    """The groups of one run of group nouns that begins here."""
    words = cursor.words
    article = cursor.at(at) in ARTICLES
    first = at + article
    if cursor.at(first) == "cấp" and not article:
        return [], at
    noun = read_noun(words, first)
    if noun is None or (not article and not _may_open(cursor, first, noun)):
        return [], at
    mentions: list[AgencyMention] = []
    start = at
    while noun is not None:
        nouns, stop = _gather(cursor, noun)
        qualifier, stop = _qualify(cursor, stop, nouns[0].family)
        mentions.append(_group(cursor, start, stop, nouns, qualifier))
        following = _following(cursor, stop)
        if following is None:
            return mentions, stop
        start, noun = following
    return mentions, stop


def _may_open(cursor: _Cursor, at: int, noun: Noun) -> bool:
    """Without an article a group opens only where its words cannot be a clause: with a capital, or before a comma."""
    if noun.family in ("unit", "tier"):
        return False
    following = cursor.at(noun.stop)
    if noun.text in _NEEDS_COMPANY and following not in (",", ";", "và", "/", "có", "liên", "khác", "", ".", ":", ")") and not read_qualifier(cursor.words, noun.stop)[0] and not _is_core(cursor.words, noun.stop):
        return False
    if cursor.tokens[at].capital or cursor.whole:
        return True
    if noun.family == "place":
        return True
    return following in (",", ";", "và", "có", "liên", "") or read_qualifier(cursor.words, noun.stop)[0] != ""


_NEEDS_COMPANY = frozenset({"tổ chức", "ban", "sở", "bộ", "ngành", "phòng", "trường", "viện", "hội", "quỹ", "cơ sở", "trung tâm", "công ty", "ngân hàng"})
"""Nouns that alone, without an article, are a verb or open a single body's name."""


def _is_core(words: list[str], at: int) -> bool:
    noun = read_noun(words, at)
    return noun is not None and noun.family == "core"


def _gather(cursor: _Cursor, noun: Noun) -> tuple[list[Noun], int]:
    """The nouns that belong to one group, from its first on."""
    nouns = [noun]
    stop = noun.stop
    while True:
        step = stop
        while cursor.at(step) in (",", "/", "-", "–"):
            step += 1
        comma = step > stop
        conjunction = cursor.at(step) in ("và", "hoặc")
        step += conjunction
        following = read_noun(cursor.words, step)
        if following is None or step == stop:
            glued = read_noun(cursor.words, stop)
            if glued is None or glued.family != "core" or noun.family != "core":
                return nouns, stop
            following = glued
        same = goes_on(noun.family, following)
        mixed = noun.family == "core" and following.family == "body" and comma and not conjunction and _open_after(cursor, following)
        if not same and not mixed:
            return nouns, stop
        nouns.append(following)
        stop = following.stop


def _open_after(cursor: _Cursor, noun: Noun) -> bool:
    """ "các sở, ngành, đơn vị có liên quan": the last noun shares the article and carries the qualifier."""
    return "liên quan" in read_qualifier(cursor.words, noun.stop)[0]


def _qualify(cursor: _Cursor, at: int, family: str) -> tuple[str, int]:
    """The qualifier of a group, with a place that follows it; what only says which province is left out."""
    qualifier, stop = read_qualifier(cursor.words, at)
    if family in ("core", "place", "mass", "association") and qualifier in ("cấp tỉnh", "cấp thành phố") and family == "core":
        qualifier = ""
    if not qualifier and cursor.at(at) in ("của", "thuộc", "trong") and cursor.at(at + 1) in ("tỉnh", "thành"):
        at += 1
    place, after = _read_place(cursor, stop if stop > at else at)
    if after > stop:
        if qualifier.endswith("địa bàn") and place:
            qualifier = f"{qualifier} {place}"
        stop = after
    if cursor.at(stop) == "có" and cursor.at(stop + 1) == "liên" and not qualifier:
        qualifier, stop = "có liên quan", stop + 3
    return ("" if qualifier in DROPPED and family == "core" else qualifier), stop


def _following(cursor: _Cursor, at: int) -> tuple[int, Noun] | None:
    """The noun that opens the next group of the same run: no article, but a comma or "và" before it."""
    step = at
    while cursor.at(step) in (",", "và", "/"):
        step += 1
    if step == at:
        return None
    noun = read_noun(cursor.words, step)
    if noun is None or noun.family in ("unit", "tier"):
        return None
    if cursor.tokens[step].capital and cursor.lexicon.match(cursor.words, step) is not None:
        return None
    return step, noun


def _group(cursor: _Cursor, start: int, stop: int, nouns: list[Noun], qualifier: str) -> AgencyMention:
    texts = [noun.text for noun in nouns]
    name = "các " + ", ".join(_split_core(texts))
    name = name.replace("trị-xã", "trị - xã").replace("chính phủ", "Chính phủ")
    if qualifier:
        name += " " + qualifier
    if nouns[0].text in ("báo chí", "cấp") and len(nouns) == 1 and not qualifier and cursor.at(start) not in ARTICLES:
        name = nouns[0].text
    form: Form = "open-group" if is_open(texts, qualifier) else "group"
    return _mention(cursor, start, stop, name, None, form, 1.0, "grammar")


def _split_core(texts: list[str]) -> list[str]:
    """ "ban ngành" is "ban, ngành" with the comma left out."""
    split: list[str] = []
    for text in texts:
        text = SHORT.get(text, text)
        split.extend({"ban ngành": ["ban", "ngành"], "bộ ngành": ["bộ", "ngành"], "sở ngành": ["sở", "ngành"]}.get(text, [text]))
    return split


def _read_unknown(cursor: _Cursor, at: int) -> _Item | None:
    """A name that the registry lacks: up to a separator or the verb of a clause; a body of its own, marked so."""
    stop = at
    while stop < len(cursor.words):
        word, token = cursor.words[stop], cursor.tokens[stop]
        if word in (";", ".", ":", "\n", "(", ")", "•") or (stop > at and word == "," and not _inner_comma(cursor, stop)):
            break
        if stop > at and word == "và" and stop + 1 < len(cursor.words) and (_opens_name(cursor, stop + 1) or read_noun(cursor.words, stop + 1)):
            break
        if stop > at and not token.capital and f"{word}_{cursor.at(stop + 1)}" in _VERBS:
            break
        if stop > at + 1 and token.capital and _opens_name(cursor, stop) and cursor.words[stop - 1] not in ("của", "thuộc", "-"):
            break
        stop += 1
    if stop == at or not any(word.isalpha() for word in cursor.words[at:stop]):
        return None
    if at > 0 and cursor.words[at] not in HEADS and cursor.words[at] not in ARTICLES and read_noun(cursor.words, at) is None:
        return None
    text = cursor.passage.text[cursor.tokens[at].start : cursor.tokens[stop - 1].end]
    if len(text) < 3 or len(text) > 160:
        return None
    return _Item(_mention(cursor, at, stop, _proper(text), None, "body", 0.6, "unresolved"), stop)


def _inner_comma(cursor: _Cursor, at: int) -> bool:
    """A comma inside an unknown name: a lower-case word follows that opens no name of its own."""
    if at + 1 >= len(cursor.tokens):
        return False
    token = cursor.tokens[at + 1]
    return not token.capital and token.word not in ARTICLES and read_noun(cursor.words, at + 1) is None


def _proper(text: str) -> str:
    text = text.strip(" -–+•,;.")
    for short, long in (("UBND", "Ủy ban nhân dân"), ("Uỷ ban", "Ủy ban"), ("HĐND", "Hội đồng nhân dân"), ("MTTQ", "Mặt trận Tổ quốc")):
        text = text.replace(short, long)
    if text.startswith(("Các ", "Cơ sở ", "Doanh nghiệp", "Hợp tác xã", "Hội viên")):
        text = text[0].lower() + text[1:]
    return text


def _mention(
    cursor: _Cursor, start: int, stop: int, name: str, slug: str | None, form: Form, confidence: float, method: str
) -> AgencyMention:
    passage = cursor.passage.slice(cursor.tokens[start].start, cursor.tokens[stop - 1].end)
    if slug is None and form != "body":
        slug = cursor.lexicon.registry.by_label.get(key(name))
    return AgencyMention(
        name=name, text=passage.text, spans=passage.spans, kind=slug, form=form, confidence=confidence, method=method
    )


def localise(mentions: tuple[AgencyMention, ...], province: str | None) -> tuple[AgencyMention, ...]:
    """Leave the document's own province out of the names of its committees: "Ủy ban nhân dân tỉnh" is meant."""
    if province is None:
        return mentions
    pattern = re.compile(rf"^((?:Chủ tịch )?(?:Ủy ban|Hội đồng) nhân dân (?:tỉnh|thành phố)) (?:(?:tỉnh|thành phố) )?{re.escape(province)}$", re.IGNORECASE)
    return tuple(
        replace(mention, name=match[1]) if (match := pattern.match(mention.name)) else mention for mention in mentions
    )


def _unique(mentions: list[AgencyMention]) -> tuple[AgencyMention, ...]:
    seen: dict[str, AgencyMention] = {}
    for mention in mentions:
        seen.setdefault(mention.name, mention)
    return tuple(seen.values())
