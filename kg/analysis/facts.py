"""A build's tables as the frames that all measures read: units, roles, tasks, agencies, documents.

Reads: ``tables/*.parquet`` of a build. Gives: ``Facts``; nothing is counted here, and only what people rejected is dropped.
A *unit* is a whole task, or each part of a task that is split; its ``weight`` is 1/(parts of its task), so the weights of a
task sum to 1 (D0). A *place* is a province, or the issuer of a document that is of no province (``thu-tuong-chinh-phu``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kg.building.frames import table
from kg.errors import QuestionError
from kg.graph.namespaces import BASE
from kg.normalise import fold
from kg.resolution.as_of import Standing, plan_standing, read_day

OPEN = "open-group"
_PLACE = ["place", "place_name"]
_INHERITED = ("start", "end", "recurrence", "time_text", "product", "funding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the plans say, as frames.

    ``documents``: document, place, place_name, title, number, date, first, last (years of its period, or null; without a
    first year that of its date, ``first_stated`` tells).
    ``tasks``: task, document, place, place_name, code, groups, name, quote, start, end, recurrence, product, funding, ….
    ``units``: unit, task, weight and a task's fields, a part's own where it has them.
    ``roles``: unit, task, role (lead, partner, responsible), agent, agent_name, form, kind, confidence, quote, share (1 as
    written; less where a split body's work is shared among heirs), possible (only one of several heirs, and nothing settles which),
    among (agents of that role in the unit; the heirs of one that was divided count as one). Roles of duties are in ``duties``, with the same columns.
    ``reports``: reporting, place, sender, receiver (names; one row a pair, null where the text names none), deadline, frequency.
    ``as_of``: the day to which agents are mapped, ``None``: as written. ``rosters``: place, group, member, size; may be empty.
    ``rejected``: assignments of the whole build that people rejected; they are in no frame.
    ``horizon``: the first and the last year that anything in the whole build names; ``None``: those of these frames.
    """

    documents: pl.DataFrame
    tasks: pl.DataFrame
    units: pl.DataFrame
    roles: pl.DataFrame
    duties: pl.DataFrame
    reports: pl.DataFrame
    rosters: pl.DataFrame
    as_of: str | None = None
    rejected: int = 0
    horizon: tuple[int, int] | None = None

    @property
    def agents(self) -> pl.DataFrame:
        """Give every agent that bears a role in a task or duty, once a place: place, agent, agent_name, form, kind."""
        columns = ["place", "agent", "agent_name", "form", "kind"]
        return pl.concat([self.roles.select(columns), self.duties.select(columns)]).unique(["place", "agent"], keep="first").sort("place", "agent")

    @property
    def places(self) -> dict[str, str]:
        """Give the places and their names, by name."""
        rows = self.documents.select(_PLACE).unique().sort(_PLACE).rows()
        return dict(sorted(rows, key=lambda row: (fold(row[1]), row[0])))


EMPTY_ROSTERS = pl.DataFrame(schema={"place": pl.String, "group": pl.String, "member": pl.String, "member_name": pl.String, "kind": pl.String, "size": pl.Int64})


def read_facts(build_dir: str | Path) -> Facts:
    """Read the facts of a build, as its documents have them.

    Raises:
        StoreError: no build there.
    """
    documents = _documents(table(build_dir, "documents"))
    home = documents.select("document", *_PLACE)
    tasks = _tasks(table(build_dir, "tasks")).join(home, on="document", how="left", maintain_order="left")
    units = _units(tasks, table(build_dir, "parts"))
    stated = table(build_dir, "assignments")
    believed = stated.filter(pl.col("status").ne_missing("rejected"))
    assignments = _named(believed).join(home, on="document", how="left", maintain_order="left")
    return Facts(
        documents=documents, tasks=tasks, units=units,
        roles=_roles(assignments.filter(pl.col("of") != "duty"), units),
        duties=_counted(assignments.filter(pl.col("of") == "duty").select(*_ROLE_COLUMNS, pl.lit(1.0).alias("weight"))),
        reports=_reports(table(build_dir, "reporting")).join(home, on="document", how="left", maintain_order="left"),
        rosters=EMPTY_ROSTERS, rejected=len(stated) - len(believed), horizon=horizon(documents, units),
    )  # fmt: skip


def horizon(documents: pl.DataFrame, units: pl.DataFrame) -> tuple[int, int] | None:
    """Give the first and the last year that a plan's period or a unit's time names; ``None`` where none does."""
    named = pl.concat([documents.select(pl.col("first", "last").cast(pl.Int64)).unpivot(), units.select(pl.col("start", "end").cast(pl.Int64)).unpivot()])["value"].drop_nulls()
    return (int(named.min()), int(named.max())) if len(named) else None  # type: ignore[arg-type]


_ROLE_COLUMNS = (
    "document", "place", "place_name", "unit", "task", "task_name", "role", "agent", "agent_name", "form", "kind",
    "confidence", "quote", "start_offset", "end_offset", "share", "possible",
)  # fmt: skip


def _documents(documents: pl.DataFrame) -> pl.DataFrame:
    """A document of no province has its issuer's step of the address for a place."""
    step = pl.col("document").str.strip_prefix(f"{BASE}vn/").str.split("/").list.first()
    year = pl.col("date").str.slice(0, 4).cast(pl.Int64, strict=False)
    return documents.select(
        "document", "file", "type", "title", "number", "date", "province",
        pl.coalesce("province", step).alias("place"), pl.coalesce("province_name", "issuer", step).alias("place_name"),
        pl.coalesce("period_start", year).alias("first"), pl.col("period_start").is_not_null().alias("first_stated"), pl.col("period_end").alias("last"), "text_sha256",
        pl.concat_str(pl.coalesce("implements", pl.lit("")), pl.lit(" "), pl.coalesce("probably_implements", pl.lit(""))).str.strip_chars().alias("implements"),
    ).with_columns(pl.col("place_name").first().over("place"))  # fmt: skip


