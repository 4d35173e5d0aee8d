"""Bytes → canonical text, and back."""

from __future__ import annotations

import codecs
import itertools
import unicodedata
from bisect import bisect_right

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import EncodingError, FormatError, InputError
from kg.reading import read, read_bytes
from kg.reading.canonical import SIGNS, canonicalise
from kg.records import Document

TEXT = "KẾ HOẠCH\r\nThực hiện kinh tế tuần hoàn tỉnh Lai Châu\r\n\r\n1. Sở Công Thương chủ trì, phối hợp với Sở Y tế.\r\n"
PLAIN = TEXT.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (unicodedata.normalize("NFD", TEXT).encode(), "utf-8"),
        (TEXT.replace("\r\n", "\r").encode(), "utf-8"),
        (TEXT.replace("\r\n", "\x85").encode(), "utf-8"),
        (TEXT.replace("\r\n", "\u2028").encode(), "utf-8"),
        (TEXT.replace("\r\n", "\u2029").encode(), "utf-8"),
        (TEXT.replace("\r\n", "\x0c").encode(), "utf-8"),
    ],
    ids=["utf8", "utf8-bom", "16le-bom", "16be-bom", "16le", "16be", "32le-bom", "nfd", "cr", "nel", "ls", "ps", "ff"],
)
def test_every_form_gives_the_same_text(data: bytes, encoding: str) -> None:
    document = read_bytes(data, "plan.txt")
    assert document.text == PLAIN
    assert document.source.encoding == encoding
    assert document.source.size == len(data)
    _check_map(document, data)


def _byte(document: Document, at: int) -> int:
    """The byte offset of a canonical offset, as the record promises it."""
    offsets = document.source.offsets
    start, byte = offsets[bisect_right(offsets, (at, 1 << 60)) - 1]
    return byte + len(document.text[start:at].encode(document.source.encoding))


def _check_map(document: Document, data: bytes) -> None:
    """Between cluster boundaries, the mapped bytes decode and normalise to the canonical range."""
    text, encoding = document.text, document.source.encoding
    borders = [at for at in range(len(text) + 1) if at == len(text) or not unicodedata.combining(text[at])]
    for low, high in zip(borders, [*borders[1:], *borders[-1:]], strict=True):
        part = data[_byte(document, low) : _byte(document, high)].decode(encoding)
        assert canonicalise(part, encoding, 0)[0] == text[low:high]


VIETNAMESE = st.text(
    st.one_of(
        st.sampled_from("aăâeêioôơuưyđAĐ ,.;|\t\n\r"),
        st.sampled_from("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"),
        st.sampled_from("\xa0\xad\u200b\ufeff\u2011ÐＳ１／ａ\u3000"),
        st.sampled_from("\x85\u2028\u2029\x0b\x0c\u1100\u1161\u11a8가\U0001f600ﬁÅ"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(VIETNAMESE, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_map_is_exact(text: str, encoding: str) -> None:
    canonical, offsets = canonicalise(text, encoding, 0)
    data = text.encode(encoding)
    assert [at for at, _ in offsets] == sorted({at for at, _ in offsets})
    for (low, first), (high, last) in itertools.pairwise(offsets):
        given_text = data[first:last].decode(encoding)
        assert canonicalise(given_text, encoding, 0)[0] == canonical[low:high]
    at, byte = offsets[-1]
    assert data[byte:].decode(encoding) == canonical[at:]  # after the last pair both count on


@settings(max_examples=300, deadline=None)
@given(VIETNAMESE)
def test_canonical_form_is_idempotent(text: str) -> None:
    canonical, _ = canonicalise(text, "utf-8", 0)
    assert unicodedata.is_normalized("NFC", canonical)
    assert not set(canonical) & set(map(chr, SIGNS))
    assert not set(canonical) & set("\r\x0b\x0c\x85\u2028\u2029\0")
    assert canonicalise(canonical, "utf-8", 0) == (canonical, ((0, 0),))


@pytest.mark.parametrize(
    ("data", "error", "found"),
    [
        ("Les autorités françaises ont décidé".encode("latin-1"), EncodingError, "not UTF-8"),
        ("行动计划与任务分工".encode("gb18030"), EncodingError, "not UTF-8"),
        (b"%PDF-1.7\n1 0 obj", InputError, "PDF"),
        (b"PK\x03\x04\x14\x00", InputError, "DOCX"),
        (bytes(range(256)) * 40, FormatError, "binary"),
        ("Sở Y tế".encode() + b"\0\0\0", FormatError, "binary"),
        (codecs.BOM_UTF16_LE + "Sở".encode("utf-16-le") + b"\x00\xd8\x41\x00", EncodingError, "not UTF-8"),
        (b"K\xed\xa0\x80 ho", EncodingError, "not UTF-8"),
        (b"", InputError, "empty"),
        (codecs.BOM_UTF8 + b" \r\n\t \n", InputError, "empty"),
        (("a" + "\u0301\u0323" * 500).encode(), FormatError, "combining"),
        (b"\n" * 3_000_002 + b"x", InputError, "lines"),
        ("Sở Y tế chủ trì.\n".encode() * 900_000, InputError, "bytes"),
    ],
    ids=["french", "chinese", "pdf", "docx", "binary", "nul", "surrogate16", "surrogate8", "empty", "blank", "marks", "lines", "size"],
)
def test_what_is_no_plan_is_refused_by_name(data: bytes, error: type[InputError], found: str) -> None:
    with pytest.raises(error) as raised:
        read_bytes(data, "plan.txt")
    assert raised.value.place.startswith("plan.txt")
    assert found in raised.value.found
    assert raised.value.vi
    assert raised.value.remedy


def test_a_missing_file_is_named(tmp_path: object) -> None:
    with pytest.raises(InputError) as raised:
        read(f"{tmp_path}/không-có.txt")
    assert "không-có.txt" in raised.value.place


def test_a_late_nul_byte_becomes_the_replacement_character() -> None:
    document = read_bytes(("Sở Y tế chủ trì.\n" * 6000 + "Sở\0Nội vụ").encode(), "plan.txt")
    assert document.text.endswith("Sở\ufffdNội vụ")
