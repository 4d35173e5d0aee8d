"""The questions that a build leaves to people, the ones that could move the results most first.

Reads: the tables, texts and graph of a build, and the decisions that stand. Gives: one question for each doubt; the same name in one place is one
question, however often it is written.

    impact = doubt × assignments × share
        doubt        unresolved name 1; else 1 - confidence; finding: error 1, warning 0.5, note 0.1; contradiction: certain 1, else 0.3
        assignments  how many the answer decides on, at least 1
        share        the part of the place's work that these carry: lead and responsible 1, partner 0.5, divided among those in the same role on the task
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.building.report import QUOTE_LENGTH
from kg.building.review_candidates import Candidate, candidates
from kg.building.review_source import Build, Passage, Record, read_build
from kg.normalise import key
from kg.resolution.decisions import KIND, NAME, OBJECT_JOINT, Decision, Decisions
from kg.resolution.registry import Registry, load_registry

FORMULA = "impact = doubt × assignments × share"
_WEIGHTS = {"lead": 1.0, "responsible": 1.0, "partner": 0.5}
_SEVERITIES = {"error": 1.0, "warning": 0.5, "note": 0.1}
_UNCERTAIN = 0.3
_SHOWN_PLACES = 5
_SHOWN_CANDIDATES = 4
_ASKED_OTHERWISE = frozenset({"agency-not-in-registry", "agency-name-mended", "plan-after-its-province", "disjoint-classes", "acts-after-its-end", "acts-before-its-beginning", "work-outlives-its-lead"})
"""Findings that are asked of as a name or as a contradiction, each once."""
_DECIDED = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to a person.

    ``sort``: unresolved, uncertain, abbreviation, finding or contradiction. ``draft`` is the decision without answer, time and person: a
    complete subject. ``now`` is what the build took it for. ``former`` is the answer "unsure" that somebody gave.
    """

    id: str
    sort: str
    draft: Decision
    place_name: str
    now: str
    vi: str
    en: str
    doubt: float
    assignments: int
    share: float
    passages: tuple[Passage, ...]
    candidates: tuple[Candidate, ...] = ()
    former: Decision | None = field(default=None, compare=False)

    @property
    def impact(self) -> float:
        """How much the answer could move the results."""
        return self.doubt * self.assignments * self.share


def review_queue(folder: Path, decisions: Decisions) -> tuple[Question, ...]:
    """Give the questions of a build that nobody has answered, by impact; those answered "unsure" stand last.

    Raises:
        StoreError: no build there.

    """
    build = read_build(folder)
    loads = _Loads(build.assignments)
    asked = [*_identities(build, loads, load_registry(), decisions), *_findings(build, loads), *_contradictions(build, loads, folder), *_pairs(build, loads), *_nearest_tasks(build, loads)]
    open_ones = [question for each in asked if (question := _unanswered(each, decisions)) is not None]
    return tuple(sorted(open_ones, key=lambda each: (each.former is not None, -round(each.impact, 9), each.sort, each.id)))


def _unanswered(question: Question, decisions: Decisions) -> Question | None:
    draft = question.draft
    if draft.about == "identity":
        of_name = decisions.by_name.get((draft.place, key(draft.subject)), ())
        settled = any(each.answer == "same" or (each.answer == "not-same" and each.object == draft.object) for each in of_name)
        unsure = next((each for each in of_name if each.answer == "unsure"), None)
    else:
        latest = next((each for each in decisions.standing if each.key == draft.key), None)
        settled = latest is not None and latest.answer not in ("unsure", "proposed")
        unsure = latest
    return None if settled else replace(question, former=unsure)


class _Loads:
    """What part of its place's work each assignment carries."""

    def __init__(self, rows: Iterable[Record]) -> None:
        kept = [row for row in rows if row["status"] != "rejected"]
        holders = Counter((row["task"], row["role"], row["of"]) for row in kept)
        self._loads = {row["assignment"]: _WEIGHTS[row["role"]] / holders[row["task"], row["role"], row["of"]] for row in kept}
        self._places: dict[str, float] = defaultdict(float)
        for row in kept:
            self._places[row["place"]] += self._loads[row["assignment"]]

    def share(self, rows: Iterable[Record], place: str) -> float:
        total = self._places.get(place, 0.0)
        own = sum(self._loads.get(row["assignment"], 0.0) for row in rows)
        return round(min(1.0, (own or 1.0) / total), 6) if total else 1.0


