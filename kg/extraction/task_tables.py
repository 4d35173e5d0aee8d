"""Task tables → tasks.

Reads: the tables of a document that name a task and its lead.
Gives: tasks with groups, parts, codes as printed; findings for rows that could not be placed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.extraction.agencies import read_list
from kg.extraction.columns import TICK, Column, is_task_table, read_columns
from kg.extraction.merged_cells import mark_merged
from kg.extraction.periods import read_period
from kg.extraction.roles import SHARED_OUT, read_lead_partner
from kg.normalise import fold
from kg.reading.align import CODE, features
from kg.reading.lines import read_mark
from kg.records import (
    EMPTY,
    AgencyMention,
    Cell,
    Finding,
    Passage,
    Period,
    Row,
    Span,
    Table,
    Task,
    TaskPart,
    join_passages,
)

_FUNDING_CODES = re.compile(r"[IVX]+(?:\s*[,;]\s*[IVX]+)*\W*$")
_DASH = re.compile(r"[-–—+•]\s*")
_PRINTED = re.compile(r"[A-ZĐa-z\d]{1,6}(?:\.[A-Za-z\d]{1,3})*(?=\W*$|\s\S$)")
_PRODUCT = re.compile(r"(?:^|[-–+•.;]\s*)Sản phẩm(?:\s+(?:dự kiến|đầu ra))?\s*:\s*")
_DITTO = re.compile(r"\W*(?:nt|như trên)\W*$|[\"”“〃]+$", re.IGNORECASE)
"""Marks that stand for the cell above: "-nt-", "Như trên", quotation marks."""
_BARE_MARK = re.compile(r"(?P<mark>[IVXL]{1,6}|[A-HK]|\d{1,2}(?:\.\d{1,2})*)\s+(?P<title>\w{2})")
"""The mark of a group without a stop: "B CẢI CÁCH THỦ TỤC", "II Hạ tầng"; a letter stands only in front of capitals."""
_SAID = re.compile(r"[^\W_]")
_ROMAN = re.compile(r"[IVXL]+$")


@dataclass(slots=True)
class _State:
    """What the rows so far hand down to the next: the group headings, and the cells of the row above."""

    groups: list[tuple[int, Passage]] = field(default_factory=list)
    above: dict[Column, Cell] = field(default_factory=dict)
    given: dict[Column, Cell] = field(default_factory=dict)
    steps: tuple[tuple[int, Passage], ...] = ()
    after_group: bool = False


def read_task_table(table: Table) -> tuple[list[Task], list[Finding]]:
    """Read one table; no tasks where it has no lead column."""
    columns = read_columns(table)
    if not is_task_table(columns):
        return [], []
    table = mark_merged(table, columns)
    state = _State(steps=_steps(table, columns))
    tasks: list[Task] = []
    findings: list[Finding] = []
    for index, row in enumerate(table.rows):
        cells = _by_column(columns, row)
        below = table.rows[index + 1] if index + 1 < len(table.rows) else None
        if _is_numbering(row) or _texts(row) == _texts(table) or not cells:
            continue
        if rest := _rest_of_name(columns, cells, tasks, state):
            tasks[-1] = replace(tasks[-1], name=_complete(tasks[-1].name, rest))
            continue
        shares = (table.layout == "native" or not state.groups) and not state.after_group and _shares_cells(columns, row, cells, tasks)
        if not (shares and not _has_children(columns, cells, below)) and _is_group(columns, row, cells, below):
            _open_group(state, cells)
            continue
        if _is_part(cells, tasks):
            tasks[-1] = _add_part(tasks[-1], cells)
            continue
        if _goes_on(cells, tasks):
            tasks[-1] = _add_part(replace(tasks[-1], name=join_passages([tasks[-1].name, cells["name"].passage], " ")), cells)
            continue
        task = _read_task(state, columns, row, cells)
        if task is None:
            findings.append(_lost_row(row))
            continue
        tasks.append(task)
        state.after_group = False
    return tasks, findings


def _steps(table: Table, columns: tuple[Column, ...]) -> tuple[tuple[int, Passage], ...]:
    """The columns of marks with the month, quarter or year at the head of each."""
    found = []
    for index, (column, cell) in enumerate(zip(columns, table.header, strict=False)):
        if column == "tick" and cell is not None:
            last = re.search(r"(?:(?:tháng|quý|năm)\s*)?(?:20\d\s\d|[\dIVT/-]+)\W*$", cell.text, re.IGNORECASE)
            found.append((index, cell.passage.slice(last.start(), len(cell.text)) if last else cell.passage))
    return tuple(found)


def _ticked(state: _State, row: Row) -> Period | None:
    """The time that the marks of a row tell; ``None`` where it has none. Months without a year give no year."""
    told = [passage for index, passage in state.steps if index < len(row.cells) and (cell := row.cells[index]) and TICK.match(cell.text)]
    if not told:
        return None
    years = sorted({int(re.sub(r"\s", "", year)) for passage in told for year in re.findall(r"20\d\s?\d", passage.text)})
    return Period(start=years[0] if len(years) > 1 else None, end=years[-1] if years else None, passage=join_passages(told, ", "))


def _by_column(columns: tuple[Column, ...], row: Row) -> dict[Column, Cell]:
    """The row's cells with text, by meaning; a meaning that two columns share keeps the first.

    A stroke or a dot in a cell says nothing, unless it ticks or stands for the cell above.
    """
    cells: dict[Column, Cell] = {}
    for column, cell in zip(columns, row.cells, strict=False):
        if cell is not None and (_SAID.search(cell.text) or column == "tick" or _DITTO.match(cell.text)):
            cells.setdefault(column, cell)
    return cells


def _is_numbering(row: Row) -> bool:
    """A row that only numbers the columns: (1) (2) (3) …."""
    texts = [cell.text for cell in row.cells if cell is not None and cell.text]
    numbers = [re.sub(r"\D", "", text) for text in texts if len(text) <= 4]
    return len(texts) > 2 and len(numbers) == len(texts) and numbers == [str(n) for n in range(1, len(texts) + 1)]


def _texts(row: Row | Table) -> list[str]:
    """A row's texts, or a table's header's: some tables print it again further down."""
    return [fold(cell.text) for cell in (row.cells if isinstance(row, Row) else row.header) if cell is not None and cell.text]


