"""The measures as data in the graph's own language: observations of the RDF Data Cube vocabulary.

Reads: a report's context. Gives: statements of the named graph ``…/graph/observations``, which a build writes with its graph, or Turtle to load
beside it (as of a date, of some provinces). They describe themselves: data sets, their structure, dimensions and measures with labels. A figure that
is not defined (a rate of nothing) is not stated. Made again from the same build they are the same, byte for byte.
Source: https://www.w3.org/TR/vocab-data-cube/
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256

import polars as pl
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.analysis.clarity import clarity, counts
from kg.analysis.comparison import likenesses
from kg.analysis.concentration import concentration
from kg.analysis.constants import VERSION
from kg.analysis.contradictions import unclear_works
from kg.analysis.diffusion import diffusion
from kg.analysis.load import load_by_year
from kg.analysis.overload import overload
from kg.graph.namespaces import BASE, OBSERVATIONS, PREFIXES
from kg.reporting.context import Context, steady
from kg.resolution.registry import load_registry

_QB, _RDF, _RDFS, _PROV, _DCTERMS, _XSD = (PREFIXES[name] for name in ("qb", "rdf", "rdfs", "prov", "dcterms", "xsd"))
MEASURE = PREFIXES["measure"]
_USED = ("qb", "rdfs", "prov", "dcterms", "xsd", "measure")

_COMPONENTS = (
    ("agency", "DimensionProperty", "cơ quan hoặc nhóm", "agency or group"),
    ("province", "DimensionProperty", "tỉnh, thành phố", "province"),
    ("otherProvince", "DimensionProperty", "tỉnh, thành phố được so với", "province compared with"),
    ("year", "DimensionProperty", "năm", "year"),
    ("light", "DimensionProperty", "đèn 6 rõ: person, work, time, responsibility, product, authority, funding", "light of the card: person, work, time, responsibility, product, authority, funding"),
    ("tasksLed", "MeasureProperty", "số nhiệm vụ chủ trì, đếm đủ (D1 W_full)", "tasks led, whole count (D1 W_full)"),
    ("sharedLoad", "MeasureProperty", "nhiệm vụ chủ trì, chia đều (D1 W_frac)", "tasks led, shared (D1 W_frac)"),
    ("share", "MeasureProperty", "tỷ trọng (D1)", "share (D1)"),
    ("leads", "MeasureProperty", "số cơ quan và nhóm chủ trì, N (D3)", "agencies and groups that lead, N (D3)"),
    ("hhi", "MeasureProperty", "HHI (D3)", "HHI (D3)"),
    ("effectiveLeads", "MeasureProperty", "N hiệu dụng = 1/HHI (D3)", "N_eff = 1/HHI (D3)"),
    ("gini", "MeasureProperty", "Gini (D3)", "Gini (D3)"),
    ("tasks", "MeasureProperty", "số nhiệm vụ được xét", "tasks judged"),
    ("singleNamedLead", "MeasureProperty", "nhiệm vụ có đúng một chủ trì đích danh (D4 SNL)", "tasks with exactly one named lead (D4 SNL)"),
    ("severalLeads", "MeasureProperty", "nhiệm vụ có từ hai chủ trì (D4 ML)", "tasks with two or more leads (D4 ML)"),
    ("groupOnly", "MeasureProperty", "nhiệm vụ chỉ có nhóm chủ trì (D4 GO)", "tasks led by groups only (D4 GO)"),
    ("noLead", "MeasureProperty", "nhiệm vụ không ai chủ trì (D4 NL)", "tasks that nobody leads (D4 NL)"),
    ("clear", "MeasureProperty", "nhiệm vụ có đèn sáng (D8)", "tasks with the light on (D8)"),
    ("deviation", "MeasureProperty", "độ lệch so với trung vị của tỉnh, z bền vững (D2)", "distance from the province's median, robust z (D2)"),
    ("chance", "MeasureProperty", "p của mô hình ngẫu nhiên, số lớn nhất của hai cách rút (D2)", "p of the chance model, the larger of two ways to draw (D2)"),
    ("stability", "MeasureProperty", "phần các quy ước mà thứ hạng đầu không đổi (D2)", "share of the conventions under which the rank holds (D2)"),
    ("peerShare", "MeasureProperty", "tỷ trọng của cơ quan cùng loại ở tỉnh khác (D2)", "share of the same kind of agency in other provinces (D2)"),
    ("word", "MeasureProperty", "điều có thể nói: none, stands-out, high, overloaded (D2)", "what may be said: none, stands-out, high, overloaded (D2)"),
    ("sharedTasks", "MeasureProperty", "nhiệm vụ chung, n (D6)", "shared tasks, n (D6)"),
    ("jaccard", "MeasureProperty", "Jaccard trung bình của cơ quan chủ trì (D6)", "mean Jaccard of the leads (D6)"),
    ("masi", "MeasureProperty", "MASI trung bình của cơ quan chủ trì (D6)", "mean MASI of the leads (D6)"),
    ("exact", "MeasureProperty", "nhiệm vụ chung có chủ trì như nhau (D6)", "shared tasks with the same leads (D6)"),
    ("alpha", "MeasureProperty", "α của Krippendorff (D6)", "Krippendorff's α (D6)"),
)
_DATASETS = (
    ("load", ("agency", "province"), ("tasksLed", "sharedLoad", "share"), "Khối lượng việc được giao chủ trì", "Load of leads"),
    ("load-by-year", ("agency", "province", "year"), ("tasksLed", "sharedLoad"), "Khối lượng chủ trì theo năm", "Load of leads by year"),
    ("concentration", ("province",), ("leads", "hhi", "effectiveLeads", "gini"), "Tập trung của khối lượng chủ trì", "Concentration of the leads"),
    ("diffusion", ("province",), ("tasks", "singleNamedLead", "severalLeads", "groupOnly", "noLead"), "Ai chịu trách nhiệm cho từng việc", "Who answers for each task"),
    ("clarity", ("province", "light"), ("tasks", "clear"), "Thẻ 6 rõ", "The card of six lights"),
    ("overload", ("agency", "province"), ("share", "deviation", "chance", "stability", "peerShare", "word"), "Các phép thử tải giao việc", "Tests of high loads"),
    ("comparison", ("province", "otherProvince"), ("sharedTasks", "jaccard", "masi", "exact", "alpha"), "Tỉnh so với tỉnh, nhiệm vụ chung", "Province beside province, shared tasks"),
)


def observation_quads(context: Context) -> list[Quad]:
    """Give the observations as statements of their named graph."""
    return [Quad(triple.subject, triple.predicate, triple.object, OBSERVATIONS) for triple in (*_structure(context), *_observations(context))]


def observation_bytes(context: Context) -> bytes:
    """Give the observations as Turtle."""
    triples = [*_structure(context), *_observations(context)]
    prefixes = {name: PREFIXES[name] for name in _USED}
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    # The library writes the prefixes in another order in every process.
    body = b"".join(line for line in written.splitlines(keepends=True) if not line.startswith(b"@prefix "))
    return "".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes.items()).encode() + b"\n" + body


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
            component = NamedNode(f"{structure.value}/{at}")
            yield Triple(structure, _node(_QB, "component"), component)
            yield Triple(component, _node(_QB, kind), NamedNode(MEASURE + part))


def _observations(context: Context) -> Iterator[Triple]:
    led = context.loads.filter(pl.col("tasks_led") > 0).sort("place", "agent")
    for row in led.iter_rows(named=True):
        yield from _observation(context, "load", (row["agent"], row["place"]), (row["tasks_led"], row["w_frac"], row["share"]))
    for row in load_by_year(context.facts).sort("place", "agent", "year").iter_rows(named=True):
        yield from _observation(context, "load-by-year", (row["agent"], row["place"], str(row["year"])), (row["tasks_led"], row["w_frac"]))
    for few in concentration(context.facts):
        yield from _observation(context, "concentration", (few.place,), (few.agents, few.hhi, few.n_eff, few.gini))
    for many in diffusion(context.facts):
        rates = (many.single_named, many.several, many.group_only, many.no_lead)
        yield from _observation(context, "diffusion", (many.place,), (many.single_named.total, *(rate.count for rate in rates)))
    for row in counts(clarity(context.facts, unclear_works(context.contradictions))).iter_rows(named=True):
        judged = row["tasks"] - row["no_column"] - row["unknown"]
        if judged:
            yield from _observation(context, "clarity", (row["place"], row["light"]), (judged, row["yes"]))
    for each in (each for verdict in overload(context.facts, among=context.among) for each in verdict.assessments):
        tests = (each.share, each.z, max(each.p_leads, each.p_named), each.stable, each.peer_share, each.word)
        yield from _observation(context, "overload", (each.agent, each.place), tests)
    for pair in likenesses(context.facts, context.shared[0]):
        yield from _observation(context, "comparison", (pair.first, pair.second), (pair.shared, pair.jaccard, pair.masi, pair.exact, pair.alpha))


def _observation(context: Context, name: str, keys: tuple[str, ...], values: tuple[int | float | str | None, ...]) -> Iterator[Triple]:
    """State one observation: ``keys`` and ``values`` in the order of the dimensions and measures of the data set ``name``."""
    _, dimensions, measures, *_ = next(each for each in _DATASETS if each[0] == name)
    dataset, given = _dataset(context, name), dict(zip(dimensions, keys, strict=True))
    digest = sha256("\n".join((dataset.value, given["province"], *(value for key, value in given.items() if key != "province"))).encode()).hexdigest()[:16]
    node = NamedNode(f"{MEASURE}observation/{digest}")
    yield Triple(node, _node(_RDF, "type"), _node(_QB, "Observation"))
    yield Triple(node, _node(_QB, "dataSet"), dataset)
    for dimension, key in given.items():
        yield Triple(node, NamedNode(MEASURE + dimension), _term(dimension, key))
    for measure, value in zip(measures, values, strict=True):
        if value is not None and value == value:  # noqa: PLR0124  NaN: not defined
            yield Triple(node, NamedNode(MEASURE + measure), _figure(value))


def _figure(value: float | str) -> Literal:
    if isinstance(value, str):
        return Literal(value)
    text, kind = (str(value), "integer") if isinstance(value, int) else (f"{steady(value):.6f}", "decimal")
    return Literal(text, datatype=_node(_XSD, kind))


def _term(dimension: str, key: str) -> NamedNode | Literal:
    """Give a place by the graph's address where it is a province, by its step of the address where it is a central issuer."""
    if dimension == "agency":
        return NamedNode(key)
    if dimension == "year":
        return Literal(key, datatype=_node(_XSD, "gYear"))
    return NamedNode(f"{BASE}vn/province/{key}") if dimension in ("province", "otherProvince") and key in load_registry().provinces else Literal(key)


def _dataset(context: Context, name: str) -> NamedNode:
    view = f"/{context.facts.as_of}/{context.split}" if context.facts.as_of else ""
    return NamedNode(f"{MEASURE}{name}{view}")


def _labels(node: NamedNode, vi: str, en: str) -> Iterator[Triple]:
    yield Triple(node, _node(_RDFS, "label"), Literal(vi, language="vi"))
    yield Triple(node, _node(_RDFS, "label"), Literal(en, language="en"))


@cache
def _node(base: str, name: str) -> NamedNode:
    return NamedNode(base + name)
