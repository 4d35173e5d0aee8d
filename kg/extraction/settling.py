"""Names that only their document can tell: abbreviations that it defines, words that point back, names that two levels share.

Reads: mentions as a passage alone gives them, and the document's text and header. Gives: the same mentions, settled where
the document says who is meant; what it does not settle stays as it was.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extraction.agencies import localise, read_list
from kg.extraction.naming.committees import CITY
from kg.extraction.naming.words import HEADS
from kg.normalise import key
from kg.records import AgencyMention, Header, Passage
from kg.resolution.near import clean
from kg.resolution.offices import regional_kinds
from kg.resolution.partial_dates import may_hold
from kg.resolution.places import without_province
from kg.resolution.registry import Kind, Level, load_registry
from kg.resolution.rosters import may_have

_DEFINED = re.compile(
    r"\(\s*(?:(?:sau|dưới)\s+đây\s+)?(?:được\s+)?(?:gọi|viết)\s+(?:tắt\s+|chung\s+)?(?:là\s*)?:?\s*[“\"]?(?P<short>[^()“”\"]{2,60}?)[”\"]?\s*\)",
    re.IGNORECASE,
)
"""Matches "Sở Y tế (sau đây gọi tắt là Sở)"; not "(sau đây gọi là Kế hoạch số 5 (2025))"."""
_LEGEND = re.compile(r"^[ \t*|+-]*(?P<short>[A-ZĐ][A-ZĐ&.-]{1,14})[ \t*]*[:=–-][ \t]+(?P<long>[A-ZĐ]\w[^\n:;|]{4,90}?)[ \t.;|*]*$", re.MULTILINE)
"""Matches a line of a list of abbreviations: "SNNMT: Sở Nông nghiệp và Môi trường"."""
_NO_BODY = re.compile(r"(?:Nghị|Quyết|Chỉ thị|Kế hoạch|Chương|Đề án|Luật|Thông|Kết luận|Chiến lược|Dự án|Phiên|Hội nghị|Khu)", re.IGNORECASE)
"""Short forms of what is no body: documents, programmes, meetings, places."""
_PLURAL = ("các ", "những ", "mọi ")
"""Articles of a group; of one that no registry has, nobody can list the members."""
_BEFORE = 160
_CAPITAL = re.compile(r"(?<!\w)[A-ZĐ\u00c0-\u1ef9]\w*")
_CONFIDENCE = {"defined-here": 0.97, "context": 0.9, "symbol": 0.9, "extended": 0.8}
_OF_CITY = re.compile(r"(?:(?P<head>\S.*?) (?:thành phố|tp\.?)|(?P<organ>\S.*? )?thành ủy)(?: (?:thành phố )?(?P<city>\S.*))?$", re.IGNORECASE)
_OF_PERSON = re.compile(r"^Chủ tịch (?=(?:Ủy ban|Hội đồng) nhân dân\b)", re.IGNORECASE)
_COUNCIL = frozenset({"hđnd", "hội đồng nhân dân"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a document tells of the names in it.

    ``defined`` maps the key of a short form to the body that the document says it stands for. ``level`` is the
    issuer's, ``None`` where unknown; ``issuer`` the body that issues it.
    """

    defined: Mapping[str, AgencyMention]
    province: str | None = None
    date: str | None = None
    level: Level | None = None
    issuer: AgencyMention | None = None


def read_context(text: str, header: Header) -> Context:
    """Read what a document's text and header tell of its names."""
    issuer = _one_body(header.issuer) if header.issuer else None
    kind = load_registry().kinds.get(issuer.kind) if issuer is not None and issuer.kind else None
    level: Level | None = "provincial" if header.province else kind.level if kind is not None else None
    return Context(defined=_read_definitions(text), province=header.province, date=header.date, level=level, issuer=issuer)


def settle(mentions: tuple[AgencyMention, ...], context: Context) -> tuple[AgencyMention, ...]:
    """Settle mentions by their document, in the order of the text; one that turns out to be a body named beside it is left out."""
    placed = _share_place([_place_city(mention, context) for mention in mentions])
    local = tuple(one for mention in placed for one in ((mention,) if mention.method == "extended" else localise((mention,), context.province)))
    known = {mention.name for mention in local}
    settled: list[AgencyMention] = []
    for mention in local:
        one = _settle(mention, context)
        if one.name == mention.name or one.name not in known:
            known.add(one.name)
            settled.append(one)
    return tuple(settled)


