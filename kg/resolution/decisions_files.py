"""Decisions on disk: ``decisions/*.csv``, one line an answer, read with every fault named and written one line at a time.

UTF-8 with or without byte order mark, commas or the semicolons of Excel; Vietnamese or English answers. See decisions/README.md.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.errors import VocabularyError
from kg.normalise import key
from kg.resolution.decisions import (
    ABOUT,
    ANSWERS,
    CENTRE,
    KIND,
    NAME,
    OBJECT_JOINT,
    WITHDRAWN,
    Decision,
    Decisions,
    fingerprint,
    make_decisions,
)
from kg.resolution.registry import Registry, load_registry

COLUMNS = ("when", "who", "about", "place", "document", "subject", "answer", "object", "quote", "fingerprint", "why")
FOLDER = "decisions"
_BASE = "https://w3id.org/mandategraph/"
_VIETNAMESE = {
    "là một": "same", "không phải": "not-same", "chưa rõ": "unsure", "rút lại": WITHDRAWN, "xác nhận": "confirm",
    "bác bỏ": "reject", "đề xuất": "proposed", "có lý do chính đáng": "justified",
}  # fmt: skip
_OF_FINDING = {"confirm": "confirmed", "reject": "rejected"}  # "xác nhận" is one word in Vietnamese
_ROLES = ("lead", "partner", "responsible")
# What spreadsheets take for a formula, as in the tables of a build. Source: OWASP, "CSV Injection".
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")


def read_decisions(folders: Iterable[Path], registry: Registry | None = None) -> Decisions:
    """Read every ``*.csv`` in folders.

    Raises:
        VocabularyError: a line is broken, unknown or contradicts another of the same time; the message says where and what to do.

    """
    registry = registry or load_registry()
    lines: list[Decision] = []
    for path in sorted({path.resolve() for folder in folders for path in folder.glob("*.csv") if not path.name.startswith(".")}):
        lines.extend(read_file(path, registry))
    _check_times(lines)
    return make_decisions(lines)


def read_file(path: Path, registry: Registry) -> list[Decision]:
    """Read one file, line by line; see ``read_decisions``."""
    text = _text(path)
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    rows = _rows(path, text, separator)
    number, header = next(rows, (1, []))
    _check_header(_Line(path, number), header)
    known: list[Decision] = []
    for at, row in rows:
        if any(cell.strip() for cell in row):
            known.append(_decision(_Line(path, at), header, row, registry))
    _check_twice(known)
    return known


def format_line(decision: Decision, header: str = ",".join(COLUMNS), separator: str = ",") -> str:
    """Give a decision as a line below a header, no cell of which a spreadsheet runs as a formula."""
    cells = {**{name: getattr(decision, name) for name in COLUMNS if name != "fingerprint"}, "fingerprint": fingerprint(decision.quote)}
    names = [name.strip().strip('"').lower() for name in header.split(separator)]
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerow(guard(" ".join(cells.get(name, "").split())) for name in names)
    return out.getvalue()


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, and before an apostrophe, so that ``unguard`` gives the text back.

    >>> guard("=1+1"), guard("Sở Y tế"), unguard(guard("'=1"))
    ("'=1+1", 'Sở Y tế', "'=1")
    """
    return "'" + text if text.lstrip(" ").startswith((*_FORMULA, "'")) else text


def unguard(cell: str) -> str:
    """Take the apostrophe of ``guard`` off."""
    rest = cell[1:]
    return rest if cell.startswith("'") and rest.lstrip(" ").startswith((*_FORMULA, "'")) else cell


@dataclass(frozen=True, slots=True)
class _Line:
    path: Path
    number: int

    def error(self, *, found: str, expected: str, remedy: str, vi: str) -> VocabularyError:
        place = f"{self.path.parent.name}/{self.path.name}:{self.number}"
        return VocabularyError(place, found=found, expected=expected, remedy=remedy, vi=vi)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _Line(path, 1).error(
            found=error.strerror or type(error).__name__, expected="a file that can be read", remedy="check the file and its permissions",
            vi="Không mở được tệp; hãy kiểm tra quyền đọc",
        ) from error  # fmt: skip
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Line(path, line).error(
            found=f"byte 0x{content[error.start]:02x}, which is no UTF-8", expected="UTF-8",
            remedy='save it again as "CSV UTF-8"', vi="Tệp không phải UTF-8; hãy lưu lại dạng “CSV UTF-8”",
        ) from error  # fmt: skip


