"""The tasks of a synthetic plan, and how their agencies, times and funds are worded."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.model import Column, Dice, GroupSpec, Part, Said, TaskSpec, Time, lower_first, upper_first
from benchmarks.words import (
    CITY_DISTRICTS,
    COMMUNES,
    DEPARTMENTS,
    DISTRICTS,
    FUNDING_CODES,
    FUNDING_TEXTS,
    GROUPS,
    OBJECTIVES,
    OPEN,
    OTHER_BODIES,
    THEMES,
    Agency,
    Theme,
)

HEADERS = {
    "code": ("TT", "STT", "Số TT", "TT"),
    "name": ("Nhiệm vụ", "Nội dung nhiệm vụ", "Tên nhiệm vụ", "Nội dung công việc", "Nhiệm vụ, hoạt động cụ thể", "Nhiệm vụ, giải pháp", "Nội dung thực hiện"),
    "lead": ("Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan chủ trì thực hiện", "Đơn vị thực hiện", "Cơ quan, đơn vị chủ trì", "Chủ trì"),
    "partner": ("Cơ quan phối hợp", "Đơn vị phối hợp", "Cơ quan, đơn vị phối hợp", "Phối hợp"),
    "both": ("Đơn vị chủ trì/ Đơn vị phối hợp", "Cơ quan chủ trì/Cơ quan phối hợp", "Cơ quan chủ trì, phối hợp"),
    "time": ("Thời gian", "Thời gian thực hiện", "Thời gian hoàn thành", "Giai đoạn thực hiện", "Tiến độ", "Lộ trình thực hiện", "Thời hạn hoàn thành"),
    "product": ("Sản phẩm", "Sản phẩm dự kiến", "Kết quả", "Kết quả, sản phẩm", "Kết quả đầu ra", "Sản phẩm/Kết quả"),
    "objective": ("Mục tiêu", "Mục tiêu, yêu cầu"),
    "funding": ("Kinh phí dự kiến", "Nguồn kinh phí", "Nguồn lực dự kiến", "Kinh phí", "Nguồn lực"),
}
_FULL_ORDER = ("code", "name", "objective", "product", "lead", "partner", "funding", "time")


def choose_columns(dice: Dice, *, full: bool) -> tuple[Column, ...]:
    """Choose the columns of a task table; ``full`` gives none whose cells may be empty."""
    kinds = ["code", "name"]
    roles = ["both"] if dice.chance(0.12) else ["lead", "partner"] if dice.chance(0.9) else ["lead"]
    extra = [] if full else [kind for kind in ("objective", "funding") if dice.chance(0.25)]
    tail = [kind for kind in ("time", "product") if dice.chance(0.85)]
    dice.random.shuffle(tail)
    if dice.chance(0.2):
        rest = {*roles, *extra, *tail}
        order = [kind.replace("lead", "both") if "both" in roles else kind for kind in _FULL_ORDER if kind not in kinds]
        kinds += [kind for kind in order if kind in rest]
    else:
        kinds += [*[e for e in extra if e == "objective"], *roles, *tail, *[e for e in extra if e == "funding"]]
    return tuple(Column(kind, dice.pick(HEADERS[kind])) for kind in kinds)


def local_units(dice: Dice) -> Agency:
    """The lower level of government in the plan's province and era."""
    assert dice.place
    if dice.place.era == "2025-07":
        return COMMUNES
    if dice.place.level == "thành phố":
        return CITY_DISTRICTS
    return DISTRICTS[len(dice.place.name) % 2]


def pick_lead(dice: Dice, *, listed: bool = True) -> Said:
    """One to three bodies that lead a task, sometimes groups."""
    assert dice.place
    departments = DEPARTMENTS[dice.place.era]
    if dice.chance(0.7):
        return dice.say(dice.pick(departments))
    if dice.chance(0.35):
        return dice.say(dice.pick(OTHER_BODIES))
    if dice.chance(0.4):
        return _capital(join(dice, [*dice.some(departments, 2, 3)], sentence=not listed))
    if dice.chance(0.5):
        return _capital(dice.say(local_units(dice)))
    if dice.chance(0.5):
        return _capital(join(dice, [GROUPS[0], local_units(dice)], sentence=not listed))
    return _capital(join(dice, [dice.pick(departments), GROUPS[0]], sentence=not listed))


