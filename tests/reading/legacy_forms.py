"""Unicode text → the letters of TCVN3 and VNI fonts, as typists wrote them; used by the tests of this folder.

Written from the tables' other side than the reader: TCVN3 by the system's names of letters, VNI by decomposition.
"""

from __future__ import annotations

import re
import unicodedata

# TCVN 5712:1993, VN3: code of each letter, in hexadecimal, by the order of the standard's table.
_TCVN3_CODES = {
    "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7, "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC,
    "ư": 0xAD, "đ": 0xAE, "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ằ": 0xBB, "ẳ": 0xBC, "ẵ": 0xBD, "ắ": 0xBE, "ặ": 0xC6,
    "ầ": 0xC7, "ẩ": 0xC8, "ẫ": 0xC9, "ấ": 0xCA, "ậ": 0xCB, "è": 0xCC, "ẻ": 0xCE, "ẽ": 0xCF, "é": 0xD0, "ẹ": 0xD1, "ề": 0xD2, "ể": 0xD3,
    "ễ": 0xD4, "ế": 0xD5, "ệ": 0xD6, "ì": 0xD7, "ỉ": 0xD8, "ĩ": 0xDC, "í": 0xDD, "ị": 0xDE, "ò": 0xDF, "ỏ": 0xE1, "õ": 0xE2, "ó": 0xE3,
    "ọ": 0xE4, "ồ": 0xE5, "ổ": 0xE6, "ỗ": 0xE7, "ố": 0xE8, "ộ": 0xE9, "ờ": 0xEA, "ở": 0xEB, "ỡ": 0xEC, "ớ": 0xED, "ợ": 0xEE, "ù": 0xEF,
    "ủ": 0xF1, "ũ": 0xF2, "ú": 0xF3, "ụ": 0xF4, "ừ": 0xF5, "ử": 0xF6, "ữ": 0xF7, "ứ": 0xF8, "ự": 0xF9, "ỳ": 0xFA, "ỷ": 0xFB, "ỹ": 0xFC,
    "ý": 0xFD, "ỵ": 0xFE,
}  # fmt: skip
_VNI_TONES = dict(zip("\u0301\u0300\u0309\u0303\u0323", "ùøûõï", strict=True))
_VNI_ROOF = dict(zip(["", *"\u0301\u0300\u0309\u0303\u0323"], "âáàåãä", strict=True))
_VNI_CUP = dict(zip(["", *"\u0301\u0300\u0309\u0303\u0323"], "êéèúüë", strict=True))
_VNI_I = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}
_FIRST_TONE = re.compile("(?P<first>[UO])(?P<tone>[\u0300\u0301\u0303\u0309\u0323])(?P<next>[yae])(?![a-z\u0300-\u036f])")


def as_tcvn3(text: str) -> str:
    """Letters of Latin-1. A first capital whose tone can stand on the next letter has it there ("Uỷ ban"); others are lost."""
    plain = _FIRST_TONE.sub(r"\g<first>\g<next>\g<tone>", unicodedata.normalize("NFD", text))
    plain = unicodedata.normalize("NFC", plain)
    return "".join(chr(_TCVN3_CODES.get(char) or _TCVN3_CODES.get(char.lower(), ord(char))) for char in plain)


def as_vni(text: str) -> str:
    return "".join(map(_vni_letter, unicodedata.normalize("NFC", text)))


def _vni_letter(char: str) -> str:
    small = char.lower()
    if small in _VNI_I:
        given = _VNI_I[small]
    else:
        base, *marks = unicodedata.normalize("NFD", small)
        tone = next((mark for mark in marks if mark in _VNI_TONES), "")
        if "\u0302" in marks:
            given = base + _VNI_ROOF[tone]
        elif "\u0306" in marks:
            given = base + _VNI_CUP[tone]
        elif tone and "\u031b" in marks:
            given = {"o": "ô", "u": "ö"}[base] + _VNI_TONES[tone]
        elif tone and base in "aeouy":
            given = base + _VNI_TONES[tone]
        else:
            return char
    return given if char == small else given.upper()


def western_bytes(text: str) -> bytes:
    """Windows-1252; the five codes that it lacks are not used by either encoding."""
    return text.encode("cp1252", "replace")
