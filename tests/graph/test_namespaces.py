from __future__ import annotations

from pyoxigraph import NamedNode

from kg.data_files import data_folder
from kg.graph.namespaces import MG, MG_BASE
from kg.graph.vocabulary import load_vocabulary


def test_every_term_of_ours_is_defined_in_the_ontology():
    defined = {quad.subject for quad in load_vocabulary()}
    ours = {term for term in vars(MG).values() if isinstance(term, NamedNode)}
    assert sorted(term.value for term in ours - defined) == []
    assert all(term.value.startswith(MG_BASE) for term in ours)


def test_a_constant_has_the_name_of_its_term():
    assert {name: term.value for name, term in vars(MG).items() if isinstance(term, NamedNode)} == {
        name: MG_BASE + name for name, term in vars(MG).items() if isinstance(term, NamedNode)
    }


def test_vocabulary_has_no_blank_nodes_and_no_shapes():
    quads = load_vocabulary()
    assert {type(quad.subject) for quad in quads} == {NamedNode}
    assert not [quad for quad in quads if "/shape/" in quad.subject.value]
    assert len(list(data_folder("ontology").glob("*.ttl"))) > 5
