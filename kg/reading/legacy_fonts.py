"""TCVN3 and VNI in DOCX and HTML: the font's name tells for each run, the words for what names no font.

Reads: a parsed file. Gives: the same tree with its text in Unicode. Word and LibreOffice write the letters of such
fonts as those of Windows-1252, in ``w:t`` as they are; the soft hyphen (TCVN3 "ư") may be an element of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.reading.docx_styles import VAL, Styles, W
from kg.reading.legacy_text import Legacy, convert_legacy, converted_finding, detect_legacy
from kg.reading.syllables import syllable_share
from kg.records import Finding

Element = Any

_TCVN3_FONT = re.compile(r"\s*[\"']?\.vn\w", re.IGNORECASE)
_VNI_FONT = re.compile(r"\s*[\"']?vni[- ]", re.IGNORECASE)
_CAPITALS_FONT = re.compile(r"\s*[\"']?\.vn[\w ]*h[\"']?\s*(?:,|$)", re.IGNORECASE)
_NOT_LATIN_1 = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
_FAMILY = re.compile(r"font(?:-family)?\s*:[^;]*?(?P<name>[\"']?(?:\.vn|vni[- ])[^;,]*)", re.IGNORECASE)
_SOUND_SHARE = 0.6
_FEW_WORDS = 3


@dataclass(frozen=True, slots=True)
class Font:
    """The encoding that a font draws, and whether it draws capitals only."""

    encoding: Legacy
    capitals: bool = False


def read_font(name: str | None) -> Font | None:
    """Tell what a font's name says of the encoding; ``None`` for a Unicode font.

    >>> read_font(".VnTimeH"), read_font("VNI-Times"), read_font("Times New Roman")
    (Font(encoding='tcvn3', capitals=True), Font(encoding='vni', capitals=False), None)
    """
    if not name:
        return None
    if _TCVN3_FONT.match(name):
        return Font("tcvn3", capitals=bool(_CAPITALS_FONT.match(name)))
    return Font("vni") if _VNI_FONT.match(name) else None


@dataclass(slots=True)
class _Text:
    """A stretch of text in the tree: what its font says, and how to write it anew."""

    text: str
    font: Font | None
    write: Callable[[str], None]


def convert_docx(roots: list[Element], styles: Styles, style_root: Element | None) -> tuple[Finding, ...]:
    """Convert the runs of a Word file in place; give what was converted."""
    fonts = _StyleFonts(styles, style_root)
    return _convert([text for root in roots for text in _docx_texts(root, fonts)])


def convert_html(root: Element) -> tuple[Finding, ...]:
    """Convert the text of a parsed page in place; give what was converted."""
    if not _names_fonts(root) and detect_legacy("\n".join(root.itertext())) is None:
        return ()
    return _convert(list(_html_texts(root)))


def _names_fonts(root: Element) -> bool:
    return any(read_font(face) for face in root.xpath("//@face")) or any(_FAMILY.search(style) for style in root.xpath("//@style"))


def _convert(texts: list[_Text]) -> tuple[Finding, ...]:
    converted: set[str] = set()
    rest: list[_Text] = []
    for encoding in ("tcvn3", "vni"):
        told = [each for each in texts if each.font is not None and each.font.encoding == encoding]
        if _really(told, encoding):
            for each in told:
                if not _NOT_LATIN_1.search(each.text):  # a run that was typed anew in Unicode keeps its font's name
                    each.write(convert_legacy(each.text, encoding, capitals=bool(each.font and each.font.capitals)))
                    converted.add(encoding)
        else:
            rest += told
    rest += [each for each in texts if each.font is None]
    name = detect_legacy("\n".join(each.text for each in rest))
    for each in rest if name else ():
        if name and not _NOT_LATIN_1.search(each.text):
            each.write(convert_legacy(each.text, name))
            converted.add(name)
    return tuple(converted_finding(name) for name in sorted(converted))


def _really(texts: list[_Text], encoding: str) -> bool:
    """Whether text with such a font is in its encoding: it is not if its words are Vietnamese as they stand."""
    text = "\n".join(each.text for each in texts)
    if text.isascii():
        return any(each.font and each.font.capitals for each in texts)
    plain = "\n".join(each.text for each in texts if not _NOT_LATIN_1.search(each.text))
    share, words = syllable_share(convert_legacy(plain, encoding))
    return words > 0 and (share >= _SOUND_SHARE or words <= _FEW_WORDS)


# --- DOCX ---------------------------------------------------------------------------------------------------------


class _StyleFonts:
    """The fonts that styles name, with what they inherit."""

    def __init__(self, styles: Styles, root: Element | None) -> None:
        self._styles = styles
        self._known: dict[str, str | None] = {}
        found = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        self.default = _own_font(found)

    def of(self, name: str | None) -> str | None:
        """The font of a style; ``None`` where it and those that it is based on name none."""
        name = self._styles.default if name is None else name
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> str | None:
        seen: set[str] = set()
        while name in self._styles.elements and name not in seen:
            seen.add(name)
            element = self._styles.elements[name]
            font = _own_font(element.find(W + "rPr"))
            if font:
                return font
            base = element.find(W + "basedOn")
            name = base.get(VAL, "") if base is not None else ""
        return None


def _own_font(properties: Element | None) -> str | None:
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return None if fonts is None else fonts.get(W + "hAnsi") or fonts.get(W + "ascii")


def _style_of(properties: Element | None, tag: str) -> str | None:
    named = properties.find(W + tag) if properties is not None else None
    return None if named is None else named.get(VAL)


def _docx_texts(root: Element, fonts: _StyleFonts) -> Iterator[_Text]:
    for paragraph in root.iter(W + "p"):
        style = _style_of(paragraph.find(W + "pPr"), "pStyle")
        inherited = fonts.of(style) or fonts.default
        for run in paragraph.iter(W + "r"):
            properties = run.find(W + "rPr")
            named = _style_of(properties, "rStyle")
            name = _own_font(properties) or (fonts.of(named) if named else None) or inherited
            font = read_font(name)
            if font is not None and font.encoding == "tcvn3":
                _write_soft_hyphens(run)
            for text in run.iterchildren(W + "t"):
                if text.text:
                    yield _Text(text.text, font, _writer(text, "text"))


def _write_soft_hyphens(run: Element) -> None:
    """Set "ư", which is U+00AD in TCVN3, as a letter where the file has it as an optional hyphen."""
    for hyphen in run.findall(W + "softHyphen"):
        hyphen.tag, hyphen.text = W + "t", "\xad"


# --- HTML ---------------------------------------------------------------------------------------------------------


def _html_texts(root: Element) -> Iterator[_Text]:
    from lxml import etree

    fonts: list[Font | None] = [None]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            fonts.append(_html_font(element, fonts[-1]))
            if element.text and not element.text.isspace():
                yield _Text(element.text, fonts[-1], _writer(element, "text"))
        else:
            fonts.pop()
            if element.tail and not element.tail.isspace():
                yield _Text(element.tail, fonts[-1], _writer(element, "tail"))


def _html_font(element: Element, inherited: Font | None) -> Font | None:
    face, style = element.get("face"), element.get("style") or ""
    if face:
        return read_font(face)
    if "font" in style.lower():
        found = _FAMILY.search(style)
        if found:
            return read_font(found["name"])
        if "font-family" in style.lower():
            return None
    return inherited


def _writer(element: Element, place: str) -> Callable[[str], None]:
    return lambda text: setattr(element, place, text)
