"""PDF → Document.

Reads: the bytes of a PDF. Gives: the same model as the text readers. The canonical text is the document's own words in
reading order, one line a paragraph or cell; page numbers, running titles and the wrapping of lines are no part of it.
Pages that are pictures are recognised where Tesseract is installed; a scan without it is an ``InputError`` that says how
to get it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any

from kg.errors import InputError, MissingToolError
from kg.reading.canonical import tidy_signs
from kg.reading.furniture import mark_furniture
from kg.reading.limits import MAX_LETTERS, MAX_PAGES, MAX_PDF_BYTES, PDF_SECONDS
from kg.reading.lines import MARK, read_mark
from kg.reading.ocr import available
from kg.reading.ocr_mend import mend_scan
from kg.reading.ocr_pool import read_scans
from kg.reading.paragraphs import is_upper
from kg.reading.pdf_stitch import continue_table
from kg.reading.pdf_unicode import pages_to_unicode
from kg.reading.pdf_worker import WORKER, WorkerEnded
from kg.reading.source import make_source
from kg.reading.stitch import stitch_tables
from kg.reading.tables import native_table
from kg.records import (
    EMPTY,
    Block,
    BlockKind,
    Cell,
    Document,
    Finding,
    Passage,
    Run,
    Span,
    Table,
    join_passages,
)

_END = re.compile(r"[.;:!?…]['\"”’)\]¹²³⁴⁵⁶⁷⁸⁹⁰]*$")
_FOOTNOTE = re.compile(r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{1,2}\])\s*\S")


def read_pdf(data: bytes, name: str, *, seconds: float = PDF_SECONDS) -> Document:
    """Read a PDF.

    Args:
        data: the file.
        name: what the document's source is called.
        seconds: how long reading may take before it is given up; pages that are pictures have a limit each.

    Raises:
        InputError: no PDF, broken, locked, too large, too slow, or a scan that cannot be recognised.
    """
    if len(data) > MAX_PDF_BYTES:
        raise _error(name, "size", f"{len(data):,} bytes")
    if b"%PDF-" not in data[:1024]:
        raise _error(name, "broken", "bytes that do not begin as a PDF does")
    answer = _ask(data, name, seconds)
    found, scans = answer["blank"], {}
    if found and available().ready:
        scans = read_scans(data, [number - 1 for number in found], available().program)
        read = {index: scan for index, scan in scans.items() if "error" not in scan}
        answer = _ask(data, name, seconds, {"scans": read}) if read else answer
    count, blank, lost = len(answer["pages"]), answer["blank"], answer["lost"]
    if count == 0 or len(lost) == count:
        raise _error(name, "broken", f"{count} pages, none of which can be read")
    if answer["letters"] < 20 * count and (len(blank) + len(lost) > count / 2 or answer["letters"] == 0):
        what = f"{answer['letters']} letters on {count} pages, {len(blank)} of them pictures"
        raise scan_error(name, what) if not available().ready else _error(name, "unread", what)
    return assemble(data, name, answer, scans)


def read_picture(data: bytes, name: str, *, seconds: float = PDF_SECONDS) -> Document:
    """Read a scan that was saved as a picture (PNG, JPEG, TIFF of one page or several).

    Raises:
        InputError: Tesseract is not there, or it is no picture that can be read.
    """
    if not available().ready:
        raise scan_error(name, "a picture")
    try:
        answer = WORKER.ask(data, seconds, {"bind": True})
    except WorkerEnded as ended:
        raise _error(name, "late" if ended.late else "crash", "a picture that cannot be opened") from ended
    if "error" in answer:
        raise _error(name, answer["error"], str(answer.get("found", "")))
    document = read_pdf(base64.b64decode(answer["pdf"]), name, seconds=seconds)
    source = replace(document.source, file_sha256=hashlib.sha256(data).hexdigest(), encoding="picture", size=len(data))
    return replace(document, source=source)


def _ask(data: bytes, name: str, seconds: float, task: dict[str, Any] | None = None) -> dict[str, Any]:
    try:
        answer = WORKER.ask(data, seconds, task)
    except WorkerEnded as ended:
        raise _error(name, "late" if ended.late else "crash", f"no end after {seconds:g} s" if ended.late else "a crash") from ended
    if "error" in answer:
        raise _error(name, answer["error"], str(answer.get("found", "")))
    return answer


def assemble(data: bytes, name: str, answer: dict[str, Any], scans: dict[int, dict[str, Any]]) -> Document:
    """Put the pieces of all pages together as a document; ``answer`` is what the worker gave, ``scans`` what was recognised."""
    draft = _Draft()
    pages, converted = pages_to_unicode(answer["pages"])
    for pieces in pages:
        draft.add_page(pieces)
    text = "".join(draft.text)
    findings = list(converted)
    findings += [_lost_page(number) for number in answer["lost"]]
    findings += [_unread_page(number, scans.get(number - 1)) for number in answer["blank"]]
    findings += [_attached(answer["attached"])] if answer["attached"] else []
    source = make_source(data, name, text, "pdf", form="scan" if draft.sure else "pdf", pages=tuple(draft.pages), sure=tuple(draft.sure))
    parts = mark_furniture(tuple(stitch_tables(draft.parts)))
    document = Document(source=source, text=text, parts=parts, findings=tuple(findings))
    return mend_scan(document, scans) if any("error" not in scan for scan in scans.values()) else document


@dataclass(slots=True)
class _Draft:
    """The canonical text and the parts so far; ``last`` is the paragraph that the next page may go on with."""

    text: list[str] = field(default_factory=list)
    at: int = 0
    parts: list[Block | Table] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    last: tuple[int, bool] | None = None
    edges: list[float] = field(default_factory=list)
    sure: list[tuple[int, int]] = field(default_factory=list)

    def add_page(self, pieces: list[Any]) -> None:
        """Add a page's pieces; the first paragraph may go on in the last of the page above."""
        self.pages.append(self.at)
        for index, piece in enumerate(pieces):
            if isinstance(piece[0], list):
                self._add_table(*piece, opens=index == 0)
            else:
                self._add_paragraph(piece, opens=index == 0)

    def _put(self, line: str, sure: Sequence[Sequence[int]] = ()) -> Passage:
        start = self.at
        if sure or self.sure:
            self._note(line, sure)
        self.text.append(line + "\n")
        self.at += len(line) + 1
        return _passage(line, start)

    def _note(self, line: str, sure: Sequence[Sequence[int]]) -> None:
        """Note how surely each stretch of a line was recognised."""
        at = 0
        for length, percent in sure or ((0, 100),):
            if not self.sure or self.sure[-1][1] != percent:
                self.sure.append((self.at + at, percent))
            left = length
            while left > 0 and at < len(line):
                left -= line[at] != " "
                at += 1

    def _add_paragraph(self, piece: list[Any], *, opens: bool) -> None:
        line, bold, small, full, flush, sure = piece
        if not any(map(str.isalnum, line)):
            return
        passage = self._put(line, sure)
        if opens and self.last is not None and not small and self._goes_on(line, bold, flush):
            index = self.last[0]
            above = self.parts[index]
            if isinstance(above, Block):
                self.parts[index] = _block(above, join_passages([above.passage, passage]))
                self.last = (index, full)
                return
        block = read_block(passage, bold=bold, small=small)
        self.parts.append(block)
        if block.kind != "footnote":
            self.last = (len(self.parts) - 1, full)

    def _goes_on(self, line: str, bold: bool, flush: bool) -> bool:
        index, full = self.last or (0, False)
        above = self.parts[index]
        if not isinstance(above, Block) or MARK.match(line) or above.bold != bold or above.kind == "heading":
            return False
        if _END.search(above.text) and not (above.text.endswith(";") and line[:1].islower()):
            return False
        return line[:1].islower() or above.text.endswith(",") or (full and (flush or above.kind == "bullet"))

    def _add_table(
        self, edges: list[float], rows: list[list[str | None]], sure: Sequence[Sequence[Sequence[int]]], *, opens: bool
    ) -> None:
        start = self.at
        known = iter(sure) if sure else repeat(())
        cells: list[list[Cell | None]] = [
            [None if text is None else Cell(passage=self._put(text, own) if text else EMPTY) for text, own in zip(row, known, strict=False)]
            for row in rows
        ]
        cells = [_heading_row(row) for row in cells]
        table = native_table(cells, 0, Span(start, max(start, self.at - 1)))
        if table is None:
            texts = [cell.passage for entries in cells for cell in entries if cell and cell.text]
            self.parts.extend(read_block(passage, bold=False, small=False) for passage in texts)
        else:
            place = next((at for at in range(len(self.parts) - 1, -1, -1) if not _is_note(self.parts[at])), None)
            above = self.parts[place] if place is not None else None
            if opens and place is not None and isinstance(above, Table) and _meets(self.edges, edges):
                joined = continue_table(above, table)
                if joined is not None:
                    self.parts[place] = joined
                    return
            self.parts.append(table)
            self.edges = edges
        self.last = None


