"""The graph in its three forms, written document by document: a large corpus is never in memory as statements.

N-Quads and TriG hold a section for each named graph: the documents by address, what people corrected, what is inferred, what is alike, what was measured, the vocabulary. Turtle
holds one for each document, with what stands below its address, and one for what several documents may speak of.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, parse

from kg.building.cache import read_parts
from kg.building.likeness import Likeness, find_likeness
from kg.graph.check import Violation
from kg.graph.check_parts import check_shared
from kg.graph.cited import read_corpus
from kg.graph.corrections import judgement_quads
from kg.graph.describe import Counts, dataset_quads
from kg.graph.infer import corpus_quads
from kg.graph.namespaces import INFERRED, MG, RDF, RDFS
from kg.graph.serialise import ordered, prefix_lines, read_n_quads, trig_section, triple_lines, turtle_section
from kg.graph.shortcuts import charge_quads
from kg.graph.vocabulary import load_vocabulary
from kg.reasoning.at_scale import corpus_entailments, told_rules
from kg.reasoning.rules import RULES
from kg.resolution.decisions import Decision

ENTAILED_FILE = "graph-entailed.nq"
"""What follows by the rules of ``kg.reasoning``: beside the graph, for no question of the library needs it to be loaded."""

_TYPE = str(RDF.type).encode()
Measured = Callable[[Mapping[str, list[str]], Likeness], Iterable[Quad]]
"""Gives the observations, when what only the corpus tells is known: the decisions probably carried out, and likeness."""


@dataclass(frozen=True, slots=True)
class GraphResult:
    """What only the corpus as a whole tells: the decisions that a document probably carries out, likeness, and what is broken.

    ``entailed`` counts what follows, by the term of each rule.
    """

    probable: dict[str, list[str]]
    likeness: Likeness
    violations: tuple[Violation, ...]
    entailed: dict[str, int]


def write_graph(folder: Path, entries: Sequence[Path], decisions: Sequence[Decision] = (), others: Iterable[Quad] = (), measured: Measured = lambda *_: ()) -> GraphResult:
    """Write ``graph.nq``, ``graph.trig``, ``graph.ttl`` and what follows from them, and check what the documents share.

    Args:
        folder: where to.
        entries: the documents' cache entries, in the order of their addresses.
        decisions: those of people that stand.
        others: what else is inferred from the corpus as a whole.
        measured: called once, for the observations.

    """
    corpus = _Corpus()
    with (folder / "graph.nq").open("wb") as nq, (folder / "graph.trig").open("wb") as trig, (folder / "graph.ttl").open("wb") as ttl:
        for file in (trig, ttl):
            file.write(prefix_lines())
        for entry in entries:
            lines, section, own = read_parts(entry, "graph.nq", "graph.trig", "graph.ttl")
            nq.write(lines)
            trig.write(b"\n" + section)
            ttl.write(b"\n" + own)
            corpus.add(entry)
        judged = ordered(judgement_quads(decisions))
        _write_corrections(nq, trig, entries, judged)
        corpus.note(judged.values(), shared=True)
        rest = ordered(chain(corpus.infer(), corpus.more_shortcuts(entries), others))
        _write_inferred(nq, trig, entries, rest)
        corpus.note(rest.values(), shared=True)
        probable = _probable(rest.values())
        likeness = find_likeness(entries, probable, decisions)
        _write_section(likeness.quads, nq, trig)
        corpus.note(likeness.quads, shared=True)
        likeness.quads.clear()  # the file has them: the measures need their room
        observed = list(measured(probable, likeness))
        _write_section(observed, nq, trig, ttl)
        corpus.note(observed, shared=False)
        labelled = [quad for quad in observed if quad.predicate == RDFS.label]
        del observed
        vocabulary = [*load_vocabulary(), *corpus.describe()]
        _write_section(vocabulary, nq, trig)
        whole = corpus.shared_with(vocabulary)
        ttl.write(b"\n" + turtle_section(whole))
    violations = check_shared(whole, [*corpus.borrowed(), *likeness.pointed, *labelled])
    entailed = _write_entailed(folder / ENTAILED_FILE, entries, rest.values())
    return GraphResult(probable=probable, likeness=likeness, violations=violations, entailed=entailed)


def _write_section(quads: Iterable[Quad], nq: BinaryIO, trig: BinaryIO, ttl: BinaryIO | None = None) -> None:
    """Write the statements of one graph, sorted, into the files; nothing where there are none."""
    lines = ordered(quads)
    if lines:
        nq.write(b"".join(lines))
        trig.write(b"\n" + trig_section(lines.values()))
        if ttl is not None:
            ttl.write(b"\n" + turtle_section(lines.values()))


def _probable(quads: Iterable[Quad]) -> dict[str, list[str]]:
    probable: dict[str, list[str]] = {}
    for quad in quads:
        if quad.predicate == MG.probablyImplements:
            probable.setdefault(_value(quad.subject), []).append(_value(quad.object))
    return probable


def _write_entailed(path: Path, entries: Sequence[Path], rest: Iterable[Quad]) -> dict[str, int]:
    """Write what follows: why, then each statement once; count by term. Only what agents share can follow twice."""
    counts = Counter({rule.term: 0 for rule in RULES})
    facts = []
    with path.open("wb") as file:
        file.write(b"".join(told_rules()))
        shared: set[bytes] = set()
        for entry in entries:
            lines, content = read_parts(entry, "entailed.nq", "facts.json")
            given = json.loads(content)
            facts.append(given)
            mark = f"<{given['address']}/".encode()
            own = lines.splitlines(keepends=True)
            shared.update(line for line in own if not line.startswith(mark))
            own = [line for line in own if line.startswith(mark)]
            counts.update(_term(line) for line in own)
            file.write(b"".join(own))
        for line in sorted(shared.union(corpus_entailments(facts, rest))):
            counts[_term(line)] += 1
            file.write(line)
    return {rule.term: counts[rule.term] for rule in RULES}


def _term(line: bytes) -> str:
    return line.split(b"> <", 2)[1].rpartition(b"#")[2].decode()


def _write_corrections(nq: BinaryIO, trig: BinaryIO, entries: Iterable[Path], judged: dict[bytes, Quad]) -> None:
    """People decide little: unlike what is inferred, all of it fits into memory."""
    if judged:
        of_documents = (quad for entry in entries for quad in read_n_quads(read_parts(entry, "corrections.nq")[0]))
        lines = ordered(chain(judged.values(), of_documents))
        nq.write(b"".join(lines))
        trig.write(b"\n" + trig_section(lines.values()))


def _write_inferred(nq: BinaryIO, trig: BinaryIO, entries: Iterable[Path], rest: dict[bytes, Quad]) -> None:
    trig.write(f"\n{INFERRED} {{\n".encode())
    for entry in entries:
        lines, section = read_parts(entry, "shortcuts.nq", "shortcuts.trig")
        nq.write(lines)
        trig.write(_inside(section))
    nq.write(b"".join(rest))
    trig.write(_inside(trig_section(rest.values()) if rest else b"") + b"}\n")


def _inside(section: bytes) -> bytes:
    """Give what stands between the braces of one graph's section."""
    return section[section.index(b"\n") + 1 : section.rindex(b"}")] if section else b""


