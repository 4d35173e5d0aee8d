"""Rows → CSV for spreadsheets and Parquet for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.building.tables import TABLES, Row, TableKind, Value, data_dictionary

if TYPE_CHECKING:
    import polars as pl

# What spreadsheets take for a formula. Source: OWASP, "CSV Injection" (full-width forms included).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_tables(folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write every declared table as CSV and Parquet, and the data dictionary. A table without rows keeps its columns."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        content = rows.get(table.name, ())
        (folder / f"{table.name}.csv").write_bytes(to_csv(table, content))
        to_frame(table, content).write_parquet(folder / f"{table.name}.parquet", statistics=False)
    (folder / "README.md").write_text(data_dictionary(), encoding="utf-8", newline="\n")


def to_csv(table: TableKind, rows: Sequence[Row]) -> bytes:
    """Give CSV: UTF-8 with byte order mark, CRLF line ends, no text that a spreadsheet would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> Value:
    # Spreadsheets trim before they look: "  =1+1" runs as well.
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return "'" + value
    return value


def to_frame(table: TableKind, rows: Sequence[Row]) -> pl.DataFrame:
    """Give a typed polars frame."""
    import polars as pl

    types = {"text": pl.String, "integer": pl.Int64, "number": pl.Float64, "yes-no": pl.Boolean}
    schema = {column.name: types[column.kind] for column in table.columns}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def read_rows(folder: Path, table: TableKind) -> list[Row]:
    """Read a table's rows back from its Parquet file."""
    import polars as pl

    return pl.read_parquet(folder / f"{table.name}.parquet").rows()