def _shares_cells(columns: tuple[Column, ...], row: Row, cells: dict[Column, Cell], tasks: list[Task]) -> bool:
    """A code and a name with all else merged into the row above, the code one further than the task's there: its sibling."""
    if set(cells) != {"code", "name"} or not _missing(columns, row, "lead") or not tasks or not tasks[-1].code:
        return False
    above, own = (code.strip(" .)").rpartition(".") for code in (tasks[-1].code, cells["code"].text))
    return above[0] == own[0] and above[2].isdigit() and own[2].isdigit() and int(own[2]) == int(above[2]) + 1


def _rest_of_name(columns: tuple[Column, ...], cells: dict[Column, Cell], tasks: list[Task], state: _State) -> Passage | None:
    """The words of a row that a page break cut off the name above: nothing but a name, which goes on in the middle of a sentence."""
    if set(cells) != {"name"} or "code" not in columns or not tasks or not tasks[-1].code or state.after_group:
        return None
    rest = cells["name"].passage
    return rest if rest.text[:1].islower() or tasks[-1].name.text.rstrip().endswith((";", ",")) else None


def _complete(name: Passage, rest: Passage) -> Passage:
    """The name with the words behind it; a last line that the next page prints again is there already."""
    return name if fold(name.text).endswith(fold(rest.text)) else join_passages([name, rest])


def _is_group(columns: tuple[Column, ...], row: Row, cells: dict[Column, Cell], below: Row | None) -> bool:
    present = [cell for cell in row.cells if cell is not None]
    if len(present) == 2 and len(row.cells) > 3 and "code" in cells and len(cells) == 2:
        return True
    if set(cells) == {"code", "lead"} and "name" in columns and not _missing(columns, row, "name") and _heads_group(cells):
        return True  # the body whose tasks follow, in the column of leads: a row without a name is no task
    if not ({"name", "code"} & set(cells)):
        texts = [cell.text for cell in row.cells if cell is not None and cell.text]
        return len(texts) == 1 and not (set(cells) & {"product", "time", "funding"}) and not features(texts[0])[2]
    if not set(cells) - {"code", "name", "other", "group"}:
        if "other" in cells and not all(_upper(c.text) for c in cells.values()):
            return "lead" in columns and _missing(columns, row, "lead") is False and "name" in cells and _has_children(columns, cells, below)
        return "lead" not in columns or not _inherits(columns, row) or _heads_group(cells)
    return _has_children(columns, cells, below)


def _missing(columns: tuple[Column, ...], row: Row, column: Column) -> bool:
    """Whether the row has no cell at all in a column: merged away, not empty."""
    return any(meaning == column and cell is None for meaning, cell in zip(columns, row.cells, strict=False))


