"""HTML → Document: the words that a browser would show, without the site around them.

Scripts, forms' controls, hidden elements and navigation are left out; list marks are computed; cells keep their
rowspan and colspan. Nothing is fetched.
Source: HTML Living Standard, 4.4.5 (lists), 4.9 (tables), 15.3 (what is not rendered); WHATWG Encoding Standard, 4.2.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import Any

from kg.errors import FormatError, InputError
from kg.reading.decode import decode
from kg.reading.grid import MAX_COLUMNS, Grid, Item, Para, Placed
from kg.reading.html_page import drop_element, drop_site, find_content, holds_document, trim_site
from kg.reading.legacy_fonts import convert_html
from kg.reading.limits import MAX_HTML_TAGS, MAX_NESTED_TABLES
from kg.reading.lines import read_mark
from kg.reading.markup import build_document, format_number, raise_digits
from kg.records import Document, Finding

Element = Any

_BLOCKS = frozenset(
    ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "section", "article", "main", "header", "address", "blockquote", "pre", "hr", "form", "fieldset", "legend", "center", "figure", "figcaption", "body", "html", "details", "summary", "footer", "aside", "nav", "dir", "menu"]
)
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"])
_LISTS = frozenset(("ul", "ol", "dir", "menu"))
_DROPPED = (
    "script", "style", "noscript", "template", "head", "nav", "button", "select", "textarea", "input", "iframe", "object", "embed",
    "svg", "canvas", "audio", "video", "map", "datalist", "dialog",
)  # fmt: skip
_CONTROLS = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[1-8]|1[124-9]|2[0-9]|3[01])(?![0-9])|[xX]0*(?:[1-8bcBCeEfF]|1[0-9a-fA-F])(?![0-9a-fA-F]));?"
)
"""Control characters, written out or as references: the parser lets them through, and the tree then refuses to be changed."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SITE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog"))
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})|^\s*<\?xml[^>]{0,80}\bencoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,30})",
    re.IGNORECASE,
)
_CODECS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "windows-1252": "cp1252", "x-user-defined": "cp1252", "cp1252": "cp1252", "windows-1258": "cp1258", "cp1258": "cp1258", "windows-1250": "cp1250",
    "windows-1251": "cp1251", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "shift_jis": "cp932",
    "euc-kr": "cp949", "iso-8859-2": "iso8859-2", "iso-8859-15": "iso8859-15",
}  # fmt: skip
"""Labels that pages are met with → Python's codec of what browsers read them as."""
_FORMS = {"a": "lower-letter", "A": "upper-letter", "i": "lower-roman", "I": "upper-roman", "1": "decimal"}
_STYLED_FORMS = {
    "lower-alpha": "lower-letter", "lower-latin": "lower-letter", "upper-alpha": "upper-letter", "upper-latin": "upper-letter",
    "lower-roman": "lower-roman", "upper-roman": "upper-roman", "decimal": "decimal", "decimal-leading-zero": "zero",
    "none": "", "disc": "-", "circle": "-", "square": "-",
}  # fmt: skip
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(" + "|".join(sorted(_STYLED_FORMS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,6}")


def read_html(data: bytes, name: str) -> Document:
    """Read a web page from its bytes; ``name`` is its source's name.

    Raises:
        FormatError: the bytes are another kind of file.
        EncodingError: they are no text in an encoding that is known.
        InputError: the page is too large or has no text.
    """
    text, encoding, findings = _decode(data, name)
    root = _parse(text, name)
    findings += convert_html(root)
    body = find_content(root)
    items = trim_site(_Walker(name=name).walk(body))
    return build_document(items, data=data, name=name, encoding=encoding, findings=findings)


def _decode(data: bytes, name: str) -> tuple[str, str, tuple[Finding, ...]]:
    """Decode by byte order mark, then by what the page says of itself, then as text files are."""
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    told = None if marked else _CHARSET.search(data[:4096])
    label = (told[1] or told[2]).decode("ascii").lower() if told else ""
    codec = _CODECS.get(label)
    if codec is not None:
        text = data.decode(codec, errors="replace")
    elif label in ("utf-8", "utf8"):
        text, codec = data.decode("utf-8", errors="replace"), "utf-8"
    else:
        decoded = decode(data, name)
        text, codec = decoded.text, decoded.encoding
    lost = text.count("\ufffd")
    if lost > 3 + len(text) // 2000:
        decoded = decode(data, name)  # not what the page says of itself
        text, codec, lost = decoded.text, decoded.encoding, 0
    if not lost:
        return text, codec, ()
    finding = Finding(
        code="bytes-replaced",
        severity="warning",
        vi=f"Trang có {lost} ký tự hỏng, đã thay bằng “\ufffd”",
        en=f"The page has {lost} broken characters, replaced by “\ufffd”",
    )
    return text, codec, (finding,)


