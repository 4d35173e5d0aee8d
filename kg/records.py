"""The records: what a document is, and what it says.

Frozen values with tuples. Every value that comes out of a text carries its spans: code-point offsets into the
document's canonical text (NFC, LF line ends, no byte order mark), end exclusive. A value that a page break or a
line wrap splits has several spans; each ``text[start:end]`` is a verbatim quote.

What the document does not say is ``None`` or ``()``, never a guess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

from kg.passages import EMPTY, Passage, Run, Span, Spans, join_passages

__all__ = [
    "EMPTY", "AgencyMention", "Block", "BlockKind", "Cell", "Citation", "Document", "Duty", "Extraction", "Finding",
    "Header", "Passage", "Period", "ReportingDuty", "Role", "Row", "Run", "Sector", "Source", "Span", "Spans",
    "Subsector", "Table", "Target", "Task", "TaskPart", "join_passages",
]  # fmt: skip

Role = Literal["lead", "partner", "responsible"]
BlockKind = Literal["heading", "paragraph", "bullet", "footnote", "letterhead", "recipients", "signature", "site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph-like unit of running text.

    ``marker`` is the outline code or list mark it opens with ("IV", "1", "2.1", "a", "-", "+") without its
    punctuation, ``None`` where it has none; ``level`` is its depth: 1 for "I.", 2 for "1.", 3 for "1.1", 4 for "1.1.1",
    5 for "a)" and "(1)", 6 for "-", 7 for "+", 0 for none. ``passage`` leaves the marker out.
    """

    kind: BlockKind
    passage: Passage
    marker: str | None = None
    level: int = 0
    bold: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell: all its lines joined, whatever page breaks split it."""

    passage: Passage

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table row: one entry a column. ``None`` is a cell that is not there (merged), not an empty one."""

    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its header as printed; ``header`` is () where the text lost it. ``span`` covers all of it.

    A header cell may be ``None``: the text lost the first columns' names. ``pages`` counts the stretches between
    page breaks that it was put together from.
    """

    header: tuple[Cell | None, ...]
    rows: tuple[Row, ...]
    span: Span
    layout: Literal["tab", "pipe", "lines", "cells", "native"]
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something seen and not understood, or done with doubt, that a person should look at.

    ``severity``: "error" where a record is lost for certain, "warning" where one may be wrong, "note" else.
    ``code`` is stable and lower-case ("table-without-tasks"); ``vi`` and ``en`` say it in words.
    """

    code: str
    severity: Literal["error", "warning", "note"]
    vi: str
    en: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document came from.

    ``offsets`` maps the canonical text back to the bytes as given: pairs (canonical offset, byte offset), ascending;
    between two pairs both count on, one code point after another in the file's encoding ("tcvn3" and "vni" are font
    encodings of one byte a letter as given). ``format`` is "text", "html", "docx", "pdf", "doc", "scan" … ``pages`` are the
    canonical offsets at which pages begin, for PDFs; both are empty where the format has no such places. ``sure`` tells how
    surely a scan's words were recognised: pairs (canonical offset, percent), ascending, each holding up to the next; ()
    where nothing was recognised. ``files`` tells for a document that was put together of several files where each begins: pairs
    (canonical offset, path), ascending; () for one file. ``offsets`` then count the bytes of each.
    """

    path: str
    file_sha256: str
    text_sha256: str
    encoding: str
    size: int
    offsets: tuple[tuple[int, int], ...] = ()
    pages: tuple[int, ...] = ()
    format: str = "text"
    sure: tuple[tuple[int, int], ...] = ()
    files: tuple[tuple[int, str], ...] = ()

    def file_at(self, offset: int) -> tuple[int, str]:
        """Give where the file begins that a place of the text came from, and its path."""
        return max((each for each in self.files if each[0] <= offset), default=(0, self.path))

    def page_at(self, offset: int) -> int | None:
        """Give the page, from 1, of the file that a place of the text came from; ``None`` where it has no pages."""
        start, _ = self.file_at(offset)
        end = min((other for other, _ in self.files if other > start), default=None)
        pages = self.pages[bisect_left(self.pages, start) : None if end is None else bisect_left(self.pages, end)]
        return max(1, bisect_right(pages, offset)) if pages else None

    def confidence(self, spans: Spans) -> float:
        """Give the lowest confidence, in [0, 1], with which any word of these spans was recognised; 1 for text as given."""
        return min((percent for _, percent in self._stretches(spans)), default=100) / 100

    def mean_confidence(self, spans: Spans) -> float:
        """Give the mean confidence by characters; 1 for text as given."""
        stretches = self._stretches(spans)
        length = sum(length for length, _ in stretches)
        return sum(length * percent for length, percent in stretches) / length / 100 if length else 1.0

    def _stretches(self, spans: Spans) -> list[tuple[int, int]]:
        """The lengths and percents of the recognised stretches in spans."""
        found: list[tuple[int, int]] = []
        for span in spans if self.sure else ():
            first = max(0, bisect_right(self.sure, (span.start, 101)) - 1)
            for at in range(first, len(self.sure)):
                offset, percent = self.sure[at]
                if offset >= span.end:
                    break
                end = self.sure[at + 1][0] if at + 1 < len(self.sure) else span.end
                found.append((max(0, min(end, span.end) - max(offset, span.start)), percent))
        return [(length, percent) for length, percent in found if length]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as read: its canonical text, and its blocks and tables in reading order."""

    source: Source
    text: str
    parts: tuple[Block | Table, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMention:
    """An agency or group named in a role.

    ``name`` is the proper form (registry wording, else the text's own, cleaned); ``text`` is what is written;
    ``kind`` the registry entry's slug, ``None`` where unresolved; ``form`` tells a single body from a group with
    members that can be known and from an open-ended group. ``confidence`` in [0, 1]; ``method`` names the rule;
    ``possible`` tells that it is one of several between which the text says "hoặc".
    """

    name: str
    text: str
    spans: Spans
    kind: str | None = None
    form: Literal["body", "group", "open-group"] = "body"
    confidence: float = 1.0
    method: str = "registry"
    possible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document that the text cites, with all places where it does.

    ``number`` as "222/QĐ-TTg", ``None`` for a law cited by name; ``date`` ISO, as precise as the text allows.
    ``relation``: "implements" for what the plan is issued to carry out, "legal-basis" for "Căn cứ …" lines, "self" for
    the document's own number, "cites" for the rest.
    """

    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    relation: Literal["implements", "legal-basis", "proposal", "self", "cites"]
    spans: Spans

    @property
    def mentions(self) -> int:
        """How often the text names it."""
        return len(self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When: years, or a rhythm. ``text`` is the words. ``None`` years where the text gives none."""

    start: int | None = None
    end: int | None = None
    recurrence: str | None = None
    passage: Passage = field(default_factory=lambda: Passage(text=""))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPart:
    """A part of a task that has lead agencies of its own."""

    lead: tuple[AgencyMention, ...]
    partner: tuple[AgencyMention, ...]
    period: Period
    product: Passage | None
    funding: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of a plan's table or label list.

    ``code`` as printed (not unique in a plan); ``groups`` the headings above it, outermost first.
    ``sectors`` are codes ("I", "I.2") of the priority sectors that its words name; ``annexes`` the annexes it points at
    as a whole ("Phụ lục II").
    """

    code: str | None
    groups: tuple[Passage, ...]
    name: Passage
    lead: tuple[AgencyMention, ...]
    partner: tuple[AgencyMention, ...]
    period: Period
    product: Passage | None
    objective: Passage | None
    funding: tuple[Passage, ...]
    parts: tuple[TaskPart, ...] = ()
    sectors: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty in prose. ``actions`` are role-scheme slugs of its verbs ("guide", "monitor" …), in order of the text."""

    agency: tuple[AgencyMention, ...]
    text: Passage
    role: Role
    partners: tuple[AgencyMention, ...]
    section: str | None
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingDuty:
    """Who reports to whom. ``deadline`` "--11-30" (each year), "---20" (each month), "2026-Q2", an ISO date or ``None``."""

    sender: tuple[AgencyMention, ...]
    receiver: tuple[AgencyMention, ...]
    deadline: str | None
    frequency: str | None
    text: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A quantitative target. ``value`` has one number, or two for a range, in ``unit``.

    ``bound`` is for a fall ("reduce") only: ">=" for "giảm ít nhất 15%", ``None`` for "giảm 15%". ``by_from`` tells where
    the year stands: in the sentence itself, or in a heading above it; ``None`` without a year.
    """

    text: Passage
    value: tuple[float, ...]
    unit: str | None
    comparator: Literal[">=", ">", "=", "~", "reduce", "<=", "<"]
    by: int | None
    bound: Literal[">=", ">", "~", "<=", "<"] | None = None
    by_from: Literal["sentence", "heading"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subsector:
    """A part of a priority sector, with the products, materials and services listed beside it."""

    code: str
    name: Passage
    items: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A priority sector of a list such as Phụ lục II, with its sub-sectors."""

    code: str
    name: Passage
    children: tuple[Subsector, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the document says of itself."""

    type: str | None
    number: str | None
    symbol: str | None
    issuer: str | None
    province: str | None
    date: str | None
    title: Passage | None
    period: tuple[int | None, int | None] | None
    implements: tuple[str, ...]
    recipients: tuple[Passage, ...] = ()
    signer: str | None = None
    funding_legend: tuple[tuple[str, Passage], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All records of one document."""

    document: Document
    header: Header
    citations: tuple[Citation, ...] = ()
    tasks: tuple[Task, ...] = ()
    duties: tuple[Duty, ...] = ()
    reporting: tuple[ReportingDuty, ...] = ()
    targets: tuple[Target, ...] = ()
    sectors: tuple[Sector, ...] = ()
    findings: tuple[Finding, ...] = ()
