"""The files of ontology/: well-formed, complete in two languages, and good for reasoners and validators."""

import csv
import re
import unicodedata
from io import BytesIO

import owlready2
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VOID

from kg.data_files import data_folder
from kg.graph import namespaces
from kg.normalise import key
from kg.reasoning.profile import check_profile

FOLDER = data_folder("ontology")
FILES = sorted(path.name for path in FOLDER.glob("*.ttl"))
REGISTRIES = ["agencies.ttl", "provinces.ttl", "document-types.ttl", "roles.ttl", "funding.ttl", "recurrence.ttl", "status.ttl"]
DATA = [*REGISTRIES, "regional-offices.ttl", "events.ttl"]
MG = rdflib.Namespace(namespaces.MG_BASE)


def read(*names):
    graph = rdflib.Graph()
    for name in names:
        graph.parse(FOLDER / name)
    return graph


@pytest.fixture(scope="module")
def vocabulary():
    return read("mandategraph.ttl")


@pytest.fixture(scope="module")
def shapes():
    return read("shapes.ttl")


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_nfc_with_plain_line_ends_and_no_invisible_characters(name):
    text = (FOLDER / name).read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\r\t\u00a0\u00ad\u200b-\u200d\u2060\ufeff]", text)


def test_every_term_of_the_graph_is_declared(vocabulary):
    used = {value.value for name, value in vars(namespaces.MG).items() if not name.startswith("_")}
    declared = {str(term) for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty) for term in vocabulary.subjects(RDF.type, kind)}
    assert used
    assert used - declared == set()


@pytest.mark.parametrize("name", [name for name in FILES if name != "mandategraph.ttl"])
def test_every_own_term_in_a_file_is_declared(vocabulary, name):
    used = {term for triple in read(name) for term in triple if isinstance(term, rdflib.URIRef) and term.startswith(MG)}
    assert {term for term in used if (term, RDF.type, None) not in vocabulary} == set()


def test_every_term_has_label_definition_and_example_in_both_languages(vocabulary):
    terms = {term for term in vocabulary.subjects(RDF.type) if str(term).startswith(MG)}
    assert len(terms) > 100
    for term in terms:
        for said in (RDFS.label, SKOS.definition, SKOS.example):
            assert sorted(text.language for text in vocabulary.objects(term, said)) == ["en", "vi"], (term, said)


def test_no_term_is_class_and_property_and_individual_at_once(vocabulary):
    kinds = {term: set(vocabulary.objects(term, RDF.type)) - {OWL.TransitiveProperty} for term in vocabulary.subjects(RDF.type) if str(term).startswith(MG)}
    assert {term for term, types in kinds.items() if len(types) != 1} == set()


def test_the_vocabulary_says_its_version_and_licence(vocabulary):
    (ontology,) = vocabulary.subjects(RDF.type, OWL.Ontology)
    version = vocabulary.value(ontology, OWL.versionIRI)
    assert str(version) == f"{ontology}/{vocabulary.value(ontology, OWL.versionInfo)}"
    assert (ontology, rdflib.DCTERMS.license, None) in vocabulary
    assert f"## {vocabulary.value(ontology, OWL.versionInfo)}\n" in (FOLDER / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["mandategraph", "alignments"])
def test_the_prior_version_is_kept_and_nothing_was_taken_from_it(name):
    new = read(f"{name}.ttl")
    (ontology,) = new.subjects(RDF.type, OWL.Ontology)
    version = str(new.value(ontology, OWL.priorVersion)).rpartition("/")[2]
    assert version != str(new.value(ontology, OWL.versionInfo))
    old = read(f"versions/{name}-{version}.ttl")
    declared = {(term, kind) for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty) for term in old.subjects(RDF.type, kind)}
    assert declared
    assert {fact for fact in declared if (fact[0], RDF.type, fact[1]) not in new} == set()


def test_vocabulary_and_alignments_are_owl_2_dl():
    assert check_profile([FOLDER / "mandategraph.ttl", FOLDER / "alignments.ttl"]) == ()


def test_the_registries_are_owl_2_dl_but_for_their_days():
    files = [FOLDER / name for name in FILES if name != "shapes.ttl"]
    assert check_profile(files, allowed_datatypes=frozenset({str(rdflib.XSD.date)})) == ()
    assert {problem.term.removeprefix(str(MG)) for problem in check_profile(files)} == {"cityFrom", "date", "validFrom", "validTo"}


