"""The small graph that every question is asked of, its golden answers, a question of the tests, and what two engines must agree on."""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.questions import get_question, in_words, list_questions, run
from kg.store.formatting import plain_text

TESTS = Path(__file__).parents[1]
SMALL = TESTS / "data" / "small.trig"
EXPECTED = TESTS / "queries" / "expected"
BASE = "https://w3id.org/mandategraph/"
QUESTIONS = list_questions()
ALL_NAMES = [question.name for question in QUESTIONS]
QUESTIONS = [question for question in QUESTIONS if question.as_of is None]  # tests/test_as_of.py has the others
NAMES = [question.name for question in QUESTIONS]
OF_ALIGNMENT = {"lead-differs", "uncovered-national-tasks", "local-additions", "national-task-leads", "overlaps"}

HEADER = """#+ title:
#+   vi: Nhiệm vụ
#+   en: Tasks
#+ running:
#+   vi: nhiệm vụ tên {name}
#+   en: tasks called {name}
#+ description:
#+   vi: Nhiệm vụ của tỉnh: tên và mã
#+   en: Tasks of a province: name and code
#+ why:
#+   vi: Để tra cứu
#+   en: To look up
#+ read:
#+   vi: Mỗi dòng một nhiệm vụ
#+   en: A line is a task
#+ tags: [task]
#+ parameters:
#+   - name: name
#+     type: string
#+     label:
#+       vi: Tên
#+       en: Name
#+     every:
#+       vi: bất kỳ
#+       en: anything
#+ columns:
#+   - name: name
#+     vi: Tên
#+     en: Name

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?name WHERE {
  VALUES ?name { UNDEF }
  ?task rdfs:label ?name .
}
"""


def written(tmp_path, text, name="task-names.rq"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def cell(name, text, concatenated):
    """Give what two engines must agree on: numbers by value, concatenated cells as sets, addresses without their base."""
    if name in concatenated:
        return frozenset(text.split("; "))
    try:
        return Decimal(text)
    except InvalidOperation:
        return text.replace(BASE, "")


def rows(question, table):
    concatenated = set(re.findall(r"GROUP_CONCAT.*?AS \?(\w+)", question.query))
    names = [column.name for column in question.columns]
    return [tuple(cell(name, text, concatenated) for name, text in zip(names, row, strict=True)) for row in table]


def answered(question, store, params=None):
    return rows(question, [[plain_text(term) for term in row] for row in run(question, store, params).rows])


def expected(question):
    with (EXPECTED / f"{question.name}.csv").open(encoding="utf-8", newline="") as file:
        heading, *table = csv.reader(file)
    assert heading == [column.name for column in question.columns]
    return rows(question, table)


def values(store, name, column, **params):
    result = run(name, store, params)
    return [row[result.columns.index(column)] for row in result.values()]


def told(name, store, lang, **params):
    question = get_question(name)
    return in_words(question, run(question, store, params), store, lang)


def column(result, name):
    return [plain_text(row[result.columns.index(name)]) for row in result.rows]
