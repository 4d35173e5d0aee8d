"""An agency named in a text → the body or group it stands for, and what the graph says of it.

The kind ("Sở Công Thương" as such) is apart from the province's own body. A name that the registry does not know
becomes a body of its own, marked unresolved, and so does a province's body where the province is not known; a group that the grammar of groups reads needs no entry. A node's label follows from its address: two documents of one province
never give one body two labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from kg.graph.iris import CENTRAL, body_iri, group_iri, group_slug, own_name_slug
from kg.graph.namespaces import BASE, MG, RDF, RDFS, XSD, concept
from kg.normalise import key
from kg.records import AgencyMention
from kg.resolution.offices import office_at, office_of, region_number, regional_kinds
from kg.resolution.partial_dates import may_hold
from kg.resolution.places import OF_ONE_NAME, province_in, without_province
from kg.resolution.reasons import Reason
from kg.resolution.registry import Form, Kind, Province, Registry

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]

GROUP_LEVELS = frozenset({"district", "commune"})  # in a province's plan, one name for the committees of all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document's agencies are at home.

    ``province`` is a province's slug, ``None`` for a central document or an unknown one; ``central`` tells which.
    ``document`` is the document's address: agencies of an unknown place stay below it. ``office`` is the slug of the
    regional office that a body is, where the number in its name and the date tell it.
    """

    document: str
    province: str | None
    central: bool
    office: str | None = None

    @property
    def root(self) -> str:
        """The address part that stands for the place in a body's address."""
        return self.province or self.document.removeprefix(BASE + "vn/")


def agent_node(mention: AgencyMention, place: Place, registry: Registry) -> NamedNode:
    """Give the body's or group's node."""
    return _node(_identify(mention, place, registry), place)


def agent_statements(mention: AgencyMention, place: Place, registry: Registry) -> Iterator[Statement]:
    """Give what the graph says of the body or group: class, label, kind, province, level."""
    agent = _identify(mention, place, registry)
    node = _node(agent, place)
    if agent.form == "body":
        yield node, RDF.type, MG.Agency
        if agent.regional:
            yield node, RDF.type, MG.RegionalOffice
    else:
        yield node, RDF.type, MG.AgencyGroup
        if agent.form == "open-group":
            yield node, RDF.type, MG.OpenGroup
    yield node, RDFS.label, Literal(agent.label, language="vi")
    nobody = agent.kind is None or not (agent.at_centre or place.province)
    if agent.form == "body" and nobody:
        yield node, MG.unresolved, Literal("true", datatype=XSD.boolean)
    if agent.kind is not None:
        yield node, MG.kind, concept("kind", agent.kind.slug)
        yield node, MG.level, Literal(agent.kind.level)
    if place.province and not agent.at_centre and not agent.regional:
        yield node, MG.inProvince, NamedNode(f"{BASE}vn/province/{place.province}")


def issuer_mention(name: str, registry: Registry, *, date: str | None = None) -> AgencyMention:
    """Give the body that a full issuer's name stands for; its province's name at the end does not count.

    "Ủy ban nhân dân tỉnh Lai Châu" is the kind "Ủy ban nhân dân tỉnh". The mention has no spans.
    """
    for candidate in (name, *without_province(name, registry)):
        kind = registry.kind_named(candidate, date=date) or registry.kind_named(
            candidate, date=date, level="provincial"
        )
        if kind is not None:
            return AgencyMention(name=kind.name, text=name, spans=(), kind=kind.slug, form=kind.form)
    return AgencyMention(name=name, text=name, spans=(), method="unresolved")


def home(mention: AgencyMention, place: Place, registry: Registry, date: str | None) -> Place:
    """Give the place where a body is at home: the document's, unless its words end in another province's name.

    A numbered regional office is the same one wherever it is named. Where the date leaves both eras of that name, the body stays below the document: it is nobody's for certain.
    """
    if mention.kind in regional_kinds():
        office = office_at(mention.kind, mention.name, date)
        return replace(place, office=office.slug if office else None)
    name = province_in(mention.text, registry) if mention.form == "body" and mention.kind else None
    if name is None:
        return place
    units = registry.provinces_named(name)
    if any(unit.slug == place.province for unit in units):
        return place
    begun = [unit for unit in units if may_hold(date, unit.valid_from, None)]
    if not begun:
        return place  # "thành phố Huế" is a city of the province before it is one itself
    unit = registry.province_at(name, date) or (begun[0] if len(begun) == 1 else None)  # a name of one unit only means it, though it has ended
    if unit is None:
        return Place(document=f"{place.document}/{own_name_slug(name)}", province=None, central=False)
    return Place(document=place.document, province=unit.slug, central=False)


