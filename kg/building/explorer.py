"""The tables and texts of a build → the payload of the explorer (:mod:`viz.explorer_page` says what it holds)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.analysis.comparison import kind_type
from kg.building.explorer_dates import Link, dates_payload
from kg.building.explorer_map import tiles_payload
from kg.building.explorer_shared import shared_payload
from kg.building.frames import table
from kg.building.opening import find_opening
from kg.building.running import running_years
from kg.resolution.registry import load_registry

if TYPE_CHECKING:
    from viz.layout import Layout

Records = list[dict[str, Any]]
TEXT_BUDGET = 24_000_000
"""Characters of documents that one page carries. 24 million are about 6 MB of a page; the longest plans have 0.2 million."""
WINDOW = (1334.0, 505.0)
"""The picture on a 1366×768 screen, in pixels."""
_LEVELS = {
    "overlap": ["Chồng lấn", "Overlap"], "duplication": ["Trùng lặp", "Duplication"], "repetition": ["Lặp lại", "Repetition"], "nested": ["Lồng nhau", "Nested"],
    "contradiction": ["Mâu thuẫn", "Contradiction"],
}  # fmt: skip
_STATUS = {"unreviewed": ["đề xuất của máy, chưa thẩm định", "proposed, not reviewed"], "confirmed": ["xác nhận", "confirmed"], "rejected": ["bác bỏ", "rejected"], "justified": ["có lý do chính đáng", "justified"]}
_FORMS = {"agency": 0, "group": 1, "open-group": 2}
_ROLES = {"lead": 0, "partner": 1, "responsible": 2}
_MARKS = (("citations", 0, "cited_number"), ("targets", 1, "comparator"), ("reporting", 2, "deadline"))
_FINDING = 4


def explorer_payload(build_dir: str | Path, *, title: str = "Ai phải làm gì") -> dict[str, Any]:
    """Read a build and make the explorer's payload.

    Raises:
        StoreError: no build there.
    """
    folder = Path(build_dir)
    rows = {name: table(folder, name).to_dicts() for name in ("documents", "tasks", "parts", "duties", "assignments", "agencies", "sectors", "citations", "targets", "reporting", "findings", "overlaps")}
    documents, tasks, duties, agencies = rows["documents"], rows["tasks"], rows["duties"], rows["agencies"]
    provinces = sorted({str(row["province_name"]) for row in (*documents, *agencies) if row["province_name"]})
    texts = _texts(folder, documents, tasks)
    spans = _Spans(documents, texts)
    doc_rows = _number(documents, "document")
    agent_rows, task_rows = _number(agencies, "agency"), _number(tasks, "task")
    unit_rows = {**task_rows, **{iri: row + len(tasks) for iri, row in _number(duties, "duty").items()}}
    cited = _cited(rows["citations"])
    labels = _labels(documents, cited)
    decisions, implements = _decisions(documents, cited)
    sector_rows = _number(rows["sectors"], "sector")
    kinds, registry = _kinds(agencies), load_registry().kinds
    kind_rows = {slug: at for at, (slug, _) in enumerate(kinds)}
    place = {name: at for at, name in enumerate(provinces)}
    payload: dict[str, Any] = {
        "title": title,
        "figures": [["văn bản", "documents", len(documents)], ["nhiệm vụ", "tasks", len(tasks)], ["việc trong lời văn", "duties in prose", len(duties)], ["phân công", "assignments", len(rows["assignments"])], ["cơ quan và nhóm", "agencies and groups", len(agencies)]],
        "provinces": provinces,
        "kinds": kinds,
        "decisions": decisions,
        "docs": {
            "iri": _column(documents, "document"), "label": labels, "title": _column(documents, "title"), "file": _column(documents, "file"), "begin": _begins(documents, texts, [*tasks, *duties], spans),
            "province": [place.get(row["province_name"], -1) for row in documents], "date": _column(documents, "date"), "last": _column(documents, "period_end"), "implements": implements,
        },
        "agents": {
            "iri": _column(agencies, "agency"), "label": _column(agencies, "agency_name"), "form": [_FORMS[row["form"]] for row in agencies],
            "kind": [kind_rows.get(row["kind"], -1) for row in agencies], "province": [place.get(row["province_name"], -1) for row in agencies],
        },
        "tasks": {
            "iri": _column(tasks, "task"), "doc": [doc_rows[row["document"]] for row in tasks], "code": _column(tasks, "code"), "name": _column(tasks, "name"), "group": _column(tasks, "groups"),
            "from": _column(tasks, "start_year"), "to": _column(tasks, "end_year"), "rhythm": _column(tasks, "recurrence"), "time": _column(tasks, "time_text"),
            **running_years(tasks, rows["parts"], documents),
            "product": _column(tasks, "product"), "funding": _column(tasks, "funding"), "sectors": _named_sectors(tasks, rows["sectors"]), **spans.columns(tasks),
        },
        "duties": {"doc": [doc_rows[row["document"]] for row in duties], "section": _column(duties, "section"), "text": _column(duties, "text"), **spans.columns(duties)},
        "links": _links(rows["assignments"], unit_rows, agent_rows, spans, quotes=None in texts),
        "sectors": {
            "iri": _column(rows["sectors"], "sector"), "doc": [doc_rows[row["document"]] for row in rows["sectors"]], "code": _column(rows["sectors"], "code"), "name": _column(rows["sectors"], "name"),
            "parent": [sector_rows.get(row["parent"]) for row in rows["sectors"]], "items": _column(rows["sectors"], "items"), **spans.columns(rows["sectors"]),
        },
        "marks": _marks(rows, doc_rows, spans),
        "texts": texts,
        "cases": _cases(rows["overlaps"], {row["province"]: row["province_name"] for row in documents}),
    }  # fmt: skip
    payload["places"] = _places(payload)
    kept = _kept(rows["assignments"], unit_rows, agent_rows)
    payload["possible"] = [at for at, row in enumerate(kept) if row["possible"]]
    homes = {row["document"]: row["province"] for row in documents}
    links = [Link(agent_rows[row["agency"]], homes[row["document"]], row["task_name"]) for row in kept]
    payload["dates"] = dates_payload(documents, agencies, links, provinces=provinces, kinds=kinds, forms=_FORMS)
    payload["tiles"] = tiles_payload(provinces)
    payload["shared"] = shared_payload(folder, tasks, doc_rows, task_rows)
    payload["kinds"] = [[slug, name, kind_type(registry[slug]) if slug in registry else slug] for slug, name in kinds]  # last: dates bring kinds of heirs
    return payload


def _column(rows: Records, name: str) -> list[Any]:
    return [row[name] for row in rows]


def _number(rows: Records, name: str) -> dict[str, int]:
    return {row[name]: at for at, row in enumerate(rows)}


def _labels(documents: Records, cited: Mapping[str, tuple[str, str | None]]) -> list[str]:
    """Name each document by its number, else by what it carries out and when; where that is not told, by its title."""
    types = load_registry().document_types
    labels = []
    for row in documents:
        above = [cited[iri][0] for iri in str(row["implements"] or row["probably_implements"] or "").split() if iri in cited]
        kind = types[row["type"]].name if row["type"] in types else "Văn bản"
        year = f" ({row['date'][:4]})" if row["date"] else ""
        labels.append(str(row["number"] or (f"{kind} thực hiện {', '.join(above)}{year}" if above else row["title"] or row["file"])))
    return labels


def _cited(citations: Records) -> dict[str, tuple[str, str | None]]:
    """Give number and title of each cited document, as it is cited first."""
    known: dict[str, tuple[str, str | None]] = {}
    for row in citations:
        known.setdefault(row["cited"], (row["cited_number"] or row["cited_title"] or row["cited"].rsplit("/", 1)[-1], row["cited_title"]))
    return known


def _kinds(agencies: Records) -> list[list[str]]:
    kinds = load_registry().kinds
    used = sorted({row["kind"] for row in agencies if row["kind"]})
    return [[slug, kinds[slug].name if slug in kinds else slug] for slug in used]


def _texts(folder: Path, documents: Records, tasks: Records) -> list[str | None]:
    """Read the documents' texts, those with the most tasks first, as far as the budget goes."""
    weight: dict[str, int] = {}
    for task in tasks:
        weight[task["document"]] = weight.get(task["document"], 0) + 1
    texts: list[str | None] = [None] * len(documents)
    left = TEXT_BUDGET
    for at in sorted(range(len(documents)), key=lambda at: (-weight.get(documents[at]["document"], 0), documents[at]["document"])):
        path = folder / "texts" / f"{documents[at]['text_sha256']}.txt"
        if not path.is_file() or path.stat().st_size > 2 * left:
            continue
        text = path.read_bytes().decode("utf-8")
        if len(text) <= left:
            texts[at] = text
            left -= len(text)
    return texts


