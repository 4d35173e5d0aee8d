"""Running text → blocks: marks, levels, wrapped lines, page breaks, footnotes, letterhead, recipients, signature."""

from __future__ import annotations

import pytest

from kg.reading import read_bytes
from kg.reading.flow import read_passage
from kg.reading.lines import read_mark
from kg.records import Block


def _blocks(text: str) -> list[Block]:
    return [part for part in read_bytes(text.encode(), "plan.txt").parts if isinstance(part, Block)]


def _told(text: str) -> list[tuple[str, str | None, int, str]]:
    return [(block.kind, block.marker, block.level, block.text) for block in _blocks(text)]


@pytest.mark.parametrize(
    ("text", "mark", "level", "rest"),
    [
        ("IV. TỔ CHỨC THỰC HIỆN", "IV", 1, "TỔ CHỨC THỰC HIỆN"),
        ("1. Mục đích", "1", 2, "Mục đích"),
        ("2.1. Giai đoạn 2021 - 2025", "2.1", 3, "Giai đoạn 2021 - 2025"),
        ("1.1.1. Rà soát", "1.1.1", 4, "Rà soát"),
        ("a) Sở Công Thương", "a", 5, "Sở Công Thương"),
        ("đ) Sở Y tế", "đ", 5, "Sở Y tế"),
        ("(1) Đến năm 2030", "1", 5, "Đến năm 2030"),
        ("- Chủ trì, phối hợp", "-", 6, "Chủ trì, phối hợp"),
        ("– Tổng hợp, báo cáo", "–", 6, "Tổng hợp, báo cáo"),
        ("• Tỷ lệ thu gom", "•", 6, "Tỷ lệ thu gom"),
        ("+ Tỷ lệ thu gom", "+", 7, "Tỷ lệ thu gom"),
        ("2025 - 2035", None, 0, "2025 - 2035"),
        ("5 - 8% mỗi năm", None, 0, "5 - 8% mỗi năm"),
        ("3.000 MW điện", None, 0, "3.000 MW điện"),
        ("95% chất thải", None, 0, "95% chất thải"),
        ("Sở Y tế", None, 0, "Sở Y tế"),
    ],
)
def test_marks(text: str, mark: str | None, level: int, rest: str) -> None:
    found, depth, cut = read_mark(text)
    assert (found, depth, text[cut:]) == (mark, level, rest)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**Sở Công\nThương**", "Sở Công Thương"),
        ("_**Đơn vị chủ trì:**_ Sở Y tế", "Đơn vị chủ trì: Sở Y tế"),
        ("*Cơ quan phối hợp*: __Sở Nội vụ__", "Cơ quan phối hợp: Sở Nội vụ"),
        ("1\\. Sở Y tế \\- Sở Nội vụ", "1. Sở Y tế - Sở Nội vụ"),
        ("Sở\u00a0Y  tế\t\u200bchủ trì", "Sở Y tế chủ trì"),
        ("Phát triển R&amp;D &ge; 2% GRDP&nbsp;năm", "Phát triển R&D ≥ 2% GRDP năm"),
        ("CO<sub>2</sub>, 6%<sup>1</sup>", "CO2, 6%1"),
        ('<p class="a b">Sở<br/>Y tế</p>', "Sở Y tế"),
        ("[Quyết định 222/QĐ-TTg](https://vanban.chinhphu.vn/?id=1)", "[Quyết định 222/QĐ-TTg]"),
        ("![](logo.png) Kế hoạch", "Kế hoạch"),
        ("Tỷ lệ < 5% và > 2%", "Tỷ lệ < 5% và > 2%"),
        ("tệp bao_cao_2025.xlsx", "tệp bao_cao_2025.xlsx"),
        ("Số: ____/KH-UBND", "Số: /KH-UBND"),
        ("&khác; x", "&khác; x"),
        (" ** ", ""),
    ],
)
def test_markup_is_taken_off_and_runs_keep_the_places(raw: str, text: str) -> None:
    passage = read_passage(raw, 0, len(raw))
    assert passage.text == text
    for run in passage.runs:
        assert raw[run.start : run.start + run.length] == passage.text[run.at : run.at + run.length]