def _rows(path: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _Line(path, number).error(
                found=f"broken CSV: {error}", expected="fields in matching quotes", remedy='close the quote; a quote inside a field is written ""',
                vi="Dòng CSV hỏng; hãy đóng dấu nháy, dấu nháy bên trong ô viết thành hai dấu",
            ) from error  # fmt: skip
        yield number, row
        number = reader.line_num + 1


def _check_header(line: _Line, header: list[str]) -> None:
    header[:] = [name.strip().lower() for name in header]
    while header and not header[-1]:
        header.pop()
    if sorted(header) != sorted(COLUMNS):
        missing = [name for name in COLUMNS if name not in header]
        unknown = [name for name in header if name not in COLUMNS]
        told = "; ".join(part for part in (f"missing {', '.join(missing)}" * bool(missing), f"unknown {', '.join(map(repr, unknown))}" * bool(unknown)) if part)
        raise line.error(
            found=told or f"a column twice: {','.join(header)}", expected=",".join(COLUMNS), remedy="copy this header into the first line",
            vi=f"Dòng đầu phải là: {','.join(COLUMNS)}",
        )  # fmt: skip


def _decision(line: _Line, header: Sequence[str], row: Sequence[str], registry: Registry) -> Decision:
    if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :]):
        raise line.error(
            found=f"{len(row)} columns", expected=f"{len(header)}", remedy="put cells that hold a comma into quotes, and leave no column out",
            vi=f"Dòng có {len(row)} cột, cần {len(header)}; ô có dấu phẩy phải đặt trong dấu nháy",
        )  # fmt: skip
    cells = {name: " ".join(unguard(cell.strip()).split()) for name, cell in zip(header, row, strict=False)}
    when = _when(line, cells["when"])
    about = _one_of(line, "about", cells["about"].lower(), ABOUT)
    answer = _answer(line, about, cells["answer"])
    if not cells["who"]:
        raise line.error(found="no name under who", expected="who decided", remedy="write a name", vi="Thiếu tên người quyết định (cột who)")
    stated = fingerprint(cells["quote"])
    if cells["fingerprint"] and cells["fingerprint"].lower() != stated:
        raise line.error(
            found=f"fingerprint {cells['fingerprint']!r}, and a quote with {stated or 'none'!r}", expected="the fingerprint of the quote",
            remedy="restore the quote as it was, or empty the fingerprint if you mean the new quote",
            vi="Câu trích (quote) đã bị sửa so với dấu vân (fingerprint); hãy khôi phục, hoặc xóa ô fingerprint nếu chủ ý",
        )  # fmt: skip
    decision = Decision(
        when=when, who=cells["who"], about=about, place=_PLACES[about](line, cells["place"], registry), document=_document(line, cells["document"]), subject=cells["subject"], answer=answer,
        object=cells["object"], quote=cells["quote"], why=cells["why"], file=f"{line.path.parent.name}/{line.path.name}", line=line.number,
    )  # fmt: skip
    return _checked(line, decision, registry)


def _when(line: _Line, text: str) -> str:
    try:
        if _TIME.fullmatch(text):
            datetime.fromisoformat(text).astimezone(UTC)
            return text.replace(" ", "T")
    except (ValueError, OverflowError):
        pass
    raise line.error(
        found=f"when {text!r}", expected="a date such as 2026-03-31, or a time such as 2026-03-31T14:05:00Z", remedy="write year-month-day",
        vi=f"Ngày {text!r} không hợp lệ; viết năm-tháng-ngày, ví dụ 2026-03-31",
    )  # fmt: skip


