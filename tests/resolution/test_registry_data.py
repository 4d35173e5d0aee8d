"""The data of the registry of agencies: every entry is proved by a passage, a source or a reason, and agrees with the events."""

import datetime as dt
import re

import pytest
import rdflib
from rdflib.namespace import DCTERMS, SKOS

from kg.data_files import data_folder
from kg.extraction.agencies import read_list
from kg.records import Passage, Run, Span
from kg.resolution.registry import load_registry

MG = rdflib.Namespace("https://w3id.org/mandategraph/ontology#")
KIND = "https://w3id.org/mandategraph/kind/"
READ_AS_ANOTHER = {
    "Lãnh đạo UBND tỉnh": "its leaders are read as the body",
}
"""Names of bodies that the matcher reads as another kind, and why."""


@pytest.fixture(scope="module")
def registry():
    return load_registry()


@pytest.fixture(scope="module")
def graph():
    return rdflib.Graph().parse(data_folder("ontology") / "agencies.ttl")


def kinds_in(text):
    """Give the kinds that the matcher finds, in a list that opens a sentence and in a cell."""
    passage = Passage(text=text, spans=(Span(0, len(text)),), runs=(Run(0, 0, len(text)),))
    return {mention.kind for whole in (False, True) for mention in read_list(passage, whole=whole).mentions}


def examples(graph):
    """Give (slug, passage, document) of every example."""
    for kind, text in graph.subject_objects(SKOS.example):
        passage, dash, document = str(text).rpartition(" — ")
        assert dash, text
        yield str(kind).removeprefix(KIND), passage, document


def test_the_matcher_finds_the_kind_of_every_example(graph):
    found = list(examples(graph))
    assert len(found) > 250
    assert [(slug, passage) for slug, passage, _ in found if slug not in kinds_in(passage)] == []


WITHOUT_EXAMPLE = {"hai-quan-cua-khau", "phong-giao-dich-kho-bac-nha-nuoc", "uy-ban-nhan-dan-thanh-pho-thuoc-tinh"}
"""Kinds that a decision names or successions need, and of which no document with the bare name is at hand; each says so in its note."""


def test_every_kind_has_a_source_and_an_example_or_says_why_not(registry, graph):
    for slug in registry.kinds:
        kind = rdflib.URIRef(KIND + slug)
        assert graph.value(kind, DCTERMS.source), slug
        assert (graph.value(kind, SKOS.example) is None) == (slug in WITHOUT_EXAMPLE), slug
    for slug in WITHOUT_EXAMPLE:
        assert any("example" in str(note) or "No document" in str(note) for note in graph.objects(rdflib.URIRef(KIND + slug), SKOS.editorialNote))


def test_an_example_of_a_plan_stands_in_it_word_for_word(graph, plans):
    quoted = [(passage, document) for _, passage, document in examples(graph) if document in plans]
    assert len(quoted) > 50
    assert [passage for passage, document in quoted if passage not in plans[document]] == []


def test_every_name_of_a_body_is_read_as_that_body(registry):
    wrong = []
    for kind in registry.kinds.values():
        if kind.form == "body":
            labels = [label for label in (kind.name, *kind.alt, *kind.hidden) if label not in READ_AS_ANOTHER]
            wrong += [(kind.slug, label) for label in labels if kind.slug not in kinds_in(label[0].upper() + label[1:])]
    assert wrong == []


@pytest.mark.parametrize("label", sorted(READ_AS_ANOTHER))
def test_a_declared_exception_is_still_one(registry, label):
    kind = registry.kind_named(label)
    assert kind is not None
    assert kind.slug not in kinds_in(label)


def test_a_group_is_read_as_itself_or_as_the_groups_of_its_words(registry):
    groups = [kind for kind in registry.kinds.values() if kind.form != "body"]
    unread = [kind.slug for kind in groups if kinds_in(kind.name[0].upper() + kind.name[1:]) <= {None}]
    assert len(groups) > 120
    assert unread == []


def test_what_is_verified_has_a_source_and_what_is_not_says_why(graph):
    for kind, level in graph.subject_objects(MG.verification):
        said = DCTERMS.source if str(level) in {"V", "S"} else SKOS.editorialNote
        assert graph.value(kind, said), (kind, level)


