"""Tables of who became whom: the provinces 63 ↔ 34, and kinds of agencies at a date. As rows and as CSV.

    mandategraph crosswalk provinces -o provinces.csv
    mandategraph crosswalk kinds --date 2025-07-01 -o kinds.csv

The same in RDF: ``--format ttl``, from ontology/ (events.ttl, agencies.ttl, provinces.ttl).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from kg.resolution.registry import Registry, load_registry
from kg.resolution.succession import province_successor_at, successors_at

LAST_DAY_OF_63 = "2025-06-30"
FIRST_DAY_OF_34 = "2025-07-01"  # NQ 202/2025/QH15


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceRow:
    """A unit of the 63 and the unit of the 34 that it belongs to.

    ``change``: "none", "merged" (into a unit of another name) or "enlarged" (its name stays on a larger unit).
    Codes are statistical codes, each of its own era.
    """

    old: str
    old_name: str
    old_code: str
    old_type: str
    new: str
    new_name: str
    new_code: str
    new_type: str
    change: str
    date: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """A kind that has ended by the date, and one heir; a split has a row an heir.

    ``heir`` is "" where no successor is known. ``share`` as "1" or "1/3"; ``via`` the kinds between.
    """

    kind: str
    name: str
    valid_to: str
    heir: str
    heir_name: str
    share: str
    remit: str
    via: str
    dates: str
    basis: str
    verification: str


Rows = Sequence[ProvinceRow] | Sequence[KindRow]


def province_crosswalk(registry: Registry | None = None) -> tuple[ProvinceRow, ...]:
    """Give the 63 units of 2025-06-30, sorted, each with its unit of 2025-07-01."""
    registry = registry or load_registry()
    rows = []
    for slug, old in sorted(registry.provinces.items()):
        if not old.exists_at(LAST_DAY_OF_63):
            continue
        (heir,) = province_successor_at(slug, FIRST_DAY_OF_34, registry=registry)
        new = registry.provinces[heir.slug or slug]
        step = heir.trails[0][-1] if heir.trails else None
        same = "enlarged" if old.name == new.name else "merged"
        rows.append(ProvinceRow(
            old=slug, old_name=old.name, old_code=old.code, old_type=old.type,
            new=new.slug, new_name=new.name, new_code=new.code, new_type=new.type,
            change=same if step else "none", date=step.date if step else "", basis=(step.basis or "") if step else "",
        ))  # fmt: skip
    return tuple(rows)


def kind_crosswalk(date: str, registry: Registry | None = None) -> tuple[KindRow, ...]:
    """Give every kind that has ended by a day, sorted, with its heirs on that day.

    Raises:
        QuestionError: a date that is none.

    """
    registry = registry or load_registry()
    rows = []
    for slug, kind in sorted(registry.kinds.items()):
        heirs = successors_at(slug, date, registry=registry)
        if kind.valid_to is None or date <= kind.valid_to:
            continue
        for heir in heirs:
            steps = [step for trail in heir.trails for step in trail]
            rows.append(KindRow(
                kind=slug, name=kind.name, valid_to=kind.known_to or kind.valid_to, heir=heir.slug or "",
                heir_name=registry.kinds[heir.slug].name if heir.slug else "", share=str(heir.share), remit="; ".join(heir.remits),
                via="; ".join(dict.fromkeys(step.target for step in steps if step.target != heir.slug)),
                dates="; ".join(dict.fromkeys(step.known_date for step in steps)), basis="; ".join(heir.basis),
                verification="".join(sorted({step.verification for step in steps})),
            ))  # fmt: skip
    return tuple(rows)


def crosswalk_csv(rows: Rows) -> str:
    """Write rows as CSV with a header line, LF line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(field.name for field in fields(rows[0]))
        writer.writerows(astuple(row) for row in rows)
    return out.getvalue()
