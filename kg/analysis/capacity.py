"""The staff or budget of agencies, from a table of the researcher's: without it nobody may be called overloaded (D2).

Reads: a CSV (UTF-8) with a heading ``province,agency,capacity,source``; province and agency by slug or by name. Gives: a frame
place, kind, capacity, source. A line that cannot be understood is refused with its number: a guess would accuse somebody.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from kg.errors import InputError
from kg.normalise import fold
from kg.resolution.registry import Registry, load_registry

COLUMNS = ("province", "agency", "capacity", "source")


def read_capacity(path: str | Path, registry: Registry | None = None) -> pl.DataFrame:
    """Read the table.

    Raises:
        InputError: no such file, a missing column, an unknown province or agency, a number that is none, a line given twice.
    """
    registry = registry or load_registry()
    rows = list(_rows(Path(path), registry))
    seen: dict[tuple[str, str], int] = {}
    for line, place, kind, _, _ in rows:
        if (place, kind) in seen:
            raise _refused(path, line, f"{place}, {kind} again (first in line {seen[place, kind]})", "each agency of a province once", f"trùng với dòng {seen[place, kind]}")
        seen[place, kind] = line
    schema = {"place": pl.String, "kind": pl.String, "capacity": pl.Float64, "source": pl.String}
    return pl.DataFrame([row[1:] for row in rows], schema=schema, orient="row")


def _rows(path: Path, registry: Registry) -> Iterator[tuple[int, str, str, float, str]]:
    places = {fold(word): slug for slug, unit in sorted(registry.provinces.items()) for word in (slug, unit.name)}
    kinds = {fold(word): slug for slug, kind in sorted(registry.kinds.items()) for word in (slug, kind.name)}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), found=str(error), expected="a CSV in UTF-8", remedy="check the name, or save it as CSV UTF-8", vi=f"Không đọc được {path}") from error
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise _refused(path, 1, f"no column {', '.join(missing)}", f"the heading {','.join(COLUMNS)}", f"thiếu cột {', '.join(missing)}")
    for row in reader:
        line = reader.line_num
        place, kind = places.get(fold(row["province"] or "")), kinds.get(fold(row["agency"] or ""))
        if place is None:
            raise _refused(path, line, f"the province {row['province']!r}", "a name or slug of ontology/provinces.ttl", f"không có tỉnh “{row['province']}”")
        if kind is None:
            raise _refused(path, line, f"the agency {row['agency']!r}", "a name or slug of ontology/agencies.ttl", f"không có cơ quan “{row['agency']}”")
        if not (row["source"] or "").strip():
            raise _refused(path, line, "no source", "where the figure is from", "thiếu nguồn số liệu")
        yield line, place, kind, _positive(path, line, row["capacity"]), row["source"].strip()


def _positive(path: Path, line: int, text: str | None) -> float:
    try:
        value = float((text or "").strip())
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise _refused(path, line, f"the capacity {text!r}", "a number above 0, as 85 or 85.5", f"“{text}” không phải là số dương")
    return value


def _refused(path: str | Path, line: int, found: str, expected: str, vi: str) -> InputError:
    return InputError(f"{path}, dòng {line}", found=found, expected=expected, remedy="mend that line", vi=f"dòng {line}: {vi}")
