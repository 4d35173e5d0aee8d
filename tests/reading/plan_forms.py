"""A plan that was read, set again as a DOCX file or a web page; used by the tests of this folder."""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from kg.extraction import extract
from kg.records import Block, Cell, Document, Table
from kg.records_json import extraction_to_json

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def records(document: Document) -> dict[str, Any]:
    """What a document says, evidence apart."""
    whole = extraction_to_json(extract(document))
    whole["findings"] = [finding["code"] for finding in whole["findings"]]
    return {key: _bare(value) for key, value in whole.items() if key not in ("file", "source")}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key != "spans"}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def typed_mark(block: Block) -> str:
    mark = block.marker
    if mark is None:
        return ""
    if block.level == 5:
        return f"({mark}) " if mark.isdigit() else f"{mark}) "
    return f"{mark} " if block.level >= 6 else f"{mark}. "


def groups(document: Document) -> Iterator[tuple[str, list[Any]]]:
    """Runs of parts that are set alike: "letterhead", "foot" (recipients and signature), "table", "text"."""

    def kind(part: Block | Table) -> str:
        if isinstance(part, Table):
            return "table"
        return {"letterhead": "letterhead", "recipients": "foot", "signature": "foot"}.get(part.kind, "text")

    for name, parts in groupby(document.parts, key=kind):
        yield name, list(parts)


def covers(rows: Sequence[Sequence[Cell | None]]) -> tuple[list[dict[int, list[int]]], set[int]]:
    """Say for each cell how far it reaches: {column: [columns, rows]} a row, and which rows are one cell across.

    A place without a cell is covered by the cell above, or else by the one to its left.
    """
    spans: list[dict[int, list[int]]] = []
    across: set[int] = set()
    above: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        spans.append({})
        filled = [column for column, cell in enumerate(row) if cell is not None]
        if len(filled) == 1:
            spans[-1][0] = [len(row), 1]
            across.add(index)
            above = {}
            continue
        if len(row) > 3 and filled == [0, 1]:  # a group's code and heading
            above = {}
        left: int | None = None
        for column, cell in enumerate(row):
            if cell is not None:
                spans[-1][column] = [1, 1]
                above[column] = (index, column)
                left = column
            elif column in above:
                top, first = above[column]
                spans[top][first][1] = index - top + 1
                left = None
            elif left is not None:
                spans[-1][left][0] += 1
            else:
                spans[-1][column] = [1, 1]
    return spans, across


def table_rows(table: Table) -> list[tuple[Cell | None, ...]]:
    header = [tuple(cell or Cell(passage=table.rows[0].cells[0].passage.slice(0, 0)) for cell in table.header)] if table.header else []
    return [*header, *(row.cells for row in table.rows)]


def cell_text(row: Sequence[Cell | None], column: int, *, across: bool) -> str:
    cell = next(each for each in row if each is not None) if across else row[column]
    return cell.text if cell is not None else ""


# --- HTML ---------------------------------------------------------------------------------------------------------


def as_html(document: Document, *, portal: bool = False) -> bytes:
    """Set a plan as a web page; as a legal portal does: inside of layout tables, with the site's text around it."""
    out: list[str] = []
    for name, parts in groups(document):
        if name == "table":
            out.append(_html_table(parts[0]))
        elif name == "letterhead":
            right = "".join(f"<p><b>{line}</b></p>" for line in NATION)
            own = "".join(f"<p>{html.escape(block.text)}</p>" for block in parts)
            out.append(f"<table width=100%><tr><td>{own}<td>{right}</table>")
        elif name == "foot":
            signed = next((i for i, block in enumerate(parts) if block.kind == "signature"), len(parts))
            left, right = (_html_blocks(side) for side in (parts[:signed], parts[signed:]))
            out.append(f"<table><tr><td valign=top>{left}</td><td>{right}</td></tr></table>")
        else:
            out.append(_html_blocks(parts))
    body = "\n".join(out)
    if portal:
        body = _PORTAL.replace("@@", body)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Kế hoạch</title></head><body>{body}</body></html>".encode()


