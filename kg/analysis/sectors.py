"""How a province's list of priority sectors differs from the national one, and which tasks name which sector.

Sectors are matched by their words, not by their codes: a province that leaves one out numbers the rest anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.normalise import fold

if TYPE_CHECKING:
    import polars as pl

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


def _bare(sector: Mapping[str, Any]) -> str:
    return fold(sector["name"]).strip(" .;:,")
