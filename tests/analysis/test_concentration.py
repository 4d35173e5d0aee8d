import numpy as np
import pytest

from kg.analysis.concentration import concentration, jackknife, rarefy

#        tasks N   HHI   N_eff  HHI*  Gini  N_eff at 10 units
TABLE = {
    "hung-yen": (25, 12, 0.137, 7.32, 0.058, 0.439, 5.8),
    "lai-chau": (10, 5, 0.240, 4.17, 0.050, 0.240, 4.17),
    "ha-tinh": (15, 8, 0.240, 4.17, 0.131, 0.408, 4.0),
    "hoa-binh": (18, 9, 0.252, 3.98, 0.158, 0.488, 3.8),
}


@pytest.mark.parametrize("place", TABLE)
def test_the_worked_figures(facts, place):
    found = {each.place: each for each in concentration(facts)}[place]
    tasks, n, hhi, n_eff, star, gini, rarefied = TABLE[place]
    assert (found.tasks, found.agents, found.drawn) == (tasks, n, 10)
    assert [round(found.hhi, 3), round(found.n_eff, 2), round(found.hhi_star, 3), round(found.gini, 3)] == [hhi, n_eff, star, gini]
    assert found.rarefied == pytest.approx(rarefied, abs=0.1)


def test_a_larger_plan_is_compared_after_rarefaction(facts):
    found = {each.place: each for each in concentration(facts)}
    large, small = found["hung-yen"], found["lai-chau"]
    assert large.n_eff / small.n_eff > 1.7
    assert large.rarefied_low < small.rarefied < large.rarefied_high, "the gap of 7.3 : 4.2 is within the range"


def test_rarefaction_of_all_is_the_whole():
    matrix = np.eye(4)[[0, 0, 1, 2, 3]]
    assert rarefy(matrix, 5, np.random.default_rng(1)).tolist() == [pytest.approx(25 / 7)]


def test_jackknife_of_equal_units_has_no_error():
    corrected, error = jackknife(np.ones((5, 1)))
    assert (corrected, error) == (pytest.approx(1.0), 0.0)


def test_repetition_gives_the_same_figures(facts):
    assert concentration(facts) == concentration(facts)
