"""Whether letters are a Vietnamese syllable: what tells a right decoding from a wrong one.

Source: the spelling of Vietnamese, onset + rhyme + one tone (Hoàng Phê, Từ điển tiếng Việt; Quyết định 240/QĐ, 1984).
Loan words and names of other languages are no syllables, so shares are judged, never single words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"(?:iêu|yêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê"
    r"|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
    r"(?:ch|ng|nh|c|m|n|p|t)?"
)
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_MAX_WORDS = 4000
"""Words that are judged; the share does not move after some hundreds."""


@lru_cache(maxsize=1 << 13)
def is_syllable(word: str) -> bool:
    """Tell whether a word is spelt as a Vietnamese syllable.

    >>> [is_syllable(word) for word in ("Hoạch", "nghiệp", "hoµ", "Ò", "nhÜa")]
    [True, True, False, True, False]
    """
    plain = unicodedata.normalize("NFD", word.lower())
    bare, tones = _TONES.subn("", plain)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def syllable_share(text: str) -> tuple[float, int]:
    """Give the share of Vietnamese syllables among the words with a letter beyond ASCII, and the number of these words."""
    words = sound = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if word.isascii():
            continue
        words += 1
        sound += is_syllable(word)
        if words >= _MAX_WORDS:
            break
    return (sound / words if words else 0.0), words
