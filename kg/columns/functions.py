"""Functions and operators on single terms; ``None`` is an error.

Decimals are those of the store: 18 digits behind the point, what is beyond is cut.

Source: SPARQL 1.1 Query Language, 17.3 and 17.4, https://www.w3.org/TR/sparql11-query/#OperatorMapping
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_FLOOR, Context, Decimal
from functools import cache
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from kg.store.results import Term, python_value

Number: TypeAlias = "int | Decimal | float"

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _DECIMAL, _DOUBLE, _INTEGER, _STRING = (ox.NamedNode(_XSD + name) for name in ("boolean", "decimal", "double", "integer", "string"))
TRUE, FALSE = ox.Literal("true", datatype=_BOOLEAN), ox.Literal("false", datatype=_BOOLEAN)
_DIGITS = Decimal(1).scaleb(-18)
_WIDE = Context(prec=60)


def boolean(value: bool | None) -> Term | None:
    """Give the literal of a truth value."""
    return None if value is None else TRUE if value else FALSE


def truth(term: Term) -> bool | None:
    """Give the effective boolean value."""
    if not isinstance(term, ox.Literal):
        return None
    value = python_value(term)
    if isinstance(value, bool | int | float | Decimal):
        return bool(value) and value == value  # noqa: PLR0124 - NaN is false
    return bool(value) if term.datatype == _STRING else None


def number(term: Term | None) -> Number | None:
    """Give the number that a literal stands for; ``None`` for all else."""
    if not isinstance(term, ox.Literal) or term.datatype == _STRING or term.language:
        return None
    value = python_value(term)
    return value if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None


def literal(value: Number | None) -> Term | None:
    """Give the literal of a number."""
    if value is None:
        return None
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=_INTEGER)
    if isinstance(value, float):
        return ox.Literal(value)
    text = f"{value.quantize(_DIGITS, ROUND_DOWN, _WIDE):f}".rstrip("0").rstrip(".")
    return ox.Literal("0" if text == "-0" else text, datatype=_DECIMAL)


def calculate(sign: str, one: Number, other: Number) -> Number | None:
    """Compute with two numbers, each brought to the wider type of the two."""
    if sign == "/" and not other:
        return None
    if isinstance(one, float) or isinstance(other, float):
        return _SIGNS[sign](float(one), float(other))  # type: ignore[no-any-return]
    if sign == "/":
        return _WIDE.divide(Decimal(one), Decimal(other)).quantize(_DIGITS, ROUND_DOWN, _WIDE)
    return _SIGNS[sign](one, other)  # type: ignore[no-any-return]


_SIGNS: Final[dict[str, Callable[[Any, Any], Any]]] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def _arithmetic(sign: str) -> Callable[[Term, Term], Term | None]:
    def called(one: Term, other: Term) -> Term | None:
        first, second = number(one), number(other)
        return None if first is None or second is None else literal(calculate(sign, first, second))

    return called


ARITHMETIC: Final = {sign: _arithmetic(sign) for sign in "+-*/"}


def equal_literals(one: Term, other: Term) -> bool | None:
    """Tell whether two literals that are not the same term have the same value."""
    assert isinstance(one, ox.Literal)  # noqa: S101 - asked of literals only
    assert isinstance(other, ox.Literal)  # noqa: S101
    first, second = number(one), number(other)
    if first is not None and second is not None:
        return first == second
    if one.datatype == other.datatype and one.datatype not in (_BOOLEAN, _DECIMAL, _INTEGER, _DOUBLE):
        return False
    return python_value(one) == python_value(other) if one.datatype == other.datatype else False


def compared(one: Term, other: Term) -> int | None:
    """Give -1, 0 or 1 as one literal comes before, with or after another of its kind; ``None`` where they do not compare."""
    first, second = number(one), number(other)
    if first is None or second is None:
        if not (isinstance(one, ox.Literal) and isinstance(other, ox.Literal)) or (one.datatype, one.language) != (other.datatype, other.language):
            return None
        return (one.value > other.value) - (one.value < other.value)
    return (first > second) - (first < second)


def _told(test: Callable[[int], bool]) -> Callable[[int | None], bool | None]:
    return lambda order: None if order is None else test(order)


COMPARISONS: Final = {"<": _told(lambda n: n < 0), ">": _told(lambda n: n > 0), "<=": _told(lambda n: n <= 0), ">=": _told(lambda n: n >= 0)}


def sort_key(term: Term) -> tuple[int, str, Number, str]:
    """Give what terms are ordered by: addresses, numbers, then other literals by their texts."""
    if not isinstance(term, ox.Literal):
        return (1 if isinstance(term, ox.NamedNode) else 0, "", 0, str(getattr(term, "value", term)))
    value = number(term)
    return (3, term.value, 0, str(term)) if value is None else (2, "", value, "")


# --- functions of texts


def _text(term: Term) -> str | None:
    return term.value if isinstance(term, ox.Literal) and (term.language or term.datatype == _STRING) else None


def _like(value: str, term: Term) -> Term:
    language = term.language if isinstance(term, ox.Literal) else None
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def _of_text(function: Callable[[str], str]) -> Callable[[Term], Term | None]:
    def called(term: Term) -> Term | None:
        text = _text(term)
        return None if text is None else _like(function(text), term)

    return called


def _of_two(test: Callable[[str, str], bool]) -> Callable[[Term, Term], Term | None]:
    def called(one: Term, other: Term) -> Term | None:
        first, second = _text(one), _text(other)
        return None if first is None or second is None else boolean(test(first, second))

    return called


@cache
def _pattern(pattern: str, flags: str) -> re.Pattern[str]:
    return re.compile(pattern, sum(getattr(re, flag.upper()) for flag in flags))


def _regex(text: Term, pattern: Term, flags: Term | None = None) -> Term | None:
    words, form = _text(text), _text(pattern)
    return None if words is None or form is None else boolean(_pattern(form, (_text(flags) if flags else None) or "").search(words) is not None)


def _replace(text: Term, pattern: Term, by: Term, flags: Term | None = None) -> Term | None:
    words, form, given = _text(text), _text(pattern), _text(by)
    if words is None or form is None or given is None:
        return None
    written = re.sub(r"\$(\d)", r"\\g<\1>", given.replace("\\", "\\\\"))
    return _like(_pattern(form, (_text(flags) if flags else None) or "").sub(written, words), text)


def _substr(text: Term, start: Term, length: Term | None = None) -> Term | None:
    words, begin, size = _text(text), number(start), number(length)
    if words is None or begin is None or (length is not None and size is None):
        return None
    first = round(begin) - 1
    last = len(words) if size is None else first + round(size)
    return _like(words[max(first, 0) : max(last, 0)], text)


def _concat(*terms: Term) -> Term | None:
    texts = [_text(term) for term in terms]
    if any(text is None for text in texts):
        return None
    languages = {term.language for term in terms if isinstance(term, ox.Literal)}
    whole = "".join(text for text in texts if text is not None)
    return _like(whole, terms[0]) if len(languages) == 1 else ox.Literal(whole)


def _round(term: Term) -> Term | None:
    value = number(term)
    if value is None or isinstance(value, int):
        return literal(value)
    return literal((value + Decimal("0.5")).to_integral_value(ROUND_FLOOR)) if isinstance(value, Decimal) else literal(float(math.floor(value + 0.5)))


def _integer(term: Term) -> Term | None:
    text = _text(term)
    if text is not None:
        return literal(int(text)) if re.fullmatch(r"\s*[+-]?[0-9]+\s*", text) else None
    value = number(term)
    return literal(int(value)) if value is not None else literal(int(truth(term) or 0)) if term in (TRUE, FALSE) else None


BUILTINS: Final[dict[str, Callable[..., Term | None]]] = {
    "LANG": lambda term: ox.Literal(term.language or "") if isinstance(term, ox.Literal) else None,
    "DATATYPE": lambda term: term.datatype if isinstance(term, ox.Literal) else None,
    "ISIRI": lambda term: boolean(isinstance(term, ox.NamedNode)),
    "LCASE": _of_text(str.lower),
    "UCASE": _of_text(str.upper),
    "CONTAINS": _of_two(lambda one, other: other in one),
    "STRSTARTS": _of_two(str.startswith),
    "STRENDS": _of_two(str.endswith),
    "REGEX": _regex,
    "REPLACE": _replace,
    "SUBSTR": _substr,
    "CONCAT": _concat,
    "ROUND": _round,
}
CASTS: Final[dict[str, Callable[..., Term | None]]] = {_XSD + "integer": _integer}
