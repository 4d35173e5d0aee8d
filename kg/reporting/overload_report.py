"""The report of overload: the four tests with their figures, the word they permit, the signs beside it, the rules of charts."""

from __future__ import annotations

import polars as pl

from kg.analysis.overload import Assessment, Verdict, overload
from kg.analysis.raci import exposure, horizontal, unnamed_kinds, vertical
from kg.reporting.context import (
    AGENT_ADDRESS,
    FORMS,
    ROLES,
    TASK_ADDRESS,
    TURN_WORDS,
    Context,
    left_out,
    number,
    percent,
    quotes_of,
    rows_table,
    scope,
    table_of,
)
from kg.resolution.registry import load_registry
from viz.report_model import Column, Finding, Report, Section, Table, Words

_WORDS = {
    "overloaded": (Words("quá tải", "overloaded"), "bad"),
    "high": (Words("tải giao việc cao", "high assigned load"), "bad"),
    "stands-out": (Words("nổi trội tại đây; chưa so được với nơi khác", "stands out here; peers not assessed"), "bad"),
    "not-flagged": (Words("không nổi trội chắc chắn", "does not stand out for certain"), "soft"),
    "passed": (Words("đạt", "holds"), "bad"),
    "failed": (Words("không", "does not hold"), "soft"),
    "not-assessed": (Words("chưa đánh giá", "not assessed"), "soft"),
    "bottleneck": (Words("chủ trì nhiều, không phối hợp: nguy cơ nút thắt", "leads many, partner in none: bottleneck?"), ""),
    "fatigue": (Words("phối hợp khắp nơi, không chủ trì: mệt mỏi phối hợp", "partner everywhere, leads none: coordination fatigue?"), ""),
    "no-lead": (Words("không ai chủ trì", "nobody leads"), "bad"),
    "several-leads": (Words("nhiều chủ trì cho một việc", "several leads"), ""),
    "many-partners": (Words("hơn 5 đầu mối phối hợp", "more than 5 partners"), ""),
    "isolated": (Words("không có đầu mối phối hợp đích danh", "no named partner"), ""),
}
LEAST_P = 0.0001
"""A smaller p is said as this one: "at most 0" would be false."""
NOBODY = Words("Không có cơ quan nào nổi trội một cách chắc chắn", "No agency stands out with certainty")

_TESTS = (
    Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("word", Words("Được phép nói", "May be said")), Column("w_frac", Words("Chủ trì", "Leads"), "number", "D1 W_frac"),
    Column("peers", Words("1 Hơn tỉnh khác", "1 Above peers")), Column("chance", Words("2 Hơn ngẫu nhiên", "2 More than chance")), Column("outlier", Words("3 Khác hẳn", "3 Outlier")), Column("stable", Words("4 Bền vững", "4 Stable")),
    Column("p_leads", Words("p (cơ quan chủ trì)", "p (leads)"), "number", "D2.2"), Column("p_named", Words("p (mọi cơ quan)", "p (all named)"), "number", "D2.2"), Column("z", Words("z", "z"), "number", "D2.3"),
    Column("share", Words("tỷ trọng", "share"), "percent", "D2.3"), Column("share_edge", Words("ngưỡng 2/N", "edge 2/N"), "percent", "D2.3"), Column("kept", Words("giữ hạng", "keeps its rank"), "percent", "D2.4"),
    Column("peer_share", Words("trên mỗi nhiệm vụ", "for each task"), "number", "D2.1"), Column("peer_edge", Words("ngưỡng 80 %", "80 % edge"), "number", "D2.1"), Column("peer_count", Words("số tỉnh", "provinces"), "integer"),
    Column("burden", Words("việc / nhân lực", "work / capacity"), "number", "D2"), Column("burden_edge", Words("ngưỡng", "edge"), "number", "D2"),
)  # fmt: skip
_SIGNS = (
    Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("plans", Words("Số văn bản giao việc", "Plans"), "integer", "D2"), Column("unfunded", Words("Không có nguồn lực", "Unfunded"), "percent", "D2"),
    Column("ends_together", Words("Kết thúc cùng một năm", "End in one year"), "percent", "D2"), Column("end_year", Words("năm", "year"), "text"), Column("coordination", Words("Phải điều phối", "To coordinate"), "integer", "D1 C(a)"),
    Column("reports", Words("Báo cáo gửi và nhận", "Reports sent and received"), "integer"),
)  # fmt: skip


