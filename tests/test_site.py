"""The static site of two plans: a page for each thing, data beside it, no link that leads nowhere."""

import posixpath
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest

from kg.building.pipeline import build
from kg.cli import main

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build([ROOT / "corpus" / "001_6758f893bb076d0a.txt"], folder / "build")
    assert main(["site", str(folder / "build"), "-o", str(folder / "site")]) == 0
    return folder / "site"


def test_an_agency_has_a_page_with_its_sentences_and_its_data(site: Path):
    folder = site / "vn" / "lai-chau" / "agency" / "so-cong-thuong"
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "<h1>Sở Công Thương – Lai Châu</h1>" in page
    assert "<blockquote>" in page
    for file, form in (("data.ttl", ox.RdfFormat.TURTLE), ("data.jsonld", ox.RdfFormat.JSON_LD)):
        about = {quad.subject.value for quad in ox.parse((folder / file).read_bytes(), format=form)}
        assert "https://w3id.org/mandategraph/vn/lai-chau/agency/so-cong-thuong" in about


def test_a_quote_leads_to_its_place_in_the_document(site: Path, browser):
    page = browser.new_page()
    page.goto((site / "vn" / "lai-chau" / "agency" / "so-cong-thuong" / "index.html").as_uri())
    quote, source = page.locator("blockquote").first.locator("mark").inner_text(), page.locator("blockquote .source a").first
    assert source.inner_text().endswith(", Lai Châu")
    source.click()
    page.wait_for_selector("html[data-ready=yes]")
    assert "".join(page.locator(".m-target-passage").all_inner_texts()) == quote
    page.close()


def test_no_link_leads_nowhere(site: Path):
    pages = sorted(site.rglob("index*.html"))
    assert len(pages) > 200
    for page in pages:
        if page == site / "index.html":
            continue
        for address in re.findall(r'href="([^"]*)"', page.read_text(encoding="utf-8")):
            parts = urlsplit(unescape(address))
            if parts.scheme in ("http", "https", "data"):
                continue
            target = page.parent / posixpath.normpath(unquote(parts.path))
            assert target.is_file(), (page, address)


def test_every_page_has_one_in_english(site: Path):
    folder = site / "vn" / "lai-chau" / "agency" / "so-cong-thuong"
    vi, en = ((folder / name).read_text(encoding="utf-8") for name in ("index.html", "index.en.html"))
    assert 'href="index.en.html"' in vi
    assert 'href="index.html"' in en
    assert "<h2>Nội dung</h2>" in vi
    assert "<h2>Statements</h2>" in en
    assert "/index.en.html" in en
    assert len(list(site.rglob("index.en.html"))) == len(list(site.rglob("index.html"))) - 1  # all but the explorer


def test_the_description_of_the_data_set_leads_to_the_graph(site: Path):
    page = (site / "dataset" / "index.html").read_text(encoding="utf-8")
    described = list(ox.parse((site / "dataset" / "data.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
    (total,) = {int(quad.object.value) for quad in described if quad.predicate.value.endswith("void#triples") and quad.subject.value.endswith("mandategraph/dataset")}
    held = list(ox.parse(path=str(site / "dataset" / "graph.nq"), format=ox.RdfFormat.N_QUADS))
    assert len(held) - total == len([quad for quad in held if "mandategraph/dataset" in quad.subject.value or quad.predicate.value.endswith("void#triples")]) > 50  # the description does not count itself
    for suffix in ("nq", "trig", "ttl"):
        assert f'href="graph.{suffix}"' in page
        assert (site / "dataset" / f"graph.{suffix}").stat().st_size > 100_000
    assert "void:triples đếm" in page


def test_an_assignment_is_named_in_words(site: Path):
    page = (site / "vn" / "lai-chau" / "agency" / "so-cong-thuong" / "index.html").read_text(encoding="utf-8")
    assert re.search(r"Sở Công Thương – [Cc]hủ trì – ", page)


def test_a_folder_with_files_is_left_alone(site: Path, capsys):
    assert main(["site", str(site.parent / "build"), "-o", str(site)]) == 2
    assert str(site) in capsys.readouterr().err


def test_the_same_build_gives_the_same_bytes(site: Path, tmp_path: Path):
    assert main(["site", str(site.parent / "build"), "-o", str(tmp_path / "again")]) == 0
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert all((site / file).read_bytes() == (tmp_path / "again" / file).read_bytes() for file in files)


def test_the_front_leads_to_the_pages(site: Path):
    import base64
    import gzip
    import json

    front = (site / "index.html").read_text(encoding="utf-8")
    core, words = (json.loads(gzip.decompress(base64.b64decode(re.search(rf'id="{part}">([^<]*)</script>', front)[1]))) for part in ("payload", "words"))
    assert core["pages"] == "https://w3id.org/mandategraph/"
    assert all((site / iri.removeprefix(core["pages"]) / "index.html").is_file() for iri in (*words["agents"]["iri"], *words["tasks"]["iri"], *core["docs"]["iri"]))


def test_what_the_program_made_is_not_read_as_plans(site: Path, tmp_path: Path):
    import shutil

    plans = tmp_path / "plans"
    shutil.copytree(site / "vn" / "lai-chau" / "agency" / "so-cong-thuong", plans / "site")
    shutil.copy(site / "index.html", plans / "explorer.html")
    shutil.copy(ROOT / "corpus" / "001_6758f893bb076d0a.txt", plans)
    assert main(["report", "load", str(site.parent / "build"), "-o", str(plans / "reports")]) == 0
    result = build([plans], tmp_path / "build")
    assert result.counts["documents"] == 1
    assert {row[2] for row in result.findings if row[0].endswith(".html")} == {"own-page"}
