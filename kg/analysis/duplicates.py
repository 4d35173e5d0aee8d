"""Tasks and duties of one jurisdiction that overlap, duplicate, repeat or contradict each other.

Levels after GAO-15-49SP (METHODS D5), judged on what is done (activity), what for (goal), for whom (beneficiary) and the
product, cross-references and the plan's theme taken out. A finding is a candidate: a person confirms it, rejects it or finds
it justified. Likeness between provinces is common origin, not duplication: ``common_origin``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kg.analysis.marking import Marked, mark_differences, only_there
from kg.analysis.reasons import benefit_words, reason_words
from kg.analysis.similarity import ALIKE, SAME, Comparison, comparable
from kg.analysis.units import Unit, overlap_in_time, read_tables, read_units
from kg.analysis.vectors import write_out
from kg.analysis.verbs import are_divided, are_steps, guides_bodies, verbs_differ
from kg.analysis.wording import carries_out_plan, says_nothing, strip_pointers
from kg.normalise import fold

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

Level = Literal["overlap", "duplication", "repetition", "nested", "contradiction"]
METHOD = "tf-idf"
ALIKE_APART = 0.60
"""Score from which tasks of two plans are alike: they share more turns of phrase by chance; best F1 on the labelled pairs."""
_OWN_SPHERE = re.compile(r"\b(?:chuc nang|dia ban|nganh|linh vuc|nhiem vu)\b[^;]*\b(?:quan ly|duoc giao)\b|\bdia ban quan ly\b")
_LEVEL = re.compile(r"\b(?:cap (?:(tinh|thanh pho)|(huyen)|(xa|phuong)|(bo)|(quoc gia|trung uong))|quy mo (?P<nation>quoc gia|toan quoc))\b")
_OTHER_STEP = 0.75  # who guides or studies does not do the same as who carries out, but may do some of it
_REPORTS = re.compile(r"\bbao cao (?:ket qua|tinh hinh|uy ban nhan dan|ubnd|bo |so |thu tuong)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldScores:
    """How alike two units are, in [0, 1], by field; ``None`` where neither states it."""

    whole: float
    activity: float
    goal: float | None
    beneficiary: float | None
    product: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A pair to review: the two units in the order of their plans, both quotes with differing words marked, and why.

    ``id`` depends on the two units alone, so that a person's word stays with the pair whatever its level becomes.
    """

    id: str
    level: Level
    first: Unit
    second: Unit
    scores: FieldScores
    first_words: Marked
    second_words: Marked
    reason_vi: str
    reason_en: str
    benefit_vi: str
    benefit_en: str
    status: str


def find_duplicates(build: str | Path, status: Mapping[str, str] | None = None) -> pl.DataFrame:
    """Find the candidate findings of a build.

    Args:
        build: its folder.
        status: a person's word by id of finding: confirmed, rejected, justified; the rest is unreviewed.

    Returns: a row a pair (columns of the table ``overlaps``), the likest first.

    """
    return overlap_frame(find_cases(read_units(read_tables(build)), status))


def find_cases(units: Sequence[Unit], status: Mapping[str, str] | None = None) -> tuple[Case, ...]:
    """Find the candidates among units, the likest first, then by id.

    Compared are units of one jurisdiction that may be in force in one year; words are weighted by all units given.
    """
    import numpy as np

    by_place: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        if unit.leads:
            by_place[unit.plan.jurisdiction].append(at)
    whole = Comparison(comparable([unit.wording for unit in units]))
    pairs = [pair for members in by_place.values() for pair in _candidates(units, members, whole)]
    del whole  # the next comparisons need its room
    if not pairs:
        return ()
    first, second = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    likeness = _without_what_all_share(units, first, second, np.array([score for _, _, score in pairs]))
    apart = np.array([units[a].plan is not units[b].plan for a, b, _ in pairs])
    keep = likeness >= np.where(apart, ALIKE_APART, ALIKE)
    scored = _score_fields(units, first[keep], second[keep], likeness[keep])
    cases = (_judge(units[a], units[b], scores, status or {}) for a, b, scores in scored)
    return tuple(sorted((case for case in cases if case), key=lambda case: (-case.scores.whole, case.id)))


def _candidates(units: Sequence[Unit], members: list[int], whole: Comparison) -> Iterable[tuple[int, int, float]]:
    """Give the pairs of one jurisdiction that are alike, and whose leads, years and verbs let them be a finding; with score."""
    first, second, scores = whole.pairs_among(members, ALIKE)
    for at, until, score in zip(first.tolist(), second.tolist(), scores.whole.tolist(), strict=True):
        one, other = units[at], units[until]
        if not overlap_in_time(one, other) or is_same_passage(one, other) or each_its_own(one, other):
            continue
        if not are_divided(one.verbs, other.verbs) and guides_bodies(one.text) == guides_bodies(other.text) and not carries_out_plan(one.text) and not carries_out_plan(other.text):
            yield at, until, score


