"""Synthetic plans with the gold records that they were made from.

    python -m benchmarks.synthetic OUT --plans 1000 --seed 1

writes OUT/text/00000.txt … and OUT/gold/00000.json …: the same bytes for the same seed, on every machine. A plan's layout, the names of its
columns, its agencies, times, funds, duties and reports vary as they do in published plans; the gold record follows the gold rules
(docs/records.md), so `mandategraph evaluate` can score an extraction against it.
"""

from __future__ import annotations

import argparse
import json
import textwrap
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from benchmarks.layouts import MARKS, write_labels, write_table
from benchmarks.model import Dice, GroupSpec, Prose, TaskSpec, iso, lower_first, written_date
from benchmarks.prose import (
    ROMAN,
    Gold,
    Setting,
    basis,
    cited,
    make_setting,
    write_aims,
    write_duties,
    write_goals,
    write_opening,
    write_signature,
    write_title,
)
from benchmarks.tasks import choose_columns, make_groups
from benchmarks.words import SECTORS, THEMES

LAYOUTS = ("tab", "pipe", "lines", "cells", "labels")
_LEGEND = (
    "Nguồn lực dự kiến bao gồm: I. Ngân sách nhà nước; II. Nguồn hỗ trợ quốc tế; III. Vốn vay và đầu tư tư nhân; IV. Nguồn cộng đồng và xã hội khác."
)


def generate(seed: int, index: int) -> tuple[str, Gold]:
    """Give the text and the gold record of one plan."""
    setting = make_setting(f"{seed}/{index}")
    dice = setting.dice
    layout = LAYOUTS[(index + dice.number(0, 1)) % len(LAYOUTS)]
    body = layout if layout != "labels" else dice.pick(("tab", "cells"))
    decision = body == "lines" and dice.chance(0.4)
    bare = body == "lines" and not decision
    if decision and setting.number is None:
        setting.number = dice.number(100, 3000)
    if setting.number is not None:
        setting.date_known = "day"
    elif setting.date_known == "day":
        setting.date_known = "month"
    title = write_title(setting)
    prose = Prose()
    _write_head(setting, prose, title, decision=decision)
    write_opening(setting, prose)
    tasks, targets, duties, reports = _write_sections(setting, prose, layout)
    write_signature(setting, prose)
    columns = choose_columns(dice, full=layout == "lines")
    sectors: list[Gold] = []
    quoted = False
    if layout != "labels":
        groups = make_groups(dice, _years(setting), columns, empty=layout != "lines", parts=layout in ("tab", "pipe"))
        quoted = _write_annex(setting, prose, decision=decision)
        prose.add("table", write_table(dice, layout, columns, groups))
        kinds = {column.kind for column in columns}
        tasks = _gold_tasks(groups, coded="code" in kinds)
        if "funding" in kinds and dice.chance(0.6):
            prose.add("footnote", _LEGEND)
        if layout in ("tab", "pipe") and dice.chance(0.25):
            sectors = _write_sectors(dice, prose, layout)
    text = _letterhead(setting, body, bare=bare or decision) + _render(dice, prose, body)
    told = quoted or not bare
    return text, {
        "file": f"{index:05d}.txt",
        "document": _gold_document(setting, title, decision=decision, told=told),
        "citations": _count(setting, text),
        "tasks": tasks, "duties": duties, "reporting": reports, "targets": targets, "sectors": sectors,
    }


def _years(setting: Setting) -> tuple[int, int]:
    start = setting.period[0] or setting.date[0]
    return start, max(start + 2, setting.period[1] or 2030)


