"""Lists of Roman numbers are read by their strokes; what is none gives nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
from PIL import Image, ImageDraw, ImageFont  # noqa: E402

from kg.reading.ocr_romans import may_be_romans, read_romans  # noqa: E402

_FOLDERS = ("/usr/share/fonts", "/Library/Fonts", r"C:\Windows\Fonts")
_NAMES = ("LiberationSerif-Regular", "LiberationSans-Regular", "DejaVuSerif", "DejaVuSans", "DejaVuSans-Bold", "times", "Times New Roman")
FONTS = sorted({path for folder in _FOLDERS if Path(folder).is_dir() for path in Path(folder).rglob("*.ttf") if path.stem in _NAMES})
needs_font = pytest.mark.skipif(not FONTS, reason="no font found")


def _cell(text: str, font: Path, size: int = 46, dust: int = 0) -> np.ndarray:
    picture = Image.new("L", (60 + size * len(text), 90 + 80 * text.count("\n")), 255)
    ImageDraw.Draw(picture).multiline_text((30, 20), text, font=ImageFont.truetype(str(font), size), fill=10)
    for at in range(dust):
        picture.putpixel((at * 29 % picture.width, at % 4), 0)
    return np.asarray(picture)


@needs_font
@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
@pytest.mark.parametrize("text", ["I, II, IV", "I,II,III,IV", "II; IV", "IV", "I, II,\nIV", "V, VI, IX", "I, VII, VIII, X", "III IV"])
@pytest.mark.parametrize("size", [30, 46])
def test_numbers_are_read(text, font, size):
    expected = ",".join(text.replace(";", ",").replace(",", " ").split())
    assert read_romans(_cell(text, font, size, dust=12)) == expected


@needs_font
@pytest.mark.parametrize("text", ["Sở Y tế", "I, K", "II, I", "IIII", "2026", "1.1", "I - IV", "VX", "M, L", ""])
def test_what_is_no_ascending_list_gives_nothing(text):
    assert [read_romans(_cell(text, font)) for font in FONTS] == [None] * len(FONTS)


@pytest.mark.parametrize(("text", "may"), [("I 1H, IV", True), ("LH,IV", True), ("I —H, IIH,IV", True), ("Hằng năm", False), ("2026", False), ("III", False), ("Vốn", False)])
def test_cells_that_are_tried(text, may):
    # the left three are what Tesseract made of "I, II, IV" and "I, II, III, IV" in the scans of two plans
    assert may_be_romans(text) == may