NOT_DL = [
    ("mg:Agency a owl:Class, owl:ObjectProperty .", "a class and as a property"),
    ("mg:leads a owl:ObjectProperty, owl:DatatypeProperty .", "several kinds of property"),
    ("mg:so-tai-chinh a mg:Department .", "used as a class and not declared"),
    ("mg:Agency a owl:Class . mg:SoTaiChinh a owl:Class, mg:Agency .", "an individual of a class, too"),
    ("mg:hung-yen mg:leads mg:task .", "used as a property and not declared"),
    ('mg:leads a owl:ObjectProperty . mg:so-tai-chinh mg:leads "lập dự toán" .', "an object property with a literal"),
    ("mg:code a owl:DatatypeProperty . mg:hung-yen mg:code mg:thirty-three .", "a datatype property with an address"),
    ('mg:from a owl:DatatypeProperty . mg:so-tai-chinh mg:from "2025-03-01"^^xsd:date .', "OWL 2 does not have"),
    ("mg:from a owl:DatatypeProperty ; rdfs:range xsd:date .", "a range that OWL 2 does not have"),
    ("mg:Agency a owl:Class ; rdfs:subClassOf mg:Organisation .", "not declared as a class"),
    ("mg:leads a owl:ObjectProperty ; rdfs:subPropertyOf rdfs:label .", "not declared as the same kind"),
    ("mg:leads a owl:ObjectProperty ; rdfs:domain mg:Agency .", "no declared class"),
    ("mg:leads a owl:ObjectProperty ; owl:propertyChainAxiom ( mg:leads mg:partOf ) .", "in a list of owl:propertyChainAxiom"),
    ("mg:a a owl:ObjectProperty ; rdfs:subPropertyOf mg:b . mg:b a owl:ObjectProperty ; owl:propertyChainAxiom ( mg:c mg:c ) . mg:c a owl:ObjectProperty ; rdfs:subPropertyOf mg:a .", None),
    ("mg:a a owl:ObjectProperty ; owl:propertyChainAxiom ( mg:b mg:b ) . mg:b a owl:ObjectProperty ; owl:propertyChainAxiom ( mg:a mg:a ) .", "form a cycle"),
    ("mg:follows a owl:ObjectProperty, owl:TransitiveProperty, owl:IrreflexiveProperty .", "only a simple property"),
    ("[] rdfs:comment 'không tên'@vi .", "a blank node"),
    ("owl:Thing a owl:Class .", "a word of the language itself"),
    ("mg:Agency a owl:Class ; owl:hasKey ( mg:code ) .", "not among the constructs"),
]


@pytest.mark.parametrize(("text", "says"), NOT_DL)
def test_the_profile_check_finds_what_owl_2_dl_forbids(tmp_path, text, says):
    prefixes = {"mg": MG, "owl": OWL, "rdfs": RDFS, "xsd": rdflib.XSD}
    path = tmp_path / "bad.ttl"
    path.write_text("".join(f"@prefix {name}: <{home}> .\n" for name, home in prefixes.items()) + text, "utf-8")
    reasons = [problem.reason for problem in check_profile([path])]
    if says is None:
        assert reasons == []
    else:
        assert any(says in reason for reason in reasons), reasons


CLOSED = {str(home): home for home in (ORG, PROV, SKOS, DCTERMS, DCAT, VOID, SDO, TIME)}
LISTED = {"cv": "http://data.europa.eu/m8g/", "eli": "http://data.europa.eu/eli/ontology#", "oa": "http://www.w3.org/ns/oa#", "p-plan": "http://purl.org/net/p-plan#"}


