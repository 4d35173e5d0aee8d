import json
import re
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from viz.model import AgencyRow
from viz.network import strip_remote
from viz.page import ALL_TASKS_LIMIT, make_page, write_page
from viz.policy import read_policy


def facts_of(html: str) -> dict:
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(html)
    return parser.tags


def test_the_head_is_complete_and_nothing_is_fetched(gold, page_options) -> None:
    html = make_page(gold.graph, gold.rows(), **page_options)
    assert html.startswith('<!DOCTYPE html>\n<html lang="vi">')
    tags = elements(html)
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": read_policy(html)}) in tags
    assert "'unsafe-inline'" not in read_policy(html).split("style-src")[0]
    assert any(tag == "meta" and attrs.get("name") == "viewport" for tag, attrs in tags)
    fetched = {attrs.get(name) for _, attrs in tags for name in ("src", "href") if attrs.get(name)}
    assert fetched == {"data:,", "#table"}
    assert [tag for tag, _ in tags].count("h1") == 1


def test_the_same_facts_in_another_order_give_the_same_bytes(gold, page_options, tmp_path: Path) -> None:
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(gold.graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(gold.graph.edges(data=True))))
    write_page(gold.graph, gold.rows(), path=tmp_path / "one.html", **page_options)
    write_page(turned, gold.rows()[::-1], path=tmp_path / "two.html", **page_options)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_the_page_stays_light(gold, page_options) -> None:
    assert len(make_page(gold.graph, gold.rows(), **page_options).encode()) < 1_100_000


def test_above_the_limit_tasks_are_facts_and_no_longer_drawn(country) -> None:
    for tasks, drawn in ((30, True), (46, False)):
        graph = country(provinces=34, tasks=tasks)
        assert (graph.number_of_nodes() <= ALL_TASKS_LIMIT) is drawn
        facts = facts_of(make_page(graph, [], title="Cả nước", summary=[]))
        assert ("tasks" in facts["views"]) is drawn
        assert sum(node[0] == "task" for node in facts["nodes"]) == 34 * tasks


def test_rows_find_their_nodes_and_open_groups_stand_last(gold, page_options) -> None:
    facts = facts_of(make_page(gold.graph, gold.rows(), **page_options))
    assert all(facts["nodes"][row[7]][1] == row[1] for row in facts["rows"])
    forms = [row[6] for row in facts["rows"]]
    first = forms.index("open-group")
    assert set(forms[first:]) == {"open-group"}
    assert facts["rows"][0][2] == max(row[2] for row in facts["rows"])


def test_words_from_documents_cannot_end_a_script(page_options) -> None:
    hostile = "</script><script>window.hit=1</script><!--"
    graph = nx.MultiDiGraph()
    graph.add_node("p", kind="plan", label=hostile, province=hostile, quote=hostile, source=hostile, start=0, end=9)
    html = make_page(graph, [AgencyRow(province=hostile, agency=hostile, led=1, led_fractional=1, partnered=0, duties=0)],
                     title=hostile, summary=[(hostile, hostile, hostile)])
    plain = make_page(nx.MultiDiGraph(), [], **page_options)
    assert hostile not in html
    assert html.count("</script>") == plain.count("</script>")
    assert facts_of(html)["nodes"][0][1] == hostile


def test_a_template_with_an_unknown_address_is_refused() -> None:
    assert strip_remote('<link\n href="https://cdn.jsdelivr.net/npm/bootstrap.min.css"\n/><p>Tỉnh</p>') == "<p>Tỉnh</p>"
    with pytest.raises(ValueError, match="unknown template"):
        strip_remote('<img src="//example.org/pixel.gif">')
