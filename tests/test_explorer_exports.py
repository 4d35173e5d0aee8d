"""What is taken away is opened again by other programs, and says what the table says."""

import re
import struct
import xml.etree.ElementTree as ET
import zlib
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

from kg.building.frames import table
from tests.explorer_tools import taken_away

SVG = "{http://www.w3.org/2000/svg}"
ROLES = {"lead": "leads", "partner": "partner", "responsible": "responsible", "implements": "implements", "probably implements": "probably implements (inferred)", "contains": "holds the task"}


def saved(page, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(download.value.path())


@pytest.mark.parametrize("state", ["", "view=all", "province=Lai+Ch%C3%A2u", "asof=2025-07-01", "ego"])
def test_a_network_says_what_its_table_says(open_page, built: Path, state: str):
    if state == "ego":
        state = "ego=" + table(built, "agencies").filter(led=5)["agency"][0]
    page = open_page(state + "&lang=en")
    told = Counter((row["From"], row["Relation"], row["To"], float(row["Tasks and duties"])) for row in taken_away(page))
    assert told
    graphml, gexf = nx.read_graphml(saved(page, "GraphML"), force_multigraph=True), nx.MultiDiGraph(nx.read_gexf(saved(page, "GEXF"), version="1.3"))
    names = graphml.nodes(data="label")
    assert Counter((names[a], ROLES[facts["role"]], names[b], facts["weight"]) for a, b, facts in graphml.edges(data=True)) == told
    assert dict(gexf.nodes(data="label")) == dict(names)
    assert dict(gexf.nodes(data="load")) == pytest.approx(dict(graphml.nodes(data="load")))
    edges = Counter((names[a], ROLES[facts["label"]], names[b], facts["weight"]) for a, b, facts in gexf.edges(data=True))
    assert edges == told
    assert {facts["viz"]["position"]["z"] for _, facts in gexf.nodes(data=True)} == {0.0}


def test_the_drawing_of_a_network_has_its_nodes_and_edges(open_page):
    page = open_page()
    drawing = ET.fromstring(saved(page, "SVG").read_text(encoding="utf-8"))
    graph = nx.read_graphml(saved(page, "GraphML"), force_multigraph=True)
    assert len([one for one in drawing.iter(SVG + "line") if one.get("stroke-opacity")]) == graph.number_of_edges()
    titles = Counter(one.text for one in drawing.iter(SVG + "title"))
    assert titles == Counter(name for _, name in graph.nodes(data="label"))


def told_in(drawing: ET.Element) -> list[str]:
    return [one.get("aria-label") for one in drawing.iter() if one.get("role") == "listitem"]


def test_the_drawing_of_a_flow_has_the_figures_of_its_table(open_page):
    page = open_page("view=flow&lang=en")
    rows = {f"{row['From']} → {row['To']}": float(row["Tasks (shared)"]) for row in taken_away(page)}
    drawn = {words.rpartition(": ")[0]: float(words.rpartition(": ")[2]) for words in told_in(ET.fromstring(saved(page, "SVG").read_text(encoding="utf-8")))}
    assert drawn == pytest.approx(rows, abs=0.006)


def test_the_drawing_of_the_years_has_the_figures_of_its_table(open_page):
    page = open_page("view=years&lang=en")
    rows = [(row["Year"], row["Running"], row["Due"]) for row in taken_away(page)]
    assert [tuple(re.findall(r"\d+", words)) for words in told_in(ET.fromstring(saved(page, "SVG").read_text(encoding="utf-8")))] == rows


def test_the_drawing_of_the_loads_has_the_figures_of_its_table(open_page):
    page = open_page("view=load")
    rows = {(row["Cơ quan"] + (f" – {row['Tỉnh']}" if row["Tỉnh"] else "")): (row["Chủ trì (chia)"], row["Chủ trì (tính đủ)"]) for row in taken_away(page)}
    drawn = told_in(ET.fromstring(saved(page, "SVG").read_text(encoding="utf-8")))
    assert len(drawn) > 30
    for words in drawn:
        name, shared, full = re.fullmatch(r"(.*): chia cho đồng chủ trì ([\d,]+), tính đủ (\d+)", words).groups()
        assert rows[name][1] == full
        assert float(rows[name][0]) == pytest.approx(float(shared.replace(",", ".")), abs=0.006)


@pytest.mark.parametrize("matrix", ["", "pairs"])
def test_the_drawing_of_a_matrix_has_the_figures_of_its_table(open_page, matrix: str):
    page = open_page(f"view=matrix&matrix={matrix}&lang=en")
    rows = Counter(row["Tasks and duties"] for row in taken_away(page))
    drawing = ET.fromstring(saved(page, "SVG").read_text(encoding="utf-8"))
    assert Counter(one.text for one in drawing.iter(SVG + "text") if one.get("font-size") == "11") == rows


@pytest.mark.parametrize("view", ["overview", "all", "matrix", "map", "pairs", "load", "years", "flow", "sectors", "heirs&asof=2025-07-01"])
def test_a_picture_is_drawn_and_not_blank(open_page, view: str):
    content = saved(open_page(f"view={view}"), "PNG").read_bytes()
    assert content.startswith(b"\x89PNG")
    chunks, at = {}, 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name = content[at + 4 : at + 8]
        chunks[name] = chunks.get(name, b"") + content[at + 8 : at + 8 + length]
        at += 12 + length
    wide, high = struct.unpack(">II", chunks[b"IHDR"][:8])
    assert wide > 900
    assert high > 300
    lines = zlib.decompress(chunks[b"IDAT"])
    step = len(lines) // high
    # Filtered rows of one colour are zeros: what is drawn is what is not.
    assert sum(any(lines[row * step + 1 : (row + 1) * step]) for row in range(high)) > 0.1 * high
