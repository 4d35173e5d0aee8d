"""A report as one HTML file: opens from disk with the network off, prints, reads aloud, sorts; Vietnamese with a switch to English."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from viz.policy import MARK, lock_page
from viz.report_charts import draw_bars, draw_strips
from viz.report_model import Bars, Case, Cell, Column, Finding, Report, Section, Strips, Table, Words, check_report

SHOWN_ROWS = 3_000
"""Rows behind the figures above which the page leaves them to the CSV beside it: 3,000 make a page of about 2 MB."""


def make_report(report: Report) -> str:
    """Make the page's text; the same report gives the same bytes.

    Raises:
        ValueError: the report breaks a promise of :mod:`viz.report_model`.
    """
    check_report(report)
    style, script = "\n" + _asset("report.css"), "\n" + _asset("report.js")
    parts = [
        _head(report, style),
        f'<main id="main"><p class="lead">{_both(report.lead)}</p>',
        _scope(report),
        _contents(report),
        *(_section(section, report) for section in report.sections),
        _behind(report),
        _method(report),
        "</main>",
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return lock_page("\n".join(part for part in parts if part), scripts=[script], styles=[style])


def write_report(report: Report, path: Path) -> None:
    """Write the page as UTF-8."""
    path.write_bytes(make_report(report).encode("utf-8"))


def _head(report: Report, style: str) -> str:
    title = escape(report.title.vi)
    return f"""<!DOCTYPE html>
