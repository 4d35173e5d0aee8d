"""What cannot be: things of two disjoint classes, and work led by what no longer exists.

Reads: a store with documents, what is inferred, and the vocabulary. Gives: contradictions with their reason in words.
The first kind is what makes an OWL reasoner say "inconsistent"; this says where. The others compare dates, which OWL cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import QuerySolutions, Store

from kg.graph.namespaces import MG_BASE
from kg.resolution.as_of import show_day
from kg.resolution.partial_dates import in_english

_PREFIXES = f"""PREFIX mg: <{MG_BASE}> PREFIX owl: <http://www.w3.org/2002/07/owl#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"""

_TYPES = """SELECT DISTINCT ?thing ?class WHERE {
    { ?thing a ?stated } UNION { ?thing ?p ?x . ?p rdfs:domain ?stated } UNION { ?y ?p ?thing . ?p rdfs:range ?stated }
    ?stated rdfs:subClassOf* ?class . ?all a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?class }"""

_ALLOWED = """SELECT DISTINCT ?thing ?p ?class WHERE {
    ?p rdfs:range/owl:unionOf ?list . ?list rdf:rest*/rdf:first ?class . ?s ?p ?thing }"""

_KNOWN = """OPTIONAL {{ ?kind {bound}Precision ?precision }}
    BIND(IF(!BOUND(?precision), STR(?edge), IF(?precision = "year", SUBSTR(STR(?edge), 1, 4), SUBSTR(STR(?edge), 1, 7))) AS ?known)"""
"""As much of the edge of a kind's time as is known."""

# A date may be a year or a month: then only what is certain counts, as registry.may_hold does.
_LATE = """SELECT DISTINCT ?work ?agent ?label ?date ?known WHERE {{
    ?assignment mg:agent ?agent ; mg:role ?role ; mg:forTask ?work . VALUES ?role {{ <{base}role/lead> <{base}role/responsible> }}
    ?work mg:partOf?/mg:inPlan ?plan . ?plan mg:date ?date . ?agent mg:kind ?kind . ?kind {bound} ?edge ; skos:prefLabel ?label . {known}
    FILTER(LANG(?label) = "vi" && STR(?date) {sign} SUBSTR(STR(?edge), 1, STRLEN(STR(?date)))) }}"""

_OUTLIVES = """SELECT DISTINCT ?work ?agent ?label ?last ?known WHERE {{
    ?work mg:leadAgency ?agent ; mg:endYear ?last . ?agent mg:kind ?kind . ?kind mg:validTo ?edge ; skos:prefLabel ?label . {known}
    FILTER(LANG(?label) = "vi" && STR(?last) > SUBSTR(STR(?edge), 1, 4)) }}"""

_GONE = """SELECT DISTINCT ?plan ?province ?label ?date ?edge WHERE {
    ?plan mg:province ?province ; mg:date ?date . ?province mg:validTo ?edge ; skos:prefLabel ?label .
    FILTER(LANG(?label) = "vi" && STR(?date) > SUBSTR(STR(?edge), 1, STRLEN(STR(?date)))) }"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Contradiction:
    """Two statements that cannot both hold, or not both for long.

    ``code``: "disjoint-classes", "acts-after-its-end", "acts-before-its-beginning", "work-outlives-its-lead",
    "plan-after-its-province". ``certain`` is false where the text may be right and only needs a second reading: drafts use
    new names early, and work may pass to an heir.
    """

    code: str
    thing: str
    other: str
    vi: str
    en: str
    certain: bool = True


def find_contradictions(store: Store) -> tuple[Contradiction, ...]:
    """Give all contradictions, sorted."""
    return tuple(sorted({*_disjoint(store), *_dated(store)}))


def _disjoint(store: Store) -> Iterator[Contradiction]:
    classes: dict[str, set[str]] = {}
    for thing, name in _rows(store, _TYPES):
        classes.setdefault(thing, set()).add(name.removeprefix(MG_BASE))
    for thing, names in classes.items():
        for one, other in combinations(sorted(names), 2):
            yield Contradiction(
                code="disjoint-classes", thing=thing, other=f"{one}, {other}",
                vi=f"Vừa là mg:{one} vừa là mg:{other}, mà hai lớp này không có chung phần tử.",
                en=f"Both an mg:{one} and an mg:{other}, and nothing can be both.",
            )  # fmt: skip
    allowed: dict[tuple[str, str], set[str]] = {}
    for thing, said, name in _rows(store, _ALLOWED):
        allowed.setdefault((thing, said.removeprefix(MG_BASE)), set()).add(name.removeprefix(MG_BASE))
    for (thing, said), names in allowed.items():
        given = classes.get(thing, set())
        if given and not given & names:  # a thing of no class may be anything
            yield Contradiction(
                code="disjoint-classes", thing=thing, other=f"{', '.join(sorted(given))}; mg:{said}",
                vi=f"Là mg:{min(given)}, mà mg:{said} chỉ tới {' hoặc '.join(sorted(names))}.",
                en=f"An mg:{min(given)}, and mg:{said} leads to {' or '.join(sorted(names))} only.",
            )  # fmt: skip


def _dated(store: Store) -> Iterator[Contradiction]:
    base = MG_BASE.removesuffix("ontology#")
    for work, agent, label, date, edge in _rows(store, _LATE.format(base=base, bound="mg:validTo", sign=">", known=_KNOWN.format(bound="mg:validTo"))):
        yield Contradiction(
            code="acts-after-its-end", thing=work, other=agent,
            vi=f"{label} chỉ tồn tại đến hết {show_day(edge)}, văn bản ghi {show_day(date)}.", en=f"{label} ended {in_english(edge)}; the document is of {date}.",
        )  # fmt: skip
    for work, agent, label, date, edge in _rows(store, _LATE.format(base=base, bound="mg:validFrom", sign="<", known=_KNOWN.format(bound="mg:validFrom"))):
        yield Contradiction(
            code="acts-before-its-beginning", thing=work, other=agent, certain=False,
            vi=f"{label} có từ {show_day(edge)}, văn bản ghi {show_day(date)}.", en=f"{label} began {in_english(edge)}; the document is of {date}.",
        )  # fmt: skip
    for work, agent, label, last, edge in _rows(store, _OUTLIVES.format(known=_KNOWN.format(bound="mg:validTo"))):
        yield Contradiction(
            code="work-outlives-its-lead", thing=work, other=agent, certain=False,
            vi=f"Nhiệm vụ kéo dài đến {last}, mà {label} kết thúc {show_day(edge)}.", en=f"The work runs to {last}; its lead {label} ends {in_english(edge)}.",
        )  # fmt: skip
    for plan, province, label, date, edge in _rows(store, _GONE):
        yield Contradiction(
            code="plan-after-its-province", thing=plan, other=province,
            vi=f"{label} chỉ tồn tại đến hết {show_day(edge)}, văn bản ghi {show_day(date)}.", en=f"{label} ended on {edge}; the document is of {date}.",
        )  # fmt: skip


def _rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    rows = store.query(f"{_PREFIXES} {query}", use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)  # noqa: S101 - only SELECTs are asked here
    for row in rows:
        yield tuple(row[index].value for index in range(len(row)))
