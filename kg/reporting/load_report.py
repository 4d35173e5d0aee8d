"""The report of loads: who leads how much, by which count, in which years, with what to hold together."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from kg.analysis.facts import OPEN
from kg.analysis.load import intervals, load_by_year, nested
from kg.graph.heirs import address
from kg.graph.iris import CENTRAL
from kg.reporting.context import (
    AGENT_ADDRESS,
    FORMS,
    ROLES,
    Context,
    left_out,
    number,
    percent,
    places_of,
    quotes_of,
    rows_table,
    scope,
    shorten,
    table_of,
)
from kg.resolution.registry import load_registry
from viz.report_model import Bar, Bars, Column, Finding, Quote, Report, Section, Strips, Table, Words

_AGENCY = (Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("form", Words("Loại", "Form")))
_WORK = (
    *_AGENCY, Column("rank", Words("Hạng", "Rank"), "integer"), Column("w_frac", Words("Chủ trì, chia đều", "Leads, shared"), "number", "D1 W_frac"),
    Column("low", Words("thấp nhất", "lowest"), "number", "D1 min–max"), Column("high", Words("cao nhất", "highest"), "number", "D1 min–max"),
    Column("read_low", Words("đọc chưa chắc, 5 %", "by confidence, 5 %"), "number", "D9.1"), Column("read_high", Words("95 %", "95 %"), "number", "D9.1"),
    Column("share", Words("Tỷ trọng", "Share"), "percent", "D1"), Column("tasks_led", Words("Chủ trì, đếm đủ", "Leads, whole"), "integer", "D1 W_full"),
    Column("possible", Words("chỉ là có thể", "only possible"), "integer"), Column("tasks_partner", Words("Phối hợp", "Partner in"), "integer"), Column("w_rho_25", Words("ρ = 0,25", "ρ = 0.25"), "number", "D1 W_ρ"), Column("w_rho_50", Words("ρ = 0,5", "ρ = 0.5"), "number", "D1 W_ρ"),
)  # fmt: skip
_WRITTEN = tuple(column for column in _WORK if column.key != "possible")
"""As written nobody's work is only possibly its."""
_TIME = (
    *_AGENCY, Column("task_years", Words("Nhiệm vụ × năm", "Task-years"), "number", "D1"), Column("peak_year", Words("Năm cao nhất", "Peak year"), "text"),
    Column("peak", Words("trong năm đó", "in that year"), "number", "D1"), Column("undated", Words("Không nêu năm", "Undated"), "integer"), Column("coordination", Words("Phải điều phối", "To coordinate"), "integer", "D1 C(a)"),
    Column("partners", Words("đầu mối khác nhau", "distinct partners"), "integer"), Column("documents", Words("Văn bản giao việc", "Documents"), "integer"),
)  # fmt: skip
_PROSE = (
    *_AGENCY, Column("duties", Words("Việc trong lời văn", "Duties in prose"), "integer"), Column("reports_out", Words("Báo cáo gửi", "Reports sent"), "integer", "D1"), Column("reports_in", Words("Báo cáo nhận", "Reports received"), "integer", "D1"),
)  # fmt: skip


def make_load_report(context: Context) -> Report:
    """Make the report."""
    spread = intervals(context.facts).select("place", "agent", "low", "high")
    believed = context.believed.select("place", "agent", pl.col("low").alias("read_low"), pl.col("high").alias("read_high"))
    loads = _told_apart(context.loads.join(believed, on=["place", "agent"], how="left", maintain_order="left").join(spread, on=["place", "agent"], how="left", maintain_order="left").with_columns(pl.col("peak_year").cast(pl.String)))
    years = {str(key[0]): rows for key, rows in load_by_year(context.facts).group_by("place")}
    mixed = {str(key[0]): rows for key, rows in nested(context.facts).group_by("place")}
    by_place = {str(key[0]): rows for key, rows in loads.group_by("place", maintain_order=True)}
    sections = tuple(
        _section(context, place, name, by_place[place], years=years.get(place), mixed=mixed.get(place)) for place, name in context.facts.places.items() if place in by_place
    )
    return Report(
        key="load",
        title=Words("Khối lượng việc được giao", "Assigned load"),
        lead=Words(
            "Mỗi cơ quan được giao chủ trì và phối hợp bao nhiêu nhiệm vụ. Đây là việc được giao trên giấy, không phải công sức thật; một nhiệm vụ lớn và một nhiệm vụ nhỏ đều tính là một.",
            "How many tasks each agency is given to lead or to help with. This is work assigned on paper, not effort: a large task and a small one both count as one.",
        ),
        sections=sections, scope=scope(context), left_out=left_out(context), constants=context.constants, states={**FORMS, **ROLES}, rows=rows_table(context),
        formulas=(
            ("W_full", Words("số nhiệm vụ mà cơ quan chủ trì, đồng chủ trì tính đủ; tính đến một ngày thì gồm cả nhiệm vụ chỉ có thể kế thừa (cột bên cạnh)", "tasks that it leads, each co-lead in full; as of a date with those that it only may have inherited (the column beside)")),
            ("W_frac", Words("mỗi nhiệm vụ tổng cộng là 1, chia đều cho các phần và các cơ quan đồng chủ trì; cộng lại bằng số nhiệm vụ có chủ trì", "each task is 1 in total, shared among its parts and co-leads; the sum is the number of tasks with a lead")),
            ("W_ρ", Words("W_frac + ρ × số nhiệm vụ phối hợp; ρ = 0, 0,25 và 0,5 là quy ước", "W_frac + ρ × tasks as partner; ρ = 0, 0.25 and 0.5 are conventions")),
            ("D1 min–max", Words("thấp nhất – cao nhất qua ba cách hiểu một nhóm chủ trì: giữ nguyên; chia đều cho thành viên biết chắc; mỗi thành viên gánh cả phần", "lowest to highest over three readings of a lead group: left whole; shared among the members known for certain; each member carries all")),
            ("D9.1", Words("W_frac khi mỗi phân công chỉ được tin theo độ tin cậy khi đọc tên, 1.000 lần rút; tên đọc chắc thì không có khoảng", "W_frac when each assignment is believed as far as its confidence goes, 1,000 draws; names read for certain leave no range")),
            ("C(a)", Words("tổng số đầu mối phối hợp của các việc mà cơ quan chủ trì, không kể nhóm mở", "partners of the units that it leads, open groups left out")),
        ),
    )  # fmt: skip