def _begins(documents: Records, texts: Sequence[str | None], read: Records, spans: _Spans) -> list[int]:
    """Give where each document begins in its text; 0 also where the text is left out."""
    first: dict[str, int] = {}
    for row in read:
        if row["start"] is not None:
            first[row["document"]] = min(row["start"], first.get(row["document"], row["start"]))
    begins = [find_opening(text, first.get(row["document"])) if text else 0 for row, text in zip(documents, texts, strict=True)]
    return [spans.offset(row["document"], begin) or 0 for row, begin in zip(documents, begins, strict=True)]


class _Spans:
    """Offsets of code points as offsets of UTF-16 units, which is what a browser counts."""

    def __init__(self, documents: Records, texts: Sequence[str | None]) -> None:
        self._wide = {row["document"]: [at for at, letter in enumerate(text) if letter > "\uffff"] for row, text in zip(documents, texts, strict=True) if text and not text.isascii() and max(text) > "\uffff"}

    def columns(self, rows: Records) -> dict[str, list[int | None]]:
        return {name: [self.offset(row["document"], row[name]) for row in rows] for name in ("start", "end")}

    def offset(self, document: str, at: int | None) -> int | None:
        wide = self._wide.get(document)
        return at if at is None or not wide else at + bisect_left(wide, at)


