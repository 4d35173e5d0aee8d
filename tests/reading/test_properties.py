"""What holds for every input: spans quote their text, nothing crashes, time is linear."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.reading import read, read_bytes
from kg.records import Block, Document, Passage, Table
from tests.reading.table_forms import FORMS, Texts

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "corpus").glob("*.txt"))
MORE = sorted(Path(os.environ.get("MANDATEGRAPH_DOCUMENTS", ROOT.parent / "shared" / "more-documents")).glob("*.txt"))
TEXTS = [path.read_text("utf-8") for path in PLANS]


def _passages(document: Document) -> Iterator[Passage]:
    for part in document.parts:
        if isinstance(part, Block):
            yield part.passage
        else:
            yield from (cell.passage for cells in (part.header, *(row.cells for row in part.rows)) for cell in cells if cell)


def _check(document: Document) -> None:
    """Every passage stands in the text where its runs and spans say, in order."""
    size = len(document.text)
    for passage in _passages(document):
        assert bool(passage.text) == bool(passage.spans)
        at = 0
        for run in passage.runs:
            assert run.at >= at
            assert not passage.text[at : run.at].strip() or "&" in document.text  # only a decoded entity has no run
            assert document.text[run.start : run.start + run.length] == passage.text[run.at : run.at + run.length]
            at = run.at + run.length
        assert not passage.text[at:].strip() or "&" in document.text
        assert passage.text == passage.text.strip()
        for span in passage.spans:
            assert 0 <= span.start < span.end <= size
        assert all(left.end <= right.start for left, right in zip(passage.spans, passage.spans[1:], strict=False))
    for part in document.parts:
        if isinstance(part, Table):
            assert 0 <= part.span.start < part.span.end <= size
            assert part.rows or part.header
            for cells in (part.header, *(row.cells for row in part.rows)):
                for cell in cells:
                    for span in cell.passage.spans if cell else ():
                        assert part.span.start <= span.start <= span.end <= part.span.end


@pytest.mark.parametrize("path", [*PLANS, *MORE], ids=lambda path: path.stem)
def test_spans_quote_their_text(path: Path) -> None:
    _check(read(path))


def test_there_are_five_plans() -> None:
    assert len(PLANS) == 5


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_word_is_lost(path: Path) -> None:
    """Every word of a plan is in some passage, but for page numbers, rules and headers repeated by page breaks."""
    document = read(path)
    covered = bytearray(len(document.text))
    for passage in _passages(document):
        for run in passage.runs:
            covered[run.start : run.start + run.length] = b"\1" * run.length
    rest = "".join(char if not seen else "\n" for char, seen in zip(document.text, covered, strict=True))
    words = [word for word in rest.split() if len(word) > 3 and word.isalpha()]
    repeated = sum(len(cell.text.split()) for part in document.parts if isinstance(part, Table) for cell in part.header if cell) * 6
    assert len(words) <= repeated


LINE_ENDS = ("\n", "\r\n", "\r", "\x85", "\u2028", "\x0c")
SCRAPS = ("|", "| ", "\t", "\t\t", "**", "<table>", "</td>", "<td rowspan=3>", "<br>", "---|---", "| --- |", "+---+---+", "-----  -----", "&amp;", "¹", "\\", "_", "\n\n", "\n|\n", "[1] ")


@st.composite
def _mutants(draw: st.DrawFn) -> bytes:
    """A stretch of a real plan with lines dropped, doubled, shuffled, scraps put in, line ends changed, bytes cut."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    low = draw(st.integers(0, max(0, len(lines) - 5)))
    lines = lines[low : low + draw(st.integers(5, 60))]
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("drop", "double", "swap", "scrap", "tabs", "bars", "break"))):
            case "drop":
                del lines[at : at + 3]
                lines = lines or [""]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "scrap":
                where = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:where] + draw(st.sampled_from(SCRAPS)) + lines[at][where:]
            case "tabs":
                lines[at] = lines[at].replace(" ", "\t", draw(st.integers(1, 5)))
            case "bars":
                lines[at : at + 6] = [piece for line in lines[at : at + 6] for piece in ("|", line)]
            case "break":
                lines[at] = lines[at].replace(" ", "\n")
    data = draw(st.sampled_from(LINE_ENDS)).join(lines).encode(draw(st.sampled_from(("utf-8", "utf-16", "utf-16-le"))))
    return data[: draw(st.integers(len(data) // 2, len(data)))] if draw(st.booleans()) else data


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_mutants())
def test_mutants_are_read_or_refused(data: bytes) -> None:
    with suppress(InputError):  # with all that its message needs, or its making fails
        _check(read_bytes(data, "plan.txt"))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))))
