"""The ingestion report: what was read, what was seen and not understood, and what the checks say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.building.tables import Row
from kg.graph.check import Violation
from kg.reasoning.rules import RULES
from kg.records import Finding

if TYPE_CHECKING:
    from kg.building.ingest import Ingested

REASONER = "rules"
"""Which reasoner a build runs: the rules of ``kg.reasoning``. HermiT or OWL RL run in the tests, which hold the rules to them."""

QUOTE_LENGTH = 120
_SEVERITIES = ("error", "warning", "note")
_OUTCOMES = {
    "built": "đã đưa vào đồ thị · built",
    "failed": "không đọc được · failed",
    "no-plan": "không phải kế hoạch · no plan",
    "copy": "bản sao · copy",
    "part": "phụ lục, đọc cùng kế hoạch · an annex, read with its plan",
}
CONTRADICTIONS = {
    "disjoint-classes": "một vật thuộc hai lớp loại trừ nhau · a thing of two classes that exclude each other",
    "acts-after-its-end": "chủ trì sau khi đã kết thúc hoạt động · leads after its end",
    "plan-after-its-province": "kế hoạch của tỉnh không còn · a plan of a province that is gone",
    "acts-before-its-beginning": "chủ trì trước khi thành lập, có thể đúng · leads before its beginning, may be right",
    "work-outlives-its-lead": "việc còn kéo dài khi chủ trì đã kết thúc · work that runs on after its lead has ended",
}
"""By code of the finding: the first three are certain, the others only need a second reading."""
COUNTED = (
    ("tasks", "nhiệm vụ"), ("assignments", "phân công"), ("duties", "công việc trong lời văn"), ("reporting", "chế độ báo cáo"),
    ("targets", "chỉ tiêu"), ("sectors", "lĩnh vực"), ("citations", "văn bản được dẫn"),
)  # fmt: skip
_COUNTS = {
    "files": "tệp · files",
    "documents": "văn bản · documents",
    "failed": "không đọc được · failed",
    "no_plan": "không phải kế hoạch · no plan",
    "copies": "bản sao · copies",
    "tasks": "nhiệm vụ · tasks",
    "duties": "công việc trong lời văn · duties in prose",
    "assignments": "phân công · assignments",
    "reporting": "chế độ báo cáo · reporting duties",
    "targets": "chỉ tiêu · targets",
    "sectors": "lĩnh vực · sectors",
    "citations": "văn bản được dẫn · citations",
    "agencies": "cơ quan · agencies",
    "groups": "nhóm cơ quan · groups",
    "errors": "lỗi đọc · errors",
    "warnings": "điều còn ngờ · warnings",
    "notes": "ghi chú · notes",
    "violations": "lỗi kiểm tra đồ thị · violations",
    "check_warnings": "cảnh báo kiểm tra đồ thị · warnings of the checks",
}


def sorted_findings(rows: Iterable[Row]) -> list[Row]:
    """Give rows of the table ``findings`` by file, severity and place."""
    return sorted(rows, key=lambda row: (str(row[0]), _SEVERITIES.index(str(row[1])), row[7] or 0, str(row[2])))


def finding_row(file: str, finding: Finding, text: str = "") -> Row:
    """Give a finding as a row of the table ``findings``; ``text`` is the document's, "" where there is none."""
    if finding.span is None or not text:
        return (file, finding.severity, finding.code, finding.vi, finding.en, None, None, None, None)
    start = finding.span.start
    end = min(finding.span.end, start + QUOTE_LENGTH)  # the offsets are those of the quote
    line = text.count("\n", 0, start) + 1
    return (file, finding.severity, finding.code, finding.vi, finding.en, line, text[start:end], start, end)


def report_json(ingested: Sequence[Ingested], findings: Sequence[Row], violations: Sequence[Violation], counts: dict[str, int], entailed: dict[str, int]) -> dict[str, Any]:
    """Give the report as plain JSON values."""
    by_file: dict[str, list[Row]] = {}
    for row in findings:
        by_file.setdefault(str(row[0]), []).append(row)
    outcomes = {each.file: each for each in ingested}
    return {
        "counts": counts,
        "files": [_file(name, outcomes.get(name), by_file.get(name, [])) for name in sorted({*outcomes, *by_file})],
        "check": [
            {"severity": v.severity, "code": v.code, "file": v.file, "place": v.place, "quote": v.quote, "vi": v.vi, "en": v.en}
            for v in violations
        ],
        "reasoning": {
            "reasoner": REASONER,
            "entailed": entailed,
            "contradictions": {code: sum(row[2] == code for row in findings) for code in CONTRADICTIONS},
        },
    }  # fmt: skip