def test_a_plan_of_one_paragraph_a_line() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\nSố:     /KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "KẾ HOẠCH\nThực hiện kinh tế tuần hoàn trên địa bàn tỉnh Lai Châu đến năm 2035\n\n"
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nTriển khai thực hiện có hiệu quả Quyết định số 222/QĐ-TTg, giảm 6%¹ phát thải khí nhà kính so với\n"
        "\n¹ Theo kịch bản phát triển thông thường.\n\nnăm 2014 và các năm tiếp theo.\n- Giao Sở Công Thương chủ trì.\n+ Tổng hợp, báo cáo.\n\n"
        "Nơi nhận:\n- Thủ tướng Chính phủ;\n- Lưu: VT, KTN.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn An\n"
    )
    blocks = _told(text)
    assert [block[0] for block in blocks[:5]] == ["letterhead"] * 5
    body = blocks[5:]
    assert [block[3] for block in body[:3]] == [
        "KẾ HOẠCH",
        "Thực hiện kinh tế tuần hoàn trên địa bàn tỉnh Lai Châu đến năm 2035",
        "MỤC ĐÍCH, YÊU CẦU",
    ]
    assert ("heading", "I", 1, "MỤC ĐÍCH, YÊU CẦU") in body
    assert ("paragraph", "1", 2, "Mục đích") in body
    assert any(
        block[3] == "Triển khai thực hiện có hiệu quả Quyết định số 222/QĐ-TTg, giảm 6%¹ phát thải khí nhà kính so với năm 2014 và các năm tiếp theo."
        for block in body
    )
    assert [block[3] for block in body if block[0] == "footnote"] == ["¹ Theo kịch bản phát triển thông thường."]
    assert ("bullet", "-", 6, "Giao Sở Công Thương chủ trì.") in body
    assert ("bullet", "+", 7, "Tổng hợp, báo cáo.") in body
    assert [block[3] for block in body if block[0] == "recipients"] == ["Nơi nhận:", "Thủ tướng Chính phủ;", "Lưu: VT, KTN."]
    assert [block[3] for block in body if block[0] == "signature"] == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Văn An",
    ]


def test_markdown_headings_and_escapes() -> None:
    text = "## **II. NHIỆM VỤ**\n\n1\\. Sở Y tế chủ trì.\n\n* Sở Nội vụ phối hợp.\n\n### 2. Giải pháp\n"
    blocks = _blocks(text)
    assert next((block.kind, block.marker, block.text) for block in blocks) == ("heading", "II", "NHIỆM VỤ")
    assert [(block.marker, block.text) for block in blocks][1] == ("1", "Sở Y tế chủ trì.")
    assert [(block.kind, block.marker, block.text) for block in blocks][3] == ("heading", "2", "Giải pháp")


WRAPPED = """1. Giao Sở Công Thương chủ trì, phối hợp với các sở, ban, ngành, địa phương
liên quan tổ chức triển khai thực hiện Kế hoạch; định kỳ tổng hợp, báo cáo Ủy ban
nhân dân tỉnh kết quả thực hiện trước ngày 15 tháng 12 hằng năm.{gap}
2. Sở Tài chính cân đối, bố trí kinh phí thực hiện các nhiệm vụ của Kế hoạch này
theo quy định của Luật Ngân sách nhà nước và các văn bản hướng dẫn thi hành.{gap}
3. Sở Khoa học và Công nghệ hướng dẫn, hỗ trợ các tổ chức, doanh nghiệp nghiên
cứu, ứng dụng công nghệ mới trong sản xuất, kinh doanh trên địa bàn tỉnh.
"""


