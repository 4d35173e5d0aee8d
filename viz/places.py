"""Where every node of a large network stands: provinces as blocks, plans as discs of tasks, agencies around the block.

No forces: a place follows from what a node belongs to, in linear time, and the same input gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_GOLDEN = math.pi * (3 - math.sqrt(5))
TASK_STEP = 8.5
"""Distance of neighbouring tasks in a plan's disc."""
AGENT_STEP = 26.0
MARGIN = 46.0
SHAPE = 2.6
"""Width by height of the picture: that of a browser window without its bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Coordinates by node: decisions, documents, agents, tasks, in this order."""

    x: tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    """A rectangle with the documents and agents in it, counted from its top left corner."""

    width: float
    height: float
    docs: tuple[tuple[int, float, float], ...]
    agents: tuple[tuple[int, float, float], ...]


def place_all(decisions: int, docs: Sequence[int], agents: Sequence[tuple[int, float]], tasks: Sequence[int]) -> Places:
    """Give every node a place.

    Args:
        decisions: how many there are.
        docs: each document's province, -1 for none.
        agents: each agent's province and load.
        tasks: each task's document.
    """
    counts = [0] * len(docs)
    for doc in tasks:
        counts[doc] += 1
    provinces = sorted({*docs, *(province for province, _ in agents)})
    docs_of: dict[int, list[int]] = {province: [] for province in provinces}
    agents_of: dict[int, list[int]] = {province: [] for province in provinces}
    for doc, province in enumerate(docs):
        docs_of[province].append(doc)
    for agent, (province, _) in enumerate(agents):
        agents_of[province].append(agent)
    boxes = [_block(docs_of[province], counts, sorted(agents_of[province], key=lambda agent: (-agents[agent][1], agent))) for province in provinces]
    corners = _shelve([(box.width, box.height) for box in boxes], SHAPE)
    where: dict[int, tuple[float, float]] = {}
    for box, (left, top) in zip(boxes, corners, strict=True):
        where.update({decisions + doc: (left + x, top + y) for doc, x, y in box.docs})
        where.update({decisions + len(docs) + agent: (left + x, top + y) for agent, x, y in box.agents})
    tall = max((top + box.height for box, (_, top) in zip(boxes, corners, strict=True)), default=1.0)
    where.update({decision: (-140.0, (decision + 0.5) * tall / decisions) for decision in range(decisions)})
    seats = [0] * len(docs)
    first = decisions + len(docs) + len(agents)
    for task, doc in enumerate(tasks):
        x, y = where[decisions + doc]
        seats[doc] += 1
        radius, angle = 12.0 + TASK_STEP * math.sqrt(seats[doc]), seats[doc] * _GOLDEN
        where[first + task] = (x + radius * math.cos(angle), y + radius * math.sin(angle))
    ordered = [where[node] for node in range(first + len(tasks))]
    return Places(x=tuple(round(x, 1) for x, _ in ordered), y=tuple(round(y, 1) for _, y in ordered))


def _block(docs: Sequence[int], counts: Sequence[int], agents: Sequence[int]) -> _Box:
    """Discs on shelves, agencies around them: the heaviest at the top left."""
    sizes = [2 * (16.0 + TASK_STEP * math.sqrt(counts[doc] + 1)) for doc in docs]
    corners = _shelve([(size, size) for size in sizes], 1.3)
    inner_width = max((x + size for (x, _), size in zip(corners, sizes, strict=True)), default=0.0)
    inner_height = max((y + size for (_, y), size in zip(corners, sizes, strict=True)), default=0.0)
    short = AGENT_STEP * len(agents) - 2 * (inner_width + inner_height + 4 * MARGIN)
    grow = max(0.0, short / 4)
    width, height = inner_width + 2 * MARGIN + grow, inner_height + 2 * MARGIN + grow
    placed = tuple((doc, x + size / 2 + MARGIN + grow / 2, y + size / 2 + MARGIN + grow / 2) for doc, (x, y), size in zip(docs, corners, sizes, strict=True))
    around = 2 * (width + height - 2 * AGENT_STEP)
    return _Box(width, height, placed, tuple((agent, *_on_edge((at + 0.5) * around / len(agents), width, height)) for at, agent in enumerate(agents)))


def _on_edge(way: float, width: float, height: float) -> tuple[float, float]:
    """Give the point that lies ``way`` along the edge of a rectangle a little inside the block, clockwise from the top left."""
    inset = AGENT_STEP / 2
    across, down = width - 2 * inset, height - 2 * inset
    for length, start, step in ((across, (inset, inset), (1, 0)), (down, (width - inset, inset), (0, 1)), (across, (width - inset, height - inset), (-1, 0)), (down, (inset, height - inset), (0, -1))):
        if way <= length:
            return start[0] + step[0] * way, start[1] + step[1] * way
        way -= length
    return inset, inset


def _shelve(sizes: Sequence[tuple[float, float]], shape: float) -> list[tuple[float, float]]:
    """Put rectangles on shelves, in their order, so that all of them are about ``shape`` times as wide as high; low ones stand below one another.

    >>> _shelve([(100, 300), (80, 100), (80, 100), (80, 100)], 1.0)
    [(0.0, 0.0), (146.0, 0.0), (146.0, 146.0), (0.0, 346.0)]
    """
    area = sum((width + MARGIN) * (height + MARGIN) for width, height in sizes)
    limit = max([math.sqrt(area * shape), *(width for width, _ in sizes)], default=0.0)
    corners: list[tuple[float, float]] = []
    left = top = shelf = wide = high = 0.0  # of the column: its left, how wide and high it is by now; of the shelf: its top and height
    for width, height in sizes:
        if high and high + MARGIN + height <= shelf and left + width <= limit:
            high += MARGIN
        else:
            left, high = left + (wide + MARGIN if wide else 0.0), 0.0
            wide = 0.0
            if left and left + width > limit:
                left, top, shelf = 0.0, top + shelf + MARGIN, 0.0
        corners.append((left, top + high))
        high += height
        wide, shelf = max(wide, width), max(shelf, high)
    return corners
