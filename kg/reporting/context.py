"""What every report is made from, read once: facts, peers, shared tasks, capacity; and the words that all reports share."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from kg.analysis.as_of_facts import as_of, new_homes
from kg.analysis.capacity import read_capacity
from kg.analysis.comparison import identical_names
from kg.analysis.constants import described
from kg.analysis.contradictions import find_contradictions, texts_of
from kg.analysis.coverage import shared_tasks
from kg.analysis.facts import Facts, of_places, only, read_facts, standings
from kg.analysis.load import load, rows_behind
from kg.analysis.rosters import with_rosters
from kg.analysis.shared import FEW_TASKS, SAID, aligned_tasks
from kg.analysis.uncertainty import confidence_ranges, tornado
from kg.building.frames import table
from kg.errors import InputError
from kg.graph.namespaces import BASE
from kg.resolution.as_of import Split, show_day, tell_plans, tell_view
from kg.resolution.registry import load_registry
from kg.resolution.rosters import roster
from viz.report_model import Cell, Column, Quote, Table, Words

AGENT_ADDRESS = Column("agent", Words("Địa chỉ cơ quan", "Agency address"), "data")
TASK_ADDRESS = Column("task", Words("Địa chỉ nhiệm vụ", "Task address"), "data")
FORMS = {
    "agency": (Words("cơ quan", "agency"), ""),
    "group": (Words("nhóm", "group"), "soft"),
    "open-group": (Words("nhóm mở, không xếp hạng", "open group, not ranked"), "soft"),
}
ROLES = {
    "lead": (Words("chủ trì", "lead"), ""),
    "partner": (Words("phối hợp", "partner"), ""),
    "responsible": (Words("thực hiện", "responsible"), ""),
}

TURN_WORDS = {
    "count": (Words("cách đếm", "count"), ""),
    "fractional": (Words("chia đều", "shared"), ""),
    "whole": (Words("đếm đủ", "whole"), ""),
    "rho, partner roles of agencies": (Words("ρ: phối hợp của cơ quan đích danh được tính", "ρ: partner roles of named bodies count"), ""),
    "rho, partner roles of all": (Words("ρ: phối hợp của cả nhóm được tính", "ρ: partner roles of groups count, too"), ""),
    "groups": (Words("cách hiểu nhóm chủ trì", "reading of lead groups"), ""),
    "shared": (Words("chia đều cho thành viên biết chắc", "shared among certain members"), ""),
    "full": (Words("mỗi thành viên gánh cả phần", "each member carries all"), ""),
    "left-out": (Words("bỏ nhóm ra", "groups left out"), ""),
}
"""What the conventions of the "tornado" are called (D9)."""
REVIEWED = {
    "unreviewed": (Words("đề xuất", "candidate"), "soft"), "confirmed": (Words("xác nhận", "confirmed"), "bad"),
    "rejected": (Words("bác bỏ", "rejected"), "good"), "justified": (Words("có lý do chính đáng", "justified"), "good"),
}  # fmt: skip
"""What people said of a candidate finding (docs/decisions-of-people.md)."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """The facts of a report and their surroundings.

    ``facts`` are those of the provinces asked; ``among`` those of all (peers). ``written`` are all facts before any reorganisation
    was applied. ``shared`` is task → shared task, and where that is from.
    """

    build: Path
    facts: Facts
    among: Facts
    written: Facts
    capacity: pl.DataFrame | None
    given_alignment: pl.DataFrame | None = None
    alignment_name: str = ""
    split: Split = "share"

    @cached_property
    def loads(self) -> pl.DataFrame:
        """The loads of the provinces asked, computed once."""
        return load(self.facts)

    @cached_property
    def names(self) -> dict[str, str]:
        """The documents by name, as written."""
        return document_names(self.written)

    @cached_property
    def behind(self) -> pl.DataFrame:
        """The rows behind them."""
        return rows_behind(self.facts)

    @cached_property
    def turns(self) -> pl.DataFrame:
        """The same result under other conventions, computed once."""
        return tornado(self.facts)

    @cached_property
    def believed(self) -> pl.DataFrame:
        """The loads when each assignment is believed as far as its confidence goes, computed once."""
        return confidence_ranges(self.facts)

    @cached_property
    def plans_alike(self) -> pl.DataFrame | None:
        """The tasks that plans of different provinces share by wording; ``None`` in a build too large to work it out while a reader waits."""
        return shared_tasks(self.build) if len(self.written.tasks) <= FEW_TASKS else None

    @cached_property
    def contradictions(self) -> pl.DataFrame:
        """What the documents of the facts say against themselves, as written, by the place that they count for."""
        homes = self.facts.documents.select("document", "place", "place_name")
        found = find_contradictions(only(self.written, self.written.documents.join(homes, on="document", how="semi")), table(self.build, "overlaps"), texts_of(self.build, self.written))
        return found.drop("place", "place_name").join(homes, on="document", how="left", maintain_order="left")

    @cached_property
    def shared(self) -> tuple[pl.DataFrame, Words]:
        """Which task carries out which shared task: as given, else as the build aligned them, else those of the same name."""
        if self.given_alignment is not None:
            return self.given_alignment, Words(f"bảng đối chiếu {self.alignment_name}", f"the table {self.alignment_name}")
        found, source = aligned_tasks(self.build, len(self.written.tasks)) or (identical_names(self.written), "names")
        return found, Words(*SAID[source])

    def rows_of(self, name: str, document: str) -> pl.DataFrame:
        """Give a table of the build, of the documents of the facts, with their place; ``document`` is its column of documents."""
        home = self.facts.documents.select(pl.col("document").alias(document), "place")
        return table(self.build, name).join(home, on=document, how="inner", maintain_order="left")

    @property
    def constants(self) -> dict[str, object]:
        """The conventions, for the foot of a report."""
        return dict(described())


def make_context(
    build: str | Path, *, provinces: tuple[str, ...] = (), date: str | None = None, split: Split = "share", capacity: str | None = None, alignment: str | None = None
) -> Context:
    """Read a build.

    Raises:
        StoreError: no build there.
        QuestionError: a province without documents, or a date that is none.
        InputError: a capacity or alignment table that cannot be read.
    """
    staff = read_capacity(capacity) if capacity else None
    written = read_facts(build)
    among = as_of(written, date, split) if date else written
    among = with_rosters(among, roster)
    return Context(
        build=Path(build), facts=of_places(among, provinces), among=among, written=written, capacity=staff, split=split,
        given_alignment=read_alignment(alignment, written) if alignment else None, alignment_name=Path(alignment).name if alignment else "",
    )  # fmt: skip


def read_alignment(path: str, facts: Facts) -> pl.DataFrame:
    """Read a researcher's table ``task,shared``: the address of a task (or the part of it behind the base) and any name of the shared task.

    Raises:
        InputError: no such file or column, or a task that the build has not.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, found=str(error), expected="a CSV in UTF-8", remedy="check the name, or save it as CSV UTF-8", vi=f"Không đọc được {path}") from error
    reader = csv.DictReader(text.splitlines())
    if not {"task", "shared"} <= set(reader.fieldnames or ()):
        raise InputError(f"{path}, dòng 1", found=f"the heading {reader.fieldnames}", expected="the columns task and shared", remedy="mend the heading", vi="dòng 1: cần hai cột task và shared")
    known = set(facts.tasks["task"])
    rows = []
    for row in reader:
        task = row["task"] if (row["task"] or "").startswith(BASE) else BASE + (row["task"] or "")
        if task not in known or not row["shared"]:
            raise InputError(f"{path}, dòng {reader.line_num}", found=f"the task {row['task']!r}", expected="a task of the build and a shared task", remedy="copy the address from tables/tasks.csv", vi=f"dòng {reader.line_num}: không có nhiệm vụ “{row['task']}” trong kho, hoặc thiếu cột shared")
        rows.append((task, row["shared"]))
    return pl.DataFrame(rows, schema={"task": pl.String, "shared": pl.String}, orient="row").unique().sort("task", "shared")


