"""DOC, ODT, RTF and Word's older XML → DOCX by LibreOffice, then → Document.

LibreOffice runs without a window, in a profile and a folder of its own that are thrown away, with macros and links
switched off, without network where the system lets us take it away, and is ended when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

from kg.errors import FormatError, InputError
from kg.reading.archives import BROKEN_ZIP
from kg.reading.docx import read_docx
from kg.reading.limits import OFFICE_MEMORY_BYTES, OFFICE_OUTPUT_BYTES, OFFICE_SECONDS
from kg.reading.source import make_source
from kg.reading.tools import SOFFICE, need
from kg.reading.worker import kill_group, limit_memory
from kg.records import Document, Finding

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
"""No macro runs, no active content, no link is followed. Source: LibreOffice's schema, officecfg Office/Common.xcs and Writer.xcs."""


def read_office(data: bytes, name: str, kind: str, *, seconds: float = OFFICE_SECONDS) -> Document:
    """Read a file of that kind.

    Raises:
        MissingToolError: LibreOffice is not installed.
        InputError: it is locked, broken, no text document, or takes too long.
    """
    _refuse_locked(data, name, kind)
    program = need(SOFFICE, name, f".{kind}", f"a .{kind} file")
    document = read_docx(convert_to_docx(data, name, kind, program, seconds), name)
    finding = Finding(
        code="converted-format",
        severity="note",
        vi=f"Đã chuyển từ .{kind} sang .docx bằng LibreOffice rồi đọc",
        en=f"converted from .{kind} to .docx by LibreOffice, then read",
    )
    source = make_source(data, name, document.text, kind)
    return replace(document, source=source, findings=(finding, *document.findings))


def _refuse_locked(data: bytes, name: str, kind: str) -> None:
    if kind == "doc":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _locked(name, "a DOCX file with a password")
        if "WordDocument".encode("utf-16-le") not in data:
            raise FormatError(
                name,
                found="an old Office file that is no Word document (a sheet, slides, a message)",
                expected="the text of a plan",
                remedy="save the document as DOCX, a sheet as XLSX, and give that file",
                vi="Tệp Office kiểu cũ nhưng không phải văn bản Word (bảng tính, trình chiếu, thư); hãy lưu văn bản thành .docx, bảng tính thành .xlsx",
            )
    elif kind == "odt":
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                manifest = archive.getinfo("META-INF/manifest.xml")
                locked = manifest.file_size < 1 << 22 and b"encryption-data" in archive.read(manifest)
        except (KeyError, *BROKEN_ZIP) as error:
            raise _not_converted(name, kind, f"a broken package ({type(error).__name__})") from error
        if locked:
            raise _locked(name, "an ODT file with a password")


def convert_to_docx(data: bytes, name: str, kind: str, program: str, seconds: float) -> bytes:
    """Have LibreOffice convert a file.

    Raises:
        InputError: it took too long, or gave nothing.

    """
    with tempfile.TemporaryDirectory(prefix="mandategraph-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        user = home / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        given = home / f"given.{kind}"
        given.write_bytes(data)
        out = home / "out"
        _run(_command(program, home, given, out), home, name, kind, seconds)
        made = out / "given.docx"
        if not made.is_file() or not 0 < made.stat().st_size <= OFFICE_OUTPUT_BYTES:
            raise _not_converted(name, kind, "no DOCX file out of LibreOffice")
        return made.read_bytes()


def _command(program: str, home: Path, given: Path, out: Path) -> list[str]:
    office = [
        program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--invisible", "--nologo", "--nodefault", "--norestore",
        "--nolockcheck", "--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(given),
    ]  # fmt: skip
    return [*no_network(), *office]


@cache
def no_network() -> tuple[str, ...]:
    """Give what is put before a command to take its network away; () where the system does not let us."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net")
    try:
        done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if done.returncode == 0 else ()


def _run(command: list[str], home: Path, name: str, kind: str, seconds: float) -> None:
    dead_end = "http://127.0.0.1:9"
    kept = {key: value for key, value in os.environ.items() if key.upper() in _KEPT}
    environment = {**kept, "HOME": str(home), "http_proxy": dead_end, "https_proxy": dead_end, "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, preexec_fn=_limit if sys.platform == "linux" else None,  # noqa: PLW1509  no thread of ours holds a lock there
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise _not_converted(name, kind, f"no end after {seconds:g} s") from error
    finally:
        with suppress(OSError):
            kill_group(process)
        process.wait()


_KEPT = frozenset(("PATH", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "PROGRAMFILES", "PROGRAMDATA", "APPDATA", "LOCALAPPDATA"))


def _limit() -> None:
    limit_memory(OFFICE_MEMORY_BYTES)


def _locked(name: str, found: str) -> InputError:
    return InputError(
        name,
        found=found,
        expected="a file that opens without one",
        remedy="open it and save it as DOCX without a password",
        vi="Tệp đặt mật khẩu; hãy mở và lưu lại thành .docx không mật khẩu",
    )


def _not_converted(name: str, kind: str, found: str) -> InputError:
    return InputError(
        name,
        found=found,
        expected=f"a .{kind} file that LibreOffice opens",
        remedy="open it in Word or LibreOffice and save it as DOCX",
        vi=f"LibreOffice không mở được tệp .{kind} này ({found}); hãy mở bằng Word và lưu lại thành .docx",
    )
