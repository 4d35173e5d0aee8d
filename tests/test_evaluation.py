"""The scorer against the reference scorer that came with the gold annotations."""

import copy
import importlib.util
import json
import random
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluation import Score, evaluate, read_records

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("score_reference", Path(__file__).parent / "data" / "score_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold():
    return read_records(GOLD)


def reference_counts(reference, predicted, gold, prefix):
    reference.PREFIX = prefix
    tally = reference.Tally()
    for name in sorted(gold):
        reference.score_document(predicted.get(name, {}), gold[name], tally, name[:12])
    return {kind: tuple(row) for kind, row in tally.counts.items() if row[1] or row[2]}


def perturbed(record, seed):
    """Change, drop, double and shuffle values at any depth, as a wrong extractor would."""
    dice = random.Random(seed)  # noqa: S311  a repeatable disturbance, no secret

    def spoil(value):
        if isinstance(value, dict):
            return {key: spoil(each) for key, each in value.items() if dice.random() > 0.02 or key in ("document", "text", "name")}
        if isinstance(value, list):
            kept = [spoil(each) for each in value if dice.random() > 0.08]
            if kept and dice.random() < 0.1:
                kept.append(copy.deepcopy(dice.choice(kept)))
            if dice.random() < 0.2:
                dice.shuffle(kept)
            return kept
        if isinstance(value, str) and dice.random() < 0.15:
            at = dice.randrange(len(value) + 1)
            return dice.choice([value[:at], value.upper(), value + ".", value[:at] + " x " + value[at:], "– " + value, value.replace("òa", "oà"), ""])
        if isinstance(value, int) and dice.random() < 0.1:
            return dice.choice([value + 1, None])
        return value

    return spoil(copy.deepcopy(record))


@pytest.mark.parametrize(("seed", "prefix"), [(0, None), (1, 40), (2, None)])
def test_same_counts_as_the_reference_on_spoilt_records(reference, gold, seed, prefix):
    predicted = {name: perturbed(record, f"{seed} {name}") for name, record in gold.items()}
    del predicted[sorted(predicted)[seed % len(predicted)]]
    evaluation = evaluate(predicted, gold, prefix=prefix)
    ours = {kind: (s.right, s.predicted, s.gold) for kind, s in evaluation.scores.items()}
    assert ours == reference_counts(reference, predicted, gold, prefix)
    assert evaluation.scores["task"].f1 < 1
    assert len(evaluation.missing) == 1


def test_gold_against_itself_is_perfect(reference, gold):
    evaluation = evaluate(gold, gold)
    assert evaluation.misses == ()
    assert {score.f1 for score in evaluation.scores.values()} == {1.0}
    assert evaluation.scores.keys() == reference_counts(reference, gold, gold, None).keys()


def test_misses_name_both_sides(gold):
    name = "002_69e41d71579c9436"
    record = copy.deepcopy(gold[name])
    dropped = record["tasks"].pop(0)
    record["tasks"][0]["lead"] = ["Sở Tư pháp"]
    misses = evaluate({name: record}, {name: gold[name]}).misses
    assert [(m.predicted, m.gold) for m in misses if m.kind == "task"] == [(None, dropped["name"])]
    (lead,) = [m for m in misses if m.kind == "task.lead"]
    assert lead.predicted == ["sở tư pháp"]


@pytest.mark.parametrize(
    ("score", "expected"),
    [((0, 0, 0), (0.0, 0.0, 0.0)), ((3, 4, 6), (0.75, 0.5, 0.6)), ((0, 2, 0), (0.0, 0.0, 0.0)), ((5, 5, 5), (1.0, 1.0, 1.0))],
)
def test_scores_of_empty_sides_are_zero(score, expected):
    value = Score(right=score[0], predicted=score[1], gold=score[2])
    assert (value.precision, value.recall, value.f1) == pytest.approx(expected)


@pytest.mark.parametrize("content", ["{", "[]", '{"tasks": []}'])
def test_files_that_are_no_records_are_refused(tmp_path, content):
    (tmp_path / "a.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match="Không đọc được bản ghi"):
        read_records(tmp_path)


def test_a_folder_without_records_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"no \.json file"):
        read_records(tmp_path)


def test_records_are_named_by_their_file(gold):
    assert sorted(gold) == sorted(path.stem for path in GOLD.glob("*.json"))
    assert json.loads((GOLD / "000_b30a2764f1b6c1c1.json").read_text("utf-8")) == gold["000_b30a2764f1b6c1c1"]
