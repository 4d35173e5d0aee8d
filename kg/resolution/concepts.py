"""Turtle files of concepts as plain values, every term known and every literal checked.

Reads: a Turtle file of the registries. Gives: its concepts, sorted by slug.
"""

from __future__ import annotations

import codecs
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.normalise import key

_RESOURCES = "https://w3id.org/mandategraph/"
_FAMILIES = {
    "kind": f"{_RESOURCES}kind/",
    "province": f"{_RESOURCES}vn/province/",
    "doctype": f"{_RESOURCES}doctype/",
    "role": f"{_RESOURCES}role/",
    "recurrence": f"{_RESOURCES}recurrence/",
    "funding": f"{_RESOURCES}funding/",
    "status": f"{_RESOURCES}status/",
    "event": f"{_RESOURCES}event/",
    "transfer": f"{_RESOURCES}transfer/",
    "office": f"{_RESOURCES}office/",
}
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_OURS = f"{_RESOURCES}ontology#"
_RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"
_KNOWN = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    *(
        _SKOS + name
        for name in (
            "prefLabel", "altLabel", "hiddenLabel", "notation", "inScheme", "topConceptOf", "definition",
            "note", "editorialNote", "example", "broader", "closeMatch", "scopeNote",
        )
    ),
    *(_DCTERMS + name for name in ("isReplacedBy", "source")),
    *(
        _OURS + name
        for name in (
            "ambiguousLabel", "symbolVariant", "level", "kindClass", "form", "validFrom", "validFromPrecision", "validTo", "validToPrecision",
            "answersTo", "comprises", "comprisesNationally", "impliesRole", "verification", "fullName", "provinceType", "cityFrom", "code", "isoCode",
            "branch",
            "exampleNumber", "confusableWith",
        )
    ),
}
_KNOWN_OF = {
    "event": {_OURS + name for name in ("date", "datePrecision", "originalKind", "resultingKind", "originalProvince", "resultingProvince", "functionTransfer")},
    "transfer": {_OURS + name for name in ("fromKind", "toKind", "remit")},
    "office": {_RDFS_LABEL, *(_OURS + name for name in ("kind", "regionNumber", "covers", "seat"))},
}


_TYPES = {
    "kind": f"{_OURS}AgencyKind", "province": f"{_OURS}Province", "event": "http://www.w3.org/ns/org#ChangeEvent", "transfer": f"{_OURS}FunctionTransfer", "office": f"{_OURS}RegionalOffice",
}  # fmt: skip
"""The class of the terms of a family; of those that are not here it is skos:Concept."""
_SCHEMES = {"kind": "agency-kind", "doctype": "document-type"}
"""The last part of a scheme's address, where it is not the family's name."""
_UNSCHEMED = frozenset({"event", "transfer", "office"})

_UNREAD = frozenset(
    _SKOS + name
    for name in ("topConceptOf", "definition", "note", "editorialNote", "scopeNote", "example", "closeMatch")
)
"""What is for readers of the files and of the graph; no record holds it."""


