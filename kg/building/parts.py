"""One document → all that a build writes of it, ready as bytes: what has not changed is copied, not made again.

corrections.nq                            what people decided of it
graph.nq  graph.trig  graph.ttl           its named graph; in Turtle with its shortcuts, only what stands below its address
shortcuts.nq  shortcuts.trig              its part of the inferred graph: shortcuts and rosters
shared.nt  borrowed.nt                    what others may say, too, and classes and quotes of what that points at
cited.nq                                  what `kg.graph.cited` reads
charges.json  rows.json                   who is charged with what; rows of the tables
entailed.nq  facts.json                   what follows from it alone, and what the corpus' inferences need of it
text.txt  records.json  manifest.json     its text, records and entry of the manifest
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad

from kg.building.table_rows import document_load, document_rows
from kg.graph.check import Violation
from kg.graph.check_parts import check_document, load_known, shared_part
from kg.graph.cited import is_about_documents
from kg.graph.corrections import correct, judgement_node
from kg.graph.describe import Counts
from kg.graph.documents import own_province
from kg.graph.namespaces import RDF
from kg.graph.quads import document_address, document_quads
from kg.graph.rosters import roster_quads
from kg.graph.serialise import ordered, trig_section, triple_lines, turtle_section
from kg.graph.shortcuts import charge_quads, read_charges
from kg.reasoning.at_scale import document_entailments, document_facts
from kg.reasoning.doubts import class_doubts, date_doubts
from kg.records_json import extraction_to_json
from kg.resolution.decisions import NO_DECISIONS, Decider, Decisions, Home
from kg.resolution.registry import load_registry

if TYPE_CHECKING:
    from kg.records import Extraction, Finding, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made of a document: its address, the number of its rows by table, what breaks a promise, and its parts.

    ``met`` are the ids of the decisions that set a status of something in it.
    ``doubts`` are contradictions: with its own date, or between classes.
    """

    address: str
    counts: dict[str, int]
    violations: tuple[Violation, ...]
    doubts: tuple[Finding, ...]
    parts: dict[str, bytes]
    met: frozenset[str] = frozenset()


_NOWHERE = Home(key="", place="", names=frozenset())


def make_parts(extraction: Extraction, decisions: Decisions = NO_DECISIONS, home: Home = _NOWHERE) -> Made:
    """Make everything that a build needs of a document with the decisions that it gets, and check it."""
    registry = load_registry()
    address = document_address(extraction, registry)
    decide = Decider(decisions, home, registry)
    corrected = correct(document_quads(extraction, registry, decide if decisions.standing else None), decisions, home, decide.made)
    rows = document_rows(address, [*corrected.quads, *corrected.corrections], registry)
    lines, corrections = ordered(corrected.quads), ordered(corrected.corrections)
    quads = [*ordered([*corrected.quads, *corrected.corrections]).values()] if corrections else list(lines.values())
    charges, kinds = read_charges(quads)
    shortcuts = ordered(charge_quads(charges, kinds) | roster_quads(address, quads, registry))
    text = extraction.document.text
    parts = {
        **_graph_parts(address, lines, shortcuts, corrections),
        "corrections.nq": b"".join(corrections),
        "cited.nq": b"".join(line for line, quad in lines.items() if is_about_documents(quad)),
        "entailed.nq": b"".join(sorted(document_entailments(quads, shortcuts.values()))),
        "facts.json": _json(document_facts(address, extraction.header.date, quads)),
        "charges.json": _json({"charges": charges, "kinds": kinds}),
        "rows.json": _json({"rows": rows, "load": document_load(rows)}),
        "text.txt": text.encode(),
        "records.json": (json.dumps(extraction_to_json(extraction), ensure_ascii=False, indent=1) + "\n").encode(),
        "manifest.json": _manifest_entry(extraction.document.source, address),
    }
    return Made(
        address=address,
        counts={table: len(own) for table, own in rows.items()},
        violations=check_document(address, quads, list(shortcuts.values()), text, load_known(), judgements=[*map(judgement_node, decisions.standing)]),
        doubts=(*date_doubts(extraction, own_province(extraction, registry)), *class_doubts(address, (*quads, *shortcuts.values()))),
        parts=parts,
        met=corrected.met,
    )


def _graph_parts(address: str, lines: Mapping[bytes, Quad], shortcuts: Mapping[bytes, Quad], corrections: Mapping[bytes, Quad]) -> dict[str, bytes]:
    mark = f"<{address}/".encode()
    own = {line: quad for line, quad in (*lines.items(), *shortcuts.items(), *corrections.items()) if line.startswith(mark)}
    shared, borrowed = shared_part(address, lines.values())
    counts = Counts()
    counts.add(lines.values(), classes=False)
    counts.add(shortcuts.values(), classes=False)
    counts.add(corrections.values(), classes=False)
    counts.classes.update(getattr(quad.object, "value", "") for quad in own.values() if quad.predicate == RDF.type)
    return {
        "graph.nq": b"".join(lines),
        "graph.trig": trig_section(lines.values()),
        "graph.ttl": turtle_section(own[line] for line in sorted(own)),
        "shortcuts.nq": b"".join(shortcuts),
        "shortcuts.trig": trig_section(shortcuts.values()) if shortcuts else b"",
        "shared.nt": _triple_lines(shared),
        "borrowed.nt": _triple_lines(borrowed),
        "counts.json": _json({"quads": counts.quads, "classes": counts.classes, "properties": counts.properties, "graphs": counts.graphs}),
    }  # fmt: skip


def _triple_lines(quads: Iterable[Quad]) -> bytes:
    return b"".join(triple_lines(quads))


def _manifest_entry(source: Source, address: str) -> bytes:
    entry = {
        "file": source.path, "document": address, "text": f"{source.text_sha256}.txt", "text_sha256": source.text_sha256,
        "file_sha256": source.file_sha256, "encoding": source.encoding, "bytes": source.size, "offsets": [list(pair) for pair in source.offsets],
        **({"files": [list(pair) for pair in source.files]} if source.files else {}),
    }  # fmt: skip
    return json.dumps([entry], ensure_ascii=False, indent=1).encode()[2:-2]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
