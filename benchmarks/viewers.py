"""One network as a page of each well-known viewer, places given beforehand: what the explorer is measured beside.

Each page draws the nodes and edges of a GEXF file and then sets ``data-ready`` on its root element.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from viz.assets import find_asset

_GEXF = "{http://gexf.net/1.3}"
_SCRIPTS = {
    "vis-network": ((("vis-network", "standalone/umd/vis-network.min.js"),), """
        const look = { physics: false, interaction: { hideEdgesOnDrag: false, hideEdgesOnZoom: false, zoomSpeed: 1 }, edges: { smooth: false, color: '#9aa7b3', width: 0.5 }, nodes: { shape: 'dot', size: 4, font: { size: 12 } } };
        const network = new vis.Network(place, { nodes: new vis.DataSet(GRAPH.nodes.map(([label, x, y], id) => ({ id, label, x, y }))), edges: new vis.DataSet(GRAPH.edges.map(([from, to], id) => ({ id, from, to }))) }, look);
        network.once('afterDrawing', () => { network.fit(); ready(); });
    """),
    "cytoscape.js": ((("cytoscape", "dist/cytoscape.min.js"),), """
        const elements = [...GRAPH.nodes.map(([label, x, y], id) => ({ data: { id: 'n' + id, label }, position: { x, y } })), ...GRAPH.edges.map(([a, b], id) => ({ data: { id: 'e' + id, source: 'n' + a, target: 'n' + b } }))];
        const style = [{ selector: 'node', style: { width: 8, height: 8, label: 'data(label)', 'font-size': 10, 'min-zoomed-font-size': 8 } }, { selector: 'edge', style: { width: 0.5, 'line-color': '#9aa7b3', 'curve-style': 'haystack' } }];
        const cy = cytoscape({ container: place, elements, style, layout: { name: 'preset', fit: true }, pixelRatio: 1 });
        cy.one('render', ready);
    """),
    "sigma.js": ((("graphology", "dist/graphology.umd.min.js"), ("sigma", "dist/sigma.min.js")), """
        const graph = new graphology.MultiDirectedGraph();
        GRAPH.nodes.forEach(([label, x, y], id) => graph.addNode(id, { label, x, y: -y, size: 3 }));
        GRAPH.edges.forEach(([a, b]) => graph.addEdge(a, b, { size: 0.5, color: '#9aa7b3' }));
        const renderer = new Sigma(graph, place, { hideEdgesOnMove: false });
        renderer.once('afterRender', ready);
        ready();
    """),
}  # fmt: skip
NAMES = tuple(_SCRIPTS)


def read_gexf(text: str) -> dict[str, list[list[object]]]:
    """Give ``nodes`` as [label, x, y] and ``edges`` as pairs of positions among the nodes."""
    root = ET.fromstring(text)  # noqa: S314 - our own page wrote it
    at: dict[str, int] = {}
    nodes: list[list[object]] = []
    for node in root.iter(f"{_GEXF}node"):
        place = node.find("{http://gexf.net/1.3/viz}position")
        if place is None:
            raise ValueError(f"{node.get('id')}: no position")
        at[node.attrib["id"]] = len(nodes)
        nodes.append([node.get("label"), float(place.attrib["x"]), -float(place.attrib["y"])])
    edges: list[list[object]] = [[at[edge.attrib["source"]], at[edge.attrib["target"]]] for edge in root.iter(f"{_GEXF}edge")]
    return {"nodes": nodes, "edges": edges}


def write_viewer(name: str, graph: dict[str, list[list[object]]], path: Path) -> int:
    """Write the page of a viewer; give its bytes."""
    files, script = _SCRIPTS[name]
    code = []
    for package, file in files:
        found = find_asset(package, file)
        if found is None:
            raise FileNotFoundError(f"{package}: run with --fetch once, with a network")
        code.append(f"<script>{found.decode('utf-8').replace('</script', '<' + chr(92) + '/script')}</script>")
    data = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    path.write_text(
        "<!doctype html><meta charset=utf-8><style>html,body,#place{margin:0;width:100vw;height:100vh;overflow:hidden}</style><div id=place></div>"
        + "".join(code)
        + f"<script>const GRAPH={data};const place=document.getElementById('place');const ready=()=>{{document.documentElement.dataset.ready='yes'}};{script}</script>",
        encoding="utf-8",
    )
    return path.stat().st_size
