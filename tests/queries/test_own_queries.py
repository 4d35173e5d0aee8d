"""A query of one's own that finds nothing is told why, like a question of the library."""

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.questions import explain_empty_query
from kg.store.embedded import EmbeddedStore

MG = "https://w3id.org/mandategraph/ontology#"
DATA = f"<urn:t> a <{MG}Task> ; <{MG}endYear> 2030 ."
HEAD = f"PREFIX mg: <{MG}> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "


@pytest.fixture(scope="module")
def store():
    inner = ox.Store()
    inner.load(DATA.encode(), format=ox.RdfFormat.TURTLE)
    return EmbeddedStore(inner)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?t { ?t a mg:Tassk }", "mg:Tassk; nearest: mg:Task"),
        ("SELECT ?t { ?t a mg:Task ; mg:leadAgncy ?a }", "mg:leadAgncy; nearest: mg:leadAgency"),
        ("SELECT ?t { ?t a mg:Task ; mg:product ?p }", "the graph has no «product» (mg:product)"),
        ("SELECT ?t { ?t foaf:name ?n }", "the graph has no http://xmlns.com/foaf/0.1/name"),
        ("SELECT ?t { ?t mg:endYear ?y . FILTER (?y > 2100) }", "no case meets the conditions"),
        ("SELECT ?t { GRAPH ?g { ?t a mg:Zzzzzzzz } }", "there is no term mg:Zzzzzzzz."),
    ],
)
def test_the_reason_is_said(store, query, said):
    assert not store.select(HEAD + query).rows
    assert said in explain_empty_query(HEAD + query, store).en


def test_the_command_says_it(tmp_path, capsys, store):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "graph.nq").write_text(f"<urn:t> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{MG}Task> <urn:g> .\n", "utf-8")
    (tmp_path / "own.rq").write_text(HEAD + "SELECT ?t { ?t a mg:Duti }", "utf-8")
    assert main(["query", "--file", str(tmp_path / "own.rq"), "--build", str(tmp_path / "build")]) == 0
    assert "gần nhất: mg:Duty" in capsys.readouterr().out