@dataclass(frozen=True, slots=True)
class _Known:
    """What candidates are chosen by: how often each place names each kind, and which of its names are strange."""

    registry: Registry
    decisions: Decisions
    met: Mapping[str, Counter[str]]
    strange: Mapping[str, set[str]]


def _identities(build: Build, loads: _Loads, registry: Registry, decisions: Decisions) -> Iterator[Question]:
    """Ask of names that the registry does not know, and of those that were recognised with less than certainty."""
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    known = _Known(registry, decisions, defaultdict(Counter), defaultdict(set))
    for row in build.assignments:
        unresolved = row["kind"] is None and row["form"] == "agency"
        if row["kind"]:
            known.met[row["place"]][row["kind"]] += 1
        if row["method"] == _DECIDED or row["status"] != "unreviewed":
            continue
        if unresolved:
            known.strange[row["place"]].add(row["agency_name"])
        if unresolved or row["confidence"] < 1:
            # An unresolved name is itself, however it is cut up by lines; a recognised one is what is written.
            words = row["written"] if row["kind"] else row["agency_name"]
            groups[row["place"], key(words), row["kind"] or ""].append(row)
    for (place, _, _), rows in groups.items():
        yield _identity(rows, place, build, loads, known)


def _identity(rows: list[Record], place: str, build: Build, loads: _Loads, known: _Known) -> Question:
    first = rows[0]
    resolved = first["kind"] is not None
    name = " ".join((first["written"] if resolved else first["agency_name"]).split())
    passages = tuple(build.passage(row) for row in rows[:_SHOWN_PLACES])
    denied = {each.object for each in known.decisions.by_name.get((place, key(name)), ()) if each.answer == "not-same"}
    proposed = candidates(
        name, known.registry, date=build.dates.get(first["document"]), met=known.met[place], bodies=known.strange[place], denied=denied
    )
    draft = Decision(
        when="", who="", about="identity", place=place, document=build.keys[first["document"]], subject=name, answer="",
        object=KIND + first["kind"] if resolved else NAME + first["agency_name"], quote=passages[0].line,
    )  # fmt: skip
    strange = not resolved and first["form"] == "agency"
    sort = "unresolved" if strange else "abbreviation" if first["method"] == "abbreviation" else "uncertain"
    if resolved:
        now = _as_read(first, draft.object, known.registry.kinds[first["kind"]].name)
        proposed = (now, *(each for each in proposed if each.object != now.object))[:_SHOWN_CANDIDATES]
    return Question(
        id=_id(sort, draft), sort=sort, draft=draft, place_name=build.place_names[place], now=first["agency_name"],
        vi=f"“{name}” có phải là {proposed[0].name} không?" if resolved else f"“{name}” là cơ quan nào?",
        en=f"Is “{name}” {proposed[0].name}?" if resolved else f"Which agency is “{name}”?",
        doubt=1.0 if strange else round(1 - first["confidence"], 6),
        assignments=len(rows), share=loads.share(rows, place), passages=passages, candidates=proposed,
    )  # fmt: skip


def _as_read(row: Record, read_as: str, name: str) -> Candidate:
    rule, confidence = row["method"], row["confidence"]
    return Candidate(
        object=read_as, name=name, score=100 * confidence,
        vi=f"máy hiểu như vậy (quy tắc {rule}, {confidence:.2f})", en=f"as the program read it (rule {rule}, {confidence:.2f})",
    )  # fmt: skip


def _findings(build: Build, loads: _Loads) -> Iterator[Question]:
    """Ask of what was seen and not understood in a document of the graph."""
    for row in build.findings:
        if row["code"] in _ASKED_OTHERWISE or row["file"] not in build.documents or row["code"].startswith("decision-"):
            continue
        document = build.documents[row["file"]]
        place = build.places[document]
        inside = [each for each in build.assignments if each["document"] == document and row["start"] is not None and row["start"] <= (each["start"] or -1) < row["end"]]
        draft = Decision(when="", who="", about="finding", document=build.keys[document], subject=row["code"], answer="", quote=_whole_words(row["quote"] or ""))
        yield Question(
            id=_id("finding", draft), sort="finding", draft=draft, place_name=build.place_names[place], now="", vi=row["vi"], en=row["en"],
            doubt=_SEVERITIES[row["severity"]], assignments=max(1, len(inside)), share=loads.share(inside, place),
            passages=(build.passage({**row, "document": document, "task_name": ""}),) if row["start"] is not None else (),
        )  # fmt: skip


