"""The report of comparison: to whom each province gives the same work."""

from __future__ import annotations

from math import isnan

import polars as pl

from kg.analysis.as_of_facts import as_of
from kg.analysis.comparison import (
    Kinds,
    Likeness,
    Vertical,
    kind_name,
    likenesses,
    role_kinds,
    side_by_side,
    vertical_lines,
)
from kg.analysis.constants import CHANCE_LEVEL
from kg.analysis.diffusion import Rate
from kg.analysis.facts import Facts
from kg.reporting.context import (
    Context,
    document_names,
    interval_text,
    left_out,
    number,
    percent,
    scope,
    shorten,
    table_of,
    where,
)
from kg.resolution.registry import Registry, load_registry
from viz.report_model import Cell, Column, Finding, Quote, Report, Section, Table, Words

REFORM = "2025-07-01"
SHOWN_PAIRS = 200
LOW_ALPHA, HIGH_ALPHA = 0.2, 0.6
"""Below and above which agreement is called low and high: a convention, as all such words are; the figure stands beside it."""
_PAIRS = (
    Column("first", Words("Tỉnh", "Province")), Column("second", Words("và tỉnh", "and province")), Column("shared", Words("Nhiệm vụ chung", "Shared tasks"), "integer", "n"), Column("coverage", Words("trên mọi nhiệm vụ của hai tỉnh", "of all tasks of both"), "percent", "D6"),
    Column("enough", Words("Đủ để so", "Enough")), Column("jaccard", Words("Jaccard", "Jaccard"), "number", "D6"), Column("masi", Words("MASI", "MASI"), "number", "D6"), Column("ruzicka", Words("Ruzicka", "Ruzicka"), "number", "D6"),
    Column("exact", Words("Giống hệt", "Equal"), "integer", "D6"), Column("alpha", Words("α (MASI)", "α (MASI)"), "number", "D6"), Column("p", Words("p hoán vị", "permutation p"), "number", "D6"),
)  # fmt: skip


def make_compare_report(context: Context) -> Report:
    """Make the report."""
    registry = load_registry()
    facts, names = context.facts, context.facts.places
    alignment, aligned_by = context.shared
    found = likenesses(facts, alignment, registry)
    sections = [_pairs_section("likeness", Words("Giống nhau đến đâu", "How alike"), found, names, context)]
    if facts.as_of is None and found:
        now = as_of(facts, REFORM)
        later = likenesses(now, alignment, registry)
        sections.append(_pairs_section("reformed", Words("Nếu quy tên cơ quan về ngày 01/7/2025", "With names brought to 2025-07-01"), later, now.places, context))
    sections.append(_matrix(facts, alignment, names, registry))
    if len(found) and len(names) <= 6:
        sections += [_beside(facts, alignment, each, names, registry) for each in found]
    lines = vertical_lines(facts, alignment, national_leads(context), registry)
    if any(each.aligned for each in lines):
        titles = dict(context.written.tasks.select("task", "name").rows())
        sections.append(_lines(lines, names, titles, registry))
    return Report(
        key="compare",
        title=Words("Cùng một việc, mỗi tỉnh giao cho ai?", "The same work: whom does each province give it to?"),
        lead=Words(f"So loại cơ quan chủ trì trên các nhiệm vụ chung ({aligned_by.vi}).", f"Kinds of lead agency over the tasks that are shared ({aligned_by.en})."),
        sections=tuple(sections), scope=scope(context), left_out=left_out(context), constants=context.constants,
        states={"too-few": (Words("chưa đủ (dưới 5)", "too few (below 5)"), "soft"), "enough": (Words("đủ", "enough"), "good"), "same": (Words("như nhau", "the same"), "good"), "differ": (Words("khác nhau", "different"), "")},
        formulas=(
            ("Jaccard", Words("|A∩B| / |A∪B| của hai tập loại cơ quan chủ trì, trung bình trên các nhiệm vụ chung", "|A∩B| / |A∪B| of the two sets of lead kinds, mean over shared tasks")),
            ("MASI", Words("Jaccard × 1 (bằng nhau), 2/3 (chứa nhau), 1/3 (giao nhau), 0 (rời nhau)", "Jaccard × 1 (equal), 2/3 (one holds the other), 1/3 (cross), 0 (disjoint)")),
            ("Ruzicka", Words("Σ nhỏ / Σ lớn, chủ trì 1, phối hợp ½", "Σ min / Σ max, a lead 1, a partner ½")),
            ("α", Words("Krippendorff trên khoảng cách MASI: đã trừ phần trùng hợp ngẫu nhiên; 0 là như ngẫu nhiên, 1 là giống hệt", "Krippendorff's on MASI distance: chance is taken off; 0 is chance, 1 is equal")),
            ("VC", Words("ngành dọc: tỷ lệ nhiệm vụ giao cho sở cùng ngành với bộ chủ trì ở trung ương (mg:answersTo)", "line: tasks given to the department that answers to the national lead ministry (mg:answersTo)")),
        ),
    )  # fmt: skip


