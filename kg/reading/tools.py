"""Programs of others that some formats need: where they are, and what to do where they are not.

None is needed for text, DOCX, HTML and PDF with a text layer.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import MissingToolError


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A program: names it goes by, usual places beside the PATH, what is lost without it, and how to get it."""

    name: str
    commands: tuple[str, ...]
    places: tuple[str, ...]
    lost_vi: str
    lost_en: str
    get: dict[str, str]

    def find(self) -> str | None:
        """Give its path; ``None`` where it is not installed."""
        return _find(self)

    def how_to_get(self, system: str = sys.platform) -> str:
        """Give the command or address for a system as ``sys.platform`` names it."""
        return self.get.get(system, self.get["linux"])

    def __hash__(self) -> int:
        return hash(self.name)


SOFFICE = Tool(
    name="LibreOffice",
    commands=("soffice", "libreoffice"),
    places=(
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        "/opt/libreoffice/program/soffice",
        "/snap/bin/libreoffice",
    ),
    lost_vi="không đọc được tệp .doc, .odt, .rtf (hãy lưu lại thành .docx)",
    lost_en="files in .doc, .odt and .rtf are not read (save them as .docx)",
    get={
        "linux": "sudo apt install libreoffice-writer-nogui",
        "darwin": "brew install --cask libreoffice",
        "win32": "winget install TheDocumentFoundation.LibreOffice",
    },
)
TESSERACT = Tool(
    name="Tesseract",
    commands=("tesseract",),
    places=(r"C:\Program Files\Tesseract-OCR\tesseract.exe",),
    lost_vi="không đọc được bản quét (ảnh); cần cả gói tiếng Việt",
    lost_en="scans (pictures of pages) are not read; its Vietnamese data is needed, too",
    get={
        "linux": "sudo apt install tesseract-ocr tesseract-ocr-vie",
        "darwin": "brew install tesseract tesseract-lang",
        "win32": "winget install UB-Mannheim.TesseractOCR (chọn Vietnamese, choose Vietnamese)",
    },
)
BROWSER = Tool(
    name="Chromium",
    commands=("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"),
    places=(
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    lost_vi="không mất gì khi đọc văn bản; trang kết quả mở được bằng mọi trình duyệt",
    lost_en="nothing is lost for reading; the page of results opens in any browser",
    get={"linux": "sudo apt install chromium", "darwin": "brew install --cask google-chrome", "win32": "Microsoft Edge có sẵn (is there)"},
)
JAVA = Tool(
    name="Java",
    commands=("java",),
    places=(),
    lost_vi="không chạy được bộ suy luận HermiT/Pellet (chỉ dùng khi kiểm tra bản thể học)",
    lost_en="the reasoners HermiT and Pellet do not run (used to check the ontology only)",
    get={"linux": "sudo apt install default-jre-headless", "darwin": "brew install openjdk", "win32": "winget install EclipseAdoptium.Temurin.21.JRE"},
)
TOOLS = (SOFFICE, TESSERACT, BROWSER, JAVA)


@cache
def _find(tool: Tool) -> str | None:
    for command in tool.commands:
        found = shutil.which(command)
        if found:
            return found
    return next((place for place in tool.places if Path(place).is_file() and os.access(place, os.X_OK)), None)


def need(tool: Tool, place: str, what_vi: str, what_en: str) -> str:
    """Give the tool's path.

    Raises:
        MissingToolError: it is not installed; says what to install, and what to do without.

    """
    path = tool.find()
    if path is None:
        raise MissingToolError(
            place,
            found=f"{what_en}, and no {tool.name}",
            expected=f"{tool.name}, which reads it",
            remedy=f"install it ({tool.how_to_get()}) and run again, or save the document as .docx",
            vi=f"Tệp {what_vi} cần {tool.name} để đọc; hãy cài ({tool.how_to_get()}) rồi chạy lại, hoặc lưu văn bản thành .docx",
        )
    return path
