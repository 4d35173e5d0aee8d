"""SHACL constraints → SPARQL queries that find what breaks them.

One query a constraint; each gives ``?this`` and, where there is one, ``?value``. Meaning as in SHACL Core; a class counts
with its sub-classes. Source: https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import VocabularyError
from kg.graph.namespaces import PREFIXES
from kg.graph.shapes import Shape

_XSD = PREFIXES["xsd"]
_CAST = frozenset(_XSD + name for name in ("integer", "decimal", "boolean", "date", "gYear", "gYearMonth"))
_NOT_NESTED = frozenset({"maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"})
_COMPONENTS = {
    "minCount": "MinCount", "maxCount": "MaxCount", "class": "Class", "datatype": "Datatype", "nodeKind": "NodeKind",
    "in": "In", "pattern": "Pattern", "minInclusive": "MinInclusive", "maxInclusive": "MaxInclusive",
    "minLength": "MinLength", "lessThan": "LessThan", "lessThanOrEquals": "LessThanOrEquals", "hasValue": "HasValue",
    "uniqueLang": "UniqueLang", "languageIn": "LanguageIn", "or": "Or", "not": "Not",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A query whose every row is a violation. ``component`` is SHACL's name without "ConstraintComponent".

    ``concerns`` are the classes or the property whose subjects it looks at: a graph without them cannot break it.
    """

    shape: str
    path: str | None
    component: str
    warning: bool
    vi: str
    en: str
    query: str
    concerns: frozenset[str]


