"""Duties in prose, reporting duties, and targets."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.graph.assignments import add_assignments, decimal
from kg.graph.builder import GraphBuilder
from kg.graph.iris import numbered, worded_slug
from kg.graph.namespaces import DCTERMS, MG, RDF, RDFS, concept
from kg.records import AgencyMention, Duty, Extraction, ReportingDuty, Spans, Target

_LABEL_LENGTH = 120  # code points: a duty has no name of its own, its first words stand for it


def add_duties(graph: GraphBuilder, extraction: Extraction) -> None:
    """State each duty with its assignments; the sentence is evidence for the role, beside the agency's name."""
    for duty, name in zip(extraction.duties, numbered(map(_duty_stem, extraction.duties)), strict=True):
        node = NamedNode(f"{graph.document}/duty/{name}")
        graph.add(node, RDF.type, MG.Duty)
        graph.add(node, MG.inPlan, graph.node)
        graph.add_words(node, RDFS.label, short_label(duty.text.text))
        graph.add_words(node, DCTERMS.description, duty.text.text)
        graph.add_text(node, MG.section, duty.section)
        for action in duty.actions:
            graph.add(node, MG.action, concept("role", action))
        graph.add_evidence(node, duty.text.spans)
        add_assignments(graph, node, duty.role, duty.agency, duty.text.spans)
        add_assignments(graph, node, "partner", duty.partners, duty.text.spans)


def add_reporting(graph: GraphBuilder, extraction: Extraction) -> None:
    """State who reports to whom, by when and how often."""
    for duty, name in zip(extraction.reporting, numbered(map(_reporting_stem, extraction.reporting)), strict=True):
        node = NamedNode(f"{graph.document}/reporting/{name}")
        graph.add(node, RDF.type, MG.ReportingDuty)
        graph.add(node, MG.inPlan, graph.node)
        graph.add_words(node, RDFS.label, short_label(duty.text.text))
        graph.add_words(node, DCTERMS.description, duty.text.text)
        for agent in dict.fromkeys(map(graph.agent, duty.sender)):
            graph.add(node, MG.reportsFrom, agent)
        for agent in dict.fromkeys(map(graph.agent, duty.receiver)):
            graph.add(node, MG.reportsTo, agent)
        graph.add_text(node, MG.deadline, duty.deadline)
        if duty.frequency:
            graph.add(node, MG.frequency, concept("recurrence", duty.frequency))
        graph.add_evidence(node, duty.text.spans)
        graph.add_evidence(node, _spans(duty.sender + duty.receiver))


def add_targets(graph: GraphBuilder, extraction: Extraction) -> None:
    """State each figure with its unit, comparison and year."""
    for target, name in zip(extraction.targets, numbered(map(_target_stem, extraction.targets)), strict=True):
        node = NamedNode(f"{graph.document}/target/{name}")
        graph.add(node, RDF.type, MG.Target)
        graph.add(node, MG.inPlan, graph.node)
        graph.add_words(node, DCTERMS.description, target.text.text)
        side = target.bound or target.comparator
        if target.value and side not in ("<", "<="):
            graph.add(node, MG.minValue, decimal(min(target.value)))
        if target.value and side not in (">", ">="):  # "at least 15 per cent" has no most
            graph.add(node, MG.maxValue, decimal(max(target.value)))
        graph.add_text(node, MG.unit, target.unit)
        graph.add_text(node, MG.comparator, target.comparator)
        graph.add_number(node, MG.byYear, target.by)
        graph.add_evidence(node, target.text.spans)


def short_label(text: str) -> str:
    """Give the first words, at most 120 code points, with "…" where more follow."""
    if len(text) <= _LABEL_LENGTH:
        return text
    return text[: _LABEL_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _duty_stem(duty: Duty) -> str:
    return worded_slug(duty.text.text, duty.role, *_names(duty.agency), code=duty.section)


def _reporting_stem(duty: ReportingDuty) -> str:
    apart = (duty.deadline, duty.frequency, *_names(duty.sender), "→", *_names(duty.receiver))
    return worded_slug(duty.text.text, *apart)


def _target_stem(target: Target) -> str:
    return worded_slug(target.text.text, *map(repr, target.value), target.unit, target.comparator, str(target.by))


def _names(mentions: tuple[AgencyMention, ...]) -> tuple[str, ...]:
    return tuple(mention.name for mention in mentions)


def _spans(mentions: tuple[AgencyMention, ...]) -> Spans:
    return tuple(dict.fromkeys(span for mention in mentions for span in mention.spans))
