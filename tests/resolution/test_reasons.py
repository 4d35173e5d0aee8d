"""Reasons in words: each method says why, in both languages."""

from __future__ import annotations

import pytest

from kg.extraction.agencies import read_list
from kg.records import AgencyMention, Passage
from kg.resolution.near import _COST
from kg.resolution.reasons import DIFFERENCES, METHODS, explain


@pytest.mark.parametrize(
    ("text", "vi"),
    [
        ("Sở Y tế", "“Sở Y tế” là tên trong danh mục: Sở Y tế."),
        ("Giám đốc Sở Y tế", "“Giám đốc Sở Y tế” là tên trong danh mục: Sở Y tế. Chức danh được hiểu là cơ quan."),
        ("Sở KH&CN", "“Sở KH&CN” là chữ tắt của Sở Khoa học và Công nghệ, loại Sở Khoa học và Công nghệ trong danh mục."),
        (
            "Liên đoàn Thương mạii và Công nghiệp Việt Nam",
            (
                "“Liên đoàn Thương mạii và Công nghiệp Việt Nam” không có trong danh mục nhưng gần như Liên đoàn Thương mại và Công nghiệp Việt Nam: "
                "sai một chữ cái; điểm 0.96, không tên nào khác gần như vậy."
            ),
        ),
        ("các cơ quan có liên quan", "“các cơ quan có liên quan” là tên một nhóm: các cơ quan có liên quan; nhóm mở, không liệt kê được thành viên."),
        ("Bộ Ngoại vụ", "“Bộ Ngoại vụ” không có trong danh mục và không đủ gần tên nào; giữ làm một cơ quan riêng."),
    ],
)
def test_the_reason_is_said(text: str, vi: str):
    (mention,) = read_list(Passage(text=text), whole=True).mentions
    assert explain(mention).vi == vi


def test_every_method_and_difference_has_both_languages():
    for method, reason in {**METHODS, **DIFFERENCES}.items():
        assert reason.vi != reason.en, method
    assert set(DIFFERENCES) == set(_COST)


def test_a_rule_of_others_is_named():
    mention = AgencyMention(name="Sở Y tế", text="SYT", spans=(), kind="so-y-te", method="judgement")
    assert explain(mention).en == "“SYT” was taken for Sở Y tế by the rule “judgement”."


def test_a_long_text_is_cut():
    mention = AgencyMention(name="x", text="Ban " * 100, spans=(), method="unresolved")
    assert len(explain(mention).vi) < 300


def test_a_committee_behind_another_one_shares_its_head():
    _, mention = read_list(Passage(text="UBND các xã Tân Hưng, Hoàng Hoa Thám"), whole=True).mentions
    assert explain(mention).en == "“Hoàng Hoa Thám” shares its head with the name before it: Ủy ban nhân dân xã Hoàng Hoa Thám."


def test_a_name_that_or_leaves_open_says_so():
    _, mention = read_list(Passage(text="Sở Y tế hoặc Sở Nội vụ"), whole=True).mentions
    assert explain(mention).en == "“Sở Nội vụ” is a name in the registry: Sở Nội vụ. The text says “or”: it is only one of these bodies."
