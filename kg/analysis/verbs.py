"""What is done, by the verbs that a task or duty opens with: who oversees a work does not do the same as who carries it out.

Read are only the verbs at the head: "Theo dõi, đôn đốc các sở thực hiện" oversees, whatever is carried out further on.
"""

from __future__ import annotations

import re

from kg.normalise import fold

_KINDS = {
    "oversee": "theo doi|don doc|kiem tra|giam sat|thanh tra|tong hop",
    "comment": "gop y kien|gop y|cho y kien|tham gia y kien|lay y kien|tham dinh",
    "guide": "huong dan",
    "study": "nghien cuu|thi diem|thu nghiem|khao sat",
    "carry-out": "trien khai|thuc hien|thi hanh|ap dung|ung dung|van hanh|hoan thanh|di doi|thu gom|xu ly",
    "make": (
        "xay dung|ban hanh|bien soan|sua doi|bo sung|ra soat|hoan thien|kien toan|de xuat|kien nghi|phat trien|lap dat|dau tu|nang cap|mo rong"
        "|hinh thanh|thiet ke|thiet lap|thanh lap|so ket|tong ket|danh gia|trong rung"
    ),
    "promote": (
        "thuc day|khuyen khich|ho tro|pho bien|nhan rong|tuyen truyen|truyen thong|quang ba|thu hut|van dong|huy dong|dao tao|boi duong|tap huan"
        "|cap tin dung|chi dao"
    ),
}  # fmt: skip
_KIND = {verb: kind for kind, verbs in _KINDS.items() for verb in verbs.split("|")}
_VERB = "|".join(sorted(_KIND, key=lambda verb: (-len(verb), verb)))
_LEADING = r"(?:\s*(?:(?:to chuc|tiep tuc|chu dong|tang cuong|day manh|cong tac|viec|tham gia|nang cao|kip thoi)\s+)*)"
_FIRST = re.compile(rf"{_LEADING}\b({_VERB})\b")
# A second verb needs a joint: in "hướng dẫn áp dụng", "thí điểm áp dụng" what follows is what is guided or tried.
_NEXT = re.compile(rf"\s*(?:[,;/]|\b(?:va|hoac)\b)(?:\s*\b(?:va|hoac)\b)?{_LEADING}\b({_VERB})\b")
# What may stand before the head: a lead's name with its charge, the ground, whom the lead helps, with whom it works.
_CHARGED = re.compile(r"^.{0,250}?\b(?:(?:chiu |co )?trach nhiem|khan truong)(?:\s+chinh)?(?:\s+trong)?(?:\s+viec)?[\s:,]+")
_HELPING = re.compile(r"^\s*(?:(?:chu tri|chu dong|tham muu|giup|trinh)[\s,]+(?:cho\s+)?)+(?:(?:thu tuong chinh phu|chinh phu|(?:chu tich )?(?:uy ban nhan dan|ubnd)(?: (?:tinh|thanh pho|cap tinh))?)[\s,]+)?")
_TOPIC = re.compile(r"^\s*(?:ve|doi voi|rieng|lien quan den)\s[^,;.:]{3,80}[,:]\s*")
_GUIDES_BODIES = re.compile(rf"^{_LEADING}huong dan\s+(?:cho\s+)?(?:cac\s+)?(?:bo|so|ban|nganh|co quan|don vi|dia phuong|uy ban nhan dan|ubnd)\b")
_WITH = re.compile(r"^\s*(?:chu tri[\s,]+)?phoi hop\b[^;.]*?(?=\b(?:" + _VERB + r")\b)")

APART = frozenset({"oversee", "comment"})
"""What is done about another's work: beside its doing it is a division of labour, no overlap."""


STEPS = frozenset({"guide", "study"})
"""What goes before the doing."""


def head_verbs(text: str) -> frozenset[str]:
    """Give the folded verbs at the head; empty where it opens with none ("Nghị định quy định về điều kiện kinh doanh").

    >>> sorted(head_verbs("Nghiên cứu, thí điểm áp dụng giải pháp kinh tế tuần hoàn"))
    ['nghien cuu', 'thi diem']
    >>> sorted(head_verbs("Về cơ sở dữ liệu đất đai, chủ trì, phối hợp với Bộ Công an rà soát, làm sạch dữ liệu"))
    ['ra soat']
    >>> sorted(head_verbs("Bộ CHQS tỉnh có trách nhiệm tham mưu Ủy ban nhân dân tỉnh theo dõi, đôn đốc các sở thực hiện"))
    ['don doc', 'theo doi']
    """
    rest = " ".join(fold(text).split())
    for skip in (None, _TOPIC, _HELPING, _WITH, _CHARGED, _HELPING):
        if skip is not None:
            rest = skip.sub("", rest, count=1)
        verbs = _read(rest)
        if verbs:
            return verbs
    return frozenset()


def _read(folded: str) -> frozenset[str]:
    found: set[str] = set()
    match = _FIRST.match(folded)
    while match:
        found.add(match[1])
        match = _NEXT.match(folded, match.end())
    return frozenset(found)


def verb_kinds(verbs: frozenset[str]) -> frozenset[str]:
    """Give the kinds of act of folded verbs: oversee, comment, guide, study, carry-out, make, promote.

    >>> sorted(verb_kinds(frozenset({"theo doi", "don doc", "trien khai"})))
    ['carry-out', 'oversee']
    """
    return frozenset(_KIND[verb] for verb in verbs)


def verbs_differ(first: frozenset[str], second: frozenset[str]) -> bool:
    """Tell whether both are known and have no verb in common."""
    return bool(first and second) and not first & second


def are_divided(first: frozenset[str], second: frozenset[str]) -> bool:
    """Tell whether the one only oversees, or comments on, what the other does.

    >>> are_divided(frozenset({"theo doi"}), frozenset({"thuc hien"})), are_divided(frozenset({"ban hanh"}), frozenset({"thuc hien"}))
    (True, False)
    """
    return _one_is_only(APART, first, second)


def guides_bodies(text: str) -> bool:
    """Tell whether a text opens with guiding other bodies: what they do by that guidance is theirs, the guiding its own work.

    >>> guides_bodies("Hướng dẫn các bộ, ngành, địa phương rà soát nhu cầu"), guides_bodies("Hướng dẫn áp dụng mô hình khu công nghiệp sinh thái")
    (True, False)
    """
    return bool(_GUIDES_BODIES.match(" ".join(fold(text).split())))


def are_steps(first: frozenset[str], second: frozenset[str]) -> bool:
    """Tell whether the one only guides or studies what the other does.

    >>> are_steps(frozenset({"nghien cuu", "thi diem"}), frozenset({"trien khai"}))
    True
    """
    return _one_is_only(STEPS, first, second)


def _one_is_only(kinds: frozenset[str], first: frozenset[str], second: frozenset[str]) -> bool:
    one, other = verb_kinds(first), verb_kinds(second)
    return bool(one and other) and not one & other and (one <= kinds or other <= kinds)
