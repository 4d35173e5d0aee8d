"""Web pages: the five plans set as pages say the same; tables, lists, encodings, site text; hostile pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import EncodingError, FormatError, InputError
from kg.reading import read, read_bytes
from kg.reading.html import read_html
from kg.records import Block, Document, Table
from tests.reading.plan_forms import NATION, as_html, records

CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("*.txt"))


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><meta charset=utf-8><title>Văn bản</title><body>{body}".encode()


def lines(body: str | bytes) -> list[str]:
    document = read_html(body if isinstance(body, bytes) else page(body), "trang.html")
    return [line.strip() for line in document.text.splitlines() if line.strip()]


def tables(document: Document) -> list[list[list[str | None]]]:
    return [
        [[cell.text if cell else None for cell in row] for row in (table.header, *(row.cells for row in table.rows))]
        for table in document.parts
        if isinstance(table, Table)
    ]


# --- the five plans -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("portal", [False, True], ids=["page", "portal"])
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_plan_set_as_a_page_says_the_same(path: Path, portal: bool) -> None:
    plan = read(path)
    assert records(read_html(as_html(plan, portal=portal), path.stem + ".html")) == records(plan)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_spans_quote_the_text(path: Path) -> None:
    document = read_html(as_html(read(path), portal=True), "plan.html")
    passages = [part.passage for part in document.parts if isinstance(part, Block)]
    for table in (part for part in document.parts if isinstance(part, Table)):
        assert table.layout == "native"
        passages += [cell.passage for row in (table.header, *(row.cells for row in table.rows)) for cell in row if cell]
    assert passages
    for passage in passages:
        quotes = [document.text[span.start : span.end] for span in passage.spans]
        assert " ".join(" ".join(quotes).split()) == passage.text


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Sở Công&nbsp;Thương\n  chủ trì</p>", ["Sở Công Thương chủ trì"]),
        ("<p>KẾ HOẠCH<br>Thực hiện Đề án</p>", ["KẾ HOẠCH", "Thực hiện Đề án"]),
        ("<div>I. MỤC TIÊU<div>1. Mục tiêu chung</div>Đến năm 2030</div>", ["I. MỤC TIÊU", "1. Mục tiêu chung", "Đến năm 2030"]),
        ("<p>Đạt 95%<sup>1</sup>, CO<sub>2</sub> giảm</p>", ["Đạt 95%¹, CO2 giảm"]),
        ("<p>R&amp;D &lt; 2% GRDP</p>", ["R&D < 2% GRDP"]),
        ("<p>kinh t\u00ad\u1ebf tu\u1ea7n\u200b ho\u00e0n", ["kinh tế tuần hoàn"]),
        ("<p>Thu\u0309y sa\u0309n", ["Thủy sản"]),
        ("<p style='text-transform: uppercase'>Kế hoạch", ["KẾ HOẠCH"]),
        ("<p>Sở<b> Y</b><i> tế</i><!-- ghi chú --> và <span>Sở</span> Nội vụ</p>", ["Sở Y tế và Sở Nội vụ"]),
        ("<p>Công khai<span style='display:none'> bí mật</span> kết quả<p hidden>Ẩn<p>Hết", ["Công khai kết quả", "Hết"]),
        ("<script>var a='<p>Sở'</script><style>p{}</style><noscript>Bật JavaScript</noscript><p>KẾ HOẠCH", ["KẾ HOẠCH"]),
        ("<nav>Trang chủ</nav><div role=navigation>Văn bản</div><button>Tải về</button><p>KẾ HOẠCH<footer>© Cổng", ["KẾ HOẠCH"]),
        ("<ul><li><a href=/a>Giới thiệu</a><li><a href=/b>Liên hệ</a></ul><p>KẾ HOẠCH", ["KẾ HOẠCH"]),
        ("<form action=x><p>KẾ HOẠCH</p><input value=Tìm><select><option>Sở Y tế</select></form>", ["KẾ HOẠCH"]),
        ("<pre>KẾ HOẠCH\nThực hiện Đề án</pre>", ["KẾ HOẠCH", "Thực hiện Đề án"]),
    ],
)
def test_words_as_a_browser_shows_them(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>Mục đích<li>Yêu cầu</ol>", ["1. Mục đích", "2. Yêu cầu"]),
        ("<ol type=I start=3><li>NHIỆM VỤ<li value=6>TỔ CHỨC</ol>", ["III. NHIỆM VỤ", "VI. TỔ CHỨC"]),
        ("<ol style='list-style-type: lower-alpha'><li>Đến năm 2025<li>Đến năm 2030</ol>", ["a. Đến năm 2025", "b. Đến năm 2030"]),
        ("<ol reversed><li>Ba<li>Hai</ol>", ["2. Ba", "1. Hai"]),
        ("<ul><li>Chủ trì<ul><li>Theo dõi</ul><li>Phối hợp</ul>", ["- Chủ trì", "+ Theo dõi", "- Phối hợp"]),
        ("<ul><li><p>Chủ trì</p><p>Hằng năm</p></ul>", ["- Chủ trì", "Hằng năm"]),
        ("<ul style='list-style: none'><li>Chủ trì</ul>", ["Chủ trì"]),
        ("<ul><li>- Chủ trì<li>a) Phối hợp</ul>", ["- Chủ trì", "a) Phối hợp"]),
    ],
)
def test_list_marks_are_computed(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_headings_and_bold() -> None:
    document = read_html(page("<h3>Mục tiêu chung</h3><p><b>Nhiệm vụ</b></p><p>Đến năm 2030 <b>95%</b> rác"), "a.html")
    assert [(part.text, part.kind, part.bold) for part in document.parts if isinstance(part, Block)] == [
        ("Mục tiêu chung", "heading", True),
        ("Nhiệm vụ", "heading", True),
        ("Đến năm 2030 95% rác", "paragraph", False),
    ]


# --- tables -------------------------------------------------------------------------------------------------------

HEAD = "<tr><th>TT<th>Nhiệm vụ<th>Cơ quan chủ trì<th>Cơ quan phối hợp<th>Thời gian"


def test_rowspan_and_colspan() -> None:
    document = read_html(
        page(
            f"<table><thead>{HEAD}</thead><tbody><tr><td colspan=5>I. NÂNG CAO NHẬN THỨC"
            "<tr><td>1<td>Tổ chức tập huấn<td rowspan=0>Sở Công Thương<td rowspan='2'>Sở Y tế<td>2025"
            "<tr><td>2<td><p>Biên soạn</p><p>tài liệu</p><td></table>"
        ),
        "a.html",
    )
    assert tables(document) == [
        [
            ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
            [None, "I. NÂNG CAO NHẬN THỨC", None, None, None],
            ["1", "Tổ chức tập huấn", "Sở Công Thương", "Sở Y tế", "2025"],
            ["2", "Biên soạn tài liệu", None, None, ""],
        ]
    ]
    assert [task["lead"] for task in records(document)["tasks"]] == [["Sở Công Thương"], ["Sở Công Thương"]]


def test_header_of_two_rows() -> None:
    document = read_html(
        page(
            "<table><tr><td rowspan=2>TT<td rowspan=2>Nhiệm vụ<td colspan=2>Cơ quan thực hiện<td rowspan=2>Thời gian"
            "<tr><td>Chủ trì<td>Phối hợp<tr><td>1<td>Rà soát quy hoạch<td>Sở Xây dựng<td>Sở Tài chính<td>2026</table>"
        ),
        "a.html",
    )
    assert tables(document)[0][0] == ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"]


def test_nested_and_layout_tables() -> None:
    """A table in a cell of a layout table is a table; in a cell of a task table it is the cell's words."""
    inner = "<table><tr><td>Quý I<td>50%<tr><td>Quý II<td>100%</table>"
    task = f"<table>{HEAD}<tr><td>1<td>Tuyên truyền{inner}<td>Sở Y tế<td><td>2025</table>"
    document = read_html(page(f"<table><tr><td>Danh mục<td><p>PHỤ LỤC</p>{task}</table>"), "a.html")
    assert [table[1][1] for table in tables(document)] == ["Tuyên truyền Quý I 50% Quý II 100%"]
    assert [part.text for part in document.parts if isinstance(part, Block)] == ["Danh mục", "PHỤ LỤC"]


