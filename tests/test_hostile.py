"""Files made to hang, flood or mislead: each has its named finding, nothing leaves the machine, the rest of the folder is built."""

from __future__ import annotations

import http.server
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.building.job import ingest_apart
from kg.building.pipeline import build
from kg.building.sources import SourceFile
from kg.errors import MandategraphError
from kg.reading import limits, read, read_bytes
from kg.reading.worker import Worker, WorkerEnded
from tests.reading.plan_forms import as_docx

ROOT = Path(__file__).parents[1]
PLAN = sorted((ROOT / "corpus").glob("*.txt"))[2]


def docx_with(**parts: bytes | str) -> bytes:
    """A Word file with parts replaced: "document", "rels", "types"."""
    names = {"document": "word/document.xml", "rels": "word/_rels/document.xml.rels", "types": "[Content_Types].xml"}
    replaced = {names[key]: value for key, value in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx(read(PLAN)))) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            made.writestr(entry.filename, replaced.get(entry.filename, given.read(entry)))
    return stream.getvalue()


BILLION = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(f'<!ENTITY {"abcdefghijk"[n + 1]} "{("&" + "abcdefghijk"[n] + ";") * 10}">' for n in range(9)) + "]>"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def entity_docx() -> bytes:
    return docx_with(document=f"{BILLION}<w:document {SPACE}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>")


def file_docx() -> bytes:
    kind = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return docx_with(document=f"{kind}<w:document {SPACE}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>")


def bomb_docx() -> bytes:
    return docx_with(document=f"<w:document {SPACE}><w:body><w:p><w:r><w:t>".encode() + b" " * 60_000_000 + b"</w:t></w:r></w:p></w:body></w:document>")


def deep_docx() -> bytes:
    inside = "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000
    return docx_with(document=f"<w:document {SPACE}><w:body>{inside}</w:body></w:document>")


def deep_html() -> bytes:
    return b"<html><body>" + b"<div>" * 100_000 + b"x" + b"</body></html>"


def nested_tables() -> bytes:
    return b"<html><body>" + b"<table><tr><td>" * 5_000 + b"x</body></html>"


def loop_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def many_pages_pdf() -> bytes:
    kids = " ".join(["3 0 R"] * 10_000)
    return (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Count 10000>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF"
    ).encode()


def truncated(make: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: make()[:-2000]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "entities.docx": entity_docx,
    "file-entity.docx": file_docx,
    "bomb.docx": bomb_docx,
    "deep.docx": deep_docx,
    "deep.html": deep_html,
    "tables.html": nested_tables,
    "loop.pdf": loop_pdf,
    "pages.pdf": many_pages_pdf,
    "cut.docx": truncated(lambda: as_docx(read(PLAN))),
    "cut.pdf": lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Cata",
    "empty.docx": lambda: b"",
    "empty.zip": lambda: b"",
    "ole.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
    "marks.txt": ("a" + "\u0301" * 1000).encode,
    "binary.txt": lambda: bytes(range(256)) * 100,
}


@pytest.mark.parametrize("name", [name for name in HOSTILE if not name.endswith(".zip")])
def test_each_is_refused_by_name_and_soon(name: str) -> None:
    started = time.monotonic()
    with pytest.raises(MandategraphError) as raised:
        read_bytes(HOSTILE[name](), name)
    assert raised.value.place.startswith(name)
    assert raised.value.vi
    assert "root:" not in str(raised.value)
    assert time.monotonic() - started < 60


