"""Likeness of role assignment between provinces (D6), over the tasks that they share.

Reads: ``Facts`` and an alignment: a frame ``task, shared`` (which national or common task a task carries out; a task may carry out
several). Gives: the matrix place × shared task, a likeness for each pair of places with n, coverage and permutation p, the
correspondence with the line ministries, and two plans side by side. Compared are *kinds*: bodies of two provinces are never one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import nan

import numpy as np
import polars as pl

from kg.analysis.constants import SEED, SHARED_TASKS_NEEDED
from kg.analysis.facts import Facts
from kg.normalise import fold
from kg.resolution.registry import Kind, Registry, load_registry

PERMUTATIONS = 2_000
Kinds = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two places charge the tasks that they share.

    ``coverage`` is the shared tasks as a part of all tasks with a lead that either has (``either``), aligned or not; ``alpha`` Krippendorff's on MASI distance, ``nan`` where all leads
    are one set; ``p`` the chance of an alpha as large when leads are dealt out at random among the shared tasks. ``enough`` is
    false below five shared tasks: then the figures are shown grey and compared with nothing.
    """

    first: str
    second: str
    shared: int
    either: int
    coverage: float
    jaccard: float
    masi: float
    ruzicka: float
    exact: int
    alpha: float
    p: float

    @property
    def enough(self) -> bool:
        """Tell whether there are tasks enough to compare."""
        return self.shared >= SHARED_TASKS_NEEDED


def jaccard(one: Kinds, other: Kinds) -> float:
    """Give |A∩B| / |A∪B|; 1 for two empty sets."""
    return len(one & other) / len(one | other) if one | other else 1.0


def masi(one: Kinds, other: Kinds) -> float:
    """Give Jaccard times monotonicity: 1 for equal sets, 2/3 where one holds the other, 1/3 where they cross, 0 where disjoint.

    Source: Passonneau, "Measuring agreement on set-valued items (MASI)", LREC 2006.

    >>> masi(frozenset("a"), frozenset("ab")), masi(frozenset("a"), frozenset("b"))
    (0.3333333333333333, 0.0)
    """
    if one == other:
        return 1.0
    if not one & other:
        return 0.0
    return jaccard(one, other) * (2 / 3 if one < other or other < one else 1 / 3)


@dataclass(frozen=True, slots=True)
class Distances:
    """1 − MASI of each two of some sets of kinds: ``apart`` is symmetric, ``at`` gives each set's row."""

    at: Mapping[Kinds, int]
    apart: np.ndarray


def distances(values: Iterable[Kinds]) -> Distances:
    """Measure sets against each other, all at once; see ``masi``."""
    sets = sorted(set(values), key=sorted)
    kinds = {kind: number for number, kind in enumerate(sorted({kind for each in sets for kind in each}))}
    has = np.zeros((len(sets), len(kinds)))
    for row, each in enumerate(sets):
        has[row, [kinds[kind] for kind in each]] = 1
    both, size = has @ has.T, has.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    alike = np.divide(both, either, out=np.ones_like(both), where=either > 0)
    nested = both == np.minimum(size[:, None], size[None, :])
    likeness = np.where(both == either, 1.0, np.where(both == 0, 0.0, alike * np.where(nested, 2 / 3, 1 / 3)))
    return Distances({each: row for row, each in enumerate(sets)}, 1 - likeness)


