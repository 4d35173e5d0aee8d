"""Extracted records against gold annotations: precision, recall and F1 for each kind of item.

The measure of the gold annotations' own scorer: items are pooled over all documents (micro average); tasks, duties and
reporting rows are first paired by their words, best first; a field is right when equal after normalisation.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from kg.errors import InputError

Json = dict[str, Any]

_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "uỳ": "ùy", "uý": "úy",
    "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_TONE = re.compile(r"(?<!q)(?:" + "|".join(_TONES) + ")")
_HEADER_FIELDS = ("type", "number", "symbol", "issuer", "province", "date", "period", "implements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one kind: items that are right, that were predicted, that the gold has."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right; 0 where none was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that were found; 0 where the gold has none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 0 where both are empty."""
        both = self.predicted + self.gold
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An item that differs; ``None`` on the side that has none."""

    kind: str
    where: str
    predicted: Any
    gold: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Scores by kind, in a fixed order; all that differs; names of gold documents without a prediction."""

    scores: Mapping[str, Score]
    misses: tuple[Miss, ...]
    missing: tuple[str, ...] = ()


def evaluate(predicted: Mapping[str, Json], gold: Mapping[str, Json], *, prefix: int | None = None) -> Evaluation:
    """Score records by document name against gold of the same names.

    Args:
        predicted: records in the form of the gold, by name; a document that is missing counts as empty.
        gold: gold records by name.
        prefix: compare only so many characters of each text, for gold that keeps only openings.

    """
    tally = _Tally(prefix)
    for name in sorted(gold):
        _score_document(predicted.get(name, {}), gold[name], tally, name[:12])
    scores = {
        kind: Score(right=right, predicted=given, gold=wanted)
        for kind, (right, given, wanted) in tally.counts.items()
        if given or wanted
    }
    return Evaluation(scores=scores, misses=tuple(tally.misses), missing=tuple(sorted(gold.keys() - predicted.keys())))


def read_records(folder: Path) -> dict[str, Json]:
    """Read every ``NAME.json`` of a folder (or one such file), by NAME.

    Raises:
        InputError: there is none, or a file is no record.

    """
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.json"))
    if not paths:
        raise _no_records(folder, "no .json file")
    records: dict[str, Json] = {}
    for path in paths:
        try:
            record = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise _no_records(path, str(error)) from error
        if not isinstance(record, dict) or "document" not in record:
            raise _no_records(path, "JSON without the key “document”")
        records[path.stem] = record
    return records


def _no_records(path: Path, found: str) -> InputError:
    return InputError(
        str(path),
        found=found,
        expected="records as `mandategraph extract FILE --json` prints them, one NAME.json a document",
        remedy="name the folder with the records, or with the documents themselves",
        vi="Không đọc được bản ghi JSON; hãy chỉ đúng thư mục chứa bản ghi hoặc văn bản",
    )


