from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kg import build

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
