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
    found = [(places.to_list(), list(map(_reader(kind), held.to_list()))) for kind, places, held in _kinds(texts)]
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


def quoted(texts: pl.Series) -> pl.Series:
    """Give the N-Triples forms of plain literals.

    >>> quoted(pl.Series(["Sở"])).to_list()
    ['"Sở"']
    """
    odd = texts.str.contains(r'[\x00-\x1f"\\\x7f]')
    forms = '"' + texts + '"'
    return forms.scatter(odd.arg_true(), [str(ox.Literal(text)) for text in texts.filter(odd).to_list()]) if odd.any() else forms


def held_texts(texts: pl.Series) -> pl.Series:
    """Give what terms hold: the text of a literal, an address, the name of a blank node."""
    kinds = _kinds(texts)
    if len(kinds) == 1:
        return kinds[0][2]
    return pl.concat([pl.DataFrame({"at": places, "held": held}) for _, places, held in kinds]).sort("at")["held"]


def order_keys(texts: pl.Series) -> pl.Series | None:
    """Give what terms of one sort are ordered by: integers, or texts; ``None`` for terms of several sorts and for other numbers."""
    kinds = _kinds(texts)
    if len(kinds) != 1:
        return None
    ((kind, _, held),) = kinds
    if kind == _INTEGER:
        return held.cast(pl.Int64) if held.str.contains(r"^[+-]?[0-9]{1,18}$").all() else None
    return None if kind == "_" or _NUMBERS.fullmatch(kind) else held


def _kinds(texts: pl.Series) -> list[tuple[str, pl.Series, pl.Series]]:
    """Take terms apart by sort: a literal's is what follows its quotes, an address' ``<``, a blank node's ``_``; the places, what they hold."""
    if len(texts) <= _FEW:
        return _kinds_of_few(texts.to_list())
    sort = pl.coalesce(pl.col("text").str.extract(_TAIL), pl.col("text").str.slice(0, 1)).alias("sort")
    frame = pl.DataFrame({"text": texts}).with_row_index("at").with_columns(sort)
    found = []
    for (kind,), part in frame.partition_by("sort", as_dict=True, maintain_order=True).items():
        begin, end = {"<": (1, ">"), "_": (2, "")}.get(kind, (1, f'"{kind}'))
        held = part["text"].str.slice(begin).str.strip_suffix(end) if end else part["text"].str.slice(begin)
        escaped = held.str.contains("\\", literal=True)
        if escaped.any():
            held = held.scatter(escaped.arg_true(), [unescape(text) for text in held.filter(escaped).to_list()])
        found.append((kind, part["at"], held))
    return found


_FEW = 200
"""Terms that are taken apart one by one: operations on whole columns take longer to begin."""


def _kinds_of_few(texts: list[str]) -> list[tuple[str, pl.Series, pl.Series]]:
    kinds: dict[str, tuple[list[int], list[str]]] = {}
    for at, text in enumerate(texts):
        if text[0] == '"':
            held, _, kind = text[1:].rpartition('"')
        else:
            kind, held = text[0], text[1:-1] if text[0] == "<" else text[2:]
        places, all_held = kinds.setdefault(kind, ([], []))
        places.append(at)
        all_held.append(unescape(held) if "\\" in held else held)
    return [(kind, pl.Series("at", places, dtype=pl.UInt32), pl.Series("text", held, dtype=pl.String)) for kind, (places, held) in kinds.items()]


def _reader(kind: str) -> Callable[[str], Term]:
    """Give what makes a term of the text that it holds; see ``_kinds``."""
    plain = {"": ox.Literal, "<": ox.NamedNode, "_": ox.BlankNode}.get(kind)
    if plain is not None:
        return plain
    return partial(ox.Literal, language=kind[1:]) if kind[0] == "@" else partial(ox.Literal, datatype=ox.NamedNode(kind[3:-1]))


def unescape(text: str) -> str:
    """Give what an N-Triples text stands for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)) if match[1] or match[2] else _ESCAPED.get(match[3], match[3]), text)


def _bare(address: str) -> str:
    """Give an address as it stands in a literal: its escapes are none there, and it holds nothing that a literal escapes."""
    return unescape(address) if "\\" in address else address


