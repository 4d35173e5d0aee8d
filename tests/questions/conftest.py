"""The small graph, in both engines."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.store import EmbeddedStore
from tests.questions.small_graph import SMALL


@pytest.fixture(scope="module")
def store():
    inner = ox.Store()
    inner.bulk_load(path=str(SMALL), format=ox.RdfFormat.TRIG)
    return EmbeddedStore(inner)


@pytest.fixture(scope="module")
def rdflib_store():
    import rdflib

    from kg.store.rdflib_store import RdflibStore

    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=SMALL.read_text(encoding="utf-8"), format="trig")
    return RdflibStore(graph)