def _parse(text: str, name: str) -> Element:
    """Parse the page; what is not shown is taken out."""
    from lxml import etree

    if text.count("<") > MAX_HTML_TAGS:
        raise _too_much(name, f"{text.count('<'):,} tags", f"at most {MAX_HTML_TAGS:,}")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(_CONTROLS.sub(" ", text.replace("\0", "")).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise FormatError(
            name,
            found="a page without any element",
            expected="an HTML page",
            remedy="check that the page was saved whole",
            vi="Trang HTML rỗng hoặc hỏng; hãy lưu lại trang",
        )
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise _too_much(name, "elements nested over 2,000 deep", "a page that browsers show whole")
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    hidden = [element for element in root.xpath("//*[@hidden or @style]") if element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))]
    kept = holds_document(root, hidden)
    for element in (*hidden, *root.xpath("//*[@role]")):
        if (element.get("role", "").lower() in _SITE_ROLES or element in hidden) and element not in kept and element.getparent() is not None:
            drop_element(element)
    drop_site(root)
    return root


def _too_much(name: str, found: str, expected: str) -> InputError:
    return InputError(
        name,
        found=found,
        expected=expected,
        remedy="save the page again, or its text alone; do not use the file if you do not know where it came from",
        vi=f"Trang web bất thường hoặc quá lớn ({found}), không đọc; hãy lưu lại trang hoặc chỉ lưu phần văn bản",
    )


@dataclass(slots=True)
class _List:
    form: str
    count: int
    step: int = 1


@dataclass(slots=True)
class _Flow:
    """What is being read: the page, or a cell. Paragraphs that are done, and the words of the one that is open."""

    items: list[Item] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    mark: str = ""
    letters: int = 0
    bold_letters: int = 0
    opens_bold: bool = False

    def add(self, text: str, *, bold: bool) -> None:
        if not text.isspace():
            self.opens_bold = bold if not self.letters else self.opens_bold
            self.letters += len(text)
            self.bold_letters += len(text) * bold
        self.texts.append(text)

    def close(self) -> None:
        """End the open paragraph. A computed list mark is left out where the words bring one of their own."""
        if not self.texts:
            return
        text = "".join(self.texts).strip(" \n\xa0")
        if text.strip("\t \n\xa0"):
            if self.mark and read_mark(text)[0] is None:
                text = f"{self.mark} {text}"
            bold = self.opens_bold and (self.bold_letters == self.letters or self.letters < 200)
            self.items.append(Para(text=text, bold=bold))
            self.mark = ""
        self.texts, self.letters, self.bold_letters, self.opens_bold = [], 0, 0, False


@dataclass(slots=True)
class _OpenTable:
    """A table as it fills: its rows, and for each column how many rows below a cell still covers."""

    rows: list[list[Placed]] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)
    fresh: dict[int, int] = field(default_factory=dict)
    in_head: bool = False
    heads: int = 0
    only_heads: bool = True
    in_row: bool = False

    def open_row(self) -> None:
        self.close_row()
        self.rows.append([])
        self.in_row, self.only_heads = True, True

    def close_row(self) -> None:
        if not self.in_row:
            return
        filled = bool(self.rows[-1])
        if filled and (self.in_head or self.only_heads) and self.heads == len(self.rows) - 1:
            self.heads += 1
        self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1} | self.fresh
        self.fresh, self.in_row = {}, False

    def put(self, element: Element, items: list[Item]) -> None:
        if not self.in_row:
            self.open_row()
        row = self.rows[-1]
        column = row[-1].column + row[-1].width if row else 0
        while self.covered.get(column, 0):
            column += 1
        if column >= MAX_COLUMNS:  # no plan is that broad: nothing is lost all the same
            column = MAX_COLUMNS - 1
            items = [*row.pop().items, *items] if row and row[-1].column == column else items
        width = min(_count(element.get("colspan")), MAX_COLUMNS - column)
        height = _count(element.get("rowspan"), whole=65534)
        for place in range(column, column + width) if height > 1 else ():
            self.fresh[place] = height - 1
        self.only_heads = self.only_heads and element.tag == "th"
        row.append(Placed(column=column, width=width, height=height, items=tuple(items)))


