"""Quads and triples as bytes, in one order."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.namespaces import PREFIXES
from kg.store.interface import Format

_FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
}


def serialise_quads(quads: Iterable[ox.Quad], format: Format) -> bytes:  # noqa: A002  as in Store.dump
    """Serialise a dataset; "nt" and "ttl" give the union of its graphs.

    Raises:
        StoreError: a format that there is not.
    """
    rdf_format = _FORMATS.get(format)
    if rdf_format is None:
        raise StoreError(
            "dump",
            found=f"format {format!r}",
            expected=", ".join(_FORMATS),
            remedy="choose one of these formats",
            vi=f"Không có định dạng {format!r}",
        )
    if rdf_format.supports_datasets:
        statements: list[ox.Quad] | list[ox.Triple] = sorted(_name_blanks(quads), key=_quad_key)
    else:
        statements = sort_triples(quad.triple for quad in _name_blanks(quads))
    return _write(statements, rdf_format)


def serialise_triples(triples: Iterable[ox.Triple]) -> bytes:
    """Serialise triples as Turtle."""
    return _write(sort_triples(triples), ox.RdfFormat.TURTLE)


def sort_triples(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Give the distinct triples in the order of their N-Triples form."""
    return sorted(set(triples), key=str)


def _name_blanks(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Give blank nodes names that follow from what is said of them: a store makes up new ones at every load."""
    distinct = set(quads)
    if not any(isinstance(term, ox.BlankNode) for quad in distinct for term in (quad.subject, quad.object)):
        return distinct
    named = ox.Dataset(distinct)
    named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(named)


def _quad_key(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)


def _write(statements: list[ox.Quad] | list[ox.Triple], rdf_format: ox.RdfFormat) -> bytes:
    named = rdf_format in (ox.RdfFormat.TRIG, ox.RdfFormat.TURTLE)
    written = ox.serialize(statements, format=rdf_format, prefixes=PREFIXES if named else None)
    return written or b""