def place_reason(mention: AgencyMention, document: Place, registry: Registry, date: str | None) -> Reason:
    """Give the reason in words why a body or group is of its province: where it is at home, and how that is known."""
    place = home(mention, document, registry, date)
    agent = _identify(mention, place, registry)
    if agent.regional:
        return Reason("Cơ quan của trung ương đặt theo khu vực, không thuộc riêng tỉnh nào.", "A regional office of a central body, of no one province.")
    if agent.at_centre:
        return Reason("Ở trung ương.", "Of the centre.")
    unit = registry.provinces.get(place.province or "")
    if unit is None:
        return Reason("Chưa rõ thuộc tỉnh nào.", "Its province is not known.")
    if place != document:
        return Reason(f"Thuộc {unit.full_name}: chính tên gọi nêu địa danh ấy.", f"Of {unit.full_name}, which its name says.")
    return Reason(f"Thuộc {unit.full_name}, nơi ban hành văn bản.", f"Of {unit.full_name}, where the document was issued.")


@dataclass(frozen=True, slots=True)
class _Agent:
    form: Form
    label: str
    segment: str
    kind: Kind | None
    at_centre: bool
    regional: bool = False


_REGION = re.compile(r"(?:khu vực\s+\w+|chi nhánh\s+(?:tỉnh\s+)?\w.*)$", re.IGNORECASE)
"""What tells one regional office from another of its kind: "Ngân hàng Nhà nước Việt Nam khu vực 6"."""


def _identify(mention: AgencyMention, place: Place, registry: Registry) -> _Agent:
    """Which node a mention stands for.

    A body has the label of its kind, with the level of its province; a regional office that is listed has its own, one that
    is not, a body whose name goes on and a group keep their name as written.
    """
    kind = registry.kinds.get(mention.kind) if mention.kind else None
    if kind is None:
        # a ministry's plan names ministries' bodies
        return _Agent(mention.form, mention.name, own_name_slug(mention.name), None, place.central)
    form: Form = kind.form
    if form == "body" and kind.level in GROUP_LEVELS:
        if mention.form == "body" and mention.method == "extended":  # "Ủy ban nhân dân huyện Tam Đường": one of them, by its name
            return _Agent("body", mention.name, own_name_slug(mention.name), kind, at_centre=False)
        form = "group"
    if form == "body" and mention.form != "body":  # "Trung tâm Y tế các huyện", "Sở Tài chính các tỉnh": several of a kind, none of them the province's own
        return _Agent("group", mention.name, own_name_slug(mention.name), kind, kind.level == "central" or place.central)
    at_centre = kind.level == "central" or (form != "body" and place.central)
    if form != "body":
        name = mention.name if mention.form != "body" else kind.name
        return _Agent(form, name, group_slug(name, kind.name), kind, at_centre)
    if kind.slug in regional_kinds():
        numbered = region_number(mention.name) is not None
        office = office_of(place.office)
        segment = place.office or (own_name_slug(mention.name) if mention.name != kind.name else kind.slug)
        return _Agent(form, office.name if office else mention.name, segment, kind, at_centre=at_centre or numbered, regional=True)
    if (_REGION.search(mention.name) and not _is_branch_here(mention, kind, place)) or (mention.method == "extended" and not _is_placed(mention.name, kind, registry)):
        return _Agent(form, mention.name, own_name_slug(mention.name), kind, at_centre)
    unit = registry.provinces.get(place.province) if place.province else None
    return _Agent(form, with_level(kind.name, unit), kind.slug, kind, at_centre)


def _is_branch_here(mention: AgencyMention, kind: Kind, place: Place) -> bool:
    """Whether a central body's one branch in the province is meant, however it is named: "NHNN chi nhánh tỉnh", "Ngân hàng Chính sách xã hội chi nhánh Lai Châu"."""
    branch = kind.name.endswith("hi nhánh tỉnh") or (kind.name.startswith("Chi nhánh ") and kind.name.endswith(" tỉnh"))
    return branch and mention.method != "extended" and kind.level == "provincial" and place.province is not None and "khu vực" not in key(mention.name)


def _is_placed(name: str, kind: Kind, registry: Registry) -> bool:
    """Whether a longer name only says the province, too ("Công an thành phố Huế"): else it is one of several of its kind ("Trung tâm Y tế Bảo Lộc")."""
    if kind.slug in OF_ONE_NAME:
        return False
    return any((found := registry.kind_named(head)) is not None and found.slug == kind.slug for head in without_province(name, registry))


def with_level(name: str, unit: Province | None) -> str:
    """Write "Công an tỉnh" as "Công an thành phố" and "Tỉnh ủy" as "Thành ủy" where the province is a city."""
    if unit is None or "thành phố" not in key(unit.type):
        return name
    if name.endswith(" tỉnh"):
        return name.removesuffix("tỉnh") + "thành phố"
    return name.removesuffix("Tỉnh ủy") + "Thành ủy" if name.endswith("Tỉnh ủy") else name


def _node(agent: _Agent, place: Place) -> NamedNode:
    root = CENTRAL if agent.at_centre else place.root
    return NamedNode(body_iri(root, agent.segment) if agent.form == "body" else group_iri(root, agent.segment))
