"""The columns of a build on disk: made once from its N-Quads file, then mapped into memory in no time.

    cache/columns/terms.arrow       the N-Triples form of each term, sorted by code points
    cache/columns/statements.arrow  subject and object of each statement, by predicate, each statement once whatever its graphs
    cache/columns/index.json        where each predicate begins and ends, and which graph file this is of

A view as of a date stands beside them as ``as-of-DATE-SPLIT``: what it says, over the terms of the graph and those that it adds.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

FORM = 1
"""Raised whenever the files change in form: older ones are made anew."""
_INDEX, _TERMS, _STATEMENTS = "index.json", "terms.arrow", "statements.arrow"


@dataclass(frozen=True, slots=True)
class Columns:
    """A dictionary, and the statements of each predicate: frames of ``s`` and ``o``, the numbers of terms.

    ``texts`` is sorted; ``more`` are the terms of a view, numbered after them.
    """

    texts: pl.Series
    predicates: dict[str, pl.DataFrame]
    more: tuple[str, ...] = ()


def graph_mark(graph: Path) -> list[int]:
    """Give what tells a graph file from an earlier one: the form of the columns, its size and its time."""
    told = graph.stat()
    return [FORM, told.st_size, told.st_mtime_ns]


def read_columns(folder: Path, mark: object) -> Columns | None:
    """Read columns; ``None`` where there are none, or of another graph file."""
    try:
        index: dict[str, Any] = json.loads((folder / _INDEX).read_bytes())
        if index["of"] != mark:
            return None
        texts = pl.read_ipc(folder / _TERMS)["text"]
        statements = pl.read_ipc(folder / _STATEMENTS)
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        return None
    return Columns(texts, {text: statements.slice(begin, end - begin) for text, (begin, end) in index["predicates"].items()})


def write_columns(folder: Path, columns: Columns, mark: object) -> None:
    """Write columns so that they stand whole or not at all.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        pl.DataFrame({"text": columns.texts}).write_ipc(part / _TERMS)
        ends = np.cumsum([len(frame) for frame in columns.predicates.values()]).tolist()
        places = {text: [end - len(frame), end] for (text, frame), end in zip(columns.predicates.items(), ends, strict=True)}
        pl.concat([*columns.predicates.values(), no_statements()], rechunk=True).write_ipc(part / _STATEMENTS)
        (part / _INDEX).write_text(json.dumps({"of": mark, "predicates": places}, ensure_ascii=False), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # another made the same meanwhile
            part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def columns_of(lines: Iterable[bytes]) -> Columns:
    """Make the columns of a graph from the lines of its N-Quads file, of which each names its graph.

    Raises:
        ValueError: a line that does not.
    """
    numbers: dict[bytes, int] = {}
    give = numbers.setdefault
    subjects, predicates, objects = array("i"), array("i"), array("i")
    for line in lines:
        subject, _, rest = line.partition(b" ")
        predicate, _, rest = rest.partition(b" ")
        subjects.append(give(subject, len(numbers)))
        predicates.append(give(predicate, len(numbers)))
        value, named, graph = rest.rpartition(b" <")
        if not named or b'"' in graph:
            raise ValueError(line)
        objects.append(give(value, len(numbers)))
    ordered = sorted(numbers)
    rank = np.empty(len(ordered), dtype=np.int32)
    rank[np.fromiter((numbers[text] for text in ordered), dtype=np.int64, count=len(ordered))] = np.arange(len(ordered), dtype=np.int32)
    frame = pl.DataFrame({name: rank[np.frombuffer(column, dtype=np.intc)] for name, column in (("p", predicates), ("s", subjects), ("o", objects))})
    return Columns(pl.Series("text", [text.decode("utf-8") for text in ordered]), by_predicate(frame, lambda number: ordered[number].decode("utf-8")))


def by_predicate(frame: pl.DataFrame, text_of: Callable[[int], str]) -> dict[str, pl.DataFrame]:
    """Take statements (p, s, o) apart by predicate, each statement once, in order."""
    parts = frame.unique().sort("p", "s", "o").partition_by("p", maintain_order=True, as_dict=True)
    return {text_of(key[0]): part.select("s", "o") for key, part in parts.items()}


def no_statements() -> pl.DataFrame:
    """Give a frame of statements without any."""
    return pl.DataFrame(schema={"s": pl.Int32, "o": pl.Int32})
