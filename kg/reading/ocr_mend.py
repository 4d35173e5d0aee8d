"""What Tesseract misread, mended against fixed vocabularies; what it read with doubt, named.

The canonical text stays as it was read. Passages, from which records are made, get the mended letters: outline codes by
their order, and the registry's names, document types and the words of such tables' headers where what was read differs
from exactly one of them by diacritics only ("Bộ Tải nguyên và Mội trường"). All else stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from kg.normalise import fold, key
from kg.reading.align import CODE
from kg.reading.ocr_codes import mend_codes, mend_points
from kg.records import Block, Cell, Document, Finding, Passage, Row, Span, Table

_WORD = re.compile(r"[^\W\d_]+")
_MIN_NAME = 3
"""Syllables that a name must have to be known without its diacritics; shorter ones are told from a list."""
_LOW_CELL, _SHOWN = 0.60, 3
_FIXED = (
    "chủ trì", "phối hợp", "cơ quan chủ trì", "cơ quan phối hợp", "đơn vị chủ trì", "đơn vị phối hợp", "cơ quan thực hiện", "thời gian thực hiện",
    "giai đoạn thực hiện", "nhiệm vụ", "sản phẩm", "kết quả", "nguồn lực", "nguồn lực dự kiến", "kinh phí", "nguồn kinh phí", "thời gian hoàn thành",
    "ghi chú", "hoạt động cụ thể", "căn cứ", "nơi nhận", "tổ chức thực hiện", "phụ lục", "quyết định", "kế hoạch", "hằng năm", "hàng năm",
    "cơ quan ngang bộ", "ủy ban nhân dân", "cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc", "theo đề nghị", "có liên quan",
    "tổ chức có liên quan", "đơn vị có liên quan", "cá nhân có liên quan", "cơ quan có liên quan", "tổ chức liên quan", "đơn vị liên quan", "cơ quan liên quan",
)  # fmt: skip
Mend = tuple[str, str]


def mend_scan(document: Document, scans: Mapping[int, Mapping[str, Any]]) -> Document:
    """Mend a scan's passages and add the findings that tell of it.

    Args:
        document: as read; ``source.sure`` tells which words were recognised.
        scans: the pages that were read by their pictures, by index from 0.
    """
    mends: list[Mend] = []

    def mend(passage: Passage) -> Passage:
        recognised = document.source.confidence(passage.spans) < 1
        return _mend_names(passage, mends) if recognised else passage

    parts = tuple(_mend_part(part, mend, mends) for part in document.parts)
    findings = (*document.findings, *_told(scans, mends), *_doubtful_cells(document))
    return replace(document, parts=parts, findings=findings)


def _mend_part(part: Block | Table, mend: Callable[[Passage], Passage], mends: list[Mend]) -> Block | Table:
    if isinstance(part, Block):
        return replace(part, passage=mend(part.passage))
    header = tuple(cell and Cell(passage=mend(cell.passage)) for cell in part.header)
    rows = [tuple(cell and Cell(passage=mend(cell.passage)) for cell in row.cells) for row in part.rows]
    rows = _mend_column(rows, mend_codes, mends)
    return replace(part, header=header, rows=tuple(Row(cells=cells) for cells in rows))


def mend_printed(document: Document) -> Document:
    """Mend the outline codes of tables in a text that somebody else recognised, where they say so of themselves; a finding tells of it."""
    mends: list[Mend] = []
    parts = tuple(
        replace(part, rows=tuple(Row(cells=cells) for cells in _mend_column([row.cells for row in part.rows], mend_points, mends))) if isinstance(part, Table) else part
        for part in document.parts
    )
    return replace(document, parts=parts, findings=(*document.findings, _told_mends("codes-mended", mends))) if mends else document


def _mend_column(rows: list[tuple[Cell | None, ...]], mended: Callable[[Sequence[str | None]], list[str | None]], mends: list[Mend]) -> list[tuple[Cell | None, ...]]:
    """Mend the codes in a table's first column, if it is one of codes."""
    first = [cells[0].text if cells and cells[0] else None for cells in rows]
    if sum(bool(text and CODE.match(text)) for text in first) < 0.5 * sum(bool(text) for text in first):
        return rows
    found = list(rows)
    for at, code in enumerate(mended(first)):
        cell = rows[at][0] if code else None
        if code and cell is not None:
            mends.append((cell.text, code))
            found[at] = (Cell(passage=Passage(text=code, spans=cell.passage.spans)), *rows[at][1:])
    return found


