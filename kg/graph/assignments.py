"""Who does what in which role: the n-ary assignments below a task, a part or a duty."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from kg.graph.builder import GraphBuilder
from kg.graph.namespaces import MG, RDF, XSD, concept
from kg.records import AgencyMention, Role, Spans

UNREVIEWED = concept("status", "unreviewed")


def decimal(value: float) -> Literal:
    """Give an xsd:decimal in its canonical form, at most six places.

    >>> decimal(0.90), decimal(95)
    (<Literal value=0.9 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>, \
<Literal value=95.0 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>)
    """
    whole, _, places = f"{value:.6f}".partition(".")
    return Literal(f"{whole}.{places.rstrip('0') or '0'}", datatype=XSD.decimal)


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
    for mention in mentions:
        by_agent.setdefault(graph.agent(mention), []).append(mention)
    role_node = concept("role", role)
    for agent, same in by_agent.items():
        best = max(same, key=lambda mention: mention.confidence)
        assignment = NamedNode(f"{subject.value}/{role}/{'/'.join(agent.value.rsplit('/', 2)[1:])}")
        graph.add(assignment, RDF.type, MG.Assignment)
        graph.add(assignment, MG.forTask, subject)
        graph.add(assignment, MG.agent, agent)
        graph.add(assignment, MG.role, role_node)
        graph.add(assignment, MG.confidence, decimal(best.confidence))
        graph.add_text(assignment, MG.method, best.method)
        graph.add_text(assignment, MG.mentionText, best.text)
        graph.add(assignment, MG.reviewStatus, UNREVIEWED)
        for mention in same:
            graph.add_evidence(assignment, mention.spans)
        graph.add_evidence(assignment, sentence)
