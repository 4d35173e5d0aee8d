"""The report of concentration and diffusion: whether few carry a plan, and whether one body answers for each task."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan

import polars as pl

from kg.analysis.concentration import Concentration, concentration
from kg.analysis.diffusion import Diffusion, Rate, diffusion, task_leads, topic_fragmentation
from kg.analysis.uncertainty import concentration_ranges
from kg.reporting.context import (
    FORMS,
    ROLES,
    TASK_ADDRESS,
    TURN_WORDS,
    Context,
    interval_text,
    left_out,
    number,
    percent,
    places_of,
    rows_table,
    scope,
    table_of,
)
from viz.report_model import Bar, Bars, Cell, Column, Finding, Quote, Report, Section, Table, Words

_MEASURES = (
    Column("name", Words("Tỉnh", "Province")), Column("tasks", Words("Nhiệm vụ", "Tasks"), "integer"), Column("agents", Words("N chủ trì", "N leads"), "integer", "D3"),
    Column("hhi", Words("HHI", "HHI"), "number", "D3"), Column("hhi_star", Words("HHI*", "HHI*"), "number", "D3"), Column("n_eff", Words("N hiệu dụng", "N_eff"), "number", "D3"),
    Column("rarefied", Words("N hiệu dụng, cùng cỡ mẫu", "N_eff, same size"), "number", "D3"), Column("rarefied_low", Words("5 %", "5 %"), "number"), Column("rarefied_high", Words("95 %", "95 %"), "number"),
    Column("jackknife", Words("jackknife", "jackknife"), "number", "D3"), Column("jackknife_error", Words("sai số", "error"), "number"), Column("cr1", Words("CR1", "CR1"), "percent", "D3"),
    Column("cr3", Words("CR3", "CR3"), "percent", "D3"), Column("gini", Words("Gini", "Gini"), "number", "D3"), Column("entropy", Words("H", "H"), "number", "D3"),
    Column("centralisation", Words("Tập trung mạng", "Centralisation"), "number", "D3"),
    *(Column(f"{index}_{end}", Words(f"{vi} theo độ tin cậy khi đọc, {per} %", f"{en} by confidence of reading, {per} %"), "number", "D9.1") for index, vi, en in (("hhi", "HHI", "HHI"), ("n_eff", "N hiệu dụng", "N_eff"), ("gini", "Gini", "Gini")) for end, per in (("low", 5), ("high", 95))),
)  # fmt: skip

_TURNS = (
    Column("name", Words("Tỉnh", "Province")), Column("convention", Words("Quy ước", "Convention")), Column("value", Words("Giá trị", "Value")), Column("first", Words("Đứng đầu", "First")),
    Column("share", Words("Tỷ trọng (CR1)", "Share (CR1)"), "percent", "D3"), Column("n_eff", Words("N hiệu dụng", "N_eff"), "number", "D3"),
)  # fmt: skip


_WHY = {
    "no-lead": (Words("không ai chủ trì", "nobody leads"), "bad"), "group-only": (Words("chỉ nhóm", "groups only"), ""),
    "several": (Words("nhiều chủ trì", "several leads"), ""), "parts": (Words("một phần không có đúng một chủ trì đích danh", "a part has not exactly one named lead"), ""),
}  # fmt: skip


def make_concentration_report(context: Context) -> Report:
    """Make the report."""
    names = context.facts.places
    measured, spread = concentration(context.facts), diffusion(context.facts)
    order = {place: at for at, place in enumerate(names)}
    measured.sort(key=lambda each: order[each.place])
    spread.sort(key=lambda each: order[each.place])
    return Report(
        key="concentration",
        title=Words("Tập trung và phân tán trách nhiệm", "Concentration and diffusion of responsibility"),
        lead=Words("Kế hoạch dồn vào ít cơ quan, hay mỗi việc lại có quá nhiều người chịu trách nhiệm? Hai câu hỏi khác nhau, hai loại số khác nhau.", "Is a plan carried by few, or do too many answer for each task? Two questions, two kinds of figures."),
        sections=(_few(context, measured, names), _many(context, spread, names)),
        scope=scope(context), left_out=left_out(context), constants=context.constants, states={**FORMS, **ROLES, **_WHY, **TURN_WORDS}, rows=rows_table(context),
        formulas=(
            ("HHI", Words("Σ s²; HHI* = (HHI − 1/N)/(1 − 1/N); N hiệu dụng = 1/HHI", "Σ s²; HHI* = (HHI − 1/N)/(1 − 1/N); N_eff = 1/HHI")),
            ("cùng cỡ mẫu", Words("rút cùng một số đơn vị ở mỗi kế hoạch, 2.000 lần, rồi lấy trung bình: cách công bằng để so kế hoạch to và nhỏ", "as many units drawn from each plan, 2,000 times, and averaged: the fair way to compare large and small plans")),
            ("D4", Words("SNL: đúng một chủ trì đích danh; ML: từ hai chủ trì; GO: chỉ có nhóm; NL: không có ai; khoảng Wilson 95 %", "SNL: exactly one named lead; ML: two or more; GO: groups only; NL: none; Wilson 95 % intervals")),
        ),
    )  # fmt: skip


FEW = 30
"""Tasks below which a rate is said with its doubt: its interval is wider than 30 points."""


def _few(context: Context, measured: list[Concentration], names: dict[str, str]) -> Section:
    believed = {row["place"]: row for row in concentration_ranges(context.facts).iter_rows(named=True)}
    turned = context.turns.with_columns(pl.col("place").replace(names).alias("name"))
    turns = table_of(turned, "turns", Words("Nếu quy ước khác đi (D9)", "If the convention were another (D9)"), _TURNS, folded=True)
    rows = tuple(tuple(_cell({**asdict(each), "name": names[each.place], **believed[each.place]}[column.key]) for column in _MEASURES) for each in measured)
    findings: list[Finding] = []
    compared = [each for each in measured if not isnan(each.rarefied)]
    if len(compared) > 1:
        large, small = max(compared, key=lambda each: each.rarefied), min(compared, key=lambda each: each.rarefied)
        apart = small.rarefied_high < large.rarefied_low
        a, b = number(large.rarefied, 1), number(small.rarefied, 1)
        findings.append(Finding(Words(
            f"Ở cùng cỡ mẫu ({large.drawn} đơn vị), {names[large.place]} có {a.vi} cơ quan chủ trì hiệu dụng, {names[small.place]} có {b.vi}; khác biệt {'rõ' if apart else 'chưa chắc chắn: các khoảng chồng lên nhau'}.",
            f"At the same size ({large.drawn} units) {names[large.place]} has {a.en} effective leads and {names[small.place]} {b.en}; the difference is {'clear' if apart else 'not certain: the ranges overlap'}.",
        ), Words("Không so N hiệu dụng khi chưa rút cùng cỡ mẫu: kế hoạch dài tự nhiên có nhiều cơ quan hơn.", "N_eff is not compared without rarefaction: a longer plan naturally names more agencies.")))  # fmt: skip
    bars = tuple(Bar(names[each.place], each.rarefied, each.rarefied_low, each.rarefied_high) for each in compared[:40])
    charts = (Bars("effective", Words("Số cơ quan chủ trì hiệu dụng ở cùng cỡ mẫu, với khoảng 5–95 %", "Effective number of leads at the same size, with its 5–95 % range"), Words("cơ quan", "agencies"), bars),) if bars else ()
    return Section("few", Words("Kế hoạch dồn vào ít cơ quan?", "Carried by few?"), tuple(findings), charts, (Table("concentration", Words("Tập trung theo tỉnh", "Concentration by province"), _MEASURES, rows), turns))


def _many(context: Context, spread: list[Diffusion], names: dict[str, str]) -> Section:
    heads = [("single_named", "Một chủ trì đích danh", "One named lead", "SNL"), ("several", "Nhiều chủ trì", "Several leads", "ML"), ("group_only", "Chỉ nhóm", "Groups only", "GO"), ("no_lead", "Không ai", "Nobody", "NL"), ("open_ended", "Có nhóm mở phối hợp", "Open-ended partners", "D4")]
    columns: list[Column] = [Column("name", Words("Tỉnh", "Province")), Column("tasks", Words("Nhiệm vụ", "Tasks"), "integer")]
    for key, vi, en, formula in heads:
        columns += [Column(key, Words(vi, en), "percent", formula), Column(f"{key}_range", Words("khoảng 95 %", "95 % interval"))]
    columns += [Column("hands", Words("Số tay trung bình", "Mean hands"), "number", "D4"), Column("most", Words("nhiều nhất", "most"), "integer"), Column("topics", Words("Phân mảnh theo chủ đề", "Topic fragmentation"), "number", "Frag(p)")]
    rows = tuple(
        (names[each.place], each.single_named.total, *(cell for key, *_ in heads for cell in _rate(getattr(each, key))), each.hands, each.most_hands, each.topics) for each in spread
    )
    tasks = task_leads(context.facts).filter(~pl.col("single")).with_columns(
        pl.col("lead_names").list.join("; ").alias("leads"), pl.when(pl.col("no_lead")).then(pl.lit("no-lead")).when(pl.col("group_only")).then(pl.lit("group-only")).when(pl.col("several")).then(pl.lit("several")).otherwise(pl.lit("parts")).alias("why")
    )
    shown = (Column("name", Words("Nhiệm vụ", "Task")), TASK_ADDRESS, Column("place_name", Words("Tỉnh", "Province")), Column("code", Words("Mã", "Code")), Column("why", Words("Vì sao", "Why")), Column("leads", Words("Chủ trì", "Leads")), Column("diffusion", Words("D(t)", "D(t)"), "number", "D4"))
    topics = (Column("topic", Words("Chủ đề", "Topic")), Column("place_name", Words("Tỉnh", "Province")), Column("tasks", Words("Nhiệm vụ", "Tasks"), "integer"), Column("leads", Words("Chủ trì", "Leads"), "integer"), Column("fragmentation", Words("Phân mảnh", "Fragmentation"), "number", "Frag(k)"))
    return Section(
        "many", Words("Ai chịu trách nhiệm cho từng việc?", "Who answers for each task?"), tuple(_sentence(context, each, names[each.place], tasks) for each in spread[:12]), (),
        (
            Table("diffusion", Words("Phân tán theo tỉnh", "Diffusion by province"), tuple(columns), rows),
            table_of(tasks, "diffuse-tasks", Words("Những nhiệm vụ không có đúng một chủ trì đích danh", "Tasks without exactly one named lead"), shown, folded=True),
            table_of(topic_fragmentation(context.facts), "topics", Words("Phân mảnh theo chủ đề (đề mục ngoài cùng)", "Fragmentation by topic (outermost heading)"), topics, folded=True),
        ),
    )  # fmt: skip


def _sentence(context: Context, each: Diffusion, name: str, tasks: pl.DataFrame) -> Finding:
    rate, ends = each.single_named, each.single_named.interval or (0.0, 1.0)
    shown, low, high = percent(rate.value or 0), percent(ends[0]), percent(ends[1])
    rows = tasks.filter(pl.col("place") == each.place).head(3)
    places = places_of(context, rows["task"])
    quotes = tuple(Quote(row["name"], f"{row['leads'] or '–'} – {places[row['task']]}") for row in rows.iter_rows(named=True))
    return Finding(Words(
        f"{name}: {rate.count} trên {rate.total} nhiệm vụ ({shown.vi}; khoảng tin cậy 95 %: {low.vi} – {high.vi}) có đúng một cơ quan chủ trì đích danh.",
        f"{name}: {rate.count} of {rate.total} tasks ({shown.en}; 95 % interval {low.en} – {high.en}) have exactly one named lead.",
    ), Words("Khoảng tin cậy rộng vì ít nhiệm vụ; “đài”, “báo chí” là cơ quan hay nhóm là một quy ước.", "The interval is wide where tasks are few; whether broadcasters and the press are bodies or groups is a convention.") if rate.total < FEW else None, quotes)  # fmt: skip


def _rate(rate: Rate) -> tuple[Cell, Cell]:
    return rate.value, interval_text(rate.interval)


def _cell(value: Cell) -> Cell:
    return None if isinstance(value, float) and isnan(value) else value