def test_table_cut_over_pages_is_one() -> None:
    def cut(number: int) -> str:
        return f"<table>{HEAD}<tr><td>{number}<td>Nhiệm vụ thứ {number}.<td>Sở Y tế<td>Sở Nội vụ<td>2025</table>"

    (table,) = tables(read_html(page(cut(1) + "<p>2</p>" + cut(2)), "a.html"))
    assert [row[0] for row in table] == ["TT", "1", "2"]


def test_no_cell_is_lost_for_the_sites_text() -> None:
    """A task table stays, whatever stands around it: an aside, a footer, a hidden menu's list, a portal's phrases."""
    task = f"<table>{HEAD}<tr><td>1<td>Tuyên truyền<td>Sở Y tế<td>Sở Nội vụ<td>2025</table>"
    for body in (
        f"<aside>{task}</aside>",
        f"<footer>{task}</footer>",
        f"<p>KẾ HOẠCH</p><p>Nội dung.</p><p>Văn bản liên quan</p>{task}",
        f"<ul><li><a href=/x>Văn bản</a><li><a href=/y>Trang chủ</a>{task}</ul>",
        f"{task}<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>KẾ HOẠCH</p>",
    ):
        document = read_html(page(body), "a.html")
        assert [[row[1] for row in table] for table in tables(document)] == [["Nhiệm vụ", "Tuyên truyền"]], body


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_portal_page_leaves_only_the_document(path: Path) -> None:
    plan = read(path)
    document = read_html(as_html(plan, portal=True), "a.html")
    own = {part.text for part in plan.parts if isinstance(part, Block)} | {*NATION}
    assert {part.text for part in document.parts if isinstance(part, Block)} <= own
    assert not any(word in document.text for word in ("Công văn", "Lược đồ", "Giấy phép", "Đăng nhập", "Sở Tư pháp chủ trì"))