def _write_head(setting: Setting, prose: Prose, title: str, *, decision: bool) -> None:
    dice, place = setting.dice, setting.place
    if decision:
        prose.add("centre", "QUYẾT ĐỊNH")
        prose.add("line", f"VỀ VIỆC BAN HÀNH KẾ HOẠCH {title.upper()}")
        prose.add("line", f"ỦY BAN NHÂN DÂN {place.full.upper()}")
        for _ in range(dice.number(1, 3)):
            prose.add("basis", f"Căn cứ {cited(setting)};")
        prose.add("basis", f"Căn cứ {basis(setting)};")
        prose.add("line", f"Xét đề nghị của Giám đốc {dice.say(setting.head, full=1.0).text}.")
        prose.add("line", "QUYẾT ĐỊNH:")
        prose.add("line", f"Điều 1. Ban hành kèm theo Quyết định này Kế hoạch {lower_first(title) if title[1].islower() else 'triển khai thực hiện'}.")
        prose.add("line", "Điều 2. Chánh Văn phòng Ủy ban nhân dân, Thủ trưởng các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này./.")
    prose.add("centre", "KẾ HOẠCH")
    prose.add("title", title)
    if decision:
        setting.cite("Quyết định", f"{setting.number}/QĐ-UBND", setting.date, f"Ủy ban nhân dân {place.level}", None)
        date = written_date(dice, setting.date)
        prose.add("line", f"(Ban hành kèm theo Quyết định số {setting.number}/QĐ-UBND {date} của UBND {place.level})")


def _write_sections(setting: Setting, prose: Prose, layout: str) -> tuple[list[Gold], list[Gold], list[Gold], list[Gold]]:
    """The numbered sections in order; tasks only where the layout is a label list."""
    dice = setting.dice
    romans = iter(ROMAN)
    if dice.chance(0.8):
        write_aims(setting, prose, next(romans))
    targets = write_goals(setting, prose, next(romans)) if dice.chance(0.85) else []
    prose.add("heading1", f"{next(romans)}. {dice.pick(('NHIỆM VỤ, GIẢI PHÁP', 'NHIỆM VỤ VÀ GIẢI PHÁP', 'NỘI DUNG THỰC HIỆN'))}")
    tasks: list[Gold] = []
    if layout == "labels":
        columns = choose_columns(Dice("labels"), full=True)
        columns = tuple(column for column in columns if column.kind in ("code", "name", "lead", "partner", "time", "product"))
        groups = make_groups(dice, _years(setting), columns, empty=False, parts=False, listed=False)
        style = dice.pick(("lines", "line", "lettered"))
        tasks = _gold_labels(groups, style)
        for kind, text in write_labels(dice, groups, style):
            prose.add(kind, text)
    else:
        for at, theme in enumerate(dice.some(THEMES, 2, 4), start=1):
            prose.add("heading2", f"{at}. {theme.title}")
            for _ in range(dice.number(1, 3)):
                prose.add("bullet", dice.fill(dice.pick(theme.tasks)) + ".")
    if dice.chance(0.7):
        prose.add("heading1", f"{next(romans)}. KINH PHÍ THỰC HIỆN")
        prose.add("para", f"Kinh phí thực hiện Kế hoạch được bố trí từ ngân sách nhà nước và các nguồn hợp pháp khác theo quy định của {cited(setting)}.")
    duties, reports = write_duties(setting, prose, next(romans))
    return tasks, targets, duties, reports


def _write_annex(setting: Setting, prose: Prose, *, decision: bool) -> bool:
    """The annex's title and the line that ties it to the plan; tells whether that line quotes the plan's number."""
    dice, place = setting.dice, setting.place
    prose.add("centre", dice.pick(("Phụ lục", "PHỤ LỤC", "Phụ lục I")))
    prose.add("line", dice.pick(("DANH MỤC NHIỆM VỤ THỰC HIỆN KẾ HOẠCH", "DANH MỤC CÁC NHIỆM VỤ TRỌNG TÂM", "PHÂN CÔNG NHIỆM VỤ")))
    if decision or dice.chance(0.3):
        return False
    who = dice.pick((f"UBND {place.level}", f"Ủy ban nhân dân {place.full}", f"Ủy ban nhân dân {place.level}"))
    if setting.number is None:
        prose.add("line", f"(Kèm theo Kế hoạch số: /KH-UBND {_blank_date(setting)} của {who})")
        return True
    setting.cite("Kế hoạch", f"{setting.number}/KH-UBND", setting.date, who.replace("UBND", "Ủy ban nhân dân"), None)
    prose.add("line", f"(Kèm theo Kế hoạch số {setting.number}/KH-UBND {written_date(dice, setting.date)} của {who})")
    return True