def _without_what_all_share(units: Sequence[Unit], first: Integers, second: Integers, likeness: Floats) -> Floats:
    """Lower the scores that rest on a preamble of siblings, on a theme that only the one plan has, or on an object alone."""
    import numpy as np

    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    # Between plans of other themes the theme is what tells apart.
    themed = np.array([units[a].themes != units[b].themes for a, b in pairs])
    if themed.any():
        plain = Comparison([unit.plain for unit in units])
        likeness[themed] = np.minimum(likeness[themed], plain.score(first[themed], second[themed]).whole)
    siblings = np.array([_share_preamble(units[a], units[b]) for a, b in pairs])
    if siblings.any():
        own = Comparison([unit.own_words for unit in units])
        likeness[siblings] = np.minimum(likeness[siblings], own.score(first[siblings], second[siblings]).whole)
    steps = np.array([are_steps(units[a].verbs, units[b].verbs) for a, b in pairs])
    return np.where(steps, likeness * _OTHER_STEP, likeness)


def _share_preamble(first: Unit, second: Unit) -> bool:
    shorter, longer = sorted((first.preamble, second.preamble), key=len)
    return first.plan is second.plan and bool(shorter) and longer.startswith(shorter)


def _score_fields(units: Sequence[Unit], first: Integers, second: Integers, whole: Floats) -> list[tuple[int, int, FieldScores]]:
    """Score the fields of pairs; a goal or beneficiary that only one side states is compared by the whole wording."""
    import numpy as np

    fields = (
        [unit.wording.activity for unit in units],
        [_plain(unit.objective) or unit.wording.goal for unit in units],
        [unit.wording.beneficiary for unit in units],
        [_plain(unit.product) for unit in units],
    )
    columns: list[list[float | None]] = []
    for at, texts in enumerate(fields):
        stated = np.array([bool(text) for text in texts])
        count = stated[first].astype(int) + stated[second]
        scores = np.round(Comparison(texts).score(first, second).whole, 3)
        if at in (1, 2):
            scores = np.where(count == 1, np.round(whole, 3), scores)
        missing = count == 0 if at in (1, 2) else count < 2
        columns.append([None if none else float(score) for none, score in zip(missing, scores, strict=True)])
    return [
        (int(a), int(b), FieldScores(whole=round(float(likeness), 3), activity=activity or 0.0, goal=goal, beneficiary=whom, product=product))
        for a, b, likeness, activity, goal, whom, product in zip(first, second, whole, *columns, strict=True)
    ]


def _plain(text: str | None) -> str:
    return strip_pointers(text)[0].strip("§ ,;.") if text else ""


def _judge(first: Unit, second: Unit, scores: FieldScores, status: Mapping[str, str]) -> Case | None:
    level = classify(first, second, scores, differ=False)
    if level is None:
        return _says_again(first, second, scores, status)
    words = mark_differences(first.text, second.text)
    if _both_differ(first, second, words) or verbs_differ(first.verbs, second.verbs):
        level = classify(first, second, scores, differ=True)
    return None if level is None else _make_case(level, (first, second), scores, words, status)


def _states_beneficiary(first: Unit, second: Unit) -> bool:
    """Tell whether a beneficiary alone may make them alike: both state it, or one does and they stand under one heading."""
    both = bool(first.wording.beneficiary and second.wording.beneficiary)
    return both or (first.plan is second.plan and first.heading == second.heading)


def is_same_passage(first: Unit, second: Unit) -> bool:
    """Tell whether a task and a duty of one plan with the same leads say the same: the prose takes up the table."""
    leads = {lead.iri for lead in first.leads} & {lead.iri for lead in second.leads}
    return first.plan is second.plan and first.kind != second.kind and bool(leads)


def each_its_own(first: Unit, second: Unit) -> bool:
    """Tell whether both are charged with the like, each for itself: in its sphere, at its level, or to report on its own work."""
    one, other = _levels(first.text), _levels(second.text)
    return bool(one and other and not one & other) or all(_OWN_SPHERE.search(" ; ".join(unit.wording.left_out)) or _REPORTS.search(unit.wording.whole) for unit in (first, second))


@lru_cache(maxsize=65_536)
def _levels(text: str) -> frozenset[int]:
    """Give the levels of government that a text names as its own: "cấp tỉnh", "cấp xã", "quy mô toàn quốc"."""
    return frozenset(min(match.lastindex or 0, 5) for match in _LEVEL.finditer(fold(text)))


