"""PDFium's functions that are called for each word or drawing, bound once to plain numbers.

pypdfium2's own bindings check and wrap each argument: 0.76 µs a call where these take 0.41 (one busy machine, 100,000 calls).
Every argument is a handle or address (an integer) or an index. Source: fpdf_text.h and fpdf_edit.h of PDFium.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

_P, _I = ctypes.c_void_p, ctypes.c_int


class Calls(NamedTuple):
    """The functions; each gives 0 where it has nothing to say."""

    loose_box: Callable[[int, int, int], int]
    """(text page, letter, address of four floats: left, top, right, bottom) → success"""
    origin: Callable[[int, int, int, int], int]
    """(text page, letter, addresses of two doubles: x, y) → success"""
    matrix: Callable[[int, int, int], int]
    """(text page, letter, address of six floats) → success"""
    font_size: Callable[[int, int], float]
    """(text page, letter) → the size of its type, before the matrix"""
    text_object: Callable[[int, int], int | None]
    """(text page, letter) → the handle of the object that draws the letter"""
    font: Callable[[int], int | None]
    """(object that draws letters) → the handle of its font"""
    font_info: Callable[[int, int, int, int, int], int]
    """(text page, letter, address and length of a buffer for the name, address of an int for flags) → length of the name"""
    item: Callable[[int, int], int | None]
    """(page, number) → the handle of a drawing"""
    kind: Callable[[int], int]
    """(drawing) → its kind"""
    bounds: Callable[[int, int, int, int, int], int]
    """(drawing, addresses of four floats: left, bottom, right, top) → success"""


@cache
def calls() -> Calls:
    """Bind the functions, once a process."""
    from pypdfium2 import raw

    return Calls(
        loose_box=_bind(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P),
        origin=_bind(raw.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P),
        matrix=_bind(raw.FPDFText_GetMatrix, _I, _P, _I, _P),
        font_size=_bind(raw.FPDFText_GetFontSize, ctypes.c_double, _P, _I),
        text_object=_bind(raw.FPDFText_GetTextObject, _P, _P, _I),
        font=_bind(raw.FPDFTextObj_GetFont, _P, _P),
        font_info=_bind(raw.FPDFText_GetFontInfo, ctypes.c_ulong, _P, _I, _P, ctypes.c_ulong, _P),
        item=_bind(raw.FPDFPage_GetObject, _P, _P, _I),
        kind=_bind(raw.FPDFPageObj_GetType, _I, _P),
        bounds=_bind(raw.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P),
    )


def _bind(function: Any, result: Any, *arguments: Any) -> Any:
    return ctypes.CFUNCTYPE(result, *arguments)(handle_of(function))


def handle_of(pointer: Any) -> int:
    """Give what a pointer or function of pypdfium2 points to, as a number; 0 for null."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
