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


def ordered(quads: Iterable[Quad]) -> dict[bytes, Quad]:
    """Give the N-Quads lines, sorted, each once, with their quads: for writing other forms without reading the lines again."""
    known = list(quads)
    return dict(sorted(zip(_written(known, RdfFormat.N_QUADS).splitlines(keepends=True), known, strict=True), key=_line))


def triple_lines(quads: Iterable[Quad]) -> list[bytes]:
    """Give the N-Triples lines, in the order of the quads: what a statement says, whatever its graph."""
    output = io.BytesIO()
    serialize((quad.triple for quad in quads), output, RdfFormat.N_TRIPLES)
    return output.getvalue().splitlines(keepends=True)


def prefix_lines() -> bytes:
    """Give what TriG and Turtle open with."""
    return "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items()).encode()


def trig_section(quads: Iterable[Quad]) -> bytes:
    """Give one named graph in TriG as ordered by the caller, without the prefixes."""
    return _body(quads, RdfFormat.TRIG)


def turtle_section(quads: Iterable[Quad]) -> bytes:
    """Give statements in Turtle as ordered by the caller, whatever their graph, without the prefixes; each must come once."""
    return _body((quad.triple for quad in quads), RdfFormat.TURTLE)


def trig(quads: Iterable[Quad]) -> bytes:
    """Give TriG: graphs and subjects sorted, the prefixes of ``namespaces.PREFIXES``."""
    return _written(_sorted_quads(quads), RdfFormat.TRIG)


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


def _line(pair: tuple[bytes, Quad]) -> bytes:
    return pair[0]


def _written(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat) -> bytes:
    output = io.BytesIO()
    if form == RdfFormat.N_QUADS:
        serialize(statements, output, form)
        return output.getvalue()
    return prefix_lines() + b"\n" + _body(statements, form)


def _body(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat) -> bytes:
    """The library writes the prefixes in another order in every process: they are cut off."""
    output = io.BytesIO()
    serialize(statements, output, form, prefixes=PREFIXES)
    _, start, body = output.getvalue().rpartition(b"\n@prefix ")
    return body.partition(b"\n")[2] if start else body


def _sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    return sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
