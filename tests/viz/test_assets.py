"""Third-party files: fetched by checksum, or named as missing."""

import base64
import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path

import pytest

from kg.cli import main
from viz import assets

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archives(tmp_path, monkeypatch) -> Path:
    """A folder with an archive as npm packs it, and a lock that fits."""
    folder = tmp_path / "archives"
    folder.mkdir()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in (("package/web.js", b"code"), ("package/lib/a/b.js", b"deep"), ("package/../evil.js", b"evil"), ("package/README.md", b"left out")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    (folder / "oxigraph-1.0.0.tgz").write_bytes(out.getvalue())
    lock = {"oxigraph": {"version": "1.0.0", "for": "pages", "files": ["web.js", "lib/"], "integrity": "sha512-" + base64.b64encode(hashlib.sha512(out.getvalue()).digest()).decode()}}
    monkeypatch.setattr(assets, "locked", lambda: lock)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def test_files_come_from_the_archive_that_the_lock_names(archives: Path):
    assert assets.find_asset("oxigraph", "web.js") is None
    written = assets.fetch_assets(archives=archives)
    assert [path.read_bytes() for path in written] == [b"code", b"deep"]
    assert assets.find_asset("oxigraph", "web.js") == b"code"
    assert not list(archives.parent.rglob("evil.js"))


def test_another_archive_is_refused(archives: Path):
    (archives / "oxigraph-1.0.0.tgz").write_bytes(b"something else")
    with pytest.raises(assets.AssetError, match="checksum"):
        assets.fetch_assets(archives=archives)


def test_a_missing_archive_is_named(archives: Path, tmp_path: Path, capsys):
    assert main(["assets", "--from", str(tmp_path / "none")]) == 2
    assert "oxigraph-1.0.0.tgz" in capsys.readouterr().err


def test_the_lock_is_whole():
    lock = json.loads((ROOT / "viz" / "web" / "assets.lock.json").read_text(encoding="utf-8"))
    for entry in lock.values():
        assert len(base64.b64decode(entry["integrity"].removeprefix("sha512-"))) == 64
        assert entry["for"] in ("pages", "checks", "benchmarks")
        assert entry["licence"]


def test_the_scripts_are_type_checked():
    try:
        if not (assets.cache_folder() / f"typescript-{assets.locked()['typescript']['version']}" / "lib" / "_tsc.js").is_file():
            assets.fetch_assets(purpose="checks")
        command = [*assets.node(), str(assets.cache_folder() / f"typescript-{assets.locked()['typescript']['version']}" / "lib" / "_tsc.js")]
    except assets.AssetError as error:
        pytest.skip(f"no TypeScript: {error}")
    options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler", "--lib", "es2023,dom,dom.iterable"]
    done = subprocess.run([*command, *options, str(ROOT / "viz" / "web" / "main.js")], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0