def compile_shapes(shapes: tuple[Shape, ...], subclasses: Mapping[str, tuple[str, ...]]) -> Iterator[Rule]:
    """Give the rules of all shapes, in order.

    ``subclasses`` maps a class IRI to all its sub-classes, itself left out.
    """
    compiler = _Compiler(subclasses)
    for shape in shapes:
        for target in shape.targets:
            focus, concerns = compiler.target(target), compiler.concerns(target)
            yield from compiler.rules(shape, shape, focus, concerns)
            for each in shape.properties:
                yield from compiler.rules(shape, each, focus, concerns)
            for own in shape.queries:
                select = own.select.replace("$this", "?this")
                opened = select.index("{") + 1
                yield Rule(
                    shape=shape.name, path=None, component="SPARQL", warning=own.warning, vi=own.vi, en=own.en,
                    query=f"{own.prologue}\n{select[:opened]} {focus} {select[opened:]}", concerns=concerns,
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Compiler:
    subclasses: Mapping[str, tuple[str, ...]]

    def target(self, pattern: str) -> str:
        prefix, middle, name = pattern.removesuffix(" .").partition("?this a ")
        if not middle or prefix:
            return f"{{ SELECT DISTINCT ?this WHERE {{ {pattern} }} }}"
        classes = (name, *(f"<{each}>" for each in self.subclasses.get(name.strip("<>"), ())))
        if len(classes) == 1:
            return f"?this a {name} ."
        return f"{{ SELECT DISTINCT ?this WHERE {{ VALUES ?c {{ {' '.join(classes)} }} ?this a ?c }} }}"

    def concerns(self, pattern: str) -> frozenset[str]:
        term = pattern.split()[1 if not pattern.startswith("?this a ") else 2].strip("<>")
        return frozenset((term, *self.subclasses.get(term, ()))) if pattern.startswith("?this a ") else frozenset((term,))

    def rules(self, owner: Shape, shape: Shape, focus: str, concerns: frozenset[str]) -> Iterator[Rule]:
        for parameter, value in shape.constraints:
            body = self._violations(shape.path, parameter, value, focus)
            if body:
                yield Rule(
                    shape=owner.name, path=shape.path, component=_COMPONENTS[parameter], warning=shape.warning,
                    vi=shape.vi, en=shape.en, query=body, concerns=concerns,
                )  # fmt: skip

    def _violations(self, path: str | None, parameter: str, value: object, focus: str) -> str:
        if path is None:
            return f"SELECT ?this (?this AS ?value) WHERE {{ {focus} FILTER(!({self._conforms('?this', parameter, value)})) }}"
        if parameter == "minCount":
            if value == Literal("1", datatype=NamedNode(_XSD + "integer")):
                return f"SELECT ?this WHERE {{ {focus} FILTER NOT EXISTS {{ ?this {path} ?x }} }}"
            return _counted(focus, path, f"< {_number(value)}", optional=True)
        if parameter == "maxCount":
            return _counted(focus, path, f"> {_number(value)}", optional=False)
        if parameter == "hasValue":
            return f"SELECT ?this WHERE {{ {focus} FILTER NOT EXISTS {{ ?this {path} {value} }} }}"
        if parameter == "uniqueLang":
            different = '!sameTerm(?a, ?b) && LANG(?a) != "" && LCASE(LANG(?a)) = LCASE(LANG(?b))'
            return f"SELECT DISTINCT ?this (LANG(?a) AS ?tag) WHERE {{ {focus} ?this {path} ?a . ?this {path} ?b . FILTER({different}) }}"
        if parameter in {"lessThan", "lessThanOrEquals"}:
            sign = "<" if parameter == "lessThan" else "<="
            return f"SELECT DISTINCT ?this ?value WHERE {{ {focus} ?this {path} ?value ; {value} ?other . FILTER(!COALESCE(?value {sign} ?other, false)) }}"
        return f"SELECT DISTINCT ?this ?value WHERE {{ {focus} ?this {path} ?value . FILTER(!({self._conforms('?value', parameter, value)})) }}"

    def _conforms(self, node: str, parameter: str, value: object) -> str:
        if isinstance(value, tuple) and parameter == "or":
            return " || ".join(f"({self._whole(node, each)})" for each in value)
        if isinstance(value, tuple) and parameter == "in":
            return " || ".join(f"sameTerm({node}, {each})" for each in value)
        if isinstance(value, tuple):
            return f"isLiteral({node}) && (" + " || ".join(f"LANGMATCHES(LANG({node}), {each})" for each in value) + ")"
        if isinstance(value, Shape):
            return f"!({self._whole(node, value)})"
        if parameter == "class":
            classes = (str(value), *(f"<{each}>" for each in self.subclasses.get(_iri(value), ())))
            return " || ".join(f"EXISTS {{ {node} a {each} }}" for each in classes)
        if parameter == "datatype":
            return _has_datatype(node, _iri(value))
        return {
            "nodeKind": f"isIRI({node})",
            "pattern": f"!isBlank({node}) && REGEX(STR({node}), {value})",
            "minInclusive": f"COALESCE({node} >= {value}, false)",
            "maxInclusive": f"COALESCE({node} <= {value}, false)",
            "minLength": f"!isBlank({node}) && STRLEN(STR({node})) >= {value}",
            "hasValue": f"sameTerm({node}, {value})",
        }[parameter]

    def _whole(self, node: str, shape: Shape) -> str:
        """Tell that a node conforms to a shape inside sh:or or sh:not: its own constraints and its properties'."""
        tests = (
            [self._conforms(node, parameter, value) for parameter, value in shape.constraints]
            if shape.path is None
            else []
        )
        for each in shape.properties:
            for parameter, value in each.constraints:
                if parameter in _NOT_NESTED or (parameter == "minCount" and _number(value) != 1):
                    raise _not_nested(parameter)
                if parameter == "minCount":
                    tests.append(f"EXISTS {{ {node} {each.path} ?x{len(tests)} }}")
                elif parameter == "hasValue":
                    tests.append(f"EXISTS {{ {node} {each.path} {value} }}")
                else:
                    inner = f"?x{len(tests)}"
                    tests.append(
                        f"NOT EXISTS {{ {node} {each.path} {inner} FILTER(!({self._conforms(inner, parameter, value)})) }}"
                    )
        return " && ".join(f"({test})" for test in tests) or "true"


def _not_nested(parameter: str) -> VocabularyError:
    return VocabularyError(
        "shapes.ttl",
        found=f"sh:{parameter} on a property inside sh:or or sh:not",
        expected="sh:minCount 1, sh:hasValue or a test of each value there",
        remedy="say it with these, or as sh:sparql",
        vi=f"sh:{parameter} không được hỗ trợ bên trong sh:or, sh:not",
    )


def _counted(focus: str, path: str, condition: str, *, optional: bool) -> str:
    values = f"OPTIONAL {{ ?this {path} ?v }}" if optional else f"?this {path} ?v ."
    return f"SELECT ?this WHERE {{ {focus} {values} }} GROUP BY ?this HAVING (COUNT(DISTINCT ?v) {condition})"


def _has_datatype(node: str, datatype: str) -> str:
    typed = f"isLiteral({node}) && DATATYPE({node}) = <{datatype}>"
    if datatype in _CAST:  # a lexical form that the type does not have breaks the constraint, too
        typed += f' && COALESCE(BOUND({node}) && STR(<{datatype}>(STR({node}))) != "", false)'
    return typed


def _number(value: object) -> int:
    return int(getattr(value, "value", ""))


def _iri(value: object) -> str:
    return str(getattr(value, "value", ""))
