"""The namespaces, closed: every term that the graph uses is a constant here, so that a misspelt one cannot be written.

``BASE`` is the one place where the base address of all resources stands.
"""
# ruff: noqa: N815 - a term's name is its own spelling
# ruff: noqa: D101 - a namespace needs no more words than its prefix

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

BASE: Final = "https://w3id.org/mandategraph/"
MG_BASE: Final = BASE + "ontology#"

INFERRED: Final = NamedNode(BASE + "graph/inferred")
ALIGNMENT: Final = NamedNode(BASE + "graph/alignment")
CORRECTION: Final = NamedNode(BASE + "graph/correction")
OBSERVATIONS: Final = NamedNode(BASE + "graph/observations")
VOCABULARY: Final = NamedNode(BASE + "graph/vocabulary")
VIEWS: Final = BASE + "graph/as-of/"  # one graph below it for each view as of a date
DATASET: Final = NamedNode(BASE + "dataset")

# Order is the order of the prefix lines in what is written.
PREFIXES: Final[dict[str, str]] = {
    "mg": MG_BASE,
    **{scheme: f"{BASE}{scheme}/" for scheme in ("kind", "role", "status", "doctype", "recurrence", "funding")},
    "province": f"{BASE}vn/province/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "p-plan": "http://purl.org/net/p-plan#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "qb": "http://purl.org/linked-data/cube#",
    "measure": f"{BASE}measure/",
}


def _mg(name: str) -> NamedNode:
    return NamedNode(MG_BASE + name)


def _node(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)


class MG:
    """The project's own words; `ontology/mandategraph.ttl` defines them."""

    Document: Final = _mg("Document")
    NationalDecision: Final = _mg("NationalDecision")
    ProvincialPlan: Final = _mg("ProvincialPlan")
    Program: Final = _mg("Program")
    TaskGroup: Final = _mg("TaskGroup")
    Task: Final = _mg("Task")
    TaskPart: Final = _mg("TaskPart")
    Duty: Final = _mg("Duty")
    RegionalOffice: Final = _mg("RegionalOffice")
    ReportingDuty: Final = _mg("ReportingDuty")
    Roster: Final = _mg("Roster")
    Target: Final = _mg("Target")
    Assignment: Final = _mg("Assignment")
    Agency: Final = _mg("Agency")
    AgencyGroup: Final = _mg("AgencyGroup")
    OpenGroup: Final = _mg("OpenGroup")
    AgencyKind: Final = _mg("AgencyKind")
    Province: Final = _mg("Province")
    Sector: Final = _mg("Sector")
    Citation: Final = _mg("Citation")
    Finding: Final = _mg("Finding")
    InferredLink: Final = _mg("InferredLink")
    Judgement: Final = _mg("Judgement")

    number: Final = _mg("number")
    symbol: Final = _mg("symbol")
    documentType: Final = _mg("documentType")
    issuer: Final = _mg("issuer")
    province: Final = _mg("province")
    date: Final = _mg("date")
    year: Final = _mg("year")
    periodStart: Final = _mg("periodStart")
    periodEnd: Final = _mg("periodEnd")
    implements: Final = _mg("implements")
    legalBasis: Final = _mg("legalBasis")
    cites: Final = _mg("cites")
    recipient: Final = _mg("recipient")
    signer: Final = _mg("signer")
    sourceFile: Final = _mg("sourceFile")
    otherFile: Final = _mg("otherFile")
    sourceSha256: Final = _mg("sourceSha256")
    textSha256: Final = _mg("textSha256")
    inCorpus: Final = _mg("inCorpus")
    approves: Final = _mg("approves")
    probablyImplements: Final = _mg("probablyImplements")

    inPlan: Final = _mg("inPlan")
    inGroup: Final = _mg("inGroup")
    partOf: Final = _mg("partOf")
    code: Final = _mg("code")
    position: Final = _mg("position")
    startYear: Final = _mg("startYear")
    endYear: Final = _mg("endYear")
    recurrence: Final = _mg("recurrence")
    timeText: Final = _mg("timeText")
    product: Final = _mg("product")
    objective: Final = _mg("objective")
    fundingText: Final = _mg("fundingText")
    originalProvince: Final = _mg("originalProvince")
    originalKind: Final = _mg("originalKind")
    functionTransfer: Final = _mg("functionTransfer")
    funding: Final = _mg("funding")
    concernsSector: Final = _mg("concernsSector")
    refersToAnnex: Final = _mg("refersToAnnex")
    evidence: Final = _mg("evidence")
    page: Final = _mg("page")

    forTask: Final = _mg("forTask")
    agent: Final = _mg("agent")
    role: Final = _mg("role")
    confidence: Final = _mg("confidence")
    method: Final = _mg("method")
    mentionText: Final = _mg("mentionText")
    reviewStatus: Final = _mg("reviewStatus")
    judgedBy: Final = _mg("judgedBy")
    about: Final = _mg("about")
    answer: Final = _mg("answer")

    leadAgency: Final = _mg("leadAgency")
    partnerAgency: Final = _mg("partnerAgency")
    responsibleAgency: Final = _mg("responsibleAgency")
    leadKind: Final = _mg("leadKind")
    partnerKind: Final = _mg("partnerKind")
    responsibleKind: Final = _mg("responsibleKind")

    kind: Final = _mg("kind")
    inProvince: Final = _mg("inProvince")
    level: Final = _mg("level")
    unresolved: Final = _mg("unresolved")

    section: Final = _mg("section")
    action: Final = _mg("action")
    reportsFrom: Final = _mg("reportsFrom")
    reportsTo: Final = _mg("reportsTo")
    rosterOf: Final = _mg("rosterOf")
    rosterKind: Final = _mg("rosterKind")
    deadline: Final = _mg("deadline")
    frequency: Final = _mg("frequency")
    minValue: Final = _mg("minValue")
    maxValue: Final = _mg("maxValue")
    unit: Final = _mg("unit")
    comparator: Final = _mg("comparator")
    byYear: Final = _mg("byYear")
    item: Final = _mg("item")

    inDocument: Final = _mg("inDocument")
    citedDocument: Final = _mg("citedDocument")
    mentions: Final = _mg("mentions")
    relation: Final = _mg("relation")

    subject: Final = _mg("subject")
    predicate: Final = _mg("predicate")
    object: Final = _mg("object")
    reason: Final = _mg("reason")
    score: Final = _mg("score")

    alignsWith: Final = _mg("alignsWith")
    firstTask: Final = _mg("firstTask")
    secondTask: Final = _mg("secondTask")

    Inheritance: Final = _mg("Inheritance")
    SharedRole: Final = _mg("SharedRole")
    inheritedFrom: Final = _mg("inheritedFrom")
    chargedIn: Final = _mg("chargedIn")
    heir: Final = _mg("heir")
    share: Final = _mg("share")
    fraction: Final = _mg("fraction")
    change: Final = _mg("change")
    byEvent: Final = _mg("byEvent")
    decidedBy: Final = _mg("decidedBy")
    sharedWork: Final = _mg("sharedWork")
    sharedRole: Final = _mg("sharedRole")
    possible: Final = _mg("possible")
    validTo: Final = _mg("validTo")


