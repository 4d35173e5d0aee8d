"""What can be told of a query from its tokens, without parsing it.

Source: SPARQL 1.1 Query Language, 19.2 (code point escapes) and 19.8 (terminals),
https://www.w3.org/TR/sparql11-query/#grammar
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<long>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3})
    | (?P<string>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<pname>(?:[^\W\d_][\w.-]*)?:[\w.:%-]*)
    | (?P<language>@[A-Za-z0-9-]+)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_DECLARED = re.compile(r"PREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def words(query: str) -> Iterator[str]:
    """Give the bare words (keywords, function names, ``a``) of a query, upper-cased.

    >>> list(words('PREFIX ask: <x#> SELECT ?ask { ?s ask:a "ASK" } # ASK'))
    ['PREFIX', 'SELECT']
    """
    return (m.group().upper() for m in _TOKEN.finditer(query) if m.lastgroup == "word")


def prefixes_used(query: str) -> frozenset[str]:
    """Give the prefixes of all prefixed names, declarations included.

    >>> sorted(prefixes_used("PREFIX mg: <x#> SELECT * { ?t mg:inPlan ?p ; rdfs:label ?l }"))
    ['mg', 'rdfs']
    """
    names = (m.group() for m in _TOKEN.finditer(query) if m.lastgroup == "pname")
    return frozenset(name.partition(":")[0] for name in names)


def without_comments(query: str) -> str:
    r"""Give the query with blanks for its comments; all else stands where it stood.

    >>> without_comments("ASK { ?s ?p <x#y> # no '\n; ?q '#' }")
    "ASK { ?s ?p <x#y>       \n; ?q '#' }"
    """
    return _TOKEN.sub(lambda match: " " * len(match.group()) if match.lastgroup == "comment" else match.group(), query)


def query_form(query: str) -> str | None:
    """Give SELECT, ASK, CONSTRUCT or DESCRIBE; ``None`` for anything else (an update, no query)."""
    return next((word for word in words(query) if word in FORMS), None)


def has_word(query: str, keyword: str) -> bool:
    """Tell whether a keyword stands in the query, also one hidden behind code point escapes."""
    return keyword in words(query) or ("\\" in query and keyword in words(_ESCAPE.sub(_unescape, query)))


def rename_terms(query: str, namespace: str, other: str, names: Collection[str]) -> str:
    """Give the query with prefixed terms of one namespace renamed to those of another, under whatever prefix.

    Full addresses, texts and comments stay, and so do lines. ``names`` are the local names of the terms.

    >>> rename_terms("PREFIX mg: <x#> SELECT * { ?a mg:agent ?b ; mg:agents <x#agent> } # mg:agent", "x#", "y#", {"agent"})
    'PREFIX mg: <x#> SELECT * { ?a <y#agent> ?b ; mg:agents <x#agent> } # mg:agent'
    """
    prefixes = {match[1] for match in _DECLARED.finditer(query) if match[2] == namespace}

    def renamed(match: re.Match[str]) -> str:
        text = match.group()
        prefix, colon, name = text.partition(":")
        bare = name.rstrip(".")  # "mg:agent." ends a sentence
        if match.lastgroup != "pname" or not colon or prefix not in prefixes or bare not in names:
            return text
        return f"<{other}{bare}>{name[len(bare) :]}"

    return _TOKEN.sub(renamed, query)


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else ""