def external_terms():
    with (FOLDER / "external-terms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {LISTED[row["term"].partition(":")[0]] + row["term"].partition(":")[2]: row for row in rows}


def test_every_external_term_is_in_the_real_vocabulary():
    listed, used = external_terms(), set()
    for name in FILES:
        used |= {str(term) for triple in read(name) for term in triple if isinstance(term, rdflib.URIRef)}
    for value in (value for space in vars(namespaces).values() if isinstance(space, type) for value in vars(space).values()):
        used.add(getattr(value, "value", ""))
    missing, seen = [], set()
    for term in used:
        for home, closed in CLOSED.items():
            if term.startswith(home) and term != home:
                seen.add(home)
                if term not in closed:
                    missing.append(term)
        for home in LISTED.values():
            if term.startswith(home):
                seen.add(home)
                if term not in listed:
                    missing.append(term)
    assert missing == []
    assert seen == {*CLOSED, *LISTED.values()}


def test_the_list_of_external_terms_has_a_source_for_each_and_none_that_is_unused():
    alignments = read("alignments.ttl")
    used = {str(term) for triple in alignments for term in triple}
    for term, row in external_terms().items():
        assert term in used
        assert row["kind"] in {"class", "property"}
        assert row["source"]
        assert row["checked"]


def test_nothing_is_the_same_across_a_reform():
    for name in FILES:
        assert not list(read(name).subject_objects(OWL.sameAs)), name


def test_owlready2_reads_the_vocabulary_with_its_alignments():
    data = read("mandategraph.ttl", "alignments.ttl")
    data.remove((None, OWL.imports, None))
    world = owlready2.World()
    ontology = world.get_ontology("https://w3id.org/mandategraph/ontology#").load(fileobj=BytesIO(data.serialize(format="nt", encoding="utf-8")))
    assert world["https://w3id.org/mandategraph/ontology#OpenGroup"].is_a == [world["https://w3id.org/mandategraph/ontology#AgencyGroup"]]
    assert len(list(ontology.object_properties())) > 30
    world.close()


@pytest.mark.parametrize("name", REGISTRIES)
def test_every_concept_is_labelled_in_both_languages_and_in_a_scheme(name):
    graph = read(name)
    concepts = set(graph.subjects(SKOS.inScheme))
    assert concepts
    for concept in concepts:
        assert sorted(label.language for label in graph.objects(concept, SKOS.prefLabel)) == ["en", "vi"], concept
        assert (graph.value(concept, SKOS.inScheme), RDF.type, SKOS.ConceptScheme) in graph
        assert str(graph.value(concept, MG.verification)) in {"V", "S", "K"}


@pytest.mark.parametrize("name", ["agencies.ttl", "document-types.ttl", "roles.ttl", "funding.ttl", "recurrence.ttl", "status.ttl"])
def test_a_label_names_one_concept_of_its_scheme(name):
    graph = read(name)
    owner = {}
    for said in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for concept, label in graph.subject_objects(said):
            if label.language == "vi":
                assert key(label) not in owner, (label, concept, owner[key(label)])
                owner[key(label)] = concept


def test_every_link_leads_to_a_term():
    graph = read(*DATA)
    for said in (rdflib.DCTERMS.isReplacedBy, SKOS.broader, MG.answersTo, MG.kind, MG.covers, MG.seat, MG.originalKind, MG.resultingKind, MG.originalProvince, MG.resultingProvince):
        links = list(graph.subject_objects(said))
        assert links, said
        assert {target for _, target in links if (target, RDF.type, None) not in graph} == set()


def test_every_merger_of_provinces_is_an_event():
    graph = read("provinces.ttl", "events.ttl")
    merged = set(graph.subject_objects(rdflib.DCTERMS.isReplacedBy))
    told = {(old, new) for event in graph.subjects(MG.originalProvince) for old in graph.objects(event, MG.originalProvince) for new in graph.objects(event, MG.resultingProvince)}
    assert len(merged) == 54
    assert merged - told == set()


def test_a_regional_office_covers_provinces_of_its_own_era():
    graph = read("provinces.ttl", "regional-offices.ttl")
    for office, province in graph.subject_objects(MG.covers):
        end = graph.value(province, MG.validTo)
        assert end is None or str(graph.value(office, MG.validFrom)) <= str(end), (office, province)


def test_shapes_have_messages_in_both_languages_and_a_severity(shapes):
    parts = set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.objects(None, SH.sparql))
    parts |= {part for shape in shapes.subjects(RDF.type, SH.NodeShape) for part in shapes.objects(shape, SH.property)}
    assert len(parts) > 60
    for part in parts:
        assert sorted(text.language for text in shapes.objects(part, SH.message)) == ["en", "vi"], part
        assert shapes.value(part, SH.severity) in {SH.Violation, SH.Warning}


def test_the_registries_hold_to_the_shapes(shapes):
    conforms, _, report = pyshacl.validate(read(*DATA), shacl_graph=shapes, ont_graph=read("mandategraph.ttl"), inference="none", meta_shacl=True)
    assert conforms, report


