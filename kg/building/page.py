"""The tables of a build → the network and the table that the first-look page is drawn from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.building.tables import AGENCIES, ASSIGNMENTS, CITATIONS, DOCUMENTS, TASKS, Row, TableKind, Value
from kg.graph.namespaces import BASE

if TYPE_CHECKING:
    import networkx as nx

Record = dict[str, Value]
Rows = Mapping[str, Sequence[Row]]
DRAWN_DOCUMENTS = 200
"""1,000 plans made a page of 25 MB, in 8 s, that no one could read."""
_ROLES = ("lead", "partner", "responsible")


class PageRows:
    """The rows that the page is drawn from: every agency for its table, and what is drawn of ``documents`` alone."""

    def __init__(self, documents: Collection[str]) -> None:
        self._documents = documents
        self.agencies: Sequence[Row] = ()
        self.tables: dict[str, list[Row]] = {table.name: [] for table in (DOCUMENTS, TASKS, ASSIGNMENTS, CITATIONS)}

    def add(self, document: str, rows: Rows) -> None:
        """Add one document's rows, of any tables."""
        for name, kept in self.tables.items() if document in self._documents else ():
            kept.extend(rows.get(name, ()))

    def drawn(self) -> Rows:
        """Give the rows of the documents that are drawn, with the agencies that they charge."""
        column = ASSIGNMENTS.header.index("agency")
        charged = {row[column] for row in self.tables[ASSIGNMENTS.name]}
        return {**self.tables, AGENCIES.name: [row for row in self.agencies if row[0] in charged]}


def choose_documents(tasks: Mapping[str, int]) -> frozenset[str]:
    """Choose the documents to draw, by address: all, or of a large corpus those with the most tasks."""
    ranked = sorted(tasks, key=lambda document: (-tasks[document], document))
    return frozenset(ranked[:DRAWN_DOCUMENTS])


def make_network(rows: Rows) -> nx.MultiDiGraph:
    """Make the graph that :mod:`viz.model` describes: decisions, plans, tasks, and who is charged."""
    import networkx as nx

    graph = nx.MultiDiGraph()
    for document in _records(DOCUMENTS, rows):
        label = document["number"] or document["title"] or document["file"]
        graph.add_node(document["document"], kind="plan", label=label, province=document["province_name"], source=document["file"], iri=document["document"])  # fmt: skip
    _add_decisions(graph, rows)
    for agency in _records(AGENCIES, rows):
        graph.add_node(agency["agency"], kind=agency["form"], label=agency["agency_name"], province=agency["province_name"], load=float(agency["led"] or 0), iri=agency["agency"])  # fmt: skip
    for task in _records(TASKS, rows):
        label = " ".join(str(part) for part in (task["code"], task["name"]) if part)
        graph.add_node(task["task"], kind="task", label=label, iri=task["task"], **_evidence(task))
        graph.add_edge(task["document"], task["task"], role="contains", **_evidence(task))
    _add_assignments(graph, rows)
    return graph


def _add_decisions(graph: nx.MultiDiGraph, rows: Rows) -> None:
    cited = list(_records(CITATIONS, rows))
    labels = {str(row["cited"]): str(row["cited_number"] or row["cited_title"] or row["cited"]) for row in reversed(cited)}
    evidence = {(row["document"], row["cited"]): _evidence(row) for row in reversed(cited)}
    for document in _records(DOCUMENTS, rows):
        for column, inferred in (("implements", False), ("probably_implements", True)):
            for decision in str(document[column] or "").split():
                if decision == document["document"]:
                    continue
                quote = evidence.get((document["document"], decision), {})
                node = _decision_node(graph, decision, labels)
                graph.add_edge(document["document"], node, role="implements", inferred=inferred, **quote)


def _decision_node(graph: nx.MultiDiGraph, decision: str, labels: Mapping[str, str]) -> str:
    """A decision that was read itself holds tasks as a plan does; what it is to other plans is a node of its own."""
    node = decision + "#decision" if graph.nodes.get(decision, {}).get("kind") == "plan" else decision
    if node not in graph:
        label = labels.get(decision) or decision.removeprefix(BASE).rsplit("/", 1)[-1]
        graph.add_node(node, kind="decision", label=label, iri=decision)
    return node


def _add_assignments(graph: nx.MultiDiGraph, rows: Rows) -> None:
    seen: set[tuple[Value, Value, Value]] = set()
    for row in _records(ASSIGNMENTS, rows):
        start = row["document"] if row["of"] == "duty" else row["task"]
        known = (row["task"], row["agency"], row["role"])
        if row["role"] not in _ROLES or known in seen:
            continue
        seen.add(known)
        graph.add_edge(start, row["agency"], role=row["role"], **_evidence(row))


def write_first_look(page: PageRows, documents: int, summary: Sequence[tuple[str, str, str]], path: Path) -> None:
    """Write the page; it says so where it does not draw all ``documents``."""
    from viz.model import AgencyRow
    from viz.page import write_page

    rows = page.drawn()
    drawn = len(rows[DOCUMENTS.name])
    graph = make_network(rows)
    table = [
        AgencyRow(
            province=_text(row["province_name"]), agency=str(row["agency_name"]), led=_count(row["led"]),
            led_fractional=float(row["led_fractional"] or 0), partnered=_count(row["partnered"]), duties=_count(row["duties"]),
            form=str(row["form"]), iri=_text(row["agency"]) if row["agency"] in graph else None,  # type: ignore[arg-type]
        )
        for row in _records(AGENCIES, {AGENCIES.name: page.agencies})
    ]  # fmt: skip
    if drawn < documents:
        summary = [*summary, ("Văn bản được vẽ", "Documents drawn, those with the most tasks", f"{drawn:,}")]
    write_page(graph, table, title="Ai phải làm gì trong các kế hoạch", summary=summary, path=path)


def _records(table: TableKind, rows: Rows) -> Iterator[Record]:
    return (dict(zip(table.header, row, strict=True)) for row in rows.get(table.name, ()))


def _evidence(record: Record) -> dict[str, Any]:
    return {"quote": record["quote"], "source": record["file"], "start": record["start"], "end": record["end"]}


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _count(value: Value) -> int:
    return int(value or 0)
