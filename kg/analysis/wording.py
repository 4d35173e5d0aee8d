"""What a task is about, in comparable words: without cross-references, places, formulas and the plan's own theme.

Two tasks of one plan share much that says nothing of what is to be done: the annex they point at, the province, "theo quy
định của pháp luật", and the theme that every task of the plan repeats. It all goes before likeness is measured; what goes
is told, so that a reader can check it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.normalise import fold, key

_WORD = re.compile(r"[^\W_]+")
_JOINTS = re.compile(r"\s*§(?:[\s,]*§)*\s*")
_PIECES = re.compile(r"[;.§]")
_EDGES = "§ ,;.:-+"
_JOINT = "§"  # stands where words were taken out: no phrase reaches across

# All patterns read folded text (lower-case, no diacritics): scanned decisions lose tone marks.
_NUMBERED = r"(?:\s+so)?\s*[\d.]+\s*/[\w/-]+"
_DATED = r"(?:\s*,?\s*ngay\s+\d+(?:\s*/\s*\d+\s*/\s*\d+|\s+thang\s+\d+\s+nam\s+\d+))?"
_ISSUED = r"(?:\s*,?\s*cua\s+(?:thu tuong chinh phu|chinh phu|quoc hoi|bo truong|bo [\w ]{2,40}?|uy ban nhan dan(?: tinh| thanh pho)?|ubnd(?: tinh)?|chu tich uy ban nhan dan tinh|hoi dong nhan dan tinh|tinh uy)(?=[\s,.;:)]|$))?"
_ACT = r"(?:quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|ke hoach|luat|chuong trinh|van ban|cong van|ket luan)"
_ANNEX = r"(?:cac\s+)?phu luc(?:\s+(?:so\s+)?[\divxlhk]{1,4}\b)?"
_THIS = rf"(?:\s*,?\s*(?:duoc\s+)?(?:ban hanh\s+)?(?:dinh\s+)?kem(?:\s+theo)?(?:\s+{_ACT}(?:\s+hanh dong)?(?:\s+quoc gia)?(?:\s+nay|{_NUMBERED}{_DATED}{_ISSUED})?)?)?"
_AT = r"(?:(?:quy dinh|neu|xac dinh|phe duyet|ban hanh|duoc giao|duoc quy dinh|duoc neu)\s+)?(?:tai|theo|trong)\s+"
# "(thuộc) các ngành, lĩnh vực ưu tiên tại Phụ lục II": the class that the annex lists is part of the pointer.
_LISTED = r"(?:\ue000?(?:cho|thuoc|doi voi|cua|trong|o)\s+)?(?:cac|nhung|danh muc)\s+(?:[\w,]+\s+){1,7}?"
_PLACE_NAME = r"(?:\([\divxlc.a-h]{1,5}\)|(?:[\d.]+|[ivxlc]+|[a-h])(?!\w))"
_PLACES = rf"{_PLACE_NAME}(?:[\s,;]*(?:va\s+)?(?:(?:cac\s+)?(?:muc|diem|khoan|dieu|chuong|phan)\s+)?{_PLACE_NAME})*(?:\s+va\s+phu luc)?"
_LAW = r"(?:cua\s+)?(?:bo\s+)?luat\s+(?:\w+\s+){0,9}?\w+(?=\s+va\b|\s*[,;.]|$)"  # "Điều 59 Luật Ban hành văn bản quy phạm pháp luật"
_POINTER = rf"{_AT}(?:{_ANNEX}{_THIS}|(?:cac\s+)?(?:muc|diem|khoan|dieu|chuong|phan)\s+{_PLACES}(?:\s*,?\s*(?:cua\s+)?{_ACT}{_NUMBERED}{_DATED}{_ISSUED}|\s+{_LAW})?(?:\s+va\s+{_ACT}{_NUMBERED}{_DATED}{_ISSUED}(?:\s+ve\s+[^,;.]{{5,150}})?)?|{_ACT}{_NUMBERED}{_DATED}{_ISSUED}|{_ACT}(?:\s+hanh dong)?(?:\s+quoc gia)?\s+nay\b)"
REFERENCE = re.compile(rf"(?:{_LISTED})?{_POINTER}|{_ACT}{_NUMBERED}{_DATED}{_ISSUED}|\({_ANNEX}[^)]*\)")
"""A pointer to another text: "tại Phụ lục II ban hành kèm theo Kế hoạch hành động này". Must not match "theo quy trình"."""

FORMULA = re.compile(
    r"\btheo (?:quy dinh|dung quy dinh)(?: cua phap luat)?(?: hien hanh)?\b"
    r"|\b(?:phu hop voi|theo|can cu|va|trong pham vi)(?: theo)?(?:,? (?:chuc nang|nhiem vu|quyen han|nganh|linh vuc|dia ban)){1,6}(?:(?: nha nuoc)? quan ly| duoc giao)*\b(?<!va nganh)(?<!va linh vuc)(?<!va nhiem vu)"
    r"|\b(?:chu tri,? ?)?phoi hop(?: chat che)? voi cac (?:so,? (?:ban,? )?nganh|bo,? nganh|co quan|don vi)[^;.]{0,60}?co lien quan\b"
    r"|\btrong qua trinh (?:to chuc )?(?:trien khai )?thuc hien\b"
    r"|\bgiai doan \d{4}\s*-\s*\d{4}\b|\bden nam \d{4}\b|\btam nhin(?: den)?(?: nam)? \d{4}\b|\bnam \d{4}\b"
)
"""Words of every office letter: "theo quy định của pháp luật", "giai đoạn 2026-2030"."""

OWN_TASKS = re.compile(
    r"\b(?:(?:to chuc|chu tri|chu dong|tham gia|ho tro|hoac|nghien cuu|xem xet|phe duyet|trien khai)[, ]+)*(?:thuc hien|trien khai) (?:co hieu qua )?(?:cac )?"
    r"(?:(?:chuong trinh|nhiem vu|giai phap|hoat dong|noi dung)[, ]+(?:va )?)+(?:duoc giao|(?:theo )?phan cong|quy dinh|lien quan|co lien quan|cua|tai|theo|trong|§)?(?=\W|$)"
)
"""A duty to do one's duties: "thực hiện các nhiệm vụ theo phân công tại Kế hoạch này". It has no content of its own."""

