"""What the commands build, extract, evaluate, check and version do and print."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from kg.cli import DONE, FOUND
from kg.commands.progress import ShowProgress
from kg.records import Document

_WORDS = (
    ("documents", "văn bản", "documents"), ("tasks", "nhiệm vụ", "tasks"), ("duties", "công việc trong lời văn", "duties in prose"),
    ("assignments", "phân công", "assignments"), ("agencies", "cơ quan", "agencies"), ("groups", "nhóm cơ quan", "groups"),
)  # fmt: skip
_SHOWN_FINDINGS = 10


def build_graph(args: argparse.Namespace) -> int:
    """Build, and tell what came of it."""
    from kg.building.pipeline import BuildResult, build

    shown = ShowProgress() if args.progress or sys.stderr.isatty() else None
    result: BuildResult = build(
        args.paths, args.output, jobs=args.jobs, decisions=args.decisions,
        progress=shown.files if shown else None, pages=shown.pages if shown else None,
    )  # fmt: skip
    counts = result.counts
    for name, vi, en in _WORDS:
        print(f"{counts[name]:>8,}  {vi} ({en})")
    not_understood = counts["errors"] + counts["warnings"]
    print(f"{not_understood:>8,}  lỗi và điều còn ngờ khi đọc (errors and doubts in reading), {counts['notes']} ghi chú trong report.md (notes); {result.reused} văn bản không đổi (unchanged)")
    print(f"{counts['violations']:>8,}  lỗi kiểm tra đồ thị (violations of SHACL and integrity), {counts['check_warnings']} cảnh báo (warnings)")
    if result.decisions:
        print(f"{result.decisions:>8,}  quyết định của người (decisions of people), {result.conflicts} không áp dụng vì văn bản đã đổi (not applied: their source changed)")
    told = sorted((row for row in result.findings if row[1] != "note"), key=lambda row: row[1] != "error")
    for row in told[:_SHOWN_FINDINGS]:
        print(f"  {row[1]}: {row[0]}{f', dòng {row[5]}' if row[5] else ''}: {row[3]} | {row[4]}")
    if len(told) > _SHOWN_FINDINGS:
        print(f"  … và {len(told) - _SHOWN_FINDINGS} điều nữa trong report.md (more in report.md)")
    print("Đã ghi (written):")
    for path in result.written:
        print(f"  {path}")
    if result.queue_gone:
        print(f"Danh sách chờ duyệt của lần dựng trước đã bỏ vì cũ; ghi lại bằng `mandategraph review {result.out}`. | The queue of the former build is gone, being out of date: write it anew with this command.")
    return FOUND if args.strict and (counts["errors"] or counts["violations"]) else DONE


def show_records(args: argparse.Namespace) -> int:
    """Print the records of one document; that it is no plan goes to standard error, and is no failure of the command."""
    from kg.extraction import extract

    extraction = extract(_read_shown(args.file))
    if args.json:
        from kg.records_json import extraction_to_json

        print(json.dumps(extraction_to_json(extraction), ensure_ascii=False, indent=1))
    else:
        from kg.commands.readout import readout

        print(readout(extraction))
    for finding in extraction.findings:
        if finding.code == "no-plan":
            print(f"{args.file}: {finding.vi} | {finding.en}", file=sys.stderr)
    return DONE


def _read_shown(file: str) -> Document:
    """Read a document; how far a scan has come is shown on a terminal."""
    from kg.reading import read
    from kg.reading.ocr_pool import on_progress

    if not sys.stderr.isatty():
        return read(file)
    shown = ShowProgress()
    scanned = False

    def page(done: int, total: int) -> None:
        nonlocal scanned
        scanned = True
        shown.pages(Path(file).name, done, total)

    with on_progress(page):
        document = read(file)
    if scanned:
        shown.close()
    return document


def score_records(args: argparse.Namespace) -> int:
    """Print the scores, and what differs."""
    from kg.evaluation import evaluate, read_records

    gold = read_records(Path(args.gold))
    evaluation = evaluate(_predicted(Path(args.predicted), set(gold)), gold, prefix=args.prefix)
    if args.json:
        rows = {
            kind: {"gold": s.gold, "precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4)}
            for kind, s in evaluation.scores.items()
        }
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        print(f"{'kind':22}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}")
        for kind, s in evaluation.scores.items():
            print(f"{kind:22}{s.gold:6}{s.precision:8.3f}{s.recall:8.3f}{s.f1:8.3f}")
    if evaluation.missing:
        print("Không có bản ghi cho (no prediction for):", ", ".join(evaluation.missing), file=sys.stderr)
    if args.misses:
        for miss in evaluation.misses:
            print(f"\n{miss.kind} | {miss.where}\n  predicted: {miss.predicted}\n  gold:      {miss.gold}")
    low = [kind for kind, s in evaluation.scores.items() if args.floor is not None and s.f1 < args.floor]
    if low:
        print(f"Dưới ngưỡng (below the floor) {args.floor}: {', '.join(low)}", file=sys.stderr)
    return FOUND if low or (args.floor is not None and evaluation.missing) else DONE


def _predicted(path: Path, wanted: set[str]) -> dict[str, Any]:
    """Records as they are, or extracted from the documents of those names."""
    from kg.building.sources import find_sources
    from kg.evaluation import read_records
    from kg.extraction import extract
    from kg.reading import read
    from kg.records_json import extraction_to_json

    if (path.is_dir() and any(path.glob("*.json"))) or path.suffix == ".json":
        return read_records(path)
    files = {file.path.stem: file.path for file in find_sources([path]).files}
    return {name: extraction_to_json(extract(read(file))) for name, file in sorted(files.items()) if name in wanted}


def check_folder(args: argparse.Namespace) -> int:
    """Print each violation in words."""
    from kg.building.verify import check_build

    violations = check_build(Path(args.build))
    for each in violations:
        word = "LỖI" if each.severity == "violation" else "cảnh báo"
        quote = f"\n    “{each.quote}”" if each.quote else ""
        print(f"{word} [{each.code}] {each.file or args.build}: {each.vi} | {each.en}\n    {each.place}{quote}")
    broken = sum(each.severity == "violation" for each in violations)
    print(f"{broken} lỗi (violations), {len(violations) - broken} cảnh báo (warnings)")
    sound = _ask_reasoner(Path(args.build)) if args.reasoner else True
    return FOUND if broken or not sound else DONE


def _ask_reasoner(build: Path) -> bool:
    """Print which reasoner ran and what it says; tell whether all is well."""
    from kg.reasoning.verdict import judge

    verdict = judge(build)
    state = ("nhất quán", "consistent") if verdict.consistent else ("MÂU THUẪN", "INCONSISTENT")
    print(f"{verdict.engine}: {state[0]} ({state[1]}), {verdict.seconds:.1f} s")
    if not verdict.consistent:
        return False
    agreeing = verdict.terms - len(verdict.differ)
    print(f"{verdict.inferred:,} phát biểu suy ra (statements follow); luật và bộ suy luận khớp ở {agreeing}/{verdict.terms} từ (rules and reasoner agree on {agreeing} of {verdict.terms} terms)")
    for term, (rules, reasoner) in verdict.differ.items():
        print(f"  mg:{term}: chỉ luật (rules alone) {rules}, chỉ bộ suy luận (reasoner alone) {reasoner}")
    return not verdict.differ


def show_version(_: argparse.Namespace) -> int:
    """Print versions, and where the data stands: what a report of a fault should hold."""
    import platform
    from importlib import metadata

    from kg.building.cache import program_fingerprint, program_version
    from kg.data_files import data_folder

    print(f"mandategraph {program_version()} ({program_fingerprint()[:12]})")
    print(f"python {platform.python_version()} {platform.system()} {platform.machine()}")
    for name in ("pyoxigraph", "rdflib", "oxrdflib", "networkx", "pyvis", "polars"):
        try:
            print(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            print(f"{name}: chưa cài (not installed)")
    print(f"ontology {data_folder('ontology')}")
    return DONE