def make_overload_report(context: Context) -> Report:
    """Make the report."""
    verdicts = {verdict.place: verdict for verdict in overload(context.facts, among=context.among, capacity=context.capacity)}
    signs, rules = exposure(context.facts, context.loads).with_columns(pl.col("end_year").cast(pl.String)), vertical(context.loads)
    tasks, turns, ranges = horizontal(context.facts), context.turns, context.believed
    gaps = _gaps(context)
    parts = {name: {str(key[0]): rows for key, rows in frame.group_by("place", maintain_order=True)} for name, frame in (("signs", signs), ("rules", rules), ("tasks", tasks), ("turns", turns), ("ranges", ranges), ("gaps", gaps))}
    sections = tuple(_section(context, verdicts[place], name, {key: frames.get(place) for key, frames in parts.items()}) for place, name in context.facts.places.items() if place in verdicts)
    return Report(
        key="overload",
        title=Words("Cơ quan nào được giao việc nhiều bất thường?", "Which agency is given unusually much?"),
        lead=Words(
            "“Quá tải” chỉ được nói khi có số liệu nhân lực hoặc kinh phí. Không có số liệu ấy, mức mạnh nhất là “tải giao việc cao”, và chỉ khi cả bốn phép thử đều đạt.",
            "“Overloaded” may be said only with figures on staff or budget. Without them the strongest word is “high assigned load”, and only where all four tests hold.",
        ),
        sections=sections, scope=scope(context), left_out=left_out(context), constants=context.constants, states={**FORMS, **ROLES, **_WORDS, **TURN_WORDS}, rows=rows_table(context),
        formulas=(
            ("D2.1", Words("W_frac trên mỗi nhiệm vụ cao hơn 80 % số tỉnh khác có cùng loại cơ quan (cần ít nhất 5 tỉnh)", "W_frac for each task above the 80th percentile of the same kind elsewhere (5 provinces needed)")),
            ("D2.2", Words("chia chủ trì ngẫu nhiên: xác suất để người bận nhất bận bằng thế ≤ 5 %, với cả hai tập cơ quan (dưới 5 %: tính cận trên; còn lại: 20.000 lần chia)", "leads dealt at random: the chance that the busiest is as busy is ≤ 5 %, with both pools (below 5 % by its upper bound, else by 20,000 draws)")),
            ("D2.3", Words("z = (W − trung vị)/(1,4826·MAD) > 2 và tỷ trọng > 2/N; MAD = 0 thì chỉ xét tỷ trọng", "z = (W − median)/(1.4826·MAD) > 2 and share > 2/N; where MAD is 0 the share alone")),
            ("D2.4", Words("giữ được hạng trong ≥ 90 % các tổ hợp (cách hiểu nhóm × ρ × 1.000 mẫu lặp lại)", "keeps its rank in ≥ 90 % of the combinations (reading of groups × ρ × 1,000 bootstrap samples)")),
            ("D2", Words("việc / nhân lực > 1,5 lần trung vị của cùng loại cơ quan ở tỉnh khác, trong năm cao nhất", "work / capacity > 1.5 times the median of the same kind elsewhere, in its peak year")),
        ),
    )  # fmt: skip


