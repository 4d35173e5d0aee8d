"""TCVN3 (ABC) and VNI text → Unicode: recognised by its syllables, converted letter by letter.

Both are fonts rather than encodings: a file holds Latin letters that the font draws as Vietnamese ones. So they are met
as bytes, and as Unicode text that was copied out of such a file ("Uû ban nh©n d©n", "UÛY BAN NHAÂN DAÂN").

Source: TCVN 5712:1993, VN3 (the upper half of glibc's TCVN5712-1 without its capitals with tones, which the fonts lack);
VNI: the letter, then a letter that stands for its diacritics (VNI Software, "VNI encoding for Windows", 1993).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal

from kg.reading.syllables import is_syllable, syllable_share
from kg.records import Finding

Legacy = Literal["tcvn3", "vni"]
NAMES: dict[str, str] = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "Windows-1258"}

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TCVN3_TABLE = str.maketrans(_TCVN3)
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_LETTERS)
    for base, letter in {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}.items():
        table |= {base + mark: letter + tone for mark, tone in _VNI_TONES.items()}
    for base in "aeo":
        table |= {base + mark: f"{base}\u0302{tone}" for mark, tone in _VNI_CIRCUMFLEX.items()}
    table |= {"a" + mark: f"a\u0306{tone}" for mark, tone in _VNI_BREVE.items()}
    whole: dict[str, str] = {}
    for given, letter in table.items():
        small = unicodedata.normalize("NFC", letter)
        for cases in product(*((char, char.upper()) for char in given)):  # the diacritics' case is typed at will
            whole["".join(cases)] = small.upper() if cases[0] != given[0] else small
    return whole


_VNI = _vni_table()
_TABLES: dict[str, dict[str, str]] = {"tcvn3": _TCVN3, "vni": _VNI}
_LETTERS = {
    name: re.compile("|".join(re.escape(given) for given in sorted(table, key=lambda given: (-len(given), given))))
    for name, table in _TABLES.items()
}
_VIETNAMESE_ONLY = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
"""Letters of Unicode that neither encoding shows."""
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SAMPLE_CHARACTERS = 20_000
_HEAD_CHARACTERS = 4_000
_MIN_LETTERS = 8
_UNICODE_SHARE = 0.1
_MIN_WORDS = 5
_MIN_SHARE = 0.8
"""Of converted words that are syllables. Measured on 21 real documents: 0.98 to 1.00 in the right table, 0.24 to 0.47 in the wrong one."""
_MAX_RAW_SHARE = 0.5
"""Of words that are syllables as they stand; above it nothing is converted. Measured: 0.15 to 0.37 on them in TCVN3 and VNI, 0.98 in Unicode."""

_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"(?:^\s*|[.!?:]\s+|(?:\||[^\n\t]\t)\s*|\n\s*\n\s*|(?:^|\n)\s*(?:[-+•*]|\(?\w{1,3}[.)])\s+)[\"“*(]{0,3}\Z")
"""What stands before the first word of a sentence, cell or list item."""
_TOLD = frozenset("ăâêôơưđĂÂÊÔƠƯĐ")
"""Letters beyond ASCII of which TCVN3 has the capital, too."""


def detect_legacy(text: str) -> Legacy | None:
    """Tell the font encoding that a text is in; ``None`` for Unicode, other languages, and too few words to tell.

    >>> detect_legacy("Uû ban nh©n d©n tØnh ban hµnh kÕ ho¹ch ph¸t triÓn"), detect_legacy("Ủy ban nhân dân tỉnh ban hành kế hoạch")
    ('tcvn3', None)
    """
    sample = text[:_SAMPLE_CHARACTERS]
    if _is_unicode(sample):
        return None
    raw, words = syllable_share(sample)
    if raw > _MAX_RAW_SHARE and words >= _MIN_WORDS:
        return None
    shares: dict[Legacy, float] = {}
    names: tuple[Legacy, ...] = ("tcvn3", "vni")
    for name in names:
        share, count = syllable_share("".join(converted for _, converted in _cut(sample, name)))
        if count >= _MIN_WORDS:
            shares[name] = share
    best = max(shares, key=lambda name: (shares[name], name), default=None)
    return best if best is not None and shares[best] >= _MIN_SHARE else None


def _is_unicode(sample: str) -> bool:
    if sample.isascii():
        return True
    for head in (sample[:_HEAD_CHARACTERS], sample):
        beyond = len(_BEYOND_ASCII.findall(head))
        if beyond >= _MIN_LETTERS:
            return len(_VIETNAMESE_ONLY.findall(head)) > _UNICODE_SHARE * beyond
    return True


def convert_legacy(text: str, name: str, *, capitals: bool = False) -> str:
    """Give the text in Unicode.

    Args:
        text: in the encoding, decoded as Windows-1252.
        name: "tcvn3" or "vni".
        capitals: whether the font draws capitals only (".VnTimeH").

    >>> convert_legacy("KÕ HO¹CH ph¸t triÓn", "tcvn3"), convert_legacy("UÛY BAN NHAÂN DAÂN tænh", "vni")
    ('KẾ HOẠCH phát triển', 'ỦY BAN NHÂN DÂN tỉnh')
    """
    whole = "".join(converted for _, converted in convert_pieces(text, name))
    return whole.upper() if capitals else whole


def convert_pieces(text: str, name: str) -> list[tuple[str, str]]:
    """Give the text cut into (as given, in Unicode): stretches that stay as they are, and letters that do not."""
    pieces = list(_cut(text, name))
    if name != "tcvn3":
        return pieces
    whole = "".join(converted for _, converted in pieces)
    raised = raise_capitals(whole)
    if raised == whole:
        return pieces
    out: list[tuple[str, str]] = []
    at = 0
    for given, converted in pieces:
        out.append((given, raised[at : at + len(converted)]))
        at += len(converted)
    return out


def _cut(text: str, name: str) -> Iterator[tuple[str, str]]:
    table, done = _TABLES[name], 0
    for match in _LETTERS[name].finditer(text):
        if match.group() == "¹" and _is_note_mark(text, match.start()):
            continue
        if match.start() > done:
            yield text[done : match.start()], text[done : match.start()]
        yield match.group(), table[match.group()]
        done = match.end()
    if done < len(text):
        yield text[done:], text[done:]


def _is_note_mark(text: str, at: int) -> bool:
    """Tell "¹" behind a whole word from the TCVN3 letter "ạ": no syllable ends in it that has a rhyme before."""
    if text[at + 1 : at + 2] in _TCVN3 or text[at + 1 : at + 2].isalpha():
        return False
    start = at
    while start and (text[start - 1].isalpha() or text[start - 1] in _TCVN3):
        start -= 1
    word = text[start:at].translate(_TCVN3_TABLE)
    return start == at or (is_syllable(word) and not is_syllable(word + "ạ"))


def raise_capitals(text: str) -> str:
    """Give words in capitals and the beginnings of sentences their capitals with tones, which TCVN3 lacks; the length stays.

    A word is in capitals if all its letters that have a case in TCVN3 are, and there are two of them, or it stands
    beside such a syllable ("BỘ TÀI CHÍNH"; not "Bộ GDĐT").

    >>> raise_capitals("- ứng dụng. Bộ GDĐT, BỘ TàI CHíNH")
    '- Ứng dụng. Bộ GDĐT, BỘ TÀI CHÍNH'
    """
    words = list(_WORD.finditer(text))
    told = [[char for char in word.group() if char.isascii() or char in _TOLD] for word in words]
    sure = [len(letters) > 1 and all(map(str.isupper, letters)) for letters in told]
    out: list[str] = []
    done = 0
    for index, word in enumerate(words):
        given = word.group()
        if given.isascii():
            continue
        if sure[index] or (all(map(str.isupper, told[index])) and _beside_capitals(text, words, sure, index)):
            raised = given.upper()
        elif given[0].islower() and given[0] not in _TOLD and not given[0].isascii() and _OPENING.search(text, max(0, word.start() - 12), word.start()):
            raised = given[0].upper() + given[1:]
        else:
            continue
        out += (text[done : word.start()], raised)
        done = word.end()
    return "".join([*out, text[done:]])


def _beside_capitals(text: str, words: Sequence[re.Match[str]], sure: Sequence[bool], index: int) -> bool:
    """Whether a neighbour, spaces apart, is a syllable in capitals."""
    for left, right, other in ((index - 1, index, index - 1), (index, index + 1, index + 1)):
        near = left >= 0 and right < len(words) and not text[words[left].end() : words[right].start()].strip(" \xa0")
        if near and sure[other] and is_syllable(words[other].group()):
            return True
    return False


def converted_finding(name: str) -> Finding:
    """Say that a file was converted."""
    lost = name == "tcvn3"
    return Finding(
        code="converted-encoding",
        severity="note",
        vi=f"Đã chuyển từ bảng mã {NAMES[name]} sang Unicode" + ("; chữ hoa có dấu mà bảng mã này không có được khôi phục ở đầu câu và trong từ viết hoa" if lost else ""),
        en=f"converted from {NAMES[name]} to Unicode" + ("; capitals with tone marks, which it lacks, were restored at the beginnings of sentences and in words of capitals" if lost else ""),
    )
