"""An answer in the reader's words: labels in Vietnamese or English, and words where a query gives codes."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.graph.namespaces import BASE
from kg.questions.records import Question, Text
from kg.resolution.as_of import show_month
from kg.store.formatting import plain_text
from kg.store.interface import Store
from kg.store.results import Result, Term

LANGUAGES = ("vi", "en")
_BOOLEAN = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
_NOT_STATED = Text("không nêu", "not stated")
_YES_NO = {"true": Text("có", "yes"), "false": Text("không", "no"), "1": Text("có", "yes"), "0": Text("không", "no")}

# What columns call by a code, by the key `words` of the column. Roles, statuses, rhythms and sources of funding are
# called as in the vocabulary, and "name" marks names that the vocabulary may have in English.
CODES: dict[str, dict[str, Text]] = {
    "form": {"body": Text("cơ quan", "body"), "group": Text("nhóm", "group"), "open-group": Text("nhóm mở", "open group")},
    "corpus": {"in-corpus": Text("có trong kho", "in the corpus"), "missing": Text("ngoài kho", "not in the corpus")},
    "comparator": {
        "=": Text("bằng", "equal to"), "<": Text("dưới", "below"), ">": Text("trên", "above"), "<=": Text("không quá", "at most"),
        ">=": Text("ít nhất", "at least"), "~": Text("khoảng", "about"), "reduce": Text("giảm", "reduce by"),
    },
    "change": {
        "kind": Text("loại cơ quan đổi", "type changed"), "office": Text("cơ quan khu vực đổi", "regional office changed"), "province": Text("tỉnh đổi", "province changed"),
        "kind, province": Text("loại cơ quan và tỉnh đổi", "type and province changed"), "unknown": Text("chưa rõ cơ quan kế thừa", "heir unknown"),
    },
    "work": {"task": Text("nhiệm vụ", "task"), "duty": Text("trách nhiệm", "duty")},
    "lacks": {
        "lead": Text("chủ trì", "lead"), "product": Text("sản phẩm", "product"), "time": Text("thời gian", "time"), "funding": Text("nguồn lực", "funding"),
    },
    "gap": {"table-only": Text("chỉ ở bảng nhiệm vụ", "in the table only"), "prose-only": Text("chỉ ở phần tổ chức thực hiện", "in the prose only")},
    "about": {"identity": Text("cơ quan nào", "which agency"), "assignment": Text("phân công", "assignment"), "finding": Text("điều cần xem lại", "finding"), "alignment": Text("đối chiếu", "alignment")},
    "answer": {
        "same": Text("đúng là một", "the same"), "not-same": Text("không phải một", "not the same"), "unsure": Text("chưa chắc", "unsure"), "withdrawn": Text("rút lại", "withdrawn"),
        "confirm": Text("xác nhận", "confirmed"), "reject": Text("bác bỏ", "rejected"), "proposed": Text("đề xuất", "proposed"), "confirmed": Text("xác nhận", "confirmed"),
        "rejected": Text("bác bỏ", "rejected"), "justified": Text("có lý do", "justified"),
    },
    "level": {"overlap": Text("chồng lấn", "overlap"), "duplicate": Text("trùng", "duplicate"), "similar": Text("gần giống", "similar")},
    "method": {"tfidf-words": Text("so từ", "by words"), "tfidf-characters": Text("so ký tự", "by characters")},
    "month": {"0": _NOT_STATED},
    "basis": {"stated": Text("văn bản nêu", "stated"), "inferred": Text("suy ra", "inferred")},
    "funding": {"other": Text("nguồn khác, như văn bản ghi", "other, as written"), "none": _NOT_STATED},
}  # fmt: skip
_SCHEMES = ("role", "status", "recurrence", "funding")
_DAY_OF_YEAR = re.compile(r"--(\d\d)-(\d\d)")
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
SIGNS = ("comparator", "deadline")
"""Columns whose codes a spreadsheet would spoil: "=", "--11-30"."""


def in_words(question: Question, answer: Result, store: Store, lang: str = "vi", *, signs_only: bool = False) -> Result:
    """Give the answer in the reader's words; what has none stays as it is.

    Args:
        question: what was asked; its columns say which cells are codes or names.
        answer: what ``run`` gave.
        store: where the labels are.
        lang: "vi" or "en". Names of single bodies, tasks and quotes stay as their documents have them.
        signs_only: leave names and codes, and say only what a spreadsheet would spoil.
    """
    if tuple(column.name for column in question.columns) != answer.columns:
        return answer if question.form != "ASK" else Result(answer.columns, tuple(tuple(_told_boolean(cell, lang) for cell in row) for row in answer.rows))
    kinds = [column.words if not signs_only or column.words in SIGNS else None for column in question.columns]
    names = english_names(store) if lang == "en" and "name" in kinds else {}
    concepts = _concepts(store, lang) if set(kinds) & set(_SCHEMES) else {}
    rows = tuple(
        tuple(_told(cell, kind, lang, names, concepts) if kind else cell if signs_only else _told_boolean(cell, lang) for cell, kind in zip(row, kinds, strict=True))
        for row in answer.rows
    )
    return Result(answer.columns, rows)


def code_words(store: Store) -> dict[str, dict[str, list[str]]]:
    """Give every code that a column may hold, by the column's ``words``, with its words in Vietnamese and English."""
    found = {kind: {code: [told.vi, told.en] for code, told in codes.items()} for kind, codes in CODES.items()}
    english = _concepts(store, "en")
    for concept, label in _concepts(store, "vi").items():
        kind, _, code = concept.partition("/")
        found.setdefault(kind, {}).setdefault(code, [label, english.get(concept, label)])
    return found


