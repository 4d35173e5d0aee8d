"""PDFs as printed from web pages and narrow Word tables: drawn list marks, framed letterheads, merged cells and words that a page or a line cuts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from reportlab.platypus import PageBreak, Paragraph, Spacer, Table
from reportlab.platypus.flowables import Flowable

from kg.extraction import extract
from kg.reading import read
from kg.reading.pdf import read_pdf
from kg.reading.pdf_mend import is_cut
from kg.reading.pdf_paragraphs import join_lines
from kg.records import Block
from tests.reading.test_pdf import (
    CELL,
    CORPUS,
    HEADER,
    LINES,
    ROWS,
    WIDTHS,
    blocks,
    cells,
    make,
    only_table,
    table,
    texts,
)

NEXT = [("GRID", (0, 0), (-1, -1), 0.5, "black"), *[each for each in LINES if each[0] not in ("GRID", "BOX", "INNERGRID")]]


def page(rows: list[list[str]], *spans: tuple) -> Table:
    """The rows of a table on a further page, without its header."""
    return Table([cells(row) for row in rows], colWidths=WIDTHS, style=[*NEXT, *spans])


class Item(Flowable):
    """A paragraph of a list as browsers print it: its mark is drawn, and its lines stand below its first word."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.body = Paragraph(text, CELL)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.size = self.body.wrap(width - 30, height)
        return width, self.size[1] + 4

    def draw(self) -> None:
        self.canv.circle(16, self.size[1] - 4, 1.9, stroke=0, fill=1)
        self.body.drawOn(self.canv, 30, 0)


def test_marks_of_lists_that_are_drawn_open_paragraphs():
    long = "Chủ trì, phối hợp với các sở, ban, ngành và Ủy ban nhân dân các xã, phường xây dựng kế hoạch, dự toán kinh phí và tổ chức kiểm tra việc thực hiện trên địa bàn tỉnh hằng năm; Sở Tài chính thẩm định"
    items = [long, "Thẩm định dự toán.", long + " và báo cáo Ủy ban nhân dân tỉnh"]
    document = read_pdf(make([Paragraph("1. Sở Tài chính", CELL), *map(Item, items), Paragraph("2. Sở Y tế", CELL)]), "a.pdf")
    assert blocks(document) == ["Sở Tài chính", *items, "Sở Y tế"]
    assert [part.marker for part in document.parts if isinstance(part, Block)] == ["1", "•", "•", "•", "2"]


def test_a_letterhead_in_a_frame_is_no_table_and_takes_no_line_from_below():
    head = [["ỦY BAN NHÂN DÂN<br/>TỈNH LAI CHÂU<br/>Số: 12/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br/>Độc lập - Tự do - Hạnh phúc<br/>Lai Châu, ngày 05 tháng 3 năm 2025"]]
    story = [
        Table([cells(row) for row in head], colWidths=(300, 350), style=LINES), Paragraph("KẾ HOẠCH", CELL),
        Paragraph("Phát triển du lịch cộng đồng năm 2025", CELL), Spacer(1, 12), Paragraph("I. MỤC TIÊU", CELL),
    ]  # fmt: skip
    header = extract(read_pdf(make(story), "a.pdf")).header
    assert (header.type, header.number, header.date, header.province) == ("Kế hoạch", "12/KH-UBND", "2025-03-05", "Lai Châu")
    assert header.title is not None
    assert header.title.text == "Phát triển du lịch cộng đồng năm 2025"


def test_a_row_without_a_code_at_the_top_of_a_page_is_no_header():
    row = ["", "Tổ chức hội nghị về thực hiện nhiệm vụ", "Các cơ quan, đơn vị", "Các cơ quan, tổ chức có liên quan", "Giai đoạn 2025 - 2026", "Kế hoạch thực hiện"]
    found = only_table(read_pdf(make([table(ROWS[:2], LINES), PageBreak(), page([row, ROWS[2]])]), "a.pdf"))
    assert texts(found.header) == HEADER
    assert [texts(each.cells) for each in found.rows] == [*ROWS[:2], row, ROWS[2]]


