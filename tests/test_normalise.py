"""Keys for comparing Vietnamese text. The cases come from the five plans and from legal texts of 2025."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.normalise import fold, key, slug

VIETNAMESE = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐEÊOÔƠUƯQY \u00a0,-–&/0123456789\u0300\u0301\u0303\u0309\u0323\u0302\u031b"),
)

SAME = [
    ("hoà", "hòa"),
    ("Hoà Bình", "HÒA BÌNH"),
    ("khoá", "khóa"),
    ("Uỷ ban", "Ủy ban"),
    ("Tỉnh uỷ", "Tỉnh ủy"),
    ("thuỷ sản", "thủy sản"),
    ("thuý", "thúy"),
    ("loã", "lõa"),
    ("Ðiều 74", "Điều 74"),
    ("NĐ–CP", "NĐ-CP"),
    ("2025–2035", "2025-2035"),
    ("2021- 2030", "2021-2030"),
    ("\u00a0UBND  tỉnh\n", "UBND tỉnh"),
    ("Sở Công- Thương", "Sở Công-Thương"),
    ("Sở VH, TT & DL", "Sở VH,TT&DL"),
    ("Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu"),
    (unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh Thừa Thiên Huế"), "Ủy ban nhân dân tỉnh Thừa Thiên Huế"),
    ("kinh\u200btế", "kinhtế"),
]
DIFFERENT = [
    ("quý", "qúy"),
    ("lí", "lý"),
    ("kĩ", "kỹ"),
    ("Phần đầu", "Phấn đấu"),
    ("Sở Nội vụ", "Sở Ngoại vụ"),
    ("1,5%", "15%"),
]
UNCHANGED = ["hoàn", "khoáng", "tuần hoàn", "quý", "quỹ", "quỷ", "giá", "già", "kỹ", "toán", "huyện", "thuế", "khuếch", "loại"]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_the_same_words_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_keep_different_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("word", UNCHANGED)
def test_tone_of_a_closed_syllable_stays(word):
    assert key(word) == word


@pytest.mark.parametrize(
    ("misprint", "right"),
    [("PHẦN ĐẦU", "Phấn đấu"), ("THỨC ĐẨY", "THÚC ĐẨY"), ("Công thông tin", "Cổng thông tin"), ("TTĐ", "ttd")],
)
def test_fold_forgives_tones_and_letters(misprint, right):
    assert fold(misprint) == fold(right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("222/QĐ-TTg", "222-qd-ttg"), ("Hưng Yên", "hung-yen"), ("Thành phố Hồ Chí Minh", "thanh-pho-ho-chi-minh"), ("./.", "")],
)
def test_slug_is_ascii(text, expected):
    assert slug(text) == expected


@given(st.text() | VIETNAMESE)
def test_keys_are_idempotent(text):
    assert key(key(text)) == key(text)
    assert fold(fold(text)) == fold(text)
    assert slug(slug(text)) == slug(text)


@given(VIETNAMESE)
def test_key_does_not_depend_on_the_unicode_form(text):
    assert key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_equal_keys_have_equal_folds(text):
    assert fold(key(text)) == fold(text)