def _answer(line: _Line, about: str, text: str) -> str:
    plain = _VIETNAMESE.get(key(text), key(text).replace(" ", "-"))
    if about == "finding":
        plain = _OF_FINDING.get(plain, plain)
    return _one_of(line, "answer", plain, ANSWERS[about])


def _one_of(line: _Line, column: str, value: str, allowed: Sequence[str]) -> str:
    if value in allowed:
        return value
    raise line.error(
        found=f"{column} {value!r}", expected=" | ".join(allowed), remedy=f"write {nearest(value, allowed, limit=1)[0]!r} if that is meant",
        vi=f"Cột {column}: {value!r} không có trong: {', '.join(allowed)}",
    )  # fmt: skip


def _place(line: _Line, place: str, registry: Registry) -> str:
    place = place.removeprefix(f"{_BASE}vn/province/").removeprefix(f"{_BASE}vn/").strip("/")
    if place == CENTRE or place in registry.provinces or place.count("/") >= 2:
        return place
    named = registry.provinces_named(place)
    close = [unit.slug for unit in named] or nearest(place, registry.provinces)
    raise line.error(
        found=f"place {place!r}", expected=f'the slug of a province, "{CENTRE}", or the key of a document', remedy=f"nearest: {', '.join(close)}",
        vi=f"Cột place: không có nơi {place!r}; gần nhất: {', '.join(close)}",
    )  # fmt: skip


def _no_place(line: _Line, place: str, registry: Registry) -> str:
    del registry
    if place:
        raise line.error(
            found=f"place {place!r}", expected="an empty place: only an identity has one", remedy="empty the cell",
            vi="Cột place chỉ dùng cho identity; hãy để trống",
        )  # fmt: skip
    return ""


_PLACES = {about: _place if about == "identity" else _no_place for about in ABOUT}


def _document(line: _Line, document: str) -> str:
    path = document.removeprefix(f"{_BASE}vn/")
    if path and (path.count("/") < 2 or "://" in path):
        raise line.error(
            found=f"document {document!r}", expected="a document's key such as lai-chau/ke-hoach/2025/kinh-te-tuan-hoan",
            remedy="take it from review.csv", vi=f"Cột document: {document!r} không phải mã văn bản; lấy trong review.csv",
        )  # fmt: skip
    return path


def _checked(line: _Line, decision: Decision, registry: Registry) -> Decision:
    """Check what each kind of decision needs, and give it with its object in its proper form."""
    from dataclasses import replace

    needed: dict[str, tuple[str, ...]] = {
        "identity": ("subject", *(("object",) if decision.answer in ("same", "not-same") else ())),
        "assignment": ("document", "subject", "quote"),
        "finding": ("subject",),
        "alignment": ("document", "quote", "object"),
    }
    for column in needed[decision.about]:
        if not getattr(decision, column):
            raise line.error(
                found=f"nothing under {column}", expected=f"{column} for {decision.about} {decision.answer}", remedy=f"fill {column}, or use `mandategraph decide`",
                vi=f"Thiếu cột {column}; hãy điền, hoặc dùng lệnh `mandategraph decide`",
            )  # fmt: skip
    if decision.about == "identity" and decision.object:
        return replace(decision, object=_identity_object(line, decision.object, registry))
    if decision.about == "assignment":
        role, slash, name = decision.subject.partition("/")
        if not (slash and name):
            role = decision.subject
        return replace(decision, subject=f"{_one_of(line, 'subject (role/name)', role, _ROLES)}/{name}")
    if decision.about == "alignment" and OBJECT_JOINT not in decision.object:
        raise line.error(
            found=f"object {decision.object!r}", expected=f"document key{OBJECT_JOINT}the national task's words", remedy="use `mandategraph decide`",
            vi="Cột object phải là: mã văn bản | tên nhiệm vụ quốc gia",
        )  # fmt: skip
    return decision