def test_read_in_a_plan_names_the_plan(graph, plans):
    for kind in graph.subjects(MG.verification, rdflib.Literal("S")):
        assert str(graph.value(kind, DCTERMS.source)) in plans, kind


def test_an_ended_kind_has_a_successor_or_says_that_none_is_known(registry, graph):
    for slug, kind in registry.kinds.items():
        notes = {str(note) for note in graph.objects(rdflib.URIRef(KIND + slug), SKOS.editorialNote)}
        none = "No successor is known." in notes
        assert none == (kind.valid_to is not None and not kind.successors), slug


def test_a_kind_ends_on_the_eve_of_the_event_or_says_that_its_day_is_not_known(registry, graph):
    vague = re.compile(r"not looked up")
    checked = 0
    for event in registry.events:
        eve = (dt.date.fromisoformat(event.date) - dt.timedelta(1)).isoformat()
        for slug in set(event.original_kinds) - set(event.resulting_kinds):
            notes = " ".join(str(note) for note in graph.objects(rdflib.URIRef(KIND + slug), SKOS.editorialNote))
            end, known = registry.kinds[slug].valid_to, registry.kinds[slug].known_to
            assert end == eve or (end and end >= eve and (known != end or vague.search(notes))), (event.slug, slug, end)
            checked += end == eve
    assert checked > 100


def test_what_an_event_brings_in_exists_then(registry):
    for event in registry.events:
        for slug in event.resulting_kinds:
            assert registry.kinds[slug].exists_at(event.date), (event.slug, slug)


def test_an_event_has_a_source_or_says_that_none_was_found():
    graph = rdflib.Graph().parse(data_folder("ontology") / "events.ttl")
    events = set(graph.subjects(MG.date))
    assert len(events) > 170
    for event in events:
        if str(graph.value(event, MG.verification)) == "V":
            assert graph.value(event, DCTERMS.source) or graph.value(event, SKOS.editorialNote), event
        else:
            assert graph.value(event, SKOS.editorialNote), event


@pytest.mark.parametrize("line", ["answers_to", "broader"])
def test_lines_and_broader_kinds_have_an_end(registry, line):
    for slug in registry.kinds:
        seen = {slug}
        above = getattr(registry.kinds[slug], line)
        while above is not None:
            assert above not in seen, (slug, above)
            seen.add(above)
            above = getattr(registry.kinds[above], line)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ủy ban Quản lý vốn nhà nước tại doanh nghiệp", "uy-ban-quan-ly-von-nha-nuoc-tai-doanh-nghiep"),
        ("Đảng ủy Chính phủ", "dang-uy-chinh-phu"),
        ("Đảng ủy MTTQ, các đoàn thể Trung ương", "dang-uy-mat-tran-to-quoc-cac-doan-the-trung-uong"),
        ("TTr. HĐND tỉnh", None),
        ("Cục Quản lý đê điều và PCTT", "cuc-quan-ly-de-dieu-va-phong-chong-thien-tai"),
        ("Ban Chỉ huy PTKV", "ban-chi-huy-phong-thu-khu-vuc"),
        ("TAND cấp huyện", "toa-an-nhan-dan-huyen"),
        ("Phòng GD&ĐT", "phong-giao-duc-va-dao-tao"),
        ("Chi cục Văn thư, Lưu trữ", "chi-cuc-van-thu-luu-tru"),
        ("Vườn quốc gia", "vuon-quoc-gia"),
        ("Ngân hàng Nông nghiệp và PTNT", "ngan-hang-nong-nghiep-va-phat-trien-nong-thon-chi-nhanh-tinh"),
        ("Ủy ban Tài chính - Ngân sách", "uy-ban-tai-chinh-ngan-sach-cua-quoc-hoi"),
        ("Ủy ban", None),
        ("Đội", None),
        ("Cục", None),
    ],
)
def test_bodies_of_every_level_and_era(registry, text, slug):
    kind = registry.kind_named(text)
    assert (kind and kind.slug) == slug


@pytest.mark.parametrize("slug", ["tong-cuc-hai-quan-2025-03-01", "tong-cuc-thong-ke-2025-03-01", "tong-cuc-thue-2025-03-01"])
def test_the_finance_ministrys_own_offices_change_by_its_decree(slug):
    (event,) = [event for event in load_registry().events if event.slug == slug]
    assert event.basis.startswith("Nghị định 29/2025/NĐ-CP")
