"""The registries of ontology/ as records: kinds of agencies, provinces, document types and the small schemes.

Reads: agencies.ttl, provinces.ttl, events.ttl, document-types.ttl, roles.ttl, funding.ttl, recurrence.ttl, status.ttl.
Gives: one ``Registry``, checked: a broken file stops the run with its name, line and remedy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, NoReturn

from kg.data_files import data_folder
from kg.errors import VocabularyError
from kg.normalise import key
from kg.resolution.concepts import Concept, line_of, read_concepts
from kg.resolution.events import Event, Step, kind_steps, province_steps, read_events
from kg.resolution.partial_dates import may_hold

Form = Literal["body", "group", "open-group"]
Level = Literal["central", "provincial", "district", "commune"]

_FORMS = ("body", "group", "open-group")
_LEVELS = ("central", "provincial", "district", "commune")
_PROVINCE_WORDS = ("thành phố trực thuộc trung ương ", "thành phố ", "tp. ", "tp.", "tp ", "tỉnh ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of agency or group, such as Sở Công Thương.

    Dates are ISO days, inclusive, ``None`` where open; ``known_from`` and ``known_to`` as much of them as is known ("2008").
    ``successors`` and ``lines`` (the ministries it answers to) are slugs; ``answers_to`` is the only line, ``None`` where there is none or a merged body has two. ``ambiguous`` are names
    that other kinds bear, too. ``broader`` is the kind that a group's wording is a case of; ``comprises`` the kinds that
    are in a group for certain; ``nationwide`` those that it means in every province where a central document says it.
    """

    slug: str
    name: str
    english: str
    alt: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    symbol: str | None = None
    level: Level
    kind_class: str
    form: Form
    valid_from: str | None = None
    valid_to: str | None = None
    known_from: str | None = None
    known_to: str | None = None
    successors: tuple[str, ...] = ()
    answers_to: str | None = None
    other_symbols: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    broader: str | None = None
    lines: tuple[str, ...] = ()
    comprises: tuple[str, ...] = ()
    nationwide: tuple[str, ...] = ()

    def exists_at(self, date: str | None) -> bool:
        """Tell whether the kind may exist then; ``date`` may be "2025", "2025-02" or a day."""
        return may_hold(date, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province-level unit in one of its eras: Hưng Yên until 2025-06-30 is not Hưng Yên from 2025-07-01."""

    slug: str
    name: str
    full_name: str
    type: str
    code: str
    english: str = ""
    variants: tuple[str, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    successors: tuple[str, ...] = ()
    city_from: str | None = None

    def exists_at(self, date: str | None) -> bool:
        """Tell whether the unit may exist then; ``date`` may be "2025", "2025-02" or a day."""
        return may_hold(date, self.valid_from, self.valid_to)

    def is_city_at(self, date: str | None) -> bool:
        """Tell whether the unit may be a city then, by its type or because it became one (``city_from``)."""
        return "thành phố" in self.type or (self.city_from is not None and may_hold(date, self.city_from, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """A type of document. ``symbol`` is its code in numbers ("QĐ"); ``branch`` state, legislative, party or historic."""

    slug: str
    name: str
    english: str
    symbol: str | None
    branch: str
    alt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A concept of a small scheme: a role, a rhythm, a source of funds, a review status.

    ``implies`` are the roles that come with a role.
    """

    slug: str
    name: str
    english: str
    alt: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All registries. Mappings are in the order of their files' slugs; treat them as read-only.

    ``by_label`` maps ``key(label)`` to the one kind of that name; ``ambiguous`` maps the key of a shared name to all
    kinds that bear it; ``by_symbol`` maps a symbol as written ("SCT") to the kinds that use it. ``events`` are the
    reorganisations, oldest first.
    """

    kinds: Mapping[str, Kind]
    by_label: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    by_symbol: Mapping[str, tuple[str, ...]]
    provinces: Mapping[str, Province]
    document_types: Mapping[str, DocumentType]
    roles: Mapping[str, Term]
    recurrences: Mapping[str, Term]
    funding: Mapping[str, Term]
    statuses: Mapping[str, Term]
    province_labels: Mapping[str, tuple[str, ...]] = field(repr=False)
    events: tuple[Event, ...] = field(default=(), repr=False)

    def __hash__(self) -> int:
        """Hash sizes alone, so that what was worked out from a registry can be kept with it: equal ones have as many of each."""
        return hash((len(self.kinds), len(self.provinces), len(self.events)))

    def kind_named(self, name: str, *, date: str | None = None, level: Level | None = None) -> Kind | None:
        """Give the kind of that name; ``None`` where unknown, or shared by several that date and level leave."""
        label = key(name)
        slug = self.by_label.get(label)
        if slug is not None:
            return self.kinds[slug]
        left = [kind for kind in map(self.kinds.__getitem__, self.ambiguous.get(label, ())) if kind.exists_at(date)]
        if level is not None:
            left = [kind for kind in left if kind.level == level]
        return left[0] if len(left) == 1 else None

    def members_at(self, group: str, date: str | None) -> tuple[str, ...]:
        """Give the kinds that are in a group for certain and may exist then; () for an open group or a body.

        The group may have others: never count it as these.
        """
        return tuple(slug for slug in self.kinds[group].comprises if self.kinds[slug].exists_at(date))

    def provinces_named(self, name: str) -> tuple[Province, ...]:
        """Give all units that ever bore the name, with or without "tỉnh" or "thành phố", oldest first."""
        label = key(name)
        for word in _PROVINCE_WORDS:
            if label not in self.province_labels:
                label = label.removeprefix(word)
        return tuple(self.provinces[slug] for slug in self.province_labels.get(label, ()))

    def province_at(self, name: str, date: str | None) -> Province | None:
        """Give the unit of that name at the date; ``None`` where there is none, or the date leaves several.

        ``date`` may be partial; "2025" leaves both units called Hưng Yên, and so does ``None``.
        """
        left = [unit for unit in self.provinces_named(name) if unit.exists_at(date)]
        return left[0] if len(left) == 1 else None


@cache
def load_registry() -> Registry:
    """Read the project's registries, once a process.

    Raises:
        VocabularyError: a file is broken; the message says where and what to do.

    """
    return read_registry(data_folder("ontology"))


def read_registry(folder: Path) -> Registry:
    """Read the registries in a folder; see ``load_registry``."""
    kinds = {concept.slug: _kind(concept) for concept in read_concepts(folder / "agencies.ttl", "kind")}
    provinces = {concept.slug: _province(concept) for concept in read_concepts(folder / "provinces.ttl", "province")}
    types = {concept.slug: _type(concept) for concept in read_concepts(folder / "document-types.ttl", "doctype")}
    by_label, ambiguous = _index_labels(folder / "agencies.ttl", kinds)
    _check_links(folder / "agencies.ttl", {slug: (*kind.successors, *kind.lines, *_some(kind.broader), *kind.comprises, *kind.nationwide) for slug, kind in kinds.items()})
    _check_succession(folder / "agencies.ttl", {slug: kind.successors for slug, kind in kinds.items()})
    _check_acyclic(folder / "agencies.ttl", {slug: _some(kind.broader) for slug, kind in kinds.items()}, "skos:broader", "broader kinds", "loại rộng hơn")
    _check_acyclic(folder / "agencies.ttl", {slug: kind.comprises for slug, kind in kinds.items()}, "mg:comprises", "members", "thành viên")
    _check_intervals(folder / "agencies.ttl", kinds)
    _check_intervals(folder / "provinces.ttl", provinces)
    _check_term_labels(folder / "document-types.ttl", types)
    _check_links(folder / "provinces.ttl", {slug: unit.successors for slug, unit in provinces.items()})
    _check_succession(folder / "provinces.ttl", {slug: unit.successors for slug, unit in provinces.items()})
    roles = _terms(folder / "roles.ttl", "role")
    _check_links(folder / "roles.ttl", {slug: role.implies for slug, role in roles.items()})
    events = read_events(folder / "events.ttl", kinds, provinces)
    _check_told(folder / "agencies.ttl", {slug: kind.successors for slug, kind in kinds.items()}, kind_steps(events))
    _check_told(folder / "provinces.ttl", {slug: unit.successors for slug, unit in provinces.items()}, province_steps(events))
    return Registry(
        kinds=kinds,
        by_label=by_label,
        ambiguous=ambiguous,
        by_symbol=_index_symbols(kinds),
        provinces=provinces,
        document_types=types,
        roles=roles,
        recurrences=_terms(folder / "recurrence.ttl", "recurrence"),
        funding=_terms(folder / "funding.ttl", "funding"),
        statuses=_terms(folder / "status.ttl", "status"),
        province_labels=_index_provinces(folder / "provinces.ttl", provinces),
        events=events,
    )


def _kind(concept: Concept) -> Kind:
    lines = concept.links("answersTo")
    return Kind(
        slug=concept.slug,
        name=concept.label("vi"),
        english=concept.label("en"),
        alt=concept.texts("altLabel"),
        hidden=concept.texts("hiddenLabel"),
        symbol=concept.text("notation"),
        level=concept.choice("level", _LEVELS),  # type: ignore[arg-type]  # checked against the same words
        kind_class=concept.needed("kindClass"),
        form=concept.choice("form", _FORMS),  # type: ignore[arg-type]
        valid_from=concept.date("validFrom"),
        valid_to=concept.date("validTo"),
        known_from=concept.known("validFrom"),
        known_to=concept.known("validTo"),
        successors=concept.links("isReplacedBy"),
        answers_to=lines[0] if len(lines) == 1 else None,
        other_symbols=concept.texts("symbolVariant"),
        ambiguous=concept.texts("ambiguousLabel"),
        broader=concept.link("broader"),
        lines=lines,
        comprises=concept.links("comprises"),
        nationwide=concept.links("comprisesNationally"),
    )


def _province(concept: Concept) -> Province:
    return Province(
        slug=concept.slug,
        name=concept.label("vi"),
        full_name=concept.needed("fullName"),
        type=concept.needed("provinceType"),
        code=concept.needed("code"),
        english=concept.label("en"),
        variants=concept.texts("altLabel") + concept.texts("hiddenLabel"),
        valid_from=concept.date("validFrom"),
        valid_to=concept.date("validTo"),
        successors=concept.links("isReplacedBy"),
        city_from=concept.date("cityFrom"),
    )


def _type(concept: Concept) -> DocumentType:
    return DocumentType(
        slug=concept.slug,
        name=concept.label("vi"),
        english=concept.label("en"),
        symbol=concept.text("notation"),
        branch=concept.needed("branch"),
        alt=concept.texts("altLabel"),
    )


def _terms(path: Path, family: str) -> dict[str, Term]:
    terms = {
        concept.slug: Term(
            slug=concept.slug,
            name=concept.label("vi"),
            english=concept.label("en"),
            alt=concept.texts("altLabel"),
            implies=concept.links("impliesRole"),
        )
        for concept in read_concepts(path, family)
    }
    _check_term_labels(path, terms)
    return terms


def _index_labels(path: Path, kinds: Mapping[str, Kind]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    by_label: dict[str, str] = {}
    shared: dict[str, tuple[str, ...]] = {}
    for kind in kinds.values():
        for label in (kind.name, *kind.alt, *kind.hidden):
            other = by_label.setdefault(key(label), kind.slug)
            if other != kind.slug:
                _refuse(path, kind.slug, label, found=f'the label "{label}" on {other} (line {line_of(path, other)}) and on {kind.slug}', expected="each label on one kind", remedy="give the label to one of them, or to both as mg:ambiguousLabel and to none as a label", vi=f"nhãn “{label}” trùng ở hai loại cơ quan: {other} và {kind.slug}; giữ ở một loại, hoặc ghi mg:ambiguousLabel ở cả hai")
    for kind in kinds.values():
        for label in kind.ambiguous:
            shared[key(label)] = (*shared.get(key(label), ()), kind.slug)
    for label, owners in shared.items():
        if len(owners) == 1 or label in by_label:
            _refuse(path, owners[0], label, found=f'the ambiguous label "{label}" on {owners[0]} alone, or also as a plain label', expected="an ambiguous label on two kinds or more, and nowhere as a plain label", remedy="make it a skos:altLabel, or give it to the other kind, too", vi=f"nhãn “{label}” ghi là mơ hồ nhưng chỉ một loại mang; ghi thành skos:altLabel, hoặc thêm cho loại kia")
    return by_label, shared


def _check_term_labels(path: Path, terms: Mapping[str, Term] | Mapping[str, DocumentType]) -> None:
    owners: dict[str, str] = {}
    for term in terms.values():
        for label in (term.name, *term.alt):
            other = owners.setdefault(key(label), term.slug)
            if other != term.slug:
                _refuse(path, term.slug, label, found=f'the label "{label}" on {other} (line {line_of(path, other)}) and on {term.slug}', expected="each label on one term", remedy="take it from one of them", vi=f"nhãn “{label}” trùng ở hai mục: {other} và {term.slug}; chỉ giữ ở một mục")


def _check_intervals(path: Path, units: Mapping[str, Kind] | Mapping[str, Province]) -> None:
    for slug, unit in units.items():
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            _refuse(path, slug, "mg:validFrom", found=f"{slug} valid from {unit.valid_from} to {unit.valid_to}", expected="a first day that is not after the last", remedy="mend mg:validFrom or mg:validTo", vi=f"{slug}: ngày bắt đầu {unit.valid_from} sau ngày kết thúc {unit.valid_to}")


_NEVER = "9999-12-31"


def _index_symbols(kinds: Mapping[str, Kind]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for kind in kinds.values():
        for symbol in (*_some(kind.symbol), *kind.other_symbols):
            index[symbol] = (*index.get(symbol, ()), kind.slug)
    return index


def _index_provinces(path: Path, provinces: Mapping[str, Province]) -> dict[str, tuple[str, ...]]:
    """Give the units of each label, oldest first; two that bear it or a code on one day are refused."""
    index: dict[str, tuple[str, ...]] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for unit in sorted(provinces.values(), key=lambda unit: (unit.valid_from or "", unit.slug)):
        for other in codes.get(unit.code, ()):
            if (provinces[other].valid_to or _NEVER) >= (unit.valid_from or ""):
                _refuse(path, unit.slug, "mg:code", found=f'the code "{unit.code}" on {other} (line {line_of(path, other)}) and on {unit.slug}, both valid on one day', expected="one province a code and day", remedy="mend mg:code of one of them", vi=f"mã “{unit.code}” trùng ở hai tỉnh cùng tồn tại: {other} và {unit.slug}; sửa mg:code")
        codes[unit.code] = (*codes.get(unit.code, ()), unit.slug)
        for label in dict.fromkeys(map(key, (unit.name, unit.full_name, *unit.variants))):
            for other in index.get(label, ()):
                if (provinces[other].valid_to or _NEVER) >= (unit.valid_from or ""):
                    _refuse(path, unit.slug, "skos:prefLabel", found=f'the label "{label}" on {other} (line {line_of(path, other)}) and on {unit.slug}, both valid on one day', expected="one province a label and day", remedy="give the label to one of them, or mend mg:validFrom and mg:validTo", vi=f"nhãn “{label}” trùng ở hai tỉnh cùng tồn tại: {other} và {unit.slug}; sửa nhãn hoặc ngày hiệu lực")
            index[label] = (*index.get(label, ()), unit.slug)
    return index


def _check_links(path: Path, links: Mapping[str, tuple[str, ...]]) -> None:
    for slug, targets in links.items():
        for target in targets:
            if target not in links:
                _refuse(path, slug, target, found=f"{slug} pointing at {target}, which is not there", expected="a term of this file", remedy="correct the name, or add the term", vi=f"{slug} trỏ tới {target} không tồn tại; sửa tên hoặc thêm mục đó")


def _check_acyclic(path: Path, links: Mapping[str, tuple[str, ...]], term: str, name: str, vi_name: str) -> None:
    """Refuse terms that lead back to themselves by ``term``, a property such as "dcterms:isReplacedBy"."""
    word = term.partition(":")[2]
    done: set[str] = set()

    def walk(slug: str, trail: tuple[str, ...]) -> None:
        if slug in trail:
            cycle = " → ".join((*trail[trail.index(slug) :], slug))
            _refuse(path, slug, word, found=f"a cycle of {name}: {cycle}", expected="an end to every one", remedy=f"remove one {term} of the cycle", vi=f"vòng lặp {vi_name}: {cycle}; bỏ một {term}")
        if slug not in done:
            for target in links[slug]:
                walk(target, (*trail, slug))
            done.add(slug)

    for slug in links:
        walk(slug, ())


def _check_succession(path: Path, successors: Mapping[str, tuple[str, ...]]) -> None:
    _check_acyclic(path, successors, "dcterms:isReplacedBy", "successions", "thay thế")


def _check_told(path: Path, successors: Mapping[str, tuple[str, ...]], steps: Mapping[str, tuple[Step, ...]]) -> None:
    """Refuse a succession without an event, and an event without its succession."""
    for slug, targets in successors.items():
        told = tuple(sorted({step.target for step in steps.get(slug, ()) if not step.narrow}))
        if told != targets:
            _refuse(path, slug, "isReplacedBy", found=f"{slug} replaced by {', '.join(targets) or 'none'}, but by {', '.join(told) or 'none'} in events.ttl", expected="dcterms:isReplacedBy as the events tell it", remedy="add the event with its date and legal basis, or mend dcterms:isReplacedBy", vi=f"{slug}: dcterms:isReplacedBy không khớp với events.ttl; thêm sự kiện có ngày và căn cứ, hoặc sửa dcterms:isReplacedBy")


def _some(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _refuse(path: Path, slug: str, word: str, *, found: str, expected: str, remedy: str, vi: str) -> NoReturn:
    """Raise a VocabularyError at the first line with the word in a term's entry, else where the entry begins."""
    raise VocabularyError(f"{path.name}:{line_of(path, slug, word)}", found=found, expected=expected, remedy=remedy, vi=vi)
