"""Whether a graph keeps the project's promises: the SHACL shapes, and what shapes cannot say.

Integrity: each quote stands at its offsets in the published text; shortcuts equal the projection of the assignments;
every address of ours that is used is described; every literal is NFC; no blank node.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, Quad, QuerySolutions, Store

from kg.graph.builder import CONTEXT_LENGTH
from kg.graph.constraints import Rule, compile_shapes
from kg.graph.namespaces import BASE, MG_BASE, PREFIXES
from kg.graph.shapes import Shape, load_shapes
from kg.graph.shortcuts import REJECTED, SHORTCUTS

_OA, _RDFS = PREFIXES["oa"], PREFIXES["rdfs"]
# Said twice on purpose: `shortcut_violations` checks more (both directions, kinds) and in .04 s where these take 6.2 s
# for 0.1 M statements. They stay in shapes.ttl for whoever checks with another engine.
_COVERED_SHAPES = frozenset({"lead-shortcut-sparql", "partner-shortcut-sparql", "responsible-shortcut-sparql"})
_VERSION = f"<{PREFIXES['owl']}versionIRI>"  # names a version of a file, not a thing in the graph
_QUOTE_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """A promise that the graph breaks.

    ``code`` is stable: "task-inPlan-MinCount" for shapes, "quote-not-at-offsets" and the like for integrity. ``file`` is
    the source file of the document, "" where the node is of none; ``place`` the node, and what is wrong with it;
    ``quote`` the words it rests on. A "warning" is no fault of the graph: the text may not say it.
    """

    code: str
    file: str
    place: str
    vi: str
    en: str
    quote: str = ""
    severity: OneOf["violation", "warning"] = "violation"


def check_graph(
    graph: Store | Iterable[Quad],
    texts: Mapping[str, str],
    *,
    shapes: tuple[Shape, ...] | None = None,
) -> tuple[Violation, ...]:
    """Check a graph that holds the documents, what is inferred, and the vocabulary.

    Args:
        graph: a store, or quads.
        texts: canonical text by document address; quotes of a document without a text here are a violation.
        shapes: instead of the project's.

    Returns:
        what is broken, sorted; () for a sound graph.

    """
    store = graph if isinstance(graph, Store) else _fill(graph)
    found = {
        *shape_violations(store, shape_rules(store, own_shapes() if shapes is None else shapes)),
        *quote_violations(store, texts),
        *shortcut_violations(store),
        *undescribed(store),
        *term_violations(store),
    }
    return tuple(sorted(located(store, found)))


def own_shapes() -> tuple[Shape, ...]:
    """Give the project's shapes but those that ``shortcut_violations`` covers."""
    return tuple(shape for shape in load_shapes() if shape.name not in _COVERED_SHAPES)


def shape_rules(store: Store, shapes: tuple[Shape, ...]) -> tuple[Rule, ...]:
    """Compile shapes for the classes that a graph knows."""
    return tuple(compile_shapes(shapes, subclasses(store)))


def shape_violations(store: Store, rules: Iterable[Rule]) -> Iterator[Violation]:
    """Give what breaks the rules."""
    for rule in rules:
        for row in _rows(store, rule.query):
            value = "" if len(row) < 2 or row[1] is None or row[1] == row[0] else f" → {_shown(row[1])}"
            path = rule.path.strip("<>").replace("#", "/").rsplit("/", 1)[-1].rstrip(">)") if rule.path else ""
            yield Violation(
                code="-".join(part for part in (rule.shape, path, rule.component) if part),
                file="",
                place=f"{_shown(row[0])}{value}",
                vi=rule.vi,
                en=rule.en,
                severity="warning" if rule.warning else "violation",
            )


def quote_violations(store: Store, texts: Mapping[str, str]) -> Iterator[Violation]:
    """Give the quotes that do not stand in the text at their offsets."""
    query = f"""PREFIX oa: <{_OA}> SELECT ?e ?source ?exact ?prefix ?suffix ?start ?end WHERE {{
        ?e oa:hasSource ?source ; oa:hasSelector ?s . ?s oa:exact ?exact ; oa:start ?start ; oa:end ?end .
        OPTIONAL {{ ?s oa:prefix ?prefix }} OPTIONAL {{ ?s oa:suffix ?suffix }} }}"""
    for node, source, *words in _rows(store, query):
        text = texts.get(source.value.removesuffix("/text"))
        exact, prefix, suffix = (word.value if word is not None else "" for word in words[:3])
        if text is None:
            yield Violation(
                code="quote-without-text", file="", place=_shown(node), quote=exact[:_QUOTE_LENGTH],
                vi="Chứng cứ chỉ vào một văn bản không được công bố.", en="The evidence points into a text that is not published.",
            )  # fmt: skip
            continue
        start, end = int(words[3].value), int(words[4].value)
        stands = text[start:end] == exact and text[max(0, start - CONTEXT_LENGTH) : start].endswith(prefix)
        if not (stands and text[end : end + CONTEXT_LENGTH].startswith(suffix)):
            yield Violation(
                code="quote-not-at-offsets", file="", place=_shown(node), quote=exact[:_QUOTE_LENGTH],
                vi="Đoạn trích không đứng ở vị trí đã ghi trong văn bản.", en="The quote does not stand at its offsets in the text.",
            )  # fmt: skip


