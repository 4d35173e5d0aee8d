"""The loads as data in the graph's own language: observations of the RDF Data Cube vocabulary.

Reads: a report's context. Gives: Turtle that stands beside the graph (load it into any store with it) and describes itself: data
sets, their structure, dimensions and measures with labels. Regenerated from the same build it is the same, byte for byte.
Source: https://www.w3.org/TR/vocab-data-cube/
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import polars as pl
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.analysis.constants import VERSION
from kg.analysis.load import load_by_year
from kg.graph.namespaces import BASE
from kg.reporting.context import Context
from kg.resolution.registry import load_registry

_QB = "http://purl.org/linked-data/cube#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_PROV = "http://www.w3.org/ns/prov#"
_DCTERMS = "http://purl.org/dc/terms/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
MEASURE = f"{BASE}measure/"
_PREFIXES = {"qb": _QB, "rdfs": _RDFS, "prov": _PROV, "dcterms": _DCTERMS, "xsd": _XSD, "measure": MEASURE}

_COMPONENTS = (
    ("agency", "DimensionProperty", "cơ quan hoặc nhóm", "agency or group"),
    ("province", "DimensionProperty", "tỉnh, thành phố", "province"),
    ("year", "DimensionProperty", "năm", "year"),
    ("tasksLed", "MeasureProperty", "số nhiệm vụ chủ trì, đếm đủ (D1 W_full)", "tasks led, whole count (D1 W_full)"),
    ("sharedLoad", "MeasureProperty", "nhiệm vụ chủ trì, chia đều (D1 W_frac)", "tasks led, shared (D1 W_frac)"),
    ("share", "MeasureProperty", "tỷ trọng (D1)", "share (D1)"),
)
_DATASETS = (
    ("load", ("agency", "province"), ("tasksLed", "sharedLoad", "share"), "Khối lượng việc được giao chủ trì", "Load of leads"),
    ("load-by-year", ("agency", "province", "year"), ("tasksLed", "sharedLoad"), "Khối lượng chủ trì theo năm", "Load of leads by year"),
)


def observation_bytes(context: Context) -> bytes:
    """Give the observations as Turtle."""
    triples = [*_structure(context), *_observations(context)]
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
    # The library writes the prefixes in another order in every process.
    body = b"".join(line for line in written.splitlines(keepends=True) if not line.startswith(b"@prefix "))
    return "".join(f"@prefix {name}: <{space}> .\n" for name, space in _PREFIXES.items()).encode() + b"\n" + body


def _structure(context: Context) -> Iterator[Triple]:
    for name, kind, vi, en in _COMPONENTS:
        node = NamedNode(MEASURE + name)
        yield Triple(node, _node(_RDF, "type"), _node(_QB, kind))
        yield from _labels(node, vi, en)
    for name, dimensions, measures, vi, en in _DATASETS:
        dataset, structure = _dataset(context, name), NamedNode(f"{MEASURE}{name}-structure")
        yield Triple(dataset, _node(_RDF, "type"), _node(_QB, "DataSet"))
        yield from _labels(dataset, vi, en)
        yield Triple(dataset, _node(_QB, "structure"), structure)
        yield Triple(dataset, _node(_DCTERMS, "hasVersion"), Literal(f"conventions {VERSION}"))
        if context.facts.as_of:
            yield Triple(dataset, _node(_DCTERMS, "valid"), Literal(context.facts.as_of, datatype=_node(_XSD, "date")))
        for document in context.facts.documents["document"].sort():
            yield Triple(dataset, _node(_PROV, "wasDerivedFrom"), NamedNode(document))
        yield Triple(structure, _node(_RDF, "type"), _node(_QB, "DataStructureDefinition"))
        for at, (kind, part) in enumerate([*(("dimension", each) for each in dimensions), *(("measure", each) for each in measures)]):
            component = BlankNode(f"{name.replace('-', '')}{at}")
            yield Triple(structure, _node(_QB, "component"), component)
            yield Triple(component, _node(_QB, kind), NamedNode(MEASURE + part))


def _observations(context: Context) -> Iterator[Triple]:
    known = frozenset(load_registry().provinces)
    led = context.loads.filter(pl.col("tasks_led") > 0).sort("place", "agent")
    for row in led.iter_rows(named=True):
        values = {"tasksLed": row["tasks_led"], "sharedLoad": row["w_frac"], "share": row["share"]}
        yield from _observation(_dataset(context, "load"), row, values, known)
    for row in load_by_year(context.facts).sort("place", "agent", "year").iter_rows(named=True):
        values = {"tasksLed": row["tasks_led"], "sharedLoad": row["w_frac"]}
        yield from _observation(_dataset(context, "load-by-year"), row, values, known, str(row["year"]))


def _observation(dataset: NamedNode, row: dict[str, object], values: dict[str, object], provinces: frozenset[str], year: str = "") -> Iterator[Triple]:
    digest = sha256("\n".join((dataset.value, str(row["place"]), str(row["agent"]), year)).encode()).hexdigest()[:16]
    node = NamedNode(f"{MEASURE}observation/{digest}")
    yield Triple(node, _node(_RDF, "type"), _node(_QB, "Observation"))
    yield Triple(node, _node(_QB, "dataSet"), dataset)
    yield Triple(node, NamedNode(MEASURE + "agency"), NamedNode(str(row["agent"])))
    place = str(row["place"])
    where = NamedNode(f"{BASE}vn/province/{place}") if place in provinces else Literal(place)
    yield Triple(node, NamedNode(MEASURE + "province"), where)
    if year:
        yield Triple(node, NamedNode(MEASURE + "year"), Literal(year, datatype=_node(_XSD, "gYear")))
    for name, value in values.items():
        text, kind = (str(value), "integer") if isinstance(value, int) else (f"{value:.6f}", "decimal")
        yield Triple(node, NamedNode(MEASURE + name), Literal(text, datatype=_node(_XSD, kind)))


def _dataset(context: Context, name: str) -> NamedNode:
    view = f"/{context.facts.as_of}/{context.split}" if context.facts.as_of else ""
    return NamedNode(f"{MEASURE}{name}{view}")


def _labels(node: NamedNode, vi: str, en: str) -> Iterator[Triple]:
    yield Triple(node, _node(_RDFS, "label"), Literal(vi, language="vi"))
    yield Triple(node, _node(_RDFS, "label"), Literal(en, language="en"))


def _node(base: str, name: str) -> NamedNode:
    return NamedNode(base + name)
