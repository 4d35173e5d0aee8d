"""The small vocabularies as data: what is read in a real passage, where it was read, and symbols of issuers and types."""

import re

import pytest
import rdflib
from rdflib.namespace import DCTERMS, SKOS

from kg.data_files import data_folder
from kg.extraction.actions import read_actions
from kg.extraction.citations import find_citations
from kg.extraction.dates import find_date
from kg.extraction.issuers import issuer_of_symbol
from kg.extraction.numbers import parse_number
from kg.extraction.periods import read_rhythm
from kg.extraction.roles import read_lead_partner
from kg.extraction.symbols import ISSUERS, TYPES
from kg.graph.iris import slug as slug_of
from kg.normalise import key
from kg.records import Passage, Run, Span
from kg.resolution.registry import load_registry

MG = rdflib.Namespace("https://w3id.org/mandategraph/ontology#")
FILES = ("document-types.ttl", "roles.ttl", "recurrence.ttl", "funding.ttl", "status.ttl")
WITH_EXAMPLES = ("document-types.ttl", "roles.ttl", "recurrence.ttl", "funding.ttl", "provinces.ttl")
"""Files in which every term has a source and an example; the review statuses are the project's own, and in no document."""
READ_BY_COLUMN_OR_LAST_ARTICLE = {"executor", "focal-point", "responsible"}
"""Roles that no verb of a duty tells: a heading, a column, the last article."""


@pytest.fixture(scope="module")
def registry():
    return load_registry()


def read(name):
    return rdflib.Graph().parse(data_folder("ontology") / name)


def examples(name):
    for term, text in sorted(read(name).subject_objects(SKOS.example)):
        passage, dash, document = str(text).rpartition(" — ")
        assert dash, text
        yield term.rpartition("/")[2], passage, document


@pytest.mark.parametrize("name", FILES)
def test_a_term_has_a_source_or_says_why_it_has_none(name):
    graph = read(name)
    terms = set(graph.subjects(MG.verification))
    assert terms
    for term in terms:
        said = DCTERMS.source if str(graph.value(term, MG.verification)) in {"V", "S"} else SKOS.editorialNote
        assert graph.value(term, said), term


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_every_term_has_a_source_and_an_example(name):
    graph = read(name)
    terms = set(graph.subjects(SKOS.inScheme))
    assert len(terms) >= 4
    assert [term for term in terms if not (graph.value(term, DCTERMS.source) and graph.value(term, SKOS.example))] == []


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_an_example_of_a_plan_stands_in_it_word_for_word(name, plans):
    quoted = [(passage, document) for _, passage, document in examples(name) if document in plans]
    assert quoted or name == "provinces.ttl"
    assert [passage for passage, document in quoted if passage not in plans[document]] == []


def test_a_role_is_read_in_its_example():
    found = list(examples("roles.ttl"))
    assert {role for role, _, _ in found} == set(load_registry().roles)
    for role, passage, _ in found:
        if role not in READ_BY_COLUMN_OR_LAST_ARTICLE:
            assert role in read_actions(passage), (role, passage)


def test_lead_and_partner_of_a_cell():
    text = "Sở Công Thương chủ trì. Các đơn vị liên quan phối hợp."
    lead, partner = read_lead_partner(Passage(text=text, spans=(Span(0, len(text)),), runs=(Run(0, 0, len(text)),)))
    assert [mention.kind for mention in lead] == ["so-cong-thuong"]
    assert [mention.form for mention in partner] == ["open-group"]


def test_every_word_of_a_rhythm_is_read_as_it(registry):
    for rhythm in registry.recurrences.values():
        assert {read_rhythm(label) for label in (rhythm.name, *rhythm.alt)} == {rhythm.slug}
    assert [rhythm for rhythm, passage, _ in examples("recurrence.ttl") if rhythm not in rhythms_in(passage)] == []


def rhythms_in(passage):
    """Give the rhythms of the parts of a passage: it may name two."""
    return {read_rhythm(part) for part in passage.split(",")}


@pytest.mark.parametrize("text", ["năm 2025", "tháng 6", "quý khách", "tuần hoàn", "một năm qua"])
def test_what_is_no_rhythm(text):
    assert read_rhythm(text) is None


def test_the_legend_of_the_funds_is_that_of_a_plan(registry):
    assert [code for code, _, _ in examples("funding.ttl")] == list(registry.funding) == ["I", "II", "III", "IV"]


