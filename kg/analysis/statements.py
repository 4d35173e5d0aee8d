"""Alignments and findings → quads of the graph ``…/graph/alignment``, which a question can leave out.

Only what holds is stated as ``mg:alignsWith``; each question of alignment, the queued ones too, is an ``mg:InferredLink`` with its
score, reason and review status, so that nothing that was weighed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.analysis.alignment import Alignment
from kg.analysis.duplicates import METHOD, Case
from kg.graph.assignments import decimal
from kg.graph.namespaces import ALIGNMENT, BASE, MG, RDF, RDFS, concept

_Value = NamedNode | Literal


def alignment_quads(alignments: Iterable[Alignment]) -> Iterator[Quad]:
    """State which tasks carry out which national tasks, and what each rests on."""
    for each in alignments:
        if each.national is None:
            continue
        task, national, node = NamedNode(each.task.iri), NamedNode(each.national.iri), NamedNode(BASE + each.id)
        if each.holds:
            yield Quad(task, MG.alignsWith, national, ALIGNMENT)
        vi = f"Lời văn giống {each.score:.2f}; nhiệm vụ gần thứ hai {each.second:.2f}; {_ORIGINS[each.origin][0]} ({each.containment:.0%} cụm từ)."
        en = f"Wording alike {each.score:.2f}; the second nearest {each.second:.2f}; {_ORIGINS[each.origin][1]} ({each.containment:.0%} of its phrases)."
        yield from _state(node, (
            (RDF.type, MG.InferredLink),
            (MG.subject, task), (MG.predicate, MG.alignsWith), (MG.object, national),
            (MG.score, decimal(each.score)), (MG.confidence, decimal(_confidence(each))),
            (MG.method, Literal(METHOD)), (MG.reviewStatus, concept("status", each.status)),
            (MG.reason, Literal(vi, language="vi")), (MG.reason, Literal(en, language="en")),
        ))  # fmt: skip


_ORIGINS = {"copied": ("chép gần nguyên văn", "copied almost word for word"), "adapted": ("có sửa đổi", "adapted"), "added": ("tự bổ sung", "added")}


def _confidence(each: Alignment) -> float:
    """Give 1 for what a person confirmed, 0 for what one rejected, else the score: it is no probability, but it orders alike."""
    return {"confirmed": 1.0, "rejected": 0.0}.get(each.status, min(1.0, each.score))


def case_quads(cases: Iterable[Case]) -> Iterator[Quad]:
    """State the candidate findings."""
    for case in cases:
        yield from _state(NamedNode(BASE + case.id), (
            (RDF.type, MG.Finding),
            (MG.firstTask, NamedNode(case.first.iri)), (MG.secondTask, NamedNode(case.second.iri)),
            (MG.level, Literal(case.level)), (MG.score, decimal(min(1.0, case.scores.whole))),
            (MG.method, Literal(METHOD)), (MG.reviewStatus, concept("status", case.status)),
            (RDFS.label, Literal(case.reason_vi, language="vi")), (RDFS.label, Literal(case.reason_en, language="en")),
            (MG.reason, Literal(case.benefit_vi, language="vi")), (MG.reason, Literal(case.benefit_en, language="en")),
        ))  # fmt: skip


def _state(node: NamedNode, statements: Iterable[tuple[NamedNode, _Value]]) -> Iterator[Quad]:
    return (Quad(node, predicate, value, ALIGNMENT) for predicate, value in statements)


def pointed_at(alignments: Iterable[Alignment], cases: Iterable[Case]) -> Iterator[Quad]:
    """Give the classes of the tasks and duties that the statements point at: what a check needs to know of them."""
    units = {unit.iri: unit for each in alignments for unit in (each.task, each.national) if unit}
    units.update({unit.iri: unit for case in cases for unit in (case.first, case.second)})
    for iri, unit in sorted(units.items()):
        yield Quad(NamedNode(iri), RDF.type, MG.Task if unit.kind == "task" else MG.Duty)