def _blank_date(setting: Setting) -> str:
    year, month, day = setting.date
    shown = f"{month:02d}" if month < 3 else f"{month}"
    if setting.date_known == "day":
        return f"ngày {day:02d} tháng {shown} năm {year}"
    return f"ngày tháng {shown} năm {year}" if setting.date_known == "month" else f"ngày tháng năm {year}"


def _letterhead(setting: Setting, body: str, *, bare: bool) -> str:
    if bare:
        return ""
    place = setting.place
    number = f"Số: {setting.number or setting.dice.pick(('', '    '))}/KH-UBND"
    where = "Thành phố Hồ Chí Minh" if place.name == "Hồ Chí Minh" else place.name
    dated = f"{where}, {_blank_date(setting)}"
    if body == "cells":
        around = ""
        if setting.dice.chance(0.25):
            around = f"|\n|\nĐang tải văn bản...\n#\n**Số hiệu:**\n|\n{setting.number or ''}/KH-UBND\n|\n|\n**Loại văn bản:**\n|\nKế hoạch\n|\n"
        return around + (
            f"|\n**ỦY BAN NHÂN DÂN**\n{place.full.upper()}\n-------\n|\n**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**\n"
            f"Độc lập - Tự do - Hạnh phúc\n---------------\n|\n|\n{number}\n|\n*{dated}*\n|\n\n"
        )
    top = ""
    if setting.dice.chance(0.2):
        return (
            f"ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{place.full.upper()}\tĐộc lập - Tự do - Hạnh phúc\n{number}\t{dated}\n\n"
        )
    if setting.dice.chance(0.5):
        top = f"ỦY BAN NHÂN DÂN\n{place.full.upper()}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    return f"{top}{number}\n\n{dated}\n\n"


@dataclass(frozen=True)
class _Wrap:
    """Hard-wrapped lines; web copies often break a paragraph's first line ``short`` characters early."""

    width: int
    short: int

    def __call__(self, text: str) -> str:
        return textwrap.fill(text, self.width, initial_indent="\0" * self.short, break_on_hyphens=False).lstrip("\0")


def _render(dice: Dice, prose: Prose, body: str) -> str:
    """Write the lines of the body in the habit of its layout."""
    bold = body == "cells"
    wrap = _Wrap(width=dice.pick((64, 76, 84)), short=dice.pick((0, 30, 46)))
    blocks: list[str] = []
    for kind, raw in prose.items:
        text = f"- {raw}" if kind == "bullet" else f"¹ {raw}" if kind == "footnote" else raw
        if kind == "table" or (kind in ("recipients", "signature") and not bold):
            blocks.append(text)
        elif kind == "recipients":
            blocks.append(f"|\n{text}\n|")
        elif kind == "signature":
            blocks[-1] += f"\n**{text}**\n|"
        elif bold:
            mark = "**" if kind in ("centre", "heading1", "heading2") else "*" if kind == "basis" else ""
            blocks.append(wrap(f"{mark}{text}{mark}"))
        elif body == "lines":
            blocks.append(f" {text}" if kind == "centre" else text)
        elif kind in ("bullet", "para") and len(text) > 180 and dice.chance(0.06):
            at = text.rindex(" ", 0, len(text) - 60)
            blocks.append(f"{text[:at]}\n\n{text[at + 1 :]}")
        else:
            blocks.append(text)
    return ("\n" if body == "lines" else "\n\n").join(blocks) + "\n"


def _gold_document(setting: Setting, title: str, *, decision: bool, told: bool) -> Gold:
    year, month, _ = setting.date
    date = {"day": iso(setting.date), "month": f"{year}-{month:02d}", "year": f"{year}"}[setting.date_known]
    symbol = "QĐ-UBND" if decision else "KH-UBND" if told else None
    return {
        "type": "Quyết định" if decision else "Kế hoạch",
        "number": f"{setting.number}/{symbol}" if setting.number and told else None,
        "symbol": symbol,
        "issuer": f"Ủy ban nhân dân {setting.place.full}",
        "province": setting.place.name,
        "date": date if told else None,
        "title": title,
        "period": list(setting.period) if setting.span else None,
        "implements": [] if setting.basis.endswith("TU") else [setting.basis],
    }


