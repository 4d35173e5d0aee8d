"""What is compared: the tasks of a build and its duties in prose, each with who leads it, when, and in which jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from kg.analysis.preambles import without_preambles
from kg.analysis.verbs import head_verbs
from kg.analysis.wording import Stripped, Wording, strip_text, themes_of, word_stripped
from kg.errors import StoreError
from kg.normalise import fold
from kg.resolution.shown import name_with_place

Rows = Mapping[str, Iterable[Mapping[str, Any]]]
"""The rows of a build's tables by table name; a row maps column names to values."""

_READ = ("documents", "tasks", "duties", "assignments")
COLUMNS: Mapping[str, frozenset[str] | None] = {
    "documents": None,
    "tasks": frozenset({"document", "task", "code", "groups", "name", "start_year", "end_year", "recurrence", "product", "objective", "funding"}),
    "duties": frozenset({"document", "duty", "section", "text"}),
    "assignments": frozenset({"task", "role", "agency", "agency_name", "form", "kind", "province", "agency_province", "agency_province_name"}),
}  # fmt: skip
"""The columns that units are made of, by table; ``None``: all. A large build's other columns (its quotes) need not be held."""
_OPEN = 9999


class Lead(NamedTuple):
    """An agency or group that leads or carries out a unit."""

    iri: str
    name: str
    form: str
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A document that was read. ``jurisdiction`` is its province, else its issuer; ``implements`` the decisions it carries out."""

    iri: str
    file: str
    title: str
    number: str | None
    province: str | None
    province_name: str | None
    jurisdiction: str
    date: str | None
    start: int | None
    end: int | None
    implements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A task of a table, or a duty in prose.

    ``years`` is closed, ``None`` where neither it nor its plan gives a year. ``plain`` is its words with the plan's ``themes``.
    ``heading`` is the nearest heading above it, "" where it has none; ``verbs`` are those it opens with, else its heading's.
    ``preamble`` is the beginning it shares with siblings and ``own_words`` what follows, both folded, both "" without one.
    """

    iri: str
    kind: Literal["task", "duty"]
    plan: Plan
    code: str | None
    text: str
    leads: tuple[Lead, ...]
    years: tuple[int, int] | None
    product: str | None
    objective: str | None
    has_time: bool
    has_funding: bool
    wording: Wording
    plain: str
    themes: tuple[str, ...]
    heading: str = ""
    verbs: frozenset[str] = frozenset()
    preamble: str = ""
    own_words: str = ""


def read_tables(build: str | Path) -> dict[str, list[dict[str, Any]]]:
    """Read a build's tables that units are made of.

    Raises:
        StoreError: no build there.

    """
    import polars as pl

    folder = Path(build) / "tables"
    if not (folder / "tasks.parquet").is_file():
        raise StoreError(
            str(folder),
            found="no tables of a build",
            expected="the folder that `mandategraph build FOLDER -o BUILD` wrote",
            remedy="run the build first, or name another folder",
            vi=f"Không có bảng dữ liệu nào trong {folder}; hãy chạy lệnh build hoặc chỉ đúng thư mục",
        )
    return {name: pl.read_parquet(folder / f"{name}.parquet").to_dicts() for name in _READ}


def read_units(rows: Rows) -> tuple[Unit, ...]:
    """Make the units of all documents, in the order of the rows: a document's tasks, then its duties."""
    plans = read_plans(rows["documents"])
    leads = _read_leads(rows["assignments"])
    found: dict[str, list[tuple[Literal["task", "duty"], Mapping[str, Any]]]] = defaultdict(list)
    for kind, table in (("task", "tasks"), ("duty", "duties")):
        for row in rows[table]:
            found[row["document"]].append((kind, row))  # type: ignore[arg-type]
    units: list[Unit] = []
    for document, own in found.items():
        plan = plans.get(document)
        if plan is None:
            continue
        stripped = [strip_text(_words(kind, row)) for kind, row in own]
        themes = themes_of([each.text for each in stripped])
        parts = without_preambles([each.text for each in stripped])
        for (kind, row), each, part in zip(own, stripped, parts, strict=True):
            units.append(_read_unit(kind, row, plan=plan, leads=leads.get(row[kind], ()), stripped=each, themes=themes, part=part))
    return tuple(units)