def pick_partners(dice: Dice, lead: Said, *, listed: bool = True) -> Said:
    """The bodies and groups that take part; specific ones first, as documents list them."""
    assert dice.place
    chosen: list[Agency] = dice.some(DEPARTMENTS[dice.place.era], 0, 3)
    if dice.chance(0.25):
        chosen.append(dice.pick(OTHER_BODIES))
    if dice.chance(0.4):
        chosen.append(GROUPS[0])
    if dice.chance(0.5):
        chosen.append(local_units(dice))
    if dice.chance(0.45) or not chosen:
        chosen.append(dice.pick(OPEN))
    chosen = [agency for agency in chosen if not {dice.fill(name) for name in agency.names} & set(lead.names)]
    return _capital(join(dice, chosen or [OPEN[1]], sentence=not listed))


def join(dice: Dice, agencies: list[Agency], *, sentence: bool = False) -> Said:
    """Write a list of agencies with one of the usual separators; in a sentence without list dashes."""
    said = [dice.say(agency) for agency in agencies]
    names = tuple(name for one in said for name in one.names)
    texts = [one.text for one in said]
    short = [text for text in texts if text.startswith("Sở ") and not text[3:].isupper() and "&" not in text]
    if len(short) > 1 and texts[: len(short)] == short and dice.chance(0.06):
        head = f"các Sở: {', '.join(text.removeprefix('Sở ') for text in short)}"
        return Said("; ".join([head, *texts[len(short) :]]), names)
    if len(texts) == 1:
        return Said(texts[0], names)
    roll = dice.random.random()
    if not sentence and roll < 0.02 and not any(agency.group for agency in agencies):
        return Said(" ".join(texts), names)
    if not sentence and roll < 0.15 and len(texts) > 1:
        return Said(" ".join(f"- {upper_first(text)}{';' if dice.chance(0.3) else ''}" for text in texts), names)
    if roll < 0.6:
        texts = [texts[0], *[upper_first(text) if dice.chance(0.2) and not sentence else text for text in texts[1:]]]
        return Said("; ".join(texts), names)
    if roll < 0.8:
        return Said(", ".join(texts[:-1]) + " và " + texts[-1], names)
    return Said(", ".join(texts), names)


def _capital(said: Said) -> Said:
    return Said(upper_first(said.text), said.names)


def pick_time(dice: Dice, first: int, last: int) -> Time:
    """A time as a task cell gives it."""
    year = dice.number(first, last)
    later = dice.number(min(year + 1, last), last)
    dash = dice.pick((" - ", "-", "- ", " – "))
    forms = (
        Time(f"{first}{dash}{last}", first, last),
        Time(f"Giai đoạn {first}{dash}{last}", first, last),
        Time(f"Từ năm {first} đến năm {last}", first, last),
        Time(f"{year}", None, year),
        Time(f"Năm {year}", None, year),
        Time(f"Quý {dice.pick(('I', 'II', 'III', 'IV'))}/{year}", None, year),
        Time(f"Quý {dice.pick(('I', 'II', 'III', 'IV'))} năm {year}", None, year),
        Time(f"Trước ngày {dice.pick(('30/6', '31/12', '30/11'))}/{year}", None, year),
        Time(f"Tháng {dice.number(3, 12)}/{year}", None, year),
        Time(f"Hoàn thành trong năm {year}", None, year),
        Time("Hằng năm", recurrence="annual"),
        Time("Hàng năm", recurrence="annual"),
        Time("Thường xuyên", recurrence="continuous"),
        Time("Thường xuyên, hằng năm", recurrence="annual"),
        Time("Hằng quý", recurrence="quarterly"),
        Time(f"Năm {year} và các năm tiếp theo", year, None),
        Time(f"{year} và những năm tiếp theo", year, None),
        Time("Theo tiến độ của Trung ương"),
        Time(f"6 tháng đầu năm {year}", None, year),
        Time(f"Quý I, II/{year}", None, year),
        Time(f"Tháng {dice.number(3, 12)} hằng năm", recurrence="annual"),
        Time("Định kỳ 6 tháng", recurrence="semiannual"),
        Time("Hằng tháng", recurrence="monthly"),
        Time("Sau khi có hướng dẫn của bộ, ngành Trung ương"),
        Time(f"Từ năm {year}", year, None),
        Time(f"Quý IV/{year} - Quý II/{year + 1}", year, year + 1),
        Time(f"Từ tháng 01/{year} đến tháng 12/{later}", year, later) if later > year else Time(f"Trong năm {year}", None, year),
        Time(f"{year}{dash}{later}", year, later) if later > year else Time(f"{year}", None, year),
    )
    return forms[0] if dice.chance(0.3) else dice.pick(forms)


def _funding(dice: Dice, *, coded: bool, empty: bool) -> tuple[str, tuple[str, ...]]:
    if empty and dice.chance(0.12):
        return "", ()
    if coded:
        codes = tuple(sorted(dice.some(FUNDING_CODES, 1, 3), key=FUNDING_CODES.index))
        return ", ".join(codes), codes
    text = dice.fill(dice.pick(FUNDING_TEXTS))
    return text, (text,)


