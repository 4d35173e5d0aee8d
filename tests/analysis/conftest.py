from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import polars as pl
import pytest

from kg import build
from kg.analysis.facts import read_facts

_ROOT = Path(__file__).resolve().parents[2]
CORPUS = _ROOT / "corpus"


def documents() -> Path:
    """Real documents that are not part of the project; the tests that need them are skipped where they are absent."""
    folder = Path(os.environ.get("MANDATEGRAPH_DOCUMENTS", _ROOT.parent / "shared" / "more-documents"))
    if not (folder / "ThuTuong-222-kinh-te-tuan-hoan.txt").is_file():
        pytest.skip("the decision's text is not here")
    return folder


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the five plans."""
    out = tmp_path_factory.mktemp("five") / "build"
    build([CORPUS], out)
    return out


@pytest.fixture(scope="session")
def with_decision(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build of the five plans beside the decision that two of them carry out."""
    folder = tmp_path_factory.mktemp("six")
    shutil.copy(documents() / "ThuTuong-222-kinh-te-tuan-hoan.txt", folder)
    for path in CORPUS.glob("*.txt"):
        shutil.copy(path, folder)
    out = folder / "build"
    build([folder], out)
    return out


@pytest.fixture(scope="session")
def five_plans(five: Path) -> Path:
    return five


@pytest.fixture(scope="session")
def facts(five_plans):
    return read_facts(five_plans)


@pytest.fixture(scope="session")
def aligned(facts):
    """Which task of Hưng Yên and Lai Châu carries out which task of 222/QĐ-TTg, as people matched them."""
    rows = list(csv.DictReader((Path(__file__).parent / "data" / "crosswalk_222.csv").read_text("utf-8").splitlines()))
    plans = {"000": "hung-yen", "001": "lai-chau"}
    given = pl.DataFrame([(plans[r["plan"]], int(r["row"]), r["name"], r["national_code"]) for r in rows if r["national_code"]], schema=["place", "position", "said", "shared"], orient="row")
    found = facts.tasks.join(given, on=["place", "position"], how="inner")
    assert all(name[:25] == said[:25] for name, said in found.select("name", "said").iter_rows())
    assert len(found) == len(given)
    return found.select("task", "shared")
