"""A plan and its annexes that are files of their own are one document; what cannot be decided is an error that names both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest

from kg.building.annexes import annex_numbers, is_attached
from kg.building.pipeline import BuildResult, build
from kg.questions import run
from kg.reading import read, read_bytes
from kg.reading.joined import join_documents
from kg.records import Block, Document
from kg.store import Result
from kg.store.embedded import open_store
from tests.reading.plan_forms import as_docx

CORPUS = Path(__file__).parents[1] / "corpus"
LAI_CHAU = sorted(CORPUS.glob("*.txt"))[1]
COUNTS = ("documents", "tasks", "duties", "assignments", "sectors", "citations", "reporting", "targets")


def numbered() -> str:
    """Lai Châu's plan with a number where its own is left blank."""
    text = LAI_CHAU.read_text("utf-8")
    return text.replace("Số: /KH-UBND", "Số: 556/KH-UBND").replace("Số:      /KH-UBND", "Số: 556/KH-UBND").replace("Kế hoạch số: /KH-UBND ngày tháng năm 2025", "Kế hoạch số: 556/KH-UBND ngày 17 tháng 02 năm 2025")


def parts() -> tuple[str, str, str]:
    text = numbered()
    first, second = text.index("\nPhụ lục I\n") + 1, text.index("\nPhụ lục II\n") + 1
    return text[:first], text[first:second], text[second:]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "plans").mkdir()
    (folder / "plans" / "ke-hoach.txt").write_text(numbered(), "utf-8")
    return build([folder / "plans"], folder / "build", jobs=0)


def write(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.txt").write_text(text, "utf-8")
    return folder


def codes(result: BuildResult) -> set[tuple[str, str]]:
    return {(str(row[0]), str(row[2])) for row in result.findings}


def test_the_parts_say_what_they_are() -> None:
    plan, first, second = (read_bytes(text.encode(), "a.txt") for text in parts())
    assert [is_attached(each) for each in (plan, first, second)] == [False, True, True]
    assert [annex_numbers(each) for each in (plan, first, second)] == [(), (1,), (2,)]


def test_a_plan_and_its_annexes_are_one_document(tmp_path: Path, whole: BuildResult) -> None:
    plan, first, second = parts()
    # the names sort against the order of the parts
    plans = write(tmp_path / "plans", z_ke_hoach=plan, b_phu_luc=first, a_phu_luc=second)
    result = build([plans], tmp_path / "build", jobs=0)
    assert {name: result.counts[name] for name in COUNTS} == {name: whole.counts[name] for name in COUNTS}
    assert result.counts["errors"] == result.counts["violations"] == 0
    assert {("z-ke-hoach.txt", "joined-files"), ("a-phu-luc.txt", "part-of-document"), ("b-phu-luc.txt", "part-of-document")} <= codes(result)
    tables = result.out / "tables"
    tasks = pl.read_parquet(tables / "tasks.parquet")
    assert set(tasks["file"].to_list()) == {"b-phu-luc.txt"}
    assert tasks["name"].to_list() == pl.read_parquet(whole.out / "tables" / "tasks.parquet")["name"].to_list()
    assert set(pl.read_parquet(tables / "sectors.parquet")["file"].to_list()) == {"a-phu-luc.txt"}
    assert set(pl.read_parquet(tables / "duties.parquet")["file"].to_list()) == {"z-ke-hoach.txt"}
    outcomes = {entry["file"]: entry["outcome"] for entry in json.loads((result.out / "report.json").read_text("utf-8"))["files"]}
    assert outcomes == {"z-ke-hoach.txt": "built", "a-phu-luc.txt": "part", "b-phu-luc.txt": "part"}


def test_the_evidence_names_its_own_file_and_quotes_it(tmp_path: Path) -> None:
    plan, first, second = parts()
    plans = write(tmp_path / "plans", ke_hoach=plan, phu_luc_1=first, phu_luc_2=second)
    result = build([plans], tmp_path / "build", jobs=0)
    (described,) = json.loads((result.out / "texts" / "manifest.json").read_text("utf-8"))
    text = (result.out / "texts" / described["text"]).read_text("utf-8")
    starts = [at for at, _ in described["files"]]
    assert [name for _, name in described["files"]] == ["ke-hoach.txt", "phu-luc-1.txt", "phu-luc-2.txt"]
    for (start, name), end in zip(described["files"], [*starts[1:], len(text)], strict=True):
        assert text[start:end].rstrip() == (plans / name).read_text("utf-8").rstrip()
    answer = run("evidence", open_store(result.out))
    assert isinstance(answer, Result)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.values()]
    files = {name: (plans / name).read_text("utf-8") for _, name in described["files"]}
    assert {row["file"] for row in rows} == {"ke-hoach.txt", "phu-luc-1.txt"}
    assert all(row["quote"] in files[str(row["file"])] for row in rows)


