"""What a description-logic reasoner says of a built graph, and whether the build's rules say the same.

Reads: the folder of a build. Gives: which engine ran, whether the graph is consistent, and each term on which the two differ.
A build itself runs the rules (``kg.reasoning.rules``): a reasoner takes a second for each two thousand statements or so.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from kg.errors import StoreError
from kg.graph.namespaces import MG_BASE
from kg.graph.vocabulary import load_vocabulary
from kg.reasoning.reasoner import Engine, reason
from kg.reasoning.rules import RULES, entail

MOST_STATEMENTS = 100_000
"""Statements of a graph above which a reasoner is not asked: HermiT would want more memory than a laptop has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a reasoner said.

    ``inferred`` counts the statements that follow by rules with an axiom; ``differ`` has, for each term on which the rules and
    the reasoner do not agree, how many pairs only the rules gave and how many only the reasoner.
    """

    engine: Engine
    consistent: bool
    seconds: float
    inferred: int
    terms: int
    differ: dict[str, tuple[int, int]]


def judge(build: Path, *, engine: Engine | None = None) -> Verdict:
    """Have a reasoner read a build: HermiT where there is a ``java``, else OWL RL.

    Raises:
        StoreError: no graph there, or one too large for a reasoner.
    """
    path = build / "graph.nq"
    if not path.is_file():
        raise StoreError(str(path), found="no graph", expected="the folder of a build", remedy="run `mandategraph build FOLDER -o BUILD` first", vi=f"không có đồ thị trong {build}; hãy chạy lệnh build trước")
    quads = list(parse(path=str(path), format=RdfFormat.N_QUADS))
    if len(quads) > MOST_STATEMENTS:
        raise StoreError(
            str(path), found=f"{len(quads):,} statements", expected=f"at most {MOST_STATEMENTS:,} for a reasoner", remedy="build fewer documents; the rules of every build are in report.md",
            vi=f"đồ thị có {len(quads):,} phát biểu, bộ suy luận chỉ nhận đến {MOST_STATEMENTS:,}; hãy dựng ít văn bản hơn, luật suy luận của mỗi lần dựng có trong report.md",
        )  # fmt: skip
    vocabulary = list(load_vocabulary())
    started = time.perf_counter()
    said = reason([*quads, *vocabulary], engine=engine)
    seconds = time.perf_counter() - started
    store = Store()
    store.extend([*quads, *vocabulary])
    entailed = entail(store)
    differ, inferred, terms = {}, 0, 0
    for rule in (rule for rule in RULES if rule.axiom and said.consistent):
        by_rules = {(getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")) for quad in entailed[rule.term]}
        by_reasoner = {(subject, value) for subject, predicate, value in said.statements if predicate == MG_BASE + rule.term}
        inferred, terms = inferred + len(by_rules), terms + 1
        if by_rules != by_reasoner:
            differ[rule.term] = (len(by_rules - by_reasoner), len(by_reasoner - by_rules))
    return Verdict(engine=said.engine, consistent=said.consistent, seconds=seconds, inferred=inferred, terms=terms, differ=differ)
