"""Reason over a built graph: what follows, and what contradicts itself.

    python -m kg.reasoning build/graph.nq -o entailed.nq

Prints a line an inference and a line a contradiction; ``-o`` writes what follows as N-Quads. Exit code 1 where something is
certain to be contradictory, 2 where the file cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import RdfFormat, Store, serialize

from kg.graph.vocabulary import load_vocabulary
from kg.reasoning.contradictions import find_contradictions
from kg.reasoning.rules import RULES, entail


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rules and tell what they give."""
    parser = argparse.ArgumentParser(prog="python -m kg.reasoning", description="Suy luận trên đồ thị đã dựng / reason over a built graph")
    parser.add_argument("graph", type=Path, help="graph.nq")
    parser.add_argument("-o", "--output", type=Path)
    given = parser.parse_args(arguments)
    store = Store()
    try:
        store.bulk_load(path=str(given.graph), format=RdfFormat.N_QUADS)
    except (OSError, SyntaxError) as error:
        sys.stderr.write(f"{given.graph}: không đọc được / cannot be read: {error}\n")
        return 2
    store.extend(load_vocabulary())
    entailed = entail(store)
    for rule in RULES:
        sys.stdout.write(f"mg:{rule.term}\t{len(entailed[rule.term])}\t{rule.vi} / {rule.en}\n")
    found = find_contradictions(store)
    for each in found:
        sys.stdout.write(f"{'!' if each.certain else '?'} {each.code}\t{each.thing}\t{each.other}\t{each.vi} / {each.en}\n")
    if given.output:
        serialize([quad for rule in RULES for quad in entailed[rule.term]], output=str(given.output), format=RdfFormat.N_QUADS)
    return 1 if any(each.certain for each in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
