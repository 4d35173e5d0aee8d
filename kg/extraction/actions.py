"""The finer roles behind a duty: which verbs it uses, as concepts of the role scheme."""

from __future__ import annotations

import re

_ACTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lead", re.compile(r"\bchủ trì\b", re.IGNORECASE)),
    ("partner", re.compile(r"\bphối hợp\b", re.IGNORECASE)),
    ("focal-point", re.compile(r"\bđầu mối\b|\bthường trực\b", re.IGNORECASE)),
    ("advise", re.compile(r"\btham mưu\b", re.IGNORECASE)),
    ("guide", re.compile(r"\bhướng dẫn\b(?! số)", re.IGNORECASE)),
    ("monitor", re.compile(r"\btheo dõi\b|\bđôn đốc\b|\bkiểm tra\b", re.IGNORECASE)),
    ("aggregate-report", re.compile(r"\btổng hợp\b", re.IGNORECASE)),
    ("report", re.compile(r"\bbáo cáo\b", re.IGNORECASE)),
    ("appraise", re.compile(r"\bthẩm định\b", re.IGNORECASE)),
    ("budget", re.compile(r"\bbố trí (?:kinh phí|ngân sách|nguồn|vốn|dự toán)|\bcân đối\b|\blập dự toán\b", re.IGNORECASE)),
    ("oversight", re.compile(r"\bgiám sát\b|\bphản biện\b", re.IGNORECASE)),
)


def read_actions(text: str) -> tuple[str, ...]:
    """Role-scheme slugs of the verbs of a duty, in the order of the text.

    >>> read_actions("Theo dõi, đôn đốc; hằng năm tổng hợp, báo cáo UBND tỉnh")
    ('monitor', 'aggregate-report', 'report')
    """
    found = [(match.start(), slug) for slug, pattern in _ACTIONS if (match := pattern.search(text))]
    return tuple(slug for _, slug in sorted(found))
