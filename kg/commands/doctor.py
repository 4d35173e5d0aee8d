"""What the command doctor finds and prints: which programs are there, and what is lost without the others."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
import platform
import subprocess

from kg.cli import DONE
from kg.reading import OFFICE_SUFFIXES, SUFFIXES
from kg.reading.archives import SUFFIX as ARCHIVE
from kg.reading.office import no_network
from kg.reading.tools import SOFFICE, TESSERACT, TOOLS, Tool

_SECONDS = 20
_LANGUAGE = "vie"


def examine(_: argparse.Namespace) -> int:
    """Print each program with its place, or what is lost without it and how to get it."""
    from kg.building.cache import program_version

    print(f"mandategraph {program_version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    always = [suffix for suffix in (*SUFFIXES, ARCHIVE) if suffix not in OFFICE_SUFFIXES]
    print(f"Luôn đọc được (always read): {' '.join(always)}; bảng mã (encodings): UTF-8, UTF-16, TCVN3 (ABC), VNI, Windows-1258")
    for tool in TOOLS:
        _tell(tool)
    if SOFFICE.find():
        shut = bool(no_network())
        print(f"Mạng khi chuyển đổi (network while converting): {'đã ngắt (off)' if shut else 'chỉ chặn qua proxy (blocked by proxy only)'}")
    return DONE


def _tell(tool: Tool) -> None:
    place = tool.find()
    if place is None:
        print(f"✗ {tool.name}: chưa cài (not installed): {tool.lost_vi} | {tool.lost_en}")
        print(f"    cài (install): {tool.how_to_get()}")
        return
    print(f"✓ {tool.name}: {place} {_version(tool, place)}".rstrip())
    if tool is TESSERACT and _LANGUAGE not in _ask(place, "--list-langs").split():
        print(f"  ✗ thiếu dữ liệu tiếng Việt (no Vietnamese data): {tool.lost_vi} | {tool.lost_en}")
        print(f"    cài (install): {tool.how_to_get()}")


def _version(tool: Tool, place: str) -> str:
    told = _ask(place, "-version" if tool.name == "Java" else "--version").strip().splitlines()
    return f"({told[0].strip()[:80]})" if told else ""


def _ask(place: str, argument: str) -> str:
    """Give what a program answers; "" where it does not answer in time."""
    try:
        done = subprocess.run([place, argument], capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout or done.stderr
