"""The pipeline, once, top to bottom: files → records → graph → tables, report and page, in one folder.

The same files give the same bytes, whatever their order, the locale and the number of processes; only ``run.json`` tells
when and how long.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Self

from kg.building.cache import program_fingerprint, program_version
from kg.building.ingest import Ingested, ingest, lost_worker
from kg.building.output_folder import CACHE, OutputFolder
from kg.building.page import write_first_look
from kg.building.report import finding_rows, report_json, report_markdown, severities
from kg.building.sources import SourceFile, find_sources
from kg.building.table_files import write_tables
from kg.building.table_rows import Rows, agency_rows
from kg.building.tables import AGENCIES, ASSIGNMENTS, DOCUMENTS, FINDINGS, Row
from kg.building.verify import check_build
from kg.errors import InputError
from kg.graph.check import Violation
from kg.graph.infer import inferred_quads
from kg.graph.namespaces import BASE, MG, PREFIXES
from kg.graph.serialise import merge_lines, read_n_quads, sorted_lines, trig, turtle
from kg.records import Finding
from kg.resolution.registry import load_registry

Progress = Callable[[int, int, str], None]
"""Called after each file with the number done, the number in all, and the file's name."""

_NOT_FOR_INFERENCE = (f"> <{PREFIXES['oa']}".encode(), f"> {MG.evidence} ".encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build gave.

    ``counts`` by name: documents, tasks, duties, assignments, agencies, groups, files, failed …; ``findings`` are rows of
    the table of that name; ``reused`` counts the documents that were taken from the cache.
    """

    out: Path
    counts: dict[str, int]
    findings: tuple[Row, ...]
    violations: tuple[Violation, ...]
    reused: int

    @property
    def page(self) -> Path:
        """The page to open."""
        return self.out / "index.html"

    @property
    def written(self) -> tuple[Path, ...]:
        """What was written, the page first."""
        names = ("index.html", "report.md", "graph.nq", "graph.trig", "graph.ttl", "tables", "records", "texts")
        return tuple(self.out / name for name in names)


def build(paths: Sequence[str | Path], out: str | Path, *, jobs: int = 1, progress: Progress | None = None) -> BuildResult:
    """Build the graph and all that goes with it from every document in files and folders.

    Args:
        paths: files and folders.
        out: folder to write; it becomes the new build whole, or stays as it was.
        jobs: number of processes that read documents.
        progress: called after each file.

    Raises:
        InputError: there is no document, or none could be read.
        StoreError: the folder cannot be written, is no build's, or another build is writing it.

    """
    started, clock = datetime.now(UTC), time.perf_counter()
    sources = find_sources(paths, leave_out=Path(out))
    with OutputFolder(Path(out)) as folder:
        read = _ingest_all(sources.files, folder, max(1, jobs), progress or _silent)
        ingested = _mark_copies(read)
        built = [each for each in ingested if each.outcome == "built"]
        if not built:
            raise _nothing_built(paths, ingested)
        inferred = _write_graph(folder.staging, built)
        _write_texts(folder.staging, built)
        violations = check_build(folder.staging)
        rows = _corpus_rows(built, inferred)
        rows[FINDINGS.name] = finding_rows(ingested, sources.passed_over)
        counts = _count(ingested, rows, violations)
        _write_records(folder.staging, built)
        write_tables(folder.staging / "tables", rows)
        report = report_json(ingested, rows[FINDINGS.name], violations, counts)
        _write_json(folder.staging / "report.json", report)
        _write(folder.staging / "report.md", report_markdown(report))
        write_first_look(rows, _figures(counts), folder.staging / "index.html")
        reused = sum(each.reused for each in read)
        _write_json(folder.staging / "run.json", {
            "program": "mandategraph", "version": program_version(), "fingerprint": program_fingerprint(),
            "started": started.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - clock, 3),
            "jobs": jobs, "files": len(read), "reused": reused,
        })  # fmt: skip
        folder.put_in_place()
    return BuildResult(
        out=Path(out), counts=counts, findings=tuple(rows[FINDINGS.name]), violations=violations, reused=reused
    )  # fmt: skip


def _silent(done: int, total: int, name: str) -> None:
    pass


def _ingest_all(files: Sequence[SourceFile], folder: OutputFolder, jobs: int, progress: Progress) -> list[Ingested]:
    """Read all files, and drop the cache entries of files that are gone."""
    keep = folder.staging / CACHE
    cached = (keep, folder.out / CACHE)
    answers = _in_process(files, cached, keep) if jobs == 1 or len(files) == 1 else _in_pool(files, cached, keep, jobs)
    ingested: list[Ingested] = []
    entries: set[str] = set()
    for each, entry in answers:
        ingested.append(each)
        entries.add(entry)
        progress(len(ingested), len(files), each.file)
    for entry_path in keep.iterdir() if keep.is_dir() else ():
        if entry_path.name not in entries:
            entry_path.unlink()
    return sorted(ingested, key=lambda each: each.file)


def _in_process(files: Sequence[SourceFile], cached: tuple[Path, ...], keep: Path) -> Iterator[tuple[Ingested, str]]:
    return (ingest(file, cached, keep) for file in files)


def _in_pool(files: Sequence[SourceFile], cached: tuple[Path, ...], keep: Path, jobs: int) -> Iterator[tuple[Ingested, str]]:
    """Read files in several processes; those left when a process dies are read again, each in a process of its own."""
    from multiprocessing import get_context

    left: list[SourceFile] = []
    with ProcessPoolExecutor(min(jobs, len(files)), mp_context=get_context("spawn")) as pool:
        asked: dict[Future[tuple[Ingested, str]], SourceFile] = {pool.submit(ingest, file, cached, keep): file for file in files}
        for answer in as_completed(asked):
            try:
                yield answer.result()
            except BrokenProcessPool:
                left.append(asked[answer])
    for file in sorted(left):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                yield pool.submit(ingest, file, cached, keep).result()
            except BrokenProcessPool:
                yield lost_worker(file.name), ""


def _mark_copies(ingested: Sequence[Ingested]) -> list[Ingested]:
    """Keep the first, by name, of the files that hold one document; name both in a finding."""
    first_by_text: dict[str, Ingested] = {}
    first_by_address: dict[str, Ingested] = {}
    marked: list[Ingested] = []
    for each in ingested:
        original = first_by_text.get(each.text_sha256) or first_by_address.get(each.address)
        if each.outcome == "built" and original is not None:
            same = original.text_sha256 == each.text_sha256
            each = replace(each, outcome="copy", findings=(*each.findings, _copy_finding(each, original, same=same)))  # noqa: PLW2901
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
    told = [(each.file, finding) for each in ingested for finding in each.findings if finding.severity != "note"][:5]
    return InputError(
        ", ".join(sorted(str(path) for path in paths)),
        found="; ".join(f"{file}: {finding.en}" for file, finding in told),
        expected="at least one plan",
        remedy="give a folder with action plans of Vietnamese authorities",
        vi="Không có kế hoạch nào đọc được: " + "; ".join(f"{file}: {finding.vi}" for file, finding in told),
    )


def _write_graph(folder: Path, built: Sequence[Ingested]) -> list[bytes]:
    """Write the graph in its three forms; give the inferred lines.

    Document by document, so that a large corpus is never in memory as statements: N-Quads and TriG hold a section for
    each named graph, Turtle one for each document and one for what several documents speak of.
    """
    from kg.graph.describe import dataset_quads
    from kg.graph.vocabulary import load_vocabulary

    useful: list[bytes] = []
    common: list[list[bytes]] = []
    with _GraphFiles(folder) as files:
        for each in sorted(built, key=lambda each: each.address):
            lines = each.graph.splitlines(keepends=True)
            mark = f"<{each.address}".encode()
            files.add_graph(lines)
            files.add_turtle([line for line in lines if line.startswith(mark)])
            common.append([line for line in lines if not line.startswith(mark)])
            useful += [line for line in lines if not any(word in line for word in _NOT_FOR_INFERENCE)]
        inferred = sorted_lines(inferred_quads(read_n_quads(b"".join(useful))))
        vocabulary = sorted_lines(load_vocabulary())
        every = chain((each.graph for each in built), (b"".join(inferred), b"".join(vocabulary)))
        described = sorted_lines(dataset_quads(quad for graph in every for quad in read_n_quads(graph)))
        vocabulary = merge_lines([vocabulary, described])
        files.add_graph(inferred)
        files.add_graph(vocabulary)
        files.add_turtle(merge_lines([*common, inferred, vocabulary]))
    return inferred


class _GraphFiles:
    """The three files of the graph, open for writing; each section is added to all that hold it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        self._nq, self._trig, self._ttl = ((self._folder / f"graph.{form}").open("wb") for form in ("nq", "trig", "ttl"))
        return self

    def __exit__(self, *_: object) -> None:
        for file in (self._nq, self._trig, self._ttl):
            file.close()

    def add_graph(self, lines: Sequence[bytes]) -> None:
        """Add one named graph, its lines sorted."""
        content = b"".join(lines)
        self._nq.write(content)
        _append(self._trig, trig(read_n_quads(content)))

    def add_turtle(self, lines: Sequence[bytes]) -> None:
        """Add statements, whatever their graph."""
        _append(self._ttl, turtle(read_n_quads(b"".join(lines))))


def _append(file: BinaryIO, section: bytes) -> None:
    """Write a section; the prefixes before its first empty line are written once."""
    head, gap, body = section.partition(b"\n\n")
    file.write(b"\n" + body if file.tell() else head + gap + body)


def _corpus_rows(built: Sequence[Ingested], inferred: Sequence[bytes]) -> Rows:
    """Put the documents' rows together, with what only the corpus as a whole tells."""
    rows: Rows = {}
    for each in sorted(built, key=lambda each: each.address):
        for table, own in each.rows.items():
            rows.setdefault(table, []).extend(tuple(row) for row in own)
    probable = _probable_links(inferred)
    at, column = DOCUMENTS.header.index("document"), DOCUMENTS.header.index("probably_implements")
    rows[DOCUMENTS.name] = [
        (*row[:column], " ".join(probable.get(str(row[at]), ())) or None, *row[column + 1 :]) for row in rows[DOCUMENTS.name]
    ]
    registry = load_registry()
    places: dict[str, tuple[str | None, str | None]] = {}
    for row in rows[ASSIGNMENTS.name]:
        agency = str(row[ASSIGNMENTS.header.index("agency")])
        place = agency.removeprefix(BASE + "vn/").split("/", 1)[0]
        known = registry.provinces.get(place)
        places[agency] = (known.slug, known.name) if known else (None, None)
    rows[AGENCIES.name] = agency_rows(rows[ASSIGNMENTS.name], places, registry)
    return rows


def _probable_links(inferred: Sequence[bytes]) -> dict[str, list[str]]:
    links: dict[str, list[str]] = {}
    mark = f" {MG.probablyImplements} ".encode()
    for quad in read_n_quads(b"".join(line for line in inferred if mark in line)):
        if quad.predicate == MG.probablyImplements:
            links.setdefault(str(getattr(quad.subject, "value", "")), []).append(str(getattr(quad.object, "value", "")))
    return links


def _count(ingested: Sequence[Ingested], rows: Rows, violations: Sequence[Violation]) -> dict[str, int]:
    by_outcome = {outcome: sum(each.outcome == outcome for each in ingested) for outcome in ("built", "failed", "no-plan", "copy")}
    forms = [row[AGENCIES.header.index("form")] for row in rows[AGENCIES.name]]
    found = severities(rows[FINDINGS.name])
    return {
        "files": len(ingested), "documents": by_outcome["built"], "failed": by_outcome["failed"], "no_plan": by_outcome["no-plan"],
        "copies": by_outcome["copy"],
        **{table: len(rows.get(table, ())) for table in ("tasks", "duties", "assignments", "reporting", "targets", "sectors", "citations")},
        "agencies": forms.count("agency"), "groups": len(forms) - forms.count("agency"),
        **{f"{severity}s": found[severity] for severity in ("error", "warning", "note")},
        "violations": sum(v.severity == "violation" for v in violations), "check_warnings": sum(v.severity == "warning" for v in violations),
    }  # fmt: skip


def _figures(counts: dict[str, int]) -> list[tuple[str, str, str]]:
    named = (("Văn bản", "documents"), ("Nhiệm vụ", "tasks"), ("Công việc", "duties"), ("Phân công", "assignments"), ("Cơ quan", "agencies"), ("Nhóm", "groups"))
    return [(vi, en.capitalize(), f"{counts[en]:,}") for vi, en in named]


def _write_texts(folder: Path, built: Sequence[Ingested]) -> None:
    texts = folder / "texts"
    texts.mkdir()
    manifest: list[dict[str, Any]] = []
    for each in built:
        _write(texts / f"{each.text_sha256}.txt", each.text)
        manifest.append({
            "file": each.file, "document": each.address, "text": f"{each.text_sha256}.txt", "text_sha256": each.text_sha256,
            "file_sha256": each.file_sha256, "encoding": each.encoding, "bytes": each.size, "offsets": [list(pair) for pair in each.offsets],
        })  # fmt: skip
    _write_json(texts / "manifest.json", manifest)


def record_names(files: Sequence[str]) -> dict[str, str]:
    """Give the records' file name for each source: its own with ".json"; its suffix stays where two would be alike.

    >>> record_names(["a/plan.txt", "b.txt", "b.md"])
    {'a/plan.txt': 'a/plan.json', 'b.txt': 'b.txt.json', 'b.md': 'b.md.json'}
    """
    stems = {file: file.rpartition(".")[0] for file in files}
    taken = list(stems.values())
    return {file: f"{stem if taken.count(stem) == 1 else file}.json" for file, stem in stems.items()}


def _write_records(folder: Path, built: Sequence[Ingested]) -> None:
    names = record_names([each.file for each in built])
    for each in built:
        path = folder / "records" / names[each.file]
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_json(path, each.records)


def _write_json(path: Path, value: Any) -> None:
    _write(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
