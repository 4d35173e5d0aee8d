"""Pairs of tasks that may overlap: asked of people, answered by id, and the answer stands in the next build."""

from pathlib import Path

import polars as pl
import pytest

from kg.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def built(tmp_path, monkeypatch) -> Path:
    (tmp_path / "plans").mkdir()
    name = "004_2a2fdc554bb9deb4.txt"
    (tmp_path / "plans" / name).write_bytes((ROOT / "corpus" / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    assert main(["build", "plans"]) == 0
    return tmp_path / "build"


def overlaps(build: Path) -> pl.DataFrame:
    return pl.read_parquet(build / "tables" / "overlaps.parquet")


def test_an_answer_to_a_pair_stands_in_the_next_build_and_closes_the_question(built: Path, capsys):
    first = overlaps(built)["id"][0]
    assert main(["review", "build"]) == 0
    before = int(capsys.readouterr().out.partition(" câu hỏi")[0].split()[-1])
    assert main(["decide", first, "justified", "--who", "Lan", "--why", "mỗi bên một đối tượng"]) == 0
    assert main(["build", "plans"]) == 0
    assert dict(overlaps(built).select("id", "status").iter_rows())[first] == "justified"
    capsys.readouterr()
    assert main(["review", "build"]) == 0
    assert int(capsys.readouterr().out.partition(" câu hỏi")[0].split()[-1]) == before - 1
    graph = (built / "graph.nq").read_text("utf-8")
    assert f"{first}> <https://w3id.org/mandategraph/ontology#reviewStatus> <https://w3id.org/mandategraph/status/justified>" in graph


def test_an_unknown_pair_names_the_nearest(built: Path, capsys):
    first = overlaps(built)["id"][0]
    assert main(["decide", first[:-1] + "x", "confirmed", "--who", "Lan"]) == 2
    assert first in capsys.readouterr().err
