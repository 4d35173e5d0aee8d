"""Tesseract on this machine: whether it is there, how to get it, and pictures → lines of words.

Tesseract is a program that people install apart (Apache-2.0). It runs with one thread a process, a time limit, and
pictures of bounded size in a folder of its own that is gone afterwards; no picture leaves the machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

LANGUAGE = "vie"
DIGITS = "eng"
"""The language whose model reads digits alone best, where it is installed, as it is by default."""
_WINDOWS = Path(os.environ.get("PROGRAMFILES", r"C:\Program Files")) / "Tesseract-OCR" / "tesseract.exe"
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")
_LINES = frozenset({"ocr_line", "ocr_caption", "ocr_header", "ocr_textfloat"})


class Engine(NamedTuple):
    """What this machine has for reading scans.

    ``missing`` is ``None`` where scans can be read, else what lacks: the "program", or the Vietnamese "language" data.
    ``vi`` and ``en`` say in one sentence how to get it on this system; "" where nothing lacks. ``digits``: whether the
    model that reads digits best is there, too.
    """

    missing: Literal["program", "language"] | None
    program: str = ""
    version: str = ""
    vi: str = ""
    en: str = ""
    digits: bool = False

    @property
    def ready(self) -> bool:
        """Whether scans can be read."""
        return self.missing is None


class Lettering(NamedTuple):
    """A word in a picture: its box in pixels, its text (NFC) and Tesseract's confidence in percent."""

    x0: int
    y0: int
    x1: int
    y1: int
    text: str
    sure: int


class PrintedLine(NamedTuple):
    """A line in a picture: the height of its baseline, and of its type (ascenders to descenders), in pixels; its words."""

    base: float
    size: float
    words: list[Lettering]


@cache
def available() -> Engine:
    """Give what this machine has; asked once a process, some 30 ms."""
    program = shutil.which("tesseract") or (str(_WINDOWS) if _WINDOWS.is_file() else "")
    if not program:
        return missing("program")
    try:
        version = _ask(program, "--version")
        languages = _ask(program, "--list-langs").split()
    except (OSError, subprocess.SubprocessError):
        return missing("program", program)
    version = version.split("\n", 1)[0].removeprefix("tesseract ").strip()
    if LANGUAGE not in languages:
        return missing("language", program, version)
    return Engine(None, program, version, digits=DIGITS in languages)


def missing(what: Literal["program", "language"], program: str = "", version: str = "", *, system: str = sys.platform) -> Engine:
    """Give the state of a system on which something lacks, with the way to get it there.

    >>> missing("program", system="darwin").en
    'install Tesseract with Vietnamese: brew install tesseract tesseract-lang'
    """
    vi, en = _remedy(system)
    return Engine(what, program, version, f"hãy cài Tesseract kèm tiếng Việt: {vi}", f"install Tesseract with Vietnamese: {en}")


def _ask(program: str, flag: str) -> str:
    done = subprocess.run([program, flag], capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=20, check=True)
    return done.stdout or done.stderr


def _remedy(system: str) -> tuple[str, str]:
    """How to get Tesseract with Vietnamese on a system, in Vietnamese and in English."""
    if system == "win32":
        return (
            "tải bộ cài tại github.com/UB-Mannheim/tesseract/wiki và đánh dấu “Vietnamese” trong Additional language data",
            "the installer at github.com/UB-Mannheim/tesseract/wiki, with “Vietnamese” ticked under Additional language data",
        )
    if system == "darwin":
        return ("brew install tesseract tesseract-lang",) * 2
    return ("sudo apt install tesseract-ocr tesseract-ocr-vie (Fedora: sudo dnf install tesseract tesseract-langpack-vie)",) * 2


def fingerprint() -> str:
    """Give what a scan's text depends on beside the file and this program: the engine's version, or what it lacks."""
    engine = available()
    return engine.missing or f"{engine.version} {engine.digits}"


def recognise(pictures: Sequence[Any], program: str, *, mode: int, dpi: int, seconds: float, letters: str = "") -> list[list[PrintedLine]]:
    """Read pictures in one run of Tesseract.

    Args:
        pictures: two-dimensional arrays of grey values, 0 black to 255 white.
        program: Tesseract's path.
        mode: how a picture is cut into lines (``--psm``): 6 for one block, 11 for text wherever it stands.
        dpi: the pictures' resolution.
        seconds: how long it may take.
        letters: the only characters to be read; "" for all.

    Returns: the lines of each picture.

    Raises:
        subprocess.SubprocessError: Tesseract failed or took too long.

    """
    if not pictures:
        return []
    with tempfile.TemporaryDirectory(prefix="mandategraph-") as folder:
        names = [str(Path(folder, f"{number}.pgm")) for number in range(len(pictures))]
        for name, picture in zip(names, pictures, strict=True):
            height, width = picture.shape
            Path(name).write_bytes(b"P5\n%d %d\n255\n" % (width, height) + picture.tobytes())
        listing = Path(folder, "pictures.txt")
        listing.write_text("\n".join(names) + "\n", encoding="utf-8")
        done = subprocess.run(
            [
                program, str(listing), "stdout", "-l", DIGITS if letters and available().digits else LANGUAGE, "--psm", str(mode), "--dpi", str(dpi),
                "-c", "tessedit_do_invert=0", "-c", "tessedit_create_hocr=1", "-c", f"tessedit_char_whitelist={letters}",
            ],
            capture_output=True, timeout=seconds, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
    return read_hocr(done.stdout, len(pictures))


def read_hocr(answer: bytes, count: int) -> list[list[PrintedLine]]:
    """Read Tesseract's hOCR: the lines of each of ``count`` pictures.

    Source: The hOCR Embedded OCR Workflow and Output Format, 1.2.
    """
    import unicodedata

    from lxml import etree

    pages: list[list[PrintedLine]] = []
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    for page in etree.fromstring(answer, parser).iter("{*}div"):
        if page.get("class") != "ocr_page":
            continue
        pages.append([])
        for line in page.iter("{*}span"):
            if line.get("class") not in _LINES:
                continue
            words: list[Lettering] = []
            for word in line.iter("{*}span"):
                box, sure = _BOX.search(word.get("title", "")), _SURE.search(word.get("title", ""))
                text = unicodedata.normalize("NFC", "".join("".join(word.itertext()).split()))
                if word.get("class") == "ocrx_word" and box and sure and text:
                    words.append(Lettering(int(box[1]), int(box[2]), int(box[3]), int(box[4]), text, int(sure[1])))
            if words:
                pages[-1].append(_line(line.get("title", ""), words))
    return [*pages, *([] for _ in range(count - len(pages)))][:count]


def _line(title: str, words: list[Lettering]) -> PrintedLine:
    box, base, size = _BOX.search(title), _BASE.search(title), _SIZE.search(title)
    bottom = float(box[4]) if box else float(max(word.y1 for word in words))
    height = float(size[1]) if size else bottom - min(word.y0 for word in words)
    slope, offset = (float(base[1]), float(base[2])) if base else (0.0, -0.2 * height)
    middle = (words[0].x0 + words[-1].x1) / 2 - (float(box[1]) if box else 0.0)
    return PrintedLine(bottom + offset + slope * middle, height, words)
