"""An heir's own node: address, name and form of whoever has a body's work at a date.

Reads: an agent as the graph names it, and an heir of it (``kg.resolution.as_of``). Gives: which agent the heir is. The view of a
store and the frames of the measures both take it from here, so that a body is the same one in every answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kg.graph.agents import GROUP_LEVELS, Place, agent_node, agent_statements, with_level
from kg.graph.iris import CENTRAL, own_name_slug
from kg.graph.namespaces import BASE, MG, RDF, RDFS
from kg.records import AgencyMention
from kg.resolution.as_of import Body, HeirBody
from kg.resolution.offices import RegionalOffice, regional_kinds
from kg.resolution.registry import Registry

PLACES = f"{BASE}vn/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """An agent: its address, label, form (agency, group, open-group), and the slugs of its kind and province."""

    iri: str
    label: str
    form: str
    kind: str | None
    province: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeirAgent:
    """Who an heir is; ``mention`` and ``place`` where it is a body of another kind, which is described as any that a text names."""

    agent: Agent
    mention: AgencyMention | None = None
    place: Place | None = None


def body_of(iri: str, kind: str | None, registry: Registry, charged_in: str | None = None) -> Body:
    """Give the kind and province by which the heirs of an agent are asked for.

    An agent is of a province where its address stands directly below it; one below a document is of an unknown place. A
    regional office is charged by many: what becomes of its work depends on the province whose plan charges it, ``charged_in``.
    """
    known = kind if kind in registry.kinds else None
    place, _, segment = address(iri)
    province = place if place in registry.provinces else None
    if known in regional_kinds():
        return Body(known, province or (charged_in if charged_in in registry.provinces else None), segment if place == CENTRAL else None)
    return Body(known, province)


def home_of(body: Body) -> str | None:
    """Give the slug of the province that has the body as its own; a regional office is nobody's own."""
    return None if body.kind in regional_kinds() else body.province


def heir_agent(written: Agent, heir: HeirBody, registry: Registry) -> HeirAgent:
    """Give the agent that an heir is: the one written where nothing changed."""
    if not heir.changed:
        return HeirAgent(agent=written)
    if heir.office is not None:
        return _office(heir.office, registry)
    place, sort, segment = address(written.iri)
    root = heir.province or place
    province = heir.province if written.province else None
    if not heir.known:
        label = f"chưa rõ cơ quan kế thừa ({written.label})"
        return HeirAgent(agent=Agent(iri=f"{PLACES}{root}/{sort}/chua-ro-ke-thua-{segment}", label=label, form=written.form, kind=None, province=province))
    if heir.kind == written.kind or heir.kind is None:
        return HeirAgent(agent=Agent(iri=f"{PLACES}{root}/{sort}/{segment}", label=_moved_label(written, heir, registry), form=written.form, kind=heir.kind, province=province))
    return _of_another_kind(written, heir.kind, root, heir, registry)


def _moved_label(written: Agent, heir: HeirBody, registry: Registry) -> str:
    """The name of the same body in the province that its own became part of."""
    if heir.kind is None:
        return written.label
    name = registry.kinds[heir.kind].name
    plain = written.label in (name, with_level(name, registry.provinces.get(written.province or "")))
    return with_level(name, registry.provinces.get(heir.province or "")) if plain else written.label


def _office(office: RegionalOffice, registry: Registry) -> HeirAgent:
    """The regional office, with the address that a text gives it which names it by its number."""
    mention = AgencyMention(name=office.name, text=office.name, spans=(), kind=office.kind)
    place = Place(document=PLACES + CENTRAL, province=None, central=True, office=office.slug)
    return HeirAgent(agent=Agent(iri=agent_node(mention, place, registry).value, label=office.name, form="agency", kind=office.kind, province=None), mention=mention, place=place)


def _of_another_kind(written: Agent, kind_slug: str, root: str, heir: HeirBody, registry: Registry) -> HeirAgent:
    """The heir's own body, or what came of one that had a name of its own ("UBND huyện Than Uyên")."""
    kind, old = registry.kinds[kind_slug], written.kind
    name = kind.name
    if old is not None and written.label not in (registry.kinds[old].name, with_level(registry.kinds[old].name, registry.provinces.get(written.province or ""))):
        name = f"{kind.name} (kế thừa {written.label})"
    place = Place(document=PLACES + root, province=heir.province if root == heir.province else None, central=root == CENTRAL)
    mention = AgencyMention(name=name, text=name, spans=(), kind=kind_slug, form="group" if name != kind.name and kind.level in GROUP_LEVELS else kind.form)
    said = list(agent_statements(mention, place, registry))
    classes = {value for _, predicate, value in said if predicate == RDF.type}
    form = "open-group" if MG.OpenGroup in classes else "group" if MG.AgencyGroup in classes else "agency"
    label = next(str(value.value) for _, predicate, value in said if predicate == RDFS.label)
    inside = place.province if any(predicate == MG.inProvince for _, predicate, _ in said) else None
    agent = Agent(iri=agent_node(mention, place, registry).value, label=label, form=form, kind=kind_slug, province=inside)
    return HeirAgent(agent=agent, mention=mention, place=place)


def address(iri: str) -> tuple[str, str, str]:
    """Take an agent's address apart: place, "agency" or "group", and the last segment."""
    whole, _, segment = iri.rpartition("/")
    place, _, sort = whole.removeprefix(PLACES).rpartition("/")
    return place, sort, segment or own_name_slug(iri)


@dataclass(frozen=True, slots=True)
class Part:
    """What one agent has of a role: its part (1: the whole), and whether it is only one of several heirs that may have it."""

    fraction: Fraction
    possible: bool


def parts_of(heirs: Iterable[tuple[tuple[str, Fraction], ...]]) -> dict[str, Part]:
    """Give each agent's part of a role, from the heirs (address and share) of each agent that is written.

    Those written that have the same heirs are one: merged bodies count as the one that they are now. Each of the rest has
    an equal part, which its heirs share. An heir is certain where the work of some agent written went to it alone.

    >>> whole, half = Fraction(1), Fraction(1, 2)
    >>> {who: (str(part.fraction), part.possible) for who, part in parts_of([(("a", whole),), (("a", half), ("b", half)), (("a", whole),)]).items()}
    {'a': ('3/4', False), 'b': ('1/4', True)}
    """
    different = dict.fromkeys(heirs)
    parts: dict[str, Part] = {}
    for several in different:
        for who, share in several:
            before = parts.get(who, Part(Fraction(0), possible=True))
            parts[who] = Part(before.fraction + share / len(different), before.possible and len(several) > 1)
    return parts
