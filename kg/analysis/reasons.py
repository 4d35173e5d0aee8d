"""Why a pair is shown and what good it may do, in words for a reader: Vietnamese first, then English."""

from __future__ import annotations

from kg.analysis.marking import Marked, only_there
from kg.analysis.units import Unit

_LEVELS = {
    "overlap": ("Chồng lấn: nội dung gần nhau, khác cơ quan chủ trì", "Overlap: similar work, different leads"),
    "duplication": ("Trùng lặp: cùng một việc, khác cơ quan chủ trì", "Duplication: the same work, different leads"),
    "repetition": ("Lặp lại: cùng một việc, cùng cơ quan chủ trì", "Repetition: the same work, the same lead"),
    "nested": ("Lồng nhau: cơ quan chủ trì bên này gồm cả bên kia", "Nested: the leads of one hold those of the other"),
    "contradiction": (
        "Mâu thuẫn: bảng và lời văn giao cùng một việc cho cơ quan khác nhau",
        "Contradiction: table and prose charge different bodies with the same work",
    ),
}
_BENEFITS = {
    "overlap": (
        "Có thể có chủ ý: mỗi cơ quan lo một đối tượng hoặc một khâu; khi đó chỉ cần nêu rõ cách phối hợp.",
        "May be intended: each body serves its own clients or step; then it is enough to say how they work together.",
    ),
    "duplication": (
        "Có thể là dự phòng: một bên vẫn làm khi bên kia không làm được.",
        "May be a safeguard: the one still acts where the other cannot.",
    ),
    "repetition": (
        "Có thể do nhắc lại để nhấn mạnh hoặc do hai văn bản cấp trên. Là một việc thì khối lượng chỉ nên tính một lần; các báo cáo vẫn tính hai.",
        "May repeat for emphasis or serve two decisions. One work should count once in a load; the reports still count two.",
    ),
    "nested": (
        "Thường là phân công theo cấp: một bên làm chung, một bên làm phần của mình.",
        "Usually a division by level: one body has the whole, the other its part.",
    ),
    "contradiction": (
        "Không thấy lợi ích; cần sửa văn bản hoặc nêu rõ ai chủ trì.",
        "No benefit seen; the document should be mended, or say who leads.",
    ),
}  # fmt: skip


def reason_words(level: str, first: Unit, second: Unit, score: float, words: tuple[Marked, Marked]) -> tuple[str, str]:
    """Give the reason of a finding in Vietnamese and English: level, leads, likeness, and the words that differ."""
    vi, en = _LEVELS[level]
    leads = tuple("; ".join(lead.name for lead in unit.leads) for unit in (first, second))
    own = [only_there(each) for each in words]
    both_vi, both_en = (tuple(f"{_item(unit, word)} ({lead})" for unit, lead in zip((first, second), leads, strict=True)) for word in ("mục", "item"))
    sides_vi = [f"ở {_item(unit, 'mục')} ({lead}): {f'“{text}”' if text else 'không có chữ nào'}" for unit, lead, text in zip((first, second), leads, own, strict=True)]
    sides_en = [f"in {_item(unit, 'item')} ({lead}): {f'“{text}”' if text else 'no word'}" for unit, lead, text in zip((first, second), leads, own, strict=True)]
    plans_vi = "" if first.plan is second.plan else " Hai việc ở hai kế hoạch của cùng một tỉnh."
    plans_en = "" if first.plan is second.plan else " They stand in two plans of one jurisdiction."
    undated = first.years is None or second.years is None
    years_vi = " Có bên không ghi thời gian, nên coi là có thể cùng lúc." if undated else ""
    years_en = " One gives no years, so they may run at the same time." if undated else ""
    differ_vi = f"Chỉ {sides_vi[0]}; chỉ {sides_vi[1]}" if any(own) else f"Từ ngữ như nhau ở {' và '.join(both_vi)}"
    differ_en = f"Only {sides_en[0]}; only {sides_en[1]}" if any(own) else f"The same words in {' and '.join(both_en)}"
    likeness = f"{score:.2f}"
    return (
        f"{vi}. Giống nhau {likeness.replace('.', ',')} trên 1. {differ_vi}.{plans_vi}{years_vi}",
        f"{en}. Likeness {likeness} of 1. {differ_en}.{plans_en}{years_en}",
    )


def _item(unit: Unit, word: str) -> str:
    return f"{word} {unit.code}" if unit.code else unit.plan.file


def benefit_words(level: str) -> tuple[str, str]:
    """Give what good a finding may do."""
    return _BENEFITS[level]
