"""Who inherits: the heirs of a kind or of a province at a date, through all dated events.

Reads: the registry. Gives: heirs with their share, the steps that lead to them and the legal basis of each.
A kind that keeps its name with another remit stays one kind; heirs are never the same thing as what they inherit from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from kg.errors import QuestionError
from kg.resolution.events import Step, kind_steps, province_steps
from kg.resolution.partial_dates import check_day
from kg.resolution.registry import Kind, Province, Registry, load_registry

Trail = tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """Who has the work of a kind or province at a date.

    ``slug`` is ``None`` where it ended and no successor is known. ``share`` is the part of the work that this heir is
    taken to have: a split counts its parts alike, for no source says how large they are. ``trails`` are the ways to it,
    each with its steps in order; () where nothing changed. A share of 0 is an heir of one function alone, which has work
    only where the work's words name it.
    """

    slug: str | None
    share: Fraction
    trails: tuple[Trail, ...] = ()

    @property
    def remits(self) -> tuple[str, ...]:
        """The functions that came to it, in words; () where events do not divide them."""
        return tuple(dict.fromkeys(step.remit for trail in self.trails for step in trail if step.remit))

    @property
    def basis(self) -> tuple[str, ...]:
        """The laws of the steps, each once, in order; steps whose law was not found give none."""
        return tuple(dict.fromkeys(step.basis for trail in self.trails for step in trail if step.basis))


def successors_at(kind: str, date: str, *, registry: Registry | None = None) -> tuple[Heir, ...]:
    """Give who has the work of a kind at a day ("2025-07-01"), sorted by slug, the unknown one last.

    The kind itself where it exists or is still to come. Shares sum to 1.

    Raises:
        QuestionError: no such kind, or a date that is none.

    >>> [heir.slug for heir in successors_at("so-dia-chinh", "2025-07-01")]
    ['so-nong-nghiep-va-moi-truong']
    """
    return _kind_heirs(kind, date, registry or load_registry())


def province_successor_at(province: str, date: str, *, registry: Registry | None = None) -> tuple[Heir, ...]:
    """Give which unit a province belongs to at a day; see ``successors_at``."""
    return _province_heirs(province, date, registry or load_registry())


def predecessors(kind: str, *, registry: Registry | None = None) -> tuple[Step, ...]:
    """Give the steps that led to a kind, one back each, sorted."""
    registry = registry or load_registry()
    _check(kind, "2025-01-01", registry.kinds)
    steps = _kind_steps(registry)
    return tuple(sorted((step for out in steps.values() for step in out if step.target == kind), key=_order))


@lru_cache(maxsize=10_000)
def _kind_heirs(kind: str, date: str, registry: Registry) -> tuple[Heir, ...]:
    return _heirs(kind, date, registry.kinds, _kind_steps(registry))


@lru_cache(maxsize=10_000)
def _province_heirs(province: str, date: str, registry: Registry) -> tuple[Heir, ...]:
    return _heirs(province, date, registry.provinces, _province_steps(registry))


@cache
def _kind_steps(registry: Registry) -> dict[str, tuple[Step, ...]]:
    return kind_steps(registry.events)


@cache
def _province_steps(registry: Registry) -> dict[str, tuple[Step, ...]]:
    return province_steps(registry.events)


def _heirs(slug: str, date: str, units: Mapping[str, Kind] | Mapping[str, Province], steps: Mapping[str, tuple[Step, ...]]) -> tuple[Heir, ...]:
    _check(slug, date, units)
    found: dict[str | None, list[tuple[Fraction, Trail]]] = {}

    def walk(at: str, share: Fraction, trail: Trail) -> None:
        end = units[at].valid_to
        if end is None or date <= end:
            found.setdefault(at, []).append((share, trail))
            return
        out = steps.get(at, ())
        if not out:
            found.setdefault(None, []).append((share, trail))
        wide = sum(not step.narrow for step in out) or len(out)
        for step in out:
            walk(step.target, Fraction(0) if step.narrow and wide < len(out) else share / wide, (*trail, step))

    walk(slug, Fraction(1), ())
    return tuple(
        Heir(slug=heir, share=sum((share for share, _ in ways), Fraction(0)), trails=tuple(trail for _, trail in ways if trail))
        for heir, ways in sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
    )


def _check(slug: str, date: str, units: Mapping[str, Kind] | Mapping[str, Province]) -> None:
    if slug not in units:
        raise QuestionError(slug, found="no such term", expected="the name at the end of its address, such as so-tai-chinh", remedy="look it up in ontology/", vi=f"không có “{slug}” trong danh mục")
    check_day(date)


def _order(step: Step) -> tuple[str, str]:
    return step.date, step.origin

