"""What a report page is handed: sections of findings, charts and tables, in two languages. Plain values, no measures.

``check_report`` tells what must hold. Text in the researcher's data (names, quotes) is in its own language; the words around it
come as ``Words``, Vietnamese first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Cell = str | int | float | bool | None
Kind = Literal["text", "integer", "number", "percent", "yes-no", "data"]


class Words(NamedTuple):
    """The same in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, heading, what it holds, and the formula that its figures come from (D1 …).

    A ``data`` column (the address of an agency or task, a text in one language) is in CSV and JSON, and not drawn.
    """

    key: str
    heading: Words
    kind: Kind = "text"
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: cells are ``None`` where the text does not say; the first column heads its row.

    ``folded`` tables open when asked; of a long one the page draws the first ``drawn`` rows (0: all), the data have all. ``part_of`` names the larger table of which this is the part ``part``: the loads of one province.
    """

    key: str
    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Words | None = None
    folded: bool = False
    part_of: str = ""
    part: str = ""
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: ``low`` and ``high`` are the ends of its interval, ``faint`` for what is shown and not ranked."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars, in the order given."""

    key: str
    caption: Words
    unit: Words
    bars: tuple[Bar, ...]
    mark: float | None = None
    mark_label: Words | None = None


@dataclass(frozen=True, slots=True)
class Strips:
    """A strip for each row, darker where the figure is larger: rows × columns; ``None`` is blank."""

    key: str
    caption: Words
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, and where they stand."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, its doubt, and the words of documents that it rests on."""

    sentence: Words
    doubt: Words | None = None
    quotes: tuple[Quote, ...] = ()
    level: Literal["plain", "strong", "none"] = "plain"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two passages set beside each other: whose, its words as runs (text, whether the other has it, too), and where it stands."""

    heading: str
    runs: tuple[tuple[str, bool], ...]
    place: str


@dataclass(frozen=True, slots=True)
class Case:
    """A pair to review: both passages side by side, facts about it (score, status), and the sentences that tell why."""

    key: str
    heading: Words
    sides: tuple[Side, Side]
    facts: tuple[tuple[Words, Cell], ...] = ()
    told: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report."""

    key: str
    heading: Words
    findings: tuple[Finding, ...] = ()
    charts: tuple[Bars | Strips, ...] = ()
    tables: tuple[Table, ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report: ``scope`` are facts about what it covers, ``left_out`` what it does not, ``rows`` the table that all figures rest on.

    ``states`` give what a word in a cell stands for, and its look (good, bad, soft or none): {"yes": (Words, "good")}.
    """

    key: str
    title: Words
    lead: Words
    sections: tuple[Section, ...]
    scope: tuple[tuple[Words, Words], ...] = ()
    left_out: tuple[Words, ...] = ()
    formulas: tuple[tuple[str, Words], ...] = ()
    constants: dict[str, object] = field(default_factory=dict)
    states: dict[str, tuple[Words, str]] = field(default_factory=dict)
    rows: Table | None = None


def check_report(report: Report) -> None:
    """Raise ``ValueError`` where keys repeat or a row has more or fewer cells than its table has columns."""
    keys = [each.key for section in report.sections for each in (*section.charts, *section.tables, *section.cases)] + [section.key for section in report.sections]
    twice = sorted({key for key in keys if keys.count(key) > 1}) if len(keys) != len(set(keys)) else []
    if twice:
        raise ValueError(f"{report.key}: keys used twice: {', '.join(twice)}")
    for table in (*(table for section in report.sections for table in section.tables), *([report.rows] if report.rows else [])):
        for row in table.rows:
            if len(row) != len(table.columns):
                raise ValueError(f"{table.key}: a row of {len(row)} cells in a table of {len(table.columns)} columns")
