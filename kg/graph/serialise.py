"""Quads → bytes that are the same for the same quads: sorted N-Quads, TriG and Turtle with readable prefixes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import groupby

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.graph.namespaces import PREFIXES


def n_quads(quads: Iterable[Quad]) -> bytes:
    """Give N-Quads, a statement a line, sorted by bytes, each once.

    The lines are ordered subject, predicate, object, graph: the order of the file, not of the input.
    """
    return b"".join(sorted_lines(quads))


def sorted_lines(quads: Iterable[Quad]) -> list[bytes]:
    """Give the N-Quads lines, sorted, each once."""
    data = _written(quads, RdfFormat.N_QUADS)
    return sorted(set(data.splitlines(keepends=True)))


def trig(quads: Iterable[Quad]) -> bytes:
    """Give TriG: graphs and subjects sorted, the prefixes of ``namespaces.PREFIXES``."""
    return _written(_ordered(quads), RdfFormat.TRIG)


def turtle(quads: Iterable[Quad]) -> bytes:
    """Give Turtle: the union of all graphs, each statement once, sorted by subject."""
    triples = {quad.triple for quad in quads}
    return _written(sorted(triples, key=str), RdfFormat.TURTLE)


def merge_lines(parts: Iterable[Iterable[bytes]]) -> list[bytes]:
    """Merge sorted N-Quads lines of several documents into one sorted list, each line once."""
    from heapq import merge

    return [line for line, _ in groupby(merge(*parts))]


def read_n_quads(data: bytes) -> list[Quad]:
    """Give the quads of N-Quads bytes, in the order of the file."""
    return list(parse(data, format=RdfFormat.N_QUADS))


def _written(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat) -> bytes:
    output = io.BytesIO()
    if form == RdfFormat.N_QUADS:
        serialize(statements, output, form)
        return output.getvalue()
    serialize(statements, output, form, prefixes=PREFIXES)
    # The library writes the prefixes in another order in every process.
    _, start, body = output.getvalue().rpartition(b"\n@prefix ")
    body = body.partition(b"\n")[2] if start else body
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items())
    return head.encode() + b"\n" + body


def _ordered(quads: Iterable[Quad]) -> list[Quad]:
    return sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
