from collections import Counter

import numpy as np
import polars as pl
import pytest

from kg.analysis.capacity import read_capacity
from kg.analysis.chance import chance_bound, chance_maxima, chance_of, resample_counts, robust_z
from kg.analysis.load import leads
from kg.analysis.overload import Assessment, overload
from kg.errors import InputError
from tests.analysis.by_hand import ANYBODY, FINANCE, INDUSTRY, make_facts

#            top agent                        share  2/N   z     p leads  p named  word
TABLE = {
    "hung-yen": ("Sở Nông nghiệp và Môi trường", 0.213, 0.167, 2.3, 0.127, 0.021, "none"),
    "lai-chau": ("Sở Công Thương", 0.30, 0.400, 0.7, 0.988, 0.765, "none"),
    "ha-tinh": ("Sở Công Thương", 0.433, 0.250, 14.2, 0.008, 0.004, "stands-out"),
    "hoa-binh": ("Sở Công Thương", 0.444, 0.222, 9.4, 0.001, 0.0003, "stands-out"),
}


@pytest.fixture(scope="module")
def verdicts(facts):
    return {each.place: each for each in overload(facts)}


@pytest.mark.parametrize("place", TABLE)
def test_the_worked_tests(verdicts, place):
    top = verdicts[place].assessments[0]
    name, share, edge, z, p_leads, p_named, word = TABLE[place]
    assert (top.agent_name, round(top.share, 3), round(top.share_edge, 3), round(top.z, 1)) == (name, share, edge, z)
    assert top.p_leads == pytest.approx(p_leads, abs=0.012)
    assert top.p_named == pytest.approx(p_named, abs=0.004)
    assert top.word == word
    assert top.passes["peers"] is None, "four provinces are too few to compare"


def test_which_tests_fail_where(verdicts):
    assert verdicts["hung-yen"].assessments[0].passes == {"peers": None, "chance": False, "outlier": True, "stable": False}
    assert verdicts["hoa-binh"].assessments[0].stable >= 0.9
    assert verdicts["hung-yen"].flagged == ()


def test_without_capacity_nobody_is_overloaded(verdicts):
    assert all(each.word != "overloaded" for verdict in verdicts.values() for each in verdict.assessments)


def test_too_few_units_are_not_assessed():
    frame = make_facts([(f"t{n}", f"t{n}", 1.0, [INDUSTRY], [], 2025, 2030, None) for n in range(9)])
    assert overload(frame)[0].assessments == ()


def test_an_open_group_is_never_assessed():
    units = [(f"t{n}", f"t{n}", 1.0, [ANYBODY if n < 8 else FINANCE], [], 2025, 2030, None) for n in range(12)]
    assert [each.agent_name for each in overload(make_facts(units))[0].assessments] == ["Sở Tài chính"]


def assessment(**changed):
    given = {"place": "p", "agent": "a", "agent_name": "a", "form": "agency", "kind": None, "w_frac": 9.0, "share": 0.5, "share_edge": 0.2, "z": 5.0, "outlier": True, "p_leads": 0.01, "p_named": 0.01, "peers": 6, "peer_share": 0.5, "peer_edge": 0.3, "stable": 0.95, "combinations": 9000}
    return Assessment(**{**given, **changed})


@pytest.mark.parametrize(("changed", "word"), [
    ({}, "high"),
    ({"peer_edge": None}, "stands-out"),
    ({"peer_edge": 0.6}, "none"),
    ({"p_leads": 0.06}, "none"),
    ({"p_named": 0.06}, "none"),
    ({"outlier": False}, "none"),
    ({"stable": 0.89}, "none"),
    ({"burden": 2.0, "burden_edge": 1.9}, "overloaded"),
    ({"burden": 2.0, "burden_edge": None}, "high"),
    ({"burden": 1.0, "burden_edge": 1.9, "stable": 0.1}, "none"),
])  # fmt: skip
def test_the_word_that_the_tests_permit(changed, word):
    assert assessment(**changed).word == word


def test_chance_of_one_lead_each_is_the_exact_one():
    # two units, two agents: the largest load is 2 with chance 1/2
    maxima = chance_maxima(Counter({(1.0, 1): 2}), 2, np.random.default_rng(7))
    assert chance_of(np.array([2.0, 1.0]), maxima).tolist() == [pytest.approx(0.5, abs=0.015), 1.0]


def test_several_leads_are_drawn_without_return():
    # three leads of one unit among three agents: everyone has a third, always
    assert set(chance_maxima(Counter({(1.0, 3): 1}), 3, np.random.default_rng(7)).round(6)) == {0.333333}


