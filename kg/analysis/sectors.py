"""How a province's list of priority sectors differs from the national one, and which tasks name which sector.

Sectors are matched by their words, not by their codes: a province that leaves one out numbers the rest anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.normalise import fold, read_roman

if TYPE_CHECKING:
    import polars as pl

    from kg.analysis.facts import Facts

_SAME_NAME = 88.0  # rapidfuzz ratio of folded names: a scan's misprints pass, "Trồng trọt" and "Chăn nuôi" do not
_COLUMNS = ("plan", "code", "name", "decision", "national_code", "national_name", "likeness", "change")


def compare_sectors(build: str | Path) -> pl.DataFrame:
    """Set the sectors of each plan beside those of the decisions that it carries out.

    Returns: a row a sector: plan, code, name, decision, national_code, national_name, likeness (0 to 1), change: same, renamed,
    added (the province's own) or left-out. Empty where no decision with a list of sectors is in the build.

    """
    import polars as pl

    folder = Path(build) / "tables"
    if not (folder / "sectors.parquet").is_file():
        raise StoreError(
            str(folder), found="no table of sectors", expected="the folder of a build",
            remedy="run `mandategraph build FOLDER -o BUILD` first", vi=f"Không có bảng lĩnh vực trong {folder}; hãy chạy lệnh build",
        )  # fmt: skip
    documents = pl.read_parquet(folder / "documents.parquet").to_dicts()
    sectors: dict[str, list[dict[str, Any]]] = {}
    for row in pl.read_parquet(folder / "sectors.parquet").to_dicts():
        sectors.setdefault(row["document"], []).append(row)
    rows: list[tuple[Any, ...]] = []
    for document in documents:
        for decision in f"{document['implements'] or ''} {document['probably_implements'] or ''}".split():
            if document["document"] in sectors and decision in sectors:
                rows.extend(_compare(document["document"], sectors[document["document"]], decision, sectors[decision]))
    schema = {name: pl.Float64 if name == "likeness" else pl.String for name in _COLUMNS}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _compare(plan: str, own: Sequence[Mapping[str, Any]], decision: str, national: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    from rapidfuzz import fuzz

    left = list(national)
    rows: list[tuple[Any, ...]] = []
    for sector in own:
        scored = [(fuzz.ratio(_bare(sector), _bare(each)), -at) for at, each in enumerate(left)]
        score, negative = max(scored, default=(0.0, 0))
        if score < _SAME_NAME:
            rows.append((plan, sector["code"], sector["name"], decision, None, None, round(score / 100, 3), "added"))
            continue
        match = left.pop(-negative)
        change = "same" if _bare(sector) == _bare(match) else "renamed"
        rows.append((plan, sector["code"], sector["name"], decision, match["code"], match["name"], round(score / 100, 3), change))
    rows.extend((plan, None, None, decision, each["code"], each["name"], None, "left-out") for each in left)
    return rows


def is_whole(codes: Sequence[str | None]) -> bool:
    """Tell whether a list of sectors was read whole, by its codes: sectors I, II, … and below each 1, 2, …, none missing or twice.

    >>> is_whole(["I", "I.1", "I.2", "II"]), is_whole(["I", "I.2"]), is_whole(["I", "III"]), is_whole(["I", "I"]), is_whole([])
    (True, False, False, False, False)
    """
    below: dict[str, list[int]] = {}
    for code in codes:
        head, _, last = (code or "").rpartition(".")
        below.setdefault(head, []).append(int(last) if last.isdigit() else read_roman(last) or 0)
    return bool(below) and all(numbers == list(range(1, len(numbers) + 1)) for numbers in below.values())


def sector_tasks(facts: Facts, sectors: pl.DataFrame) -> pl.DataFrame:
    """Count the tasks that name each sector of their own plan's list, and who leads them, as the question ``sector-coverage`` does.

    Returns: place, document, sector, code, name, direct (tasks that name this very sector), within (or a sub-sector of it), leads (over
    ``within``), tasks (their names), in the order of the list; sectors with none are in it: nobody serves them.

    """
    import polars as pl

    named = facts.tasks.filter(pl.col("sectors").is_not_null()).select("document", "task", pl.col("name").alias("task_name"), pl.col("sectors").str.split("; ").alias("named")).explode("named")
    leads = facts.roles.filter(pl.col("role") == "lead").select("task", "agent").unique()
    own = sectors.join(facts.documents.select("document", "place"), on="document", how="inner", maintain_order="left").with_row_index("at")
    first = own.filter(pl.struct("document", "code").is_first_distinct())  # of a code printed twice a task means the first
    met = first.select("at", "document", "code").join(named, on="document", how="inner").filter((pl.col("named") == pl.col("code")) | pl.col("named").str.starts_with(pl.concat_str("code", pl.lit("."))))
    sums = met.join(leads, on="task", how="left").group_by("at").agg(
        pl.col("task").filter(pl.col("named") == pl.col("code")).n_unique().alias("direct"), pl.col("task").n_unique().alias("within"), pl.col("agent").drop_nulls().n_unique().alias("leads"), pl.col("task_name").unique().sort().str.join("; ").alias("tasks")
    )
    counts = ("direct", "within", "leads")
    return own.join(sums, on="at", how="left", maintain_order="left").sort("at").select("place", "document", "sector", "code", "name", *(pl.col(name).fill_null(0).cast(pl.Int64) for name in counts), "tasks")


def _bare(sector: Mapping[str, Any]) -> str:
    return fold(sector["name"]).strip(" .;:,")