def _mend_names(passage: Passage, mends: list[Mend]) -> Passage:
    """Set the diacritics of known names right; lengths stay, so that every letter keeps its place."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(passage.text)]
    letters = list(passage.text)
    folded = [fold(passage.text[start:end]) for start, end in words]
    names, longest = _names()
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 1, -1):
            proper = names.get(tuple(folded[at : at + length]))
            if proper is None:
                continue
            stretch = passage.text[words[at][0] : words[at + length - 1][1]]
            if _is_one(stretch) and key(" ".join(_WORD.findall(stretch))) != " ".join(proper):
                changed = _set(letters, words[at : at + length], proper)
                if changed:
                    mends.append((stretch, "".join(letters[words[at][0] : words[at + length - 1][1]])))
            at += length - 1
            break
        at += 1
    text = "".join(letters)
    return passage if text == passage.text else replace(passage, text=text, runs=passage.runs)


def _is_one(stretch: str) -> bool:
    """Whether no sign but a comma or dash parts the words."""
    return not re.search(r"[.;:()/]", stretch)


def _set(letters: list[str], words: Iterable[tuple[int, int]], proper: tuple[str, ...]) -> bool:
    changed = False
    for (start, end), syllable in zip(words, proper, strict=True):
        read = "".join(letters[start:end])
        if key(read) == syllable or len(syllable) != end - start:
            continue
        letters[start:end] = [new.upper() if old.isupper() else new for old, new in zip(read, syllable, strict=True)]
        changed = True
    return changed


@cache
def _names() -> tuple[dict[tuple[str, ...], tuple[str, ...]], int]:
    """The vocabulary by its words without diacritics, where these leave one form; and the most words of any."""
    from kg.resolution.registry import load_registry

    registry = load_registry()
    labels = {key(label) for label in _FIXED}
    labels |= {key(label) for kind in registry.kinds.values() for label in (kind.name, *kind.alt)}
    labels |= {key(kind.name) for kind in registry.document_types.values()}
    labels |= {key(f"{type_} {unit.name}") for unit in registry.provinces.values() for type_ in ("tỉnh", "thành phố")}
    fixed = {key(label) for label in _FIXED}
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for label in labels:
        words = tuple(_WORD.findall(label))
        if len(words) >= _MIN_NAME or (len(words) > 1 and label in fixed):
            found.setdefault(tuple(map(fold, words)), set()).add(words)
    names = {bare: next(iter(forms)) for bare, forms in found.items() if len(forms) == 1}
    return names, max(map(len, names))


def _told(scans: Mapping[int, Mapping[str, Any]], mends: list[Mend]) -> Iterable[Finding]:
    read = [index for index, scan in scans.items() if "error" not in scan]
    words = [word for index in read for word in scans[index]["words"]]
    mean = sum(word[-1] * len(word[4]) for word in words) / max(1, sum(len(word[4]) for word in words))
    left_out = sum(scans[index]["left_out"] for index in read)
    yield Finding(
        code="scan-recognised", severity="note",
        vi=f"{len(read)} trang ảnh được nhận dạng chữ (OCR), độ tin cậy trung bình {mean:.0f} %; {left_out} dấu vết (dấu, chữ ký, vết bẩn) không tính là chữ",
        en=f"{len(read)} pages are pictures and were recognised (OCR), mean confidence {mean:.0f} %; {left_out} marks were taken for stamps, signatures or dirt",
    )
    for index in read:
        if not scans[index]["words"]:
            yield Finding(
                code="page-without-words", severity="note",
                vi=f"Trang {index + 1} là ảnh, không nhận ra chữ nào", en=f"Page {index + 1} is a picture in which no word was found",
            )
    if mends:
        yield _told_mends("scan-mended", mends)


def _told_mends(code: str, mends: Sequence[Mend]) -> Finding:
    shown = ", ".join(f"“{old}” → “{new}”" for old, new in list(dict.fromkeys(mends))[:_SHOWN])
    if code == "codes-mended":
        return Finding(
            code=code, severity="note",
            vi=f"{len(mends)} số thứ tự mất dấu chấm hoặc sai chữ số được sửa theo thứ tự trong bảng, bản văn giữ nguyên: {shown}",
            en=f"{len(mends)} outline codes that lost points or digits were mended by their order in the table, the text stays as it is: {shown}",
        )
    return Finding(
        code=code, severity="note",
        vi=f"{len(mends)} chỗ nhận dạng sai dấu hoặc sai số thứ tự được sửa theo danh mục, bản văn giữ nguyên: {shown}",
        en=f"{len(mends)} misread names and codes were mended against the vocabularies, the text stays as read: {shown}",
    )


def _doubtful_cells(document: Document) -> Iterable[Finding]:
    """Name the cells that were read with doubt, one finding a table."""
    for part in document.parts:
        if not isinstance(part, Table):
            continue
        cells = [cell for row in part.rows for cell in row.cells if cell and cell.text]
        low = [cell for cell in cells if document.source.mean_confidence(cell.passage.spans) < _LOW_CELL]
        if low:
            shown = ", ".join(f"“{cell.text[:40]}”" for cell in low[:_SHOWN])
            yield Finding(
                code="cells-in-doubt", severity="warning",
                vi=f"{len(low)} trên {len(cells)} ô của bảng quét đọc không chắc; hãy so với bản gốc: {shown}",
                en=f"{len(low)} of {len(cells)} cells of a scanned table were read with doubt; compare the original: {shown}",
                span=Span(low[0].passage.spans[0].start, low[0].passage.spans[-1].end),
            )