def _local_name(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


_NAMES = {iri: _local_name(iri) for iri in _KNOWN}
_NAMES_OF = {family: {iri: _local_name(iri) for iri in known} for family, known in _KNOWN_OF.items()}


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its slug and, a property's local name each, its values as (value, language or datatype)."""

    path: Path
    iri: str
    slug: str
    values: dict[str, list[tuple[str, str]]] = field(repr=False)

    @property
    def family(self) -> str:
        """The family that it is a term of, such as "kind"."""
        home = self.iri.removesuffix(self.slug)
        return next(family for family, below in _FAMILIES.items() if below == home)

    def texts(self, name: str) -> tuple[str, ...]:
        """Give all values, sorted; () where there is none."""
        found = self.values.get(name)
        if found is None:
            return ()
        return (found[0][0],) if len(found) == 1 else tuple(sorted(value for value, _ in found))

    def text(self, name: str) -> str | None:
        """Give the one value, or ``None``."""
        found = self.texts(name)
        if len(found) > 1:
            self.refuse(name, f"{len(found)} values of {name}: {', '.join(found)}", f"one {name} at most", f"nhiều giá trị {name}")
        return found[0] if found else None

    def needed(self, name: str) -> str:
        """Give the one value, which must be there."""
        found = self.text(name)
        if found is None:
            self.refuse(name, f"no {name}", f"one {name}", f"thiếu {name}")
        return found

    def label(self, language: str, name: str = "prefLabel") -> str:
        """Give the prefLabel, or the words of another property, in the language: there once, and not empty."""
        found = [value for value, tag in self.values.get(name, ()) if tag == language]
        said = {"prefLabel": "skos:prefLabel", "label": "rdfs:label"}.get(name, f"mg:{name}")
        if len(found) != 1 or not found[0].strip():
            self.refuse(name, f"{len(found)} {said}@{language}", f"one {said}@{language}, not empty", f"phải có đúng một {said}@{language}")
        return found[0]

    def choice(self, name: str, words: tuple[str, ...]) -> str:
        """Give the one value, which must be one of the words."""
        found = self.needed(name)
        if found not in words:
            self.refuse(name, f'{name} "{found}"', "one of " + ", ".join(words), f"giá trị {name} “{found}” không hợp lệ")
        return found

    def date(self, name: str) -> str | None:
        """Give the one value as an ISO day, or ``None``."""
        found = self.text(name)
        if found is None:
            return None
        try:
            dt.date.fromisoformat(found)
        except ValueError:
            self.refuse(name, f'{name} "{found}"', 'a day of the calendar as "2025-03-01"^^xsd:date', f'ngày “{found}” không hợp lệ; viết như "2025-03-01"^^xsd:date')
        if self.values[name][0][1] != _XSD_DATE or len(found) != 10:
            self.refuse(name, f'{name} "{found}" of another datatype', f'"{found}"^^xsd:date', f'ngày “{found}” thiếu kiểu; viết "{found}"^^xsd:date')
        return found

    def known(self, name: str) -> str | None:
        """Give as much of a day as is known, by "…Precision" beside it: "2008", "2025-06" or the day; ``None`` where there is none."""
        day, precision = self.date(name), f"{name}Precision"
        if self.text(precision) is None:
            return day
        if day is None:
            self.refuse(precision, f"{precision} without a day", f"{name} beside it", f"{precision} phải đi cùng {name}")
        return day[: {"year": 4, "month": 7}[self.choice(precision, ("year", "month"))]]

    def links(self, name: str, family: str | None = None) -> tuple[str, ...]:
        """Give the slugs of the terms that the property points at, sorted; of this family, or of the one named."""
        home = _FAMILIES[family] if family else self.iri.removesuffix(self.slug)
        for target in self.texts(name):
            if not target.startswith(home):
                self.refuse(name, f"{name} pointing at {target}", f"a term below {home}", f"{name} trỏ ra ngoài danh mục")
        return tuple(target.removeprefix(home) for target in self.texts(name))

    def link(self, name: str) -> str | None:
        """Give the slug of the one term that the property points at, or ``None``."""
        self.text(name)
        return next(iter(self.links(name)), None)

    def refuse(self, name: str, found: str, expected: str, vi: str) -> NoReturn:
        """Raise a VocabularyError at the concept's line: what ``name`` has, and what it should have."""
        raise VocabularyError(
            f"{self.path.name}:{line_of(self.path, self.slug, _said_in(self.values.get(name)))}",
            found=f"{self.slug}: {found}",
            expected=expected,
            remedy=f"mend the {name} of {self.slug}",
            vi=f"{self.slug}: {vi}",
        )


def read_concepts(path: Path, *families: str) -> tuple[Concept, ...]:
    """Read the concepts of a family ("kind", "province" …) from a Turtle file, sorted by address; of several where named.

    Raises:
        VocabularyError: no such file, broken Turtle, a property that no registry has, or no concept at all.

    """
    homes = {_FAMILIES[family]: family for family in families}
    names = {home: _NAMES | _NAMES_OF.get(family, {}) for home, family in homes.items()}
    values: dict[str, dict[str, list[tuple[str, str]]]] = {}
    home_of: dict[str, str] = {}
    for triple in parse_turtle(path):
        predicate = triple.predicate.value
        if predicate in _UNREAD:
            continue
        subject = triple.subject.value  # type: ignore[union-attr]  # Turtle has no other subjects than nodes
        home = home_of.get(subject)
        if home is None:
            home = next((each for each in homes if subject.startswith(each)), "")
            home_of[subject] = home
        if not home:
            continue
        name = names[home].get(predicate)
        if name is None:
            _refuse_property(path, predicate, subject.removeprefix(home))
        values.setdefault(subject, {}).setdefault(name, []).append(_value(triple.object))
    for home in homes:
        if home not in home_of.values():
            raise VocabularyError(path.name, found=f"no term below {home}", expected="at least one", remedy="restore the file", vi="danh mục rỗng")
    concepts = tuple(Concept(path, iri, iri.removeprefix(home_of[iri]), values[iri]) for iri in sorted(values))
    for concept in concepts:
        _check_form(concept, values)
    return concepts


def _check_form(concept: Concept, known: Mapping[str, object]) -> None:
    """Refuse another class or scheme than the family's, a broader term that is not there, and a level of verification that is none."""
    family = concept.family
    for name, expected in (
        ("type", _TYPES.get(family, f"{_SKOS}Concept")),
        ("inScheme", None if family in _UNSCHEMED else f"{_RESOURCES}scheme/{_SCHEMES.get(family, family)}"),
    ):
        found = concept.texts(name)
        if expected and found != (expected,):
            concept.refuse(name, f"{name} {', '.join(found) or 'missing'}", expected, f"{_WRONG[name]} phải là {expected}")
    for above in concept.texts("broader"):
        if above not in known:
            concept.refuse("broader", f"skos:broader {above}, which is not there", f"a term of {concept.path.name}", f"skos:broader trỏ tới {above} không tồn tại")
    if "verification" in concept.values:
        concept.choice("verification", ("V", "S", "K"))


_WRONG = {"type": "lớp (rdf:type)", "inScheme": "skos:inScheme"}


def _refuse_property(path: Path, predicate: str, slug: str) -> NoReturn:
    raise VocabularyError(
        f"{path.name}:{line_of(path, _local_name(predicate))}",
        found=f"the property <{predicate}> on {slug}",
        expected="a property that the registries use",
        remedy="correct its name; ontology/mandategraph.ttl has the list",
        vi=f"thuộc tính lạ <{predicate}>; sửa lại tên thuộc tính",
    )


def _said_in(values: list[tuple[str, str]] | None) -> str | None:
    """The first value of a property as it stands in the file: for finding its line."""
    return None if not values else values[0][0].replace("#", "/").rpartition("/")[2] or None


def parse_turtle(path: Path) -> Iterator[ox.Quad]:
    """Give the triples of a file of ontology/ in their order.

    Raises:
        VocabularyError: no such file, or broken Turtle; with the line.

    """
    try:
        yield from ox.parse(path.read_bytes().removeprefix(codecs.BOM_UTF8), format=ox.RdfFormat.TURTLE)  # Notepad adds the mark
    except FileNotFoundError:
        raise VocabularyError(path.name, found="no such file", expected=f"ontology/{path.name}", remedy="restore the file", vi="thiếu tệp danh mục; hãy khôi phục tệp") from None
    except SyntaxError as error:
        raise VocabularyError(
            f"{path.name}:{error.lineno}" if error.lineno else path.name,
            found=f"broken Turtle: {error.msg}",
            expected="valid Turtle",
            remedy='look for a missing ";", "." or quote at or above this line',
            vi="sai cú pháp Turtle; tìm dấu “;”, “.” hoặc ngoặc kép bị thiếu ở dòng này hoặc ngay trên",
        ) from None


def _value(term: object) -> tuple[str, str]:
    if isinstance(term, ox.Literal):
        return term.value, term.language or term.datatype.value
    return str(getattr(term, "value", "")), "iri"


def line_of(path: Path, term: str, word: str | None = None) -> int:
    """Give the line that introduces a term, or the first with ``word`` from there on; else 1. Comments do not count."""
    lines = [("" if line.lstrip().startswith("#") else line) for line in path.read_text("utf-8").splitlines()]
    exact = (number for number, line in enumerate(lines, 1) if f":{term} a " in line or f"/{term}>" in line)
    loose = (number for number, line in enumerate(lines, 1) if term in line)
    start = next(exact, None) or next(loose, 1)
    if word is None:
        return start
    return next((number for number, line in enumerate(lines[start - 1 :], start) if key(word) in key(line)), start)
