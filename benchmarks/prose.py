"""The body of a synthetic plan: letterhead, title, opening, aims, goals, duties, reports, signature; and its gold records."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from benchmarks.layouts import MARKS
from benchmarks.model import Dice, Place, Prose, Said, iso, lower_first, upper_first, written_date
from benchmarks.tasks import join, local_units
from benchmarks.words import (
    DEPARTMENTS,
    DUTY_OBJECTS,
    DUTY_OPENINGS,
    GIVEN_NAMES,
    GROUPS,
    KINDS,
    OPEN,
    OPENINGS_OF_AIMS,
    OTHER_BODIES,
    SURNAMES,
    TARGETS,
    TOPICS,
    Agency,
)

Gold = dict[str, Any]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


@dataclass
class Setting:
    """What a plan is about, fixed before it is written."""

    dice: Dice
    place: Place
    date: tuple[int, int, int]
    date_known: str
    number: int | None
    period: tuple[int | None, int | None]
    span: str
    basis: str
    basis_type: str
    basis_issuer: str
    basis_date: tuple[int, int, int]
    program: str
    action: str
    head: Agency
    citations: dict[str, Gold] = field(default_factory=dict)

    def cite(self, kind: str, number: str | None, date: tuple[int, int, int] | None, issuer: str | None, title: str | None) -> None:
        """Note a citation; the first that gives a date or an issuer counts."""
        key = number or title or ""
        row = self.citations.setdefault(key, {"type": kind, "number": number, "date": None, "issuer": None, "title": title, "mentions": 0})
        row["mentions"] += 1
        row["date"] = row["date"] or (iso(date) if date else None)
        row["issuer"] = row["issuer"] or issuer


_NATIONAL = (
    ("Quyết định", "/QĐ-TTg", "Thủ tướng Chính phủ"),
    ("Chỉ thị", "/CT-TTg", "Thủ tướng Chính phủ"),
    ("Nghị quyết", "/NQ-CP", "Chính phủ"),
    ("Nghị quyết", "-NQ/TU", "Tỉnh ủy"),
)
"""What a plan carries out; the last is the province's own party, no national document."""


def make_setting(seed: str) -> Setting:
    """Choose province, date, programme and the national decision behind it."""
    from benchmarks.words import CITIES, PROVINCES

    dice = Dice(seed)
    era = dice.pick(("2020", "2025-03", "2025-07", "2025-07"))
    name = dice.pick(PROVINCES[era])
    place = Place(name, "thành phố" if name in CITIES else "tỉnh", era)
    year = {"2020": dice.number(2020, 2024), "2025-03": 2025}.get(era) or dice.number(2025, 2026)
    months = {"2020": (1, 12), "2025-03": (3, 6)}.get(era) or ((7, 12) if year == 2025 else (1, 12))
    date = (year, dice.number(*months), dice.number(1, 28))
    dice = Dice(f"{seed}/plan", place, dice.pick(TOPICS))
    dash = dice.pick((" - ", "-"))
    start = dice.pick((year, year + 1))
    end = dice.pick((2030, 2030, 2035))
    span, period = dice.pick((
        (f" giai đoạn {start}{dash}{end}", (start, end)),
        (f" đến năm {end}", (None, end)),
        (f" giai đoạn {start}{dash}{end}, định hướng đến năm 2045", (start, end)),
        (f" đến năm {end}, tầm nhìn đến năm 2045", (None, end)),
        ("", (None, None)),
    ))
    kind, action = dice.pick(KINDS)
    about = "quốc gia về " if dice.chance(0.5) else "" if kind in ("Chương trình", "Đề án") else "về "
    program = f"{kind} {about}{dice.topic}{span}"
    basis_type, tail, issuer = _NATIONAL[0] if dice.chance(0.75) else dice.pick(_NATIONAL[1:])
    if basis_type == "Chỉ thị" or "TU" in tail:
        action, program = "về", f"{dice.topic}{span}"
    return Setting(
        dice=dice, place=place, date=date, date_known=dice.pick(("day", "day", "month", "year")),
        number=dice.number(12, 4800) if dice.chance(0.65) else None, period=period, span=span,
        basis=f"{dice.number(10, 200) if len(tail) < 7 else dice.number(60, 2800)}{tail}", basis_type=basis_type,
        basis_issuer=issuer.replace("Tỉnh ủy", "Thành ủy") if place.level == "thành phố" else issuer, basis_date=(year - dice.number(0, 1), dice.number(1, 4), dice.number(1, 28)),
        program=program, action=action, head=dice.pick(DEPARTMENTS[era]),
    )


