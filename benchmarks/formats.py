"""Pages a second for each format, beside the bare library that opens it and beside libraries that give cells.

    python -m benchmarks.formats [--copies 10] [--pdf FILE …]

A page is 2,500 letters. "bare" is what a program does at least to get at the letters: decode; python-docx's paragraphs and cells;
lxml's text; PDFium's text. It knows no cells (but DOCX), no order of columns, no offsets. The peers give tables with cells, or a
page's text in its layout, as ours does: pdfplumber and PyMuPDF for PDF, pd.read_html, inscriptis and trafilatura for HTML.
They are no dependency: those that are not installed are left out. CPU seconds of one process, the median of the rounds.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kg.reading import read, read_bytes
from tests.reading.legacy_forms import as_tcvn3, as_vni, western_bytes
from tests.reading.plan_forms import as_docx, as_html

CORPUS = Path(__file__).parents[1] / "corpus"
_PAGE = 2500


def files() -> dict[str, bytes]:
    path = sorted(CORPUS.glob("*.txt"))[1]
    text, document = path.read_text("utf-8"), read(path)
    made = {
        "text": path.read_bytes(),
        "text (TCVN3)": western_bytes(as_tcvn3(text)),
        "text (VNI)": western_bytes(as_vni(text)),
        "docx": as_docx(document),
        "html": as_html(document, portal=True),
    }
    pdf = _as_pdf(made["docx"])
    return made if pdf is None else {**made, "pdf": pdf}


def _as_pdf(word: bytes) -> bytes | None:
    import subprocess
    import tempfile

    from kg.reading.tools import SOFFICE

    program = SOFFICE.find()
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "plan.docx")
        given.write_bytes(word)
        command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", folder, str(given)]
        subprocess.run(command, check=True, capture_output=True)
        return Path(folder, "plan.pdf").read_bytes()


def bare_docx(data: bytes) -> int:
    import docx

    word = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return sum(len(paragraph.text) for paragraph in word.paragraphs) + sum(map(len, cells))


def bare_html(data: bytes) -> int:
    from lxml import etree

    return sum(map(len, etree.fromstring(data, etree.HTMLParser()).itertext()))


def bare_pdf(data: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return sum(len(document[index].get_textpage().get_text_bounded()) for index in range(len(document)))


BARE: dict[str, Callable[[bytes], int]] = {"docx": bare_docx, "html": bare_html, "pdf": bare_pdf}


def cells_pdfplumber(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_text()) + sum(map(len, page.extract_tables())) for page in document.pages)


def cells_pymupdf(data: bytes) -> int:
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        return sum(len(page.get_text()) + sum(len(table.extract()) for table in page.find_tables().tables) for page in document)


def cells_pandas(data: bytes) -> int:
    import pandas as pd

    return sum(frame.size for frame in pd.read_html(io.BytesIO(data), encoding="utf-8"))


def text_inscriptis(data: bytes) -> int:
    import inscriptis

    return len(inscriptis.get_text(data.decode()))


def text_trafilatura(data: bytes) -> int:
    import trafilatura

    return len(trafilatura.extract(data.decode(), include_tables=True) or "")


PEERS: dict[str, dict[str, Callable[[bytes], int]]] = {
    "pdf": {"pdfplumber": cells_pdfplumber, "pymupdf": cells_pymupdf},
    "html": {"pandas": cells_pandas, "inscriptis": text_inscriptis, "trafilatura": text_trafilatura},
}
"""Format → what gives its cells, or its text in its layout."""


def own_reader(name: str) -> Callable[[bytes], object]:
    """What reads the format here; a PDF in this process, so that its CPU time is counted."""
    if name != "pdf":
        return lambda data: read_bytes(data, f"plan.{name[:4]}")
    from kg.reading.pdf import assemble
    from kg.reading.pdf_worker import read_pages

    return lambda data: assemble(data, "plan.pdf", json.loads(json.dumps(read_pages(data))), {})


def seconds(call: Callable[[], object], copies: int) -> float:
    """The median CPU time of the rounds, after one that is not counted."""
    call()
    taken = []
    for _ in range(copies):
        started = time.process_time()
        call()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--pdf", type=Path, nargs="*", default=[], help="further PDFs, each a line of its own")
    given = parser.parse_args()
    made = {**files(), **{f"pdf {path.name}": path.read_bytes() for path in given.pdf}}
    print(f"{'format':14}{'pages':>7}{'ms a file':>11}{'pages/s':>10}  ours to it, ms of it")
    for name, data in made.items():
        kind = name.split()[0] if name.startswith("pdf") else name
        own_read = own_reader(kind)
        own = seconds(partial(own_read, data), given.copies)
        bare = BARE.get(kind, lambda data: len(data.decode("utf-8", "replace")))
        line = [beside("bare", partial(bare, data), own, given.copies)]
        line += [beside(peer, partial(call, data), own, max(1, given.copies // 5)) for peer, call in PEERS.get(kind, {}).items()]
        pages = len(read_bytes(data, "plan").text) / _PAGE
        print(f"{name[:13]:14}{pages:7.1f}{own * 1000:11.1f}{pages / own:10.0f}  {', '.join(filter(None, line))}")


def beside(peer: str, call: Callable[[], object], own: float, copies: int) -> str:
    """Say how our time stands to a peer's; "" where it is not installed."""
    try:
        taken = seconds(call, copies)
    except ImportError:
        return ""
    return f"{peer} × {own / max(taken, 1e-6):.2f} ({taken * 1000:.2f})"


if __name__ == "__main__":
    main()
