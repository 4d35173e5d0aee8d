"""What a table's columns mean: known by what their header says, never by place.

Where the text lost a header cell, the column is known by what its cells look like; where it lost none, a header word
decides alone. Headers are compared without diacritics, because OCR misreads them most.
"""

from __future__ import annotations

import re
from typing import Literal

from kg.normalise import fold
from kg.reading.align import CODE, features
from kg.records import Table

Column = Literal["code", "name", "lead", "partner", "lead-partner", "time", "start", "end", "tick", "product", "objective", "funding", "group", "other"]
"""A "tick" column stands for one month, quarter or year: a mark in its cell says that the task is due then."""

# the first rule that matches decides; words without diacritics
_RULES: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("code", re.compile(r"^\W*(?:s\W*)?t\W*t\W*$|^so (?:tt|thu tu)$|^(?:so )?thu tu$|^ma(?: so)?(?: nhiem vu)?$|^no\W?$")),
    ("other", re.compile(r"van ban giao|can cu|ghi chu|tinh trang|tien do thuc hien$|don vi tinh|lanh dao|phu trach|nguoi |kho khan|danh gia")),
    ("group", re.compile(r"thuoc nhom|^nhom (?:nhiem vu|giai phap)")),
    ("lead-partner", re.compile(r"(?:chu tri|thuc hien).*phoi\s?hop|phoi\s?hop.*chu tri")),
    ("partner", re.compile(r"tham gia(?: (?:thuc hien|tham tra|soan thao))?$|phoi\s?hop|phdi hop|phoi\W+hop|^(?:co quan|don vi) ho tro$|(?:co quan|don vi|nganh|dia phuong)(?: co)? lien quan$|^(?:(?:co quan|don vi)[^|]* )?cung (?:tham gia |thuc hien)|^(?:cq|dv)ph$")),
    ("lead", re.compile(
        r"chu tri|chu tr1|(?:co quan|don vi|to chuc|bo phan)[^|]*(?:thuc hien|tham muu|xay dung|phu trach|chiu trach nhiem|dau moi|soan thao)"
        r"|phan cong|trach nhiem|^(?:co quan|don vi)(?:\W+(?:co quan|don vi))?$|^dau moi|co quan, don vi$|^don vi$|(?:co quan|don vi)[^|]*(?:giao|trien khai|theo doi|trinh)$")),
    ("funding", re.compile(r"kinh phi|nguon luc|nguon von|ngan sach|du toan|nguon kinh|nhu cau von|tong muc|^von\b")),
    ("time", re.compile(r"bat dau.*ket thuc")),
    ("start", re.compile(r"bat dau|khoi cong|tu nam$")),
    ("end", re.compile(r"ket thuc|den nam$")),
    ("time", re.compile(r"thoi gian|thoi han|^tg\b|^hoan thanh(?: truoc| trong)?$|^nam$|giai doan|lo trinh|thoi diem|^tien do|^han\b|han hoan thanh|^du kien (?:thoi gian|hoan thanh)|^tght$|^lich\b|cham nhat|^truoc (?:ngay|thang)|^moc\b|(?:nam|thang|ngay|quy) (?:thuc hien|hoan thanh)|ky han")),
    ("product", re.compile(r"san pham|^sp$|ket qua|dau ra|chi tieu dat|hinh thuc van ban|minh chung|pham van ban")),
    ("objective", re.compile(r"muc tieu|muc dich|yeu cau")),
    ("name", re.compile(r"nhiem vu|noi dung|hoat dong|cong viec|giai phap|de an|du an|chuong trinh|chi tieu|^hanh dong\b|viec can lam|^(?:dau|cac) viec|^ten\b|danh muc|nhi\W+hoat dong|ten van ban")),
)
_CLOSE_RULES = tuple((column, re.compile(pattern.pattern.replace(" ", " ?"))) for column, pattern in _RULES if column != "other")
"""The same for a text layer that lost spaces between words: "Thờigian thựchiện"."""
_STATE = re.compile(r"\W*(?:Đã|Đang|Chưa|Hiện|Có \d+|Bộ \S+ đã|Quá hạn|Trong hạn|Hoàn thành (?:quá|đúng|trước))\b")
_MAIN_NAME = re.compile(r"^ten|nhiem vu|hoat dong|cong viec")
_WHEN = re.compile(r"^\W*(?:tien do|ke hoach)(?: trien khai)? thuc hien")
_STEP = re.compile(r"(?:^|\s)(?:(?:tháng|quý|năm)\s*(?:\d{1,2}|I{1,3}|IV)(?:\s*[/-]\s*20\d\d)?|(?:năm\s*)?20\d\s?\d|T\d{1,2})\W*$", re.IGNORECASE)
"""A month, quarter or year that heads a column of marks: "Tháng 3", "Quý II", "2027", "T4"; "202 7" in a narrow one."""
TICK = re.compile(r"\W*(?:[xX]|✓|✔|√|[+*•])\W*$")


def read_columns(table: Table) -> tuple[Column, ...]:
    """Give each column's meaning; a table of no known header gives "other" throughout."""
    width = max([len(table.header), *[len(row.cells) for row in table.rows]], default=0)
    columns: list[Column] = []
    lost: list[int] = []
    for index in range(width):
        cell = table.header[index] if index < len(table.header) else None
        if cell is None or not cell.text:
            lost.append(index)
            columns.append("other")
        else:
            columns.append(_name_column(cell.text))
    if lost:
        _guess(table, columns, lost)
    _settle_ticks(table, columns)
    _settle_states(table, columns)
    _settle_times(table, columns)
    _settle_names(table, columns)
    _settle_leads(table, columns)
    _settle_lead(table, columns)
    return tuple(columns)