_PORTAL = """<div id=top><script>document.write("Sở Y tế chủ trì")</script><nav><ul><li>Trang chủ<li>Văn bản<li>Đăng nhập</ul></nav>
<form action="/search"><input name=q value="kế hoạch"><select><option>Kế hoạch<option>Quyết định</select></form></div>
<form id=aspnetForm><table class=page><tr><td class=menu><a href="#">Công văn</a><br><a href="#">Tiêu chuẩn Việt Nam</a></td>
<td><div class=tabs>Tóm tắt | Nội dung | Lược đồ</div><div class=content><div style="display: none">Sở Tư pháp chủ trì</div>@@</div></td></tr>
</table></form><footer>© Cổng thông tin điện tử. Giấy phép số 99/GP-TTĐT ngày 01/01/2020.</footer>"""


def _html_blocks(blocks: Sequence[Block]) -> str:
    """Paragraphs; those with a dash or plus as items of lists, others with their marks typed."""
    out: list[str] = []
    depth = 0
    for block in blocks:
        wanted = {"-": 1, "+": 2}.get(block.marker or "", 0)
        while depth > wanted:
            out.append("</ul>")
            depth -= 1
        while depth < wanted:
            out.append("<ul>")
            depth += 1
        text = html.escape(block.text)
        text = f"<strong>{text}</strong>" if block.bold else text
        out.append(f"<li>{text}" if wanted else f"<p>{typed_mark(block)}{text}</p>")
    return "\n".join([*out, *["</ul>"] * depth])


