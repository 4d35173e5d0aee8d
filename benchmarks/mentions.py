"""Who the names in other documents mean: precision and share resolved on mentions that were annotated by hand.

    python -m benchmarks.mentions             # the table, as in docs/resolution.md
    python -m benchmarks.mentions --misses    # and every mention that was judged otherwise

Reads: tests/data/mentions.csv, drawn with a fixed seed from documents that are not part of the project: two halves that rules were
mended on (the first) or only measured on (the second), and a fresh sample drawn and annotated after all rules were written. ``answer`` is a kind of the registry, "group" (a group that the registry lacks), "unresolved" (a body that the
registry lacks) or "none" (no body at all).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.extraction.agencies import read_list
from kg.extraction.settling import Context, settle
from kg.normalise import key
from kg.records import AgencyMention, Passage
from kg.resolution.registry import Level

MENTIONS = Path(__file__).parent.parent / "tests" / "data" / "mentions.csv"


class Mention(NamedTuple):
    """A name in a document, and who it means."""

    document: str
    province: str
    date: str
    where: str
    mention: str
    context: str
    answer: str
    note: str
    half: str


class Counts(NamedTuple):
    """Mentions by what they are and what was made of them."""

    resolved_rightly: int
    resolved_wrongly: int
    left_rightly: int
    left_wrongly: int
    false_bodies: int

    @property
    def precision(self) -> float:
        """Share of the mentions that were resolved to a kind or group that are that."""
        said = self.resolved_rightly + self.resolved_wrongly
        return self.resolved_rightly / said if said else 0.0

    @property
    def share(self) -> float:
        """Share of the mentions of known kinds and groups that were resolved, and rightly."""
        true = self.resolved_rightly + self.left_wrongly
        return self.resolved_rightly / true if true else 0.0


def read_mentions() -> tuple[Mention, ...]:
    """Read the annotated mentions, in the order of the file."""
    with MENTIONS.open(encoding="utf-8", newline="") as file:
        return tuple(Mention(**row) for row in csv.DictReader(file))


def resolve(mention: Mention) -> str:
    """Give what the project makes of a mention, in the words of ``answer``."""
    level: Level = "provincial" if mention.province else "central"
    context = Context(defined={}, province=mention.province or None, date=mention.date or None, level=level)
    found = settle(read_list(Passage(text=mention.mention), whole=mention.where == "record").mentions, context)
    if not found:
        return "none"
    if mention.answer == "group" and found[0].form != "body" and _covers(found, mention.mention):
        return "group"  # whether the registry has an entry for it or not; one that is cut short is another group
    return found[0].kind or ("group" if found[0].form != "body" else "unresolved")


def _covers(found: Sequence[AgencyMention], text: str) -> bool:
    return sum(len(key(one.text)) for one in found) + 2 * len(found) >= len(key(text))


def count(mentions: Iterable[Mention]) -> Counts:
    """Count how the project does; a kind where there is another one is wrong for both, precision and share."""
    counts = [0, 0, 0, 0, 0]
    for mention in mentions:
        given, known = resolve(mention), mention.answer not in ("unresolved", "none")
        if given not in ("unresolved", "none"):
            right = given == mention.answer
            counts[0 if right else 1] += 1
            counts[3] += known and not right
        else:
            counts[3 if known else 2] += 1
        counts[4] += mention.answer == "none" and given != "none"
    return Counts(*counts)


def main() -> None:
    """Print the table; with ``--misses`` also each mention that was judged otherwise than by hand."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mentions")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    mentions = read_mentions()
    print("| mentions | number | precision | share resolved | wrong | left though known | left rightly | no body, taken for one |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for half in ("calibration", "report", "fresh"):
        for where in ("record", "prose"):
            chosen = [mention for mention in mentions if (mention.half, mention.where) == (half, where)]
            c = count(chosen)
            print(
                f"| {half}, {where} | {len(chosen)} | {c.precision:.3f} | {c.share:.3f} | {c.resolved_wrongly} | {c.left_wrongly} "
                f"| {c.left_rightly} | {c.false_bodies} |"
            )
    for mention in mentions if given.misses else ():
        if (said := resolve(mention)) != mention.answer:
            print(f"{mention.half}, {mention.where}, {mention.document}: “{mention.mention}”: {said}, by hand {mention.answer}")


if __name__ == "__main__":
    main()
