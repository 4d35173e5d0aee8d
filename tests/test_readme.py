"""The README says what is: its commands exist, and the output it shows is what the commands print."""

import re
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    assert main(["build", str(ROOT / "corpus"), "-o", str(folder / "build")]) == 0
    return folder / "build"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_summary_is_what_the_build_prints(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(ROOT / "corpus"), "-o", "build"]) == 0
    printed = capsys.readouterr().out
    for line in blocks("text")[0].splitlines():
        assert line in printed


def test_first_rows_are_what_the_question_answers(built, capsys):
    command = ["query", "agency-load", "--param", "province=hung yen", "--format", "csv", "--build", str(built)]
    assert main(command) == 0
    printed = capsys.readouterr().out.lstrip("\ufeff").splitlines()
    assert printed[:4] == blocks("text")[1].splitlines()[:4]


def test_every_command_named_exists(capsys):
    for command in set(re.findall(r"`mandategraph (\w+)", README)):
        with pytest.raises(SystemExit) as stopped:
            main([command, "--help"])
        assert stopped.value.code == 0, command
    capsys.readouterr()


def test_python_example_runs(built, monkeypatch):
    monkeypatch.chdir(built.parent)
    names = {}
    exec(blocks("python")[0], names)  # noqa: S102 - the README's own lines
    assert names["frame"].height == 335
    assert len(names["graph"]) > 10_000


def test_linked_files_exist():
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
