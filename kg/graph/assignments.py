"""Who does what in which role: the n-ary assignments below a task, a part or a duty."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from kg.graph.builder import GraphBuilder
from kg.graph.namespaces import BASE, MG, RDF, XSD, concept
from kg.records import AgencyMention, Role, Spans

UNREVIEWED = concept("status", "unreviewed")


def decimal(value: float) -> Literal:
    """Give an xsd:decimal in its canonical form (XSD 1.1), at most six places.

    Oxigraph stores "6.0" as "6": any other form would change on its way through the store.

    >>> decimal(0.90).value, decimal(95).value
    ('0.9', '95')
    """
    return Literal(f"{value:.6f}".rstrip("0").rstrip("."), datatype=XSD.decimal)


def add_assignments(
    graph: GraphBuilder,
    subject: NamedNode,
    role: Role,
    mentions: Sequence[AgencyMention],
    sentence: Spans = (),
) -> None:
    """State one assignment an agent: named twice in one role, it is one assignment with the evidence of both.

    ``sentence`` is evidence beside the name itself, where the role lies in the words around it.
    """
    by_agent: dict[NamedNode, list[AgencyMention]] = {}
    for mention in map(graph.decided, mentions):
        by_agent.setdefault(graph.agent(mention), []).append(mention)
    role_node = concept("role", role)
    for agent, same in by_agent.items():
        best = max(same, key=lambda mention: mention.confidence)
        # With its place where that is not the plan's: one task can name the committees of two cities.
        who = agent.value.removeprefix(f"{BASE}vn/").removeprefix(f"{graph.place.root}/")
        assignment = NamedNode(f"{subject.value}/{role}/{who}")
        graph.add(assignment, RDF.type, MG.Assignment)
        graph.add(assignment, MG.forTask, subject)
        graph.add(assignment, MG.agent, agent)
        graph.add(assignment, MG.role, role_node)
        graph.add(assignment, MG.confidence, decimal(best.confidence))
        graph.add_text(assignment, MG.method, best.method)
        if all(mention.possible for mention in same):
            graph.add(assignment, MG.possible, Literal("true", datatype=XSD.boolean))
        why = graph.reason(best)
        graph.add(assignment, MG.reason, Literal(why.vi, language="vi"))
        graph.add(assignment, MG.reason, Literal(why.en, language="en"))
        graph.add_text(assignment, MG.mentionText, best.text)
        graph.add(assignment, MG.reviewStatus, UNREVIEWED)
        for mention in same:
            graph.add_evidence(assignment, mention.spans)
        graph.add_evidence(assignment, sentence)
