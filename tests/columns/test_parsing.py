"""Queries parsed without rdflib's search for comments give what rdflib gives."""

from typing import Any

import pytest
from pyparsing import ParseException
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from kg.columns.parsing import parse
from kg.questions import list_questions

_HARD = (
    "# first\nASK { ?s ?p <http://x.example/a#b> # an end '\n ; ?q '#' , \"\"\"long # \" \n # text\"\"\" }#last",
    "SELECT ?a\n#+ title\n{ ?a a ?b . FILTER (?a < 3 && 4 > 2) # a comment > with <signs\n }",
    "ASK { ?s ?p '\\u0023 no comment' }",
)


def _plain(node: Any) -> Any:
    """Sets in an order, and nodes by their name and parts."""
    if isinstance(node, CompValue):
        return (node.name, [(key, _plain(value)) for key, value in sorted(node.items())])
    if isinstance(node, dict):
        return sorted((str(key), _plain(value)) for key, value in node.items())
    if isinstance(node, set | frozenset):
        return sorted(map(str, node))
    return [_plain(each) for each in node] if isinstance(node, list | tuple) else repr(node)


@pytest.mark.parametrize("query", [*(question.query for question in list_questions()), *_HARD])
def test_as_rdflib_parses(query):
    assert _plain(parse(query)) == _plain(translateQuery(parseQuery(query)).algebra)


@pytest.mark.parametrize("broken", ["SELECT ?a # {", "# first\nSELECT ?a # two\n{ ?s ?p # }"])
def test_an_error_stands_at_the_same_place(broken):
    with pytest.raises(ParseException) as theirs:
        parseQuery(broken)
    with pytest.raises(ParseException) as ours:
        parse(broken)
    assert (ours.value.lineno, ours.value.column) == (theirs.value.lineno, theirs.value.column)
