"""Word documents: the five plans set in Word say the same; what Word computes, tracks and hides; hostile files."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from kg.errors import FormatError, InputError
from kg.reading import read
from kg.reading.docx import read_docx
from kg.records import Block, Document, Table
from tests.reading.plan_forms import as_docx, records

CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("*.txt"))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")


def package(body: str, *, document: str | None = None, extra: dict[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A DOCX file of a body; ``parts`` are styles, numbering, footnotes, endnotes."""
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}{kind}" Target="{kind}.xml"/>' for i, kind in enumerate(parts)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
        archive.writestr(
            "_rels/.rels",
            f'<Relationships {space}><Relationship Id="r" Type="{OFFICE}officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document or f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships {space}>{relations}</Relationships>")
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {SPACES}>{content}</w:{kind}>")
        for path, data in (extra or {}).items():
            archive.writestr(path, data)
    return stream.getvalue()


def p(text: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(p, text.splitlines())) or p()}</w:tc>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def lines(document: Document) -> list[str]:
    return [line.strip() for line in document.text.splitlines() if line.strip()]


def blocks(document: Document) -> list[Block]:
    return [part for part in document.parts if isinstance(part, Block)]


def rows(document: Document) -> list[list[str | None]]:
    table = next(part for part in document.parts if isinstance(part, Table))
    return [[cell.text if cell else None for cell in row] for row in (table.header, *(row.cells for row in table.rows))]


# --- the five plans -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("computed", [False, True], ids=["marks typed", "marks computed"])
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_plan_set_in_word_says_the_same(path: Path, computed: bool) -> None:
    plan = read(path)
    again = read_docx(as_docx(plan, computed=computed), path.stem + ".docx")
    assert records(again) == records(plan)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem[:3])
def test_spans_quote_the_text_of_one_line_a_cell(path: Path) -> None:
    document = read_docx(as_docx(read(path), computed=True), "plan.docx")
    passages = [part.passage for part in blocks(document)]
    for table in (part for part in document.parts if isinstance(part, Table)):
        assert table.layout == "native"
        cells = [cell for row in (table.header, *(row.cells for row in table.rows)) for cell in row if cell and cell.text]
        assert all("\n" not in document.text[span.start : span.end] for cell in cells for span in cell.passage.spans)
        passages += [cell.passage for cell in cells]
    assert passages
    for passage in passages:
        quotes = [document.text[span.start : span.end] for span in passage.spans]
        assert " ".join(" ".join(quotes).split()) == passage.text
    assert document.source.offsets == ()


def test_same_bytes_give_the_same_document() -> None:
    data = as_docx(read(CORPUS[1]), computed=True)
    assert read_docx(data, "plan.docx") == read_docx(data, "plan.docx")


# --- what Word computes -------------------------------------------------------------------------------------------


def levels(*forms: str) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form.split(":")[0]}"/><w:lvlText w:val="{form.split(":")[1]}"/></w:lvl>'
        for i, form in enumerate(forms)
    )


def listed(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{levels("upperRoman:%1.", "decimal:%2.", "decimal:%2.%3.", "lowerLetter:%4)", "bullet:-", "bullet:")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def test_computed_numbering_becomes_text() -> None:
    body = "".join(
        (
            listed("MỤC ĐÍCH, YÊU CẦU", 0),
            listed("Mục đích", 1),
            listed("Yêu cầu", 1),
            listed("Đối với các sở, ban, ngành", 2),
            listed("Bám sát Quyết định số 222/QĐ-TTg", 3),
            listed("Phân công rõ trách nhiệm", 3),
            listed("Bảo đảm tiến độ", 4),
            listed("Tiết kiệm chi phí", 5),
            listed("NỘI DUNG", 0),
            listed("Tuyên truyền", 1),
            listed("Kinh phí", 1, number=2),
            listed("Kiểm tra", 1, number=2),
        )
    )
    assert lines(read_docx(package(body, numbering=NUMBERING), "a.docx")) == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "2. Yêu cầu",
        "2.1. Đối với các sở, ban, ngành",
        "a) Bám sát Quyết định số 222/QĐ-TTg",
        "b) Phân công rõ trách nhiệm",
        "- Bảo đảm tiến độ",
        "• Tiết kiệm chi phí",
        "II. NỘI DUNG",
        "1. Tuyên truyền",
        "7. Kinh phí",
        "8. Kiểm tra",
    ]


def test_numbering_of_a_style_and_of_empty_cells() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
    )
    cell = '<w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val="MucCon"/></w:pPr></w:p></w:tc>'
    header = "".join(map(tc, HEADER[:3]))
    table = tbl(header, cell + tc("Tổ chức tập huấn") + tc("Sở Công Thương"), cell + tc("Kết nối cung cầu") + tc("Sở Y tế"))
    document = read_docx(package(p("Phụ lục") + table, numbering=NUMBERING, styles=styles), "a.docx")
    assert [row[0] for row in rows(document)] == ["TT", "1.", "2."]


