"""The pipeline, once, top to bottom: files → records → graph → tables, report and page, in one folder.

The same files give the same bytes, whatever their order, the locale and the number of processes; only ``run.json`` tells
when and how long.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.building.cache import program_fingerprint, program_version, read_parts
from kg.building.graph_files import write_graph
from kg.building.ingest import Ingested, ingest, lost_worker
from kg.building.output_folder import CACHE, OutputFolder
from kg.building.page import PageRows, choose_documents, write_first_look
from kg.building.replay import find_folders, near_folders, without_subject
from kg.building.report import REASONER, finding_row, report_json, report_markdown, severities, sorted_findings
from kg.building.sources import SourceFile, Sources, find_sources
from kg.building.table_files import TableFiles
from kg.building.table_rows import AgencyLoads
from kg.building.tables import AGENCIES, DOCUMENTS, FINDINGS, Row
from kg.errors import InputError
from kg.graph.check import Violation
from kg.graph.shapes import load_shapes
from kg.graph.vocabulary import load_vocabulary
from kg.records import Finding
from kg.resolution.decisions import NO_DECISIONS, Decisions
from kg.resolution.decisions_files import read_decisions
from kg.resolution.offices import load_offices
from kg.resolution.registry import load_registry

Progress = Callable[[int, int, str], None]
"""Called after each file with the number done, the number in all, and the file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build gave.

    ``counts`` by name: documents, tasks, duties, assignments, agencies, groups, files, failed …; ``findings`` are rows of
    the table of that name; ``reused`` counts the documents that were taken from the cache; ``decisions`` counts those of people that
    stand, ``conflicts`` those of them whose sentence has changed.
    """

    out: Path
    counts: dict[str, int]
    findings: tuple[Row, ...]
    violations: tuple[Violation, ...]
    reused: int
    decisions: int = 0
    conflicts: int = 0

    @property
    def page(self) -> Path:
        """The page to open."""
        return self.out / "index.html"

    @property
    def written(self) -> tuple[Path, ...]:
        """What was written, the page first."""
        names = ("index.html", "report.md", "graph.nq", "graph.trig", "graph.ttl", "tables", "records", "texts")
        return tuple(self.out / name for name in names)


def build(
    paths: Sequence[str | Path], out: str | Path, *, jobs: int = 1, progress: Progress | None = None, decisions: str | Path | None = None
) -> BuildResult:
    """Build the graph and all that goes with it from every document in files and folders.

    Args:
        paths: files and folders.
        out: folder to write; it becomes the new build whole, or stays as it was.
        jobs: number of processes that read documents.
        progress: called after each file.
        decisions: folder of people's decisions; without, see :func:`kg.building.replay.find_folders`.

    Raises:
        VocabularyError: a file of ontology/, or a decision, is broken; nothing is read or written.
        InputError: there is no document, or none could be read.
        StoreError: the folder cannot be written, is no build's, or another build is writing it.

    """
    started, clock = datetime.now(UTC), time.perf_counter()
    _read_ontology()
    folders = find_folders(paths, decisions)
    decided = read_decisions(folders)
    sources = find_sources(paths, leave_out=(Path(out), *folders, *near_folders(paths)))
    with OutputFolder(Path(out)) as folder:
        read = _ingest_all(sources.files, folder, max(1, jobs), progress or _silent, decided)
        ingested = _mark_copies(read)
        built = [each for each in ingested if each.outcome == "built"]
        if not built:
            raise _nothing_built(paths, ingested)
        counts, findings, violations = _write_all(folder.staging, ingested, sources, decided)
        reused = sum(each.reused for each in read)
        _write_json(folder.staging / "run.json", {
            "program": "mandategraph", "version": program_version(), "fingerprint": program_fingerprint(),
            "started": started.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - clock, 3),
            "jobs": jobs, "files": len(read), "reused": reused, "reasoner": REASONER, "decisions": [str(each) for each in folders],
        })  # fmt: skip
        folder.put_in_place()
    return BuildResult(out=Path(out), counts=counts, findings=tuple(findings), violations=violations, reused=reused, decisions=len(decided.standing), conflicts=len({name for each in ingested for name in each.conflicts}))


def _read_ontology() -> None:
    """Read all of ontology/: what is broken there is its editor's to mend, and no fault of any document."""
    load_registry()
    load_offices()
    load_vocabulary()
    load_shapes()


