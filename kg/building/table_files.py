"""Rows → CSV for spreadsheets and Parquet for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from kg.building.tables import TABLES, Row, TableKind, Value, data_dictionary

if TYPE_CHECKING:
    import polars as pl

_BATCH = 5_000  # rows: more are set aside on disk
_BY_NAME = {table.name: table for table in TABLES}
# What spreadsheets take for a formula. Source: OWASP, "CSV Injection" (full-width forms included).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class TableFiles:
    """A context manager: the tables of a build, open for rows in batches, so that they need not be in memory as Python values.

    Every declared table is written as CSV and Parquet, with the data dictionary. A table without rows keeps its columns.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self._parts: dict[str, list[Path]] = {table.name: [] for table in TABLES}
        self._files: dict[str, IO[str]] = {}

    def __enter__(self) -> Self:
        """Make the folder and the files with their headers."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for table in TABLES:
            file = self._files[table.name] = (self._folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="")
            csv.writer(file, lineterminator="\r\n").writerow(table.header)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close the files; write the Parquet files unless an exception passes."""
        for file in self._files.values():
            file.close()
        if kind is None:
            self._write_parquet()

    def add(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Add rows to the tables of these names."""
        for name, own in rows.items():
            csv.writer(self._files[name], lineterminator="\r\n").writerows([_cell(value) for value in row] for row in own)
            waiting = self._waiting[name]
            waiting.extend(own)
            if len(waiting) >= _BATCH:
                self._set_aside(name, waiting)
                waiting.clear()

    def _set_aside(self, name: str, rows: Sequence[Row]) -> None:
        part = self._folder / f".{name}-{len(self._parts[name])}.part"
        to_frame(_BY_NAME[name], rows).write_parquet(part, statistics=False)
        self._parts[name].append(part)

    def _write_parquet(self) -> None:
        import polars as pl

        for name, table in _BY_NAME.items():
            frames = [*map(pl.read_parquet, self._parts[name]), to_frame(table, self._waiting.pop(name))]
            pl.concat(frames).write_parquet(self._folder / f"{name}.parquet", statistics=False)
            for part in self._parts[name]:
                part.unlink()
        (self._folder / "README.md").write_text(data_dictionary(), encoding="utf-8", newline="\n")


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