def basis(setting: Setting, *, act: str = "") -> str:
    """The document that the plan carries out, in full; counts as a mention of it."""
    setting.cite(setting.basis_type, setting.basis, setting.basis_date, setting.basis_issuer, setting.program)
    text = f"{setting.basis_type} số {setting.basis} {written_date(setting.dice, setting.basis_date)} của {setting.basis_issuer}"
    return f"{text} {act or setting.action} {setting.program}"


def write_title(setting: Setting) -> str:
    """The plan's title, as printed."""
    dice, place = setting.dice, setting.place
    where = f" trên địa bàn {place.full}" if dice.chance(0.8) else f" {place.full}"
    if dice.chance(0.45):
        text = f"{dice.pick(('Triển khai thực hiện', 'Thực hiện'))} {basis(setting)}{where}"
    else:
        text = f"{dice.pick(('Thực hiện', 'Triển khai'))} {setting.program}{where}"
    return text.upper() if dice.chance(0.5) else text


_BASES = (
    ("Nghị quyết", "-NQ/TW", "Bộ Chính trị", "về một số chủ trương, chính sách lớn trong giai đoạn mới", False),
    ("Nghị quyết", "/NQ-CP", "Chính phủ", "ban hành Chương trình hành động của Chính phủ", False),
    ("Nghị định", "/NĐ-CP", "Chính phủ", "quy định chi tiết một số điều và biện pháp thi hành", True),
    ("Chỉ thị", "/CT-TTg", "Thủ tướng Chính phủ", "về tăng cường kỷ luật, kỷ cương hành chính", False),
    ("Thông tư", "/TT-BTC", "Bộ Tài chính", "hướng dẫn quản lý và sử dụng kinh phí sự nghiệp", True),
    ("Chương trình hành động", "-CTr/TU", "Ban Thường vụ Tỉnh ủy", "về phát triển nhanh và bền vững", False),
    ("Quyết định", "/QĐ-UBND", "Ủy ban nhân dân {level}", "về việc ban hành Quy chế phối hợp công tác", False),
)
_LAWS = ("Luật Bảo vệ môi trường", "Luật Đầu tư công", "Luật Ngân sách nhà nước", "Luật Tổ chức chính quyền địa phương")


def cited(setting: Setting) -> str:
    """A document of another kind, cited in full."""
    dice = setting.dice
    if dice.chance(0.2):
        law, date = dice.pick(_LAWS), dice.date(dice.number(2014, 2020))
        known = law in setting.citations
        setting.cite("Luật", None, None if known else date, None, law)
        return law if known else f"{law} {written_date(dice, date)}"
    kind, tail, issuer, title, yearly = dice.pick(_BASES)
    date = dice.date(dice.number(2016, setting.date[0] - 1))
    year = f"/{date[0]}" if yearly else ""
    number = f"{dice.number(2, 250)}{year}{tail}"
    issuer = dice.fill(issuer) if setting.place.level == "tỉnh" else dice.fill(issuer).replace("Tỉnh ủy", "Thành ủy")
    setting.cite(kind, number, date, issuer, title)
    printed = issuer.replace("Ủy ban nhân dân", "UBND") if dice.chance(0.4) else issuer
    return f"{kind} số {number} {written_date(dice, date)} của {printed} {title}"


