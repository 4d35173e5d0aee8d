"""What people decided of a document's statements, and who, when and why: the graph ``…/graph/correction``.

The document's own graph keeps what is extracted, with the agent that a decision gives; what a person says *of* a statement (its review
status, and the judgement that it rests on) stands in the graph of corrections, which a question can leave out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.assignments import UNREVIEWED
from kg.graph.namespaces import BASE, CORRECTION, DCTERMS, MG, OA, PROV, RDF, RDFS, XSD, concept
from kg.normalise import key, slug
from kg.resolution.decisions import OBJECT_JOINT, STATUS_OF_ANSWER, Decision, Decisions, Home

DECIDED = "decision"
"""The method of a mention that a person has decided."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document's quads without the statuses that people have set, the corrections, and the decisions that met their subject."""

    quads: list[Quad]
    corrections: list[Quad]
    met: frozenset[str]


def correct(quads: Sequence[Quad], decisions: Decisions, home: Home, names: Mapping[str, Decision]) -> Corrected:
    """Set the review statuses that people have decided.

    Reads: a document's quads, made with the identities decided, and the decisions on its ``names`` as written. Gives: every assignment and finding has one status, of a person where one
    has decided; each leads to the judgement.
    """
    if not decisions.standing:
        return Corrected(list(quads), [], frozenset())
    facts = _Facts(quads)
    met: set[str] = set()
    statuses: dict[str, str] = {}
    corrections: list[Quad] = []
    for node in [*facts.of_class(MG.Assignment), *facts.of_class(MG.Finding)]:
        for decision in _on(node, facts, decisions, home, names):
            met.add(decision.id)
            statuses[node] = STATUS_OF_ANSWER[decision.answer]  # the last one is the one on the assignment itself
            corrections.append(Quad(NamedNode(node), MG.judgedBy, judgement_node(decision), CORRECTION))
    corrections += [Quad(NamedNode(node), MG.reviewStatus, concept("status", status), CORRECTION) for node, status in statuses.items()]
    own = [quad for quad in quads if not (quad.predicate == MG.reviewStatus and quad.object == UNREVIEWED and _value(quad.subject) in statuses)]
    return Corrected(own, corrections, frozenset(met))


def _on(node: str, facts: _Facts, decisions: Decisions, home: Home, names: Mapping[str, Decision]) -> list[Decision]:
    """Give the decisions on an assignment or a finding, that on the name before that on the assignment."""
    if facts.one(node, MG.code) is not None:
        return [each for each in decisions.about("finding") if _is_finding(each, node, facts, home)]
    named = names.get(facts.one(node, MG.mentionText) or "") if facts.one(node, MG.method) == DECIDED else None
    found = [named] if named else []
    return found + [each for each in decisions.about("assignment") if _is_assignment(each, node, facts, home)]


def _is_assignment(decision: Decision, node: str, facts: _Facts, home: Home) -> bool:
    role, _, name = decision.subject.partition("/")
    return (
        decision.document == home.key
        and facts.one(node, MG.role) == concept("role", role).value
        and key(name) in (key(facts.one(node, MG.mentionText) or ""), key(facts.agent(node)))
        and key(decision.quote) == key(facts.words(node))
    )


def _is_finding(decision: Decision, node: str, facts: _Facts, home: Home) -> bool:
    if decision.document != home.key or decision.subject != facts.one(node, MG.code):
        return False
    quote, said = key(decision.quote), key(facts.quote(node))
    return not quote or (bool(said) and (said.startswith(quote) or quote.startswith(said)))


class _Facts:
    """A document's statements by subject and predicate."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[str, dict[NamedNode, list[str]]] = defaultdict(dict)
        for quad in quads:
            self._values[_value(quad.subject)].setdefault(quad.predicate, []).append(_value(quad.object))

    def of_class(self, name: NamedNode) -> list[str]:
        return [node for node, values in self._values.items() if name.value in values.get(RDF.type, ())]

    def one(self, node: str, predicate: NamedNode) -> str | None:
        return next(iter(self._values.get(node, {}).get(predicate, ())), None)

    def agent(self, assignment: str) -> str:
        return self.one(self.one(assignment, MG.agent) or "", RDFS.label) or ""

    def words(self, assignment: str) -> str:
        """The task's name or the duty's words; a part's are its task's."""
        work = self.one(assignment, MG.forTask) or ""
        whole = self.one(work, MG.partOf) or work
        return self.one(whole, DCTERMS.description) or self.one(whole, RDFS.label) or ""

    def quote(self, node: str) -> str:
        selector = self.one(self.one(node, MG.evidence) or "", OA.hasSelector) or ""
        return self.one(selector, OA.exact) or ""


def judgement_node(decision: Decision) -> NamedNode:
    """Give the address of a judgement, made from all that it says."""
    return NamedNode(f"{BASE}judgement/{decision.id}")


def judgement_quads(decisions: Iterable[Decision]) -> list[Quad]:
    """Describe each judgement: what was answered, by whom, when and why."""
    quads: list[Quad] = []
    for each in decisions:
        node, person = judgement_node(each), _person(each.who)
        named = f"{each.subject} → {each.object}" if each.object else each.subject or each.quote
        statements: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
            (node, RDF.type, MG.Judgement),
            (node, RDFS.label, Literal(named.replace(OBJECT_JOINT, ": "), language="vi")),
            (node, MG.about, Literal(each.about)),
            (node, MG.answer, Literal(each.answer)),
            (node, DCTERMS.date, _time(each.when)),
            (node, PROV.wasAssociatedWith, person),
            (person, RDF.type, PROV.Person),
            (person, RDFS.label, Literal(each.who)),
        ]
        statements += [(node, DCTERMS.description, Literal(each.why))] if each.why else []
        quads += [Quad(subject, predicate, value, CORRECTION) for subject, predicate, value in statements]
    return quads


def _person(name: str) -> NamedNode:
    from kg.graph.iris import short_hash

    return NamedNode(f"{BASE}person/{slug(name) or 'khong-ten'}-{short_hash(name, length=6)}")


def _time(when: str) -> Literal:
    if "T" not in when:
        return Literal(when, datatype=XSD.date)
    from datetime import datetime

    return Literal(datetime.fromisoformat(when).isoformat().replace("+00:00", "Z"), datatype=XSD.dateTime)


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