def _name_column(text: str) -> Column:
    header = re.sub(r"[\d\[\]()¹²³⁴⁵⁶⁷⁸⁹!*]+", " ", fold(text)).strip()
    header = re.sub(r"\s+", " ", header)
    for rules in (_RULES, _CLOSE_RULES):
        for column, pattern in rules:
            if pattern.search(header):
                return column
    return "other"


def _settle_names(table: Table, columns: list[Column]) -> None:
    """One column names the task. Where several could, the one that says "tên" or "nhiệm vụ" does; others are left."""
    names = [index for index, column in enumerate(columns) if column == "name"]
    if len(names) > 1:
        best = max(names, key=lambda index: (bool(_MAIN_NAME.search(fold(_header(table, index)))), -index))
        for index in names:
            if index != best:
                columns[index] = "other"
    elif not names and (long := _longest(table, columns)) is not None:
        columns[long] = "name"
    elif not names:
        for wanted in ("group", "objective", "product"):
            if wanted in columns:
                columns[columns.index(wanted)] = "name"
                return


def _longest(table: Table, columns: list[Column]) -> int | None:
    """The column of an unknown name that stands first, but for codes, and says more than any other: "Hạng mục", "Vấn đề"."""
    first = next((index for index, column in enumerate(columns) if column != "code"), None)
    if first is None or columns[first] != "other" or not _header(table, first):
        return None
    letters = [sum(map(len, _texts(table, index))) for index in range(len(columns))]
    named = sum(features(text)[1] for text in _texts(table, first)) > len(_texts(table, first)) * 0.4
    return first if letters[first] == max(letters) and not named else None


def _settle_ticks(table: Table, columns: list[Column]) -> None:
    """Columns headed by months, quarters or years and filled with marks; figures below such a header are something else."""
    steps = [index for index in range(len(columns)) if columns[index] in ("other", "time") and _STEP.search(_header(table, index))]
    texts = [text for index in steps for text in _texts(table, index)]
    if len(steps) > 1 and texts and all(TICK.match(text) for text in texts):
        for index in steps:
            columns[index] = "tick"


def _settle_states(table: Table, columns: list[Column]) -> None:
    """A results column that reports what was done ("Đã hoàn thành") is no product, and its "Tiến độ" no time."""
    for index, column in enumerate(columns):
        if column in ("product", "time", "lead") and index < len(table.header):
            texts = _texts(table, index)
            if texts and sum(bool(_STATE.match(text)) for text in texts) > len(texts) * 0.4:
                columns[index] = "other"
            elif column == "lead" and fold(_header(table, index)).strip() == "don vi" and sum(len(t) < 12 for t in texts) > len(texts) * 0.6:
                columns[index] = "other"  # a unit of measure


def _settle_times(table: Table, columns: list[Column]) -> None:
    """Beside a beginning, the time is the end; where no header says when, one headed "Tiến độ thực hiện" or "Kế hoạch thực hiện" does if its cells are times."""
    if "start" in columns and "end" not in columns and columns.count("time") == 1:
        columns[columns.index("time")] = "end"
    if {"time", "start", "end", "tick"} & set(columns):
        return
    for index, column in enumerate(columns):
        texts = _texts(table, index)
        if column == "other" and _WHEN.search(fold(_header(table, index))) and sum(features(text)[2] for text in texts) > len(texts) * 0.6:
            columns[index] = "time"
            return


def _settle_leads(table: Table, columns: list[Column]) -> None:
    """Where one column of several says "chủ trì", it has the leads: "Cơ quan trình | Cơ quan chủ trì thẩm tra"."""
    leads = [index for index, column in enumerate(columns) if column == "lead"]
    said = [index for index in leads if "chu tri" in fold(_header(table, index))]
    if said:
        for index in leads:
            if index not in said:
                columns[index] = "other"


def _settle_lead(table: Table, columns: list[Column]) -> None:
    """Where no header says who leads, the first column whose cells name agencies does."""
    if "name" not in columns or {"lead", "lead-partner"} & set(columns):
        return
    for index, column in enumerate(columns):
        texts = _texts(table, index)
        if column == "other" and len(texts) > 1 and sum(features(text)[1] for text in texts) >= len(texts) * 0.6:
            columns[index] = "lead"
            return


def _texts(table: Table, index: int) -> list[str]:
    return [cell.text for row in table.rows if index < len(row.cells) and (cell := row.cells[index]) and cell.text]


def _header(table: Table, index: int) -> str:
    cell = table.header[index] if index < len(table.header) else None
    return cell.text if cell else ""


def _guess(table: Table, columns: list[Column], lost: list[int]) -> None:
    """Name the columns whose header the text lost, by their cells."""
    for index in lost:
        texts = _texts(table, index)
        if not texts:
            continue
        sums = [sum(column) / len(texts) for column in zip(*map(features, texts), strict=True)]
        code, agency, time, funds, length = sums
        guess: Column = "other"
        if code > 0.6 or (index == 0 and sum(bool(CODE.match(text)) for text in texts) > len(texts) * 0.5):
            guess = "code"
        elif agency > 0.6:
            guess = "lead" if not {"lead", "lead-partner"} & set(columns) else "partner"
        elif time > 0.6:
            guess = "time"
        elif funds > 0.6:
            guess = "funding"
        elif length > 0.3:
            guess = "name" if "name" not in columns else "product"
        if guess == "other" or guess not in columns:
            columns[index] = guess


def is_task_table(columns: tuple[Column, ...]) -> bool:
    """A table of tasks names what is to be done and who leads it."""
    return "name" in columns and bool({"lead", "lead-partner"} & set(columns))