def write_opening(setting: Setting, prose: Prose) -> None:
    """The legal bases and the sentence that issues the plan."""
    dice, place = setting.dice, setting.place
    body = f"{dice.pick(('Ủy ban nhân dân', 'UBND', 'Uỷ ban nhân dân'))} {place.full}"
    for _ in range(dice.number(0, 3)):
        prose.add("basis", f"Căn cứ {cited(setting)};")
    lead = f"Thực hiện {basis(setting, act='về việc ' + setting.action if setting.action != 'về' and dice.chance(0.2) else '')}"
    if dice.chance(0.3):
        head = dice.say(setting.head, full=1.0)
        date = (setting.date[0], max(1, setting.date[1] - 1), dice.number(1, 28))
        code = "".join(word[0] for word in head.text.replace(",", "").split() if word[0].isupper() or word == "Sở")
        number = f"{dice.number(20, 3000)}/TTr-{code}"
        setting.cite("Tờ trình", number, date, head.names[0], None)
        lead += f"; theo đề nghị của {head.text} tại Tờ trình số {number} {written_date(dice, date)}"
    verb = dice.pick(("ban hành Kế hoạch triển khai thực hiện", "xây dựng Kế hoạch thực hiện", "ban hành Kế hoạch"))
    prose.add("para", f"{lead}, {body} {verb} với các nội dung {dice.pick(('chủ yếu ', ''))}như sau:")


def write_aims(setting: Setting, prose: Prose, roman: str) -> None:
    dice = setting.dice
    prose.add("heading1", f"{roman}. MỤC ĐÍCH, YÊU CẦU")
    sentences = dice.some(OPENINGS_OF_AIMS, 3, 5)
    for at, title in enumerate(("Mục đích", "Yêu cầu")):
        prose.add("heading2", f"{at + 1}. {title}")
        for sentence in sentences[at * 2 : at * 2 + 2]:
            prose.add("bullet", dice.fill(sentence))
    if dice.chance(0.5):
        prose.add("bullet", f"Bảo đảm phù hợp với {cited(setting)}.")


def write_goals(setting: Setting, prose: Prose, roman: str) -> list[Gold]:
    """The goals with their figures."""
    dice = setting.dice
    prose.add("heading1", f"{roman}. {dice.pick(('MỤC TIÊU', 'MỤC TIÊU', 'CÁC MỤC TIÊU CHỦ YẾU'))}")
    prose.add("heading2", f"1. {dice.pick(('Mục tiêu tổng quát', 'Mục tiêu chung'))}")
    prose.add("para", dice.fill("Tạo chuyển biến căn bản trong {topic} {scope}, nâng cao chất lượng cuộc sống của người dân."))
    year = setting.period[1] or 2030
    stages: list[tuple[str, str, int | None]] = dice.pick((
        [("heading2", f"2. Mục tiêu cụ thể đến năm {year}", year)],
        [("heading2", "2. Mục tiêu cụ thể", None), ("heading3", f"a) Đến năm {year}", year), ("heading3", f"b) Đến năm {year + 5}", year + 5)],
        [("heading2", f"2. Mục tiêu cụ thể giai đoạn {year - 5} - {year}", year)],
    ))
    golds: list[Gold] = []
    for kind, title, by in stages:
        prose.add(kind, title)
        if by is not None:
            golds.extend([_target(setting, prose, by) for _ in range(dice.number(2, 5))])
            if dice.chance(0.4):
                prose.add("bullet", dice.fill("Từng bước hình thành mạng lưới hỗ trợ {topic} {scope}."))
    return golds


_COMPARED = (
    ("", "="), ("", "="), ("", "="), ("trên ", ">"), ("ít nhất ", ">="), ("khoảng ", "~"), ("tối thiểu ", ">="), ("không dưới ", ">="), ("≥ ", ">="),
)