def shortcut_violations(store: Store) -> Iterator[Violation]:
    """Compare the shortcuts with the assignments by SPARQL: another way than the one that derived them."""
    for role, (agency, kind) in SHORTCUTS.items():
        assigned = f"""?a <{MG_BASE}role> {role} ; <{MG_BASE}agent> ?agent ; <{MG_BASE}forTask> ?for .
            OPTIONAL {{ ?for <{MG_BASE}partOf> ?whole }} BIND(COALESCE(?whole, ?for) AS ?task)
            FILTER NOT EXISTS {{ ?a <{MG_BASE}reviewStatus> {REJECTED} }}"""
        by_kind = f"{assigned} ?agent <{MG_BASE}kind> ?kind ."
        for shortcut, pattern, name in ((agency, assigned, "agent"), (kind, by_kind, "kind")):
            wanted = _pairs(store, f"SELECT DISTINCT ?task ?{name} WHERE {{ {pattern} }}")
            given = _pairs(store, f"SELECT DISTINCT ?task ?value WHERE {{ ?task {shortcut} ?value }}")
            for task, value in sorted(wanted ^ given):
                missing = (task, value) in wanted
                yield Violation(
                    code="shortcut-missing" if missing else "shortcut-without-assignment",
                    file="",
                    place=f"{task} {shortcut.value.removeprefix(MG_BASE)} → {value}",
                    vi="Thiếu lối tắt cho một phân công." if missing else "Lối tắt không có phân công tương ứng.",
                    en="An assignment has no shortcut." if missing else "A shortcut has no assignment.",
                )


def undescribed(store: Store) -> Iterator[Violation]:
    """Give the addresses of ours that are used and of which nothing is said."""
    query = f"""SELECT ?o (MIN(?s) AS ?user) WHERE {{
        {{ SELECT DISTINCT ?o WHERE {{ ?x ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), "{BASE}") && ?p != {_VERSION}) }} }}
        FILTER NOT EXISTS {{ ?o ?q ?y }} ?s ?r ?o }} GROUP BY ?o"""
    for node, user in _rows(store, query):
        yield not_described(_shown(user), _shown(node))


def not_described(user: str, node: str) -> Violation:
    """Name an address of which nothing is said, and one that uses it."""
    return Violation(
        code="address-without-description", file="", place=f"{user} → {node}",
        vi="Địa chỉ được dùng nhưng không được mô tả.", en="An address is used and nothing is said of it.",
    )  # fmt: skip


def term_violations(quads: Iterable[Quad]) -> Iterator[Violation]:
    """Give the literals that are not NFC, and blank nodes."""
    seen: set[str] = set()
    for quad in quads:
        value = quad.object
        if isinstance(value, Literal):
            words = value.value
            if words.isascii() or words in seen:
                continue
            seen.add(words)
            if not unicodedata.is_normalized("NFC", words):
                yield Violation(
                    code="literal-not-nfc", file="", place=_shown(quad.subject), quote=words[:_QUOTE_LENGTH],
                    vi="Chuỗi ký tự chưa chuẩn hóa NFC.", en="A literal is not in Unicode form NFC.",
                )  # fmt: skip
        if isinstance(value, BlankNode) or isinstance(quad.subject, BlankNode):
            yield Violation(
                code="blank-node", file="", place=quad.predicate.value,
                vi="Đồ thị không được có nút trống.", en="The graph must have no blank node.",
            )  # fmt: skip


def located(store: Store, violations: Iterable[Violation]) -> Iterator[Violation]:
    """Add the file and, where the node rests on evidence, the first quote."""
    from dataclasses import replace

    broken = list(violations)
    if not broken:
        return
    files = dict(_pairs(store, f"SELECT ?d (MIN(?f) AS ?file) WHERE {{ ?d <{MG_BASE}sourceFile> ?f }} GROUP BY ?d"))
    for violation in broken:
        node = violation.place.split(" ", 1)[0]
        owner, home = node, files.get(node)
        while home is None and owner.startswith(BASE):
            owner = owner.rpartition("/")[0]
            home = files.get(owner)
        quote = violation.quote or _first_quote(store, node)
        yield replace(violation, file=home or "", quote=quote)


def _first_quote(store: Store, node: str) -> str:
    if not node.startswith(BASE) or any(letter in node for letter in '<>"{}|\\^` \n'):
        return ""
    query = f"""PREFIX oa: <{_OA}> SELECT ?exact WHERE {{
        <{node}> <{MG_BASE}evidence>?/oa:hasSelector? ?s . ?s oa:exact ?exact ; oa:start ?start }} ORDER BY ?start LIMIT 1"""
    return next((row[0].value[:_QUOTE_LENGTH] for row in _rows(store, query)), "")


def subclasses(store: Store) -> dict[str, tuple[str, ...]]:
    """Give, for each class, all its sub-classes."""
    found: dict[str, list[str]] = {}
    for sub, top in sorted(
        _pairs(
            store, f"SELECT ?sub ?top WHERE {{ ?sub <{_RDFS}subClassOf>+ ?top FILTER(isIRI(?top) && ?sub != ?top) }}"
        )
    ):
        found.setdefault(top, []).append(sub)
    return {top: tuple(subs) for top, subs in found.items()}


def _fill(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def _rows(store: Store, query: str) -> QuerySolutions:
    result = store.query(query, use_default_graph_as_union=True)
    assert isinstance(result, QuerySolutions)  # noqa: S101 - only SELECTs are asked here
    return result


def _pairs(store: Store, query: str) -> set[tuple[str, str]]:
    return {(row[0].value, row[1].value) for row in _rows(store, query)}


def _shown(term: object) -> str:
    return str(getattr(term, "value", term))