def read_plans(documents: Iterable[Mapping[str, Any]]) -> dict[str, Plan]:
    """Give the documents by address."""
    plans: dict[str, Plan] = {}
    for row in documents:
        iri = row["document"]
        links = f"{row['implements'] or ''} {row['probably_implements'] or ''}".split()
        plans[iri] = Plan(
            iri=iri, file=row["file"], title=row["title"] or row["file"], number=row["number"],
            province=row["province"], province_name=row["province_name"],
            jurisdiction=row["province"] or _issuer(iri), date=row["date"],
            start=row["period_start"], end=row["period_end"], implements=tuple(dict.fromkeys(links)),
        )  # fmt: skip
    return plans


def _issuer(iri: str) -> str:
    """Give the address segment of the issuer; the whole address of a document whose issuer is unknown."""
    segment = iri.partition("/vn/")[2].partition("/")[0]
    return iri if segment in {"", "khong-ro"} else segment


def _words(kind: str, row: Mapping[str, Any]) -> str:
    return (row["name"] if kind == "task" else row["text"]) or ""


def _read_leads(assignments: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Lead, ...]]:
    leads: dict[str, dict[str, Lead]] = defaultdict(dict)
    for row in assignments:
        if row["role"] in {"lead", "responsible"}:
            leads[row["task"]][row["agency"]] = Lead(row["agency"], _shown(row), row["form"], row["kind"])
    return {task: tuple(by_agency[iri] for iri in sorted(by_agency)) for task, by_agency in leads.items()}


def _shown(row: Mapping[str, Any]) -> str:
    """The lead's name, with its province where that is not the plan's: a national plan charges bodies of one name."""
    return name_with_place(row["agency_name"] or row["agency"], row["agency_province_name"] if row["agency_province"] != row["province"] else None)


def _read_unit(
    kind: Literal["task", "duty"],
    row: Mapping[str, Any],
    *,
    plan: Plan,
    leads: tuple[Lead, ...],
    stripped: Stripped,
    themes: tuple[str, ...],
    part: tuple[str, str],
) -> Unit:
    text = _words(kind, row)
    heading = (row.get("groups") or "").rpartition(" > ")[2]
    start, end = row.get("start_year"), row.get("end_year")
    dated = start is not None or end is not None
    first, last = (start, end) if dated else (plan.start, plan.end)
    years = None if first is None and last is None else (first or plan.start or 0, last or plan.end or _OPEN)
    return Unit(
        iri=row[kind], kind=kind, plan=plan, code=row.get("code") or row.get("section"), text=text, leads=leads, years=years,
        product=row.get("product"), objective=row.get("objective"),
        has_time=dated or bool(row.get("recurrence")), has_funding=bool(row.get("funding")),
        wording=word_stripped(stripped, themes), plain=stripped.text, themes=themes,
        heading=heading, verbs=head_verbs(_behind_lead(text, leads)) or head_verbs(heading), preamble=part[0], own_words=part[1],
    )  # fmt: skip


def _behind_lead(text: str, leads: tuple[Lead, ...]) -> str:
    """Give the text behind the name of its own lead where it opens with that: "Bộ Tài chính chủ trì, …"."""
    return next((text[len(lead.name) :] for lead in leads if fold(text).startswith(f"{fold(lead.name)} ")), text)


def overlap_in_time(first: Unit, second: Unit) -> bool:
    """Tell whether two units may be in force in one year; without a year, they may."""
    if first.years is None or second.years is None:
        return True
    return first.years[0] <= second.years[1] and second.years[0] <= first.years[1]
