"""DOCX → Document: the text as Word prints it, tracked changes accepted.

Computed list marks, footnotes, text boxes and merged cells are read; headers, footers, comments, field codes and
hidden text are left out. Nothing outside of the file is looked at.
Source: ECMA-376 part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kg.reading.docx_package import Package, open_package
from kg.reading.docx_styles import VAL, Numbering, Style, Styles, W, is_on, read_numbering, whole
from kg.reading.grid import MAX_COLUMNS, Grid, Item, Para, Placed, flat_text
from kg.reading.legacy_fonts import convert_docx
from kg.reading.markup import build_document, raise_digits
from kg.records import Document, Finding

Element = Any

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _TBL, _R, _T, _SDT = W + "p", W + "tbl", W + "r", W + "t", W + "sdt"
_ALTERNATE, _CHOICE, _FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
_BOX = W + "txbxContent"
_THROUGH = frozenset(
    W + tag for tag in ("ins", "moveTo", "hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
"""Elements that only stand around others. Not among them: ``w:del`` and ``w:moveFrom``, which are gone once accepted."""
_DRAWN = frozenset(W + tag for tag in ("drawing", "pict", "object")) | {_ALTERNATE}
_LETTERS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_SYMBOLS = {"f0b7": "•", "f0a7": "▪", "f0d8": "•", "f0fc": "✓", "f0b3": "≥", "f0a3": "≤", "f0b0": "°", "f0b1": "±", "f0b4": "×"}
"""Glyphs of Symbol and Wingdings that carry sense in plans; others are dropped."""


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word document from its bytes; ``name`` is its source's name.

    Raises:
        FormatError: the bytes are no Word document.
        InputError: it is broken, encrypted, hostile, or has no text.
    """
    package = open_package(data, name)
    body = package.document.find(W + "body")
    reader = _Reader.start(package)
    notes = (root for root in (package.footnotes, package.endnotes) if root is not None)
    converted = convert_docx([package.document, *notes], reader.styles, package.styles)
    items = reader.read(body) if body is not None else []
    return build_document(items, data=data, name=name, encoding="docx", findings=(*converted, *reader.findings))


@dataclass(slots=True)
class _Pieces:
    """The words of a paragraph as they come, and what hangs on it."""

    texts: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    opens_bold: bool = False
    boxes: list[Item] = field(default_factory=list)
    notes: list[Para] = field(default_factory=list)

    def add(self, text: str, *, bold: bool) -> None:
        if not text.isspace():
            self.opens_bold = bold if not self.letters else self.opens_bold
            self.letters += len(text)
            self.bold_letters += len(text) * bold
        self.texts.append(text)

    @property
    def bold(self) -> bool:
        """All of it is bold, or it is short and begins so (a heading that runs in)."""
        return self.opens_bold and (self.bold_letters == self.letters or self.letters < 200)


@dataclass(slots=True)
class _Field:
    """A complex field: its code is not text, and what a table of contents shows is not the plan's."""

    in_code: bool = True
    dropped: bool = False


