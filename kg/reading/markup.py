"""Paragraphs and grids of a marked-up format (DOCX, HTML) → canonical text, blocks and tables.

The canonical text is written here, so it is clean: one paragraph a line with a blank line between, one cell a line
behind a tab with a blank line between rows, no soft hyphens, no zero-width or no-break spaces, NFC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.errors import InputError
from kg.reading.flow import read_passage
from kg.reading.furniture import mark_furniture
from kg.reading.grid import (
    Grid,
    Item,
    Para,
    Placed,
    Words,
    align_cells,
    cell_text,
    clean,
    flat_text,
    usual_row,
    widest_row,
)
from kg.reading.headers import has_header_word, is_header, is_plain_header
from kg.reading.layout import read_layout, read_lines
from kg.reading.lines import Line
from kg.reading.paragraphs import Habit, read_blocks, read_habit
from kg.reading.source import make_source
from kg.reading.stitch import stitch_tables
from kg.reading.tables import is_layout_table, native_row, native_table
from kg.reading.typed import Typed, find_typed, plain_text, take_typed, tidy_row
from kg.records import EMPTY, Block, BlockKind, Cell, Document, Finding, Passage, Span, Table

MAX_PLACES = 2_000_000
"""Rows times columns of a table; above it a file is hostile, not large."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIDE_BY_SIDE = re.compile(r"CỘNG H[ÒO]A XÃ|Độc lập\s*[-–]\s*Tự do|Nơi nhận\s*:|^\s*S[ốô]\s*:")
_NATION = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do")
_FURNITURE = re.compile(
    r"^\W*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự do|Nơi nhận\s*:|S[ốô]\s*:\s*\d*\s*/|(?:TM|KT|TL|TUQ)\s*\.\s*[A-ZĐÀ-Ỹ]{2})",
    re.MULTILINE,
)
_FURNITURE_ROWS = 6
_BLOCKS_IN_LAYOUT_CELL = 12
_LETTERHEAD_CHARACTERS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matrix:
    """A real table: each row with one entry a column, ``None`` where another cell covers it."""

    rows: list[Words]
    marked: int
    continues: bool = False
    """It goes on with the table before, and has no header of its own."""


def raise_digits(text: str) -> str:
    """Write a superscript number with superscript digits; other text stays.

    >>> raise_digits("12"), raise_digits("(*)")
    ('¹²', '(*)')
    """
    return text.translate(_SUPERSCRIPT) if text.strip().isdecimal() and text.isascii() else text