<html lang="vi" data-lang="vi">
<head>
<meta charset="utf-8">
<meta name="generator" content="mandategraph">
<meta name="viewport" content="width=device-width, initial-scale=1">
{MARK}
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">{_both(Words("Đến nội dung", "Skip to content"))}</a>
<header><h1>{_both(report.title)}</h1>
<div class="tools" hidden>
<button type="button" id="language" lang="en">English</button>
<button type="button" id="theme">{_both(Words("Nền tối", "Dark"))}</button>
<button type="button" id="print">{_both(Words("In", "Print"))}</button>
</div></header>"""


def _scope(report: Report) -> str:
    facts = "".join(f"<div><dt>{_both(name)}</dt><dd>{_both(value)}</dd></div>" for name, value in report.scope)
    left = "".join(f"<li>{_both(words)}</li>" for words in report.left_out)
    aside = f'<aside class="left"><h2>{_both(Words("Không tính vào", "Left out"))}</h2><ul>{left}</ul></aside>' if left else ""
    return f'<dl class="scope">{facts}</dl>{aside}'


def _contents(report: Report) -> str:
    if len(report.sections) < 3:
        return ""
    links = "".join(f'<li><a href="#{escape(section.key)}">{_both(section.heading)}</a></li>' for section in report.sections)
    return f'<nav aria-label="Mục lục"><ul>{links}</ul></nav>'


def _section(section: Section, report: Report) -> str:
    findings = "".join(map(_finding, section.findings))
    charts = "".join(_chart(chart) for chart in section.charts)
    tables = "".join(_table(table, report) for table in section.tables)
    cases = "".join(_case(case, report) for case in section.cases)
    return f'<section id="{escape(section.key)}"><h2>{_both(section.heading)}</h2>{findings}{charts}{cases}{tables}</section>'


def _finding(finding: Finding) -> str:
    doubt = f'<p class="doubt">{_both(finding.doubt)}</p>' if finding.doubt else ""
    quotes = "".join(f"<li><q>{escape(quote.text)}</q> <cite>{escape(quote.place)}</cite></li>" for quote in finding.quotes)
    behind = f"<details><summary>{_both(Words('Căn cứ nguyên văn', 'Verbatim grounds'))} ({len(finding.quotes)})</summary><ul class=\"quotes\">{quotes}</ul></details>" if quotes else ""
    return f'<div class="finding {finding.level}"><p>{_both(finding.sentence)}</p>{doubt}{behind}</div>'


def _case(case: Case, report: Report) -> str:
    sides = "".join(
        f'<div><h4>{escape(side.heading)}</h4><blockquote>{" ".join(escape(text) if same else f"<mark>{escape(text)}</mark>" for text, same in side.runs)}</blockquote><cite>{escape(side.place)}</cite></div>'
        for side in case.sides
    )
    facts = "".join(f"<div><dt>{_both(name)}</dt>{_fact(value, report)}</div>" for name, value in case.facts)
    told = "".join(f"<p>{_both(words)}</p>" for words in case.told)
    return f'<article class="case" id="{escape(case.key)}"><h3>{_both(case.heading)}</h3><div class="sides">{sides}</div><dl class="scope">{facts}</dl>{told}</article>'


def _fact(value: Cell, report: Report) -> str:
    words, look = report.states.get(value, (None, "")) if isinstance(value, str) else (None, "")
    if words:
        return f'<dd class="state {look}">{_both(words)}</dd>'
    return f"<dd>{show_number(value) if isinstance(value, float) else escape(str(value))}</dd>"


def _chart(chart: Bars | Strips) -> str:
    drawn = draw_bars(chart) if isinstance(chart, Bars) else draw_strips(chart)
    return f"<figure><figcaption>{_both(chart.caption)}</figcaption>{drawn}</figure>"


def _table(table: Table, report: Report) -> str:
    drawn = [(at, column) for at, column in enumerate(table.columns) if column.kind != "data"]
    heads = "".join(_heading(column) for _, column in drawn)
    rows = "".join(f"<tr>{''.join(_cell(row[at], column, report, first=at == drawn[0][0]) for at, column in drawn)}</tr>\n" for row in table.rows[: table.drawn or None])
    note = f'<p class="note">{_both(table.note)}</p>' if table.note else ""
    body = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.caption.vi)}"><table id="{escape(table.key)}"><caption>{_both(table.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></div>{note}'
    if table.folded:
        return f'<details class="fold"><summary>{_both(table.caption)} ({len(table.rows)})</summary>{body}</details>'
    return body


def _heading(column: Column) -> str:
    formula = f' <small class="formula">{escape(column.formula)}</small>' if column.formula else ""
    look = "" if column.kind == "text" else ' class="n"'
    return f'<th scope="col"{look}>{_both(column.heading)}{formula}</th>'


def _cell(cell: Cell, column: Column, report: Report, *, first: bool) -> str:
    tag, scope = ("th", ' scope="row"') if first else ("td", "")
    if cell is None:
        return f'<{tag}{scope} class="none">–</{tag}>'
    if isinstance(cell, str) and cell in report.states:
        words, look = report.states[cell]
        return f'<{tag}{scope} class="state {look}" data-v="{escape(cell)}">{_both(words)}</{tag}>'
    if isinstance(cell, bool):
        return f"<{tag}{scope}>{_both(Words('có', 'yes') if cell else Words('không', 'no'))}</{tag}>"
    if isinstance(cell, int | float):
        return f'<{tag}{scope} class="n" data-v="{round(cell, 9):.10g}" data-k="{column.kind}">{show_number(cell, column.kind)}</{tag}>'
    return f"<{tag}{scope}>{escape(cell)}</{tag}>"


def show_number(value: float, kind: str = "number") -> str:
    """Write a number as Vietnamese readers do: decimals behind a comma, thousands by a dot.

    >>> show_number(1234.5), show_number(0.213, "percent"), show_number(7, "integer")
    ('1.234,5', '21,3 %', '7')
    """
    if kind == "percent":
        return show_number(100 * value, "tenth") + " %"
    value = round(value, 9)  # sums of fractions differ in their last bits by the order of adding
    digits = {"integer": 0, "tenth": 1}.get(kind, 2 if abs(value) >= 0.01 or value == 0 else 4)
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _behind(report: Report) -> str:
    if report.rows is None:
        return ""
    words = Words("Các dòng làm căn cứ", "The rows behind the figures")
    if len(report.rows.rows) > SHOWN_ROWS:
        said = Words(
            f"{len(report.rows.rows)} dòng: xem tệp {report.key}-rows.csv bên cạnh trang này (chạy lại với --format csv).",
            f"{len(report.rows.rows)} rows: see {report.key}-rows.csv beside this page (run again with --format csv).",
        )
        return f'<section id="rows"><h2>{_both(words)}</h2><p>{_both(said)}</p></section>'
    return f'<section id="rows"><h2>{_both(words)}</h2>{_table(report.rows, report)}</section>'


def _method(report: Report) -> str:
    formulas = "".join(f"<dt>{escape(name)}</dt><dd>{_both(words)}</dd>" for name, words in report.formulas)
    constants = "".join(f"<dt><code>{escape(name)}</code></dt><dd>{escape(json.dumps(value, ensure_ascii=False))}</dd>" for name, value in report.constants.items())
    return (
        f'<section id="method"><h2>{_both(Words("Công thức và quy ước", "Formulas and conventions"))}</h2>'
        f'<dl class="formulas">{formulas}</dl><details><summary>{_both(Words("Các hằng số", "Constants"))}</summary><dl class="constants">{constants}</dl></details></section>'
    )


def _both(words: Words) -> str:
    if words.vi == words.en:
        return escape(words.vi)
    return f'<span class="vi" lang="vi">{escape(words.vi)}</span><span class="en" lang="en">{escape(words.en)}</span>'


def _asset(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
