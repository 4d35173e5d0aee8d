"""The graph as of a date, as a view beside the graph as written: who has the work now, in a graph and words of its own.

Reads: a store whose default graph holds all that is said, and the registry. Gives: the statements of the view.

    https://w3id.org/mandategraph/graph/as-of/2025-07-01/share      the graph that they stand in
    https://w3id.org/mandategraph/as-of/2025-07-01/share#leadAgency what mg:leadAgency is as of then

Every term that says who or where (``TERMS``) is said anew, for what has changed and for what has not; nothing that is
written is taken away, and no two bodies are said to be the same. Of a plan that is not in force at the date nothing is said anew. A question is asked as of a date by asking it with these
words in place of mg's. A document keeps its issuer, and evidence its words: these are history.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph.agents import agent_statements
from kg.graph.assignments import decimal
from kg.graph.heirs import Agent, body_of, heir_agent, parts_of
from kg.graph.namespaces import BASE, DATE_TYPES, DCTERMS, MG, MG_BASE, RDF, RDFS, SKOS, VIEWS, XSD, concept
from kg.graph.shortcuts import REJECTED, SHORTCUTS
from kg.resolution.as_of import (
    Body,
    HeirBody,
    Split,
    Standing,
    bodies_at,
    divided_kinds,
    plan_standing,
    read_day,
    tell_why,
)
from kg.resolution.offices import office_of, regional_kinds
from kg.resolution.registry import Registry, load_registry

_SHORTCUT_NAMES = tuple(term.value.removeprefix(MG_BASE) for pair in SHORTCUTS.values() for term in pair)
TERMS: tuple[str, ...] = ("agent", *_SHORTCUT_NAMES, "inCorpus", "inPlan", "province", "reportsFrom", "reportsTo")
"""The terms that a view says anew."""

_BY_ROLE = {role.value: shortcuts for role, shortcuts in SHORTCUTS.items()}
_KINDS, _PROVINCES, _PLACES = f"{BASE}kind/", f"{BASE}vn/province/", f"{BASE}vn/"
_EVENTS, _TRANSFERS = f"{BASE}event/", f"{BASE}transfer/"
_DEFAULT = DefaultGraph()


class Statements(Protocol):
    """As much of an Oxigraph store as a view is made from."""

    def quads_for_pattern(self, subject: NamedNode | None, predicate: NamedNode, object: NamedNode | None, graph_name: DefaultGraph, /) -> Iterable[Quad]:  # noqa: A002
        """Give the statements of a predicate, of one subject or all, of one value or all."""
        ...

    def __contains__(self, quad: Quad, /) -> bool: ...


Heirs = tuple[tuple[NamedNode, Fraction], ...]


@dataclass(frozen=True, slots=True)
class View:
    """Which view: a day, and what happens to the work of divided bodies."""

    date: str
    split: Split = "share"

    @classmethod
    def of(cls, date: str, split: str = "share") -> View:
        """Make a view of what a person gave.

        Raises:
            QuestionError: a date that is none or absurd, or another way of splitting.
        """
        from kg.errors import QuestionError

        if split not in ("share", "list"):
            raise QuestionError(
                "split", found=repr(split), expected="share or list", remedy="choose one of them",
                vi=f"cách chia {split!r} không có; hãy chọn share (chia đều) hoặc list (tính đủ cho từng cơ quan)",
            )  # fmt: skip
        return cls(read_day(date), "list" if split == "list" else "share")

    @property
    def graph(self) -> NamedNode:
        """The graph that holds the view."""
        return NamedNode(f"{VIEWS}{self.date}/{self.split}")

    @property
    def words(self) -> str:
        """What the view's own terms begin with."""
        return f"{BASE}as-of/{self.date}/{self.split}#"

    def term(self, name: NamedNode) -> NamedNode:
        """Give the view's word for a term of ``TERMS``."""
        return NamedNode(self.words + name.value.removeprefix(MG_BASE))


def view_quads(store: Statements, view: View) -> set[Quad]:
    """Give the statements of a view that the store does not have already."""
    made = _Maker(store, view, load_registry())
    made.say_assignments()
    made.say_reports()
    made.say_places()
    return set(made.found)


def plan_standings(store: Statements, day: str) -> dict[NamedNode, Standing]:
    """Give of each document of the corpus, and each that work stands in, how it stands at a day; see ``plan_standing``."""
    said = {
        predicate: {quad.subject: str(getattr(quad.object, "value", "")) for quad in store.quads_for_pattern(None, predicate, None, _DEFAULT)}
        for predicate in (MG.date, MG.periodEnd, MG.inCorpus)
    }
    plans = {quad.object for quad in store.quads_for_pattern(None, MG.inPlan, None, _DEFAULT)} | said[MG.inCorpus].keys()
    return {
        plan: plan_standing(said[MG.date].get(plan), int(said[MG.periodEnd][plan]) if plan in said[MG.periodEnd] else None, day)
        for plan in plans if isinstance(plan, NamedNode)
    }  # fmt: skip


