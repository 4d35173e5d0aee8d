"""The report of coverage (D7): what plans take up of national tasks, what they share with each other, and the priority sectors."""

from __future__ import annotations

from typing import Any

import polars as pl

from kg.analysis.alignment import holds
from kg.analysis.coverage import coverage, why_not_computable
from kg.analysis.sectors import compare_sectors, is_whole, sector_tasks
from kg.building.frames import table
from kg.reporting.context import (
    REVIEWED,
    TASK_ADDRESS,
    Context,
    left_out,
    percent,
    places_of,
    scope,
    shorten,
    table_of,
    where,
)
from viz.report_model import Column, Finding, Quote, Report, Section, Words

SHOWN_MISSING = 4
SHOWN_SHARED = 300
_COVERAGE = (
    Column("name", Words("Tỉnh", "Province")), Column("decision_name", Words("Quyết định", "Decision")), Column("tasks", Words("Nhiệm vụ của tỉnh", "Provincial tasks"), "integer", "n"),
    Column("applicable", Words("Nhiệm vụ trung ương giao cấp tỉnh", "National tasks for provinces"), "integer", "N_p"), Column("sure", Words("chắc chắn", "sure"), "integer", "D7"), Column("possible", Words("kể cả chờ xem", "with queued"), "integer", "D7"),
    Column("coverage_low", Words("Độ phủ, cận dưới", "Coverage, lower"), "percent", "Cov"), Column("coverage_high", Words("cận trên", "upper"), "percent", "Cov"), Column("depth", Words("Độ sâu", "Depth"), "number", "D7"),
    Column("added", Words("Tỉnh tự thêm", "Added"), "integer", "Add"), Column("unsure", Words("chưa chắc", "unsure"), "integer"), Column("copied", Words("Chép lại", "Copied"), "integer", "Loc"), Column("localised", Words("Địa phương hóa", "Localised"), "number", "Loc"),
)  # fmt: skip
_ALIGNED = (
    Column("task_code", Words("Mã", "Code")), Column("task_name", Words("Nhiệm vụ của tỉnh", "Provincial task")), Column("national_code", Words("Mã trung ương", "National code")), Column("national_name", Words("Nhiệm vụ trung ương gần nhất", "Nearest national task")),
    Column("outcome", Words("Kết quả", "Outcome")), Column("origin", Words("Nguồn gốc", "Origin"), "text", "Loc"), Column("score", Words("Độ giống", "Score"), "number", "D7"), Column("second", Words("thứ nhì", "second"), "number", "D7"),
    Column("containment", Words("phần chép", "copied"), "percent", "Loc"), Column("status", Words("Thẩm định", "Review")), TASK_ADDRESS, Column("national", Words("Địa chỉ nhiệm vụ trung ương", "National task address"), "data"), Column("id", Words("Mã để quyết định", "Id for a decision"), "data"),
)  # fmt: skip
_SHARED = (
    Column("first_name", Words("Nhiệm vụ", "Task")), Column("first_place", Words("ở", "in")), Column("second_name", Words("giống nhiệm vụ", "is like")), Column("second_place", Words("ở", "in")), Column("score", Words("Độ giống", "Likeness"), "number", "D7"),
    Column("first", Words("Địa chỉ thứ nhất", "First address"), "data"), Column("second", Words("Địa chỉ thứ hai", "Second address"), "data"),
)  # fmt: skip
_PAIRED = (
    Column("pair", Words("Hai kế hoạch", "Two plans")), Column("shared", Words("Nhiệm vụ chung", "Shared tasks"), "integer", "n"), Column("of_first", Words("trên nhiệm vụ của kế hoạch thứ nhất", "of the first plan's tasks"), "percent"),
    Column("of_second", Words("của kế hoạch thứ hai", "of the second's"), "percent"),
)  # fmt: skip
_SECTORS = (
    Column("name", Words("Ngành, lĩnh vực", "Sector")), Column("code", Words("Mã", "Code")), Column("direct", Words("Nhiệm vụ nêu đích danh", "Tasks that name it"), "integer"), Column("within", Words("kể cả ngành con", "with sub-sectors"), "integer"),
    Column("leads", Words("Số cơ quan chủ trì", "Leads"), "integer"), Column("tasks", Words("Những nhiệm vụ ấy", "These tasks")), Column("change", Words("So với danh mục quốc gia", "Against the national list")), Column("national_name", Words("Tên ở danh mục quốc gia", "National name")),
    Column("sector", Words("Địa chỉ ngành", "Sector address"), "data"),
)  # fmt: skip
_STATES = {
    **REVIEWED, "accepted": (Words("máy chấp nhận", "accepted"), "good"), "queued": (Words("chờ người xem", "queued"), "soft"), "none": (Words("không có tương ứng", "no counterpart"), ""),
    "copied": (Words("chép lại", "copied"), ""), "adapted": (Words("có sửa đổi", "adapted"), ""), "added": (Words("tự thêm", "added"), ""),
    "same": (Words("như nhau", "the same"), ""), "renamed": (Words("khác chữ", "other words"), ""), "left-out": (Words("tỉnh không nêu", "left out by the province"), "bad"), "not-read": (Words("không thấy trong phần đọc được", "not in what was read"), "soft"),
}  # fmt: skip


