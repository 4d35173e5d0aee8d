"""Bytes → Document: canonical text with blocks and tables."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from kg.errors import FormatError, InputError
from kg.reading.canonical import MARK_FLOOD
from kg.reading.decode import decode
from kg.reading.furniture import mark_furniture
from kg.reading.kinds import is_mime, office_kind
from kg.reading.layout import read_layout
from kg.reading.limits import MAX_BYTES, MAX_LINES, MAX_TEXT_BYTES
from kg.reading.ocr_mend import mend_printed
from kg.reading.source import make_source
from kg.records import Document

TEXT_SUFFIXES = (".txt", ".md", ".markdown", ".text")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
OFFICE_SUFFIXES = (".doc", ".odt", ".rtf", ".dot", ".wps")
MIME_SUFFIXES = (".mht", ".mhtml", ".eml")
SUFFIXES = (*TEXT_SUFFIXES, ".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".pdf", *HTML_SUFFIXES, *OFFICE_SUFFIXES, *MIME_SUFFIXES, *PICTURE_SUFFIXES)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)

_HTML_PIECE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,4000}?-->\s*)*<(?:head|body|meta|title|style|link|div|table|center|font|p|span)\b[^<]{0,4000}>", re.IGNORECASE | re.DOTALL)
"""How a page begins that portals hand out as .doc or .xls without its first tags; a text file may begin so and be Markdown."""


def read(path: str | Path, *, name: str | None = None) -> Document:
    """Read one file.

    Args:
        path: text (.txt, .md), Word (.docx), Excel (.xlsx), PDF, a saved web page (.html, .mht); by LibreOffice .doc, .odt and .rtf; where
            Tesseract is installed scans: a PDF of pictures, PNG, JPEG or TIFF.
        name: what the document's source is called in records and graph; the file's name if not given.

    Raises:
        InputError: the file is missing, empty, too large, or no text (its subclasses say which).
    """
    path = Path(path)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise InputError(
            str(path),
            found="no ordinary file (a pipe, socket or device)",
            expected="one document",
            remedy="save its content as a file",
            vi="Đây không phải là tệp thường; hãy lưu nội dung thành một tệp",
        )
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise InputError(
            str(path),
            found="a folder",
            expected="one document",
            remedy="give a file of this folder, or build the whole folder",
            vi="Đây là thư mục; hãy chỉ một tệp trong đó, hoặc dùng lệnh build cho cả thư mục",
        ) from error
    except OSError as error:
        raise InputError(
            str(path),
            found=error.strerror or str(error),
            expected="a file that can be read",
            remedy="check the path and its permissions",
            vi="Không mở được tệp; hãy kiểm tra đường dẫn và quyền đọc",
        ) from error
    return read_bytes(data, name or path.name, suffix=path.suffix)


def read_bytes(data: bytes, name: str, *, suffix: str = "") -> Document:
    """Read a document from its bytes.

    What the bytes begin with tells their kind: portals hand out Word files and web pages under any suffix.

    Args:
        data: the file.
        name: what the document's source is called.
        suffix: how the file's name ends, where ``name`` does not tell; it decides for web pages only.
    """
    _check_size(data, name, MAX_BYTES)
    return mend_printed(_read_by_kind(data, name, suffix))


def _read_by_kind(data: bytes, name: str, suffix: str) -> Document:
    if _is_pdf(data):
        from kg.reading.pdf import read_pdf

        return read_pdf(data, name)
    if data.startswith(_PICTURES):
        from kg.reading.pdf import read_picture

        return read_picture(data, name)
    kind = office_kind(data)
    if kind is not None:
        from kg.reading.office import read_office

        return read_office(data, name, kind)
    if data.startswith(b"PK\x03\x04"):
        from kg.reading.xlsx import is_workbook, read_xlsx

        if is_workbook(data):
            return read_xlsx(data, name)
        from kg.reading.docx import read_docx

        return read_docx(data, name)
    if is_mime(data):
        from kg.reading.mime import read_mime

        return read_mime(data, name)
    _check_size(data, name, MAX_TEXT_BYTES)
    ending = (suffix or PurePosixPath(name).suffix).lower()
    if ending in HTML_SUFFIXES or _HTML.match(data) or (ending not in TEXT_SUFFIXES and _HTML_PIECE.match(data)):
        from kg.reading.html import read_html

        return read_html(data, name)
    return read_text(data, name)


def may_hold_pictures(data: bytes) -> bool:
    """Whether what is read from the bytes can depend on Tesseract."""
    return _is_pdf(data) or data.startswith(_PICTURES)


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF") or b"%PDF-" in data[:1024]


def _check_size(data: bytes, name: str, limit: int) -> None:
    if len(data) > limit:
        raise InputError(
            name,
            found=f"{len(data):,} bytes",
            expected=f"at most {limit:,} bytes",
            remedy="split the file; a plan of this size is most likely not one document",
            vi=f"Tệp quá lớn ({len(data):,} byte); hãy tách thành nhiều tệp",
        )


def read_text(data: bytes, name: str) -> Document:
    """Read plain text or Markdown from its bytes."""
    decoded = decode(data, name)
    if MARK_FLOOD.search(decoded.text):
        raise FormatError(
            name,
            found="a hundred combining marks on one letter",
            expected="the text of a plan",
            remedy="check that the file is a document; remove it from the folder otherwise",
            vi="Tệp có chuỗi dấu phụ bất thường, không phải văn bản; hãy kiểm tra lại tệp hoặc bỏ khỏi thư mục",
        )
    text, offsets = decoded.canonical()
    if text.count("\n") > MAX_LINES:
        raise InputError(
            name,
            found=f"{text.count(chr(10)):,} lines",
            expected=f"at most {MAX_LINES:,} lines",
            remedy="split the file; a plan of this size is most likely not one document",
            vi=f"Tệp có quá nhiều dòng ({text.count(chr(10)):,}); hãy tách thành nhiều tệp",
        )
    if not text.strip():
        raise InputError(
            name,
            found="an empty file",
            expected="the text of a plan",
            remedy="check that the file was saved whole",
            vi="Tệp rỗng, không có văn bản; hãy kiểm tra lại tệp",
        )
    source = make_source(data, name, text, decoded.encoding, form="text", offsets=offsets)
    return Document(source=source, text=text, parts=mark_furniture(read_layout(text)), findings=decoded.findings)
