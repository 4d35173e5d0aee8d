"""DOC, ODT and RTF by LibreOffice; what is said without it. Skipped where LibreOffice is not installed."""

from __future__ import annotations

import io
import shutil
import stat
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

import pytest

from kg.building.pipeline import build
from kg.errors import InputError, MissingToolError
from kg.reading import office, read, read_bytes
from kg.reading.kinds import is_mime, office_kind
from kg.reading.tools import SOFFICE, Tool
from tests.reading.plan_forms import as_docx, records

CORPUS = Path(__file__).parents[2] / "corpus"
PLANS = sorted(CORPUS.glob("*.txt"))
FORMS = ("odt", "doc", "rtf", "html", "pdf")
needs_office = pytest.mark.skipif(SOFFICE.find() is None, reason="LibreOffice is not installed: apt-get install libreoffice-writer-nogui")


def convert(folder: Path, data: bytes, form: str, *, given: str = "docx", infilter: str = "") -> bytes:
    """Write a file in another format, by LibreOffice's word processor."""
    source = folder / f"plan.{given}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    reader = infilter or ("HTML (StarWriter)" if given == "html" else "")
    command = [
        str(SOFFICE.find()), f"-env:UserInstallation={profile}", "--headless", *([f"--infilter={reader}"] if reader else ()),
        "--convert-to", form, "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / f"plan.{form}").read_bytes()


@needs_office
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("plan", [PLANS[2], PLANS[3]], ids=lambda path: path.name[:3])
def test_every_format_gives_the_same_records(tmp_path: Path, plan: Path, form: str) -> None:
    word = as_docx(read(plan))
    expected = records(read_bytes(word, "plan.docx"))
    document = read_bytes(convert(tmp_path, word, form), f"plan.{form}")
    got = records(document)
    apart = {"findings"} | ({"document", "sectors"} if form == "pdf" else set())  # PDF: what stands side by side in the foot
    assert {key: value for key, value in got.items() if key not in apart and key != "tasks"} == {
        key: value for key, value in expected.items() if key not in apart and key != "tasks"
    }
    assert [_task(task) for task in got["tasks"]] == [_task(task) for task in expected["tasks"]]
    if form in ("odt", "doc", "rtf"):
        assert document.source.format == document.source.encoding == form
        assert [finding.code for finding in document.findings] == ["converted-format"]


def _task(task: dict[str, object]) -> object:
    return {name: task[name] for name in ("code", "name", "lead", "partner", "start", "end")}


@needs_office
def test_a_doc_file_under_any_name(tmp_path: Path) -> None:
    word = as_docx(read(PLANS[2]))
    doc = convert(tmp_path, word, "doc")
    for name in ("plan.docx", "plan.txt", "plan"):
        assert read_bytes(doc, name).source.format == "doc"


KINDS = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "doc"),
    (b"{\\rtf1\\ansi", "rtf"),
    (b"\xef\xbb\xbf{\\rtf1", "rtf"),
    (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", "xml"),
    (b"PK\x03\x04", None),
    ("Kế hoạch {\\rtf".encode(), None),
    (b"", None),
]


@pytest.mark.parametrize(("data", "kind"), KINDS)
def test_kinds_are_told_by_content(data: bytes, kind: str | None) -> None:
    assert office_kind(data) == kind


def test_an_odt_is_told_by_its_first_entry() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert office_kind(stream.getvalue()) == "odt"


NONE = Tool(name="LibreOffice", commands=("no-such-program",), places=(), lost_vi="", lost_en="", get=SOFFICE.get)


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "SOFFICE", NONE)


RTF = rb"{\rtf1\ansi\ansicpg1252 K\u7871? ho\u7841?ch}"


def test_without_libreoffice_the_message_says_what_to_do(without_office: None) -> None:
    with pytest.raises(MissingToolError) as raised:
        read_bytes(RTF, "plan.rtf")
    assert "libreoffice" in raised.value.vi.lower()
    assert ".docx" in raised.value.remedy


