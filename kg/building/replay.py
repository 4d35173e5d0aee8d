"""Decisions of people, replayed: which of them touch a document, whether the words they were made on still stand, where they lie.

Reads: one document's records, and all decisions that stand. Gives: those to apply, and a finding for each whose sentence has changed: it is
not applied, and nobody has to guess why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from kg.building.moved import moved_document, moved_place
from kg.errors import InputError
from kg.graph.namespaces import BASE
from kg.graph.quads import document_place
from kg.normalise import key
from kg.records import AgencyMention, Extraction, Finding, Passage, Span
from kg.resolution.decisions import CENTRE, Decision, Decisions, Home, document_key, written_names
from kg.resolution.decisions_files import FOLDER, nearest
from kg.resolution.registry import Registry

Saying = tuple[Span, str]
_SHOWN = 160  # code points of a quote in a message
_LIKE = 55.0  # a sentence less like the old one is no successor of it


@dataclass(frozen=True, slots=True)
class Replay:
    """What of the decisions a document gets.

    ``decisions`` are to be applied; ``touching`` are all that it can depend on; ``findings`` tell the conflicts, ``conflicts`` are the
    ids of those decisions. ``named`` are the keys of the names that a person has settled here.
    """

    home: Home
    touching: Decisions
    decisions: Decisions
    findings: tuple[Finding, ...]
    named: frozenset[str]
    conflicts: frozenset[str]

    def open_findings(self, findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
        """Give the findings that are still open: no doubt is left about a name that a person has settled."""
        return tuple(each for each in findings if not (each.code == "agency-not-in-registry" and each.span and key(text[slice(*each.span)]) in self.named))

    @property
    def met(self) -> frozenset[str]:
        """The ids of the decisions whose subject is in the document, but those on assignments, which only the graph can tell."""
        return frozenset(each.id for each in self.decisions.standing if each.about != "assignment" and _is_here(each, self.home))


def replay(extraction: Extraction, decisions: Decisions, registry: Registry) -> Replay:
    """Choose the decisions that a document gets."""
    home = document_home(extraction, registry)
    touching = decisions.touching(home)
    text = extraction.document.text
    plain = key(text) if any(each.quote for each in touching.standing) else ""
    said = {key(work.text) for work in _works(extraction)} if plain else set()
    changed = [each for each in touching.standing if each.document == home.key and key(each.quote) not in plain and key(each.quote) not in said]
    left = Decisions(tuple(each for each in touching.log if each not in changed))
    named = frozenset(key(each.subject) for each in left.about("identity") if each.answer in ("same", "not-same"))
    return Replay(
        named=named,
        home=home,
        touching=touching,
        decisions=left,
        findings=tuple(_conflict(each, text, _sayings(extraction)) for each in changed),
        conflicts=frozenset(each.id for each in changed),
    )


def document_home(extraction: Extraction, registry: Registry) -> Home:
    """Give what decides which decisions touch a document."""
    place = document_place(extraction, registry)
    path = place.document.removeprefix(f"{BASE}vn/")
    own = document_key(path, extraction.document.source.text_sha256)
    names = frozenset(name for mention in _mentions(extraction) for name in written_names(mention))
    return Home(key=own, place=place.province or (CENTRE if place.central else own), names=names)


def _works(extraction: Extraction) -> tuple[Passage, ...]:
    """Give the words of tasks and duties: as records join them, they may stand in pieces in the text."""
    return (*(task.name for task in extraction.tasks), *(duty.text for duty in extraction.duties))


def _sayings(extraction: Extraction) -> list[Saying]:
    """Give what the records read as one saying, though it stands in pieces or inside of a table's line: works and names."""
    works = ((work.text, work.spans) for work in _works(extraction))
    names = ((mention.text, mention.spans) for mention in _mentions(extraction))
    return [(Span(spans[0].start, spans[-1].end), words) for words, spans in dict.fromkeys((*works, *names)) if spans]


def _mentions(record: object) -> Iterator[AgencyMention]:
    if isinstance(record, AgencyMention):
        yield record
    elif isinstance(record, Extraction):
        for part in (record.tasks, record.duties, record.reporting):
            yield from _mentions(part)
    elif isinstance(record, tuple):
        for part in record:
            yield from _mentions(part)
    elif is_dataclass(record):
        for each in fields(record):
            value = getattr(record, each.name)
            if isinstance(value, tuple):
                yield from _mentions(value)


def _is_here(decision: Decision, home: Home) -> bool:
    return decision.about != "identity" or key(decision.subject) in home.names


def _conflict(decision: Decision, text: str, sayings: Sequence[Saying]) -> Finding:
    span, now = nearest_sentence(decision.quote, text, sayings)
    old, new = _cut(decision.quote), _cut(now)
    who = f"{decision.who}, {decision.when[:10]}, {decision.id}"
    said_vi = f"Quyết định của {who} ({decision.answer}: {_cut(decision.subject or decision.quote)}) dựa trên câu “{old}”, câu này không còn trong văn bản"
    said_en = f"The decision of {who} ({decision.answer}: {_cut(decision.subject or decision.quote)}) rests on “{old}”, which the document no longer says"
    return Finding(
        code="decision-source-changed",
        severity="warning",
        vi=said_vi + (f"; câu gần nhất bây giờ: “{new}”" if now else "") + "; quyết định không được áp dụng, hãy xem lại và quyết định lần nữa",
        en=said_en + (f"; the nearest sentence now: “{new}”" if now else "") + "; not applied, look again and decide anew",
        span=span,
    )