@example(b"|\n|\n|\n")
@example(b"| |\n|-|\n")
@example(b"<table><tr></table>")
@example(b"<table><td>")
@example(b"+--+--+\n+--+--+\n+--+--+")
@example(b"---- ----\n\n---- ----")
@example(b"\t\n\ta")
@example(b"a | b\n--|--\n")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(InputError):  # with all that its message needs, or its making fails
        _check(read_bytes(data, "plan.txt"))


CELL = st.text(st.sampled_from("aáàăâbcđeêioôuưy BCĐ,.;-1234"), max_size=40).map(lambda text: " ".join(text.split()))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5), st.sampled_from(FORMS))
def test_spans_quote_their_text_in_tables_of_every_form(rows: list[tuple[str, str, str]], form: Callable[[Texts], str]) -> None:
    text = form([("TT", "Nhiệm vụ", "Cơ quan chủ trì"), *rows])
    document = read_bytes(f"III. NHIỆM VỤ\n\n{text}\n\nSở Y tế báo cáo.\n".encode(), "plan.md")
    _check(document)


HARD = {
    "plan of tab rows": TEXTS[0] + "\n",
    "plan of pipe rows": TEXTS[1] + "\n",
    "plan of prose": TEXTS[3] + "\n",
    "plan of cell lines": TEXTS[4] + "\n",
    "bars": "|\n",
    "bars and cells": "|\nSở Y tế\n",
    "tab rows": "1\tSở Y tế\tNăm 2026\n",
    "rows that never end": "\tvà các cơ quan, tổ chức\tliên quan\n",
    "tables that never end": "TT\tNhiệm vụ\tCơ quan chủ trì\n\tvà các cơ quan\tliên quan\n\n",
    "pipe rows that never end": "| | và các cơ quan | liên quan |\n",
    "tabs": "\t",
    "bars in one line": "| - ",
    "one line": "Sở Y tế chủ trì, phối hợp với Sở Nội vụ ",
    "a paragraph over all pages": "tiếp tục thực hiện nhiệm vụ được giao trong kế hoạch này và các\n\n",
    "footnotes": "¹ theo kịch bản\n\n",
    "unclosed tags": "<b ",
    "unclosed tables": "<table><tr><td>",
    "rowspans": "<tr><td rowspan=9999 colspan=9999>1</td></tr>",
    "stars": "* ",
    "digits": "1.1.",
    "underscores": "_a",
    "backslashes": "\\",
    "entities": "&amp;&#7911;&x",
    "grids": "+---+---+\n| a | b |\n",
    "dashes": "--- ---\n1   2\n\n",
    "edges": "-----------\nSở Y tế\n",
    "line ends": "Sở Y tế\r\n",
    "decomposed": "Sở Nội vụ chủ trì ",
    "hangul": "\u1100\u1161\u11a8",
    "brackets": "![",
    "comments": "<!--",
    "site marks": "KẾ HOẠCH\nTHƯ VIỆN PHÁP LUẬT\n",
}


def _calls(text: str) -> int:
    """How many functions are called to read a text: a measure of work that does not depend on the machine."""
    data = ("TT\n" + text + "\nHết").encode()
    count = 0

    def step(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        read_bytes(data, "plan.txt")
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", HARD, ids=HARD)
def test_work_is_linear(unit: str) -> None:
    """Eight times the text takes about eight times the calls; a quadratic step would take 64 times."""
    piece = HARD[unit]
    small, large = (_calls((piece * (size // len(piece) + 1))[:size]) for size in (10_000, 80_000))
    assert large < 12 * max(small, 1_000)