def _section(context: Context, place: str, name: str, loads: pl.DataFrame, *, years: pl.DataFrame | None, mixed: pl.DataFrame | None) -> Section:
    led = loads.filter(pl.col("tasks_led") > 0)
    charts: list[Bars | Strips] = []
    if len(led):
        charts.append(_bars(place, name, led))
    if years is not None and len(years):
        charts.append(_strips(place, name, years, led))
    return Section(
        key=f"at-{place}", heading=Words(name, name), findings=tuple(_findings(context, name, loads, led, mixed)), charts=tuple(charts),
        tables=tuple(_tables(place, name, loads, led, as_of=context.facts.as_of)),
    )  # fmt: skip


def _told_apart(loads: pl.DataFrame) -> pl.DataFrame:
    """Add the province to names that several agents of a place have: a plan may charge departments of other provinces, too."""
    shared = pl.len().over("place", "agent_name") > 1
    abroad = loads.select("place", "agent", "agent_name", shared.alias("shared")).iter_rows(named=True)
    return loads.with_columns(pl.Series("agent_name", [f"{row['agent_name']} – {_home(row['agent'])}" if row["shared"] and address(row["agent"])[0] != row["place"] else row["agent_name"] for row in abroad], dtype=pl.String))


def _home(agent: str) -> str:
    place = address(agent)[0]
    known = load_registry().provinces.get(place)
    return known.name if known else "trung ương" if place == CENTRAL else "chưa rõ tỉnh"


def _tables(place: str, name: str, loads: pl.DataFrame, led: pl.DataFrame, *, as_of: str | None) -> Iterator[Table]:
    work = loads.filter(pl.col("tasks_led") + pl.col("tasks_partner") > 0)
    if len(work):
        yield table_of(work, "load", Words(f"Khối lượng tại {name}", f"Loads in {name}"), _WORK if as_of else _WRITTEN, _note(loads), place=place)
    if len(led):
        yield table_of(led, "time", Words(f"Thời gian và điều phối tại {name}", f"Time and coordination in {name}"), _TIME, place=place)
    prose = loads.filter(pl.col("duties") + pl.col("reports_out") + pl.col("reports_in") > 0).sort(-pl.col("duties"), "agent_name")
    if len(prose):
        yield table_of(prose, "prose", Words(f"Việc trong lời văn và báo cáo tại {name}", f"Duties in prose and reports in {name}"), _PROSE, folded=len(work) > 0, place=place)


def _note(loads: pl.DataFrame) -> Words | None:
    if loads["units_of_place"][0] is None or loads["units_of_place"][0] < 10:
        return Words("Dưới 10 đơn vị: không xếp hạng (D9).", "Fewer than 10 units: nobody is ranked (D9).")
    return Words("Nhóm mở được nêu mà không xếp hạng; phần phối hợp của cơ quan đích danh vì thế là mức tối thiểu.", "Open groups are shown and not ranked; the partner load of named agencies is therefore a lower bound.")


