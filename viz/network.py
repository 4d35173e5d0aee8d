"""networkx → pyvis: the drawn network, and the HTML that pyvis makes of it, with every outside reference removed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from viz.fold import fold_edges
from viz.layout import Layout, node_radius
from viz.model import ASSIGNED_ROLES, Graph, drawn_kind

if TYPE_CHECKING:
    from pyvis.network import Network

# Middle tones: at least 3:1 against the page's light and dark grounds, so that one set serves both.
NODE_COLOURS = {
    "decision": "#8e63c7",
    "plan": "#2f7fd1",
    "task": "#7d8894",
    "agency": "#d9730d",
    "group": "#a8762a",
    "open-group": "#7d8894",
}
EDGE_COLOURS = {
    "implements": (142, 99, 199),
    "contains": (125, 136, 148),
    "lead": (217, 95, 13),
    "partner": (31, 143, 168),
    "responsible": (120, 140, 50),
}
EDGE_DASHES: dict[str, bool | list[int]] = {
    "implements": False,
    "contains": False,
    "lead": False,
    "partner": [6, 5],
    "responsible": [2, 4],
}
INFERRED_DASHES = [12, 4, 2, 4]
_SHAPES = {"decision": "diamond", "plan": "square", "group": "square"}

_REMOTE = re.compile(
    r"""<link\b[^>]*\bhref\s*=\s*["']?https?://[^>]*>      # <link href="https://cdn.jsdelivr.net/…" …/>
      | <script\b[^>]*\bsrc\s*=\s*["']?https?://[^>]*>\s*</script>
    """,
    re.VERBOSE | re.IGNORECASE,
)


def draw_network(graph: Graph, ids: dict[Any, int], folded: Layout, *, tasks: bool) -> Network:
    """Make the pyvis network that opens on the folded view.

    ``ids`` numbers the nodes. Task nodes and their edges are there, hidden, only if ``tasks``. Each edge says in
    ``view`` where it belongs: "folded", "tasks" or "both". Names are drawn by the page, so that none overlap.
    """
    from pyvis.network import Network

    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line", bgcolor="transparent")
    # Readable and a third smaller than \\uXXXX; tojson still escapes <, >, & and '.
    network.templateEnv.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    most = max((float(load or 0) for _, load in graph.nodes(data="load")), default=0.0)
    for node, number in ids.items():
        facts = graph.nodes[node]
        kind = drawn_kind(graph, node)
        if kind == "task" and not tasks:
            continue
        x, y, _ = folded.places.get(node, (0.0, 0.0, 0))
        size = round(node_radius(kind, float(facts.get("load") or 0), most), 1)
        shape = _SHAPES.get(kind, "dot")
        extra: dict[str, Any] = {"hidden": True} if kind == "task" else {}
        # A blank and not "": pyvis would write the number instead.
        network.add_node(number, " ", shape=shape, group=kind, x=round(x, 1), y=round(y, 1), size=size, **extra)
    _add_edges(network, graph, ids, tasks=tasks)
    network.options = _options(len(ids))
    return network


def _add_edges(network: Network, graph: Graph, ids: dict[Any, int], *, tasks: bool) -> None:
    def add(start: Any, end: Any, role: str, view: str, *, weight: int = 1, inferred: bool = False) -> None:
        red, green, blue = EDGE_COLOURS[role]
        faint = 0.3 if role == "contains" or view == "tasks" else 0.55
        network.add_edge(
            ids[start],
            ids[end],
            id=len(network.edges),
            arrows="",
            view=view,
            hidden=view == "tasks",
            width=_width(role, weight, view),
            dashes=INFERRED_DASHES if inferred else EDGE_DASHES[role],
            color={
                "color": f"rgba({red},{green},{blue},{faint})",
                "highlight": f"rgb({red},{green},{blue})",
                "hover": f"rgb({red},{green},{blue})",
            },
        )

    direct = sorted(
        graph.edges(data=True), key=lambda edge: (ids[edge[0]], ids[edge[1]], str(edge[2].get("start")))
    )
    for role in ("contains", "implements"):
        view = "tasks" if role == "contains" else "both"
        for start, end, facts in direct:
            if facts["role"] == role and (tasks or view == "both"):
                add(start, end, role, view, inferred=bool(facts.get("inferred")))
    for edge in fold_edges(graph, tasks=True):
        add(edge.plan, edge.agency, edge.role, "folded", weight=edge.weight, inferred=edge.inferred)
    if not tasks:
        return
    for edge in fold_edges(graph, tasks=False):
        add(edge.plan, edge.agency, edge.role, "tasks", weight=edge.weight, inferred=edge.inferred)
    for role in ASSIGNED_ROLES:
        for start, end, facts in direct:
            if facts["role"] == role and graph.nodes[start]["kind"] == "task":
                add(start, end, role, "tasks", inferred=bool(facts.get("inferred")))


def _width(role: str, weight: int, view: str) -> float:
    if role in ("implements", "contains"):
        return 1.4 if role == "implements" else 1.0
    base = 1.7 if role == "lead" else 1.2
    return base if view == "tasks" and weight == 1 else round(base + 0.9 * min(weight - 1, 8) ** 0.7, 2)


def _options(nodes: int) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for kind, colour in NODE_COLOURS.items():
        hollow = kind == "open-group"
        ground = "rgba(125,136,148,0.15)" if hollow else colour
        chosen = {"background": ground, "border": "#e3b505"}
        groups[kind] = {
            "color": {"background": ground, "border": colour, "highlight": chosen, "hover": chosen},
            "borderWidth": 1.5 if hollow else 1,
            "borderWidthSelected": 4,
            "shapeProperties": {"borderDashes": [3, 3] if hollow else False},
        }
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "groups": {"useDefaultGroups": False, **groups},
        "nodes": {"chosen": True, "labelHighlightBold": False},
        "edges": {"smooth": False, "selectionWidth": 1.2, "hoverWidth": 0.6},
        "interaction": {
            "hover": True,
            "dragNodes": False,
            "hideEdgesOnZoom": nodes > 900,
            "zoomSpeed": 0.6,
            "tooltipDelay": 100_000,
        },
    }


class _Addresses(HTMLParser):
    """Collects what an element would fetch: ``src`` and ``href`` outside of scripts, styles and comments."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            f"<{tag} {name}={value}>"
            for name, value in attrs
            if name in ("src", "href", "srcset", "data", "action") and not (value or "").startswith(("#", "data:"))
        ]


def strip_remote(html: str) -> str:
    """Remove the style sheets and scripts that pyvis asks of other servers, though told to put all in line.

    Raises:
        ValueError: something that would still be fetched is left (a pyvis with another template).

    """
    html = _REMOTE.sub("", html)
    parser = _Addresses()
    parser.feed(html)
    if parser.found:
        raise ValueError(f"the page would fetch {', '.join(parser.found)}: this pyvis has an unknown template")
    return html
