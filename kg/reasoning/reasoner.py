"""A reasoner over the vocabulary and a graph: HermiT where Java is there, else OWL RL, which needs none.

Reads: statements. Gives: whether they are consistent, and what follows for the object properties of the vocabulary.
Literals are left out: the reasoned terms are all about things, and OWL 2 has no xsd:date. It is for samples and tests;
`rules.py` gives the same answers for whole graphs (`docs/decisions/0007-reasoning.md` has the figures).
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.data_files import data_folder
from kg.graph.namespaces import MG_BASE

if TYPE_CHECKING:
    import rdflib

Engine = Literal["HermiT", "OWL RL"]
Statement = tuple[str, str, str]
_OWL, _RDF = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SAID = frozenset({f"{_RDF}type", "http://purl.org/dc/terms/isReplacedBy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """What a reasoner found: ``engine`` tells which ran; ``statements`` is empty where the graph is inconsistent."""

    engine: Engine
    consistent: bool
    statements: frozenset[Statement]


def reason(quads: Iterable[Quad], *, engine: Engine | None = None) -> Reasoned:
    """Reason over the vocabulary, its alignments and the quads.

    Without ``engine``, HermiT runs where a ``java`` command is found, else OWL RL. What was stated is among the statements.
    """
    engine = engine or ("HermiT" if shutil.which("java") else "OWL RL")
    data = _input(quads)
    return _hermit(data) if engine == "HermiT" else _owl_rl(data)


def _input(quads: Iterable[Quad]) -> bytes:
    triples: dict[Triple, None] = {}
    for name in ("mandategraph.ttl", "alignments.ttl"):
        for each in parse(path=str(data_folder("ontology") / name), format=RdfFormat.TURTLE):
            if each.predicate.value != f"{_OWL}imports":
                triples[Triple(each.subject, each.predicate, each.object)] = None
    for quad in quads:
        ours = quad.predicate.value.startswith(MG_BASE) or quad.predicate.value in _SAID
        schema = isinstance(quad.object, NamedNode) and quad.object.value.startswith((_OWL, _RDF))
        if ours and isinstance(quad.object, NamedNode) and not schema:
            triples[Triple(quad.subject, quad.predicate, quad.object)] = None
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _hermit(data: bytes) -> Reasoned:
    import owlready2

    world = owlready2.World()
    try:
        ontology = world.get_ontology(MG_BASE).load(fileobj=BytesIO(data))
        try:
            with ontology, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Reasoned(engine="HermiT", consistent=False, statements=frozenset())
        return Reasoned(engine="HermiT", consistent=True, statements=_ours(world.as_rdflib_graph()))
    finally:
        world.close()


def _owl_rl(data: bytes) -> Reasoned:
    import owlrl  # type: ignore[import-untyped]
    import rdflib

    graph = rdflib.Graph().parse(data=data, format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = list(graph.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")))
    if errors:
        return Reasoned(engine="OWL RL", consistent=False, statements=frozenset())
    return Reasoned(engine="OWL RL", consistent=True, statements=_ours(graph))


def _ours(graph: rdflib.Graph) -> frozenset[Statement]:
    """Give the statements with our properties, those above each property too: HermiT tells the most special one only."""
    from rdflib import RDFS, Literal, URIRef

    above: dict[str, set[str]] = {}
    for sub in set(graph.subjects(RDFS.subPropertyOf)):
        above[str(sub)] = {str(top) for top in graph.transitive_objects(sub, RDFS.subPropertyOf)}
    found: set[Statement] = set()
    for s, p, o in graph:
        if isinstance(s, URIRef) and not isinstance(o, Literal):
            found.update((str(s), said, str(o)) for said in above.get(str(p), {str(p)}) if said.startswith(MG_BASE))
    return frozenset(found)
