"""Running text → blocks: which lines make one paragraph, and the mark it opens with.

Two habits are met: one paragraph a line, and lines wrapped at some 80 characters, with or without blank lines
between paragraphs. A page break may split a sentence over blank lines in either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.reading.flow import read_passage
from kg.reading.lines import LEVELS, MARK, Line, read_mark
from kg.records import Block, BlockKind, Passage, join_passages

_END = re.compile(r"[.;:!?…]['\"”’)\]*_\s¹²³⁴⁵⁶⁷⁸⁹⁰]*$")
_ONLY_MARK = re.compile(r"[\W_]*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ])\s*[.)][\W_]*$")
"""A mark alone on its line: the paragraph's words were wrapped onto the next."""
_FOOTNOTE = re.compile(r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{1,2}\])\s*\S")
_MARKUP = re.compile(r"^(?:\s|\*|_|#|>|\\)+")
_OPENER = re.compile(
    r"(?:Trên đây là|Trong quá trình|Quá trình|Yêu cầu|Đề nghị|Giao|Căn cứ|Thực hiện|Nơi nhận|Lưu ý|Ghi chú|(?:Ủy|Uỷ) ban nhân dân \S+(?: \S+){0,4} (?:yêu cầu|đề nghị|ban hành))\b"
)
"""Words that open the closing paragraphs of a plan: a full stop at a full line's end, and one of them, is a new paragraph."""

TYPE_ALONE = re.compile(
    r"[\W_]*(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHỈ THỊ|NGHỊ QUYẾT|THÔNG BÁO|ĐỀ ÁN|PHƯƠNG ÁN|HƯỚNG DẪN|CÔNG ĐIỆN|KẾT LUẬN)[\W_]*$"
)
"""The type word alone on its line (Nghị định 30/2020/NĐ-CP, Phụ lục I, cell 5a): the title is a paragraph of its own."""
_AUTHORITY = re.compile(r"[\W_]*(?:THỦ TƯỚNG CHÍNH PHỦ|(?:CHỦ TỊCH )?(?:ỦY|UỶ) BAN NHÂN DÂN (?:TỈNH|THÀNH PHỐ) .{2,24}|HỘI ĐỒNG NHÂN DÂN TỈNH .{2,24}|BỘ TRƯỞNG BỘ .{3,40})[\W_]*$")
"""Who decides, alone on its line between the title and the recitals (the same source, cell 6)."""
_ISSUED_WITH = re.compile(r"\((?:Ban hành k|K)èm theo\s")
"""The line under an annex's or a plan's title that says with which document it is issued (the same source, Phụ lục III)."""
_NUMBER_OPENS = re.compile(r"\W*S[ốô]\s*:?\s*$")
DAY_OPENS = re.compile(r",\s*ngày(?:\s*\d{1,2}\s+tháng(?:\s*\d{1,2}\s+năm)?)?\s*$")
"""What opens a date that the line's end cuts."""