def _place_city(mention: AgencyMention, context: Context) -> AgencyMention:
    """Tell a body of a city below a province ("UBND thành phố Đà Lạt", "Công an thành phố") from that of a city which is a province.

    The city that is named decides, else the document's own province; where neither is known, the mention stays. A named
    city's body of which no kind is known is a body of its own: it is not the province's.
    """
    registry = load_registry()
    kind = registry.kinds.get(mention.kind or "")
    match = _OF_CITY.match(mention.name) if mention.form == "body" and (kind is None or kind.level in ("provincial", "commune")) else None
    written = _OF_CITY.match(" ".join(clean(mention.text).split()))  # the name leaves a province's own out
    home = (match["city"] or (written and written["city"]) or context.province) if match else None
    if match is None or home is None or _is_city(home, context.date):
        return mention
    name = _OF_PERSON.sub("", mention.name)  # who heads it stands for it, as in "Chủ tịch UBND huyện"
    head = _OF_PERSON.sub("", match["head"] or "")
    below = CITY if head == "Ủy ban nhân dân" else registry.by_label.get(key(f"{head} huyện" if head else f"{match['organ'] or ''}Huyện ủy"))
    if below is None or registry.kinds[below].level != "district":
        return replace(mention, kind=None, method="unresolved", confidence=0.6) if match["city"] and kind is not None else mention
    dropped = written["city"] if written and not match["city"] and written["city"] and registry.provinces_named(written["city"]) else None
    name = f"{name} {dropped}" if dropped else name  # a city that bears its province's name: "Công an thành phố Sơn La"
    method = "extended" if match["city"] or dropped else "context"
    return replace(mention, name=name, kind=below, method=method, confidence=_CONFIDENCE[method])


def _is_city(home: str, date: str | None) -> bool:
    """Tell whether a province of that name is a city then, or was one before: Huế is none before 2025."""
    named = [unit for unit in load_registry().provinces_named(home) if may_hold(date, unit.valid_from, None)]
    return any(unit.is_city_at(date) for unit in [unit for unit in named if unit.exists_at(date)] or named)


def _share_place(mentions: Sequence[AgencyMention]) -> list[AgencyMention]:
    """Give the council the unit of the committee that stands right behind it: "HĐND, UBND huyện Đức Trọng", "HĐND, UBND các xã, phường"."""
    registry, placed = load_registry(), list(mentions)
    for at, (council, committee) in enumerate(itertools.pairwise(mentions)):
        head, _, unit = committee.name.partition("Ủy ban nhân dân ")
        if key(clean(council.text)) not in _COUNCIL or head or not unit:
            continue
        if committee.form != "body":
            name = f"Hội đồng nhân dân {unit}"
            placed[at] = replace(council, name=name, kind=registry.by_label.get(key(name)), form=committee.form, method=committee.method, confidence=committee.confidence)
            continue
        below = registry.by_label.get(key(f"Hội đồng nhân dân {unit.split()[0]}")) or registry.by_label.get(key("Hội đồng nhân dân huyện" if committee.kind == CITY else ""))
        if below is not None:
            placed[at] = replace(council, name=f"Hội đồng nhân dân {unit}", kind=below, method=committee.method, confidence=committee.confidence)
    return placed


def _settle(mention: AgencyMention, context: Context) -> AgencyMention:
    defined = context.defined.get(key(clean(mention.text)))
    if defined is not None and defined.name != mention.name:
        return _as(mention, defined.name, defined.kind, "defined-here")
    if mention.method == "anaphora":
        return _point_back(mention, context)
    if mention.method == "symbol":
        return _spell_out(mention, context)
    if mention.kind is not None and (earlier := _before_it_was(mention.kind, context)) is not None:
        return _as(mention, earlier.name, earlier.slug, "context")
    if mention.method == "unresolved" and mention.form == "group" and mention.name.startswith(_PLURAL):
        return replace(mention, form="open-group")
    if mention.method != "unresolved" or context.level is None:
        return mention
    registry = load_registry()
    written = clean(mention.text)
    shared = next((name for name in (written, *without_province(written, registry)) if key(name) in registry.ambiguous), None)
    kind = _named_here(shared, context) if shared is not None else None
    if kind is not None and kind.slug in regional_kinds() and shared != written:  # of several provinces: its name tells none
        return mention
    return mention if kind is None else _as(mention, kind.name, kind.slug, "context")