def _write_all(folder: Path, ingested: Sequence[Ingested], sources: Sources, decided: Decisions) -> tuple[dict[str, int], list[Row], tuple[Violation, ...]]:
    """Write everything but the mark of a whole build; give the counts, the findings and what is broken."""
    built = sorted((each for each in ingested if each.outcome == "built"), key=lambda each: each.address)
    entries = [folder / CACHE / each.entry for each in built]
    graph = write_graph(folder, entries, decided.standing)
    violations = tuple(sorted({*graph.violations, *(broken for each in built for broken in each.violations)}))
    by_file = {each.file: folder / CACHE / each.entry for each in ingested if each.outcome == "built"}
    _write_texts(folder, by_file, {each.file: each.text_sha256 for each in built})
    _write_records(folder, by_file)
    findings = sorted_findings([
        *(row for each in ingested for row in each.findings),
        *(finding_row(name, finding) for name, finding in sources.passed_over),
        *(finding_row(name, finding) for name, finding in without_subject(decided, (name for each in built for name in (*each.met, *each.conflicts)), [each.home for each in built])),
    ])  # fmt: skip
    page = PageRows(choose_documents({each.address: each.counts["tasks"] for each in built}))
    agencies = _write_tables(folder / "tables", entries, graph.probable, findings, page)
    counts = _count(ingested, agencies, findings, violations)
    report = report_json(ingested, findings, violations, counts, graph.entailed)
    _write_json(folder / "report.json", report)
    _write(folder / "report.md", report_markdown(report))
    write_first_look(page, len(built), _figures(counts), folder / "index.html")
    return counts, findings, violations


def _silent(done: int, total: int, name: str) -> None:
    pass


def _ingest_all(
    files: Sequence[SourceFile], folder: OutputFolder, jobs: int, progress: Progress, decided: Decisions = NO_DECISIONS
) -> list[Ingested]:
    """Read all files, and drop the cache entries of files that are gone."""
    keep = folder.staging / CACHE
    cached = (keep, folder.out / CACHE)
    answers = _in_process(files, cached, keep, decided) if jobs == 1 or len(files) == 1 else _in_pool(files, cached, keep, jobs, decided)
    ingested: list[Ingested] = []
    for each in answers:
        ingested.append(each)
        progress(len(ingested), len(files), each.file)
    entries = {each.entry for each in ingested}
    for entry_path in keep.iterdir() if keep.is_dir() else ():
        if entry_path.name not in entries:
            entry_path.unlink()
    return sorted(ingested, key=lambda each: each.file)


def _in_process(files: Sequence[SourceFile], cached: tuple[Path, ...], keep: Path, decided: Decisions) -> Iterator[Ingested]:
    return (ingest(file, cached, keep, decided) for file in files)


def _in_pool(files: Sequence[SourceFile], cached: tuple[Path, ...], keep: Path, jobs: int, decided: Decisions) -> Iterator[Ingested]:
    """Read files in several processes; those left when a process dies are read again, each in a process of its own."""
    from multiprocessing import get_context

    left: list[SourceFile] = []
    with ProcessPoolExecutor(min(jobs, len(files)), mp_context=get_context("spawn")) as pool:
        asked: dict[Future[Ingested], SourceFile] = {pool.submit(ingest, file, cached, keep, decided): file for file in files}
        for answer in as_completed(asked):
            try:
                yield answer.result()
            except BrokenProcessPool:
                left.append(asked[answer])
    for file in sorted(left):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                yield pool.submit(ingest, file, cached, keep, decided).result()
            except BrokenProcessPool:
                yield lost_worker(file.name)


def _mark_copies(ingested: Sequence[Ingested]) -> list[Ingested]:
    """Keep the first, by name, of the files that hold one document; name both in a finding."""
    first_by_text: dict[str, Ingested] = {}
    first_by_address: dict[str, Ingested] = {}
    marked: list[Ingested] = []
    for each in ingested:
        original = first_by_text.get(each.text_sha256) or first_by_address.get(each.address)
        if each.outcome == "built" and original is not None:
            same = original.text_sha256 == each.text_sha256
            each = replace(each, outcome="copy", findings=(*each.findings, finding_row(each.file, _copy_finding(each, original, same=same))))  # noqa: PLW2901
        elif each.outcome == "built":
            first_by_text[each.text_sha256] = first_by_address[each.address] = each
        marked.append(each)
    return marked


def _copy_finding(copy: Ingested, original: Ingested, *, same: bool) -> Finding:
    return Finding(
        code="copy" if same else "same-document",
        severity="note" if same else "warning",
        vi=f"{copy.file} {'trùng nguyên văn với' if same else 'là cùng một văn bản (số, nơi ban hành, năm) nhưng khác lời văn so với'} "
        f"{original.file}; chỉ dùng {original.file}, hãy bỏ bớt một tệp",
        en=f"{copy.file} is {'word for word' if same else 'by number, issuer and year, with other words,'} the document of {original.file}; "
        f"only {original.file} is used, remove one of the two",
    )