def national_leads(context: Context) -> dict[str, Kinds]:
    """Give the lead kinds of the shared tasks that are tasks of a national decision in the build."""
    national = context.written.documents.filter(pl.col("province").is_null()).select("document")
    wanted = context.shared[0].select(pl.col("shared").alias("task")).unique()
    roles = context.written.roles.filter((pl.col("role") == "lead") & pl.col("kind").is_not_null())
    roles = roles.join(wanted, on="task", how="semi").join(national, on="document", how="semi")
    return {task: frozenset(kinds) for task, kinds in roles.group_by("task").agg(pl.col("kind").unique()).iter_rows()}


def _pairs_section(key: str, heading: Words, found: list[Likeness], names: dict[str, str], context: Context) -> Section:
    aligned_by = context.shared[1]
    shown = sorted(found, key=lambda each: (-each.shared, each.first, each.second))[:SHOWN_PAIRS]
    rows = tuple(_row(each, names) for each in shown)
    if not found:
        said = Finding(Words(f"Không có nhiệm vụ chung nào ({aligned_by.vi}); hãy đối chiếu với quyết định trung ương hoặc đưa bảng --alignment.", f"No shared tasks ({aligned_by.en}); align with a national decision or give a table with --alignment."), level="none")
        return Section(key, heading, (said,))
    note = Words(f"{len(found) - SHOWN_PAIRS} cặp ít nhiệm vụ chung hơn không hiện ở đây.", f"{len(found) - SHOWN_PAIRS} pairs with fewer shared tasks are not shown.") if len(found) > SHOWN_PAIRS else None
    dated = context.facts.as_of is not None or key == "reformed"
    return Section(key, heading, tuple(_sentence(each, names, dated=dated) for each in shown[:6]), (), (Table(f"{key}-pairs", Words("Từng cặp tỉnh", "Pairs of provinces"), _PAIRS, rows, note),))