def _target(setting: Setting, prose: Prose, by: int) -> Gold:
    """One bullet with one figure."""
    dice = setting.dice
    before, unit = dice.pick(TARGETS)
    percent = "%" in unit
    big = "tỷ đồng" in unit or unit == " người"
    figure: float = dice.number(5, 99) if percent else dice.number(2, 60)
    printed = f"{figure}" if percent else f"{figure:02d}"
    if big:
        figure = dice.number(11, 89) * 100
        printed = f"{figure:,}".replace(",", ".")
    elif percent and dice.chance(0.15):
        figure += 0.5
        printed = str(figure).replace(".", ",")
    word, comparator = ("", "reduce") if before == "Giảm" else dice.pick(_COMPARED)
    value = [figure]
    if not word and not big and figure == int(figure) and dice.chance(0.15):
        value = [figure, figure + 5]
        printed = dice.pick((f"{figure} - {figure + 5}", f"{figure}-{figure + 5}", f"{figure} đến {figure + 5}"))
    text = dice.fill(f"{before} {word}{printed}{unit}")
    if unit == "%" and not word and comparator == "=" and len(value) == 1 and before.endswith("đạt") and dice.chance(0.15):
        text, comparator = text.replace(f"{printed}%", f"từ {printed}% trở lên"), ">="
    if dice.chance(0.15):
        by = by - 2
        text = f"Đến năm {by}, {lower_first(text)}"
    text += dice.pick((".", ";", "."))
    prose.add("bullet", text)
    name = "%/năm" if unit == "%/năm" else "%" if percent else re.split(r" (?:đổi|điểm|tập|cho)|\{", unit)[0].strip()
    return {"text": text, "value": value, "unit": name, "comparator": comparator, "by": by}


def write_duties(setting: Setting, prose: Prose, roman: str) -> tuple[list[Gold], list[Gold]]:
    """The section that charges agencies, with its reporting duties."""
    dice, place = setting.dice, setting.place
    prose.add("heading1", f"{roman}. {dice.pick(('TỔ CHỨC THỰC HIỆN', 'TỔ CHỨC THỰC HIỆN', 'PHÂN CÔNG THỰC HIỆN', 'PHÂN CÔNG NHIỆM VỤ', 'TRÁCH NHIỆM THỰC HIỆN'))}")
    departments = [agency for agency in DEPARTMENTS[place.era] if agency != setting.head]
    charged: list[tuple[Said, str]] = [(dice.say(setting.head, full=0.9), "head")]
    charged += [(dice.say(agency, full=0.9), "department") for agency in dice.some(departments, 2, 6)]
    if dice.chance(0.4):
        charged.append((dice.say(dice.pick(OTHER_BODIES), full=0.9), "department"))
    charged.append((join(dice, [GROUPS[0], local_units(dice)], sentence=True) if dice.chance(0.4) else dice.say(local_units(dice)), "local"))
    duties: list[Gold] = []
    reports: list[Gold] = []
    style = dice.pick(("bullets", "bullets", "letters", "paragraph", "inline", "lead-in"))
    for at, (agency, rank) in enumerate(charged, start=1):
        charge = _charge(setting, agency, rank, section=f"{roman}.{at}")
        for duty, rows in _write_charge(setting, prose, (at, agency, style), charge):
            duties.append(duty)
            reports += [{**row, "text": duty["text"]} for row in rows]
    _close(setting, prose, duties, reports, roman)
    return duties, reports


Charged = tuple[Gold, list[Gold]]
"""A duty, and the reporting rows that its sentence holds."""


def _write_charge(setting: Setting, prose: Prose, how: tuple[int, Said, str], charge: list[Charged]) -> list[Charged]:
    """Write one agency's duties under its heading, or one of them in a sentence with its name."""
    at, agency, style = how
    name = upper_first(agency.text)
    if style == "inline":
        duty, rows = charge[0]
        if setting.dice.chance(0.4):
            prose.add("para", f"{at}. {name}: {duty['text']}")
            return [(duty, rows)]
        text = f"{name} {lower_first(duty['text'])}"
        if duty["role"] == "lead" and setting.dice.chance(0.4):
            text = f"Giao {lower_first(name) if name.startswith('Các') else name} {lower_first(duty['text'])}"
        prose.add("para", f"{at}. {text}")
        return [({**duty, "text": text}, rows)]
    if style == "lead-in":
        return _write_lead_in(setting, prose, how, charge)
    prose.add("heading2", f"{at}. {name}")
    charge = charge[:1] if style == "paragraph" else charge
    for position, (duty, _) in enumerate(charge):
        mark = f"{MARKS[position]}) " if style == "letters" and len(charge) > 1 else ""
        prose.add("para" if mark or len(charge) == 1 else "bullet", mark + duty["text"])
    return charge


