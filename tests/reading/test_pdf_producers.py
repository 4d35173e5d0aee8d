"""PDFs as programs write them: borders as one path, as strokes, letters placed one by one, type of no stated height, tables without rules over pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from kg.extraction import extract
from kg.reading.pdf import read_pdf
from kg.reading.pdf_tables import merge_rules
from kg.reading.pdf_text import read_page
from tests.reading.test_pdf import CELL, HEADER, ROWS, blocks, only_table, texts

WIDTHS = (36, 190, 130, 150, 80, 160)
LEFT, PITCH, SIZE = 40.0, 12.0, 9.0
Line = tuple[float, float, float, float]


def wrap(text: str, width: float) -> list[str]:
    """Words in lines that fill a cell up to its borders: white alone does not part the columns."""
    lines = [""]
    for word in text.split():
        wider = f"{lines[-1]} {word}".strip()
        if lines[-1] and stringWidth(wider, CELL.fontName, SIZE) > width - 3:
            lines.append(word)
        else:
            lines[-1] = wider
    return lines


def as_words(canvas: Canvas, x: float, y: float, line: str) -> None:
    canvas.drawString(x, y, line)


def as_letters(canvas: Canvas, x: float, y: float, line: str) -> None:
    """Each letter a text of its own; spaces are gaps."""
    for letter in line:
        if letter != " ":
            canvas.drawString(x, y, letter)
        x += stringWidth(letter, CELL.fontName, SIZE)


def one_by_one(canvas: Canvas, borders: Iterable[Line]) -> None:
    for border in borders:
        canvas.line(*border)


def as_one_path(canvas: Canvas, borders: Iterable[Line]) -> None:
    path = canvas.beginPath()
    for x0, y0, x1, y1 in borders:
        path.moveTo(x0, y0)
        path.lineTo(x1, y1)
    canvas.drawPath(path, stroke=1, fill=0)


def as_filled_bars(canvas: Canvas, borders: Iterable[Line]) -> None:
    path = canvas.beginPath()
    for x0, y0, x1, y1 in borders:
        path.rect(x0, min(y0, y1), max(0.5, x1 - x0), max(0.5, abs(y1 - y0)))
    canvas.drawPath(path, stroke=0, fill=1)


def as_dashes(canvas: Canvas, borders: Iterable[Line]) -> None:
    for x0, y0, x1, y1 in borders:
        long = max(x1 - x0, abs(y1 - y0))
        for at in range(0, int(long), 3):
            if x1 > x0:
                canvas.line(x0 + at, y0, min(x1, x0 + at + 2), y0)
            else:
                canvas.line(x0, max(y0, y1) - at, x0, max(min(y0, y1), max(y0, y1) - at - 2))


def as_dots(canvas: Canvas, borders: Iterable[Line]) -> None:
    path = canvas.beginPath()
    for x0, y0, x1, y1 in borders:
        long = max(x1 - x0, abs(y1 - y0))
        for at in range(0, int(long) + 1, 2):
            path.rect(x0 + at if x1 > x0 else x0, y0 if x1 > x0 else max(y0, y1) - at, 0.5, 0.5)
    canvas.drawPath(path, stroke=0, fill=1)


def draw(write: Callable[[Canvas, float, float, str], None], borders: Callable[[Canvas, Iterable[Line]], None]) -> bytes:
    """Draw a page with the table of the tests, in type and borders of a kind."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=landscape(A4))
    canvas.setFont(CELL.fontName, SIZE)
    y, places = 500.0, [LEFT]
    for width in WIDTHS:
        places.append(places[-1] + width)
    lines: list[Line] = [(LEFT, y, places[-1], y)]
    top = y
    for row in (HEADER, *ROWS):
        wrapped = [wrap(text, width) for text, width in zip(row, WIDTHS, strict=True)]
        for x, cell in zip(places, wrapped, strict=False):
            for at, line in enumerate(cell):
                write(canvas, x + 1.5, y - 11 - at * PITCH, line)
        y -= max(map(len, wrapped)) * PITCH + 6
        lines.append((LEFT, y, places[-1], y))
    lines += [(x, top, x, y) for x in places]
    borders(canvas, lines)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.mark.parametrize("borders", [one_by_one, as_one_path, as_filled_bars, as_dashes, as_dots], ids=lambda each: each.__name__)
@pytest.mark.parametrize("write", [as_words, as_letters], ids=lambda each: each.__name__)
def test_borders_and_letters_as_programs_draw_them(write, borders):
    data = draw(write, borders)
    with pypdfium2.PdfDocument(data) as document:
        page = read_page(document, 0)
    assert [round(rule.at - LEFT) for rule in merge_rules(page.down)] == [sum(WIDTHS[:at]) for at in range(len(WIDTHS) + 1)]
    assert len(merge_rules(page.across)) == len(ROWS) + 2
    table = only_table(read_pdf(data, "plan.pdf"))
    assert texts(table.header) == HEADER
    assert [texts(row.cells) for row in table.rows] == ROWS


