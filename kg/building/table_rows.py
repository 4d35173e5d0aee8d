"""A document's quads → rows of the tables: the graph in flat form, so that tables and graph cannot disagree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode, Quad

from kg.building.tables import ASSIGNMENTS, CITATIONS, DOCUMENTS, DUTIES, PARTS, REPORTING, SECTORS, TARGETS, TASKS, Row
from kg.graph.namespaces import BASE, DCTERMS, MG, MG_BASE, OA, RDF, RDFS, SKOS
from kg.resolution.registry import Registry
from kg.resolution.shown import name_with_place

Rows = dict[str, list[Row]]
_JOINT = "; "
REJECTED = "rejected"  # counts for nothing
_TOGETHER = re.compile(r"phối\s+hợp", re.IGNORECASE)
_FORMS = (("OpenGroup", "open-group"), ("AgencyGroup", "group"))


def document_rows(address: str, quads: Iterable[Quad], registry: Registry) -> Rows:
    """Give one document's rows of every table but agencies and findings, which are the corpus's."""
    facts = _Facts(address, quads, registry)
    makers: dict[str, Callable[[_Facts], Iterator[Row]]] = {
        DOCUMENTS.name: _documents,
        TASKS.name: _tasks,
        PARTS.name: _parts,
        ASSIGNMENTS.name: _assignments,
        DUTIES.name: _duties,
        REPORTING.name: _reporting,
        TARGETS.name: _targets,
        SECTORS.name: _sectors,
        CITATIONS.name: _citations,
    }
    return {name: list(dict.fromkeys(make(facts))) for name, make in makers.items()}


class _Facts:
    """A document's statements by subject and predicate, in their order."""

    def __init__(self, address: str, quads: Iterable[Quad], registry: Registry) -> None:
        self.registry = registry
        self.node = NamedNode(address)
        self.values: dict[str, dict[str, list[str]]] = defaultdict(dict)
        self.by_class: dict[str, dict[str, None]] = defaultdict(dict)
        self._in_language: dict[tuple[str, str, str], str] = {}
        for quad in quads:
            subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
            values = self.values[subject].setdefault(quad.predicate.value, [])
            if value not in values:
                values.append(value)
            if quad.predicate == MG.reason:
                self._in_language.setdefault((subject, quad.predicate.value, getattr(quad.object, "language", None) or ""), value)
            if quad.predicate == RDF.type:
                self.by_class[value][subject] = None
        self.file = self.one(address, MG.sourceFile) or ""
        self.head: Row = (address, self.file)

    def head_of(self, subject: str) -> Row:
        """The document, and the file that the first evidence of the subject stands in."""
        node = self.one(subject, MG.evidence)
        return self.head[0], (self.one(node, MG.sourceFile) if node else None) or self.file

    def all(self, subject: str, predicate: NamedNode) -> list[str]:
        return self.values.get(subject, {}).get(predicate.value, [])

    def one(self, subject: str, predicate: NamedNode) -> str | None:
        return next(iter(self.all(subject, predicate)), None)

    def integer(self, subject: str, predicate: NamedNode) -> int | None:
        value = self.one(subject, predicate)
        return int(value) if value else None

    def number(self, subject: str, predicate: NamedNode) -> float | None:
        value = self.one(subject, predicate)
        return float(value) if value else None

    def slug(self, subject: str, predicate: NamedNode) -> str | None:
        value = self.one(subject, predicate)
        return value.rsplit("/", 1)[-1] if value else None

    def words(self, subject: str, predicate: NamedNode, language: str) -> str | None:
        """The first text in a language; kept for the reason only."""
        return self._in_language.get((subject, predicate.value, language))

    def home(self, agent: str) -> Row:
        """The slug and name of the province that a body is at home in; of a central or an unknown one none."""
        slug = self.slug(agent, MG.inProvince)
        known = self.registry.provinces.get(slug or "")
        return slug, known.name if known else None

    def of_class(self, name: NamedNode) -> Iterable[str]:
        return self.by_class.get(name.value, ())

    def evidence(self, subject: str) -> Row:
        """The first quote in the order of the statements."""
        node = self.one(subject, MG.evidence)
        return self.quote(node) if node and self.one(node, OA.hasSelector) else (None, None, None)

    def quote(self, evidence: str) -> tuple[str, int, int]:
        """The words of a piece of evidence and where they stand."""
        selector = self.one(evidence, OA.hasSelector) or ""
        return self.one(selector, OA.exact) or "", self.integer(selector, OA.start) or 0, self.integer(selector, OA.end) or 0

    @property
    def province(self) -> tuple[str | None, str | None]:
        slug = self.slug(self.node.value, MG.province)
        known = self.registry.provinces.get(slug or "")
        return slug, known.name if known else None