def test_capitals_of_a_style_are_printed() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Ten"><w:rPr><w:b/><w:caps/></w:rPr></w:style>'
    document = read_docx(package(p("Kế hoạch", '<w:pStyle w:val="Ten"/>') + p("Thực hiện đề án"), styles=styles), "a.docx")
    assert [(block.text, block.kind, block.bold) for block in blocks(document)] == [
        ("KẾ HOẠCH", "heading", True),
        ("Thực hiện đề án", "paragraph", False),
    ]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r("Sở Y tế ") + f"<w:del>{'<w:r><w:delText>chủ trì</w:delText></w:r>'}</w:del><w:ins>{r('phối hợp')}</w:ins>", "Sở Y tế phối hợp"),
        (f"<w:moveFrom>{r('Sở Nội vụ')}</w:moveFrom><w:moveTo>{r('Sở Tài chính')}</w:moveTo>", "Sở Tài chính"),
        (r("Trang ") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a \\h </w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Phụ lục I") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Trang Phụ lục I"),
        (f'<w:fldSimple w:instr="PAGE">{r("Phụ lục II")}</w:fldSimple>', "Phụ lục II"),
        (f"<w:hyperlink>{r('Quyết định số 222/QĐ-TTg')}</w:hyperlink>", "Quyết định số 222/QĐ-TTg"),
        (f"<w:sdt><w:sdtContent>{r('Lai Châu')}</w:sdtContent></w:sdt>", "Lai Châu"),
        (r("kinh\u00adtế\u00a0tuần\u200b hoàn"), "kinhtế tuần hoàn"),
        ("<w:r><w:t>UBND</w:t><w:noBreakHyphen/><w:t>CT</w:t><w:softHyphen/><w:tab/><w:t>tỉnh</w:t></w:r>", "UBND-CT tỉnh"),
        (r("Công khai") + r(" bí mật", "<w:vanish/>"), "Công khai"),
        (r("Tăng 5 m") + r("2", '<w:vertAlign w:val="superscript"/>'), "Tăng 5 m²"),
        (r("Thu\u0309y sa\u0309n"), "Thủy sản"),
    ],
    ids=["tracked", "moved", "field", "simple field", "link", "control", "invisible", "hyphens", "hidden", "raised", "NFD"],
)  # fmt: skip
def test_words_of_a_paragraph(inside: str, expected: str) -> None:
    assert lines(read_docx(package(f"<w:p>{inside}</w:p>"), "a.docx")) == [expected]


def test_deleted_paragraph_mark_joins_and_deleted_row_goes() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    rows_ = ("".join(map(tc, HEADER)), "".join(map(tc, ("1", "Tuyên truyền", "Sở Công Thương", "Sở Y tế", "2025"))))
    deleted = "<w:trPr><w:del/></w:trPr>" + "".join(map(tc, ("2", "Tập huấn", "Sở Nội vụ", "", "2026")))
    body = p("Sở Công Thương chủ trì, ", gone) + p("phối hợp với Sở Y tế.") + tbl(*rows_, deleted)
    document = read_docx(package(body), "a.docx")
    assert lines(document)[0] == "Sở Công Thương chủ trì, phối hợp với Sở Y tế."
    assert len(rows(document)) == 2
    assert "Sở Nội vụ" not in document.text


