"""The bytes of a DOCX file or a workbook → the XML parts that are read, within limits.

Nothing is written to disk, no part names a file to open, external targets are never followed.
Source: ECMA-376 part 2 (Open Packaging Conventions); part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import FormatError, InputError
from kg.reading.archives import BROKEN_ZIP
from kg.reading.limits import MAX_ENTRIES, MAX_PART_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, MAX_XML_TAGS, SMALL_PART_BYTES

Element = Any

_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_SPACES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parsed parts of a DOCX file; ``None`` for one that it does not have."""

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None


def open_package(data: bytes, name: str) -> Package:
    """Open the bytes of a DOCX file.

    Raises:
        FormatError: another kind of file.
        InputError: a broken, encrypted or hostile file.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FormatError(
            name,
            found="a DOC file, or a DOCX file with a password",
            expected="a DOCX file without a password",
            remedy="open it in Word or LibreOffice and save it as DOCX, without a password",
            vi="Tệp .doc kiểu cũ hoặc .docx đặt mật khẩu; hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx không mật khẩu",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_parts(archive, name)
    except BROKEN_ZIP as error:
        raise InputError(
            name,
            found=f"a DOCX file that is broken ({error})",
            expected="a whole DOCX file",
            remedy="download or save it again",
            vi="Tệp DOCX bị hỏng; hãy tải về hoặc lưu lại",
        ) from error


def _read_parts(archive: zipfile.ZipFile, name: str) -> Package:
    entries = check_entries(archive, name)
    main = _main_part(archive, entries, name)
    document = parse_part(unpack(archive, entries[main], name), name, main)
    if document.tag != _DOCUMENT:
        raise _no_docx(name, f"a package whose main part is {str(document.tag)[-60:]}")
    related = relations(archive, entries, main, name)

    def part(kind: str) -> Element | None:
        target = related.get(kind)
        return parse_part(unpack(archive, entries[target], name), name, target) if target in entries and target else None

    return Package(
        document=document,
        styles=part("styles"),
        numbering=part("numbering"),
        footnotes=part("footnotes"),
        endnotes=part("endnotes"),
    )


def check_entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Refuse archives that no word processor writes: too many or too large entries, names that leave the archive."""
    listed = archive.infolist()
    total = sum(entry.file_size for entry in listed)
    if len(listed) > MAX_ENTRIES or total > MAX_TOTAL_BYTES:
        raise hostile(
            name, f"{len(listed):,} entries, {total:,} bytes unpacked", f"at most {MAX_ENTRIES:,} and {MAX_TOTAL_BYTES:,}"
        )
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        path = entry.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
            raise hostile(name, f"an entry named {entry.filename[:80]!r}", "names inside the archive")
        if path in entries:
            raise hostile(name, f"two entries named {path[:80]!r}", "each name once")
        entries[path] = entry
    return entries


def _main_part(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> str:
    main = relations(archive, entries, "", name).get("officeDocument", "word/document.xml")
    if main in entries:
        return main
    for path, kind in (("mimetype", "an ODF document"), ("xl/workbook.xml", "an Excel workbook"), ("ppt/presentation.xml", "slides")):
        if path in entries:
            raise _no_docx(name, kind)
    raise _no_docx(name, "a ZIP archive without a Word document")


def relations(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], part: str, name: str) -> dict[str, str]:
    """Give a part's targets inside the archive, by the last word of the relation's type; external ones are left out."""
    targets: dict[str, str] = {}
    for _, kind, inside in _related(archive, entries, part, name):
        targets.setdefault(kind, inside)
    return targets


def relation_targets(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], part: str, name: str) -> dict[str, str]:
    """Give a part's targets inside the archive, by the relation's own name."""
    return {own: inside for own, _, inside in _related(archive, entries, part, name)}


def _related(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], part: str, name: str) -> Iterator[tuple[str, str, str]]:
    """Give the relations of a part that stay in the archive: their names, last words of their types, targets."""
    folder, base = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    if path not in entries:
        return
    for relation in parse_part(unpack(archive, entries[path], name), name, path).iter(_RELATION):
        target = relation.get("Target", "")
        if relation.get("TargetMode") == "External" or not target:
            continue
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        yield relation.get("Id", ""), relation.get("Type", "").rsplit("/", 1)[-1], inside


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one entry; its stated size is not believed."""
    if entry.flag_bits & 1:
        raise InputError(
            name,
            found="an encrypted archive",
            expected="a file without a password",
            remedy="save it without a password",
            vi="Tệp đặt mật khẩu; hãy lưu lại không mật khẩu",
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise hostile(name, f"compression method {entry.compress_type} in {entry.filename[:80]}", "stored or deflated entries")
    with archive.open(entry) as stream:
        data = stream.read(MAX_PART_BYTES + 1)
    ratio = len(data) / max(1, entry.compress_size)
    if len(data) > MAX_PART_BYTES or (len(data) > SMALL_PART_BYTES and ratio > MAX_RATIO):
        raise hostile(
            name,
            f"{entry.filename[:80]}: {len(data):,} bytes or more out of {entry.compress_size:,}",
            f"parts of at most {MAX_PART_BYTES:,} bytes, packed at most 1:{MAX_RATIO}",
        )
    return data


def parse_part(data: bytes, name: str, part: str) -> Element:
    """Parse one part without entities, DTD, network, or more tags than a plan can have."""
    from lxml import etree

    if any(mark in data for mark in _DOCTYPES):
        raise hostile(name, f"a DOCTYPE in {part}", "XML without DOCTYPE and entities, as ECMA-376 asks")
    if data.count(b"<") > MAX_XML_TAGS:
        raise hostile(name, f"{data.count(b'<'):,} tags in {part}", f"at most {MAX_XML_TAGS:,}")
    if _STRICT in data:
        for strict, usual in _STRICT_SPACES:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(
            f"{name}, {part}",
            found=f"broken XML ({error.msg})",
            expected="a whole file",
            remedy="open it in Word, Excel or LibreOffice and save it again",
            vi="Tệp có phần XML bị hỏng; hãy mở bằng Word hoặc LibreOffice rồi lưu lại",
        ) from error
    if root.getroottree().docinfo.doctype:
        raise hostile(name, f"a DOCTYPE in {part}", "XML without DOCTYPE and entities, as ECMA-376 asks")
    return root


def hostile(name: str, found: str, expected: str) -> InputError:
    """Say of a file that no program of an office writes it so."""
    return InputError(
        name,
        found=found,
        expected=expected,
        remedy="do not open the file; get it again from where it was published",
        vi=f"Tệp bất thường, có thể độc hại ({found}); không đọc, hãy lấy lại từ nơi công bố",
    )


def _no_docx(name: str, found: str) -> FormatError:
    return FormatError(
        name,
        found=found,
        expected="a Word document (.docx)",
        remedy="save the document as DOCX and give that file",
        vi="Tệp không phải văn bản Word (.docx); hãy lưu văn bản thành .docx rồi đưa tệp đó vào",
    )
