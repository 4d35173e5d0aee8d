"""The same checks, piece by piece: a document's own graph alone, then what several documents speak of.

Together they find what ``check_graph`` finds on the whole, without the whole ever being in memory. What makes this sound:
below a document's address, only its own graph and the shortcuts drawn from it say anything. All else (the documents
themselves, agencies, the vocabulary) is small, is put together, and is checked at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode, Quad, Store

from kg.graph.check import (
    Violation,
    located,
    not_described,
    own_shapes,
    quote_violations,
    shape_rules,
    shape_violations,
    shortcut_violations,
    term_violations,
    undescribed,
)
from kg.graph.constraints import Rule
from kg.graph.namespaces import BASE, OA, RDF
from kg.graph.vocabulary import load_vocabulary

_BROKEN_BY_NOTHING = frozenset({"MinCount", "HasValue"})
_BORROWED = frozenset({RDF.type, OA.hasSelector, OA.exact, OA.start})


@dataclass(frozen=True, slots=True)
class Known:
    """The vocabulary as the checks of a document need it: what is described, of which class, and the compiled shapes."""

    described: frozenset[NamedNode]
    types: Mapping[NamedNode, tuple[Quad, ...]]
    rules: tuple[Rule, ...]


@cache
def load_known() -> Known:
    """Read the project's vocabulary, once a process."""
    return read_known(load_vocabulary())


def read_known(vocabulary: Sequence[Quad]) -> Known:
    """Gather what the checks need of a vocabulary."""
    store = Store()
    store.bulk_extend(vocabulary)
    types: dict[NamedNode, list[Quad]] = {}
    described: set[NamedNode] = set()
    for quad in vocabulary:
        if isinstance(quad.subject, NamedNode):
            described.add(quad.subject)
            if quad.predicate == RDF.type:
                types.setdefault(quad.subject, []).append(quad)
    return Known(
        described=frozenset(described),
        types={node: tuple(quads) for node, quads in types.items()},
        rules=shape_rules(store, own_shapes()),
    )


def is_own(address: str, node: str) -> bool:
    """Tell whether only the document of that address speaks of a node: it stands below it."""
    return node.startswith(address) and node.startswith("/", len(address))


def shared_part(address: str, quads: Iterable[Quad]) -> tuple[list[Quad], list[Quad]]:
    """Give what a document says that others may say, too, and what this borrows: classes and quotes of own things."""
    known, below = list(quads), address + "/"
    shared = [quad for quad in known if not _value(quad.subject).startswith(below)]
    pointed = {_value(quad.object) for quad in shared if is_own(address, _value(quad.object))}
    pointed |= {f"{node}/selector" for node in pointed}
    borrowed = [quad for quad in known if quad.predicate in _BORROWED and _value(quad.subject) in pointed]
    return shared, borrowed


def check_document(
    address: str, quads: Sequence[Quad], shortcuts: Sequence[Quad], text: str | None, known: Known, *, judgements: Collection[NamedNode] = ()
) -> tuple[Violation, ...]:
    """Check a document's graph with its shortcuts: all that stands below its address, its quotes and its terms.

    Args:
        address: the document's.
        quads: its own graph with what people corrected of it, sorted by subject and property.
        shortcuts: its part of what is inferred.
        text: its canonical text, ``None`` where none is published.
        known: the vocabulary.
        judgements: those that the corrections describe.

    Returns: what is broken, sorted.

    """
    used, subjects, predicates, classes, repeated = set(), set(), set(), set(), set()
    last: tuple[object, object] = (None, None)
    for quad in quads:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        subjects.add(subject)
        predicates.add(predicate)
        if last == (subject, predicate):
            repeated.add(predicate)
        last = (subject, predicate)
        if isinstance(value, NamedNode):
            used.add(value)
            if predicate == RDF.type and is_own(address, _value(subject)):
                classes.add(value)
    names = {_value(each) for each in (*predicates, *classes)}
    several = {_value(each) for each in repeated}
    store = Store()
    store.extend(quads)
    store.extend(shortcuts)
    store.extend(quad for node in used for quad in known.types.get(node, ()))
    rules = (rule for rule in known.rules if _can_break(rule, names, several))
    found = {
        *(each for each in shape_violations(store, rules) if is_own(address, each.place.partition(" ")[0])),
        *quote_violations(store, {} if text is None else {address: text}),
        *shortcut_violations(store),
        *_undescribed(quads, frozenset(used - subjects - known.described - set(judgements))),
        *term_violations(quads),
    }
    return tuple(sorted(located(store, found)))


def _can_break(rule: Rule, names: set[str], several: set[str]) -> bool:
    """Tell whether a graph can break a rule: its subjects and the values it looks at must be there.

    ``names`` are the graph's properties and classes, ``several`` the properties with more than one value somewhere.
    """
    if rule.concerns.isdisjoint(names):
        return False
    if rule.path is None or not rule.path.startswith("<") or rule.path.count("<") > 1:
        return True
    path = rule.path.strip("<>")
    if rule.component == "MaxCount":
        return path in several
    return rule.component in _BROKEN_BY_NOTHING or path in names


def check_shared(shared: Iterable[Quad], borrowed: Iterable[Quad]) -> tuple[Violation, ...]:
    """Check what several documents speak of, with what is inferred of it, and the vocabulary.

    Args:
        shared: all of it.
        borrowed: classes and quotes of things below documents that it points at; these things are not checked here.

    Returns: what is broken, sorted.

    """
    store = Store()
    store.bulk_extend(shared)
    terms = set(term_violations(store))
    others = list(borrowed)
    store.bulk_extend(others)
    foreign = {_value(quad.subject) for quad in others}
    found = {
        *(v for v in shape_violations(store, shape_rules(store, own_shapes())) if v.place.partition(" ")[0] not in foreign),
        *undescribed(store),
        *terms,
    }
    return tuple(sorted(located(store, found)))


def _undescribed(quads: Iterable[Quad], missing: frozenset[object]) -> set[Violation]:
    users: dict[str, str] = {}
    if not missing:
        return set()
    for quad in quads:
        node = _value(quad.object)
        if quad.object in missing and node.startswith(BASE):
            users[node] = min(users.get(node, _value(quad.subject)), _value(quad.subject))
    return {not_described(user, node) for node, user in users.items()}


def _value(term: object) -> str:
    value: str = getattr(term, "value", "")
    return value
