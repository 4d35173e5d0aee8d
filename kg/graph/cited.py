"""What the corpus as a whole says of a document that none of its files holds.

Each citation keeps its own wording of title and date, for they differ (a period misquoted, a day left out). Here one
title and one date are chosen for the cited document, and the program that its title names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.namespaces import DCTERMS, INFERRED, MG, RDF, RDFS

# "phê duyệt Đề án …", "ban hành Kế hoạch hành động …": what follows is the program's own name.
_APPROVES = re.compile(
    r"(?:(?:về việc|về)\s+)?(?:phê duyệt|ban hành)\s+(?P<program>(?:kế hoạch|chương trình|chiến lược|đề án|dự án)\b.+)",
    re.IGNORECASE | re.DOTALL,
)


_CLASSES = frozenset({MG.Document, MG.NationalDecision, MG.ProvincialPlan})
_READ = frozenset({MG.citedDocument, DCTERMS.title, MG.date, MG.inCorpus, MG.number, MG.implements})


def is_about_documents(quad: Quad) -> bool:
    """Tell whether ``read_corpus`` reads this statement."""
    return quad.predicate in _READ or (quad.predicate == RDF.type and quad.object in _CLASSES)


@dataclass(slots=True)
class DocumentFacts:
    """What all graphs together say of one document, as values; made by ``read_corpus``."""

    node: NamedNode
    classes: set[NamedNode] = field(default_factory=set)
    in_corpus: bool = False
    number: str | None = None
    titles: Counter[str] = field(default_factory=Counter)
    cited_titles: Counter[str] = field(default_factory=Counter)
    dates: Counter[Literal] = field(default_factory=Counter)
    implements: set[NamedNode] = field(default_factory=set)

    @property
    def title(self) -> str | None:
        """The title that most citations give; then the longest, then the first by its code points."""
        return next(iter(_ranked(self.titles if self.in_corpus else self.cited_titles)), None)

    @property
    def date(self) -> Literal | None:
        """The most precise date; then the one given most often."""
        ranked = sorted(self.dates, key=lambda date: (-len(date.value), -self.dates[date], date.value))
        return ranked[0] if ranked else None

    @property
    def programs(self) -> tuple[str, ...]:
        """The names of what the titles say the document approves: its own title's first, then as others cite it."""
        titles = (*_ranked(self.titles), *_ranked(self.cited_titles))
        matches = (_APPROVES.match(title) for title in titles)
        return tuple(dict.fromkeys(match["program"].strip(' .;“”"') for match in matches if match))


def _ranked(titles: Counter[str]) -> list[str]:
    return sorted(titles, key=lambda title: (-titles[title], -len(title), title))


def read_corpus(quads: Iterable[Quad]) -> dict[NamedNode, DocumentFacts]:
    """Gather the documents, cited and read, with the titles and dates that their citations give."""
    facts: dict[NamedNode, DocumentFacts] = {}
    cited: dict[NamedNode, NamedNode] = {}
    said: list[tuple[NamedNode, Literal, bool]] = []
    for quad in quads:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if not isinstance(subject, NamedNode):
            continue
        if predicate == RDF.type and value in _CLASSES:
            facts.setdefault(subject, DocumentFacts(subject)).classes.add(value)  # type: ignore[arg-type]
        elif predicate == MG.citedDocument and isinstance(value, NamedNode):
            cited[subject] = value
        elif predicate in {DCTERMS.title, MG.date} and isinstance(value, Literal):
            said.append((subject, value, predicate == MG.date))
        elif predicate == MG.inCorpus:
            facts.setdefault(subject, DocumentFacts(subject)).in_corpus = True
        elif predicate == MG.number and isinstance(value, Literal):
            entry = facts.setdefault(subject, DocumentFacts(subject))
            entry.number = min(entry.number or value.value, value.value)
        elif predicate == MG.implements and isinstance(value, NamedNode):
            facts.setdefault(subject, DocumentFacts(subject)).implements.add(value)
    for subject, value, is_date in said:
        known = facts.get(cited.get(subject, subject))
        if known is None:
            continue
        if not is_date:
            (known.cited_titles if subject in cited else known.titles)[value.value] += 1
        elif subject not in cited or not known.in_corpus:  # a document that was read speaks for itself
            known.dates[value] += 1
    return facts


def cited_quads(corpus: dict[NamedNode, DocumentFacts]) -> list[Quad]:
    """State one title and date for each cited document, and the program it approves."""
    quads: list[Quad] = []
    for node, facts in sorted(corpus.items(), key=lambda pair: pair[0].value):
        if not facts.in_corpus:
            if facts.title:
                quads.append(Quad(node, DCTERMS.title, Literal(facts.title, language="vi"), INFERRED))
            if facts.date:
                quads.append(Quad(node, MG.date, facts.date, INFERRED))
        if facts.programs and MG.NationalDecision in facts.classes:
            program = NamedNode(f"{node.value}/program")
            quads.append(Quad(node, MG.approves, program, INFERRED))
            quads.append(Quad(program, RDF.type, MG.Program, INFERRED))
            quads.append(Quad(program, RDFS.label, Literal(facts.programs[0], language="vi"), INFERRED))
    return quads
