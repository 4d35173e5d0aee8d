"""Why a name stands for a body, in words: what a researcher reads beside an assignment.

Reads: a mention as it was settled. Gives: one sentence in Vietnamese and one in English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.normalise import key
from kg.records import AgencyMention
from kg.resolution.near import nearest
from kg.resolution.registry import load_registry


class Reason(NamedTuple):
    """One sentence in each language."""

    vi: str
    en: str


METHODS: dict[str, Reason] = {
    "registry": Reason("“{text}” là tên trong danh mục: {kind}.", "“{text}” is a name in the registry: {kind}."),
    "variant": Reason("“{text}” là một cách viết đúng khác của {kind} trong danh mục.", "“{text}” is another right form of {kind} in the registry."),
    "abbreviation": Reason("“{text}” là chữ tắt của {name}, loại {kind} trong danh mục.", "“{text}” abbreviates {name}; in the registry it is {kind}."),
    "misprint": Reason("“{text}” là lỗi viết đã gặp của {kind}, có trong danh mục.", "“{text}” is a misprint of {kind} that the registry lists."),
    "near": Reason("“{text}” không có trong danh mục nhưng gần như {kind}: {differences_vi}.", "“{text}” is not in the registry but nearly {kind}: {differences_en}."),
    "shared-head": Reason("“{text}” dùng chung chữ đầu với tên đứng trước: {name}.", "“{text}” shares its head with the name before it: {name}."),
    "extended": Reason("“{text}” mở đầu bằng tên {kind} trong danh mục và dài hơn; giữ tên như văn bản.", "“{text}” begins with the registry's {kind} and goes on; the name is kept as written."),
    "grammar": Reason("“{text}” là tên một nhóm: {name}{members_vi}.", "“{text}” names a group: {name}{members_en}."),
    "defined-here": Reason("Chính văn bản quy ước “{text}” là {name}.", "The document itself says that “{text}” stands for {name}."),
    "context": Reason("“{text}” có nhiều nghĩa; cơ quan ban hành và ngày của văn bản chỉ còn {kind}.", "“{text}” has several meanings; the document's issuer and date leave {kind} alone."),
    "symbol": Reason("“{text}” là ký hiệu của {kind} trong số văn bản; theo cấp và ngày ban hành chỉ có một cơ quan dùng.", "“{text}” is the symbol of {kind} in document numbers; at the issuer's level and date no other body has it."),
    "anaphora": Reason("“{text}” chỉ ngược về một cơ quan nêu ở chỗ khác; không đoán là cơ quan nào.", "“{text}” points back at a body named elsewhere; which one is not guessed."),
    "unresolved": Reason("“{text}” không có trong danh mục và không đủ gần tên nào; giữ làm một cơ quan riêng.", "“{text}” is not in the registry nor near enough to one name; kept as a body of its own."),
}
"""Method → the sentence; ``{kind}`` is the registry's name, ``{name}`` the form written in the records."""
_UNKNOWN_GROUP = Reason("“{text}” là một nhóm chưa có trong danh mục; giữ tên như văn bản.", "“{text}” is a group that the registry lacks; its name is kept as written.")
_OTHER = Reason("Nhận ra “{text}” là {name} theo quy tắc “{method}”.", "“{text}” was taken for {name} by the rule “{method}”.")

DIFFERENCES: dict[str, Reason] = {
    "joint": Reason("thừa hoặc thiếu “và”", "“và” added or left out"),
    "marks": Reason("sai dấu", "wrong diacritics"),
    "letter": Reason("sai một chữ cái", "one letter wrong"),
    "letters": Reason("sai hai chữ cái", "two letters wrong"),
    "space": Reason("sai khoảng trắng", "a space wrong"),
    "place": Reason("đảo vị trí từ", "words in another order"),
    "twice": Reason("lặp từ", "a word twice"),
    "missing": Reason("thiếu một từ", "one word missing"),
    "other": Reason("một từ bị đọc thành từ khác", "one word misread as another"),
}
_SIGNS = Reason("chỉ khác dấu hoặc dấu câu", "only diacritics or signs differ")
_TITLE = re.compile(r"(?:đồng chí|giám đốc|thủ trưởng|chủ tịch|bộ trưởng|lãnh đạo|chánh|cục trưởng|trưởng|chi cục trưởng|tổng thanh tra|tổng kiểm toán|thống đốc|viện trưởng|bí thư|chỉ huy trưởng)\b")
_HELD = Reason(" Chức danh được hiểu là cơ quan.", " The office stands for the body.")
_ONE_OF = Reason(" Văn bản viết “hoặc”: chỉ là một trong các cơ quan ấy.", " The text says “or”: it is only one of these bodies.")
_LONGEST = 160


def explain(mention: AgencyMention) -> Reason:
    """Give the reason why a mention stands for its body or group.

    >>> explain(AgencyMention(name="Sở Y tế", text="Giám đốc Sở Y tế", spans=(), kind="so-y-te")).en
    '“Giám đốc Sở Y tế” is a name in the registry: Sở Y tế. The office stands for the body.'
    """
    one = _explain(mention.text or mention.name, mention.name, mention.kind, mention.form, mention.method)
    return Reason(one.vi + _ONE_OF.vi, one.en + _ONE_OF.en) if mention.possible else one


@lru_cache(maxsize=20_000)
def _explain(text: str, name: str, slug: str | None, form: str, method: str) -> Reason:
    kind = load_registry().kinds.get(slug) if slug else None
    differ = _differences(text) if method == "near" else _SIGNS
    members = _members(form)
    pattern = _UNKNOWN_GROUP if method == "unresolved" and form != "body" else METHODS.get(method, _OTHER)
    if method == "extended" and key(name) != key(text) and key(name).endswith(key(text)):  # "Hoàng Hoa Thám" behind "UBND các xã Tân Hưng,"
        pattern = METHODS["shared-head"]
    values = {
        "text": text if len(text) <= _LONGEST else text[:_LONGEST] + "…", "name": name, "kind": kind.name if kind else name, "method": method,
        "differences_vi": differ.vi, "differences_en": differ.en, "members_vi": members.vi, "members_en": members.en,
    }
    held = _HELD if form == "body" and _TITLE.match(key(text)) and not _TITLE.match(key(name)) else Reason("", "")
    return Reason(pattern.vi.format(**values) + held.vi, pattern.en.format(**values) + held.en)


def _differences(text: str) -> Reason:
    near = nearest(text)
    if near is None or not near.differences:
        return _SIGNS
    other = Reason(f"tên khác gần nhất {near.runner_up:.2f}", f"the next other name {near.runner_up:.2f}")
    if not near.runner_up:
        other = Reason("không tên nào khác gần như vậy", "no other name comes near")
    score = Reason(f"; điểm {near.score:.2f}, {other.vi}", f"; score {near.score:.2f}, {other.en}")
    return Reason(
        ", ".join(DIFFERENCES[what].vi for what in near.differences) + score.vi,
        ", ".join(DIFFERENCES[what].en for what in near.differences) + score.en,
    )


def _members(form: str) -> Reason:
    if form == "open-group":
        return Reason("; nhóm mở, không liệt kê được thành viên", "; an open group, whose members cannot be listed")
    return Reason("", "")
