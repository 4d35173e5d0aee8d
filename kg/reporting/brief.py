"""A brief on one province, two or three pages, as a web page and as a Word document: what one hands to a head of department.

Reads: a context of one province. Gives: the findings of the reports in the order in which one asks, each with its doubt and the
words of the plan behind it. The same build gives the same bytes, in Word, too.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterable

from kg.errors import StoreError
from kg.reporting.candidates_report import make_coverage_report
from kg.reporting.clarity_report import make_clarity_report
from kg.reporting.concentration_report import make_concentration_report
from kg.reporting.context import Context, left_out, scope
from kg.reporting.load_report import make_load_report
from kg.reporting.network_report import make_network_report
from kg.reporting.overload_report import make_overload_report
from viz.report_model import Bars, Column, Report, Section, Strips, Table, Words
from viz.report_page import make_report, show_number

_SHORT = 12
_KEPT = {"load": ("agent_name", "w_frac", "tasks_led", "share", "tasks_partner"), "signs": ("agent_name", "plans", "unfunded", "coordination", "reports"), "lights": None, "diffuse-tasks": ("name", "why", "leads")}


def brief_files(context: Context) -> list[tuple[str, bytes]]:
    """Give the brief's files, named after the province: a page, and where python-docx is installed a Word document."""
    place = next(iter(context.facts.places))
    report = make_brief(context)
    files = [(f"brief-{place}.html", make_report(report).encode("utf-8"))]
    with contextlib.suppress(StoreError):  # the page says the same
        files.append((f"brief-{place}.docx", brief_docx(report)))
    return files


def make_brief(context: Context) -> Report:
    """Make the brief as a report of few pages."""
    name = next(iter(context.facts.places.values()))
    load, over, few = make_load_report(context), make_overload_report(context), make_concentration_report(context)
    clear, net, cover = make_clarity_report(context), make_network_report(context), make_coverage_report(context)
    sections = (
        _joined("who", Words("Ai được giao bao nhiêu việc?", "Who is given how much?"), load.sections, ("load",)),
        _joined("much", Words("Có cơ quan nào được giao nhiều bất thường?", "Is any agency given unusually much?"), over.sections, ("signs",)),
        _joined("answers", Words("Mỗi việc có một người chịu trách nhiệm?", "Does one body answer for each task?"), [section for section in few.sections if section.key == "many"], ("diffuse-tasks",)),
        _joined("clear", Words("Việc giao đã “6 rõ” chưa?", "Is the work clear?"), [section for section in clear.sections if section.key == "summary"], ("lights",)),
        _joined("together", Words("Ai nối các cơ quan với nhau?", "Who links the agencies?"), [section for section in net.sections if section.key != "pairs"], ()),
        _joined("covered", Words("So với nhiệm vụ trung ương", "Against the national tasks"), cover.sections, ()),
    )  # fmt: skip
    return Report(
        key="brief", title=Words(f"{name}: ai phải làm gì, và có rõ không", f"{name}: who must do what, and is it clear"),
        lead=Words("Bản tóm tắt từ văn bản đã ban hành. Mỗi câu dẫn về nguyên văn; máy đọc có thể sai, nên câu nào dùng để kết luận thì đọc lại nguyên văn.", "A brief from published documents. Every sentence leads back to the text; a machine read it, so read the text again before concluding."),
        sections=tuple(section for section in sections if section.findings or section.tables), scope=scope(context), left_out=left_out(context),
        constants=context.constants, formulas=(*load.formulas[:2], *over.formulas), states={**load.states, **over.states, **clear.states},
    )  # fmt: skip


def _joined(key: str, heading: Words, sections: Iterable[Section], families: tuple[str, ...]) -> Section:
    sections = list(sections)
    tables = [_shortened(table) for section in sections for table in section.tables if (table.part_of or table.key) in families]
    charts = tuple(chart for section in sections for chart in section.charts if isinstance(chart, Bars | Strips))[:2]
    findings = tuple(finding for section in sections for finding in section.findings)[:6]
    return Section(key=key, heading=heading, findings=findings, charts=charts, tables=tuple(tables))