_CARRIED_OUT = r"(?:ke hoach|chuong trinh|quyet dinh|de an|nhiem vu duoc neu trong ke hoach|noi dung ke hoach)(?: hanh dong)?(?: quoc gia)?(?: nay)?"
_CARRIES_OUT = re.compile(
    r"(?:\b(?:chiu )?trach nhiem |^)(?:(?:chu tri|chu dong|tich cuc|phoi hop voi [^;.]*?|kip thoi)[, ]+)*"
    rf"(?:(?:to chuc|trien khai|thuc hien|xay dung ke hoach)[, ]+)+(?:co hieu qua )?(?:cac )?(?:noi dung )?{_CARRIED_OUT}\s*(?=$|[.,;]|dong bo|bao dam|dam bao|tai |theo |trong )"
)


@lru_cache(maxsize=65_536)
def carries_out_plan(text: str) -> bool:
    """Tell whether a text charges its lead with the plan as such; any two bodies of a plan have that in common.

    >>> carries_out_plan("Các sở, ban, ngành chịu trách nhiệm thực hiện Kế hoạch này.")
    True
    >>> carries_out_plan("Triển khai Kế hoạch phát triển thương mại điện tử")
    False
    """
    return bool(_CARRIES_OUT.search(" ".join(fold(text).split())))


_EMPTY = frozenset({
    "ban", "bao", "bo", "cac", "can", "cao", "cho", "chu", "chuc", "chuong", "co", "cu", "cua", "dan", "de", "dia",
    "don", "dong", "dung", "duoc", "giao", "han", "hanh", "hien", "hieu", "hoach", "hop", "huyen", "ke", "khai",
    "kip", "lien", "nang", "nay", "nganh", "nhan", "nhiem", "noi", "pho", "phoi", "phuong", "qua", "quan", "quyen",
    "so", "tai", "thanh", "theo", "thoi", "thuc", "tinh", "to", "tri", "trien", "trinh", "trong", "trung", "uong",
    "uy", "va", "ve", "vi", "voi", "vu", "xa", "xay",
})  # fmt: skip  # words that any plan has: alone they say nothing of a task
_ENOUGH = 3

