"""Opening a build for questions: a small one whole, a large one by its columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.embedded import GRAPH_FILE, EmbeddedStore, open_store

if TYPE_CHECKING:
    from kg.columns.store import ColumnStore

LARGE_BYTES = 64_000_000
"""Size of the graph file (some sixty plans) from which a build is asked by columns: a smaller one is loaded in two seconds."""


def open_for_questions(build: str | Path) -> EmbeddedStore | ColumnStore:
    """Open the graph of a build for questions.

    Raises:
        StoreError: no such build, or a file that is no N-Quads.
    """
    graph = Path(build) / GRAPH_FILE
    if not graph.is_file() or graph.stat().st_size < LARGE_BYTES:
        return open_store(build)
    from kg.columns.store import open_columns  # polars and rdflib: half a second that a small build does not need

    return open_columns(Path(build)) or open_store(build)