def _findings(context: Context, name: str, loads: pl.DataFrame, led: pl.DataFrame, mixed: pl.DataFrame | None) -> list[Finding]:
    ranked = led.filter(pl.col("form") != OPEN)
    if ranked.is_empty():
        duties = int(loads["duties"].sum())
        return [Finding(Words(f"{name} không có nhiệm vụ nào có cơ quan chủ trì; {duties} lượt giao việc nằm trong lời văn.", f"{name} has no task with a lead; {duties} charges stand in prose."))]
    top = ranked.filter(pl.col("w_frac") >= ranked["w_frac"][0] - 1e-9)
    most = ranked.filter(pl.col("tasks_led") == ranked["tasks_led"].max())
    found = [_first(context, name, top, led)]
    if not set(most["agent"]) & set(top["agent"]):
        a, n = most["agent_name"][0], most["tasks_led"][0]
        found.append(Finding(Words(
            f"Đếm đủ thì khác: {a} được nêu tên chủ trì nhiều nhất ({n} lần). Hai cách đếm chỉ ra hai nơi bận nhất khác nhau.",
            f"Counted whole it is another: {a} is named as lead most often ({n} times). The two counts point at different busiest agents.",
        ), quotes=quotes_of(context, most["agent"][0])))  # fmt: skip
    if mixed is not None:
        shown = mixed.head(5)
        places = places_of(context, shown["unit"])
        quotes = tuple(Quote(shorten(row["task_name"], 120), f"{'; '.join(row['agencies'])} và {'; '.join(row['groups'])} – {places[row['unit']]}") for row in shown.iter_rows(named=True))
        held = mixed.filter(pl.col("held").list.len() > 0)
        who = "; ".join(held["held"].explode().unique(maintain_order=True).to_list()[:5])
        once = Words(f"{len(held)} việc trong đó có nhóm gồm chính cơ quan ấy ({who}): cơ quan được tính một lần.", f"In {len(held)} of them the group comprises the agency itself ({who}): it is counted once.")
        found.append(Finding(Words(
            f"{len(mixed)} việc giao chủ trì cho cả cơ quan đích danh lẫn nhóm.", f"{len(mixed)} units are led both by a named agency and by a group.",
        ), once if len(held) else None, quotes))  # fmt: skip
    return found


def _first(context: Context, name: str, top: pl.DataFrame, led: pl.DataFrame) -> Finding:
    names, named, load, share = " và ".join(top["agent_name"]), " and ".join(top["agent_name"]), number(top["w_frac"][0]), percent(top["share"][0])
    total = number(float(led["w_frac"].sum()))
    doubt = Words("Một nhiệm vụ do n cơ quan cùng chủ trì tính 1/n cho mỗi cơ quan.", "A task led by n agencies counts 1/n for each.")
    if led["units_of_place"][0] < 10:
        return Finding(Words(f"{name} có ít hơn 10 đơn vị: số liệu chỉ để tra cứu, không để xếp hạng.", f"{name} has fewer than 10 units: figures to look up, not to rank by."))
    same = len(top) > 1
    return Finding(Words(
        f"Tại {name}, {names} {'cùng ' if same else ''}chủ trì nhiều nhất khi chia đều: {load.vi} trên {total.vi} nhiệm vụ ({share.vi}{' mỗi cơ quan' if same else ''}).",
        f"In {name}, {named} lead{'' if same else 's'} most when shared: {load.en} of {total.en} tasks ({share.en}{' each' if same else ''}).",
    ), doubt, tuple(quote for agent in top["agent"][:2] for quote in quotes_of(context, agent)))  # fmt: skip


def _bars(place: str, name: str, led: pl.DataFrame) -> Bars:
    bars = tuple(
        Bar(row["agent_name"], row["w_frac"], row["low"], row["high"], faint=row["form"] != "agency") for row in led.head(14).iter_rows(named=True)
    )
    caption = Words(
        f"Nhiệm vụ chủ trì, chia đều ({name}); nhạt: nhóm; vạch: thấp nhất – cao nhất theo cách hiểu nhóm", f"Tasks led, shared ({name}); faint: groups; whisker: lowest to highest by reading of groups"
    )
    return Bars(f"bars-{place}", caption, Words("nhiệm vụ", "tasks"), bars)


def _strips(place: str, name: str, years: pl.DataFrame, led: pl.DataFrame) -> Strips:
    agents = led.filter(pl.col("form") != OPEN).head(12).select("agent", "agent_name").rows()
    first, last = int(years["year"].min()), int(years["year"].max())  # type: ignore[arg-type]
    last = min(last, first + 14)
    values = {(agent, year): w for agent, year, w in years.select("agent", "year", "w_frac").iter_rows()}
    rows = tuple((label, tuple(values.get((agent, year)) for year in range(first, last + 1))) for agent, label in agents)
    caption = Words(f"Nhiệm vụ chủ trì đang thực hiện theo năm ({name})", f"Running tasks led, by year ({name})")
    return Strips(f"years-{place}", caption, tuple(str(year) for year in range(first, last + 1)), rows)


def year_table(context: Context) -> Table:
    """Give W(a, y) as a table, for CSV and JSON."""
    columns = (
        Column("place", Words("Tỉnh", "Province")), Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("year", Words("Năm", "Year"), "integer"),
        Column("w_frac", Words("Chủ trì, chia đều", "Leads, shared"), "number", "D1"), Column("tasks_led", Words("Chủ trì, đếm đủ", "Leads, whole"), "integer", "D1"),
    )  # fmt: skip
    return table_of(load_by_year(context.facts), "by-year", Words("Theo năm", "By year"), columns)
