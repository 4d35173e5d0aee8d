"""Words of cells for agencies that no name covers: each becomes a finding, so that no lead or partner is lost unseen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.agencies import read_list
from kg.extraction.columns import is_task_table, read_columns
from kg.records import Finding, Passage, Span, Table

_COLUMNS = frozenset({"lead", "partner", "lead-partner"})
_QUOTED = 90


def find_unread(tables: Sequence[Table]) -> Iterator[Finding]:
    """Give a finding for each stretch of a lead's or partner's cell that was read as nobody's name, in the order of the text."""
    seen: set[Span] = set()
    for table in tables:
        columns = read_columns(table)
        if not is_task_table(columns):
            continue
        for row in table.rows:
            for column, cell in zip(columns, row.cells, strict=False):
                if cell is None or column not in _COLUMNS:
                    continue
                for passage in read_list(cell.passage, whole=True).unread:
                    span = Span(passage.spans[0].start, passage.spans[-1].end) if passage.spans else Span(0, 0)
                    if span not in seen:
                        seen.add(span)
                        yield _finding(passage, span)


def _finding(passage: Passage, span: Span) -> Finding:
    return Finding(
        code="agency-words-unread",
        severity="note",
        vi=f"Chữ trong ô cơ quan không đọc được thành tên: “{passage.text[:_QUOTED]}”; hãy kiểm tra có sót cơ quan nào không",
        en=f"Words in a cell for agencies read as no name: “{passage.text[:_QUOTED]}”; check whether an agency is missing",
        span=span,
    )
