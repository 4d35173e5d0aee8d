"""How long each question of the library takes on a build, asked of everything and of one province.

    python -m benchmarks.questions BUILD [NAME …]

prints, a question a line, seconds of CPU for all provinces and for the first province, and the rows of each. On a graph of
national size (``python -m benchmarks.synthetic``) each is to stay below ``BUDGET_SECONDS``; lines above it are marked.
"""


from __future__ import annotations

import argparse
import time
from pathlib import Path

from kg.questions import Question, list_choices, list_questions, run
from kg.store import Result, Store, open_store

BUDGET_SECONDS = 0.5


def measure(question: Question, store: Store, params: dict[str, str]) -> tuple[float, int]:
    """Give the seconds of CPU that a question takes, and its rows."""
    started = time.process_time()
    answer = run(question, store, params)
    return time.process_time() - started, len(answer.rows) if isinstance(answer, Result) else len(answer)


def first_province(question: Question, store: Store) -> dict[str, str] | None:
    """Give the first province that a question can be asked of; ``None`` where it takes none."""
    for parameter in question.parameters:
        if parameter.name == "province":
            choices = list_choices(question, parameter, store)
            return {"province": choices[0].term.value} if choices else None
    return None


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="seconds a question")
    parser.add_argument("build", type=Path)
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    started = time.process_time()
    store = open_store(args.build)
    print(f"load {time.process_time() - started:.1f} s")
    print(f"{'question':26} {'all s':>8} {'rows':>7} {'one s':>8} {'rows':>7}")
    missed = 0
    for question in list_questions():
        if question.as_of is not None or (args.names and question.name not in args.names):
            continue  # a question about reorganisations is asked of a view, which must be made first
        seconds, rows = measure(question, store, {})
        province = first_province(question, store)
        one = measure(question, store, province) if province else None
        over = seconds > BUDGET_SECONDS
        missed += over
        print(f"{question.name:26} {seconds:8.2f} {rows:7}" + (f" {one[0]:8.2f} {one[1]:7}" if one else " " * 17) + (" over" if over else ""), flush=True)
    print(f"{missed} over {BUDGET_SECONDS} s of all provinces")


if __name__ == "__main__":
    main()