def _tasks(tasks: pl.DataFrame) -> pl.DataFrame:
    return tasks.select(
        "task", "document", "position", "code", "groups", "name", pl.col("start_year").alias("start"), pl.col("end_year").alias("end"),
        "recurrence", "time_text", "product", "funding", "sectors", "annexes", "parts", "quote", pl.col("start").alias("start_offset"), pl.col("end").alias("end_offset"),
    )  # fmt: skip


def _units(tasks: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """A part without a time, product or funding of its own has its task's; its time is taken or left as a whole."""
    own = parts.select(
        "task", pl.col("part").alias("unit"), pl.col("position").alias("at"), pl.col("start_year").alias("start"), pl.col("end_year").alias("end"),
        "recurrence", "time_text", "product", "funding",
    )  # fmt: skip
    split = tasks.join(own, on="task", how="inner", suffix="_own", maintain_order="left_right")
    silent = pl.all_horizontal(pl.col(f"{name}_own").is_null() for name in ("start", "end", "recurrence"))
    timed = [pl.when(silent).then(pl.col(name)).otherwise(pl.col(f"{name}_own")).alias(name) for name in _INHERITED[:4]]
    split = split.with_columns(*timed, *(pl.coalesce(f"{name}_own", name).alias(name) for name in _INHERITED[4:]))
    split = split.with_columns((1.0 / pl.len().over("task")).alias("weight"), pl.lit(value=True).alias("is_part"))
    whole = tasks.join(own.select("task").unique(), on="task", how="anti", maintain_order="left").with_columns(
        pl.col("task").alias("unit"), pl.lit(1.0).alias("weight"), pl.lit(value=False).alias("is_part")
    )
    columns = ["unit", "task", "weight", "is_part", "document", *_PLACE, "position", "code", "groups", "name", *_INHERITED, "quote", "start_offset", "end_offset"]
    return pl.concat([whole.select(columns), split.select(columns)]).sort("document", "position", "unit", nulls_last=True)


def _named(assignments: pl.DataFrame) -> pl.DataFrame:
    return assignments.rename({"agency": "agent", "agency_name": "agent_name", "start": "start_offset", "end": "end_offset"}).with_columns(
        pl.lit(1.0).alias("share"), pl.coalesce("agent_name", "agent").alias("agent_name")
    )


def _roles(assignments: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Each role with its unit's weight; who is charged with a split task as a whole is charged with each part."""
    at = units.select("unit", "task", "weight")
    direct = assignments.join(at.drop("task"), on="unit", how="inner", maintain_order="left")
    whole = assignments.join(at.select("unit"), on="unit", how="anti", maintain_order="left").drop("unit").join(at, on="task", how="inner", maintain_order="left")
    return _counted(pl.concat([direct.select(*_ROLE_COLUMNS, "weight"), whole.select(*_ROLE_COLUMNS, "weight")]))


def _counted(roles: pl.DataFrame) -> pl.DataFrame:
    once = roles.unique(["unit", "role", "agent"], keep="first", maintain_order=True)
    return once.with_columns(pl.len().over("unit", "role").cast(pl.Float64).alias("among"))


def _reports(reporting: pl.DataFrame) -> pl.DataFrame:
    """One row for each sender and receiver that the text names."""
    return (
        reporting.select(
            "reporting", "document", pl.col("from").str.split("; ").alias("sender"), pl.col("to").str.split("; ").alias("receiver"),
            "deadline", "frequency", "quote",
        )
        .explode("sender")
        .explode("receiver")
    )  # fmt: skip


def in_force(facts: Facts, date: str) -> Facts:
    """Keep the plans in force at a day: begun, and not over. A plan that names no end is in force until one is known.

    Raises:
        QuestionError: a date that is none.
    """
    counted = [standing in ("in-force", "undated") for standing in standings(facts, date)]
    return only(facts, facts.documents.filter(pl.Series(counted, dtype=pl.Boolean)))


def standings(facts: Facts, date: str) -> list[Standing]:
    """Give of each document, in order, how it stands at a day; see ``plan_standing``.

    Raises:
        QuestionError: a date that is none.
    """
    day = read_day(date)
    return [plan_standing(issued, last, day) for issued, last in facts.documents.select("date", "last").iter_rows()]


def only(facts: Facts, documents: pl.DataFrame) -> Facts:
    """Keep what stands in these documents."""
    names = documents["document"].implode()
    here = pl.col("document").is_in(names)
    return replace(
        facts, documents=documents, tasks=facts.tasks.filter(here), units=facts.units.filter(here), roles=facts.roles.filter(here),
        duties=facts.duties.filter(here), reports=facts.reports.filter(here),
    )  # fmt: skip


def of_places(facts: Facts, wanted: tuple[str, ...]) -> Facts:
    """Keep some provinces, named by slug or by name; () keeps all.

    Raises:
        QuestionError: a province without a document.
    """
    if not wanted:
        return facts
    names = {fold(key): slug for slug, name in facts.places.items() for key in (slug, name, name.removeprefix("Tỉnh "), name.removeprefix("Thành phố "))}
    chosen = []
    for word in wanted:
        slug = names.get(fold(word))
        if slug is None:
            raise QuestionError(
                word, found="no document of that province in the build", expected=", ".join(facts.places),
                remedy="choose one of those, or build with its plans", vi=f"Không có văn bản nào của “{word}” trong kho; có: {', '.join(facts.places.values())}",
            )  # fmt: skip
        chosen.append(slug)
    return only(facts, facts.documents.filter(pl.col("place").is_in(chosen)))
