"""The report of the network: who stands in the middle, who links, who works with whom."""

from __future__ import annotations

import polars as pl

from kg.analysis.diffusion import Rate
from kg.analysis.network import betweenness_readings, pairs, positions
from kg.reporting.context import AGENT_ADDRESS, Context, interval_text, left_out, percent, quotes_of, scope, table_of
from kg.resolution.registry import load_registry
from viz.report_model import Column, Finding, Report, Section, Words

_POSITIONS = (
    Column("agent_name", Words("Cơ quan", "Agency")), AGENT_ADDRESS, Column("units", Words("Đơn vị tham gia", "Units"), "integer"), Column("degree", Words("trên mọi đơn vị", "of all units"), "percent", "degree"), Column("degree_range", Words("khoảng 95 %", "95 % interval")),
    Column("partners", Words("Cùng làm với", "Works with"), "integer"), Column("betweenness", Words("Ở giữa", "Betweenness"), "number", "betweenness"),
    Column("low", Words("thấp nhất giữa các cách đọc", "lowest of the readings"), "number", "readings"), Column("high", Words("cao nhất", "highest"), "number"), Column("redundancy", Words("Dư thừa", "Redundancy"), "percent", "Latapy"),
    Column("community", Words("Cụm", "Community"), "integer", "Louvain"),
)  # fmt: skip
_PAIRS = (
    Column("lead_name", Words("Chủ trì", "Lead")), Column("partner_name", Words("Phối hợp", "Partner")), Column("units", Words("Đơn vị", "Units"), "integer", "n"), Column("places", Words("Tỉnh", "Provinces"), "integer"),
    Column("of_lead", Words("trên việc bên chủ trì dẫn", "of what the lead leads"), "percent"), Column("of_partner", Words("trên việc bên phối hợp tham gia", "of what the partner joins"), "percent"), Column("jaccard", Words("Jaccard", "Jaccard"), "number"),
)  # fmt: skip


def make_network_report(context: Context) -> Report:
    """Make the report."""
    names = {slug: kind.name for slug, kind in load_registry().kinds.items()}
    readings = betweenness_readings(context.facts)
    found = {str(key[0]): rows for key, rows in _with_ranges(context, readings).group_by("place", maintain_order=True)}
    met = pairs(context.facts).with_columns(pl.col("lead").replace(names).alias("lead_name"), pl.col("partner").replace(names).alias("partner_name"))
    sections = [Section("pairs", Words("Ai làm cùng ai", "Who works with whom"), _pair_words(met), (), (table_of(met.head(200), "lead-partner", Words("Cặp chủ trì – phối hợp theo loại cơ quan", "Lead–partner pairs by kind"), _PAIRS),))]
    sections += [
        Section(f"at-{place}", Words(name, name), _middle(context, name, found[place], readings.filter(pl.col("place") == place)), (), (table_of(found[place], "positions", Words(f"Vị trí trong mạng tại {name}", f"Positions in the network of {name}"), _POSITIONS, place=place),))
        for place, name in context.facts.places.items() if place in found
    ]  # fmt: skip
    return Report(
        key="network",
        title=Words("Mạng lưới phối hợp", "The network of coordination"),
        lead=Words("Cơ quan và đơn vị công việc nối với nhau khi cơ quan chủ trì hoặc phối hợp. Nhóm mở không ở trong mạng.", "Agencies are tied to the units that they lead or help with. Open groups are in no network."),
        sections=tuple(sections), scope=scope(context), left_out=left_out(context), constants=context.constants,
        formulas=(
            ("degree", Words("số đơn vị tham gia trên mọi đơn vị của tỉnh", "units as a part of the province's")),
            ("betweenness", Words("tỷ lệ đường ngắn nhất giữa hai cơ quan khác đi qua nó", "the part of the shortest ways between others that lead through it")),
            ("readings", Words("tính lại khi bỏ phân công đọc chưa chắc (độ tin cậy dưới 1), và khi bỏ nhóm, nơi nào có", "worked out again without assignments read with doubt (confidence below 1), and without groups, where there are any")),
            ("Latapy", Words("tỷ lệ cặp việc của cơ quan vẫn còn nối với nhau nếu không có nó; thấp là không ai thay được", "the part of the pairs of its units still linked without it; low: nobody else holds them together")),
            ("Louvain", Words("cụm cơ quan làm với nhau nhiều hơn với bên ngoài; hạt giống cố định", "agencies that work together more than with others; fixed seed")),
        ),
    )  # fmt: skip


