"""The data folders are found in a checkout and in an installed wheel, and their absence has a name."""

import pytest

from kg import data_files
from kg.errors import IntegrityError


def test_the_checkout_has_its_vocabulary():
    assert (data_files.data_folder("ontology") / "agencies.ttl").is_file()


def test_a_wheel_is_looked_into_first(tmp_path, monkeypatch):
    monkeypatch.setattr(data_files, "_PACKAGE", tmp_path / "kg")
    (tmp_path / "queries").mkdir()
    assert data_files.data_folder("queries") == tmp_path / "queries"
    (tmp_path / "kg" / "_data" / "queries").mkdir(parents=True)
    assert data_files.data_folder("queries") == tmp_path / "kg" / "_data" / "queries"


def test_a_missing_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(data_files, "_PACKAGE", tmp_path / "kg")
    with pytest.raises(IntegrityError, match="ontology"):
        data_files.data_folder("ontology")
