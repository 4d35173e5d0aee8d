"""The errors of mandategraph, named by who must act.

MandategraphError
├── InputError        the person who gave the file: it cannot be read, or holds nothing that can be read
│   ├── EncodingError     bytes that are no text we can tell
│   ├── FormatError       a format without a reader
│   └── MissingToolError  a format whose reader needs a program that is not installed
├── VocabularyError   the editor of ontology/ or decisions/: a broken registry
├── QuestionError     the person who asked: an unknown question, a wrong parameter, a broken query
├── StoreError        the person who runs the store: no such build, an endpoint that does not answer
└── IntegrityError    us: records or graph break a promise of the project

Every message says the place, what was found, what was expected and what to do, in Vietnamese and in English.
"""

from __future__ import annotations


class MandategraphError(Exception):
    """An error that a person can mend.

    Args:
        place: file, and line or offset where known.
        found: what stands there.
        expected: what should stand there.
        remedy: what to do.
        vi: the same in Vietnamese, one sentence; shown first.
    """

    def __init__(self, place: str, *, found: str, expected: str, remedy: str, vi: str) -> None:
        self.place = place
        self.found = found
        self.expected = expected
        self.remedy = remedy
        self.vi = vi
        super().__init__(f"{place}: {vi} | found {found}; expected {expected}; {remedy}")


class InputError(MandategraphError):
    """A file that cannot be read."""


class EncodingError(InputError):
    """Bytes that are no text in an encoding that we can tell."""


class FormatError(InputError):
    """A file format without a reader."""


class MissingToolError(InputError):
    """A file whose reader needs a program that is not installed; once it is, the same file is read."""


class VocabularyError(MandategraphError):
    """A registry or decisions file that is broken."""


class QuestionError(MandategraphError):
    """A question that cannot be asked."""


class StoreError(MandategraphError):
    """A store that cannot be opened or does not answer."""


class IntegrityError(MandategraphError):
    """Records or a graph that break a promise of the project."""
