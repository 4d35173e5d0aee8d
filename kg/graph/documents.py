"""The document itself: what it is, what it says of itself, and what it cites."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kg.graph.agents import Place, issuer_mention
from kg.graph.builder import GraphBuilder
from kg.graph.iris import cut_slug, document_iri, is_central, number_codes, number_type, number_year, numbered, text_iri
from kg.graph.namespaces import BASE, DATE_TYPES, DCTERMS, MG, PROV, RDF, SKOS, XSD, concept
from kg.normalise import key, slug
from kg.records import Citation, Extraction, Header
from kg.resolution.places import province_in
from kg.resolution.registry import Province, Registry

_DISTRICTS_END = "2025-06-30"  # NQ 203/2025/QH15: no district level from 2025-07-01


def own_province(extraction: Extraction, registry: Registry) -> Province | None:
    """Give the unit whose plan it is; ``None`` for a central document and where the text leaves several.

    Where the date leaves both eras of a name, what the text names decides: a document is not older than what it cites,
    and one that gives work to districts is of the time of districts.
    """
    header = extraction.header
    if header.province is None:
        return None
    unit = registry.province_at(header.province, header.date)
    if unit is not None:
        return unit
    units = [unit for unit in registry.provinces_named(header.province) if unit.exists_at(header.date)]
    cited = max((citation.date or "" for citation in extraction.citations), default="")
    left = [unit for unit in units if unit.valid_to is None or cited <= unit.valid_to]
    if _names_districts(extraction, registry):
        left = [unit for unit in left if unit.valid_from is None or unit.valid_from <= _DISTRICTS_END]
    return left[0] if len(left) == 1 else None


def _names_districts(extraction: Extraction, registry: Registry) -> bool:
    mentions = [mention for duty in extraction.duties for mention in (*duty.agency, *duty.partners)]
    for task in extraction.tasks:
        mentions += (*task.lead, *task.partner)
    kinds = (registry.kinds.get(mention.kind or "") for mention in mentions)
    return any(kind is not None and kind.level == "district" for kind in kinds)


def own_iri(extraction: Extraction, province: Province | None, registry: Registry) -> str:
    """Give the document's address."""
    header = extraction.header
    return document_iri(
        number=header.number,
        type_slug=_type_slug(header.number, header.type, registry),
        issuer=header.issuer,
        year=_year(header.date, header.number),
        province=province.slug if province else None,
        title=header.title.text if header.title else None,
        witness=extraction.document.source.text_sha256,
    )


def central(header: Header) -> bool:
    """Tell whether the document is known to be a central one."""
    return header.province is None and is_central(header.number or _blank_number(header.symbol), header.issuer) is True


def add_document(graph: GraphBuilder, extraction: Extraction) -> None:
    """State the document, its header, its source and its text."""
    node, header, source = graph.node, extraction.header, extraction.document.source
    graph.add(node, RDF.type, MG.Document)
    if central(header):
        graph.add(node, RDF.type, MG.NationalDecision)
    elif graph.place.province:
        graph.add(node, RDF.type, MG.ProvincialPlan)
    graph.add(node, MG.inCorpus, Literal("true", datatype=XSD.boolean))
    for path in [path for _, path in source.files] or [source.path]:
        graph.add_text(node, MG.sourceFile, path)
    graph.add_text(node, MG.sourceSha256, source.file_sha256)
    graph.add_text(node, MG.textSha256, source.text_sha256)
    text = NamedNode(text_iri(graph.document))
    graph.add(text, RDF.type, PROV.Entity)
    graph.add(text, PROV.wasDerivedFrom, node)
    _add_identity(graph, node, number=header.number, type_name=header.type, issuer=header.issuer, date=header.date)
    graph.add_text(node, MG.symbol, header.symbol)
    if graph.place.province:
        graph.add(node, MG.province, NamedNode(f"{BASE}vn/province/{graph.place.province}"))
    if header.title:
        graph.add_words(node, DCTERMS.title, header.title.text)
        graph.add_evidence(node, header.title.spans)
    _add_date(graph, node, header.date)
    start, end = header.period or (None, None)
    graph.add_number(node, MG.periodStart, start)
    graph.add_number(node, MG.periodEnd, end)
    for recipient in header.recipients:
        graph.add_passage(node, MG.recipient, recipient)
    graph.add_text(node, MG.signer, header.signer)