def _sentence(each: Likeness, names: dict[str, str], *, dated: bool) -> Finding:
    a, b = names[each.first], names[each.second]
    if not each.enough:
        return Finding(Words(f"{a} và {b} chỉ có {each.shared} nhiệm vụ chung: chưa đủ để so.", f"{a} and {b} share {each.shared} tasks only: too few to compare."), level="none")
    if isnan(each.alpha):
        return Finding(Words(f"{a} và {b} giao mọi nhiệm vụ chung ({each.shared}) cho cùng một tập cơ quan: không tính được α.", f"{a} and {b} give all {each.shared} shared tasks to one set of leads: α is not defined."))
    alpha, j, p, part = number(each.alpha), number(each.jaccard), number(each.p, 3), percent(each.coverage)
    strength = Words("thấp", "low") if each.alpha < LOW_ALPHA else Words("cao", "high") if each.alpha > HIGH_ALPHA else Words("vừa", "middling")
    chance = Words("hơn mức ngẫu nhiên", "above chance") if each.p <= CHANCE_LEVEL else Words("chưa chắc hơn ngẫu nhiên", "not above chance for certain")
    small = Words(f"Chỉ {each.shared} nhiệm vụ chung, {part.vi} nhiệm vụ của hai tỉnh.", f"Only {each.shared} shared tasks, {part.en} of the tasks of both.")
    reform = Words("Một phần khác biệt có thể do thời điểm sắp xếp bộ máy, không phải lựa chọn của tỉnh.", "Part of the gap may be the date of reorganisation, not a province's choice.")
    return Finding(Words(
        f"{a} và {b} giao cùng tập cơ quan chủ trì cho {each.exact} trên {each.shared} nhiệm vụ chung; mức đồng nhất {strength.vi}: α = {alpha.vi} (0 là như ngẫu nhiên, 1 là giống hệt), {chance.vi} (p = {p.vi}; Jaccard {j.vi}).",
        f"{a} and {b} give the same leads to {each.exact} of {each.shared} shared tasks; agreement is {strength.en}: α = {alpha.en} (0 is chance, 1 is equal), {chance.en} (p = {p.en}; Jaccard {j.en}).",
    ), small if dated else Words(f"{small.vi} {reform.vi}", f"{small.en} {reform.en}"))  # fmt: skip


def _row(each: Likeness, names: dict[str, str]) -> tuple[Cell, ...]:
    values: list[Cell] = [names[each.first], names[each.second], each.shared, each.coverage, "enough" if each.enough else "too-few", each.jaccard, each.masi, each.ruzicka, each.exact, each.alpha, each.p]
    return tuple(None if isinstance(value, float) and isnan(value) else value for value in values)


def _matrix(facts: Facts, alignment: pl.DataFrame, names: dict[str, str], registry: Registry) -> Section:
    kinds = role_kinds(facts, alignment, registry).filter(pl.col("role") == "lead")
    places = [place for place in names if place in set(kinds["place"])][:12]
    titles = dict(facts.tasks.join(alignment, on="task").sort("place", "position").unique("shared", keep="first", maintain_order=True).select("shared", "name").rows())
    cells = {(place, shared): ", ".join(kind_name(kind, registry) for kind in lead) for place, shared, lead in kinds.select("place", "shared", "kinds").iter_rows()}
    shared_tasks = [key for key in sorted(titles, key=lambda key: (-sum((place, key) in cells for place in places), key)) if sum((place, key) in cells for place in places) > 1][:300]
    columns = (Column("task", Words("Nhiệm vụ chung", "Shared task")), Column("agree", Words("Như nhau?", "The same?")), *(Column(place, Words(names[place], names[place])) for place in places), Column("shared", Words("Địa chỉ nhiệm vụ chung", "Shared task address"), "data"))
    rows = tuple((titles[key], "same" if len({cells[place, key] for place in places if (place, key) in cells}) == 1 else "differ", *(cells.get((place, key)) for place in places), key) for key in shared_tasks)
    note = Words("Gạch ngang: tỉnh không có nhiệm vụ tương ứng, hoặc nhiệm vụ ấy không có chủ trì.", "A dash: the province has no such task, or nobody leads it.")
    return Section("matrix", Words("Tỉnh × nhiệm vụ chung", "Province × shared task"), tables=(Table("leads", Words("Cơ quan chủ trì", "Lead agencies"), columns, rows, note),))