def test_contents_headers_and_comments_are_left_out() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('I. MỤC TIÊU 1')}</w:sdtContent></w:sdt>"
    )
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("II. NHIỆM VỤ 2") + '</w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )  # fmt: skip
    data = package(contents + field + p("KẾ HOẠCH"), extra={"word/header1.xml": f"<w:hdr {W}>{p('Trang đầu')}</w:hdr>"})
    assert lines(read_docx(data, "a.docx")) == ["KẾ HOẠCH"]


def test_footnotes_follow_their_paragraph_and_table() -> None:
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    footnotes = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r>{r(text)}</w:p></w:footnote>'
        for i, text in ((2, " Theo Nghị định số 08/2022/NĐ-CP"), (3, " Nguồn lực dự kiến bao gồm: I. Ngân sách nhà nước; II. Vốn ODA."))
    )
    body = (
        f"<w:p>{r('Đạt 95%')}{note.format(2)}{r('; giữ vững.')}</w:p>"
        + tbl(
            "".join(map(tc, HEADER[:4])) + f"<w:tc><w:tcPr/><w:p>{r('Nguồn lực dự kiến')}{note.format(3)}</w:p></w:tc>",
            "".join(map(tc, ("1", "Truyền thông", "Sở Công Thương", "Sở Y tế", "I, II"))),
        )
    )  # fmt: skip
    document = read_docx(package(body, footnotes=footnotes), "a.docx")
    assert [type(part).__name__ + (f":{part.kind}" if isinstance(part, Block) else "") for part in document.parts] == [
        "Block:paragraph", "Block:footnote", "Table", "Block:footnote",
    ]  # fmt: skip
    assert blocks(document)[0].text == "Đạt 95%¹; giữ vững."
    assert blocks(document)[1].text == "¹ Theo Nghị định số 08/2022/NĐ-CP"
    assert rows(document)[0][4] == "Nguồn lực dự kiến²"
    assert records(document)["document"]["funding_legend"] == {"I": "Ngân sách nhà nước", "II": "Vốn ODA"}


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Số: 12/KH-UBND')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read_docx(package(f"<w:p>{r('ỦY BAN NHÂN DÂN')}{drawn}</w:p>" + p("KẾ HOẠCH")), "a.docx")
    assert lines(document) == ["ỦY BAN NHÂN DÂN", "Số: 12/KH-UBND", "KẾ HOẠCH"]


# --- tables -------------------------------------------------------------------------------------------------------


def test_merged_cells() -> None:
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read_docx(
        package(
            tbl(
                "".join(map(tc, HEADER)),
                tc("I. NÂNG CAO NHẬN THỨC", '<w:gridSpan w:val="5"/>'),
                tc("1") + tc("Tổ chức tập huấn") + tc("Sở Công Thương", down) + tc("Sở Y tế", down) + tc("2025"),
                tc("2") + tc("Biên soạn\ntài liệu") + tc("", more) + tc("", more) + tc(""),
            )
        ),
        "a.docx",
    )
    assert rows(document) == [
        list(HEADER),
        [None, "I. NÂNG CAO NHẬN THỨC", None, None, None],
        ["1", "Tổ chức tập huấn", "Sở Công Thương", "Sở Y tế", "2025"],
        ["2", "Biên soạn tài liệu", None, None, ""],
    ]
    tasks = records(document)["tasks"]
    assert [(task["name"], task["lead"], task["groups"]) for task in tasks] == [
        ("Tổ chức tập huấn", ["Sở Công Thương"], ["NÂNG CAO NHẬN THỨC"]),
        ("Biên soạn tài liệu", ["Sở Công Thương"], ["NÂNG CAO NHẬN THỨC"]),
    ]


