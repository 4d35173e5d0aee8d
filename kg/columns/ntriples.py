"""N-Triples forms of terms, many at once: read as terms, as the texts that they hold, and as what they are sorted by.

Source: RDF 1.1 N-Triples, https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import polars as pl
import pyoxigraph as ox

from kg.store.results import Term

XSD = "http://www.w3.org/2001/XMLSchema#"

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_INTEGER = f"^^<{XSD}integer>"
_NUMBERS = re.compile(rf"\^\^<{re.escape(XSD)}(decimal|double|float|long|int|short|byte|\w+Integer|unsigned\w+)>")
_TAIL = r'"([^"]*)$'
"""What follows the last quote: a language, a datatype or nothing. An address and a blank node have no quote."""


def read_terms(texts: pl.Series) -> list[Term]:
    """Read terms in their N-Triples forms; those of one datatype or language together.

    >>> read_terms(pl.Series(['"Sở"@vi'])) == [ox.Literal("Sở", language="vi")]
    True
    """
    if not len(texts):
        return []
    found = [(places.to_list(), list(map(_reader(tail), held.to_list()))) for tail, places, held in _kinds(texts)]
    if len(found) == 1:
        return found[0][1]
    by_place = {place: term for places, terms in found for place, term in zip(places, terms, strict=True)}
    return [by_place[place] for place in range(len(texts))]


def strings(texts: pl.Series) -> pl.Series:
    """Give the plain literals that STR gives, in the same forms; "" for a blank node.

    >>> strings(pl.Series(['"Sở"@vi', "<urn:a>", "_:b"])).to_list()
    ['"Sở"', '"urn:a"', '']
    """
    quoted = texts.str.replace(_TAIL, '"')
    if texts.str.starts_with('"').all():
        return quoted
    of_address = ['"' + _bare(text[1:-1]) + '"' if text[0] == "<" else "" for text in texts.filter(~texts.str.starts_with('"')).to_list()]
    return quoted.scatter((~texts.str.starts_with('"')).arg_true(), of_address)


def order_keys(texts: pl.Series) -> pl.Series | None:
    """Give what terms of one sort are ordered by: integers, or texts; ``None`` for terms of several sorts and for other numbers."""
    kinds = _kinds(texts)
    if len(kinds) != 1 or texts.str.starts_with("_").any():
        return None
    ((tail, _, held),) = kinds
    if tail == _INTEGER:
        return held.cast(pl.Int64) if held.str.contains(r"^[+-]?[0-9]{1,18}$").all() else None
    return None if tail and _NUMBERS.fullmatch(tail) else held


def _kinds(texts: pl.Series) -> list[tuple[str | None, pl.Series, pl.Series]]:
    """Take terms apart by what follows their quotes (``None``: addresses and blank nodes): the tail, the places, what they hold."""
    frame = pl.DataFrame({"text": texts}).with_row_index("at").with_columns(pl.col("text").str.extract(_TAIL).alias("tail"))
    found = []
    for (tail,), part in frame.partition_by("tail", as_dict=True, maintain_order=True).items():
        held = part["text"] if tail is None else part["text"].str.slice(1).str.strip_suffix(f'"{tail}')
        if tail is None:
            held = part.select(pl.when(pl.col("text").str.starts_with("<")).then(pl.col("text").str.slice(1).str.strip_suffix(">")).otherwise("text")).to_series()
        escaped = held.str.contains("\\", literal=True)
        if escaped.any():
            held = held.scatter(escaped.arg_true(), [unescape(text) for text in held.filter(escaped).to_list()])
        found.append((tail, part["at"], held))
    return found


def _reader(tail: str | None) -> Callable[[str], Term]:
    """Give what makes a term of a text: by the tail behind its quotes."""
    if tail is None:
        return lambda text: ox.BlankNode(text[2:]) if text.startswith("_:") else ox.NamedNode(text)
    if not tail:
        return ox.Literal
    return partial(ox.Literal, language=tail[1:]) if tail[0] == "@" else partial(ox.Literal, datatype=ox.NamedNode(tail[3:-1]))


def unescape(text: str) -> str:
    """Give what an N-Triples text stands for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)) if match[1] or match[2] else _ESCAPED.get(match[3], match[3]), text)


def _bare(address: str) -> str:
    """Give an address as it stands in a literal: its escapes are none there, and it holds nothing that a literal escapes."""
    return unescape(address) if "\\" in address else address


