"""Files of one document are one document; plans that carry out one decision stay apart."""

from __future__ import annotations

import itertools
import json
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from kg.building.pipeline import build
from kg.building.sketches import containment, resemblance, sketch
from kg.building.works import INSIDE, LIKE, Work, describe_work, group_works, is_same_work
from kg.extraction import extract
from kg.reading import read, read_bytes
from tests.reading.plan_forms import as_docx, as_html

CORPUS = Path(__file__).parents[1] / "corpus"
PLANS = sorted(CORPUS.glob("*.txt"))


def forms(path: Path) -> dict[str, bytes]:
    document = read(path)
    return {".txt": path.read_bytes(), ".docx": as_docx(document), ".html": as_html(document, portal=True)}


@pytest.fixture(scope="module")
def works() -> dict[tuple[str, str], Work]:
    return {
        (path.name[:3], suffix): describe_work(extract(read_bytes(data, f"plan{suffix}")))
        for path in PLANS
        for suffix, data in forms(path).items()
    }


def test_renderings_are_told_from_other_plans(works: dict[tuple[str, str], Work]) -> None:
    for (own, first), (other, second) in itertools.combinations(works.items(), 2):
        assert is_same_work(first, second) == (own[0] == other[0]), (own, other)
        alike = resemblance(first.sketch, second.sketch)
        assert alike > LIKE + 0.2 if own[0] == other[0] else alike < LIKE - 0.2


def test_plans_that_carry_out_one_decision_are_not_like_enough_by_words_alone(works: dict[tuple[str, str], Work]) -> None:
    bare = [replace(work, type="", number="", symbol="", issuer="", province="", period="", title="", date="") for (_, form), work in works.items() if form == ".docx"]
    assert not any(is_same_work(first, second) for first, second in itertools.combinations(bare, 2))


PLAN = Work(type="kế hoạch", number="", symbol="kh-ubnd", issuer="ủy ban nhân dân tỉnh", province="lai châu", period="2025-2035",
            title="thực hiện kinh tế tuần hoàn đến năm 2035", date="2025", format="text", sketch=tuple(range(0, 1600, 16)))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"format": "pdf"}, True),
        ({"number": "12/kh-ubnd"}, True),
        ({"date": "2025-02-03"}, True),
        ({"title": ""}, True),
        ({"sketch": PLAN.sketch[:95]}, True),
        ({"sketch": PLAN.sketch[:60]}, True),  # cut short: all of it is in the other
        ({"title": "thực hiện kinh tế tuần hoàn đến năm 2030"}, False),
        ({"title": "phòng chống ma túy trên địa bàn thành phố"}, False),
        ({"province": "cần thơ"}, False),
        ({"type": "quyết định"}, False),
        ({"period": "2026-2030"}, False),
        ({"date": "2024"}, False),
        ({"issuer": "ủy ban nhân dân xã mường so"}, False),
        ({"sketch": tuple(range(8, 1608, 16))}, False),
        ({"sketch": PLAN.sketch[:30]}, False),  # a part quoted in another
        ({"sketch": PLAN.sketch[:8]}, False),  # too few words to tell
    ],
)
def test_what_makes_two_files_one_document(change: dict[str, object], same: bool) -> None:
    other = replace(PLAN, **change)  # type: ignore[arg-type]
    assert is_same_work(PLAN, other) is is_same_work(other, PLAN) is same


def test_two_numbers_are_two_documents() -> None:
    assert not is_same_work(replace(PLAN, number="12/kh-ubnd"), replace(PLAN, number="13/kh-ubnd"))


def test_the_best_format_is_preferred_whatever_the_order() -> None:
    files = [("b.pdf", "pdf"), ("a.txt", "text"), ("c.docx", "docx"), ("d.html", "html"), ("e.docx", "docx")]
    for order in itertools.permutations(files, len(files)):
        rows = [(name, f"address-{name}", f"hash-{name}", replace(PLAN, format=form)) for name, form in order]
        (group,) = group_works(rows)
        assert [rows[at][0] for at in group] == ["c.docx", "e.docx", "d.html", "a.txt", "b.pdf"]


def test_a_whole_file_is_preferred_to_one_cut_short() -> None:
    rows = [
        ("a.docx", "1", "x", replace(PLAN, format="docx", sketch=PLAN.sketch[:60])),
        ("b.pdf", "2", "y", replace(PLAN, format="pdf")),
    ]
    assert [rows[at][0] for at in group_works(rows)[0]] == ["b.pdf", "a.docx"]


def test_likeness_is_of_sets() -> None:
    assert resemblance((), ()) == containment((), (1,)) == 0.0
    assert resemblance((1, 2, 3), (2, 3, 4)) == 0.5
    assert containment((1, 2), (1, 2, 3, 4)) == 1.0
    assert INSIDE > LIKE


def test_the_sketch_does_not_depend_on_the_format() -> None:
    plan = read(PLANS[2])
    own = sketch(plan)
    assert resemblance(own, sketch(read_bytes(as_docx(plan), "plan.docx"))) > 0.97
    assert len(own) > 60


def test_a_plan_in_three_formats_gives_its_tasks_once(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for suffix, data in forms(PLANS[2]).items():
        (folder / f"kế hoạch{suffix}").write_bytes(data)
    shutil.copyfile(PLANS[4], folder / "khác.txt")
    alone = build([folder / "kế hoạch.docx", folder / "khác.txt"], tmp_path / "alone")
    result = build([folder], tmp_path / "build")
    for count in ("documents", "tasks", "duties", "assignments"):
        assert result.counts[count] == alone.counts[count]
    assert result.counts["copies"] == 2
    assert result.counts["violations"] == 0
    codes = {(row[0], row[2]) for row in result.findings if row[0] != "khác.txt"}
    assert {("kế hoạch.docx", "several-files"), ("kế hoạch.html", "copy"), ("kế hoạch.txt", "same-work")} <= codes
    documents = pl.read_parquet(result.out / "tables" / "documents.parquet")["file"].to_list()
    assert set(documents) == {"kế hoạch.docx", "khác.txt"}
    stated = [line for line in (result.out / "graph.nq").read_text("utf-8").splitlines() if "otherFile" in line and "/inferred>" in line]
    assert len([line for line in stated if '"kế hoạch.html"' in line or '"kế hoạch.txt"' in line]) == 2
    report = {entry["file"]: entry for entry in json.loads((result.out / "report.json").read_text("utf-8"))["files"]}
    assert report["kế hoạch.docx"]["other_files"] == ["kế hoạch.html", "kế hoạch.txt"]
    assert report["kế hoạch.docx"]["format"] == "docx"
    assert build([folder], tmp_path / "again", jobs=2).counts == result.counts