def _joined(values: Iterable[str], joint: str = _JOINT) -> str | None:
    return joint.join(values) or None


def _documents(f: _Facts) -> Iterator[Row]:
    node = f.node.value
    issuer = f.one(node, MG.issuer)
    yield (
        *f.head, f.slug(node, MG.documentType), f.one(node, MG.number), f.one(node, MG.symbol), f.one(node, DCTERMS.title),
        f.one(issuer, RDFS.label) if issuer else None, *f.province, f.one(node, MG.date),
        f.integer(node, MG.periodStart), f.integer(node, MG.periodEnd), _joined(f.all(node, MG.implements), " "), None,
        f.one(node, MG.signer), f.one(node, MG.sourceSha256), f.one(node, MG.textSha256),
    )  # fmt: skip


def _tasks(f: _Facts) -> Iterator[Row]:
    parts: Mapping[str, list[str]] = defaultdict(list)
    for part in f.of_class(MG.TaskPart):
        parts[f.one(part, MG.partOf) or ""].append(part)
    leads, partners = _names_by_task(f, "lead"), _names_by_task(f, "partner")
    for task in f.of_class(MG.Task):
        own = (task, *parts.get(task, ()))
        yield (
            *f.head_of(task), task, f.integer(task, MG.position), f.one(task, MG.code), _joined(_headings(f, task), " > "),
            f.one(task, RDFS.label), _named(leads, own), _named(partners, own),
            f.integer(task, MG.startYear), f.integer(task, MG.endYear), f.slug(task, MG.recurrence), f.one(task, MG.timeText),
            f.one(task, MG.product), f.one(task, MG.objective), _joined(f.all(task, MG.fundingText)),
            _joined(f.one(sector, SKOS.notation) or "" for sector in f.all(task, MG.concernsSector)),
            _joined(f.all(task, MG.refersToAnnex)), len(own) - 1, *f.evidence(task),
        )  # fmt: skip


def _parts(f: _Facts) -> Iterator[Row]:
    for part in f.of_class(MG.TaskPart):
        yield (
            *f.head_of(part), f.one(part, MG.partOf), part, f.integer(part, MG.position),
            f.integer(part, MG.startYear), f.integer(part, MG.endYear), f.slug(part, MG.recurrence), f.one(part, MG.timeText),
            f.one(part, MG.product), _joined(f.all(part, MG.fundingText)), *f.evidence(part),
        )  # fmt: skip


def _names_by_task(f: _Facts, role: str) -> dict[str, dict[str, None]]:
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for node in f.of_class(MG.Assignment):
        if f.slug(node, MG.role) == role and f.slug(node, MG.reviewStatus) != REJECTED:
            names[f.one(node, MG.forTask) or ""][_name(f, f.one(node, MG.agent) or "")] = None
    return names


def _name(f: _Facts, agent: str) -> str:
    """The name to show; with its province where that is not the plan's: a national plan charges two "Ủy ban nhân dân thành phố"."""
    slug, province = f.home(agent)
    return name_with_place(f.one(agent, RDFS.label) or agent, str(province) if province and slug != f.province[0] else None)


def _named(names: Mapping[str, Mapping[str, None]], subjects: Iterable[str]) -> str | None:
    return _joined(dict.fromkeys(name for subject in subjects for name in names.get(subject, ())))


