"""The pipeline, once, top to bottom: files → records → graph → tables, report and page, in one folder.

The same files give the same bytes, whatever their order, the locale and the number of processes; only ``run.json`` tells
when and how long.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.building.cache import program_fingerprint, program_version, read_parts
from kg.building.graph_files import write_graph
from kg.building.ingest import Ingested, ingest
from kg.building.job import Pages, ingest_apart
from kg.building.joins import find_joins
from kg.building.likeness import Likeness
from kg.building.output_folder import CACHE, OutputFolder
from kg.building.replay import find_folders, near_folders, without_subject
from kg.building.report import REASONER, finding_row, report_json, report_markdown, severities, sorted_findings
from kg.building.sketches import resemblance
from kg.building.sources import SourceFile, Sources, find_sources
from kg.building.table_files import TableFiles
from kg.building.table_rows import AgencyLoads
from kg.building.tables import AGENCIES, DOCUMENTS, FINDINGS, Row
from kg.building.works import LIKE, group_works
from kg.errors import InputError
from kg.graph.check import Violation
from kg.graph.namespaces import INFERRED, MG
from kg.graph.shapes import load_shapes
from kg.graph.vocabulary import load_vocabulary
from kg.reading.ocr_pool import on_progress
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
    stand, ``conflicts`` those of them whose sentence has changed; ``queue_gone`` tells that a queue of doubts of an earlier build
    was taken away: it named what may be settled now.
    """

    out: Path
    counts: dict[str, int]
    findings: tuple[Row, ...]
    violations: tuple[Violation, ...]
    reused: int
    decisions: int = 0
    conflicts: int = 0
    queue_gone: bool = False

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
    paths: Sequence[str | Path], out: str | Path, *, jobs: int = 1, progress: Progress | None = None, pages: Pages | None = None,
    decisions: str | Path | None = None,
) -> BuildResult:
    """Build the graph and all that goes with it from every document in files and folders.

    Args:
        paths: files and folders.
        out: folder to write; it becomes the new build whole, or stays as it was.
        jobs: number of processes that read documents; 0 reads them in this one, where nothing bounds a file's time and memory.
        progress: called after each file.
        pages: called before the first page of a scan and after each.
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
        had_queue = (folder.out / "review.csv").exists()
        read, seconds = _ingest_all(sources.files, folder, jobs, progress or _silent, decided, pages=pages)
        ingested = _mark_copies(_join_annexes(read, sources.files, lambda files: _ingest_all(files, folder, jobs, _silent, decided)[0]))
        _drop_entries(folder, {each.entry for each in (*read, *ingested)})
        built = [each for each in ingested if each.outcome == "built"]
        if not built:
            raise _nothing_built(paths, ingested)
        counts, findings, violations = _write_all(folder.staging, ingested, sources, decided)
        reused = sum(each.reused for each in read)
        _write_json(folder.staging / "run.json", {
            "program": "mandategraph", "version": program_version(), "fingerprint": program_fingerprint(),
            "started": started.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - clock, 3),
            "jobs": jobs, "files": len(read), "reused": reused, "reasoner": REASONER, "seconds_by_file": {name: round(taken, 3) for name, taken in sorted(seconds.items())},
            "decisions": [str(each) for each in folders],
        })  # fmt: skip
        folder.put_in_place()
    return BuildResult(out=Path(out), counts=counts, findings=tuple(findings), violations=violations, reused=reused, decisions=len(decided.standing), conflicts=len({name for each in ingested for name in each.conflicts}), queue_gone=had_queue)


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
    by_file = {each.file: folder / CACHE / each.entry for each in ingested if each.outcome == "built"}
    _write_texts(folder, by_file, {each.file: each.text_sha256 for each in built})
    _write_records(folder, by_file)
    findings: list[Row] = []
    agencies: list[Row] = []

    def measure(probable: Mapping[str, list[str]], likeness: Likeness) -> list[Quad]:
        findings.extend(sorted_findings([
            *(row for each in ingested for row in each.findings),
            *(finding_row(name, finding) for name, finding in sources.passed_over),
            *(finding_row("", finding) for finding in likeness.findings),
            *(finding_row(name, finding) for name, finding in without_subject(decided, (name for each in built for name in (*each.met, *each.conflicts)), [each.home for each in built], load_registry())),
        ]))  # fmt: skip
        agencies.extend(_write_tables(folder / "tables", entries, probable, likeness, findings))
        return _observations(folder)

    graph = write_graph(folder, entries, decided.standing, _other_files(built), measure)
    violations = tuple(sorted({*graph.violations, *(broken for each in built for broken in each.violations)}))
    counts = _count(ingested, agencies, findings, violations)
    report = report_json(ingested, findings, violations, counts, graph.entailed)
    _write_json(folder / "report.json", report)
    _write(folder / "report.md", report_markdown(report))
    _write_page(folder)
    return counts, findings, violations


def _observations(folder: Path) -> list[Quad]:
    """Measure what the tables say."""
    from kg.reporting.context import make_context
    from kg.reporting.observations import observation_quads

    return observation_quads(make_context(str(folder)))


def _write_page(folder: Path) -> None:
    """Write the explorer; without an engine, so that its bytes do not depend on what else the machine has."""
    from kg.building.explorer import explorer_payload
    from viz.explorer_page import write_explorer

    write_explorer(explorer_payload(folder), folder / "index.html")


def _silent(done: int, total: int, name: str) -> None:
    pass


def _ingest_all(
    files: Sequence[SourceFile], folder: OutputFolder, jobs: int, progress: Progress, decided: Decisions = NO_DECISIONS, *, pages: Pages | None = None
) -> tuple[list[Ingested], dict[str, float]]:
    """Read all files; give the seconds that each took, too."""
    keep = folder.staging / CACHE
    cached = (keep, folder.out / CACHE)
    answers = ingest_apart(files, cached, keep, jobs, decisions=decided, pages=pages) if jobs else _in_process(files, cached, keep, decided, pages)
    ingested: list[Ingested] = []
    seconds: dict[str, float] = {}
    for each, taken in answers:
        ingested.append(each)
        seconds[each.file] = taken
        progress(len(ingested), len(files), each.file)
    return sorted(ingested, key=lambda each: each.file), seconds


def _drop_entries(folder: OutputFolder, entries: Collection[str]) -> None:
    """Drop the cache entries of files that are gone."""
    keep = folder.staging / CACHE
    for path in keep.iterdir() if keep.is_dir() else ():
        if path.name not in entries:
            path.unlink()


def _join_annexes(read: Sequence[Ingested], files: Sequence[SourceFile], ingest_more: Callable[[Sequence[SourceFile]], list[Ingested]]) -> list[Ingested]:
    """Read plans again with their annexes, where these are files of their own."""
    built = [each for each in read if each.work is not None and (each.outcome == "built" or each.work.attached)]
    joins = find_joins([(each.file, each.work) for each in built if each.work is not None])
    if not joins:
        return list(read)
    by_name = {file.name: file for file in files}
    wanted = [replace(by_name[built[plan].file], annexes=tuple(by_name[built[at].file] for at in annexes)) for (plan, *annexes), _ in joins]
    joined = {each.file: each for each in ingest_more(wanted)}
    marked = {each.file: each for each in read}
    for (at, *annexes), copies in joins:
        plan, whole = built[at], joined[built[at].file]
        if whole.outcome != "built":
            continue
        names = tuple(built[annex].file for annex in annexes)
        note = finding_row(plan.file, _joined_files(plan.file, names))
        marked[plan.file] = replace(whole, findings=(*whole.findings, note), work=plan.work)
        for annex in annexes:
            row = finding_row(built[annex].file, _part_finding(built[annex].file, plan.file))
            marked[built[annex].file] = replace(built[annex], outcome="part", findings=(row,))
        for other, annex in copies.items():
            row = finding_row(built[other].file, _copy_finding(built[other], built[annex]))
            marked[built[other].file] = replace(built[other], outcome="copy", findings=(*built[other].findings, row))
    return [marked[each.file] for each in read]


def _joined_files(plan: str, annexes: Sequence[str]) -> Finding:
    names = ", ".join(annexes)
    return Finding(
        code="joined-files",
        severity="note",
        vi=f"Văn bản này có {len(annexes) + 1} tệp, đọc nối tiếp thành một: {plan}, {names}",
        en=f"This document has {len(annexes) + 1} files, read one after the other as one: {plan}, {names}",
    )


def _part_finding(annex: str, plan: str) -> Finding:
    return Finding(
        code="part-of-document",
        severity="note",
        vi=f"{annex} là phụ lục của {plan}, đã đọc cùng tệp đó",
        en=f"{annex} is an annex of {plan}, and was read with it",
    )


def _in_process(files: Sequence[SourceFile], cached: tuple[Path, ...], keep: Path, decided: Decisions, pages: Pages | None) -> Iterator[tuple[Ingested, float]]:
    for file in files:
        started = time.perf_counter()
        with on_progress(partial(pages, file.name)) if pages is not None else nullcontext():
            ingested = ingest(file, cached, keep, decided)
        yield ingested, time.perf_counter() - started


def _mark_copies(ingested: Sequence[Ingested]) -> list[Ingested]:
    """Keep the best of the files that hold one document; name all of them in a finding of each."""
    marked = {each.file: each for each in ingested}
    built = [each for each in ingested if each.outcome == "built" and each.work is not None]
    works = [(each.file, each.address, each.text_sha256, each.work) for each in built if each.work is not None]
    for group in group_works(works):
        best, *others = (built[at] for at in group)
        if not others:
            continue
        note = finding_row(best.file, _several_files(best, others))
        marked[best.file] = replace(best, findings=(*best.findings, note), others=tuple(sorted((*best.others, *(each.file for each in others)))))
        for each in others:
            row = finding_row(each.file, _copy_finding(each, best))
            marked[each.file] = replace(each, outcome="copy", findings=(*each.findings, row))
    return [marked[each.file] for each in ingested]


def _several_files(best: Ingested, others: Sequence[Ingested]) -> Finding:
    names = ", ".join(sorted(each.file for each in others))
    return Finding(
        code="several-files",
        severity="note",
        vi=f"Văn bản này có {len(others) + 1} tệp; dùng {best.file} ({best.format}), không tính lại: {names}",
        en=f"This document has {len(others) + 1} files; {best.file} ({best.format}) is used, not counted again: {names}",
    )


def _copy_finding(copy: Ingested, best: Ingested) -> Finding:
    if copy.text_sha256 == best.text_sha256:
        code, vi, en = "copy", "trùng nguyên văn với", "is word for word the document of"
    elif copy.address == best.address:
        code, vi, en = "same-document", "cùng số, nơi ban hành và năm, nhưng khác lời văn so với", "is by number, issuer and year, with other words, the document of"
        if copy.work is not None and best.work is not None and resemblance(copy.work.sketch, best.work.sketch) < LIKE:
            code, vi, en = "document-in-parts", "cùng số với nhưng khác hẳn nội dung (có lẽ là phụ lục để riêng) so với", "has the number, and quite another content (an annex of its own, it seems), of"
    else:
        code, vi, en = "same-work", "có cùng nội dung với", "says what is said, beyond its format, by the document of"
    lost = copy.work is not None and best.work is not None and copy.work.number and not best.work.number
    return Finding(
        code=code,
        severity="error" if code == "document-in-parts" else "warning" if code == "same-document" or lost else "note",
        vi=f"{copy.file} {vi} {best.file}; chỉ dùng {best.file}" + ("; hãy gộp hai tệp thành một rồi dựng lại" if code == "document-in-parts" else "") + (f", dù chỉ {copy.file} ghi số {copy.work.number.upper()}" if lost and copy.work else ""),
        en=f"{copy.file} {en} {best.file}; only {best.file} is used" + ("; put the two into one file and build again" if code == "document-in-parts" else "") + (f", though {copy.file} alone gives the number {copy.work.number.upper()}" if lost and copy.work else ""),
    )


def _other_files(built: Iterable[Ingested]) -> Iterator[Quad]:
    """State the other files that hold a document, as inferred."""
    for each in built:
        for name in each.others:
            yield Quad(NamedNode(each.address), MG.otherFile, Literal(name), INFERRED)


def _nothing_built(paths: Sequence[str | Path], ingested: Sequence[Ingested]) -> InputError:
    told = [row for each in ingested for row in each.findings if row[1] != "note"][:5]
    return InputError(
        ", ".join(sorted(str(path) for path in paths)),
        found="; ".join(f"{row[0]}: {row[4]}" for row in told),
        expected="at least one plan",
        remedy="give a folder with action plans of Vietnamese authorities",
        vi="Không có kế hoạch nào đọc được: " + "; ".join(f"{row[0]}: {row[3]}" for row in told),
    )


def _write_tables(folder: Path, entries: Iterable[Path], probable: Mapping[str, list[str]], likeness: Likeness, findings: Sequence[Row]) -> list[Row]:
    """Write the tables; give the rows of the agencies."""
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
        agencies = list(loads.rows(load_registry()))
        tables.add({AGENCIES.name: agencies, FINDINGS.name: findings, **likeness.rows})
    return agencies


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
