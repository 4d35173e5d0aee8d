"""Names that are nearly a registry's name: slips of OCR and of typing, never another body's name.

Reads: a name that is in no registry as it stands. Gives: the one kind that it can mean, how near it is and what differs;
``None`` where none is near enough, or two are.

Likeness of letters alone is no proof: "Sở Nội vụ" and "Sở Ngoại vụ" are as like as a name and its misprint. Words are
compared one by one. A word may differ from the registry's in its marks (môi trưởng), in a letter where it is then no word
that the registries know (nghệp), by a space (đâutư) or by its place; one word inside a long name may be missing. A
word that the registries know in the place of another one makes it another name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.normalise import fold, key
from kg.resolution.registry import Registry, load_registry

# Calibrated with `python -m benchmarks.slips --seed 1 --sweep`, reported on other seeds: docs/decisions/0008-resolution.md.
THRESHOLD = 0.88
MARGIN = 0.02
_PRESELECTED = 74.0
"""Likeness of letters (0 to 100) below which no candidate is looked at word by word; it only saves time."""
_CANDIDATES = 12
_MOST_WORDS = 2
"""By how many words a name and its slip can differ: spaces lost or put in, a word twice, one missing."""
_LONGEST = 120
_COST = {"joint": 0.05, "marks": 0.15, "letter": 0.35, "letters": 0.5, "space": 0.15, "place": 0.15, "twice": 0.2, "missing": 0.6, "other": 0.8}
"""What a difference costs, in words; ``joint`` is a missing or added "và"."""
_ABBREVIATED = re.compile(r"[A-ZĐ]{2,}|&")
_JOINT = "va"
_LONG = 6
"""Words from which a name is told by its other words, even where one was misread as a word that there is (Tế quốc)."""
_DIVISION = "phòng"
"""A division is named by its works in their order: a district had its Phòng Tài chính - Kế hoạch, departments have a Phòng Kế hoạch - Tài chính."""
_LEVELS = frozenset(["tỉnh", "huyện", "xã", "phường", "quận", "thành", "phố", "thị", "trung", "ương", "cấp", "khu", "vực", "nhà", "nước", "quốc", "gia", "việt", "nam", "trưởng", "phó", "các", "liên", "quan", "khác", "có", "chi"])
"""Words that tell one body from another of the same name: never missing, never misread but for their marks."""
_LONG_LEVEL = 4
"""Letters from which even such a word may have one wrong, where that makes no other word (Vệt Nam)."""
_NOISE = re.compile(r"\[\d{1,3}\]|[\"“”'`~*_|¬]")


@dataclass(frozen=True, slots=True)
class Near:
    """The kind that a name nearly names.

    ``score`` in (0, 1]; ``runner_up`` is the score of the nearest other kind, 0 where none comes near. ``differences``
    are the names of what differs: joint, marks, letter, letters, space, place, twice, missing.
    """

    slug: str
    label: str
    score: float
    runner_up: float
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Label:
    slug: str
    text: str
    words: tuple[str, ...]
    joints: int


def nearest(name: str, *, threshold: float = THRESHOLD, margin: float = MARGIN) -> Near | None:
    """Give the one kind of the project's registry that a name nearly names.

    >>> found = nearest("Liên đoàn Thương mại và Công nghệp Việt Nam")
    >>> found.slug, found.differences
    ('lien-doan-thuong-mai-va-cong-nghiep-viet-nam', ('letter',))
    >>> nearest("Sở Ngoại thương") is None
    True
    """
    found = _nearest(clean(name))
    if found is None or found.score < threshold or found.score - found.runner_up < margin:
        return None
    return found


def clean(name: str) -> str:
    """Take off what no name holds: footnote marks, quotes, marks of OCR, spaces around a hyphen inside a word group."""
    return " ".join(_NOISE.sub(" ", name).strip(" -–+•,;.:").split())


@lru_cache(maxsize=20_000)
def _nearest(name: str) -> Near | None:
    words, joints = _words(name)
    if not 2 <= len(words) <= 20 or len(name) > _LONGEST:
        return None
    best: dict[str, tuple[float, str, tuple[str, ...]]] = {}
    for label in _preselect(" ".join(map(fold, words))):
        cost, differences = _compare(words, label.words)
        if joints != label.joints:
            if "missing" in differences:  # "Bộ Kế và và Đầu tư": the joint stands where a word was
                continue
            cost, differences = cost + _COST["joint"], (*differences, "joint")
        score = 1 - cost / len(label.words)
        if score > best.get(label.slug, (0.0, "", ()))[0]:
            best[label.slug] = (score, label.text, tuple(dict.fromkeys(differences)))
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    if not ranked:
        return None
    slug, (score, text, differences) = ranked[0]
    return Near(slug, text, round(score, 3), round(ranked[1][1][0], 3) if len(ranked) > 1 else 0.0, differences)


def _words(name: str) -> tuple[tuple[str, ...], int]:
    """The words of a name without its joints, and how many joints it has; signs do not count."""
    words = re.findall(r"\w+", key(name))
    kept = tuple(word for word in words if fold(word) != _JOINT)
    return kept, len(words) - len(kept)


def _preselect(folded: str) -> list[_Label]:
    from rapidfuzz import fuzz, process

    pool = _pool()
    found: dict[int, None] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for _, _, at in process.extract(folded, pool.folded, scorer=scorer, score_cutoff=_PRESELECTED, limit=_CANDIDATES):
            found[at] = None
    return [pool.labels[at] for at in found]


def _compare(words: tuple[str, ...], right: tuple[str, ...]) -> tuple[float, tuple[str, ...]]:
    """What it costs to take ``words`` for ``right``, and the differences; infinite where they contradict each other."""
    if sorted(words) == sorted(right) and words[0] == right[0]:
        if words != right and words[0] == _DIVISION:
            return float("inf"), ()
        return (0.0, ()) if words == right else (_COST["place"] * 2, ("place",))
    if fold(words[0]) != fold(right[0]) or abs(len(words) - len(right)) > _MOST_WORDS:
        return float("inf"), ()
    rows: list[list[tuple[float, tuple[str, ...]]]] = [[(float("inf"), ())] * (len(right) + 1) for _ in range(len(words) + 1)]
    rows[0][0] = (0.0, ())
    for i in range(len(words) + 1):
        for j in range(len(right) + 1):
            for di, dj, cost, what in _steps(words, right, i, j):
                total = rows[i][j][0] + cost
                if total < rows[i + di][j + dj][0]:
                    rows[i + di][j + dj] = (total, (*rows[i][j][1], *((what,) if what else ())))
    cost, differences = rows[-1][-1]
    grave = differences.count("missing") + differences.count("other")
    return (cost, differences) if grave == 0 or (grave == 1 and len(differences) == 1) else (float("inf"), ())


def _steps(words: tuple[str, ...], right: tuple[str, ...], i: int, j: int) -> list[tuple[int, int, float, str]]:
    """Ways on from word ``i`` of the name and word ``j`` of the label: (words taken of each, cost, difference)."""
    steps: list[tuple[int, int, float, str]] = []
    if i < len(words) and j < len(right):
        what = _difference(words[i], right[j], head=j == 0, long=len(right) >= _LONG)
        if what is not None:
            steps.append((1, 1, _COST[what] if what else 0.0, what))
        if j + 1 < len(right) and fold(words[i]) == fold(right[j] + right[j + 1]):
            steps.append((1, 2, _COST["space"], "space"))
        if i + 1 < len(words) and fold(words[i] + words[i + 1]) == fold(right[j]):
            steps.append((2, 1, _COST["space"], "space"))
    if 0 < i < len(words) and words[i] == words[i - 1]:
        steps.append((1, 0, _COST["twice"], "twice"))
    if 0 < j < len(right) - 1 and len(right) >= 5 and right[j] not in _LEVELS:
        steps.append((0, 1, _COST["missing"], "missing"))
    return steps


def _difference(word: str, right: str, *, head: bool, long: bool) -> str | None:
    """Name what differs between two words, "" where nothing does; ``None`` where they are two words."""
    if word == right:
        return ""
    left, other = fold(word), fold(right)
    if left == other:
        return "marks"
    if head or (right in _LEVELS and (len(other) < _LONG_LEVEL or word in _pool().known)) or min(len(left), len(other)) < 2:
        return None
    from rapidfuzz.distance import OSA

    distance = OSA.distance(left, other)
    if word in _pool().known:
        return "other" if long and distance == 1 else None
    if distance == 1 and max(len(left), len(other)) >= 3:
        return "letter"
    return "letters" if distance == 2 and min(len(left), len(other)) >= 5 else None


@dataclass(frozen=True, slots=True)
class _Pool:
    labels: tuple[_Label, ...]
    folded: tuple[str, ...]
    known: frozenset[str]


@cache
def _pool() -> _Pool:
    return _make_pool(load_registry())


def _make_pool(registry: Registry) -> _Pool:
    """The registry's names that are written out, and every word that any of its names or provinces holds."""
    labels: list[_Label] = []
    known: set[str] = set()
    for slug, kind in registry.kinds.items():
        for text in (kind.name, *kind.alt, *kind.hidden):
            words, joints = _words(text)
            if text not in kind.hidden:
                known.update(words)
            if len(words) >= 2 and not _ABBREVIATED.search(text) and text not in kind.hidden:
                labels.append(_Label(slug, text, words, joints))
    for name in registry.province_labels:
        known.update(name.split())
    return _Pool(tuple(labels), tuple(" ".join(map(fold, label.words)) for label in labels), frozenset(known))
