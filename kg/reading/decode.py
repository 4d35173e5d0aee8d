"""Bytes → text: byte order marks, UTF-8, UTF-16; anything else is refused with its name.

Source of the tell-tale letters of TCVN3 and VNI: real files met ("Uû ban nh©n d©n", "UÛY BAN NHAÂN DAÂN").
"""

from __future__ import annotations

import codecs
import re

from kg.errors import EncodingError, FormatError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TCVN3 = re.compile(r"[a-zA-Z][©®µ¶·¸¹ª«¬][a-z]|[a-z]\xad[a-z]")
_VNI = re.compile(r"(?:AÂN|AÀ|OÛ|UÛY|NÖÔ|ÑÒ|Ñ[ÒAÒOÔEÂ]|aân|ñò|ñeán|thöïc)")
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP / DOCX / ODT"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "GZIP"),
)

_CONTROLS = bytes(byte for byte in range(32) if not 9 <= byte <= 13)


def decode(data: bytes, place: str) -> tuple[str, str, int]:
    """Decode the bytes of a text file.

    Returns: the text with its line ends as given, the codec's name, and the length of the byte order mark in bytes.

    Raises:
        FormatError: the bytes are another kind of file (PDF, ZIP, an image) or hold control codes no text has.
        EncodingError: the bytes are text in an encoding that is not read.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise FormatError(
                place,
                found=f"a {name} file",
                expected="text in UTF-8 or UTF-16, .docx, .html, or a PDF with a text layer",
                remedy="save the document in one of these formats and give that file",
                vi=f"Tệp có nội dung {name}, chưa đọc được; hãy lưu thành .docx, .pdf hoặc văn bản thuần (.txt) rồi đưa tệp đó vào",
            )
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], codec, place), codec, len(mark)
    guess = _guess_utf16(data)
    if guess is not None:
        return _decode(data, guess, place), guess, 0
    if b"\0" in data[:65536] or _control_share(data[:65536]) > 0.02:
        raise FormatError(
            place,
            found="binary data",
            expected="plain text in UTF-8 or UTF-16",
            remedy="check that the file is a document; remove it from the folder otherwise",
            vi="Tệp nhị phân, không phải văn bản; hãy kiểm tra lại tệp hoặc bỏ khỏi thư mục",
        )
    return _decode(data, "utf-8", place), "utf-8", 0


def _decode(data: bytes, codec: str, place: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        found, vi = _name_legacy(data)
        raise EncodingError(
            f"{place}, byte {error.start}",
            found=found,
            expected="UTF-8 or UTF-16",
            remedy="convert the file to UTF-8 (for instance `iconv`, or 'Save as … UTF-8' in the editor)",
            vi=f"{vi}; hãy chuyển tệp sang UTF-8 (Unicode) rồi chạy lại",
        ) from error


def _guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its ASCII letters is zero."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.15 and even < odd * 0.1:
        return "utf-16-le"
    if even > len(head) * 0.15 and odd < even * 0.1:
        return "utf-16-be"
    return None


def _control_share(head: bytes) -> float:
    return (len(head) - len(head.translate(None, _CONTROLS))) / max(1, len(head))


def _name_legacy(data: bytes) -> tuple[str, str]:
    sample = data[:20000].decode("latin-1")
    if len(_TCVN3.findall(sample)) > 5:
        return "text in the TCVN3 (ABC) font encoding", "Văn bản dùng bảng mã TCVN3 (ABC), chưa đọc được"
    if len(_VNI.findall(sample)) > 3:
        return "text in the VNI font encoding", "Văn bản dùng bảng mã VNI, chưa đọc được"
    return "bytes that are not UTF-8", "Bảng mã không phải UTF-8"
