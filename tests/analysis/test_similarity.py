from __future__ import annotations

import csv
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.task_texts import make_texts
from kg.analysis.neighbours import near_pairs
from kg.analysis.similarity import ALIKE, SAME, Comparison, comparable, find_pairs, search
from kg.analysis.vectors import vectorise
from kg.analysis.wording import read_wording

_DATA = Path(__file__).resolve().parents[1] / "data"
_WORDS = st.sampled_from(["thúc", "đẩy", "mua", "sắm", "công", "xanh", "tiêu", "dùng", "chất", "thải", "nhựa", "khu", "cụm", "sinh"])
_TEXTS = st.lists(st.lists(_WORDS, min_size=1, max_size=9).map(" ".join), min_size=2, max_size=12)


def labelled():
    """The labelled pairs: scores, whether they are the same work, whether they are of the half that thresholds come from."""
    with (_DATA / "task_pairs_themes.csv").open(encoding="utf-8") as file:
        themes = {row["plan"]: tuple(filter(None, row["themes"].split("|"))) for row in csv.DictReader(file)}
    with (_DATA / "task_pairs.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["half"] != "findings"]
    numbers: dict[tuple[str, str], int] = {}
    sides = [[numbers.setdefault((row[f"plan{side}"], row[f"text{side}"]), len(numbers)) for row in rows] for side in "12"]
    comparison = Comparison(comparable([read_wording(text, themes[plan]) for plan, text in numbers]))
    scores = comparison.score(np.array(sides[0]), np.array(sides[1])).whole
    return scores, np.array([row["same"] == "1" for row in rows]), np.array([row["half"] == "calibrate" for row in rows])


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a rate (Wilson 1927)."""
    z, share = 1.96, right / of
    middle, spread = share + z * z / (2 * of), z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def test_labelled_pairs_are_enough_and_in_two_halves():
    _, same, calibrate = labelled()
    assert len(same) >= 300
    assert same.sum() >= 60
    assert 0.4 < calibrate.mean() < 0.6


@pytest.mark.parametrize(("threshold", "precision", "recall"), [(ALIKE, 0.50, 0.78), (0.60, 0.68, 0.60), (SAME, 0.80, 0.35)])
def test_precision_and_recall_on_the_half_that_no_threshold_was_chosen_on(threshold, precision, recall):
    scores, same, calibrate = labelled()
    found = (scores >= threshold) & ~calibrate
    right = int((found & same).sum())
    told = f"precision {right}/{found.sum()} {wilson(right, int(found.sum()))}, recall {right}/{(same & ~calibrate).sum()}"
    assert right / found.sum() >= precision, told
    assert right / (same & ~calibrate).sum() >= recall, told


@given(_TEXTS)
@settings(max_examples=60, deadline=None)
def test_the_exact_way_loses_no_pair(texts):
    rows = vectorise(texts).rows
    dense = (rows @ rows.T).toarray()
    wanted = {(i, j) for i in range(len(texts)) for j in range(i + 1, len(texts)) if dense[i, j] >= 0.4}
    found = near_pairs(rows, 0.4, exact=True)
    assert set(zip(found.first.tolist(), found.second.tolist(), strict=True)) == wanted


@given(_TEXTS)
@settings(max_examples=30, deadline=None)
def test_a_score_does_not_depend_on_the_order_of_the_texts(texts):
    ahead, turned = Comparison(texts), Comparison(texts[::-1])
    last = len(texts) - 1
    one = ahead.score(np.array([0]), np.array([last])).whole[0]
    other = turned.score(np.array([last]), np.array([0])).whole[0]
    assert one == pytest.approx(other)
    assert -1e-9 <= one <= 1 + 1e-9


def test_way_by_cells_finds_what_the_exact_way_finds_and_gives_the_same_twice():
    texts = [f"Hỗ trợ mô hình {a} cho {b} gắn với {c}" for a in ("lúa gạo", "chè", "tôm sú", "gỗ rừng") for b in ("hộ nghèo", "hợp tác xã", "làng nghề") for c in ("du lịch", "logistics", "điện gió", "thư viện")]
    rows = vectorise(texts).rows
    exact, one, two = (near_pairs(rows, 0.8, exact=way) for way in (True, False, False))
    pairs = [set(zip(each.first.tolist(), each.second.tolist(), strict=True)) for each in (exact, one, two)]
    assert pairs[1] == pairs[2] <= pairs[0]
    assert len(pairs[1]) >= 0.95 * len(pairs[0])


def test_search_finds_a_task_without_tone_marks_and_not_another():
    texts = ["Thúc đẩy mua sắm công xanh", "Trồng rừng ngập mặn", "Tăng cường tiêu dùng xanh"]
    found = search(texts, ["mua sam cong xanh", "bình đẳng giới"], top=2)
    assert found.filter(found["query"] == 0)["text"].to_list()[0] == 0
    assert found.filter(found["query"] == 1).is_empty()


def test_other_numbers_tell_other_work():
    texts = ["Đạt cấp độ 3 mức độ trưởng thành về quản trị dữ liệu", "Đạt cấp độ 5 mức độ trưởng thành về quản trị dữ liệu", "Trồng rừng"]
    with_numbers = find_pairs(texts)["score"][0]
    assert with_numbers < find_pairs([text.replace("3", "năm").replace("5", "ba") for text in texts])["score"][0]
    years = ["Phát triển du lịch cộng đồng năm 2025", "Phát triển du lịch cộng đồng năm 2030", "Trồng rừng"]
    assert find_pairs(years)["score"][0] > with_numbers


def test_texts_without_a_word_are_like_nothing():
    assert find_pairs(["", "—", "Trồng rừng", "Trồng rừng"]).rows()[0][:2] == (2, 3)
    assert find_pairs(["", "—"]).is_empty()
    assert find_pairs([]).is_empty()


def test_search_through_cells_loses_next_to_nothing_of_real_clauses_recombined():
    sentences = make_texts(6_000).sentences
    exact, cells = (find_pairs(sentences, minimum=0.6, exact=way) for way in (True, False))
    both = exact.join(cells, on=["first", "second"], suffix="_cells")
    assert cells.height == both.height, "a pair that the exact way has not, or one given twice"
    assert both.height >= 0.99 * exact.height
    assert np.allclose(both["score"], both["score_cells"], atol=1e-6)
    assert cells.sort("first", "second").equals(cells)