PLACE = re.compile(
    r"\b(?:tren|trong|tai|o|thuoc) dia ban(?: (?:toan )?(?:tinh|thanh pho|huyen|xa|quan ly|quan|phuong))?\b"
    r"|\b(?:cua|trong|tren|tai) (?:toan )?tinh\b|\bo dia phuong\b|\bcap tinh\b"
)
"""The jurisdiction, which is the plan's in every task: "trên địa bàn tỉnh"."""

# A goal, and for whom: what a connective opens runs to the next connective or the end.
_MARK = "\ue000"  # set before a connective while it still has its tones: "đề", "chợ" fold to the same letters
_TO_MARK = re.compile(r"\b(?=(?:nhằm|để|góp phần|hướng tới|phục vụ|cho|đối với|theo hướng|đáp ứng|phù hợp với|gắn với|(?:bảo|đảm) (?:đảm|bảo|dam) (?:phù hợp|kế thừa|đồng bộ|thống nhất|tuân thủ))\b)")
_CONNECTIVE = re.compile(rf"{_MARK}(?:(?P<goal>nham|de|gop phan|huong toi|phuc vu)|(?P<whom>cho|doi voi)|(?P<manner>theo huong|dap ung|phu hop voi|gan voi|(?:bao|dam) (?:dam|bao) (?:phu hop|ke thua|dong bo|thong nhat|tuan thu)))\b")