def _section(context: Context, verdict: Verdict, name: str, parts: dict[str, pl.DataFrame | None]) -> Section:
    tables = []
    if verdict.assessments:
        tables.append(Table(f"tests-{verdict.place}", Words(f"Bốn phép thử tại {name}", f"The four tests in {name}"), _TESTS, tuple(_row(each) for each in verdict.assessments[:12]), part_of="tests", part=verdict.place))
    given = (
        ("signs", _SIGNS, Words("Dấu hiệu dễ tổn thương (không cộng thành điểm)", "Signs of exposure (never summed to a score)")),
        ("rules", (Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("rule", Words("Câu hỏi đặt ra", "Question raised")), Column("tasks_led", Words("Chủ trì", "Leads"), "integer"), Column("tasks_partner", Words("Phối hợp", "Partner in"), "integer")), Words("Quy tắc RACI theo cơ quan", "RACI rules by agency")),
        ("gaps", (Column("kind_name", Words("Loại cơ quan", "Kind")), Column("elsewhere", Words("Có ở số tỉnh khác", "Named in other provinces"), "integer"), Column("of", Words("trên", "of"), "integer")), Words("Không được nêu tên ở đây (có thể là khoảng trống)", "Never named here (a possible gap)")),
        ("tasks", (Column("name", Words("Nhiệm vụ", "Task")), TASK_ADDRESS, Column("rule", Words("Câu hỏi đặt ra", "Question raised")), Column("leads", Words("Chủ trì", "Leads")), Column("partners", Words("Phối hợp đích danh", "Named partners"), "integer")), Words("Quy tắc RACI theo nhiệm vụ", "RACI rules by task")),
        ("turns", (Column("convention", Words("Quy ước", "Convention")), Column("value", Words("Giá trị", "Value")), Column("first", Words("Đứng đầu", "First")), Column("share", Words("Tỷ trọng", "Share"), "percent"), Column("n_eff", Words("N hiệu dụng", "N_eff"), "number", "D3")), Words("Nếu quy ước khác đi (D9)", "If the convention were another (D9)")),
        ("ranges", (Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("w_frac", Words("Chủ trì", "Leads"), "number"), Column("low", Words("5 %", "5 %"), "number", "D9.1"), Column("high", Words("95 %", "95 %"), "number", "D9.1"), Column("stays_first", Words("vẫn đứng đầu", "stays first"), "percent", "D9.1")), Words("Theo độ tin cậy của việc đọc văn bản (D9)", "By the confidence of extraction (D9)")),
    )  # fmt: skip
    for key, columns, caption in given:
        frame = parts[key]
        if frame is not None and len(frame):
            if key == "tasks":
                frame = frame.with_columns(pl.col("lead_names").list.join("; ").alias("leads"))
            tables.append(table_of(frame, key, caption, columns, folded=key not in ("signs", "rules"), place=verdict.place))
    return Section(key=f"at-{verdict.place}", heading=Words(name, name), findings=_findings(context, verdict, name), tables=tuple(tables))


def _findings(context: Context, verdict: Verdict, name: str) -> tuple[Finding, ...]:
    if not verdict.assessments:
        return (Finding(Words(f"{name} có {verdict.units} đơn vị, dưới 10: không đánh giá.", f"{name} has {verdict.units} units, fewer than 10: not assessed."), level="none"),)
    if not verdict.flagged:
        return (Finding(Words(f"{name}: {NOBODY.vi}.", f"{name}: {NOBODY.en}."), _why_not(verdict.assessments[0]), quotes_of(context, verdict.assessments[0].agent), level="none"),)
    return tuple(_flag(context, each, name) for each in verdict.flagged)


def _why_not(top: Assessment) -> Words:
    p, share, kept = number(max(top.p_leads, top.p_named), 3), percent(top.share), percent(top.stable)
    load, tasks = number(top.w_frac), round(top.w_frac / top.share)
    failed = [name for name, held in top.passes.items() if held is False]
    vi = {"peers": "không cao hơn các tỉnh khác", "chance": f"mức ấy có thể do ngẫu nhiên (p tới {p.vi})", "outlier": "không khác hẳn các cơ quan còn lại", "stable": f"chỉ giữ hạng trong {kept.vi} các cách tính"}
    en = {"peers": "not above other provinces", "chance": f"as much may come by chance (p up to {p.en})", "outlier": "not far from the others", "stable": f"keeps its rank in {kept.en} of the ways of counting only"}
    return Words(f"{top.agent_name} đứng đầu với {share.vi} ({load.vi} trên {tasks} nhiệm vụ), nhưng {'; '.join(vi[each] for each in failed)}.", f"{top.agent_name} comes first with {share.en} ({load.en} of {tasks} tasks), but: {'; '.join(en[each] for each in failed)}.")


