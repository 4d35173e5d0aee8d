"""The HTML reference: every term is in it, it loads nothing, and the one in docs/ is up to date."""

import re
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from rdflib import OWL, RDF, RDFS, SKOS, Graph

from kg.data_files import data_folder
from kg.graph.namespaces import MG_BASE
from kg.ontology_reference import main, reference_html

DOCS = Path(__file__).parents[1] / "docs" / "ontology" / "index.html"


def test_every_term_is_in_it_with_its_words_in_both_languages():
    page = reference_html()
    graph = Graph().parse(data_folder("ontology") / "mandategraph.ttl")
    terms = {term for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty) for term in graph.subjects(RDF.type, kind) if str(term).startswith(MG_BASE)}
    assert len(terms) > 140
    for term in terms:
        (article,) = re.findall(rf'<article id="{term.removeprefix(MG_BASE)}">.*?</article>', page, re.DOTALL)
        for said in (RDFS.label, SKOS.definition, SKOS.example):
            for text in graph.objects(term, said):
                assert escape(str(text)) in article, (term, text)


def test_links_lead_to_what_is_on_the_page():
    page = reference_html()
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) > 250
    assert set(targets) <= set(re.findall(r'id="([^"]+)"', page))


def test_it_asks_nothing_of_anybody():
    page = reference_html()
    assert not re.search(r"""\b(?:src|srcset|data|action)=|href="(?!#)|@import|url\((?!#)|<script|<link|<iframe""", page)


def test_the_diagram_is_well_formed_and_has_every_class():
    (svg,) = re.findall(r"<svg.*?</svg>", reference_html(), re.DOTALL)
    boxes = {link.get("href") for link in ET.fromstring(svg).iter("a")}
    graph = Graph().parse(data_folder("ontology") / "mandategraph.ttl")
    assert boxes == {f"#{term.removeprefix(MG_BASE)}" for term in graph.subjects(RDF.type, OWL.Class) if str(term).startswith(MG_BASE)}
    assert "mg:inPlan" in svg
    assert "mg:leadAgency" not in svg  # it leads to agencies and groups alike: no one place to draw it


def test_chains_and_transitive_properties_are_told():
    page = reference_html()
    assert "Transitive</span></dt><dd>✓" in re.search(r'<article id="succeededBy">.*?</article>', page, re.DOTALL)[0]
    assert '(<a href="#leadKind"><code>mg:leadKind</code></a> <a href="#succeededBy">' in page


def test_the_command_writes_the_page_that_docs_hold(tmp_path, capsys):
    assert main([str(tmp_path / "reference")]) == 0
    written = tmp_path / "reference" / "index.html"
    assert str(written) in capsys.readouterr().out
    assert written.read_bytes() == DOCS.read_bytes(), "run: python -m kg.ontology_reference docs/ontology"
