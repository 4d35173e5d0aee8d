"""Contradictions of a plan with itself and with its day, as rows to look at (METHODS D5, last levels; D8 "rõ trách nhiệm").

Reads: ``Facts`` as written, the table ``overlaps``, the canonical texts. Gives: one row a contradiction, in five sorts:

- ``table-and-prose``: a task of the table and a duty in prose charge different bodies with the same work (a candidate of ``duplicates``);
- ``lead-and-partner``: a body is lead and partner of one unit;
- ``out-of-period``: a unit begins or ends outside of the years of its plan;
- ``annex-missing``: a task points at an annex of which the document has no heading (it may have been published apart);
- ``abolished-body``: who is to lead or carry out had ended when the document was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import polars as pl

from kg.analysis.facts import Facts
from kg.errors import StoreError
from kg.normalise import fold, read_roman
from kg.resolution.as_of import Words, show_day
from kg.resolution.partial_dates import in_english
from kg.resolution.registry import load_registry

Sort = Literal["table-and-prose", "lead-and-partner", "out-of-period", "annex-missing", "abolished-body"]
SORTS: tuple[Sort, ...] = ("table-and-prose", "lead-and-partner", "out-of-period", "annex-missing", "abolished-body")
UNCERTAIN: frozenset[Sort] = frozenset({"table-and-prose", "annex-missing"})
"""What a second look may clear: likeness is judged by words, and an annex may stand in a file that was not given."""
SCHEMA = {
    "place": pl.String, "place_name": pl.String, "document": pl.String, "work": pl.String, "name": pl.String, "sort": pl.String, "vi": pl.String, "en": pl.String,
    "quote": pl.String, "start_offset": pl.Int64, "end_offset": pl.Int64, "status": pl.String, "id": pl.String,
}  # fmt: skip
_ANNEX = re.compile(r"\W*phu luc\b\s*(?:so\s+)?(?P<number>[ivxl1|]{1,6}\b|\d+\b)?(?P<rest>.*)")
"""A line that opens as the heading of an annex, folded: "PHỤ LỤC II", "Phụ lục 1: Danh mục"; ``_RUNS_ON`` tells "Phụ lục II kèm theo" in a paragraph."""
_RUNS_ON = re.compile(r"\s*(?:ban hanh|kem theo|va |cua |,)")
Texts = Callable[[str], str]


def find_contradictions(facts: Facts, overlaps: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Find what contradicts itself, by place, document and place in the text.

    Args:
        facts: as written: what a reorganisation made of names later is no fault of the text.
        overlaps: the table ``overlaps``; what people rejected there is left out.
        texts: gives the canonical text of a document by its address; "" where it is not known.

    Returns: ``SCHEMA``; ``vi`` and ``en`` say what is wrong, ``quote`` is the passage, ``status`` a person's word on a candidate ("" for the
    sorts that nobody has to judge), ``id`` its name for ``mandategraph decide``.

    """
    rows = [*_table_and_prose(facts, overlaps), *_both_roles(facts), *_out_of_period(facts), *_missing_annexes(facts, texts), *_abolished(facts)]
    order = {sort: at for at, sort in enumerate(SORTS)}
    frame = pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in rows], schema=SCHEMA)
    return frame.sort("place", "document", "start_offset", pl.col("sort").replace_strict(order, return_dtype=pl.Int64), "work", "vi")


def unclear_works(found: pl.DataFrame) -> frozenset[str]:
    """Give the works whose responsibility a contradiction makes unclear for certain: the body had ended, or a person confirmed the case."""
    certain = found.filter((pl.col("sort") == "abolished-body") | (pl.col("status") == "confirmed"))
    return frozenset(certain["work"].drop_nulls())


def texts_of(build: Path, facts: Facts) -> Texts:
    """Give the reader of a build's canonical texts."""
    files = dict(facts.documents.select("document", "text_sha256").rows())

    def read(document: str) -> str:
        path = build / "texts" / f"{files.get(document)}.txt"
        try:
            return path.read_text(encoding="utf-8") if path.is_file() else ""
        except OSError as error:
            raise StoreError(str(path), found=str(error), expected="a text of the build", remedy="build again", vi=f"Không đọc được {path}; hãy dựng lại") from error

    return read


Row = dict[str, object]


def _table_and_prose(facts: Facts, overlaps: pl.DataFrame) -> Iterator[Row]:
    """The pair as ``duplicates`` judged it; the row is the task's."""
    cases = overlaps.filter((pl.col("level") == "contradiction") & ~pl.col("status").is_in(["rejected", "justified"]))
    if cases.is_empty():
        return
    works = {row["task"]: row for row in facts.tasks.iter_rows(named=True)}
    duties = {row["unit"]: row for row in facts.duties.unique("unit", keep="first", maintain_order=True).iter_rows(named=True)}
    for case in cases.iter_rows(named=True):
        task, duty = (case["first"], case["second"]) if case["first"] in works else (case["second"], case["first"])
        if task in works and duty in duties:
            sides = {case["first"]: case["first_leads"], case["second"]: case["second_leads"]}
            yield {
                **works[task], "work": task, "sort": "table-and-prose", "status": case["status"], "id": case["id"],
                "vi": f"Bảng giao {sides[task]}, lời văn giao {sides[duty]}: “{_words(duties[duty]['task_name'])}”.",
                "en": f"The table charges {sides[task]}, the prose {sides[duty]}: “{_words(duties[duty]['task_name'])}”.",
            }  # fmt: skip


