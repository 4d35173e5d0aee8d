import polars as pl
import pytest

from kg.analysis.diffusion import Rate, diffusion, task_leads, topic_fragmentation

#           SNL       ML       GO      hands  most  open-ended
TABLE = {
    "hung-yen": ((16, 25), (9, 25), (6, 25), 3.48, 6, (25, 26)),
    "lai-chau": ((6, 10), (0, 10), (4, 10), 2.70, 4, (10, 10)),
    "ha-tinh": ((11, 15), (4, 15), (0, 15), 2.27, 3, (15, 15)),
    "hoa-binh": ((17, 18), (1, 18), (0, 18), 4.00, 5, (18, 18)),
}


@pytest.mark.parametrize("place", TABLE)
def test_the_worked_rates(facts, place):
    found = {each.place: each for each in diffusion(facts)}[place]
    single, several, group, hands, most, opened = TABLE[place]
    assert (found.single_named, found.several, found.group_only, found.no_lead) == (Rate(*single), Rate(*several), Rate(*group), Rate(0, single[1]))
    assert (round(found.hands, 2), found.most_hands, found.open_ended) == (hands, most, Rate(*opened))


def test_wilson_of_nothing_is_nothing():
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval is None
    assert Rate(0, 5).interval[0] == 0.0


def test_diffusion_of_one_task_is_one_less_one_over_its_leads(facts):
    tasks = task_leads(facts).filter(~pl.col("split"))
    assert tasks.select((pl.col("diffusion") - (1 - 1 / pl.col("leads"))).abs().max()).item() < 1e-9


def test_a_split_task_is_not_one_with_several_leads(facts):
    row = task_leads(facts).filter("split").row(0, named=True)
    assert (row["code"], row["several"], row["single"], round(row["diffusion"], 2)) == ("3.2.2", False, True, 0.5)


def test_topics_of_one_lead_are_not_fragmented(facts):
    topics = topic_fragmentation(facts)
    assert topics.filter(pl.col("leads") == 1)["fragmentation"].max() == pytest.approx(0.0)
    assert topics.filter(pl.col("leads") > 1)["fragmentation"].min() > 0
