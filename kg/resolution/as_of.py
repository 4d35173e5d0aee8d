"""Who has the work of a body at a date: its kind and its province, each through all its reorganisations.

Reads: the registry. Gives: heirs, each with its share, the events that lead to it and the words that tell why.
Only forwards: a body that the text names early, before it began, is left as written, for no source says which part of a
merged body's work was whose. Groups are kinds, too: the committees of the districts become those of the communes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.errors import QuestionError
from kg.normalise import key
from kg.resolution.events import Step, kind_steps
from kg.resolution.offices import RegionalOffice, office_of, office_serving, regional_kinds
from kg.resolution.registry import Registry, load_registry
from kg.resolution.succession import Heir, Trail, province_successor_at, successors_at

Split = Literal["share", "list"]
SPLITS: tuple[Split, ...] = ("share", "list")

FIRST_DAY, LAST_DAY = "1945-09-02", "2100-12-31"
"""No body of the registry is older than the state; no plan reaches past the last day."""

_VIETNAMESE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class Body(NamedTuple):
    """A body or group by the slugs of its kind and of its province.

    ``kind`` is ``None`` for a name that the registry lacks, ``province`` for a central body or an unknown place. A regional
    office is none of a province's own: there ``province`` is the one whose plan charges it, and ``office`` the last part of
    its address where its name has a number.
    """

    kind: str | None
    province: str | None
    office: str | None = None


class Words(NamedTuple):
    """The same in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeirBody:
    """Who has the work of a body at a date.

    ``kind`` is ``None`` where the body has ended and no successor is known (``known`` is then false), or where the
    registry lacked the body's kind from the start. ``share`` is the part of the work that it is taken to have; where every
    heir is listed in full it is 1. ``trail`` are the steps of the kind, ``province_trail`` those of the province, in order;
    () where nothing changed. ``decided_by`` is the transfer whose function the task's words name, ``None`` where they do
    not settle it; ``decided_with`` are all such transfers where the words name functions of several heirs alike.
    ``office`` is the regional office that serves the province then, where another is written or none; ``office_trail`` the
    step to it from another of its kind.
    """

    kind: str | None
    province: str | None
    share: Fraction
    known: bool = True
    trail: Trail = ()
    province_trail: Trail = ()
    decided_by: Step | None = None
    decided_with: tuple[Step, ...] = ()
    office: RegionalOffice | None = None
    office_trail: Trail = ()

    @property
    def changed(self) -> bool:
        """Tell whether the work moved: to another kind, office or province, or to nobody known."""
        return bool(self.steps) or not self.known

    @property
    def steps(self) -> Trail:
        """All steps, those of the kind first."""
        return self.trail + self.office_trail + self.province_trail

    @property
    def basis(self) -> tuple[str, ...]:
        """The laws of the steps, each once, in order; steps whose law was not found give none."""
        return tuple(dict.fromkeys(step.basis for step in self.steps if step.basis))


def bodies_at(agent: Body, date: str, *, split: Split = "share", text: str | None = None, registry: Registry | None = None) -> tuple[HeirBody, ...]:
    """Give who has the work of a body at a day, sorted by kind and province.

    Args:
        agent: the body as written.
        date: an ISO day; see ``read_day`` for what people write.
        split: what happens to work that went to several heirs: "share" divides it alike between them, "list" gives it to
            each in full.
        text: the words of the task. Where an event says which function went where, and the words name some, only the heirs
            of the longest names share the work: "giáo dục nghề nghiệp" outweighs "lao động".
        registry: the project's own if ``None``.

    Returns: at least one heir, the body itself where it still exists or is still to come. Shares sum to 1 with "share".

    Raises:
        QuestionError: no such kind or province, or a date that is none.

    >>> [(heir.kind, heir.province) for heir in bodies_at(Body("so-tai-nguyen-va-moi-truong", "thai-binh"), "2025-07-01")]
    [('so-nong-nghiep-va-moi-truong', 'hung-yen-2025')]
    """
    if registry is None or registry is load_registry():
        return _cached_bodies(agent, date, split, text if text and agent.kind in divided_kinds() else None)
    return _bodies(agent, date, split, text, registry)


