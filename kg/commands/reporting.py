"""What the commands report and brief do: measures of a build as pages, tables and JSON."""

# ruff: noqa: T201 - a command speaks by printing
from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kg.building.table_files import to_csv
from kg.building.tables import Column, TableKind
from kg.cli import DONE
from kg.errors import StoreError
from kg.reporting.context import Context, make_context, steady
from viz.report_model import Column as Drawn
from viz.report_model import Report, Table, Words

REPORTS = {
    "overload": ("kg.reporting.overload_report", "make_overload_report"),
    "load": ("kg.reporting.load_report", "make_load_report"),
    "concentration": ("kg.reporting.concentration_report", "make_concentration_report"),
    "compare": ("kg.reporting.compare_report", "make_compare_report"),
    "clarity": ("kg.reporting.clarity_report", "make_clarity_report"),
    "network": ("kg.reporting.network_report", "make_network_report"),
    "coverage": ("kg.reporting.coverage_report", "make_coverage_report"),
    "duplicates": ("kg.reporting.duplicates_report", "make_duplicates_report"),
    "contradictions": ("kg.reporting.contradictions_report", "make_contradictions_report"),
}


def write_reports(args: argparse.Namespace) -> int:
    """Write one report or all, in one format or several."""
    context = make_context(
        args.build, provinces=tuple(args.province), date=args.as_of, split=args.split, capacity=args.capacity, alignment=args.alignment
    )
    names = list(REPORTS) if args.report == "all" else [args.report]
    forms = args.format or ["html"]
    files = [each for name in names for each in report_files(context, name, forms)]
    if args.rdf:
        from kg.reporting.observations import observation_bytes

        files.append(("observations.ttl", observation_bytes(context)))
    for path in _write(Path(args.output), files):
        print(f"  {path}")
    return DONE


def report_files(context: Context, name: str, forms: list[str]) -> list[tuple[str, bytes]]:
    """Give the files of a report: name and bytes; the same build gives the same bytes."""
    module, function = REPORTS[name]
    make: Callable[[Context], Report] = getattr(import_module(module), function)
    report = make(context)
    files: list[tuple[str, bytes]] = []
    if "html" in forms:
        from viz.report_page import make_report

        files.append((f"{name}.html", make_report(report).encode("utf-8")))
    if "csv" in forms:
        files += [(f"{name}-{table.key}.csv", csv_bytes(table)) for table in all_tables(report, context)]
    if "xlsx" in forms:
        files.append((f"{name}.xlsx", _workbook(report, context)))
    if "json" in forms:
        files.append((f"{name}.json", json_bytes(report, context)))
    return files


def all_tables(report: Report, context: Context) -> list[Table]:
    """Give every table of a report, the parts of one put together with a column ``place``; the rows behind come last as "rows"."""
    whole: dict[str, Table] = {}
    for table in (table for section in report.sections for table in section.tables):
        if not table.part:
            whole[table.key] = table
            continue
        columns = (Drawn("place", Words("Tỉnh (mã)", "Province (slug)")), *table.columns)
        before = whole.get(table.part_of)
        rows = tuple((table.part, *row) for row in table.rows)
        whole[table.part_of] = Table(table.part_of, before.caption if before else table.caption, columns, (before.rows if before else ()) + rows)
    tables = list(whole.values())
    if report.key == "load":
        from kg.reporting.load_report import year_table

        tables.append(year_table(context))
    if report.rows is not None:
        tables.append(Table("rows", report.rows.caption, report.rows.columns, report.rows.rows))
    return tables


def csv_bytes(table: Table) -> bytes:
    """Give a table as CSV for spreadsheets; see ``kg.building.table_files.to_csv``."""
    columns = tuple(Column(column.key, "text", column.heading.vi, column.heading.en) for column in table.columns)
    return to_csv(TableKind(table.key, table.caption.vi, table.caption.en, columns), [tuple(map(steady, row)) for row in table.rows])


def _workbook(report: Report, context: Context) -> bytes:
    """Give a report as a workbook: a sheet for each table, and what is found and to be known of it in the last."""
    from kg.commands.workbooks import Sheet, workbook_bytes

    sheets = [
        Sheet(table.key, table.caption.vi, [f"{column.heading.vi} | {column.heading.en}" for column in table.columns], [tuple(map(steady, row)) for row in table.rows], [column.kind for column in table.columns])
        for table in all_tables(report, context)
    ]  # fmt: skip
    notes = [("", *each.sentence) for section in report.sections for each in section.findings]
    notes += [(name.vi, said.vi, said.en) for name, said in report.scope]
    notes += [("", words.vi, words.en) for words in report.left_out]
    notes += [(name, words.vi, words.en) for name, words in report.formulas]
    return workbook_bytes(report.title.vi, notes, sheets)


def json_bytes(report: Report, context: Context) -> bytes:
    """Give a report as JSON: findings in both languages with quotes and doubts, tables as records, scope, constants, what was left out."""
    value = {
        "report": report.key, "title": report.title._asdict(), "as_of": context.facts.as_of,
        "scope": [{**name._asdict(), "value": said._asdict()} for name, said in report.scope],
        "left_out": [words._asdict() for words in report.left_out],
        "constants": report.constants, "formulas": {name: words._asdict() for name, words in report.formulas},
        "findings": [
            {"section": section.key, "level": each.level, **each.sentence._asdict(), "doubt": each.doubt._asdict() if each.doubt else None, "quotes": [{"text": q.text, "place": q.place} for q in each.quotes]}
            for section in report.sections for each in section.findings
        ],
        "tables": {
            table.key: {"caption": table.caption._asdict(), "formulas": {c.key: c.formula for c in table.columns if c.formula}, "rows": [dict(zip((c.key for c in table.columns), map(steady, row), strict=True)) for row in table.rows]}
            for table in all_tables(report, context)
        },
    }  # fmt: skip
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def write_brief(args: argparse.Namespace) -> int:
    """Write the brief of one province as a page and as a Word document."""
    from kg.reporting.brief import brief_files

    context = make_context(args.build, provinces=(args.province,), date=args.as_of, split=args.split, capacity=args.capacity, alignment=args.alignment)
    files = brief_files(context)
    for path in _write(Path(args.output), files):
        print(f"  {path}")
    if len(files) == 1:
        print("Không có bản Word: cần python-docx (no Word document: run `pip install python-docx`)")
    return DONE


def _write(folder: Path, files: list[tuple[str, bytes]]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            (folder / name).write_bytes(data)
    except OSError as error:
        raise StoreError(
            str(error.filename or folder), found=error.strerror or str(error), expected="a folder that can be written", remedy="choose another folder with -o", vi="Không ghi được; hãy chọn thư mục khác với -o"
        ) from error
    return [folder / name for name, _ in files]
