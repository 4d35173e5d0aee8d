"""The folder of a build: whole or as it was, whoever else writes, whatever ends the writer."""

import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from kg.building.output_folder import OutputFolder
from kg.building.pipeline import build
from kg.building.sources import find_sources
from kg.building.verify import check_build
from kg.errors import StoreError
from tests.building.plan_folders import CORPUS, NAMES, PLAN, ROOT, copy_plans


def test_names_do_not_depend_on_the_order_of_arguments(tmp_path):
    one, two = copy_plans(tmp_path / "a" / "x", NAMES[0]), copy_plans(tmp_path / "b" / "x", NAMES[0])
    names = [file.name for file in find_sources([one, two]).files]
    assert names == [file.name for file in find_sources([two, one]).files]
    assert names == [f"a/x/{NAMES[0]}", f"b/x/{NAMES[0]}"]
    assert [file.name for file in find_sources([tmp_path / "a", one, one / NAMES[0]]).files] == [f"x/{NAMES[0]}"]


def test_an_earlier_build_below_the_folder_is_no_document(tmp_path):
    folder = copy_plans(tmp_path, NAMES[0])
    build([folder], folder / "build")
    again = build([folder], folder / "other")
    assert again.counts["files"] == 1


def test_a_folder_that_is_no_build_is_never_replaced(tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "luận-văn.txt").write_text("ba năm làm việc", "utf-8")
    with pytest.raises(StoreError, match="Không ghi đè"):
        build([CORPUS], tmp_path / "thesis")
    assert (tmp_path / "thesis" / "luận-văn.txt").read_text("utf-8") == "ba năm làm việc"


def test_what_people_put_into_a_build_stays(tmp_path):
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    (out / "my.rq").write_text("ASK {}", "utf-8")
    build([folder], out)
    assert (out / "my.rq").read_text("utf-8") == "ASK {}"


def test_two_writers_do_not_meet(tmp_path):
    with OutputFolder(tmp_path / "build"), pytest.raises(StoreError, match="đang ghi"):
        build([PLAN], tmp_path / "build")
    assert build([PLAN], tmp_path / "build").counts["documents"] == 1


def test_a_build_that_lost_a_race_between_two_renames_is_mended(tmp_path):
    """Systems that cannot exchange two folders in one step."""
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    out.rename(tmp_path / ".build.old")
    with OutputFolder(out):
        assert (out / "graph.nq").is_file()
    assert not (tmp_path / ".build.old").exists()


@pytest.mark.parametrize("seconds", [0.25, 0.6, 0.9, 1.2, 1.5])
def test_a_writer_killed_at_any_moment_leaves_the_last_build(tmp_path, seconds):
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    copy_plans(folder)
    writer = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(folder), "-o", str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert [v for v in check_build(out) if v.severity == "violation"] == []
    assert pl.read_parquet(out / "tables" / "documents.parquet").height in (1, 5)
    assert build([folder], out).counts["documents"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["plans", "build"] or {p.name for p in tmp_path.iterdir()} == {"plans", "build"}


@pytest.mark.parametrize("step", ["n_quads", "texts", "tables", "before the swap", "after the swap"])
def test_a_writer_killed_at_each_step_leaves_a_whole_build(tmp_path, step):
    """The same, at exact places: the process ends there without any cleaning up."""
    folder = copy_plans(tmp_path / "plans", NAMES[0])
    out = build([folder], tmp_path / "build").out
    copy_plans(folder)
    place = {
        "n_quads": "kg.building.graph_files.trig_section", "texts": "kg.building.pipeline._write_records", "tables": "kg.building.pipeline.report_json",
        "before the swap": "kg.building.output_folder._exchange", "after the swap": "kg.building.output_folder.OutputFolder._retire",
    }[step]  # fmt: skip
    script = (
        "import os, sys, importlib\n"
        "module, _, name = sys.argv[1].rpartition('.')\n"
        "try: home = importlib.import_module(module)\n"
        "except ImportError: home = getattr(importlib.import_module(module.rpartition('.')[0]), module.rpartition('.')[2])\n"
        "from kg.building.pipeline import build\n"
        "sound, calls = getattr(home, name), []\n"
        "def stop(*given):\n"
        "    calls.append(given)\n"
        "    if name == '_retire' and len(calls) == 1: return sound(*given)\n"
        "    os.kill(os.getpid(), 9)\n"
        "setattr(home, name, stop)\n"
        "build([sys.argv[2]], sys.argv[3])\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, place, str(folder), str(out)], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert [v for v in check_build(out) if v.severity == "violation"] == []
    assert pl.read_parquet(out / "tables" / "documents.parquet").height == (5 if step == "after the swap" else 1)
    again = build([folder], out)
    assert again.counts["documents"] == 5
    assert again.reused == 5  # what the killed writer had read is not read again
    assert {path.name for path in tmp_path.iterdir()} == {"plans", "build"}
