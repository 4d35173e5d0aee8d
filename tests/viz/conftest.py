"""A graph as a build would hand it over, made of the gold annotations of the five plans."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from viz.model import AgencyRow

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/mandategraph/"


def kind_of(name: str) -> str:
    if re.search(r"liên quan|khác|xã hội nghề nghiệp", name):
        return "open-group"
    if name.startswith("các ") or name == "báo chí" or "nhân dân các" in name:
        return "group"
    return "agency"


class GoldGraph:
    """Collects nodes, edges and counts over the gold files."""

    def __init__(self) -> None:
        self.graph = nx.MultiDiGraph()
        self.counts: dict[str, Counter[str]] = {}
        self.shares: Counter[str] = Counter()

    def passage(self, text: str, file: str, quote: str) -> dict[str, Any]:
        pattern = r"\s+".join(re.escape(word) for word in quote.split())
        found = re.search(pattern, text)
        start, end = found.span() if found else (None, None)
        return {"quote": quote, "source": file, "start": start, "end": end}

    def agency(self, province: str, name: str) -> str:
        iri = f"{BASE}vn/{province}/agency/{name}"
        if iri not in self.graph:
            self.graph.add_node(iri, kind=kind_of(name), label=name, province=province, load=0, iri=iri)
            self.counts[iri] = Counter()
        return iri

    def assign(self, start: str, province: str, roles: dict[str, list[str]], passage: dict[str, Any], *, duty: bool) -> None:
        leads = list(dict.fromkeys(roles.get("lead", [])))
        for role, names in roles.items():
            for name in dict.fromkeys(names):
                agency = self.agency(province, name)
                self.graph.add_edge(start, agency, role=role, inferred=False, **passage)
                self.counts[agency]["duty" if duty else role] += 1
                if role == "lead" and not duty:
                    self.graph.nodes[agency]["load"] += 1
                    self.shares[agency] += 1 / len(leads)

    def read(self, path: Path) -> None:
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = unicodedata.normalize("NFC", (ROOT / "corpus" / gold["file"]).read_text(encoding="utf-8"))
        head, file = gold["document"], gold["file"]
        province, plan = head["province"], f"{BASE}vn/{file}"
        label = head["number"] or f"{head['type']} {head['date'] or ''}".strip()
        title = self.passage(text, file, head["title"])
        self.graph.add_node(plan, kind="plan", label=label, province=province, iri=plan, **title)
        for number in head["implements"]:
            decision = f"{BASE}vn/thu-tuong/{number}"
            self.graph.add_node(decision, kind="decision", label=number, province=None, iri=decision)
            self.graph.add_edge(plan, decision, role="implements", inferred=False, **self.passage(text, file, number))
        for number, task in enumerate(gold["tasks"]):
            iri = f"{plan}/task/{number}"
            words = self.passage(text, file, task["name"])
            self.graph.add_node(iri, kind="task", label=task["name"], province=province, iri=iri, **words)
            self.graph.add_edge(plan, iri, role="contains", inferred=False)
            parts = task.get("parts") or []
            roles = {role: [*task[role], *(name for part in parts for name in part[role])] for role in ("lead", "partner")}
            self.assign(iri, province, roles, words, duty=False)
        for duty in gold["duties"]:
            words = self.passage(text, file, duty["text"])
            self.assign(plan, province, {duty["role"]: duty["agency"]}, words, duty=True)

    def rows(self) -> list[AgencyRow]:
        return [
            AgencyRow(
                province=self.graph.nodes[iri]["province"],
                agency=self.graph.nodes[iri]["label"],
                led=count["lead"],
                led_fractional=self.shares[iri],
                partnered=count["partner"],
                duties=count["duty"],
                form=self.graph.nodes[iri]["kind"],
                iri=iri,
            )
            for iri, count in self.counts.items()
        ]


SUMMARY = [("kế hoạch", "plans", "5"), ("nhiệm vụ", "tasks", "68"), ("tỉnh", "provinces", "5")]


@pytest.fixture(scope="session")
def gold() -> GoldGraph:
    made = GoldGraph()
    paths = sorted((ROOT / "tests" / "gold").glob("*.json"))
    assert len(paths) == 5
    for path in paths:
        made.read(path)
    return made


@pytest.fixture(scope="session")
def page_options() -> dict[str, Any]:
    return {"title": "Kinh tế tuần hoàn: ai làm gì", "summary": SUMMARY}


@pytest.fixture(scope="session")
def country() -> Callable[..., nx.MultiDiGraph]:
    """Graphs of many provinces, for size."""

    def make(*, provinces: int, tasks: int) -> nx.MultiDiGraph:
        graph = nx.MultiDiGraph()
        names = ["Sở Công Thương", "Sở Nông nghiệp và Môi trường", "Sở Tài chính", "Sở Khoa học và Công nghệ", "Sở Y tế",
                 "Sở Xây dựng", "Sở Nội vụ", "Công an tỉnh", "Ban Quản lý các khu công nghiệp", "Sở Giáo dục và Đào tạo"]
        for decision in ("222/QĐ-TTg", "687/QĐ-TTg", "889/QĐ-TTg"):
            graph.add_node(decision, kind="decision", label=decision)
        for number in range(provinces):
            province = f"Tỉnh {number + 1:02d}"
            plan = f"{province}/plan"
            graph.add_node(plan, kind="plan", label=f"{100 + number}/KH-UBND", province=province)
            graph.add_edge(plan, ("222/QĐ-TTg", "687/QĐ-TTg", "889/QĐ-TTg")[number % 3], role="implements")
            for at, name in enumerate(names):
                graph.add_node(f"{province}/{name}", kind="agency", label=name, province=province, iri=f"{province}/{name}",
                               load=sum(1 for task in range(tasks) if (task * task) % 10 == at))
            for task in range(tasks):
                key = f"{plan}/{task:03d}"
                graph.add_node(key, kind="task", label=f"Triển khai chương trình sử dụng năng lượng tiết kiệm, đợt {task + 1}",
                               province=province)
                graph.add_edge(plan, key, role="contains")
                graph.add_edge(key, f"{province}/{names[(task * task) % 10]}", role="lead")
                graph.add_edge(key, f"{province}/{names[(task + 3) % 10]}", role="partner")
        return graph

    return make