_THEME_LENGTHS = range(3, 13)  # syllables: "kinh tế tuần hoàn" has 4; shorter ones are no theme
_THEME_SHARE = 0.3
_THEME_COUNT = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's words for comparison, folded: whole, and by field; "" for a field that it does not state.

    ``activity`` is what is done to what, ``goal`` what for, ``beneficiary`` for whom or to what; how it is done ("theo
    hướng", "đáp ứng") is in the whole alone. ``left_out`` are the stretches that were taken out as pointers, formulas, places
    or theme.
    """

    whole: str
    activity: str
    goal: str
    beneficiary: str
    left_out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it says too little to be compared: only words that any plan has, or a duty to do one's duties."""
        return says_nothing(self.whole)


def says_nothing(folded: str) -> bool:
    """Tell whether folded words have no content of their own.

    >>> says_nothing("to chuc thuc hien cac chuong trinh, nhiem vu theo phan cong"), says_nothing("trong rung ngap man")
    (True, False)
    """
    return len(set(_WORD.findall(OWN_TASKS.sub(" ", folded))) - _EMPTY) < _ENOUGH


def syllables(text: str) -> list[str]:
    """Give the folded syllables and numbers, in order.

    >>> syllables("Thúc đẩy mua sắm công xanh;")
    ['thuc', 'day', 'mua', 'sam', 'cong', 'xanh']
    """
    return _WORD.findall(fold(text))


def find_themes(texts: Iterable[str]) -> tuple[str, ...]:
    """Find the phrases that a plan's tasks repeat: of 3 to 12 syllables, in at least 3 of 10 texts and in 5.

    Reads: the texts of one document. Gives: folded phrases, longest first, none inside another of about the same frequency.

    >>> find_themes(["Áp dụng kinh tế tuần hoàn", "Phổ biến kinh tế tuần hoàn", "Mô hình kinh tế tuần hoàn",
    ...              "Chính sách về kinh tế tuần hoàn", "Tín dụng cho kinh tế tuần hoàn", "Trồng rừng"])
    ('kinh te tuan hoan',)
    """
    return themes_of([strip_pointers(text)[0] for text in texts])


def themes_of(stripped: Sequence[str]) -> tuple[str, ...]:
    """Find the themes in texts that ``strip_pointers`` gave."""
    needed = max(_THEME_COUNT, _THEME_SHARE * len(stripped))
    frequent: dict[str, int] = {}
    for length in _THEME_LENGTHS:  # a long phrase is no more frequent than its parts: stop where none is left
        counts: Counter[tuple[str, ...]] = Counter()
        for text in stripped:
            counts.update(set(runs(text, length)))
        found = {" ".join(run): count for run, count in counts.items() if count >= needed}
        if not found:
            break
        frequent.update(found)
    kept: dict[str, int] = {}
    for phrase in sorted(frequent, key=lambda phrase: (-len(phrase.split()), phrase)):
        inside = any(f" {phrase} " in f" {longer} " and count >= 0.8 * frequent[phrase] for longer, count in kept.items())
        if not inside:
            kept[phrase] = frequent[phrase]
    return tuple(kept)


def runs(text: str, length: int) -> list[tuple[str, ...]]:
    """Give the runs of that many syllables, none across a gap, a semicolon or a full stop.

    >>> runs("mua sam cong; tieu dung", 2)
    [('mua', 'sam'), ('sam', 'cong'), ('tieu', 'dung')]
    """
    found: list[tuple[str, ...]] = []
    for piece in _PIECES.split(text):
        words = _WORD.findall(piece)
        found.extend(zip(*(words[at:] for at in range(length)), strict=False))
    return found


def strip_pointers(text: str) -> tuple[str, tuple[str, ...]]:
    """Take cross-references, formulas and places out; give the folded rest and what went.

    >>> strip_pointers("Rà soát quy chuẩn cho các ngành, lĩnh vực ưu tiên tại Phụ lục II ban hành kèm theo Kế hoạch này")
    ('ra soat quy chuan §', ('cho cac nganh, linh vuc uu tien tai phu luc ii ban hanh kem theo ke hoach nay',))
    """
    rest, gone = _strip(fold(text))
    return rest.replace(_MARK, ""), gone


def _strip(rest: str) -> tuple[str, tuple[str, ...]]:
    gone: list[str] = []

    def take_out(match: re.Match[str]) -> str:
        gone.append(match[0].replace(_MARK, "").strip())
        return f" {_JOINT} "

    for pattern in (REFERENCE, FORMULA, PLACE):
        rest = pattern.sub(take_out, rest)
    return _tidy(rest), tuple(gone)


@dataclass(frozen=True, slots=True)
class Stripped:
    """A text without pointers: its folded rest, in which marks tell where a goal or a beneficiary begins, and what went."""

    marked: str
    gone: tuple[str, ...]

    @property
    def text(self) -> str:
        """The rest without marks."""
        return self.marked.replace(_MARK, "")


def strip_text(text: str) -> Stripped:
    """Take the pointers out, once for all that is read from a text."""
    return Stripped(*_strip(fold(_TO_MARK.sub(_MARK, key(text)))))


def read_wording(text: str, themes: Sequence[str] = ()) -> Wording:
    """Read what a task or duty is about.

    Args:
        text: its name or sentence.
        themes: folded phrases of its plan's theme, from ``find_themes``.

    """
    return word_stripped(strip_text(text), themes)


def word_stripped(stripped: Stripped, themes: Sequence[str] = ()) -> Wording:
    """Read the wording of a text whose pointers are out."""
    rest, gone = stripped.marked, stripped.gone
    for theme in themes:
        pattern = _theme_pattern(theme)
        if theme.partition(" ")[0] in rest and pattern.search(rest):
            gone = (*gone, theme)
            rest = _tidy(pattern.sub(f" {_JOINT} ", rest))
    if rest is not stripped.marked and says_nothing(rest):  # "kế hoạch thực hiện (kinh tế tuần hoàn)": here the theme is the content
        rest, gone = stripped.marked, stripped.gone
    fields = {"activity": "", "goal": "", "whom": "", "manner": ""}
    name, at = "activity", 0
    for match in _CONNECTIVE.finditer(rest):
        fields[name] += f" {_JOINT} {rest[at : match.start()]}"
        name, at = match.lastgroup or "whom", match.end()
    fields[name] += f" {_JOINT} {rest[at:]}"
    rest, activity, goal, whom = (_tidy(each.replace(_MARK, "")).strip(_EDGES) for each in (rest, fields["activity"], fields["goal"], fields["whom"]))
    return Wording(rest, activity, goal, whom, gone)


@lru_cache(maxsize=1024)
def _theme_pattern(theme: str) -> re.Pattern[str]:
    return re.compile(r"\b" + r"[ ,-]+".join(map(re.escape, theme.split())) + r"\b")


def _tidy(text: str) -> str:
    if _JOINT in text:
        text = _JOINTS.sub(f" {_JOINT} ", text)
    return " ".join(text.split())
