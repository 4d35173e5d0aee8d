"""What was read once is not read again: one entry a document, named by everything that its content depends on.

An entry is a checksum and compressed JSON. One that is damaged, cut short or of another program is no entry.
"""

from __future__ import annotations

import hashlib
import json
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from kg.data_files import data_folder

_DIGEST = hashlib.sha256().digest_size
_LEVEL = 1  # five times smaller in .01 s a document; higher levels cost more than reading


@cache
def program_fingerprint() -> str:
    """Give a hash of all that decides what comes out of a document: code, vocabulary, Python and Unicode version."""
    digest = hashlib.sha256()
    digest.update(f"{program_version()} {sys.version_info[:2]} {unicodedata.unidata_version}".encode())
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


def entry_key(name: str, data: bytes) -> str:
    """Give the name of a document's entry."""
    digest = hashlib.sha256(f"{program_fingerprint()}\0{name}\0".encode())
    digest.update(data)
    return digest.hexdigest()


def write_entry(path: Path, value: dict[str, Any]) -> None:
    """Write an entry so that it stands whole or not at all."""
    packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _LEVEL)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(hashlib.sha256(packed).digest() + packed)
    part.replace(path)


def read_entry(paths: Iterable[Path], check: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
    """Give the first sound entry; ``None`` where there is none."""
    for path in paths:
        try:
            content = path.read_bytes()
            packed = content[_DIGEST:]
            if hashlib.sha256(packed).digest() != content[:_DIGEST]:
                continue
            value = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
        except (OSError, ValueError, zlib.error):
            continue
        if isinstance(value, dict) and check(value):
            return value
    return None