def _identity_object(line: _Line, text: str, registry: Registry) -> str:
    found = find_kind(text, registry)
    if found is not None:
        return KIND + found
    if text.startswith(NAME) and text != NAME:
        return text
    close = nearest_kinds(text, registry)
    raise line.error(
        found=f"object {text!r}", expected=f'a kind of the registry, or "{NAME}" and the name of a body', remedy=f"nearest: {', '.join(close)}",
        vi=f"Cột object: danh mục không có {text!r}; gần nhất: {', '.join(close)}",
    )  # fmt: skip


def find_kind(text: str, registry: Registry) -> str | None:
    """Give the registry slug of a kind named by slug, address or label; ``None`` where there is none.

    >>> find_kind("https://w3id.org/mandategraph/kind/so-cong-thuong", load_registry()), find_kind("Sở  công thương", load_registry())
    ('so-cong-thuong', 'so-cong-thuong')
    """
    slug = text.removeprefix(_BASE).removeprefix(KIND)
    if slug in registry.kinds:
        return slug
    kind = None if text.startswith(NAME) else registry.kind_named(slug)
    return kind.slug if kind else None


def nearest_kinds(text: str, registry: Registry) -> list[str]:
    """Give the slugs of the three kinds whose slug or name is nearest."""
    names: Mapping[str, str] = {each: kind.slug for kind in registry.kinds.values() for each in (kind.slug, key(kind.name))}
    return list(dict.fromkeys(names[each] for each in nearest(key(text.removeprefix(_BASE).removeprefix(KIND).removeprefix(NAME)), names, limit=6)))[:3]


def nearest(text: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Give the known words nearest to a text, best first; in alphabetical order where they are equally near."""
    from rapidfuzz import process

    return [word for word, *_ in process.extract(text, sorted(known), limit=limit)]


def _check_twice(lines: Iterable[Decision]) -> None:
    """Refuse a line that stands twice in one file."""
    seen: dict[Decision, int] = {}
    for each in lines:
        former = seen.setdefault(each, each.line)
        if former != each.line:
            raise _error_at(
                each, found=f"the same line as {former}", expected="each decision once", remedy="remove one of the two",
                vi=f"Dòng này trùng dòng {former}; hãy bỏ một dòng",
            )  # fmt: skip


def _check_times(lines: Sequence[Decision]) -> None:
    """Refuse two answers to one question at one time, and a withdrawal of what was not decided before it."""
    answers: dict[tuple[object, ...], Decision] = {}
    decided: dict[tuple[str, ...], list[Decision]] = {}
    for each in sorted(lines, key=lambda each: (each.file, each.line)):
        decided.setdefault(each.key, []).append(each)
        slots = [(each.moment, each.key)]
        if each.about == "identity" and each.answer == "same":
            slots.append((each.moment, ("same", *each.key[:3])))
        for slot in slots:
            former = answers.setdefault(slot, each)
            if former != each and (former.answer != each.answer or former.object != each.object):
                raise _error_at(
                    each, found=f"{each.answer} {each.object}".strip() + f" at the time of {former.file}:{former.line} ({former.answer} {former.object}".rstrip() + ")",
                    expected="one answer at a time", remedy="give the later one a later time (2026-03-31T14:05:00Z), or remove one",
                    vi=f"Hai câu trả lời trái nhau cùng thời điểm (dòng kia: {former.file}:{former.line}); hãy ghi giờ cho câu sau, hoặc bỏ một",
                )  # fmt: skip
    for each in lines:
        if each.answer == WITHDRAWN and not any(other.moment < each.moment and other.answer != WITHDRAWN for other in decided[each.key]):
            raise _error_at(
                each, found="a withdrawal with nothing before it", expected="an earlier decision on the same subject",
                remedy="give the withdrawal the subject of the decision and a later time; `mandategraph decide --undo ID` does so",
                vi="Dòng rút lại không có quyết định nào trước nó; dùng `mandategraph decide --undo MÃ`",
            )  # fmt: skip


def _error_at(decision: Decision, *, found: str, expected: str, remedy: str, vi: str) -> VocabularyError:
    return VocabularyError(f"{decision.file}:{decision.line}", found=found, expected=expected, remedy=remedy, vi=vi)
