"""The five plans printed and scanned, read again, against their gold; and pages per minute.

    python -m benchmarks.scans [--landscape] [--seed 1] [--keep FOLDER]

Needs Chromium and Tesseract with Vietnamese. The scans are made as ``tests/reading/scan_forms.py`` says.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from kg.evaluation import evaluate
from kg.extraction import extract
from kg.reading import read
from kg.reading.pdf import read_pdf
from kg.records_json import extraction_to_json
from tests.reading.scan_forms import as_print, as_scan

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--landscape", action="store_true", help="print on landscape paper")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder to keep the scans in; those that stand there are not made anew")
    parser.add_argument("--misses", action="store_true", help="print what differs")
    options = parser.parse_args()
    gold = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "tests" / "gold").glob("*.json"))}
    predicted, pages, seconds = {}, 0, 0.0
    for name in gold:
        scan = take(name, options)
        start = time.perf_counter()
        document = read_pdf(scan, f"{name}.pdf")
        seconds += time.perf_counter() - start
        pages += len(document.source.pages)
        predicted[name] = extraction_to_json(extract(document))
    result = evaluate(predicted, gold)
    for kind, score in result.scores.items():
        print(f"{kind:28} P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  of {score.gold}")
    print(f"{pages} pages, {60 * pages / seconds:.1f} pages a minute")
    if options.misses:
        for miss in result.misses:
            print(miss)


def take(name: str, options: argparse.Namespace) -> bytes:
    kept = options.keep / f"{name}-{'l' if options.landscape else 'p'}-{options.seed}.pdf" if options.keep else None
    if kept is not None and kept.exists():
        return kept.read_bytes()
    scan = as_scan(as_print(read(ROOT / "corpus" / f"{name}.txt"), landscape=options.landscape), seed=options.seed)
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(scan)
    return scan


if __name__ == "__main__":
    main()
