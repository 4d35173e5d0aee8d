"""The provinces against two packages of PyPI that others keep: names, types, codes, who became whom.

Both come with the "dev" extra, each at the release that was compared; skipped where absent. Only their data files are read:
nothing of them is run.
"""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from kg.normalise import key
from kg.resolution.crosswalk import province_crosswalk
from kg.resolution.registry import load_registry

DAY = {"63": "2025-06-30", "34": "2025-07-01"}


def peer(package, *path):
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"{package} is not installed")
    return json.loads(Path(spec.origin).parent.joinpath(*path).read_text("utf-8"))


def ours(era):
    units = [unit for unit in load_registry().provinces.values() if unit.exists_at(DAY[era])]
    return {unit.code: key(unit.full_name) for unit in units}


def test_the_34_have_the_names_and_codes_of_vietnam_provinces():
    theirs = peer("vietnam_provinces", "data", "nested-divisions.json")
    names = {f"{unit['code']:02}": key(unit["name"]) for unit in theirs}
    assert len(names) == 34
    assert {code: name.removeprefix("tỉnh ").removeprefix("thành phố ") for code, name in ours("34").items()} == {
        code: name.removeprefix("tỉnh ").removeprefix("thành phố ") for code, name in names.items()
    }


@pytest.mark.parametrize(("era", "file"), [("63", "parser_legacy.json"), ("34", "parser_from_2025.json")])
def test_names_types_and_codes_of_both_eras_are_those_of_vietnamadminunits(era, file):
    theirs = peer("vietnamadminunits", "data", file)["DICT_PROVINCE"]
    assert len(theirs) == int(era)
    assert ours(era) == {unit["provinceCode"]: key(unit["province"]) for unit in theirs.values()}


def test_who_became_whom_is_that_of_vietnamadminunits():
    old = peer("vietnamadminunits", "data", "parser_legacy.json")["DICT_PROVINCE"]
    new = peer("vietnamadminunits", "data", "parser_from_2025.json")["DICT_PROVINCE"]
    merged = peer("vietnamadminunits", "data", "converter_2025.json")["DICT_PROVINCE"]
    theirs = {(old[each]["provinceCode"], new[unit]["provinceCode"]) for unit, parts in merged.items() for each in parts}
    assert {(row.old_code, row.new_code) for row in province_crosswalk()} == theirs