def test_what_a_missing_program_left_out_is_read_once_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    shutil.copyfile(PLANS[2], folder / "a.txt")
    (folder / "b.rtf").write_bytes(RTF)
    with monkeypatch.context() as patch:
        patch.setattr(office, "SOFFICE", NONE)
        first = build([folder], tmp_path / "build", jobs=0)
    assert [row[2] for row in first.findings if row[0] == "b.rtf"] == ["missing-tool"]
    monkeypatch.setattr(office, "read_office", lambda data, name, kind: read_bytes(PLANS[3].read_bytes(), name))
    assert build([folder], tmp_path / "build", jobs=0).counts["documents"] == 2


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
SHEET = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le")


@pytest.mark.parametrize(("data", "found"), [(ENCRYPTED, "password"), (SHEET, "no Word document")])
def test_locked_files_and_sheets_are_named_without_libreoffice(without_office: None, data: bytes, found: str) -> None:
    with pytest.raises(InputError) as raised:
        read_bytes(data, "plan.docx")
    assert found in raised.value.found
    assert not isinstance(raised.value, MissingToolError)


@pytest.mark.parametrize(("script", "found"), [("sleep 60", "no end after"), ("exit 3", "no DOCX file"), ('for last; do :; done; mkdir -p "$(dirname "$last")/out"; : > "$(dirname "$last")/out/given.docx"', "no DOCX file")])
def test_a_converter_that_hangs_or_fails_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, found: str) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setattr(office, "need", lambda *_: str(program))
    started = time.monotonic()
    with pytest.raises(InputError, match=found):
        office.read_office(RTF, "plan.rtf", "rtf", seconds=1.5)
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not office.no_network(), reason="this system lets nobody take a network away (unshare)")
def test_the_converter_has_no_network(tmp_path: Path) -> None:
    seen = subprocess.run([*office.no_network(), "cat", "/proc/net/dev"], capture_output=True, text=True, check=True)
    assert {line.split(":")[0].strip() for line in seen.stdout.splitlines()[2:]} <= {"lo"}


@needs_office
def test_no_macro_and_no_profile_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    document = read_bytes(RTF, "plan.rtf")
    assert document.text == "Kế hoạch\n"
    assert list(tmp_path.iterdir()) == []


PAGE = "<html><body><p>KẾ HOẠCH</p><p>Sở Y tế chủ trì thực hiện.</p></body></html>"


def test_a_saved_page_of_one_file_is_read() -> None:
    import base64
    import quopri

    for encoding, body in (("base64", base64.encodebytes(PAGE.encode())), ("quoted-printable", quopri.encodestring(PAGE.encode()))):
        data = (
            b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
            b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: " + encoding.encode() + b"\r\n\r\n" + body + b"\r\n--b\r\n"
            b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n"
        )
        for name in ("trang.mhtml", "trang.doc"):
            document = read_bytes(data, name)
            assert document.text == "KẾ HOẠCH\n\nSở Y tế chủ trì thực hiện.\n"
            assert document.source.format == "mhtml"
            assert document.source.size == len(data)


def test_a_letter_s_text_is_read_and_its_attachments_are_named() -> None:
    data = (
        "From: a@b.vn\nSubject: KH\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nSở Y tế chủ trì.\n--b\n"
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename=KH.pdf\n\nx\n--b--\n"
    ).encode()
    document = read_bytes(data, "thu.eml")
    assert "Sở Y tế chủ trì." in document.text
    assert document.source.format == "eml"
    assert [finding.code for finding in document.findings] == ["attachment-not-read"]
    assert "KH.pdf" in document.findings[0].vi


@pytest.mark.parametrize("text", ["KẾ HOẠCH\nSố: 12/KH-UBND\n\nNội dung", "Note: a\nTitle: b\n\nContent-Type: text/plain", "a: b", "", "Từ: ông A\nMIME-Version: 1\n\n"])
def test_what_is_no_message(text: str) -> None:
    assert not is_mime(text.encode())


def test_a_message_in_a_message_does_not_nest_without_end() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: text/plain\n\n"
    assert read_bytes(head * 3000 + b"Plan", "a.eml").text.startswith("MIME-Version")


def test_a_damaged_odt_is_refused_by_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>" * 100)
    data = bytearray(stream.getvalue())
    packed = data.index(b"META-INF/manifest.xml") + len(b"META-INF/manifest.xml")
    data[packed : packed + 6] = b"\xff" * 6  # no block of deflate opens so
    with pytest.raises(InputError, match="broken package"):
        read_bytes(bytes(data), "ke-hoach.odt")
