"""The reference of the vocabulary as one HTML page with a diagram; it loads nothing from anywhere.

    python -m kg.ontology_reference docs/ontology

Reads: mandategraph.ttl, alignments.ttl, shapes.ttl. Gives: ``OUT/index.html``, the same bytes for the same files.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, parse

from kg.data_files import data_folder
from kg.graph.namespaces import MG_BASE, PREFIXES
from kg.ontology_diagram import draw_diagram

_OWL, _RDF, _RDFS, _SKOS, _SH = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "skos", "sh"))
_MORE_PREFIXES = {"cv": "http://data.europa.eu/m8g/", "sdo": "https://schema.org/", "time": "http://www.w3.org/2006/time#"}
_SECTIONS = (
    ("Class", "Lớp", "Classes"),
    ("ObjectProperty", "Quan hệ", "Object properties"),
    ("DatatypeProperty", "Thuộc tính dữ liệu", "Datatype properties"),
)
_FACTS = (
    (f"{_RDFS}subClassOf", "Lớp con của", "Sub-class of"),
    (f"{_RDFS}subPropertyOf", "Thuộc tính con của", "Sub-property of"),
    (f"{_OWL}propertyChainAxiom", "Suy từ chuỗi", "Follows from the chain"),
    (f"{_RDFS}domain", "Miền", "Domain"),
    (f"{_RDFS}range", "Khoảng", "Range"),
    (f"{_RDFS}seeAlso", "Xem thêm", "See also"),
)
_STYLE = """:root{color-scheme:light dark;--ink:#1d2733;--paper:#fff;--line:#c9d3de;--soft:#f3f6f9;--link:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e3e9f0;--paper:#12181f;--line:#3a4654;--soft:#1b232d;--link:#7db8f5}}
body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:72rem;margin:0 auto;padding:1rem}
a{color:var(--link)}h2{border-bottom:1px solid var(--line);margin-top:2.5rem}code{font-size:.95em}
article{border:1px solid var(--line);border-radius:.5rem;padding:.6rem 1rem;margin:.8rem 0}article h3{margin:.1rem 0}
article:target{outline:3px solid var(--link)}dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:.4rem 0}
dt{font-weight:600}dd{margin:0}.en{opacity:.8}nav{columns:16rem;background:var(--soft);padding:.8rem 1rem;border-radius:.5rem}
nav a{display:block}figure{margin:1rem 0;overflow-x:auto}svg{min-width:60rem;width:100%;height:auto}
svg rect{fill:var(--soft);stroke:var(--line)}svg text{fill:var(--ink);font:15px system-ui,sans-serif;paint-order:stroke;stroke:var(--paper);stroke-width:3px}svg rect+text,svg text+text{stroke:none}
svg .edge{stroke:var(--ink);opacity:.45;fill:none}svg .tip{fill:var(--ink);opacity:.6}svg .said{font-size:12px}
@media(max-width:40rem){dl{grid-template-columns:1fr}}"""


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Statements by subject and property; a list is the tuple of its members."""

    facts: Mapping[str, Mapping[str, tuple[str | tuple[str, ...], ...]]]
    words: Mapping[tuple[str, str, str], str]

    def values(self, term: str, said: str) -> tuple[str | tuple[str, ...], ...]:
        return self.facts.get(term, {}).get(said, ())

    def say(self, term: str, said: str, language: str) -> str:
        return self.words.get((term, said, language), "")

    def terms(self, kind: str) -> list[str]:
        return sorted(term for term, facts in self.facts.items() if term.startswith(MG_BASE) and _OWL + kind in facts.get(f"{_RDF}type", ()))


def write_reference(out: Path) -> Path:
    """Write the page into a folder, which is made where it is not there, and give its path."""
    out.mkdir(parents=True, exist_ok=True)
    page = out / "index.html"
    page.write_text(reference_html(), "utf-8", newline="\n")
    return page


def reference_html(folder: Path | None = None) -> str:
    """Give the page of the vocabulary in a folder, by default the project's."""
    folder = folder or data_folder("ontology")
    vocabulary = _read([folder / "mandategraph.ttl", folder / "alignments.ttl"])
    ontology = MG_BASE.removesuffix("#")
    version = str(vocabulary.say(ontology, f"{_OWL}versionInfo", ""))
    sections = "".join(_section(vocabulary, *section) for section in _SECTIONS)
    index = "".join(f'<a href="#{term.removeprefix(MG_BASE)}"><code>{_short(term)}</code></a>' for kind, _, _ in _SECTIONS for term in vocabulary.terms(kind))
    title = vocabulary.say(ontology, f"{PREFIXES['dcterms']}title", "vi")
    return (
        f'<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} {escape(version)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)} <small>{escape(version)}</small></h1>\n"
        f"<p>{escape(vocabulary.say(ontology, PREFIXES['dcterms'] + 'description', 'vi'))}<br>"
        f'<span class="en" lang="en">{escape(vocabulary.say(ontology, PREFIXES["dcterms"] + "description", "en"))}</span></p>\n'
        f"<p><code>@prefix mg: &lt;{MG_BASE}&gt; .</code></p>\n"
        f'<h2 id="diagram">Sơ đồ <span class="en" lang="en">Diagram</span></h2>\n<figure>\n{_diagram(vocabulary, folder)}</figure>\n'
        f'<h2 id="index">Mục lục <span class="en" lang="en">Index</span></h2>\n<nav>{index}</nav>\n{sections}</body>\n</html>\n'
    )