class _Corpus:
    """What is gathered from the documents while they are written: counts, what they share, what inference reads."""

    def __init__(self) -> None:
        self._counts = Counts()
        self._shared: set[bytes] = set()
        self._typed: set[Triple] = set()
        self._borrowed: set[bytes] = set()
        self._about_documents: list[bytes] = []
        self._kinds: dict[str, set[str]] = {}
        self._differing: set[str] = set()

    def add(self, entry: Path) -> None:
        """Gather what one document gives."""
        shared, borrowed, cited, counts, charges = read_parts(entry, "shared.nt", "borrowed.nt", "cited.nq", "counts.json", "charges.json")
        self._shared.update(shared.splitlines(keepends=True))
        self._borrowed.update(borrowed.splitlines(keepends=True))
        self._about_documents.append(cited)
        given = json.loads(counts)
        self._counts.add_counts(Counts(given["quads"], *(Counter(given[name]) for name in ("classes", "properties", "graphs"))))
        for agent, kinds in json.loads(charges)["kinds"].items():
            known = self._kinds.setdefault(agent, set(kinds))
            if known != set(kinds):
                known.update(kinds)
                self._differing.add(agent)

    def infer(self) -> list[Quad]:
        """Derive what no document tells alone."""
        return corpus_quads(read_corpus(quad for lines in self._about_documents for quad in read_n_quads(lines)))

    def more_shortcuts(self, entries: Iterable[Path]) -> Iterator[Quad]:
        """Derive the shortcuts to kinds of an agent that one document knows and another does not."""
        for entry in entries if self._differing else ():
            (content,) = read_parts(entry, "charges.json")
            given = json.loads(content)
            charges = [charge for charge in given["charges"] if charge[2] in self._differing]
            yield from charge_quads(charges, self._kinds) - charge_quads(charges, given["kinds"])

    def note(self, quads: Collection[Quad], *, shared: bool) -> None:
        """Count statements that no document makes alone; keep those that are to be checked with what the documents share."""
        self._counts.add(quads, classes=False)
        self._typed.update(quad.triple for quad in quads if quad.predicate == RDF.type)
        if shared:
            self._shared.update(triple_lines(quads))

    def describe(self) -> list[Quad]:
        """Describe the data set: the documents, what was noted, the vocabulary."""
        self.note(load_vocabulary(), shared=False)
        typed = self._typed.union(quad.triple for quad in self._read(line for line in self._shared if _TYPE in line))
        self._counts.classes.update(_value(triple.object) for triple in typed)
        return dataset_quads(self._counts)

    def shared_with(self, quads: Iterable[Quad]) -> list[Quad]:
        """Give what the documents share, what was noted to be checked with it, and other statements, sorted, each once, whatever their graph."""
        return self._read(self._shared.union(triple_lines(quads)))

    def borrowed(self) -> list[Quad]:
        """Give the classes and quotes of the documents' own things that the shared statements point at."""
        return self._read(self._borrowed)

    @staticmethod
    def _read(lines: Iterable[bytes]) -> list[Quad]:
        return list(parse(b"".join(sorted(lines)), format=RdfFormat.N_TRIPLES))


def _value(term: object) -> str:
    return str(getattr(term, "value", term))
