"""Agencies and groups in cells, headings and sentences.

Reads: a passage. Gives: the mentions in their order, each with its spans; what is no name is left over for the caller.
Names are matched longest first against the registry, then the group grammar is tried; commas and "và" split only
between names ("Sở Văn hóa, Thể thao và Du lịch" is one body, "các sở, ban, ngành" one group).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.naming.abbreviations import read_abbreviated
from kg.extraction.naming.alternatives import mark_alternatives
from kg.extraction.naming.anaphora import read_anaphor, read_symbol
from kg.extraction.naming.bodies import LEVELLED, read_body, read_longer, read_organ, read_unknown
from kg.extraction.naming.branches import read_completed, read_named_unit_of
from kg.extraction.naming.committees import read_committee, read_further_committees, read_named_committees
from kg.extraction.naming.cursor import Cursor, Found, found, opens_body, opens_name, pass_capitals
from kg.extraction.naming.gaps import find_gaps
from kg.extraction.naming.group_runs import read_groups
from kg.extraction.naming.groups import ARTICLES, FAMILIES, read_noun
from kg.extraction.naming.lexicon import load_lexicon, tokenise
from kg.extraction.naming.mending import mend_match
from kg.extraction.naming.name_ends import goes_on
from kg.extraction.naming.shared_heads import names_unit_next, read_further_bodies, read_further_units, read_shared_head
from kg.extraction.naming.words import (
    FOLDED_HEADS,
    HEADS,
    HEADS_OF_NAMES,
    NOT_NAMES,
    OPENERS,
    PERSONS,
    SEPARATORS,
    VERBS,
)
from kg.normalise import fold
from kg.records import AgencyMention, Passage
from kg.resolution.places import province_in
from kg.resolution.registry import load_registry

_CACHED = 600
"""Characters up to which a text's names are kept: cells repeat, paragraphs do not."""
_OPENING, _MARGIN, _LONGEST = 260, 100, 1500
"""Characters of a sentence that are read for the list that opens it; more, up to the longest, where it ends near there."""


class Reading(NamedTuple):
    """Mentions read from the start of a passage, the offset in its text after the last one, and words of no name.

    ``unread`` is filled where all of the passage should be names: each stretch that belongs to none and is no clause.
    """

    mentions: tuple[AgencyMention, ...]
    stop: int
    unread: tuple[Passage, ...] = ()


def read_list(passage: Passage, *, whole: bool) -> Reading:
    """Read a list of agencies.

    Args:
        passage: the text that the list opens.
        whole: all of it should be names (a table cell, a label's value): a stretch that is none becomes a body of its
            own, marked unresolved. Without, reading stops at the first thing that is no name.
    """
    if not whole and not _may_open(passage.text):
        return Reading((), 0)
    text = passage.text if whole else passage.text[:_OPENING]
    names, stop, gaps = _cached_names(text, whole) if len(text) <= _CACHED else _names(text, whole)
    if not whole and stop > _OPENING - _MARGIN and len(passage.text) > _OPENING:
        names, stop, gaps = _names(passage.text[:_LONGEST], whole)
    mentions: list[AgencyMention] = []
    for name in names:
        part = passage.slice(name.start, name.end)
        mentions.append(
            AgencyMention(
                name=name.name, text=part.text, spans=part.spans, kind=name.kind, form=name.form,
                confidence=name.confidence, method=name.method, possible=name.possible,
            )
        )
    return Reading(tuple(mentions), stop, tuple(passage.slice(start, end) for start, end in gaps))


def _may_open(text: str) -> bool:
    """Whether a list can open the text: its first word begins a name, a group, an article or an introduction."""
    match = _FIRST.search(text[:40])
    if match is None:
        return False
    word = fold(match.group())
    return word in _OPENING_WORDS or load_lexicon().may_open(word)


_FIRST = re.compile(r"\w+")
_OPENING_WORDS = frozenset(
    fold(word)
    for word in (
        *HEADS, *ARTICLES, *(words[0] for words in (*OPENERS, *PERSONS, *HEADS_OF_NAMES)), *(noun.split()[0].split("-")[0] for noun in FAMILIES),
        "chính", "và", "hoặc", "cùng", "với", "vp", "tt", "tp", "tx", "cn", "cty", "xn", "ttr", "bcđ",
    )
)