def _section(vocabulary: _Vocabulary, kind: str, vi: str, en: str) -> str:
    articles = "".join(_article(vocabulary, term) for term in vocabulary.terms(kind))
    return f'<h2 id="{kind}">{vi} <span class="en" lang="en">{en}</span></h2>\n{articles}'


def _article(vocabulary: _Vocabulary, term: str) -> str:
    labels = [escape(vocabulary.say(term, f"{_RDFS}label", language)) for language in ("vi", "en")]
    heading = f'<h3><code>{_short(term)}</code> {labels[0]} <span class="en" lang="en">{labels[1]}</span></h3>'
    definitions = [f'<p lang="{language}">{escape(vocabulary.say(term, f"{_SKOS}definition", language))}</p>' for language in ("vi", "en")]
    rows = [(vi, en, " · ".join(_linked(value) for value in vocabulary.values(term, said))) for said, vi, en in _FACTS]
    if f"{_OWL}TransitiveProperty" in vocabulary.values(term, f"{_RDF}type"):
        rows.append(("Bắc cầu", "Transitive", "✓"))
    rows += [("Ví dụ", "Example", f'{escape(vocabulary.say(term, f"{_SKOS}example", "vi"))}<br><span class="en" lang="en">{escape(vocabulary.say(term, f"{_SKOS}example", "en"))}</span>')]
    facts = "".join(f'<dt>{vi} <span class="en" lang="en">{en}</span></dt><dd>{said}</dd>' for vi, en, said in rows if said)
    return "\n".join([f'<article id="{term.removeprefix(MG_BASE)}">', heading, *definitions, f"<dl>{facts}</dl>\n</article>\n"])


def _linked(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "(" + " ".join(_linked(each) for each in value) + ")"
    shown = f"<code>{escape(_short(value))}</code>"
    return f'<a href="#{value.removeprefix(MG_BASE)}">{shown}</a>' if value.startswith(MG_BASE) else shown


def _short(iri: str) -> str:
    for prefix, base in (*PREFIXES.items(), *_MORE_PREFIXES.items()):
        if iri.startswith(base):
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def _diagram(vocabulary: _Vocabulary, folder: Path) -> str:
    """Draw the classes, and what leads from one to another: by domain and range, and by the shapes."""
    names = {term: vocabulary.say(term, f"{_RDFS}label", "vi") for term in vocabulary.terms("Class")}
    edges: set[tuple[str, str, str]] = set()
    for term in names:
        edges.update((term, str(top), "") for top in vocabulary.values(term, f"{_RDFS}subClassOf") if top in names)
    for said in vocabulary.terms("ObjectProperty"):
        for start in _classes(vocabulary.values(said, f"{_RDFS}domain")):
            edges.update((start, end, _short(said)) for end in _classes(vocabulary.values(said, f"{_RDFS}range")))
    shapes = _read([folder / "shapes.ttl"])
    for facts in shapes.facts.values():
        for target in facts.get(f"{_SH}targetClass", ()):
            for part in facts.get(f"{_SH}property", ()):
                paths, ends = shapes.values(str(part), f"{_SH}path"), shapes.values(str(part), f"{_SH}class")
                edges.update((str(target), str(end), _short(str(path))) for path in paths for end in ends)
    known = {(start, end, said) for start, end, said in edges if start in names and end in names}
    return draw_diagram({term: (_short(term), names[term]) for term in sorted(names)}, sorted(known))


def _classes(values: Sequence[str | tuple[str, ...]]) -> list[str]:
    return [each for value in values for each in (value if isinstance(value, tuple) else (value,))]


def _read(paths: Sequence[Path]) -> _Vocabulary:
    facts: dict[str, dict[str, tuple[str | tuple[str, ...], ...]]] = {}
    words: dict[tuple[str, str, str], str] = {}
    for path in paths:
        raw: dict[str, dict[str, list[str]]] = {}
        for triple in parse(path=str(path), format=RdfFormat.TURTLE):
            subject, value = str(getattr(triple.subject, "value", "")), triple.object
            if isinstance(value, Literal):
                words[subject, triple.predicate.value, value.language or ""] = value.value
            raw.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(str(getattr(value, "value", "")))
        for subject, said in raw.items():
            for predicate, values in said.items():
                resolved = {_resolved(value, raw) for value in values}
                home = facts.setdefault(subject, {})
                home[predicate] = tuple(sorted({*home.get(predicate, ()), *resolved}, key=str))
    return _Vocabulary(facts, words)


def _resolved(value: str, raw: Mapping[str, Mapping[str, list[str]]]) -> str | tuple[str, ...]:
    """Give a list, or the list of a union, as a tuple; anything else as it is."""
    facts = raw.get(value, {})
    if f"{_OWL}unionOf" in facts:
        return _resolved(facts[f"{_OWL}unionOf"][0], raw)
    if f"{_RDF}first" not in facts:
        return value
    rest = _resolved(facts[f"{_RDF}rest"][0], raw)
    return (facts[f"{_RDF}first"][0], *(rest if isinstance(rest, tuple) else ()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page and tell where."""
    parser = argparse.ArgumentParser(prog="python -m kg.ontology_reference", description="Trang tra cứu từ vựng / reference of the vocabulary")
    parser.add_argument("out", type=Path, metavar="OUT")
    page = write_reference(parser.parse_args(arguments).out)
    sys.stdout.write(f"{page}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