class _Maker:
    """Collects the statements of one view."""

    def __init__(self, store: Statements, view: View, registry: Registry) -> None:
        self.found: list[Quad] = []
        self._store, self._view, self._registry = store, view, registry
        self._kinds = self._read(MG.kind)
        self._provinces = self._read(MG.inProvince)
        self._labels: dict[NamedNode, str] = {}
        self._homes = self._read(MG.province)
        self._heirs: dict[tuple[NamedNode, str | None, str | None], tuple[tuple[NamedNode, HeirBody], ...]] = {}
        self._described: dict[tuple[NamedNode, str | None, NamedNode | None], tuple[tuple[NamedNode, HeirBody], ...]] = {}
        self._divided = divided_kinds()
        self._graph = view.graph
        self._plans = self._read(MG.inPlan)
        self._gone = {plan for plan, standing in plan_standings(store, view.date).items() if standing in ("early", "over")}
        self._terms = {term: view.term(term) for term in (MG.agent, MG.inCorpus, MG.inPlan, MG.province, MG.reportsFrom, MG.reportsTo, *(t for pair in SHORTCUTS.values() for t in pair))}

    def say_assignments(self) -> None:
        """Say of each assignment who has it, and derive the shortcuts from that."""
        tasks, roles, wholes = self._read(MG.forTask), self._read(MG.role), self._read(MG.partOf)
        rejected = {assignment for assignment, _ in self._pairs(MG.reviewStatus, REJECTED)}
        charged: dict[tuple[NamedNode, NamedNode], dict[NamedNode, Heirs]] = defaultdict(dict)
        for assignment, agent in self._pairs(MG.agent):
            unit, role = tasks.get(assignment), roles.get(assignment)
            if unit is None or role is None or self._plans.get(wholes.get(unit, unit)) in self._gone:
                continue
            heirs = self._heirs_of(agent, unit, wholes)
            self._add(assignment, self._terms[MG.agent], (node for node, _ in heirs))
            if heirs[0][1].decided_by:
                self._say(assignment, MG.decidedBy, _transfer(heirs[0][1]))
            if role.value in _BY_ROLE and assignment not in rejected:
                charged[unit, role][agent] = tuple((node, heir.share) for node, heir in heirs)
        self._say_charges(charged, wholes)

    def say_reports(self) -> None:
        """Say who reports to whom."""
        for said in (MG.reportsFrom, MG.reportsTo):
            for report, agent in self._pairs(said):
                if self._plans.get(report) not in self._gone:
                    self._add(report, self._terms[said], (node for node, _ in self._heirs_of(agent, report, {})))

    def say_places(self) -> None:
        """Say what stands in a plan in force, in which province a document holds now, and where a province went."""
        for work, plan in self._plans.items():
            if plan not in self._gone:
                self._add(work, self._terms[MG.inPlan], (plan,))
        for quad in self._store.quads_for_pattern(None, MG.inCorpus, None, _DEFAULT):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.subject not in self._gone:
                self._say(quad.subject, self._terms[MG.inCorpus], quad.object)
        for document, written in self._pairs(MG.province):
            slug = self._slug(written, _PROVINCES)
            if slug is None:
                self._say(document, self._terms[MG.province], written)
                continue
            for heir in bodies_at(Body(None, slug), self._view.date, split=self._view.split, registry=self._registry):
                unit = NamedNode(f"{_PROVINCES}{heir.province}") if heir.province else written
                self._say(document, self._terms[MG.province], unit)
                self._describe_province(unit)
                if heir.changed:
                    self._say_inheritance(written, unit, heir)

    def _say_charges(self, charged: dict[tuple[NamedNode, NamedNode], dict[NamedNode, Heirs]], wholes: dict[NamedNode, NamedNode]) -> None:
        of_whole: dict[tuple[NamedNode, NamedNode], list[Heirs]] = defaultdict(list)
        for (unit, role), several in charged.items():
            of_whole[wholes.get(unit, unit), role] += several.values()
            if unit in wholes:
                self._say_parts(unit, role, several.values())
        for (whole, role), several_of_whole in of_whole.items():
            by_agent, by_kind = _BY_ROLE[role.value]
            agents = {node for heirs in several_of_whole for node, _ in heirs}
            self._add(whole, self._terms[by_agent], agents)
            self._add(whole, self._terms[by_kind], {self._kinds[node] for node in agents if node in self._kinds})
            self._say_parts(whole, role, several_of_whole)

    def _say_parts(self, work: NamedNode, role: NamedNode, several: Iterable[Heirs]) -> None:
        """Say what each has of a role, where the work of one of those written went to several."""
        if all(len(heirs) == 1 for heirs in several):
            return
        for who, part in parts_of(tuple((node.value, share) for node, share in heirs) for heirs in several).items():
            shared = NamedNode(f"{work.value}/shared/{role.value.rpartition('/')[2]}/{who.removeprefix(_PLACES)}")
            self._say(shared, RDF.type, MG.SharedRole)
            self._say(shared, MG.sharedWork, work)
            self._say(shared, MG.sharedRole, role)
            self._say(shared, MG.heir, NamedNode(who))
            self._say(shared, MG.fraction, decimal(float(part.fraction)))
            self._say(shared, MG.possible, Literal(str(part.possible).lower(), datatype=XSD.boolean))

    def _heirs_of(self, agent: NamedNode, unit: NamedNode, wholes: dict[NamedNode, NamedNode]) -> tuple[tuple[NamedNode, HeirBody], ...]:
        kind, work = self._slug(self._kinds.get(agent), _KINDS), wholes.get(unit, unit)
        text = self._words(work) if kind in self._divided else None
        charged_in = self._charged_in(work) if kind in regional_kinds() else None
        known = self._heirs.get((agent, charged_in, text))
        if known is None:
            known = self._heirs[agent, charged_in, text] = self._make_heirs(agent, kind, charged_in, text)
        return known

    def _charged_in(self, work: NamedNode) -> str | None:
        """The slug of the province whose plan the work stands in."""
        plan = self._plans.get(work)
        return self._slug(self._homes.get(plan), _PROVINCES) if plan is not None else None

    def _make_heirs(self, agent: NamedNode, kind: str | None, charged_in: str | None, text: str | None) -> tuple[tuple[NamedNode, HeirBody], ...]:
        body = body_of(agent.value, kind, self._registry, charged_in)
        bodies = bodies_at(body, self._view.date, split=self._view.split, text=text, registry=self._registry)
        decided = _transfer(bodies[0]) if bodies[0].decided_by else None
        heirs = self._described.get((agent, charged_in, decided))
        if heirs is None:
            heirs = self._described[agent, charged_in, decided] = tuple((self._heir_node(agent, kind, heir), heir) for heir in bodies)
            for node, heir in heirs:
                if heir.changed:
                    self._say_inheritance(agent, node, heir, charged_in)
        return heirs

    def _heir_node(self, agent: NamedNode, kind: str | None, heir: HeirBody) -> NamedNode:
        """Give the heir's node, described: the body itself where nothing changed."""
        province = self._slug(self._provinces.get(agent), _PROVINCES)
        written = Agent(iri=agent.value, label=self._label(agent), form="", kind=kind, province=province)
        found = heir_agent(written, heir, self._registry)
        node = NamedNode(found.agent.iri)
        if not heir.changed:
            return node
        if found.mention is not None and found.place is not None:
            for subject, predicate, value in agent_statements(found.mention, found.place, self._registry):
                self._say(subject, predicate, value)
        else:
            self._describe_node(agent, node, found.agent.label, heir)
        if heir.known and heir.kind:
            self._describe_kind(node, heir.kind)
        elif not heir.known:
            self._say(node, MG.unresolved, Literal("true", datatype=XSD.boolean))
        if found.agent.province:
            self._describe_province(NamedNode(_PROVINCES + found.agent.province))
        return node

    def _describe_node(self, agent: NamedNode, node: NamedNode, label: str, heir: HeirBody) -> None:
        for predicate in (RDF.type, MG.level, MG.unresolved):
            for quad in self._store.quads_for_pattern(agent, predicate, None, _DEFAULT):
                if isinstance(quad.object, NamedNode | Literal):
                    self._say(node, predicate, quad.object)
        self._say(node, RDFS.label, Literal(label, language="vi"))
        if heir.province and agent in self._provinces:
            unit = NamedNode(_PROVINCES + heir.province)
            self._say(node, MG.inProvince, unit)
            self._describe_province(unit)

    def _describe_kind(self, node: NamedNode, slug: str) -> None:
        kind, of_kind = self._registry.kinds[slug], concept("kind", slug)
        self._kinds[node] = of_kind
        self._say(node, MG.kind, of_kind)
        self._say(of_kind, SKOS.prefLabel, Literal(kind.name, language="vi"))

    def _describe_province(self, unit: NamedNode) -> None:
        slug = self._slug(unit, _PROVINCES)
        if slug is not None:
            self._say(unit, SKOS.prefLabel, Literal(self._registry.provinces[slug].name, language="vi"))

    def _say_inheritance(self, written: NamedNode, heir_node: NamedNode, heir: HeirBody, charged_in: str | None = None) -> None:
        """Say why the heir has the work: once for a body and its heir, apart where a function decided or for what each province charges."""
        decided = f"/{_transfer(heir).value.removeprefix(_TRANSFERS)}" if heir.decided_by else ""
        charge = f"/of/{charged_in}" if charged_in else ""
        node = NamedNode(f"{written.value}/as-of/{self._view.date}/{self._view.split}/{heir_node.value.removeprefix(_PLACES)}{decided}{charge}")
        why = tell_why(heir, split=self._view.split)
        self._say(node, RDF.type, MG.Inheritance)
        self._say(node, MG.inheritedFrom, written)
        if heir.known:
            self._say(node, MG.heir, heir_node)
        self._say(node, MG.share, decimal(float(heir.share)))
        self._say(node, MG.change, Literal(_change(heir)))
        self._say(node, MG.reason, Literal(why.vi, language="vi"))
        self._say(node, MG.reason, Literal(why.en, language="en"))
        if heir.decided_by:
            self._say(node, MG.decidedBy, _transfer(heir))
        if charged_in:
            self._say(node, MG.chargedIn, NamedNode(_PROVINCES + charged_in))
        for step in heir.trail + heir.province_trail:
            self._say(node, MG.byEvent, NamedNode(_EVENTS + step.event))
        for basis in heir.basis:
            self._say(node, DCTERMS.source, Literal(basis, language="vi"))
        self._say_end(node, written, heir)

    def _say_end(self, node: NamedNode, written: NamedNode, heir: HeirBody) -> None:
        """Say the last day of what is written, as much of it as is known: of its kind or of its province, whichever came first."""
        kind = self._slug(self._kinds.get(written), _KINDS)
        unit = self._slug(written if written.value.startswith(_PROVINCES) else self._provinces.get(written), _PROVINCES)
        ends = [self._registry.kinds[kind].known_to if kind and (heir.trail or not heir.known) else None]
        ends.append(self._registry.provinces[unit].valid_to if unit and heir.province_trail else None)
        office = office_of(written.value.rpartition("/")[2]) if heir.office_trail else None
        ends.append(office.valid_to if office else None)
        last = min((end for end in ends if end), default=None)
        if last:
            self._say(node, MG.validTo, Literal(last, datatype=DATE_TYPES[len(last)]))

    def _words(self, work: NamedNode) -> str:
        """The words of a task or duty: a duty's label is cut where they are long."""
        return self._text(work, DCTERMS.description) or self._label(work)

    def _label(self, node: NamedNode) -> str:
        if node not in self._labels:
            self._labels[node] = self._text(node, RDFS.label)
        return self._labels[node]

    def _text(self, node: NamedNode, predicate: NamedNode) -> str:
        return min((str(getattr(quad.object, "value", "")) for quad in self._store.quads_for_pattern(node, predicate, None, _DEFAULT)), default="")

    def _slug(self, node: NamedNode | None, home: str) -> str | None:
        """Give the slug of a term that the registry has; ``None`` for any other."""
        if node is None or not node.value.startswith(home):
            return None
        slug = node.value.removeprefix(home)
        return slug if slug in (self._registry.kinds if home == _KINDS else self._registry.provinces) else None

    def _read(self, predicate: NamedNode) -> dict[NamedNode, NamedNode]:
        return dict(self._pairs(predicate))

    def _pairs(self, predicate: NamedNode, value: NamedNode | None = None) -> Iterator[tuple[NamedNode, NamedNode]]:
        for quad in self._store.quads_for_pattern(None, predicate, value, _DEFAULT):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                yield quad.subject, quad.object

    def _add(self, subject: NamedNode, predicate: NamedNode, values: Iterable[NamedNode]) -> None:
        self.found += [Quad(subject, predicate, value, self._graph) for value in values]

    def _say(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """State one thing, unless it is written already: a question sees both graphs, and must see it once."""
        if Quad(subject, predicate, value) not in self._store:
            self.found.append(Quad(subject, predicate, value, self._graph))


def _transfer(heir: HeirBody) -> NamedNode:
    assert heir.decided_by is not None  # noqa: S101 - asked only where a function decided
    targets = "+".join(sorted(step.target for step in heir.decided_with or (heir.decided_by,)))
    return NamedNode(f"{_TRANSFERS}{heir.decided_by.origin}--{targets}")


def _change(heir: HeirBody) -> str:
    """Tell what changed: "unknown" (no successor), "kind", "office", "province", or "kind, province"."""
    if not heir.known:
        return "unknown"
    return ", ".join(name for name, trail in (("kind", heir.trail), ("office", heir.office_trail), ("province", heir.province_trail)) if trail)