def read_day(text: str) -> str:
    """Read a day as people write it, "2025-07-01" or "01/7/2025"; give it as ISO.

    Raises:
        QuestionError: empty, no day of the calendar, or a year that is absurd.

    >>> read_day(" 1/7/2025 ")
    '2025-07-01'
    """
    given = text.strip()
    spoken = _VIETNAMESE_DAY.fullmatch(given)
    try:
        iso = (dt.date(int(spoken[3]), int(spoken[2]), int(spoken[1])) if spoken else dt.date.fromisoformat(given)).isoformat()
    except ValueError:
        raise _no_day(given) from None
    if not spoken and given != iso:  # "20250701" and "2025-W27-2" are days for a program only
        raise _no_day(given)
    if not FIRST_DAY <= iso <= LAST_DAY:
        raise QuestionError(
            "as-of",
            found=f'the date "{given}"',
            expected=f"a day from {FIRST_DAY} to {LAST_DAY}",
            remedy="check the year",
            vi=f"ngày “{given}” nằm ngoài khoảng {show_day(FIRST_DAY)} – {show_day(LAST_DAY)}; hãy xem lại năm",
        )
    return iso


def show_day(date: str) -> str:
    """Write an ISO day, or as much of one as is known, as Vietnamese documents do: with 0 before days up to 9, and months 1 and 2.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4.

    >>> show_day("2025-07-01"), show_day("2025-12-09"), show_day("2025-02"), show_day("2008")
    ('01/7/2025', '09/12/2025', 'tháng 02/2025', 'năm 2008')
    """
    year, *rest = date.split("-")
    if not rest:
        return f"năm {year}"
    month = show_month(rest[0])
    return f"{rest[1]}/{month}/{year}" if len(rest) > 1 else f"tháng {month}/{year}"


def show_month(month: str) -> str:
    """Write a month of two digits: 01, 02, 3 … 12."""
    return month if month < "03" else month.lstrip("0")


def tell_view(date: str, split: Split, *, registry: Registry | None = None) -> Words:
    """Tell in one sentence as of when an answer holds, and how divided work was counted."""
    last = max(event.date for event in (registry or load_registry()).events)
    ways = {
        "share": Words("việc của cơ quan bị chia tách được chia đều cho các cơ quan kế thừa", "work of a divided body is shared alike between its heirs"),
        "list": Words("việc của cơ quan bị chia tách tính đủ cho từng cơ quan kế thừa, nên tổng có thể vượt số nhiệm vụ", "work of a divided body counts in full for each heir, so sums can exceed the tasks"),
    }[split]
    beyond = Words(f"; danh mục chỉ biết các lần sắp xếp đến {show_day(last)}", f"; the registry knows no reorganisation after {last}") if date > last else Words("", "")
    return Words(f"Tính đến {show_day(date)}: {ways.vi}{beyond.vi}.", f"As of {date}: {ways.en}{beyond.en}.")


Standing = Literal["undated", "early", "over", "in-force"]


def plan_standing(date: str | None, last_year: int | None, day: str) -> Standing:
    """Tell whether a plan is in force at a day: issued by then, and its period not over.

    A plan that names no end is in force until one is known. An undated one counts at any day that its period allows, as
    "undated": when it was issued is not known, and whoever counts it says so.

    >>> [plan_standing(date, 2030, "2025-03-01") for date in ("2025-02-28", "2025-03", "2025-03-02", None)]
    ['in-force', 'in-force', 'early', 'undated']
    >>> plan_standing(None, 2024, "2025-03-01")
    'over'
    """
    if last_year is not None and last_year < int(day[:4]):
        return "over"
    if date is None:
        return "undated"
    return "in-force" if date <= day[: len(date)] else "early"


def tell_plans(standings: Iterable[Standing]) -> Words | None:
    """Tell which plans are not counted at a day, and which are though nothing says when they were issued; ``None``: neither.

    >>> tell_plans(["early", "in-force", "undated", "over", "early"]).en
    'Documents left out: not yet issued 2, past their period 1. Undated documents, counted: 1.'
    """
    found = Counter(standings)
    left = [(found["early"], "chưa ban hành", "not yet issued"), (found["over"], "đã hết giai đoạn", "past their period")]
    vi = ", ".join(f"{words} {count}" for count, words, _ in left if count)
    en = ", ".join(f"{words} {count}" for count, _, words in left if count)
    told = [Words(f"Văn bản không tính: {vi}.", f"Documents left out: {en}.")] if vi else []
    if found["undated"]:
        told.append(Words(f"Văn bản không ghi ngày, vẫn tính: {found['undated']}.", f"Undated documents, counted: {found['undated']}."))
    return Words(" ".join(each.vi for each in told), " ".join(each.en for each in told)) if told else None


