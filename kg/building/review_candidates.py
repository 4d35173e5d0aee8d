"""What a name could be: kinds of the registry and bodies of the same place, nearest first, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.normalise import fold, key
from kg.resolution.decisions import KIND, NAME
from kg.resolution.registry import Registry

_SHOWN = 4
_ENOUGH = 68.0  # below, likeness is of letters, not of words: "chùa một cột" is 62 of 100 like "các cơ sở y tế"
_MET_HERE = 4.0  # a kind that the same place's plans name elsewhere, between two that are equally like


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a name could be: ``object`` as a decision writes it, its name, likeness 0 to 100, and why it is proposed."""

    object: str
    name: str
    score: float
    vi: str
    en: str


def candidates(
    name: str, registry: Registry, *, date: str | None, met: Mapping[str, int], bodies: Collection[str], denied: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """Give what a name could be, best first.

    Args:
        name: as written.
        registry: the kinds of agencies.
        date: of the document, as precise as it is known.
        met: how often the place's plans name each kind, by slug.
        bodies: names of other unresolved bodies of the place.
        denied: objects that a person has ruled out.

    """
    from rapidfuzz import fuzz, process

    labels = _labels(registry)
    found: dict[str, Candidate] = {}
    for label, score, _ in process.extract(fold(name), list(labels), scorer=fuzz.token_sort_ratio, limit=12, score_cutoff=_ENOUGH):
        proper, slug = labels[label]
        kind = registry.kinds[slug]
        if slug in found or KIND + slug in denied:
            continue
        times, alive = met.get(slug, 0), kind.exists_at(date)
        vi = [f"giống “{proper}” {score:.0f}/100", f"kế hoạch cùng nơi nêu {times} lần" * bool(times), "" if alive else f"không tồn tại vào {date}"]
        en = [f"like “{proper}”, {score:.0f} of 100", f"named {times} times in this place's plans" * bool(times), "" if alive else f"did not exist in {date}"]
        found[slug] = Candidate(
            object=KIND + slug, name=kind.name, score=score + (_MET_HERE if times else 0) - (0 if alive else 2 * _MET_HERE),
            vi="; ".join(filter(None, vi)), en="; ".join(filter(None, en)),
        )  # fmt: skip
    own = [
        Candidate(object=NAME + body, name=body, score=score, vi=f"một tên khác chưa nhận ra ở nơi này, giống {score:.0f}/100", en=f"another unresolved name of this place, {score:.0f} of 100")
        for body in sorted(bodies)
        if key(body) != key(name) and NAME + body not in denied and (score := fuzz.token_sort_ratio(fold(name), fold(body))) >= 80
    ]  # fmt: skip
    return tuple(sorted((*found.values(), *own), key=lambda each: (-each.score, each.object))[:_SHOWN])


@lru_cache(maxsize=1)
def _cached_labels(_: int, names: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[str, str]]:
    return {fold(label): (label, slug) for slug, labels in reversed(names) for label in reversed(labels)}


def _labels(registry: Registry) -> dict[str, tuple[str, str]]:
    """Give every label of every kind, folded, with the label and the kind's slug."""
    names = tuple((kind.slug, tuple(label for label in (kind.name, *kind.alt, *kind.hidden, kind.symbol or "") if label)) for kind in registry.kinds.values())
    return _cached_labels(len(names), names)
