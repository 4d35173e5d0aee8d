"""Names between which "hoặc" stands."""

from __future__ import annotations

import pytest

from kg.extraction.agencies import read_list
from kg.extraction.naming.lexicon import tokenise
from kg.records import Passage, Run, Span


def possible(text: str) -> list[tuple[str, bool]]:
    passage = Passage(text=text, spans=(Span(0, len(text)),), runs=(Run(0, 0, len(text)),))
    return [(mention.name, mention.possible) for mention in read_list(passage, whole=True).mentions]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Sở Y tế hoặc Sở Nội vụ", "??"),
        ("Sở Y tế và/hoặc Sở Nội vụ", "??"),
        ("Sở Tư pháp, Sở Y tế hoặc Sở Nội vụ", "???"),
        ("Sở Tư pháp; Sở Y tế hoặc Sở Nội vụ", "!??"),
        ("Sở Tư pháp và Sở Y tế hoặc Sở Nội vụ", "!??"),
        ("Sở Y tế hoặc Sở Nội vụ, Sở Tư pháp", "??!"),
        ("Sở Y tế hoặc Nội vụ", "??"),
        ("Sở Tư pháp, Sở Y tế, Sở Nội vụ", "!!!"),
        ("Sở Y tế", "!"),
    ],
)
def test_which_names_or_leaves_open(text, marked):
    assert "".join("?" if one else "!" for _, one in possible(text)) == marked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sở Công ThươngSở Tài chính", ["sở", "công", "thương", "sở", "tài", "chính"]),
        ("các sở, ngànhUBND", ["các", "sở", ",", "ngành", "ubnd"]),
        ("MobiFone, VietinBank, iHanoi, HĐND", ["mobifone", ",", "vietinbank", ",", "ihanoi", ",", "hđnd"]),
    ],
)
def test_a_name_glued_to_another_is_two_words(text, words):
    assert [token.word for token in tokenise(text)] == words
