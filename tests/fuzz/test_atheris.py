"""Every reader under coverage guidance, for some seconds each. Needs atheris, which has no wheel for every Python: `pip install '.[fuzz]'`."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.mutate import seeds

ROOT = Path(__file__).parents[2]
SECONDS = 5
LIMIT_SECONDS = 240
"""Imports under instrumentation, the seconds of fuzzing and one slow input, on a machine that others use."""


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not installed: pip install '.[fuzz]'")
@pytest.mark.parametrize("name", sorted(seeds()))
def test_no_reader_fails_but_by_a_named_error(name, tmp_path):
    command = [sys.executable, "-m", "tests.fuzz.guided", name, f"-max_total_time={SECONDS}", "-seed=1", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=LIMIT_SECONDS, check=False)
    told = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, (done.stdout.decode("utf-8", "replace") + told.partition("INITED")[2])[-6000:] + "".join(path.read_bytes().hex() for path in tmp_path.iterdir())
    assert "Done " in told
