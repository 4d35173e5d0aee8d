"""The reorganisations of ontology/events.ttl as records: what there was before, what came of it, when and by what law.

Reads: events.ttl. Gives: events, and the steps of succession that they make.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.resolution.concepts import Concept, read_concepts

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A function that goes from one kind to another; ``remit`` says which, in Vietnamese and in English.

    ``words`` are other words for it that tasks use.
    """

    slug: str
    origin: str
    target: str
    remit: str
    remit_en: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A reorganisation of kinds, or of provinces. A unit that survives with another remit stands on both sides.

    ``date`` is an ISO day, of which only the part that ``precision`` names is known; ``basis`` the law, ``None`` where it
    was not found; ``verification`` "V", "S" or "K".
    """

    slug: str
    name: str
    english: str
    date: str
    basis: str | None
    verification: str
    original_kinds: tuple[str, ...] = ()
    resulting_kinds: tuple[str, ...] = ()
    original_provinces: tuple[str, ...] = ()
    resulting_provinces: tuple[str, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    precision: Precision = "day"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Step:
    """One step of a succession: ``origin`` goes, wholly or with ``remit``, to ``target`` on ``date``.

    ``remit`` is ``None`` where the event does not divide functions. ``narrow``: that function alone goes there, for the
    target is none of the event's results: work of an unnamed function does not.
    """

    origin: str
    target: str
    date: str
    event: str
    basis: str | None
    verification: str
    remit: str | None = None
    remit_en: str | None = None
    words: tuple[str, ...] = ()
    narrow: bool = False
    precision: Precision = "day"

    @property
    def known_date(self) -> str:
        """As much of the date as is known: "2008", "2025-02" or a day."""
        return self.date[: {"year": 4, "month": 7, "day": 10}[self.precision]]


def read_events(path: Path, kinds: Collection[str], provinces: Collection[str]) -> tuple[Event, ...]:
    """Read the events, sorted by date and name.

    Raises:
        VocabularyError: broken Turtle, a date that is none, a kind or province that is not there, an event without a side,
            a transfer that does not fit its event or belongs to none.

    """
    concepts = read_concepts(path, "event", "transfer")
    transfers = {each.slug: each for each in concepts if each.family == "transfer"}
    owners: dict[str, str] = {}
    events = []
    for concept in concepts:
        if concept.family != "event":
            continue
        for slug in concept.links("functionTransfer", "transfer"):
            if slug not in transfers or slug in owners:
                other = owners.get(slug, "none that is there")
                concept.refuse("functionTransfer", f"the transfer {slug}, of {other}", "a transfer of this event alone", f"phần chuyển giao {slug} không tồn tại hoặc thuộc sự kiện khác")
            owners[slug] = concept.slug
        events.append(_event(concept, transfers, kinds, provinces))
    for slug, transfer in transfers.items():
        if slug not in owners:
            transfer.refuse("functionTransfer", "no event that points at it", "an event with this mg:functionTransfer", "không sự kiện nào có phần chuyển giao này")
    return tuple(sorted(events, key=lambda event: (event.date, event.slug)))


def _event(concept: Concept, transfers: Mapping[str, Concept], kinds: Collection[str], provinces: Collection[str]) -> Event:
    date = concept.date("date")
    if date is None:
        concept.refuse("date", "no date", 'a day as "2025-03-01"^^xsd:date', "thiếu ngày")
    sides = {
        name: _known(concept, name, family, known)
        for family, known in (("kind", kinds), ("province", provinces))
        for name in (f"original{family.title()}", f"resulting{family.title()}")
    }
    for family in ("Kind", "Province"):
        if bool(sides[f"original{family}"]) != bool(sides[f"resulting{family}"]):
            concept.refuse(f"original{family}", "only one side", f"mg:original{family} and mg:resulting{family}", "chỉ có một vế trước hoặc sau")
    if not (sides["originalKind"] or sides["originalProvince"]):
        concept.refuse("originalKind", "neither kinds nor provinces", "what there was before", "thiếu đơn vị trước và sau sắp xếp")
    made = tuple(_transfer(transfers[slug], sides["originalKind"], kinds) for slug in concept.links("functionTransfer", "transfer"))
    idle = {kind for kind in sides["resultingKind"] if kind not in sides["originalKind"]} - {transfer.target for transfer in made}
    if made and idle and {transfer.origin for transfer in made} >= set(sides["originalKind"]):
        concept.refuse("functionTransfer", f"no function for {', '.join(sorted(idle))}", "a transfer to each result", f"chưa nêu chức năng chuyển về {', '.join(sorted(idle))}")
    return Event(
        slug=concept.slug,
        name=concept.label("vi"),
        english=concept.label("en"),
        date=date,
        basis=concept.text("source"),
        verification=concept.choice("verification", ("V", "S", "K")),
        original_kinds=sides["originalKind"],
        resulting_kinds=sides["resultingKind"],
        original_provinces=sides["originalProvince"],
        resulting_provinces=sides["resultingProvince"],
        transfers=made,
        precision=_precision(concept),
    )


def _precision(concept: Concept) -> Precision:
    if concept.text("datePrecision") is None:
        return "day"
    return "year" if concept.choice("datePrecision", ("year", "month")) == "year" else "month"


def _known(concept: Concept, name: str, family: str, known: Collection[str]) -> tuple[str, ...]:
    slugs = concept.links(name, family)
    for slug in slugs:
        if slug not in known:
            concept.refuse(name, f"mg:{name} {slug}, which is not there", f"a term of the registry of {family}s", f"{name} trỏ tới {slug} không tồn tại")
    return slugs


def _transfer(concept: Concept, origins: Collection[str], targets: Collection[str]) -> Transfer:
    ends = []
    for name, side in (("fromKind", origins), ("toKind", targets)):
        found = concept.links(name, "kind")
        if len(found) != 1 or found[0] not in side:
            concept.refuse(name, f"mg:{name} {', '.join(found) or 'missing'}", f"one kind of the event: {', '.join(side)}", f"{name} không khớp với sự kiện")
        ends.append(found[0])
    return Transfer(slug=concept.slug, origin=ends[0], target=ends[1], remit=concept.label("vi", "remit"), remit_en=concept.label("en", "remit"), words=concept.texts("altLabel"))


def kind_steps(events: Iterable[Event]) -> dict[str, tuple[Step, ...]]:
    """Give the steps out of each kind, sorted.

    An event that says which function went where makes a step for each; another makes one from each original to each
    result. A kind that survives its event makes none. A step that a second event tells again stands once, with its remit.
    """
    found: dict[tuple[str, str], Step] = {}
    for event in sorted(events, key=lambda event: (bool(event.transfers), event.date, event.slug)):
        divided = {transfer.origin for transfer in event.transfers}
        whole = [origin for origin in event.original_kinds if origin not in divided and origin not in event.resulting_kinds]
        for origin in whole:
            for target in event.resulting_kinds:
                found[origin, target] = _step(event, origin, target)
        for transfer in event.transfers:
            found[transfer.origin, transfer.target] = _step(event, transfer.origin, transfer.target, transfer)
    return _by_origin(found.values())


def province_steps(events: Iterable[Event]) -> dict[str, tuple[Step, ...]]:
    """Give the steps out of each province, sorted."""
    return _by_origin(
        _step(event, origin, target)
        for event in events
        for origin in event.original_provinces
        if origin not in event.resulting_provinces
        for target in event.resulting_provinces
    )


def _step(event: Event, origin: str, target: str, transfer: Transfer | None = None) -> Step:
    return Step(
        origin=origin,
        target=target,
        date=event.date,
        event=event.slug,
        basis=event.basis,
        verification=event.verification,
        remit=transfer.remit if transfer else None,
        remit_en=transfer.remit_en if transfer else None,
        words=transfer.words if transfer else (),
        narrow=transfer is not None and target not in event.resulting_kinds,
        precision=event.precision,
    )


def _by_origin(steps: Iterable[Step]) -> dict[str, tuple[Step, ...]]:
    found: dict[str, tuple[Step, ...]] = {}
    for step in sorted(steps, key=lambda step: (step.origin, step.target, step.date)):
        found[step.origin] = (*found.get(step.origin, ()), step)
    return found
