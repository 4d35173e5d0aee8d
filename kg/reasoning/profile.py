"""Whether Turtle files keep to OWL 2 DL: a small check that needs no Java.

Checked: every term is declared, once, as one kind of thing; literals stand where data properties are and nowhere else;
axioms join terms of one kind; datatypes are of the OWL 2 map; properties form a hierarchy without a cycle (which covers the
regularity of chains); what is transitive or a chain is in no axiom that needs a simple property; blank nodes are class
expressions, axioms or lists. Not checked: OWL constructs that the vocabulary does not use; such a term is refused by name.
Source: https://www.w3.org/TR/owl2-syntax/ sections 3, 5.8 and 11.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from pyoxigraph import BlankNode, Literal, RdfFormat, parse

_RDF, _RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
_OWL, _XSD = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2001/XMLSchema#"
_TYPE, _FIRST, _REST, _NIL = f"{_RDF}type", f"{_RDF}first", f"{_RDF}rest", f"{_RDF}nil"
_KINDS = {f"{_OWL}{name}" for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
_PROPERTY_KINDS = _KINDS - {f"{_OWL}Class"}
_AXIOM_TYPES = {f"{_OWL}{name}" for name in ("Ontology", "AllDisjointClasses", "TransitiveProperty")}
_BUILT_IN_ANNOTATIONS = {
    *(f"{_RDFS}{name}" for name in ("label", "comment", "seeAlso", "isDefinedBy")),
    *(f"{_OWL}{name}" for name in ("versionInfo", "versionIRI", "priorVersion", "backwardCompatibleWith", "imports")),
}
_DATATYPES = {
    f"{_RDF}langString", f"{_RDFS}Literal",
    *(f"{_XSD}{name}" for name in ("string", "boolean", "integer", "decimal", "nonNegativeInteger", "dateTime", "anyURI", "double")),
}  # fmt: skip
_SIMPLE_ONLY = {
    f"{_OWL}{name}"
    for name in ("FunctionalProperty", "InverseFunctionalProperty", "IrreflexiveProperty", "AsymmetricProperty", "propertyDisjointWith", "onProperty")
}

Facts = list[tuple[str, str, object]]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A statement that OWL 2 DL does not allow: the term, and what is wrong."""

    term: str
    reason: str


