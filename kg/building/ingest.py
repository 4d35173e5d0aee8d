"""One file → everything a build takes from it, or one named finding; nothing that a file holds can stop the run."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from kg.building.cache import entry_key, find_entry, keep_entry, write_entry
from kg.building.report import finding_row
from kg.building.sources import SourceFile
from kg.building.tables import Row
from kg.building.works import Work, describe_work
from kg.errors import InputError, MandategraphError, MissingToolError
from kg.graph.check import Violation
from kg.records import Extraction, Finding, Source, Table
from kg.resolution.decisions import NO_DECISIONS, Decisions, Home

Outcome = Literal["built", "failed", "no-plan", "copy", "part"]
"""What became of a file. A "copy" is a document that another file holds, too; a "part" is built with the file that it is an annex of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one file: small, so that those of a large corpus can wait in memory. All else is in its cache entry.

    ``entry`` is the entry's name, "" for a file that has none; ``address`` is the document's, "" unless the outcome is
    "built"; ``counts`` tells the rows of each table; ``findings`` are rows of the table of that name; ``format`` is the
    source's; ``pages`` 0 where the format has none; ``work`` tells which other files may hold the same document, ``others`` which do.
    ``key``, ``place`` and
    ``names`` tell which decisions of people touch it (``kg.resolution.decisions.Home``), ``decided`` is the digest of those that
    did; ``met`` are the ids of those whose subject it has, ``conflicts`` of those whose sentence has changed.
    """

    file: str
    outcome: Outcome
    size: int = 0
    encoding: str = ""
    text_sha256: str = ""
    characters: int = 0
    address: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    findings: tuple[Row, ...] = ()
    violations: tuple[Violation, ...] = ()
    entry: str = ""
    reused: bool = False
    format: str = ""
    pages: int = 0
    work: Work | None = None
    others: tuple[str, ...] = ()
    key: str = ""
    place: str = ""
    names: tuple[str, ...] = ()
    decided: str = NO_DECISIONS.digest
    met: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def home(self) -> Home:
        """What tells which decisions touch it."""
        return Home(key=self.key, place=self.place, names=frozenset(self.names))


_PASSING = frozenset(("unforeseen", "missing-tool"))
"""Findings that need not be there next time: it may have been want of memory, or of a program."""


def ingest(source: SourceFile, cached: tuple[Path, ...], keep: Path, decisions: Decisions = NO_DECISIONS) -> Ingested:
    """Read one file, or take it from the cache.

    Args:
        source: the file.
        cached: folders that may hold its entry.
        keep: folder that the entry is kept in.
        decisions: of people; where those that touch the document have changed, it is read again.

    """
    try:
        files = [(each.name, _read_bytes(each)) for each in (source, *source.annexes)]
    except OSError as error:
        return _failed(source.name, _unreadable(source.name, error))
    except MandategraphError as error:
        return _failed(source.name, error)
    name = entry_key(*files)
    known = find_entry((folder / name for folder in cached), lambda facts: facts.get("file") == source.name and _is_decided(facts, decisions))
    if known is not None:
        path, facts = known
        keep_entry(path, keep)
        return replace(from_facts(facts), entry=name, reused=True)
    ingested, parts = _read(files, decisions)
    if any(row[2] in _PASSING for row in ingested.findings):
        return ingested
    write_entry(keep / name, asdict(ingested), parts)
    return replace(ingested, entry=name)


def _is_decided(facts: dict[str, Any], decisions: Decisions) -> bool:
    """Tell whether an entry was made with the decisions that touch its document now."""
    home = Home(key=facts.get("key", ""), place=facts.get("place", ""), names=frozenset(facts.get("names", ())))
    return facts.get("decided") == decisions.touching(home).digest


def _read(files: Sequence[tuple[str, bytes]], decisions: Decisions) -> tuple[Ingested, dict[str, bytes]]:
    from kg.extraction import extract
    from kg.reading import read_bytes
    from kg.reading.joined import join_documents

    (name, data), *_ = files
    try:
        return _build(extract(join_documents([read_bytes(data, name) for name, data in files])), decisions)
    except MandategraphError as error:
        return _failed(name, error, size=len(data)), {}
    except Exception as error:  # noqa: BLE001  whatever one file sets off, the others are built
        return Ingested(file=name, outcome="failed", size=len(data), findings=(finding_row(name, _unforeseen(error)),)), {}


def _build(extraction: Extraction, decisions: Decisions) -> tuple[Ingested, dict[str, bytes]]:
    from kg.building.parts import make_parts
    from kg.building.replay import replay
    from kg.resolution.registry import load_registry

    source, text = extraction.document.source, extraction.document.text
    no_plan = is_no_plan(extraction)
    lost = () if no_plan else _lost_tables(extraction)
    replayed = replay(extraction, decisions, load_registry())
    extraction = replace(extraction, findings=(*replayed.open_findings(extraction.findings, text), *lost, *replayed.findings))
    made = None if no_plan else make_parts(extraction, replayed.decisions, replayed.home)
    ingested = Ingested(
        file=source.path,
        outcome="no-plan" if made is None else "built",
        size=source.size,
        encoding=source.encoding,
        format=source.format,
        pages=len(source.pages),
        work=describe_work(extraction),
        text_sha256=source.text_sha256,
        characters=len(text),
        address=made.address if made else "",
        counts=made.counts if made else {},
        findings=tuple(_placed_row(source, finding, text) for finding in (*extraction.findings, *(made.doubts if made else ()))),
        violations=made.violations if made else (),
        key=replayed.home.key,
        place=replayed.home.place,
        names=tuple(sorted(replayed.home.names)),
        decided=replayed.touching.digest,
        met=tuple(sorted(replayed.met | made.met)) if made else (),
        conflicts=tuple(sorted(replayed.conflicts)),
    )
    return ingested, made.parts if made else {}


def _placed_row(source: Source, finding: Finding, text: str) -> Row:
    """Give a finding as a row under the file that it is about; its line is that file's."""
    if finding.span is None or not source.files:
        return finding_row(source.path, finding, text)
    start, path = source.file_at(finding.span.start)
    file, severity, code, vi, en, line, *rest = finding_row(path, finding, text)
    return (file, severity, code, vi, en, None if line is None else int(line) - text.count("\n", 0, start), *rest)