def _file(name: str, each: Ingested | None, findings: Sequence[Row]) -> dict[str, Any]:
    outcome = each.outcome if each else "failed" if any(row[1] == "error" for row in findings) else "no-reader"
    read: dict[str, Any] = {"file": name, "outcome": outcome}
    if each and each.characters:
        read |= {"document": each.address or None, "key": each.key, "place": each.place, "format": each.format, "pages": each.pages or None, "encoding": each.encoding, "other_files": list(each.others), "bytes": each.size, "characters": each.characters}
        read["counts"] = {table: each.counts.get(table, 0) for table, _ in COUNTED}
    names = ("severity", "code", "vi", "en", "line", "quote", "start", "end")
    return {**read, "findings": [dict(zip(names, row[1:], strict=True)) for row in findings]}


def report_markdown(report: dict[str, Any]) -> str:
    """Give the report for reading."""
    counts = report["counts"]
    lines = ["# Báo cáo nạp văn bản · Ingestion report", "", "| | |", "| --- | ---: |"]
    lines += [f"| {_COUNTS.get(name, name)} | {value:,} |" for name, value in counts.items()]
    for file in report["files"]:
        outcome = _OUTCOMES.get(file["outcome"], "chưa có bộ đọc · no reader")
        lines += ["", f"## {_plain(file['file'])}", "", outcome]
        if "counts" in file:
            told = ", ".join(f"{file['counts'][table]} {vi}" for table, vi in COUNTED if file["counts"][table])
            lines += ["", f"{_form(file)}, {file['characters']:,} ký tự; {told or 'không có bản ghi'}"]
        lines += [""] * bool(file["findings"])
        lines += [_finding(finding) for finding in file["findings"]]
    lines += ["", "## Kiểm tra đồ thị · Graph checks", ""]
    lines += [f"- **{v['severity']}** `{v['code']}` {_plain(v['file'])}: {_plain(v['vi'])} · {_plain(v['en'])} {_quoted(v['quote'])}" for v in report["check"]] or ["không có lỗi · nothing broken"]  # fmt: skip
    lines += ["", "## Suy luận · Reasoning", "", "| luật | kết quả | |", "| --- | ---: | --- |"]
    why = {rule.term: f"{rule.vi} {rule.en}" for rule in RULES}
    lines += [f"| `mg:{term}` | {number:,} | {_plain(why[term])} |" for term, number in report["reasoning"]["entailed"].items()]
    lines += ["", "Bộ suy luận (reasoner): luật · rules. Mâu thuẫn · contradictions:", ""]
    lines += [f"- `{code}`: {number:,} · {CONTRADICTIONS[code]}" for code, number in report["reasoning"]["contradictions"].items()]
    return "\n".join(lines) + "\n"


def _form(file: dict[str, Any]) -> str:
    """The format, the encoding where it is not the format's own, and the pages where it has some."""
    form = file["format"] if file["format"] == file["encoding"] else f"{file['format']} ({file['encoding']})"
    return f"{form}, {file['pages']:,} trang" if file["pages"] else str(form)


def _finding(finding: dict[str, Any]) -> str:
    place = f", dòng {finding['line']}" if finding["line"] else ""
    return f"- **{finding['severity']}** `{finding['code']}`{place}: {_plain(finding['vi'])} · {_plain(finding['en'])} {_quoted(finding['quote'])}".rstrip()


def _quoted(quote: str | None) -> str:
    return f"“{_plain(quote)}”" if quote else ""


def _plain(text: str) -> str:
    """One line, and nothing that Markdown or HTML would take for markup."""
    words = " ".join(text.split())
    for letter in "\\`*_[]|":
        words = words.replace(letter, "\\" + letter)
    return words.replace("<", "&lt;")


def severities(findings: Sequence[Row]) -> Counter[str]:
    """Count the findings by severity."""
    return Counter(str(row[1]) for row in findings)
