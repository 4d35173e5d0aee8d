"""The reports of coverage and of duplicates: what ``kg.analysis.coverage`` and the table ``overlaps`` say, as pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from kg.analysis.coverage import coverage, why_not_computable
from kg.reporting.context import Context, left_out, percent, places_of, scope, shorten, table_of, where
from viz.report_model import Column, Finding, Quote, Report, Section, Words

SHOWN_PAIRS, SHOWN_MISSING = 500, 4
_COVERAGE = (
    Column("name", Words("Tỉnh", "Province")), Column("decision_name", Words("Quyết định", "Decision")), Column("tasks", Words("Nhiệm vụ của tỉnh", "Provincial tasks"), "integer", "n"),
    Column("applicable", Words("Nhiệm vụ trung ương giao cấp tỉnh", "National tasks for provinces"), "integer", "N_p"), Column("sure", Words("chắc chắn", "sure"), "integer", "D7"), Column("possible", Words("kể cả chờ xem", "with queued"), "integer", "D7"),
    Column("coverage_low", Words("Độ phủ, cận dưới", "Coverage, lower"), "percent", "Cov"), Column("coverage_high", Words("cận trên", "upper"), "percent", "Cov"), Column("depth", Words("Độ sâu", "Depth"), "number", "D7"),
    Column("added", Words("Tỉnh tự thêm", "Added"), "integer", "Add"), Column("unsure", Words("chưa chắc", "unsure"), "integer"), Column("copied", Words("Chép lại", "Copied"), "integer", "Loc"), Column("localised", Words("Địa phương hóa", "Localised"), "number", "Loc"),
)  # fmt: skip
_PAIRS = (
    Column("level", Words("Mức", "Level")), Column("first_text", Words("Việc thứ nhất", "First")), Column("first_leads", Words("giao cho", "given to")), Column("second_text", Words("Việc thứ hai", "Second")),
    Column("second_leads", Words("giao cho", "given to")), Column("score", Words("Độ giống", "Likeness"), "number", "D5"), Column("reason_vi", Words("Vì sao nêu", "Why (Vietnamese)")), Column("benefit_vi", Words("Lợi ích có thể có", "Possible good (Vietnamese)")),
    Column("status", Words("Thẩm định", "Review")), Column("province", Words("Tỉnh (mã)", "Province (slug)")), Column("id", Words("Mã", "Id")),
)  # fmt: skip
_ALIGNED = (
    Column("task_name", Words("Nhiệm vụ của tỉnh", "Provincial task")), Column("national_name", Words("Nhiệm vụ trung ương gần nhất", "Nearest national task")), Column("outcome", Words("Kết quả", "Outcome")),
    Column("score", Words("Độ giống", "Score"), "number", "D7"), Column("second", Words("thứ nhì", "second"), "number", "D7"), Column("containment", Words("phần chép", "copied"), "percent", "Loc"), Column("status", Words("Thẩm định", "Review")),
)  # fmt: skip
_STATES = {
    "overlap": (Words("chồng lấn", "overlap"), ""), "duplication": (Words("trùng lặp", "duplication"), "bad"), "repetition": (Words("lặp lại", "repetition"), ""), "nested": (Words("lồng nhau", "nested"), "soft"),
    "contradiction": (Words("mâu thuẫn", "contradiction"), "bad"), "unreviewed": (Words("đề xuất", "candidate"), "soft"), "confirmed": (Words("xác nhận", "confirmed"), "bad"), "rejected": (Words("bác bỏ", "rejected"), "good"),
    "justified": (Words("có lý do chính đáng", "justified"), "good"), "accepted": (Words("máy chấp nhận", "accepted"), "good"), "queued": (Words("chờ người xem", "queued"), "soft"), "none": (Words("không có tương ứng", "no counterpart"), ""),
}  # fmt: skip


def make_coverage_report(context: Context) -> Report:
    """Make the report of coverage (D7): sure, and sure or queued; not computable without the text of a national decision."""
    names = context.written.places
    found = coverage(context.build).filter(pl.col("plan").is_in(context.facts.documents["document"].implode()))
    if found.is_empty():
        why = why_not_computable(context.build) or Words("Không kế hoạch nào của các tỉnh được chọn triển khai một quyết định có trong kho.", "No plan of the chosen provinces carries out a decision of the build.")
        sections: tuple[Section, ...] = (Section("none", Words("Độ phủ", "Coverage"), (Finding(Words(why[0], why[1]), level="none"),)),)
    else:
        titles = dict(context.written.documents.select("document", pl.coalesce("number", "title", "document")).rows())
        found = found.with_columns(pl.col("province").replace(names).alias("name"), pl.col("decision").replace(titles).alias("decision_name"))
        findings = tuple(_sentence(row, context) for row in found.head(12).iter_rows(named=True))
        sections = (
            Section("coverage", Words("Độ phủ", "Coverage"), findings, (), (table_of(found, "by-plan", Words("Theo kế hoạch và quyết định", "By plan and decision"), _COVERAGE),)),
            *_aligned(context),
        )
    return Report(
        key="coverage", title=Words("Kế hoạch tỉnh phủ được bao nhiêu nhiệm vụ trung ương?", "How much of the national tasks do plans cover?"),
        lead=Words("Cận dưới: các cặp máy chấp nhận hoặc người xác nhận. Cận trên: thêm các cặp đang chờ người xem.", "Lower bound: pairs accepted or confirmed. Upper bound: those waiting for a person as well."),
        sections=sections, scope=scope(context), left_out=left_out(context), constants=context.constants, states=_STATES,
        formulas=(
            ("N_p", Words("nhiệm vụ của quyết định mà phần phân công nêu cấp tỉnh", "tasks of the decision whose assignment names the provinces")),
            ("Cov", Words("nhiệm vụ trung ương có nhiệm vụ tỉnh tương ứng / N_p", "national tasks with a counterpart / N_p")),
            ("Add", Words("nhiệm vụ tỉnh không ứng với nhiệm vụ trung ương nào", "provincial tasks without a national one")),
            ("Loc", Words("1 − phần cụm ba tiếng có trong nhiệm vụ trung ương; “chép lại” khi phần ấy ≥ 0,8", "1 − share of three-syllable runs that the national task has; “copied” where that is ≥ 0.8")),
        ),
    )  # fmt: skip


def _sentence(row: dict[str, Any], context: Context) -> Finding:
    low, high = percent(row["coverage_low"]), percent(row["coverage_high"])
    missing = context.written.tasks.filter(pl.col("task").is_in(row["missing"]))
    quotes = tuple(Quote(shorten(each["quote"] or each["name"], 160), f"{row['name']} không có nhiệm vụ ứng với mục {each['code'] or '–'} – {where(each, context.names)}") for each in missing.head(SHOWN_MISSING).iter_rows(named=True))
    same = row["sure"] == row["possible"]
    count = Words(f"{row['sure']}", f"{row['sure']}") if same else Words(f"{row['sure']} đến {row['possible']}", f"{row['sure']} to {row['possible']}")
    part = low if same else Words(f"{low.vi} – {high.vi}", f"{low.en} – {high.en}")
    return Finding(Words(
        f"{row['name']} có nhiệm vụ ứng với {count.vi} trên {row['applicable']} nhiệm vụ mà {row['decision_name']} giao cấp tỉnh ({part.vi}); tự thêm {row['added']}.",
        f"{row['name']} has counterparts of {count.en} of {row['applicable']} tasks that {row['decision_name']} gives to provinces ({part.en}); {row['added']} of its own.",
    ), Words("Đối chiếu theo lời văn; cặp chờ người xem chưa được tính vào cận dưới.", "Aligned by wording; queued pairs are not in the lower bound."), quotes)  # fmt: skip


def _aligned(context: Context) -> tuple[Section, ...]:
    rows = _table(context, "alignments", "plan")
    if rows is None:
        return ()
    by_place = {str(key[0]): each for key, each in rows.group_by("place", maintain_order=True)}
    return tuple(
        Section(f"at-{place}", Words(name, name), tables=(table_of(by_place[place], "alignment", Words(f"Từng nhiệm vụ của {name}", f"Each task of {name}"), _ALIGNED, folded=True, place=place),))
        for place, name in context.facts.places.items() if place in by_place
    )  # fmt: skip


def make_duplicates_report(context: Context) -> Report:
    """Make the report of overlap and duplication (D5): candidates that a person has to judge."""
    rows = _table(context, "overlaps", "first_plan")
    if rows is None or rows.is_empty():
        said = Finding(Words("Không có cặp việc nào trong cùng một tỉnh đủ giống để người xem lại.", "No pair of works of one province is alike enough for a person to look at."), level="none")
        sections: tuple[Section, ...] = (Section("none", Words("Trùng lặp và chồng lấn", "Duplication and overlap"), (said,)),)
    else:
        note = Words(f"{len(rows) - SHOWN_PAIRS} cặp nữa trong bảng overlaps.", f"{len(rows) - SHOWN_PAIRS} more pairs in the table overlaps.") if len(rows) > SHOWN_PAIRS else None
        first = rows.head(8)
        places = places_of(context, [*first["first"], *first["second"]])
        findings = (
            Finding(Words(f"{len(rows)} cặp ứng viên để người xem lại; máy không kết luận.", f"{len(rows)} candidates for a person to judge; the machine concludes nothing.")),
            *(_pair(row, places) for row in first.iter_rows(named=True)),
        )
        sections = (Section("candidates", Words("Ứng viên", "Candidates"), findings, (), (table_of(rows.head(SHOWN_PAIRS), "overlaps", Words("Cặp việc giống nhau", "Pairs of works alike"), _PAIRS, note),)),)
    return Report(
        key="duplicates", title=Words("Việc có thể trùng lặp, chồng lấn", "Work that may duplicate or overlap"),
        lead=Words("Giống nhau không phải là lỗi: chồng lấn có thể có chủ ý và có ích.", "Likeness is not a fault: overlap may be meant, and may help."),
        sections=sections, scope=scope(context), left_out=left_out(context), constants=context.constants, states=_STATES,
        formulas=(("D5", Words("giống về việc làm, mục tiêu, đối tượng, sản phẩm, sau khi bỏ lời dẫn và chủ đề chung của kho", "likeness of activity, goal, beneficiary, product, once pointers and the corpus's theme are taken off")),),
    )  # fmt: skip


def _pair(row: Mapping[str, Any], places: Mapping[str, str]) -> Finding:
    quotes = tuple(Quote(shorten(row[f"{side}_text"], 200), f"{row[f'{side}_leads'] or '–'} – {places[row[side]]}") for side in ("first", "second"))
    return Finding(Words(row["reason_vi"], row["reason_en"]), Words(row["benefit_vi"], row["benefit_en"]) if row["benefit_vi"] else None, quotes)


def _table(context: Context, name: str, document: str) -> pl.DataFrame | None:
    """A table of the build, of the documents of the facts, with their place; ``None`` where the build has none."""
    path = context.build / "tables" / f"{name}.parquet"
    if not path.is_file():
        return None
    home = context.facts.documents.select(pl.col("document").alias(document), "place")
    return pl.read_parquet(path).join(home, on=document, how="inner", maintain_order="left")
