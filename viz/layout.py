"""Where everything stands: computed once here, so that the page opens with a picture and never rearranges itself.

Each province is a panel. Its plans stand in the middle column, with their tasks in rings around them; its agencies
stand in two columns left and right of that, the heaviest at the top, so that their names run outwards and no edge
crosses a name of its own panel. Where not every name has room in the window, rows of those that lead or are charged
with a duty are made as high as a name, and the others close up (:class:`Grain`). Decisions stand in a column of their own in the middle gutter (left of everything
where there is one column of panels).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

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

FITTED = 0.97
"""Part of the window that a fitted picture takes."""
NAME_PITCH = 13.0
"""Pixels from one name to the next that can be read in a window somewhat smaller than ``WINDOW``, too."""
NAME_PIXELS = ((45.0, 0.0), (105.0, 0.6), (190.0, 1.0))
"""Room for a name, and what the name is worth: from nothing that can be told apart, over names that are well cut, to whole ones."""
PLAN_PIXELS = 38.0
"""Half the width of a plan's number: where the agencies are nearer, it takes a name's place on either side."""
SEEN_SCALE = 0.45
"""Scale below which nodes are too small to be pointed at with ease."""
_WORTH = (2.0, 1.0, 0.3)
"""What it is worth to name a body that leads or is charged, one that only helps, an open group."""
_MOST_CHOSEN = 1_500
"""Agencies above which no grain gives each a name, and choosing would take seconds."""

_Place = tuple[float, float, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grain:
    """How high a row is for each of the three sorts of ``_WORTH``, how wide a name, and how far the agencies' columns stand from the plans'."""

    rows: tuple[float, float, float] = (ROW_HEIGHT, ROW_HEIGHT, ROW_HEIGHT)
    width: float = NAME_WIDTH
    reach: float = FOLDED_REACH


PLAIN = Grain()
_GRAINS = (PLAIN, *(Grain(rows=(busy, helps, 10.0), width=width, reach=reach) for busy in range(18, 46, 2) for helps in (10, 14, 18, 26) if helps <= busy for width in (NAME_WIDTH, 170.0) for reach in (FOLDED_REACH, 110.0, 130.0)))


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


def lay_out(graph: Graph, *, tasks: bool, window: tuple[float, float] = WINDOW, grained: bool = False) -> Layout:
    """Give a place to every node; tasks have one only if ``tasks``. The panels fill ``window``, in pixels, as well as may be.

    Args:
        graph: see :mod:`viz.model`; an agency's ``busy`` says that it leads or is charged with a duty.
        tasks: whether tasks have places, in rings around their plans.
        window: the canvas, in pixels.
        grained: rows are as high as gives most agencies their names in the window, the busy ones first.
    """
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
    made = {grain: [_block(graph, name, members[name], of_plan if tasks else {}, most=most, grain=grain) for name in order] for grain in (_GRAINS if grained and not tasks and graph.number_of_nodes() <= _MOST_CHOSEN else (PLAIN,))}
    best = max(made, key=lambda grain: _named(graph, made[grain], grain, window)) if len(made) > 1 else PLAIN
    return _assemble(graph, made[best], window)


def _sort(facts: Mapping[str, Any]) -> int:
    """0: leads or is charged, 1: only helps, 2: an open group."""
    return 2 if facts["kind"] == "open-group" else 0 if facts.get("busy") or facts.get("load") else 1


def _named(graph: Graph, blocks: Sequence[_Block], grain: Grain, window: tuple[float, float]) -> float:
    """How much of the names can be read in the window, by their worth: a row that is too low gives every second its name, or every third."""
    gutter = GUTTER_WIDTH * _gutter_lanes(graph, blocks)
    columns, scale = _columns(blocks, gutter=gutter, window=window)
    room = (_widened(columns, gutter, window) * (grain.reach + grain.width) - grain.reach) * scale - 14.0
    legible = float(np.interp(room, [pixels for pixels, _ in NAME_PIXELS], [worth for _, worth in NAME_PIXELS]))
    sorts = Counter(_sort(graph.nodes[node]) for block in blocks for node in block.places if graph.nodes[node]["kind"] in AGENT_KINDS)
    names = sum(count * _WORTH[sort] / math.ceil(NAME_PITCH / (grain.rows[sort] * scale)) for sort, count in sorts.items())
    plans = sum(graph.nodes[node]["kind"] == "plan" for block in blocks for node in block.places) if grain.reach * scale < PLAN_PIXELS else 0
    return round(legible * math.sqrt(min(1.0, scale / SEEN_SCALE)) * (names - 2 * _WORTH[0] * plans), 6)


def _first_decision(graph: Graph, nodes: Sequence[Any]) -> str:
    """Provinces that carry out the same decision stand together; those that name none come last."""
    names = [
        graph.nodes[end]["label"]
        for node in nodes
        for _, end, role in graph.out_edges(node, data="role")
        if role == "implements"
    ]
    return min(names, default="\U0010ffff")


def _block(graph: Graph, name: str | None, nodes: Sequence[Any], tasks: Mapping[Any, list[Any]], *, most: float, grain: Grain) -> _Block:
    agents = [node for node in nodes if graph.nodes[node]["kind"] in AGENT_KINDS]
    agents.sort(key=lambda node: _rank(graph, node))
    plans = [node for node in nodes if graph.nodes[node]["kind"] == "plan"]
    reach = max((_disc_radius(len(tasks.get(plan, ()))) for plan in plans), default=0.0)
    column = grain.reach if reach == 0 else reach + 62.0
    places: dict[Any, _Place] = {}
    heights = [PLAN_HEIGHT + 2 * _disc_radius(len(tasks.get(plan, ()))) for plan in plans]
    sides = {-1: agents[0::2], 1: agents[1::2]}
    rows = {side: [_row_height(graph, node, most, grain) for node in group] for side, group in sides.items()}
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
    return _Block(province=name, places=places, width=2 * (column + grain.width), height=TITLE_HEIGHT + inner + 12.0)


def _rank(graph: Graph, node: Any) -> tuple[int, float, str, str]:
    facts = graph.nodes[node]
    load = 0.0 if facts["kind"] == "open-group" else -float(facts.get("load") or 0)
    return AGENT_KINDS.index(facts["kind"]), load, facts["label"], str(node)


def _row_height(graph: Graph, node: Any, most: float, grain: Grain) -> float:
    facts = graph.nodes[node]
    return max(grain.rows[_sort(facts)], 2 * node_radius(facts["kind"], float(facts.get("load") or 0), most) + min(3.0, grain.rows[2] - 9.0))


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


def _deal(blocks: Sequence[_Block], count: int) -> list[list[_Block]]:
    """Deal the panels, in their order, into so many columns at most that the highest is as low as can be."""
    def dealt(cap: float) -> list[list[_Block]]:
        columns: list[list[_Block]] = [[]]
        high = 0.0
        for block in blocks:
            if columns[-1] and high + block.height + GAP > cap:
                columns.append([])
                high = 0.0
            columns[-1].append(block)
            high += block.height + GAP
        return columns

    low, high = max(block.height for block in blocks), sum(block.height + GAP for block in blocks)
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (low, middle) if len(dealt(middle)) <= count else (middle, high)
    return dealt(high)


def _columns(blocks: Sequence[_Block], *, gutter: float, window: tuple[float, float]) -> tuple[list[list[_Block]], float]:
    """Deal the panels into the number of columns that fills the window best, and give the scale at which they fill it."""
    best: tuple[float, list[list[_Block]]] = (-1.0, [])
    for count in range(1, len(blocks) + 1):
        columns = _deal(blocks, count)
        width = sum(max(block.width for block in column) for column in columns) + GAP * len(columns) + gutter
        height = max(sum(block.height + GAP for block in column) for column in columns)
        scale = FITTED * min(window[0] / width, window[1] / height)
        if scale > best[0]:
            best = (scale, columns)
    return best[1], best[0]


def _widened(columns: Sequence[Sequence[_Block]], gutter: float, window: tuple[float, float]) -> float:
    """How many times its width a panel may have where the window is wider than the panels."""
    tallest = max((sum(block.height + GAP for block in column) - GAP for column in columns), default=0.0)
    narrow = sum(max(block.width for block in column) for column in columns)
    free = tallest * window[0] / window[1] - gutter - GAP * len(columns)
    return min(MOST_WIDENED, max(1.0, free / narrow)) if narrow else 1.0


def _assemble(graph: Graph, blocks: Sequence[_Block], window: tuple[float, float]) -> Layout:
    decisions = [node for node in sorted_nodes(graph) if graph.nodes[node]["kind"] == "decision"]
    lanes = _gutter_lanes(graph, blocks)
    gutter = GUTTER_WIDTH * lanes
    columns, _ = _columns(blocks, gutter=gutter, window=window)
    middle = len(columns) // 2
    places: dict[Any, _Place] = {}
    panels: list[Panel] = []
    left = gutter_left = 0.0
    tallest = max((sum(block.height + GAP for block in column) - GAP for column in columns), default=0.0)
    widened = _widened(columns, gutter, window)
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


def _gutter_lanes(graph: Graph, blocks: Sequence[_Block]) -> int:
    decisions = sum(kind == "decision" for _, kind in graph.nodes(data="kind"))
    return _lanes(decisions, sum(block.height + GAP for block in blocks) ** 0.5 * 40)


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