_STAR = re.compile(r"\s*\*\s+(?=[^\s*])")
"""The mark of an item in Markdown lists of html2text and markdownify (CommonMark 0.31, 5.2, bullet list markers)."""
_LINES_OF_CELL = 15
"""Lines that a cell between bars has at most."""
_FEW, _FULL = 3, 0.75
"""Lines right below another that tell a habit, at least; the share of a line's width that is full, and of such lines."""
_LONG = 40
"""Letters of a line that is no heading."""
_PAGE_BEFORE = re.compile(r"\s*\d{1,3} {4,}(?=[-–+•] \w)")
_PAGE = re.compile(r"\s*(?:-\s*)?(?:[Tt]rang\s+)?\d{1,3}(?:\s*[-/]\s*\d{0,3})?\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a document sets its paragraphs: wrapped lines or not, blank lines between paragraphs or not, full width."""

    wrapped: bool
    blanks: bool
    width: int


def read_habit(lines: list[Line]) -> Habit:
    """Tell the habit from the lines outside of tables."""
    texts = [line.text.strip() for line in lines]
    margin = _margin(lines)
    plain = ["" if "\t" in line.text or _is_set_in(line.text, margin) else line.text.strip() for line in lines]
    full = [text for text in _outside_cells(plain) if text and text[0] != "|" and "   " not in text]
    long = [text for text in full if len(text) > _LONG]
    if not long:
        return Habit(wrapped=False, blanks=True, width=0)
    lower = sum(map(_goes_on, full)) / len(full)
    short = sum(len(text) <= 130 for text in long) / len(long)
    blanks = sum(not text for text in texts) / max(1, len(texts))
    width = sorted(map(len, long))[int(len(long) * 0.9)]
    return Habit(wrapped=short >= 0.9 and (lower >= 0.15 or _fills_lines(lines, margin, width)), blanks=blanks >= 0.08, width=width)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _fills_lines(lines: list[Line], margin: int, width: int) -> bool:
    """Whether lines right below each other, among blank ones, are one paragraph: the upper ones are full, some lower ones go on in mid-sentence."""
    texts = ["" if "\t" in line.text or "  " in line.text.strip() or line.text.strip()[:1] == "|" else line.text.rstrip() for line in lines]
    pairs = [(above.strip(), below.strip()) for above, below in pairwise(texts) if above and below and _indent(below) <= margin + 1]
    full = sum(len(above) >= _FULL * width for above, _ in pairs)
    return len(pairs) >= _FEW and full >= _FULL * len(pairs) and any(_goes_on(below) for _, below in pairs)


def _goes_on(text: str) -> bool:
    """Whether a line opens in mid-sentence."""
    bare = _MARKUP.sub("", text)
    return bare[:1].islower() and not MARK.match(bare)


def _is_set_in(text: str, margin: int) -> bool:
    """Whether words go on right of the margin: the further lines of a cell, since those of a paragraph go on at the margin."""
    return _indent(text) > margin + 1 and text.strip()[:1].islower()


def _margin(lines: list[Line]) -> int:
    """From where most lines of the text begin."""
    indents = sorted(_indent(line.text) for line in lines if len(line.text.strip()) > _LONG)
    return indents[len(indents) // 2] if indents else 0


def _outside_cells(texts: list[str]) -> list[str]:
    """The lines of the text, without those between two bars that stand alone: words wrapped in a cell say nothing of paragraphs."""
    bars = [index for index, text in enumerate(texts) if text == "|"]
    inside = {index for low, high in pairwise(bars) if high - low <= _LINES_OF_CELL for index in range(low, high)}
    return [text for index, text in enumerate(texts) if index not in inside]


def read_blocks(text: str, lines: list[Line], habit: Habit) -> list[Block]:
    """Read lines outside of tables as blocks, in order. Bare page numbers are left out."""
    groups: list[list[Line]] = []
    previous: Line | None = None
    for line in map(_without_page, map(_without_border, lines)):
        if not line.text.strip():
            previous = None
            continue
        if previous is not None and _continues(previous.text, line.text, habit):
            groups[-1].append(line)
        else:
            groups.append([line])
        previous = line
    blocks = [block for group in groups if (block := _read_block(text, group))]
    return _mend_page_breaks(blocks)


def _without_border(line: Line) -> Line:
    """Take off the border of a cell that ends a line outside of tables: "Số: 186/KH-UBND |"."""
    bare = line.text.rstrip()
    if not bare.endswith("|") or "|" in bare[:-1]:
        return line
    bare = bare[:-1].rstrip()
    return Line(line.start, line.start + len(bare), bare)


def _without_page(line: Line) -> Line:
    """Take off the number of the page that a converter set before the page's first bullet: "3       - Chủ trì …"."""
    page = _PAGE_BEFORE.match(line.text)
    return Line(line.start + page.end(), line.end, line.text[page.end() :]) if page else line


def _continues(above: str, below: str, habit: Habit) -> bool:
    """Whether ``below`` goes on in the paragraph of ``above``; no blank line stands between them."""
    head, tail = _MARKUP.sub("", below).replace("*", ""), above.rstrip()
    ended = bool(_END.search(tail))
    if head[:1].isdigit() and (_NUMBER_OPENS.match(tail) or DAY_OPENS.search(tail)):
        return True
    if _ISSUED_WITH.match(head) or _STAR.match(below) or TYPE_ALONE.match(tail) or _AUTHORITY.match(head):
        return False
    if not habit.wrapped:
        return (not ended or (habit.blanks and tail[-1:] == ";")) and head[:1].islower() and not MARK.match(head) and len(tail) > 20
    if habit.wrapped and _ONLY_MARK.match(tail):
        return True
    if _upper(tail) and not _upper(head) and (head[:1].isupper() or head[:1] == "(" or MARK.match(head)):
        return False
    if _FOOTNOTE.match(head) and (ended or not head.startswith("[")):
        return False
    if MARK.match(head):
        if head[:1] in "-–+" and not ended and habit.blanks and not _closed_bold(above):
            return True
        return habit.blanks and not ended and not _closed_bold(above)
    if ended and (_OPENER.match(head) or head[:1] == "("):
        return False
    if _closed_bold(above) and "*" not in below[:3]:
        return False
    if habit.blanks or head[:1].islower():
        return True
    if ended and head[:1].isupper():
        return not _roomy(tail, head, habit)
    return True


def _upper(line: str) -> bool:
    return sum(map(str.isalpha, line)) > 2 and is_upper(line, 0.9)


def is_upper(text: str, share: float) -> bool:
    """Whether more than a share of the letters are capitals.

    >>> is_upper("KẾ HOẠCH 12/KH-UBND", 0.85), is_upper("Kế hoạch", 0.85), is_upper("12", 0.85)
    (True, False, False)
    """
    if text.islower():
        return False
    return sum(map(str.isupper, text)) > share * sum(map(str.isalpha, text))


def _closed_bold(line: str) -> bool:
    stripped = line.strip()
    return stripped.endswith("**") and stripped.count("**") % 2 == 0


def _roomy(above: str, below: str, habit: Habit) -> bool:
    """The line above had room for the next word, and ended all the same."""
    return len(above) + 1 + len(below.split(" ", 1)[0]) <= habit.width - 12


def _read_block(text: str, group: list[Line]) -> Block | None:
    if len(group) == 1 and _PAGE.match(group[0].text):
        return None
    start, end = group[0].start, group[-1].end
    raw = text[start:end].strip()
    if raw.startswith("#"):
        start += text[start:end].index("#") + len(raw) - len(raw.lstrip("#"))
    passage = read_passage(text, start, end)
    if not passage.text or not any(map(str.isalnum, passage.text)):
        return None
    bold = raw.startswith(("**", "#", "__")) and (raw.endswith("**") or raw.startswith("#") or len(raw) < 200)
    if _FOOTNOTE.match(passage.text):
        return Block(kind="footnote", passage=passage)
    mark, level, cut = read_mark(passage.text)
    if mark is None and _STAR.match(raw):
        mark, level = "-", LEVELS["dash"]
    body = passage.slice(cut, len(passage.text)) if cut else passage
    if mark is not None and not body.text:
        return Block(kind="paragraph", passage=passage, bold=bold)
    return Block(kind=_kind(body, level, bold=bold), passage=body, marker=mark, level=level, bold=bold)


def _kind(body: Passage, level: int, *, bold: bool) -> BlockKind:
    if level >= 6:
        return "bullet"
    if is_upper(body.text, 0.85) or (bold and len(body.text) < 400):
        return "heading"
    return "paragraph"


def _mend_page_breaks(blocks: list[Block]) -> list[Block]:
    """Join a paragraph that a page break split: no full stop above, a lower-case letter below; footnotes may stand between."""
    mended: list[list[Block]] = []
    above: list[Block] | None = None
    for block in blocks:
        if above is not None and _is_rest(block, above):
            above.append(block)
            continue
        mended.append([block])
        if block.kind != "footnote":
            above = mended[-1]
    return [group[0] if len(group) == 1 else _join(group) for group in mended]


def _is_rest(block: Block, above: list[Block]) -> bool:
    last = above[-1].text
    return (
        block.marker is None
        and block.kind == "paragraph"
        and block.text[:1].islower()
        and above[0].kind in ("paragraph", "bullet")
        and not _END.search(last[-40:])
        and (len(last) > 40 or len(above) > 1)
    )


def _join(group: list[Block]) -> Block:
    return replace(group[0], passage=join_passages([block.passage for block in group]))
