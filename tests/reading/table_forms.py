"""A table in the forms that converters write it in; used by the tests of this folder."""

from __future__ import annotations

import csv
import html
import io
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


def psql(rows: Texts) -> str:
    """psql, tabulate: a frame of dashes, one line a row, no rule between rows."""
    widths = _full_widths(rows)
    rule = "|" + "+".join("-" * (width + 2) for width in widths) + "|"
    edge = "+" + rule[1:-1] + "+"
    head, *body = [f"| {' | '.join(line)} |" for line in _padded(rows, widths)]
    return "\n".join([edge, head, rule, *body, edge])


def presto(rows: Texts) -> str:
    """Presto, sqlite3, tabulate: no outer bars, the rule crossed with plus signs."""
    widths = _full_widths(rows)
    head, *body = [f" {' | '.join(line)}" for line in _padded(rows, widths)]
    return "\n".join([head, "+".join("-" * (width + 2) for width in widths), *body])


def org(rows: Texts) -> str:
    """Emacs, Pandoc: the rule of a pipe table crossed with plus signs."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "+".join(["-----"] * len(rows[0])) + "|", *body])


def boxes(rows: Texts) -> str:
    """Rich, tabulate: signs that draw boxes, wrapped cells."""
    signs = {"-": "─", "=": "═", "|": "│"}
    drawn = ["".join(signs.get(sign, sign) for sign in line) if line[0] == "+" else line[0] + line[1:].replace(" | ", " │ ") for line in grid(rows).split("\n")]
    corners = [line.replace("+", "┼") if line[0] == "+" else "│" + line[1:-1] + "│" for line in drawn]
    return "\n".join(["╒" + corners[0][1:-1].replace("┼", "╤") + "╕", *corners[1:-1], "╘" + corners[-1][1:-1].replace("┼", "╧") + "╛"])


def comma_separated(rows: Texts) -> str:
    """Spreadsheets, pandas, camelot: CSV, quotation marks where they must be."""
    return _separated(rows, ",")


def semicolon_separated(rows: Texts) -> str:
    """Spreadsheets of a Vietnamese system: semicolons, because the comma is the decimal sign; line ends in cells."""
    return _separated([[cell.replace(" - ", "\n- ") for cell in row] for row in rows], ";")


def clipboard(rows: Texts) -> str:
    """Spreadsheets' clipboard: tabs, cells with line ends in quotation marks."""
    return _separated([[cell.replace("; ", ";\n") for cell in row] for row in rows], "\t")


def _separated(rows: Texts, sign: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator="\n").writerows(rows)
    return out.getvalue().rstrip("\n")


def data_frame(rows: Texts) -> str:
    """pandas: rows counted from 0 under no name, "nan" for what is empty."""
    head, *body = rows
    return pipe([["", *head], *[[str(index), *[cell or "nan" for cell in row]] for index, row in enumerate(body)]])


def cell_lines(rows: Texts) -> str:
    """LibreOffice, Word: saved as text, a line a cell, an empty one for an empty cell."""
    return "\n".join(cell for row in rows for cell in row)


def copied_lines(rows: Texts) -> str:
    """Browsers: an empty line between any two cells, empty cells gone."""
    return "\n\n".join(cell for row in rows for cell in row if cell)


def columns(rows: Texts) -> str:
    """`pdftotext -layout`: wrapped cells, columns by place, nothing between rows."""
    widths = [width + 3 for width in _widths(rows)]
    return "\n".join("".join(f"{part:<{width}}" for part, width in zip(line, widths, strict=True)).rstrip() for row in rows for line in _wrapped(row, [width - 3 for width in widths]))


def wrapped_open_pipe(rows: Texts) -> str:
    """html2text: no outer bars, the whole table wrapped like prose, two spaces at the end of a row."""
    lines = ["\n".join(textwrap.wrap("| ".join(row), 78, break_on_hyphens=False, break_long_words=False)) + "  " for row in rows]
    return "\n".join([lines[0], "|".join(["---"] * len(rows[0])) + "  ", *lines[1:]])


def cut_rows(rows: Texts) -> str:
    """pdfplumber, camelot: a table a page, no header after the first, a row cut by the page in the middle of its name."""
    pages: list[list[list[str]]] = [[]]
    for index, row in enumerate(rows):
        words = row[1].split(" ")
        middle = len(words) // 2
        if index % _PAGE or not index or sum(map(bool, row)) < 4 or not words[middle][:1].islower():
            pages[-1].append(list(row))
            continue
        pages[-1].append([row[0], " ".join(words[:middle]), *row[2:]])
        pages.append([["", " ".join(words[middle:]), *[""] * (len(row) - 2)]])
    return "\n\n".join("\n".join("| " + " | ".join(row) + " |" for row in page) for page in pages)


def headings_between(rows: Texts) -> str:
    """docling, marker: group headings as bold lines between tables, each under the header."""
    out: list[str] = []
    page: list[Sequence[str]] = [rows[0]]
    for row in rows[1:]:
        if sum(map(bool, row)) > 2:
            page.append(row)
            continue
        if len(page) > 1:
            out.append(pipe(page))
            page = [rows[0]]
        out.append(f"**{row[0]}{'. ' if row[0] else ''}{row[1]}**")
    return "\n\n".join([*out, pipe(page)] if len(page) > 1 else out)


def dumped(rows: Texts) -> str:
    """pdfplumber: what Python prints of the rows."""
    return repr([list(row) for row in rows])


def mediawiki(rows: Texts) -> str:
    """Wikis, Pandoc: a cell a line behind a bar or an exclamation mark."""
    lines = [f"{'|' if index else '!'} {cell}" for index, row in enumerate(rows) for cell in ["\n|-", *row]]
    return "{|" + "\n".join(lines).replace("| \n", "\n").replace("! \n", "\n") + "\n|}"


def column_by_column(rows: Texts) -> str:
    """`pdftotext`: the cells of a column under each other, a blank line between columns."""
    return "\n\n".join("\n".join(cell for cell in column if cell) for column in zip(*rows, strict=True))


def _full_widths(rows: Texts) -> list[int]:
    return [max(2, *(len(row[column]) for row in rows)) for column in range(len(rows[0]))]


def _padded(rows: Texts, widths: Sequence[int]) -> list[list[str]]:
    return [[f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)] for row in rows]


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
    bars, repeated_html, made_up_pages, headed_pages, psql, presto, org, boxes, comma_separated, semicolon_separated, clipboard,
    data_frame, cell_lines, copied_lines, columns, wrapped_open_pipe, cut_rows,
)  # fmt: skip
UNREAD: tuple[Callable[[Texts], str], ...] = (dumped, mediawiki, column_by_column)
"""Shapes that no reader takes: the program says so."""
