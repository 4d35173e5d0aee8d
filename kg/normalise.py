"""Keys for comparing Vietnamese text: one for matching, one without diacritics, one for addresses.

Keys are for comparing only. They change lengths, so never cut a quote out of one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_CACHED_LENGTH = 400  # code points; names are shorter, and whole texts would fill the cache

_CHARACTERS = str.maketrans(
    {
        "\u00d0": "Đ",  # ETH, typed for Đ
        "\u00f0": "đ",
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),  # seen by no reader
    },
)
_LETTERS = str.maketrans("đ", "d")

# New style "hoà, uỷ" → old style "hòa, ủy", on decomposed lower-case text. Only open syllables differ ("hoàn" does
# not), and the u of "qu" is no vowel ("quý"). Source: the two spellings in use, both met inside one plan.
_NEW_STYLE_TONE = re.compile(
    r"(?<!q)(?:o[ae]|uy)(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?![a-zđ\u0300-\u036f])",
)
_BARE = {
    ord(char): "d" if char == "đ" else unicodedata.normalize("NFD", char)[0]
    for char in "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
}
_PLAIN_LATIN = re.compile(f"[\x00-\x7f{''.join(map(chr, _BARE))}]*")
_LOOSE_DASH = re.compile(r"\s*-\s*")
_LOOSE_COMMA = re.compile(r"\s*,(?!\d)\s*")
_LOOSE_AMPERSAND = re.compile(r"\s*&\s*")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def key(text: str) -> str:
    """Give the form in which two spellings of the same words are equal.

    Case, tone placement (hoà/hòa), Đ typed as ETH, kinds of dash and quote, invisible characters, and white space
    (around dashes and "&" none, after a comma one) do not count. Tones and diacritics do. Idempotent.

    >>> key("Uỷ  ban\u00a0nhân dân tỉnh Hoà Bình")
    'ủy ban nhân dân tỉnh hòa bình'
    >>> key("Sở Quy hoạch – Kiến trúc") == key("Sở Quy hoạch-Kiến trúc")
    True
    """
    return _cached_key(text) if len(text) <= _CACHED_LENGTH else _make_key(text)


def fold(text: str) -> str:
    """Give the key without any diacritics, đ as d: for headings and misprints. Idempotent.

    >>> fold("PHẦN ĐẦU") == fold("Phấn đấu")
    True
    """
    return _cached_fold(text) if len(text) <= _CACHED_LENGTH else _make_fold(text)


def slug(text: str) -> str:
    """Give ASCII lower-case words joined by hyphens; "" where the text has no letter or digit. Idempotent.

    >>> slug("222/QĐ-TTg"), slug("Sở Văn hóa, Thể thao và Du lịch")
    ('222-qd-ttg', 'so-van-hoa-the-thao-va-du-lich')
    """
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def _make_key(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.translate(_CHARACTERS))
    # NFD again: case folding can give composed letters (Unicode 3.13, D145).
    plain = unicodedata.normalize("NFD", plain.casefold()).translate(_CHARACTERS)
    plain = _NEW_STYLE_TONE.sub(_move_tone, plain)
    plain = _LOOSE_DASH.sub("-", plain)
    plain = _LOOSE_COMMA.sub(", ", plain)
    plain = _LOOSE_AMPERSAND.sub("&", plain)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def _move_tone(match: re.Match[str]) -> str:
    return match[0][0] + match["tone"] + match[0][1]


def _make_fold(text: str) -> str:
    plain = key(text)
    if plain.isascii():
        return plain
    if _PLAIN_LATIN.fullmatch(plain):
        return plain.translate(_BARE)
    plain = unicodedata.normalize("NFD", key(text))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return key(unicodedata.normalize("NFC", bare).translate(_LETTERS))


_cached_key = lru_cache(maxsize=1 << 15)(_make_key)
_cached_fold = lru_cache(maxsize=1 << 15)(_make_fold)


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def read_roman(text: str) -> int | None:
    """Give the value of a Roman number, in capitals or small letters, as annexes, sectors and regions have them; ``None`` for what is none.

    >>> read_roman("XIV"), read_roman("iv"), read_roman("B"), read_roman("")
    (14, 4, None, None)
    """
    values = [_ROMAN.get(letter, 0) for letter in text.upper()]
    if not all(values):
        return None
    return sum(-value if value < after else value for value, after in pairwise([*values, 0])) or None