def test_the_rest_of_the_folder_is_built(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    shutil.copyfile(PLAN, folder / "plan.txt")
    for name, make in HOSTILE.items():
        (folder / name).write_bytes(make())
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.docx").symlink_to(folder / "loop.docx")
    (folder / "device.txt").symlink_to("/dev/zero")
    result = build([folder], tmp_path / "build", jobs=2)
    assert result.counts["documents"] == 1
    errors = {row[0] for row in result.findings if row[1] == "error"}
    assert errors == {*HOSTILE, "pipe.txt", "loop.docx", "device.txt"}


# --- whatever a reader does ----------------------------------------------------------------------------------------


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the package whose text reader does something else, for the processes that read."""
    package = tmp_path / "code"

    def spoil(code: str) -> Path:
        for name in ("kg", "ontology", "queries"):
            shutil.copytree(ROOT / name, package / name, ignore=shutil.ignore_patterns("__pycache__"))
        reader = package / "kg" / "reading" / "layout.py"
        reader.write_text(reader.read_text("utf-8").replace("def read_layout(text: str)", f"def read_layout(text: str) -> None:\n    if 'XẤU' in text:\n        {code}\n    return _read_layout(text)\n\n\ndef _read_layout(text: str)"), "utf-8")
        return package

    return spoil


SPOIL = {
    "hangs": ("while True: pass", "process-late"),
    "sleeps": ("import time; time.sleep(1000)", "process-late"),
    "dies": ("import os; os._exit(7)", "process-died"),
    "is killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "process-died"),
    "floods": ("a = bytearray(1 << 40)", "unforeseen"),
    "recurses": ("return read_layout(text)", "unforeseen"),
    "starts what hangs": ("import subprocess; subprocess.run(['sleep', '1000'])", "process-late"),
}


@pytest.mark.parametrize("what", SPOIL)
def test_a_reader_that_fails_costs_one_file(spoilt: Callable[[str], Path], tmp_path: Path, what: str) -> None:
    code, expected = SPOIL[what]
    package = spoilt(code)
    script = (
        "import sys, json; from pathlib import Path; from kg.building.job import ingest_apart; from kg.building.sources import find_sources\n"
        "if True:\n"
        "    for each, _ in ingest_apart(find_sources([sys.argv[1]]).files, (), Path(sys.argv[2]), 1, seconds=6): print(json.dumps([each.file, each.outcome, [row[2] for row in each.findings]]))"
    )
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("a.txt", "c.txt"):
        shutil.copyfile(PLAN, folder / name)
    (folder / "b.txt").write_text("KẾ HOẠCH XẤU\n", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(package)}
    done = subprocess.run([sys.executable, "-c", script, str(folder), str(tmp_path / "keep")], env=environment, cwd=package, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(file, outcome) for file, outcome, _ in answers] == [("a.txt", "built"), ("b.txt", "failed"), ("c.txt", "built")]
    assert answers[1][2] == [expected]


def test_a_sign_of_life_gives_more_time(tmp_path: Path) -> None:
    (tmp_path / "lively.py").write_text(
        "import sys, time\nfrom kg.reading.worker import receive_frame, send_frame, send_sign\n"
        "def serve():\n    while receive_frame(sys.stdin.buffer) is not None:\n"
        "        for _ in range(4):\n            time.sleep(.6); send_sign(b'at work')\n        send_frame(sys.stdout.buffer, b'done')\n",
        "utf-8",
    )
    sys.path.insert(0, str(tmp_path))
    try:
        worker = Worker("lively", 5)
        heard: list[bytes] = []
        assert worker.ask(b"x", 1.5, heard.append) == b"done"
        assert heard == [b"at work"] * 4
        with pytest.raises(WorkerEnded):
            worker.ask(b"x", 0.2)
        worker.close()
    finally:
        sys.path.remove(str(tmp_path))


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    shutil.copyfile(PLAN, tmp_path / "a.txt")
    files = [SourceFile(name="a.txt", path=tmp_path / "a.txt"), SourceFile(name="b.txt", path=tmp_path / "b.txt")]
    found = {each.file: each for each, _ in ingest_apart(files, (), tmp_path / "keep", 1)}
    assert found["a.txt"].outcome == "built"
    assert found["b.txt"].findings[0][2] == "unreadable"


# --- nothing leaves the machine ------------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()
    thread.join()


def _outward(port: int) -> dict[str, bytes]:
    there = f"http://127.0.0.1:{port}"
    page = f"""<!DOCTYPE html SYSTEM "{there}/a.dtd"><html><head><base href="{there}/"><script src="{there}/b.js"></script><link rel=stylesheet href="{there}/c.css">
    <meta http-equiv=refresh content="0; url={there}/d"></head><body><img src="{there}/e.png"><iframe src="{there}/f"></iframe><p>KẾ HOẠCH</p></body></html>"""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="rId1" Type="{relation}/styles" Target="{there}/styles.xml" TargetMode="External"/>
    <Relationship Id="rId2" Type="{relation}/attachedTemplate" Target="{there}/t.dotm" TargetMode="External"/>
    <Relationship Id="rId3" Type="{relation}/image" Target="{there}/i.png" TargetMode="External"/></Relationships>"""
    rtf = rf"""{{\rtf1\ansi K\u7871? ho\u7841?ch {{\field{{\*\fldinst INCLUDEPICTURE "{there}/p.png" \\d}}{{\fldrslt x}}}}{{\field{{\*\fldinst INCLUDETEXT "{there}/p.txt"}}{{\fldrslt y}}}}{{\*\template {there}/t.dot}}}}"""
    return {"page.html": page.encode(), "plan.docx": docx_with(rels=rels), "plan.rtf": rtf.encode()}


@pytest.mark.parametrize("name", ["page.html", "plan.docx", "plan.rtf"])
def test_nothing_is_fetched(listener: tuple[int, list[str]], name: str) -> None:
    from kg.reading.tools import SOFFICE

    if name.endswith(".rtf") and SOFFICE.find() is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    port, asked = listener
    assert read_bytes(_outward(port)[name], name).text
    assert asked == []


def test_no_reader_of_ours_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for name, data in _outward(9).items():
        if not name.endswith(".rtf"):
            assert read_bytes(data, name).text


def test_every_limit_has_its_reason() -> None:
    lines = Path(limits.__file__).read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if line[:1].isupper() and " = " in line and not line.startswith("MIB"):
            assert lines[number + 1].startswith('"""'), line
