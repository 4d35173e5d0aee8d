"""Words that a PDF's text layer broke at their diacritics → whole words.

Some producers write "th ực hi ện" with real spaces. A Vietnamese syllable has one vowel group, so that a piece
without a vowel, or a piece that opens with a marked vowel and is no word of its own, belongs to its neighbour.
Only joins that give one well-formed syllable are made. Source: the syllable structure (onset)(glide)vowel(coda) as set out in
Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977); the vowel-initial words are those of Hoàng Phê's dictionary (2003).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSET = r"(?:ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdđghklmnprstvx])"
_VOWELS = "aăâeêioôơuưy"
_CODA = r"(?:ch|nh|ng|[cmnpt])"
_SYLLABLE = re.compile(rf"{_ONSET}?[{_VOWELS}]{{1,3}}{_CODA}?$")
_BARE = re.compile(rf"{_ONSET}$")
_LETTERS_ALONE = re.compile(r"(?:ch|nh|ng|[cghmnpt])$")
"""What ends a syllable and is no word: the rest of one that was cut."""
_FIRST_LETTERS = re.compile(r"[^\W\d_]*")
_LONGEST_WORD = 40
"""Letters looked at of what ends a line: no syllable is as long."""
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_EDGES = "\"'“”‘’()[].,;:!?…"
_STANDING = frozenset(
    ["à", "á", "ả", "ạ", "ác", "ách", "ải", "ái", "ai", "am", "ám", "an", "án", "ăn", "ắng", "ẵm", "ắp", "ăng", "âm", "ấm", "ẩm", "ầm", "ân", "ấn", "ẩn", "ấp", "ập", "ấu", "ẩu", "âu", "ấy", "ây", "áo", "ảo", "ao", "áp", "ạp", "át", "áy", "anh", "ánh", "ảnh", "ang", "áng", "ảng", "ê", "ế", "ếch", "êm", "ếm", "en", "én", "eo", "éo", "ép", "ẹp", "ẻo", "ỉ", "ì", "ít", "im", "ỉm", "in", "ín", "inh", "ích", "ịch", "ỉu", "ỉa", "óc", "oai", "oái", "oán", "oan", "oang", "oanh", "óng", "ong", "ọp", "ót", "oi", "ỏi", "ói", "om", "ỏm", "ổ", "ố", "ồ", "ộ", "ô", "ốc", "ôi", "ồi", "ổi", "ối", "ôm", "ốm", "ồm", "ôn", "ồn", "ổn", "ông", "ổng", "ộp", "ốp", "ơ", "ờ", "ở", "ớ", "ơi", "ới", "ởm", "ớn", "ơn", "ớt", "ợ", "u", "ú", "ù", "ủ", "ụ", "uẩn", "uất", "ui", "ủi", "ủng", "ung", "ùng", "ủn", "um", "ùm", "úp", "út", "uy", "úy", "ủy", "ỷ", "uyên", "uyển", "uống", "uổng", "ư", "ừ", "ứ", "ưa", "ức", "ực", "ưng", "ứng", "ửng", "ước", "ưỡn", "ương", "ướt", "ướm", "ươm", "ưu", "ỳ", "ý", "ỵ", "ỷ", "yếm", "yếu", "yên", "yến", "yểu", "yêu", "yết", "y"]
)


def mend_text(text: str) -> str:
    """Join broken syllables of a line; other words stay as they are.

    >>> mend_text("t ổ ch ức th ực hi ện nhi ệm v ụ năm 2025")
    'tổ chức thực hiện nhiệm vụ năm 2025'
    >>> mend_text("Sở Y tế và Ủy ban nhân dân ở xã")
    'Sở Y tế và Ủy ban nhân dân ở xã'
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    words = text.split(" ")
    if not any(_is_piece(word) for word in words):
        return text
    mended: list[str] = []
    for word in words:
        if mended and _joins(mended[-1], word):
            mended[-1] += word
        else:
            mended.append(word)
    return " ".join(mended)


def is_cut(above: str, below: str) -> bool:
    """Whether a line's end cut a word, as narrow cells do: the next line opens with letters that can open no word.

    >>> is_cut("tỉnh/thà", "nh phố"), is_cut("blockchai", "n quốc gia"), is_cut("thực hi", "ện")
    (True, True, True)
    >>> is_cut("đạt 20", "kg"), is_cut("Sở Y", "tế")
    (False, False)
    """
    right = below[: _FIRST_LETTERS.match(below).end()]  # type: ignore[union-attr]  # it matches nothing, too
    if not right.islower():
        return False
    left = _last_letters(above)
    if not left:
        return False
    if _LETTERS_ALONE.match(right):
        return is_syllable(left + right) or not is_syllable(left)
    return _joins(left, right)


def _last_letters(text: str) -> str:
    """The letters that end a text, behind its last other sign."""
    end = text[-_LONGEST_WORD:]
    start = len(end)
    while start and end[start - 1].isalpha():
        start -= 1
    return end[start:]


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable.

    >>> is_syllable("nghiệp"), is_syllable("nghiêpệ"), is_syllable("Ministry")
    (True, False, False)
    """
    bare, tones = _plain(unicodedata.normalize("NFC", word))
    return tones <= 1 and _SYLLABLE.match(bare) is not None


@lru_cache(maxsize=8192)
def _is_piece(word: str) -> bool:
    core = word.strip(_EDGES)
    return bool(core) and not core[0].isascii() and core.isalpha() and core.casefold() not in _STANDING and _plain(core)[1] == 1


def _joins(left: str, right: str) -> bool:
    """Whether two neighbours are pieces of one syllable: one cannot stand alone, and together they are well-formed."""
    if right[:1].isascii():
        return False
    head, tail = left.lstrip(_EDGES), right.rstrip(_EDGES)
    if not head.isalpha() or not tail.isalpha() or (tail.isupper() != head.isupper() and tail[:1].isupper()):
        return False
    if tail[0].isascii() or _plain(tail[0])[0] not in _VOWELS:
        return False
    bare, tones = _plain(head + tail)
    if tones > 1 or not _SYLLABLE.match(bare):
        return False
    lonely = _BARE.match(_plain(head)[0]) is not None and len(head) >= 1
    return (lonely and (len(head) > 1 or head.islower())) or _is_piece(right)


@lru_cache(maxsize=8192)
def _plain(word: str) -> tuple[str, int]:
    """The word in lower case without tones, and how many tone marks it had."""
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = sum(char in _TONES for char in parts)
    return unicodedata.normalize("NFC", "".join(char for char in parts if char not in _TONES)), tones
