"""Each maker of pages names the scripts and styles that may run; what a document's words became is not among them.

Escaping is the first lock. Here it is taken away, maker by maker, and the page opened in Chromium: the second lock must hold alone.
"""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import networkx as nx
import pytest

import kg.building.review_files
import viz.explorer_page
import viz.page
import viz.report_page
import viz.resource_page
from kg.building.explorer import explorer_payload
from kg.building.review_queue import review_queue
from kg.resolution.decisions import NO_DECISIONS
from viz.policy import read_policy
from viz.report_model import Report, Section, Words

EVIL = (
    "<script>document.documentElement.dataset.evil = 'script'</script>"
    "<script type='module'>document.documentElement.dataset.evil = 'module'</script>"
    "<img src=x onerror=\"document.documentElement.dataset.evil = 'event'\">"
    "<style>body { outline: 7px solid red }</style>"
)


def explorer(built: Path) -> str:
    return viz.explorer_page.make_explorer({**explorer_payload(built), "title": EVIL})


def report(built: Path) -> str:
    words = Words(EVIL, EVIL)
    return viz.report_page.make_report(Report("load", words, words, (Section("one", words),)))


def resource(built: Path) -> str:
    thing = {"iri": "https://example.org/x", "label": EVIL, "place": "", "types": [], "outgoing": [], "incoming": [], "quotes": [], "more": 0}
    return viz.resource_page.make_resource_page(thing, local=str, links=[])


def missing(built: Path) -> str:
    return viz.resource_page.make_missing_page(EVIL)


def review(built: Path) -> str:
    asked = review_queue(built, NO_DECISIONS)[0]
    first, *more = asked.passages
    return kg.building.review_files.review_page([replace(asked, passages=(replace(first, words=EVIL), *more))], "build")


def notebook(built: Path) -> str:
    graph = nx.MultiDiGraph()
    graph.add_node("a", kind="agency", label=EVIL, province=EVIL, load=1, iri="a", quote=EVIL)
    return viz.page.make_page(graph, [], title=EVIL, summary=[(EVIL, EVIL, EVIL)])


MAKERS: dict[str, tuple[Callable[[Path], str], str, int, str]] = {
    "explorer": (explorer, "viz.explorer_page", 1, "html[data-ready=yes]"),
    "report": (report, "viz.report_page", 1, ".tools:not([hidden])"),
    "one thing": (resource, "viz.resource_page", 0, "main"),
    "no such thing": (missing, "viz.resource_page", 0, "main"),
    "review": (review, "kg.building.review_files", 1, "#tools:not([hidden])"),
    "notebook": (notebook, "viz.page", 4 + 3, "#mynetwork canvas"),
}
"""Makes the page; its module; how many scripts may run, of pyvis and of our own; what is there once they have."""


@pytest.mark.parametrize("name", MAKERS)
def test_a_script_that_words_became_while_the_page_was_written_does_not_run(name: str, built: Path, tmp_path: Path, browser, monkeypatch):
    make, module, scripts, own = MAKERS[name]
    assert EVIL not in make(built), "the first lock"
    monkeypatch.setattr(f"{module}.escape", lambda text, quote=True: text)
    html = make(built)
    assert EVIL in html, "the first lock is off"
    assert read_policy(html).split("script-src ")[1].split(";")[0].count("sha256-") == scripts
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context()
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    page.wait_for_selector(own)
    assert page.get_attribute("html", "data-evil") is None
    assert sum("Content Security Policy" in each for each in complaints) >= 3
    if "'unsafe-inline'" not in read_policy(html):  # the library of the notebook's page writes style sheets
        assert page.evaluate("getComputedStyle(document.body).outlineWidth") != "7px"
    # The same page under a policy that allows it: the test would see the script run.
    file.write_text(html.replace(escape(read_policy(html), quote=False), "script-src 'unsafe-inline'"), encoding="utf-8")
    page.goto("about:blank")
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-evil]", state="attached")
    context.close()