def scope(context: Context) -> tuple[tuple[Words, Words], ...]:
    """Give what a report covers, for its head."""
    facts = context.facts
    view = tell_view(facts.as_of, context.split) if facts.as_of else None
    seen = Words(view.vi, view.en) if view else Words("như văn bản viết", "as written")
    names = ", ".join(facts.places.values()) if len(facts.places) <= 12 else str(len(facts.places))
    doubtful = facts.roles.filter(pl.col("confidence") < 1)
    least = number(float(doubtful["confidence"].min() or 1))  # type: ignore[arg-type]
    read = Words(f"{len(doubtful)} trên {len(facts.roles)}, thấp nhất {least.vi}", f"{len(doubtful)} of {len(facts.roles)}, lowest {least.en}") if len(doubtful) else _same(f"0 / {len(facts.roles)}")
    return (
        (Words("Tỉnh, thành phố", "Provinces"), _same(names)),
        (Words("Văn bản", "Documents"), _same(len(facts.documents))),
        (Words("Nhiệm vụ", "Tasks"), _same(len(facts.tasks))),
        (Words("Đơn vị tính (nhiệm vụ hoặc phần)", "Units (tasks or parts)"), _same(len(facts.units))),
        (Words("Tên cơ quan", "Names of agencies"), seen),
        (Words("Phân công đọc chưa chắc (độ tin cậy dưới 1)", "Assignments read with doubt (confidence below 1)"), read),
        (Words("Quy ước", "Conventions"), Words(f"phiên bản {context.constants['version']}", f"version {context.constants['version']}")),
    )