def _shortened(table: Table) -> Table:
    wanted = _KEPT.get(table.part_of or table.key) or tuple(column.key for column in table.columns if not column.key.endswith("_range"))
    at = [number for number, column in enumerate(table.columns) if column.key in wanted and column.kind != "address"]
    rows = tuple(tuple(row[number] for number in at) for row in table.rows[:_SHORT])
    columns = tuple(table.columns[number] for number in at)
    more = len(table.rows) - len(rows)
    note = Words(f"và {more} dòng nữa trong báo cáo đầy đủ", f"and {more} more rows in the full report") if more > 0 else None
    return Table(key=table.key, caption=table.caption, columns=columns, rows=rows, note=note)


def brief_docx(report: Report) -> bytes:
    """Give the brief as a Word document, in Vietnamese.

    Raises:
        StoreError: python-docx is not installed.
    """
    try:
        import docx
    except ModuleNotFoundError as error:
        raise StoreError(
            "brief", found="no python-docx", expected="python-docx 1.1 or later", remedy="run `pip install mandategraph[word]`, or use the HTML of `mandategraph report all`",
            vi="Chưa có python-docx; hãy chạy `pip install mandategraph[word]`",
        ) from error  # fmt: skip
    document = docx.Document()
    _frame(document)
    document.add_heading(report.title.vi, level=0)
    document.add_paragraph(report.lead.vi)
    document.add_paragraph("; ".join(f"{name.vi}: {value.vi}" for name, value in report.scope) + ".", style="Intense Quote")
    for words in report.left_out:
        document.add_paragraph(f"Không tính: {words.vi}", style="List Bullet")
    for section in report.sections:
        document.add_heading(section.heading.vi, level=1)
        for finding in section.findings:
            document.add_paragraph().add_run(finding.sentence.vi).bold = finding.level == "strong"
            if finding.doubt:
                document.add_paragraph().add_run(finding.doubt.vi).italic = True
            for quote in finding.quotes[:3]:
                document.add_paragraph(f"“{quote.text}” ({quote.place})", style="List Bullet")
        for table in section.tables:
            _add_table(document, table, report)
    document.add_heading("Công thức và quy ước", level=1)
    for name, words in report.formulas:
        document.add_paragraph(f"{name}: {words.vi}", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return _same_bytes(out.getvalue())


def _frame(document: object) -> None:
    """Set A4, and a face that has all Vietnamese letters on every system; no dates of the machine."""
    import datetime as dt

    from docx.shared import Cm, Pt

    normal = document.styles["Normal"]  # type: ignore[attr-defined]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    for part in document.sections:  # type: ignore[attr-defined]
        part.page_width, part.page_height = Cm(21), Cm(29.7)
        part.left_margin, part.right_margin, part.top_margin, part.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    core = document.core_properties  # type: ignore[attr-defined]
    core.author, core.title, core.language = "mandategraph", "", "vi-VN"
    core.created = core.modified = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def _add_table(document: object, table: Table, report: Report) -> None:
    from docx.shared import Cm

    document.add_paragraph().add_run(table.caption.vi).bold = True  # type: ignore[attr-defined]
    drawn = document.add_table(rows=1, cols=len(table.columns), style="Light Grid Accent 1")  # type: ignore[attr-defined]
    first, rest = Cm(6.5), Cm(9.5 / max(1, len(table.columns) - 1))
    for at, column_cells in enumerate(drawn.columns):
        column_cells.width = rest if at else first
    for cell, column in zip(drawn.rows[0].cells, table.columns, strict=True):
        cell.text = column.heading.vi
    for row in table.rows:
        for cell, value, column in zip(drawn.add_row().cells, row, table.columns, strict=True):
            cell.text = _shown(value, column, report)
    for drawn_row in drawn.rows:
        for at, cell in enumerate(drawn_row.cells):
            cell.width = rest if at else first
    document.add_paragraph(table.note.vi if table.note else "")  # type: ignore[attr-defined]


def _shown(value: object, column: Column, report: Report) -> str:
    if value is None:
        return "–"
    if isinstance(value, str) and value in report.states:
        return report.states[value][0].vi
    if isinstance(value, int | float) and not isinstance(value, bool):
        return show_number(value, column.kind)
    return str(value)


def _same_bytes(data: bytes) -> bytes:
    """A Word file is a zip with the clock in it: written again with one date for all."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
