"""Lines of a PDF page → paragraphs: columns one after the other, wrapped lines joined, each with how surely it was recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from kg.reading.lines import MARK
from kg.reading.paragraphs import DAY_OPENS, TYPE_ALONE
from kg.reading.pdf_mend import is_cut, mend_text
from kg.reading.pdf_page import Page, Word
from kg.reading.pdf_white import cut_pieces

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NOTE = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+\s*\S|\[\d{1,2}\]\s*\S")
"""The mark that opens a footnote."""
_GLUED_END = re.compile(r"[^\W_][-/]$")
_NUMBER_END = re.compile(r"\d[/-][^\s,;.]*[A-ZĐ]$")
_NUMBER_REST = re.compile(r"[A-ZĐ&]{0,6}-[A-ZĐ]{2}|[A-ZĐ](?![^\s,;.)])")
"""How the number of a document ends in a line, and goes on in the next: "180/2025/NĐ", "-CP"; "02-KH/BCĐT", "W"; "94/2024/N", "Đ-CP"."""
_END = re.compile(r"[.;:!?…]['\"”’)\]]*$")
_SAME = 1.5
"""Points by which two lines of one indent differ at most."""

Sure = tuple[tuple[int, int], ...]
"""How surely a text was recognised: stretches of (characters but spaces, percent), in order; () where it was not recognised."""


class Paragraph(NamedTuple):
    """A paragraph as printed. ``full``: its last line fills the column; ``flush``: its first line begins at the margin."""

    text: str
    bold: bool
    small: bool
    full: bool
    flush: bool
    sure: Sure = ()


class Line(NamedTuple):
    """A line of one column of running text."""

    x0: float
    x1: float
    base: float
    size: float
    words: list[Word]


def line_text(line: Sequence[Word]) -> str:
    """The words of a line with single spaces; raised digits as superscripts."""
    size = max(word.size for word in line)
    small = [word for word in line if word.size < 0.85 * size]
    tight = any(right.x0 - left.x1 < 0.06 * size for left, right in pairwise(line))
    if not small and not tight:
        return mend_text(" ".join([word.text for word in line]))
    bases = sorted(word.base for word in line if word.size > 0.85 * size)
    base = bases[len(bases) // 2]
    out: list[str] = []
    previous: Word | None = None
    for word in line:
        text = word.text
        raised = word.size < 0.85 * size and word.base < base - 0.12 * size and text.isdigit()
        if raised:
            text = text.translate(_RAISED)
        close = previous is not None and word.x0 - previous.x1 < 0.06 * size
        if previous is not None and not (close and (raised or len(out[-1]) < 3)):
            out.append(" ")
        out.append(text)
        previous = word
    return mend_text("".join(out))


def join_lines(texts: Sequence[str]) -> str:
    """Wrapped lines → one; a line that a hyphen or slash inside of a word ends, or that ends within a word, is joined without a space."""
    pieces: list[str] = []
    end = ""
    for text in filter(None, texts):
        if pieces:
            glued = (_GLUED_END.search(end) and text[:1].isalnum()) or (_NUMBER_END.search(end) and _NUMBER_REST.match(text)) or is_cut(end, text)
            if glued:
                end += text
                pieces.append(text)
            else:
                end = text
                pieces += (" ", text)
        else:
            end = text
            pieces.append(text)
        end = end.rpartition(" ")[2]
    return "".join(pieces)


def sure_of(lines: Sequence[Sequence[Word]]) -> Sure:
    """How surely the words of lines were recognised; whatever joins them adds and takes spaces only."""
    if all(word.sure == 100 for line in lines for word in line):
        return ()
    stretches: list[tuple[int, int]] = []
    for word in chain.from_iterable(lines):
        if stretches and stretches[-1][1] == word.sure:
            stretches[-1] = (stretches[-1][0] + len(word.text), word.sure)
        else:
            stretches.append((len(word.text), word.sure))
    return tuple(stretches) if any(percent < 100 for _, percent in stretches) else ()


def cut_blocks(lines: list[list[Word]]) -> list[list[list[Word]]]:
    """Cut lines into stretches of one column and stretches of several (unruled tables, letterheads)."""
    blocks: list[list[list[Word]]] = []
    several: list[bool] = []
    for split, line in zip(_in_columns(lines), lines, strict=True):
        if not blocks or split != several[-1]:
            blocks.append([])
            several.append(split)
        blocks[-1].append(line)
    return blocks


def _in_columns(lines: list[list[Word]]) -> list[bool]:
    """For each line whether it stands in columns; a line of one piece goes with the columns around it that it fits."""
    if not lines:
        return []
    left = min(line[0].x0 for line in lines)
    right = max(line[-1].x1 for line in lines)
    pieces = [_pieces(line) for line in lines]
    states: list[bool | None] = []
    for line, parts in zip(lines, pieces, strict=True):
        wide = line[-1].x1 - line[0].x0 > 0.75 * (right - left)
        states.append(True if len(parts) > 1 else False if wide else None)
    for at, state in enumerate(states):
        if state is None:
            above = next((s for s in reversed(states[:at]) if s is not None), False)
            below = next((s for s in states[at + 1 :] if s is not None), False)
            near = above and at > 0 and lines[at][0].base - lines[at - 1][0].base < 2.2 * lines[at][0].size
            own = _centred(lines[at], left, right) or TYPE_ALONE.match(line_text(lines[at]))
            states[at] = bool((above and below) or (near and not own))
    return [bool(state) for state in states]


def _pieces(line: list[Word]) -> list[list[Word]]:
    """Cut a line at gaps wider than justified text has; a list mark stays with its words."""
    pieces = cut_pieces(line, 1.1)
    if len(pieces) > 1 and len(pieces[0]) == 1 and (MARK.match(pieces[0][0].text + " x") or not pieces[0][0].text[-1].isalnum()):
        pieces[:2] = [pieces[0] + pieces[1]]
    return pieces


def _centred(line: list[Word], left: float, right: float) -> bool:
    return abs((line[0].x0 - left) - (right - line[-1].x1)) < 0.06 * (right - left) and line[0].x0 > left + 10


def read_block(lines: list[list[Word]], page: Page) -> list[Paragraph]:
    """Read running text; two columns side by side (letterhead, recipients and signature) one after the other."""
    gutter = _two_columns(lines) if any(_in_columns(lines)) else None
    if gutter is None:
        return read_paragraphs(column_lines(lines), page)
    left = [[word for word in line if word.x1 <= gutter + 1] for line in lines]
    right = [[word for word in line if word.x1 > gutter + 1] for line in lines]
    return [piece for side in (left, right) for piece in read_paragraphs(column_lines([line for line in side if line]), page)]


def _two_columns(lines: list[list[Word]]) -> float | None:
    """The middle of the widest strip that no line covers."""
    spans = sorted((piece[0].x0, piece[-1].x1) for line in lines for piece in cut_pieces(line, 1.1))
    best: tuple[float, float] | None = None
    reach = spans[0][1]
    for low, high in spans[1:]:
        if low - reach > 6 and (best is None or low - reach > best[0]):
            best = (low - reach, (low + reach) / 2)
        reach = max(reach, high)
    return best[1] if best else None


def column_lines(lines: list[list[Word]]) -> list[Line]:
    """Give the lines of one column with their place and size."""
    return [Line(line[0].x0, line[-1].x1, line[0].base, max(word.size for word in line), line) for line in lines]


def read_paragraphs(lines: list[Line], page: Page, *, small: bool = False) -> list[Paragraph]:
    """Put lines of one column together by gaps, indents, marks and how full the line above is."""
    if not lines:
        return []
    margins = _margins(lines)
    left, right = margins.left, margins.right
    gaps = sorted(below.base - above.base for above, below in pairwise(lines))
    pitch = gaps[len(gaps) // 3] if gaps else 0.0
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        if groups and not _opens(lines[at - 1], line, margins, pitch, page, hangs=_hangs(line, groups[-1][0])):
            groups[-1].append(line)
        else:
            groups.append([line])
    pieces: list[Paragraph] = []
    for group in groups:
        text = join_lines([line_text(line.words) for line in group])
        bold = all(line.words[0].at in page.bold and line.words[-1].at in page.bold for line in group)
        full = group[-1].x1 > right - 2.5 * group[-1].size
        flush = group[0].x0 < left + 0.6 * group[0].size
        pieces.append(Paragraph(text, bold, small, full, flush, sure_of([line.words for line in group])))
    return pieces


class Margins(NamedTuple):
    """Where a column's lines begin and end.

    ``wraps``: first lines are set in from the left margin; ``blocks``: indents at which whole paragraphs stand, as lists do.
    """

    left: float
    right: float
    wraps: bool
    blocks: frozenset[int]


def _margins(lines: list[Line]) -> Margins:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    flush = sum(line.x0 < left + 0.5 * line.size for line in lines)
    blocks = frozenset(
        round(line.x0)
        for above, line in pairwise(lines)
        if abs(above.x0 - line.x0) < 1 and line.words[0].text[:1].islower() and not _END.search(above.words[-1].text)
    )
    return Margins(left, right, flush >= max(2, 0.25 * len(lines)), blocks)


def _hangs(line: Line, first: Line) -> bool:
    """Whether a line begins below the first word behind the mark of a paragraph: the mark of a list hangs out."""
    words = first.words
    return len(words) > 1 and bool(MARK.match(words[0].text + " x")) and abs(line.x0 - words[1].x0) < _SAME


def _opens(above: Line, line: Line, margins: Margins, pitch: float, page: Page, *, hangs: bool) -> bool:
    """Whether a new paragraph begins with ``line``."""
    left, right, wraps, blocks = margins
    first = line.words[0]
    if first.text[:1].isdigit() and DAY_OPENS.search(" ".join(word.text for word in above.words)):
        return False
    aligned = abs(above.x0 - line.x0) < 1
    middle = abs((above.x0 - left) - (right - above.x1)) < 1.5 * above.size
    centred = middle and above.x0 > left + above.size and not hangs and not (aligned and round(line.x0) in blocks)
    room = (right - left) - (above.x1 - above.x0) if centred else right - above.x1
    if room > (first.x1 - first.x0) + 0.6 * first.size:
        return True
    if (above.words[-1].at in page.bold) != (first.at in page.bold) and (above.words[0].at in page.bold) != (line.words[-1].at in page.bold):
        return True
    gap = line.base - above.base
    if pitch and gap > 1.5 * pitch and gap > 1.6 * line.size:
        return True
    if hangs:
        return False
    ended = bool(_END.search(above.words[-1].text))
    indented = line.x0 > left + 0.9 * line.size and above.x0 < line.x0 - 0.5 * line.size
    if not centred and indented and (ended or not first.text[:1].islower()):
        return True
    same_indent = line.x0 > left + 0.9 * line.size and aligned and not centred
    if same_indent and wraps and round(line.x0) not in blocks and not first.text[:1].islower():
        return True
    text = " ".join(word.text for word in line.words[:3])
    if MARK.match(text) and (ended or same_indent):
        return True
    return bool(NOTE.match(text)) and ended
