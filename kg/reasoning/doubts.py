"""What a document says that its date contradicts, and things of two classes that exclude each other: as findings of the build.

Reads: an extraction, or a document's quads. Gives: findings. The same as ``contradictions.py`` tells of a whole graph,
with the place in the text. What is certain is a warning; where the text may be right and only needs a second reading, one
note a document and kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from pyoxigraph import NamedNode, Quad

from kg.graph.namespaces import MG_BASE, RDF
from kg.graph.vocabulary import load_vocabulary
from kg.records import AgencyMention, Extraction, Finding, Span
from kg.resolution.as_of import show_day
from kg.resolution.partial_dates import in_english
from kg.resolution.registry import Kind, Province, load_registry

_OWL, _RDFS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#"


def date_doubts(extraction: Extraction, unit: Province | None) -> tuple[Finding, ...]:
    """Find leads that had ended or had not begun when the document was written, work that outlives its lead, a province that was gone.

    ``unit`` is the province that the document was taken to be of, ``None`` where it is not known.
    """
    date = extraction.header.date
    found = list(_outlived(extraction))
    if date:
        found += _out_of_time(extraction, date)
        if unit and unit.valid_to and date > unit.valid_to[: len(date)]:
            found.append(Finding(
                code="plan-after-its-province", severity="warning",
                vi=f"{unit.name} chỉ tồn tại đến hết {show_day(unit.valid_to)}, văn bản ghi {show_day(date)}", en=f"{unit.english} ended on {unit.valid_to}; the document is of {date}",
            ))  # fmt: skip
    return tuple(found)


def class_doubts(address: str, quads: Iterable[Quad]) -> tuple[Finding, ...]:
    """Find things that are of two classes which exclude each other, by what is said of them."""
    stated, domains, ranges, above, disjoint = _axioms()
    classes: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        predicate = quad.predicate.value
        if quad.predicate == RDF.type and isinstance(quad.object, NamedNode) and quad.object.value in stated:
            classes[str(quad.subject)].add(quad.object.value)
        if predicate in domains:
            classes[str(quad.subject)].update(domains[predicate])
        if predicate in ranges and isinstance(quad.object, NamedNode):
            classes[str(quad.object)].update(ranges[predicate])
    found = []
    for thing, names in classes.items():
        if len(names) > 1:
            whole = sorted({top for name in names for top in above.get(name, {name})} & disjoint)
            found += [(thing, one.removeprefix(MG_BASE), other.removeprefix(MG_BASE)) for one, other in combinations(whole, 2)]
    return tuple(
        Finding(
            code="disjoint-classes", severity="error",
            vi=f"{thing.strip('<>').removeprefix(address)}: vừa là mg:{one} vừa là mg:{other}, mà hai lớp này không có chung phần tử",
            en=f"{thing.strip('<>').removeprefix(address)}: both an mg:{one} and an mg:{other}, and nothing can be both",
        )
        for thing, one, other in sorted(found)
    )  # fmt: skip


def _leads(extraction: Extraction) -> Iterator[AgencyMention]:
    """Those who lead or answer for something."""
    for task in extraction.tasks:
        yield from task.lead
        for part in task.parts:
            yield from part.lead
    for duty in extraction.duties:
        if duty.role in ("lead", "responsible"):
            yield from duty.agency


def _out_of_time(extraction: Extraction, date: str) -> Iterator[Finding]:
    early: dict[str, list[Span]] = defaultdict(list)
    late: dict[str, list[Span]] = defaultdict(list)
    for mention in _leads(extraction):
        kind = _kind(mention)
        if kind and kind.valid_to and date > kind.valid_to[: len(date)]:
            late[kind.slug] += mention.spans
        if kind and kind.valid_from and date < kind.valid_from[: len(date)]:
            early[kind.slug] += mention.spans
    kinds = load_registry().kinds
    for slug, spans in sorted(late.items()):
        end = kinds[slug].known_to or ""
        yield Finding(
            code="acts-after-its-end", severity="warning", span=min(spans, default=None),
            vi=f"{kinds[slug].name} chỉ tồn tại đến hết {show_day(end)}, văn bản ghi {show_day(date)} ({len(spans)} chỗ)", en=f"{kinds[slug].english} ended {in_english(end)}; the document is of {date} ({_places(len(spans))})",
        )  # fmt: skip
    for slug, spans in sorted(early.items()):
        begin = kinds[slug].known_from or ""
        yield Finding(
            code="acts-before-its-beginning", severity="note", span=min(spans, default=None),
            vi=f"{kinds[slug].name} có từ {show_day(begin)}, văn bản ghi {show_day(date)}: dùng tên mới sớm? ({len(spans)} chỗ)", en=f"{kinds[slug].english} began {in_english(begin)}; the document is of {date}: a new name used early? ({_places(len(spans))})",
        )  # fmt: skip


def _outlived(extraction: Extraction) -> Iterator[Finding]:
    """Work that runs on after the year in which its lead ended: one note a kind."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for task in extraction.tasks:
        units = ((task.lead, task.period), *((part.lead, part.period) for part in task.parts))
        last = max((period.end for _, period in units if period.end), default=None)
        for mention in (mention for lead, _ in units for mention in lead):
            kind = _kind(mention)
            if last and kind and kind.valid_to and str(last) > kind.valid_to[:4]:
                spans[kind.slug] += mention.spans[:1]
    for slug, places in sorted(spans.items()):
        kind = load_registry().kinds[slug]
        end = kind.known_to or ""
        yield Finding(
            code="work-outlives-its-lead", severity="note", span=min(places),
            vi=f"{kind.name} kết thúc {show_day(end)}, mà nhiệm vụ còn kéo dài ({len(places)} chỗ); xem câu hỏi orphaned-by-reform", en=f"{kind.english}: ended {in_english(end)}, and the work runs on ({_places(len(places))}); see the question orphaned-by-reform",
        )  # fmt: skip


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def _kind(mention: AgencyMention) -> Kind | None:
    return load_registry().kinds.get(mention.kind) if mention.kind else None


@cache
def _axioms() -> tuple[frozenset[str], dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, frozenset[str]], frozenset[str]]:
    """Read classes, domains, ranges, classes above each class, and the classes that exclude each other."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in load_vocabulary():
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            said[quad.predicate.value][quad.subject.value].add(quad.object.value)
    subclasses = said[f"{_RDFS}subClassOf"]
    ours = {subject for subject, types in said[RDF.type.value].items() if f"{_OWL}Class" in types and subject.startswith(MG_BASE)}
    above: dict[str, frozenset[str]] = {}
    for name in ours:
        found, left = {name}, [name]
        while left:
            fresh = subclasses[left.pop()] - found
            found |= fresh
            left += fresh
        above[name] = frozenset(found)
    members: set[str] = set()
    for lists in said[f"{_OWL}members"].values():
        for cell in lists:
            while cell in said["http://www.w3.org/1999/02/22-rdf-syntax-ns#first"]:
                members |= said["http://www.w3.org/1999/02/22-rdf-syntax-ns#first"][cell]
                cell = min(said["http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"][cell])  # noqa: PLW2901
    domains = {term: frozenset(names & ours) for term, names in said[f"{_RDFS}domain"].items() if names & ours}
    ranges = {term: frozenset(names & ours) for term, names in said[f"{_RDFS}range"].items() if names & ours}
    return frozenset(ours), domains, ranges, above, frozenset(members)