def _decisions(documents: Records, cited: Mapping[str, tuple[str, str | None]]) -> tuple[dict[str, list[Any]], list[list[list[int]]]]:
    """Give the decisions that plans carry out and the build has not, and for each plan the nodes that it carries out, 1 where that is inferred.

    Nodes are numbered decisions first, then documents: a decision that was read itself is its document.
    """
    above = [[(iri, inferred) for column, inferred in (("implements", 0), ("probably_implements", 1)) for iri in str(row[column] or "").split() if iri != row["document"]] for row in documents]
    own = {row["document"] for row in documents}
    used = sorted({iri for pairs in above for iri, _ in pairs} - own)
    number = {iri: at for at, iri in enumerate([*used, *(row["document"] for row in documents)])}
    named = [cited.get(iri) or (iri.rsplit("/", 1)[-1], None) for iri in used]
    columns: dict[str, list[Any]] = {"iri": used, "label": [label for label, _ in named], "title": [title for _, title in named]}
    return columns, [[[number[iri], inferred] for iri, inferred in pairs] for pairs in above]


def _named_sectors(tasks: Records, sectors: Records) -> list[list[int]]:
    rows = {(row["document"], row["code"]): at for at, row in enumerate(sectors)}
    return [[rows[row["document"], code] for code in _codes(row["sectors"]) if (row["document"], code) in rows] for row in tasks]


def _codes(text: str | None) -> list[str]:
    return [code.strip() for code in (text or "").replace(";", " ").split() if code.strip()]


def _kept(assignments: Records, units: Mapping[str, int], agents: Mapping[str, int]) -> Records:
    return [row for row in assignments if row["role"] in _ROLES and row["task"] in units and row["agency"] in agents]


def _links(assignments: Records, units: Mapping[str, int], agents: Mapping[str, int], spans: _Spans, *, quotes: bool) -> dict[str, list[Any]]:
    kept = _kept(assignments, units, agents)
    columns: dict[str, list[Any]] = {
        "of": [units[row["task"]] for row in kept], "agent": [agents[row["agency"]] for row in kept], "role": [_ROLES[row["role"]] for row in kept],
        "conf": [1.0 if row["confidence"] is None else row["confidence"] for row in kept], **spans.columns(kept),
    }  # fmt: skip
    if quotes:
        columns["quote"] = _column(kept, "quote")
    return columns


def _marks(rows: Mapping[str, Records], docs: Mapping[str, int], spans: _Spans) -> dict[str, list[Any]]:
    found: list[tuple[int, int, int | None, int | None, str | list[str] | None]] = []
    for name, kind, note in _MARKS:
        found += [(docs[row["document"]], kind, spans.offset(row["document"], row["start"]), spans.offset(row["document"], row["end"]), row[note]) for row in rows[name]]
    by_file = {row["file"]: row["document"] for row in rows["documents"]}
    for row in rows["findings"]:
        if row["file"] in by_file:
            document = by_file[row["file"]]
            found.append((docs[document], _FINDING, spans.offset(document, row["start"]), spans.offset(document, row["end"]), [row["vi"], row["en"]]))
    columns = list(zip(*found, strict=True)) or [()] * 5
    return {name: list(column) for name, column in zip(("doc", "kind", "start", "end", "note"), columns, strict=True)}


