"""The reports of coverage and of duplicates: what the tables ``alignments`` and ``overlaps`` of a build say, or that they cannot."""

from __future__ import annotations

import polars as pl

from kg.reporting.context import Context, held_alignments, left_out, percent, scope, shorten, table_of
from viz.report_model import Column, Finding, Quote, Report, Section, Words


def make_coverage_report(context: Context) -> Report:
    """Make the report of coverage (D7): sure and sure-or-queued; not computable without the text of a national decision."""
    rows = _table(context, "alignments", "plan")
    names = context.facts.places
    if rows is None or rows.is_empty():
        said = Finding(Words(
            "Không tính được: kho chưa có toàn văn quyết định trung ương mà các kế hoạch triển khai, nên không biết nhiệm vụ nào bị bỏ sót.",
            "Not computable: the text of the national decision that the plans carry out is not in the build, so nobody can tell what they leave out.",
        ), Words("Thay vào đó, xem các nhiệm vụ chung giữa các kế hoạch: mandategraph report compare.", "See the tasks that plans share instead: mandategraph report compare."), level="none")  # fmt: skip
        sections: tuple[Section, ...] = (Section("none", Words("Độ phủ", "Coverage"), (said,)),)
    else:
        sections = tuple(_coverage(place, name, rows.filter(pl.col("place") == place), context) for place, name in names.items() if place in set(rows["place"]))
    return Report(
        key="coverage", title=Words("Kế hoạch tỉnh phủ được bao nhiêu nhiệm vụ trung ương?", "How much of the national tasks do plans cover?"),
        lead=Words("Cận dưới: các cặp máy chấp nhận hoặc người xác nhận. Cận trên: thêm các cặp đang chờ người xem.", "Lower bound: pairs accepted or confirmed. Upper bound: those waiting for a person as well."),
        sections=sections, scope=scope(context), left_out=left_out(context), constants=context.constants,
        formulas=(("Cov", Words("nhiệm vụ trung ương có nhiệm vụ tỉnh tương ứng / nhiệm vụ trung ương", "national tasks with a counterpart / national tasks")), ("Add", Words("nhiệm vụ tỉnh không ứng với nhiệm vụ trung ương nào / nhiệm vụ tỉnh", "provincial tasks without a national one / provincial tasks"))),
    )  # fmt: skip


def make_duplicates_report(context: Context) -> Report:
    """Make the report of overlap and duplication (D5): candidates that a person has to judge."""
    rows = _table(context, "overlaps", "plan_1" if _has(context, "overlaps", "plan_1") else "document")
    columns = tuple(Column(name, Words(vi, en)) for name, vi, en in _OVERLAPS if rows is not None and name in rows.columns)
    if rows is None or rows.is_empty() or not columns:
        said = Finding(Words("Không có cặp nhiệm vụ nào đủ giống để người xem lại, hoặc kho này chưa có bảng overlaps.", "No pair of tasks is alike enough for a person to look at, or the build has no table overlaps."), level="none")
        sections: tuple[Section, ...] = (Section("none", Words("Trùng lặp và chồng lấn", "Duplication and overlap"), (said,)),)
    else:
        said = Finding(Words(f"{len(rows)} cặp ứng viên để người xem lại; máy không kết luận.", f"{len(rows)} candidates for a person to judge; the machine concludes nothing."))
        sections = (Section("candidates", Words("Ứng viên", "Candidates"), (said,), (), (table_of(rows.head(500), "overlaps", Words("Cặp nhiệm vụ giống nhau", "Pairs of tasks alike"), columns),)),)
    return Report(
        key="duplicates", title=Words("Nhiệm vụ có thể trùng lặp, chồng lấn", "Tasks that may duplicate or overlap"),
        lead=Words("Giống nhau không phải là lỗi: chồng lấn có thể có chủ ý và có ích.", "Likeness is not a fault: overlap may be meant, and may help."),
        sections=sections, scope=scope(context), left_out=left_out(context), constants=context.constants,
    )  # fmt: skip


_OVERLAPS = (
    ("level", "Mức", "Level"), ("score", "Độ giống", "Score"), ("name_1", "Nhiệm vụ thứ nhất", "First task"), ("leads_1", "Chủ trì", "Lead"), ("name_2", "Nhiệm vụ thứ hai", "Second task"),
    ("leads_2", "Chủ trì", "Lead"), ("reason", "Vì sao", "Why"), ("status", "Trạng thái", "Status"),
)  # fmt: skip


def _has(context: Context, name: str, column: str) -> bool:
    path = context.build / "tables" / f"{name}.parquet"
    return path.is_file() and column in pl.read_parquet_schema(path)


def _table(context: Context, name: str, document: str) -> pl.DataFrame | None:
    path = context.build / "tables" / f"{name}.parquet"
    if not path.is_file():
        return None
    rows = pl.read_parquet(path)
    if document not in rows.columns:
        return None
    home = context.facts.documents.select(pl.col("document").alias(document), "place")
    return rows.join(home, on=document, how="inner", maintain_order="left")


def _coverage(place: str, name: str, rows: pl.DataFrame, context: Context) -> Section:
    decisions = rows["decision"].unique().sort().to_list()
    national = context.written.tasks.filter(pl.col("document").is_in(decisions))
    held = held_alignments(rows)
    queued = rows.filter(pl.col("national").is_not_null() & (pl.col("outcome") == "queued") & (pl.col("status") != "rejected"))
    sure, perhaps, total = set(held["national"]), set(held["national"]) | set(queued["national"]), len(national)
    added = rows.filter(~pl.col("task").is_in(held["task"].implode()) & ~pl.col("task").is_in(queued["task"].implode()))
    low, high = percent(len(sure) / total if total else 0), percent(len(perhaps) / total if total else 0)
    missing = national.filter(~pl.col("task").is_in(sorted(perhaps)))
    findings = (
        Finding(Words(
            f"{name} có nhiệm vụ ứng với {len(sure)} đến {len(perhaps)} trên {total} nhiệm vụ trung ương ({low.vi} – {high.vi}).", f"{name} has counterparts of {len(sure)} to {len(perhaps)} of {total} national tasks ({low.en} – {high.en})."
        ), Words("Mẫu số là mọi nhiệm vụ của quyết định; có những nhiệm vụ chỉ dành cho bộ, ngành.", "The total is all tasks of the decision; some are for ministries alone."), tuple(Quote(shorten(text, 160), "chưa thấy trong kế hoạch") for text in missing["name"].head(5))),
        Finding(Words(f"{added['task'].n_unique()} nhiệm vụ của {name} không ứng với nhiệm vụ trung ương nào.", f"{added['task'].n_unique()} tasks of {name} have no national counterpart.")),
    )  # fmt: skip
    columns = (Column("task_name", Words("Nhiệm vụ của tỉnh", "Provincial task")), Column("national_name", Words("Nhiệm vụ trung ương gần nhất", "Nearest national task")), Column("outcome", Words("Kết quả", "Outcome")), Column("score", Words("Độ giống", "Score"), "number", "D7"), Column("second", Words("thứ nhì", "second"), "number"), Column("containment", Words("chép lại", "copied"), "percent", "Loc"), Column("status", Words("Trạng thái", "Status")))
    shown = tuple(column for column in columns if column.key in rows.columns)
    return Section(f"at-{place}", Words(name, name), findings, (), (table_of(rows, "alignment", Words("Từng nhiệm vụ", "Each task"), shown, folded=True, place=place),))
