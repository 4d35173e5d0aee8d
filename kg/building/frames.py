"""The tables of a build as polars frames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.building.tables import TABLES
from kg.errors import StoreError

if TYPE_CHECKING:
    import polars as pl


def assignments(build_dir: str | Path) -> pl.DataFrame:
    """Give who must do what: a row for each task or duty, agency and role; columns in ``tables/README.md``.

    Raises:
        StoreError: no build there.
    """
    return table(build_dir, "assignments")


def table(build_dir: str | Path, name: str) -> pl.DataFrame:
    """Give one of a build's tables.

    Raises:
        StoreError: no build there, or no table of that name.
    """
    import polars as pl

    path = Path(build_dir) / "tables" / f"{name}.parquet"
    names = [each.name for each in TABLES]
    if name not in names or not path.is_file():
        raise StoreError(
            str(path),
            found="no such table",
            expected=f"the folder of a build and one of {', '.join(names)}",
            remedy="run `mandategraph build FOLDER -o BUILD` first, or name another folder or table",
            vi=f"Không có bảng {name!r} trong {build_dir}; hãy chạy lệnh build, hoặc chọn trong: {', '.join(names)}",
        )
    return pl.read_parquet(path)