def _flag(context: Context, each: Assessment, name: str) -> Finding:
    load, share, tasks = number(each.w_frac), percent(each.share), round(each.w_frac / each.share)
    vi = f"Chủ trì {load.vi} trên {tasks} nhiệm vụ ({share.vi}), việc đồng chủ trì chia đều"
    en = f"Leads {load.en} of {tasks} tasks ({share.en}), co-led ones shared"
    why, doubt = _overloaded(context, each) if each.word == "overloaded" else _stands_out(each)
    word = _WORDS[each.word][0]
    return Finding(Words(f"{name}: {each.agent_name} – {word.vi}. {vi}; {why.vi}.", f"{name}: {each.agent_name} – {word.en}. {en}; {why.en}."), doubt, quotes_of(context, each.agent), level="strong")


def _overloaded(context: Context, each: Assessment) -> tuple[Words, Words]:
    """Tell the figures that permit the word: the capacity with its source, the work for each unit of it, and the edge."""
    if context.capacity is None:
        raise ValueError(f"{each.agent}: overloaded without a capacity")
    given = context.capacity.filter((pl.col("place") == each.place) & (pl.col("kind") == each.kind)).row(0, named=True)
    burden, edge, capacity = number(each.burden or 0, 3), number(each.burden_edge or 0, 3), number(given["capacity"])
    why = Words(
        f"trong năm cao nhất là {burden.vi} nhiệm vụ cho mỗi đơn vị nguồn lực ({capacity.vi}; {given['source']}), trên ngưỡng {edge.vi} là 1,5 lần trung vị của cùng loại cơ quan ở tỉnh khác",
        f"in its peak year {burden.en} tasks for each unit of capacity ({capacity.en}; {given['source']}), above the edge {edge.en}, 1.5 times the median of the same kind elsewhere",
    )
    doubt = Words(
        "Dựa vào số liệu nguồn lực được đưa vào; nhiệm vụ lớn nhỏ tính như nhau, việc ngoài các kế hoạch này không tính. Ngưỡng 1,5 là một quy ước.",
        "It rests on the capacity given; large and small tasks count alike, work outside of these plans does not. The edge of 1.5 is a convention.",
    )
    return why, doubt


def _stands_out(each: Assessment) -> tuple[Words, Words]:
    """Tell how the tests came out, and what they do not prove."""
    chance, kept, ways = max(each.p_leads, each.p_named), percent(each.stable), f"{each.combinations:,}"
    p = number(max(chance, LEAST_P), 4)
    why = Words(
        f"giao ngẫu nhiên thì xác suất có nơi đạt mức ấy không quá {p.vi}; giữ hạng trong {kept.vi} của {ways.replace(',', '.')} cách tính",
        f"by chance somebody has as much with a probability of at most {p.en}; keeps its rank in {kept.en} of {ways} ways of counting",
    )
    doubt = Words(
        "Chia ngẫu nhiên là thước đo yếu vì chức năng không ngẫu nhiên: kế hoạch thuộc lĩnh vực của cơ quan nào thì cơ quan ấy tự nhiên chủ trì nhiều.",
        "Chance is a weak yardstick, for mandates are not random: in a plan of its own field an agency naturally leads much.",
    )
    if each.peer_edge is None:
        doubt = Words(f"Chỉ có {each.peers} tỉnh khác có cùng loại cơ quan (cần 5), nên chưa nói được “tải giao việc cao”. {doubt.vi}", f"Only {each.peers} other provinces have the same kind (5 needed), so “high assigned load” cannot be said. {doubt.en}")
    return why, doubt


def _row(each: Assessment) -> tuple[str | float | int | None, ...]:
    tests = {name: {True: "passed", False: "failed", None: "not-assessed"}[held] for name, held in each.passes.items()}
    word = "not-flagged" if each.word == "none" else each.word
    return (
        each.agent_name, each.agent, word, each.w_frac, tests["peers"], tests["chance"], tests["outlier"], tests["stable"], each.p_leads, each.p_named, each.z,
        each.share, each.share_edge, each.stable, each.peer_share, each.peer_edge, each.peers, each.burden, each.burden_edge,
    )  # fmt: skip


def _gaps(context: Context) -> pl.DataFrame:
    names = {slug: kind.name for slug, kind in load_registry().kinds.items()}
    frame = unnamed_kinds(context.among)
    here = frame.filter(pl.col("place").is_in(list(context.facts.places)))
    return here.with_columns(pl.col("kind").replace(names).alias("kind_name"))