def _inherits(columns: tuple[Column, ...], row: Row) -> bool:
    """A row whose lead cell is merged but which has a name of its own goes under the lead above."""
    if not _missing(columns, row, "lead"):
        return False
    present = [m for m, cell in zip(columns, row.cells, strict=False) if cell is not None]
    return "name" in present and len(present) > 2


def _heads_group(cells: dict[Column, Cell]) -> bool:
    return "code" in cells and bool(re.match(r"(?:[IVXL]+(?:\.\d+)*|[A-Z])$", cells["code"].text.strip(" .)*")))


def _has_children(columns: tuple[Column, ...], cells: dict[Column, Cell], below: Row | None) -> bool:
    """Whether the next row's code goes one deeper ("1" above "1.1"): then this row heads a group, with its cells."""
    if below is None or "code" not in cells:
        return False
    code = cells["code"].text.strip(" .)")
    following = _by_column(columns, below).get("code")
    return following is not None and bool(code) and following.text.strip(" )").startswith(code + ".") and following.text.strip(" .)") != code


def _upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > 0.85 * len(letters)


def _open_group(state: _State, cells: dict[Column, Cell]) -> None:
    code = cells["code"].text.strip(" .)") if "code" in cells else ""
    cell = cells.get("name") or cells.get("other") or cells.get("lead") or cells.get("partner") or cells.get("group")
    if cell is None:  # the row says one thing, in a column that is not the name's
        cell, code = next(iter(cells.values()), None), ""
    passage = cell.passage if cell is not None else EMPTY
    if not code or not CODE.match(code):
        mark, _, cut = read_mark(passage.text)
        if mark is None and (bare := _BARE_MARK.match(passage.text)) and bare["title"][0].isupper() and (len(bare["mark"]) > 1 or bare["mark"] in "IVX123456789" or passage.text.isupper()):
            mark, cut = bare["mark"], bare.start("title")
        if mark is not None:
            code, passage = mark, passage.slice(cut, len(passage.text))
    depth = _depth(code) if code else (state.groups[-1][0] + 1 if state.after_group and state.groups else _uncoded(state))
    state.groups = [(level, text) for level, text in state.groups if level < depth]
    if passage.text:
        state.groups.append((depth, passage))
    state.given = {column: cells[column] for column in ("lead", "partner", "time", "lead-partner", "funding") if column in cells and "name" in cells}
    state.after_group = True
    state.above = {}


def _uncoded(state: _State) -> int:
    """A heading without a code after tasks takes the place of the last heading without one, else goes below the coded."""
    return state.groups[-1][0] if state.groups else 1


def _depth(code: str) -> int:
    """How deep a code is: "A" 0, "I" 1, "1" 2, "1.1" 3, "a" 8."""
    head = code.split(".", 1)[0]
    dots = code.count(".")
    if _ROMAN.match(head):
        return 1 + dots
    if head.isdigit():
        return 2 + dots
    return 0 if head.isupper() else 8


def _is_part(cells: dict[Column, Cell], tasks: list[Task]) -> bool:
    return bool(tasks) and "name" not in cells and "code" not in cells and "lead" in cells


def _goes_on(cells: dict[Column, Cell], tasks: list[Task]) -> bool:
    """A row without a code, in a table of coded rows, whose name ends the sentence of the row above: a page ended between them."""
    if not tasks or not tasks[-1].code or "code" in cells or not {"name", "lead"} <= set(cells):
        return False
    return cells["name"].text[:1].islower() and tasks[-1].name.text[-1:].isalnum()


def _read_task(state: _State, columns: tuple[Column, ...], row: Row, cells: dict[Column, Cell]) -> Task | None:
    merged = dict(cells)
    for column in set(columns):
        if column in merged and column in state.above and _DITTO.match(merged[column].text):
            merged[column] = state.above[column]
        if column not in merged and _missing(columns, row, column) and column in state.above:
            merged[column] = state.above[column]
        if column not in merged and column in state.given:
            merged[column] = state.given[column]
    if "name" not in cells:
        if "name" not in merged or not cells:
            return None
        merged["name"] = next((cells[c] for c in ("product", "objective", "other") if c in cells), merged["name"])
    state.above = merged
    lead, partner = _read_roles(merged)
    name = _strip_dash(merged["name"].passage)
    code = _code(merged["code"].text) if "code" in merged else None
    if code is None and "code" not in columns:
        mark, _, cut = read_mark(name.text)
        if mark is not None:
            code, name = mark, name.slice(cut, len(name.text))
    groups = [passage for _, passage in state.groups]
    if "group" in merged:
        groups.append(merged["group"].passage)
    return Task(
        code=code or None,
        groups=tuple(groups),
        name=name,
        lead=lead,
        partner=partner,
        period=_ticked(state, row) or _period(merged),
        product=_text(merged.get("product")) or _named_product(merged.get("other")),
        objective=_text(merged.get("objective")),
        funding=read_funding(merged.get("funding")),
    )


