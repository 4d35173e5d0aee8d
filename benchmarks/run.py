"""Seconds, peak memory and rates of the main steps, beside named peers.

    python -m benchmarks.run [--large] [--plans 1000] [--seed 1]

Every line is one subprocess: user CPU seconds of the step alone, of the whole process with start and imports, and its peak memory
(ru_maxrss). A peer is a plainer way to touch the same bytes; what it does not do stands beside it. Documents that are
not part of the project are read from the folder in MANDATEGRAPH_DOCUMENTS, and left out where it is not set.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.synthetic import write_corpus

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Line:
    """One measurement: what was done to how many bytes; ``peer`` names the line that it is compared with.

    ``seconds`` is the step alone, ``whole`` the process with its start, imports and what the step needs first.
    """

    label: str
    seconds: float
    whole: float
    memory_mb: float
    megabytes: float = 0.0
    note: str = ""
    peer: str = ""


def measure(label: str, step: str, *arguments: str, note: str = "", peer: str = "") -> Line:
    """Run one step in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.steps", step, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return Line(label, 0.0, 0.0, 0.0, note=f"failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
    row = json.loads(done.stdout.splitlines()[-1])
    return Line(label, row["seconds"], row["whole"], row["memory_mb"], row["megabytes"], note or row.get("note", ""), peer)


def text_lines(name: str, folder: Path) -> list[Line]:
    """Reading and extraction of a folder, and three peers over the same files."""
    where = str(folder)
    pass_ = f"{name}: citation regex"
    return [
        measure(f"{name}: reading + extraction", "extract", where, peer=pass_),
        measure(f"{name}: reading", "read", where, peer=pass_),
        measure(pass_, "regex", where, note="peer: one pattern for document numbers; no tables, agencies, tasks, offsets"),
        measure(f"{name}: split", "split", where, note="peer: str.split at tabs and pipes; no page breaks, no columns by meaning"),
    ]


def build_lines(name: str, folder: Path, scratch: Path, *, peers: bool) -> list[Line]:
    """The whole build, and what the graph costs in other hands; rdflib needs 10 KB of memory a quad, so ``peers`` only for few plans."""
    out = scratch / f"build-{name.split(maxsplit=1)[0].replace(',', '')}"
    graph = str(out / "graph.nq")
    parse = f"{name}: graph.nq parsed by rdflib"
    built = measure(f"{name}: build with SHACL", "build", str(folder), str(out))
    if not built.seconds:
        return [built]
    loaded = measure(f"{name}: graph.nq loaded by pyoxigraph", "load-pyoxigraph", graph, peer=parse)
    if not peers:
        return [built, loaded]
    return [
        built,
        loaded,
        measure(parse, "load-rdflib", graph, note="peer: the same quads in rdflib's own store"),
        measure(f"{name}: N-Quads written by pyoxigraph", "write-pyoxigraph", graph, peer=f"{name}: N-Quads written by rdflib"),
        measure(f"{name}: N-Quads written by rdflib", "write-rdflib", graph, note="peer: rdflib's serialiser; neither sorts"),
    ]


def report_lines(name: str, build: Path) -> list[Line]:
    """Every report of a build, beside reading its three largest tables."""
    from kg.commands.reporting import REPORTS

    peer = f"{name}: tables read by polars"
    read = measure(peer, "read-frames", str(build), note="peer: documents, tasks, assignments as frames; nothing counted")
    return [read, *(measure(f"{name}: report {report}", "report", str(build), report, peer=peer) for report in REPORTS)]


def run(plans: int, seed: int, *, large: bool) -> list[Line]:
    lines = text_lines("five plans", ROOT / "corpus")
    documents = os.environ.get("MANDATEGRAPH_DOCUMENTS")
    if documents:
        lines += text_lines("other documents", Path(documents))
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch)
        for count in (plans, *([10_000] if large else [])):
            folder = base / f"plans-{count}"
            write_corpus(folder, count, seed)
            lines += text_lines(f"{count:,} synthetic plans", folder / "text")
            if count == plans:
                lines += build_lines(f"{count:,} synthetic plans", folder / "text", base, peers=count <= 100)
                lines += report_lines(f"{count:,} synthetic plans", base / f"build-{count}")
        lines += build_lines("five plans", ROOT / "corpus", base, peers=True)
    return lines


def table(lines: list[Line]) -> str:
    """The measurements as a Markdown table."""
    by_label = {line.label: line for line in lines}
    rows = ["| step | CPU s | whole process | peak MB | MB/s | × peer | |", "|---|---:|---:|---:|---:|---:|---|"]
    for line in lines:
        rate = f"{line.megabytes / line.seconds:.2f}" if line.megabytes and line.seconds else ""
        peer = by_label.get(line.peer)
        ratio = f"{line.seconds / peer.seconds:.3g}" if peer and peer.seconds and line.seconds else ""
        rows.append(f"| {line.label} | {line.seconds:.3f} | {line.whole:.2f} | {line.memory_mb:.0f} | {rate} | {ratio} | {line.note} |")
    return "\n".join(rows)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", action="store_true", help="also 10,000 plans (reading and extraction)")
    args = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; seed {args.seed}\n")
    print(table(run(args.plans, args.seed, large=args.large)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