def _heading_row(row: list[Cell | None]) -> list[Cell | None]:
    """A code and a heading merged over most columns: an empty cell beside them is none of the row's."""
    merged = sum(cell is None for cell in row)
    if 2 * merged < len(row) or any(cell and cell.text for cell in row[2:]):
        return row
    return [*row[:2], *[None] * (len(row) - 2)]


def _is_note(part: Block | Table) -> bool:
    return isinstance(part, Block) and part.kind == "footnote"


def _meets(above: list[float], below: list[float]) -> bool:
    """Whether two tables have the same columns, by their inner borders."""
    return len(above) == len(below) and all(abs(a - b) < 12 for a, b in zip(above[1:-1], below[1:-1], strict=True))


def _block(old: Block, passage: Passage) -> Block:
    return Block(kind=old.kind, passage=passage, marker=old.marker, level=old.level, bold=old.bold)


def _passage(line: str, start: int) -> Passage:
    """A line of the canonical text as a passage; white space at its ends is not there by construction."""
    if not line:
        return EMPTY
    return Passage(text=line, spans=(Span(start, start + len(line)),), runs=(Run(0, start, len(line)),))


def read_block(passage: Passage, *, bold: bool, small: bool) -> Block:
    """Read one paragraph: its mark, level and kind."""
    if _FOOTNOTE.match(passage.text) or small:
        return Block(kind="footnote", passage=passage)
    mark, level, cut = read_mark(passage.text)
    body = passage.slice(cut, len(passage.text)) if cut else passage
    if mark is not None and not body.text:
        return Block(kind="paragraph", passage=passage, bold=bold)
    return Block(kind=_kind(body.text, level, bold=bold), passage=body, marker=mark, level=level, bold=bold)


