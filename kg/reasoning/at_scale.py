"""What follows, for builds of any size: the inferences of ``rules.py`` document by document, then of the corpus, without a store.

Reads: a document's quads and the registry. Gives: the same statements as the rules (a test holds both to each other), as lines
of N-Quads in the graph ``…/graph/entailed``. An agent's kind is taken from the document that charges it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pyoxigraph import NamedNode, Quad

from kg.graph.namespaces import BASE, INFERRED, MG, MG_BASE, RDF
from kg.graph.vocabulary import load_vocabulary
from kg.reasoning.rules import ENTAILED, RULES
from kg.resolution.registry import Registry, load_registry

_KINDS, _PROVINCES, _ROLES = f"{BASE}kind/", f"{BASE}vn/province/", f"{BASE}role/"
_READ = frozenset({
    MG.leadAgency, MG.partnerAgency, MG.responsibleAgency, MG.leadKind, MG.kind, MG.inProvince, MG.role, MG.inGroup, MG.partOf,
    MG.inPlan, MG.implements, MG.agent,
})  # fmt: skip
_INVOLVED = (MG.leadAgency, MG.partnerAgency, MG.responsibleAgency)
_ACCOUNTABLE = (MG.leadAgency, MG.responsibleAgency)

Pairs = dict[str, set[tuple[str, str]]]
"""By term of a rule: what it joins."""


def document_entailments(quads: Iterable[Quad], shortcuts: Iterable[Quad]) -> set[bytes]:
    """Give the lines that follow from one document with its shortcuts."""
    said: dict[NamedNode, set[tuple[str, str]]] = {predicate: set() for predicate in _READ}
    for quad in (*quads, *shortcuts):
        if quad.predicate in _READ and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            said[quad.predicate].add((quad.subject.value, quad.object.value))
    above = _grouped(said[MG.partOf])
    kinds = _grouped(said[MG.kind])
    involved = set().union(*(said[predicate] for predicate in _INVOLVED))
    found: Pairs = {
        "heirKind": {(work, heir) for work, kind in said[MG.leadKind] for heir in _heirs(kind)},
        "memberKind": {(agent, member) for agent, kind in said[MG.kind] for member in _members(kind)},
        "involvedKind": {(work, member) for work, agent in involved for kind in kinds.get(agent, ()) for member in _members(kind)},
        "effectiveRole": {(assignment, implied) for assignment, role in said[MG.role] for implied in _roles(role)},
        "accountableAgency": set().union(*(said[predicate] for predicate in _ACCOUNTABLE)),
        "involvedAgency": involved,
        "bodyInLineOf": {(agent, line) for agent, kind in said[MG.kind] for line in _lines(kind)},
        "underHeading": {(work, heading) for work, group in said[MG.inGroup] for heading in (group, *_reach(group, above))},
    }
    return set(_lines_of(found))


def document_facts(address: str, date: str | None, quads: Iterable[Quad]) -> dict[str, Any]:
    """Give what the inferences of the corpus need of a document, as JSON values."""
    said: dict[NamedNode, set[tuple[str, str]]] = {predicate: set() for predicate in (MG.inPlan, MG.implements, MG.kind, MG.inProvince, MG.agent, RDF.type)}
    for quad in quads:
        if quad.predicate in said and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            said[quad.predicate].add((quad.subject.value, quad.object.value))
    provinces, kinds = dict(said[MG.inProvince]), dict(said[MG.kind])
    charged = {agent for _, agent in said[MG.agent]}
    groups = {node for node, of_class in said[RDF.type] if of_class == MG.AgencyGroup.value}
    bodies = {node for node, of_class in said[RDF.type] if of_class == MG.Agency.value}
    return {
        "address": address,
        "date": date,
        "works": sorted(said[MG.inPlan]),
        "implements": sorted(said[MG.implements]),
        "groups": sorted((node, kinds[node], provinces[node]) for node in groups & charged if node in kinds and node in provinces),
        "bodies": sorted((node, kinds[node], provinces[node]) for node in bodies if node in kinds and node in provinces),
    }


def corpus_entailments(facts: Iterable[Mapping[str, Any]], inferred: Iterable[Quad]) -> Iterator[bytes]:
    """Give the lines that follow from all documents together, and from the vocabulary alone; sorted, each once."""
    documents = list(facts)
    approves = _grouped((str(quad.subject.value), str(quad.object.value)) for quad in inferred if quad.predicate == MG.approves and quad.graph_name == INFERRED)  # type: ignore[union-attr]
    implements = _grouped((subject, value) for each in documents for subject, value in each["implements"])
    carried = {document: _reach(document, implements) for document in implements}
    found: Pairs = {
        "carriesOut": {(document, other) for document, others in carried.items() for other in others},
        "carriesOutProgram": {(document, program) for document, others in carried.items() for other in others for program in approves.get(other, ())},
        "contributesTo": {(work, other) for each in documents for work, plan in each["works"] for other in carried.get(plan, ())},
        "hasMember": set(_memberships(documents)),
        **_vocabulary_pairs(),
    }
    yield from sorted(set(_lines_of(found)))


def told_rules() -> Iterator[bytes]:
    """Give the lines that say, for each term, why its statements follow."""
    for rule in RULES:
        for language, words in (("vi", rule.vi), ("en", rule.en)):
            text = words.replace("\\", "\\\\").replace('"', '\\"')
            yield f'<{MG_BASE}{rule.term}> <{MG.reason.value}> "{text}"@{language} {ENTAILED} .\n'.encode()


def _memberships(documents: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    registry = load_registry()
    bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
    dates: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for each in documents:
        for node, kind, province in each["bodies"]:
            bodies[kind, province].add(node)
        if each["date"]:
            for group in each["groups"]:
                dates[tuple(group)].add(each["date"])
    for (group, kind, province), days in dates.items():
        for member in _members(kind):
            if any(registry.kinds[member.removeprefix(_KINDS)].exists_at(day) for day in days):
                yield from ((group, body) for body in bodies.get((member, province), ()))


@cache
def _vocabulary_pairs() -> Pairs:
    registry = load_registry()
    kinds = {f"{_KINDS}{slug}" for slug in registry.kinds}
    offices = [(quad.subject.value, str(getattr(quad.object, "value", ""))) for quad in load_vocabulary() if quad.predicate == MG.kind and isinstance(quad.subject, NamedNode)]
    provinces = {f"{_PROVINCES}{slug}": {f"{_PROVINCES}{heir}" for heir in unit.successors} for slug, unit in registry.provinces.items()}
    return {
        "succeededBy": {
            *((kind, heir) for kind in kinds for heir in _heirs(kind)),
            *((unit, heir) for unit in provinces for heir in _reach(unit, provinces)),
        },
        "inLineOf": {(kind, line) for kind in kinds for line in _lines(kind)},
        "bodyInLineOf": {(office, line) for office, kind in offices for line in _lines(kind)},
        "memberKind": {(office, member) for office, kind in offices for member in _members(kind)},
    }


def _follow(read: Callable[[Registry, str], tuple[str, ...]], home: str, node: str) -> frozenset[str]:
    """Follow a link of the registry over all steps."""
    registry, found, left = load_registry(), set(), [node.removeprefix(home)]
    while left:
        for slug in read(registry, left.pop()):
            if slug not in found:
                found.add(slug)
                left.append(slug)
    return frozenset(home + slug for slug in found)


@cache
def _heirs(kind: str) -> frozenset[str]:
    return _follow(lambda registry, slug: registry.kinds[slug].successors if slug in registry.kinds else (), _KINDS, kind)


@cache
def _lines(kind: str) -> frozenset[str]:
    return _follow(lambda registry, slug: registry.kinds[slug].lines if slug in registry.kinds else (), _KINDS, kind)


@cache
def _roles(role: str) -> frozenset[str]:
    return _follow(lambda registry, slug: registry.roles[slug].implies if slug in registry.roles else (), _ROLES, role) | {role}


@cache
def _members(kind: str) -> frozenset[str]:
    known = load_registry().kinds.get(kind.removeprefix(_KINDS))
    return frozenset(_KINDS + slug for slug in (known.comprises if known else ()))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for subject, value in pairs:
        found[subject].add(value)
    return dict(found)


def _reach(node: str, links: Mapping[str, Iterable[str]]) -> set[str]:
    """Give all that a node leads to, in one step or more."""
    found: set[str] = set()
    left = [node]
    while left:
        fresh = [other for other in links.get(left.pop(), ()) if other not in found]
        found.update(fresh)
        left += fresh
    return found


def _lines_of(found: Pairs) -> Iterator[bytes]:
    graph = str(ENTAILED)
    for term, pairs in found.items():
        said = f"> <{MG_BASE}{term}> <"
        for subject, value in pairs:
            yield f"<{subject}{said}{value}> {graph} .\n".encode()