def unruled(pages: list[list[list[tuple[int, str]]]], foot: list[str] | None = None) -> bytes:
    """Draw pages of lines without rules: each line a list of (column, text); columns are 100 points apart, the first 50."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for number, page in enumerate(pages):
        canvas.setFont(CELL.fontName, SIZE)
        y = 780.0
        for line in page:
            y -= PITCH if line else PITCH * 0.8
            for column, text in line:
                canvas.drawString(50 if column == 0 else 100 * column, y, text)
        for text in foot or [] if number == len(pages) - 1 else []:
            y -= 2 * PITCH
            canvas.drawString(50, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


HEAD_LINE = [(0, "TT"), (1, "Nhiệm vụ"), (2, "Chủ trì"), (3, "Phối hợp"), (4, "Thời gian")]
FULL_LINE = "Tổ chức nào gặp khó khăn khi thực hiện thì báo cáo ngay về Sở Nội vụ để tổng hợp và trình cấp trên xem xét."


def test_a_table_without_rules_goes_on_over_a_page_that_shows_one_of_its_columns():
    first = [HEAD_LINE, [], [(0, "1"), (1, "Lập danh mục"), (2, "Sở Nội vụ"), (3, "Sở Tài chính"), (4, "2026")], [(1, "phòng đọc")],
             [], [(0, "2"), (1, "Số hóa sách"), (2, "Sở Y tế"), (3, "Sở Tư pháp"), (4, "2027")], [(1, "quý và tư")]]  # fmt: skip
    second = [[(1, "liệu cổ của")], [(1, "thư viện")]]
    third = [[(1, "tỉnh theo lộ trình")], [], [(0, "3"), (1, "Tổng kết"), (2, "Sở Nội vụ"), (3, "Sở Y tế"), (4, "2030")], [(1, "Kế hoạch")]]
    document = read_pdf(unruled([first, second, third], [FULL_LINE]), "plan.pdf")
    names = [texts(row.cells)[1] for row in only_table(document).rows]
    assert names == ["Lập danh mục phòng đọc", "Số hóa sách quý và tư liệu cổ của thư viện tỉnh theo lộ trình", "Tổng kết Kế hoạch"]
    assert blocks(document) == [FULL_LINE]


def test_what_stands_below_a_table_on_a_page_of_its_own_is_no_row():
    first = [HEAD_LINE, [], [(0, "1"), (1, "Lập danh mục"), (2, "Sở Nội vụ"), (3, "Sở Tài chính"), (4, "2026")], [(1, "phòng đọc")],
             [], [(0, "2"), (1, "Số hóa sách"), (2, "Sở Y tế"), (3, "Sở Tư pháp"), (4, "2027")], [(1, "quý")]]  # fmt: skip
    document = read_pdf(unruled([first, [[(0, "Nơi nhận:")], [(0, "- Như trên;")], [(0, "- Lưu: VT.")]]]), "plan.pdf")
    assert len(only_table(document).rows) == 2
    assert [text for text in blocks(document) if "Nơi nhận" in text]


def test_rows_under_a_merged_cell_of_a_table_without_rules_are_tasks_of_its_agency():
    first = [
        [(0, "TT"), (1, "Cơ quan chủ trì"), (2, "Phối hợp"), (3, "Nhiệm vụ"), (4, "Thời gian")], [],
        [(0, "1"), (1, "Sở Nội vụ"), (2, "Sở Tài chính"), (3, "Lập danh mục"), (4, "Năm 2026")], [(3, "phòng đọc")], [],
        [(3, "Số hóa tư liệu"), (4, "Năm 2027")], [(3, "cổ của tỉnh")], [],
        [(0, "2"), (1, "Sở Y tế"), (2, "Sở Tư pháp"), (3, "Cấp giấy phép"), (4, "Năm 2028")], [(3, "trực tuyến")],
    ]  # fmt: skip
    document = read_pdf(unruled([first]), "plan.pdf")
    leads = {task.name.text: [agency.name for agency in task.lead] for task in extract(document).tasks}
    assert leads == {"Lập danh mục phòng đọc": ["Sở Nội vụ"], "Số hóa tư liệu cổ của tỉnh": ["Sở Nội vụ"], "Cấp giấy phép trực tuyến": ["Sở Y tế"]}


def test_the_date_of_a_narrow_letterhead_is_one_line():
    document = read_pdf(unruled([[[(0, "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU")], [(0, "Số: 12/KH-UBND")], [(0, "Lai Châu, ngày 21 tháng 11 năm")], [(0, "2025")], [], [], [(0, "KẾ HOẠCH")]]]), "plan.pdf")
    assert "Lai Châu, ngày 21 tháng 11 năm 2025" in blocks(document)


def test_files_in_a_pdf_are_named():
    stream = io.BytesIO()
    with pypdfium2.PdfDocument(draw(as_words, one_by_one)) as document:
        document.new_attachment("Phụ lục I.docx").set_data(b"PK")
        document.save(stream)
    findings = read_pdf(stream.getvalue(), "plan.pdf").findings
    assert [(finding.code, "Phụ lục I.docx" in finding.vi, "Phụ lục I.docx" in finding.en) for finding in findings] == [("attachment-not-read", True, True)]
    assert not read_pdf(draw(as_words, one_by_one), "plan.pdf").findings
