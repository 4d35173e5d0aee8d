"""The SHACL shapes of ontology/shapes.ttl as values.

Reads: Turtle with the subset of SHACL Core that ``_PARAMETERS`` names, plus sh:sparql with a SELECT.
Gives: shapes; a parameter outside the subset stops the run, for a constraint that is not checked is a promise broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.data_files import data_folder
from kg.errors import VocabularyError
from kg.graph.namespaces import PREFIXES
from kg.resolution.concepts import parse_turtle

_SH = PREFIXES["sh"]
_RDF = PREFIXES["rdf"]
_PARAMETERS = frozenset(
    [
        "minCount",
        "maxCount",
        "class",
        "datatype",
        "nodeKind",
        "in",
        "pattern",
        "minInclusive",
        "maxInclusive",
        "minLength",
        "lessThan",
        "lessThanOrEquals",
        "hasValue",
        "uniqueLang",
        "languageIn",
        "or",
        "not",
    ],
)
_REST = frozenset(
    [
        "targetClass",
        "targetSubjectsOf",
        "severity",
        "message",
        "property",
        "path",
        "sparql",
        "prefixes",
        "select",
        "declare",
        "prefix",
        "namespace",
    ]
)

Term = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A node shape, or a property shape where ``path`` is a SPARQL property path.

    ``constraints`` pairs a parameter with its value: a term, a tuple of terms, a shape or a tuple of shapes.
    ``targets`` are SPARQL patterns that bind ``?this``. ``queries`` are whole SELECTs of sh:sparql.
    """

    name: str
    path: str | None
    targets: tuple[str, ...]
    warning: bool
    vi: str
    en: str
    constraints: tuple[tuple[str, object], ...]
    properties: tuple[Shape, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A sh:sparql constraint: a SELECT over ``$this``, its prefixes written out."""

    prologue: str
    select: str
    warning: bool
    vi: str
    en: str


@cache
def load_shapes() -> tuple[Shape, ...]:
    """Read the project's shapes, once a process."""
    return read_shapes(data_folder("ontology") / "shapes.ttl")


def read_shapes(path: Path) -> tuple[Shape, ...]:
    """Read the node shapes with a target, sorted by name.

    Raises:
        VocabularyError: broken Turtle, or a parameter that the checks do not know.

    """
    triples: dict[Term, dict[str, list[Term]]] = {}
    for quad in parse_turtle(path):
        subject, value = quad.subject, quad.object
        triples.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(value)  # type: ignore[arg-type]  # Turtle quotes no triples
    reader = _Reader(path.name, triples)
    named = [node for node, values in triples.items() if isinstance(node, NamedNode) and reader.targets(values)]
    return tuple(reader.shape(node) for node in sorted(named, key=lambda node: node.value))


@dataclass(frozen=True, slots=True)
class _Reader:
    file: str
    triples: Mapping[Term, Mapping[str, list[Term]]]

    def shape(self, node: Term) -> Shape:
        values = self.triples.get(node, {})
        path = values.get(_SH + "path")
        return Shape(
            name=node.value.rsplit("/", 1)[-1] if isinstance(node, NamedNode) else "",
            path=self.path(path[0]) if path else None,
            targets=tuple(self.targets(values)),
            warning=self._is_warning(values),
            vi=self._message(values, "vi"),
            en=self._message(values, "en"),
            constraints=tuple(self._constraints(values)),
            properties=tuple(self.shape(each) for each in values.get(_SH + "property", ())),
            queries=tuple(self._query(each) for each in values.get(_SH + "sparql", ())),
        )

    def targets(self, values: Mapping[str, list[Term]]) -> list[str]:
        classes = [f"?this a {term} ." for term in values.get(_SH + "targetClass", ())]
        return classes + [f"?this {term} ?anything ." for term in values.get(_SH + "targetSubjectsOf", ())]

    def path(self, node: Term) -> str:
        if isinstance(node, NamedNode):
            return str(node)
        values = self.triples[node]
        if _SH + "inversePath" in values:
            return f"^({self.path(values[_SH + 'inversePath'][0])})"
        if _SH + "alternativePath" in values:
            return "(" + "|".join(self.path(each) for each in self._list(values[_SH + "alternativePath"][0])) + ")"
        raise self._unknown("a path that is none of predicate, sh:inversePath, sh:alternativePath")

    def _constraints(self, values: Mapping[str, list[Term]]) -> Iterator[tuple[str, object]]:
        for name in sorted(name for name in values if name.startswith(_SH)):
            parameter = name.removeprefix(_SH)
            if parameter not in _PARAMETERS:
                if parameter not in _REST:
                    raise self._unknown(f"sh:{parameter}")
                continue
            for value in values[name]:
                if parameter in {"in", "languageIn"}:
                    yield parameter, tuple(self._list(value))
                elif parameter == "or":
                    yield parameter, tuple(self.shape(each) for each in self._list(value))
                elif parameter == "not":
                    yield parameter, self.shape(value)
                else:
                    yield parameter, value

    def _query(self, node: Term) -> Query:
        values = self.triples[node]
        lines = []
        for owner in values.get(_SH + "prefixes", ()):
            for each in self.triples[owner].get(_SH + "declare", ()):
                prefix, space = (self.triples[each][_SH + name][0] for name in ("prefix", "namespace"))
                lines.append(f"PREFIX {_plain(prefix)}: <{_plain(space)}>")
        return Query(
            prologue="\n".join(sorted(lines)),
            select=_plain(values[_SH + "select"][0]),
            warning=self._is_warning(values),
            vi=self._message(values, "vi"),
            en=self._message(values, "en"),
        )

    def _list(self, node: Term) -> Iterator[Term]:
        while _RDF + "first" in self.triples.get(node, {}):
            yield self.triples[node][_RDF + "first"][0]
            node = self.triples[node][_RDF + "rest"][0]

    def _message(self, values: Mapping[str, list[Term]], language: str) -> str:
        texts = (term for term in values.get(_SH + "message", ()) if isinstance(term, Literal))
        return next((text.value for text in texts if text.language == language), "")

    def _is_warning(self, values: Mapping[str, list[Term]]) -> bool:
        return any(_plain(term) != _SH + "Violation" for term in values.get(_SH + "severity", ()))

    def _unknown(self, found: str) -> VocabularyError:
        return VocabularyError(
            self.file,
            found=found,
            expected="a parameter that kg/graph/constraints.py compiles: " + ", ".join(sorted(_PARAMETERS)),
            remedy="say it with these, or as sh:sparql, or teach constraints.py the new one",
            vi=f"ràng buộc không được hỗ trợ: {found}",
        )


def _plain(term: Term) -> str:
    return term.value
