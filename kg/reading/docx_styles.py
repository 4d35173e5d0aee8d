"""What Word computes from styles and numbering: bold and capitals of a paragraph, and its list mark.

Source: ECMA-376 part 1, 17.7 (styles), 17.9 (numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kg.reading.markup import format_number

Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
_MAX_MARK = 64
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_FORMS = {
    "decimal": "decimal",
    "decimalZero": "zero",
    "upperRoman": "upper-roman",
    "lowerRoman": "lower-roman",
    "upperLetter": "upper-letter",
    "lowerLetter": "lower-letter",
}
_BULLET = "•"
"""For glyphs of the Symbol and Wingdings fonts, which mean nothing as characters."""


def is_on(element: Element | None) -> bool:
    """Whether a toggle property such as ``w:b`` is there and not switched off."""
    return element is not None and element.get(VAL, "true") not in ("0", "false", "off", "none")


def whole(text: str | None, default: int = 0) -> int:
    """The number an attribute holds; ``default`` where it holds none, or one that no document has."""
    return int(text) if text and re.fullmatch(r"[+-]?[0-9]{1,9}", text) else default


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style with what it inherits. ``numbering`` is (number id, level or ``None``); ``None`` where not said."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    numbering: tuple[str, int | None] | None = None


_PLAIN = Style()


@dataclass(slots=True)
class Styles:
    """The styles of a document, resolved when asked for."""

    elements: dict[str, Element] = field(default_factory=dict)
    known: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def read(cls, root: Element | None) -> Styles:
        """Read ``word/styles.xml``."""
        styles = cls()
        for element in root.iterchildren(W + "style") if root is not None else ():
            name = element.get(W + "styleId", "")
            styles.elements.setdefault(name, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                styles.default = name
        return styles

    def get(self, name: str | None) -> Style:
        """The style of that id; the document's default paragraph style where ``name`` is ``None``."""
        name = self.default if name is None else name
        if name not in self.known:
            self.known[name] = self._resolve(name)
        return self.known[name]

    def _resolve(self, name: str) -> Style:
        style, seen = _PLAIN, set[str]()
        while name in self.elements and name not in seen:
            seen.add(name)
            element = self.elements[name]
            style = _inherit(style, element)
            base = element.find(W + "basedOn")
            name = base.get(VAL, "") if base is not None else ""
        return style


def _inherit(style: Style, element: Element) -> Style:
    runs = element.find(W + "rPr")
    numbering = element.find(f"{W}pPr/{W}numPr")

    def toggle(known: bool | None, tag: str) -> bool | None:
        found = None if known is not None or runs is None else runs.find(W + tag)
        return known if found is None else is_on(found)

    return Style(
        bold=toggle(style.bold, "b"),
        caps=toggle(style.caps, "caps"),
        hidden=toggle(style.hidden, "vanish"),
        numbering=style.numbering or (read_numbering(numbering) if numbering is not None else None),
    )


def read_numbering(properties: Element) -> tuple[str, int | None] | None:
    """Give (number id, level) of ``w:numPr``; level ``None`` where it is left to the style."""
    number, level = properties.find(W + "numId"), properties.find(W + "ilvl")
    if number is None:
        return None
    return number.get(VAL, "0"), None if level is None else max(0, min(whole(level.get(VAL)), _LEVELS - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    decimal: bool
    style: str | None


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting on as their paragraphs come by."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    own: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: Element | None, styles: Styles) -> Numbering:
        """Read ``word/numbering.xml``."""
        lists = cls()
        if root is None:
            return lists
        links: dict[str, str] = {}
        for element in root.iterchildren(W + "abstractNum"):
            name = element.get(W + "abstractNumId", "")
            lists.levels[name] = _read_levels(element)
            link = element.find(W + "numStyleLink")
            if link is not None:
                links[name] = link.get(VAL, "")
        for element in root.iterchildren(W + "num"):
            lists._read_num(element)
        for name, style in links.items():
            found = styles.get(style).numbering
            if found is not None and not lists.levels[name]:
                lists.levels[name] = lists.levels.get(lists.abstract.get(found[0], ""), {})
        return lists

    def _read_num(self, element: Element) -> None:
        number = element.get(W + "numId", "")
        abstract = element.find(W + "abstractNumId")
        self.abstract[number] = abstract.get(VAL, "") if abstract is not None else ""
        for override in element.iterchildren(W + "lvlOverride"):
            level = whole(override.get(W + "ilvl"))
            start = override.find(W + "startOverride")
            if start is not None:
                self.overrides.setdefault(number, {})[level] = whole(start.get(VAL), 1)
            self.own.setdefault(number, {}).update(_read_levels(override))

    def mark(self, numbering: tuple[str, int | None], style: str | None) -> str:
        """Count a paragraph of a list and give its mark as printed; "" where it has none."""
        number, place = numbering
        name = self.abstract.get(number)
        if name is None:
            return ""
        levels = self.levels.get(name, {}) | self.own.get(number, {})
        if place is None:
            place = next((index for index, level in levels.items() if style and level.style == style), 0)
        level = levels.get(place)
        if level is None or level.form == "none":
            return ""
        self._count(name, number, place, levels)
        if level.form == "bullet":
            return level.text if level.text and not _is_glyph(level.text) else _BULLET
        counters = self.counters[name]

        def write(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = levels.get(index)
            count = counters[index]
            count = (other.start if other else 1) if count is None else count
            return format_number(count, "decimal" if level.decimal or other is None else _FORMS.get(other.form, "decimal"))

        return _PLACE.sub(write, level.text)

    def _count(self, name: str, number: str, place: int, levels: dict[int, _Level]) -> None:
        counters = self.counters.setdefault(name, [None] * _LEVELS)
        override = self.overrides.get(number, {}).get(place)
        count = counters[place]
        if override is not None and (number, place) not in self.begun:
            counters[place] = override
        else:
            counters[place] = levels[place].start if count is None else count + 1
        self.begun.add((number, place))
        for below in range(place + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart and place < restart):
                counters[below] = None


def _read_levels(parent: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in parent.iterchildren(W + "lvl"):
        restart = _value(element, "lvlRestart")
        levels[min(whole(element.get(W + "ilvl")), _LEVELS - 1)] = _Level(
            start=whole(_value(element, "start"), 1),
            form=_value(element, "numFmt") or "decimal",
            text=(_value(element, "lvlText") or "")[:_MAX_MARK],
            restart=None if restart is None else whole(restart),
            decimal=is_on(element.find(W + "isLgl")),
            style=_value(element, "pStyle"),
        )
    return levels


def _value(element: Element, tag: str) -> str | None:
    found = element.find(W + tag)
    return None if found is None else found.get(VAL)


def _is_glyph(text: str) -> bool:
    """Characters of the private use area, or the letters that Word's bullet fonts draw as signs."""
    return any("\ue000" <= char <= "\uf8ff" for char in text) or text in ("o", "Ø", "§", "v", "q", "ü")