def test_borders_moved_by_a_hair_make_no_column() -> None:
    """Word writes a grid column for each border that stands apart: here 0.1 mm, in the rows after a page break."""
    wide = '<w:gridSpan w:val="2"/>'
    document = read_docx(
        package(
            tbl(
                tc("TT") + tc("Nhiệm vụ", wide) + tc("Cơ quan chủ trì", wide) + tc("Thời gian"),
                tc("1") + tc("Tuyên truyền", wide) + tc("Sở Công Thương", wide) + tc("2025"),
                tc("2") + tc("Tập huấn") + tc("Sở Nội vụ", '<w:gridSpan w:val="3"/>') + tc("2026"),
                tc("3") + tc("Kiểm tra", '<w:gridSpan w:val="3"/>') + tc("Sở Y tế") + tc("2027"),
                widths=(600, 3000, 6, 6, 2000, 1500),
            )
        ),
        "a.docx",
    )
    assert rows(document)[1:] == [
        ["1", "Tuyên truyền", "Sở Công Thương", "2025"],
        ["2", "Tập huấn", "Sở Nội vụ", "2026"],
        ["3", "Kiểm tra", "Sở Y tế", "2027"],
    ]


def test_header_of_two_rows_and_caption_above() -> None:
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read_docx(
        package(
            tbl(
                tc("DANH MỤC NHIỆM VỤ NĂM 2026", '<w:gridSpan w:val="5"/>'),
                tc("TT", down) + tc("Nhiệm vụ", down) + tc("Cơ quan thực hiện", '<w:gridSpan w:val="2"/>') + tc("Thời gian", down),
                tc("", more) + tc("", more) + tc("Chủ trì") + tc("Phối hợp") + tc("", more),
                "".join(map(tc, ("1", "Rà soát quy hoạch", "Sở Xây dựng", "Sở Tài chính", "2026"))),
            )
        ),
        "a.docx",
    )
    assert blocks(document)[0].text == "DANH MỤC NHIỆM VỤ NĂM 2026"
    assert rows(document)[0] == ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"]
    (task,) = records(document)["tasks"]
    assert (task["lead"], task["partner"]) == (["Sở Xây dựng"], ["Sở Tài chính"])


def test_nested_table() -> None:
    """In a cell of a task table its words belong to the cell; in a cell that only places it, it is a table."""
    inner = tbl(tc("Quý I") + tc("Quý II"), tc("50%") + tc("100%"))
    cell = f"<w:tc><w:tcPr/>{inner}{p()}</w:tc>"
    task = tbl("".join(map(tc, HEADER[:3])), tc("1") + cell + tc("Sở Y tế"))
    assert rows(read_docx(package(task), "a.docx"))[1] == ["1", "Quý I Quý II 50% 100%", "Sở Y tế"]
    placed = tbl(f"<w:tc><w:tcPr/>{p('Phụ lục')}{task}{p()}</w:tc>" + tc(""))
    assert rows(read_docx(package(placed), "a.docx"))[1] == ["1", "Quý I Quý II 50% 100%", "Sở Y tế"]


def test_letterhead_and_signature_tables_are_blocks() -> None:
    body = (
        tbl(
            tc("ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU\n-------") + tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
            tc("Số: 556/KH-UBND\nV/v kinh tế tuần hoàn") + tc("Lai Châu, ngày 17 tháng 02 năm 2025"),
        )
        + p("KẾ HOẠCH", "")
        + p("Thực hiện Quyết định số 222/QĐ-TTg ngày 23/01/2025 của Thủ tướng Chính phủ")
        + p("I. MỤC TIÊU")
        + tbl(tc("Nơi nhận:\n- Bộ Công Thương;\n- Các sở, ban, ngành;\n- Lưu: VT.") + tc("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nHà Trọng Hải"))
    )  # fmt: skip
    document = read_docx(package(body), "a.docx")
    assert not any(isinstance(part, Table) for part in document.parts)
    assert [block.kind for block in blocks(document)].count("letterhead") == 7
    header = records(document)["document"]
    assert (header["number"], header["date"], header["province"], header["signer"]) == (
        "556/KH-UBND", "2025-02-17", "Lai Châu", "Hà Trọng Hải",
    )  # fmt: skip
    assert header["recipients"] == ["Bộ Công Thương", "Các sở, ban, ngành", "Lưu: VT"]


