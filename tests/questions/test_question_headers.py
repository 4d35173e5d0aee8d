"""What stands above a question: that of the library is whole, and a broken one says where."""

from __future__ import annotations

import re

import pytest

from kg.errors import QuestionError
from kg.questions import list_choices, list_questions, read_question, run
from kg.questions.page import GROUPS, questions_page
from kg.store.query_text import prefixes_used
from tests.questions.small_graph import HEADER, NAMES, QUESTIONS, TESTS, written


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_header_is_whole(question, store):
    for text in (question.title, question.running, question.description, question.why, question.reading):
        assert text.vi
        assert text.en
        assert text.vi != text.en
    assert question.tags
    assert all(question.tags)
    assert store.select(question.query).columns == tuple(column.name for column in question.columns)
    declared = set(re.findall(r"^PREFIX (\S+):", question.query, re.MULTILINE))
    body = "\n".join(line for line in question.query.splitlines() if not line.startswith("PREFIX"))
    queries = [body, *(parameter.values or "" for parameter in question.parameters)]
    assert declared == frozenset().union(*(prefixes_used(query) for query in queries))


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_every_row_of_the_order_is_settled(question):
    # A total order ends with an address; without it a LIMIT cuts through ties differently on each engine.
    last = question.query[question.query.rindex("ORDER BY") :].split()[-1].lstrip("?")
    assert last in {column.name for column in question.columns} | {"start", "year"}


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_every_choice_can_be_asked(question, store):
    for parameter in question.parameters:
        for choice in list_choices(question, parameter, store):
            result = run(question, store, {parameter.name: choice.term})
            assert result.columns == tuple(column.name for column in question.columns)


def test_header_is_read(tmp_path):
    question = read_question(written(tmp_path, HEADER))
    assert question.description.vi == "Nhiệm vụ của tỉnh: tên và mã"
    assert question.tags == ("task",)
    assert question.parameters[0].default is None


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("#+   en: Tasks\n", "", "no vi and en at key 'title'"),
        ("#+ tags: [task]", "#+ tags [task]", "line 16"),
        ("#+ tags: [task]", "#+ tags: [task]\n#+ tags: [list]", "line 17"),
        ("#+ tags: [task]", "#+ tags: [task]\n#+ author: Sở Nội vụ", "unknown keys author"),
        ("#+     type: string", "#+     type: text", "type 'text'"),
        ("#+   - name: name\n#+     type", "#+   - name: names\n#+     type", r"VALUES \?names"),
        ("tasks called {name}", "tasks called {title}", "each parameter once"),
        ("#+       vi: bất kỳ\n", "", "no vi and en at key 'every'"),
        ("#+ why:\n", "#+ why: Để tra cứu\n", "line 10"),
    ],
)
def test_broken_header_says_where(tmp_path, old, new, found):
    assert old in HEADER
    with pytest.raises(QuestionError, match=found) as caught:
        read_question(written(tmp_path, HEADER.replace(old, new, 1)))
    assert "task-names.rq" in caught.value.place


def test_file_name_must_be_kebab_case(tmp_path):
    with pytest.raises(QuestionError, match="kebab-case"):
        read_question(written(tmp_path, HEADER, "Task_names.rq"))


def test_the_page_of_all_questions_is_current():
    # `python -m kg.questions.page > docs/questions.md` writes it anew.
    assert (TESTS.parent / "docs" / "questions.md").read_text("utf-8") == questions_page(list_questions())


def test_every_question_is_in_a_group():
    assert {question.tags[0] for question in list_questions()} <= GROUPS.keys()
