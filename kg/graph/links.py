"""Which decision a plan probably carries out, where its text names none: by its title against the programs' names."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.assignments import decimal
from kg.graph.cited import DocumentFacts
from kg.graph.iris import short_hash
from kg.graph.namespaces import INFERRED, MG, RDF
from kg.normalise import key

# Measured on the five plans: right pair 100, best wrong pair 69 (same subject, another program); see docs/decisions/0005.
THRESHOLD = 85.0
MARGIN = 10.0
_OTHER_YEARS_COST = 15.0  # same words, other years: another generation of the program
_OTHER_SUBJECT_COST = 15.0  # each has a word that the other lacks: "hạ tầng giao thông" is not "hạ tầng xây dựng"
_CERTAINTY = 0.9  # a title never proves it

_FORM_WORDS = frozenset(
    key(
        "đề án kế hoạch chương trình chiến lược hành động triển khai thực hiện phát triển giai đoạn đến năm tầm nhìn"
    ).split()
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_FRAME = re.compile(
    r"^(?:kế hoạch\s+(?=(?:triển khai|thực hiện|chương trình|chiến lược|đề án|kế hoạch)))?(?:triển khai\s+)?(?:thực hiện\s+"
    r"(?=chương trình|chiến lược|đề án|kế hoạch))?",
)
_PLACE = re.compile(
    r",?\s*(?:trên địa bàn\s+)?(?:của\s+)?(?:tỉnh|thành phố)\s+(?P<name>.+?)(?=\s+(?:đến năm|giai đoạn|năm|tầm nhìn)|,|$)"
)
_NATION = re.compile(r"\s*(?:quốc gia|ở việt nam|của việt nam)\b")


@dataclass(frozen=True, slots=True)
class ProbableLink:
    """A plan, the decision it probably carries out, and how near the names are (0 to 100)."""

    plan: NamedNode
    decision: NamedNode
    score: float
    runner_up: float
    program: str


def program_words(title: str) -> str:
    """Give a title's words that name the program: without frame, province, "quốc gia" and letter case.

    >>> program_words("KẾ HOẠCH HÀNH ĐỘNG THỰC HIỆN KINH TẾ TUẦN HOÀN TỈNH HƯNG YÊN ĐẾN NĂM 2035")
    'kế hoạch hành động thực hiện kinh tế tuần hoàn đến năm 2035'
    >>> program_words("Kế hoạch hành động quốc gia thực hiện kinh tế tuần hoàn đến năm 2035")
    'kế hoạch hành động thực hiện kinh tế tuần hoàn đến năm 2035'
    """
    words = _NATION.sub("", _PLACE.sub("", key(title)))
    return " ".join(_FRAME.sub("", words).split())


def similarity(title: str, program: str) -> float:
    """Give how near two names are, 0 to 100: words and their order count, other years or another subject cost 15.

    The mean of the order-free and the order-bound ratio: the first alone calls a part of a name the whole name.
    """
    from rapidfuzz import fuzz

    left, right = _read_name(title), _read_name(program)
    score = (fuzz.token_sort_ratio(left.bare, right.bare) + fuzz.ratio(left.bare, right.bare)) / 2
    if left.years and right.years and left.years.isdisjoint(right.years):
        score -= _OTHER_YEARS_COST
    if left.words - right.words and right.words - left.words:
        score -= _OTHER_SUBJECT_COST
    return max(score, 0.0)


@dataclass(frozen=True, slots=True)
class _Name:
    bare: str
    years: frozenset[str]
    words: Counter[str]


@lru_cache(maxsize=100_000)  # each plan is compared with each decision
def _read_name(title: str) -> _Name:
    words = program_words(title)
    bare = " ".join(_YEARS.sub(" ", words).split())
    subject = Counter(word for word in bare.split() if word not in _FORM_WORDS)
    return _Name(bare=bare, years=frozenset(_YEARS.findall(words)), words=subject)


def find_links(corpus: dict[NamedNode, DocumentFacts]) -> list[ProbableLink]:
    """Find, for each plan that names no decision, the one whose program its title names; none where two come near.

    A decision counts by the nearest of the names it is known by; one dated after the plan does not count.
    """
    decisions = [facts for facts in _in_order(corpus) if facts.programs and MG.NationalDecision in facts.classes]
    links: list[ProbableLink] = []
    for plan in _in_order(corpus):
        if not (plan.in_corpus and MG.ProvincialPlan in plan.classes and plan.title) or plan.implements:
            continue
        older = (facts for facts in decisions if not _is_after(facts, plan))
        scores = sorted(
            (
                (-score, facts.node.value, name)
                for facts in older
                for score, name in (_nearest(plan.title, facts.programs),)
            ),
        )
        if not scores:
            continue
        best, runner_up = -scores[0][0], -scores[1][0] if len(scores) > 1 else 0.0
        if best >= THRESHOLD and best - runner_up >= MARGIN:
            links.append(ProbableLink(plan.node, NamedNode(scores[0][1]), best, runner_up, scores[0][2]))
    return links


def _in_order(corpus: dict[NamedNode, DocumentFacts]) -> list[DocumentFacts]:
    return sorted(corpus.values(), key=lambda facts: facts.node.value)


def _nearest(title: str, names: tuple[str, ...]) -> tuple[float, str]:
    return max(((similarity(title, name), name) for name in names), key=lambda pair: (pair[0], pair[1]))


def _is_after(decision: DocumentFacts, plan: DocumentFacts) -> bool:
    """Tell whether the decision is later for certain; dates are compared as far as both go."""
    if decision.date is None or plan.date is None:
        return False
    length = min(len(decision.date.value), len(plan.date.value))
    return decision.date.value[:length] > plan.date.value[:length]


def link_quads(corpus: dict[NamedNode, DocumentFacts]) -> list[Quad]:
    """State each probable link, and what it rests on in words."""
    quads: list[Quad] = []
    for link in find_links(corpus):
        number = corpus[link.decision].number or link.decision.value
        node = NamedNode(f"{link.plan.value}/inferred/{short_hash(MG.probablyImplements.value, link.decision.value)}")
        vi = (
            f"Kế hoạch không nêu văn bản; tên kế hoạch giống “{link.program}” ({number}) {link.score:.0f}/100, "
            f"văn bản gần thứ hai {link.runner_up:.0f}/100."
        )
        en = (
            f"The plan names no decision; its title is like “{link.program}” ({number}), {link.score:.0f} of 100; "
            f"the second nearest {link.runner_up:.0f}."
        )
        statements = (
            (link.plan, MG.probablyImplements, link.decision),
            (node, RDF.type, MG.InferredLink),
            (node, MG.subject, link.plan),
            (node, MG.predicate, MG.probablyImplements),
            (node, MG.object, link.decision),
            (node, MG.confidence, decimal(round(_CERTAINTY * link.score / 100, 3))),
            (node, MG.reason, Literal(vi, language="vi")),
            (node, MG.reason, Literal(en, language="en")),
        )
        quads.extend(Quad(subject, predicate, value, INFERRED) for subject, predicate, value in statements)
    return quads
