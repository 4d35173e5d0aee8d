"""Tasks of a plan's tables and label lists, their groups and their parts."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.graph.assignments import add_assignments
from kg.graph.builder import GraphBuilder
from kg.graph.iris import numbered, worded_slug
from kg.graph.namespaces import MG, RDF, RDFS, concept
from kg.graph.sectors import sector_codes
from kg.normalise import fold
from kg.records import Extraction, Header, Passage, Period, Task, TaskPart

# The legend of Decision 222/QĐ-TTg gives the codes their meaning; another plan's "I" may mean something else.
_LEGEND_WORDS = {"I": "ngan sach", "II": "quoc te", "III": "thuong mai", "IV": "cong dong"}


def add_tasks(graph: GraphBuilder, extraction: Extraction) -> None:
    """State every task with its group, fields, assignments and parts."""
    groups = _add_groups(graph, extraction.tasks)
    sectors = sector_codes(extraction.sectors)
    meanings = _funding_meanings(extraction.header)
    stems = (worded_slug(task.name.text, *_group_texts(task), code=task.code) for task in extraction.tasks)
    for position, (task, name) in enumerate(zip(extraction.tasks, numbered(stems), strict=True), 1):
        node = NamedNode(f"{graph.document}/task/{name}")
        graph.add(node, RDF.type, MG.Task)
        graph.add(node, MG.inPlan, graph.node)
        if task.groups:
            graph.add(node, MG.inGroup, groups[_group_texts(task)])
        graph.add_number(node, MG.position, position)
        graph.add_text(node, MG.code, task.code)
        graph.add_words(node, RDFS.label, task.name.text)
        graph.add_evidence(node, task.name.spans)
        _add_period(graph, node, task.period)
        graph.add_passage(node, MG.product, task.product)
        graph.add_passage(node, MG.objective, task.objective)
        _add_funding(graph, node, task.funding, meanings)
        for code in task.sectors:
            if code in sectors:
                graph.add(node, MG.concernsSector, NamedNode(f"{graph.document}/sector/{sectors[code]}"))
        for annex in task.annexes:
            graph.add_text(node, MG.refersToAnnex, annex)
        if task.parts:
            _add_parts(graph, node, task, meanings)
        else:
            add_assignments(graph, node, "lead", task.lead)
            add_assignments(graph, node, "partner", task.partner)


def _add_parts(graph: GraphBuilder, node: NamedNode, task: Task, meanings: frozenset[str]) -> None:
    names = numbered(_part_stem(part) for part in task.parts)
    for position, (part, name) in enumerate(zip(task.parts, names, strict=True), 1):
        own = NamedNode(f"{node.value}/part/{name}")
        graph.add(own, RDF.type, MG.TaskPart)
        graph.add(own, MG.partOf, node)
        graph.add(own, MG.inPlan, graph.node)
        graph.add_number(own, MG.position, position)
        _add_period(graph, own, part.period)
        graph.add_passage(own, MG.product, part.product)
        _add_funding(graph, own, part.funding, meanings)
        if not part.product:
            for mention in part.lead:
                graph.add_evidence(own, mention.spans)
        add_assignments(graph, own, "lead", part.lead)
        add_assignments(graph, own, "partner", part.partner)


def _part_stem(part: TaskPart) -> str:
    leads = " ".join(mention.name for mention in part.lead)
    return worded_slug(leads or "phan", part.product.text if part.product else None, part.period.passage.text)


def _add_groups(graph: GraphBuilder, tasks: tuple[Task, ...]) -> dict[tuple[str, ...], NamedNode]:
    """State the headings above the tasks, each once; its place in the order is that of its first task."""
    nodes: dict[tuple[str, ...], NamedNode] = {}
    for task in tasks:
        for depth in range(1, len(task.groups) + 1):
            path = _group_texts(task)[:depth]
            if path in nodes:
                continue
            heading = task.groups[depth - 1]
            node = NamedNode(f"{graph.document}/task-group/{worded_slug(heading.text, *path[:-1])}")
            nodes[path] = node
            graph.add(node, RDF.type, MG.TaskGroup)
            graph.add(node, MG.inPlan, graph.node)
            graph.add_words(node, RDFS.label, heading.text)
            graph.add_number(node, MG.position, len(nodes))
            if depth > 1:
                graph.add(node, MG.partOf, nodes[path[:-1]])
            graph.add_evidence(node, heading.spans)
    return nodes


def _group_texts(task: Task) -> tuple[str, ...]:
    return tuple(group.text for group in task.groups)


def _add_period(graph: GraphBuilder, node: NamedNode, period: Period) -> None:
    graph.add_number(node, MG.startYear, period.start)
    graph.add_number(node, MG.endYear, period.end)
    if period.recurrence:
        graph.add(node, MG.recurrence, concept("recurrence", period.recurrence))
    graph.add_passage(node, MG.timeText, period.passage)


def _add_funding(graph: GraphBuilder, node: NamedNode, funding: tuple[Passage, ...], meanings: frozenset[str]) -> None:
    for source in funding:
        graph.add_passage(node, MG.fundingText, source)
        if source.text in meanings:
            graph.add(node, MG.funding, concept("funding", source.text))


def _funding_meanings(header: Header) -> frozenset[str]:
    """Give the codes that the document's own legend explains as Decision 222/QĐ-TTg does."""
    return frozenset(
        code
        for code, words in header.funding_legend
        if code in _LEGEND_WORDS and _LEGEND_WORDS[code] in fold(words.text)
    )