def test_a_symbol_of_an_issuer_leads_to_its_kind(registry):
    for symbol, name in ISSUERS.items():
        if name:
            kinds = [kind for kind in registry.kinds.values() if key(name) in {key(label) for label in (kind.name, *kind.alt)}]
            assert any(symbol in (kind.symbol, *kind.other_symbols) for kind in kinds), (symbol, name)


def test_a_code_of_a_type_leads_to_its_type(registry):
    by_code = {}
    for entry in registry.document_types.values():
        by_code.setdefault(entry.symbol, set()).update((entry.name, *entry.alt))
    for code, word in TYPES.items():
        if code == "ĐK":  # in no list of types that was read
            continue
        names = by_code.get(code, set()) | {entry.name for entry in registry.document_types.values() if entry.name == word}
        assert word in names, (code, word)


def test_the_number_given_for_a_type_is_read_as_that_type():
    graph, read_numbers = read("document-types.ttl"), 0
    for term, number in graph.subject_objects(MG.exampleNumber):
        code = str(graph.value(term, SKOS.notation) or "")
        if code and re.search(rf"[/-]{re.escape(code)}[-/]", str(number)):
            assert parse_number(str(number)).type_code == code, (term, number)
            read_numbers += 1
    assert read_numbers >= 15


def test_a_type_is_read_in_its_example(registry):
    cited, wrong = 0, []
    for term, passage, _ in examples("document-types.ttl"):
        entry = registry.document_types[term]
        names = {slug_of(name) for name in (entry.name, *entry.alt)}
        found = find_citations(passage)
        cited += bool(found)
        code = parse_number(found[0].number).type_code if found and found[0].number else None
        if not (slug_of(found[0].type or "") in names or (code and code == entry.symbol) if found else slug_of(passage) in names):
            wrong.append((term, passage))
    assert wrong == []
    assert cited >= 32


@pytest.mark.parametrize("letter", ["5029/TCT-PC", "324/QTR-KTr2", "23/TTr-MTTW-BTT"])
def test_a_code_of_a_slip_is_no_type_where_a_unit_stands(letter):
    assert parse_number(letter).type_code in {None, "TTr"}


def test_a_province_is_read_in_its_example_at_the_day_of_the_document(registry):
    read_there = 0
    for term, passage, document in examples("provinces.ttl"):
        day = re.search(r"(?:\d{2}/)?\d{1,2}/\d{4}$", document)
        date = "-".join(reversed(day[0].split("/"))) if day[0].count("/") == 1 else find_date(f"ngày {day[0]}")
        found = registry.province_at(passage, date)
        assert found is not None, (term, passage, document)
        assert found.slug == term, (passage, document)
        read_there += 1
    assert read_there == len(registry.provinces)


WITHOUT_NUMBER = {
    *("BKH&CN", "BGD&ĐT", "STN&MT", "SKH&ĐT", "SKH&CN", "STT&TT"),  # written so in texts; of the form without "&" there is one
    *("SVHTT", "SDTTG", "VPQH", "KBNN", "HĐCP", "BCSCLTW", "BQLKCN"),  # no document of theirs was found
    *("BCĐ", "SL", "LCT", "QT"),  # of no kind: any steering committee; the forms of before 1976
}
"""Symbols of issuers without the number of a real document."""


def test_a_symbol_of_an_issuer_is_read_in_the_number_of_a_real_document(registry):
    graph, read_symbols = read("agencies.ttl"), set()
    for term, example in graph.subject_objects(MG.exampleNumber):
        text, dash, document = str(example).rpartition(" — ")
        assert dash, (term, text)
        assert document, (term, text)
        kind = registry.kinds[term.rpartition("/")[2]]
        here = {code for code in (kind.symbol, *kind.other_symbols) if code and re.search(rf"[/-]{re.escape(code)}(?![\w&])", text)}
        assert here, (term, text)
        number = parse_number(text)
        issuer = issuer_of_symbol(number)
        named = {part.strip() for part in (issuer or "").split(";")} & {ISSUERS[code] for code in here if ISSUERS.get(code)}
        joint = number.issuer_code == "BCA"  # 515/KH-BCA-BNN&MT: of two ministries, told by the first
        assert named or number.issuer_code in here or joint, (term, text, issuer)
        read_symbols |= here
    assert set(ISSUERS) - read_symbols == WITHOUT_NUMBER
