"""What `from kg import …` gives: a short, complete list that costs nothing before it is used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]


def test_the_list_is_complete_and_sorted():
    assert kg.__all__ == sorted(kg._HOMES)
    assert len(kg.__all__) == len(set(kg.__all__)) <= 20
    assert dir(kg) == kg.__all__


@pytest.mark.parametrize("name", kg.__all__)
def test_every_name_is_there_and_documented(name):
    value = getattr(kg, name)
    assert value.__name__ == name
    assert value.__doc__


@pytest.mark.parametrize("name", kg.__all__)
def test_no_module_hides_a_verb(name):
    """A submodule of the same name would take the verb's place as soon as anything imports it."""
    assert not (ROOT / "kg" / f"{name}.py").exists()
    assert not (ROOT / "kg" / name).exists()


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="xây"):
        getattr(kg, "xây")  # noqa: B009  no identifier would do


def test_import_is_free_of_heavy_libraries():
    script = "import sys, kg; print([m for m in ('polars','rdflib','networkx','pyoxigraph','kg.records') if m in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert ended.stdout.strip() == "[]"


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # rdflib's own use of it
def test_a_dataset_or_a_frame_in_two_lines(tmp_path):
    from kg import assignments, build, dataset

    out = build([ROOT / "corpus"], tmp_path / "build").out
    frame = assignments(out)
    assert frame.height == 335
    assert {"province_name", "task_name", "role", "agency_name", "quote"} <= set(frame.columns)
    graph = dataset(out)
    query = "PREFIX mg: <https://w3id.org/mandategraph/ontology#> SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a mg:Assignment }"
    assert [int(row.n) for row in graph.query(query)] == [335]


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(kg.MandategraphError, match="Không có bảng 'tassks'"):
        kg.table(tmp_path, "tassks")