def _beside(facts: Facts, alignment: pl.DataFrame, each: Likeness, names: dict[str, str], registry: Registry) -> Section:
    rows = side_by_side(facts, alignment, each.first, each.second, registry)
    quotes = _quotes(facts, alignment)
    found = tuple(
        Finding(Words(f"{shorten(row['name'])}: {row['vi']}", f"{shorten(row['name'])}: {row['en']}"), None, (*quotes.get((each.first, row["shared"]), ()), *quotes.get((each.second, row["shared"]), ())))
        for row in rows.iter_rows(named=True)
    )  # fmt: skip
    heading = Words(f"{names[each.first]} và {names[each.second]} cạnh nhau", f"{names[each.first]} beside {names[each.second]}")
    columns = (Column("name", Words("Nhiệm vụ", "Task")), Column("lead_first", Words(names[each.first], names[each.first])), Column("lead_second", Words(names[each.second], names[each.second])), Column("same", Words("Như nhau", "Same"), "yes-no"))
    return Section(f"beside-{each.first}-{each.second}", heading, found, (), (table_of(rows, f"beside-{each.first}-{each.second}-table", heading, columns, folded=True),))


def _quotes(facts: Facts, alignment: pl.DataFrame) -> dict[tuple[str, str], tuple[Quote, ...]]:
    """Give for each place and shared task the words of the plan that charge its leads."""
    leads = facts.roles.filter(pl.col("role") == "lead").unique(["task", "quote", "start_offset"], maintain_order=True).join(alignment, on="task")
    found: dict[tuple[str, str], tuple[Quote, ...]] = {}
    names = document_names(facts)
    for row in leads.sort("place", "shared", "document", "start_offset").iter_rows(named=True):
        key = (row["place"], row["shared"])
        found[key] = (*found.get(key, ()), Quote(f"{row['quote']}", f"{row['place_name']}, chủ trì “{shorten(row['task_name'])}” – {where(row, names)}"))
    return found


def _lines(lines: list[Vertical], names: dict[str, str], titles: dict[str, str], registry: Registry) -> Section:
    columns = (Column("name", Words("Tỉnh", "Province")), Column("held", Words("Đúng ngành dọc", "In line"), "integer", "VC"), Column("aligned", Words("trên", "of"), "integer", "n"), Column("vc", Words("Tỷ lệ", "Share"), "percent", "VC"), Column("range", Words("khoảng 95 %", "95 % interval")))
    rates = [Rate(each.held, each.aligned) for each in lines]
    rows = tuple((names[each.place], each.held, each.aligned, rate.value, interval_text(rate.interval)) for each, rate in zip(lines, rates, strict=True))
    broken = tuple(
        (names[each.place], titles.get(shared, shared), ", ".join(kind_name(kind, registry) for kind in sorted(local)), ", ".join(kind_name(kind, registry) for kind in sorted(national)))
        for each in lines for shared, local, national in each.broken
    )  # fmt: skip
    shown = (Column("name", Words("Tỉnh", "Province")), Column("shared", Words("Nhiệm vụ trung ương", "National task")), Column("local", Words("Tỉnh giao", "The province gives it to")), Column("national", Words("Trung ương giao", "Nationally led by")))
    findings = tuple(
        Finding(
            Words(f"{names[each.place]}: {each.held} trên {each.aligned} nhiệm vụ theo đúng ngành dọc ({percent(rate.value or 0).vi}; khoảng tin cậy 95 %: {interval_text(rate.interval)}).", f"{names[each.place]}: {each.held} of {each.aligned} tasks follow the line ministry ({percent(rate.value or 0).en}; 95 % interval: {interval_text(rate.interval)})."),
            Words("Chỉ xét nhiệm vụ mà bộ chủ trì có sở tương ứng; quyết định thường giao cả địa phương chủ trì, nên đứt ngành dọc không phải là sai.", "Only tasks whose lead ministry has a local counterpart; a decision often charges the provinces, too, so a broken line is no fault."),
        )
        for each, rate in zip(lines[:8], rates, strict=False) if each.aligned
    )  # fmt: skip
    return Section("lines", Words("Ngành dọc", "Line ministries"), findings, (), (Table("vc", Words("Tương ứng ngành dọc", "Line correspondence"), columns, rows), Table("broken", Words("Nơi đứt ngành dọc", "Where the line breaks"), shown, broken, folded=True)))