def _headings(f: _Facts, task: str) -> list[str]:
    headings: list[str] = []
    group = f.one(task, MG.inGroup)
    while group is not None:
        headings.insert(0, f.one(group, RDFS.label) or "")
        group = f.one(group, MG.partOf)
    return headings


def _assignments(f: _Facts) -> Iterator[Row]:
    kinds = {MG.Task.value: "task", MG.TaskPart.value: "part", MG.Duty.value: "duty"}
    for node in f.of_class(MG.Assignment):
        subject = f.one(node, MG.forTask) or ""
        whole = f.one(subject, MG.partOf) or subject
        agent = f.one(node, MG.agent) or ""
        of = next((kinds[name] for name in f.all(subject, RDF.type) if name in kinds), None)
        words = f.one(whole, DCTERMS.description) or f.one(whole, RDFS.label)
        yield (
            *f.head_of(node), *f.province, node, of, subject, whole, words, f.slug(node, MG.role), *_who(f, agent),
            *f.home(agent), f.number(node, MG.confidence), f.one(node, MG.method), f.words(node, MG.reason, "vi"), f.words(node, MG.reason, "en"),
            *f.evidence(node),
            f.one(node, MG.mentionText), f.one(node, MG.possible) == "true", f.slug(node, MG.reviewStatus),
        )  # fmt: skip


def _who(f: _Facts, agent: str) -> Row:
    classes = f.all(agent, RDF.type)
    form = next((form for name, form in _FORMS if MG_BASE + name in classes), "agency")
    return (agent, f.one(agent, RDFS.label), form, f.slug(agent, MG.kind))


def _duties(f: _Facts) -> Iterator[Row]:
    names = {role: _names_by_task(f, role) for role in ("lead", "responsible", "partner")}
    partnering: dict[str, list[str]] = defaultdict(list)
    for node in f.of_class(MG.Assignment):
        if f.slug(node, MG.role) == "partner":
            partnering[f.one(node, MG.forTask) or ""].append(node)
    for duty in f.of_class(MG.Duty):
        role = next((role for role, by_task in names.items() if by_task.get(duty)), None)
        helpers = names["partner"].get(duty, {})
        charged = names[role][duty] if role else {}
        if role == "partner":
            called = _called_upon(f, duty, partnering[duty])
            charged = {name: None for name in helpers if name not in called} or charged
            helpers = {name: None for name in helpers if name not in charged}
        yield (
            *f.head_of(duty), duty, f.one(duty, MG.section), role, _joined(charged), _joined(helpers),
            _joined((action.rsplit("/", 1)[-1] for action in f.all(duty, MG.action)), " "),
            f.one(duty, DCTERMS.description), *f.evidence(duty),
        )  # fmt: skip


def _called_upon(f: _Facts, duty: str, assignments: Sequence[str]) -> set[str]:
    """The names that stand in the duty's sentence only behind "phối hợp": whom the body charged is to work with.

    In the role of partner the graph has both alike; the places of the names tell them apart.
    """
    sentence = f.all(duty, MG.evidence)
    quotes = [f.quote(place) for place in sentence]
    first = min((start + found.start() for exact, start, _ in quotes if (found := _TOGETHER.search(exact))), default=None)
    if first is None:
        return set()
    last = max(end for _, _, end in quotes)
    called: set[str] = set()
    for node in assignments:
        places = [f.quote(place)[1] for place in f.all(node, MG.evidence) if place not in sentence]
        if places and all(first < place < last for place in places):
            called.add(_name(f, f.one(node, MG.agent) or ""))
    return called


def _reporting(f: _Facts) -> Iterator[Row]:
    for node in f.of_class(MG.ReportingDuty):
        yield (
            *f.head_of(node), node, _joined(_labels(f, f.all(node, MG.reportsFrom))), _joined(_labels(f, f.all(node, MG.reportsTo))),
            f.one(node, MG.deadline), f.slug(node, MG.frequency), f.one(node, DCTERMS.description), *f.evidence(node),
        )  # fmt: skip