def _write_lead_in(setting: Setting, prose: Prose, how: tuple[int, Said, str], charge: list[Charged]) -> list[Charged]:
    """A line that hands its role and partners to the bullets below it."""
    at, agency, _ = how
    dice = setting.dice
    others = [a for a in DEPARTMENTS[setting.place.era] if a.names[0] not in agency.names]
    partners = join(dice, [*dice.some(others, 1, 2), dice.pick(OPEN)], sentence=True)
    prose.add("para", f"{at}. {upper_first(agency.text)} chủ trì, phối hợp với {partners.text}:")
    written: list[Charged] = []
    for duty, rows in charge:
        if duty["role"] == "responsible" and not rows:
            text = upper_first(dice.fill(dice.pick(DUTY_OBJECTS))) + "."
            names = [name for name in partners.names if name not in agency.names]
            prose.add("bullet", text)
            written.append(({**duty, "text": text, "role": "lead", "with": names}, []))
    if not written:
        text = upper_first(dice.fill(dice.pick(DUTY_OBJECTS))) + "."
        prose.add("bullet", text)
        names = [name for name in partners.names if name not in agency.names]
        written.append(({**charge[0][0], "text": text, "role": "lead", "with": names}, []))
    return written


def _charge(setting: Setting, agency: Said, rank: str, *, section: str) -> list[Charged]:
    """The duties of one agency: leading, partner and plain ones, and for some a report."""
    dice = setting.dice
    said: list[Charged] = []
    for _ in range(dice.number(1, 3)):
        what = dice.fill(dice.pick(DUTY_OBJECTS))
        others = [a for a in DEPARTMENTS[setting.place.era] if a.names[0] not in agency.names]
        partners = join(dice, [*dice.some(others, 0, 2), dice.pick((GROUPS[0], local_units(dice), dice.pick(OPEN)))], sentence=True)
        if dice.chance(0.4) and rank != "local":
            text, role, names = f"Chủ trì, phối hợp với {partners.text} {what}.", "lead", partners.names
        elif dice.chance(0.3):
            text, role, names = f"Phối hợp với {partners.text} {what}.", "partner", partners.names
        else:
            text, role, names = f"{dice.fill(dice.pick(DUTY_OPENINGS))} {what}.", "responsible", ()
        names = tuple(name for name in names if name not in agency.names)
        said.append(({"agency": list(agency.names), "text": text, "role": role, "with": list(names), "section": section}, []))
    if rank == "head" or dice.chance(0.3):
        text, rows = _report(setting, agency, mine=rank == "head")
        said.append(({"agency": list(agency.names), "text": text, "role": "responsible", "with": [], "section": section}, rows))
        said = said[-1:] + said[:-1] if dice.chance(0.3) else said
    return said