def _period(cells: dict[Column, Cell]) -> Period:
    """The time of a row: one cell, or a beginning and an end of their own."""
    if "time" in cells:
        return read_period(cells["time"].passage)
    begin = read_period(cells["start"].passage) if "start" in cells else Period()
    finish = read_period(cells["end"].passage) if "end" in cells else Period()
    return Period(
        start=begin.end or begin.start,
        end=finish.end or finish.start,
        recurrence=begin.recurrence or finish.recurrence,
        passage=join_passages([begin.passage, finish.passage], " - "),
    )


def _code(text: str) -> str:
    """The code as printed, without punctuation and stray marks around it."""
    match = _PRINTED.match(text.strip())
    return match.group() if match else text.strip(" .)")


def _read_roles(cells: dict[Column, Cell]) -> tuple[tuple[AgencyMention, ...], tuple[AgencyMention, ...]]:
    if "lead-partner" in cells:
        return read_lead_partner(cells["lead-partner"].passage)
    lead: tuple[AgencyMention, ...] = ()
    partner: tuple[AgencyMention, ...] = ()
    if "lead" in cells:
        passage = cells["lead"].passage
        words = passage.text.casefold()
        if SHARED_OUT.search(passage.text):
            lead, partner = read_lead_partner(passage)
        if not ("chủ trì" in words and "phối hợp" in words) and not (lead and partner):
            lead, partner = read_list(passage, whole=True).mentions, ()
    if "partner" in cells:
        partner += read_list(cells["partner"].passage, whole=True).mentions
    return lead, partner


def _add_part(task: Task, cells: dict[Column, Cell]) -> Task:
    """A row with a lead of its own and no name is a part of the task above; the task's own row becomes the first."""
    parts = task.parts or (
        TaskPart(lead=task.lead, partner=task.partner, period=task.period, product=task.product, funding=task.funding),
    )
    lead, partner = _read_roles(cells)
    part = TaskPart(
        lead=lead,
        partner=partner,
        period=_period(cells),
        product=_text(cells.get("product")),
        funding=read_funding(cells.get("funding")),
    )
    return replace(
        task, lead=_union(task.lead, lead), partner=_union(task.partner, partner), product=None, parts=(*parts, part)
    )


def _union(left: tuple[AgencyMention, ...], right: tuple[AgencyMention, ...]) -> tuple[AgencyMention, ...]:
    names = {mention.name for mention in left}
    return (*left, *(mention for mention in right if mention.name not in names))


def _strip_dash(passage: Passage) -> Passage:
    match = _DASH.match(passage.text)
    return passage.slice(match.end(), len(passage.text)) if match else passage


def _text(cell: Cell | None) -> Passage | None:
    return None if cell is None or not cell.text.strip(" -–.") else _strip_dash(cell.passage)


def _named_product(cell: Cell | None) -> Passage | None:
    """A product named inside a cell of contents: "… - Sản phẩm: Hệ thống cảnh báo …"."""
    match = _PRODUCT.search(cell.text) if cell is not None else None
    return cell.passage.slice(match.end(), len(cell.text)) if cell is not None and match else None


def read_funding(cell: Cell | None) -> tuple[Passage, ...]:
    """Codes of a funding legend one by one; other words as they stand."""
    if cell is None:
        return ()
    if _FUNDING_CODES.match(cell.text):
        return tuple(cell.passage.slice(match.start(), match.end()) for match in re.finditer(r"[IVX]+", cell.text))
    return (_strip_dash(cell.passage),)


def _lost_row(row: Row) -> Finding:
    cell = next(cell for cell in row.cells if cell is not None and cell.text)
    spans = cell.passage.spans
    return Finding(
        code="row-not-placed",
        severity="warning",
        vi=f"Dòng bảng chưa hiểu: “{cell.text[:80]}”",
        en=f"Table row not understood: “{cell.text[:80]}”",
        span=Span(spans[0].start, spans[-1].end) if spans else None,
    )
