import csv
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from kg.analysis.as_of_facts import as_of
from kg.analysis.comparison import (
    identical_names,
    jaccard,
    krippendorff,
    likenesses,
    masi,
    role_kinds,
    ruzicka,
    side_by_side,
    vertical_lines,
)
from kg.resolution.registry import load_registry

DOUBTFUL = ("2.1.1", "3.3.1")  # cosine .38 and .45: not accepted by machine


def sets(*words):
    return [frozenset(word) for word in words]


@pytest.mark.parametrize(("one", "other", "j", "m"), [
    ("ab", "ab", 1, 1), ("a", "ab", 1 / 2, 1 / 3), ("ab", "bc", 1 / 3, 1 / 9), ("a", "b", 0, 0), ("", "", 1, 1), ("a", "", 0, 0),
])  # fmt: skip
def test_likeness_of_sets(one, other, j, m):
    assert (jaccard(frozenset(one), frozenset(other)), masi(frozenset(one), frozenset(other))) == (pytest.approx(j), pytest.approx(m))


def test_ruzicka_weighs_a_partner_half():
    assert ruzicka({"a": 1.0, "b": 0.5}, {"a": 1.0}) == pytest.approx(1 / 1.5)


def test_alpha_of_equal_coders_is_one_and_of_one_value_is_nothing():
    assert krippendorff(sets("a", "b", "ab"), sets("a", "b", "ab"))[0] == 1.0
    assert np.isnan(krippendorff(sets("a", "a"), sets("a", "a"))[0])


def test_hung_yen_and_lai_chau_over_seven_tasks(facts, aligned):
    found = likenesses(facts, aligned.filter(~pl.col("shared").is_in(DOUBTFUL)))
    [pair] = [each for each in found if (each.first, each.second) == ("hung-yen", "lai-chau")]
    assert (pair.shared, pair.exact, round(pair.jaccard, 3), round(pair.masi, 3)) == (7, 1, 0.357, 0.286)
    assert (round(pair.alpha, 2), round(pair.ruzicka, 3)) == (0.16, 0.429)
    assert pair.enough


def test_reform_explains_part_of_the_gap(facts, aligned):
    now = as_of(facts, "2025-07-01")
    [before], [after] = likenesses(facts, aligned), likenesses(now, aligned)
    assert (before.first, after.first) == ("hung-yen", "hung-yen-2025")
    [row] = [r for r in side_by_side(now, aligned, "hung-yen-2025", "lai-chau").iter_rows(named=True) if r["shared"] == "2.2.1"]
    assert (row["lead_first"], row["lead_second"]) == ("Sở Nông nghiệp và Môi trường", "Sở Tài chính"), "once Sở Kế hoạch và Đầu tư"


def test_committees_of_the_districts_are_one_type(facts, aligned):
    kinds = role_kinds(facts, aligned).filter((pl.col("shared") == "3.2.1") & (pl.col("role") == "lead"))
    assert all("uy-ban-nhan-dan-cap-huyen" in each for each in kinds["kinds"].to_list())


def test_few_shared_tasks_are_not_enough(facts, aligned):
    few = aligned.filter(pl.col("shared").is_in(["3.1.1", "3.4.3", "3.5.2", "2.2.1"]))
    assert [each.enough for each in likenesses(facts, few)] == [False]


def test_side_by_side_in_sentences(facts, aligned):
    rows = {row["shared"]: row for row in side_by_side(facts, aligned, "hung-yen", "lai-chau").iter_rows(named=True)}
    assert rows["3.1.1"]["vi"] == "Hưng Yên giao Sở Nông nghiệp và Môi trường chủ trì; Lai Châu giao Sở Công Thương."
    assert rows["3.4.3"]["vi"] == "Hưng Yên và Lai Châu đều giao Sở Công Thương chủ trì."


def test_identical_names_only(facts):
    found = identical_names(facts).join(facts.tasks.select("task", "name", "place"), on="task")
    assert set(found["place"]) == {"hung-yen", "lai-chau"}
    assert found["name"].str.to_lowercase().n_unique() == 1


def test_the_line_of_the_ministries(facts, aligned):
    registry = load_registry()
    by_name = {kind.name: slug for slug, kind in registry.kinds.items()}
    text = (Path(__file__).parent / "data" / "leads_222.csv").read_text("utf-8")
    national: dict[str, frozenset[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found = frozenset(by_name[name] for name in row["lead"].split("|") if name in by_name)
        national[row["code"]] = national.get(row["code"], frozenset()) | found
    lines = {each.place: each for each in vertical_lines(facts, aligned, national)}
    broken = {shared for shared, _, _ in lines["hung-yen"].broken}
    assert "3.1.1" not in broken, "Bộ Tài nguyên và Môi trường ↔ Sở Nông nghiệp và Môi trường, its heir"
    assert "3.1.1" in {shared for shared, _, _ in lines["lai-chau"].broken}, "Lai Châu gives eco-design to Sở Công Thương"
    assert lines["hung-yen"].held / lines["hung-yen"].aligned > lines["lai-chau"].held / lines["lai-chau"].aligned


def test_coverage_is_of_all_tasks_that_either_place_leads(facts, aligned):
    """Whatever the alignment is from: tasks that are aligned with nothing count, else five of five shared names would be "all"."""
    [nine] = likenesses(facts, aligned)
    assert (nine.shared, nine.either) == (9, 25 + 10 - 9)
    names = identical_names(facts)
    [same] = likenesses(facts, names)
    assert (same.shared, same.either) == (names["shared"].n_unique(), 25 + 10 - names["shared"].n_unique())
    assert same.coverage == same.shared / same.either < 0.2