def ruzicka(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Give Σ min / Σ max of two weightings (a lead 1, a partner ½); 1 where both are empty."""
    keys = one.keys() | other.keys()
    top = sum(max(one.get(key, 0), other.get(key, 0)) for key in keys)
    return sum(min(one.get(key, 0), other.get(key, 0)) for key in keys) / top if top else 1.0


def krippendorff(first: list[Kinds], second: list[Kinds], rng: np.random.Generator | None = None, among: Distances | None = None) -> tuple[float, float]:
    """Give alpha on MASI distance of two coders over the same items, and the permutation p (1 without a generator).

    ``among`` are the distances of these sets, perhaps beside others, where they are known.

    Source: Krippendorff, *Content Analysis*: alpha = 1 − D_o/D_e; D_e is over all pairs of values, of either coder.
    """
    at, apart = (known := among or distances([*first, *second])).at, known.apart
    a, b = np.array([at[value] for value in first]), np.array([at[value] for value in second])
    both = np.concatenate([a, b])
    pairs = len(both) * (len(both) - 1)
    expected = apart[np.ix_(both, both)].sum() / pairs if pairs else 0.0
    if expected == 0:
        return nan, nan
    observed = apart[a, b].mean()
    if rng is None:
        return float(1 - observed / expected), 1.0
    order = np.argsort(rng.random((PERMUTATIONS, len(b))), axis=1)
    dealt = apart[a[None, :], b[order]].mean(axis=1)
    return float(1 - observed / expected), float((1 + (dealt <= observed + 1e-12).sum()) / (1 + PERMUTATIONS))


def role_kinds(facts: Facts, alignment: pl.DataFrame, registry: Registry | None = None) -> pl.DataFrame:
    """Give who has each shared task where: place, shared, role, kinds (sorted); groups by what their wording is a case of.

    Open groups are in it (nobody is ranked here); an agency that the registry lacks goes by its name.
    """
    registry = registry or load_registry()
    broad = {slug: kind_type(kind) for slug, kind in registry.kinds.items()}
    roles = facts.roles.filter(pl.col("role").is_in(["lead", "partner"])).join(alignment.select("task", "shared").unique(), on="task", how="inner")
    kind = pl.coalesce(pl.col("kind").replace(broad), pl.concat_str(pl.lit("?"), pl.col("agent_name").str.to_lowercase()))
    return roles.with_columns(kind.alias("type")).group_by("place", "shared", "role").agg(pl.col("type").unique().sort().alias("kinds")).sort("place", "shared", "role")


_COMMITTEES = {"district": "uy-ban-nhan-dan-cap-huyen", "commune": "uy-ban-nhan-dan-cap-xa"}


def kind_type(kind: Kind) -> str:
    """Give what a kind is compared as: the committees of the districts are one type, however a province lists its districts, towns and cities."""
    if kind.form == "group" and kind.kind_class == "peoples-committee" and "-cap-" not in kind.slug:
        return _COMMITTEES.get(kind.level or "", kind.slug)
    return kind.broader or kind.slug


Assigned = dict[str, dict[str, tuple[Kinds, dict[str, float]]]]


def _assigned(kinds: pl.DataFrame) -> Assigned:
    """Place → shared task → (lead kinds, weights); tasks without a lead are left out: there is nothing to compare."""
    found: Assigned = {}
    for place, shared, role, types in kinds.iter_rows():
        lead, weights = found.setdefault(place, {}).get(shared, (frozenset(), {}))
        if role == "lead":
            lead = frozenset(types)
        for kind in types:
            weights[kind] = max(weights.get(kind, 0), 1.0 if role == "lead" else 0.5)
        found[place][shared] = (lead, weights)
    return {place: {shared: pair for shared, pair in tasks.items() if pair[0]} for place, tasks in found.items()}


def likenesses(facts: Facts, alignment: pl.DataFrame, registry: Registry | None = None) -> list[Likeness]:
    """Give the likeness of each pair of places that share a task, sorted."""
    assigned = _assigned(role_kinds(facts, alignment, registry))
    among = distances(lead for tasks in assigned.values() for lead, _ in tasks.values())
    led = facts.roles.filter(pl.col("role") == "lead").select("place", "task").unique()
    alone = dict(led.join(alignment.select("task").unique(), on="task", how="anti").group_by("place").len().rows())
    found = []
    for one, other in combinations(sorted(assigned), 2):
        mine, theirs = assigned[one], assigned[other]
        common = sorted(mine.keys() & theirs.keys())
        if common:
            found.append(_likeness(one, other, [(mine[key], theirs[key]) for key in common], len(mine.keys() | theirs.keys()) + alone.get(one, 0) + alone.get(other, 0), among))
    return found


Charge = tuple[Kinds, dict[str, float]]


def _likeness(one: str, other: str, pairs: list[tuple[Charge, Charge]], either: int, among: Distances) -> Likeness:
    n = len(pairs)
    rng = np.random.default_rng([SEED, *f"{one}|{other}".encode()]) if n >= SHARED_TASKS_NEEDED else None
    alpha, p = krippendorff([a for (a, _), _ in pairs], [b for _, (b, _) in pairs], rng, among)
    return Likeness(
        first=one, second=other, shared=n, either=either, coverage=n / either, alpha=alpha, p=p if rng is not None else nan,
        jaccard=sum(jaccard(a, b) for (a, _), (b, _) in pairs) / n, masi=sum(masi(a, b) for (a, _), (b, _) in pairs) / n,
        ruzicka=sum(ruzicka(x, y) for (_, x), (_, y) in pairs) / n, exact=sum(a == b for (a, _), (b, _) in pairs),
    )  # fmt: skip


def identical_names(facts: Facts) -> pl.DataFrame:
    """Give the surest alignment there is without a national text: tasks of two places whose names are the same words.

    Case, diacritics and marks are folded. Everything else is left to the alignment that people or ``kg.analysis.alignment`` make.
    """
    named = facts.tasks.select("task", "place", "name").filter(pl.col("name").is_not_null())
    named = named.with_columns(pl.Series("shared", [fold(name) for name in named["name"]], dtype=pl.String))
    common = named.group_by("shared").agg(pl.col("place").n_unique()).filter(pl.col("place") > 1)
    return named.join(common.select("shared"), on="shared", how="semi").select("task", "shared").sort("shared", "task")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertical:
    """The correspondence of one place with the line ministries ("ngành dọc"): ``held`` of ``aligned`` tasks; ``broken`` are the others.

    Of each: the shared task, its leads here, and the national leads as written.
    """

    place: str
    held: int
    aligned: int
    broken: tuple[tuple[str, Kinds, Kinds], ...]


def vertical_lines(facts: Facts, alignment: pl.DataFrame, ministries: Mapping[str, Kinds], registry: Registry | None = None) -> list[Vertical]:
    """Give for each place how many aligned tasks are led by a local counterpart of the national lead.

    ``ministries`` gives the national leads of a shared task, by kind. A local kind corresponds where it answers to one of them
    (``mg:answersTo``); a ministry that was merged stands for its heirs, too. Shared tasks without a ministry that has
    counterparts are left out.
    """
    registry = registry or load_registry()
    assigned = _assigned(role_kinds(facts, alignment, registry))
    answerable = {line for kind in registry.kinds.values() for line in kind.lines}
    found = []
    for place in sorted(assigned):
        broken, held = [], 0
        for shared, (lead, _) in sorted(assigned[place].items()):
            national = _with_heirs(ministries.get(shared, frozenset()), registry)
            if not national & answerable:
                continue
            if any(national & _with_heirs(frozenset(registry.kinds[kind].lines), registry) for kind in lead if kind in registry.kinds):
                held += 1
            else:
                broken.append((shared, lead, ministries[shared]))
        found.append(Vertical(place=place, held=held, aligned=held + len(broken), broken=tuple(broken)))
    return found


def _with_heirs(kinds: Kinds, registry: Registry) -> Kinds:
    found, waiting = set(kinds), sorted(kinds)
    while waiting:
        for heir in registry.kinds[waiting.pop()].successors:
            if heir not in found:
                found.add(heir)
                waiting.append(heir)
    return frozenset(found)


def side_by_side(facts: Facts, alignment: pl.DataFrame, first: str, second: str, registry: Registry | None = None) -> pl.DataFrame:
    """Give two places beside each other: shared, name, lead_first, lead_second (names), same, vi, en (a sentence each)."""
    registry = registry or load_registry()
    assigned, names = _assigned(role_kinds(facts, alignment, registry)), facts.places
    titles = dict(facts.tasks.join(alignment, on="task").sort("place", "position").unique("shared", keep="first", maintain_order=True).select("shared", "name").rows())
    rows = []
    for shared in sorted(assigned.get(first, {}).keys() & assigned.get(second, {}).keys(), key=lambda key: (fold(titles.get(key) or key), key)):
        mine, theirs = assigned[first][shared][0], assigned[second][shared][0]
        a, b = (", ".join(kind_name(kind, registry) for kind in sorted(kinds)) for kinds in (mine, theirs))
        if mine == theirs:
            vi, en = f"{names[first]} và {names[second]} đều giao {a} chủ trì.", f"Both {names[first]} and {names[second]} give the lead to {a}."
        else:
            vi, en = f"{names[first]} giao {a} chủ trì; {names[second]} giao {b}.", f"{names[first]} gives the lead to {a}; {names[second]} to {b}."
        rows.append((shared, titles.get(shared), a, b, mine == theirs, vi, en))
    return pl.DataFrame(rows, schema={"shared": pl.String, "name": pl.String, "lead_first": pl.String, "lead_second": pl.String, "same": pl.Boolean, "vi": pl.String, "en": pl.String}, orient="row")


def kind_name(kind: str, registry: Registry) -> str:
    """Give a kind's Vietnamese name, or the name as written of one that the registry lacks."""
    return registry.kinds[kind].name if kind in registry.kinds else kind.removeprefix("?")
