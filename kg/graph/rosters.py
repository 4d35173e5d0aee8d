"""Who is in a group for certain when a document speaks of it: inferred, dated, with the reason in words.

    …/roster/cac-so-ban-nganh  rosterOf  the province's group;  rosterKind  each kind;  inPlan  the document

A group is one node for all documents of its province, its members change: so a roster belongs to a document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.namespaces import BASE, INFERRED, MG, RDF, concept
from kg.resolution.registry import Kind, Registry
from kg.resolution.rosters import roster

_KIND, _PROVINCE = concept("kind", "").value, f"{BASE}vn/province/"


def roster_quads(address: str, quads: Iterable[Quad], registry: Registry) -> set[Quad]:
    """Derive the rosters of a document's groups, in the inferred graph; a group without a settled roster has none."""
    date: Literal | None = None
    groups: set[str] = set()
    kinds: dict[str, str] = {}
    provinces: dict[str, str] = defaultdict(str)
    for quad in quads:
        subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
        if quad.predicate == MG.date and subject == address and isinstance(quad.object, Literal):
            date = quad.object
        elif quad.predicate == MG.kind:
            kinds[subject] = value.removeprefix(_KIND)
        elif quad.predicate == MG.inProvince:
            provinces[subject] = value.removeprefix(_PROVINCE)
        elif quad.predicate == RDF.type and quad.object == MG.AgencyGroup:
            groups.add(subject)
    found: set[Quad] = set()
    if date is None:
        return found
    for group in sorted(groups & kinds.keys()):
        members = roster(kinds[group], provinces[group], date.value, registry=registry)
        if members is not None:
            unit = registry.provinces[provinces[group]].full_name
            found |= _statements(address, group, f"“{registry.kinds[kinds[group]].name}” của {unit}", date, members)
    return found


def _statements(address: str, group: str, whose: str, date: Literal, members: tuple[Kind, ...]) -> set[Quad]:
    node = NamedNode(f"{address}/roster/{group.rsplit('/', 1)[-1]}")
    vi = (
        f"Theo danh mục, {whose} vào {date.value} chắc chắn gồm {len(members)} loại cơ quan đồng nhất còn tồn tại khi đó "
        "(NĐ 24/2014, 107/2020, 45/2025); có thể còn cơ quan khác."
    )
    en = (
        f"By the registry, {whose} has at {date.value} for certain the {len(members)} uniform kinds that existed then "
        "(decrees 24/2014, 107/2020, 45/2025); there may be others."
    )
    statements: list[tuple[NamedNode, NamedNode | Literal]] = [
        (RDF.type, MG.Roster), (MG.rosterOf, NamedNode(group)), (MG.inDocument, NamedNode(address)), (MG.date, date),
        (MG.reason, Literal(vi, language="vi")), (MG.reason, Literal(en, language="en")),
        *((MG.rosterKind, concept("kind", member.slug)) for member in members),
    ]  # fmt: skip
    return {Quad(node, predicate, value, INFERRED) for predicate, value in statements}
