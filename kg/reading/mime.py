"""Saved pages of one file (.mht, .mhtml) and letters (.eml) → Document: their HTML, or else their text.

Attachments are named, not read. Nothing is fetched. Source: RFC 2557 (MHTML), RFC 5322 (messages).
"""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from kg.errors import InputError
from kg.reading.limits import MAX_MIME_PARTS
from kg.reading.source import make_source
from kg.records import Document, Finding


def read_mime(data: bytes, name: str) -> Document:
    """Read a message from its bytes.

    Raises:
        InputError: it has no text, or more parts than a page or letter.
    """
    from kg.reading import read_text
    from kg.reading.html import read_html

    message = message_from_bytes(data, policy=default)
    body, attached = _choose(message, name)
    html = body.get_content_subtype() == "html"
    document = (read_html if html else read_text)(_text_of(body), name)
    source = make_source(data, name, document.text, "mhtml" if message.get_content_subtype() == "related" else "eml")
    return replace(document, source=source, findings=(*document.findings, *map(_not_read, attached)))


def _choose(message: EmailMessage, name: str) -> tuple[EmailMessage, list[str]]:
    """Give the first page, or else the first text, and the names of attachments."""
    pages: list[EmailMessage] = []
    texts: list[EmailMessage] = []
    attached: list[str] = []
    for count, part in enumerate(message.walk()):
        if count > MAX_MIME_PARTS:
            raise _no_text(name, f"over {MAX_MIME_PARTS} parts")
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment":
            attached.append(str(part.get_filename() or part.get_content_type()))
        elif part.get_content_type() in ("text/html", "application/xhtml+xml"):
            pages.append(part)
        elif part.get_content_type() == "text/plain":
            texts.append(part)
    found = pages or texts
    if not found:
        raise _no_text(name, "a message without text")
    return found[0], attached


def _text_of(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if charset is None:
        return data
    try:
        return data.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return data


def _not_read(name: str) -> Finding:
    shown = " ".join(name.split())[:80]
    return Finding(
        code="attachment-not-read",
        severity="warning",
        vi=f"Thư có tệp đính kèm “{shown}”, chưa đọc; hãy lưu tệp đó ra thư mục",
        en=f"The letter has an attachment “{shown}”, which is not read; save it into the folder",
    )


def _no_text(name: str, found: str) -> InputError:
    return InputError(
        name,
        found=found,
        expected="a saved page or a letter with a text",
        remedy="save the page as HTML, or the letter's attachment, and give that file",
        vi=f"Tệp thư hoặc trang lưu không đọc được ({found}); hãy lưu trang thành .html hoặc lưu tệp đính kèm",
    )
