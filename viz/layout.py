"""Where everything stands: computed once here, so that the page opens with a picture and never rearranges itself.

Each province is a panel. Its plans stand in the middle column, with their tasks in rings around them; its agencies
stand in two columns left and right of that, the heaviest at the top, so that their names run outwards and no edge
crosses a name of its own panel. Decisions stand in a column of their own in the middle gutter (left of everything
where there is one column of panels).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viz.fold import task_plans
from viz.model import AGENT_KINDS, Graph, sorted_nodes

NAME_WIDTH = 218.0
ROW_HEIGHT = 18.0
TITLE_HEIGHT = 42.0
GAP = 22.0
GUTTER_WIDTH = 170.0
PLAN_HEIGHT = 52.0
DECISION_PITCH = 56.0
FOLDED_REACH = 92.0
"""Distance from the plans' column to the agencies' columns where tasks are folded."""
RING_STEP = 23.0
FIRST_RING = 40.0
TASK_PITCH = 20.0
MOST_WIDENED = 1.9
"""How many times its width a panel may have where the window is wider than the panels: room for names."""
WINDOW = (1256.0, 585.0)
"""The canvas on a 1280×800 screen, in pixels: the number of columns is chosen for it."""

_Place = tuple[float, float, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A province's rectangle: ``x``, ``y`` its top left corner. ``province`` ``None``: bodies of no province."""

    province: str | None
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Positions ``(x, y, side)``; ``side`` -1, 1: the name stands left or right of the node; 0: below."""

    places: Mapping[Any, _Place]
    panels: tuple[Panel, ...]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A panel before it has a place: positions count from the middle of its top edge."""

    province: str | None
    places: Mapping[Any, _Place]
    width: float
    height: float


def node_radius(kind: str, load: float, most: float) -> float:
    """Half the drawn size: the area of an agency follows its load; an open group has one size."""
    if kind == "decision":
        return 12.0
    if kind == "plan":
        return 10.0
    if kind == "task":
        return 4.5
    if kind == "open-group" or most <= 0:
        return 4.5
    return 4.5 + 11.5 * math.sqrt(max(load, 0.0) / most)


def lay_out(graph: Graph, *, tasks: bool, window: tuple[float, float] = WINDOW) -> Layout:
    """Give a place to every node; tasks have one only if ``tasks``. The panels fill ``window``, in pixels, as well as may be."""
    most = max((float(load or 0) for _, load in graph.nodes(data="load")), default=0.0)
    plans = task_plans(graph)
    members: dict[str | None, list[Any]] = {}
    of_plan: dict[Any, list[Any]] = {}
    for node in sorted_nodes(graph):
        kind = graph.nodes[node]["kind"]
        if kind == "task":
            of_plan.setdefault(plans[node], []).append(node)
        elif kind != "decision":
            members.setdefault(graph.nodes[node].get("province") or None, []).append(node)
    order = sorted(members, key=lambda name: (name is None, _first_decision(graph, members[name]), name or ""))
    blocks = [_block(graph, name, members[name], of_plan if tasks else {}, most) for name in order]
    return _assemble(graph, blocks, window)


def _first_decision(graph: Graph, nodes: Sequence[Any]) -> str:
    """Provinces that carry out the same decision stand together; those that name none come last."""
    names = [
        graph.nodes[end]["label"]
        for node in nodes
        for _, end, role in graph.out_edges(node, data="role")
        if role == "implements"
    ]
    return min(names, default="\U0010ffff")


def _block(graph: Graph, name: str | None, nodes: Sequence[Any], tasks: Mapping[Any, list[Any]], most: float) -> _Block:
    agents = [node for node in nodes if graph.nodes[node]["kind"] in AGENT_KINDS]
    agents.sort(key=lambda node: _rank(graph, node))
    plans = [node for node in nodes if graph.nodes[node]["kind"] == "plan"]
    reach = max((_disc_radius(len(tasks.get(plan, ()))) for plan in plans), default=0.0)
    column = FOLDED_REACH if reach == 0 else reach + 62.0
    places: dict[Any, _Place] = {}
    heights = [PLAN_HEIGHT + 2 * _disc_radius(len(tasks.get(plan, ()))) for plan in plans]
    sides = {-1: agents[0::2], 1: agents[1::2]}
    rows = {side: [_row_height(graph, node, most) for node in group] for side, group in sides.items()}
    inner = max(sum(heights), sum(rows[-1]), sum(rows[1]), PLAN_HEIGHT)
    for side, group in sides.items():
        top = TITLE_HEIGHT + (inner - sum(rows[side])) / 2
        for node, height in zip(group, rows[side], strict=True):
            places[node] = (side * column, top + height / 2, side)
            top += height
    top = TITLE_HEIGHT + (inner - sum(heights)) / 2
    for plan, height in zip(plans, heights, strict=True):
        places[plan] = (0.0, top + height / 2, 0)
        top += height
    for plan in plans:
        places.update(_ring_places(graph, places, plan, tasks.get(plan, ())))
    return _Block(province=name, places=places, width=2 * (column + NAME_WIDTH), height=TITLE_HEIGHT + inner + 12.0)


def _rank(graph: Graph, node: Any) -> tuple[int, float, str, str]:
    facts = graph.nodes[node]
    load = 0.0 if facts["kind"] == "open-group" else -float(facts.get("load") or 0)
    return AGENT_KINDS.index(facts["kind"]), load, facts["label"], str(node)


def _row_height(graph: Graph, node: Any, most: float) -> float:
    facts = graph.nodes[node]
    return max(ROW_HEIGHT, 2 * node_radius(facts["kind"], float(facts.get("load") or 0), most) + 3.0)


