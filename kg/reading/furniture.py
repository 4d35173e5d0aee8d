"""Letterhead, recipients and signature among the blocks: told apart from the body by their standing words.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (thể thức văn bản), cells 1–4, 7 and 9b.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.records import Block, BlockKind, Table

Part = Block | Table
_HEAD = re.compile(
    r"C[ỘÔ]NG H[ÒO]A X[ÃA] H[ỘO]I|H[ỘO]I CH[ỦU] NGH[ĨI]A|Độc [lL]ập\s*[-–]\s*Tự [dD]o|^S[ốô]\s*:|^[-–—_\s]+$"
    r"|^(?:ỦY|UỶ) BAN NHÂN DÂN\s*(?:TỈNH\s|THÀNH PHỐ\s|$)|^(?:TỈNH|THÀNH PHỐ)\s[^.]{2,30}$|, ngày\s.{0,12}tháng\s.{0,12}năm"
    r"|^CHỦ NGHĨA VIỆT NAM\W*$|^ĐẢNG C[ỘO]NG S[ẢA]N|^BAN CHẤP HÀNH|^VĂN PHÒNG\W*$|^(?:HỘI ĐỒNG|(?:ỦY|UỶ) BAN) NHÂN DÂN$"
)
_NATION = re.compile(r"\W*(?:C[ỘÔ]NG H[ÒO]A X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A VI[ỆE]T NAM|Độc [lL]ập\s*[-–]\s*Tự [dD]o\s*[-–]\s*Hạnh [pP]húc)\W*$")
_NATION_PARTS = 14
"""Parts at the top of a document among which the nation's name is its letterhead's, also where a page's order puts it below the title."""
_RECIPIENTS = re.compile(r"^\W*Nơi nhận\s*:?", re.IGNORECASE)
_SIGN = re.compile(r"^\W*(?:TM|KT|TL|TUQ|Q)\s*\.\s*[A-ZÀ-Ỹ]|^\W*(?:PHÓ )?CHỦ TỊCH\W*$|^\W*(?:PHÓ )?THỦ TƯỚNG\W*$|^\W*BỘ TRƯỞNG\W*$")
_BODY = re.compile(
    r"^\W*(?:PH[ỤU] L[ỤU]C|Ph[ụu] l[ụu]c|KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|DANH MỤC|Điều \d|[IVX]+\.\s|ĐỀ ÁN|BIỂU|MẪU)"
)


def mark_furniture(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Give the parts with the kinds of letterhead, recipients and signature blocks set."""
    marked: list[Part] = []
    state: BlockKind | None = "letterhead"
    seen = 0
    for part in parts:
        if isinstance(part, Table):
            state = None
            marked.append(part)
            continue
        seen += 1
        state = _next_state(part, state, seen)
        marked.append(replace(part, kind=state) if state is not None else part)
    return tuple(marked)


def _next_state(block: Block, state: BlockKind | None, seen: int) -> BlockKind | None:
    if _RECIPIENTS.match(block.text):
        return "recipients"
    if state in ("recipients", "signature", None) and _SIGN.match(block.text) and len(block.text) < 120:
        return "signature"
    if state == "letterhead":
        return "letterhead" if seen <= 8 and _HEAD.search(block.text) and len(block.text) < 160 else None
    if state == "recipients":
        return None if block.level == 1 or (_BODY.match(block.text) and block.level < 6) else "recipients"
    if state == "signature":
        if block.level == 1 or _BODY.match(block.text) or len(block.text) > 60 or block.kind == "footnote":
            return None
        return "signature"
    return "letterhead" if seen <= _NATION_PARTS and _NATION.match(block.text) else None
