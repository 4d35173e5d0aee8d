"""A plan that was read, set as a page of print and scanned: crooked, with noise, as JPEG pictures in a PDF without text."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from kg.records import Document
from tests.reading.plan_forms import as_html

DPI = 200
MAX_SKEW = 0.7
NOISE = 12.0
QUALITY = 60
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_STYLE = """<style>@page{size:A4 %s;margin:2cm 1.5cm 2cm 2.5cm}
body{font:13pt/1.35 "Times New Roman","Liberation Serif","DejaVu Serif",serif;text-align:justify}
table[border]{border-collapse:collapse;width:100%%;font-size:12pt}table[border] td,table[border] th{border:0.75pt solid #000;padding:1pt 4pt;vertical-align:top}
p{margin:3pt 0}h1,h2,h3,h4{font-size:13pt}</style></head>"""


def as_print(plan: Document, *, landscape: bool = False) -> bytes:
    """Set a plan as a PDF with a text layer, through Chromium."""
    page = as_html(plan).decode().replace("</head>", _STYLE % ("landscape" if landscape else ""), 1)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "plan.html"), Path(folder, "plan.pdf")
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/p",
             f"--print-to-pdf={target}", source.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return target.read_bytes()


def as_scan(printed: bytes, *, seed: int, pages: int | None = None, dpi: int = DPI) -> bytes:
    """Scan a PDF: each page turned by up to 0.7 degrees, with Gaussian noise, as a JPEG picture."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    chance, noise = random.Random(seed), np.random.default_rng(seed)  # noqa: S311  a scan that anyone can make again
    pictures: list[Image.Image] = []
    with pypdfium2.PdfDocument(printed) as document:
        for page in list(document)[:pages]:
            paper = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            turned = paper.rotate(chance.uniform(-MAX_SKEW, MAX_SKEW), resample=Image.Resampling.BICUBIC, fillcolor=255)
            values = np.asarray(turned, dtype=np.float64) * 0.9 + 18 + noise.normal(0.0, NOISE, (turned.height, turned.width))
            pictures.append(Image.fromarray(values.clip(0, 255).astype(np.uint8)))
    return bind(pictures, dpi=dpi, quality=QUALITY)


def bind(pictures: list[Any], *, dpi: int, quality: int = 90) -> bytes:
    """Bind pictures as a PDF without a text layer."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi, quality=quality)
    return out.getvalue()