@pytest.mark.parametrize("gap", ["", "\n"], ids=["no blank lines", "blank lines"])
def test_wrapped_paragraphs(gap: str) -> None:
    blocks = _told(WRAPPED.format(gap=gap))
    assert [(block[1], block[3][:20]) for block in blocks] == [
        ("1", "Giao Sở Công Thương "),
        ("2", "Sở Tài chính cân đối"),
        ("3", "Sở Khoa học và Công "),
    ]
    assert blocks[0][3].endswith("liên quan tổ chức triển khai thực hiện Kế hoạch; định kỳ tổng hợp, báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện trước ngày 15 tháng 12 hằng năm.")


def test_page_numbers_are_left_out() -> None:
    assert [block[3] for block in _told("Sở Y tế chủ trì.\n\n12\n\n- 3 -\n\nTrang 4/9\n\nSở Nội vụ phối hợp.\n")] == [
        "Sở Y tế chủ trì.",
        "Sở Nội vụ phối hợp.",
    ]


def test_what_a_site_puts_around_is_left_out() -> None:
    text = (
        "THƯ VIỆN PHÁP LUẬT\nTải văn bản\nTrang chủ > Văn bản\n\nỦY BAN NHÂN DÂN TỈNH LAI CHÂU\n\nKẾ HOẠCH\n\n"
        "I. MỤC ĐÍCH\n\n" + "Sở Y tế chủ trì.\n\n" * 9 + "Lưu trữ\nNỘI DUNG SỬA ĐỔI, HƯỚNG DẪN\nVăn bản liên quan\n"
    )
    texts = [block[3] for block in _told(text)]
    assert texts == ["ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "KẾ HOẠCH", "MỤC ĐÍCH", *["Sở Y tế chủ trì."] * 9]


def test_a_star_opens_an_item_of_a_markdown_list() -> None:
    """html2text and markdownify write lists with stars; consecutive items stay apart."""
    text = "1. Các sở, ban, ngành\n\n* Quán triệt Kế hoạch đến cán bộ.\n* Chỉ đạo triển khai các nhiệm vụ.\n"
    assert _told(text)[1:] == [
        ("bullet", "-", 6, "Quán triệt Kế hoạch đến cán bộ."),
        ("bullet", "-", 6, "Chỉ đạo triển khai các nhiệm vụ."),
    ]


def test_words_wrapped_in_cells_and_marks_in_small_letters_say_nothing_of_paragraphs() -> None:
    head = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n"
    items = "".join(f"{letter}) Rà soát hồ sơ, sổ sách của phòng đọc thứ {letter}.\n" for letter in "abcdeg")
    cells = "|\nLập danh mục phòng\nđọc cần nâng cấp\ntrên địa bàn\n" * 6 + "|\n"
    columns = "      đọc cần nâng cấp trên địa bàn      và Du lịch\n" * 8
    for around in ("", cells, columns):
        told = [(block.marker, block.text) for block in _blocks(f"{head}{items}\n{around}") if block.marker in ("1", "a")]
        assert told == [("1", "Sở Nội vụ"), ("a", "Rà soát hồ sơ, sổ sách của phòng đọc thứ a.")]


def test_the_line_that_says_with_what_a_plan_is_issued_is_no_part_of_its_title() -> None:
    lines = "KẾ HOẠCH\nVỀ PHÁT TRIỂN PHÒNG ĐỌC GIAI ĐOẠN\n2021 - 2030\n(Ban hành kèm theo Quyết định số 15/QĐ-UBND\nngày 08/10/2021 của Ủy ban nhân dân tỉnh)\n"
    rest = "Phòng đọc là nơi phục vụ bạn đọc của các xã,\nphường và trường học trên địa bàn, có\nsách, báo và máy tính nối mạng.\n"
    assert [block.text for block in _blocks(f"{lines}\n{rest}")][1:3] == [
        "VỀ PHÁT TRIỂN PHÒNG ĐỌC GIAI ĐOẠN 2021 - 2030",
        "(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 08/10/2021 của Ủy ban nhân dân tỉnh)",
    ]