def _whole_words(quote: str) -> str:
    """Leave out the word that the table may have cut: half a word has another key than the whole."""
    words = quote.split()
    return " ".join(words[:-1] if len(quote) >= QUOTE_LENGTH else words)


def _contradictions(build: Build, loads: _Loads, folder: Path) -> Iterator[Question]:
    """Ask of what cannot be: one question for a document, a rule and an agency."""
    from kg.reasoning.contradictions import find_contradictions
    from kg.store import open_store

    by_work: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in build.assignments:
        by_work[row["task"], row["agency"]].append(row)
    rejected = {work for work, rows in by_work.items() if all(row["status"] == "rejected" for row in rows)}
    groups: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for each in find_contradictions(open_store(folder).inner):
        document = build.home(each.thing)
        if document and (each.thing, each.other) not in rejected:
            groups[document, each.code, each.other].append(each)
    for (document, code, other), found in groups.items():
        rows = [row for each in found for row in by_work.get((each.thing, other), ())]
        place, name = build.places[document], rows[0]["agency_name"] if rows else other.rpartition("/")[2]
        draft = Decision(when="", who="", about="finding", document=build.keys[document], subject=code, answer="", object=name)
        more_vi = f" ({len(found)} việc như vậy)" if len(found) > 1 else ""
        more_en = f" ({len(found)} such works)" if len(found) > 1 else ""
        yield Question(
            id=_id("contradiction", draft), sort="contradiction", draft=draft, place_name=build.place_names[place], now=name, vi=found[0].vi + more_vi,
            en=found[0].en + more_en, doubt=1.0 if found[0].certain else _UNCERTAIN, assignments=max(1, len(rows)), share=loads.share(rows, place),
            passages=tuple(build.passage(row) for row in rows[:_SHOWN_PLACES]),
        )  # fmt: skip


def _pairs(build: Build, loads: _Loads) -> Iterator[Question]:
    """Ask of each pair of tasks that may overlap: a machine only proposes."""
    for row in build.overlaps:
        draft = Decision(when="", who="", about="finding", subject=row["id"], answer="")
        rows = [each for each in build.assignments if each["task"] in (row["first"], row["second"]) and each["role"] != "partner"]
        place = build.places[row["first_plan"]]
        yield Question(
            id=_id("overlap", draft), sort="overlap", draft=draft, place_name=build.place_names[place], now=row["level"],
            vi=f"{row['reason_vi']} “{row['first_text']}” ↔ “{row['second_text']}”", en=f"{row['reason_en']} “{row['first_text']}” ↔ “{row['second_text']}”",
            doubt=_UNCERTAIN, assignments=max(1, len(rows)), share=loads.share(rows, place), passages=tuple(build.passage(each) for each in rows[:_SHOWN_PLACES]),
        )  # fmt: skip


def _nearest_tasks(build: Build, loads: _Loads) -> Iterator[Question]:
    """Ask of tasks that come near a national task, and not near enough to be taken for it."""
    for row in build.alignments:
        if row["outcome"] != "queued":
            continue
        national = f"{row['national_code'] or ''} {row['national_name']}".strip()
        draft = Decision(
            when="", who="", about="alignment", document=build.keys[row["plan"]], subject=row["id"], answer="", quote=row["task_name"],
            object=f"{build.keys.get(row['decision'], row['decision'])}{OBJECT_JOINT}{row['national_name']}",
        )  # fmt: skip
        rows = [each for each in build.assignments if each["task"] == row["task"]]
        place = build.places[row["plan"]]
        yield Question(
            id=_id("alignment", draft), sort="alignment", draft=draft, place_name=build.place_names[place], now=national,
            vi=f"Nhiệm vụ “{row['task_name']}” có thực hiện nhiệm vụ quốc gia “{national}” không? (độ giống {row['score']:.2f})",
            en=f"Does the task “{row['task_name']}” carry out the national task “{national}”? (likeness {row['score']:.2f})",
            doubt=_UNCERTAIN, assignments=max(1, len(rows)), share=loads.share(rows, place), passages=tuple(build.passage(each) for each in rows[:_SHOWN_PLACES]),
        )  # fmt: skip


def _id(sort: str, draft: Decision) -> str:
    """Name a question by what it asks; with a letter first, or spreadsheets would read some ids as numbers."""
    return "q" + sha256("\x1f".join((sort, *draft.key)).encode()).hexdigest()[:8]
