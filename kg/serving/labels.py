"""The names of everything in a graph, found without diacritics."""

from __future__ import annotations

import pyoxigraph as ox

from kg.normalise import fold
from kg.store.embedded import EmbeddedStore

_QUERY = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label ?class (SAMPLE(?place) AS ?province) WHERE {
  ?thing rdfs:label|skos:prefLabel ?label ; a ?class .
  FILTER (ISIRI(?thing) && LANG(?label) IN ("vi", ""))
  OPTIONAL { ?thing <https://w3id.org/mandategraph/ontology#inProvince> ?home . ?home skos:prefLabel ?place . FILTER (LANG(?place) = "vi") }
} GROUP BY ?thing ?label ?class
"""
_RANK = ("Agency", "AgencyGroup", "ProvincialPlan", "NationalDecision", "Province", "AgencyKind", "Sector", "Task")


class LabelIndex:
    """Folded names in a list: 100,000 of them are searched in some hundredths of a second."""

    def __init__(self, store: EmbeddedStore) -> None:
        found: dict[tuple[str, str], tuple[str, str, str]] = {}
        for thing, label, kind, province in store.select(_QUERY).rows:
            assert isinstance(thing, ox.NamedNode)  # noqa: S101  the query says so
            name, place = _text(label), _text(province)
            known = (thing.value, name)
            own = _text(kind).rpartition("#")[2] or _text(kind).rpartition("/")[2]
            if known not in found or _order(own) < _order(found[known][1]):
                found[known] = (fold(f"{name} {place}"), own, place)
        self._rows = sorted((key, name, iri, kind, place) for (iri, name), (key, kind, place) in found.items())
        self._labels: dict[str, str] = {}
        for _, name, iri, _, _ in self._rows:
            self._labels.setdefault(iri, name)

    def label(self, iri: str) -> ox.Literal | None:
        """Give a thing's first name."""
        return ox.Literal(self._labels[iri]) if iri in self._labels else None

    def find(self, text: str, *, most: int) -> list[dict[str, str]]:
        """Find things whose name and province hold all words, the nearest first."""
        words = fold(text).split()
        whole = " ".join(words)
        hits = [(not key.startswith(whole), whole not in key, _order(kind), len(key), name, iri, kind, place) for key, name, iri, kind, place in self._rows if words and all(word in key for word in words)]
        return [{"iri": iri, "label": name, "class": kind, "province": place} for *_, name, iri, kind, place in sorted(hits)[:most]]


def _order(kind: str) -> int:
    return _RANK.index(kind) if kind in _RANK else len(_RANK)


def _text(term: object) -> str:
    return str(getattr(term, "value", "") or "")
