"""A build on disk against the project's promises: its graph by shapes and integrity rules, its texts by their hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg.errors import StoreError
from kg.graph.check import Violation, check_graph


def check_build(folder: Path) -> tuple[Violation, ...]:
    """Check a build folder.

    Returns: what is broken, sorted; () for a sound build. A "warning" is no fault of the graph.

    Raises:
        StoreError: no build there, or a file of it is damaged.

    """
    from pyoxigraph import RdfFormat, Store

    graph = folder / "graph.nq"
    if not graph.is_file():
        raise _damaged(folder, "no graph.nq")
    store = Store()
    try:
        # Not kg.store.open_store: its copy of all statements in the default graph would count each of them twice here.
        store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
        manifest = json.loads((folder / "texts" / "manifest.json").read_text("utf-8"))
        texts, broken = {}, []
        for entry in manifest:
            path = folder / "texts" / entry["text"]
            content = path.read_bytes() if path.is_file() else b""
            texts[entry["document"]] = content.decode("utf-8", "replace")
            if hashlib.sha256(content).hexdigest() != entry["text_sha256"]:
                broken.append(_changed_text(entry["file"], entry["text"]))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError) as error:
        raise _damaged(folder, f"{type(error).__name__}: {error}") from error
    return tuple(sorted([*broken, *check_graph(store, texts)]))


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
