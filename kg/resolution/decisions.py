"""Decisions of people: one record, which of them stand, and what they say of a name.

A decision answers one question: is this name that agency (identity), does this assignment hold, what of this finding, are
these two tasks one (alignment)? Its subject is named by content (the place, the document without its witness hash, the words), never by an
offset or a hash of the text: so it is found again in a document that was edited around it. Later decisions on a subject
take the place of earlier ones; "withdrawn" leaves the subject without an answer. Nothing is ever deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal, get_args

from kg.normalise import key
from kg.records import AgencyMention
from kg.resolution.registry import Registry

About = Literal["identity", "assignment", "finding", "alignment"]
ABOUT: tuple[str, ...] = get_args(About)
WITHDRAWN = "withdrawn"
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "identity": ("same", "not-same", "unsure", WITHDRAWN),
    "assignment": ("confirm", "reject", "unsure", WITHDRAWN),
    "finding": ("proposed", "confirmed", "rejected", "justified", WITHDRAWN),
    "alignment": ("same", "not-same", "unsure", WITHDRAWN),
}
STATUS_OF_ANSWER: Mapping[str, str] = {
    "same": "confirmed", "confirm": "confirmed", "confirmed": "confirmed", "not-same": "confirmed",
    "reject": "rejected", "rejected": "rejected", "justified": "justified", "proposed": "unreviewed", "unsure": "unreviewed",
}  # fmt: skip
"""The review status (ontology/status.ttl) of what an answer is about; a name that is *not* that agency is settled, too."""
CENTRE = "trung-uong"
KIND, NAME = "kind/", "name/"
OBJECT_JOINT = " | "  # between the document and the words of an alignment's national task
_FINGERPRINT = 16  # hex digits
_ID = 8

Subject = tuple[str, ...]


def fingerprint(quote: str) -> str:
    r"""Give the hash of a sentence as it is compared: white space, case, dashes and tone placement do not count; "" of "".

    It opens with a letter: a spreadsheet would take some hashes for numbers (12e34) and spoil them.

    >>> fingerprint("Sở  Công Thương\nchủ trì") == fingerprint("Sở Công Thương chủ trì")
    True
    """
    return "q" + sha256(key(quote).encode()).hexdigest()[:_FINGERPRINT] if quote.strip() else ""


def document_key(path: str, text_sha256: str) -> str:
    """Give a document's address without its witness hash, which changes with every letter of the text.

    >>> document_key("lai-chau/ke-hoach/2025/kinh-te-tuan-hoan-08a997a2", "08a997a2" + 56 * "0")
    'lai-chau/ke-hoach/2025/kinh-te-tuan-hoan'
    >>> document_key("thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg", "08a997a2" + 56 * "0")
    'thu-tuong-chinh-phu/quyet-dinh/2025/222-qd-ttg'
    """
    return path.removesuffix(f"-{text_sha256[:8]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of a decisions file.

    ``place`` (identity only) is where the name means this: a province's slug, "trung-uong", or a document's key.
    ``document`` is a document's key: the one that the quote stands in. ``subject`` is the name as written (identity), the
    role and the name ("lead/Sở Công Thương": assignment), a code (finding) or "" (alignment). ``object`` is "kind/slug" or
    "name/its words" (identity), the national task as "document key | words" (alignment), or the other thing that a finding is about.
    ``quote`` is the sentence that the person saw, "" where none was given. ``file`` and ``line`` tell where it is written.
    """

    when: str
    who: str
    about: str
    place: str = ""
    document: str = ""
    subject: str
    answer: str
    object: str = ""
    quote: str = ""
    why: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def moment(self) -> datetime:
        """When; a bare date is its first instant, a time without zone is UTC."""
        at = datetime.fromisoformat(self.when)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)

    @property
    def key(self) -> Subject:
        """What it is about: two decisions with one key answer one question."""
        if self.about == "identity":
            return (self.about, self.place, key(self.subject), key(self.object))
        return (self.about, self.document, key(self.subject), key(self.quote), key(self.object))

    @property
    def id(self) -> str:
        """Eight hex digits made from all that it says, wherever it is written."""
        said = (self.when, self.who, self.about, self.place, self.document, self.subject, self.answer, self.object, self.quote, self.why)
        return sha256("\x1f".join(said).encode()).hexdigest()[:_ID]


