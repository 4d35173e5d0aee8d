"""TCVN3, VNI and Windows-1258: recognised, converted, and led back to the bytes; the plans give the same records."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
from pathlib import Path

import pytest

from kg.normalise import key
from kg.reading import read, read_bytes
from kg.reading.legacy_text import convert_legacy, detect_legacy
from kg.reading.syllables import is_syllable, syllable_share
from tests.reading.legacy_forms import as_tcvn3, as_vni, western_bytes
from tests.reading.plan_forms import as_docx, as_html, records

CORPUS = Path(__file__).parents[2] / "corpus"
PLANS = sorted(CORPUS.glob("*.txt"))
FORMS = {"tcvn3": as_tcvn3, "vni": as_vni}


def _compared(value):
    """Records with their words as keys: TCVN3 has no "Ủ", so that typists wrote "Uỷ"."""
    if isinstance(value, dict):
        return {name: _compared(inner) for name, inner in value.items() if name != "findings"}
    if isinstance(value, list):
        return [_compared(inner) for inner in value]
    return key(value) if isinstance(value, str) else value


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.name[:3])
def test_the_plans_give_the_same_records(plan: Path, name: str) -> None:
    # what neither the fonts nor Windows-1252 hold: subscripts and the like
    text = re.sub("[^\x00-\xff“”‘’–—…•\u0100-\u01b0\u1ea0-\u1ef9]", " ", unicodedata.normalize("NFC", plan.read_text("utf-8")))
    expected = _compared(records(read_bytes(text.encode(), "plan.txt")))
    for data in (western_bytes(FORMS[name](text)), FORMS[name](text).encode("utf-8"), FORMS[name](text).encode("utf-16")):
        document = read_bytes(data, "plan.txt")
        assert [finding.code for finding in document.findings] == ["converted-encoding"]
        assert _compared(records(document)) == expected
    assert read_bytes(western_bytes(FORMS[name](text)), "plan.txt").source.encoding == name


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.name[:3])
def test_no_plan_in_unicode_is_converted(plan: Path) -> None:
    text = plan.read_text("utf-8")
    for form in (text, unicodedata.normalize("NFD", text)):
        assert detect_legacy(form) is None
        assert read_bytes(form.encode(), "plan.txt").findings == ()


REAL = [  # TCVN3 as it is met in old files
    ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    ("C¨n cø NghÞ ®Þnh sè 15/CP", "Căn cứ Nghị định số 15/CP"),
    ("th«ng t\xad h\xadíng dÉn ng\xadêi cã c«ng", "thông tư hướng dẫn người có công"),
    ("QUYÕT §ÞNH CñA Bé TR¦ëNG", "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG"),
    ("Bé GD§T vµ UBND tØnh", "Bộ GDĐT và UBND tỉnh"),
    ("kÕ ho¹ch¹ dù kiÕn¹", "kế hoạch¹ dự kiến¹"),
]


@pytest.mark.parametrize(("given", "expected"), REAL)
def test_tcvn3_is_read_as_it_was_printed(given: str, expected: str) -> None:
    assert convert_legacy(given, "tcvn3") == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("höôùng daãn thöïc hieän, naêm 2025, kyõ thuaät", "hướng dẫn thực hiện, năm 2025, kỹ thuật"),
        ("yù kieán, kyø hoïp, tyû leä, quùy, chæ ñaïo, nghóa, ñòa phöông", "ý kiến, kỳ họp, tỷ lệ, qúy, chỉ đạo, nghĩa, địa phương"),
    ],
)
def test_vni_is_read_as_it_was_printed(given: str, expected: str) -> None:
    assert convert_legacy(given, "vni") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Les autorités françaises ont décidé que la préfecture présentera l'œuvre à l'été, où élèves et maîtres s'étaient arrêtés.",
        "Die Behörde für Wirtschaft prüft die Maßnahmen; Städte, Länder und Verbände können Anträge für nächstes Jahr früh stellen.",
        "Kế hoạch © 2025 ® của tỉnh « Lai Châu »",
        "Sở Công Thương",
        "plan",
        "",
        "§ 1. Áp dụng cho các cá nhân",
        "toán, hoá, lí, xã hội, quá trình, đã có",
    ],
)
def test_what_is_neither_is_left_alone(text: str) -> None:
    assert detect_legacy(text) is None


@pytest.mark.parametrize("name", FORMS)
def test_quotes_lead_back_to_the_bytes(name: str) -> None:
    text = "Ðộc lập\r\nKế hoạch phát triển kinh tế\u00a0tuần hoàn, Sở Công Thương chủ trì; hướng dẫn người dân\r\nthực hiện nhiệm vụ."
    text = text.replace("Ð", "Đ")
    data = western_bytes(FORMS[name](text))
    document = read_bytes(data, "plan.txt")
    pairs = [*document.source.offsets, (len(document.text), len(data))]
    assert document.text == text.replace("\r\n", "\n").replace("\u00a0", " ")
    for word in re.finditer(r"\w+", document.text):
        (low, first), (high, last) = (_byte(pairs, at) for at in word.span())
        assert convert_legacy(data[first:last].decode("cp1252"), name) == document.text[low:high] == word.group()


def _byte(pairs: list[tuple[int, int]], at: int) -> tuple[int, int]:
    start, byte = max(pair for pair in pairs if pair[0] <= at)
    return at, byte + at - start


def test_windows_1258_is_read() -> None:
    text = "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, phối hợp với các sở, ngành thực hiện kế hoạch"
    marks = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    pieces = []
    for char in text:  # the code page has letters with roofs whole, and tones as marks behind them
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(mark for mark in parts if mark in marks)
        pieces.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in marks)) + tone)
    document = read_bytes("".join(pieces).encode("cp1258"), "plan.txt")
    assert document.text == text
    assert document.source.encoding == "cp1258"
    assert [finding.code for finding in document.findings] == ["converted-encoding"]


@pytest.mark.parametrize("name", FORMS)
def test_a_web_page_in_a_font_encoding(name: str) -> None:
    plan = read(PLANS[1])
    page = as_html(plan).decode("utf-8")
    font = {"tcvn3": ".VnTime", "vni": "VNI-Times"}[name]
    told = FORMS[name](page).replace("<body>", f'<body style="font-family: {font}, serif">')
    untold = FORMS[name](page)
    expected = _compared(records(read_bytes(page.encode(), "plan.html")))
    superscripts = ("¹", "²")
    for text in (told, untold):
        data = text.replace("charset=utf-8", "charset=windows-1252").encode("cp1252", "xmlcharrefreplace")
        document = read_bytes(data, "plan.html")
        assert "converted-encoding" in [finding.code for finding in document.findings]
        assert set(document.text) & {"ạ", "ế"}
        got = _compared(records(document))
        assert len(got["tasks"]) == len(expected["tasks"])
        if not any(mark in page for mark in superscripts):
            assert got == expected


def _word(runs: list[list[tuple[str, str]]]) -> bytes:
    """A Word file of paragraphs of (text, font)."""
    import docx
    from docx.oxml.ns import qn

    word = docx.Document()
    for each in runs:
        paragraph = word.add_paragraph()
        for text, font in each:
            run = paragraph.add_run(text)
            run.font.name = font
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hAnsi"), font)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def test_word_s_fonts_tell_for_each_run() -> None:
    data = _word([
        [(as_tcvn3("ủy ban nhân dân tỉnh lai châu").replace("Uỷ", "ñy"), ".VnTimeH")],
        [(as_tcvn3("Kế hoạch phát triển "), ".VnTime"), ("kinh tế số ", "Times New Roman"), (as_vni("của địa phương"), "VNI-Times")],
        [("Sở Công Thương chủ trì", ".VnTime")],
        [("R&D", ".VnTimeH")],
    ])  # fmt: skip
    document = read_bytes(data, "plan.docx")
    assert document.text.split("\n\n") == [
        "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU",
        "Kế hoạch phát triển kinh tế số của địa phương",
        "Sở Công Thương chủ trì",  # typed anew in Unicode under an old style
        "R&D\n",
    ]
    assert [finding.en.split(";")[0] for finding in document.findings] == ["converted from TCVN3 (ABC) to Unicode", "converted from VNI to Unicode"]


def test_the_plans_as_word_files_in_tcvn3() -> None:
    plan = read(PLANS[2])
    plain = as_docx(plan)
    expected = _compared(records(read_bytes(plain, "plan.docx")))
    converted = _reencode(plain)
    document = read_bytes(converted, "plan.docx")
    assert "converted-encoding" in [finding.code for finding in document.findings]
    assert _compared(records(document)) == expected


def _reencode(data: bytes) -> bytes:
    """All text of a Word file in TCVN3 letters, no font named."""
    import docx

    word = docx.Document(io.BytesIO(data))
    cells = (cell for table in word.tables for row in table.rows for cell in row.cells)
    paragraphs = {id(p._p): p for p in itertools.chain(word.paragraphs, *(cell.paragraphs for cell in cells))}  # merged cells come twice
    for paragraph in paragraphs.values():
        for run in paragraph.runs:
            run.text = as_tcvn3(run.text)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("word", ["nghiệp", "Khuyến", "giữa", "quýt", "Ủy", "ương", "gìn", "khuỷu", "loại", "xoong"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", ["hoµ", "nghÜa", "dân2", "été", "naân", "fã", "zả", "tiếngg", "hoạ̀ch"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_plans_are_made_of_syllables() -> None:
    for path in PLANS:
        share, words = syllable_share(path.read_text("utf-8"))
        assert share > 0.95
        assert words > 500
