"""Regions of the country that say which provinces of a group are meant: "các tỉnh vùng đồng bằng sông Hồng"."""

from __future__ import annotations

from kg.extraction.naming.cursor import Cursor
from kg.normalise import fold

_REGIONS = tuple(
    tuple(fold(name).split())
    for name in (
        "trung du và miền núi phía Bắc", "trung du và miền núi Bắc Bộ", "miền núi phía Bắc", "đồng bằng sông Hồng", "Bắc Trung Bộ và duyên hải miền Trung",
        "Bắc Trung Bộ", "duyên hải Nam Trung Bộ", "duyên hải miền Trung", "Nam Trung Bộ", "Tây Nguyên", "Đông Nam Bộ", "đồng bằng sông Cửu Long",
        "Tây Nam Bộ", "Tây Bắc", "Đông Bắc", "Bắc Bộ", "Trung Bộ", "Nam Bộ", "miền Bắc", "miền Trung", "miền Nam", "phía Bắc", "phía Nam",
        "ven biển", "biên giới", "hải đảo", "đảo",
        "kinh tế trọng điểm Bắc Bộ", "kinh tế trọng điểm miền Trung", "kinh tế trọng điểm phía Nam", "kinh tế trọng điểm phía Bắc",
    )
)  # fmt: skip
"""Regions of the national master plan and of older ones, longest first where one begins as another does."""


def read_region(cursor: Cursor, at: int) -> tuple[str, int]:
    """The regions that follow a group of places, as written, and the token after them; ("", at) where none does."""
    step = at + (cursor.at(at) in ("thuộc", "ở", "trong"))
    step += cursor.at(step) == "các"
    if cursor.at(step) == "vùng":
        step += 1
    elif cursor.at(step) == "khu" and cursor.at(step + 1) == "vực":
        step += 2
    stop = _read_name(cursor, step)
    if stop == step:
        return "", at
    while cursor.at(stop) in (",", "và"):
        first = stop + 1 + (cursor.at(stop + 1) == "vùng")
        after = _read_name(cursor, first)
        if after == first:
            break
        stop = after
    return cursor.stretch(at, stop), stop


def _read_name(cursor: Cursor, at: int) -> int:
    words = tuple(fold(word) for word in cursor.words[at : at + 7])
    return next((at + len(name) for name in _REGIONS if words[: len(name)] == name), at)
