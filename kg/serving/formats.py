"""Answers of the SPARQL protocol in every format, cut at the limits.

Source: SPARQL 1.1 Query Results JSON, XML, CSV and TSV Formats, https://www.w3.org/TR/sparql11-overview/#sparql11-results
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.store.formatting import json_term
from kg.store.results import Term

ROWS = {
    "application/sparql-results+json": "json", "application/json": "json", "application/sparql-results+xml": "xml", "application/xml": "xml",
    "text/csv": "csv", "text/tab-separated-values": "tsv",
}  # fmt: skip
"""Media types for the answers of SELECT and ASK, the preferred first."""
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES, "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML, "application/trig": ox.RdfFormat.TRIG, "application/n-quads": ox.RdfFormat.N_QUADS,
}  # fmt: skip
"""Media types for triples, the preferred first."""
SHORT = {
    "json": "application/sparql-results+json", "xml": "application/sparql-results+xml", "csv": "text/csv", "tsv": "text/tab-separated-values",
    "ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml", "html": "text/html",
}  # fmt: skip
"""Short names for ``?format=``."""


def negotiate(accept: str, offered: Iterable[str]) -> str | None:
    """Choose what is offered by an Accept header; ``None`` where nothing fits.

    Source: RFC 9110, 12.5.1.

    >>> negotiate("text/html;q=0.8, text/turtle", ["text/html", "text/turtle"])
    'text/turtle'
    >>> negotiate("*/*", ["text/csv", "text/turtle"])
    'text/csv'
    >>> negotiate("image/png", ["text/csv"]) is None
    True
    """
    kinds = list(offered)
    best: tuple[float, int, str] | None = None
    wanted = [_weighed(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    for at, kind in enumerate(kinds):
        fitting = [(_specific(pattern), weight) for pattern, weight in wanted if _fits(pattern, kind)]
        if not fitting:
            continue
        weight = max(fitting)[1]
        if weight > 0 and (best is None or (weight, -at) > (best[0], -best[1])):
            best = (weight, at, kind)
    return best[2] if best else None


def _weighed(part: str) -> tuple[str, float]:
    pattern, *parameters = (piece.strip() for piece in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                weight = min(1.0, max(0.0, float(value)))
            except ValueError:
                weight = 0.0
    return pattern.lower(), weight


def _specific(pattern: str) -> int:
    return 0 if pattern == "*/*" else 1 if pattern.endswith("/*") else 2


def _fits(pattern: str, kind: str) -> bool:
    return pattern in ("*/*", kind) or (pattern.endswith("/*") and kind.startswith(pattern[:-1]))


def write_rows(columns: tuple[str, ...], rows: Iterable[tuple[Term | None, ...]], form: str, *, cut: str | None) -> bytes:
    """Write the rows of a SELECT; ``cut`` says why there are not more, ``None`` where there are not."""
    if form == "json":
        bindings = [{name: json_term(term) for name, term in zip(columns, row, strict=True) if term is not None} for row in rows]
        answer: dict[str, object] = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
        return json.dumps({**answer, "truncated": cut} if cut else answer, ensure_ascii=False).encode("utf-8")
    if form == "xml":
        return "".join(_xml(columns, rows, cut)).encode("utf-8")
    if form == "tsv":
        lines = ["\t".join("?" + name for name in columns), *("\t".join("" if term is None else _one_line(str(term)) for term in row) for row in rows)]
        return ("\n".join(lines) + "\n").encode("utf-8")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(["" if term is None else term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term) for term in row] for row in rows)
    return out.getvalue().encode("utf-8")


def write_answer(answer: bool, form: str) -> bytes:
    """Write the answer of an ASK."""
    word = "true" if answer else "false"
    if form == "xml":
        return f'<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>{word}</boolean></sparql>\n'.encode()
    if form == "json":
        return json.dumps({"head": {}, "boolean": answer}).encode()
    return f"answer\r\n{word}\r\n".encode()


def _one_line(text: str) -> str:
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _xml(columns: tuple[str, ...], rows: Iterable[tuple[Term | None, ...]], cut: str | None) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    yield from (f"<variable name={quoteattr(name)}/>" for name in columns)
    yield "</head>" + (f"<!-- {escape(cut).replace('--', '- -')} -->" if cut else "") + "<results>"
    for row in rows:
        cells = (f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in zip(columns, row, strict=True) if term is not None)
        yield f"<result>{''.join(cells)}</result>"
    yield "</results></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        return "<triple>" + "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))) + "</triple>"
    tag = f" xml:lang={quoteattr(term.language)}" if term.language else f" datatype={quoteattr(term.datatype.value)}"
    kept = "".join(letter for letter in term.value if letter in _XML_CONTROLS or letter >= " ")
    return f"<literal{tag}>{escape(kept)}</literal>"


_XML_CONTROLS = "\t\n\r"
"""The control characters that XML 1.0 has."""