def check_profile(paths: Iterable[Path], *, allowed_datatypes: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
    """Give what breaks OWL 2 DL in the files taken together, sorted; () for a sound ontology.

    ``allowed_datatypes`` are IRIs that are let through though OWL 2 has none such, as xsd:date.
    """
    facts: Facts = []
    for path in paths:
        for triple in parse(path=str(path), format=RdfFormat.TURTLE):
            subject = f"_:{path.name}{triple.subject.value}" if isinstance(triple.subject, BlankNode) else str(getattr(triple.subject, "value", ""))
            value: object = triple.object
            if isinstance(value, BlankNode):
                value = f"_:{path.name}{value.value}"
            elif not isinstance(value, Literal):
                value = str(getattr(value, "value", ""))
            facts.append((subject, triple.predicate.value, value))
    kinds = _declared(facts)
    found = {*_one_kind(kinds), *_used_rightly(facts, kinds), *_datatypes(facts, allowed_datatypes), *_axioms(facts, kinds), *_global(facts), *_blank_nodes(facts)}
    return tuple(sorted(found))


def _declared(facts: Facts) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in facts:
        if predicate == _TYPE and isinstance(value, str) and value in _KINDS and not subject.startswith("_:"):
            kinds[subject].add(value)
    return kinds


def _one_kind(kinds: dict[str, set[str]]) -> Iterator[Problem]:
    for term, given in kinds.items():
        if len(given & _PROPERTY_KINDS) > 1:
            yield Problem(term, "declared as several kinds of property")
        if f"{_OWL}Class" in given and len(given) > 1:
            yield Problem(term, "declared as a class and as a property; legal punning, but never meant here")
        if term.startswith((_OWL, _RDF, _RDFS, _XSD)):
            yield Problem(term, "a word of the language itself is declared")


def _used_rightly(facts: Facts, kinds: dict[str, set[str]]) -> Iterator[Problem]:
    for subject, predicate, value in facts:
        if predicate == _TYPE:
            if not isinstance(value, str) or (value not in _KINDS | _AXIOM_TYPES and f"{_OWL}Class" not in kinds.get(value, ())):
                yield Problem(str(value), "used as a class and not declared as one")
            if value not in _KINDS | _AXIOM_TYPES and kinds.get(subject):
                yield Problem(subject, "a class or property that is an individual of a class, too")
        elif predicate.startswith((_OWL, _RDFS, _RDF)):
            continue  # axioms, below
        else:
            given = kinds.get(predicate, set())
            if not given & _PROPERTY_KINDS:
                yield Problem(predicate, "used as a property and not declared")
            if f"{_OWL}ObjectProperty" in given and isinstance(value, Literal):
                yield Problem(predicate, "an object property with a literal")
            if f"{_OWL}DatatypeProperty" in given and not isinstance(value, Literal):
                yield Problem(predicate, "a datatype property with an address")


def _datatypes(facts: Facts, allowed: frozenset[str]) -> Iterator[Problem]:
    for _, predicate, value in facts:
        if isinstance(value, Literal) and value.datatype.value not in _DATATYPES | allowed:
            yield Problem(predicate, f"a literal of {value.datatype.value}, which OWL 2 does not have")
        if predicate == f"{_RDFS}range" and isinstance(value, str) and value.startswith(_XSD) and value not in _DATATYPES:
            yield Problem(value, "a range that OWL 2 does not have")


def _axioms(facts: Facts, kinds: dict[str, set[str]]) -> Iterator[Problem]:
    classes = {term for term, given in kinds.items() if f"{_OWL}Class" in given}
    for subject, predicate, value in facts:
        if predicate in _BUILT_IN_ANNOTATIONS or predicate in {_TYPE, _FIRST, _REST}:
            continue
        if predicate == f"{_RDFS}subClassOf":
            for term in (subject, value):
                if term not in classes:
                    yield Problem(str(term), "in rdfs:subClassOf and not declared as a class")
        elif predicate == f"{_RDFS}subPropertyOf":
            if not kinds.get(subject, set()) & kinds.get(str(value), set()) & _PROPERTY_KINDS:
                yield Problem(subject, f"below {value}, which is not declared as the same kind of property")
        elif predicate in {f"{_RDFS}domain", f"{_RDFS}range"}:
            if not kinds.get(subject, set()) & _PROPERTY_KINDS:
                yield Problem(subject, "has a domain or range and is no property")
            ok = str(value) in classes or str(value).startswith("_:") or (str(value) in _DATATYPES and f"{_OWL}DatatypeProperty" in kinds.get(subject, ()))
            if not ok:
                yield Problem(subject, f"its domain or range {value} is no declared class")
        elif predicate in {f"{_OWL}members", f"{_OWL}unionOf", f"{_OWL}propertyChainAxiom"}:
            wanted = {f"{_OWL}ObjectProperty"} if predicate.endswith("ChainAxiom") else {f"{_OWL}Class"}
            for term in _list(facts, str(value)):
                if not kinds.get(term, set()) & wanted:
                    yield Problem(term, f"in a list of owl:{predicate.removeprefix(_OWL)} and not declared for it")
        elif predicate.startswith((_OWL, _RDFS, _RDF)):
            yield Problem(subject, f"<{predicate}> is not among the constructs that this check knows")


def _global(facts: Facts) -> Iterator[Problem]:
    """Check section 11.2: a hierarchy without a cycle, and simple properties where they are needed."""
    below: dict[str, set[str]] = defaultdict(set)
    composite = {subject for subject, predicate, value in facts if predicate == _TYPE and value == f"{_OWL}TransitiveProperty"}
    for subject, predicate, value in facts:
        if predicate == f"{_RDFS}subPropertyOf":
            below[str(value)].add(subject)
        elif predicate == f"{_OWL}propertyChainAxiom":
            chain = _list(facts, str(value))
            composite.add(subject)
            inner = chain[1:] if chain and chain[0] == subject else chain[:-1] if chain and chain[-1] == subject else chain
            below[subject].update(inner)
    try:
        order = list(TopologicalSorter(below).static_order())
    except CycleError as error:
        yield Problem(str(error.args[1][0]), "property hierarchy or chains form a cycle: " + " → ".join(map(str, error.args[1])))
        return
    supers = {(sub, top) for sub, predicate, top in facts if predicate == f"{_RDFS}subPropertyOf"}
    for term in order:
        composite |= {str(top) for sub, top in supers if sub == term and term in composite}
    for subject, predicate, value in facts:
        for needs, term in ((str(value), subject), (predicate, subject), (predicate, str(value))):
            if needs in _SIMPLE_ONLY and term in composite:
                yield Problem(term, "transitive or a chain, and used where only a simple property may stand")


def _blank_nodes(facts: Facts) -> Iterator[Problem]:
    described = {subject for subject, predicate, value in facts if predicate == _FIRST or (predicate == _TYPE and value in {f"{_OWL}Class", f"{_OWL}AllDisjointClasses"})}
    for subject, predicate, _ in facts:
        if subject.startswith("_:") and subject not in described:
            yield Problem(predicate, "a blank node that is no class expression, axiom or list")


def _list(facts: Facts, head: str) -> list[str]:
    cells = {subject: value for subject, predicate, value in facts if predicate == _FIRST}
    rests = {subject: value for subject, predicate, value in facts if predicate == _REST}
    found = []
    while head in cells:
        found.append(str(cells[head]))
        head = str(rests.get(head, _NIL))
    return found
