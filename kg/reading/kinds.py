"""What kind of file bytes are, where their first letters do not tell it alone: old Office files, messages."""

from __future__ import annotations

import re

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODT = (b"application/vnd.oasis.opendocument.text", b"application/vnd.sun.xml.writer")
_HEAD = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}?\r?\n", re.ASCII)
_FIELD = re.compile(rb"^(?:MIME-Version|Content-Type):", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 16_384


def office_kind(data: bytes) -> str | None:
    """Tell what LibreOffice is needed for, by content: "doc", "odt", "rtf", "xml"; ``None`` for other files."""
    if data.startswith(_OLE):
        return "doc"
    if data[:64].lstrip(b" \r\n\t\xef\xbb\xbf").lower().startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK") and b"mimetype" in data[:64] and any(kind in data[:200] for kind in _ODT):
        return "odt"
    if b"<?mso-application" in data[:1000] and b"Word.Document" in data[:1000]:
        return "xml"
    return None


def is_mime(data: bytes) -> bool:
    """Tell a message by its head: fields, among them one of MIME, then an empty line."""
    head = _HEAD.match(data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf\r\n"))
    return head is not None and _FIELD.search(head.group()) is not None
