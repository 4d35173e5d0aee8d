"""Files that hold one document: the same plan as .docx, .pdf and .html is one work with several files.

Told by equal text; by number, issuer and year; and, for plans whose number is left blank, by likeness of what they say
where nothing that they say of themselves differs. Different plans that carry out one decision share sentences, yet
stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kg.building.annexes import annex_numbers, is_attached
from kg.building.sketches import Sketch, containment, resemblance, sketch
from kg.normalise import key
from kg.records import Extraction

LIKE = 0.6
"""Least resemblance of two renderings of one plan. Measured on 21 real documents: 0.91 to 1.00 between text, DOCX, HTML and
PDF of one, 0.29 at most between two, the decision and a plan that quotes it; OCR that misreads 5 words in 100 gives 0.75."""
INSIDE = 0.9
"""Least containment of the smaller in the larger, where one is cut short. Measured: 0.96 to 1.00 for one document, 0.81 at most
for two."""
MIN_SIZE = 0.5
"""Of the smaller to the larger: a plan quoted whole inside of another document is not that document."""
MIN_SKETCH = 12
"""Hashes: of fewer, some 200 words, likeness tells nothing."""
MIN_TITLE = 70
"""Least likeness of titles, of 100: a form may lose a line of it; plans of other matters differ in more."""
FORMATS = ("docx", "doc", "odt", "rtf", "xml", "xlsx", "html", "mhtml", "text", "eml", "pdf", "scan")
"""The best first: how surely each tells cells, marks and headings."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FULLER = 1.2
"""A file with this many times the words of another is preferred whatever its format: the other is cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a document says of itself, as keys, and its sketch; "" for what it does not say.

    ``attached`` and ``annexes``: whether another document issues it, and which annexes it holds.
    """

    type: str
    number: str
    symbol: str
    issuer: str
    province: str
    period: str
    title: str
    date: str
    format: str
    sketch: Sketch
    attached: bool = False
    annexes: tuple[int, ...] = ()


def describe_work(extraction: Extraction) -> Work:
    """Give what tells whether two files hold one document."""
    header = extraction.header
    return Work(
        type=key(header.type or ""),
        number=key(header.number or "").replace(" ", ""),
        symbol=key(header.symbol or "").replace(" ", ""),
        issuer=key(header.issuer or ""),
        province=key(header.province or ""),
        period="-".join(str(year) for year in header.period or () if year),
        title=key(header.title.text if header.title else ""),
        date=header.date or "",
        format=extraction.document.source.format,
        sketch=sketch(extraction.document),
        attached=is_attached(extraction.document),
        annexes=annex_numbers(extraction.document),
    )


def is_same_work(own: Work, other: Work) -> bool:
    """Tell by likeness whether two files hold one document."""
    pairs = (
        (own.type, other.type), (own.number, other.number), (own.symbol, other.symbol), (own.province, other.province),
        (own.period, other.period), (_bare_issuer(own), _bare_issuer(other)),
    )  # fmt: skip
    if any(mine and theirs and mine != theirs for mine, theirs in pairs) or not _dates_agree(own.date, other.date):
        return False
    if not _titles_agree(own.title, other.title):
        return False
    small, large = sorted((len(own.sketch), len(other.sketch)))
    if small < MIN_SKETCH or small < MIN_SIZE * large:
        return False
    return resemblance(own.sketch, other.sketch) >= LIKE or containment(own.sketch, other.sketch) >= INSIDE


def _bare_issuer(work: Work) -> str:
    """The issuer without the province, which one form may name in the letterhead and another leave to the title."""
    return work.issuer.removesuffix(work.province).strip() if work.province else work.issuer


def _dates_agree(own: str, other: str) -> bool:
    """Whether one date is the other, or its beginning ("2025-02")."""
    return own.startswith(other) or other.startswith(own)


def _titles_agree(own: str, other: str) -> bool:
    """Whether titles are alike and name the same years; one that was not read agrees with any."""
    if not own or not other:
        return True
    return set(_YEAR.findall(own)) == set(_YEAR.findall(other)) and fuzz.ratio(own, other) >= MIN_TITLE


def preference(work: Work, largest: int, name: str) -> tuple[bool, int, str]:
    """Give the order in which files of one work are preferred: whole before cut short, then by format, then by name.

    Args:
        work: the file's.
        largest: the size of the largest sketch of the work's files.
        name: the file's name.

    """
    format_rank = FORMATS.index(work.format) if work.format in FORMATS else len(FORMATS)
    return len(work.sketch) * _FULLER < largest, format_rank, name


def group_works(works: Sequence[tuple[str, str, str, Work]]) -> list[list[int]]:
    """Group files that hold one document.

    Args:
        works: for each file its name, address, text hash and what it says of itself.

    Returns: for each document the places of its files, the preferred first; documents by the first of their places.
    """
    parent = list(range(len(works)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def join(first: int, second: int) -> None:
        low, high = sorted((root(first), root(second)))
        parent[high] = low

    known: dict[str, int] = {}
    for at, (_, address, text, _) in enumerate(works):
        for mark in (f"address {address}", f"text {text}"):
            join(known.setdefault(mark, at), at)
    for first, second in _candidates([work for *_, work in works]):
        if root(first) != root(second) and is_same_work(works[first][3], works[second][3]):
            join(first, second)
    groups: dict[int, list[int]] = {}
    for at in range(len(works)):
        groups.setdefault(root(at), []).append(at)
    return [_by_preference(group, works) for group in groups.values()]


def _by_preference(group: list[int], works: Sequence[tuple[str, str, str, Work]]) -> list[int]:
    largest = max(len(works[at][3].sketch) for at in group)
    return sorted(group, key=lambda at: preference(works[at][3], largest, works[at][0]))


def _candidates(works: Sequence[Work]) -> list[tuple[int, int]]:
    """Give the pairs that share enough hashes to be looked at: those that share many of their rarest."""
    holders: dict[int, list[int]] = {}
    for at, work in enumerate(works):
        for value in work.sketch:
            holders.setdefault(value, []).append(at)
    shared: dict[tuple[int, int], int] = {}
    for places in holders.values():
        if len(places) > _COMMON:  # boilerplate of a whole corpus tells no two files apart
            continue
        for index, first in enumerate(places):
            for second in places[index + 1 :]:
                shared[first, second] = shared.get((first, second), 0) + 1
    return sorted(pair for pair, count in shared.items() if count >= MIN_SKETCH // 2)


_COMMON = 50
"""Files that share a hash before it is no longer looked at when pairs are sought."""
