"""The report of clarity: the "6 rõ" card of each task, six lights and the words that switch them on."""

from __future__ import annotations

import polars as pl

from kg.analysis.clarity import ALL_LIGHTS, clarity, counts
from kg.analysis.contradictions import unclear_works
from kg.analysis.diffusion import Rate
from kg.reporting.context import TASK_ADDRESS, Context, interval_text, left_out, places_of, scope, table_of
from viz.report_model import Cell, Column, Finding, Quote, Report, Section, Table, Words

NAMES = {
    "person": Words("rõ người", "person"), "work": Words("rõ việc", "work"), "time": Words("rõ thời gian", "time"), "responsibility": Words("rõ trách nhiệm", "responsibility"),
    "product": Words("rõ sản phẩm", "product"), "authority": Words("rõ thẩm quyền", "authority"), "funding": Words("nguồn lực (ngoài 6 rõ)", "funding (not of the six)"),
}  # fmt: skip
LIGHT_ROWS = {f"light-{light}": (words, "") for light, words in NAMES.items()}
"""The lights where they head rows."""
STATES = {
    "yes": (Words("● rõ", "● yes"), "good"), "no": (Words("○ chưa", "○ no"), "bad"),
    "no-column": (Words("– kế hoạch không có cột này", "– no such column"), "soft"), "unknown": (Words("? chưa xét được", "? cannot tell"), "soft"),
}  # fmt: skip


def make_clarity_report(context: Context) -> Report:
    """Make the report."""
    cards = clarity(context.facts, unclear_works(context.contradictions))
    by_place = {str(key[0]): rows for key, rows in cards.group_by("place")}
    sections = [Section("summary", Words("Theo tỉnh", "By province"), _unlit(context, cards), (), (_summary(cards, context.facts.places),))]
    sections += [_section(place, name, by_place[place]) for place, name in context.facts.places.items() if place in by_place]
    return Report(
        key="clarity",
        title=Words("Thẻ “6 rõ” của từng nhiệm vụ", "The “six clears” of each task"),
        lead=Words(
            "Sáu đèn cho mỗi nhiệm vụ, kèm những chữ làm đèn sáng. Không cộng thành điểm: thiếu người chủ trì và thiếu sản phẩm là hai chuyện khác nhau.",
            "Six lights for each task, with the words that switch them on. They are not summed: no lead and no product are different matters.",
        ),
        sections=tuple(sections), scope=scope(context), left_out=left_out(context), constants=context.constants, states={**STATES, **LIGHT_ROWS},
        formulas=(
            ("rõ người", Words("mỗi phần của nhiệm vụ có đúng một chủ trì, là cơ quan đích danh", "each part of the task has exactly one lead, a named agency")),
            ("rõ việc", Words("tên mở đầu bằng động từ chỉ hoạt động, theo sau là đối tượng; không nhận ra động từ thì “chưa xét được”", "the name opens with the verb of an activity, its object behind it; where no verb is known it “cannot tell”")),
            ("rõ thời gian", Words("có năm kết thúc hoặc định kỳ", "an end year or a rhythm")),
            ("rõ trách nhiệm", Words("vai trò chủ trì được nêu, không cơ quan nào vừa chủ trì vừa phối hợp, không mâu thuẫn", "the lead's role is explicit, nobody is both lead and partner, no contradiction")),
            ("rõ sản phẩm", Words("có sản phẩm; “theo quy định” không phải là sản phẩm", "a product; “theo quy định” is none")),
            ("rõ thẩm quyền", Words("nêu tên nơi quyết định hoặc nhận sản phẩm; “cấp có thẩm quyền” không nêu tên ai", "names who decides on or receives the product; “cấp có thẩm quyền” names nobody")),
            ("không có cột", Words("không nhiệm vụ nào của kế hoạch có nội dung ấy", "no task of the plan says such a thing")),
        ),
    )  # fmt: skip


def _summary(cards: pl.DataFrame, names: dict[str, str]) -> Table:
    sums = {(row["place"], row["light"]): row for row in counts(cards).iter_rows(named=True)}
    columns = [Column("name", Words("Tỉnh", "Province")), Column("tasks", Words("Nhiệm vụ", "Tasks"), "integer", "n")]
    for light in ALL_LIGHTS:
        columns += [Column(light, NAMES[light], "percent", "D8"), Column(f"{light}_of", Words("trên", "of"), "integer", "n"), Column(f"{light}_range", Words("khoảng 95 %", "95 % interval"))]
    rows = []
    for place, name in names.items():
        if (place, "person") not in sums:
            continue
        row: list[Cell] = [name, sums[place, "person"]["tasks"]]
        for light in ALL_LIGHTS:
            each = sums[place, light]
            rate = Rate(each["yes"], each["tasks"] - each["no_column"] - each["unknown"])
            absent = each["no_column"] == each["tasks"]
            row += ["no-column" if absent else rate.value, rate.total, interval_text(rate.interval)]
        rows.append(tuple(row))
    note = Words("Phần trăm trên số nhiệm vụ xét được: không kể kế hoạch không có cột ấy.", "Per cent of the tasks that can be judged: plans without such a column are not counted.")
    return Table("lights", Words("Tỷ lệ nhiệm vụ có đèn sáng", "Tasks with the light on"), tuple(columns), tuple(rows), note)


def _unlit(context: Context, cards: pl.DataFrame) -> tuple[Finding, ...]:
    if cards.is_empty():
        return ()
    dark = cards.filter((pl.col("person") == "no") & (pl.col("authority") == "no"))
    shown = dark.head(5)
    places = places_of(context, shown["task"])
    quotes = tuple(Quote(row["name"], f"{row['person_words'] or 'không có chủ trì'} – {places[row['task']]}") for row in shown.iter_rows(named=True))
    return (Finding(Words(
        f"{len(dark)} trên {len(cards)} nhiệm vụ chưa rõ cả người chịu trách nhiệm lẫn nơi quyết định.", f"{len(dark)} of {len(cards)} tasks are clear neither in who answers nor in who decides."
    ), Words("“Rõ thẩm quyền” chỉ xét tên và sản phẩm của nhiệm vụ; phần Tổ chức thực hiện có thể nói thêm.", "“Authority” looks at a task's name and product only; the prose may say more."), quotes),)  # fmt: skip


def _section(place: str, name: str, cards: pl.DataFrame) -> Section:
    columns = [Column("name", Words("Nhiệm vụ", "Task")), TASK_ADDRESS, Column("code", Words("Mã", "Code"))]
    for light in ALL_LIGHTS:
        columns += [Column(light, NAMES[light], "text"), Column(f"{light}_words", Words("chữ trong văn bản", "the words"))]
    shown = cards.with_columns(pl.when(pl.col(f"{light}_words") == "").then(None).otherwise(pl.col(f"{light}_words")).alias(f"{light}_words") for light in ALL_LIGHTS)
    return Section(f"at-{place}", Words(name, name), tables=(table_of(shown, "cards", Words(f"Thẻ 6 rõ của {name}", f"Cards of {name}"), tuple(columns), folded=True, place=place),))
