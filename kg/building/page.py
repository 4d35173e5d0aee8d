"""The tables of a build → the network of a province or an agency, as a page to embed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.building import frames
from kg.building.tables import AGENCIES, ASSIGNMENTS, CITATIONS, DOCUMENTS, TASKS, Row, TableKind, Value
from kg.errors import QuestionError
from kg.graph.namespaces import BASE
from kg.normalise import slug

if TYPE_CHECKING:
    import networkx as nx

Record = dict[str, Value]
Rows = Mapping[str, Sequence[Row]]
_ROLES = ("lead", "partner", "responsible")


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
                if decision not in graph:  # one that was read itself is its document, which holds its tasks
                    label = labels.get(decision) or decision.removeprefix(BASE).rsplit("/", 1)[-1]
                    graph.add_node(decision, kind="decision", label=label, iri=decision)
                graph.add_edge(document["document"], decision, role="implements", inferred=inferred, **quote)


def _add_assignments(graph: nx.MultiDiGraph, rows: Rows) -> None:
    seen: set[tuple[Value, Value, Value]] = set()
    for row in _records(ASSIGNMENTS, rows):
        start = row["document"] if row["of"] == "duty" else row["task"]
        known = (row["task"], row["agency"], row["role"])
        if row["role"] not in _ROLES or known in seen:
            continue
        seen.add(known)
        graph.add_edge(start, row["agency"], role=row["role"], **_evidence(row))


def write_network(build_dir: str | Path, path: str | Path, *, province: str | None = None, agency: str | None = None) -> Path:
    """Draw the network of a province or an agency as one page for a notebook, drawn with pyvis, without a network.

    Args:
        build_dir: folder of the build.
        path: the HTML file to write; its folder must exist.
        province: its name or slug; plans of this province alone.
        agency: its name or address; tasks and duties that charge it alone, with all whom they charge.

    Raises:
        StoreError: no build there.
        QuestionError: nothing in the build is of that province or agency.
    """
    from viz.model import AgencyRow
    from viz.page import write_page

    rows = _select(build_dir, province, agency)
    graph = make_network(rows)
    table = [
        AgencyRow(
            province=_text(row["province_name"]), agency=str(row["agency_name"]), led=_count(row["led"]),
            led_fractional=float(row["led_fractional"] or 0), partnered=_count(row["partnered"]), duties=_count(row["duties"]),
            form=str(row["form"]), iri=_text(row["agency"]) if row["agency"] in graph else None,  # type: ignore[arg-type]
        )
        for row in _records(AGENCIES, rows)
    ]  # fmt: skip
    drawn = (("Văn bản", "Documents", DOCUMENTS), ("Nhiệm vụ", "Tasks", TASKS), ("Cơ quan", "Agencies", AGENCIES))
    title = " – ".join(each for each in ("Ai phải làm gì", province, agency) if each)
    write_page(graph, table, title=title, summary=[(vi, en, f"{len(rows[kind.name]):,}") for vi, en, kind in drawn], path=Path(path))
    return Path(path)


def _select(build_dir: str | Path, province: str | None, agency: str | None) -> Rows:
    """The rows of a build that speak of a province, an agency, or both."""
    records = {kind.name: frames.table(build_dir, kind.name).to_dicts() for kind in (DOCUMENTS, TASKS, ASSIGNMENTS, CITATIONS, AGENCIES)}
    wanted = slug(province or "")
    homes = {row["document"] for row in records["documents"] if not wanted or wanted in (row["province"], slug(row["province_name"] or ""))}
    assignments = [row for row in records["assignments"] if row["document"] in homes]
    if agency:
        work = {row["task"] for row in assignments if agency == row["agency"] or slug(agency) == slug(row["agency_name"] or "")}
        assignments = [row for row in assignments if row["task"] in work]
        homes = {row["document"] for row in assignments}
    charged = {row["agency"] for row in assignments}
    if not homes or (agency and not assignments):
        raise QuestionError(
            "network", found=", ".join(each for each in (province, agency) if each) or "no document", expected="a province or agency of the build",
            remedy="see tables/agencies.csv for their names", vi="Không có tỉnh hay cơ quan này trong kết quả build; xem tên trong tables/agencies.csv",
        )  # fmt: skip
    tasks = {row["task"] for row in assignments}
    kept = {
        "documents": [row for row in records["documents"] if row["document"] in homes],
        "tasks": [row for row in records["tasks"] if row["document"] in homes and (not agency or row["task"] in tasks)],
        "assignments": assignments,
        "citations": [row for row in records["citations"] if row["document"] in homes],
        "agencies": [row for row in records["agencies"] if row["agency"] in charged],
    }
    headers = {kind.name: kind.header for kind in (DOCUMENTS, TASKS, ASSIGNMENTS, CITATIONS, AGENCIES)}
    return {name: [tuple(row[column] for column in headers[name]) for row in own] for name, own in kept.items()}


def _records(table: TableKind, rows: Rows) -> Iterator[Record]:
    return (dict(zip(table.header, row, strict=True)) for row in rows.get(table.name, ()))


def _evidence(record: Record) -> dict[str, Any]:
    return {"quote": record["quote"], "source": record["file"], "start": record["start"], "end": record["end"]}


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _count(value: Value) -> int:
    return int(value or 0)