class RDF:
    type: Final = _node("rdf", "type")


class RDFS:
    label: Final = _node("rdfs", "label")


class XSD:
    integer: Final = _node("xsd", "integer")
    decimal: Final = _node("xsd", "decimal")
    boolean: Final = _node("xsd", "boolean")
    date: Final = _node("xsd", "date")
    dateTime: Final = _node("xsd", "dateTime")
    gYearMonth: Final = _node("xsd", "gYearMonth")
    gYear: Final = _node("xsd", "gYear")


DATE_TYPES: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
"""The datatype of an ISO date by its length: a year, a month, a day."""


class SKOS:
    notation: Final = _node("skos", "notation")
    prefLabel: Final = _node("skos", "prefLabel")
    broader: Final = _node("skos", "broader")


class DCTERMS:
    title: Final = _node("dcterms", "title")
    date: Final = _node("dcterms", "date")
    description: Final = _node("dcterms", "description")
    license: Final = _node("dcterms", "license")
    source: Final = _node("dcterms", "source")
    hasPart: Final = _node("dcterms", "hasPart")


class OA:
    SpecificResource: Final = _node("oa", "SpecificResource")
    TextQuoteSelector: Final = _node("oa", "TextQuoteSelector")
    TextPositionSelector: Final = _node("oa", "TextPositionSelector")
    hasSource: Final = _node("oa", "hasSource")
    hasSelector: Final = _node("oa", "hasSelector")
    exact: Final = _node("oa", "exact")
    prefix: Final = _node("oa", "prefix")
    suffix: Final = _node("oa", "suffix")
    start: Final = _node("oa", "start")
    end: Final = _node("oa", "end")


class PROV:
    Entity: Final = _node("prov", "Entity")
    wasDerivedFrom: Final = _node("prov", "wasDerivedFrom")
    Person: Final = _node("prov", "Person")
    wasAssociatedWith: Final = _node("prov", "wasAssociatedWith")


class VOID:
    Dataset: Final = _node("void", "Dataset")
    triples: Final = _node("void", "triples")
    entities: Final = _node("void", "entities")
    classPartition: Final = _node("void", "classPartition")
    propertyPartition: Final = _node("void", "propertyPartition")
    class_: Final = _node("void", "class")
    property: Final = _node("void", "property")
    uriSpace: Final = _node("void", "uriSpace")
    vocabulary: Final = _node("void", "vocabulary")
    subset: Final = _node("void", "subset")


class DCAT:
    Dataset: Final = _node("dcat", "Dataset")
    Distribution: Final = _node("dcat", "Distribution")
    distribution: Final = _node("dcat", "distribution")
    mediaType: Final = _node("dcat", "mediaType")
    downloadURL: Final = _node("dcat", "downloadURL")


def concept(scheme: str, slug: str) -> NamedNode:
    """Give the concept of one of the project's own schemes.

    >>> concept("role", "lead").value
    'https://w3id.org/mandategraph/role/lead'
    """
    return NamedNode(f"{BASE}{scheme}/{slug}")
