"""Floors of the benchmarks of names: mentions of other documents, pairs of names, slips made by chance."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.mentions import count as count_mentions
from benchmarks.mentions import read_mentions
from benchmarks.names import TIERS, read_pairs, same_body
from benchmarks.names import count as count_pairs
from benchmarks.slips import make_slips
from kg.resolution.near import nearest
from kg.resolution.registry import load_registry


def test_mentions_are_enough_and_each_answer_is_a_kind_or_a_word_for_none():
    mentions, kinds = read_mentions(), load_registry().kinds
    assert len(mentions) >= 300
    assert len({mention.document for mention in mentions}) >= 15
    assert Counter(mention.half for mention in mentions)["report"] >= 150
    assert not [mention for mention in mentions if mention.answer not in (*kinds, "group", "unresolved", "none")]
    unquoted = [m for m in mentions if " ".join(m.mention.split()) not in m.context.replace("«", "").replace("»", "") and not m.note]
    assert not unquoted


@pytest.mark.parametrize(
    ("half", "where", "precision", "share"),
    [("report", "record", 1.0, 0.98), ("report", "prose", 0.9, 0.96), ("fresh", "record", 0.96, 0.96), ("fresh", "prose", 0.88, 0.86)],
)
def test_mentions_hold_their_floors(half: str, where: str, precision: float, share: float):
    counts = count_mentions(mention for mention in read_mentions() if (mention.half, mention.where) == (half, where))
    assert counts.precision >= precision
    assert counts.share >= share


@pytest.mark.parametrize(("tier", "recall"), [("easy", 1.0), ("medium", 0.99), ("hard", 0.95)])
def test_name_pairs_hold_their_floors(tier: str, recall: float):
    counts = count_pairs((pair for pair in read_pairs() if pair.tier == tier), same_body)
    assert counts.precision == 1.0
    assert counts.recall >= recall


def test_name_pairs_are_enough_in_every_tier():
    pairs = read_pairs()
    assert len(pairs) >= 150
    assert len({(pair.left, pair.right) for pair in pairs}) == len(pairs)
    for tier in TIERS[:-1]:
        assert {pair.same for pair in pairs if pair.tier == tier} == {True, False}


def test_chance_slips_hold_their_floors():
    slips, chimeras = make_slips(2)
    answers = [(found.slug if (found := nearest(case.written)) else None, case.slug) for case in slips]
    assert sum(said == true for said, true in answers) / len(answers) >= 0.8
    assert sum(said not in (None, true) for said, true in answers) / len(answers) <= 0.005
    assert sum(nearest(case.written) is not None for case in chimeras) / len(chimeras) <= 0.02
