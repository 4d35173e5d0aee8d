"""A brief on one province, two or three pages, as a web page and as a Word document: what one hands to a head of department.

Reads: a context of one province. Gives: the findings of the reports in the order in which one asks, each with its doubt and the
words of the plan behind it. The same build gives the same bytes, in Word, too.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace

from kg.analysis.clarity import ALL_LIGHTS
from kg.errors import StoreError
from kg.reporting.clarity_report import make_clarity_report
from kg.reporting.concentration_report import make_concentration_report
from kg.reporting.context import Context, left_out, scope
from kg.reporting.contradictions_report import make_contradictions_report
from kg.reporting.coverage_report import make_coverage_report
from kg.reporting.duplicates_report import make_duplicates_report
from kg.reporting.load_report import make_load_report
from kg.reporting.network_report import make_network_report
from kg.reporting.overload_report import make_overload_report
from viz.report_model import Bars, Case, Column, Report, Section, Strips, Table, Words
from viz.report_page import make_report, show_number

_SHORT = 12
_KEPT = {
    "load": ("agent_name", "w_frac", "tasks_led", "share", "tasks_partner"), "prose": ("agent_name", "duties", "reports_out", "reports_in"),
    "signs": ("agent_name", "plans", "unfunded", "coordination", "reports"), "diffuse-tasks": ("name", "why", "leads"), "lights": ("light", "share", "of", "range"),
    "judged": ("level", "candidates", "unreviewed", "confirmed"), "by-plan": ("name", "decision_name", "applicable", "sure", "possible", "added", "copied"),
}  # fmt: skip
"""The columns of each table that a brief has; a table that is not here is left to the full reports."""
_CASES = 3
_BLOCKS = 24
"""Blocks of the longest bar of a chart in Word."""


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
    alike, wrong = make_duplicates_report(context), make_contradictions_report(context)
    sections = (
        _joined("who", Words("Ai được giao bao nhiêu việc?", "Who is given how much?"), load.sections, ("load",) if len(context.facts.tasks) else ("prose",)),
        _joined("much", Words("Có cơ quan nào được giao nhiều bất thường?", "Is any agency given unusually much?"), over.sections, ("signs",)),
        _joined("answers", Words("Mỗi việc có một nơi chịu trách nhiệm?", "Does one body answer for each task?"), [section for section in few.sections if section.key == "many"], ("diffuse-tasks",)),
        _joined("clear", Words("Việc giao đã “6 rõ” chưa?", "Is the work clear?"), [_upright(section) for section in clear.sections if section.key == "summary"], ("lights",)),
        _joined("alike", Words("Có việc nào trùng lặp, chồng lấn?", "Does any work overlap?"), [section for section in alike.sections if section.key != "headings"], ("judged",)),
        _joined("wrong", Words("Văn bản có chỗ nào mâu thuẫn?", "Does the document contradict itself?"), wrong.sections, ()),
        _joined("together", Words("Ai nối các cơ quan với nhau?", "Who links the agencies?"), [section for section in net.sections if section.key != "pairs"], ()),
        _joined("covered", Words("So với nhiệm vụ trung ương", "Against the national tasks"), cover.sections, ("by-plan",)),
    )  # fmt: skip
    return Report(
        key="brief", title=Words(f"{name}: ai phải làm gì, và có rõ không", f"{name}: who must do what, and is it clear"),
        lead=Words("Bản tóm tắt từ văn bản đã ban hành. Mỗi câu dẫn về nguyên văn; máy đọc có thể sai, nên câu nào dùng để kết luận thì đọc lại nguyên văn.", "A brief from published documents. Every sentence leads back to the text; a machine read it, so read the text again before concluding."),
        sections=tuple(section for section in sections if section.findings or section.tables), scope=scope(context), left_out=left_out(context),
        constants=context.constants, formulas=(*load.formulas[:2], *over.formulas), states={**load.states, **over.states, **few.states, **clear.states, **alike.states, **wrong.states, **cover.states},
    )  # fmt: skip


def _joined(key: str, heading: Words, sections: Iterable[Section], families: tuple[str, ...]) -> Section:
    sections = list(sections)
    tables = [_shortened(table) for section in sections for table in section.tables if (table.part_of or table.key) in families and table.rows]
    charts = tuple(chart for section in sections for chart in section.charts if isinstance(chart, Bars | Strips))[:2]
    findings = tuple(finding for section in sections for finding in section.findings)[:6]
    cases = tuple(replace(case, told=case.told[:2]) for section in sections for case in section.cases)[:_CASES]  # how to decide is for who runs the program
    return Section(key=key, heading=heading, findings=findings, charts=charts, tables=tuple(tables), cases=cases)


def _upright(section: Section) -> Section:
    """Set the lights of the one province as rows: each with how many tasks it could be judged on."""
    given = next(table for table in section.tables if table.key == "lights")
    columns = (Column("light", Words("Đèn", "Light")), Column("share", Words("Nhiệm vụ rõ", "Clear tasks"), "percent", "D8"), Column("of", Words("trên", "of"), "integer", "n"), Column("range", Words("khoảng tin cậy 95 %", "95 % interval")))
    keys = [column.key for column in given.columns]
    rows = [tuple(row[keys.index(f"{light}{end}")] for end in ("", "_of", "_range")) for row in given.rows for light in ALL_LIGHTS]
    named = tuple((f"light-{light}", *row) for light, row in zip(ALL_LIGHTS, rows, strict=False))
    return replace(section, tables=(replace(given, columns=columns, rows=named),))


def _shortened(table: Table) -> Table:
    wanted = _KEPT[table.part_of or table.key]
    at = [number for number, column in enumerate(table.columns) if column.key in wanted]
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
            "brief", found="no python-docx", expected="python-docx 1.1 or later", remedy="run `pip install python-docx`, or use the HTML of `mandategraph report all`",
            vi="Chưa có python-docx; hãy chạy `pip install python-docx`",
        ) from error  # fmt: skip
    document = docx.Document()
    _frame(document)
    document.add_heading(report.title.vi, level=0)
    document.add_paragraph(report.lead.vi)
    document.add_paragraph("; ".join(f"{name.vi}: {value.vi}" for name, value in report.scope) + ".", style="Intense Quote")
    if report.left_out:
        document.add_paragraph("Không tính vào, hoặc cần biết khi đọc:")
    for words in report.left_out:
        document.add_paragraph(words.vi, style="List Bullet")
    for section in report.sections:
        document.add_heading(section.heading.vi, level=1)
        for finding in section.findings:
            document.add_paragraph().add_run(finding.sentence.vi).bold = finding.level == "strong"
            if finding.doubt:
                document.add_paragraph().add_run(finding.doubt.vi).italic = True
            for quote in finding.quotes[:3]:
                document.add_paragraph(f"“{quote.text}” ({quote.place})", style="List Bullet")
        for chart in section.charts:
            if isinstance(chart, Bars):
                _add_table(document, _blocks(chart), report)
        for case in section.cases:
            _add_case(document, case, report)
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


def _blocks(chart: Bars) -> Table:
    """Draw bars as rows of blocks: they print on any printer and can be copied."""
    top = max(bar.value for bar in chart.bars) or 1.0
    rows = tuple((bar.label, ("░" if bar.faint else "█") * max(1, round(_BLOCKS * bar.value / top)) if bar.value else "", bar.value) for bar in chart.bars[:_SHORT])
    columns = (Column("label", Words("Tên", "Name")), Column("bar", Words("", "")), Column("value", chart.unit, "number"))
    faint = Words("; ░: nhóm", "; ░: groups") if any(bar.faint for bar in chart.bars) else Words("", "")
    return Table(chart.key, Words(chart.caption.vi.split(";")[0] + faint.vi, chart.caption.en.split(";")[0] + faint.en), columns, rows)


def _add_case(document: object, case: Case, report: Report) -> None:
    """Set both passages side by side, the differing words bold and underlined."""
    document.add_paragraph().add_run(case.heading.vi).bold = True  # type: ignore[attr-defined]
    drawn = document.add_table(rows=1, cols=2, style="Table Grid")  # type: ignore[attr-defined]
    for cell, side in zip(drawn.rows[0].cells, case.sides, strict=True):
        cell.paragraphs[0].add_run(side.heading).italic = True
        words = cell.add_paragraph()
        for text, same in side.runs:
            run = words.add_run(f"{text} ")
            run.bold = run.underline = not same
        cell.add_paragraph(f"({side.place})")
    facts = "; ".join(f"{name.vi}: {_shown(value, Column('fact', name, 'number'), report)}" for name, value in case.facts)
    document.add_paragraph(f"{facts}.")  # type: ignore[attr-defined]
    for told in case.told:
        document.add_paragraph().add_run(told.vi).italic = True  # type: ignore[attr-defined]


def _add_table(document: object, table: Table, report: Report) -> None:
    from docx.shared import Cm

    document.add_paragraph().add_run(table.caption.vi).bold = True  # type: ignore[attr-defined]
    drawn = document.add_table(rows=1, cols=len(table.columns), style="Light Grid Accent 1")  # type: ignore[attr-defined]
    first, rest = Cm(6.5), Cm(9.5 / max(1, len(table.columns) - 1))
    widths = [Cm(6.0), Cm(8.0), Cm(2.0)] if any(column.key == "bar" for column in table.columns) else [first, *[rest] * (len(table.columns) - 1)]
    for column_cells, width in zip(drawn.columns, widths, strict=True):
        column_cells.width = width
    for cell, column in zip(drawn.rows[0].cells, table.columns, strict=True):
        cell.text = column.heading.vi
    for row in table.rows:
        for cell, value, column in zip(drawn.add_row().cells, row, table.columns, strict=True):
            cell.text = _shown(value, column, report)
    for drawn_row in drawn.rows:
        for cell, width in zip(drawn_row.cells, widths, strict=True):
            cell.width = width
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
