"""Which of a table's first rows are its header, and two header rows → one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Cell, join_passages

Cells = list[Cell | None]
_HEADER_WORDS = re.compile(
    r"chủ trì|phối hợp|thực hiện|thời gian|thời hạn|tiến độ|sản phẩm|kết quả|nhiệm vụ|nội dung|kinh phí|nguồn lực"
    r"|công việc|hạng mục|hoạt động|hoàn thành|đầu ra|phân công|trách nhiệm"
    r"|\b[stST]{1,2}T\b|chỉ tiêu|mục tiêu|đơn vị|cơ quan|ngành|lĩnh vực|ghi chú|giai đoạn|số tt",
    re.IGNORECASE,
)
_CODE = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,5})\W*$")
_OPENS = re.compile(
    r"\W*(?:S?TT\b|Số\s|Mã|Tên|Nội dung|Nhiệm vụ|Hoạt động|Công việc|Giải pháp|Cơ quan|Đơn vị|Chủ trì|Phối hợp|Thời|Giai đoạn|Tiến độ"
    r"|Sản phẩm|Kết quả|Mục tiêu|Chỉ tiêu|Kinh phí|Nguồn|Dự kiến|Phân công|Trách nhiệm|Ghi chú|Lộ trình|Ngành|Lĩnh vực|Căn cứ|Danh mục)",
    re.IGNORECASE,
)
_LOWER = re.compile(
    r"\W*(?:(?:cơ quan|đơn vị)\s+)?(?:chủ trì(?:\s+thực hiện|\s+tham mưu)?|phối hợp(?:\s+thực hiện)?|thực hiện|tham mưu|bắt đầu|kết thúc|hoàn thành"
    r"|tổng(?:\s+(?:số|cộng|kinh phí))?|ngân sách(?:\s+\S+){0,4}|ns\S{0,4}|nguồn(?:\s+\S+){0,3}|vốn(?:\s+\S+){0,3}|trung ương|địa phương"
    r"|xã hội h(?:óa|oá)|khác|(?:năm\s+|giai đoạn\s+)?20\d\s?\d(?:\s*[-–]\s*20\d\d)?)\W*$",
    re.IGNORECASE,
)
"""What a lower header row says under a merged upper cell: "Chủ trì", "Phối hợp", "NSTW", "Năm 2026". Not: "Sở Y tế"."""
_PLACEHOLDER = re.compile(r"\W*(?:Col(?:umn)?\W?\d{1,2}|Unnamed:\s?\d{1,2}(?:_level_\d)?)\W*")
"""Names that converters give to columns without one: "Col3" (PyMuPDF), "Unnamed: 2" (pandas)."""
_ROLE = re.compile(r"chủ trì|phối hợp", re.IGNORECASE)
_UNDER = {
    "body": re.compile(r"chủ trì|phối hợp|thực hiện|tham mưu", re.IGNORECASE),
    "time": re.compile(r"bắt đầu|kết thúc|hoàn thành|^\W*(?:năm\s+|giai đoạn\s+)?20\d\s?\d", re.IGNORECASE),
}
_OVER = {
    "body": re.compile(r"\W*(?:các )?(?:cơ quan|đơn vị|bộ phận|tổ chức|phân công|trách nhiệm|thực hiện)", re.IGNORECASE),
    "time": re.compile(r".{0,12}(?:thời gian|thời hạn|tiến độ|lộ trình|giai đoạn|kế hoạch|phân kỳ|năm\b)", re.IGNORECASE),
    "money": re.compile(r".{0,12}(?:kinh phí|nguồn|vốn|dự toán|ngân sách)", re.IGNORECASE),
}
_SEVERAL = 2
_PARENT = re.compile(r"cơ quan|đơn vị|thực hiện|phân công|thời gian|kinh phí|nguồn|vốn|giai đoạn|năm|lộ trình|tiến độ|phân kỳ", re.IGNORECASE)


def has_header_word(text: str) -> bool:
    """Whether the text holds a word that column names are made of."""
    return bool(_HEADER_WORDS.search(text))


def is_header(row: Sequence[Cell | None]) -> bool:
    """A header row: most of its cells are short and hold a header word."""
    texts = [cell.text for cell in row if cell and cell.text]
    if len(texts) > 1 and _CODE.match(texts[0]):
        return False  # a numbered row, which a converter may have set as the head of a page
    if texts and texts[0][:1].islower() and not _OPENS.match(texts[0]):
        return False  # the rest of a row that the page's end has cut in mid-sentence
    words = sum(bool(_HEADER_WORDS.search(text)) and len(text) < 120 for text in texts)
    return bool(texts) and words >= max(1, len(texts) * 0.5) and (len(texts) > 1 or len(row) == 1)


def is_plain_header(row: Sequence[Cell | None]) -> bool:
    """A header row where the markup says there is none: every cell opens as column names do, no cell is a code."""
    texts = [cell.text for cell in row if cell and cell.text]
    if len(texts) < 2 or any(_CODE.match(text) for text in texts):
        return False
    return is_header(row) and sum(bool(_OPENS.match(text)) and len(text) < 80 for text in texts) >= 0.7 * len(texts)


def take_header(rows: list[Cells], marked: int = 0, *, plain: bool = False) -> tuple[Cells, list[Cells]]:
    """Split rows into the header (one entry a column, ``[]`` if there is none) and the rest.

    Args:
        rows: all rows, of one width or not.
        marked: how many first rows the markup itself calls header.
        plain: the markup says that there is no header; then only an unmistakable one is taken.
    """
    if not rows:
        return [], []
    if _is_made_up(rows[0]):
        return [], [row for row in (_without_placeholders(rows[0]), *rows[1:]) if any(cell and cell.text for cell in row)]
    if not marked and not (is_plain_header(rows[0]) if plain else is_header(rows[0])):
        return [], rows
    header, rest = rows[0], rows[1:]
    marked -= 1
    while rest and (marked > 0 or _is_lower(header, rest[0])):
        header, rest = _merge(header, rest[0]), rest[1:]
        marked -= 1
    return header, rest


def _is_made_up(row: Cells) -> bool:
    """Whether a converter named the columns itself: it takes the first row of a page for the header of a new table."""
    return sum(bool(cell and _PLACEHOLDER.fullmatch(cell.text)) for cell in row) >= max(2, len(row) / 2)


def _without_placeholders(row: Cells) -> Cells:
    return [Cell(passage=cell.passage.slice(0, 0)) if cell and _PLACEHOLDER.fullmatch(cell.text) else cell for cell in row]


def _is_lower(upper: Cells, lower: Cells) -> bool:
    """Whether the row is the second row of the header: names under merged cells, repeated names, or nothing."""
    told = [
        (cell.text, above.text if above else "")
        for cell, above in zip(lower, [*upper, *[None] * len(lower)], strict=False)
        if cell and cell.text
    ]
    fresh = [text for text, above in told if text != above]
    return len(told) >= 2 and bool(fresh) and all(_LOWER.match(text) for text in fresh) and _parent(upper, lower) is not None


def count_parents(lower: Sequence[str]) -> int:
    """Over how many merged cells the names of a lower row stand ("Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc": 2); 0 where they are none."""
    return len({_kind(text) for text in lower}) if all(_LOWER.match(text) for text in lower) else 0


def _kind(lower: str) -> str:
    """Which merged cell a lower name stands under: that of the bodies, of the time or of the money."""
    return next((kind for kind, pattern in _UNDER.items() if pattern.search(lower)), "money")


def _parent(upper: Cells, lower: Cells) -> int | None:
    """The upper cell that the lower names stand under; for rows of one width the nearest to the left."""
    for index, cell in enumerate(upper):
        if cell and _PARENT.search(cell.text):
            under = lower[index] if len(lower) >= len(upper) and index < len(lower) else None
            if len(lower) < len(upper) or (under and under.text):
                return index
    return None


def _merge(upper: Cells, lower: Cells) -> Cells:
    if (several := merge_lower(upper, lower)) is not None:
        return several
    if len(lower) < len(upper):
        at = _parent(upper, lower)
        if at is None:
            return upper
        parts = [_name(upper[at], cell) for cell in lower]
        return [*upper[:at], *parts, *upper[at + 1 :]]
    merged: Cells = []
    parent: Cell | None = None
    for index, cell in enumerate(lower):
        above = upper[index] if index < len(upper) else None
        parent = above if above and above.text else parent
        if cell is None or not cell.text:
            merged.append(above)
        else:
            merged.append(_name(parent, cell))
    return merged


def merge_lower(upper: Cells, lower: Cells) -> Cells | None:
    """The same where each lower name, with no gap between them, tells by its words the merged cell that it stands under; ``None`` where one does not."""
    told = [cell for cell in lower if cell is not None and cell.text]
    kinds = [_kind(cell.text) for cell in told]
    if len(told) < len(lower) or len(lower) > len(upper) or not told or (len(lower) == len(upper) and len(set(kinds)) < _SEVERAL) or not all(_LOWER.match(cell.text) for cell in told):
        return None
    merged: Cells = []
    for cell in upper:
        over = next((kind for kind in dict.fromkeys(kinds) if kind and cell and cell.text and _OVER[kind].match(cell.text) and not _ROLE.search(cell.text)), None)
        under = [name for name, kind in zip(told, kinds, strict=True) if kind == over]
        merged.extend([_name(cell, name) for name in under] or [cell])
        kinds = ["" if kind == over else kind for kind in kinds]
    return merged if not any(kinds) else None


def _name(upper: Cell | None, lower: Cell | None) -> Cell | None:
    """One name of two: the lower alone where it is a role (else "thực hiện" above "phối hợp" would read as both)."""
    if upper is None or lower is None or not lower.text:
        return lower or upper
    if not upper.text or upper.text == lower.text or _ROLE.search(lower.text):
        return lower
    return Cell(passage=join_passages([upper.passage, lower.passage]))
