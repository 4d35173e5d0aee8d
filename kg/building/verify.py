"""A build on disk against the project's promises: its graph by shapes and integrity rules, its texts by their hashes.

Section by section: a graph of any number of documents needs the memory of one, and of what they share.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.graph.check import Violation
from kg.graph.check_parts import check_document, check_shared, read_known, shared_part
from kg.graph.namespaces import ALIGNMENT, CORRECTION, INFERRED, MG, RDF, VOCABULARY
from kg.graph.serialise import ordered, read_n_quads
from kg.graph.shortcuts import SHORTCUTS

_SHORTCUTS = frozenset(str(predicate).encode() for pair in SHORTCUTS.values() for predicate in pair)
_GRAPH_END = "/graph"

Stretch = tuple[int, int]
"""Where lines stand in the file: from this byte up to that."""


def check_build(folder: Path) -> tuple[Violation, ...]:
    """Check a build folder.

    Returns: what is broken, sorted; () for a sound build. A "warning" is no fault of the graph.

    Raises:
        StoreError: no build there, or a file of it is damaged.

    """
    graph = folder / "graph.nq"
    if not graph.is_file():
        raise _damaged(folder, "no graph.nq")
    try:
        manifest = json.loads((folder / "texts" / "manifest.json").read_text("utf-8"))
        with graph.open("rb") as file:
            return tuple(sorted(set(_violations(file, folder / "texts", manifest))))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError) as error:
        raise _damaged(folder, f"{type(error).__name__}: {error}") from error


def _violations(file: IO[bytes], texts: Path, manifest: Iterable[dict[str, Any]]) -> Iterator[Violation]:
    index = _index(file)
    known = read_known(read_n_quads(_read(file, index.vocabulary)))
    whole = read_n_quads(_read(file, [*index.vocabulary, *index.inferred]))
    shared = {quad.triple for quad in whole}
    pointed_at = {node for quad in whole if quad.graph_name == ALIGNMENT for node in (quad.subject, quad.object)}
    judgements = [each.subject for each in shared if each.object == MG.Judgement and isinstance(each.subject, NamedNode)]
    borrowed: list[Quad] = []
    published = {entry["document"]: entry for entry in manifest}
    for address, stretches in sorted(index.documents.items()):
        entry = published.get(address)
        content = _read_text(texts, entry)
        if entry and hashlib.sha256(content).hexdigest() != entry["text_sha256"]:
            yield _changed_text(entry["file"], entry["text"])
        quads = list(ordered(read_n_quads(_read(file, stretches))).values())
        shortcuts = read_n_quads(_read(file, index.shortcuts.get(address, [])))
        yield from check_document(address, quads, shortcuts, content.decode("utf-8", "replace") if entry else None, known, judgements=judgements)
        of_all, pointed = shared_part(address, quads)
        shared.update(quad.triple for quad in of_all)
        borrowed += pointed
        borrowed += [quad for quad in quads if quad.predicate == RDF.type and quad.subject in pointed_at]
    yield from check_shared((Quad(each.subject, each.predicate, each.object) for each in shared), borrowed)


def _read_text(texts: Path, entry: dict[str, Any] | None) -> bytes:
    path = texts / entry["text"] if entry else texts
    return path.read_bytes() if path.is_file() else b""


@dataclass(slots=True)
class _Index:
    """Which lines of the file are whose; shortcuts by document, ``inferred`` is the rest of what is inferred or corrected."""

    documents: dict[str, list[Stretch]] = field(default_factory=dict)
    shortcuts: dict[str, list[Stretch]] = field(default_factory=dict)
    inferred: list[Stretch] = field(default_factory=list)
    vocabulary: list[Stretch] = field(default_factory=list)


def _index(file: IO[bytes]) -> _Index:
    """Read where the sections stand. A document's graph is told by its name; what is of no document is shared."""
    index = _Index()
    inferred, vocabulary, correction = str(INFERRED).encode(), str(VOCABULARY).encode(), str(CORRECTION).encode()
    names: dict[bytes, list[Stretch]] = {}
    derived: list[tuple[bytes, Stretch]] = []
    corrected: list[tuple[bytes, Stretch]] = []
    at = 0
    for line in file:
        stretch = (at, at + len(line))
        at += len(line)
        name = line.rsplit(b" ", 2)[-2] if line.count(b" ") > 3 else b""
        if name == inferred:
            subject, predicate, _ = line.split(b" ", 2)
            owner = subject[1:].rpartition(b"/")[0] if predicate in _SHORTCUTS else b""
            if derived and derived[-1][0] == owner and derived[-1][1][1] == stretch[0]:
                derived[-1] = (owner, (derived[-1][1][0], stretch[1]))
            else:
                derived.append((owner, stretch))
            continue
        if name == correction:  # of something in a document, or of the judgement itself
            corrected.append((line[1:].partition(b">")[0], stretch))
            continue
        _extend(index.vocabulary if name == vocabulary else names.setdefault(name, []), stretch)
    for name, stretches in names.items():
        address = name[1:-1].decode()
        if address.endswith(_GRAPH_END):
            index.documents[address.removesuffix(_GRAPH_END)] = stretches
        else:
            index.inferred += stretches
    for owner, stretch in derived:
        home = _home(owner.decode(), index.documents)
        _extend(index.shortcuts.setdefault(home, []) if home else index.inferred, stretch)
    for owner, stretch in corrected:
        home = _home(owner.decode(), index.documents)
        _extend(index.documents[home] if home else index.inferred, stretch)
    return index


def _home(owner: str, documents: Iterable[str]) -> str:
    while owner and owner not in documents:
        owner = owner.rpartition("/")[0]
    return owner


def _extend(stretches: list[Stretch], more: Stretch) -> None:
    if stretches and stretches[-1][1] == more[0]:
        stretches[-1] = (stretches[-1][0], more[1])
    else:
        stretches.append(more)


def _read(file: IO[bytes], stretches: Iterable[Stretch]) -> bytes:
    pieces = []
    for start, end in stretches:
        file.seek(start)
        pieces.append(file.read(end - start))
    return b"".join(pieces)


def _changed_text(file: str, text: str) -> Violation:
    return Violation(
        code="text-changed",
        file=file,
        place=f"texts/{text}",
        vi="Văn bản công bố không còn khớp mã SHA-256 của nó.",
        en="The published text does not have the SHA-256 of its name.",
    )


def _damaged(folder: Path, found: str) -> StoreError:
    return StoreError(
        str(folder),
        found=found,
        expected="the folder of a finished build (graph.nq, texts/manifest.json)",
        remedy="run `mandategraph build FOLDER -o BUILD`, or name the right folder",
        vi=f"{folder} không phải kết quả hoàn chỉnh của lệnh build; hãy chạy lại lệnh build",
    )