def _nothing_built(paths: Sequence[str | Path], ingested: Sequence[Ingested]) -> InputError:
    told = [row for each in ingested for row in each.findings if row[1] != "note"][:5]
    return InputError(
        ", ".join(sorted(str(path) for path in paths)),
        found="; ".join(f"{row[0]}: {row[4]}" for row in told),
        expected="at least one plan",
        remedy="give a folder with action plans of Vietnamese authorities",
        vi="Không có kế hoạch nào đọc được: " + "; ".join(f"{row[0]}: {row[3]}" for row in told),
    )


def _write_tables(
    folder: Path, entries: Iterable[Path], probable: Mapping[str, Sequence[str]], findings: Sequence[Row], page: PageRows
) -> list[Row]:
    """Write the tables, and hand the rows to the page; give those of the agencies."""
    at, column = DOCUMENTS.header.index("document"), DOCUMENTS.header.index("probably_implements")
    loads = AgencyLoads()
    with TableFiles(folder) as tables:
        for entry in entries:
            (content,) = read_parts(entry, "rows.json")
            given = json.loads(content)
            rows: dict[str, list[Row]] = {name: [tuple(row) for row in own] for name, own in given["rows"].items()}
            rows[DOCUMENTS.name] = [
                (*row[:column], " ".join(probable.get(str(row[at]), ())) or None, *row[column + 1 :]) for row in rows[DOCUMENTS.name]
            ]
            loads.add(given["load"])
            tables.add(rows)
            page.add(str(rows[DOCUMENTS.name][0][at]), rows)
        page.agencies = loads.rows(load_registry())
        tables.add({AGENCIES.name: page.agencies, FINDINGS.name: findings})
    return list(page.agencies)


def _count(ingested: Sequence[Ingested], agencies: Sequence[Row], findings: Sequence[Row], violations: Sequence[Violation]) -> dict[str, int]:
    built = [each for each in ingested if each.outcome == "built"]
    by_outcome = {outcome: sum(each.outcome == outcome for each in ingested) for outcome in ("failed", "no-plan", "copy")}
    forms = [row[AGENCIES.header.index("form")] for row in agencies]
    found = severities(findings)
    return {
        "files": len(ingested), "documents": len(built), "failed": by_outcome["failed"], "no_plan": by_outcome["no-plan"],
        "copies": by_outcome["copy"],
        **{table: sum(each.counts.get(table, 0) for each in built) for table in ("tasks", "duties", "assignments", "reporting", "targets", "sectors", "citations")},
        "agencies": forms.count("agency"), "groups": len(forms) - forms.count("agency"),
        **{f"{severity}s": found[severity] for severity in ("error", "warning", "note")},
        "violations": sum(v.severity == "violation" for v in violations), "check_warnings": sum(v.severity == "warning" for v in violations),
    }  # fmt: skip


def _figures(counts: dict[str, int]) -> list[tuple[str, str, str]]:
    named = (("Văn bản", "documents"), ("Nhiệm vụ", "tasks"), ("Công việc", "duties"), ("Phân công", "assignments"), ("Cơ quan", "agencies"), ("Nhóm", "groups"))
    return [(vi, en.capitalize(), f"{counts[en]:,}") for vi, en in named]


def _write_texts(folder: Path, entries: Mapping[str, Path], hashes: Mapping[str, str]) -> None:
    texts = folder / "texts"
    texts.mkdir()
    with (texts / "manifest.json").open("wb") as manifest:
        for file, entry in entries.items():
            text, described = read_parts(entry, "text.txt", "manifest.json")
            (texts / f"{hashes[file]}.txt").write_bytes(text)
            manifest.write((b",\n" if manifest.tell() else b"[\n") + described)
        manifest.write(b"\n]\n")


def record_names(files: Sequence[str]) -> dict[str, str]:
    """Give the records' file name for each source: its own with ".json"; its suffix stays where two would be alike.

    >>> record_names(["a/plan.txt", "b.txt", "b.md"])
    {'a/plan.txt': 'a/plan.json', 'b.txt': 'b.txt.json', 'b.md': 'b.md.json'}
    """
    stems = {file: file.rpartition(".")[0] for file in files}
    taken = Counter(stems.values())
    return {file: f"{stem if taken[stem] == 1 else file}.json" for file, stem in stems.items()}


def _write_records(folder: Path, entries: Mapping[str, Path]) -> None:
    names = record_names(list(entries))
    for file, entry in entries.items():
        path = folder / "records" / names[file]
        path.parent.mkdir(parents=True, exist_ok=True)
        (records,) = read_parts(entry, "records.json")
        path.write_bytes(records)


def _write_json(path: Path, value: Any) -> None:
    _write(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