# --- encodings ----------------------------------------------------------------------------------------------------

WORDS = "Sở Công Thương chủ trì"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (f"<p>{WORDS}".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + f"<meta charset=windows-1252><p>{WORDS}".encode(), "utf-8"),
        (f"<p>{WORDS}".encode("utf-16"), "utf-16-le"),
        (f"<meta http-equiv=Content-Type content='text/html; charset=UTF-8'><p>{WORDS}".encode(), "utf-8"),
        (f"<?xml version='1.0' encoding='utf-8'?><html><p>{WORDS}".encode(), "utf-8"),
        (b'<meta charset="windows-1258"><p>S\xf5\xd2 C\xf4ng Th\xfd\xf5ng chu\xd2 tri\xcc', "cp1258"),
        (("<meta charset=iso-8859-1><p>" + "".join(f"&#{ord(char)};" for char in WORDS)).encode(), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    document = read_html(data, "a.html")
    assert document.text.strip() == WORDS
    assert document.source.encoding == encoding


def test_a_broken_character_is_replaced_and_told() -> None:
    data = page(f"<p>{WORDS} \u00ff</p>").replace("\u00ff".encode(), b"\xff")
    document = read_html(data, "a.html")
    assert document.text.strip() == f"{WORDS} \ufffd"
    assert [finding.code for finding in document.findings] == ["bytes-replaced"]


def test_bytes_of_another_encoding_are_refused() -> None:
    with pytest.raises(EncodingError):
        read_html(b"<meta charset=utf-8><p>" + b"Uy\xfb ban nh\xa9n d\xa9n t\xd8nh " * 50, "a.html")


# --- hostile pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"<div>" * 100_000 + b"KH", InputError),
        (b"<table><tr><td>" * 500 + b"KH", InputError),
        (b"<p>a" * 1_000_001, InputError),
        (b"<script>alert(1)</script>", InputError),
        (b"", InputError),
        (b"%PDF-1.7", FormatError),
        (b"\0\1\2" * 1000, FormatError),
    ],
    ids=["deep", "deep tables", "tags", "only a script", "empty", "PDF", "binary"],
)
def test_hostile_page_is_refused_by_name(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"la\.html"):
        read_html(data, "la.html")


