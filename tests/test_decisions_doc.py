"""The worked example in the documentation is what the commands print."""

import re
import shlex
import shutil
from pathlib import Path

from kg.cli import main

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "decisions-of-people.md").read_text("utf-8")


def test_the_worked_example_is_what_happens(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    printed = ""
    shown = 0
    for language, block in re.findall(r"```(sh|text|sparql)\n(.*?)```", PAGE, re.DOTALL):
        if language == "text":
            written = tmp_path / "decisions" / "decisions.csv"
            everything = printed + (written.read_text("utf-8") if written.exists() else "")
            for line in block.splitlines():
                assert line in everything, line
                shown += 1
            continue
        printed = ""
        if language == "sparql":
            (tmp_path / "who.rq").write_text(block, "utf-8")
        commands = block if language == "sh" else "mandategraph query --file who.rq --format csv"
        for command in commands.splitlines():
            assert main(shlex.split(command)[1:]) == 0, command
        printed = capsys.readouterr().out
    assert shown > 8


def test_the_folder_says_the_columns_and_answers_that_are_read():
    from kg.resolution.decisions import ANSWERS
    from kg.resolution.decisions_files import COLUMNS

    readme = (ROOT / "decisions" / "README.md").read_text("utf-8")
    assert ",".join(COLUMNS) in readme
    assert {answer for answers in ANSWERS.values() for answer in answers if f"`{answer}`" not in readme} == set()