def _names(text: str, whole: bool) -> tuple[tuple[Found, ...], int, tuple[tuple[int, int], ...]]:
    """The names, the offset after the last one, and the offsets of the stretches that no name covers."""
    tokens = tokenise(text)
    cursor = Cursor(text, tokens, [token.word for token in tokens], load_lexicon(), whole)
    names: dict[str, Found] = {}
    read: list[tuple[int, int]] = []
    at, stop = 0, 0
    while at < len(tokens):
        at = _skip(cursor, at, first=not names)
        items, after = _read_items(cursor, at)
        if not items:
            if not whole or at >= len(tokens):
                break
            item = read_unknown(cursor, at)
            if item is None:
                at = _next_separator(cursor, at)
                continue
            items, after = read_further_bodies(cursor, at, item)
        for name in items:
            known = names.setdefault(name.name, name)
            if known is not name and (place := _place_in(text, name)) != _place_in(text, known):
                names.setdefault(f"{name.name} {place or ''}", name)  # the same department of another province
        read.append((at, after))
        at = after
        stop = tokens[at - 1].end
        if whole:
            at = _pass_over(cursor, at)
        elif not _separated(cursor, at):
            break
    return mark_alternatives(text, tuple(names.values())), stop, tuple(find_gaps(cursor, read)) if whole else ()


def _place_in(text: str, name: Found) -> str | None:
    return province_in(text[name.start : name.end].rstrip(" .;,"), load_registry()) if name.form == "body" else None


_cached_names = lru_cache(maxsize=20_000)(_names)


def _next_separator(cursor: Cursor, at: int) -> int:
    """The token after the next sign that can end a name; words that are none go in one piece."""
    while at < len(cursor.words) and cursor.words[at] not in SEPARATORS and cursor.words[at] != ".":
        if cursor.words[at] in _BEFORE_NAMES and opens_name(cursor, at + 1):
            break
        at += 1
    return at + 1


def _separated(cursor: Cursor, at: int) -> bool:
    if cursor.at(at) in SEPARATORS or cursor.at(at) in ("và", "cùng", "hoặc", "với", "."):
        return True
    if at >= len(cursor.tokens):
        return False
    token = cursor.tokens[at]
    return (token.capital and (token.word in HEADS | ARTICLES or (cursor.whole and (opens_name(cursor, at) or opens_body(cursor, at))))) or _opens_group(cursor, at)


def _opens_group(cursor: Cursor, at: int) -> bool:
    """In a cell, an article in small letters opens the next line's group: "Sở Tài chính | các doanh nghiệp"; units and places are whose the body before is."""
    noun = read_noun(cursor.words, at + 1) if cursor.whole and cursor.words[at] in ARTICLES else None
    return noun is not None and noun.family not in ("unit", "tier", "village", "place")


def _skip(cursor: Cursor, at: int, *, first: bool) -> int:
    """Pass over separators and words that introduce a name."""
    while at < len(cursor.words):
        word = cursor.words[at]
        if word in SEPARATORS or word in (".", ":", "và", "hoặc", "cùng", "với", "*", "~", "(", ")", '"', "“", "”"):
            if word == "." and not cursor.whole and not first:
                return at
            at += 1
            continue
        opener = next((o for o in OPENERS if tuple(cursor.words[at : at + len(o)]) == o), None)
        if opener is None or (opener == ("giao",) and not _opens_order(cursor, at)):
            return at
        at += len(opener)
    return at


def _opens_order(cursor: Cursor, at: int) -> bool:
    """Whether "giao" charges somebody: a name or a group follows, and not "giao thông"."""
    following = at + 1
    return cursor.tokens[at].capital or cursor.at(following) in (":", *ARTICLES) or (following < len(cursor.tokens) and cursor.tokens[following].capital)


def _pass_over(cursor: Cursor, at: int) -> int:
    """In a cell, words after a name that are no name ("tiến hành rà soát …"): on to the next separator."""
    if at >= len(cursor.words) or _separated(cursor, at):
        return at
    depth = 0
    manner = tuple(cursor.words[at : at + 2]) in _MANNERS
    while at < len(cursor.words):
        word = cursor.words[at]
        if manner and word == "và" and opens_name(cursor, at + 1):
            return at
        if depth == 0 and _opens_next(cursor, at):
            return at
        depth += (word == "(") - (word == ")")
        if depth <= 0 and (word in (";", ".", "\n") or (word in _BEFORE_NAMES and opens_name(cursor, at + 1)) or (word == ":" and read_noun(cursor.words, at + 1))):
            return at
        at += 1
    return at


def _opens_next(cursor: Cursor, at: int) -> bool:
    """Whether the next line's body stands here, behind a name that no registry knows whole: "… và phát triển đô thị | Sở Xây dựng", not "trình | Sở Xây dựng"."""
    if not cursor.tokens[at].capital or cursor.words[at] not in HEADS or cursor.words[at - 1] in _BEFORE_OTHERS:
        return False
    match = cursor.lexicon.match(cursor.words, at)
    return match is not None and match[1] > at + 1


