"""What the pictures are drawn from: a networkx graph with agreed attributes, and rows of a table.

Whoever fills them needs nothing else of this package. The graph is a ``networkx.MultiDiGraph``; node keys are any
strings (the IRI is a good one).

Node attributes:

    =========  ==================  ==================================================================================
    kind       str, required       "decision" (national document), "plan", "task", "agency", "group" (members can be
                                   known), "open-group" (open-ended: drawn in one size, never ranked)
    label      str, required       short name: "222/QĐ-TTg", "Sở Công Thương", the task's wording
    province   str | None          heading of the panel that a plan, agency or group stands in; ``None``: no province
    load       float               tasks led, for the size of agencies and groups; 0 where missing
    quote      str | None          the words in the source
    source     str | None          source file name
    start end  int | None          offsets of the quote in the canonical text, end exclusive
    iri        str | None          shown in the details, and how a table row finds its node
    =========  ==================  ==================================================================================

Edge attributes: ``role`` (required), ``quote``, ``source``, ``start``, ``end`` as above, ``inferred`` (bool, default
False). Directions by role:

    ===========  ======================================================================================================
    implements   plan → decision; also plan → plan, where the decision was read itself: that node is drawn as a decision
    contains     plan → task; every task has exactly one
    lead         task → agency or group; also plan → agency or group, for a duty in prose
    partner      as lead
    responsible  as lead; mostly plan → agency, for duties in prose
    ===========  ======================================================================================================

One agency node a province and name; one edge a task (or duty), agency and role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph"

AGENT_KINDS = ("agency", "group", "open-group")
KINDS = ("decision", "plan", "task", *AGENT_KINDS)
ASSIGNED_ROLES = ("partner", "responsible", "lead")
"""From the faintest to the strongest: what is drawn last lies on top."""

_ENDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "implements": (("plan",), ("decision", "plan")),
    "contains": (("plan",), ("task",)),
    **dict.fromkeys(ASSIGNED_ROLES, (("task", "plan"), AGENT_KINDS)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """One agency of one province, as the table shows it.

    ``led`` counts each task fully for every lead; ``led_fractional`` shares a task among its leads, so that the column
    adds up to the number of tasks. ``duties`` are those in prose. ``iri`` is that of its node, ``None`` if not drawn.
    """

    province: str | None
    agency: str
    led: int
    led_fractional: float
    partnered: int
    duties: int
    form: Literal["agency", "group", "open-group"] = "agency"
    iri: str | None = None


def check_graph(graph: Graph) -> None:
    """Raise ``ValueError`` at the first node or edge that breaks the promises of this module."""
    kinds: dict[Any, str] = {}
    for node, facts in graph.nodes(data=True):
        if facts.get("kind") not in KINDS:
            raise ValueError(f"node {node!r}: kind is {facts.get('kind')!r}, expected one of {', '.join(KINDS)}")
        if not isinstance(facts.get("label"), str):  # one exception class for every broken promise
            raise ValueError(  # noqa: TRY004
                f"node {node!r}: label is {facts.get('label')!r}, expected text"
            )
        kinds[node] = facts["kind"]
    for start, end, facts in graph.edges(data=True):
        role = facts.get("role")
        if role not in _ENDS:
            raise ValueError(f"edge {start!r} → {end!r}: role is {role!r}, expected one of {', '.join(_ENDS)}")
        starts, ends = _ENDS[role]
        if kinds[start] not in starts or kinds[end] not in ends:
            raise ValueError(
                f"edge {start!r} → {end!r}: {role} from {kinds[start]} to {kinds[end]}, "
                f"expected from {' or '.join(starts)} to {' or '.join(ends)}"
            )
    parents = dict.fromkeys((node for node, kind in kinds.items() if kind == "task"), 0)
    for _, task, role in graph.edges(data="role"):
        if role == "contains":
            parents[task] += 1
    for task, count in parents.items():
        if count != 1:
            raise ValueError(f"task {task!r}: contained in {count} plans, expected exactly one")


def drawn_kind(graph: Graph, node: Any) -> str:
    """What a node is drawn as: its kind, but a document that others carry out is a decision."""
    kind: str = graph.nodes[node]["kind"]
    return "decision" if kind == "plan" and any(role == "implements" for *_, role in graph.in_edges(node, data="role")) else kind


def sorted_nodes(graph: Graph) -> list[Any]:
    """All nodes in an order that depends on what they say, never on when they were added."""

    def key(node: Any) -> tuple[int, str, str, str]:
        facts = graph.nodes[node]
        return KINDS.index(facts["kind"]), facts.get("province") or "", facts["label"], str(node)

    return sorted(graph.nodes, key=key)
