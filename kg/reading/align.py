"""Rows as printed → rows with one entry a column: which cells of a short row were merged away.

A row shorter than the table has a gap where cells of the row above reach down (or where a group heading stands alone).
The place of the gap is the one at which its cells look most like the other cells of their columns; where rows are
numbered and this one is not, its number is among the cells that reach down; where it opens with a
lead and its partners, so is all in front of them: another lead of the same task.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Cell, Row

CODE = re.compile(r"\W*(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,6}(?:\.\d+)*|[A-ZĐ]|[a-zđ])[.)]?\W*$")
_GROUP = re.compile(r"[-–\s]*(?:Các\s|các\s|(?:UBND|(?:Ủy|Uỷ) ban nhân dân)\s+các\s)")
_AGENCY = re.compile(
    r"[-–\s]*(?:Các\s|Cơ quan|Sở|Ban\s|Bộ\s|UBND|Ủy ban|Uỷ ban|Công an|Văn phòng|Đơn vị|Thanh tra|Chi cục|Cục\s|Báo\s|Đài\s|Hội\s"
    r"|Liên minh|Trung tâm|Trường|Viện|Ngân hàng|Tòa án|Viện kiểm sát|Phòng\s|BCH|BQL|Mặt trận|Tỉnh đoàn|Thành đoàn)"
)
_TIME = re.compile(
    r"\b(?:20[1-9]\d|[Hh][àằ]ng\s+(?:năm|quý|tháng|tuần)|[Tt]hường xuyên|[Qq]u[ýí]\s+[IVX\d]|[Tt]háng\s+\d|theo tiến độ)",
    re.IGNORECASE,
)
_CODED = 0.6
"""Share of codes (agencies) among the cells of a column that numbers the rows (names agencies)."""
_TWO_GAPS = 0.5
"""How much better the cells must fit if the number's gap and another are apart."""
_AS_GOOD = 0.1
"""A gap that fits as well as another but for the length of words is the one further left: bodies are merged down tasks more often than their partners."""
_FUNDS = re.compile(r"(?:[IVX]+(?:\s*,\s*[IVX]+)*$|[Nn]gân sách|[Kk]inh phí|[Vv]ốn)")


def align_rows(rows: Sequence[Sequence[Cell]], width: int, *, emptied: bool = False) -> tuple[Row, ...]:
    """Give rows of ``width`` entries; ``None`` where the text has no cell.

    ``emptied``: empty cells left nothing in the text; then a row that lacks one of two bodies lacks its partner.

    Longer rows lose their last, empty cells only; what does not fit is joined to the last cell by the caller's layout.
    """
    full = [row for row in rows if len(row) == width]
    profiles = [_profile([row[column].text for row in full]) for column in range(width)]
    return tuple(Row(cells=_place(list(row), width, profiles, emptied=emptied)) for row in rows)


def _place(cells: list[Cell], width: int, profiles: list[tuple[float, ...]], *, emptied: bool) -> tuple[Cell | None, ...]:
    while len(cells) > width and not cells[-1].text:
        cells.pop()
    if len(cells) >= width:
        return tuple(cells)
    gap = width - len(cells)
    if len(cells) == 1:
        code = bool(CODE.match(cells[0].text)) or width == 1
        return (cells[0], *[None] * gap) if code else (None, cells[0], *[None] * (gap - 1))
    if len(cells) == 2 and width > 3 and CODE.match(cells[0].text):
        return (*cells, *[None] * gap)
    whole = _best_gap(cells, gap, profiles, emptied=emptied)
    front = _front(cells, profiles)
    if 0 < front < gap and profiles[0][0] > _CODED:
        apart = _best_gap(cells, gap - front, profiles[front:])
        if apart[0] > whole[0] + _TWO_GAPS:
            return (*[None] * front, *apart[1])
    return whole[1]


def _front(cells: list[Cell], profiles: list[tuple[float, ...]]) -> int:
    """How many cells in front of a row reach down: its number, or all before the agencies' columns if it opens with two of them."""
    (code, agency, *_), second = (features(cell.text) for cell in cells[:2])
    if not agency:
        return 0 if code else 1
    return next((at for at, profile in enumerate(profiles) if profile[1] > _CODED), 0) if second[1] else 0


def _best_gap(cells: list[Cell], gap: int, profiles: list[tuple[float, ...]], *, emptied: bool = False) -> tuple[float, tuple[Cell | None, ...]]:
    """The best place of one gap: how well the cells fit, and the row."""
    fits = [_fit(cells, at, gap, profiles) for at in range(len(cells) + 1)]
    best = max(range(len(fits)), key=lambda at: (fits[at], -at))
    if gap == 1 and best < len(profiles) and profiles[best][1] > _CODED:
        alike = [at for at in range(len(fits)) if at == best or (at < len(profiles) and profiles[at][1] > _CODED and fits[at] > fits[best] - _AS_GOOD)]
        best = alike[-1] if emptied else alike[0]
    return fits[best], (*cells[:best], *[None] * gap, *cells[best:])


def _fit(cells: list[Cell], at: int, gap: int, profiles: list[tuple[float, ...]]) -> float:
    score = 0.0
    for index, cell in enumerate(cells):
        column = index if index < at else index + gap
        seen = _looks(cell.text)
        score += sum(a * b for a, b in zip(seen, profiles[column], strict=True)) if profiles else 0.0
        score -= sum(abs(a - b) for a, b in zip(seen[:-1], profiles[column], strict=False)) * 0.5
        score -= _missed(seen[-1], profiles[column][-1]) * 0.5
    return score


def _missed(group: float, share: float) -> float:
    """How little a cell fits its column as a group: one body is no stranger among partners of which some are groups, a group is one among leads."""
    return max(0.0, group - share) if share < _CODED else abs(group - share)


def _profile(texts: list[str]) -> tuple[float, ...]:
    if not texts:
        return (0.0,) * 6
    table = [_looks(text) for text in texts]
    return tuple(sum(column) / len(table) for column in zip(*table, strict=True))


def features(text: str) -> tuple[float, ...]:
    """What a cell looks like, each in [0, 1]: a code, an agency, a time, a source of funds, and how long it is."""
    return (
        float(bool(CODE.match(text))),
        float(bool(_AGENCY.match(text))),
        float(len(text) < 90 and bool(_TIME.search(text))),
        float(len(text) < 60 and bool(_FUNDS.match(text))),
        min(1.0, len(text) / 120),
    )


def _looks(text: str) -> tuple[float, ...]:
    """What a cell looks like, and whether it opens with a group, as partners do more often than leads."""
    return (*features(text), float(bool(_GROUP.match(text))))
