"""Wordings of a cell, made up to be hard: runs without separators, shared heads, brackets, persons, "hoặc", eras; their answers were written first.

``tests/data/wordings.csv``: a document (below), its date where another is meant, the cell, and whom it names, set apart by "; ":
a kind's slug, ``@province`` behind it where the body is another province's, ``=name`` for a name (alone: a body that the registry
lacks, or a group), ``?`` for one of several that "hoặc" leaves open. ``read`` is "no" for what is known to be read otherwise.

``tests/data/cells.csv`` is a later list of the same form, of cells as clerks write them; ``written`` tells before which rules a cell was written
("rules": before all that its own list led to; "first", "second": after the rules for the cells before it).
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.extraction.agencies import read_list
from kg.extraction.settling import read_context, settle
from kg.records import AgencyMention, Header, Passage, Run, Span
from kg.resolution.places import province_in
from kg.resolution.registry import load_registry

DOCUMENTS = {
    "hung-yen-2025-05": ("Ủy ban nhân dân tỉnh Hưng Yên", "Hưng Yên", "2025-05-12"),
    "hung-yen-2025-09": ("Ủy ban nhân dân tỉnh Hưng Yên", "Hưng Yên", "2025-09-10"),
    "lai-chau-2024": ("Ủy ban nhân dân tỉnh Lai Châu", "Lai Châu", "2024-03-10"),
    "so-cong-thuong": ("Sở Công Thương tỉnh Lai Châu", "Lai Châu", "2024-03-10"),
    "ben-tre-2007": ("Ủy ban nhân dân tỉnh Bến Tre", "Bến Tre", "2007-05-10"),
    "ha-noi-2025": ("Ủy ban nhân dân thành phố Hà Nội", "Hà Nội", "2025-05-12"),
    "thu-tuong": ("Thủ tướng Chính phủ", None, "2024-03-10"),
    "an-giang": ("Ủy ban nhân dân tỉnh An Giang", "An Giang", ""),
    "bac-giang": ("Ủy ban nhân dân tỉnh Bắc Giang", "Bắc Giang", ""),
    "can-tho": ("Ủy ban nhân dân thành phố Cần Thơ", "Cần Thơ", ""),
    "da-nang": ("Ủy ban nhân dân thành phố Đà Nẵng", "Đà Nẵng", ""),
    "dak-lak": ("Ủy ban nhân dân tỉnh Đắk Lắk", "Đắk Lắk", ""),
    "ho-chi-minh": ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "Hồ Chí Minh", ""),
    "khanh-hoa": ("Ủy ban nhân dân tỉnh Khánh Hòa", "Khánh Hòa", ""),
    "kien-giang": ("Ủy ban nhân dân tỉnh Kiên Giang", "Kiên Giang", ""),
    "nghe-an": ("Ủy ban nhân dân tỉnh Nghệ An", "Nghệ An", ""),
    "quang-ninh": ("Ủy ban nhân dân tỉnh Quảng Ninh", "Quảng Ninh", ""),
    "thanh-hoa": ("Ủy ban nhân dân tỉnh Thanh Hóa", "Thanh Hóa", ""),
    "thua-thien-hue": ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", "Thừa Thiên Huế", ""),
}
DATA = Path(__file__).parents[1] / "data"
ROWS = tuple(csv.DictReader((DATA / "wordings.csv").read_text("utf-8").splitlines()))
CELLS = tuple(csv.DictReader(io.StringIO((DATA / "cells.csv").read_text("utf-8"), newline="")))


def read(row: dict[str, str]) -> tuple[AgencyMention, ...]:
    text = row["text"]
    issuer, province, date = DOCUMENTS[row["document"]]
    header = Header(type=None, number=None, symbol=None, issuer=issuer, province=province, date=row["date"] or date, title=None, period=None, implements=())
    passage = Passage(text=text, spans=(Span(0, len(text)),), runs=(Run(0, 0, len(text)),))
    return settle(read_list(passage, whole=True).mentions, read_context("", header))


def is_answer(mention: AgencyMention, answer: str, home: str | None) -> bool:
    kind, _, name = answer.removesuffix("?").partition("=")
    kind, _, place = kind.partition("@")
    if mention.possible != answer.endswith("?") or (kind and mention.kind != kind):
        return False
    if name == "group":
        return mention.form != "body"
    if name and mention.name != name:
        return False
    named = province_in(mention.text, load_registry()) if mention.form == "body" and mention.method != "extended" else None
    if place:
        return named is not None and place in [unit.slug for unit in load_registry().provinces_named(named)]
    return named is None or home is None or load_registry().provinces_named(named) == load_registry().provinces_named(home)


@pytest.mark.parametrize("row", [*ROWS, *CELLS], ids=lambda row: f"{row['document']}: {row['text']}")
def test_whom_a_cell_names(row: dict[str, str]):
    answers, mentions = row["answer"].split("; "), read(row)
    right = len(answers) == len(mentions) and all(is_answer(*pair, DOCUMENTS[row["document"]][1]) for pair in zip(mentions, answers, strict=True))
    assert right == (row["read"] == "yes"), [(mention.name, mention.kind, mention.method) for mention in mentions]


def test_the_table_is_long_and_mostly_read():
    assert len(ROWS) > 200
    assert sum(row["read"] == "no" for row in ROWS) <= 4
    assert len(CELLS) > 350
    assert sum(row["read"] == "no" for row in CELLS) <= 13