def format_number(number: int, form: str) -> str:
    """Write a list number: "decimal", "zero" (01), "upper-roman", "lower-roman", "upper-letter", "lower-letter".

    >>> [format_number(n, f) for n, f in ((4, "upper-roman"), (28, "lower-letter"), (7, "zero"))]
    ['IV', 'bb', '07']
    """
    number = max(0, min(number, 10_000))
    if form.endswith("roman"):
        roman = _roman(number)
        return roman if form[0] == "u" else roman.lower()
    if form.endswith("letter") and number:
        letter = chr(ord("A") + (number - 1) % 26) * min(5, 1 + (number - 1) // 26)
        return letter if form[0] == "u" else letter.lower()
    return f"{number:02d}" if form == "zero" else str(number)


def _roman(number: int) -> str:
    out: list[str] = []
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


def build_document(
    items: Sequence[Item], *, data: bytes, name: str, encoding: str, findings: tuple[Finding, ...] = ()
) -> Document:
    """Write the canonical text and read its blocks and tables.

    Raises:
        InputError: no paragraph and no cell has text.
    """
    pieces = list(take_typed(_dissolve(items, name)))
    text = plain_text(pieces)
    parts: Sequence[Block | Table]
    if text is not None:
        parts = read_layout(text)
    else:
        sheet = _Sheet.write(pieces)
        text, parts = sheet.text, stitch_tables(sheet.parts())
    if not text.strip():
        raise InputError(
            name,
            found="no text",
            expected="the text of a plan",
            remedy="if the file holds pictures of pages, run OCR on it first",
            vi="Tệp không có văn bản (có thể chỉ chứa ảnh); hãy nhận dạng chữ (OCR) rồi đưa lại",
        )
    source = make_source(data, name, text, encoding, form=encoding if encoding in ("docx", "xlsx") else "html")
    return Document(source=source, text=text, parts=mark_furniture(tuple(parts)), findings=findings)


def _dissolve(items: Iterable[Item], name: str) -> Iterator[Para | _Matrix]:
    """Give paragraphs and real tables in order; layout tables become the paragraphs of their cells."""
    above = 0
    for item in items:
        if isinstance(item, Para):
            above = 0 if _parts_tables(item) else above
            yield from _untab(item)
            continue
        for part in _dissolve_grid(item, name, above):
            yield part
            above = _columns_below(part, above)


def _parts_tables(para: Para) -> bool:
    """Whether a paragraph stands between two tables as their own; page numbers and what is empty do not."""
    return para.kind != "footnote" and any(map(str.isalpha, para.text))


def _columns_below(part: Para | _Matrix, above: int) -> int:
    """How many columns a table must have to go on with what was given so far: those of the last table; 0 for none."""
    if isinstance(part, Para):
        return 0 if _parts_tables(part) else above
    return len(part.rows[0]) if part.marked or part.continues else 0


def _untab(para: Para) -> Iterator[Para]:
    """Tabs are spaces, except where they set letterhead or signature side by side."""
    if "\t" in para.text and _SIDE_BY_SIDE.search(para.text) and not find_typed(para.text.split("\n")):
        para = replace(para, text=re.sub(r"\s*\t\s*", "\n", para.text))
    yield para


def _dissolve_grid(grid: Grid, name: str, above: int) -> Iterator[Para | _Matrix]:
    """Dissolve one table; ``above``: columns of the table right before it, 0 if there is none."""
    rows = [row for row in grid.rows if row]
    _refuse_flood(rows, name)
    if above and _goes_on(rows, grid, above):
        yield _Matrix(rows=align_cells(rows, [widest_row(rows)], grid.widths), marked=0, continues=True)
        yield from _notes(cell for row in rows for cell in row)
        return
    captions, rows, heads = _take_captions(rows, grid.heads)
    for caption in captions:
        yield from _dissolve(caption.items, name)
    if not rows:
        return
    probe = _cells_of([_words(row) for row in rows[:5]])
    if _is_layout(rows, probe):
        kind: BlockKind | None = "letterhead" if _is_letterhead(grid) else None
        for row in rows:
            for cell in row:
                for part in _dissolve(cell.items, name):
                    yield part if isinstance(part, _Matrix) or part.kind else replace(part, kind=kind)
        return
    marked = max(heads, _header_height(rows, probe[0]))
    yield _Matrix(rows=align_cells(rows, rows[:marked] or [usual_row(rows)], grid.widths), marked=marked if heads or is_header(probe[0]) else 0)
    yield from _notes(cell for row in rows for cell in row)


def _refuse_flood(rows: list[tuple[Placed, ...]], name: str) -> None:
    width = max((cell.column + cell.width for row in rows for cell in row), default=0)
    if len(rows) * width > MAX_PLACES:
        raise InputError(
            name,
            found=f"a table of {len(rows):,} rows and {width:,} columns",
            expected=f"at most {MAX_PLACES:,} places in a table",
            remedy="check that the file is a document; remove it from the folder otherwise",
            vi=f"Bảng quá lớn ({len(rows):,} dòng, {width:,} cột), không phải văn bản; hãy kiểm tra lại tệp",
        )


def _goes_on(rows: list[tuple[Placed, ...]], grid: Grid, above: int) -> bool:
    """Whether a table without a header of its own goes on with the one above: as many columns, and no letterhead or signature."""
    if grid.heads or not rows or _has_furniture(rows):
        return False
    return len(widest_row(rows)) == above and not is_plain_header(_cells_of([_words(rows[0])])[0])


def _take_captions(rows: list[tuple[Placed, ...]], heads: int) -> tuple[list[Placed], list[tuple[Placed, ...]], int]:
    """Set apart what stands above the header in rows of one cell: a caption, not a group of rows."""
    at = 0
    while at < min(4, len(rows)) and len(rows[at]) == 1:
        at += 1
    if 0 < at < len(rows) and (at <= heads or is_header(_cells_of([_words(rows[at])])[0])) and len(rows[at]) > 1:
        return [row[0] for row in rows[:at]], rows[at:], max(0, heads - at)
    return [], rows, heads


def _is_layout(rows: list[tuple[Placed, ...]], probe: list[list[Cell | None]]) -> bool:
    """Whether a grid only places text on the page: letterhead, signature, one column, or whole pages in its cells."""
    if max(map(len, rows)) <= 1 or not any(cell and cell.text for row in probe for cell in row):
        return True
    if len(rows) <= _FURNITURE_ROWS and sum(map(_names_column, probe[0])) < 3 and _has_furniture(rows):
        return True
    if is_header(probe[0]) and len(rows) > 1 and sum(bool(cell and cell.text) for cell in probe[0]) > 1:
        return False
    if len(rows) <= 4 and is_layout_table(probe):
        return True
    inner = [cell for row in rows for cell in row if any(isinstance(item, Grid) for item in cell.items)]
    return bool(inner) or any(len(cell.items) > _BLOCKS_IN_LAYOUT_CELL for row in rows[:4] for cell in row)


def _names_column(cell: Cell | None) -> bool:
    return cell is not None and len(cell.text) < 60 and has_header_word(cell.text)


def _has_furniture(rows: list[tuple[Placed, ...]]) -> bool:
    """Whether a paragraph of a cell opens as letterhead, recipients or signature do."""
    paras = (item for row in rows for cell in row for item in cell.items if isinstance(item, Para))
    return any(_FURNITURE.search(para.text) for para in paras)


def _is_letterhead(grid: Grid) -> bool:
    """A few short lines, the nation's name among them; not a page that has a letterhead somewhere."""
    text = flat_text(grid) if len(grid.rows) <= 4 else ""
    return len(clean(text)) < _LETTERHEAD_CHARACTERS and bool(_NATION.search(text))


def _header_height(rows: list[tuple[Placed, ...]], words: list[Cell | None]) -> int:
    """How many rows the header has: those that its tallest cell covers, if what they add stands under its broad cells."""
    if not is_header(words):
        return 0
    broad = [range(cell.column, cell.column + cell.width) for cell in rows[0] if cell.width > 1]
    height = min(4, len(rows), max(cell.height for cell in rows[0]))
    for index in range(1, height):
        if not all(any(cell.column in columns for columns in broad) for cell in rows[index]):
            return index
    return height


def _words(row: Iterable[Placed]) -> Words:
    return [cell_text(cell) for cell in row]


def _cells_of(rows: list[Words]) -> list[list[Cell | None]]:
    """Cells without offsets, for the rules that only look at words."""
    return [[None if text is None else Cell(passage=Passage(text=text)) for text in row] for row in rows]


def _notes(cells: Iterable[Placed]) -> Iterator[Para]:
    for cell in cells:
        for item in cell.items:
            if isinstance(item, Para):
                if item.kind == "footnote":
                    yield item
            else:
                yield from _notes(inner for row in item.rows for inner in row)


@dataclass(slots=True)
class _Sheet:
    """The canonical text as it is written, and what stands where on it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blank_at: int = 0
    placed: list[tuple[Para | Typed, list[Line]] | tuple[_Matrix, list[list[Span | None]]]] = field(default_factory=list)
    habit: Habit = field(default_factory=lambda: Habit(wrapped=False, blanks=True, width=0))

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @classmethod
    def write(cls, parts: list[Para | _Matrix | Typed]) -> _Sheet:
        """Write paragraphs and tables. Paragraphs that are wrapped lines (pasted text) are written as such lines."""
        sheet = cls()
        lines = {id(part): [clean(line) for line in part.text.split("\n")] for part in parts if isinstance(part, Para)}
        habit = read_habit([Line(0, 0, line) for part in parts for line in lines.get(id(part), ())])
        broken = sum(len([line for line in each if line]) > 1 for each in lines.values())
        pasted = habit.wrapped and broken < 0.2 * len(lines)
        if habit.wrapped:
            sheet.habit = habit if pasted else Habit(wrapped=True, blanks=True, width=habit.width)
        for part in parts:
            if isinstance(part, _Matrix):
                sheet._write_matrix(part)
            elif isinstance(part, Typed):
                sheet._gap(blank=True)
                sheet.placed.append((part, [sheet._write_line(tidy_row(line)) for line in part.lines]))
            elif any(lines[id(part)]):
                sheet._gap(blank=not pasted)
                sheet.placed.append((part, [sheet._write_line(line) for line in lines[id(part)] if line]))
            elif pasted:
                sheet._gap(blank=True)
        return sheet

    def _put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _gap(self, *, blank: bool) -> None:
        if blank and self.length > self.blank_at:
            self._put("\n")
            self.blank_at = self.length

    def _write_line(self, text: str) -> Line:
        line = Line(self.length, self.length + len(text), text)
        self._put(text)
        self._put("\n")
        return line

    def _write_matrix(self, matrix: _Matrix) -> None:
        spans: list[list[Span | None]] = []
        for row in matrix.rows:
            self._gap(blank=True)
            spans.append([None if text is None else self._write_cell(text) for text in row])
        self.placed.append((matrix, spans))

    def _write_cell(self, text: str) -> Span:
        if not text:
            return Span(self.length, self.length)
        self._put("\t")
        line = self._write_line(text)
        return Span(line.start, line.end)

    def parts(self) -> list[Block | Table]:
        """Read what was written."""
        text = self.text
        parts: list[Block | Table] = []
        plain: list[Line] = []
        for part, where in self.placed:
            if isinstance(part, Para) and not (part.bold or part.kind):
                plain.extend(line for line in where if isinstance(line, Line))
                continue
            parts.extend(read_blocks(text, plain, self.habit))
            plain = []
            if isinstance(part, Para):
                parts.extend(self._read_para(text, part, [line for line in where if isinstance(line, Line)]))
            elif isinstance(part, Typed):
                parts.extend(read_lines(text, [line for line in where if isinstance(line, Line)], self.habit))
            else:
                parts.extend(_read_matrix(text, part, [row for row in where if isinstance(row, list)], self.habit))
        parts.extend(read_blocks(text, plain, self.habit))
        return parts

    def _read_para(self, text: str, para: Para, lines: list[Line]) -> list[Block]:
        if para.kind == "footnote":
            return [Block(kind="footnote", passage=read_passage(text, lines[0].start, lines[-1].end))]
        blocks = read_blocks(text, lines, self.habit)
        if para.kind:
            return [replace(block, kind=para.kind) for block in blocks]
        return [
            replace(block, bold=True, kind="heading" if block.kind == "paragraph" and len(block.text) < 400 else block.kind)
            for block in blocks
        ]


def _read_matrix(text: str, matrix: _Matrix, where: list[list[Span | None]], habit: Habit) -> Sequence[Block | Table]:
    """Read a table; one that turns out to have a single column as paragraphs."""
    rows = [[None if span is None else _read_cell(text, span) for span in row] for row in where]
    spans = [span for row in where for span in row if span and span.start < span.end]
    span = Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
    if spans and matrix.continues:
        return [Table(header=(), rows=tuple(native_row(row) for row in rows if any(cell and cell.text for cell in row)), span=span, layout="native")]
    table = native_table(rows, matrix.marked, span) if spans else None
    return [table] if table else read_blocks(text, [Line(*span, text[span.start : span.end]) for span in spans], habit)


def _read_cell(text: str, span: Span) -> Cell:
    return Cell(passage=read_passage(text, span.start, span.end) if span.start < span.end else EMPTY)
