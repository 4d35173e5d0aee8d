"""A table in the forms that converters write it in; used by the tests of this folder."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence

Texts = Sequence[Sequence[str]]
_PAGE = 13  # rows on a page


def pipe(rows: Texts) -> str:
    """Pandoc (gfm), markitdown: bars around each row, bars inside cells escaped."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def aligned_pipe(rows: Texts) -> str:
    """Pandoc, with alignment marks in the rule and cells filled up with spaces."""
    lines = ["|" + "|".join(f" {cell:<20} " for cell in row) + "|" for row in rows]
    return "\n".join([lines[0], "|" + "|".join(":---:" if i else ":---" for i in range(len(rows[0]))) + "|", *lines[1:]])


def open_pipe(rows: Texts) -> str:
    """html2text: no outer bars."""
    lines = [" | ".join(row).rstrip(" ") if row[-1] else " | ".join(row) for row in rows]
    return "\n".join([lines[0], "|".join(["---"] * len(rows[0])), *lines[1:]])


def headless_pipe(rows: Texts) -> str:
    """markdownify, Pandoc: a table without <th> gets an empty header, its own header follows the rule."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["|" + "  |" * len(rows[0]), "|" + " --- |" * len(rows[0]), *lines])


def broken_pipe(rows: Texts) -> str:
    """Bold headers, line breaks in cells as <br>, long cells cut by a line end in the middle."""
    head = "| " + " | ".join(f"**{cell}**" for cell in rows[0]) + " |"
    lines = []
    for row in rows[1:]:
        cells = [cell.replace(" - ", "<br>- ").replace("; ", ";<br/>") for cell in row]
        line = "| " + " | ".join(cells) + " |"
        middle = line.find(" ", len(line) // 2)
        while middle > 0 and "|" in (line[middle - 1], line[middle + 1 : middle + 2]):
            middle = line.find(" ", middle + 1)
        inside = len(line) > 300 and 0 < middle < line.rstrip(" |").rfind(" ")
        lines.append(line[:middle] + "\n" + line[middle + 1 :] if inside else line)
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *lines])


def html_line(rows: Texts) -> str:
    """MinerU, Marker: the whole table on one line, group rows with colspan."""
    return "<html><body><table>" + "".join(_html_row(row, "td") for row in rows) + "</table></body></html>"


def html_pretty(rows: Texts) -> str:
    """Pandoc, word processors: thead, attributes, paragraphs in cells."""
    head = "<thead>\n" + _html_row(rows[0], "th", "\n") + "\n</thead>"
    body = "<tbody>\n" + "\n".join(_html_row(row, 'td style="width:5%" class="a b"', "\n", "<p><em>", "</em></p>") for row in rows[1:])
    return f'<table border="1">\n<colgroup>\n<col style="width: 5%" />\n</colgroup>\n{head}\n{body}\n</tbody>\n</table>'


def _html_row(row: Sequence[str], tag: str, between: str = "", before: str = "", after: str = "") -> str:
    name = tag.split(" ", maxsplit=1)[0]
    cells = [html.escape(cell) for cell in row]
    if sum(map(bool, row)) == 1:
        return f'<tr>{between}<{tag} colspan="{len(row)}">{before}{"".join(cells)}{after}</{name}>{between}</tr>'
    return f"<tr>{between}" + between.join(f"<{tag}>{before}{cell}{after}</{name}>" for cell in cells) + f"{between}</tr>"


def grid(rows: Texts) -> str:
    """Pandoc (DOCX with lists in cells): a grid with wrapped cells."""
    widths = _widths(rows)
    edge = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    out = [edge]
    for index, row in enumerate(rows):
        out += ["| " + " | ".join(line) + " |" for line in _wrapped(row, widths)]
        out.append(edge.replace("-", "=") if index == 0 else edge)
    return "\n".join(out)


def multiline(rows: Texts) -> str:
    """Pandoc (DOCX with long cells): columns by place, rows set apart by blank lines."""
    widths = _widths(rows)
    edge = "  " + "-" * (sum(widths) + len(widths) - 1)
    rule = "  " + " ".join("-" * width for width in widths)
    blocks = ["\n".join("  " + " ".join(line).rstrip() for line in _wrapped(row, widths)) for row in rows]
    return "\n".join([edge, blocks[0], rule, "\n\n".join(blocks[1:]), edge])


def simple(rows: Texts) -> str:
    """Pandoc, short cells: one line a row under a rule."""
    widths = [max(len(row[column]) for row in rows) + 1 for column in range(len(rows[0]))]
    lines = ["  " + " ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  " + " ".join("-" * width for width in widths), *lines[1:]])


def tabs(rows: Texts) -> str:
    """Spreadsheets, word processors: cells set apart by tabs."""
    return "\n".join("\t".join(row) for row in rows)


def bars(rows: Texts) -> str:
    """python-docx scripts: the cells of a row between bars, each row a paragraph, merged cells once a column."""
    return "\n\n".join(" | ".join(row) for row in _repeated(rows))


def repeated_html(rows: Texts) -> str:
    """python-docx, pandas: no merged cells in the page, a heading's text in each of its columns."""
    return "<table>" + "".join(_html_row(row, "td") for row in _repeated(rows)) + "</table>"


def made_up_pages(rows: Texts) -> str:
    """PyMuPDF: a table for each page; column names are made up where the page has none."""
    names = [f"Col{column}" for column in range(1, len(rows[0]) + 1)]
    pages = [rows[start : start + _PAGE] for start in range(0, len(rows), _PAGE)]
    return "\n\n".join(pipe(page) if page[0] is rows[0] else pipe([names, *page]) for page in pages)


def headed_pages(rows: Texts) -> str:
    """PyMuPDF, pdfplumber: a table for each page, whose first row is taken for its header."""
    return "\n\n".join(pipe(rows[start : start + _PAGE]) for start in range(0, len(rows), _PAGE))


def _repeated(rows: Texts) -> list[Sequence[str]]:
    """Rows whose heading spans all columns but the code's hold it once a column."""
    return [[row[0], *[row[1]] * (len(row) - 1)] if row[1] and sum(map(bool, row[1:])) == 1 else row for row in rows]


def _widths(rows: Texts) -> list[int]:
    return [max(6, min(28, max(len(row[column]) for row in rows))) for column in range(len(rows[0]))]


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    cells = [textwrap.wrap(cell, width, break_on_hyphens=False, break_long_words=True) for cell, width in zip(row, widths, strict=True)]
    height = max(1, *map(len, cells))
    return [
        [f"{cell[line] if line < len(cell) else '':<{width}}" for cell, width in zip(cells, widths, strict=True)]
        for line in range(height)
    ]


FORMS: tuple[Callable[[Texts], str], ...] = (
    pipe, aligned_pipe, open_pipe, headless_pipe, broken_pipe, html_line, html_pretty, grid, multiline, simple, tabs,
    bars, repeated_html, made_up_pages, headed_pages,
)  # fmt: skip
