"""The built wheel, installed elsewhere, does the main job: no file of the checkout is needed."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (path,) = out.glob("*.whl")
    return path


def test_the_wheel_carries_the_data_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder, suffix in (("ontology", "ttl"), ("queries", "rq")):
        ours = {path.name for path in (ROOT / folder).rglob(f"*.{suffix}")}
        assert ours == {Path(name).name for name in names if name.startswith(f"kg/_data/{folder}/") and name.endswith(f".{suffix}")}
    tops = {name.split("/")[0] for name in names}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"kg", "viz"}
    assert {"viz/page.html", "viz/page.css", "viz/panel.js", "viz/web/main.js", "viz/web/page.html", "viz/web/page.css"} <= set(names)


def test_the_installed_program_builds_the_corpus_from_another_folder(wheel, tmp_path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    subprocess.run([python, "-m", "pip", "install", "--no-deps", "--no-index", "-q", str(wheel)], check=True, env=environment, capture_output=True)
    place = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], check=True, env=environment, capture_output=True, text=True)
    libraries = sysconfig.get_path("purelib")
    (Path(place.stdout.strip()) / "libraries.pth").write_text(libraries + "\n", "utf-8")
    plans = tmp_path / "plans"
    shutil.copytree(ROOT / "corpus", plans)
    program = python.with_name("mandategraph" + (".exe" if os.name == "nt" else ""))
    ended = subprocess.run([program, "build", "plans", "-o", "result"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, encoding="utf-8")
    assert ended.returncode == 0, ended.stderr
    assert "5  văn bản (documents)" in ended.stdout
    assert (tmp_path / "result" / "index.html").stat().st_size > 50_000
    where = subprocess.run([python, "-c", "import kg; print(kg.__file__)"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert Path(where.stdout.strip()).is_relative_to(home)
    asked = subprocess.run([program, "query", "tasks", "--build", "result"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, encoding="utf-8")
    assert "dòng (rows)" in asked.stdout
