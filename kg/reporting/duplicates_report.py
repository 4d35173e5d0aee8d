"""The report of duplicates (D5, after GAO-15-49SP): a case file for each pair to judge, what people said of them, and fragmentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from kg.analysis.diffusion import Rate
from kg.analysis.marking import mark_differences
from kg.analysis.topics import find_fragmentation
from kg.reporting.context import REVIEWED, Context, interval_text, left_out, places_of, scope, shorten, table_of
from viz.report_model import Case, Cell, Column, Finding, Report, Section, Side, Table, Words

SHOWN_CASES, SHOWN_PAIRS = 40, 500
LEVELS = {
    "duplication": (Words("trùng lặp", "duplication"), "bad"), "contradiction": (Words("mâu thuẫn", "contradiction"), "bad"), "overlap": (Words("chồng lấn", "overlap"), ""),
    "repetition": (Words("lặp lại", "repetition"), ""), "nested": (Words("lồng nhau", "nested"), "soft"),
}  # fmt: skip
_PAIRS = (
    Column("level", Words("Mức", "Level")), Column("first_text", Words("Việc thứ nhất", "First")), Column("first_leads", Words("giao cho", "given to")), Column("second_text", Words("Việc thứ hai", "Second")),
    Column("second_leads", Words("giao cho", "given to")), Column("score", Words("Độ giống", "Likeness"), "number", "D5"), Column("status", Words("Thẩm định", "Review")), Column("id", Words("Mã", "Id")),
    *(Column(name, Words(name, name), "data") for name in ("province", "first", "second", "activity", "goal", "beneficiary", "product", "first_only", "second_only", "reason_vi", "reason_en", "benefit_vi", "benefit_en")),
)  # fmt: skip
_REVIEW = (
    Column("level", Words("Mức", "Level")), Column("candidates", Words("Ứng viên", "Candidates"), "integer", "n"), Column("unreviewed", Words("chờ người xem", "waiting"), "integer"), Column("confirmed", Words("xác nhận", "confirmed"), "integer"),
    Column("rejected", Words("bác bỏ", "rejected"), "integer"), Column("justified", Words("có lý do", "justified"), "integer"), Column("rate", Words("xác nhận / đã xem", "confirmed / judged"), "percent", "OR"), Column("range", Words("khoảng 95 %", "95 % interval")),
)  # fmt: skip
_TOPICS = (
    Column("topic", Words("Đề mục", "Heading")), Column("place_name", Words("Nơi", "Place")), Column("tasks", Words("Nhiệm vụ", "Tasks"), "integer", "n"), Column("leads", Words("Cơ quan chủ trì đích danh", "Named leads"), "integer"),
    Column("fragmentation", Words("Phân mảnh", "Fragmentation"), "number", "Frag(k)"), Column("names", Words("Các cơ quan", "Bodies")), Column("document", Words("Văn bản", "Document"), "data"),
)  # fmt: skip


def make_duplicates_report(context: Context) -> Report:
    """Make the report of overlap and duplication: candidates that a person has to judge."""
    rows = context.rows_of("overlaps", "first_plan")
    sections = (_review(rows, context), _cases(rows, context), _fragmented(context))
    return Report(
        key="duplicates", title=Words("Việc có thể trùng lặp, chồng lấn", "Work that may duplicate or overlap"),
        lead=Words("Giống nhau không phải là lỗi: chồng lấn có thể có chủ ý và có ích. Chỉ so trong một tỉnh (hoặc một cơ quan trung ương) và khi thời gian có thể trùng; giống nhau giữa các tỉnh là chung nguồn gốc, ở báo cáo coverage.", "Likeness is not a fault: overlap may be meant, and may help. Compared within one province (or central issuer) and where the years may meet; likeness between provinces is common origin, in the report coverage."),
        sections=tuple(each for each in sections if each), scope=scope(context), left_out=left_out(context), constants=context.constants, states={**LEVELS, **REVIEWED},
        formulas=(
            ("D5", Words("giống về việc làm, mục tiêu, đối tượng, sản phẩm, sau khi bỏ lời dẫn và chủ đề chung của kho; giống từ 0,45 (hai kế hoạch: 0,60) là ứng viên, từ 0,75 là cùng một việc", "likeness of activity, goal, beneficiary, product, once pointers and the corpus's theme are taken off; from .45 (between plans .60) a candidate, from .75 the same work")),
            ("OR", Words("cặp được xác nhận / cặp người đã xem; chưa ai xem thì không có số", "confirmed pairs / pairs that people judged; no figure where nobody has")),
            ("Frag(k)", Words("1 − Σ s², s là phần của mỗi chủ trì trong khối lượng của đề mục trong cùng; chỉ nêu đề mục có từ hai cơ quan đích danh", "1 − Σ s², s the part of each lead in the load of the innermost heading; headings with two or more named bodies")),
        ),
    )  # fmt: skip


def _review(rows: pl.DataFrame, context: Context) -> Section:
    if rows.is_empty():
        said = Finding(Words("Không có cặp việc nào trong cùng một tỉnh đủ giống để người xem lại.", "No pair of works of one province is alike enough for a person to look at."), level="none")
        return Section("review", Words("Đã xem đến đâu", "How far they are judged"), (said,))
    waiting = len(rows.filter(pl.col("status") == "unreviewed"))
    confirmed = rows.filter(pl.col("status") == "confirmed")
    touched = {*confirmed["first"], *confirmed["second"]} & set(context.facts.tasks["task"])
    found = [Finding(Words(
        f"{len(rows)} cặp ứng viên, {waiting} cặp chờ người xem; máy không kết luận.", f"{len(rows)} candidates, {waiting} wait for a person; the machine concludes nothing.",
    ), Words("Máy xét theo lời văn: không biết từ đồng nghĩa, không biết phụ lục mà nhiệm vụ dẫn tới nói gì.", "Judged by words: synonyms are not known, nor what an annex says that a task points at."))]  # fmt: skip
    if touched:
        found.append(Finding(Words(f"{len(touched)} trên {len(context.facts.tasks)} nhiệm vụ nằm trong ít nhất một cặp đã được xác nhận.", f"{len(touched)} of {len(context.facts.tasks)} tasks are in at least one confirmed pair.")))
    repeated = len(confirmed.filter(pl.col("level") == "repetition"))
    if repeated:
        found.append(Finding(Words(f"{repeated} cặp lặp lại đã được xác nhận vẫn được tính là hai nhiệm vụ trong các báo cáo khối lượng.", f"{repeated} confirmed repetitions still count as two tasks in the reports of loads.")))
    return Section("review", Words("Đã xem đến đâu", "How far they are judged"), tuple(found), (), (Table("judged", Words("Theo mức", "By level"), _REVIEW, tuple(_judged(level, rows) for level in LEVELS)),))


def _judged(level: str, rows: pl.DataFrame) -> tuple[Cell, ...]:
    own = rows.filter(pl.col("level") == level)["status"].to_list()
    counts = [own.count(status) for status in ("unreviewed", "confirmed", "rejected", "justified")]
    rate = Rate(counts[1], sum(counts[1:]))
    return (level, len(own), *counts, rate.value, interval_text(rate.interval))


def _cases(rows: pl.DataFrame, context: Context) -> Section | None:
    if rows.is_empty():
        return None
    shown = rows.head(SHOWN_CASES)
    places = places_of(context, [*shown["first"], *shown["second"]])
    note = Words(f"Trang này vẽ {SHOWN_PAIRS} cặp giống nhất; tất cả {len(rows)} cặp ở tệp CSV và JSON.", f"The page draws the {SHOWN_PAIRS} likest pairs; all {len(rows)} are in CSV and JSON.") if len(rows) > SHOWN_PAIRS else None
    table = table_of(rows, "overlaps", Words("Mọi cặp việc giống nhau", "All pairs of works alike"), _PAIRS, note, folded=True, drawn=SHOWN_PAIRS)
    return Section("candidates", Words("Hồ sơ từng cặp", "The case files"), tables=(table,), cases=tuple(_case(row, places, context.facts.places) for row in shown.iter_rows(named=True)))


def _case(row: Mapping[str, Any], places: Mapping[str, str], names: Mapping[str, str]) -> Case:
    marked = mark_differences(row["first_text"], row["second_text"])
    sides = tuple(
        Side(f"{row[f'{side}_code'] or '–'} · {row[f'{side}_leads'] or '–'}", tuple((run.text, run.same) for run in runs), places[row[side]])
        for side, runs in zip(("first", "second"), marked, strict=True)
    )
    level = LEVELS[row["level"]][0]
    fields = (("score", "Độ giống", "Likeness"), ("activity", "việc làm", "activity"), ("goal", "mục tiêu", "goal"), ("beneficiary", "đối tượng", "beneficiary"), ("product", "sản phẩm", "product"))
    facts = [(Words(vi, en), row[name]) for name, vi, en in fields if row[name] is not None]
    command = f"mandategraph decide {row['id']} confirmed|rejected|justified --who … --why …"
    return Case(
        key=str(row["id"]).replace("/", "-"), heading=Words(f"{names[row['place']]}: {level.vi}", f"{names[row['place']]}: {level.en}"), sides=(sides[0], sides[1]),
        facts=(*facts, (Words("Thẩm định", "Review"), row["status"])),
        told=(Words(row["reason_vi"], row["reason_en"]), Words(row["benefit_vi"], row["benefit_en"]), Words(f"Để quyết định: {command}", f"To decide: {command}")),
    )  # fmt: skip


def _fragmented(context: Context) -> Section | None:
    found = find_fragmentation(context.facts)
    if found.is_empty():
        return None
    top = found.row(0, named=True)
    share = f"{top['fragmentation']:.2f}"
    said = Finding(Words(
        f"{len(found)} đề mục có từ hai cơ quan đích danh cùng chủ trì; chia nhỏ nhất là “{shorten(top['topic'])}” ({top['place_name']}): {top['tasks']} nhiệm vụ, {top['leads']} cơ quan, phân mảnh {share.replace('.', ',')}.",
        f"{len(found)} headings are led by two or more named bodies; the most split is “{shorten(top['topic'])}” ({top['place_name']}): {top['tasks']} tasks, {top['leads']} bodies, fragmentation {share}.",
    ), Words("Phân mảnh thường có chủ ý: một lĩnh vực rộng cần nhiều cơ quan. Đề mục ít nhiệm vụ dễ có số cao.", "Often intended: a broad area needs several bodies. Headings with few tasks easily score high."))  # fmt: skip
    return Section("headings", Words("Phân mảnh: một đề mục, nhiều cơ quan", "Fragmentation: one heading, several bodies"), (said,), (), (table_of(found, "fragmentation", Words("Đề mục có từ hai cơ quan chủ trì", "Headings with two or more leads"), _TOPICS, folded=True),))
