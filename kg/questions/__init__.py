"""The question library: ``.rq`` files that describe themselves, run on any store.

``list_questions`` gives them, ``run`` asks one, ``describe_run`` says in a sentence what was asked, ``in_words`` puts an
answer into the reader's words, and ``explain_empty`` (``explain_empty_query`` for a query of one's own) says why an answer has no row. The form of the files is in
``kg.questions.header``.
"""

from kg.questions.asking import run, take_date, view_of
from kg.questions.empty import explain_empty, explain_empty_query
from kg.questions.header import get_question, list_questions, read_question
from kg.questions.records import Choice, Column, Parameter, Question, Text
from kg.questions.sentence import describe_run
from kg.questions.values import list_choices
from kg.questions.words import in_words
from kg.store.formatting import format_csv, format_json, format_table, format_ttl

__all__ = [
    "Choice",
    "Column",
    "Parameter",
    "Question",
    "Text",
    "describe_run",
    "explain_empty",
    "explain_empty_query",
    "format_csv",
    "format_json",
    "format_table",
    "format_ttl",
    "get_question",
    "in_words",
    "list_choices",
    "list_questions",
    "read_question",
    "run",
    "take_date",
    "view_of",
]
