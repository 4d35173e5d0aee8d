"""Short plans in the forms that offices type: each beside the records that a reader takes from it.

The plans are made up; their forms are those of published ones. ``NAME.records`` holds a line a record:
T task, D duty, R reporting, G target, F finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.extraction import extract
from kg.reading import read
from kg.records import AgencyMention, Extraction, Period

PLANS = Path(__file__).parent / "plans"
FILES = sorted(path for path in PLANS.iterdir() if path.suffix in (".txt", ".html"))


def names(mentions: Sequence[AgencyMention]) -> str:
    return "; ".join(mention.name for mention in mentions) or "-"


def when(period: Period) -> str:
    years = f"{period.start or '…'}–{period.end or '…'}" if period.start or period.end else ""
    return " ".join(filter(None, [years, period.recurrence])) or period.passage.text or "-"


def lines(extraction: Extraction) -> Iterator[str]:
    for t in extraction.tasks:
        groups = " > ".join(group.text for group in t.groups) or "-"
        product = t.product.text if t.product else "-"
        yield f"T {t.code or '-'} | {t.name.text} | {names(t.lead)} | {names(t.partner)} | {when(t.period)} | {product} | {groups}"
    for d in extraction.duties:
        yield f"D {d.section or '-'} | {names(d.agency)} | {d.role} | {names(d.partners)} | {d.text.text}"
    for r in extraction.reporting:
        yield f"R {names(r.sender)} | {names(r.receiver)} | {r.deadline or '-'} | {r.frequency or '-'}"
    for g in extraction.targets:
        value = "–".join(map(str, g.value))
        yield f"G {value} {g.unit} | {g.comparator}{' ' + g.bound if g.bound else ''} | {g.by or '-'} {g.by_from or ''}".rstrip()
    for f in extraction.findings:
        quote = extraction.document.text[f.span.start : f.span.end] if f.span else ""
        yield f"F {f.code} | {' '.join(quote.split())}".rstrip(" |")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_plan_gives_the_records_that_a_reader_takes_from_it(path):
    expected = path.with_suffix(".records").read_text("utf-8").splitlines()
    assert list(lines(extract(read(path)))) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_record_quotes_its_plan(path):
    extraction = extract(read(path))
    text = extraction.document.text
    for passage in [*(t.name for t in extraction.tasks), *(d.text for d in extraction.duties), *(g.text for g in extraction.targets)]:
        quote = " ".join(text[span.start : span.end] for span in passage.spans)
        assert quote.split() == passage.text.split()