@dataclass(frozen=True)
class Decisions:
    """All decisions, in the order of their times; ``standing`` are those that nothing has superseded or withdrawn."""

    log: tuple[Decision, ...] = ()

    @cached_property
    def standing(self) -> tuple[Decision, ...]:
        """The decisions that stand, in the order of their times."""
        return tuple(_fold(self.log).values())

    @cached_property
    def by_name(self) -> Mapping[tuple[str, str], tuple[Decision, ...]]:
        """The standing decisions of identity by place and key of the name."""
        found: dict[tuple[str, str], tuple[Decision, ...]] = {}
        for each in self.standing:
            if each.about == "identity":
                name = (each.place, key(each.subject))
                found[name] = (*found.get(name, ()), each)
        return found

    def about(self, about: About) -> tuple[Decision, ...]:
        """Give those of one kind that stand: what an analysis of findings or alignments asks for."""
        return tuple(each for each in self.standing if each.about == about)

    def latest(self, about: About, *, document: str, subject: str = "", quote: str = "", object: str = "") -> Decision | None:  # noqa: A002  as in the file
        """Give what stands on an assignment, finding or alignment; ``None`` where nobody has decided."""
        wanted = Decision(when="", who="", about=about, document=document, subject=subject, answer="", object=object, quote=quote).key
        return next((each for each in self.standing if each.key == wanted), None)

    def touching(self, document: Home) -> Decisions:
        """Give the standing decisions that a document's outcome can depend on: its own, and those on names that it writes."""
        return Decisions(tuple(each for each in self.standing if _touches(each, document)))

    @cached_property
    def digest(self) -> str:
        """A hash of what they say: equal for equal decisions, whatever the file and line."""
        return sha256("\x1e".join(sorted(each.id for each in self.log)).encode()).hexdigest()[:_FINGERPRINT]


NO_DECISIONS = Decisions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What of a document decides which decisions touch it: its key, its place, and the keys of all names that it writes."""

    key: str
    place: str
    names: frozenset[str]


def make_decisions(lines: Iterable[Decision]) -> Decisions:
    """Put decisions into the order of their times; where that is equal, of what they say: the order of lines counts for nothing."""
    return Decisions(tuple(sorted(set(lines), key=lambda each: (each.moment, each.key, each.id))))


def _fold(log: Iterable[Decision]) -> dict[Subject, Decision]:
    standing: dict[Subject, Decision] = {}
    for each in log:
        standing.pop(each.key, None)
        if each.about == "identity" and each.answer == "same":  # a name is one agency: the newest answer
            for former in [other.key for other in standing.values() if other.answer == "same" and other.key[:3] == each.key[:3]]:
                del standing[former]
        if each.answer != WITHDRAWN:
            standing[each.key] = each
    return standing


def _touches(decision: Decision, document: Home) -> bool:
    if decision.document and decision.document == document.key:
        return True
    if decision.about != "identity" or decision.place not in (document.place, document.key):
        return False
    return key(decision.subject) in document.names


def written_names(mention: AgencyMention) -> tuple[str, ...]:
    """Give the keys by which a decision can speak of a mention: what is written; of an unresolved one its cleaned name, too."""
    names = (mention.text,) if mention.kind else (mention.text, mention.name)
    return tuple(dict.fromkeys(map(key, names)))


def find_identity(mention: AgencyMention, decisions: Decisions, home: Home) -> Decision | None:
    """Give the decision that says what a mention is, or that it is not what it was taken for; ``None`` where none does.

    One for the document alone goes before one for its place.
    """
    for place in (home.key, home.place):
        for name in written_names(mention):
            of_name = decisions.by_name.get((place, name), ())
            same = next((each for each in of_name if each.answer == "same"), None)
            if same is not None:
                return same
            taken_for = KIND + mention.kind if mention.kind else NAME + key(mention.name)
            denied = next((each for each in of_name if each.answer == "not-same" and each.object == taken_for), None)
            if denied is not None and mention.kind:
                return denied
    return None


class Decider:
    """Decides the mentions of one document, and keeps which decision each rests on, by the name as written."""

    def __init__(self, decisions: Decisions, home: Home, registry: Registry) -> None:
        self.made: dict[str, Decision] = {}
        self._decisions = decisions
        self._home = home
        self._registry = registry

    def __call__(self, mention: AgencyMention) -> AgencyMention:
        """Give the mention as people have decided it; as it is where they have not."""
        found = find_identity(mention, self._decisions, self._home)
        if found is None:
            return mention
        self.made[mention.text] = found
        return decide_mention(mention, found, self._registry)


def decide_mention(mention: AgencyMention, found: Decision, registry: Registry) -> AgencyMention:
    """Give the mention as a decision has it."""
    if found.answer == "not-same":  # nobody that is known: a body of its own, by what is written
        return replace(mention, name=" ".join(mention.text.split()), kind=None, form="body", confidence=1.0, method="decision")
    if found.object.startswith(KIND):
        kind = registry.kinds[found.object.removeprefix(KIND)]
        return replace(mention, name=kind.name, kind=kind.slug, form=kind.form, confidence=1.0, method="decision")
    own = registry.kind_named(found.object.removeprefix(NAME))
    return replace(
        mention, name=found.object.removeprefix(NAME), kind=own.slug if own else None, form=own.form if own else mention.form,
        confidence=1.0, method="decision",
    )  # fmt: skip
