"""Real files of each format, and mutations that a reader of strangers' files must live through."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

from tests.reading.legacy_forms import as_tcvn3, as_vni, western_bytes
from tests.reading.plan_forms import as_docx, as_html, as_xlsx

CORPUS = Path(__file__).parents[2] / "corpus"
_MAX_BYTES = 40_000


def seeds() -> dict[str, bytes]:
    """One small real file of each format, by the name it is read under."""
    from kg.reading import read_bytes

    text = sorted(CORPUS.glob("*.txt"))[2].read_text("utf-8")
    head, tail = text[:4000], text[-3000:]
    part = read_bytes(f"{head}\n{tail}".encode(), "plan.txt")
    short = f"{head}\n{tail}"
    word = as_docx(part)
    page = as_html(part, portal=True)
    message = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page + b"\r\n--b--\r\n"
    return {
        "plan.txt": short.encode(),
        "tables.md": sorted(CORPUS.glob("*.txt"))[1].read_bytes()[-_MAX_BYTES:],
        "utf16.txt": short.encode("utf-16"),
        "tcvn3.txt": western_bytes(as_tcvn3(short)),
        "vni.txt": western_bytes(as_vni(short)),
        "plan.docx": word,
        "plan.xlsx": as_xlsx(part),
        "plan.html": page,
        "plan.mhtml": message,
        "plan.pdf": _pdf(short),
        "ole.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + word[:2000],
    }


def _pdf(text: str) -> bytes:
    """A PDF by hand: letters of ASCII are enough to mutate its structure."""
    lines = [line.encode("ascii", "ignore")[:90].replace(b"(", b"").replace(b")", b"").replace(b"\\", b"") for line in text.splitlines()[:60]]
    content = b"BT /F1 10 Tf 50 800 Td " + b" ".join(b"(" + line + b") Tj 0 -12 Td" for line in lines) + b" ET 50 50 m 500 50 l S 50 90 m 500 90 l S"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def mutate(data: bytes, seed: int) -> bytes:
    """Change a file at some places; of a Word file, now and then the XML inside."""
    chance = random.Random(seed)  # noqa: S311  fuzzing
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _mutate_inside(data, chance)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        data = _mutate_once(data, chance)
    return data


_PIECES = (
    b"<", b">", b"\0", b"\xff", b"&#0;", b"&#x110000;", b"<table>", b"</td>", b"<tr><td colspan=99999 rowspan=99999>", b"\xef\xbb\xbf", b"|", b"\t",
    b"\r", b"\xe2\x80\xae", b"\xcc\x81" * 20, b"<w:tbl>", b"</w:p>", b"<w:vMerge/>", b'w:val="-99999999999"', b"<![CDATA[", b"]]>", b"<!--", b"%", b"1" * 400,
    "Cơ quan chủ trì".encode(), b"I. ", "¹".encode(),
)  # fmt: skip


def _mutate_once(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 2, 8, 64, 1024)))
    kind = chance.randrange(7)
    if kind == 0:
        return data[:at] + bytes((chance.randrange(256),)) + data[at + 1 :]
    if kind == 1:
        return data[:at] + data[end:]
    if kind == 2:
        return data[:end] + data[at:end] * chance.choice((1, 3, 50)) + data[end:]
    if kind == 3:
        return data[:at] + chance.choice(_PIECES) + data[at:]
    if kind == 4:
        return data[:at]
    if kind == 5:
        other = chance.randrange(len(data) + 1)
        return data[:at] + data[other : other + 64] + data[end:]
    return data[:at] + bytes(reversed(data[at:end])) + data[end:]


def _mutate_inside(data: bytes, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        names = [name for name in given.namelist() if name.endswith((".xml", ".rels"))]
        chosen = chance.choice((*names, *["word/document.xml"] * 6))
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, _mutate_once(content, chance) if name == chosen else content)
    return stream.getvalue()