def _gold_tasks(groups: tuple[GroupSpec, ...], *, coded: bool) -> list[Gold]:
    return [_gold_task(group, task, task.code if coded else None) for group in groups for task in group.tasks]


def _gold_labels(groups: tuple[GroupSpec, ...], style: str) -> list[Gold]:
    rows: list[Gold] = []
    for at, group in enumerate(groups, start=1):
        for position, task in enumerate(group.tasks, start=1):
            row = _gold_task(group, task, f"{at}.{position}" if style == "lettered" else MARKS[position - 1])
            if style == "lettered":  # "1.1. Nhiệm vụ 1" only counts: its number is the code (docs/records.md)
                row["groups"] = [group.title]
                row["product"] = None
            rows.append(row)
    return rows


def _gold_task(group: GroupSpec, task: TaskSpec, code: str | None) -> Gold:
    row: Gold = {
        "code": code, "groups": [*([group.above[1]] if group.above else []), *([group.title] if group.title else [])], "name": task.name, "lead": list(task.lead.names), "partner": list(task.partner.names),
        "start": task.time.start, "end": task.time.end, "recurrence": task.time.recurrence, "product": task.product or None,
        "objective": task.objective or None, "funding": list(task.funding),
    }
    if task.part:
        parts = [
            {"lead": list(lead.names), "partner": [], "start": time.start, "end": time.end, "product": product, "funding": []}
            for lead, time, product in ((task.lead, task.time, task.product), (task.part.lead, task.part.time, task.part.product))
        ]
        row["lead"] = [*row["lead"], *task.part.lead.names]
        row |= {"product": None, "parts": parts}
    return row


def _write_sectors(dice: Dice, prose: Prose, layout: str) -> list[Gold]:
    """A second annex with priority sectors."""
    prose.add("centre", "Phụ lục II")
    prose.add("line", "DANH MỤC CÁC NGÀNH, LĨNH VỰC ƯU TIÊN")
    rows = [["Số TT", "Ngành, lĩnh vực ưu tiên", "Sản phẩm, vật liệu, chất thải và dịch vụ"]]
    golds: list[Gold] = []
    for at, (name, children) in enumerate(dice.some(SECTORS, 2, 5)):
        rows.append([ROMAN[at], name, ""])
        golds.append({"code": ROMAN[at], "name": name, "children": []})
        for position, (child, items) in enumerate(children, start=1):
            rows.append([str(position), child, " ".join(f"- {item}" for item in items)])
            golds[-1]["children"].append({"code": str(position), "name": child, "items": list(items)})
    if layout == "tab":
        prose.add("table", "\n".join("\t".join(row) for row in rows))
    else:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        prose.add("table", "\n".join([lines[0], "|---|---|---|", *lines[1:]]))
    return golds


def _count(setting: Setting, text: str) -> list[Gold]:
    """The citations with their mentions: letter case and inner spaces ignored, as the gold rules say."""
    flat = "".join(text.casefold().split())
    return [
        {**row, "mentions": flat.count("".join((row["number"] or row["title"]).casefold().split()))} for row in setting.citations.values()
    ]


def encode(text: str, seed: str) -> bytes:
    """The bytes of a file: mostly UTF-8, some with a byte order mark, in UTF-16, or decomposed (NFD)."""
    dice = Dice(f"{seed}/encoding")
    if dice.chance(0.03):
        text = unicodedata.normalize("NFD", text)
    return text.encode("utf-8" if dice.chance(0.92) else dice.pick(("utf-8-sig", "utf-16")))


def write_corpus(out: Path, plans: int, seed: int, first: int = 0) -> int:
    """Write plans and their records below a folder; gives the bytes of text."""
    (out / "text").mkdir(parents=True, exist_ok=True)
    (out / "gold").mkdir(parents=True, exist_ok=True)
    size = 0
    for index in range(first, first + plans):
        text, record = generate(seed, index)
        data = encode(text, f"{seed}/{index}")
        size += len(data)
        (out / "text" / f"{index:05d}.txt").write_bytes(data)
        (out / "gold" / f"{index:05d}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return size


def main() -> int:
    """Write a synthetic corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    size = write_corpus(args.out, args.plans, args.seed)
    print(f"{args.plans} plans, {size:,} bytes of text, in {args.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