def test_strict_documents_are_read() -> None:
    strict = f"<w:document {W.replace('schemas.openxmlformats.org/wordprocessingml/2006', 'purl.oclc.org/ooxml/wordprocessingml')}><w:body>{p('KẾ HOẠCH')}</w:body></w:document>"
    assert lines(read_docx(package("", document=strict), "a.docx")) == ["KẾ HOẠCH"]


# --- hostile and broken files -------------------------------------------------------------------------------------

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>&f;</w:t></w:r></w:p></w:body></w:document>'


def _encrypted() -> bytes:
    data = bytearray(package(p("KẾ HOẠCH")))
    for at in range(len(data)):
        if data[at : at + 4] == b"PK\x01\x02":
            struct.pack_into("<H", data, at + 8, 1)
        elif data[at : at + 4] == b"PK\x03\x04":
            struct.pack_into("<H", data, at + 6, 1)
    return bytes(data)


def _archive(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return stream.getvalue()


def _utf16_bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", ('<?xml version="1.0" encoding="UTF-16"?>' + BOMB).encode("utf-16"))
    return data.getvalue()


HOSTILE = {
    "entities": (lambda: package("", document=BOMB), InputError, "DOCTYPE"),
    "entity from a file": (lambda: package("", document=OUTSIDE), InputError, "DOCTYPE"),
    "entities in UTF-16": (_utf16_bomb, InputError, "DOCTYPE"),
    "zip bomb": (lambda: package(p() * 12_000_000), InputError, "unpacked|bytes or more"),
    "too many entries": (lambda: package(p("KẾ HOẠCH"), extra={f"word/m/{i}": "" for i in range(10_001)}), InputError, "entries"),
    "path out of the archive": (lambda: package(p("KẾ HOẠCH"), extra={"../../etc/cron.d/x": "x"}), InputError, "names inside"),
    "absolute path": (lambda: package(p("KẾ HOẠCH"), extra={"C:\\Windows\\x.dll": "x"}), InputError, "names inside"),
    "deep nesting": (lambda: package("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), InputError, "broken XML"),
    "encrypted": (_encrypted, InputError, "encrypted"),
    "cut short": (lambda: package(p("KẾ HOẠCH"))[:-200], InputError, "broken"),
    "cut XML": (lambda: package("", document=f"<w:document {W}><w:body>"), InputError, "broken XML"),
    "only pictures": (lambda: package(p() + p()), InputError, "no text"),
    "DOC": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), FormatError, "DOC file"),
    "no zip": (lambda: b"K\xe1\xba\xbf ho\xe1\xba\xa1ch", InputError, "broken"),
    "ODT": (lambda: _archive(mimetype="application/vnd.oasis.opendocument.text"), FormatError, "ODF"),
    "XLSX": (lambda: _archive(xl__workbook_dot_xml="<x/>"), FormatError, "Excel"),
    "any zip": (lambda: _archive(ghi_chu="Kế hoạch"), FormatError, "without a Word document"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_by_name(case: str) -> None:
    make, error, words = HOSTILE[case]
    with pytest.raises(error, match=words) as caught:
        read_docx(make(), "la.docx")
    assert caught.value.vi
    assert caught.value.place.startswith("la.docx")


def test_external_references_are_not_followed() -> None:
    external = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{OFFICE}styles" Target="http://192.0.2.1/styles.xml" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{OFFICE}footnotes" Target="../../../etc/passwd"/></Relationships>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{p('KẾ HOẠCH')}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", external)
    assert lines(read_docx(stream.getvalue(), "a.docx")) == ["KẾ HOẠCH"]


def test_circles_of_styles_and_notes_end() -> None:
    styles = '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    footnotes = f'<w:footnote w:id="1"><w:p>{r("Xem")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote>'
    body = f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{r("Mục tiêu")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    assert lines(read_docx(package(body, styles=styles, footnotes=footnotes), "a.docx")) == ["Mục tiêu¹", "¹ Xem¹"]


def test_embedded_document_is_reported() -> None:
    document = read_docx(package(p("KẾ HOẠCH") + '<w:altChunk r:id="x"/>'), "a.docx")
    assert [finding.code for finding in document.findings] == ["embedded-document"]