@dataclass(slots=True)
class _Walker:
    """Walks the tree once, in document order, without recursion: pages nest deeper than Python's stack."""

    name: str
    flows: list[_Flow] = field(default_factory=lambda: [_Flow()])
    tables: list[_OpenTable | None] = field(default_factory=lambda: [None])
    lists: list[_List] = field(default_factory=list)
    bold: int = 0
    raised: int = 0
    capitals: int = 0
    kept: int = 0
    marked: list[tuple[Element, tuple[bool, bool, bool]]] = field(default_factory=list)
    """Open elements that may set bold, raised or capital letters, and which they do."""

    def walk(self, root: Element) -> list[Item]:
        """Give the paragraphs and tables of an element."""
        from lxml import etree

        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag
            shown = isinstance(tag, str)
            if event == "start":
                if shown:
                    self._open(element, tag)
                text = element.text if shown else None
            else:
                if shown:
                    self._close(element, tag)
                text = element.tail if element is not root else None
            if text:
                self._add(text)
        self.flows[0].close()
        return self.flows[0].items

    def _add(self, text: str) -> None:
        if self.raised:
            text = raise_digits(text)
        if self.capitals:
            text = text.upper()
        if not self.kept and "\n" in text:
            text = text.replace("\n", " ")
        self.flows[-1].add(text if self.kept else text.replace("\t", " "), bold=bool(self.bold))

    def _open(self, element: Element, tag: str) -> None:
        flow = self.flows[-1]
        if tag == "br":
            flow.texts.append("\n")
        elif tag in _BLOCKS:
            flow.close()
            self._open_block(element, tag, flow)
        style = element.get("style")
        if style or tag in _BOLD or tag == "sup":
            marks = (
                tag in _BOLD or bool(style and _HEAVY.search(style)),
                tag == "sup" or bool(style and _RAISED.search(style)),
                bool(style and _CAPITALS.search(style)),
            )
            self.marked.append((element, marks))
            self._mark(marks, 1)

    def _mark(self, marks: tuple[bool, bool, bool], by: int) -> None:
        bold, raised, capitals = marks
        self.bold += by * bold
        self.raised += by * raised
        self.capitals += by * capitals

    def _open_block(self, element: Element, tag: str, flow: _Flow) -> None:
        table = self.tables[-1]
        if tag == "table":
            if len(self.tables) > 2 * MAX_NESTED_TABLES:
                raise _too_much(self.name, f"tables nested over {MAX_NESTED_TABLES} deep", f"at most {MAX_NESTED_TABLES}")
            self.tables.append(_OpenTable())
        elif tag == "tr" and table is not None:
            table.open_row()
        elif tag == "thead" and table is not None:
            table.in_head = True
        elif tag in ("td", "th") and table is not None:
            self.flows.append(_Flow())
            self.tables.append(None)
        elif tag in _LISTS:
            flow.mark = ""
            self.lists.append(_open_list(element, tag, depth=len(self.lists)))
        elif tag == "li":
            flow.mark = self._count_item(element)
        elif tag == "pre":
            self.kept += 1

    def _count_item(self, element: Element) -> str:
        if not self.lists:
            return "-"
        current = self.lists[-1]
        value = element.get("value", "")
        current.count = int(value) if _WHOLE.fullmatch(value) else current.count
        number, current.count = current.count, current.count + current.step
        if current.form in ("", "-", "+"):
            return current.form
        return f"{format_number(number, current.form)}."

    def _close(self, element: Element, tag: str) -> None:
        if self.marked and self.marked[-1][0] is element:
            self._mark(self.marked.pop()[1], -1)
        if tag in _BLOCKS:
            self._close_block(element, tag)

    def _close_block(self, element: Element, tag: str) -> None:
        self.flows[-1].close()
        if tag in ("td", "th") and len(self.flows) > 1 and self.tables[-1] is None:
            flow = self.flows.pop()
            self.tables.pop()
            table = self.tables[-1]
            if table is not None:
                table.put(element, flow.items)
        elif tag == "table":
            table = self.tables.pop()
            if table is not None and table.rows:
                table.close_row()
                self.flows[-1].items.append(Grid(rows=tuple(map(tuple, table.rows)), heads=table.heads))
        elif tag == "tr" and self.tables[-1] is not None:
            self.tables[-1].close_row()
        elif tag == "thead" and self.tables[-1] is not None:
            self.tables[-1].close_row()
            self.tables[-1].in_head = False
        elif tag in _LISTS and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.flows[-1].mark = ""
        elif tag == "pre":
            self.kept -= 1


def _open_list(element: Element, tag: str, depth: int) -> _List:
    """A list's form and first number; unordered ones are marked as plans mark theirs: "-", below it "+"."""
    styled = _LIST_STYLE.search(element.get("style", ""))
    form = _STYLED_FORMS[styled[1].lower()] if styled else None
    if tag != "ol":
        return _List(form="+" if depth and form in (None, "-") else "-" if form is None else form, count=1)
    form = _FORMS.get(element.get("type", "1"), "decimal") if form is None else form
    start = element.get("start", "")
    backwards = element.get("reversed") is not None
    first = sum(1 for child in element if child.tag == "li") if backwards else 1
    return _List(form=form, count=int(start) if _WHOLE.fullmatch(start) else first, step=-1 if backwards else 1)


def _count(text: str | None, whole: int = 1) -> int:
    """A colspan or rowspan: at least 1; 0 means all rows that follow (``whole``)."""
    match = _WHOLE.match(text or "")
    count = int(match.group()) if match else 1
    return whole if count == 0 else min(max(1, count), 65534)
