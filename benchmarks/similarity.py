"""All near pairs among many task sentences: ours beside scikit-learn's brute-force cosine and datasketch's MinHash LSH.

    python -m benchmarks.similarity [--sizes 10000,100000,1000000] [--methods ours,sklearn,minhash] [--peers-up-to 100000] [--seed 1]

Every line is a process of its own: seconds of wall clock and of processors from the sentences to the pairs, peak memory, and
precision, recall and F1 of its pairs against the known clusters, at the threshold that is best for that method on these
sentences. Peers get the words that ours gets (tone marks folded, abbreviations written out), which is in their favour; what they
do with the raw sentences stands in the lines "raw". Beyond 20,000 sentences brute force is asked about the first 5,000: the seconds
of asking are multiplied, those of making its vectors are not; precision and recall are those of the pairs asked about.
The sentences come from ``benchmarks/task_texts.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.task_texts import Texts, make_texts

ROOT = Path(__file__).resolve().parent.parent
LOWEST = 0.60  # pairs below are not asked for: no method is at its best there

Found = tuple[Any, Any, Any]
Ask = Callable[[], Found]  # what a method gives once it has made the sentences ready


def plain(texts: Texts) -> list[str]:
    from kg.analysis.wording import syllables

    return [" ".join(syllables(sentence.replace("UBND", "Ủy ban nhân dân"))) for sentence in texts.sentences]


def ours(sentences: list[str], *, exact: bool | None = None) -> Ask:
    from kg.analysis.similarity import Comparison

    comparison = Comparison(sentences)

    def ask() -> Found:
        first, second, scores = comparison.pairs(LOWEST, exact=exact)
        return first, second, scores.whole

    return ask


def sklearn_brute(sentences: list[str]) -> Ask:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    rows = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"[^\W_]+").fit_transform(sentences)  # noqa: S106
    search = NearestNeighbors(radius=1 - LOWEST, metric="cosine", algorithm="brute").fit(rows)
    asked = sampled(len(sentences))

    def ask() -> Found:
        parts = []
        at_once = min(1_000, 20_000_000 // len(sentences))  # distances are dense: 160 MB
        for start in range(0, asked, at_once):
            distances, numbers = search.radius_neighbors(rows[start : min(start + at_once, asked)])
            one = np.repeat(np.arange(start, start + len(numbers)), [len(each) for each in numbers])
            other, distance = np.concatenate(numbers), np.concatenate(distances)
            ahead = (one < other) | (other >= asked)
            parts.append((one[ahead], other[ahead], 1 - distance[ahead]))
        return tuple(np.concatenate(each) for each in zip(*parts, strict=True))  # type: ignore[return-value]

    return ask


def sampled(count: int) -> int:
    """How many sentences brute force is asked about: its time is one product a sentence, so that a part tells the whole."""
    return count if count <= 20_000 else 5_000


def minhash(sentences: list[str]) -> Ask:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    prints = []
    for at, sentence in enumerate(sentences):
        printed = MinHash(num_perm=128)
        printed.update_batch([sentence[place : place + 4].encode() for place in range(max(1, len(sentence) - 3))])
        prints.append(printed)
        index.insert(at, printed)

    def ask() -> Found:
        pairs = [(at, other) for at, printed in enumerate(prints) for other in index.query(printed) if at < other]
        scores = [prints[a].jaccard(prints[b]) for a, b in pairs]
        return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs]), np.array(scores)

    return ask


METHODS: dict[str, tuple[Callable[[list[str]], Ask], str, bool]] = {
    "ours": (ours, "kg.analysis.similarity", True),
    "ours-exact": (partial(ours, exact=True), "the same, no pair lost", True),
    "sklearn": (sklearn_brute, "scikit-learn TF-IDF cosine, brute force", False),
    "sklearn-raw": (sklearn_brute, "the same on raw sentences", False),
    "minhash": (minhash, "datasketch MinHash LSH", False),
}


def judge(found: Found, texts: Texts, asked: int) -> dict[str, float]:
    """Precision, recall and F1 at the best threshold."""
    first, second, scores = found
    clusters = np.array(texts.clusters)
    _, cluster, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    wanted = int((sizes * (sizes - 1) // 2).sum())
    if asked < len(clusters):  # the pairs that have at least one sentence that was asked about
        rest = np.bincount(cluster[asked:], minlength=len(sizes))
        wanted -= int((rest * (rest - 1) // 2).sum())
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(clusters[first[order]] == clusters[second[order]])
    precision, recall = right / np.arange(1, len(order) + 1), right / wanted
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    best = int(f1.argmax())
    return {
        "f1": round(float(f1[best]), 4), "precision": round(float(precision[best]), 4), "recall": round(float(recall[best]), 4),
        "threshold": round(float(scores[order][best]), 3), "pairs": best + 1, "true_pairs": wanted,
    }  # fmt: skip


def step(method: str, size: int, seed: int) -> int:
    """Run one method in this process and print a line of JSON."""
    texts = make_texts(size, seed)
    run, _, as_is = METHODS[method]
    sentences = texts.sentences if as_is or method.endswith("raw") else plain(texts)
    times = [(time.perf_counter(), time.process_time())]
    ask = run(sentences)
    times.append((time.perf_counter(), time.process_time()))
    found = ask()
    times.append((time.perf_counter(), time.process_time()))
    asked = sampled(size) if method.startswith("sklearn") else size
    wall, cpu = (ready - start + (end - ready) * size / asked for start, ready, end in zip(*times, strict=True))
    row = {"seconds": round(wall, 1), "cpu": round(cpu, 1), **judge(found, texts, asked)}
    row["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(row))
    return 0


def measure(method: str, size: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.similarity", "--step", method, "--sizes", str(size), "--seed", str(seed)]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["?"])[-1]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--peers-up-to", type=int, default=100_000)
    parser.add_argument("--methods", default="ours,sklearn,minhash")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--step")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    if args.step:
        return step(args.step, sizes[0], args.seed)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}; seed {args.seed}\n")
    print("| sentences | method | seconds | CPU s | MB | F1 | precision | recall | at | times as long as ours |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for size in sizes:
        own = 0.0
        for method in args.methods.split(","):
            if not METHODS[method][2] and size > args.peers_up_to:
                continue
            row = measure(method, size, args.seed)
            if "failed" in row:
                print(f"| {size:,} | {METHODS[method][1]} | failed: {row['failed']} |", flush=True)
                continue
            own = own or row["cpu"]
            cells = (row["seconds"], row["cpu"], row["memory_mb"], row["f1"], row["precision"], row["recall"], row["threshold"])
            print(f"| {size:,} | {METHODS[method][1]} | {' | '.join(map(str, cells))} | {row['cpu'] / own:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
