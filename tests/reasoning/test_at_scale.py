"""What a build infers is what the rules infer; what a document's date contradicts is told with its place."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks.synthetic import generate
from kg.building.graph_files import ENTAILED_FILE
from kg.building.pipeline import build
from kg.extraction import extract
from kg.graph.documents import own_province
from kg.graph.namespaces import MG_BASE
from kg.reading import read
from kg.reasoning.contradictions import find_contradictions
from kg.reasoning.doubts import class_doubts, date_doubts
from kg.reasoning.rules import ENTAILED, RULES, entail
from kg.resolution.registry import load_registry

CORPUS = Path(__file__).parents[2] / "corpus"
REASON = MG_BASE + "reason"


@pytest.fixture(scope="module", params=["corpus", "synthetic"])
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    source = CORPUS
    if request.param == "synthetic":
        source = folder / "text"
        source.mkdir()
        for index in range(12):
            (source / f"{index}.txt").write_text(generate(7, index)[0], encoding="utf-8")
    build([source], folder / "build")
    return folder / "build"


def graph_of(folder):
    store = ox.Store()
    store.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    return store


def entailed_of(folder):
    lines = list(ox.parse(path=str(folder / ENTAILED_FILE), format=ox.RdfFormat.N_QUADS))
    return [quad for quad in lines if quad.predicate.value != REASON], [quad for quad in lines if quad.predicate.value == REASON]


def test_a_build_infers_what_the_rules_infer(built):
    by_rule = entail(graph_of(built))
    stated, _ = entailed_of(built)
    assert len(stated) == len(set(stated))
    for rule in RULES:
        own = {quad for quad in stated if quad.predicate.value == MG_BASE + rule.term}
        assert own == set(by_rule[rule.term]), rule.term
    assert {quad.predicate.value.removeprefix(MG_BASE) for quad in stated} <= {rule.term for rule in RULES}


def test_what_is_inferred_stands_apart_with_its_reason(built):
    stated, reasons = entailed_of(built)
    assert {quad.graph_name for quad in (*stated, *reasons)} == {ENTAILED}
    assert {quad.subject.value for quad in reasons} == {MG_BASE + rule.term for rule in RULES}
    assert {quad.object.language for quad in reasons} == {"vi", "en"}
    assert not set(stated) & set(graph_of(built))


def test_the_report_tells_which_reasoner_ran_and_what_it_gave(built):
    report = json.loads((built / "report.json").read_text("utf-8"))["reasoning"]
    stated, _ = entailed_of(built)
    assert report["reasoner"] == json.loads((built / "run.json").read_text("utf-8"))["reasoner"] == "rules"
    assert sum(report["entailed"].values()) == len(stated)
    text = (built / "report.md").read_text("utf-8")
    assert "## Suy luận · Reasoning" in text
    assert all(f"`mg:{rule.term}`" in text for rule in RULES)


def test_the_doubts_of_a_build_are_the_contradictions_of_its_graph(built):
    found = find_contradictions(graph_of(built))
    told = [finding["code"] for file in json.loads((built / "report.json").read_text("utf-8"))["files"] for finding in file["findings"]]
    for code in ("disjoint-classes", "acts-after-its-end", "plan-after-its-province", "acts-before-its-beginning", "work-outlives-its-lead"):
        assert (code in told) == any(each.code == code for each in found), code


@pytest.fixture(scope="module")
def lai_chau():
    return next(extraction for path in sorted(CORPUS.glob("*.txt")) if (extraction := extract(read(path))).header.province == "Lai Châu")


@pytest.mark.parametrize(
    ("date", "codes"),
    [
        ("2025-02", {"work-outlives-its-lead"}),
        ("2025", {"work-outlives-its-lead"}),  # a year leaves both names possible
        ("2025-04", {"acts-after-its-end", "work-outlives-its-lead"}),
        ("2000-01-01", {"acts-before-its-beginning", "work-outlives-its-lead"}),
        (None, {"work-outlives-its-lead"}),
    ],
)
def test_a_lead_out_of_its_time_is_told_with_its_place(lai_chau, date, codes):
    moved = replace(lai_chau, header=replace(lai_chau.header, date=date))
    found = date_doubts(moved, own_province(lai_chau, load_registry()))
    assert {each.code for each in found} == codes
    text = lai_chau.document.text
    for each in found:
        assert each.span is not None
        assert text[slice(*each.span)]
        assert each.severity == ("warning" if each.code == "acts-after-its-end" else "note")
    if "acts-after-its-end" in codes:
        late = [each for each in found if each.code == "acts-after-its-end"]
        assert any("Sở Tài nguyên và Môi trường chỉ tồn tại đến hết 28/02/2025, văn bản ghi tháng 4/2025" in each.vi for each in late)


def test_a_plan_after_its_province_is_a_warning(lai_chau):
    late = replace(lai_chau, header=replace(lai_chau.header, date="2025-07-02"))
    found = [each for each in date_doubts(late, load_registry().provinces["hoa-binh"]) if each.code == "plan-after-its-province"]
    assert [(each.severity, each.vi) for each in found] == [("warning", "Hòa Bình chỉ tồn tại đến hết 30/6/2025, văn bản ghi 02/7/2025")]


@pytest.mark.parametrize(
    ("statement", "classes"),
    [
        ("<urn:x/a> a mg:Agency, mg:AgencyGroup .", "mg:Agency và mg:AgencyGroup"),
        ("<urn:x/a> a mg:OpenGroup, mg:Agency .", "mg:Agency vừa là mg:AgencyGroup"),
        ("<urn:x/a> mg:inGroup <urn:x/b> . <urn:x/b> a mg:Document .", "mg:Document vừa là mg:TaskGroup"),
        ("<urn:x/a> a mg:Task ; mg:inGroup <urn:x/b> . <urn:x/b> a mg:TaskGroup .", None),
        ("<urn:x/a> a mg:OpenGroup, mg:AgencyGroup .", None),
    ],
)
def test_a_thing_of_two_classes_that_exclude_each_other_is_an_error(statement, classes):
    quads = [ox.Quad(each.subject, each.predicate, each.object) for each in ox.parse(f"@prefix mg: <{MG_BASE}> . {statement}".encode(), format=ox.RdfFormat.TURTLE)]
    found = class_doubts("urn:x", quads)
    assert [each.severity for each in found] == ([] if classes is None else ["error"])
    if classes:
        assert classes.replace(" và ", " vừa là ") in found[0].vi
