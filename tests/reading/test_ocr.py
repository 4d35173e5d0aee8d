"""Scans: pictures of pages made here, read again; what is mended, and what is said where Tesseract is missing."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from kg.building.cache import entry_key
from kg.building.pipeline import build
from kg.commands.progress import ShowProgress
from kg.errors import InputError
from kg.evaluation import evaluate
from kg.extraction import extract
from kg.reading import ocr, ocr_pool, pdf, read, read_bytes
from kg.reading.ocr import available, read_hocr
from kg.reading.ocr_codes import mend_codes
from kg.reading.ocr_grid import cut_up
from kg.reading.ocr_image import find_ink, measure_skew
from kg.reading.ocr_mend import mend_scan
from kg.records import Block, Document, Passage, Run, Source, Span, Table
from kg.records_json import extraction_to_json
from tests.reading.scan_forms import CHROMIUM, as_print, as_scan, bind

TESSERACT = pytest.mark.skipif(not available().ready, reason=f"Tesseract with Vietnamese is not installed: {available().en}")
FONT = next((path for path in map(Path, (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/Library/Fonts/Times New Roman.ttf", r"C:\Windows\Fonts\times.ttf",
)) if path.exists()), None)  # fmt: skip
DPI = 200
HEADER = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
ROWS = (
    ("1", "Xây dựng quy chế quản lý chất thải rắn", "Sở Tài nguyên và Môi trường", "Sở Công Thương", "2025"),
    ("2", "Tổ chức tập huấn cho doanh nghiệp", "Sở Công Thương", "Sở Tài chính", "2026"),
    ("3", "Rà soát quy hoạch khu công nghiệp", "Sở Xây dựng", "Sở Nội vụ", "2027"),
)
WIDTHS = (100, 420, 380, 320, 180)


def paper(*, turn: float = 0.0, noise: float = 0.0, faint: bool = False) -> Image.Image:
    """A page with a title, a table and a page number."""
    page = Image.new("L", (1654, 1100), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), 30)
    draw.text((520, 80), "KẾ HOẠCH HÀNH ĐỘNG NĂM 2025", font=font, fill=0)
    draw.text((820, 30), "2", font=font, fill=0)
    left, top, high = 120, 200, 130
    edges = [left + sum(WIDTHS[:at]) for at in range(len(WIDTHS) + 1)]
    for at in range(len(ROWS) + 2):
        draw.line((edges[0], top + at * high, edges[-1], top + at * high), fill=0, width=3)
    for edge in edges:
        draw.line((edge, top, edge, top + (len(ROWS) + 1) * high), fill=0, width=3)
    for row, cells in enumerate((HEADER, *ROWS)):
        for column, cell in enumerate(cells):
            words, line, y = cell.split(), "", top + row * high + 10
            for word in [*words, ""]:
                if not word or draw.textlength(f"{line} {word}", font=font) > WIDTHS[column] - 24:
                    draw.text((edges[column] + 12, y), line, font=font, fill=0)
                    line, y = word, y + 42
                else:
                    line = f"{line} {word}".strip()
    if faint:  # a rule of which the copier kept dots only
        for x in range(edges[0] + 6, edges[1] - 4, 14):
            draw.line((x, top + 2 * high - 2, x + 8, top + 2 * high + 2), fill=255, width=8)
    page = page.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if noise:
        values = np.asarray(page, dtype=float) * 0.9 + 18 + np.random.default_rng(7).normal(0, noise, (page.height, page.width))
        page = Image.fromarray(values.clip(0, 255).astype(np.uint8))
    return page


needs_font = pytest.mark.skipif(FONT is None, reason="no font with Vietnamese letters")


@needs_font
@pytest.mark.parametrize("turn", [-1.5, -0.4, 0.0, 0.7])
def test_a_crooked_page_is_measured(turn):
    assert measure_skew(np.asarray(paper(turn=turn))) == pytest.approx(-turn, abs=0.06)


@needs_font
@pytest.mark.parametrize("faint", [False, True])
def test_each_filled_cell_is_cut_out(faint):
    parted = cut_up(np.asarray(paper(noise=10.0, faint=faint)), DPI)
    assert len(parted.cells) == len(HEADER) * (len(ROWS) + 1)
    assert parted.rest is not None


def test_a_round_stamp_is_no_table():
    page = Image.new("L", (1654, 1100), 255)
    draw = ImageDraw.Draw(page)
    for size in (100, 110, 180, 190):
        draw.ellipse((800 - size, 500 - size, 800 + size, 500 + size), outline=0, width=5)
    draw.rectangle((760, 460, 840, 540), outline=0, width=4)
    assert cut_up(np.asarray(page), DPI).cells == []


def test_empty_paper_has_no_ink_and_no_skew():
    grey = np.full((400, 300), 250, dtype=np.uint8)
    assert not find_ink(grey).any()
    assert measure_skew(grey) == 0


@TESSERACT
@needs_font
@pytest.mark.parametrize("form", ["PDF", "PNG", "TIFF"])
def test_a_scanned_table_gives_its_tasks(form):
    page = paper(turn=0.6, noise=8.0)
    out = io.BytesIO()
    page.save(out, form, **({"resolution": DPI} if form == "PDF" else {"dpi": (DPI, DPI)}))
    document = read_bytes(out.getvalue(), f"quet.{form.lower()}")
    (table,) = (part for part in document.parts if isinstance(part, Table))
    assert [cell.text if cell else None for cell in table.header] == list(HEADER)
    tasks = extract(document).tasks
    assert [task.code for task in tasks] == ["1", "2", "3"]
    assert [[agency.name for agency in task.lead] for task in tasks] == [[row[2]] for row in ROWS]
    assert all(0 < agency.confidence < 1 for task in tasks for agency in task.lead)
    assert "scan-recognised" in {finding.code for finding in document.findings}
    assert not any(part.text == "2" for part in document.parts if isinstance(part, Block))  # the page number


@TESSERACT
@needs_font
def test_evidence_of_a_scan_quotes_its_text():
    document = read_bytes(bind([paper(turn=-0.5, noise=8.0)], dpi=DPI), "quet.pdf")
    for part in document.parts:
        if isinstance(part, Table):
            for row in part.rows:
                for cell in row.cells:
                    for span in cell.passage.spans if cell else ():
                        assert document.text[span.start : span.end].strip()
    assert [offset for offset, _ in document.source.sure] == sorted({offset for offset, _ in document.source.sure})
    assert all(0 <= percent <= 100 for _, percent in document.source.sure)


@TESSERACT
@needs_font
def test_the_same_scan_gives_the_same_document():
    data = bind([paper(turn=0.3, noise=8.0)], dpi=DPI)
    assert read_bytes(data, "quet.pdf") == read_bytes(data, "quet.pdf")


@TESSERACT
@needs_font
def test_each_page_is_told_of():
    told = []
    with ocr_pool.on_progress(lambda done, total: told.append((done, total))):
        document = read_bytes(bind([paper(), paper(turn=0.2)], dpi=DPI), "quet.pdf")
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert len(document.source.pages) == 2
    assert [len(part.rows) for part in document.parts if isinstance(part, Table)] == [3, 3]


@TESSERACT
@needs_font
@pytest.mark.parametrize("jobs", [0, 1])
def test_a_build_tells_the_pages_of_its_scans(tmp_path, jobs):
    (tmp_path / "quet.pdf").write_bytes(bind([paper(), paper(turn=0.2)], dpi=DPI))
    told = []
    build([tmp_path / "quet.pdf"], tmp_path / "build", jobs=jobs, pages=lambda *page: told.append(page), progress=lambda *file: told.append(file))
    assert told == [("quet.pdf", 0, 2), ("quet.pdf", 1, 2), ("quet.pdf", 2, 2), (1, 1, "quet.pdf")]


def test_the_progress_line_tells_pages_and_what_is_left(monkeypatch, capsys):
    clock = iter([0.0, 100.0, 140.0, 150.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    shown = ShowProgress()
    shown.files(1, 3, "ke-hoach.docx")
    shown.pages("quet.pdf", 0, 28)
    shown.pages("quet.pdf", 4, 28)
    lines = capsys.readouterr().err.split("\r")[1:]
    assert [line.replace("█", "").split() for line in lines] == [
        ["1/3", "ke-hoach.docx", "còn", "~3", "phút", "(min)"],
        ["1/3", "quet.pdf", "trang", "(page)", "0/28"],
        ["1/3", "quet.pdf", "trang", "(page)", "4/28", "còn", "~60", "giây", "(s)"],
    ]


@TESSERACT
def test_an_empty_page_is_a_finding_and_a_scan_of_empty_pages_an_error():
    with pytest.raises(InputError) as caught:
        read_bytes(bind([Image.new("L", (800, 1100), 255)], dpi=100), "trang.pdf")
    assert "300 dpi" in caught.value.remedy


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: ocr.missing("program", system="linux"))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"], ids=["png", "jpeg"])
def test_a_picture_without_tesseract_is_an_error_that_says_how_to_get_it(no_tesseract, data):
    with pytest.raises(InputError) as caught:
        read_bytes(data, "quet.png")
    assert "tesseract-ocr-vie" in caught.value.remedy
    assert "hãy cài Tesseract" in caught.value.vi


@pytest.mark.parametrize(("system", "word"), [("linux", "apt install"), ("darwin", "brew install"), ("win32", "UB-Mannheim")])
def test_each_system_is_told_its_way(system, word):
    engine = ocr.missing("language", system=system)
    assert word in engine.vi
    assert word in engine.en


@TESSERACT
def test_a_broken_picture_is_an_error():
    with pytest.raises(InputError, match="PNG"):
        read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40), "hong.png")


def test_what_was_read_without_tesseract_is_read_again_with_it(monkeypatch):
    keys = set()
    for state in ("program", "5.3.0 True"):
        monkeypatch.setattr("kg.building.cache.fingerprint", lambda state=state: state)
        keys.add((entry_key(("a.pdf", b"%PDF-1.4")), entry_key(("a.txt", b"a"))))
    assert len({key for key, _ in keys}) == 2
    assert len({key for _, key in keys}) == 1


# codes


@pytest.mark.parametrize(("read", "right"), [
    (["1", "2", "S", "4"], [None, None, None, None]),  # "S" is not 3
    (["1", "2", "3", "4", "S"], [None, None, None, None, "5"]),
    (["3", "3.1", "3.l.1", "3.1,2", "72"], [None, None, "3.1.1", "3.1.2", None]),
    (["4", "4.1", "4.1.1", "42", "422 Lo", "4.2.1"], [None, None, None, "4.2", None, None]),
    (["5", "5.1", "9.1.1", "9.2", "9.2.1"], [None, None, "5.1.1", "5.2", "5.2.1"]),
    (["I", "1", "2", "H", "l", "HI"], [None, None, None, "II", "1", "III"]),
    (["VI", "1", "2", "V", "1", "VI", "1", "X"], [None, None, None, "VII", None, "VIII", None, "IX"]),
    (["a", "b", None, "", "c"], [None] * 5),
])  # fmt: skip
def test_codes_are_mended_where_one_fits_their_order(read, right):
    assert mend_codes(read) == right


# names


def recognised(text: str, percent: int = 80) -> Document:
    passage = Passage(text=text, spans=(Span(0, len(text)),), runs=(Run(0, 0, len(text)),))
    source = Source(path="x.pdf", file_sha256="", text_sha256="", encoding="pdf", size=0, sure=((0, percent),) if percent < 100 else ())
    return Document(source=source, text=text, parts=(Block(kind="paragraph", passage=passage),))


@pytest.mark.parametrize(("read", "right"), [
    ("Bộ Tải nguyên và Mội trường", "Bộ Tài nguyên và Môi trường"),
    ("CỌNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("Cơ quan phôi hợp", "Cơ quan phối hợp"),
    ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
    ("Sở Tài chính", "Sở Tài chính"),
    ("Hỗ trợ phát triên thị trường", "Hỗ trợ phát triên thị trường"),  # no vocabulary has it
    ("Ủy ban. nhân dan tỉnh", "Ủy ban. nhân dan tỉnh"),
])  # fmt: skip
def test_names_are_mended_by_diacritics_only(read, right):
    document = mend_scan(recognised(read), {})
    assert document.text == read
    assert document.parts[0].text == right
    assert ("scan-mended" in {finding.code for finding in document.findings}) == (read != right)


def test_text_that_was_not_recognised_is_never_mended():
    assert mend_scan(recognised("Bộ Tải nguyên và Mội trường", 100), {}).parts[0].text == "Bộ Tải nguyên và Mội trường"


def test_confidence_is_the_lowest_word_of_the_spans():
    source = Source(path="", file_sha256="", text_sha256="", encoding="pdf", size=0, sure=((0, 96), (10, 40), (14, 90)))
    assert source.confidence((Span(0, 10),)) == 0.96
    assert source.confidence((Span(8, 12),)) == 0.40
    assert source.confidence((Span(14, 30), Span(2, 3))) == 0.90
    assert source.mean_confidence((Span(8, 12),)) == pytest.approx(0.68)
    assert source.confidence(()) == 1


HOCR = """<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>
<div class='ocr_page' id='page_1'><span class='ocr_line' title="bbox 10 20 210 60; baseline 0.01 -9; x_size 40">
<span class='ocrx_word' title='bbox 10 22 60 52; x_wconf 91'>Sở</span> <span class='ocrx_word' title='bbox 70 22 210 60; x_wconf 55'>Y&amp;tế</span>
</span></div><div class='ocr_page' id='page_2'></div></body></html>"""


def test_tesseracts_answer_is_read():
    (line,), empty, missing = read_hocr(HOCR.encode(), 3)
    assert [(word.text, word.sure, word.x0) for word in line.words] == [("Sở", 91, 10), ("Y&tế", 55, 70)]
    assert line.base == pytest.approx(60 - 9 + 0.01 * 100)
    assert line.size == 40
    assert empty == missing == []


# the scanned national plan and the five plans: the quality floors


DOCUMENTS = Path(os.environ.get("MANDATEGRAPH_DOCUMENTS", Path(__file__).parents[3] / "shared" / "more-documents"))
SCANNED = DOCUMENTS / "ThuTuong-222-kinh-te-tuan-hoan.pdf"


@pytest.mark.scans
@TESSERACT
@pytest.mark.skipif(not SCANNED.exists(), reason="the scanned decision is not part of the project")
def test_the_scanned_decision_gives_the_national_tasks():
    said = extract(read_bytes(SCANNED.read_bytes(), SCANNED.name))
    assert said.header.number == "222/QĐ-TTg"
    codes = {task.code for task in said.tasks}
    wanted = {"1.1.1", "1.1.2", "1.2.1", "1.2.2", "1.3.1", "2.1.1", "2.1.2", "2.2.1", "2.2.2", "3.1.1", "3.2.1", "3.2.2", "3.2.3", "3.2.4"}
    wanted |= {"3.3.1", "3.3.2", "3.4.1", "3.4.2", "3.4.3", "3.5.1", "3.5.2", "3.5.3", "4.1.1", "4.2.1", "4.2.2", "5.1.1", "5.2.1", "5.2.2"}
    assert len(wanted & codes) >= 0.95 * len(wanted), sorted(wanted - codes)
    assert len(said.tasks) <= len(wanted) + 2


@pytest.mark.scans
@TESSERACT
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to print a plan with")
def test_a_plan_printed_and_scanned_gives_its_tasks_and_leads():
    root, name = Path(__file__).parents[2], "000_b30a2764f1b6c1c1"
    gold = {name: json.loads((root / "tests" / "gold" / f"{name}.json").read_text("utf-8"))}
    scan = as_scan(as_print(read(root / "corpus" / f"{name}.txt")), seed=1)
    scores = evaluate({name: extraction_to_json(extract(read_bytes(scan, "quet.pdf")))}, gold).scores
    assert scores["task"].f1 >= 0.95
    assert scores["task.code"].f1 >= 0.95
    assert scores["task.lead"].f1 >= 0.90
