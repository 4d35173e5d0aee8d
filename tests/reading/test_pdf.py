"""The PDF reader on PDFs made here: layouts of tables and paragraphs, evidence, and files that must not be read."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from kg.errors import InputError
from kg.extraction import extract
from kg.reading import ocr, pdf, read
from kg.reading.limits import MAX_PAGES
from kg.reading.pdf import read_pdf
from kg.records import Block, Cell
from kg.records import Document as Read
from kg.records import Table as ReadTable

CORPUS = Path(__file__).parents[2] / "corpus"
FONT_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu", "/usr/share/fonts/dejavu-sans-fonts")


def find_font(name: str) -> Path | None:
    folders = [Path(folder) for folder in FONT_FOLDERS]
    try:
        import matplotlib as mpl

        folders.insert(0, Path(mpl.get_data_path()) / "fonts" / "ttf")
    except ImportError:
        pass
    return next((folder / name for folder in folders if (folder / name).exists()), None)


REGULAR, BOLD = find_font("DejaVuSans.ttf"), find_font("DejaVuSans-Bold.ttf")
if REGULAR is None or BOLD is None:
    pytest.skip("no font with Vietnamese letters (DejaVu)", allow_module_level=True)
pdfmetrics.registerFont(TTFont("Plain", str(REGULAR)))
pdfmetrics.registerFont(TTFont("Strong", str(BOLD)))

BODY = ParagraphStyle("body", fontName="Plain", fontSize=11, leading=15, alignment=TA_JUSTIFY, firstLineIndent=28, spaceAfter=5)
TITLE = ParagraphStyle("title", fontName="Strong", fontSize=12, leading=16, alignment=TA_CENTER, spaceAfter=5)
CELL = ParagraphStyle("cell", fontName="Plain", fontSize=9, leading=11.5)
HEAD = ParagraphStyle("head", fontName="Strong", fontSize=9, leading=11.5, alignment=TA_CENTER)
LINES = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
PLAIN = [("VALIGN", (0, 0), (-1, -1), "TOP")]
WIDTHS = (36, 150, 110, 130, 70, 150)

HEADER = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]
ROWS = [
    ["1", "Rà soát, sửa đổi, ban hành các cơ chế, chính sách để khuyến khích thực hiện kinh tế tuần hoàn", "Sở Kế hoạch và Đầu tư",
     "Các cơ quan, tổ chức có liên quan", "2025 - 2035", "Văn bản được ban hành, sửa đổi, bổ sung"],
    ["2", "Tổ chức hướng dẫn, tập huấn, hỗ trợ doanh nghiệp, hợp tác xã", "Ủy ban nhân dân các huyện, thành phố",
     "Liên minh Hợp tác xã tỉnh Lai Châu; cơ quan, tổ chức có liên quan", "2025 - 2035", "Tài liệu hướng dẫn, lớp tập huấn"],
    ["3", "Thu hút các dự án sản xuất năng lượng tái tạo, xử lý tro, xỉ từ nhiệt điện", "Sở Tài chính", "Sở Công Thương", "Hàng năm", "Dự án đầu tư"],
]


def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Plain", 10)
    canvas.drawCentredString(document.pagesize[0] / 2, document.pagesize[1] - 36, str(document.page))


def make(story: list, size: tuple[float, float] = landscape(A4)) -> bytes:
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=size, leftMargin=60, rightMargin=45).build(story, onFirstPage=number, onLaterPages=number)
    return out.getvalue()


def cells(row: list[str], style: ParagraphStyle = CELL) -> list[Paragraph]:
    return [Paragraph(text, style) for text in row]


def table(rows: list[list[str]], style: list, header: list[str] = HEADER, widths: tuple[int, ...] = WIDTHS) -> Table:
    return Table([cells(header, HEAD), *map(cells, rows)], colWidths=widths, repeatRows=1, style=style)


def only_table(document: Read) -> ReadTable:
    tables = [part for part in document.parts if isinstance(part, ReadTable)]
    assert len(tables) == 1
    return tables[0]


def texts(row: tuple[Cell | None, ...]) -> list[str | None]:
    return [None if cell is None else cell.text for cell in row]


def blocks(document: Read) -> list[str]:
    return [part.text for part in document.parts if isinstance(part, Block)]


@pytest.mark.parametrize("style", [LINES, PLAIN, [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("LINEABOVE", (0, 0), (-1, 0), 0.5, "black"), *PLAIN]])
def test_a_table_with_and_without_rules_gives_its_cells(style):
    found = only_table(read_pdf(make([table(ROWS, style)]), "bang.pdf"))
    assert texts(found.header) == HEADER
    assert [texts(row.cells) for row in found.rows] == ROWS
    assert found.layout == "native"


@pytest.mark.parametrize("style", [LINES, PLAIN])
def test_a_table_over_pages_is_one_and_its_header_stands_once(style):
    rows = [[str(at + 1), *ROWS[at % 3][1:]] for at in range(30)]
    found = only_table(read_pdf(make([table(rows, style)]), "bang.pdf"))
    assert found.pages > 1
    assert texts(found.header) == HEADER
    assert [texts(row.cells) for row in found.rows] == rows


def test_a_row_that_the_page_cuts_is_one_row():
    head, rest = ROWS[1].copy(), [""] * 6
    head[1], rest[1] = "Tổ chức hướng dẫn, tập huấn, hỗ trợ", "doanh nghiệp, hợp tác xã"
    head[3], rest[3] = "Liên minh Hợp tác xã tỉnh Lai Châu; cơ quan,", "tổ chức có liên quan"
    story = [table([ROWS[0], head], LINES), PageBreak(), table([rest, ROWS[2]], LINES)]
    found = only_table(read_pdf(make(story), "bang.pdf"))
    assert found.pages == 2
    assert [texts(row.cells) for row in found.rows] == ROWS
    assert len(found.rows[1].cells[1].passage.spans) == 2


def test_merged_cells_are_none_and_two_header_rows_are_one():
    upper = ["TT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời gian", "Sản phẩm"]
    lower = ["", "", "Chủ trì", "Phối hợp", "", ""]
    group = ["I", "Nhóm nhiệm vụ về cơ chế, chính sách", "", "", "", ""]
    spans = [("SPAN", (2, 0), (3, 0)), *[("SPAN", (at, 0), (at, 1)) for at in (0, 1, 4, 5)], ("SPAN", (1, 2), (5, 2))]
    grid = Table([cells(upper, HEAD), cells(lower, HEAD), *map(cells, [group, *ROWS])], colWidths=WIDTHS, style=[*LINES, *spans])
    found = only_table(read_pdf(make([grid]), "bang.pdf"))
    assert texts(found.header) == ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"]
    assert texts(found.rows[0].cells) == ["I", "Nhóm nhiệm vụ về cơ chế, chính sách", None, None, None, None]
    assert [texts(row.cells) for row in found.rows[1:]] == ROWS


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_turned_pages_read_as_upright_ones(quarter):
    grid = table(ROWS, LINES)
    width, height = grid.wrap(700, 500)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(800, 800))
    canvas.translate(400, 400)
    canvas.rotate(90 * quarter)
    grid.drawOn(canvas, -width / 2, -height / 2)
    canvas.save()
    found = only_table(read_pdf(out.getvalue(), "xoay.pdf"))
    assert texts(found.header) == HEADER
    assert [texts(row.cells) for row in found.rows] == ROWS


PROSE = [
    ("Thực hiện Quyết định số 222/QĐ-TTg ngày 23/01/2025 của Thủ tướng Chính phủ về ban hành Kế hoạch hành động quốc gia thực hiện kinh tế "
    "tuần hoàn đến năm 2035, Ủy ban nhân dân tỉnh Lai Châu ban hành kế hoạch triển khai thực hiện như sau:"),
    "- Tuyên truyền, quán triệt sâu rộng, nội dung Quyết định tới các cấp, các ngành, các đơn vị để tổ chức thực hiện có hiệu quả.",
    ("- Cụ thể hóa một số mục tiêu, nhiệm vụ và giải pháp chủ yếu để các cấp, các ngành, các đơn vị tổ chức triển khai thực hiện đồng bộ, hiệu quả, "
    "phù hợp với tình hình thực tế của tỉnh."),
]


def test_paragraphs_are_rebuilt_over_lines_and_pages_and_page_numbers_left_out():
    story = [Paragraph("KẾ HOẠCH", TITLE), *[Paragraph(text, BODY) for text in PROSE * 7]]
    document = read_pdf(make(story, A4), "vanban.pdf")
    assert blocks(document) == ["KẾ HOẠCH", *[text.removeprefix("- ") for text in PROSE * 7]]
    marks = [part.marker for part in document.parts if isinstance(part, Block)]
    assert marks == [None, *[None, "-", "-"] * 7]
    first, *later = document.source.pages
    assert first == 0
    assert later == sorted(set(later))
    assert 0 < later[0] <= later[-1] < len(document.text)


def test_a_hyphen_at_the_end_of_a_line_stays_in_the_number():
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for at, line in enumerate(["Căn cứ Tờ trình của Sở Khoa học và Công nghệ và Kế hoạch số 12/KH-", "UBND ngày 01 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh về dữ liệu."]):
        canvas.setFont("Plain", 11)
        canvas.drawString(60, 700 - 15 * at, line)
    canvas.save()
    assert "12/KH-UBND ngày" in read_pdf(out.getvalue(), "so.pdf").text


def test_a_footnote_is_kept_out_of_the_table_and_the_text():
    note = "<super>1</super> Nguồn lực dự kiến bao gồm: ngân sách nhà nước và nguồn hỗ trợ quốc tế."
    small = ParagraphStyle("note", parent=CELL, fontSize=7, leading=9)
    document = read_pdf(make([table(ROWS, LINES), Spacer(1, 30), Paragraph(note, small)]), "chuthich.pdf")
    assert [texts(row.cells) for row in only_table(document).rows] == ROWS
    notes = [part for part in document.parts if isinstance(part, Block)]
    assert [(part.kind, part.text) for part in notes] == [
        ("footnote", "¹ Nguồn lực dự kiến bao gồm: ngân sách nhà nước và nguồn hỗ trợ quốc tế.")
    ]


def test_every_span_quotes_its_text_and_the_text_is_one_line_a_paragraph_or_cell():
    document = read_pdf(make([*[Paragraph(text, BODY) for text in PROSE], table(ROWS, LINES)]), "vanban.pdf")
    passages = [part.passage for part in document.parts if isinstance(part, Block)]
    passages += [cell.passage for row in only_table(document).rows for cell in row.cells if cell]
    assert len(passages) == 21
    for passage in passages:
        assert " ".join(document.text[span.start : span.end] for span in passage.spans) == passage.text
    assert document.text.splitlines() == [*PROSE, *HEADER, *[text for row in ROWS for text in row]]


def test_the_same_bytes_give_the_same_document():
    data = make([table(ROWS, LINES)])
    assert read_pdf(data, "a.pdf") == read_pdf(data, "a.pdf")


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.glob("*.txt")))
@pytest.mark.parametrize(("style", "floor"), [(LINES, 0.97), (PLAIN, 0.9)], ids=["rules", "no rules"])
def test_a_plan_as_pdf_gives_the_tasks_of_its_text(name, style, floor):
    plan = read(CORPUS / name)
    want, got = extract(plan), extract(read_pdf(make(render(plan, style)), name))
    for field in ("tasks", "duties"):
        wanted, found = keys(getattr(want, field)), keys(getattr(got, field))
        shared = len(wanted & found)
        assert shared >= floor * max(len(wanted), len(found)), (sorted(found - wanted)[:3], sorted(wanted - found)[:3])


def keys(records: tuple) -> set[tuple]:
    """What the floors are about: code, name, leads and partners of tasks; agencies, role and words of duties."""
    if records and hasattr(records[0], "lead"):
        return {
            (task.code, squash(task.name.text), *[tuple(m.name for m in side) for side in (task.lead, task.partner)])
            for task in records
        }
    return {(tuple(m.name for m in duty.agency), duty.role, squash(duty.text.text)) for duty in records}


def squash(text: str) -> str:
    return "".join(text.split())


def render(plan: Read, style: list) -> list:
    story: list = []
    for part in plan.parts:
        if isinstance(part, ReadTable):
            story.append(render_table(part, style))
            continue
        centred = part.kind in ("heading", "letterhead") and part.marker is None
        text = escape(printed(plan, part))
        bold = part.bold or part.kind == "heading"
        story.append(Paragraph(f'<font name="Strong">{text}</font>' if bold else text, TITLE if centred else BODY))
    return story


def printed(plan: Read, block: Block) -> str:
    """A block's line as it stands, with its mark, without Markdown's asterisks."""
    first = block.passage.spans[0].start
    head = plan.text[plan.text.rfind("\n", 0, first) + 1 : first] if block.marker else ""
    return " ".join((head + block.text).replace("*", "").replace("\\", "").split())


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def render_table(part: ReadTable, style: list) -> Table:
    header = [cell.text if cell else ("TT", "Nhiệm vụ")[at] for at, cell in enumerate(part.header)]
    width = len(header)
    shares = {7: (5, 22, 15, 17, 10, 20, 11), 6: (5, 28, 17, 20, 12, 18), 3: (10, 30, 60)}[width]
    rows, spans = [cells([escape(text) for text in header], HEAD)], []
    for at, row in enumerate(part.rows, 1):
        line = [escape(cell.text) if cell else "" for cell in row.cells]
        group = not any(line[2:])
        if group:
            spans.append(("SPAN", (1, at), (-1, at)))
        elif not line[0] and not line[1]:
            spans += [("SPAN", (column, at - 1), (column, at)) for column in (0, 1)]
        rows.append(cells(line, HEAD if group else CELL))
    return Table(rows, colWidths=[7.2 * share for share in shares], repeatRows=1, style=[*style, *spans])


# files that must not be read


def error_of(data: bytes, **limits: float) -> str:
    with pytest.raises(InputError) as caught:
        read_pdf(data, "tep.pdf", **limits)
    assert caught.value.place == "tep.pdf"
    assert caught.value.vi
    assert caught.value.remedy
    return f"{caught.value.found}; {caught.value.expected}; {caught.value.remedy}"


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: ocr.missing("program", system="linux"))


def test_a_scan_without_tesseract_is_an_error_that_says_how_to_get_it(no_tesseract):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("L", (600, 800), 255).save(picture, "PNG")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    from reportlab.lib.utils import ImageReader

    for _ in range(3):
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    assert "tesseract-ocr-vie" in error_of(out.getvalue())


def test_the_scanned_national_plan_is_told_to_be_a_scan(no_tesseract):
    folder = Path(os.environ.get("MANDATEGRAPH_DOCUMENTS", CORPUS.parents[1] / "shared" / "more-documents"))
    path = folder / "ThuTuong-222-kinh-te-tuan-hoan.pdf"
    if not path.exists():
        pytest.skip("the scanned plan is not here")
    assert "28 pages" in error_of(path.read_bytes())


def test_one_page_that_is_a_picture_is_a_finding(no_tesseract):
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = io.BytesIO()
    Image.new("L", (600, 800), 255).save(picture, "PNG")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for at, line in enumerate(PROSE):
        canvas.setFont("Plain", 9)
        canvas.drawString(60, 700 - 20 * at, line[:100])
    canvas.showPage()
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    findings = read_pdf(out.getvalue(), "kyso.pdf").findings
    assert [(finding.code, "Trang 2" in finding.vi) for finding in findings] == [("page-without-text", True)]


def test_a_locked_file_is_an_error():
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="matkhau")
    canvas.drawString(50, 700, "Ke hoach")
    canvas.save()
    assert "password" in error_of(out.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a DOCX", b"%PDF-1.7\n" + bytes(range(256)) * 40, b"%PDF-1.4\ntrailer << /Root 1 0 R >>\n%%EOF"])
def test_what_is_no_pdf_is_an_error(data):
    assert error_of(data)


def raw_pdf(*objects: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for at, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{at} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@pytest.mark.parametrize(
    "tree",
    [
        ("<< /Type /Pages /Kids [2 0 R] /Count 5 >>",),
        ("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>"),
        ("<< /Type /Pages /Kids [] /Count 0 >>",),
    ],
    ids=["its own child", "two that hold one another", "no pages"],
)
def test_a_loop_in_the_page_tree_ends_in_an_error(tree):
    assert error_of(raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", *tree), seconds=20)


def test_too_many_pages_are_an_error():
    kids = " ".join(["3 0 R"] * (MAX_PAGES + 1))
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {MAX_PAGES + 1} >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    assert f"at most {MAX_PAGES:,} pages" in error_of(raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", tree, page))


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read():
    data = make([table([[str(at), *ROWS[0][1:]] for at in range(400)], LINES)])
    assert "no end after" in error_of(data, seconds=0.02)
    assert len(only_table(read_pdf(make([table(ROWS, LINES)]), "sau.pdf")).rows) == 3


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_page_made_by_libreoffice_gives_its_cells(tmp_path):
    """LibreOffice draws letters that a font lacks after the others: the reader puts them back into their words."""
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in [HEADER, *ROWS])
    page = f'<html><meta charset="utf-8"><body><table border="1" style="font-family: Liberation Serif">{rows}</table></body></html>'
    (tmp_path / "bang.html").write_text(page, "utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(tmp_path), str(tmp_path / "bang.html")],
        check=True, capture_output=True, timeout=180,
    )
    found = only_table(read_pdf((tmp_path / "bang.pdf").read_bytes(), "bang.pdf"))
    assert [[squash(text or "") for text in texts(row.cells)] for row in found.rows] == [[squash(text) for text in row] for row in ROWS]