def _kind(text: str, level: int, *, bold: bool) -> BlockKind:
    if level >= 6:
        return "bullet"
    if is_upper(text, 0.85) or (bold and len(text) < 400):
        return "heading"
    return "paragraph"


def _lost_page(number: int) -> Finding:
    return Finding(
        code="page-not-read", severity="error",
        vi=f"Trang {number} bị hỏng, không đọc được; hãy kiểm tra tệp gốc",
        en=f"Page {number} is broken and was not read; check the original file",
    )


def _attached(names: list[str]) -> Finding:
    shown = ", ".join(tidy_signs(" ".join(name.split())) for name in names)
    return Finding(
        code="attachment-not-read", severity="warning",
        vi=f"Tệp PDF có tệp đính kèm bên trong chưa được đọc: {shown}; hãy lưu chúng ra thành tệp riêng trong cùng thư mục",
        en=f"The PDF holds files that were not read: {shown}; save them as files of their own in the same folder",
    )


def _unread_page(number: int, scan: dict[str, Any] | None) -> Finding:
    """Name a page that is a picture: Tesseract failed on it, or is not there."""
    if scan is not None:
        return Finding(
            code="page-not-recognised", severity="error",
            vi=f"Trang {number} là ảnh, nhận dạng chữ không xong; hãy quét lại trang này rõ hơn",
            en=f"Page {number} is a picture and could not be recognised in time; scan it anew",
        )
    engine = available()
    return Finding(
        code="page-without-text", severity="warning",
        vi=f"Trang {number} là ảnh, không có lớp chữ; nội dung trang này chưa được đọc: {engine.vi}",
        en=f"Page {number} is a picture without text; what it says was not read: {engine.en}",
    )


def scan_error(name: str, found: str) -> MissingToolError:
    """Say of a scan that it needs Tesseract, and how to get it on this system."""
    engine = available()
    return MissingToolError(
        name, found=found, expected="a text layer, or Tesseract with Vietnamese to recognise it",
        remedy=f"{engine.en}, and run this again; or get the DOCX from the issuer",
        vi=f"Tệp là bản quét (ảnh), không có lớp chữ; {engine.vi}, rồi chạy lại; hoặc xin bản DOCX của cơ quan ban hành",
    )


_ERRORS: dict[str, tuple[str, str, str, str]] = {
    "size": (
        "", f"at most {MAX_PDF_BYTES:,} bytes", "split the file, or save it with smaller pictures",
        "Tệp PDF quá lớn; hãy tách tệp hoặc giảm dung lượng ảnh",
    ),
    "broken": ("a broken PDF", "a PDF that opens", "open and save it anew in a PDF program", "Tệp không phải PDF hoặc đã hỏng; hãy mở và lưu lại"),
    "password": (
        "a PDF locked with a password", "a PDF that opens without one", "save it without password",
        "Tệp PDF có mật khẩu; hãy lưu lại bản không có mật khẩu",
    ),
    "pages": ("", f"at most {MAX_PAGES:,} pages", "split the file", "Tệp PDF có quá nhiều trang; hãy tách tệp"),
    "letters": ("", f"at most {MAX_LETTERS:,} letters", "split the file", "Tệp PDF có quá nhiều chữ; hãy tách tệp"),
    "memory": ("a PDF that needs too much memory", "a plan of usual size", "save it anew, or split it", "Đọc tệp PDF này cần quá nhiều bộ nhớ; hãy lưu lại hoặc tách tệp"),
    "late": ("", "a file that can be read in time", "save it anew, or split it", "Đọc tệp PDF này quá lâu nên đã dừng; hãy lưu lại hoặc tách tệp"),
    "crash": ("", "a PDF that the reader can open", "save it anew in a PDF program", "Bộ đọc PDF bị lỗi với tệp này; hãy mở và lưu lại tệp"),
    "picture": (
        "", "a picture of at most 3,000 pages and 100 million pixels each", "save it anew as PDF, PNG or JPEG",
        "Không mở được tệp ảnh; hãy lưu lại thành PDF, PNG hoặc JPEG",
    ),
    "unread": (
        "", "pages that can be recognised", "scan it anew, straight and at 300 dpi, or get the DOCX from the issuer",
        "Tệp là bản quét nhưng không nhận dạng được chữ; hãy quét lại thẳng, rõ (300 dpi) hoặc xin bản DOCX của cơ quan ban hành",
    ),
}


def _error(name: str, code: str, found: str) -> InputError:
    usual, expected, remedy, vi = _ERRORS[code]
    return InputError(name, found=found or usual, expected=expected, remedy=remedy, vi=vi)