@dataclass(slots=True)
class _Tally:
    prefix: int | None
    counts: dict[str, list[int]] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, kind: str, right: int, predicted: int, gold: int) -> None:
        row = self.counts.setdefault(kind, [0, 0, 0])
        for at, count in enumerate((right, predicted, gold)):
            row[at] += count

    def miss(self, kind: str, where: str, predicted: object, gold: object) -> None:
        self.misses.append(Miss(kind=kind, where=where, predicted=predicted, gold=gold))

    def cut(self, text: object) -> str:
        return _norm(text)[: self.prefix]

    def alike(self, one: object, other: object) -> float:
        a, b = self.cut(one), self.cut(other)
        if a == b:
            return 1.0
        return SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0

    def items(self, kind: str, predicted: Iterable[object] | None, gold: Iterable[object] | None, where: str) -> None:
        """Compare two sets of texts."""
        p, g = {self.cut(item) for item in predicted or ()}, {self.cut(item) for item in gold or ()}
        self.add(kind, len(p & g), len(p), len(g))
        if p != g:
            self.miss(kind, where, sorted(p - g), sorted(g - p))

    def value(self, kind: str, predicted: object, gold: object, where: str) -> None:
        """Compare one field: a wrong or missing value costs recall, a wrong or invented one precision."""
        p, g = predicted not in (None, "", []), gold not in (None, "", [])
        same = p and g and _norm(_flat(predicted)) == _norm(_flat(gold))
        self._one(kind, predicted, gold, where, (same, p, g))

    def text(self, kind: str, predicted: object, gold: object, where: str, threshold: float = 0.98) -> None:
        """Compare one text: right when nearly alike."""
        p, g = bool(_norm(predicted)), bool(_norm(gold))
        same = p and g and self.alike(predicted, gold) >= threshold
        self._one(kind, predicted, gold, where, (same, p, g))

    def _one(self, kind: str, predicted: object, gold: object, where: str, told: tuple[bool, bool, bool]) -> None:
        self.add(kind, *map(int, told))
        if any(told[1:]) and not told[0]:
            self.miss(kind, where, predicted, gold)

    def pairs(
        self, kind: str, predicted: Sequence[Json], gold: Sequence[Json], key: Callable[[Json], object], threshold: float
    ) -> list[tuple[Json, Json]]:
        """Pair two lists one to one by likeness of their keys, best first; count the pairs as items of the kind."""
        scored: list[tuple[float, int, int]] = []
        cut_p, cut_g = [self.cut(key(p)) for p in predicted], [self.cut(key(g)) for g in gold]
        matcher = SequenceMatcher(None, autojunk=False)
        for j, wanted in enumerate(cut_g):
            matcher.set_seq2(wanted)
            for i, given in enumerate(cut_p):
                matcher.set_seq1(given)
                if given == wanted:
                    scored.append((1.0, i, j))
                # Both bounds are cheap, and a pair below the threshold is never used: six times faster, same pairs.
                elif given and wanted and min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= threshold:
                    scored.append((matcher.ratio(), i, j))
        scored.sort(key=lambda row: (-row[0], abs(row[1] - row[2]), row[1], row[2]))
        left_p, left_g = set(range(len(predicted))), set(range(len(gold)))
        pairs: list[tuple[Json, Json]] = []
        for ratio, i, j in scored:
            if ratio >= threshold and i in left_p and j in left_g:
                left_p.remove(i)
                left_g.remove(j)
                pairs.append((predicted[i], gold[j]))
        self.add(kind, len(pairs), len(predicted), len(gold))
        return pairs

    def unpaired(
        self, kind: str, where: str, pairs: Sequence[tuple[Json, Json]], sides: tuple[Sequence[Json], Sequence[Json]], name: str
    ) -> None:
        """List what found no partner."""
        for side, records in enumerate(sides):
            paired = {id(pair[side]) for pair in pairs}
            for record in records:
                if id(record) not in paired:
                    given = record.get(name)
                    self.miss(kind, where, *((given, None) if side == 0 else (None, given)))


def _norm(text: object) -> str:
    """Case-folded NFC, one tone placement, single spaces, no list dashes, no punctuation at the ends."""
    if text is None:
        return ""
    plain = unicodedata.normalize("NFC", str(text)).casefold()
    plain = _TONE.sub(lambda match: _TONES[match[0]], plain)
    plain = re.sub(r"[\u00a0\s]+", " ", plain).replace("–", "-").replace("—", "-")
    plain = re.sub(r"(^|\s)[-+•]\s", r"\1", plain)
    plain = re.sub(r"\s*-\s*", "-", plain)
    return plain.strip(" .;:,/-")


