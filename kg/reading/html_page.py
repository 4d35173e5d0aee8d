"""Where on a web page the document stands, and which of its paragraphs are the site's.

No task table and no cell of one is ever left out: where in doubt, more is kept.
"""

from __future__ import annotations

import re
from typing import Any

from kg.reading.grid import Grid, Item, Para, clean, flat_text
from kg.reading.headers import is_header
from kg.reading.lines import Line
from kg.reading.website import SITE, find_document
from kg.records import Cell, Passage

Element = Any

_NATION = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Độc\s+lập\s*[-–]\s*Tự\s+do")
_TYPE_LINE = re.compile(
    r"^[\W_]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHỈ THỊ|NGHỊ QUYẾT|THÔNG BÁO|ĐỀ ÁN|PHỤ LỤC|Phụ lục)(?:\s+[IVX\d]{1,4})?[\W_]*$"
)
_OWN = re.compile(
    r"^[\W_]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHỈ THỊ|NGHỊ QUYẾT|THÔNG BÁO|ĐỀ ÁN|PHỤ LỤC)[\W_]*$|^Căn cứ\s|^Điều \d|^[IVX]+\.\s"
)
_HEAD_LINE = re.compile(r"^\W*S[ốô]\s*:|^[-–—_\s]*$|ngày\s.{0,12}tháng\s.{0,12}năm")
_SHARE = 0.5
"""Of the page's words that the document's own element holds at least; sites' text around plans was a third at most."""
_LINKED_SHARE = 0.9
_BEFORE_NATION = 6
_NAME_CHARACTERS = 60
_MANY_TABLES, _DEEP = 400, 100
_LOOKS = 20
"""How often a page's words are looked through at most: lists nested without end would take for ever."""
_PROBE_CHARACTERS = 400


def find_content(root: Element) -> Element:
    """Give the smallest element around the letterhead that holds most of the page's words and all its task tables."""
    body = root.find("body") if root.tag == "html" else None
    body = root if body is None else body
    anchor = _find_words(body, _NATION)
    anchor = _find_words(body, _TYPE_LINE) if anchor is None else anchor
    if anchor is None:
        return body
    words = len(clean("".join(body.itertext())))
    if sum(1 for _ in body.iter("table")) > _MANY_TABLES or sum(1 for _ in anchor.iterancestors()) > _DEEP:
        return body
    tables = [next(row.iterancestors("table"), row) for row in body.iter("tr") if _names_columns(row)]
    for element in (anchor, *anchor.iterancestors()):
        if element is body:
            break
        if element.tag in ("table", "tbody", "tr", "td", "th", "p", "span", "b", "strong"):
            continue
        inside = len(clean("".join(element.itertext())))
        if inside >= _SHARE * words and all(_holds(element, table) for table in tables):
            return element
    return body


def holds_document(root: Element, hidden: list[Element]) -> frozenset[Element]:
    """Give the hidden elements around the letterhead of a page that shows none: the pane of a tab that was not open when the page was saved."""
    if not hidden:
        return frozenset()
    away, panes = frozenset(hidden), set()
    for element in root.iter():
        if not (element.text and _NATION.search(element.text)) and not (element.tail and _NATION.search(element.tail)):
            continue
        around = [each for each in (element, *element.iterancestors()) if each in away]
        if not around:
            return frozenset()
        panes.update(around)
    return frozenset(panes)


def drop_site(root: Element) -> None:
    """Take out what the page itself calls the site's: footers, asides and headers, and lists of nothing but links.

    Kept where the letterhead or a task table stands in it.
    """
    allowed = _LOOKS * sum(map(len, root.itertext()))
    for element in list(root.iter("footer", "aside", "header", "ul", "ol")):
        if element.getparent() is None or (element.tag in ("ul", "ol") and not _is_menu(element)):
            continue
        text = "".join(element.itertext())
        if not _NATION.search(text) and not _is_task_text(text):
            drop_element(element)
        allowed -= len(text)
        if allowed < 0:
            return


def _is_menu(element: Element) -> bool:
    links = [link for link in element.iter("a") if link.get("href", "#")[:1] != "#"]
    linked = sum(len(clean("".join(link.itertext()))) for link in links)
    return len(links) > 1 and linked >= _LINKED_SHARE * len(clean("".join(element.itertext())))


def drop_element(element: Element) -> None:
    """Take an element out, but for the text behind it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if tail:
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(element)


def _find_words(body: Element, wanted: re.Pattern[str]) -> Element | None:
    for element in body.iter():
        if (element.text and wanted.search(element.text)) or (element.tail and wanted.search(element.tail)):
            return element
    return None


def _is_task_text(text: str) -> bool:
    words = text.casefold()
    return "chủ trì" in words or "phối hợp" in words or "nhiệm vụ" in words


def _names_columns(row: Element) -> bool:
    """A row of several cells, one of them a short name such as "Cơ quan chủ trì"."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and any(_is_task_text(_short_text(cell)) for cell in cells)


def _short_text(cell: Element) -> str:
    """A cell's words; "" where they are too many for a column's name."""
    text = ""
    for piece in cell.itertext():
        text += piece.strip()
        if len(text) > _NAME_CHARACTERS:
            return ""
    return text


def _holds(element: Element, inner: Element) -> bool:
    return element is inner or any(parent is element for parent in inner.iterancestors())


def trim_site(items: list[Item]) -> list[Item]:
    """Leave out what the site put before, behind and between; the marks are those of text (``kg.reading.website``)."""
    texts = [clean(flat_text(item)[:_PROBE_CHARACTERS]) for item in items]
    first, last = find_document([Line(0, 0, text) for text in texts])
    first = max(first, _find_letterhead(texts))
    keep = [index for index, item in enumerate(items) if isinstance(item, Grid) and _is_real(item)]
    first, last = min([first, *keep]), max([last, *(index + 1 for index in keep)])
    return [
        item
        for item, text in zip(items[first:last], texts[first:last], strict=True)
        if not (isinstance(item, Para) and len(text) < 200 and SITE.search(text))
    ]


def _find_letterhead(texts: list[str]) -> int:
    """The first line of the letterhead: the nation's name or the short lines in capitals before it; 0 if in doubt."""
    nation = next((index for index, text in enumerate(texts) if _NATION.search(text)), 0)
    first = nation
    while first > max(0, nation - _BEFORE_NATION):
        above = texts[first - 1]
        if not (above.isupper() or _HEAD_LINE.search(above)) or len(above) > 120:
            break
        first -= 1
    return 0 if any(_OWN.search(text) for text in texts[:first]) else first


def _is_real(grid: Grid) -> bool:
    """A table with a header of column names; also one inside of a layout table."""
    for row in grid.rows[:5]:
        words: list[Cell | None] = [Cell(passage=Passage(text=clean(" ".join(map(flat_text, cell.items))))) for cell in row]
        if len(row) > 1 and is_header(words):
            return True
    return any(isinstance(item, Grid) and _is_real(item) for row in grid.rows for cell in row for item in cell.items)