GOOD = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix mg: <https://w3id.org/mandategraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix e: <https://example.org/> .
@prefix role: <https://w3id.org/mandategraph/role/> . @prefix status: <https://w3id.org/mandategraph/status/> .
e:plan a mg:Document, mg:ProvincialPlan ; dcterms:title "Kế hoạch thực hiện kinh tế tuần hoàn"@vi ; mg:province e:lai-chau .
e:lai-chau a mg:Province .
e:task a mg:Task ; rdfs:label "Xây dựng chuyên mục"@vi ; mg:inPlan e:plan ; mg:startYear 2025 ; mg:endYear 2035 ; mg:evidence e:quote .
e:charge a mg:Assignment ; mg:forTask e:task ; mg:agent e:sct ; mg:role role:lead ; mg:confidence 0.9 ;
    mg:reviewStatus status:unreviewed ; mg:evidence e:quote .
e:task mg:leadAgency e:sct .
e:sct a mg:Agency ; rdfs:label "Sở Công Thương"@vi ; mg:inProvince e:lai-chau .
e:all a mg:AgencyGroup ; rdfs:label "các sở, ban, ngành"@vi .
e:quote a oa:SpecificResource ; oa:hasSource e:text ; oa:hasSelector e:place .
e:place a oa:TextQuoteSelector, oa:TextPositionSelector ; oa:exact "Xây dựng" ; oa:start 10 ; oa:end 18 .
"""
PROVINCE = """<https://example.org/lai-chau> a <https://w3id.org/mandategraph/ontology#Province> ;
  <http://www.w3.org/2004/02/skos/core#prefLabel> "Lai Châu"@vi, "Lai Chau"@en ;
  <https://w3id.org/mandategraph/ontology#code> "12" ; <https://w3id.org/mandategraph/ontology#provinceType> "tỉnh" ;
  <https://w3id.org/mandategraph/ontology#verification> "V" ."""

BAD = [
    ("mg:inPlan e:plan ; mg:startYear", "mg:startYear", "đúng một văn bản"),
    ("mg:inPlan e:plan ;", "mg:inPlan e:plan, e:other ;", "đúng một văn bản"),
    ('rdfs:label "Xây dựng chuyên mục"@vi ;', "", "Phải có nhãn"),
    ("mg:startYear 2025", "mg:startYear 2036", "không sau năm kết thúc"),
    ("mg:confidence 0.9", "mg:confidence 1.5", "từ 0 đến 1"),
    ("mg:agent e:sct ;", "mg:agent e:sct, e:all ;", "đúng một cơ quan"),
    ("mg:agent e:sct ;", "mg:agent e:plan ;", "đúng một cơ quan"),
    ("mg:role role:lead ;", "mg:role role:lead, role:partner ;", "đúng một vai trò"),
    ("mg:reviewStatus status:unreviewed ; mg:evidence e:quote .", "mg:reviewStatus status:unreviewed .", "ít nhất một chứng cứ"),
    ("oa:hasSource e:text ;", "", "đúng một văn bản"),
    ("oa:start 10 ; oa:end 18", "oa:start 18 ; oa:end 10", "trước vị trí cuối"),
    ("oa:end 18", "oa:end 19", "dài khác khoảng cách"),
    ("; mg:inProvince e:lai-chau", "", "thuộc trung ương"),
    ("e:all a mg:AgencyGroup", "e:all a mg:AgencyGroup, mg:Agency", "không phải là một cơ quan"),
    ('dcterms:title "Kế hoạch thực hiện kinh tế tuần hoàn"@vi ;', "", "số hoặc tiêu đề"),
    ("mg:leadAgency e:sct", "mg:leadAgency e:all", "không có phân công tương ứng"),
]


def validate(text, shapes):
    data = rdflib.Graph().parse(data=text, format="turtle").parse(data=PROVINCE, format="turtle")
    return pyshacl.validate(data, shacl_graph=shapes, ont_graph=read("mandategraph.ttl"), inference="none")


def test_a_good_graph_conforms(shapes):
    conforms, _, report = validate(GOOD, shapes)
    assert conforms, report


@pytest.mark.parametrize(("right", "wrong", "says"), BAD)
def test_a_bad_graph_is_refused_with_its_reason(shapes, right, wrong, says):
    assert GOOD.count(right) == 1
    conforms, _, report = validate(GOOD.replace(right, wrong), shapes)
    assert not conforms
    assert says in report
