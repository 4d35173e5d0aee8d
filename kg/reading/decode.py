"""Bytes → text: byte order marks, UTF-8, UTF-16, TCVN3, VNI, Windows-1258; anything else is refused with its name.

Source: Unicode 15, 23.8 (byte order marks); Python's codecs; ``kg.reading.legacy_text`` for the font encodings.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

from kg.errors import EncodingError, FormatError
from kg.reading.canonical import canonicalise
from kg.reading.legacy_text import convert_pieces, converted_finding, detect_legacy
from kg.reading.syllables import syllable_share
from kg.records import Finding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP / DOCX / ODT"),
    (b"\xd0\xcf\x11\xe0", "DOC"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "GZIP"),
)

_CONTROLS = bytes(byte for byte in range(32) if not 9 <= byte <= 13)


_C1 = {byte: chr(byte) for byte in range(0x80, 0xA0)}
_SURE_SHARE, _SURE_WORDS = 0.8, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with its line ends as given.

    ``encoding`` names the codec, "tcvn3", "vni" or "cp1258"; ``mark`` is the length of the byte order mark in bytes;
    ``legacy`` names the font encoding that the letters are in ("tcvn3", "vni"), ``None`` for Unicode; ``single`` tells
    that each character is one byte.
    """

    text: str
    encoding: str
    mark: int = 0
    legacy: str | None = None
    single: bool = False

    def canonical(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Give the canonical text and the offsets that map it back."""
        pieces = convert_pieces(self.text, self.legacy) if self.legacy else None
        return canonicalise(self.text, len if self.single else self.encoding, self.mark, pieces)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was converted."""
        name = self.legacy or ("cp1258" if self.encoding == "cp1258" else None)
        return (converted_finding(name),) if name else ()


def decode(data: bytes, place: str) -> Decoded:
    """Decode the bytes of a text file.

    Raises:
        FormatError: the bytes are another kind of file (PDF, ZIP, an image) or hold control codes no text has.
        EncodingError: the bytes are text in an encoding that is not read.
    """
    _refuse_other_kinds(data, place)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _as_unicode(_decode(data[len(mark) :], codec, place), codec, len(mark))
    guess = _guess_utf16(data)
    if guess is not None:
        return _as_unicode(_decode(data, guess, place), guess, 0)
    if b"\0" in data[:65536] or _control_share(data[:65536]) > 0.02:
        raise FormatError(
            place,
            found="binary data",
            expected="plain text in UTF-8 or UTF-16",
            remedy="check that the file is a document; remove it from the folder otherwise",
            vi="Tệp nhị phân, không phải văn bản; hãy kiểm tra lại tệp hoặc bỏ khỏi thư mục",
        )
    try:
        return _as_unicode(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError as error:
        legacy = decode_legacy(data)
        if legacy is None:
            raise _no_unicode(place, error) from error
        return legacy


def _refuse_other_kinds(data: bytes, place: str) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise FormatError(
                place,
                found=f"a {name} file",
                expected="text in UTF-8 or UTF-16, .docx, .html, or a PDF with a text layer",
                remedy="save the document in one of these formats and give that file",
                vi=f"Tệp có nội dung {name}, chưa đọc được; hãy lưu thành .docx, .pdf hoặc văn bản thuần (.txt) rồi đưa tệp đó vào",
            )


def _as_unicode(text: str, codec: str, mark: int) -> Decoded:
    return Decoded(text=text, encoding=codec, mark=mark, legacy=detect_legacy(text))


def decode_legacy(data: bytes) -> Decoded | None:
    """Decode bytes of one character each; ``None`` where no encoding makes Vietnamese of them."""
    western = decode_western(data)
    name = detect_legacy(western)
    if name is not None:
        return Decoded(text=western, encoding=name, legacy=name, single=True)
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    share, words = syllable_share(unicodedata.normalize("NFC", text[:200_000]))
    return Decoded(text=text, encoding="cp1258", single=True) if words >= _SURE_WORDS and share >= _SURE_SHARE else None


def decode_western(data: bytes) -> str:
    """Decode as Windows-1252; the five bytes that it lacks as control codes."""
    return data.decode("latin-1").translate({code: bytes((code,)).decode("cp1252", "ignore") or char for code, char in _C1.items()})


def _decode(data: bytes, codec: str, place: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _no_unicode(place, error) from error


def _no_unicode(place: str, error: UnicodeDecodeError) -> EncodingError:
    return EncodingError(
        f"{place}, byte {error.start}",
        found="bytes that are not UTF-8, TCVN3, VNI or Windows-1258",
        expected="UTF-8 or UTF-16",
        remedy="convert the file to UTF-8 (for instance `iconv`, or 'Save as … UTF-8' in the editor)",
        vi="Bảng mã không phải UTF-8, TCVN3, VNI hay Windows-1258; hãy chuyển tệp sang UTF-8 (Unicode) rồi chạy lại",
    )


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