def classify(first: Unit, second: Unit, scores: FieldScores, *, differ: bool) -> Level | None:
    """Judge a pair that is alike by its words.

    Args:
        first: a unit with leads.
        second: another of its jurisdiction.
        scores: how alike they are.
        differ: whether each has a verb or words of content that the other lacks ("khu" and "cụm"): then they are not the
            same work.

    """
    one, other = ({lead.iri for lead in unit.leads} for unit in (first, second))
    same_goal = scores.goal is None or scores.goal >= ALIKE
    near = scores.activity >= ALIKE or ((scores.beneficiary or 0.0) >= ALIKE and _states_beneficiary(first, second))
    same_work = (
        not differ
        and scores.whole >= SAME
        and scores.activity >= SAME
        and (scores.beneficiary is None or scores.beneficiary >= SAME)
        and (scores.product is None or scores.product >= SAME)
    )
    if first.plan is second.plan and first.kind != second.kind:
        return "contradiction" if same_work and not one & other else None
    if same_work:
        return "repetition" if one == other else "nested" if one < other or other < one else "duplication"
    if one == other or not (same_goal and near):
        return None
    return "nested" if one < other or other < one else "overlap"


def _says_again(first: Unit, second: Unit, scores: FieldScores, status: Mapping[str, str]) -> Case | None:
    """Give the repetition of a work by the same leads in a wider wording: the one has no verb or word of content that the other lacks."""
    if first.leads != second.leads or first.plan is not second.plan or not first.verbs & second.verbs or scores.whole < ALIKE_APART:
        return None
    words = mark_differences(first.text, second.text)
    return _make_case("repetition", (first, second), scores, words, status) if not _both_differ(first, second, words) else None


def _both_differ(first: Unit, second: Unit, words: tuple[Marked, Marked]) -> bool:
    names = {lead.name for unit in (first, second) for lead in unit.leads}
    return all(not says_nothing(f"{_plain(_without(only_there(each), names))} a b") for each in words)


def _without(text: str, names: Iterable[str]) -> str:
    """Give folded text without the names of those who are charged, short forms written out."""
    folded = write_out(fold(text))
    for name in names:
        folded = folded.replace(write_out(fold(name)), " ")
    return folded


def case_id(first: Unit, second: Unit) -> str:
    """Give the stable id of a pair, whatever its order."""
    from kg.graph.iris import short_hash

    return f"finding/{short_hash(*sorted((first.iri, second.iri)), length=12)}"


def _make_case(level: Level, pair: tuple[Unit, Unit], scores: FieldScores, words: tuple[Marked, Marked], status: Mapping[str, str]) -> Case:
    first, second = pair
    own_id = case_id(first, second)
    reason_vi, reason_en = reason_words(level, first, second, scores.whole, words)
    benefit_vi, benefit_en = benefit_words(level)
    return Case(
        id=own_id, level=level, first=first, second=second, scores=scores, first_words=words[0], second_words=words[1],
        reason_vi=reason_vi, reason_en=reason_en, benefit_vi=benefit_vi, benefit_en=benefit_en,
        status=status.get(own_id, "unreviewed"),
    )  # fmt: skip


OVERLAP_COLUMNS = (
    "id", "level", "province", "first", "first_code", "first_text", "first_leads", "first_plan", "second", "second_code",
    "second_text", "second_leads", "second_plan", "score", "activity", "goal", "beneficiary", "product", "first_only",
    "second_only", "reason_vi", "reason_en", "benefit_vi", "benefit_en", "status",
)  # fmt: skip
_NUMBERS = frozenset({"score", "activity", "goal", "beneficiary", "product"})


def overlap_rows(cases: Iterable[Case]) -> list[tuple[str | float | None, ...]]:
    """Give the rows of the table ``overlaps``."""
    return [
        (
            case.id, case.level, case.first.plan.province, *_side(case.first), *_side(case.second), case.scores.whole,
            case.scores.activity, case.scores.goal, case.scores.beneficiary, case.scores.product,
            only_there(case.first_words) or None, only_there(case.second_words) or None,
            case.reason_vi, case.reason_en, case.benefit_vi, case.benefit_en, case.status,
        )
        for case in cases
    ]  # fmt: skip


def _side(unit: Unit) -> tuple[str | None, ...]:
    return (unit.iri, unit.code, unit.text, "; ".join(lead.name for lead in unit.leads), unit.plan.iri)


def overlap_frame(cases: Iterable[Case]) -> pl.DataFrame:
    """Give cases as a polars frame."""
    import polars as pl

    schema = {name: pl.Float64 if name in _NUMBERS else pl.String for name in OVERLAP_COLUMNS}
    return pl.DataFrame(overlap_rows(cases), schema=schema, orient="row")