def _cases(overlaps: Records, provinces: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the candidates for overlap, the likest first, with the words in which the two differ."""
    cases = []
    for row in sorted(overlaps, key=lambda row: (-row["score"], row["id"])):
        first, second = _marked(row["first_text"], row["second_text"])
        sides = {side: {"task": row[side], "name": row[f"{side}_text"], "leads": row[f"{side}_leads"] or "", "words": words} for side, words in (("first", first), ("second", second))}
        cases.append({
            "id": row["id"], "province": provinces.get(row["province"]) or "", "level": _LEVELS[row["level"]], "score": row["score"], "reason": [row["reason_vi"], row["reason_en"]],
            "benefit": [row["benefit_vi"], row["benefit_en"]], "status": _STATUS[row["status"]], **sides,
        })  # fmt: skip
    return cases


def _marked(first: str, second: str) -> tuple[list[list[Any]], list[list[Any]]]:
    """Cut two texts into stretches of words, each with whether the other lacks it.

    >>> _marked("mô hình cụm công nghiệp", "mô hình khu công nghiệp")[0]
    [['mô hình ', False], ['cụm ', True], ['công nghiệp', False]]
    """
    one, other = first.split(), second.split()
    sides: tuple[list[list[Any]], list[list[Any]]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        for side, words in ((0, one[a:b]), (1, other[c:d])):
            if words:
                sides[side].append([" ".join(words) + " ", kind != "equal"])
    for stretches in sides:
        if stretches:
            stretches[-1][0] = stretches[-1][0].rstrip()
    return sides


def _places(payload: Mapping[str, Any]) -> dict[str, Any]:
    from viz.places import place_all

    docs, agents, links = payload["docs"], payload["agents"], payload["links"]
    decisions, tasks = len(payload["decisions"]["iri"]), len(payload["tasks"]["iri"])
    load = [0.0] * len(agents["iri"])
    for of, agent, role in zip(links["of"], links["agent"], links["role"], strict=True):
        load[agent] += role == 0 and of < tasks
    everything = place_all(decisions, docs["province"], list(zip(agents["province"], load, strict=True)), payload["tasks"]["doc"])
    layout = _overview(payload, load)
    nodes = decisions + len(docs["iri"]) + len(agents["iri"])
    places = [layout.places.get(node, (0.0, 0.0, 0)) for node in range(nodes)]
    number = {name: at for at, name in enumerate(payload["provinces"])}
    return {
        "overview": {"x": [round(x, 1) for x, _, _ in places], "y": [round(y, 1) for _, y, _ in places], "side": [side for _, _, side in places]},
        "all": {"x": list(everything.x), "y": list(everything.y)},
        "panels": [[number.get(panel.province or "", -1), *(round(value, 1) for value in (panel.x, panel.y, panel.width, panel.height))] for panel in layout.panels],
    }  # fmt: skip


def _overview(payload: Mapping[str, Any], load: Sequence[float]) -> Layout:
    """Lay out decisions, plans and agencies; tasks are folded away."""
    import networkx as nx

    from viz.layout import lay_out

    graph = nx.MultiDiGraph()
    docs, agents, names = payload["docs"], payload["agents"], payload["provinces"]
    first_doc = len(payload["decisions"]["iri"])
    first_agent = first_doc + len(docs["iri"])
    for at, label in enumerate(payload["decisions"]["label"]):
        graph.add_node(at, kind="decision", label=label)
    for at, (label, province) in enumerate(zip(docs["label"], docs["province"], strict=True)):
        graph.add_node(first_doc + at, kind="plan", label=label, province=names[province] if province >= 0 else None)
    forms = ("agency", "group", "open-group")
    busy = {agent for agent, role in zip(payload["links"]["agent"], payload["links"]["role"], strict=True) if role != 1}
    for at, (label, form, province) in enumerate(zip(agents["label"], agents["form"], agents["province"], strict=True)):
        graph.add_node(first_agent + at, kind=forms[form], label=label, province=names[province] if province >= 0 else None, load=load[at], busy=at in busy)
    for at, above in enumerate(docs["implements"]):
        for node, _ in above:
            graph.add_edge(first_doc + at, node, role="implements")
    return lay_out(graph, tasks=False, window=WINDOW, grained=True)
