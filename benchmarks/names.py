"""Which names mean the same body: this project's reading against exact match and likeness of letters.

    python -m benchmarks.names            # the table, as in docs/resolution.md
    python -m benchmarks.names --misses   # and the pairs that were judged wrongly

Reads: tests/data/name_pairs.csv. Peers that judge by likeness get the threshold that is best for them, found on the pairs that they are
judged on. This project's threshold comes from chance slips (benchmarks/slips.py), but its rules were mended with the pairs in sight.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from kg.extraction.agencies import read_list
from kg.normalise import key
from kg.records import Passage
from kg.resolution.offices import region_number, regional_kinds

PAIRS = Path(__file__).parent.parent / "tests" / "data" / "name_pairs.csv"
TIERS = ("easy", "medium", "hard", "all")


class Pair(NamedTuple):
    """Two names, and whether they mean the same body."""

    left: str
    right: str
    same: bool
    tier: str


class Counts(NamedTuple):
    """How often "same" was right, said, and true."""

    right: int
    said: int
    true: int

    @property
    def precision(self) -> float:
        """Share of the pairs called the same that are."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Share of the pairs that are the same that were called so."""
        return self.right / self.true if self.true else 0.0


def read_pairs() -> tuple[Pair, ...]:
    """Read the pairs, in the order of the file."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return tuple(Pair(row["left"], row["right"], row["answer"] == "same", row["tier"]) for row in csv.DictReader(file))


def same_body(left: str, right: str) -> bool:
    """Whether this project takes two names for the same body or group."""
    return _identity(left) == _identity(right)


def _identity(name: str) -> str:
    mentions = read_list(Passage(text=name), whole=True).mentions
    if len(mentions) != 1:
        return key(name)
    if mentions[0].kind in regional_kinds():
        return f"{mentions[0].kind} {region_number(mentions[0].name)}"
    if mentions[0].method == "extended":  # one of several of its kind: "Công an quận 5"
        return key(mentions[0].name)
    return mentions[0].kind or key(mentions[0].name)


def peers() -> dict[str, Callable[[str, str], float]]:
    """Give the peers: each says how like two names are, 0 to 100."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import JaroWinkler

    return {
        "exact match": lambda left, right: 100.0 * (left == right),
        "exact match after key()": lambda left, right: 100.0 * (key(left) == key(right)),
        "rapidfuzz ratio": lambda left, right: fuzz.ratio(key(left), key(right)),
        "rapidfuzz token_set_ratio": lambda left, right: fuzz.token_set_ratio(key(left), key(right)),
        "rapidfuzz JaroWinkler": lambda left, right: 100 * JaroWinkler.similarity(key(left), key(right)),
    }


def count(pairs: Iterable[Pair], judge: Callable[[str, str], bool]) -> Counts:
    """Count how a judge does on pairs."""
    answers = [(judge(pair.left, pair.right), pair.same) for pair in pairs]
    return Counts(sum(said and true for said, true in answers), sum(said for said, _ in answers), sum(true for _, true in answers))


def best_threshold(pairs: tuple[Pair, ...], likeness: Callable[[str, str], float]) -> float:
    """Give the likeness from which calling names the same gives the best F1; the highest of several."""
    scored = [(likeness(pair.left, pair.right), pair.same) for pair in pairs]
    true = sum(same for _, same in scored)

    def f1(threshold: float) -> float:
        said = [same for score, same in scored if score >= threshold]
        return 2 * sum(said) / (len(said) + true)

    return max(sorted({score for score, _ in scored}), key=lambda threshold: (f1(threshold), threshold))


def table(pairs: tuple[Pair, ...]) -> str:
    """Give the table of precision and recall by tier, as Markdown."""
    lines = [f"| who judges | {' | '.join(f'{tier} P | {tier} R' for tier in TIERS)} |", "|---|" + "---:|" * (2 * len(TIERS))]
    judges: dict[str, Callable[[str, str], bool]] = {"mandategraph": same_body}
    for name, likeness in peers().items():
        threshold = 100.0 if name.startswith("exact") else best_threshold(pairs, likeness)
        judges[name if threshold == 100 else f"{name}, from {threshold:.0f}"] = _from(likeness, threshold)
    for name, judge in judges.items():
        counts = [count((pair for pair in pairs if tier in (pair.tier, "all")), judge) for tier in TIERS]
        lines.append(f"| {name} | {' | '.join(f'{c.precision:.3f} | {c.recall:.3f}' for c in counts)} |")
    return "\n".join(lines)


def _from(likeness: Callable[[str, str], float], threshold: float) -> Callable[[str, str], bool]:
    return lambda left, right: likeness(left, right) >= threshold


def main() -> None:
    """Print the table; with ``--misses`` also the pairs that this project judges wrongly."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.names")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    pairs = read_pairs()
    print(table(pairs))
    for pair in pairs if given.misses else ():
        if same_body(pair.left, pair.right) != pair.same:
            print(f"{pair.tier}: “{pair.left}” and “{pair.right}” are {'the same' if pair.same else 'different'}")


if __name__ == "__main__":
    main()