def test_the_bound_of_a_chance_is_exact_where_two_cannot_reach_the_load_together():
    # three units, three agents: one agent has all three in 3 of 27 cases, two or more in 21 of 27; one in all
    assert chance_bound(Counter({(1.0, 1): 3}), 3, np.array([3.0, 2.0, 1.0])) == pytest.approx([3 / 27, 21 / 27, 1.0])
    # a unit of two leads gives a half to two of four agents; with a whole unit, 1.5 comes to one of them in 2 of 16 cases each
    assert chance_bound(Counter({(1.0, 2): 1, (1.0, 1): 1}), 4, np.array([1.5, 1.0])) == pytest.approx([0.5, 1.0])


def test_the_bound_is_what_draws_come_near_in_the_plans(facts):
    for place in ("ha-tinh", "hung-yen"):
        units = leads(facts).filter(pl.col("place") == place).group_by("unit").agg(pl.col("weight").first(), pl.len())
        sorts = Counter((float(weight), int(count)) for _, weight, count in units.iter_rows())
        loads = np.arange(4.0, 12.0)
        bound, drawn = chance_bound(sorts, 15, loads), chance_of(loads, chance_maxima(sorts, 15, np.random.default_rng(7)))
        error = 4 * np.sqrt(bound / 20_000) + 1 / 20_000
        rare = bound <= 0.3
        assert rare.sum() >= 3
        assert (drawn[rare] <= (bound + error)[rare]).all()
        assert (drawn[rare] >= (bound - bound**2 / 2 - error)[rare]).all()


def test_drawing_ends_early_only_where_the_chance_is_large():
    rng = np.random.default_rng
    assert len(chance_maxima(Counter({(1.0, 1): 20}), 5, rng(1), enough=1.0)) == 1000
    assert len(chance_maxima(Counter({(1.0, 1): 20}), 5, rng(1), enough=20.0)) == 20_000


def test_z_is_not_defined_without_spread():
    assert np.isnan(robust_z(np.array([1.0, 1.0, 1.0, 9.0]))).all()


def test_bootstrap_samples_are_as_large_as_the_plan():
    assert set(resample_counts(7, 50, np.random.default_rng(1)).sum(axis=1)) == {7}


STAFF = "province,agency,capacity,source\n"


def many_places(tmp_path):
    places = ("lai-chau", "cao-bang", "dien-bien", "lang-son", "nghe-an", "thanh-hoa")
    frames = [make_facts([(f"{p}{n}", f"{p}{n}", 1.0, [INDUSTRY if n < 6 else FINANCE], [], 2025, 2030, None) for n in range(12)], place=p) for p in places]
    first = frames[0]
    return type(first)(**{name: pl.concat([getattr(f, name) for f in frames]) for name in ("documents", "tasks", "units", "roles", "duties", "reports", "rosters")})


def test_overloaded_needs_capacity_and_peers(tmp_path):
    facts = many_places(tmp_path)
    path = tmp_path / "staff.csv"
    rows = [("Lai Châu", 20), ("cao-bang", 60), ("Điện Biên", 60), ("lang-son", 60), ("nghe-an", 60), ("thanh-hoa", 60)]
    path.write_text(STAFF + "".join(f"{p},Sở Công Thương,{n},Báo cáo biên chế 2025\n" for p, n in rows), "utf-8")
    found = {v.place: v for v in overload(facts, capacity=read_capacity(path))}
    assert {a.agent_name for a in found["lai-chau"].assessments if a.word == "overloaded"} == {"Sở Công Thương"}
    assert [a.word for a in found["cao-bang"].assessments] == ["none", "none"]
    path.write_text(STAFF + "".join(f"{p},Sở Công Thương,{n},x\n" for p, n in rows[:3]), "utf-8")
    assert all(a.word == "none" for v in overload(facts, capacity=read_capacity(path)) for a in v.assessments), "two peers are too few"


@pytest.mark.parametrize(("text", "line", "words"), [
    ("province,agency\nx,y\n", 1, "capacity, source"),
    (STAFF + "Atlantis,Sở Công Thương,80,x\n", 2, "Atlantis"),
    (STAFF + "Lai Châu,Sở Mộng Mơ,80,x\n", 2, "Sở Mộng Mơ"),
    (STAFF + "Lai Châu,Sở Công Thương,nhiều,x\n", 2, "nhiều"),
    (STAFF + "Lai Châu,Sở Công Thương,-3,x\n", 2, "-3"),
    (STAFF + "Lai Châu,Sở Công Thương,nan,x\n", 2, "nan"),
    (STAFF + "Lai Châu,Sở Công Thương,80,\n", 2, "nguồn"),
    (STAFF + "Lai Châu,Sở Công Thương,80,x\nlai-chau,so-cong-thuong,81,x\n", 3, "trùng"),
])  # fmt: skip
def test_a_capacity_table_is_refused_by_line(tmp_path, text, line, words):
    path = tmp_path / "staff.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=f"dòng {line}") as told:
        read_capacity(path)
    assert words in str(told.value)
