from __future__ import annotations

from pathlib import Path

import pytest

from kg.building.pipeline import build
from kg.reporting.context import make_context

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def five_plans(tmp_path_factory):
    out = tmp_path_factory.mktemp("reported") / "build"
    build([CORPUS], out)
    return out


@pytest.fixture(scope="session")
def context(five_plans):
    return make_context(five_plans)
