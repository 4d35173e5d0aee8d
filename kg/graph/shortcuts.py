"""The shortcuts from a task or duty to its agencies and their kinds: the projection of the assignments, no more.

    lead, partner, responsible  ×  Agency (who), Kind (what kind of body)

The assignments of a task's parts count for the task. An assignment that a person has rejected counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg.graph.namespaces import INFERRED, MG, concept

SHORTCUTS: dict[NamedNode, tuple[NamedNode, NamedNode]] = {
    concept("role", "lead"): (MG.leadAgency, MG.leadKind),
    concept("role", "partner"): (MG.partnerAgency, MG.partnerKind),
    concept("role", "responsible"): (MG.responsibleAgency, MG.responsibleKind),
}
REJECTED = concept("status", "rejected")
_READ = frozenset({MG.forTask, MG.agent, MG.role, MG.partOf, MG.kind, MG.reviewStatus})


def shortcut_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Derive the shortcuts, sorted, each once, in the inferred graph."""
    tasks: dict[object, object] = {}
    agents: dict[object, object] = {}
    roles: dict[object, object] = {}
    wholes: dict[object, object] = {}
    kinds: dict[object, set[object]] = {}
    rejected: set[object] = set()
    for quad in quads:
        predicate = quad.predicate
        if predicate not in _READ:
            continue
        subject, value = quad.subject, quad.object
        if predicate == MG.forTask:
            tasks[subject] = value
        elif predicate == MG.agent:
            agents[subject] = value
        elif predicate == MG.role:
            roles[subject] = value
        elif predicate == MG.partOf:
            wholes[subject] = value
        elif predicate == MG.kind:
            kinds.setdefault(subject, set()).add(value)
        elif value == REJECTED:
            rejected.add(subject)
    found: set[Quad] = set()
    for assignment, task in tasks.items():
        shortcut = SHORTCUTS.get(roles.get(assignment))  # type: ignore[call-overload]  # any term may be asked for
        agent = agents.get(assignment)
        if shortcut is None or agent is None or assignment in rejected:
            continue
        whole = wholes.get(task, task)
        found.add(_quad(whole, shortcut[0], agent))
        found.update(_quad(whole, shortcut[1], kind) for kind in kinds.get(agent, ()))
    return sorted(found, key=str)


def _quad(subject: object, predicate: NamedNode, value: object) -> Quad:
    return Quad(subject, predicate, value, INFERRED)  # type: ignore[arg-type]
