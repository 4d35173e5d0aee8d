"""The first look: one HTML file that opens from disk with the network off, drawn with networkx and pyvis."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from viz.layout import Layout, lay_out
from viz.model import AgencyRow, Graph, check_graph, drawn_kind, sorted_nodes
from viz.network import draw_network, strip_remote
from viz.policy import MARK, lock_page

ALL_TASKS_LIMIT = 1_500
"""Nodes above which only the folded view is drawn. Measured: at 1,400 nodes a frame of the all-tasks view takes 16–21 ms."""

_HEAD = re.compile(r"<html>\s*<head>\s*<meta charset=\"utf-8\">")
_HEADING = re.compile(r"<center>\s*<h1>.*?</h1>\s*</center>", re.DOTALL)
_CARD = re.compile(r'<div class="card"[^>]*>\s*<div id="mynetwork"[^>]*></div>\s*</div>')
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r'<style type="text/css">\s*#mynetwork \{.*?</style>', re.DOTALL)


def write_page(
    graph: Graph,
    table: Sequence[AgencyRow],
    *,
    title: str,
    summary: Sequence[tuple[str, str, str]],
    path: Path,
) -> None:
    """Write the page to ``path`` as UTF-8; the same input gives the same bytes.

    Args:
        graph: see :mod:`viz.model`.
        table: leads per agency, in any order.
        title: heading and window title.
        summary: figures at the top: (Vietnamese name, English name, value).
        path: file to write; its folder must exist.

    Raises:
        ValueError: the graph breaks a promise of :mod:`viz.model`.

    """
    path.write_bytes(make_page(graph, table, title=title, summary=summary).encode("utf-8"))


def make_page(
    graph: Graph, table: Sequence[AgencyRow], *, title: str, summary: Sequence[tuple[str, str, str]]
) -> str:
    """Make the page's text; see :func:`write_page`."""
    check_graph(graph)
    tasks = graph.number_of_nodes() <= ALL_TASKS_LIMIT
    ids = {node: number for number, node in enumerate(sorted_nodes(graph))}
    folded = lay_out(graph, tasks=False)
    views = {"folded": _view(folded, ids)}
    if tasks:
        views["tasks"] = _view(lay_out(graph, tasks=True), ids)
    facts = {
        **_facts(graph, ids),
        "views": views,
        "rows": _rows(graph, table, ids),
        "limit": ALL_TASKS_LIMIT,
    }
    html = strip_remote(draw_network(graph, ids, folded, tasks=tasks).generate_html())
    return _dress(html, facts, title=title, summary=summary)


def _view(layout: Layout, ids: dict[Any, int]) -> dict[str, Any]:
    places: list[list[float] | None] = [None] * len(ids)
    for node, (x, y, side) in layout.places.items():
        places[ids[node]] = [round(x, 1), round(y, 1), side]
    panels = [
        [panel.province, *(round(value, 1) for value in (panel.x, panel.y, panel.width, panel.height))]
        for panel in layout.panels
    ]
    return {"places": places, "panels": panels, "box": [round(value, 1) for value in layout.box]}


def _facts(graph: Graph, ids: dict[Any, int]) -> dict[str, Any]:
    """Nodes and edges as lists of values; the page's script names the columns in the same order."""
    nodes_given = [graph.nodes[node] for node in ids]
    edges_given = [(ids[start], ids[end], facts) for start, end, facts in graph.edges(data=True)]
    named = {facts.get("source") for facts in [*nodes_given, *(edge[2] for edge in edges_given)]}
    sources = sorted(source for source in named if source)
    number = {source: at for at, source in enumerate(sources)}

    def evidence(facts: dict[str, Any]) -> list[Any]:
        return [facts.get("quote"), number.get(facts.get("source")), facts.get("start"), facts.get("end")]

    nodes = [
        [drawn_kind(graph, node), f["label"], f.get("province"), float(f.get("load") or 0), f.get("iri"), *evidence(f)]
        for node, f in zip(ids, nodes_given, strict=True)
    ]
    edges = [[start, end, f["role"], int(bool(f.get("inferred"))), *evidence(f)] for start, end, f in edges_given]
    edges.sort(key=lambda edge: json.dumps(edge, ensure_ascii=False))
    edges.sort(key=lambda edge: (edge[0], edge[1]))
    return {"nodes": nodes, "edges": edges, "sources": sources}


def _rows(graph: Graph, table: Sequence[AgencyRow], ids: dict[Any, int]) -> list[list[Any]]:
    by_iri = {graph.nodes[node].get("iri"): number for node, number in ids.items() if graph.nodes[node].get("iri")}
    rows: list[list[Any]] = [
        [
            row.province or "",
            row.agency,
            row.led,
            round(row.led_fractional, 2),
            row.partnered,
            row.duties,
            row.form,
            by_iri.get(row.iri),
        ]
        for row in table
    ]
    return sorted(rows, key=lambda row: (row[6] == "open-group", -row[2], -row[3], -row[4], -row[5], row[0], row[1]))


def _script_json(value: Any) -> str:
    r"""JSON that can stand inside ``<script>``: no character in it can end the element or open another.

    >>> _script_json("</script><!--")
    '"\\u003c/script\\u003e\\u003c!--"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _dress(html: str, facts: dict[str, Any], *, title: str, summary: Sequence[tuple[str, str, str]]) -> str:
    """Put our head, body and scripts around the network that pyvis drew."""
    head = (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n<meta name="generator" content="mandategraph">\n'
        f'<link rel="icon" href="data:,">\n<title>{escape(title)}</title>'
    )
    figures = "".join(
        f'<div><dt data-en="{escape(english)}">{escape(vietnamese)}</dt><dd>{escape(value)}</dd></div>'
        for vietnamese, english, value in summary
    )
    # Before any word of a document is put in: what pyvis drew holds numbers and colours only.
    library = _SCRIPT.findall(html)
    body = Template(_asset("page.html")).substitute(title=escape(title), figures=figures)
    data = f'<script type="application/json" id="facts">{_script_json(facts)}</script>'
    own = ["\n" + _asset(name) for name in ("words.js", "picture.js", "panel.js")]
    scripts = "\n".join(f"<script>{script}</script>" for script in own)
    html = _replace_once(_HEAD, head, html)
    html = _HEADING.sub("", html)
    html = _replace_once(_STYLE, f"<style>\n{_asset('page.css')}</style>", html)
    html = _replace_once(_CARD, body, html)
    before, end, after = html.rpartition("</body>")
    return lock_page(before + data + "\n" + scripts + "\n" + end + after, scripts=[*library, *own], styled_by_scripts=True)


def _replace_once(pattern: re.Pattern[str], text: str, html: str) -> str:
    html, count = pattern.subn(lambda _: text, html, count=1)
    if count != 1:
        raise ValueError(f"pyvis wrote a page without {pattern.pattern!r}: this pyvis has an unknown template")
    return html
