"""A build as a static site: a page with its Turtle and JSON-LD for each thing that people look up, and the explorer in front.

A thing's address is its path: what stands behind the base address is the folder of its ``index.html`` (in English ``index.en.html``), ``data.ttl`` and
``data.jsonld``; the data set's folder holds the whole graph. Links are relative, so the site reads from disk as well as from any server.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from shutil import copyfile
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.describe import FILES
from kg.graph.namespaces import BASE, DATASET, MG, RDF
from kg.serving.resources import describe, write_statements
from kg.store import open_store
from kg.store.embedded import EmbeddedStore

PAGED = (
    MG.ProvincialPlan, MG.NationalDecision, MG.Document, MG.Agency, MG.AgencyGroup, MG.AgencyKind, MG.Province, MG.Task, MG.TaskPart, MG.Duty, MG.ReportingDuty, MG.Target, MG.Sector,
    MG.Program, MG.Assignment, MG.Finding, MG.Citation,
)  # fmt: skip
"""Classes whose things have pages."""
_PAGES = {"vi": "index.html", "en": "index.en.html"}
_FORMS = (("data.ttl", "text/turtle"), ("data.jsonld", "application/ld+json"))


def write_site(build_dir: Path, out: Path, *, front: str) -> int:
    """Write the site and give the number of pages.

    Args:
        build_dir: folder of the build.
        out: folder to write; it must not exist, or be empty.
        front: the explorer's page.

    Raises:
        StoreError: no build there, or a folder that holds something already.
    """
    from viz.resource_page import make_resource_page

    store = open_store(build_dir)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise StoreError(str(out), found="files", expected="a new or empty folder", remedy="choose another folder with -o, or remove this one", vi=f"{out} đã có tệp; hãy chọn thư mục khác với -o hoặc xóa nó")
    paths = {node.value: node.value.removeprefix(BASE) for node in (*_paged(store), DATASET)}
    files = {f"{DATASET.value}/graph.{suffix}": build_dir / f"graph.{suffix}" for suffix in FILES}
    out.mkdir(parents=True, exist_ok=True)
    (out / "index.html").write_text(front, encoding="utf-8", newline="\n")
    for iri, path in paths.items():
        folder = out / path
        folder.mkdir(parents=True, exist_ok=True)
        node = ox.NamedNode(iri)
        for language, name in _PAGES.items():
            told = describe(store, node, language)
            if told is None:
                break
            home, other = posixpath.relpath("index.html", path), next(each for each in _PAGES.values() if each != name)
            page = make_resource_page(told.to_json(), local=_Links(path, paths, files, name), links=_forms(iri, path, language), home=home, language=language, other=other)
            (folder / name).write_text(page, encoding="utf-8", newline="\n")
        for file, kind in _FORMS:
            (folder / file).write_bytes(write_statements(store, node, kind))
    for iri, source in files.items():
        copyfile(source, out / iri.removeprefix(BASE))
    return len(paths)


def _paged(store: EmbeddedStore) -> Iterator[ox.NamedNode]:
    """Give the things that have pages, each once, sorted; kinds and provinces only where something in the build is one."""
    found: set[str] = set()
    for kind in PAGED:
        for quad in store.inner.quads_for_pattern(None, RDF.type, kind, ox.DefaultGraph()):
            node = quad.subject
            if isinstance(node, ox.NamedNode) and node.value.startswith(BASE) and (kind not in (MG.AgencyKind, MG.Province) or _is_used(store, node)):
                found.add(node.value)
    return (ox.NamedNode(iri) for iri in sorted(found))


def _is_used(store: EmbeddedStore, node: ox.NamedNode) -> bool:
    return any(next(store.inner.quads_for_pattern(None, predicate, node, ox.DefaultGraph()), None) is not None for predicate in (MG.kind, MG.inProvince, MG.province))


class _Links:
    """Where a page leads to for an address: the thing's page, or the file, seen from this one; else the address itself."""

    def __init__(self, here: str, paths: Mapping[str, str], files: Collection[str], page: str) -> None:
        self._here, self._paths, self._files, self._page = here, paths, files, page

    def __call__(self, iri: str) -> str:
        if iri in self._files:
            return quote(posixpath.relpath(iri.removeprefix(BASE), self._here))
        path = self._paths.get(iri)
        return iri if path is None else quote(posixpath.relpath(path, self._here) + "/" + self._page)


def _forms(iri: str, path: str, language: str) -> list[tuple[str, str]]:
    query, english = f"SELECT ?property ?value WHERE {{ <{iri}> ?property ?value }}", {"lang": "en"} if language == "en" else {}
    ask = posixpath.relpath("index.html", path) + "#" + urlencode({"view": "ask", "sparql": query} | english)
    return [("Turtle", "data.ttl"), ("JSON-LD", "data.jsonld"), ("Ask this" if english else "Hỏi bằng SPARQL", ask), ("In the explorer" if english else "Trong trang khám phá", posixpath.relpath("index.html", path) + "#" + urlencode({"node": iri} | english))]
