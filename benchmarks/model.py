"""What a synthetic plan says, before it is written down in a layout; and the dice that choose it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks.words import AUDIENCES, CHANNELS, SCOPES, Agency

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """The province of a plan: its name and the word for its level."""

    name: str
    level: str
    era: str

    @property
    def full(self) -> str:
        return "Thành phố Hồ Chí Minh" if self.name == "Hồ Chí Minh" else f"{self.level} {self.name}"


@dataclass(frozen=True)
class Said:
    """Words as printed, and the names of agencies that they hold by the gold rules."""

    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Time:
    """A time as printed, and what it means."""

    text: str = ""
    start: int | None = None
    end: int | None = None
    recurrence: str | None = None


@dataclass(frozen=True)
class Part:
    """A further lead row of a task."""

    lead: Said
    time: Time
    product: str
    funding: tuple[str, ...]


@dataclass(frozen=True)
class TaskSpec:
    """A task; ``both`` is the text of a combined lead and partner cell."""

    code: str
    name: str
    lead: Said
    partner: Said
    both: str
    time: Time
    product: str
    objective: str
    funding: tuple[str, ...]
    funding_text: str
    part: Part | None = None
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupSpec:
    """A heading of the task list with what stands below it."""

    code: str
    title: str
    tasks: tuple[TaskSpec, ...]
    above: tuple[str, str] | None = None


@dataclass(frozen=True)
class Column:
    """A column of the task table: what it holds and how it is headed."""

    kind: str
    title: str


@dataclass
class Prose:
    """The body of a plan as (kind, text) lines: title, heading 1–3, para, bullet, sub, centre, recipients, table."""

    items: list[tuple[str, str]] = field(default_factory=list)

    def add(self, kind: str, text: str) -> None:
        self.items.append((kind, text))


class Dice:
    """Seeded choices; the same seed gives the same plan on every machine."""

    def __init__(self, seed: str, place: Place | None = None, topic: str = "") -> None:
        self.random = random.Random(seed)
        self.place = place
        self.topic = topic

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.random.randrange(len(choices))]

    def some(self, choices: Sequence[T], low: int, high: int) -> list[T]:
        return self.random.sample(list(choices), min(len(choices), self.random.randint(low, high)))

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def fill(self, text: str) -> str:
        """Put words into the holes of a sentence."""
        holes = {
            "audience": self.pick(AUDIENCES),
            "channel": self.pick(CHANNELS),
            "scope": self.pick(SCOPES),
            "many": f"{self.number(2, 9):02d}",
            "figure": str(self.number(4, 19) * 5),
            "topic": self.topic,
            "level": self.place.level if self.place else "tỉnh",
            "province": self.place.name if self.place else "",
        }
        while "{" in text:
            text = text.format(**holes)
        return text

    def date(self, year: int) -> tuple[int, int, int]:
        return year, self.number(1, 12), self.number(1, 28)

    def say(self, agency: Agency, *, full: float = 0.6) -> Said:
        """Write an agency in one of its forms."""
        text = agency.prints[0] if self.chance(full) else self.pick(agency.prints)
        return Said(self.fill(text), tuple(self.fill(name) for name in agency.names))


def written_date(dice: Dice, date: tuple[int, int, int]) -> str:
    """A date in one of the ways that Vietnamese documents write it."""
    year, month, day = date
    if dice.chance(0.5):
        return f"ngày {day:02d}/{month if month > 2 else f'{month:02d}'}/{year}"
    return f"ngày {day:02d} tháng {month if month > 2 else f'{month:02d}'} năm {year}"


def iso(date: tuple[int, int, int]) -> str:
    return f"{date[0]}-{date[1]:02d}-{date[2]:02d}"


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