def _labels(f: _Facts, agents: Iterable[str]) -> Iterator[str]:
    return (f.one(agent, RDFS.label) or agent for agent in agents)


def _targets(f: _Facts) -> Iterator[Row]:
    for node in f.of_class(MG.Target):
        yield (
            *f.head_of(node), node, f.number(node, MG.minValue), f.number(node, MG.maxValue), f.one(node, MG.unit),
            f.one(node, MG.comparator), f.integer(node, MG.byYear), f.one(node, DCTERMS.description), *f.evidence(node),
        )  # fmt: skip


def _sectors(f: _Facts) -> Iterator[Row]:
    for node in f.of_class(MG.Sector):
        yield (
            *f.head_of(node), node, f.one(node, SKOS.notation), f.one(node, SKOS.prefLabel), f.one(node, SKOS.broader),
            _joined(f.all(node, MG.item)), *f.evidence(node),
        )  # fmt: skip


def _citations(f: _Facts) -> Iterator[Row]:
    for node in f.of_class(MG.Citation):
        cited = f.one(node, MG.citedDocument) or ""
        yield (
            *f.head_of(node), cited, f.slug(cited, MG.documentType), f.one(cited, MG.number), f.one(node, MG.date), f.one(node, DCTERMS.title),
            f.one(node, MG.relation), f.integer(node, MG.mentions), *f.evidence(node),
        )  # fmt: skip


def document_load(rows: Mapping[str, Sequence[Row]]) -> list[list[Any]]:
    """Give what one document lays on each agency and group, in the order of its assignments.

    An entry: the agency (address, name, form, kind), tasks led, the same shared among their leads, tasks as partner,
    duties. A task in parts counts once for an agency. Tasks are of one document, so that the loads of documents add up.
    """
    column = {name: at for at, name in enumerate(ASSIGNMENTS.header)}
    who: dict[str, Row] = {}
    done: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    leads: dict[str, set[str]] = defaultdict(set)
    for row in rows[ASSIGNMENTS.name]:
        if row[column["status"]] == REJECTED:
            continue
        agency, task = str(row[column["agency"]]), str(row[column["task"]])
        who.setdefault(agency, row[column["agency"] : column["agency"] + 4])
        sort = "duty" if row[column["of"]] == "duty" else str(row[column["role"]])
        done[agency][sort][task] = None
        if sort == "lead":
            leads[task].add(agency)
    return [
        [
            list(who[agency]), len(of["lead"]), sum(1 / len(leads[task]) for task in of["lead"]),
            len(of["partner"]), len(of["duty"]),
        ]
        for agency, of in done.items()
    ]  # fmt: skip


class AgencyLoads:
    """Adds up what the documents lay on each agency and group."""

    def __init__(self) -> None:
        self._who: dict[str, Row] = {}
        self._sums: dict[str, list[float]] = {}

    def add(self, loads: Iterable[Sequence[Any]]) -> None:
        """Add one document's."""
        for who, *numbers in loads:
            self._who.setdefault(who[0], tuple(who))
            sums = self._sums.setdefault(who[0], [0, 0, 0, 0, 0])
            for at, number in enumerate((1, *numbers)):
                sums[at] += number

    def rows(self, registry: Registry) -> list[Row]:
        """Give a row for each agency and group that is charged with anything, sorted by address.

        A task led by several counts for each in full in ``led``, and shared in ``led_fractional``.
        """
        rows: list[Row] = []
        for agency in sorted(self._who):
            who = self._who[agency]
            kind = registry.kinds.get(str(who[3]))
            home = registry.provinces.get(agency.removeprefix(BASE + "vn/").split("/", 1)[0])
            place = (home.slug, home.name) if home else (None, None)
            documents, led, shared, partnered, duties = self._sums[agency]
            rows.append((*who, *place, kind.level if kind else None, documents, led, round(shared, 6), partnered, duties))
        return rows
