"""Quantitative targets: figures with a unit in the sections on goals, and in indicator tables.

Reads: the outline. Gives: one target a figure; the text is the clause that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from kg.extraction.sections import DASH, NUMBER, Placed
from kg.records import Block, Passage, Target

Comparator = Literal[">=", ">", "=", "~", "reduce", "<=", "<"]
Bound = Literal[">=", ">", "~", "<=", "<"]

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_UNITS = (
    r"%\s*(?:/\s*năm|GRDP|GDP)?|%|MW|kWh|ha\b|km2|km\b|tấn(?:/năm)?|tỷ\s+(?:đồng|USD|kWh)|triệu\s+đồng/(?:người|ha|hộ)(?:/năm)?|triệu\s+(?:đồng|người|USD|tấn)|nghìn\s+(?:tỷ\s+đồng|người|tấn)"
    r"|mô\s+hình|lớp|đợt|cuộc|hội\s+nghị|doanh\s+nghiệp|hợp\s+tác\s+xã|cơ\s+sở|người|lượt|hộ|xã|phường|trường|sản\s+phẩm|dự\s+án|nền\s+tảng|bộ|tập\s+dữ\s+liệu|kịch\s+bản|chuỗi|khu|cụm|điểm|đề\s+tài|trung\s+tâm|Gb/s|Mb/s|μg/m3|giờ"
)
_FIGURE = re.compile(
    rf"(?<![\d/.,A-Za-z§©®¢¥£¦])(?P<low>{_NUMBER})(?:\s*%?\s*(?:[-–]|đến)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNITS})(?![A-Za-zÀ-ỹđ])",
)
_ZERO = re.compile(r"về\s+[“\"](?P<low>0)[”\"]")
_BY = re.compile(
    r"(?:(?:đến|tới|vào|trong)?\s*(?:hết\s+)?(?:cuối\s+)?năm|(?:đến|tới|trước)\s+(?:hết\s+)?(?:(?:ngày\s+)?\d{1,2}/\d{1,2}/)?)\s*(?P<year>20\d\d)(?!\s*[-–/]\s*20\d\d)",
    re.IGNORECASE,
)
_STAGE = re.compile(r"(?P<start>20\d\d)\s*[-–—]\s*(?P<end>20\d\d)")
_COMPARED = re.compile(r"so\s+với\s+(?:cùng\s+kỳ\s+)?(?:(?:năm|năm\s+học|giai\s+đoạn|cuối\s+năm)\s+)?20\d\d(?:\s*[-–]\s*20\d\d)?")
_SPLIT = re.compile(r"(?<=[;])\s+|(?<=[^\d\W]\.)\s+(?=[A-ZĐÀ-Ỵ])|(?<=%\.)\s+(?=[A-ZĐÀ-Ỵ])|,\s+(?=hướng tới mục tiêu)")
_COUNT_CUE = re.compile(r"[≥≤><]\s*$|(?:xây dựng|áp dụng|có|đạt|tối thiểu|ít nhất|trên|khoảng|thêm|hỗ trợ|phát triển|hình thành|tổ chức|thành lập|từ|được|và)\s*(?:[\w,\s]{0,24})$", re.IGNORECASE)
_REDUCE = re.compile(r"\bgiảm\b(?!\s+nghèo bền vững)(?![^.;]*\b(?:còn|xuống|đạt|tăng|nâng|lên|chiếm)\b)", re.IGNORECASE)
"""A figure behind "giảm" is the size of the fall; behind "giảm xuống còn", or a verb of its own, it is a level."""
_REACH = 90
"""Characters before a figure in which its verb is looked for."""
_BOUNDS: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (">=", re.compile(r"(?:(?:ít nhất|tối thiểu|không dưới|từ|không thấp hơn|không ít hơn)\s*(?:là\s+|đạt\s+)?|≥.{0,3})$", re.IGNORECASE)),
    (">", re.compile(r"(?:trên|hơn|vượt|>)\s*$", re.IGNORECASE)),
    ("<", re.compile(r"(?:dưới|thấp hơn|<)\s*$", re.IGNORECASE)),
    ("<=", re.compile(r"(?:không quá|tối đa|không vượt quá|≤|\btrong)\s*$", re.IGNORECASE)),
    ("~", re.compile(r"(?:khoảng|xấp xỉ|gần)\s*$", re.IGNORECASE)),
)
_BULLET_LEVEL = 6
_HEADING_LENGTH = 200
_STATED = 160
"""Characters of a line that only states the time of what follows ("Đến năm 2030:")."""


def read_targets(placed: list[Placed]) -> list[Target]:
    """Read the targets of the sections on goals."""
    targets: list[Target] = []
    stated: Placed | None = None
    for place in placed:
        if place.topic != "targets" or place.annex:
            continue
        if _states_time(place):
            stated = place
        elif stated is not None and not _is_below(place, stated):
            stated = None
        if place.block.kind == "heading":
            continue
        if re.search(r"[Mm]ục tiêu (?:chung|tổng quát)|[Qq]uan điểm|[Yy]êu cầu", " ".join(block.text for block in place.trail if block.level >= 2)):
            continue
        above = (*((stated.block,) if stated is not None else ()), *place.trail)
        targets.extend(_read_block(place.block.passage, above))
    return targets


def _is_below(place: Placed, stated: Placed) -> bool:
    """Whether a block stands under the same headings as a line that states the time; list marks are no headings."""
    headings = tuple(block for block in stated.trail if block.level < _BULLET_LEVEL)
    return place.trail[: len(headings)] == headings and place.rank >= (DASH if headings and headings[-1].level > 1 else NUMBER)


def _states_time(place: Placed) -> bool:
    """An unnumbered line that says until when ("Đến năm 2030:", "Giai đoạn 2026 - 2030") and holds no figure of its own."""
    block, text = place.block, place.block.text.rstrip(" *")
    if place.rank or len(text) > _STATED or not (_BY.search(text) or _STAGE.search(text)) or _FIGURE.search(text):
        return False
    return block.kind == "heading" or block.bold or text.endswith(":") or text[-4:].isdigit()


def _read_block(passage: Passage, above: Sequence[Block]) -> Iterator[Target]:
    """The targets of a paragraph; a year that opens it ("Đến năm 2030, …; …") holds for its later clauses, too."""
    opening: int | None = None
    goes_on = False
    for clause in _clauses(passage):
        opening = opening if goes_on else None
        goes_on = clause.text.endswith(";")
        figure = _FIGURE.search(clause.text) or _ZERO.search(clause.text)
        if figure is None:
            continue
        years = _years(clause.text)
        if years and years[0][0] < figure.start():
            opening = years[0][1]
        yield from _read_clause(clause, years, opening, above)


def _clauses(passage: Passage) -> list[Passage]:
    bounds = [0, *[match.end() for match in _SPLIT.finditer(passage.text)], len(passage.text)]
    return [part for low, high in pairwise(bounds) if (part := passage.slice(low, high)).text]


def _read_clause(clause: Passage, years: list[tuple[int, int]], opening: int | None, above: Sequence[Block]) -> Iterator[Target]:
    text = clause.text
    taken: list[tuple[int, int]] = [match.span() for match in _COMPARED.finditer(text)]
    figures = [*_FIGURE.finditer(text), *_ZERO.finditer(text)]
    first = min((match.start() for match in figures), default=0)
    for match in figures:
        if any(low <= match.start() < high for low, high in taken):
            continue
        unit = re.sub(r"\s+", " ", match.groupdict().get("unit") or "").strip() or None
        if unit is not None and not unit.startswith("%") and not _COUNT_CUE.search(text[: match.start()]) and match.start() > 0:
            continue
        values = [_value(match["low"])]
        if match.groupdict().get("high"):
            values.append(_value(match["high"]))
        if unit is not None and unit.startswith("%"):
            unit = unit.replace("% /", "%/").replace("/ năm", "/năm")
            unit = "% " + unit[1:].strip() if unit[1:].strip() in ("GRDP", "GDP") else unit
        comparator, bound = _compare(text[: match.start()], text[match.end() :], ranged=len(values) > 1)
        own = _year_of(match.start(), first, years) or opening
        year = own or _year_above(above)
        source: Literal["sentence", "heading"] | None = "sentence" if own else "heading" if year else None
        yield Target(text=clause, value=tuple(values), unit=unit, comparator=comparator, by=year, bound=bound, by_from=source)


def _value(text: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _compare(before: str, after: str, *, ranged: bool) -> tuple[Comparator, Bound | None]:
    """How the figure is meant; for a fall, also how it bounds the fall ("giảm ít nhất 15%": "reduce", ">=")."""
    bound = _bound(before, after, ranged=ranged)
    if _REDUCE.search(before[-_REACH:]) and bound != "<":  # "giảm dưới 50%" is a level
        return "reduce", bound
    return bound or "=", None


def _bound(before: str, after: str, *, ranged: bool) -> Bound | None:
    if re.match(r"\s*(?:trở lên|trở đi)", after):
        return ">="
    if re.match(r"\s*trở xuống", after):
        return "<="
    if ranged and re.search(r"\btừ\s*$", before):
        return None
    return next((bound for bound, pattern in _BOUNDS if pattern.search(before)), None)


def _years(text: str) -> list[tuple[int, int]]:
    """The years that a clause sets as its time, each with its place; a stage counts by its end."""
    plain = _COMPARED.sub(lambda match: " " * len(match.group()), text)
    stages = [(match.start(), int(match["end"])) for match in _STAGE.finditer(plain)]
    plain = _STAGE.sub(lambda match: " " * len(match.group()), plain)
    years = [(match.start(), int(match["year"])) for match in _BY.finditer(plain)]
    return sorted(years or stages)


def _year_of(figure: int, first: int, years: list[tuple[int, int]]) -> int | None:
    """The year that a figure must be reached by, of those in its clause; ``first`` is the place of the clause's first figure.

    Where a year stands before the first figure ("đến năm 2028 đạt 50%, đến năm 2030 đạt 70%") each figure has the last
    year before it; else ("50% vào năm 2028, 70% vào năm 2030") the first after it.
    """
    if not years:
        return None
    if years[0][0] < first:
        return [year for at, year in years if at < figure][-1]
    return next((year for at, year in years if at > figure), years[-1][1])


def _year_above(above: Sequence[Block]) -> int | None:
    """The year of the nearest heading that states one."""
    for block in reversed(above):
        heading = _COMPARED.sub(" ", block.text)
        if len(heading) > _HEADING_LENGTH:
            continue
        if stage := _STAGE.search(heading):
            return int(stage["end"])
        if match := _BY.search(heading):
            return int(match["year"])
    return None
