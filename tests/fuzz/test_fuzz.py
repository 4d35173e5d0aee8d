"""Mutated real files of each format: records or an error with a name, never anything else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.extraction import extract
from kg.reading import read_bytes
from kg.records import Block, Table
from tests.fuzz.mutate import mutate, seeds

SEEDS = seeds()


def check(data: bytes, name: str) -> bool:
    """Read and extract a file; tell whether it was read."""
    try:
        document = read_bytes(data, name)
    except InputError as error:
        assert error.vi, name  # noqa: PT017  an error is one of two right answers
        assert error.remedy  # noqa: PT017
        return False
    assert unicodedata.is_normalized("NFC", document.text)
    for part in document.parts:
        spans = part.passage.spans if isinstance(part, Block) else (part.span,) if isinstance(part, Table) else ()
        assert all(0 <= span.start <= span.end <= len(document.text) for span in spans)
    extract(document)
    return True


def test_the_seeds_are_read() -> None:
    assert [name for name, data in SEEDS.items() if not check(data, name)] == ["ole.doc"]


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_mutated_file_is_read_or_refused(name: str, seed: int) -> None:
    check(mutate(SEEDS[name], seed), name)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=600), name=st.sampled_from(sorted(SEEDS)))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    check(data, name)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300), head=st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"{\\rtf1 ", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"MIME-Version: 1.0\n\n", b"\xff\xfe"]))
def test_any_bytes_behind_a_format_s_first_letters(data: bytes, head: bytes) -> None:
    if head != b"{\\rtf1 ":
        check(head + data, "plan")