def _rings(count: int) -> list[tuple[float, int]]:
    """``(radius, number of tasks)`` of each ring that ``count`` tasks need."""
    rings: list[tuple[float, int]] = []
    radius = FIRST_RING
    while count > 0:
        taken = min(count, int(2 * math.pi * radius / TASK_PITCH))
        rings.append((radius, taken))
        count -= taken
        radius += RING_STEP
    return rings


def _disc_radius(count: int) -> float:
    return max((radius for radius, _ in _rings(count)), default=0.0)


def _ring_places(
    graph: Graph, places: Mapping[Any, _Place], plan: Any, tasks: Sequence[Any]
) -> dict[Any, tuple[float, float, int]]:
    """Seat tasks in rings around their plan, each as near as may be to the direction of those that lead it."""
    x, y, _ = places[plan]
    seats: list[tuple[float, float]] = []
    for radius, taken in _rings(len(tasks)):
        seats += [(2 * math.pi * (seat + 0.5) / taken - math.pi, radius) for seat in range(taken)]
    seats.sort()

    def direction(task: Any) -> float:
        ends = [
            (places[end], 3.0 if role == "lead" else 1.0)
            for _, end, role in graph.out_edges(task, data="role")
            if end in places
        ]
        east = sum(weight * (place[0] - x) for place, weight in ends)
        south = sum(weight * (place[1] - y) for place, weight in ends)
        return math.atan2(south, east) if ends else math.pi

    turned = sorted(tasks, key=lambda task: (round(direction(task), 6), graph.nodes[task]["label"], str(task)))
    return {
        task: (x + radius * math.cos(angle), y + radius * math.sin(angle), 1 if math.cos(angle) >= 0 else -1)
        for task, (angle, radius) in zip(turned, seats, strict=True)
    }


def _columns(blocks: Sequence[_Block], *, gutter: float, window: tuple[float, float]) -> list[list[_Block]]:
    """Deal the panels into the number of columns that fills the window best, each column about equally high."""
    best: tuple[float, list[list[_Block]]] = (-1.0, [])
    for count in range(1, len(blocks) + 1):
        depth = math.ceil(len(blocks) / count)
        columns = [[*blocks[at : at + depth]] for at in range(0, len(blocks), depth)]
        width = sum(max(block.width for block in column) for column in columns) + GAP * len(columns) + gutter
        height = max(sum(block.height + GAP for block in column) for column in columns)
        scale = min(window[0] / width, window[1] / height)
        if scale > best[0]:
            best = (scale, columns)
    return best[1]


def _assemble(graph: Graph, blocks: Sequence[_Block], window: tuple[float, float]) -> Layout:
    decisions = [node for node in sorted_nodes(graph) if graph.nodes[node]["kind"] == "decision"]
    lanes = _lanes(len(decisions), sum(block.height + GAP for block in blocks) ** 0.5 * 40)
    gutter = GUTTER_WIDTH * lanes
    columns = _columns(blocks, gutter=gutter, window=window)
    middle = len(columns) // 2
    places: dict[Any, _Place] = {}
    panels: list[Panel] = []
    left = gutter_left = 0.0
    tallest = max((sum(block.height + GAP for block in column) - GAP for column in columns), default=0.0)
    narrow = sum(max(block.width for block in column) for column in columns)
    free = tallest * window[0] / window[1] - gutter - GAP * len(columns)
    widened = min(MOST_WIDENED, max(1.0, free / narrow)) if narrow else 1.0
    for number, column in enumerate(columns):
        if number == middle:
            gutter_left, left = left, left + gutter
        width = widened * max(block.width for block in column)
        top = (tallest - sum(block.height + GAP for block in column) + GAP) / 2
        for block in column:
            panels.append(Panel(province=block.province, x=left, y=top, width=width, height=block.height))
            for node, (x, y, side) in block.places.items():
                places[node] = (left + width / 2 + x, top + y, side)
            top += block.height + GAP
        left += width + GAP
    for lane in range(lanes):
        middle_of_lane = gutter_left + GUTTER_WIDTH * (lane + 0.5) - GAP / 2
        places.update(_decision_places(graph, decisions[lane::lanes], places, middle_of_lane, tallest))
    ends = [place[1] for place in places.values()]
    upper, lower = min([0.0, *(y - 24 for y in ends)]), max([tallest, *(y + 40 for y in ends)])
    return Layout(places=places, panels=tuple(panels), box=(0.0, upper, max(left - GAP, gutter), lower))


def _lanes(decisions: int, height: float) -> int:
    """How many columns the decisions need so that they do not rise far above the panels."""
    return min(decisions, max(1, math.ceil(decisions * DECISION_PITCH / max(height, 12 * DECISION_PITCH))))


def _decision_places(
    graph: Graph, decisions: Sequence[Any], places: Mapping[Any, _Place], x: float, tallest: float
) -> dict[Any, _Place]:
    """Each decision at the height of its plans' mean, none nearer than its name is high."""
    def wish(node: Any) -> float:
        heights = [places[plan][1] for plan, _, role in graph.in_edges(node, data="role") if role == "implements"]
        return sum(heights) / len(heights) if heights else tallest / 2

    ordered = sorted(decisions, key=lambda node: (round(wish(node), 3), graph.nodes[node]["label"], str(node)))
    heights: list[float] = []
    for node in ordered:
        heights.append(max(wish(node), heights[-1] + DECISION_PITCH) if heights else wish(node))
    overhang = max(0.0, heights[-1] - max(tallest - 30.0, 0.0)) if heights else 0.0
    return {node: (x, height - overhang / 2, 0) for node, height in zip(ordered, heights, strict=True)}
