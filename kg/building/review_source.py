"""A build as the review reads it: rows of its tables, its texts, and where each document is at home."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.building.tables import ALIGNMENTS, ASSIGNMENTS, DOCUMENTS, FINDINGS, OVERLAPS, TASKS, TableKind
from kg.errors import StoreError
from kg.resolution.decisions import CENTRE

Record = dict[str, Any]
_AROUND = 160  # code points of context on each side
_MARGIN = 120  # code points of a line kept on each side of the name: a table row can be one line


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in their context: ``line`` is the printed line that holds them, cut at words, on which a decision rests."""

    file: str
    number: int
    before: str
    words: str
    after: str
    line: str
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What the review needs of a build; documents go by their addresses."""

    assignments: tuple[Record, ...]
    findings: tuple[Record, ...]
    tasks: tuple[Record, ...]
    overlaps: tuple[Record, ...]
    alignments: tuple[Record, ...]
    documents: dict[str, str]
    keys: dict[str, str]
    places: dict[str, str]
    place_names: dict[str, str]
    dates: dict[str, str]
    texts: dict[str, str] = field(repr=False)

    def home(self, thing: str) -> str:
        """Give the document that a thing is of; "" for one of none."""
        while thing and thing not in self.keys:
            thing = thing.rpartition("/")[0]
        return thing

    def passage(self, row: Record) -> Passage:
        """Give the words that a row rests on, in their context."""
        text, start, end = self.texts[row["document"]], row["start"] or 0, row["end"] or 0
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        last = len(text) if last < 0 else last
        low, high = max(first, start - _MARGIN), min(last, end + _MARGIN)
        low = low if low == first else text.find(" ", low, start) + 1 or start
        high = high if high == last else max(text.rfind(" ", end, high), end)
        return Passage(
            file=row["file"], number=text.count("\n", 0, start) + 1, before=_before(text, start), words=" ".join(text[start:end].split()),
            after=_after(text, end), line=" ".join(text[low:high].split()).strip(" ,;-–&"), task=row["task_name"] or "",
        )  # fmt: skip


def _before(text: str, start: int) -> str:
    cut = text[max(0, start - _AROUND) : start]
    return _flat(cut if start <= _AROUND else cut[cut.find(" ") + 1 :])


def _after(text: str, end: int) -> str:
    cut = text[end : end + _AROUND]
    return _flat(cut if end + _AROUND >= len(text) else cut[: cut.rfind(" ") + 1 or None])


def _flat(text: str) -> str:
    words = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + words + (" " if words and text[-1:].isspace() else "")


def read_build(folder: Path) -> Build:
    """Read a build.

    Raises:
        StoreError: no build there, or one of an older program.

    """
    try:
        documents, assignments, findings, tasks, overlaps, alignments = (_records(folder / "tables", table) for table in (DOCUMENTS, ASSIGNMENTS, FINDINGS, TASKS, OVERLAPS, ALIGNMENTS))
        manifest = json.loads((folder / "texts" / "manifest.json").read_text("utf-8"))
        homes = {file["document"]: file for file in json.loads((folder / "report.json").read_text("utf-8"))["files"] if file["outcome"] == "built"}
        keys, places = ({document: told[name] for document, told in homes.items()} for name in ("key", "place"))
        texts = {entry["document"]: (folder / "texts" / entry["text"]).read_bytes().decode("utf-8") for entry in manifest}
    except (OSError, ValueError, KeyError) as error:
        raise _no_build(folder, error) from error
    names = {places[row["document"]]: row["province_name"] or ("Trung ương" if places[row["document"]] == CENTRE else row["file"]) for row in documents}
    return Build(
        assignments=tuple({**row, "place": places[row["document"]]} for row in assignments),
        findings=tuple(findings), tasks=tuple(tasks), overlaps=tuple(overlaps), alignments=tuple(alignments), documents={row["file"]: row["document"] for row in documents}, keys=keys, places=places,
        place_names=names, dates={row["document"]: row["date"] for row in documents if row["date"]}, texts=texts,
    )  # fmt: skip


def _records(folder: Path, table: TableKind) -> list[Record]:
    import polars as pl

    frame = pl.read_parquet(folder / f"{table.name}.parquet")
    missing = [name for name in table.header if name not in frame.columns]
    if missing:
        raise KeyError(f"{table.name}.parquet lacks {', '.join(missing)}")
    return frame.to_dicts()


def _no_build(folder: Path, error: Exception) -> StoreError:
    return StoreError(
        str(folder), found=f"{type(error).__name__}: {error}", expected="the folder of a build of this version",
        remedy="run `mandategraph build FOLDER -o BUILD` first, or name its folder", vi=f"{folder} không phải kết quả build của phiên bản này; hãy chạy lại lệnh build",
    )  # fmt: skip
