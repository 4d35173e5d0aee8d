"""Outline codes in a scanned table's first column, mended by their order: after 3.1.1 comes 3.1.2, 3.2, 4 or 3.1.1.1.

A code that is read as one of these stays. One that is not is mended where exactly one of them looks like what was read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

UNREAD = "\ufffd"
"""What stands in the text for a mark that could not be read."""
_SOUND = 3
Code = tuple[int, ...]
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX")
_DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2})*$")
_LIKE = {
    "0": "0OoQ", "1": "1lLI|\\]\\[!iJjtìíỉịÌÍỈỊ\ufffd", "2": "2Zz", "3": "35", "4": "4A", "5": "5Ss9§3", "6": "6Gbó", "7": "7T1", "8": "8B§6&", "9": "9gq5",
}  # fmt: skip
_STROKES = str.maketrans({"H": "II", "L": "I", "l": "I", "1": "I", "|": "I", "Ị": "I", "Í": "I", "Ì": "I", "J": "I", "U": "II"})


def mend_codes(texts: Sequence[str | None]) -> list[str | None]:
    """Give the codes of a column as they must be, in order; ``None`` where nothing is mended.

    >>> mend_codes(["1", "1.1", "L.1.]", "1.1.2", "", "l.2", None, "9.2.1"])
    [None, None, '1.1.1', None, None, '1.2', None, None]
    >>> mend_codes(["I", "\ufffd", "2", "H", "l", "2", "HI"])
    [None, '1', None, 'II', '1', None, 'III']
    """
    mended: list[str | None] = []
    head = 0
    last: Code = ()
    for text in texts:
        bare = (text or "").strip().rstrip(".)")
        if not bare:
            mended.append(None)
            continue
        follow = list(_follow(head, last))
        exact = [each for each in follow if each[0] == bare]
        like = exact or [each for each in follow if _looks_like(bare, each[0])]
        if len(like) == 1:
            code, head, last = like[0]
            mended.append(None if exact else code)
        else:
            mended.append(None)
            if bare in _ROMANS:
                head, last = _ROMANS.index(bare) + 1, ()
            elif _DOTTED.match(bare):
                last = tuple(map(int, bare.split(".")))
    return mended


def _follow(head: int, last: Code) -> Iterator[tuple[str, int, Code]]:
    """The codes that can follow: with the Roman head and the dotted code that then hold."""
    if head < len(_ROMANS) and (head or not last):
        yield _ROMANS[head], head + 1, ()
    for depth in range(len(last)):
        code = (*last[:depth], last[depth] + 1)
        yield _written(code), head, code
    yield _written((*last, 1)), head, (*last, 1)


def _written(code: Code) -> str:
    return ".".join(map(str, code))


def _looks_like(read: str, code: str) -> bool:
    if read == UNREAD:
        return len(code) == 1
    if code in _ROMANS:
        strokes = read.translate(_STROKES)
        return strokes == code or (read in _ROMANS and len(read) < len(code) and strokes.replace("I", "") == code.replace("I", ""))
    pattern = "".join(r"\W?" if char == "." else f"[{_LIKE[char]}]" for char in code)
    return re.fullmatch(rf"{pattern}\W?(?:\s\D{{1,6}})?", read) is not None


def mend_points(texts: Sequence[str | None]) -> list[str | None]:
    """Give the codes of a column of a text that may be as printed: only those that say a scan's slip of themselves.

    A code of digits is mended where it lost points ("42.2" for 4.2.2), or its digits stand there before ("3.1" for 5.1), the order leaves one
    code that looks like it, and at least three codes of that depth stand in the column as they must be.

    >>> mend_points(["4", "4.1", "4.1.1", "4.2", "4.2.1", "42.2 :", "4.2.3", "5", "4.1", "4.1.1"])
    [None, None, None, None, None, '4.2.2', None, None, None, None]
    >>> mend_points(["2", "21", "35", None, "5", "b"])
    [None, None, None, None, None, None]
    """
    bare = [(text or "").strip().rstrip(".): ") for text in texts]
    mended = mend_codes(bare)
    sound = Counter(code.count(".") for code, new in zip(bare, mended, strict=True) if new is None and _DOTTED.match(code))
    seen: set[str] = set()
    found: list[str | None] = []
    for code, new in zip(bare, mended, strict=True):
        digits = code.replace(".", "")
        slipped = new is not None and digits.isdigit() and (digits == new.replace(".", "") or digits in seen)
        found.append(new if new is not None and slipped and "." in new and sound[new.count(".")] >= _SOUND else None)
        seen.add(digits)
    return found
