"""Classes and what joins them as an SVG, laid out in columns without any numeric library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT, _COLUMN, _ROW, _MARGIN = 170, 44, 330, 96, 24
_MOST_IN_A_COLUMN = 6

Edge = tuple[str, str, str]


def draw_diagram(nodes: Mapping[str, tuple[str, str]], edges: Sequence[Edge]) -> str:
    """Draw the nodes, key → (name, label), and edges (from, to, words; "" for a sub-class), as an ``<svg>`` element.

    Each node that others lead to stands to the right of them. Coordinates are integers: the same input gives the same bytes.
    """
    places = _places(list(nodes), edges)
    width = max(x for x, _ in places.values()) + _WIDTH + _MARGIN
    height = max(y for _, y in places.values()) + _HEIGHT + _MARGIN
    joined: dict[tuple[str, str], list[str]] = {}
    for start, end, words in edges:
        joined.setdefault((start, end), []).append(words)
    lines = [_edge(places[start], places[end], words) for (start, end), words in sorted(joined.items())]
    boxes = [_box(place, *nodes[key]) for key, place in sorted(places.items())]
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="Sơ đồ các lớp / diagram of the classes">\n'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>\n' + "".join(lines) + "".join(boxes) + "</svg>\n"
    )


def _places(nodes: list[str], edges: Sequence[Edge]) -> dict[str, tuple[int, int]]:
    import networkx as nx

    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(sorted(nodes))
    for start, end, _ in sorted(edges):
        if start != end and not nx.has_path(graph, end, start):  # what would close a cycle does not decide the place
            graph.add_edge(start, end)
    rows: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    column = 0
    for generation in nx.topological_generations(graph):
        def middle(node: str) -> tuple[float, str]:
            before = [rows[each] for each in graph.predecessors(node) if each in rows]
            return (sum(before) / len(before) if before else 0.0, node)

        ordered = sorted(generation, key=middle)
        for first in range(0, len(ordered), _MOST_IN_A_COLUMN):
            part = ordered[first : first + _MOST_IN_A_COLUMN]
            top = (_MOST_IN_A_COLUMN - len(part)) * _ROW // 2
            for index, node in enumerate(part):
                rows[node] = top + index * _ROW
                places[node] = (_MARGIN + column * _COLUMN, _MARGIN + rows[node] + (column % 2) * _ROW // 2)
            column += 1
    return places


def _edge(start: tuple[int, int], end: tuple[int, int], words: Sequence[str]) -> str:
    said = ", ".join(each for each in sorted(words) if each)
    title = f"<title>{escape(said or 'rdfs:subClassOf')}</title>"
    if start == end:
        x, y = start[0] + _WIDTH // 2, start[1]
        path, at = f"M{x - 20} {y}c-10 -22 50 -22 40 0", (x, y - 18)
    else:
        forward = end[0] > start[0]
        x1, y1 = start[0] + (_WIDTH if forward else 0), start[1] + _HEIGHT // 2
        x2, y2 = end[0] + (0 if forward else _WIDTH), end[1] + _HEIGHT // 2
        bend = max(40, abs(x2 - x1) // 2) * (1 if forward else -1)
        path, at = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", ((x1 + x2) // 2, (y1 + y2) // 2 - 3)
    dashes = "" if said else ' stroke-dasharray="5 3"'
    label = f'<text class="said" x="{at[0]}" y="{at[1]}" text-anchor="middle">{escape(said)}</text>' if said else ""
    return f'<g>{title}<path class="edge"{dashes} d="{path}" marker-end="url(#tip)"/>{label}</g>\n'


def _box(place: tuple[int, int], name: str, label: str) -> str:
    x, y = place
    link = name.partition(":")[2]
    return (
        f'<a href="#{escape(link)}"><rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>'
        f'<text x="{x + _WIDTH // 2}" y="{y + 19}" text-anchor="middle">{escape(name)}</text>'
        f'<text class="said" x="{x + _WIDTH // 2}" y="{y + 36}" text-anchor="middle">{escape(label)}</text></a>\n'
    )