_BEFORE_OTHERS = frozenset({
    "của", "thuộc", "với", "cho", "tại", "ở", "do", "qua", "gửi", "trình", "giúp", "từ", "về", "theo", "giữa", "là", "như", "gồm", "cùng", "bởi", "đến", "tới", "cáo", "nghị", "cầu", "giao", "mưu", "tịch", "đốc", "trưởng", "đạo", "và", "(", "-", "–", "/",
})
"""Words before a body that is spoken of and not charged."""
_MANNERS = (("trong", "phạm"), ("theo", "chức"), ("theo", "nhiệm"), ("theo", "thẩm"), ("theo", "phân"))
"""Words that open a phrase on how far a body is concerned, behind its name: "trong phạm vi chức năng, nhiệm vụ của mình và các cơ quan …"."""
_BEFORE_NAMES = frozenset({",", ")", ":", "-", "–", "—", "~", "+", "•", "●"})
"""Signs after which, in a cell, a name goes on the list though what stands before could not be read."""


def _read_items(cursor: Cursor, at: int) -> tuple[list[Found], int]:
    """One name, or the groups of one run of nouns; ([], at) where none begins here."""
    start = at
    at = _skip_enterprise(cursor, _skip_person(cursor, _skip_named_person(cursor, at)))
    named = read_named_committees(cursor, at, start)
    if named is not None:
        return named
    committee = read_committee(cursor, at, start)
    if committee is not None:
        items, stop = read_further_committees(cursor, committee)
        if len(items) == 1 and items[0].kind is not None and items[0].name.startswith("Ủy ban nhân dân thành phố ") and names_unit_next(cursor, stop):
            return read_further_units(cursor, committee, "Ủy ban nhân dân")
        return items, stop
    shared = read_shared_head(cursor, at)
    if shared is not None:
        return shared
    organ = read_organ(cursor, start, at)
    if organ is not None:
        return [organ.mention], organ.stop
    anaphor = read_anaphor(cursor, at, start)
    if anaphor is not None:
        return [anaphor.mention], anaphor.stop
    match = cursor.lexicon.match(cursor.words, at)
    if at < len(cursor.tokens) and cursor.tokens[at].capital and fold(cursor.words[at]) in FOLDED_HEADS:
        match = mend_match(cursor, at, match)
    abbreviated = read_abbreviated(cursor, at)
    if abbreviated is not None and (match is None or abbreviated[1] > match[1]):
        match = abbreviated
    if match is None or not match[0].slug:
        item = read_completed(cursor, start, at) or (read_named_unit_of(cursor, start, at) if match is None else None)
        if item is not None:
            return [item.mention], item.stop
    if match is not None and not match[0].slug:
        return [found(cursor, start, match[1], match[0].name, confidence=0.6, method="unresolved")], match[1]
    if match is not None and match[0].slug == "chinh-phu" and " ".join(cursor.words[match[1] : match[1] + 2]).startswith(_MANNERS_OF_GOVERNING):
        return [], start
    if match is not None and (cursor.tokens[at].capital or (cursor.whole and not _lists_nouns(cursor, at, match[1]))):
        item = read_body(cursor, start, at, match)
        further, stop = read_further_bodies(cursor, at, item)
        if len(further) == 1 and goes_on(cursor, at, stop):
            longer = read_longer(cursor, start, at, stop)
            return [longer.mention], longer.stop
        return further, stop
    groups, stop = read_groups(cursor, at)
    if groups:
        return groups, stop
    pair = f"{cursor.at(at)}_{cursor.at(at + 1)}"
    if not cursor.whole and at < len(cursor.tokens) and cursor.tokens[at].capital and cursor.words[at] in HEADS and pair not in NOT_NAMES | VERBS:
        item2 = read_unknown(cursor, at)
        if item2 is not None:
            return [item2.mention], item2.stop
    symbol = read_symbol(cursor, at)
    return ([symbol.mention], symbol.stop) if symbol is not None else ([], start)

_MANNERS_OF_GOVERNING = ("số", "điện tử", "thông minh", "kiến tạo")
"""Words after "Chính phủ" with which it is a programme's subject, not the Government."""
_OFFICES = 5
"""Offices of one body that are read at most."""
_PERSONS_FIRST = frozenset(words[0] for words in (*PERSONS, *HEADS_OF_NAMES))


def _lists_nouns(cursor: Cursor, at: int, stop: int) -> bool:
    """Forms such as "trường đại học, cao đẳng" in lower case are a group, though its first noun is a name's beginning."""
    if cursor.at(stop) not in (",", "/", "và"):
        return False
    noun, following = read_noun(cursor.words, at), read_noun(cursor.words, stop + 1)
    return noun is not None and following is not None and noun.stop == stop and noun.family == following.family