def _same(value: object) -> Words:
    return Words(str(value), str(value))


def left_out(context: Context) -> tuple[Words, ...]:
    """Give what is not in the figures: plans out of force, tasks without a lead, undated units, plans without tasks."""
    facts, said = context.facts, []
    plans = tell_plans(standings(_asked(context), facts.as_of)) if facts.as_of else None
    if plans:
        said.append(Words(plans.vi, plans.en))
    silent = facts.units.filter(pl.col("start").is_null() & pl.col("end").is_null())
    if len(silent):
        yearly = len(silent.filter(pl.col("recurrence").is_not_null()))
        said.append(Words(f"{len(silent)} đơn vị không nêu năm (trong đó {yearly} lặp lại định kỳ): có trong tổng, không có trong số theo năm.", f"{len(silent)} units name no year ({yearly} of them recur): in the totals, not in the figures by year."))
    led = facts.roles.filter(pl.col("role") == "lead")["task"].n_unique()
    if led < len(facts.tasks):
        said.append(Words(f"{len(facts.tasks) - led} nhiệm vụ không có cơ quan chủ trì: không thuộc khối lượng của ai.", f"{len(facts.tasks) - led} tasks have no lead: they are in nobody's load."))
    if facts.rejected:
        said.append(Words(f"{facts.rejected} phân công đã bị người thẩm tra bác bỏ (trong cả kho).", f"{facts.rejected} assignments that people rejected (in the whole build)."))
    with_tasks = set(facts.tasks["document"])
    bare = [row for row in facts.documents.select("document", "place_name").iter_rows() if row[0] not in with_tasks]
    if bare:
        names = ", ".join(dict.fromkeys(name or "?" for _, name in bare[:8]))
        said.append(Words(f"{len(bare)} văn bản không có bảng nhiệm vụ ({names}): chỉ tính công việc trong lời văn.", f"{len(bare)} documents have no task table ({names}): only their duties in prose are counted."))
    return tuple(said)


def _asked(context: Context) -> Facts:
    """Give the facts as written of the provinces asked, wherever their plans count now."""
    if context.facts is context.among or not context.facts.as_of:
        return context.written
    homes = new_homes(context.written, context.facts.as_of)
    places = [place for place, home in homes.items() if home in context.facts.places]
    return only(context.written, context.written.documents.filter(pl.col("place").is_in(places)))


def table_of(
    frame: pl.DataFrame, key: str, caption: Words, columns: tuple[Column, ...], note: Words | None = None, *, folded: bool = False, place: str = "", drawn: int = 0
) -> Table:
    """Give a frame as a table of the columns named; with ``place``, as that place's part of the table ``key``."""
    cells = (list(map(steady, values)) if values.dtype.is_float() else values.to_list() for values in frame.select(column.key for column in columns))
    rows = tuple(zip(*cells, strict=True))
    return Table(key=f"{key}-{place}" if place else key, caption=caption, columns=columns, rows=rows, note=note, folded=folded, part_of=key if place else "", part=place, drawn=drawn)