def _html_table(table: Table) -> str:
    rows = table_rows(table)
    spans, across = covers(rows)
    out: list[str] = []
    for index, (row, cells) in enumerate(zip(rows, spans, strict=True)):
        out.append("<tr>")
        for column, (width, height) in cells.items():
            spanned = (f" colspan={width}" if width > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
            out.append(f"<td{spanned}><p>{html.escape(cell_text(row, column, across=index in across))}</p></td>")
        out.append("</tr>\n")
    return "<table border=1>" + "".join(out) + "</table>"


# --- XLSX ---------------------------------------------------------------------------------------------------------


def as_xlsx(document: Document) -> bytes:
    """Set a plan as one sheet: paragraphs merged over all columns, tables with their merged cells."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    wide = max(len(part.rows[0].cells) for part in document.parts if isinstance(part, Table))
    at = 1
    for part in document.parts:
        if isinstance(part, Block):
            sheet.cell(at, 1).value = typed_mark(part) + part.text
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=wide)
            at += 1
            continue
        rows = table_rows(part)
        spans, across = covers(rows)
        for index, (row, cells) in enumerate(zip(rows, spans, strict=True)):
            for column, (width, height) in cells.items():
                sheet.cell(at + index, column + 1).value = cell_text(row, column, across=index in across)
                if width > 1 or height > 1:
                    sheet.merge_cells(start_row=at + index, start_column=column + 1, end_row=at + index + height - 1, end_column=column + width)
        at += len(rows) + 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# --- DOCX ---------------------------------------------------------------------------------------------------------


def as_docx(document: Document, *, computed: bool = False, tables: Callable[[Any, Table], None] | None = None) -> bytes:
    """Set a plan as a Word document, its list marks typed, or computed by Word's numbering; its tables as ``tables`` writes them."""
    import docx

    word = docx.Document()
    lists = _WordLists(word) if computed else None
    for name, parts in groups(document):
        if name == "table":
            (tables or _word_table)(word, parts[0])
        elif name == "letterhead":
            cells = word.add_table(1, 2).rows[0].cells
            _word_blocks(cells[0], parts, None)
            for line in NATION:
                cells[1].add_paragraph().add_run(line).bold = True
        elif name == "foot":
            signed = next((i for i, block in enumerate(parts) if block.kind == "signature"), len(parts))
            cells = word.add_table(1, 2).rows[0].cells
            _word_blocks(cells[0], parts[:signed], lists)
            _word_blocks(cells[1], parts[signed:], lists)
        else:
            _word_blocks(word, parts, lists)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _word_blocks(parent: Any, blocks: Sequence[Block], lists: _WordLists | None) -> None:
    for block in blocks:
        paragraph = parent.add_paragraph()
        mark = "" if lists is not None and lists.number(paragraph, block) else typed_mark(block)
        paragraph.add_run(mark + block.text).bold = block.bold or None


def _word_table(word: Any, table: Table) -> None:
    rows = table_rows(table)
    spans, across = covers(rows)
    grid = word.add_table(len(rows), len(rows[0]))
    places = [list(row.cells) for row in grid.rows]
    for index, (row, cells) in enumerate(zip(rows, spans, strict=True)):
        for column, (width, height) in cells.items():
            cell = places[index][column]
            if width > 1 or height > 1:
                cell = cell.merge(places[index + height - 1][column + width - 1])
            cell.text = cell_text(row, column, across=index in across)


class _WordLists:
    """One list of many levels; where the plan's count differs from Word's, a list that starts at the plan's."""

    LEVELS = ("upperRoman:%1.", "decimal:%2.", "decimal:%2.%3.", "lowerLetter:%4)", "decimal:(%5)", "bullet:-", "bullet:+")

    def __init__(self, word: Any) -> None:
        self.root = word.part.numbering_part.element
        self.counts = [0] * len(self.LEVELS)
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for i, (form, text) in enumerate(level.split(":") for level in self.LEVELS)
        )
        self.root.insert(0, self._xml(f'<w:abstractNum @ w:abstractNumId="900">{levels}</w:abstractNum>'))
        self.next = 900
        self._add_num(None)

    def _xml(self, text: str) -> Any:
        from docx.oxml import parse_xml

        return parse_xml(text.replace("@", 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'))

    def _add_num(self, start: tuple[int, int] | None) -> None:
        self.next += 1
        override = "" if start is None else f'<w:lvlOverride w:ilvl="{start[0]}"><w:startOverride w:val="{start[1]}"/></w:lvlOverride>'
        self.root.append(self._xml(f'<w:num @ w:numId="{self.next}"><w:abstractNumId w:val="900"/>{override}</w:num>'))

    def number(self, paragraph: Any, block: Block) -> bool:
        """Have Word number the paragraph; ``False`` where its mark must be typed."""
        place = self._place(block)
        if place is None:
            return False
        level, value = place
        if level < 5 and value != self.counts[level] + 1:
            self._add_num((level, value))
        self.counts[level] = value
        self.counts[level + 1 :] = [0] * (len(self.counts) - level - 1)
        numbering = self._xml(f'<w:numPr @><w:ilvl w:val="{level}"/><w:numId w:val="{self.next}"/></w:numPr>')
        paragraph._p.get_or_add_pPr().append(numbering)
        return True

    def _place(self, block: Block) -> tuple[int, int] | None:
        mark = block.marker
        if mark is None or block.level == 4:
            return None
        if block.level >= 6:
            return ({"-": 5, "+": 6}[mark], 1) if mark in ("-", "+") else None
        if block.level == 1:
            values = [_ROMAN[letter] for letter in mark]
            return 0, sum(-v if v < max([0, *values[i + 1 :]]) else v for i, v in enumerate(values))
        if block.level == 2:
            return 1, int(mark)
        if block.level == 3:
            parent, child = map(int, mark.split("."))
            return (2, child) if parent == self.counts[1] else None
        if mark.isdigit():
            return 4, int(mark)
        return None if mark == "đ" or mark > "đ" else (3, ord(mark) - ord("a") + 1)