def english_names(store: Store) -> dict[str, str]:
    """Give the English name of each Vietnamese name that the vocabulary has in both languages."""
    query = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?vi ?en WHERE { ?concept skos:prefLabel ?vi , ?en . FILTER (LANG(?vi) = "vi" && LANG(?en) = "en") } ORDER BY ?vi DESC(?en)"""
    return {plain_text(vi): plain_text(en) for vi, en in store.select(query).rows}


def _concepts(store: Store, lang: str) -> dict[str, str]:
    schemes = "|".join(_SCHEMES)
    query = f"""PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    SELECT ?concept ?label WHERE {{ ?concept skos:prefLabel ?label . FILTER (LANG(?label) = "{'en' if lang == 'en' else 'vi'}" && REGEX(STR(?concept), "^{BASE}({schemes})/")) }} ORDER BY ?concept"""
    return {plain_text(concept).removeprefix(BASE): plain_text(label) for concept, label in store.select(query).rows}


def _told(cell: Term | None, kind: str, lang: str, names: Mapping[str, str], concepts: Mapping[str, str]) -> Term | None:
    if not isinstance(cell, ox.Literal):
        return cell
    said = "; ".join(_word(piece, kind, lang, names, concepts) for piece in cell.value.split("; "))
    return cell if said == cell.value else ox.Literal(said)


def _word(code: str, kind: str, lang: str, names: Mapping[str, str], concepts: Mapping[str, str]) -> str:
    if code == "không nêu / not stated":
        return _NOT_STATED.told(lang)
    if kind == "name":
        vi, slash, en = code.partition(" / ")
        return Text(vi, en).told(lang) if slash and en.isascii() else names.get(code, code)
    if kind == "deadline":
        return _told_deadline(code, lang)
    told = CODES.get(kind, {}).get(code)
    return told.told(lang) if told else concepts.get(f"{kind}/{code}", code)


def _told_deadline(code: str, lang: str) -> str:
    """Say a day: "ngày 30/11 hằng năm" for "--11-30", "ngày 15/6/2026" for "2026-06-15"; else as it is."""
    yearly, day = _DAY_OF_YEAR.fullmatch(code), _DAY.fullmatch(code)
    written = yearly[1] if yearly else day[2] if day else "00"
    month, shown = int(written), show_month(written)
    if not 1 <= month <= len(_MONTHS):
        return code
    if yearly:
        return Text(f"ngày {yearly[2]}/{shown} hằng năm", f"{int(yearly[2])} {_MONTHS[month - 1]}, every year").told(lang)
    assert day is not None  # noqa: S101  a month was found in one of the two
    if day[3] is None:
        return Text(f"tháng {shown}/{day[1]}", f"{_MONTHS[month - 1]} {day[1]}").told(lang)
    return Text(f"ngày {day[3]}/{shown}/{day[1]}", f"{int(day[3])} {_MONTHS[month - 1]} {day[1]}").told(lang)


def _told_boolean(cell: Term | None, lang: str) -> Term | None:
    if isinstance(cell, ox.Literal) and cell.datatype == _BOOLEAN and cell.value in _YES_NO:
        return ox.Literal(_YES_NO[cell.value].told(lang))
    return cell
