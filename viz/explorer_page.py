"""The explorer: one HTML file that opens from disk with the network off, and holds all that it shows.

The payload is a JSON object; tables are objects of columns of one length, and a reference is a row number:

    ==========  ====================================================================================================
    title       heading of the page
    figures     [name vi, name en, value] shown at the top
    provinces   names, sorted
    kinds       [slug, name, what it is compared as] of the kinds of agencies
    decisions   iri, label, title
    docs        iri, label, title, file, begin (where it begins in its text: above stand words of a web site), province (-1: none), date, last (year of its period), implements ([[node, 1 if inferred], …], nodes being
                numbered decisions, then docs: a decision that was read itself is its document)
    agents      iri, label, form (0 agency, 1 group, 2 open group), kind (-1: not resolved), province (-1: none)
    tasks       iri, doc, code, name, group, from, to (years as written), first, last (years that it runs; 0 begun, 9999 still running, null: no
                year), due (the last year written), rhythm, time, product, funding, sectors ([sector, …]), start, end
    duties      doc, section, text, start, end
    links       of (a task; a duty is counted on from the last task), agent, role (0 lead, 1 partner, 2 responsible),
                conf, start, end, quote (only where ``texts`` has gaps)
    possible    [link, …] of which the text says that it is one of several ("hoặc")
    sectors     iri, doc, code, name, parent (null: none), items, start, end
    marks       doc, kind (0 citation, 1 target, 2 reporting, 3 sector, 4 finding), start, end, note (of a finding [vi, en])
    dates       who has whose work as of a date: days, each {day, agents: [[agent, heirs], …], links: [[link, heirs], …] where the
                words of a task settle it, docs: [[doc, province], …]}, heirs being [[agent, share, why, 1 if known], …];
                agents: columns of heirs that no plan names, numbered on from the last agent; whys: [vi, en]; known: the day of the
                last reorganisation that the registry has
    tiles       the map of provinces: columns label, row, column, home (its province's own tile); of: the tile of each province (-1: none)
    shared      work that several plans share: by [vi, en] (how that was found); columns label, doc and own (document and task of the
                national decision, -1: none), asked (0: a national task that no province is given), tasks ([task, …] that carry it out)
    pages       optional, on a site: the base address behind which each thing has a page
    texts       the canonical text of each document, null where it is left out
    cases       {id, province, level, score, reason, benefit, status, first, second}; words in pairs [vi, en]; a side is
                {task, name, leads, words: [[text, 1 if it differs], …]}
    places      overview: x, y, side of decisions, docs, agents in this order; all: x, y of these and tasks;
                panels: [province (-1: none), x, y, width, height]
    ==========  ====================================================================================================

Offsets count UTF-16 units, as the page's script does.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from viz.policy import MARK, lock_page
from viz.script import join_modules

_WEB = Path(__file__).with_name("web")
_REST = ("texts", "cases")
"""Most of the bytes, needed by no first picture: packed apart, and unpacked after it."""
_WORDS = {
    "decisions": ("iri", "title"), "docs": ("title", "file", "begin"), "agents": ("iri",), "links": ("conf", "start", "end", "quote"), "sectors": ("iri", "items", "start", "end"),
    "tasks": ("iri", "code", "name", "group", "rhythm", "time", "product", "funding", "start", "end"), "duties": ("section", "text", "start", "end"),
    "marks": ("doc", "kind", "start", "end", "note"), "dates": ("agents", "whys"), "tiles": ("label", "row", "column", "home", "of"), "shared": ("by", "label", "doc", "asked", "own", "tasks"),
}  # fmt: skip
"""Columns without which networks and matrices of the whole can be drawn: packed apart, too, and unpacked right after the first picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What answers SPARQL inside the page: Oxigraph for browsers, and the graph as N-Quads."""

    code: bytes
    wasm: bytes
    graph: bytes


def make_explorer(payload: Mapping[str, Any], *, engine: Engine | None = None, connect: str = "'none'") -> str:
    """Make the page's text; the same payload gives the same text.

    Args:
        payload: see above; ``ask`` (questions, terms, endpoint) may be null or missing.
        engine: carried inside; without, SPARQL needs ``payload["ask"]["endpoint"]``.
        connect: what the page may ask: nothing, or of a live server "'self'".
    """
    title = escape(str(payload["title"]))
    core, words, rest = _split(payload)
    carried = ""
    if engine is not None:
        parts = {"engine-code": _classic(engine.code), "engine-wasm": engine.wasm, "engine-graph": engine.graph}
        carried = "".join(f'<script type="application/octet-stream" id="{name}">{_pack(content)}</script>\n' for name, content in parts.items())
    style = "\n" + _read("page.css")
    modules = {path.name: path.read_text(encoding="utf-8") for path in sorted(_WEB.glob("*.js"))}
    script = "\n" + join_modules(modules, "main.js")
    html = (
        f'<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n<meta name="generator" content="mandategraph">\n'
        f'<link rel="icon" href="data:,">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n'
        f"{Template(_read('page.html')).substitute(title=title)}"
        f'<script type="application/octet-stream" id="payload">{_pack(_json(core))}</script>\n<script>{script}</script>\n'
        f'<script type="application/octet-stream" id="words">{_pack(_json(words))}</script>\n<script type="application/octet-stream" id="rest">{_pack(_json(rest))}</script>\n{carried}</body>\n</html>\n'
    )
    # The second lock after everything from documents being set as text.
    return lock_page(html, scripts=[script], styles=[style], connect=connect, engine=engine is not None)


def write_explorer(payload: Mapping[str, Any], path: Path, *, engine: Engine | None = None) -> int:
    """Write the page as UTF-8 and give its size in bytes; the folder must exist."""
    content = make_explorer(payload, engine=engine).encode("utf-8")
    path.write_bytes(content)
    return len(content)


def _split(payload: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Give what the first picture needs, what comes right after it, and texts and cases."""
    rest = {name: payload[name] for name in _REST}
    words: dict[str, Any] = {name: {column: payload[name][column] for column in columns if column in payload[name]} for name, columns in _WORDS.items() if name in payload}
    core = {name: value for name, value in payload.items() if name not in rest and name != "ask"}
    core |= {name: {column: value for column, value in payload[name].items() if column not in later} for name, later in words.items()}
    if payload.get("ask"):
        words["ask"] = payload["ask"]
    return core | {"caseCount": len(payload["cases"]), "asks": bool(payload.get("ask"))}, words, rest


def _pack(content: bytes) -> str:
    return base64.b64encode(gzip.compress(content, compresslevel=9, mtime=0)).decode("ascii")


def _classic(module: bytes) -> bytes:
    """Make a module a plain script: a page from disk may start no worker from a module."""
    text = re.sub(r"^export \{[^}]*\};?$", "", module.decode("utf-8"), flags=re.MULTILINE)
    return re.sub(r"^export ", "", text, flags=re.MULTILINE).replace("import.meta.url", '""').encode("utf-8")


def _json(payload: Mapping[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _read(name: str) -> str:
    return (_WEB / name).read_text(encoding="utf-8")
