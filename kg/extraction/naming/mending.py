"""Names with slips: matched without diacritics, and nearly, where the words as they stand are no name or only the beginning of one."""

from __future__ import annotations

from kg.extraction.naming.cursor import Cursor, Found, found, opens_name
from kg.extraction.naming.lexicon import Lexicon, Name, tokenise
from kg.extraction.naming.words import VERBS
from kg.resolution.near import Near, nearest
from kg.resolution.registry import Kind

_WINDOW = 12
_DOTTED = 5
"""Words at the start of a name in which a stray full stop is looked for."""
_LISTED = frozenset({"sở", "bộ"})
"""Heads of names with commas inside: of these even a name that begins with a slip is looked for beyond its first comma."""
_INNER = frozenset({",", "-", "–", "&"})
CERTAINTY = 0.95
"""What a near match can have at most: it is never as sure as a name that stands in the registry."""


def mend_match(cursor: Cursor, at: int, match: tuple[Name, int] | None) -> tuple[Name, int] | None:
    """The match, or a longer one: "Sở Nông nghiệp | và Môi trưởng" is no Sở Nông nghiệp.

    Only where no name matches, or a longer name begins as the match and the word behind it do.
    """
    if match is not None and not cursor.lexicon.goes_on(cursor.words, at, match[1]):
        return match
    if match is None and "." in cursor.words[at + 1 : at + _DOTTED]:
        match = _match_dotted(cursor, at)
    folded = cursor.lexicon.match_folded(cursor.words, at)
    if folded is not None and (match is None or folded[1] > match[1]):
        return folded
    first = match[1] if match is not None else at + 1
    if (match is None and not (cursor.whole and cursor.words[at] in _LISTED)) or opens_name(cursor, first + 1):
        return match
    for stop in range(min(len(cursor.words), at + _WINDOW), first + 1, -1):
        if cursor.words[stop - 1][0].isalnum() and _is_one_name(cursor, first, stop):
            near = nearest(cursor.stretch(at, stop))
            if near is not None and len(tokenise(near.label)) > first - at and cursor.lexicon.registry.kinds[near.slug].form == "body":
                return Name(near.slug, proper_name(cursor.lexicon, near), "near"), stop
    return match


def _match_dotted(cursor: Cursor, at: int) -> tuple[Name, int] | None:
    """A name with a full stop that OCR put inside it: "Liên minh. Hợp tác xã Việt Nam"."""
    dot = cursor.words.index(".", at + 1)
    match = cursor.lexicon.match([*cursor.words[at:dot], *cursor.words[dot + 1 : dot + _WINDOW]], 0)
    return (Name(match[0].slug, match[0].name, "near"), at + match[1] + 1) if match is not None and match[1] > dot - at else None


def _is_one_name(cursor: Cursor, start: int, stop: int) -> bool:
    """Whether the words after a match can still be of one name: no separator but inner signs, no verb, no other name."""
    for at in range(start, stop):
        word = cursor.words[at]
        if not (word[0].isalnum() or word in _INNER) or f"{word}_{cursor.at(at + 1)}" in VERBS or opens_name(cursor, at):
            return False
    return True


def found_near(cursor: Cursor, at: int, stop: int, text: str) -> Found | None:
    """The finding for a stretch that no name matches but nearly; ``None`` where none is near, or two are."""
    near = nearest(text)
    if near is None:
        return None
    kind: Kind = cursor.lexicon.registry.kinds[near.slug]
    return found(
        cursor, at, stop, proper_name(cursor.lexicon, near), kind=near.slug, form=kind.form,
        confidence=round(near.score * CERTAINTY, 2), method="near",
    )


def proper_name(lexicon: Lexicon, near: Near) -> str:
    """The form to write for a near match: as for the registry's form that it is near to."""
    words = [token.word for token in tokenise(near.label)]
    match = lexicon.match(words, 0)
    return match[0].name if match is not None and match[1] == len(words) else near.label
