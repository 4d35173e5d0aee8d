"""Answers as text for people, spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Sequence

import pyoxigraph as ox

from kg.store.results import Result, Term, Triples, python_value
from kg.store.serialising import serialise_triples

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# What spreadsheets take for a formula. Source: OWASP, "CSV Injection" (full-width forms included).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CELL_WIDTH = 60


def format_table(result: Result, labels: Sequence[str] | None = None) -> str:
    """Give the rows as an aligned text table; ``labels`` replace the column names.

    IRIs are shortened to their last two steps, long cells are cut with "…", and control characters become spaces.
    """
    heading = tuple(labels or result.columns)
    lines = [heading, *(tuple(_cell(term) for term in row) for row in result.rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(heading))]
    rule = tuple("─" * width for width in widths)
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in (heading, rule, *lines[1:])
    )


def cuts_cells(result: Result) -> bool:
    """Tell whether ``format_table`` cuts or shortens a cell of the answer."""
    return any(_cell(term).startswith("…/") or _cell(term).endswith("…") for row in result.rows for term in row)


def format_csv(result: Result, labels: Sequence[str] | None = None) -> bytes:
    """Give the rows as CSV for spreadsheets: UTF-8 with byte order mark, CRLF line ends.

    A text that a spreadsheet would run as a formula is opened by an apostrophe; numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(tuple(labels or result.columns))
    writer.writerows(tuple(_csv_cell(term) for term in row) for row in result.rows)
    return out.getvalue().encode("utf-8-sig")


def format_json(result: Result) -> str:
    """Give the rows in the SPARQL 1.1 Query Results JSON Format.

    Source: https://www.w3.org/TR/sparql11-results-json/
    """
    bindings = [
        {name: json_term(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
        for row in result.rows
    ]
    answer = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1)


def format_ttl(triples: Triples) -> bytes:
    """Give the triples of a CONSTRUCT or DESCRIBE as Turtle."""
    return serialise_triples(triples.triples)


def plain_text(term: Term | None) -> str:
    """Give what a person reads: the text of a literal, the address of an IRI, "" for an unbound cell."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def _cell(term: Term | None) -> str:
    text = _CONTROL.sub(" ", plain_text(term))
    if isinstance(term, ox.NamedNode) and text.count("/") > 3:
        text = "…/" + "/".join(text.rstrip("/").rsplit("/", 2)[-2:])
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= _CELL_WIDTH else text[: _CELL_WIDTH - 1] + "…"


def _width(text: str) -> int:
    return sum(not unicodedata.combining(character) for character in text)


def _csv_cell(term: Term | None) -> str:
    text = plain_text(term)
    # Spreadsheets trim before they look: "  =1+1" runs as well.
    return "'" + text if text.lstrip(" ").startswith(_FORMULA) and isinstance(python_value(term), str) else text


def json_term(term: Term) -> dict[str, object]:
    """Give a term in the SPARQL 1.1 Query Results JSON Format."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    literal: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        literal["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        literal["datatype"] = term.datatype.value
    return literal
