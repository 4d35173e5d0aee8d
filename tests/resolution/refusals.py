"""A copy of ontology/ with one mistake, and how it is refused."""

import shutil
from pathlib import Path

import pytest

from kg.data_files import data_folder
from kg.errors import VocabularyError
from kg.resolution.offices import read_offices
from kg.resolution.registry import read_registry


def refused(folder: Path, file: str, right: str, wrong: str) -> VocabularyError:
    """Copy the ontology to a folder, put a mistake into one file, and give what reading says of it."""
    shutil.copytree(data_folder("ontology"), folder, dirs_exist_ok=True)
    text = (folder / file).read_text("utf-8")
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(VocabularyError) as caught:
        read_all(folder)
    return caught.value


def read_all(folder: Path) -> None:
    registry = read_registry(folder)
    read_offices(folder / "regional-offices.ttl", registry.kinds, registry.provinces)
