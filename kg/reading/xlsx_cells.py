"""What a cell of a workbook shows: its text, or its number as its format writes it.

Source: ECMA-376 part 1, 18.3.1.4 (cells), 18.8.30 (number formats), 18.17.4 (dates).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Element = Any

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_BUILT_IN_DATES = {14: "d/m/y", 15: "d/m/y", 16: "d/m", 17: "m/y", 22: "d/m/y"}
"""Formats that are not written out. Times alone (18 to 21, 45 to 47) are met in no plan."""
_BUILT_IN_SHARES = (9, 10)
_LAST_DAY = 2_958_465
"""31 December 9999, the last day that workbooks count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """For each style of cells: "d/m/y", "m/y", "y", "d/m" for a date, "%" for a share, "" for others. ``first``: day 0."""

    kinds: tuple[str, ...]
    first: date


def read_formats(styles: Element | None, book: Element | None) -> Formats:
    """Read what the styles say of numbers."""
    properties = book.find(S + "workbookPr") if book is not None else None
    since_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    if styles is None:
        return Formats(kinds=(), first=first)
    own = {form.get("numFmtId", ""): form.get("formatCode", "") for form in styles.iter(S + "numFmt")}
    used = styles.find(S + "cellXfs")
    kinds = [_kind(style.get("numFmtId", "0"), own) for style in used.iterchildren(S + "xf")] if used is not None else []
    return Formats(kinds=tuple(kinds), first=first)


def _kind(number: str, own: dict[str, str]) -> str:
    if number not in own:
        code = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
        return "%" if code in _BUILT_IN_SHARES else _BUILT_IN_DATES.get(code, "")
    letters = _QUOTED.sub("", own[number].split(";")[0]).casefold()
    if "%" in letters:
        return "%"
    if "y" not in letters and "d" not in letters:
        return ""
    return "/".join(part for part in ("d", "m", "y") if part in letters)


def read_strings(root: Element | None) -> list[str]:
    """Give the texts that cells share."""
    return [] if root is None else [_rich_text(item) for item in root.iterchildren(S + "si")]


def _rich_text(item: Element) -> str:
    """The text of runs; hints of pronunciation are none of it."""
    pieces = [each.text or "" for each in item.iter(S + "t") if each.getparent().tag != S + "rPh"]
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(pieces)).replace("\r\n", "\n").replace("\r", "\n")


def read_text(cell: Element, strings: list[str], formats: Formats) -> str:
    """Give what a cell shows; "" for an error or nothing."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(S + "is")
        return "" if inline is None else _rich_text(inline)
    value = cell.findtext(S + "v") or ""
    if kind == "s":
        return strings[int(value)] if value.isascii() and value.isdecimal() and len(value) < 9 and int(value) < len(strings) else ""
    if kind == "str":
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if kind == "d":
        day = _ISO_DAY.match(value)
        return f"{day[3]}/{day[2]}/{day[1]}" if day else value
    if kind != "n":
        return ""
    style = cell.get("s", "")
    at = int(style) if style.isascii() and style.isdecimal() and len(style) < 8 else 0
    return write_number(value, formats.kinds[at] if at < len(formats.kinds) else "", formats.first)


def write_number(value: str, kind: str, first: date = date(1899, 12, 30)) -> str:
    """Write a number as its format does.

    >>> write_number("46022", "d/m/y"), write_number("46022", "m/y"), write_number("0.95", "%"), write_number("3", ""), write_number("1.1000000000000001", "")
    ('31/12/2025', '12/2025', '95%', '3', '1.1')
    """
    try:
        number = float(value)
    except ValueError:
        return value
    if kind == "%":
        return f"{number * 100:.10g}%"
    if kind and 0 <= number <= _LAST_DAY:
        return _written(first + timedelta(days=min(int(number), (date.max - first).days)), kind)
    return f"{number:.12g}"


def _written(day: date, kind: str) -> str:
    parts = {"d": f"{day.day:02d}", "m": f"{day.month:02d}", "y": f"{day.year:04d}"}
    return "/".join(parts[part] for part in kind.split("/"))
