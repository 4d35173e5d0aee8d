"""What the explorer needs to be asked: the questions with the values of their parameters, the terms, and an engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.data_files import data_folder
from kg.graph.namespaces import MG_BASE, PREFIXES
from kg.questions import list_choices, list_questions
from kg.questions.page import grouped
from kg.questions.words import code_words
from kg.store import open_store
from kg.store.embedded import GRAPH_FILE

if TYPE_CHECKING:
    from viz.explorer_page import Engine

MOST_STATEMENTS = 500_000
"""Of which Oxigraph is ready in a browser in some seconds; above that a server is the better place."""
_MOST_CHOICES = 3_000


def ask_payload(build_dir: Path, *, endpoint: str | None = None) -> dict[str, Any]:
    """Give questions, terms and prefixes; ``endpoint``: where a live server answers, ``None`` inside a page.

    Raises:
        StoreError: no build there.
    """
    store = open_store(build_dir)
    questions = [
        {
            "name": one.name, "topic": [topic.vi, topic.en], "title": [one.title.vi, one.title.en], "description": [one.description.vi, one.description.en], "reading": [one.reading.vi, one.reading.en],
            "query": "\n".join(line for line in one.query.splitlines() if not line.startswith("#+")).strip() + "\n",
            "columns": {each.name: [each.label.vi, each.label.en, each.words] for each in one.columns},
            "parameters": [
                {"name": each.name, "label": [each.label.vi, each.label.en], "type": each.type, "default": each.default, "values": [[str(choice.term), choice.labels[0]] for choice in list_choices(one, each, store)[:_MOST_CHOICES]]}
                for each in one.parameters
            ],
        }
        for topic, members in grouped(list_questions()) for one in members
    ]  # fmt: skip
    return {"questions": questions, "codes": code_words(store), "terms": _terms(), "prefixes": dict(PREFIXES), "endpoint": endpoint}


def _terms() -> list[list[str]]:
    """Give every term of the ontology with its labels: [mg:Task, nhiệm vụ, task]."""
    graph = ox.Store()
    graph.load(path=str(data_folder("ontology") / "mandategraph.ttl"), format=ox.RdfFormat.TURTLE)
    labels: dict[str, dict[str, str]] = {}
    for quad in graph.quads_for_pattern(None, ox.NamedNode(PREFIXES["rdfs"] + "label"), None):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(MG_BASE) and isinstance(quad.object, ox.Literal):
            labels.setdefault("mg:" + quad.subject.value.removeprefix(MG_BASE), {})[quad.object.language or ""] = quad.object.value
    return [[term, names.get("vi", ""), names.get("en", "")] for term, names in sorted(labels.items())]


def page_engine(build_dir: Path) -> Engine | None:
    """Give the engine that a page carries; ``None`` where it was not fetched, or the graph is too large for a page."""
    from viz.assets import find_asset
    from viz.explorer_page import Engine

    code, wasm, path = find_asset("oxigraph", "web.js"), find_asset("oxigraph", "web_bg.wasm"), build_dir / GRAPH_FILE
    if code is None or wasm is None or not path.is_file():
        return None
    graph = path.read_bytes() if path.stat().st_size < 400 * MOST_STATEMENTS else b""
    if not graph or graph.count(b"\n") > MOST_STATEMENTS:
        return None
    return Engine(code=code, wasm=wasm, graph=graph)