def add_citations(graph: GraphBuilder, extraction: Extraction) -> None:
    """State each cited document, how it is cited and where."""
    citations = extraction.citations
    stems = (slug(citation.number or "") or cut_slug(citation.title or "") or "khong-so" for citation in citations)
    cited_by_number: dict[str, NamedNode] = {}
    stated: set[NamedNode] = set()
    for citation, name in zip(citations, numbered(stems), strict=True):
        cited = graph.node if citation.relation == "self" else _cited_node(graph, extraction, citation)
        node = NamedNode(f"{graph.document}/citation/{name}")
        if citation.number:
            cited_by_number.setdefault(key(citation.number), cited)
        graph.add(node, RDF.type, MG.Citation)
        graph.add(node, MG.inDocument, graph.node)
        graph.add(node, MG.citedDocument, cited)
        graph.add_number(node, MG.mentions, citation.mentions)
        graph.add_text(node, MG.relation, citation.relation)
        graph.add_words(node, DCTERMS.title, citation.title)
        _add_date(graph, node, citation.date)
        graph.add_evidence(node, citation.spans)
        if cited != graph.node:
            _add_cited(graph, citation, cited)
        if citation.relation == "implements":
            stated.add(cited)
    for number in extraction.header.implements:
        target = cited_by_number.get(key(number)) or _uncited_node(graph, extraction, number)
        if target != graph.node and target not in stated:
            graph.add(graph.node, MG.implements, target)


def _add_cited(graph: GraphBuilder, citation: Citation, cited: NamedNode) -> None:
    _add_identity(
        graph, cited, number=citation.number, type_name=citation.type, issuer=citation.issuer, date=citation.date
    )
    graph.add(graph.node, MG.cites, cited)
    if citation.relation == "implements":
        graph.add(graph.node, MG.implements, cited)
    elif citation.relation == "legal-basis":
        graph.add(graph.node, MG.legalBasis, cited)


def _cited_node(graph: GraphBuilder, extraction: Extraction, citation: Citation) -> NamedNode:
    registry = graph.registry
    return NamedNode(
        document_iri(
            number=citation.number,
            type_slug=_type_slug(citation.number, citation.type, registry),
            issuer=citation.issuer,
            year=_year(citation.date, citation.number),
            province=_numbering_province(graph, citation.number, citation.issuer, citation.date),
            title=citation.title,
            witness=extraction.document.source.text_sha256,
        ),
    )


def _numbering_province(graph: GraphBuilder, number: str | None, issuer: str | None, date: str | None) -> str | None:
    """Give the province whose bodies number a cited document: the issuer's, else the citing document's."""
    if is_central(number, issuer):
        return None
    name = province_in(issuer or "", graph.registry)
    if name is None:
        return graph.place.province
    unit = graph.registry.province_at(name, date)
    return unit.slug if unit else None


def _uncited_node(graph: GraphBuilder, extraction: Extraction, number: str) -> NamedNode:
    citation = Citation(type=None, number=number, date=None, issuer=None, title=None, relation="implements", spans=())
    node = _cited_node(graph, extraction, citation)
    _add_identity(graph, node, number=number)
    return node


def _add_identity(
    graph: GraphBuilder,
    node: NamedNode,
    *,
    number: str | None,
    type_name: str | None = None,
    issuer: str | None = None,
    date: str | None = None,
) -> None:
    """State what a document's address is made of. Titles and full dates differ from citation to citation: not here."""
    type_slug = _type_slug(number, type_name, graph.registry)
    if node != graph.node:
        graph.add(node, RDF.type, MG.Document)
        if type_slug == "quyet-dinh" and is_central(number, issuer):
            graph.add(node, RDF.type, MG.NationalDecision)
    graph.add_text(node, MG.number, number)
    graph.add_number(node, MG.year, _year(date, number))
    own_type = _type_slug(None, type_name, graph.registry) if type_name and node == graph.node else type_slug
    if own_type != "van-ban":
        type_node = concept("doctype", own_type)
        graph.add(node, MG.documentType, type_node)
        if own_type not in graph.registry.document_types and type_name:
            graph.add_words(type_node, SKOS.prefLabel, type_name)
    if issuer:
        mention = issuer_mention(issuer, graph.registry, date=date)
        place = graph.place
        if node != graph.node:
            is_national = is_central(number, issuer) is True
            province = _numbering_province(graph, number, issuer, date)
            place = Place(document=graph.document, province=province, central=is_national)
        graph.add(node, MG.issuer, graph.agent(mention, place))


def _add_date(graph: GraphBuilder, node: NamedNode, date: str | None) -> None:
    if date and len(date) in DATE_TYPES:
        graph.add(node, MG.date, Literal(date, datatype=DATE_TYPES[len(date)]))


def _type_slug(number: str | None, type_name: str | None, registry: Registry) -> str:
    """The number's own code decides: one document is cited as "Chương trình" and as "Chương trình hành động"."""
    by_number = number_type(number) if number else None
    if by_number:
        return by_number
    if not type_name:
        return "van-ban"
    wanted = slug(type_name)
    if wanted in registry.document_types:
        return wanted
    for entry in registry.document_types.values():
        if wanted in map(slug, (entry.name, *entry.alt)):
            return entry.slug
    return wanted


def _year(date: str | None, number: str | None) -> int | None:
    return number_year(number) or (int(date[:4]) if date else None)


def _blank_number(symbol: str | None) -> str | None:
    """Give a number of that symbol ("QĐ-TTg" → "0/QĐ-TTg"), for what only looks at its codes."""
    return f"0/{symbol}" if symbol and number_codes(f"0/{symbol}")[1] else None