def _both(dice: Dice, lead: Said, partner: Said) -> str:
    """A combined cell: who leads and who takes part, in a sentence or with labels."""
    inner = lower_first(partner.text) if partner.text.startswith(("Các", "Cơ quan")) else partner.text
    return dice.pick((
        f"{lead.text} chủ trì. {partner.text} phối hợp.",
        f"{lead.text} chủ trì, phối hợp với {inner}",
        f"Chủ trì: {lead.text}. Phối hợp: {partner.text}",
        f"- Chủ trì: {lead.text} - Phối hợp: {partner.text}",
    ))


def make_groups(
    dice: Dice, years: tuple[int, int], columns: tuple[Column, ...], *, empty: bool, parts: bool, listed: bool = True
) -> tuple[GroupSpec, ...]:
    """Make the groups of tasks; their codes restart, run on, or count in depth. ``listed``: cells may hold list dashes."""
    kinds = {column.kind for column in columns}
    style = dice.pick(("restart", "running", "deep", "flat", "nested") if listed else ("restart", "running"))
    draw = _Draw(kinds=kinds, years=years, coded=dice.chance(0.5), empty=empty, parts=parts, listed=listed)
    groups: list[GroupSpec] = []
    running = 0
    for at, theme in enumerate(dice.some(THEMES, 2, 5), start=1):
        texts = list(dict.fromkeys(dice.fill(dice.pick(theme.tasks)) for _ in range(dice.number(2, 6))))
        tasks: list[TaskSpec] = []
        for position, text in enumerate(texts, start=1):
            running += 1
            code = {"restart": f"{position}", "deep": f"{at}.{position}", "nested": f"1.{at}.{position}"}.get(style, f"{running}")
            tasks.append(_make_task(dice, draw, theme, code, text))
        title = theme.title.upper() if dice.chance(0.3) else theme.title
        code = {"flat": "", "deep": f"{at}", "nested": f"1.{at}"}.get(style, ("I", "II", "III", "IV", "V")[at - 1])
        above = ("1", "NHIỆM VỤ TRỌNG TÂM") if style == "nested" else None
        groups.append(GroupSpec(code, "" if style == "flat" else title, tuple(tasks), above))
    return tuple(groups)


def _make_task(dice: Dice, draw: _Draw, theme: Theme, code: str, text: str) -> TaskSpec:
    assert dice.place
    kinds = draw.kinds
    lead = dice.say(dice.pick(DEPARTMENTS[dice.place.era])) if "both" in kinds else pick_lead(dice, listed=draw.listed)
    partner = Said("")
    if "both" in kinds:
        partner = _capital(dice.say(dice.pick(OPEN)))
    elif "partner" in kinds and not draw.misses(dice, 0.06):
        partner = pick_partners(dice, lead, listed=draw.listed)
    funding_text, funding = _funding(dice, coded=draw.coded, empty=draw.empty) if "funding" in kinds else ("", ())
    product = dice.fill(dice.pick(theme.products)) if "product" in kinds and not draw.misses(dice, 0.06) else ""
    time = pick_time(dice, *draw.years) if "time" in kinds and not draw.misses(dice, 0.04) else Time()
    part = None
    if draw.parts and "lead" in kinds and product and dice.chance(0.04):
        part = _part(dice, lead, time, theme.products)
    return TaskSpec(
        code=code,
        name=text + ("." if dice.chance(0.2) else ""),
        lead=lead,
        partner=partner,
        both=_both(dice, lead, partner) if "both" in kinds else "",
        time=time,
        product=product,
        objective=dice.fill(dice.pick(OBJECTIVES)) if "objective" in kinds else "",
        funding=funding,
        funding_text=funding_text,
        part=part,
    )


@dataclass(frozen=True)
class _Draw:
    """How the tasks of one plan are drawn."""

    kinds: set[str]
    years: tuple[int, int]
    coded: bool
    empty: bool
    parts: bool
    listed: bool

    def misses(self, dice: Dice, probability: float) -> bool:
        """Whether a cell stays empty."""
        return self.empty and dice.chance(probability)


def _part(dice: Dice, lead: Said, time: Time, products: tuple[str, ...]) -> Part | None:
    """A second lead row of the same task."""
    assert dice.place
    others = [agency for agency in DEPARTMENTS[dice.place.era] if agency.names[0] not in lead.names]
    return Part(dice.say(dice.pick(others)), time, dice.fill(dice.pick(products)), ())
