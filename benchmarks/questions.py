"""How long each question of the library takes on a build: by its columns, as `mandategraph query` asks a large one, and on the whole store.

    python -m benchmarks.questions BUILD [NAME …]
    python -m benchmarks.questions BUILD --as-of 2025-07-01 [NAME …]

prints a table in Markdown, a question a line: rows; seconds of CPU on the store, all rows made; by the columns when first asked (the query is read and
each term met for the first time) until the answer stands with its first ``SHOWN`` rows; then for making all other rows; and when asked again. On a graph of national size (``python -m benchmarks.synthetic``) the columns are to stay below ``BUDGET_SECONDS``;
lines above it are marked. Both must give as many rows.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from kg.columns.store import open_columns
from kg.questions import Question, list_questions, run, view_of
from kg.store import Result, Store, open_store

BUDGET_SECONDS = 0.5
SHOWN = 1_000
"""Rows that a page shows at most: the rest is made when it is written to a file."""


def measure(question: Question, store: Store, as_of: str | None) -> tuple[float, float, int]:
    """Give the seconds of CPU until an answer stands with its first rows, the seconds that its other rows take, and how many rows it has."""
    started = time.process_time()
    answer = run(question, store, as_of=as_of)
    if isinstance(answer, Result):
        answer.rows[:SHOWN]
    stands = time.process_time()
    if isinstance(answer, Result):
        tuple(answer.rows)
    return stands - started, time.process_time() - stands, len(answer)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="seconds a question")
    parser.add_argument("build", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--as-of")
    args = parser.parse_args()
    questions = [each for each in list_questions() if not args.names or each.name in args.names]
    views = {view for each in questions if (view := view_of(each, args.as_of))}
    started = time.process_time()
    columns = open_columns(args.build)
    assert columns is not None, "a damaged graph file"
    print(f"columns opened in {time.process_time() - started:.2f} s", flush=True)
    started = time.process_time()
    for view in views:
        columns.beside(view)
    print(f"{len(views)} views as of a date in {time.process_time() - started:.2f} s", flush=True)
    by_columns = {each.name: (measure(each, columns, args.as_of), measure(each, columns, args.as_of)) for each in questions}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    started = time.process_time()
    store = open_store(args.build)
    for view in views:
        store.beside(view)
    print(f"store opened, with the views, in {time.process_time() - started:.1f} s; peak of the columns {peak:.0f} MB\n", flush=True)
    print("| question | rows | store | columns | other rows | again | |\n|---|---:|---:|---:|---:|---:|---|")
    for each in questions:
        (first, others, rows), (again, *_) = by_columns[each.name]
        *seconds, expected = measure(each, store, args.as_of)
        assert rows == expected, each.name
        print(f"| {each.name} | {rows} | {sum(seconds):.2f} | {first:.2f} | {others:.2f} | {again:.2f} | {'over' if first > BUDGET_SECONDS else ''} |", flush=True)
    print(f"\n{sum(first > BUDGET_SECONDS for (first, *_), _ in by_columns.values())} over {BUDGET_SECONDS} s")


if __name__ == "__main__":
    main()
