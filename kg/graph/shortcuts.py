"""The shortcuts from a task or duty to its agencies and their kinds: the projection of the assignments, no more.

    lead, partner, responsible  ×  Agency (who), Kind (what kind of body)

The assignments of a task's parts count for the task. An assignment that a person has rejected counts for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pyoxigraph import NamedNode, Quad

from kg.graph.namespaces import INFERRED, MG, concept

SHORTCUTS: dict[NamedNode, tuple[NamedNode, NamedNode]] = {
    concept("role", "lead"): (MG.leadAgency, MG.leadKind),
    concept("role", "partner"): (MG.partnerAgency, MG.partnerKind),
    concept("role", "responsible"): (MG.responsibleAgency, MG.responsibleKind),
}
_BY_ROLE = {role.value: shortcuts for role, shortcuts in SHORTCUTS.items()}
REJECTED = concept("status", "rejected")
READ = frozenset({MG.forTask, MG.agent, MG.role, MG.partOf, MG.kind, MG.reviewStatus})
"""The predicates that the shortcuts rest on."""

Charge = tuple[str, str, str]
"""Who is charged with what: the whole task or duty, the role, the agent, as addresses."""
Kinds = Mapping[str, Collection[str]]
"""The kinds of an agent, as addresses."""


def read_charges(quads: Iterable[Quad]) -> tuple[list[Charge], dict[str, list[str]]]:
    """Read who is charged with what, in the assignments' order, and the agents' kinds, sorted."""
    tasks: dict[str, str] = {}
    agents: dict[str, str] = {}
    roles: dict[str, str] = {}
    wholes: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    rejected: set[str] = set()
    single = {MG.forTask: tasks, MG.agent: agents, MG.role: roles, MG.partOf: wholes}
    for quad in quads:
        predicate = quad.predicate
        if predicate not in READ:
            continue
        subject, value = _address(quad.subject), _address(quad.object)
        if predicate in single:
            single[predicate][subject] = value
        elif predicate == MG.kind:
            kinds.setdefault(subject, set()).add(value)
        elif value == REJECTED.value:
            rejected.add(subject)
    charges = [
        (wholes.get(task, task), roles[assignment], agents[assignment])
        for assignment, task in tasks.items()
        if assignment in agents and roles.get(assignment) in _BY_ROLE and assignment not in rejected
    ]
    return charges, {agent: sorted(of_agent) for agent, of_agent in kinds.items()}


def charge_quads(charges: Iterable[Charge], kinds: Kinds) -> set[Quad]:
    """Derive the shortcuts, in the inferred graph."""
    found: set[Quad] = set()
    for whole, role, agent in charges:
        by_agent, by_kind = _BY_ROLE[role]
        task = NamedNode(whole)
        found.add(Quad(task, by_agent, NamedNode(agent), INFERRED))
        found.update(Quad(task, by_kind, NamedNode(kind), INFERRED) for kind in kinds.get(agent, ()))
    return found


def shortcut_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Derive the shortcuts, sorted, each once, in the inferred graph."""
    return sorted(charge_quads(*read_charges(quads)), key=str)


def _address(term: object) -> str:
    return str(getattr(term, "value", term))