def tell_why(heir: HeirBody, *, split: Split = "share") -> Words:
    """Tell why an heir has the work: who replaced whom by which law, what its share is and what decided it."""
    if not heir.changed:
        return Words("như văn bản viết", "as written")
    told = [_tell_step(step) for step in heir.steps]
    if not heir.known and heir.kind and load_registry().kinds[heir.kind].kind_class == "association":
        told.append(Words("tỉnh đã sáp nhập; luật ấy không sắp xếp các hội, hiệp hội; chưa rõ tổ chức kế thừa", "the province was merged; that law does not reorganise associations, and no successor is known"))
    elif not heir.known:
        told.append(Words("cơ quan đã kết thúc hoạt động, chưa rõ cơ quan kế thừa", "the body has ended and no successor is known"))
    elif heir.decided_by:
        remit, remit_en = heir.decided_by.remit, heir.decided_by.remit_en
        told.append(Words(f"theo chức năng nêu trong nhiệm vụ: {remit}", f"by the function that the task names: {remit_en}"))
        if heir.decided_with:
            told.append(Words(f"nhiệm vụ nêu chức năng của {len(heir.decided_with)} cơ quan", f"the task names functions of {len(heir.decided_with)} bodies"))
    elif heir.share < 1:
        told.append(Words(f"chia đều: {heir.share}, chưa rõ phần nào về đâu", f"shared alike: {heir.share}, which part went where is not told"))
    elif split == "list" and any(step.remit for step in heir.trail):
        told.append(Words("một trong các cơ quan kế thừa, tính đủ", "one of several heirs, counted in full"))
    return Words("; ".join(each.vi for each in told), "; ".join(each.en for each in told))


def remit_words(step: Step) -> tuple[str, ...]:
    """Give the words that name the function of a step, as keys; what stands after "trừ" is another's.

    >>> from kg.resolution.succession import predecessors
    >>> [remit_words(step) for step in predecessors("so-giao-duc-va-dao-tao") if step.remit]
    [('giáo dục và đào tạo',), ('giáo dục nghề nghiệp', 'dạy nghề', 'học nghề', 'đào tạo nghề')]
    """
    own = re.split(r",?\s+trừ\s+", step.remit or "")[0]
    return tuple(dict.fromkeys(key(word) for word in (*own.split(","), *step.words) if word.strip()))


@lru_cache(maxsize=100_000)
def _cached_bodies(agent: Body, date: str, split: Split, text: str | None) -> tuple[HeirBody, ...]:
    return _bodies(agent, date, split, text, load_registry())


@lru_cache(maxsize=1)
def divided_kinds() -> frozenset[str]:
    """Give the kinds whose functions went to several heirs, now or later: only there do a task's words matter."""
    steps = kind_steps(load_registry().events)

    def divided(kind: str) -> bool:
        return any(step.remit or divided(step.target) for step in steps.get(kind, ()))

    return frozenset(kind for kind in steps if divided(kind))


def _bodies(agent: Body, date: str, split: Split, text: str | None, registry: Registry) -> tuple[HeirBody, ...]:
    day = read_day(date)
    kinds: tuple[Heir, ...] = (Heir(slug=None, share=Fraction(1)),)
    decided: dict[str | None, Step] = {}
    if agent.kind is not None:
        heirs = successors_at(agent.kind, day, registry=registry)
        decided = _decide(agent.kind, heirs, text, registry)
        kinds = tuple(heir for heir in heirs if heir.share)
        if decided:
            kinds = tuple(replace(heir, share=Fraction(1, len(decided))) for heir in heirs if heir.slug in decided)
    several = tuple(decided.values()) if len(decided) > 1 else ()
    return tuple(
        HeirBody(
            kind=kind.slug,
            province=unit.slug,
            share=Fraction(1) if split == "list" else kind.share * unit.share,
            known=(agent.kind is None or kind.slug is not None) and not _left(agent, unit, registry),
            trail=_whole(kind),
            province_trail=() if _left(agent, unit, registry) else _whole(unit),
            decided_by=decided.get(kind.slug),
            decided_with=several,
            office=office,
            office_trail=_step_to(office, agent.kind) if kind.slug == agent.kind else (),
        )
        for kind in kinds
        for unit in _units(agent, kind.slug, day, registry)
        for office in (_office(agent, kind.slug, day, registry),)
    )


