"""Quantitative targets: figures with a unit in the sections on goals, and in indicator tables.

Reads: the outline. Gives: one target a figure; the text is the clause that holds it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from kg.extraction.sections import Placed
from kg.records import Passage, Target

Comparator = Literal[">=", ">", "=", "~", "reduce", "<=", "<"]

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_UNITS = (
    r"%\s*(?:/\s*năm|GRDP|GDP)?|%|MW|kWh|ha\b|km2|km\b|tấn(?:/năm)?|tỷ\s+(?:đồng|USD|kWh)|triệu\s+đồng/(?:người|ha|hộ)(?:/năm)?|triệu\s+(?:đồng|người|USD|tấn)|nghìn\s+(?:tỷ\s+đồng|người|tấn)"
    r"|mô\s+hình|lớp|đợt|cuộc|hội\s+nghị|doanh\s+nghiệp|hợp\s+tác\s+xã|cơ\s+sở|người|lượt|hộ|xã|phường|trường|sản\s+phẩm|dự\s+án|nền\s+tảng|bộ|tập\s+dữ\s+liệu|kịch\s+bản|chuỗi|khu|cụm|điểm|đề\s+tài|trung\s+tâm|Gb/s|Mb/s|μg/m3|giờ"
)
_FIGURE = re.compile(
    rf"(?<![\d/.,A-Za-z])(?P<low>{_NUMBER})(?:\s*%?\s*(?:[-–]|đến)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>{_UNITS})(?![A-Za-zÀ-ỹđ])",
)
_ZERO = re.compile(r"về\s+[“\"](?P<low>0)[”\"]")
_BY = re.compile(r"(?:đến|tới|vào|trong)?\s*(?:hết\s+)?(?:cuối\s+)?năm\s+(?P<year>20\d\d)", re.IGNORECASE)
_STAGE = re.compile(r"(?P<start>20\d\d)\s*[-–—]\s*(?P<end>20\d\d)")
_COMPARED = re.compile(r"so\s+với\s+(?:năm\s+)?20\d\d")
_SPLIT = re.compile(r"(?<=[;])\s+|(?<=[^\d\W]\.)\s+(?=[A-ZĐÀ-Ỵ])|(?<=%\.)\s+(?=[A-ZĐÀ-Ỵ])|,\s+(?=hướng tới mục tiêu)")
_COUNT_CUE = re.compile(r"[≥≤><]\s*$|(?:xây dựng|áp dụng|có|đạt|tối thiểu|ít nhất|trên|khoảng|thêm|hỗ trợ|phát triển|hình thành|tổ chức|thành lập|từ|được|và)\s*(?:[\w,\s]{0,24})$", re.IGNORECASE)
_REDUCE = re.compile(r"\bgiảm\b(?!\s+nghèo bền vững)", re.IGNORECASE)


def read_targets(placed: list[Placed]) -> list[Target]:
    """Read the targets of the sections on goals."""
    targets: list[Target] = []
    for place in placed:
        if place.topic != "targets" or place.block.kind == "heading" or place.annex:
            continue
        if re.search(r"[Mm]ục tiêu (?:chung|tổng quát)|[Qq]uan điểm|[Yy]êu cầu", " ".join(block.text for block in place.trail if block.level >= 2)):
            continue
        for clause in _clauses(place.block.passage):
            targets.extend(_read_clause(clause, place))
    return targets


def _clauses(passage: Passage) -> list[Passage]:
    bounds = [0, *[match.end() for match in _SPLIT.finditer(passage.text)], len(passage.text)]
    return [part for low, high in pairwise(bounds) if (part := passage.slice(low, high)).text]


def _read_clause(clause: Passage, place: Placed) -> list[Target]:
    text = clause.text
    targets: list[Target] = []
    taken: list[tuple[int, int]] = [match.span() for match in _COMPARED.finditer(text)]
    for match in [*_FIGURE.finditer(text), *_ZERO.finditer(text)]:
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
        targets.append(
            Target(text=clause, value=tuple(values), unit=unit, comparator=_comparator(text[: match.start()], text[match.end() :], ranged=len(values) > 1), by=_by(text, place))
        )
    return targets


def _value(text: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    value = float(text.replace(",", "."))
    return int(value) if value.is_integer() else value


def _comparator(before: str, after: str, *, ranged: bool) -> Comparator:
    near = before[-45:]
    if re.match(r"\s*(?:trở lên|trở đi)", after):
        return ">="
    if re.match(r"\s*trở xuống", after) or re.search(r"\btrong\s*$", near):
        return "<="
    if ranged and re.search(r"\btừ\s*$", near):
        return "reduce" if _REDUCE.search(before[-60:]) else "="
    if re.search(r"(?:ít nhất|tối thiểu|không dưới|từ|≥|không thấp hơn)\s*(?:là\s+|đạt\s+)?$", near, re.IGNORECASE) or "≥" in near[-4:]:
        return "reduce" if _REDUCE.search(before[-90:]) else ">="
    if re.search(r"(?:trên|hơn|vượt|>)\s*$", near, re.IGNORECASE):
        return ">"
    if re.search(r"(?:dưới|thấp hơn|<)\s*$", near, re.IGNORECASE):
        return "<"
    if re.search(r"(?:không quá|tối đa|không vượt quá|≤)\s*$", near, re.IGNORECASE):
        return "<="
    if re.search(r"(?:khoảng|xấp xỉ|gần)\s*$", near, re.IGNORECASE):
        return "~"
    if _REDUCE.search(before[-60:]):
        return "reduce"
    return "="


def _by(text: str, place: Placed) -> int | None:
    plain = _COMPARED.sub(" ", text)
    years = [int(match["year"]) for match in _BY.finditer(plain)]
    if years:
        return max(years)
    if stage := _STAGE.search(plain):
        return int(stage["end"])
    for block in reversed(place.trail):
        heading = _COMPARED.sub(" ", block.text)
        if len(heading) > 200:
            continue
        if stage := _STAGE.search(heading):
            return int(stage["end"])
        if match := _BY.search(heading):
            return int(match["year"])
    return None
