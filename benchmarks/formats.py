"""Pages a second for each format, beside the bare library that opens it.

    python -m benchmarks.formats [--copies 10]

A page is 2,500 letters. "bare" is what a program does at least to get at the words: decode; python-docx's paragraphs and
cells; lxml's text; PDFium's text. Reading does more: cells in their columns, list marks, headings, offsets.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable
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


def seconds(call: Callable[[], object], copies: int) -> float:
    """The median of the rounds, after one that is not counted."""
    call()
    taken = []
    for _ in range(copies):
        started = time.perf_counter()
        call()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=10)
    copies = parser.parse_args().copies
    print(f"{'format':14}{'pages':>7}{'ms a file':>11}{'pages/s':>10}{'bare ms':>10}{'ratio':>8}")
    for name, data in files().items():
        own = seconds(lambda data=data, name=name: read_bytes(data, f"plan.{name[:4]}"), copies)
        bare_reader = BARE.get(name, lambda data: len(data.decode("utf-8", "replace")))
        bare = seconds(lambda data=data, bare_reader=bare_reader: bare_reader(data), copies)
        pages = len(read_bytes(data, "plan").text) / _PAGE
        print(f"{name:14}{pages:7.1f}{own * 1000:11.1f}{pages / own:10.0f}{bare * 1000:10.2f}{own / bare:8.1f}")


if __name__ == "__main__":
    main()