def test_a_second_build_reads_nothing_again_and_gives_the_same(tmp_path: Path) -> None:
    plan, first, second = parts()
    plans = write(tmp_path / "plans", ke_hoach=plan, phu_luc_1=first, phu_luc_2=second)
    before = build([plans], tmp_path / "build", jobs=0)
    graph = (before.out / "graph.nq").read_bytes()
    again = build([plans], tmp_path / "build", jobs=2)
    assert again.reused == 3
    assert (again.out / "graph.nq").read_bytes() == graph


def test_parts_in_several_formats(tmp_path: Path, whole: BuildResult) -> None:
    plan, first, second = parts()
    plans = write(tmp_path / "plans", ke_hoach=plan, phu_luc_1=first, phu_luc_2=second)
    for name in ("ke-hoach", "phu-luc-1"):
        (plans / f"{name}.docx").write_bytes(as_docx(read(plans / f"{name}.txt")))
    result = build([plans], tmp_path / "build", jobs=0)
    assert (result.counts["documents"], result.counts["tasks"], result.counts["errors"]) == (1, whole.counts["tasks"], 0)
    assert result.counts["copies"] == 2
    assert {("ke-hoach.docx", "joined-files"), ("phu-luc-1.docx", "part-of-document")} <= codes(result)


def test_two_files_that_hold_the_same_annex_stay_an_error(tmp_path: Path) -> None:
    plan, first, second = parts()
    other = second.replace("Phụ lục II", "Phụ lục I", 1)
    result = build([write(tmp_path / "plans", ke_hoach=plan, phu_luc=first, phu_luc_khac=other)], tmp_path / "build", jobs=0)
    assert not any(code == "joined-files" for _, code in codes(result))
    assert ("error", "document-in-parts") in {(row[1], row[2]) for row in result.findings}


def test_an_annex_of_which_plan_is_not_plain_is_joined_to_none(tmp_path: Path) -> None:
    plan, first, _ = parts()
    other = plan.replace("Lai Châu", "Điện Biên").replace("LAI CHÂU", "ĐIỆN BIÊN")
    orphan = first.replace("tỉnh Lai Châu", "tỉnh").replace("TỈNH LAI CHÂU", "TỈNH")
    result = build([write(tmp_path / "plans", lai_chau=plan, dien_bien=other, phu_luc=orphan)], tmp_path / "build", jobs=0)
    assert not any(code == "joined-files" for _, code in codes(result))


def test_files_of_one_plan_in_any_order_give_the_same_text(tmp_path: Path) -> None:
    plan, first, second = parts()
    texts = set()
    for number, names in enumerate((("a", "b", "c"), ("c", "a", "b"), ("b", "c", "a"))):
        plans = write(tmp_path / f"plans-{number}", **dict(zip(names, (plan, first, second), strict=True)))
        result = build([plans], tmp_path / f"build-{number}", jobs=0)
        texts.add(next((result.out / "texts").glob("*.txt")).read_text("utf-8"))
    assert len(texts) == 1


def test_pages_count_within_their_file() -> None:
    document = read_bytes("Sở Y tế chủ trì.\n".encode(), "a.txt")
    paged = _paged(document, "b.pdf")
    joined = join_documents([document, paged, _paged(document, "c.pdf")]).source
    starts = [start for start, _ in joined.files]
    assert [joined.page_at(start) for start in starts] == [None, 1, 1]
    assert [joined.page_at(start + 9) for start in starts] == [None, 2, 2]
    assert [joined.file_at(start + 3)[1] for start in starts] == ["a.txt", "b.pdf", "c.pdf"]


def _paged(document: Document, name: str) -> Document:
    from dataclasses import replace

    return replace(document, source=replace(document.source, path=name, pages=(0, 8)))


def test_joined_parts_quote_the_joined_text() -> None:
    joined = join_documents([read_bytes(text.encode(), f"{number}.txt") for number, text in enumerate(parts())])
    blocks = [part for part in joined.parts if isinstance(part, Block)]
    assert len(blocks) > 50
    for block in blocks:
        quotes = [joined.text[span.start : span.end] for span in block.passage.spans]
        assert " ".join(" ".join(quotes).split()).replace("**", "") == block.text.replace("**", "")


def test_one_file_alone_is_as_it_was(tmp_path: Path) -> None:
    shutil.copyfile(LAI_CHAU, tmp_path / "a.txt")
    document = read(tmp_path / "a.txt")
    assert join_documents([document]) is document