@dataclass(slots=True)
class _Reader:
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Element]
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    fields: list[_Field] = field(default_factory=list)
    carried: _Pieces | None = None
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def start(cls, package: Package) -> _Reader:
        styles = Styles.read(package.styles)
        notes = {
            (kind, note.get(W + "id", "")): note
            for kind, root in (("footnote", package.footnotes), ("endnote", package.endnotes))
            if root is not None
            for note in root.iterchildren(W + kind)
        }
        return cls(styles=styles, numbering=Numbering.read(package.numbering, styles), notes=notes)

    def read(self, parent: Element) -> list[Item]:
        """Read a body, cell, text box or note as paragraphs and tables."""
        items: list[Item] = []
        for child in parent:
            tag = child.tag
            if tag == _P:
                items.extend(self._read_paragraph(child))
            elif tag == _TBL:
                items.append(self._read_table(child))
            elif tag == _SDT:
                content = child.find(W + "sdtContent")
                items.extend(self.read(content) if content is not None and not _is_contents(child) else ())
            elif tag in _THROUGH:
                items.extend(self.read(child))
            elif tag == W + "altChunk":
                self._find("embedded-document", "một văn bản nhúng (altChunk)", "an embedded document (altChunk)")
        if self.carried is not None and parent.tag == W + "body":
            items.extend(self._close(self.carried, "", None))
        return items

    def _find(self, code: str, vi: str, en: str) -> None:
        if all(finding.code != code for finding in self.findings):
            self.findings.append(
                Finding(
                    code=code,
                    severity="warning",
                    vi=f"Tệp DOCX có {vi}, chưa đọc; hãy lưu lại trong Word rồi đưa vào",
                    en=f"The DOCX file has {en}, which is not read; save it again in Word",
                )
            )

    def _read_paragraph(self, paragraph: Element) -> list[Item]:
        properties = paragraph.find(W + "pPr")
        name: str | None = None
        numbering: tuple[str, int | None] | None = None
        joins = False
        if properties is not None:
            style_of = properties.find(W + "pStyle")
            name = None if style_of is None else style_of.get(VAL)
            listed = properties.find(W + "numPr")
            numbering = None if listed is None else read_numbering(listed)
            marked = properties.find(W + "rPr")
            joins = marked is not None and any(marked.find(W + tag) is not None for tag in ("del", "moveFrom"))
        style = self.styles.get(name)
        pieces = self.carried or _Pieces()
        self._inline(paragraph, pieces, style)
        self.carried = pieces if joins else None
        if joins:
            return []
        if numbering is None or numbering[1] is None:
            of_style = style.numbering
            numbering = (numbering[0], of_style[1] if of_style else None) if numbering else of_style
        mark = self.numbering.mark(numbering, name) if numbering else ""
        return self._close(pieces, mark, style)

    def _close(self, pieces: _Pieces, mark: str, style: Style | None) -> list[Item]:
        text = "".join(pieces.texts).strip(" \n\xa0")
        if mark:
            text = f"{mark} {text}"
        bold = pieces.bold or (bool(style and style.bold) and not pieces.letters)
        return [Para(text=text, bold=bold), *pieces.boxes, *pieces.notes]

    def _inline(self, parent: Element, pieces: _Pieces, style: Style) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._read_run(child, pieces, style)
            elif tag in _THROUGH:
                self._inline(child, pieces, style)
            elif tag == _SDT:
                content = child.find(W + "sdtContent")
                if content is not None:
                    self._inline(content, pieces, style)
            elif tag in (_MATH + "oMath", _MATH + "oMathPara"):
                self._add("".join(text.text or "" for text in child.iter(_MATH + "t")), pieces, bold=False)

    def _add(self, text: str, pieces: _Pieces, *, bold: bool) -> None:
        if text and not any(each.in_code or each.dropped for each in self.fields):
            pieces.add(text, bold=bold)

    def _read_run(self, run: Element, pieces: _Pieces, style: Style) -> None:
        bold, caps, hidden, raised = bool(style.bold), bool(style.caps), bool(style.hidden), False
        properties = run.find(W + "rPr")
        if properties is not None:
            own = properties.find(W + "rStyle")
            named = self.styles.get(own.get(VAL)) if own is not None else style
            bold = _toggled(properties, "b", bold if named.bold is None else named.bold)
            caps = _toggled(properties, "caps", caps if named.caps is None else named.caps)
            hidden = _toggled(properties, "vanish", hidden if named.hidden is None else named.hidden)
            height = properties.find(W + "vertAlign")
            raised = height is not None and height.get(VAL) == "superscript"
        if hidden:
            return
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text or ""
                text = raise_digits(text) if raised else text
                self._add(text.upper() if caps else text, pieces, bold=bold)
            elif tag in _LETTERS:
                self._add(_LETTERS[tag], pieces, bold=bold)
            elif tag == W + "fldChar":
                self._turn_field(child.get(W + "fldCharType"))
            elif tag == W + "instrText":
                if self.fields and (child.text or "").lstrip().startswith("TOC"):
                    self.fields[-1].dropped = True
            elif tag == W + "sym":
                self._add(_SYMBOLS.get(child.get(W + "char", "").lower(), ""), pieces, bold=bold)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self._read_note(tag[len(W) : -len("Reference")], child.get(W + "id", ""), pieces)
            elif tag in _DRAWN:
                self._read_drawn(child, pieces)

    def _turn_field(self, turn: str | None) -> None:
        if turn == "begin":
            self.fields.append(_Field())
        elif self.fields and turn == "separate":
            self.fields[-1].in_code = False
        elif self.fields and turn == "end":
            self.fields.pop()

    def _read_note(self, kind: str, number: str, pieces: _Pieces) -> None:
        """Write the note's mark, and the note itself where it is cited first."""
        note = self.notes.get((kind, number))
        if note is None or any(each.in_code or each.dropped for each in self.fields):
            return
        known = self.marks.get((kind, number))
        if known is None:
            count = 1 + sum(other == kind for other, _ in self.marks)
            known = raise_digits(str(count)) if kind == "footnote" else f"[{count}]"
            self.marks[kind, number] = known
            inside = _apart(self)
            text = " ".join(flat_text(item) for item in inside.read(note))
            pieces.notes.append(Para(text=f"{known} {text.strip()}", kind="footnote"))
        pieces.texts.append(known)

    def _read_drawn(self, drawn: Element, pieces: _Pieces) -> None:
        """Read the text boxes of a drawing; of alternatives for old and new programs, one."""
        for box in _boxes(drawn):
            pieces.boxes.extend(_apart(self).read(box))
        if drawn.tag == W + "object":
            self._find("embedded-object", "một đối tượng nhúng (bảng tính, hình vẽ …)", "an embedded object (a sheet, a drawing …)")

    def _read_table(self, table: Element) -> Grid:
        grid = table.find(W + "tblGrid")
        widths = tuple(whole(column.get(W + "w")) for column in grid.iterchildren(W + "gridCol")) if grid is not None else ()
        rows: list[list[Placed]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        heads = 0
        for row in _through(table, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            head = properties is not None and is_on(properties.find(W + "tblHeader"))
            heads += head and heads == len(rows)
            rows.append([])
            self._read_row(row, properties, rows, open_cells)
        return Grid(rows=tuple(map(tuple, rows)), heads=heads, widths=widths[:MAX_COLUMNS])

    def _read_row(
        self, row: Element, properties: Element | None, rows: list[list[Placed]], open_cells: dict[int, tuple[int, int]]
    ) -> None:
        before = properties.find(W + "gridBefore") if properties is not None else None
        column = max(0, min(whole(before.get(VAL)), MAX_COLUMNS)) if before is not None else 0
        fresh: dict[int, tuple[int, int]] = {}
        for cell in _through(row, W + "tc"):
            width, vertical, horizontal = _spans(cell.find(W + "tcPr"))
            if column + width > MAX_COLUMNS:
                width = max(1, MAX_COLUMNS - column)
            items = tuple(self.read(cell))
            covered = vertical == "continue" and column in open_cells and not any(flat_text(item).strip() for item in items)
            if covered:
                place = open_cells[column]
                above = rows[place[0]][place[1]]
                rows[place[0]][place[1]] = replace(above, height=len(rows) - place[0])
                fresh[column] = place
            elif horizontal == "continue" and rows[-1]:
                rows[-1][-1] = replace(rows[-1][-1], width=rows[-1][-1].width + width, items=rows[-1][-1].items + items)
            elif column < MAX_COLUMNS:
                if vertical is not None:
                    fresh[column] = (len(rows) - 1, len(rows[-1]))
                rows[-1].append(Placed(column=column, width=width, height=1, items=items))
            column += width
        open_cells.clear()
        open_cells.update(fresh)


def _apart(reader: _Reader) -> _Reader:
    """A reader of a note or text box: the same lists and notes, but no field or carried words of the text around it."""
    return replace(reader, fields=[], carried=None)


def _toggled(properties: Element, tag: str, inherited: bool) -> bool:
    found = properties.find(W + tag)
    return inherited if found is None else is_on(found)


def _through(parent: Element, wanted: str) -> Iterator[Element]:
    """Children of a kind, also where content controls and tracked insertions stand around them."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag == _SDT or child.tag in _THROUGH:
            yield from _through(child, wanted)


def _spans(properties: Element | None) -> tuple[int, str | None, str | None]:
    """Give a cell's width in grid columns, and its part in a vertical and a horizontal merge ("restart", "continue")."""
    if properties is None:
        return 1, None, None
    span, down, along = (properties.find(W + tag) for tag in ("gridSpan", "vMerge", "hMerge"))
    width = max(1, min(whole(span.get(VAL), 1), MAX_COLUMNS)) if span is not None else 1
    return width, _merge(down), _merge(along)


def _merge(element: Element | None) -> str | None:
    return None if element is None else str(element.get(VAL, "continue"))


def _boxes(drawn: Element) -> Iterator[Element]:
    if drawn.tag == _BOX:
        yield drawn
        return
    if drawn.tag == _ALTERNATE:
        for branch in (*drawn.iterchildren(_CHOICE), *drawn.iterchildren(_FALLBACK)):
            found = [box for child in branch for box in _boxes(child)]
            if found:
                yield from found
                return
        return
    for child in drawn:
        yield from _boxes(child)


def _is_contents(control: Element) -> bool:
    """A content control that holds the table of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(VAL) == "Table of Contents"