def _report(setting: Setting, agency: Said, *, mine: bool) -> tuple[str, list[Gold]]:
    """A sentence that tells the agency to report, and its rows."""
    dice = setting.dice
    head = dice.say(setting.head, full=0.9)
    council = f"{dice.pick(('Ủy ban nhân dân', 'UBND'))} {setting.place.level}"
    day, month = dice.pick(((15, 12), (30, 11), (5, 12), (15, 11)))
    to = [f"Ủy ban nhân dân {setting.place.level}"] if mine else [head.names[0]]
    where = council if mine else head.text
    on = "" if mine else f" để tổng hợp, báo cáo {council}"
    dated = f"--{month}-{day:02d}"
    forms: tuple[tuple[str, str | None, tuple[str | None, ...]], ...] = (
        (f"Định kỳ hằng năm báo cáo kết quả thực hiện gửi {where} trước ngày {day:02d}/{month}{on}.", dated, ("annual",)),
        (f"Định kỳ hằng năm, trước ngày {day:02d} tháng {month}, báo cáo {where} kết quả thực hiện Kế hoạch{on}.", dated, ("annual",)),
        (f"Báo cáo kết quả thực hiện về {where} trước ngày {day:02d}/{month} hằng năm{on}.", dated, ("annual",)),
        (f"Định kỳ 6 tháng, hằng năm báo cáo {where} kết quả thực hiện{on}.", None, ("semiannual", "annual")),
        (f"Hằng quý báo cáo {where} tiến độ thực hiện các nhiệm vụ được giao{on}.", None, ("quarterly",)),
        (f"Trước ngày 20 hằng tháng, báo cáo tình hình thực hiện về {where}{on}.", "---20", ("monthly",)),
        (f"Theo dõi, đôn đốc việc thực hiện Kế hoạch này; định kỳ hằng năm tổng hợp, báo cáo {where}{on} theo quy định.", None, ("annual",)),
        (f"Định kỳ đánh giá, báo cáo kết quả thực hiện cho {where}{on}.", None, (None,)),
    )
    if dice.chance(0.2):
        return _two_reports(dice, agency, to, where, on)
    text, deadline, rhythms = dice.pick(forms)
    if mine is False and dice.chance(0.15):
        text, deadline, rhythms = f"Định kỳ hằng năm báo cáo {council} kết quả thực hiện (qua {head.text}).", None, ("annual",)
        to = [f"Ủy ban nhân dân {setting.place.level}", *to]
    return text, [{"from": list(agency.names), "to": to, "deadline": deadline, "frequency": rhythm, "text": text} for rhythm in rhythms]


def _two_reports(dice: Dice, agency: Said, to: list[str], where: str, on: str) -> tuple[str, list[Gold]]:
    """A sentence with two days of the year: two rows."""
    text, rows = dice.pick((
        (f"Báo cáo kết quả thực hiện về {where} trước ngày 15/6 và 15/12 hằng năm{on}.", (("annual", "--06-15"), ("annual", "--12-15"))),
        (
            f"Định kỳ 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12), báo cáo {where} kết quả thực hiện{on}.",
            (("semiannual", "--06-15"), ("annual", "--12-15")),
        ),
    ))
    return text, [{"from": list(agency.names), "to": to, "deadline": day, "frequency": rhythm, "text": text} for rhythm, day in rows]


def _close(setting: Setting, prose: Prose, duties: list[Gold], reports: list[Gold], roman: str) -> None:
    """The closing paragraph on difficulties."""
    dice = setting.dice
    council = f"{dice.pick(('Ủy ban nhân dân', 'UBND'))} {setting.place.level}"
    head = dice.say(setting.head, full=0.9)
    who = join(dice, [GROUPS[0], local_units(dice), *([OPEN[2]] if dice.chance(0.3) else [])], sentence=True)
    told = dice.chance(0.5)
    verb = f"kịp thời báo cáo về {head.text} để tổng hợp, báo cáo" if told else f"kịp thời phản ánh về {head.text} để tổng hợp, báo cáo"
    text = f"Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, {who.text} {verb} {council} xem xét, quyết định./."
    prose.add("para", text)
    duties.append({"agency": list(who.names), "text": text, "role": "responsible", "with": [], "section": roman})
    if told:
        reports.append({"from": list(who.names), "to": [head.names[0]], "deadline": None, "frequency": None, "text": text})


def write_signature(setting: Setting, prose: Prose) -> None:
    dice, level = setting.dice, setting.place.level
    prose.add("recipients", "\n".join([
        "Nơi nhận:", "- Văn phòng Chính phủ;", f"- Thường trực HĐND {level};", f"- Chủ tịch, các PCT UBND {level};",
        f"- Các sở, ban, ngành {level};", f"- {dice.say(local_units(dice)).text};", "- Lưu: VT, TH.",
    ]))
    prose.add("signature", f"TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n{dice.pick(SURNAMES)} {dice.pick(GIVEN_NAMES)}")
