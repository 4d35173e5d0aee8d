"""Names with slips made by chance: how many are found again, how many are taken for another body.

    python -m benchmarks.slips                      # the table, as in docs/resolution.md
    python -m benchmarks.slips --seed 1 --sweep     # thresholds side by side, as they were calibrated

*Slips*: names of the registry with one or two slips of OCR or typing (a mark lost or wrong, a letter lost or wrong, a space lost or
put in, "và" or commas lost, two words swapped). *Chimeras*: names in which one word was replaced by a word of another name; they name
nobody, or the body that bears that very name. Peer: the most alike name by rapidfuzz's ratio, from the likeness that is best for it.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from typing import NamedTuple

from kg.normalise import fold, key
from kg.resolution.near import THRESHOLD, nearest
from kg.resolution.registry import Kind, load_registry

_NUMBER = 600
_VOWELS = ("aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ")
_LETTERS = "abcdeghiklmnopqrstuvxy"
_ABBREVIATED = re.compile(r"[A-ZĐ]{2,}|&")
Slip = Callable[[random.Random, str], str]


class Case(NamedTuple):
    """A written name and the kind that it means; ``None`` for nobody."""

    written: str
    slug: str | None


def _kinds() -> list[Kind]:
    kinds = load_registry().kinds.values()
    return [kind for kind in kinds if kind.form == "body" and 3 <= len(kind.name.split()) <= 12 and not _ABBREVIATED.search(kind.name)]


def wrong_mark(dice: random.Random, name: str) -> str:
    """Give another mark to a vowel."""
    places = [(at, row) for at, letter in enumerate(name) for row in _VOWELS if letter in row]
    at, row = dice.choice(places)
    return name[:at] + dice.choice([letter for letter in row if letter != name[at]]) + name[at + 1 :]


def wrong_letter(dice: random.Random, name: str) -> str:
    """Lose a letter of a later word, or read it as another."""
    at = dice.choice([at for at, letter in enumerate(name) if letter.isalpha() and " " in name[:at]] or [len(name) - 1])
    return name[:at] + dice.choice(["", dice.choice(_LETTERS)]) + name[at + 1 :]


def wrong_space(dice: random.Random, name: str) -> str:
    """Lose a space, or put one into a word."""
    at = dice.choice([at for at, letter in enumerate(name) if letter == " "] or [0])
    inner = dice.choice([at for at in range(2, len(name) - 1) if name[at - 1 : at + 1].isalpha()] or [len(name)])
    return dice.choice([name[:at] + name[at + 1 :], name[:inner] + " " + name[inner:]])


def lost_joint(dice: random.Random, name: str) -> str:
    """Lose every comma, or every "và"."""
    return dice.choice([name.replace(",", ""), name.replace(" và ", " ")])


def swapped(dice: random.Random, name: str) -> str:
    """Swap two neighbouring words behind the first."""
    words = name.split()
    if len(words) < 3:
        return name
    at = dice.randrange(1, len(words) - 1)
    words[at : at + 2] = words[at + 1], words[at]
    return " ".join(words)


SLIPS: tuple[Slip, ...] = (wrong_mark, wrong_mark, wrong_letter, wrong_space, lost_joint, swapped)


def make_slips(seed: int) -> tuple[list[Case], list[Case]]:
    """Make misspelt names and chimeras, the same for the same seed; a slip that makes a registry's name means that one."""
    dice, kinds, known = random.Random(seed), _kinds(), load_registry().by_label
    slips: list[Case] = []
    while len(slips) < _NUMBER:
        kind = dice.choice(kinds)
        written = dice.choice(SLIPS)(dice, kind.name)
        if len(slips) % 3 == 0:
            written = dice.choice(SLIPS)(dice, written)
        if key(written) not in known:
            slips.append(Case(written, kind.slug))
    chimeras: list[Case] = []
    while len(chimeras) < _NUMBER:
        words, other = dice.choice(kinds).name.split(), dice.choice(kinds).name.split()
        words[dice.randrange(len(words))] = dice.choice(other)
        written = " ".join(words)
        if key(written) not in known and fold(written) not in map(fold, (kind.name for kind in kinds)):
            chimeras.append(Case(written, None))
    return slips, chimeras


def _near(threshold: float) -> Callable[[str], str | None]:
    def judge(name: str) -> str | None:
        found = nearest(name, threshold=threshold)
        return found.slug if found else None

    return judge


def _rapidfuzz(cutoff: float) -> Callable[[str], str | None]:
    from rapidfuzz import fuzz, process

    labels = list(load_registry().by_label.items())
    names = [label for label, _ in labels]

    def judge(name: str) -> str | None:
        found = process.extractOne(key(name), names, scorer=fuzz.ratio, score_cutoff=cutoff)
        return labels[found[2]][1] if found else None

    return judge


def line(name: str, judge: Callable[[str], str | None], slips: list[Case], chimeras: list[Case]) -> str:
    """Give a line of the table: slips found, taken for another, left; chimeras taken for a body; precision of all."""
    answers = [(judge(case.written), case.slug) for case in slips]
    right, wrong = sum(said == true for said, true in answers), sum(said not in (None, true) for said, true in answers)
    taken = sum(judge(case.written) is not None for case in chimeras)
    precision = right / (right + wrong + taken) if right else 0.0
    return f"| {name} | {right / len(slips):.3f} | {wrong / len(slips):.3f} | {taken / len(chimeras):.3f} | {precision:.3f} |"


def main() -> None:
    """Print the table for a seed; ``--sweep`` for many thresholds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slips")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--sweep", action="store_true")
    given = parser.parse_args()
    slips, chimeras = make_slips(given.seed)
    thresholds = [at / 100 for at in range(80, 98, 2)] if given.sweep else [THRESHOLD]
    cutoffs = range(80, 98, 4) if given.sweep else [88]
    print("| who judges | slips found | slips taken for another | chimeras taken for a body | precision |\n|---|---:|---:|---:|---:|")
    for threshold in thresholds:
        print(line(f"mandategraph, from {threshold:.2f}", _near(threshold), slips, chimeras))
    for cutoff in cutoffs:
        print(line(f"rapidfuzz ratio, from {cutoff}", _rapidfuzz(cutoff), slips, chimeras))


if __name__ == "__main__":
    main()
