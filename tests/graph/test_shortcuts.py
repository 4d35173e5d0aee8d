from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.graph.infer import inferred_quads
from kg.graph.namespaces import BASE, CORRECTION, INFERRED, MG, concept
from kg.graph.shortcuts import SHORTCUTS, shortcut_quads

GRAPH = NamedNode(BASE + "vn/lai-chau/ke-hoach/2025/688-kh-ubnd/graph")
TASKS = [NamedNode(f"{BASE}vn/lai-chau/ke-hoach/2025/688-kh-ubnd/task/{code}") for code in ("2-2-1", "3-2-2")]
PARTS = {NamedNode(f"{TASKS[1].value}/part/{name}"): TASKS[1] for name in ("so-cong-thuong", "so-tai-chinh")}
AGENTS = {
    NamedNode(f"{BASE}vn/lai-chau/agency/{slug}"): (concept("kind", slug) if known else None)
    for slug, known in (("so-cong-thuong", True), ("so-tai-chinh", True), ("quy-ban-lang-xanh-muong-te-74ebdc", False))
}
ROLES = [*SHORTCUTS, concept("role", "guide")]

assignments = st.lists(
    st.tuples(st.sampled_from([*TASKS, *PARTS]), st.sampled_from([*AGENTS]), st.sampled_from(ROLES), st.booleans()),
    max_size=12,
)


def state(rows: list) -> list[Quad]:
    quads = [Quad(part, MG.partOf, whole, GRAPH) for part, whole in PARTS.items()]
    quads += [Quad(agent, MG.kind, kind, GRAPH) for agent, kind in AGENTS.items() if kind]
    for number, (task, agent, role, rejected) in enumerate(rows):
        node = NamedNode(f"{task.value}/assignment/{number}")
        quads += [
            Quad(node, MG.forTask, task, GRAPH),
            Quad(node, MG.agent, agent, GRAPH),
            Quad(node, MG.role, role, GRAPH),
        ]
        quads.append(Quad(node, MG.reviewStatus, concept("status", "unreviewed"), GRAPH))
        if rejected:
            quads.append(Quad(node, MG.reviewStatus, concept("status", "rejected"), CORRECTION))
    return quads


@given(assignments, st.randoms(use_true_random=False))
def test_shortcuts_equal_the_projection_of_the_assignments(rows: list, random):
    quads = state(rows)
    random.shuffle(quads)
    expected = set()
    for task, agent, role, rejected in rows:
        if role in SHORTCUTS and not rejected:
            whole = PARTS.get(task, task)
            expected.add((whole, SHORTCUTS[role][0], agent))
            if AGENTS[agent]:
                expected.add((whole, SHORTCUTS[role][1], AGENTS[agent]))
    found = shortcut_quads(quads)
    assert {(quad.subject, quad.predicate, quad.object) for quad in found} == expected
    assert len(found) == len(expected)
    assert {quad.graph_name for quad in found} <= {INFERRED}
    assert found == sorted(found, key=str)


def test_parts_count_for_their_task(quads: list):
    links = {
        (quad.subject.value.rsplit("/", 1)[-1][:5], quad.predicate, quad.object.value.rsplit("/", 1)[-1])
        for quad in shortcut_quads(quads)
    }
    assert ("3-2-2", MG.leadAgency, "so-cong-thuong") in links
    assert ("3-2-2", MG.leadAgency, "quy-ban-lang-xanh-muong-te-74ebdc") in links
    assert ("3-2-2", MG.partnerKind, "so-cong-thuong") in links
    assert not [link for link in links if "part" in link[0]]


def test_what_is_inferred_does_not_rest_on_the_order_of_the_documents(quads: list):
    assert inferred_quads(quads) == inferred_quads(quads[::-1])
