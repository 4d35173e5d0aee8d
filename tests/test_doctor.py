"""The command doctor: what it says with and without the programs of others; it never fails."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kg.cli import main
from kg.commands import doctor
from kg.reading.tools import SOFFICE, TESSERACT, TOOLS, Tool


def test_it_names_every_program_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    for tool in TOOLS:
        assert tool.name in told
    assert "TCVN3" in told
    assert "always read" in told


def test_what_is_missing_is_told_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    missing = Tool(name="LibreOffice", commands=("no-such-program",), places=(), lost_vi=SOFFICE.lost_vi, lost_en=SOFFICE.lost_en, get=SOFFICE.get)
    monkeypatch.setattr(doctor, "TOOLS", (missing,))
    monkeypatch.setattr(doctor, "SOFFICE", missing)
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "✗ LibreOffice" in told
    assert SOFFICE.lost_vi in told
    assert SOFFICE.lost_en in told
    assert missing.how_to_get() in told


def test_a_tesseract_without_vietnamese_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(Tool, "find", lambda self: str(program) if self is TESSERACT else None)
    assert main(["doctor"]) == 0
    assert "no Vietnamese data" in capsys.readouterr().out


@pytest.mark.parametrize("system", ["linux", "darwin", "win32", "freebsd14"])
def test_each_system_is_told_how(system: str) -> None:
    assert all(tool.how_to_get(system) for tool in TOOLS)