_ENTERPRISES = (("tập", "đoàn"), ("tổng", "công", "ty"), ("chi", "nhánh"), ("ngân", "hàng"), ("công", "ty"))
"""Words before an enterprise's short name, which say what it is: "Tập đoàn VNPT", "Chi nhánh Viettel Hưng Yên"."""


def _skip_enterprise(cursor: Cursor, at: int) -> int:
    """Pass over what sort of enterprise it is, where its short name follows and no longer name begins here."""
    sort = next((words for words in _ENTERPRISES if tuple(cursor.words[at : at + len(words)]) == words), ())
    stop = at + len(sort)
    if not sort or stop >= len(cursor.tokens) or not cursor.tokens[stop].capital:
        return at
    whole, short = cursor.lexicon.match(cursor.words, at), cursor.lexicon.match(cursor.words, stop)
    if short is None or not short[0].slug or (whole is not None and whole[1] >= short[1]):
        return at
    kind = cursor.lexicon.registry.kinds[short[0].slug]
    return stop if kind.kind_class in ("state-enterprise", "bank") and short[1] == stop + 1 else at


def _skip_person(cursor: Cursor, at: int) -> int:
    """Forms such as "đồng chí Giám đốc Sở Y tế" stand for the body; "Chủ tịch Ủy ban nhân dân tỉnh" stays a person's office elsewhere."""
    if cursor.at(at) in ARTICLES and cursor.at(at + 1) == "phó":  # "các Phó Chủ tịch UBND tỉnh"
        step = _pass_persons(cursor, at + 1)
    elif cursor.at(at) not in _PERSONS_FIRST:
        return at
    else:
        step = _pass_persons(cursor, at)
    if tuple(cursor.words[step : step + 3]) in HEADS_OF_NAMES and cursor.tokens[step + 1].capital:
        return step + 1
    if at < step < len(cursor.words):
        nxt = cursor.tokens[step]
        if nxt.word in ARTICLES or (nxt.capital and (nxt.word in HEADS or cursor.lexicon.match(cursor.words, step) is not None)) or (nxt.word in ("sở", "bộ") and cursor.at(step + 1) == ":"):
            return step
    return at


def _pass_persons(cursor: Cursor, at: int) -> int:
    """The token after the offices that stand here, one or several of one body: "Giám đốc, các Phó Giám đốc | Sở"."""
    stop, step = at, at
    for _ in range(_OFFICES):
        while person := max((p for p in PERSONS if tuple(cursor.words[step : step + len(p)]) == p), key=len, default=None):
            stop = step = step + len(person)
        if step > stop or cursor.at(step) not in (",", "và"):
            break
        step += 1
        step += cursor.at(step) in ARTICLES
    return stop


_TITLES = (("ông",), ("bà",), ("đồng", "chí"), ("đ", "/", "c"))


def _skip_named_person(cursor: Cursor, at: int) -> int:
    """Forms such as "Ông Nguyễn Văn A, Giám đốc Sở Y tế": the person is who the office behind the comma says."""
    title = next((title for title in _TITLES if tuple(cursor.words[at : at + len(title)]) == title), ())
    if not title:
        return at
    first = at + len(title)
    stop = pass_capitals(cursor, first, 5)
    office = cursor.at(stop) in (",", "-", "–") and stop > first and cursor.at(stop + 1) in _PERSONS_FIRST
    return stop + 1 if office else at


_SHORTEST_WITH_CITY = 3
"""Words that a name has at least without the "thành phố" behind it."""


def localise(mentions: tuple[AgencyMention, ...], province: str | None) -> tuple[AgencyMention, ...]:
    """Leave the document's own province out of the names of its committees: "Ủy ban nhân dân tỉnh" is meant."""
    if province is None:
        return mentions
    pattern = re.compile(rf"^((?:Chủ tịch )?(?:Ủy ban|Hội đồng) nhân dân (?:tỉnh|thành phố)) (?:(?:tỉnh|thành phố) )?{re.escape(province)}$", re.IGNORECASE)
    city = any("thành phố" in unit.type for unit in load_registry().provinces_named(province))
    return tuple(replace(mention, name=_local(mention, pattern, city=city)) for mention in mentions)


def _local(mention: AgencyMention, pattern: re.Pattern[str], *, city: bool) -> str:
    """A name without the document's own province; in a city under the centre also without "thành phố", where no registry says otherwise."""
    if match := pattern.match(mention.name):
        return match[1]
    unknown = city and mention.method == "unresolved" and mention.form == "body" and len(mention.name.split()) > _SHORTEST_WITH_CITY
    return mention.name.removesuffix(" thành phố") if unknown and not LEVELLED.search(mention.name) else mention.name