def test_hostile_spans_lose_no_cell() -> None:
    rows = "".join(f"<tr><td colspan=99999999 rowspan=99999999>Sở {number}<td>Y tế {number}" for number in range(300))
    document = read_html(page(f"<table>{rows}</table>"), "a.html")
    assert all(f"Sở {number}" in document.text and f"Y tế {number}" in document.text for number in range(300))


def test_entities_and_external_things_are_left_alone() -> None:
    body = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><p>KẾ HOẠCH &f;<img src="http://192.0.2.1/a.png"><iframe src="file:///etc/passwd">x</iframe>'
    assert lines(body.encode())[-1] == "KẾ HOẠCH &f;"


@pytest.mark.parametrize("sign", ["\x1a", "&#26;", "&#x1A;", "&#x0b", "\uffff"])
def test_control_characters_do_not_end_the_reading(sign: str) -> None:
    body = f'<p style="font-family: .VnTime">KÕ ho¹ch{sign}hµnh ®éng cña tØnh</p><nav>Trang chủ</nav>{sign}<p>Sở Tài chính{sign}</p>'
    assert lines(body) == ["Kế hoạch hành động của tỉnh", "Sở Tài chính"]


PLAN_PAGE = (
    "<p>ỦY BAN NHÂN DÂN TỈNH LAI CHÂU</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Số: 45/KH-UBND</p><p>KẾ HOẠCH</p><p>Phát triển thư viện số</p>"
    "<p>1. Sở Nội vụ chủ trì tổng hợp.</p>"
)


@pytest.mark.parametrize("hiding", ['style="display:none"', "hidden", 'style="visibility: hidden"'])
def test_the_pane_that_holds_the_document_is_read_though_it_was_not_open(hiding: str) -> None:
    page = f"<html><body><ul><li>Tóm tắt</li></ul><div {hiding} class=tab-pane><p>Sở Y tế chủ trì</p></div><div class=tab-pane {hiding}><div>{PLAN_PAGE}</div></div></body></html>"
    text = read_html(page.encode(), "plan.html").text
    assert "Sở Nội vụ chủ trì" in text
    assert "Sở Y tế" not in text


def test_a_hidden_copy_of_a_document_that_is_shown_is_left_out() -> None:
    page = f"<html><body><div hidden>{PLAN_PAGE.replace('Sở Nội vụ', 'Sở Tư pháp')}</div><div>{PLAN_PAGE}</div></body></html>"
    assert "Sở Tư pháp" not in read_html(page.encode(), "plan.html").text


@pytest.mark.parametrize("head", ["", "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>", "<style>p {margin: 0}</style>", "<!-- x --><div>"])
@pytest.mark.parametrize("name", ["plan.doc", "plan.xls", "plan"])
def test_a_page_without_its_first_tags_under_the_name_of_another_format(head: str, name: str) -> None:
    document = read_bytes((head + PLAN_PAGE).encode(), name)
    assert document.source.format == "html"
    assert "<p>" not in document.text


def test_a_text_that_begins_with_a_tag_stays_a_text() -> None:
    assert read_bytes(f"<div>\n\n{PLAN_PAGE}".encode(), "plan.md").source.format == "text"