def _units(agent: Body, kind: str | None, day: str, registry: Registry) -> tuple[Heir, ...]:
    """Where a kind's body of a province is at a day: an office for several provinces is of none, whatever merges."""
    if kind in regional_kinds() or agent.province is None or not _serves(agent):
        return (Heir(slug=None, share=Fraction(1)),)
    return province_successor_at(agent.province, day, registry=registry)


def _serves(agent: Body) -> bool:
    """Tell whether a body is the province's, as far as is known: an office that is listed may serve others only."""
    office = office_of(agent.office)
    return office is None or agent.province in office.covers


def _office(agent: Body, kind: str | None, day: str, registry: Registry) -> RegionalOffice | None:
    """Give the office of a regional kind that serves the province at a day; ``None`` where it is the one that is written.

    An office without a number stays as it is written while there are such offices, and one with a number while it exists.
    """
    if kind not in regional_kinds() or kind is None or agent.province is None or not _serves(agent):
        return None
    written = office_of(agent.office)
    if kind == agent.kind and (agent.office is None or (written is not None and written.exists_at(day))):
        return None
    units = province_successor_at(agent.province, day, registry=registry)
    return office_serving(kind, units[0].slug, day) if len(units) == 1 else None


def _step_to(office: RegionalOffice | None, kind: str | None) -> Trail:
    if office is None or kind is None:
        return ()
    return (Step(origin=kind, target=office.slug, date=office.valid_from or FIRST_DAY, event="", basis=office.basis, verification=""),)


def _left(agent: Body, unit: Heir, registry: Registry) -> bool:
    """Tell whether the law that merged the province leaves the body alone: an association reorganises itself."""
    return bool(unit.trails) and agent.kind is not None and registry.kinds[agent.kind].kind_class == "association"


def _whole(heir: Heir) -> Trail:
    """The steps of all ways to an heir, each once, in order."""
    return tuple(dict.fromkeys(step for trail in heir.trails for step in trail))


def _decide(kind: str, heirs: tuple[Heir, ...], text: str | None, registry: Registry) -> dict[str | None, Step]:
    """Choose the heirs whose functions the words name at greatest length, each with its transfer; empty where they name none."""
    if len(heirs) == 1 or not text or any(not heir.remits for heir in heirs):
        return {}
    own = registry.kinds[kind]
    said = key(text)
    for name in sorted(map(key, (own.name, *own.alt, *own.hidden)), key=len, reverse=True):
        said = said.replace(name, " ")  # "Sở Lao động - …" in the words is the body, not labour
    named = {heir.slug: found for heir in heirs if (found := _named(said, heir))}
    longest = max((length for length, _ in named.values()), default=0)
    return {slug: step for slug, (length, step) in named.items() if length == longest}


def _named(said: str, heir: Heir) -> tuple[int, Step] | None:
    """Give how many syllables the longest name of a function of the heir has in the words, and its transfer."""
    found = [
        (len(word.split()), step)
        for step in _whole(heir)
        if step.remit
        for word in remit_words(step)
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said)
    ]
    return max(found, key=lambda each: each[0], default=None)


def _tell_step(step: Step) -> Words:
    registry = load_registry()
    target = registry.kinds.get(step.target) or registry.provinces.get(step.target) or office_of(step.target)
    assert target is not None  # noqa: S101 - a step leads to a term of the registries
    english = target.name if step.target in registry.provinces else target.english  # a place keeps its letters, as in every table
    return Words(
        f"{show_day(step.known_date)}: về {target.name} ({step.basis or 'chưa rõ căn cứ'})",
        f"{step.known_date}: to {english} ({step.basis or 'no legal basis found'})",
    )


def _no_day(given: str) -> QuestionError:
    return QuestionError(
        "as-of",
        found=f'"{given}"' if given else "no date",
        expected="a day of the calendar, as 2025-07-01 or 01/7/2025",
        remedy="write year, month and day",
        vi=f"“{given}” không phải là một ngày; hãy viết như 01/7/2025" if given else "chưa nêu ngày; hãy viết như 01/7/2025",
    )