def _flat(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _score_document(p: Json, g: Json, tally: _Tally, name: str) -> None:
    document = p.get("document", {})
    for each in _HEADER_FIELDS:
        tally.value(f"document.{each}", document.get(each), g["document"].get(each), name)
    tally.text("document.title", document.get("title"), g["document"].get("title"), name, 0.95)
    _score_citations(p, g, tally, name)
    _score_tasks(p.get("tasks", []), g["tasks"], tally, name)
    _score_duties(p.get("duties", []), g["duties"], tally, name)
    _score_reporting(p.get("reporting", []), g["reporting"], tally, name)
    tally.items("target", map(_target, p.get("targets", [])), map(_target, g["targets"]), name)
    tally.items("sector", _sectors(p.get("sectors", [])), _sectors(g["sectors"]), name)
    tally.items("sector.item", _items(p.get("sectors", [])), _items(g["sectors"]), name)


def _score_citations(p: Json, g: Json, tally: _Tally, name: str) -> None:
    predicted, gold = ({_cited(c): c for c in side.get("citations", [])} for side in (p, g))
    tally.items("citation", predicted, gold, name)
    for key in sorted(predicted.keys() & gold.keys()):
        for each in ("type", "date", "issuer"):
            tally.value(f"citation.{each}", predicted[key].get(each), gold[key].get(each), f"{name} {key}")


def _cited(citation: Json) -> str:
    return _norm(citation.get("number") or citation.get("title")).replace(" ", "")


def _score_tasks(predicted: Sequence[Json], gold: Sequence[Json], tally: _Tally, name: str) -> None:
    pairs = tally.pairs("task", predicted, gold, lambda task: task.get("name"), 0.85)
    tally.unpaired("task", name, pairs, (predicted, gold), "name")
    for x, y in pairs:
        where = f"{name} task {y.get('code') or ''} {y['name'][:40]}"
        tally.text("task.name", x.get("name"), y["name"], where)
        for each in ("lead", "partner", "groups"):
            tally.items(f"task.{each}", x.get(each), y.get(each), where)
        for each in ("code", "start", "end", "recurrence"):
            tally.value(f"task.{each}", x.get(each), y.get(each), where)
        tally.items("task.funding", x.get("funding"), y.get("funding"), where)
        if y.get("parts"):
            tally.items("task.parts", map(_part, x.get("parts") or []), map(_part, y["parts"]), where)
        else:
            for each in ("product", "objective"):
                tally.text(f"task.{each}", x.get(each), y.get(each), where)


def _part(part: Json) -> str:
    return _norm(json.dumps([part.get("lead"), part.get("product")], ensure_ascii=False))


def _score_duties(predicted: Sequence[Json], gold: Sequence[Json], tally: _Tally, name: str) -> None:
    pairs = tally.pairs("duty", predicted, gold, lambda duty: duty.get("text"), 0.85)
    tally.unpaired("duty", name, pairs, (predicted, gold), "text")
    for x, y in pairs:
        where = f"{name} duty {y['text'][:40]}"
        tally.items("duty.agency", x.get("agency"), y.get("agency"), where)
        tally.items("duty.with", x.get("with"), y.get("with"), where)
        tally.value("duty.role", x.get("role"), y.get("role"), where)


def _score_reporting(predicted: Sequence[Json], gold: Sequence[Json], tally: _Tally, name: str) -> None:
    pairs = tally.pairs("reporting", predicted, gold, lambda row: f"{row.get('from')} {row.get('text')}", 0.7)
    tally.unpaired("reporting", name, pairs, (predicted, gold), "text")
    for x, y in pairs:
        where = f"{name} reporting {y['text'][:40]}"
        for each in ("from", "to"):
            tally.items(f"reporting.{each}", x.get(each), y.get(each), where)
        for each in ("deadline", "frequency"):
            tally.value(f"reporting.{each}", x.get(each), y.get(each), where)


def _target(target: Json) -> str:
    figures = json.dumps([target.get("value"), target.get("unit"), target.get("by")], ensure_ascii=False)
    return figures + _norm(target.get("text"))[:55]


def _sectors(sectors: Sequence[Json]) -> list[str]:
    names = [f"{s.get('code')} {s.get('name')}" for s in sectors]
    return names + [f"{s.get('code')}.{c.get('code')} {c.get('name')}" for s in sectors for c in s.get("children", [])]


def _items(sectors: Sequence[Json]) -> list[str]:
    return [
        f"{s.get('code')}.{c.get('code')} {item}" for s in sectors for c in s.get("children", []) for item in c.get("items", [])
    ]