def test_a_merged_cell_goes_on_over_the_page():
    one, two, three = (["2", each, "Ủy ban nhân dân các tỉnh,", "Sở Y tế", "2026", "Báo cáo"] for each in ("Kiểm kê khí thải", "Giám sát nguồn thải", "Di dời cơ sở"))
    reach = ("SPAN", (2, 1), (2, 2))
    upper = Table([cells(each) for each in (HEADER, one, [*two[:2], "", *two[3:]])], colWidths=WIDTHS, style=[*NEXT, reach])
    lower = page([[*three[:2], "thành phố", *three[3:]], [*two[:1], "Rà soát lộ trình", "", *two[3:]]], ("SPAN", (2, 0), (2, 1)))
    found = only_table(read_pdf(make([upper, PageBreak(), lower]), "a.pdf"))
    assert [texts(row.cells)[2] for row in found.rows] == ["Ủy ban nhân dân các tỉnh, thành phố", None, None, None]


def test_what_follows_a_merged_heading_is_its_own():
    heading = ["3", "Hỗ trợ doanh nghiệp áp dụng mô hình", "", "", "", ""]
    row = ["3.1", "Tập huấn cho hợp tác xã", "Sở Công Thương", "các cơ quan có liên quan", "2025", "Lớp tập huấn"]
    upper = Table([cells(each) for each in (HEADER, ROWS[0], heading)], colWidths=WIDTHS, style=[*NEXT, ("SPAN", (1, 2), (5, 2))])
    found = only_table(read_pdf(make([upper, PageBreak(), page([row])]), "a.pdf"))
    assert texts(found.rows[0].cells) == ROWS[0]
    assert texts(found.rows[-1].cells) == row


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["UBND các tỉnh/thà", "nh phố"], "UBND các tỉnh/thành phố"),
        (["Chươn", "g trình"], "Chương trình"),
        (["Nghị định số 180/2025/NĐ", "-CP ngày 01/7/2025"], "Nghị định số 180/2025/NĐ-CP ngày 01/7/2025"),
        (["Kế hoạch số 02-KH/BCĐT", "W bảo đảm"], "Kế hoạch số 02-KH/BCĐTW bảo đảm"),
        (["Kế hoạch số 12/KH-UBND", "Sở Y tế"], "Kế hoạch số 12/KH-UBND Sở Y tế"),
        (["đạt 20", "kg"], "đạt 20 kg"),
        (["các Sở", "và ngành"], "các Sở và ngành"),
        (["thực hiện", "- Sở Y tế"], "thực hiện - Sở Y tế"),
    ],
)
def test_lines_of_a_narrow_cell_are_joined_as_they_were_written(lines, joined):
    assert join_lines(lines) == joined


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_no_word_of_the_plans_looks_cut(path):
    words = read(path).text.split()
    assert [pair for pair in pairwise(words) if is_cut(*pair)] == []


def test_merged_cells_that_no_rule_closes_on_a_page_are_columns_there_too():
    upper = table([["1", "Kiểm kê khí thải", "Sở Y tế", "Sở Tài chính", "2026", "Báo cáo"]], LINES)
    bare = [each for each in LINES if each[0] not in ("GRID", "BOX", "INNERGRID")]
    sides = [("LINEBEFORE", (0, 0), (1, -1), 0.5, "black"), ("GRID", (2, 0), (-1, -1), 0.5, "black"), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1))]
    rest = [["", "", "Sở Xây dựng", "Sở Nội vụ", "2027", "Kế hoạch"], ["", "", "Sở Tư pháp", "Sở Y tế", "2028", "Đề án"]]
    lower = Table([cells(row) for row in rest], colWidths=WIDTHS, style=[*bare, *sides])
    found = only_table(read_pdf(make([upper, PageBreak(), lower]), "a.pdf"))
    assert [texts(row.cells) for row in found.rows[1:]] == [[None, None, *row[2:]] for row in rest]
