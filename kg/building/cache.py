"""What was read once is not read again: one entry a document, named by everything that its content depends on.

An entry is a checksum, a head and parts that are unpacked one by one: what a build only copies, it need not take apart.
One that is damaged, cut short or of another program is no entry.

    SHA-256 of the rest · length of the head (4 bytes) · head (compressed JSON) · parts (compressed)
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from kg.data_files import data_folder
from kg.reading import may_hold_pictures
from kg.reading.ocr import fingerprint

_DIGEST = hashlib.sha256().digest_size
_SIZE = 4
_LEVEL = 1  # a graph to a twentieth in 2 ms a document; level 6 takes twice as long for a quarter less


@cache
def program_fingerprint() -> str:
    """Give a hash of all that decides what comes out of a document: code, vocabulary, Python, Unicode and writer version."""
    digest = hashlib.sha256()
    writer = metadata.version("pyoxigraph")
    digest.update(f"{program_version()} {sys.version_info[:2]} {unicodedata.unidata_version} {writer}".encode())
    package = Path(__file__).resolve().parent.parent
    files = [(path.relative_to(package), path) for path in package.rglob("*.py")]
    files += [(path.relative_to(data_folder("ontology")), path) for path in data_folder("ontology").glob("*.ttl")]
    for name, path in sorted(files):
        content = path.read_bytes()
        digest.update(f"\0{name.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def program_version() -> str:
    """Give the installed version; "0+unknown" in a checkout that is not installed."""
    try:
        return metadata.version("mandategraph")
    except metadata.PackageNotFoundError:
        return "0+unknown"


def entry_key(*files: tuple[str, bytes]) -> str:
    """Give the name of a document's entry, from its files' names and bytes."""
    digest = hashlib.sha256(program_fingerprint().encode())
    for name, data in files:
        digest.update(f"\0{name}\0{len(data)}\0".encode())
        if may_hold_pictures(data):
            digest.update(f"{fingerprint()}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def write_entry(path: Path, facts: dict[str, Any], parts: Mapping[str, bytes]) -> None:
    """Write an entry so that it stands whole or not at all."""
    packed = {name: zlib.compress(content, _LEVEL) for name, content in parts.items()}
    sizes = [[name, len(content)] for name, content in packed.items()]
    head = zlib.compress(json.dumps({"facts": facts, "parts": sizes}, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _LEVEL)
    content = b"".join((len(head).to_bytes(_SIZE), head, *packed.values()))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(hashlib.sha256(content).digest() + content)
    part.replace(path)


def find_entry(paths: Iterable[Path], check: Callable[[dict[str, Any]], bool]) -> tuple[Path, dict[str, Any]] | None:
    """Give the first sound entry's place and facts; ``None`` where there is none."""
    for path in paths:
        try:
            content = path.read_bytes()
            if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
                continue
            facts = _read_head(content)[0]["facts"]
        except (OSError, ValueError, KeyError, zlib.error):
            continue
        if isinstance(facts, dict) and check(facts):
            return path, facts
    return None


def keep_entry(path: Path, folder: Path) -> None:
    """Let an entry stand in another folder, too: the same bytes where the system can share them, else a copy."""
    kept = folder / path.name
    if kept == path:
        return
    folder.mkdir(parents=True, exist_ok=True)
    part = kept.with_name(kept.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.link(path, part)
    except OSError:
        shutil.copyfile(path, part)
    part.replace(kept)


def read_parts(path: Path, *names: str) -> tuple[bytes, ...]:
    """Give parts of an entry that was found sound; b"" for one that it lacks."""
    content = path.read_bytes()
    head, at = _read_head(content)
    found: dict[str, bytes] = {}
    for name, size in head["parts"]:
        if name in names:
            found[name] = zlib.decompress(content[at : at + size])
        at += size
    return tuple(found.get(name, b"") for name in names)


def _read_head(content: bytes) -> tuple[dict[str, Any], int]:
    start = _DIGEST + _SIZE
    end = start + int.from_bytes(content[_DIGEST:start])
    return json.loads(zlib.decompress(content[start:end]).decode("utf-8", "surrogatepass")), end