def rows_table(context: Context, frame: pl.DataFrame | None = None) -> Table:
    """Give the rows behind the loads: each assignment with its part of a task, and the words that say so."""
    shown = (context.behind if frame is None else frame).with_columns(pl.col("document").str.strip_prefix(BASE).alias("where"))
    columns = (
        Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("place_name", Words("Tỉnh", "Province")), Column("role", Words("Vai trò", "Role")),
        Column("code", Words("Mã", "Code")), Column("task_name", Words("Nhiệm vụ", "Task")), Column("unit", Words("Địa chỉ nhiệm vụ hoặc phần", "Task or part address"), "data"), Column("w", Words("Phần tính", "Counted"), "number", "D1"),
        Column("start", Words("Từ năm", "From"), "text"), Column("end", Words("Đến năm", "To"), "text"), Column("quote", Words("Nguyên văn", "Quote")),
        Column("confidence", Words("Độ tin cậy", "Confidence"), "number"), Column("where", Words("Văn bản", "Document")), Column("start_offset", Words("Vị trí", "Offset"), "integer"),
    )  # fmt: skip
    shown = shown.with_columns(pl.col("start", "end").cast(pl.String))
    return table_of(shown, "behind", Words("Từng phân công", "Each assignment"), columns, folded=True)


def quotes_of(context: Context, agent: str, role: str = "lead", limit: int = 3) -> tuple[Quote, ...]:
    """Give the first assignments of an agent as quotes."""
    rows = context.behind.filter((pl.col("agent") == agent) & (pl.col("role") == role)).head(limit)
    return tuple(Quote(f"{row['quote']}", f"{ROLES[role][0].vi} “{shorten(row['task_name'])}” – {where(row, context.names)}") for row in rows.iter_rows(named=True))


def where(row: Mapping[str, Any], documents: Mapping[str, str]) -> str:
    """Tell where the quote of a row stands: its document by name, and the letters of the canonical text.

    >>> where({"document": "a", "start_offset": 10, "end_offset": 24}, {"a": "Kế hoạch 12/KH-UBND, Lai Châu (12.pdf)"})
    'Kế hoạch 12/KH-UBND, Lai Châu (12.pdf), ký tự 10–24'
    """
    return f"{documents.get(row['document'], row['document'].removeprefix(BASE))}, ký tự {row['start_offset']}–{row['end_offset']}"


def document_names(facts: Facts) -> dict[str, str]:
    """Name each document as one would in speaking of it: type and number, else the date; province; file."""
    names, types = {}, load_registry().document_types
    for row in facts.documents.iter_rows(named=True):
        kind = types[row["type"]].name if row["type"] in types else None
        head = " ".join(filter(None, (kind, row["number"]))) or "Văn bản"
        day = None if row["number"] or not row["date"] else show_day(row["date"])
        names[row["document"]] = ", ".join(filter(None, (head, row["place_name"], day))) + f" ({row['file']})"
    return names


def places_of(context: Context, works: Iterable[str]) -> dict[str, str]:
    """Tell of tasks, parts and duties where each stands."""
    columns = ("document", "start_offset", "end_offset")
    written = context.written
    rows = pl.concat([written.tasks.select("task", *columns), written.units.select(pl.col("unit").alias("task"), *columns), written.duties.select(pl.col("unit").alias("task"), *columns)])
    wanted = rows.filter(pl.col("task").is_in(sorted(set(works)))).unique("task", keep="first", maintain_order=True)
    return {row["task"]: where(row, context.names) for row in wanted.iter_rows(named=True)}


def interval_text(ends: tuple[float, float] | None) -> str | None:
    """Give an interval of rates for a cell.

    >>> interval_text((0.313, 0.832))
    '31–83 %'
    """
    return f"{100 * ends[0]:.0f}–{100 * ends[1]:.0f} %" if ends else None


def steady(cell: Cell) -> Cell:
    """Round a figure where the order of adding begins to show: the same build gives the same bytes."""
    return round(cell, 9) if isinstance(cell, float) else cell


def shorten(text: str | None, letters: int = 90) -> str:
    """Cut a long name at a word."""
    text = text or ""
    return text if len(text) <= letters else text[:letters].rsplit(" ", 1)[0] + " …"


def number(value: float, digits: int = 2) -> Words:
    """Give a figure as each language writes it.

    >>> number(5.333)
    Words(vi='5,33', en='5.33')
    """
    text = f"{round(value, 9):.{digits}f}"  # rounded first: sums of fractions differ in their last bits by the order of adding
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Words(text.replace(".", ","), text)


def percent(value: float) -> Words:
    """Give a part of one as per cent in each language."""
    shown = number(100 * value, 1)
    return Words(f"{shown.vi} %", f"{shown.en} %")
