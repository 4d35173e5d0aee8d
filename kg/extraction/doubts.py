"""What was seen and not understood, or done with doubt: findings that a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extraction.citations import find_misprints
from kg.extraction.columns import is_task_table, read_columns
from kg.extraction.sections import Placed, is_heading, name_heading
from kg.extraction.unread import find_unread
from kg.records import AgencyMention, Duty, Extraction, Finding, Passage, Span, Table, Task
from kg.resolution.reasons import explain

_UNREADABLE = re.compile(r"(?:\d{0,9}[§©®¢¥£¦]{1,3}\d{1,9}|\d{1,9}[§©®¢¥£¦]{1,3})\s{0,3}%")
_NUMBER_NAME = re.compile(
    r"(?:^|[|,;!'\"\[\t])[^\w\n]{0,40}(?:S?TT|ST(?=\s)|Số TT)\b"
    r"|(?:^|[|!'\"\[\t]|  )[^\S\n]{0,40}(?:Cơ quan|Đơn vị)\s+chủ trì[^\S\n]*(?=$|[|'\"\]\t]|  )",
    re.MULTILINE,
)
"""The name of a table's first column, or of the leads' where the first was lost, set apart from other words as cells are."""
_LEAD_NAME = re.compile(r"(?:cơ quan|đơn vị)\s+chủ trì(?:\s*/.{0,40}|\s+thực hiện)?$")
_NAMES = ("chủ trì", "phối hợp", "thời gian", "thời hạn", "tiến độ", "sản phẩm", "kết quả", "kinh phí")
_NAMES_REACH = 500
"""Characters of a table's column names at most, all lines of them."""
_NAMES_LEAST = 2
_QUOTED = 90
_OPENING = 60


def find_doubts(
    text: str, parts: Sequence[Placed], tables: Sequence[Table], tasks: Sequence[Task], *, duties: Sequence[Duty],
    lost: Sequence[Passage], unread: Sequence[Passage], sectors: bool,
) -> list[Finding]:
    """Give the findings of a document, in the order of the text."""
    findings = [
        *_misprints(text),
        *_unresolved(tasks, duties),
        *_mended(tasks, duties),
        *_alternatives(tasks, duties),
        *_without_lead(tasks),
        *(_paragraph(passage) for passage in lost),
        *(_order(passage) for passage in unread),
        *(() if tasks else _empty_sections(parts, duties, lost)),
        *_unread_tables(tables, sectors=sectors),
        *find_unread(tables),
        *_lost_tables(text, tables),
        *_unreadable_figures(text),
    ]
    return sorted(findings, key=lambda finding: (finding.span or Span(0, 0), finding.code))


def _misprints(text: str) -> Iterator[Finding]:
    for span, number in find_misprints(text):
        found = " ".join(text[span.start : span.end].split())
        yield Finding(
            code="citation-misprint",
            severity="note",
            vi=f"Số hiệu “{found}” có lẽ là {number}; không tính là viện dẫn",
            en=f"The number “{found}” is most likely {number}; not counted as a citation",
            span=span,
        )


def _unreadable_figures(text: str) -> Iterator[Finding]:
    """Percentages with a sign among their digits: a misread digit ("§0%"), of which no figure is made."""
    for match in _UNREADABLE.finditer(text):
        yield Finding(
            code="unreadable-figure",
            severity="warning",
            vi=f"Con số “{match.group()}” có chữ số bị đọc sai; không lấy làm chỉ tiêu, hãy xem bản gốc",
            en=f"A digit of “{match.group()}” was misread; no target is made of it, see the original",
            span=Span(*match.span()),
        )


def _lost_tables(text: str, tables: Sequence[Table]) -> Iterator[Finding]:
    """Column names of a task table that stand in no table: its columns or rows cannot be told from how the text is set."""
    after = 0
    for match in _NUMBER_NAME.finditer(text):
        start, end = match.start(), match.end() + _NAMES_REACH
        if start < after or any(table.span.start - 1 <= match.end() <= table.span.end for table in tables):
            continue
        below = min((table.span.start for table in tables if table.span.start > start), default=len(text))
        if _names_columns(text[start : min(end, below)]) or _stands_alone(text[start:below]):
            after = end
            yield Finding(
                code="table-shape-unknown",
                severity="error",
                vi="Có tên cột của bảng nhiệm vụ nhưng không nhận ra cột hoặc dòng của bảng; hãy đưa tệp gốc (DOCX, PDF, HTML) hoặc bảng dạng CSV, Markdown",
                en="The column names of a task table, but its columns or rows cannot be told apart; give the original file (DOCX, PDF, HTML), or the table as CSV or Markdown",
                span=Span(match.start(), match.end()),
            )


def _names_columns(text: str) -> bool:
    """Whether the names of a task table's columns follow each other within one sentence."""
    words = " ".join(text.casefold().replace("<br>", " ").split())
    told = [name for name in _NAMES if name in words]
    lead = next((name for name in ("chủ trì", "thực hiện") if name in words), None)
    return lead is not None and (lead == "chủ trì" or "phối hợp" in told) and len(told) >= _NAMES_LEAST and ". " not in words[: words.index(lead)]


def _stands_alone(text: str) -> bool:
    """Whether the number's column stands alone in its line, and further down the lead's: a table written column by column."""
    lines = [line.strip(" \t*_").casefold() for line in text.split("\n")]
    pairs = [*lines, *(" ".join(pair) for pair in pairwise(lines))]
    return lines[0] in ("tt", "stt", "số tt") and any(_LEAD_NAME.match(line) for line in pairs)


