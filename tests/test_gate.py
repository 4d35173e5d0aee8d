"""The quality gate: floors of precision and recall over the gold annotations; a drop fails and lists what was lost."""

import json
import os
from pathlib import Path

import pytest

from kg.evaluation import evaluate
from kg.extraction import extract
from kg.reading import read
from kg.records_json import extraction_to_json

TESTS = Path(__file__).parent
CORPUS = TESTS.parent / "corpus"
GOLD = TESTS / "gold"
DEVELOPMENT = TESTS / "gold_development"
DOCUMENTS = Path(os.environ.get("MANDATEGRAPH_DOCUMENTS", TESTS.parent.parent / "shared" / "more-documents"))
PREFIX = 40  # characters that the development gold keeps of each text, less what was cut within a word

# What the project promises for the five plans.
FLOORS = {
    "task": 0.99, "task.name": 0.99, "task.lead": 0.99, "task.partner": 0.99, "duty": 0.99, "duty.agency": 0.99,
    "citation": 0.99, "sector": 0.99, "reporting": 0.95,
}  # fmt: skip
OTHERS = 0.98

# Reached on the fifteen development documents when last measured, rounded down to hundredths; never to be lowered.
DEVELOPMENT_FLOORS = {
    "task": 0.97, "task.name": 0.99, "task.lead": 0.96, "task.partner": 0.96, "duty": 0.98, "duty.agency": 0.95,
    "duty.role": 0.98, "citation": 0.98, "reporting": 0.85, "target": 0.93,
}  # fmt: skip


def predict(folder, gold):
    documents = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))}
    predicted = {stem: extraction_to_json(extract(read(folder / f"{stem}.txt"))) for stem in documents}
    return predicted, documents


def lost(evaluation, kind):
    return "\n".join(str(miss) for miss in evaluation.misses if miss.kind == kind)


@pytest.fixture(scope="module")
def five():
    return evaluate(*predict(CORPUS, GOLD))


def test_five_plans_hold_their_floors(five):
    low = [kind for kind, score in five.scores.items() if score.f1 < FLOORS.get(kind, OTHERS)]
    assert not low, "\n".join(lost(five, kind) for kind in low)


def test_five_plans_have_every_kind(five):
    assert set(FLOORS) <= set(five.scores)
    assert five.scores["task"].gold == 68
    assert five.scores["duty"].gold == 71


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the development documents are not part of the project")
def test_development_documents_hold_their_floors():
    evaluation = evaluate(*predict(DOCUMENTS, DEVELOPMENT), prefix=PREFIX)
    low = [kind for kind, floor in DEVELOPMENT_FLOORS.items() if evaluation.scores[kind].f1 < floor]
    assert not low, "\n".join(f"{kind} {evaluation.scores[kind].f1:.4f}\n{lost(evaluation, kind)}" for kind in low)