def _lost_tables(extraction: Extraction) -> tuple[Finding, ...]:
    """Name the task tables of a document without a task that lost all their rows (a truncated file), not just their tasks."""
    from kg.extraction.columns import is_task_table, read_columns

    if extraction.tasks:
        return ()
    tables = [part for part in extraction.document.parts if isinstance(part, Table)]
    return tuple(
        Finding(
            code="table-without-tasks",
            severity="error",
            vi="Bảng có cột chủ trì nhưng không có dòng nào (tệp bị cắt cụt?); hãy lấy lại văn bản đầy đủ",
            en="A table with a lead column: found no row (a truncated file?), expected tasks; get the whole document",
            span=table.span,
        )
        for table in tables
        if not table.rows and is_task_table(read_columns(table))
    )


def is_no_plan(extraction: Extraction) -> bool:
    """Tell that a text has nothing of a plan, as the extraction found."""
    return any(finding.code == "no-plan" for finding in extraction.findings)


def _failed(name: str, error: MandategraphError, size: int = 0) -> Ingested:
    place = "" if error.place == name else f"{error.place}: "
    finding = Finding(
        code="missing-tool" if isinstance(error, MissingToolError) else "unreadable" if isinstance(error, InputError) else "refused",
        severity="error",
        vi=f"{place}{error.vi}",
        en=f"{place}found {error.found}; expected {error.expected}; {error.remedy}",
    )
    return Ingested(file=name, outcome="failed", size=size, findings=(finding_row(name, finding),))


def _unforeseen(error: Exception) -> Finding:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return Finding(
        code="unforeseen",
        severity="error",
        vi=f"Lỗi của chương trình khi đọc tệp này ({type(error).__name__} tại {where}); hãy gửi tệp cho nhóm phát triển",
        en=f"A fault of the program on this file: found {type(error).__name__}: {str(error)[:200]} at {where}; "
        "expected records; send us the file",
    )


def lost_worker(name: str) -> Ingested:
    """Give what stands for a file at which the process died (out of memory, a crash of a library)."""
    finding = Finding(
        code="process-died",
        severity="error",
        vi="Tiến trình đọc tệp này bị dừng đột ngột (có thể thiếu bộ nhớ); hãy đóng bớt chương trình khác, hoặc tách tệp rồi chạy lại",
        en="The process that read this file died: found no answer (out of memory?), expected records; close other programs, or split the file, and run again",
    )
    return Ingested(file=name, outcome="failed", findings=(finding_row(name, finding),))


def late_worker(name: str, seconds: float) -> Ingested:
    """Give what stands for a file that took too long."""
    finding = Finding(
        code="process-late",
        severity="error",
        vi=f"Đọc tệp này quá {seconds:g} giây nên đã dừng; hãy mở và lưu lại tệp, hoặc tách thành nhiều tệp",
        en=f"Reading this file was ended: found no end after {seconds:g} s, expected records; open and save it anew, or split it",
    )
    return Ingested(file=name, outcome="failed", findings=(finding_row(name, finding),))


def _unreadable(name: str, error: OSError) -> InputError:
    return InputError(
        name,
        found=error.strerror or type(error).__name__,
        expected="a file that can be read",
        remedy="check the file and its permissions",
        vi="Không mở được tệp; hãy kiểm tra quyền đọc",
    )


def _read_bytes(source: SourceFile) -> bytes:
    """Read what a regular file holds, no more than is needed to tell that it is too large."""
    from kg.reading.archives import read_member
    from kg.reading.limits import MAX_BYTES

    if source.inside:
        return read_member(source.path, source.inside, source.name)
    if source.path.is_file():
        with source.path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    raise InputError(
        source.name,
        found="a broken link, a pipe or a device",
        expected="a regular file",
        remedy="replace it by the file itself",
        vi="Không phải tệp thường (liên kết hỏng, ống dẫn hoặc thiết bị); hãy thay bằng tệp thật",
    )


def from_facts(facts: dict[str, Any]) -> Ingested:
    """Give what ``asdict`` made plain."""
    findings = tuple(tuple(row) for row in facts["findings"])
    violations = tuple(Violation(**each) for each in facts["violations"])
    work = None if facts["work"] is None else Work(**{**facts["work"], **{name: tuple(facts["work"][name]) for name in ("sketch", "annexes")}})
    told = {name: tuple(facts[name]) for name in ("names", "met", "conflicts")}
    return Ingested(**{**facts, **told, "findings": findings, "violations": violations, "work": work, "others": tuple(facts["others"])})