def _both_roles(facts: Facts) -> Iterator[Row]:
    """One body: that departments lead and other departments help is no contradiction."""
    keys = ["unit", "agent"]
    lead, partner = (facts.roles.filter((pl.col("role") == role) & (pl.col("form") == "agency")) for role in ("lead", "partner"))
    both = partner.join(lead.select(keys), on=keys, how="semi")
    for row in both.iter_rows(named=True):
        yield {
            **row, "work": row["task"], "name": row["task_name"], "sort": "lead-and-partner",
            "vi": f"{row['agent_name']} vừa chủ trì vừa phối hợp trong cùng một việc.", "en": f"{row['agent_name']} is lead and partner of the same work.",
        }  # fmt: skip


def _out_of_period(facts: Facts) -> Iterator[Row]:
    """A plan that states no first year begins in the year of its date: work may not be over before, but may have begun."""
    units = facts.units.join(facts.documents.select("document", "first", "last", "first_stated"), on="document", how="left", maintain_order="left")
    late = (pl.col("end") > pl.col("last")) | (pl.col("start") > pl.col("last"))
    early = (pl.col("end") < pl.col("first")) | (pl.col("first_stated") & (pl.col("start") < pl.col("first")))
    for row in units.filter((late | early).fill_null(value=False)).iter_rows(named=True):
        first = row["first"] if row["first_stated"] else None
        own, plan = _years(row["start"], row["end"]), _years(first, row["last"])
        yield {
            **row, "work": row["task"], "sort": "out-of-period",
            "vi": f"Việc ghi {own.vi}, ngoài thời kỳ của kế hoạch ({plan.vi})." if plan.vi else f"Việc ghi {own.vi}, trước năm ban hành văn bản ({row['first']}).",
            "en": f"The work runs {own.en}, outside of the plan's years ({plan.en})." if plan.en else f"The work runs {own.en}, before the year of the document ({row['first']}).",
        }  # fmt: skip


def _years(first: int | None, last: int | None) -> Words:
    if first is None and last is None:
        return Words("", "")
    if first is None or last is None:
        return Words(f"đến {last}", f"to {last}") if first is None else Words(f"từ {first}", f"from {first}")
    return Words(f"{first}–{last}", f"{first}–{last}") if first != last else Words(f"{first}", f"{first}")


def _missing_annexes(facts: Facts, texts: Texts) -> Iterator[Row]:
    """A document with an annex that has no number is left alone: it may be the one."""
    for (document,), tasks in facts.tasks.filter(pl.col("annexes").is_not_null()).group_by("document", maintain_order=True):
        text = texts(str(document))
        held = annex_numbers(text)
        if not text or None in held:
            continue
        for row in tasks.iter_rows(named=True):
            for annex in str(row["annexes"]).split("; "):
                if _plain_number(fold(annex).removeprefix("phu luc ")) not in held:
                    yield {
                        **row, "work": row["task"], "sort": "annex-missing",
                        "vi": f"Việc dẫn tới {annex}, mà văn bản đã đọc không có phụ lục ấy (có thể ở tệp khác).", "en": f"It points at {annex}, which the document read does not hold (it may be in another file).",
                    }  # fmt: skip


def annex_numbers(text: str) -> frozenset[str | None]:
    r"""Give the numbers of the annexes of which a text has the heading; ``None`` stands for one without a number.

    >>> sorted(annex_numbers("Theo\nPhụ lục IV ban hành kèm theo Kế hoạch\n**PHỤ LỤC I**\nPhụ lục 2: Danh mục"))
    ['1', '2']
    """
    lines = (fold(line) for line in text.splitlines() if line.strip(" *_|#\t„.").casefold().startswith("phụ lục"))
    heads = (match for match in map(_ANNEX.match, lines) if match and not _RUNS_ON.match(match["rest"]))
    return frozenset(_plain_number(match["number"]) if match["number"] else None for match in heads)


def _plain_number(number: str) -> str:
    """Write a Roman number in Arabic digits; a scan reads "II" as "lI" or "1I".

    >>> _plain_number("iv"), _plain_number("1i"), _plain_number("11")
    ('4', '2', '11')
    """
    roman = number.replace("|", "i").replace("l", "i").replace("1", "i")
    return number if number.isdigit() else str(read_roman(roman) or number)


def _abolished(facts: Facts) -> Iterator[Row]:
    """A date that is a year or a month counts as late only where all of it is; see ``kg.reasoning.doubts``."""
    ends = {slug: kind for slug, kind in load_registry().kinds.items() if kind.valid_to}
    bears = pl.concat([facts.roles.filter(pl.col("role") == "lead"), facts.duties.filter(pl.col("role").is_in(["lead", "responsible"]))], how="diagonal")
    dates = facts.documents.select("document", "date")
    for row in bears.filter(pl.col("kind").is_in(sorted(ends))).join(dates, on="document", how="left", maintain_order="left").iter_rows(named=True):
        kind, date = ends[row["kind"]], row["date"]
        if date and kind.valid_to and date > kind.valid_to[: len(date)]:
            end = kind.known_to or kind.valid_to
            yield {
                **row, "work": row["task"], "name": row["task_name"], "sort": "abolished-body",
                "vi": f"{row['agent_name']} chỉ tồn tại đến hết {show_day(end)}, văn bản ghi {show_day(date)}.", "en": f"{row['agent_name']} ended {in_english(end)}; the document is of {date}.",
            }  # fmt: skip


def _words(text: object) -> str:
    """Give a passage without its last stop, a long one up to a word's end."""
    said = " ".join(str(text or "").split()).rstrip(" .;")
    return said if len(said) <= 160 else said[:160].rsplit(" ", 1)[0] + " …"