def _unresolved(tasks: Sequence[Task], duties: Sequence[Duty]) -> Iterator[Finding]:
    """Each name that the registry lacks, once, at its first place."""
    seen: set[str] = set()
    for mention in _mentions(tasks, duties):
        if mention.method == "unresolved" and mention.name not in seen:
            seen.add(mention.name)
            vi, en = ("cơ quan riêng", "body of its own") if mention.form == "body" else ("nhóm riêng", "group of its own")
            yield Finding(
                code="agency-not-in-registry",
                severity="warning",
                vi=f"Tên cơ quan chưa có trong danh mục: “{mention.name}”; được giữ làm một {vi}",
                en=f"The registry has no such agency: “{mention.name}”; kept as a {en}",
                span=_cover(mention.spans),
            )


def _mended(tasks: Sequence[Task], duties: Sequence[Duty]) -> Iterator[Finding]:
    """Each name that only came near to one of the registry, once, at its first place: a person can object."""
    seen: set[str] = set()
    for mention in _mentions(tasks, duties):
        if mention.method == "near" and mention.text not in seen:
            seen.add(mention.text)
            why = explain(mention)
            yield Finding(code="agency-name-mended", severity="note", vi=why.vi, en=why.en, span=_cover(mention.spans))


def _alternatives(tasks: Sequence[Task], duties: Sequence[Duty]) -> Iterator[Finding]:
    """Each body that is only one of several ("Sở Tài chính hoặc Sở Nội vụ"): a person who knows which can say so."""
    for mention in _mentions(tasks, duties):
        if mention.possible:
            yield Finding(
                code="one-of-several-agencies", severity="note",
                vi=f"“{mention.text}” chỉ là một trong các cơ quan nối bằng “hoặc”; không rõ cơ quan nào",
                en=f"“{mention.text}” is only one of the bodies between which “hoặc” (or) stands; which one is not said",
                span=_cover(mention.spans),
            )  # fmt: skip


def _mentions(tasks: Sequence[Task], duties: Sequence[Duty]) -> Iterator[AgencyMention]:
    for task in tasks:
        yield from task.lead
        yield from task.partner
    for duty in duties:
        yield from duty.agency
        yield from duty.partners


def _without_lead(tasks: Sequence[Task]) -> Iterator[Finding]:
    for task in tasks:
        if not task.lead:
            yield Finding(
                code="task-without-lead",
                severity="note",
                vi=f"Nhiệm vụ không nêu cơ quan chủ trì: “{task.name.text[:_QUOTED]}”",
                en=f"The task names no lead agency: “{task.name.text[:_QUOTED]}”",
                span=_cover(task.name.spans),
            )


def _paragraph(passage: Passage) -> Finding:
    return Finding(
        code="duty-without-agency",
        severity="warning",
        vi=f"Đoạn trong phần tổ chức thực hiện, chưa rõ giao cho ai: “{passage.text[:_QUOTED]}”",
        en=f"A paragraph among the duties that charges nobody we can tell: “{passage.text[:_QUOTED]}”",
        span=_cover(passage.spans),
    )


def _order(passage: Passage) -> Finding:
    return Finding(
        code="order-not-read",
        severity="note",
        vi="Câu giao việc ngoài phần tổ chức thực hiện, không đọc thành nhiệm vụ",
        en="An order outside the sections on implementation, not read as a record",
        span=_cover(passage.spans),
    )


def find_no_plan(extraction: Extraction) -> tuple[Finding, ...]:
    """The finding of a text that has nothing of a plan: no document type, no task, no duty; () for any other."""
    if extraction.header.type is not None or extraction.tasks or extraction.duties:
        return ()
    words = " ".join(extraction.document.text[:400].split())
    start = words if len(words) <= _OPENING else words[:_OPENING] + "…"
    return (
        Finding(
            code="no-plan",
            severity="warning",
            vi="Không thấy loại văn bản, nhiệm vụ hay công việc nào; có lẽ không phải kế hoạch của cơ quan Việt Nam; build bỏ qua tệp này",
            en=f"No document type, no task and no duty: found “{start}”, "
            "expected an action plan of a Vietnamese authority; build leaves it out, remove the file or check its text",
        ),
    )


def _empty_sections(parts: Sequence[Placed], duties: Sequence[Duty], lost: Sequence[Passage]) -> Iterator[Finding]:
    """A heading that promises duties, in a document that gave none: never silent."""
    if duties or lost:
        return
    for place in parts:
        if not place.annex and is_heading(place.block) and name_heading(place.block) == "duties":
            yield Finding(
                code="section-without-duties",
                severity="error",
                vi=f"Mục “{place.block.text[:_QUOTED]}” không đọc được việc giao cho cơ quan nào; hãy kiểm tra bố cục văn bản",
                en=f"No duty was read under “{place.block.text[:_QUOTED]}”; check how the document is laid out",
                span=_cover(place.block.passage.spans),
            )


def _unread_tables(tables: Sequence[Table], *, sectors: bool) -> Iterator[Finding]:
    for table in tables:
        columns = read_columns(table)
        if is_task_table(columns) or not table.rows or len(columns) < 2 or (sectors and len(columns) == 3):
            continue
        header = " | ".join(cell.text for cell in table.header if cell is not None)[:_QUOTED]
        yield Finding(
            code="table-not-read",
            severity="note",
            vi=f"Bảng không có cột chủ trì, không đọc thành nhiệm vụ: “{header}”",
            en=f"A table without a lead column, not read as tasks: “{header}”",
            span=table.span,
        )


def _cover(spans: Sequence[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None