def nearest_sentence(quote: str, text: str, sayings: Sequence[Saying] = ()) -> tuple[Span | None, str]:
    """Give the saying or stretch of a text that is most like a quote, with its place; (None, "") where none is like it."""
    from rapidfuzz import fuzz

    wanted = key(quote)
    best, at, chosen = _LIKE, None, ""
    printed = ((Span(start, end), text[start:end]) for start, end in _stretches(text, len(quote)))
    for span, words in (*sayings, *printed):
        score = fuzz.ratio(wanted, key(words), score_cutoff=best)
        if score > best:
            best, at, chosen = score, span, " ".join(words.split())
    return at, chosen


def _stretches(text: str, length: int) -> Iterator[tuple[int, int]]:
    """Give the lines of a text and, so that a sentence over several lines is found, as many of them as make up its length."""
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        starts.append((at, at + len(line.rstrip()), bool(line.strip())))
        at += len(line)
    for first, (start, _, said) in enumerate(starts):
        if not said:
            continue
        end = first
        while end + 1 < len(starts) and starts[end][1] - start < length * 0.9:
            end += 1
        yield start, starts[end][1]


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rsplit(" ", 1)[0] + "…"


def find_folders(paths: Sequence[str | Path], given: str | Path | None) -> tuple[Path, ...]:
    """Give the folders of decisions for a build.

    ``given`` where one is named. Else every folder "decisions" inside or beside what is built (beside a file: in its folder) that holds a CSV
    file; where there is none, that of the current folder.

    Raises:
        InputError: the named folder is not there.

    """
    if given is not None:
        if not Path(given).is_dir():
            raise InputError(
                str(given), found="no folder at this path", expected="a folder with decisions (*.csv)", remedy="check the path given with --decisions",
                vi=f"Không có thư mục quyết định {given}; hãy kiểm tra --decisions",
            )  # fmt: skip
        return (Path(given).resolve(),)
    here = Path.cwd() / FOLDER
    return near_folders(paths) or ((here,) if here.is_dir() else ())


def near_folders(paths: Sequence[str | Path]) -> tuple[Path, ...]:
    """Give the folders of decisions inside and beside what is built: they hold no documents, whether they are used or not."""
    near = {place / FOLDER for path in map(Path, paths) for place in ((path.resolve(), path.resolve().parent) if path.is_dir() else (path.resolve().parent,))}
    return tuple(sorted(folder for folder in near if any(folder.glob("*.csv"))))


def without_subject(decisions: Decisions, met: Iterable[str], homes: Sequence[Home], registry: Registry) -> list[tuple[str, Finding]]:
    """Name the decisions whose subject no document of the corpus has, by their files; findings of no document are not its business."""
    seen = set(met)
    return [(each.file, _lost(each, homes, registry)) for each in decisions.standing if each.id not in seen and each.about != "alignment" and (each.document or each.about == "identity")]


def _lost(decision: Decision, homes: Sequence[Home], registry: Registry) -> Finding:
    keys = {home.key for home in homes}
    now = None
    if decision.document and decision.about != "identity" and decision.document not in keys:
        what, known = decision.document, keys
        now = moved_document(what, keys, registry)
    elif decision.about == "identity" and decision.place not in {*keys, *(home.place for home in homes)}:
        what, known = decision.place, {*keys, *(home.place for home in homes)}
        now = moved_place(what, known, registry)
    else:
        what = decision.subject
        known = {name for home in homes if decision.place in (home.key, home.place) or home.key == decision.document for name in home.names}
    close = ", ".join(f"“{each}”" for each in nearest(what, known)) if known else "-"
    who = f"{decision.who}, {decision.when[:10]}, {decision.id}"
    said = _cut(decision.subject or decision.quote)
    if now is not None:
        return Finding(
            code="decision-address-changed",
            severity="warning",
            vi=f"Quyết định của {who} ({decision.answer}: {said}) ghi địa chỉ “{what}”, không còn trong các văn bản này; cùng tên ấy nay chỉ có “{now}”: xem lại, rồi quyết định lần nữa ở đó",
            en=f"The decision of {who} ({decision.answer}: {said}) is on the address “{what}”, which is no longer there; the only one of that name is now “{now}”: look again, and decide anew there",
        )
    return Finding(
        code="decision-without-subject",
        severity="note",
        vi=f"Quyết định của {who} ({decision.answer}: {said}) không khớp với gì trong các văn bản này; gần nhất: {close}",
        en=f"The decision of {who} ({decision.answer}: {said}) is about nothing in these documents; nearest: {close}",
    )