def make_coverage_report(context: Context) -> Report:
    """Make the report: sure, and sure or queued; not computable without the text of a national decision."""
    names = context.written.places
    here = context.facts.documents["document"]
    found = coverage(context.build).filter(pl.col("plan").is_in(here.implode()))
    if found.is_empty():
        why = why_not_computable(context.build, frozenset(here)) or Words("Không kế hoạch nào của các tỉnh được chọn triển khai một quyết định có trong kho.", "No plan of the chosen provinces carries out a decision of the build.")
        covered: tuple[Section, ...] = (Section("none", Words("Độ phủ", "Coverage"), (Finding(Words(why[0], why[1]), level="none"),)),)
    else:
        titles = dict(context.written.documents.select("document", pl.coalesce("number", "title", "document")).rows())
        found = found.with_columns(pl.col("province").replace(names).alias("name"), pl.col("decision").replace(titles).alias("decision_name"))
        findings = tuple(_sentence(row, context) for row in found.head(12).iter_rows(named=True))
        covered = (
            Section("coverage", Words("Độ phủ", "Coverage"), findings, (), (table_of(found, "by-plan", Words("Theo kế hoạch và quyết định", "By plan and decision"), _COVERAGE),)),
            *_aligned(context),
        )
    return Report(
        key="coverage", title=Words("Kế hoạch tỉnh phủ được bao nhiêu nhiệm vụ trung ương?", "How much of the national tasks do plans cover?"),
        lead=Words("Cận dưới: các cặp máy chấp nhận hoặc người xác nhận. Cận trên: thêm các cặp đang chờ người xem.", "Lower bound: pairs accepted or confirmed. Upper bound: those waiting for a person as well."),
        sections=(*covered, *_shared(context), *_sectors(context)), scope=scope(context), left_out=left_out(context), constants=context.constants, states=_STATES,
        formulas=(
            ("N_p", Words("nhiệm vụ của quyết định mà phần phân công nêu cấp tỉnh", "tasks of the decision whose assignment names the provinces")),
            ("Cov", Words("nhiệm vụ trung ương có nhiệm vụ tỉnh tương ứng / N_p", "national tasks with a counterpart / N_p")),
            ("D7", Words("cặp được chấp nhận: cosin từ 0,50 và hơn cặp thứ nhì từ 0,15; từ 0,25: chờ người xem; không bao giờ chỉ theo mã", "accepted: cosine from .50, and .15 more than the second; from .25: queued; never by code alone")),
            ("Add", Words("nhiệm vụ tỉnh không ứng với nhiệm vụ trung ương nào", "provincial tasks without a national one")),
            ("Loc", Words("1 − phần cụm ba tiếng có trong nhiệm vụ trung ương; “chép lại” khi phần ấy từ 0,8 và không có động từ mới ở đầu", "1 − share of three-syllable runs that the national task has; “copied” where that is .8 or more and no verb at the head is new")),
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
    rows = context.rows_of("alignments", "plan")
    by_place = {str(key[0]): each for key, each in rows.group_by("place", maintain_order=True)}
    return tuple(
        Section(f"at-{place}", Words(name, name), (_origins(by_place[place], name),), (), (table_of(by_place[place], "alignment", Words(f"Từng nhiệm vụ của {name}", f"Each task of {name}"), _ALIGNED, folded=True, place=place),))
        for place, name in context.facts.places.items() if place in by_place
    )  # fmt: skip


def _origins(rows: pl.DataFrame, name: str) -> Finding:
    held = pl.Series([holds(outcome, status) for outcome, status in rows.select("outcome", "status").iter_rows()], dtype=pl.Boolean)
    counts = {origin: len(rows.filter(held & (pl.col("origin") == origin))) for origin in ("copied", "adapted")}
    queued = len(rows.filter(~held & (pl.col("outcome") == "queued") & (pl.col("status") != "rejected")))
    counts["added"] = len(rows) - sum(counts.values()) - queued
    return Finding(Words(
        f"{name}: trong {len(rows)} nhiệm vụ, {counts['copied']} chép gần nguyên văn, {counts['adapted']} có sửa đổi, {counts['added']} tự thêm; {queued} chờ người xem.",
        f"{name}: of {len(rows)} tasks {counts['copied']} are copied almost word for word, {counts['adapted']} adapted, {counts['added']} added; {queued} wait for a person.",
    ))  # fmt: skip


def _shared(context: Context) -> tuple[Section, ...]:
    """Tasks that plans of different provinces share by wording: common origin, and what stands for coverage where the decision was not read."""
    alike = context.plans_alike
    documents = context.facts.documents["document"].implode()
    if alike is None or (alike := alike.filter(pl.col("first_plan").is_in(documents) | pl.col("second_plan").is_in(documents))).is_empty():
        return ()
    tasks, names = context.written.tasks.select("task", "name", "place_name"), context.names
    for side in ("first", "second"):
        alike = alike.join(tasks.rename({"task": side, "name": f"{side}_name", "place_name": f"{side}_place"}), on=side, how="left", maintain_order="left")
    sizes = dict(context.written.tasks.group_by("document").len().rows())
    sums = alike.group_by("first_plan", "second_plan").agg(pl.len().cast(pl.Int64).alias("shared")).sort(-pl.col("shared"), "first_plan", "second_plan")
    rows = [(f"{names[a]} – {names[b]}", n, n / sizes[a], n / sizes[b]) for a, b, n in sums.iter_rows()]
    paired = pl.DataFrame(rows, schema={"pair": pl.String, "shared": pl.Int64, "of_first": pl.Float64, "of_second": pl.Float64}, orient="row")
    top = sums.row(0)
    likest = alike.filter((pl.col("first_plan") == top[0]) & (pl.col("second_plan") == top[1])).head(2)
    places = places_of(context, [*likest["first"], *likest["second"]])
    said = Finding(Words(
        f"{names[top[0]]} và {names[top[1]]} có {top[2]} nhiệm vụ giống nhau theo lời văn: chung nguồn gốc, không phải trùng lặp.", f"{names[top[0]]} and {names[top[1]]} share {top[2]} tasks by wording: common origin, no duplication.",
    ), Words("Mỗi nhiệm vụ có nhiều nhất một nhiệm vụ giống ở kế hoạch kia, giống từ 0,60.", "A task has at most one counterpart in the other plan, alike from .60."), tuple(Quote(row[f"{side}_name"], f"{row[f'{side}_place']} – {places[row[side]]}") for row in likest.iter_rows(named=True) for side in ("first", "second")))  # fmt: skip
    note = Words(f"Trang vẽ {SHOWN_SHARED} cặp giống nhất.", f"The page draws the {SHOWN_SHARED} likest.") if len(alike) > SHOWN_SHARED else None
    return (Section("shared", Words("Nhiệm vụ chung giữa các kế hoạch", "Tasks that plans share"), (said,), (), (
        table_of(paired, "plans-alike", Words("Từng cặp kế hoạch", "Pairs of plans"), _PAIRED),
        table_of(alike, "tasks-alike", Words("Từng cặp nhiệm vụ", "Pairs of tasks"), _SHARED, note, folded=True, drawn=SHOWN_SHARED),
    )),)  # fmt: skip


def _sectors(context: Context) -> tuple[Section, ...]:
    """Each list of priority sectors: who serves what, and how it differs from the national one."""
    lists = table(context.build, "sectors")
    served = sector_tasks(context.facts, lists)
    if served.is_empty():
        return ()
    whole = {str(key[0]): is_whole(own["code"].to_list()) for key, own in lists.group_by("document")}
    changes = compare_sectors(context.build)
    unread = pl.col("decision").replace_strict(whole, default=False, return_dtype=pl.Boolean).not_()
    changes = changes.with_columns(pl.when((pl.col("change") == "added") & unread).then(pl.lit("not-read")).otherwise("change").alias("change"))
    own = changes.filter(pl.col("name").is_not_null()).unique(["plan", "code", "name"], keep="first", maintain_order=True)
    joined = served.join(own.select(pl.col("plan").alias("document"), "code", "name", "change", "national_name"), on=["document", "code", "name"], how="left", maintain_order="left")
    gone = changes.filter(pl.col("change") == "left-out").select(pl.col("plan").alias("document"), pl.col("national_code").alias("code"), pl.col("national_name").alias("name"), "change", "national_name")
    rows = pl.concat([joined, gone.join(context.facts.documents.select("document", "place"), on="document", how="inner")], how="diagonal")
    names = context.facts.places
    parts = {str(key[0]): each for key, each in rows.group_by("place", maintain_order=True)}
    return tuple(
        Section(f"priority-{place}", Words(f"Ngành ưu tiên: {names[place]}", f"Priority sectors: {names[place]}"), _sector_words(each, names[place], context, whole), (), (table_of(each, "sectors", Words(f"Danh mục ngành của {names[place]}", f"Sectors of {names[place]}"), _SECTORS, folded=True, place=place),))
        for place, each in parts.items()
    )  # fmt: skip


def _sector_words(rows: pl.DataFrame, name: str, context: Context, whole: dict[str, bool]) -> tuple[Finding, ...]:
    own = rows.filter(pl.col("sector").is_not_null())
    named, unserved = own.filter(pl.col("direct") > 0), own.filter(pl.col("within") == 0)
    said = [Finding(Words(
        f"{name} nêu {len(own)} ngành, lĩnh vực ưu tiên; {len(named)} ngành được nhiệm vụ nêu đích danh, {len(unserved)} ngành không có nhiệm vụ riêng.",
        f"{name} lists {len(own)} priority sectors; tasks name {len(named)} of them, {len(unserved)} have no task of their own.",
    ), Words("Nhiệm vụ chỉ dẫn cả phụ lục thì không tính cho ngành nào; ngành có thể được gọi bằng chữ khác.", "A task that points at the whole annex counts for no sector; a sector may be meant in other words."))]  # fmt: skip
    counts = {change: len(rows.filter(pl.col("change") == change)) for change in ("same", "renamed", "added", "not-read", "left-out")}
    if any(counts.values()):
        short = not all(whole.get(document, False) for document in context.written.documents.filter(pl.col("province").is_null() & pl.col("document").is_in(list(whole)))["document"])
        doubt = Words("Danh mục quốc gia đọc được không đủ (mã bị cách quãng, thường vì bản quét): ngành không thấy ở đó chưa hẳn là tỉnh tự thêm.", "The national list was not read whole (codes are missing, mostly in scans): a sector that is not in it need not be the province's own.") if short else None
        said.append(Finding(Words(
            f"So với danh mục quốc gia: {counts['same']} như nhau, {counts['renamed']} khác chữ, {counts['added']} tự thêm, {counts['left-out']} không nêu; {counts['not-read']} không thấy trong phần đọc được.",
            f"Against the national list: {counts['same']} the same, {counts['renamed']} in other words, {counts['added']} added, {counts['left-out']} left out; {counts['not-read']} not in what was read of it.",
        ), doubt))  # fmt: skip
    return tuple(said)