def _named_here(name: str, context: Context) -> Kind | None:
    """The one kind of a shared name that the issuer's level, date and province leave: "Sở VHTT" is Sở Văn hóa và Thể thao only where there is one."""
    registry = load_registry()
    unit = registry.province_at(context.province, context.date) if context.province else None
    left = [
        kind for slug in registry.ambiguous[key(name)]
        if (kind := registry.kinds[slug]).exists_at(context.date) and kind.level == context.level and may_have(slug, unit.slug if unit else None, context.date)
    ]  # fmt: skip
    return left[0] if len(left) == 1 else None


def _before_it_was(slug: str, context: Context) -> Kind | None:
    """The province's own body that a name meant before the central one of that name was made: "Cục Thuế" before March 2025."""
    registry = load_registry()
    kind = registry.kinds.get(slug)
    if kind is None or kind.level != "central" or context.level != "provincial" or not context.date or not kind.valid_from or context.date >= kind.valid_from:
        return None
    return registry.kind_named(f"{kind.name} tỉnh", date=context.date)


def _point_back(mention: AgencyMention, context: Context) -> AgencyMention:
    """Tell that "Sở" alone in a department's own plan is that department; "cơ quan chủ trì" is whoever leads, nobody for certain."""
    if " " in mention.name:
        return replace(mention, form="open-group")
    issuer = context.issuer
    if issuer is not None and issuer.kind is not None and key(issuer.name).split()[0] == key(mention.name):
        return _as(mention, issuer.name, issuer.kind, "context")
    return replace(mention, method="unresolved")


def _spell_out(mention: AgencyMention, context: Context) -> AgencyMention:
    """Tell whose symbol stands in a cell ("STC"): the one kind of the issuer's level that has it then, else the one of any level."""
    registry = load_registry()
    kinds = [kind for slug in registry.by_symbol.get(mention.name, ()) if (kind := registry.kinds[slug]).exists_at(context.date)]
    own = [kind for kind in kinds if kind.level == context.level] or kinds
    return _as(mention, own[0].name, own[0].slug, "symbol") if len(own) == 1 else replace(mention, method="unresolved")


def _as(mention: AgencyMention, name: str, kind: str | None, method: str) -> AgencyMention:
    return replace(mention, name=name, kind=kind, form="body", method=method, confidence=_CONFIDENCE[method])


def _read_definitions(text: str) -> dict[str, AgencyMention]:
    """Each short form that the document defines for one body; a form defined for two bodies is none's."""
    found: dict[str, dict[str, AgencyMention]] = {}
    for match in _DEFINED.finditer(text):
        if _NO_BODY.match(match["short"]):
            continue
        body = _body_before(" ".join(text[max(0, match.start() - _BEFORE) : match.start()].split()))
        if body is not None:
            found.setdefault(key(match["short"]), {})[body.name] = body
    for match in _LEGEND.finditer(text):
        body = _one_body(match["long"])
        if body is not None:
            found.setdefault(key(match["short"]), {})[body.name] = body
    return {short: next(iter(bodies.values())) for short, bodies in found.items() if len(bodies) == 1}


def _body_before(text: str) -> AgencyMention | None:
    """The body whose name ends a text: the longest that the registry knows, else the last that opens as a body's name."""
    starts = [match.start() for match in _CAPITAL.finditer(text) if key(match.group()) in HEADS]
    readings = [body for body in (_one_body(text[start:]) for start in starts) if body is not None]
    known = [body for body in readings if body.kind is not None]
    if known:
        return known[0]
    return readings[-1] if readings else None


def _one_body(text: str) -> AgencyMention | None:
    """The body that all of a text names; ``None`` for a group, two names, or words besides."""
    mentions = read_list(Passage(text=text), whole=True).mentions
    if len(mentions) != 1 or mentions[0].form != "body" or mentions[0].method == "anaphora":
        return None
    return mentions[0] if len(mentions[0].text) >= len(text.strip()) - 1 else None