def _with_ranges(context: Context, readings: pl.DataFrame) -> pl.DataFrame:
    """Give the positions with the Wilson interval of the degree and the ends of the betweenness under all readings."""
    units = dict(context.facts.units.group_by("place").len().rows())
    ends = readings.group_by("place", "agent").agg(pl.col("betweenness").min().alias("low"), pl.col("betweenness").max().alias("high"))
    found = positions(context.facts).join(ends, on=["place", "agent"], how="left", maintain_order="left")
    rates = [interval_text(Rate(count, units[place]).interval) for place, count in found.select("place", "units").iter_rows()]
    return found.with_columns(pl.Series("degree_range", rates, dtype=pl.String))


def _pair_words(met: pl.DataFrame) -> tuple[Finding, ...]:
    if met.is_empty():
        return (Finding(Words("Không có cặp chủ trì – phối hợp đích danh nào.", "No named pair of lead and partner."), level="none"),)
    top = met.row(0, named=True)
    part, ends = percent(top["of_lead"]), interval_text(Rate(top["units"], round(top["units"] / top["of_lead"])).interval)
    return (Finding(Words(
        f"Cặp gặp nhiều nhất: {top['lead_name']} chủ trì, {top['partner_name']} phối hợp, {top['units']} đơn vị ở {top['places']} tỉnh ({part.vi} việc bên chủ trì dẫn; khoảng tin cậy 95 %: {ends}).",
        f"The commonest pair: {top['lead_name']} leads and {top['partner_name']} helps, {top['units']} units in {top['places']} province{'s' if top['places'] > 1 else ''} ({part.en} of what the lead leads; 95 % interval: {ends}).",
    )),)  # fmt: skip


def _middle(context: Context, name: str, rows: pl.DataFrame, readings: pl.DataFrame) -> tuple[Finding, ...]:
    top = rows.filter(pl.col("betweenness") >= pl.col("betweenness").max() - 1e-9).sort("agent_name")
    if top.is_empty() or not top["betweenness"][0]:
        return (Finding(Words(f"{name}: không có cơ quan nào làm cầu nối.", f"{name}: nobody is between others."), level="none"),)
    value, forms = percent(top["betweenness"][0]), top["form"].to_list()
    vi, en = " và ".join(top["agent_name"]), " and ".join(top["agent_name"])
    doubts = [Words(f"{len(rows)} cơ quan và nhóm trong mạng; đường ngắn nhất chỉ tính qua những việc cùng làm.", f"{len(rows)} agencies and groups in the network; ways lead through works done together.")]
    if "agency" not in forms:
        doubts.append(Words("Một nhóm làm cầu nối nghĩa là không rõ ai nối.", "A group as a broker means that nobody in particular links."))
    doubts += _other_readings(readings, set(top["agent_name"]))
    quotes = tuple(quote for agent in top["agent"][:2] for role in ("lead", "partner") for quote in quotes_of(context, agent, role, 1))
    doubt = Words(" ".join(each.vi for each in doubts), " ".join(each.en for each in doubts))
    return (Finding(Words(
        f"{name}: {vi} đứng giữa nhiều cơ quan khác nhất: {value.vi} số đường ngắn nhất giữa hai cơ quan khác đi qua {'mỗi nơi' if len(top) > 1 else 'đây'}.",
        f"{name}: {en} stand{'' if len(top) > 1 else 's'} between most others: {value.en} of the shortest ways between two others lead through {'each' if len(top) > 1 else 'it'}.",
    ), doubt, quotes),)  # fmt: skip


def _other_readings(readings: pl.DataFrame, first: set[str]) -> list[Words]:
    """Say who is in the middle under each other reading."""
    said = []
    for (reading,), rows in readings.filter(pl.col("reading") != "as-read").group_by("reading", maintain_order=True):
        top = rows.filter(pl.col("betweenness") >= pl.col("betweenness").max() - 1e-9)
        names = sorted(top["agent_name"]) if rows["betweenness"].max() else []
        vi, en = _READINGS[str(reading)]
        if not names:
            said.append(Words(f"{vi} thì không ai làm cầu nối.", f"{en}, nobody is between others."))
        elif set(names) == first:
            said.append(Words(f"{vi} vẫn vậy.", f"{en}, it is the same."))
        else:
            said.append(Words(f"{vi} thì là {' và '.join(names)}.", f"{en}, it is {' and '.join(names)}."))
    return said


_READINGS = {"sure": ("Bỏ phân công đọc chưa chắc", "Without assignments read with doubt"), "bodies": ("Bỏ nhóm", "Without groups")}
